/** MD4 (RFC 1320), which NTLM hashes passwords with and OpenSSL 3 keeps out of its default
 * provider. Broken as a hash: for nothing else. */
#ifndef MIC_AUTH_MD4_H
#define MIC_AUTH_MD4_H

#include <stddef.h>

void mic_md4(const void *bytes, size_t size, unsigned char hash[16]);

#endif
