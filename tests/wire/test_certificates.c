/* Logging on with a client certificate: files, when it is asked for, and what servers say to it. */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mic_test.h"
#include "secure.h"

#define FILE_PASSWORD "file p\xc3\xa4ssword"

static struct peer peer;
static struct client client;
static struct outcome outcome;

static void start_dialect(const char *dialect, const char *ask, const char *tls_max)
{
    const char *const options[] = {
        "--tls",     "--client-ca", secure_file("ca.pem"), "--ask", ask, "--more-users", "9",
        "--tls-max", tls_max,       "--dialect",           dialect, NULL};
    peer_start(&peer, options);
    secure_prepare(&client);
}

static void start(const char *ask, const char *tls_max)
{
    start_dialect("windows", ask, tls_max);
}

static void stop(void)
{
    client_close(&client);
    peer_stop(&peer);
}

/* ---- asked for at any time ---- */

struct moment {
    const char *ask, *tls_max;
};

static const struct moment moments[] = {
    {"begin", "1.2"}, {"begin", "1.3"}, {"later", "1.2"}, {"later", "1.3"}};

MIC_TEST(certificates, log_on_when_asked_at_the_handshake_or_for_the_request)
{
    for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
        start(moments[i].ask, moments[i].tls_max);
        secure_log_on(&client, MI_AUTH_TYPE_CLIENT_CERTS, "");
        secure_show(&client, "client.pem", "client.key", NULL);
        client_connect(&client, peer.url);
        for (int round = 0; round < 3; round++) {
            enumerate(&client.session, 0, "Peer_Few", &outcome);
            if (outcome.result != MI_RESULT_OK || outcome.count != 5) {
                MIC_FAIL("%s, TLS %s: %s", moments[i].ask, moments[i].tls_max, outcome.message);
            }
        }
        /* Every request said so, and the server had to ask once for each connection at most. */
        long requests = peer_counter(&peer, "requests.total");
        MIC_CHECK(requests > 3);
        MIC_CHECK_INT(peer_counter(&peer, "logon.certificates"), requests);
        MIC_CHECK_INT(peer_counter(&peer, "auth.failures"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "tls.resumed"), 0);
        long asked = peer_counter(&peer, "tls.asked-later");
        MIC_CHECK(strcmp(moments[i].ask, "later") == 0 ? asked >= 1 && asked < 3 : asked == 0);
        stop();
    }
}

MIC_TEST(certificates, are_shown_for_a_request_too_large_for_one_write)
{
    enum { SIZE = 300000 };
    char *text = malloc(SIZE + 1);
    MIC_REQUIRE(text != NULL);
    memset(text, 'k', SIZE);
    text[SIZE] = '\0';
    for (size_t i = 2; i < sizeof(moments) / sizeof(moments[0]); i++) {
        MI_Operation operation;
        MI_Instance *key = NULL;
        MI_Value value = {.string = text};
        start("later", moments[i].tls_max);
        secure_log_on(&client, MI_AUTH_TYPE_CLIENT_CERTS, "");
        secure_show(&client, "client.pem", "client.key", NULL);
        client_connect(&client, peer.url);
        MIC_REQUIRE(MI_Application_NewInstance(&client.application, "Peer_Few", NULL, &key) ==
                    MI_RESULT_OK);
        MI_Instance_AddElement(key, "Id", &value, MI_STRING, MI_FLAG_KEY);
        MI_Session_GetInstance(&client.session, MI_OPERATIONFLAGS_NO_RTTI, NULL, "root/cimv2", key,
                               NULL, &operation);
        MI_Instance_Delete(key);
        drain(&operation, &outcome, NULL, NULL);
        MIC_CHECK(outcome.result != MI_RESULT_OK && outcome.result != MI_RESULT_ACCESS_DENIED);
        MIC_CHECK_INT(peer_counter(&peer, "logon.certificates"), 1);
        stop();
    }
    free(text);
}

