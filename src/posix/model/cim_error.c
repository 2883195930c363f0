#include "model/cim_error.h"

#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "common/result.h"
#include "common/utf.h"
#include "model/error_map.h"
#include "model/value.h"

#define CIM_ERROR "CIM_Error"
#define WMI_ERROR "MSFT_WmiError"

#define DECLARE(id, text, cim_type, owner)                                                         \
    static const MI_PropertyDecl id = {.flags = MI_FLAG_PROPERTY | MI_FLAG_READONLY,               \
                                       .name = (text),                                             \
                                       .type = (cim_type),                                         \
                                       .origin = (owner),                                          \
                                       .propagator = (owner)}

DECLARE(error_type, "ErrorType", MI_UINT16, CIM_ERROR);
DECLARE(other_error_type, "OtherErrorType", MI_STRING, CIM_ERROR);
DECLARE(owning_entity, "OwningEntity", MI_STRING, CIM_ERROR);
DECLARE(message_id, "MessageID", MI_STRING, CIM_ERROR);
DECLARE(message_text, "Message", MI_STRING, CIM_ERROR);
DECLARE(message_arguments, "MessageArguments", MI_STRINGA, CIM_ERROR);
DECLARE(perceived_severity, "PerceivedSeverity", MI_UINT16, CIM_ERROR);
DECLARE(probable_cause, "ProbableCause", MI_UINT16, CIM_ERROR);
DECLARE(probable_cause_text, "ProbableCauseDescription", MI_STRING, CIM_ERROR);
DECLARE(recommended_actions, "RecommendedActions", MI_STRINGA, CIM_ERROR);
DECLARE(error_source, "ErrorSource", MI_STRING, CIM_ERROR);
DECLARE(error_source_format, "ErrorSourceFormat", MI_UINT16, CIM_ERROR);
DECLARE(other_source_format, "OtherErrorSourceFormat", MI_STRING, CIM_ERROR);
DECLARE(status_code, "CIMStatusCode", MI_UINT32, CIM_ERROR);
DECLARE(status_description, "CIMStatusCodeDescription", MI_STRING, CIM_ERROR);
DECLARE(category_number, "error_Category", MI_UINT32, WMI_ERROR);
DECLARE(code_number, "error_Code", MI_UINT32, WMI_ERROR);
DECLARE(code_type, "error_Type", MI_STRING, WMI_ERROR);
DECLARE(windows_message, "error_WindowsErrorMessage", MI_STRING, WMI_ERROR);

static const MI_PropertyDecl *const properties[] = {
    &error_type,          &other_error_type,    &owning_entity,      &message_id,
    &message_text,        &message_arguments,   &perceived_severity, &probable_cause,
    &probable_cause_text, &recommended_actions, &error_source,       &error_source_format,
    &other_source_format, &status_code,         &status_description, &category_number,
    &code_number,         &code_type,           &windows_message,
};

#define OWN_PROPERTIES 4u /* of MSFT_WmiError, the last ones */

static const MI_ClassDecl cim_error_decl = {
    .flags = MI_FLAG_CLASS | MI_FLAG_INDICATION,
    .name = CIM_ERROR,
    .properties = properties,
    .numProperties = MIC_COUNT(properties) - OWN_PROPERTIES,
};

static const MI_ClassDecl wmi_error_decl = {
    .flags = MI_FLAG_CLASS | MI_FLAG_INDICATION,
    .name = WMI_ERROR,
    .properties = properties,
    .numProperties = MIC_COUNT(properties),
    .superClass = CIM_ERROR,
    .superClassDecl = &cim_error_decl,
};

/* The answer when there is no memory for another. Nothing writes to it: it has no arena. */
static char memory_text[] = "Out of memory. Free memory and try again.";
static char memory_name[] = "MI_RESULT_SERVER_LIMITS_EXCEEDED";
static char memory_id[] = "HRESULT 0x8007000e";
static char memory_type[] = "HRESULT";

#define FIXED(text, cim_type, member, content)                                                     \
    {                                                                                              \
        .name = (text), .value = {.member = (content)}, .type = (cim_type),                        \
        .flags = MI_FLAG_PROPERTY | MI_FLAG_READONLY | MI_FLAG_NOT_MODIFIED                        \
    }

static struct mic_property memory_properties[] = {
    FIXED("CIMStatusCode", MI_UINT32, uint32, MI_RESULT_SERVER_LIMITS_EXCEEDED),
    FIXED("CIMStatusCodeDescription", MI_STRING, string, memory_name),
    FIXED("Message", MI_STRING, string, memory_text),
    FIXED("MessageID", MI_STRING, string, memory_id),
    FIXED("ErrorType", MI_UINT16, uint16, 0),
    FIXED("ProbableCause", MI_UINT16, uint16, 33),
    FIXED("error_Code", MI_UINT32, uint32, 0x8007000E),
    FIXED("error_Type", MI_STRING, string, memory_type),
    FIXED("error_Category", MI_UINT32, uint32, MI_ERRORCATEGORY_RESOURCE_UNAVAILABLE),
    FIXED("error_WindowsErrorMessage", MI_STRING, string, memory_text),
};

static struct mic_instance memory_error = {
    .public_instance = {.ft = &mic_instance_ft.parent, .classDecl = &memory_error.dynamic_decl},
    .class_name = WMI_ERROR,
    .properties = memory_properties,
    .count = MIC_COUNT(memory_properties),
    .capacity = MIC_COUNT(memory_properties),
    .is_dynamic = true,
    .dynamic_decl = {.flags = MI_FLAG_CLASS,
                     .name = WMI_ERROR,
                     .superClass = CIM_ERROR,
                     .superClassDecl = &cim_error_decl},
};

