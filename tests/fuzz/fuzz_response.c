/* Any bytes as a reply: told the same whether they come in one piece or in pieces of the size that
 * the first byte says, within the parser's bounds. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "http/response.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct tale {
    uint64_t hash; /* of the body */
    size_t body_size, field_bytes;
    unsigned status;
    int end; /* the last event */
    bool is_keep_alive;
};

static void require(bool held)
{
    if (!held) {
        abort();
    }
}

static void add_body(struct tale *tale, struct mic_str piece)
{
    require(piece.size > 0);
    for (size_t i = 0; i < piece.size; i++) {
        tale->hash = (tale->hash ^ (unsigned char)piece.data[i]) * 1099511628211U;
    }
    tale->body_size += piece.size;
}

static void check_fields(const struct mic_http_response *response, struct tale *tale)
{
    size_t position = 0;
    const char *name, *value;
    unsigned count = 0;

    while (mic_http_response_each(response, &position, &name, &value)) {
        require(strlen(name) > 0);
        tale->field_bytes += strlen(name) + strlen(value);
        count++;
    }
    require(count <= MIC_HTTP_FIELDS_MAX && tale->field_bytes <= MIC_HTTP_HEADERS_MAX);
    tale->status = response->status;
    require(tale->status >= 200 && tale->status <= 999);
}

static struct tale read_reply(const char *bytes, size_t size, size_t piece_size)
{
    struct tale tale = {.hash = 14695981039346656037U};
    struct mic_http_response response;
    struct mic_err err;
    enum mic_http_event event = MIC_HTTP_MORE;

    mic_err_init(&err);
    mic_http_response_init(&response, 0);
    for (size_t at = 0; at < size && (event == MIC_HTTP_MORE); at += piece_size) {
        struct mic_str input = {bytes + at, size - at < piece_size ? size - at : piece_size};
        struct mic_str piece = {NULL, 0};

        do {
            event = mic_http_response_next(&response, &input, &piece, &err);
            if (event == MIC_HTTP_HEADERS) {
                check_fields(&response, &tale);
            } else if (event == MIC_HTTP_BODY) {
                add_body(&tale, piece);
            }
        } while (event == MIC_HTTP_HEADERS || event == MIC_HTTP_BODY);
        require(event != MIC_HTTP_MORE || input.size == 0);
    }
    if (event == MIC_HTTP_MORE) {
        event = mic_http_response_close(&response, &err);
    }
    require(event == MIC_HTTP_END || event == MIC_HTTP_BROKEN);
    require((event == MIC_HTTP_BROKEN) == (err.code != MIC_E_NONE));
    tale.end = (int)event;
    tale.is_keep_alive = event == MIC_HTTP_END && response.is_keep_alive;
    mic_http_response_fini(&response);
    return tale;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct tale whole, pieces;

    if (size == 0) {
        return 0;
    }
    whole = read_reply((const char *)bytes + 1, size - 1, size);
    pieces = read_reply((const char *)bytes + 1, size - 1, (size_t)bytes[0] % 37 + 1);
    require(whole.end == pieces.end && whole.status == pieces.status &&
            whole.field_bytes == pieces.field_bytes && whole.is_keep_alive == pieces.is_keep_alive);
    /* A broken reply may have given the body in front of the break, or none of it, by its pieces.
     */
    if (whole.end == MIC_HTTP_END) {
        require(whole.body_size == pieces.body_size && whole.hash == pieces.hash);
    }
    return 0;
}
