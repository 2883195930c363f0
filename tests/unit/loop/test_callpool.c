#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "fail_alloc.h"
#include "loop/callpool.h"
#include "mic_test.h"

struct meter {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned runs, running, most, released;
    bool may_go;
};

static void meter_init(struct meter *meter)
{
    memset(meter, 0, sizeof(*meter));
    (void)pthread_mutex_init(&meter->lock, NULL);
    (void)pthread_cond_init(&meter->changed, NULL);
}

static void meter_fini(struct meter *meter)
{
    (void)pthread_cond_destroy(&meter->changed);
    (void)pthread_mutex_destroy(&meter->lock);
}

static void meter_add(struct meter *meter, unsigned *counter, int by)
{
    (void)pthread_mutex_lock(&meter->lock);
    *counter += (unsigned)by;
    if (meter->running > meter->most) {
        meter->most = meter->running;
    }
    (void)pthread_cond_broadcast(&meter->changed);
    (void)pthread_mutex_unlock(&meter->lock);
}

static void meter_await(struct meter *meter, const unsigned *counter, unsigned value)
{
    (void)pthread_mutex_lock(&meter->lock);
    while (*counter < value) {
        (void)pthread_cond_wait(&meter->changed, &meter->lock);
    }
    (void)pthread_mutex_unlock(&meter->lock);
}

static void meter_let_go(struct meter *meter)
{
    (void)pthread_mutex_lock(&meter->lock);
    meter->may_go = true;
    (void)pthread_cond_broadcast(&meter->changed);
    (void)pthread_mutex_unlock(&meter->lock);
}

static void meter_wait_to_go(struct meter *meter)
{
    (void)pthread_mutex_lock(&meter->lock);
    while (!meter->may_go) {
        (void)pthread_cond_wait(&meter->changed, &meter->lock);
    }
    (void)pthread_mutex_unlock(&meter->lock);
}

struct job {
    struct mic_turn turn;
    struct meter *meter;
    struct mic_callpool *pool;
    unsigned unlocked_runs; /* safe because its turns do not overlap */
    unsigned again;         /* times to schedule itself */
    atomic_int references;
};

static struct mic_callpool *started_pool(unsigned threads)
{
    struct mic_callpool *pool = mic_callpool_new(threads, NULL);

    MIC_REQUIRE(pool != NULL);
    MIC_REQUIRE(mic_callpool_start(pool, NULL) == MI_RESULT_OK);
    return pool;
}

static void run_blocked(void *context)
{
    struct job *job = context;

    meter_add(job->meter, &job->meter->running, 1);
    meter_wait_to_go(job->meter);
    job->unlocked_runs++;
    meter_add(job->meter, &job->meter->running, -1);
    meter_add(job->meter, &job->meter->runs, 1);
}

static void run_counting(void *context)
{
    struct job *job = context;

    job->unlocked_runs++;
    MIC_CHECK(mic_callpool_is_callback_thread(job->pool));
    MIC_CHECK(mic_callpool_current(job->pool) == &job->turn);
    if (job->again > 0) {
        job->again--;
        mic_callpool_schedule(job->pool, &job->turn);
    }
    meter_add(job->meter, &job->meter->runs, 1);
}

static void job_init(struct job *job, struct mic_callpool *pool, struct meter *meter,
                     void (*run)(void *context))
{
    memset(job, 0, sizeof(*job));
    job->pool = pool;
    job->meter = meter;
    job->turn.run = run;
    job->turn.context = job;
}

MIC_TEST(callpool, a_turn_runs_on_a_callback_thread)
{
    struct mic_callpool *pool = started_pool(2);
    struct meter meter;
    struct job job;

    meter_init(&meter);
    job_init(&job, pool, &meter, run_counting);
    MIC_CHECK(!mic_callpool_is_callback_thread(pool));
    MIC_CHECK(!mic_callpool_is_callback_thread(NULL));
    mic_callpool_schedule(pool, &job.turn);
    meter_await(&meter, &meter.runs, 1);
    mic_callpool_free(pool);
    MIC_CHECK_INT(job.unlocked_runs, 1);
    meter_fini(&meter);
}

