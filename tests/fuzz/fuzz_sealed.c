/* Any bytes as a sealed body, in pieces and at once: the same comes out, never more than was
 * announced, and only out of whole parts. The seal of this scheme is to turn the bits over. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "http/sealed.h"

#define LIMIT ((size_t)4096)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool held)
{
    if (!held) {
        abort();
    }
}

static MI_Result unseal(struct mic_auth *auth, const char *sealed, size_t size, struct mic_buf *out,
                        struct mic_err *err)
{
    const unsigned char *head = (const unsigned char *)sealed;
    size_t token;

    (void)auth;
    require(size >= 4);
    token = (size_t)head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 | (size_t)head[3] << 24;
    require(token <= size - 4); /* the reader has seen to that */
    if (token > 0 && sealed[4] == 'X') {
        return mic_err_set(err, MIC_E_SEAL, "broken");
    }
    for (size_t i = 4 + token; i < size; i++) {
        mic_buf_append_char(out, (char)(sealed[i] ^ 0xff));
    }
    return MI_RESULT_OK;
}

static const struct mic_auth_scheme scheme = {.seal_protocol = "application/x", .unseal = unseal};

/* @return whether it was read to its end; @p plain and @p parts tell what came out */
static bool read_in(const uint8_t *bytes, size_t size, size_t piece, struct mic_buf *plain,
                    size_t *parts, enum mic_err_code *code)
{
    struct mic_auth auth = {.scheme = &scheme};
    struct mic_sealed_reader reader;
    struct mic_err err;
    bool ok = true;

    mic_err_init(&err);
    mic_sealed_reader_init(&reader, LIMIT);
    for (size_t at = 0; ok && at < size; at += piece) {
        struct mic_str input = {(const char *)bytes + at, size - at < piece ? size - at : piece};
        size_t before = plain->size, parts_before = reader.part_count;

        ok = mic_sealed_reader_push(&reader, &auth, input, plain, &err) == MI_RESULT_OK;
        require(!ok || plain->size - before <= LIMIT * (reader.part_count - parts_before));
        require(reader.in.size <= 2 * LIMIT + 3 * 4096 + piece);
    }
    ok = ok && mic_sealed_reader_end(&reader, &err) == MI_RESULT_OK;
    require(ok == (err.code == MIC_E_NONE));
    require(!ok || size == 0 || reader.part_count > 0);
    *parts = reader.part_count;
    *code = err.code;
    mic_sealed_reader_fini(&reader);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const size_t pieces[] = {1, 7, 100};
    struct mic_buf first, other;
    size_t first_parts, other_parts;
    enum mic_err_code first_code, other_code;
    bool ok;

    if (size > 20000) {
        return 0;
    }
    mic_buf_init(&first);
    ok = read_in(bytes, size, size + 1, &first, &first_parts, &first_code);
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        mic_buf_init(&other);
        require(read_in(bytes, size, pieces[i], &other, &other_parts, &other_code) == ok);
        require(!ok || (other_parts == first_parts && other.size == first.size &&
                        (first.size == 0 || memcmp(other.data, first.data, first.size) == 0)));
        mic_buf_fini(&other);
    }
    mic_buf_fini(&first);
    return 0;
}
