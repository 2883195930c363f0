/* Pages: asked for one ahead, released when not wanted, read when nobody takes. */
#include <string.h>
#include <time.h>

#include "client.h"
#include "mic_test.h"

static struct peer peer;
static struct client client;

static void open_many(const char *many)
{
    const char *const options[] = {"--many", many, NULL};
    peer_start(&peer, options);
    client_open(&client, &peer);
}

static void shut(void)
{
    client_close(&client);
    peer_stop(&peer);
}

static void begin(MI_Operation *operation, MI_Uint32 flags, const MI_OperationCallbacks *callbacks)
{
    MI_OperationCallbacks copy;
    if (callbacks != NULL) {
        copy = *callbacks;
    }
    MI_Session_EnumerateInstances(&client.session, flags, NULL, "root/cimv2", "Peer_Many", MI_FALSE,
                                  callbacks == NULL ? NULL : &copy, operation);
}

static void take(MI_Operation *operation, unsigned count)
{
    const MI_Instance *instance;
    MI_Boolean more;
    MI_Result result;
    for (unsigned i = 0; i < count; i++) {
        MIC_REQUIRE(MI_Operation_GetInstance(operation, &instance, &more, &result, NULL, NULL) ==
                    MI_RESULT_OK);
        MIC_REQUIRE(instance != NULL);
        MIC_CHECK_INT(result, MI_RESULT_OK);
    }
}

MIC_TEST(paging, enumerate_sends_release_when_closed_early)
{
    MI_Operation operation;
    open_many("2000");
    begin(&operation, 0, NULL);
    take(&operation, 3);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    peer_await(&peer, "requests.Release", 1);
    MIC_CHECK_INT(peer_counter(&peer, "enumerations.open"), 0);
    shut();
}

MIC_TEST(paging, a_close_of_the_session_lets_the_release_go_first)
{
    MI_Operation operation;
    open_many("2000");
    begin(&operation, 0, NULL);
    take(&operation, 3);
    MI_Operation_Close(&operation);
    client_close(&client);
    MIC_CHECK_INT(peer_counter(&peer, "requests.Release"), 1);
    MIC_CHECK_INT(peer_counter(&peer, "enumerations.open"), 0);
    peer_stop(&peer);
}

MIC_TEST(paging, a_drained_enumeration_is_not_released)
{
    struct outcome outcome;
    open_many("1000");
    enumerate(&client.session, 0, "Peer_Many", &outcome);
    MIC_CHECK_INT(outcome.count, 1000);
    MIC_CHECK_INT(peer_counter(&peer, "requests.Release"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "enumerations.open"), 0);
    shut();
}

/* Of 6,000 instances only what the page ahead holds leaves the server while nobody takes. */
MIC_TEST(paging, a_result_not_taken_stops_the_server_one_page_ahead)
{
    MI_Operation operation;
    open_many("6000");
    begin(&operation, MI_OPERATIONFLAGS_NO_RTTI, NULL);
    take(&operation, 1);
    struct outcome outcome;
    enumerate(&client.session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.count, 5);
    MIC_CHECK(peer_counter(&peer, "requests.Pull") <= 2);
    MIC_CHECK(peer_counter(&peer, "items.sent") < 2000);
    MI_Operation_Close(&operation);
    shut();
}

MIC_TEST(paging, the_next_page_is_asked_for_before_this_one_is_used_up)
{
    MI_Operation operation;
    open_many("2000");
    begin(&operation, MI_OPERATIONFLAGS_NO_RTTI, NULL);
    take(&operation, 40); /* of the first page behind Enumerate's own */
    peer_await(&peer, "requests.Pull", 2);
    MI_Operation_Close(&operation);
    shut();
}

/* OMI may still say behind its last item that there is no next page: that is asked for when all of
 * this one is there, not when it is used up. Whether it is there is looked at when an item is
 * taken, so the page gets a moment to come in between two of them. */
MIC_TEST(paging, the_next_page_of_omi_is_asked_for_when_this_one_is_in)
{
    const char *const options[] = {"--many", "2000", "--dialect", "omi", NULL};
    const struct timespec pause = {.tv_nsec = 5 * 1000 * 1000};
    MI_Operation operation;
    peer_start(&peer, options);
    client_open(&client, &peer);
    begin(&operation, MI_OPERATIONFLAGS_NO_RTTI, NULL);
    take(&operation, 1);
    long sent = peer_counter(&peer, "items.sent"); /* all of Enumerate's own page at least */
    for (long taken = 1; taken < sent - 1 && peer_counter(&peer, "requests.Pull") < 1; taken++) {
        take(&operation, 1);
        nanosleep(&pause, NULL);
    }
    MIC_CHECK(sent > 100);
    MIC_CHECK(peer_counter(&peer, "requests.Pull") >= 1);
    MI_Operation_Close(&operation);
    shut();
}

