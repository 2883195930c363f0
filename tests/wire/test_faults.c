/* Servers that break, lie or babble: a clear error, nothing lost, the session still usable. */
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"

struct row {
    const char *faults;
    MI_Result result;  /* MI_RESULT_OK: what is broken must not matter */
    unsigned category; /* 0: any */
};

static const struct row rows[] = {
    {"close-after=0", MI_RESULT_FAILED, 0},
    {"close-after=60", MI_RESULT_FAILED, 0},
    {"close-after=700", MI_RESULT_FAILED, 0},
    {"close-before-reply", MI_RESULT_FAILED, 0},
    {"truncate", MI_RESULT_FAILED, 0},
    {"truncate=1", MI_RESULT_FAILED, 0},
    {"wrong-length=10", MI_RESULT_FAILED, 0},
    {"bad-chunk", MI_RESULT_FAILED, 0},
    {"garbage", MI_RESULT_FAILED, 0},
    {"garbage=100000", MI_RESULT_FAILED, 0},
    {"non-utf8", MI_RESULT_FAILED, 0},
    {"doctype", MI_RESULT_FAILED, 0},
    {"entities", MI_RESULT_FAILED, 0},
    {"deep=60000", MI_RESULT_FAILED, 0},
    {"tag=400000", MI_RESULT_FAILED, 0},
    {"huge=2147483648", MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_LIMITS_EXCEEDED},
    {"endless-headers", MI_RESULT_FAILED, 0},
    {"loop-401", MI_RESULT_ACCESS_DENIED, 0},
    {"html", MI_RESULT_FAILED, 0},
    {"no-soap-500", MI_RESULT_FAILED, 0},
    {"status=404", MI_RESULT_FAILED, 0},
    {"status=503", MI_RESULT_FAILED, 0},
    {"status=413", MI_RESULT_SERVER_LIMITS_EXCEEDED, 0},
    {"status=302", MI_RESULT_NOT_SUPPORTED, 0},
    {"empty-body", MI_RESULT_FAILED, 0},
    {"bom", MI_RESULT_OK, 0},
    {"multi-envelope", MI_RESULT_OK, 0},
    {"multi-envelope=merged", MI_RESULT_OK, 0},
    {"multi-envelope=split", MI_RESULT_OK, 0},
    {"multi-envelope=odd", MI_RESULT_OK, 0},
};

static bool is_as_wanted(const struct outcome *outcome, const struct row *row)
{
    if (row->result == MI_RESULT_OK) {
        return outcome->result == MI_RESULT_OK && outcome->count == 5;
    }
    return outcome->result == row->result && outcome->message[0] != '\0' && outcome->has_details &&
           (row->category == 0 || outcome->category == row->category);
}

static void check_row(struct client *client, const struct peer *peer, const struct row *row,
                      MI_Uint32 flags, bool is_async)
{
    struct outcome outcome;
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    peer_set_faults(peer, row->faults);
    if (is_async) {
        listener_init(&listener);
        listener_callbacks(&listener, &callbacks);
        MI_Session_EnumerateInstances(&client->session, flags, NULL, "root/cimv2", "Peer_Few",
                                      MI_FALSE, &callbacks, &operation);
        listener_wait_final(&listener);
        MI_Operation_Close(&operation);
        MIC_CHECK_INT(listener.finals, 1);
        outcome = listener.outcome;
    } else {
        enumerate(&client->session, flags, "Peer_Few", &outcome);
    }
    if (!is_as_wanted(&outcome, row)) {
        MIC_FAIL("%s: result %d, category %u, %u objects: %s", row->faults, (int)outcome.result,
                 outcome.category, outcome.count, outcome.message);
    }
    peer_set_faults(peer, "");
    enumerate(&client->session, flags, "Peer_Few", &outcome);
    if (outcome.result != MI_RESULT_OK || outcome.count != 5) {
        MIC_FAIL("after %s: result %d: %s", row->faults, (int)outcome.result, outcome.message);
    }
}

static void check_all(MI_Uint32 flags, bool is_async, const char *dialect)
{
    struct peer peer;
    struct client client;
    const char *const options[] = {"--dialect", dialect, NULL};
    peer_start(&peer, options);
    client_open(&client, &peer);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        check_row(&client, &peer, &rows[i], flags, is_async);
    }
    if (is_async) { /* turns that end late still use their listeners */
        MI_Session_Close(&client.session, NULL, NULL);
        client.session.ft = NULL;
    }
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(faults, give_an_error_and_leave_the_session_usable)
{
    check_all(MI_OPERATIONFLAGS_NO_RTTI, false, "windows");
}

MIC_TEST(faults, reach_a_callback_once)
{
    check_all(MI_OPERATIONFLAGS_NO_RTTI, true, "windows");
}

MIC_TEST(faults, of_another_dialect_are_told_as_well)
{
    check_all(MI_OPERATIONFLAGS_NO_RTTI, false, "omi");
}

