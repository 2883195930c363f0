/* CredSSP logons, the credentials that they hand over, and what TLS seals behind them, against an
 * acceptor of another make (OpenSSL's server side and ASN.1, GSSAPI). */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"
#include "mic_test.h"

#define NO_RTTI     MI_OPERATIONFLAGS_NO_RTTI
#define MIN_VERSION "__MI_DESTINATIONOPTIONS_CREDSSP_MIN_VERSION"
#define OFFER       "--auth-offer", "Negotiate,CredSSP"
#define LEGS        5

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

static void connect_with(const char *domain, const char *user, const char *password, bool is_sealed,
                         MI_Uint32 min_version)
{
    client_prepare_as(&client, MI_AUTH_TYPE_CREDSSP, domain, user, password, is_sealed);
    MI_DestinationOptions_SetTrustedCertsDir(&client.options, peer_cert("ca.pem"));
    if (min_version != 0) {
        MIC_REQUIRE(client.options.ft->SetNumber(&client.options, MIN_VERSION, min_version, 0) ==
                    MI_RESULT_OK);
    }
    client_connect(&client, peer.url);
}

static void connect_right(void)
{
    connect_with(NULL, PEER_USER, PEER_PASSWORD, true, 0);
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
    MIC_CHECK(strstr(outcome.details, PEER_PASSWORD) == NULL);
}

static void start(const char *const *options)
{
    const char *all[12] = {OFFER};
    for (size_t i = 0; options != NULL && options[i] != NULL && i < 9; i++) {
        all[2 + i] = options[i];
    }
    need_ntlm();
    peer_start(&peer, all);
}

static void close_all(void)
{
    client_close(&client);
    peer_stop(&peer);
}

/* ---- the matrix ---- */

static const struct transport {
    const char *options[4];
    bool is_sealed, has_tls;
} transports[] = {
    {{NULL}, true, false},
    {{"--allow-clear", NULL}, false, false},
    {{"--tls", NULL}, true, true},
    {{"--tls", "--strict-bindings", NULL}, true, true},
};

#define TRANSPORTS (sizeof(transports) / sizeof(transports[0]))

MIC_TEST(credssp, the_right_password_logs_on_over_every_transport)
{
    for (size_t i = 0; i < TRANSPORTS; i++) {
        bool seals = transports[i].is_sealed && !transports[i].has_tls;
        start(transports[i].options);
        connect_with(NULL, PEER_USER, PEER_PASSWORD, transports[i].is_sealed, 0);
        expect_five();
        expect_five();
        long logons = peer_counter(&peer, "logon.done");
        MIC_CHECK_INT(logons, 1);
        MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), LEGS);
        MIC_CHECK_INT(peer_counter(&peer, "logon.credentials"), logons);
        MIC_CHECK_INT(peer_counter(&peer, "logon.proofs-bad"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"),
                      seals ? peer_counter(&peer, "requests.total") : 0);
        MIC_CHECK_INT(peer_counter(&peer, "requests.clear-text"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "auth.failures"), 0);
        close_all();
    }
}

MIC_TEST(credssp, a_wrong_password_or_user_is_refused_with_words_over_every_transport)
{
    static const char *const pairs[][2] = {{PEER_USER, "the-wrong-one"}, {"nobody", PEER_PASSWORD}};
    for (size_t i = 0; i < TRANSPORTS; i++) {
        start(transports[i].options);
        for (size_t k = 0; k < 2; k++) {
            connect_with(NULL, pairs[k][0], pairs[k][1], transports[i].is_sealed, 0);
            expect_failure(MI_RESULT_ACCESS_DENIED, "logon: ");
            expect_words("with CredSSP (NTLM inside): the user name or the password is wrong "
                         "(STATUS_LOGON_FAILURE, 0xC000006D)");
            expect_words("Check user name, domain and password");
            MIC_CHECK(strstr(outcome.details, "the-wrong-one") == NULL);
            MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_AUTHENTICATION_ERROR);
            client_close(&client);
        }
        MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "logon.credentials"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "auth.failures"), 2);
        peer_stop(&peer);
    }
}

MIC_TEST(credssp, a_server_that_drops_a_logon_is_named_and_the_next_try_is_whole)
{
    start(NULL);
    for (unsigned message = 1; message <= LEGS; message++) {
        char fault[32], words[96];
        snprintf(fault, sizeof(fault), "logon-drop=%u", message);
        snprintf(words, sizeof(words),
                 "behind message %u of the logon of user \"tester\" with CredSSP", message);
        peer_set_faults(&peer, fault);
        connect_right();
        expect_failure(MI_RESULT_FAILED, words);
        MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_CONNECTION_ERROR);
        peer_set_faults(&peer, "");
        expect_five();
        client_close(&client);
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.clear-text"), 0);
    peer_stop(&peer);
}

