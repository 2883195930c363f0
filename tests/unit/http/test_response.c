#include <stdio.h>
#include <string.h>

#include "http/response.h"
#include "mic_test.h"

/* What a reply says, told in one text that does not depend on the pieces it came in:
 * "status k|c name=value; [body] end" or "... broken: words". */
struct story {
    struct mic_http_response response;
    struct mic_buf text;
    bool in_body, is_over;
    struct mic_str rest;
};

static void tell_headers(struct story *story)
{
    const char *name, *value;
    size_t position = 0;

    mic_buf_append_format(&story->text, "%u ", story->response.status);
    while (mic_http_response_each(&story->response, &position, &name, &value)) {
        mic_buf_append_format(&story->text, "%s=%s; ", name, value);
    }
    mic_buf_append_char(&story->text, '[');
    story->in_body = true;
}

static void tell_end(struct story *story, enum mic_http_event event, const struct mic_err *err)
{
    story->is_over = true;
    if (story->in_body) {
        mic_buf_append_char(&story->text, ']');
    }
    if (event == MIC_HTTP_END) {
        mic_buf_append_text(&story->text, story->response.is_keep_alive ? " keep" : " close");
    } else {
        mic_buf_append_format(&story->text, " broken: %s", err->message);
    }
}

static void feed(struct story *story, const char *bytes, size_t size)
{
    struct mic_str input = {bytes, size};
    struct mic_str piece = {NULL, 0};
    struct mic_err err;

    mic_err_init(&err);
    while (!story->is_over) {
        enum mic_http_event event = mic_http_response_next(&story->response, &input, &piece, &err);

        if (event == MIC_HTTP_MORE) {
            MIC_CHECK_INT(input.size, 0);
            return;
        }
        if (event == MIC_HTTP_HEADERS) {
            tell_headers(story);
        } else if (event == MIC_HTTP_BODY) {
            MIC_CHECK(piece.size > 0);
            mic_buf_append_str(&story->text, piece);
        } else {
            tell_end(story, event, &err);
        }
    }
    if (input.size > 0 && story->rest.data == NULL) {
        story->rest = input;
    }
}

static void close_story(struct story *story)
{
    struct mic_err err;

    mic_err_init(&err);
    if (!story->is_over) {
        tell_end(story, mic_http_response_close(&story->response, &err), &err);
    }
}

static void story_init(struct story *story)
{
    memset(story, 0, sizeof(*story));
    mic_http_response_init(&story->response, 0);
    mic_buf_init(&story->text);
}

static void story_fini(struct story *story)
{
    mic_http_response_fini(&story->response);
    mic_buf_fini(&story->text);
}

/* Whole, cut in two at each place, and byte by byte. */
static void expect_story(const char *reply, size_t size, const char *expected)
{
    for (size_t cut = 0; cut <= size + 1; cut++) {
        struct story story;
        bool same;

        story_init(&story);
        if (cut == size + 1) {
            for (size_t i = 0; i < size; i++) {
                feed(&story, reply + i, 1);
            }
        } else {
            feed(&story, reply, cut);
            feed(&story, reply + cut, size - cut);
        }
        close_story(&story);
        same = MIC_CHECK_TEXT(mic_buf_text(&story.text), expected);
        story_fini(&story);
        if (!same) {
            MIC_FAIL("cut at %zu of %zu", cut, size);
            return;
        }
    }
}

static void expect_text(const char *reply, const char *expected)
{
    expect_story(reply, strlen(reply), expected);
}

/* The words in the middle depend on the piece: only the beginning is compared. */
static void expect_broken(const char *reply, size_t size, const char *words)
{
    for (size_t cut = 0; cut <= size + 1; cut++) {
        struct story story;
        bool has;

        story_init(&story);
        if (cut == size + 1) {
            for (size_t i = 0; i < size; i++) {
                feed(&story, reply + i, 1);
            }
        } else {
            feed(&story, reply, cut);
            feed(&story, reply + cut, size - cut);
        }
        has = strstr(mic_buf_text(&story.text), " broken: ") != NULL &&
              strstr(mic_buf_text(&story.text), words) != NULL;
        if (!has) {
            MIC_FAIL("cut at %zu: \"%s\" has no \"%s\"", cut, mic_buf_text(&story.text), words);
        }
        story_fini(&story);
        if (!has) {
            return;
        }
    }
}