struct facts {
    MI_Uint32 status, code, category;
    MI_Uint16 cause;
    const char *type, *id, *message, *remedy, *entity;
};

/* Builds one property after another; the first failure stays. */
struct builder {
    struct mic_instance *instance;
    bool failed;
};

static void set(struct builder *builder, const char *name, MI_Type type, const MI_Value *value)
{
    if (!builder->failed &&
        mic_instance_set(builder->instance, name, type, value, 0, NULL) != MI_RESULT_OK) {
        builder->failed = true;
    }
}

static void set_text(struct builder *builder, const char *name, const char *text)
{
    MI_Value value;

    if (text != NULL && text[0] != '\0') {
        value.string = mic_unconst(text);
        set(builder, name, MI_STRING, &value);
    }
}

static void set_uint16(struct builder *builder, const char *name, MI_Uint32 number)
{
    MI_Value value;

    value.uint16 = (MI_Uint16)number;
    set(builder, name, MI_UINT16, &value);
}

static void set_uint32(struct builder *builder, const char *name, MI_Uint32 number)
{
    MI_Value value;

    value.uint32 = number;
    set(builder, name, MI_UINT32, &value);
}

static void set_remedy(struct builder *builder, const char *remedy)
{
    MI_Char *actions[1];
    MI_Value value;

    if (remedy != NULL && remedy[0] != '\0') {
        actions[0] = mic_unconst(remedy);
        value.stringa.data = actions;
        value.stringa.size = 1;
        set(builder, "RecommendedActions", MI_STRINGA, &value);
    }
}

static struct mic_instance *build(const struct facts *facts, const char *name_space)
{
    struct builder builder = {.instance = mic_instance_new_from_decl(&wmi_error_decl)};

    if (builder.instance == NULL) {
        return &memory_error;
    }
    set_uint32(&builder, "CIMStatusCode", facts->status);
    set_text(&builder, "CIMStatusCodeDescription", mic_result_name((MI_Result)facts->status));
    set_text(&builder, "Message", facts->message);
    set_text(&builder, "MessageID", facts->id);
    set_text(&builder, "OwningEntity", facts->entity);
    set_uint16(&builder, "ErrorType", 0);
    set_uint16(&builder, "ErrorSourceFormat", 0);
    set_uint16(&builder, "PerceivedSeverity", 0);
    set_uint16(&builder, "ProbableCause", facts->cause);
    set_text(&builder, "ProbableCauseDescription", facts->cause != 0 ? facts->message : NULL);
    set_remedy(&builder, facts->remedy);
    set_uint32(&builder, "error_Code", facts->code);
    set_text(&builder, "error_Type", facts->type);
    set_uint32(&builder, "error_Category", facts->category);
    set_text(&builder, "error_WindowsErrorMessage", facts->message);
    if (name_space != NULL && !builder.failed) {
        const MI_InstanceFT *ft = builder.instance->public_instance.ft;

        builder.failed =
            ft->SetNameSpace(&builder.instance->public_instance, name_space) != MI_RESULT_OK;
    }
    if (builder.failed) {
        mic_instance_delete(builder.instance);
        return &memory_error;
    }
    return builder.instance;
}

struct mic_instance *mic_cim_error_new(const struct mic_err *err, const char *name_space)
{
    char message[sizeof(err->message) + sizeof(err->remedy) + 32], id[32];
    const char *phase = mic_phase_name(err->phase);
    const char *text = err->message[0] != '\0' ? err->message : mic_result_text(err->result);
    struct facts facts = {.status = err->result,
                          .code = err->hresult,
                          .category = err->category,
                          .cause = err->cause,
                          .type = MI_RESULT_TYPE_HRESULT,
                          .id = id,
                          .message = message,
                          .remedy = err->remedy,
                          .entity = "miclient"};

    (void)snprintf(id, sizeof(id), "HRESULT 0x%08x", err->hresult);
    (void)snprintf(message, sizeof(message), "%s%s%s%s%s", phase, phase[0] != '\0' ? ": " : "",
                   text, err->remedy[0] != '\0' ? " - " : "", err->remedy);
    if (name_space != NULL && !mic_utf8_is_valid(name_space, strlen(name_space), NULL)) {
        name_space = NULL;
    }
    return build(&facts, name_space);
}

/* Number and type as Windows writes them in MessageID. */
static void format_id(const char *type, MI_Uint32 code, char *out, size_t size)
{
    if (mic_text_equal_nocase(type, MI_RESULT_TYPE_MI)) {
        (void)snprintf(out, size, "MI RESULT %u", code);
    } else if (mic_text_equal_nocase(type, MI_RESULT_TYPE_WIN32)) {
        (void)snprintf(out, size, "Windows System Error %u", code);
    } else if (mic_text_equal_nocase(type, MI_RESULT_TYPE_ERRNO)) {
        (void)snprintf(out, size, "ERRNO %u", code);
    } else {
        (void)snprintf(out, size, "HRESULT 0x%08x", code);
    }
}

struct mic_instance *mic_cim_error_from_code(MI_Uint32 code, const char *type, const char *message)
{
    MI_Result result;
    MI_ErrorCategory category;
    char id[48];
    struct facts facts = {.code = code, .type = type, .id = id, .entity = "miclient"};

    (void)mic_error_from_code(type, code, &result, &category);
    format_id(type, code, id, sizeof(id));
    facts.status = result;
    facts.category = category;
    facts.message = message != NULL && message[0] != '\0' ? message : mic_result_text(result);
    return build(&facts, NULL);
}

MI_ErrorCategory mic_category_from_code(const char *type, MI_Uint32 code)
{
    MI_Result result;
    MI_ErrorCategory category;

    (void)mic_error_from_code(type, code, &result, &category);
    return category;
}
