/* Cancel and close at any moment. */
#include <string.h>

#include "client.h"
#include "mic_test.h"

static struct peer peer;
static struct client client;

static void open_peer(const char *faults)
{
    const char *const options[] = {"--many", "3000", NULL};
    peer_start(&peer, options);
    peer_set_faults(&peer, faults);
    client_open(&client, &peer);
}

static void shut(void)
{
    client_close(&client);
    peer_stop(&peer);
}

static void begin(MI_Operation *operation, MI_Uint32 flags, MI_OperationCallbacks *callbacks)
{
    MI_Session_EnumerateInstances(&client.session, flags, NULL, "root/cimv2", "Peer_Many", MI_FALSE,
                                  callbacks, operation);
}

static void check_cancelled(const struct outcome *outcome)
{
    MIC_CHECK_INT(outcome->result, MI_RESULT_FAILED);
    MIC_CHECK_INT(outcome->category, MI_ERRORCATEGORY_OPERATION_STOPPED);
}

MIC_TEST(cancel, before_the_first_get_gives_one_final_result)
{
    MI_Operation operation;
    struct outcome outcome;
    open_peer("stall");
    begin(&operation, 0, NULL);
    MIC_CHECK_INT(MI_Operation_Cancel(&operation, MI_REASON_NONE), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Operation_Cancel(&operation, MI_REASON_NONE), MI_RESULT_OK);
    drain(&operation, &outcome, NULL, NULL);
    check_cancelled(&outcome);
    MIC_CHECK_INT(outcome.count, 0);
    shut();
}

static void *cancel_when_asked(void *context)
{
    MI_Operation *operation = context;
    peer_await(&peer, "requests.total", 1);
    MIC_CHECK_INT(MI_Operation_Cancel(operation, MI_REASON_NONE), MI_RESULT_OK);
    return NULL;
}

MIC_TEST(cancel, wakes_a_get_that_waits)
{
    MI_Operation operation;
    struct outcome outcome;
    pthread_t thread;
    open_peer("stall");
    begin(&operation, 0, NULL);
    MI_Operation copy = operation;
    pthread_create(&thread, NULL, cancel_when_asked, &copy);
    drain(&operation, &outcome, NULL, NULL);
    pthread_join(thread, NULL);
    check_cancelled(&outcome);
    shut();
}

MIC_TEST(cancel, drops_results_not_yet_handed_over)
{
    MI_Operation operation;
    struct outcome outcome;
    const MI_Instance *instance;
    MI_Boolean more;
    MI_Result result;
    open_peer("");
    begin(&operation, 0, NULL);
    MIC_REQUIRE(MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL) ==
                MI_RESULT_OK);
    MIC_CHECK(instance != NULL && more);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    drain(&operation, &outcome, NULL, NULL);
    check_cancelled(&outcome);
    MIC_CHECK_INT(outcome.count, 0);
    peer_await(&peer, "requests.Release", 1);
    shut();
}

MIC_TEST(cancel, after_the_end_changes_nothing)
{
    MI_Operation operation;
    const MI_Instance *instance;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_FAILED;
    open_peer("");
    begin(&operation, 0, NULL);
    while (more) {
        MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL);
    }
    MIC_CHECK_INT(result, MI_RESULT_OK);
    MIC_CHECK_INT(MI_Operation_Cancel(&operation, MI_REASON_NONE), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(result, MI_RESULT_OK);
    MIC_CHECK(!more && instance == NULL);
    MI_Operation_Close(&operation);
    shut();
}

static void cancel_inside(struct listener *listener, MI_Operation *operation,
                          const MI_Instance *instance)
{
    unsigned *at = listener->context;
    if (instance != NULL && listener->outcome.count == *at) {
        MIC_CHECK_INT(MI_Operation_Cancel(operation, MI_REASON_NONE), MI_RESULT_OK);
    }
}

