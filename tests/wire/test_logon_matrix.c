/* Every scheme over every transport in every event: how the logon ends, and what is said of one
 * that fails. The table is docs/internals/auth.md's; a cell that cannot exist says why. */
#include <stdio.h>
#include <string.h>

#include "kdc.h"
#include "mic_test.h"
#include "secure.h"

#define COUNT(list)    (sizeof(list) / sizeof((list)[0]))
#define WRONG_PASSWORD "the-wrong-one"
#define STRANGER       "nobody"
#define LOCAL_USER     PEER_USER "1" /* the KDC does not know it */
#define LOCAL_PASSWORD PEER_PASSWORD "1"

enum scheme {
    BASIC,
    NTLM,
    KERBEROS,
    NEGOTIATE,        /* Kerberos inside */
    NEGOTIATE_NTLM,   /* falls back, as the KDC does not know the user */
    CREDSSP_NTLM,     /* inside */
    CREDSSP_KERBEROS, /* inside */
    CERTIFICATE,
    SCHEMES
};

enum transport { HTTP_SEALED, HTTP_CLEAR, HTTPS, HTTPS_STRICT, TRANSPORTS };

enum event {
    RIGHT,
    PASSWORD, /* wrong */
    USER,     /* unknown */
    EXPIRED,  /* ticket; for certificates, the certificate */
    CLOCK,    /* the server's is an hour ahead */
    SPN,      /* the KDC knows no service of this name */
    DROP_1,   /* the server closes the connection behind the first message */
    DROP_2,
    DROP_3,
    EVENTS
};

/* ---- how a logon may end ---- */

enum end {
    OK,
    NTLM_OK,    /* what was to be Kerberos goes on with NTLM */
    NTLM_AGAIN, /* the same, but begun anew behind a ticket that was refused */
    /* refused before any network */
    PRIVACY,
    NO_TLS,
    /* failures */
    BASIC_401,
    NTLM_401,
    KDC_PASSWORD_NO,
    KDC_USER_NO,
    BOTH_USER,
    OLD_TICKET,
    SKEW,
    BOTH_SKEW,
    NO_SERVICE,
    BOTH_SERVICE,
    CSSP_BOTH,
    CERT_UNKNOWN,
    CERT_OLD,
    LEG_LOST,
    LOST,
    CERT_LOST,
    /* cells that cannot exist */
    NOT_HERE,
    NO_TICKET,
    OWN_TICKET,
    NO_SPN,
    NO_PASSWORD,
    NO_LEG,
    ENDS
};

