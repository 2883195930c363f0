/* Wrappers of instances, classes and their parts: which slot they call with what, and what they do
 * without a handle. No library is needed: the slots here only record. */
#include <mi.h>

#include "inline_record.h"

static MI_Result MI_CALL fake_Instance_Clone(const MI_Instance *self, MI_Instance **newInstance)
{
    RECORD("Clone", (uintptr_t)self, (uintptr_t)newInstance);
    return reply;
}

static MI_Result MI_CALL fake_Instance_Destruct(MI_Instance *self)
{
    RECORD("Destruct", (uintptr_t)self);
    return reply;
}

static MI_Result MI_CALL fake_Instance_Delete(MI_Instance *self)
{
    RECORD("Delete", (uintptr_t)self);
    return reply;
}

static MI_Result MI_CALL fake_Instance_IsA(const MI_Instance *self, const MI_ClassDecl *classDecl,
                                           MI_Boolean *flag)
{
    RECORD("IsA", (uintptr_t)self, (uintptr_t)classDecl, (uintptr_t)flag);
    return reply;
}

static MI_Result MI_CALL fake_Instance_GetClassName(const MI_Instance *self,
                                                    const MI_Char **className)
{
    RECORD("GetClassName", (uintptr_t)self, (uintptr_t)className);
    return reply;
}

static MI_Result MI_CALL fake_Instance_SetNameSpace(MI_Instance *self, const MI_Char *nameSpace)
{
    RECORD("SetNameSpace", (uintptr_t)self, (uintptr_t)nameSpace);
    return reply;
}

static MI_Result MI_CALL fake_Instance_GetNameSpace(const MI_Instance *self,
                                                    const MI_Char **nameSpace)
{
    RECORD("GetNameSpace", (uintptr_t)self, (uintptr_t)nameSpace);
    return reply;
}

static MI_Result MI_CALL fake_Instance_GetElementCount(const MI_Instance *self, MI_Uint32 *count)
{
    RECORD("GetElementCount", (uintptr_t)self, (uintptr_t)count);
    return reply;
}

