#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "fail_alloc.h"
#include "loop/workpool.h"
#include "mic_test.h"

/* A gate: calls block in it until it is opened. */
struct gate {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned inside, left, done, dropped, cancelled;
    bool is_open;
};

static void gate_init(struct gate *gate)
{
    memset(gate, 0, sizeof(*gate));
    (void)pthread_mutex_init(&gate->lock, NULL);
    (void)pthread_cond_init(&gate->changed, NULL);
}

static void gate_fini(struct gate *gate)
{
    (void)pthread_cond_destroy(&gate->changed);
    (void)pthread_mutex_destroy(&gate->lock);
}

static void gate_open(struct gate *gate)
{
    (void)pthread_mutex_lock(&gate->lock);
    gate->is_open = true;
    (void)pthread_cond_broadcast(&gate->changed);
    (void)pthread_mutex_unlock(&gate->lock);
}

static void gate_pass(struct gate *gate)
{
    (void)pthread_mutex_lock(&gate->lock);
    gate->inside++;
    (void)pthread_cond_broadcast(&gate->changed);
    while (!gate->is_open) {
        (void)pthread_cond_wait(&gate->changed, &gate->lock);
    }
    gate->left++;
    (void)pthread_cond_broadcast(&gate->changed);
    (void)pthread_mutex_unlock(&gate->lock);
}

static void gate_add(struct gate *gate, unsigned *counter)
{
    (void)pthread_mutex_lock(&gate->lock);
    (*counter)++;
    (void)pthread_cond_broadcast(&gate->changed);
    (void)pthread_mutex_unlock(&gate->lock);
}

static void gate_await(struct gate *gate, const unsigned *counter, unsigned value)
{
    (void)pthread_mutex_lock(&gate->lock);
    while (*counter < value) {
        (void)pthread_cond_wait(&gate->changed, &gate->lock);
    }
    (void)pthread_mutex_unlock(&gate->lock);
}

struct call {
    struct mic_work work;
    struct gate *gate;
    struct mic_loop *loop;
    struct mic_post cancel;
    pthread_t runner;
    bool was_on_loop;
};

static void run_call(void *context)
{
    gate_pass(((struct call *)context)->gate);
}

static void done_call(void *context, bool cancelled)
{
    struct call *call = context;
    struct gate *gate = call->gate;

    MIC_CHECK(mic_loop_is_current(call->loop));
    if (cancelled) {
        gate_add(gate, &gate->cancelled);
    }
    free(call);
    gate_add(gate, &gate->done);
}

static void drop_call(void *context)
{
    struct call *call = context;
    struct gate *gate = call->gate;

    free(call);
    gate_add(gate, &gate->dropped);
}

static void cancel_call(void *context)
{
    mic_work_cancel(&((struct call *)context)->work);
}

static struct call *new_call(struct gate *gate, struct mic_loop *loop)
{
    struct call *call = calloc(1, sizeof(*call));

    MIC_REQUIRE(call != NULL);
    call->gate = gate;
    call->loop = loop;
    call->work.run = run_call;
    call->work.done = done_call;
    call->work.drop = drop_call;
    call->work.context = call;
    call->cancel = (struct mic_post){.run = cancel_call, .context = call};
    return call;
}

static struct mic_loop *started_loop(void)
{
    struct mic_loop *loop = mic_loop_new(NULL, NULL);

    MIC_REQUIRE(loop != NULL);
    MIC_REQUIRE(mic_loop_start(loop, NULL) == MI_RESULT_OK);
    return loop;
}

static struct mic_workpool *new_pool(struct mic_loop *loop, unsigned threads, unsigned idle_ms)
{
    struct mic_workpool *pool = mic_workpool_new(loop, threads, idle_ms, NULL);

    MIC_REQUIRE(pool != NULL);
    return pool;
}

