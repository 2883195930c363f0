#include "cli/value.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/datetime.h"
#include "common/utf.h"

static bool is_array(MI_Type type)
{
    return ((unsigned)type & MI_ARRAY) != 0;
}

static MI_Type element_of(MI_Type type)
{
    return (MI_Type)((unsigned)type & ~(unsigned)MI_ARRAY);
}

/* Fewest digits that read back the same, between what always fits and what always suffices. */
static void add_real(struct text *out, double value, int fits, int suffices)
{
    char text[64];
    for (int digits = fits; digits <= suffices; digits++) {
        double back = 0;
        (void)snprintf(text, sizeof(text), "%.*g", digits, value);
        /* NOLINTNEXTLINE(cert-err34-c): it reads what the line above wrote. */
        if (sscanf(text, "%lf", &back) == 1 &&
            (suffices > FLT_DECIMAL_DIG ? back == value : (float)back == (float)value)) {
            break;
        }
    }
    text_add(out, text);
}

/* One UTF-16 unit; half a pair becomes U+FFFD. */
static size_t utf8_of_char16(MI_Char16 unit, char out[4])
{
    uint16_t units[1] = {unit};
    return mic_utf16_to_utf8(units, 1, out, 4);
}

/* A value inside quotes. */
static void add_quoted(struct text *out, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '"' || bytes[i] == '\\') {
            text_add(out, "\\");
        }
        text_append(out, bytes + i, 1);
    }
}

/* One `Name="value"` of a reference, `Name=value` of an instance. */
static void add_member(struct text *out, const MI_Char *name, MI_Type type, const MI_Value *value,
                       bool quoted)
{
    struct text plain = {NULL, 0, 0};

    value_add_text(&plain, type, 0, value);
    text_add_shown_mi(out, name);
    text_add(out, quoted ? "=\"" : "=");
    if (quoted) {
        add_quoted(out, text_of(&plain), plain.size);
        text_add(out, "\"");
    } else {
        text_append(out, text_of(&plain), plain.size);
    }
    text_free(&plain);
}

static bool has_keys(const MI_Instance *instance)
{
    MI_Uint32 count = 0;

    (void)MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        MI_Uint32 flags = 0;
        if (MI_Instance_GetElementAt(instance, i, NULL, NULL, NULL, &flags) == MI_RESULT_OK &&
            (flags & MI_FLAG_KEY) != 0) {
            return true;
        }
    }
    return false;
}

/* namespace:Class.Key="value",... for a reference; Class{Name=value, ...} for an instance. */
static void add_object(struct text *out, const MI_Instance *instance, bool is_reference)
{
    const MI_Char *name = NULL, *space = NULL;
    MI_Uint32 count = 0;
    const char *before = is_reference ? "." : "{";
    bool only_keys;

    if (instance == NULL) {
        return;
    }
    only_keys = is_reference && has_keys(instance);
    if (is_reference && MI_Instance_GetNameSpace(instance, &space) == MI_RESULT_OK &&
        space != NULL) {
        text_add_shown_mi(out, space);
        text_add(out, ":");
    }
    (void)MI_Instance_GetClassName(instance, &name);
    text_add_shown_mi(out, name);
    (void)MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        MI_Value value;
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = 0;
        if (MI_Instance_GetElementAt(instance, i, &name, &value, &type, &flags) != MI_RESULT_OK ||
            (flags & MI_FLAG_NULL) != 0 || (only_keys && (flags & MI_FLAG_KEY) == 0)) {
            continue;
        }
        text_add(out, before);
        add_member(out, name, type, &value, is_reference);
        before = is_reference ? "," : ", ";
    }
    if (!is_reference) {
        text_add(out, before[0] == '{' ? "{}" : "}");
    }
}

static bool add_number(struct text *out, MI_Type type, const MI_Value *value)
{
    switch ((unsigned)type) {
    case MI_BOOLEAN:
        text_add(out, value->boolean ? "true" : "false");
        return true;
    case MI_UINT8:
        text_format(out, "%u", value->uint8);
        return true;
    case MI_SINT8:
        text_format(out, "%d", value->sint8);
        return true;
    case MI_UINT16:
        text_format(out, "%u", value->uint16);
        return true;
    case MI_SINT16:
        text_format(out, "%d", value->sint16);
        return true;
    case MI_UINT32:
        text_format(out, "%u", value->uint32);
        return true;
    case MI_SINT32:
        text_format(out, "%d", value->sint32);
        return true;
    case MI_UINT64:
        text_format(out, "%llu", (unsigned long long)value->uint64);
        return true;
    case MI_SINT64:
        text_format(out, "%lld", (long long)value->sint64);
        return true;
    case MI_REAL32:
        add_real(out, (double)value->real32, FLT_DIG, FLT_DECIMAL_DIG);
        return true;
    case MI_REAL64:
        add_real(out, value->real64, DBL_DIG, DBL_DECIMAL_DIG);
        return true;
    default:
        return false;
    }
}

static bool datetime_text(const MI_Value *value, char out[MIC_DATETIME_TEXT_SIZE])
{
    return mic_datetime_to_cim(&value->datetime, out);
}

static void add_scalar(struct text *out, MI_Type type, const MI_Value *value)
{
    char unit[4], datetime[MIC_DATETIME_TEXT_SIZE];

    if (add_number(out, type, value)) {
        return;
    }
    switch ((unsigned)type) {
    case MI_CHAR16:
        text_add_shown(out, unit, utf8_of_char16(value->char16, unit));
        break;
    case MI_DATETIME:
        text_add(out, datetime_text(value, datetime) ? datetime : "");
        break;
    case MI_STRING:
        text_add_shown_mi(out, value->string);
        break;
    case MI_REFERENCE:
    case MI_INSTANCE:
        add_object(out, value->instance, type == MI_REFERENCE);
        break;
    default:
        break;
    }
}

