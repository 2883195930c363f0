/* Many threads, sessions and applications at once. */
#include <string.h>

#include "client.h"
#include "mic_test.h"

enum { THREADS = 64, SESSIONS = 100 };

struct worker {
    pthread_t thread;
    MI_Session session;
    unsigned number;
};

static void *work(void *context)
{
    struct worker *worker = context;
    struct outcome outcome;
    static const char *const classes[] = {"Peer_Few", "Peer_Base", "Peer_Empty"};
    static const unsigned counts[] = {5, 8, 0};
    for (unsigned i = 0; i < 6; i++) {
        unsigned which = (worker->number + i) % 3;
        enumerate(&worker->session, 0, classes[which], &outcome);
        MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
        MIC_CHECK_INT(outcome.count, counts[which]);
    }
    return NULL;
}

MIC_TEST(many, threads_share_one_session)
{
    struct peer peer;
    struct client client;
    struct worker workers[THREADS];
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    for (unsigned i = 0; i < THREADS; i++) {
        workers[i].session = client.session;
        workers[i].number = i;
        MIC_REQUIRE(pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.rejected"), 0);
    client_close(&client);
    peer_stop(&peer);
}

struct verb_worker {
    pthread_t thread;
    const struct client *client;
    unsigned number;
};

static void well(MI_Operation *operation, unsigned expected)
{
    struct outcome outcome;
    drain(operation, &outcome, NULL, NULL);
    if (outcome.result != MI_RESULT_OK || outcome.count != expected) {
        MIC_FAIL("result %d, %u objects for %u: %s", (int)outcome.result, outcome.count, expected,
                 outcome.message);
    }
}

static MI_Instance *keyed(const struct client *client, const char *class_name, const char *key,
                          const char *text)
{
    MI_Application application = client->application;
    MI_Instance *instance = NULL;
    MI_Value value = {.string = (MI_Char *)(uintptr_t)text};
    MIC_REQUIRE(MI_Application_NewInstance(&application, class_name, NULL, &instance) ==
                MI_RESULT_OK);
    MIC_REQUIRE(MI_Instance_AddElement(instance, key, &value, MI_STRING, MI_FLAG_KEY) ==
                MI_RESULT_OK);
    return instance;
}

/* Each on a note of its own, which nobody else's request may touch. */
static void *do_everything(void *context)
{
    const struct verb_worker *worker = context;
    MI_Session session = worker->client->session;
    MI_Instance *note = keyed(worker->client, "Peer_Note", "Topic", "shared");
    MI_Instance *few = keyed(worker->client, "Peer_Few", "Id", "0");
    MI_Value value = {.uint32 = worker->number};
    MI_Operation operation;
    MIC_REQUIRE(MI_Instance_AddElement(note, "Number", &value, MI_UINT32, MI_FLAG_KEY) ==
                MI_RESULT_OK);
    MI_Session_CreateInstance(&session, 0, NULL, "root/cimv2", note, NULL, &operation);
    well(&operation, 1);
    value.string = (MI_Char *)(uintptr_t) "new";
    MIC_REQUIRE(MI_Instance_AddElement(note, "Title", &value, MI_STRING, 0) == MI_RESULT_OK);
    MI_Session_ModifyInstance(&session, 0, NULL, "root/cimv2", note, NULL, &operation);
    well(&operation, 1);
    MI_Session_QueryInstances(&session, 0, NULL, "root/cimv2", "WQL", "SELECT * FROM Peer_Few",
                              NULL, &operation);
    well(&operation, 5);
    MI_Session_AssociatorInstances(&session, 0, NULL, "root/cimv2", few, NULL, NULL, NULL, NULL,
                                   MI_FALSE, NULL, &operation);
    well(&operation, 3);
    MI_Session_Invoke(&session, 0, NULL, "root/cimv2", "Peer_Note", "Total", NULL, NULL, NULL,
                      &operation);
    well(&operation, 1);
    MI_Session_GetInstance(&session, 0, NULL, "root/cimv2", note, NULL, &operation);
    well(&operation, 1);
    MI_Session_DeleteInstance(&session, 0, NULL, "root/cimv2", note, NULL, &operation);
    well(&operation, 0);
    MI_Instance_Delete(note);
    MI_Instance_Delete(few);
    return NULL;
}

MIC_TEST(many, threads_do_everything_on_one_session)
{
    struct peer peer;
    struct client client;
    struct verb_worker workers[THREADS];
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    for (unsigned i = 0; i < THREADS; i++) {
        workers[i].client = &client;
        workers[i].number = i;
        MIC_REQUIRE(pthread_create(&workers[i].thread, NULL, do_everything, &workers[i]) == 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.rejected"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "requests.Create"), THREADS);
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(many, sessions_run_in_one_process_with_callbacks)
{
    struct peer peer;
    struct client client;
    static MI_Session sessions[SESSIONS];
    static MI_Operation operations[SESSIONS];
    static struct listener listeners[SESSIONS];
    peer_start_with(&peer, NULL);
    client_prepare(&client);
    for (unsigned i = 0; i < SESSIONS; i++) {
        MI_OperationCallbacks callbacks;
        listener_init(&listeners[i]);
        listener_callbacks(&listeners[i], &callbacks);
        MIC_REQUIRE(MI_Application_NewSession(&client.application, NULL, peer.url, &client.options,
                                              NULL, NULL, &sessions[i]) == MI_RESULT_OK);
        MI_Session_EnumerateInstances(&sessions[i], 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                      &callbacks, &operations[i]);
    }
    for (unsigned i = 0; i < SESSIONS; i++) {
        listener_wait_final(&listeners[i]);
        if (listeners[i].outcome.result != MI_RESULT_OK || listeners[i].outcome.count != 5) {
            MIC_FAIL("result %d, %u objects: %s", (int)listeners[i].outcome.result,
                     listeners[i].outcome.count, listeners[i].outcome.message);
        }
        MI_Operation_Close(&operations[i]);
        MIC_CHECK_INT(MI_Session_Close(&sessions[i], NULL, NULL), MI_RESULT_OK);
        listener_fini(&listeners[i]);
    }
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(many, applications_in_one_process_do_not_know_each_other)
{
    struct peer peer;
    struct client first, second;
    struct outcome outcome;
    peer_start_with(&peer, NULL);
    client_open(&first, &peer);
    client_open(&second, &peer);
    enumerate(&first.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.count, 5);
    enumerate(&second.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.count, 5);
    client_close(&first);
    enumerate(&second.session, 0, "Peer_Base", &outcome);
    MIC_CHECK_INT(outcome.count, 8);
    client_close(&second);
    peer_stop(&peer);
}

struct destroyer {
    pthread_t thread;
    const struct peer *peer;
};

static void *open_and_close(void *context)
{
    struct destroyer *destroyer = context;
    for (unsigned i = 0; i < 5; i++) {
        struct client client;
        struct outcome outcome;
        client_open(&client, destroyer->peer);
        enumerate(&client.session, 0, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.count, 5);
        client_close(&client);
    }
    return NULL;
}

MIC_TEST(many, applications_come_and_go_on_several_threads)
{
    struct peer peer;
    struct destroyer destroyers[6];
    peer_start_with(&peer, NULL);
    for (unsigned i = 0; i < 6; i++) {
        destroyers[i].peer = &peer;
        pthread_create(&destroyers[i].thread, NULL, open_and_close, &destroyers[i]);
    }
    for (unsigned i = 0; i < 6; i++) {
        pthread_join(destroyers[i].thread, NULL);
    }
    peer_stop(&peer);
}
