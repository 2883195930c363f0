#include "given.h"

MIC_TEST(class, GetClassName_forwards)
{
    POISONED(const MI_Char *, className);

    given_open();
    FORWARDS(MI_Class_GetClassName(given.class_object, &className));
    LOGGED("ClassFT.GetClassName", "po", given.class_object, &className);
    LOG_ENDS();
    OUT_TEXT(className, "className");
}

MIC_TEST(class, GetNameSpace_forwards)
{
    POISONED(const MI_Char *, nameSpace);

    given_open();
    FORWARDS(MI_Class_GetNameSpace(given.class_object, &nameSpace));
    LOGGED("ClassFT.GetNameSpace", "po", given.class_object, &nameSpace);
    LOG_ENDS();
    OUT_TEXT(nameSpace, "nameSpace");
}

MIC_TEST(class, GetServerName_forwards)
{
    POISONED(const MI_Char *, serverName);

    given_open();
    FORWARDS(MI_Class_GetServerName(given.class_object, &serverName));
    LOGGED("ClassFT.GetServerName", "po", given.class_object, &serverName);
    LOG_ENDS();
    OUT_TEXT(serverName, "serverName");
}

MIC_TEST(class, GetElementCount_forwards)
{
    POISONED(MI_Uint32, count);

    given_open();
    FORWARDS(MI_Class_GetElementCount(given.class_object, &count));
    LOGGED("ClassFT.GetElementCount", "po", given.class_object, &count);
    LOG_ENDS();
    OUT_NUMBER(count, 3, 1);
}

MIC_TEST(class, GetElement_forwards)
{
    POISONED(MI_Value, value);
    POISONED(MI_Boolean, valueExists);
    POISONED(MI_Type, type);
    POISONED(MI_Char *, referenceClass);
    POISONED(MI_QualifierSet, qualifierSet);
    POISONED(MI_Uint32, flags);
    POISONED(MI_Uint32, index);

    given_open();
    FORWARDS(MI_Class_GetElement(given.class_object, TEXT_IN("name"), &value, &valueExists, &type,
                                 &referenceClass, &qualifierSet, &flags, &index));
    LOGGED("ClassFT.GetElement", "psooooooo", given.class_object, TEXT_IN("name"), &given,
           &valueExists, &type, &referenceClass, &qualifierSet, &flags, &index);
    LOG_ENDS();
    OUT_VALUE(value, "value");
    OUT_TRUE(valueExists);
    OUT_TYPE(type);
    OUT_TEXT(referenceClass, "referenceClass");
    OUT_HANDLE(qualifierSet, 4, 6);
    OUT_NUMBER(flags, 4, 7);
    OUT_NUMBER(index, 4, 8);
}

MIC_TEST(class, GetElementAt_forwards)
{
    POISONED(const MI_Char *, name);
    POISONED(MI_Value, value);
    POISONED(MI_Boolean, valueExists);
    POISONED(MI_Type, type);
    POISONED(MI_Char *, referenceClass);
    POISONED(MI_QualifierSet, qualifierSet);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_Class_GetElementAt(given.class_object, 22U, &name, &value, &valueExists, &type,
                                   &referenceClass, &qualifierSet, &flags));
    LOGGED("ClassFT.GetElementAt", "puooooooo", given.class_object, (MI_Uint32)22U, &name, &given,
           &valueExists, &type, &referenceClass, &qualifierSet, &flags);
    LOG_ENDS();
    OUT_TEXT(name, "name");
    OUT_VALUE(value, "value");
    OUT_TRUE(valueExists);
    OUT_TYPE(type);
    OUT_TEXT(referenceClass, "referenceClass");
    OUT_HANDLE(qualifierSet, 5, 7);
    OUT_NUMBER(flags, 5, 8);
}

MIC_TEST(class, GetClassQualifierSet_forwards)
{
    POISONED(MI_QualifierSet, qualifierSet);

    given_open();
    FORWARDS(MI_Class_GetClassQualifierSet(given.class_object, &qualifierSet));
    LOGGED("ClassFT.GetClassQualifierSet", "po", given.class_object, &qualifierSet);
    LOG_ENDS();
    OUT_HANDLE(qualifierSet, 6, 1);
}