MIC_TEST(callpool, turns_of_different_operations_run_side_by_side)
{
    struct mic_callpool *pool = started_pool(4);
    struct meter meter;
    struct job jobs[6];

    meter_init(&meter);
    for (int i = 0; i < 6; i++) {
        job_init(&jobs[i], pool, &meter, run_blocked);
        mic_callpool_schedule(pool, &jobs[i].turn);
    }
    meter_await(&meter, &meter.running, 4);
    meter_let_go(&meter);
    meter_await(&meter, &meter.runs, 6);
    MIC_CHECK_INT(meter.most, 4);
    mic_callpool_free(pool);
    meter_fini(&meter);
}

MIC_TEST(callpool, scheduled_many_times_while_running_it_runs_once_more)
{
    struct mic_callpool *pool = started_pool(4);
    struct meter meter;
    struct job job, last;

    meter_init(&meter);
    job_init(&job, pool, &meter, run_blocked);
    mic_callpool_schedule(pool, &job.turn);
    meter_await(&meter, &meter.running, 1);
    for (int i = 0; i < 10; i++) {
        mic_callpool_schedule(pool, &job.turn);
    }
    MIC_CHECK_INT(meter.most, 1);
    meter_let_go(&meter);
    meter_await(&meter, &meter.runs, 2);
    job_init(&last, pool, &meter, run_counting);
    mic_callpool_schedule(pool, &last.turn);
    meter_await(&meter, &meter.runs, 3);
    mic_callpool_free(pool);
    MIC_CHECK_INT(job.unlocked_runs, 2);
    MIC_CHECK_INT(meter.most, 1);
    meter_fini(&meter);
}

MIC_TEST(callpool, scheduled_many_times_while_queued_it_runs_once)
{
    struct mic_callpool *pool = started_pool(1);
    struct meter meter;
    struct job blocker, job;

    meter_init(&meter);
    job_init(&blocker, pool, &meter, run_blocked);
    job_init(&job, pool, &meter, run_counting);
    mic_callpool_schedule(pool, &blocker.turn);
    meter_await(&meter, &meter.running, 1);
    for (int i = 0; i < 10; i++) {
        mic_callpool_schedule(pool, &job.turn);
    }
    meter_let_go(&meter);
    meter_await(&meter, &meter.runs, 2);
    mic_callpool_free(pool);
    MIC_CHECK_INT(job.unlocked_runs, 1);
    meter_fini(&meter);
}

MIC_TEST(callpool, a_turn_may_schedule_itself)
{
    struct mic_callpool *pool = started_pool(4);
    struct meter meter;
    struct job job;

    meter_init(&meter);
    job_init(&job, pool, &meter, run_counting);
    job.again = 1000;
    mic_callpool_schedule(pool, &job.turn);
    meter_await(&meter, &meter.runs, 1001);
    mic_callpool_free(pool);
    MIC_CHECK_INT(job.unlocked_runs, 1001);
    meter_fini(&meter);
}

static void hold_job(void *context)
{
    atomic_fetch_add(&((struct job *)context)->references, 1);
}

static void release_job(void *context)
{
    struct job *job = context;
    struct meter *meter = job->meter;

    if (atomic_fetch_sub(&job->references, 1) == 1) {
        free(job);
        meter_add(meter, &meter->released, 1);
    }
}

static struct job *new_job(struct mic_callpool *pool, struct meter *meter,
                           void (*run)(void *context))
{
    struct job *job = malloc(sizeof(*job));

    MIC_REQUIRE(job != NULL);
    job_init(job, pool, meter, run);
    job->turn.hold = hold_job;
    job->turn.release = release_job;
    atomic_store(&job->references, 1);
    return job;
}

MIC_TEST(callpool, the_last_run_may_free_what_the_turn_is_part_of)
{
    struct mic_callpool *pool = started_pool(4);
    struct meter meter;

    meter_init(&meter);
    for (unsigned i = 0; i < 2000; i++) {
        struct job *job = new_job(pool, &meter, run_counting);

        job->again = i % 3;
        mic_callpool_schedule(pool, &job->turn);
        if (i % 2) {
            mic_callpool_schedule(pool, &job->turn);
        }
        release_job(job);
    }
    meter_await(&meter, &meter.released, 2000);
    mic_callpool_free(pool);
    meter_fini(&meter);
}

