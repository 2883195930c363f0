#include "wsman/class_read.h"

#include <string.h>

#include "base/num.h"
#include "model/value.h"

/* One class being read; everything made goes into `arena`, which becomes the class's own. */
struct reading {
    struct mic_arena *arena;
    const char *class_name, *super_class;
    struct mic_err *err;
};

static MI_Result no_memory(const struct reading *reading)
{
    return mic_err_set(reading->err, MIC_E_MEMORY, "out of memory while reading a class");
}

static bool is_true(struct mic_str text)
{
    text = mic_str_trim(text);
    return mic_str_equal_nocase(text, MIC_STR("true")) || mic_str_equal(text, MIC_STR("1"));
}

/* An attribute's text in the arena; NULL in `out` when it is not there. */
static bool copy_attribute(const struct reading *reading, const struct mic_xml_cursor *element,
                           enum mic_xml_token name, const char **out)
{
    struct mic_str value;

    *out = NULL;
    if (!mic_xml_attribute(element, name, &value)) {
        return true;
    }
    *out = mic_arena_str(reading->arena, mic_str_trim(value));
    return *out != NULL;
}

static bool flag_attribute(const struct mic_xml_cursor *element, enum mic_xml_token name,
                           bool fallback)
{
    struct mic_str value;
    return mic_xml_attribute(element, name, &value) ? is_true(value) : fallback;
}

static MI_Type type_of(const struct mic_xml_cursor *element)
{
    static const struct {
        const char *name;
        MI_Type type;
    } rows[] = {
        {"boolean", MI_BOOLEAN}, {"uint8", MI_UINT8},       {"sint8", MI_SINT8},
        {"uint16", MI_UINT16},   {"sint16", MI_SINT16},     {"uint32", MI_UINT32},
        {"sint32", MI_SINT32},   {"uint64", MI_UINT64},     {"sint64", MI_SINT64},
        {"real32", MI_REAL32},   {"real64", MI_REAL64},     {"char16", MI_CHAR16},
        {"string", MI_STRING},   {"datetime", MI_DATETIME}, {"reference", MI_REFERENCE},
    };
    struct mic_str name;

    if (mic_xml_attribute(element, MIC_XN_TYPE, &name)) {
        name = mic_str_trim(name);
        for (size_t i = 0; i < MIC_COUNT(rows); i++) {
            if (mic_str_equal_nocase(name, mic_str_from(rows[i].name))) {
                return rows[i].type;
            }
        }
    }
    return MI_STRING;
}

/* ---- values ---- */

/* Memory of an MI_Value holds every type at its start: declarations point to values of any type. */
static MI_Result read_scalar(const struct reading *reading, MI_Type type, struct mic_str text,
                             MI_Value *value, bool *is_good)
{
    *is_good = true;
    if (type == MI_STRING) {
        value->string = mic_arena_str(reading->arena, text);
        return value->string == NULL ? no_memory(reading) : MI_RESULT_OK;
    }
    *is_good = type != MI_REFERENCE && type != MI_INSTANCE &&
               mic_value_from_text(reading->arena, type, text, value);
    return MI_RESULT_OK;
}

static MI_Uint32 count_children(const struct mic_xml_cursor *element)
{
    struct mic_xml_cursor at = mic_xml_enter(element);
    MI_Uint32 count = 0;

    for (; mic_xml_at(&at); mic_xml_skip(&at)) {
        count++;
    }
    return count;
}

static MI_Result read_array(const struct reading *reading, MI_Type type,
                            const struct mic_xml_cursor *element, MI_Value *out, bool *is_good)
{
    struct mic_xml_cursor at = mic_xml_enter(element);
    MI_Array *array = (MI_Array *)(void *)out;
    size_t size = mic_type_size(type);
    char *data = mic_arena_calloc(reading->arena, (size_t)count_children(element) + 1, size);

    if (data == NULL) {
        return no_memory(reading);
    }
    array->data = data;
    array->size = 0;
    for (; mic_xml_at(&at); mic_xml_skip(&at)) {
        struct mic_str text = mic_xml_value(&at); /* VALUE.NULL is an empty element */
        MI_Value value;
        memset(&value, 0, sizeof(value));
        if (mic_xml_token(&at) != MIC_XN_VALUE_NULL || type == MI_STRING) {
            MI_Result result = read_scalar(reading, type, text, &value, is_good);
            if (result != MI_RESULT_OK || !*is_good) {
                return result;
            }
        }
        memcpy(data + array->size++ * size, &value, size);
    }
    *is_good = true;
    return MI_RESULT_OK;
}

