/* Subscriptions over real sockets: delivery, bookmarks, and every way they end. */
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"

#define ALERTS "SELECT * FROM Peer_Alert"

static struct peer peer;
static struct client client;

static void open_with(const char *const *options)
{
    peer_start(&peer, options);
    client_open(&client, &peer);
}

static void open_peer(const char *option)
{
    peer_start_with(&peer, option);
    client_open(&client, &peer);
}

static void shut(void)
{
    client_close(&client);
    peer_stop(&peer);
}

/* The session first, so that what it has sent by then can be counted. */
static void close_session(void)
{
    MIC_CHECK_INT(MI_Session_Close(&client.session, NULL, NULL), MI_RESULT_OK);
}

static void shut_rest(void)
{
    MI_DestinationOptions_Delete(&client.options);
    MIC_CHECK_INT(MI_Application_Close(&client.application), MI_RESULT_OK);
    peer_stop(&peer);
}

static void fire(unsigned count)
{
    char body[64];
    snprintf(body, sizeof(body), "count=%u", count);
    peer_control(&peer, "fire", body);
}

struct wish {
    const char *dialect, *query; /* NULL: WQL, ALERTS */
    const char *bookmark;
    unsigned expires_ms, heartbeat_ms;
    unsigned timeout_ms; /* 0: not set */
    MI_Uint32 flags;
    MI_SubscriptionDeliveryType type; /* 0: pull */
    MI_OperationCallbacks *callbacks;
};

static void subscribe(const struct wish *wish, MI_Operation *operation)
{
    MI_SubscriptionDeliveryOptions delivery;
    MI_OperationOptions options;
    MI_Interval interval;
    MIC_REQUIRE(MI_Application_NewSubscriptionDeliveryOptions(
                    &client.application,
                    wish->type != 0 ? wish->type : MI_SubscriptionDeliveryType_Pull,
                    &delivery) == MI_RESULT_OK);
    MIC_REQUIRE(MI_Application_NewOperationOptions(&client.application, MI_FALSE, &options) ==
                MI_RESULT_OK);
    if (wish->bookmark != NULL) {
        MI_SubscriptionDeliveryOptions_SetBookmark(&delivery, wish->bookmark);
    }
    if (wish->expires_ms > 0) {
        MI_Datetime expires;
        memset(&expires, 0, sizeof(expires));
        expires.u.interval = milliseconds(wish->expires_ms);
        MI_SubscriptionDeliveryOptions_SetExpirationTime(&delivery, &expires);
    }
    if (wish->heartbeat_ms > 0) {
        interval = milliseconds(wish->heartbeat_ms);
        MI_SubscriptionDeliveryOptions_SetHeartbeatInterval(&delivery, &interval);
    }
    if (wish->timeout_ms > 0) {
        interval = milliseconds(wish->timeout_ms);
        MI_OperationOptions_SetTimeout(&options, &interval);
    }
    MI_Session_Subscribe(&client.session, wish->flags, &options, "root/cimv2",
                         wish->dialect != NULL ? wish->dialect : MI_QUERY_DIALECT_WQL,
                         wish->query != NULL ? wish->query : ALERTS, &delivery, wish->callbacks,
                         operation);
    MI_OperationOptions_Delete(&options);
    MI_SubscriptionDeliveryOptions_Delete(&delivery);
}

/* Values of an alert as text; "" when it is no such instance. */
struct taken {
    bool has_instance, more;
    MI_Result result;
    unsigned long long sequence;
    MI_Type type; /* of Sequence */
    char bookmark[512], message[1024];
};

static void take(MI_Operation *operation, struct taken *taken)
{
    const MI_Instance *instance, *details;
    const MI_Char *bookmark, *machine, *message;
    MI_Boolean more = MI_FALSE;
    MI_Value value;
    memset(taken, 0, sizeof(*taken));
    MIC_REQUIRE(MI_Operation_GetIndication(operation, &instance, &bookmark, &machine, &more,
                                           &taken->result, &message, &details) == MI_RESULT_OK);
    taken->has_instance = instance != NULL;
    taken->more = more != MI_FALSE;
    snprintf(taken->bookmark, sizeof(taken->bookmark), "%s", bookmark != NULL ? bookmark : "");
    snprintf(taken->message, sizeof(taken->message), "%s", message != NULL ? message : "");
    if (instance != NULL && MI_Instance_GetElement(instance, "Sequence", &value, &taken->type, NULL,
                                                   NULL) == MI_RESULT_OK) {
        taken->sequence = value.uint64;
    }
}

