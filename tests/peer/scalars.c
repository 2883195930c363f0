/* Texts of simple values, checked and made canonical. */
#include "scalars.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "datetime.h"

static const struct {
    enum peer_type type;
    long long lowest;
    unsigned long long highest;
} ranges[] = {
    {PT_UINT8, 0, UINT8_MAX},   {PT_SINT8, INT8_MIN, INT8_MAX},
    {PT_UINT16, 0, UINT16_MAX}, {PT_SINT16, INT16_MIN, INT16_MAX},
    {PT_UINT32, 0, UINT32_MAX}, {PT_SINT32, INT32_MIN, INT32_MAX},
    {PT_UINT64, 0, UINT64_MAX}, {PT_SINT64, INT64_MIN, INT64_MAX},
};

static const char *trimmed(struct peer_arena *arena, const char *text)
{
    size_t len;

    text += strspn(text, " \t\r\n");
    len = strlen(text);
    while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL) {
        len--;
    }
    return peer_dupn(arena, text, len);
}

static const char *read_integer(struct peer_arena *arena, enum peer_type type, const char *text)
{
    size_t i = 0;
    bool negative = *text == '-';
    const char *digits = text + (*text == '-' || *text == '+');
    uint64_t value;

    while (i < sizeof ranges / sizeof ranges[0] && ranges[i].type != type) {
        i++;
    }
    if (i == sizeof ranges / sizeof ranges[0] || !peer_parse_u64(digits, &value)) {
        return NULL;
    }
    if (negative && value > 0) {
        /* The magnitude of the lowest value, without overflow. */
        uint64_t most = (uint64_t)(-(ranges[i].lowest + 1)) + 1;

        return ranges[i].lowest < 0 && value <= most
                   ? peer_fmt(arena, "-%llu", (unsigned long long)value)
                   : NULL;
    }
    return value <= ranges[i].highest ? peer_fmt(arena, "%llu", (unsigned long long)value) : NULL;
}

static const char *read_real(const char *text)
{
    static const char *const special[] = {"INF", "-INF", "NaN"};
    char *end;

    for (size_t i = 0; i < sizeof special / sizeof special[0]; i++) {
        if (strcmp(text, special[i]) == 0) {
            return text;
        }
    }
    if (*text == '\0' || strspn(text, "0123456789+-.eE") != strlen(text)) {
        return NULL;
    }
    strtod(text, &end);
    return *end == '\0' ? text : NULL;
}

static const char *read_boolean(const char *text, bool any_case)
{
    if (strcmp(text, "1") == 0 || (any_case ? peer_ieq(text, "true") : strcmp(text, "true") == 0)) {
        return "true";
    }
    if (strcmp(text, "0") == 0 ||
        (any_case ? peer_ieq(text, "false") : strcmp(text, "false") == 0)) {
        return "false";
    }
    return NULL;
}

/* Code point of a text that is one character of the BMP, or -1. */
static long one_character(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;

    if (at[0] != 0 && at[0] < 0x80 && at[1] == 0) {
        return at[0];
    }
    if ((at[0] & 0xE0) == 0xC0 && at[1] != 0 && at[2] == 0) {
        return ((at[0] & 0x1F) << 6) | (at[1] & 0x3F);
    }
    if ((at[0] & 0xF0) == 0xE0 && at[1] != 0 && at[2] != 0 && at[3] == 0) {
        return ((at[0] & 0x0F) << 12) | ((at[1] & 0x3F) << 6) | (at[2] & 0x3F);
    }
    return -1;
}

/* A lone digit is a character; several are a number. */
static const char *read_char16(struct peer_arena *arena, const char *text, bool numeric)
{
    long code = numeric ? -1 : one_character(text);

    return code >= 0 ? peer_fmt(arena, "%ld", code) : read_integer(arena, PT_UINT16, text);
}

const char *peer_scalar_read(struct peer_arena *arena, enum peer_type type, const char *text,
                             bool numeric)
{
    if (type == PT_STRING) {
        return text;
    }
    if (type == PT_CHAR16) {
        return read_char16(arena, text, numeric);
    }
    text = trimmed(arena, text);
    if (type == PT_BOOLEAN) {
        return read_boolean(text, numeric);
    }
    if (type == PT_REAL32 || type == PT_REAL64) {
        return read_real(text);
    }
    return read_integer(arena, type, text);
}

const char *peer_scalar_datetime(struct peer_arena *arena, const char *element, const char *text)
{
    bool any = *element == '\0';
    char dmtf[26];

    if ((any || strcmp(element, "CIM_DateTime") == 0) && peer_dmtf_valid(text, true)) {
        return peer_dup(arena, text);
    }
    if ((any || strcmp(element, "Datetime") == 0) && peer_dmtf_from_iso(text, dmtf)) {
        return peer_dup(arena, dmtf);
    }
    if ((any || strcmp(element, "Interval") == 0) && peer_dmtf_from_duration(text, dmtf)) {
        return peer_dup(arena, dmtf);
    }
    return NULL;
}

bool peer_scalar_base64(const char *text, struct peer_buf *out)
{
    size_t len = strlen(text);
    size_t padding = len >= 2 ? (size_t)(text[len - 1] == '=') + (text[len - 2] == '=') : 0;
    int n;

    if (len == 0) {
        return true;
    }
    if (len % 4 != 0 || len > 1U << 20) {
        return false;
    }
    peer_buf_reserve(out, len);
    n = EVP_DecodeBlock((unsigned char *)out->data + out->len, (const unsigned char *)text,
                        (int)len);
    if (n < 0) {
        return false;
    }
    out->len += (size_t)n - padding;
    return true;
}
