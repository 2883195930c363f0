/* CredSSP with tickets of a real KDC inside. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"
#include "kdc.h"
#include "kdc_fixture.h"
#include "mic_test.h"

#define NO_RTTI     MI_OPERATIONFLAGS_NO_RTTI
#define MIN_VERSION "__MI_DESTINATIONOPTIONS_CREDSSP_MIN_VERSION"
#define LEGS        5

static struct peer peer;
static struct client client;
static struct outcome outcome;

/* With alice's password, which CredSSP has to bring. */
static void start(const char *first, const char *second)
{
    static char path[256];
    const char *const options[] = {"--auth-offer", "CredSSP", "--user", KDC_USER, "--password-file",
                                   path,           first,     second,   NULL};
    need_kdc();
    snprintf(path, sizeof(path), "%s/alices-password", kdc_folder());
    FILE *file = fopen(path, "w");
    MIC_REQUIRE(file != NULL);
    fputs(KDC_PASSWORD "\n", file);
    fclose(file);
    peer_start(&peer, options);
}

static void prepare(const char *user, const char *password)
{
    client_prepare_as(&client, MI_AUTH_TYPE_CREDSSP, NULL, user, password, true);
    MI_DestinationOptions_SetTrustedCertsDir(&client.options, peer_cert("ca.pem"));
    client.options.ft->SetNumber(&client.options, MIN_VERSION, 2, 0);
}

static void connect_url(void)
{
    char url[128];
    snprintf(url, sizeof(url), "%s://localhost:%u/wsman",
             strncmp(peer.url, "https", 5) == 0 ? "https" : "http", peer.port);
    client_connect(&client, url);
}

static void connect_as(const char *user, const char *password)
{
    prepare(user, password);
    connect_url();
}

static void close_all(void)
{
    client_close(&client);
    peer_stop(&peer);
}

static void expect_words(const char *words)
{
    if (strstr(outcome.details, words) == NULL) {
        MIC_CHECK_TEXT(outcome.details, words);
    }
}

static void expect_five(void)
{
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_TEXT(outcome.details, "");
    MIC_CHECK_INT(outcome.count, 5);
}

static void expect_failure(const char *words)
{
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_ACCESS_DENIED);
    expect_words(words);
    MIC_CHECK(strstr(outcome.details, KDC_PASSWORD) == NULL);
}

MIC_TEST(credssp_kerberos, a_ticket_logs_on_in_every_version)
{
    for (unsigned version = 2; version <= 6; version++) {
        char number[8];
        snprintf(number, sizeof(number), "%u", version);
        start("--credssp-version", number);
        connect_as(KDC_USER, KDC_PASSWORD);
        expect_five();
        expect_five();
        MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), LEGS);
        MIC_CHECK_INT(peer_counter(&peer, "logon.tickets"), 1);
        MIC_CHECK_INT(peer_counter(&peer, "logon.credentials"), 1);
        MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"),
                      peer_counter(&peer, "requests.total"));
        close_all();
    }
}

/* The ticket is asked for where nothing of connection and application is touched. */
MIC_TEST(credssp_kerberos, closing_does_not_wait_for_a_kdc_that_hangs)
{
    MI_Operation waiting;
    unsigned threads;
    start(NULL, NULL);
    threads = count_threads();
    connect_as(KDC_USER, KDC_PASSWORD);
    kdc_silence(true);
    enumerate_in_vain(&client, &outcome);
    MI_Session_EnumerateInstances(&client.session, NO_RTTI, NULL, "root/cimv2", "Peer_Few",
                                  MI_FALSE, NULL, &waiting);
    MI_Operation_Close(&waiting);
    close_all();
    MIC_CHECK(count_threads() > threads);
    kdc_silence(false);
    await_threads(threads); /* it comes late */
}

MIC_TEST(credssp_kerberos, a_ticket_logs_on_over_https)
{
    start("--tls", NULL);
    connect_as(KDC_USER, KDC_PASSWORD);
    expect_five();
    MIC_CHECK_INT(peer_counter(&peer, "logon.tickets"), 1);
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"), 0);
    close_all();
}

MIC_TEST(credssp_kerberos, a_wrong_password_is_the_kdcs_word_and_the_server_hears_of_nothing)
{
    start(NULL, NULL);
    connect_as(KDC_USER, "wrong");
    expect_failure("logon: ");
    expect_words("password");
    MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 0);
    close_all();
}

MIC_TEST(credssp_kerberos, credentials_stay_here_unless_the_server_proves_its_key)
{
    static const char *const rows[][2] = {
        {"credssp=proof-wrong", "is for another key"},
        {"credssp=proof-missing", "holds no proof"},
        {"credssp=proof-bare", "is not sealed by the logon inside"},
        {"credssp=proof-echo", "is for another key"},
    };
    start(NULL, NULL);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        peer_set_faults(&peer, rows[i][0]);
        connect_as(KDC_USER, KDC_PASSWORD);
        expect_failure(rows[i][1]);
        expect_words("man in the middle");
        client_close(&client);
    }
    MIC_CHECK_INT(peer_counter(&peer, "logon.credentials"), 0);
    peer_stop(&peer);
}

