/* Requests: header and body in one buffer and, where the socket takes it, one write. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "base/num.h"
#include "http/conn.h"

/* An empty body, which a logon's leg has while the connection cannot seal yet, is still a body. */
static void append_head(struct mic_http_conn *conn, size_t body_size, bool seals)
{
    const struct mic_http_pool *pool = conn->pool;
    struct mic_buf *out = &conn->out;
    char number[MIC_NUMBER_TEXT_MAX];
    size_t digits = mic_format_u64(body_size, number);

    mic_buf_append_text(out, pool->head_begin);
    if (seals) {
        mic_sealed_write_type(pool->scheme, conn->request->body_size, out);
    } else {
        mic_buf_append_text(out, MIC_SEALED_CONTENT_TYPE);
    }
    mic_buf_append_text(out, pool->head_middle);
    mic_buf_append(out, number, digits);
    mic_buf_append_text(out, pool->head_end);
    if (conn->request->unauthenticated) {
        mic_buf_append_text(out, "WSMANIDENTIFY: unauthenticated\r\n");
    }
    if (conn->authorization.size > 0) {
        mic_buf_append_text(out, "Authorization: ");
        mic_buf_append(out, conn->authorization.data, conn->authorization.size);
        mic_buf_append_text(out, "\r\n");
    }
    mic_buf_append_text(out, "\r\n");
}

static void trace_head(struct mic_http_conn *conn)
{
    struct mic_str rest = {conn->out.data, conn->head_size};

    while (rest.size > 0) {
        const char *end = memchr(rest.data, '\r', rest.size);
        struct mic_str line = {rest.data, end == NULL ? rest.size : (size_t)(end - rest.data)};
        size_t taken = line.size + 2 < rest.size ? line.size + 2 : rest.size;

        if (mic_str_starts_with(line, MIC_STR("Authorization: "))) {
            mic_http_conn_trace(conn, MIC_TRACE_HTTP, 2, "> Authorization: %s (not shown)",
                                conn->pool->scheme->wire_name);
        } else if (line.size > 0) {
            mic_http_conn_trace(conn, MIC_TRACE_HTTP, 2, "> %.*s", (int)line.size, line.data);
        }
        rest.data += taken;
        rest.size -= taken;
    }
}

static void trace_message(struct mic_http_conn *conn, bool seals)
{
    bool is_leg = conn->turn == MIC_TURN_LEG;

    mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1, "sending %lu bytes%s",
                        (unsigned long)(conn->out.size - conn->head_size),
                        is_leg  ? ", a logon's leg"
                        : seals ? ", sealed"
                                : "");
    if (!mic_http_conn_is_traced(conn, 2)) {
        return;
    }
    trace_head(conn);
    if (!is_leg) {
        mic_http_conn_trace_body(conn, '>',
                                 (struct mic_str){conn->request->body, conn->request->body_size});
    }
}

bool mic_http_pool_seals(const struct mic_http_pool *pool)
{
    return pool->tls == NULL && pool->auth.privacy && pool->scheme->seal_protocol != NULL;
}

void mic_http_conn_take_step(struct mic_http_conn *conn, enum mic_auth_step step)
{
    conn->next_is_leg =
        step == MIC_AUTH_SEND_LEG || (mic_http_pool_seals(conn->pool) && !conn->is_logged_on);
}

static void begin_message(struct mic_http_conn *conn)
{
    conn->turn = conn->next_is_leg ? MIC_TURN_LEG : MIC_TURN_FINAL;
    conn->sent = conn->head_size = 0;
    conn->has_input = false;
    conn->is_paused = conn->is_resumed = false;
    conn->write_waits_for_read = conn->read_waits_for_write = false;
    conn->is_unsealing = conn->has_told_headers = false;
    mic_buf_clear(&conn->rest);
    mic_http_response_reset(&conn->response);
    mic_buf_clear(&conn->out);
}

static MI_Result seal_body(struct mic_http_conn *conn, struct mic_str body, struct mic_buf *sealed,
                           struct mic_err *err)
{
    if (conn->seal_failed) {
        return mic_err_set(err, MIC_E_MEMORY,
                           "out of memory for a sealed request on a connection that cannot go on");
    }
    conn->seal_failed = mic_sealed_write(conn->auth, body, sealed, err) != MI_RESULT_OK;
    return conn->seal_failed ? err->result : MI_RESULT_OK;
}

MI_Result mic_http_conn_build(struct mic_http_conn *conn, struct mic_err *err)
{
    const struct mic_http_pool *pool = conn->pool;
    struct mic_str body = {conn->request->body, conn->next_is_leg ? 0 : conn->request->body_size};
    bool seals = !conn->next_is_leg && !conn->skips_logon && mic_http_pool_seals(pool);
    struct mic_buf sealed;
    size_t room = strlen(pool->head_begin) + strlen(pool->head_middle) + strlen(pool->head_end) +
                  conn->authorization.size + 384;

    begin_message(conn);
    mic_buf_init(&sealed);
    if (seals) {
        if (seal_body(conn, body, &sealed, err) != MI_RESULT_OK) {
            mic_buf_fini(&sealed);
            return err->result;
        }
        body = (struct mic_str){sealed.data, sealed.size};
    }
    /* At once, since a buffer that grows would leave copies of the password behind. */
    if (!mic_size_add(room, body.size, &room) || !mic_buf_reserve(&conn->out, room)) {
        conn->seal_failed = seals;
        mic_buf_fini(&sealed);
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a request of %lu bytes",
                           (unsigned long)body.size);
    }
    append_head(conn, body.size, seals);
    conn->head_size = conn->out.size;
    mic_buf_append_str(&conn->out, body);
    mic_buf_fini(&sealed);
    mic_http_conn_set_phase(conn, conn->turn == MIC_TURN_LEG ? MIC_PHASE_LOGON : MIC_PHASE_HTTP);
    trace_message(conn, seals);
    mic_wipe(conn->authorization.data, conn->authorization.size);
    mic_buf_clear(&conn->authorization);
    if (conn->out.failed) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a request");
    }
    return MI_RESULT_OK;
}

