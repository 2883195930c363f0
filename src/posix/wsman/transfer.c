#include "wsman/class_read.h"
#include "wsman/dialogue.h"

MI_Result mic_transfer_check_instance(struct mic_exchange *exchange,
                                      const struct mic_request *request, struct mic_err *err)
{
    (void)exchange;
    if (request->instance == NULL || request->instance->ft == NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT, "no instance was given that names what is meant");
    }
    return MI_RESULT_OK;
}

MI_Result mic_transfer_read_instance(struct mic_exchange *exchange,
                                     const struct mic_xml_cursor *element, struct mic_err *err)
{
    return mic_item_read_object(exchange, element, NULL, err);
}

MI_Result mic_transfer_class_options(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                                     struct mic_err *err)
{
    (void)exchange, (void)err;
    /* Without the qualifiers nobody knows what is a key or an embedded object. */
    mic_option_write(writer, "", "IncludeInheritanceHierarchy", "xs:boolean", "true");
    mic_option_write(writer, "", "IncludeInheritedElements", "xs:boolean", "true");
    mic_option_write(writer, "", "IncludeQualifiers", "xs:boolean", "true");
    return MI_RESULT_OK;
}

MI_Result mic_transfer_read_class(struct mic_exchange *exchange,
                                  const struct mic_xml_cursor *element, struct mic_err *err)
{
    if (mic_xml_token(element) != MIC_XN_CLASS) {
        char name[64];
        mic_err_quote(mic_xml_local(element), name, sizeof(name));
        return mic_err_set(err, MIC_E_PROTOCOL,
                           "the server answered with <%s> where a class declaration was asked for",
                           name);
    }
    return mic_class_read(element, exchange->name_space, &exchange->item_class, err);
}
