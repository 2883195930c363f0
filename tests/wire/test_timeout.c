/* The deadline of a delivery: where it strikes, what restarts it, when it stands still. */
#include <string.h>

#include "client.h"
#include "mic_test.h"

static struct peer peer;
static struct client client;

static void open_peer(const char *faults, unsigned session_ms)
{
    const char *const options[] = {"--many", "600", NULL};
    MI_Interval timeout = milliseconds(session_ms);
    peer_start(&peer, options);
    peer_set_faults(&peer, faults);
    client_prepare(&client);
    if (session_ms > 0) {
        MIC_REQUIRE(MI_DestinationOptions_SetTimeout(&client.options, &timeout) == MI_RESULT_OK);
    }
    client_connect(&client, peer.url);
}

static void shut(void)
{
    client_close(&client);
    peer_stop(&peer);
}

static void check_timeout(const struct outcome *outcome)
{
    MIC_CHECK_INT(outcome->result, MI_RESULT_FAILED);
    MIC_CHECK_INT(outcome->category, MI_ERRORCATEGORY_OPERATION_TIMEOUT);
    if (strstr(outcome->message, " ms ") == NULL) {
        MIC_FAIL("%s", outcome->message);
    }
}

static void begin(MI_Operation *operation, unsigned ms, MI_OperationCallbacks *callbacks,
                  const char *class_name)
{
    MI_OperationOptions options;
    MI_Interval timeout = milliseconds(ms);
    MIC_REQUIRE(MI_Application_NewOperationOptions(&client.application, MI_FALSE, &options) ==
                MI_RESULT_OK);
    MIC_REQUIRE(MI_OperationOptions_SetTimeout(&options, &timeout) == MI_RESULT_OK);
    MI_Session_EnumerateInstances(&client.session, 0, &options, "root/cimv2", class_name, MI_FALSE,
                                  callbacks, operation);
    MI_OperationOptions_Delete(&options);
}

MIC_TEST(timeout, strikes_where_the_server_is_silent_and_names_the_phase)
{
    static const char *const faults[] = {
        "stall",           "stall-mid",           "stall-connect",
        "only=Pull,stall", "only=GetClass,stall", "only=GetClass,stall-mid"};
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        MI_Operation operation;
        struct outcome outcome;
        bool is_class = strstr(faults[i], "GetClass") != NULL;
        open_peer(faults[i], 0);
        /* On a busy machine what comes before the GetClass needs its time too. */
        begin(&operation, is_class ? 1500 : 400, NULL, "Peer_Many");
        drain(&operation, &outcome, NULL, NULL);
        check_timeout(&outcome);
        if (outcome.result != MI_RESULT_FAILED) {
            MIC_FAIL("with %s", faults[i]);
        }
        if (is_class && strstr(outcome.message, "class") == NULL) {
            MIC_FAIL("%s", outcome.message);
        }
        shut();
    }
}

MIC_TEST(timeout, of_the_destination_holds_when_the_operation_has_none)
{
    struct outcome outcome;
    open_peer("stall", 300);
    enumerate(&client.session, 0, "Peer_Many", &outcome);
    check_timeout(&outcome);
    shut();
}

MIC_TEST(timeout, reaches_a_callback_as_its_one_final_result)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    open_peer("stall", 0);
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    begin(&operation, 400, &callbacks, "Peer_Many");
    listener_wait_final(&listener);
    check_timeout(&listener.outcome);
    MIC_CHECK_INT(listener.calls, 1);
    MI_Operation_Close(&operation);
    shut();
    listener_fini(&listener);
}

/* Each Pull takes 200 ms, five of them a second: more than the timeout, never without a result
 * between. */
MIC_TEST(timeout, is_restarted_by_each_result)
{
    MI_Operation operation;
    struct outcome outcome;
    const char *const options[] = {"--slow", "200", NULL};
    peer_start(&peer, options);
    client_prepare(&client);
    MI_DestinationOptions_SetMaxElements(&client.options, 1);
    client_connect(&client, peer.url);
    begin(&operation, 600, NULL, "Peer_Slow");
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 5);
    shut();
}

MIC_TEST(timeout, is_restarted_by_bytes_that_trickle_in)
{
    MI_Operation operation;
    struct outcome outcome;
    open_peer("only=Enumerate,slow-drip=1", 0);
    begin(&operation, 400, NULL, "Peer_Empty"); /* some 1,000 bytes, one a millisecond */
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    shut();
}

/* The held result is let go only when another operation, started after it and with a longer
 * timeout, has timed out. */
