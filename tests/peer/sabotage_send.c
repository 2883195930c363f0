/* Things that go wrong on demand: the text and the bytes of a reply. */
#include <stdio.h>
#include <string.h>

#include "negotiate.h"
#include "sabotage.h"

/* Start of the envelope's root element, behind an XML declaration. */
static size_t root_at(const struct peer_buf *body)
{
    const char *at = body->data;

    if (body->len > 5 && strncmp(at, "<?xml", 5) == 0) {
        const char *end = strstr(at, "?>");

        return end != NULL ? (size_t)(end + 2 - at) : 0;
    }
    return 0;
}

/* Just inside <X:Body>, or SIZE_MAX. */
static size_t inside_body(const struct peer_buf *body)
{
    const char *at = body->len > 0 ? strstr(body->data, ":Body>") : NULL;

    return at != NULL ? (size_t)(at + 6 - body->data) : SIZE_MAX;
}

static size_t body_end(const struct peer_buf *body)
{
    const char *at = body->data;
    const char *last = NULL;

    while ((at = strstr(at, ":Body>")) != NULL) {
        last = at;
        at++;
    }
    while (last != NULL && last > body->data && *last != '<') {
        last--;
    }
    return last != NULL ? (size_t)(last - body->data) : SIZE_MAX;
}

static void insert_text(struct peer_buf *body, size_t at, const char *text)
{
    if (at != SIZE_MAX && body->len > 0) {
        peer_insert(body, at, text, strlen(text));
    }
}

/* Bytes that no UTF-8 decoder takes, inside the first text of the body. */
static void put_non_utf8(struct peer_buf *body)
{
    size_t from = inside_body(body);
    const char *close = from != SIZE_MAX ? strstr(body->data + from, "</") : NULL;

    if (close != NULL) {
        insert_text(body, (size_t)(close - body->data), "\xC3\x28\xFF\xFE");
    }
}

static void put_entities(struct peer_buf *body)
{
    struct peer_buf dtd = {0};

    peer_puts(&dtd, "<!DOCTYPE bomb [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
        peer_printf(&dtd, "<!ENTITY a%d \"&a%d;&a%d;&a%d;&a%d;\">", i, i - 1, i - 1, i - 1, i - 1);
    }
    peer_puts(&dtd, "]>");
    insert_text(body, inside_body(body), "&a29;");
    insert_text(body, root_at(body), dtd.data);
    peer_buf_free(&dtd);
}

/* More levels than this are sent while they are made. */
#define DEEP_IN_MEMORY 1000000U

static void put_tag(struct peer_buf *body, uint64_t len)
{
    size_t at = inside_body(body);
    struct peer_buf tag = {0};

    if (at == SIZE_MAX || len > 1U << 30) {
        return;
    }
    peer_puts(&tag, "<t a=\"");
    peer_buf_reserve(&tag, (size_t)len);
    memset(tag.data + tag.len, 'x', (size_t)len);
    tag.len += (size_t)len;
    peer_puts(&tag, "\"/>");
    peer_insert(body, at, tag.data, tag.len);
    peer_buf_free(&tag);
}

static void put_deep(struct peer_buf *body, uint64_t depth)
{
    size_t at = inside_body(body);
    struct peer_buf nest = {0};

    for (uint64_t i = 0; i < depth; i++) {
        peer_puts(&nest, "<d>");
    }
    for (uint64_t i = 0; i < depth; i++) {
        peer_puts(&nest, "</d>");
    }
    if (at != SIZE_MAX && nest.len > 0) {
        peer_insert(body, at, nest.data, nest.len);
    }
    peer_buf_free(&nest);
}

static void empty_body(struct peer_buf *body)
{
    size_t from = inside_body(body);
    size_t to = from != SIZE_MAX ? body_end(body) : SIZE_MAX;

    if (to != SIZE_MAX && to > from) {
        memmove(body->data + from, body->data + to, body->len - to + 1);
        body->len -= to - from;
    }
}

static void mismatch(struct peer_buf *body)
{
    const char *at = body->len > 0 ? strstr(body->data, ":RelatesTo>") : NULL;
    const char *end = at != NULL ? strchr(at, '<') : NULL;

    for (size_t i = 0; end != NULL && i < 8 && end - 1 - i > at + 11; i++) {
        body->data[end - 1 - (ptrdiff_t)i - body->data] = '0';
    }
}

