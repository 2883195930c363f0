/* multipart/encrypted as bytes: what is written, what is read, what is refused. */
#include <stdio.h>

#include "fail_alloc.h"
#include "fake_seal.h"
#include "http/sealed.h"
#include "mic_test.h"

#define HEAD(type, length)                                                                         \
    "--Encrypted Boundary\r\n"                                                                     \
    "Content-Type: " FAKE_SEAL_TYPE "\r\n"                                                         \
    "OriginalContent: type=" type ";Length=" length "\r\n"                                         \
    "--Encrypted Boundary\r\n"                                                                     \
    "Content-Type: application/octet-stream\r\n"
#define SOAP "application/soap+xml;charset=UTF-8"
#define END  "--Encrypted Boundary--\r\n"

struct reading {
    struct fake_seal scheme;
    struct mic_sealed_reader reader;
    struct mic_buf plain;
    struct mic_err err;
};

static void reading_init(struct reading *reading, size_t limit)
{
    memset(reading, 0, sizeof(*reading));
    reading->scheme.base.scheme = &fake_seal_scheme;
    mic_sealed_reader_init(&reading->reader, limit);
    mic_buf_init(&reading->plain);
    mic_err_init(&reading->err);
}

static void reading_fini(struct reading *reading)
{
    mic_sealed_reader_fini(&reading->reader);
    mic_buf_fini(&reading->plain);
}

static bool push(struct reading *reading, const char *bytes, size_t size)
{
    return mic_sealed_reader_push(&reading->reader, &reading->scheme.base,
                                  (struct mic_str){bytes, size}, &reading->plain,
                                  &reading->err) == MI_RESULT_OK;
}

static bool finish(struct reading *reading)
{
    return mic_sealed_reader_end(&reading->reader, &reading->err) == MI_RESULT_OK;
}

/* head, sealed content, tail */
static void put_part(struct mic_buf *out, const char *head, uint32_t number, const char *plain,
                     const char *tail)
{
    mic_buf_append_text(out, head);
    fake_seal_bytes(number, plain, strlen(plain), out);
    mic_buf_append_text(out, tail);
}

static void expect_plain(const struct mic_buf *body, const char *plain, size_t parts)
{
    for (size_t piece = 1; piece <= body->size; piece += piece < 40 ? 1 : 97) {
        struct reading reading;
        bool ok = true;

        reading_init(&reading, 1000);
        for (size_t at = 0; ok && at < body->size; at += piece) {
            ok = push(&reading, body->data + at, body->size - at < piece ? body->size - at : piece);
        }
        ok = ok && finish(&reading);
        MIC_CHECK_TEXT(reading.err.message, "");
        MIC_CHECK_TEXT(mic_buf_text(&reading.plain), plain);
        MIC_CHECK_INT(reading.reader.part_count, parts);
        reading_fini(&reading);
        if (!ok) {
            MIC_FAIL("in pieces of %zu", piece);
            return;
        }
    }
}

static void expect_refused(const char *bytes, size_t size, enum mic_err_code code,
                           const char *words)
{
    struct reading reading;

    reading_init(&reading, 100);
    MIC_CHECK(!push(&reading, bytes, size) || !finish(&reading));
    MIC_CHECK_INT(reading.err.code, code);
    if (strstr(reading.err.message, words) == NULL) {
        MIC_CHECK_TEXT(reading.err.message, words);
    }
    reading_fini(&reading);
}

MIC_TEST(sealed, is_written_as_windows_reads_it)
{
    static const char expected[] = HEAD(SOAP, "3") "\x08\0\0\0\0\0\0\0\xc1\xec\x01\0;8"
                                                   "9" END;
    struct fake_seal scheme = {.base = {.scheme = &fake_seal_scheme}};
    struct mic_buf out;
    struct mic_err err;

    mic_err_init(&err);
    mic_buf_init(&out);
    mic_sealed_write_type(&fake_seal_scheme, 100000, &out);
    MIC_CHECK_TEXT(mic_buf_text(&out), "multipart/encrypted;protocol=\"" FAKE_SEAL_TYPE
                                       "\";boundary=\"Encrypted Boundary\"");
    MIC_CHECK(mic_sealed_is_type(mic_buf_text(&out)));
    mic_buf_clear(&out);
    MIC_CHECK_INT(mic_sealed_write(&scheme.base, MIC_STR("abc"), &out, &err), MI_RESULT_OK);
    MIC_CHECK_BYTES(out.data, out.size, expected, sizeof(expected) - 1);
    mic_buf_fini(&out);
}

