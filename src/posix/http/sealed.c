/* multipart/encrypted as MS-WSMV 2.2.9.1.1 and .2 lay it out. Written as Windows reads it, without
 * the TABs of the specification; read with them, and with what else servers do. */
#include "http/sealed.h"

#include <stdint.h>
#include <string.h>

#include "base/num.h"

#define BOUNDARY       "Encrypted Boundary"
#define BOUNDARY_MAX   ((size_t)256)
#define PART_HEAD_MAX  ((size_t)4096) /* bytes of the lines in front of a part's content */
#define TOKEN_SIZE_MAX ((size_t)4096)
/* How far behind the length told a part may end: TLS records (CredSSP) are longer than that. */
#define SLACK_MAX ((size_t)4096)

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* ---- writing ---- */

static bool is_in_pieces(const struct mic_auth_scheme *scheme, size_t plain_size)
{
    return scheme->seal_piece > 0 && plain_size > scheme->seal_piece;
}

void mic_sealed_write_type(const struct mic_auth_scheme *scheme, size_t plain_size,
                           struct mic_buf *out)
{
    mic_buf_append_format(out, "multipart/%s;protocol=\"%s\";boundary=\"" BOUNDARY "\"",
                          is_in_pieces(scheme, plain_size) ? "x-multi-encrypted" : "encrypted",
                          scheme->seal_protocol);
}

static uint32_t read_u32(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;

    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* What is behind the token of a part. */
static size_t ciphertext_size(struct mic_str content)
{
    size_t around = 4 + (content.size < 4 ? 0 : (size_t)read_u32(content.data));

    return content.size < around ? 0 : content.size - around;
}

static MI_Result write_piece(struct mic_auth *auth, struct mic_str plain, struct mic_buf *out,
                             struct mic_err *err)
{
    struct mic_buf content;
    size_t length = plain.size;
    MI_Result result;

    mic_buf_init(&content);
    result = auth->scheme->seal(auth, plain.data, plain.size, &content, err);
    if (auth->scheme->counts_padding) {
        length = ciphertext_size((struct mic_str){content.data, content.size});
    }
    mic_buf_append_format(out,
                          "--" BOUNDARY "\r\n"
                          "Content-Type: %s\r\n"
                          "OriginalContent: type=" MIC_SEALED_CONTENT_TYPE ";Length=%lu\r\n"
                          "--" BOUNDARY "\r\n"
                          "Content-Type: application/octet-stream\r\n",
                          auth->scheme->seal_protocol, (unsigned long)length);
    mic_buf_append(out, content.data, content.size);
    mic_buf_append_text(out, "--" BOUNDARY "--\r\n");
    out->failed = out->failed || content.failed; /* a message without it would be whole in form */
    mic_buf_fini(&content);
    return result;
}

MI_Result mic_sealed_write(struct mic_auth *auth, struct mic_str plain, struct mic_buf *out,
                           struct mic_err *err)
{
    size_t piece = is_in_pieces(auth->scheme, plain.size) ? auth->scheme->seal_piece : plain.size;
    struct mic_str rest = plain;

    do {
        struct mic_str part = {rest.data, rest.size < piece ? rest.size : piece};

        if (write_piece(auth, part, out, err) != MI_RESULT_OK) {
            return err->result;
        }
        rest.data += part.size;
        rest.size -= part.size;
    } while (rest.size > 0);
    if (out->failed) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a sealed request of %lu bytes",
                           (unsigned long)plain.size);
    }
    return MI_RESULT_OK;
}

/* ---- reading ---- */

enum state {
    STATE_BOUNDARY, /* the line that begins the message and names the boundary */
    STATE_HEAD,     /* the lines of a part, up to Content-Type: application/octet-stream */
    STATE_CONTENT,  /* token and ciphertext, up to the boundary behind them */
    STATE_CLOSED    /* behind "--boundary--": the end, or another message */
};

enum outcome {
    OUTCOME_NEXT, /* went on: look again */
    OUTCOME_MORE, /* input is used up */
    OUTCOME_BROKEN
};

static enum outcome broken(struct mic_err *err, const char *what)
{
    mic_err_set(err, MIC_E_PROTOCOL, "the sealed reply is not of the form that it should have: %s",
                what);
    return OUTCOME_BROKEN;
}

void mic_sealed_reader_init(struct mic_sealed_reader *reader, size_t limit)
{
    memset(reader, 0, sizeof(*reader));
    reader->limit = limit < SIZE_MAX / 2 ? limit : SIZE_MAX / 2;
    mic_buf_init(&reader->type);
    mic_buf_init(&reader->in);
    mic_buf_init(&reader->boundary);
}

