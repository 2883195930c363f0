#include "datetime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* yyyymmddHHMMSS.mmmmmmsUUU and ddddddddHHMMSS.mmmmmm:000 */
bool peer_is_interval(const char *dmtf)
{
    return strlen(dmtf) == 25 && dmtf[21] == ':';
}

static unsigned number(const char *text, size_t len)
{
    unsigned value = 0;

    for (size_t i = 0; i < len; i++) {
        value = value * 10 + (unsigned)(text[i] - '0');
    }
    return value;
}

static void put_fraction(struct peer_buf *out, const char *micros)
{
    size_t len = 6;

    while (len > 0 && micros[len - 1] == '0') {
        len--;
    }
    if (len > 0) {
        peer_putc(out, '.');
        peer_put(out, micros, len);
    }
}

void peer_iso_datetime(struct peer_buf *out, const char *dmtf)
{
    unsigned offset = number(dmtf + 22, 3);

    peer_printf(out, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s", dmtf, dmtf + 4, dmtf + 6, dmtf + 8, dmtf + 10,
                dmtf + 12);
    put_fraction(out, dmtf + 15);
    if (offset == 0) {
        peer_putc(out, 'Z');
    } else {
        peer_printf(out, "%c%02u:%02u", dmtf[21], offset / 60, offset % 60);
    }
}

static void put_field(struct peer_buf *out, unsigned value, char unit, bool *in_time)
{
    if (value == 0) {
        return;
    }
    if (!*in_time && unit != 'D') {
        peer_putc(out, 'T');
        *in_time = true;
    }
    peer_printf(out, "%u%c", value, unit);
}

void peer_iso_interval(struct peer_buf *out, const char *dmtf, bool brief)
{
    unsigned days = number(dmtf, 8);
    unsigned hours = number(dmtf + 8, 2);
    unsigned minutes = number(dmtf + 10, 2);
    unsigned seconds = number(dmtf + 12, 2);
    bool in_time = false;

    peer_putc(out, 'P');
    if (!brief) {
        peer_printf(out, "%uDT%uH%uM%u", days, hours, minutes, seconds);
        put_fraction(out, dmtf + 15);
        peer_putc(out, 'S');
        return;
    }
    put_field(out, days, 'D', &in_time);
    put_field(out, hours, 'H', &in_time);
    put_field(out, minutes, 'M', &in_time);
    if (seconds != 0 || number(dmtf + 15, 6) != 0) {
        peer_printf(out, in_time ? "%u" : "T%u", seconds);
        put_fraction(out, dmtf + 15);
        peer_putc(out, 'S');
    }
}

bool peer_dmtf_valid(const char *text, bool wildcards)
{
    static const char stamp[] = "dddddddddddddd.dddddd?ddd";

    if (strlen(text) != sizeof stamp - 1 || strchr("+-:", text[21]) == NULL) {
        return false;
    }
    for (size_t i = 0; i < sizeof stamp - 1; i++) {
        bool digit = (text[i] >= '0' && text[i] <= '9') || (wildcards && text[i] == '*');

        if (stamp[i] == 'd' ? !digit : stamp[i] == '.' && text[i] != '.') {
            return false;
        }
    }
    if (text[21] == ':') {
        return strcmp(text + 22, "000") == 0 && number(text + 8, 2) < 24;
    }
    return strchr(text, '*') != NULL ||
           (number(text + 4, 2) >= 1 && number(text + 4, 2) <= 12 && number(text + 6, 2) >= 1 &&
            number(text + 6, 2) <= 31 && number(text + 8, 2) < 24 && number(text + 10, 2) < 60 &&
            number(text + 12, 2) < 60);
}

/* Days since 0000-03-01 of the Gregorian calendar. */
static int64_t days_of(unsigned year, unsigned month, unsigned day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t m = (int64_t)(month + 9) % 12;

    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + (int64_t)day - 1;
}

