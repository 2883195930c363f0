/* Each failure on the way to an answer: its phase, who it is about, what was offered and tried, the
 * other side's own words, and one remedy. Kerberos' are in test_kerberos.c, proxies' in
 * test_proxy.c. */
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client.h"
#include "mic_test.h"
#include "scripted.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define EMPTY(status, fields)                                                                      \
    "HTTP/1.1 " status "\r\n" fields "Content-Length: 0\r\n\r\n",                                  \
        sizeof("HTTP/1.1 " status "\r\n" fields "Content-Length: 0"                                \
               "\r\n\r\n") -                                                                       \
            1
#define FAULT_BODY(subcode, detail)                                                                \
    SCRIPTED_ENVELOPE("",                                                                          \
                      "<s:Fault xmlns:f='http://schemas.microsoft.com/wbem/wsman/1/wsmanfault'>"   \
                      "<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>" subcode            \
                      "</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang='en'>No "         \
                      "way.</s:Text></s:Reason><s:Detail>" detail "</s:Detail></s:Fault>")

/* What is wanted of the text of the extended error. */
struct wanted {
    MI_Result result;
    const char *words[6]; /* the first begins it: "phase: " */
};

static struct client client;
static struct outcome outcome;

/* Words and one remedy. */
static void expect(const char *what, const struct wanted *wanted)
{
    size_t length = strlen(wanted->words[0]);
    if (outcome.result != wanted->result ||
        strncmp(outcome.details, wanted->words[0], length) != 0) {
        MIC_FAIL("%s: result %d: %s", what, (int)outcome.result, outcome.details);
    }
    for (size_t i = 0; i < COUNT(wanted->words) && wanted->words[i] != NULL; i++) {
        if (strstr(outcome.details, wanted->words[i]) == NULL) {
            MIC_FAIL("%s: no \"%s\" in: %s", what, wanted->words[i], outcome.details);
        }
    }
    MIC_CHECK_INT(outcome.remedies, 1);
    MIC_CHECK(strstr(outcome.details, PEER_PASSWORD) == NULL);
}

static void test_connection(const char *url)
{
    MI_Operation operation;
    client_connect(&client, url);
    MI_Session_TestConnection(&client.session, 0, NULL, &operation);
    drain(&operation, &outcome, NULL, NULL);
    client_close(&client);
}

/* ---- what a server says ---- */

struct row {
    const char *what;
    const char *auth_type; /* with the peer's user; NULL: none */
    const char *bytes;     /* of every reply; NULL: it closes */
    size_t size;
    struct wanted wanted;
};

static const char tls_alert[] = "\x15\x03\x01\x00\x02\x02\x46";

static const struct row rows[] = {
    {"TLS on the port",
     MI_AUTH_TYPE_BASIC,
     tls_alert,
     7,
     {MI_RESULT_FAILED,
      {"HTTP: ", "127.0.0.1 port ", "spoken to in HTTP and answered in TLS",
       "Use HTTPS as the transport"}}},
    {"closed without a word",
     MI_AUTH_TYPE_BASIC,
     NULL,
     0,
     {MI_RESULT_FAILED,
      {"HTTP: ", "closed the connection before it answered", "use HTTPS as the transport"}}},
    {"another scheme is offered",
     MI_AUTH_TYPE_BASIC,
     EMPTY("401 No", "WWW-Authenticate: Kerberos\r\nWWW-Authenticate: CredSSP\r\n"),
     {MI_RESULT_ACCESS_DENIED,
      {"logon: ", "does not take Basic (status 401); it offers Kerberos, CredSSP",
       "Allow Basic on the server, or use a scheme that it offers"}}},
    {"the logon is refused",
     MI_AUTH_TYPE_BASIC,
     EMPTY("401 No", "WWW-Authenticate: Basic realm=\"x\"\r\n"),
     {MI_RESULT_ACCESS_DENIED,
      {"logon: ", "refused the logon of user \"" PEER_USER "\" with Basic (status 401)",
       "it offers Basic", " - "}}},
    {"a logon is wanted",
     MI_AUTH_TYPE_NONE,
     EMPTY("401 No", "WWW-Authenticate: Negotiate\r\n"),
     {MI_RESULT_ACCESS_DENIED,
      {"logon: ", "was sent without one; the server offers Negotiate",
       "MI_DestinationOptions_AddDestinationCredentials"}}},
    {"forbidden",
     MI_AUTH_TYPE_BASIC,
     EMPTY("403 No", ""),
     {MI_RESULT_ACCESS_DENIED,
      {"authorisation: ", "(status 403) to user \"" PEER_USER "\", who logged on with Basic",
       "Remote Management Users"}}},
    {"forbidden to nobody",
     MI_AUTH_TYPE_NONE,
     EMPTY("403 No", ""),
     {MI_RESULT_ACCESS_DENIED,
      {"authorisation: ", "(status 403) to a request without a logon",
       "MI_DestinationOptions_AddDestinationCredentials"}}},
    {"a proxy nobody named",
     MI_AUTH_TYPE_BASIC,
     EMPTY("407 No", "Proxy-Authenticate: Basic realm=\"x\"\r\n"),
     {MI_RESULT_ACCESS_DENIED,
      {"proxy: ", "status 407, a proxy on the way wants a logon",
       "MI_DestinationOptions_AddProxyCredentials"}}},
    {"not available",
     MI_AUTH_TYPE_BASIC,
     EMPTY("503 Later", ""),
     {MI_RESULT_FAILED, {"HTTP: ", "status 503, the service is not available", "try again later"}}},
    {"another path",
     MI_AUTH_TYPE_BASIC,
     EMPTY("404 No", ""),
     {MI_RESULT_FAILED, {"HTTP: ", "status 404, not found", "Check the URL prefix"}}},
};

