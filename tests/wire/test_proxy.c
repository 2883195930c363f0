/* Through a proxy of another make, to mi-peer: every mode, over HTTP and HTTPS. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client.h"
#include "mic_test.h"
#include "proxy_fixture.h"

#define NO_RTTI MI_OPERATIONFLAGS_NO_RTTI

static struct peer peer;
static struct proxy proxy;
static struct client client;
static struct outcome outcome;

/* ---- pieces ---- */

static void use_proxy(const struct proxy *through)
{
    MIC_REQUIRE(MI_DestinationOptions_SetString(&client.options, PROXY_OPTION, through->address) ==
                MI_RESULT_OK);
}

static void log_on_to_proxy(const char *auth_type, const char *user, const char *password)
{
    MI_UserCredentials credentials = {.authenticationType = auth_type,
                                      .credentials.usernamePassword = {NULL, user, password}};
    MIC_REQUIRE(MI_DestinationOptions_AddProxyCredentials(&client.options, &credentials) ==
                MI_RESULT_OK);
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
    MIC_CHECK(strncmp(outcome.details, "proxy: ", 7) == 0);
    MIC_CHECK(strstr(outcome.details, PROXY_PASSWORD) == NULL);
    expect_words(words);
}

static bool lacks_ntlm(void)
{
    return !WIRE_HAS_NTLM || peer_lacks("ntlm") != NULL;
}

static void close_all(void)
{
    client_close(&client);
    proxy_stop(&proxy);
    peer_stop(&peer);
}

/* ---- the matrix ---- */

/* How the destination is spoken to. */
static const struct inner {
    const char *peer_option;
    const char *auth_type;
    bool is_sealed;
} inners[] = {
    {NULL, MI_AUTH_TYPE_BASIC, false},
    {"--tls", MI_AUTH_TYPE_BASIC, false},
    {NULL, MI_AUTH_TYPE_NTLM, true},
    {"--tls", MI_AUTH_TYPE_NTLM, true},
};

static const struct outer {
    const char *offer, *auth_type, *fault;
    long asked; /* CONNECTs for one tunnel */
    bool needs_ntlm;
} outers[] = {
    {NULL, NULL, NULL, 1, false},
    {NULL, NULL, "slow", 1, false},
    {NULL, MI_AUTH_TYPE_BASIC, NULL, 1, false},
    {"Basic", MI_AUTH_TYPE_BASIC, NULL, 2, false},
    {"Basic", MI_AUTH_TYPE_BASIC, "close", 2, false},
    {"NTLM,Basic", MI_AUTH_TYPE_BASIC, NULL, 2, false},
    {"NTLM", MI_AUTH_TYPE_NTLM, NULL, 3, true},
    {"NTLM", MI_AUTH_TYPE_NTLM, "close", 3, true},
    {"Negotiate", MI_AUTH_TYPE_NTLM, NULL, 3, true},
    {"Negotiate,NTLM,Basic", MI_AUTH_TYPE_NEGO_WITH_CREDS, NULL, 3, true},
    {"NTLM,Basic", MI_AUTH_TYPE_NEGO_WITH_CREDS, NULL, 3, true},
};

static void expect_through(const struct inner *inner, const struct outer *outer)
{
    const char *colon;

    proxy_start_with(&proxy, outer->offer, outer->fault);
    client_prepare_as(&client, inner->auth_type, NULL, PEER_USER, PEER_PASSWORD, inner->is_sealed);
    MI_DestinationOptions_SetTrustedCertsDir(&client.options, peer_cert("ca.pem"));
    use_proxy(&proxy);
    if (outer->auth_type != NULL) {
        log_on_to_proxy(outer->auth_type, PROXY_USER, PROXY_PASSWORD);
    }
    client_connect(&client, peer.url);
    for (int i = 0; i < 4; i++) {
        expect_five();
    }
    colon = strstr(peer.url, "://") + 3;
    if (strncmp(colon, proxy_target(&proxy), strcspn(colon, "/")) != 0) {
        MIC_CHECK_TEXT(proxy_target(&proxy), colon);
    }
    MIC_CHECK_INT(proxy_counter(&proxy, "tunnels"), 1);
    MIC_CHECK_INT(proxy_counter(&proxy, "asked"), outer->asked);
    client_close(&client);
    proxy_stop(&proxy);
}

