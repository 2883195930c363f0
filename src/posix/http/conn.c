#include "http/conn.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"

static void on_ready(void *context, unsigned events);
static void on_timer(void *context);

void mic_http_conn_enter(struct mic_http_conn *conn)
{
    conn->depth++;
}

void mic_http_conn_leave(struct mic_http_conn *conn)
{
    conn->depth--;
    if (conn->depth == 0 && conn->state == MIC_CONN_CLOSED) {
        mic_buf_fini(&conn->rest);
        mic_sealed_reader_fini(&conn->sealed);
        mic_http_response_fini(&conn->response);
        mic_free(conn);
    }
}

static void attach(struct mic_http_conn *conn, struct mic_http_request *request)
{
    conn->request = request;
    conn->is_doubted = false;
    request->conn = conn;
    request->state = MIC_HTTP_ACTIVE;
    conn->pool->extra_count += request->is_extra ? 1u : 0u;
}

static struct mic_http_request *detach(struct mic_http_conn *conn)
{
    struct mic_http_request *request = conn->request;

    conn->request = NULL;
    if (request != NULL) {
        conn->pool->extra_count -= request->is_extra ? 1u : 0u;
        request->conn = NULL;
        request->state = MIC_HTTP_IDLE;
    }
    return request;
}

struct mic_http_conn *mic_http_conn_new(struct mic_http_pool *pool,
                                        struct mic_http_request *request)
{
    struct mic_http_conn *conn = mic_calloc(1, sizeof(*conn));

    if (conn == NULL) {
        return NULL;
    }
    conn->pool = pool;
    conn->number = ++pool->last_conn_number;
    conn->io.fd = -1;
    conn->io.ready = on_ready;
    conn->io.context = conn;
    conn->timer.fire = on_timer;
    conn->timer.context = conn;
    mic_buf_init(&conn->out);
    mic_buf_init(&conn->authorization);
    mic_buf_init(&conn->challenge);
    mic_buf_init(&conn->rest);
    mic_sealed_reader_init(&conn->sealed, pool->max_sealed_bytes);
    mic_http_response_init(&conn->response, pool->max_header_bytes);
    mic_list_append(&pool->busy, &conn->node);
    pool->conn_count++;
    attach(conn, request);
    conn->state = MIC_CONN_STARTING;
    mic_timer_set(pool->loop, &conn->timer, mic_loop_now_ms(pool->loop));
    return conn;
}

/* The message may hold the password. */
static void wipe_message(struct mic_http_conn *conn)
{
    mic_wipe(conn->out.data, conn->out.size);
    mic_buf_fini(&conn->out);
    mic_buf_init(&conn->out);
    mic_wipe(conn->authorization.data, conn->authorization.size);
    mic_buf_fini(&conn->authorization);
    mic_buf_init(&conn->authorization);
    mic_buf_fini(&conn->challenge);
    mic_buf_init(&conn->challenge);
}

void mic_http_conn_destroy(struct mic_http_conn *conn)
{
    struct mic_http_pool *pool = conn->pool;

    if (conn->state == MIC_CONN_CLOSED) {
        return;
    }
    mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1, "connection closed after %u replies",
                        conn->served);
    conn->state = MIC_CONN_CLOSED;
    detach(conn);
    mic_timer_cancel(pool->loop, &conn->timer);
    mic_loop_unwatch(pool->loop, &conn->io);
    if (conn->lookup != NULL) {
        mic_lookup_cancel(conn->lookup);
        conn->lookup = NULL;
    }
    if (conn->addresses != NULL) {
        freeaddrinfo(conn->addresses);
        conn->addresses = conn->address = NULL;
    }
    mic_tls_free(conn->tls);
    conn->tls = NULL;
    if (conn->io.fd >= 0) {
        close(conn->io.fd);
        conn->io.fd = -1;
    }
    if (conn->step != NULL) {
        mic_http_conn_drop_step(conn);
    }
    if (conn->auth != NULL) {
        conn->auth->scheme->close(conn->auth);
        conn->auth = NULL;
    }
    wipe_message(conn);
    mic_list_remove(&conn->node);
    pool->conn_count--;
    conn->pool = NULL;
    mic_http_conn_enter(conn);
    mic_http_conn_leave(conn);
}

