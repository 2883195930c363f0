#include "wsman/instance_write.h"

#include <stdio.h>
#include <string.h>

#include "common/datetime.h"
#include "model/value.h"
#include "wsman/value_text.h"

/* The prefix of an instance's elements tells how deep it is embedded: p0, p1 ... */
struct writing {
    struct mic_xml_writer *writer;
    const struct mic_instance_form *form;
    unsigned depth;
    char prefix[12];
    struct mic_err *err;
};

static MI_Result write_value(const struct writing *writing, const struct mic_element *element);

MI_Result mic_element_count(const MI_Instance *instance, MI_Uint32 *count, struct mic_err *err)
{
    if (instance->ft->GetElementCount(instance, count) != MI_RESULT_OK) {
        return mic_err_set(err, MIC_E_ARGUMENT, "the instance given cannot be read");
    }
    return MI_RESULT_OK;
}

MI_Result mic_element_get(const MI_Instance *instance, MI_Uint32 index, struct mic_element *element,
                          struct mic_err *err)
{
    element->name = NULL;
    element->flags = 0;
    if (instance->ft->GetElementAt(instance, index, &element->name, &element->value, &element->type,
                                   &element->flags) != MI_RESULT_OK ||
        element->name == NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT, "element %lu of the instance given cannot be read",
                           (unsigned long)index);
    }
    if (!mic_name_is_legal(element->name)) {
        return mic_err_set(err, MIC_E_ARGUMENT, "\"%.200s\" is no legal name of a property",
                           element->name);
    }
    if (element->type == MI_STRING && (element->flags & MI_FLAG_NULL) == 0 &&
        element->value.string == NULL) {
        element->flags |= MI_FLAG_NULL;
    }
    return MI_RESULT_OK;
}

/* ---- one value ---- */

/* Without a prefix that is declared by chance: cim is declared on the outermost element. */
static const char *type_name(MI_Type element)
{
    static const char *const names[] = {
        [MI_BOOLEAN] = "cim:cimBoolean",   [MI_UINT8] = "cim:cimUnsignedByte",
        [MI_SINT8] = "cim:cimByte",        [MI_UINT16] = "cim:cimUnsignedShort",
        [MI_SINT16] = "cim:cimShort",      [MI_UINT32] = "cim:cimUnsignedInt",
        [MI_SINT32] = "cim:cimInt",        [MI_UINT64] = "cim:cimUnsignedLong",
        [MI_SINT64] = "cim:cimLong",       [MI_REAL32] = "cim:cimFloat",
        [MI_REAL64] = "cim:cimDouble",     [MI_CHAR16] = "cim:cimChar16",
        [MI_DATETIME] = "cim:cimDateTime", [MI_STRING] = "cim:cimString",
    };
    return (size_t)element < MIC_COUNT(names) ? names[element] : NULL;
}

static MI_Result cannot_carry(const struct writing *writing, const struct mic_element *element)
{
    return mic_err_set(writing->err, MIC_E_ARGUMENT,
                       "%s has a value that no request can carry (type %u)", element->name,
                       (unsigned)element->type);
}

static MI_Result write_date(const struct writing *writing, const struct mic_element *element)
{
    const MI_Datetime *date = &element->value.datetime;
    char room[MIC_VALUE_ROOM];
    enum mic_xml_token token = MIC_XN_CIM_CIM_DATETIME;
    bool is_good;

    *writing->form->has_dates = true;
    if (!writing->form->has_xs_dates) {
        is_good = mic_datetime_to_cim(date, room);
    } else if (date->isTimestamp) {
        token = MIC_XN_CIM_DATETIME;
        is_good = mic_timestamp_to_xs(&date->u.timestamp, room, sizeof(room));
    } else {
        token = MIC_XN_CIM_INTERVAL;
        is_good = mic_interval_to_xs(&date->u.interval, room, sizeof(room));
    }
    if (!is_good) {
        return mic_err_set(writing->err, MIC_E_ARGUMENT, "%s has a datetime out of its ranges",
                           element->name);
    }
    mic_xml_leaf(writing->writer, token, mic_str_from(room));
    return MI_RESULT_OK;
}

static MI_Result write_scalar(const struct writing *writing, const struct mic_element *element)
{
    char room[MIC_VALUE_ROOM];
    const char *type = type_name(element->type);

    if (type == NULL) {
        return cannot_carry(writing, element);
    }
    mic_xml_attr(writing->writer, MIC_XN_XSI_TYPE, mic_str_from(type));
    if (element->type == MI_DATETIME) {
        return write_date(writing, element);
    }
    const char *text = mic_value_text(element->type, &element->value, room);
    if (text == NULL) {
        return cannot_carry(writing, element);
    }
    mic_xml_text(writing->writer, mic_str_from(text));
    return MI_RESULT_OK;
}

/* ---- instances in values ---- */

static bool is_any(const struct mic_element *element)
{
    return (element->flags & MI_FLAG_NULL) == 0;
}

static MI_Result write_elements(const struct writing *writing, const MI_Instance *instance,
                                bool (*is_written)(const struct mic_element *element))
{
    MI_Uint32 count = 0;
    MI_Result result = mic_element_count(instance, &count, writing->err);

    for (MI_Uint32 i = 0; result == MI_RESULT_OK && i < count; i++) {
        struct mic_element element;
        result = mic_element_get(instance, i, &element, writing->err);
        if (result == MI_RESULT_OK && is_written(&element)) {
            result = write_value(writing, &element);
        }
        if (result == MI_RESULT_OK) {
            result = mic_write_status(writing->writer, "property", element.name, writing->err);
        }
    }
    return result;
}

