/* Logons with tickets of a real KDC, sealed and not, and what is said when they fail. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "client.h"
#include "kdc.h"
#include "kdc_fixture.h"
#include "mic_test.h"
#include "proxy_fixture.h"

#define NO_RTTI     MI_OPERATIONFLAGS_NO_RTTI
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static struct peer peer;
static struct client client;
static struct outcome outcome;

static const char *const types[] = {MI_AUTH_TYPE_KERBEROS, MI_AUTH_TYPE_NEGO_WITH_CREDS};

static const struct transport {
    const char *options[10];
    bool is_sealed, has_tls, is_bound;
} transports[] = {
    {{NULL}, true, false, false},
    {{"--allow-clear", NULL}, false, false, false},
    {{"--tls", NULL}, true, true, false},
    {{"--tls", "--strict-bindings", NULL}, true, true, true},
};

/* On addresses that have a service name and a key (1), none (2), and a name without a key (3). */
static void open_on(const struct transport *transport)
{
    static const char *const listen[] = {"--listen",  "127.0.0.1", "--listen",
                                         "127.0.0.2", "--listen",  "127.0.0.3"};
    const char *options[16] = {NULL};
    size_t count = 0;
    for (; transport->options[count] != NULL; count++) {
        options[count] = transport->options[count];
    }
    memcpy(&options[count], listen, sizeof(listen));
    peer_start(&peer, options);
}

/* @param type  NULL: no credentials at all */
static void connect_to(const char *host, const struct transport *transport, const char *type,
                       const char *user, const char *password)
{
    char url[128];
    if (user != NULL) {
        client_prepare_as(&client, type, NULL, user, password, transport->is_sealed);
    } else {
        memset(&client, 0, sizeof(client));
        MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &client.application) == MI_RESULT_OK);
        MIC_REQUIRE(MI_Application_NewDestinationOptions(&client.application, &client.options) ==
                    MI_RESULT_OK);
        MI_DestinationOptions_SetPacketPrivacy(&client.options, transport->is_sealed);
        if (type != NULL) {
            MI_UserCredentials credentials = {.authenticationType = type};
            MIC_REQUIRE(MI_DestinationOptions_AddDestinationCredentials(
                            &client.options, &credentials) == MI_RESULT_OK);
        }
    }
    MI_DestinationOptions_SetTrustedCertsDir(&client.options, peer_cert("ca.pem"));
    MI_DestinationOptions_SetCertCNCheck(&client.options, MI_FALSE);
    snprintf(url, sizeof(url), "%s://%s:%u/wsman", transport->has_tls ? "https" : "http", host,
             peer.port);
    client_connect(&client, url);
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

/* Phase, reason and remedy; twice, since a failed logon leaves nothing behind. */
static void expect_failure(const char *words, const char *remedy)
{
    for (int i = 0; i < 2; i++) {
        enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
        MIC_CHECK(outcome.result == MI_RESULT_ACCESS_DENIED || outcome.result == MI_RESULT_FAILED);
        MIC_CHECK_INT(outcome.count, 0);
        expect_words("logon: ");
        expect_words(words);
        expect_words(remedy);
        MIC_CHECK(strstr(outcome.details, KDC_PASSWORD) == NULL);
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
}

/* ---- logons ---- */

static void expect_served(const struct transport *transport)
{
    bool seals = transport->is_sealed && !transport->has_tls;
    expect_five();
    expect_five();
    enumerate(&client.session, 0, "Peer_Few", &outcome); /* and its class, on another connection */
    MIC_CHECK_INT(outcome.count, 5);
    long logons = peer_counter(&peer, "logon.done");
    MIC_CHECK(logons >= 1 && logons <= 2);
    MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), logons);
    MIC_CHECK_INT(peer_counter(&peer, "logon.bound"), transport->is_bound ? logons : 0);
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"),
                  seals ? peer_counter(&peer, "requests.total") : 0);
    MIC_CHECK_INT(peer_counter(&peer, "requests.clear-text"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "auth.failures"), 0);
}

MIC_TEST(kerberos, the_right_password_logs_on_over_every_transport)
{
    need_kdc();
    for (size_t i = 0; i < COUNT(transports) * COUNT(types); i++) {
        open_on(&transports[i / 2]);
        connect_to(i % 4 < 2 ? "localhost" : "127.0.0.1", &transports[i / 2], types[i % 2],
                   KDC_USER, KDC_PASSWORD);
        expect_served(&transports[i / 2]);
        close_all();
    }
}

