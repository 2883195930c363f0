#include "base/uuid.h"

#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/* Without the system's generator: different within the machine, which is all a MessageID needs. */
static void fill_without_entropy(unsigned char bytes[16])
{
    static atomic_uint_fast64_t counter;
    struct timespec now = {0, 0};
    uint64_t state;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    state = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    state ^= (uint64_t)getpid() << 40;
    state += (atomic_fetch_add(&counter, 1) + 1) * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = 0; i < 16; i += sizeof(state)) {
        uint64_t mixed = state + (i + 1) * UINT64_C(0xD1342543DE82EF95);

        mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
        mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
        mixed ^= mixed >> 31;
        memcpy(bytes + i, &mixed, sizeof(mixed));
    }
}

void mic_uuid_series_init(struct mic_uuid_series *series)
{
    if (getentropy(series->drawn, sizeof(series->drawn)) != 0) {
        fill_without_entropy(series->drawn);
    }
    atomic_init(&series->given, 0);
}

/* The last six bytes count on from where the draw put them. */
void mic_uuid_series_next(struct mic_uuid_series *series, char out[MIC_UUID_TEXT_SIZE])
{
    static const char digits[] = "0123456789ABCDEF";
    uint64_t carry = atomic_fetch_add_explicit(&series->given, 1, memory_order_relaxed);
    unsigned char bytes[16];
    size_t at = 0;

    memcpy(bytes, series->drawn, sizeof(bytes));
    for (size_t i = 16; i > 10; i--) {
        carry += bytes[i - 1];
        bytes[i - 1] = (unsigned char)(carry & 0xFF);
        carry >>= 8;
    }
    bytes[6] = (unsigned char)((bytes[6] & 0x0F) | 0x40);
    bytes[8] = (unsigned char)((bytes[8] & 0x3F) | 0x80);
    for (size_t i = 0; i < sizeof(bytes); i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            out[at++] = '-';
        }
        out[at++] = digits[bytes[i] >> 4];
        out[at++] = digits[bytes[i] & 0x0F];
    }
    out[at] = '\0';
}
