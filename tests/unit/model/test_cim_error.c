#include <errno.h>
#include <string.h>

#include "fail_alloc.h"
#include "mic_test.h"
#include "model/cim_error.h"
#include "model/error_map.h"

static MI_Value get(const struct mic_instance *error, const char *name, MI_Type type)
{
    MI_Value value;
    MI_Type found = MI_BOOLEAN;

    memset(&value, 0, sizeof(value));
    MIC_CHECK_INT(MI_Instance_GetElement(&error->public_instance, name, &value, &found, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(found, type);
    return value;
}

MIC_TEST(cim_error, says_what_how_and_what_to_do)
{
    static const MI_ClassDecl cim_error = {.name = "CIM_Error"};
    struct mic_err err;
    struct mic_instance *error;
    MI_Boolean is_error = MI_FALSE;

    mic_err_init(&err);
    mic_err_set(&err, MIC_E_CONNECT, "host %s refuses", "h1");
    error = mic_cim_error_new(&err, "root/cimv2");
    MIC_CHECK_TEXT(error->class_name, "MSFT_WmiError");
    MIC_CHECK_TEXT(error->public_instance.nameSpace, "root/cimv2");
    MIC_CHECK_INT(get(error, "CIMStatusCode", MI_UINT32).uint32, MI_RESULT_FAILED);
    MIC_CHECK_TEXT(get(error, "CIMStatusCodeDescription", MI_STRING).string, "MI_RESULT_FAILED");
    MIC_CHECK_TEXT(get(error, "MessageID", MI_STRING).string, "HRESULT 0x80338012");
    MIC_CHECK_INT(get(error, "error_Code", MI_UINT32).uint32, 0x80338012u);
    MIC_CHECK_TEXT(get(error, "error_Type", MI_STRING).string, "HRESULT");
    MIC_CHECK_INT(get(error, "error_Category", MI_UINT32).uint32,
                  MI_ERRORCATEGORY_CONNECTION_ERROR);
    MIC_CHECK_INT(get(error, "ProbableCause", MI_UINT16).uint16, 6);
    MIC_CHECK(strstr(get(error, "Message", MI_STRING).string, "connect: host h1 refuses") != NULL);
    MIC_CHECK(strstr(get(error, "Message", MI_STRING).string, err.remedy) != NULL);
    MIC_CHECK_TEXT(get(error, "RecommendedActions", MI_STRINGA).stringa.data[0], err.remedy);
    MIC_CHECK_TEXT(get(error, "error_WindowsErrorMessage", MI_STRING).string,
                   get(error, "Message", MI_STRING).string);
    MIC_CHECK_INT(MI_Instance_IsA(&error->public_instance, &cim_error, &is_error), MI_RESULT_OK);
    MIC_CHECK(is_error);
    MIC_CHECK_INT(MI_Instance_Delete(&error->public_instance), MI_RESULT_OK);
}

static bool build(void *context)
{
    struct mic_instance *error = mic_cim_error_new(context, "root");
    bool ok = error->on_heap;

    MIC_CHECK(get(error, "Message", MI_STRING).string != NULL);
    if (!ok) {
        MI_Value value = {.uint32 = 1};
        MI_Instance *copy = NULL;

        MIC_CHECK_INT(get(error, "CIMStatusCode", MI_UINT32).uint32,
                      MI_RESULT_SERVER_LIMITS_EXCEEDED);
        MIC_CHECK_INT(
            MI_Instance_SetElement(&error->public_instance, "error_Code", &value, MI_UINT32, 0),
            MI_RESULT_FAILED);
        MIC_CHECK_INT(MI_Instance_AddElement(&error->public_instance, "X", &value, MI_UINT32, 0),
                      MI_RESULT_FAILED);
        MIC_CHECK_INT(MI_Instance_ClearElement(&error->public_instance, "Message"),
                      MI_RESULT_FAILED);
        MIC_CHECK_INT(MI_Instance_SetNameSpace(&error->public_instance, "x"), MI_RESULT_FAILED);
        MIC_CHECK_INT(MI_Instance_Clone(&error->public_instance, &copy), MI_RESULT_OK);
        MI_Instance_Delete(copy);
    }
    MIC_CHECK_INT(MI_Instance_Delete(&error->public_instance), MI_RESULT_OK);
    return ok;
}

MIC_TEST(cim_error, there_is_always_one_even_without_memory)
{
    struct mic_err err;

    mic_err_init(&err);
    mic_err_set(&err, MIC_E_LOGON, "no");
    MIC_CHECK(mic_fail_alloc_each(build, &err) > 5);
}

MIC_TEST(cim_error, from_a_code_keeps_code_type_and_message)
{
    struct mic_instance *error = mic_cim_error_from_code(5, MI_RESULT_TYPE_WIN32, "no way");

    MIC_CHECK_INT(get(error, "CIMStatusCode", MI_UINT32).uint32, MI_RESULT_ACCESS_DENIED);
    MIC_CHECK_INT(get(error, "error_Code", MI_UINT32).uint32, 5);
    MIC_CHECK_TEXT(get(error, "error_Type", MI_STRING).string, "WIN32");
    MIC_CHECK_TEXT(get(error, "Message", MI_STRING).string, "no way");
    MIC_CHECK_INT(get(error, "error_Category", MI_UINT32).uint32, MI_ERRORCATEGORY_ACCESS_DENIED);
    mic_instance_delete(error);
    error = mic_cim_error_from_code(MI_RESULT_NOT_FOUND, MI_RESULT_TYPE_MI, NULL);
    MIC_CHECK_TEXT(get(error, "MessageID", MI_STRING).string, "MI RESULT 6");
    MIC_CHECK(get(error, "Message", MI_STRING).string[0] != '\0');
    mic_instance_delete(error);
}

static void expect(const char *type, MI_Uint32 code, MI_Result result, MI_ErrorCategory category)
{
    MI_Result found_result;
    MI_ErrorCategory found_category;

    (void)mic_error_from_code(type, code, &found_result, &found_category);
    if (found_result != result || found_category != category) {
        MIC_FAIL("%s 0x%x: %d %d", type, code, (int)found_result, (int)found_category);
    }
}

MIC_TEST(error_map, knows_the_codes_of_each_type)
{
    expect("MI", MI_RESULT_NOT_FOUND, MI_RESULT_NOT_FOUND, MI_ERRORCATEGORY_OBJECT_NOT_FOUND);
    expect("mi", MI_RESULT_OK, MI_RESULT_OK, MI_ERRORCATEGORY_NOT_SPECIFIED);
    expect("MI", 19, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_SPECIFIED);
    expect("ERRNO", EACCES, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED);
    expect("ERRNO", ETIMEDOUT, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_TIMEOUT);
    expect("WIN32", 1326, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR);
    expect("HRESULT", 0x80070005, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED);
    expect("HRESULT", 0x80041010, MI_RESULT_INVALID_CLASS, MI_ERRORCATEGORY_METADATA_ERROR);
    expect("HRESULT", 0x80072F8F, MI_RESULT_FAILED, MI_ERRORCATEGORY_SECURITY_ERROR);
    expect("WINRM", 0x80338012, MI_RESULT_FAILED, MI_ERRORCATEGORY_CONNECTION_ERROR);
    expect("WINRM", 0x803381A5, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_QUOTA_EXCEEDED);
    expect("WINRM", 5, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED);
    expect("HRESULT", 0x12345678, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_SPECIFIED);
    expect("HRESULT", 0, MI_RESULT_OK, MI_ERRORCATEGORY_NOT_SPECIFIED);
    expect("Unheard", 5, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_SPECIFIED);
    expect(NULL, 5, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_SPECIFIED);
    MIC_CHECK(mic_error_type_is_known("winrm"));
    MIC_CHECK(!mic_error_type_is_known(NULL));
    MIC_CHECK(!mic_error_type_is_known("OTHER"));
}