void mic_http_conn_fail(struct mic_http_conn *conn, const struct mic_err *err)
{
    struct mic_http_pool *pool = conn->pool;
    bool was_refused = conn->was_refused;
    bool by_proxy = conn->is_tunnelling && err->code == MIC_E_PROXY_LOGON;
    struct mic_http_request *request;
    struct mic_err told = *err;

    mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1, "failed: %s", err->message);
    request = detach(conn);
    mic_http_conn_destroy(conn);
    if (!was_refused || !mic_http_credentials_are_open(pool)) {
        mic_http_credentials_tell(pool, &told);
    } else if (mic_http_credentials_next(pool, &told)) {
        mic_http_pool_requeue(pool, request);
        return;
    }
    if (was_refused || by_proxy) {
        mic_http_credentials_refuse(pool, &told);
    }
    mic_http_pool_dispatch(pool);
    if (request != NULL) {
        request->events->done(request->context, &told);
    }
}

/* Whether a second sending cannot make anything happen twice: the caller says so, or no byte of the
 * body has left. What TLS took is counted as having left. */
static bool may_send_again(const struct mic_http_conn *conn)
{
    const struct mic_http_request *request = conn->request;

    if (conn->served == 0 || conn->has_input || request->was_resent ||
        conn->turn != MIC_TURN_FINAL) {
        return false;
    }
    return request->may_resend || (conn->head_size > 0 && conn->tls == NULL &&
                                   conn->sent <= conn->head_size && request->body_size > 0);
}

/* Not with a scheme of one leg: what is lost there is the request. */
static bool is_logging_on(const struct mic_http_conn *conn)
{
    return conn->turn == MIC_TURN_LEG || (conn->legs > 0 && !conn->is_logged_on);
}

static void set_lost_at_logon(const struct mic_http_conn *conn, int error_number,
                              struct mic_err *err)
{
    const struct mic_http_pool *pool = conn->pool;
    const struct mic_auth_scheme *scheme = pool->scheme;
    const char *name = scheme->mechanism != NULL ? scheme->mechanism : scheme->wire_name;
    char user[128];

    mic_err_quote(mic_str_from(pool->auth.user), user, sizeof(user));
    if (error_number != 0) {
        mic_err_set_errno(err, MIC_E_CONNECTION_LOST, error_number,
                          "the connection to %s port %u broke behind message %u of the logon of "
                          "user \"%s\" with %s",
                          pool->host, (unsigned)pool->port, conn->legs + 1, user, name);
    } else {
        mic_err_set(err, MIC_E_CONNECTION_LOST,
                    "%s port %u closed the connection behind message %u of the logon of user "
                    "\"%s\" with %s",
                    pool->host, (unsigned)pool->port, conn->legs + 1, user, name);
    }
    err->phase = MIC_PHASE_LOGON;
    mic_err_remedy(err, "%s", mic_http_logon_remedy);
    (void)mic_http_conn_tell_first_try(conn, err);
}

void mic_http_conn_lost(struct mic_http_conn *conn, int error_number)
{
    struct mic_http_pool *pool = conn->pool;
    struct mic_http_request *request = conn->request;
    const char *kept = conn->served > 0 ? "kept " : "";
    const char *why = conn->has_input    ? "in the middle of the reply"
                      : conn->served > 0 ? "before it answered; the request was not sent again "
                                           "because the server may have carried it out"
                                         : "before it answered";
    struct mic_err err;

    if (may_send_again(conn)) {
        mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1,
                            "the kept connection was stale; sending once more on a new one");
        detach(conn);
        mic_http_conn_destroy(conn);
        mic_http_pool_requeue(pool, request);
        return;
    }
    mic_err_init(&err);
    if (is_logging_on(conn)) {
        set_lost_at_logon(conn, error_number, &err);
    } else if (error_number != 0) {
        mic_err_set_errno(&err, MIC_E_CONNECTION_LOST, error_number,
                          "the %sconnection to %s port %u broke %s", kept, pool->host,
                          (unsigned)pool->port, why);
    } else {
        mic_err_set(&err, MIC_E_CONNECTION_LOST, "%s port %u closed the %sconnection %s",
                    pool->host, (unsigned)pool->port, kept, why);
    }
    if (pool->tls == NULL && conn->served == 0 && !conn->has_input && !is_logging_on(conn)) {
        mic_err_remedy(&err, "%s",
                       "If the port speaks HTTPS, as 5986 does, use HTTPS as the transport "
                       "(MI_DestinationOptions_SetTransport); else see the server's log.");
    }
    if (pool->scheme->shows_certificate && conn->served == 0 && !conn->has_input) {
        mic_err_remedy(&err, "Servers also end the connection so when they do not take the client "
                             "certificate: see the server's log.");
    }
    mic_http_conn_fail(conn, &err);
}

