/* The tables of the three option bags before mi.dll is loaded. */

#include "win32/native.h"

static void MI_CALL destination_Delete(MI_DestinationOptions *options)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native != NULL) {
        native->destinationOptionsFT->Delete(options);
    }
}

static MI_Result MI_CALL destination_SetString(MI_DestinationOptions *options,
                                               const MI_Char *optionName, const MI_Char *value,
                                               MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->SetString(options, optionName, value, flags);
}

static MI_Result MI_CALL destination_SetNumber(MI_DestinationOptions *options,
                                               const MI_Char *optionName, MI_Uint32 value,
                                               MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->SetNumber(options, optionName, value, flags);
}

static MI_Result MI_CALL destination_AddCredentials(MI_DestinationOptions *options,
                                                    const MI_Char *optionName,
                                                    const MI_UserCredentials *credentials,
                                                    MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->AddCredentials(options, optionName, credentials, flags);
}

static MI_Result MI_CALL destination_GetString(const MI_DestinationOptions *options,
                                               const MI_Char *optionName, const MI_Char **value,
                                               MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->GetString(options, optionName, value, index, flags);
}

static MI_Result MI_CALL destination_GetNumber(const MI_DestinationOptions *options,
                                               const MI_Char *optionName, MI_Uint32 *value,
                                               MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->GetNumber(options, optionName, value, index, flags);
}

static MI_Result MI_CALL destination_GetOptionCount(const MI_DestinationOptions *options,
                                                    MI_Uint32 *count)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(count, sizeof(*count));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->GetOptionCount(options, count);
}

static MI_Result MI_CALL destination_GetOptionAt(const MI_DestinationOptions *options,
                                                 MI_Uint32 index, const MI_Char **optionName,
                                                 MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(optionName, sizeof(*optionName));
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(type, sizeof(*type));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->GetOptionAt(options, index, optionName, value, type,
                                                     flags);
}

static MI_Result MI_CALL destination_GetOption(const MI_DestinationOptions *options,
                                               const MI_Char *optionName, MI_Value *value,
                                               MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(type, sizeof(*type));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->GetOption(options, optionName, value, type, index, flags);
}

static MI_Result MI_CALL destination_GetCredentialsCount(const MI_DestinationOptions *options,
                                                         MI_Uint32 *count)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(count, sizeof(*count));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->GetCredentialsCount(options, count);
}

static MI_Result MI_CALL destination_GetCredentialsAt(const MI_DestinationOptions *options,
                                                      MI_Uint32 index, const MI_Char **optionName,
                                                      MI_UserCredentials *credentials,
                                                      MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(optionName, sizeof(*optionName));
        mic_clear_output(credentials, sizeof(*credentials));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->GetCredentialsAt(options, index, optionName, credentials,
                                                          flags);
}

static MI_Result MI_CALL destination_GetCredentialsPasswordAt(
    const MI_DestinationOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_Char *password, MI_Uint32 bufferLength, MI_Uint32 *passwordLength, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(optionName, sizeof(*optionName));
        mic_clear_output(passwordLength, sizeof(*passwordLength));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->GetCredentialsPasswordAt(
        options, index, optionName, password, bufferLength, passwordLength, flags);
}

static MI_Result MI_CALL destination_Clone(const MI_DestinationOptions *self,
                                           MI_DestinationOptions *newDestinationOptions)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(newDestinationOptions, sizeof(*newDestinationOptions));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->Clone(self, newDestinationOptions);
}

static MI_Result MI_CALL destination_SetInterval(MI_DestinationOptions *options,
                                                 const MI_Char *optionName,
                                                 const MI_Interval *value, MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->SetInterval(options, optionName, value, flags);
}

static MI_Result MI_CALL destination_GetInterval(const MI_DestinationOptions *options,
                                                 const MI_Char *optionName, MI_Interval *value,
                                                 MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->destinationOptionsFT->GetInterval(options, optionName, value, index, flags);
}

static const MI_DestinationOptionsFT mic_bootstrap_destination_options_ft = {
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

static void MI_CALL operation_Delete(MI_OperationOptions *options)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native != NULL) {
        native->operationOptionsFT->Delete(options);
    }
}

static MI_Result MI_CALL operation_SetString(MI_OperationOptions *options,
                                             const MI_Char *optionName, const MI_Char *value,
                                             MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationOptionsFT->SetString(options, optionName, value, flags);
}

