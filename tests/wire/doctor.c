/* mi doctor's walk in this process: with tickets of a real KDC, and with names and ports that
 * answer nothing (this file's own getaddrinfo wins over the C library's). */
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "doctor/doctor.h"
#include "doctor/walk.h"
#include "kdc.h"
#include "kdc_fixture.h"
#include "mic_test.h"
#include "peer_fixture.h"

static sem_t answer;                     /* "slow.test" is answered when it is posted */
static char http_port[8], https_port[8]; /* of what stands on 5985 and 5986; "": nothing */

static const char *stand_in(const char *service)
{
    const char *port = service == NULL                ? ""
                       : strcmp(service, "5985") == 0 ? http_port
                       : strcmp(service, "5986") == 0 ? https_port
                                                      : "";

    return port[0] != '\0' ? port : service;
}

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                struct addrinfo **list)
{
    int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    void *symbol = dlsym(RTLD_NEXT, "getaddrinfo");
    const char *end = node != NULL ? strrchr(node, '.') : NULL;
    bool is_ours = end != NULL && strcmp(end, ".test") == 0;

    memcpy(&next, &symbol, sizeof(next));
    if (is_ours && (hints->ai_flags & AI_NUMERICHOST) != 0) {
        return EAI_NONAME;
    }
    if (is_ours && strcmp(node, "slow.test") == 0) {
        sem_wait(&answer);
    }
    return next(is_ours ? "127.0.0.1" : node, stand_in(service), hints, list);
}

/* ---- a walk ---- */

static struct mic_check checks[40];
static size_t check_count;
static MI_Application application;
static MI_DestinationOptions options;

static void on_check(void *context, const struct mic_check *check)
{
    (void)context;
    MIC_REQUIRE(check_count < MIC_COUNT(checks));
    checks[check_count++] = *check;
}

static void prepare(const char *type, const char *user, const char *password)
{
    MI_UserCredentials credentials;
    MI_Interval timeout;

    check_count = 0;
    memset(&credentials, 0, sizeof(credentials));
    memset(&timeout, 0, sizeof(timeout));
    timeout.seconds = 20;
    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &application) == MI_RESULT_OK);
    MIC_REQUIRE(MI_Application_NewDestinationOptions(&application, &options) == MI_RESULT_OK);
    MI_DestinationOptions_SetTimeout(&options, &timeout);
    MI_DestinationOptions_SetTrustedCertsDir(&options, peer_cert("ca.pem"));
    if (type != NULL) {
        credentials.authenticationType = type;
        credentials.credentials.usernamePassword.username = user;
        credentials.credentials.usernamePassword.password = password;
        MIC_REQUIRE(MI_DestinationOptions_AddDestinationCredentials(&options, &credentials) ==
                    MI_RESULT_OK);
    }
}

static void set_timeout(unsigned ms)
{
    MI_Interval timeout;

    memset(&timeout, 0, sizeof(timeout));
    timeout.seconds = ms / 1000;
    timeout.microseconds = ms % 1000 * 1000;
    MI_DestinationOptions_SetTimeout(&options, &timeout);
}

static void walk(const char *host)
{
    struct mic_err err;

    mic_err_init(&err);
    MIC_CHECK_INT(mic_doctor_run(host, &options, on_check, NULL, &err), MI_RESULT_OK);
    MIC_CHECK_TEXT(err.message, "");
    MI_DestinationOptions_Delete(&options);
    MI_Application_Close(&application);
    MIC_CHECK_INT(check_count, 19);
}

static const struct mic_check *find(const char *name)
{
    static const struct mic_check none = {.name = "none", .phase = ""};

    for (size_t i = 0; i < check_count; i++) {
        if (strcmp(checks[i].name, name) == 0) {
            return &checks[i];
        }
    }
    return &none;
}

static void expect(const char *name, enum mic_check_status status, const char *words)
{
    const struct mic_check *check = find(name);

    MIC_CHECK_TEXT(check->name, name);
    MIC_CHECK_INT(check->status, status);
    if (strstr(check->text, words) == NULL) {
        MIC_CHECK_TEXT(check->text, words);
    }
    MIC_CHECK((status == MIC_CHECK_OK || status == MIC_CHECK_SKIP) == (check->remedy[0] == '\0'));
    MIC_CHECK(strstr(check->text, KDC_PASSWORD) == NULL);
}

static const char *fact(const char *name, const char *fact_name)
{
    const struct mic_check *check = find(name);

    for (unsigned i = 0; i < check->fact_count; i++) {
        if (strcmp(check->facts[i].name, fact_name) == 0) {
            return check->facts[i].text;
        }
    }
    return "";
}

/* ---- Kerberos ---- */

static struct peer peer;