bool peer_dmtf_micros(const char *dmtf, int64_t *out)
{
    int64_t days;
    int64_t seconds;

    if (!peer_dmtf_valid(dmtf, false)) {
        return false;
    }
    days = peer_is_interval(dmtf)
               ? (int64_t)number(dmtf, 8)
               : days_of(number(dmtf, 4), number(dmtf + 4, 2), number(dmtf + 6, 2));
    seconds = days * 86400 + (int64_t)number(dmtf + 8, 2) * 3600 +
              (int64_t)number(dmtf + 10, 2) * 60 + (int64_t)number(dmtf + 12, 2);
    if (!peer_is_interval(dmtf)) {
        seconds -= (dmtf[21] == '-' ? -60 : 60) * (int64_t)number(dmtf + 22, 3);
    }
    *out = seconds * 1000000 + (int64_t)number(dmtf + 15, 6);
    return true;
}

/* Digits of the fraction behind @p text, made six; the rest of the text is returned. */
static const char *take_fraction(const char *text, char micros[7])
{
    size_t len;

    memcpy(micros, "000000", 7);
    if (*text != '.') {
        return text;
    }
    len = strspn(text + 1, "0123456789");
    memcpy(micros, text + 1, len < 6 ? len : 6);
    return text + 1 + len;
}

bool peer_dmtf_from_iso(const char *text, char out[26])
{
    static const char form[] = "dddd-dd-ddTdd:dd:dd";
    char micros[7];
    const char *zone;
    char sign = '+';
    unsigned offset = 0;

    for (size_t i = 0; form[i] != '\0'; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';

        if (form[i] == 'd' ? !digit : text[i] != form[i]) {
            return false;
        }
    }
    zone = take_fraction(text + sizeof form - 1, micros);
    if (*zone == '+' || *zone == '-') {
        if (strlen(zone) != 6 || zone[3] != ':' || strspn(zone + 1, "0123456789") != 2 ||
            strspn(zone + 4, "0123456789") != 2) {
            return false;
        }
        sign = *zone;
        offset = number(zone + 1, 2) * 60 + number(zone + 4, 2);
    } else if (strcmp(zone, "Z") != 0 && *zone != '\0') {
        return false;
    }
    snprintf(out, 26, "%.4s%.2s%.2s%.2s%.2s%.2s.%s%c%03u", text, text + 5, text + 8, text + 11,
             text + 14, text + 17, micros, sign, offset % 1000);
    return peer_dmtf_valid(out, false);
}

bool peer_dmtf_from_duration(const char *text, char out[26])
{
    static const struct {
        char unit;
        bool time;
        unsigned long seconds;
    } units[] = {{'Y', false, 31536000}, {'M', false, 2592000}, {'D', false, 86400},
                 {'H', true, 3600},      {'M', true, 60},       {'S', true, 1}};
    unsigned long total = 0;
    char micros[7] = "000000";
    bool time = false;
    size_t fields = 0;

    if (*text++ != 'P') {
        return false;
    }
    while (*text != '\0') {
        unsigned long value;
        size_t digits;
        size_t i = 0;

        time = time || *text == 'T';
        text += *text == 'T';
        digits = strspn(text, "0123456789");
        if (digits == 0 || digits > 9) {
            return false;
        }
        value = strtoul(text, NULL, 10);
        text = take_fraction(text + digits, micros);
        while (i < sizeof units / sizeof units[0] &&
               (units[i].unit != *text || units[i].time != time)) {
            i++;
        }
        if (i == sizeof units / sizeof units[0]) {
            return false;
        }
        total += value * units[i].seconds;
        text++;
        fields++;
    }
    snprintf(out, 26, "%08lu%02lu%02lu%02lu.%s:000", total / 86400 % 100000000, total / 3600 % 24,
             total / 60 % 60, total % 60, micros);
    return fields > 0;
}

bool peer_duration_ms(const char *text, uint64_t *ms)
{
    char dmtf[26];
    int64_t micros;

    if (!peer_dmtf_from_duration(text, dmtf) || !peer_dmtf_micros(dmtf, &micros)) {
        return false;
    }
    *ms = (uint64_t)micros / 1000;
    return true;
}
