#include "auth/ntlm_keys.h"

#include <string.h>

#include "auth/md4.h"
#include "auth/ntlm_message.h"
#include "base/mem.h"
#include "base/secret.h"

static struct mic_str bytes_of(const void *bytes, size_t size)
{
    return (struct mic_str){bytes, size};
}

/* NTOWFv1. The buffer has all its room at once, so that it leaves no copies. */
static bool hash_password(struct mic_str password, unsigned char hash[MIC_NTLM_KEY_SIZE])
{
    struct mic_buf units;
    bool ok;

    mic_buf_init(&units);
    ok = mic_ntlm_write_utf16(&units, password, false) && !units.failed;
    if (ok) {
        mic_md4(units.data, units.size, hash);
    }
    mic_wipe(units.data, units.size);
    mic_buf_fini(&units);
    return ok;
}

bool mic_ntlm_owf(struct mic_digest *digest, struct mic_str password, struct mic_str user,
                  struct mic_str domain, unsigned char owf[MIC_NTLM_KEY_SIZE])
{
    unsigned char hash[MIC_NTLM_KEY_SIZE];
    struct mic_buf name;
    bool ok;

    mic_buf_init(&name);
    ok = hash_password(password, hash) && mic_ntlm_write_utf16(&name, user, true) &&
         mic_ntlm_write_utf16(&name, domain, false) && !name.failed;
    if (ok) {
        struct mic_str piece = bytes_of(name.data, name.size);

        ok = mic_digest_hmac(digest, hash, &piece, 1, owf);
    }
    mic_wipe(hash, sizeof(hash));
    mic_buf_fini(&name);
    return ok;
}

bool mic_ntlm_respond(struct mic_digest *digest, const unsigned char owf[MIC_NTLM_KEY_SIZE],
                      const struct mic_ntlm_proof *proof, struct mic_buf *response,
                      unsigned char session_key[MIC_NTLM_KEY_SIZE])
{
    static const unsigned char begin[8] = {1, 1};
    static const unsigned char zeros[4];
    const struct mic_str temp[] = {
        bytes_of(begin, sizeof(begin)),
        bytes_of(proof->time, sizeof(proof->time)),
        bytes_of(proof->client_challenge, sizeof(proof->client_challenge)),
        bytes_of(zeros, sizeof(zeros)),
        proof->pairs,
        bytes_of(zeros, sizeof(zeros)),
    };
    struct mic_str pieces[1 + MIC_COUNT(temp)];
    unsigned char nt_proof[MIC_MD5_SIZE];
    struct mic_str whole = bytes_of(nt_proof, sizeof(nt_proof));

    pieces[0] = bytes_of(proof->server_challenge, sizeof(proof->server_challenge));
    memcpy(&pieces[1], temp, sizeof(temp));
    if (!mic_digest_hmac(digest, owf, pieces, MIC_COUNT(pieces), nt_proof) ||
        !mic_digest_hmac(digest, owf, &whole, 1, session_key)) {
        return false;
    }
    mic_buf_append(response, nt_proof, sizeof(nt_proof));
    for (size_t i = 0; i < MIC_COUNT(temp); i++) {
        mic_buf_append_str(response, temp[i]);
    }
    return !response->failed;
}

/* @param purpose  with its zero, which counts */
static bool derive(struct mic_digest *digest, const unsigned char session_key[MIC_NTLM_KEY_SIZE],
                   struct mic_str purpose, unsigned char key[MIC_NTLM_KEY_SIZE])
{
    struct mic_str pieces[] = {bytes_of(session_key, MIC_NTLM_KEY_SIZE),
                               {purpose.data, purpose.size + 1}};

    return mic_digest_md5(digest, pieces, MIC_COUNT(pieces), key);
}

bool mic_ntlm_sign_key(struct mic_digest *digest, enum mic_ntlm_side side,
                       const unsigned char session_key[MIC_NTLM_KEY_SIZE],
                       unsigned char key[MIC_NTLM_KEY_SIZE])
{
    static const struct mic_str purposes[] = {
        [MIC_NTLM_CLIENT] = {"session key to client-to-server signing key magic constant", 58},
        [MIC_NTLM_SERVER] = {"session key to server-to-client signing key magic constant", 58},
    };

    return derive(digest, session_key, purposes[side], key);
}

bool mic_ntlm_seal_key(struct mic_digest *digest, enum mic_ntlm_side side,
                       const unsigned char session_key[MIC_NTLM_KEY_SIZE],
                       unsigned char key[MIC_NTLM_KEY_SIZE])
{
    static const struct mic_str purposes[] = {
        [MIC_NTLM_CLIENT] = {"session key to client-to-server sealing key magic constant", 58},
        [MIC_NTLM_SERVER] = {"session key to server-to-client sealing key magic constant", 58},
    };

    return derive(digest, session_key, purposes[side], key);
}
