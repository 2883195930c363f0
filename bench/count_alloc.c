#include "count_alloc.h"

#include <stdatomic.h>
#include <stddef.h>

void *__real_mic_alloc(size_t size);
void *__real_mic_realloc(void *block, size_t size);
void *__wrap_mic_alloc(size_t size);
void *__wrap_mic_realloc(void *block, size_t size);

static atomic_ulong count;

void *__wrap_mic_alloc(size_t size)
{
    atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
    return __real_mic_alloc(size);
}

void *__wrap_mic_realloc(void *block, size_t size)
{
    atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
    return __real_mic_realloc(block, size);
}

unsigned long bench_alloc_count(void)
{
    return atomic_load(&count);
}
