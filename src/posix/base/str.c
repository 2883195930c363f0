#include "base/str.h"

#include <stdint.h>
#include <string.h>

struct mic_str mic_str_from(const char *terminated)
{
    struct mic_str text = {terminated, terminated ? strlen(terminated) : 0};

    return text;
}

bool mic_str_equal(struct mic_str a, struct mic_str b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Eight bytes at once: bit 5 is set in those between 'A' and 'Z'. */
static uint64_t fold_word(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t low = word & (ones * 0x7F);
    uint64_t above_z = low + ones * (0x7F - 'Z');
    uint64_t from_a = low + ones * (0x80 - 'A');
    uint64_t upper = ~word & (from_a ^ above_z) & (ones * 0x80);

    return word | (upper >> 2);
}

static unsigned char fold(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + ('a' - 'A')) : c;
}

static bool equal_nocase(const char *a, const char *b, size_t size)
{
    size_t at = 0;

    for (; size - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
        uint64_t x, y;

        memcpy(&x, a + at, sizeof(x));
        memcpy(&y, b + at, sizeof(y));
        if (x != y && fold_word(x) != fold_word(y)) {
            return false;
        }
    }
    for (; at < size; at++) {
        if (a[at] != b[at] && fold((unsigned char)a[at]) != fold((unsigned char)b[at])) {
            return false;
        }
    }
    return true;
}

bool mic_str_equal_nocase(struct mic_str a, struct mic_str b)
{
    return a.size == b.size && equal_nocase(a.data, b.data, a.size);
}

bool mic_text_equal_nocase(const char *a, const char *b)
{
    if (!a || !b) {
        return a == b;
    }
    while (*a && (*a == *b || fold((unsigned char)*a) == fold((unsigned char)*b))) {
        a++;
        b++;
    }
    return fold((unsigned char)*a) == fold((unsigned char)*b);
}

bool mic_str_starts_with(struct mic_str text, struct mic_str prefix)
{
    return text.size >= prefix.size &&
           (prefix.size == 0 || memcmp(text.data, prefix.data, prefix.size) == 0);
}

bool mic_str_ends_with(struct mic_str text, struct mic_str suffix)
{
    return text.size >= suffix.size &&
           (suffix.size == 0 ||
            memcmp(text.data + (text.size - suffix.size), suffix.data, suffix.size) == 0);
}

static bool is_xml_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct mic_str mic_str_trim(struct mic_str text)
{
    while (text.size > 0 && is_xml_space(text.data[0])) {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && is_xml_space(text.data[text.size - 1])) {
        text.size--;
    }
    return text;
}