#define OK "HTTP/1.1 200 OK\r\n"

MIC_TEST(response, reads_each_form_of_body_however_it_is_cut)
{
    static const struct {
        const char *reply, *story;
    } rows[] = {
        {OK "Content-Length: 5\r\n\r\nhello", "200 Content-Length=5; [hello] keep"},
        {OK "Content-Length: 0\r\n\r\n", "200 Content-Length=0; [] keep"},
        {OK "content-length:5,5\r\n\r\nhello", "200 content-length=5,5; [hello] keep"},
        {"HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx", "200 Content-Length=1; [x] keep"},
        {"HTTP/1.1 200 \r\nContent-Length: 1\r\n\r\nx", "200 Content-Length=1; [x] keep"},
        {"HTTP/1.1 200 OK\nContent-Length: 1\n\nx", "200 Content-Length=1; [x] keep"},
        {OK "Content-Length: 1\r\nConnection: foo, CLOSE\r\n\r\nx",
         "200 Content-Length=1; Connection=foo, CLOSE; [x] close"},
        {"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", "200 Content-Length=1; [x] close"},
        {"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\nx",
         "200 Connection=Keep-Alive; Content-Length=1; [x] keep"},
        {OK "\r\nuntil the end", "200 [until the end] close"},
        {OK "\r\n", "200 [] close"},
        {OK "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
         "200 Transfer-Encoding=chunked; [hello] keep"},
        {OK "Transfer-Encoding: Chunked\r\n\r\n00A ; a=\"b\"\r\n0123456789\r\n1;\r\nx\r\n"
            "000\r\nTrailer: t\r\nOther: o\r\n\r\n",
         "200 Transfer-Encoding=Chunked; [0123456789x] keep"},
        {OK "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n1\r\nx\r\n0\r\n\r\n",
         "200 Transfer-Encoding=chunked; Content-Length=3; [x] close"},
        {"HTTP/1.1 204 No\r\n\r\n", "204 [] keep"},
        {"HTTP/1.1 304 No\r\nContent-Length: 9\r\n\r\n", "304 Content-Length=9; [] keep"},
        {"HTTP/1.1 100 Continue\r\n\r\n" OK "Content-Length: 1\r\n\r\nx",
         "200 Content-Length=1; [x] keep"},
        {"HTTP/1.1 102 P\r\nA: b\r\n\r\nHTTP/1.1 500 E\r\nContent-Length: 1\r\n\r\nx",
         "500 Content-Length=1; [x] keep"},
        {OK "A:\t b \t\r\nEmpty:\r\nA: c\r\nContent-Length: 0\r\n\r\n",
         "200 A=b; Empty=; A=c; Content-Length=0; [] keep"},
        {OK "Folded: a\r\n  b\r\n\tc\r\nContent-Length: 0\r\n\r\n",
         "200 Folded=a b c; Content-Length=0; [] keep"},
        {OK "Content-Encoding: identity\r\nContent-Length: 0\r\n\r\n",
         "200 Content-Encoding=identity; Content-Length=0; [] keep"},
        {"HTTP/1.1 401 U\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n",
         "401 WWW-Authenticate=Negotiate; Content-Length=0; [] keep"},
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        expect_text(rows[i].reply, rows[i].story);
    }
}

MIC_TEST(response, tells_where_a_reply_was_cut_off)
{
    static const struct {
        const char *reply, *story;
    } rows[] = {
        {"", " broken: the server closed the connection before it answered"},
        {"HTTP/1.1 2", " broken: the server closed the connection in the middle of the reply's "
                       "header"},
        {OK "A: b\r\n", " broken: the server closed the connection in the middle of the reply's "
                        "header"},
        {"HTTP/1.1 100 C\r\n\r\n",
         " broken: the server closed the connection in the middle of the reply's header"},
        {OK "Content-Length: 9\r\n\r\nhello",
         "200 Content-Length=9; [hello] broken: the server closed the connection in the middle of "
         "the reply's body: 5 of 9 bytes came"},
        {OK "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
         "200 Transfer-Encoding=chunked; [hello] broken: the server closed the connection in the "
         "middle of the reply's body"},
        {OK "Transfer-Encoding: chunked\r\n\r\n0\r\n",
         "200 Transfer-Encoding=chunked; [] broken: the server closed the connection in the middle "
         "of the reply's body"},
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        expect_text(rows[i].reply, rows[i].story);
    }
}

