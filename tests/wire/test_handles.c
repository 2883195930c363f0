/* Handles that are copied, stale, zero or used in the wrong way. */
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"

static struct peer peer;
static struct client client;

static void open_peer(void)
{
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
}

static void shut(void)
{
    client_close(&client);
    peer_stop(&peer);
}

static void begin(MI_Session *session, MI_Operation *operation)
{
    MI_Session_EnumerateInstances(session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE, NULL,
                                  operation);
}

MIC_TEST(handles, copies_are_as_good_as_the_original)
{
    MI_Operation operation, copy;
    MI_Session session;
    struct outcome outcome;
    open_peer();
    session = client.session;
    begin(&session, &operation);
    copy = operation;
    drain(&copy, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.count, 5);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_INVALID_PARAMETER);
    shut();
}

MIC_TEST(handles, a_stale_operation_is_invalid_in_every_function)
{
    MI_Operation operation, stale;
    MI_Session session;
    struct outcome outcome;
    const MI_Instance *instance;
    const MI_Class *cls;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;
    open_peer();
    begin(&client.session, &operation);
    stale = operation;
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(MI_Operation_GetInstance(&stale, &instance, &more, &result, NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(!more && instance == NULL);
    MIC_CHECK_INT(MI_Operation_GetClass(&stale, &cls, &more, &result, NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Operation_Cancel(&stale, MI_REASON_NONE), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Operation_GetSession(&stale, &session), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(session.ft == NULL);
    MIC_CHECK_INT(MI_Operation_Close(&stale), MI_RESULT_INVALID_PARAMETER);
    shut();
}

MIC_TEST(handles, a_stale_session_is_invalid_in_every_function)
{
    MI_Session stale;
    MI_Operation operation;
    MI_Application application;
    struct listener listener;
    MI_OperationCallbacks callbacks;
    const MI_Instance *instance;
    MI_Boolean more;
    MI_Result result;
    open_peer();
    stale = client.session;
    MIC_CHECK_INT(MI_Session_Close(&client.session, NULL, NULL), MI_RESULT_OK);
    client.session.ft = NULL;
    MIC_CHECK_INT(MI_Session_Close(&stale, NULL, NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Session_GetApplication(&stale, &application), MI_RESULT_INVALID_PARAMETER);
    begin(&stale, &operation);
    MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL);
    MIC_CHECK_INT(result, MI_RESULT_INVALID_PARAMETER);
    MI_Operation_Close(&operation);
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    MI_Session_TestConnection(&stale, 0, &callbacks, &operation);
    MIC_CHECK_INT(listener.finals, 1);
    MIC_CHECK_INT(listener.outcome.result, MI_RESULT_INVALID_PARAMETER);
    listener_fini(&listener);
    shut();
}

MIC_TEST(handles, of_a_closed_application_are_stale_and_reuse_no_slot)
{
    MI_Application stale;
    MI_Session session, old;
    MI_Instance *instance = (MI_Instance *)&stale;
    open_peer();
    stale = client.application;
    old = client.session;
    client_close(&client);
    client_open(&client, &peer); /* takes the same slots, with other generations */
    MIC_CHECK_INT(MI_Application_Close(&stale), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Application_NewSession(&stale, NULL, NULL, NULL, NULL, NULL, &session),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Application_NewInstance(&stale, "X", NULL, &instance),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(instance == NULL);
    MIC_CHECK_INT(MI_Session_Close(&old, NULL, NULL), MI_RESULT_INVALID_PARAMETER);
    shut();
}

MIC_TEST(handles, garbage_is_refused)
{
    MI_Operation operation;
    struct outcome outcome;
    open_peer();
    begin(&client.session, &operation);
    MI_Operation bad = operation;
    bad.reserved1 ^= 0x5555555555555555ULL;
    MIC_CHECK_INT(MI_Operation_Close(&bad), MI_RESULT_INVALID_PARAMETER);
    bad = operation;
    bad.reserved2 = 0x7fffffff;
    MIC_CHECK_INT(MI_Operation_Close(&bad), MI_RESULT_INVALID_PARAMETER);
    bad.reserved2 = -1;
    MIC_CHECK_INT(MI_Operation_Close(&bad), MI_RESULT_INVALID_PARAMETER);
    drain(&operation, &outcome, NULL, NULL);
    shut();
}

MIC_TEST(handles, the_wrong_get_is_refused_and_does_no_harm)
{
    MI_Operation operation;
    struct outcome outcome;
    const MI_Class *cls;
    const MI_Instance *instance;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;
    open_peer();
    begin(&client.session, &operation);
    MIC_CHECK_INT(MI_Operation_GetClass(&operation, &cls, &more, &result, NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(
        MI_Operation_GetIndication(&operation, &instance, NULL, NULL, &more, &result, NULL, NULL),
        MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Operation_GetInstance(&operation, NULL, &more, &result, NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.count, 5);
    shut();
}

MIC_TEST(handles, get_on_an_operation_with_callbacks_is_refused)
{
    MI_Operation operation;
    struct listener listener;
    MI_OperationCallbacks callbacks;
    const MI_Instance *instance;
    MI_Boolean more;
    MI_Result result;
    open_peer();
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                  &callbacks, &operation);
    MIC_CHECK_INT(MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    listener_wait_final(&listener);
    MIC_CHECK_INT(listener.outcome.count, 5);
    MI_Operation_Close(&operation);
    shut();
    listener_fini(&listener);
}

MIC_TEST(handles, operations_lead_to_their_session_and_application)
{
    MI_Operation operation;
    MI_Session session;
    MI_Application application;
    struct outcome outcome;
    open_peer();
    begin(&client.session, &operation);
    MIC_CHECK_INT(MI_Operation_GetSession(&operation, &session), MI_RESULT_OK);
    MIC_CHECK(memcmp(&session, &client.session, sizeof(session)) == 0);
    MIC_CHECK_INT(MI_Session_GetApplication(&session, &application), MI_RESULT_OK);
    MIC_CHECK(memcmp(&application, &client.application, sizeof(application)) == 0);
    drain(&operation, &outcome, NULL, NULL);
    shut();
}

MIC_TEST(handles, a_failed_session_reports_its_failure_from_every_operation)
{
    MI_Application application;
    MI_Session session;
    MI_Instance *error = NULL;
    MI_Operation operation;
    struct outcome outcome;
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &application) == MI_RESULT_OK);
    MIC_CHECK_INT(
        MI_Application_NewSession(&application, "WMIDCOM", "host", NULL, NULL, &error, &session),
        MI_RESULT_NOT_SUPPORTED);
    read_details(error, &outcome);
    MIC_CHECK(outcome.has_details);
    MI_Value value;
    MIC_REQUIRE(error != NULL &&
                MI_Instance_GetElement(error, "Message", &value, NULL, NULL, NULL) == MI_RESULT_OK);
    MIC_CHECK(strstr(value.string, "WINRM") != NULL);
    MI_Instance_Delete(error);
    begin(&session, &operation);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK(strstr(outcome.message, "WINRM") != NULL);
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    MI_Session_TestConnection(&session, 0, &callbacks, &operation);
    listener_wait_final(&listener);
    MIC_CHECK_INT(listener.outcome.result, MI_RESULT_NOT_SUPPORTED);
    MI_Operation_Close(&operation);
    MI_Session second;
    MIC_CHECK_INT(
        MI_Application_NewSession(&application, NULL, "http://", NULL, NULL, NULL, &second),
        MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_Session_Close(&session, NULL, NULL), MI_RESULT_OK);
    /* `second` is left open: a session that failed keeps nobody waiting. */
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Session_Close(&second, NULL, NULL), MI_RESULT_INVALID_PARAMETER);
    listener_fini(&listener);
}
