/* MI_OperationOptions: what every platform promises. */
#include "contract.h"

static void open_options(MI_Application *application, MI_OperationOptions *options)
{
    contract_open(application);
    MIC_REQUIRE(MI_Application_NewOperationOptions(application, MI_FALSE, options) == MI_RESULT_OK);
}

static void close_options(MI_Application *application, MI_OperationOptions *options)
{
    MI_OperationOptions_Delete(options);
    contract_close(application);
}

MIC_TEST(operation_options, each_setting_comes_back)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_OperationOptions options = MI_OPERATIONOPTIONS_NULL;
    MI_Interval interval, given;
    const MI_Char *text = NULL;
    MI_CallbackMode mode = MI_CALLBACKMODE_REPORT;
    MI_Boolean flag = MI_FALSE, must = MI_FALSE;
    MI_ProviderArchitecture architecture = MI_PROVIDER_ARCHITECTURE_32BIT;

    open_options(&application, &options);
    MIC_CHECK_INT(MI_OperationOptions_GetTimeout(&options, &interval), MI_RESULT_NO_SUCH_PROPERTY);
    memset(&given, 0, sizeof(given));
    given.seconds = 45;
    MIC_CHECK_INT(MI_OperationOptions_SetTimeout(&options, &given), MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_GetTimeout(&options, &interval), MI_RESULT_OK);
    MIC_CHECK_BYTES(&interval, sizeof(interval), &given, sizeof(given));
    MIC_CHECK_INT(MI_OperationOptions_SetResourceUri(&options, MI_T("http://x/y")), MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_GetResourceUri(&options, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, MI_T("http://x/y"));
    MIC_CHECK_INT(MI_OperationOptions_SetResourceUriPrefix(&options, MI_T("http://p")),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_GetResourceUriPrefix(&options, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, MI_T("http://p"));
    MIC_CHECK_INT(MI_OperationOptions_SetUseMachineID(&options, MI_TRUE), MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_GetUseMachineID(&options, &flag), MI_RESULT_OK);
    MIC_CHECK_INT(flag, MI_TRUE);
    MIC_CHECK_INT(MI_OperationOptions_SetWriteErrorMode(&options, MI_CALLBACKMODE_INQUIRE),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_GetWriteErrorMode(&options, &mode), MI_RESULT_OK);
    MIC_CHECK_INT(mode, MI_CALLBACKMODE_INQUIRE);
    MIC_CHECK_INT(MI_OperationOptions_SetPromptUserMode(&options, MI_CALLBACKMODE_IGNORE),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_GetPromptUserMode(&options, &mode), MI_RESULT_OK);
    MIC_CHECK_INT(mode, MI_CALLBACKMODE_IGNORE);
    MIC_CHECK_INT(MI_OperationOptions_GetPromptUserRegularMode(&options, &mode, &flag),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(
        MI_OperationOptions_SetPromptUserRegularMode(&options, MI_CALLBACKMODE_INQUIRE, MI_TRUE),
        MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_GetPromptUserRegularMode(&options, &mode, &flag),
                  MI_RESULT_OK);
    MIC_CHECK_INT(mode, MI_CALLBACKMODE_INQUIRE);
    MIC_CHECK_INT(MI_OperationOptions_SetProviderArchitecture(
                      &options, MI_PROVIDER_ARCHITECTURE_64BIT, MI_TRUE),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_GetProviderArchitecture(&options, &architecture, &must),
                  MI_RESULT_OK);
    MIC_CHECK_INT(architecture, MI_PROVIDER_ARCHITECTURE_64BIT);
    MIC_CHECK_INT(must, MI_TRUE);
    close_options(&application, &options);
}

MIC_TEST(operation_options, channels_are_enabled_and_disabled_one_by_one)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_OperationOptions options = MI_OPERATIONOPTIONS_NULL, clone = MI_OPERATIONOPTIONS_NULL;
    MI_Uint32 channels[4] = {9, 9, 9, 9}, count = 9, flags = 9;

    open_options(&application, &options);
    MIC_CHECK_INT(MI_OperationOptions_GetEnabledChannels(&options, channels, 4, &count, &flags),
                  MI_RESULT_OK);
    MIC_CHECK_INT(count, 0);
    MIC_CHECK_INT(MI_OperationOptions_DisableChannel(&options, 5), MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_EnableChannel(&options, 1), MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_EnableChannel(&options, 2), MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_EnableChannel(&options, 1), MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_GetEnabledChannels(&options, channels, 4, &count, &flags),
                  MI_RESULT_OK);
    MIC_CHECK_INT(count, 2);
    MIC_CHECK_INT(channels[0] + channels[1], 3);
    MIC_CHECK_INT(MI_OperationOptions_GetEnabledChannels(&options, channels, 1, &count, &flags),
                  MI_RESULT_FAILED);
    MIC_CHECK_INT(count, 2);
    MIC_CHECK_INT(MI_OperationOptions_DisableChannel(&options, 1), MI_RESULT_OK);
    MIC_REQUIRE(MI_OperationOptions_Clone(&options, &clone) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_DisableChannel(&options, 2), MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_GetEnabledChannels(&options, NULL, 0, &count, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(count, 0);
    MIC_CHECK_INT(MI_OperationOptions_GetEnabledChannels(&clone, channels, 4, &count, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(count, 1);
    MIC_CHECK_INT(channels[0], 2);
    MI_OperationOptions_Delete(&clone);
    close_options(&application, &options);
}

MIC_TEST(operation_options, custom_options_take_any_type)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_OperationOptions options = MI_OPERATIONOPTIONS_NULL, clone = MI_OPERATIONOPTIONS_NULL;
    MI_Value value, out;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 index = 9, count = 0;
    MI_Char *texts[1];
    const MI_Char *name = NULL;

    open_options(&application, &options);
    memset(&value, 0, sizeof(value));
    value.boolean = MI_TRUE;
    MIC_CHECK_INT(
        MI_OperationOptions_SetCustomOption(&options, MI_T("Flag"), MI_BOOLEAN, &value, MI_FALSE),
        MI_RESULT_OK);
    value.sint64 = -5;
    MIC_CHECK_INT(
        MI_OperationOptions_SetCustomOption(&options, MI_T("Big"), MI_SINT64, &value, MI_TRUE),
        MI_RESULT_OK);
    texts[0] = contract_text(MI_T("one"));
    value.stringa.data = texts;
    value.stringa.size = 1;
    MIC_CHECK_INT(
        MI_OperationOptions_SetCustomOption(&options, MI_T("List"), MI_STRINGA, &value, MI_FALSE),
        MI_RESULT_OK);
    MIC_CHECK_INT(
        MI_OperationOptions_SetCustomOption(&options, MI_T("Flag"), MI_STRINGA, &value, MI_FALSE),
        MI_RESULT_TYPE_MISMATCH);
    MIC_CHECK_INT(
        MI_OperationOptions_SetCustomOption(&options, MI_T("None"), MI_STRING, NULL, MI_FALSE),
        MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_OperationOptions_SetCustomOption(&options, NULL, MI_STRINGA, &value, MI_FALSE),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_REQUIRE(MI_OperationOptions_Clone(&options, &clone) == MI_RESULT_OK);
    close_options(&application, &options);
    MIC_CHECK_INT(MI_OperationOptions_GetOptionCount(&clone, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 3);
    MIC_CHECK_INT(MI_OperationOptions_GetOption(&clone, MI_T("big"), &out, &type, &index, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(type, MI_SINT64);
    MIC_CHECK_INT(out.sint64, -5);
    MIC_CHECK_INT(index, 1);
    MIC_CHECK_INT(MI_OperationOptions_GetOptionAt(&clone, 2, &name, &out, &type, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("List"));
    MIC_REQUIRE(type == MI_STRINGA && out.stringa.size == 1);
    MIC_CHECK_TEXT(out.stringa.data[0], MI_T("one"));
    MI_OperationOptions_Delete(&clone);
}

MIC_TEST(operation_options, flags_and_nulls_are_refused)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_OperationOptions options = MI_OPERATIONOPTIONS_NULL;
    MI_Interval interval;

    open_options(&application, &options);
    memset(&interval, 0, sizeof(interval));
    MIC_CHECK_INT(MI_OperationOptions_SetString(&options, MI_T("A"), MI_T("x"), 1),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_OperationOptions_SetNumber(&options, MI_T("A"), 1, 1),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_OperationOptions_SetTimeout(&options, NULL), MI_RESULT_INVALID_PARAMETER);
    interval.hours = 24;
    MIC_CHECK_INT(MI_OperationOptions_SetTimeout(&options, &interval), MI_RESULT_INVALID_PARAMETER);
    close_options(&application, &options);
}