static bool answer(const struct scripted_call *call)
{
    const struct row *row = call->server->context;
    return row->bytes != NULL && send(call->fd, row->bytes, row->size, MSG_NOSIGNAL) > 0;
}

static void prepare(const char *auth_type)
{
    if (strcmp(auth_type, MI_AUTH_TYPE_NONE) != 0) {
        client_prepare_as(&client, auth_type, NULL, PEER_USER, PEER_PASSWORD,
                          strcmp(auth_type, MI_AUTH_TYPE_BASIC) != 0);
        return;
    }
    MI_UserCredentials nobody = {.authenticationType = MI_AUTH_TYPE_NONE};
    memset(&client, 0, sizeof(client));
    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &client.application) == MI_RESULT_OK);
    MIC_REQUIRE(MI_Application_NewDestinationOptions(&client.application, &client.options) ==
                MI_RESULT_OK);
    MIC_REQUIRE(MI_DestinationOptions_AddDestinationCredentials(&client.options, &nobody) ==
                MI_RESULT_OK);
}

MIC_TEST(remedies, what_a_server_says_is_told_with_phase_and_remedy)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scripted server;
        struct row row = rows[i];
        scripted_start(&server, answer, &row);
        prepare(row.auth_type);
        test_connection(server.url);
        scripted_stop(&server);
        expect(row.what, &row.wanted);
    }
}

/* ---- faults about rights ---- */

static const struct {
    const char *fault;
    struct wanted wanted;
} faults[] = {
    {FAULT_BODY("w:AccessDenied", "<f:WSManFault Code='5'><f:Message>Access is denied."
                                  "</f:Message></f:WSManFault>"),
     {MI_RESULT_ACCESS_DENIED,
      {"authorisation: ", "Access is denied.", "Remote Management Users or Administrators"}}},
    {FAULT_BODY("w:InternalError", "<f:WSManFault Code='2147749891'><f:Message>WMI says no."
                                   "</f:Message></f:WSManFault>"),
     {MI_RESULT_ACCESS_DENIED,
      {"authorisation: ", "WMI says no.", "Enable Account and Remote Enable", "root/cimv2"}}},
    {FAULT_BODY("w:AccessDenied", "<f:WSManFault Code='1326'><f:Message>Wrong password."
                                  "</f:Message></f:WSManFault>"),
     {MI_RESULT_ACCESS_DENIED, {"logon: ", "Wrong password.", "Check user name and password"}}},
    {FAULT_BODY("w:Concurrency", ""), {MI_RESULT_FAILED, {"SOAP: ", "No way.", " - "}}},
};

static bool answer_fault(const struct scripted_call *call)
{
    return scripted_reply(call, 500, call->server->context);
}