/* ---- versions ---- */

MIC_TEST(credssp, versions_before_the_hashes_need_consent)
{
    for (unsigned version = 2; version <= 6; version++) {
        char number[8], words[64];
        const char *const options[] = {"--credssp-version", number, NULL};
        snprintf(number, sizeof(number), "%u", version);
        start(options);
        connect_right();
        if (version >= 5) {
            expect_five();
        } else {
            snprintf(words, sizeof(words), "speaks CredSSP version %u, and at least version 5",
                     version);
            expect_failure(MI_RESULT_ACCESS_DENIED, words);
            expect_words("CVE-2018-0886");
            expect_words(MIN_VERSION);
            MIC_CHECK_INT(peer_counter(&peer, "logon.credentials"), 0);
            client_close(&client);
            connect_with(NULL, PEER_USER, PEER_PASSWORD, true, 2);
            expect_five();
        }
        MIC_CHECK_INT(peer_counter(&peer, "logon.credentials"), 1);
        MIC_CHECK_INT(peer_counter(&peer, "logon.proofs-bad"), 0);
        close_all();
    }
}

MIC_TEST(credssp, a_wrong_password_is_told_in_every_version)
{
    for (unsigned version = 2; version <= 6; version++) {
        char number[8];
        const char *const options[] = {"--credssp-version", number, NULL};
        bool has_words = version != 2 && version != 5;
        snprintf(number, sizeof(number), "%u", version);
        start(options);
        connect_with(NULL, PEER_USER, "wrong", true, 2);
        expect_failure(MI_RESULT_ACCESS_DENIED,
                       has_words ? "STATUS_LOGON_FAILURE"
                                 : "refused the logon of user \"tester\" with CredSSP");
        expect_words("Check user name, domain and password");
        MIC_CHECK_INT(peer_counter(&peer, "logon.credentials"), 0);
        close_all();
    }
}

MIC_TEST(credssp, a_server_beyond_the_least_version_wanted_is_refused)
{
    static const char *const options[] = {"--credssp-version", "5", NULL};
    start(options);
    connect_with(NULL, PEER_USER, PEER_PASSWORD, true, 6);
    expect_failure(MI_RESULT_ACCESS_DENIED, "speaks CredSSP version 5, and at least version 6");
    close_all();
}

/* ---- what decides whether user name and password leave ---- */

MIC_TEST(credssp, credentials_stay_here_unless_the_server_proves_its_key)
{
    static const struct {
        const char *fault, *words;
        bool at_version_4;
    } rows[] = {
        {"credssp=proof-wrong", "is for another key", true},
        {"credssp=proof-short", "is for another key", true},
        {"credssp=proof-echo", "is for another key", true},
        {"credssp=proof-missing", "holds no proof", true},
        {"credssp=proof-bare", "is not sealed by the logon inside", true},
        {"credssp=version-change", "changed its CredSSP version", false},
    };
    static const char *const versions[] = {"4", "5", "6"};
    for (size_t v = 0; v < 3; v++) {
        const char *const options[] = {"--credssp-version", versions[v], NULL};
        start(options);
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
            if (v == 0 && !rows[i].at_version_4) {
                continue;
            }
            peer_set_faults(&peer, rows[i].fault);
            connect_with(NULL, PEER_USER, PEER_PASSWORD, true, 4);
            expect_failure(MI_RESULT_ACCESS_DENIED, rows[i].words);
            if (rows[i].at_version_4) {
                expect_words("man in the middle");
                expect_words("User name and password were not sent");
            }
            MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_SECURITY_ERROR);
            client_close(&client);
        }
        MIC_CHECK_INT(peer_counter(&peer, "logon.credentials"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "logon.done"), 0);
        peer_stop(&peer);
    }
}

MIC_TEST(credssp, what_is_no_credssp_is_named)
{
    static const struct {
        const char *fault;
        MI_Result result;
        const char *words;
    } rows[] = {
        {"credssp=junk", MI_RESULT_ACCESS_DENIED, "is no TSRequest"},
        {"credssp=short", MI_RESULT_ACCESS_DENIED, "is no TSRequest"},
        {"credssp=no-token", MI_RESULT_ACCESS_DENIED, "sent no token of the logon inside"},
        {"credssp=no-tls", MI_RESULT_FAILED, "the TLS handshake of CredSSP failed"},
        {"credssp=late-refusal", MI_RESULT_ACCESS_DENIED, "STATUS_LOGON_TYPE_NOT_GRANTED"},
    };
    start(NULL);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        peer_set_faults(&peer, rows[i].fault);
        connect_right();
        expect_failure(rows[i].result, rows[i].words);
        peer_set_faults(&peer, "");
        expect_five();
        client_close(&client);
    }
    peer_stop(&peer);
}

