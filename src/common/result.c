#include "common/result.h"

#include <stddef.h>

struct result_row {
    const char *name, *text;
};

#define ROW(name, text) [MI_RESULT_##name] = {"MI_RESULT_" #name, text}

static const struct result_row results[] = {
    ROW(OK, "The operation succeeded."),
    ROW(FAILED, "The operation failed."),
    ROW(ACCESS_DENIED, "Access was denied."),
    ROW(INVALID_NAMESPACE, "The namespace does not exist."),
    ROW(INVALID_PARAMETER, "A parameter is not valid."),
    ROW(INVALID_CLASS, "The class does not exist."),
    ROW(NOT_FOUND, "The object was not found."),
    ROW(NOT_SUPPORTED, "This is not supported."),
    ROW(CLASS_HAS_CHILDREN, "The class has subclasses."),
    ROW(CLASS_HAS_INSTANCES, "The class has instances."),
    ROW(INVALID_SUPERCLASS, "The superclass does not exist."),
    ROW(ALREADY_EXISTS, "The object exists already."),
    ROW(NO_SUCH_PROPERTY, "There is no such property."),
    ROW(TYPE_MISMATCH, "The value has the wrong type."),
    ROW(QUERY_LANGUAGE_NOT_SUPPORTED, "The query language is not supported."),
    ROW(INVALID_QUERY, "The query is not valid."),
    ROW(METHOD_NOT_AVAILABLE, "The method cannot be called on this object."),
    ROW(METHOD_NOT_FOUND, "There is no such method."),
    ROW(NAMESPACE_NOT_EMPTY, "The namespace is not empty."),
    ROW(INVALID_ENUMERATION_CONTEXT, "The enumeration context is not valid."),
    ROW(INVALID_OPERATION_TIMEOUT, "The operation timeout is not valid."),
    ROW(PULL_HAS_BEEN_ABANDONED, "The pull was abandoned."),
    ROW(PULL_CANNOT_BE_ABANDONED, "The pull cannot be abandoned."),
    ROW(FILTERED_ENUMERATION_NOT_SUPPORTED, "Enumerating with a filter is not supported."),
    ROW(CONTINUATION_ON_ERROR_NOT_SUPPORTED, "Continuing after an error is not supported."),
    ROW(SERVER_LIMITS_EXCEEDED, "A limit was exceeded."),
    ROW(SERVER_IS_SHUTTING_DOWN, "The server is shutting down."),
};

static const struct result_row *find_result(MI_Result result)
{
    size_t index = (size_t)result;

    return index < sizeof(results) / sizeof(results[0]) && results[index].name ? &results[index]
                                                                               : NULL;
}

const char *mic_result_name(MI_Result result)
{
    const struct result_row *row = find_result(result);

    return row ? row->name : NULL;
}

const char *mic_result_text(MI_Result result)
{
    const struct result_row *row = find_result(result);

    return row ? row->text : "unknown result";
}

const char *mic_type_name(MI_Type type)
{
    static const char *const names[] = {
        [MI_BOOLEAN] = "boolean",
        [MI_UINT8] = "uint8",
        [MI_SINT8] = "sint8",
        [MI_UINT16] = "uint16",
        [MI_SINT16] = "sint16",
        [MI_UINT32] = "uint32",
        [MI_SINT32] = "sint32",
        [MI_UINT64] = "uint64",
        [MI_SINT64] = "sint64",
        [MI_REAL32] = "real32",
        [MI_REAL64] = "real64",
        [MI_CHAR16] = "char16",
        [MI_DATETIME] = "datetime",
        [MI_STRING] = "string",
        [MI_REFERENCE] = "reference",
        [MI_INSTANCE] = "instance",
        [MI_BOOLEANA] = "boolean[]",
        [MI_UINT8A] = "uint8[]",
        [MI_SINT8A] = "sint8[]",
        [MI_UINT16A] = "uint16[]",
        [MI_SINT16A] = "sint16[]",
        [MI_UINT32A] = "uint32[]",
        [MI_SINT32A] = "sint32[]",
        [MI_UINT64A] = "uint64[]",
        [MI_SINT64A] = "sint64[]",
        [MI_REAL32A] = "real32[]",
        [MI_REAL64A] = "real64[]",
        [MI_CHAR16A] = "char16[]",
        [MI_DATETIMEA] = "datetime[]",
        [MI_STRINGA] = "string[]",
        [MI_REFERENCEA] = "reference[]",
        [MI_INSTANCEA] = "instance[]",
    };
    size_t index = (size_t)type;

    return index < sizeof(names) / sizeof(names[0]) ? names[index] : NULL;
}

const char *mic_category_name(unsigned category)
{
    static const char *const names[] = {
        "NOT_SPECIFIED",        "OPEN_ERROR",           "CLOSE_ERROR",       "DEVICE_ERROR",
        "DEADLOCK_DETECTED",    "INVALID_ARGUMENT",     "INVALID_DATA",      "INVALID_OPERATION",
        "INVALID_RESULT",       "INVALID_TYPE",         "METADATA_ERROR",    "NOT_IMPLEMENTED",
        "NOT_INSTALLED",        "OBJECT_NOT_FOUND",     "OPERATION_STOPPED", "OPERATION_TIMEOUT",
        "SYNTAX_ERROR",         "PARSER_ERROR",         "ACCESS_DENIED",     "RESOURCE_BUSY",
        "RESOURCE_EXISTS",      "RESOURCE_UNAVAILABLE", "READ_ERROR",        "WRITE_ERROR",
        "FROM_STDERR",          "SECURITY_ERROR",       "PROTOCOL_ERROR",    "CONNECTION_ERROR",
        "AUTHENTICATION_ERROR", "LIMITS_EXCEEDED",      "QUOTA_EXCEEDED",    "NOT_ENABLED",
    };

    return category < sizeof(names) / sizeof(names[0]) ? names[category] : NULL;
}
