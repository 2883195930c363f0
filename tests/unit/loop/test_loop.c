#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fail_alloc.h"
#include "loop/loop.h"
#include "mic_test.h"

static uint64_t zero_now(void *context)
{
    (void)context;
    return 0;
}

static struct mic_loop *new_loop(void)
{
    static const struct mic_clock clock = {zero_now, NULL};
    struct mic_loop *loop = mic_loop_new(&clock, NULL);

    MIC_REQUIRE(loop != NULL);
    return loop;
}

/* One watched end of a socket pair. */
struct pair {
    int ends[2];
    struct mic_io io;
    struct mic_loop *loop;
    unsigned calls, events;
    struct pair *victim;
    struct pair **lefts; /* two, of which the victim is taken out */
};

static void on_ready(void *context, unsigned events)
{
    struct pair *pair = context;

    pair->calls++;
    pair->events = events;
}

static void pair_init(struct pair *pair, struct mic_loop *loop, unsigned wanted)
{
    memset(pair, 0, sizeof(*pair));
    pair->loop = loop;
    MIC_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair->ends) ==
                0);
    pair->io = (struct mic_io){.fd = pair->ends[0], .ready = on_ready, .context = pair};
    MIC_REQUIRE(mic_loop_watch(loop, &pair->io, wanted, NULL) == MI_RESULT_OK);
}

static void pair_fini(struct pair *pair)
{
    mic_loop_unwatch(pair->loop, &pair->io);
    (void)close(pair->ends[0]);
    if (pair->ends[1] >= 0) {
        (void)close(pair->ends[1]);
    }
}

static void send_byte(const struct pair *pair)
{
    MIC_REQUIRE(write(pair->ends[1], "x", 1) == 1);
}

MIC_TEST(loop, ready_is_called_while_something_wanted_holds)
{
    struct mic_loop *loop = new_loop();
    struct pair pair;
    char byte;

    pair_init(&pair, loop, MIC_IO_READ);
    MIC_CHECK_INT(mic_loop_run_once(loop, 0), 0);
    send_byte(&pair);
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 1);
    MIC_CHECK_INT(pair.events, MIC_IO_READ);
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 1);
    MIC_REQUIRE(read(pair.ends[0], &byte, 1) == 1);
    MIC_CHECK_INT(mic_loop_run_once(loop, 0), 0);
    mic_loop_modify(loop, &pair.io, MIC_IO_READ | MIC_IO_WRITE);
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 1);
    MIC_CHECK_INT(pair.events, MIC_IO_WRITE);
    pair_fini(&pair);
    mic_loop_free(loop);
}

MIC_TEST(loop, nothing_wanted_means_nothing_reported_not_even_a_hang_up)
{
    struct mic_loop *loop = new_loop();
    struct pair pair;

    pair_init(&pair, loop, 0);
    send_byte(&pair);
    (void)close(pair.ends[1]);
    pair.ends[1] = -1;
    for (int i = 0; i < 3; i++) {
        MIC_CHECK_INT(mic_loop_run_once(loop, 0), 0);
    }
    mic_loop_modify(loop, &pair.io, MIC_IO_READ);
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 1);
    MIC_CHECK(pair.events & MIC_IO_READ);
    MIC_CHECK(!(pair.events & MIC_IO_WRITE));
    mic_loop_modify(loop, &pair.io, 0);
    MIC_CHECK_INT(mic_loop_run_once(loop, 0), 0);
    pair_fini(&pair);
    mic_loop_free(loop);
}

static uint64_t real_ms(void)
{
    struct timespec now = {0, 0};

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

MIC_TEST(loop, a_hang_up_nobody_asked_for_does_not_keep_the_loop_awake)
{
    struct mic_loop *loop = new_loop();
    struct pair pair;
    uint64_t start;

    pair_init(&pair, loop, MIC_IO_READ);
    mic_loop_modify(loop, &pair.io, 0);
    (void)close(pair.ends[1]);
    pair.ends[1] = -1;
    (void)mic_loop_run_once(loop, 0);
    start = real_ms();
    MIC_CHECK_INT(mic_loop_run_once(loop, 30), 0);
    MIC_CHECK(real_ms() - start >= 25);
    pair_fini(&pair);
    mic_loop_free(loop);
}

MIC_TEST(loop, hang_up_is_reported_with_what_is_wanted)
{
    struct mic_loop *loop = new_loop();
    struct pair pair;

    pair_init(&pair, loop, MIC_IO_WRITE);
    (void)close(pair.ends[1]);
    pair.ends[1] = -1;
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 1);
    MIC_CHECK_INT(pair.events, MIC_IO_WRITE | MIC_IO_ERROR);
    pair_fini(&pair);
    mic_loop_free(loop);
}