MIC_TEST(kerberos, the_callers_ticket_logs_on_over_every_transport)
{
    static const char *const free_types[] = {NULL, MI_AUTH_TYPE_DEFAULT, MI_AUTH_TYPE_NEGO_NO_CREDS,
                                             MI_AUTH_TYPE_KERBEROS};
    need_kdc();
    MIC_REQUIRE(kdc_kinit("bob", ""));
    for (size_t i = 0; i < COUNT(transports); i++) {
        open_on(&transports[i]);
        /* for the type Kerberos, which wants a user's name: the ticket of that user */
        connect_to("localhost", &transports[i], free_types[i], i == 3 ? "bob" : NULL, NULL);
        expect_served(&transports[i]);
        close_all();
    }
}

/* wire.logon_matrix has the rest, over every transport. */
static const struct failure {
    const char *host;
    long kdc_clock, peer_clock;
    const char *words, *remedy;
} failures[] = {
    {"127.0.0.3", 0, 0, "no key for this service name", "setspn"},
    {"localhost", 0, 3600, "s ahead of this machine's", "Set the clocks"},
    {"localhost", 0, -3600, "s behind this machine's", "Set the clocks"},
    {"localhost", 3600, 0, "look at the KDC's", "Set the clocks"},
};

MIC_TEST(kerberos, a_failed_logon_is_told_with_its_reason_and_remedy)
{
    need_kdc();
    for (size_t i = 0; i < COUNT(failures) * COUNT(types); i++) {
        const struct failure *failure = &failures[i / 2];
        const struct transport *transport = &transports[i % 2 == 0 ? 0 : 3];
        kdc_set_clock(failure->kdc_clock);
        peer_set_clock(kdc_faketime(), failure->peer_clock);
        if (failure->peer_clock != 0 && kdc_faketime() == NULL) {
            MIC_SKIP("no faketime here");
        }
        open_on(transport);
        connect_to(failure->host, transport, types[i % 2], KDC_USER, KDC_PASSWORD);
        expect_failure(failure->words, failure->remedy);
        close_all();
    }
    kdc_set_clock(0);
    peer_set_clock(NULL, 0);
}

