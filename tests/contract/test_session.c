/* MI_Session: what every platform promises, without any server. */
#include "contract.h"

static void open_session(MI_Application *application, MI_Session *session)
{
    contract_open(application);
    MIC_REQUIRE(MI_Application_NewSession(application, MI_T("WINRM"), MI_T("127.0.0.1"), NULL, NULL,
                                          NULL, session) == MI_RESULT_OK);
}

MIC_TEST(session, needs_no_server_to_be_made_and_closed)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;

    open_session(&application, &session);
    MIC_CHECK_INT(MI_Session_Close(&session, NULL, NULL), MI_RESULT_OK);
    contract_close(&application);
}

MIC_TEST(session, new_session_needs_a_place_for_it)
{
    MI_Application application = MI_APPLICATION_NULL;

    contract_open(&application);
    MIC_CHECK_INT(MI_Application_NewSession(&application, NULL, NULL, NULL, NULL, NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    contract_close(&application);
}

MIC_TEST(session, leads_to_its_application)
{
    MI_Application application = MI_APPLICATION_NULL, found = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Instance *instance = NULL;

    open_session(&application, &session);
    MIC_CHECK_INT(MI_Session_GetApplication(&session, &found), MI_RESULT_OK);
    MIC_REQUIRE(MI_Application_NewInstance(&found, MI_T("X"), NULL, &instance) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_Delete(instance), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Session_GetApplication(&session, NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Session_GetApplication(NULL, &found), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(found.ft == NULL);
    MIC_CHECK_INT(MI_Session_Close(&session, NULL, NULL), MI_RESULT_OK);
    contract_close(&application);
}

static void MI_CALL count_call(void *context)
{
    ++*(unsigned *)context;
}

MIC_TEST(session, close_of_a_null_handle_calls_back_all_the_same)
{
    MI_Session session = MI_SESSION_NULL;
    unsigned calls = 0;

    MIC_CHECK_INT(MI_Session_Close(&session, &calls, count_call), MI_RESULT_OK);
    MIC_CHECK_INT(calls, 1);
    MIC_CHECK_INT(MI_Session_Close(NULL, &calls, count_call), MI_RESULT_OK);
    MIC_CHECK_INT(calls, 2);
    MIC_CHECK_INT(MI_Session_Close(&session, NULL, NULL), MI_RESULT_INVALID_PARAMETER);
}

MIC_TEST(session, an_unknown_protocol_fails_and_the_failure_stays_with_the_session)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *error = NULL;
    const MI_Instance *instance;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;

    contract_open(&application);
    MIC_CHECK(MI_Application_NewSession(&application, MI_T("NO_SUCH_PROTOCOL"), MI_T("127.0.0.1"),
                                        NULL, NULL, &error, &session) != MI_RESULT_OK);
    if (error != NULL) {
        MI_Instance_Delete(error);
    }
    MI_Session_TestConnection(&session, 0, NULL, &operation);
    (void)MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL);
    MIC_CHECK(result != MI_RESULT_OK);
    MIC_CHECK(!more);
    (void)MI_Operation_Close(&operation);
    (void)MI_Session_Close(&session, NULL, NULL);
    contract_close(&application);
}

struct heard {
    unsigned calls;
    MI_Result result;
    MI_Operation *operation;
};

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance,
                                MI_Boolean more, MI_Result result, const MI_Char *message,
                                const MI_Instance *details,
                                MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    struct heard *heard = context;

    heard->calls++;
    heard->result = result;
    heard->operation = operation;
    MIC_CHECK(instance == NULL && !more && acknowledge == NULL);
    (void)message;
    (void)details;
}

MIC_TEST(session, an_operation_on_a_null_handle_calls_back_once)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    MI_Operation operation;
    struct heard heard = {0, MI_RESULT_OK, &operation};

    callbacks.callbackContext = &heard;
    callbacks.instanceResult = on_instance;
    memset(&operation, 0xff, sizeof(operation));
    MI_Session_EnumerateInstances(NULL, 0, NULL, NULL, MI_T("X"), MI_FALSE, &callbacks, &operation);
    MIC_CHECK_INT(heard.calls, 1);
    MIC_CHECK_INT(heard.result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(heard.operation == NULL);
    MIC_CHECK(operation.ft == NULL);
}
