/* The extended error: each kind of failure with its codes, its phase and what to do, in words. */
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"
#include "mic_test.h"

struct details {
    MI_Result result;
    MI_Uint32 status, code, category, cause;
    char message[2048], id[64], name[64], status_name[64], type[32], remedy[512], class_name[64];
};

static void take_text(const MI_Instance *instance, const char *name, char *out, size_t size)
{
    MI_Value value;
    MI_Type type;
    MI_Uint32 flags = 0;
    out[0] = '\0';
    if (MI_Instance_GetElement(instance, name, &value, &type, &flags, NULL) != MI_RESULT_OK ||
        (flags & MI_FLAG_NULL) != 0) {
        return;
    }
    if (type == MI_STRING) {
        snprintf(out, size, "%s", value.string);
    } else if (type == MI_STRINGA && value.stringa.size > 0) {
        snprintf(out, size, "%s", value.stringa.data[0]);
    }
}

static MI_Uint32 take_number(const MI_Instance *instance, const char *name)
{
    MI_Value value;
    MI_Type type;
    MI_Uint32 flags = 0;
    if (MI_Instance_GetElement(instance, name, &value, &type, &flags, NULL) != MI_RESULT_OK ||
        (flags & MI_FLAG_NULL) != 0) {
        return UINT32_MAX;
    }
    return type == MI_UINT16 ? value.uint16 : value.uint32;
}

static void take_details(const MI_Instance *instance, struct details *details)
{
    const MI_Char *class_name = NULL;
    MI_Instance_GetClassName(instance, &class_name);
    snprintf(details->class_name, sizeof(details->class_name), "%s", class_name);
    details->status = take_number(instance, "CIMStatusCode");
    details->code = take_number(instance, "error_Code");
    details->category = take_number(instance, "error_Category");
    details->cause = take_number(instance, "ProbableCause");
    take_text(instance, "Message", details->message, sizeof(details->message));
    take_text(instance, "MessageID", details->id, sizeof(details->id));
    take_text(instance, "CIMStatusCodeDescription", details->status_name,
              sizeof(details->status_name));
    take_text(instance, "error_Type", details->type, sizeof(details->type));
    take_text(instance, "RecommendedActions", details->remedy, sizeof(details->remedy));
}

static void ask(MI_Session *session, const char *class_name, struct details *details)
{
    MI_Operation operation;
    const MI_Instance *instance, *error;
    const MI_Char *message = NULL;
    MI_Boolean more = MI_TRUE;
    memset(details, 0, sizeof(*details));
    MI_Session_EnumerateInstances(session, 0, NULL, "root/cimv2", class_name, MI_FALSE, NULL,
                                  &operation);
    while (more) {
        error = NULL;
        MIC_REQUIRE(MI_Operation_GetInstance(&operation, &instance, &more, &details->result,
                                             &message, &error) == MI_RESULT_OK);
    }
    if (error != NULL) {
        take_details(error, details);
        MIC_CHECK(message != NULL && message[0] != '\0');
    } else {
        MIC_CHECK_INT(details->result, MI_RESULT_OK);
    }
    MI_Operation_Close(&operation);
}

struct row {
    const char *what; /* a fault of the peer, or a name for the report */
    MI_Result result;
    MI_ErrorCategory category;
    MI_Uint32 code, cause;
    const char *words[3]; /* in Message: phase, cause, remedy */
};

static void check(const struct row *row, const struct details *details)
{
    char id[32];
    snprintf(id, sizeof(id), "HRESULT 0x%08x", (unsigned)row->code);
    if (details->result != row->result || details->status != (MI_Uint32)row->result ||
        details->category != (MI_Uint32)row->category || details->code != row->code ||
        details->cause != row->cause || strcmp(details->id, id) != 0 ||
        strcmp(details->type, "HRESULT") != 0 || details->remedy[0] == '\0' ||
        strstr(details->status_name, "MI_RESULT_") != details->status_name ||
        strcmp(details->class_name, "MSFT_WmiError") != 0) {
        MIC_FAIL("%s: result %d, CIMStatusCode %u %s, category %u, code 0x%08x, cause %u, id %s, "
                 "type %s, class %s, remedy %s: %s",
                 row->what, (int)details->result, (unsigned)details->status, details->status_name,
                 (unsigned)details->category, (unsigned)details->code, (unsigned)details->cause,
                 details->id, details->type, details->class_name, details->remedy,
                 details->message);
    }
    for (size_t i = 0; i < 3 && row->words[i] != NULL; i++) {
        if (strstr(details->message, row->words[i]) == NULL) {
            MIC_FAIL("%s: no \"%s\" in: %s", row->what, row->words[i], details->message);
        }
    }
}

/* ---- before a server answers ---- */

static void check_destination(const char *destination, const struct row *row)
{
    struct client client;
    struct details details;
    client_prepare(&client);
    client_connect(&client, destination);
    ask(&client.session, "Peer_Few", &details);
    check(row, &details);
    client_close(&client);
}