/* No session is resumed, neither while it lives nor by the next one. */
MIC_TEST(certificates, are_shown_anew_on_every_connection)
{
    for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
        start_dialect("openwsman", moments[i].ask, moments[i].tls_max); /* closes after each */
        secure_log_on(&client, MI_AUTH_TYPE_CLIENT_CERTS, "");
        secure_show(&client, "client.pem", "client.key", NULL);
        client_connect(&client, peer.url);
        for (int round = 0; round < 3; round++) {
            enumerate(&client.session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", &outcome);
            MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
        }
        MIC_CHECK_INT(peer_counter(&peer, "connections.accepted"), 3);
        MIC_CHECK_INT(peer_counter(&peer, "tls.resumed"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "logon.certificates"),
                      peer_counter(&peer, "requests.total"));
        stop();
    }
}

/* ---- files ---- */

struct file_case {
    const char *certificate, *key, *password;
    const char *words; /* NULL: it works */
};

static const struct file_case file_cases[] = {
    {"client.pem", "client.key", NULL, NULL},
    {"client-both.pem", NULL, NULL, NULL},
    {"client-chain.pem", "client.key", NULL, NULL},
    {"client.pem", "client-locked.key", FILE_PASSWORD, NULL},
    {"client.p12", NULL, FILE_PASSWORD, NULL},
    {"client-open.p12", NULL, NULL, NULL},
    {"client-open.p12", NULL, "", NULL},
    {"client.pem", "client.key", "not needed", NULL},
    {"client.p12", NULL, "wrong one", "client.p12 cannot be opened with the password given"},
    {"client.p12", NULL, NULL, "client.p12 cannot be opened without a password"},
    {"client.p12", "client.key", FILE_PASSWORD, "client.key is too much"},
    {"client.pem", "client-locked.key", "wrong one", "cannot be opened with the password given"},
    {"client.pem", "client-locked.key", NULL, "without a password from"},
    {"client.pem", "client1.key", NULL, "is not that of the certificate in"},
    {"client.pem", NULL, NULL, "cannot read a private key from"},
    {"client.key", NULL, NULL, "cannot read a certificate from"},
    {"client.password", NULL, NULL, "neither PEM nor PKCS #12"},
    {"nowhere.pem", NULL, NULL, "cannot read the certificate"},
    {"client.pem", "nowhere.key", NULL, "cannot read the private key"},
};

MIC_TEST(certificates, come_from_pem_and_pkcs12_files)
{
    for (size_t i = 0; i < sizeof(file_cases) / sizeof(file_cases[0]); i++) {
        const struct file_case *row = &file_cases[i];
        start("begin", "1.3");
        secure_log_on(&client, MI_AUTH_TYPE_CLIENT_CERTS, "");
        secure_show(&client, row->certificate, row->key, row->password);
        if (row->words == NULL) {
            secure_expect_good(&client, &peer);
        } else {
            secure_expect_failure(&client, &peer, MI_RESULT_INVALID_PARAMETER, row->words,
                                  &outcome);
            MIC_CHECK(strstr(outcome.message, "wrong one") == NULL);
            MIC_CHECK(strstr(outcome.details, "wrong one") == NULL);
            MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
        }
        stop();
    }
}

/* ---- the thumbprint of the credentials ---- */

static void try_thumbprint(const char *auth_type, const char *thumbprint, const char *words)
{
    start("begin", "1.3");
    secure_log_on(&client, auth_type, thumbprint);
    secure_show(&client, "client-chain.pem", "client.key", NULL);
    if (words == NULL) {
        secure_expect_good(&client, &peer);
    } else {
        secure_expect_failure(&client, &peer, MI_RESULT_INVALID_PARAMETER, words, &outcome);
        MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    }
    stop();
}

