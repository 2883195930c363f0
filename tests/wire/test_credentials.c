/* Several credentials of one session: in their order, each only after the one before was refused,
 * and then for good. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"

#define NO_RTTI MI_OPERATIONFLAGS_NO_RTTI

enum { PARALLEL = 16 };

static struct peer peer;
static struct client client;
static struct outcome outcome;

static void add(const char *type, const char *user, const char *password)
{
    MI_UserCredentials credentials = {.authenticationType = type,
                                      .credentials.usernamePassword = {NULL, user, password}};
    MIC_REQUIRE(MI_DestinationOptions_AddDestinationCredentials(&client.options, &credentials) ==
                MI_RESULT_OK);
}

static void begin(const char *const *options, const char *type, const char *user,
                  const char *password)
{
    peer_start(&peer, options);
    client_prepare_as(&client, type, NULL, user, password, false);
    MI_DestinationOptions_SetTrustedCertsDir(&client.options, peer_cert("ca.pem"));
}

static void end(void)
{
    client_close(&client);
    peer_stop(&peer);
}

static void expect_five(void)
{
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_TEXT(outcome.details, "");
    MIC_CHECK_INT(outcome.count, 5);
}

static void expect_words(const char *words)
{
    if (strstr(outcome.details, words) == NULL) {
        MIC_CHECK_TEXT(outcome.details, words);
    }
}

static void expect_all(MI_Operation *operations)
{
    for (int i = 0; i < PARALLEL; i++) {
        drain(&operations[i], &outcome, NULL, NULL);
        MIC_CHECK_TEXT(outcome.details, "");
        MIC_CHECK_INT(outcome.count, 5);
    }
}

static void start_all(MI_Operation *operations)
{
    for (int i = 0; i < PARALLEL; i++) {
        MI_Session_EnumerateInstances(&client.session, NO_RTTI, NULL, "root/cimv2", "Peer_Few",
                                      MI_FALSE, NULL, &operations[i]);
    }
}

static void need_ntlm(void)
{
    const char *missing = WIRE_HAS_NTLM ? peer_lacks("ntlm") : "built without NTLM";
    if (missing != NULL) {
        MIC_SKIP(missing);
    }
}

static const char *const clear[] = {"--allow-clear", NULL};

/* However many requests wait for it, the first logon is refused once: an account is not locked by
 * the number of connections. */
MIC_TEST(credentials, the_second_is_used_when_the_first_is_refused_and_the_session_stays_with_it)
{
    MI_Operation operations[PARALLEL];
    need_ntlm();
    begin(clear, MI_AUTH_TYPE_NTLM, PEER_USER, "the-wrong-one");
    add(MI_AUTH_TYPE_BASIC, PEER_USER, PEER_PASSWORD);
    client_connect(&client, peer.url);
    start_all(operations);
    expect_all(operations);
    MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 2);
    MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 0);
    peer_set_faults(&peer, "close-before-reply");
    for (int i = 0; i < PARALLEL; i++) { /* what connections there are end */
        enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    }
    peer_set_faults(&peer, "");
    start_all(operations);
    expect_all(operations);
    MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 2);
    end();
}

MIC_TEST(credentials, the_first_is_used_alone_when_it_is_taken)
{
    MI_Operation operations[PARALLEL];
    need_ntlm();
    begin(clear, MI_AUTH_TYPE_BASIC, PEER_USER, PEER_PASSWORD);
    add(MI_AUTH_TYPE_NTLM, PEER_USER, "the-wrong-one");
    client_connect(&client, peer.url);
    start_all(operations);
    expect_all(operations);
    MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "auth.failures"), 0);
    MIC_CHECK(peer_counter(&peer, "connections.accepted") > 2); /* no longer one at a time */
    end();
}

MIC_TEST(credentials, a_scheme_that_the_server_does_not_offer_is_a_refusal)
{
    static const char *const only_basic[] = {"--allow-clear", "--auth-offer", "Basic", NULL};
    need_ntlm();
    begin(only_basic, MI_AUTH_TYPE_NTLM, PEER_USER, PEER_PASSWORD);
    add(MI_AUTH_TYPE_BASIC, PEER_USER, PEER_PASSWORD);
    client_connect(&client, peer.url);
    expect_five();
    end();
}

MIC_TEST(credentials, the_error_names_each_when_all_are_refused)
{
    need_ntlm();
    begin(clear, MI_AUTH_TYPE_NTLM, "one", "wrong-1");
    add(MI_AUTH_TYPE_BASIC, "two", "wrong-2");
    client_connect(&client, peer.url);
    for (int i = 1; i <= 2; i++) { /* the next operation begins with the first again */
        enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.result, MI_RESULT_ACCESS_DENIED);
        expect_words("logon: none of the 2 credentials was taken: 1. 127.0.0.1");
        expect_words("\"one\" with NTLM");
        expect_words("; 2. 127.0.0.1");
        expect_words("\"two\" with Basic");
        MIC_CHECK(strstr(outcome.details, "wrong-") == NULL);
        MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 2 * i);
    }
    end();
}