static const struct {
    const char *absent; /* the reason why there is no such cell */
    MI_Result result;   /* of a failure; OK: none */
    MI_ErrorCategory category;
    const char *phase, *words, *remedy;
} ends[ENDS] = {
    [OK] = {NULL, MI_RESULT_OK, 0, "", "", ""},
    [NTLM_AGAIN] = {NULL, MI_RESULT_OK, 0, "", "", ""},
    [NTLM_OK] = {NULL, MI_RESULT_OK, 0, "", "", ""},
    [PRIVACY] = {NULL, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_SECURITY_ERROR,
                 "logon: ", "clear text", "Use HTTPS"},
    [NO_TLS] = {NULL, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
                "argument: ", "needs HTTPS", "https"},
    [BASIC_401] = {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
                   "logon: ", "with Basic (status 401)", "Check user name and password"},
    [NTLM_401] = {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
                  "logon: ", "with NTLM (status 401); it offers Negotiate",
                  "Check user name, domain and password"},
    [KDC_PASSWORD_NO] = {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
                         "logon: ", "the password is wrong", "Check the password"},
    [KDC_USER_NO] = {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
                     "logon: ", "the KDC does not know this user", "Check the user name and the"},
    [BOTH_USER] =
        {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR, "logon: ",
         "\" with NTLM (status 401); before that, the Kerberos logon to HTTP/localhost as",
         "Check user name, domain and password"},
    [OLD_TICKET] = {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
                    "logon: ", "the ticket has expired", "Get a new ticket with kinit"},
    [SKEW] = {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
              "logon: ", "s ahead of this machine's", "Set the clocks"},
    [BOTH_SKEW] = {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
                   "logon: ", "s ahead of this machine's", "Set the clocks"},
    [NO_SERVICE] = {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
                    "logon: ", "the KDC knows no such service", "Address the server by the name"},
    [BOTH_SERVICE] = {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
                      "logon: ", "the KDC knows no such service", "Address the server by the name"},
    [CSSP_BOTH] = {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
                   "logon: ", "with CredSSP (NTLM inside): the user name or the password is wrong",
                   "Check user name, domain and password"},
    [CERT_UNKNOWN] = {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
                      "logon: ", "\"CN=stranger\" (status 401)", "ClientCertificate"},
    [CERT_OLD] = {NULL, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
                  "logon: ", "certificate expired", "certificate"},
    [LEG_LOST] = {NULL, MI_RESULT_FAILED, MI_ERRORCATEGORY_CONNECTION_ERROR,
                  "logon: ", "behind message ", "connect without a proxy"},
    [LOST] = {NULL, MI_RESULT_FAILED, MI_ERRORCATEGORY_CONNECTION_ERROR, "HTTP: ", "closed the",
              "the server's log"},
    [CERT_LOST] = {NULL, MI_RESULT_FAILED, MI_ERRORCATEGORY_CONNECTION_ERROR,
                   "HTTP: ", "closed the", "do not take the client certificate"},
    [NOT_HERE] = {.absent = "refused before any network, like the right logon"},
    [NO_TICKET] = {.absent = "there is no ticket in this scheme"},
    [OWN_TICKET] = {.absent = "the password is at hand, so the ticket is always a new one"},
    [NO_SPN] = {.absent = "no service name is used; the name in the server's certificate is "
                          "wire.server_checks'"},
    [NO_PASSWORD] = {.absent = "there is none; that of the key's file is wire.certificates'"},
    [NO_LEG] = {.absent = "the connection has no such message"},
};

/* ---- the table ---- */