static void take_alert(MI_Operation *operation, unsigned long long sequence, struct taken *taken)
{
    take(operation, taken);
    MIC_CHECK_INT(taken->result, MI_RESULT_OK);
    MIC_CHECK_INT(taken->type, MI_UINT64);
    MIC_CHECK_INT(taken->sequence, sequence);
    MIC_CHECK(taken->more);
}

/* The subscription is known to the server: what happens from now on is told. */
static void await_subscribed(long count)
{
    peer_await(&peer, "requests.Subscribe", count);
    peer_await(&peer, "subscriptions.open", count);
}

/* ---- delivery ---- */

static void check_delivery(const char *dialect)
{
    const char *const options[] = {"--dialect", dialect, NULL};
    MI_Operation operation;
    struct taken taken;
    open_with(options);
    subscribe(&(struct wish){.query = NULL}, &operation);
    await_subscribed(1);
    fire(3);
    take_alert(&operation, 1, &taken);
    take_alert(&operation, 2, &taken);
    take_alert(&operation, 3, &taken);
    MIC_CHECK_TEXT(taken.bookmark, ""); /* none was asked for */
    fire(1);
    take_alert(&operation, 4, &taken);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    peer_await(&peer, "requests.Unsubscribe", 1);
    MIC_CHECK_INT(peer_counter(&peer, "subscriptions.open"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "faults.sent"), 0);
    shut();
}

MIC_TEST(subscribe, indications_come_typed_and_in_order)
{
    check_delivery("windows");
    check_delivery("omi");
}

MIC_TEST(subscribe, indications_come_to_callbacks)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    open_peer(NULL);
    listener_init(&listener);
    listener_indication_callbacks(&listener, &callbacks);
    subscribe(&(struct wish){.callbacks = &callbacks, .bookmark = MI_SUBSCRIBE_BOOKMARK_NEWEST},
              &operation);
    await_subscribed(1);
    fire(1);
    listener_wait_calls(&listener, 1);
    fire(70);
    listener_wait_calls(&listener, 71);
    MIC_CHECK_INT(listener.finals, 0);
    MIC_CHECK_INT(MI_Operation_Cancel(&operation, MI_REASON_NONE), MI_RESULT_OK);
    listener_wait_final(&listener);
    MIC_CHECK_INT(listener.outcome.count, 71);
    MIC_CHECK_INT(listener.outcome.result, MI_RESULT_FAILED);
    MIC_CHECK_INT(listener.outcome.category, MI_ERRORCATEGORY_OPERATION_STOPPED);
    MIC_CHECK_INT(listener.overlapping, 0);
    MI_Operation_Close(&operation);
    peer_await(&peer, "requests.Unsubscribe", 1);
    shut();
    listener_fini(&listener);
}

