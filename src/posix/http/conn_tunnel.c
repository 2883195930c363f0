/* Through a proxy: CONNECT, whatever the destination speaks (RFC 9110 9.3.6), since a logon belongs
 * to a connection. The proxy is asked without credentials first: it says what it takes (11.7), and
 * one that wants none learns none. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "http/conn.h"

#define READ_BYTES      4096
#define READS_PER_EVENT 16

static void fail(struct mic_http_conn *conn, struct mic_err *err)
{
    err->phase = MIC_PHASE_PROXY;
    mic_http_conn_fail(conn, err);
}

/* "the proxy proxy.example port 3128" before what something else found. */
static void set_found(const struct mic_http_conn *conn, const struct mic_err *found,
                      struct mic_err *err)
{
    const struct mic_http_proxy *proxy = conn->pool->proxy;
    struct mic_err copy = *found;

    mic_err_set(err, copy.code == MIC_E_LOGON ? MIC_E_PROXY_LOGON : copy.code,
                "the proxy %s port %u: %s", proxy->host, (unsigned)proxy->port, copy.message);
    mic_err_remedy(err, "%s", copy.code == MIC_E_HTTP_SYNTAX ? mic_http_proxy_remedy : copy.remedy);
    err->native = copy.native;
    err->phase = MIC_PHASE_PROXY;
}

static const char *scheme_name(const struct mic_auth_scheme *scheme)
{
    return scheme->mechanism != NULL ? scheme->mechanism : scheme->wire_name;
}

/* ---- out ---- */

static void trace_message(struct mic_http_conn *conn)
{
    const struct mic_http_proxy *proxy = conn->pool->proxy;

    mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1, "asking the proxy %s port %u for %s%s",
                        proxy->host, (unsigned)proxy->port, proxy->authority,
                        conn->legs > 0 ? ", with a logon" : "");
    mic_http_conn_trace(conn, MIC_TRACE_HTTP, 2, "> CONNECT %s HTTP/1.1", proxy->authority);
    if (conn->authorization.size > 0) {
        mic_http_conn_trace(conn, MIC_TRACE_HTTP, 2, "> Proxy-Authorization: %s (not shown)",
                            conn->proxy_scheme->wire_name);
    }
}

static MI_Result build(struct mic_http_conn *conn, struct mic_err *err)
{
    const struct mic_http_proxy *proxy = conn->pool->proxy;
    struct mic_buf *out = &conn->out;

    conn->sent = 0;
    conn->has_input = false;
    mic_http_response_reset(&conn->response);
    mic_buf_clear(out);
    /* At once, since a buffer that grows would leave copies of the password behind. */
    if (mic_buf_reserve(out, strlen(proxy->head) + conn->authorization.size + 64)) {
        mic_buf_append_text(out, proxy->head);
        if (conn->authorization.size > 0) {
            mic_buf_append_text(out, "Proxy-Authorization: ");
            mic_buf_append(out, conn->authorization.data, conn->authorization.size);
            mic_buf_append_text(out, "\r\n");
        }
        mic_buf_append_text(out, "\r\n");
    }
    conn->head_size = out->size;
    if (out->failed || out->size == 0) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a request to a proxy");
    }
    trace_message(conn);
    mic_wipe(conn->authorization.data, conn->authorization.size);
    mic_buf_clear(&conn->authorization);
    return MI_RESULT_OK;
}

/* ---- the logon ---- */

static void close_scheme(struct mic_http_conn *conn)
{
    if (conn->auth != NULL) {
        conn->auth->scheme->close(conn->auth);
        conn->auth = NULL;
    }
}

static void set_refused(const struct mic_http_conn *conn, struct mic_err *err)
{
    const struct mic_http_proxy *proxy = conn->pool->proxy;
    const struct mic_auth_scheme *scheme =
        conn->proxy_scheme != NULL ? conn->proxy_scheme : proxy->scheme;
    char offers[200], user[128];

    mic_http_list_offers(&conn->response, "Proxy-Authenticate", offers, sizeof(offers));
    mic_err_quote(mic_str_from(proxy->user), user, sizeof(user));
    if (scheme == NULL) {
        mic_err_set(err, MIC_E_PROXY_LOGON,
                    "the proxy %s port %u wants a logon (status 407), and no credentials were "
                    "given for it; it offers %s",
                    proxy->host, (unsigned)proxy->port, offers);
    } else if (conn->proxy_scheme == NULL) {
        mic_err_set(err, MIC_E_PROXY_LOGON,
                    "the proxy %s port %u does not take %s (status 407), which the credentials of "
                    "user \"%s\" are for; it offers %s",
                    proxy->host, (unsigned)proxy->port, scheme_name(scheme), user, offers);
        mic_err_remedy(err, "Give the proxy's credentials with a type that it offers.");
    } else {
        mic_err_set(err, MIC_E_PROXY_LOGON,
                    "the proxy %s port %u refused the logon of user \"%s\" with %s (status 407); "
                    "it offers %s",
                    proxy->host, (unsigned)proxy->port, user, scheme_name(scheme), offers);
        mic_err_remedy(err, "Check user name, domain and password of the proxy; they are not "
                            "those of the destination.");
    }
    err->native = 407;
}

