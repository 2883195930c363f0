/* HTTP/1.1 as strict as a test wants it: what a sound client never sends is refused. */
#include "http.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_HEAD 65536

void peer_request_free(struct peer_request *request)
{
    peer_arena_free(&request->arena);
    memset(request, 0, sizeof *request);
}

void peer_response_free(struct peer_response *response)
{
    peer_buf_free(&response->headers);
    peer_buf_free(&response->body);
    memset(response, 0, sizeof *response);
}

const char *peer_http_header(const struct peer_request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (peer_ieq(request->names[i], name)) {
            return request->values[i];
        }
    }
    return NULL;
}

static enum peer_read refuse(struct peer_conn *conn, struct peer_response *response, int status,
                             const char *why)
{
    peer_count(conn->peer, CNT_REJECTED);
    peer_log(conn->peer, "conn=%lu http-refused status=%d why=\"%s\"", conn->number, status, why);
    response->status = status;
    response->close = true;
    response->bare = true;
    return READ_REFUSED;
}

static size_t drop_taken(struct peer_conn *conn)
{
    if (conn->taken > 0) {
        memmove(conn->in.data, conn->in.data + conn->taken, conn->in.len - conn->taken);
        conn->in.len -= conn->taken;
        conn->taken = 0;
        conn->in.data[conn->in.len] = '\0';
    }
    return conn->in.len;
}

/* Length of the head with its empty line; 0 at the end of the stream, SIZE_MAX if too long or no
 * HTTP at all, such as a TLS hello, behind which no line end would come. */
static size_t read_head(struct peer_conn *conn)
{
    size_t seen = 0;

    drop_taken(conn);
    for (;;) {
        char *end = NULL;

        if (conn->in.len > seen) {
            end = memmem(conn->in.data + seen, conn->in.len - seen, "\r\n\r\n", 4);
        }
        if (end != NULL) {
            return (size_t)(end - conn->in.data) + 4;
        }
        if (conn->in.len > MAX_HEAD || (conn->in.len > 0 && conn->in.data[0] < ' ')) {
            return SIZE_MAX;
        }
        seen = conn->in.len > 3 ? conn->in.len - 3 : 0;
        if (!peer_conn_fill(conn)) {
            return 0;
        }
    }
}

static bool is_token(const char *text)
{
    if (*text == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (*text <= ' ' || *text >= 0x7f || strchr("()<>@,;:\\\"/[]?={}", *text) != NULL) {
            return false;
        }
    }
    return true;
}

static const char *parse_request_line(struct peer_request *request, char *line)
{
    char *target = strchr(line, ' ');
    char *version = target != NULL ? strchr(target + 1, ' ') : NULL;

    if (version == NULL) {
        return "request line";
    }
    *target++ = '\0';
    *version++ = '\0';
    if (!is_token(line) || *target == '\0') {
        return "request line";
    }
    if (strcmp(version, "HTTP/1.1") != 0 && strcmp(version, "HTTP/1.0") != 0) {
        return "version";
    }
    request->method = line;
    request->target = target;
    request->minor = version[7] - '0';
    return NULL;
}

static const char *parse_header(struct peer_request *request, char *line)
{
    char *colon = strchr(line, ':');
    char *value;
    size_t len;

    if (colon == NULL || line[0] == ' ' || line[0] == '\t') {
        return "header line";
    }
    *colon = '\0';
    value = colon + 1;
    if (!is_token(line) || request->header_count == 64) {
        return "header name";
    }
    while (*value == ' ' || *value == '\t') {
        value++;
    }
    len = strlen(value);
    while (len > 0 && (value[len - 1] == ' ' || value[len - 1] == '\t')) {
        value[--len] = '\0';
    }
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)value[i] < 0x20 && value[i] != '\t') {
            return "header value";
        }
    }
    request->names[request->header_count] = line;
    request->values[request->header_count++] = value;
    return NULL;
}

static const char *parse_head(struct peer_request *request, char *head, size_t len)
{
    const char *wrong = NULL;
    char *line = head;

    if (memchr(head, '\0', len) != NULL) {
        return "zero byte";
    }
    for (bool first = true; wrong == NULL; first = false) {
        char *end = strstr(line, "\r\n");

        if (end == NULL || end == line) {
            break;
        }
        *end = '\0';
        if (strpbrk(line, "\r\n") != NULL) {
            return "line end";
        }
        wrong = first ? parse_request_line(request, line) : parse_header(request, line);
        line = end + 2;
    }
    return request->method == NULL && wrong == NULL ? "request line" : wrong;
}

static unsigned count_header(const struct peer_request *request, const char *name)
{
    unsigned count = 0;

    for (size_t i = 0; i < request->header_count; i++) {
        count += peer_ieq(request->names[i], name);
    }
    return count;
}

