/* Kerberos and Negotiate against a real KDC and the library's own acceptor. */
#include <gssapi/gssapi_krb5.h>
#include <krb5.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "auth/gss.h"
#include "base/mem.h"
#include "fail_alloc.h"
#include "gss_talk.h"
#include "ticket_caches.h"

static const char *const both[] = {MI_AUTH_TYPE_KERBEROS, MI_AUTH_TYPE_NEGO_WITH_CREDS};

/* Heimdal reads krb5.conf once, and has other words for some of it. */
static bool is_mit(void)
{
    return strcmp(GSSAPI_VARIANT, "mit") == 0;
}

static void need_mit(void)
{
    if (!is_mit()) {
        MIC_SKIP("Heimdal has it otherwise");
    }
}

static void begin(struct talk *talk, const char *auth_type, const char *user, const char *password)
{
    kdc_start();
    kdc_set_clock(0);
    kdc_set_option("");
    kdc_forget_tickets();
    talk_init(talk, auth_type, user, password);
}

MIC_TEST(gss, logs_on_with_a_password)
{
    for (size_t i = 0; i < MIC_COUNT(both); i++) {
        struct talk talk;

        begin(&talk, both[i], KDC_USER, KDC_PASSWORD);
        talk_expect_done(&talk);
        MIC_CHECK_INT(talk.legs, 1);
        MIC_CHECK_TEXT(talk.server.client, KDC_USER "@" KDC_REALM);
        MIC_CHECK(talk.server.flags & GSS_C_MUTUAL_FLAG);
        MIC_CHECK(talk.server.flags & GSS_C_CONF_FLAG);
        MIC_CHECK(!(talk.server.flags & GSS_C_DELEG_FLAG));
        talk_fini(&talk);
    }
}

MIC_TEST(gss, sends_the_body_with_the_first_token_unless_it_is_to_be_sealed)
{
    for (unsigned i = 0; i < 4; i++) {
        struct talk talk;
        struct mic_buf header;

        begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
        talk.settings.https = (i & 1) != 0;
        talk.settings.privacy = (i & 2) != 0;
        mic_buf_init(&header);
        MIC_REQUIRE(talk_open(&talk));
        MIC_CHECK_INT(talk.scheme->step(talk.auth, 0, NULL, &header, &talk.err),
                      i == 2 ? MIC_AUTH_SEND_LEG : MIC_AUTH_SEND);
        mic_buf_fini(&header);
        talk_fini(&talk);
    }
}

MIC_TEST(gss, takes_users_with_their_realm_in_every_form)
{
    static const struct {
        const char *domain, *user;
    } forms[] = {{"PEER.TEST", "alice"},  {"peer.test", "alice"},     {NULL, "alice@peer.test"},
                 {"", "alice@PEER.TEST"}, {NULL, "peer.test\\alice"}, {NULL, "alice"}};

    for (size_t i = 0; i < MIC_COUNT(forms); i++) {
        struct talk talk;

        begin(&talk, MI_AUTH_TYPE_KERBEROS, forms[i].user, KDC_PASSWORD);
        talk.settings.domain = forms[i].domain;
        talk_expect_done(&talk);
        MIC_CHECK_TEXT(talk.server.client, KDC_USER "@" KDC_REALM);
        talk_fini(&talk);
    }
}

/* ---- what the KDC refuses ---- */

static const struct {
    const char *user, *password;
    enum mic_err_code code;
    const char *words, *remedy;
} refusals[] = {
    {"alice", "wrong", MIC_E_LOGON, "the password is wrong", "Check the password"},
    {"nobody", KDC_PASSWORD, MIC_E_LOGON, "does not know this user", "user name"},
    {"expired", KDC_PASSWORD, MIC_E_LOGON_EXPIRED, "the password has expired", "kpasswd"},
    {"locked", KDC_PASSWORD, MIC_E_LOGON, "disabled or locked", "administrator"},
    {"alice@MUTE.TEST", KDC_PASSWORD, MIC_E_LOGON_KDC, "no KDC answers", "port 88"},
    {"alice@NO.WHERE", KDC_PASSWORD, MIC_E_LOGON_KDC, "no KDC ", "krb5.conf"},
};

MIC_TEST(gss, says_why_the_kdc_refused)
{
    for (size_t i = 0; i < MIC_COUNT(refusals); i++) {
        for (size_t j = 0; j < MIC_COUNT(both); j++) {
            struct talk talk;

            begin(&talk, both[j], refusals[i].user, refusals[i].password);
            talk_expect_failed(&talk, refusals[i].code, refusals[i].words, refusals[i].remedy);
            has(talk.err.message, refusals[i].user);
            has(talk.err.message, "HTTP/localhost");
            talk_fini(&talk);
        }
    }
}

MIC_TEST(gss, says_when_no_encryption_type_is_common)
{
    struct talk talk;

    need_mit();
    begin(&talk, MI_AUTH_TYPE_KERBEROS, "rc4only", KDC_PASSWORD);
    kdc_admin("addprinc -e arcfour-hmac:normal -pw \"" KDC_PASSWORD "\" rc4only");
    kdc_set_option("permitted_enctypes = aes256-cts");
    talk_expect_failed(&talk, MIC_E_LOGON_KERBEROS, "no common encryption type", "AES");
    talk_fini(&talk);
}

