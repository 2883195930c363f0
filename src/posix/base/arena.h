/** A bump allocator: one free for many pieces. Built per item and reset between items, so that a
 *  steady stream of items allocates nothing (blocks are kept by mic_arena_reset). */
#ifndef MIC_BASE_ARENA_H
#define MIC_BASE_ARENA_H

#include <stddef.h>

#include "base/compiler.h"
#include "base/str.h"

struct mic_arena_block;

struct mic_arena {
    struct mic_arena_block *first; /* kept blocks, in order of use */
    struct mic_arena_block *current;
    size_t used;             /* bytes given out of the current block */
    size_t first_block_size; /* bytes; 0 means the default of 4096 */
};

/** No memory is taken before the first allocation. @p first_block_size in bytes, 0: default. */
void mic_arena_init(struct mic_arena *arena, size_t first_block_size);
void mic_arena_fini(struct mic_arena *arena);
/** Forget everything given out; keep the blocks up to 256 KB in all, free what is beyond. */
void mic_arena_reset(struct mic_arena *arena);
/** @return @p size bytes aligned to 16, or NULL. Valid until reset or fini. */
void *mic_arena_alloc(struct mic_arena *arena, size_t size) MIC_MUST_CHECK;
void *mic_arena_calloc(struct mic_arena *arena, size_t count, size_t size) MIC_MUST_CHECK;
void *mic_arena_memdup(struct mic_arena *arena, const void *bytes, size_t size) MIC_MUST_CHECK;
char *mic_arena_strdup(struct mic_arena *arena, const char *terminated) MIC_MUST_CHECK;
/** A terminated copy. */
char *mic_arena_str(struct mic_arena *arena, struct mic_str text) MIC_MUST_CHECK;

#endif