/* Status of the refusal and the reason, or 0. */
static int check_framing(const struct peer *peer, const struct peer_request *request,
                         uint64_t *length, const char **why)
{
    const char *text = peer_http_header(request, "Content-Length");
    const char *host = peer_http_header(request, "Host");

    *length = 0;
    if (request->minor == 1 && (count_header(request, "Host") != 1 || *host == '\0')) {
        *why = "Host";
        return 400;
    }
    if (peer_http_header(request, "Expect") != NULL) {
        *why = "Expect";
        return 417;
    }
    if (peer_http_header(request, "Transfer-Encoding") != NULL) {
        *why = "Transfer-Encoding";
        return 411;
    }
    if (count_header(request, "Content-Length") > 1 ||
        (text != NULL && !peer_parse_u64(text, length))) {
        *why = "Content-Length";
        return 400;
    }
    if (text == NULL && strcmp(request->method, "POST") == 0) {
        *why = "no Content-Length";
        return 411;
    }
    if (*length > peer->config.max_envelope) {
        *why = "body too long";
        return 413;
    }
    return 0;
}

enum peer_read peer_http_read(struct peer_conn *conn, struct peer_request *request,
                              struct peer_response *response)
{
    size_t head = read_head(conn);
    const char *connection;
    const char *why = NULL;
    uint64_t length;
    char *copy;
    int status;

    if (head == 0) {
        return READ_END;
    }
    if (head == SIZE_MAX) {
        return refuse(conn, response, 400, "no head, or too long");
    }
    copy = peer_dupn(&request->arena, conn->in.data, head);
    why = parse_head(request, copy, head);
    if (why != NULL) {
        return refuse(conn, response, 400, why);
    }
    status = check_framing(conn->peer, request, &length, &why);
    if (status != 0) {
        return refuse(conn, response, status, why);
    }
    while (conn->in.len - head < length) {
        if (!peer_conn_fill(conn)) {
            peer_count(conn->peer, CNT_DISCONNECTS);
            return READ_END;
        }
    }
    request->body = peer_dupn(&request->arena, conn->in.data + head, (size_t)length);
    request->body_len = (size_t)length;
    conn->taken = head + (size_t)length;
    connection = peer_http_header(request, "Connection");
    request->keep_alive = request->minor == 1
                              ? connection == NULL || !peer_ieq(connection, "close")
                              : connection != NULL && peer_ieq(connection, "Keep-Alive");
    return READ_OK;
}

static const char *reason_of(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 302:
        return "Found";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 411:
        return "Length Required";
    case 413:
        return "Request Entity Too Large";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

static void put_date(const struct peer *peer, struct peer_buf *out)
{
    time_t now = time(NULL) + peer->config.clock_s;
    struct tm tm;
    char text[40];

    if (gmtime_r(&now, &tm) != NULL &&
        strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &tm) > 0) {
        peer_printf(out, "Date: %s\r\n", text);
    }
}

static void put_chunks(const struct peer_response *response, struct peer_buf *out)
{
    size_t from = 0;

    for (size_t i = 0; i <= response->cut_count; i++) {
        size_t to = i < response->cut_count ? response->cuts[i] : response->body.len;

        if (to > from) {
            peer_printf(out, "%zX\r\n", to - from);
            peer_put(out, response->body.data + from, to - from);
            peer_puts(out, "\r\n");
        }
        from = to;
    }
    peer_puts(out, "0\r\n\r\n");
}

void peer_http_format(const struct peer *peer, const struct peer_response *response,
                      struct peer_buf *out, size_t *body_at)
{
    const struct peer_dialect *d = peer->dialect;
    const char *reason = d->reason != NULL ? d->reason : reason_of(response->status);

    peer_buf_reserve(out, response->body.len + response->headers.len + 512);
    peer_printf(out, "HTTP/1.1 %d %s\r\n", response->status, reason);
    if (response->content_type != NULL) {
        peer_printf(out, "Content-Type: %s\r\n", response->content_type);
    }
    if (d->server != NULL) {
        peer_printf(out, "Server: %s\r\n", d->server);
    }
    peer_put(out, response->headers.data, response->headers.len);
    if (d->id == DIALECT_WINDOWS) {
        put_date(peer, out);
    }
    if (response->close) {
        peer_puts(out,
                  d->id == DIALECT_OPENWSMAN ? "Connection: Close\r\n" : "Connection: close\r\n");
    } else if (d->id == DIALECT_OMI) {
        peer_puts(out, "Connection: Keep-Alive\r\n");
    }
    if (response->chunked) {
        peer_puts(out, "Transfer-Encoding: chunked\r\n\r\n");
        *body_at = out->len;
        put_chunks(response, out);
        return;
    }
    peer_printf(out, "Content-Length: %zu\r\n\r\n", response->body.len);
    *body_at = out->len;
    peer_put(out, response->body.data, response->body.len);
}