MIC_TEST(response, says_what_came_instead_of_http)
{
    static const struct {
        const char *reply, *words;
    } rows[] = {
        {"<html>hello", "does not begin with HTTP/1.x: \"<"},
        {"HTTP/2 200\r\n", "does not begin with HTTP/1.x"},
        {"HTTQ", "does not begin with HTTP/1.x"},
        {"HTTP/1.1  200 OK\r\n", "status line of the reply is malformed"},
        {"HTTP/1.x 200 OK\r\n", "status line of the reply is malformed"},
        {"HTTP/1.1 99 OK\r\n", "status line of the reply is malformed"},
        {"HTTP/1.1 020 OK\r\n", "status line of the reply is malformed"},
        {"HTTP/1.1 2000\r\n", "status line of the reply is malformed"},
        {"HTTP/1.1 101 Switch\r\n\r\n", "switches to a protocol nobody asked for"},
        {OK "no colon\r\n", "header line of the reply is malformed: \"no colon\""},
        {OK ": no name\r\n", "header line of the reply is malformed"},
        {OK "Blank : x\r\n", "header line of the reply is malformed"},
        {OK " first\r\n", "begins with a blank"},
        {OK "A: b\x01\r\n", "control character"},
        {OK "A: b\rc\r\n", "control character"},
        {OK "Content-Length: -1\r\n\r\n", "not a length: \"-1\""},
        {OK "Content-Length: 0x10\r\n\r\n", "not a length"},
        {OK "Content-Length: +1\r\n\r\n", "not a length"},
        {OK "Content-Length:\r\n\r\n", "Content-Length of the reply is empty"},
        {OK "Content-Length: 9223372036854775808\r\n\r\n", "not a length"},
        {OK "Content-Length: 99999999999999999999999\r\n\r\n", "not a length"},
        {OK "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "two different Content-Length"},
        {OK "Content-Length: 1, 2\r\n\r\n", "two different Content-Length"},
        {OK "Transfer-Encoding: gzip, chunked\r\n\r\n", "a coding that was not asked for"},
        {OK "Transfer-Encoding: chunked, chunked\r\n\r\n", "a coding that was not asked for"},
        {OK "Content-Encoding: SLDC\r\n\r\n", "a coding that was not asked for: \"SLDC\""},
        {OK "Transfer-Encoding: chunked\r\n\r\n\r\n", "does not begin with its size"},
        {OK "Transfer-Encoding: chunked\r\n\r\ng\r\n", "does not begin with its size"},
        {OK "Transfer-Encoding: chunked\r\n\r\n-1\r\n", "does not begin with its size"},
        {OK "Transfer-Encoding: chunked\r\n\r\n5 5\r\n", "does not begin with its size"},
        {OK "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", "chunk of the reply is too"},
        {OK "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n", "chunk of the reply is too"},
        {OK "Transfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n", "longer than its size"},
        {OK "Transfer-Encoding: chunked\r\n\r\n1\r\nx\ry", "longer than its size"},
        {OK "Transfer-Encoding: chunked\r\n\r\n0\r\nbad trailer\r\n", "malformed"},
    };
    static const char zero[] = OK "A: b\0c\r\n";
    static const char alert[] = "\x15\x03\x01\x00\x02\x02";

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        expect_broken(rows[i].reply, strlen(rows[i].reply), rows[i].words);
    }
    expect_broken(zero, sizeof(zero) - 1, "control character");
    {
        struct story story;

        story_init(&story);
        feed(&story, alert, sizeof(alert) - 1);
        MIC_CHECK(strstr(mic_buf_text(&story.text), "HTTPS port") != NULL);
        story_fini(&story);
    }
}

