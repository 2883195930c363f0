/* What goes wrong before a server answers: names, ports, certificates, logon, arguments. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client.h"
#include "mic_test.h"

static void test_connection(MI_Session *session, struct outcome *outcome)
{
    MI_Operation operation;
    MI_Session_TestConnection(session, 0, NULL, &operation);
    drain(&operation, outcome, NULL, NULL);
}

/* A port that nobody listens on: bound, so that nobody else gets it. */
static int refusing_port(unsigned *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t size = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    MIC_REQUIRE(bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0);
    getsockname(fd, (struct sockaddr *)&at, &size);
    *port = ntohs(at.sin_port);
    return fd;
}

MIC_TEST(errors, a_refused_connection_names_the_address_and_a_remedy)
{
    struct client client;
    struct outcome outcome;
    char destination[64], port_text[16];
    unsigned port;
    int fd = refusing_port(&port);
    snprintf(destination, sizeof(destination), "127.0.0.1:%u", port);
    snprintf(port_text, sizeof(port_text), "%u", port);
    client_prepare(&client);
    client_connect(&client, destination);
    test_connection(&client.session, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_CONNECTION_ERROR);
    MIC_CHECK(strstr(outcome.message, port_text) != NULL);
    client_close(&client);
    close(fd);
}

MIC_TEST(errors, an_unknown_host_is_told_as_such)
{
    struct client client;
    struct outcome outcome;
    client_prepare(&client);
    client_connect(&client, "no-such-host.invalid");
    test_connection(&client.session, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_CONNECTION_ERROR);
    MIC_CHECK(strstr(outcome.message, "no-such-host.invalid") != NULL);
    client_close(&client);
}