MIC_TEST(subscribe, what_an_event_is_about_is_typed_by_its_class)
{
    MI_Operation operation, change;
    struct outcome outcome;
    const MI_Instance *event;
    MI_Instance *note;
    MI_Boolean more;
    MI_Result result;
    MI_Value value;
    MI_Type type;
    open_peer(NULL);
    subscribe(&(struct wish){.query = "SELECT * FROM __InstanceCreationEvent WITHIN 1 WHERE "
                                      "TargetInstance ISA 'Peer_Note'"},
              &operation);
    await_subscribed(1);
    MIC_REQUIRE(MI_Application_NewInstance(&client.application, "Peer_Note", NULL, &note) ==
                MI_RESULT_OK);
    value.uint32 = 4711;
    MI_Instance_AddElement(note, "Number", &value, MI_UINT32, MI_FLAG_KEY);
    char topic[] = "events";
    value.string = topic;
    MI_Instance_AddElement(note, "Topic", &value, MI_STRING, MI_FLAG_KEY);
    MI_Session_CreateInstance(&client.session, 0, NULL, "root/cimv2", note, NULL, &change);
    MI_Instance_Delete(note);
    drain(&change, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_REQUIRE(MI_Operation_GetIndication(&operation, &event, NULL, NULL, &more, &result, NULL,
                                           NULL) == MI_RESULT_OK);
    MIC_REQUIRE(event != NULL);
    MIC_CHECK_INT(MI_Instance_GetElement(event, "TargetInstance", &value, &type, NULL, NULL),
                  MI_RESULT_OK);
    MIC_REQUIRE(type == MI_INSTANCE);
    const MI_Instance *target = value.instance;
    MIC_CHECK_INT(MI_Instance_GetElement(target, "Number", &value, &type, NULL, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_INT(type, MI_UINT32);
    MIC_CHECK_INT(value.uint32, 4711);
    MI_Operation_Close(&operation);
    shut();
}

static void *fire_after_quiet_polls(void *context)
{
    (void)context;
    peer_await(&peer, "requests.Pull", 12);
    fire(1);
    return NULL;
}

static void check_quiet_polls(const char *poll_ms, unsigned heartbeat_ms, const char *form)
{
    const char *const options[] = {"--poll", poll_ms, form, NULL};
    MI_Operation operation;
    struct taken taken;
    pthread_t thread;
    open_with(options);
    subscribe(&(struct wish){.heartbeat_ms = heartbeat_ms}, &operation);
    await_subscribed(1);
    pthread_create(&thread, NULL, fire_after_quiet_polls, NULL);
    take_alert(&operation, 1, &taken);
    pthread_join(thread, NULL);
    MI_Operation_Close(&operation);
    shut();
}

MIC_TEST(subscribe, polls_that_bring_nothing_are_no_end)
{
    check_quiet_polls("10", 0, NULL);
    check_quiet_polls("10", 0, "--empty-polls");
    check_quiet_polls("10000", 5, NULL); /* heartbeats are answers too */
}

MIC_TEST(subscribe, manual_acknowledgement_holds_back_the_next_pull)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    open_peer(NULL);
    listener_init(&listener);
    listener.holds = true;
    listener_indication_callbacks(&listener, &callbacks);
    subscribe(
        &(struct wish){.callbacks = &callbacks, .flags = MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS},
        &operation);
    await_subscribed(1);
    fire(1);
    listener_wait_calls(&listener, 1);
    long pulls = peer_counter(&peer, "requests.Pull");
    fire(1);
    struct outcome outcome;
    enumerate(&client.session, 0, "Peer_Few", &outcome); /* the rest of the session goes on */
    MIC_CHECK_INT(outcome.count, 5);
    MIC_CHECK_INT(listener.calls, 1);
    MIC_CHECK_INT(peer_counter(&peer, "requests.Pull"), pulls + 1); /* of the enumeration */
    listener_let_go(&listener);
    listener_wait_calls(&listener, 2);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    peer_await(&peer, "requests.Unsubscribe", 1); /* the server need not wait for the other one */
    MIC_CHECK_INT(listener.finals, 0);
    listener_let_go(&listener);
    listener_wait_final(&listener);
    listener_let_go(&listener);
    MI_Operation_Close(&operation);
    shut();
    listener_fini(&listener);
}

MIC_TEST(subscribe, many_leave_the_sessions_connections_free)
{
    enum { COUNT = 12 };
    struct listener listeners[COUNT];
    MI_Operation operations[COUNT];
    struct outcome outcome;
    open_peer(NULL);
    for (unsigned i = 0; i < COUNT; i++) {
        MI_OperationCallbacks callbacks;
        listener_init(&listeners[i]);
        listener_indication_callbacks(&listeners[i], &callbacks);
        subscribe(&(struct wish){.callbacks = &callbacks}, &operations[i]);
    }
    await_subscribed(COUNT);
    peer_await(&peer, "requests.Pull", COUNT);
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.count, 5);
    fire(1);
    for (unsigned i = 0; i < COUNT; i++) {
        listener_wait_calls(&listeners[i], 1);
        MI_Operation_Close(&operations[i]);
        listener_wait_final(&listeners[i]);
    }
    close_session();
    MIC_CHECK_INT(peer_counter(&peer, "requests.Unsubscribe"), COUNT);
    shut_rest();
    for (unsigned i = 0; i < COUNT; i++) {
        listener_fini(&listeners[i]);
    }
}

/* ---- bookmarks ---- */

MIC_TEST(subscribe, bookmark_resumes_behind_its_indication)
{
    MI_Operation operation;
    struct taken first, taken;
    open_peer(NULL);
    fire(1);
    subscribe(&(struct wish){.bookmark = MI_SUBSCRIBE_BOOKMARK_OLDEST}, &operation);
    take_alert(&operation, 1, &first);
    MIC_CHECK(strstr(first.bookmark, "Event=\"1\"") != NULL);
    fire(1);
    take_alert(&operation, 2, &taken);
    MI_Operation_Close(&operation);
    fire(1);
    subscribe(&(struct wish){.bookmark = first.bookmark}, &operation);
    take_alert(&operation, 2, &taken);
    take_alert(&operation, 3, &taken);
    MI_Operation_Close(&operation);
    subscribe(&(struct wish){.bookmark = MI_SUBSCRIBE_BOOKMARK_NEWEST}, &operation);
    await_subscribed(1);
    fire(1);
    take_alert(&operation, 4, &taken);
    MIC_CHECK(strstr(taken.bookmark, "Event=\"4\"") != NULL);
    MI_Operation_Close(&operation);
    shut();
}

MIC_TEST(subscribe, bookmark_of_one_of_many_loses_none)
{
    MI_Operation operation;
    struct taken taken;
    char bookmark[512] = MI_SUBSCRIBE_BOOKMARK_OLDEST;
    unsigned long long sequence = 0;
    open_peer(NULL);
    fire(40);
    /* Resume again and again, each time after a few more. */
    for (unsigned round = 1; sequence < 40; round++) {
        subscribe(&(struct wish){.bookmark = bookmark}, &operation);
        for (unsigned i = 0; i < 7 * round && sequence < 40; i++) {
            take(&operation, &taken);
            MIC_REQUIRE(taken.has_instance);
            MIC_CHECK(taken.sequence <= sequence + 1);
            sequence = taken.sequence > sequence ? taken.sequence : sequence;
            if (taken.bookmark[0] != '\0') {
                snprintf(bookmark, sizeof(bookmark), "%s", taken.bookmark);
            }
        }
        MI_Operation_Close(&operation);
    }
    MIC_CHECK(strstr(bookmark, "Event=\"40\"") != NULL);
    shut();
}

/* ---- ends ---- */

static void *close_when_it_polls(void *context)
{
    peer_await(&peer, "requests.Pull", 1);
    MIC_CHECK_INT(MI_Operation_Close(context), MI_RESULT_OK);
    return NULL;
}

static void *cancel_when_it_polls(void *context)
{
    peer_await(&peer, "requests.Pull", 1);
    MIC_CHECK_INT(MI_Operation_Cancel(context, MI_REASON_NONE), MI_RESULT_OK);
    return NULL;
}

static void check_ended_while_it_polls(void *(*end)(void *context), bool is_closed)
{
    MI_Operation operation;
    struct taken taken;
    pthread_t thread;
    open_peer(NULL);
    subscribe(&(struct wish){.query = NULL}, &operation);
    MI_Operation copy = operation;
    pthread_create(&thread, NULL, end, &copy);
    take(&operation, &taken);
    pthread_join(thread, NULL);
    MIC_CHECK(!taken.has_instance);
    MIC_CHECK_INT(taken.result, MI_RESULT_FAILED);
    if (!is_closed) {
        MIC_CHECK(!taken.more);
        MI_Operation_Close(&operation);
    }
    close_session(); /* at once: Unsubscribe is on its way */
    MIC_CHECK_INT(peer_counter(&peer, "requests.Unsubscribe"), 1);
    MIC_CHECK_INT(peer_counter(&peer, "subscriptions.open"), 0);
    shut_rest();
}

MIC_TEST(subscribe, close_and_cancel_end_a_poll_that_hangs_and_unsubscribe)
{
    check_ended_while_it_polls(close_when_it_polls, true);
    check_ended_while_it_polls(cancel_when_it_polls, false);
}

MIC_TEST(subscribe, close_before_anything_was_taken_unsubscribes)
{
    MI_Operation operation;
    const MI_Instance *instance;
    MI_Boolean more;
    MI_Result result;
    open_peer(NULL);
    /* The first result says that the answer has begun to come in; nobody has read it. */
    subscribe(&(struct wish){.flags = MI_OPERATIONFLAGS_REPORT_OPERATION_STARTED}, &operation);
    MIC_REQUIRE(MI_Operation_GetIndication(&operation, &instance, NULL, NULL, &more, &result, NULL,
                                           NULL) == MI_RESULT_OK);
    MIC_CHECK(instance == NULL && more);
    MI_Operation_Close(&operation);
    close_session();
    MIC_CHECK_INT(peer_counter(&peer, "requests.Unsubscribe"), 1);
    shut_rest();
}

static void end_inside(struct listener *listener, MI_Operation *operation,
                       const MI_Instance *instance)
{
    bool closes = listener->context != NULL;
    if (instance != NULL) {
        MIC_CHECK_INT(MI_Session_Close(&client.session, NULL, NULL), MI_RESULT_FAILED);
        MIC_CHECK_INT(closes ? MI_Operation_Close(operation)
                             : MI_Operation_Cancel(operation, MI_REASON_NONE),
                      MI_RESULT_OK);
    }
}

static void check_end_inside(bool closes)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    open_peer(NULL);
    listener_init(&listener);
    listener.each = end_inside;
    listener.context = closes ? &listener : NULL;
    listener_indication_callbacks(&listener, &callbacks);
    subscribe(&(struct wish){.callbacks = &callbacks}, &operation);
    await_subscribed(1);
    fire(1);
    listener_wait_final(&listener);
    MIC_CHECK_INT(listener.calls, 2);
    MIC_CHECK_INT(listener.outcome.count, 1);
    MIC_CHECK_INT(listener.outcome.result, MI_RESULT_FAILED);
    MIC_CHECK_INT(MI_Operation_Close(&operation),
                  closes ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_OK);
    peer_await(&peer, "requests.Unsubscribe", 1);
    shut();
    listener_fini(&listener);
}

