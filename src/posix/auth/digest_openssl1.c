/* OpenSSL 1.1.1 has no library contexts. */
#include <limits.h>
#include <openssl/rand.h>

#include "auth/digest_openssl.h"

const EVP_MD *mic_digest_fetch_md5(void *library)
{
    (void)library;
    return EVP_md5();
}

void mic_digest_release_md5(const EVP_MD *md5)
{
    (void)md5;
}

bool mic_digest_random_bytes(void *library, unsigned char *bytes, size_t size)
{
    (void)library;
    return size <= INT_MAX && RAND_priv_bytes(bytes, (int)size) == 1;
}
