#include "loop/loop.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "loop/poller.h"
#include "loop/thread.h"
#include "loop/timer.h"

/* poll's wait does not count suspend while mic_clock_ms does: after a resume a timer is at most
 * this late. */
#define WAIT_LIMIT_MS 60000

struct mic_loop {
    struct mic_poller *poller;
    struct mic_timers timers;
    struct mic_clock clock;
    bool has_own_clock;
    struct mic_buf spares[2]; /* the larger one first */

    pthread_mutex_t lock; /* of what follows; never held while calling out */
    struct mic_list posts;
    bool may_sleep; /* the thread is in its wait or about to be: a post must wake it */
    bool is_stopping;
    bool has_thread;
    bool has_guest; /* another thread is the loop's, in mic_loop_run_or_post */
    bool waits_for_guest;
    pthread_t guest;
    pthread_cond_t guest_left;
    uint64_t wakes_at_ms; /* of its wait's own accord */

    /* Posters on their way to the poller and guests, under whom nothing must be freed. */
    atomic_uint wakers;

    pthread_t thread;
    pid_t pid; /* of the process the thread is in */
};

static uint64_t system_now_ms(void *context)
{
    (void)context;
    return mic_clock_ms();
}

struct mic_loop *mic_loop_new(const struct mic_clock *clock, struct mic_err *err)
{
    struct mic_loop *loop = mic_calloc(1, sizeof(*loop));
    int error;

    if (!loop) {
        (void)mic_err_set(err, MIC_E_MEMORY, "Out of memory for the I/O loop");
        return NULL;
    }
    error = pthread_mutex_init(&loop->lock, NULL);
    if (error == 0) {
        error = pthread_cond_init(&loop->guest_left, NULL);
        if (error != 0) {
            (void)pthread_mutex_destroy(&loop->lock);
        }
    }
    if (error != 0) {
        (void)mic_err_set_errno(err, MIC_E_RESOURCE, error, "Cannot create a lock");
        mic_free(loop);
        return NULL;
    }
    mic_list_init(&loop->posts);
    atomic_init(&loop->wakers, 0);
    loop->clock.now_ms = system_now_ms;
    if (clock) {
        loop->clock = *clock;
        loop->has_own_clock = true;
    }
    loop->pid = getpid();
    loop->poller = mic_poller_new(err);
    if (!loop->poller) {
        mic_loop_free(loop);
        return NULL;
    }
    return loop;
}

void mic_loop_free(struct mic_loop *loop)
{
    if (!loop) {
        return;
    }
    bool is_owner = loop->pid == getpid();
    while (is_owner && atomic_load(&loop->wakers) > 0) { /* a few instructions of theirs */
        const struct timespec moment = {0, 100000};
        (void)nanosleep(&moment, NULL);
    }
    mic_poller_free(loop->poller, is_owner);
    mic_buf_fini(&loop->spares[0]);
    mic_buf_fini(&loop->spares[1]);
    if (is_owner) { /* in a child a thread that is not there may seem to wait */
        (void)pthread_cond_destroy(&loop->guest_left);
        (void)pthread_mutex_destroy(&loop->lock);
    }
    mic_free(loop);
}

uint64_t mic_loop_now_ms(const struct mic_loop *loop)
{
    return loop->clock.now_ms(loop->clock.context);
}

/* ---- memory of large messages ---- */

void mic_loop_lend(struct mic_loop *loop, struct mic_buf *buf)
{
    mic_buf_swap(buf, &loop->spares[0]);
    mic_buf_swap(&loop->spares[0], &loop->spares[1]);
}

void mic_loop_take_back(struct mic_loop *loop, struct mic_buf *buf)
{
    mic_buf_clear(buf);
    if (buf->capacity >= MIC_LOOP_SPARE_MIN && buf->capacity <= MIC_LOOP_SPARE_MAX) {
        for (size_t i = 0; i < MIC_COUNT(loop->spares); i++) {
            if (buf->capacity > loop->spares[i].capacity) {
                mic_buf_swap(buf, &loop->spares[i]);
            }
        }
    }
    mic_buf_fini(buf);
}

/* ---- posts ---- */

bool mic_loop_post(struct mic_loop *loop, struct mic_post *post)
{
    bool added, wakes;

    (void)pthread_mutex_lock(&loop->lock);
    added = !post->is_queued;
    if (added) {
        post->is_queued = true;
        mic_list_append(&loop->posts, &post->node);
    }
    wakes = added && loop->may_sleep;
    if (wakes) {
        loop->may_sleep = false;
        (void)atomic_fetch_add(&loop->wakers, 1);
    }
    (void)pthread_mutex_unlock(&loop->lock);
    if (wakes) {
        /* Not under the lock, which the thread wants as soon as it wakes: on one core it would wait
         * for it at once. The post may have run already; mic_loop_free waits for this. */
        mic_poller_wake(loop->poller);
        (void)atomic_fetch_sub(&loop->wakers, 1);
    }
    return added;
}

