#include "loop/callpool.h"

#include <errno.h>
#include <pthread.h>

#include "base/mem.h"
#include "loop/thread.h"

#define THREADS_MAX 64u

enum turn_state {
    TURN_IDLE, /* also a zeroed turn */
    TURN_QUEUED,
    TURN_RUNNING,
    TURN_AGAIN /* running, and to be queued again afterwards */
};

struct caller {
    struct mic_callpool *pool;
    struct mic_turn *current;
    pthread_t thread;
};

struct mic_callpool {
    unsigned wanted;

    pthread_mutex_t
        lock; /* of all that follows and of each turn's state; never held while calling out */
    pthread_cond_t has_turn;
    struct mic_list queue;
    unsigned started;
    bool is_closing;
    struct caller callers[];
};

struct mic_callpool *mic_callpool_new(unsigned threads, struct mic_err *err)
{
    unsigned wanted = threads < 1 ? 1 : threads > THREADS_MAX ? THREADS_MAX : threads;
    struct mic_callpool *pool = mic_calloc(1, sizeof(*pool) + wanted * sizeof(struct caller));
    int error;

    if (!pool) {
        (void)mic_err_set(err, MIC_E_MEMORY, "Out of memory for the callback pool");
        return NULL;
    }
    error = pthread_mutex_init(&pool->lock, NULL);
    if (error == 0) {
        error = pthread_cond_init(&pool->has_turn, NULL);
        if (error != 0) {
            (void)pthread_mutex_destroy(&pool->lock);
        }
    }
    if (error != 0) {
        (void)mic_err_set_errno(err, MIC_E_RESOURCE, error, "Cannot create a lock");
        mic_free(pool);
        return NULL;
    }
    pool->wanted = wanted;
    mic_list_init(&pool->queue);
    return pool;
}

static void release(struct mic_turn *turn)
{
    if (turn->release) {
        turn->release(turn->context);
    }
}

/* With the lock, which is released meanwhile. The turn may be gone afterwards. */
static void run_turn(struct mic_callpool *pool, struct caller *caller, struct mic_turn *turn)
{
    bool again, has_more = !mic_list_is_empty(&pool->queue);

    turn->state = TURN_RUNNING;
    caller->current = turn;
    (void)pthread_mutex_unlock(&pool->lock);
    if (has_more) { /* one wake may stand for many turns */
        mic_callpool_wake(pool);
    }
    turn->run(turn->context);
    (void)pthread_mutex_lock(&pool->lock);
    caller->current = NULL;
    again = turn->state == TURN_AGAIN;
    if (again) {
        turn->state = TURN_QUEUED;
        mic_list_append(&pool->queue, &turn->node);
    } else {
        turn->state = TURN_IDLE;
        (void)pthread_mutex_unlock(&pool->lock);
        release(turn);
        (void)pthread_mutex_lock(&pool->lock);
    }
}

static void *caller_main(void *context)
{
    struct caller *caller = context;
    struct mic_callpool *pool = caller->pool;

    mic_thread_name("mi-callback");
    (void)pthread_mutex_lock(&pool->lock);
    while (!pool->is_closing) {
        struct mic_list *node = mic_list_shift(&pool->queue);

        if (node) {
            run_turn(pool, caller, MIC_LIST_ITEM(node, struct mic_turn, node));
        } else {
            (void)pthread_cond_wait(&pool->has_turn, &pool->lock);
        }
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return NULL;
}

MI_Result mic_callpool_start(struct mic_callpool *pool, struct mic_err *err)
{
    MI_Result result = MI_RESULT_OK;
    int error = 0;

    /* Held while the threads start: they look at their caller only when it is complete. */
    (void)pthread_mutex_lock(&pool->lock);
    while (pool->started < pool->wanted && error == 0 && !pool->is_closing) {
        struct caller *caller = &pool->callers[pool->started];

        caller->pool = pool;
        error = mic_thread_start(&caller->thread, caller_main, caller);
        if (error == 0) {
            pool->started++;
        }
    }
    if (pool->started == 0 && pool->is_closing) {
        result = mic_err_set(err, MIC_E_STATE, "The application is being closed.");
    } else if (pool->started == 0) {
        result = mic_err_set_errno(err, MIC_E_RESOURCE, error, "Cannot start a callback thread");
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return result;
}

bool mic_callpool_queue(struct mic_callpool *pool, struct mic_turn *turn)
{
    bool is_queued;

    /* Before the turn can run and be released; given back when the pool has a reference already. */
    if (turn->hold) {
        turn->hold(turn->context);
    }
    (void)pthread_mutex_lock(&pool->lock);
    is_queued = turn->state == TURN_IDLE && !pool->is_closing;
    if (is_queued) {
        turn->state = TURN_QUEUED;
        mic_list_append(&pool->queue, &turn->node);
    } else if (turn->state == TURN_RUNNING) {
        turn->state = TURN_AGAIN;
    }
    (void)pthread_mutex_unlock(&pool->lock);
    if (!is_queued) {
        release(turn);
    }
    return is_queued;
}

void mic_callpool_wake(struct mic_callpool *pool)
{
    (void)pthread_cond_signal(&pool->has_turn);
}

void mic_callpool_schedule(struct mic_callpool *pool, struct mic_turn *turn)
{
    if (mic_callpool_queue(pool, turn)) { /* the lock is free: who wakes need not wait for it */
        mic_callpool_wake(pool);
    }
}

struct mic_turn *mic_callpool_current(struct mic_callpool *pool)
{
    struct mic_turn *turn = NULL;
    pthread_t self = pthread_self();

    if (!pool) {
        return NULL;
    }
    (void)pthread_mutex_lock(&pool->lock);
    for (unsigned i = 0; i < pool->started && !turn; i++) {
        if (pthread_equal(pool->callers[i].thread, self)) {
            turn = pool->callers[i].current;
        }
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return turn;
}

bool mic_callpool_is_callback_thread(struct mic_callpool *pool)
{
    return mic_callpool_current(pool) != NULL;
}

static struct mic_turn *drop_turn(struct mic_callpool *pool)
{
    struct mic_turn *turn = NULL;
    struct mic_list *node;

    (void)pthread_mutex_lock(&pool->lock);
    node = mic_list_shift(&pool->queue);
    if (node) {
        turn = MIC_LIST_ITEM(node, struct mic_turn, node);
        turn->state = TURN_IDLE;
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return turn;
}

void mic_callpool_stop(struct mic_callpool *pool)
{
    struct mic_turn *turn;
    unsigned started;

    (void)pthread_mutex_lock(&pool->lock);
    pool->is_closing = true;
    started = pool->started;
    (void)pthread_cond_broadcast(&pool->has_turn);
    (void)pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < started; i++) {
        (void)pthread_join(pool->callers[i].thread, NULL);
    }
    (void)pthread_mutex_lock(&pool->lock);
    pool->started = 0;
    (void)pthread_mutex_unlock(&pool->lock);
    while ((turn = drop_turn(pool)) != NULL) {
        release(turn);
    }
}

void mic_callpool_free(struct mic_callpool *pool)
{
    if (!pool) {
        return;
    }
    mic_callpool_stop(pool);
    (void)pthread_cond_destroy(&pool->has_turn);
    (void)pthread_mutex_destroy(&pool->lock);
    mic_free(pool);
}
