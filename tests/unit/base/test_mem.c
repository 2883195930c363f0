#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "fail_alloc.h"
#include "mic_test.h"

MIC_TEST(mem, size_zero_gives_a_block)
{
    void *block = mic_alloc(0), *again;

    MIC_REQUIRE(block != NULL);
    again = mic_realloc(block, 0);
    MIC_CHECK(again != NULL);
    mic_free(again);
}

MIC_TEST(mem, calloc_zeroes)
{
    unsigned char *bytes = mic_calloc(7, 11);

    MIC_REQUIRE(bytes != NULL);
    for (size_t i = 0; i < 77; i++) {
        MIC_CHECK_INT(bytes[i], 0);
    }
    mic_free(bytes);
}

MIC_TEST(mem, calloc_refuses_overflow)
{
    MIC_CHECK(mic_calloc(SIZE_MAX / 2, 3) == NULL);
    MIC_CHECK(mic_calloc(SIZE_MAX, SIZE_MAX) == NULL);
}

MIC_TEST(mem, sizes_add_and_multiply_up_to_the_limit)
{
    size_t out = 99;

    MIC_CHECK(mic_size_add(SIZE_MAX - 1, 1, &out));
    MIC_CHECK(out == SIZE_MAX);
    MIC_CHECK(!mic_size_add(SIZE_MAX, 1, &out));
    MIC_CHECK(mic_size_mul(SIZE_MAX, 1, &out));
    MIC_CHECK(out == SIZE_MAX);
    MIC_CHECK(mic_size_mul(SIZE_MAX, 0, &out));
    MIC_CHECK_INT(out, 0);
    MIC_CHECK(!mic_size_mul(SIZE_MAX / 2 + 1, 2, &out));
}

MIC_TEST(mem, copies_are_terminated_and_stop_at_the_length)
{
    char *copy = mic_strndup("abcdef", 3);

    MIC_CHECK_TEXT(copy, "abc");
    mic_free(copy);
    copy = mic_strndup("ab", 30);
    MIC_CHECK_TEXT(copy, "ab");
    mic_free(copy);
    copy = mic_strdup("");
    MIC_CHECK_TEXT(copy, "");
    mic_free(copy);
    copy = mic_memdup("a\0b", 3);
    MIC_CHECK_BYTES(copy, 3, "a\0b", 3);
    mic_free(copy);
}

MIC_TEST(mem, copies_of_null_are_null)
{
    MIC_CHECK(mic_strdup(NULL) == NULL);
    MIC_CHECK(mic_strndup(NULL, 4) == NULL);
    MIC_CHECK(mic_memdup(NULL, 4) == NULL);
}

MIC_TEST(mem, every_helper_meets_an_injected_failure)
{
    struct mic_secret secret;
    unsigned long before = mic_alloc_count();

    mic_fail_alloc_at(1);
    MIC_CHECK(mic_calloc(1, 1) == NULL);
    mic_fail_alloc_at(1);
    MIC_CHECK(mic_strdup("a") == NULL);
    mic_fail_alloc_at(1);
    MIC_CHECK(mic_strndup("a", 1) == NULL);
    mic_fail_alloc_at(1);
    MIC_CHECK(mic_memdup("a", 1) == NULL);
    mic_fail_alloc_at(1);
    MIC_CHECK_INT(mic_secret_init(&secret, "password"), -1);
    MIC_CHECK(mic_fail_alloc_hit());
    MIC_CHECK(secret.data == NULL && secret.size == 0);
    mic_fail_alloc_at(0);
    MIC_CHECK_INT(mic_alloc_count() - before, 5);
}

MIC_TEST(secret, holds_the_text_until_freed)
{
    struct mic_secret secret;

    MIC_REQUIRE(mic_secret_init(&secret, "p\xC3\xA4ss") == 0);
    MIC_CHECK_TEXT(secret.data, "p\xC3\xA4ss");
    MIC_CHECK_INT(secret.size, 5);
    mic_secret_fini(&secret);
    MIC_CHECK(secret.data == NULL);
    MIC_CHECK_INT(secret.size, 0);
    mic_secret_fini(&secret);
}

MIC_TEST(secret, null_is_an_empty_secret)
{
    struct mic_secret secret;

    MIC_CHECK_INT(mic_secret_init(&secret, NULL), 0);
    MIC_CHECK(secret.data == NULL);
    mic_secret_fini(&secret);
}

MIC_TEST(secret, wipe_overwrites_every_byte)
{
    char bytes[9] = "password";

    mic_wipe(bytes, sizeof(bytes));
    MIC_CHECK_BYTES(bytes, sizeof(bytes), "\0\0\0\0\0\0\0\0", 9);
    mic_wipe(NULL, 0);
}
