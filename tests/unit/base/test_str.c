#include <string.h>

#include "base/str.h"
#include "mic_test.h"

MIC_TEST(str, from_null_is_empty)
{
    MIC_CHECK_INT(mic_str_from(NULL).size, 0);
    MIC_CHECK_INT(mic_str_from("abc").size, 3);
    MIC_CHECK(mic_str_equal(mic_str_from(NULL), MIC_STR("")));
}

MIC_TEST(str, equal_compares_bytes)
{
    MIC_CHECK(mic_str_equal(MIC_STR("abc"), MIC_STR("abc")));
    MIC_CHECK(!mic_str_equal(MIC_STR("abc"), MIC_STR("abd")));
    MIC_CHECK(!mic_str_equal(MIC_STR("abc"), MIC_STR("ab")));
    MIC_CHECK(!mic_str_equal(MIC_STR("abc"), MIC_STR("Abc")));
}

static int slow_fold(int c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

MIC_TEST(str, nocase_folds_ascii_letters_and_nothing_else)
{
    /* Each pair of bytes at each place of a word and of its tail. */
    for (int a = 0; a < 256; a++) {
        for (int b = 0; b < 256; b++) {
            char x[11], y[11];
            size_t place = (size_t)(a + b) % sizeof(x);
            bool expected = slow_fold(a) == slow_fold(b);

            memset(x, 'q', sizeof(x));
            memset(y, 'Q', sizeof(y));
            x[place] = (char)a;
            y[place] = (char)b;
            if (mic_str_equal_nocase((struct mic_str){x, sizeof(x)},
                                     (struct mic_str){y, sizeof(y)}) != expected) {
                MIC_FAIL("%d and %d at %d", a, b, (int)place);
            }
        }
    }
}

MIC_TEST(str, nocase_compares_lengths)
{
    MIC_CHECK(
        mic_str_equal_nocase(MIC_STR("Win32_OperatingSystem"), MIC_STR("WIN32_operatingsystem")));
    MIC_CHECK(
        !mic_str_equal_nocase(MIC_STR("Win32_OperatingSystem"), MIC_STR("Win32_OperatingSyste")));
    MIC_CHECK(mic_str_equal_nocase(MIC_STR(""), mic_str_from(NULL)));
}

MIC_TEST(str, terminated_texts_compare_without_case)
{
    MIC_CHECK(mic_text_equal_nocase("Name", "nAME"));
    MIC_CHECK(!mic_text_equal_nocase("Name", "Names"));
    MIC_CHECK(!mic_text_equal_nocase("Names", "Name"));
    MIC_CHECK(mic_text_equal_nocase(NULL, NULL));
    MIC_CHECK(!mic_text_equal_nocase(NULL, ""));
    MIC_CHECK(!mic_text_equal_nocase("\xC3\x84", "\xC3\xA4"));
}

MIC_TEST(str, starts_and_ends)
{
    MIC_CHECK(mic_str_starts_with(MIC_STR("http://x"), MIC_STR("http://")));
    MIC_CHECK(!mic_str_starts_with(MIC_STR("http:"), MIC_STR("http://")));
    MIC_CHECK(mic_str_starts_with(MIC_STR("x"), MIC_STR("")));
    MIC_CHECK(mic_str_ends_with(MIC_STR("/wsman"), MIC_STR("wsman")));
    MIC_CHECK(!mic_str_ends_with(MIC_STR("man"), MIC_STR("wsman")));
    MIC_CHECK(mic_str_ends_with(MIC_STR(""), mic_str_from(NULL)));
}

MIC_TEST(str, trim_takes_xml_white_space_only)
{
    MIC_CHECK(mic_str_equal(mic_str_trim(MIC_STR(" \t\r\n a b \n")), MIC_STR("a b")));
    MIC_CHECK_INT(mic_str_trim(MIC_STR(" \n ")).size, 0);
    MIC_CHECK_INT(mic_str_trim(MIC_STR("\v\f")).size, 2);
    MIC_CHECK_INT(mic_str_trim(MIC_STR("\xC2\xA0")).size, 2);
}