MIC_TEST(errors, a_wrong_password_is_access_denied)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    MI_UserCredentials credentials = {
        .authenticationType = MI_AUTH_TYPE_BASIC,
        .credentials.usernamePassword = {NULL, PEER_USER, "secret-that-is-wrong"}};
    peer_start_with(&peer, NULL);
    memset(&client, 0, sizeof(client));
    MI_Application_Initialize(0, NULL, NULL, &client.application);
    MI_Application_NewDestinationOptions(&client.application, &client.options);
    MI_DestinationOptions_AddDestinationCredentials(&client.options, &credentials);
    MI_DestinationOptions_SetPacketPrivacy(&client.options, MI_FALSE);
    client_connect(&client, peer.url);
    test_connection(&client.session, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_ACCESS_DENIED);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_AUTHENTICATION_ERROR);
    MIC_CHECK(strstr(outcome.message, "secret-that-is-wrong") == NULL);
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(errors, basic_in_clear_text_needs_consent)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    peer_start_with(&peer, NULL);
    client_prepare(&client);
    MI_DestinationOptions_SetPacketPrivacy(&client.options, MI_TRUE);
    client_connect(&client, peer.url);
    test_connection(&client.session, &outcome);
    MIC_CHECK(outcome.result != MI_RESULT_OK);
    MIC_CHECK(outcome.has_details);
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(errors, a_session_without_credentials_says_what_is_missing)
{
    struct peer peer;
    MI_Application application;
    MI_Session session;
    struct outcome outcome;
    peer_start_with(&peer, NULL);
    MI_Application_Initialize(0, NULL, NULL, &application);
    MIC_CHECK_INT(
        MI_Application_NewSession(&application, NULL, peer.url, NULL, NULL, NULL, &session),
        MI_RESULT_OK);
    test_connection(&session, &outcome);
    MIC_CHECK(outcome.result != MI_RESULT_OK);
    MIC_CHECK(outcome.message[0] != '\0');
    MIC_CHECK_INT(MI_Session_Close(&session, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_OK);
    peer_stop(&peer);
}

/* ---- TLS ---- */

struct tls_case {
    const char *kind;
    bool gives_ca, checks_ca, checks_name;
    MI_Result result;
};

static const struct tls_case tls_cases[] = {
    {"good", true, true, true, MI_RESULT_OK},
    {"good", false, true, true, MI_RESULT_FAILED},
    {"good", false, false, true, MI_RESULT_OK},
    {"self-signed", true, true, true, MI_RESULT_FAILED},
    {"self-signed", true, false, true, MI_RESULT_OK},
    {"expired", true, true, true, MI_RESULT_FAILED},
    {"wrong-name", true, true, true, MI_RESULT_FAILED},
    {"wrong-name", true, true, false, MI_RESULT_OK},
};

static void check_tls(const struct tls_case *row)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    const char *const options[] = {"--tls", "--cert-kind", row->kind, NULL};
    peer_start(&peer, options);
    client_prepare(&client);
    MI_DestinationOptions_SetPacketPrivacy(&client.options, MI_TRUE);
    if (row->gives_ca) {
        MI_DestinationOptions_SetTrustedCertsDir(&client.options, peer_cert("ca.pem"));
    }
    MI_DestinationOptions_SetCertCACheck(&client.options, row->checks_ca ? MI_TRUE : MI_FALSE);
    MI_DestinationOptions_SetCertCNCheck(&client.options, row->checks_name ? MI_TRUE : MI_FALSE);
    MI_DestinationOptions_SetCertRevocationCheck(&client.options, MI_FALSE);
    client_connect(&client, peer.url);
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    if (outcome.result != row->result ||
        (row->result != MI_RESULT_OK && outcome.category != MI_ERRORCATEGORY_SECURITY_ERROR)) {
        MIC_FAIL("%s, CA %s: result %d, category %u: %s", row->kind,
                 row->gives_ca ? "given" : "not given", (int)outcome.result, outcome.category,
                 outcome.message);
    }
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(errors, certificates_are_verified_and_each_check_goes_off_alone)
{
    for (size_t i = 0; i < sizeof(tls_cases) / sizeof(tls_cases[0]); i++) {
        check_tls(&tls_cases[i]);
    }
}

MIC_TEST(errors, tls_to_a_plain_port_and_plain_to_a_tls_port_are_told)
{
    struct peer plain, tls;
    struct client client;
    struct outcome outcome;
    char url[160];
    MI_Interval timeout = milliseconds(3000); /* a plain server may wait for more of a request */
    peer_start_with(&plain, NULL);
    peer_start_with(&tls, "--tls");
    client_prepare(&client);
    MIC_REQUIRE(MI_DestinationOptions_SetTimeout(&client.options, &timeout) == MI_RESULT_OK);
    snprintf(url, sizeof(url), "https://127.0.0.1:%u/wsman", plain.port);
    client_connect(&client, url);
    test_connection(&client.session, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_SECURITY_ERROR);
    MI_Session_Close(&client.session, NULL, NULL);
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/wsman", tls.port);
    client_connect(&client, url);
    test_connection(&client.session, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    MIC_CHECK(outcome.has_details);
    client_close(&client);
    peer_stop(&plain);
    peer_stop(&tls);
}

MIC_TEST(errors, ipv6_and_its_url_form_connect)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    char destination[64];
    const char *const options[] = {"--listen", "::1", NULL};
    int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in6 at = {.sin6_family = AF_INET6, .sin6_addr = in6addr_loopback};
    bool has_v6 = fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0;
    if (fd >= 0) {
        close(fd);
    }
    if (!has_v6) {
        MIC_SKIP("no IPv6 loopback on this machine");
    }
    peer_start(&peer, options);
    client_prepare(&client);
    snprintf(destination, sizeof(destination), "[::1]:%u", peer.port);
    client_connect(&client, destination);
    test_connection(&client.session, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MI_Session_Close(&client.session, NULL, NULL);
    client_connect(&client, peer.url);
    test_connection(&client.session, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MI_Session_Close(&client.session, NULL, NULL);
    /* With the zone of loopback, as a URL writes it. */
    snprintf(destination, sizeof(destination), "http://[::1%%25%u]:%u/wsman", if_nametoindex("lo"),
             peer.port);
    client_connect(&client, destination);
    test_connection(&client.session, &outcome);
    if (outcome.result != MI_RESULT_OK) {
        MIC_FAIL("%s", outcome.message);
    }
    client_close(&client);
    peer_stop(&peer);
}

/* ---- arguments ---- */

static void expect_bad(MI_Session *session, const char *name_space, const char *class_name,
                       MI_Uint32 flags)
{
    MI_Operation operation;
    struct outcome outcome;
    MI_Session_EnumerateInstances(session, flags, NULL, name_space, class_name, MI_FALSE, NULL,
                                  &operation);
    drain(&operation, &outcome, NULL, NULL);
    if (outcome.result != MI_RESULT_INVALID_PARAMETER || outcome.message[0] == '\0') {
        MIC_FAIL("class %.40s: result %d: %s", class_name == NULL ? "(none)" : class_name,
                 (int)outcome.result, outcome.message);
    }
}

MIC_TEST(errors, bad_arguments_are_found_before_anything_is_sent)
{
    struct peer peer;
    struct client client;
    MI_Operation operation;
    struct outcome outcome;
    char huge[9000];
    memset(huge, 'a', sizeof(huge));
    huge[sizeof(huge) - 1] = '\0';
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    expect_bad(&client.session, "root/cimv2", NULL, 0);
    expect_bad(&client.session, "root/cimv2", "", 0);
    expect_bad(&client.session, "root/cimv2", "has blank", 0);
    expect_bad(&client.session, "root/cimv2", "\xff\xfe", 0);
    expect_bad(&client.session, "root/\xc3", "Peer_Few", 0);
    expect_bad(&client.session, "//server/root/cimv2", "Peer_Few", 0);
    expect_bad(&client.session, huge, "Peer_Few", 0);
    expect_bad(&client.session, "root/cimv2", huge, 0);
    expect_bad(&client.session, "root/cimv2", "Peer_Few", 0x40000000);
    expect_bad(&client.session, "root/cimv2", "Peer_Few",
               MI_OPERATIONFLAGS_NO_RTTI | MI_OPERATIONFLAGS_FULL_RTTI);
    MI_Session_GetInstance(&client.session, 0, NULL, "root/cimv2", NULL, NULL, &operation);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(errors, a_namespace_with_backslashes_is_understood)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    MI_Operation operation;
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    MI_Session_EnumerateInstances(&client.session, 0, NULL, "root\\cimv2", "Peer_Few", MI_FALSE,
                                  NULL, &operation);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.count, 5);
    MI_Session_EnumerateInstances(&client.session, 0, NULL, NULL, "Peer_Few", MI_FALSE, NULL,
                                  &operation);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.count, 5);
    client_close(&client);
    peer_stop(&peer);
}

/* Get with one key; the result and its text. */
static void get_by(struct client *client, MI_Type type, const MI_Value *value, MI_Uint32 flags,
                   struct outcome *outcome)
{
    MI_Operation operation;
    MI_Instance *key = NULL;
    MIC_REQUIRE(MI_Application_NewInstance(&client->application, "Peer_Few", NULL, &key) ==
                MI_RESULT_OK);
    MIC_CHECK_INT(MI_Instance_AddElement(key, "Id", value, type, MI_FLAG_KEY | flags),
                  MI_RESULT_OK);
    MI_Session_GetInstance(&client->session, 0, NULL, "root/cimv2", key, NULL, &operation);
    MI_Instance_Delete(key);
    drain(&operation, outcome, NULL, NULL);
}

MIC_TEST(errors, keys_that_cannot_be_sent_are_named)
{
    enum { HUGE_SIZE = 2 * 1024 * 1024 };
    struct peer peer;
    struct client client;
    struct outcome outcome;
    MI_Value value;
    MI_Uint8 bytes[] = {1, 2};
    char control[] = "a\x01z";
    char *huge = malloc(HUGE_SIZE + 1);
    MIC_REQUIRE(huge != NULL);
    memset(huge, 'k', HUGE_SIZE);
    huge[HUGE_SIZE] = '\0';
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    get_by(&client, MI_STRING, NULL, MI_FLAG_NULL, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(strstr(outcome.message, "Id is NULL") != NULL);
    MIC_CHECK_INT(outcome.code, 0x803381EF); /* what Windows' own client says */
    value.uint8a.data = bytes;
    value.uint8a.size = 2;
    get_by(&client, MI_UINT8A, &value, 0, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_INVALID_PARAMETER);
    value.string = control;
    get_by(&client, MI_STRING, &value, 0, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    value.string = huge;
    get_by(&client, MI_STRING, &value, 0, &outcome); /* the server's word: 413 */
    MIC_CHECK_INT(outcome.result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_LIMITS_EXCEEDED);
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.count, 5);
    client_close(&client);
    peer_stop(&peer);
    free(huge);
}
