#include "loop/workpool.h"

#include <errno.h>
#include <pthread.h>

#include "base/mem.h"
#include "loop/thread.h"

enum worker_state {
    WORKER_IDLE,    /* waits for work */
    WORKER_BLOCKED, /* in the run of a work */
    WORKER_POSTING, /* hands a finished work to the loop */
    WORKER_ENDED    /* out of the list, to be joined */
};

struct worker {
    struct mic_list node; /* of workers or of ended */
    struct mic_workpool *pool;
    pthread_t thread;
    enum worker_state state;
    bool is_detached;
};

struct mic_workpool {
    struct mic_loop *loop;
    unsigned max_threads, idle_ms;

    pthread_mutex_t lock;    /* of all that follows; never held while calling out */
    pthread_cond_t has_work; /* also: the pool is closing */
    pthread_cond_t changed;  /* a worker has left its blocking call while the pool closes */
    struct mic_list queue;   /* works not begun */
    struct mic_list workers;
    struct mic_list ended; /* threads at or past their end, to be joined */
    unsigned thread_count, idle_count, queued_count;
    unsigned references; /* the owner's, and one for each detached thread */
    bool is_closing;
};

/* ---- life ---- */

static bool init_locks(struct mic_workpool *pool, struct mic_err *err)
{
    int error = pthread_mutex_init(&pool->lock, NULL);

    if (error == 0) {
        error = mic_cond_init(&pool->has_work);
        if (error != 0) {
            (void)pthread_mutex_destroy(&pool->lock);
        }
    }
    if (error == 0) {
        error = mic_cond_init(&pool->changed);
        if (error != 0) {
            (void)pthread_cond_destroy(&pool->has_work);
            (void)pthread_mutex_destroy(&pool->lock);
        }
    }
    if (error != 0) {
        (void)mic_err_set_errno(err, MIC_E_RESOURCE, error, "Cannot create a lock");
    }
    return error == 0;
}

struct mic_workpool *mic_workpool_new(struct mic_loop *loop, unsigned max_threads, unsigned idle_ms,
                                      struct mic_err *err)
{
    struct mic_workpool *pool = mic_calloc(1, sizeof(*pool));

    if (!pool) {
        (void)mic_err_set(err, MIC_E_MEMORY, "Out of memory for the pool of blocking calls");
        return NULL;
    }
    if (!init_locks(pool, err)) {
        mic_free(pool);
        return NULL;
    }
    pool->loop = loop;
    pool->max_threads = max_threads > 0 ? max_threads : 1;
    pool->idle_ms = idle_ms;
    pool->references = 1;
    mic_list_init(&pool->queue);
    mic_list_init(&pool->workers);
    mic_list_init(&pool->ended);
    return pool;
}

static void drop_reference(struct mic_workpool *pool)
{
    bool is_last;

    (void)pthread_mutex_lock(&pool->lock);
    is_last = --pool->references == 0;
    (void)pthread_mutex_unlock(&pool->lock);
    if (is_last) {
        (void)pthread_cond_destroy(&pool->changed);
        (void)pthread_cond_destroy(&pool->has_work);
        (void)pthread_mutex_destroy(&pool->lock);
        mic_free(pool);
    }
}

/* ---- the threads ---- */

static void on_finished(void *context)
{
    struct mic_work *work = context;

    work->done(work->context, work->is_cancelled);
}

/* With the lock. */
static struct mic_work *take_work(struct mic_workpool *pool)
{
    struct mic_list *node = mic_list_shift(&pool->queue);
    struct mic_work *work;

    if (!node) {
        return NULL;
    }
    pool->queued_count--;
    work = MIC_LIST_ITEM(node, struct mic_work, node);
    work->is_queued = false;
    return work;
}

/* With the lock. @return the next work; NULL when this thread shall end. */
static struct mic_work *wait_for_work(struct mic_workpool *pool)
{
    struct timespec deadline = mic_cond_deadline(pool->idle_ms);
    struct mic_work *work;
    int result = 0;