/* ---- tickets ---- */

MIC_TEST(gss, takes_the_callers_ticket_when_no_credentials_are_given)
{
    static const char *const types[] = {MI_AUTH_TYPE_KERBEROS, MI_AUTH_TYPE_NEGO_NO_CREDS,
                                        MI_AUTH_TYPE_DEFAULT, NULL};

    for (size_t i = 0; i < MIC_COUNT(types); i++) {
        struct talk talk;

        begin(&talk, types[i], NULL, NULL);
        MIC_REQUIRE(kdc_kinit("bob", ""));
        talk_expect_done(&talk);
        MIC_CHECK_TEXT(talk.server.client, "bob@" KDC_REALM);
        talk_fini(&talk);
    }
}

MIC_TEST(gss, takes_the_client_keytab)
{
    char query[200];
    struct talk talk;

    need_mit();
    begin(&talk, MI_AUTH_TYPE_NEGO_NO_CREDS, NULL, NULL);
    snprintf(query, sizeof(query), "ktadd -norandkey -k %s/client.keytab bob", kdc_folder());
    MIC_REQUIRE(kdc_admin(query));
    talk_expect_done(&talk);
    MIC_CHECK_TEXT(talk.server.client, "bob@" KDC_REALM);
    snprintf(query, sizeof(query), "%s/client.keytab", kdc_folder());
    unlink(query);
    talk_fini(&talk);
}

MIC_TEST(gss, says_that_there_is_no_ticket_and_where_it_looked)
{
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_DEFAULT, NULL, NULL);
    talk_expect_failed(&talk, MIC_E_LOGON_TICKET, "there is no ticket", "kinit");
    has(talk.err.message, "FILE:/tmp/mic-kdc-");
    talk_fini(&talk);
}

MIC_TEST(gss, says_that_the_ticket_has_expired)
{
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_DEFAULT, NULL, NULL);
    kdc_set_option("kdc_timesync = 0");
    kdc_set_clock(-2 * 86400);
    kdc_set_option("kdc_timesync = 0");
    MIC_REQUIRE(kdc_kinit("bob", "-l 1h"));
    kdc_set_clock(0);
    talk_expect_failed(&talk, MIC_E_LOGON_TICKET,
                       is_mit() ? "the ticket has expired" : "there is no ticket", "kinit");
    talk_fini(&talk);
}

MIC_TEST(gss, leaves_the_default_cache_alone_and_no_cache_behind)
{
    struct talk talk;
    char path[160];

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk_expect_done(&talk);
    snprintf(path, sizeof(path), "%s/cache", kdc_folder());
    MIC_CHECK(access(path, F_OK) != 0);
    talk_fini(&talk);
    MIC_CHECK(ticket_caches_made() > 0); /* it is seen at all */
    MIC_CHECK_INT(ticket_caches_left(), 0);

    /* another's ticket there is not taken */
    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    MIC_REQUIRE(kdc_kinit("bob", ""));
    talk_expect_done(&talk);
    MIC_CHECK_TEXT(talk.server.client, KDC_USER "@" KDC_REALM);
    talk_fini(&talk);
    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, NULL);
    MIC_REQUIRE(kdc_kinit("bob", ""));
    talk_expect_failed(&talk, MIC_E_LOGON_TICKET, "alice", "kinit");
    talk_fini(&talk);
}

/* ---- services ---- */

static void expect_target(const char *host, unsigned port, bool port_in_spn)
{
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk.settings.host = host;
    talk.settings.port = port;
    talk.settings.port_in_spn = port_in_spn;
    talk_expect_done(&talk);
    talk_fini(&talk);
}

MIC_TEST(gss, asks_for_http_then_wsman_then_host)
{
    expect_target("peer.test", 5985, false);
    expect_target("PEER.Test", 5985, false);
    expect_target("wsman.test", 5985, false);
    expect_target("host.test", 5985, false);
}

MIC_TEST(gss, puts_the_port_into_the_service_name_when_told)
{
    struct talk talk;

    expect_target("port.test", 5985, true);
    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk.settings.host = "peer.test";
    talk.settings.port_in_spn = true;
    talk_expect_failed(&talk, MIC_E_LOGON_TARGET, "HTTP/peer.test:5985", "setspn");
    talk_fini(&talk);
}

/* localhost is 127.0.0.1's name: a library that asked for it would get a ticket. */
MIC_TEST(gss, takes_addresses_as_they_are)
{
    struct talk talk;

    expect_target("127.0.0.1", 5985, false);
    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk.settings.host = "127.0.0.2";
    talk_expect_failed(&talk, MIC_E_LOGON_TARGET, "HTTP, WSMAN and host/127.0.0.2", "name");
    talk_fini(&talk);
    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk.settings.host = "::1";
    talk_expect_failed(&talk, MIC_E_LOGON_TARGET, "::1 is an IPv6 address", "name");
    talk_fini(&talk);
}

