/* What the tool makes of texts that a server sends. */
#include <stdlib.h>

#include "cli/text.h"
#include "cli/value.h"
#include "mic_test.h"

static struct text out;

static const char *shown(const char *bytes, size_t size)
{
    text_clear(&out);
    text_add_shown(&out, bytes, size);
    return text_of(&out);
}

static const char *json(const char *bytes, size_t size)
{
    text_clear(&out);
    text_add_json(&out, bytes, size);
    return text_of(&out);
}

#define SHOWN(literal) shown(literal, sizeof(literal) - 1)
#define JSON(literal)  json(literal, sizeof(literal) - 1)

MIC_TEST(text, plain_text_is_shown_as_it_is)
{
    MIC_CHECK_TEXT(SHOWN("C:\\new \"x\" \xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80"),
                   "C:\\new \"x\" \xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80");
    text_free(&out);
}

MIC_TEST(text, is_cut_between_characters_however_long_it_is)
{
    text_clear(&out);
    text_narrow(&out, 3);
    MIC_CHECK_TEXT(text_of(&out), "");
    text_add(&out, "a\xE2\x82\xAC\xF0\x9F\x98\x80");
    text_narrow(&out, 3);
    MIC_CHECK_TEXT(text_of(&out), "a\xE2\x82\xAC\xF0\x9F\x98\x80");
    for (size_t i = 0; i < 1000000; i++) { /* byte by byte from the end it would take hours */
        text_add(&out, "\xE2\x82\xAC");
    }
    text_narrow(&out, 2);
    MIC_CHECK_TEXT(text_of(&out), "a\xE2\x82\xAC");
    text_narrow(&out, 0);
    MIC_CHECK_TEXT(text_of(&out), "");
    text_free(&out);
}

MIC_TEST(text, controls_are_shown_as_escapes)
{
    MIC_CHECK_TEXT(SHOWN("a\nb\rc\td"), "a\\nb\\rc\\td");
    MIC_CHECK_TEXT(SHOWN("\x1B[2J\x07\x7F"), "\\u001b[2J\\u0007\\u007f");
    MIC_CHECK_TEXT(SHOWN("a\0b"), "a\\u0000b");
    MIC_CHECK_TEXT(SHOWN("\xC2\x9B"
                         "2J\xC2\x80"),
                   "\\u009b2J\\u0080");
    text_free(&out);
}

MIC_TEST(text, what_reorders_a_line_is_shown_as_escapes)
{
    MIC_CHECK_TEXT(SHOWN("\xE2\x80\xAE"
                         "a\xE2\x80\xA8"
                         "b\xE2\x81\xA6"
                         "c\xE2\x80\x8F"),
                   "\\u202ea\\u2028b\\u2066c\\u200f");
    text_free(&out);
}

MIC_TEST(text, joiners_inside_words_stay)
{
    MIC_CHECK_TEXT(SHOWN("a\xE2\x80\x8D"
                         "b\xE2\x80\x8C"),
                   "a\xE2\x80\x8D"
                   "b\xE2\x80\x8C");
    text_free(&out);
}