    while ((work = take_work(pool)) == NULL && !pool->is_closing && result != ETIMEDOUT) {
        pool->idle_count++;
        result = pthread_cond_timedwait(&pool->has_work, &pool->lock, &deadline);
        pool->idle_count--;
    }
    return work;
}

/* With the lock, which is released meanwhile. @return false when the pool has been given up: the
 * thread is detached, and the work dropped. */
static bool run_work(struct mic_workpool *pool, struct worker *worker, struct mic_work *work)
{
    worker->state = WORKER_BLOCKED;
    (void)pthread_mutex_unlock(&pool->lock);
    work->run(work->context);
    (void)pthread_mutex_lock(&pool->lock);
    if (worker->is_detached) {
        (void)pthread_mutex_unlock(&pool->lock);
        work->drop(work->context);
        (void)pthread_mutex_lock(&pool->lock);
        return false;
    }
    worker->state = WORKER_POSTING;
    (void)pthread_mutex_unlock(&pool->lock);
    (void)mic_loop_post(pool->loop, &work->post);
    (void)pthread_mutex_lock(&pool->lock);
    worker->state = WORKER_IDLE;
    (void)pthread_cond_broadcast(&pool->changed);
    return true;
}

static void join_all(struct mic_list *ended)
{
    struct mic_list *node;

    while ((node = mic_list_shift(ended)) != NULL) {
        struct worker *worker = MIC_LIST_ITEM(node, struct worker, node);

        (void)pthread_join(worker->thread, NULL);
        mic_free(worker);
    }
}

/* With the lock. */
static void take_ended(struct mic_workpool *pool, struct mic_list *ended)
{
    struct mic_list *node;

    mic_list_init(ended);
    while ((node = mic_list_shift(&pool->ended)) != NULL) {
        mic_list_append(ended, node);
    }
}

static void join_ended(struct mic_workpool *pool)
{
    struct mic_list ended;

    (void)pthread_mutex_lock(&pool->lock);
    take_ended(pool, &ended);
    (void)pthread_mutex_unlock(&pool->lock);
    join_all(&ended);
}

/* With the lock, which is released. The threads that ended before are joined here; this one stays
 * for the next that ends, or for mic_workpool_run or mic_workpool_free. */
static void end_worker(struct mic_workpool *pool, struct worker *worker)
{
    struct mic_list ended;

    take_ended(pool, &ended);
    worker->state = WORKER_ENDED;
    pool->thread_count--;
    mic_list_remove(&worker->node);
    mic_list_append(&pool->ended, &worker->node);
    (void)pthread_cond_broadcast(&pool->changed);
    (void)pthread_mutex_unlock(&pool->lock);
    join_all(&ended);
}

static void *worker_main(void *context)
{
    struct worker *worker = context;
    struct mic_workpool *pool = worker->pool;
    struct mic_work *work;
    bool belongs = true;

    mic_thread_name("mi-work");
    (void)pthread_mutex_lock(&pool->lock);
    while (belongs && (work = wait_for_work(pool)) != NULL) {
        belongs = run_work(pool, worker, work);
    }
    if (belongs) {
        end_worker(pool, worker);
    } else {
        (void)pthread_mutex_unlock(&pool->lock);
        mic_free(worker);
        drop_reference(pool);
    }
    return NULL;
}

/* With the lock, so that the new thread does not look at its worker before it is complete.
 * @return 0 or an errno value */
static int add_worker(struct mic_workpool *pool)
{
    struct worker *worker = mic_calloc(1, sizeof(*worker));
    int error;

    if (!worker) {
        return ENOMEM;
    }
    worker->pool = pool;
    worker->state = WORKER_IDLE;
    error = mic_thread_start(&worker->thread, worker_main, worker);
    if (error != 0) {
        mic_free(worker);
        return error;
    }
    mic_list_append(&pool->workers, &worker->node);
    pool->thread_count++;
    return 0;
}

