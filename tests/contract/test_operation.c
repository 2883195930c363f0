/* MI_Operation: what every platform promises, shown with operations that fail to start. */
#include "contract.h"

static MI_Application application;
static MI_Session session;

static void open_session(void)
{
    contract_open(&application);
    MIC_REQUIRE(MI_Application_NewSession(&application, MI_T("WINRM"), MI_T("127.0.0.1"), NULL,
                                          NULL, NULL, &session) == MI_RESULT_OK);
}

static void close_session(void)
{
    MIC_CHECK_INT(MI_Session_Close(&session, NULL, NULL), MI_RESULT_OK);
    contract_close(&application);
}

/* No instance to fetch: fails before any server is asked. */
static void begin_bad(MI_Operation *operation)
{
    memset(operation, 0, sizeof(*operation));
    MI_Session_GetInstance(&session, 0, NULL, MI_T("root/cimv2"), NULL, NULL, operation);
}

MIC_TEST(operation, a_failed_start_is_the_first_and_last_result)
{
    MI_Operation operation;
    const MI_Instance *instance;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;

    open_session();
    begin_bad(&operation);
    MIC_CHECK_INT(MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(!more && instance == NULL);
    result = MI_RESULT_OK;
    more = MI_TRUE;
    MIC_CHECK_INT(MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(!more);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    close_session();
}

MIC_TEST(operation, outputs_other_than_the_instance_may_be_null)
{
    MI_Operation operation;
    const MI_Instance *instance;

    open_session();
    begin_bad(&operation);
    MIC_CHECK_INT(MI_Operation_GetInstance(&operation, &instance, NULL, NULL, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    close_session();
}

MIC_TEST(operation, cancel_after_the_end_is_ok)
{
    MI_Operation operation;
    const MI_Instance *instance;
    MI_Boolean more;
    MI_Result result;

    open_session();
    begin_bad(&operation);
    (void)MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL);
    MIC_CHECK_INT(MI_Operation_Cancel(&operation, MI_REASON_NONE), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Operation_Cancel(&operation, MI_REASON_NONE), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    close_session();
}

MIC_TEST(operation, leads_to_its_session)
{
    MI_Operation operation;
    MI_Session found;
    MI_Application owner;
    const MI_Instance *instance;

    open_session();
    begin_bad(&operation);
    MIC_CHECK_INT(MI_Operation_GetSession(&operation, &found), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Session_GetApplication(&found, &owner), MI_RESULT_OK);
    (void)MI_Operation_GetInstance(&operation, &instance, NULL, NULL, NULL, NULL);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    close_session();
}

MIC_TEST(operation, null_handles_are_invalid)
{
    MI_Operation zero = MI_OPERATION_NULL;
    MI_Session found;
    const MI_Instance *instance;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;

    MIC_CHECK_INT(MI_Operation_Close(&zero), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Operation_Close(NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Operation_Cancel(&zero, MI_REASON_NONE), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Operation_GetSession(&zero, &found), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Operation_GetInstance(&zero, &instance, &more, &result, NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(!more);
}

MIC_TEST(operation, close_is_needed_once)
{
    MI_Operation operation, copy;
    const MI_Instance *instance;

    open_session();
    begin_bad(&operation);
    copy = operation;
    (void)MI_Operation_GetInstance(&operation, &instance, NULL, NULL, NULL, NULL);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    MIC_CHECK(MI_Operation_Close(&copy) != MI_RESULT_OK);
    close_session();
}