MIC_TEST(remedies, faults_about_rights_say_which)
{
    for (size_t i = 0; i < COUNT(faults); i++) {
        struct scripted server;
        char text[4096];
        snprintf(text, sizeof(text), "%s", faults[i].fault);
        scripted_start(&server, answer_fault, text);
        client_prepare(&client);
        client_connect(&client, server.url);
        enumerate(&client.session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", &outcome);
        client_close(&client);
        scripted_stop(&server);
        expect(faults[i].fault, &faults[i].wanted);
    }
}

/* ---- before a server says anything ---- */

static int open_port(unsigned *port, bool listens)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t size = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    MIC_REQUIRE(bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0);
    MIC_REQUIRE(!listens || listen(fd, 5) == 0);
    getsockname(fd, (struct sockaddr *)&at, &size);
    *port = ntohs(at.sin_port);
    return fd;
}

static void try_port(const char *scheme, bool listens, const struct wanted *wanted)
{
    MI_Interval timeout = milliseconds(1500);
    char url[64];
    unsigned port;
    int fd = open_port(&port, listens);
    snprintf(url, sizeof(url), "%s://127.0.0.1:%u", scheme, port);
    client_prepare(&client);
    MIC_REQUIRE(MI_DestinationOptions_SetTimeout(&client.options, &timeout) == MI_RESULT_OK);
    test_connection(url);
    close(fd);
    expect(url, wanted);
}

MIC_TEST(remedies, silence_is_told_with_what_was_waited_for)
{
    static const struct wanted
        http = {MI_RESULT_FAILED, {"HTTP: ", "127.0.0.1", "waiting for: HTTP", "longer timeout"}},
        tls = {MI_RESULT_FAILED, {"TLS: ", "127.0.0.1", "waiting for: TLS", "speaks HTTPS (5986)"}},
        closed = {MI_RESULT_FAILED,
                  {"connect: ", "127.0.0.1 port ", "(errno 111)", "winrm quickconfig"}};
    try_port("http", true, &http);
    try_port("https", true, &tls);
    try_port("http", false, &closed);
}

MIC_TEST(remedies, names_that_are_not_there_and_tls_on_the_wrong_port)
{
    static const struct wanted name = {
        MI_RESULT_FAILED, {"resolve: ", "\"no-such-host.invalid\"", "Check the host name"}};
    static const struct wanted no_tls = {
        MI_RESULT_FAILED, {"TLS: ", "127.0.0.1 port ", "wrong version number", "5986"}};
    static const struct wanted no_http = {MI_RESULT_FAILED,
                                          {"HTTP: ", "127.0.0.1", "HTTPS as the transport"}};
    struct peer peer;
    char url[64];
    client_prepare(&client);
    test_connection("no-such-host.invalid");
    expect("name", &name);
    peer_start_with(&peer, NULL);
    snprintf(url, sizeof(url), "https://127.0.0.1:%u", peer.port);
    client_prepare(&client);
    test_connection(url);
    expect("no TLS", &no_tls);
    peer_stop(&peer);
    peer_start_with(&peer, "--tls");
    snprintf(url, sizeof(url), "http://127.0.0.1:%u", peer.port);
    client_prepare(&client);
    test_connection(url);
    expect("no HTTP", &no_http);
    peer_stop(&peer);
}

MIC_TEST(remedies, a_certificate_is_named_with_subject_and_dates)
{
    static const struct {
        const char *kind;
        bool gives_ca;
        struct wanted wanted;
    } kinds[] = {
        {"expired",
         true,
         {MI_RESULT_FAILED,
          {"TLS: ", "certificate has expired", "subject CN=localhost", "Jan  1 00:00:00 2021 GMT",
           "Renew the certificate"}}},
        {"self-signed",
         true,
         {MI_RESULT_FAILED,
          {"TLS: ", "self", "subject CN=", "valid from", "Install the issuing CA"}}},
        {"good",
         false,
         {MI_RESULT_FAILED,
          {"TLS: ", "unable to get local issuer", "issuer CN=miclient test CA", "valid from",
           "Install the issuing CA"}}},
        {"wrong-name",
         true,
         {MI_RESULT_FAILED,
          {"TLS: ", "is for another name", "subject CN=", "valid from",
           "MI_DestinationOptions_SetCertCNCheck"}}},
    };
    for (size_t i = 0; i < COUNT(kinds); i++) {
        const char *const options[] = {"--tls", "--cert-kind", kinds[i].kind, NULL};
        struct peer peer;
        peer_start(&peer, options);
        client_prepare(&client);
        if (kinds[i].gives_ca) {
            MI_DestinationOptions_SetTrustedCertsDir(&client.options, peer_cert("ca.pem"));
        }
        test_connection(peer.url);
        peer_stop(&peer);
        expect(kinds[i].kind, &kinds[i].wanted);
    }
}
