#include "cli/xml.h"

#include "cli/value.h"
#include "common/result.h"

static bool is_array(MI_Type type)
{
    return ((unsigned)type & MI_ARRAY) != 0;
}

static MI_Type element_of(MI_Type type)
{
    return (MI_Type)((unsigned)type & ~(unsigned)MI_ARRAY);
}

void xml_begin(struct text *out)
{
    text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<CIM CIMVERSION=\"2.0\" DTDVERSION=\"2.0\"><DECLARATION><DECLGROUP>\n");
}

void xml_end(struct text *out)
{
    text_add(out, "</DECLGROUP></DECLARATION></CIM>\n");
}

static void add_attribute(struct text *out, const char *name, const MI_Char *value)
{
    if (value != NULL) {
        text_format(out, " %s=\"", name);
        text_add_xml_mi(out, value);
        text_add(out, "\"");
    }
}

/* Embedded instances travel as text in a string (DSP0201 5.2). */
static void add_type(struct text *out, MI_Type type)
{
    MI_Type element = element_of(type);
    const char *name = mic_type_name(element == MI_INSTANCE ? MI_STRING : element);

    text_format(out, " TYPE=\"%s\"", name != NULL ? name : "string");
    text_add(out, element == MI_INSTANCE ? " EmbeddedObject=\"instance\"" : "");
}

static void add_instance(struct text *out, const MI_Instance *instance);

/* LOCALINSTANCEPATH where the namespace is known, else INSTANCENAME. */
static void add_reference(struct text *out, const MI_Instance *reference)
{
    const MI_Char *name = NULL, *space = NULL;
    MI_Uint32 count = 0;

    text_add(out, "<VALUE.REFERENCE>");
    (void)MI_Instance_GetNameSpace(reference, &space);
    if (space != NULL) {
        text_add(out, "<LOCALINSTANCEPATH><LOCALNAMESPACEPATH><NAMESPACE");
        add_attribute(out, "NAME", space);
        text_add(out, "/></LOCALNAMESPACEPATH>");
    }
    (void)MI_Instance_GetClassName(reference, &name);
    text_add(out, "<INSTANCENAME");
    add_attribute(out, "CLASSNAME", name);
    text_add(out, ">");
    (void)MI_Instance_GetElementCount(reference, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        struct text plain = {NULL, 0, 0};
        MI_Value value;
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = 0;
        if (MI_Instance_GetElementAt(reference, i, &name, &value, &type, &flags) != MI_RESULT_OK ||
            (flags & MI_FLAG_NULL) != 0 || is_array(type)) {
            continue;
        }
        value_add_plain(&plain, type, &value);
        text_add(out, "<KEYBINDING");
        add_attribute(out, "NAME", name);
        text_add(out, "><KEYVALUE>");
        text_add_xml(out, text_of(&plain), plain.size);
        text_add(out, "</KEYVALUE></KEYBINDING>");
        text_free(&plain);
    }
    text_add(out, "</INSTANCENAME>");
    text_add(out, space != NULL ? "</LOCALINSTANCEPATH>" : "");
    text_add(out, "</VALUE.REFERENCE>");
}

static void add_scalar(struct text *out, MI_Type type, const MI_Value *value)
{
    struct text plain = {NULL, 0, 0};

    if (type == MI_REFERENCE && value->reference != NULL) {
        add_reference(out, value->reference);
        return;
    }
    if (type == MI_INSTANCE && value->instance != NULL) {
        add_instance(&plain, value->instance);
    } else {
        value_add_plain(&plain, type, value);
    }
    text_add(out, "<VALUE>");
    text_add_xml(out, text_of(&plain), plain.size);
    text_add(out, "</VALUE>");
    text_free(&plain);
}

static void add_value(struct text *out, MI_Type type, const MI_Value *value)
{
    bool is_reference = element_of(type) == MI_REFERENCE;

    if (!is_array(type)) {
        add_scalar(out, type, value);
        return;
    }
    text_add(out, is_reference ? "<VALUE.REFARRAY>" : "<VALUE.ARRAY>");
    for (MI_Uint32 i = 0; i < value->array.size; i++) {
        MI_Value element = value_element_at(type, value, i);
        add_scalar(out, element_of(type), &element);
    }
    text_add(out, is_reference ? "</VALUE.REFARRAY>" : "</VALUE.ARRAY>");
}

/* PROPERTY, PROPERTY.ARRAY, PROPERTY.REFERENCE; the start tag stays open for attributes. */
static const char *element_name(MI_Type type)
{
    return type == MI_REFERENCE ? "PROPERTY.REFERENCE"
           : is_array(type)     ? "PROPERTY.ARRAY"
                                : "PROPERTY";
}

static void add_property(struct text *out, const MI_Char *name, MI_Type type, MI_Uint32 flags,
                         const MI_Value *value)
{
    text_format(out, "<%s", element_name(type));
    add_attribute(out, "NAME", name);
    if (type != MI_REFERENCE) {
        add_type(out, type);
    }
    if ((flags & MI_FLAG_NULL) != 0) {
        text_add(out, "/>\n");
        return;
    }
    text_add(out, ">");
    add_value(out, type, value);
    text_format(out, "</%s>\n", element_name(type));
}