MIC_TEST(cancel, inside_a_callback_makes_the_next_call_the_last)
{
    open_peer("");
    for (unsigned at = 0; at < 40; at += 13) {
        struct listener listener;
        MI_OperationCallbacks callbacks;
        MI_Operation operation;
        listener_init(&listener);
        listener.each = cancel_inside;
        listener.context = &at;
        listener_callbacks(&listener, &callbacks);
        begin(&operation, 0, &callbacks);
        listener_wait_final(&listener);
        check_cancelled(&listener.outcome);
        MIC_CHECK_INT(listener.calls, at + 2);
        MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
        MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_INVALID_PARAMETER);
        listener_fini(&listener);
    }
    shut();
}

MIC_TEST(cancel, waits_for_the_last_acknowledgement)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    open_peer("");
    listener_init(&listener);
    listener.holds = true;
    listener_callbacks(&listener, &callbacks);
    begin(&operation, MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, &callbacks);
    listener_wait_calls(&listener, 1);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    peer_await(&peer, "requests.Release", 1);
    MIC_CHECK_INT(listener.finals, 0);
    listener_let_go(&listener);
    listener_wait_final(&listener);
    check_cancelled(&listener.outcome);
    MIC_CHECK_INT(listener.calls, 2);
    listener_let_go(&listener);
    MI_Operation_Close(&operation);
    shut();
    listener_fini(&listener);
}

/* The moment moves over the whole operation: every few microseconds of it. */
MIC_TEST(cancel, at_any_moment_ends_with_one_final_result)
{
    open_peer("");
    for (unsigned round = 0; round < 60; round++) {
        struct listener listener;
        MI_OperationCallbacks callbacks;
        MI_Operation operation;
        listener_init(&listener);
        listener_callbacks(&listener, &callbacks);
        begin(&operation, 0, &callbacks);
        listener_wait_calls(&listener, round * 7 % 400);
        for (volatile unsigned spin = 0; spin < mic_test_random() % 20000; spin++) {
        }
        MIC_CHECK_INT(MI_Operation_Cancel(&operation, MI_REASON_NONE), MI_RESULT_OK);
        listener_wait_final(&listener);
        MI_Operation_Close(&operation);
        MIC_CHECK_INT(listener.finals, 1);
        MIC_CHECK_INT(listener.overlapping, 0);
        if (listener.outcome.result != MI_RESULT_OK) {
            check_cancelled(&listener.outcome);
        }
        listener_fini(&listener);
    }
    struct outcome outcome;
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.count, 5);
    shut();
}

MIC_TEST(close, of_an_undrained_operation_returns_at_once)
{
    static const char *const faults[] = {
        "stall", "stall-mid", "only=Pull,stall", "only=GetClass,stall", "stall-connect", ""};
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        MI_Operation operation;
        open_peer(faults[i]);
        begin(&operation, 0, NULL);
        MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
        MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_INVALID_PARAMETER);
        begin(&operation, 0, NULL);
        if (strstr(faults[i], "connect") == NULL) {
            peer_await(&peer, "requests.total", 1);
        }
        MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
        shut();
    }
}

MIC_TEST(close, of_an_asynchronous_operation_still_brings_its_final_result)
{
    static const char *const faults[] = {"stall", "only=GetClass,stall", "stall-mid", ""};
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        struct listener listener;
        MI_OperationCallbacks callbacks;
        MI_Operation operation;
        open_peer(faults[i]);
        listener_init(&listener);
        listener_callbacks(&listener, &callbacks);
        begin(&operation, 0, &callbacks);
        MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
        listener_wait_final(&listener);
        MIC_CHECK_INT(listener.finals, 1);
        shut();
        listener_fini(&listener);
    }
}