MIC_TEST(proxy, every_mode_carries_every_logon_in_one_tunnel)
{
    for (size_t i = 0; i < sizeof(inners) / sizeof(inners[0]); i++) {
        if (inners[i].is_sealed && lacks_ntlm()) {
            continue;
        }
        peer_start_with(&peer, inners[i].peer_option);
        for (size_t k = 0; k < sizeof(outers) / sizeof(outers[0]); k++) {
            if (!outers[k].needs_ntlm || !lacks_ntlm()) {
                expect_through(&inners[i], &outers[k]);
            }
        }
        MIC_CHECK_INT(peer_counter(&peer, "auth.failures"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "requests.clear-text"), 0);
        if (inners[i].is_sealed && inners[i].peer_option == NULL) {
            MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"),
                          peer_counter(&peer, "requests.total"));
        }
        peer_stop(&peer);
    }
}

MIC_TEST(proxy, channel_bindings_are_those_of_the_tls_inside)
{
    static const char *const options[] = {"--tls", "--strict-bindings", NULL};
    if (lacks_ntlm()) {
        MIC_SKIP("no NTLM in this build, or no acceptor for it");
    }
    peer_start(&peer, options);
    expect_through(&inners[3], &outers[6]);
    MIC_CHECK(peer_counter(&peer, "logon.bound") > 0);
    peer_stop(&peer);
}

MIC_TEST(proxy, and_destination_may_be_ipv6)
{
    static const char *const v6[] = {"--v6", "--offer", "Basic", NULL};
    static const char *const listen[] = {"--listen", "::1", NULL};
    const char *const *const peers[] = {NULL, listen};
    for (size_t i = 0; i < 2; i++) {
        char wanted[64];
        peer_start(&peer, peers[i]);
        proxy_start(&proxy, v6);
        client_prepare(&client);
        use_proxy(&proxy);
        log_on_to_proxy(MI_AUTH_TYPE_BASIC, PROXY_USER, PROXY_PASSWORD);
        client_connect(&client, peer.url);
        expect_five();
        snprintf(wanted, sizeof(wanted), i == 0 ? "127.0.0.1:%u" : "[::1]:%u", peer.port);
        MIC_CHECK_TEXT(proxy_target(&proxy), wanted);
        close_all();
    }
}

/* The name in the certificate is the destination's, not the proxy's, nor the tunnel's other end. */
MIC_TEST(proxy, does_not_stand_in_for_the_destinations_name)
{
    char url[64];
    peer_start_with(&peer, "--tls");
    proxy_start_with(&proxy, NULL, NULL);
    client_prepare(&client);
    MI_DestinationOptions_SetTrustedCertsDir(&client.options, peer_cert("ca.pem"));
    use_proxy(&proxy);
    snprintf(url, sizeof(url), "https://other.test:%u", peer.port);
    client_connect(&client, url);
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    expect_words("other.test");
    MIC_CHECK(strncmp(outcome.details, "TLS: ", 5) == 0);
    MIC_CHECK_INT(proxy_counter(&proxy, "tunnels"), 1);
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    close_all();
}

/* ---- failures ---- */

static void expect_refused(const char *offer, const char *fault, const char *auth_type,
                           const char *password, MI_Result result, const char *words)
{
    proxy_start_with(&proxy, offer, fault);
    client_prepare(&client);
    use_proxy(&proxy);
    if (auth_type != NULL) {
        log_on_to_proxy(auth_type, PROXY_USER, password);
    }
    client_connect(&client, peer.url);
    expect_failure(result, words);
    expect_words(proxy.address + sizeof("127.0.0.1:") - 1); /* which proxy: its port */
    client_close(&client);
    proxy_stop(&proxy);
}

MIC_TEST(proxy, that_misbehaves_is_told_of_with_its_words)
{
    static const struct {
        const char *fault, *words;
    } rows[] = {
        {"403", "status 403 Filtered"},
        {"403", "Let the proxy allow CONNECT to port"},
        {"502", "status 502 Bad Gateway, ERR_CONNECT_FAIL 111"},
        {"502", "The proxy cannot reach the host"},
        {"garbage", "does not begin with HTTP/1.x"},
        {"endless", "more than 200 header lines"},
        {"early", "before anything was asked there"},
    };
    peer_start_with(&peer, NULL);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_refused(NULL, rows[i].fault, NULL, NULL, MI_RESULT_FAILED, rows[i].words);
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    peer_stop(&peer);
}

