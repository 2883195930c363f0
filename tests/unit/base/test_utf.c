#include <string.h>

#include "common/utf.h"
#include "mic_test.h"

static const struct {
    const char *bytes;
    size_t size, bad_at;
} wrong[] = {
    {"\x80", 1, 0},
    {"a\xBF", 2, 1},
    {"\xC0\x80", 2, 0},
    {"\xC1\xBF", 2, 0},
    {"\xC3", 1, 0},
    {"\xC3\x28", 2, 0},
    {"\xE0\x9F\xBF", 3, 0},
    {"\xE2\x82", 2, 0},
    {"\xED\xA0\x80", 3, 0},
    {"\xED\xBF\xBF", 3, 0},
    {"\xF0\x8F\xBF\xBF", 4, 0},
    {"\xF4\x90\x80\x80", 4, 0},
    {"\xF5\x80\x80\x80", 4, 0},
    {"\xFF", 1, 0},
    {"\xF0\x9F\x98", 3, 0},
    {"12345678\xC3\xA4\xFE", 11, 10},
    {"1234567\xE2\x82\xACx\xC3", 12, 11},
};

MIC_TEST(utf, wrong_bytes_are_found_at_their_place)
{
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        size_t bad_at = 999;

        MIC_CHECK(!mic_utf8_is_valid(wrong[i].bytes, wrong[i].size, &bad_at));
        MIC_CHECK_INT(bad_at, wrong[i].bad_at);
        MIC_CHECK(!mic_utf8_is_valid(wrong[i].bytes, wrong[i].size, NULL));
        MIC_CHECK(mic_utf8_to_utf16(wrong[i].bytes, wrong[i].size, NULL, 0) == (size_t)-1);
    }
}

MIC_TEST(utf, good_texts_are_valid)
{
    MIC_CHECK(mic_utf8_is_valid("", 0, NULL));
    MIC_CHECK(mic_utf8_is_valid("a\0b", 3, NULL));
    MIC_CHECK(
        mic_utf8_is_valid("gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xF0\x9F\x98\x80 and more", 25, NULL));
    MIC_CHECK(mic_utf8_is_valid("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF", 10, NULL));
}

MIC_TEST(utf, every_code_point_comes_back)
{
    for (uint32_t code_point = 0; code_point <= 0x110000; code_point++) {
        char bytes[4];
        uint16_t units[2];
        char again[4];
        uint32_t back = 0;
        size_t length = mic_utf8_encode(code_point, bytes), count;
        bool is_character = code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF);

        MIC_REQUIRE((length > 0) == is_character);
        if (is_character) {
            MIC_REQUIRE(mic_utf8_is_valid(bytes, length, NULL));
            MIC_REQUIRE(mic_utf8_decode(bytes, length, &back) == length && back == code_point);
            MIC_REQUIRE(mic_utf8_decode(bytes, length - 1, &back) == 0);
            count = mic_utf8_to_utf16(bytes, length, units, 2);
            MIC_REQUIRE(count == (code_point > 0xFFFF ? 2U : 1U));
            MIC_REQUIRE(mic_utf16_to_utf8(units, count, again, 4) == length);
            MIC_REQUIRE(memcmp(again, bytes, length) == 0);
        }
    }
}

MIC_TEST(utf, checking_agrees_with_decoding_on_random_bytes)
{
    for (int i = 0; i < 100000; i++) {
        char bytes[12];
        size_t size = (size_t)(mic_test_random() % sizeof(bytes)), at = 0, bad_at = 0, length = 1;
        uint32_t code_point;
        bool valid;

        for (size_t k = 0; k < size; k++) {
            uint64_t random = mic_test_random();
            bytes[k] = (char)(random & 1 ? random >> 8 & 0x7F : random >> 8);
        }
        valid = mic_utf8_is_valid(bytes, size, &bad_at);
        while (at < size && (length = mic_utf8_decode(bytes + at, size - at, &code_point)) > 0) {
            at += length;
        }
        MIC_REQUIRE(valid == (at == size));
        MIC_REQUIRE(valid || bad_at == at);
    }
}

MIC_TEST(utf, counts_without_an_output)
{
    MIC_CHECK_INT(mic_utf8_to_utf16("a\xE2\x82\xAC\xF0\x9F\x98\x80", 8, NULL, 0), 4);
    MIC_CHECK_INT(mic_utf16_to_utf8((const uint16_t[]){'a', 0x20AC, 0xD83D, 0xDE00}, 4, NULL, 0),
                  8);
}

MIC_TEST(utf, too_small_an_output_is_refused)
{
    uint16_t units[3];
    char bytes[7];

    MIC_CHECK(mic_utf8_to_utf16("a\xE2\x82\xAC\xF0\x9F\x98\x80", 8, units, 3) == (size_t)-1);
    MIC_CHECK(mic_utf16_to_utf8((const uint16_t[]){'a', 0x20AC, 0xD83D, 0xDE00}, 4, bytes, 7) ==
              (size_t)-1);
}

MIC_TEST(utf, unpaired_surrogates_become_the_replacement_character)
{
    char bytes[16];
    size_t size = mic_utf16_to_utf8((const uint16_t[]){0xD83D, 'a', 0xDE00, 0xD83D}, 4, bytes, 16);

    MIC_CHECK_BYTES(bytes, size,
                    "\xEF\xBF\xBD"
                    "a"
                    "\xEF\xBF\xBD\xEF\xBF\xBD",
                    10);
}
