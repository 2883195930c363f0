/* The three option bags. */

#include "standin_internal.h"

static void MI_CALL destination_Delete(MI_DestinationOptions *options)
{

    record("DestinationOptionsFT.Delete", "p", options);
}

static MI_Result MI_CALL destination_SetString(MI_DestinationOptions *options,
                                               const MI_Char *optionName, const MI_Char *value,
                                               MI_Uint32 flags)
{

    return record("DestinationOptionsFT.SetString", "pssu", options, optionName, value,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL destination_SetNumber(MI_DestinationOptions *options,
                                               const MI_Char *optionName, MI_Uint32 value,
                                               MI_Uint32 flags)
{

    return record("DestinationOptionsFT.SetNumber", "psuu", options, optionName, (MI_Uint32)value,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL destination_AddCredentials(MI_DestinationOptions *options,
                                                    const MI_Char *optionName,
                                                    const MI_UserCredentials *credentials,
                                                    MI_Uint32 flags)
{

    return record("DestinationOptionsFT.AddCredentials", "pscu", options, optionName, credentials,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL destination_GetString(const MI_DestinationOptions *options,
                                               const MI_Char *optionName, const MI_Char **value,
                                               MI_Uint32 *index, MI_Uint32 *flags)
{
    ANSWER(value, STANDIN_TEXT("value"));
    ANSWER(index, STANDIN_NUMBER(4, 3));
    ANSWER(flags, STANDIN_NUMBER(4, 4));
    return record("DestinationOptionsFT.GetString", "psooo", options, optionName, value, index,
                  flags);
}

static MI_Result MI_CALL destination_GetNumber(const MI_DestinationOptions *options,
                                               const MI_Char *optionName, MI_Uint32 *value,
                                               MI_Uint32 *index, MI_Uint32 *flags)
{
    ANSWER(value, STANDIN_NUMBER(5, 2));
    ANSWER(index, STANDIN_NUMBER(5, 3));
    ANSWER(flags, STANDIN_NUMBER(5, 4));
    return record("DestinationOptionsFT.GetNumber", "psooo", options, optionName, value, index,
                  flags);
}

static MI_Result MI_CALL destination_GetOptionCount(const MI_DestinationOptions *options,
                                                    MI_Uint32 *count)
{
    ANSWER(count, STANDIN_NUMBER(6, 1));
    return record("DestinationOptionsFT.GetOptionCount", "po", options, count);
}

static MI_Result MI_CALL destination_GetOptionAt(const MI_DestinationOptions *options,
                                                 MI_Uint32 index, const MI_Char **optionName,
                                                 MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    ANSWER(optionName, STANDIN_TEXT("optionName"));
    out_value(value, STANDIN_TEXT("value"));
    ANSWER(type, STANDIN_TYPE);
    ANSWER(flags, STANDIN_NUMBER(7, 5));
    return record("DestinationOptionsFT.GetOptionAt", "puoooo", options, (MI_Uint32)index,
                  optionName, value, type, flags);
}

static MI_Result MI_CALL destination_GetOption(const MI_DestinationOptions *options,
                                               const MI_Char *optionName, MI_Value *value,
                                               MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags)
{
    out_value(value, STANDIN_TEXT("value"));
    ANSWER(type, STANDIN_TYPE);
    ANSWER(index, STANDIN_NUMBER(8, 4));
    ANSWER(flags, STANDIN_NUMBER(8, 5));
    return record("DestinationOptionsFT.GetOption", "psoooo", options, optionName, value, type,
                  index, flags);
}

static MI_Result MI_CALL destination_GetCredentialsCount(const MI_DestinationOptions *options,
                                                         MI_Uint32 *count)
{
    ANSWER(count, STANDIN_NUMBER(9, 1));
    return record("DestinationOptionsFT.GetCredentialsCount", "po", options, count);
}

static MI_Result MI_CALL destination_GetCredentialsAt(const MI_DestinationOptions *options,
                                                      MI_Uint32 index, const MI_Char **optionName,
                                                      MI_UserCredentials *credentials,
                                                      MI_Uint32 *flags)
{
    ANSWER(optionName, STANDIN_TEXT("optionName"));
    out_credentials(credentials);
    ANSWER(flags, STANDIN_NUMBER(10, 4));
    return record("DestinationOptionsFT.GetCredentialsAt", "puooo", options, (MI_Uint32)index,
                  optionName, credentials, flags);
}

static MI_Result MI_CALL destination_GetCredentialsPasswordAt(
    const MI_DestinationOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_Char *password, MI_Uint32 bufferLength, MI_Uint32 *passwordLength, MI_Uint32 *flags)
{
    ANSWER(optionName, STANDIN_TEXT("optionName"));
    out_buffer(password, STANDIN_TEXT("password"));
    ANSWER(passwordLength, STANDIN_NUMBER(11, 5));
    ANSWER(flags, STANDIN_NUMBER(11, 6));
    return record("DestinationOptionsFT.GetCredentialsPasswordAt", "puoouoo", options,
                  (MI_Uint32)index, optionName, password, (MI_Uint32)bufferLength, passwordLength,
                  flags);
}

static MI_Result MI_CALL destination_Clone(const MI_DestinationOptions *self,
                                           MI_DestinationOptions *newDestinationOptions)
{
    ANSWER(newDestinationOptions,
           ((MI_DestinationOptions){STANDIN_NUMBER(12, 1), 0, &standin_destination_options_ft}));
    return record("DestinationOptionsFT.Clone", "po", self, newDestinationOptions);
}

static MI_Result MI_CALL destination_SetInterval(MI_DestinationOptions *options,
                                                 const MI_Char *optionName,
                                                 const MI_Interval *value, MI_Uint32 flags)
{

    return record("DestinationOptionsFT.SetInterval", "psiu", options, optionName, value,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL destination_GetInterval(const MI_DestinationOptions *options,
                                                 const MI_Char *optionName, MI_Interval *value,
                                                 MI_Uint32 *index, MI_Uint32 *flags)
{
    out_interval(value, STANDIN_NUMBER(14, 2));
    ANSWER(index, STANDIN_NUMBER(14, 3));
    ANSWER(flags, STANDIN_NUMBER(14, 4));
    return record("DestinationOptionsFT.GetInterval", "psooo", options, optionName, value, index,
                  flags);
}

const MI_DestinationOptionsFT standin_destination_options_ft = {
    .Delete = destination_Delete,
    .SetString = destination_SetString,
    .SetNumber = destination_SetNumber,
    .AddCredentials = destination_AddCredentials,
    .GetString = destination_GetString,
    .GetNumber = destination_GetNumber,
    .GetOptionCount = destination_GetOptionCount,
    .GetOptionAt = destination_GetOptionAt,
    .GetOption = destination_GetOption,
    .GetCredentialsCount = destination_GetCredentialsCount,
    .GetCredentialsAt = destination_GetCredentialsAt,
    .GetCredentialsPasswordAt = destination_GetCredentialsPasswordAt,
    .Clone = destination_Clone,
    .SetInterval = destination_SetInterval,
    .GetInterval = destination_GetInterval,
};

static void MI_CALL operation_options_Delete(MI_OperationOptions *options)
{

    record("OperationOptionsFT.Delete", "p", options);
}

static MI_Result MI_CALL operation_options_SetString(MI_OperationOptions *options,
                                                     const MI_Char *optionName,
                                                     const MI_Char *value, MI_Uint32 flags)
{

    return record("OperationOptionsFT.SetString", "pssu", options, optionName, value,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL operation_options_SetNumber(MI_OperationOptions *options,
                                                     const MI_Char *optionName, MI_Uint32 value,
                                                     MI_Uint32 flags)
{

    return record("OperationOptionsFT.SetNumber", "psuu", options, optionName, (MI_Uint32)value,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL operation_options_SetCustomOption(MI_OperationOptions *options,
                                                           const MI_Char *optionName,
                                                           MI_Type valueType, const MI_Value *value,
                                                           MI_Boolean mustComply, MI_Uint32 flags)
{

    return record("OperationOptionsFT.SetCustomOption", "psvbu", options, optionName,
                  (MI_Uint32)valueType, value, (MI_Uint32)mustComply, (MI_Uint32)flags);
}

static MI_Result MI_CALL operation_options_GetString(const MI_OperationOptions *options,
                                                     const MI_Char *optionName,
                                                     const MI_Char **value, MI_Uint32 *index,
                                                     MI_Uint32 *flags)
{
    ANSWER(value, STANDIN_TEXT("value"));
    ANSWER(index, STANDIN_NUMBER(4, 3));
    ANSWER(flags, STANDIN_NUMBER(4, 4));
    return record("OperationOptionsFT.GetString", "psooo", options, optionName, value, index,
                  flags);
}

static MI_Result MI_CALL operation_options_GetNumber(const MI_OperationOptions *options,
                                                     const MI_Char *optionName, MI_Uint32 *value,
                                                     MI_Uint32 *index, MI_Uint32 *flags)
{
    ANSWER(value, STANDIN_NUMBER(5, 2));
    ANSWER(index, STANDIN_NUMBER(5, 3));
    ANSWER(flags, STANDIN_NUMBER(5, 4));
    return record("OperationOptionsFT.GetNumber", "psooo", options, optionName, value, index,
                  flags);
}

static MI_Result MI_CALL operation_options_GetOptionCount(const MI_OperationOptions *options,
                                                          MI_Uint32 *count)
{
    ANSWER(count, STANDIN_NUMBER(6, 1));
    return record("OperationOptionsFT.GetOptionCount", "po", options, count);
}

static MI_Result MI_CALL operation_options_GetOptionAt(const MI_OperationOptions *options,
                                                       MI_Uint32 index, const MI_Char **optionName,
                                                       MI_Value *value, MI_Type *type,
                                                       MI_Uint32 *flags)
{
    ANSWER(optionName, STANDIN_TEXT("optionName"));
    out_value(value, STANDIN_TEXT("value"));
    ANSWER(type, STANDIN_TYPE);
    ANSWER(flags, STANDIN_NUMBER(7, 5));
    return record("OperationOptionsFT.GetOptionAt", "puoooo", options, (MI_Uint32)index, optionName,
                  value, type, flags);
}

static MI_Result MI_CALL operation_options_GetOption(const MI_OperationOptions *options,
                                                     const MI_Char *optionName, MI_Value *value,
                                                     MI_Type *type, MI_Uint32 *index,
                                                     MI_Uint32 *flags)
{
    out_value(value, STANDIN_TEXT("value"));
    ANSWER(type, STANDIN_TYPE);
    ANSWER(index, STANDIN_NUMBER(8, 4));
    ANSWER(flags, STANDIN_NUMBER(8, 5));
    return record("OperationOptionsFT.GetOption", "psoooo", options, optionName, value, type, index,
                  flags);
}

static MI_Result MI_CALL operation_options_GetEnabledChannels(
    const MI_OperationOptions *options, const MI_Char *optionName, MI_Uint32 *channels,
    MI_Uint32 bufferLength, MI_Uint32 *channelCount, MI_Uint32 *flags)
{
    ANSWER(channels, STANDIN_NUMBER(9, 2));
    ANSWER(channelCount, STANDIN_NUMBER(9, 4));
    ANSWER(flags, STANDIN_NUMBER(9, 5));
    return record("OperationOptionsFT.GetEnabledChannels", "psouoo", options, optionName, channels,
                  (MI_Uint32)bufferLength, channelCount, flags);
}

static MI_Result MI_CALL operation_options_Clone(const MI_OperationOptions *self,
                                                 MI_OperationOptions *newOperationOptions)
{
    ANSWER(newOperationOptions,
           ((MI_OperationOptions){STANDIN_NUMBER(10, 1), 0, &standin_operation_options_ft}));
    return record("OperationOptionsFT.Clone", "po", self, newOperationOptions);
}

static MI_Result MI_CALL operation_options_SetInterval(MI_OperationOptions *options,
                                                       const MI_Char *optionName,
                                                       const MI_Interval *value, MI_Uint32 flags)
{

    return record("OperationOptionsFT.SetInterval", "psiu", options, optionName, value,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL operation_options_GetInterval(const MI_OperationOptions *options,
                                                       const MI_Char *optionName,
                                                       MI_Interval *value, MI_Uint32 *index,
                                                       MI_Uint32 *flags)
{
    out_interval(value, STANDIN_NUMBER(12, 2));
    ANSWER(index, STANDIN_NUMBER(12, 3));
    ANSWER(flags, STANDIN_NUMBER(12, 4));
    return record("OperationOptionsFT.GetInterval", "psooo", options, optionName, value, index,
                  flags);
}

const MI_OperationOptionsFT standin_operation_options_ft = {
    .Delete = operation_options_Delete,
    .SetString = operation_options_SetString,
    .SetNumber = operation_options_SetNumber,
    .SetCustomOption = operation_options_SetCustomOption,
    .GetString = operation_options_GetString,
    .GetNumber = operation_options_GetNumber,
    .GetOptionCount = operation_options_GetOptionCount,
    .GetOptionAt = operation_options_GetOptionAt,
    .GetOption = operation_options_GetOption,
    .GetEnabledChannels = operation_options_GetEnabledChannels,
    .Clone = operation_options_Clone,
    .SetInterval = operation_options_SetInterval,
    .GetInterval = operation_options_GetInterval,
};

static MI_Result MI_CALL subscription_SetString(MI_SubscriptionDeliveryOptions *options,
                                                const MI_Char *optionName, const MI_Char *value,
                                                MI_Uint32 flags)
{

    return record("SubscriptionDeliveryOptionsFT.SetString", "pssu", options, optionName, value,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL subscription_SetNumber(MI_SubscriptionDeliveryOptions *options,
                                                const MI_Char *optionName, MI_Uint32 value,
                                                MI_Uint32 flags)
{

    return record("SubscriptionDeliveryOptionsFT.SetNumber", "psuu", options, optionName,
                  (MI_Uint32)value, (MI_Uint32)flags);
}

static MI_Result MI_CALL subscription_SetDateTime(MI_SubscriptionDeliveryOptions *options,
                                                  const MI_Char *optionName,
                                                  const MI_Datetime *value, MI_Uint32 flags)
{

    return record("SubscriptionDeliveryOptionsFT.SetDateTime", "psdu", options, optionName, value,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL subscription_SetInterval(MI_SubscriptionDeliveryOptions *options,
                                                  const MI_Char *optionName,
                                                  const MI_Interval *value, MI_Uint32 flags)
{

    return record("SubscriptionDeliveryOptionsFT.SetInterval", "psiu", options, optionName, value,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL subscription_AddCredentials(MI_SubscriptionDeliveryOptions *options,
                                                     const MI_Char *optionName,
                                                     const MI_UserCredentials *credentials,
                                                     MI_Uint32 flags)
{

    return record("SubscriptionDeliveryOptionsFT.AddCredentials", "pscu", options, optionName,
                  credentials, (MI_Uint32)flags);
}

static MI_Result MI_CALL subscription_Delete(MI_SubscriptionDeliveryOptions *self)
{

    return record("SubscriptionDeliveryOptionsFT.Delete", "p", self);
}

static MI_Result MI_CALL subscription_GetString(const MI_SubscriptionDeliveryOptions *options,
                                                const MI_Char *optionName, const MI_Char **value,
                                                MI_Uint32 *index, MI_Uint32 *flags)
{
    ANSWER(value, STANDIN_TEXT("value"));
    ANSWER(index, STANDIN_NUMBER(6, 3));
    ANSWER(flags, STANDIN_NUMBER(6, 4));
    return record("SubscriptionDeliveryOptionsFT.GetString", "psooo", options, optionName, value,
                  index, flags);
}

static MI_Result MI_CALL subscription_GetNumber(const MI_SubscriptionDeliveryOptions *options,
                                                const MI_Char *optionName, MI_Uint32 *value,
                                                MI_Uint32 *index, MI_Uint32 *flags)
{
    ANSWER(value, STANDIN_NUMBER(7, 2));
    ANSWER(index, STANDIN_NUMBER(7, 3));
    ANSWER(flags, STANDIN_NUMBER(7, 4));
    return record("SubscriptionDeliveryOptionsFT.GetNumber", "psooo", options, optionName, value,
                  index, flags);
}

static MI_Result MI_CALL subscription_GetDateTime(const MI_SubscriptionDeliveryOptions *options,
                                                  const MI_Char *optionName, MI_Datetime *value,
                                                  MI_Uint32 *index, MI_Uint32 *flags)
{
    out_datetime(value, STANDIN_NUMBER(8, 2));
    ANSWER(index, STANDIN_NUMBER(8, 3));
    ANSWER(flags, STANDIN_NUMBER(8, 4));
    return record("SubscriptionDeliveryOptionsFT.GetDateTime", "psooo", options, optionName, value,
                  index, flags);
}

static MI_Result MI_CALL subscription_GetInterval(const MI_SubscriptionDeliveryOptions *options,
                                                  const MI_Char *optionName, MI_Interval *value,
                                                  MI_Uint32 *index, MI_Uint32 *flags)
{
    out_interval(value, STANDIN_NUMBER(9, 2));
    ANSWER(index, STANDIN_NUMBER(9, 3));
    ANSWER(flags, STANDIN_NUMBER(9, 4));
    return record("SubscriptionDeliveryOptionsFT.GetInterval", "psooo", options, optionName, value,
                  index, flags);
}

static MI_Result MI_CALL subscription_GetOptionCount(const MI_SubscriptionDeliveryOptions *options,
                                                     MI_Uint32 *count)
{
    ANSWER(count, STANDIN_NUMBER(10, 1));
    return record("SubscriptionDeliveryOptionsFT.GetOptionCount", "po", options, count);
}

static MI_Result MI_CALL subscription_GetOptionAt(const MI_SubscriptionDeliveryOptions *options,
                                                  MI_Uint32 index, const MI_Char **optionName,
                                                  MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    ANSWER(optionName, STANDIN_TEXT("optionName"));
    out_value(value, STANDIN_TEXT("value"));
    ANSWER(type, STANDIN_TYPE);
    ANSWER(flags, STANDIN_NUMBER(11, 5));
    return record("SubscriptionDeliveryOptionsFT.GetOptionAt", "puoooo", options, (MI_Uint32)index,
                  optionName, value, type, flags);
}

static MI_Result MI_CALL subscription_GetOption(const MI_SubscriptionDeliveryOptions *options,
                                                const MI_Char *optionName, MI_Value *value,
                                                MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags)
{
    out_value(value, STANDIN_TEXT("value"));
    ANSWER(type, STANDIN_TYPE);
    ANSWER(index, STANDIN_NUMBER(12, 4));
    ANSWER(flags, STANDIN_NUMBER(12, 5));
    return record("SubscriptionDeliveryOptionsFT.GetOption", "psoooo", options, optionName, value,
                  type, index, flags);
}

static MI_Result MI_CALL
subscription_GetCredentialsCount(const MI_SubscriptionDeliveryOptions *options, MI_Uint32 *count)
{
    ANSWER(count, STANDIN_NUMBER(13, 1));
    return record("SubscriptionDeliveryOptionsFT.GetCredentialsCount", "po", options, count);
}

static MI_Result MI_CALL subscription_GetCredentialsAt(
    const MI_SubscriptionDeliveryOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_UserCredentials *credentials, MI_Uint32 *flags)
{
    ANSWER(optionName, STANDIN_TEXT("optionName"));
    out_credentials(credentials);
    ANSWER(flags, STANDIN_NUMBER(14, 4));
    return record("SubscriptionDeliveryOptionsFT.GetCredentialsAt", "puooo", options,
                  (MI_Uint32)index, optionName, credentials, flags);
}

static MI_Result MI_CALL subscription_GetCredentialsPasswordAt(
    const MI_SubscriptionDeliveryOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_Char *password, MI_Uint32 bufferLength, MI_Uint32 *passwordLength, MI_Uint32 *flags)
{
    ANSWER(optionName, STANDIN_TEXT("optionName"));
    out_buffer(password, STANDIN_TEXT("password"));
    ANSWER(passwordLength, STANDIN_NUMBER(15, 5));
    ANSWER(flags, STANDIN_NUMBER(15, 6));
    return record("SubscriptionDeliveryOptionsFT.GetCredentialsPasswordAt", "puoouoo", options,
                  (MI_Uint32)index, optionName, password, (MI_Uint32)bufferLength, passwordLength,
                  flags);
}

static MI_Result MI_CALL
subscription_Clone(const MI_SubscriptionDeliveryOptions *self,
                   MI_SubscriptionDeliveryOptions *newSubscriptionDeliveryOptions)
{
    ANSWER(newSubscriptionDeliveryOptions,
           ((MI_SubscriptionDeliveryOptions){STANDIN_NUMBER(16, 1), 0,
                                             &standin_subscription_options_ft}));
    return record("SubscriptionDeliveryOptionsFT.Clone", "po", self,
                  newSubscriptionDeliveryOptions);
}

const MI_SubscriptionDeliveryOptionsFT standin_subscription_options_ft = {
    .SetString = subscription_SetString,
    .SetNumber = subscription_SetNumber,
    .SetDateTime = subscription_SetDateTime,
    .SetInterval = subscription_SetInterval,
    .AddCredentials = subscription_AddCredentials,
    .Delete = subscription_Delete,
    .GetString = subscription_GetString,
    .GetNumber = subscription_GetNumber,
    .GetDateTime = subscription_GetDateTime,
    .GetInterval = subscription_GetInterval,
    .GetOptionCount = subscription_GetOptionCount,
    .GetOptionAt = subscription_GetOptionAt,
    .GetOption = subscription_GetOption,
    .GetCredentialsCount = subscription_GetCredentialsCount,
    .GetCredentialsAt = subscription_GetCredentialsAt,
    .GetCredentialsPasswordAt = subscription_GetCredentialsPasswordAt,
    .Clone = subscription_Clone,
};