MIC_TEST(proxy, that_refuses_a_logon_says_who_with_what_and_what_it_offers)
{
    peer_start_with(&peer, NULL);
    expect_refused("Basic", NULL, NULL, NULL, MI_RESULT_ACCESS_DENIED,
                   "no credentials were given for it; it offers Basic");
    expect_refused("Basic", NULL, MI_AUTH_TYPE_BASIC, "wrong", MI_RESULT_ACCESS_DENIED,
                   "refused the logon of user \"" PROXY_USER "\" with Basic (status 407)");
    expect_refused("Basic", "close", MI_AUTH_TYPE_BASIC, "wrong", MI_RESULT_ACCESS_DENIED,
                   "refused the logon of user \"" PROXY_USER "\" with Basic (status 407)");
    expect_refused("Digest", NULL, MI_AUTH_TYPE_BASIC, PROXY_PASSWORD, MI_RESULT_ACCESS_DENIED,
                   "does not take Basic (status 407)");
    expect_refused("Basic", "drop=1", MI_AUTH_TYPE_BASIC, PROXY_PASSWORD, MI_RESULT_FAILED,
                   "behind message 1 of the logon");
    if (!lacks_ntlm()) {
        expect_refused("NTLM", NULL, MI_AUTH_TYPE_NTLM, "wrong", MI_RESULT_ACCESS_DENIED,
                       "refused the logon of user \"" PROXY_USER "\" with NTLM (status 407)");
        expect_refused("Basic", NULL, MI_AUTH_TYPE_NTLM, PROXY_PASSWORD, MI_RESULT_ACCESS_DENIED,
                       "does not take NTLM");
        expect_refused("NTLM", "drop=1", MI_AUTH_TYPE_NTLM, PROXY_PASSWORD, MI_RESULT_FAILED,
                       "behind message 1 of the logon of user \"" PROXY_USER "\" with NTLM");
        expect_refused("NTLM", "drop=2", MI_AUTH_TYPE_NTLM, PROXY_PASSWORD, MI_RESULT_FAILED,
                       "behind message 2 of the logon of user \"" PROXY_USER "\" with NTLM");
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    peer_stop(&peer);
}

MIC_TEST(proxy, a_wrong_password_of_it_counts_once_for_all_operations_that_wait)
{
    enum { PARALLEL = 16 };
    MI_Operation operations[PARALLEL];
    peer_start_with(&peer, NULL);
    proxy_start_with(&proxy, "Basic", NULL);
    client_prepare(&client);
    use_proxy(&proxy);
    log_on_to_proxy(MI_AUTH_TYPE_BASIC, PROXY_USER, "wrong");
    client_connect(&client, peer.url);
    kill(proxy.pid, SIGSTOP); /* all are begun before it answers */
    for (int i = 0; i < PARALLEL; i++) {
        MI_Session_EnumerateInstances(&client.session, NO_RTTI, NULL, "root/cimv2", "Peer_Few",
                                      MI_FALSE, NULL, &operations[i]);
    }
    kill(proxy.pid, SIGCONT);
    for (int i = 0; i < PARALLEL; i++) {
        drain(&operations[i], &outcome, NULL, NULL);
        MIC_CHECK_INT(outcome.result, MI_RESULT_ACCESS_DENIED);
        expect_words("refused the logon of user \"" PROXY_USER "\" with Basic (status 407)");
    }
    MIC_CHECK_INT(proxy_counter(&proxy, "refused"), 2); /* without a logon, and with it */
    close_all();
}

/* ---- deadline and cancel ---- */

static void open_mute(void)
{
    peer_start_with(&peer, NULL);
    proxy_start_with(&proxy, NULL, "mute");
    client_prepare(&client);
    use_proxy(&proxy);
}

MIC_TEST(proxy, that_says_nothing_runs_into_the_deadline)
{
    MI_Interval timeout = milliseconds(80);
    open_mute();
    MI_DestinationOptions_SetTimeout(&client.options, &timeout);
    client_connect(&client, peer.url);
    expect_failure(MI_RESULT_FAILED, "proxy");
    MIC_CHECK_INT(outcome.code, 0x80338126U);
    close_all();
}

MIC_TEST(proxy, that_says_nothing_can_be_cancelled)
{
    MI_Operation operation;
    open_mute();
    client_connect(&client, peer.url);
    MI_Session_EnumerateInstances(&client.session, NO_RTTI, NULL, "root/cimv2", "Peer_Few",
                                  MI_FALSE, NULL, &operation);
    proxy_await(&proxy, "asked", 1);
    MIC_CHECK_INT(MI_Operation_Cancel(&operation, MI_REASON_NONE), MI_RESULT_OK);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.code, 0x800704C7U);
    close_all();
}

/* ---- the environment ---- */

static void clear_environment(void)
{
    static const char *const names[] = {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY",
                                        "all_proxy",  "ALL_PROXY",  "no_proxy",    "NO_PROXY"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        unsetenv(names[i]);
    }
}