MIC_TEST(sealed, is_written_in_pieces_where_the_scheme_has_a_limit)
{
    struct fake_seal scheme = {.base = {.scheme = &fake_piece_scheme}};
    struct mic_buf out;
    struct mic_err err;

    mic_err_init(&err);
    mic_buf_init(&out);
    mic_sealed_write_type(&fake_piece_scheme, 5, &out);
    MIC_CHECK(strncmp(mic_buf_text(&out), "multipart/encrypted;", 20) == 0);
    mic_buf_clear(&out);
    mic_sealed_write_type(&fake_piece_scheme, 6, &out);
    MIC_CHECK(strncmp(mic_buf_text(&out), "multipart/x-multi-encrypted;", 28) == 0);
    MIC_CHECK(mic_sealed_is_type(mic_buf_text(&out)));
    mic_buf_clear(&out);
    MIC_CHECK_INT(mic_sealed_write(&scheme.base, MIC_STR("Hello, world"), &out, &err),
                  MI_RESULT_OK);
    expect_plain(&out, "Hello, world", 3);
    mic_buf_fini(&out);
}

MIC_TEST(sealed, an_empty_message_is_a_message)
{
    struct fake_seal scheme = {.base = {.scheme = &fake_seal_scheme}};
    struct mic_buf out;
    struct mic_err err;

    mic_err_init(&err);
    mic_buf_init(&out);
    MIC_CHECK_INT(mic_sealed_write(&scheme.base, MIC_STR(""), &out, &err), MI_RESULT_OK);
    expect_plain(&out, "", 1);
    mic_buf_fini(&out);
}

MIC_TEST(sealed, is_told_from_other_content_by_its_type)
{
    MIC_CHECK(mic_sealed_is_type("multipart/encrypted"));
    MIC_CHECK(mic_sealed_is_type(" Multipart/Encrypted ; protocol=x"));
    MIC_CHECK(mic_sealed_is_type("multipart/x-multi-encrypted;a"));
    MIC_CHECK(!mic_sealed_is_type("multipart/encrypted2"));
    MIC_CHECK(!mic_sealed_is_type("application/soap+xml;charset=UTF-8"));
    MIC_CHECK(!mic_sealed_is_type(""));
    MIC_CHECK(!mic_sealed_is_type(NULL));
}

/* Each a way some server writes it. */
MIC_TEST(sealed, is_read_in_every_known_form)
{
    static const struct {
        const char *head, *tail;
    } forms[] = {
        {HEAD(SOAP, "5"), END},
        {HEAD(SOAP, "5"), "--Encrypted Boundary--"},
        {HEAD(SOAP, "5"), END "\r\n \r\n"},
        /* the TABs of MS-WSMV */
        {"--Encrypted Boundary\r\n\tContent-Type: " FAKE_SEAL_TYPE "\r\n"
         "\tOriginalContent: type=" SOAP ";Length=5\r\n--Encrypted Boundary\r\n"
         "\tContent-Type: application/octet-stream\r\n",
         END},
        {"--Encrypted Boundary\ncontent-type:x/y\n"
         "ORIGINALCONTENT:  Type=" SOAP " ; length=5 \nUnknown: field\n--Encrypted Boundary\n"
         "content-TYPE: Application/Octet-Stream\n",
         "--Encrypted Boundary--\n"},
        /* Exchange puts a blank behind the dashes */
        {"-- Encrypted Boundary\r\nContent-Type: x/y\r\n"
         "OriginalContent: type=" SOAP ";Length=5\r\n--Encrypted Boundary\r\n"
         "Content-Type: application/octet-stream\r\n",
         "-- Encrypted Boundary--\r\n"},
        {"\r\n--other\r\nOriginalContent: type=" SOAP ";Length=5\r\n--other\r\n"
         "Content-Type: application/octet-stream\r\n",
         "--other--\r\n"},
    };

    for (size_t i = 0; i < MIC_COUNT(forms); i++) {
        struct mic_buf body;

        mic_buf_init(&body);
        put_part(&body, forms[i].head, 0, "Hello", forms[i].tail);
        expect_plain(&body, "Hello", 1);
        mic_buf_fini(&body);
    }
}

MIC_TEST(sealed, has_parts_in_one_message_and_messages_in_a_row)
{
    struct mic_buf body;

    mic_buf_init(&body);
    put_part(&body, HEAD(SOAP, "2"), 0, "He", "--Encrypted Boundary\r\n");
    put_part(&body,
             "OriginalContent: type=" SOAP ";Length=3\r\n--Encrypted Boundary\r\n"
             "Content-Type: application/octet-stream\r\n",
             1, "llo", END);
    put_part(&body,
             "--second\r\nOriginalContent: Length=1\r\n--second\r\n"
             "Content-Type: application/octet-stream\r\n",
             2, "!", "--second--\r\n");
    expect_plain(&body, "Hello!", 3);
    mic_buf_fini(&body);
}

