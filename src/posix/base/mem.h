/** The only door to the heap, so that a test can count allocations and make the n-th one fail
 *  (`-Wl,--wrap=mic_alloc,--wrap=mic_realloc`). */
#ifndef MIC_BASE_MEM_H
#define MIC_BASE_MEM_H

#include <stddef.h>

#include "base/compiler.h"

/** @return @p size bytes, uninitialised, or NULL. Size 0 gives a valid pointer. */
void *mic_alloc(size_t size) MIC_MUST_CHECK;
/** @return @p count times @p size zeroed bytes, or NULL, also on overflow. Goes through mic_alloc.
 */
void *mic_calloc(size_t count, size_t size) MIC_MUST_CHECK;
/** Like realloc; the old block stays valid when NULL is returned. */
void *mic_realloc(void *block, size_t size) MIC_MUST_CHECK;
void mic_free(void *block);

/** Copies that go through mic_alloc; NULL in gives NULL out. */
char *mic_strdup(const char *text) MIC_MUST_CHECK;
char *mic_strndup(const char *text, size_t length) MIC_MUST_CHECK;
void *mic_memdup(const void *bytes, size_t size) MIC_MUST_CHECK;

/** @return 1 and the sum or product in @p out, 0 on overflow. */
int mic_size_add(size_t a, size_t b, size_t *out) MIC_MUST_CHECK;
int mic_size_mul(size_t a, size_t b, size_t *out) MIC_MUST_CHECK;

#endif