/* A name that the proxy alone can look up. */
static void connect_by_name(const char *type)
{
    char url[64];
    client_prepare(&client);
    if (type != NULL) {
        MI_DestinationOptions_SetProxyType(&client.options, type);
    }
    snprintf(url, sizeof(url), "http://peer.test:%u", peer.port);
    client_connect(&client, url);
    clear_environment(); /* read when the session was made, and never again */
}

MIC_TEST(proxy, of_the_environment_is_used_with_its_password)
{
    static const char *const names[] = {"http_proxy", "all_proxy", "ALL_PROXY"};
    static const char *const types[] = {NULL, "Auto", "WinHTTP"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        peer_start_with(&peer, NULL);
        proxy_start_with(&proxy, "Basic", NULL);
        clear_environment();
        setenv(names[i], proxy.url, 1);
        setenv("no_proxy", "localhost,.example", 1);
        connect_by_name(types[i]);
        expect_five();
        MIC_CHECK_INT(proxy_counter(&proxy, "tunnels"), 1);
        close_all();
    }
}

static void expect_direct(const char *type)
{
    connect_by_name(type);
    enumerate(&client.session, NO_RTTI, "Peer_Few", &outcome);
    MIC_CHECK(outcome.result == MI_RESULT_FAILED);
    MIC_CHECK(strncmp(outcome.details, "resolve: ", 9) == 0);
    MIC_CHECK_INT(proxy_counter(&proxy, "asked"), 0);
    client_close(&client);
}

MIC_TEST(proxy, of_the_environment_is_left_out_by_no_proxy_and_by_the_type)
{
    peer_start_with(&peer, NULL);
    proxy_start_with(&proxy, NULL, NULL);
    clear_environment();
    setenv("http_proxy", proxy.address, 1);
    setenv("no_proxy", "x, .test", 1);
    expect_direct(NULL);
    setenv("http_proxy", proxy.address, 1);
    expect_direct("None");
    setenv("HTTP_PROXY", proxy.address, 1);
    expect_direct(NULL);
    /* This machine is never behind a proxy of the environment's. */
    setenv("http_proxy", proxy.address, 1);
    client_prepare(&client);
    client_connect(&client, peer.url);
    expect_five();
    MIC_CHECK_INT(proxy_counter(&proxy, "asked"), 0);
    clear_environment();
    close_all();
}

MIC_TEST(proxy, of_the_environment_that_cannot_be_used_names_the_variable_and_no_secret)
{
    static const char *const values[] = {"socks5://u:hidden@proxy:1", "http://u:hidden@pro xy",
                                         "http://u:hid/den@proxy:1", "https://u:hidden@proxy:1"};
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        MI_Session session;
        MI_Instance *details = NULL;
        client_prepare(&client);
        clear_environment();
        setenv("ALL_PROXY", values[i], 1);
        MI_Result result = MI_Application_NewSession(&client.application, "WINRM", "server.example",
                                                     &client.options, NULL, &details, &session);
        clear_environment();
        MIC_CHECK(result == MI_RESULT_NOT_SUPPORTED || result == MI_RESULT_INVALID_PARAMETER);
        read_details(details, &outcome);
        expect_words("The proxy in ALL_PROXY ");
        expect_words("no_proxy");
        MIC_CHECK(strstr(outcome.details, "hid") == NULL);
        MI_Instance_Delete(details);
        MI_Session_Close(&session, NULL, NULL);
        client_close(&client);
    }
}

/* ---- isolation ---- */

enum { SESSIONS = 8, ROUNDS = 12 };

static void name_user(unsigned i, char user[64], char password[64])
{
    snprintf(user, 64, PROXY_USER "%u", i + 1);
    snprintf(password, 64, PROXY_PASSWORD "%u", i + 1);
}

struct walker {
    pthread_t thread;
    MI_Session *session;
    unsigned good;
};

static void *walk(void *context)
{
    struct walker *walker = context;
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct outcome end;
        enumerate(walker->session, 0, "Peer_Few", &end);
        walker->good += end.result == MI_RESULT_OK && end.count == 5;
    }
    return NULL;
}