MIC_TEST(workpool, starts_no_thread_before_the_first_work)
{
    struct mic_loop *loop = started_loop();
    struct mic_workpool *pool = new_pool(loop, 4, 1000);

    MIC_CHECK_INT(mic_workpool_thread_count(pool), 0);
    mic_workpool_free(pool, 0);
    mic_workpool_free(NULL, 0);
    mic_loop_stop_join(loop);
    mic_loop_free(loop);
}

MIC_TEST(workpool, each_blocked_call_has_a_thread_and_is_done_on_the_loop)
{
    struct mic_loop *loop = started_loop();
    struct mic_workpool *pool = new_pool(loop, MIC_WORKPOOL_THREADS, MIC_WORKPOOL_IDLE_MS);
    struct gate gate;

    gate_init(&gate);
    for (int i = 0; i < 20; i++) {
        MIC_REQUIRE(mic_workpool_run(pool, &new_call(&gate, loop)->work, NULL) == MI_RESULT_OK);
    }
    gate_await(&gate, &gate.inside, 20);
    MIC_CHECK_INT(mic_workpool_thread_count(pool), 20);
    gate_open(&gate);
    gate_await(&gate, &gate.done, 20);
    MIC_CHECK_INT(gate.cancelled, 0);
    mic_workpool_free(pool, 0);
    mic_loop_stop_join(loop);
    mic_loop_free(loop);
    gate_fini(&gate);
}

MIC_TEST(workpool, idle_threads_are_used_again)
{
    struct mic_loop *loop = started_loop();
    struct mic_workpool *pool = new_pool(loop, 64, 60000);
    struct gate gate;

    gate_init(&gate);
    gate_open(&gate);
    for (unsigned i = 1; i <= 200; i++) {
        MIC_REQUIRE(mic_workpool_run(pool, &new_call(&gate, loop)->work, NULL) == MI_RESULT_OK);
        gate_await(&gate, &gate.done, i);
    }
    /* Without use again it would be the limit, 64; a few may be on their way back when work comes.
     */
    MIC_CHECK(mic_workpool_thread_count(pool) < 32);
    mic_workpool_free(pool, 0);
    mic_loop_stop_join(loop);
    mic_loop_free(loop);
    gate_fini(&gate);
}

/* The idle thread counts as idle until it wakes, but only the first work is for it. */
MIC_TEST(workpool, two_works_at_once_do_not_wait_for_one_idle_thread)
{
    struct mic_loop *loop = started_loop();
    struct mic_workpool *pool = new_pool(loop, 64, 60000);

    for (int round = 0; round < 100; round++) {
        struct gate gate;

        gate_init(&gate);
        for (int i = 0; i < 2 + round % 3; i++) {
            MIC_REQUIRE(mic_workpool_run(pool, &new_call(&gate, loop)->work, NULL) == MI_RESULT_OK);
        }
        gate_await(&gate, &gate.inside, 2 + (unsigned)round % 3);
        gate_open(&gate);
        gate_await(&gate, &gate.done, 2 + (unsigned)round % 3);
        gate_fini(&gate);
    }
    mic_workpool_free(pool, 1000);
    mic_loop_stop_join(loop);
    mic_loop_free(loop);
}

MIC_TEST(workpool, work_beyond_the_limit_waits_for_a_thread)
{
    struct mic_loop *loop = started_loop();
    struct mic_workpool *pool = new_pool(loop, 2, 60000);
    struct gate gate;

    gate_init(&gate);
    for (int i = 0; i < 10; i++) {
        MIC_REQUIRE(mic_workpool_run(pool, &new_call(&gate, loop)->work, NULL) == MI_RESULT_OK);
    }
    gate_await(&gate, &gate.inside, 2);
    MIC_CHECK_INT(mic_workpool_thread_count(pool), 2);
    gate_open(&gate);
    gate_await(&gate, &gate.done, 10);
    mic_workpool_free(pool, 0);
    mic_loop_stop_join(loop);
    mic_loop_free(loop);
    gate_fini(&gate);
}