/* As Windows shows it. */
static void write_large(char *text)
{
    char wide[160];
    size_t used = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (i > 0 && i % 2 == 0) {
            wide[used++] = i % 4 == 0 ? ' ' : ':';
        }
        wide[used++] = (char)toupper((unsigned char)text[i]);
    }
    wide[used] = '\0';
    memcpy(text, wide, used + 1);
}

MIC_TEST(certificates, are_the_ones_the_credentials_name)
{
    char hash[160];
    secure_hash("client.pem", "SHA1", false, hash);
    try_thumbprint(MI_AUTH_TYPE_CLIENT_CERTS, hash, NULL);
    write_large(hash);
    try_thumbprint(MI_AUTH_TYPE_CLIENT_CERTS, hash, NULL);
    secure_hash("client.pem", "SHA256", false, hash);
    try_thumbprint(MI_AUTH_TYPE_CLIENT_CERTS, hash, NULL);
    try_thumbprint(MI_AUTH_TYPE_ISSUER_CERT, hash, "no issuer's certificate");
    secure_hash("client1.pem", "SHA1", false, hash);
    try_thumbprint(MI_AUTH_TYPE_CLIENT_CERTS, hash, "has not the thumbprint of the credentials");
    secure_hash("ca.pem", "SHA1", false, hash);
    try_thumbprint(MI_AUTH_TYPE_ISSUER_CERT, hash, NULL);
    try_thumbprint(MI_AUTH_TYPE_CLIENT_CERTS, hash, "has not the thumbprint of the credentials");
    try_thumbprint(MI_AUTH_TYPE_ISSUER_CERT, "", NULL);
    try_thumbprint(MI_AUTH_TYPE_CLIENT_CERTS, "12345", "is no thumbprint");
    try_thumbprint(MI_AUTH_TYPE_CLIENT_CERTS, "zz", "is no thumbprint");
}

/* ---- refusals ---- */

struct refusal_case {
    const char *certificate, *key;
    const char *ask, *tls_max;
    const char *words;
};

static const struct refusal_case refusals[] = {
    {"client-expired.pem", "client-expired.key", "begin", "1.2", "certificate expired"},
    {"client-expired.pem", "client-expired.key", "begin", "1.3", "certificate expired"},
    {"client-expired.pem", "client-expired.key", "later", "1.2", "certificate expired"},
    {"client-expired.pem", "client-expired.key", "later", "1.3", "certificate expired"},
    {"client-foreign.pem", "client-foreign.key", "begin", "1.2", "unknown ca"},
    {"client-foreign.pem", "client-foreign.key", "begin", "1.3", "unknown ca"},
    {"client-foreign.pem", "client-foreign.key", "later", "1.2", "unknown ca"},
    {"client-foreign.pem", "client-foreign.key", "later", "1.3", "unknown ca"},
    {"client-stranger.pem", "client-stranger.key", "begin", "1.3", "\"CN=stranger\" (status 401)"},
    {"client-stranger.pem", "client-stranger.key", "later", "1.2", "\"CN=stranger\" (status 401)"},
};

MIC_TEST(certificates, refused_by_the_server_are_told_with_subject_dates_and_reason)
{
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        const struct refusal_case *row = &refusals[i];
        start(row->ask, row->tls_max);
        secure_log_on(&client, MI_AUTH_TYPE_CLIENT_CERTS, "");
        secure_show(&client, row->certificate, row->key, NULL);
        secure_expect_failure(&client, &peer, MI_RESULT_ACCESS_DENIED, row->words, &outcome);
        MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_AUTHENTICATION_ERROR);
        if (strstr(row->words, "401") == NULL) {
            MIC_CHECK(strstr(outcome.message, "subject CN=tester, issuer CN=") != NULL);
            MIC_CHECK(strstr(outcome.message, "valid from Jan  1 00:00:00 2020") != NULL ||
                      strstr(row->certificate, "foreign") != NULL);
        } else {
            MIC_CHECK(strstr(outcome.details, "WSMan:\\localhost\\ClientCertificate") != NULL);
        }
        MIC_CHECK_INT(peer_counter(&peer, "logon.certificates"), 0);
        stop();
    }
}

