/* Wrappers of subscription delivery options: which slot they call with what, and what they do
 * without a handle. No library is needed: the slots here only record. */
#include <mi.h>

#include "inline_record.h"

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_SetString(
    MI_SubscriptionDeliveryOptions *options, const MI_Char *optionName, const MI_Char *value,
    MI_Uint32 flags)
{
    RECORD("SetString", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_SetNumber(
    MI_SubscriptionDeliveryOptions *options, const MI_Char *optionName, MI_Uint32 value,
    MI_Uint32 flags)
{
    RECORD("SetNumber", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_SetDateTime(
    MI_SubscriptionDeliveryOptions *options, const MI_Char *optionName, const MI_Datetime *value,
    MI_Uint32 flags)
{
    RECORD("SetDateTime", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_SetInterval(
    MI_SubscriptionDeliveryOptions *options, const MI_Char *optionName, const MI_Interval *value,
    MI_Uint32 flags)
{
    RECORD("SetInterval", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_AddCredentials(
    MI_SubscriptionDeliveryOptions *options, const MI_Char *optionName,
    const MI_UserCredentials *credentials, MI_Uint32 flags)
{
    RECORD("AddCredentials", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)credentials,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL
fake_SubscriptionDeliveryOptions_Delete(MI_SubscriptionDeliveryOptions *self)
{
    RECORD("Delete", (uintptr_t)self);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_GetString(
    const MI_SubscriptionDeliveryOptions *options, const MI_Char *optionName, const MI_Char **value,
    MI_Uint32 *index, MI_Uint32 *flags)
{
    RECORD("GetString", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_GetNumber(
    const MI_SubscriptionDeliveryOptions *options, const MI_Char *optionName, MI_Uint32 *value,
    MI_Uint32 *index, MI_Uint32 *flags)
{
    give_number(value);
    RECORD("GetNumber", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_GetDateTime(
    const MI_SubscriptionDeliveryOptions *options, const MI_Char *optionName, MI_Datetime *value,
    MI_Uint32 *index, MI_Uint32 *flags)
{
    RECORD("GetDateTime", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_GetInterval(
    const MI_SubscriptionDeliveryOptions *options, const MI_Char *optionName, MI_Interval *value,
    MI_Uint32 *index, MI_Uint32 *flags)
{
    RECORD("GetInterval", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_GetOptionCount(
    const MI_SubscriptionDeliveryOptions *options, MI_Uint32 *count)
{
    RECORD("GetOptionCount", (uintptr_t)options, (uintptr_t)count);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_GetOptionAt(
    const MI_SubscriptionDeliveryOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    RECORD("GetOptionAt", (uintptr_t)options, (uintptr_t)index, (uintptr_t)optionName,
           (uintptr_t)value, (uintptr_t)type, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_GetOption(
    const MI_SubscriptionDeliveryOptions *options, const MI_Char *optionName, MI_Value *value,
    MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags)
{
    RECORD("GetOption", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)type, (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_GetCredentialsCount(
    const MI_SubscriptionDeliveryOptions *options, MI_Uint32 *count)
{
    RECORD("GetCredentialsCount", (uintptr_t)options, (uintptr_t)count);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_GetCredentialsAt(
    const MI_SubscriptionDeliveryOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_UserCredentials *credentials, MI_Uint32 *flags)
{
    RECORD("GetCredentialsAt", (uintptr_t)options, (uintptr_t)index, (uintptr_t)optionName,
           (uintptr_t)credentials, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_GetCredentialsPasswordAt(
    const MI_SubscriptionDeliveryOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_Char *password, MI_Uint32 bufferLength, MI_Uint32 *passwordLength, MI_Uint32 *flags)
{
    RECORD("GetCredentialsPasswordAt", (uintptr_t)options, (uintptr_t)index, (uintptr_t)optionName,
           (uintptr_t)password, (uintptr_t)bufferLength, (uintptr_t)passwordLength,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_SubscriptionDeliveryOptions_Clone(
    const MI_SubscriptionDeliveryOptions *self,
    MI_SubscriptionDeliveryOptions *newSubscriptionDeliveryOptions)
{
    RECORD("Clone", (uintptr_t)self, (uintptr_t)newSubscriptionDeliveryOptions);
    return reply;
}

static const MI_SubscriptionDeliveryOptionsFT fake_SubscriptionDeliveryOptions = {
    .SetString = fake_SubscriptionDeliveryOptions_SetString,
    .SetNumber = fake_SubscriptionDeliveryOptions_SetNumber,
    .SetDateTime = fake_SubscriptionDeliveryOptions_SetDateTime,
    .SetInterval = fake_SubscriptionDeliveryOptions_SetInterval,
    .AddCredentials = fake_SubscriptionDeliveryOptions_AddCredentials,
    .Delete = fake_SubscriptionDeliveryOptions_Delete,
    .GetString = fake_SubscriptionDeliveryOptions_GetString,
    .GetNumber = fake_SubscriptionDeliveryOptions_GetNumber,
    .GetDateTime = fake_SubscriptionDeliveryOptions_GetDateTime,
    .GetInterval = fake_SubscriptionDeliveryOptions_GetInterval,
    .GetOptionCount = fake_SubscriptionDeliveryOptions_GetOptionCount,
    .GetOptionAt = fake_SubscriptionDeliveryOptions_GetOptionAt,
    .GetOption = fake_SubscriptionDeliveryOptions_GetOption,
    .GetCredentialsCount = fake_SubscriptionDeliveryOptions_GetCredentialsCount,
    .GetCredentialsAt = fake_SubscriptionDeliveryOptions_GetCredentialsAt,
    .GetCredentialsPasswordAt = fake_SubscriptionDeliveryOptions_GetCredentialsPasswordAt,
    .Clone = fake_SubscriptionDeliveryOptions_Clone,
};

MIC_TEST(subscription_delivery_options, setters_reach_their_slots)
{
    MI_SubscriptionDeliveryOptions object = {.ft = &fake_SubscriptionDeliveryOptions};

    REACHES(MI_SubscriptionDeliveryOptions_SetMaximumLatency(&object, PTR(1)), "SetInterval",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_MAXIMUM_LATENCY"), (uintptr_t)&object, KEY,
            AT(1), 0);
    REACHES(MI_SubscriptionDeliveryOptions_SetHeartbeatInterval(&object, PTR(1)), "SetInterval",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_HEARTBEAT_INTERVAL"), (uintptr_t)&object,
            KEY, AT(1), 0);
    REACHES(MI_SubscriptionDeliveryOptions_SetExpirationTime(&object, PTR(1)), "SetDateTime",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_EXPIRATION_TIME"), (uintptr_t)&object, KEY,
            AT(1), 0);
    REACHES(MI_SubscriptionDeliveryOptions_SetBookmark(&object, PTR(1)), "SetString",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_BOOKMARK"), (uintptr_t)&object, KEY, AT(1),
            0);
    REACHES(MI_SubscriptionDeliveryOptions_SetDeliveryDestination(&object, PTR(1)), "SetString",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_DESTINATION"), (uintptr_t)&object,
            KEY, AT(1), 0);
    REACHES(MI_SubscriptionDeliveryOptions_SetDeliveryPortNumber(&object, 71), "SetNumber",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_PORT_NUMBER"), (uintptr_t)&object,
            KEY, 71, 0);
    REACHES(MI_SubscriptionDeliveryOptions_AddDeliveryCredentials(&object, PTR(1)),
            "AddCredentials", MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_ADD_DELIVERY_CREDENTIALS"),
            (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_SubscriptionDeliveryOptions_SetDeliveryRetryInterval(&object, PTR(1)), "SetInterval",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_INTERVAL"),
            (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_SubscriptionDeliveryOptions_SetDeliveryRetryAttempts(&object, 71), "SetNumber",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_ATTEMPTS"),
            (uintptr_t)&object, KEY, 71, 0);
    REACHES(MI_SubscriptionDeliveryOptions_Delete(&object), "Delete", NULL, (uintptr_t)&object);
    REACHES(MI_SubscriptionDeliveryOptions_SetString(&object, PTR(1), PTR(2), 73), "SetString",
            NULL, (uintptr_t)&object, AT(1), AT(2), 73);
    REACHES(MI_SubscriptionDeliveryOptions_SetNumber(&object, PTR(1), 72, 73), "SetNumber", NULL,
            (uintptr_t)&object, AT(1), 72, 73);
    REACHES(MI_SubscriptionDeliveryOptions_SetDateTime(&object, PTR(1), PTR(2), 73), "SetDateTime",
            NULL, (uintptr_t)&object, AT(1), AT(2), 73);
    REACHES(MI_SubscriptionDeliveryOptions_SetInterval(&object, PTR(1), PTR(2), 73), "SetInterval",
            NULL, (uintptr_t)&object, AT(1), AT(2), 73);
    REACHES(MI_SubscriptionDeliveryOptions_Clone(&object, PTR(1)), "Clone", NULL,
            (uintptr_t)&object, AT(1));
}

MIC_TEST(subscription_delivery_options, getters_reach_their_slots)
{
    MI_SubscriptionDeliveryOptions object = {.ft = &fake_SubscriptionDeliveryOptions};

    REACHES(MI_SubscriptionDeliveryOptions_GetMaximumLatency(&object, PTR(1)), "GetInterval",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_MAXIMUM_LATENCY"), (uintptr_t)&object, KEY,
            AT(1), 0, 0);
    REACHES(MI_SubscriptionDeliveryOptions_GetHeartbeatInterval(&object, PTR(1)), "GetInterval",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_HEARTBEAT_INTERVAL"), (uintptr_t)&object,
            KEY, AT(1), 0, 0);
    REACHES(MI_SubscriptionDeliveryOptions_GetExpirationTime(&object, PTR(1)), "GetDateTime",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_EXPIRATION_TIME"), (uintptr_t)&object, KEY,
            AT(1), 0, 0);
    REACHES(MI_SubscriptionDeliveryOptions_GetBookmark(&object, PTR(1)), "GetString",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_BOOKMARK"), (uintptr_t)&object, KEY, AT(1),
            0, 0);
    REACHES(MI_SubscriptionDeliveryOptions_GetDeliveryDestination(&object, PTR(1)), "GetString",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_DESTINATION"), (uintptr_t)&object,
            KEY, AT(1), 0, 0);
    REACHES(MI_SubscriptionDeliveryOptions_GetDeliveryPortNumber(&object, PTR(1)), "GetNumber",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_PORT_NUMBER"), (uintptr_t)&object,
            KEY, AT(1), 0, 0);
    REACHES(MI_SubscriptionDeliveryOptions_GetDeliveryRetryInterval(&object, PTR(1)), "GetInterval",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_INTERVAL"),
            (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_SubscriptionDeliveryOptions_GetDeliveryRetryAttempts(&object, PTR(1)), "GetNumber",
            MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_ATTEMPTS"),
            (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_SubscriptionDeliveryOptions_GetString(&object, PTR(1), PTR(2), PTR(3), PTR(4)),
            "GetString", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4));
    REACHES(MI_SubscriptionDeliveryOptions_GetNumber(&object, PTR(1), PTR(2), PTR(3), PTR(4)),
            "GetNumber", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4));
    REACHES(MI_SubscriptionDeliveryOptions_GetDateTime(&object, PTR(1), PTR(2), PTR(3), PTR(4)),
            "GetDateTime", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4));
    REACHES(MI_SubscriptionDeliveryOptions_GetInterval(&object, PTR(1), PTR(2), PTR(3), PTR(4)),
            "GetInterval", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4));
    REACHES(MI_SubscriptionDeliveryOptions_GetOptionCount(&object, PTR(1)), "GetOptionCount", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_SubscriptionDeliveryOptions_GetOptionAt(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5)),
            "GetOptionAt", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5));
    REACHES(
        MI_SubscriptionDeliveryOptions_GetOption(&object, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)),
        "GetOption", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4), AT(5));
    REACHES(MI_SubscriptionDeliveryOptions_GetCredentialsCount(&object, PTR(1)),
            "GetCredentialsCount", NULL, (uintptr_t)&object, AT(1));
    REACHES(MI_SubscriptionDeliveryOptions_GetCredentialsAt(&object, 71, PTR(2), PTR(3), PTR(4)),
            "GetCredentialsAt", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4));
    REACHES(MI_SubscriptionDeliveryOptions_GetCredentialsPasswordAt(&object, 71, PTR(2), PTR(3), 74,
                                                                    PTR(5), PTR(6)),
            "GetCredentialsPasswordAt", NULL, (uintptr_t)&object, 71, AT(2), AT(3), 74, AT(5),
            AT(6));
}

MIC_TEST(subscription_delivery_options, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_SubscriptionDeliveryOptions zeroed = {0};
    MI_SubscriptionDeliveryOptions *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_SubscriptionDeliveryOptions *handle = handles[i];

        REFUSED(MI_SubscriptionDeliveryOptions_SetMaximumLatency(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetMaximumLatency(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_SetHeartbeatInterval(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetHeartbeatInterval(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_SetExpirationTime(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetExpirationTime(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_SetBookmark(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetBookmark(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_SetDeliveryDestination(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetDeliveryDestination(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_SetDeliveryPortNumber(handle, 71));
        REFUSED(MI_SubscriptionDeliveryOptions_GetDeliveryPortNumber(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_AddDeliveryCredentials(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_SetDeliveryRetryInterval(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetDeliveryRetryInterval(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_SetDeliveryRetryAttempts(handle, 71));
        REFUSED(MI_SubscriptionDeliveryOptions_GetDeliveryRetryAttempts(handle, PTR(1)));
        REFUSED(MI_SubscriptionDeliveryOptions_Delete(handle));
        REFUSED(MI_SubscriptionDeliveryOptions_SetString(handle, PTR(1), PTR(2), 73));
        REFUSED(MI_SubscriptionDeliveryOptions_SetNumber(handle, PTR(1), 72, 73));
        REFUSED(MI_SubscriptionDeliveryOptions_SetDateTime(handle, PTR(1), PTR(2), 73));
        REFUSED(MI_SubscriptionDeliveryOptions_SetInterval(handle, PTR(1), PTR(2), 73));
        REFUSED(MI_SubscriptionDeliveryOptions_GetString(handle, PTR(1), PTR(2), PTR(3), PTR(4)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetNumber(handle, PTR(1), PTR(2), PTR(3), PTR(4)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetDateTime(handle, PTR(1), PTR(2), PTR(3), PTR(4)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetInterval(handle, PTR(1), PTR(2), PTR(3), PTR(4)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetOptionCount(handle, PTR(1)));
        REFUSED(
            MI_SubscriptionDeliveryOptions_GetOptionAt(handle, 71, PTR(2), PTR(3), PTR(4), PTR(5)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetOption(handle, PTR(1), PTR(2), PTR(3), PTR(4),
                                                         PTR(5)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetCredentialsCount(handle, PTR(1)));
        REFUSED(
            MI_SubscriptionDeliveryOptions_GetCredentialsAt(handle, 71, PTR(2), PTR(3), PTR(4)));
        REFUSED(MI_SubscriptionDeliveryOptions_GetCredentialsPasswordAt(handle, 71, PTR(2), PTR(3),
                                                                        74, PTR(5), PTR(6)));
        REFUSED(MI_SubscriptionDeliveryOptions_Clone(handle, PTR(1)));
    }
}
