/* Replies: bytes from the socket through the parser to the request's events. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "http/conn.h"

/* Reads of one event, so that a fast peer does not keep the loop from the others. */
#define READS_PER_EVENT 16

enum flow {
    FLOW_MORE,   /* the input is used up */
    FLOW_PAUSED, /* the request does not want more now */
    FLOW_OVER    /* the exchange has ended or goes on with another message; conn may serve another
                    request */
};

void mic_http_conn_trace_reply(struct mic_http_conn *conn)
{
    size_t position = 0;
    const char *name, *value;

    if (!mic_http_conn_is_traced(conn, 1)) {
        return;
    }
    mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1, "reply: status %u", conn->response.status);
    while (mic_http_conn_is_traced(conn, 2) &&
           mic_http_response_each(&conn->response, &position, &name, &value)) {
        char quoted[200];

        mic_err_quote(mic_str_from(value), quoted, sizeof(quoted));
        mic_http_conn_trace(conn, MIC_TRACE_HTTP, 2, "< %.60s: %s", name, quoted);
    }
}

/* @return whether the request goes on */
static bool tell_headers(struct mic_http_conn *conn, const char *content_type, int64_t length)
{
    struct mic_http_request *request = conn->request;
    struct mic_err err;

    conn->has_told_headers = true;
    mic_err_init(&err);
    if (!request->events->headers(request->context, conn->response.status, content_type, length,
                                  &err) &&
        conn->state != MIC_CONN_CLOSED) {
        mic_http_conn_fail(conn, &err);
    }
    return conn->state != MIC_CONN_CLOSED;
}

static enum flow on_headers(struct mic_http_conn *conn)
{
    struct mic_http_response *response = &conn->response;
    struct mic_err err;
    int64_t length = response->content_length;
    size_t position = 0;

    mic_http_conn_trace_reply(conn);
    if (conn->pool->watch != NULL && conn->pool->watch->replied != NULL) {
        conn->pool->watch->replied(conn->pool->watch->context, response);
    }
    mic_err_init(&err);
    switch (mic_http_conn_judge(conn, &err)) {
    case MIC_VERDICT_DELIVER:
        conn->turn = MIC_TURN_FINAL;
        break;
    case MIC_VERDICT_STATUS:
        conn->turn = MIC_TURN_STATUS;
        length = 0;
        break;
    case MIC_VERDICT_GO_ON:
        conn->turn = MIC_TURN_LEG;
        return FLOW_MORE;
    case MIC_VERDICT_FAILED:
        mic_http_conn_fail(conn, &err);
        return FLOW_OVER;
    }
    if (conn->is_unsealing) {
        return FLOW_MORE; /* told with the first part, which knows the content's type */
    }
    return tell_headers(conn, mic_http_response_field(response, "Content-Type", &position), length)
               ? FLOW_MORE
               : FLOW_OVER;
}

/* Nobody wants this body, but the next message waits for its end. */
static enum flow drain(struct mic_http_conn *conn, size_t size)
{
    struct mic_err err;

    conn->drained += size;
    if (conn->drained <= MIC_HTTP_DRAIN_MAX) {
        return FLOW_MORE;
    }
    mic_err_init(&err);
    if (conn->turn == MIC_TURN_LEG) {
        mic_http_conn_set_logon_err(conn, &err, "sends more than 1 MB with a step of the logon");
    } else {
        mic_err_set(&err, MIC_E_SEAL,
                    "%s sends more than 1 MB in clear text on a connection that seals its "
                    "messages (status %u)",
                    conn->pool->host, conn->response.status);
    }
    mic_http_conn_fail(conn, &err);
    return FLOW_OVER;
}

static enum flow deliver(struct mic_http_conn *conn, struct mic_str piece)
{
    struct mic_http_request *request = conn->request;
    bool wants_more;

    mic_http_conn_trace_body(conn, '<', piece);
    wants_more = request->events->body(request->context, piece.data, piece.size);
    if (conn->state == MIC_CONN_CLOSED) {
        return FLOW_OVER;
    }
    conn->is_paused = !wants_more;
    return wants_more ? FLOW_MORE : FLOW_PAUSED;
}

/* All parts that this piece makes whole go on together. */
static enum flow unseal(struct mic_http_conn *conn, struct mic_str piece)
{
    struct mic_sealed_reader *sealed = &conn->sealed;
    struct mic_loop *loop = conn->pool->loop;
    struct mic_buf plain;
    struct mic_err err;
    enum flow flow = FLOW_MORE;

    mic_err_init(&err);
    mic_buf_init(&plain);
    mic_loop_lend(loop, &plain);
    if (mic_sealed_reader_push(sealed, conn->auth, piece, &plain, &err) != MI_RESULT_OK) {
        mic_http_conn_fail(conn, &err);
        flow = FLOW_OVER;
    } else if (sealed->part_count > 0) {
        if (!conn->has_told_headers && !tell_headers(conn, mic_buf_text(&sealed->type), -1)) {
            flow = FLOW_OVER;
        } else if (plain.size > 0) {
            flow = deliver(conn, (struct mic_str){plain.data, plain.size});
        }
    }
    mic_loop_take_back(loop, &plain);
    return flow;
}