MIC_TEST(certificates, that_a_server_demands_are_asked_for_in_words)
{
    MI_UserCredentials basic = {.authenticationType = MI_AUTH_TYPE_BASIC,
                                .credentials.usernamePassword = {NULL, PEER_USER, PEER_PASSWORD}};
    start("demand", "1.3");
    MI_DestinationOptions_AddDestinationCredentials(&client.options, &basic);
    secure_expect_failure(&client, &peer, MI_RESULT_ACCESS_DENIED, "wants a client certificate",
                          &outcome);
    MIC_CHECK(strstr(outcome.details, "MI_DestinationOptions_SetCertFile") != NULL);
    secure_show(&client, "client.pem", "client.key", NULL); /* beside a password */
    secure_expect_good(&client, &peer);
    stop();
}

MIC_TEST(certificates, of_credentials_need_https_and_a_file)
{
    struct outcome end;
    start("begin", "1.3");
    secure_log_on(&client, MI_AUTH_TYPE_CLIENT_CERTS, "");
    secure_expect_failure(&client, &peer, MI_RESULT_INVALID_PARAMETER, "no certificate was given",
                          &outcome);
    secure_show(&client, "client.pem", "client.key", NULL);
    client_connect(&client, "http://127.0.0.1:1");
    enumerate(&client.session, 0, "Peer_Few", &end);
    MIC_CHECK_INT(end.result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(strstr(end.message, "needs HTTPS") != NULL);
    stop();
}

/* A server without the right certificate never gets to see the client's. */
MIC_TEST(certificates, are_not_shown_to_a_wrong_server)
{
    static const char *const kinds[] = {"wrong-name", "expired", "self-signed"};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const char *const options[] = {"--tls",     "--client-ca", secure_file("ca.pem"),
                                       "--tls-max", "1.2",         "--cert-kind",
                                       kinds[i],    NULL};
        peer_start(&peer, options);
        secure_prepare(&client);
        secure_log_on(&client, MI_AUTH_TYPE_CLIENT_CERTS, "");
        secure_show(&client, "client.pem", "client.key", NULL);
        secure_expect_failure(&client, &peer, MI_RESULT_FAILED, "certificate of 127.0.0.1",
                              &outcome);
        MIC_CHECK_INT(peer_counter(&peer, "tls.failures"), 1);
        MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
        stop();
    }
}

/* ---- isolation ---- */

static void enumerate_as(MI_Session *session, const char *user)
{
    MI_OperationOptions options;
    MI_Operation operation;
    char name[32];
    MI_Value value = {.string = name};
    snprintf(name, sizeof(name), "%s", user);
    MIC_REQUIRE(MI_Application_NewOperationOptions(&client.application, MI_FALSE, &options) ==
                MI_RESULT_OK);
    MI_OperationOptions_SetCustomOption(&options, "expect_user", MI_STRING, &value, MI_FALSE);
    MI_Session_EnumerateInstances(session, MI_OPERATIONFLAGS_NO_RTTI, &options, "root/cimv2",
                                  "Peer_Few", MI_FALSE, NULL, &operation);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MI_OperationOptions_Delete(&options);
}

static void open_as(const char *certificate, const char *key, const char *password,
                    MI_Session *session)
{
    MI_DestinationOptions kept = client.options;
    MIC_REQUIRE(MI_Application_NewDestinationOptions(&client.application, &client.options) ==
                MI_RESULT_OK);
    MI_DestinationOptions_SetTrustedCertsDir(&client.options, secure_file("ca.pem"));
    secure_log_on(&client, MI_AUTH_TYPE_CLIENT_CERTS, "");
    secure_show(&client, certificate, key, password);
    MIC_REQUIRE(MI_Application_NewSession(&client.application, NULL, peer.url, &client.options,
                                          NULL, NULL, session) == MI_RESULT_OK);
    MI_DestinationOptions_Delete(&client.options);
    client.options = kept;
}

