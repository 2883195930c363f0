#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "fail_alloc.h"
#include "mic_test.h"

MIC_TEST(arena, takes_no_memory_before_the_first_allocation)
{
    struct mic_arena arena;
    unsigned long before = mic_alloc_count();

    mic_arena_init(&arena, 0);
    mic_arena_reset(&arena);
    mic_arena_fini(&arena);
    MIC_CHECK_INT(mic_alloc_count() - before, 0);
}

MIC_TEST(arena, pieces_are_aligned_apart_and_keep_their_bytes)
{
    struct mic_arena arena;
    unsigned char *pieces[500];
    size_t sizes[500];

    mic_arena_init(&arena, 64);
    for (size_t i = 0; i < 500; i++) {
        sizes[i] = (size_t)(mic_test_random() % 300);
        pieces[i] = mic_arena_alloc(&arena, sizes[i]);
        MIC_REQUIRE(pieces[i] != NULL);
        MIC_CHECK_INT((uintptr_t)pieces[i] % 16, 0);
        memset(pieces[i], (int)(i & 0xFF), sizes[i]);
    }
    for (size_t i = 0; i < 500; i++) {
        for (size_t at = 0; at < sizes[i]; at++) {
            MIC_REQUIRE(pieces[i][at] == (unsigned char)(i & 0xFF));
        }
    }
    mic_arena_fini(&arena);
}

MIC_TEST(arena, empty_pieces_are_different)
{
    struct mic_arena arena;
    void *a, *b;

    mic_arena_init(&arena, 0);
    a = mic_arena_alloc(&arena, 0);
    b = mic_arena_alloc(&arena, 0);
    MIC_CHECK(a != NULL && b != NULL && a != b);
    mic_arena_fini(&arena);
}

MIC_TEST(arena, steady_stream_of_items_allocates_nothing)
{
    struct mic_arena arena;
    unsigned long before = 0;

    mic_arena_init(&arena, 1024);
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 100; i++) {
            MIC_REQUIRE(mic_arena_alloc(&arena, 100) != NULL);
        }
        MIC_REQUIRE(mic_arena_alloc(&arena, 20000) != NULL);
        mic_arena_reset(&arena);
        if (round == 2) {
            before = mic_alloc_count();
        }
    }
    MIC_CHECK_INT(mic_alloc_count() - before, 0);
    mic_arena_fini(&arena);
}

MIC_TEST(arena, reset_frees_what_is_beyond_256_kb)
{
    struct mic_arena arena;
    unsigned long before;

    mic_arena_init(&arena, 0);
    MIC_REQUIRE(mic_arena_alloc(&arena, 1000) != NULL);
    MIC_REQUIRE(mic_arena_alloc(&arena, 1 << 20) != NULL);
    mic_arena_reset(&arena);
    before = mic_alloc_count();
    MIC_REQUIRE(mic_arena_alloc(&arena, 1000) != NULL);
    MIC_CHECK_INT(mic_alloc_count() - before, 0);
    MIC_REQUIRE(mic_arena_alloc(&arena, 1 << 20) != NULL);
    MIC_CHECK_INT(mic_alloc_count() - before, 1);
    mic_arena_fini(&arena);
}

MIC_TEST(arena, texts_are_copied_and_terminated)
{
    struct mic_arena arena;
    char *text;

    mic_arena_init(&arena, 0);
    MIC_CHECK_TEXT(mic_arena_strdup(&arena, "name"), "name");
    MIC_CHECK(mic_arena_strdup(&arena, NULL) == NULL);
    MIC_CHECK_TEXT(mic_arena_str(&arena, (struct mic_str){"names", 4}), "name");
    MIC_CHECK_TEXT(mic_arena_str(&arena, (struct mic_str){NULL, 0}), "");
    text = mic_arena_memdup(&arena, "a\0b", 3);
    MIC_REQUIRE(text != NULL);
    MIC_CHECK_BYTES(text, 3, "a\0b", 3);
    text = mic_arena_calloc(&arena, 3, 5);
    MIC_REQUIRE(text != NULL);
    MIC_CHECK_BYTES(text, 15, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 15);
    mic_arena_fini(&arena);
}

MIC_TEST(arena, impossible_sizes_are_refused)
{
    struct mic_arena arena;

    mic_arena_init(&arena, 0);
    MIC_CHECK(mic_arena_alloc(&arena, SIZE_MAX) == NULL);
    MIC_CHECK(mic_arena_alloc(&arena, SIZE_MAX - 16) == NULL);
    MIC_CHECK(mic_arena_calloc(&arena, SIZE_MAX, 2) == NULL);
    MIC_CHECK(mic_arena_str(&arena, (struct mic_str){"", SIZE_MAX}) == NULL);
    MIC_CHECK(mic_arena_alloc(&arena, 10) != NULL);
    mic_arena_fini(&arena);
}

static bool fill_arena(void *context)
{
    struct mic_arena arena;
    bool ok = true;

    (void)context;
    mic_arena_init(&arena, 128);
    for (int i = 0; i < 100 && ok; i++) {
        ok = mic_arena_alloc(&arena, 200) != NULL && mic_arena_strdup(&arena, "text") != NULL;
    }
    mic_arena_reset(&arena);
    ok = ok && mic_arena_alloc(&arena, 100000) != NULL;
    mic_arena_fini(&arena);
    return ok;
}

MIC_TEST(arena, survives_failure_of_each_allocation)
{
    MIC_CHECK(mic_fail_alloc_each(fill_arena, NULL) > 3);
}