/* The one place through which body bytes leave this room: what is sealed is opened here. */
static enum flow on_body(struct mic_http_conn *conn, struct mic_str piece)
{
    if (conn->turn != MIC_TURN_FINAL) {
        return drain(conn, piece.size);
    }
    return conn->is_unsealing ? unseal(conn, piece) : deliver(conn, piece);
}

/* A logon's leg was answered: the next message, on this connection or not at all. */
static void next_leg(struct mic_http_conn *conn, bool can_keep)
{
    struct mic_err err;

    mic_err_init(&err);
    if (!can_keep) {
        mic_http_conn_fail_closed(conn);
        return;
    }
    if (conn->step_waits) {
        conn->step_waits = false;
        if (mic_http_conn_step(conn, 401, &err) != MI_RESULT_OK) {
            mic_http_conn_fail(conn, &err);
        }
        return;
    }
    if (mic_http_conn_build(conn, &err) != MI_RESULT_OK) {
        mic_http_conn_fail(conn, &err);
        return;
    }
    if (mic_http_conn_progress(conn)) {
        mic_timer_set(conn->pool->loop, &conn->timer, mic_loop_now_ms(conn->pool->loop));
    }
}

static void on_end(struct mic_http_conn *conn, bool has_rest)
{
    struct mic_err err;
    bool can_keep = conn->response.is_keep_alive && !has_rest && conn->out.size == 0 &&
                    !(conn->tls != NULL && mic_tls_has_pending(conn->tls));

    if (has_rest) {
        mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1,
                            "bytes behind the end of the reply: connection not kept");
    }
    mic_err_init(&err);
    if (conn->turn == MIC_TURN_LEG) {
        next_leg(conn, can_keep);
    } else if (conn->is_unsealing && mic_sealed_reader_end(&conn->sealed, &err) != MI_RESULT_OK) {
        mic_http_conn_fail(conn, &err);
    } else {
        mic_loop_take_back(conn->pool->loop, &conn->sealed.in);
        /* A logon that stopped on the way is over. */
        mic_http_conn_finish(conn, can_keep && (conn->is_logged_on || conn->skips_logon));
    }
}

static enum flow keep_rest(struct mic_http_conn *conn, struct mic_str input)
{
    struct mic_err err;

    mic_buf_append_str(&conn->rest, input);
    if (conn->rest.failed) {
        mic_err_init(&err);
        mic_err_set(&err, MIC_E_MEMORY, "out of memory for a reply that waits to be taken");
        mic_http_conn_fail(conn, &err);
        return FLOW_OVER;
    }
    mic_http_conn_want(conn);
    return FLOW_PAUSED;
}

static enum flow parse(struct mic_http_conn *conn, struct mic_str input)
{
    struct mic_str piece = {NULL, 0};
    struct mic_err err;
    enum flow flow = FLOW_MORE;

    mic_err_init(&err);
    while (flow == FLOW_MORE) {
        switch (mic_http_response_next(&conn->response, &input, &piece, &err)) {
        case MIC_HTTP_NOTHING:
        case MIC_HTTP_MORE:
            return FLOW_MORE;
        case MIC_HTTP_HEADERS:
            flow = on_headers(conn);
            break;
        case MIC_HTTP_BODY:
            flow = on_body(conn, piece);
            break;
        case MIC_HTTP_END:
            on_end(conn, input.size > 0);
            return FLOW_OVER;
        case MIC_HTTP_BROKEN:
            mic_http_conn_fail(conn, &err);
            return FLOW_OVER;
        }
    }
    return flow == FLOW_PAUSED ? keep_rest(conn, input) : flow;
}

/* What a pause left, moved out since parse may pause again and keep a part of it. */
static enum flow parse_rest(struct mic_http_conn *conn)
{
    struct mic_buf rest = conn->rest;
    enum flow flow;

    mic_buf_init(&conn->rest);
    flow = parse(conn, (struct mic_str){rest.data, rest.size});
    mic_buf_fini(&rest);
    return flow;
}

/* @param is_cut  closed without the end of TLS, so that an end marked by closing is none */
static void on_close(struct mic_http_conn *conn, bool is_cut)
{
    struct mic_err err;

    if (!conn->has_input) {
        mic_http_conn_lost(conn, 0);
        return;
    }
    mic_err_init(&err);
    if (mic_http_response_close(&conn->response, &err) == MIC_HTTP_END) {
        if (!is_cut) {
            on_end(conn, false);
            return;
        }
        mic_err_set(&err, MIC_E_CONNECTION_LOST,
                    "%s closed the connection without the end of TLS: the reply may be incomplete",
                    conn->pool->host);
    }
    mic_http_conn_fail(conn, &err);
}

enum got {
    GOT_BYTES,
    GOT_NONE, /* nothing there yet */
    GOT_OVER  /* handled: the exchange has ended */
};