/* ---- works ---- */

MI_Result mic_workpool_run(struct mic_workpool *pool, struct mic_work *work, struct mic_err *err)
{
    MI_Result result = MI_RESULT_OK;
    int error = 0;

    join_ended(pool);
    work->pool = pool;
    work->post = (struct mic_post){.run = on_finished, .context = work};
    work->is_cancelled = work->is_queued = false;
    (void)pthread_mutex_lock(&pool->lock);
    /* An idle thread may already be meant for a work queued before. */
    if (pool->idle_count <= pool->queued_count && pool->thread_count < pool->max_threads) {
        error = add_worker(pool);
    }
    if (pool->thread_count == 0) {
        result = mic_err_set_errno(err, error == ENOMEM ? MIC_E_MEMORY : MIC_E_RESOURCE, error,
                                   "Cannot start a thread for a blocking call");
    } else {
        work->is_queued = true;
        mic_list_append(&pool->queue, &work->node);
        pool->queued_count++;
        (void)pthread_cond_signal(&pool->has_work);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return result;
}

void mic_work_cancel(struct mic_work *work)
{
    struct mic_workpool *pool = work->pool;
    bool was_queued;

    (void)pthread_mutex_lock(&pool->lock);
    was_queued = work->is_queued;
    if (was_queued) {
        work->is_queued = false;
        mic_list_remove(&work->node);
        pool->queued_count--;
    }
    work->is_cancelled = true;
    (void)pthread_mutex_unlock(&pool->lock);
    if (was_queued) {
        (void)mic_loop_post(pool->loop, &work->post);
    }
}

unsigned mic_workpool_thread_count(struct mic_workpool *pool)
{
    unsigned count;

    (void)pthread_mutex_lock(&pool->lock);
    count = pool->thread_count;
    (void)pthread_mutex_unlock(&pool->lock);
    return count;
}

/* ---- the end ---- */

static bool has_blocked(struct mic_workpool *pool)
{
    struct mic_list *node;

    for (node = pool->workers.next; node != &pool->workers; node = node->next) {
        const struct worker *worker = MIC_LIST_ITEM(node, struct worker, node);

        if (worker->state == WORKER_BLOCKED) {
            return true;
        }
    }
    return false;
}

/* With the lock: threads still in a blocking call go their own way from here. */
static void detach_blocked(struct mic_workpool *pool)
{
    struct mic_list *node = pool->workers.next;

    while (node != &pool->workers) {
        struct worker *worker = MIC_LIST_ITEM(node, struct worker, node);

        node = node->next;
        if (worker->state == WORKER_BLOCKED) {
            worker->is_detached = true;
            (void)pthread_detach(worker->thread);
            mic_list_remove(&worker->node);
            pool->thread_count--;
            pool->references++;
        }
    }
}

void mic_workpool_free(struct mic_workpool *pool, unsigned grace_ms)
{
    struct timespec deadline = mic_cond_deadline(grace_ms);
    struct mic_list dropped, *node;
    int result = 0;

    if (!pool) {
        return;
    }
    mic_list_init(&dropped);
    (void)pthread_mutex_lock(&pool->lock);
    pool->is_closing = true;
    while ((node = mic_list_shift(&pool->queue)) != NULL) {
        mic_list_append(&dropped, node);
    }
    pool->queued_count = 0;
    (void)pthread_cond_broadcast(&pool->has_work);
    while (has_blocked(pool) && result != ETIMEDOUT) {
        result = pthread_cond_timedwait(&pool->changed, &pool->lock, &deadline);
    }
    detach_blocked(pool);
    while (!mic_list_is_empty(&pool->workers)) {
        (void)pthread_cond_wait(&pool->changed, &pool->lock);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    join_ended(pool);
    while ((node = mic_list_shift(&dropped)) != NULL) {
        struct mic_work *work = MIC_LIST_ITEM(node, struct mic_work, node);

        work->drop(work->context);
    }
    drop_reference(pool);
}