MIC_TEST(close, inside_the_final_callback_is_allowed)
{
    open_peer("");
    for (unsigned round = 0; round < 20; round++) {
        struct listener listener;
        MI_OperationCallbacks callbacks;
        MI_Operation operation;
        listener_init(&listener);
        listener.closes_in_final = true;
        listener_callbacks(&listener, &callbacks);
        MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                      &callbacks, &operation);
        listener_wait_final(&listener);
        MIC_CHECK_INT(listener.outcome.count, 5);
        MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_INVALID_PARAMETER);
        listener_fini(&listener);
    }
    shut();
}

static void close_session_inside(struct listener *listener, MI_Operation *operation,
                                 const MI_Instance *instance)
{
    MI_Session session;
    MI_Application application;
    (void)listener;
    if (instance != NULL) {
        MIC_CHECK_INT(MI_Operation_GetSession(operation, &session), MI_RESULT_OK);
        MIC_CHECK_INT(MI_Session_Close(&session, NULL, NULL), MI_RESULT_FAILED);
        MIC_CHECK_INT(MI_Session_GetApplication(&session, &application), MI_RESULT_OK);
        MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_FAILED);
    }
}

MIC_TEST(close, that_would_wait_inside_a_callback_fails_at_once)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    open_peer("");
    listener_init(&listener);
    listener.each = close_session_inside;
    listener_callbacks(&listener, &callbacks);
    MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                  &callbacks, &operation);
    listener_wait_final(&listener);
    MIC_CHECK_INT(listener.outcome.count, 5);
    MI_Operation_Close(&operation);
    shut();
    listener_fini(&listener);
}

static void enumerate_inside(struct listener *listener, MI_Operation *operation,
                             const MI_Instance *instance)
{
    MI_Session session;
    struct outcome outcome;
    (void)listener;
    if (instance != NULL) {
        MI_Operation_GetSession(operation, &session);
        enumerate(&session, 0, "Peer_Base", &outcome);
        MIC_CHECK_INT(outcome.count, 8);
    }
}

MIC_TEST(callback, may_use_synchronous_operations_on_every_callback_thread)
{
    enum { OPERATIONS = 12 };
    struct listener listeners[OPERATIONS];
    MI_Operation operations[OPERATIONS];
    open_peer("");
    for (unsigned i = 0; i < OPERATIONS; i++) {
        MI_OperationCallbacks callbacks;
        listener_init(&listeners[i]);
        listeners[i].each = enumerate_inside;
        listener_callbacks(&listeners[i], &callbacks);
        MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                      &callbacks, &operations[i]);
    }
    for (unsigned i = 0; i < OPERATIONS; i++) {
        listener_wait_final(&listeners[i]);
        MIC_CHECK_INT(listeners[i].outcome.count, 5);
        MI_Operation_Close(&operations[i]);
    }
    shut();
    for (unsigned i = 0; i < OPERATIONS; i++) {
        listener_fini(&listeners[i]);
    }
}

static void *close_from_aside(void *context)
{
    MI_Operation *operation = context;
    peer_await(&peer, "requests.total", 1);
    MIC_CHECK_INT(MI_Operation_Close(operation), MI_RESULT_OK);
    return NULL;
}

MIC_TEST(close, on_another_thread_ends_a_get_that_waits)
{
    MI_Operation operation;
    const MI_Instance *instance;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;
    pthread_t thread;
    open_peer("stall");
    begin(&operation, 0, NULL);
    MI_Operation copy = operation;
    pthread_create(&thread, NULL, close_from_aside, &copy);
    MI_Result returned =
        MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL);
    pthread_join(thread, NULL);
    MIC_CHECK(returned == MI_RESULT_INVALID_PARAMETER || result == MI_RESULT_FAILED);
    MIC_CHECK(!more);
    shut();
}

struct completion {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned calls;
};

static void MI_CALL on_closed(void *context)
{
    struct completion *completion = context;
    pthread_mutex_lock(&completion->lock);
    completion->calls++;
    pthread_cond_broadcast(&completion->changed);
    pthread_mutex_unlock(&completion->lock);
}

