#include "http/response.h"

#include <string.h>

#include "base/num.h"

enum state {
    STATE_STATUS,
    STATE_FIELD,
    STATE_BODY_LENGTH,
    STATE_BODY_UNTIL_CLOSE,
    STATE_CHUNK_SIZE,
    STATE_CHUNK_DATA,
    STATE_CHUNK_END,
    STATE_TRAILER,
    STATE_COMPLETE,
    STATE_DONE,
    STATE_BROKEN
};

static const char http_prefix[] = "HTTP/1.";

static enum mic_http_event broken(struct mic_http_response *r, const char *what,
                                  struct mic_str came, struct mic_err *err)
{
    char quoted[160];

    mic_err_quote(came, quoted, sizeof(quoted));
    mic_err_set(err, MIC_E_HTTP_SYNTAX, "%s: \"%s\"", what, quoted);
    r->state = STATE_BROKEN;
    return MIC_HTTP_BROKEN;
}

static enum mic_http_event out_of_memory(struct mic_http_response *r, struct mic_err *err)
{
    mic_err_set(err, MIC_E_MEMORY, "out of memory for the header fields of a reply");
    r->state = STATE_BROKEN;
    return MIC_HTTP_BROKEN;
}

static bool is_token_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct mic_str trim_blanks(struct mic_str text)
{
    while (text.size > 0 && is_blank(text.data[0])) {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && is_blank(text.data[text.size - 1])) {
        text.size--;
    }
    return text;
}

static void advance(struct mic_str *text, size_t size)
{
    text->data += size;
    text->size -= size;
}

/* The next element of a comma-separated list. */
static bool next_element(struct mic_str *list, struct mic_str *element)
{
    while (list->size > 0) {
        const char *comma = memchr(list->data, ',', list->size);
        size_t size = comma != NULL ? (size_t)(comma - list->data) : list->size;

        *element = trim_blanks((struct mic_str){list->data, size});
        advance(list, comma != NULL ? size + 1 : size);
        if (element->size > 0) {
            return true;
        }
    }
    return false;
}

void mic_http_response_init(struct mic_http_response *response, size_t max_header_bytes)
{
    memset(response, 0, sizeof(*response));
    response->head_limit = max_header_bytes != 0 ? max_header_bytes : MIC_HTTP_HEADERS_MAX;
    response->content_length = -1;
    mic_buf_init(&response->line);
    mic_buf_init(&response->fields);
}

void mic_http_response_fini(struct mic_http_response *response)
{
    mic_buf_fini(&response->line);
    mic_buf_fini(&response->fields);
}

void mic_http_response_reset(struct mic_http_response *response)
{
    size_t limit = response->head_limit;

    mic_http_response_fini(response);
    mic_http_response_init(response, limit);
}

bool mic_http_response_is_fresh(const struct mic_http_response *response)
{
    return response->state == STATE_STATUS && response->interim_count == 0 &&
           response->line.size == 0;
}

/* A whole line without its end, in the input where it lies there in one piece. NOTHING: there is
 * one; it stays valid until forget_line. */
static enum mic_http_event take_line(struct mic_http_response *r, struct mic_str *input,
                                     struct mic_str *line, struct mic_err *err)
{
    const char *end;
    size_t size;
    struct mic_str piece;

    if (input->size == 0) {
        return MIC_HTTP_MORE;
    }
    end = memchr(input->data, '\n', input->size);
    size = end != NULL ? (size_t)(end - input->data) + 1 : input->size;
    piece = (struct mic_str){input->data, size};
    if (r->line.size + size > MIC_HTTP_LINE_MAX) {
        return broken(r, "a line of the reply is longer than 16 KB",
                      r->line.size > 0 ? (struct mic_str){r->line.data, r->line.size} : piece, err);
    }
    advance(input, size);
    if (end != NULL && r->line.size == 0) {
        *line = piece;
    } else {
        mic_buf_append(&r->line, piece.data, piece.size);
        if (r->line.failed) {
            return out_of_memory(r, err);
        }
        *line = (struct mic_str){r->line.data, r->line.size};
    }
    if (end == NULL) {
        return MIC_HTTP_MORE;
    }
    line->size--;
    if (line->size > 0 && line->data[line->size - 1] == '\r') {
        line->size--;
    }
    return MIC_HTTP_NOTHING;
}

