/** What happens to a reply's bytes before they reach libxml2: UTF-16 becomes UTF-8, UTF-8 is
 * checked, control characters that XML cannot hold become '?' as Windows writes them itself. */
#ifndef MIC_XML_XML_INPUT_H
#define MIC_XML_XML_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum mic_xml_encoding { MIC_XML_UTF8, MIC_XML_UTF16LE, MIC_XML_UTF16BE };

struct mic_xml_input {
    enum mic_xml_encoding encoding;
    bool is_settled; /* the first bytes have been looked at */
    char held[4];    /* a character cut by the end of a piece */
    size_t held_size;
    unsigned long long offset; /* bytes checked so far */
    struct mic_buf scratch;
};

void mic_xml_input_init(struct mic_xml_input *input);
void mic_xml_input_fini(struct mic_xml_input *input);
/** A new reply. @p encoding as its headers say; a byte order mark in the bytes wins. */
void mic_xml_input_reset(struct mic_xml_input *input, enum mic_xml_encoding encoding);
/** Check one piece. @param[out] out  borrowed until the next call: @p bytes themselves where
 * nothing had to be changed. */
MI_Result mic_xml_input_check(struct mic_xml_input *input, const char *bytes, size_t size,
                              struct mic_str *out, struct mic_err *err);
/** The reply has ended: an error when it ended inside a character. */
MI_Result mic_xml_input_end(const struct mic_xml_input *input, struct mic_err *err);

#endif