static MI_Result MI_CALL operation_SetNumber(MI_OperationOptions *options,
                                             const MI_Char *optionName, MI_Uint32 value,
                                             MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationOptionsFT->SetNumber(options, optionName, value, flags);
}

static MI_Result MI_CALL operation_SetCustomOption(MI_OperationOptions *options,
                                                   const MI_Char *optionName, MI_Type valueType,
                                                   const MI_Value *value, MI_Boolean mustComply,
                                                   MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationOptionsFT->SetCustomOption(options, optionName, valueType, value,
                                                       mustComply, flags);
}

static MI_Result MI_CALL operation_GetString(const MI_OperationOptions *options,
                                             const MI_Char *optionName, const MI_Char **value,
                                             MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationOptionsFT->GetString(options, optionName, value, index, flags);
}

static MI_Result MI_CALL operation_GetNumber(const MI_OperationOptions *options,
                                             const MI_Char *optionName, MI_Uint32 *value,
                                             MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationOptionsFT->GetNumber(options, optionName, value, index, flags);
}

static MI_Result MI_CALL operation_GetOptionCount(const MI_OperationOptions *options,
                                                  MI_Uint32 *count)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(count, sizeof(*count));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationOptionsFT->GetOptionCount(options, count);
}

static MI_Result MI_CALL operation_GetOptionAt(const MI_OperationOptions *options, MI_Uint32 index,
                                               const MI_Char **optionName, MI_Value *value,
                                               MI_Type *type, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(optionName, sizeof(*optionName));
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(type, sizeof(*type));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationOptionsFT->GetOptionAt(options, index, optionName, value, type, flags);
}

static MI_Result MI_CALL operation_GetOption(const MI_OperationOptions *options,
                                             const MI_Char *optionName, MI_Value *value,
                                             MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(type, sizeof(*type));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationOptionsFT->GetOption(options, optionName, value, type, index, flags);
}

static MI_Result MI_CALL operation_GetEnabledChannels(const MI_OperationOptions *options,
                                                      const MI_Char *optionName,
                                                      MI_Uint32 *channels, MI_Uint32 bufferLength,
                                                      MI_Uint32 *channelCount, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(channelCount, sizeof(*channelCount));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationOptionsFT->GetEnabledChannels(options, optionName, channels,
                                                          bufferLength, channelCount, flags);
}

static MI_Result MI_CALL operation_Clone(const MI_OperationOptions *self,
                                         MI_OperationOptions *newOperationOptions)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(newOperationOptions, sizeof(*newOperationOptions));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationOptionsFT->Clone(self, newOperationOptions);
}

static MI_Result MI_CALL operation_SetInterval(MI_OperationOptions *options,
                                               const MI_Char *optionName, const MI_Interval *value,
                                               MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationOptionsFT->SetInterval(options, optionName, value, flags);
}

static MI_Result MI_CALL operation_GetInterval(const MI_OperationOptions *options,
                                               const MI_Char *optionName, MI_Interval *value,
                                               MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationOptionsFT->GetInterval(options, optionName, value, index, flags);
}

static const MI_OperationOptionsFT mic_bootstrap_operation_options_ft = {
    .Delete = operation_Delete,
    .SetString = operation_SetString,
    .SetNumber = operation_SetNumber,
    .SetCustomOption = operation_SetCustomOption,
    .GetString = operation_GetString,
    .GetNumber = operation_GetNumber,
    .GetOptionCount = operation_GetOptionCount,
    .GetOptionAt = operation_GetOptionAt,
    .GetOption = operation_GetOption,
    .GetEnabledChannels = operation_GetEnabledChannels,
    .Clone = operation_Clone,
    .SetInterval = operation_SetInterval,
    .GetInterval = operation_GetInterval,
};

static MI_Result MI_CALL subscription_SetString(MI_SubscriptionDeliveryOptions *options,
                                                const MI_Char *optionName, const MI_Char *value,
                                                MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->SetString(options, optionName, value, flags);
}

static MI_Result MI_CALL subscription_SetNumber(MI_SubscriptionDeliveryOptions *options,
                                                const MI_Char *optionName, MI_Uint32 value,
                                                MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->SetNumber(options, optionName, value, flags);
}

