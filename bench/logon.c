/* What a logon costs, and the seal behind it: the library against itself without them.
 *
 *   logon enumerate PORT WAY      EnumerateInstances of Peer_Many
 *   logon logons PORT COUNT WAY   COUNT sessions one after the other, one GetInstance each
 *
 * WAY is a row of the table below. BENCH_USER and BENCH_PASSWORD log on, or the certificate of
 * BENCH_CERTIFICATE, whose key is BENCH_KEY; SSL_CERT_FILE names the CA. */
#include "results.h"

#include <limits.h>
#include <mi.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct way {
    const char *name, *type, *protocol;
    bool is_private, has_password;
    const char *domain;
} ways[] = {
    {"basic", MI_AUTH_TYPE_BASIC, "http", false, true, NULL},
    {"https", MI_AUTH_TYPE_BASIC, "https", true, true, NULL},
    {"certificate", MI_AUTH_TYPE_CLIENT_CERTS, "https", true, false, NULL},
    {"ntlm", MI_AUTH_TYPE_NTLM, "http", true, true, NULL},
    {"kerberos", MI_AUTH_TYPE_KERBEROS, "http", true, true, NULL},
    {"ticket", NULL, "http", true, false, NULL},                /* of kinit */
    {"credssp", MI_AUTH_TYPE_CREDSSP, "http", true, true, "."}, /* NTLM inside */
};

static MI_Application application;

static const struct way *find_way(const char *name)
{
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        if (strcmp(ways[i].name, name) == 0) {
            return &ways[i];
        }
    }
    bench_die("no such way");
    return NULL;
}

static MI_Session session_to(unsigned port, const struct way *way)
{
    MI_DestinationOptions options;
    MI_UserCredentials user = {.authenticationType = way->type};
    MI_Session session = MI_SESSION_NULL;
    char url[64];

    (void)snprintf(url, sizeof(url), "%s://localhost:%u/wsman", way->protocol, port);
    bench_check(MI_Application_NewDestinationOptions(&application, &options), "options");
    if (way->has_password) {
        user.credentials.usernamePassword.domain = way->domain;
        user.credentials.usernamePassword.username = getenv("BENCH_USER");
        user.credentials.usernamePassword.password = getenv("BENCH_PASSWORD");
        bench_check(MI_DestinationOptions_AddDestinationCredentials(&options, &user),
                    "credentials");
    }
    if (way->type != NULL && strcmp(way->type, MI_AUTH_TYPE_CLIENT_CERTS) == 0) {
        user.credentials.certificateThumbprint = "";
        bench_check(MI_DestinationOptions_AddDestinationCredentials(&options, &user),
                    "credentials");
        bench_check(MI_DestinationOptions_SetCertFile(&options, getenv("BENCH_CERTIFICATE")),
                    "file");
        bench_check(MI_DestinationOptions_SetPrivateKeyFile(&options, getenv("BENCH_KEY")),
                    "key file");
    }
    bench_check(MI_DestinationOptions_SetPacketPrivacy(&options, way->is_private), "privacy");
    bench_check(
        MI_Application_NewSession(&application, "WINRM", url, &options, NULL, NULL, &session),
        "session");
    MI_DestinationOptions_Delete(&options);
    return session;
}

static void enumerate(unsigned port, const struct way *way)
{
    struct measure measure;
    unsigned long count = 0;
    char name[64];
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Session session;

    (void)snprintf(name, sizeof(name), "enumerate_%s", way->name);
    measure_start(&measure);
    session = session_to(port, way);
    MI_Session_EnumerateInstances(&session, MI_OPERATIONFLAGS_NO_RTTI, NULL, "root/cimv2",
                                  "Peer_Many", MI_FALSE, NULL, &operation);
    bench_drain(&operation, &measure, &count, ULONG_MAX);
    measure_print(&measure, name, count, -1);
    MI_Session_Close(&session, NULL, NULL);
}

static void logons(unsigned port, unsigned long times, const struct way *way)
{
    struct measure measure;
    unsigned long count = 0;
    MI_Instance *key = bench_key(&application);
    char name[64];

    (void)snprintf(name, sizeof(name), "logons_%s", way->name);
    measure_start(&measure);
    for (unsigned long i = 0; i < times; i++) {
        MI_Operation operation = MI_OPERATION_NULL;
        MI_Session session = session_to(port, way);

        MI_Session_GetInstance(&session, MI_OPERATIONFLAGS_NO_RTTI, NULL, "root/cimv2", key, NULL,
                               &operation);
        bench_drain(&operation, &measure, &count, ULONG_MAX);
        MI_Session_Close(&session, NULL, NULL);
    }
    measure_print(&measure, name, count, -1);
    MI_Instance_Delete(key);
}

int main(int argc, char **argv)
{
    unsigned port = 0;
    unsigned long times = 0;

    if (argc < 4 || sscanf(argv[2], "%u", &port) != 1) {
        bench_die("usage: logon enumerate PORT WAY | logons PORT COUNT WAY");
    }
    measure_pin();
    bench_check(MI_Application_Initialize(0, NULL, NULL, &application), "initialize");
    if (strcmp(argv[1], "enumerate") == 0) {
        enumerate(port, find_way(argv[3]));
    } else if (argc > 4 && sscanf(argv[3], "%lu", &times) == 1) {
        logons(port, times, find_way(argv[4]));
    }
    MI_Application_Close(&application);
    return 0;
}