MIC_TEST(sealed, tells_the_contents_own_type)
{
    struct reading reading;
    struct mic_buf body;

    mic_buf_init(&body);
    put_part(&body, HEAD("text/xml;charset=UTF-16;x=y", "1"), 0, "a", END);
    reading_init(&reading, 10);
    MIC_CHECK(push(&reading, body.data, body.size));
    MIC_CHECK_TEXT(mic_buf_text(&reading.reader.type), "text/xml;charset=UTF-16;x=y");
    reading_fini(&reading);
    mic_buf_fini(&body);
}

/* TLS records are longer than the lengths say (CredSSP). */
MIC_TEST(sealed, ends_a_part_at_its_boundary_when_that_is_behind_its_length)
{
    struct reading reading;
    static const char bytes[] = "--b\r\nOriginalContent: Length=3\r\n--b\r\n"
                                "Content-Type: application/octet-stream\r\n"
                                "\x08\0\0\0\0\0\0\0\0\0\0\0abc and --b more--b--";

    reading_init(&reading, 10);
    MIC_CHECK(!push(&reading, bytes, sizeof(bytes) - 1));
    MIC_CHECK_INT(reading.err.code, MIC_E_SEAL); /* the scheme was asked, for all of it */
    MIC_CHECK_INT(reading.scheme.received, 1);
    reading_fini(&reading);
}

/* A ciphertext may end in any byte, in a blank too. */
MIC_TEST(sealed, leaves_nothing_out_in_front_of_a_boundary_behind_its_length)
{
    for (unsigned last = 0; last < 256; last++) {
        char plain[] = {'a', 'b', 'c', (char)(last ^ FAKE_TURN)};
        struct reading reading;
        struct mic_buf body;

        mic_buf_init(&body);
        mic_buf_append_text(&body, HEAD(SOAP, "3"));
        fake_seal_bytes(0, plain, sizeof(plain), &body);
        mic_buf_append_text(&body, END);
        reading_init(&reading, 10);
        MIC_CHECK(!push(&reading, body.data, body.size));
        MIC_CHECK_INT(reading.err.code,
                      MIC_E_PROTOCOL); /* the scheme got all of it, and opened it */
        reading_fini(&reading);
        mic_buf_fini(&body);
    }
}

MIC_TEST(sealed, may_hold_its_boundary_in_the_ciphertext)
{
    char plain[] = "--Encrypted Boundary--\r\n--Encrypted Boundary\r\n";
    struct mic_buf body;

    for (size_t i = 0; plain[i] != '\0'; i++) {
        plain[i] = (char)(plain[i] ^ FAKE_TURN);
    }
    mic_buf_init(&body);
    put_part(&body, HEAD(SOAP, "46"), 0, plain, END);
    MIC_CHECK_INT(strlen(plain), 46);
    expect_plain(&body, plain, 1);
    mic_buf_fini(&body);
}

MIC_TEST(sealed, gives_nothing_of_a_part_that_is_not_whole)
{
    struct mic_buf body;

    mic_buf_init(&body);
    put_part(&body, HEAD(SOAP, "5"), 0, "Hello", END);
    for (size_t size = 0; size < body.size - 2; size++) {
        struct reading reading;

        reading_init(&reading, 100);
        MIC_CHECK(push(&reading, body.data, size));
        MIC_CHECK_INT(reading.plain.size, 0);
        MIC_CHECK(!finish(&reading));
        MIC_CHECK_INT(reading.err.code, MIC_E_PROTOCOL);
        reading_fini(&reading);
    }
    mic_buf_fini(&body);
}

MIC_TEST(sealed, gives_nothing_of_a_part_that_was_changed)
{
    size_t content = sizeof(HEAD(SOAP, "5")) - 1;
    struct mic_buf body;

    mic_buf_init(&body);
    put_part(&body, HEAD(SOAP, "5"), 0, "Hello", END);
    for (size_t bit = 8 * content; bit < 8 * (content + 17); bit++) {
        struct reading reading;

        body.data[bit / 8] = (char)(body.data[bit / 8] ^ (1 << bit % 8));
        reading_init(&reading, 100);
        MIC_CHECK(!push(&reading, body.data, body.size) || !finish(&reading));
        MIC_CHECK_INT(reading.plain.size, 0);
        body.data[bit / 8] = (char)(body.data[bit / 8] ^ (1 << bit % 8));
        reading_fini(&reading);
    }
    mic_buf_fini(&body);
}