static MI_Result MI_CALL fake_Instance_AddElement(MI_Instance *self, const MI_Char *name,
                                                  const MI_Value *value, MI_Type type,
                                                  MI_Uint32 flags)
{
    RECORD("AddElement", (uintptr_t)self, (uintptr_t)name, (uintptr_t)value, (uintptr_t)type,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_Instance_SetElement(MI_Instance *self, const MI_Char *name,
                                                  const MI_Value *value, MI_Type type,
                                                  MI_Uint32 flags)
{
    RECORD("SetElement", (uintptr_t)self, (uintptr_t)name, (uintptr_t)value, (uintptr_t)type,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_Instance_SetElementAt(MI_Instance *self, MI_Uint32 index,
                                                    const MI_Value *value, MI_Type type,
                                                    MI_Uint32 flags)
{
    RECORD("SetElementAt", (uintptr_t)self, (uintptr_t)index, (uintptr_t)value, (uintptr_t)type,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_Instance_GetElement(const MI_Instance *self, const MI_Char *name,
                                                  MI_Value *value, MI_Type *type, MI_Uint32 *flags,
                                                  MI_Uint32 *index)
{
    RECORD("GetElement", (uintptr_t)self, (uintptr_t)name, (uintptr_t)value, (uintptr_t)type,
           (uintptr_t)flags, (uintptr_t)index);
    return reply;
}

static MI_Result MI_CALL fake_Instance_GetElementAt(const MI_Instance *self, MI_Uint32 index,
                                                    const MI_Char **name, MI_Value *value,
                                                    MI_Type *type, MI_Uint32 *flags)
{
    RECORD("GetElementAt", (uintptr_t)self, (uintptr_t)index, (uintptr_t)name, (uintptr_t)value,
           (uintptr_t)type, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_Instance_ClearElement(MI_Instance *self, const MI_Char *name)
{
    RECORD("ClearElement", (uintptr_t)self, (uintptr_t)name);
    return reply;
}

static MI_Result MI_CALL fake_Instance_ClearElementAt(MI_Instance *self, MI_Uint32 index)
{
    RECORD("ClearElementAt", (uintptr_t)self, (uintptr_t)index);
    return reply;
}

static MI_Result MI_CALL fake_Instance_GetServerName(const MI_Instance *self, const MI_Char **name)
{
    RECORD("GetServerName", (uintptr_t)self, (uintptr_t)name);
    return reply;
}

static MI_Result MI_CALL fake_Instance_SetServerName(MI_Instance *self, const MI_Char *name)
{
    RECORD("SetServerName", (uintptr_t)self, (uintptr_t)name);
    return reply;
}

static MI_Result MI_CALL fake_Instance_GetClass(const MI_Instance *self, MI_Class **instanceClass)
{
    RECORD("GetClass", (uintptr_t)self, (uintptr_t)instanceClass);
    return reply;
}

static const MI_InstanceFT fake_Instance = {
    .Clone = fake_Instance_Clone,
    .Destruct = fake_Instance_Destruct,
    .Delete = fake_Instance_Delete,
    .IsA = fake_Instance_IsA,
    .GetClassName = fake_Instance_GetClassName,
    .SetNameSpace = fake_Instance_SetNameSpace,
    .GetNameSpace = fake_Instance_GetNameSpace,
    .GetElementCount = fake_Instance_GetElementCount,
    .AddElement = fake_Instance_AddElement,
    .SetElement = fake_Instance_SetElement,
    .SetElementAt = fake_Instance_SetElementAt,
    .GetElement = fake_Instance_GetElement,
    .GetElementAt = fake_Instance_GetElementAt,
    .ClearElement = fake_Instance_ClearElement,
    .ClearElementAt = fake_Instance_ClearElementAt,
    .GetServerName = fake_Instance_GetServerName,
    .SetServerName = fake_Instance_SetServerName,
    .GetClass = fake_Instance_GetClass,
};

static MI_Result MI_CALL fake_Class_GetClassName(const MI_Class *self, const MI_Char **className)
{
    RECORD("GetClassName", (uintptr_t)self, (uintptr_t)className);
    return reply;
}

static MI_Result MI_CALL fake_Class_GetNameSpace(const MI_Class *self, const MI_Char **nameSpace)
{
    RECORD("GetNameSpace", (uintptr_t)self, (uintptr_t)nameSpace);
    return reply;
}

static MI_Result MI_CALL fake_Class_GetServerName(const MI_Class *self, const MI_Char **serverName)
{
    RECORD("GetServerName", (uintptr_t)self, (uintptr_t)serverName);
    return reply;
}

static MI_Result MI_CALL fake_Class_GetElementCount(const MI_Class *self, MI_Uint32 *count)
{
    RECORD("GetElementCount", (uintptr_t)self, (uintptr_t)count);
    return reply;
}

static MI_Result MI_CALL fake_Class_GetElement(const MI_Class *self, const MI_Char *name,
                                               MI_Value *value, MI_Boolean *valueExists,
                                               MI_Type *type, MI_Char **referenceClass,
                                               MI_QualifierSet *qualifierSet, MI_Uint32 *flags,
                                               MI_Uint32 *index)
{
    RECORD("GetElement", (uintptr_t)self, (uintptr_t)name, (uintptr_t)value, (uintptr_t)valueExists,
           (uintptr_t)type, (uintptr_t)referenceClass, (uintptr_t)qualifierSet, (uintptr_t)flags,
           (uintptr_t)index);
    return reply;
}

static MI_Result MI_CALL fake_Class_GetElementAt(const MI_Class *self, MI_Uint32 index,
                                                 const MI_Char **name, MI_Value *value,
                                                 MI_Boolean *valueExists, MI_Type *type,
                                                 MI_Char **referenceClass,
                                                 MI_QualifierSet *qualifierSet, MI_Uint32 *flags)
{
    RECORD("GetElementAt", (uintptr_t)self, (uintptr_t)index, (uintptr_t)name, (uintptr_t)value,
           (uintptr_t)valueExists, (uintptr_t)type, (uintptr_t)referenceClass,
           (uintptr_t)qualifierSet, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_Class_GetClassQualifierSet(const MI_Class *self,
                                                         MI_QualifierSet *qualifierSet)
{
    RECORD("GetClassQualifierSet", (uintptr_t)self, (uintptr_t)qualifierSet);
    return reply;
}

static MI_Result MI_CALL fake_Class_GetMethodCount(const MI_Class *self, MI_Uint32 *count)
{
    RECORD("GetMethodCount", (uintptr_t)self, (uintptr_t)count);
    return reply;
}

static MI_Result MI_CALL fake_Class_GetMethodAt(const MI_Class *self, MI_Uint32 index,
                                                const MI_Char **name, MI_QualifierSet *qualifierSet,
                                                MI_ParameterSet *parameterSet)
{
    RECORD("GetMethodAt", (uintptr_t)self, (uintptr_t)index, (uintptr_t)name,
           (uintptr_t)qualifierSet, (uintptr_t)parameterSet);
    return reply;
}

static MI_Result MI_CALL fake_Class_GetMethod(const MI_Class *self, const MI_Char *name,
                                              MI_QualifierSet *qualifierSet,
                                              MI_ParameterSet *parameterSet, MI_Uint32 *index)
{
    RECORD("GetMethod", (uintptr_t)self, (uintptr_t)name, (uintptr_t)qualifierSet,
           (uintptr_t)parameterSet, (uintptr_t)index);
    return reply;
}

static MI_Result MI_CALL fake_Class_GetParentClassName(const MI_Class *self, const MI_Char **name)
{
    RECORD("GetParentClassName", (uintptr_t)self, (uintptr_t)name);
    return reply;
}

static MI_Result MI_CALL fake_Class_GetParentClass(const MI_Class *self, MI_Class **parentClass)
{
    RECORD("GetParentClass", (uintptr_t)self, (uintptr_t)parentClass);
    return reply;
}

static MI_Result MI_CALL fake_Class_Delete(MI_Class *self)
{
    RECORD("Delete", (uintptr_t)self);
    return reply;
}

static MI_Result MI_CALL fake_Class_Clone(const MI_Class *self, MI_Class **newClass)
{
    RECORD("Clone", (uintptr_t)self, (uintptr_t)newClass);
    return reply;
}

static const MI_ClassFT fake_Class = {
    .GetClassName = fake_Class_GetClassName,
    .GetNameSpace = fake_Class_GetNameSpace,
    .GetServerName = fake_Class_GetServerName,
    .GetElementCount = fake_Class_GetElementCount,
    .GetElement = fake_Class_GetElement,
    .GetElementAt = fake_Class_GetElementAt,
    .GetClassQualifierSet = fake_Class_GetClassQualifierSet,
    .GetMethodCount = fake_Class_GetMethodCount,
    .GetMethodAt = fake_Class_GetMethodAt,
    .GetMethod = fake_Class_GetMethod,
    .GetParentClassName = fake_Class_GetParentClassName,
    .GetParentClass = fake_Class_GetParentClass,
    .Delete = fake_Class_Delete,
    .Clone = fake_Class_Clone,
};

static MI_Result MI_CALL fake_QualifierSet_GetQualifierCount(const MI_QualifierSet *self,
                                                             MI_Uint32 *count)
{
    RECORD("GetQualifierCount", (uintptr_t)self, (uintptr_t)count);
    return reply;
}

static MI_Result MI_CALL fake_QualifierSet_GetQualifierAt(const MI_QualifierSet *self,
                                                          MI_Uint32 index, const MI_Char **name,
                                                          MI_Type *qualifierType,
                                                          MI_Uint32 *qualifierFlags,
                                                          MI_Value *qualifierValue)
{
    RECORD("GetQualifierAt", (uintptr_t)self, (uintptr_t)index, (uintptr_t)name,
           (uintptr_t)qualifierType, (uintptr_t)qualifierFlags, (uintptr_t)qualifierValue);
    return reply;
}

static MI_Result MI_CALL fake_QualifierSet_GetQualifier(const MI_QualifierSet *self,
                                                        const MI_Char *name, MI_Type *qualifierType,
                                                        MI_Uint32 *qualifierFlags,
                                                        MI_Value *qualifierValue, MI_Uint32 *index)
{
    RECORD("GetQualifier", (uintptr_t)self, (uintptr_t)name, (uintptr_t)qualifierType,
           (uintptr_t)qualifierFlags, (uintptr_t)qualifierValue, (uintptr_t)index);
    return reply;
}

static const MI_QualifierSetFT fake_QualifierSet = {
    .GetQualifierCount = fake_QualifierSet_GetQualifierCount,
    .GetQualifierAt = fake_QualifierSet_GetQualifierAt,
    .GetQualifier = fake_QualifierSet_GetQualifier,
};

static MI_Result MI_CALL fake_ParameterSet_GetMethodReturnType(const MI_ParameterSet *self,
                                                               MI_Type *returnType,
                                                               MI_QualifierSet *qualifierSet)
{
    RECORD("GetMethodReturnType", (uintptr_t)self, (uintptr_t)returnType, (uintptr_t)qualifierSet);
    return reply;
}

static MI_Result MI_CALL fake_ParameterSet_GetParameterCount(const MI_ParameterSet *self,
                                                             MI_Uint32 *count)
{
    RECORD("GetParameterCount", (uintptr_t)self, (uintptr_t)count);
    return reply;
}

static MI_Result MI_CALL fake_ParameterSet_GetParameterAt(const MI_ParameterSet *self,
                                                          MI_Uint32 index, const MI_Char **name,
                                                          MI_Type *parameterType,
                                                          MI_Char **referenceClass,
                                                          MI_QualifierSet *qualifierSet)
{
    RECORD("GetParameterAt", (uintptr_t)self, (uintptr_t)index, (uintptr_t)name,
           (uintptr_t)parameterType, (uintptr_t)referenceClass, (uintptr_t)qualifierSet);
    return reply;
}

static MI_Result MI_CALL fake_ParameterSet_GetParameter(const MI_ParameterSet *self,
                                                        const MI_Char *name, MI_Type *parameterType,
                                                        MI_Char **referenceClass,
                                                        MI_QualifierSet *qualifierSet,
                                                        MI_Uint32 *index)
{
    RECORD("GetParameter", (uintptr_t)self, (uintptr_t)name, (uintptr_t)parameterType,
           (uintptr_t)referenceClass, (uintptr_t)qualifierSet, (uintptr_t)index);
    return reply;
}

static const MI_ParameterSetFT fake_ParameterSet = {
    .GetMethodReturnType = fake_ParameterSet_GetMethodReturnType,
    .GetParameterCount = fake_ParameterSet_GetParameterCount,
    .GetParameterAt = fake_ParameterSet_GetParameterAt,
    .GetParameter = fake_ParameterSet_GetParameter,
};

static MI_Result MI_CALL fake_PropertySet_GetElementCount(const MI_PropertySet *self,
                                                          MI_Uint32 *count)
{
    RECORD("GetElementCount", (uintptr_t)self, (uintptr_t)count);
    return reply;
}

static MI_Result MI_CALL fake_PropertySet_ContainsElement(const MI_PropertySet *self,
                                                          const MI_Char *name, MI_Boolean *flag)
{
    RECORD("ContainsElement", (uintptr_t)self, (uintptr_t)name, (uintptr_t)flag);
    return reply;
}

static MI_Result MI_CALL fake_PropertySet_AddElement(MI_PropertySet *self, const MI_Char *name)
{
    RECORD("AddElement", (uintptr_t)self, (uintptr_t)name);
    return reply;
}

static MI_Result MI_CALL fake_PropertySet_GetElementAt(const MI_PropertySet *self, MI_Uint32 index,
                                                       const MI_Char **name)
{
    RECORD("GetElementAt", (uintptr_t)self, (uintptr_t)index, (uintptr_t)name);
    return reply;
}

static MI_Result MI_CALL fake_PropertySet_Clear(MI_PropertySet *self)
{
    RECORD("Clear", (uintptr_t)self);
    return reply;
}

static MI_Result MI_CALL fake_PropertySet_Destruct(MI_PropertySet *self)
{
    RECORD("Destruct", (uintptr_t)self);
    return reply;
}

static MI_Result MI_CALL fake_PropertySet_Delete(MI_PropertySet *self)
{
    RECORD("Delete", (uintptr_t)self);
    return reply;
}

static MI_Result MI_CALL fake_PropertySet_Clone(const MI_PropertySet *self,
                                                MI_PropertySet **newPropertySet)
{
    RECORD("Clone", (uintptr_t)self, (uintptr_t)newPropertySet);
    return reply;
}

static const MI_PropertySetFT fake_PropertySet = {
    .GetElementCount = fake_PropertySet_GetElementCount,
    .ContainsElement = fake_PropertySet_ContainsElement,
    .AddElement = fake_PropertySet_AddElement,
    .GetElementAt = fake_PropertySet_GetElementAt,
    .Clear = fake_PropertySet_Clear,
    .Destruct = fake_PropertySet_Destruct,
    .Delete = fake_PropertySet_Delete,
    .Clone = fake_PropertySet_Clone,
};

static MI_Result MI_CALL fake_Filter_Evaluate(const MI_Filter *self, const MI_Instance *instance,
                                              MI_Boolean *result)
{
    RECORD("Evaluate", (uintptr_t)self, (uintptr_t)instance, (uintptr_t)result);
    return reply;
}

static MI_Result MI_CALL fake_Filter_GetExpression(const MI_Filter *self, const MI_Char **queryLang,
                                                   const MI_Char **queryExpr)
{
    RECORD("GetExpression", (uintptr_t)self, (uintptr_t)queryLang, (uintptr_t)queryExpr);
    return reply;
}

static const MI_FilterFT fake_Filter = {
    .Evaluate = fake_Filter_Evaluate,
    .GetExpression = fake_Filter_GetExpression,
};

MIC_TEST(instance, calls_reach_their_slots)
{
    MI_Instance object = {.ft = &fake_Instance};

    REACHES(MI_Instance_Clone(&object, PTR(1)), "Clone", NULL, (uintptr_t)&object, AT(1));
    REACHES(MI_Instance_Destruct(&object), "Destruct", NULL, (uintptr_t)&object);
    REACHES(MI_Instance_Delete(&object), "Delete", NULL, (uintptr_t)&object);
    REACHES(MI_Instance_IsA(&object, PTR(1), PTR(2)), "IsA", NULL, (uintptr_t)&object, AT(1),
            AT(2));
    REACHES(MI_Instance_GetClassName(&object, PTR(1)), "GetClassName", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Instance_SetNameSpace(&object, PTR(1)), "SetNameSpace", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Instance_GetNameSpace(&object, PTR(1)), "GetNameSpace", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Instance_GetElementCount(&object, PTR(1)), "GetElementCount", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_Instance_AddElement(&object, PTR(1), PTR(2), MI_UINT8, 74), "AddElement", NULL,
            (uintptr_t)&object, AT(1), AT(2), MI_UINT8, 74);
    REACHES(MI_Instance_SetElementAt(&object, 71, PTR(2), MI_UINT8, 74), "SetElementAt", NULL,
            (uintptr_t)&object, 71, AT(2), MI_UINT8, 74);
    REACHES(MI_Instance_SetElement(&object, PTR(1), PTR(2), MI_UINT8, 74), "SetElement", NULL,
            (uintptr_t)&object, AT(1), AT(2), MI_UINT8, 74);
    REACHES(MI_Instance_GetElement(&object, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)), "GetElement",
            NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4), AT(5));
    REACHES(MI_Instance_GetElementAt(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5)), "GetElementAt",
            NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5));
    REACHES(MI_Instance_ClearElement(&object, PTR(1)), "ClearElement", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Instance_ClearElementAt(&object, 71), "ClearElementAt", NULL, (uintptr_t)&object,
            71);
    REACHES(MI_Instance_GetServerName(&object, PTR(1)), "GetServerName", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Instance_SetServerName(&object, PTR(1)), "SetServerName", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Instance_GetClass(&object, PTR(1)), "GetClass", NULL, (uintptr_t)&object, AT(1));
}

MIC_TEST(instance, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_Instance zeroed = {0};
    MI_Instance *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_Instance *handle = handles[i];

        REFUSED(MI_Instance_Clone(handle, PTR(1)));
        REFUSED(MI_Instance_Destruct(handle));
        REFUSED(MI_Instance_Delete(handle));
        REFUSED(MI_Instance_IsA(handle, PTR(1), PTR(2)));
        REFUSED(MI_Instance_GetClassName(handle, PTR(1)));
        REFUSED(MI_Instance_SetNameSpace(handle, PTR(1)));
        REFUSED(MI_Instance_GetNameSpace(handle, PTR(1)));
        REFUSED(MI_Instance_GetElementCount(handle, PTR(1)));
        REFUSED(MI_Instance_AddElement(handle, PTR(1), PTR(2), MI_UINT8, 74));
        REFUSED(MI_Instance_SetElementAt(handle, 71, PTR(2), MI_UINT8, 74));
        REFUSED(MI_Instance_SetElement(handle, PTR(1), PTR(2), MI_UINT8, 74));
        REFUSED(MI_Instance_GetElement(handle, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)));
        REFUSED(MI_Instance_GetElementAt(handle, 71, PTR(2), PTR(3), PTR(4), PTR(5)));
        REFUSED(MI_Instance_ClearElement(handle, PTR(1)));
        REFUSED(MI_Instance_ClearElementAt(handle, 71));
        REFUSED(MI_Instance_GetServerName(handle, PTR(1)));
        REFUSED(MI_Instance_SetServerName(handle, PTR(1)));
        REFUSED(MI_Instance_GetClass(handle, PTR(1)));
    }
}

MIC_TEST(class, calls_reach_their_slots)
{
    MI_Class object = {.ft = &fake_Class};

    REACHES(MI_Class_GetClassName(&object, PTR(1)), "GetClassName", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Class_GetNameSpace(&object, PTR(1)), "GetNameSpace", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Class_GetServerName(&object, PTR(1)), "GetServerName", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Class_GetElementCount(&object, PTR(1)), "GetElementCount", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Class_GetElement(&object, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5), PTR(6), PTR(7),
                                PTR(8)),
            "GetElement", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4), AT(5), AT(6), AT(7),
            AT(8));
    REACHES(
        MI_Class_GetElementAt(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5), PTR(6), PTR(7), PTR(8)),
        "GetElementAt", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5), AT(6), AT(7),
        AT(8));
    REACHES(MI_Class_GetClassQualifierSet(&object, PTR(1)), "GetClassQualifierSet", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_Class_GetMethodCount(&object, PTR(1)), "GetMethodCount", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Class_GetMethodAt(&object, 71, PTR(2), PTR(3), PTR(4)), "GetMethodAt", NULL,
            (uintptr_t)&object, 71, AT(2), AT(3), AT(4));
    REACHES(MI_Class_GetMethod(&object, PTR(1), PTR(2), PTR(3), PTR(4)), "GetMethod", NULL,
            (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4));
    REACHES(MI_Class_GetParentClassName(&object, PTR(1)), "GetParentClassName", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_Class_GetParentClass(&object, PTR(1)), "GetParentClass", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Class_Delete(&object), "Delete", NULL, (uintptr_t)&object);
    REACHES(MI_Class_Clone(&object, PTR(1)), "Clone", NULL, (uintptr_t)&object, AT(1));
}

