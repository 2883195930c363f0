/* Requests: header and body in one buffer and, where the socket takes it, one write. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "base/num.h"
#include "http/conn.h"

/* An empty body, which a logon's leg has while the connection cannot seal yet, is still a body. */
static void append_head(struct mic_http_conn *conn, size_t body_size)
{
    const struct mic_http_pool *pool = conn->pool;
    struct mic_buf *out = &conn->out;
    char number[MIC_NUMBER_TEXT_MAX];
    size_t digits = mic_format_u64(body_size, number);

    mic_buf_append_text(out, pool->head_begin);
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

static void trace_message(struct mic_http_conn *conn)
{
    mic_http_conn_trace(conn, MIC_TRACE_HTTP, 1, "sending %lu bytes%s",
                        (unsigned long)(conn->out.size - conn->head_size),
                        conn->turn == MIC_TURN_LEG ? ", a logon's leg" : "");
    if (!mic_http_conn_is_traced(conn, 2)) {
        return;
    }
    trace_head(conn);
    mic_http_conn_trace_body(
        conn, '>',
        (struct mic_str){conn->out.data + conn->head_size, conn->out.size - conn->head_size});
}

MI_Result mic_http_conn_build(struct mic_http_conn *conn, struct mic_err *err)
{
    const struct mic_http_request *request = conn->request;
    size_t body_size = conn->next_is_leg ? 0 : request->body_size;
    size_t room = strlen(conn->pool->head_begin) + strlen(conn->pool->head_end) +
                  conn->authorization.size + 128;

    conn->turn = conn->next_is_leg ? MIC_TURN_LEG : MIC_TURN_FINAL;
    conn->sent = conn->head_size = 0;
    conn->has_input = false;
    conn->is_paused = conn->is_resumed = false;
    conn->write_waits_for_read = conn->read_waits_for_write = false;
    mic_buf_clear(&conn->rest);
    mic_http_response_reset(&conn->response);
    mic_buf_clear(&conn->out);
    /* At once, since a buffer that grows would leave copies of the password behind. */
    if (!mic_size_add(room, body_size, &room) || !mic_buf_reserve(&conn->out, room)) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a request of %lu bytes",
                           (unsigned long)body_size);
    }
    append_head(conn, body_size);
    conn->head_size = conn->out.size;
    mic_buf_append(&conn->out, request->body, body_size);
    mic_http_conn_set_phase(conn, conn->turn == MIC_TURN_LEG ? MIC_PHASE_LOGON : MIC_PHASE_HTTP);
    trace_message(conn);
    mic_wipe(conn->authorization.data, conn->authorization.size);
    mic_buf_clear(&conn->authorization);
    if (conn->out.failed) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a request");
    }
    return MI_RESULT_OK;
}

MI_Result mic_http_conn_prepare(struct mic_http_conn *conn, struct mic_err *err)
{
    struct mic_http_pool *pool = conn->pool;

    conn->legs = 0;
    conn->drained = 0;
    conn->next_is_leg = conn->step_waits = false;
    conn->skips_logon = conn->request->unauthenticated && !conn->is_logged_on;
    if (conn->skips_logon) {
        return mic_http_conn_build(conn, err);
    }
    if (conn->auth == NULL) {
        conn->auth = pool->scheme->open(&pool->auth, MIC_STR(""), err);
        if (conn->auth == NULL) {
            return err->result;
        }
    }
    if (pool->scheme->may_block && !conn->is_logged_on) {
        return mic_http_conn_step(conn, 0, err);
    }
    switch (pool->scheme->step(conn->auth, 0, NULL, &conn->authorization, err)) {
    case MIC_AUTH_SEND:
    case MIC_AUTH_DONE:
        break;
    case MIC_AUTH_SEND_LEG:
        conn->next_is_leg = true;
        break;
    case MIC_AUTH_FAILED:
        return err->result;
    }
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
