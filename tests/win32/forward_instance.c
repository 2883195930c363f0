#include "given.h"

MIC_TEST(instance, Clone_forwards)
{
    POISONED(MI_Instance *, newInstance);

    given_open();
    FORWARDS(MI_Instance_Clone(given.instance, &newInstance));
    LOGGED("InstanceFT.Clone", "po", given.instance, &newInstance);
    LOG_ENDS();
    OUT_OBJECT(newInstance, instance);
}

MIC_TEST(instance, Destruct_forwards)
{
    given_open();
    FORWARDS(MI_Instance_Destruct(given.instance));
    LOGGED("InstanceFT.Destruct", "p", given.instance);
    LOG_ENDS();
}

MIC_TEST(instance, Delete_forwards)
{
    given_open();
    FORWARDS(MI_Instance_Delete(given.instance));
    LOGGED("InstanceFT.Delete", "p", given.instance);
    LOG_ENDS();
}

MIC_TEST(instance, IsA_forwards)
{
    POISONED(MI_Boolean, flag);

    given_open();
    FORWARDS(MI_Instance_IsA(given.instance, &given.class_decl, &flag));
    LOGGED("InstanceFT.IsA", "ppo", given.instance, &given.class_decl, &flag);
    LOG_ENDS();
    OUT_TRUE(flag);
}

MIC_TEST(instance, GetClassName_forwards)
{
    POISONED(const MI_Char *, className);

    given_open();
    FORWARDS(MI_Instance_GetClassName(given.instance, &className));
    LOGGED("InstanceFT.GetClassName", "po", given.instance, &className);
    LOG_ENDS();
    OUT_TEXT(className, "className");
}

MIC_TEST(instance, SetNameSpace_forwards)
{
    given_open();
    FORWARDS(MI_Instance_SetNameSpace(given.instance, TEXT_IN("nameSpace")));
    LOGGED("InstanceFT.SetNameSpace", "ps", given.instance, TEXT_IN("nameSpace"));
    LOG_ENDS();
}

MIC_TEST(instance, GetNameSpace_forwards)
{
    POISONED(const MI_Char *, nameSpace);

    given_open();
    FORWARDS(MI_Instance_GetNameSpace(given.instance, &nameSpace));
    LOGGED("InstanceFT.GetNameSpace", "po", given.instance, &nameSpace);
    LOG_ENDS();
    OUT_TEXT(nameSpace, "nameSpace");
}

MIC_TEST(instance, GetElementCount_forwards)
{
    POISONED(MI_Uint32, count);

    given_open();
    FORWARDS(MI_Instance_GetElementCount(given.instance, &count));
    LOGGED("InstanceFT.GetElementCount", "po", given.instance, &count);
    LOG_ENDS();
    OUT_NUMBER(count, 7, 1);
}

MIC_TEST(instance, AddElement_forwards)
{
    given_open();
    FORWARDS(MI_Instance_AddElement(given.instance, TEXT_IN("name"), &given.value, MI_STRING, 55U));
    LOGGED("InstanceFT.AddElement", "pswu", given.instance, TEXT_IN("name"), &given.value,
           (MI_Uint32)MI_STRING, (MI_Uint32)55U);
    LOG_ENDS();
}

MIC_TEST(instance, SetElementAt_forwards)
{
    given_open();
    FORWARDS(MI_Instance_SetElementAt(given.instance, 22U, &given.value, MI_STRING, 55U));
    LOGGED("InstanceFT.SetElementAt", "puwu", given.instance, (MI_Uint32)22U, &given.value,
           (MI_Uint32)MI_STRING, (MI_Uint32)55U);
    LOG_ENDS();
}

MIC_TEST(instance, SetElement_forwards)
{
    given_open();
    FORWARDS(MI_Instance_SetElement(given.instance, TEXT_IN("name"), &given.value, MI_STRING, 55U));
    LOGGED("InstanceFT.SetElement", "pswu", given.instance, TEXT_IN("name"), &given.value,
           (MI_Uint32)MI_STRING, (MI_Uint32)55U);
    LOG_ENDS();
}

MIC_TEST(instance, GetElement_forwards)
{
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, flags);
    POISONED(MI_Uint32, index);

    given_open();
    FORWARDS(
        MI_Instance_GetElement(given.instance, TEXT_IN("name"), &value, &type, &flags, &index));
    LOGGED("InstanceFT.GetElement", "psoooo", given.instance, TEXT_IN("name"), &given, &type,
           &flags, &index);
    LOG_ENDS();
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(flags, 11, 4);
    OUT_NUMBER(index, 11, 5);
}

MIC_TEST(instance, GetElementAt_forwards)
{
    POISONED(const MI_Char *, name);
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_Instance_GetElementAt(given.instance, 22U, &name, &value, &type, &flags));
    LOGGED("InstanceFT.GetElementAt", "puoooo", given.instance, (MI_Uint32)22U, &name, &given,
           &type, &flags);
    LOG_ENDS();
    OUT_TEXT(name, "name");
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(flags, 12, 5);
}