MIC_TEST(class, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_Class zeroed = {0};
    MI_Class *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_Class *handle = handles[i];

        REFUSED(MI_Class_GetClassName(handle, PTR(1)));
        REFUSED(MI_Class_GetNameSpace(handle, PTR(1)));
        REFUSED(MI_Class_GetServerName(handle, PTR(1)));
        REFUSED(MI_Class_GetElementCount(handle, PTR(1)));
        REFUSED(MI_Class_GetElement(handle, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5), PTR(6), PTR(7),
                                    PTR(8)));
        REFUSED(MI_Class_GetElementAt(handle, 71, PTR(2), PTR(3), PTR(4), PTR(5), PTR(6), PTR(7),
                                      PTR(8)));
        REFUSED(MI_Class_GetClassQualifierSet(handle, PTR(1)));
        REFUSED(MI_Class_GetMethodCount(handle, PTR(1)));
        REFUSED(MI_Class_GetMethodAt(handle, 71, PTR(2), PTR(3), PTR(4)));
        REFUSED(MI_Class_GetMethod(handle, PTR(1), PTR(2), PTR(3), PTR(4)));
        REFUSED(MI_Class_GetParentClassName(handle, PTR(1)));
        REFUSED(MI_Class_GetParentClass(handle, PTR(1)));
        REFUSED(MI_Class_Delete(handle));
        REFUSED(MI_Class_Clone(handle, PTR(1)));
    }
}

