/** XML out: escaped bytes appended to a mic_buf. Elements of the protocol are named by number,
 * their prefixes are fixed per namespace. Nothing is checked per call: ask mic_xml_writer_status at
 * the end or after a value that may be bad. */
#ifndef MIC_XML_XML_WRITER_H
#define MIC_XML_XML_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "xml/xml_names.h"

enum mic_xml_write_status {
    MIC_XML_WRITE_OK,
    MIC_XML_WRITE_CONTROL, /* a control character XML 1.0 cannot carry */
    MIC_XML_WRITE_UTF8,    /* text that is not UTF-8 */
    MIC_XML_WRITE_MEMORY
};

struct mic_xml_writer {
    struct mic_buf *out;
    enum mic_xml_write_status status; /* the first failure */
    size_t bad_at;                    /* offset in the text that failed */
    bool in_tag;                      /* the start tag is still open */
};

void mic_xml_writer_init(struct mic_xml_writer *writer, struct mic_buf *out);
enum mic_xml_write_status mic_xml_writer_status(const struct mic_xml_writer *writer);

void mic_xml_open(struct mic_xml_writer *writer, enum mic_xml_token element);
void mic_xml_close(struct mic_xml_writer *writer, enum mic_xml_token element);
/** Element of a name known at run time only; @p prefix may be "". */
void mic_xml_open_name(struct mic_xml_writer *writer, const char *prefix, struct mic_str local);
void mic_xml_close_name(struct mic_xml_writer *writer, const char *prefix, struct mic_str local);
/** In an open start tag. */
void mic_xml_declare(struct mic_xml_writer *writer, enum mic_xml_ns ns);
void mic_xml_declare_uri(struct mic_xml_writer *writer, const char *prefix, struct mic_str uri);
void mic_xml_attr(struct mic_xml_writer *writer, enum mic_xml_token name, struct mic_str value);
/** An attribute of a name known at run time only; @p prefix may be "". */
void mic_xml_attr_name(struct mic_xml_writer *writer, const char *prefix, struct mic_str local,
                       struct mic_str value);
void mic_xml_text(struct mic_xml_writer *writer, struct mic_str text);
/** <element>text</element> */
void mic_xml_leaf(struct mic_xml_writer *writer, enum mic_xml_token element, struct mic_str text);

#endif
