/* NTLMv2 against the published values of [MS-NLMP] 4.2.4 and RFC 1320, 2202, 6229; the messages;
 * the logon against a server made of the same computations. */
#include "auth/ntlm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/auth.h"
#include "auth/digest.h"
#include "auth/md4.h"
#include "auth/ntlm_keys.h"
#include "auth/ntlm_message.h"
#include "auth/ntlm_seal.h"
#include "auth/rc4.h"
#include "auth/upcase.h"
#include "base/base64.h"
#include "base/mem.h"
#include "fail_alloc.h"
#include "mic_test.h"

/* "0123ab" as bytes. */
static size_t unhex(const char *text, unsigned char *out)
{
    size_t count = 0;

    for (; text[0] != '\0' && text[1] != '\0'; text += 2) {
        char pair[3] = {text[0], text[1], '\0'};

        out[count++] = (unsigned char)strtoul(pair, NULL, 16);
    }
    return count;
}

#define CHECK_HEX(actual, size, text)                                                              \
    do {                                                                                           \
        unsigned char expected_[512];                                                              \
        size_t count_ = unhex(text, expected_);                                                    \
        MIC_CHECK_BYTES((actual), (size), expected_, count_);                                      \
    } while (0)

static struct mic_digest *make_digest(void)
{
    struct mic_err err;
    struct mic_digest *digest;

    mic_err_init(&err);
    digest = mic_digest_new(NULL, &err);
    MIC_REQUIRE(digest != NULL);
    return digest;
}

/* ---- the parts ---- */

MIC_TEST(ntlm, md4_gives_the_hashes_of_its_rfc)
{
    static const struct {
        const char *text, *hash;
    } rows[] = {
        {"", "31d6cfe0d16ae931b73c59d7e0c089c0"},
        {"a", "bde52cb31de33e46245e05fbdbd6fb24"},
        {"abc", "a448017aaf21d8525fc10ae87aa6729d"},
        {"message digest", "d9130a8164549fe818874806e1c7014b"},
        {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
         "043f8582f241db351ce627e153e7f0e4"},
        {"12345678901234567890123456789012345678901234567890123456789012345678901234567890",
         "e33b4ddc9c38f2199c3e7b164fcc0536"},
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        unsigned char hash[16];

        mic_md4(rows[i].text, strlen(rows[i].text), hash);
        CHECK_HEX(hash, 16, rows[i].hash);
    }
}