MI_Result mic_http_tunnel_stepped(struct mic_http_conn *conn, enum mic_auth_step step,
                                  const struct mic_err *found, struct mic_err *err)
{
    if (step != MIC_AUTH_FAILED) {
        conn->legs++;
        return build(conn, err);
    }
    if (found->code != MIC_E_NONE) {
        set_found(conn, found, err);
    } else {
        set_refused(conn, err);
    }
    return err->result;
}

/* The scheme's next move: its first, or its answer to conn->challenge. @p status as a server's. */
static MI_Result go_on(struct mic_http_conn *conn, unsigned status, struct mic_err *err)
{
    struct mic_str token = {mic_buf_text(&conn->challenge), conn->challenge.size};
    struct mic_err found;
    enum mic_auth_step step;

    if (conn->proxy_scheme->may_block && !conn->auth->is_settled) {
        return mic_http_conn_step(conn, status, err);
    }
    if (conn->challenge.failed) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
    }
    mic_err_init(&found);
    step = conn->proxy_scheme->step(conn->auth, status, status != 0 ? &token : NULL,
                                    &conn->authorization, &found);
    return mic_http_tunnel_stepped(conn, step, &found, err);
}

static MI_Result begin_logon(struct mic_http_conn *conn, struct mic_err *err)
{
    const struct mic_str no_binding = {"", 0};

    close_scheme(conn);
    conn->legs = 0;
    mic_buf_clear(&conn->challenge);
    conn->auth = conn->proxy_scheme->open(&conn->pool->proxy->auth, no_binding, err);
    return conn->auth != NULL ? go_on(conn, 0, err) : err->result;
}

/* A status of 407: the logon goes on when the reply has come to its end. */
static MI_Result judge_unauthorized(struct mic_http_conn *conn, struct mic_err *err)
{
    struct mic_str token = {"", 0};

    if (conn->proxy_scheme == NULL) {
        if (conn->pool->proxy->scheme != NULL) {
            conn->proxy_scheme = mic_http_proxy_agree(conn->pool->proxy, &conn->response);
        }
        if (conn->proxy_scheme != NULL) {
            return MI_RESULT_OK;
        }
    } else if (conn->legs < MIC_HTTP_LEGS_MAX &&
               mic_http_find_challenge(&conn->response, "Proxy-Authenticate",
                                       conn->proxy_scheme->wire_name, &token)) {
        mic_buf_clear(&conn->challenge);
        mic_buf_append_str(&conn->challenge, token);
        return MI_RESULT_OK;
    }
    set_refused(conn, err);
    return err->result;
}

/* ---- in ---- */

static void set_status(const struct mic_http_conn *conn, struct mic_err *err)
{
    const struct mic_http_proxy *proxy = conn->pool->proxy;
    const struct mic_http_response *response = &conn->response;
    size_t position = 0;
    const char *squid = mic_http_response_field(response, "X-Squid-Error", &position);
    char reason[100], more[100];

    mic_err_quote(mic_str_from(response->reason), reason, sizeof(reason));
    mic_err_quote(mic_str_from(squid), more, sizeof(more));
    mic_err_set(err, MIC_E_PROXY, "the proxy %s port %u did not connect to %s: status %u%s%s%s%s",
                proxy->host, (unsigned)proxy->port, proxy->authority, response->status,
                reason[0] != '\0' ? " " : "", reason, more[0] != '\0' ? ", " : "", more);
    if (response->status >= 502 && response->status <= 504) {
        mic_err_remedy(err, "The proxy cannot reach the host: check the host's name and port as "
                            "the proxy sees them, or name the host in no_proxy.");
    } else if (response->status == 403 || response->status == 405) {
        mic_err_remedy(err,
                       "Let the proxy allow CONNECT to port %u (Squid: SSL_ports), or name "
                       "the host in no_proxy.",
                       (unsigned)conn->pool->port);
    }
    err->native = response->status;
}

