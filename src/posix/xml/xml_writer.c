#include "xml/xml_writer.h"

#include <stdint.h>
#include <string.h>

#include "common/utf.h"

void mic_xml_writer_init(struct mic_xml_writer *writer, struct mic_buf *out)
{
    *writer = (struct mic_xml_writer){.out = out};
}

enum mic_xml_write_status mic_xml_writer_status(const struct mic_xml_writer *writer)
{
    if (writer->status == MIC_XML_WRITE_OK && writer->out->failed) {
        return MIC_XML_WRITE_MEMORY;
    }
    return writer->status;
}

static void append(struct mic_xml_writer *writer, const char *terminated)
{
    mic_buf_append_text(writer->out, terminated);
}

static void end_tag(struct mic_xml_writer *writer)
{
    if (writer->in_tag) {
        mic_buf_append_char(writer->out, '>');
        writer->in_tag = false;
    }
}

static void append_name(struct mic_xml_writer *writer, const char *prefix, struct mic_str local)
{
    if (prefix[0] != '\0') {
        append(writer, prefix);
        mic_buf_append_char(writer->out, ':');
    }
    mic_buf_append_str(writer->out, local);
}

void mic_xml_open_name(struct mic_xml_writer *writer, const char *prefix, struct mic_str local)
{
    end_tag(writer);
    mic_buf_append_char(writer->out, '<');
    append_name(writer, prefix, local);
    writer->in_tag = true;
}

void mic_xml_close_name(struct mic_xml_writer *writer, const char *prefix, struct mic_str local)
{
    if (writer->in_tag) {
        append(writer, "/>");
        writer->in_tag = false;
        return;
    }
    append(writer, "</");
    append_name(writer, prefix, local);
    mic_buf_append_char(writer->out, '>');
}

void mic_xml_open(struct mic_xml_writer *writer, enum mic_xml_token element)
{
    mic_xml_open_name(writer, mic_xml_ns_prefix(mic_xml_token_ns(element)),
                      mic_xml_token_local(element));
}

void mic_xml_close(struct mic_xml_writer *writer, enum mic_xml_token element)
{
    mic_xml_close_name(writer, mic_xml_ns_prefix(mic_xml_token_ns(element)),
                       mic_xml_token_local(element));
}

static const char *escape_of(char c, bool in_attribute)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r': /* a parser would make it a line feed (XML 1.0 2.11) */
        return "&#13;";
    case '"':
        return in_attribute ? "&quot;" : NULL;
    case '\n': /* a parser would make these a blank (XML 1.0 3.3.3) */
        return in_attribute ? "&#10;" : NULL;
    case '\t':
        return in_attribute ? "&#9;" : NULL;
    default:
        return NULL;
    }
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

static void fail(struct mic_xml_writer *writer, enum mic_xml_write_status status, size_t at)
{
    if (writer->status == MIC_XML_WRITE_OK) {
        writer->status = status;
        writer->bad_at = at;
    }
}

/* Is this one of eight bytes? (The usual test for a zero byte, on the difference.) */
static uint64_t has_byte(uint64_t word, unsigned char c)
{
    uint64_t difference = word ^ (UINT64_C(0x0101010101010101) * c);
    return (difference - UINT64_C(0x0101010101010101)) & ~difference & UINT64_C(0x8080808080808080);
}

/* Length of the start that can be copied as it is: ASCII that needs no escape. */
static size_t plain_run(struct mic_str text)
{
    const uint64_t blanks = UINT64_C(0x2020202020202020), high = UINT64_C(0x8080808080808080);
    size_t i = 0;

    for (; i + 8 <= text.size; i += 8) {
        uint64_t word;
        memcpy(&word, text.data + i, 8);
        if ((((word | (word - blanks)) & high) | has_byte(word, '&') | has_byte(word, '<') |
             has_byte(word, '>') | has_byte(word, '"')) != 0) {
            break;
        }
    }
    while (i < text.size && (unsigned char)text.data[i] < 0x80 && !is_control(text.data[i]) &&
           escape_of(text.data[i], true) == NULL) {
        i++;
    }
    return i;
}

static void escape(struct mic_xml_writer *writer, struct mic_str text, bool in_attribute)
{
    size_t plain = plain_run(text), begin = 0, bad_at = 0;

    if (plain == text.size) {
        mic_buf_append_str(writer->out, text);
        return;
    }
    if (!mic_utf8_is_valid(text.data, text.size, &bad_at)) {
        fail(writer, MIC_XML_WRITE_UTF8, bad_at);
        return;
    }
    for (size_t i = plain; i < text.size; i++) {
        if (is_control(text.data[i])) {
            fail(writer, MIC_XML_WRITE_CONTROL, i);
            return;
        }
        const char *replacement = escape_of(text.data[i], in_attribute);
        if (replacement != NULL) {
            mic_buf_append(writer->out, text.data + begin, i - begin);
            append(writer, replacement);
            begin = i + 1;
        }
    }
    mic_buf_append(writer->out, text.data + begin, text.size - begin);
}

static void attribute(struct mic_xml_writer *writer, const char *prefix, struct mic_str local,
                      struct mic_str value)
{
    mic_buf_append_char(writer->out, ' ');
    append_name(writer, prefix, local);
    append(writer, "=\"");
    escape(writer, value, true);
    mic_buf_append_char(writer->out, '"');
}

void mic_xml_declare_uri(struct mic_xml_writer *writer, const char *prefix, struct mic_str uri)
{
    attribute(writer, "xmlns", mic_str_from(prefix), uri);
}

void mic_xml_declare(struct mic_xml_writer *writer, enum mic_xml_ns ns)
{
    mic_xml_declare_uri(writer, mic_xml_ns_prefix(ns), mic_str_from(mic_xml_ns_uri(ns)));
}

void mic_xml_attr(struct mic_xml_writer *writer, enum mic_xml_token name, struct mic_str value)
{
    attribute(writer, mic_xml_ns_prefix(mic_xml_token_ns(name)), mic_xml_token_local(name), value);
}

void mic_xml_attr_name(struct mic_xml_writer *writer, const char *prefix, struct mic_str local,
                       struct mic_str value)
{
    attribute(writer, prefix, local, value);
}

void mic_xml_text(struct mic_xml_writer *writer, struct mic_str text)
{
    end_tag(writer);
    escape(writer, text, false);
}

void mic_xml_leaf(struct mic_xml_writer *writer, enum mic_xml_token element, struct mic_str text)
{
    mic_xml_open(writer, element);
    mic_xml_text(writer, text);
    mic_xml_close(writer, element);
}