MIC_TEST(text, wrong_utf8_becomes_replacement_characters)
{
    MIC_CHECK_TEXT(SHOWN("a\xFF"
                         "b"),
                   "a\xEF\xBF\xBD"
                   "b");
    MIC_CHECK_TEXT(SHOWN("\xC3"), "\xEF\xBF\xBD");
    MIC_CHECK_TEXT(SHOWN("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    MIC_CHECK_TEXT(JSON("\xC0\xAF"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    text_free(&out);
}

MIC_TEST(text, json_strings_are_quoted_and_escaped)
{
    MIC_CHECK_TEXT(JSON("say \"hi\" \\ /"), "\"say \\\"hi\\\" \\\\ /\"");
    MIC_CHECK_TEXT(JSON("\x01\n\x7F\xC2\x9B\0"), "\"\\u0001\\n\\u007f\\u009b\\u0000\"");
    MIC_CHECK_TEXT(JSON(""), "\"\"");
    text_free(&out);
}

static const char *csv(const char *bytes, size_t size)
{
    text_clear(&out);
    text_add_csv(&out, bytes, size);
    return text_of(&out);
}

static const char *xml(const char *bytes, size_t size)
{
    text_clear(&out);
    text_add_xml(&out, bytes, size);
    return text_of(&out);
}

#define CSV(literal) csv(literal, sizeof(literal) - 1)
#define XML(literal) xml(literal, sizeof(literal) - 1)

MIC_TEST(text, csv_fields_are_quoted_where_needed)
{
    MIC_CHECK_TEXT(CSV("plain text; \xC3\xA4"), "plain text; \xC3\xA4");
    MIC_CHECK_TEXT(CSV(""), "\"\"");
    MIC_CHECK_TEXT(CSV("a,b"), "\"a,b\"");
    MIC_CHECK_TEXT(CSV("say \"hi\""), "\"say \"\"hi\"\"\"");
    MIC_CHECK_TEXT(CSV("a\r\nb"), "\"a\r\nb\"");
    MIC_CHECK_TEXT(CSV(" a"), "\" a\"");
    MIC_CHECK_TEXT(CSV("a "), "\"a \"");
    MIC_CHECK_TEXT(CSV("\x1B[2J\t\xC2\x9B"), "\\u001b[2J\t\\u009b");
    MIC_CHECK_TEXT(CSV("\xFF"), "\xEF\xBF\xBD");
    text_free(&out);
}

MIC_TEST(text, xml_has_only_what_xml_1_0_has)
{
    MIC_CHECK_TEXT(XML("<a b=\"c\"> & \xC3\xA4 '"), "&lt;a b=&quot;c&quot;&gt; &amp; \xC3\xA4 '");
    MIC_CHECK_TEXT(XML("a\tb\r\n"), "a&#9;b&#13;&#10;");
    MIC_CHECK_TEXT(XML("\x1B\0\x08"), "\\u001b\\u0000\\u0008");
    MIC_CHECK_TEXT(XML("\xEF\xBF\xBE\xEF\xBF\xBF"), "\\ufffe\\uffff");
    MIC_CHECK_TEXT(XML("\x7F\xC2\x9B\xE2\x80\xAE"), "&#127;&#155;&#8238;");
    MIC_CHECK_TEXT(XML("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    text_free(&out);
}

MIC_TEST(text, case_counts_for_nothing_in_ascii_only)
{
    MIC_CHECK(text_equal_nocase("Name", "nAME"));
    MIC_CHECK(!text_equal_nocase("Name", "Name2"));
    MIC_CHECK(!text_equal_nocase("Name2", "Name"));
    MIC_CHECK(!text_equal_nocase("[", "{"));
}

MIC_TEST(text, json_of_no_text_is_null)
{
    text_clear(&out);
    text_add_json_mi(&out, NULL);
    MIC_CHECK_TEXT(text_of(&out), "null");
    text_free(&out);
}

MIC_TEST(text, width_counts_characters)
{
    MIC_CHECK_INT(text_width("a\xC3\xA4\xF0\x9F\x98\x80"), 3);
    MIC_CHECK_INT(text_width(""), 0);
}

static const char *value_text(MI_Type type, const MI_Value *value)
{
    text_clear(&out);
    value_add_text(&out, type, 0, value);
    return text_of(&out);
}

static const char *value_json(MI_Type type, const MI_Value *value)
{
    text_clear(&out);
    value_add_json(&out, type, 0, value);
    return text_of(&out);
}

MIC_TEST(value, reals_read_back_the_same)
{
    MI_Value value = {.real64 = 0.1};

    MIC_CHECK_TEXT(value_json(MI_REAL64, &value), "0.1");
    value.real64 = 0.1 + 0.2;
    MIC_CHECK(strtod(value_json(MI_REAL64, &value), NULL) == value.real64);
    value.real32 = 0.1F;
    MIC_CHECK_TEXT(value_json(MI_REAL32, &value), "0.1");
    text_free(&out);
}

MIC_TEST(value, char16_that_is_no_text_is_still_json)
{
    MI_Value value = {.char16 = 0};

    MIC_CHECK_TEXT(value_json(MI_CHAR16, &value), "\"\\u0000\"");
    MIC_CHECK_TEXT(value_text(MI_CHAR16, &value), "\\u0000");
    value.char16 = 0xD800;
    MIC_CHECK_TEXT(value_json(MI_CHAR16, &value), "\"\xEF\xBF\xBD\"");
    value.char16 = '"';
    MIC_CHECK_TEXT(value_json(MI_CHAR16, &value), "\"\\\"\"");
    text_free(&out);
}

MIC_TEST(value, datetime_out_of_range_is_null_in_json)
{
    MI_Value value = {.datetime = {.isTimestamp = MI_TRUE, .u = {.timestamp = {.month = 99}}}};

    MIC_CHECK_TEXT(value_json(MI_DATETIME, &value), "null");
    MIC_CHECK_TEXT(value_text(MI_DATETIME, &value), "");
    text_free(&out);
}

MIC_TEST(value, object_that_is_not_there_is_null_in_json)
{
    MI_Value value = {.instance = NULL};

    MIC_CHECK_TEXT(value_json(MI_INSTANCE, &value), "null");
    MIC_CHECK_TEXT(value_json(MI_REFERENCE, &value), "null");
    MIC_CHECK_TEXT(value_text(MI_REFERENCE, &value), "");
    text_free(&out);
}
