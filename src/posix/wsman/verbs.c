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
            .check = mic_transfer_check_instance,
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
            .check = mic_enumerate_check,
            .write_body = mic_enumerate_write,
            .read_item = mic_enumerate_read,
        },
    [MIC_VERB_SUBSCRIBE] =
        {
            .action = MIC_URI_EVENTING "Subscribe",
            .resource = MIC_RESOURCE_ALL,
            .is_paged = true,
            .is_subscription = true,
            .check = mic_subscribe_check,
            .prepare = mic_subscribe_prepare,
            .write_body = mic_subscribe_write,
            .take_answer = mic_subscribe_answer,
            .read_item = mic_subscribe_read,
        },
};