static const struct row {
    enum scheme scheme;
    enum event event;
    enum end ends[TRANSPORTS]; /* HTTP sealed, HTTP clear, HTTPS, HTTPS with strict bindings */
} rows[] = {
    {BASIC, RIGHT, {PRIVACY, OK, OK, OK}},
    {BASIC, PASSWORD, {NOT_HERE, BASIC_401, BASIC_401, BASIC_401}},
    {BASIC, USER, {NOT_HERE, BASIC_401, BASIC_401, BASIC_401}},
    {BASIC, EXPIRED, {NO_TICKET, NO_TICKET, NO_TICKET, NO_TICKET}},
    {BASIC, CLOCK, {NOT_HERE, OK, OK, OK}},
    {BASIC, SPN, {NO_SPN, NO_SPN, NO_SPN, NO_SPN}},
    {BASIC, DROP_1, {NOT_HERE, LOST, LOST, LOST}},
    {BASIC, DROP_2, {NO_LEG, NO_LEG, NO_LEG, NO_LEG}},
    {BASIC, DROP_3, {NO_LEG, NO_LEG, NO_LEG, NO_LEG}},

    {NTLM, RIGHT, {OK, OK, OK, OK}},
    {NTLM, PASSWORD, {NTLM_401, NTLM_401, NTLM_401, NTLM_401}},
    {NTLM, USER, {NTLM_401, NTLM_401, NTLM_401, NTLM_401}},
    {NTLM, EXPIRED, {NO_TICKET, NO_TICKET, NO_TICKET, NO_TICKET}},
    {NTLM, CLOCK, {OK, OK, OK, OK}}, /* the time is the challenge's */
    {NTLM, SPN, {OK, OK, OK, OK}},   /* named to the server, which does not look at it */
    {NTLM, DROP_1, {LEG_LOST, LEG_LOST, LEG_LOST, LEG_LOST}},
    {NTLM, DROP_2, {LEG_LOST, LEG_LOST, LEG_LOST, LEG_LOST}},
    {NTLM, DROP_3, {LOST, LOST, LOST, LOST}},

    {KERBEROS, RIGHT, {OK, OK, OK, OK}},
    {KERBEROS, PASSWORD, {KDC_PASSWORD_NO, KDC_PASSWORD_NO, KDC_PASSWORD_NO, KDC_PASSWORD_NO}},
    {KERBEROS, USER, {KDC_USER_NO, KDC_USER_NO, KDC_USER_NO, KDC_USER_NO}},
    {KERBEROS, EXPIRED, {OLD_TICKET, OLD_TICKET, OLD_TICKET, OLD_TICKET}},
    {KERBEROS, CLOCK, {SKEW, SKEW, SKEW, SKEW}},
    {KERBEROS, SPN, {NO_SERVICE, NO_SERVICE, NO_SERVICE, NO_SERVICE}},
    {KERBEROS, DROP_1, {LEG_LOST, LOST, LOST, LOST}},
    {KERBEROS, DROP_2, {LOST, LOST, LOST, LOST}},
    {KERBEROS, DROP_3, {LOST, NO_LEG, NO_LEG, NO_LEG}},

    {NEGOTIATE, RIGHT, {OK, OK, OK, OK}},
    {NEGOTIATE, PASSWORD, {KDC_PASSWORD_NO, KDC_PASSWORD_NO, KDC_PASSWORD_NO, KDC_PASSWORD_NO}},
    {NEGOTIATE, USER, {BOTH_USER, BOTH_USER, BOTH_USER, BOTH_USER}},
    {NEGOTIATE, EXPIRED, {OLD_TICKET, OLD_TICKET, OLD_TICKET, OLD_TICKET}},
    {NEGOTIATE, CLOCK, {BOTH_SKEW, BOTH_SKEW, BOTH_SKEW, BOTH_SKEW}},
    {NEGOTIATE, SPN, {BOTH_SERVICE, BOTH_SERVICE, BOTH_SERVICE, BOTH_SERVICE}},
    {NEGOTIATE, DROP_1, {LEG_LOST, LOST, LOST, LOST}},
    {NEGOTIATE, DROP_2, {LOST, LOST, LOST, LOST}},
    {NEGOTIATE, DROP_3, {LOST, NO_LEG, NO_LEG, NO_LEG}},

    {NEGOTIATE_NTLM, RIGHT, {NTLM_OK, NTLM_OK, NTLM_OK, NTLM_OK}},
    {NEGOTIATE_NTLM, PASSWORD, {BOTH_USER, BOTH_USER, BOTH_USER, BOTH_USER}},
    {NEGOTIATE_NTLM, USER, {BOTH_USER, BOTH_USER, BOTH_USER, BOTH_USER}},
    {NEGOTIATE_NTLM, EXPIRED, {OWN_TICKET, OWN_TICKET, OWN_TICKET, OWN_TICKET}},
    {NEGOTIATE_NTLM, CLOCK, {NTLM_OK, NTLM_OK, NTLM_OK, NTLM_OK}},
    {NEGOTIATE_NTLM, SPN, {NTLM_OK, NTLM_OK, NTLM_OK, NTLM_OK}},
    {NEGOTIATE_NTLM, DROP_1, {LEG_LOST, LEG_LOST, LEG_LOST, LEG_LOST}},
    {NEGOTIATE_NTLM, DROP_2, {LEG_LOST, LEG_LOST, LEG_LOST, LEG_LOST}},
    {NEGOTIATE_NTLM, DROP_3, {LOST, LOST, LOST, LOST}},

    {CREDSSP_NTLM, RIGHT, {NTLM_OK, NTLM_OK, NTLM_OK, NTLM_OK}},
    {CREDSSP_NTLM, PASSWORD, {CSSP_BOTH, CSSP_BOTH, CSSP_BOTH, CSSP_BOTH}},
    {CREDSSP_NTLM, USER, {CSSP_BOTH, CSSP_BOTH, CSSP_BOTH, CSSP_BOTH}},
    {CREDSSP_NTLM, EXPIRED, {OWN_TICKET, OWN_TICKET, OWN_TICKET, OWN_TICKET}},
    {CREDSSP_NTLM, CLOCK, {NTLM_OK, NTLM_OK, NTLM_OK, NTLM_OK}},
    {CREDSSP_NTLM, SPN, {NTLM_OK, NTLM_OK, NTLM_OK, NTLM_OK}},
    {CREDSSP_NTLM, DROP_1, {LEG_LOST, LEG_LOST, LEG_LOST, LEG_LOST}},
    {CREDSSP_NTLM, DROP_2, {LEG_LOST, LEG_LOST, LEG_LOST, LEG_LOST}},
    {CREDSSP_NTLM, DROP_3, {LEG_LOST, LEG_LOST, LEG_LOST, LEG_LOST}},

    {CREDSSP_KERBEROS, RIGHT, {OK, OK, OK, OK}},
    {CREDSSP_KERBEROS,
     PASSWORD,
     {KDC_PASSWORD_NO, KDC_PASSWORD_NO, KDC_PASSWORD_NO, KDC_PASSWORD_NO}},
    {CREDSSP_KERBEROS, USER, {CSSP_BOTH, CSSP_BOTH, CSSP_BOTH, CSSP_BOTH}},
    {CREDSSP_KERBEROS, EXPIRED, {OWN_TICKET, OWN_TICKET, OWN_TICKET, OWN_TICKET}},
    {CREDSSP_KERBEROS, CLOCK, {NTLM_AGAIN, NTLM_AGAIN, NTLM_AGAIN, NTLM_AGAIN}},
    {CREDSSP_KERBEROS, SPN, {NTLM_OK, NTLM_OK, NTLM_OK, NTLM_OK}},
    {CREDSSP_KERBEROS, DROP_1, {LEG_LOST, LEG_LOST, LEG_LOST, LEG_LOST}},
    {CREDSSP_KERBEROS, DROP_2, {LEG_LOST, LEG_LOST, LEG_LOST, LEG_LOST}},
    {CREDSSP_KERBEROS, DROP_3, {LEG_LOST, LEG_LOST, LEG_LOST, LEG_LOST}},

    {CERTIFICATE, RIGHT, {NO_TLS, NO_TLS, OK, OK}},
    {CERTIFICATE, PASSWORD, {NO_PASSWORD, NO_PASSWORD, NO_PASSWORD, NO_PASSWORD}},
    {CERTIFICATE, USER, {NOT_HERE, NOT_HERE, CERT_UNKNOWN, CERT_UNKNOWN}},
    {CERTIFICATE, EXPIRED, {NOT_HERE, NOT_HERE, CERT_OLD, CERT_OLD}},
    {CERTIFICATE, CLOCK, {NOT_HERE, NOT_HERE, OK, OK}},
    {CERTIFICATE, SPN, {NO_SPN, NO_SPN, NO_SPN, NO_SPN}},
    {CERTIFICATE, DROP_1, {NOT_HERE, NOT_HERE, CERT_LOST, CERT_LOST}},
    {CERTIFICATE, DROP_2, {NO_LEG, NO_LEG, NO_LEG, NO_LEG}},
    {CERTIFICATE, DROP_3, {NO_LEG, NO_LEG, NO_LEG, NO_LEG}},
};