MIC_TEST(credssp, the_servers_status_is_put_into_words)
{
    static const char *const rows[][3] = {
        {"credssp-status=C0000071", "the password has expired", "kpasswd"},
        {"credssp-status=C0000224", "the password has to be changed first", "kpasswd"},
        {"credssp-status=C0000234", "the account is locked", "Wait until the lock ends"},
        {"credssp-status=C0000072", "the account is disabled", "administrator"},
        {"credssp-status=C0000133", "the clocks of server", "Set the clocks"},
        {"credssp-status=C000005E", "reaches no domain controller", "connection to its domain"},
        {"credssp-status=12345678", "0x12345678", "security log"},
    };
    start(NULL);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        peer_set_faults(&peer, rows[i][0]);
        connect_right();
        expect_failure(MI_RESULT_ACCESS_DENIED, rows[i][1]);
        expect_words(rows[i][2]);
        client_close(&client);
    }
    peer_stop(&peer);
}

MIC_TEST(credssp, a_server_without_credssp_says_what_it_offers_and_how_to_allow_it)
{
    need_ntlm();
    peer_start_with(&peer, NULL);
    connect_right();
    expect_failure(MI_RESULT_ACCESS_DENIED, "does not take CredSSP");
    expect_words("it offers Negotiate, Kerberos, Basic");
    expect_words("winrm set winrm/config/service/auth @{CredSSP=\"true\"}");
    close_all();
}

MIC_TEST(credssp, every_form_of_a_name_is_handed_over)
{
    static const char *const names[][2] = {
        {"PEER", PEER_USER}, {NULL, "PEER\\" PEER_USER}, {".", PEER_USER}, {"", "TesTER"}};
    start(NULL);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        connect_with(names[i][0], names[i][1], PEER_PASSWORD, true, 0);
        expect_five();
        client_close(&client);
    }
    MIC_CHECK_INT(peer_counter(&peer, "logon.credentials"), 4);
    peer_stop(&peer);
}

/* ---- the TLS inside ---- */

MIC_TEST(credssp, every_tls_inside_logs_on_and_seals)
{
    static const char *const rows[][5] = {
        {NULL},
        {"--credssp-no-tickets", NULL},
        {"--credssp-tls", "1.2", NULL},
        {"--credssp-tls", "1.2", "--credssp-cipher", "ECDHE-RSA-AES128-GCM-SHA256", NULL},
        {"--credssp-tls", "1.2", "--credssp-cipher", "ECDHE-RSA-AES256-SHA384", NULL},
        {"--credssp-tls", "1.2", "--credssp-cipher", "ECDHE-RSA-AES128-SHA", NULL},
        {"--credssp-tls", "1.2", "--credssp-cipher", "ECDHE-RSA-CHACHA20-POLY1305", NULL},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        start(rows[i]);
        connect_right();
        expect_five();
        expect_five();
        MIC_CHECK_INT(peer_counter(&peer, "requests.sealed-badly"), 0);
        MIC_CHECK_INT(peer_counter(&peer, "logon.legs"), LEGS);
        close_all();
    }
}

MIC_TEST(credssp, an_old_tls_inside_is_refused)
{
    static const char *const options[] = {"--credssp-tls", "1.1", "--credssp-cipher",
                                          "DEFAULT@SECLEVEL=0", NULL};
    start(options);
    connect_right();
    expect_failure(MI_RESULT_FAILED, "the TLS handshake of CredSSP failed");
    expect_words("TLS 1.2 or 1.3");
    close_all();
}

/* ---- sealed messages ---- */

MIC_TEST(credssp, large_enumerations_come_in_pieces)
{
    static const char *const options[] = {"--many", "3000", NULL};
    start(options);
    connect_right();
    enumerate(&client.session, NO_RTTI, "Peer_Many", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 3000);
    MIC_CHECK(peer_counter(&peer, "bytes.sent") > 3000 * 1000);
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"), peer_counter(&peer, "requests.total"));
    close_all();
}

MIC_TEST(credssp, what_is_counted_in_front_of_a_record_is_not_used)
{
    start(NULL);
    peer_set_faults(&peer, "credssp=count");
    connect_right();
    expect_five();
    enumerate(&client.session, NO_RTTI, "Peer_Many", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 1000);
    close_all();
}

