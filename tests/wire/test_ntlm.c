/* NTLM logons, and the sealing behind them, against an acceptor of another make (gss-ntlmssp). */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"
#include "mic_test.h"

#define NO_RTTI MI_OPERATIONFLAGS_NO_RTTI

/* The linker puts it before the library's own (--wrap), to show it another switch for FIPS mode. */
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);

static const char *fips_switch; /* NULL: this machine's */

int __wrap_open(const char *path, int flags, ...)
{
    va_list more;
    mode_t mode = 0;
    if ((flags & O_CREAT) != 0) {
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        va_end(more);
    }
    if (fips_switch != NULL && strcmp(path, "/proc/sys/crypto/fips_enabled") == 0) {
        path = fips_switch;
    }
    return __real_open(path, flags, mode);
}

static struct peer peer;
static struct client client;
static struct outcome outcome;

static void need_ntlm(void)
{
    const char *missing = peer_lacks("ntlm");
    if (missing != NULL) {
        MIC_SKIP(missing);
    }
}

static void connect_with(const char *auth_type, const char *domain, const char *user,
                         const char *password, bool is_sealed)
{
    client_prepare_as(&client, auth_type, domain, user, password, is_sealed);
    MI_DestinationOptions_SetTrustedCertsDir(&client.options, peer_cert("ca.pem"));
    client_connect(&client, peer.url);
}

static void connect_sealed(void)
{
    connect_with(MI_AUTH_TYPE_NTLM, NULL, PEER_USER, PEER_PASSWORD, true);
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
    MIC_CHECK_TEXT(outcome.message, "");
    MIC_CHECK_INT(outcome.count, 5);
}

static void expect_failure(MI_Result result, const char *words)
{
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, result);
    MIC_CHECK_INT(outcome.count, 0);
    expect_words(words);
}

/* ---- the matrix ---- */

struct transport {
    const char *name;
    const char *options[4];
    bool is_sealed, has_tls, is_bound;
};

static const struct transport transports[] = {
    {"HTTP, sealed", {NULL}, true, false, false},
    {"HTTP, privacy off", {"--allow-clear", NULL}, false, false, false},
    {"HTTPS", {"--tls", NULL}, true, true, false},
    {"HTTPS, strict bindings", {"--tls", "--strict-bindings", NULL}, true, true, true},
};

static void open_on(const struct transport *transport)
{
    peer_start(&peer, transport->options);
}

static void close_all(void)
{
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(ntlm, the_right_password_logs_on_over_every_transport)
{
    need_ntlm();
    for (size_t i = 0; i < sizeof(transports) / sizeof(transports[0]); i++) {
        const struct transport *transport = &transports[i];
        bool seals = transport->is_sealed && !transport->has_tls;
        open_on(transport);
        connect_with(MI_AUTH_TYPE_NTLM, NULL, PEER_USER, PEER_PASSWORD, transport->is_sealed);
        expect_five();
        expect_five();
        enumerate(&client.session, 0, "Peer_Few", &outcome); /* and its class, on another one */
        MIC_CHECK_INT(outcome.count, 5);
        long logons = peer_counter(&peer, "logon.done");
        MIC_CHECK(logons >= 1 && logons <= 2);
        MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 2 * logons);
        MIC_CHECK_INT(peer_counter(&peer, "logon.bound"), transport->is_bound ? logons : 0);
        MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"),
                      seals ? peer_counter(&peer, "requests.total") : 0);
        MIC_CHECK_INT(peer_counter(&peer, "requests.clear-text"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "auth.failures"), 0);
        close_all();
    }
}

/* Each says what was tried, by whom, and what to do. */
static void expect_refusal(const struct transport *transport, const char *user,
                           const char *password)
{
    char who[64];
    snprintf(who, sizeof(who), "refused the logon of user \"%s\" with NTLM (status 401)", user);
    connect_with(MI_AUTH_TYPE_NTLM, NULL, user, password, transport->is_sealed);
    for (int i = 0; i < 2; i++) {
        expect_failure(MI_RESULT_ACCESS_DENIED, who);
        expect_words("logon: ");
        expect_words("it offers Negotiate, Kerberos, Basic");
        expect_words("Check user name, domain and password");
        MIC_CHECK(strstr(outcome.message, password) == NULL);
        MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_AUTHENTICATION_ERROR);
        MIC_CHECK(outcome.has_details);
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    client_close(&client);
}

