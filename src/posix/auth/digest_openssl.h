/** What differs between OpenSSL 1.1.1 and 3: digest_openssl1.c, digest_openssl3.c. */
#ifndef MIC_AUTH_DIGEST_OPENSSL_H
#define MIC_AUTH_DIGEST_OPENSSL_H

#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>

/** NULL: there is none. */
const EVP_MD *mic_digest_fetch_md5(void *library);
void mic_digest_release_md5(const EVP_MD *md5);
bool mic_digest_random_bytes(void *library, unsigned char *bytes, size_t size);

#endif