MIC_TEST(gss, asks_no_name_server_for_another_name)
{
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    kdc_set_option("rdns = true\n dns_canonicalize_hostname = true");
    unsigned before = kdc_count("TGS_REQ", "HTTP/localhost");
    talk.settings.host = "127.0.0.2"; /* localhost, backwards */
    talk_expect_failed(&talk, MIC_E_LOGON_TARGET, "HTTP, WSMAN and host/127.0.0.2", "name");
    talk_fini(&talk);
    talk_init(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk.settings.host = "127.0.0.2";
    talk.settings.spn = "HTTP/127.0.0.2";
    talk_expect_failed(&talk, MIC_E_LOGON_TARGET, "HTTP/127.0.0.2", "name");
    talk_fini(&talk);
    MIC_CHECK_INT(kdc_count("TGS_REQ", "HTTP/localhost"), before);
    kdc_set_option("");
}

MIC_TEST(gss, names_the_service_that_the_kdc_does_not_know)
{
    for (size_t i = 0; i < MIC_COUNT(both); i++) {
        struct talk talk;

        begin(&talk, both[i], KDC_USER, KDC_PASSWORD);
        talk.settings.host = "stranger.test";
        talk_expect_failed(&talk, MIC_E_LOGON_TARGET, "HTTP, WSMAN and host/stranger.test",
                           "setspn");
        talk_fini(&talk);
    }
}

/* ---- what the server says ---- */

MIC_TEST(gss, names_the_ticket_that_the_server_refused)
{
    for (size_t i = 0; i < MIC_COUNT(both); i++) {
        struct talk talk;

        begin(&talk, both[i], KDC_USER, KDC_PASSWORD);
        talk.settings.host = "nokey.test";
        MIC_CHECK_INT(talk_log_on(&talk), MIC_AUTH_FAILED);
        MIC_CHECK_INT(talk.err.phase, MIC_PHASE_LOGON);
        has(talk.err.message, "HTTP/nokey.test");
        has(talk.err.message, "alice");
        has(talk.err.remedy, "setspn");
        talk_fini(&talk);
    }
}

MIC_TEST(gss, says_whose_clock_differs)
{
    for (size_t i = 0; i < MIC_COUNT(both); i++) {
        struct talk talk;

        begin(&talk, both[i], KDC_USER, KDC_PASSWORD);
        kdc_set_clock(i == 0 ? 3600 : -3600); /* the client follows its KDC, the server does not */
        talk_expect_failed(&talk, MIC_E_LOGON_CLOCK, "clocks differ", "clock");
        has(talk.err.message, is_mit() ? "look at the KDC's" : "time skew (36");
        talk_fini(&talk);
    }
}

MIC_TEST(gss, says_that_the_kdcs_clock_differs)
{
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_DEFAULT, NULL, NULL);
    MIC_REQUIRE(kdc_kinit("bob", ""));
    kdc_set_clock(3600);
    talk_expect_failed(&talk, MIC_E_LOGON_CLOCK, "clocks differ", "clock");
    talk_fini(&talk);
    kdc_set_clock(0);
}

MIC_TEST(gss, insists_on_the_servers_proof)
{
    for (size_t i = 0; i < MIC_COUNT(both); i++) {
        struct mic_str none = MIC_STR("");
        struct talk talk;
        struct mic_buf header;

        begin(&talk, both[i], KDC_USER, KDC_PASSWORD);
        mic_buf_init(&header);
        MIC_REQUIRE(talk_open(&talk));
        MIC_REQUIRE(talk.scheme->step(talk.auth, 0, NULL, &header, &talk.err) == MIC_AUTH_SEND_LEG);
        MIC_CHECK_INT(talk.scheme->step(talk.auth, 200, i == 0 ? NULL : &none, &header, &talk.err),
                      MIC_AUTH_FAILED);
        MIC_CHECK_INT(talk.err.code, MIC_E_LOGON_MUTUAL);
        has(talk.err.message, "did not prove who it is");
        mic_buf_fini(&header);
        talk_fini(&talk);
    }
}