static void put_keep_alive(struct peer_buf *out, unsigned number)
{
    peer_printf(out,
                "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"%s\" xmlns:a=\"%s\" xmlns:w=\"%s\" "
                "xmlns:p=\"%s\"><s:Header><a:Action>"
                "http://schemas.microsoft.com/wbem/wsman/1/wsman/Keepalive</a:Action><a:MessageID>"
                "uuid:00000000-0000-4000-8000-%012u</a:MessageID><p:SequenceId>%u</p:SequenceId>"
                "<w:OperationTimeout>PT120.000S</w:OperationTimeout><a:To>%s</a:To></s:Header>"
                "<s:Body></s:Body></s:Envelope>",
                URI_SOAP, URI_ADDRESSING, URI_WSMAN, URI_MSWSMAN, number, number, URI_ANONYMOUS);
}

/* Two KeepAlive envelopes before the real one. */
static void multiply(const struct peer_plan *plan, struct peer_response *response)
{
    const char *mode = plan->text[BREAK_MULTI_ENVELOPE];
    struct peer_buf all = {0};
    size_t length;

    put_keep_alive(&all, 1);
    length = all.len;
    put_keep_alive(&all, 2);
    peer_put(&all, response->body.data, response->body.len);
    peer_buf_free(&response->body);
    response->body = all;
    response->chunked = true;
    response->cut_count = 0;
    if (strcmp(mode, "merged") == 0) {
        return;
    }
    if (strcmp(mode, "odd") == 0) {
        response->cuts[response->cut_count++] = 7;
        response->cuts[response->cut_count++] = length + 1;
        response->cuts[response->cut_count++] = 2 * length - 3;
        response->cuts[response->cut_count++] = 2 * length + 5;
        return;
    }
    response->cuts[response->cut_count++] = length;
    response->cuts[response->cut_count++] = 2 * length;
    if (strcmp(mode, "split") == 0) {
        response->cuts[response->cut_count++] = 2 * length + (all.len - 2 * length) / 2;
    }
}

void peer_sabotage_body(const struct peer_plan *plan, struct peer_response *response)
{
    struct peer_buf *body = &response->body;

    if (body->len == 0) {
        return;
    }
    if (plan->on[BREAK_MISMATCH_RELATES_TO]) {
        mismatch(body);
    }
    if (plan->on[BREAK_EMPTY_BODY]) {
        empty_body(body);
    }
    if (plan->on[BREAK_NON_UTF8]) {
        put_non_utf8(body);
    }
    if (plan->on[BREAK_TAG]) {
        put_tag(body, plan->number[BREAK_TAG]);
    }
    if (plan->on[BREAK_DEEP] && plan->number[BREAK_DEEP] <= DEEP_IN_MEMORY) {
        put_deep(body, plan->number[BREAK_DEEP]);
    }
    if (plan->on[BREAK_DOCTYPE]) {
        insert_text(body, root_at(body), "<!DOCTYPE Envelope SYSTEM \"http://127.0.0.1:9/x.dtd\">");
    }
    if (plan->on[BREAK_ENTITIES]) {
        put_entities(body);
    }
    if (plan->on[BREAK_BOM]) {
        insert_text(body, 0, "\xEF\xBB\xBF");
    }
    if (plan->on[BREAK_MULTI_ENVELOPE]) {
        multiply(plan, response);
    }
    if (plan->on[BREAK_BAD_CHUNK]) {
        response->chunked = true;
    }
}

/* Silence until the client or the endpoint goes away. */
static bool stall(struct peer_conn *conn)
{
    while (peer_conn_fill(conn)) {
        conn->in.len = 0;
        conn->taken = 0;
    }
    return false;
}

static bool send_garbage(const struct peer_plan *plan, struct peer_conn *conn)
{
    uint64_t len = plan->number[BREAK_GARBAGE] != 0 ? plan->number[BREAK_GARBAGE] : 4096;
    uint32_t state = 2463534242U;
    char bytes[1024];

    while (len > 0) {
        size_t part = len < sizeof bytes ? (size_t)len : sizeof bytes;

        for (size_t i = 0; i < part; i++) {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            bytes[i] = (char)(state & 0xff);
        }
        if (!peer_conn_send(conn, bytes, part)) {
            break;
        }
        len -= part;
    }
    return false;
}

