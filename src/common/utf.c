#include "common/utf.h"

#include <string.h>

#define WRONG ((size_t)-1)

/* Length of the well-formed character at the bytes, or 0 (Unicode, table 3-7). The first byte is
 * not ASCII. */
static size_t sequence_length(const unsigned char *bytes, size_t size)
{
    unsigned char lead = bytes[0];
    unsigned char low = 0x80, high = 0xBF;
    size_t length;

    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        low = lead == 0xE0 ? 0xA0 : 0x80;
        high = lead == 0xED ? 0x9F : 0xBF;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        low = lead == 0xF0 ? 0x90 : 0x80;
        high = lead == 0xF4 ? 0x8F : 0xBF;
    } else {
        return 0;
    }
    if (size < length || bytes[1] < low || bytes[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

static bool is_ascii_word(const char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof(word));
    return (word & UINT64_C(0x8080808080808080)) == 0;
}

bool mic_utf8_is_valid(const char *bytes, size_t size, size_t *bad_at)
{
    size_t at = 0;

    while (at < size) {
        size_t length;

        if (size - at >= sizeof(uint64_t) && is_ascii_word(bytes + at)) {
            at += sizeof(uint64_t);
            continue;
        }
        if (((unsigned char)bytes[at] & 0x80) == 0) {
            at++;
            continue;
        }
        length = sequence_length((const unsigned char *)bytes + at, size - at);
        if (length == 0) {
            if (bad_at) {
                *bad_at = at;
            }
            return false;
        }
        at += length;
    }
    return true;
}

size_t mic_utf8_decode(const char *bytes, size_t size, uint32_t *code_point)
{
    const unsigned char *in = (const unsigned char *)bytes;
    size_t length;
    uint32_t value;

    if (size == 0) {
        return 0;
    }
    if (in[0] < 0x80) {
        *code_point = in[0];
        return 1;
    }
    length = sequence_length(in, size);
    if (length == 0) {
        return 0;
    }
    value = in[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        value = value << 6 | (in[i] & 0x3Fu);
    }
    *code_point = value;
    return length;
}

size_t mic_utf8_encode(uint32_t code_point, char out[4])
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        if (code_point >= 0xD800 && code_point <= 0xDFFF) {
            return 0;
        }
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    if (code_point > 0x10FFFF) {
        return 0;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

size_t mic_utf8_to_utf16(const char *bytes, size_t size, uint16_t *out, size_t capacity)
{
    size_t at = 0, count = 0;

    while (at < size) {
        uint32_t code_point = 0;
        size_t length = mic_utf8_decode(bytes + at, size - at, &code_point);
        size_t units = code_point >= 0x10000 ? 2 : 1;

        if (length == 0 || (out && capacity - count < units)) {
            return WRONG;
        }
        if (out && units == 2) {
            out[count] = (uint16_t)(0xD800 + ((code_point - 0x10000) >> 10));
            out[count + 1] = (uint16_t)(0xDC00 + ((code_point - 0x10000) & 0x3FF));
        } else if (out) {
            out[count] = (uint16_t)code_point;
        }
        count += units;
        at += length;
    }
    return count;
}

/* @return units used, 1 or 2. */
static size_t decode_utf16(const uint16_t *units, size_t count, uint32_t *code_point)
{
    uint32_t first = units[0];

    if (first < 0xD800 || first > 0xDFFF) {
        *code_point = first;
        return 1;
    }
    if (first <= 0xDBFF && count > 1 && units[1] >= 0xDC00 && units[1] <= 0xDFFF) {
        *code_point = 0x10000 + ((first - 0xD800) << 10) + (units[1] - 0xDC00u);
        return 2;
    }
    *code_point = 0xFFFD;
    return 1;
}

size_t mic_utf16_to_utf8(const uint16_t *units, size_t count, char *out, size_t capacity)
{
    size_t at = 0, written = 0;

    while (at < count) {
        uint32_t code_point;
        char bytes[4];
        size_t length;

        at += decode_utf16(units + at, count - at, &code_point);
        length = mic_utf8_encode(code_point, bytes);
        if (out) {
            if (capacity - written < length) {
                return WRONG;
            }
            memcpy(out + written, bytes, length);
        }
        written += length;
    }
    return written;
}
