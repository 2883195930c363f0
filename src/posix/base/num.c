#include "base/num.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned digit_of(char c)
{
    if (c >= '0' && c <= '9') {
        return (unsigned)(c - '0');
    }
    if (c >= 'a' && c <= 'f') {
        return (unsigned)(c - 'a') + 10;
    }
    return c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 255;
}

static bool parse_digits(struct mic_str text, unsigned base, uint64_t max, uint64_t *out)
{
    uint64_t value = 0;

    if (text.size == 0) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        unsigned digit = digit_of(text.data[i]);

        if (digit >= base || value > max / base || value * base > max - digit || digit > max) {
            return false;
        }
        value = value * base + digit;
    }
    *out = value;
    return true;
}

static struct mic_str without_first(struct mic_str text, size_t count)
{
    text.data += count;
    text.size -= count;
    return text;
}

bool mic_parse_u64(struct mic_str text, uint64_t max, uint64_t *out)
{
    if (text.size > 0 && text.data[0] == '+') {
        text = without_first(text, 1);
    }
    if (text.size > 2 && text.data[0] == '0' && (text.data[1] == 'x' || text.data[1] == 'X')) {
        return parse_digits(without_first(text, 2), 16, max, out);
    }
    return parse_digits(text, 10, max, out);
}

bool mic_parse_s64(struct mic_str text, int64_t min, int64_t max, int64_t *out)
{
    bool negative = text.size > 0 && text.data[0] == '-';
    uint64_t magnitude, limit = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    int64_t value;

    if (negative || (text.size > 0 && text.data[0] == '+')) {
        text = without_first(text, 1);
    }
    if (!parse_digits(text, 10, limit, &magnitude)) {
        return false;
    }
    if (negative) {
        value = magnitude == 0 ? 0 : -(int64_t)(magnitude - 1) - 1;
    } else {
        value = (int64_t)magnitude;
    }
    if (value < min || value > max) {
        return false;
    }
    *out = value;
    return true;
}

bool mic_parse_u32(struct mic_str text, uint32_t *out)
{
    uint64_t value;

    if (!mic_parse_u64(text, UINT32_MAX, &value)) {
        return false;
    }
    *out = (uint32_t)value;
    return true;
}

/* ---- doubles ---- */

/* No halfway point between two doubles has more significant digits than this; later digits only
 * tell whether the number lies above one. */
#define SIGNIFICANT_DIGITS 768
#define EXPONENT_LIMIT     1000000

/* A number as its significant digits (no leading zeros) times a power of ten. */
struct decimal {
    bool negative;
    size_t count;
    int64_t exponent;
    uint64_t mantissa; /* while count <= 19 */
    char digits[SIGNIFICANT_DIGITS + 32];
};

static void add_digit(struct decimal *number, char c, bool *has_more)
{
    if (number->count == 0 && c == '0') {
        return;
    }
    if (number->count < SIGNIFICANT_DIGITS) {
        number->digits[number->count++] = c;
        if (number->count <= 19) {
            number->mantissa = number->mantissa * 10 + (uint64_t)(c - '0');
        }
    } else {
        number->exponent++;
        *has_more = *has_more || c != '0';
    }
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits and the point. @return the bytes read, 0 when there is no digit. */
static size_t read_digits(struct mic_str text, struct decimal *number)
{
    size_t at = 0, seen = 0;
    int64_t fraction = 0;
    bool has_point = false, has_more = false;

    for (; at < text.size; at++) {
        char c = text.data[at];

        if (c == '.' && !has_point) {
            has_point = true;
        } else if (is_digit(c)) {
            seen++;
            fraction += has_point ? 1 : 0;
            add_digit(number, c, &has_more);
        } else {
            break;
        }
    }
    number->exponent -= fraction;
    if (has_more) {
        number->digits[number->count++] = '1';
        number->exponent--;
    }
    return seen > 0 ? at : 0;
}

static bool read_exponent(struct mic_str text, struct decimal *number)
{
    bool negative = false;
    int64_t value = 0;

    if (text.size == 0) {
        return true;
    }
    if (text.data[0] != 'e' && text.data[0] != 'E') {
        return false;
    }
    text = without_first(text, 1);
    if (text.size > 0 && (text.data[0] == '-' || text.data[0] == '+')) {
        negative = text.data[0] == '-';
        text = without_first(text, 1);
    }
    if (text.size == 0) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if (!is_digit(text.data[i])) {
            return false;
        }
        /* Beyond any text's number of digits nothing can bring it back into range. */
        if (value < INT64_MAX / 100) {
            value = value * 10 + (text.data[i] - '0');
        }
    }
    number->exponent += negative ? -value : value;
    return true;
}

