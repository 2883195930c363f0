#include <string.h>

#include "model/class.h"
#include "model/value.h"

static const MI_ClassDecl *declaration(const MI_Class *self)
{
    return mic_class_from_public(self) != NULL ? self->classDecl : NULL;
}

static MI_Result MI_CALL class_GetClassName(const MI_Class *self, const MI_Char **className)
{
    const MI_ClassDecl *decl = declaration(self);

    if (decl == NULL || className == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *className = decl->name;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetNameSpace(const MI_Class *self, const MI_Char **nameSpace)
{
    if (self == NULL || nameSpace == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *nameSpace = self->namespaceName;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetServerName(const MI_Class *self, const MI_Char **serverName)
{
    if (self == NULL || serverName == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *serverName = self->serverName;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetElementCount(const MI_Class *self, MI_Uint32 *count)
{
    const MI_ClassDecl *decl = declaration(self);

    if (decl == NULL || count == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *count = decl->numProperties;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetElementAt(const MI_Class *self, MI_Uint32 index,
                                            const MI_Char **name, MI_Value *value,
                                            MI_Boolean *valueExists, MI_Type *type,
                                            MI_Char **referenceClass, MI_QualifierSet *qualifierSet,
                                            MI_Uint32 *flags)
{
    const MI_ClassDecl *decl = declaration(self);
    const MI_PropertyDecl *property;
    MI_Value held;
    bool exists;

    if (decl == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (index >= decl->numProperties) {
        return MI_RESULT_NO_SUCH_PROPERTY;
    }
    property = decl->properties[index];
    exists = mic_value_from_decl((MI_Type)property->type, property->value, &held);
    if (name != NULL) {
        *name = property->name;
    }
    if (value != NULL) {
        *value = held;
    }
    if (valueExists != NULL) {
        *valueExists = exists ? MI_TRUE : MI_FALSE;
    }
    if (type != NULL) {
        *type = (MI_Type)property->type;
    }
    if (referenceClass != NULL) {
        *referenceClass = mic_unconst(property->className);
    }
    if (qualifierSet != NULL) {
        mic_qualifier_set_init(qualifierSet, property->qualifiers, property->numQualifiers);
    }
    if (flags != NULL) {
        *flags = property->flags;
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetElement(const MI_Class *self, const MI_Char *name,
                                          MI_Value *value, MI_Boolean *valueExists, MI_Type *type,
                                          MI_Char **referenceClass, MI_QualifierSet *qualifierSet,
                                          MI_Uint32 *flags, MI_Uint32 *index)
{
    const MI_ClassDecl *decl = declaration(self);
    MI_Result result;
    int found;

    if (decl == NULL || name == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    found = mic_decl_find_property(decl, mic_str_from(name), 0);
    if (found < 0) {
        return MI_RESULT_NO_SUCH_PROPERTY;
    }
    result = class_GetElementAt(self, (MI_Uint32)found, NULL, value, valueExists, type,
                                referenceClass, qualifierSet, flags);
    if (index != NULL) {
        *index = (MI_Uint32)found;
    }
    return result;
}

static MI_Result MI_CALL class_GetClassQualifierSet(const MI_Class *self,
                                                    MI_QualifierSet *qualifierSet)
{
    const MI_ClassDecl *decl = declaration(self);

    if (decl == NULL || qualifierSet == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    mic_qualifier_set_init(qualifierSet, decl->qualifiers, decl->numQualifiers);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetMethodCount(const MI_Class *self, MI_Uint32 *count)
{
    const MI_ClassDecl *decl = declaration(self);

    if (decl == NULL || count == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *count = decl->numMethods;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetMethodAt(const MI_Class *self, MI_Uint32 index,
                                           const MI_Char **name, MI_QualifierSet *qualifierSet,
                                           MI_ParameterSet *parameterSet)
{
    const MI_ClassDecl *decl = declaration(self);
    const MI_MethodDecl *method;

    if (decl == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (index >= decl->numMethods) {
        return MI_RESULT_METHOD_NOT_FOUND;
    }
    method = decl->methods[index];
    if (name != NULL) {
        *name = method->name;
    }
    if (qualifierSet != NULL) {
        mic_qualifier_set_init(qualifierSet, method->qualifiers, method->numQualifiers);
    }
    if (parameterSet != NULL) {
        mic_parameter_set_init(parameterSet, method);
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetMethod(const MI_Class *self, const MI_Char *name,
                                         MI_QualifierSet *qualifierSet,
                                         MI_ParameterSet *parameterSet, MI_Uint32 *index)
{
    const MI_ClassDecl *decl = declaration(self);
    MI_Uint32 i;

    if (decl == NULL || name == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    for (i = 0; i < decl->numMethods; i++) {
        if (mic_text_equal_nocase(decl->methods[i]->name, name)) {
            if (index != NULL) {
                *index = i;
            }
            return class_GetMethodAt(self, i, NULL, qualifierSet, parameterSet);
        }
    }
    return MI_RESULT_METHOD_NOT_FOUND;
}

static MI_Result MI_CALL class_GetParentClassName(const MI_Class *self, const MI_Char **name)
{
    const MI_ClassDecl *decl = declaration(self);

    if (decl == NULL || name == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (decl->superClass == NULL) {
        return MI_RESULT_INVALID_SUPERCLASS;
    }
    *name = decl->superClass;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetParentClass(const MI_Class *self, MI_Class **parentClass)
{
    const struct mic_class *cls = mic_class_from_public(self);

    if (parentClass == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *parentClass = NULL;
    if (cls == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (cls->parent == NULL) {
        return MI_RESULT_INVALID_SUPERCLASS;
    }
    *parentClass = &mic_class_ref(cls->parent)->public_class;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_Delete(MI_Class *self)
{
    struct mic_class *cls = mic_class_from_public(self);

    if (cls == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    mic_class_unref(cls);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_Clone(const MI_Class *self, MI_Class **newClass)
{
    struct mic_class *cls = mic_class_from_public(self);

    if (newClass == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *newClass = cls != NULL ? &mic_class_ref(cls)->public_class : NULL;
    return cls != NULL ? MI_RESULT_OK : MI_RESULT_INVALID_PARAMETER;
}

const MI_ClassFT mic_class_ft = {
    .GetClassName = class_GetClassName,
    .GetNameSpace = class_GetNameSpace,
    .GetServerName = class_GetServerName,
    .GetElementCount = class_GetElementCount,
    .GetElement = class_GetElement,
    .GetElementAt = class_GetElementAt,
    .GetClassQualifierSet = class_GetClassQualifierSet,
    .GetMethodCount = class_GetMethodCount,
    .GetMethodAt = class_GetMethodAt,
    .GetMethod = class_GetMethod,
    .GetParentClassName = class_GetParentClassName,
    .GetParentClass = class_GetParentClass,
    .Delete = class_Delete,
    .Clone = class_Clone,
};
