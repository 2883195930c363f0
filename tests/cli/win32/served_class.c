/* MI_Class out of mi-peer's classes: the qualifiers are those it puts into its CIM-XML. */
#include <string.h>
#include <wchar.h>

#include "served.h"

enum { QUALIFIERS_MAX = 8 };

struct qualifier {
    const MI_Char *name;
    MI_Type type;
    MI_Value value;
};

struct qualifiers {
    struct qualifier at[QUALIFIERS_MAX];
    MI_Uint32 count;
};

struct served_class {
    MI_Class cls;
    const struct peer_class *from;
};

static void add_text(struct qualifiers *set, const MI_Char *name, const char *text)
{
    struct qualifier *qualifier = &set->at[set->count++];

    qualifier->name = name;
    qualifier->type = MI_STRING;
    qualifier->value.string = served_wide(text);
}

static void add_flag(struct qualifiers *set, const MI_Char *name, bool is_there)
{
    if (is_there) {
        struct qualifier *qualifier = &set->at[set->count++];
        qualifier->name = name;
        qualifier->type = MI_BOOLEAN;
        qualifier->value.boolean = MI_TRUE;
    }
}

static MI_Result MI_CALL qualifier_count(const MI_QualifierSet *self, MI_Uint32 *count)
{
    *count = ((const struct qualifiers *)self->reserved2)->count;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL qualifier_at(const MI_QualifierSet *self, MI_Uint32 index,
                                      const MI_Char **name, MI_Type *type, MI_Uint32 *flags,
                                      MI_Value *value)
{
    const struct qualifiers *set = (const struct qualifiers *)self->reserved2;

    if (index >= set->count) {
        return MI_RESULT_NOT_FOUND;
    }
    SERVED_SET(name, set->at[index].name);
    SERVED_SET(type, set->at[index].type);
    SERVED_SET(flags, 0);
    SERVED_SET(value, set->at[index].value);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL qualifier(const MI_QualifierSet *self, const MI_Char *name, MI_Type *type,
                                   MI_Uint32 *flags, MI_Value *value, MI_Uint32 *index)
{
    const struct qualifiers *set = (const struct qualifiers *)self->reserved2;

    for (MI_Uint32 i = 0; i < set->count; i++) {
        if (_wcsicmp(set->at[i].name, name) == 0) {
            SERVED_SET(index, i);
            return qualifier_at(self, i, NULL, type, flags, value);
        }
    }
    return MI_RESULT_NOT_FOUND;
}

static const MI_QualifierSetFT qualifiers_ft = {
    .GetQualifierCount = qualifier_count,
    .GetQualifierAt = qualifier_at,
    .GetQualifier = qualifier,
};

static struct qualifiers *open_set(MI_QualifierSet *out)
{
    struct qualifiers *set = peer_xmalloc(sizeof(*set));

    memset(set, 0, sizeof(*set));
    if (out != NULL) {
        memset(out, 0, sizeof(*out));
        out->reserved2 = (ptrdiff_t)set;
        out->ft = &qualifiers_ft;
    }
    return set;
}

static void add_embedded(struct qualifiers *set, const struct peer_prop *prop)
{
    char type[64] = "object";

    if (prop->type != PT_INSTANCE) {
        return;
    }
    if (prop->target != NULL) {
        strcat(strcat(type, ":"), prop->target);
    }
    add_text(set, L"CIMTYPE", type);
    if (prop->target != NULL) {
        add_text(set, L"EmbeddedInstance", prop->target);
    } else {
        add_flag(set, L"EmbeddedObject", true);
    }
}

static void set_of_property(MI_QualifierSet *out, const struct peer_prop *prop)
{
    struct qualifiers *set = open_set(out);

    if (prop->text != NULL) {
        add_text(set, L"Description", prop->text);
    }
    add_flag(set, L"key", (prop->flags & PP_KEY) != 0);
    add_embedded(set, prop);
    add_flag(set, L"OctetString", (prop->flags & PP_OCTET) != 0);
    add_flag(set, L"read", true);
    add_flag(set, L"write", (prop->flags & PP_WRITE) != 0);
    if ((prop->flags & PP_ARRAY) != 0) {
        add_text(set, L"ArrayType", "Indexed");
    }
}

static void set_of_parameter(MI_QualifierSet *out, const struct peer_prop *param)
{
    struct qualifiers *set = open_set(out);

    add_flag(set, L"IN", (param->flags & PP_IN) != 0);
    add_flag(set, L"Out", (param->flags & PP_OUT) != 0);
    add_flag(set, L"Stream", (param->flags & PP_STREAM) != 0);
    add_flag(set, L"OctetString", (param->flags & PP_OCTET) != 0);
    add_embedded(set, param);
}

static MI_Char *target_of(const struct peer_prop *prop)
{
    return prop->target != NULL ? served_wide(prop->target) : NULL;
}

static MI_Result MI_CALL return_type(const MI_ParameterSet *self, MI_Type *type,
                                     MI_QualifierSet *set)
{
    *type = (MI_Type)((const struct peer_method *)self->reserved2)->type;
    (void)open_set(set);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL parameter_count(const MI_ParameterSet *self, MI_Uint32 *count)
{
    *count = (MI_Uint32)((const struct peer_method *)self->reserved2)->count;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL parameter_at(const MI_ParameterSet *self, MI_Uint32 index,
                                      const MI_Char **name, MI_Type *type, MI_Char **target,
                                      MI_QualifierSet *set)
{
    const struct peer_method *method = (const struct peer_method *)self->reserved2;

    if (index >= method->count) {
        return MI_RESULT_NOT_FOUND;
    }
    SERVED_SET(name, served_wide(method->params[index].name));
    SERVED_SET(type, served_type(&method->params[index]));
    SERVED_SET(target, target_of(&method->params[index]));
    set_of_parameter(set, &method->params[index]);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL parameter(const MI_ParameterSet *self, const MI_Char *name, MI_Type *type,
                                   MI_Char **target, MI_QualifierSet *set, MI_Uint32 *index)
{
    const struct peer_method *method = (const struct peer_method *)self->reserved2;
    const char *wanted = served_utf8(name);

    for (MI_Uint32 i = 0; i < method->count; i++) {
        if (peer_ieq(method->params[i].name, wanted)) {
            SERVED_SET(index, i);
            return parameter_at(self, i, NULL, type, target, set);
        }
    }
    return MI_RESULT_NOT_FOUND;
}

static const MI_ParameterSetFT parameters_ft = {
    .GetMethodReturnType = return_type,
    .GetParameterCount = parameter_count,
    .GetParameterAt = parameter_at,
    .GetParameter = parameter,
};

static const struct peer_class *of(const MI_Class *self)
{
    return ((const struct served_class *)(const void *)self)->from;
}

static MI_Result MI_CALL class_name(const MI_Class *self, const MI_Char **name)
{
    *name = served_wide(of(self)->name);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL parent_name(const MI_Class *self, const MI_Char **name)
{
    if (of(self)->super == NULL) {
        return MI_RESULT_INVALID_SUPERCLASS;
    }
    *name = served_wide(of(self)->super->name);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_qualifiers(const MI_Class *self, MI_QualifierSet *out)
{
    struct qualifiers *set = open_set(out);
    struct qualifier *locale;

    add_flag(set, L"dynamic", true);
    add_text(set, L"provider", "mi-peer");
    locale = &set->at[set->count++];
    locale->name = L"Locale";
    locale->type = MI_SINT32;
    locale->value.sint32 = 1033;
    add_text(set, L"Description", of(self)->text);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL element_count(const MI_Class *self, MI_Uint32 *count)
{
    *count = (MI_Uint32)of(self)->all_count;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL element_at(const MI_Class *self, MI_Uint32 index, const MI_Char **name,
                                    MI_Value *value, MI_Boolean *exists, MI_Type *type,
                                    MI_Char **target, MI_QualifierSet *set, MI_Uint32 *flags)
{
    const struct peer_prop *prop;

    (void)value;
    if (index >= of(self)->all_count) {
        return MI_RESULT_NO_SUCH_PROPERTY;
    }
    prop = of(self)->all[index];
    SERVED_SET(name, served_wide(prop->name));
    SERVED_SET(exists, MI_FALSE);
    SERVED_SET(type, served_type(prop));
    /* PROPERTY.ARRAY has no REFERENCECLASS (DSP0201), so no client hears of it. */
    SERVED_SET(target, served_type(prop) == MI_REFERENCEA ? NULL : target_of(prop));
    SERVED_SET(flags, (prop->flags & PP_KEY) != 0 ? MI_FLAG_KEY : 0U);
    set_of_property(set, prop);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL element(const MI_Class *self, const MI_Char *name, MI_Value *value,
                                 MI_Boolean *exists, MI_Type *type, MI_Char **target,
                                 MI_QualifierSet *set, MI_Uint32 *flags, MI_Uint32 *index)
{
    const char *wanted = served_utf8(name);

    for (MI_Uint32 i = 0; i < of(self)->all_count; i++) {
        if (peer_ieq(of(self)->all[i]->name, wanted)) {
            SERVED_SET(index, i);
            return element_at(self, i, NULL, value, exists, type, target, set, flags);
        }
    }
    return MI_RESULT_NO_SUCH_PROPERTY;
}

/* Its own methods, then those above it. NULL: there are not so many. */
static const struct peer_method *nth_method(const struct peer_class *cls, size_t index)
{
    for (; cls != NULL; cls = cls->super) {
        if (index < cls->method_count) {
            return &cls->methods[index];
        }
        index -= cls->method_count;
    }
    return NULL;
}

static MI_Result MI_CALL method_count(const MI_Class *self, MI_Uint32 *count)
{
    for (*count = 0; nth_method(of(self), *count) != NULL; (*count)++) {
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL method_at(const MI_Class *self, MI_Uint32 index, const MI_Char **name,
                                   MI_QualifierSet *set, MI_ParameterSet *out)
{
    const struct peer_method *method = nth_method(of(self), index);

    if (method == NULL) {
        return MI_RESULT_METHOD_NOT_FOUND;
    }
    SERVED_SET(name, served_wide(method->name));
    add_flag(open_set(set), L"Static", (method->flags & PP_STATIC) != 0);
    if (out != NULL) {
        memset(out, 0, sizeof(*out));
        out->reserved2 = (ptrdiff_t)method;
        out->ft = &parameters_ft;
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL method(const MI_Class *self, const MI_Char *name, MI_QualifierSet *set,
                                MI_ParameterSet *out, MI_Uint32 *index)
{
    const char *wanted = served_utf8(name);
    const struct peer_method *at;
    MI_Uint32 i = 0;

    while ((at = nth_method(of(self), i)) != NULL && !peer_ieq(at->name, wanted)) {
        i++;
    }
    SERVED_SET(index, i);
    return method_at(self, i, NULL, set, out);
}

static MI_Result MI_CALL delete_nothing(MI_Class *self)
{
    (void)self;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL clone(const MI_Class *self, MI_Class **out)
{
    *out = served_class_of(of(self));
    return MI_RESULT_OK;
}

static const MI_ClassFT class_ft = {
    .GetClassName = class_name,
    .GetParentClassName = parent_name,
    .GetClassQualifierSet = class_qualifiers,
    .GetElementCount = element_count,
    .GetElement = element,
    .GetElementAt = element_at,
    .GetMethodCount = method_count,
    .GetMethodAt = method_at,
    .GetMethod = method,
    .Delete = delete_nothing,
    .Clone = clone,
};

MI_Class *served_class_of(const struct peer_class *from)
{
    struct served_class *made = peer_xmalloc(sizeof(*made));

    memset(made, 0, sizeof(*made));
    made->cls.ft = &class_ft;
    made->from = from;
    return &made->cls;
}
