/* What is asked of the operating system: clocks, random numbers, the time zone. */
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "model.h"

void peer_uuid(char out[37])
{
    static const char hex[] = "0123456789ABCDEF";
    unsigned char b[16];
    size_t at = 0;

    if (getrandom(b, sizeof b, 0) != (ssize_t)sizeof b) {
        memset(b, 7, sizeof b);
    }
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    for (size_t i = 0; i < sizeof b; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            out[at++] = '-';
        }
        out[at++] = hex[b[i] >> 4];
        out[at++] = hex[b[i] & 15];
    }
    out[at] = '\0';
}

uint64_t peer_now_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000U + (uint64_t)ts.tv_nsec / 1000000U;
}

char *peer_datetime(struct peer_arena *arena, int64_t seconds, unsigned micros)
{
    time_t t = (time_t)seconds;
    struct tm tm;
    long offset;

    if (localtime_r(&t, &tm) == NULL) {
        return peer_dup(arena, "19700101000000.000000+000");
    }
    offset = tm.tm_gmtoff / 60;
    return peer_fmt(arena, "%04d%02d%02d%02d%02d%02d.%06u%c%03ld", tm.tm_year + 1900, tm.tm_mon + 1,
                    tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, micros, offset < 0 ? '-' : '+',
                    offset < 0 ? -offset : offset);
}