static const char *const scheme_names[] = {
    "Basic",
    "NTLM",
    "Kerberos",
    "Negotiate (Kerberos inside)",
    "Negotiate (falls back to NTLM)",
    "CredSSP (NTLM inside)",
    "CredSSP (Kerberos inside)",
    "client certificate",
};
static const char *const transport_names[] = {"HTTP sealed", "HTTP with privacy off", "HTTPS",
                                              "HTTPS with strict bindings"};
static const char *const event_names[] = {"right",
                                          "wrong password",
                                          "unknown user",
                                          "expired ticket",
                                          "skewed clock",
                                          "wrong SPN",
                                          "dropped behind leg 1",
                                          "dropped behind leg 2",
                                          "dropped behind leg 3"};

static const struct {
    const char *type, *user, *password;
    MI_Uint32 legs; /* of a logon that works */
} users[] = {
    [BASIC] = {MI_AUTH_TYPE_BASIC, PEER_USER, PEER_PASSWORD, 0},
    [NTLM] = {MI_AUTH_TYPE_NTLM, PEER_USER, PEER_PASSWORD, 2},
    [KERBEROS] = {MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD, 1},
    [NEGOTIATE] = {MI_AUTH_TYPE_NEGO_WITH_CREDS, KDC_USER, KDC_PASSWORD, 1},
    [NEGOTIATE_NTLM] = {MI_AUTH_TYPE_NEGO_WITH_CREDS, LOCAL_USER, LOCAL_PASSWORD, 2},
    [CREDSSP_NTLM] = {MI_AUTH_TYPE_CREDSSP, LOCAL_USER, LOCAL_PASSWORD, 5},
    [CREDSSP_KERBEROS] = {MI_AUTH_TYPE_CREDSSP, PEER_USER, PEER_PASSWORD, 5},
    [CERTIFICATE] = {MI_AUTH_TYPE_CLIENT_CERTS, NULL, NULL, 0},
};

