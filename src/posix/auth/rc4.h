/** RC4, which NTLM seals with and OpenSSL 3 keeps out of its default provider. For nothing else. */
#ifndef MIC_AUTH_RC4_H
#define MIC_AUTH_RC4_H

#include <stddef.h>

struct mic_rc4 {
    unsigned char state[256], i, j;
};

void mic_rc4_init(struct mic_rc4 *rc4, const unsigned char *key, size_t size);
/** The next @p size bytes of the stream over @p in; @p out may be the same memory. */
void mic_rc4_apply(struct mic_rc4 *rc4, const void *in, void *out, size_t size);

#endif