MIC_TEST(loop, watching_a_closed_descriptor_is_an_error)
{
    struct mic_loop *loop = new_loop();
    struct mic_io io = {.ready = on_ready};
    struct mic_err err;
    int fd = dup(0);

    io.fd = fd;
    (void)close(fd);
    mic_err_init(&err);
    MIC_CHECK_INT(mic_loop_watch(loop, &io, MIC_IO_READ, &err), MI_RESULT_FAILED);
    MIC_CHECK_INT(err.native, EBADF);
    mic_loop_unwatch(loop, &io);
    mic_loop_modify(loop, &io, MIC_IO_READ);
    mic_loop_free(loop);
}

static void unwatch_victim(void *context, unsigned events)
{
    struct pair *pair = context;
    struct pair *victim = pair->victim;

    on_ready(context, events);
    if (victim) {
        pair_fini(victim);
        pair->lefts[victim == pair->lefts[1]] = NULL;
        free(victim);
        pair->victim = NULL;
    }
}

/* Whichever is served first frees the other, whose event has been fetched already. */
MIC_TEST(loop, unwatching_another_in_a_callback_keeps_it_silent_and_may_free_it)
{
    struct mic_loop *loop = new_loop();
    struct pair *pairs[2];
    struct pair *left[2] = {NULL, NULL};

    for (int i = 0; i < 2; i++) {
        pairs[i] = malloc(sizeof(struct pair));
        MIC_REQUIRE(pairs[i] != NULL);
        pair_init(pairs[i], loop, MIC_IO_READ);
        pairs[i]->io.ready = unwatch_victim;
        send_byte(pairs[i]);
    }
    pairs[0]->victim = pairs[1];
    pairs[1]->victim = pairs[0];
    left[0] = pairs[0];
    left[1] = pairs[1];
    pairs[0]->lefts = pairs[1]->lefts = left;
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 1);
    MIC_REQUIRE((left[0] == NULL) != (left[1] == NULL));
    pairs[0] = left[0] ? left[0] : left[1];
    MIC_CHECK_INT(pairs[0]->calls, 1);
    MIC_CHECK_INT(mic_loop_run_once(loop, 0), 1);
    MIC_CHECK_INT(pairs[0]->calls, 2);
    pair_fini(pairs[0]);
    free(pairs[0]);
    mic_loop_free(loop);
}

static void unwatch_self(void *context, unsigned events)
{
    struct pair *pair = context;

    (void)events;
    pair_fini(pair);
    free(pair);
}

MIC_TEST(loop, a_callback_may_unwatch_and_free_its_own)
{
    struct mic_loop *loop = new_loop();
    struct pair *pair = malloc(sizeof(*pair));

    MIC_REQUIRE(pair != NULL);
    pair_init(pair, loop, MIC_IO_READ);
    pair->io.ready = unwatch_self;
    send_byte(pair);
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 1);
    MIC_CHECK_INT(mic_loop_run_once(loop, 0), 0);
    mic_loop_free(loop);
}

static void replace_by_another(void *context, unsigned events)
{
    struct pair *pair = context;
    struct mic_loop *loop = pair->loop;
    struct pair *victim = pair->victim;

    on_ready(context, events);
    pair_fini(victim);
    pair_init(victim, loop, MIC_IO_READ);
}

/* The number of a closed descriptor is used again at once; the old event is not the new one's. */
MIC_TEST(loop, an_event_of_a_closed_descriptor_never_reaches_its_successor)
{
    struct mic_loop *loop = new_loop();
    struct pair a, b;

    pair_init(&a, loop, MIC_IO_READ);
    pair_init(&b, loop, MIC_IO_READ);
    a.io.ready = b.io.ready = replace_by_another;
    a.victim = &b;
    b.victim = &a;
    send_byte(&a);
    send_byte(&b);
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 1);
    MIC_CHECK_INT(a.calls + b.calls, 1);
    pair_fini(&a);
    pair_fini(&b);
    mic_loop_free(loop);
}