static bool send_endless_headers(struct peer_conn *conn)
{
    char line[128];

    if (!peer_conn_send(conn, "HTTP/1.1 200 OK\r\n", 17)) {
        return false;
    }
    for (unsigned i = 0; !peer_is_stopping(conn->peer); i++) {
        int n = snprintf(line, sizeof line, "X-Header-%u: and it goes on and on and on\r\n", i);

        if (!peer_conn_send(conn, line, (size_t)n)) {
            break;
        }
    }
    return false;
}

static bool send_huge(const struct peer_plan *plan, struct peer_conn *conn,
                      const struct peer_response *response)
{
    uint64_t left = plan->number[BREAK_HUGE];
    bool endless = left == 0;
    size_t at = inside_body(&response->body);
    struct peer_buf out = {0};
    char filler[8192];
    bool good = true;

    memset(filler, 'x', sizeof filler);
    peer_puts(&out, "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml;charset=UTF-8\r\n");
    if (endless) {
        peer_puts(&out, "Transfer-Encoding: chunked\r\n\r\n");
        if (at != SIZE_MAX) {
            peer_printf(&out, "%zX\r\n", at);
            peer_put(&out, response->body.data, at);
            peer_puts(&out, "\r\n");
        }
    } else {
        peer_printf(&out, "Content-Length: %llu\r\n\r\n", (unsigned long long)left);
        if (at != SIZE_MAX && at < left) {
            peer_put(&out, response->body.data, at);
            left -= at;
        }
    }
    good = peer_conn_send(conn, out.data, out.len);
    peer_buf_free(&out);
    while (good && (endless || left > 0) && !peer_is_stopping(conn->peer)) {
        size_t part = endless || left > sizeof filler ? sizeof filler : (size_t)left;

        good = (!endless || peer_conn_send(conn, "2000\r\n", 6)) &&
               peer_conn_send(conn, filler, part) && (!endless || peer_conn_send(conn, "\r\n", 2));
        left -= endless ? 0 : part;
    }
    return false;
}

static bool send_chunk(struct peer_conn *conn, const char *bytes, size_t len)
{
    struct peer_buf out = {0};
    bool good;

    peer_printf(&out, "%zX\r\n", len);
    peer_put(&out, bytes, len);
    peer_puts(&out, "\r\n");
    good = peer_conn_send(conn, out.data, out.len);
    peer_buf_free(&out);
    return good;
}

static bool send_chunked_head(struct peer_conn *conn)
{
    struct peer_buf head = {0};
    bool good;

    peer_printf(&head, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n",
                peer_negotiate_seals(conn) ? peer_negotiate_type(conn)
                                           : "application/soap+xml;charset=UTF-8");
    good = peer_conn_send(conn, head.data, head.len);
    peer_buf_free(&head);
    return good;
}

static bool send_envelope(struct peer_conn *conn, const struct peer_buf *envelope)
{
    struct peer_buf sealed = {0};
    bool good;

    if (!peer_negotiate_seals(conn)) {
        return send_chunk(conn, envelope->data, envelope->len);
    }
    peer_negotiate_seal(conn, envelope->data, envelope->len, &sealed);
    good = send_chunk(conn, sealed.data, sealed.len);
    peer_buf_free(&sealed);
    return good;
}

static bool send_deep(const struct peer_plan *plan, struct peer_conn *conn,
                      const struct peer_response *response)
{
    uint64_t left = plan->number[BREAK_DEEP];
    size_t at = inside_body(&response->body);
    char block[3 * 4096];
    bool good =
        at != SIZE_MAX && send_chunked_head(conn) && send_chunk(conn, response->body.data, at);

    for (size_t i = 0; i < sizeof block; i += 3) {
        memcpy(block + i, "<d>", 3);
    }
    while (good && left > 0 && !peer_is_stopping(conn->peer)) {
        size_t part = left < 4096 ? (size_t)left : 4096;

        good = send_chunk(conn, block, 3 * part);
        left -= part;
    }
    return false;
}

/* KeepAlive envelopes, each a chunk of its own, until the delay is over; then the answer. */
static bool send_kept_alive(const struct peer_plan *plan, struct peer_conn *conn,
                            const struct peer_response *response)
{
    uint64_t every = plan->number[BREAK_KEEP_ALIVE] != 0 ? plan->number[BREAK_KEEP_ALIVE] : 1;
    uint64_t until = plan->number[BREAK_DELAY];
    bool good = send_chunked_head(conn);

    for (uint64_t at = every; good && at <= until; at += every) {
        struct peer_buf out = {0};

        good = peer_sleep(conn->peer, every);
        put_keep_alive(&out, (unsigned)(at / every));
        good = good && send_envelope(conn, &out);
        peer_buf_free(&out);
    }
    return good && send_envelope(conn, &response->body) && peer_conn_send(conn, "0\r\n\r\n", 5) &&
           !plan->on[BREAK_DROP_IDLE];
}

