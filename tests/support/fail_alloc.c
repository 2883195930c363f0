#include "fail_alloc.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

void *__real_mic_alloc(size_t size);
void *__real_mic_realloc(void *block, size_t size);
void *__wrap_mic_alloc(size_t size);
void *__wrap_mic_realloc(void *block, size_t size);

static atomic_ulong count;
static atomic_ulong fail_at; /* value of `count` that fails; 0: none */
static atomic_bool was_hit;

static bool fails_now(void)
{
    unsigned long number = atomic_fetch_add(&count, 1) + 1;

    if (number == atomic_load(&fail_at)) {
        atomic_store(&was_hit, true);
        return true;
    }
    return false;
}

/* New memory holds nothing of its former owner's, and no zeroes by luck. */
static void *fill(void *block, size_t from)
{
    size_t size = block != NULL ? malloc_usable_size(block) : 0;

    if (size > from) {
        memset((char *)block + from, 0x5a, size - from);
    }
    return block;
}

void *__wrap_mic_alloc(size_t size)
{
    return fails_now() ? NULL : fill(__real_mic_alloc(size), 0);
}

void *__wrap_mic_realloc(void *block, size_t size)
{
    size_t kept = block != NULL ? malloc_usable_size(block) : 0;

    return fails_now() ? NULL : fill(__real_mic_realloc(block, size), kept);
}

void mic_fail_alloc_at(unsigned long n)
{
    atomic_store(&was_hit, false);
    atomic_store(&fail_at, n == 0 ? 0 : atomic_load(&count) + n);
}

bool mic_fail_alloc_hit(void)
{
    return atomic_load(&was_hit);
}

unsigned long mic_alloc_count(void)
{
    return atomic_load(&count);
}

long mic_fail_alloc_each(bool (*run)(void *context), void *context)
{
    for (long n = 1; n <= 100000; n++) {
        bool ok, hit;

        mic_fail_alloc_at((unsigned long)n);
        ok = run(context);
        hit = mic_fail_alloc_hit();
        mic_fail_alloc_at(0);
        if (!hit) {
            return ok ? n - 1 : -1;
        }
    }
    return -1;
}
