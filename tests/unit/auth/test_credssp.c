/* The bytes of CredSSP: its DER against encodings and hashes made by other means, and every way of
 * spoiling them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/credssp_asn1.h"
#include "auth/credssp_error.h"
#include "auth/credssp_key.h"
#include "base/mem.h"
#include "fail_alloc.h"
#include "mic_test.h"

/* "0123ab" as bytes. */
static size_t unhex(const char *text, char *out)
{
    size_t count = 0;

    for (; text[0] != '\0' && text[1] != '\0'; text += 2) {
        char pair[3] = {text[0], text[1], '\0'};

        out[count++] = (char)strtoul(pair, NULL, 16);
    }
    return count;
}

#define CHECK_HEX(buf, text)                                                                       \
    do {                                                                                           \
        char expected_[512];                                                                       \
        size_t count_ = unhex(text, expected_);                                                    \
        MIC_CHECK_BYTES((buf)->data, (buf)->size, expected_, count_);                              \
    } while (0)

static struct mic_str text_of(const char *text)
{
    return (struct mic_str){text, strlen(text)};
}

/* ---- writing ---- */

MIC_TEST(credssp_asn1, writes_requests_as_der)
{
    static const struct {
        struct mic_ts_request request;
        const char *hex;
    } rows[] = {
        {{.version = 6}, "3005a003020106"},
        {{.version = 6, .token = {"abc", 3}}, "3012a003020106a10b30093007a0050403616263"},
        {{.version = 2, .auth_info = {"xy", 2}}, "300ba003020102a20404027879"},
        {{.version = 5, .token = {"t", 1}, .key_auth = {"k", 1}, .nonce = {"n", 1}},
         "301aa003020105a109300730"
         "05a003040174a30304016ba50304016e"},
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        struct mic_buf out;

        mic_buf_init(&out);
        mic_ts_request_write(&out, &rows[i].request);
        CHECK_HEX(&out, rows[i].hex);
        mic_buf_fini(&out);
    }
}

MIC_TEST(credssp_asn1, writes_credentials_in_utf16)
{
    static const struct {
        const char *domain, *user, *password, *hex;
    } rows[] = {
        {"D", "u", "p\xc3\xa4",
         "301fa003020101a11804163014a00404024400a10404027500a20604047000e400"},
        {"", "", "", "3017a003020101a110040e300ca0020400a1020400a2020400"},
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        struct mic_ts_password password = {text_of(rows[i].domain), text_of(rows[i].user),
                                           text_of(rows[i].password)};
        struct mic_buf out;

        mic_buf_init(&out);
        MIC_CHECK(mic_ts_password_write(&out, &password));
        CHECK_HEX(&out, rows[i].hex);
        mic_buf_fini(&out);
    }
}

MIC_TEST(credssp_asn1, refuses_credentials_that_are_not_utf8)
{
    static const char wrong[] = "a\xff";
    struct mic_ts_password rows[] = {{MIC_STR(wrong), MIC_STR("u"), MIC_STR("p")},
                                     {MIC_STR("d"), MIC_STR(wrong), MIC_STR("p")},
                                     {MIC_STR("d"), MIC_STR("u"), MIC_STR(wrong)}};

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        struct mic_buf out;

        mic_buf_init(&out);
        MIC_CHECK(!mic_ts_password_write(&out, &rows[i]));
        MIC_CHECK_INT(out.size, 0);
        mic_buf_fini(&out);
    }
}

static bool write_password(void *context)
{
    static char secret[2000]; /* longer than what a buffer begins with */
    struct mic_ts_password password = {
        MIC_STR("domain"), MIC_STR("user"), {secret, sizeof(secret)}};
    struct mic_buf out;
    unsigned long before = mic_alloc_count();
    bool ok;

    (void)context;
    memset(secret, 's', sizeof(secret));
    mic_buf_init(&out);
    ok = mic_ts_password_write(&out, &password);
    MIC_CHECK(!ok || mic_alloc_count() - before == 4); /* the buffer did not grow */
    mic_buf_fini(&out);
    return ok;
}

MIC_TEST(credssp_asn1, writes_credentials_into_a_buffer_that_does_not_grow)
{
    MIC_CHECK_INT(mic_fail_alloc_each(write_password, NULL), 4);
}

/* ---- reading ---- */