MIC_TEST(credssp_kerberos, the_servers_status_names_what_was_inside)
{
    start(NULL, NULL);
    peer_set_faults(&peer, "credssp-status=C0000234");
    connect_as(KDC_USER, KDC_PASSWORD);
    expect_failure("with CredSSP (Kerberos inside): the account is locked");
    MIC_CHECK(strstr(outcome.details, "before that") == NULL); /* NTLM would lock it for longer */
    peer_set_faults(&peer, "credssp-status=C000006D");
    expect_failure("it does not take the ticket, which the KDC gave out for the right password "
                   "(STATUS_LOGON_FAILURE");
    close_all();
}

/* A service name whose key the server does not have: NTLM follows, from the beginning, on the same
 * connection. The versions that have no status refuse with a bare 401. */
MIC_TEST(credssp_kerberos, a_ticket_that_the_server_refuses_is_followed_by_ntlm)
{
    if (peer_lacks("ntlm") != NULL) {
        MIC_SKIP(peer_lacks("ntlm"));
    }
    for (unsigned version = 2; version <= 6; version++) {
        char number[8];
        snprintf(number, sizeof(number), "%u", version);
        start("--credssp-version", number);
        prepare(KDC_USER, KDC_PASSWORD);
        MI_DestinationOptions_SetString(&client.options, MI_T("__MI_DESTINATIONOPTIONS_SPN"),
                                        "HTTP/nokey.test");
        connect_url();
        expect_five();
        expect_five();
        MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 1);
        MIC_CHECK_INT(peer_counter(&peer, "logon.tickets"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "logon.credentials"), 1);
        MIC_CHECK_INT(peer_counter(&peer, "connections.accepted"), 1);
        close_all();
    }
}

MIC_TEST(credssp_kerberos, the_error_names_both_when_ntlm_is_refused_too)
{
    if (peer_lacks("ntlm") != NULL) {
        MIC_SKIP(peer_lacks("ntlm"));
    }
    for (unsigned version = 5; version <= 6; version++) {
        char number[8];
        snprintf(number, sizeof(number), "%u", version);
        start("--credssp-version", number);
        MIC_REQUIRE(kdc_admin("addprinc -pw other stranger"));
        prepare("stranger", "other");
        MI_DestinationOptions_SetString(&client.options, MI_T("__MI_DESTINATIONOPTIONS_SPN"),
                                        "HTTP/nokey.test");
        connect_url();
        expect_failure("(NTLM inside");
        expect_words("; before that, ");
        expect_words("HTTP/nokey.test");
        kdc_admin("delprinc -force stranger");
        close_all();
    }
}

/* Nothing is left of the connection for NTLM; further credentials have one of their own. */
MIC_TEST(credssp_kerberos, a_server_that_closes_with_its_refusal_is_quoted)
{
    static const char *const faults[] = {"logon-close=3", "logon-drop=4", "logon-close=3"};
    static const char *const words[] = {"closes the connection in the middle of the logon",
                                        "closed the connection behind message 4 of the logon", ""};
    MI_UserCredentials ntlm = {.authenticationType = MI_AUTH_TYPE_NTLM,
                               .credentials.usernamePassword = {NULL, KDC_USER, KDC_PASSWORD}};
    if (peer_lacks("ntlm") != NULL) {
        MIC_SKIP(peer_lacks("ntlm"));
    }
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        start("--auth-offer", "Negotiate,CredSSP");
        peer_set_faults(&peer, faults[i]);
        prepare(KDC_USER, KDC_PASSWORD);
        MI_DestinationOptions_SetString(&client.options, MI_T("__MI_DESTINATIONOPTIONS_SPN"),
                                        "HTTP/nokey.test");
        if (i == 2) {
            MI_DestinationOptions_AddDestinationCredentials(&client.options, &ntlm);
        }
        connect_url();
        if (i == 2) {
            expect_five();
        } else {
            enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
            MIC_CHECK_INT(outcome.result, i == 0 ? MI_RESULT_ACCESS_DENIED : MI_RESULT_FAILED);
            expect_words(words[i]);
            expect_words("; before that, ");
            expect_words("HTTP/nokey.test");
            expect_words("setspn");
        }
        close_all();
    }
}

/* What the KDC does not know may be the server's own. */
MIC_TEST(credssp_kerberos, a_user_of_the_servers_logs_on_with_ntlm)
{
    if (peer_lacks("ntlm") != NULL) {
        MIC_SKIP(peer_lacks("ntlm"));
    }
    start("--user", "local");
    connect_as("local", KDC_PASSWORD);
    expect_five();
    MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 1);
    MIC_CHECK_INT(peer_counter(&peer, "logon.tickets"), 0);
    close_all();
}
