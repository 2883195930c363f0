/* What the tool makes of the values that a user types. */
#include <string.h>

#include "cli/assign.h"
#include "cli/path.h"
#include "cli/text.h"
#include "cli/typed.h"
#include "cli/value.h"
#include "mic_test.h"

static MI_Application application;
static struct text out;

/* The value as the tool would show it; NULL when it is refused. */
static const char *read_many(MI_Type type, const char *const *texts, int count)
{
    MI_Value value;

    text_clear(&out);
    if (typed_read(&application, type, texts, count, &value) >= 0) {
        return NULL;
    }
    text_add(&out, "");
    value_add_text(&out, type, 0, &value);
    typed_free(type, texts, &value);
    return text_of(&out);
}

static const char *read_one(MI_Type type, const char *text)
{
    return read_many(type, &text, 1);
}

static const struct {
    MI_Type type;
    const char *lowest, *below, *highest, *above;
} bounds[] = {
    {MI_UINT8, "0", "-1", "255", "256"},
    {MI_SINT8, "-128", "-129", "127", "128"},
    {MI_UINT16, "0", "-1", "65535", "65536"},
    {MI_SINT16, "-32768", "-32769", "32767", "32768"},
    {MI_UINT32, "0", "-1", "4294967295", "4294967296"},
    {MI_SINT32, "-2147483648", "-2147483649", "2147483647", "2147483648"},
    {MI_UINT64, "0", "-1", "18446744073709551615", "18446744073709551616"},
    {MI_SINT64, "-9223372036854775808", "-9223372036854775809", "9223372036854775807",
     "9223372036854775808"},
};

MIC_TEST(typed, whole_numbers_keep_to_the_range_of_their_type)
{
    for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++) {
        MIC_CHECK_TEXT(read_one(bounds[i].type, bounds[i].lowest), bounds[i].lowest);
        MIC_CHECK_TEXT(read_one(bounds[i].type, bounds[i].highest), bounds[i].highest);
        MIC_CHECK(read_one(bounds[i].type, bounds[i].below) == NULL);
        MIC_CHECK(read_one(bounds[i].type, bounds[i].above) == NULL);
        MIC_CHECK(strstr(typed_wants(bounds[i].type), bounds[i].highest) != NULL);
    }
    text_free(&out);
}

MIC_TEST(typed, whole_numbers_are_read_whole)
{
    static const char *const wrong[] = {"",    "+",  "-",   "10GB", " 1",    "1 ", "1.0",
                                        "1e3", "0x", "0xG", "--1",  "1_000", "٣"};

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (!MIC_CHECK(read_one(MI_SINT32, wrong[i]) == NULL)) {
            MIC_CHECK_TEXT(wrong[i], "refused");
        }
    }
    MIC_CHECK_TEXT(read_one(MI_SINT32, "+7"), "7");
    MIC_CHECK_TEXT(read_one(MI_SINT32, "-0"), "0");
    MIC_CHECK_TEXT(read_one(MI_UINT8, "-0"), "0");
    MIC_CHECK_TEXT(read_one(MI_UINT32, "007"), "7");
    MIC_CHECK_TEXT(read_one(MI_UINT32, "0xFfffFFFF"), "4294967295");
    MIC_CHECK(read_one(MI_UINT32, "0x100000000") == NULL);
    text_free(&out);
}

MIC_TEST(typed, booleans_are_true_or_false)
{
    MIC_CHECK_TEXT(read_one(MI_BOOLEAN, "TRUE"), "true");
    MIC_CHECK_TEXT(read_one(MI_BOOLEAN, "false"), "false");
    MIC_CHECK(read_one(MI_BOOLEAN, "1") == NULL);
    MIC_CHECK(read_one(MI_BOOLEAN, "") == NULL);
    MIC_CHECK(read_one(MI_BOOLEAN, "truely") == NULL);
    text_free(&out);
}