MIC_TEST(ntlm, a_wrong_password_or_user_is_refused_with_words_over_every_transport)
{
    need_ntlm();
    for (size_t i = 0; i < sizeof(transports) / sizeof(transports[0]); i++) {
        open_on(&transports[i]);
        expect_refusal(&transports[i], PEER_USER, "the-wrong-one");
        expect_refusal(&transports[i], "nobody", PEER_PASSWORD);
        MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "auth.failures"), 4);
        peer_stop(&peer);
    }
}

/* Behind its third message a logon is over: what is lost there is a request. */
static void expect_drop(const struct transport *transport, unsigned message)
{
    char fault[32], words[64];
    snprintf(fault, sizeof(fault), "logon-drop=%u", message);
    snprintf(words, sizeof(words), "behind message %u of the logon of user \"tester\" with NTLM",
             message);
    peer_set_faults(&peer, fault);
    connect_with(MI_AUTH_TYPE_NTLM, NULL, PEER_USER, PEER_PASSWORD, transport->is_sealed);
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_CONNECTION_ERROR);
    if (message < 3) {
        expect_words("logon: ");
        expect_words(words);
        expect_words("connect without a proxy");
    } else {
        expect_words("closed the");
    }
    peer_set_faults(&peer, "");
    expect_five(); /* on a new connection, with a logon of its own */
    client_close(&client);
}

MIC_TEST(ntlm, a_server_that_drops_a_logon_is_named_over_every_transport)
{
    need_ntlm();
    for (size_t i = 0; i < sizeof(transports) / sizeof(transports[0]); i++) {
        open_on(&transports[i]);
        for (unsigned message = 1; message <= 3; message++) {
            expect_drop(&transports[i], message);
        }
        MIC_CHECK_INT(peer_counter(&peer, "requests.clear-text"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "requests.sealed-badly"), 0);
        peer_stop(&peer);
    }
}

/* ---- what else decides a logon ---- */

MIC_TEST(ntlm, negotiate_with_credentials_and_every_form_of_a_name_log_on)
{
    static const char *const names[][3] = {
        {MI_AUTH_TYPE_NEGO_WITH_CREDS, NULL, PEER_USER},
        {MI_AUTH_TYPE_NTLM, "PEER", PEER_USER},
        {MI_AUTH_TYPE_NTLM, NULL, "PEER\\" PEER_USER},
        {MI_AUTH_TYPE_NTLM, ".", PEER_USER},
        {MI_AUTH_TYPE_NTLM, "", "TesTER"},
    };
    need_ntlm();
    peer_start_with(&peer, NULL);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        connect_with(names[i][0], names[i][1], names[i][2], PEER_PASSWORD, true);
        expect_five();
        client_close(&client);
    }
    peer_stop(&peer);
}

MIC_TEST(ntlm, a_logon_bound_to_another_connection_is_refused)
{
    static const char *const options[] = {"--tls", "--false-bindings", NULL};
    need_ntlm();
    peer_start(&peer, options);
    connect_sealed();
    expect_failure(MI_RESULT_ACCESS_DENIED, "refused the logon");
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    close_all();
}

MIC_TEST(ntlm, a_logon_is_bound_by_the_hash_that_signed_the_certificate)
{
    static const char *const kinds[] = {"good", "sha384", "sha512", "rsa-pss"};
    need_ntlm();
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const char *const options[] = {"--tls", "--strict-bindings", "--cert-kind", kinds[i], NULL};
        peer_start(&peer, options);
        connect_sealed();
        expect_five();
        MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 1);
        MIC_CHECK_INT(peer_counter(&peer, "logon.bound"), 1);
        MIC_CHECK_INT(peer_counter(&peer, "auth.failures"), 0);
        close_all();
    }
}

MIC_TEST(ntlm, a_server_without_negotiate_says_what_it_offers)
{
    static const char *const options[] = {"--auth-offer", "Basic,Kerberos", NULL};
    need_ntlm();
    peer_start(&peer, options);
    connect_sealed();
    expect_failure(MI_RESULT_ACCESS_DENIED, "does not take Negotiate");
    expect_words("it offers Basic, Kerberos");
    expect_words("Allow Negotiate on the server");
    close_all();
}

MIC_TEST(ntlm, clear_text_is_not_sent_unless_wanted_nor_taken_unless_allowed)
{
    need_ntlm();
    peer_start_with(&peer, NULL);
    connect_with(MI_AUTH_TYPE_NTLM, NULL, PEER_USER, PEER_PASSWORD, false);
    expect_failure(MI_RESULT_FAILED, "500");
    MIC_CHECK(peer_counter(&peer, "requests.clear-text") > 0);
    close_all();
}

