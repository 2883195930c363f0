#include "cli/typed.h"

#include <float.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/path.h"
#include "cli/text.h"
#include "cli/value.h"
#include "common/datetime.h"
#include "common/utf.h"

static MI_Type element_of(MI_Type type)
{
    return (MI_Type)((unsigned)type & ~(unsigned)MI_ARRAY);
}

/* Decimal, or hexadecimal behind 0x. */
static bool read_digits(const char *text, uint64_t *out)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    uint64_t base = 10, value = 0;

    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        base = 16;
        text += 2;
    }
    if (*text == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        const char *at = strchr(digits, *text);
        uint64_t digit = at != NULL ? (uint64_t)(at - digits) : base;
        digit = at != NULL && digit > 15 ? digit - 6 : digit; /* A is a */
        if (digit >= base || value > (UINT64_MAX - digit) / base) {
            return false;
        }
        value = value * base + digit;
    }
    *out = value;
    return true;
}

/* The largest magnitude on both sides of zero, by MI_Type. */
static const struct {
    uint64_t negative, positive;
} ranges[] = {
    [MI_UINT8] = {0, UINT8_MAX},   [MI_SINT8] = {(uint64_t)INT8_MAX + 1, INT8_MAX},
    [MI_UINT16] = {0, UINT16_MAX}, [MI_SINT16] = {(uint64_t)INT16_MAX + 1, INT16_MAX},
    [MI_UINT32] = {0, UINT32_MAX}, [MI_SINT32] = {(uint64_t)INT32_MAX + 1, INT32_MAX},
    [MI_UINT64] = {0, UINT64_MAX}, [MI_SINT64] = {(uint64_t)INT64_MAX + 1, INT64_MAX},
};

static bool read_whole(MI_Type type, const char *text, MI_Value *out)
{
    bool is_negative = *text == '-';
    uint64_t value = 0;

    if (!read_digits(text + (*text == '-' || *text == '+'), &value) ||
        value > (is_negative ? ranges[type].negative : ranges[type].positive)) {
        return false;
    }
    value = is_negative ? 0 - value : value;
    switch (value_element_size(type)) {
    case 1:
        out->uint8 = (MI_Uint8)value;
        break;
    case 2:
        out->uint16 = (MI_Uint16)value;
        break;
    case 4:
        out->uint32 = (MI_Uint32)value;
        break;
    default:
        out->uint64 = value;
        break;
    }
    return true;
}

/* sscanf also takes blanks, hexadecimal and words; of these only infinity and NaN are wanted. */
static bool is_word(const char *text)
{
    static const char *const words[] = {"INF", "-INF", "NaN"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (text_equal_nocase(text, words[i])) {
            return true;
        }
    }
    return false;
}

static bool is_within(double value, double largest)
{
    return value <= largest && value >= -largest;
}

static bool read_real(MI_Type type, const char *text, MI_Value *out)
{
    bool is_plain = text[strspn(text, "0123456789+-.eE")] == '\0';
    double value = 0;
    int size = 0;

    /* NOLINTNEXTLINE(cert-err34-c): what is out of range becomes infinite, and is refused below. */
    if ((!is_plain && !is_word(text)) || sscanf(text, "%lf%n", &value, &size) != 1 ||
        text[size] != '\0') {
        return false;
    }
    if (type == MI_REAL64) {
        out->real64 = value;
        return !is_plain || is_within(value, DBL_MAX);
    }
    out->real32 = (MI_Real32)value;
    return !is_plain || is_within(value, (double)FLT_MAX);
}

static bool read_boolean(MI_Type type, const char *text, MI_Value *out)
{
    (void)type;
    out->boolean = text_equal_nocase(text, "true") ? MI_TRUE : MI_FALSE;
    return out->boolean || text_equal_nocase(text, "false");
}

static bool read_char16(MI_Type type, const char *text, MI_Value *out)
{
    size_t size = strlen(text);
    uint32_t c = 0;

    (void)type;
    if (size == 0 || mic_utf8_decode(text, size, &c) != size || c > UINT16_MAX) {
        return false;
    }
    out->char16 = (MI_Char16)c;
    return true;
}