/* ---- servers ---- */

static struct peer peer, skewed; /* the same, but for its clock */
static MI_Application application;

static void open_peer(struct peer *it, enum transport transport)
{
    static const char *const extra[TRANSPORTS][2] = {
        {NULL}, {"--allow-clear"}, {"--tls"}, {"--tls", "--strict-bindings"}};
    const char *options[20] = {"--auth-offer", "Negotiate,Kerberos,CredSSP,Basic",
                               "--more-users", "1",
                               "--listen",     "127.0.0.1",
                               "--listen",     "127.0.0.2",
                               "--client-ca",  secure_file("ca.pem")};
    memcpy(&options[10], extra[transport], sizeof(extra[transport]));
    peer_start(it, options);
}

/* Once: an hour's ticket of two days ago, and a user that KDC and server know. */
static void need_servers(void)
{
    static bool is_ready;
    const char *missing = peer_lacks("kerberos");
    missing = missing != NULL ? missing : peer_lacks("ntlm");
    if (missing != NULL) {
        MIC_SKIP(missing);
    }
    kdc_start();
    if (is_ready) {
        return;
    }
    kdc_set_option("kdc_timesync = 0");
    kdc_set_clock(-2 * 86400);
    MIC_REQUIRE(kdc_kinit("bob", "-l 1h"));
    kdc_set_clock(0);
    MIC_REQUIRE(kdc_admin("addprinc -pw \"" PEER_PASSWORD "\" " PEER_USER));
    is_ready = true;
}

/* ---- a logon ---- */

static void give_certificate(struct client *client, enum event event)
{
    const char *name = event == USER ? "client-stranger" : "client";
    char certificate[40], key[40];
    name = event == EXPIRED ? "client-expired" : name;
    snprintf(certificate, sizeof(certificate), "%s.pem", name);
    snprintf(key, sizeof(key), "%s.key", name);
    secure_log_on(client, MI_AUTH_TYPE_CLIENT_CERTS, "");
    secure_show(client, certificate, key, NULL);
}

static void give_credentials(struct client *client, enum scheme scheme, enum event event)
{
    MI_UserCredentials credentials = {
        .authenticationType = users[scheme].type,
        .credentials.usernamePassword = {NULL, users[scheme].user, users[scheme].password}};
    if (event == PASSWORD) {
        credentials.credentials.usernamePassword.password = WRONG_PASSWORD;
    } else if (event == USER) {
        credentials.credentials.usernamePassword.username = STRANGER;
    } else if (event == EXPIRED) {
        credentials.authenticationType =
            scheme == KERBEROS ? MI_AUTH_TYPE_KERBEROS : MI_AUTH_TYPE_NEGO_NO_CREDS;
        credentials.credentials.usernamePassword.username = scheme == KERBEROS ? "bob" : NULL;
        credentials.credentials.usernamePassword.password = NULL;
    }
    MIC_REQUIRE(MI_DestinationOptions_AddDestinationCredentials(&client->options, &credentials) ==
                MI_RESULT_OK);
}