MIC_TEST(gss, refuses_a_proof_that_is_none)
{
    static const char *const proofs[] = {
        "!",
        "AAAA",
        "oRQwEqADCgEAoQsGCSqGSIb3EgECAg==",
        "YA0GCSqGSIb3EgECAgIA", /* the frame of an answer: empty, */
        "YA4GCSqGSIb3EgECAgIA", /* longer than it is, */
        "YA0GCSqGSIb3EgECAgEA", /* of a client's token, */
        "YAsGCSqGSIb3EgECAg==", /* of none, */
        "YA0GCSqGSIb3EgECAwIA", /* of another mechanism */
        "YIENBgkqhkiG9xIBAgICAA=="};

    for (size_t i = 0; i < MIC_COUNT(both) * MIC_COUNT(proofs); i++) {
        struct talk talk;
        struct mic_buf header;
        struct mic_str proof = mic_str_from(proofs[i / 2]);

        begin(&talk, both[i % 2], KDC_USER, KDC_PASSWORD);
        mic_buf_init(&header);
        MIC_REQUIRE(talk_open(&talk));
        MIC_REQUIRE(talk.scheme->step(talk.auth, 0, NULL, &header, &talk.err) == MIC_AUTH_SEND_LEG);
        MIC_CHECK_INT(talk.scheme->step(talk.auth, 200, &proof, &header, &talk.err),
                      MIC_AUTH_FAILED);
        MIC_CHECK(talk.err.code == MIC_E_LOGON_MUTUAL || talk.err.code == MIC_E_LOGON_KERBEROS ||
                  talk.err.code == MIC_E_LOGON_PROTOCOL);
        MIC_CHECK_INT(talk.err.phase, MIC_PHASE_LOGON);
        mic_buf_fini(&header);
        talk_fini(&talk);
    }
}

/* ---- which of the two ---- */

static void expect_ntlm(struct talk *talk, bool expected)
{
    talk_log_on(talk);
    MIC_CHECK_INT(strstr(talk->err.message, "NTLM") != NULL, expected);
    talk_fini(talk);
}

MIC_TEST(gss, falls_back_to_ntlm_except_where_that_would_spoil_a_second_attempt)
{
    static const struct {
        const char *auth_type, *user, *password, *host;
        bool has_ntlm;
    } cases[] = {
        {MI_AUTH_TYPE_NEGO_WITH_CREDS, "nobody", KDC_PASSWORD, "localhost", true},
        {MI_AUTH_TYPE_NEGO_WITH_CREDS, "a@NO.WHERE", KDC_PASSWORD, "localhost", true},
        {MI_AUTH_TYPE_NEGO_WITH_CREDS, KDC_USER, KDC_PASSWORD, "stranger.test", true},
        {MI_AUTH_TYPE_NEGO_WITH_CREDS, KDC_USER, KDC_PASSWORD, "nokey.test", true},
        {MI_AUTH_TYPE_DEFAULT, "nobody", KDC_PASSWORD, "localhost", true},
        {MI_AUTH_TYPE_NEGO_WITH_CREDS, KDC_USER, "wrong", "localhost", false},
        {MI_AUTH_TYPE_NEGO_WITH_CREDS, "expired", KDC_PASSWORD, "localhost", false},
        {MI_AUTH_TYPE_NEGO_WITH_CREDS, "locked", KDC_PASSWORD, "localhost", false},
        {MI_AUTH_TYPE_NEGO_NO_CREDS, NULL, NULL, "localhost", false},
        {MI_AUTH_TYPE_KERBEROS, "nobody", KDC_PASSWORD, "localhost", false},
        {MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD, "nokey.test", false},
    };

    for (size_t i = 0; i < MIC_COUNT(cases); i++) {
        struct talk talk;

        begin(&talk, cases[i].auth_type, cases[i].user, cases[i].password);
        talk.settings.host = cases[i].host;
        expect_ntlm(&talk, cases[i].has_ntlm);
    }
}

MIC_TEST(gss, asks_no_kdc_for_a_user_of_the_servers_own)
{
    struct talk talk;
    struct mic_buf header;

    begin(&talk, MI_AUTH_TYPE_NEGO_WITH_CREDS, "administrator", "secret");
    talk.settings.domain = ".";
    mic_buf_init(&header);
    MIC_REQUIRE(talk_open(&talk));
    MIC_CHECK(talk.auth->is_settled);
    MIC_CHECK_INT(talk.scheme->step(talk.auth, 0, NULL, &header, &talk.err), MIC_AUTH_SEND_LEG);
    has(mic_buf_text(&header), "Negotiate TlRMTVNTUAAB"); /* NTLMSSP, bare */
    mic_buf_fini(&header);
    talk_fini(&talk);
}

/* ---- channel bindings ---- */

static void expect_binding(const char *client, const char *server, bool is_bound)
{
    for (size_t i = 0; i < MIC_COUNT(both); i++) {
        struct talk talk;

        begin(&talk, both[i], KDC_USER, KDC_PASSWORD);
        talk.settings.https = true;
        talk.binding = client;
        talk.server.binding = server;
        talk_expect_done(&talk);
        MIC_CHECK_INT((talk.server.flags & 2048U) != 0, is_bound && is_mit());
        talk_fini(&talk);
    }
}

MIC_TEST(gss, binds_to_the_channel)
{
    struct talk talk;

    expect_binding("tls-server-end-point:abc", "tls-server-end-point:abc", true);
    expect_binding("", "tls-server-end-point:abc", false);
    expect_binding("tls-server-end-point:abc", NULL, false);
    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk.binding = "tls-server-end-point:abc";
    talk.server.binding = "tls-server-end-point:abd";
    MIC_CHECK_INT(talk_log_on(&talk), MIC_AUTH_FAILED);
    MIC_CHECK_INT(talk.err.phase, MIC_PHASE_LOGON);
    talk_fini(&talk);
}

