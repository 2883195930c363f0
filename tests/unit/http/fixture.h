/** A scripted server and a client loop for the tests of this folder. The server runs a function of
 * the test for each connection, on a thread of its own; the client's loop runs on the test's
 * thread. */
#ifndef HTTP_FIXTURE_H
#define HTTP_FIXTURE_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "fail_alloc.h"
#include "http/pool.h"
#include "mic_test.h"

#define SERVER_CONNECTIONS_MAX 128

struct server;

struct peer {
    struct server *server;
    unsigned index; /* of the connection, from 0 */
    int fd;
    pthread_t thread;
    char request[16384]; /* head and body of the last request, terminated */
    size_t size;
    size_t head_size;
};

struct server {
    int fd;
    int family;
    uint16_t port;
    void (*serve)(struct peer *peer);
    void *context;
    pthread_t thread;
    pthread_mutex_t lock;
    bool stops;
    unsigned count;
    struct peer *peers[SERVER_CONNECTIONS_MAX];
    atomic_uint requests;
};

static inline void *peer_main(void *argument)
{
    struct peer *peer = argument;

    peer->server->serve(peer);
    shutdown(peer->fd, SHUT_WR);
    return NULL;
}

static inline void *server_main(void *argument)
{
    struct server *server = argument;

    for (;;) {
        int fd = accept(server->fd, NULL, NULL);
        struct peer *peer;

        if (fd < 0) {
            return NULL;
        }
        peer = calloc(1, sizeof(*peer));
        pthread_mutex_lock(&server->lock);
        if (peer == NULL || server->stops || server->count == SERVER_CONNECTIONS_MAX) {
            pthread_mutex_unlock(&server->lock);
            close(fd);
            free(peer);
            return NULL;
        }
        peer->server = server;
        peer->fd = fd;
        peer->index = server->count;
        server->peers[server->count++] = peer;
        pthread_create(&peer->thread, NULL, peer_main, peer);
        pthread_mutex_unlock(&server->lock);
    }
}

static inline bool server_start_on(struct server *server, int family,
                                   void (*serve)(struct peer *peer), void *context)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = in6addr_loopback};
    struct sockaddr_storage bound;
    socklen_t size = sizeof(bound);
    const struct sockaddr *address = family == AF_INET ? (const struct sockaddr *)(void *)&v4
                                                       : (const struct sockaddr *)(void *)&v6;

    memset(server, 0, sizeof(*server));
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->family = family;
    server->serve = serve;
    server->context = context;
    server->fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (server->fd < 0 ||
        bind(server->fd, address, family == AF_INET ? sizeof(v4) : sizeof(v6)) != 0 ||
        listen(server->fd, 128) != 0 ||
        getsockname(server->fd, (struct sockaddr *)(void *)&bound, &size) != 0) {
        if (server->fd >= 0) {
            close(server->fd);
        }
        return false;
    }
    server->port = ntohs(family == AF_INET ? ((struct sockaddr_in *)(void *)&bound)->sin_port
                                           : ((struct sockaddr_in6 *)(void *)&bound)->sin6_port);
    pthread_mutex_init(&server->lock, NULL);
    pthread_create(&server->thread, NULL, server_main, server);
    return true;
}

static inline void server_start(struct server *server, void (*serve)(struct peer *peer),
                                void *context)
{
    MIC_REQUIRE(server_start_on(server, AF_INET, serve, context));
}

