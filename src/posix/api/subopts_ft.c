#include <string.h>

#include "api/bag_access.h"
#include "api/handle.h"
#include "api/options.h"

static struct mic_bag *acquire(const MI_SubscriptionDeliveryOptions *options)
{
    if (options == NULL || options->ft != &mic_subscription_options_ft) {
        return NULL;
    }
    return mic_handle_acquire(MIC_HANDLE_SUBSCRIPTION_OPTIONS, options->reserved1,
                              options->reserved2);
}

static void release(const MI_SubscriptionDeliveryOptions *options, const struct mic_bag *bag)
{
    if (bag != NULL) {
        mic_handle_release(options->reserved2);
    }
}

const struct mic_bag *
mic_subscription_options_acquire(const MI_SubscriptionDeliveryOptions *options)
{
    return acquire(options);
}

void mic_subscription_options_release(const MI_SubscriptionDeliveryOptions *options)
{
    mic_handle_release(options->reserved2);
}

static void destroy(void *object)
{
    mic_bag_free(object);
}

/* @p bag, NULL when out of memory, becomes the handle's. */
static MI_Result open_handle(struct mic_bag *bag, MI_SubscriptionDeliveryOptions *out)
{
    MI_Result result = bag != NULL ? MI_RESULT_OK : MI_RESULT_SERVER_LIMITS_EXCEEDED;

    if (result == MI_RESULT_OK) {
        result = mic_handle_open(MIC_HANDLE_SUBSCRIPTION_OPTIONS, bag, destroy, &out->reserved1,
                                 &out->reserved2);
    }
    if (result != MI_RESULT_OK) {
        mic_bag_free(bag);
        return result;
    }
    out->ft = &mic_subscription_options_ft;
    return MI_RESULT_OK;
}

MI_Result mic_subscription_options_new(MI_SubscriptionDeliveryType type,
                                       MI_SubscriptionDeliveryOptions *out)
{
    struct mic_bag *bag;

    if (out == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(out, 0, sizeof(*out));
    if (type != MI_SubscriptionDeliveryType_Pull && type != MI_SubscriptionDeliveryType_Push) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    bag = mic_bag_new();
    if (bag != NULL) {
        bag->delivery_type = type;
    }
    return open_handle(bag, out);
}

static MI_Result MI_CALL subopts_SetString(MI_SubscriptionDeliveryOptions *options,
                                           const MI_Char *optionName, const MI_Char *value,
                                           MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_set_string(bag, optionName, value, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_SetNumber(MI_SubscriptionDeliveryOptions *options,
                                           const MI_Char *optionName, MI_Uint32 value,
                                           MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_set_number(bag, optionName, value, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_SetDateTime(MI_SubscriptionDeliveryOptions *options,
                                             const MI_Char *optionName, const MI_Datetime *value,
                                             MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_set_datetime(bag, optionName, value, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_SetInterval(MI_SubscriptionDeliveryOptions *options,
                                             const MI_Char *optionName, const MI_Interval *value,
                                             MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_set_interval(bag, optionName, value, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_AddCredentials(MI_SubscriptionDeliveryOptions *options,
                                                const MI_Char *optionName,
                                                const MI_UserCredentials *credentials,
                                                MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_add_credentials(bag, optionName, credentials, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_Delete(MI_SubscriptionDeliveryOptions *self)
{
    MI_SubscriptionDeliveryOptions copy;
    struct mic_bag *bag;

    if (self == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    copy = *self;
    memset(self, 0, sizeof(*self));
    bag = mic_handle_close(MIC_HANDLE_SUBSCRIPTION_OPTIONS, copy.reserved1, copy.reserved2);
    release(&copy, bag);
    return bag != NULL ? MI_RESULT_OK : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL subopts_GetString(const MI_SubscriptionDeliveryOptions *options,
                                           const MI_Char *optionName, const MI_Char **value,
                                           MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_string(bag, optionName, value, index, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_GetNumber(const MI_SubscriptionDeliveryOptions *options,
                                           const MI_Char *optionName, MI_Uint32 *value,
                                           MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_number(bag, optionName, value, index, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_GetDateTime(const MI_SubscriptionDeliveryOptions *options,
                                             const MI_Char *optionName, MI_Datetime *value,
                                             MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_datetime(bag, optionName, value, index, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_GetInterval(const MI_SubscriptionDeliveryOptions *options,
                                             const MI_Char *optionName, MI_Interval *value,
                                             MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_interval(bag, optionName, value, index, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_GetOptionCount(const MI_SubscriptionDeliveryOptions *options,
                                                MI_Uint32 *count)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_count(bag, count);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_GetOptionAt(const MI_SubscriptionDeliveryOptions *options,
                                             MI_Uint32 index, const MI_Char **optionName,
                                             MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_at(bag, index, optionName, value, type, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_GetOption(const MI_SubscriptionDeliveryOptions *options,
                                           const MI_Char *optionName, MI_Value *value,
                                           MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get(bag, optionName, value, type, index, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_GetCredentialsCount(const MI_SubscriptionDeliveryOptions *options,
                                                     MI_Uint32 *count)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_credentials_count(bag, count);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_GetCredentialsAt(const MI_SubscriptionDeliveryOptions *options,
                                                  MI_Uint32 index, const MI_Char **optionName,
                                                  MI_UserCredentials *credentials, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result =
        mic_bag_access_get_credentials_at(bag, index, optionName, credentials, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL subopts_GetCredentialsPasswordAt(
    const MI_SubscriptionDeliveryOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_Char *password, MI_Uint32 bufferLength, MI_Uint32 *passwordLength, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_password_at(bag, index, optionName, password,
                                                      bufferLength, passwordLength, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL
subopts_Clone(const MI_SubscriptionDeliveryOptions *self,
              MI_SubscriptionDeliveryOptions *newSubscriptionDeliveryOptions)
{
    struct mic_bag *bag;
    MI_Result result = MI_RESULT_INVALID_PARAMETER;

    if (newSubscriptionDeliveryOptions == NULL) {
        return result;
    }
    bag = acquire(self);
    memset(newSubscriptionDeliveryOptions, 0, sizeof(*newSubscriptionDeliveryOptions));
    if (bag != NULL) {
        result = open_handle(mic_bag_clone(bag), newSubscriptionDeliveryOptions);
        mic_handle_release(self->reserved2);
    }
    return result;
}

const MI_SubscriptionDeliveryOptionsFT mic_subscription_options_ft = {
    .SetString = subopts_SetString,
    .SetNumber = subopts_SetNumber,
    .SetDateTime = subopts_SetDateTime,
    .SetInterval = subopts_SetInterval,
    .AddCredentials = subopts_AddCredentials,
    .Delete = subopts_Delete,
    .GetString = subopts_GetString,
    .GetNumber = subopts_GetNumber,
    .GetDateTime = subopts_GetDateTime,
    .GetInterval = subopts_GetInterval,
    .GetOptionCount = subopts_GetOptionCount,
    .GetOptionAt = subopts_GetOptionAt,
    .GetOption = subopts_GetOption,
    .GetCredentialsCount = subopts_GetCredentialsCount,
    .GetCredentialsAt = subopts_GetCredentialsAt,
    .GetCredentialsPasswordAt = subopts_GetCredentialsPasswordAt,
    .Clone = subopts_Clone,
};