MIC_TEST(typed, reals_keep_to_the_range_of_their_type)
{
    static const char *const wrong[] = {"",       "1,5",  "0x10", "nanny", "1e400",
                                        "-1e400", "1..2", " 1",   "e5",    "infinity"};

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (!MIC_CHECK(read_one(MI_REAL64, wrong[i]) == NULL)) {
            MIC_CHECK_TEXT(wrong[i], "refused");
        }
    }
    MIC_CHECK_TEXT(read_one(MI_REAL64, "-1.5e300"), "-1.5e+300");
    MIC_CHECK_TEXT(read_one(MI_REAL64, "1e-400"), "0");
    MIC_CHECK_TEXT(read_one(MI_REAL32, "0.1"), "0.1");
    MIC_CHECK(read_one(MI_REAL32, "1e39") == NULL);
    MIC_CHECK_TEXT(read_one(MI_REAL32, "-INF"), "-inf");
    MIC_CHECK_TEXT(read_one(MI_REAL64, "inf"), "inf");
    MIC_CHECK(strstr(read_one(MI_REAL64, "NaN"), "nan") != NULL);
    text_free(&out);
}

MIC_TEST(typed, char16_is_one_unit)
{
    MIC_CHECK_TEXT(read_one(MI_CHAR16, "5"), "5");
    MIC_CHECK_TEXT(read_one(MI_CHAR16, "\xE2\x82\xAC"), "\xE2\x82\xAC");
    MIC_CHECK(read_one(MI_CHAR16, "") == NULL);
    MIC_CHECK(read_one(MI_CHAR16, "ab") == NULL);
    MIC_CHECK(read_one(MI_CHAR16, "\xF0\x9F\x98\x80") == NULL);
    text_free(&out);
}

MIC_TEST(typed, datetimes_in_cim_and_iso_form)
{
    MIC_CHECK_TEXT(read_one(MI_DATETIME, "20240229123456.789012+060"), "20240229123456.789012+060");
    MIC_CHECK_TEXT(read_one(MI_DATETIME, "2024-02-29T12:34:56.5+01:00"),
                   "20240229123456.500000+060");
    MIC_CHECK_TEXT(read_one(MI_DATETIME, "2024-02-29"), "20240229000000.000000+000");
    MIC_CHECK_TEXT(read_one(MI_DATETIME, "P1DT2H"), "00000001020000.000000:000");
    MIC_CHECK_TEXT(read_one(MI_DATETIME, "00000001020000.000000:000"), "00000001020000.000000:000");
    MIC_CHECK(read_one(MI_DATETIME, "2023-02-29") == NULL);
    MIC_CHECK(read_one(MI_DATETIME, "yesterday") == NULL);
    MIC_CHECK(read_one(MI_DATETIME, "") == NULL);
    text_free(&out);
}

MIC_TEST(typed, strings_are_taken_as_they_are)
{
    MIC_CHECK_TEXT(read_one(MI_STRING, ""), "");
    MIC_CHECK_TEXT(read_one(MI_STRING, " a,b=c \xC3\xA4"), " a,b=c \xC3\xA4");
    text_free(&out);
}

MIC_TEST(typed, arrays_have_as_many_elements_as_texts)
{
    static const char *const texts[] = {"1", "2", "300"};
    MI_Value value;

    MIC_CHECK_TEXT(read_many(MI_UINT16A, texts, 3), "{1, 2, 300}");
    MIC_CHECK_TEXT(read_many(MI_STRINGA, texts, 1), "{1}");
    MIC_CHECK_TEXT(read_many(MI_STRINGA, NULL, 0), "{}");
    MIC_CHECK_INT(typed_read(&application, MI_UINT8A, texts, 3, &value), 2);
    text_free(&out);
}

MIC_TEST(typed, embedded_instances_are_refused)
{
    MIC_CHECK(read_one(MI_INSTANCE, "X.Y=1") == NULL);
    MIC_CHECK(read_one(MI_INSTANCEA, "X.Y=1") == NULL);
    MIC_CHECK(strstr(typed_wants(MI_INSTANCEA), "cannot be typed") != NULL);
    text_free(&out);
}

MIC_TEST(typed, references_are_object_paths)
{
    static const char *const texts[] = {"A.K=1", "not a path", "B.K=2"};
    MI_Value value;

    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &application) == MI_RESULT_OK);
    MIC_CHECK_TEXT(read_one(MI_REFERENCE, "Win32_LogicalDisk.DeviceID=\"C:\""),
                   "Win32_LogicalDisk.DeviceID=\"C:\"");
    MIC_CHECK_TEXT(read_one(MI_REFERENCE,
                            "//server/root\\cimv2:A_B.K=\"say \\\"hi\\\" \\\\ , =\",N=-5,B=true"),
                   "root/cimv2:A_B.K=\"say \\\"hi\\\" \\\\ , =\",N=\"-5\",B=\"true\"");
    MIC_CHECK_TEXT(read_one(MI_REFERENCE, "Peer_Singleton=@"), "Peer_Singleton");
    MIC_CHECK_INT(typed_read(&application, MI_REFERENCEA, texts, 3, &value), 1);
    MIC_CHECK(read_one(MI_REFERENCE, "A.K=1,k=2") == NULL);
    MI_Application_Close(&application);
    text_free(&out);
}

