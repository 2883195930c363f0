/* Sealed messages of NTLM as files, made by other code than ours (golden/sealed-ntlm.py). */
#include <stdio.h>
#include <string.h>

#include "auth/ntlm_seal.h"
#include "http/sealed.h"
#include "mic_test.h"

/* What is behind the logon of the real scheme, with the session key of [MS-NLMP] 4.2.4. */
struct session {
    struct mic_auth base;
    struct mic_digest *digest;
    struct mic_ntlm_seal seal;
};

static MI_Result seal(struct mic_auth *auth, const char *plain, size_t size, struct mic_buf *out,
                      struct mic_err *err)
{
    mic_buf_append(out, "\x10\0\0", 4);
    return mic_ntlm_seal_message(&((struct session *)(void *)auth)->seal, plain, size, out, err);
}

static MI_Result unseal(struct mic_auth *auth, const char *sealed, size_t size, struct mic_buf *out,
                        struct mic_err *err)
{
    MIC_CHECK_BYTES(sealed, 4, "\x10\0\0", 4);
    return mic_ntlm_unseal_message(&((struct session *)(void *)auth)->seal, sealed + 4, size - 4,
                                   out, err);
}

static const struct mic_auth_scheme scheme = {
    .seal_protocol = "application/HTTP-SPNEGO-session-encrypted",
    .seal = seal,
    .unseal = unseal,
};

static void session_init(struct session *session)
{
    unsigned char key[MIC_NTLM_KEY_SIZE];
    struct mic_err err;

    mic_err_init(&err);
    memset(key, 0x55, sizeof(key));
    session->base.scheme = &scheme;
    session->digest = mic_digest_new(NULL, &err);
    MIC_REQUIRE(session->digest != NULL &&
                mic_ntlm_seal_init(&session->seal, session->digest, MIC_NTLM_CLIENT, key));
}

static void session_fini(struct session *session)
{
    mic_ntlm_seal_fini(&session->seal);
    mic_digest_free(session->digest);
}

static void read_golden(const char *name, struct mic_buf *out)
{
    char path[512], chunk[4096];
    size_t got;

    snprintf(path, sizeof(path), "%s/%s", GOLDEN_DIR, name);
    FILE *file = fopen(path, "rb");
    MIC_REQUIRE(file != NULL);
    while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0) {
        mic_buf_append(out, chunk, got);
    }
    fclose(file);
    MIC_REQUIRE(!out->failed);
}

MIC_TEST(sealed_golden, requests_of_one_session_are_the_recorded_bytes)
{
    static const char *const sources[] = {"request-get.xml", "request-enumerate.xml"};
    struct mic_buf expected, plain, written;
    struct session session;
    struct mic_err err;

    mic_err_init(&err);
    mic_buf_init(&expected);
    mic_buf_init(&plain);
    mic_buf_init(&written);
    session_init(&session);
    read_golden("sealed-ntlm-request.bin", &expected);
    for (size_t i = 0; i < 2; i++) {
        mic_buf_clear(&plain);
        read_golden(sources[i], &plain);
        MIC_CHECK_INT(mic_sealed_write(&session.base, (struct mic_str){plain.data, plain.size},
                                       &written, &err),
                      MI_RESULT_OK);
    }
    MIC_CHECK_BYTES(written.data, written.size, expected.data, expected.size);
    session_fini(&session);
    mic_buf_fini(&expected);
    mic_buf_fini(&plain);
    mic_buf_fini(&written);
}

/* @param step  bytes at a time. @return what was read, or how that failed */
static bool read_replies(const struct mic_buf *sealed, size_t step, struct mic_buf *plain)
{
    struct mic_sealed_reader reader;
    struct session session;
    struct mic_err err;
    bool ok = true;

    mic_err_init(&err);
    session_init(&session);
    mic_sealed_reader_init(&reader, 100000);
    for (size_t at = 0; ok && at < sealed->size; at += step) {
        size_t left = sealed->size - at;
        struct mic_str piece = {sealed->data + at, left < step ? left : step};
        ok = mic_sealed_reader_push(&reader, &session.base, piece, plain, &err) == MI_RESULT_OK;
    }
    ok = ok && mic_sealed_reader_end(&reader, &err) == MI_RESULT_OK;
    mic_sealed_reader_fini(&reader);
    session_fini(&session);
    return ok;
}

MIC_TEST(sealed_golden, recorded_replies_of_one_session_are_read_at_every_split)
{
    struct mic_buf sealed, expected, plain;

    mic_buf_init(&sealed);
    mic_buf_init(&expected);
    read_golden("sealed-ntlm-reply.bin", &sealed);
    read_golden("windows-get.xml", &expected);
    read_golden("windows-enumerate.xml", &expected);
    for (size_t step = 1; step <= sealed.size; step += step < 50 ? 1 : 211) {
        mic_buf_init(&plain);
        MIC_CHECK(read_replies(&sealed, step, &plain));
        MIC_CHECK_BYTES(plain.data, plain.size, expected.data, expected.size);
        mic_buf_fini(&plain);
    }
    mic_buf_fini(&sealed);
    mic_buf_fini(&expected);
}

/* Any changed bit of signature or text, in the first message and in the last one. */
MIC_TEST(sealed_golden, a_changed_bit_of_a_recorded_reply_is_refused)
{
    static const char mark[] = "application/octet-stream\r\n";
    struct mic_buf sealed, plain;
    const char *begin;

    mic_buf_init(&sealed);
    read_golden("sealed-ntlm-reply.bin", &sealed);
    begin = memmem(sealed.data, sealed.size, mark, sizeof(mark) - 1);
    MIC_REQUIRE(begin != NULL);
    size_t first = (size_t)(begin - sealed.data) + sizeof(mark) - 1 + 4;
    for (size_t at = first; at < sealed.size; at += at < first + 64 ? 1 : 97) {
        if (at > first + 1400 && at < sealed.size - 1400) {
            continue; /* the lines between the two, which may vary */
        }
        if (at >= sealed.size - 24) {
            break; /* the last boundary */
        }
        mic_buf_init(&plain);
        sealed.data[at] = (char)(sealed.data[at] ^ 1 << at % 8);
        MIC_CHECK(!read_replies(&sealed, sealed.size, &plain));
        sealed.data[at] = (char)(sealed.data[at] ^ 1 << at % 8);
        mic_buf_fini(&plain);
    }
    mic_buf_fini(&sealed);
}
