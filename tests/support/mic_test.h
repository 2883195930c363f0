/** The test runner: CUnit underneath, one line per test, tests register themselves.
 *
 *      MIC_TEST(buf, append_grows_past_first_block)
 *      {
 *          MIC_REQUIRE(mic_buf_reserve(&buf, 10));
 *          MIC_CHECK_INT(buf.size, 10);
 *      }
 *
 *  Program: `test_x` runs all, `test_x suite` one suite, `test_x suite test` one test, `test_x
 * --list` names them. Exit status 0; 1 when a test failed or none ran; 77 when all were skipped.
 *  main() is in mic_test.c. Checks may be made on any thread while the test's own function runs;
 *  MIC_REQUIRE and MIC_SKIP end the test only on the thread that runs it. They leave by longjmp:
 *  what the test holds then is not released, and locals are not to be relied on afterwards. */
#ifndef MIC_TEST_H
#define MIC_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

struct mic_test_case {
    const char *suite, *name;
    void (*run)(void);
    struct mic_test_case *next;
};

struct mic_test_place {
    const char *file;
    int line;
};

#define MIC_TEST_HERE ((struct mic_test_place){__FILE__, __LINE__})

/** Define and register a test; both names are C identifiers. */
#define MIC_TEST(suite, test)                                                                      \
    static void mic_test_run_##suite##_##test(void);                                               \
    __attribute__((constructor)) static void mic_test_add_##suite##_##test(void)                   \
    {                                                                                              \
        static struct mic_test_case item = {#suite, #test, mic_test_run_##suite##_##test, NULL};   \
        mic_test_register(&item);                                                                  \
    }                                                                                              \
    static void mic_test_run_##suite##_##test(void)

/** Each check yields whether it held, so that a loop can stop early. Arguments are evaluated once.
 */
#define MIC_CHECK(cond) mic_test_check((cond) ? true : false, #cond, MIC_TEST_HERE)
/** Ends the test when it does not hold. */
#define MIC_REQUIRE(cond) mic_test_require((cond) ? true : false, #cond, MIC_TEST_HERE)
/** Any integer or enum; both printed. */
#define MIC_CHECK_INT(actual, expected)                                                            \
    mic_test_check_int((long long)(actual), (long long)(expected), #actual, MIC_TEST_HERE)
/** Terminated texts, char or wchar_t; NULL equals only NULL; both printed. */
#define MIC_CHECK_TEXT(actual, expected)                                                           \
    _Generic((actual),                                                                             \
        char *: mic_test_check_text,                                                               \
        const char *: mic_test_check_text,                                                         \
        wchar_t *: mic_test_check_wide,                                                            \
        const wchar_t *: mic_test_check_wide)((actual), (expected), #actual, MIC_TEST_HERE)
#define MIC_CHECK_BYTES(actual, actual_size, expected, expected_size)                              \
    mic_test_check_bytes((actual), (actual_size), (expected), (expected_size), #actual,            \
                         MIC_TEST_HERE)
/** Fails with this text; printf-like. */
#define MIC_FAIL(...) mic_test_fail(MIC_TEST_HERE, __VA_ARGS__)
/** Ends the test, which counts as skipped for this reason. */
#define MIC_SKIP(reason) mic_test_skip(reason)

/** The same sequence in every run of a test: it starts anew with each test, from MIC_TEST_SEED of
 *  the environment when that is a number other than 0. Not for threads. */
uint64_t mic_test_random(void);
/** What it starts from. */
uint64_t mic_test_seed(void);

void mic_test_register(struct mic_test_case *item);
bool mic_test_check(bool held, const char *text, struct mic_test_place place);
void mic_test_require(bool held, const char *text, struct mic_test_place place);
bool mic_test_check_int(long long actual, long long expected, const char *text,
                        struct mic_test_place place);
bool mic_test_check_text(const char *actual, const char *expected, const char *text,
                         struct mic_test_place place);
bool mic_test_check_wide(const wchar_t *actual, const wchar_t *expected, const char *text,
                         struct mic_test_place place);
bool mic_test_check_bytes(const void *actual, size_t actual_size, const void *expected,
                          size_t expected_size, const char *text, struct mic_test_place place);
__attribute__((format(printf, 2, 3))) bool mic_test_fail(struct mic_test_place place,
                                                         const char *format, ...);
__attribute__((noreturn)) void mic_test_skip(const char *reason);

#endif