void value_add_plain(struct text *out, MI_Type type, const MI_Value *value)
{
    char unit[4];

    if (type == MI_STRING) {
        text_add_mi(out, value->string);
    } else if (type == MI_CHAR16) {
        text_append(out, unit, utf8_of_char16(value->char16, unit));
    } else {
        add_scalar(out, type, value);
    }
}

/* By MI_Type. */
static const size_t element_sizes[] = {
    [MI_BOOLEAN] = sizeof(MI_Boolean),
    [MI_UINT8] = 1,
    [MI_SINT8] = 1,
    [MI_UINT16] = 2,
    [MI_SINT16] = 2,
    [MI_UINT32] = 4,
    [MI_SINT32] = 4,
    [MI_UINT64] = 8,
    [MI_SINT64] = 8,
    [MI_REAL32] = 4,
    [MI_REAL64] = 8,
    [MI_CHAR16] = 2,
    [MI_DATETIME] = sizeof(MI_Datetime),
    [MI_STRING] = sizeof(MI_Char *),
    [MI_REFERENCE] = sizeof(MI_Instance *),
    [MI_INSTANCE] = sizeof(MI_Instance *),
};

size_t value_element_size(MI_Type type)
{
    return element_sizes[element_of(type)];
}

MI_Value value_element_at(MI_Type type, const MI_Value *array, MI_Uint32 i)
{
    MI_Value value;
    size_t size = value_element_size(type);
    memset(&value, 0, sizeof(value));
    memcpy(&value, (const char *)array->array.data + (size_t)i * size, size);
    return value;
}

void value_add_text(struct text *out, MI_Type type, MI_Uint32 flags, const MI_Value *value)
{
    if ((flags & MI_FLAG_NULL) != 0) {
        return;
    }
    if (!is_array(type)) {
        add_scalar(out, type, value);
        return;
    }
    text_add(out, "{");
    for (MI_Uint32 i = 0; i < value->array.size; i++) {
        MI_Value element = value_element_at(type, value, i);
        text_add(out, i > 0 ? ", " : "");
        add_scalar(out, element_of(type), &element);
    }
    text_add(out, "}");
}

/* Not isfinite(): MinGW's narrows its argument. */
static bool is_finite(double value)
{
    return value >= -DBL_MAX && value <= DBL_MAX;
}

static bool has_json_number(MI_Type type, const MI_Value *value)
{
    return (type != MI_REAL32 || is_finite((double)value->real32)) &&
           (type != MI_REAL64 || is_finite(value->real64));
}

static void add_reference_json(struct text *out, const MI_Instance *reference)
{
    struct text path = {NULL, 0, 0};

    add_object(&path, reference, true);
    text_add_json(out, text_of(&path), path.size);
    text_free(&path);
}

static void add_scalar_json(struct text *out, MI_Type type, const MI_Value *value)
{
    char unit[4], datetime[MIC_DATETIME_TEXT_SIZE];

    if (has_json_number(type, value) && add_number(out, type, value)) {
        return;
    }
    if (type == MI_STRING) {
        text_add_json_mi(out, value->string);
    } else if (type == MI_CHAR16) {
        text_add_json(out, unit, utf8_of_char16(value->char16, unit));
    } else if (type == MI_DATETIME && datetime_text(value, datetime)) {
        text_add_json(out, datetime, strlen(datetime));
    } else if (type == MI_REFERENCE && value->reference != NULL) {
        add_reference_json(out, value->reference);
    } else if (type == MI_INSTANCE && value->instance != NULL) {
        instance_add_json(out, value->instance);
    } else {
        text_add(out, "null");
    }
}

void value_add_json(struct text *out, MI_Type type, MI_Uint32 flags, const MI_Value *value)
{
    if ((flags & MI_FLAG_NULL) != 0) {
        text_add(out, "null");
        return;
    }
    if (!is_array(type)) {
        add_scalar_json(out, type, value);
        return;
    }
    text_add(out, "[");
    for (MI_Uint32 i = 0; i < value->array.size; i++) {
        MI_Value element = value_element_at(type, value, i);
        text_add(out, i > 0 ? "," : "");
        add_scalar_json(out, element_of(type), &element);
    }
    text_add(out, "]");
}

/* Readers of JSON keep one of two members with the same name, so the first one stays: GetElement
 * finds the first, and the class goes by the name WMI has for it. */
static bool is_repeated(const MI_Instance *instance, const MI_Char *name, MI_Uint32 index)
{
    struct text utf8 = {NULL, 0, 0};
    MI_Uint32 first = index;
    bool is_class;

    text_add_mi(&utf8, name);
    is_class = strcmp(text_of(&utf8), "__CLASS") == 0;
    text_free(&utf8);
    return is_class ||
           (MI_Instance_GetElement(instance, name, NULL, NULL, NULL, &first) == MI_RESULT_OK &&
            first != index);
}

void instance_add_json(struct text *out, const MI_Instance *instance)
{
    const MI_Char *name = NULL;
    MI_Uint32 count = 0;

    (void)MI_Instance_GetClassName(instance, &name);
    text_add(out, "{\"__CLASS\":");
    text_add_json_mi(out, name);
    (void)MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        MI_Value value;
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = 0;
        name = NULL;
        if (MI_Instance_GetElementAt(instance, i, &name, &value, &type, &flags) != MI_RESULT_OK ||
            name == NULL || is_repeated(instance, name, i)) {
            continue;
        }
        text_add(out, ",");
        text_add_json_mi(out, name);
        text_add(out, ":");
        value_add_json(out, type, flags, &value);
    }
    text_add(out, "}");
}
