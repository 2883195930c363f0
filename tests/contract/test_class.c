/* MI_Class, MI_QualifierSet, MI_ParameterSet: what every platform promises. */
#include "contract.h"
#include "schema.h"

static MI_Class *new_thing(MI_Application *application)
{
    MI_Class *cls = NULL;

    contract_open(application);
    MIC_REQUIRE(MI_Application_NewClass(application, &schema_thing, MI_T("root/x"), MI_T("host"),
                                        &cls) == MI_RESULT_OK);
    return cls;
}

MIC_TEST(class, tells_its_names)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Class *cls = new_thing(&application), *parent = NULL;
    const MI_Char *text = NULL;

    MIC_CHECK_INT(MI_Class_GetClassName(cls, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, MI_T("X_Thing"));
    MIC_CHECK_INT(MI_Class_GetNameSpace(cls, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, MI_T("root/x"));
    MIC_CHECK_INT(MI_Class_GetServerName(cls, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, MI_T("host"));
    MIC_CHECK_INT(MI_Class_GetParentClassName(cls, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, MI_T("X_Base"));
    MIC_REQUIRE(MI_Class_GetParentClass(cls, &parent) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_Class_Delete(cls), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Class_GetClassName(parent, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, MI_T("X_Base"));
    MIC_CHECK_INT(MI_Class_GetParentClassName(parent, &text), MI_RESULT_INVALID_SUPERCLASS);
    MIC_CHECK_INT(MI_Class_Delete(parent), MI_RESULT_OK);
    contract_close(&application);
}

MIC_TEST(class, describes_its_elements)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Class *cls = new_thing(&application);
    MI_Value value;
    MI_Boolean exists = MI_FALSE;
    MI_Type type = MI_BOOLEAN;
    MI_Char *reference = NULL;
    MI_QualifierSet qualifiers;
    MI_Uint32 flags = 0, index = 9, count = 0;
    const MI_Char *name = NULL;

    MIC_CHECK_INT(MI_Class_GetElementCount(cls, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 5);
    MIC_CHECK_INT(MI_Class_GetElement(cls, MI_T("count"), &value, &exists, &type, &reference,
                                      &qualifiers, &flags, &index),
                  MI_RESULT_OK);
    MIC_CHECK(exists);
    MIC_CHECK_INT(value.uint32, 42);
    MIC_CHECK_INT(type, MI_UINT32);
    MIC_CHECK_INT(index, 1);
    MIC_CHECK_INT(MI_Class_GetElementAt(cls, 2, &name, &value, &exists, NULL, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("Name"));
    MIC_CHECK_TEXT(value.string, MI_T("unnamed"));
    MIC_CHECK_INT(MI_Class_GetElementAt(cls, 3, NULL, &value, &exists, NULL, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(value.uint16a.size, 3);
    MIC_CHECK_INT(value.uint16a.data[2], 3);
    MIC_CHECK_INT(
        MI_Class_GetElementAt(cls, 4, NULL, &value, &exists, &type, &reference, NULL, NULL),
        MI_RESULT_OK);
    MIC_CHECK(!exists);
    MIC_CHECK_INT(type, MI_REFERENCE);
    MIC_CHECK_TEXT(reference, MI_T("X_Base"));
    MIC_CHECK_INT(MI_Class_GetElementAt(cls, 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_Class_GetElement(cls, MI_T("Nix"), NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MI_Class_Delete(cls);
    contract_close(&application);
}

MIC_TEST(class, hands_out_qualifiers)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Class *cls = new_thing(&application);
    MI_QualifierSet set;
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0, index = 9, count = 0;
    const MI_Char *name = NULL;

    MIC_CHECK_INT(MI_Class_GetClassQualifierSet(cls, &set), MI_RESULT_OK);
    MIC_CHECK_INT(MI_QualifierSet_GetQualifierCount(&set, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 1);
    MIC_CHECK_INT(MI_QualifierSet_GetQualifierAt(&set, 0, &name, &type, &flags, &value),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("Description"));
    MIC_CHECK_INT(type, MI_STRING);
    MIC_CHECK_TEXT(value.string, MI_T("Number of things"));
    MIC_CHECK_INT(
        MI_QualifierSet_GetQualifier(&set, MI_T("DESCRIPTION"), &type, &flags, &value, &index),
        MI_RESULT_OK);
    MIC_CHECK_INT(index, 0);
    MIC_CHECK_INT(MI_QualifierSet_GetQualifierAt(&set, 1, &name, &type, &flags, &value),
                  MI_RESULT_NOT_FOUND);
    MIC_CHECK_INT(MI_QualifierSet_GetQualifier(&set, MI_T("Nix"), &type, &flags, &value, &index),
                  MI_RESULT_NOT_FOUND);
    MIC_CHECK_INT(MI_Class_GetClassQualifierSet(cls, NULL), MI_RESULT_INVALID_PARAMETER);
    MI_Class_Delete(cls);
    contract_close(&application);
}

MIC_TEST(class, describes_methods_and_parameters)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Class *cls = new_thing(&application);
    MI_QualifierSet qualifiers;
    MI_ParameterSet set;
    MI_Type type = MI_BOOLEAN;
    MI_Char *reference = NULL;
    MI_Uint32 index = 9, count = 0;
    const MI_Char *name = NULL;

    MIC_CHECK_INT(MI_Class_GetMethodCount(cls, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 1);
    MIC_CHECK_INT(MI_Class_GetMethodAt(cls, 0, &name, &qualifiers, &set), MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("Stop"));
    MIC_CHECK_INT(MI_Class_GetMethod(cls, MI_T("stop"), NULL, &set, &index), MI_RESULT_OK);
    MIC_CHECK_INT(index, 0);
    MIC_CHECK_INT(MI_ParameterSet_GetMethodReturnType(&set, &type, &qualifiers), MI_RESULT_OK);
    MIC_CHECK_INT(type, MI_UINT32);
    MIC_CHECK_INT(MI_ParameterSet_GetParameterCount(&set, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 2);
    MIC_CHECK_INT(MI_ParameterSet_GetParameterAt(&set, 0, &name, &type, &reference, &qualifiers),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("Force"));
    MIC_CHECK_INT(type, MI_BOOLEAN);
    MIC_CHECK_INT(
        MI_ParameterSet_GetParameter(&set, MI_T("JOB"), &type, &reference, &qualifiers, &index),
        MI_RESULT_OK);
    MIC_CHECK_INT(index, 1);
    MIC_CHECK_TEXT(reference, MI_T("X_Job"));
    MIC_CHECK_INT(MI_ParameterSet_GetParameterAt(&set, 2, &name, &type, &reference, &qualifiers),
                  MI_RESULT_NOT_FOUND);
    MIC_CHECK_INT(MI_Class_GetMethodAt(cls, 1, NULL, NULL, NULL), MI_RESULT_METHOD_NOT_FOUND);
    MIC_CHECK_INT(MI_Class_GetMethod(cls, MI_T("Go"), NULL, NULL, NULL),
                  MI_RESULT_METHOD_NOT_FOUND);
    MI_Class_Delete(cls);
    contract_close(&application);
}

MIC_TEST(class, clones_and_instances_outlive_it)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Class *cls = new_thing(&application), *clone = NULL, *again = NULL;
    MI_Instance *instance = NULL;
    MI_Value value;
    MI_Uint32 count = 0;

    MIC_REQUIRE(MI_Class_Clone(cls, &clone) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_Class_Delete(cls), MI_RESULT_OK);
    MIC_REQUIRE(MI_Application_NewInstanceFromClass(&application, MI_T("X_Thing"), clone,
                                                    &instance) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_Class_Delete(clone), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_GetElement(instance, MI_T("Count"), &value, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(value.uint32, 42);
    MIC_REQUIRE(MI_Instance_GetClass(instance, &again) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_Delete(instance), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Class_GetElementCount(again, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 5);
    MIC_CHECK_INT(MI_Class_Delete(again), MI_RESULT_OK);
    contract_close(&application);
}

MIC_TEST(class, without_a_declaration_is_refused)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Class *cls = NULL;

    contract_open(&application);
    MIC_CHECK_INT(MI_Application_NewClass(&application, NULL, NULL, NULL, &cls),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(cls == NULL);
    contract_close(&application);
}
