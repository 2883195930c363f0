/* OpenSSL 3: out of the application's own library context. */
#include <openssl/rand.h>

#include "auth/credssp_openssl.h"

SSL_CTX *mic_credssp_client_context(void *library)
{
    return SSL_CTX_new_ex(library, NULL, TLS_client_method());
}

const EVP_MD *mic_credssp_fetch_sha256(void *library)
{
    return EVP_MD_fetch(library, "SHA256", NULL);
}

void mic_credssp_release_digest(const EVP_MD *digest)
{
    union {
        const EVP_MD *fetched;
        EVP_MD *owned;
    } cast = {.fetched = digest};

    EVP_MD_free(cast.owned);
}

bool mic_credssp_random(void *library, unsigned char *bytes, int size)
{
    return RAND_bytes_ex(library, bytes, (size_t)size, 0) == 1;
}
