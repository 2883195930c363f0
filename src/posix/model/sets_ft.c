/* MI_QualifierSet: reserved1 counts what reserved2 points to. MI_ParameterSet: reserved2 points to
 * the method. Both point into a class and end with it. */
#include <string.h>

#include "model/class.h"
#include "model/value.h"

_Static_assert(sizeof(void *) == sizeof(((MI_QualifierSet *)NULL)->reserved2), "holds a pointer");

/* The parameter that stands for the return value in declarations. */
#define RETURN_NAME "MIReturn"

typedef MI_Qualifier const *const *qualifier_list;

static qualifier_list qualifiers_of(const MI_QualifierSet *self, MI_Uint32 *count)
{
    qualifier_list list;

    *count = (MI_Uint32)self->reserved1;
    memcpy(&list, &self->reserved2, sizeof(qualifier_list));
    return list;
}

static MI_Result MI_CALL qualifiers_GetQualifierCount(const MI_QualifierSet *self, MI_Uint32 *count)
{
    if (self == NULL || count == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    qualifiers_of(self, count);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL qualifiers_GetQualifierAt(const MI_QualifierSet *self, MI_Uint32 index,
                                                   const MI_Char **name, MI_Type *qualifierType,
                                                   MI_Uint32 *qualifierFlags,
                                                   MI_Value *qualifierValue)
{
    qualifier_list list;
    MI_Uint32 count;

    if (self == NULL || name == NULL || qualifierType == NULL || qualifierFlags == NULL ||
        qualifierValue == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    list = qualifiers_of(self, &count);
    if (index >= count) {
        return MI_RESULT_NOT_FOUND;
    }
    *name = list[index]->name;
    *qualifierType = (MI_Type)list[index]->type;
    *qualifierFlags = list[index]->flavor;
    if (!mic_value_from_decl(*qualifierType, list[index]->value, qualifierValue)) {
        *qualifierFlags |= MI_FLAG_NULL;
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL qualifiers_GetQualifier(const MI_QualifierSet *self, const MI_Char *name,
                                                 MI_Type *qualifierType, MI_Uint32 *qualifierFlags,
                                                 MI_Value *qualifierValue, MI_Uint32 *index)
{
    qualifier_list list;
    const MI_Char *found;
    MI_Uint32 i, count;

    if (self == NULL || name == NULL || qualifierType == NULL || qualifierFlags == NULL ||
        qualifierValue == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    list = qualifiers_of(self, &count);
    for (i = 0; i < count; i++) {
        if (mic_text_equal_nocase(list[i]->name, name)) {
            if (index != NULL) {
                *index = i;
            }
            return qualifiers_GetQualifierAt(self, i, &found, qualifierType, qualifierFlags,
                                             qualifierValue);
        }
    }
    return MI_RESULT_NOT_FOUND;
}

static const MI_QualifierSetFT qualifier_set_ft = {
    .GetQualifierCount = qualifiers_GetQualifierCount,
    .GetQualifierAt = qualifiers_GetQualifierAt,
    .GetQualifier = qualifiers_GetQualifier,
};

void mic_qualifier_set_init(MI_QualifierSet *set, MI_Qualifier const *const *qualifiers,
                            MI_Uint32 count)
{
    set->reserved1 = qualifiers != NULL ? count : 0;
    memcpy(&set->reserved2, &qualifiers, sizeof(set->reserved2));
    set->ft = &qualifier_set_ft;
}

static const MI_MethodDecl *method_of(const MI_ParameterSet *self)
{
    const MI_MethodDecl *method = NULL;

    if (self != NULL) {
        memcpy(&method, &self->reserved2, sizeof(const MI_MethodDecl *));
    }
    return method;
}

static bool is_return_value(const MI_ParameterDecl *parameter)
{
    return mic_text_equal_nocase(parameter->name, RETURN_NAME);
}

static MI_Result MI_CALL parameters_GetMethodReturnType(const MI_ParameterSet *self,
                                                        MI_Type *returnType,
                                                        MI_QualifierSet *qualifierSet)
{
    const MI_MethodDecl *method = method_of(self);
    MI_Uint32 i;

    if (method == NULL || returnType == NULL || qualifierSet == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *returnType = (MI_Type)method->returnType;
    mic_qualifier_set_init(qualifierSet, NULL, 0);
    for (i = 0; i < method->numParameters; i++) {
        if (is_return_value(method->parameters[i])) {
            mic_qualifier_set_init(qualifierSet, method->parameters[i]->qualifiers,
                                   method->parameters[i]->numQualifiers);
        }
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL parameters_GetParameterCount(const MI_ParameterSet *self, MI_Uint32 *count)
{
    const MI_MethodDecl *method = method_of(self);
    MI_Uint32 i;

    if (method == NULL || count == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *count = 0;
    for (i = 0; i < method->numParameters; i++) {
        *count += is_return_value(method->parameters[i]) ? 0 : 1;
    }
    return MI_RESULT_OK;
}

static MI_Result give_parameter(const MI_ParameterDecl *parameter, MI_Type *type,
                                MI_Char **referenceClass, MI_QualifierSet *qualifierSet)
{
    *type = (MI_Type)parameter->type;
    if (referenceClass != NULL) {
        *referenceClass = mic_unconst(parameter->className);
    }
    mic_qualifier_set_init(qualifierSet, parameter->qualifiers, parameter->numQualifiers);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL parameters_GetParameterAt(const MI_ParameterSet *self, MI_Uint32 index,
                                                   const MI_Char **name, MI_Type *parameterType,
                                                   MI_Char **referenceClass,
                                                   MI_QualifierSet *qualifierSet)
{
    const MI_MethodDecl *method = method_of(self);
    MI_Uint32 i, at = 0;

    if (method == NULL || name == NULL || parameterType == NULL || qualifierSet == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    for (i = 0; i < method->numParameters; i++) {
        if (is_return_value(method->parameters[i]) || at++ != index) {
            continue;
        }
        *name = method->parameters[i]->name;
        return give_parameter(method->parameters[i], parameterType, referenceClass, qualifierSet);
    }
    return MI_RESULT_NOT_FOUND;
}

static MI_Result MI_CALL parameters_GetParameter(const MI_ParameterSet *self, const MI_Char *name,
                                                 MI_Type *parameterType, MI_Char **referenceClass,
                                                 MI_QualifierSet *qualifierSet, MI_Uint32 *index)
{
    const MI_MethodDecl *method = method_of(self);
    MI_Uint32 i, at = 0;

    if (method == NULL || name == NULL || parameterType == NULL || qualifierSet == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    for (i = 0; i < method->numParameters; i++) {
        if (is_return_value(method->parameters[i])) {
            continue;
        }
        if (mic_text_equal_nocase(method->parameters[i]->name, name)) {
            if (index != NULL) {
                *index = at;
            }
            return give_parameter(method->parameters[i], parameterType, referenceClass,
                                  qualifierSet);
        }
        at++;
    }
    return MI_RESULT_NOT_FOUND;
}

static const MI_ParameterSetFT parameter_set_ft = {
    .GetMethodReturnType = parameters_GetMethodReturnType,
    .GetParameterCount = parameters_GetParameterCount,
    .GetParameterAt = parameters_GetParameterAt,
    .GetParameter = parameters_GetParameter,
};

void mic_parameter_set_init(MI_ParameterSet *set, const MI_MethodDecl *method)
{
    set->reserved1 = 0;
    memcpy(&set->reserved2, &method, sizeof(set->reserved2));
    set->ft = &parameter_set_ft;
}