/* Behind the library's own words are those of GSSAPI, major and minor, to search for. */
MIC_TEST(kerberos, what_kerberos_itself_says_is_told_too)
{
    const char *const major = "Unspecified GSS failure.  Minor code may provide more information";
    need_kdc();
    open_on(&transports[0]);
    connect_to("127.0.0.2", &transports[0], MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    expect_failure(major, "127.0.0.2@" KDC_REALM " not found in Kerberos database)");
    client_close(&client);
    connect_to("127.0.0.3", &transports[0], MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    expect_failure(major, "; ");
    close_all();
    if (kdc_faketime() == NULL) {
        MIC_SKIP("no faketime here");
    }
    kdc_set_clock(-2L * 86400);
    MIC_REQUIRE(kdc_kinit("bob", "-l 1h"));
    kdc_set_clock(0);
    open_on(&transports[0]);
    connect_to("localhost", &transports[0], NULL, NULL, NULL);
    expect_failure("Ticket expired", "kinit");
    close_all();
}

/* Of the same number, as when an account was made anew: not the password that was given. */
MIC_TEST(kerberos, a_server_with_another_key_cannot_read_the_ticket)
{
    char query[256];
    need_kdc();
    MIC_REQUIRE(kdc_admin("addprinc -randkey HTTP/rekeyed.test"));
    snprintf(query, sizeof(query), "ktadd -k %s/keytab HTTP/rekeyed.test", kdc_folder());
    MIC_REQUIRE(kdc_admin(query));
    MIC_REQUIRE(kdc_admin("cpw -randkey HTTP/rekeyed.test"));
    MIC_REQUIRE(kdc_admin("modprinc -kvno 2 HTTP/rekeyed.test"));
    for (size_t i = 0; i < COUNT(types); i++) {
        open_on(&transports[0]);
        client_prepare_as(&client, types[i], NULL, KDC_USER, KDC_PASSWORD, true);
        MI_DestinationOptions_SetString(&client.options, MI_T("__MI_DESTINATIONOPTIONS_SPN"),
                                        "HTTP/rekeyed.test");
        client_connect(&client, peer.url);
        expect_failure("the server cannot read the ticket", "setspn");
        close_all();
    }
}

MIC_TEST(kerberos, no_ticket_is_told_without_asking_anybody)
{
    need_kdc();
    open_on(&transports[0]);
    connect_to("localhost", &transports[0], NULL, NULL, NULL);
    expect_failure("there is no ticket", "kinit");
    expect_words("FILE:/tmp/mic-kdc-");
    MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 0);
    close_all();
}

/* ---- bindings ---- */

MIC_TEST(kerberos, a_logon_bound_to_another_connection_is_refused)
{
    static const struct transport elsewhere = {
        {"--tls", "--false-bindings", NULL}, true, true, false};
    need_kdc();
    for (size_t i = 0; i < COUNT(types); i++) {
        open_on(&elsewhere);
        connect_to("localhost", &elsewhere, types[i], KDC_USER, KDC_PASSWORD);
        expect_failure("HTTP/localhost", "");
        MIC_CHECK(peer_counter(&peer, "auth.failures") > 0);
        close_all();
    }
}

MIC_TEST(kerberos, a_logon_is_bound_by_the_hash_that_signed_the_certificate)
{
    static const char *const kinds[] = {"good", "sha384", "sha512", "rsa-pss"};
    need_kdc();
    for (size_t i = 0; i < COUNT(kinds) * COUNT(types); i++) {
        struct transport transport = {
            {"--tls", "--strict-bindings", "--cert-kind", kinds[i / 2], NULL}, true, true, true};
        open_on(&transport);
        connect_to("localhost", &transport, types[i % 2], KDC_USER, KDC_PASSWORD);
        expect_served(&transport);
        close_all();
    }
}

/* The status that curl, which binds nothing, gets. */
static unsigned ask_with_curl(void)
{
    char url[160], text[16] = "";
    int out[2], status = 0;
    snprintf(url, sizeof(url), "https://localhost:%u/wsman", peer.port);
    MIC_REQUIRE(pipe(out) == 0);
    pid_t pid = fork();
    MIC_REQUIRE(pid >= 0);
    if (pid == 0) {
        dup2(out[1], STDOUT_FILENO);
        unsetenv("LD_PRELOAD");
        execlp("curl", "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--cacert",
               peer_cert("ca.pem"), "--negotiate", "-u", ":", "-H",
               "Content-Type: application/soap+xml;charset=UTF-8", "--data-binary", "<x/>", url,
               (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    ssize_t got = read(out[0], text, sizeof(text) - 1);
    close(out[0]);
    MIC_REQUIRE(waitpid(pid, &status, 0) == pid);
    return got > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0
               ? (unsigned)strtoul(text, NULL, 10)
               : 0;
}

MIC_TEST(kerberos, strict_bindings_refuse_a_client_that_binds_nothing)
{
    need_kdc();
    MIC_REQUIRE(kdc_kinit("bob", ""));
    open_on(&transports[2]);
    unsigned lax = ask_with_curl();
    peer_stop(&peer);
    if (lax == 0 || lax == 401) {
        MIC_SKIP("no curl with Negotiate here");
    }
    open_on(&transports[3]);
    MIC_CHECK_INT(ask_with_curl(), 401);
    MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 0);
    peer_stop(&peer);
}

/* ---- the last token ---- */

static void ask_for_no_class(const struct transport *transport, const char *type, const char *fault)
{
    open_on(transport);
    peer_set_faults(&peer, fault);
    connect_to("localhost", transport, type, KDC_USER, KDC_PASSWORD);
    enumerate(&client.session, NO_RTTI, "No_Such_Class", &outcome);
}

/* Over HTTPS, and where nothing is sealed, the first request is the logon's last leg. */
MIC_TEST(kerberos, a_fault_in_reply_to_the_first_request_ends_a_logon_like_any_reply)
{
    need_kdc();
    for (size_t i = 0; i < COUNT(transports) * COUNT(types); i++) {
        ask_for_no_class(&transports[i / 2], types[i % 2], "");
        MIC_CHECK_INT(outcome.result, MI_RESULT_INVALID_CLASS);
        MIC_CHECK_INT(peer_counter(&peer, "faults.sent"), 1);
        expect_five();
        MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 1);
        MIC_CHECK_INT(peer_counter(&peer, "connections.accepted"), 1);
        close_all();
    }
}

/* Nor is a fault taken from a server that has not proved itself. */
MIC_TEST(kerberos, a_server_that_does_not_prove_itself_is_not_believed)
{
    static const char *const faults[] = {"last-token=none", "last-token=flip"};
    need_kdc();
    for (size_t i = 0; i < COUNT(transports) * COUNT(types) * COUNT(faults); i++) {
        ask_for_no_class(&transports[i / 4], types[i % 2], faults[i / 2 % 2]);
        MIC_CHECK_INT(outcome.result, MI_RESULT_ACCESS_DENIED);
        expect_words("logon: ");
        enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.result, MI_RESULT_ACCESS_DENIED);
        MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_SECURITY_ERROR);
        MIC_CHECK_INT(outcome.count, 0);
        expect_words("did not prove");
        expect_words("What answers there may not be the server");
        peer_set_faults(&peer, "");
        expect_five();
        close_all();
    }
}

/* ---- Negotiate ---- */

