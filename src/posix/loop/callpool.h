/** Threads that run the application's callbacks. A turn is what one operation has to do next; turns
 * of one operation never run at the same time, turns of different operations do. */
#ifndef MIC_LOOP_CALLPOOL_H
#define MIC_LOOP_CALLPOOL_H

#include <mi.h>
#include <stdbool.h>

#include "base/compiler.h"
#include "base/err.h"
#include "base/list.h"

#define MIC_CALLPOOL_THREADS 4

struct mic_callpool;

/** Embedded in what it is a turn of. Valid when zeroed and given its public fields. */
struct mic_turn {
    /** On a thread of the pool, no lock held; may block and may call user code. What was written
     * before mic_callpool_schedule is seen here, and what one run wrote is seen by the next. */
    void (*run)(void *context);
    /** The pool keeps one reference from the moment the turn is queued until it has run and was not
     *  scheduled again: hold is called in mic_callpool_schedule, release after the last run, and
     *  may free the turn. Both NULL when the turn outlives the pool. */
    void (*hold)(void *context);
    void (*release)(void *context);
    void *context;

    struct mic_list node; /* private from here */
    unsigned char state;
};

/** @param threads usually MIC_CALLPOOL_THREADS, 1 to 64
 *  @return NULL with @p err set when out of memory. No thread is started yet. */
struct mic_callpool *mic_callpool_new(unsigned threads, struct mic_err *err) MIC_MUST_CHECK;

/** End the threads after the turns they are running; turns still queued are released without a run,
 *  and nothing is queued any more. A second time does nothing. Not in a forked child.
 *  @thread any but the pool's own, one at a time; others may still use the pool */
void mic_callpool_stop(struct mic_callpool *pool);

/** Stop it and free it. NULL is allowed. @thread any but the pool's own; nobody uses the pool
 * meanwhile or after. */
void mic_callpool_free(struct mic_callpool *pool);

/** Start the threads unless that has been done: before the first turn is scheduled, where an error
 * can still be told. Fewer threads than asked for are enough.
 *  @return MI_RESULT_OK, or MIC_E_RESOURCE in @p err when not even one could be started. @thread
 * any */
MI_Result mic_callpool_start(struct mic_callpool *pool, struct mic_err *err);

/** Have turn->run called. Queued already: still one run. Running: one more run afterwards, behind
 * the other turns that wait then. Never fails and never calls run itself. The caller holds a
 * reference to what the turn is embedded in. @thread any, also inside a turn */
void mic_callpool_schedule(struct mic_callpool *pool, struct mic_turn *turn);

/** The same in two parts, for who has many turns to schedule: thread switches are dear.
 *  @return whether mic_callpool_wake must follow; one call is enough for any number of turns.
 *  The pool must still be there then. @thread any */
bool mic_callpool_queue(struct mic_callpool *pool, struct mic_turn *turn);
void mic_callpool_wake(struct mic_callpool *pool);

/** @return whether the caller runs inside a turn of @p pool, so that a call that waits for a turn
 *  must fail instead. NULL: false. @thread any */
bool mic_callpool_is_callback_thread(struct mic_callpool *pool);

/** @return the turn that the calling thread runs, or NULL. @thread any */
struct mic_turn *mic_callpool_current(struct mic_callpool *pool);

#endif