MIC_TEST(qualifier_set, calls_reach_their_slots)
{
    MI_QualifierSet object = {.ft = &fake_QualifierSet};

    REACHES(MI_QualifierSet_GetQualifierCount(&object, PTR(1)), "GetQualifierCount", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_QualifierSet_GetQualifierAt(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5)),
            "GetQualifierAt", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5));
    REACHES(MI_QualifierSet_GetQualifier(&object, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)),
            "GetQualifier", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4), AT(5));
}

MIC_TEST(qualifier_set, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_QualifierSet zeroed = {0};
    MI_QualifierSet *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_QualifierSet *handle = handles[i];

        REFUSED(MI_QualifierSet_GetQualifierCount(handle, PTR(1)));
        REFUSED(MI_QualifierSet_GetQualifierAt(handle, 71, PTR(2), PTR(3), PTR(4), PTR(5)));
        REFUSED(MI_QualifierSet_GetQualifier(handle, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)));
    }
}

MIC_TEST(parameter_set, calls_reach_their_slots)
{
    MI_ParameterSet object = {.ft = &fake_ParameterSet};

    REACHES(MI_ParameterSet_GetMethodReturnType(&object, PTR(1), PTR(2)), "GetMethodReturnType",
            NULL, (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_ParameterSet_GetParameterCount(&object, PTR(1)), "GetParameterCount", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_ParameterSet_GetParameterAt(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5)),
            "GetParameterAt", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5));
    REACHES(MI_ParameterSet_GetParameter(&object, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)),
            "GetParameter", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4), AT(5));
}