static bool read_datetime(MI_Type type, const char *text, MI_Value *out)
{
    (void)type;
    return mic_datetime_from_text(text, strlen(text), &out->datetime);
}

static bool read_string(MI_Type type, const char *text, MI_Value *out)
{
    const MI_Char *mi = text_to_mi(text);

    (void)type;
    memcpy(&out->string, &mi, sizeof(out->string)); /* const while it is borrowed */
    return true;
}

#define WHOLE "a whole number from "
/* By MI_Type. References need the application, embedded instances cannot be typed. */
static const struct {
    bool (*read)(MI_Type type, const char *text, MI_Value *out);
    const char *wants;
} readers[] = {
    [MI_BOOLEAN] = {read_boolean, "true or false"},
    [MI_UINT8] = {read_whole, WHOLE "0 to 255"},
    [MI_SINT8] = {read_whole, WHOLE "-128 to 127"},
    [MI_UINT16] = {read_whole, WHOLE "0 to 65535"},
    [MI_SINT16] = {read_whole, WHOLE "-32768 to 32767"},
    [MI_UINT32] = {read_whole, WHOLE "0 to 4294967295"},
    [MI_SINT32] = {read_whole, WHOLE "-2147483648 to 2147483647"},
    [MI_UINT64] = {read_whole, WHOLE "0 to 18446744073709551615"},
    [MI_SINT64] = {read_whole, WHOLE "-9223372036854775808 to 9223372036854775807"},
    [MI_REAL32] = {read_real, "a number up to 3.4e38 such as 0.5, or INF, -INF, NaN"},
    [MI_REAL64] = {read_real, "a number such as 0.5, or INF, -INF, NaN"},
    [MI_CHAR16] = {read_char16, "one character, none beyond U+FFFF"},
    [MI_DATETIME] = {read_datetime,
                     "a time such as 2024-02-29T12:34:56+01:00 or 20240229123456.000000+060, or an "
                     "interval such as P1DT2H or 00000001020000.000000:000"},
    [MI_STRING] = {read_string, "a text"},
    [MI_REFERENCE] = {NULL, "an object path such as Class.Key=\"value\""},
    [MI_INSTANCE] = {NULL, "an embedded instance cannot be typed on the command line"},
};
#undef WHOLE

const char *typed_wants(MI_Type type)
{
    return readers[element_of(type)].wants;
}

static bool read_one(MI_Application *application, MI_Type type, const char *text, MI_Value *out)
{
    memset(out, 0, sizeof(*out));
    if (type == MI_REFERENCE) {
        return path_to_instance(application, text, &out->reference);
    }
    return readers[type].read != NULL && readers[type].read(type, text, out);
}

static void free_one(MI_Type type, const char *text, const MI_Value *value)
{
    if (type == MI_STRING) {
        text_release_mi(value->string, text);
    } else if (type == MI_REFERENCE) {
        MI_Instance_Delete(value->reference);
    }
}

int typed_read(MI_Application *application, MI_Type type, const char *const *texts, int count,
               MI_Value *out)
{
    MI_Type element = element_of(type);
    size_t size = value_element_size(type);
    char *data;

    if (element == type) {
        return read_one(application, type, texts[0], out) ? -1 : 0;
    }
    data = text_memory((size_t)count * size);
    memset(out, 0, sizeof(*out));
    out->array.data = data;
    for (int i = 0; i < count; i++) {
        MI_Value value;
        if (!read_one(application, element, texts[i], &value)) {
            typed_free(type, texts, out);
            return i;
        }
        memcpy(data + (size_t)i * size, &value, size);
        out->array.size++;
    }
    return -1;
}

void typed_free(MI_Type type, const char *const *texts, MI_Value *value)
{
    if (element_of(type) == type) {
        free_one(type, texts[0], value);
        return;
    }
    for (MI_Uint32 i = 0; i < value->array.size; i++) {
        MI_Value one = value_element_at(type, value, i);
        free_one(element_of(type), texts[i], &one);
    }
    free(value->array.data);
}
