#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "german_locale.h"
#include "mic_test.h"

MIC_TEST(num, unsigned_takes_decimal_and_hexadecimal)
{
    uint64_t value = 0;

    MIC_CHECK(mic_parse_u64(MIC_STR("0"), UINT64_MAX, &value) && value == 0);
    MIC_CHECK(mic_parse_u64(MIC_STR("+42"), UINT64_MAX, &value) && value == 42);
    MIC_CHECK(mic_parse_u64(MIC_STR("00042"), UINT64_MAX, &value) && value == 42);
    MIC_CHECK(mic_parse_u64(MIC_STR("0xFf"), UINT64_MAX, &value) && value == 255);
    MIC_CHECK(mic_parse_u64(MIC_STR("18446744073709551615"), UINT64_MAX, &value) &&
              value == UINT64_MAX);
    MIC_CHECK(mic_parse_u64(MIC_STR("0xFFFFFFFFFFFFFFFF"), UINT64_MAX, &value) &&
              value == UINT64_MAX);
}

MIC_TEST(num, unsigned_refuses_all_else)
{
    static const char *const wrong[] = {"",
                                        "+",
                                        "-1",
                                        "-0",
                                        " 1",
                                        "1 ",
                                        "0x",
                                        "0xg",
                                        "1.0",
                                        "1e3",
                                        "++1",
                                        "0x+1",
                                        "a",
                                        "1a",
                                        "\xD9\xA1",
                                        "18446744073709551616",
                                        "0x10000000000000000",
                                        "99999999999999999999999"};
    uint64_t value = 7;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (mic_parse_u64(mic_str_from(wrong[i]), UINT64_MAX, &value)) {
            MIC_FAIL("taken: \"%s\"", wrong[i]);
        }
    }
    MIC_CHECK(!mic_parse_u64((struct mic_str){"1\0", 2}, UINT64_MAX, &value));
    MIC_CHECK_INT(value, 7);
}

MIC_TEST(num, unsigned_stops_at_the_maximum_asked_for)
{
    static const uint64_t limits[] = {0, 1, 9, 10, 255, 65535, UINT32_MAX, UINT64_MAX - 1};
    char text[MIC_NUMBER_TEXT_MAX];
    uint64_t value;
    uint32_t small = 0;

    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        size_t size = mic_format_u64(limits[i], text);

        MIC_CHECK(mic_parse_u64((struct mic_str){text, size}, limits[i], &value));
        MIC_CHECK(value == limits[i]);
        size = mic_format_u64(limits[i] + 1, text);
        MIC_CHECK(!mic_parse_u64((struct mic_str){text, size}, limits[i], &value));
    }
    MIC_CHECK(mic_parse_u32(MIC_STR("4294967295"), &small) && small == UINT32_MAX);
    MIC_CHECK(!mic_parse_u32(MIC_STR("4294967296"), &small));
}

MIC_TEST(num, signed_reaches_both_ends)
{
    int64_t value = 5;

    MIC_CHECK(mic_parse_s64(MIC_STR("-9223372036854775808"), INT64_MIN, INT64_MAX, &value));
    MIC_CHECK(value == INT64_MIN);
    MIC_CHECK(mic_parse_s64(MIC_STR("+9223372036854775807"), INT64_MIN, INT64_MAX, &value));
    MIC_CHECK(value == INT64_MAX);
    MIC_CHECK(mic_parse_s64(MIC_STR("-0"), INT64_MIN, INT64_MAX, &value) && value == 0);
    MIC_CHECK(!mic_parse_s64(MIC_STR("9223372036854775808"), INT64_MIN, INT64_MAX, &value));
    MIC_CHECK(!mic_parse_s64(MIC_STR("-9223372036854775809"), INT64_MIN, INT64_MAX, &value));
    MIC_CHECK(!mic_parse_s64(MIC_STR("-129"), -128, 127, &value));
    MIC_CHECK(!mic_parse_s64(MIC_STR("128"), -128, 127, &value));
    MIC_CHECK(mic_parse_s64(MIC_STR("-128"), -128, 127, &value) && value == -128);
    MIC_CHECK(!mic_parse_s64(MIC_STR("-"), -128, 127, &value));
    MIC_CHECK(!mic_parse_s64(MIC_STR("0x10"), -128, 127, &value));
    MIC_CHECK(!mic_parse_s64(MIC_STR("- 1"), -128, 127, &value));
}