/* ---- messages ---- */

static const char text[] = "<s:Envelope>gr\xc3\xbc\xc3\x9f Gott</s:Envelope>";

static void expect_opened(struct talk *talk, const char *part, size_t size, const char *plain,
                          size_t plain_size)
{
    struct mic_buf out;

    mic_buf_init(&out);
    mic_buf_append_text(&out, "before");
    MIC_CHECK_INT(talk->scheme->unseal(talk->auth, part, size, &out, &talk->err), MI_RESULT_OK);
    MIC_CHECK_BYTES(out.data, out.size < 6 ? 0 : 6, "before", 6);
    MIC_CHECK_BYTES(out.data + 6, out.size - 6, plain, plain_size);
    mic_buf_fini(&out);
}

static void expect_refused(struct talk *talk, const char *part, size_t size)
{
    struct mic_buf out;

    mic_buf_init(&out);
    mic_err_init(&talk->err);
    if (MIC_CHECK(talk->scheme->unseal(talk->auth, part, size, &out, &talk->err) != MI_RESULT_OK)) {
        MIC_CHECK_INT(talk->err.code, MIC_E_SEAL);
        MIC_CHECK_INT(out.size, 0);
    }
    mic_buf_fini(&out);
}

static void both_ways(struct talk *talk, const char *plain, size_t size)
{
    char *bytes = mic_alloc(size + 512);
    struct mic_buf part;

    mic_buf_init(&part);
    MIC_REQUIRE(bytes != NULL);
    MIC_CHECK_INT(talk->scheme->seal(talk->auth, plain, size, &part, &talk->err), MI_RESULT_OK);
    MIC_CHECK(size < 16 || memmem(part.data, part.size, plain, size) == NULL);
    mic_buf_reserve(&part, 64); /* room that the server's side overwrites */
    char *opened = mic_alloc(part.size);
    MIC_REQUIRE(opened != NULL);
    long got = gss_server_unseal(&talk->server, part.data, part.size, opened);
    MIC_CHECK_BYTES(opened, got < 0 ? 0 : (size_t)got, plain, size);
    size_t sealed = gss_server_seal(&talk->server, plain, size, bytes);
    expect_opened(talk, bytes, sealed, plain, size);
    mic_free(opened);
    mic_free(bytes);
    mic_buf_fini(&part);
}

static void expect_sealing(const char *option, size_t header_size)
{
    static char large[65536];

    for (size_t i = 0; i < MIC_COUNT(both); i++) {
        struct talk talk;
        struct mic_buf part;

        begin(&talk, both[i], KDC_USER, KDC_PASSWORD);
        kdc_set_option(option);
        talk_expect_done(&talk);
        mic_buf_init(&part);
        MIC_CHECK_INT(talk.scheme->seal(talk.auth, text, 20, &part, &talk.err), MI_RESULT_OK);
        MIC_CHECK_INT(part.size == 0 ? 0 : part.data[0], header_size);
        char opened[512];
        MIC_CHECK_INT(gss_server_unseal(&talk.server, part.data, part.size, opened), 20);
        mic_buf_fini(&part);
        both_ways(&talk, text, sizeof(text) - 1);
        both_ways(&talk, "", 0);
        both_ways(&talk, "x", 1);
        both_ways(&talk, large, sizeof(large));
        talk_fini(&talk);
    }
}

MIC_TEST(gss, seals_and_opens_messages_both_ways)
{
    expect_sealing("", 60); /* AES: 16 of token, 16 of confounder, 16 of its copy, 12 of hash */
    if (!is_mit()) {
        return;
    }
    expect_sealing("default_tkt_enctypes = aes128-cts\n default_tgs_enctypes = aes128-cts", 60);
    expect_sealing("default_tkt_enctypes = arcfour-hmac\n default_tgs_enctypes = arcfour-hmac",
                   45); /* RFC 4757 7.3 */
}

MIC_TEST(gss, refuses_messages_that_were_changed_or_cut)
{
    char part[512], changed[512];
    size_t size;
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk_expect_done(&talk);
    size = gss_server_seal(&talk.server, text, sizeof(text) - 1, part);
    /* Heimdal takes token and ciphertext as one, so where the one ends is of no account */
    for (size_t i = is_mit() ? 0 : 4; i < size; i++) {
        memcpy(changed, part, size);
        changed[i] = (char)(changed[i] ^ 1 << i % 8);
        expect_refused(&talk, changed, size);
    }
    for (size_t i = 0; i < size; i++) {
        expect_refused(&talk, part, i);
    }
    talk_fini(&talk);
}

MIC_TEST(gss, refuses_messages_that_come_twice_or_out_of_their_turn)
{
    char parts[3][512];
    size_t sizes[3];
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk_expect_done(&talk);
    for (size_t i = 0; i < 3; i++) {
        sizes[i] = gss_server_seal(&talk.server, text, sizeof(text) - 1, parts[i]);
    }
    expect_opened(&talk, parts[0], sizes[0], text, sizeof(text) - 1);
    expect_refused(&talk, parts[0], sizes[0]); /* again */
    expect_refused(&talk, parts[2], sizes[2]); /* before its turn */
    talk_fini(&talk);
}

