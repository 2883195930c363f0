#include <string.h>

#include "base/num.h"
#include "common/datetime.h"
#include "model/value.h"
#include "wsman/dialogue.h"
#include "wsman/value_text.h"

#define OPTION_PREFIX "__MI_OPERATIONOPTIONS_"

/* Options that steer this side and are not sent. */
static const char *const local_options[] = {
    OPTION_PREFIX "TIMEOUT",
    OPTION_PREFIX "RESOURCE_URI",
    OPTION_PREFIX "RESOURCE_URI_PREFIX",
    OPTION_PREFIX "USE_MACHINE_ID",
    OPTION_PREFIX "CHANNEL",
};

struct type_row {
    MI_Type type;
    const char *name;
};

/* The prefix is literal: nobody declares it (MS-WSMV 3.1.4.1.10). */
static const struct type_row types[] = {
    {MI_BOOLEAN, "xs:boolean"}, {MI_UINT8, "xs:unsignedByte"},
    {MI_SINT8, "xs:byte"},      {MI_UINT16, "xs:unsignedShort"},
    {MI_SINT16, "xs:short"},    {MI_UINT32, "xs:unsignedInt"},
    {MI_SINT32, "xs:int"},      {MI_UINT64, "xs:unsignedLong"},
    {MI_SINT64, "xs:long"},     {MI_REAL32, "xs:float"},
    {MI_REAL64, "xs:double"},   {MI_CHAR16, "xs:unsignedShort"},
    {MI_STRING, "xs:string"},   {MI_DATETIME, "xs:dateTime"},
};

static const char *type_name(MI_Type type)
{
    for (size_t i = 0; i < MIC_COUNT(types); i++) {
        if (types[i].type == type) {
            return types[i].name;
        }
    }
    return NULL;
}

static void write_option(struct mic_xml_writer *writer, struct mic_str name, const char *type,
                         struct mic_str value)
{
    mic_xml_open(writer, MIC_XN_W_OPTION);
    mic_xml_attr(writer, MIC_XN_ATTR_NAME, name);
    mic_xml_attr(writer, MIC_XN_ATTR_TYPE, mic_str_from(type));
    mic_xml_text(writer, value);
    mic_xml_close(writer, MIC_XN_W_OPTION);
}

void mic_option_write(struct mic_xml_writer *writer, const char *prefix, const char *name,
                      const char *type, const char *value)
{
    struct mic_buf full;

    mic_buf_init(&full);
    mic_buf_append_text(&full, prefix);
    mic_buf_append_text(&full, name);
    if (full.failed) {
        writer->out->failed = true;
    }
    write_option(writer, mic_str_from(mic_buf_text(&full)), type, mic_str_from(value));
    mic_buf_fini(&full);
}

static bool is_local(const char *name)
{
    for (size_t i = 0; i < MIC_COUNT(local_options); i++) {
        if (mic_text_equal_nocase(name, local_options[i])) {
            return true;
        }
    }
    return false;
}

/* xs:dateTime and xs:duration, as the option's type says. */
static const char *date_text(const MI_Datetime *value, char room[MIC_VALUE_ROOM])
{
    bool is_good = value->isTimestamp
                       ? mic_timestamp_to_xs(&value->u.timestamp, room, MIC_VALUE_ROOM)
                       : mic_interval_to_xs(&value->u.interval, room, MIC_VALUE_ROOM);
    return is_good ? room : NULL;
}

static MI_Result write_value(struct mic_xml_writer *writer, const char *prefix, const char *name,
                             MI_Type type, const MI_Value *value, struct mic_err *err)
{
    char room[MIC_VALUE_ROOM];
    const char *type_text = type_name(type);
    const char *text =
        type == MI_DATETIME ? date_text(&value->datetime, room) : mic_value_text(type, value, room);

    if (type == MI_DATETIME && !value->datetime.isTimestamp) {
        type_text = "xs:duration";
    }
    if (type_text == NULL || text == NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "the option %s has a value of a type that no request can carry", name);
    }
    mic_option_write(writer, prefix, name, type_text, text);
    return mic_write_status(writer, "option", name, err);
}

