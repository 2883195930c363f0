#include "wsman/value_text.h"

#include "base/num.h"
#include "common/datetime.h"

const char *mic_value_text(MI_Type type, const MI_Value *value, char room[MIC_VALUE_ROOM])
{
    switch ((int)type) {
    case MI_BOOLEAN:
        return value->boolean ? "true" : "false";
    case MI_UINT8:
        room[mic_format_u64(value->uint8, room)] = '\0';
        return room;
    case MI_UINT16:
        room[mic_format_u64(value->uint16, room)] = '\0';
        return room;
    case MI_UINT32:
        room[mic_format_u64(value->uint32, room)] = '\0';
        return room;
    case MI_UINT64:
        room[mic_format_u64(value->uint64, room)] = '\0';
        return room;
    case MI_CHAR16:
        room[mic_format_u64(value->char16, room)] = '\0';
        return room;
    case MI_SINT8:
        room[mic_format_s64(value->sint8, room)] = '\0';
        return room;
    case MI_SINT16:
        room[mic_format_s64(value->sint16, room)] = '\0';
        return room;
    case MI_SINT32:
        room[mic_format_s64(value->sint32, room)] = '\0';
        return room;
    case MI_SINT64:
        room[mic_format_s64(value->sint64, room)] = '\0';
        return room;
    case MI_REAL32:
        room[mic_format_float(value->real32, room)] = '\0';
        return room;
    case MI_REAL64:
        room[mic_format_double(value->real64, room)] = '\0';
        return room;
    case MI_STRING:
        return value->string;
    case MI_DATETIME:
        return mic_datetime_to_cim(&value->datetime, room) ? room : NULL;
    default:
        return NULL;
    }
}

MI_Result mic_write_status(const struct mic_xml_writer *writer, const char *what, const char *name,
                           struct mic_err *err)
{
    switch (mic_xml_writer_status(writer)) {
    case MIC_XML_WRITE_CONTROL:
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "the %s %s holds a control character (at byte %zu), which XML "
                           "cannot carry",
                           what, name, writer->bad_at);
    case MIC_XML_WRITE_UTF8:
        return mic_err_set(err, MIC_E_ARGUMENT, "the %s %s is not valid UTF-8 at byte %zu", what,
                           name, writer->bad_at);
    case MIC_XML_WRITE_MEMORY:
        return mic_err_set(err, MIC_E_MEMORY, "out of memory while writing a request");
    case MIC_XML_WRITE_OK:
    default:
        return MI_RESULT_OK;
    }
}