MIC_TEST(credssp_asn1, reads_what_it_writes_at_every_length_of_lengths)
{
    static const size_t sizes[] = {0,   1,   100, 113,   114,   120,   127,    128,
                                   129, 255, 256, 65535, 65536, 70000, 1000000};

    for (size_t i = 0; i < MIC_COUNT(sizes); i++) {
        char *bytes = calloc(1, sizes[i] + 1);
        struct mic_ts_request request = {
            .version = 6, .token = {bytes, sizes[i]}, .key_auth = {bytes, sizes[i]}};
        struct mic_ts_request read;
        struct mic_buf out;

        mic_buf_init(&out);
        mic_ts_request_write(&out, &request);
        MIC_REQUIRE(bytes != NULL && !out.failed);
        MIC_CHECK(mic_ts_request_read((struct mic_str){out.data, out.size}, &read));
        MIC_CHECK_INT(read.version, 6);
        MIC_CHECK_INT(read.token.size, sizes[i]);
        MIC_CHECK_INT(read.key_auth.size, sizes[i]);
        MIC_CHECK(read.auth_info.data == NULL && read.nonce.data == NULL && !read.has_error);
        mic_buf_fini(&out);
        free(bytes);
    }
}

MIC_TEST(credssp_asn1, reads_a_status_signed_or_not)
{
    static const struct {
        const char *hex;
        uint32_t error;
    } rows[] = {
        {"300da003020106a4060204c000006d", 0xC000006D},
        {"300ea003020106a407020500c000006d", 0xC000006D},
        {"300aa003020103a403020100", 0},
        {"300aa003020103a4030201ff", 0xFFFFFFFF},
        {"300ba003020103a40402020080", 0x80},
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        struct mic_ts_request read;
        char bytes[64];
        size_t size = unhex(rows[i].hex, bytes);

        MIC_CHECK(mic_ts_request_read((struct mic_str){bytes, size}, &read));
        MIC_CHECK(read.has_error);
        MIC_CHECK_INT(read.error, rows[i].error);
    }
}

MIC_TEST(credssp_asn1, refuses_what_is_not_der)
{
    static const char *const rows[] = {
        "",
        "30",
        "3000",
        "3080a0030201060000",                 /* no length */
        "308105a003020106",                   /* a length longer than need be */
        "30820005a003020106",                 /* the same */
        "3084000000050a003020106",            /* too long a length */
        "3005a00302010600",                   /* more behind the end */
        "3006a00302010600",                   /* more inside */
        "3105a003020106",                     /* no sequence */
        "3005a103020106",                     /* no version */
        "3005a003040106",                     /* a version of octets */
        "3006a00402020006",                   /* an integer longer than need be */
        "3006a0040202ff86",                   /* the same, negative */
        "3004a0020200",                       /* an integer of nothing */
        "300aa0080206000000000006",           /* and of too much */
        "300aa0080205010000000006",           /* beyond 32 bits */
        "300aa003020106a003020106",           /* twice */
        "300da003020106a303040130a2030401ff", /* out of order */
        "300aa003020106a603040130",           /* unknown */
        "300aa003020106a303020130",           /* not octets */
        "3009a003020106a1023000",             /* no token in the list */
        "3019a003020106a11230103007a0050403616263a0050403616263", /* two in one place */
        "301ba003020106a11430123007a00504036162633007a0050403616263",
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        struct mic_ts_request read;
        char bytes[64];
        size_t size = unhex(rows[i], bytes);

        if (mic_ts_request_read((struct mic_str){bytes, size}, &read)) {
            MIC_FAIL("%s was taken", rows[i]);
        }
    }
}

MIC_TEST(credssp_asn1, refuses_every_cut_and_survives_every_bit)
{
    struct mic_ts_request request = {.version = 6,
                                     .token = MIC_STR("a token of the logon inside"),
                                     .auth_info = MIC_STR("info"),
                                     .key_auth = MIC_STR("proof"),
                                     .nonce = MIC_STR("nonce")};
    struct mic_ts_request read;
    struct mic_buf out;

    mic_buf_init(&out);
    mic_ts_request_write(&out, &request);
    for (size_t size = 0; size < out.size; size++) {
        char *cut = mic_memdup(out.data, size);

        MIC_CHECK(!mic_ts_request_read((struct mic_str){cut, size}, &read));
        mic_free(cut);
    }
    for (size_t bit = 0; bit < 8 * out.size; bit++) {
        out.data[bit / 8] = (char)(out.data[bit / 8] ^ 1 << bit % 8);
        if (mic_ts_request_read((struct mic_str){out.data, out.size}, &read)) {
            MIC_CHECK(read.token.data == NULL ||
                      (read.token.data > out.data &&
                       read.token.data + read.token.size <= out.data + out.size));
        }
        out.data[bit / 8] = (char)(out.data[bit / 8] ^ 1 << bit % 8);
    }
    mic_buf_fini(&out);
}