/* The tunnel is there: nothing of the proxy's stays on the connection. */
static void finish(struct mic_http_conn *conn)
{
    close_scheme(conn);
    mic_buf_clear(&conn->challenge);
    mic_http_response_reset(&conn->response);
    conn->is_tunnelling = false;
    conn->legs = 0;
    mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1, "the proxy has connected to %s",
                        conn->pool->proxy->authority);
    mic_http_conn_connected(conn);
}

/* @return whether the reply is to be read on */
static bool on_headers(struct mic_http_conn *conn, bool has_rest)
{
    struct mic_err err;
    unsigned status = conn->response.status;

    mic_http_conn_trace_reply(conn);
    mic_err_init(&err);
    if (status == 407 && judge_unauthorized(conn, &err) == MI_RESULT_OK) {
        return true;
    }
    if (status >= 200 && status < 300 && !has_rest && conn->out.size == 0) {
        finish(conn); /* a 2xx has no body here, whatever its fields say (RFC 9110 9.3.6) */
        return false;
    }
    if (status >= 200 && status < 300) {
        mic_err_set(&err, MIC_E_PROXY,
                    "the proxy %s port %u sent bytes of the connection to %s before anything was "
                    "asked there",
                    conn->pool->proxy->host, (unsigned)conn->pool->proxy->port,
                    conn->pool->proxy->authority);
    } else if (status != 407) {
        set_status(conn, &err);
    }
    fail(conn, &err);
    return false;
}

/* @return whether the reply is to be read on */
static bool drain(struct mic_http_conn *conn, size_t size)
{
    struct mic_err err;

    conn->drained += size;
    if (conn->drained <= MIC_HTTP_DRAIN_MAX) {
        return true;
    }
    mic_err_init(&err);
    mic_err_set(&err, MIC_E_PROXY, "the proxy %s port %u sends more than 1 MB with status %u",
                conn->pool->proxy->host, (unsigned)conn->pool->proxy->port, conn->response.status);
    fail(conn, &err);
    return false;
}

/* Old proxies have a field of their own for it. */
static bool keeps_connection(const struct mic_http_response *response)
{
    size_t position = 0;
    const char *value = mic_http_response_field(response, "Proxy-Connection", &position);

    if (mic_text_equal_nocase(value, "close")) {
        return false;
    }
    return response->is_keep_alive ||
           (response->minor_version == 0 && response->content_length >= 0 &&
            mic_text_equal_nocase(value, "keep-alive"));
}

/* Nothing of the logon was said on this connection, or nothing was answered. */
static bool may_redial(const struct mic_http_conn *conn)
{
    return !conn->has_redialled && conn->proxy_scheme != NULL && conn->legs <= 1 &&
           (conn->legs == 0 || !conn->has_input);
}

static void redial(struct mic_http_conn *conn)
{
    mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1,
                        "the proxy has closed the connection; logging on over a new one");
    conn->has_redialled = true;
    close_scheme(conn);
    conn->legs = 0;
    mic_http_conn_redial(conn);
}

/* A 407 has come to its end: on with the logon. */
static void on_end(struct mic_http_conn *conn, bool has_rest)
{
    const struct mic_http_proxy *proxy = conn->pool->proxy;
    struct mic_err err;
    MI_Result result;

    mic_err_init(&err);
    if (has_rest || conn->out.size > 0 || !keeps_connection(&conn->response)) {
        if (conn->legs == 0 && may_redial(conn)) {
            redial(conn);
            return;
        }
        if (conn->legs > 0 && conn->challenge.size == 0) {
            set_refused(conn, &err); /* there is nothing to go on with */
        } else {
            mic_err_set(
                &err, MIC_E_PROXY,
                "the proxy %s port %u closes the connection in the middle of the logon, which "
                "is bound to it",
                proxy->host, (unsigned)proxy->port);
        }
        fail(conn, &err);
        return;
    }
    result = conn->legs == 0 ? begin_logon(conn, &err) : go_on(conn, 401, &err);
    if (result != MI_RESULT_OK) {
        fail(conn, &err);
    } else if (conn->step == NULL) {
        mic_http_tunnel_ready(conn, false);
    }
}