/* The VALUE or VALUE.ARRAY child, if any: *out is NULL when there is none or it is no such value.
 */
static MI_Result read_default(const struct reading *reading, MI_Type type,
                              const struct mic_xml_cursor *element, const void **out,
                              bool *is_array)
{
    struct mic_xml_cursor child;
    MI_Value value;
    bool is_good = false;
    MI_Result result = MI_RESULT_OK;

    *out = NULL;
    *is_array = mic_xml_child(element, MIC_XN_VALUE_ARRAY, &child);
    memset(&value, 0, sizeof(value));
    if (*is_array) {
        result = read_array(reading, MIC_TYPE_ELEMENT(type), &child, &value, &is_good);
    } else if (mic_xml_child(element, MIC_XN_VALUE, &child)) {
        result =
            read_scalar(reading, MIC_TYPE_ELEMENT(type), mic_xml_value(&child), &value, &is_good);
    }
    if (result == MI_RESULT_OK && is_good) {
        *out = mic_arena_memdup(reading->arena, &value, sizeof(value));
        result = *out == NULL ? no_memory(reading) : MI_RESULT_OK;
    }
    return result;
}

/* ---- qualifiers ---- */

static MI_Uint32 flavour_of(const struct mic_xml_cursor *element)
{
    MI_Uint32 flavour = 0;

    flavour |= flag_attribute(element, MIC_XN_OVERRIDABLE, true) ? MI_FLAG_ENABLEOVERRIDE
                                                                 : MI_FLAG_DISABLEOVERRIDE;
    flavour |=
        flag_attribute(element, MIC_XN_TOSUBCLASS, true) ? MI_FLAG_TOSUBCLASS : MI_FLAG_RESTRICTED;
    flavour |= flag_attribute(element, MIC_XN_TOINSTANCE, false) ? MI_FLAG_TOINSTANCE : 0;
    flavour |= flag_attribute(element, MIC_XN_TRANSLATABLE, false) ? MI_FLAG_TRANSLATABLE : 0;
    return flavour;
}

static MI_Result read_qualifier(const struct reading *reading, const struct mic_xml_cursor *element,
                                MI_Qualifier **out)
{
    MI_Qualifier *qualifier = mic_arena_calloc(reading->arena, 1, sizeof(*qualifier));
    MI_Type type = type_of(element);
    bool is_array = false;

    if (qualifier == NULL || !copy_attribute(reading, element, MIC_XN_NAME, &qualifier->name)) {
        return no_memory(reading);
    }
    MI_Result result = read_default(reading, type, element, &qualifier->value, &is_array);
    if (result != MI_RESULT_OK) {
        return result;
    }
    qualifier->type = (MI_Uint32)type | (is_array ? MI_ARRAY : 0u);
    qualifier->flavor = flavour_of(element);
    *out = qualifier;
    return MI_RESULT_OK;
}

struct qualifier_flag {
    const char *name;
    MI_Uint32 flag;
};

static const struct qualifier_flag qualifier_flags[] = {
    {"key", MI_FLAG_KEY},
    {"in", MI_FLAG_IN},
    {"out", MI_FLAG_OUT},
    {"required", MI_FLAG_REQUIRED},
    {"read", MI_FLAG_READONLY},
    {"static", MI_FLAG_STATIC},
    {"abstract", MI_FLAG_ABSTRACT},
    {"terminal", MI_FLAG_TERMINAL},
    {"expensive", MI_FLAG_EXPENSIVE},
    {"stream", MI_FLAG_STREAM},
    {"association", MI_FLAG_ASSOCIATION},
    {"indication", MI_FLAG_INDICATION},
};

static bool is_named(const MI_Qualifier *qualifier, const char *name)
{
    return qualifier->name != NULL && mic_text_equal_nocase(qualifier->name, name);
}

