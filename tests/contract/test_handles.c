/* Handles are values: copies work, and stale copies are refused, never followed. */
#include "contract.h"

MIC_TEST(handles, a_second_close_is_refused)
{
    MI_Application application = MI_APPLICATION_NULL, copy;

    contract_open(&application);
    copy = application;
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Application_Close(&copy), MI_RESULT_INVALID_PARAMETER);
}

MIC_TEST(handles, a_stale_application_makes_nothing)
{
    MI_Application application = MI_APPLICATION_NULL, copy, next = MI_APPLICATION_NULL;
    MI_Instance *instance = NULL;
    MI_DestinationOptions destination = MI_DESTINATIONOPTIONS_NULL;
    MI_OperationOptions operation = MI_OPERATIONOPTIONS_NULL;
    MI_Session session = MI_SESSION_NULL;

    contract_open(&application);
    copy = application;
    contract_close(&application);
    contract_open(&next); /* may well take the place of the first */
    MIC_CHECK_INT(MI_Application_NewInstance(&copy, MI_T("X_A"), NULL, &instance),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(instance == NULL);
    MIC_CHECK_INT(MI_Application_NewDestinationOptions(&copy, &destination),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Application_NewOperationOptions(&copy, MI_FALSE, &operation),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Application_NewSession(&copy, NULL, MI_T("host"), NULL, NULL, NULL, &session),
                  MI_RESULT_INVALID_PARAMETER);
    contract_close(&next);
}

MIC_TEST(handles, objects_outlive_their_application)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL;
    MI_Instance *instance;
    const MI_Char *text = NULL;

    contract_open(&application);
    instance = contract_dynamic(&application);
    MIC_REQUIRE(MI_Application_NewDestinationOptions(&application, &options) == MI_RESULT_OK);
    contract_close(&application);
    MIC_CHECK_INT(MI_Instance_GetClassName(instance, &text), MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_SetTransport(&options, MI_T("HTTP")), MI_RESULT_OK);
    MI_Instance_Delete(instance);
    MI_DestinationOptions_Delete(&options);
}

MIC_TEST(handles, copies_of_options_are_the_same_options)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL, copy, out;
    MI_Uint32 count = 0;
    const MI_Char *text = NULL;

    contract_open(&application);
    MIC_REQUIRE(MI_Application_NewDestinationOptions(&application, &options) == MI_RESULT_OK);
    copy = options;
    MIC_CHECK_INT(MI_DestinationOptions_SetTransport(&copy, MI_T("HTTP")), MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_GetTransport(&options, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, MI_T("HTTP"));
    MI_DestinationOptions_Delete(&options);
    MIC_CHECK_INT(MI_DestinationOptions_GetTransport(&copy, &text), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_DestinationOptions_SetTransport(&copy, MI_T("HTTP")),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_DestinationOptions_GetOptionCount(&copy, &count), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_DestinationOptions_Clone(&copy, &out), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(out.ft == NULL);
    MI_DestinationOptions_Delete(&copy); /* harmless */
    contract_close(&application);
}

MIC_TEST(handles, deleted_options_are_refused_by_a_session)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL, copy;
    MI_Session session = MI_SESSION_NULL;

    contract_open(&application);
    MIC_REQUIRE(MI_Application_NewDestinationOptions(&application, &options) == MI_RESULT_OK);
    copy = options;
    MI_DestinationOptions_Delete(&options);
    MIC_CHECK_INT(
        MI_Application_NewSession(&application, NULL, MI_T("host"), &copy, NULL, NULL, &session),
        MI_RESULT_INVALID_PARAMETER);
    (void)MI_Session_Close(&session, NULL, NULL);
    contract_close(&application);
}

static void MI_CALL on_closed(void *context)
{
    int *calls = context;

    (*calls)++;
}

MIC_TEST(handles, a_stale_session_answers_and_calls_nobody)
{
    MI_Application application = MI_APPLICATION_NULL, owner = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL, copy;
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;
    int calls = 0;

    contract_open(&application);
    MIC_REQUIRE(MI_Application_NewSession(&application, NULL, MI_T("host"), NULL, NULL, NULL,
                                          &session) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_Session_GetApplication(&session, &owner), MI_RESULT_OK);
    MIC_CHECK(owner.ft == application.ft && owner.reserved1 == application.reserved1);
    copy = session;
    MIC_CHECK_INT(MI_Session_Close(&session, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Session_Close(&copy, &calls, on_closed), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(calls, 0);
    MIC_CHECK_INT(MI_Session_GetApplication(&copy, &owner), MI_RESULT_INVALID_PARAMETER);
    MI_Session_TestConnection(&copy, 0, NULL, &operation);
    MIC_CHECK_INT(MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(!more);
    MIC_CHECK(instance == NULL);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    contract_close(&application);
}

MIC_TEST(handles, wrong_initialize_arguments_are_refused)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Instance *error = NULL;

    MIC_CHECK_INT(MI_Application_Initialize(1, NULL, &error, &application),
                  MI_RESULT_INVALID_PARAMETER);
    MI_Instance_Delete(error);
    MIC_CHECK_INT(MI_Application_Initialize(0, NULL, NULL, NULL), MI_RESULT_INVALID_PARAMETER);
}