static void forget_line(struct mic_http_response *r)
{
    mic_buf_clear(&r->line);
}

/* What is no HTTP is told at its first wrong byte, not when a line end comes. */
static bool is_other_protocol(const struct mic_http_response *r, struct mic_str input)
{
    for (size_t i = 0; i < sizeof(http_prefix) - 1; i++) {
        char c;

        if (i < r->line.size) {
            c = r->line.data[i];
        } else if (i - r->line.size < input.size) {
            c = input.data[i - r->line.size];
        } else {
            return false;
        }
        if (c != http_prefix[i]) {
            return true;
        }
    }
    return false;
}

static enum mic_http_event other_protocol(struct mic_http_response *r, struct mic_str input,
                                          struct mic_err *err)
{
    struct mic_str came = input;

    if (r->line.size > 0) {
        mic_buf_append(&r->line, input.data, input.size < 64 ? input.size : 64);
        came = (struct mic_str){r->line.data, r->line.size};
    }
    if (came.size >= 2 && (came.data[0] == 0x15 || came.data[0] == 0x16) && came.data[1] == 3) {
        return broken(r, "the server answers plain HTTP with TLS: the port is an HTTPS port", came,
                      err);
    }
    return broken(r, "the reply does not begin with HTTP/1.x", came, err);
}

static void keep_reason(struct mic_http_response *r, struct mic_str line)
{
    size_t size = line.size > 13 ? line.size - 13 : 0;

    size = size < sizeof(r->reason) ? size : sizeof(r->reason) - 1;
    memcpy(r->reason, line.data + line.size - (line.size > 13 ? line.size - 13 : 0), size);
    r->reason[size] = '\0';
}

static enum mic_http_event read_status(struct mic_http_response *r, struct mic_str *input,
                                       struct mic_err *err)
{
    struct mic_str line;
    enum mic_http_event event;
    const char *p;

    if (is_other_protocol(r, *input)) {
        return other_protocol(r, *input, err);
    }
    event = take_line(r, input, &line, err);
    if (event != MIC_HTTP_NOTHING) {
        return event;
    }
    p = line.data;
    /* "HTTP/1.1 200" and perhaps " reason", which says nothing a program needs, only its user */
    if (line.size < 12 || p[7] < '0' || p[7] > '9' || p[8] != ' ' || p[9] < '1' || p[9] > '9' ||
        p[10] < '0' || p[10] > '9' || p[11] < '0' || p[11] > '9' ||
        (line.size > 12 && p[12] != ' ')) {
        return broken(r, "the status line of the reply is malformed", line, err);
    }
    r->minor_version = (unsigned)(p[7] - '0');
    r->status = (unsigned)((p[9] - '0') * 100 + (p[10] - '0') * 10 + (p[11] - '0'));
    keep_reason(r, line);
    r->head_bytes += line.size;
    r->state = STATE_FIELD;
    forget_line(r);
    return MIC_HTTP_NOTHING;
}

/* RFC 9112 5.2: a line that begins with a blank goes on with the value before it. */
static enum mic_http_event fold_field(struct mic_http_response *r, struct mic_str line,
                                      struct mic_err *err)
{
    struct mic_str more = trim_blanks(line);

    if (r->fields.size == 0) {
        return broken(r, "a header line of the reply begins with a blank", line, err);
    }
    if (r->state == STATE_TRAILER) {
        return MIC_HTTP_NOTHING;
    }
    r->fields.data[r->fields.size - 1] = ' ';
    mic_buf_append_str(&r->fields, more);
    mic_buf_append_char(&r->fields, '\0');
    return r->fields.failed ? out_of_memory(r, err) : MIC_HTTP_NOTHING;
}

static enum mic_http_event add_field(struct mic_http_response *r, struct mic_str line,
                                     struct mic_err *err)
{
    struct mic_str name = {line.data, 0};
    struct mic_str value;

