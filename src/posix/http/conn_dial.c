/* From a name to a connection: addresses in order, each within its share of the time, then TLS. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/conn.h"

/* Without a deadline the addresses share this. */
#define DIAL_MS 60000U

static void dial_next(struct mic_http_conn *conn);

static void close_socket(struct mic_http_conn *conn)
{
    mic_timer_cancel(conn->pool->loop, &conn->timer);
    mic_loop_unwatch(conn->pool->loop, &conn->io);
    if (conn->io.fd >= 0) {
        close(conn->io.fd);
        conn->io.fd = -1;
    }
}

static void describe_address(const struct addrinfo *address, char *out, size_t size)
{
    if (getnameinfo(address->ai_addr, address->ai_addrlen, out, (socklen_t)size, NULL, 0,
                    NI_NUMERICHOST) != 0) {
        (void)snprintf(out, size, "?");
    }
}

/* What is dialled: the proxy where there is one. */
static const char *dialled_host(const struct mic_http_pool *pool)
{
    return pool->proxy != NULL ? pool->proxy->host : pool->host;
}

static uint16_t dialled_port(const struct mic_http_pool *pool)
{
    return pool->proxy != NULL ? pool->proxy->port : pool->port;
}

static void set_phase(struct mic_http_conn *conn, enum mic_phase phase)
{
    mic_http_conn_set_phase(conn, conn->pool->proxy != NULL ? MIC_PHASE_PROXY : phase);
}

static void fail_dialling(struct mic_http_conn *conn, struct mic_err *err)
{
    if (conn->pool->proxy != NULL) {
        err->phase = MIC_PHASE_PROXY;
        mic_err_remedy(err, "%s", mic_http_proxy_remedy);
    }
    mic_http_conn_fail(conn, err);
}

static void fail_connect(struct mic_http_conn *conn)
{
    struct mic_http_pool *pool = conn->pool;
    const char *what = pool->proxy != NULL ? "the proxy " : "";
    char address[NI_MAXHOST];
    struct mic_err err;

    describe_address(conn->address, address, sizeof(address));
    mic_err_init(&err);
    if (conn->tried > 1) {
        mic_err_set_errno(
            &err, MIC_E_CONNECT, conn->connect_errno,
            "cannot connect to %s%s port %u: none of %u addresses answers, the last is %s", what,
            dialled_host(pool), (unsigned)dialled_port(pool), conn->tried, address);
    } else {
        mic_err_set_errno(&err, MIC_E_CONNECT, conn->connect_errno,
                          "cannot connect to %s%s port %u at %s", what, dialled_host(pool),
                          (unsigned)dialled_port(pool), address);
    }
    if (conn->connect_errno == ETIMEDOUT || conn->connect_errno == EHOSTUNREACH ||
        conn->connect_errno == ENETUNREACH) {
        mic_err_remedy(&err, "%s", mic_err_silence_remedy(MIC_PHASE_CONNECT));
    }
    fail_dialling(conn, &err);
}

void mic_http_conn_connected(struct mic_http_conn *conn)
{
    struct mic_http_pool *pool = conn->pool;
    struct mic_err err;

    if (pool->tls == NULL) {
        mic_http_conn_ready(conn);
        return;
    }
    mic_err_init(&err);
    conn->tls = mic_tls_new(pool->tls, conn->io.fd, &err);
    if (conn->tls == NULL) {
        mic_http_conn_fail(conn, &err);
        return;
    }
    conn->state = MIC_CONN_HANDSHAKE;
    mic_http_conn_set_phase(conn, MIC_PHASE_TLS);
    mic_http_conn_handshake(conn);
}

static void connected(struct mic_http_conn *conn)
{
    struct mic_http_pool *pool = conn->pool;

    mic_timer_cancel(pool->loop, &conn->timer);
    if (pool->watch != NULL || mic_http_conn_is_traced(conn, 1)) {
        char address[NI_MAXHOST];

        describe_address(conn->address, address, sizeof(address));
        mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1, "connected to %s%s",
                            pool->proxy != NULL ? "the proxy at " : "", address);
        if (pool->watch != NULL && pool->watch->connected != NULL) {
            pool->watch->connected(pool->watch->context, address);
        }
    }
    freeaddrinfo(conn->addresses);
    conn->addresses = conn->address = NULL;
    if (!mic_http_conn_progress(conn)) {
        return;
    }
    if (pool->proxy != NULL) {
        mic_http_tunnel_begin(conn);
    } else {
        mic_http_conn_connected(conn);
    }
}

/* Interrupted, it goes on by itself; asked again it says EALREADY or EISCONN.
 * @return 0 connected, EINPROGRESS, or what failed */
static int ask_to_connect(int fd, const struct addrinfo *address)
{
    int rc;

    do {
        rc = connect(fd, address->ai_addr, address->ai_addrlen);
    } while (rc != 0 && errno == EINTR);
    return rc == 0 || errno == EISCONN ? 0 : errno == EALREADY ? EINPROGRESS : errno;
}