void mic_sealed_reader_fini(struct mic_sealed_reader *reader)
{
    mic_buf_fini(&reader->type);
    mic_buf_fini(&reader->in);
    mic_buf_fini(&reader->boundary);
}

bool mic_sealed_is_type(const char *content_type)
{
    struct mic_str type = mic_str_trim(mic_str_from(content_type));

    for (size_t i = 0; i < type.size; i++) {
        if (type.data[i] == ';' || is_blank(type.data[i])) {
            type.size = i;
        }
    }
    return mic_str_equal_nocase(type, MIC_STR("multipart/encrypted")) ||
           mic_str_equal_nocase(type, MIC_STR("multipart/x-multi-encrypted"));
}

/* The next line without its end; false when it has not come yet. */
static bool take_line(struct mic_str *rest, struct mic_str *line)
{
    const char *end = rest->size > 0 ? memchr(rest->data, '\n', rest->size) : NULL;
    size_t size;

    if (end == NULL) {
        return false;
    }
    size = (size_t)(end - rest->data);
    *line = (struct mic_str){rest->data, size};
    if (size > 0 && line->data[size - 1] == '\r') {
        line->size--;
    }
    rest->data += size + 1;
    rest->size -= size + 1;
    return true;
}

static void skip_blanks(struct mic_str *text)
{
    while (text->size > 0 && is_blank(text->data[0])) {
        text->data++;
        text->size--;
    }
}

static enum outcome read_boundary(struct mic_sealed_reader *reader, struct mic_str *rest,
                                  struct mic_err *err)
{
    struct mic_str line;

    if (!take_line(rest, &line)) {
        return rest->size > BOUNDARY_MAX ? broken(err, "its first line does not end")
                                         : OUTCOME_MORE;
    }
    line = mic_str_trim(line);
    if (line.size == 0) {
        return OUTCOME_NEXT;
    }
    if (line.size < 3 || line.size > BOUNDARY_MAX || !mic_str_starts_with(line, MIC_STR("--"))) {
        return broken(err, "it does not begin with a boundary");
    }
    mic_buf_clear(&reader->boundary);
    for (size_t i = 0; i < line.size; i++) {
        if (!is_blank(line.data[i])) {
            mic_buf_append_char(&reader->boundary, line.data[i]);
        }
    }
    reader->header_bytes = 0;
    reader->state = STATE_HEAD;
    return OUTCOME_NEXT;
}

enum match { MATCH_NO, MATCH_MORE, MATCH_NEXT, MATCH_LAST };

/* Whether @p text begins with the boundary; blanks do not count, since Exchange puts one behind the
 * dashes. @param[out] used  bytes of it with its line's end */
static enum match match_boundary(const struct mic_sealed_reader *reader, struct mic_str text,
                                 size_t *used)
{
    struct mic_str rest = text;
    enum match match;

    for (size_t i = 0; i < reader->boundary.size; i++) {
        skip_blanks(&rest);
        if (rest.size == 0) {
            return MATCH_MORE;
        }
        if (rest.data[0] != reader->boundary.data[i]) {
            return MATCH_NO;
        }
        rest.data++;
        rest.size--;
    }
    skip_blanks(&rest);
    if (rest.size == 0 || (rest.size == 1 && rest.data[0] != '\n')) {
        return MATCH_MORE;
    }
    if (rest.data[0] == '\n') {
        *used = (size_t)(rest.data - text.data) + 1;
        return MATCH_NEXT;
    }
    match = memcmp(rest.data, "--", 2) == 0     ? MATCH_LAST
            : memcmp(rest.data, "\r\n", 2) == 0 ? MATCH_NEXT
                                                : MATCH_NO;
    *used = (size_t)(rest.data - text.data) + 2;
    return match;
}