void mic_http_conn_finish(struct mic_http_conn *conn, bool can_keep)
{
    struct mic_http_pool *pool = conn->pool;
    struct mic_http_request *request = detach(conn);

    conn->served++;
    mic_http_response_reset(&conn->response);
    if (can_keep) {
        wipe_message(conn);
        conn->state = MIC_CONN_IDLE;
        mic_list_remove(&conn->node);
        mic_list_append(&pool->idle, &conn->node);
        mic_loop_modify(pool->loop, &conn->io, MIC_IO_READ);
        conn->idle_since_ms = mic_loop_now_ms(pool->loop);
        mic_timer_set(pool->loop, &conn->timer, conn->idle_since_ms + MIC_HTTP_IDLE_MS);
    } else {
        mic_http_conn_destroy(conn);
    }
    mic_http_pool_dispatch(pool);
    request->events->done(request->context, NULL);
}

/* Prepare the exchange and write what can be written; nothing is called back here, so that what
 * fails is left for the next event of the loop, which finds it again. */
void mic_http_conn_reuse(struct mic_http_conn *conn, struct mic_http_request *request)
{
    struct mic_http_pool *pool = conn->pool;
    struct mic_err err;
    int error_number;

    mic_timer_cancel(pool->loop, &conn->timer);
    mic_list_remove(&conn->node);
    mic_list_append(&pool->busy, &conn->node);
    attach(conn, request);
    mic_err_init(&err);
    if (conn->tls != NULL || (pool->scheme->may_block && !conn->is_logged_on) ||
        mic_http_conn_prepare(conn, &err) != MI_RESULT_OK) {
        conn->state = MIC_CONN_STARTING;
        mic_timer_set(pool->loop, &conn->timer, mic_loop_now_ms(pool->loop));
        return;
    }
    conn->state = MIC_CONN_EXCHANGE;
    (void)mic_http_conn_flush(conn, &error_number, &err);
    mic_http_conn_want(conn);
}

/* Its ticket ends: a new connection gets a new one. */
static bool is_ending(const struct mic_http_conn *conn)
{
    return conn->auth != NULL && conn->auth->scheme->is_ending != NULL &&
           conn->auth->scheme->is_ending(conn->auth);
}

bool mic_http_conn_is_warm(const struct mic_http_conn *conn, const struct mic_http_request *request)
{
    return request->may_resend && conn->tls == NULL && !is_ending(conn) &&
           mic_loop_now_ms(conn->pool->loop) - conn->idle_since_ms < MIC_HTTP_WARM_MS;
}

bool mic_http_conn_is_alive(struct mic_http_conn *conn)
{
    char byte;
    size_t got = 0;
    ssize_t n;

    if (is_ending(conn)) {
        return false;
    }
    if (conn->tls != NULL) {
        return mic_tls_read(conn->tls, &byte, 1, &got, NULL) == MIC_TLS_WANT_READ;
    }
    do {
        n = recv(conn->io.fd, &byte, 1, MSG_PEEK);
    } while (n < 0 && errno == EINTR);
    return n < 0 && errno == EAGAIN;
}

void mic_http_conn_set_phase(struct mic_http_conn *conn, enum mic_phase phase)
{
    if (conn->request != NULL) {
        conn->request->phase = phase;
    }
}

bool mic_http_conn_progress(struct mic_http_conn *conn)
{
    if (conn->request->events->progress != NULL) {
        conn->request->events->progress(conn->request->context);
    }
    return conn->state != MIC_CONN_CLOSED;
}

/* Both directions of an exchange. The reply is read even when writing failed: a server that refuses
 * a body says so and closes before it has read it all. */
static void exchange(struct mic_http_conn *conn, bool can_read)
{
    struct mic_http_request *request = conn->request;
    struct mic_err err;
    int error_number = 0;
    enum mic_http_flush flushed;

    mic_err_init(&err);
    flushed = mic_http_conn_flush(conn, &error_number, &err);
    if (flushed == MIC_FLUSH_FAILED) {
        mic_http_conn_fail(conn, &err);
        return;
    }
    mic_http_conn_want(conn);
    if ((can_read || flushed == MIC_FLUSH_LOST) && !conn->is_paused) {
        mic_http_conn_read(conn);
    }
    if (flushed == MIC_FLUSH_LOST && conn->state == MIC_CONN_EXCHANGE && conn->request == request &&
        !conn->has_input) {
        mic_http_conn_lost(conn, error_number);
    }
}