static void log_on(const struct peer *to, enum scheme scheme, enum transport transport,
                   enum event event, struct outcome *outcome)
{
    struct client client = {.application = application};
    char url[64];
    MIC_REQUIRE(MI_Application_NewDestinationOptions(&application, &client.options) ==
                MI_RESULT_OK);
    if (scheme == CERTIFICATE) {
        give_certificate(&client, event);
    } else {
        give_credentials(&client, scheme, event);
    }
    MI_DestinationOptions_SetPacketPrivacy(&client.options, transport != HTTP_CLEAR);
    MI_DestinationOptions_SetTrustedCertsDir(&client.options, secure_file("ca.pem"));
    MI_DestinationOptions_SetCertCNCheck(&client.options, MI_FALSE);
    snprintf(url, sizeof(url), "%s://%s:%u/wsman", transport < HTTPS ? "http" : "https",
             event == SPN ? "127.0.0.2" : "localhost", to->port);
    client_connect(&client, url);
    enumerate(&client.session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", outcome);
    MIC_CHECK_INT(MI_Session_Close(&client.session, NULL, NULL), MI_RESULT_OK);
    MI_DestinationOptions_Delete(&client.options);
}

/* ---- what is right about an end ---- */

static long grown(const struct peer_counters *before, const struct peer_counters *after,
                  const char *name)
{
    return peer_counter_in(after, name) - peer_counter_in(before, name);
}

static bool holds_a_password(const struct outcome *outcome)
{
    static const char *const passwords[] = {PEER_PASSWORD, KDC_PASSWORD, WRONG_PASSWORD};
    for (size_t i = 0; i < COUNT(passwords); i++) {
        if (strstr(outcome->details, passwords[i]) != NULL ||
            strstr(outcome->message, passwords[i]) != NULL ||
            strstr(outcome->remedy, passwords[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), tail = strlen(end);
    return size > tail && strcmp(text + size - tail, end) == 0;
}

/* One remedy, at the end of the text and nowhere else. @return NULL: all is well */
static const char *fault_of_text(const struct outcome *outcome, enum end end)
{
    const char *dash = strstr(outcome->details, " - ");
    if (strncmp(outcome->details, ends[end].phase, strlen(ends[end].phase)) != 0) {
        return "another phase";
    }
    if (strstr(outcome->details, ends[end].words) == NULL) {
        return "other words";
    }
    if (outcome->remedies != 1 || strstr(outcome->remedy, ends[end].remedy) == NULL) {
        return "another remedy";
    }
    if (dash == NULL || strcmp(dash + 3, outcome->remedy) != 0 ||
        !ends_with(outcome->details, outcome->remedy)) {
        return "not one remedy at the end";
    }
    return holds_a_password(outcome) ? "a password" : NULL;
}

static const char *fault_of(const struct outcome *outcome, enum end end)
{
    if (outcome->result != ends[end].result) {
        return "another result";
    }
    if (ends[end].result == MI_RESULT_OK) {
        return outcome->count == 5 ? NULL : "not all instances";
    }
    if (outcome->category != ends[end].category) {
        return "another category";
    }
    if (outcome->count > 0 && end != LOST) {
        return "instances";
    }
    return fault_of_text(outcome, end);
}

/* By the server's own count, what served is the scheme, and nothing but a right logon. */
static const char *fault_of_counts(const struct row *row, enum transport transport, enum end end,
                                   const struct peer_counters *before,
                                   const struct peer_counters *after)
{
    enum scheme scheme = row->scheme;
    long logons = grown(before, after, "logon.done");
    long legs = (long)users[scheme].legs + (end == NTLM_AGAIN ? 3 : 0);
    bool has_legs = scheme != BASIC && scheme != CERTIFICATE;
    bool is_bound = transport == HTTPS_STRICT && users[scheme].legs < 5;
    if (ends[end].result != MI_RESULT_OK) {
        bool is_served = has_legs && grown(before, after, "requests.total") > 0;
        bool is_over = row->event >= DROP_1; /* it was dropped then */
        return is_over || (!is_served && logons == 0) ? NULL : "a logon that came to its end";
    }
    if (!has_legs) {
        bool has_shown = grown(before, after, "logon.certificates") > 0;
        return has_shown == (scheme == CERTIFICATE) && logons == 0 ? NULL : "another logon";
    }
    if (logons != 1 || grown(before, after, "logon.legs") != legs) {
        return "another number of legs";
    }
    if (grown(before, after, "logon.tickets") != (scheme == CREDSSP_KERBEROS && end == OK)) {
        return "another mechanism inside";
    }
    return grown(before, after, "logon.bound") == is_bound ? NULL : "another binding";
}

/* ---- cells ---- */

static void say(const struct row *row, enum transport transport, const char *what,
                const struct outcome *outcome)
{
    MIC_FAIL("%s, %s, %s: %s: result %d, category %u, %u results, %u remedies: %s",
             scheme_names[row->scheme], transport_names[transport], event_names[row->event], what,
             (int)outcome->result, outcome->category, outcome->count, outcome->remedies,
             outcome->details);
}

static void set_drop(const struct row *row)
{
    char fault[32] = "close-before-reply"; /* what of the logon is in the request goes with it */
    if (row->scheme != BASIC && row->scheme != CERTIFICATE) {
        snprintf(fault, sizeof(fault), "logon-drop=%d", row->event - DROP_1 + 1);
    }
    peer_set_faults(&peer, fault);
}

static enum end end_of(enum scheme scheme, enum transport transport, enum event event)
{
    return rows[scheme * EVENTS + event].ends[transport];
}

/* A session with the right credentials, beside what has just failed. */
static void expect_next_to_work(const struct row *row, enum transport transport)
{
    enum end right = end_of(row->scheme, transport, RIGHT);
    struct outcome outcome;
    if (ends[right].result != MI_RESULT_OK) {
        return;
    }
    log_on(&peer, row->scheme, transport, RIGHT, &outcome);
    if (fault_of(&outcome, right) != NULL) {
        say(row, transport, "the right logon behind it fails", &outcome);
    }
}

static void run_cell(const struct row *row, enum transport transport)
{
    const struct peer *to = row->event == CLOCK ? &skewed : &peer;
    enum end end = row->ends[transport];
    struct outcome outcome;
    struct peer_counters before, after;
    if (row->event >= DROP_1) {
        set_drop(row);
    }
    peer_read_counters(to, &before);
    log_on(to, row->scheme, transport, row->event, &outcome);
    peer_read_counters(to, &after);
    if (row->event >= DROP_1) {
        peer_set_faults(&peer, "");
    }
    const char *fault = fault_of(&outcome, end);
    fault = fault != NULL ? fault : fault_of_counts(row, transport, end, &before, &after);
    if (fault != NULL) {
        say(row, transport, fault, &outcome);
    }
    if (ends[end].result != MI_RESULT_OK) {
        expect_next_to_work(row, transport);
    }
}

static void run_transport(enum transport transport)
{
    need_servers();
    if (kdc_faketime() == NULL) {
        MIC_SKIP("no faketime here");
    }
    open_peer(&peer, transport);
    peer_set_clock(kdc_faketime(), 3600);
    open_peer(&skewed, transport);
    peer_set_clock(NULL, 0);
    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &application) == MI_RESULT_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (ends[rows[i].ends[transport]].absent == NULL) {
            run_cell(&rows[i], transport);
        }
    }
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_OK);
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed-badly"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "requests.clear-text"), 0);
    if (transport == HTTP_SEALED) {
        MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"),
                      peer_counter(&peer, "requests.total"));
    }
    peer_stop(&skewed);
    peer_stop(&peer);
}

MIC_TEST(logon_matrix, http_sealed)
{
    run_transport(HTTP_SEALED);
}

MIC_TEST(logon_matrix, http_with_privacy_off)
{
    run_transport(HTTP_CLEAR);
}

MIC_TEST(logon_matrix, https)
{
    run_transport(HTTPS);
}

MIC_TEST(logon_matrix, https_with_strict_bindings)
{
    run_transport(HTTPS_STRICT);
}

/* Nothing is left out: every scheme in every event, in order, with an end or a reason. */
MIC_TEST(logon_matrix, has_every_cell)
{
    MIC_CHECK_INT(COUNT(rows), SCHEMES * EVENTS);
    for (size_t i = 0; i < COUNT(rows); i++) {
        MIC_CHECK_INT(rows[i].scheme, i / EVENTS);
        MIC_CHECK_INT(rows[i].event, i % EVENTS);
    }
    for (size_t i = NTLM_AGAIN + 1; i < ENDS; i++) {
        MIC_CHECK(ends[i].absent != NULL || ends[i].result != MI_RESULT_OK);
    }
}