static bool read_decimal(struct mic_str text, struct decimal *number)
{
    size_t used;

    number->negative = false;
    number->count = 0;
    number->exponent = 0;
    number->mantissa = 0;
    if (text.size > 0 && (text.data[0] == '-' || text.data[0] == '+')) {
        number->negative = text.data[0] == '-';
        text = without_first(text, 1);
    }
    used = read_digits(text, number);
    return used > 0 && read_exponent(without_first(text, used), number);
}

/* Both factors are exact doubles, so the one operation on them rounds correctly. */
static bool convert_exactly(const struct decimal *number, double *out)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

    if (FLT_EVAL_METHOD != 0 || number->count > 15 || number->exponent < -22 ||
        number->exponent > 22) {
        return false;
    }
    *out = number->exponent < 0 ? (double)number->mantissa / powers[-number->exponent]
                                : (double)number->mantissa * powers[number->exponent];
    return true;
}

/* strtod of digits and an exponent: no point, so no locale has a say. */
static double convert_slowly(struct decimal *number)
{
    int64_t exponent = number->exponent;
    int saved = errno;
    double value;

    if (exponent > EXPONENT_LIMIT) {
        exponent = EXPONENT_LIMIT;
    } else if (exponent < -EXPONENT_LIMIT) {
        exponent = -EXPONENT_LIMIT;
    }
    (void)snprintf(number->digits + number->count, sizeof(number->digits) - number->count, "e%d",
                   (int)exponent);
    value = strtod(number->digits, NULL);
    errno = saved;
    return value;
}

static bool parse_special(struct mic_str text, double *out)
{
    bool negative = text.size > 0 && text.data[0] == '-';

    if (mic_str_equal_nocase(text, MIC_STR("NaN"))) {
        *out = (double)NAN;
        return true;
    }
    if (negative || (text.size > 0 && text.data[0] == '+')) {
        text = without_first(text, 1);
    }
    if (mic_str_equal_nocase(text, MIC_STR("INF"))) {
        *out = negative ? (double)-INFINITY : (double)INFINITY;
        return true;
    }
    return false;
}

bool mic_parse_double(struct mic_str text, double *out)
{
    struct decimal number;
    double value = 0;

    if (!read_decimal(text, &number)) {
        return parse_special(text, out);
    }
    if (number.count > 0 && !convert_exactly(&number, &value)) {
        value = convert_slowly(&number);
        if (isinf(value)) {
            return false;
        }
    }
    *out = number.negative ? -value : value;
    return true;
}

/* ---- to text ---- */

