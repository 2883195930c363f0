#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

#define ALIGNMENT          16u
#define DEFAULT_BLOCK_SIZE 4096u
#define GROWTH_LIMIT       65536u
#define KEPT_BYTES         262144u

struct mic_arena_block {
    struct mic_arena_block *next;
    char *start;     /* aligned */
    size_t capacity; /* bytes from start */
};

void mic_arena_init(struct mic_arena *arena, size_t first_block_size)
{
    arena->first = arena->current = NULL;
    arena->used = 0;
    arena->first_block_size = first_block_size;
}

static void free_chain(struct mic_arena_block *block)
{
    while (block) {
        struct mic_arena_block *next = block->next;

        mic_free(block);
        block = next;
    }
}

void mic_arena_fini(struct mic_arena *arena)
{
    free_chain(arena->first);
    mic_arena_init(arena, arena->first_block_size);
}

void mic_arena_reset(struct mic_arena *arena)
{
    size_t kept = 0;
    struct mic_arena_block **link = &arena->first;

    while (*link) {
        struct mic_arena_block *block = *link;

        if (block->capacity > KEPT_BYTES - kept) {
            *link = block->next;
            mic_free(block);
        } else {
            kept += block->capacity;
            link = &block->next;
        }
    }
    arena->current = arena->first;
    arena->used = 0;
}

static size_t next_capacity(const struct mic_arena *arena, size_t size)
{
    size_t capacity = arena->first_block_size > 0 ? arena->first_block_size : DEFAULT_BLOCK_SIZE;

    if (arena->current) {
        capacity = arena->current->capacity;
        if (capacity < GROWTH_LIMIT) {
            capacity *= 2;
        }
        if (capacity > GROWTH_LIMIT) {
            capacity = GROWTH_LIMIT;
        }
    }
    return capacity < size ? size : capacity;
}

/* The next block becomes the current one: a kept one where it is big enough, else a new one. */
static bool advance(struct mic_arena *arena, size_t size)
{
    struct mic_arena_block *next = arena->current ? arena->current->next : arena->first;
    size_t capacity, total;
    uintptr_t misaligned;

    if (!next || next->capacity < size) {
        capacity = next_capacity(arena, size);
        if (!mic_size_add(capacity, sizeof(*next) + ALIGNMENT, &total)) {
            return false;
        }
        next = mic_alloc(total);
        if (!next) {
            return false;
        }
        misaligned = (uintptr_t)(next + 1) % ALIGNMENT;
        next->start = (char *)(next + 1) + (misaligned > 0 ? ALIGNMENT - misaligned : 0);
        next->capacity = capacity;
        if (arena->current) {
            next->next = arena->current->next;
            arena->current->next = next;
        } else {
            next->next = arena->first;
            arena->first = next;
        }
    }
    arena->current = next;
    arena->used = 0;
    return true;
}

void *mic_arena_alloc(struct mic_arena *arena, size_t size)
{
    size_t rounded;
    void *result;

    if (!mic_size_add(size, ALIGNMENT - 1, &rounded)) {
        return NULL;
    }
    rounded -= rounded % ALIGNMENT;
    if (rounded == 0) {
        rounded = ALIGNMENT;
    }
    if (!arena->current || arena->current->capacity - arena->used < rounded) {
        if (!advance(arena, rounded)) {
            return NULL;
        }
    }
    result = arena->current->start + arena->used;
    arena->used += rounded;
    return result;
}

void *mic_arena_calloc(struct mic_arena *arena, size_t count, size_t size)
{
    size_t total;
    void *result;

    if (!mic_size_mul(count, size, &total)) {
        return NULL;
    }
    result = mic_arena_alloc(arena, total);
    if (result) {
        memset(result, 0, total);
    }
    return result;
}

void *mic_arena_memdup(struct mic_arena *arena, const void *bytes, size_t size)
{
    void *copy;

    if (!bytes) {
        return NULL;
    }
    copy = mic_arena_alloc(arena, size);
    if (copy && size > 0) {
        memcpy(copy, bytes, size);
    }
    return copy;
}

char *mic_arena_strdup(struct mic_arena *arena, const char *terminated)
{
    return terminated ? mic_arena_memdup(arena, terminated, strlen(terminated) + 1) : NULL;
}

char *mic_arena_str(struct mic_arena *arena, struct mic_str text)
{
    size_t total;
    char *copy;

    if (!mic_size_add(text.size, 1, &total)) {
        return NULL;
    }
    copy = mic_arena_alloc(arena, total);
    if (copy) {
        if (text.size > 0) {
            memcpy(copy, text.data, text.size);
        }
        copy[text.size] = '\0';
    }
    return copy;
}
