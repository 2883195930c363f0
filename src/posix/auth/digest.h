/** MD5, HMAC-MD5 (RFC 2104) and random bytes, by OpenSSL. One thread at a time. */
#ifndef MIC_AUTH_DIGEST_H
#define MIC_AUTH_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

#define MIC_MD5_SIZE ((size_t)16)

struct mic_digest;

/** @param library  OpenSSL's library context, where there are such; NULL: the process's
 *  @return NULL with @p err set: MIC_E_NOT_SUPPORTED where this OpenSSL has no MD5 (FIPS) */
struct mic_digest *mic_digest_new(void *library, struct mic_err *err);
void mic_digest_free(struct mic_digest *digest);

/** Of all pieces one behind the other. @return false when OpenSSL cannot. */
bool mic_digest_md5(struct mic_digest *digest, const struct mic_str *pieces, size_t count,
                    unsigned char hash[MIC_MD5_SIZE]);
bool mic_digest_hmac(struct mic_digest *digest, const unsigned char key[MIC_MD5_SIZE],
                     const struct mic_str *pieces, size_t count, unsigned char hash[MIC_MD5_SIZE]);
bool mic_digest_random(struct mic_digest *digest, void *bytes, size_t size);

/** Whether the system's switch for FIPS mode is on: a file with a 1 in it.
 *  @param file  NULL: Linux's */
bool mic_digest_is_fips(const char *file);

#endif
