#include "auth/ntlm_seal.h"

#include <string.h>

#include "base/secret.h"

#define VERSION       1U
#define CHECKSUM_SIZE ((size_t)8)

static void put_u32(unsigned char *at, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++) {
        at[i] = (unsigned char)(value >> (8 * i) & 0xff);
    }
}

static uint32_t get_u32(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static bool stream_init(struct mic_ntlm_stream *stream, struct mic_digest *digest,
                        enum mic_ntlm_side side, const unsigned char session_key[MIC_NTLM_KEY_SIZE])
{
    unsigned char key[MIC_NTLM_KEY_SIZE];
    bool ok = mic_ntlm_sign_key(digest, side, session_key, stream->sign_key) &&
              mic_ntlm_seal_key(digest, side, session_key, key);

    if (ok) {
        mic_rc4_init(&stream->rc4, key, sizeof(key));
        stream->number = 0;
    }
    mic_wipe(key, sizeof(key));
    return ok;
}

bool mic_ntlm_seal_init(struct mic_ntlm_seal *seal, struct mic_digest *digest,
                        enum mic_ntlm_side side, const unsigned char session_key[MIC_NTLM_KEY_SIZE])
{
    enum mic_ntlm_side other = side == MIC_NTLM_CLIENT ? MIC_NTLM_SERVER : MIC_NTLM_CLIENT;

    memset(seal, 0, sizeof(*seal));
    seal->digest = digest;
    return stream_init(&seal->out, digest, side, session_key) &&
           stream_init(&seal->in, digest, other, session_key);
}

void mic_ntlm_seal_fini(struct mic_ntlm_seal *seal)
{
    mic_wipe(seal, sizeof(*seal));
    seal->is_broken = true;
}

/* NTLMSSP_MESSAGE_SIGNATURE of the stream's next message (2.2.2.9.2), whose plain text has just
 * gone through the stream's cipher. */
static bool sign(const struct mic_ntlm_seal *seal, struct mic_ntlm_stream *stream,
                 struct mic_str plain, unsigned char signature[MIC_NTLM_SIGNATURE_SIZE])
{
    unsigned char number[4], sum[MIC_MD5_SIZE];
    struct mic_str pieces[] = {{(const char *)number, sizeof(number)}, plain};

    put_u32(number, stream->number);
    if (!mic_digest_hmac(seal->digest, stream->sign_key, pieces, MIC_COUNT(pieces), sum)) {
        return false;
    }
    put_u32(signature, VERSION);
    mic_rc4_apply(&stream->rc4, sum, signature + 4, CHECKSUM_SIZE);
    put_u32(signature + 12, stream->number);
    stream->number++;
    return true;
}

static MI_Result broken(struct mic_ntlm_seal *seal, struct mic_err *err, const char *what)
{
    seal->is_broken = true;
    return mic_err_set(err, MIC_E_SEAL, "%s", what);
}

MI_Result mic_ntlm_seal_message(struct mic_ntlm_seal *seal, const char *plain, size_t size,
                                struct mic_buf *out, struct mic_err *err)
{
    unsigned char signature[MIC_NTLM_SIGNATURE_SIZE];
    size_t at = out->size;

    if (seal->is_broken) {
        return broken(seal, err, "the NTLM session of this connection is out of step");
    }
    if (seal->out.number == UINT32_MAX) {
        return broken(seal, err, "the NTLM session of this connection has no numbers left");
    }
    if (size > SIZE_MAX - MIC_NTLM_SIGNATURE_SIZE ||
        !mic_buf_reserve(out, MIC_NTLM_SIGNATURE_SIZE + size)) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a sealed message of %lu bytes",
                           (unsigned long)size);
    }
    mic_rc4_apply(&seal->out.rc4, plain, out->data + at + MIC_NTLM_SIGNATURE_SIZE, size);
    if (!sign(seal, &seal->out, (struct mic_str){plain, size}, signature)) {
        return broken(seal, err, "OpenSSL could not sign a message");
    }
    memcpy(out->data + at, signature, sizeof(signature));
    out->size = at + MIC_NTLM_SIGNATURE_SIZE + size;
    return MI_RESULT_OK;
}

/* In a time that does not depend on where they differ. */
static bool is_same(const unsigned char *a, const unsigned char *b, size_t size)
{
    unsigned char difference = 0;

    for (size_t i = 0; i < size; i++) {
        difference |= a[i] ^ b[i];
    }
    return difference == 0;
}

MI_Result mic_ntlm_unseal_message(struct mic_ntlm_seal *seal, const char *sealed, size_t size,
                                  struct mic_buf *out, struct mic_err *err)
{
    unsigned char given[MIC_NTLM_SIGNATURE_SIZE], due[MIC_NTLM_SIGNATURE_SIZE];
    size_t at = out->size, plain_size;

    if (seal->is_broken || size < MIC_NTLM_SIGNATURE_SIZE) {
        return broken(seal, err,
                      seal->is_broken ? "the NTLM session of this connection is out of step"
                                      : "a sealed message is shorter than its NTLM signature");
    }
    memcpy(given, sealed, sizeof(given));
    plain_size = size - sizeof(given);
    if (get_u32(given) != VERSION || get_u32(given + 12) != seal->in.number) {
        broken(seal, err, "");
        return mic_err_set(err, MIC_E_SEAL,
                           "a sealed message is not the next one: it has number %lu where %lu is "
                           "due, so it was sent before, lost its place, or is no message of NTLM",
                           (unsigned long)get_u32(given + 12), (unsigned long)seal->in.number);
    }
    if (!mic_buf_reserve(out, plain_size + 1)) { /* never none: there is a place to write to */
        seal->is_broken = true;
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a sealed message of %lu bytes",
                           (unsigned long)size);
    }
    mic_rc4_apply(&seal->in.rc4, sealed + sizeof(given), out->data + at, plain_size);
    if (!sign(seal, &seal->in, (struct mic_str){out->data + at, plain_size}, due) ||
        !is_same(given, due, sizeof(due))) {
        mic_wipe(out->data + at, plain_size);
        return broken(seal, err,
                      "the NTLM signature of a sealed message is wrong: the message was changed, "
                      "or sealed with another key");
    }
    out->size = at + plain_size;
    return MI_RESULT_OK;
}