/* Identify is one of the few requests that may be sent again when a kept connection turns out dead.
 */
MIC_TEST(faults, a_kept_connection_that_died_is_not_noticed_where_sending_twice_is_safe)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    MI_Operation operation;
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    peer_set_faults(&peer, "drop-idle");
    for (unsigned i = 0; i < 30; i++) {
        MI_Session_TestConnection(&client.session, 0, NULL, &operation);
        drain(&operation, &outcome, NULL, NULL);
        if (outcome.result != MI_RESULT_OK) {
            MIC_FAIL("%s", outcome.message);
        }
    }
    client_close(&client);
    peer_stop(&peer);
}

/* What came before the break is delivered. */
MIC_TEST(faults, items_before_a_break_are_not_lost)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    const char *const options[] = {"--many", "1000", NULL};
    peer_start(&peer, options);
    client_open(&client, &peer);
    peer_set_faults(&peer, "only=Pull,truncate");
    enumerate(&client.session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Many", &outcome);
    MIC_CHECK(outcome.result != MI_RESULT_OK);
    MIC_CHECK(outcome.count > 10);
    MIC_CHECK_INT(peer_counter(&peer, "requests.Pull"), 1); /* a Pull is never sent twice */
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(faults, a_server_s_fault_keeps_its_words_and_code)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    enumerate(&client.session, 0, "Peer_NoSuchClass", &outcome);
    MIC_CHECK(outcome.result != MI_RESULT_OK && outcome.result != MI_RESULT_FAILED);
    MIC_CHECK(outcome.has_details);
    MIC_CHECK(outcome.message[0] != '\0');
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(faults, where_the_class_cannot_be_had_values_are_strings)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    MI_Operation operation;
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    enumerate(&client.session, 0, "Peer_Opaque", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 5);
    long asked = peer_counter(&peer, "requests.GetClass");
    enumerate(&client.session, 0, "Peer_Opaque", &outcome);
    MIC_CHECK_INT(peer_counter(&peer, "requests.GetClass"), asked); /* remembered */
    MI_Session_EnumerateInstances(&client.session, MI_OPERATIONFLAGS_STANDARD_RTTI, NULL,
                                  "root/cimv2", "Peer_Opaque", MI_FALSE, NULL, &operation);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK(outcome.result != MI_RESULT_OK);
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(classes, are_fetched_once_for_many_operations_at_once)
{
    enum { OPERATIONS = 12 };
    struct peer peer;
    struct client client;
    struct outcome outcome;
    MI_Operation operations[OPERATIONS];
    struct listener listeners[OPERATIONS];
    peer_start_with(&peer, NULL);
    peer_set_faults(&peer, "only=GetClass,delay=100");
    client_open(&client, &peer);
    for (unsigned i = 0; i < OPERATIONS; i++) {
        MI_OperationCallbacks callbacks;
        listener_init(&listeners[i]);
        listener_callbacks(&listeners[i], &callbacks);
        MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                      i % 2 == 0 ? NULL : &callbacks, &operations[i]);
    }
    for (unsigned i = 0; i < OPERATIONS; i++) {
        if (i % 2 == 0) {
            drain(&operations[i], &outcome, NULL, NULL);
            MIC_CHECK_INT(outcome.count, 5);
        } else {
            listener_wait_final(&listeners[i]);
            MIC_CHECK_INT(listeners[i].outcome.count, 5);
            MI_Operation_Close(&operations[i]);
        }
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.GetClass"), 1);
    client_close(&client);
    peer_stop(&peer);
    for (unsigned i = 0; i < OPERATIONS; i++) {
        listener_fini(&listeners[i]);
    }
}

MIC_TEST(classes, a_fetch_lost_with_its_connection_is_tried_again_by_the_next)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    peer_start_with(&peer, NULL);
    peer_set_faults(&peer, "only=GetClass,truncate");
    client_open(&client, &peer);
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    MIC_CHECK(outcome.result != MI_RESULT_OK);
    peer_set_faults(&peer, "");
    enumerate(&client.session, MI_OPERATIONFLAGS_STANDARD_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 5);
    client_close(&client);
    peer_stop(&peer);
}

/* The operation that began the fetch is cancelled; the one that joined gets its class. */
MIC_TEST(classes, a_fetch_outlives_the_operation_that_began_it)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    MI_Operation first, second;
    peer_start_with(&peer, NULL);
    peer_set_faults(&peer, "only=GetClass,delay=300");
    client_open(&client, &peer);
    struct listener listener;
    MI_OperationCallbacks callbacks;
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                  &callbacks, &first);
    peer_await(&peer, "requests.GetClass", 1);
    MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                  NULL, &second);
    peer_await(&peer, "requests.Enumerate", 2);
    MI_Operation_Cancel(&first, MI_REASON_NONE);
    drain(&second, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 5);
    listener_wait_final(&listener);
    MI_Operation_Close(&first);
    client_close(&client);
    peer_stop(&peer);
    listener_fini(&listener);
}