MIC_TEST(certificates, of_one_session_are_never_on_the_connection_of_another)
{
    enum { USERS = 3, ROUNDS = 15 };
    static const char *const files[USERS] = {"client", "client1", "client2"};
    static const char *const users[USERS] = {"tester", "tester1", "tester2"};
    /* With connections kept, and with one for each request. */
    for (size_t i = 0; i < 2 * sizeof(moments) / sizeof(moments[0]); i++) {
        const struct moment *moment = &moments[i / 2];
        MI_Session sessions[USERS];
        start_dialect(i % 2 == 0 ? "windows" : "openwsman", moment->ask, moment->tls_max);
        for (int user = 0; user < USERS; user++) {
            char certificate[32], key[32];
            snprintf(certificate, sizeof(certificate), "%s.pem", files[user]);
            snprintf(key, sizeof(key), "%s.key", files[user]);
            open_as(certificate, key, NULL, &sessions[user]);
        }
        for (int round = 0; round < ROUNDS; round++) {
            enumerate_as(&sessions[round % USERS], users[round % USERS]);
        }
        MIC_CHECK_INT(peer_counter(&peer, "requests.misrouted"), 0);
        for (int user = 0; user < USERS; user++) {
            MI_Session_Close(&sessions[user], NULL, NULL);
        }
        stop();
    }
}

/* The right password of one session opens the file for nobody else. */
MIC_TEST(certificates, behind_a_password_are_not_lent_to_a_session_without_it)
{
    static const char *const wrong[] = {NULL, "", "wrong one"};
    MI_Session right, other;
    start("begin", "1.3");
    open_as("client.p12", NULL, FILE_PASSWORD, &right);
    enumerate_as(&right, "tester");
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        open_as("client.p12", NULL, wrong[i], &other);
        enumerate(&other, 0, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.result, MI_RESULT_INVALID_PARAMETER);
        MIC_CHECK_INT(MI_Session_Close(&other, NULL, NULL), MI_RESULT_OK);
    }
    enumerate_as(&right, "tester");
    MIC_CHECK_INT(MI_Session_Close(&right, NULL, NULL), MI_RESULT_OK);
    stop();
}

/* ---- traces ---- */

static bool holds(const char *text, size_t size, const char *wanted)
{
    return memmem(text, size, wanted, strlen(wanted)) != NULL;
}

MIC_TEST(certificates, leave_no_password_and_no_key_in_a_trace)
{
    enum { SIZE = 1 << 20 };
    char file[] = "/tmp/mic-tls-trace-XXXXXX";
    char *text = calloc(1, SIZE);
    int fd = mkstemp(file);
    MIC_REQUIRE(fd >= 0 && text != NULL);
    setenv("MI_TRACE", "all:3", 1);
    setenv("MI_TRACE_FILE", file, 1);
    start("later", "1.3");
    unsetenv("MI_TRACE");
    unsetenv("MI_TRACE_FILE");
    secure_log_on(&client, MI_AUTH_TYPE_CLIENT_CERTS, "");
    secure_show(&client, "client.p12", NULL, FILE_PASSWORD);
    secure_expect_good(&client, &peer);
    stop();
    ssize_t size = read(fd, text, SIZE - 1);
    close(fd);
    unlink(file);
    MIC_REQUIRE(size > 0);
    MIC_CHECK(holds(text, (size_t)size, "EnumerateResponse"));
    MIC_CHECK(holds(text, (size_t)size, "secprofile/https/mutual"));
    MIC_CHECK(!holds(text, (size_t)size, FILE_PASSWORD));
    MIC_CHECK(!holds(text, (size_t)size, "PRIVATE KEY"));
    free(text);
}
