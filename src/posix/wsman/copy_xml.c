#include "wsman/copy_xml.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"

/* Where to, and how long that may become. A namespace is written out wherever it changes, so the
 * copy may be thousands of times as long as what the server has sent. */
struct copying {
    struct mic_xml_writer *writer;
    size_t limit;
};

static void copy(const struct copying *copying, const struct mic_xml_cursor *element,
                 const char *outer_uri);

static bool is_full(const struct copying *copying)
{
    return copying->writer->out->size > copying->limit;
}

static void copy_attributes(const struct copying *copying, const struct mic_xml_cursor *element)
{
    struct mic_xml_writer *writer = copying->writer;
    const struct mic_xml_tape *tape = element->tape;
    const struct mic_xml_node *node = mic_xml_node(element);

    for (uint32_t i = 0; i < node->attr_count && !is_full(copying); i++) {
        const struct mic_xml_attr_node *attr = &tape->attrs[node->attrs + i];
        const struct mic_xml_name *name = &tape->names[attr->name];
        char prefix[16] = "";
        if (name->ns == MIC_XNS_XML) {
            (void)snprintf(prefix, sizeof(prefix), "xml");
        } else if (name->uri != NULL) {
            (void)snprintf(prefix, sizeof(prefix), "n%u", (unsigned)i);
            mic_xml_declare_uri(writer, prefix, mic_str_from(name->uri));
        }
        mic_xml_attr_name(writer, prefix, (struct mic_str){name->local, name->size},
                          (struct mic_str){tape->text + attr->value, attr->value_size});
    }
}

/* @p uri is the default namespace there, NULL: none. */
static void copy_inside(const struct copying *copying, const struct mic_xml_cursor *element,
                        const char *uri)
{
    const struct mic_xml_node *node = mic_xml_node(element);
    struct mic_str text = mic_xml_value(element);
    struct mic_xml_cursor at = mic_xml_enter(element);

    bool is_leaf = (node->flags & MIC_XML_HAS_CHILD) == 0;
    if (is_leaf ? text.size > 0 : mic_str_trim(text).size > 0) {
        mic_xml_text(copying->writer, text);
    }
    for (; mic_xml_at(&at) && !is_full(copying); mic_xml_skip(&at)) {
        copy(copying, &at, uri);
    }
}

static void copy(const struct copying *copying, const struct mic_xml_cursor *element,
                 const char *outer_uri)
{
    struct mic_xml_writer *writer = copying->writer;
    const struct mic_xml_name *name = mic_xml_name(element);
    struct mic_str local = {name->local, name->size};
    struct mic_str uri = mic_str_from(name->uri);

    mic_xml_open_name(writer, "", local);
    if (!mic_str_equal(uri, mic_str_from(outer_uri))) {
        mic_xml_attr_name(writer, "", MIC_STR("xmlns"), uri);
    }
    copy_attributes(copying, element);
    copy_inside(copying, element, name->uri);
    mic_xml_close_name(writer, "", local);
}

bool mic_copy_element(struct mic_xml_writer *writer, const struct mic_xml_cursor *element,
                      size_t limit)
{
    const struct copying copying = {writer, limit};

    copy(&copying, element, NULL);
    return !is_full(&copying);
}

bool mic_copy_content(struct mic_xml_writer *writer, const struct mic_xml_cursor *element,
                      size_t limit)
{
    const struct copying copying = {writer, limit};

    copy_inside(&copying, element, NULL);
    return !is_full(&copying);
}

static void push_all(struct mic_xml_reader *reader, struct mic_str text, unsigned *roots,
                     struct mic_err *err)
{
    struct mic_xml_unit unit;

    while (text.size > 0 && err->result == MI_RESULT_OK) {
        size_t piece = text.size < MIC_XML_PIECE_MAX ? text.size : MIC_XML_PIECE_MAX;
        mic_xml_reader_push(reader, text.data, piece);
        text.data += piece;
        text.size -= piece;
        if (text.size == 0) {
            mic_xml_reader_end(reader);
        }
        for (bool more = true; more;) {
            enum mic_xml_event event = mic_xml_reader_take(reader, &unit, err);
            *roots += event == MIC_XML_ROOT_END ? 1u : 0u;
            more = event != MIC_XML_NEED && event != MIC_XML_ERROR;
        }
    }
}

/* The reader is lenient about these in what a server sends; here they would be sent. */
static bool has_control(const char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 && *text != '\t' && *text != '\n' && *text != '\r') {
            return true;
        }
    }
    return false;
}

MI_Result mic_check_content(const char *text, const char *what, struct mic_err *err)
{
    static const struct mic_xml_container containers[] = {{MIC_XN_W_BOOKMARK, MIC_XN_UNKNOWN}};
    struct mic_buf document;
    struct mic_err found;
    unsigned roots = 0;
    MI_Result result = MI_RESULT_OK;

    if (has_control(text)) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "the %s holds a control character, which XML cannot carry", what);
    }
    mic_buf_init(&document);
    mic_err_init(&found);
    mic_buf_append_format(&document, "<w:Bookmark xmlns:w=\"%s\">", mic_xml_ns_uri(MIC_XNS_W));
    mic_buf_append_text(&document, text);
    mic_buf_append_text(&document, "</w:Bookmark>");
    struct mic_xml_reader *reader = mic_xml_reader_new(containers, MIC_COUNT(containers));
    if (document.failed || reader == NULL) {
        result = mic_err_set(err, MIC_E_MEMORY, "out of memory while writing a request");
        goto done;
    }
    (void)mic_xml_reader_reset(reader, UINT32_MAX, MIC_XML_UTF8);
    push_all(reader, (struct mic_str){document.data, document.size}, &roots, &found);
    if (found.code == MIC_E_MEMORY) {
        *err = found;
        result = found.result;
    } else if (found.result != MI_RESULT_OK || roots != 1) {
        result = mic_err_set(err, MIC_E_ARGUMENT, "the %s is no well-formed piece of XML: %s", what,
                             found.result != MI_RESULT_OK ? found.message
                                                          : "it ends more than it begins");
    }
done:
    mic_xml_reader_free(reader);
    mic_buf_fini(&document);
    return result;
}