MIC_TEST(timeout, stands_still_while_the_application_holds_a_result)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation, other;
    struct outcome outcome;
    open_peer("", 0);
    listener_init(&listener);
    listener.holds = true;
    listener_callbacks(&listener, &callbacks);
    MI_OperationOptions options;
    MI_Interval timeout = milliseconds(1200);
    MI_Application_NewOperationOptions(&client.application, MI_FALSE, &options);
    MI_OperationOptions_SetTimeout(&options, &timeout);
    MI_Session_EnumerateInstances(&client.session, MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, &options,
                                  "root/cimv2", "Peer_Many", MI_FALSE, &callbacks, &operation);
    MI_OperationOptions_Delete(&options);
    listener_wait_calls(&listener, 1);
    MIC_CHECK_TEXT(listener.outcome.message, "");
    peer_set_faults(&peer, "only=Enumerate,stall");
    begin(&other, 1800, NULL, "Peer_Few");
    drain(&other, &outcome, NULL, NULL);
    check_timeout(&outcome);
    MIC_CHECK_INT(listener.finals, 0);
    pthread_mutex_lock(&listener.lock);
    listener.holds = false;
    pthread_mutex_unlock(&listener.lock);
    listener_let_go(&listener);
    listener_wait_final(&listener);
    MIC_CHECK_INT(listener.outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(listener.outcome.count, 600);
    MI_Operation_Close(&operation);
    shut();
    listener_fini(&listener);
}

/* Let time pass without a clock: another operation's timeout. */
static void pass_time(unsigned ms)
{
    MI_Operation other;
    struct outcome outcome;
    peer_set_faults(&peer, "only=Enumerate,stall");
    begin(&other, ms, NULL, "Peer_Few");
    drain(&other, &outcome, NULL, NULL);
    check_timeout(&outcome);
}

static void take_some(MI_Operation *operation, unsigned count)
{
    const MI_Instance *instance;
    MI_Boolean more;
    MI_Result result;
    for (unsigned i = 0; i < count; i++) {
        MIC_REQUIRE(MI_Operation_GetInstance(operation, &instance, &more, &result, NULL, NULL) ==
                    MI_RESULT_OK);
        MIC_REQUIRE(instance != NULL);
    }
}

MIC_TEST(timeout, stands_still_between_two_gets)
{
    MI_Operation operation;
    struct outcome outcome;
    open_peer("", 0);
    begin(&operation, 1200, NULL, "Peer_Many");
    take_some(&operation, 3);
    pass_time(1800);
    peer_set_faults(&peer, "");
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 597);
    shut();
}

MIC_TEST(timeout, of_the_server_s_patience_names_the_time_a_result_was_held)
{
    MI_Operation operation;
    struct outcome outcome;
    open_peer("", 0);
    begin(&operation, 5000, NULL, "Peer_Many");
    take_some(&operation, 3);
    pass_time(300);
    peer_set_faults(&peer, "only=Pull,expire-contexts");
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK(outcome.result != MI_RESULT_OK);
    if (strstr(outcome.message, "held a result for") == NULL) {
        MIC_FAIL("%s", outcome.message);
    }
    shut();
}

MIC_TEST(timeout, of_zero_is_none)
{
    MI_Operation operation;
    struct outcome outcome;
    open_peer("only=Enumerate,delay=300", 100);
    begin(&operation, 0, NULL, "Peer_Few");
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 5);
    shut();
}

MIC_TEST(timeout, leaves_the_session_usable)
{
    MI_Operation operation;
    struct outcome outcome;
    open_peer("on=1,stall", 0);
    begin(&operation, 400, NULL, "Peer_Few");
    drain(&operation, &outcome, NULL, NULL);
    check_timeout(&outcome);
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 5);
    shut();
}

/* Eight requests hold all connections; the ninth waits for one, within its own deadline. */
MIC_TEST(timeout, counts_the_wait_for_a_free_connection)
{
    enum { CONNECTIONS = 8 };
    MI_Operation operations[CONNECTIONS], ninth;
    struct outcome outcome;
    open_peer("stall", 0);
    for (unsigned i = 0; i < CONNECTIONS; i++) {
        MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                      NULL, &operations[i]);
    }
    peer_await(&peer, "requests.total", CONNECTIONS);
    begin(&ninth, 120, NULL, "Peer_Few");
    drain(&ninth, &outcome, NULL, NULL);
    check_timeout(&outcome);
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), CONNECTIONS);
    for (unsigned i = 0; i < CONNECTIONS; i++) {
        MI_Operation_Close(&operations[i]);
    }
    shut();
}
