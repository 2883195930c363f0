#ifndef MIC_BASE_CLOCK_H
#define MIC_BASE_CLOCK_H

#include <stdint.h>

/** Milliseconds of a clock that never jumps and counts suspend where the system can. */
uint64_t mic_clock_ms(void);

#endif
