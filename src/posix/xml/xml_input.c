#include "xml/xml_input.h"

#include <stdint.h>
#include <string.h>

#include "common/utf.h"

void mic_xml_input_init(struct mic_xml_input *input)
{
    memset(input, 0, sizeof(*input));
    mic_buf_init(&input->scratch);
}

void mic_xml_input_fini(struct mic_xml_input *input)
{
    mic_buf_fini(&input->scratch);
}

void mic_xml_input_reset(struct mic_xml_input *input, enum mic_xml_encoding encoding)
{
    input->encoding = encoding;
    input->is_settled = false;
    input->held_size = 0;
    input->offset = 0;
}

static bool is_control(unsigned char c)
{
    return c < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

static bool is_plain(unsigned char c)
{
    return c < 0x80 && !is_control(c);
}

/* Bits set where one of eight bytes is not ASCII or below a blank. */
static uint64_t odd_bits(const char *bytes)
{
    const uint64_t blanks = UINT64_C(0x2020202020202020);
    const uint64_t high = UINT64_C(0x8080808080808080);
    uint64_t word;

    memcpy(&word, bytes, 8);
    return (word | (word - blanks)) & high;
}

/* Length of the run of plain characters (ASCII, no control) at the start. */
static size_t plain_run(const char *bytes, size_t size)
{
    size_t i = 0;

    while (i < size) {
        while (i + 32 <= size && (odd_bits(bytes + i) | odd_bits(bytes + i + 8) |
                                  odd_bits(bytes + i + 16) | odd_bits(bytes + i + 24)) == 0) {
            i += 32;
        }
        size_t stop = i + 32 < size ? i + 32 : size;
        for (; i < stop; i++) {
            if (!is_plain((unsigned char)bytes[i])) {
                return i;
            }
        }
    }
    return i;
}

/* Bytes a UTF-8 character that starts with this byte has; 0: it starts none. */
static size_t length_of(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

static bool is_cut(const char *bytes, size_t size)
{
    size_t length = length_of((unsigned char)bytes[0]);

    if (length == 0 || size >= length) {
        return false;
    }
    for (size_t i = 1; i < size; i++) {
        if (((unsigned char)bytes[i] & 0xC0) != 0x80) {
            return false;
        }
    }
    return true;
}

static MI_Result not_utf8(unsigned long long at, struct mic_err *err)
{
    return mic_err_set(err, MIC_E_XML, "the reply is not valid UTF-8 at byte %llu", at);
}

/* Give out bytes up to `size` with every control character replaced. */
static MI_Result replace(struct mic_xml_input *input, struct mic_str piece, struct mic_str *out,
                         struct mic_err *err)
{
    struct mic_buf *scratch = &input->scratch;

    if (piece.data != scratch->data) {
        mic_buf_clear(scratch);
        mic_buf_append_str(scratch, piece);
    }
    if (scratch->failed) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory while reading a reply");
    }
    for (size_t i = 0; i < scratch->size; i++) {
        if (is_control((unsigned char)scratch->data[i])) {
            scratch->data[i] = '?';
        }
    }
    *out = (struct mic_str){scratch->data, scratch->size};
    return MI_RESULT_OK;
}

static MI_Result check_utf8(struct mic_xml_input *input, struct mic_str piece, struct mic_str *out,
                            struct mic_err *err)
{
    bool has_control = false;
    size_t i = 0;

    while (i < piece.size) {
        i += plain_run(piece.data + i, piece.size - i);
        if (i == piece.size) {
            break;
        }
        if (is_control((unsigned char)piece.data[i])) {
            has_control = true;
            i++;
            continue;
        }
        uint32_t code_point;
        size_t length = mic_utf8_decode(piece.data + i, piece.size - i, &code_point);
        if (length == 0) {
            if (!is_cut(piece.data + i, piece.size - i)) {
                return not_utf8(input->offset + i, err);
            }
            input->held_size = piece.size - i;
            memcpy(input->held, piece.data + i, input->held_size);
            piece.size = i;
            break;
        }
        i += length;
    }
    if (has_control) {
        return replace(input, piece, out, err);
    }
    *out = piece;
    return MI_RESULT_OK;
}

/* The held start of a character, and this piece behind it. */
static MI_Result join(struct mic_xml_input *input, const char *bytes, size_t size,
                      struct mic_str *out, struct mic_err *err)
{
    mic_buf_clear(&input->scratch);
    mic_buf_append(&input->scratch, input->held, input->held_size);
    mic_buf_append(&input->scratch, bytes, size);
    input->held_size = 0;
    if (input->scratch.failed) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory while reading a reply");
    }
    *out = (struct mic_str){input->scratch.data, input->scratch.size};
    return MI_RESULT_OK;
}

