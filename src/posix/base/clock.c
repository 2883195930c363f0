#include "base/clock.h"

#include <time.h>

#include "base/compiler.h"

uint64_t mic_clock_ms(void)
{
    struct timespec now = {0, 0};

    if (clock_gettime(MIC_CLOCK_ID, &now) != 0) {
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
    }
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}