/* A piece more, and one that is full to its end. */
MIC_TEST(credssp, large_requests_leave_in_pieces)
{
    static char query[60000];
    start(NULL);
    connect_right();
    for (size_t size = 15000; size < 50000; size += size < 15600 ? 1 : 7001) {
        MI_Operation operation;
        int at = snprintf(query, sizeof(query), "select * from Peer_Few where Text <> '");
        memset(query + at, 'x', size);
        memcpy(query + at + size, "'", 2);
        MI_Session_QueryInstances(&client.session, NO_RTTI, NULL, "root/cimv2",
                                  MI_QUERY_DIALECT_WQL, query, NULL, &operation);
        drain(&operation, &outcome, NULL, NULL);
        if (outcome.result != MI_RESULT_OK) {
            MIC_CHECK_TEXT(outcome.details, "");
            break;
        }
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed-badly"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "connections.accepted"), 1);
    close_all();
}

MIC_TEST(credssp, a_reply_that_is_not_what_the_server_sealed_is_refused)
{
    static const struct {
        const char *fault, *words;
    } rows[] = {
        {"seal-none", "clear text on a connection that seals"},
        {"html", "clear text on a connection that seals"},
        {"seal-flip=0", "is not the next TLS record"},
        {"seal-flip=4", ""}, /* the record's length */
        {"seal-flip=5", "is not the next TLS record"},
        {"seal-flip=700", "is not the next TLS record"},
        {"seal-reorder", "is not the next TLS record"},
        {"seal-cut", ""},
        {"truncate=300", ""},
        {"wrong-length=400", ""},
    };
    static const char *const versions[] = {"1.2", "1.3"};
    for (size_t v = 0; v < 2; v++) {
        const char *const options[] = {"--credssp-tls", versions[v], NULL};
        start(options);
        connect_right();
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
            peer_set_faults(&peer, rows[i].fault);
            expect_failure(MI_RESULT_FAILED, rows[i].words);
            peer_set_faults(&peer, "");
            expect_five();
        }
        MIC_CHECK_INT(peer_counter(&peer, "requests.sealed-badly"), 0);
        close_all();
    }
}

MIC_TEST(credssp, a_reply_sent_twice_is_refused)
{
    start(NULL);
    connect_right();
    expect_five();
    peer_set_faults(&peer, "seal-replay");
    expect_failure(MI_RESULT_FAILED, "is not the next TLS record");
    close_all();
}

MIC_TEST(credssp, many_envelopes_of_one_reply_are_sealed_each)
{
    static const char *const faults[] = {"multi-envelope", "multi-envelope=merged",
                                         "multi-envelope=odd", "multi-envelope=split",
                                         "delay=40,keep-alive=10"};
    start(NULL);
    connect_right();
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        peer_set_faults(&peer, faults[i]);
        expect_five();
    }
    close_all();
}

/* ---- traces ---- */

static bool holds(const char *text, size_t size, const void *wanted, size_t wanted_size)
{
    return memmem(text, size, wanted, wanted_size) != NULL;
}

/* In UTF-8, UTF-16 and base64. */
static void expect_no_secret(const char *text, size_t size)
{
    static const char utf16[] = "p\0a\0"
                                "5\0"
                                "5\0 \0w\0\xf6\0r\0d";
    MIC_CHECK(!holds(text, size, PEER_PASSWORD, strlen(PEER_PASSWORD)));
    MIC_CHECK(!holds(text, size, utf16, sizeof(utf16)));
    MIC_CHECK(!holds(text, size, "Authorization: CredSSP F", 24)); /* a record in base64 */
}

static size_t append_file(const char *path, char *text, size_t used, size_t size)
{
    int fd = open(path, O_RDONLY);
    ssize_t n = fd >= 0 ? read(fd, text + used, size - used) : 0;
    close(fd);
    return n > 0 ? used + (size_t)n : used;
}

MIC_TEST(credssp, a_trace_shows_messages_as_they_were_sealed_and_no_secret)
{
    enum { SIZE = 4 << 20 };
    char folder[] = "/tmp/mic-credssp-XXXXXX";
    char path[512];
    char *text = calloc(1, SIZE);
    MIC_REQUIRE(text != NULL && mkdtemp(folder) != NULL);
    start(NULL);
    snprintf(path, sizeof(path), "%s/trace", folder);
    setenv("MI_TRACE", "all:3", 1);
    setenv("MI_TRACE_FILE", path, 1);
    setenv("MI_TRACE_WIRE", folder, 1);
    connect_right();
    unsetenv("MI_TRACE");
    unsetenv("MI_TRACE_FILE");
    unsetenv("MI_TRACE_WIRE");
    expect_five();
    close_all();
    size_t size = 0;
    DIR *files = opendir(folder);
    for (struct dirent *file; files != NULL && (file = readdir(files)) != NULL;) {
        snprintf(path, sizeof(path), "%s/%s", folder, file->d_name);
        size = append_file(path, text, size, SIZE);
        unlink(path);
    }
    closedir(files);
    rmdir(folder);
    MIC_CHECK(holds(text, size, "EnumerateResponse", 17));
    MIC_CHECK(holds(text, size, "CredSSP (not shown)", 19));
    expect_no_secret(text, size);
    free(text);
}