void mic_http_conn_ready(struct mic_http_conn *conn)
{
    struct mic_err err;

    mic_err_init(&err);
    if (mic_http_conn_prepare(conn, &err) != MI_RESULT_OK) {
        mic_http_conn_fail(conn, &err);
    } else if (conn->step == NULL) {
        mic_http_conn_go(conn);
    }
}

void mic_http_conn_go(struct mic_http_conn *conn)
{
    if (conn->is_tunnelling) {
        mic_http_tunnel_ready(conn, false);
        return;
    }
    conn->state = MIC_CONN_EXCHANGE;
    exchange(conn, false);
}

static void on_ready(void *context, unsigned events)
{
    struct mic_http_conn *conn = context;

    mic_http_conn_enter(conn);
    switch (conn->state) {
    case MIC_CONN_CONNECTING:
        mic_http_conn_dial_ready(conn);
        break;
    case MIC_CONN_TUNNEL:
        mic_http_tunnel_ready(conn, (events & (MIC_IO_READ | MIC_IO_ERROR)) != 0);
        break;
    case MIC_CONN_HANDSHAKE:
        mic_http_conn_handshake(conn);
        break;
    case MIC_CONN_EXCHANGE:
        /* TLS may wait for the one to do the other. */
        exchange(conn, conn->tls != NULL || (events & (MIC_IO_READ | MIC_IO_ERROR)) != 0);
        break;
    case MIC_CONN_IDLE:
        if (!mic_http_conn_is_alive(conn)) {
            mic_http_conn_destroy(conn);
        }
        break;
    case MIC_CONN_STARTING:
    case MIC_CONN_RESOLVING:
    case MIC_CONN_LOGON:
    case MIC_CONN_CLOSED:
        break;
    }
    mic_http_conn_leave(conn);
}

static void on_timer(void *context)
{
    struct mic_http_conn *conn = context;

    mic_http_conn_enter(conn);
    switch (conn->state) {
    case MIC_CONN_STARTING:
        if (conn->io.fd < 0) {
            mic_http_conn_dial(conn);
        } else {
            mic_http_conn_ready(conn);
        }
        break;
    case MIC_CONN_CONNECTING:
        mic_http_conn_dial_timeout(conn);
        break;
    case MIC_CONN_EXCHANGE:
        exchange(conn, true);
        break;
    case MIC_CONN_IDLE:
        mic_http_conn_destroy(conn);
        break;
    case MIC_CONN_RESOLVING:
    case MIC_CONN_TUNNEL:
    case MIC_CONN_HANDSHAKE:
    case MIC_CONN_LOGON:
    case MIC_CONN_CLOSED:
        break;
    }
    mic_http_conn_leave(conn);
}

void mic_http_conn_hasten(struct mic_http_conn *conn)
{
    if (conn->state == MIC_CONN_STARTING) {
        mic_timer_cancel(conn->pool->loop, &conn->timer);
        on_timer(conn);
    }
}

/* "s1 o5 c3": whose trace line it is. */
static void format_who(const struct mic_http_conn *conn, char who[64])
{
    (void)snprintf(who, 64, "s%lu o%lu c%u", (unsigned long)conn->pool->session_number,
                   conn->request != NULL ? (unsigned long)conn->request->operation_number : 0UL,
                   conn->number);
}

void mic_http_conn_trace(struct mic_http_conn *conn, enum mic_trace_area area, int level,
                         const char *format, ...)
{
    struct mic_http_pool *pool = conn->pool;
    char who[64];
    char text[512];
    va_list arguments;

    if (!mic_trace_on(pool->trace, area, level)) {
        return;
    }
    format_who(conn, who);
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    mic_trace_line(pool->trace, area, level, who, "%s", text);
}

void mic_http_conn_trace_body(struct mic_http_conn *conn, char direction, struct mic_str bytes)
{
    char who[64];
    char *quoted;

    if (!mic_http_conn_is_traced(conn, 3)) {
        return;
    }
    format_who(conn, who);
    quoted = mic_alloc(bytes.size + 1);
    if (quoted != NULL) {
        mic_err_quote(bytes, quoted, bytes.size + 1);
    }
    mic_trace_line(conn->pool->trace, MIC_TRACE_HTTP, 3, who, "%c %lu bytes: %s", direction,
                   (unsigned long)bytes.size, quoted != NULL ? quoted : "(no memory to show them)");
    mic_free(quoted);
}
