#include <string.h>

#include "base/arena.h"
#include "fail_alloc.h"
#include "mic_test.h"
#include "model/instance.h"
#include "model/value.h"

static bool reads(MI_Type type, const char *text, MI_Value *out)
{
    static struct mic_arena arena;
    bool ok;

    mic_arena_fini(&arena);
    mic_arena_init(&arena, 0);
    ok = mic_value_from_text(&arena, type, mic_str_from(text), out);
    if (type != MI_STRING) {
        mic_arena_fini(&arena);
    }
    return ok;
}

MIC_TEST(value, type_sizes_are_those_of_the_elements)
{
    MIC_CHECK_INT(mic_type_size(MI_BOOLEAN), 1);
    MIC_CHECK_INT(mic_type_size(MI_UINT64A), 8);
    MIC_CHECK_INT(mic_type_size(MI_DATETIME), sizeof(MI_Datetime));
    MIC_CHECK_INT(mic_type_size(MI_STRINGA), sizeof(char *));
    MIC_CHECK_INT(mic_type_size((MI_Type)32), 0);
    MIC_CHECK(!mic_type_is_valid((MI_Type)-1));
    MIC_CHECK(mic_type_is_valid(MI_INSTANCEA));
}

MIC_TEST(value, integers_hold_their_range_and_no_more)
{
    MI_Value v;

    MIC_CHECK(reads(MI_UINT8, " 255 ", &v) && v.uint8 == 255);
    MIC_CHECK(!reads(MI_UINT8, "256", &v));
    MIC_CHECK(!reads(MI_UINT8, "-1", &v));
    MIC_CHECK(reads(MI_SINT8, "-128", &v) && v.sint8 == -128);
    MIC_CHECK(!reads(MI_SINT8, "-129", &v));
    MIC_CHECK(!reads(MI_SINT8, "128", &v));
    MIC_CHECK(reads(MI_UINT16, "65535", &v) && v.uint16 == 65535);
    MIC_CHECK(reads(MI_SINT16, "-32768", &v) && v.sint16 == -32768);
    MIC_CHECK(reads(MI_UINT32, "0xFFFFFFFF", &v) && v.uint32 == 0xFFFFFFFFu);
    MIC_CHECK(reads(MI_SINT32, "0x10", &v) && v.sint32 == 16);
    MIC_CHECK(reads(MI_SINT32, "-2147483648", &v) && v.sint32 == INT32_MIN);
    MIC_CHECK(reads(MI_UINT64, "18446744073709551615", &v) && v.uint64 == UINT64_MAX);
    MIC_CHECK(!reads(MI_UINT64, "18446744073709551616", &v));
    MIC_CHECK(reads(MI_SINT64, "-9223372036854775808", &v) && v.sint64 == INT64_MIN);
    MIC_CHECK(!reads(MI_SINT64, "9223372036854775808", &v));
    MIC_CHECK(!reads(MI_UINT32, "", &v));
    MIC_CHECK(!reads(MI_UINT32, "1 2", &v));
}

MIC_TEST(value, booleans_come_in_any_case)
{
    MI_Value v;

    MIC_CHECK(reads(MI_BOOLEAN, "TRUE", &v) && v.boolean == MI_TRUE);
    MIC_CHECK(reads(MI_BOOLEAN, " false\n", &v) && v.boolean == MI_FALSE);
    MIC_CHECK(reads(MI_BOOLEAN, "1", &v) && v.boolean == MI_TRUE);
    MIC_CHECK(!reads(MI_BOOLEAN, "yes", &v));
}

MIC_TEST(value, reals_read_and_refuse_what_a_float_cannot_hold)
{
    MI_Value v;

    MIC_CHECK(reads(MI_REAL64, "1.5e300", &v) && v.real64 > 1.4e300);
    MIC_CHECK(reads(MI_REAL32, "0.5", &v) && v.real32 >= 0.5f && v.real32 <= 0.5f);
    MIC_CHECK(!reads(MI_REAL32, "1e39", &v));
    MIC_CHECK(reads(MI_REAL32, "INF", &v) && v.real32 > 3.4e38f);
    MIC_CHECK(!reads(MI_REAL64, "1,5", &v));
}

MIC_TEST(value, char16_is_one_character_or_a_longer_number)
{
    MI_Value v;

    MIC_CHECK(reads(MI_CHAR16, "A", &v) && v.char16 == 'A');
    MIC_CHECK(reads(MI_CHAR16, "7", &v) && v.char16 == '7');
    MIC_CHECK(reads(MI_CHAR16, "65", &v) && v.char16 == 65);
    MIC_CHECK(reads(MI_CHAR16, "\xE2\x82\xAC", &v) && v.char16 == 0x20AC);
    MIC_CHECK(!reads(MI_CHAR16, "\xF0\x9F\x98\x80", &v));
    MIC_CHECK(!reads(MI_CHAR16, "AB", &v));
    MIC_CHECK(!reads(MI_CHAR16, "65536", &v));
    MIC_CHECK(!reads(MI_CHAR16, "", &v));
}

