/* mic_loop_run_or_post: another thread as the loop's for so long. Where the poller cannot have
 * guests (loop_poll.c) all of it holds too, by posts. */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "loop/loop.h"
#include "loop/poller.h"
#include "mic_test.h"

struct visit {
    struct mic_loop *loop;
    struct mic_post post;
    struct mic_post second; /* posted by the first */
    struct mic_timer timer;
    pthread_t thread, second_thread;
    atomic_bool is_current;
    sem_t done, second_done;
};

static struct mic_loop *start_loop(void)
{
    struct mic_loop *loop = mic_loop_new(NULL, NULL);

    MIC_REQUIRE(loop != NULL);
    MIC_REQUIRE(mic_loop_start(loop, NULL) == MI_RESULT_OK);
    return loop;
}

static void end_loop(struct mic_loop *loop)
{
    mic_loop_stop_join(loop);
    mic_loop_free(loop);
}

static void wait_for(sem_t *done)
{
    while (sem_wait(done) != 0) {
    }
}

static void note_thread(void *context)
{
    struct visit *visit = context;

    visit->thread = pthread_self();
    atomic_store(&visit->is_current, mic_loop_is_current(visit->loop));
    sem_post(&visit->done);
}

static void visit_init(struct visit *visit, struct mic_loop *loop, void (*run)(void *))
{
    memset(visit, 0, sizeof(*visit));
    visit->loop = loop;
    visit->post = (struct mic_post){.run = run, .context = visit};
    MIC_REQUIRE(sem_init(&visit->done, 0, 0) == 0);
    MIC_REQUIRE(sem_init(&visit->second_done, 0, 0) == 0);
}

/* The loop's thread falls asleep by and by: asked until it has. */
static void visit_asleep(struct visit *visit)
{
    do {
        (void)mic_loop_run_or_post(visit->loop, &visit->post);
        wait_for(&visit->done);
    } while (mic_poller_is_open_in_wait && pthread_equal(visit->thread, pthread_self()) == 0);
}

MIC_TEST(guest, runs_on_the_callers_thread_when_the_loop_sleeps)
{
    struct mic_loop *loop = start_loop();
    struct visit visit;

    visit_init(&visit, loop, note_thread);
    visit_asleep(&visit);
    MIC_CHECK(atomic_load(&visit.is_current));
    MIC_CHECK(!mic_loop_is_current(loop));
    end_loop(loop);
}

static void block_loop(void *context)
{
    struct visit *visit = context;

    wait_for(&visit->done);
}

MIC_TEST(guest, is_a_post_when_the_loop_is_busy)
{
    struct mic_loop *loop = start_loop();
    struct visit blocker, visit;

    visit_init(&blocker, loop, block_loop);
    visit_init(&visit, loop, note_thread);
    MIC_CHECK(mic_loop_post(loop, &blocker.post));
    MIC_CHECK(mic_loop_run_or_post(loop, &visit.post));
    MIC_CHECK(!mic_loop_run_or_post(loop, &visit.post));
    sem_post(&blocker.done);
    wait_for(&visit.done);
    MIC_CHECK(pthread_equal(visit.thread, pthread_self()) == 0);
    MIC_CHECK(atomic_load(&visit.is_current));
    end_loop(loop);
}

static void note_second(void *context)
{
    struct visit *visit = context;

    visit->second_thread = pthread_self();
    sem_post(&visit->done);
}

static void post_second(void *context)
{
    struct visit *visit = context;

    visit->thread = pthread_self();
    visit->second = (struct mic_post){.run = note_second, .context = visit};
    MIC_CHECK(mic_loop_post(visit->loop, &visit->second));
}

MIC_TEST(guest, what_a_guest_posts_runs_on_the_loops_own_thread)
{
    struct mic_loop *loop = start_loop();
    struct visit visit;

    visit_init(&visit, loop, post_second);
    visit_asleep(&visit);
    MIC_CHECK(pthread_equal(visit.second_thread, pthread_self()) == 0);
    end_loop(loop);
}

static void on_timer(void *context)
{
    struct visit *visit = context;

    sem_post(&visit->done);
}

static void set_timer(void *context)
{
    struct visit *visit = context;

    visit->thread = pthread_self();
    visit->timer = (struct mic_timer){.fire = on_timer, .context = visit};
    mic_timer_set(visit->loop, &visit->timer, mic_loop_now_ms(visit->loop) + 1);
}