MIC_TEST(class, GetMethodCount_forwards)
{
    POISONED(MI_Uint32, count);

    given_open();
    FORWARDS(MI_Class_GetMethodCount(given.class_object, &count));
    LOGGED("ClassFT.GetMethodCount", "po", given.class_object, &count);
    LOG_ENDS();
    OUT_NUMBER(count, 7, 1);
}

MIC_TEST(class, GetMethodAt_forwards)
{
    POISONED(const MI_Char *, name);
    POISONED(MI_QualifierSet, qualifierSet);
    POISONED(MI_ParameterSet, parameterSet);

    given_open();
    FORWARDS(MI_Class_GetMethodAt(given.class_object, 22U, &name, &qualifierSet, &parameterSet));
    LOGGED("ClassFT.GetMethodAt", "puooo", given.class_object, (MI_Uint32)22U, &name, &qualifierSet,
           &parameterSet);
    LOG_ENDS();
    OUT_TEXT(name, "name");
    OUT_HANDLE(qualifierSet, 8, 3);
    OUT_HANDLE(parameterSet, 8, 4);
}

MIC_TEST(class, GetMethod_forwards)
{
    POISONED(MI_QualifierSet, qualifierSet);
    POISONED(MI_ParameterSet, parameterSet);
    POISONED(MI_Uint32, index);

    given_open();
    FORWARDS(MI_Class_GetMethod(given.class_object, TEXT_IN("name"), &qualifierSet, &parameterSet,
                                &index));
    LOGGED("ClassFT.GetMethod", "psooo", given.class_object, TEXT_IN("name"), &qualifierSet,
           &parameterSet, &index);
    LOG_ENDS();
    OUT_HANDLE(qualifierSet, 9, 2);
    OUT_HANDLE(parameterSet, 9, 3);
    OUT_NUMBER(index, 9, 4);
}

MIC_TEST(class, GetParentClassName_forwards)
{
    POISONED(const MI_Char *, name);

    given_open();
    FORWARDS(MI_Class_GetParentClassName(given.class_object, &name));
    LOGGED("ClassFT.GetParentClassName", "po", given.class_object, &name);
    LOG_ENDS();
    OUT_TEXT(name, "name");
}

MIC_TEST(class, GetParentClass_forwards)
{
    POISONED(MI_Class *, parentClass);

    given_open();
    FORWARDS(MI_Class_GetParentClass(given.class_object, &parentClass));
    LOGGED("ClassFT.GetParentClass", "po", given.class_object, &parentClass);
    LOG_ENDS();
    OUT_OBJECT(parentClass, class_object);
}

MIC_TEST(class, Delete_forwards)
{
    given_open();
    FORWARDS(MI_Class_Delete(given.class_object));
    LOGGED("ClassFT.Delete", "p", given.class_object);
    LOG_ENDS();
}

MIC_TEST(class, Clone_forwards)
{
    POISONED(MI_Class *, newClass);

    given_open();
    FORWARDS(MI_Class_Clone(given.class_object, &newClass));
    LOGGED("ClassFT.Clone", "po", given.class_object, &newClass);
    LOG_ENDS();
    OUT_OBJECT(newClass, class_object);
}

MIC_TEST(qualifier_set, GetQualifierCount_forwards)
{
    POISONED(MI_Uint32, count);

    given_open();
    FORWARDS(MI_QualifierSet_GetQualifierCount(&given.qualifier_set, &count));
    LOGGED("QualifierSetFT.GetQualifierCount", "po", &given.qualifier_set, &count);
    LOG_ENDS();
    OUT_NUMBER(count, 0, 1);
}

MIC_TEST(qualifier_set, GetQualifierAt_forwards)
{
    POISONED(const MI_Char *, name);
    POISONED(MI_Type, qualifierType);
    POISONED(MI_Uint32, qualifierFlags);
    POISONED(MI_Value, qualifierValue);

    given_open();
    FORWARDS(MI_QualifierSet_GetQualifierAt(&given.qualifier_set, 22U, &name, &qualifierType,
                                            &qualifierFlags, &qualifierValue));
    LOGGED("QualifierSetFT.GetQualifierAt", "puoooo", &given.qualifier_set, (MI_Uint32)22U, &name,
           &qualifierType, &qualifierFlags, &qualifierValue);
    LOG_ENDS();
    OUT_TEXT(name, "name");
    OUT_TYPE(qualifierType);
    OUT_NUMBER(qualifierFlags, 1, 4);
    OUT_VALUE(qualifierValue, "qualifierValue");
}

