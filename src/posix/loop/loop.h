/** The I/O loop of an application: descriptors, timers and calls from other threads, served by one
 *  thread.
 *
 *  Threads: mic_loop_post, mic_loop_run_or_post, mic_loop_unpost, mic_loop_is_current and
 *  mic_loop_now_ms may be called from any thread. Everything else belongs to the loop's thread once
 *  mic_loop_start has been called, and to the creating thread before that. Another thread inside
 *  mic_loop_run_or_post is the loop's thread for so long. Callbacks run on the loop's thread with
 *  no lock held, must not block, and may call anything here except mic_loop_run_once,
 *  mic_loop_run_or_post, mic_loop_stop_join and mic_loop_free.
 *
 *  Memory: mic_io, mic_timer and mic_post are embedded in the caller's structures; the loop only
 *  links them. All are valid when zeroed and then given their public fields.
 *
 *  loop_epoll.c, or loop_poll.c on other systems, is what watches descriptors (poller.h); loop.c is
 *  shared. */
#ifndef MIC_LOOP_LOOP_H
#define MIC_LOOP_LOOP_H

#include <mi.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/err.h"
#include "base/list.h"

struct mic_loop;

/** Where the time comes from: milliseconds that never go back. */
struct mic_clock {
    uint64_t (*now_ms)(void *context);
    void *context;
};

/** @param clock copied; NULL: mic_clock_ms. With a clock given, timers that are not due do not
 * limit a wait: time in a test moves only when the test moves it.
 *  @return the loop, or NULL with MIC_E_MEMORY or MIC_E_RESOURCE in @p err. */
struct mic_loop *mic_loop_new(const struct mic_clock *clock, struct mic_err *err) MIC_MUST_CHECK;

/** Free a loop whose thread has ended or never began. Posts not run, timers set and descriptors
 *  watched are forgotten, no callback is called, no descriptor of the caller's is closed.
 *  NULL is allowed. In a forked child: frees the child's copy without touching the parent's. */
void mic_loop_free(struct mic_loop *loop);

/** Start the thread "mi-io" with all signals blocked (but for the synchronous faults, so that the
 *  product's crash handler works).
 *  @return MI_RESULT_OK, or MIC_E_RESOURCE in @p err. */
MI_Result mic_loop_start(struct mic_loop *loop, struct mic_err *err);

/** Let the thread run what has been posted, also by those posts themselves, then end, and wait for
 *  that. A second call, or one without mic_loop_start, does nothing. Not on the loop's thread.
 *  In a forked child, where the thread does not exist, it returns at once. */
void mic_loop_stop_join(struct mic_loop *loop);

/** One round on the calling thread, for tests without mic_loop_start: waits for the first event,
 *  timer or post at most @p max_wait_ms milliseconds (0: does not wait; negative: no limit), then
 *  runs in this order what was posted before the round, the events that have come, the timers that
 *  are due.
 *  @return how many callbacks ran. */
unsigned mic_loop_run_once(struct mic_loop *loop, int max_wait_ms);

/** @return the present time of the loop's clock. @thread any */
uint64_t mic_loop_now_ms(const struct mic_loop *loop);

/** @return whether the caller is the loop's thread, also for so long only. False before
 *  mic_loop_start. @thread any */
bool mic_loop_is_current(struct mic_loop *loop);

/* ---- calls from other threads ---- */

/** A call to be made on the loop's thread. */
struct mic_post {
    void (*run)(void *context);
    void *context;

    struct mic_list node; /* private from here */
    bool is_queued;
};

/** Have post->run called once on the loop's thread, after everything posted before. Never allocates
 *  and never fails. The post belongs to the loop until run begins (which may free or post it
 * again); do not change its fields meanwhile. Posted after mic_loop_stop_join it waits for ever.
 *  @return false when it was waiting already: then it keeps its place and still runs once.
 *  @thread any; what the caller wrote before is seen by run */
bool mic_loop_post(struct mic_loop *loop, struct mic_post *post);

