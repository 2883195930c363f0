/** The timers of a loop: a pairing heap of nodes embedded in the timers, earliest first. */
#ifndef MIC_LOOP_TIMER_H
#define MIC_LOOP_TIMER_H

#include "loop/loop.h"

struct mic_timers {
    struct mic_timer *first; /* root of the heap; NULL: none set */
    uint64_t sequence;       /* number given to the latest timer set */
};

void mic_timers_set(struct mic_timers *timers, struct mic_timer *timer, uint64_t at_ms);
void mic_timers_cancel(struct mic_timers *timers, struct mic_timer *timer);
/** Fire what is due at @p now_ms and was set before this call: a timer that sets itself again waits
 *  for the next round. @return how many fired */
unsigned mic_timers_fire(struct mic_timers *timers, uint64_t now_ms);

#endif