static bool send_drip(const struct peer_plan *plan, struct peer_conn *conn,
                      const struct peer_buf *out)
{
    for (size_t i = 0; i < out->len; i++) {
        if (!peer_conn_send(conn, out->data + i, 1) ||
            (plan->number[BREAK_SLOW_DRIP] > 0 &&
             !peer_sleep(conn->peer, plan->number[BREAK_SLOW_DRIP]))) {
            return false;
        }
    }
    return true;
}

/* Lie about the length by changing the number in the head; digits stay as many. */
static void shrink_length(struct peer_buf *out, size_t body_at, uint64_t by)
{
    char *at = strstr(out->data, "Content-Length: ");
    size_t length = out->len - body_at;
    size_t wrong = length > by ? length - (size_t)by : 0;
    char digits[32];
    char *end;
    int n;

    if (at == NULL || (size_t)(at - out->data) >= body_at) {
        return;
    }
    at += 16;
    end = strstr(at, "\r\n");
    if (end == NULL) {
        return;
    }
    n = snprintf(digits, sizeof digits, "%0*zu", (int)(end - at), wrong);
    if (n == (int)(end - at)) {
        memcpy(at, digits, (size_t)n);
    }
}

static void spoil_chunk(struct peer_buf *out, size_t body_at)
{
    if (out->len > body_at) {
        out->data[body_at] = 'Z';
    }
}

/* The whole answer, with its bytes spoiled or not all of them sent. */
static bool send_spoiled(const struct peer_plan *plan, struct peer_conn *conn,
                         struct peer_response *response)
{
    struct peer_buf out = {0};
    size_t body_at = 0;
    size_t len;
    bool good;

    if (plan->on[BREAK_TRUNCATE] || plan->on[BREAK_WRONG_LENGTH]) {
        response->chunked = false;
    }
    peer_http_format(conn->peer, response, &out, &body_at);
    len = out.len;
    if (plan->on[BREAK_WRONG_LENGTH]) {
        uint64_t by = plan->number[BREAK_WRONG_LENGTH];

        shrink_length(&out, body_at, by != 0 ? by : 10);
    }
    if (plan->on[BREAK_BAD_CHUNK]) {
        spoil_chunk(&out, body_at);
    }
    if (plan->on[BREAK_TRUNCATE]) {
        uint64_t keep = plan->number[BREAK_TRUNCATE];

        len = body_at + (keep != 0 ? (size_t)keep : (len - body_at) / 2);
    }
    if (plan->on[BREAK_CLOSE_AFTER]) {
        len = (size_t)plan->number[BREAK_CLOSE_AFTER];
    }
    if (plan->on[BREAK_STALL_MID]) {
        len = out.len / 2;
    }
    len = len < out.len ? len : out.len;
    good = plan->on[BREAK_SLOW_DRIP] ? send_drip(plan, conn, &out)
                                     : peer_conn_send(conn, out.data, len);
    good = good && len == out.len;
    peer_buf_free(&out);
    if (plan->on[BREAK_STALL_MID]) {
        return stall(conn);
    }
    return good && !plan->on[BREAK_DROP_IDLE];
}

bool peer_sabotage_send(const struct peer_plan *plan, struct peer_conn *conn,
                        struct peer_response *response)
{
    if (plan->on[BREAK_STALL]) {
        return stall(conn);
    }
    if (plan->on[BREAK_GARBAGE]) {
        return send_garbage(plan, conn);
    }
    if (plan->on[BREAK_ENDLESS_HEADERS]) {
        return send_endless_headers(conn);
    }
    if (plan->on[BREAK_HUGE]) {
        return send_huge(plan, conn, response);
    }
    if (plan->on[BREAK_DEEP] && plan->number[BREAK_DEEP] > DEEP_IN_MEMORY) {
        return send_deep(plan, conn, response);
    }
    if (plan->on[BREAK_KEEP_ALIVE] && response->body.len > 0) {
        return send_kept_alive(plan, conn, response);
    }
    return send_spoiled(plan, conn, response);
}
