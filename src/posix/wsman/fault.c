#include "wsman/fault.h"

#include <string.h>

#include "base/num.h"
#include "model/error_map.h"

/* Faults that name nothing but a subcode (DSP0226 annex A); `hresult` as Windows has it. */
struct subcode_row {
    const char *name;
    MI_Result result;
    MI_ErrorCategory category;
    uint32_t hresult;
};

static const struct subcode_row subcodes[] = {
    {"AccessDenied", MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED, 0x80070005},
    {"ActionNotSupported", MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED, 0x80338013},
    {"AlreadyExists", MI_RESULT_ALREADY_EXISTS, MI_ERRORCATEGORY_RESOURCE_EXISTS, 0x80338033},
    {"CannotProcessFilter", MI_RESULT_INVALID_QUERY, MI_ERRORCATEGORY_SYNTAX_ERROR, 0x8033801A},
    {"Concurrency", MI_RESULT_FAILED, MI_ERRORCATEGORY_RESOURCE_BUSY, 0x80338034},
    {"DestinationUnreachable", MI_RESULT_NOT_FOUND, MI_ERRORCATEGORY_OBJECT_NOT_FOUND, 0x80338000},
    {"EncodingLimit", MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_LIMITS_EXCEEDED,
     0x80338035},
    {"EndpointUnavailable", MI_RESULT_FAILED, MI_ERRORCATEGORY_RESOURCE_UNAVAILABLE, 0},
    {"FilterDialectRequestedUnavailable", MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED,
     MI_ERRORCATEGORY_NOT_IMPLEMENTED, 0x80338019},
    {"FilteringNotSupported", MI_RESULT_FILTERED_ENUMERATION_NOT_SUPPORTED,
     MI_ERRORCATEGORY_NOT_IMPLEMENTED, 0x80338018},
    {"FilteringRequestedUnavailable", MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED,
     MI_ERRORCATEGORY_NOT_IMPLEMENTED, 0x80338019},
    {"InvalidEnumerationContext", MI_RESULT_INVALID_ENUMERATION_CONTEXT,
     MI_ERRORCATEGORY_INVALID_OPERATION, 0x8033801B},
    {"InvalidOptions", MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT, 0x80338039},
    {"InvalidParameter", MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
     0x8033811E},
    {"InvalidRepresentation", MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_DATA, 0},
    {"InvalidSelectors", MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
     0x8033803D},
    {"QuotaLimit", MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_QUOTA_EXCEEDED, 0x8033803F},
    {"SchemaValidationError", MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_DATA,
     0x80338041},
    {"TimedOut", MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_TIMEOUT, MIC_CODE_TIMED_OUT},
    {"UnsupportedFeature", MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED, 0x80338042},
    {"MustUnderstand", MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED, 0},
    {"VersionMismatch", MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED, 0},
};

/* What the last part of w:FaultDetail says more exactly than the subcode does. */
static const struct subcode_row details[] = {
    {"MaxEnvelopeSize", MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_LIMITS_EXCEEDED,
     0x80338047},
    {"MaxEnvelopeSizeExceeded", MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_LIMITS_EXCEEDED,
     0x80338048},
    {"InvalidNamespace", MI_RESULT_INVALID_NAMESPACE, MI_ERRORCATEGORY_METADATA_ERROR, 0},
    {"InsufficientSelectors", MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
     0x8033805A},
    {"UnexpectedSelectors", MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
     0x8033805B},
};

static MI_Result no_memory(struct mic_err *err)
{
    return mic_err_set(err, MIC_E_MEMORY, "out of memory while reading a fault");
}

/* The local part of a QName; its prefix may be undeclared or odd. */
static void copy_local(struct mic_str text, char separator, char *out, size_t size)
{
    text = mic_str_trim(text);
    for (size_t i = text.size; i > 0; i--) {
        if (text.data[i - 1] == separator) {
            text.data += i;
            text.size -= i;
            break;
        }
    }
    mic_err_quote(text, out, size);
}

/* ---- the parts of the detail ---- */

struct detail {
    struct mic_fault *fault;
    struct mic_str text; /* best message so far, on the tape */
    uint32_t status;     /* MI_Result an error instance says; 0: none */
    uint32_t category;
    bool has_category;
};

static void take_code(const struct mic_xml_cursor *element, struct mic_fault *fault)
{
    struct mic_str code;
    uint32_t number;

    if (mic_xml_attribute(element, MIC_XN_ATTR_CODE, &code) &&
        mic_parse_u32(mic_str_trim(code), &number) && number != 0) {
        fault->code = number;
    }
}

/* __ExtendedStatus of WMI: StatusCode is an HRESULT as a signed or unsigned number. */
static void take_extended_status(const struct mic_xml_cursor *element, struct detail *detail)
{
    struct mic_xml_cursor at = mic_xml_enter(element);

    for (; mic_xml_at(&at); mic_xml_skip(&at)) {
        struct mic_str name = mic_xml_local(&at), text = mic_str_trim(mic_xml_value(&at));
        int64_t number;
        if (mic_str_equal_nocase(name, MIC_STR("StatusCode")) &&
            mic_parse_s64(text, INT32_MIN, UINT32_MAX, &number) && number != 0) {
            detail->fault->code = (uint32_t)number;
        } else if (mic_str_equal_nocase(name, MIC_STR("Description")) && text.size > 0) {
            detail->text = text;
        } else {
            take_extended_status(&at, detail);
        }
    }
}