static void walk_to(const char *host)
{
    char url[128];

    snprintf(url, sizeof(url), "%s://%s:%u", strncmp(peer.url, "https", 5) == 0 ? "https" : "http",
             host, peer.port);
    walk(url);
    peer_stop(&peer);
}

MIC_TEST(doctor, finds_kerberos_in_order)
{
    need_kdc();
    peer_start_with(&peer, NULL);
    prepare(MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    walk_to("localhost");
    expect("logon", MIC_CHECK_OK, "alice was logged on with Kerberos");
    expect("clock.kdc", MIC_CHECK_OK, "the KDC's (PEER.TEST) clock agrees");
    expect("spn", MIC_CHECK_OK, "HTTP/localhost");
    MIC_CHECK_TEXT(fact("spn", "client"), "alice");
    expect("sealing", MIC_CHECK_OK, "");
    expect("cleartext", MIC_CHECK_OK, "refuses");
    expect("envelope", MIC_CHECK_OK, "500 KB");
}

MIC_TEST(doctor, names_the_service_that_the_kdc_knows)
{
    need_kdc();
    peer_start_with(&peer, NULL);
    prepare(MI_AUTH_TYPE_NEGO_WITH_CREDS, KDC_USER, KDC_PASSWORD);
    walk_to("wsman.test");
    MIC_CHECK_TEXT(fact("spn", "service"), "WSMAN/wsman.test");
    peer_start_with(&peer, NULL);
    prepare(MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    walk_to("nobody.test");
    expect("logon", MIC_CHECK_FAIL, "knows no such service");
    expect("spn", MIC_CHECK_FAIL, "knows no such service");
}

MIC_TEST(doctor, uses_the_callers_ticket_without_credentials)
{
    need_kdc();
    MIC_REQUIRE(kdc_kinit("bob", ""));
    peer_start_with(&peer, NULL);
    prepare(NULL, NULL, NULL);
    walk_to("localhost");
    expect("logon", MIC_CHECK_OK, "the caller's ticket was logged on");
    expect("spn", MIC_CHECK_OK, "HTTP/localhost");
    kdc_forget_tickets();
    peer_start_with(&peer, NULL);
    prepare(MI_AUTH_TYPE_NONE, NULL, NULL);
    walk_to("localhost");
    expect("logon", MIC_CHECK_SKIP, "no credentials");
    expect("spn", MIC_CHECK_SKIP, "there is no ticket");
    expect("clock.kdc", MIC_CHECK_OK, "PEER.TEST");
}

MIC_TEST(doctor, a_wrong_password_is_tried_once)
{
    need_kdc();
    peer_start_with(&peer, NULL);
    prepare(MI_AUTH_TYPE_KERBEROS, KDC_USER, "the-wrong-one");
    walk_to("localhost");
    expect("logon", MIC_CHECK_FAIL, "the password is wrong");
    expect("spn", MIC_CHECK_SKIP, "may lock the account");
}

MIC_TEST(doctor, tells_whose_clock_is_off)
{
    need_kdc();
    kdc_set_clock(3600);
    if (kdc_faketime() == NULL) {
        MIC_SKIP("no faketime here");
    }
    peer_start_with(&peer, NULL);
    prepare(MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    walk_to("localhost");
    expect("clock.server", MIC_CHECK_OK, "");
    expect("clock.kdc", MIC_CHECK_FAIL, "s ahead of this machine's: Kerberos refuses");
    expect("logon", MIC_CHECK_FAIL, "clock");
    kdc_set_clock(0);
    peer_set_clock(kdc_faketime(), -3600);
    peer_start_with(&peer, NULL);
    prepare(MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    walk_to("localhost");
    expect("clock.server", MIC_CHECK_FAIL, "s behind this machine's: Kerberos refuses");
    expect("clock.kdc", MIC_CHECK_OK, "");
    peer_set_clock(NULL, 0);
}

MIC_TEST(doctor, a_kdc_that_hangs_is_named)
{
    need_kdc();
    peer_start_with(&peer, NULL);
    kdc_silence(true);
    prepare(MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    set_timeout(1500);
    walk_to("localhost");
    kdc_silence(false);
    expect("logon", MIC_CHECK_FAIL, "(phase logon)");
    expect("clock.kdc", MIC_CHECK_FAIL, "no KDC answers within 1.500 s");
    expect("spn", MIC_CHECK_FAIL, "no KDC answers within 1.500 s");
    expect("identify", MIC_CHECK_OK, "");
}

MIC_TEST(doctor, finds_strict_bindings_with_a_ticket)
{
    static const char *const strict[] = {"--tls", "--strict-bindings", NULL};

    need_kdc();
    peer_start(&peer, strict);
    prepare(MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    walk_to("localhost");
    expect("binding", MIC_CHECK_OK, "strict");
}

/* ---- HTTP and HTTPS on their own ports ---- */

static void walk_both(const char *scheme, const char *host)
{
    static const char *const secured[] = {"--tls", NULL};
    static const char *const clear[] = {"--allow-clear", NULL};
    struct peer https;
    char url[128];

    peer_start(&peer, clear);
    peer_start(&https, secured);
    snprintf(http_port, sizeof(http_port), "%u", peer.port);
    snprintf(https_port, sizeof(https_port), "%u", https.port);
    snprintf(url, sizeof(url), "%s%s", scheme, host);
    walk(url);
    http_port[0] = https_port[0] = '\0';
    peer_stop(&https);
}

MIC_TEST(doctor, who_asks_for_https_is_not_logged_on_over_http)
{
    static const char *const types[] = {MI_AUTH_TYPE_NTLM, MI_AUTH_TYPE_NEGO_WITH_CREDS};

    if (peer_lacks("ntlm") != NULL) {
        MIC_SKIP(peer_lacks("ntlm"));
    }
    for (size_t i = 0; i < MIC_COUNT(types); i++) {
        prepare(types[i], PEER_USER, PEER_PASSWORD);
        walk_both("https://", "localhost");
        expect("http.port", MIC_CHECK_OK, "(HTTP) is open");
        expect("logon", MIC_CHECK_OK, "was logged on");
        expect("sealing", MIC_CHECK_SKIP, "HTTPS was asked for");
        expect("cleartext", MIC_CHECK_SKIP, "HTTPS was asked for");
        MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 0);
        peer_stop(&peer);
    }
    prepare(MI_AUTH_TYPE_NTLM, PEER_USER, PEER_PASSWORD);
    walk_both("", "localhost");
    expect("sealing", MIC_CHECK_OK, "");
    expect("cleartext", MIC_CHECK_WARN, "not sealed");
    expect("binding", MIC_CHECK_WARN, "none");
    MIC_CHECK(peer_counter(&peer, "logon.legs") > 0);
    peer_stop(&peer);
}

/* ---- silence ---- */

MIC_TEST(doctor, a_name_server_that_hangs_is_named)
{
    sem_init(&answer, 0, 0);
    prepare(NULL, NULL, NULL);
    set_timeout(100);
    walk("slow.test");
    sem_post(&answer);
    expect("name", MIC_CHECK_FAIL, "not resolved within 0.100 s (phase resolve)");
    expect("http.port", MIC_CHECK_SKIP, "the name was not resolved");
}

/* A port whose queue is full: a connect gets no answer. */
MIC_TEST(doctor, a_port_that_drops_what_comes_is_named)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof(address);
    int fds[9], fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char host[64];

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    MIC_REQUIRE(bind(fd, (const struct sockaddr *)(void *)&address, size) == 0);
    MIC_REQUIRE(getsockname(fd, (struct sockaddr *)(void *)&address, &size) == 0);
    MIC_REQUIRE(listen(fd, 0) == 0);
    for (size_t i = 0; i < MIC_COUNT(fds); i++) {
        fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        (void)connect(fds[i], (const struct sockaddr *)(void *)&address, size);
    }
    snprintf(host, sizeof(host), "127.0.0.1:%u", (unsigned)ntohs(address.sin_port));
    prepare(NULL, NULL, NULL);
    set_timeout(100);
    walk(host);
    expect("http.port", MIC_CHECK_FAIL, "no answer within 0.100 s (phase connect)");
    MIC_CHECK_TEXT(find("http.port")->phase, "connect");
    for (size_t i = 0; i < MIC_COUNT(fds); i++) {
        close(fds[i]);
    }
    close(fd);
}

/* ---- parts ---- */

MIC_TEST(doctor, reads_the_date_of_http)
{
    static const struct {
        const char *text;
        int64_t seconds; /* -1: refused */
    } rows[] = {
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
        {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
        {"Thu, 29 Feb 2024 23:59:60 GMT", 1709251200},
        {"Sun, 29 Nov 2026 12:00:00 GMT", 1795953600},
        {"Sunday, 06-Nov-94 08:49:37 GMT", -1},
        {"Sun Nov  6 08:49:37 1994", -1},
        {"Sun, 06 Foo 1994 08:49:37 GMT", -1},
        {"Sun, 06 Nov 1994 24:49:37 GMT", -1},
        {"Sun, +6 Nov 1994 08:49:37 GMT", -1},
        {"", -1},
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        int64_t seconds = -1;
        bool is = mic_doctor_read_date(rows[i].text, &seconds);

        MIC_CHECK_INT(is, rows[i].seconds >= 0);
        MIC_CHECK_INT(seconds, rows[i].seconds);
    }
}