MIC_TEST(extended, names_and_ports_that_lead_nowhere)
{
    static const struct row resolve = {"name",
                                       MI_RESULT_FAILED,
                                       MI_ERRORCATEGORY_CONNECTION_ERROR,
                                       0x803381B9,
                                       6,
                                       {"no-such-host.invalid", "DNS"}};
    static const struct row refused = {"port",
                                       MI_RESULT_FAILED,
                                       MI_ERRORCATEGORY_CONNECTION_ERROR,
                                       0x80338012,
                                       6,
                                       {"127.0.0.1", "refused", "firewall"}};
    check_destination("no-such-host.invalid", &resolve);
    check_destination("127.0.0.1:1", &refused);
}

static void check_certificate(const char *kind, bool gives_ca, bool checks_revocation,
                              const struct row *row)
{
    const char *const options[] = {"--tls", "--cert-kind", kind, NULL};
    struct peer peer;
    struct client client;
    struct details details;
    peer_start(&peer, options);
    client_prepare(&client);
    if (gives_ca) {
        MI_DestinationOptions_SetTrustedCertsDir(&client.options, peer_cert("ca.pem"));
    }
    MI_DestinationOptions_SetCertRevocationCheck(&client.options,
                                                 checks_revocation ? MI_TRUE : MI_FALSE);
    client_connect(&client, peer.url);
    ask(&client.session, "Peer_Few", &details);
    if (row->result == MI_RESULT_OK) {
        MIC_CHECK_INT(details.result, MI_RESULT_OK);
    } else {
        check(row, &details);
    }
    client_close(&client);
    peer_stop(&peer);
}

#define CERTIFICATE MI_RESULT_FAILED, MI_ERRORCATEGORY_SECURITY_ERROR, 0x80072F8F, 117

MIC_TEST(extended, certificates_say_what_is_wrong_with_them)
{
    static const struct row rows[] = {
        {"expired", CERTIFICATE, {"expired", "TLS"}},
        {"wrong-name", CERTIFICATE, {"127.0.0.1", "TLS"}},
        {"self-signed", CERTIFICATE, {"self", "TLS"}},
        {"good", CERTIFICATE, {"issuer", "CA"}},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        check_certificate(rows[i].what, i < 3, false, &rows[i]);
    }
}

/* A bundle or a folder of hashed names where it is given, else what OpenSSL's variables name. */
MIC_TEST(extended, certificates_come_from_a_file_a_directory_or_the_system)
{
    static const struct row good = {"good", MI_RESULT_OK, 0, 0, 0, {NULL}};
    char folder[] = "/tmp/mic-ca-XXXXXX", name[64];
    struct peer peer;
    struct client client;
    struct details details;
    setenv("SSL_CERT_FILE", peer_cert("ca.pem"), 1);
    check_certificate("good", false, false, &good);
    unsetenv("SSL_CERT_FILE");
    FILE *file = fopen(peer_cert("ca.pem"), "re");
    MIC_REQUIRE(file != NULL);
    X509 *ca = PEM_read_X509(file, NULL, NULL, NULL);
    fclose(file);
    MIC_REQUIRE(ca != NULL && mkdtemp(folder) != NULL);
    snprintf(name, sizeof(name), "%s/%08lx.0", folder, X509_subject_name_hash(ca));
    X509_free(ca);
    MIC_REQUIRE(symlink(peer_cert("ca.pem"), name) == 0);
    peer_start_with(&peer, "--tls");
    client_prepare(&client);
    MI_DestinationOptions_SetTrustedCertsDir(&client.options, folder);
    MI_DestinationOptions_SetCertRevocationCheck(&client.options, MI_FALSE);
    client_connect(&client, peer.url);
    ask(&client.session, "Peer_Few", &details);
    MIC_CHECK_INT(details.result, MI_RESULT_OK);
    client_close(&client);
    peer_stop(&peer);
    unlink(name);
    rmdir(folder);
}

/* ---- answers that are none ---- */

static const struct row answers[] = {
    {"status=404",
     MI_RESULT_FAILED,
     MI_ERRORCATEGORY_CONNECTION_ERROR,
     0x80338113,
     6,
     {"404", "HTTP", "/wsman"}},
    {"status=503",
     MI_RESULT_FAILED,
     MI_ERRORCATEGORY_RESOURCE_UNAVAILABLE,
     0x80338112,
     6,
     {"503", "HTTP", "later"}},
    {"status=413",
     MI_RESULT_SERVER_LIMITS_EXCEEDED,
     MI_ERRORCATEGORY_LIMITS_EXCEEDED,
     0x80338111,
     26,
     {"413", "MaxEnvelopeSizekb", "the request has"}},
    {"status=302",
     MI_RESULT_NOT_SUPPORTED,
     MI_ERRORCATEGORY_PROTOCOL_ERROR,
     0x80338110,
     6,
     {"302", "Redirects", NULL}},
    {"html",
     MI_RESULT_FAILED,
     MI_ERRORCATEGORY_PROTOCOL_ERROR,
     0x803380F0,
     0,
     {"text/html", "/wsman", NULL}},
    {"garbage", MI_RESULT_FAILED, MI_ERRORCATEGORY_PROTOCOL_ERROR, 0x80338169, 6, {"HTTP", NULL}},
    {"doctype",
     MI_RESULT_FAILED,
     MI_ERRORCATEGORY_PROTOCOL_ERROR,
     0x80338017,
     0,
     {"document type declaration", NULL}},
    {"non-utf8", MI_RESULT_FAILED, MI_ERRORCATEGORY_PROTOCOL_ERROR, 0x80338017, 0, {"UTF-8", NULL}},
    {"truncate",
     MI_RESULT_FAILED,
     MI_ERRORCATEGORY_CONNECTION_ERROR,
     0x80338012,
     6,
     {"closed", NULL}},
    {"loop-401",
     MI_RESULT_ACCESS_DENIED,
     MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
     0x8007052E,
     60,
     {"password", NULL}},
};