/* ---- guests ---- */

static bool begin_visit(struct mic_loop *loop, const struct mic_post *post)
{
    bool is_free;

    (void)pthread_mutex_lock(&loop->lock);
    is_free = mic_poller_is_open_in_wait && loop->has_thread && loop->may_sleep &&
              !loop->has_guest && !post->is_queued;
    if (is_free) {
        loop->may_sleep = false; /* posts of the visit wake nobody before its end */
        loop->has_guest = true;
        loop->guest = pthread_self();
        (void)atomic_fetch_add(&loop->wakers, 1);
    }
    (void)pthread_mutex_unlock(&loop->lock);
    return is_free;
}

/* The thread goes on sleeping, unless there is something to do before it would wake. */
static void end_visit(struct mic_loop *loop)
{
    bool wakes;

    (void)pthread_mutex_lock(&loop->lock);
    loop->has_guest = false;
    wakes = !loop->waits_for_guest &&
            (!mic_list_is_empty(&loop->posts) || loop->is_stopping ||
             (loop->timers.first != NULL && loop->timers.first->at_ms < loop->wakes_at_ms));
    loop->may_sleep = !loop->waits_for_guest && !wakes;
    if (loop->waits_for_guest) {
        (void)pthread_cond_signal(&loop->guest_left);
    }
    (void)pthread_mutex_unlock(&loop->lock);
    if (wakes) {
        mic_poller_wake(loop->poller);
    }
    (void)atomic_fetch_sub(&loop->wakers, 1);
}