/* ---- accounts that are locked after a few wrong passwords ---- */

/* All are begun before the server, which stands still meanwhile, can have answered one. */
static void expect_one_failure_for_all(int failures)
{
    static char details[sizeof(outcome.details)];
    MI_Operation operations[PARALLEL];
    int before = (int)peer_counter(&peer, "auth.failures");
    kill(peer.pid, SIGSTOP);
    start_all(operations);
    kill(peer.pid, SIGCONT);
    for (int i = 0; i < PARALLEL; i++) {
        drain(&operations[i], &outcome, NULL, NULL);
        MIC_CHECK_INT(outcome.result, MI_RESULT_ACCESS_DENIED);
        MIC_CHECK_INT(outcome.code, 0x8007052EU);
        MIC_CHECK_INT(outcome.count, 0);
        if (i > 0) {
            MIC_CHECK_TEXT(outcome.details, details);
        }
        snprintf(details, sizeof(details), "%s", outcome.details);
    }
    MIC_CHECK_INT(peer_counter(&peer, "auth.failures") - before, failures);
}

MIC_TEST(credentials, a_wrong_password_counts_once_for_all_operations_that_wait)
{
    static const char *const types[] = {MI_AUTH_TYPE_NTLM, MI_AUTH_TYPE_NEGO_WITH_CREDS,
                                        MI_AUTH_TYPE_CREDSSP};
    static const char *const sealed[] = {"--auth-offer", "Negotiate,CredSSP", NULL};
    need_ntlm();
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        begin(sealed, types[i], PEER_USER, "the-wrong-one");
        MI_DestinationOptions_SetPacketPrivacy(&client.options, MI_TRUE);
        client_connect(&client, peer.url);
        expect_one_failure_for_all(1);
        expect_words("refused the logon of user \"" PEER_USER "\"");
        expect_one_failure_for_all(1); /* what is begun later tries again, once */
        end();
    }
}

MIC_TEST(credentials, wrong_passwords_of_several_count_once_each_for_all_operations_that_wait)
{
    need_ntlm();
    begin(clear, MI_AUTH_TYPE_NTLM, "one", "wrong-1");
    add(MI_AUTH_TYPE_BASIC, "two", "wrong-2");
    client_connect(&client, peer.url);
    expect_one_failure_for_all(2);
    expect_words("logon: none of the 2 credentials was taken: 1. 127.0.0.1");
    end();
}

MIC_TEST(credentials, that_were_good_and_are_no_longer_are_tried_by_those_under_way)
{
    MI_Operation operations[PARALLEL];
    need_ntlm();
    begin(clear, MI_AUTH_TYPE_BASIC, PEER_USER, PEER_PASSWORD);
    client_connect(&client, peer.url);
    expect_five();
    peer_set_faults(&peer, "close-before-reply");
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    peer_set_faults(&peer, "loop-401");
    kill(peer.pid, SIGSTOP);
    start_all(operations);
    kill(peer.pid, SIGCONT);
    for (int i = 0; i < PARALLEL; i++) {
        drain(&operations[i], &outcome, NULL, NULL);
        MIC_CHECK_INT(outcome.result, MI_RESULT_ACCESS_DENIED);
    }
    MIC_CHECK(peer_counter(&peer, "connections.accepted") <= 2 + 8);
    end();
}

/* ---- what is no refusal ---- */

MIC_TEST(credentials, a_logon_that_is_cut_is_not_followed_by_the_next)
{
    need_ntlm();
    begin(clear, MI_AUTH_TYPE_NTLM, PEER_USER, PEER_PASSWORD);
    add(MI_AUTH_TYPE_BASIC, PEER_USER, PEER_PASSWORD);
    client_connect(&client, peer.url);
    peer_set_faults(&peer, "logon-drop=1");
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    expect_words("of the logon");
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    peer_set_faults(&peer, "");
    expect_five();
    MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 1); /* with the first, once it could */
    end();
}

/* It is this side that does not go on, and the next credentials are not for whoever that is. */
MIC_TEST(credentials, a_logon_that_this_side_gives_up_is_not_followed_by_the_next)
{
    static const char *const old[] = {
        "--allow-clear", "--auth-offer", "Basic,CredSSP", "--credssp-version", "4", NULL};
    static const char *const faults[] = {"", "credssp=junk"};
    need_ntlm();
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        begin(old, MI_AUTH_TYPE_CREDSSP, PEER_USER, PEER_PASSWORD);
        add(MI_AUTH_TYPE_BASIC, PEER_USER, PEER_PASSWORD);
        client_connect(&client, peer.url);
        peer_set_faults(&peer, faults[i]);
        enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.result, MI_RESULT_ACCESS_DENIED);
        MIC_CHECK_INT(outcome.code, 0x80090308U);
        expect_words(i == 0 ? "speaks CredSSP version 4" : "CredSSP");
        end();
    }
}

