#include "wsman/dialogue.h"
#include "wsman/uris.h"

/* One row per verb; what is not said is not needed. */
const struct mic_verb_row mic_verb_rows[MIC_VERB_COUNT] = {
    [MIC_VERB_IDENTIFY] =
        {
            .may_resend = true,
            .write_body = mic_identify_write,
            .read_item = mic_identify_read,
        },
    [MIC_VERB_GET] =
        {
            .action = MIC_URI_TRANSFER "Get",
            .resource = MIC_RESOURCE_CLASS,
            .has_keys = true,
            .may_resend = true,
            .take = mic_transfer_check_instance,
            .read_item = mic_transfer_read_instance,
        },
    [MIC_VERB_GET_CLASS] =
        {
            .action = MIC_URI_TRANSFER "Get",
            .resource = MIC_RESOURCE_CIM_XML,
            .may_resend = true,
            .write_options = mic_transfer_class_options,
            .read_item = mic_transfer_read_class,
        },
    [MIC_VERB_ENUMERATE] =
        {
            .action = MIC_URI_ENUMERATE "Enumerate",
            .resource = MIC_RESOURCE_CLASS,
            .is_paged = true,
            .may_resend = true,
            .write_body = mic_enumerate_write,
            .read_item = mic_enumerate_read,
        },
    [MIC_VERB_QUERY] =
        {
            .action = MIC_URI_ENUMERATE "Enumerate",
            .resource = MIC_RESOURCE_ALL,
            .is_paged = true,
            .may_resend = true,
            .take = mic_query_take,
            .write_body = mic_enumerate_write,
            .write_filter = mic_query_write_filter,
            .read_item = mic_enumerate_read,
        },
    [MIC_VERB_ASSOCIATORS] =
        {
            .action = MIC_URI_ENUMERATE "Enumerate",
            .resource = MIC_RESOURCE_ALL,
            .is_paged = true,
            .may_resend = true,
            .take = mic_association_take,
            .write_body = mic_enumerate_write,
            .write_filter = mic_association_write_filter,
            .read_item = mic_enumerate_read,
        },
    [MIC_VERB_REFERENCES] =
        {
            .action = MIC_URI_ENUMERATE "Enumerate",
            .resource = MIC_RESOURCE_ALL,
            .is_paged = true,
            .may_resend = true,
            .take = mic_association_take,
            .write_body = mic_enumerate_write,
            .write_filter = mic_association_write_filter,
            .read_item = mic_enumerate_read,
        },
    [MIC_VERB_CREATE] =
        {
            .action = MIC_URI_TRANSFER "Create",
            .resource = MIC_RESOURCE_CLASS,
            .may_be_empty = true,
            .take = mic_modify_take,
            .write_options = mic_modify_options,
            .write_body = mic_modify_write,
            .read_item = mic_create_read,
        },
    [MIC_VERB_MODIFY] =
        {
            .action = MIC_URI_TRANSFER "Put",
            .resource = MIC_RESOURCE_CLASS,
            .has_keys = true,
            .is_written = true,
            .may_be_empty = true,
            .take = mic_modify_take,
            .write_options = mic_modify_options,
            .write_body = mic_modify_write,
            .read_item = mic_modify_read,
        },
    [MIC_VERB_DELETE] =
        {
            .action = MIC_URI_TRANSFER "Delete",
            .resource = MIC_RESOURCE_CLASS,
            .has_keys = true,
            .may_be_empty = true,
            .take = mic_transfer_check_instance,
            .read_item = mic_delete_read,
        },
    [MIC_VERB_INVOKE] =
        {
            .resource = MIC_RESOURCE_CLASS,
            .has_keys = true,
            .may_be_empty = true,
            .take = mic_invoke_take,
            .prepare = mic_invoke_prepare,
            .write_body = mic_invoke_write,
            .read_item = mic_invoke_read,
        },
    [MIC_VERB_ENUMERATE_CLASSES] =
        {
            .action = MIC_URI_ENUMERATE "Enumerate",
            .resource = MIC_RESOURCE_CIM_XML,
            .is_paged = true,
            .may_resend = true,
            .write_options = mic_class_list_options,
            .write_body = mic_class_list_write,
            .read_item = mic_class_list_read,
        },
};