/* type=application/soap+xml;charset=UTF-8;Length=1911 */
static bool read_original(struct mic_sealed_reader *reader, struct mic_str value)
{
    mic_buf_clear(&reader->type);
    reader->has_length = false;
    while (value.size > 0) {
        const char *end = memchr(value.data, ';', value.size);
        struct mic_str part = {value.data, end == NULL ? value.size : (size_t)(end - value.data)};
        size_t taken = part.size + (end != NULL ? 1U : 0U);
        struct mic_str name;
        uint64_t number;

        value.data += taken;
        value.size -= taken;
        part = mic_str_trim(part);
        name = (struct mic_str){part.data, part.size < 7 ? part.size : 7};
        if (mic_str_equal_nocase(name, MIC_STR("Length="))) {
            part = mic_str_trim((struct mic_str){part.data + 7, part.size - 7});
            if (reader->has_length || !mic_parse_u64(part, SIZE_MAX, &number)) {
                return false;
            }
            reader->length = (size_t)number;
            reader->has_length = true;
            continue;
        }
        name.size = name.size < 5 ? name.size : 5;
        if (mic_str_equal_nocase(name, MIC_STR("type="))) {
            part = mic_str_trim((struct mic_str){part.data + 5, part.size - 5});
        }
        if (reader->type.size > 0) {
            mic_buf_append_char(&reader->type, ';');
        }
        mic_buf_append_str(&reader->type, part);
    }
    return reader->has_length;
}

static enum outcome begin_content(struct mic_sealed_reader *reader, struct mic_err *err)
{
    if (!reader->has_length) {
        return broken(err, "a part does not tell its length (OriginalContent)");
    }
    if (reader->length > reader->limit) {
        mic_err_set(err, MIC_E_ENVELOPE_SIZE,
                    "The server's sealed reply has %lu bytes; the largest envelope allowed has "
                    "%lu.",
                    (unsigned long)reader->length, (unsigned long)reader->limit);
        return OUTCOME_BROKEN;
    }
    reader->need = 0;
    reader->state = STATE_CONTENT;
    return OUTCOME_NEXT;
}

static enum outcome read_header(struct mic_sealed_reader *reader, struct mic_str line,
                                struct mic_err *err)
{
    const char *colon = line.size > 0 ? memchr(line.data, ':', line.size) : NULL;
    struct mic_str name, value;
    static const char octets[] = "application/octet-stream";

    if (colon == NULL) {
        return broken(err, "a line of a part is no header field");
    }
    name = mic_str_trim((struct mic_str){line.data, (size_t)(colon - line.data)});
    value = mic_str_trim((struct mic_str){colon + 1, line.size - (size_t)(colon - line.data) - 1});
    if (mic_str_equal_nocase(name, MIC_STR("OriginalContent"))) {
        return read_original(reader, value)
                   ? OUTCOME_NEXT
                   : broken(err, "a part does not tell its length (OriginalContent)");
    }
    if (mic_str_equal_nocase(name, MIC_STR("Content-Type"))) {
        value.size = value.size < sizeof(octets) - 1 ? value.size : sizeof(octets) - 1;
        if (mic_str_equal_nocase(value, MIC_STR(octets))) {
            return begin_content(reader, err);
        }
    }
    return OUTCOME_NEXT;
}

static enum outcome read_head(struct mic_sealed_reader *reader, struct mic_str *rest,
                              struct mic_err *err)
{
    const char *begin = rest->data;
    struct mic_str line;
    size_t used;

    if (!take_line(rest, &line)) {
        return rest->size > PART_HEAD_MAX ? broken(err, "a line of a part does not end")
                                          : OUTCOME_MORE;
    }
    reader->header_bytes += (size_t)(rest->data - begin);
    if (reader->header_bytes > PART_HEAD_MAX) {
        return broken(err, "a part has too many lines");
    }
    line = mic_str_trim(line);
    if (mic_str_starts_with(line, MIC_STR("--"))) {
        switch (
            match_boundary(reader, (struct mic_str){begin, (size_t)(rest->data - begin)}, &used)) {
        case MATCH_NEXT:
            return OUTCOME_NEXT;
        case MATCH_LAST:
            return broken(err, "it ends in the middle of a part");
        case MATCH_NO:
        case MATCH_MORE:
            return broken(err, "two of its boundaries differ");
        }
    }
    return read_header(reader, line, err);
}

static enum outcome open_part(struct mic_sealed_reader *reader, struct mic_auth *auth,
                              struct mic_str sealed, struct mic_buf *plain, struct mic_err *err)
{
    size_t before = plain->size;

    if (auth->scheme->unseal(auth, sealed.data, sealed.size, plain, err) != MI_RESULT_OK) {
        return OUTCOME_BROKEN;
    }
    if (plain->failed) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a sealed reply of %lu bytes",
                    (unsigned long)reader->length);
        return OUTCOME_BROKEN;
    }
    if (plain->size - before != reader->length && ciphertext_size(sealed) != reader->length) {
        return broken(err, "a part has another length than it tells");
    }
    reader->part_count++;
    reader->has_length = false;
    reader->header_bytes = 0;
    return OUTCOME_NEXT;
}