static void want_nothing_of_victim(void *context, unsigned events)
{
    struct pair *pair = context;

    on_ready(context, events);
    mic_loop_modify(pair->loop, &pair->victim->io, 0);
}

MIC_TEST(loop, what_is_no_longer_wanted_is_not_reported_in_the_same_round)
{
    struct mic_loop *loop = new_loop();
    struct pair a, b;

    pair_init(&a, loop, MIC_IO_READ);
    pair_init(&b, loop, MIC_IO_READ);
    a.io.ready = b.io.ready = want_nothing_of_victim;
    a.victim = &b;
    b.victim = &a;
    send_byte(&a);
    send_byte(&b);
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 1);
    pair_fini(&a);
    pair_fini(&b);
    mic_loop_free(loop);
}

MIC_TEST(loop, descriptors_beyond_fd_setsize_work)
{
    struct mic_loop *loop = new_loop();
    struct rlimit limit;
    struct pair pair;
    int high;

    MIC_REQUIRE(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    if (limit.rlim_max < 4000) {
        mic_loop_free(loop);
        MIC_SKIP("fewer than 4000 descriptors are allowed");
    }
    limit.rlim_cur = limit.rlim_max < 65536 ? limit.rlim_max : 65536;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    pair_init(&pair, loop, MIC_IO_READ);
    mic_loop_unwatch(loop, &pair.io);
    high = fcntl(pair.ends[0], F_DUPFD_CLOEXEC, 3000);
    MIC_REQUIRE(high >= 3000);
    pair.io.fd = high;
    MIC_REQUIRE(mic_loop_watch(loop, &pair.io, MIC_IO_READ, NULL) == MI_RESULT_OK);
    send_byte(&pair);
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 1);
    mic_loop_unwatch(loop, &pair.io);
    (void)close(high);
    pair_fini(&pair);
    mic_loop_free(loop);
}

MIC_TEST(loop, hundreds_of_descriptors_are_each_served)
{
    enum { COUNT = 300 };
    static struct pair pairs[COUNT];
    struct mic_loop *loop = new_loop();
    unsigned served = 0;

    for (size_t i = 0; i < COUNT; i++) {
        pair_init(&pairs[i], loop, MIC_IO_READ);
        send_byte(&pairs[i]);
    }
    for (int round = 0; round < 20; round++) {
        (void)mic_loop_run_once(loop, 0);
    }
    for (size_t i = 0; i < COUNT; i++) {
        served += pairs[i].calls > 0 ? 1 : 0;
    }
    MIC_CHECK_INT(served, COUNT);
    for (size_t i = 0; i < COUNT; i += 2) {
        pair_fini(&pairs[i]);
    }
    for (size_t i = 1; i < COUNT; i += 2) {
        pairs[i].calls = 0;
    }
    for (int round = 0; round < 20; round++) {
        (void)mic_loop_run_once(loop, 0);
    }
    for (size_t i = 1; i < COUNT; i += 2) {
        MIC_CHECK(pairs[i].calls > 0);
        pairs[i].calls = 0;
        mic_loop_modify(loop, &pairs[i].io, i % 4 == 1 ? 0 : MIC_IO_READ);
    }
    for (int round = 0; round < 20; round++) {
        (void)mic_loop_run_once(loop, 0);
    }
    for (size_t i = 1; i < COUNT; i += 2) {
        MIC_CHECK_INT(pairs[i].calls > 0, i % 4 != 1);
        pair_fini(&pairs[i]);
    }
    mic_loop_free(loop);
}

static bool make_loop(void *context)
{
    static const struct mic_clock clock = {zero_now, NULL};
    struct mic_loop *loop;
    struct mic_err err;
    bool ok;

    (void)context;
    mic_err_init(&err);
    loop = mic_loop_new(&clock, &err);
    ok = loop != NULL;
    if (!ok) {
        MIC_CHECK_INT(err.code, MIC_E_MEMORY);
    }
    mic_loop_free(loop);
    return ok;
}