static enum got receive_tls(struct mic_http_conn *conn, char *chunk, size_t *size)
{
    struct mic_err err;

    mic_err_init(&err);
    conn->read_waits_for_write = false;
    switch (mic_tls_read(conn->tls, chunk, MIC_HTTP_READ_BYTES, size, &err)) {
    case MIC_TLS_OK:
        return GOT_BYTES;
    case MIC_TLS_WANT_READ:
        return GOT_NONE;
    case MIC_TLS_WANT_WRITE:
        conn->read_waits_for_write = true;
        mic_http_conn_want(conn);
        return GOT_NONE;
    case MIC_TLS_CLOSED:
        on_close(conn, false);
        return GOT_OVER;
    case MIC_TLS_CUT:
        on_close(conn, true);
        return GOT_OVER;
    case MIC_TLS_LOST:
        mic_http_conn_lost(conn, mic_tls_errno(conn->tls));
        return GOT_OVER;
    case MIC_TLS_FAILED:
        break;
    }
    mic_http_conn_fail(conn, &err);
    return GOT_OVER;
}

static enum got receive_plain(struct mic_http_conn *conn, char *chunk, size_t *size)
{
    ssize_t n;

    do {
        n = recv(conn->io.fd, chunk, MIC_HTTP_READ_BYTES, 0);
    } while (n < 0 && errno == EINTR);
    if (n > 0) {
        *size = (size_t)n;
        return GOT_BYTES;
    }
    if (n < 0 && errno == EAGAIN) {
        return GOT_NONE;
    }
    if (n < 0) {
        mic_http_conn_lost(conn, errno);
    } else {
        on_close(conn, false);
    }
    return GOT_OVER;
}

/* An alert or a handshake of TLS (RFC 8446 5.1): what a server that expects TLS says to HTTP. */
static bool is_tls_record(const char *bytes, size_t size)
{
    return size >= 3 && (bytes[0] == 0x15 || bytes[0] == 0x16) && bytes[1] == 3 && bytes[2] <= 4;
}

static void fail_other_protocol(struct mic_http_conn *conn)
{
    struct mic_err err;

    mic_err_init(&err);
    mic_err_set(&err, MIC_E_HTTP_SYNTAX, "%s port %u was spoken to in HTTP and answered in TLS",
                conn->pool->host, (unsigned)conn->pool->port);
    mic_err_remedy(&err, "%s",
                   "Use HTTPS as the transport (MI_DestinationOptions_SetTransport), or "
                   "the HTTP port (5985).");
    mic_http_conn_fail(conn, &err);
}

static enum flow read_once(struct mic_http_conn *conn, char *chunk, bool *may_be_more)
{
    size_t size = 0;
    enum got got =
        conn->tls != NULL ? receive_tls(conn, chunk, &size) : receive_plain(conn, chunk, &size);

    *may_be_more = got == GOT_BYTES && (conn->tls != NULL || size == MIC_HTTP_READ_BYTES);
    if (got != GOT_BYTES) {
        return got == GOT_NONE ? FLOW_MORE : FLOW_OVER;
    }
    if (conn->tls == NULL && !conn->has_input && is_tls_record(chunk, size)) {
        fail_other_protocol(conn);
        return FLOW_OVER;
    }
    conn->has_input = true;
    if (!mic_http_conn_progress(conn)) {
        return FLOW_OVER;
    }
    return parse(conn, (struct mic_str){chunk, size});
}

void mic_http_conn_read(struct mic_http_conn *conn)
{
    char *chunk = NULL;
    enum flow flow = FLOW_MORE;
    bool may_be_more = true;
    struct mic_err err;

    /* Also without a rest: the reply's end, which takes no input, may be yet to be told. */
    if (conn->is_resumed) {
        conn->is_resumed = false;
        flow = parse_rest(conn);
    }
    if (flow != FLOW_MORE) {
        return;
    }
    /* Taken for the moment only: thousands of connections wait without a buffer. */
    chunk = mic_alloc(MIC_HTTP_READ_BYTES);
    if (chunk == NULL) {
        mic_err_init(&err);
        mic_err_set(&err, MIC_E_MEMORY, "out of memory for a reply");
        mic_http_conn_fail(conn, &err);
        return;
    }
    for (int i = 0; i < READS_PER_EVENT && flow == FLOW_MORE && may_be_more; i++) {
        flow = read_once(conn, chunk, &may_be_more);
    }
    mic_free(chunk);
    if (flow == FLOW_MORE && (conn->has_input || conn->tls != NULL)) {
        /* More is to come; a peer with Nagle on, which wrote the head (or the tickets of TLS)
         * apart, waits to be told. */
        mic_http_quickack(conn->io.fd);
    }
    if (flow == FLOW_MORE && may_be_more && conn->tls != NULL) {
        /* The rest may lie in OpenSSL's buffer, where the loop does not see it. */
        mic_timer_set(conn->pool->loop, &conn->timer, mic_loop_now_ms(conn->pool->loop));
    }
}