MIC_TEST(workpool, idle_threads_end_and_new_work_starts_new_ones)
{
    struct mic_loop *loop = started_loop();
    struct mic_workpool *pool = new_pool(loop, 8, 1);
    struct gate gate;

    gate_init(&gate);
    gate_open(&gate);
    for (unsigned round = 1; round <= 20; round++) {
        for (int i = 0; i < 4; i++) {
            MIC_REQUIRE(mic_workpool_run(pool, &new_call(&gate, loop)->work, NULL) == MI_RESULT_OK);
        }
        gate_await(&gate, &gate.done, round * 4);
        while (round % 2 && mic_workpool_thread_count(pool) > 0) {
            (void)sched_yield();
        }
    }
    mic_workpool_free(pool, 0);
    mic_loop_stop_join(loop);
    mic_loop_free(loop);
    gate_fini(&gate);
}

MIC_TEST(workpool, cancelled_before_it_begins_never_runs_and_is_done_once)
{
    struct mic_loop *loop = started_loop();
    struct mic_workpool *pool = new_pool(loop, 1, 60000);
    struct gate gate;
    struct call *blocked, *waiting;

    gate_init(&gate);
    blocked = new_call(&gate, loop);
    waiting = new_call(&gate, loop);
    MIC_REQUIRE(mic_workpool_run(pool, &blocked->work, NULL) == MI_RESULT_OK);
    gate_await(&gate, &gate.inside, 1);
    MIC_REQUIRE(mic_workpool_run(pool, &waiting->work, NULL) == MI_RESULT_OK);
    (void)mic_loop_post(loop, &waiting->cancel);
    gate_await(&gate, &gate.done, 1);
    MIC_CHECK_INT(gate.cancelled, 1);
    MIC_CHECK_INT(gate.inside, 1);
    gate_open(&gate);
    gate_await(&gate, &gate.done, 2);
    MIC_CHECK_INT(gate.cancelled, 1);
    mic_workpool_free(pool, 0);
    mic_loop_stop_join(loop);
    mic_loop_free(loop);
    gate_fini(&gate);
}

static void mark(void *context)
{
    struct gate *gate = context;

    gate_add(gate, &gate->left);
}

MIC_TEST(workpool, cancelled_while_blocked_is_done_when_the_call_returns)
{
    struct mic_loop *loop = started_loop();
    struct mic_workpool *pool = new_pool(loop, 1, 60000);
    struct gate gate;
    struct mic_post post = {.run = mark, .context = &gate};
    struct call *call;

    gate_init(&gate);
    call = new_call(&gate, loop);
    MIC_REQUIRE(mic_workpool_run(pool, &call->work, NULL) == MI_RESULT_OK);
    gate_await(&gate, &gate.inside, 1);
    (void)mic_loop_post(loop, &call->cancel);
    (void)mic_loop_post(loop, &post);
    gate_await(&gate, &gate.left, 1);
    MIC_CHECK_INT(gate.done, 0);
    gate_open(&gate);
    gate_await(&gate, &gate.done, 1);
    MIC_CHECK_INT(gate.cancelled, 1);
    mic_workpool_free(pool, 0);
    mic_loop_stop_join(loop);
    mic_loop_free(loop);
    gate_fini(&gate);
}

MIC_TEST(workpool, free_leaves_blocked_calls_behind_and_drops_their_work)
{
    struct mic_loop *loop = started_loop();
    struct mic_workpool *pool = new_pool(loop, 2, 60000);
    struct gate gate;

    gate_init(&gate);
    for (int i = 0; i < 5; i++) {
        MIC_REQUIRE(mic_workpool_run(pool, &new_call(&gate, loop)->work, NULL) == MI_RESULT_OK);
    }
    gate_await(&gate, &gate.inside, 2);
    mic_workpool_free(pool, 1);
    MIC_CHECK_INT(gate.dropped, 3);
    mic_loop_stop_join(loop);
    mic_loop_free(loop);
    /* Their threads outlive pool and loop. */
    gate_open(&gate);
    gate_await(&gate, &gate.dropped, 5);
    MIC_CHECK_INT(gate.done, 0);
}

