#include "xml/xml_writer.h"

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

static void escape(struct mic_xml_writer *writer, struct mic_str text, bool in_attribute)
{
    size_t begin = 0, bad_at = 0;

    if (!mic_utf8_is_valid(text.data, text.size, &bad_at)) {
        fail(writer, MIC_XML_WRITE_UTF8, bad_at);
        return;
    }
    for (size_t i = 0; i < text.size; i++) {
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
