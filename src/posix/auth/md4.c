#include "auth/md4.h"

#include <stdint.h>
#include <string.h>

#include "base/secret.h"

#define BLOCK ((size_t)64)

static uint32_t turn_left(uint32_t x, unsigned bits)
{
    return x << bits | x >> (32 - bits);
}

/* RFC 1320 3.4: the three rounds differ in the mix of the words, a constant, the order in which the
 * block's words come, and the turns. */
static const struct {
    uint32_t constant;
    unsigned char order[16], turns[4];
} rounds[3] = {
    {0, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {3, 7, 11, 19}},
    {0x5A827999, {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15}, {3, 5, 9, 13}},
    {0x6ED9EBA1, {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}, {3, 9, 11, 15}},
};

static uint32_t mix(unsigned round, uint32_t x, uint32_t y, uint32_t z)
{
    switch (round) {
    case 0:
        return (x & y) | (~x & z);
    case 1:
        return (x & y) | (x & z) | (y & z);
    default:
        return x ^ y ^ z;
    }
}

static void take_block(uint32_t state[4], const unsigned char *block)
{
    uint32_t words[16], s[4];

    for (size_t i = 0; i < 16; i++) {
        const unsigned char *b = block + 4 * i;

        words[i] =
            (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    }
    memcpy(s, state, sizeof(s));
    for (unsigned step = 0; step < 48; step++) {
        unsigned round = step / 16, a = (48 - step) % 4;
        uint32_t sum = s[a] + mix(round, s[(a + 1) % 4], s[(a + 2) % 4], s[(a + 3) % 4]) +
                       words[rounds[round].order[step % 16]] + rounds[round].constant;

        s[a] = turn_left(sum, rounds[round].turns[step % 4]);
    }
    for (size_t i = 0; i < 4; i++) {
        state[i] += s[i];
    }
    mic_wipe(words, sizeof(words));
    mic_wipe(s, sizeof(s));
}

void mic_md4(const void *bytes, size_t size, unsigned char hash[16])
{
    uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    const unsigned char *rest = bytes;
    size_t left = size;
    unsigned char last[2 * BLOCK] = {0};
    size_t last_size;

    for (; left >= BLOCK; rest += BLOCK, left -= BLOCK) {
        take_block(state, rest);
    }
    /* memcpy would leave the bytes, a password's, in vector registers, which the loader puts on the
     * stack when it binds the next function that is called. */
    for (size_t i = 0; i < left; i++) {
        ((volatile unsigned char *)last)[i] = rest[i];
    }
    last[left] = 0x80;
    last_size = left < BLOCK - 8 ? BLOCK : 2 * BLOCK;
    for (unsigned i = 0; i < 8; i++) {
        last[last_size - 8 + i] = (unsigned char)((uint64_t)size * 8 >> (8 * i) & 0xff);
    }
    for (size_t at = 0; at < last_size; at += BLOCK) {
        take_block(state, last + at);
    }
    for (size_t i = 0; i < 16; i++) {
        hash[i] = (unsigned char)(state[i / 4] >> (8 * (i % 4)) & 0xff);
    }
    mic_wipe(last, sizeof(last));
    mic_wipe(state, sizeof(state));
}
