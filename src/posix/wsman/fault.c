#include "wsman/fault.h"

#include <string.h>

#include "base/num.h"

/* Ranges of HRESULTs: ERROR_WSMAN_* of wsmerror.h, then WBEM_E_* of wbemcli.h, then Win32. */
struct code_row {
    uint32_t first, last;
    MI_Result result;
    MI_ErrorCategory category;
};

static const struct code_row codes[] = {
    {0x80338000, 0x80338000, MI_RESULT_NOT_FOUND, MI_ERRORCATEGORY_OBJECT_NOT_FOUND},
    {0x80338001, 0x80338001, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED},
    {0x80338012, 0x80338012, MI_RESULT_FAILED, MI_ERRORCATEGORY_CONNECTION_ERROR},
    {0x80338013, 0x80338013, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED},
    {0x80338018, 0x80338018, MI_RESULT_FILTERED_ENUMERATION_NOT_SUPPORTED,
     MI_ERRORCATEGORY_NOT_IMPLEMENTED},
    {0x80338019, 0x80338019, MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED,
     MI_ERRORCATEGORY_NOT_IMPLEMENTED},
    {0x8033801A, 0x8033801A, MI_RESULT_INVALID_QUERY, MI_ERRORCATEGORY_SYNTAX_ERROR},
    {0x8033801B, 0x8033801B, MI_RESULT_INVALID_ENUMERATION_CONTEXT,
     MI_ERRORCATEGORY_INVALID_OPERATION},
    {0x8033801C, 0x8033801C, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_TIMEOUT},
    {0x80338029, 0x80338029, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_TIMEOUT},
    {0x8033802D, 0x8033802D, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_LIMITS_EXCEEDED},
    {0x80338033, 0x80338033, MI_RESULT_ALREADY_EXISTS, MI_ERRORCATEGORY_RESOURCE_EXISTS},
    {0x80338035, 0x80338035, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_LIMITS_EXCEEDED},
    {0x80338036, 0x80338036, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR},
    {0x80338039, 0x80338039, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT},
    {0x8033803B, 0x8033803B, MI_RESULT_NOT_FOUND, MI_ERRORCATEGORY_METADATA_ERROR},
    {0x8033803D, 0x8033803D, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT},
    {0x8033803F, 0x8033803F, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_QUOTA_EXCEEDED},
    {0x80338041, 0x80338041, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_DATA},
    {0x80338042, 0x80338042, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED},
    {0x80338047, 0x8033804B, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_LIMITS_EXCEEDED},
    {0x80338051, 0x80338053, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT},
    {0x8033805A, 0x8033805F, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT},
    {0x80338064, 0x80338079, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED},
    {0x8033807E, 0x8033807E, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_LIMITS_EXCEEDED},
    {0x80338086, 0x80338086, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED},
    {0x80338102, 0x80338102, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED},
    {0x80338104, 0x80338106, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED},
    {0x80338111, 0x80338111, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_LIMITS_EXCEEDED},
    {0x80338112, 0x80338112, MI_RESULT_FAILED, MI_ERRORCATEGORY_RESOURCE_UNAVAILABLE},
    {0x80338113, 0x80338113, MI_RESULT_FAILED, MI_ERRORCATEGORY_CONNECTION_ERROR},
    {0x8033811E, 0x8033811E, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT},
    {0x80338122, 0x80338122, MI_RESULT_INVALID_QUERY, MI_ERRORCATEGORY_SYNTAX_ERROR},
    {0x80338126, 0x80338126, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_TIMEOUT},
    {0x80338139, 0x80338139, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_SPECIFIED},
    {0x80338170, 0x80338171, MI_RESULT_FAILED, MI_ERRORCATEGORY_PROTOCOL_ERROR},
    {0x803381A5, 0x803381A8, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_QUOTA_EXCEEDED},
    {0x803381AB, 0x803381AB, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_QUOTA_EXCEEDED},
    {0x803381B9, 0x803381B9, MI_RESULT_FAILED, MI_ERRORCATEGORY_CONNECTION_ERROR},
    {0x803381BA, 0x803381BA, MI_RESULT_FAILED, MI_ERRORCATEGORY_SECURITY_ERROR},
    {0x803381E1, 0x803381E1, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_METADATA_ERROR},
    {0x803381E4, 0x803381EA, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_QUOTA_EXCEEDED},
    {0x803381EF, 0x803381EF, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT},
    {0x803381F3, 0x803381F3, MI_RESULT_FAILED, MI_ERRORCATEGORY_METADATA_ERROR},

    {0x80041001, 0x80041001, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_SPECIFIED},
    {0x80041002, 0x80041002, MI_RESULT_NOT_FOUND, MI_ERRORCATEGORY_OBJECT_NOT_FOUND},
    {0x80041003, 0x80041003, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED},
    {0x80041005, 0x80041005, MI_RESULT_TYPE_MISMATCH, MI_ERRORCATEGORY_INVALID_TYPE},
    {0x80041008, 0x80041008, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT},
    {0x8004100C, 0x8004100C, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED},
    {0x8004100E, 0x8004100E, MI_RESULT_INVALID_NAMESPACE, MI_ERRORCATEGORY_METADATA_ERROR},
    {0x80041010, 0x80041010, MI_RESULT_INVALID_CLASS, MI_ERRORCATEGORY_METADATA_ERROR},
    {0x80041013, 0x80041014, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_SPECIFIED},
    {0x80041017, 0x80041017, MI_RESULT_INVALID_QUERY, MI_ERRORCATEGORY_SYNTAX_ERROR},
    {0x80041018, 0x80041018, MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED,
     MI_ERRORCATEGORY_NOT_IMPLEMENTED},
    {0x80041019, 0x80041019, MI_RESULT_ALREADY_EXISTS, MI_ERRORCATEGORY_RESOURCE_EXISTS},
    {0x8004101E, 0x8004101E, MI_RESULT_METHOD_NOT_FOUND, MI_ERRORCATEGORY_METADATA_ERROR},
    {0x80041024, 0x80041024, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED},
    {0x8004102E, 0x8004102E, MI_RESULT_METHOD_NOT_FOUND, MI_ERRORCATEGORY_METADATA_ERROR},
    {0x80041031, 0x80041031, MI_RESULT_NO_SUCH_PROPERTY, MI_ERRORCATEGORY_METADATA_ERROR},
    {0x80041032, 0x80041032, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_STOPPED},
    {0x80041033, 0x80041033, MI_RESULT_SERVER_IS_SHUTTING_DOWN,
     MI_ERRORCATEGORY_RESOURCE_UNAVAILABLE},
    {0x80041055, 0x80041055, MI_RESULT_METHOD_NOT_AVAILABLE, MI_ERRORCATEGORY_NOT_IMPLEMENTED},
    {0x8004106C, 0x8004106C, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_QUOTA_EXCEEDED},

    {5, 5, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED},
    {0x80070005, 0x80070005, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED},
    {1326, 1326, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR},
    {0x8007052E, 0x8007052E, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR},
};

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

static bool apply_code(struct mic_fault *fault)
{
    for (size_t i = 0; i < MIC_COUNT(codes); i++) {
        if (fault->code >= codes[i].first && fault->code <= codes[i].last) {
            fault->err.result = codes[i].result;
            fault->err.category = (uint32_t)codes[i].category;
            return true;
        }
    }
    return false;
}

static void decide(struct mic_fault *fault, const struct detail *detail, bool is_keyed)
{
    bool is_bad_uri = mic_text_equal_nocase(fault->detail, "InvalidResourceURI");
    const struct subcode_row *row;

    if (fault->code != 0) {
        fault->err.hresult = fault->code;
    }
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
        if (!apply_code(fault) && (fault->code & 0xFFFF0000u) == 0x80070000u &&
            fault->err.result == MI_RESULT_OK) {
            fault->err.result = MI_RESULT_FAILED;
        }
        if (fault->code == 0x8033803Bu && is_bad_uri) {
            fault->err.result = MI_RESULT_INVALID_CLASS;
        }
        fault->err.hresult = fault->code;
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