/* @return as ask_to_connect */
static int start_connect(struct mic_http_conn *conn, struct mic_err *err)
{
    const struct addrinfo *address = conn->address;
    int on = 1;
    int result;

    conn->io.fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (conn->io.fd < 0) {
        return errno;
    }
    (void)setsockopt(conn->io.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    (void)setsockopt(conn->io.fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    result = ask_to_connect(conn->io.fd, address);
    if (result == EINPROGRESS) { /* to this machine it is done by now, as asking again tells */
        result = ask_to_connect(conn->io.fd, address);
    }
    if (result == 0 || result == EINPROGRESS) {
        (void)mic_loop_watch(conn->pool->loop, &conn->io, result == 0 ? MIC_IO_READ : MIC_IO_WRITE,
                             err);
    }
    return result;
}

static void set_share(struct mic_http_conn *conn)
{
    struct mic_loop *loop = conn->pool->loop;
    uint64_t now = mic_loop_now_ms(loop);
    uint64_t deadline = conn->request->deadline_ms;
    uint64_t left = deadline == 0 ? DIAL_MS : deadline > now ? deadline - now : 0;
    uint64_t count = 0;

    for (const struct addrinfo *a = conn->address; a != NULL; a = a->ai_next) {
        count++;
    }
    if (count > 1) {
        mic_timer_set(loop, &conn->timer, now + left / count);
    }
}

/* Try conn->address, then those behind it. */
static void dial(struct mic_http_conn *conn)
{
    struct mic_err err;
    int rc;

    mic_err_init(&err);
    conn->tried++;
    rc = start_connect(conn, &err);
    if (err.code != MIC_E_NONE) {
        mic_http_conn_fail(conn, &err);
    } else if (rc == 0) {
        connected(conn);
    } else if (rc == EINPROGRESS) {
        set_share(conn);
    } else {
        conn->connect_errno = rc;
        dial_next(conn);
    }
}

static void dial_next(struct mic_http_conn *conn)
{
    close_socket(conn);
    if (conn->address->ai_next == NULL) {
        fail_connect(conn);
        return;
    }
    conn->address = conn->address->ai_next;
    dial(conn);
}

static void dial_first(struct mic_http_conn *conn, struct addrinfo *list)
{
    conn->addresses = conn->address = list;
    conn->tried = 0;
    conn->state = MIC_CONN_CONNECTING;
    set_phase(conn, MIC_PHASE_CONNECT);
    dial(conn);
}

static void on_resolved(void *context, struct addrinfo *list, const struct mic_err *err)
{
    struct mic_http_conn *conn = context;

    conn->lookup = NULL;
    mic_http_conn_enter(conn);
    if (list == NULL) {
        struct mic_err copy = *err;

        fail_dialling(conn, &copy);
    } else {
        mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1, "resolved %s", dialled_host(conn->pool));
        dial_first(conn, list);
    }
    mic_http_conn_leave(conn);
}

void mic_http_conn_dial(struct mic_http_conn *conn)
{
    struct mic_http_pool *pool = conn->pool;
    struct addrinfo *list = mic_resolve_numeric(dialled_host(pool), dialled_port(pool));
    struct mic_err err;

    if (list != NULL) {
        dial_first(conn, list);
        return;
    }
    mic_err_init(&err);
    conn->state = MIC_CONN_RESOLVING;
    set_phase(conn, MIC_PHASE_RESOLVE);
    conn->lookup = mic_lookup_start(pool->workpool, dialled_host(pool), dialled_port(pool),
                                    on_resolved, conn, &err);
    if (conn->lookup == NULL) {
        mic_http_conn_fail(conn, &err);
    }
}

void mic_http_conn_redial(struct mic_http_conn *conn)
{
    close_socket(conn);
    mic_http_conn_dial(conn);
}

void mic_http_conn_dial_ready(struct mic_http_conn *conn)
{
    int error_number = 0;
    socklen_t size = sizeof(error_number);

    if (getsockopt(conn->io.fd, SOL_SOCKET, SO_ERROR, &error_number, &size) != 0) {
        error_number = errno;
    }
    if (error_number == 0) {
        connected(conn);
        return;
    }
    conn->connect_errno = error_number;
    dial_next(conn);
}

void mic_http_conn_dial_timeout(struct mic_http_conn *conn)
{
    conn->connect_errno = ETIMEDOUT;
    dial_next(conn);
}

void mic_http_conn_handshake(struct mic_http_conn *conn)
{
    struct mic_loop *loop = conn->pool->loop;
    struct mic_err err;
    enum mic_tls_io io;
    char text[128];

    mic_err_init(&err);
    io = mic_tls_handshake(conn->tls, &err);
    switch (io) {
    case MIC_TLS_WANT_READ:
        mic_http_quickack(conn->io.fd);
        mic_loop_modify(loop, &conn->io, MIC_IO_READ);
        return;
    case MIC_TLS_WANT_WRITE:
        mic_loop_modify(loop, &conn->io, MIC_IO_WRITE);
        return;
    case MIC_TLS_OK:
        if (mic_http_conn_is_traced(conn, 1)) {
            mic_tls_describe(conn->tls, text, sizeof(text));
            mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1, "TLS done: %s", text);
        }
        if (conn->pool->watch != NULL && conn->pool->watch->secured != NULL) {
            conn->pool->watch->secured(conn->pool->watch->context, conn->tls);
        }
        if (mic_http_conn_progress(conn)) {
            mic_http_conn_ready(conn);
        }
        return;
    case MIC_TLS_CLOSED:
    case MIC_TLS_CUT:
        mic_err_set(&err, MIC_E_TLS, "%s port %u closed the connection during the TLS handshake",
                    conn->pool->host, (unsigned)conn->pool->port);
        break;
    case MIC_TLS_LOST:
        mic_err_set_errno(&err, MIC_E_TLS, mic_tls_errno(conn->tls),
                          "the connection to %s port %u broke during the TLS handshake",
                          conn->pool->host, (unsigned)conn->pool->port);
        break;
    case MIC_TLS_FAILED:
        break;
    }
    mic_http_conn_fail(conn, &err);
}