MIC_TEST(path, what_is_none)
{
    static const char *const wrong[] = {
        "",           "A",         "A.",           "A.K",        "A.K=", "A.K=\"x",
        "A.K=\"x\"y", "A.K=\"x\\", "A.K=1,",       "A.K=1,L",    ".K=1", "1A.K=1",
        "A.1K=1",     ":A.K=1",    "//s/A.K=1",    "///n:A.K=1", "A=@x", "A.K=\"a\",,L=1",
        "C:\\dir",    "a.b",       "http://x/y=1", "A.K=a\"b",
    };

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (!MIC_CHECK(!path_is(wrong[i]))) {
            MIC_CHECK_TEXT(wrong[i], "no path");
        }
    }
    MIC_CHECK(path_is("A.K=\"\""));
    MIC_CHECK(path_is("\\\\s\\n\\m:A.K=1"));
    MIC_CHECK(path_is("n:A=@"));
}

MIC_TEST(assign, values_are_gathered_by_name_without_case)
{
    static const char *const operands[] = {"A=1", "B=", "a=2=3", "C=x"};
    struct assignments all;

    MIC_REQUIRE(assignments_read(operands, 4, "key=value", &all) < 0);
    MIC_CHECK_INT(all.count, 3);
    MIC_CHECK_INT(all.at[0].count, 2);
    MIC_CHECK_TEXT(all.at[0].values[1], "2=3");
    MIC_CHECK_TEXT(all.at[1].values[0], "");
    MIC_CHECK(assignments_find(&all, "c") == &all.at[2]);
    MIC_CHECK(assignments_find(&all, "d") == NULL);
    MIC_CHECK_INT(assignments_check_single(&all), EXIT_USAGE);
    assignments_free(&all);
}

MIC_TEST(assign, a_type_may_stand_behind_the_name)
{
    static const char *const operands[] = {"A:uint32[]=1", "a:uint32[]=2", "B:string=x:y=z",
                                           "C=d:e"};
    static const char *const wrong[] = {"A:=1", "A:uint=1", "A:uint32[=1", ":string=1",
                                        "A:UINT32 =1"};
    struct assignments all;

    MIC_REQUIRE(assignments_read(operands, 4, "key=value", &all) < 0);
    MIC_CHECK_INT(all.count, 3);
    MIC_CHECK(all.at[0].has_type && all.at[0].type == MI_UINT32A && all.at[0].count == 2);
    MIC_CHECK_TEXT(all.at[0].name, "A");
    MIC_CHECK(all.at[1].has_type && all.at[1].type == MI_STRING);
    MIC_CHECK_TEXT(all.at[1].values[0], "x:y=z");
    MIC_CHECK(!all.at[2].has_type);
    assignments_free(&all);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        MIC_CHECK_INT(assignments_read(&wrong[i], 1, "key=value", &all), EXIT_USAGE);
        assignments_free(&all);
    }
}

MIC_TEST(assign, options_name_what_no_operand_names)
{
    static const char *const operands[] = {"A=1"};
    static const char *nulls[] = {"N", "a"};
    static const char *empties[] = {"E"};
    struct arguments arguments = {.nulls = {nulls, 1}, .empties = {empties, 1}};
    struct assignments all;

    MIC_REQUIRE(assignments_read(operands, 1, "key=value", &all) < 0);
    MIC_CHECK(assignments_add_options(&arguments, &all) < 0);
    MIC_CHECK_INT(all.count, 3);
    MIC_CHECK(all.at[1].is_null && !all.at[1].is_empty && all.at[1].count == 0);
    MIC_CHECK(all.at[2].is_empty && !all.at[2].is_null);
    assignments_free(&all);
    arguments.nulls.count = 2;
    MIC_REQUIRE(assignments_read(operands, 1, "key=value", &all) < 0);
    MIC_CHECK_INT(assignments_add_options(&arguments, &all), EXIT_USAGE);
    assignments_free(&all);
}