/* Never looked for inside the ciphertext, which may hold anything: the lengths say where it ends at
 * the earliest. */
static enum outcome read_content(struct mic_sealed_reader *reader, struct mic_auth *auth,
                                 struct mic_str *rest, struct mic_buf *plain, struct mic_err *err)
{
    size_t at, used = 0;
    enum match match = MATCH_NO;

    if (rest->size < 4) {
        return OUTCOME_MORE;
    }
    if (read_u32(rest->data) > TOKEN_SIZE_MAX) {
        return broken(err, "a part has a token too long to be one");
    }
    /* What counts a record of TLS is not to be relied on. */
    reader->need = 4 + reader->length;
    reader->need += auth->scheme->seal_piece == 0 ? (size_t)read_u32(rest->data) : 0;
    for (at = reader->need; at < rest->size && match == MATCH_NO; at++) {
        if (at - reader->need > SLACK_MAX) {
            return broken(err, "no boundary follows the bytes of a part");
        }
        /* A blank in front is the ciphertext's. */
        if (rest->data[at] == '-') {
            match =
                match_boundary(reader, (struct mic_str){rest->data + at, rest->size - at}, &used);
        }
    }
    if (match == MATCH_NO) {
        return OUTCOME_MORE;
    }
    at--;
    if (match == MATCH_MORE) {
        return rest->size - at > BOUNDARY_MAX + SLACK_MAX
                   ? broken(err, "no boundary follows the bytes of a part")
                   : OUTCOME_MORE;
    }
    if (open_part(reader, auth, (struct mic_str){rest->data, at}, plain, err) != OUTCOME_NEXT) {
        return OUTCOME_BROKEN;
    }
    rest->data += at + used;
    rest->size -= at + used;
    reader->state = match == MATCH_LAST ? STATE_CLOSED : STATE_HEAD;
    return OUTCOME_NEXT;
}

static enum outcome read_closed(struct mic_sealed_reader *reader, struct mic_str *rest)
{
    while (rest->size > 0 &&
           (is_blank(rest->data[0]) || rest->data[0] == '\r' || rest->data[0] == '\n')) {
        rest->data++;
        rest->size--;
    }
    if (rest->size == 0) {
        return OUTCOME_MORE;
    }
    reader->state = STATE_BOUNDARY;
    return OUTCOME_NEXT;
}

static enum outcome read_some(struct mic_sealed_reader *reader, struct mic_auth *auth,
                              struct mic_str *rest, struct mic_buf *plain, struct mic_err *err)
{
    switch ((enum state)reader->state) {
    case STATE_BOUNDARY:
        return read_boundary(reader, rest, err);
    case STATE_HEAD:
        return read_head(reader, rest, err);
    case STATE_CONTENT:
        return read_content(reader, auth, rest, plain, err);
    case STATE_CLOSED:
        break;
    }
    return read_closed(reader, rest);
}

/* Most of a part of many pieces can be taken without a look. */
static bool is_far_from_end(const struct mic_sealed_reader *reader)
{
    return reader->state == STATE_CONTENT && reader->need > 0 && reader->in.size <= reader->need;
}

MI_Result mic_sealed_reader_push(struct mic_sealed_reader *reader, struct mic_auth *auth,
                                 struct mic_str input, struct mic_buf *plain, struct mic_err *err)
{
    struct mic_str rest;
    enum outcome outcome = OUTCOME_NEXT;

    mic_buf_append_str(&reader->in, input);
    rest = (struct mic_str){reader->in.data, reader->in.size};
    while (outcome == OUTCOME_NEXT && !is_far_from_end(reader) && !reader->in.failed) {
        outcome = read_some(reader, auth, &rest, plain, err);
    }
    if (outcome == OUTCOME_BROKEN) {
        return err->result;
    }
    if (reader->in.failed || reader->boundary.failed || reader->type.failed) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a sealed reply");
    }
    mic_buf_consume(&reader->in, reader->in.size - rest.size);
    return MI_RESULT_OK;
}

MI_Result mic_sealed_reader_end(const struct mic_sealed_reader *reader, struct mic_err *err)
{
    if (reader->state != STATE_CLOSED) {
        return mic_err_set(err, MIC_E_PROTOCOL, "the sealed reply ends %s",
                           reader->part_count == 0 && reader->in.size == 0 &&
                                   reader->state == STATE_BOUNDARY
                               ? "before it has begun"
                               : "in the middle");
    }
    return MI_RESULT_OK;
}