MIC_TEST(sealed, is_refused_with_the_reason)
{
    static const struct {
        const char *bytes, *words;
    } wrong[] = {
        {"", "before it has begun"},
        {"<s:Envelope/>\r\n", "begin with a boundary"},
        {"--\r\n", "begin with a boundary"},
        {"--b\r\nno field\r\n", "no header field"},
        {"--b\r\n--c\r\n", "boundaries differ"},
        {"--b\r\nA: b\r\n--b--\r\n", "in the middle of a part"},
        {"--b\r\nOriginalContent: type=a\r\n", "does not tell its length"},
        {"--b\r\nOriginalContent: Length=abc\r\n", "does not tell its length"},
        {"--b\r\nOriginalContent: Length=1;Length=2\r\n", "does not tell its length"},
        {"--b\r\nOriginalContent: Length=99999999999999999999\r\n", "does not tell its length"},
        {"--b\r\nContent-Type: application/octet-stream\r\n", "does not tell its length"},
        {"--b\r\nOriginalContent: Length=1\r\nContent-Type: application/octet-stream\r\n\xff\xff"
         "\xff\xff",
         "token too long"},
    };
    char line[8192];

    for (size_t i = 0; i < MIC_COUNT(wrong); i++) {
        expect_refused(wrong[i].bytes, strlen(wrong[i].bytes), MIC_E_PROTOCOL, wrong[i].words);
    }
    memset(line, 'x', sizeof(line));
    expect_refused(line, sizeof(line), MIC_E_PROTOCOL, "first line does not end");
    memcpy(line, "--b\r\n", 5);
    expect_refused(line, sizeof(line), MIC_E_PROTOCOL, "a line of a part does not end");
    for (size_t i = 5; i + 4 < sizeof(line); i += 4) {
        memcpy(line + i, "a:\r\n", 4);
    }
    expect_refused(line, sizeof(line) - 4, MIC_E_PROTOCOL, "too many lines");
}

/* Too short it could hide something in front of the boundary, too long it has lost something. */
MIC_TEST(sealed, a_part_must_have_the_length_it_tells)
{
    struct mic_buf body;

    mic_buf_init(&body);
    put_part(&body, HEAD(SOAP, "3"), 0, "abcdef", END);
    expect_refused(body.data, body.size, MIC_E_PROTOCOL, "another length than it tells");
    mic_buf_clear(&body);
    put_part(&body, HEAD(SOAP, "6"), 0, "abc", END);
    expect_refused(body.data, body.size, MIC_E_PROTOCOL, "ends in the middle");
    mic_buf_fini(&body);
}

MIC_TEST(sealed, a_part_beyond_the_limit_is_refused_before_it_is_read)
{
    static const char bytes[] = "--b\r\nOriginalContent: Length=101\r\n--b\r\n"
                                "Content-Type: application/octet-stream\r\n";

    expect_refused(bytes, sizeof(bytes) - 1, MIC_E_ENVELOPE_SIZE, "has 101 bytes");
}

MIC_TEST(sealed, a_part_without_a_boundary_behind_it_is_not_kept_for_ever)
{
    struct reading reading;
    char bytes[1024];
    size_t pushed = 0;
    static const char head[] = "--b\r\nOriginalContent: Length=1\r\n--b\r\n"
                               "Content-Type: application/octet-stream\r\n\x08\0\0\0";

    memset(bytes, '-', sizeof(bytes));
    reading_init(&reading, 100);
    MIC_CHECK(push(&reading, head, sizeof(head) - 1));
    while (pushed < 100000 && push(&reading, bytes, sizeof(bytes))) {
        pushed += sizeof(bytes);
    }
    MIC_CHECK(pushed < 20000);
    MIC_CHECK_INT(reading.err.code, MIC_E_PROTOCOL);
    reading_fini(&reading);
}

static bool read_all(void *context)
{
    struct mic_buf *body = context;
    struct reading reading;
    struct mic_buf out;
    bool ok;

    mic_buf_init(&out);
    reading_init(&reading, 1000);
    ok = push(&reading, body->data, 40) && push(&reading, body->data + 40, body->size - 40) &&
         finish(&reading) &&
         mic_sealed_write(&reading.scheme.base, MIC_STR("abc"), &out, &reading.err) == MI_RESULT_OK;
    MIC_CHECK(ok || reading.err.code == MIC_E_MEMORY);
    reading_fini(&reading);
    mic_buf_fini(&out);
    return ok;
}

MIC_TEST(sealed, survives_every_failed_allocation)
{
    struct mic_buf body;

    mic_buf_init(&body);
    put_part(&body, HEAD(SOAP, "5"), 0, "Hello", END);
    MIC_CHECK(mic_fail_alloc_each(read_all, &body) >= 4);
    mic_buf_fini(&body);
}
