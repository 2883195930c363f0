/* A system without a usable mi.dll. The environment says why: MIC_EXPECT_ERROR is the Windows
 * error. */

#include <mi.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#include "mic_test.h"

static unsigned long expected_error(void)
{
    const char *text = getenv("MIC_EXPECT_ERROR");

    return text == NULL ? ERROR_MOD_NOT_FOUND : strtoul(text, NULL, 10);
}

static MI_Instance *missing_error(void)
{
    MI_Instance *error = NULL;
    MI_Application application;

    MIC_CHECK_INT(MI_Application_Initialize(0, L"test", &error, &application),
                  MI_RESULT_NOT_SUPPORTED);
    MIC_REQUIRE(error != NULL);
    return error;
}

static MI_Value element(const MI_Instance *error, const MI_Char *name, MI_Type expected_type)
{
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;
    MI_Uint32 index = 0;

    memset(&value, 0, sizeof(value));
    MIC_CHECK_INT(MI_Instance_GetElement(error, name, &value, &type, &flags, &index), MI_RESULT_OK);
    MIC_CHECK_INT(type, expected_type);
    MIC_CHECK((flags & MI_FLAG_PROPERTY) != 0);
    MIC_CHECK((flags & MI_FLAG_NULL) == 0);
    return value;
}

MIC_TEST(absent, initialize_answers_not_supported_and_zeroes_the_application)
{
    static const MI_Application zero;
    MI_Application application;

    memset(&application, 0x5A, sizeof(application));
    SetLastError(0);
    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, &application), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(GetLastError(), expected_error());
    MIC_CHECK_BYTES(&application, sizeof(application), &zero, sizeof(zero));
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_INVALID_PARAMETER);
}

MIC_TEST(absent, initialize_sets_the_last_error_with_an_error_object_too)
{
    MI_Instance *error = NULL;
    MI_Application application;

    SetLastError(0);
    MI_Application_Initialize(0, NULL, &error, &application);
    MIC_CHECK_INT(GetLastError(), expected_error());
    MIC_CHECK_INT(MI_Instance_Delete(error), MI_RESULT_OK);
}

MIC_TEST(absent, initialize_without_application_is_an_invalid_parameter)
{
    static MI_Instance unset;
    MI_Instance *error = &unset;

    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, &error, NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(error == NULL);
    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, NULL), MI_RESULT_INVALID_PARAMETER);
}

MIC_TEST(absent, error_says_what_is_missing_and_what_to_install)
{
    MI_Instance *error = missing_error();
    const MI_Char *name = NULL;
    MI_Char *message;

    MIC_CHECK_INT(MI_Instance_GetClassName(error, &name), MI_RESULT_OK);
    MIC_CHECK_TEXT(name, L"MSFT_WmiError");
    message = element(error, L"Message", MI_STRING).string;
    MIC_CHECK(wcsstr(message, L"system32\\mi.dll") != NULL);
    MIC_CHECK(wcsstr(message, L"Windows Management Framework 3.0") != NULL);
    MIC_CHECK(wcsstr(message, L"KB2506143") != NULL);
    MIC_CHECK(wcsstr(message, L"KB2506146") != NULL);
    MIC_CHECK_INT(message[wcslen(message) - 1], L'.');
    MIC_CHECK_TEXT(element(error, L"error_WindowsErrorMessage", MI_STRING).string, message);
    if (expected_error() == ERROR_PROC_NOT_FOUND) {
        MIC_CHECK(wcsstr(message, L"does not export MI_Application_InitializeV1") != NULL);
        MIC_CHECK(wcsstr(message, L"(Windows error 127)") != NULL);
    } else if (expected_error() == ERROR_MOD_NOT_FOUND) {
        MIC_CHECK(wcsstr(message, L"was not found (Windows error 126)") != NULL);
    }
    MI_Instance_Delete(error);
}