MIC_TEST(parameter_set, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_ParameterSet zeroed = {0};
    MI_ParameterSet *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_ParameterSet *handle = handles[i];

        REFUSED(MI_ParameterSet_GetMethodReturnType(handle, PTR(1), PTR(2)));
        REFUSED(MI_ParameterSet_GetParameterCount(handle, PTR(1)));
        REFUSED(MI_ParameterSet_GetParameterAt(handle, 71, PTR(2), PTR(3), PTR(4), PTR(5)));
        REFUSED(MI_ParameterSet_GetParameter(handle, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)));
    }
}

MIC_TEST(property_set, calls_reach_their_slots)
{
    MI_PropertySet object = {.ft = &fake_PropertySet};

    REACHES(MI_PropertySet_GetElementCount(&object, PTR(1)), "GetElementCount", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_PropertySet_ContainsElement(&object, PTR(1), PTR(2)), "ContainsElement", NULL,
            (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_PropertySet_AddElement(&object, PTR(1)), "AddElement", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_PropertySet_GetElementAt(&object, 71, PTR(2)), "GetElementAt", NULL,
            (uintptr_t)&object, 71, AT(2));
    REACHES(MI_PropertySet_Clear(&object), "Clear", NULL, (uintptr_t)&object);
    REACHES(MI_PropertySet_Destruct(&object), "Destruct", NULL, (uintptr_t)&object);
    REACHES(MI_PropertySet_Delete(&object), "Delete", NULL, (uintptr_t)&object);
    REACHES(MI_PropertySet_Clone(&object, PTR(1)), "Clone", NULL, (uintptr_t)&object, AT(1));
}

MIC_TEST(property_set, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_PropertySet zeroed = {0};
    MI_PropertySet *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_PropertySet *handle = handles[i];

        REFUSED(MI_PropertySet_GetElementCount(handle, PTR(1)));
        REFUSED(MI_PropertySet_ContainsElement(handle, PTR(1), PTR(2)));
        REFUSED(MI_PropertySet_AddElement(handle, PTR(1)));
        REFUSED(MI_PropertySet_GetElementAt(handle, 71, PTR(2)));
        REFUSED(MI_PropertySet_Clear(handle));
        REFUSED(MI_PropertySet_Destruct(handle));
        REFUSED(MI_PropertySet_Delete(handle));
        REFUSED(MI_PropertySet_Clone(handle, PTR(1)));
    }
}