    r->head_bytes += line.size + 2;
    if (r->head_bytes > r->head_limit) {
        return broken(r, "the header of the reply is too large; its last line", line, err);
    }
    for (size_t i = 0; i < line.size; i++) {
        unsigned char c = (unsigned char)line.data[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f) {
            return broken(r, "a header line of the reply holds a control character", line, err);
        }
    }
    if (is_blank(line.data[0])) {
        return fold_field(r, line, err);
    }
    if (++r->field_count > MIC_HTTP_FIELDS_MAX) {
        return broken(r, "the reply has more than 200 header lines; the last one", line, err);
    }
    while (name.size < line.size && is_token_char(line.data[name.size])) {
        name.size++;
    }
    if (name.size == 0 || name.size == line.size || line.data[name.size] != ':') {
        return broken(r, "a header line of the reply is malformed", line, err);
    }
    if (r->state == STATE_TRAILER) {
        return MIC_HTTP_NOTHING;
    }
    value = trim_blanks((struct mic_str){line.data + name.size + 1, line.size - name.size - 1});
    mic_buf_append_str(&r->fields, name);
    mic_buf_append_char(&r->fields, '\0');
    mic_buf_append_str(&r->fields, value);
    mic_buf_append_char(&r->fields, '\0');
    return r->fields.failed ? out_of_memory(r, err) : MIC_HTTP_NOTHING;
}

bool mic_http_response_each(const struct mic_http_response *response, size_t *position,
                            const char **name, const char **value)
{
    if (*position >= response->fields.size) {
        return false;
    }
    *name = response->fields.data + *position;
    *value = *name + strlen(*name) + 1;
    *position = (size_t)(*value - response->fields.data) + strlen(*value) + 1;
    return true;
}

const char *mic_http_response_field(const struct mic_http_response *response, const char *name,
                                    size_t *position)
{
    const char *field, *value;

    while (mic_http_response_each(response, position, &field, &value)) {
        if (mic_text_equal_nocase(field, name)) {
            return value;
        }
    }
    return NULL;
}

static enum mic_http_event read_length(struct mic_http_response *r, struct mic_err *err)
{
    size_t position = 0;
    const char *value;

    while ((value = mic_http_response_field(r, "Content-Length", &position)) != NULL) {
        struct mic_str list = mic_str_from(value);
        struct mic_str element;
        uint64_t length = 0;

        if (trim_blanks(list).size == 0) {
            return broken(r, "the Content-Length of the reply is empty", list, err);
        }
        while (next_element(&list, &element)) {
            if (element.data[0] < '0' || element.data[0] > '9' ||
                memchr(element.data, 'x', element.size) != NULL ||
                memchr(element.data, 'X', element.size) != NULL ||
                !mic_parse_u64(element, INT64_MAX, &length)) {
                return broken(r, "the Content-Length of the reply is not a length",
                              mic_str_from(value), err);
            }
            if (r->content_length >= 0 && (uint64_t)r->content_length != length) {
                return broken(r, "the reply has two different Content-Length values, the second",
                              element, err);
            }
            r->content_length = (int64_t)length;
        }
    }
    return MIC_HTTP_NOTHING;
}

/* Only chunked is understood, and not as a Content-Encoding: nothing else was asked for. */
static enum mic_http_event read_codings(struct mic_http_response *r, const char *name,
                                        struct mic_err *err)
{
    bool is_transfer = mic_text_equal_nocase(name, "Transfer-Encoding");
    size_t position = 0;
    const char *value;

    while ((value = mic_http_response_field(r, name, &position)) != NULL) {
        struct mic_str list = mic_str_from(value);
        struct mic_str element;

        while (next_element(&list, &element)) {
            bool is_chunked = mic_str_equal_nocase(element, MIC_STR("chunked"));

            if (is_chunked && is_transfer && !r->is_chunked) {
                r->is_chunked = true;
            } else if (!mic_str_equal_nocase(element, MIC_STR("identity"))) {
                return broken(r, "the reply uses a coding that was not asked for",
                              mic_str_from(value), err);
            }
        }
    }
    return MIC_HTTP_NOTHING;
}

static void read_connection(struct mic_http_response *r)
{
    size_t position = 0;
    const char *value;

    while ((value = mic_http_response_field(r, "Connection", &position)) != NULL) {
        struct mic_str list = mic_str_from(value);
        struct mic_str element;

        while (next_element(&list, &element)) {
            r->wants_close = r->wants_close || mic_str_equal_nocase(element, MIC_STR("close"));
            r->wants_keep_alive =
                r->wants_keep_alive || mic_str_equal_nocase(element, MIC_STR("keep-alive"));
        }
    }
}

