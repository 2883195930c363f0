/** What differs between OpenSSL 1.1.1 and 3: credssp_openssl1.c, credssp_openssl3.c. */
#ifndef MIC_AUTH_CREDSSP_OPENSSL_H
#define MIC_AUTH_CREDSSP_OPENSSL_H

#include <openssl/ssl.h>
#include <stdbool.h>

/** @param library  OpenSSL's library context, where there are such; NULL: the process's */
SSL_CTX *mic_credssp_client_context(void *library);
/** NULL: there is none. */
const EVP_MD *mic_credssp_fetch_sha256(void *library);
void mic_credssp_release_digest(const EVP_MD *digest);
bool mic_credssp_random(void *library, unsigned char *bytes, int size);

#endif
