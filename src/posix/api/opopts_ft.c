#include <string.h>

#include "api/bag_access.h"
#include "api/handle.h"
#include "api/options.h"
#include "base/mem.h"
#include "base/str.h"

#define CHANNEL "__MI_OPERATIONOPTIONS_CHANNEL"

static struct mic_bag *acquire(const MI_OperationOptions *options)
{
    if (options == NULL || options->ft != &mic_operation_options_ft) {
        return NULL;
    }
    return mic_handle_acquire(MIC_HANDLE_OPERATION_OPTIONS, options->reserved1, options->reserved2);
}

static void release(const MI_OperationOptions *options, const struct mic_bag *bag)
{
    if (bag != NULL) {
        mic_handle_release(options->reserved2);
    }
}

const struct mic_bag *mic_operation_options_acquire(const MI_OperationOptions *options)
{
    return acquire(options);
}

void mic_operation_options_release(const MI_OperationOptions *options)
{
    mic_handle_release(options->reserved2);
}

static void destroy(void *object)
{
    mic_bag_free(object);
}

/* @p bag, NULL when out of memory, becomes the handle's. */
static MI_Result open_handle(struct mic_bag *bag, MI_OperationOptions *out)
{
    MI_Result result = bag != NULL ? MI_RESULT_OK : MI_RESULT_SERVER_LIMITS_EXCEEDED;

    if (result == MI_RESULT_OK) {
        result = mic_handle_open(MIC_HANDLE_OPERATION_OPTIONS, bag, destroy, &out->reserved1,
                                 &out->reserved2);
    }
    if (result != MI_RESULT_OK) {
        mic_bag_free(bag);
        return result;
    }
    out->ft = &mic_operation_options_ft;
    return MI_RESULT_OK;
}

