#include "common/datetime.h"

#include <stdint.h>
#include <string.h>

#define CIM_TEXT_LENGTH 25
#define DAYS_MAX        99999999u
#define UTC_MAX         999       /* three digits in the text of DSP0004 */
#define XS_OFFSET_MAX   (14 * 60) /* XML Schema 2, 3.2.7.3 */

/* What is left to read. */
struct reader {
    const char *at, *end;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool read_char(struct reader *in, char wanted)
{
    if (in->at == in->end || *in->at != wanted) {
        return false;
    }
    in->at++;
    return true;
}

/* Exactly @p count digits. */
static bool read_digits(struct reader *in, int count, MI_Uint32 *out)
{
    MI_Uint32 value = 0;

    if (in->end - in->at < count) {
        return false;
    }
    for (int i = 0; i < count; i++) {
        if (!is_digit(in->at[i])) {
            return false;
        }
        value = value * 10 + (MI_Uint32)(in->at[i] - '0');
    }
    in->at += count;
    *out = value;
    return true;
}

/* The digits behind a point, any number of them: microseconds, further digits cut. */
static bool read_fraction(struct reader *in, MI_Uint32 *out)
{
    MI_Uint32 value = 0;
    int count = 0;

    for (; in->at < in->end && is_digit(*in->at); in->at++) {
        if (count < 6) {
            value = value * 10 + (MI_Uint32)(*in->at - '0');
        }
        count = count < 7 ? count + 1 : count;
    }
    for (int i = count; i < 6; i++) {
        value *= 10;
    }
    *out = value;
    return count > 0;
}

/* Gregorian, also before 1582 and in the year 0 of DSP0004's special timestamps. */
static MI_Uint32 days_of_month(MI_Uint32 year, MI_Uint32 month)
{
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    if (month == 2) {
        return is_leap ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool mic_timestamp_is_valid(const MI_Timestamp *value)
{
    return value->year <= 9999 && value->month >= 1 && value->month <= 12 && value->day >= 1 &&
           value->day <= days_of_month(value->year, value->month) && value->hour <= 23 &&
           value->minute <= 59 && value->second <= 59 && value->microseconds <= 999999 &&
           value->utc >= -UTC_MAX && value->utc <= UTC_MAX;
}

bool mic_interval_is_valid(const MI_Interval *value)
{
    return value->days <= DAYS_MAX && value->hours <= 23 && value->minutes <= 59 &&
           value->seconds <= 59 && value->microseconds <= 999999;
}

/* ---- from text ---- */

static bool read_cim_timestamp(struct reader *in, MI_Timestamp *out)
{
    MI_Uint32 minutes;
    bool west;

    if (!read_digits(in, 4, &out->year) || !read_digits(in, 2, &out->month) ||
        !read_digits(in, 2, &out->day) || !read_digits(in, 2, &out->hour) ||
        !read_digits(in, 2, &out->minute) || !read_digits(in, 2, &out->second) ||
        !read_char(in, '.') || !read_digits(in, 6, &out->microseconds)) {
        return false;
    }
    west = read_char(in, '-');
    if ((!west && !read_char(in, '+')) || !read_digits(in, 3, &minutes)) {
        return false;
    }
    out->utc = west ? -(MI_Sint32)minutes : (MI_Sint32)minutes;
    return mic_timestamp_is_valid(out);
}

static bool read_cim_interval(struct reader *in, MI_Interval *out)
{
    MI_Uint32 zero;

    return read_digits(in, 8, &out->days) && read_digits(in, 2, &out->hours) &&
           read_digits(in, 2, &out->minutes) && read_digits(in, 2, &out->seconds) &&
           read_char(in, '.') && read_digits(in, 6, &out->microseconds) && read_char(in, ':') &&
           read_digits(in, 3, &zero) && zero == 0 && mic_interval_is_valid(out);
}

bool mic_datetime_from_cim(const char *text, size_t size, MI_Datetime *out)
{
    struct reader in;
    MI_Datetime value;
    bool ok;

    if (size != CIM_TEXT_LENGTH) {
        return false;
    }
    memset(&value, 0, sizeof(value));
    in.at = text;
    in.end = text + size;
    value.isTimestamp = text[21] != ':';
    ok = value.isTimestamp ? read_cim_timestamp(&in, &value.u.timestamp)
                           : read_cim_interval(&in, &value.u.interval);
    if (ok) {
        *out = value;
    }
    return ok;
}

/* "Z", "+hh:mm", "-hh:mm" or nothing, and then the end. */
static bool read_offset(struct reader *in, MI_Sint32 *out)
{
    MI_Uint32 hours, minutes;
    bool west;

    *out = 0;
    if (in->at == in->end) {
        return true;
    }
    if (read_char(in, 'Z')) {
        return in->at == in->end;
    }
    west = read_char(in, '-');
    if ((!west && !read_char(in, '+')) || !read_digits(in, 2, &hours) || !read_char(in, ':') ||
        !read_digits(in, 2, &minutes) || in->at != in->end || minutes > 59 ||
        hours * 60 + minutes > XS_OFFSET_MAX) {
        return false;
    }
    *out = (MI_Sint32)(hours * 60 + minutes) * (west ? -1 : 1);
    return true;
}

bool mic_datetime_from_xs(const char *text, size_t size, MI_Datetime *out)
{
    struct reader in = {text, size > 0 ? text + size : text};
    MI_Datetime value;
    MI_Timestamp *stamp = &value.u.timestamp;

    memset(&value, 0, sizeof(value));
    value.isTimestamp = 1;
    if (!read_digits(&in, 4, &stamp->year) || !read_char(&in, '-') ||
        !read_digits(&in, 2, &stamp->month) || !read_char(&in, '-') ||
        !read_digits(&in, 2, &stamp->day)) {
        return false;
    }
    if (read_char(&in, 'T')) {
        if (!read_digits(&in, 2, &stamp->hour) || !read_char(&in, ':') ||
            !read_digits(&in, 2, &stamp->minute) || !read_char(&in, ':') ||
            !read_digits(&in, 2, &stamp->second) ||
            (read_char(&in, '.') && !read_fraction(&in, &stamp->microseconds))) {
            return false;
        }
    }
    if (!read_offset(&in, &stamp->utc) || !mic_timestamp_is_valid(stamp)) {
        return false;
    }
    *out = value;
    return true;
}

/* A number of at most ten digits: no sum of the units below overflows 64 bits. */
static bool read_count(struct reader *in, uint64_t *out)
{
    uint64_t value = 0;
    int significant = 0;
    const char *start = in->at;

    for (; in->at < in->end && is_digit(*in->at); in->at++) {
        value = value * 10 + (uint64_t)(*in->at - '0');
        significant += value > 0 ? 1 : 0;
        if (significant > 10) {
            return false;
        }
    }
    *out = value;
    return in->at > start;
}

struct duration_unit {
    char letter;
    bool in_time;
    uint64_t seconds;
};

static const struct duration_unit duration_units[] = {
    {'Y', false, UINT64_C(365) * 86400},
    {'M', false, UINT64_C(30) * 86400},
    {'D', false, 86400},
    {'H', true, 3600},
    {'M', true, 60},
    {'S', true, 1},
};

enum { DURATION_UNITS = sizeof(duration_units) / sizeof(duration_units[0]) };

/* One number with its letter. @p next is the first unit still allowed. */
static bool read_duration_part(struct reader *in, bool in_time, size_t *next, uint64_t *seconds,
                               MI_Uint32 *microseconds)
{
    bool has_fraction;
    uint64_t count;
    size_t unit = *next;

    if (!read_count(in, &count)) {
        return false;
    }
    has_fraction = read_char(in, '.');
    if ((has_fraction && !read_fraction(in, microseconds)) || in->at == in->end) {
        return false;
    }
    while (unit < DURATION_UNITS &&
           (duration_units[unit].letter != *in->at || duration_units[unit].in_time != in_time)) {
        unit++;
    }
    if (unit == DURATION_UNITS || (has_fraction && duration_units[unit].letter != 'S')) {
        return false;
    }
    in->at++;
    *seconds += count * duration_units[unit].seconds;
    *next = unit + 1;
    return true;
}

/* The parts after the "P". */
static bool read_duration(struct reader *in, uint64_t *seconds, MI_Uint32 *microseconds)
{
    bool in_time = false;
    size_t next = 0;

    if (in->at == in->end) {
        return false;
    }
    while (in->at < in->end) {
        if (!in_time && read_char(in, 'T')) {
            in_time = true;
        }
        if (!read_duration_part(in, in_time, &next, seconds, microseconds)) {
            return false;
        }
    }
    return true;
}

bool mic_interval_from_xs(const char *text, size_t size, MI_Datetime *out)
{
    struct reader in = {text, size > 0 ? text + size : text};
    uint64_t seconds = 0;
    MI_Uint32 microseconds = 0;
    MI_Datetime value;

    if (!read_char(&in, 'P') || !read_duration(&in, &seconds, &microseconds) ||
        seconds / 86400 > DAYS_MAX) {
        return false;
    }
    memset(&value, 0, sizeof(value));
    value.u.interval.days = (MI_Uint32)(seconds / 86400);
    value.u.interval.hours = (MI_Uint32)(seconds / 3600 % 24);
    value.u.interval.minutes = (MI_Uint32)(seconds / 60 % 60);
    value.u.interval.seconds = (MI_Uint32)(seconds % 60);
    value.u.interval.microseconds = microseconds;
    *out = value;
    return true;
}

bool mic_datetime_from_text(const char *text, size_t size, MI_Datetime *out)
{
    if (size > 0 && text[0] == 'P') {
        return mic_interval_from_xs(text, size, out);
    }
    if (size == CIM_TEXT_LENGTH && text[14] == '.') {
        return mic_datetime_from_cim(text, size, out);
    }
    return mic_datetime_from_xs(text, size, out);
}

/* ---- to text ---- */

/* Text under construction; what does not fit makes it full. */
struct writer {
    char *out;
    size_t size, capacity;
    bool is_full;
};

static void put_char(struct writer *to, char c)
{
    if (to->size < to->capacity) {
        to->out[to->size++] = c;
    } else {
        to->is_full = true;
    }
}

/* At least @p width digits. */
static void put_number(struct writer *to, MI_Uint32 value, int width)
{
    char reversed[10];
    int count = 0;

    do {
        reversed[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    for (int i = count; i < width; i++) {
        put_char(to, '0');
    }
    while (count > 0) {
        put_char(to, reversed[--count]);
    }
}

/* ".nnnnnn" without trailing zeros; nothing for 0, as Windows writes it. */
static void put_fraction(struct writer *to, MI_Uint32 microseconds)
{
    int width = 6;

    if (microseconds == 0) {
        return;
    }
    while (microseconds % 10 == 0) {
        microseconds /= 10;
        width--;
    }
    put_char(to, '.');
    put_number(to, microseconds, width);
}

/* Copy what was written, terminated, when all of it fits. */
static bool finish(const struct writer *from, char *out, size_t out_size)
{
    if (from->is_full || from->size >= out_size) {
        return false;
    }
    memcpy(out, from->out, from->size);
    out[from->size] = '\0';
    return true;
}

static void put_cim_timestamp(struct writer *to, const MI_Timestamp *value)
{
    put_number(to, value->year, 4);
    put_number(to, value->month, 2);
    put_number(to, value->day, 2);
    put_number(to, value->hour, 2);
    put_number(to, value->minute, 2);
    put_number(to, value->second, 2);
    put_char(to, '.');
    put_number(to, value->microseconds, 6);
    put_char(to, value->utc < 0 ? '-' : '+');
    put_number(to, (MI_Uint32)(value->utc < 0 ? -value->utc : value->utc), 3);
}

static void put_cim_interval(struct writer *to, const MI_Interval *value)
{
    put_number(to, value->days, 8);
    put_number(to, value->hours, 2);
    put_number(to, value->minutes, 2);
    put_number(to, value->seconds, 2);
    put_char(to, '.');
    put_number(to, value->microseconds, 6);
    put_char(to, ':');
    put_number(to, 0, 3);
}

bool mic_datetime_to_cim(const MI_Datetime *value, char out[MIC_DATETIME_TEXT_SIZE])
{
    char text[MIC_DATETIME_TEXT_SIZE];
    struct writer to = {text, 0, sizeof(text), false};

    if (value->isTimestamp) {
        if (!mic_timestamp_is_valid(&value->u.timestamp)) {
            return false;
        }
        put_cim_timestamp(&to, &value->u.timestamp);
    } else {
        if (!mic_interval_is_valid(&value->u.interval)) {
            return false;
        }
        put_cim_interval(&to, &value->u.interval);
    }
    return finish(&to, out, MIC_DATETIME_TEXT_SIZE);
}

bool mic_interval_to_xs(const MI_Interval *value, char *out, size_t out_size)
{
    char text[64];
    struct writer to = {text, 0, sizeof(text), false};

    if (!mic_interval_is_valid(value)) {
        return false;
    }
    put_char(&to, 'P');
    put_number(&to, value->days, 1);
    put_char(&to, 'D');
    put_char(&to, 'T');
    put_number(&to, value->hours, 1);
    put_char(&to, 'H');
    put_number(&to, value->minutes, 1);
    put_char(&to, 'M');
    put_number(&to, value->seconds, 1);
    put_fraction(&to, value->microseconds);
    put_char(&to, 'S');
    return finish(&to, out, out_size);
}

bool mic_timestamp_to_xs(const MI_Timestamp *value, char *out, size_t out_size)
{
    char text[64];
    struct writer to = {text, 0, sizeof(text), false};
    MI_Uint32 offset;

    if (!mic_timestamp_is_valid(value) || value->utc > XS_OFFSET_MAX ||
        value->utc < -XS_OFFSET_MAX) {
        return false;
    }
    offset = (MI_Uint32)(value->utc < 0 ? -value->utc : value->utc);
    put_number(&to, value->year, 4);
    put_char(&to, '-');
    put_number(&to, value->month, 2);
    put_char(&to, '-');
    put_number(&to, value->day, 2);
    put_char(&to, 'T');
    put_number(&to, value->hour, 2);
    put_char(&to, ':');
    put_number(&to, value->minute, 2);
    put_char(&to, ':');
    put_number(&to, value->second, 2);
    put_fraction(&to, value->microseconds);
    if (offset == 0) {
        put_char(&to, 'Z');
    } else {
        put_char(&to, value->utc < 0 ? '-' : '+');
        put_number(&to, offset / 60, 2);
        put_char(&to, ':');
        put_number(&to, offset % 60, 2);
    }
    return finish(&to, out, out_size);
}

/* ---- milliseconds ---- */

MI_Interval mic_interval_from_ms(unsigned long long ms)
{
    static const MI_Interval longest = {DAYS_MAX, 23, 59, 59, 999999, 0, 0, 0};
    MI_Interval value;

    if (ms / 86400000 > DAYS_MAX) {
        return longest;
    }
    memset(&value, 0, sizeof(value));
    value.days = (MI_Uint32)(ms / 86400000);
    value.hours = (MI_Uint32)(ms / 3600000 % 24);
    value.minutes = (MI_Uint32)(ms / 60000 % 60);
    value.seconds = (MI_Uint32)(ms / 1000 % 60);
    value.microseconds = (MI_Uint32)(ms % 1000 * 1000);
    return value;
}

unsigned long long mic_interval_to_ms(const MI_Interval *value)
{
    /* 32-bit fields: the sum stays far below 64 bits whatever they hold. */
    return value->days * 86400000ULL + value->hours * 3600000ULL + value->minutes * 60000ULL +
           value->seconds * 1000ULL + (value->microseconds + 999ULL) / 1000;
}