MIC_TEST(subscribe, ends_inside_its_callback)
{
    check_end_inside(false);
    check_end_inside(true);
}

MIC_TEST(subscribe, expires_with_success)
{
    MI_Operation operation;
    struct taken taken;
    open_peer(NULL);
    subscribe(&(struct wish){.expires_ms = 200}, &operation);
    take(&operation, &taken);
    MIC_CHECK(!taken.has_instance && !taken.more);
    MIC_CHECK_INT(taken.result, MI_RESULT_OK);
    MIC_CHECK_TEXT(taken.message, "");
    MI_Operation_Close(&operation);
    close_session();
    MIC_CHECK_INT(peer_counter(&peer, "requests.Unsubscribe"), 0);
    shut_rest();
}

static void *end_on_the_server(void *context)
{
    peer_await(&peer, "requests.Pull", 1);
    peer_control(&peer, context, "");
    return NULL;
}

MIC_TEST(subscribe, end_by_the_server_is_told)
{
    static char ways[][24] = {"end-subscriptions", "reset"};
    for (unsigned i = 0; i < 2; i++) {
        MI_Operation operation;
        struct taken taken;
        pthread_t thread;
        open_peer(NULL);
        subscribe(&(struct wish){.expires_ms = 50000}, &operation);
        pthread_create(&thread, NULL, end_on_the_server, ways[i]);
        take(&operation, &taken);
        pthread_join(thread, NULL);
        MIC_CHECK(!taken.more);
        if (i == 0) {
            MIC_CHECK_INT(taken.result, MI_RESULT_FAILED);
            MIC_CHECK(strstr(taken.message, "the server has ended the subscription "
                                            "(SourceCancelling): The subscription has ended."));
        } else {
            MIC_CHECK_INT(taken.result, MI_RESULT_INVALID_ENUMERATION_CONTEXT);
        }
        MI_Operation_Close(&operation);
        shut();
    }
}