MIC_TEST(gss, refuses_messages_that_are_signed_only_or_the_clients_own)
{
    gss_buffer_desc plain = {4, (void *)(uintptr_t) "text"}, wrapped;
    struct talk talk;
    struct mic_buf part;
    OM_uint32 minor;
    int is_sealed;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk_expect_done(&talk);
    mic_buf_init(&part);
    MIC_REQUIRE(talk.scheme->seal(talk.auth, "text", 4, &part, &talk.err) == MI_RESULT_OK);
    expect_refused(&talk, part.data, part.size);
    MIC_REQUIRE(gss_wrap(&minor, talk.server.context, 0, 0, &plain, &is_sealed, &wrapped) ==
                GSS_S_COMPLETE);
    mic_buf_clear(&part);
    mic_buf_append(&part, "\x10\0\0\0", 4);
    mic_buf_append(&part, wrapped.value, wrapped.length);
    expect_refused(&talk, part.data, part.size);
    gss_release_buffer(&minor, &wrapped);
    mic_buf_fini(&part);
    talk_fini(&talk);
}

/* ---- memory ---- */

/* The server's side allocates elsewhere; what runs out is the client's memory. */
static bool whole_logon(void *context)
{
    struct talk *model = context;
    struct talk talk = *model;
    struct mic_buf part, plain;
    bool ok;

    mic_err_init(&talk.err);
    mic_buf_init(&part);
    mic_buf_init(&plain);
    ok = talk_log_on(&talk) == MIC_AUTH_DONE &&
         talk.scheme->seal(talk.auth, "text", 4, &part, &talk.err) == MI_RESULT_OK;
    if (ok) {
        char sealed[256];
        size_t size = gss_server_seal(&talk.server, "text", 4, sealed);

        ok = talk.scheme->unseal(talk.auth, sealed, size, &plain, &talk.err) == MI_RESULT_OK;
    }
    if (!ok) {
        MIC_CHECK_INT(talk.err.code, MIC_E_MEMORY);
    }
    if (talk.auth != NULL) {
        talk.scheme->close(talk.auth);
    }
    gss_server_fini(&talk.server);
    mic_buf_fini(&part);
    mic_buf_fini(&plain);
    return ok;
}

MIC_TEST(gss, says_so_when_memory_runs_out)
{
    for (size_t i = 0; i < MIC_COUNT(both); i++) {
        struct talk talk;

        begin(&talk, both[i], KDC_USER, KDC_PASSWORD);
        MIC_CHECK(mic_fail_alloc_each(whole_logon, &talk) >= 10);
        talk_fini(&talk);
    }
}

MIC_TEST(gss, leaves_nothing_open_when_dropped_at_any_step)
{
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    MIC_REQUIRE(talk_open(&talk));
    talk_fini(&talk);
    MIC_CHECK_INT(ticket_caches_left(), 0);
}

/* ---- delegation ---- */

static void expect_delegated(const struct talk *talk, bool is)
{
    MIC_CHECK(((talk->server.flags & GSS_C_DELEG_FLAG) != 0) == is);
    MIC_CHECK_TEXT(talk->server.delegated, is ? KDC_USER "@" KDC_REALM : "");
}

MIC_TEST(gss, delegates_exactly_when_asked_to)
{
    static const struct {
        enum mic_delegation delegation;
        const char *host;
        bool is_delegated;
    } cases[] = {
        {MIC_DELEGATE_NEVER, "localhost", false},
        {MIC_DELEGATE_NEVER, "trusted.test", false},
        {MIC_DELEGATE_AS_POLICY, "localhost", false},
        {MIC_DELEGATE_AS_POLICY, "trusted.test", true},
        {MIC_DELEGATE_ALWAYS, "localhost", true},
        {MIC_DELEGATE_ALWAYS, "trusted.test", true},
    };

    /* With a password, with the password of a krb5.conf that makes all tickets forwardable, and
     * with the caller's ticket. */
    for (size_t i = 0; i < 3 * MIC_COUNT(cases); i++) {
        struct talk talk;
        size_t way = i / MIC_COUNT(cases), which = i % MIC_COUNT(cases);

        begin(&talk, both[i % 2], KDC_USER, way == 2 ? NULL : KDC_PASSWORD);
        if (way == 1 && is_mit()) {
            kdc_set_option("forwardable = true");
        }
        if (way == 2) {
            MIC_REQUIRE(kdc_kinit(KDC_USER, "-f"));
        }
        talk.settings.host = cases[which].host;
        talk.settings.delegation = cases[which].delegation;
        talk_expect_done(&talk);
        expect_delegated(&talk, cases[which].is_delegated);
        talk_fini(&talk);
    }
    kdc_set_option("");
}