static void add_instance(struct text *out, const MI_Instance *instance)
{
    const MI_Char *name = NULL;
    MI_Uint32 count = 0;

    (void)MI_Instance_GetClassName(instance, &name);
    text_add(out, "<INSTANCE");
    add_attribute(out, "CLASSNAME", name);
    text_add(out, ">\n");
    (void)MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        MI_Value value;
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = 0;
        if (MI_Instance_GetElementAt(instance, i, &name, &value, &type, &flags) == MI_RESULT_OK) {
            add_property(out, name, type, flags, &value);
        }
    }
    text_add(out, "</INSTANCE>");
}

void xml_add_instance(struct text *out, const MI_Instance *instance)
{
    text_add(out, "<VALUE.OBJECT>");
    add_instance(out, instance);
    text_add(out, "</VALUE.OBJECT>\n");
}

static void add_qualifiers(struct text *out, const MI_QualifierSet *set)
{
    MI_Uint32 count = 0;

    (void)MI_QualifierSet_GetQualifierCount(set, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name = NULL;
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = 0;
        MI_Value value;
        if (MI_QualifierSet_GetQualifierAt(set, i, &name, &type, &flags, &value) != MI_RESULT_OK) {
            continue;
        }
        text_add(out, "<QUALIFIER");
        add_attribute(out, "NAME", name);
        add_type(out, type);
        text_add(out, ">");
        if ((flags & MI_FLAG_NULL) == 0) {
            add_value(out, type, &value);
        }
        text_add(out, "</QUALIFIER>");
    }
}

static void add_class_properties(struct text *out, const MI_Class *cls)
{
    MI_Uint32 count = 0;

    (void)MI_Class_GetElementCount(cls, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name = NULL;
        MI_Char *reference_class = NULL;
        MI_Value value;
        MI_Boolean has_value = MI_FALSE;
        MI_Type type = MI_BOOLEAN;
        MI_QualifierSet set;
        MI_Uint32 flags = 0;
        if (MI_Class_GetElementAt(cls, i, &name, &value, &has_value, &type, &reference_class, &set,
                                  &flags) != MI_RESULT_OK) {
            continue;
        }
        text_format(out, "<%s", element_name(type));
        add_attribute(out, "NAME", name);
        if (type == MI_REFERENCE) {
            add_attribute(out, "REFERENCECLASS", reference_class);
        } else {
            add_type(out, type);
        }
        text_add(out, ">");
        add_qualifiers(out, &set);
        if (has_value) {
            add_value(out, type, &value);
        }
        text_format(out, "</%s>\n", element_name(type));
    }
}

static void add_parameters(struct text *out, const MI_ParameterSet *parameters)
{
    MI_Uint32 count = 0;

    (void)MI_ParameterSet_GetParameterCount(parameters, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name = NULL;
        MI_Char *reference_class = NULL;
        MI_Type type = MI_BOOLEAN;
        MI_QualifierSet set;
        const char *kind;
        if (MI_ParameterSet_GetParameterAt(parameters, i, &name, &type, &reference_class, &set) !=
            MI_RESULT_OK) {
            continue;
        }
        kind = type == MI_REFERENCE    ? "PARAMETER.REFERENCE"
               : type == MI_REFERENCEA ? "PARAMETER.REFARRAY"
               : is_array(type)        ? "PARAMETER.ARRAY"
                                       : "PARAMETER";
        text_format(out, "<%s", kind);
        add_attribute(out, "NAME", name);
        if (element_of(type) == MI_REFERENCE) {
            add_attribute(out, "REFERENCECLASS", reference_class);
        } else {
            text_format(
                out, " TYPE=\"%s\"",
                mic_type_name(element_of(type) == MI_INSTANCE ? MI_STRING : element_of(type)));
        }
        text_add(out, ">");
        add_qualifiers(out, &set);
        text_format(out, "</%s>", kind);
    }
}

static void add_methods(struct text *out, const MI_Class *cls)
{
    MI_Uint32 count = 0;

    (void)MI_Class_GetMethodCount(cls, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name = NULL;
        MI_QualifierSet set, return_set;
        MI_ParameterSet parameters;
        MI_Type type = MI_BOOLEAN;
        if (MI_Class_GetMethodAt(cls, i, &name, &set, &parameters) != MI_RESULT_OK) {
            continue;
        }
        text_add(out, "<METHOD");
        add_attribute(out, "NAME", name);
        if (MI_ParameterSet_GetMethodReturnType(&parameters, &type, &return_set) == MI_RESULT_OK) {
            text_format(out, " TYPE=\"%s\"", mic_type_name(element_of(type)));
        }
        text_add(out, ">");
        add_qualifiers(out, &set);
        add_parameters(out, &parameters);
        text_add(out, "</METHOD>\n");
    }
}

void xml_add_class(struct text *out, const MI_Class *cls, bool name_only)
{
    const MI_Char *name = NULL, *parent = NULL;
    MI_QualifierSet set;

    (void)MI_Class_GetClassName(cls, &name);
    text_add(out, "<VALUE.OBJECT><CLASS");
    add_attribute(out, "NAME", name);
    if (name_only) {
        text_add(out, "/></VALUE.OBJECT>\n");
        return;
    }
    if (MI_Class_GetParentClassName(cls, &parent) == MI_RESULT_OK) {
        add_attribute(out, "SUPERCLASS", parent);
    }
    text_add(out, ">\n");
    if (MI_Class_GetClassQualifierSet(cls, &set) == MI_RESULT_OK) {
        add_qualifiers(out, &set);
        text_add(out, "\n");
    }
    add_class_properties(out, cls);
    add_methods(out, cls);
    text_add(out, "</CLASS></VALUE.OBJECT>\n");
}
