/* Requests of two sessions never share a connection. This test may not be disabled. */
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"

enum { SESSIONS = 6, ROUNDS = 40 };

static void connect_as(struct client *client, const struct peer *peer, const char *password)
{
    MI_UserCredentials credentials = {.authenticationType = MI_AUTH_TYPE_BASIC,
                                      .credentials.usernamePassword = {NULL, PEER_USER, password}};
    memset(client, 0, sizeof(*client));
    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &client->application) == MI_RESULT_OK);
    MI_Application_NewDestinationOptions(&client->application, &client->options);
    MI_DestinationOptions_AddDestinationCredentials(&client->options, &credentials);
    MI_DestinationOptions_SetPacketPrivacy(&client->options, MI_FALSE);
    client_connect(client, peer->url);
}

MIC_TEST(conn_isolation, a_wrong_user_is_refused_while_a_right_one_is_logged_on)
{
    struct peer peer;
    struct client right, wrong;
    struct outcome outcome;
    peer_start_with(&peer, NULL);
    client_open(&right, &peer);
    connect_as(&wrong, &peer, "not the password");
    for (unsigned i = 0; i < ROUNDS; i++) {
        enumerate(&right.session, 0, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.count, 5);
        enumerate(&wrong.session, 0, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.result, MI_RESULT_ACCESS_DENIED);
        MIC_CHECK_INT(outcome.count, 0);
    }
    client_close(&wrong);
    client_close(&right);
    peer_stop(&peer);
}

/* Within one application too: sessions, not applications, own connections. */
MIC_TEST(conn_isolation, each_session_of_an_application_has_connections_of_its_own)
{
    struct peer peer;
    struct client client;
    MI_Session sessions[SESSIONS];
    struct outcome outcome;
    peer_start_with(&peer, NULL);
    client_prepare(&client);
    for (unsigned i = 0; i < SESSIONS; i++) {
        MIC_REQUIRE(MI_Application_NewSession(&client.application, NULL, peer.url, &client.options,
                                              NULL, NULL, &sessions[i]) == MI_RESULT_OK);
    }
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < SESSIONS; i++) {
            enumerate(&sessions[i], MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", &outcome);
            MIC_CHECK_INT(outcome.count, 5);
        }
    }
    /* One for each session, kept; the control channel's own are closed again. */
    MIC_CHECK(peer_counter(&peer, "connections.open") >= SESSIONS);
    MIC_CHECK(peer_counter(&peer, "requests.total") >= SESSIONS * ROUNDS);
    long accepted = peer_counter(&peer, "connections.accepted");
    MIC_CHECK(accepted >= SESSIONS && accepted < SESSIONS * 3);
    for (unsigned i = 0; i < SESSIONS; i++) {
        MIC_CHECK_INT(MI_Session_Close(&sessions[i], NULL, NULL), MI_RESULT_OK);
    }
    client_close(&client);
    peer_stop(&peer);
}

struct worker {
    pthread_t thread;
    MI_Session session;
    MI_Result wanted;
};

static void *work(void *context)
{
    struct worker *worker = context;
    struct outcome outcome;
    for (unsigned i = 0; i < ROUNDS; i++) {
        enumerate(&worker->session, 0, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.result, worker->wanted);
    }
    return NULL;
}

MIC_TEST(conn_isolation, holds_under_concurrent_sessions_of_right_and_wrong_users)
{
    enum { PAIRS = 4 };
    struct peer peer;
    struct client right, wrong;
    struct worker workers[2 * PAIRS];
    peer_start_with(&peer, NULL);
    client_open(&right, &peer);
    connect_as(&wrong, &peer, "");
    for (unsigned i = 0; i < 2 * PAIRS; i++) {
        workers[i].session = i % 2 == 0 ? right.session : wrong.session;
        workers[i].wanted = i % 2 == 0 ? MI_RESULT_OK : MI_RESULT_ACCESS_DENIED;
        pthread_create(&workers[i].thread, NULL, work, &workers[i]);
    }
    for (unsigned i = 0; i < 2 * PAIRS; i++) {
        pthread_join(workers[i].thread, NULL);
    }
    client_close(&wrong);
    client_close(&right);
    peer_stop(&peer);
}

MIC_TEST(conn_isolation, a_session_has_at_most_eight_connections)
{
    enum { OPERATIONS = 20 };
    struct peer peer;
    struct client client;
    MI_Operation operations[OPERATIONS];
    struct outcome outcome;
    peer_start_with(&peer, NULL);
    peer_set_faults(&peer, "delay=150");
    client_open(&client, &peer);
    for (unsigned i = 0; i < OPERATIONS; i++) {
        MI_Session_EnumerateInstances(&client.session, MI_OPERATIONFLAGS_NO_RTTI, NULL,
                                      "root/cimv2", "Peer_Few", MI_FALSE, NULL, &operations[i]);
    }
    peer_await(&peer, "requests.total", 8);
    MIC_CHECK(peer_counter(&peer, "connections.open") <= 9); /* and the one that asks */
    for (unsigned i = 0; i < OPERATIONS; i++) {
        drain(&operations[i], &outcome, NULL, NULL);
        MIC_CHECK_INT(outcome.count, 5);
    }
    client_close(&client);
    peer_stop(&peer);
}
