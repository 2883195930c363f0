/* OpenSSL 3: out of the application's own library context. */
#include <openssl/rand.h>

#include "auth/digest_openssl.h"

const EVP_MD *mic_digest_fetch_md5(void *library)
{
    return EVP_MD_fetch(library, "MD5", NULL);
}

void mic_digest_release_md5(const EVP_MD *md5)
{
    union {
        const EVP_MD *fetched;
        EVP_MD *owned;
    } cast = {.fetched = md5};

    EVP_MD_free(cast.owned);
}

bool mic_digest_random_bytes(void *library, unsigned char *bytes, size_t size)
{
    return RAND_priv_bytes_ex(library, bytes, size, 0) == 1;
}