static enum mic_http_event skip_interim(struct mic_http_response *r, struct mic_err *err)
{
    if (r->status == 101 || ++r->interim_count > MIC_HTTP_INTERIM_MAX) {
        char number[MIC_NUMBER_TEXT_MAX];
        struct mic_str status = {number, mic_format_u64(r->status, number)};

        return broken(r,
                      r->status == 101 ? "the server switches to a protocol nobody asked for"
                                       : "the server sends interim replies without end",
                      status, err);
    }
    mic_buf_clear(&r->fields);
    r->state = STATE_STATUS;
    return MIC_HTTP_NOTHING;
}

/* RFC 9112 6.3: how long the body is. Chunked wins over a length; since that mixture smells of an
 * attack, the connection is not used again. */
static enum mic_http_event end_head(struct mic_http_response *r, struct mic_err *err)
{
    enum mic_http_event event = MIC_HTTP_NOTHING;

    if (r->status < 200) {
        return skip_interim(r, err);
    }
    event = read_codings(r, "Transfer-Encoding", err);
    if (event == MIC_HTTP_NOTHING) {
        event = read_codings(r, "Content-Encoding", err);
    }
    if (event == MIC_HTTP_NOTHING) {
        event = read_length(r, err);
    }
    if (event != MIC_HTTP_NOTHING) {
        return event;
    }
    read_connection(r);
    r->is_keep_alive = !r->wants_close && (r->minor_version > 0 || r->wants_keep_alive);
    if (r->status == 204 || r->status == 304) {
        r->content_length = 0;
        r->state = STATE_COMPLETE;
    } else if (r->is_chunked) {
        r->is_keep_alive = r->is_keep_alive && r->content_length < 0 && r->minor_version > 0;
        r->content_length = -1;
        r->state = STATE_CHUNK_SIZE;
    } else if (r->content_length >= 0) {
        r->left = (uint64_t)r->content_length;
        r->state = r->left > 0 ? STATE_BODY_LENGTH : STATE_COMPLETE;
    } else {
        r->is_keep_alive = false;
        r->state = STATE_BODY_UNTIL_CLOSE;
    }
    return MIC_HTTP_HEADERS;
}

/* Header fields, and the trailer's, which are checked and dropped. */
static enum mic_http_event read_field(struct mic_http_response *r, struct mic_str *input,
                                      struct mic_err *err)
{
    struct mic_str line;
    enum mic_http_event event = take_line(r, input, &line, err);

    if (event != MIC_HTTP_NOTHING) {
        return event;
    }
    if (line.size > 0) {
        event = add_field(r, line, err);
        forget_line(r);
        return event;
    }
    forget_line(r);
    if (r->state == STATE_TRAILER) {
        r->state = STATE_COMPLETE;
        return MIC_HTTP_NOTHING;
    }
    return end_head(r, err);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static enum mic_http_event read_chunk_size(struct mic_http_response *r, struct mic_str *input,
                                           struct mic_err *err)
{
    struct mic_str line;
    enum mic_http_event event = take_line(r, input, &line, err);
    uint64_t size = 0;
    size_t digits = 0;
    struct mic_str behind;

    if (event != MIC_HTTP_NOTHING) {
        return event;
    }
    while (digits < line.size && hex_digit(line.data[digits]) >= 0) {
        if (size > (uint64_t)INT64_MAX >> 4) {
            return broken(r, "a chunk of the reply is too large", line, err);
        }
        size = size << 4 | (uint64_t)hex_digit(line.data[digits]);
        digits++;
    }
    behind = trim_blanks((struct mic_str){line.data + digits, line.size - digits});
    if (digits == 0 || (behind.size > 0 && behind.data[0] != ';')) {
        return broken(r, "a chunk of the reply does not begin with its size", line, err);
    }
    forget_line(r);
    r->left = size;
    r->state = size > 0 ? STATE_CHUNK_DATA : STATE_TRAILER;
    return MIC_HTTP_NOTHING;
}

static enum mic_http_event read_chunk_end(struct mic_http_response *r, struct mic_str *input,
                                          struct mic_err *err)
{
    struct mic_str line;
    enum mic_http_event event;

