/* Associators and references: an Enumerate with the association filter (DSP0227 8.2). */
#include "wsman/dialogue.h"
#include "wsman/uris.h"

struct part {
    const char *given;
    const char **kept;
    const char *what;
    bool is_class;
};

MI_Result mic_association_take(struct mic_exchange *exchange, const struct mic_request *request,
                               struct mic_err *err)
{
    const struct mic_association *given = &request->association;
    struct mic_association *kept = &exchange->association;
    const struct part parts[] = {
        {given->association_class, &kept->association_class, "association class", true},
        {given->result_class, &kept->result_class, "result class", true},
        {given->role, &kept->role, "role", false},
        {given->result_role, &kept->result_role, "result role", false},
    };

    for (size_t i = 0; i < MIC_COUNT(parts); i++) {
        if (parts[i].given == NULL) {
            continue;
        }
        MI_Result result =
            mic_request_copy_name(exchange, parts[i].given, parts[i].what, parts[i].kept, err);
        if (result != MI_RESULT_OK) {
            return result;
        }
    }
    exchange->class_name = kept->result_class;
    return mic_request_keep_instance(exchange, request->instance, "associated with", err);
}

static void write_part(struct mic_xml_writer *writer, enum mic_xml_token element, const char *text)
{
    if (text != NULL) {
        mic_xml_leaf(writer, element, mic_str_from(text));
    }
}

MI_Result mic_association_write_filter(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                                       struct mic_err *err)
{
    const struct mic_association *association = &exchange->association;
    const struct mic_family family = mic_exchange_family(exchange);
    enum mic_xml_token wanted = exchange->verb == MIC_VERB_ASSOCIATORS
                                    ? MIC_XN_B_ASSOCIATED_INSTANCES
                                    : MIC_XN_B_ASSOCIATION_INSTANCES;

    mic_xml_open(writer, MIC_XN_W_FILTER);
    mic_xml_attr(writer, MIC_XN_ATTR_DIALECT, MIC_STR(MIC_URI_DIALECT_ASSOCIATION));
    mic_xml_open(writer, wanted);
    mic_xml_open(writer, MIC_XN_B_OBJECT);
    MI_Result result = mic_epr_write(writer, &family, exchange->name_space,
                                     &exchange->instance->public_instance, err);
    mic_xml_close(writer, MIC_XN_B_OBJECT);
    write_part(writer, MIC_XN_B_ASSOCIATION_CLASS_NAME, association->association_class);
    write_part(writer, MIC_XN_B_ROLE, association->role);
    write_part(writer, MIC_XN_B_RESULT_CLASS_NAME, association->result_class);
    write_part(writer, MIC_XN_B_RESULT_ROLE, association->result_role);
    mic_xml_close(writer, wanted);
    mic_xml_close(writer, MIC_XN_W_FILTER);
    return result;
}