MIC_TEST(gss, says_so_when_a_ticket_must_not_be_forwarded)
{
    for (size_t i = 0; i < MIC_COUNT(both); i++) {
        struct talk talk;

        begin(&talk, both[i], "anchored", KDC_PASSWORD);
        talk.settings.delegation = MIC_DELEGATE_ALWAYS;
        talk_expect_failed(&talk, MIC_E_LOGON_KERBEROS, "cannot be forwarded to HTTP/localhost",
                           "kinit -f");
        MIC_CHECK_INT(talk.legs, 0);
        talk_fini(&talk);
        talk_init(&talk, both[i], "anchored", KDC_PASSWORD);
        talk.settings.delegation = MIC_DELEGATE_AS_POLICY;
        talk.settings.host = "trusted.test";
        talk_expect_done(&talk);
        expect_delegated(&talk, false);
        talk_fini(&talk);
    }
}

MIC_TEST(gss, says_why_the_kdc_refused_a_ticket_to_be_forwarded)
{
    for (size_t i = 0; i < 4; i++) { /* the realms without a KDC have words of their own */
        struct talk talk;

        begin(&talk, MI_AUTH_TYPE_KERBEROS, refusals[i].user, refusals[i].password);
        talk.settings.delegation = MIC_DELEGATE_AS_POLICY;
        talk_expect_failed(&talk, refusals[i].code, refusals[i].words, refusals[i].remedy);
        has(talk.err.message, refusals[i].user);
        talk_fini(&talk);
    }
}

