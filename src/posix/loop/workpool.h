/** Threads for calls that block (getaddrinfo, GSSAPI). Slow work cannot starve other work: a thread
 * is added for each waiting call while all others are blocked, up to the limit; idle threads end.
 */
#ifndef MIC_LOOP_WORKPOOL_H
#define MIC_LOOP_WORKPOOL_H

#include <mi.h>
#include <stdbool.h>

#include "base/compiler.h"
#include "base/err.h"
#include "base/list.h"
#include "loop/loop.h"

#define MIC_WORKPOOL_THREADS 64
#define MIC_WORKPOOL_IDLE_MS 10000

struct mic_workpool;

/** One blocking call. It lives on the heap, by itself or in a structure of its own, never inside
 *  something that may go before the call ends: it belongs to the pool from mic_workpool_run until
 *  exactly one of done and drop is called, once; the one that is called frees it. */
struct mic_work {
    /** The call, on a thread of the pool. May block for long. Must touch nothing but what the work
     *  owns, since the rest may be gone when a blocked call returns. Not called when the work is
     *  cancelled or the pool freed before it begins. */
    void (*run)(void *context);
    /** After run, on the loop's thread. @param cancelled mic_work_cancel came before. */
    void (*done)(void *context, bool cancelled);
    /** Instead of done, when mic_workpool_free came before: on the thread that frees the pool or on
     *  a pool thread later. Frees memory and nothing else; the loop may be gone. */
    void (*drop)(void *context);
    void *context;

    struct mic_post post; /* private from here */
    struct mic_list node;
    struct mic_workpool *pool;
    bool is_cancelled, is_queued;
};

/** @param loop where done is called; must outlive the pool
 *  @param max_threads usually MIC_WORKPOOL_THREADS
 *  @param idle_ms usually MIC_WORKPOOL_IDLE_MS: a thread without work ends after this time
 *  @return NULL with @p err set when out of memory. No thread is started yet. */
struct mic_workpool *mic_workpool_new(struct mic_loop *loop, unsigned max_threads, unsigned idle_ms,
                                      struct mic_err *err) MIC_MUST_CHECK;

/** Give up the pool. Work not begun is dropped now. Calls that block are waited for at most
 *  @p grace_ms milliseconds; a thread still in one then is detached, finishes the call whenever it
 *  returns, drops its work, and frees the rest of the pool's memory when it is the last. Idle
 *  threads are joined. Works whose run has ended are posted to the loop: free the pool while the
 *  loop still runs (mic_loop_stop_join lets posts run). NULL is allowed. Not in a forked child,
 * where the threads do not exist.
 *  @thread any but the pool's own; no other call for this pool may be under way or follow */
void mic_workpool_free(struct mic_workpool *pool, unsigned grace_ms);

/** Queue @p work; it begins at once unless all threads are blocked and their number is at the
 * limit.
 *  @return MI_RESULT_OK; else MIC_E_RESOURCE or MIC_E_MEMORY in @p err: no thread could be started
 *  and none is there. The work is then the caller's as before, none of its functions called.
 *  @thread any */
MI_Result mic_workpool_run(struct mic_workpool *pool, struct mic_work *work, struct mic_err *err);

/** Abandon a work. One that has not begun never does; one that blocks goes on blocking its thread.
 * Done is called later either way, never from inside this call, with cancelled set.
 *  @thread the loop's, before done has been called */
void mic_work_cancel(struct mic_work *work);

/** Threads alive now, for tests and traces. @thread any */
unsigned mic_workpool_thread_count(struct mic_workpool *pool);

#endif