/* Custom options reach the provider as wmi:Name, arrays as one wmiarray:Name per element. */
static MI_Result write_property(struct mic_xml_writer *writer, const struct mic_property *property,
                                struct mic_err *err)
{
    if ((property->flags & MI_FLAG_NULL) != 0 || is_local(property->name)) {
        return MI_RESULT_OK;
    }
    if (!MIC_TYPE_IS_ARRAY(property->type)) {
        return write_value(writer, "wmi:", property->name, property->type, &property->value, err);
    }
    MI_Type element = MIC_TYPE_ELEMENT(property->type);
    size_t size = mic_type_size(element);
    for (MI_Uint32 i = 0; i < property->value.array.size; i++) {
        MI_Value value;
        memset(&value, 0, sizeof(value));
        memcpy(&value, (const char *)property->value.array.data + i * size, size);
        MI_Result result = write_value(writer, "wmiarray:", property->name, element, &value, err);
        if (result != MI_RESULT_OK) {
            return result;
        }
    }
    return MI_RESULT_OK;
}

static void write_channel(struct mic_xml_writer *writer, MI_Uint32 channel)
{
    char text[MIC_NUMBER_TEXT_MAX];

    text[mic_format_u64(channel, text)] = '\0';
    mic_option_write(writer, "wmiarray:", OPTION_PREFIX "CHANNELVALUE", "xs:unsignedInt", text);
}

/* The channels enabled; all three when the application listens and has not chosen. */
static void write_channels(struct mic_xml_writer *writer, const struct mic_bag *bag)
{
    MI_Value value;

    if (bag != NULL &&
        mic_bag_get(bag, OPTION_PREFIX "CHANNEL", MI_UINT32A, &value) == MI_RESULT_OK) {
        for (MI_Uint32 i = 0; i < value.uint32a.size; i++) {
            write_channel(writer, value.uint32a.data[i]);
        }
        return;
    }
    for (MI_Uint32 channel = 0; channel < 3; channel++) {
        write_channel(writer, channel);
    }
}

static void write_callbacks(struct mic_xml_writer *writer, unsigned bits, const struct mic_bag *bag)
{
    char text[MIC_NUMBER_TEXT_MAX];

    if (bits == 0) {
        return;
    }
    text[mic_format_u64(bits, text)] = '\0';
    mic_option_write(writer, "", "__MI_CallbackRegistration", "xs:int", text);
    if ((bits & MIC_CALLBACK_MESSAGES) != 0) {
        write_channels(writer, bag);
    }
}

/* Windows refuses an option so marked on every CIM class (MS-WSMV 3.1.4.1.10): it is never sent. */
static MI_Result check_compliance(const struct mic_bag *bag, struct mic_err *err)
{
    for (MI_Uint32 i = 0; i < bag->values->count; i++) {
        MI_Uint32 flags = bag->option_flags[i];
        if ((flags & MIC_OPTION_MUST_COMPLY) != 0 ||
            ((flags & MIC_OPTION_CUSTOM) != 0 && bag->must_understand)) {
            return mic_err_set(err, MIC_E_ARGUMENT,
                               "the option %s is one that the server must comply with, which "
                               "servers refuse for CIM classes; set it without",
                               bag->values->properties[i].name);
        }
    }
    return MI_RESULT_OK;
}

MI_Result mic_options_prepare(struct mic_exchange *exchange, const struct mic_request *request,
                              struct mic_err *err)
{
    struct mic_xml_writer writer;

    mic_xml_writer_init(&writer, &exchange->callbacks);
    write_callbacks(&writer, exchange->interactive.registered, request->options);
    mic_xml_writer_init(&writer, &exchange->options);
    if (request->options != NULL && request->options->values != NULL) {
        const struct mic_instance *values = request->options->values;
        MI_Result result = check_compliance(request->options, err);
        if (result != MI_RESULT_OK) {
            return result;
        }
        for (MI_Uint32 i = 0; i < values->count; i++) {
            result = write_property(&writer, &values->properties[i], err);
            if (result != MI_RESULT_OK) {
                return result;
            }
        }
    }
    mic_option_write(&writer, "msftwinrm:", "UsePreciseArrays", "xs:boolean", "true");
    if (exchange->callbacks.failed || exchange->options.failed) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory while writing a request");
    }
    return MI_RESULT_OK;
}