MIC_TEST(num, integers_come_back)
{
    char text[MIC_NUMBER_TEXT_MAX];

    for (int i = 0; i < 20000; i++) {
        uint64_t value = mic_test_random() >> (mic_test_random() % 64), back;
        int64_t signed_value = (int64_t)value * (i % 2 ? 1 : -1), signed_back;
        size_t size = mic_format_u64(value, text);

        MIC_REQUIRE(mic_parse_u64((struct mic_str){text, size}, UINT64_MAX, &back));
        MIC_REQUIRE(back == value && strlen(text) == size);
        size = mic_format_s64(signed_value, text);
        MIC_REQUIRE(
            mic_parse_s64((struct mic_str){text, size}, INT64_MIN, INT64_MAX, &signed_back));
        MIC_REQUIRE(signed_back == signed_value && strlen(text) == size);
    }
    (void)mic_format_s64(INT64_MIN, text);
    MIC_CHECK_TEXT(text, "-9223372036854775808");
}

static bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof(a)) == 0;
}

static void check_double(const char *text, double expected)
{
    double value = 12345;

    if (!mic_parse_double(mic_str_from(text), &value) || !same_bits(value, expected)) {
        MIC_FAIL("%s gives %.17g", text, value);
    }
}

MIC_TEST(num, doubles_in_every_form)
{
    check_double("0", 0.0);
    check_double("-0", -0.0);
    check_double("-0.000e99", -0.0);
    check_double("1", 1.0);
    check_double("+1.", 1.0);
    check_double(".5", 0.5);
    check_double("-1.5E+2", -150.0);
    check_double("1e-2", 0.01);
    check_double("0001.2500", 1.25);
    check_double("123456789012345678", 123456789012345678.0);
    check_double("inf", (double)INFINITY);
    check_double("+INF", (double)INFINITY);
    check_double("-INF", (double)-INFINITY);
    check_double("4.9406564584124654e-324", 4.9406564584124654e-324);
    check_double("2e-324", 0.0);
    check_double("1e-99999999999999999999", 0.0);
    check_double("0e99999999999999999999", 0.0);
    check_double("1.7976931348623157e308", 1.7976931348623157e308);
}

MIC_TEST(num, nan_is_taken)
{
    double value = 0;

    MIC_CHECK(mic_parse_double(MIC_STR("nan"), &value) && isnan(value));
}

MIC_TEST(num, doubles_refuse_all_else)
{
    static const char *const wrong[] = {
        "",       "+",     "-",   ".",     "e1",    "1e",       "1e+",
        " 1",     "1 ",    "1,5", "0x1p3", "0x10",  "infinity", "-nan",
        "1.2.3",  "1e1.5", "1d5", "--1",   "1e309", "1.8e308",  "-1e999999999999",
        "nan(1)", "INFI",  "1_0"};
    double value = 3;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (mic_parse_double(mic_str_from(wrong[i]), &value)) {
            MIC_FAIL("taken: \"%s\"", wrong[i]);
        }
    }
    MIC_CHECK(same_bits(value, 3));
}

/* Halfway cases: the digit that decides stands far behind what fits any integer. */
MIC_TEST(num, doubles_round_correctly)
{
    char text[2000];

    check_double("9007199254740993", 9007199254740992.0);
    check_double("9007199254740993.0000000000000000000000000000001", 9007199254740994.0);
    check_double("2.2250738585072011e-308", 2.2250738585072011e-308);
    check_double("0.500000000000000166533453693773481063544750213623046875", 0.5000000000000002);
    (void)strcpy(text, "9007199254740993.");
    memset(text + 17, '0', 1500);
    (void)strcpy(text + 1517, "1");
    check_double(text, 9007199254740994.0);
    memset(text, '1', 400);
    (void)strcpy(text + 400, "e-399");
    check_double(text, 1.1111111111111111);
    memset(text, '0', 1000);
    (void)strcpy(text + 1000, "7");
    check_double(text, 7);
}

