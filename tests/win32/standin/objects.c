/* Instances, classes and the sets that hang on them. */

#include "standin_internal.h"

static MI_Result MI_CALL instance_Clone(const MI_Instance *self, MI_Instance **newInstance)
{
    ANSWER(newInstance, standin.instance);
    return record("InstanceFT.Clone", "po", self, newInstance);
}

static MI_Result MI_CALL instance_Destruct(MI_Instance *self)
{

    return record("InstanceFT.Destruct", "p", self);
}

static MI_Result MI_CALL instance_Delete(MI_Instance *self)
{

    return record("InstanceFT.Delete", "p", self);
}

static MI_Result MI_CALL instance_IsA(const MI_Instance *self, const MI_ClassDecl *classDecl,
                                      MI_Boolean *flag)
{
    ANSWER(flag, MI_TRUE);
    return record("InstanceFT.IsA", "ppo", self, classDecl, flag);
}

static MI_Result MI_CALL instance_GetClassName(const MI_Instance *self, const MI_Char **className)
{
    ANSWER(className, STANDIN_TEXT("className"));
    return record("InstanceFT.GetClassName", "po", self, className);
}

static MI_Result MI_CALL instance_SetNameSpace(MI_Instance *self, const MI_Char *nameSpace)
{

    return record("InstanceFT.SetNameSpace", "ps", self, nameSpace);
}

static MI_Result MI_CALL instance_GetNameSpace(const MI_Instance *self, const MI_Char **nameSpace)
{
    ANSWER(nameSpace, STANDIN_TEXT("nameSpace"));
    return record("InstanceFT.GetNameSpace", "po", self, nameSpace);
}

static MI_Result MI_CALL instance_GetElementCount(const MI_Instance *self, MI_Uint32 *count)
{
    ANSWER(count, STANDIN_NUMBER(7, 1));
    return record("InstanceFT.GetElementCount", "po", self, count);
}