/* @param expected words of the error; NULL: it is read to its end */
static void expect_limit(const struct mic_buf *reply, const char *expected)
{
    static const size_t pieces[] = {1000000, 4096, 1};

    for (size_t i = 0; i < MIC_COUNT(pieces); i++) {
        struct story story;
        size_t at = 0;

        story_init(&story);
        while (at < reply->size && !story.is_over) {
            size_t size = reply->size - at < pieces[i] ? reply->size - at : pieces[i];

            feed(&story, reply->data + at, size);
            at += size;
        }
        if (expected == NULL) {
            MIC_CHECK(strstr(mic_buf_text(&story.text), " keep") != NULL);
        } else {
            MIC_CHECK(strstr(mic_buf_text(&story.text), expected) != NULL);
        }
        MIC_CHECK(story.response.line.capacity <= 2 * MIC_HTTP_LINE_MAX);
        story_fini(&story);
    }
}

static void append_fill(struct mic_buf *buf, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mic_buf_append_char(buf, 'x');
    }
}

MIC_TEST(response, bounds_lines_headers_their_count_and_interim_replies)
{
    struct mic_buf reply;

    mic_buf_init(&reply);
    mic_buf_append_text(&reply, OK "A: ");
    append_fill(&reply, MIC_HTTP_LINE_MAX - 5);
    mic_buf_append_text(&reply, "\r\nContent-Length: 0\r\n\r\n");
    expect_limit(&reply, NULL);

    mic_buf_clear(&reply);
    mic_buf_append_text(&reply, OK "A: ");
    append_fill(&reply, 1000000);
    expect_limit(&reply, "longer than 16 KB");

    for (unsigned count = 199; count <= 200; count++) {
        mic_buf_clear(&reply);
        mic_buf_append_text(&reply, OK);
        for (unsigned i = 0; i < count; i++) {
            mic_buf_append_text(&reply, "A: b\r\n");
        }
        mic_buf_append_text(&reply, "Content-Length: 0\r\n\r\n");
        expect_limit(&reply, count == 199 ? NULL : "more than 200 header lines");
    }

    mic_buf_clear(&reply);
    mic_buf_append_text(&reply, OK);
    for (unsigned i = 0; i < 100; i++) {
        mic_buf_append_text(&reply, "A: ");
        append_fill(&reply, 1000);
        mic_buf_append_text(&reply, "\r\n");
    }
    expect_limit(&reply, "header of the reply is too large");

    mic_buf_clear(&reply);
    mic_buf_append_text(&reply, OK "A: b\r\n");
    for (unsigned i = 0; i < 100; i++) {
        mic_buf_append_char(&reply, ' ');
        append_fill(&reply, 1000);
        mic_buf_append_text(&reply, "\r\n");
    }
    expect_limit(&reply, "header of the reply is too large");

    mic_buf_clear(&reply);
    for (unsigned i = 0; i < 100; i++) {
        mic_buf_append_text(&reply, "HTTP/1.1 100 Continue\r\n\r\n");
    }
    expect_limit(&reply, "interim replies without end");
    mic_buf_fini(&reply);
}

MIC_TEST(response, leaves_what_is_behind_the_reply)
{
    struct story story;

    story_init(&story);
    feed(&story, OK "Content-Length: 2\r\n\r\nabHTTP/1.1", strlen(OK) + 21 + 2 + 8);
    MIC_CHECK(story.is_over);
    MIC_CHECK_INT(story.rest.size, 8);
    MIC_CHECK(story.rest.data != NULL && story.rest.data[0] == 'H');
    story_fini(&story);
}

MIC_TEST(response, is_fresh_until_the_first_byte)
{
    struct mic_http_response response;
    struct mic_str input = {"H", 1};
    struct mic_str piece;
    struct mic_err err;

    mic_err_init(&err);
    mic_http_response_init(&response, 0);
    MIC_CHECK(mic_http_response_is_fresh(&response));
    MIC_CHECK_INT(mic_http_response_next(&response, &input, &piece, &err), MIC_HTTP_MORE);
    MIC_CHECK(!mic_http_response_is_fresh(&response));
    mic_http_response_reset(&response);
    MIC_CHECK(mic_http_response_is_fresh(&response));
    mic_http_response_fini(&response);
}

MIC_TEST(response, takes_a_chunk_size_of_the_largest_body)
{
    static const char reply[] = OK "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nbegin";
    struct story story;

    story_init(&story);
    feed(&story, reply, sizeof(reply) - 1);
    MIC_CHECK(!story.is_over);
    MIC_CHECK(strstr(mic_buf_text(&story.text), "[begin") != NULL);
    story_fini(&story);
}