MIC_TEST(kerberos, negotiate_falls_back_to_ntlm_on_the_same_connection)
{
    static const char *const hosts[] = {"localhost", "127.0.0.2", "127.0.0.3"};
    const char *missing = peer_lacks("ntlm");
    need_kdc();
    if (missing != NULL) {
        MIC_SKIP(missing);
    }
    /* the KDC does not know the user, the service, the server its key; the server does know tester
     */
    for (size_t i = 0; i < COUNT(transports) * COUNT(hosts); i++) {
        const struct transport *transport = &transports[i / 3];
        const char *host = hosts[i % 3];
        if (i % 3 > 0) {
            kdc_admin("addprinc -pw \"" PEER_PASSWORD "\" " PEER_USER);
        } else {
            kdc_admin("delprinc -force " PEER_USER);
        }
        open_on(transport);
        connect_to(host, transport, MI_AUTH_TYPE_NEGO_WITH_CREDS, PEER_USER, PEER_PASSWORD);
        expect_five();
        MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 1);
        MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), i % 3 == 2 ? 3 : 2);
        MIC_CHECK_INT(peer_counter(&peer, "connections.accepted"), 1);
        close_all();
    }
    kdc_admin("delprinc -force " PEER_USER);
}

/* ---- sealed messages ---- */

/* What is only cut short may be told as a connection that ended. */
static void expect_tampered(const char *fault, const char *type, bool is_cut)
{
    open_on(&transports[0]);
    connect_to("localhost", &transports[0], type, KDC_USER, KDC_PASSWORD);
    expect_five();
    peer_set_faults(&peer, fault);
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    MIC_CHECK_INT(outcome.count, 0);
    MIC_CHECK(is_cut || outcome.category == MI_ERRORCATEGORY_SECURITY_ERROR);
    peer_set_faults(&peer, "");
    expect_five(); /* on a new connection */
    close_all();
}

MIC_TEST(kerberos, a_reply_that_is_not_what_the_server_sealed_is_refused)
{
    static const char *const faults[] = {"seal-flip=3",  "seal-flip=20", "seal-flip=70",
                                         "seal-flip=90", "seal-replay",  "seal-reorder",
                                         "seal-none"};
    static const char *const cuts[] = {"seal-cut", "truncate=300", "wrong-length=400"};
    need_kdc();
    for (size_t i = 0; i < COUNT(faults) * COUNT(types); i++) {
        expect_tampered(faults[i / 2], types[i % 2], false);
    }
    for (size_t i = 0; i < COUNT(cuts) * COUNT(types); i++) {
        expect_tampered(cuts[i / 2], types[i % 2], true);
    }
}

MIC_TEST(kerberos, large_enumerations_are_sealed_page_by_page)
{
    static const struct transport many = {{"--many", "3000", NULL}, true, false, false};
    need_kdc();
    for (size_t i = 0; i < COUNT(types); i++) {
        open_on(&many);
        connect_to("localhost", &many, types[i], KDC_USER, KDC_PASSWORD);
        enumerate(&client.session, NO_RTTI, "Peer_Many", &outcome);
        MIC_CHECK_TEXT(outcome.details, "");
        MIC_CHECK_INT(outcome.count, 3000);
        close_all();
    }
}

MIC_TEST(kerberos, large_requests_are_sealed)
{
    need_kdc();
    for (size_t i = 0; i < COUNT(types); i++) {
        open_on(&transports[0]);
        connect_to("localhost", &transports[0], types[i], KDC_USER, KDC_PASSWORD);
        for (size_t size = 100000; size <= 400000; size *= 2) {
            query_at_length(&client.session, size, &outcome);
            MIC_CHECK_TEXT(outcome.details, "");
            MIC_CHECK_INT(outcome.count, 5);
        }
        MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"),
                      peer_counter(&peer, "requests.total"));
        MIC_CHECK_INT(peer_counter(&peer, "requests.sealed-badly"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "connections.accepted"), 1);
        close_all();
    }
}