/* @return whether more is to be read */
static bool parse(struct mic_http_conn *conn, struct mic_str input)
{
    struct mic_str piece = {NULL, 0};
    struct mic_err found, err;
    bool goes_on = true;

    mic_err_init(&found);
    while (goes_on) {
        switch (mic_http_response_next(&conn->response, &input, &piece, &found)) {
        case MIC_HTTP_NOTHING:
        case MIC_HTTP_MORE:
            return true;
        case MIC_HTTP_HEADERS:
            goes_on = on_headers(conn, input.size > 0);
            break;
        case MIC_HTTP_BODY:
            goes_on = drain(conn, piece.size);
            break;
        case MIC_HTTP_END:
            on_end(conn, input.size > 0);
            return false;
        case MIC_HTTP_BROKEN:
            mic_err_init(&err);
            set_found(conn, &found, &err);
            fail(conn, &err);
            return false;
        }
    }
    return false;
}

/* @param error_number 0: the proxy closed */
static void on_lost(struct mic_http_conn *conn, int error_number)
{
    const struct mic_http_proxy *proxy = conn->pool->proxy;
    char where[320], user[128];
    struct mic_err err, ignored;

    mic_err_init(&err);
    mic_err_init(&ignored);
    if (error_number == 0 && conn->has_input &&
        mic_http_response_close(&conn->response, &ignored) == MIC_HTTP_END) {
        on_end(conn, false);
        return;
    }
    if (may_redial(conn)) {
        redial(conn);
        return;
    }
    if (conn->legs > 0) {
        mic_err_quote(mic_str_from(proxy->user), user, sizeof(user));
        (void)snprintf(where, sizeof(where),
                       "behind message %u of the logon of user \"%s\" with %s", conn->legs, user,
                       scheme_name(conn->proxy_scheme));
    } else {
        (void)snprintf(where, sizeof(where), "%s, when asked for %s",
                       conn->has_input ? "in the middle of its answer" : "before it answered",
                       proxy->authority);
    }
    if (error_number != 0) {
        mic_err_set_errno(&err, MIC_E_PROXY, error_number,
                          "the connection to the proxy %s port %u broke %s", proxy->host,
                          (unsigned)proxy->port, where);
    } else {
        mic_err_set(&err, MIC_E_PROXY, "the proxy %s port %u closed the connection %s", proxy->host,
                    (unsigned)proxy->port, where);
    }
    fail(conn, &err);
}

/* @return whether there may be more to read now */
static bool read_once(struct mic_http_conn *conn)
{
    char chunk[READ_BYTES];
    ssize_t n;

    do {
        n = recv(conn->io.fd, chunk, sizeof(chunk), 0);
    } while (n < 0 && errno == EINTR);
    if (n < 0 && errno == EAGAIN) {
        return false;
    }
    if (n <= 0) {
        on_lost(conn, n < 0 ? errno : 0);
        return false;
    }
    conn->has_input = true;
    return mic_http_conn_progress(conn) && parse(conn, (struct mic_str){chunk, (size_t)n});
}

void mic_http_tunnel_ready(struct mic_http_conn *conn, bool can_read)
{
    struct mic_err err;
    int error_number = 0;
    enum mic_http_flush flushed;

    conn->state = MIC_CONN_TUNNEL;
    mic_http_conn_set_phase(conn, MIC_PHASE_PROXY);
    mic_err_init(&err);
    flushed = mic_http_conn_flush(conn, &error_number, &err);
    mic_http_conn_want(conn);
    if (flushed == MIC_FLUSH_LOST && !can_read) {
        on_lost(conn, error_number);
        return;
    }
    for (int i = 0; can_read && i < READS_PER_EVENT; i++) {
        can_read = read_once(conn);
    }
    if (conn->state == MIC_CONN_TUNNEL) {
        mic_http_quickack(conn->io.fd);
    }
}

void mic_http_tunnel_begin(struct mic_http_conn *conn)
{
    struct mic_err err;
    MI_Result result;

    conn->is_tunnelling = true;
    conn->legs = 0;
    conn->drained = 0;
    conn->is_paused = false;
    conn->write_waits_for_read = conn->read_waits_for_write = false;
    mic_err_init(&err);
    result = conn->proxy_scheme != NULL ? begin_logon(conn, &err) : build(conn, &err);
    if (result != MI_RESULT_OK) {
        fail(conn, &err);
    } else if (conn->step == NULL) {
        mic_http_tunnel_ready(conn, false);
    }
}