static void append_type(struct mic_buf *out, const char *prefix, struct mic_str name)
{
    mic_buf_append_text(out, prefix);
    mic_buf_append_char(out, ':');
    mic_buf_append_str(out, name);
    mic_buf_append_text(out, "_Type");
}

/* xmlns:pN and xsi:type of the instance whose start tag is open. */
static void declare(const struct writing *writing, const char *uri, struct mic_str class_name)
{
    struct mic_buf type;

    mic_buf_init(&type);
    append_type(&type, writing->prefix, class_name);
    mic_xml_declare_uri(writing->writer, writing->prefix, mic_str_from(uri));
    mic_xml_attr(writing->writer, MIC_XN_XSI_TYPE, mic_str_from(mic_buf_text(&type)));
    writing->writer->out->failed |= type.failed;
    mic_buf_fini(&type);
}

static struct writing deeper(const struct writing *writing)
{
    struct writing inner = *writing;

    inner.depth++;
    (void)snprintf(inner.prefix, sizeof(inner.prefix), "p%u", inner.depth);
    return inner;
}

/* The property element itself carries the class and the values of what is embedded. */
static MI_Result write_embedded(const struct writing *writing, const struct mic_element *element)
{
    const MI_Instance *instance = element->value.instance;
    const MI_Char *class_name = NULL, *name_space = NULL;
    struct writing inner = deeper(writing);
    struct mic_buf uri;

    if (inner.depth > MIC_INSTANCE_DEPTH_MAX) {
        return mic_err_set(writing->err, MIC_E_ARGUMENT, "%s: instances are nested too deep",
                           element->name);
    }
    if (instance->ft->GetClassName(instance, &class_name) != MI_RESULT_OK || class_name == NULL ||
        !mic_name_is_legal(class_name)) {
        return mic_err_set(writing->err, MIC_E_ARGUMENT,
                           "%s holds an instance without a legal class name", element->name);
    }
    if (instance->ft->GetNameSpace(instance, &name_space) != MI_RESULT_OK || name_space == NULL) {
        name_space = writing->form->name_space;
    }
    mic_buf_init(&uri);
    mic_family_uri(&writing->form->family, name_space, class_name, &uri);
    declare(&inner, mic_buf_text(&uri), mic_str_from(class_name));
    writing->writer->out->failed |= uri.failed;
    mic_buf_fini(&uri);
    return write_elements(&inner, instance, is_any);
}

/* ---- elements ---- */

static void open_property(const struct writing *writing, const char *name)
{
    mic_xml_open_name(writing->writer, writing->prefix, mic_str_from(name));
}

static void close_property(const struct writing *writing, const char *name)
{
    mic_xml_close_name(writing->writer, writing->prefix, mic_str_from(name));
}

static void write_null(const struct writing *writing, const struct mic_element *element)
{
    open_property(writing, element->name);
    mic_xml_attr(writing->writer, MIC_XN_XSI_NIL, MIC_STR("true"));
    if (MIC_TYPE_IS_ARRAY(element->type)) {
        mic_xml_attr(writing->writer, MIC_XN_P_IS_NULL_ARRAY, MIC_STR("true"));
    }
    close_property(writing, element->name);
}

static MI_Result write_one(const struct writing *writing, const struct mic_element *element)
{
    MI_Result result;

    if ((element->type == MI_STRING || MIC_TYPE_IS_OBJECT(element->type)) &&
        element->value.string == NULL) {
        write_null(writing, element);
        return MI_RESULT_OK;
    }
    open_property(writing, element->name);
    if (element->type == MI_REFERENCE) {
        result = mic_epr_write(writing->writer, &writing->form->family, writing->form->name_space,
                               element->value.reference, writing->err);
    } else if (element->type == MI_INSTANCE) {
        result = write_embedded(writing, element);
    } else {
        result = write_scalar(writing, element);
    }
    close_property(writing, element->name);
    return result;
}

/* An array is its elements one after the other; an empty one is nothing at all. */
static MI_Result write_value(const struct writing *writing, const struct mic_element *element)
{
    struct mic_element one = {.name = element->name, .type = MIC_TYPE_ELEMENT(element->type)};
    size_t size = mic_type_size(one.type);
    const MI_Array *array = &element->value.array;
    MI_Result result = MI_RESULT_OK;

    if ((element->flags & MI_FLAG_NULL) != 0) {
        write_null(writing, element);
        return MI_RESULT_OK;
    }
    if (!MIC_TYPE_IS_ARRAY(element->type)) {
        return write_one(writing, element);
    }
    if (array->size > 0 && (array->data == NULL || size == 0)) {
        return cannot_carry(writing, element);
    }
    for (MI_Uint32 i = 0; result == MI_RESULT_OK && i < array->size; i++) {
        memset(&one.value, 0, sizeof(one.value));
        memcpy(&one.value, (const char *)array->data + i * size, size);
        result = write_one(writing, &one);
    }
    return result;
}

MI_Result mic_instance_write(struct mic_xml_writer *writer, const struct mic_instance_form *form,
                             struct mic_str local, const MI_Instance *instance,
                             bool (*is_written)(const struct mic_element *element),
                             struct mic_err *err)
{
    const struct writing writing = {writer, form, 0, "p0", err};
    MI_Result result = MI_RESULT_OK;

    mic_xml_open_name(writer, writing.prefix, local);
    mic_xml_declare(writer, MIC_XNS_XSI);
    mic_xml_declare(writer, MIC_XNS_CIM);
    declare(&writing, form->uri, local);
    if (instance != NULL) {
        result = write_elements(&writing, instance, is_written);
    }
    mic_xml_close_name(writer, writing.prefix, local);
    return result;
}