MIC_TEST(loop, creation_survives_failure_of_each_allocation)
{
    MIC_CHECK(mic_fail_alloc_each(make_loop, NULL) >= 2);
}

static bool watch_many(void *context)
{
    static struct pair pairs[40];
    struct mic_loop *loop = context;
    MI_Result result = MI_RESULT_OK;

    for (size_t i = 0; i < 40; i++) {
        memset(&pairs[i].io, 0, sizeof(pairs[i].io));
        pairs[i].io.ready = on_ready;
        pairs[i].io.context = &pairs[i];
        pairs[i].io.fd = dup(0);
        if (result == MI_RESULT_OK) {
            result = mic_loop_watch(loop, &pairs[i].io, 0, NULL);
        }
    }
    (void)mic_loop_run_once(loop, 0);
    for (size_t i = 0; i < 40; i++) {
        mic_loop_unwatch(loop, &pairs[i].io);
        (void)close(pairs[i].io.fd);
    }
    (void)mic_loop_run_once(loop, 0);
    return result == MI_RESULT_OK;
}

MIC_TEST(loop, watching_survives_failure_of_each_allocation)
{
    struct mic_loop *loop = new_loop();
    int ends[2], saved = dup(0);

    /* Something epoll takes as descriptor 0. */
    MIC_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    MIC_REQUIRE(dup2(ends[0], 0) == 0);
    MIC_CHECK(mic_fail_alloc_each(watch_many, loop) >= 0);
    (void)dup2(saved, 0);
    (void)close(saved);
    (void)close(ends[0]);
    (void)close(ends[1]);
    mic_loop_free(loop);
}

static struct mic_buf buffer_of(size_t capacity)
{
    struct mic_buf buf;

    mic_buf_init(&buf);
    MIC_REQUIRE(mic_buf_reserve(&buf, capacity));
    buf.size = 1;
    return buf;
}

/* Two at most, the largest ones of a sensible size, each lent to one at a time. */
MIC_TEST(loop, memory_of_large_messages_is_lent_again)
{
    struct mic_loop *loop = new_loop();
    size_t sizes[] = {100000, 400000, 200000, 1000, MIC_LOOP_SPARE_MAX + 1};
    struct mic_buf bufs[3];

    for (size_t i = 0; i < MIC_COUNT(sizes); i++) {
        struct mic_buf buf = buffer_of(sizes[i]);
        mic_loop_take_back(loop, &buf);
        MIC_CHECK(buf.data == NULL && buf.size == 0 && buf.capacity == 0);
    }
    for (size_t i = 0; i < 3; i++) {
        mic_buf_init(&bufs[i]);
        mic_loop_lend(loop, &bufs[i]);
        MIC_CHECK_INT(bufs[i].size, 0);
    }
    MIC_CHECK_INT(bufs[0].capacity, 400000);
    MIC_CHECK_INT(bufs[1].capacity, 200000);
    MIC_CHECK_INT(bufs[2].capacity, 0);
    bufs[1].failed = true;
    mic_loop_take_back(loop, &bufs[1]);
    mic_loop_take_back(loop, &bufs[2]);
    mic_loop_lend(loop, &bufs[2]);
    MIC_CHECK_INT(bufs[2].capacity, 200000);
    MIC_CHECK(!bufs[2].failed);
    mic_loop_take_back(loop, &bufs[0]);
    mic_loop_take_back(loop, &bufs[2]);
    mic_loop_free(loop);
}

MIC_TEST(loop, its_descriptors_are_close_on_exec)
{
    int first = dup(0), last;
    struct mic_loop *loop;

    (void)close(first);
    loop = new_loop();
    last = dup(0);
    (void)close(last);
    MIC_CHECK(last > first);
    for (int fd = first; fd < last; fd++) {
        MIC_CHECK_INT(fcntl(fd, F_GETFD), FD_CLOEXEC);
    }
    mic_loop_free(loop);
    MIC_CHECK(fcntl(first, F_GETFD) < 0);
}

/* ---- posts ---- */

struct note {
    struct mic_post post;
    struct mic_loop *loop;
    int number;
    int *log;
    size_t *logged;
    struct note *other;
};

