#include "datetime.h"

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
