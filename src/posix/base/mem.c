#include "base/mem.h"

#include <stdlib.h>

/* Only the two functions that a test wraps, and free: --wrap sees calls from other objects alone.
 */

void *mic_alloc(size_t size)
{
    return malloc(size > 0 ? size : 1);
}

void *mic_realloc(void *block, size_t size)
{
    return realloc(block, size > 0 ? size : 1);
}

void mic_free(void *block)
{
    free(block);
}