static void write_note(void *context)
{
    struct note *note = context;

    note->log[(*note->logged)++] = note->number;
}

MIC_TEST(loop, posts_run_in_order_once_each)
{
    struct mic_loop *loop = new_loop();
    struct note notes[5];
    int log[20];
    size_t logged = 0;

    for (int i = 0; i < 5; i++) {
        notes[i] =
            (struct note){{.run = write_note, .context = &notes[i]}, loop, i, log, &logged, NULL};
        MIC_CHECK(mic_loop_post(loop, &notes[i].post));
    }
    MIC_CHECK(!mic_loop_post(loop, &notes[0].post));
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 5);
    MIC_CHECK_INT(mic_loop_run_once(loop, 0), 0);
    MIC_CHECK_INT(logged, 5);
    for (int i = 0; i < 5; i++) {
        MIC_CHECK_INT(log[i], i);
    }
    mic_loop_free(loop);
}

static void post_again(void *context)
{
    struct note *note = context;

    write_note(note);
    MIC_CHECK(mic_loop_post(note->loop, &note->post));
}

MIC_TEST(loop, a_post_that_posts_itself_does_not_starve_descriptors)
{
    struct mic_loop *loop = new_loop();
    struct note note = {.loop = loop, .number = 1};
    struct pair pair;
    int log[20];
    size_t logged = 0;

    note.post = (struct mic_post){.run = post_again, .context = &note};
    note.log = log;
    note.logged = &logged;
    pair_init(&pair, loop, MIC_IO_READ);
    send_byte(&pair);
    MIC_CHECK(mic_loop_post(loop, &note.post));
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 2);
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 2);
    MIC_CHECK_INT(logged, 2);
    MIC_CHECK(mic_loop_unpost(loop, &note.post));
    pair_fini(&pair);
    mic_loop_free(loop);
}

static void unpost_other(void *context)
{
    struct note *note = context;

    write_note(note);
    MIC_CHECK(mic_loop_unpost(note->loop, &note->other->post));
}

MIC_TEST(loop, a_post_taken_back_does_not_run)
{
    struct mic_loop *loop = new_loop();
    struct note a = {.loop = loop, .number = 1}, b = {.loop = loop, .number = 2};
    int log[20];
    size_t logged = 0;

    a.post = (struct mic_post){.run = unpost_other, .context = &a};
    b.post = (struct mic_post){.run = write_note, .context = &b};
    a.log = b.log = log;
    a.logged = b.logged = &logged;
    a.other = &b;
    MIC_CHECK(!mic_loop_unpost(loop, &b.post));
    MIC_CHECK(mic_loop_post(loop, &a.post));
    MIC_CHECK(mic_loop_post(loop, &b.post));
    MIC_CHECK_INT(mic_loop_run_once(loop, -1), 1);
    MIC_CHECK_INT(mic_loop_run_once(loop, 0), 0);
    MIC_CHECK_INT(logged, 1);
    mic_loop_free(loop);
}

/* ---- the thread ---- */

enum { POSTERS = 4, EACH = 2000 };

struct shared {
    struct mic_loop *loop;
    unsigned next[POSTERS]; /* of the loop's thread */
    atomic_uint wrong;
};

struct numbered {
    struct mic_post post;
    struct shared *shared;
    unsigned poster, number;
};

static void check_sequence(void *context)
{
    struct numbered *item = context;

    if (item->shared->next[item->poster]++ != item->number ||
        !mic_loop_is_current(item->shared->loop)) {
        atomic_fetch_add(&item->shared->wrong, 1);
    }
    free(item);
}

struct poster {
    struct shared *shared;
    unsigned poster;
};

static void *post_all(void *context)
{
    struct poster *poster = context;

    for (unsigned i = 0; i < EACH; i++) {
        struct numbered *item = calloc(1, sizeof(*item));

        if (!item) {
            abort();
        }
        item->post = (struct mic_post){.run = check_sequence, .context = item};
        item->shared = poster->shared;
        item->poster = poster->poster;
        item->number = i;
        (void)mic_loop_post(poster->shared->loop, &item->post);
    }
    return NULL;
}