bool mic_loop_run_or_post(struct mic_loop *loop, struct mic_post *post)
{
    int cancel_state = PTHREAD_CANCEL_ENABLE;

    if (!begin_visit(loop, post)) {
        return mic_loop_post(loop, post);
    }
    (void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    post->run(post->context);
    end_visit(loop);
    (void)pthread_setcancelstate(cancel_state, NULL);
    return true;
}

bool mic_loop_unpost(struct mic_loop *loop, struct mic_post *post)
{
    bool removed;

    (void)pthread_mutex_lock(&loop->lock);
    removed = post->is_queued;
    if (removed) {
        mic_list_remove(&post->node);
        post->is_queued = false;
    }
    (void)pthread_mutex_unlock(&loop->lock);
    return removed;
}

static struct mic_post *next_post(struct mic_loop *loop, struct mic_list *round)
{
    struct mic_post *post = NULL;
    struct mic_list *node;

    (void)pthread_mutex_lock(&loop->lock);
    node = mic_list_shift(round);
    if (node) {
        post = MIC_LIST_ITEM(node, struct mic_post, node);
        post->is_queued = false;
    }
    (void)pthread_mutex_unlock(&loop->lock);
    return post;
}

/* What is posted by these posts waits for the next round, so that descriptors get their turn. The
 * round's ring is changed under the lock only, since mic_loop_unpost takes from it too. */
static unsigned run_posts(struct mic_loop *loop)
{
    struct mic_list round;
    struct mic_post *post;
    unsigned count = 0;

    (void)pthread_mutex_lock(&loop->lock);
    mic_list_init(&round);
    if (!mic_list_is_empty(&loop->posts)) {
        round = loop->posts;
        round.next->prev = &round;
        round.prev->next = &round;
        mic_list_init(&loop->posts);
    }
    (void)pthread_mutex_unlock(&loop->lock);
    while ((post = next_post(loop, &round)) != NULL) {
        post->run(post->context);
        count++;
    }
    return count;
}

/* ---- rounds ---- */

/* Milliseconds until the next timer; negative when waiting brings none nearer. */
static int timer_wait_ms(const struct mic_loop *loop)
{
    const struct mic_timer *first = loop->timers.first;
    uint64_t now;

    if (!first) {
        return -1;
    }
    now = mic_loop_now_ms(loop);
    if (first->at_ms <= now) {
        return 0;
    }
    if (loop->has_own_clock) {
        return -1;
    }
    return first->at_ms - now < WAIT_LIMIT_MS ? (int)(first->at_ms - now) : WAIT_LIMIT_MS;
}

/* @return false when there is something to run at once. */
static bool begin_sleep(struct mic_loop *loop, int wait_ms)
{
    uint64_t wakes_at_ms =
        wait_ms < 0 ? UINT64_MAX : mic_loop_now_ms(loop) + (uint64_t)(unsigned)wait_ms;
    bool sleeps;

    (void)pthread_mutex_lock(&loop->lock);
    sleeps = mic_list_is_empty(&loop->posts) && !loop->is_stopping;
    loop->may_sleep = sleeps;
    loop->wakes_at_ms = wakes_at_ms;
    (void)pthread_mutex_unlock(&loop->lock);
    return sleeps;
}

static void end_sleep(struct mic_loop *loop)
{
    (void)pthread_mutex_lock(&loop->lock);
    loop->waits_for_guest = true;
    while (loop->has_guest) {
        (void)pthread_cond_wait(&loop->guest_left, &loop->lock);
    }
    loop->waits_for_guest = false;
    loop->may_sleep = false;
    (void)pthread_mutex_unlock(&loop->lock);
}

static void wait_for_events(struct mic_loop *loop, int max_wait_ms)
{
    int wait_ms = timer_wait_ms(loop);

    if (wait_ms < 0 || (max_wait_ms >= 0 && max_wait_ms < wait_ms)) {
        wait_ms = max_wait_ms;
    }
    mic_poller_prepare(loop->poller);
    if (wait_ms != 0 && begin_sleep(loop, wait_ms)) {
        mic_poller_wait(loop->poller, wait_ms);
        end_sleep(loop);
    } else {
        mic_poller_wait(loop->poller, 0);
    }
    mic_poller_fetch(loop->poller);
}

unsigned mic_loop_run_once(struct mic_loop *loop, int max_wait_ms)
{
    unsigned count;

    wait_for_events(loop, max_wait_ms);
    count = run_posts(loop);
    count += mic_poller_dispatch(loop->poller);
    return count + mic_timers_fire(&loop->timers, mic_loop_now_ms(loop));
}

/* ---- the thread ---- */

static bool is_finished(struct mic_loop *loop)
{
    bool finished;

    (void)pthread_mutex_lock(&loop->lock);
    finished = loop->is_stopping && mic_list_is_empty(&loop->posts);
    (void)pthread_mutex_unlock(&loop->lock);
    return finished;
}

static void set_thread(struct mic_loop *loop, pthread_t thread)
{
    (void)pthread_mutex_lock(&loop->lock);
    loop->thread = thread;
    loop->has_thread = true;
    (void)pthread_mutex_unlock(&loop->lock);
}

static void *thread_main(void *context)
{
    struct mic_loop *loop = context;

    mic_thread_name("mi-io");
    set_thread(loop, pthread_self()); /* for mic_loop_is_current, maybe before the starter's own */
    while (!is_finished(loop)) {
        (void)mic_loop_run_once(loop, -1);
    }
    return NULL;
}

MI_Result mic_loop_start(struct mic_loop *loop, struct mic_err *err)
{
    pthread_t thread;
    int error;

    (void)pthread_mutex_lock(&loop->lock);
    loop->is_stopping = false;
    (void)pthread_mutex_unlock(&loop->lock);
    error = mic_thread_start(&thread, thread_main, loop);
    if (error != 0) {
        return mic_err_set_errno(err, MIC_E_RESOURCE, error, "Cannot start the I/O thread");
    }
    set_thread(loop, thread);
    return MI_RESULT_OK;
}

void mic_loop_stop_join(struct mic_loop *loop)
{
    pthread_t thread;
    bool has_thread;

    if (loop->pid != getpid()) {
        return;
    }
    (void)pthread_mutex_lock(&loop->lock);
    thread = loop->thread;
    has_thread = loop->has_thread;
    loop->is_stopping = true;
    loop->may_sleep = false;
    (void)pthread_mutex_unlock(&loop->lock);
    if (has_thread) {
        mic_poller_wake(loop->poller);
        (void)pthread_join(thread, NULL);
        (void)pthread_mutex_lock(&loop->lock);
        loop->has_thread = false;
        (void)pthread_mutex_unlock(&loop->lock);
    }
}

bool mic_loop_is_current(struct mic_loop *loop)
{
    bool is_current;

    (void)pthread_mutex_lock(&loop->lock);
    is_current = loop->has_guest
                     ? pthread_equal(loop->guest, pthread_self()) != 0
                     : loop->has_thread && pthread_equal(loop->thread, pthread_self()) != 0;
    (void)pthread_mutex_unlock(&loop->lock);
    return is_current;
}

/* ---- descriptors and timers ---- */

MI_Result mic_loop_watch(struct mic_loop *loop, struct mic_io *io, unsigned wanted,
                         struct mic_err *err)
{
    return mic_poller_watch(loop->poller, io, wanted, err);
}

void mic_loop_modify(struct mic_loop *loop, struct mic_io *io, unsigned wanted)
{
    if (io->is_watched && io->wanted != wanted) {
        mic_poller_modify(loop->poller, io, wanted);
        io->wanted = wanted;
    }
}

void mic_loop_unwatch(struct mic_loop *loop, struct mic_io *io)
{
    if (io->is_watched) {
        mic_poller_unwatch(loop->poller, io);
        io->is_watched = false;
        io->wanted = 0;
    }
}

void mic_timer_set(struct mic_loop *loop, struct mic_timer *timer, uint64_t at_ms)
{
    mic_timers_set(&loop->timers, timer, at_ms);
}

void mic_timer_cancel(struct mic_loop *loop, struct mic_timer *timer)
{
    mic_timers_cancel(&loop->timers, timer);
}