MIC_TEST(ntlm, a_system_in_fips_mode_refuses_before_any_network)
{
    char file[] = "/tmp/mic-fips-XXXXXX";
    int fd = mkstemp(file);
    need_ntlm();
    MIC_REQUIRE(fd >= 0 && write(fd, "1\n", 2) == 2);
    peer_start_with(&peer, NULL);
    connect_sealed();
    fips_switch = file;
    for (int i = 0; i < 2; i++) {
        expect_failure(MI_RESULT_NOT_SUPPORTED,
                       "this system is in FIPS mode, which does not allow NTLM (MD4, MD5 and RC4)");
        expect_words("Use Kerberos, or Basic over HTTPS.");
    }
    MIC_CHECK_INT(peer_counter(&peer, "connections.accepted"), 0);
    MIC_REQUIRE(pwrite(fd, "0", 1, 0) == 1);
    expect_five();
    close_all();
    fips_switch = NULL;
    close(fd);
    unlink(file);
}

/* Whatever Kerberos says of them: this machine may have a realm, or none. */
MIC_TEST(ntlm, a_local_user_is_told_of_fips_mode_too)
{
    static const char *const types[] = {MI_AUTH_TYPE_NEGO_WITH_CREDS, MI_AUTH_TYPE_CREDSSP};
    static const char *const domains[] = {NULL, "."};
    char file[] = "/tmp/mic-fips-XXXXXX";
    int fd = mkstemp(file);
    need_ntlm();
    MIC_REQUIRE(fd >= 0 && write(fd, "1\n", 2) == 2);
    peer_start_with(&peer, NULL);
    fips_switch = file;
    for (int i = 0; i < 4; i++) {
        connect_with(types[i / 2], domains[i % 2], PEER_USER, PEER_PASSWORD, true);
        enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
        MIC_CHECK(outcome.result != MI_RESULT_OK);
        expect_words("FIPS mode, which does not allow NTLM");
        client_close(&client);
    }
    MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 0);
    peer_stop(&peer);
    fips_switch = NULL;
    close(fd);
    unlink(file);
}

/* ---- sealed messages ---- */

MIC_TEST(ntlm, a_reply_that_is_not_what_the_server_sealed_is_refused)
{
    static const struct {
        const char *fault, *words;
    } rows[] = {
        {"seal-none", "clear text on a connection that seals"},
        {"html", "clear text on a connection that seals"},
        {"no-soap-500", "clear text on a connection that seals"},
        {"seal-flip=0", "is not the next one"},
        {"seal-flip=5", "signature of a sealed message is wrong"},
        {"seal-flip=12", "is not the next one"},
        {"seal-flip=16", "signature of a sealed message is wrong"},
        {"seal-flip=700", "signature of a sealed message is wrong"},
        {"seal-reorder", "is not the next one"},
        {"seal-cut", "ends in the middle"},
        {"truncate=300", ""},
        {"wrong-length=400", ""},
    };
    need_ntlm();
    peer_start_with(&peer, NULL);
    connect_sealed();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        peer_set_faults(&peer, rows[i].fault);
        expect_failure(MI_RESULT_FAILED, rows[i].words);
        peer_set_faults(&peer, "");
        expect_five();
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed-badly"), 0);
    close_all();
}

MIC_TEST(ntlm, a_reply_sent_twice_is_refused)
{
    need_ntlm();
    peer_start_with(&peer, NULL);
    connect_sealed();
    expect_five();
    peer_set_faults(&peer, "seal-replay");
    expect_failure(MI_RESULT_FAILED, "is not the next one: it has number");
    close_all();
}

MIC_TEST(ntlm, a_plain_refusal_in_front_of_the_service_is_told)
{
    need_ntlm();
    peer_start_with(&peer, NULL);
    connect_sealed();
    peer_set_faults(&peer, "status=503");
    expect_failure(MI_RESULT_FAILED, "503");
    peer_set_faults(&peer, "status=413");
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
    peer_set_faults(&peer, "");
    expect_five();
    close_all();
}

MIC_TEST(ntlm, a_sealed_fault_is_a_fault)
{
    need_ntlm();
    peer_start_with(&peer, NULL);
    connect_sealed();
    enumerate(&client.session, NO_RTTI, "No_Such_Class", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_INVALID_CLASS);
    expect_five();
    MIC_CHECK_INT(peer_counter(&peer, "connections.accepted"), 1);
    close_all();
}

MIC_TEST(ntlm, many_envelopes_of_one_reply_are_sealed_each)
{
    static const char *const faults[] = {"multi-envelope",         "multi-envelope=merged",
                                         "multi-envelope=odd",     "multi-envelope=split",
                                         "delay=40,keep-alive=10", "slow-drip=0"};
    need_ntlm();
    peer_start_with(&peer, NULL);
    connect_sealed();
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        peer_set_faults(&peer, faults[i]);
        expect_five();
    }
    close_all();
}