static size_t put_u64(uint64_t value, char *out)
{
    char reversed[MIC_NUMBER_TEXT_MAX];
    size_t count = 0;

    do {
        reversed[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    for (size_t i = 0; i < count; i++) {
        out[i] = reversed[count - 1 - i];
    }
    out[count] = '\0';
    return count;
}

static size_t put_s64(int64_t value, char *out)
{
    if (value >= 0) {
        return put_u64((uint64_t)value, out);
    }
    out[0] = '-';
    return put_u64(~(uint64_t)value + 1, out + 1) + 1;
}

size_t mic_format_u64(uint64_t value, char out[MIC_NUMBER_TEXT_MAX])
{
    return put_u64(value, out);
}

size_t mic_format_s64(int64_t value, char out[MIC_NUMBER_TEXT_MAX])
{
    return put_s64(value, out);
}

/* The digits of a finite value > 0 in @p precision places, without trailing zeros, and the power of
 * ten of the first. Whatever stands as decimal point is passed over. */
static size_t scientific(double value, int precision, char digits[MIC_NUMBER_TEXT_MAX],
                         int *exponent)
{
    char text[64];
    size_t at = 0, count = 0;
    bool negative;
    int power = 0;

    (void)snprintf(text, sizeof(text), "%.*e", precision - 1, value);
    for (; text[at] != '\0' && text[at] != 'e'; at++) {
        if (is_digit(text[at]) && count < MIC_NUMBER_TEXT_MAX - 1) {
            digits[count++] = text[at];
        }
    }
    negative = text[at] == 'e' && text[at + 1] == '-';
    for (; text[at] != '\0'; at++) {
        if (is_digit(text[at])) {
            power = power * 10 + (text[at] - '0');
        }
    }
    while (count > 1 && digits[count - 1] == '0') {
        count--;
    }
    digits[count] = '\0';
    *exponent = negative ? -power : power;
    return count;
}

static size_t layout_plain(const char *digits, size_t count, int exponent, char *out)
{
    size_t at = 0;

    if (exponent < 0) {
        out[at++] = '0';
        out[at++] = '.';
        for (int i = -1; i > exponent; i--) {
            out[at++] = '0';
        }
        memcpy(out + at, digits, count);
        return at + count;
    }
    for (size_t i = 0; i < count || i <= (size_t)exponent; i++) {
        if (i == (size_t)exponent + 1) {
            out[at++] = '.';
        }
        out[at++] = (char)(i < count ? digits[i] : '0');
    }
    return at;
}

static size_t layout_scientific(const char *digits, size_t count, int exponent, char *out)
{
    size_t at = 0;

    out[at++] = digits[0];
    if (count > 1) {
        out[at++] = '.';
        memcpy(out + at, digits + 1, count - 1);
        at += count - 1;
    }
    out[at++] = 'E';
    return at + put_s64(exponent, out + at);
}

/* Fewest digits first where some may do; @p is_same tells whether a text reads back as the value.
 */
static size_t format_finite(double value, int least, int most,
                            bool (*is_same)(struct mic_str text, double value), char *out)
{
    char digits[MIC_NUMBER_TEXT_MAX];
    size_t length = 0;

    for (int precision = least; precision <= most; precision++) {
        int exponent;
        size_t count = scientific(value, precision, digits, &exponent);
        struct mic_str text;

        length = exponent >= -5 && exponent < 17 ? layout_plain(digits, count, exponent, out)
                                                 : layout_scientific(digits, count, exponent, out);
        text = (struct mic_str){out, length};
        if (is_same(text, value)) {
            break;
        }
    }
    out[length] = '\0';
    return length;
}

static bool is_same_double(struct mic_str text, double value)
{
    double back;

    return mic_parse_double(text, &back) && !(back < value) && !(back > value);
}

static bool is_same_float(struct mic_str text, double value)
{
    double back;

    return mic_parse_double(text, &back) && !((float)back < (float)value) &&
           !((float)back > (float)value);
}

static size_t put_text(const char *text, char *out)
{
    size_t length = strlen(text);

    memcpy(out, text, length + 1);
    return length;
}

/* NaN, infinities, zero and the sign. @return 0 when there is a magnitude to write at @p at. */
static size_t format_special(double value, char *out, size_t *at)
{
    *at = 0;
    if (isnan(value)) {
        return put_text("NaN", out);
    }
    if (signbit(value)) {
        out[(*at)++] = '-';
    }
    if (isinf(value)) {
        return *at + put_text("INF", out + *at);
    }
    if (!(value < 0) && !(value > 0)) {
        return *at + put_text("0", out + *at);
    }
    return 0;
}

size_t mic_format_double(double value, char out[MIC_NUMBER_TEXT_MAX])
{
    size_t at, length = format_special(value, out, &at);

    if (length > 0) {
        return length;
    }
    value = fabs(value);
    /* Up to 15 digits survive the way through a normal double; below that fewer may do. */
    return at + format_finite(value, value < DBL_MIN ? 1 : 15, 17, is_same_double, out + at);
}

size_t mic_format_float(float value, char out[MIC_NUMBER_TEXT_MAX])
{
    size_t at, length = format_special((double)value, out, &at);
    double magnitude;

    if (length > 0) {
        return length;
    }
    magnitude = fabs((double)value);
    return at + format_finite(magnitude, magnitude < (double)FLT_MIN ? 1 : 6, 9, is_same_float,
                              out + at);
}