/* WSManFault{Message{text | ProviderFault{text | WSManFault | ExtendedError}}}: the innermost wins.
 */
static void take_wsman_fault(const struct mic_xml_cursor *element, struct detail *detail)
{
    struct mic_xml_cursor at = mic_xml_enter(element);
    struct mic_str text = mic_str_trim(mic_xml_value(element));

    take_code(element, detail->fault);
    if (text.size > 0) {
        detail->text = text;
    }
    for (; mic_xml_at(&at); mic_xml_skip(&at)) {
        enum mic_xml_token token = mic_xml_token(&at);
        if (token == MIC_XN_F_EXTENDED_ERROR) {
            take_extended_status(&at, detail);
        } else if (token == MIC_XN_F_MESSAGE || token == MIC_XN_F_PROVIDER_FAULT ||
                   token == MIC_XN_F_WSMAN_FAULT) {
            take_wsman_fault(&at, detail);
        }
    }
}

static bool number_of(const struct mic_instance *instance, const char *name, uint32_t *out)
{
    int index = mic_instance_find(instance, mic_str_from(name), 0);

    if (instance == NULL || index < 0 || (instance->properties[index].flags & MI_FLAG_NULL) != 0) {
        return false;
    }
    const struct mic_property *property = &instance->properties[index];
    if (property->type == MI_UINT32) {
        *out = property->value.uint32;
    } else if (property->type == MI_UINT16) {
        *out = property->value.uint16;
    } else {
        return property->type == MI_STRING &&
               mic_parse_u32(mic_str_trim(mic_str_from(property->value.string)), out);
    }
    return true;
}

static struct mic_str text_of(const struct mic_instance *instance, const char *name)
{
    int index = mic_instance_find(instance, mic_str_from(name), 0);

    if (instance == NULL || index < 0 || instance->properties[index].type != MI_STRING ||
        (instance->properties[index].flags & MI_FLAG_NULL) != 0) {
        return (struct mic_str){"", 0};
    }
    return mic_str_trim(mic_str_from(instance->properties[index].value.string));
}

/* "HRESULT 0x803381a5", "OMI:MI_Result:12". */
static void take_message_id(struct mic_str id, struct detail *detail)
{
    static const struct mic_str hresult = {"HRESULT ", 8}, omi = {"OMI:MI_Result:", 14};
    struct mic_str number = id;
    uint64_t value;
    bool is_omi = mic_str_starts_with(id, omi);

    if (!is_omi && !mic_str_starts_with(id, hresult)) {
        return;
    }
    number.data += is_omi ? omi.size : hresult.size;
    number.size -= is_omi ? omi.size : hresult.size;
    if (!mic_parse_u64(number, UINT32_MAX, &value) || value == 0) {
        return;
    }
    if (is_omi) {
        detail->status = (uint32_t)value;
    } else {
        detail->fault->code = (uint32_t)value;
    }
}

static MI_Result take_instance(const struct mic_xml_cursor *element,
                               struct mic_instance_reader *reader, const char *name_space,
                               struct detail *detail, struct mic_err *err)
{
    struct mic_arena arena;
    struct mic_instance *read = NULL;
    uint32_t number;

    mic_arena_init(&arena, 0);
    char *class_name = mic_arena_str(&arena, mic_instance_class_name(element));
    MI_Result result = class_name == NULL ? no_memory(err)
                                          : mic_instance_read(reader, element, &arena, NULL,
                                                              class_name, name_space, &read, err);
    if (result == MI_RESULT_OK) {
        detail->fault->instance = mic_instance_clone(&read->public_instance);
        if (detail->fault->instance == NULL) {
            result = no_memory(err);
        }
    }
    mic_arena_fini(&arena);
    if (result != MI_RESULT_OK) {
        return result;
    }
    read = detail->fault->instance;
    if (number_of(read, "error_Code", &number) && number != 0 &&
        mic_str_equal_nocase(text_of(read, "error_Type"), MIC_STR("HRESULT"))) {
        detail->fault->code = number;
    }
    take_message_id(text_of(read, "MessageID"), detail);
    if (detail->status == 0 && number_of(read, "CIMStatusCode", &number)) {
        detail->status = number;
    }
    if (number_of(read, "error_Category", &number) || number_of(read, "OMI_Category", &number)) {
        detail->category = number;
        detail->has_category = true;
    }
    detail->text = text_of(read, "Message");
    if (detail->text.size == 0) {
        detail->text = text_of(read, "OMI_ErrorMessage");
    }
    return MI_RESULT_OK;
}

static MI_Result take_detail(const struct mic_xml_cursor *element,
                             struct mic_instance_reader *reader, const char *name_space,
                             struct detail *detail, struct mic_err *err)
{
    struct mic_xml_cursor at;