static bool is_set(const MI_Qualifier *qualifier)
{
    if (qualifier->type != MI_BOOLEAN) {
        return false;
    }
    MI_Boolean value = MI_TRUE; /* a boolean qualifier without a value is true (DSP0004) */
    if (qualifier->value != NULL) {
        memcpy(&value, qualifier->value, sizeof(value));
    }
    return value != MI_FALSE;
}

static const char *text_of(const MI_Qualifier *qualifier)
{
    const char *text = NULL;

    if (qualifier->type == MI_STRING && qualifier->value != NULL) {
        memcpy(&text, qualifier->value, sizeof(text));
    }
    return text;
}

static MI_Uint32 flags_of(MI_Qualifier const *const *qualifiers, MI_Uint32 count)
{
    MI_Uint32 flags = 0;
    bool is_writable = false;

    for (MI_Uint32 i = 0; i < count; i++) {
        if (!is_set(qualifiers[i])) {
            continue;
        }
        is_writable |= is_named(qualifiers[i], "write");
        for (size_t row = 0; row < MIC_COUNT(qualifier_flags); row++) {
            if (is_named(qualifiers[i], qualifier_flags[row].name)) {
                flags |= qualifier_flags[row].flag;
            }
        }
    }
    return is_writable ? flags & ~(MI_Uint32)MI_FLAG_READONLY : flags;
}

static MI_Result read_qualifiers(const struct reading *reading,
                                 const struct mic_xml_cursor *element,
                                 MI_Qualifier const *const **out, MI_Uint32 *count)
{
    struct mic_xml_cursor at = mic_xml_enter(element);
    MI_Qualifier **list =
        mic_arena_calloc(reading->arena, (size_t)count_children(element) + 1, sizeof(*list));

    *count = 0;
    if (list == NULL) {
        return no_memory(reading);
    }
    for (; mic_xml_find(&at, MIC_XN_QUALIFIER); mic_xml_skip(&at)) {
        MI_Result result = read_qualifier(reading, &at, &list[*count]);
        if (result != MI_RESULT_OK) {
            return result;
        }
        if (list[*count]->name != NULL) {
            ++*count;
        }
    }
    *out = (MI_Qualifier const *const *)list;
    return MI_RESULT_OK;
}

/* ---- properties and parameters ---- */

/* What PROPERTY* and PARAMETER* have in common. */
struct feature {
    MI_Uint32 flags;
    const char *name, *class_name;
    MI_Qualifier const *const *qualifiers;
    MI_Uint32 qualifier_count;
    MI_Uint32 type, subscript;
};

static bool names_class(const char *text, const char *prefix, const char **class_name)
{
    size_t size = strlen(prefix);

    if (text == NULL || !mic_str_equal_nocase((struct mic_str){text, strnlen(text, size)},
                                              (struct mic_str){prefix, size})) {
        return false;
    }
    *class_name = text[size] == ':' && text[size + 1] != '\0' ? text + size + 1 : NULL;
    return text[size] == ':' || text[size] == '\0';
}

/* Objects travel as TYPE="string" and are known by a qualifier or WMI's CIMTYPE. */
static void find_object_type(const struct mic_xml_cursor *element, struct feature *feature)
{
    struct mic_str embedded;
    unsigned array = feature->type & MI_ARRAY;

    if ((feature->type & ~(unsigned)MI_ARRAY) != MI_STRING) {
        return;
    }
    if (mic_xml_attribute(element, MIC_XN_EMBEDDED_OBJECT, &embedded)) {
        feature->type = MI_INSTANCE | array;
    }
    for (MI_Uint32 i = 0; i < feature->qualifier_count; i++) {
        const MI_Qualifier *qualifier = feature->qualifiers[i];
        const char *text = text_of(qualifier);
        if (is_named(qualifier, "EmbeddedInstance")) {
            feature->type = MI_INSTANCE | array;
            feature->class_name = text;
        } else if (is_named(qualifier, "EmbeddedObject") && is_set(qualifier)) {
            feature->type = MI_INSTANCE | array;
        } else if (is_named(qualifier, "CIMTYPE")) {
            if (names_class(text, "object", &feature->class_name)) {
                feature->type = MI_INSTANCE | array;
            } else if (names_class(text, "ref", &feature->class_name)) {
                feature->type = MI_REFERENCE | array;
            }
        }
    }
}

