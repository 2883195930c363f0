/* CreateInstance, ModifyInstance, DeleteInstance (WS-Transfer; MS-WSMV 3.1.4.3, 3.1.4.7). */
#include "wsman/dialogue.h"
#include "wsman/instance_write.h"
#include "wsman/uris.h"

#define MODIFIED_LIST "__MIInstanceModifiedPropertiesList"

MI_Result mic_modify_take(struct mic_exchange *exchange, const struct mic_request *request,
                          struct mic_err *err)
{
    const char *what = exchange->verb == MIC_VERB_CREATE ? "to create" : "to modify";

    return mic_request_keep_instance(exchange, request->instance, what, err);
}

static bool is_null(const struct mic_element *element)
{
    return (element->flags & MI_FLAG_NULL) != 0;
}

static bool is_touched(const struct mic_element *element)
{
    return (element->flags & MI_FLAG_NOT_MODIFIED) == 0;
}

static bool is_key(const struct mic_element *element)
{
    return (element->flags & MI_FLAG_KEY) != 0;
}

/* All that the instance holds. A NULL that nobody has touched says nothing about the object: sent,
 * it would wipe a value on servers that do not know the list of what was modified. */
static bool is_in_body(const struct mic_element *element)
{
    return !is_null(element) || is_touched(element);
}

static bool is_changed(const struct mic_element *element)
{
    return !is_key(element) && is_touched(element);
}

static bool is_value(const struct mic_element *element)
{
    return !is_key(element) && !is_null(element);
}

static MI_Result write_names(struct mic_xml_writer *writer, const MI_Instance *instance,
                             bool (*is_listed)(const struct mic_element *element),
                             MI_Uint32 *listed, struct mic_err *err)
{
    MI_Uint32 count = 0;
    MI_Result result = mic_element_count(instance, &count, err);

    for (MI_Uint32 i = 0; result == MI_RESULT_OK && i < count; i++) {
        struct mic_element element;
        result = mic_element_get(instance, i, &element, err);
        if (result == MI_RESULT_OK && is_listed(&element)) {
            mic_option_write(writer, "wmiarray:", MODIFIED_LIST, "xs:string", element.name);
            (*listed)++;
        }
    }
    return result;
}

/* What of the body is meant (MS-WSMV 3.1.4.1.10): in a new instance all; in one that is there what
 * the application has changed, or all values when it says of none that it has. */
MI_Result mic_modify_options(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                             struct mic_err *err)
{
    MI_Uint32 listed = 0;

    if (exchange->verb == MIC_VERB_CREATE) {
        return write_names(writer, &exchange->instance->public_instance, is_in_body, &listed, err);
    }
    MI_Result result =
        write_names(writer, &exchange->instance->public_instance, is_changed, &listed, err);
    if (result == MI_RESULT_OK && listed == 0) {
        result = write_names(writer, &exchange->instance->public_instance, is_value, &listed, err);
    }
    return result;
}

MI_Result mic_modify_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                           struct mic_err *err)
{
    struct mic_buf uri;

    mic_buf_init(&uri);
    mic_exchange_uri(exchange, &uri);
    const struct mic_instance_form form = {mic_buf_text(&uri), mic_exchange_family(exchange),
                                           exchange->name_space, exchange->has_xs_dates,
                                           &exchange->has_dates};
    MI_Result result = mic_instance_write(writer, &form, mic_str_from(exchange->class_name),
                                          &exchange->instance->public_instance, is_in_body, err);
    writer->out->failed |= uri.failed;
    mic_buf_fini(&uri);
    return result;
}

/* x:ResourceCreated names what was made; a server that answers without it has made it as well. */
MI_Result mic_create_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                          struct mic_err *err)
{
    struct mic_epr epr;

    if (!mic_epr_parse(element, &epr)) {
        return MI_RESULT_OK;
    }
    if (epr.class_name.size == 0) {
        epr.class_name = mic_str_from(exchange->class_name);
    }
    return mic_item_read_epr(exchange, &epr, err);
}

/* The new representation, plain or wrapped (MS-WSMV 3.1.4.3.2 gives either, or nothing). */
MI_Result mic_modify_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                          struct mic_err *err)
{
    struct mic_xml_cursor inner = *element;

    if (mic_str_equal(mic_xml_local(element), MIC_STR("PutResponse"))) {
        inner = mic_xml_enter(element);
        if (!mic_xml_at(&inner)) {
            return MI_RESULT_OK;
        }
    }
    return mic_item_read_object(exchange, &inner, NULL, err);
}

/* Whatever stands there: an object that is gone has no representation. */
MI_Result mic_delete_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                          struct mic_err *err)
{
    (void)exchange, (void)element, (void)err;
    return MI_RESULT_OK;
}