MIC_TEST(guest, a_timer_set_by_a_guest_fires_while_the_loop_sleeps)
{
    struct mic_loop *loop = start_loop();
    struct visit visit;

    visit_init(&visit, loop, set_timer);
    visit_asleep(&visit);
    end_loop(loop);
}

/* ---- events beside visits ---- */

enum { VISITORS = 4, VISITS = 3000 };

struct watched {
    struct mic_loop *loop;
    struct mic_post open, close;
    struct mic_io io;
    int ends[2];
    bool is_open;       /* the loop's */
    atomic_uint *wrong; /* of all */
    sem_t done;
};

/* Never read: the descriptor is ready in each round, until it is unwatched. */
static void on_ready(void *context, unsigned events)
{
    struct watched *watched = context;

    (void)events;
    if (!watched->is_open || !mic_loop_is_current(watched->loop)) {
        atomic_fetch_add(watched->wrong, 1);
    }
    mic_loop_modify(watched->loop, &watched->io, 0);
}

static void open_watched(void *context)
{
    struct watched *watched = context;

    watched->is_open = mic_loop_watch(watched->loop, &watched->io, MIC_IO_READ, NULL) == 0;
    if (!watched->is_open) {
        atomic_fetch_add(watched->wrong, 1);
    }
    sem_post(&watched->done);
}

static void close_watched(void *context)
{
    struct watched *watched = context;

    mic_loop_unwatch(watched->loop, &watched->io);
    watched->is_open = false;
    sem_post(&watched->done);
}

struct visitor {
    struct mic_loop *loop;
    atomic_uint *wrong;
};

static void visit_once(struct visitor *visitor)
{
    struct watched *watched = calloc(1, sizeof(*watched));

    if (watched == NULL || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, watched->ends) != 0 ||
        sem_init(&watched->done, 0, 0) != 0 || send(watched->ends[1], "", 1, MSG_NOSIGNAL) != 1) {
        abort();
    }
    watched->loop = visitor->loop;
    watched->wrong = visitor->wrong;
    watched->open = (struct mic_post){.run = open_watched, .context = watched};
    watched->close = (struct mic_post){.run = close_watched, .context = watched};
    watched->io = (struct mic_io){.fd = watched->ends[0], .ready = on_ready, .context = watched};
    (void)mic_loop_run_or_post(visitor->loop, &watched->open);
    wait_for(&watched->done);
    (void)mic_loop_run_or_post(visitor->loop, &watched->close);
    wait_for(&watched->done);
    (void)close(watched->ends[0]);
    (void)close(watched->ends[1]);
    (void)sem_destroy(&watched->done);
    free(watched);
}

static void *visit_often(void *context)
{
    for (unsigned i = 0; i < VISITS; i++) {
        visit_once(context);
    }
    return NULL;
}