MIC_TEST(kerberos, rc4_messages_count_their_padding)
{
    need_kdc();
    kdc_set_option("default_tkt_enctypes = arcfour-hmac\n default_tgs_enctypes = arcfour-hmac");
    open_on(&transports[0]);
    connect_to("localhost", &transports[0], MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    expect_five();
    close_all();
    kdc_set_option("");
}

/* ---- time ---- */

/* The deadline holds, other sessions go on, and what the KDC says at last is for nobody. */
MIC_TEST(kerberos, a_kdc_that_hangs_delays_nobody_else)
{
    MI_Session other;
    MI_DestinationOptions basic;
    MI_UserCredentials credentials = {
        .authenticationType = MI_AUTH_TYPE_BASIC,
        .credentials.usernamePassword = {NULL, PEER_USER, PEER_PASSWORD}};
    MI_Interval timeout = milliseconds(3000), sooner = milliseconds(2000);
    MI_Operation waiting;
    MI_OperationOptions options;
    need_kdc();
    open_on(&transports[1]);
    connect_to("localhost", &transports[1], MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    MIC_REQUIRE(MI_Application_NewDestinationOptions(&client.application, &basic) == MI_RESULT_OK);
    MI_DestinationOptions_AddDestinationCredentials(&basic, &credentials);
    MI_DestinationOptions_SetPacketPrivacy(&basic, MI_FALSE);
    MI_DestinationOptions_SetTimeout(&basic, &sooner); /* which they would miss behind the KDC */
    MIC_REQUIRE(MI_Application_NewSession(&client.application, NULL, peer.url, &basic, NULL, NULL,
                                          &other) == MI_RESULT_OK);
    MIC_REQUIRE(MI_Application_NewOperationOptions(&client.application, MI_FALSE, &options) ==
                MI_RESULT_OK);
    MI_OperationOptions_SetTimeout(&options, &timeout);

    kdc_silence(true);
    MI_Session_EnumerateInstances(&client.session, NO_RTTI, &options, "root/cimv2", "Peer_Few",
                                  MI_FALSE, NULL, &waiting);
    for (int i = 0; i < 10; i++) {
        enumerate(&other, NO_RTTI, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.count, 5);
    }
    drain(&waiting, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_OPERATION_TIMEOUT);
    expect_words("logon");
    kdc_silence(false);
    expect_five();
    MI_OperationOptions_Delete(&options);
    MI_DestinationOptions_Delete(&basic);
    MIC_CHECK_INT(MI_Session_Close(&other, NULL, NULL), MI_RESULT_OK);
    close_all();
}

/* A connection is given up a minute before its ticket ends, which is long after these operations.
 */
MIC_TEST(kerberos, a_session_outlives_its_tickets)
{
    need_kdc();
    for (size_t i = 0; i < COUNT(types); i++) {
        unsigned tickets = kdc_count("AS_REQ", "ISSUE: ");
        open_on(&transports[0]);
        connect_to("localhost", &transports[0], types[i], "brief", KDC_PASSWORD);
        expect_five();
        long logons = 1;
        for (int j = 0; j < 50 && logons < 2; j++) {
            nanosleep(&(struct timespec){.tv_nsec = 200 * 1000 * 1000}, NULL);
            expect_five();
            logons = peer_counter(&peer, "logon.done");
        }
        MIC_CHECK(logons >= 2);
        MIC_CHECK_INT(kdc_count("AS_REQ", "ISSUE: ") - tickets, logons);
        close_all();
    }
}

/* An application closed while the KDC hangs does not wait for it: the thread that asks is left. */
MIC_TEST(kerberos, closing_does_not_wait_for_a_kdc_that_hangs)
{
    for (size_t i = 0; i < COUNT(types); i++) {
        MI_Operation waiting;
        unsigned threads = count_threads();
        need_kdc();
        open_on(&transports[0]);
        connect_to("localhost", &transports[0], types[i], KDC_USER, KDC_PASSWORD);
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
}

/* ---- tickets of a session ---- */

enum { PARALLEL = 16 };

static void start_all(MI_Operation *operations)
{
    for (int i = 0; i < PARALLEL; i++) {
        MI_Session_EnumerateInstances(&client.session, NO_RTTI, NULL, "root/cimv2", "Peer_Few",
                                      MI_FALSE, NULL, &operations[i]);
    }
}

/* @return how many results there were */
static unsigned drain_all(MI_Operation *operations)
{
    unsigned count = 0;
    for (int i = 0; i < PARALLEL; i++) {
        drain(&operations[i], &outcome, NULL, NULL);
        count += outcome.count;
    }
    return count;
}

MIC_TEST(kerberos, the_connections_of_a_session_share_its_tickets)
{
    MI_Operation operations[PARALLEL];
    need_kdc();
    for (size_t i = 0; i < COUNT(types); i++) {
        unsigned logons = kdc_count("AS_REQ", "ISSUE: "),
                 services = kdc_count("TGS_REQ", "ISSUE: ");
        open_on(&transports[0]);
        peer_set_faults(&peer, "delay=100");
        connect_to("localhost", &transports[0], types[i], KDC_USER, KDC_PASSWORD);
        start_all(operations);
        MIC_CHECK_INT(drain_all(operations), 5 * PARALLEL);
        MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 8);
        MIC_CHECK_INT(kdc_count("AS_REQ", "ISSUE: ") - logons, 1);
        MIC_CHECK_INT(kdc_count("TGS_REQ", "ISSUE: ") - services, 1);
        close_all();
    }
}

/* All that wait while the KDC is asked share its answer, and they are begun before it can answer.
 */
MIC_TEST(kerberos, a_wrong_password_does_not_count_for_each_connection)
{
    MI_Operation operations[PARALLEL];
    need_kdc();
    unsigned before = kdc_count("AS_REQ", "ISSUE: ");
    open_on(&transports[0]);
    connect_to("localhost", &transports[0], MI_AUTH_TYPE_KERBEROS, KDC_USER, "the-wrong-one");
    kdc_silence(true);
    start_all(operations);
    kdc_silence(false);
    MIC_CHECK_INT(drain_all(operations), 0);
    expect_words("the password is wrong");
    MIC_CHECK_INT(kdc_count("AS_REQ", "ISSUE: ") - before, 1);
    close_all();
}

/* ---- options ---- */

static void begin_with(const char *type)
{
    const char *options[] = {"--listen",  "127.0.0.1", "--listen", "127.0.0.2", "--listen",
                             "127.0.0.3", "--listen",  "::1",      NULL};
    peer_start(&peer, options);
    client_prepare_as(&client, type, NULL, KDC_USER, KDC_PASSWORD, true);
}

static void connect_host(const char *host)
{
    char url[128];
    snprintf(url, sizeof(url), "http://%s:%u/wsman", host, peer.port);
    client_connect(&client, url);
}

/* What the KDC has no name for is reached by the name that the caller gives. */
MIC_TEST(kerberos, an_address_is_reached_by_the_service_name_that_was_given)
{
    static const char *const addresses[] = {"127.0.0.2", "127.0.0.3", "[::1]"};
    static const char *const names[] = {"HTTP/localhost", "HTTP/peer.test@PEER.TEST"};
    need_kdc();
    for (size_t i = 0; i < COUNT(addresses) * COUNT(types); i++) {
        begin_with(types[i % 2]);
        MI_DestinationOptions_SetString(&client.options, MI_T("__MI_DESTINATIONOPTIONS_SPN"),
                                        names[i % 2]);
        connect_host(addresses[i / 2]);
        expect_five();
        MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 1); /* Kerberos it was */
        close_all();
    }
}

MIC_TEST(kerberos, a_service_name_that_was_given_is_the_only_one)
{
    need_kdc();
    begin_with(MI_AUTH_TYPE_KERBEROS);
    MI_DestinationOptions_SetString(&client.options, MI_T("__MI_DESTINATIONOPTIONS_SPN"), "WSMAN");
    connect_host("localhost");
    expect_failure("WSMAN/localhost", "setspn");
    close_all();
}

/* Only that name will do: the server's without a port is not tried. */
MIC_TEST(kerberos, the_port_is_in_the_service_name_when_that_is_asked_for)
{
    char name[64], query[512];
    need_kdc();
    for (size_t i = 0; i < 2 * COUNT(types); i++) {
        bool has_class = i / 2 == 1;
        begin_with(types[i % 2]);
        snprintf(name, sizeof(name), "%s/localhost:%u", has_class ? "WSMAN" : "HTTP", peer.port);
        if (has_class) {
            MI_DestinationOptions_SetString(&client.options, MI_T("__MI_DESTINATIONOPTIONS_SPN"),
                                            "WSMAN");
        }
        MIC_CHECK_INT(MI_DestinationOptions_SetEncodePortInSPN(&client.options, MI_TRUE),
                      MI_RESULT_OK);
        connect_host("localhost");
        expect_failure(name, "setspn");
        snprintf(query, sizeof(query), "addprinc -randkey %s", name);
        MIC_REQUIRE(kdc_admin(query));
        snprintf(query, sizeof(query), "ktadd -k %s/keytab %s", kdc_folder(), name);
        MIC_REQUIRE(kdc_admin(query));
        long legs = peer_counter(&peer, "logon.legs"); /* of NTLM, which Negotiate tried instead */
        expect_five();
        snprintf(query, sizeof(query), "for %s@", name);
        MIC_CHECK_INT(kdc_count("ISSUE: ", query), 1);
        MIC_CHECK_INT(peer_counter(&peer, "logon.legs") - legs, 1);
        close_all();
    }
}

MIC_TEST(kerberos, an_option_that_cannot_be_is_told_at_once)
{
    MI_Session session;
    need_kdc();
    begin_with(MI_AUTH_TYPE_KERBEROS);
    MI_DestinationOptions_SetString(&client.options, MI_T("__MI_DESTINATIONOPTIONS_SPN"), "/x");
    MIC_CHECK_INT(MI_Application_NewSession(&client.application, NULL, peer.url, &client.options,
                                            NULL, NULL, &session),
                  MI_RESULT_INVALID_PARAMETER);
    MI_DestinationOptions_SetString(&client.options, MI_T("__MI_DESTINATIONOPTIONS_SPN"), "HTTP");
    MI_DestinationOptions_SetNumber(&client.options, MI_T("__MI_DESTINATIONOPTIONS_DELEGATION"), 3);
    MIC_CHECK_INT(MI_Application_NewSession(&client.application, NULL, peer.url, &client.options,
                                            NULL, NULL, &session),
                  MI_RESULT_INVALID_PARAMETER);
    close_all();
}

MIC_TEST(kerberos, tickets_are_delegated_exactly_when_that_is_asked_for)
{
    static const struct {
        MI_Uint32 delegation;
        const char *spn;
        bool is_delegated;
    } cases[] = {{0, "HTTP/trusted.test", false}, {1, "HTTP/trusted.test", true},
                 {2, "HTTP/trusted.test", true},  {0, "HTTP/localhost", false},
                 {1, "HTTP/localhost", false},    {2, "HTTP/localhost", true}};
    need_kdc();
    for (size_t i = 0; i < COUNT(cases) * COUNT(types); i++) {
        begin_with(types[i % 2]);
        MI_DestinationOptions_SetString(&client.options, MI_T("__MI_DESTINATIONOPTIONS_SPN"),
                                        cases[i / 2].spn);
        if (cases[i / 2].delegation != 0) {
            MI_DestinationOptions_SetNumber(&client.options,
                                            MI_T("__MI_DESTINATIONOPTIONS_DELEGATION"),
                                            cases[i / 2].delegation);
        }
        connect_host("localhost");
        expect_five();
        MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 1);
        MIC_CHECK_INT(peer_counter(&peer, "logon.delegated"), cases[i / 2].is_delegated);
        close_all();
    }
}