static uint16_t unit_at(const struct mic_xml_input *input, const char *bytes)
{
    unsigned char a = (unsigned char)bytes[0], b = (unsigned char)bytes[1];
    return (uint16_t)(input->encoding == MIC_XML_UTF16LE ? (b << 8 | a) : (a << 8 | b));
}

static bool is_high_surrogate(uint16_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

/* One character from UTF-16; an unpaired surrogate is U+FFFD. Returns bytes used, 0 when cut. */
static size_t take_utf16(const struct mic_xml_input *input, const char *bytes, size_t size,
                         uint32_t *code_point)
{
    if (size < 2) {
        return 0;
    }
    uint16_t first = unit_at(input, bytes);
    *code_point = first;
    if (first < 0xD800 || first > 0xDFFF) {
        return 2;
    }
    *code_point = 0xFFFD;
    if (!is_high_surrogate(first)) {
        return 2;
    }
    if (size < 4) {
        return 0;
    }
    uint16_t second = unit_at(input, bytes + 2);
    if (second < 0xDC00 || second > 0xDFFF) {
        return 2;
    }
    *code_point = 0x10000 + ((uint32_t)(first - 0xD800) << 10) + (uint32_t)(second - 0xDC00);
    return 4;
}

static MI_Result from_utf16(struct mic_xml_input *input, const char *bytes, size_t size,
                            struct mic_str *out, struct mic_err *err)
{
    char joined[8];
    size_t used = 0;

    mic_buf_clear(&input->scratch);
    while (used < size || input->held_size > 0) {
        const char *from = bytes + used;
        size_t available = size - used, held = input->held_size;
        if (held > 0) {
            size_t more = available < sizeof(joined) - held ? available : sizeof(joined) - held;
            memcpy(joined, input->held, held);
            memcpy(joined + held, from, more);
            from = joined;
            available = held + more;
        }
        uint32_t code_point;
        size_t length = take_utf16(input, from, available, &code_point);
        if (length == 0) {
            memmove(input->held, from, available);
            input->held_size = available;
            break;
        }
        char text[4];
        mic_buf_append(&input->scratch, text, mic_utf8_encode(code_point, text));
        used += length > held ? length - held : 0;
        input->held_size = held > length ? held - length : 0;
        if (input->held_size > 0) {
            memmove(input->held, input->held + length, input->held_size);
        }
    }
    if (input->scratch.failed) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory while reading a reply");
    }
    return replace(input, (struct mic_str){input->scratch.data, input->scratch.size}, out, err);
}

/* A byte order mark, or the zero bytes of "<" in UTF-16. Returns false when more bytes are needed.
 */
static bool settle(struct mic_xml_input *input, const char *bytes, size_t size)
{
    if (size < 2) {
        return false;
    }
    unsigned char a = (unsigned char)bytes[0], b = (unsigned char)bytes[1];
    if ((a == 0xFF && b == 0xFE) || (a == '<' && b == 0)) {
        input->encoding = MIC_XML_UTF16LE;
    } else if ((a == 0xFE && b == 0xFF) || (a == 0 && b == '<')) {
        input->encoding = MIC_XML_UTF16BE;
    } else if ((a == '<' || a == 0xEF) && b != 0) {
        input->encoding = MIC_XML_UTF8;
    }
    input->is_settled = true;
    return true;
}

MI_Result mic_xml_input_check(struct mic_xml_input *input, const char *bytes, size_t size,
                              struct mic_str *out, struct mic_err *err)
{
    struct mic_str piece = {bytes, size};
    MI_Result result = MI_RESULT_OK;

    *out = (struct mic_str){"", 0};
    if (size == 0) {
        return MI_RESULT_OK;
    }
    if (!input->is_settled) {
        char first[2] = {0, 0};
        size_t known = input->held_size;
        if (known > 0) {
            first[0] = input->held[0];
        }
        for (size_t i = 0; known < 2 && i < size; i++) {
            first[known++] = bytes[i];
        }
        if (!settle(input, first, known)) {
            input->held[input->held_size++] = bytes[0];
            return MI_RESULT_OK;
        }
    }
    if (input->encoding != MIC_XML_UTF8) {
        result = from_utf16(input, bytes, size, out, err);
    } else {
        size_t held = input->held_size;
        if (held > 0) {
            result = join(input, bytes, size, &piece, err);
            input->offset -= held;
        }
        if (result == MI_RESULT_OK) {
            result = check_utf8(input, piece, out, err);
        }
        input->offset += held;
    }
    input->offset += size;
    return result;
}

MI_Result mic_xml_input_end(const struct mic_xml_input *input, struct mic_err *err)
{
    if (input->held_size > 0) {
        return mic_err_set(err, MIC_E_XML, "the reply ends inside a character at byte %llu",
                           input->offset);
    }
    return MI_RESULT_OK;
}
