#include "wsman/dialogue.h"

#include <string.h>

MI_Result mic_identify_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                             struct mic_err *err)
{
    (void)exchange, (void)err;
    mic_xml_open(writer, MIC_XN_WSMID_IDENTIFY);
    mic_xml_close(writer, MIC_XN_WSMID_IDENTIFY);
    return MI_RESULT_OK;
}

/* The profiles a server lists, as one array. */
static MI_Result read_profiles(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                               struct mic_err *err)
{
    struct mic_xml_cursor at = mic_xml_enter(element);
    MI_Uint32 count = 0;
    MI_Value value;

    for (; mic_xml_at(&at); mic_xml_skip(&at)) {
        count++;
    }
    memset(&value, 0, sizeof(value));
    value.stringa.data = mic_arena_calloc(&exchange->item_arena, (size_t)count + 1, sizeof(char *));
    if (value.stringa.data == NULL) {
        return mic_item_no_memory(err);
    }
    for (at = mic_xml_enter(element); mic_xml_at(&at); mic_xml_skip(&at)) {
        value.stringa.data[value.stringa.size++] = at.tape->text + mic_xml_node(&at)->text;
    }
    return mic_instance_append(exchange->item, mic_xml_name(element)->local, MI_STRINGA, &value, 0)
               ? MI_RESULT_OK
               : mic_item_no_memory(err);
}

MI_Result mic_identify_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                            struct mic_err *err)
{
    struct mic_xml_cursor at = mic_xml_enter(element);

    /* OMI puts it into the namespace of the envelope: the local name counts. */
    if (!mic_str_equal(mic_xml_local(element), MIC_STR("IdentifyResponse"))) {
        char name[64];
        mic_err_quote(mic_xml_local(element), name, sizeof(name));
        return mic_err_set(err, MIC_E_PROTOCOL,
                           "the server answered Identify with <%s>: it is no WS-Management service",
                           name);
    }
    exchange->item = mic_instance_new_in(&exchange->item_arena, "IdentifyResponse", NULL, 8);
    if (exchange->item == NULL) {
        return mic_item_no_memory(err);
    }
    for (; mic_xml_at(&at); mic_xml_skip(&at)) {
        MI_Value value;
        if (mic_xml_token(&at) == MIC_XN_WSMID_SECURITY_PROFILES) {
            MI_Result result = read_profiles(exchange, &at, err);
            if (result != MI_RESULT_OK) {
                return result;
            }
            continue;
        }
        value.string = at.tape->text + mic_xml_node(&at)->text;
        if (!mic_instance_append(exchange->item, mic_xml_name(&at)->local, MI_STRING, &value, 0)) {
            return mic_item_no_memory(err);
        }
    }
    return MI_RESULT_OK;
}