/** Ends all scripts: a read of theirs finds the end. */
static inline void server_stop(struct server *server)
{
    pthread_mutex_lock(&server->lock);
    server->stops = true;
    for (unsigned i = 0; i < server->count; i++) {
        shutdown(server->peers[i]->fd, SHUT_RDWR);
    }
    pthread_mutex_unlock(&server->lock);
    shutdown(server->fd, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    close(server->fd);
    for (unsigned i = 0; i < server->count; i++) {
        pthread_join(server->peers[i]->thread, NULL);
        close(server->peers[i]->fd);
        free(server->peers[i]);
    }
    pthread_mutex_destroy(&server->lock);
}

static inline unsigned server_connections(struct server *server)
{
    unsigned count;

    pthread_mutex_lock(&server->lock);
    count = server->count;
    pthread_mutex_unlock(&server->lock);
    return count;
}

/** How many bytes the request in peer->request needs in all; 0: not known yet. */
static inline size_t request_need(struct peer *peer)
{
    const char *end = strstr(peer->request, "\r\n\r\n");
    const char *length = strstr(peer->request, "Content-Length: ");

    if (end == NULL) {
        return 0;
    }
    peer->head_size = (size_t)(end - peer->request) + 4;
    return peer->head_size +
           (length != NULL ? (size_t)strtoul(length + strlen("Content-Length: "), NULL, 10) : 0);
}

/** Read one request. @return false at the end. */
static inline bool peer_read(struct peer *peer)
{
    size_t need;

    peer->size = 0;
    peer->request[0] = '\0';
    while ((need = request_need(peer)) == 0 || peer->size < need) {
        ssize_t n =
            recv(peer->fd, peer->request + peer->size, sizeof(peer->request) - 1 - peer->size, 0);

        if (n <= 0) {
            return false;
        }
        peer->size += (size_t)n;
        peer->request[peer->size] = '\0';
    }
    atomic_fetch_add(&peer->server->requests, 1);
    return true;
}

static inline const char *peer_body(const struct peer *peer)
{
    return peer->request + peer->head_size;
}

static inline void peer_send_bytes(struct peer *peer, const void *bytes, size_t size)
{
    const char *p = bytes;

    while (size > 0) {
        ssize_t n = send(peer->fd, p, size, MSG_NOSIGNAL);

        if (n <= 0) {
            shutdown(peer->fd, SHUT_RDWR);
            return;
        }
        p += n;
        size -= (size_t)n;
    }
}

static inline void peer_send(struct peer *peer, const char *text)
{
    peer_send_bytes(peer, text, strlen(text));
}

static inline void peer_reply(struct peer *peer, unsigned status, const char *fields,
                              const char *body)
{
    char head[1024];

    snprintf(head, sizeof(head),
             "HTTP/1.1 %u X\r\nContent-Type: application/soap+xml;charset=UTF-8\r\n"
             "%sContent-Length: %zu\r\n\r\n",
             status, fields, strlen(body));
    peer_send(peer, head);
    peer_send(peer, body);
}

/** Answers each request with its own body. */
static inline void serve_echo(struct peer *peer)
{
    while (peer_read(peer)) {
        peer_reply(peer, 200, "", peer_body(peer));
    }
}

/* ---- the client ---- */

struct client {
    struct mic_loop *loop;
    struct mic_workpool *workpool;
    struct mic_tls_shared *tls;
    struct mic_http_pool *pool;
    struct mic_http_target target;
    struct mic_secret password;
};

struct call {
    struct mic_http_request request;
    struct client *client;
    unsigned status;
    int64_t content_length;
    char content_type[64];
    struct mic_buf body;
    unsigned headers_count, body_count, progress_count, done_count;
    struct mic_err err; /* code NONE when done() said success */
    bool pauses;        /* body() asks to pause each time */
    void (*on_headers)(struct call *call);
    void (*on_body)(struct call *call);
    void (*on_done)(struct call *call);
    void (*on_progress)(struct call *call);
    bool refuses;
    unsigned tag;
};

static inline void call_progress(void *context)
{
    struct call *call = context;

    call->progress_count++;
    if (call->on_progress != NULL) {
        call->on_progress(call);
    }
}

static inline bool call_headers(void *context, unsigned status, const char *content_type,
                                int64_t content_length, struct mic_err *err)
{
    struct call *call = context;

    call->headers_count++;
    call->status = status;
    call->content_length = content_length;
    snprintf(call->content_type, sizeof(call->content_type), "%s",
             content_type != NULL ? content_type : "");
    if (call->on_headers != NULL) {
        call->on_headers(call);
    }
    if (call->refuses) {
        mic_err_set(err, MIC_E_PROTOCOL, "refused by the test");
        return false;
    }
    return true;
}

static inline bool call_body(void *context, const char *bytes, size_t size)
{
    struct call *call = context;

    call->body_count++;
    mic_buf_append(&call->body, bytes, size);
    if (call->on_body != NULL) {
        call->on_body(call);
    }
    return !call->pauses;
}

static inline void call_done(void *context, const struct mic_err *err)
{
    struct call *call = context;

    call->done_count++;
    mic_err_init(&call->err);
    if (err != NULL) {
        call->err = *err;
    }
    if (call->on_done != NULL) {
        call->on_done(call);
    }
}

static const struct mic_http_events call_events = {call_progress, call_headers, call_body,
                                                   call_done};

static inline void client_init(struct client *client, uint16_t port)
{
    struct mic_err err;

    memset(client, 0, sizeof(*client));
    mic_err_init(&err);
    client->loop = mic_loop_new(NULL, &err);
    client->workpool =
        mic_workpool_new(client->loop, MIC_WORKPOOL_THREADS, MIC_WORKPOOL_IDLE_MS, &err);
    client->tls = mic_tls_shared_new(&err);
    MIC_REQUIRE(client->loop != NULL && client->workpool != NULL && client->tls != NULL);
    MIC_REQUIRE(mic_secret_init(&client->password, "secret") == 0);
    client->target = (struct mic_http_target){
        .host = "127.0.0.1",
        .port = port,
        .path = "/wsman",
        .user_agent = "Microsoft WinRM Client",
        .check_ca = true,
        .check_name = true,
        .auth_type = MI_AUTH_TYPE_BASIC,
        .user = "user",
        .password = &client->password,
        .max_connections = 8,
    };
}

static inline void client_open(struct client *client)
{
    struct mic_err err;

    mic_err_init(&err);
    client->pool =
        mic_http_pool_new(client->loop, client->workpool, client->tls, &client->target, &err);
    if (client->pool == NULL) {
        MIC_FAIL("pool: %s", err.message);
    }
    MIC_REQUIRE(client->pool != NULL);
}

static inline void client_start(struct client *client, struct server *server)
{
    client_init(client, server->port);
    client_open(client);
}

static inline void client_stop(struct client *client)
{
    if (client->pool != NULL) {
        mic_http_pool_free(client->pool);
    }
    mic_workpool_free(client->workpool, 5000);
    for (int i = 0; i < 3; i++) {
        mic_loop_run_once(client->loop, 0);
    }
    mic_tls_shared_free(client->tls);
    mic_loop_free(client->loop);
    mic_secret_fini(&client->password);
}

static inline void call_init(struct call *call, struct client *client, const char *body)
{
    memset(call, 0, sizeof(*call));
    call->client = client;
    call->request.body = body;
    call->request.body_size = strlen(body);
    call->request.events = &call_events;
    call->request.context = call;
    mic_buf_init(&call->body);
    mic_err_init(&call->err);
}

static inline void call_submit(struct call *call)
{
    unsigned done = call->done_count;

    mic_http_submit(call->client->pool, &call->request);
    MIC_CHECK_INT(call->done_count, done); /* never inside submit */
}

/** Run the loop until @p holds says so; the test fails when it never does. */
static inline bool run_until(struct client *client, bool (*holds)(void *context), void *context)
{
    uint64_t give_up = mic_clock_ms() + 60000;

    while (!holds(context)) {
        if (mic_clock_ms() > give_up) {
            return MIC_FAIL("nothing happens any more");
        }
        mic_loop_run_once(client->loop, 50);
    }
    return true;
}

static inline bool is_done(void *context)
{
    return ((struct call *)context)->done_count > 0;
}

static inline bool call_finish(struct call *call)
{
    return run_until(call->client, is_done, call);
}

static inline void call_fini(struct call *call)
{
    mic_http_cancel(&call->request);
    mic_buf_fini(&call->body);
}

/** Submit, run, and check that it succeeds with this body. */
static inline void expect_reply(struct client *client, const char *body, const char *reply)
{
    struct call call;

    call_init(&call, client, body);
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_TEXT(call.err.message, "");
    MIC_CHECK_INT(call.status, 200);
    MIC_CHECK_TEXT(mic_buf_text(&call.body), reply);
    MIC_CHECK_INT(call.done_count, 1);
    call_fini(&call);
}

/** Submit, run, and check that it fails with this code and words in the message. */
static inline void expect_failure(struct client *client, const char *body, bool may_resend,
                                  enum mic_err_code code, const char *words)
{
    struct call call;

    call_init(&call, client, body);
    call.request.may_resend = may_resend;
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_INT(call.err.code, code);
    if (strstr(call.err.message, words) == NULL) {
        MIC_CHECK_TEXT(call.err.message, words);
    }
    MIC_CHECK_INT(call.done_count, 1);
    call_fini(&call);
}

#endif
