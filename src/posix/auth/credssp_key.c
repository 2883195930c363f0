#include "auth/credssp_key.h"

#include <openssl/err.h>

#include "auth/credssp_openssl.h"

/* The zero at the end is hashed too. */
static const char to_server[] = "CredSSP Client-To-Server Binding Hash";
static const char to_client[] = "CredSSP Server-To-Client Binding Hash";

static bool append_hash(void *library, enum mic_credssp_side side,
                        const unsigned char nonce[MIC_CREDSSP_NONCE_SIZE], struct mic_str key,
                        struct mic_buf *out)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const EVP_MD *sha256;
    EVP_MD_CTX *context;
    bool ok;

    ERR_set_mark();
    sha256 = mic_credssp_fetch_sha256(library);
    context = EVP_MD_CTX_new();
    ok = sha256 != NULL && context != NULL && EVP_DigestInit_ex(context, sha256, NULL) == 1 &&
         EVP_DigestUpdate(context, side == MIC_CREDSSP_CLIENT ? to_server : to_client,
                          sizeof(to_server)) == 1 &&
         EVP_DigestUpdate(context, nonce, MIC_CREDSSP_NONCE_SIZE) == 1 &&
         EVP_DigestUpdate(context, key.data, key.size) == 1 &&
         EVP_DigestFinal_ex(context, hash, &size) == 1;
    EVP_MD_CTX_free(context);
    if (sha256 != NULL) {
        mic_credssp_release_digest(sha256);
    }
    ERR_pop_to_mark();
    mic_buf_append(out, hash, ok ? size : 0);
    return ok && !out->failed;
}

bool mic_credssp_key_proof(void *library, enum mic_credssp_side side, unsigned version,
                           const unsigned char nonce[MIC_CREDSSP_NONCE_SIZE], struct mic_str key,
                           struct mic_buf *out)
{
    size_t at = out->size;

    if (version >= MIC_CREDSSP_HASHES) {
        return append_hash(library, side, nonce, key, out);
    }
    mic_buf_append_str(out, key);
    if (out->failed || key.size == 0) {
        return false;
    }
    if (side == MIC_CREDSSP_SERVER) {
        out->data[at] = (char)((unsigned char)out->data[at] + 1U);
    }
    return true;
}
