/* The class that every name but Missing has: Key is its key, Do its method. */
#include <string.h>
#include <wchar.h>

#include "played.h"

struct member {
    const MI_Char *name;
    MI_Type type;
    MI_Uint32 flags;
};

static const struct member properties[] = {
    {L"Key", MI_STRING, MI_FLAG_KEY},
    {L"Size", MI_UINT32, 0},
    {L"Texts", MI_STRINGA, 0},
    {L"Link", MI_REFERENCE, 0},
};
static const struct member parameters[] = {
    {L"Count", MI_UINT32, 0},
    {L"Text", MI_STRING, 0},
    {L"Result", MI_UINT32, MI_FLAG_OUT},
};
enum {
    PROPERTIES = sizeof(properties) / sizeof(properties[0]),
    PARAMETERS = sizeof(parameters) / sizeof(parameters[0])
};

static int find(const struct member *members, int count, const MI_Char *name)
{
    for (int i = 0; i < count; i++) {
        if (_wcsicmp(members[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

static MI_Result MI_CALL qualifiers_GetQualifierCount(const MI_QualifierSet *self, MI_Uint32 *count)
{
    (void)self;
    *count = 0;
    return MI_RESULT_OK;
}

/* reserved1: the Out qualifier is there. */
static MI_Result MI_CALL qualifiers_GetQualifier(const MI_QualifierSet *self, const MI_Char *name,
                                                 MI_Type *type, MI_Uint32 *flags, MI_Value *value,
                                                 MI_Uint32 *index)
{
    if (self->reserved1 == 0 || _wcsicmp(name, L"Out") != 0) {
        return MI_RESULT_NOT_FOUND;
    }
    *type = MI_BOOLEAN;
    *flags = 0;
    value->boolean = MI_TRUE;
    *index = 0;
    return MI_RESULT_OK;
}

static const MI_QualifierSetFT qualifiers_ft = {
    .GetQualifierCount = qualifiers_GetQualifierCount,
    .GetQualifier = qualifiers_GetQualifier,
};

static void set_qualifiers(MI_QualifierSet *set, MI_Boolean is_out)
{
    if (set != NULL) {
        memset(set, 0, sizeof(*set));
        set->reserved1 = is_out;
        set->ft = &qualifiers_ft;
    }
}

static MI_Result MI_CALL parameters_GetMethodReturnType(const MI_ParameterSet *self, MI_Type *type,
                                                        MI_QualifierSet *set)
{
    (void)self;
    *type = MI_UINT32;
    set_qualifiers(set, MI_FALSE);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL parameters_GetParameterCount(const MI_ParameterSet *self, MI_Uint32 *count)
{
    (void)self;
    *count = PARAMETERS;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL parameters_GetParameterAt(const MI_ParameterSet *self, MI_Uint32 index,
                                                   const MI_Char **name, MI_Type *type,
                                                   MI_Char **reference_class, MI_QualifierSet *set)
{
    (void)self;
    if (index >= PARAMETERS) {
        return MI_RESULT_NOT_FOUND;
    }
    *name = parameters[index].name;
    *type = parameters[index].type;
    *reference_class = NULL;
    set_qualifiers(set, parameters[index].flags == MI_FLAG_OUT);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL parameters_GetParameter(const MI_ParameterSet *self, const MI_Char *name,
                                                 MI_Type *type, MI_Char **reference_class,
                                                 MI_QualifierSet *set, MI_Uint32 *index)
{
    int found = find(parameters, PARAMETERS, name);
    const MI_Char *same = NULL;

    if (found < 0) {
        return MI_RESULT_NOT_FOUND;
    }
    *index = (MI_Uint32)found;
    return parameters_GetParameterAt(self, *index, &same, type, reference_class, set);
}

static const MI_ParameterSetFT parameters_ft = {
    .GetMethodReturnType = parameters_GetMethodReturnType,
    .GetParameterCount = parameters_GetParameterCount,
    .GetParameterAt = parameters_GetParameterAt,
    .GetParameter = parameters_GetParameter,
};

static MI_Result MI_CALL class_GetClassName(const MI_Class *self, const MI_Char **name)
{
    (void)self;
    *name = played_server.class_name;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetParentClassName(const MI_Class *self, const MI_Char **name)
{
    (void)self;
    (void)name;
    return MI_RESULT_INVALID_SUPERCLASS;
}

static MI_Result MI_CALL class_GetClassQualifierSet(const MI_Class *self, MI_QualifierSet *set)
{
    (void)self;
    set_qualifiers(set, MI_FALSE);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetElementCount(const MI_Class *self, MI_Uint32 *count)
{
    (void)self;
    *count = PROPERTIES;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetElementAt(const MI_Class *self, MI_Uint32 index,
                                            const MI_Char **name, MI_Value *value,
                                            MI_Boolean *exists, MI_Type *type,
                                            MI_Char **reference_class, MI_QualifierSet *set,
                                            MI_Uint32 *flags)
{
    (void)self;
    (void)value;
    if (index >= PROPERTIES) {
        return MI_RESULT_NO_SUCH_PROPERTY;
    }
    if (name != NULL) {
        *name = properties[index].name;
    }
    if (exists != NULL) {
        *exists = MI_FALSE;
    }
    if (type != NULL) {
        *type = properties[index].type;
    }
    if (reference_class != NULL) {
        *reference_class = NULL;
    }
    if (flags != NULL) {
        *flags = properties[index].flags;
    }
    set_qualifiers(set, MI_FALSE);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetElement(const MI_Class *self, const MI_Char *name,
                                          MI_Value *value, MI_Boolean *exists, MI_Type *type,
                                          MI_Char **reference_class, MI_QualifierSet *set,
                                          MI_Uint32 *flags, MI_Uint32 *index)
{
    int found = find(properties, PROPERTIES, name);

    if (found < 0) {
        return MI_RESULT_NO_SUCH_PROPERTY;
    }
    if (index != NULL) {
        *index = (MI_Uint32)found;
    }
    return class_GetElementAt(self, (MI_Uint32)found, NULL, value, exists, type, reference_class,
                              set, flags);
}

static MI_Result MI_CALL class_GetMethodCount(const MI_Class *self, MI_Uint32 *count)
{
    (void)self;
    *count = 1;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetMethodAt(const MI_Class *self, MI_Uint32 index,
                                           const MI_Char **name, MI_QualifierSet *set,
                                           MI_ParameterSet *out)
{
    (void)self;
    if (index > 0) {
        return MI_RESULT_METHOD_NOT_FOUND;
    }
    *name = L"Do";
    set_qualifiers(set, MI_FALSE);
    if (out != NULL) {
        memset(out, 0, sizeof(*out));
        out->ft = &parameters_ft;
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetMethod(const MI_Class *self, const MI_Char *name,
                                         MI_QualifierSet *set, MI_ParameterSet *out,
                                         MI_Uint32 *index)
{
    const MI_Char *same = NULL;

    (void)index;
    return class_GetMethodAt(self, _wcsicmp(name, L"Do") == 0 ? 0 : 1, &same, set, out);
}

static MI_Result MI_CALL class_Delete(MI_Class *self);
static MI_Result MI_CALL class_Clone(const MI_Class *self, MI_Class **out);

static const MI_ClassFT class_ft = {
    .GetClassName = class_GetClassName,
    .GetParentClassName = class_GetParentClassName,
    .GetClassQualifierSet = class_GetClassQualifierSet,
    .GetElementCount = class_GetElementCount,
    .GetElement = class_GetElement,
    .GetElementAt = class_GetElementAt,
    .GetMethodCount = class_GetMethodCount,
    .GetMethodAt = class_GetMethodAt,
    .GetMethod = class_GetMethod,
    .Delete = class_Delete,
    .Clone = class_Clone,
};
static MI_Class the_class = {.ft = &class_ft};

static MI_Result MI_CALL class_Delete(MI_Class *self)
{
    (void)self;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_Clone(const MI_Class *self, MI_Class **out)
{
    (void)self;
    *out = &the_class;
    return MI_RESULT_OK;
}

MI_Result MI_CALL played_GetClass(MI_Operation *operation, const MI_Class **cls, MI_Boolean *more,
                                  MI_Result *result, const MI_Char **message,
                                  const MI_Instance **details)
{
    MI_Boolean is_missing = wcscmp(played_server.class_name, L"Missing") == 0;

    (void)operation;
    *cls = is_missing ? NULL : &the_class;
    *more = MI_FALSE;
    *result = is_missing ? MI_RESULT_INVALID_CLASS : MI_RESULT_OK;
    PLAYED_SET(message, NULL);
    PLAYED_SET(details, NULL);
    return MI_RESULT_OK;
}

void MI_CALL played_StartGetClass(MI_Session *session, MI_Uint32 flags,
                                  MI_OperationOptions *options, const MI_Char *name_space,
                                  const MI_Char *class_name, MI_OperationCallbacks *callbacks,
                                  MI_Operation *operation)
{
    (void)session;
    (void)flags;
    (void)options;
    (void)name_space;
    (void)callbacks;
    played_copy(played_server.class_name, class_name);
    operation->ft = &played_operation_ft;
}

void MI_CALL played_EnumerateClasses(MI_Session *session, MI_Uint32 flags,
                                     MI_OperationOptions *options, const MI_Char *name_space,
                                     const MI_Char *class_name, MI_Boolean names_only,
                                     MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    (void)names_only;
    played_StartGetClass(session, flags, options, name_space,
                         class_name != NULL ? class_name : L"Top_\u00fc", callbacks, operation);
}