MIC_TEST(ntlm, rc4_gives_the_stream_of_its_rfc)
{
    static const char zeros[16];
    static const unsigned char key[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    struct mic_rc4 rc4;
    unsigned char out[16];

    mic_rc4_init(&rc4, key, sizeof(key));
    for (size_t i = 0; i < 16; i++) { /* a byte at a time is as good as all at once */
        mic_rc4_apply(&rc4, zeros, out + i, 1);
    }
    CHECK_HEX(out, 16, "9ac7cc9a609d1ef7b2932899cde41b97");
    mic_rc4_apply(&rc4, zeros, out, 16);
    CHECK_HEX(out, 16, "5248c4959014126a6e8a84f11d1a9e1c");
}

MIC_TEST(ntlm, hmac_md5_gives_the_values_of_its_rfc)
{
    struct mic_digest *digest = make_digest();
    struct mic_str pieces[] = {MIC_STR("Hi"), MIC_STR(""), MIC_STR(" There")};
    unsigned char key[16], hash[16];

    memset(key, 0x0b, sizeof(key));
    MIC_CHECK(mic_digest_hmac(digest, key, pieces, 3, hash));
    CHECK_HEX(hash, 16, "9294727a3638bb1c13f48ef8158bfc9d");
    mic_digest_free(digest);
}

MIC_TEST(ntlm, upper_case_is_that_of_windows)
{
    /* a z 0 ae-umlaut sharp-s y-umlaut micro dotless-i alpha final-sigma sigma zhe io n-caron */
    uint16_t units[] = {'a',    'z',    '0',    0x00E4, 0x00DF, 0x00FF, 0x00B5, 0x0131,
                        0x03B1, 0x03C2, 0x03C3, 0x0436, 0x0451, 0x0148, 0x00F7, 0xFF41};
    static const uint16_t expected[] = {'A',    'Z',    '0',    0x00C4, 0x00DF, 0x0178,
                                        0x00B5, 0x0131, 0x0391, 0x03C2, 0x03A3, 0x0416,
                                        0x0401, 0x0147, 0x00F7, 0xFF21};

    mic_upcase(units, MIC_COUNT(units));
    for (size_t i = 0; i < MIC_COUNT(units); i++) {
        MIC_CHECK_INT(units[i], expected[i]);
    }
}

/* ---- [MS-NLMP] 4.2 ---- */

static const char challenge_hex[] = "4e544c4d53535000020000000c000c003800000033828ae20123456789abcd"
                                    "ef00000000000000002400240044000000"
                                    "060070170000000f53006500720076006500720002000c0044006f006d0061"
                                    "0069006e0001000c005300650072007600"
                                    "6500720000000000";

struct vector {
    struct mic_digest *digest;
    unsigned char bytes[256];
    struct mic_str message;
    struct mic_ntlm_challenge challenge;
    unsigned char owf[16], exchange[16], session[16];
    struct mic_buf response;
};

static void vector_init(struct vector *vector)
{
    struct mic_ntlm_proof proof = {.time = {0}};
    struct mic_err err;

    mic_err_init(&err);
    vector->digest = make_digest();
    vector->message =
        (struct mic_str){(const char *)vector->bytes, unhex(challenge_hex, vector->bytes)};
    MIC_REQUIRE(mic_ntlm_read_challenge(vector->message, MIC_NTLM_SEAL | MIC_NTLM_128,
                                        &vector->challenge, &err) == MI_RESULT_OK);
    MIC_REQUIRE(mic_ntlm_owf(vector->digest, MIC_STR("Password"), MIC_STR("User"),
                             MIC_STR("Domain"), vector->owf));
    memset(vector->session, 0x55, sizeof(vector->session));
    memset(proof.client_challenge, 0xaa, sizeof(proof.client_challenge));
    memcpy(proof.server_challenge, vector->challenge.server_challenge, 8);
    /* as there: the server's pairs and their end, without ours */
    proof.pairs = (struct mic_str){vector->challenge.pairs.data, vector->challenge.pairs.size + 4};
    mic_buf_init(&vector->response);
    MIC_REQUIRE(
        mic_ntlm_respond(vector->digest, vector->owf, &proof, &vector->response, vector->exchange));
}

static void vector_fini(struct vector *vector)
{
    mic_buf_fini(&vector->response);
    mic_digest_free(vector->digest);
}

MIC_TEST(ntlm, computes_the_published_response_and_keys)
{
    struct vector v;
    struct mic_rc4 rc4;
    unsigned char out[16];

    vector_init(&v);
    CHECK_HEX(v.owf, 16, "0c868a403bfd7a93a3001ef22ef02e3f");
    CHECK_HEX(
        v.response.data, v.response.size,
        "68cd0ab851e51c96aabc927bebef6a1c01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000"
        "02000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000");
    CHECK_HEX(v.exchange, 16, "8de40ccadbc14a82f15cb0ad0de95ca3");
    mic_rc4_init(&rc4, v.exchange, 16);
    mic_rc4_apply(&rc4, v.session, out, 16);
    CHECK_HEX(out, 16, "c5dad2544fc9799094ce1ce90bc9d03e");
    MIC_CHECK(mic_ntlm_seal_key(v.digest, MIC_NTLM_CLIENT, v.session, out));
    CHECK_HEX(out, 16, "59f600973cc4960a25480a7c196e4c58");
    MIC_CHECK(mic_ntlm_sign_key(v.digest, MIC_NTLM_CLIENT, v.session, out));
    CHECK_HEX(out, 16, "4788dc861b4782f35d43fd98fe1a2d39");
    vector_fini(&v);
}

MIC_TEST(ntlm, seals_the_published_message)
{
    struct vector v;
    struct mic_ntlm_seal seal;
    struct mic_buf out;
    struct mic_err err;

    mic_err_init(&err);
    mic_buf_init(&out);
    vector_init(&v);
    MIC_CHECK(mic_ntlm_seal_init(&seal, v.digest, MIC_NTLM_CLIENT, v.session));
    MIC_CHECK_INT(mic_ntlm_seal_message(&seal, "P\0l\0a\0i\0n\0t\0e\0x\0t", 18, &out, &err),
                  MI_RESULT_OK);
    CHECK_HEX(out.data, out.size,
              "010000007fb38ec5c55d49760000000054e50165bf1936dc996020c1811b0f06fb5f");
    mic_ntlm_seal_fini(&seal);
    mic_buf_fini(&out);
    vector_fini(&v);
}

MIC_TEST(ntlm, reads_what_the_published_challenge_offers)
{
    struct vector v;

    vector_init(&v);
    MIC_CHECK_INT(v.challenge.flags, 0xe28a8233);
    MIC_CHECK(!v.challenge.has_time);
    MIC_CHECK_INT(v.challenge.pairs.size, 32);
    vector_fini(&v);
}

/* ---- messages ---- */

MIC_TEST(ntlm, asks_for_no_less_than_it_accepts)
{
    struct mic_buf out;

    mic_buf_init(&out);
    mic_ntlm_write_negotiate(&out, mic_ntlm_wanted_flags(true));
    CHECK_HEX(out.data, out.size,
              "4e544c4d5353500001000000358208e20000000000000000000000000000000006010000"
              "0000000f");
    MIC_CHECK_INT(mic_ntlm_wanted_flags(false) | MIC_NTLM_SEAL, mic_ntlm_wanted_flags(true));
    MIC_CHECK((mic_ntlm_wanted_flags(false) & MIC_NTLM_SEAL) == 0);
    mic_buf_fini(&out);
}

static void expect_bad_challenge(const unsigned char *bytes, size_t size, const char *words)
{
    unsigned char *copy = malloc(size > 0 ? size : 1); /* so that reading beyond is seen */
    struct mic_ntlm_challenge challenge;
    struct mic_err err;

    MIC_REQUIRE(copy != NULL);
    memcpy(copy, bytes, size);
    mic_err_init(&err);
    MIC_CHECK_INT(mic_ntlm_read_challenge((struct mic_str){(const char *)copy, size},
                                          mic_ntlm_wanted_flags(true), &challenge, &err),
                  MI_RESULT_ACCESS_DENIED);
    MIC_CHECK_INT(err.code, MIC_E_LOGON_PROTOCOL);
    if (strstr(err.message, words) == NULL) {
        MIC_CHECK_TEXT(err.message, words);
    }
    free(copy);
}

MIC_TEST(ntlm, refuses_a_malformed_challenge)
{
    unsigned char bytes[256];
    size_t size = unhex(challenge_hex, bytes);

    for (size_t i = 0; i < size; i++) {
        expect_bad_challenge(bytes, i, "malformed");
    }
    bytes[8] = 3;
    expect_bad_challenge(bytes, size, "another message");
    bytes[8] = 2;
    bytes[0] = 'n';
    expect_bad_challenge(bytes, size, "another message");
    bytes[0] = 'N';
    bytes[47] = 0xff;
    expect_bad_challenge(bytes, size, "lies outside");
    bytes[47] = 0;
    bytes[40]--; /* the end mark is cut */
    expect_bad_challenge(bytes, size, "cannot be read");
    bytes[40]++;
    bytes[70] = 0xff; /* a pair longer than all */
    expect_bad_challenge(bytes, size, "cannot be read");
    bytes[70] = 12;
    bytes[68] = MIC_NTLM_AV_TIMESTAMP; /* of a wrong size */
    expect_bad_challenge(bytes, size, "cannot be read");
    bytes[68] = MIC_NTLM_AV_FLAGS;
    expect_bad_challenge(bytes, size, "cannot be read");
}

MIC_TEST(ntlm, refuses_a_server_that_offers_too_little)
{
    static const struct {
        uint32_t flag;
        const char *name;
    } needs[] = {
        {MIC_NTLM_UNICODE, "Unicode"},
        {MIC_NTLM_EXTENDED_SECURITY, "extended session security"},
        {MIC_NTLM_TARGET_INFO, "NTLMv2"},
        {MIC_NTLM_128, "128-bit keys"},
        {MIC_NTLM_KEY_EXCHANGE, "key exchange"},
        {MIC_NTLM_SIGN, "signing"},
        {MIC_NTLM_SEAL, "sealing"},
    };

    for (size_t i = 0; i < MIC_COUNT(needs); i++) {
        unsigned char bytes[256];
        size_t size = unhex(challenge_hex, bytes);

        for (unsigned b = 0; b < 4; b++) {
            bytes[20 + b] = (unsigned char)(bytes[20 + b] & ~(needs[i].flag >> (8 * b) & 0xff));
        }
        expect_bad_challenge(bytes, size, needs[i].name);
    }
}

/* ---- a logon ---- */

/* Hands out a challenge and looks at the answer. */
struct acceptor {
    struct mic_digest *digest;
    struct mic_buf challenge;
    bool has_time;
    unsigned char session[16];
    struct mic_str domain, user, response, encrypted; /* inside the answer */
};

static void put_u16(struct mic_buf *out, size_t value)
{
    mic_buf_append_char(out, (char)(value & 0xff));
    mic_buf_append_char(out, (char)(value >> 8 & 0xff));
}

static void acceptor_init(struct acceptor *acceptor, bool has_time)
{
    unsigned char bytes[256];

    memset(acceptor, 0, sizeof(*acceptor));
    acceptor->digest = make_digest();
    acceptor->has_time = has_time;
    mic_buf_init(&acceptor->challenge);
    mic_buf_append(&acceptor->challenge, bytes, unhex(challenge_hex, bytes) - 4);
    /* what a client must replace */
    put_u16(&acceptor->challenge, MIC_NTLM_AV_TARGET_NAME);
    put_u16(&acceptor->challenge, 2);
    put_u16(&acceptor->challenge, 'x');
    put_u16(&acceptor->challenge, MIC_NTLM_AV_CHANNEL_BINDINGS);
    put_u16(&acceptor->challenge, 2);
    put_u16(&acceptor->challenge, 'y');
    put_u16(&acceptor->challenge, MIC_NTLM_AV_FLAGS);
    put_u16(&acceptor->challenge, 4);
    put_u16(&acceptor->challenge, 1);
    put_u16(&acceptor->challenge, 0);
    if (has_time) {
        put_u16(&acceptor->challenge, MIC_NTLM_AV_TIMESTAMP);
        put_u16(&acceptor->challenge, 8);
        mic_buf_append(&acceptor->challenge, "\1\2\3\4\5\6\7\x08", 8);
    }
    put_u16(&acceptor->challenge, 0);
    put_u16(&acceptor->challenge, 0);
    acceptor->challenge.data[40] = acceptor->challenge.data[42] =
        (char)(acceptor->challenge.size - 68);
}

static void acceptor_fini(struct acceptor *acceptor)
{
    mic_buf_fini(&acceptor->challenge);
    mic_digest_free(acceptor->digest);
}

static struct mic_str field(const struct mic_buf *message, size_t at)
{
    const unsigned char *b = (const unsigned char *)message->data + at;
    size_t size = (size_t)b[0] | (size_t)b[1] << 8;
    size_t offset = (size_t)b[4] | (size_t)b[5] << 8;

    MIC_REQUIRE(b[6] == 0 && b[7] == 0 && offset >= 88 && offset + size <= message->size);
    return (struct mic_str){message->data + offset, size};
}

/* The NTLMv2 check of a server, and the session key. */
static bool accept_answer(struct acceptor *acceptor, const char *password, const char *user,
                          const char *domain, const struct mic_buf *begin,
                          const struct mic_buf *message)
{
    unsigned char owf[16], proof[16], exchange[16], mic[16], zero[16] = {0};
    struct mic_rc4 rc4;

    acceptor->domain = field(message, 28);
    acceptor->user = field(message, 36);
    acceptor->response = field(message, 20);
    acceptor->encrypted = field(message, 52);
    MIC_REQUIRE(acceptor->response.size > 44 && acceptor->encrypted.size == 16);
    MIC_CHECK_INT(field(message, 12).size, 24); /* LM: zeros */
    struct mic_str over[] = {{acceptor->challenge.data + 24, 8},
                             {acceptor->response.data + 16, acceptor->response.size - 16}};
    struct mic_str piece = {(const char *)proof, 16};
    MIC_REQUIRE(mic_ntlm_owf(acceptor->digest, mic_str_from(password), mic_str_from(user),
                             mic_str_from(domain), owf) &&
                mic_digest_hmac(acceptor->digest, owf, over, 2, proof) &&
                mic_digest_hmac(acceptor->digest, owf, &piece, 1, exchange));
    if (memcmp(proof, acceptor->response.data, 16) != 0) {
        return false;
    }
    mic_rc4_init(&rc4, exchange, 16);
    mic_rc4_apply(&rc4, acceptor->encrypted.data, acceptor->session, 16);
    struct mic_str all[] = {{begin->data, begin->size},
                            {acceptor->challenge.data, acceptor->challenge.size},
                            {message->data, 72},
                            {(const char *)zero, 16},
                            {message->data + 88, message->size - 88}};
    MIC_REQUIRE(mic_digest_hmac(acceptor->digest, acceptor->session, all, 5, mic));
    MIC_CHECK_BYTES(message->data + 72, 16, mic, 16);
    return true;
}

static struct mic_auth_settings settings_of(const char *domain, const char *user,
                                            const struct mic_secret *password)
{
    return (struct mic_auth_settings){.auth_type = MI_AUTH_TYPE_NTLM,
                                      .domain = domain,
                                      .user = user,
                                      .password = password,
                                      .host = "server.example",
                                      .port = 5985,
                                      .privacy = true};
}

struct logon {
    struct acceptor acceptor;
    struct mic_secret password;
    struct mic_auth_settings settings;
    struct mic_ntlm *client;
    struct mic_buf begin, answer;
    struct mic_err err;
};

static void logon_init(struct logon *logon, const char *domain, const char *user,
                       struct mic_str binding, bool has_time)
{
    memset(logon, 0, sizeof(*logon));
    mic_err_init(&logon->err);
    mic_buf_init(&logon->begin);
    mic_buf_init(&logon->answer);
    MIC_REQUIRE(mic_secret_init(&logon->password, "Pa55w\xc3\xb6rd") == 0);
    logon->settings = settings_of(domain, user, &logon->password);
    acceptor_init(&logon->acceptor, has_time);
    logon->client = mic_ntlm_new(&logon->settings, binding, &logon->err);
    MIC_REQUIRE(logon->client != NULL);
    MIC_REQUIRE(mic_ntlm_begin(logon->client, &logon->begin, &logon->err) == MI_RESULT_OK);
    MIC_CHECK_INT(mic_ntlm_answer(logon->client,
                                  (struct mic_str){logon->acceptor.challenge.data,
                                                   logon->acceptor.challenge.size},
                                  &logon->answer, &logon->err),
                  MI_RESULT_OK);
}

static void logon_fini(struct logon *logon)
{
    mic_ntlm_free(logon->client);
    mic_buf_fini(&logon->begin);
    mic_buf_fini(&logon->answer);
    mic_secret_fini(&logon->password);
    acceptor_fini(&logon->acceptor);
}

static void expect_logon(const char *domain, const char *user, const char *wire_domain,
                         const char *wire_user, const char *domain16, size_t domain_size,
                         const char *user16, size_t user_size)
{
    struct logon logon;

    logon_init(&logon, domain, user, MIC_STR(""), true);
    MIC_CHECK(accept_answer(&logon.acceptor, "Pa55w\xc3\xb6rd", wire_user, wire_domain,
                            &logon.begin, &logon.answer));
    MIC_CHECK_BYTES(logon.acceptor.domain.data, logon.acceptor.domain.size, domain16, domain_size);
    MIC_CHECK_BYTES(logon.acceptor.user.data, logon.acceptor.user.size, user16, user_size);
    MIC_CHECK(!accept_answer(&logon.acceptor, "Pa55word", wire_user, wire_domain, &logon.begin,
                             &logon.answer));
    logon_fini(&logon);
}

MIC_TEST(ntlm, names_the_user_as_windows_does)
{
    expect_logon("DOM", "Me", "DOM", "me", "D\0O\0M", 6, "M\0e", 4);
    expect_logon(NULL, "DOM\\Me", "DOM", "ME", "D\0O\0M", 6, "M\0e", 4);
    expect_logon("", "me@dom", "", "me@dom", "", 0, "m\0e\0@\0d\0o\0m", 12);
    expect_logon(NULL, "me", "", "me", "", 0, "m\0e", 4);
    expect_logon(NULL, ".\\me", "", "me", "", 0, "m\0e", 4);
    expect_logon(".", "m\xc3\xa4", "", "M\xc3\x84", "", 0, "m\0\xe4", 4);
}

/* Finds an AV_PAIR in the response. */
static struct mic_str pair_of(const struct acceptor *acceptor, size_t id, unsigned *count)
{
    const unsigned char *b = (const unsigned char *)acceptor->response.data;
    struct mic_str found = {NULL, 0};
    size_t at = 44;

    *count = 0;
    while (at + 4 <= acceptor->response.size && (b[at] | b[at + 1]) != 0) {
        size_t size = (size_t)b[at + 2] | (size_t)b[at + 3] << 8;

        if (b[at] == id) {
            found = (struct mic_str){acceptor->response.data + at + 4, size};
            ++*count;
        }
        at += 4 + size;
    }
    MIC_CHECK_INT(acceptor->response.size - at, 8); /* end mark and four zeros */
    return found;
}

MIC_TEST(ntlm, says_what_only_the_client_knows)
{
    static const char target[] = "H\0T\0T\0P\0/\0s\0e\0r\0v\0e\0r\0.\0e\0x\0a\0m\0p\0l\0e";
    struct logon logon;
    struct mic_str pair;
    unsigned count;

    logon_init(&logon, "D", "u", MIC_STR("tls-server-end-point:hash"), true);
    MIC_CHECK(
        accept_answer(&logon.acceptor, "Pa55w\xc3\xb6rd", "u", "D", &logon.begin, &logon.answer));
    pair = pair_of(&logon.acceptor, MIC_NTLM_AV_TARGET_NAME, &count);
    MIC_CHECK_INT(count, 1);
    MIC_CHECK_BYTES(pair.data, pair.size, target, sizeof(target));
    pair = pair_of(&logon.acceptor, MIC_NTLM_AV_FLAGS, &count);
    MIC_CHECK_INT(count, 1);
    MIC_CHECK_BYTES(pair.data, pair.size, "\3\0\0", 4);
    pair = pair_of(&logon.acceptor, MIC_NTLM_AV_CHANNEL_BINDINGS, &count);
    MIC_CHECK_INT(count, 1);
    /* by Python: md5(16 zeros, 25 as four bytes, the text) */
    CHECK_HEX(pair.data, pair.size, "ebd7d15f01284b358388c3231531a4f4");
    pair = pair_of(&logon.acceptor, MIC_NTLM_AV_TIMESTAMP, &count);
    MIC_CHECK_INT(count, 1);
    MIC_CHECK_BYTES(logon.acceptor.response.data + 24, 8, pair.data, 8);
    pair = pair_of(&logon.acceptor, 1, &count);
    MIC_CHECK_INT(count, 1);
    MIC_CHECK_INT(pair.size, 12);
    logon_fini(&logon);
}

MIC_TEST(ntlm, takes_its_own_clock_and_no_binding_where_there_are_none)
{
    static const char zeros[16];
    struct logon logon;
    struct mic_str pair;
    unsigned count;

    logon_init(&logon, "D", "u", MIC_STR(""), false);
    MIC_CHECK(
        accept_answer(&logon.acceptor, "Pa55w\xc3\xb6rd", "u", "D", &logon.begin, &logon.answer));
    MIC_CHECK(memcmp(logon.acceptor.response.data + 24, zeros, 8) != 0);
    MIC_CHECK_INT((unsigned char)logon.acceptor.response.data[31], 1); /* year 1829 to 2057 */
    pair = pair_of(&logon.acceptor, MIC_NTLM_AV_CHANNEL_BINDINGS, &count);
    MIC_CHECK_INT(count, 1);
    MIC_CHECK_BYTES(pair.data, pair.size, zeros, 16);
    logon_fini(&logon);
}

MIC_TEST(ntlm, two_logons_share_no_key)
{
    struct logon a, b;

    logon_init(&a, "D", "u", MIC_STR(""), true);
    logon_init(&b, "D", "u", MIC_STR(""), true);
    MIC_CHECK(accept_answer(&a.acceptor, "Pa55w\xc3\xb6rd", "u", "D", &a.begin, &a.answer));
    MIC_CHECK(accept_answer(&b.acceptor, "Pa55w\xc3\xb6rd", "u", "D", &b.begin, &b.answer));
    MIC_CHECK(memcmp(a.acceptor.session, b.acceptor.session, 16) != 0);
    MIC_CHECK(memcmp(a.acceptor.response.data + 32, b.acceptor.response.data + 32, 8) != 0);
    logon_fini(&a);
    logon_fini(&b);
}

/* ---- sealing ---- */

static void session_init(struct logon *logon, struct mic_ntlm_seal *server)
{
    logon_init(logon, "D", "u", MIC_STR(""), true);
    MIC_REQUIRE(accept_answer(&logon->acceptor, "Pa55w\xc3\xb6rd", "u", "D", &logon->begin,
                              &logon->answer));
    MIC_REQUIRE(mic_ntlm_seal_init(server, logon->acceptor.digest, MIC_NTLM_SERVER,
                                   logon->acceptor.session));
}

static void seal_as_server(struct mic_ntlm_seal *server, const char *text, struct mic_buf *out)
{
    struct mic_err err;

    mic_err_init(&err);
    mic_buf_clear(out);
    mic_buf_append(out, "\x10\0\0", 4);
    MIC_CHECK_INT(mic_ntlm_seal_message(server, text, strlen(text), out, &err), MI_RESULT_OK);
}

MIC_TEST(ntlm, seals_both_ways_through_many_messages)
{
    struct logon logon;
    struct mic_ntlm_seal server;
    struct mic_buf sealed, plain;
    char text[64];

    mic_buf_init(&sealed);
    mic_buf_init(&plain);
    session_init(&logon, &server);
    for (int i = 0; i < 300; i++) {
        text[0] = '\0';
        if (i != 7) {
            snprintf(text, sizeof(text), "message %d", i);
        }
        mic_buf_clear(&sealed);
        mic_buf_clear(&plain);
        MIC_CHECK_INT(mic_ntlm_seal(logon.client, text, strlen(text), &sealed, &logon.err),
                      MI_RESULT_OK);
        MIC_CHECK_INT(sealed.size, 20 + strlen(text));
        MIC_CHECK_INT(
            mic_ntlm_unseal_message(&server, sealed.data + 4, sealed.size - 4, &plain, &logon.err),
            MI_RESULT_OK);
        MIC_CHECK_TEXT(mic_buf_text(&plain), text);
        mic_buf_clear(&plain);
        seal_as_server(&server, text, &sealed);
        MIC_CHECK_INT(mic_ntlm_unseal(logon.client, sealed.data, sealed.size, &plain, &logon.err),
                      MI_RESULT_OK);
        MIC_CHECK_TEXT(mic_buf_text(&plain), text);
    }
    mic_ntlm_seal_fini(&server);
    mic_buf_fini(&sealed);
    mic_buf_fini(&plain);
    logon_fini(&logon);
}

/* What the client makes of @p size bytes; nothing may come out, and the session is over. */
static void expect_unseal_refused(struct logon *logon, const struct mic_buf *sealed, size_t size,
                                  const char *words)
{
    struct mic_buf plain;

    mic_buf_init(&plain);
    mic_err_init(&logon->err);
    MIC_CHECK_INT(mic_ntlm_unseal(logon->client, sealed->data, size, &plain, &logon->err),
                  MI_RESULT_FAILED);
    MIC_CHECK_INT(logon->err.code, MIC_E_SEAL);
    if (strstr(logon->err.message, words) == NULL) {
        MIC_CHECK_TEXT(logon->err.message, words);
    }
    MIC_CHECK_INT(plain.size, 0);
    MIC_CHECK_INT(mic_ntlm_seal(logon->client, "x", 1, &plain, &logon->err), MI_RESULT_FAILED);
    mic_buf_fini(&plain);
}

MIC_TEST(ntlm, refuses_every_flipped_bit_and_every_cut)
{
    struct mic_ntlm_seal server;
    struct mic_buf sealed;
    struct logon logon;

    mic_buf_init(&sealed);
    for (size_t bit = 0; bit < 8 * 25; bit++) {
        session_init(&logon, &server);
        seal_as_server(&server, "Hello", &sealed);
        sealed.data[bit / 8] = (char)(sealed.data[bit / 8] ^ (1 << bit % 8));
        expect_unseal_refused(&logon, &sealed, sealed.size, "");
        mic_ntlm_seal_fini(&server);
        logon_fini(&logon);
    }
    for (size_t size = 0; size < 25; size++) {
        session_init(&logon, &server);
        seal_as_server(&server, "Hello", &sealed);
        expect_unseal_refused(&logon, &sealed, size, "");
        mic_ntlm_seal_fini(&server);
        logon_fini(&logon);
    }
    mic_buf_fini(&sealed);
}

MIC_TEST(ntlm, refuses_replayed_reordered_and_reflected_messages)
{
    struct mic_ntlm_seal server;
    struct mic_buf first, second, plain;
    struct logon logon;

    mic_buf_init(&first);
    mic_buf_init(&second);
    mic_buf_init(&plain);
    session_init(&logon, &server);
    seal_as_server(&server, "one", &first);
    seal_as_server(&server, "two", &second);
    MIC_CHECK_INT(mic_ntlm_unseal(logon.client, first.data, first.size, &plain, &logon.err),
                  MI_RESULT_OK);
    expect_unseal_refused(&logon, &first, first.size, "it has number 0 where 1 is due");
    expect_unseal_refused(&logon, &second, second.size, "out of step"); /* no second try */
    mic_ntlm_seal_fini(&server);
    logon_fini(&logon);

    session_init(&logon, &server);
    seal_as_server(&server, "one", &first);
    seal_as_server(&server, "two", &second);
    expect_unseal_refused(&logon, &second, second.size, "it has number 1 where 0 is due");
    mic_ntlm_seal_fini(&server);
    logon_fini(&logon);

    session_init(&logon, &server);
    mic_buf_clear(&first);
    MIC_CHECK_INT(mic_ntlm_seal(logon.client, "mine", 4, &first, &logon.err), MI_RESULT_OK);
    expect_unseal_refused(&logon, &first, first.size, "signature of a sealed message is wrong");
    mic_ntlm_seal_fini(&server);
    logon_fini(&logon);
    mic_buf_fini(&first);
    mic_buf_fini(&second);
    mic_buf_fini(&plain);
}

MIC_TEST(ntlm, seals_nothing_before_the_logon)
{
    struct mic_secret password = {NULL, 0};
    struct mic_auth_settings settings = settings_of("D", "u", &password);
    struct mic_ntlm *client;
    struct mic_buf out;
    struct mic_err err;

    mic_err_init(&err);
    mic_buf_init(&out);
    client = mic_ntlm_new(&settings, MIC_STR(""), &err);
    MIC_REQUIRE(client != NULL);
    MIC_CHECK_INT(mic_ntlm_seal(client, "a", 1, &out, &err), MI_RESULT_FAILED);
    MIC_CHECK_INT(out.size, 0);
    mic_ntlm_free(client);
    mic_buf_fini(&out);
}

/* ---- as a scheme ---- */

static void expect_check(struct mic_auth_settings settings, enum mic_err_code code,
                         const char *words)
{
    struct mic_err err;

    mic_err_init(&err);
    MIC_CHECK(mic_auth_find(&settings, &err) == NULL);
    MIC_CHECK_INT(err.code, code);
    if (strstr(err.message, words) == NULL) {
        MIC_CHECK_TEXT(err.message, words);
    }
}

MIC_TEST(ntlm, refuses_before_any_network_what_cannot_work)
{
    char long_name[4096];

    memset(long_name, 'a', sizeof(long_name));
    long_name[sizeof(long_name) - 1] = '\0';
    expect_check(settings_of(NULL, NULL, NULL), MIC_E_ARGUMENT, "no user name");
    expect_check(settings_of(NULL, "", NULL), MIC_E_ARGUMENT, "no user name");
    expect_check(settings_of(NULL, "DOM\\", NULL), MIC_E_ARGUMENT, "no user name");
    expect_check(settings_of(NULL, "\xff", NULL), MIC_E_ARGUMENT, "not UTF-8");
    expect_check(settings_of(long_name, "u", NULL), MIC_E_ARGUMENT, "too long");
}

MIC_TEST(ntlm, knows_a_system_in_fips_mode)
{
    char path[] = "/tmp/mic-fips-XXXXXX";
    int fd = mkstemp(path);
    FILE *file;

    MIC_REQUIRE(fd >= 0);
    file = fdopen(fd, "w");
    MIC_REQUIRE(file != NULL);
    MIC_CHECK(!mic_digest_is_fips(path));
    fputs("1\n", file);
    fflush(file);
    MIC_CHECK(mic_digest_is_fips(path));
    rewind(file);
    fputs("0\n", file);
    fclose(file);
    MIC_CHECK(!mic_digest_is_fips(path));
    MIC_CHECK(!mic_digest_is_fips("/nonexistent"));
    remove(path);
}

static void put_token(const struct mic_buf *raw, struct mic_buf *text)
{
    mic_buf_clear(text);
    mic_base64_encode(text, raw->data, raw->size);
}

static void expect_scheme(const char *auth_type, bool seals)
{
    struct acceptor acceptor;
    struct mic_secret password;
    struct mic_auth_settings settings;
    const struct mic_auth_scheme *scheme;
    struct mic_auth *auth;
    struct mic_buf value, token;
    struct mic_str challenge;
    struct mic_err err;

    mic_err_init(&err);
    mic_buf_init(&value);
    mic_buf_init(&token);
    MIC_REQUIRE(mic_secret_init(&password, "x") == 0);
    settings = settings_of(NULL, "me", &password);
    settings.auth_type = auth_type;
    settings.domain = "."; /* Negotiate asks no KDC for such a user */
    settings.privacy = seals;
    acceptor_init(&acceptor, true);
    scheme = mic_auth_find(&settings, &err);
    MIC_REQUIRE(scheme != NULL);
    auth = scheme->open(&settings, MIC_STR(""), &err);
    MIC_REQUIRE(auth != NULL && auth->scheme == scheme);
    MIC_CHECK_INT(scheme->step(auth, 0, NULL, &value, &err), MIC_AUTH_SEND_LEG);
    MIC_CHECK(strncmp(mic_buf_text(&value), "Negotiate TlRMTVNTUAABAAAA", 26) == 0);
    put_token(&acceptor.challenge, &token);
    challenge = (struct mic_str){token.data, token.size};
    mic_buf_clear(&value);
    MIC_CHECK_INT(scheme->step(auth, 401, &challenge, &value, &err),
                  seals ? MIC_AUTH_SEND_LEG : MIC_AUTH_SEND);
    MIC_CHECK(strncmp(mic_buf_text(&value), "Negotiate TlRMTVNTUAADAAAA", 26) == 0);
    MIC_CHECK_INT(scheme->step(auth, 500, NULL, &value, &err), MIC_AUTH_DONE);
    mic_buf_clear(&value);
    MIC_CHECK_INT(scheme->step(auth, 0, NULL, &value, &err), MIC_AUTH_DONE);
    MIC_CHECK_INT(value.size, 0);
    MIC_CHECK_INT(scheme->step(auth, 401, NULL, &value, &err), MIC_AUTH_FAILED);
    MIC_CHECK_INT(err.code, MIC_E_NONE);
    MIC_CHECK_INT(scheme->step(auth, 0, NULL, &value, &err), MIC_AUTH_FAILED);
    scheme->close(auth);
    acceptor_fini(&acceptor);
    mic_secret_fini(&password);
    mic_buf_fini(&value);
    mic_buf_fini(&token);
}

MIC_TEST(ntlm, goes_through_its_steps_as_a_scheme)
{
    expect_scheme(MI_AUTH_TYPE_NTLM, true);
    expect_scheme(MI_AUTH_TYPE_NTLM, false);
    expect_scheme(MI_AUTH_TYPE_NEGO_WITH_CREDS, true);
}

static void expect_step_refused(unsigned status, const char *token, enum mic_err_code code)
{
    struct mic_auth_settings settings = settings_of(NULL, "me", NULL);
    struct mic_auth *auth;
    struct mic_buf value;
    struct mic_str challenge = mic_str_from(token);
    struct mic_err err;

    mic_err_init(&err);
    mic_buf_init(&value);
    auth = mic_auth_ntlm.open(&settings, MIC_STR(""), &err);
    MIC_REQUIRE(auth != NULL);
    MIC_CHECK_INT(mic_auth_ntlm.step(auth, 0, NULL, &value, &err), MIC_AUTH_SEND_LEG);
    MIC_CHECK_INT(mic_auth_ntlm.step(auth, status, token != NULL ? &challenge : NULL, &value, &err),
                  MIC_AUTH_FAILED);
    MIC_CHECK_INT(err.code, code);
    mic_auth_ntlm.close(auth);
    mic_buf_fini(&value);
}

MIC_TEST(ntlm, gives_up_when_the_server_does_not_go_on)
{
    expect_step_refused(401, NULL, MIC_E_NONE); /* Negotiate is not offered: the caller's words */
    expect_step_refused(401, "", MIC_E_NONE);
    expect_step_refused(401, "!!!", MIC_E_LOGON_PROTOCOL);
    expect_step_refused(401, "AAAA", MIC_E_LOGON_PROTOCOL);
    expect_step_refused(500, NULL, MIC_E_LOGON);
    expect_step_refused(200, NULL, MIC_E_LOGON); /* nobody asked who we are */
}

static bool log_on(void *context)
{
    struct acceptor *acceptor = context;
    struct mic_secret password = {NULL, 0};
    struct mic_auth_settings settings = settings_of("DOM", "me", &password);
    struct mic_buf value, token, out;
    struct mic_err err;
    struct mic_auth *auth;
    bool ok = false;

    mic_err_init(&err);
    mic_buf_init(&value);
    mic_buf_init(&token);
    mic_buf_init(&out);
    auth = mic_secret_init(&password, "secret") == 0
               ? mic_auth_ntlm.open(&settings, MIC_STR("tls-server-end-point:x"), &err)
               : NULL;
    put_token(&acceptor->challenge, &token);
    if (auth != NULL && !token.failed) {
        struct mic_str challenge = {token.data, token.size};

        ok = mic_auth_ntlm.step(auth, 0, NULL, &value, &err) == MIC_AUTH_SEND_LEG &&
             mic_auth_ntlm.step(auth, 401, &challenge, &value, &err) == MIC_AUTH_SEND_LEG &&
             mic_auth_ntlm.step(auth, 200, NULL, &value, &err) == MIC_AUTH_DONE &&
             mic_auth_ntlm.seal(auth, "hello", 5, &out, &err) == MI_RESULT_OK;
        MIC_CHECK(ok || err.code == MIC_E_MEMORY);
    }
    if (auth != NULL) {
        mic_auth_ntlm.close(auth);
    }
    mic_secret_fini(&password);
    mic_buf_fini(&value);
    mic_buf_fini(&token);
    mic_buf_fini(&out);
    return ok;
}

MIC_TEST(ntlm, survives_every_failed_allocation)
{
    struct acceptor acceptor;

    acceptor_init(&acceptor, true);
    MIC_CHECK(mic_fail_alloc_each(log_on, &acceptor) >= 15);
    acceptor_fini(&acceptor);
}