MIC_TEST(credentials, a_cut_behind_a_refusal_tells_of_both)
{
    static const char *const sealed[] = {"--auth-offer", "Negotiate,CredSSP", NULL};
    need_ntlm();
    peer_start(&peer, sealed);
    client_prepare_as(&client, MI_AUTH_TYPE_NTLM, NULL, "one", "wrong-1", true);
    add(MI_AUTH_TYPE_CREDSSP, PEER_USER, PEER_PASSWORD);
    client_connect(&client, peer.url);
    peer_set_faults(&peer, "logon-drop=1,on=2"); /* CredSSP's first leg */
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    expect_words("closed the connection behind message 1 of the logon");
    expect_words("; before that, 1. ");
    expect_words("\"one\"");
    end();
}

MIC_TEST(credentials, a_logon_that_takes_too_long_is_not_followed_by_the_next)
{
    MI_Interval timeout = milliseconds(700);
    MI_OperationOptions options;
    MI_Operation operation;
    need_ntlm();
    begin(clear, MI_AUTH_TYPE_NTLM, PEER_USER, PEER_PASSWORD);
    add(MI_AUTH_TYPE_BASIC, PEER_USER, PEER_PASSWORD);
    client_connect(&client, peer.url);
    MI_Application_NewOperationOptions(&client.application, MI_FALSE, &options);
    MI_OperationOptions_SetTimeout(&options, &timeout);
    kill(peer.pid, SIGSTOP);
    MI_Session_EnumerateInstances(&client.session, NO_RTTI, &options, "root/cimv2", "Peer_Few",
                                  MI_FALSE, NULL, &operation);
    drain(&operation, &outcome, NULL, NULL);
    kill(peer.pid, SIGCONT);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_OPERATION_TIMEOUT);
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    MI_OperationOptions_Delete(&options);
    end();
}

/* ---- what can be told beforehand ---- */

MIC_TEST(credentials, one_that_cannot_be_used_is_told_before_any_network)
{
    need_ntlm();
    peer_start(&peer, clear);
    client_prepare_as(&client, MI_AUTH_TYPE_NTLM, NULL, PEER_USER, PEER_PASSWORD, true);
    add(MI_AUTH_TYPE_BASIC, PEER_USER, PEER_PASSWORD); /* in clear text */
    client_connect(&client, peer.url);
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(peer_counter(&peer, "connections.accepted"), 0);
    end();
}

/* Two factors, as the API has it: TLS shows the certificate, and the user logs on within. */
MIC_TEST(credentials, a_certificate_beside_a_user_is_shown_on_the_same_connection)
{
    char ca[512];
    snprintf(ca, sizeof(ca), "%s", peer_cert("ca.pem"));
    const char *const demanding[] = {"--tls", "--client-ca", ca, "--ask", "demand", NULL};
    MI_UserCredentials certificate = {.authenticationType = MI_AUTH_TYPE_CLIENT_CERTS,
                                      .credentials.certificateThumbprint = ""};
    for (int with = 0; with < 2; with++) {
        begin(demanding, MI_AUTH_TYPE_BASIC, PEER_USER, PEER_PASSWORD);
        if (with) {
            MI_DestinationOptions_AddDestinationCredentials(&client.options, &certificate);
            MI_DestinationOptions_SetCertFile(&client.options, peer_cert("client.pem"));
            MI_DestinationOptions_SetPrivateKeyFile(&client.options, peer_cert("client.key"));
        }
        client_connect(&client, peer.url);
        enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.count, with ? 5 : 0);
        MIC_CHECK(peer_counter(&peer, "logon.certificates") <= 0); /* Basic it was */
        end();
    }
}

MIC_TEST(credentials, two_certificates_are_not_supported)
{
    static const char *const tls[] = {"--tls", NULL};
    MI_UserCredentials one = {.authenticationType = MI_AUTH_TYPE_CLIENT_CERTS,
                              .credentials.certificateThumbprint = "00"};
    MI_UserCredentials two = {.authenticationType = MI_AUTH_TYPE_ISSUER_CERT,
                              .credentials.certificateThumbprint = "11"};
    begin(tls, MI_AUTH_TYPE_BASIC, PEER_USER, PEER_PASSWORD);
    MI_DestinationOptions_AddDestinationCredentials(&client.options, &one);
    MI_DestinationOptions_AddDestinationCredentials(&client.options, &two);
    MIC_CHECK_INT(MI_Application_NewSession(&client.application, NULL, peer.url, &client.options,
                                            NULL, NULL, &client.session),
                  MI_RESULT_NOT_SUPPORTED);
    end();
}