/* NTLM would lose it without a word. */
MIC_TEST(kerberos, delegation_that_must_be_is_not_given_up_for_ntlm)
{
    need_kdc();
    begin_with(MI_AUTH_TYPE_NEGO_WITH_CREDS);
    MI_DestinationOptions_SetNumber(&client.options, MI_T("__MI_DESTINATIONOPTIONS_DELEGATION"), 2);
    connect_host("127.0.0.2");
    expect_failure("knows no such service", "setspn");
    MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 0);
    close_all();
}

/* ---- several credentials ---- */

static void add_basic(void)
{
    MI_UserCredentials credentials = {
        .authenticationType = MI_AUTH_TYPE_BASIC,
        .credentials.usernamePassword = {NULL, PEER_USER, PEER_PASSWORD}};
    MI_DestinationOptions_AddDestinationCredentials(&client.options, &credentials);
}

static void connect_with_two(const char *user, const char *password)
{
    char url[128];
    open_on(&transports[1]);
    client_prepare_as(&client, MI_AUTH_TYPE_KERBEROS, NULL, user, password, false);
    add_basic();
    snprintf(url, sizeof(url), "http://localhost:%u/wsman", peer.port);
    client_connect(&client, url);
}

MIC_TEST(kerberos, what_the_kdc_refuses_is_followed_by_the_next_credentials)
{
    static const char *const users[][2] = {{KDC_USER, "the-wrong-one"},
                                           {"nobody", KDC_PASSWORD},
                                           {"expired", KDC_PASSWORD},
                                           {"locked", KDC_PASSWORD}};
    need_kdc();
    for (size_t i = 0; i < COUNT(users); i++) {
        connect_with_two(users[i][0], users[i][1]);
        expect_five();
        MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 0);
        close_all();
    }
}

