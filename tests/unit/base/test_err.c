#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "common/utf.h"
#include "mic_test.h"

MIC_TEST(err, set_fills_from_the_row)
{
    struct mic_err err;

    mic_err_init(&err);
    MIC_CHECK_INT(err.result, MI_RESULT_OK);
    MIC_CHECK_TEXT(err.message, "");
    MIC_CHECK_INT(mic_err_set(&err, MIC_E_TIMEOUT, "No answer from %s", "host"), MI_RESULT_FAILED);
    MIC_CHECK_INT(err.code, MIC_E_TIMEOUT);
    MIC_CHECK_INT(err.hresult, 0x80338126);
    MIC_CHECK_INT(err.category, MI_ERRORCATEGORY_OPERATION_TIMEOUT);
    MIC_CHECK_TEXT(err.message, "No answer from host");
    MIC_CHECK(strlen(err.remedy) > 0);
    MIC_CHECK_INT(err.native, 0);
}

MIC_TEST(err, each_row_has_a_remedy_and_fits)
{
    for (int i = 1; i < MIC_E_COUNT; i++) {
        struct mic_err err;

        mic_err_init(&err);
        MIC_CHECK(mic_err_set(&err, (enum mic_err_code)i, "x") != MI_RESULT_OK);
        MIC_CHECK(strlen(err.remedy) > 0 && strlen(err.remedy) < sizeof(err.remedy) - 1);
    }
}

MIC_TEST(err, no_place_for_the_error_still_gives_the_result)
{
    MIC_CHECK_INT(mic_err_set(NULL, MIC_E_ARGUMENT, "x"), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(mic_err_set_errno(NULL, MIC_E_LOGON, EPERM, "x"), MI_RESULT_ACCESS_DENIED);
    mic_err_remedy(NULL, "x");
}

MIC_TEST(err, errno_is_said_in_words_and_kept)
{
    struct mic_err err;
    char expected[200];

    mic_err_init(&err);
    (void)mic_err_set_errno(&err, MIC_E_CONNECT, ECONNREFUSED, "Connecting to %s", "h:5985");
    (void)snprintf(expected, sizeof(expected), "Connecting to h:5985: %s (errno %d)",
                   strerror(ECONNREFUSED), ECONNREFUSED);
    MIC_CHECK_TEXT(err.message, expected);
    MIC_CHECK_INT(err.native, ECONNREFUSED);
}

MIC_TEST(err, remedy_can_be_replaced)
{
    struct mic_err err;

    mic_err_init(&err);
    (void)mic_err_set(&err, MIC_E_CONNECT, "x");
    mic_err_remedy(&err, "Try port %d", 5986);
    MIC_CHECK_TEXT(err.remedy, "Try port 5986");
}

MIC_TEST(err, long_messages_are_cut_between_characters)
{
    struct mic_err err;
    char text[2000];

    for (size_t shift = 0; shift < 4; shift++) {
        size_t at = 0;

        memset(text, 'x', shift);
        for (at = shift; at + 4 < sizeof(text); at += 4) {
            memcpy(text + at, "\xF0\x9F\x98\x80", 4);
        }
        text[at] = '\0';
        mic_err_init(&err);
        (void)mic_err_set(&err, MIC_E_XML, "%s", text);
        MIC_CHECK(mic_utf8_is_valid(err.message, strlen(err.message), NULL));
        MIC_CHECK(strlen(err.message) > sizeof(err.message) - 6);
        MIC_CHECK(strchr(err.message, '?') == NULL);
    }
}

MIC_TEST(err, bytes_that_are_no_utf8_become_question_marks)
{
    struct mic_err err;

    mic_err_init(&err);
    (void)mic_err_set(&err, MIC_E_XML, "a%sb", "\xFF\xC3");
    MIC_CHECK_TEXT(err.message, "a??b");
}

static void check_quote(const char *text, size_t size, size_t room, const char *expected)
{
    char out[64];

    memset(out, '#', sizeof(out));
    mic_err_quote((struct mic_str){text, size}, out, room);
    MIC_CHECK_TEXT(out, expected);
    MIC_CHECK_INT(out[room], '#');
}

MIC_TEST(err, quote_gives_printable_text_of_bounded_size)
{
    check_quote("plain", 5, 20, "plain");
    check_quote("", 0, 20, "");
    check_quote("a\nb\0c\x1B[0m\x7F\xC2\x9B", 12, 30, "a b c [0m??");
    check_quote("\xFFz\xC3", 3, 20, "?z?");
    check_quote("gr\xC3\xBC\xC3\x9F", 6, 20, "gr\xC3\xBC\xC3\x9F");
    check_quote("0123456789", 10, 11, "0123456789");
    check_quote("0123456789", 10, 10, "012345...");
    check_quote("01234\xC3\xBC\xC3\xBC", 9, 9, "01234...");
    check_quote("0123456789", 10, 3, "..");
    check_quote("0123456789", 10, 1, "");
}

MIC_TEST(err, phases_have_words)
{
    MIC_CHECK_TEXT(mic_phase_name(MIC_PHASE_TLS), "TLS");
    MIC_CHECK_TEXT(mic_phase_name(MIC_PHASE_RESOLVE), "resolve");
    MIC_CHECK_TEXT(mic_phase_name((enum mic_phase)99), "");
}