MIC_TEST(gss, shares_a_ticket_that_may_be_forwarded)
{
    struct mic_gss_tickets *tickets = mic_gss_tickets_new();
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    unsigned before = kdc_count("AS_REQ", "ISSUE: ");
    for (int i = 0; i < 3; i++) {
        talk.settings.delegation = MIC_DELEGATE_ALWAYS;
        talk.settings.tickets = tickets;
        talk_expect_done(&talk);
        expect_delegated(&talk, true);
        talk_fini(&talk);
        talk_init(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    }
    talk_fini(&talk);
    MIC_CHECK_INT(kdc_count("AS_REQ", "ISSUE: ") - before, 1);
    mic_gss_tickets_close(tickets);
    MIC_CHECK_INT(ticket_caches_left(), 0);
}

/* ---- names of services that were given ---- */

MIC_TEST(gss, asks_for_the_service_that_was_given_and_no_other)
{
    static const struct {
        const char *spn, *host, *target;
    } good[] = {
        {"CUSTOM", "odd.test", "CUSTOM/odd.test"},
        {"HTTP", "LocalHost", "HTTP/localhost"},
        {"CUSTOM/odd.test", "10.1.2.3", "CUSTOM/odd.test"},
        {"CUSTOM/odd.test@PEER.TEST", "fe80::1", "CUSTOM/odd.test"},
        {"CUSTOM@odd.test", "nowhere.test", "CUSTOM/odd.test"},
        {"HTTP/port.test:5985", "localhost", "HTTP/port.test:5985"},
    };
    struct talk talk;

    for (size_t i = 0; i < MIC_COUNT(good); i++) {
        begin(&talk, both[i % 2], KDC_USER, KDC_PASSWORD);
        talk.settings.host = good[i].host;
        talk.settings.spn = good[i].spn;
        talk_expect_done(&talk);
        talk_fini(&talk);
    }
    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk.settings.spn = "WSMAN"; /* it has HTTP/localhost only */
    talk_expect_failed(&talk, MIC_E_LOGON_TARGET, "WSMAN/localhost", "setspn");
    MIC_CHECK(strstr(talk.err.message, "HTTP") == NULL);
    talk_fini(&talk);
}

MIC_TEST(gss, says_which_name_it_cannot_read)
{
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk.settings.spn = "HTTP/localhost@PEER/TEST";
    MIC_CHECK_INT(talk_log_on(&talk), MIC_AUTH_FAILED);
    MIC_CHECK_INT(talk.err.code, MIC_E_ARGUMENT);
    has(talk.err.message, "HTTP/localhost");
    has(talk.err.message, "__MI_DESTINATIONOPTIONS_SPN");
    talk_fini(&talk);
}

MIC_TEST(gss, puts_the_port_behind_the_class_that_was_given)
{
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk.settings.host = "port.test";
    talk.settings.spn = "HTTP";
    talk.settings.port_in_spn = true;
    talk_expect_done(&talk);
    talk_fini(&talk);
}

/* ---- tickets that are shared ---- */

static void log_on_with(struct talk *talk, struct mic_gss_tickets *tickets)
{
    talk_init(talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk->settings.tickets = tickets;
}

MIC_TEST(gss, takes_the_tickets_of_an_earlier_logon)
{
    struct mic_gss_tickets *tickets = mic_gss_tickets_new();
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk_fini(&talk);
    ticket_caches_watch();
    unsigned before = kdc_count("_REQ", "ISSUE: ");
    for (int i = 0; i < 5; i++) {
        log_on_with(&talk, tickets);
        talk_expect_done(&talk);
        talk_fini(&talk);
    }
    MIC_CHECK_INT(kdc_count("_REQ", "ISSUE: ") - before, 2);
    MIC_CHECK(ticket_caches_made() < 5);
    MIC_CHECK_INT(ticket_caches_left(), 1);
    mic_gss_tickets_close(tickets);
    MIC_CHECK_INT(ticket_caches_left(), 0);
}

MIC_TEST(gss, a_logon_that_is_cancelled_leaves_the_tickets_to_the_others)
{
    struct mic_gss_tickets *tickets = mic_gss_tickets_new();
    struct mic_buf header;
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk_fini(&talk);
    unsigned before = kdc_count("AS_REQ", "ISSUE: ");
    mic_buf_init(&header);
    log_on_with(&talk, tickets);
    MIC_REQUIRE(talk_open(&talk));
    MIC_CHECK_INT(talk.scheme->step(talk.auth, 0, NULL, &header, &talk.err), MIC_AUTH_SEND_LEG);
    talk_fini(&talk);
    log_on_with(&talk, tickets);
    talk_expect_done(&talk);
    talk_fini(&talk);
    MIC_CHECK_INT(kdc_count("AS_REQ", "ISSUE: ") - before, 1);
    mic_buf_fini(&header);
    mic_gss_tickets_close(tickets);
}

/* What a server refuses without a word in the way of HTTP. */
MIC_TEST(gss, gets_new_tickets_after_a_bare_401)
{
    static const struct mic_str bare = {"", 0};
    struct mic_gss_tickets *tickets = mic_gss_tickets_new();
    struct mic_buf header;
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk_fini(&talk);
    unsigned before = kdc_count("AS_REQ", "ISSUE: ");
    mic_buf_init(&header);
    for (unsigned i = 0; i < 2; i++) {
        log_on_with(&talk, tickets);
        MIC_REQUIRE(talk_open(&talk));
        (void)talk.scheme->step(talk.auth, 0, NULL, &header, &talk.err);
        MIC_CHECK_INT(talk.scheme->step(talk.auth, 401, i == 0 ? &bare : NULL, &header, &talk.err),
                      MIC_AUTH_FAILED);
        talk_fini(&talk);
    }
    log_on_with(&talk, tickets);
    talk_expect_done(&talk);
    talk_fini(&talk);
    MIC_CHECK_INT(kdc_count("AS_REQ", "ISSUE: ") - before, 3);
    mic_buf_fini(&header);
    mic_gss_tickets_close(tickets);
}

/* The server has got a new key: what it refuses is not tried for ever. */
MIC_TEST(gss, gets_new_tickets_when_the_server_refuses_those_it_has)
{
    struct mic_gss_tickets *tickets = mic_gss_tickets_new();
    char query[200];
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk_fini(&talk);
    log_on_with(&talk, tickets);
    talk_expect_done(&talk);
    talk_fini(&talk);
    snprintf(query, sizeof(query), "ktadd -k %s/keytab HTTP/localhost", kdc_folder());
    MIC_REQUIRE(kdc_admin(query)); /* with a new key */
    snprintf(query, sizeof(query), "ktremove -k %s/keytab HTTP/localhost old", kdc_folder());
    MIC_REQUIRE(kdc_admin(query));
    log_on_with(&talk, tickets);
    MIC_CHECK_INT(talk_log_on(&talk), MIC_AUTH_FAILED);
    talk_fini(&talk);
    log_on_with(&talk, tickets);
    talk_expect_done(&talk);
    talk_fini(&talk);
    mic_gss_tickets_close(tickets);
}

MIC_TEST(gss, begins_no_logon_with_the_tickets_of_a_session_that_is_closed)
{
    struct mic_gss_tickets *tickets = mic_gss_tickets_new();
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    talk.settings.tickets = tickets;
    MIC_REQUIRE(talk_open(&talk));
    mic_gss_tickets_close(tickets);
    MIC_CHECK_INT(talk_log_on(&talk), MIC_AUTH_FAILED);
    MIC_CHECK_INT(talk.err.code, MIC_E_CANCELLED);
    talk_fini(&talk);
}

static bool log_on_sharing(void *context)
{
    struct mic_gss_tickets *tickets = mic_gss_tickets_new();
    bool ok = true;

    for (int i = 0; i < 2 && ok; i++) {
        struct talk talk = *(struct talk *)context;

        mic_err_init(&talk.err);
        talk.settings.tickets = tickets;
        ok = talk_log_on(&talk) == MIC_AUTH_DONE;
        MIC_CHECK(ok || talk.err.code == MIC_E_MEMORY);
        if (talk.auth != NULL) {
            talk.scheme->close(talk.auth);
        }
        gss_server_fini(&talk.server);
    }
    mic_gss_tickets_close(tickets);
    return ok;
}

MIC_TEST(gss, says_so_when_memory_runs_out_with_tickets_that_are_shared)
{
    struct talk talk;

    begin(&talk, MI_AUTH_TYPE_KERBEROS, KDC_USER, KDC_PASSWORD);
    MIC_CHECK(mic_fail_alloc_each(log_on_sharing, &talk) >= 10);
    talk_fini(&talk);
}
