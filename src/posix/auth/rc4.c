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

void mic_rc4_apply(struct mic_rc4 *rc4, const void *in, void *out, size_t size)
{
    const unsigned char *from = in;
    unsigned char *to = out;

    for (size_t n = 0; n < size; n++) {
        unsigned char *a, *b;

        a = &rc4->state[++rc4->i];
        rc4->j = (unsigned char)(rc4->j + *a);
        b = &rc4->state[rc4->j];
        swap(a, b);
        to[n] = from[n] ^ rc4->state[(unsigned char)(*a + *b)];
    }
}
