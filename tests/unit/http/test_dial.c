/* From names to connections, with this file's own getaddrinfo: the program's wins over the C
 * library's. */
#include <netdb.h>
#include <semaphore.h>

#include "fixture.h"
#include "http/conn.h"

static uint16_t live_port, mute_port, dead_port;
static sem_t answer; /* the name "blocked" is answered when it is posted */
static atomic_int lists;

static struct addrinfo *make_address(uint16_t port, struct addrinfo *next)
{
    struct addrinfo *info = calloc(1, sizeof(*info));
    struct sockaddr_in *address = calloc(1, sizeof(*address));

    address->sin_family = AF_INET;
    address->sin_port = htons(port);
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    info->ai_family = AF_INET;
    info->ai_socktype = SOCK_STREAM;
    info->ai_addr = (struct sockaddr *)(void *)address;
    info->ai_addrlen = sizeof(*address);
    info->ai_next = next;
    return info;
}

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                struct addrinfo **list)
{
    (void)service;
    if ((hints->ai_flags & AI_NUMERICHOST) != 0) {
        return EAI_NONAME;
    }
    if (strcmp(node, "mute-then-live") == 0) {
        *list = make_address(mute_port, make_address(live_port, NULL));
    } else if (strcmp(node, "dead-then-live") == 0) {
        *list = make_address(dead_port, make_address(live_port, NULL));
    } else if (strcmp(node, "dead-twice") == 0) {
        *list = make_address(dead_port, make_address(dead_port, NULL));
    } else if (strcmp(node, "blocked") == 0) {
        sem_wait(&answer);
        *list = make_address(live_port, NULL);
    } else if (strcmp(node, "live") == 0) {
        *list = make_address(live_port, NULL);
    } else {
        errno = ENETDOWN;
        return EAI_SYSTEM;
    }
    atomic_fetch_add(&lists, 1);
    return 0;
}

void freeaddrinfo(struct addrinfo *list)
{
    atomic_fetch_sub(&lists, 1);
    while (list != NULL) {
        struct addrinfo *next = list->ai_next;

        free(list->ai_addr);
        free(list);
        list = next;
    }
}

/* A listening socket; full: its queue takes no more, so that a connect gets no answer. */
static int open_port(uint16_t *port, bool is_full, int fillers[8])
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    MIC_REQUIRE(bind(fd, (const struct sockaddr *)(void *)&address, size) == 0);
    MIC_REQUIRE(getsockname(fd, (struct sockaddr *)(void *)&address, &size) == 0);
    *port = ntohs(address.sin_port);
    if (is_full) {
        MIC_REQUIRE(listen(fd, 0) == 0);
        for (int i = 0; i < 8; i++) {
            fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
            (void)connect(fillers[i], (const struct sockaddr *)(void *)&address, sizeof(address));
        }
    }
    return fd;
}

/* ---- time ---- */

static uint64_t fake_now(void *context)
{
    return *(uint64_t *)context;
}

static void expect_share(uint64_t deadline, uint64_t share)
{
    uint64_t now = 1000;
    struct mic_clock clock = {fake_now, &now};
    struct server server;
    struct client client;
    struct call call;
    struct mic_err err;
    int fillers[8];
    int mute = open_port(&mute_port, true, fillers);

    server_start(&server, serve_echo, NULL);
    live_port = server.port;
    client_init(&client, server.port);
    mic_workpool_free(client.workpool, 0);
    mic_loop_free(client.loop);
    mic_err_init(&err);
    client.loop = mic_loop_new(&clock, &err);
    client.workpool = mic_workpool_new(client.loop, 4, 1000, &err);
    client.target.host = "mute-then-live";
    client_open(&client);
    call_init(&call, &client, "second address");
    call.request.deadline_ms = deadline;
    call_submit(&call);
    while (call.request.conn == NULL || call.request.conn->state != MIC_CONN_CONNECTING) {
        mic_loop_run_once(client.loop, 10);
    }
    now += share - 1;
    mic_loop_run_once(client.loop, 0);
    MIC_CHECK_INT(call.request.conn->tried, 1);
    MIC_CHECK_INT(call.request.phase, MIC_PHASE_CONNECT);
    now += 1;
    mic_loop_run_once(client.loop, 0);
    call_finish(&call);
    MIC_CHECK_TEXT(call.err.message, "");
    MIC_CHECK_TEXT(mic_buf_text(&call.body), "second address");
    call_fini(&call);
    client_stop(&client);
    server_stop(&server);
    for (int i = 0; i < 8; i++) {
        close(fillers[i]);
    }
    close(mute);
    MIC_CHECK_INT(atomic_load(&lists), 0);
}

MIC_TEST(dial, gives_each_address_its_share_of_the_time)
{
    expect_share(0, 30000);
    expect_share(1000 + 8000, 4000);
}

MIC_TEST(dial, tries_the_next_address_and_tells_how_many_there_were)
{
    struct server server;
    struct client client;
    int dead = open_port(&dead_port, false, NULL); /* bound and not listening: refused */

    server_start(&server, serve_echo, NULL);
    live_port = server.port;
    client_init(&client, server.port);
    client.target.host = "dead-then-live";
    client_open(&client);
    expect_reply(&client, "a", "a");
    mic_http_pool_free(client.pool);
    client.target.host = "dead-twice";
    client_open(&client);
    expect_failure(&client, "a", true, MIC_E_CONNECT,
                   "none of 2 addresses answers, the last is 127.0.0.1: Connection refused");
    mic_http_pool_free(client.pool);
    client.target.host = "other";
    client_open(&client);
    expect_failure(&client, "a", true, MIC_E_RESOLVE,
                   "cannot resolve the name \"other\": Network is down");
    client_stop(&client);
    server_stop(&server);
    close(dead);
    MIC_CHECK_INT(atomic_load(&lists), 0);
}

static bool is_resolving(void *context)
{
    return ((struct call *)context)->request.phase == MIC_PHASE_RESOLVE;
}

MIC_TEST(dial, waits_for_no_name_that_nobody_wants_any_more)
{
    struct server server;
    struct client client;
    struct mic_http_pool *blocked;
    struct call call, other;

    sem_init(&answer, 0, 0);
    server_start(&server, serve_echo, NULL);
    live_port = server.port;
    client_init(&client, server.port);
    client.target.host = "blocked";
    client_open(&client);
    blocked = client.pool;
    call_init(&call, &client, "a");
    call_submit(&call);
    run_until(&client, is_resolving, &call);

    /* Others are not delayed. */
    client.target.host = "live";
    client_open(&client);
    expect_reply(&client, "b", "b");
    MIC_CHECK_INT(call.done_count, 0);

    /* Cancelled while blocked, asked again, and the pool freed while blocked. */
    mic_http_cancel(&call.request);
    call_init(&other, &client, "c");
    mic_http_submit(blocked, &other.request);
    run_until(&client, is_resolving, &other);
    mic_http_pool_free(blocked);
    MIC_CHECK_INT(call.done_count, 0);
    MIC_CHECK_INT(other.err.code, MIC_E_CANCELLED);
    sem_post(&answer);
    sem_post(&answer);
    call_fini(&call);
    call_fini(&other);
    client_stop(&client);
    server_stop(&server);
    MIC_CHECK_INT(atomic_load(&lists), 0);
    sem_destroy(&answer);
}
