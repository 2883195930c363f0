/* OpenSSL 1.1.1 has no library contexts. */
#include <openssl/rand.h>

#include "auth/credssp_openssl.h"

SSL_CTX *mic_credssp_client_context(void *library)
{
    (void)library;
    return SSL_CTX_new(TLS_client_method());
}

const EVP_MD *mic_credssp_fetch_sha256(void *library)
{
    (void)library;
    return EVP_sha256();
}

void mic_credssp_release_digest(const EVP_MD *digest)
{
    (void)digest;
}

bool mic_credssp_random(void *library, unsigned char *bytes, int size)
{
    (void)library;
    return RAND_bytes(bytes, size) == 1;
}