MIC_TEST(filter, calls_reach_their_slots)
{
    MI_Filter object = {.ft = &fake_Filter};

    REACHES(MI_Filter_Evaluate(&object, PTR(1), PTR(2)), "Evaluate", NULL, (uintptr_t)&object,
            AT(1), AT(2));
    REACHES(MI_Filter_GetExpression(&object, PTR(1), PTR(2)), "GetExpression", NULL,
            (uintptr_t)&object, AT(1), AT(2));
}

MIC_TEST(filter, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_Filter zeroed = {0};
    MI_Filter *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_Filter *handle = handles[i];

        REFUSED(MI_Filter_Evaluate(handle, PTR(1), PTR(2)));
        REFUSED(MI_Filter_GetExpression(handle, PTR(1), PTR(2)));
    }
}

static MI_Result MI_CALL fake_InstanceEx_Normalize(MI_Instance **self)
{
    RECORD("Normalize", (uintptr_t)self);
    return reply;
}

MIC_TEST(instance, normalize_reaches_the_longer_table_of_extended_classes_only)
{
    MI_InstanceExFT longer = {.parent = fake_Instance, .Normalize = fake_InstanceEx_Normalize};
    MI_ClassDecl declaration = {.flags = MI_FLAG_CLASS | MI_FLAG_EXTENDED};
    MI_Instance object = {.ft = &longer.parent, .classDecl = &declaration};
    MI_Instance *instance = &object;

    REACHES(MI_Instance_Normalize(&instance), "Normalize", NULL, (uintptr_t)&instance);

    forget();
    declaration.flags = MI_FLAG_CLASS;
    MIC_CHECK_INT(MI_Instance_Normalize(&instance), MI_RESULT_OK);
    object.classDecl = NULL;
    MIC_CHECK_INT(MI_Instance_Normalize(&instance), MI_RESULT_OK);
    MIC_CHECK_INT(seen.calls, 0);
    MIC_CHECK(instance == &object);

    object.ft = NULL;
    REFUSED(MI_Instance_Normalize(&instance));
    instance = NULL;
    REFUSED(MI_Instance_Normalize(&instance));
    REFUSED(MI_Instance_Normalize(NULL));
}