/* Agrees with the C library in the C locale. */
MIC_TEST(num, doubles_equal_strtod)
{
    for (int i = 0; i < 50000; i++) {
        char text[64];
        unsigned long long digits = mic_test_random() >> (mic_test_random() % 64);
        int exponent = (int)(mic_test_random() % 700) - 350, saved;
        double expected, value;

        (void)snprintf(text, sizeof(text), "%llu.%llue%d", digits,
                       (unsigned long long)(mic_test_random() % 100000),
                       i % 2 ? exponent : exponent / 20);
        expected = strtod(text, NULL);
        errno = 77;
        if (isinf(expected)) {
            MIC_REQUIRE(!mic_parse_double(mic_str_from(text), &value));
        } else {
            MIC_REQUIRE(mic_parse_double(mic_str_from(text), &value));
            if (!same_bits(value, expected)) {
                MIC_FAIL("%s gives %.17g", text, value);
            }
        }
        saved = errno;
        MIC_REQUIRE(saved == 77);
    }
}

static void check_formats(double value, const char *expected)
{
    char text[MIC_NUMBER_TEXT_MAX];

    MIC_CHECK_INT(mic_format_double(value, text), strlen(expected));
    MIC_CHECK_TEXT(text, expected);
}

MIC_TEST(num, doubles_are_written_short)
{
    check_formats(0, "0");
    check_formats(-0.0, "-0");
    check_formats(1, "1");
    check_formats(-1.5, "-1.5");
    check_formats(0.1, "0.1");
    check_formats(0.1 + 0.2, "0.30000000000000004");
    check_formats(100, "100");
    check_formats(1234567.25, "1234567.25");
    check_formats(0.00001, "0.00001");
    check_formats(0.000001, "1E-6");
    check_formats(1e16, "10000000000000000");
    check_formats(1e17, "1E17");
    check_formats(-1.25e-300, "-1.25E-300");
    check_formats(5e-324, "5E-324");
    check_formats(1.7976931348623157e308, "1.7976931348623157E308");
    check_formats((double)NAN, "NaN");
    check_formats((double)INFINITY, "INF");
    check_formats((double)-INFINITY, "-INF");
}

static void check_random_doubles(int count)
{
    for (int i = 0; i < count; i++) {
        char text[MIC_NUMBER_TEXT_MAX];
        uint64_t bits = mic_test_random();
        double value, back;
        size_t size;

        memcpy(&value, &bits, sizeof(value));
        size = mic_format_double(value, text);
        MIC_REQUIRE(size < MIC_NUMBER_TEXT_MAX && strlen(text) == size);
        MIC_REQUIRE(mic_parse_double((struct mic_str){text, size}, &back));
        MIC_REQUIRE(isnan(value) ? isnan(back) : same_bits(value, back));
        MIC_REQUIRE(strchr(text, ',') == NULL);
    }
}

MIC_TEST(num, any_double_comes_back)
{
    check_random_doubles(20000);
}

MIC_TEST(num, any_float_comes_back)
{
    for (int i = 0; i < 20000; i++) {
        char text[MIC_NUMBER_TEXT_MAX];
        uint32_t bits = (uint32_t)mic_test_random();
        float value, back;
        double wide;
        size_t size;

        memcpy(&value, &bits, sizeof(value));
        size = mic_format_float(value, text);
        MIC_REQUIRE(mic_parse_double((struct mic_str){text, size}, &wide));
        back = (float)wide;
        MIC_REQUIRE(isnan(value) ? isnan(back) : memcmp(&value, &back, sizeof(value)) == 0);
    }
}

MIC_TEST(num, floats_are_written_short)
{
    char text[MIC_NUMBER_TEXT_MAX];

    (void)mic_format_float(0.1F, text);
    MIC_CHECK_TEXT(text, "0.1");
    (void)mic_format_float(16777216.0F, text);
    MIC_CHECK_TEXT(text, "16777216");
    (void)mic_format_float(3.4028235e38F, text);
    MIC_CHECK_TEXT(text, "3.4028235E38");
}

MIC_TEST(num, a_decimal_comma_changes_nothing)
{
    const char *reason = mic_german_locale_begin();

    if (reason) {
        MIC_SKIP(reason);
    }
    check_double("1.5", 1.5);
    check_double("3.14159265358979323846264338327950288e0", 3.141592653589793);
    check_double("1.7976931348623157e308", 1.7976931348623157e308);
    check_formats(-1.5, "-1.5");
    check_formats(0.1 + 0.2, "0.30000000000000004");
    check_formats(1.7976931348623157e308, "1.7976931348623157E308");
    check_random_doubles(2000);
    mic_german_locale_end();
}
