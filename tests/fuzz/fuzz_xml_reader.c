/* First byte: piece size and encoding. The rest: a stream of documents. */
#include <stdint.h>
#include <stdlib.h>

#include "fuzz.h"
#include "xml/xml_reader.h"

static const struct mic_xml_container containers[] = {
    {MIC_XN_S_ENVELOPE, MIC_XN_UNKNOWN},      {MIC_XN_S_HEADER, MIC_XN_S_ENVELOPE},
    {MIC_XN_S_BODY, MIC_XN_S_ENVELOPE},       {MIC_XN_N_PULL_RESPONSE, MIC_XN_S_BODY},
    {MIC_XN_N_ITEMS, MIC_XN_N_PULL_RESPONSE},
};

static void walk(struct mic_xml_cursor at)
{
    for (; mic_xml_at(&at); mic_xml_skip(&at)) {
        struct mic_str text = mic_xml_value(&at), type;
        if (text.data[text.size] != '\0') {
            abort();
        }
        if (mic_xml_attribute(&at, MIC_XN_XSI_TYPE, &type) && type.data[type.size] != '\0') {
            abort();
        }
        walk(mic_xml_enter(&at));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mic_xml_reader *reader = mic_xml_reader_new(containers, 5);
    struct mic_xml_unit unit;
    struct mic_err err;
    size_t piece, at = 1;

    if (reader == NULL || size < 1) {
        mic_xml_reader_free(reader);
        return 0;
    }
    piece = (data[0] & 0x3F) == 0x3F ? MIC_XML_PIECE_MAX : (size_t)(data[0] & 0x3F) + 1;
    mic_xml_reader_reset(reader, 100000, data[0] & 0x40 ? MIC_XML_UTF16BE : MIC_XML_UTF8);
    for (bool ended = false; !ended;) {
        enum mic_xml_event event = mic_xml_reader_take(reader, &unit, &err);
        if (event == MIC_XML_UNIT) {
            walk(unit.cursor);
        } else if (event == MIC_XML_ERROR) {
            break;
        } else if (event == MIC_XML_NEED && at < size) {
            size_t step = piece < size - at ? piece : size - at;
            mic_xml_reader_push(reader, (const char *)data + at, step);
            at += step;
        } else if (event == MIC_XML_NEED) {
            mic_xml_reader_end(reader);
            ended = true;
        }
    }
    mic_xml_reader_free(reader);
    return 0;
}
