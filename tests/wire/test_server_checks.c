/* What a server's certificate is checked for over HTTPS, each check by its own switch: names and
 * issuers, pins, TLS versions, lists of revoked certificates, the OCSP answer sent along. */
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#include "mic_test.h"
#include "secure.h"

#define PIN "__MI_DESTINATIONOPTIONS_CERT_PIN"

static struct peer peer;
static struct client client;
static struct outcome outcome;

static void prepare(void)
{
    MI_UserCredentials basic = {.authenticationType = MI_AUTH_TYPE_BASIC,
                                .credentials.usernamePassword = {NULL, PEER_USER, PEER_PASSWORD}};
    secure_prepare(&client);
    MIC_REQUIRE(MI_DestinationOptions_AddDestinationCredentials(&client.options, &basic) ==
                MI_RESULT_OK);
}

static void start(const char *kind, const char *option, const char *value)
{
    const char *const options[] = {"--tls", "--cert-kind", kind, option, value, NULL};
    peer_start(&peer, options);
    prepare();
}

static void stop(void)
{
    client_close(&client);
    peer_stop(&peer);
}

static void expect_refused(const char *words)
{
    secure_expect_failure(&client, &peer, MI_RESULT_FAILED, words, &outcome);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_SECURITY_ERROR);
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
}

/* ---- each switch alone ---- */

struct switch_case {
    const char *kind, *trusted;
    bool ca, name, revocation;
    const char *words; /* NULL: it works */
};

static const struct switch_case switch_cases[] = {
    {"good", "ca-with-crl.pem", true, true, true, NULL},
    {"good", "other-ca.pem", true, true, true, "unable to get local issuer certificate"},
    {"good", "other-ca.pem", true, false, false, "unable to get local issuer certificate"},
    {"good", "other-ca.pem", false, true, true, NULL},
    {"wrong-name", "ca-with-crl.pem", true, true, true, "it is for elsewhere.example"},
    {"wrong-name", "ca-with-crl.pem", false, true, false, "it is for elsewhere.example"},
    {"wrong-name", "ca-with-crl.pem", true, false, true, NULL},
    {"revoked", "ca-with-crl.pem", true, true, true, "certificate revoked"},
    {"revoked", "ca-with-crl.pem", false, false, true, "certificate revoked"},
    {"revoked", "ca-with-crl.pem", true, true, false, NULL},
    {"revoked", "ca.pem", true, true, true, NULL}, /* no list: nothing to check */
    {"revoked", "trusted", true, true, true, "certificate revoked"},
    {"good", "trusted", true, true, true, NULL},
    {"expired", "ca.pem", true, false, false, "certificate has expired"},
    {"expired", "ca.pem", false, true, true, NULL},
};

MIC_TEST(server_checks, go_off_one_by_one)
{
    for (size_t i = 0; i < sizeof(switch_cases) / sizeof(switch_cases[0]); i++) {
        const struct switch_case *row = &switch_cases[i];
        start(row->kind, NULL, NULL);
        MI_DestinationOptions_SetTrustedCertsDir(&client.options, secure_file(row->trusted));
        MI_DestinationOptions_SetCertCACheck(&client.options, row->ca ? MI_TRUE : MI_FALSE);
        MI_DestinationOptions_SetCertCNCheck(&client.options, row->name ? MI_TRUE : MI_FALSE);
        MI_DestinationOptions_SetCertRevocationCheck(&client.options,
                                                     row->revocation ? MI_TRUE : MI_FALSE);
        if (row->words == NULL) {
            secure_expect_good(&client, &peer);
        } else {
            expect_refused(row->words);
        }
        stop();
    }
}

MIC_TEST(server_checks, tell_subject_issuer_dates_and_what_to_do)
{
    start("expired", NULL, NULL);
    expect_refused("certificate has expired");
    MIC_CHECK(strstr(outcome.message,
                     "subject CN=localhost, issuer CN=miclient test CA, valid "
                     "from Jan  1 00:00:00 2020 GMT to Jan  1 00:00:00 2021") != NULL);
    MIC_CHECK(strstr(outcome.details, "Renew the certificate") != NULL);
    MIC_CHECK(strstr(outcome.details, "TLS") != NULL);
    stop();
}

/* ---- pins ---- */

static void base64_of(const char *hex, char out[64])
{
    unsigned char bytes[32];
    for (size_t i = 0; i < sizeof(bytes); i++) {
        unsigned byte = 0;
        MIC_REQUIRE(sscanf(hex + 2 * i, "%2x", &byte) == 1);
        bytes[i] = (unsigned char)byte;
    }
    snprintf(out, 64, "sha256//");
    EVP_EncodeBlock((unsigned char *)out + 8, bytes, sizeof(bytes));
}

MIC_TEST(server_checks, a_pin_names_a_certificate_or_a_public_key)
{
    char certificate[80], key[80], base64[64], other[80], list[300];
    secure_hash("good.pem", "SHA256", false, certificate);
    secure_hash("good.pem", "SHA256", true, key);
    secure_hash("ca.pem", "SHA256", false, other);
    base64_of(key, base64);
    snprintf(list, sizeof(list), "%s, %s %s", other, base64, other);
    const char *const good[] = {certificate, key, base64, list};
    start("good", NULL, NULL);
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        secure_set_text(&client, PIN, good[i]);
        secure_expect_good(&client, &peer);
    }
    peer_control(&peer, "reset", "");
    secure_set_text(&client, PIN, other); /* not of an issuer: that is the CA's part */
    expect_refused("is not a pinned one");
    MIC_CHECK(strstr(outcome.message, certificate) != NULL);
    MIC_CHECK(strstr(outcome.message, key) != NULL);
    MIC_CHECK(strstr(outcome.details, "pin that") != NULL);
    stop();
}