static MI_Result read_feature(const struct reading *reading, const struct mic_xml_cursor *element,
                              bool is_array, bool is_reference, struct feature *feature)
{
    struct mic_str size;

    memset(feature, 0, sizeof(*feature));
    if (!copy_attribute(reading, element, MIC_XN_NAME, &feature->name)) {
        return no_memory(reading);
    }
    if (feature->name == NULL) {
        return mic_err_set(reading->err, MIC_E_PROTOCOL,
                           "the declaration of class %s has an element without a name",
                           reading->class_name);
    }
    feature->type = (MI_Uint32)type_of(element) | (is_array ? MI_ARRAY : 0u);
    if (is_reference) {
        feature->type = MI_REFERENCE | (is_array ? MI_ARRAY : 0u);
        if (!copy_attribute(reading, element, MIC_XN_REFERENCECLASS, &feature->class_name)) {
            return no_memory(reading);
        }
    }
    if (mic_xml_attribute(element, MIC_XN_ARRAYSIZE, &size)) {
        uint32_t subscript;
        feature->subscript = mic_parse_u32(mic_str_trim(size), &subscript) ? subscript : 0;
    }
    MI_Result result =
        read_qualifiers(reading, element, &feature->qualifiers, &feature->qualifier_count);
    if (result != MI_RESULT_OK) {
        return result;
    }
    feature->flags = flags_of(feature->qualifiers, feature->qualifier_count);
    find_object_type(element, feature);
    return MI_RESULT_OK;
}

static MI_Result read_origin(const struct reading *reading, const struct mic_xml_cursor *element,
                             const char **origin, const char **propagator)
{
    if (!copy_attribute(reading, element, MIC_XN_CLASSORIGIN, origin)) {
        return no_memory(reading);
    }
    bool is_propagated = flag_attribute(element, MIC_XN_PROPAGATED, false);
    *propagator =
        is_propagated && reading->super_class != NULL ? reading->super_class : reading->class_name;
    if (*origin == NULL) {
        *origin = *propagator;
    }
    return MI_RESULT_OK;
}

static MI_Result read_property(const struct reading *reading, const struct mic_xml_cursor *element,
                               bool is_array, bool is_reference, MI_PropertyDecl **out)
{
    MI_PropertyDecl *decl = mic_arena_calloc(reading->arena, 1, sizeof(*decl));
    struct feature feature;
    bool has_array;

    if (decl == NULL) {
        return no_memory(reading);
    }
    MI_Result result = read_feature(reading, element, is_array, is_reference, &feature);
    if (result == MI_RESULT_OK) {
        result = read_origin(reading, element, &decl->origin, &decl->propagator);
    }
    if (result == MI_RESULT_OK) {
        result = read_default(reading, (MI_Type)feature.type, element, &decl->value, &has_array);
    }
    if (result != MI_RESULT_OK) {
        return result;
    }
    decl->flags = MI_FLAG_PROPERTY | feature.flags;
    decl->name = feature.name;
    decl->qualifiers = feature.qualifiers;
    decl->numQualifiers = feature.qualifier_count;
    decl->type = feature.type;
    decl->className = feature.class_name;
    decl->subscript = feature.subscript;
    *out = decl;
    return MI_RESULT_OK;
}

static MI_Result read_parameter(const struct reading *reading, const struct mic_xml_cursor *element,
                                bool is_array, bool is_reference, MI_ParameterDecl **out)
{
    MI_ParameterDecl *decl = mic_arena_calloc(reading->arena, 1, sizeof(*decl));
    struct feature feature;

    if (decl == NULL) {
        return no_memory(reading);
    }
    MI_Result result = read_feature(reading, element, is_array, is_reference, &feature);
    if (result != MI_RESULT_OK) {
        return result;
    }
    decl->flags = MI_FLAG_PARAMETER | feature.flags;
    decl->name = feature.name;
    decl->qualifiers = feature.qualifiers;
    decl->numQualifiers = feature.qualifier_count;
    decl->type = feature.type;
    decl->className = feature.class_name;
    decl->subscript = feature.subscript;
    *out = decl;
    return MI_RESULT_OK;
}