MIC_TEST(ntlm, large_enumerations_are_sealed_page_by_page)
{
    static const char *const options[] = {"--many", "3000", NULL};
    need_ntlm();
    peer_start(&peer, options);
    connect_sealed();
    enumerate(&client.session, NO_RTTI, "Peer_Many", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 3000);
    MIC_CHECK(peer_counter(&peer, "bytes.sent") > 3000 * 1000);
    close_all();
}

MIC_TEST(ntlm, large_requests_are_sealed)
{
    need_ntlm();
    peer_start_with(&peer, NULL);
    connect_sealed();
    for (size_t size = 100000; size <= 400000; size *= 2) {
        query_at_length(&client.session, size, &outcome);
        MIC_CHECK_TEXT(outcome.details, "");
        MIC_CHECK_INT(outcome.count, 5);
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"), peer_counter(&peer, "requests.total"));
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed-badly"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "connections.accepted"), 1);
    close_all();
}

MIC_TEST(ntlm, a_sealed_page_beyond_the_limit_is_refused)
{
    need_ntlm();
    peer_start_with(&peer, NULL);
    client_prepare_as(&client, MI_AUTH_TYPE_NTLM, NULL, PEER_USER, PEER_PASSWORD, true);
    MIC_REQUIRE(MI_DestinationOptions_SetMaxEnvelopeSize(&client.options, 8) == MI_RESULT_OK);
    client_connect(&client, peer.url);
    peer_set_faults(&peer, "tag=20000");
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
    expect_words("the largest envelope allowed has 8192");
    close_all();
}

/* ---- traces ---- */

static bool holds(const char *text, size_t size, const char *wanted)
{
    return memmem(text, size, wanted, strlen(wanted)) != NULL;
}

MIC_TEST(ntlm, a_trace_shows_messages_as_they_were_sealed_and_no_secret)
{
    enum { SIZE = 1 << 20 };
    char file[] = "/tmp/mic-ntlm-trace-XXXXXX";
    char *text = calloc(1, SIZE);
    int fd = mkstemp(file);
    need_ntlm();
    MIC_REQUIRE(fd >= 0 && text != NULL);
    peer_start_with(&peer, NULL);
    setenv("MI_TRACE", "http:3,auth:3,wsman:3", 1);
    setenv("MI_TRACE_FILE", file, 1);
    connect_sealed();
    unsetenv("MI_TRACE");
    unsetenv("MI_TRACE_FILE");
    expect_five();
    close_all();
    ssize_t size = read(fd, text, SIZE - 1);
    close(fd);
    unlink(file);
    MIC_REQUIRE(size > 0);
    MIC_CHECK(holds(text, (size_t)size, "EnumerateResponse"));
    MIC_CHECK(holds(text, (size_t)size, "Peer_Few"));
    MIC_CHECK(holds(text, (size_t)size, ", sealed"));
    MIC_CHECK(holds(text, (size_t)size, "Negotiate (not shown)"));
    MIC_CHECK(!holds(text, (size_t)size, PEER_PASSWORD));
    MIC_CHECK(!holds(text, (size_t)size, "TlRMTVNTUAAD")); /* what answers the challenge */
    free(text);
}

/* ---- isolation ---- */

enum { SESSIONS = 100, USERS = 10, THREADS = 10, ROUNDS = 6 };

struct walker {
    pthread_t thread;
    MI_Application *application;
    MI_Session *sessions;
    unsigned first;
    unsigned good, failed;
};

static void user_name(unsigned session, char name[32])
{
    snprintf(name, 32, PEER_USER "%u", session % USERS + 1);
}

/* The peer refuses the request on a connection of anybody else. */
static void expect_user(MI_OperationOptions *options, char *name)
{
    MI_Value value = {.string = name};
    MIC_CHECK_INT(
        MI_OperationOptions_SetCustomOption(options, "expect_user", MI_STRING, &value, MI_FALSE),
        MI_RESULT_OK);
}

/* One session after the other, each asking to be served as its own user. */
static void *walk(void *context)
{
    struct walker *walker = context;
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = walker->first; i < SESSIONS; i += THREADS) {
            MI_OperationOptions options;
            MI_Operation operation;
            struct outcome end;
            char name[32];
            user_name(i, name);
            MIC_REQUIRE(MI_Application_NewOperationOptions(walker->application, MI_FALSE,
                                                           &options) == MI_RESULT_OK);
            expect_user(&options, name);
            MI_Session_EnumerateInstances(&walker->sessions[i], NO_RTTI, &options, "root/cimv2",
                                          "Peer_Few", MI_FALSE, NULL, &operation);
            drain(&operation, &end, NULL, NULL);
            walker->good += end.result == MI_RESULT_OK && end.count == 5;
            walker->failed += end.result != MI_RESULT_OK;
            MIC_CHECK(end.result == MI_RESULT_OK || end.result == MI_RESULT_FAILED);
            MI_OperationOptions_Delete(&options);
        }
    }
    return NULL;
}