MIC_TEST(qualifier_set, GetQualifier_forwards)
{
    POISONED(MI_Type, qualifierType);
    POISONED(MI_Uint32, qualifierFlags);
    POISONED(MI_Value, qualifierValue);
    POISONED(MI_Uint32, index);

    given_open();
    FORWARDS(MI_QualifierSet_GetQualifier(&given.qualifier_set, TEXT_IN("name"), &qualifierType,
                                          &qualifierFlags, &qualifierValue, &index));
    LOGGED("QualifierSetFT.GetQualifier", "psoooo", &given.qualifier_set, TEXT_IN("name"),
           &qualifierType, &qualifierFlags, &qualifierValue, &index);
    LOG_ENDS();
    OUT_TYPE(qualifierType);
    OUT_NUMBER(qualifierFlags, 2, 3);
    OUT_VALUE(qualifierValue, "qualifierValue");
    OUT_NUMBER(index, 2, 5);
}

MIC_TEST(parameter_set, GetMethodReturnType_forwards)
{
    POISONED(MI_Type, returnType);
    POISONED(MI_QualifierSet, qualifierSet);

    given_open();
    FORWARDS(MI_ParameterSet_GetMethodReturnType(&given.parameter_set, &returnType, &qualifierSet));
    LOGGED("ParameterSetFT.GetMethodReturnType", "poo", &given.parameter_set, &returnType,
           &qualifierSet);
    LOG_ENDS();
    OUT_TYPE(returnType);
    OUT_HANDLE(qualifierSet, 0, 2);
}

MIC_TEST(parameter_set, GetParameterCount_forwards)
{
    POISONED(MI_Uint32, count);

    given_open();
    FORWARDS(MI_ParameterSet_GetParameterCount(&given.parameter_set, &count));
    LOGGED("ParameterSetFT.GetParameterCount", "po", &given.parameter_set, &count);
    LOG_ENDS();
    OUT_NUMBER(count, 1, 1);
}

MIC_TEST(parameter_set, GetParameterAt_forwards)
{
    POISONED(const MI_Char *, name);
    POISONED(MI_Type, parameterType);
    POISONED(MI_Char *, referenceClass);
    POISONED(MI_QualifierSet, qualifierSet);

    given_open();
    FORWARDS(MI_ParameterSet_GetParameterAt(&given.parameter_set, 22U, &name, &parameterType,
                                            &referenceClass, &qualifierSet));
    LOGGED("ParameterSetFT.GetParameterAt", "puoooo", &given.parameter_set, (MI_Uint32)22U, &name,
           &parameterType, &referenceClass, &qualifierSet);
    LOG_ENDS();
    OUT_TEXT(name, "name");
    OUT_TYPE(parameterType);
    OUT_TEXT(referenceClass, "referenceClass");
    OUT_HANDLE(qualifierSet, 2, 5);
}

MIC_TEST(parameter_set, GetParameter_forwards)
{
    POISONED(MI_Type, parameterType);
    POISONED(MI_Char *, referenceClass);
    POISONED(MI_QualifierSet, qualifierSet);
    POISONED(MI_Uint32, index);

    given_open();
    FORWARDS(MI_ParameterSet_GetParameter(&given.parameter_set, TEXT_IN("name"), &parameterType,
                                          &referenceClass, &qualifierSet, &index));
    LOGGED("ParameterSetFT.GetParameter", "psoooo", &given.parameter_set, TEXT_IN("name"),
           &parameterType, &referenceClass, &qualifierSet, &index);
    LOG_ENDS();
    OUT_TYPE(parameterType);
    OUT_TEXT(referenceClass, "referenceClass");
    OUT_HANDLE(qualifierSet, 3, 4);
    OUT_NUMBER(index, 3, 5);
}