/* Whoever can silence the KDC must not choose that the password goes to the server. */
MIC_TEST(kerberos, a_kdc_that_does_not_answer_is_not_followed_by_the_next_credentials)
{
    need_kdc();
    connect_with_two("alice@MUTE.TEST", KDC_PASSWORD);
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.count, 0);
    expect_words("no KDC answers");
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    close_all();
}

MIC_TEST(kerberos, a_server_that_does_not_prove_itself_is_shown_no_further_credentials)
{
    static const char *const faults[] = {"last-token=none", "last-token=flip"};
    need_kdc();
    for (size_t i = 0; i < COUNT(faults); i++) {
        connect_with_two(KDC_USER, KDC_PASSWORD);
        peer_set_faults(&peer, faults[i]);
        enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.count, 0);
        expect_words("did not prove");
        MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 1); /* Kerberos' own */
        close_all();
    }
}

/* ---- isolation ---- */

enum { SESSIONS = 100, USERS = 10, THREADS = 10, ROUNDS = 4 };

struct walker {
    pthread_t thread;
    MI_Application *application;
    MI_Session *sessions;
    unsigned first, good, failed;
};

/* The peer refuses the request on a connection of anybody else. */
static void ask_as(struct walker *walker, unsigned session)
{
    MI_OperationOptions options;
    MI_Operation operation;
    struct outcome end;
    char name[32];
    MI_Value value = {.string = name};
    snprintf(name, sizeof(name), "user%u", session % USERS);
    MIC_REQUIRE(MI_Application_NewOperationOptions(walker->application, MI_FALSE, &options) ==
                MI_RESULT_OK);
    MI_OperationOptions_SetCustomOption(&options, "expect_user", MI_STRING, &value, MI_FALSE);
    MI_Session_EnumerateInstances(&walker->sessions[session], NO_RTTI, &options, "root/cimv2",
                                  "Peer_Few", MI_FALSE, NULL, &operation);
    drain(&operation, &end, NULL, NULL);
    walker->good += end.result == MI_RESULT_OK && end.count == 5;
    walker->failed += end.result != MI_RESULT_OK;
    MI_OperationOptions_Delete(&options);
}

