#include <string.h>

#include "base/mem.h"

int mic_size_add(size_t a, size_t b, size_t *out)
{
    return __builtin_add_overflow(a, b, out) ? 0 : 1;
}

int mic_size_mul(size_t a, size_t b, size_t *out)
{
    return __builtin_mul_overflow(a, b, out) ? 0 : 1;
}

void *mic_calloc(size_t count, size_t size)
{
    size_t total;
    void *block;

    if (!mic_size_mul(count, size, &total)) {
        return NULL;
    }
    block = mic_alloc(total);
    if (block) {
        memset(block, 0, total);
    }
    return block;
}

void *mic_memdup(const void *bytes, size_t size)
{
    void *copy;

    if (!bytes) {
        return NULL;
    }
    copy = mic_alloc(size);
    if (copy && size > 0) {
        memcpy(copy, bytes, size);
    }
    return copy;
}

char *mic_strndup(const char *text, size_t length)
{
    size_t size, total;
    char *copy;

    if (!text) {
        return NULL;
    }
    size = strnlen(text, length);
    if (!mic_size_add(size, 1, &total)) {
        return NULL;
    }
    copy = mic_alloc(total);
    if (copy) {
        memcpy(copy, text, size);
        copy[size] = '\0';
    }
    return copy;
}

char *mic_strdup(const char *text)
{
    return text ? mic_memdup(text, strlen(text) + 1) : NULL;
}