MIC_TEST(extended, answers_that_are_none_say_what_came_instead)
{
    struct peer peer;
    struct client client;
    struct details details;
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        peer_set_faults(&peer, answers[i].what);
        ask(&client.session, "Peer_Few", &details);
        check(&answers[i], &details);
    }
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(extended, a_server_that_stays_silent_is_told_with_the_time_waited)
{
    static const struct row row = {"delay=5000",
                                   MI_RESULT_FAILED,
                                   MI_ERRORCATEGORY_OPERATION_TIMEOUT,
                                   0x80338126,
                                   111,
                                   {"127.0.0.1", "ms", "longer timeout"}};
    MI_Interval timeout = milliseconds(100);
    struct peer peer;
    struct client client;
    struct details details;
    peer_start_with(&peer, NULL);
    peer_set_faults(&peer, row.what);
    client_prepare(&client);
    MI_DestinationOptions_SetTimeout(&client.options, &timeout);
    client_connect(&client, peer.url);
    ask(&client.session, "Peer_Few", &details);
    check(&row, &details);
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(extended, basic_in_clear_text_names_the_option_that_allows_it)
{
    static const struct row row = {"clear text",
                                   MI_RESULT_INVALID_PARAMETER,
                                   MI_ERRORCATEGORY_SECURITY_ERROR,
                                   0x80338134,
                                   117,
                                   {"Basic", "HTTPS", "MI_DestinationOptions_SetPacketPrivacy"}};
    struct client client;
    struct details details;
    client_prepare(&client);
    MI_DestinationOptions_SetPacketPrivacy(&client.options, MI_TRUE);
    client_connect(&client, "127.0.0.1:1");
    ask(&client.session, "Peer_Few", &details);
    check(&row, &details);
    client_close(&client);
}

/* ---- the server's own ---- */

MIC_TEST(extended, faults_keep_the_server_s_words_in_every_dialect)
{
    static const struct {
        const char *dialect, *word;
        MI_Result result;
    } rows[] = {
        {"windows", "Peer_NoSuchClass", MI_RESULT_INVALID_CLASS},
        {"omi", "Peer_NoSuchClass", MI_RESULT_INVALID_CLASS},
        {"openwsman", "", MI_RESULT_INVALID_CLASS},
        {"idrac", "", MI_RESULT_INVALID_CLASS},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *const options[] = {"--dialect", rows[i].dialect, NULL};
        struct peer peer;
        struct client client;
        struct details details;
        peer_start(&peer, options);
        client_open(&client, &peer);
        ask(&client.session, "Peer_NoSuchClass", &details);
        MIC_CHECK_INT(details.status, details.result);
        if (details.result != rows[i].result || details.message[0] == '\0' ||
            details.id[0] == '\0' || strstr(details.message, rows[i].word) == NULL) {
            MIC_FAIL("%s: result %d, id %s, class %s, category %u, code 0x%x: %s", rows[i].dialect,
                     (int)details.result, details.id, details.class_name,
                     (unsigned)details.category, (unsigned)details.code, details.message);
        }
        client_close(&client);
        peer_stop(&peer);
    }
}

MIC_TEST(extended, a_session_that_fails_gives_one_readable_and_deletable)
{
    static const struct row row = {
        "WMIDCOM", MI_RESULT_NOT_SUPPORTED,   MI_ERRORCATEGORY_NOT_IMPLEMENTED, 0x80070032,
        0,         {"WMIDCOM", "WINRM", NULL}};
    MI_Application application;
    MI_Session session;
    MI_Instance *error = NULL;
    struct details details = {.result = MI_RESULT_OK};
    MI_Application_Initialize(0, NULL, NULL, &application);
    details.result =
        MI_Application_NewSession(&application, "WMIDCOM", NULL, NULL, NULL, &error, &session);
    MIC_REQUIRE(error != NULL);
    take_details(error, &details);
    check(&row, &details);
    MIC_CHECK_INT(MI_Instance_Delete(error), MI_RESULT_OK);
    MI_Session_Close(&session, NULL, NULL);
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_OK);
}