static MI_Result MI_CALL instance_AddElement(MI_Instance *self, const MI_Char *name,
                                             const MI_Value *value, MI_Type type, MI_Uint32 flags)
{

    return record("InstanceFT.AddElement", "pswu", self, name, value, (MI_Uint32)type,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL instance_SetElement(MI_Instance *self, const MI_Char *name,
                                             const MI_Value *value, MI_Type type, MI_Uint32 flags)
{

    return record("InstanceFT.SetElement", "pswu", self, name, value, (MI_Uint32)type,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL instance_SetElementAt(MI_Instance *self, MI_Uint32 index,
                                               const MI_Value *value, MI_Type type, MI_Uint32 flags)
{

    return record("InstanceFT.SetElementAt", "puwu", self, (MI_Uint32)index, value, (MI_Uint32)type,
                  (MI_Uint32)flags);
}

static MI_Result MI_CALL instance_GetElement(const MI_Instance *self, const MI_Char *name,
                                             MI_Value *value, MI_Type *type, MI_Uint32 *flags,
                                             MI_Uint32 *index)
{
    out_value(value, STANDIN_TEXT("value"));
    ANSWER(type, STANDIN_TYPE);
    ANSWER(flags, STANDIN_NUMBER(11, 4));
    ANSWER(index, STANDIN_NUMBER(11, 5));
    return record("InstanceFT.GetElement", "psoooo", self, name, value, type, flags, index);
}

static MI_Result MI_CALL instance_GetElementAt(const MI_Instance *self, MI_Uint32 index,
                                               const MI_Char **name, MI_Value *value, MI_Type *type,
                                               MI_Uint32 *flags)
{
    ANSWER(name, STANDIN_TEXT("name"));
    out_value(value, STANDIN_TEXT("value"));
    ANSWER(type, STANDIN_TYPE);
    ANSWER(flags, STANDIN_NUMBER(12, 5));
    return record("InstanceFT.GetElementAt", "puoooo", self, (MI_Uint32)index, name, value, type,
                  flags);
}

static MI_Result MI_CALL instance_ClearElement(MI_Instance *self, const MI_Char *name)
{

    return record("InstanceFT.ClearElement", "ps", self, name);
}

static MI_Result MI_CALL instance_ClearElementAt(MI_Instance *self, MI_Uint32 index)
{

    return record("InstanceFT.ClearElementAt", "pu", self, (MI_Uint32)index);
}

static MI_Result MI_CALL instance_GetServerName(const MI_Instance *self, const MI_Char **name)
{
    ANSWER(name, STANDIN_TEXT("name"));
    return record("InstanceFT.GetServerName", "po", self, name);
}

static MI_Result MI_CALL instance_SetServerName(MI_Instance *self, const MI_Char *name)
{

    return record("InstanceFT.SetServerName", "ps", self, name);
}

static MI_Result MI_CALL instance_GetClass(const MI_Instance *self, MI_Class **instanceClass)
{
    ANSWER(instanceClass, standin.class_object);
    return record("InstanceFT.GetClass", "po", self, instanceClass);
}

static MI_Result MI_CALL instance_Normalize(MI_Instance **self)
{
    return record("InstanceExFT.Normalize", "p", self);
}

const MI_InstanceExFT standin_instance_ft = {
    .parent.Clone = instance_Clone,
    .parent.Destruct = instance_Destruct,
    .parent.Delete = instance_Delete,
    .parent.IsA = instance_IsA,
    .parent.GetClassName = instance_GetClassName,
    .parent.SetNameSpace = instance_SetNameSpace,
    .parent.GetNameSpace = instance_GetNameSpace,
    .parent.GetElementCount = instance_GetElementCount,
    .parent.AddElement = instance_AddElement,
    .parent.SetElement = instance_SetElement,
    .parent.SetElementAt = instance_SetElementAt,
    .parent.GetElement = instance_GetElement,
    .parent.GetElementAt = instance_GetElementAt,
    .parent.ClearElement = instance_ClearElement,
    .parent.ClearElementAt = instance_ClearElementAt,
    .parent.GetServerName = instance_GetServerName,
    .parent.SetServerName = instance_SetServerName,
    .parent.GetClass = instance_GetClass,
    .Normalize = instance_Normalize,
};

static MI_Result MI_CALL class_GetClassName(const MI_Class *self, const MI_Char **className)
{
    ANSWER(className, STANDIN_TEXT("className"));
    return record("ClassFT.GetClassName", "po", self, className);
}

static MI_Result MI_CALL class_GetNameSpace(const MI_Class *self, const MI_Char **nameSpace)
{
    ANSWER(nameSpace, STANDIN_TEXT("nameSpace"));
    return record("ClassFT.GetNameSpace", "po", self, nameSpace);
}

static MI_Result MI_CALL class_GetServerName(const MI_Class *self, const MI_Char **serverName)
{
    ANSWER(serverName, STANDIN_TEXT("serverName"));
    return record("ClassFT.GetServerName", "po", self, serverName);
}

static MI_Result MI_CALL class_GetElementCount(const MI_Class *self, MI_Uint32 *count)
{
    ANSWER(count, STANDIN_NUMBER(3, 1));
    return record("ClassFT.GetElementCount", "po", self, count);
}

static MI_Result MI_CALL class_GetElement(const MI_Class *self, const MI_Char *name,
                                          MI_Value *value, MI_Boolean *valueExists, MI_Type *type,
                                          MI_Char **referenceClass, MI_QualifierSet *qualifierSet,
                                          MI_Uint32 *flags, MI_Uint32 *index)
{
    out_value(value, STANDIN_TEXT("value"));
    ANSWER(valueExists, MI_TRUE);
    ANSWER(type, STANDIN_TYPE);
    ANSWER(referenceClass, standin_text(STANDIN_TEXT("referenceClass")));
    ANSWER(qualifierSet, ((MI_QualifierSet){STANDIN_NUMBER(4, 6), 0, &standin_qualifier_set_ft}));
    ANSWER(flags, STANDIN_NUMBER(4, 7));
    ANSWER(index, STANDIN_NUMBER(4, 8));
    return record("ClassFT.GetElement", "psooooooo", self, name, value, valueExists, type,
                  referenceClass, qualifierSet, flags, index);
}

static MI_Result MI_CALL class_GetElementAt(const MI_Class *self, MI_Uint32 index,
                                            const MI_Char **name, MI_Value *value,
                                            MI_Boolean *valueExists, MI_Type *type,
                                            MI_Char **referenceClass, MI_QualifierSet *qualifierSet,
                                            MI_Uint32 *flags)
{
    ANSWER(name, STANDIN_TEXT("name"));
    out_value(value, STANDIN_TEXT("value"));
    ANSWER(valueExists, MI_TRUE);
    ANSWER(type, STANDIN_TYPE);
    ANSWER(referenceClass, standin_text(STANDIN_TEXT("referenceClass")));
    ANSWER(qualifierSet, ((MI_QualifierSet){STANDIN_NUMBER(5, 7), 0, &standin_qualifier_set_ft}));
    ANSWER(flags, STANDIN_NUMBER(5, 8));
    return record("ClassFT.GetElementAt", "puooooooo", self, (MI_Uint32)index, name, value,
                  valueExists, type, referenceClass, qualifierSet, flags);
}

static MI_Result MI_CALL class_GetClassQualifierSet(const MI_Class *self,
                                                    MI_QualifierSet *qualifierSet)
{
    ANSWER(qualifierSet, ((MI_QualifierSet){STANDIN_NUMBER(6, 1), 0, &standin_qualifier_set_ft}));
    return record("ClassFT.GetClassQualifierSet", "po", self, qualifierSet);
}

static MI_Result MI_CALL class_GetMethodCount(const MI_Class *self, MI_Uint32 *count)
{
    ANSWER(count, STANDIN_NUMBER(7, 1));
    return record("ClassFT.GetMethodCount", "po", self, count);
}

static MI_Result MI_CALL class_GetMethodAt(const MI_Class *self, MI_Uint32 index,
                                           const MI_Char **name, MI_QualifierSet *qualifierSet,
                                           MI_ParameterSet *parameterSet)
{
    ANSWER(name, STANDIN_TEXT("name"));
    ANSWER(qualifierSet, ((MI_QualifierSet){STANDIN_NUMBER(8, 3), 0, &standin_qualifier_set_ft}));
    ANSWER(parameterSet, ((MI_ParameterSet){STANDIN_NUMBER(8, 4), 0, &standin_parameter_set_ft}));
    return record("ClassFT.GetMethodAt", "puooo", self, (MI_Uint32)index, name, qualifierSet,
                  parameterSet);
}

static MI_Result MI_CALL class_GetMethod(const MI_Class *self, const MI_Char *name,
                                         MI_QualifierSet *qualifierSet,
                                         MI_ParameterSet *parameterSet, MI_Uint32 *index)
{
    ANSWER(qualifierSet, ((MI_QualifierSet){STANDIN_NUMBER(9, 2), 0, &standin_qualifier_set_ft}));
    ANSWER(parameterSet, ((MI_ParameterSet){STANDIN_NUMBER(9, 3), 0, &standin_parameter_set_ft}));
    ANSWER(index, STANDIN_NUMBER(9, 4));
    return record("ClassFT.GetMethod", "psooo", self, name, qualifierSet, parameterSet, index);
}

static MI_Result MI_CALL class_GetParentClassName(const MI_Class *self, const MI_Char **name)
{
    ANSWER(name, STANDIN_TEXT("name"));
    return record("ClassFT.GetParentClassName", "po", self, name);
}

static MI_Result MI_CALL class_GetParentClass(const MI_Class *self, MI_Class **parentClass)
{
    ANSWER(parentClass, standin.class_object);
    return record("ClassFT.GetParentClass", "po", self, parentClass);
}

static MI_Result MI_CALL class_Delete(MI_Class *self)
{

    return record("ClassFT.Delete", "p", self);
}

static MI_Result MI_CALL class_Clone(const MI_Class *self, MI_Class **newClass)
{
    ANSWER(newClass, standin.class_object);
    return record("ClassFT.Clone", "po", self, newClass);
}

const MI_ClassFT standin_class_ft = {
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

static MI_Result MI_CALL qualifier_set_GetQualifierCount(const MI_QualifierSet *self,
                                                         MI_Uint32 *count)
{
    ANSWER(count, STANDIN_NUMBER(0, 1));
    return record("QualifierSetFT.GetQualifierCount", "po", self, count);
}

static MI_Result MI_CALL qualifier_set_GetQualifierAt(const MI_QualifierSet *self, MI_Uint32 index,
                                                      const MI_Char **name, MI_Type *qualifierType,
                                                      MI_Uint32 *qualifierFlags,
                                                      MI_Value *qualifierValue)
{
    ANSWER(name, STANDIN_TEXT("name"));
    ANSWER(qualifierType, STANDIN_TYPE);
    ANSWER(qualifierFlags, STANDIN_NUMBER(1, 4));
    out_value(qualifierValue, STANDIN_TEXT("qualifierValue"));
    return record("QualifierSetFT.GetQualifierAt", "puoooo", self, (MI_Uint32)index, name,
                  qualifierType, qualifierFlags, qualifierValue);
}

static MI_Result MI_CALL qualifier_set_GetQualifier(const MI_QualifierSet *self,
                                                    const MI_Char *name, MI_Type *qualifierType,
                                                    MI_Uint32 *qualifierFlags,
                                                    MI_Value *qualifierValue, MI_Uint32 *index)
{
    ANSWER(qualifierType, STANDIN_TYPE);
    ANSWER(qualifierFlags, STANDIN_NUMBER(2, 3));
    out_value(qualifierValue, STANDIN_TEXT("qualifierValue"));
    ANSWER(index, STANDIN_NUMBER(2, 5));
    return record("QualifierSetFT.GetQualifier", "psoooo", self, name, qualifierType,
                  qualifierFlags, qualifierValue, index);
}

const MI_QualifierSetFT standin_qualifier_set_ft = {
    .GetQualifierCount = qualifier_set_GetQualifierCount,
    .GetQualifierAt = qualifier_set_GetQualifierAt,
    .GetQualifier = qualifier_set_GetQualifier,
};

static MI_Result MI_CALL parameter_set_GetMethodReturnType(const MI_ParameterSet *self,
                                                           MI_Type *returnType,
                                                           MI_QualifierSet *qualifierSet)
{
    ANSWER(returnType, STANDIN_TYPE);
    ANSWER(qualifierSet, ((MI_QualifierSet){STANDIN_NUMBER(0, 2), 0, &standin_qualifier_set_ft}));
    return record("ParameterSetFT.GetMethodReturnType", "poo", self, returnType, qualifierSet);
}

static MI_Result MI_CALL parameter_set_GetParameterCount(const MI_ParameterSet *self,
                                                         MI_Uint32 *count)
{
    ANSWER(count, STANDIN_NUMBER(1, 1));
    return record("ParameterSetFT.GetParameterCount", "po", self, count);
}

static MI_Result MI_CALL parameter_set_GetParameterAt(const MI_ParameterSet *self, MI_Uint32 index,
                                                      const MI_Char **name, MI_Type *parameterType,
                                                      MI_Char **referenceClass,
                                                      MI_QualifierSet *qualifierSet)
{
    ANSWER(name, STANDIN_TEXT("name"));
    ANSWER(parameterType, STANDIN_TYPE);
    ANSWER(referenceClass, standin_text(STANDIN_TEXT("referenceClass")));
    ANSWER(qualifierSet, ((MI_QualifierSet){STANDIN_NUMBER(2, 5), 0, &standin_qualifier_set_ft}));
    return record("ParameterSetFT.GetParameterAt", "puoooo", self, (MI_Uint32)index, name,
                  parameterType, referenceClass, qualifierSet);
}

static MI_Result MI_CALL parameter_set_GetParameter(const MI_ParameterSet *self,
                                                    const MI_Char *name, MI_Type *parameterType,
                                                    MI_Char **referenceClass,
                                                    MI_QualifierSet *qualifierSet, MI_Uint32 *index)
{
    ANSWER(parameterType, STANDIN_TYPE);
    ANSWER(referenceClass, standin_text(STANDIN_TEXT("referenceClass")));
    ANSWER(qualifierSet, ((MI_QualifierSet){STANDIN_NUMBER(3, 4), 0, &standin_qualifier_set_ft}));
    ANSWER(index, STANDIN_NUMBER(3, 5));
    return record("ParameterSetFT.GetParameter", "psoooo", self, name, parameterType,
                  referenceClass, qualifierSet, index);
}

const MI_ParameterSetFT standin_parameter_set_ft = {
    .GetMethodReturnType = parameter_set_GetMethodReturnType,
    .GetParameterCount = parameter_set_GetParameterCount,
    .GetParameterAt = parameter_set_GetParameterAt,
    .GetParameter = parameter_set_GetParameter,
};

static MI_Result MI_CALL property_set_GetElementCount(const MI_PropertySet *self, MI_Uint32 *count)
{
    ANSWER(count, STANDIN_NUMBER(0, 1));
    return record("PropertySetFT.GetElementCount", "po", self, count);
}

static MI_Result MI_CALL property_set_ContainsElement(const MI_PropertySet *self,
                                                      const MI_Char *name, MI_Boolean *flag)
{
    ANSWER(flag, MI_TRUE);
    return record("PropertySetFT.ContainsElement", "pso", self, name, flag);
}

static MI_Result MI_CALL property_set_AddElement(MI_PropertySet *self, const MI_Char *name)
{

    return record("PropertySetFT.AddElement", "ps", self, name);
}

static MI_Result MI_CALL property_set_GetElementAt(const MI_PropertySet *self, MI_Uint32 index,
                                                   const MI_Char **name)
{
    ANSWER(name, STANDIN_TEXT("name"));
    return record("PropertySetFT.GetElementAt", "puo", self, (MI_Uint32)index, name);
}

static MI_Result MI_CALL property_set_Clear(MI_PropertySet *self)
{

    return record("PropertySetFT.Clear", "p", self);
}

static MI_Result MI_CALL property_set_Destruct(MI_PropertySet *self)
{

    return record("PropertySetFT.Destruct", "p", self);
}

static MI_Result MI_CALL property_set_Delete(MI_PropertySet *self)
{

    return record("PropertySetFT.Delete", "p", self);
}

static MI_Result MI_CALL property_set_Clone(const MI_PropertySet *self,
                                            MI_PropertySet **newPropertySet)
{
    ANSWER(newPropertySet, standin.property_set);
    return record("PropertySetFT.Clone", "po", self, newPropertySet);
}

const MI_PropertySetFT standin_property_set_ft = {
    .GetElementCount = property_set_GetElementCount,
    .ContainsElement = property_set_ContainsElement,
    .AddElement = property_set_AddElement,
    .GetElementAt = property_set_GetElementAt,
    .Clear = property_set_Clear,
    .Destruct = property_set_Destruct,
    .Delete = property_set_Delete,
    .Clone = property_set_Clone,
};

static MI_Result MI_CALL filter_Evaluate(const MI_Filter *self, const MI_Instance *instance,
                                         MI_Boolean *result)
{
    ANSWER(result, MI_TRUE);
    return record("FilterFT.Evaluate", "ppo", self, instance, result);
}

static MI_Result MI_CALL filter_GetExpression(const MI_Filter *self, const MI_Char **queryLang,
                                              const MI_Char **queryExpr)
{
    ANSWER(queryLang, STANDIN_TEXT("queryLang"));
    ANSWER(queryExpr, STANDIN_TEXT("queryExpr"));
    return record("FilterFT.GetExpression", "poo", self, queryLang, queryExpr);
}

const MI_FilterFT standin_filter_ft = {
    .Evaluate = filter_Evaluate,
    .GetExpression = filter_GetExpression,
};