MIC_TEST(session_close, with_a_callback_cancels_and_calls_back_when_all_is_closed)
{
    struct completion completion = {.calls = 0};
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation, second;
    pthread_mutex_init(&completion.lock, NULL);
    pthread_cond_init(&completion.changed, NULL);
    open_peer("stall");
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    begin(&operation, 0, &callbacks);
    begin(&second, 0, NULL);
    MI_Session session = client.session;
    MIC_CHECK_INT(MI_Session_Close(&client.session, &completion, on_closed), MI_RESULT_OK);
    client.session.ft = NULL;
    MIC_CHECK_INT(MI_Session_Close(&session, &completion, on_closed), MI_RESULT_INVALID_PARAMETER);
    listener_wait_final(&listener);
    check_cancelled(&listener.outcome);
    pthread_mutex_lock(&completion.lock);
    MIC_CHECK_INT(completion.calls, 0);
    pthread_mutex_unlock(&completion.lock);
    MI_Operation_Close(&operation);
    MI_Operation_Close(&second);
    pthread_mutex_lock(&completion.lock);
    while (completion.calls == 0) {
        pthread_cond_wait(&completion.changed, &completion.lock);
    }
    pthread_mutex_unlock(&completion.lock);
    shut();
    MIC_CHECK_INT(completion.calls, 1);
    listener_fini(&listener);
}

static void MI_CALL close_all_inside(void *context)
{
    MI_Application *application = context;
    MIC_CHECK_INT(MI_Application_Close(application), MI_RESULT_OK);
}

/* Nothing was ever asked of a server, so there is no library thread that could call back. */
MIC_TEST(session_close, of_an_unused_session_calls_back_on_the_caller_s_thread)
{
    struct client unused;
    client_prepare(&unused);
    client_connect(&unused, "127.0.0.1");
    MI_DestinationOptions_Delete(&unused.options);
    MIC_CHECK_INT(MI_Session_Close(&unused.session, &unused.application, close_all_inside),
                  MI_RESULT_OK);
    MIC_CHECK(unused.application.ft == NULL);
}

struct closer {
    pthread_t thread;
    MI_Session session;
};

static void *close_session(void *context)
{
    struct closer *closer = context;
    MIC_CHECK_INT(MI_Session_Close(&closer->session, NULL, NULL), MI_RESULT_OK);
    return NULL;
}

MIC_TEST(session_close, waits_for_the_handles_of_its_operations_and_cancels_them)
{
    MI_Operation operation;
    struct outcome outcome;
    struct closer closer;
    open_peer("stall");
    begin(&operation, 0, NULL);
    closer.session = client.session;
    client.session.ft = NULL;
    pthread_create(&closer.thread, NULL, close_session, &closer);
    drain(&operation, &outcome, NULL, NULL); /* ends only because the session's close cancels */
    pthread_join(closer.thread, NULL);
    check_cancelled(&outcome);
    shut();
}

static void *close_application(void *context)
{
    MIC_CHECK_INT(MI_Application_Close(context), MI_RESULT_OK);
    return NULL;
}

MIC_TEST(application_close, cancels_everything_and_waits_for_the_sessions)
{
    MI_Operation operation;
    struct outcome outcome;
    pthread_t thread;
    MI_Application application;
    open_peer("stall");
    begin(&operation, 0, NULL);
    application = client.application;
    MI_DestinationOptions_Delete(&client.options);
    pthread_create(&thread, NULL, close_application, &application);
    drain(&operation, &outcome, NULL, NULL);
    check_cancelled(&outcome);
    MIC_CHECK_INT(MI_Session_Close(&client.session, NULL, NULL), MI_RESULT_OK);
    pthread_join(thread, NULL);
    MIC_CHECK_INT(MI_Application_Close(&client.application), MI_RESULT_INVALID_PARAMETER);
    peer_stop(&peer);
}