/* The proxy looks at whose messages go through whose tunnel. */
MIC_TEST(proxy, no_request_travels_in_another_sessions_tunnel)
{
    struct walker walkers[SESSIONS];
    MI_Session sessions[SESSIONS];
    unsigned good = 0;
    peer_start_with(&peer, NULL);
    peer_set_faults(&peer, "drop-idle,on=11\nclose-before-reply,on=23\ndrop-idle,on=41");
    proxy_start_with(&proxy, "Basic", NULL);
    MI_Application application;
    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &application) == MI_RESULT_OK);
    for (unsigned i = 0; i < SESSIONS; i++) {
        char user[64], password[64];
        name_user(i, user, password);
        MI_UserCredentials inner = {
            .authenticationType = MI_AUTH_TYPE_BASIC,
            .credentials.usernamePassword = {NULL, PEER_USER, PEER_PASSWORD}};
        MI_UserCredentials outer = {.authenticationType = MI_AUTH_TYPE_BASIC,
                                    .credentials.usernamePassword = {NULL, user, password}};
        MI_DestinationOptions destination;
        MI_Application_NewDestinationOptions(&application, &destination);
        MI_DestinationOptions_AddDestinationCredentials(&destination, &inner);
        MI_DestinationOptions_AddProxyCredentials(&destination, &outer);
        MI_DestinationOptions_SetPacketPrivacy(&destination, MI_FALSE);
        MI_DestinationOptions_SetString(&destination, PROXY_OPTION, proxy.address);
        MIC_REQUIRE(MI_Application_NewSession(&application, NULL, peer.url, &destination, NULL,
                                              NULL, &sessions[i]) == MI_RESULT_OK);
        MI_DestinationOptions_Delete(&destination);
        walkers[i] = (struct walker){.session = &sessions[i]};
        pthread_create(&walkers[i].thread, NULL, walk, &walkers[i]);
    }
    for (unsigned i = 0; i < SESSIONS; i++) {
        pthread_join(walkers[i].thread, NULL);
        good += walkers[i].good;
        MI_Session_Close(&sessions[i], NULL, NULL);
    }
    MIC_CHECK(good >= SESSIONS * ROUNDS - 6);
    MIC_CHECK_INT(proxy_counter(&proxy, "mixed"), 0);
    MIC_CHECK_INT(proxy_counter(&proxy, "pairs"), SESSIONS);
    MIC_CHECK(proxy_counter(&proxy, "tunnels") >= SESSIONS);
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_OK);
    proxy_stop(&proxy);
    peer_stop(&peer);
}

/* The check itself has to bite: by hand, one connection with messages of two sessions. */
MIC_TEST(proxy, a_tunnel_with_messages_of_two_sessions_would_be_noticed)
{
    static const char two[] = "<SessionId>uuid:one</SessionId>", other[] = "<SessionId>uuid:two<";
    char head[64], reply[128];
    peer_start_with(&peer, NULL);
    proxy_start_with(&proxy, NULL, NULL);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)proxy.port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    MIC_REQUIRE(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
    int size = snprintf(head, sizeof(head), "CONNECT 127.0.0.1:%u HTTP/1.1\r\n\r\n", peer.port);
    MIC_REQUIRE(write(fd, head, (size_t)size) == size && read(fd, reply, sizeof(reply)) > 0);
    MIC_REQUIRE(write(fd, two, sizeof(two) - 1) > 0);
    proxy_await(&proxy, "pairs", 1);
    MIC_CHECK_INT(proxy_counter(&proxy, "mixed"), 0);
    MIC_REQUIRE(write(fd, other, sizeof(other) - 1) > 0);
    proxy_await(&proxy, "mixed", 1);
    close(fd);
    proxy_stop(&proxy);
    peer_stop(&peer);
}

/* ---- traces ---- */

MIC_TEST(proxy, a_trace_shows_the_way_and_no_secret)
{
    enum { SIZE = 1 << 20 };
    char file[] = "/tmp/mic-proxy-trace-XXXXXX";
    char *text = calloc(1, SIZE);
    int fd = mkstemp(file);
    MIC_REQUIRE(fd >= 0 && text != NULL);
    peer_start_with(&peer, NULL);
    proxy_start_with(&proxy, "Basic", NULL);
    clear_environment();
    setenv("MI_TRACE", "all:3", 1);
    setenv("MI_TRACE_FILE", file, 1);
    setenv("http_proxy", proxy.url, 1);
    connect_by_name(NULL);
    unsetenv("MI_TRACE");
    unsetenv("MI_TRACE_FILE");
    expect_five();
    close_all();
    MIC_REQUIRE(read(fd, text, SIZE - 1) > 0);
    close(fd);
    unlink(file);
    MIC_CHECK(strstr(text, "> CONNECT peer.test:") != NULL);
    MIC_CHECK(strstr(text, "Proxy-Authorization: Basic (not shown)") != NULL);
    MIC_CHECK(strstr(text, "op3n") == NULL);
    MIC_CHECK(strstr(text, "Z2F0ZWtlZXBlcjpvcDNu") == NULL); /* gatekeeper:op3n */
    free(text);
}
