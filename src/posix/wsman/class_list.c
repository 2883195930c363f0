/* EnumerateClasses: class declarations as the items of an enumeration (MS-WSMV 3.1.4.8). */
#include "wsman/class_read.h"
#include "wsman/dialogue.h"

MI_Result mic_class_list_options(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                                 struct mic_err *err)
{
    MI_Uint32 mode = exchange->flags & MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY;

    MI_Result result = mic_transfer_class_options(exchange, writer, err);
    if (exchange->keys_only) { /* DSP0227 15.8 */
        mic_option_write(writer, "", "ExcludeClassSpecification", "xs:boolean", "true");
    }
    if (mode == MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW) {
        mic_option_write(writer, "", "IncludeSubClasses", "xs:boolean", "false");
    }
    return result;
}

MI_Result mic_class_list_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                               struct mic_err *err)
{
    (void)err;
    mic_enumerate_begin(exchange, writer);
    mic_xml_close(writer, MIC_XN_N_ENUMERATE);
    return MI_RESULT_OK;
}

static bool is_declaration(const struct mic_xml_cursor *element)
{
    enum mic_xml_token token = mic_xml_token(element);
    return token == MIC_XN_CLASS || token == MIC_XN_CLASSNAME;
}

/* CLASS, or CLASSNAME alone, or either inside a path or an item (w:Item, CLASSPATH ...). */
static bool find_declaration(const struct mic_xml_cursor *element, struct mic_xml_cursor *found)
{
    struct mic_xml_cursor at = mic_xml_enter(element);

    if (is_declaration(element)) {
        *found = *element;
        return true;
    }
    for (; mic_xml_at(&at); mic_xml_skip(&at)) {
        if (find_declaration(&at, found)) {
            return true;
        }
    }
    return false;
}

MI_Result mic_class_list_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                              struct mic_err *err)
{
    struct mic_xml_cursor found;

    if (!find_declaration(element, &found)) {
        return mic_transfer_read_class(exchange, element, err); /* says what stands there */
    }
    return mic_class_read(&found, exchange->name_space, &exchange->item_class, err);
}