MIC_TEST(callpool, free_waits_for_running_turns_and_releases_queued_ones)
{
    struct mic_callpool *pool = started_pool(1);
    struct meter meter;
    struct job blocker;
    struct job *queued;

    meter_init(&meter);
    job_init(&blocker, pool, &meter, run_blocked);
    mic_callpool_schedule(pool, &blocker.turn);
    meter_await(&meter, &meter.running, 1);
    queued = new_job(pool, &meter, run_counting);
    mic_callpool_schedule(pool, &queued->turn);
    release_job(queued);
    meter_let_go(&meter);
    mic_callpool_free(pool);
    MIC_CHECK_INT(blocker.unlocked_runs, 1);
    MIC_CHECK_INT(meter.released, 1);
    meter_fini(&meter);
    mic_callpool_free(NULL);
}

struct producer {
    struct job *job;
    unsigned count;
};

static void *schedule_often(void *context)
{
    struct producer *producer = context;

    for (unsigned i = 0; i < producer->count; i++) {
        mic_callpool_schedule(producer->job->pool, &producer->job->turn);
    }
    return NULL;
}

/* unlocked_runs is written without a lock: a thread sanitizer reports turns that overlap. */
MIC_TEST(callpool, scheduled_by_many_threads_its_turns_never_overlap)
{
    struct mic_callpool *pool = started_pool(4);
    struct meter meter;
    struct job job, last;
    struct producer producer = {&job, 5000};
    pthread_t threads[4];

    meter_init(&meter);
    job_init(&job, pool, &meter, run_counting);
    for (int i = 0; i < 4; i++) {
        MIC_REQUIRE(pthread_create(&threads[i], NULL, schedule_often, &producer) == 0);
    }
    for (int i = 0; i < 4; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    job_init(&last, pool, &meter, run_counting);
    mic_callpool_schedule(pool, &last.turn);
    mic_callpool_free(pool);
    MIC_CHECK_INT(meter.runs, job.unlocked_runs + last.unlocked_runs);
    MIC_CHECK(job.unlocked_runs <= 20000);
    meter_fini(&meter);
}

struct facts {
    struct mic_turn turn;
    struct meter *meter;
    sigset_t mask;
    char name[32];
};

static void look_around(void *context)
{
    struct facts *facts = context;

    (void)pthread_sigmask(SIG_SETMASK, NULL, &facts->mask);
    (void)pthread_getname_np(pthread_self(), facts->name, sizeof(facts->name));
    meter_add(facts->meter, &facts->meter->runs, 1);
}

MIC_TEST(callpool, its_threads_are_named_and_take_no_signals)
{
    struct mic_callpool *pool = started_pool(1);
    struct meter meter;
    struct facts facts = {.turn = {.run = look_around}, .meter = &meter};

    meter_init(&meter);
    facts.turn.context = &facts;
    mic_callpool_schedule(pool, &facts.turn);
    meter_await(&meter, &meter.runs, 1);
    mic_callpool_free(pool);
    MIC_CHECK_TEXT(facts.name, "mi-callback");
    MIC_CHECK_INT(sigismember(&facts.mask, SIGPIPE), 1);
    MIC_CHECK_INT(sigismember(&facts.mask, SIGTERM), 1);
    meter_fini(&meter);
}

MIC_TEST(callpool, starting_twice_does_nothing_and_creation_can_fail)
{
    struct mic_callpool *pool = started_pool(2);
    struct mic_err err;

    MIC_CHECK_INT(mic_callpool_start(pool, NULL), MI_RESULT_OK);
    mic_callpool_free(pool);
    mic_err_init(&err);
    mic_fail_alloc_at(1);
    MIC_CHECK(mic_callpool_new(4, &err) == NULL);
    mic_fail_alloc_at(0);
    MIC_CHECK_INT(err.code, MIC_E_MEMORY);
    pool = mic_callpool_new(0, NULL);
    MIC_REQUIRE(pool != NULL);
    mic_callpool_free(pool);
}