/* A sanitizer sees the event of a descriptor that has gone, and two threads in the loop at once. */
MIC_TEST(guest, no_event_comes_of_what_a_guest_has_let_go)
{
    struct mic_loop *loop = start_loop();
    atomic_uint wrong;
    struct visitor visitor = {loop, &wrong};
    pthread_t threads[VISITORS];

    atomic_init(&wrong, 0);
    for (unsigned i = 0; i < VISITORS; i++) {
        MIC_REQUIRE(pthread_create(&threads[i], NULL, visit_often, &visitor) == 0);
    }
    for (unsigned i = 0; i < VISITORS; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    end_loop(loop);
    MIC_CHECK_INT(atomic_load(&wrong), 0);
}

/* ---- ends ---- */

static void stay(void *context)
{
    struct visit *visit = context;

    if (pthread_equal(visit->thread, pthread_self()) != 0) {
        sem_post(&visit->second_done);
        for (int i = 0; i < 1000; i++) { /* long enough for the loop to be stopped meanwhile */
            sched_yield();
        }
        atomic_store(&visit->is_current, mic_loop_is_current(visit->loop));
    }
    sem_post(&visit->done);
}

/* Until it has been a guest once. Where there are none it says so at once. */
static void *visit_from_thread(void *context)
{
    struct visit *visit = context;

    visit->thread = pthread_self();
    while (mic_poller_is_open_in_wait && !atomic_load(&visit->is_current)) {
        (void)mic_loop_run_or_post(visit->loop, &visit->post);
        wait_for(&visit->done);
    }
    if (!mic_poller_is_open_in_wait) {
        sem_post(&visit->second_done);
    }
    return NULL;
}

MIC_TEST(guest, a_loop_that_is_stopped_waits_for_its_guest)
{
    struct mic_loop *loop = start_loop();
    struct visit visit;
    pthread_t thread;

    visit_init(&visit, loop, stay);
    MIC_REQUIRE(pthread_create(&thread, NULL, visit_from_thread, &visit) == 0);
    wait_for(&visit.second_done);
    end_loop(loop);
    MIC_CHECK_INT(atomic_load(&visit.is_current), mic_poller_is_open_in_wait);
    (void)pthread_join(thread, NULL);
}

static void ignore_event(void *context, unsigned events)
{
    struct mic_io *io = context;
    char byte;

    (void)events;
    (void)recv(io->fd, &byte, 1, MSG_DONTWAIT);
}

struct forking {
    struct visit visit;
    struct mic_io io;
    int ends[2];
    int status;
};

/* The loop's thread has an event and waits for this guest when the process forks. */
static void fork_and_free(void *context)
{
    struct forking *forking = context;
    const struct timespec moment = {0, 50000000};
    pid_t child;

    forking->visit.thread = pthread_self();
    if (pthread_equal(pthread_self(), forking->visit.second_thread) != 0) {
        (void)send(forking->ends[1], "", 1, MSG_NOSIGNAL);
        (void)nanosleep(&moment, NULL);
        child = fork();
        if (child == 0) {
            (void)alarm(30);
            mic_loop_free(forking->visit.loop);
            _exit(0);
        }
        if (child < 0 || waitpid(child, &forking->status, 0) != child) {
            forking->status = -1;
        }
    }
    sem_post(&forking->visit.done);
}

MIC_TEST(guest, a_child_forked_by_a_guest_can_let_go)
{
    struct mic_loop *loop = mic_loop_new(NULL, NULL);
    struct forking forking;

    MIC_REQUIRE(loop != NULL);
    memset(&forking, 0, sizeof(forking));
    visit_init(&forking.visit, loop, fork_and_free);
    forking.visit.post.context = &forking;
    forking.visit.second_thread = pthread_self();
    MIC_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, forking.ends) == 0);
    forking.io =
        (struct mic_io){.fd = forking.ends[0], .ready = ignore_event, .context = &forking.io};
    MIC_REQUIRE(mic_loop_watch(loop, &forking.io, MIC_IO_READ, NULL) == MI_RESULT_OK);
    MIC_REQUIRE(mic_loop_start(loop, NULL) == MI_RESULT_OK);
    visit_asleep(&forking.visit);
    MIC_CHECK(WIFEXITED(forking.status) && WEXITSTATUS(forking.status) == 0);
    end_loop(loop);
    (void)close(forking.ends[0]);
    (void)close(forking.ends[1]);
}

static void note_cancellation(void *context)
{
    struct visit *visit = context;

    if (pthread_equal(visit->thread, pthread_self()) != 0) { /* not the loop's own */
        (void)pthread_cancel(pthread_self());
        pthread_testcancel();
        atomic_store(&visit->is_current, true);
    }
    sem_post(&visit->done);
}

static void *visit_until_cancelled(void *context)
{
    struct visit *visit = context;

    visit->thread = pthread_self();
    while (!atomic_load(&visit->is_current)) {
        (void)mic_loop_run_or_post(visit->loop, &visit->post);
        pthread_testcancel();
        wait_for(&visit->done);
    }
    return NULL;
}

MIC_TEST(guest, a_cancelled_thread_leaves_the_loop_first)
{
    struct mic_loop *loop = start_loop();
    struct visit visit, later;
    pthread_t thread;

    if (!mic_poller_is_open_in_wait) { /* no guest would ever come */
        end_loop(loop);
        return;
    }
    visit_init(&later, loop, note_thread);
    visit_init(&visit, loop, note_cancellation);
    MIC_REQUIRE(pthread_create(&thread, NULL, visit_until_cancelled, &visit) == 0);
    (void)pthread_join(thread, NULL);
    MIC_CHECK(atomic_load(&visit.is_current));
    (void)mic_loop_run_or_post(loop, &later.post);
    wait_for(&later.done);
    end_loop(loop);
}