MIC_TEST(subscribe, timeout_bounds_the_wait_for_one_indication)
{
    const char *const options[] = {"--poll", "30", NULL};
    MI_Operation operation;
    struct taken taken;
    open_with(options);
    subscribe(&(struct wish){.timeout_ms = 800, .bookmark = MI_SUBSCRIBE_BOOKMARK_OLDEST},
              &operation);
    fire(1);
    take_alert(&operation, 1, &taken);
    fire(1);
    take_alert(&operation, 2, &taken);
    take(&operation, &taken); /* however often the server says that there is nothing */
    MIC_CHECK_INT(taken.result, MI_RESULT_FAILED);
    MIC_CHECK(strstr(taken.message, "No indication came from") != NULL);
    MI_Operation_Close(&operation);
    peer_await(&peer, "requests.Unsubscribe", 1);
    shut();
}

MIC_TEST(subscribe, server_that_answers_polls_at_once_is_not_asked_all_the_time)
{
    static const char *const faults[] = {"soap-fault=w:TimedOut:2150858793,only=Pull",
                                         "empty-page,only=Pull"};
    for (unsigned i = 0; i < 2; i++) {
        MI_Operation operation;
        struct taken taken;
        open_peer("--empty-polls");
        peer_set_faults(&peer, faults[i]);
        subscribe(&(struct wish){.timeout_ms = 600, .bookmark = MI_SUBSCRIBE_BOOKMARK_OLDEST},
                  &operation);
        take(&operation, &taken);
        MIC_CHECK_INT(taken.result, MI_RESULT_FAILED);
        MIC_CHECK(peer_counter(&peer, "requests.Pull") < 12);
        MI_Operation_Close(&operation);
        shut();
    }
}

