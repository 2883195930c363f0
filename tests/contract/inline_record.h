#ifndef MIC_TESTS_CONTRACT_INLINE_RECORD_H
#define MIC_TESTS_CONTRACT_INLINE_RECORD_H

#include <mi.h>

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "mic_test.h"

/** What fake slots answer unless a test says otherwise: a code that no wrapper makes itself. */
#define REPLY MI_RESULT_SERVER_IS_SHUTTING_DOWN

/** A pointer that stands for argument number n, and what a slot then sees. */
#define PTR(n) ((void *)argument[n])
#define AT(n)  ((uintptr_t)argument[n])

/** Expected argument: the option key given beside it; anything. */
#define KEY ((uintptr_t)-1)
#define ANY ((uintptr_t)-2)

static MI_Uint64 argument[16][32];
static MI_Result reply = REPLY;
static MI_Uint32 reply_number;

static struct {
    unsigned calls;
    const char *slot;
    size_t count;
    uintptr_t value[16];
} seen;

static inline void record(const char *slot, const uintptr_t *value, size_t count)
{
    seen.calls++;
    seen.slot = slot;
    seen.count = count;
    memcpy(seen.value, value, count * sizeof(*value));
}

/** For a fake GetNumber slot: hand out the number when the answer is success. */
static inline void give_number(MI_Uint32 *value)
{
    if (value != NULL && reply == MI_RESULT_OK) {
        memcpy(value, &reply_number, sizeof(reply_number));
    }
}

/** For a fake slot: note that it was called with these arguments. */
#define RECORD(slot, ...)                                                                          \
    record((slot), (const uintptr_t[]){__VA_ARGS__},                                               \
           sizeof((const uintptr_t[]){__VA_ARGS__}) / sizeof(uintptr_t))

static inline bool same_text(const MI_Char *a, const MI_Char *b)
{
    while (*a != 0 && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

/** Whether exactly one slot was called since the last forget, this one, with these arguments. */
static inline bool saw(const char *slot, const MI_Char *key, const uintptr_t *value, size_t count)
{
    if (seen.calls != 1 || strcmp(seen.slot, slot) != 0 || seen.count != count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (value[i] == KEY) {
            if (key == NULL || !same_text((const MI_Char *)seen.value[i], key)) {
                return false;
            }
        } else if (value[i] != ANY && value[i] != seen.value[i]) {
            return false;
        }
    }
    return true;
}

static inline void forget(void)
{
    memset(&seen, 0, sizeof(seen));
    reply = REPLY;
}

static inline bool is_zero(const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    while (size > 0 && at[size - 1] == 0) {
        size--;
    }
    return size == 0;
}

#define SAW(slot, key, ...)                                                                        \
    saw((slot), (key), (const uintptr_t[]){__VA_ARGS__},                                           \
        sizeof((const uintptr_t[]){__VA_ARGS__}) / sizeof(uintptr_t))

/** The call reaches this slot with these arguments, and its answer comes back. */
#define REACHES(call, slot, key, ...)                                                              \
    do {                                                                                           \
        forget();                                                                                  \
        MIC_CHECK_INT((call), REPLY);                                                              \
        MIC_CHECK(SAW(slot, key, __VA_ARGS__));                                                    \
    } while (0)

#define REACHES_VOID(call, slot, key, ...)                                                         \
    do {                                                                                           \
        forget();                                                                                  \
        call;                                                                                      \
        MIC_CHECK(SAW(slot, key, __VA_ARGS__));                                                    \
    } while (0)

#define REACHES_CATEGORY(call, slot, key, ...)                                                     \
    do {                                                                                           \
        forget();                                                                                  \
        MIC_CHECK_INT((call), MI_ERRORCATEGORY_QUOTA_EXCEEDED);                                    \
        MIC_CHECK(SAW(slot, key, __VA_ARGS__));                                                    \
    } while (0)

/** The wrapper answers by itself: an invalid parameter, and no slot is called. */
#define REFUSED(call)                                                                              \
    do {                                                                                           \
        forget();                                                                                  \
        MIC_CHECK_INT((call), MI_RESULT_INVALID_PARAMETER);                                        \
        MIC_CHECK_INT(seen.calls, 0);                                                              \
    } while (0)

#define IGNORED(call)                                                                              \
    do {                                                                                           \
        forget();                                                                                  \
        call;                                                                                      \
        MIC_CHECK_INT(seen.calls, 0);                                                              \
    } while (0)

/** As REFUSED, and the output is all zero afterwards. */
#define CLEARS(call, output)                                                                       \
    do {                                                                                           \
        memset(&(output), 0x5A, sizeof(output));                                                   \
        REFUSED(call);                                                                             \
        MIC_CHECK(is_zero(&(output), sizeof(output)));                                             \
    } while (0)

#endif
