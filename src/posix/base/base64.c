#include "base/base64.h"

#include "base/mem.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void mic_base64_encode(struct mic_buf *out, const void *bytes, size_t size)
{
    const unsigned char *in = bytes;
    size_t groups = size / 3, rest = size % 3, needed;
    char *to;

    if (!mic_size_mul(groups + 1, 4, &needed) || !mic_buf_reserve(out, needed)) {
        out->failed = true;
        return;
    }
    to = out->data + out->size;
    for (size_t i = 0; i < groups; i++, in += 3) {
        unsigned bits = (unsigned)in[0] << 16 | (unsigned)in[1] << 8 | in[2];

        *to++ = alphabet[bits >> 18];
        *to++ = alphabet[bits >> 12 & 63];
        *to++ = alphabet[bits >> 6 & 63];
        *to++ = alphabet[bits & 63];
    }
    if (rest > 0) {
        unsigned bits = (unsigned)in[0] << 16 | (rest > 1 ? (unsigned)in[1] << 8 : 0);

        *to++ = alphabet[bits >> 18];
        *to++ = alphabet[bits >> 12 & 63];
        *to++ = (char)(rest > 1 ? alphabet[bits >> 6 & 63] : '=');
        *to++ = '=';
    }
    out->size = (size_t)(to - out->data);
}

enum { WRONG = 64, SPACE = 65, PAD = 66 };

static unsigned value_of(unsigned char c)
{
    if (c >= 'A' && c <= 'Z') {
        return c - (unsigned)'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - (unsigned)'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - (unsigned)'0' + 52;
    }
    if (c == '+' || c == '/') {
        return c == '+' ? 62 : 63;
    }
    if (c == '=') {
        return PAD;
    }
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' ? SPACE : WRONG;
}

/* @return 0, or -1 when the text is wrong. */
static int decode_into(char **to, struct mic_str text)
{
    unsigned bits = 0, count = 0, pads = 0;

    for (size_t i = 0; i < text.size; i++) {
        unsigned value = value_of((unsigned char)text.data[i]);

        if (value == SPACE) {
            continue;
        }
        if (value == PAD) {
            pads++;
            continue;
        }
        if (value == WRONG || pads > 0) {
            return -1;
        }
        bits = bits << 6 | value;
        if (++count == 4) {
            *(*to)++ = (char)(bits >> 16 & 0xFF);
            *(*to)++ = (char)(bits >> 8 & 0xFF);
            *(*to)++ = (char)(bits & 0xFF);
            bits = count = 0;
        }
    }
    if (count == 1 || (count == 0 ? pads > 0 : count + pads != 4)) {
        return -1;
    }
    if (count >= 2) {
        bits <<= 6 * pads;
        *(*to)++ = (char)(bits >> 16 & 0xFF);
    }
    if (count == 3) {
        *(*to)++ = (char)(bits >> 8 & 0xFF);
    }
    return 0;
}

bool mic_base64_decode(struct mic_buf *out, struct mic_str text)
{
    size_t before = out->size;
    char *to;

    if (out->failed) {
        return false;
    }
    if (!mic_buf_reserve(out, text.size / 4 * 3 + 3)) {
        out->failed = false;
        return false;
    }
    to = out->data + before;
    if (decode_into(&to, text) != 0) {
        return false;
    }
    out->size = (size_t)(to - out->data);
    return true;
}