    /* Not the line's end: told before more of a wrong body is taken for it. */
    if (input->size > 0 && input->data[0] != '\n' && (input->data[0] != '\r' || r->line.size > 0)) {
        return broken(r, "a chunk of the reply is longer than its size; behind it", *input, err);
    }
    event = take_line(r, input, &line, err);
    if (event == MIC_HTTP_MORE && r->line.size > 1) {
        return broken(r, "a chunk of the reply is longer than its size; behind it",
                      (struct mic_str){r->line.data, r->line.size}, err);
    }
    if (event != MIC_HTTP_NOTHING) {
        return event;
    }
    if (line.size > 0) {
        return broken(r, "a chunk of the reply is longer than its size; behind it", line, err);
    }
    forget_line(r);
    r->state = STATE_CHUNK_SIZE;
    return MIC_HTTP_NOTHING;
}

static enum mic_http_event read_body(struct mic_http_response *r, struct mic_str *input,
                                     struct mic_str *piece)
{
    size_t size = input->size;

    if (size == 0) {
        return MIC_HTTP_MORE;
    }
    if (r->state != STATE_BODY_UNTIL_CLOSE) {
        size = r->left < size ? (size_t)r->left : size;
        r->left -= size;
        if (r->left == 0) {
            r->state = r->state == STATE_CHUNK_DATA ? STATE_CHUNK_END : STATE_COMPLETE;
        }
    }
    *piece = (struct mic_str){input->data, size};
    advance(input, size);
    return MIC_HTTP_BODY;
}

static enum mic_http_event step(struct mic_http_response *r, struct mic_str *input,
                                struct mic_str *piece, struct mic_err *err)
{
    switch ((enum state)r->state) {
    case STATE_STATUS:
        return read_status(r, input, err);
    case STATE_FIELD:
    case STATE_TRAILER:
        return read_field(r, input, err);
    case STATE_BODY_LENGTH:
    case STATE_BODY_UNTIL_CLOSE:
    case STATE_CHUNK_DATA:
        return read_body(r, input, piece);
    case STATE_CHUNK_SIZE:
        return read_chunk_size(r, input, err);
    case STATE_CHUNK_END:
        return read_chunk_end(r, input, err);
    case STATE_COMPLETE:
        r->state = STATE_DONE;
        return MIC_HTTP_END;
    case STATE_DONE:
        return MIC_HTTP_MORE;
    case STATE_BROKEN:
        break;
    }
    mic_err_set(err, MIC_E_HTTP_SYNTAX, "the reply was malformed");
    return MIC_HTTP_BROKEN;
}

enum mic_http_event mic_http_response_next(struct mic_http_response *response,
                                           struct mic_str *input, struct mic_str *piece,
                                           struct mic_err *err)
{
    enum mic_http_event event;

    do {
        event = step(response, input, piece, err);
    } while (event == MIC_HTTP_NOTHING);
    return event;
}

enum mic_http_event mic_http_response_close(struct mic_http_response *response, struct mic_err *err)
{
    const char *where = "in the middle of the reply's body";

    switch ((enum state)response->state) {
    case STATE_BODY_UNTIL_CLOSE:
        response->state = STATE_DONE;
        return MIC_HTTP_END;
    case STATE_STATUS:
    case STATE_FIELD:
        where = mic_http_response_is_fresh(response) ? "before it answered"
                                                     : "in the middle of the reply's header";
        break;
    case STATE_BODY_LENGTH:
    case STATE_CHUNK_SIZE:
    case STATE_CHUNK_DATA:
    case STATE_CHUNK_END:
    case STATE_TRAILER:
    case STATE_COMPLETE:
    case STATE_DONE:
    case STATE_BROKEN:
        break;
    }
    if (response->state == STATE_BODY_LENGTH) {
        mic_err_set(err, MIC_E_CONNECTION_LOST,
                    "the server closed the connection %s: %llu of %lld bytes came", where,
                    (unsigned long long)response->content_length -
                        (unsigned long long)response->left,
                    (long long)response->content_length);
    } else {
        mic_err_set(err, MIC_E_CONNECTION_LOST, "the server closed the connection %s", where);
    }
    response->state = STATE_BROKEN;
    return MIC_HTTP_BROKEN;
}