MIC_TEST(value, datetimes_and_texts_read)
{
    MI_Value v;

    MIC_REQUIRE(reads(MI_DATETIME, "20240229123456.000007+060", &v));
    MIC_CHECK(v.datetime.isTimestamp);
    MIC_CHECK_INT(v.datetime.u.timestamp.utc, 60);
    MIC_REQUIRE(reads(MI_DATETIME, "P1DT2H", &v));
    MIC_CHECK(!v.datetime.isTimestamp);
    MIC_CHECK_INT(v.datetime.u.interval.days, 1);
    MIC_CHECK(!reads(MI_DATETIME, "2024**29123456.000000+000", &v));
    MIC_REQUIRE(reads(MI_STRING, " kept  as it is ", &v));
    MIC_CHECK_TEXT(v.string, " kept  as it is ");
    MIC_CHECK(!reads(MI_INSTANCE, "x", &v));
    MIC_CHECK(!reads(MI_UINT8A, "1", &v));
    (void)reads(MI_BOOLEAN, "1", &v);
}

MIC_TEST(value, check_refuses_what_cannot_be_kept)
{
    static char bad[] = "\xC3(";
    char *texts[] = {NULL};
    MI_Value v;

    memset(&v, 0, sizeof(v));
    MIC_CHECK_INT(mic_value_check(MI_STRING, &v), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(mic_value_check(MI_INSTANCE, &v), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(mic_value_check(MI_UINT8A, &v), MI_RESULT_OK);
    v.string = bad;
    MIC_CHECK_INT(mic_value_check(MI_STRING, &v), MI_RESULT_INVALID_PARAMETER);
    v.array.data = NULL;
    v.array.size = 3;
    MIC_CHECK_INT(mic_value_check(MI_UINT8A, &v), MI_RESULT_INVALID_PARAMETER);
    v.stringa.data = texts;
    v.stringa.size = 1;
    MIC_CHECK_INT(mic_value_check(MI_STRINGA, &v), MI_RESULT_INVALID_PARAMETER);
    texts[0] = bad;
    MIC_CHECK_INT(mic_value_check(MI_STRINGA, &v), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(mic_value_check((MI_Type)99, &v), MI_RESULT_INVALID_PARAMETER);
}

MIC_TEST(value, assigning_zeroes_what_the_type_does_not_use)
{
    MI_Value from, out, expected;

    memset(&from, 0xEE, sizeof(from));
    memset(&expected, 0, sizeof(expected));
    from.uint16 = 7;
    expected.uint16 = 7;
    mic_value_assign(MI_UINT16, &from, &out);
    MIC_CHECK_BYTES(&out, sizeof(out), &expected, sizeof(expected));
    from.boolean = 9;
    mic_value_assign(MI_BOOLEAN, &from, &out);
    MIC_CHECK_INT(out.boolean, MI_TRUE);
}

static bool copies_and_frees(void *context)
{
    char one[] = "one", two[] = "two two";
    char *texts[] = {one, two, NULL};
    MI_Value from, out;
    bool ok;

    (void)context;
    from.stringa.data = texts;
    from.stringa.size = 3;
    ok = mic_value_copy_heap(MI_STRINGA, &from, 0, &out) == MI_RESULT_OK;
    if (ok) {
        one[0] = 'X';
        MIC_CHECK_TEXT(out.stringa.data[0], "one");
        MIC_CHECK_TEXT(out.stringa.data[1], "two two");
        MIC_CHECK(out.stringa.data[2] == NULL);
        mic_value_release(MI_STRINGA, &out);
    }
    return ok;
}

MIC_TEST(value, a_text_array_is_one_block_and_copies_survive_failed_allocation)
{
    MIC_CHECK_INT(mic_fail_alloc_each(copies_and_frees, NULL), 1);
}

static bool copies_instances(void *context)
{
    MI_Instance *items[] = {context, NULL, context};
    MI_Value from, out;
    bool ok;

    from.instancea.data = items;
    from.instancea.size = 3;
    ok = mic_value_copy_heap(MI_INSTANCEA, &from, 0, &out) == MI_RESULT_OK;
    if (ok) {
        MIC_CHECK(out.instancea.data[0] != items[0]);
        MIC_CHECK(out.instancea.data[1] == NULL);
        mic_value_release(MI_INSTANCEA, &out);
    }
    return ok;
}

MIC_TEST(value, an_instance_array_is_copied_object_by_object)
{
    struct mic_instance *item = mic_instance_new("X_Item", NULL);
    MI_Value v;

    MIC_REQUIRE(item != NULL);
    v.uint32 = 1;
    MIC_CHECK_INT(mic_instance_set(item, "A", MI_UINT32, &v, 0, NULL), MI_RESULT_OK);
    MIC_CHECK(mic_fail_alloc_each(copies_instances, &item->public_instance) > 2);
    mic_instance_delete(item);
}

MIC_TEST(value, storage_of_declarations_reads_by_type)
{
    MI_Uint32 number = 17;
    const char *text = "abc";
    MI_Value v;

    MIC_CHECK(mic_value_from_decl(MI_UINT32, &number, &v) && v.uint32 == 17);
    MIC_REQUIRE(mic_value_from_decl(MI_STRING, &text, &v));
    MIC_CHECK_TEXT(v.string, "abc");
    MIC_CHECK(!mic_value_from_decl(MI_STRING, NULL, &v));
    MIC_CHECK(v.string == NULL);
}
