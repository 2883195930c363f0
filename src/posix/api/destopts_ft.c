#include <string.h>

#include "api/bag_access.h"
#include "api/handle.h"
#include "api/options.h"

static struct mic_bag *acquire(const MI_DestinationOptions *options)
{
    if (options == NULL || options->ft != &mic_destination_options_ft) {
        return NULL;
    }
    return mic_handle_acquire(MIC_HANDLE_DESTINATION_OPTIONS, options->reserved1,
                              options->reserved2);
}

static void release(const MI_DestinationOptions *options, const struct mic_bag *bag)
{
    if (bag != NULL) {
        mic_handle_release(options->reserved2);
    }
}

const struct mic_bag *mic_destination_options_acquire(const MI_DestinationOptions *options)
{
    return acquire(options);
}

void mic_destination_options_release(const MI_DestinationOptions *options)
{
    mic_handle_release(options->reserved2);
}

static void destroy(void *object)
{
    mic_bag_free(object);
}

/* @p bag, NULL when out of memory, becomes the handle's. */
static MI_Result open_handle(struct mic_bag *bag, MI_DestinationOptions *out)
{
    MI_Result result = bag != NULL ? MI_RESULT_OK : MI_RESULT_SERVER_LIMITS_EXCEEDED;

    if (result == MI_RESULT_OK) {
        result = mic_handle_open(MIC_HANDLE_DESTINATION_OPTIONS, bag, destroy, &out->reserved1,
                                 &out->reserved2);
    }
    if (result != MI_RESULT_OK) {
        mic_bag_free(bag);
        return result;
    }
    out->ft = &mic_destination_options_ft;
    return MI_RESULT_OK;
}

MI_Result mic_destination_options_new(MI_DestinationOptions *out)
{
    if (out == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(out, 0, sizeof(*out));
    return open_handle(mic_bag_new(), out);
}

static void MI_CALL destopts_Delete(MI_DestinationOptions *options)
{
    MI_DestinationOptions copy;
    struct mic_bag *bag;

    if (options == NULL) {
        return;
    }
    copy = *options;
    memset(options, 0, sizeof(*options));
    bag = mic_handle_close(MIC_HANDLE_DESTINATION_OPTIONS, copy.reserved1, copy.reserved2);
    release(&copy, bag);
}

static MI_Result MI_CALL destopts_SetString(MI_DestinationOptions *options,
                                            const MI_Char *optionName, const MI_Char *value,
                                            MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_set_string(bag, optionName, value, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL destopts_SetNumber(MI_DestinationOptions *options,
                                            const MI_Char *optionName, MI_Uint32 value,
                                            MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_set_number(bag, optionName, value, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL destopts_AddCredentials(MI_DestinationOptions *options,
                                                 const MI_Char *optionName,
                                                 const MI_UserCredentials *credentials,
                                                 MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_add_credentials(bag, optionName, credentials, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL destopts_GetString(const MI_DestinationOptions *options,
                                            const MI_Char *optionName, const MI_Char **value,
                                            MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_string(bag, optionName, value, index, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL destopts_GetNumber(const MI_DestinationOptions *options,
                                            const MI_Char *optionName, MI_Uint32 *value,
                                            MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_number(bag, optionName, value, index, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL destopts_GetOptionCount(const MI_DestinationOptions *options,
                                                 MI_Uint32 *count)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_count(bag, count);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL destopts_GetOptionAt(const MI_DestinationOptions *options, MI_Uint32 index,
                                              const MI_Char **optionName, MI_Value *value,
                                              MI_Type *type, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_at(bag, index, optionName, value, type, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL destopts_GetOption(const MI_DestinationOptions *options,
                                            const MI_Char *optionName, MI_Value *value,
                                            MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get(bag, optionName, value, type, index, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL destopts_GetCredentialsCount(const MI_DestinationOptions *options,
                                                      MI_Uint32 *count)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_credentials_count(bag, count);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL destopts_GetCredentialsAt(const MI_DestinationOptions *options,
                                                   MI_Uint32 index, const MI_Char **optionName,
                                                   MI_UserCredentials *credentials,
                                                   MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result =
        mic_bag_access_get_credentials_at(bag, index, optionName, credentials, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL destopts_GetCredentialsPasswordAt(
    const MI_DestinationOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_Char *password, MI_Uint32 bufferLength, MI_Uint32 *passwordLength, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_password_at(bag, index, optionName, password,
                                                      bufferLength, passwordLength, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL destopts_Clone(const MI_DestinationOptions *self,
                                        MI_DestinationOptions *newDestinationOptions)
{
    struct mic_bag *bag;
    MI_Result result = MI_RESULT_INVALID_PARAMETER;

    if (newDestinationOptions == NULL) {
        return result;
    }
    bag = acquire(self);
    memset(newDestinationOptions, 0, sizeof(*newDestinationOptions));
    if (bag != NULL) {
        result = open_handle(mic_bag_clone(bag), newDestinationOptions);
        mic_handle_release(self->reserved2);
    }
    return result;
}

static MI_Result MI_CALL destopts_SetInterval(MI_DestinationOptions *options,
                                              const MI_Char *optionName, const MI_Interval *value,
                                              MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_set_interval(bag, optionName, value, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL destopts_GetInterval(const MI_DestinationOptions *options,
                                              const MI_Char *optionName, MI_Interval *value,
                                              MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_interval(bag, optionName, value, index, flags);

    release(options, bag);
    return result;
}

const MI_DestinationOptionsFT mic_destination_options_ft = {
    .Delete = destopts_Delete,
    .SetString = destopts_SetString,
    .SetNumber = destopts_SetNumber,
    .AddCredentials = destopts_AddCredentials,
    .GetString = destopts_GetString,
    .GetNumber = destopts_GetNumber,
    .GetOptionCount = destopts_GetOptionCount,
    .GetOptionAt = destopts_GetOptionAt,
    .GetOption = destopts_GetOption,
    .GetCredentialsCount = destopts_GetCredentialsCount,
    .GetCredentialsAt = destopts_GetCredentialsAt,
    .GetCredentialsPasswordAt = destopts_GetCredentialsPasswordAt,
    .Clone = destopts_Clone,
    .SetInterval = destopts_SetInterval,
    .GetInterval = destopts_GetInterval,
};