MI_Result mic_operation_options_new(MI_Boolean must_understand, MI_OperationOptions *out)
{
    struct mic_bag *bag;

    if (out == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(out, 0, sizeof(*out));
    bag = mic_bag_new();
    if (bag != NULL) {
        bag->must_understand = must_understand != MI_FALSE;
    }
    return open_handle(bag, out);
}

static void MI_CALL opopts_Delete(MI_OperationOptions *options)
{
    MI_OperationOptions copy;
    struct mic_bag *bag;

    if (options == NULL) {
        return;
    }
    copy = *options;
    memset(options, 0, sizeof(*options));
    bag = mic_handle_close(MIC_HANDLE_OPERATION_OPTIONS, copy.reserved1, copy.reserved2);
    release(&copy, bag);
}

static MI_Result MI_CALL opopts_SetString(MI_OperationOptions *options, const MI_Char *optionName,
                                          const MI_Char *value, MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_set_string(bag, optionName, value, flags);

    release(options, bag);
    return result;
}

/* Channels are one array; flags say whether to put in (0) or take out (1). */
static MI_Result set_channel(struct mic_bag *bag, MI_Uint32 channel, MI_Uint32 flags)
{
    MI_Value value;
    MI_Uint32 *channels;
    MI_Uint32 i, count = 0;
    MI_Result result;

    if (flags > 1) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = mic_bag_get(bag, CHANNEL, MI_UINT32A, &value);
    if (result == MI_RESULT_NO_SUCH_PROPERTY) {
        memset(&value, 0, sizeof(value));
    } else if (result != MI_RESULT_OK) {
        return result;
    }
    channels = mic_calloc((size_t)value.uint32a.size + 1, sizeof(*channels));
    if (channels == NULL) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    for (i = 0; i < value.uint32a.size; i++) {
        if (value.uint32a.data[i] != channel) {
            channels[count++] = value.uint32a.data[i];
        }
    }
    if (flags == 0) {
        channels[count++] = channel;
    }
    value.uint32a.data = channels;
    value.uint32a.size = count;
    result = mic_bag_set(bag, CHANNEL, MI_UINT32A, &value, 0);
    mic_free(channels);
    return result;
}

static MI_Result MI_CALL opopts_SetNumber(MI_OperationOptions *options, const MI_Char *optionName,
                                          MI_Uint32 value, MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result;

    if (bag != NULL && mic_text_equal_nocase(optionName, CHANNEL)) {
        result = set_channel(bag, value, flags);
    } else {
        result = mic_bag_access_set_number(bag, optionName, value, flags);
    }
    release(options, bag);
    return result;
}

static MI_Result MI_CALL opopts_SetCustomOption(MI_OperationOptions *options,
                                                const MI_Char *optionName, MI_Type valueType,
                                                const MI_Value *value, MI_Boolean mustComply,
                                                MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = MI_RESULT_INVALID_PARAMETER;

    if (bag != NULL && flags == 0) {
        result = mic_bag_set(bag, optionName, valueType, value,
                             MIC_OPTION_CUSTOM | (mustComply ? MIC_OPTION_MUST_COMPLY : 0));
    }
    release(options, bag);
    return result;
}

static MI_Result MI_CALL opopts_GetString(const MI_OperationOptions *options,
                                          const MI_Char *optionName, const MI_Char **value,
                                          MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_string(bag, optionName, value, index, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL opopts_GetNumber(const MI_OperationOptions *options,
                                          const MI_Char *optionName, MI_Uint32 *value,
                                          MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_number(bag, optionName, value, index, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL opopts_GetOptionCount(const MI_OperationOptions *options, MI_Uint32 *count)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_count(bag, count);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL opopts_GetOptionAt(const MI_OperationOptions *options, MI_Uint32 index,
                                            const MI_Char **optionName, MI_Value *value,
                                            MI_Type *type, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_at(bag, index, optionName, value, type, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL opopts_GetOption(const MI_OperationOptions *options,
                                          const MI_Char *optionName, MI_Value *value, MI_Type *type,
                                          MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get(bag, optionName, value, type, index, flags);

    release(options, bag);
    return result;
}

static MI_Result get_channels(const struct mic_bag *bag, const MI_Char *optionName,
                              MI_Uint32 *channels, MI_Uint32 bufferLength, MI_Uint32 *channelCount)
{
    MI_Value value;
    MI_Result result;

    if (bag == NULL || optionName == NULL || channelCount == NULL ||
        (channels == NULL && bufferLength != 0)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = mic_bag_get(bag, optionName, MI_UINT32A, &value);
    if (result == MI_RESULT_NO_SUCH_PROPERTY) {
        *channelCount = 0;
        return MI_RESULT_OK;
    }
    if (result != MI_RESULT_OK) {
        return result;
    }
    *channelCount = value.uint32a.size;
    if (value.uint32a.size > bufferLength) {
        return MI_RESULT_FAILED;
    }
    if (value.uint32a.size > 0) {
        memcpy(channels, value.uint32a.data, value.uint32a.size * sizeof(channels[0]));
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL opopts_GetEnabledChannels(const MI_OperationOptions *options,
                                                   const MI_Char *optionName, MI_Uint32 *channels,
                                                   MI_Uint32 bufferLength, MI_Uint32 *channelCount,
                                                   MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = get_channels(bag, optionName, channels, bufferLength, channelCount);

    if (result == MI_RESULT_OK && flags != NULL) {
        *flags = 0;
    }
    release(options, bag);
    return result;
}

static MI_Result MI_CALL opopts_Clone(const MI_OperationOptions *self,
                                      MI_OperationOptions *newOperationOptions)
{
    struct mic_bag *bag;
    MI_Result result = MI_RESULT_INVALID_PARAMETER;

    if (newOperationOptions == NULL) {
        return result;
    }
    bag = acquire(self);
    memset(newOperationOptions, 0, sizeof(*newOperationOptions));
    if (bag != NULL) {
        result = open_handle(mic_bag_clone(bag), newOperationOptions);
        mic_handle_release(self->reserved2);
    }
    return result;
}

static MI_Result MI_CALL opopts_SetInterval(MI_OperationOptions *options, const MI_Char *optionName,
                                            const MI_Interval *value, MI_Uint32 flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_set_interval(bag, optionName, value, flags);

    release(options, bag);
    return result;
}

static MI_Result MI_CALL opopts_GetInterval(const MI_OperationOptions *options,
                                            const MI_Char *optionName, MI_Interval *value,
                                            MI_Uint32 *index, MI_Uint32 *flags)
{
    struct mic_bag *bag = acquire(options);
    MI_Result result = mic_bag_access_get_interval(bag, optionName, value, index, flags);

    release(options, bag);
    return result;
}

const MI_OperationOptionsFT mic_operation_options_ft = {
    .Delete = opopts_Delete,
    .SetString = opopts_SetString,
    .SetNumber = opopts_SetNumber,
    .SetCustomOption = opopts_SetCustomOption,
    .GetString = opopts_GetString,
    .GetNumber = opopts_GetNumber,
    .GetOptionCount = opopts_GetOptionCount,
    .GetOptionAt = opopts_GetOptionAt,
    .GetOption = opopts_GetOption,
    .GetEnabledChannels = opopts_GetEnabledChannels,
    .Clone = opopts_Clone,
    .SetInterval = opopts_SetInterval,
    .GetInterval = opopts_GetInterval,
};