static MI_Result read_method(const struct reading *reading, const struct mic_xml_cursor *element,
                             MI_MethodDecl **out)
{
    MI_MethodDecl *decl = mic_arena_calloc(reading->arena, 1, sizeof(*decl));
    struct mic_xml_cursor at = mic_xml_enter(element);
    struct feature feature;
    MI_ParameterDecl **list =
        mic_arena_calloc(reading->arena, (size_t)count_children(element) + 1, sizeof(*list));

    if (decl == NULL || list == NULL) {
        return no_memory(reading);
    }
    MI_Result result = read_feature(reading, element, false, false, &feature);
    if (result == MI_RESULT_OK) {
        result = read_origin(reading, element, &decl->origin, &decl->propagator);
    }
    for (; result == MI_RESULT_OK && mic_xml_at(&at); mic_xml_skip(&at)) {
        enum mic_xml_token token = mic_xml_token(&at);
        bool is_reference =
            token == MIC_XN_PARAMETER_REFERENCE || token == MIC_XN_PARAMETER_REFARRAY;
        bool is_array = token == MIC_XN_PARAMETER_ARRAY || token == MIC_XN_PARAMETER_REFARRAY;
        if (token == MIC_XN_PARAMETER || is_reference || is_array) {
            result =
                read_parameter(reading, &at, is_array, is_reference, &list[decl->numParameters]);
            decl->numParameters += result == MI_RESULT_OK;
        }
    }
    if (result != MI_RESULT_OK) {
        return result;
    }
    decl->flags = MI_FLAG_METHOD | feature.flags;
    decl->name = feature.name;
    decl->qualifiers = feature.qualifiers;
    decl->numQualifiers = feature.qualifier_count;
    decl->returnType = feature.type;
    decl->parameters = (MI_ParameterDecl const *const *)list;
    *out = decl;
    return MI_RESULT_OK;
}

/* ---- the class ---- */

static MI_Result read_members(const struct reading *reading, const struct mic_xml_cursor *element,
                              MI_ClassDecl *decl)
{
    struct mic_xml_cursor at = mic_xml_enter(element);
    size_t room = (size_t)count_children(element) + 1;
    MI_PropertyDecl **properties = mic_arena_calloc(reading->arena, room, sizeof(*properties));
    MI_MethodDecl **methods = mic_arena_calloc(reading->arena, room, sizeof(*methods));
    MI_Result result = MI_RESULT_OK;

    if (properties == NULL || methods == NULL) {
        return no_memory(reading);
    }
    for (; result == MI_RESULT_OK && mic_xml_at(&at); mic_xml_skip(&at)) {
        enum mic_xml_token token = mic_xml_token(&at);
        if (token == MIC_XN_METHOD) {
            result = read_method(reading, &at, &methods[decl->numMethods]);
            decl->numMethods += result == MI_RESULT_OK;
        } else if (token == MIC_XN_PROPERTY || token == MIC_XN_PROPERTY_ARRAY ||
                   token == MIC_XN_PROPERTY_REFERENCE) {
            result =
                read_property(reading, &at, token == MIC_XN_PROPERTY_ARRAY,
                              token == MIC_XN_PROPERTY_REFERENCE, &properties[decl->numProperties]);
            decl->numProperties += result == MI_RESULT_OK;
        }
    }
    decl->properties = (MI_PropertyDecl const *const *)properties;
    decl->methods = (MI_MethodDecl const *const *)methods;
    return result;
}

#define ANCESTORS_MAX 64

/* The properties an ancestor has: those that come from it or from one above it. */
static MI_Result inherit_properties(const struct reading *reading, const MI_ClassDecl *from,
                                    const char *const *chain, size_t count, MI_ClassDecl *ancestor)
{
    MI_PropertyDecl const **list =
        mic_arena_calloc(reading->arena, (size_t)from->numProperties + 1, sizeof(*list));

    if (list == NULL) {
        return no_memory(reading);
    }
    for (MI_Uint32 i = 0; i < from->numProperties; i++) {
        for (size_t above = 0; above < count; above++) {
            if (mic_text_equal_nocase(from->properties[i]->origin, chain[above])) {
                list[ancestor->numProperties++] = from->properties[i];
                break;
            }
        }
    }
    ancestor->properties = (MI_PropertyDecl const *const *)list;
    return MI_RESULT_OK;
}