/* Connections die in every place, at random moments. */
static const struct peer_kill kills[] = {
    {"close-before-reply", SESSIONS *ROUNDS},
    {"close-before-reply", SESSIONS *ROUNDS},
    {"drop-idle", SESSIONS *ROUNDS},
    {"drop-idle", SESSIONS *ROUNDS},
    {"truncate", SESSIONS *ROUNDS},
    {"close-on-reuse", SESSIONS *ROUNDS},
    {"close-on-reuse", SESSIONS *ROUNDS},
    {"seal-flip", SESSIONS *ROUNDS},
    {"logon-drop=1", SESSIONS},
    {"logon-drop=2", SESSIONS},
    {"logon-drop=3", SESSIONS},
    {"logon-drop=4", SESSIONS / 2}, /* only CredSSP comes so far, and a request of NTLM's */
};

/* @param other  what every second user logs on with */
static void check_isolation(const char *other)
{
    static const char *const options[] = {"--more-users", "10", "--auth-offer", "Negotiate,CredSSP",
                                          NULL};
    static MI_Session sessions[SESSIONS];
    static MI_DestinationOptions destinations[USERS];
    struct walker walkers[THREADS];
    MI_Application application;
    unsigned good = 0, failed = 0;
    need_ntlm();
    peer_start(&peer, options);
    peer_draw_kills(&peer, kills, sizeof(kills) / sizeof(kills[0]));
    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &application) == MI_RESULT_OK);
    for (unsigned i = 0; i < USERS; i++) {
        char name[32], password[64];
        user_name(i, name);
        snprintf(password, sizeof(password), PEER_PASSWORD "%u", i + 1);
        MI_UserCredentials credentials = {.authenticationType =
                                              i % 2 == 0 ? MI_AUTH_TYPE_NTLM : other,
                                          .credentials.usernamePassword = {NULL, name, password}};
        MI_Application_NewDestinationOptions(&application, &destinations[i]);
        MI_DestinationOptions_AddDestinationCredentials(&destinations[i], &credentials);
    }
    for (unsigned i = 0; i < SESSIONS; i++) {
        MIC_REQUIRE(MI_Application_NewSession(&application, NULL, peer.url,
                                              &destinations[i % USERS], NULL, NULL,
                                              &sessions[i]) == MI_RESULT_OK);
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
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed-badly"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"), peer_counter(&peer, "requests.total"));
    MIC_CHECK(peer_counter(&peer, "logon.done") >= SESSIONS);
    for (unsigned i = 0; i < SESSIONS; i++) {
        MI_Session_Close(&sessions[i], NULL, NULL);
    }
    for (unsigned i = 0; i < USERS; i++) {
        MI_DestinationOptions_Delete(&destinations[i]);
    }
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_OK);
    peer_stop(&peer);
}

MIC_TEST(ntlm, no_request_travels_on_another_users_connection)
{
    check_isolation(MI_AUTH_TYPE_NTLM);
}

MIC_TEST(ntlm, no_request_travels_on_another_users_connection_with_credssp_beside_it)
{
    check_isolation(MI_AUTH_TYPE_CREDSSP);
}

/* The check itself has to bite. */
MIC_TEST(ntlm, a_request_of_another_user_would_be_noticed)
{
    MI_OperationOptions options;
    MI_Operation operation;
    char name[] = PEER_USER "9";
    need_ntlm();
    peer_start_with(&peer, NULL);
    connect_sealed();
    MI_Application_NewOperationOptions(&client.application, MI_FALSE, &options);
    expect_user(&options, name);
    MI_Session_EnumerateInstances(&client.session, NO_RTTI, &options, "root/cimv2", "Peer_Few",
                                  MI_FALSE, NULL, &operation);
    drain(&operation, &outcome, NULL, NULL);
    MI_OperationOptions_Delete(&options);
    MIC_CHECK_INT(outcome.result, MI_RESULT_ACCESS_DENIED);
    MIC_CHECK_INT(peer_counter(&peer, "requests.misrouted"), 1);
    close_all();
}