/** Like mic_loop_post; but when the loop sleeps, with nothing waiting, the caller runs the post
 *  itself before this returns, which saves two changes of threads. The loop's thread waits
 *  meanwhile if something comes for it, so everything promised of posts holds, except which thread
 *  it is: run sees the caller's signal mask, thread-local data and stack. Cancellation of the
 *  thread waits. The caller holds no lock that run or a callback from it takes.
 *  @return as mic_loop_post
 *  @thread any but the loop's own */
bool mic_loop_run_or_post(struct mic_loop *loop, struct mic_post *post);

/** Take back a post that has not begun.
 *  @return whether it was waiting. False: it has run, is running, or was never posted; on the
 * loop's thread "is running" cannot be except inside its own run.
 *  @thread any */
bool mic_loop_unpost(struct mic_loop *loop, struct mic_post *post);

/* ---- descriptors ---- */

enum {
    MIC_IO_READ = 1,  /* bytes, a connection or the end can be read without blocking */
    MIC_IO_WRITE = 2, /* can be written without blocking; a connect has come to its end */
    MIC_IO_ERROR = 4  /* only reported: error or hang-up. Read, write or SO_ERROR tell which */
};

/** One watched descriptor. Level-triggered: ready is called in each round in which something wanted
 *  holds. */
struct mic_io {
    int fd;
    /** @param events what holds: of what is wanted, and with MIC_IO_ERROR all that is wanted too,
     * so that the usual read or write finds the error. May unwatch and free any mic_io, this one
     * too. */
    void (*ready)(void *context, unsigned events);
    void *context;

    unsigned wanted; /* private from here: set by watch and modify */
    bool is_watched;
    size_t slot;
};

/** Begin to watch io->fd for @p wanted (MIC_IO_READ and MIC_IO_WRITE; 0: nothing, not even errors).
 *  One mic_io for a descriptor at a time. Any descriptor number.
 *  @return MI_RESULT_OK, or MIC_E_MEMORY or MIC_E_RESOURCE in @p err. */
MI_Result mic_loop_watch(struct mic_loop *loop, struct mic_io *io, unsigned wanted,
                         struct mic_err *err);
/** Change what is wanted; cheap when nothing changes. Never fails. */
void mic_loop_modify(struct mic_loop *loop, struct mic_io *io, unsigned wanted);
/** Stop watching; ready is not called any more, even when its event has been fetched. Before the
 *  descriptor is closed. Not watched: nothing happens. */
void mic_loop_unwatch(struct mic_loop *loop, struct mic_io *io);

/* ---- memory of large messages ---- */

/** Large blocks that are taken and freed for every message go back to the system in between, and
 * each of their pages is made anew. So a loop keeps two of at most MIC_LOOP_SPARE_MAX bytes.
 *  @param buf  initialised, without memory: gets the larger block, if one is here */
void mic_loop_lend(struct mic_loop *loop, struct mic_buf *buf);
/** The memory of @p buf stays here or is freed; @p buf is as initialised then. What is in it is not
 *  wiped. */
void mic_loop_take_back(struct mic_loop *loop, struct mic_buf *buf);

#define MIC_LOOP_SPARE_MIN ((size_t)64 << 10) /* smaller ones are cheap to get */
#define MIC_LOOP_SPARE_MAX ((size_t)2 << 20)

/* ---- timers ---- */

struct mic_timer {
    /** Called once, at or after the time; the timer is unset then and may be set again or freed. */
    void (*fire)(void *context);
    void *context;

    uint64_t at_ms; /* private from here: a node of a pairing heap */
    uint64_t sequence;
    struct mic_timer *child, *next, *previous;
    bool is_set;
};

/** Fire at @p at_ms of the loop's clock, or as soon as possible when that is past. A timer that is
 *  set moves. Timers of one time fire in the order they were set. Never fails: nothing is
 *  allocated. Times are not rounded up: a timer never fires early. */
void mic_timer_set(struct mic_loop *loop, struct mic_timer *timer, uint64_t at_ms);
/** Not set: nothing happens. */
void mic_timer_cancel(struct mic_loop *loop, struct mic_timer *timer);

static inline bool mic_timer_is_set(const struct mic_timer *timer)
{
    return timer->is_set;
}

#endif