static MI_Result open_scheme(struct mic_http_conn *conn, struct mic_err *err)
{
    struct mic_http_pool *pool = conn->pool;
    struct mic_buf binding;

    mic_buf_init(&binding);
    if (conn->tls == NULL || pool->binding == MIC_BINDING_NONE ||
        mic_tls_channel_binding(conn->tls, &binding, err) == MI_RESULT_OK) {
        if (pool->binding == MIC_BINDING_FALSE && binding.size > 0 && !binding.failed) {
            binding.data[binding.size - 1] ^= 1;
        }
        conn->auth =
            pool->scheme->open(&pool->auth, (struct mic_str){binding.data, binding.size}, err);
    }
    mic_buf_fini(&binding);
    return conn->auth != NULL ? MI_RESULT_OK : err->result;
}

MI_Result mic_http_conn_prepare(struct mic_http_conn *conn, struct mic_err *err)
{
    struct mic_http_pool *pool = conn->pool;
    enum mic_auth_step step;

    conn->legs = 0;
    conn->drained = 0;
    conn->next_is_leg = conn->step_waits = false;
    conn->skips_logon = conn->request->unauthenticated && !conn->is_logged_on;
    if (conn->skips_logon) {
        return mic_http_conn_build(conn, err);
    }
    if (conn->auth != NULL && !conn->is_logged_on) { /* a logon that came to no end */
        conn->auth->scheme->close(conn->auth);
        conn->auth = NULL;
    }
    if (conn->auth == NULL && open_scheme(conn, err) != MI_RESULT_OK) {
        return err->result;
    }
    if (mic_http_conn_may_block(conn)) {
        return mic_http_conn_step(conn, 0, err);
    }
    step = pool->scheme->step(conn->auth, 0, NULL, &conn->authorization, err);
    if (step == MIC_AUTH_FAILED) {
        return err->result;
    }
    mic_http_conn_take_step(conn, step);
    return mic_http_conn_build(conn, err);
}

static enum mic_http_flush flush_tls(struct mic_http_conn *conn, int *error_number,
                                     struct mic_err *err)
{
    size_t written = 0;

    conn->write_waits_for_read = false;
    while (conn->sent < conn->out.size) {
        switch (mic_tls_write(conn->tls, conn->out.data + conn->sent, conn->out.size - conn->sent,
                              &written, err)) {
        case MIC_TLS_OK:
            conn->sent += written;
            break;
        case MIC_TLS_WANT_READ:
            conn->write_waits_for_read = true;
            return MIC_FLUSH_WAIT;
        case MIC_TLS_WANT_WRITE:
            return MIC_FLUSH_WAIT;
        case MIC_TLS_CLOSED:
        case MIC_TLS_CUT:
            *error_number = 0;
            return MIC_FLUSH_LOST;
        case MIC_TLS_LOST:
            *error_number = mic_tls_errno(conn->tls);
            return MIC_FLUSH_LOST;
        case MIC_TLS_FAILED:
            return MIC_FLUSH_FAILED;
        }
    }
    return MIC_FLUSH_DONE;
}

static enum mic_http_flush flush_plain(struct mic_http_conn *conn, int *error_number)
{
    while (conn->sent < conn->out.size) {
        ssize_t n = send(conn->io.fd, conn->out.data + conn->sent, conn->out.size - conn->sent,
                         MSG_NOSIGNAL);

        if (n >= 0) {
            conn->sent += (size_t)n;
        } else if (errno == EAGAIN) {
            return MIC_FLUSH_WAIT;
        } else if (errno != EINTR) {
            *error_number = errno;
            return MIC_FLUSH_LOST;
        }
    }
    return MIC_FLUSH_DONE;
}

enum mic_http_flush mic_http_conn_flush(struct mic_http_conn *conn, int *error_number,
                                        struct mic_err *err)
{
    enum mic_http_flush flushed;

    if (conn->out.size == 0) {
        return MIC_FLUSH_DONE;
    }
    flushed =
        conn->tls != NULL ? flush_tls(conn, error_number, err) : flush_plain(conn, error_number);
    if (flushed == MIC_FLUSH_DONE) {
        mic_wipe(conn->out.data, conn->head_size);
        mic_buf_fini(&conn->out);
        mic_buf_init(&conn->out);
        if (conn->turn == MIC_TURN_FINAL && !conn->is_logged_on && !conn->is_tunnelling) {
            mic_http_credentials_await(conn->pool);
        }
    }
    return flushed;
}

void mic_http_conn_want(struct mic_http_conn *conn)
{
    unsigned wanted = conn->is_paused ? 0 : MIC_IO_READ;

    if ((conn->out.size > 0 && !conn->write_waits_for_read) || conn->read_waits_for_write) {
        wanted |= MIC_IO_WRITE;
    }
    if (conn->out.size > 0 && conn->write_waits_for_read) {
        wanted |= MIC_IO_READ;
    }
    mic_loop_modify(conn->pool->loop, &conn->io, wanted);
}