/* DERIVATION="parent,grandparent,...": a chain of declarations, so that MI_Instance_IsA and
 * GetParentClass have something to walk. */
static MI_Result read_ancestors(const struct reading *reading, const struct mic_xml_cursor *element,
                                MI_ClassDecl *decl)
{
    const char *chain[ANCESTORS_MAX];
    size_t count = 0;
    struct mic_str left = {"", 0};
    MI_ClassDecl *below = decl;

    if (reading->super_class == NULL) {
        return MI_RESULT_OK;
    }
    chain[count++] = reading->super_class;
    (void)mic_xml_attribute(element, MIC_XN_DERIVATION, &left);
    while (left.size > 0 && count < ANCESTORS_MAX) {
        const char *comma = memchr(left.data, ',', left.size);
        size_t size = comma == NULL ? left.size : (size_t)(comma - left.data);
        struct mic_str name = mic_str_trim((struct mic_str){left.data, size});
        size += comma != NULL;
        left.data += size;
        left.size -= size;
        if (name.size == 0 || (count == 1 && mic_str_equal_nocase(name, mic_str_from(chain[0])))) {
            continue;
        }
        chain[count] = mic_arena_str(reading->arena, name);
        if (chain[count++] == NULL) {
            return no_memory(reading);
        }
    }
    for (size_t i = 0; i < count; i++) {
        MI_ClassDecl *ancestor = mic_arena_calloc(reading->arena, 1, sizeof(*ancestor));
        if (ancestor == NULL) {
            return no_memory(reading);
        }
        ancestor->flags = MI_FLAG_CLASS;
        ancestor->name = chain[i];
        MI_Result result = inherit_properties(reading, decl, chain + i, count - i, ancestor);
        if (result != MI_RESULT_OK) {
            return result;
        }
        below->superClass = chain[i];
        below->superClassDecl = ancestor;
        below = ancestor;
    }
    return MI_RESULT_OK;
}

static MI_Result read_decl(struct reading *reading, const struct mic_xml_cursor *element,
                           MI_ClassDecl *decl)
{
    if (!copy_attribute(reading, element, MIC_XN_NAME, &reading->class_name) ||
        !copy_attribute(reading, element, MIC_XN_SUPERCLASS, &reading->super_class)) {
        return no_memory(reading);
    }
    if (reading->class_name == NULL || reading->class_name[0] == '\0') {
        return mic_err_set(reading->err, MIC_E_PROTOCOL, "the class declaration has no name");
    }
    if (reading->super_class != NULL && reading->super_class[0] == '\0') {
        reading->super_class = NULL;
    }
    decl->name = reading->class_name;
    MI_Result result = read_qualifiers(reading, element, &decl->qualifiers, &decl->numQualifiers);
    if (result == MI_RESULT_OK) {
        decl->flags = MI_FLAG_CLASS | flags_of(decl->qualifiers, decl->numQualifiers);
        result = read_members(reading, element, decl);
    }
    if (result == MI_RESULT_OK) {
        result = read_ancestors(reading, element, decl);
    }
    return result;
}

MI_Result mic_class_read(const struct mic_xml_cursor *element, const char *name_space,
                         struct mic_class **out, struct mic_err *err)
{
    struct mic_arena arena;
    struct reading reading = {&arena, NULL, NULL, err};
    struct mic_class *cls;

    mic_arena_init(&arena, 4096);
    MI_ClassDecl *decl = mic_arena_calloc(&arena, 1, sizeof(*decl));
    MI_Result result = decl == NULL ? no_memory(&reading) : read_decl(&reading, element, decl);
    if (result == MI_RESULT_OK) {
        cls = mic_class_new(&arena, decl, name_space, NULL, NULL);
        if (cls == NULL) {
            result = no_memory(&reading);
        } else {
            *out = cls;
        }
    }
    mic_arena_fini(&arena);
    return result;
}
