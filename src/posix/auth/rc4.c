#include "auth/rc4.h"

static void swap(unsigned char *a, unsigned char *b)
{
    unsigned char kept = *a;

    *a = *b;
    *b = kept;
}

void mic_rc4_init(struct mic_rc4 *rc4, const unsigned char *key, size_t size)
{
    unsigned char j = 0;

    rc4->i = rc4->j = 0;
    for (unsigned i = 0; i < 256; i++) {
        rc4->state[i] = (unsigned char)i;
    }
    for (unsigned i = 0; i < 256; i++) {
        j = (unsigned char)(j + rc4->state[i] + key[i % size]);
        swap(&rc4->state[i], &rc4->state[j]);
    }
}

/* The state in locals: as bytes, what is written could be any of it. */
void mic_rc4_apply(struct mic_rc4 *rc4, const void *in, void *out, size_t size)
{
    const unsigned char *from = in;
    unsigned char *to = out, *state = rc4->state;
    unsigned i = rc4->i, j = rc4->j;

    for (size_t n = 0; n < size; n++) {
        unsigned a, b;

        i = (i + 1) & 0xff;
        a = state[i];
        j = (j + a) & 0xff;
        b = state[j];
        state[i] = (unsigned char)b;
        state[j] = (unsigned char)a;
        to[n] = (unsigned char)(from[n] ^ state[(a + b) & 0xff]);
    }
    rc4->i = (unsigned char)i;
    rc4->j = (unsigned char)j;
}