MIC_TEST(absent, error_carries_codes_as_windows_errors_do)
{
    MI_Instance *error = missing_error();
    MI_Uint32 hresult = 0x80070000U | (MI_Uint32)expected_error();
    wchar_t id[32];
    MI_Value actions;

    _snwprintf(id, 32, L"HRESULT 0x%08x", hresult);
    MIC_CHECK_TEXT(element(error, L"MessageID", MI_STRING).string, id);
    MIC_CHECK_INT(element(error, L"error_Code", MI_UINT32).uint32, hresult);
    MIC_CHECK_TEXT(element(error, L"error_Type", MI_STRING).string, L"HRESULT");
    MIC_CHECK_INT(element(error, L"error_Category", MI_UINT32).uint32,
                  MI_ERRORCATEGORY_NOT_INSTALLED);
    MIC_CHECK_INT(element(error, L"CIMStatusCode", MI_UINT32).uint32, MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(element(error, L"ProbableCause", MI_UINT16).uint16, 1);
    MIC_CHECK(element(error, L"ProbableCauseDescription", MI_STRING).string != NULL);
    actions = element(error, L"RecommendedActions", MI_STRINGA);
    MIC_CHECK_INT(actions.stringa.size, 1);
    MIC_CHECK(wcsstr(actions.stringa.data[0], L"KB2506143") != NULL);
    MI_Instance_Delete(error);
}

MIC_TEST(absent, error_elements_are_the_same_by_name_and_by_index)
{
    MI_Instance *error = missing_error();
    MI_Uint32 count = 0;

    MIC_CHECK_INT(MI_Instance_GetElementCount(error, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 19);
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name = NULL;
        MI_Value by_index, by_name;
        MI_Type type_by_index, type_by_name;
        MI_Uint32 flags_by_index, flags_by_name, index = 99;

        MIC_CHECK_INT(
            MI_Instance_GetElementAt(error, i, &name, &by_index, &type_by_index, &flags_by_index),
            MI_RESULT_OK);
        MIC_CHECK_INT(
            MI_Instance_GetElement(error, name, &by_name, &type_by_name, &flags_by_name, &index),
            MI_RESULT_OK);
        MIC_CHECK_INT(index, i);
        MIC_CHECK_INT(type_by_name, type_by_index);
        MIC_CHECK_INT(flags_by_name, flags_by_index);
        MIC_CHECK_BYTES(&by_name, sizeof(by_name), &by_index, sizeof(by_index));
        MIC_CHECK_TEXT(name, error->classDecl->properties[i]->name);
        MIC_CHECK_INT(type_by_index, error->classDecl->properties[i]->type);
        MIC_CHECK_INT(error->classDecl->properties[i]->code & 0xFF, wcslen(name));
        MIC_CHECK_INT(error->classDecl->properties[i]->code >> 8 & 0xFF,
                      towlower(name[wcslen(name) - 1]));
        MIC_CHECK_INT(error->classDecl->properties[i]->code >> 16, towlower(name[0]));
        MIC_CHECK_INT(MI_Instance_GetElementAt(error, i, NULL, NULL, NULL, NULL), MI_RESULT_OK);
    }
    MI_Instance_Delete(error);
}

MIC_TEST(absent, error_element_names_ignore_case)
{
    MI_Instance *error = missing_error();

    MIC_CHECK(element(error, L"mEsSaGe", MI_STRING).string != NULL);
    MI_Instance_Delete(error);
}

MIC_TEST(absent, error_answers_unknown_elements)
{
    MI_Instance *error = missing_error();
    MI_Type type;

    MIC_CHECK_INT(MI_Instance_GetElement(error, L"Messages", NULL, &type, NULL, NULL),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_Instance_GetElement(error, L"Messag", NULL, &type, NULL, NULL),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_Instance_GetElement(error, L"", NULL, &type, NULL, NULL),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_Instance_GetElement(error, NULL, NULL, &type, NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Instance_GetElementAt(error, 19, NULL, NULL, &type, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    MI_Instance_Delete(error);
}

MIC_TEST(absent, error_null_elements_are_flagged)
{
    MI_Instance *error = missing_error();
    MI_Uint32 flags = 0;

    MIC_CHECK_INT(MI_Instance_GetElement(error, L"ErrorSource", NULL, NULL, &flags, NULL),
                  MI_RESULT_OK);
    MIC_CHECK((flags & MI_FLAG_NULL) != 0);
    MI_Instance_Delete(error);
}

MIC_TEST(absent, error_clone_outlives_the_original)
{
    MI_Instance *error = missing_error();
    MI_Instance *copy = NULL;
    wchar_t message[1000];

    wcscpy(message, element(error, L"Message", MI_STRING).string);
    MIC_CHECK_INT(MI_Instance_Clone(error, &copy), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_Delete(error), MI_RESULT_OK);
    MIC_CHECK_TEXT(element(copy, L"Message", MI_STRING).string, message);
    MIC_CHECK_INT(MI_Instance_Delete(copy), MI_RESULT_OK);
}

MIC_TEST(absent, error_cannot_be_changed)
{
    MI_Instance *error = missing_error();
    MI_Value value = {.uint32 = 1};

    MIC_CHECK_INT(MI_Instance_AddElement(error, L"New", &value, MI_UINT32, 0),
                  MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(MI_Instance_SetElement(error, L"CIMStatusCode", &value, MI_UINT32, 0),
                  MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(MI_Instance_SetElementAt(error, 0, &value, MI_UINT32, 0),
                  MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(MI_Instance_ClearElement(error, L"Message"), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(MI_Instance_ClearElementAt(error, 0), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(MI_Instance_SetNameSpace(error, L"root"), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(MI_Instance_SetServerName(error, L"host"), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(element(error, L"CIMStatusCode", MI_UINT32).uint32, MI_RESULT_NOT_SUPPORTED);
    MI_Instance_Delete(error);
}

MIC_TEST(absent, error_has_no_namespace_server_or_class_object)
{
    MI_Instance *error = missing_error();
    const MI_Char *name = L"set";
    MI_Class *class_object = (MI_Class *)(void *)&name;

    MIC_CHECK_INT(MI_Instance_GetNameSpace(error, &name), MI_RESULT_OK);
    MIC_CHECK(name == NULL);
    name = L"set";
    MIC_CHECK_INT(MI_Instance_GetServerName(error, &name), MI_RESULT_OK);
    MIC_CHECK(name == NULL);
    MIC_CHECK_INT(MI_Instance_GetClass(error, &class_object), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK(class_object == NULL);
    MI_Instance_Delete(error);
}

MIC_TEST(absent, error_is_a_cim_error)
{
    MI_Instance *error = missing_error();
    MI_ClassDecl decl = {.name = L"cim_error"};
    MI_Boolean flag = MI_FALSE;

    MIC_CHECK_INT(MI_Instance_IsA(error, &decl, &flag), MI_RESULT_OK);
    MIC_CHECK_INT(flag, MI_TRUE);
    decl.name = L"MSFT_WmiError";
    MIC_CHECK_INT(MI_Instance_IsA(error, &decl, &flag), MI_RESULT_OK);
    MIC_CHECK_INT(flag, MI_TRUE);
    decl.name = L"CIM_Errors";
    MIC_CHECK_INT(MI_Instance_IsA(error, &decl, &flag), MI_RESULT_OK);
    MIC_CHECK_INT(flag, MI_FALSE);
    MI_Instance_Delete(error);
}

MIC_TEST(absent, error_normalizes_to_itself)
{
    MI_Instance *error = missing_error();
    MI_Instance *same = error;

    MIC_CHECK_INT(MI_Instance_Normalize(&same), MI_RESULT_OK);
    MIC_CHECK(same == error);
    MIC_CHECK_INT(((const MI_InstanceExFT *)(const void *)error->ft)->Normalize(&same),
                  MI_RESULT_OK);
    MIC_CHECK(same == error);
    MI_Instance_Delete(error);
}

MIC_TEST(absent, utilities_answer_before_initialize)
{
    MI_Char type[] = L"WIN32";
    MI_Instance *error = (MI_Instance *)(void *)type;

    MIC_CHECK_INT(MI_Utilities_MapErrorToMiErrorCategory(type, 5), MI_ERRORCATEGORY_NOT_SPECIFIED);
    MIC_CHECK_INT(MI_Utilities_CimErrorFromErrorCode(5, type, L"text", &error),
                  MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK(error == NULL);
}

static int calls;

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance,
                                MI_Boolean more, MI_Result result, const MI_Char *text,
                                const MI_Instance *details,
                                MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    calls++;
    MIC_CHECK(operation == NULL && instance == NULL && acknowledge == NULL);
    MIC_CHECK(context == &calls);
    MIC_CHECK_INT(more, MI_FALSE);
    MIC_CHECK_INT(result, MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK(text != NULL);
    MIC_CHECK(details != NULL);
}

static void MI_CALL on_class(MI_Operation *operation, void *context, const MI_Class *class_object,
                             MI_Boolean more, MI_Result result, const MI_Char *text,
                             const MI_Instance *details,
                             MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    MIC_CHECK(class_object == NULL);
    on_instance(operation, context, NULL, more, result, text, details, acknowledge);
}

static void MI_CALL on_indication(MI_Operation *operation, void *context,
                                  const MI_Instance *instance, const MI_Char *bookmark,
                                  const MI_Char *machine, MI_Boolean more, MI_Result result,
                                  const MI_Char *text, const MI_Instance *details,
                                  MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    MIC_CHECK(bookmark == NULL && machine == NULL);
    on_instance(operation, context, instance, more, result, text, details, acknowledge);
}

MIC_TEST(absent, operations_report_the_refusal_through_their_callback_once)
{
    const MI_SessionFT *ft = mi_clientFT_V1->sessionFT;
    MI_OperationCallbacks callbacks = {.callbackContext = &calls,
                                       .instanceResult = on_instance,
                                       .classResult = on_class,
                                       .indicationResult = on_indication};
    MI_Session session = {0, 0, NULL};
    MI_Operation operation;

    calls = 0;
    ft->EnumerateInstances(&session, 0, NULL, L"root", L"c", MI_FALSE, &callbacks, &operation);
    MIC_CHECK_INT(calls, 1);
    MIC_CHECK(operation.ft == NULL);
    ft->GetClass(&session, 0, NULL, L"root", L"c", &callbacks, &operation);
    MIC_CHECK_INT(calls, 2);
    ft->Subscribe(&session, 0, NULL, L"root", L"WQL", L"q", NULL, &callbacks, &operation);
    MIC_CHECK_INT(calls, 3);
}