MIC_TEST(paging, manual_acknowledgement_holds_the_next_result_back)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    open_many("20");
    listener_init(&listener);
    listener.holds = true;
    listener_callbacks(&listener, &callbacks);
    begin(&operation, MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, &callbacks);
    for (unsigned i = 1; i <= 20; i++) {
        listener_wait_calls(&listener, i);
        MIC_CHECK_INT(listener.calls, i);
        listener_let_go(&listener);
    }
    listener_wait_final(&listener);
    MIC_CHECK_INT(listener.outcome.count, 20);
    MIC_CHECK_INT(listener.overlapping, 0);
    listener_let_go(&listener);
    MI_Operation_Close(&operation);
    shut();
    listener_fini(&listener);
}

static MI_Result(MI_CALL *kept)(MI_Operation *);
static MI_Operation kept_operation;

MIC_TEST(paging, a_second_acknowledgement_does_nothing)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    open_many("3");
    listener_init(&listener);
    listener.holds = true;
    listener_callbacks(&listener, &callbacks);
    begin(&operation, MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, &callbacks);
    for (unsigned i = 1; i <= 4; i++) { /* three results and the final one */
        listener_wait_calls(&listener, i);
        kept = listener.held;
        kept_operation = listener.held_operation;
        listener_let_go(&listener);
    }
    kept(&kept_operation);
    kept(&kept_operation);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    MIC_CHECK_INT(listener.finals, 1);
    shut();
    listener_fini(&listener);
}

/* The page stalls in its middle: what came before it is there nevertheless. */
MIC_TEST(paging, the_first_instance_comes_before_the_rest_of_its_page)
{
    MI_Operation operation;
    open_many("1000");
    peer_set_faults(&peer, "only=Pull,stall-mid");
    begin(&operation, MI_OPERATIONFLAGS_NO_RTTI, NULL);
    take(&operation, 20);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    shut();
}

MIC_TEST(paging, a_page_of_one_item_is_enough)
{
    struct outcome outcome;
    const char *const options[] = {"--many", "40", "--first-batch", "1", NULL};
    peer_start(&peer, options);
    client_prepare(&client);
    MI_DestinationOptions_SetMaxElements(&client.options, 1);
    client_connect(&client, peer.url);
    enumerate(&client.session, 0, "Peer_Many", &outcome);
    MIC_CHECK_INT(outcome.count, 40);
    MIC_CHECK(peer_counter(&peer, "requests.Pull") >= 39);
    shut();
}

MIC_TEST(paging, contexts_that_change_with_every_page_are_followed)
{
    struct outcome outcome;
    open_many("2000");
    peer_set_faults(&peer, "rotate-context");
    enumerate(&client.session, 0, "Peer_Many", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 2000);
    shut();
}

MIC_TEST(paging, a_server_that_drops_the_enumeration_is_told_of)
{
    struct outcome outcome;
    open_many("2000");
    peer_set_faults(&peer, "only=Pull,on=2,expire-contexts");
    enumerate(&client.session, 0, "Peer_Many", &outcome);
    MIC_CHECK(outcome.result != MI_RESULT_OK);
    MIC_CHECK(outcome.has_details);
    MIC_CHECK(outcome.count > 0);
    shut();
}

/* A page larger than any socket's buffers reaches us whole while its class is not there yet. */
MIC_TEST(paging, a_class_that_is_not_there_yet_stops_decoding_and_not_reading)
{
    enum { PAGE = 16 * 1024 * 1024 };
    const char *const options[] = {"--dialect",      "omi",      "--many", "9000",
                                   "--max-envelope", "67108864", NULL};
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    peer_start(&peer, options);
    peer_set_faults(&peer, "only=GetClass,delay=60000");
    client_prepare(&client);
    MI_DestinationOptions_SetMaxEnvelopeSize(&client.options, 64 * 1024);
    client_connect(&client, peer.url);
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    begin(&operation, 0, &callbacks);
    peer_await(&peer, "bytes.sent", PAGE);
    MIC_CHECK_INT(listener.calls, 0);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    listener_wait_final(&listener);
    MIC_CHECK_INT(listener.outcome.count, 0);
    MIC_CHECK_INT(listener.outcome.category, MI_ERRORCATEGORY_OPERATION_STOPPED);
    MI_Operation_Close(&operation);
    shut();
    listener_fini(&listener);
}
