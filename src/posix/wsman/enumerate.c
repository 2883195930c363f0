#include "base/num.h"
#include "wsman/dialogue.h"

static void write_max_elements(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                               enum mic_xml_token element)
{
    char text[MIC_NUMBER_TEXT_MAX];
    size_t size = mic_format_u64(exchange->max_elements, text);

    mic_xml_leaf(writer, element, (struct mic_str){text, size});
}

/* Only when a flag asks for it: Windows' server may refuse the element (MS-WSMV 3.1.4.1.27). */
static const char *polymorphism_of(MI_Uint32 flags)
{
    if ((flags & MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY) ==
        MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY) {
        return "ExcludeSubClassProperties";
    }
    return (flags & MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW) != 0 ? "None" : NULL;
}

void mic_enumerate_begin(struct mic_exchange *exchange, struct mic_xml_writer *writer)
{
    mic_xml_open(writer, MIC_XN_N_ENUMERATE);
    mic_xml_open(writer, MIC_XN_W_OPTIMIZE_ENUMERATION);
    mic_xml_close(writer, MIC_XN_W_OPTIMIZE_ENUMERATION);
    write_max_elements(exchange, writer, MIC_XN_W_MAX_ELEMENTS);
}

MI_Result mic_enumerate_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                              struct mic_err *err)
{
    bool is_class = exchange->verb == MIC_VERB_ENUMERATE;
    const char *polymorphism = is_class ? polymorphism_of(exchange->flags) : NULL;
    MI_Result result = MI_RESULT_OK;

    mic_enumerate_begin(exchange, writer);
    if (!exchange->objects_only) {
        mic_xml_leaf(writer, MIC_XN_W_ENUMERATION_MODE,
                     exchange->keys_only ? MIC_STR("EnumerateEPR")
                                         : MIC_STR("EnumerateObjectAndEPR"));
    }
    if (polymorphism != NULL) {
        mic_xml_leaf(writer, MIC_XN_B_POLYMORPHISM_MODE, mic_str_from(polymorphism));
    }
    if (exchange->row->write_filter != NULL) {
        result = exchange->row->write_filter(exchange, writer, err);
    }
    mic_xml_close(writer, MIC_XN_N_ENUMERATE);
    return result;
}

static void write_context(struct mic_exchange *exchange, struct mic_xml_writer *writer)
{
    mic_xml_leaf(writer, MIC_XN_N_ENUMERATION_CONTEXT,
                 (struct mic_str){exchange->context.data, exchange->context.size});
}

MI_Result mic_pull_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                         struct mic_err *err)
{
    (void)err;
    mic_xml_open(writer, MIC_XN_N_PULL);
    write_context(exchange, writer);
    write_max_elements(exchange, writer, MIC_XN_N_MAX_ELEMENTS);
    mic_xml_close(writer, MIC_XN_N_PULL);
    return MI_RESULT_OK;
}

MI_Result mic_release_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                            struct mic_err *err)
{
    (void)err;
    mic_xml_open(writer, MIC_XN_N_RELEASE);
    write_context(exchange, writer);
    mic_xml_close(writer, MIC_XN_N_RELEASE);
    return MI_RESULT_OK;
}

/* w:Item{object, EPR} in either order, a bare object, a bare EPR. */
MI_Result mic_enumerate_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                             struct mic_err *err)
{
    struct mic_xml_cursor object = *element, at;
    struct mic_epr epr;
    bool has_epr = false;

    if (mic_xml_token(element) == MIC_XN_W_ITEM) {
        object.at = object.end = 0;
        for (at = mic_xml_enter(element); mic_xml_at(&at); mic_xml_skip(&at)) {
            if (mic_xml_token(&at) == MIC_XN_A_ENDPOINT_REFERENCE) {
                has_epr = mic_epr_parse(&at, &epr);
            } else {
                object = at;
            }
        }
    } else if (mic_xml_token(element) == MIC_XN_A_ENDPOINT_REFERENCE) {
        has_epr = mic_epr_parse(element, &epr);
        object.at = object.end = 0;
    }
    if (mic_xml_at(&object)) {
        return mic_item_read_object(exchange, &object, has_epr ? &epr : NULL, err);
    }
    return has_epr ? mic_item_read_epr(exchange, &epr, err) : MI_RESULT_OK;
}