MIC_TEST(loop, posts_of_many_threads_all_run_in_each_threads_order)
{
    struct shared shared = {.loop = mic_loop_new(NULL, NULL)};
    struct poster posters[POSTERS];
    pthread_t threads[POSTERS];

    MIC_REQUIRE(shared.loop != NULL);
    MIC_CHECK(!mic_loop_is_current(shared.loop));
    MIC_REQUIRE(mic_loop_start(shared.loop, NULL) == MI_RESULT_OK);
    for (unsigned i = 0; i < POSTERS; i++) {
        posters[i] = (struct poster){&shared, i};
        MIC_REQUIRE(pthread_create(&threads[i], NULL, post_all, &posters[i]) == 0);
    }
    for (unsigned i = 0; i < POSTERS; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    MIC_CHECK(!mic_loop_is_current(shared.loop));
    mic_loop_stop_join(shared.loop);
    for (unsigned i = 0; i < POSTERS; i++) {
        MIC_CHECK_INT(shared.next[i], EACH);
    }
    MIC_CHECK_INT(atomic_load(&shared.wrong), 0);
    mic_loop_stop_join(shared.loop);
    mic_loop_free(shared.loop);
}

struct facts {
    sigset_t mask;
    char name[32];
};

static void look_around(void *context)
{
    struct facts *facts = context;

    (void)pthread_sigmask(SIG_SETMASK, NULL, &facts->mask);
    (void)pthread_getname_np(pthread_self(), facts->name, sizeof(facts->name));
}

MIC_TEST(loop, its_thread_is_named_and_takes_no_signals)
{
    static const int taken[] = {SIGPIPE, SIGALRM, SIGCHLD, SIGTERM, SIGINT,
                                SIGHUP,  SIGUSR1, SIGUSR2, SIGPROF, SIGIO};
    struct mic_loop *loop = mic_loop_new(NULL, NULL);
    struct facts facts;
    struct mic_post post = {.run = look_around, .context = &facts};
    sigset_t before, after;

    MIC_REQUIRE(loop != NULL);
    (void)pthread_sigmask(SIG_SETMASK, NULL, &before);
    MIC_REQUIRE(mic_loop_start(loop, NULL) == MI_RESULT_OK);
    (void)pthread_sigmask(SIG_SETMASK, NULL, &after);
    (void)mic_loop_post(loop, &post);
    mic_loop_stop_join(loop);
    MIC_CHECK_TEXT(facts.name, "mi-io");
    for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++) {
        MIC_CHECK_INT(sigismember(&facts.mask, taken[i]), 1);
    }
    MIC_CHECK_INT(sigismember(&facts.mask, SIGSEGV), 0);
    for (int number = 1; number < 32; number++) {
        MIC_CHECK_INT(sigismember(&before, number), sigismember(&after, number));
    }
    mic_loop_free(loop);
}

MIC_TEST(loop, a_stopped_loop_runs_posts_of_posts_before_it_ends)
{
    struct mic_loop *loop = mic_loop_new(NULL, NULL);
    struct shared shared = {.loop = loop};
    struct poster poster = {&shared, 0};

    MIC_REQUIRE(loop != NULL);
    (void)post_all(&poster);
    MIC_REQUIRE(mic_loop_start(loop, NULL) == MI_RESULT_OK);
    mic_loop_stop_join(loop);
    MIC_CHECK_INT(shared.next[0], EACH);
    mic_loop_free(loop);
}

MIC_TEST(loop, a_forked_child_can_let_go_without_touching_the_parent)
{
    struct mic_loop *loop = mic_loop_new(NULL, NULL);
    struct shared shared = {.loop = loop};
    struct poster poster = {&shared, 0};
    int status = -1;
    pid_t child;

    MIC_REQUIRE(loop != NULL);
    MIC_REQUIRE(mic_loop_start(loop, NULL) == MI_RESULT_OK);
    child = fork();
    MIC_REQUIRE(child >= 0);
    if (child == 0) {
        mic_loop_stop_join(loop);
        _exit(0);
    }
    MIC_CHECK(waitpid(child, &status, 0) == child);
    MIC_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    (void)post_all(&poster);
    mic_loop_stop_join(loop);
    MIC_CHECK_INT(shared.next[0], EACH);
    mic_loop_free(loop);
}