    for (at = mic_xml_enter(element); mic_xml_at(&at); mic_xml_skip(&at)) {
        enum mic_xml_token token = mic_xml_token(&at);
        if (token == MIC_XN_F_WSMAN_FAULT) {
            take_wsman_fault(&at, detail);
        } else if (token == MIC_XN_W_FAULT_DETAIL) {
            copy_local(mic_xml_value(&at), '/', detail->fault->detail,
                       sizeof(detail->fault->detail));
        }
    }
    /* An error instance overrules what stands beside it, so it is read last. */
    for (at = mic_xml_enter(element); mic_xml_at(&at); mic_xml_skip(&at)) {
        if (detail->fault->instance == NULL && mic_instance_is_error(&at)) {
            MI_Result result = take_instance(&at, reader, name_space, detail, err);
            if (result != MI_RESULT_OK) {
                return result;
            }
        }
    }
    return MI_RESULT_OK;
}

/* ---- the verdict ---- */

static const struct subcode_row *find_row(const struct subcode_row *rows, size_t count,
                                          const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (mic_text_equal_nocase(rows[i].name, name)) {
            return &rows[i];
        }
    }
    return NULL;
}

static void apply_row(struct mic_err *err, const struct subcode_row *row)
{
    err->result = row->result;
    err->category = (uint32_t)row->category;
    if (row->hresult != 0) {
        err->hresult = row->hresult;
    }
}

/* One that is not known leaves what the subcode says. */
static void apply_code(struct mic_fault *fault)
{
    MI_Result result;
    MI_ErrorCategory category;

    if (mic_error_from_code(MI_RESULT_TYPE_WINRM, fault->code, &result, &category)) {
        fault->err.result = result;
        fault->err.category = (uint32_t)category;
    }
    fault->err.hresult = fault->code;
}

static void decide(struct mic_fault *fault, const struct detail *detail, bool is_keyed)
{
    bool is_bad_uri = mic_text_equal_nocase(fault->detail, "InvalidResourceURI");
    const struct subcode_row *row;

    if ((row = find_row(subcodes, MIC_COUNT(subcodes), fault->value)) != NULL) {
        apply_row(&fault->err, row);
    }
    if ((row = find_row(subcodes, MIC_COUNT(subcodes), fault->subcode)) != NULL) {
        apply_row(&fault->err, row);
        if (is_bad_uri && row->result == MI_RESULT_NOT_FOUND && !is_keyed) {
            fault->err.result = MI_RESULT_INVALID_CLASS;
            fault->err.category = MI_ERRORCATEGORY_METADATA_ERROR;
            fault->err.hresult = 0x8033803B;
        }
    }
    if ((row = find_row(details, MIC_COUNT(details), fault->detail)) != NULL) {
        apply_row(&fault->err, row);
    }
    if (fault->code != 0) {
        apply_code(fault);
        if (fault->code == 0x8033803Bu && is_bad_uri) {
            fault->err.result = MI_RESULT_INVALID_CLASS;
        }
    }
    if (detail->status != 0) {
        fault->has_status = true;
        fault->err.result = (MI_Result)detail->status;
    }
    if (detail->has_category) {
        fault->err.category = detail->category;
    }
}

MI_Result mic_fault_read(const struct mic_xml_cursor *element, struct mic_instance_reader *reader,
                         const char *name_space, bool is_keyed, struct mic_fault *fault,
                         struct mic_err *err)
{
    struct mic_xml_cursor part, inner;
    struct mic_str reason = {"", 0};
    struct detail detail = {.fault = fault};

    memset(fault, 0, sizeof(*fault));
    mic_err_init(&fault->err);
    if (mic_xml_child(element, MIC_XN_S_CODE, &part)) {
        if (mic_xml_child(&part, MIC_XN_S_VALUE, &inner)) {
            copy_local(mic_xml_value(&inner), ':', fault->value, sizeof(fault->value));
        }
        if (mic_xml_child(&part, MIC_XN_S_SUBCODE, &inner) &&
            mic_xml_child(&inner, MIC_XN_S_VALUE, &inner)) {
            copy_local(mic_xml_value(&inner), ':', fault->subcode, sizeof(fault->subcode));
        }
    }
    if (mic_xml_child(element, MIC_XN_S_REASON, &part) &&
        mic_xml_child(&part, MIC_XN_S_TEXT, &inner)) {
        reason = mic_str_trim(mic_xml_value(&inner));
    }
    if (mic_xml_child(element, MIC_XN_S_DETAIL, &part)) {
        MI_Result result = take_detail(&part, reader, name_space, &detail, err);
        if (result != MI_RESULT_OK) {
            return result;
        }
    }
    char text[sizeof(fault->err.message)];
    mic_err_quote(detail.text.size > 0 ? detail.text : reason, text, sizeof(text));
    if (text[0] != '\0') {
        mic_err_set(&fault->err, MIC_E_FAULT, "%s", text);
    } else {
        mic_err_set(&fault->err, MIC_E_FAULT,
                    "the server refused the request without a reason (%s)",
                    fault->subcode[0] != '\0' ? fault->subcode : fault->value);
    }
    decide(fault, &detail, is_keyed);
    return MI_RESULT_OK;
}