/* ---- the proof of the key ---- */

static void expect_proof(enum mic_credssp_side side, unsigned version, const char *key,
                         const char *hex)
{
    unsigned char nonce[MIC_CREDSSP_NONCE_SIZE];
    char bytes[64];
    size_t size = unhex(key, bytes);
    struct mic_buf out;

    for (size_t i = 0; i < sizeof(nonce); i++) {
        nonce[i] = (unsigned char)i;
    }
    mic_buf_init(&out);
    MIC_CHECK(
        mic_credssp_key_proof(NULL, side, version, nonce, (struct mic_str){bytes, size}, &out));
    CHECK_HEX(&out, hex);
    mic_buf_fini(&out);
}

/* SHA-256 by Python's hashlib. */
MIC_TEST(credssp_key, proofs_are_hashes_from_version_5_and_the_key_before)
{
    static const char key[] = "3006020105020103";

    for (unsigned version = 5; version <= 6; version++) {
        expect_proof(MIC_CREDSSP_CLIENT, version, key,
                     "6f292055ee05ea7989b41c769698d84cfcc023a356bbb518b893e5ecacb81842");
        expect_proof(MIC_CREDSSP_SERVER, version, key,
                     "71254747d6006bbf7513254cd3f6458cce4275c8ce8667b9c6fa48f369287743");
    }
    for (unsigned version = 2; version <= 4; version++) {
        expect_proof(MIC_CREDSSP_CLIENT, version, key, key);
        expect_proof(MIC_CREDSSP_SERVER, version, key, "3106020105020103");
    }
    expect_proof(MIC_CREDSSP_SERVER, 2, "ff00", "0000");
}

MIC_TEST(credssp_key, no_key_is_no_proof)
{
    static const unsigned char nonce[MIC_CREDSSP_NONCE_SIZE];
    struct mic_buf out;

    mic_buf_init(&out);
    MIC_CHECK(!mic_credssp_key_proof(NULL, MIC_CREDSSP_SERVER, 2, nonce, MIC_STR(""), &out));
    mic_buf_fini(&out);
}

/* ---- the server's words ---- */

MIC_TEST(credssp_error, a_status_has_words_and_a_remedy)
{
    struct mic_err err;

    mic_err_init(&err);
    MIC_CHECK_INT(mic_credssp_fail_status("srv", "DOM\\me", "NTLM", "", 0xC000006D, &err),
                  MI_RESULT_ACCESS_DENIED);
    MIC_CHECK_TEXT(err.message, "srv refused the logon of user \"DOM\\me\" with CredSSP (NTLM "
                                "inside): the user name or the password is wrong "
                                "(STATUS_LOGON_FAILURE, 0xC000006D)");
    MIC_CHECK_INT(err.native, 0xC000006D);
    mic_credssp_fail_status("srv", "me", "Kerberos", "", 0xC0000071, &err);
    MIC_CHECK_INT(err.code, MIC_E_LOGON_EXPIRED);
    mic_credssp_fail_status("srv", "me", "Kerberos", "", 0xC0000133, &err);
    MIC_CHECK_INT(err.code, MIC_E_LOGON_CLOCK);
    mic_credssp_fail_status("srv", "me", "Kerberos", "", 1, &err);
    MIC_CHECK(strstr(err.message, "0x00000001") != NULL);
}

MIC_TEST(credssp_error, a_password_that_the_kdc_took_is_not_called_wrong)
{
    static const MI_Uint32 of_a_password[] = {0xC000006D, 0xC0000064, 0xC000006A, 0x8009030C};
    struct mic_err err;

    mic_err_init(&err);
    for (size_t i = 0; i < sizeof(of_a_password) / sizeof(of_a_password[0]); i++) {
        mic_credssp_fail_status("srv", "me", "Kerberos", "", of_a_password[i], &err);
        MIC_CHECK(strstr(err.message, "does not take the ticket") != NULL);
        MIC_CHECK(strstr(err.message, "wrong") == NULL);
        MIC_CHECK(strstr(err.remedy, "the server's clock") != NULL);
    }
    mic_credssp_fail_status("srv", "me", "NTLM", "no KDC answers", 0xC000006D, &err);
    MIC_CHECK(strstr(err.message, "; before that, no KDC answers") != NULL);
    MIC_CHECK(strstr(err.remedy, "password") != NULL);
}
