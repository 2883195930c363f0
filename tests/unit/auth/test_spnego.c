#include <string.h>

#include "auth/spnego.h"
#include "fail_alloc.h"
#include "mic_test.h"

#define KRB5 "\x06\x09\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"

static struct mic_str bytes(const char *data, size_t size)
{
    return (struct mic_str){data, size};
}

#define BYTES(literal) bytes((literal), sizeof(literal) - 1)

MIC_TEST(spnego, writes_a_first_token_around_kerberos)
{
    static const char expected[] = "\x60\x21\x06\x06\x2b\x06\x01\x05\x05\x02\xa0\x17\x30\x15"
                                   "\xa0\x0d\x30\x0b" KRB5 "\xa2\x04\x04\x02xy";
    struct mic_buf out;

    mic_buf_init(&out);
    mic_spnego_write_init(&out, MIC_STR("xy"));
    MIC_CHECK_BYTES(out.data, out.size, expected, sizeof(expected) - 1);
    mic_buf_fini(&out);
}

MIC_TEST(spnego, writes_lengths_of_every_size)
{
    static const size_t sizes[] = {1, 100, 127, 128, 255, 256, 65535, 65536, 70000};
    static char token[70000];

    for (size_t i = 0; i < MIC_COUNT(sizes); i++) {
        struct mic_spnego_reply reply;
        struct mic_buf out;

        memset(token, 'k', sizeof(token));
        mic_buf_init(&out);
        mic_spnego_write_reply(&out, bytes(token, sizes[i]), MIC_STR("signed"));
        MIC_REQUIRE(mic_spnego_read(bytes(out.data, out.size), &reply));
        MIC_CHECK_INT(reply.state, MIC_SPNEGO_UNSAID);
        MIC_CHECK_BYTES(reply.token.data, reply.token.size, token, sizes[i]);
        MIC_CHECK_BYTES(reply.mic.data, reply.mic.size, "signed", 6);
        MIC_CHECK_INT(reply.mechanism.size, 0);
        mic_buf_fini(&out);
    }
}

/* accept-completed, Kerberos, a token, a signature */
static const char whole[] = "\xa1\x20\x30\x1e\xa0\x03\x0a\x01\x00\xa1\x0b" KRB5 "\xa2\x04\x04\x02to"
                            "\xa3\x04\x04\x02mi";

MIC_TEST(spnego, reads_an_answer)
{
    struct mic_spnego_reply reply;

    MIC_REQUIRE(mic_spnego_read(BYTES(whole), &reply) || MIC_FAIL("not read"));
    MIC_CHECK_INT(reply.state, MIC_SPNEGO_COMPLETED);
    MIC_CHECK(mic_spnego_is_kerberos(reply.mechanism));
    MIC_CHECK_BYTES(reply.token.data, reply.token.size, "to", 2);
    MIC_CHECK_BYTES(reply.mic.data, reply.mic.size, "mi", 2);
    MIC_REQUIRE(mic_spnego_read(BYTES("\xa1\x07\x30\x05\xa0\x03\x0a\x01\x02"), &reply));
    MIC_CHECK_INT(reply.state, MIC_SPNEGO_REJECT);
    MIC_CHECK_INT(reply.token.size, 0);
    MIC_CHECK(mic_spnego_is_kerberos(reply.mechanism)); /* nothing else was offered */
}

MIC_TEST(spnego, knows_the_names_of_kerberos)
{
    MIC_CHECK(mic_spnego_is_kerberos(BYTES("\x2a\x86\x48\x86\xf7\x12\x01\x02\x02")));
    MIC_CHECK(mic_spnego_is_kerberos(BYTES("\x2a\x86\x48\x82\xf7\x12\x01\x02\x02")));
    MIC_CHECK(!mic_spnego_is_kerberos(BYTES("\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a")));
}

/* In a block of just that size, so that a sanitizer sees what reads on. */
static bool reads(const char *data, size_t size)
{
    struct mic_spnego_reply reply;
    struct mic_buf exact;
    bool ok;

    mic_buf_init(&exact);
    mic_buf_append(&exact, data, size);
    ok = mic_spnego_read(bytes(exact.data, exact.size), &reply);
    mic_buf_fini(&exact);
    return ok;
}

MIC_TEST(spnego, refuses_what_is_cut_or_damaged)
{
    char copy[sizeof(whole)];

    for (size_t i = 0; i + 1 < sizeof(whole); i++) {
        MIC_CHECK(!reads(whole, i));
    }
    for (size_t i = 0; i + 1 < sizeof(whole); i++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            memcpy(copy, whole, sizeof(whole));
            copy[i] = (char)(copy[i] ^ 1 << bit);
            reads(copy, sizeof(whole) - 1); /* no crash; much of it is still well-formed */
        }
    }
}

MIC_TEST(spnego, refuses_wrong_forms)
{
    static const struct mic_str wrong[] = {
        {"\xa1\x80\x30\x80\x00\x00\x00\x00", 8},                    /* indefinite length */
        {"\xa1\x85\x00\x00\x00\x00\x02\x30\x00", 9},                /* five bytes of length */
        {"\xa1\x84\xff\xff\xff\xff\x30\x00", 8},                    /* longer than it is */
        {"\xa1\x02\x30\x00x", 5},                                   /* something behind */
        {"\xa0\x02\x30\x00", 4},                                    /* a first token */
        {"\xa1\x07\x30\x05\xa0\x03\x0a\x01\x04", 9},                /* no such state */
        {"\xa1\x08\x30\x06\xa0\x04\x0a\x02\x00\x00", 10},           /* state of two bytes */
        {"\xa1\x0c\x30\x0a\xa2\x03\x04\x01x\xa2\x03\x04\x01y", 14}, /* twice */
        {"\xa1\x0c\x30\x0a\xa3\x03\x04\x01x\xa2\x03\x04\x01y", 14}, /* wrong order */
        {"\xa1\x07\x30\x05\xa4\x03\x04\x01x", 9},                   /* unknown field */
        {"NTLMSSP", 8},
    };

    MIC_CHECK(reads("\xa1\x02\x30\x00", 4));
    for (size_t i = 0; i < MIC_COUNT(wrong); i++) {
        if (reads(wrong[i].data, wrong[i].size)) {
            MIC_FAIL("form %lu was read", (unsigned long)i);
        }
    }
}

static bool write_both(void *context)
{
    struct mic_buf out;
    bool ok;

    (void)context;
    mic_buf_init(&out);
    mic_spnego_write_init(&out, MIC_STR("token"));
    mic_spnego_write_reply(&out, MIC_STR("token"), MIC_STR("mic"));
    ok = !out.failed;
    mic_buf_fini(&out);
    return ok;
}

MIC_TEST(spnego, says_so_when_memory_runs_out)
{
    MIC_CHECK(mic_fail_alloc_each(write_both, NULL) > 5);
}