MIC_TEST(instance, ClearElement_forwards)
{
    given_open();
    FORWARDS(MI_Instance_ClearElement(given.instance, TEXT_IN("name")));
    LOGGED("InstanceFT.ClearElement", "ps", given.instance, TEXT_IN("name"));
    LOG_ENDS();
}

MIC_TEST(instance, ClearElementAt_forwards)
{
    given_open();
    FORWARDS(MI_Instance_ClearElementAt(given.instance, 22U));
    LOGGED("InstanceFT.ClearElementAt", "pu", given.instance, (MI_Uint32)22U);
    LOG_ENDS();
}

MIC_TEST(instance, GetServerName_forwards)
{
    POISONED(const MI_Char *, name);

    given_open();
    FORWARDS(MI_Instance_GetServerName(given.instance, &name));
    LOGGED("InstanceFT.GetServerName", "po", given.instance, &name);
    LOG_ENDS();
    OUT_TEXT(name, "name");
}

MIC_TEST(instance, SetServerName_forwards)
{
    given_open();
    FORWARDS(MI_Instance_SetServerName(given.instance, TEXT_IN("name")));
    LOGGED("InstanceFT.SetServerName", "ps", given.instance, TEXT_IN("name"));
    LOG_ENDS();
}

MIC_TEST(instance, GetClass_forwards)
{
    POISONED(MI_Class *, instanceClass);

    given_open();
    FORWARDS(MI_Instance_GetClass(given.instance, &instanceClass));
    LOGGED("InstanceFT.GetClass", "po", given.instance, &instanceClass);
    LOG_ENDS();
    OUT_OBJECT(instanceClass, class_object);
}

MIC_TEST(property_set, GetElementCount_forwards)
{
    POISONED(MI_Uint32, count);

    given_open();
    FORWARDS(MI_PropertySet_GetElementCount(given.property_set, &count));
    LOGGED("PropertySetFT.GetElementCount", "po", given.property_set, &count);
    LOG_ENDS();
    OUT_NUMBER(count, 0, 1);
}

MIC_TEST(property_set, ContainsElement_forwards)
{
    POISONED(MI_Boolean, flag);

    given_open();
    FORWARDS(MI_PropertySet_ContainsElement(given.property_set, TEXT_IN("name"), &flag));
    LOGGED("PropertySetFT.ContainsElement", "pso", given.property_set, TEXT_IN("name"), &flag);
    LOG_ENDS();
    OUT_TRUE(flag);
}

MIC_TEST(property_set, AddElement_forwards)
{
    given_open();
    FORWARDS(MI_PropertySet_AddElement(given.property_set, TEXT_IN("name")));
    LOGGED("PropertySetFT.AddElement", "ps", given.property_set, TEXT_IN("name"));
    LOG_ENDS();
}

MIC_TEST(property_set, GetElementAt_forwards)
{
    POISONED(const MI_Char *, name);

    given_open();
    FORWARDS(MI_PropertySet_GetElementAt(given.property_set, 22U, &name));
    LOGGED("PropertySetFT.GetElementAt", "puo", given.property_set, (MI_Uint32)22U, &name);
    LOG_ENDS();
    OUT_TEXT(name, "name");
}

MIC_TEST(property_set, Clear_forwards)
{
    given_open();
    FORWARDS(MI_PropertySet_Clear(given.property_set));
    LOGGED("PropertySetFT.Clear", "p", given.property_set);
    LOG_ENDS();
}

MIC_TEST(property_set, Destruct_forwards)
{
    given_open();
    FORWARDS(MI_PropertySet_Destruct(given.property_set));
    LOGGED("PropertySetFT.Destruct", "p", given.property_set);
    LOG_ENDS();
}

MIC_TEST(property_set, Delete_forwards)
{
    given_open();
    FORWARDS(MI_PropertySet_Delete(given.property_set));
    LOGGED("PropertySetFT.Delete", "p", given.property_set);
    LOG_ENDS();
}

MIC_TEST(property_set, Clone_forwards)
{
    POISONED(MI_PropertySet *, newPropertySet);

    given_open();
    FORWARDS(MI_PropertySet_Clone(given.property_set, &newPropertySet));
    LOGGED("PropertySetFT.Clone", "po", given.property_set, &newPropertySet);
    LOG_ENDS();
    OUT_OBJECT(newPropertySet, property_set);
}

MIC_TEST(filter, Evaluate_forwards)
{
    POISONED(MI_Boolean, result);

    given_open();
    FORWARDS(MI_Filter_Evaluate(given.filter, given.instance, &result));
    LOGGED("FilterFT.Evaluate", "ppo", given.filter, given.instance, &result);
    LOG_ENDS();
    OUT_TRUE(result);
}

MIC_TEST(filter, GetExpression_forwards)
{
    POISONED(const MI_Char *, queryLang);
    POISONED(const MI_Char *, queryExpr);

    given_open();
    FORWARDS(MI_Filter_GetExpression(given.filter, &queryLang, &queryExpr));
    LOGGED("FilterFT.GetExpression", "poo", given.filter, &queryLang, &queryExpr);
    LOG_ENDS();
    OUT_TEXT(queryLang, "queryLang");
    OUT_TEXT(queryExpr, "queryExpr");
}
