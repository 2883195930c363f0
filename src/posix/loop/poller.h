/** What differs between the systems: watching descriptors and being woken. Used by loop.c alone;
 *  loop_epoll.c and loop_poll.c each give these functions. */
#ifndef MIC_LOOP_POLLER_H
#define MIC_LOOP_POLLER_H

#include "loop/loop.h"

struct mic_poller;

/** @return NULL with @p err set. */
struct mic_poller *mic_poller_new(struct mic_err *err) MIC_MUST_CHECK;
/** @param is_owner false in a forked child, whose changes would reach the parent's poller. */
void mic_poller_free(struct mic_poller *poller, bool is_owner);
/** Whether another thread may watch, modify and unwatch while one is in mic_poller_wait. */
extern const bool mic_poller_is_open_in_wait;
/** Before mic_poller_wait, while no other thread is at the poller. */
void mic_poller_prepare(struct mic_poller *poller);
/** Wait for the first event at most @p wait_ms milliseconds (negative: no limit). */
void mic_poller_wait(struct mic_poller *poller, int wait_ms);
/** Take what the wait before has brought for mic_poller_dispatch. What was unwatched since
 * mic_poller_prepare is not among it. */
void mic_poller_fetch(struct mic_poller *poller);
/** Call ready of what was fetched. @return how many */
unsigned mic_poller_dispatch(struct mic_poller *poller);
/** End mic_poller_wait, the present one or the next. @thread any */
void mic_poller_wake(struct mic_poller *poller);

MI_Result mic_poller_watch(struct mic_poller *poller, struct mic_io *io, unsigned wanted,
                           struct mic_err *err);
void mic_poller_modify(struct mic_poller *poller, struct mic_io *io, unsigned wanted);
void mic_poller_unwatch(struct mic_poller *poller, struct mic_io *io);

#endif