MIC_TEST(subscribe, lost_connection_ends_it_and_no_pull_is_sent_twice)
{
    MI_Operation operation;
    struct taken taken;
    const char *const options[] = {"--poll", "10", NULL};
    open_with(options);
    peer_set_faults(&peer, "close-before-reply,only=Pull,on=4");
    subscribe(&(struct wish){.query = NULL}, &operation);
    take(&operation, &taken);
    MIC_CHECK(!taken.more);
    MIC_CHECK_INT(taken.result, MI_RESULT_FAILED);
    MIC_CHECK(strstr(taken.message, "not sent again") != NULL);
    MIC_CHECK_INT(peer_counter(&peer, "requests.Pull"), 4);
    MI_Operation_Close(&operation);
    peer_await(&peer, "requests.Unsubscribe", 1); /* it is still there */
    shut();
}

MIC_TEST(subscribe, what_cannot_be_had_is_refused)
{
    static const struct {
        struct wish wish;
        MI_Result result;
    } rows[] = {
        {{.type = MI_SubscriptionDeliveryType_Push}, MI_RESULT_NOT_SUPPORTED},
        {{.dialect = "Esperanto"}, MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED},
        {{.query = "SELECT * FROM Peer_Nothing"}, MI_RESULT_NOT_FOUND},
        {{.query = "gimme"}, MI_RESULT_INVALID_QUERY},
        {{.bookmark = "<unfinished>"}, MI_RESULT_INVALID_PARAMETER},
    };
    open_peer(NULL);
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        MI_Operation operation;
        struct taken taken;
        subscribe(&rows[i].wish, &operation);
        take(&operation, &taken);
        if (!MIC_CHECK_INT(taken.result, rows[i].result)) {
            MIC_FAIL("row %u: %s", i, taken.message);
        }
        MIC_CHECK(!taken.more && taken.message[0] != '\0');
        MI_Operation_Close(&operation);
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.Unsubscribe"), 0);
    shut();
}