/* Connections die in every place, at random moments. */
static const struct peer_kill kills[] = {
    {"close-before-reply", SESSIONS *ROUNDS},
    {"drop-idle", SESSIONS *ROUNDS},
    {"drop-idle", SESSIONS *ROUNDS},
    {"truncate", SESSIONS *ROUNDS},
    {"close-on-reuse", SESSIONS *ROUNDS},
    {"seal-flip=9", SESSIONS *ROUNDS},
    {"logon-drop=1", SESSIONS},
    {"logon-drop=2", SESSIONS},
};

static void *walk(void *context)
{
    struct walker *walker = context;
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = walker->first; i < SESSIONS; i += THREADS) {
            ask_as(walker, i);
        }
    }
    return NULL;
}

MIC_TEST(kerberos, no_request_travels_on_another_users_connection)
{
    static MI_Session sessions[SESSIONS];
    static MI_DestinationOptions destinations[USERS];
    struct walker walkers[THREADS];
    MI_Application application;
    char url[64];
    unsigned good = 0, failed = 0;
    need_kdc();
    open_on(&transports[0]);
    peer_draw_kills(&peer, kills, COUNT(kills));
    snprintf(url, sizeof(url), "http://localhost:%u/wsman", peer.port);
    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &application) == MI_RESULT_OK);
    for (unsigned i = 0; i < USERS; i++) {
        char name[32];
        snprintf(name, sizeof(name), "user%u", i);
        MI_UserCredentials credentials = {
            .authenticationType = types[i % 2],
            .credentials.usernamePassword = {NULL, name, KDC_PASSWORD}};
        MI_Application_NewDestinationOptions(&application, &destinations[i]);
        MI_DestinationOptions_AddDestinationCredentials(&destinations[i], &credentials);
    }
    for (unsigned i = 0; i < SESSIONS; i++) {
        MIC_REQUIRE(MI_Application_NewSession(&application, NULL, url, &destinations[i % USERS],
                                              NULL, NULL, &sessions[i]) == MI_RESULT_OK);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        walkers[i] = (struct walker){.application = &application, .sessions = sessions, .first = i};
        pthread_create(&walkers[i].thread, NULL, walk, &walkers[i]);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(walkers[i].thread, NULL);
        good += walkers[i].good;
        failed += walkers[i].failed;
    }
    MIC_CHECK_INT(good + failed, SESSIONS * ROUNDS);
    MIC_CHECK(failed > 0 && failed < 20);
    MIC_CHECK_INT(peer_counter(&peer, "requests.misrouted"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "requests.clear-text"), 0);
    MIC_CHECK(peer_counter(&peer, "logon.done") >= SESSIONS);
    for (unsigned i = 0; i < SESSIONS; i++) {
        MIC_CHECK_INT(MI_Session_Close(&sessions[i], NULL, NULL), MI_RESULT_OK);
    }
    for (unsigned i = 0; i < USERS; i++) {
        MI_DestinationOptions_Delete(&destinations[i]);
    }
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_OK);
    peer_stop(&peer);
}

/* ---- a proxy ---- */

/* It offers Kerberos as Negotiate; its ticket is its own, and the destination's another. */
MIC_TEST(kerberos, logs_on_to_a_proxy_and_to_the_destination_behind_it)
{
    struct proxy proxy;
    need_kdc();
    open_on(&transports[0]);
    proxy_start_with(&proxy, "Negotiate", NULL);
    for (size_t i = 0; i < COUNT(types); i++) {
        MI_UserCredentials credentials = {
            .authenticationType = types[i],
            .credentials.usernamePassword = {NULL, KDC_USER, KDC_PASSWORD}};
        client_prepare_as(&client, types[i], NULL, KDC_USER, KDC_PASSWORD, true);
        MI_DestinationOptions_AddProxyCredentials(&client.options, &credentials);
        MI_DestinationOptions_SetString(&client.options, PROXY_OPTION, proxy.address);
        client_connect(&client, peer.url);
        expect_five();
        expect_five();
        MIC_CHECK_INT(proxy_counter(&proxy, "tunnels"), (long)i + 1);
        MIC_CHECK_INT(proxy_counter(&proxy, "asked"), 2 * ((long)i + 1));
        client_close(&client);
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"), peer_counter(&peer, "requests.total"));
    proxy_stop(&proxy);
    peer_stop(&peer);
}