static void *open_later(void *context)
{
    struct gate *gate = context;

    gate_open(gate);
    return NULL;
}

MIC_TEST(workpool, free_waits_for_calls_that_return_within_the_grace)
{
    struct mic_loop *loop = started_loop();
    struct mic_workpool *pool = new_pool(loop, 4, 60000);
    struct gate gate;
    pthread_t opener;

    gate_init(&gate);
    for (int i = 0; i < 4; i++) {
        MIC_REQUIRE(mic_workpool_run(pool, &new_call(&gate, loop)->work, NULL) == MI_RESULT_OK);
    }
    gate_await(&gate, &gate.inside, 4);
    MIC_REQUIRE(pthread_create(&opener, NULL, open_later, &gate) == 0);
    mic_workpool_free(pool, 100000);
    (void)pthread_join(opener, NULL);
    mic_loop_stop_join(loop);
    MIC_CHECK_INT(gate.done, 4);
    MIC_CHECK_INT(gate.dropped, 0);
    mic_loop_free(loop);
    gate_fini(&gate);
}

MIC_TEST(workpool, no_thread_at_all_is_an_error_and_leaves_the_work_to_the_caller)
{
    struct mic_loop *loop = started_loop();
    struct mic_workpool *pool = new_pool(loop, 4, 60000);
    struct gate gate;
    struct call *call;
    struct mic_err err;

    gate_init(&gate);
    gate_open(&gate);
    call = new_call(&gate, loop);
    mic_err_init(&err);
    mic_fail_alloc_at(1);
    MIC_CHECK(mic_workpool_run(pool, &call->work, &err) != MI_RESULT_OK);
    MIC_CHECK_INT(err.code, MIC_E_MEMORY);
    mic_fail_alloc_at(0);
    MIC_CHECK(mic_workpool_run(pool, &call->work, NULL) == MI_RESULT_OK);
    gate_await(&gate, &gate.done, 1);
    /* With a thread there, a second that cannot be had is no error. */
    mic_fail_alloc_at(1);
    MIC_CHECK(mic_workpool_run(pool, &new_call(&gate, loop)->work, NULL) == MI_RESULT_OK);
    mic_fail_alloc_at(0);
    gate_await(&gate, &gate.done, 2);
    mic_workpool_free(pool, 0);
    mic_fail_alloc_at(1);
    MIC_CHECK(mic_workpool_new(loop, 1, 1, NULL) == NULL);
    mic_fail_alloc_at(0);
    mic_loop_stop_join(loop);
    mic_loop_free(loop);
    gate_fini(&gate);
}

/* Works begin, end, are cancelled and dropped all at once: each is told exactly once. */
MIC_TEST(workpool, under_stress_every_work_is_told_once)
{
    for (int round = 0; round < 30; round++) {
        struct mic_loop *loop = started_loop();
        struct mic_workpool *pool = new_pool(loop, 6, 1);
        struct gate gate;

        gate_init(&gate);
        gate_open(&gate);
        for (int i = 0; i < 50; i++) {
            MIC_REQUIRE(mic_workpool_run(pool, &new_call(&gate, loop)->work, NULL) == MI_RESULT_OK);
        }
        mic_workpool_free(pool, round % 2 ? 1000 : 0);
        mic_loop_stop_join(loop);
        mic_loop_free(loop);
        (void)pthread_mutex_lock(&gate.lock);
        while (gate.done + gate.dropped < 50) {
            (void)pthread_cond_wait(&gate.changed, &gate.lock);
        }
        (void)pthread_mutex_unlock(&gate.lock);
        MIC_CHECK_INT(gate.done + gate.dropped, 50);
        if (gate.left == gate.done) {
            gate_fini(&gate);
        }
    }
}