/* What replaces a CA for a certificate that a server has made itself. */
MIC_TEST(server_checks, a_pin_alone_identifies_a_self_signed_certificate)
{
    char pin[80], other[80];
    secure_hash("self-signed.pem", "SHA256", false, pin);
    secure_hash("good.pem", "SHA256", false, other);
    start("self-signed", NULL, NULL);
    secure_set_text(&client, PIN, pin);
    expect_refused("self"); /* a pin is one more check */
    MI_DestinationOptions_SetCertCACheck(&client.options, MI_FALSE);
    secure_expect_good(&client, &peer);
    peer_control(&peer, "reset", "");
    secure_set_text(&client, PIN, other);
    expect_refused("is not a pinned one");
    stop();
}

MIC_TEST(server_checks, a_pin_that_is_none_is_refused_before_anything_is_sent)
{
    static const char *const bad[] = {"",
                                      " , ",
                                      "abcdef",
                                      "sha256//AAAA",
                                      "sha1//x",
                                      ("00112233445566778899aabbccddeeff00112233445566778899aab"
                                       "bccddeeffgg")};
    start("good", NULL, NULL);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        secure_set_text(&client, PIN, bad[i]);
        secure_expect_failure(&client, &peer, MI_RESULT_INVALID_PARAMETER, "is no pin", &outcome);
    }
    MIC_CHECK_INT(peer_counter(&peer, "tls.failures"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    stop();
}

/* ---- versions ---- */

MIC_TEST(server_checks, a_server_without_the_least_version_is_refused_in_words)
{
    enum { NO_TLS_1_2 = 0x10, ALL_OLDER = 0x0f };
    start("good", "--tls-max", "1.2");
    MI_DestinationOptions_SetSslOptions(&client.options, ALL_OLDER);
    secure_expect_good(&client, &peer);
    peer_control(&peer, "reset", "");
    MI_DestinationOptions_SetSslOptions(&client.options, NO_TLS_1_2);
    expect_refused("protocol version");
    MIC_CHECK(strstr(outcome.details, "This client allows TLS 1.3") != NULL);
    stop();
}

/* ---- OCSP ---- */

struct staple_case {
    const char *kind, *staple, *trusted;
    bool checks;
    const char *words; /* NULL: it works */
};

static const struct staple_case staple_cases[] = {
    {"good", "good.ocsp", "ca.pem", true, NULL},
    {"good", "good-delegated.ocsp", "ca.pem", true, NULL},
    {"good", "good-forged.ocsp", "ca.pem", true, "not signed by the certificate's issuer"},
    {"good", "good-forged.ocsp", "ca.pem", false, NULL},
    {"good", "good-undelegated.ocsp", "ca.pem", true, "not signed by the certificate's issuer"},
    {"good", "revoked.ocsp", "ca.pem", true, "is about another certificate"},
    {"good", "ca.pem", "ca.pem", true, "cannot be read"},
    {"revoked", "revoked.ocsp", "ca.pem", true, "was revoked on"},
    {"revoked", "revoked.ocsp", "ca.pem", false, NULL},
    {"revoked", "good.ocsp", "ca.pem", true, "is about another certificate"},
    {"must-staple", "good.ocsp", "ca.pem", true, "is about another certificate"},
};

static void try_staple(const struct staple_case *row, const char *tls_max)
{
    const char *const options[] = {"--tls",
                                   "--cert-kind",
                                   row->kind,
                                   "--tls-max",
                                   tls_max,
                                   "--staple",
                                   secure_file(row->staple),
                                   NULL};
    peer_start(&peer, options);
    prepare();
    MI_DestinationOptions_SetTrustedCertsDir(&client.options, secure_file(row->trusted));
    MI_DestinationOptions_SetCertRevocationCheck(&client.options, row->checks ? MI_TRUE : MI_FALSE);
    if (row->words == NULL) {
        secure_expect_good(&client, &peer);
    } else {
        expect_refused(row->words);
        MIC_CHECK(strstr(outcome.message, "subject CN=localhost, issuer CN=") != NULL);
        MIC_CHECK(strstr(outcome.details, "SetCertRevocationCheck") != NULL);
    }
    stop();
}

MIC_TEST(server_checks, the_ocsp_answer_sent_along_counts)
{
    for (size_t i = 0; i < sizeof(staple_cases) / sizeof(staple_cases[0]); i++) {
        try_staple(&staple_cases[i], "1.3");
        try_staple(&staple_cases[i], "1.2");
    }
}

/* A session resumed gets no answer, and needs none. */
MIC_TEST(server_checks, an_ocsp_answer_holds_for_the_session_that_it_began)
{
    const char *const versions[] = {"1.2", "1.3"};
    for (size_t i = 0; i < 2; i++) {
        const char *const options[] = {
            "--tls",     "--tls-max", versions[i], "--staple", secure_file("good.ocsp"),
            "--dialect", "openwsman", NULL}; /* closes after each */
        peer_start(&peer, options);
        prepare();
        client_connect(&client, peer.url);
        for (int round = 0; round < 3; round++) {
            enumerate(&client.session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", &outcome);
            MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
        }
        MIC_CHECK(peer_counter(&peer, "tls.resumed") > 0);
        stop();
    }
}

MIC_TEST(server_checks, a_missing_ocsp_answer_counts_when_the_certificate_demands_one)
{
    start("good", NULL, NULL);
    secure_expect_good(&client, &peer);
    stop();
    start("must-staple", NULL, NULL);
    expect_refused("that the certificate demands is missing");
    MI_DestinationOptions_SetCertRevocationCheck(&client.options, MI_FALSE);
    secure_expect_good(&client, &peer);
    stop();
}