static MI_Result MI_CALL subscription_SetDateTime(MI_SubscriptionDeliveryOptions *options,
                                                  const MI_Char *optionName,
                                                  const MI_Datetime *value, MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->SetDateTime(options, optionName, value, flags);
}

static MI_Result MI_CALL subscription_SetInterval(MI_SubscriptionDeliveryOptions *options,
                                                  const MI_Char *optionName,
                                                  const MI_Interval *value, MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->SetInterval(options, optionName, value, flags);
}

static MI_Result MI_CALL subscription_AddCredentials(MI_SubscriptionDeliveryOptions *options,
                                                     const MI_Char *optionName,
                                                     const MI_UserCredentials *credentials,
                                                     MI_Uint32 flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->AddCredentials(options, optionName, credentials,
                                                              flags);
}

static MI_Result MI_CALL subscription_Delete(MI_SubscriptionDeliveryOptions *self)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->Delete(self);
}

static MI_Result MI_CALL subscription_GetString(const MI_SubscriptionDeliveryOptions *options,
                                                const MI_Char *optionName, const MI_Char **value,
                                                MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->GetString(options, optionName, value, index, flags);
}

static MI_Result MI_CALL subscription_GetNumber(const MI_SubscriptionDeliveryOptions *options,
                                                const MI_Char *optionName, MI_Uint32 *value,
                                                MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->GetNumber(options, optionName, value, index, flags);
}

static MI_Result MI_CALL subscription_GetDateTime(const MI_SubscriptionDeliveryOptions *options,
                                                  const MI_Char *optionName, MI_Datetime *value,
                                                  MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->GetDateTime(options, optionName, value, index,
                                                           flags);
}

static MI_Result MI_CALL subscription_GetInterval(const MI_SubscriptionDeliveryOptions *options,
                                                  const MI_Char *optionName, MI_Interval *value,
                                                  MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->GetInterval(options, optionName, value, index,
                                                           flags);
}

static MI_Result MI_CALL subscription_GetOptionCount(const MI_SubscriptionDeliveryOptions *options,
                                                     MI_Uint32 *count)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(count, sizeof(*count));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->GetOptionCount(options, count);
}

static MI_Result MI_CALL subscription_GetOptionAt(const MI_SubscriptionDeliveryOptions *options,
                                                  MI_Uint32 index, const MI_Char **optionName,
                                                  MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(optionName, sizeof(*optionName));
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(type, sizeof(*type));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->GetOptionAt(options, index, optionName, value, type,
                                                           flags);
}

static MI_Result MI_CALL subscription_GetOption(const MI_SubscriptionDeliveryOptions *options,
                                                const MI_Char *optionName, MI_Value *value,
                                                MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(value, sizeof(*value));
        mic_clear_output(type, sizeof(*type));
        mic_clear_output(index, sizeof(*index));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->GetOption(options, optionName, value, type, index,
                                                         flags);
}

static MI_Result MI_CALL
subscription_GetCredentialsCount(const MI_SubscriptionDeliveryOptions *options, MI_Uint32 *count)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(count, sizeof(*count));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->GetCredentialsCount(options, count);
}

static MI_Result MI_CALL subscription_GetCredentialsAt(
    const MI_SubscriptionDeliveryOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_UserCredentials *credentials, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(optionName, sizeof(*optionName));
        mic_clear_output(credentials, sizeof(*credentials));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->GetCredentialsAt(options, index, optionName,
                                                                credentials, flags);
}

static MI_Result MI_CALL subscription_GetCredentialsPasswordAt(
    const MI_SubscriptionDeliveryOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_Char *password, MI_Uint32 bufferLength, MI_Uint32 *passwordLength, MI_Uint32 *flags)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(optionName, sizeof(*optionName));
        mic_clear_output(passwordLength, sizeof(*passwordLength));
        mic_clear_output(flags, sizeof(*flags));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->GetCredentialsPasswordAt(
        options, index, optionName, password, bufferLength, passwordLength, flags);
}

static MI_Result MI_CALL
subscription_Clone(const MI_SubscriptionDeliveryOptions *self,
                   MI_SubscriptionDeliveryOptions *newSubscriptionDeliveryOptions)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(newSubscriptionDeliveryOptions, sizeof(*newSubscriptionDeliveryOptions));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->subscribeDeliveryOptionsFT->Clone(self, newSubscriptionDeliveryOptions);
}

static const MI_SubscriptionDeliveryOptionsFT mic_bootstrap_subscription_options_ft = {
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
