/* What the server sends along about its own certificate: an OCSP answer of the certificate's issuer
 * (RFC 6066 8, RFC 6960). OpenSSL's OCSP_basic_verify is not used: it works with the algorithms of
 * the process, not with those of our library context, and wants a trusted root where only the
 * issuer counts. */
#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "http/tls_shared.h"

#define SKEW_S         300 /* clocks differ */
#define FEATURE_STATUS 5   /* status_request (RFC 7633 6) */
#define ANSWER_MAX     ((long)64 * 1024)
#define SAID_GOOD      1
#define SAID_NOTHING   0
#define SAID_WRONG     (-1)

struct subject {
    struct mic_tls *tls;
    void *library;
    X509 *certificate, *issuer;
};

static int refuse(const struct subject *subject, const char *why)
{
    const struct mic_tls_client *client = subject->tls->client;
    struct mic_err *err = subject->tls->err;
    char text[320];

    mic_tls_certificate_text(subject->certificate, text, sizeof(text));
    mic_err_set(err, MIC_E_CERTIFICATE,
                "the certificate of %s port %u was refused: the OCSP answer that the server sends "
                "along %s (%s)",
                client->host, (unsigned)client->port, why, text);
    if (err != NULL) {
        err->native = X509_V_ERR_OCSP_VERIFY_FAILED;
    }
    mic_err_remedy(err,
                   "Look at the server's OCSP stapling and clock, or switch the check off with "
                   "MI_DestinationOptions_SetCertRevocationCheck.");
    return SAID_WRONG;
}

static int refuse_revoked(const struct subject *subject, int reason, const ASN1_TIME *time)
{
    const struct mic_tls_client *client = subject->tls->client;
    struct mic_err *err = subject->tls->err;
    char text[320], when[40] = "?";

    mic_tls_certificate_text(subject->certificate, text, sizeof(text));
    mic_tls_time_text(time, when, sizeof(when));
    mic_err_set(err, MIC_E_CERTIFICATE,
                "the certificate of %s port %u was revoked on %s (%s) by its issuer's OCSP answer "
                "(%s)",
                client->host, (unsigned)client->port, when,
                reason >= 0 ? OCSP_crl_reason_str(reason) : "no reason given", text);
    if (err != NULL) {
        err->native = X509_V_ERR_CERT_REVOKED;
    }
    mic_err_remedy(err, "Replace the server's certificate, or switch the check off with "
                        "MI_DestinationOptions_SetCertRevocationCheck.");
    return SAID_WRONG;
}

/* ---- who signed ---- */

/* The certificate read anew, so that its key belongs to our library context. */
static X509 *adopt(void *library, X509 *certificate)
{
    unsigned char *der = NULL;
    const unsigned char *at;
    int size = i2d_X509(certificate, &der);
    X509 *own = size > 0 ? mic_tls_library_certificate(library) : NULL;

    at = der;
    if (own != NULL && d2i_X509(&own, &at, size) == NULL) {
        X509_free(own);
        own = NULL;
    }
    OPENSSL_free(der);
    return own;
}

/* A responder whom the issuer itself named (RFC 6960 4.2.2.2). */
static bool is_responder(X509 *certificate, X509 *issuer)
{
    EVP_PKEY *key = X509_get0_pubkey(issuer);

    return key != NULL && X509_check_issued(issuer, certificate) == X509_V_OK &&
           (X509_get_extension_flags(certificate) & EXFLAG_XKUSAGE) != 0 &&
           (X509_get_extended_key_usage(certificate) & XKU_OCSP_SIGN) != 0 &&
           X509_cmp_current_time(X509_get0_notBefore(certificate)) < 0 &&
           X509_cmp_current_time(X509_get0_notAfter(certificate)) > 0 &&
           X509_verify(certificate, key) == 1;
}

static bool is_signed(const struct subject *subject, OCSP_BASICRESP *answer)
{
    const STACK_OF(X509) *certificates = OCSP_resp_get0_certs(answer);
    EVP_PKEY *key = X509_get0_pubkey(subject->issuer);
    bool ok = key != NULL && mic_tls_library_ocsp_signed(subject->library, answer, key);

    for (int i = 0; !ok && i < sk_X509_num(certificates) && i < 8; i++) {
        X509 *signer = adopt(subject->library, sk_X509_value(certificates, i));

        ok = signer != NULL && is_responder(signer, subject->issuer) &&
             mic_tls_library_ocsp_signed(subject->library, answer, X509_get0_pubkey(signer));
        X509_free(signer);
    }
    return ok;
}

/* ---- what it says ---- */

static bool is_about(const struct subject *subject, const OCSP_CERTID *id)
{
    union {
        const OCSP_CERTID *kept;
        OCSP_CERTID *taken;
    } asked = {.kept = id};
    ASN1_OBJECT *algorithm = NULL;
    const EVP_MD *digest;
    OCSP_CERTID *own;
    bool is_same = false;

    if (OCSP_id_get0_info(NULL, &algorithm, NULL, NULL, asked.taken) != 1) {
        return false;
    }
    digest = mic_tls_library_digest(subject->library, OBJ_nid2sn(OBJ_obj2nid(algorithm)));
    if (digest == NULL) {
        return false;
    }
    own = OCSP_cert_to_id(digest, subject->certificate, subject->issuer);
    is_same = own != NULL && OCSP_id_cmp(own, id) == 0;
    OCSP_CERTID_free(own);
    mic_tls_library_digest_free(digest);
    return is_same;
}

static OCSP_SINGLERESP *find_single(const struct subject *subject, OCSP_BASICRESP *answer)
{
    for (int i = 0; i < OCSP_resp_count(answer) && i < 64; i++) {
        OCSP_SINGLERESP *single = OCSP_resp_get0(answer, i);

        if (is_about(subject, OCSP_SINGLERESP_get0_id(single))) {
            return single;
        }
    }
    return NULL;
}

static int judge(const struct subject *subject, OCSP_BASICRESP *answer)
{
    OCSP_SINGLERESP *single;
    ASN1_GENERALIZEDTIME *revoked_at = NULL, *this_update = NULL, *next_update = NULL;
    int reason = -1;
    int status;

    if (!is_signed(subject, answer)) {
        return refuse(subject, "is not signed by the certificate's issuer");
    }
    single = find_single(subject, answer);
    if (single == NULL) {
        return refuse(subject, "is about another certificate");
    }
    status = OCSP_single_get0_status(single, &reason, &revoked_at, &this_update, &next_update);
    if (status == V_OCSP_CERTSTATUS_REVOKED) {
        return refuse_revoked(subject, reason, revoked_at);
    }
    if (OCSP_check_validity(this_update, next_update, SKEW_S, -1) != 1) {
        return refuse(subject, "is out of date");
    }
    if (status != V_OCSP_CERTSTATUS_GOOD) {
        return refuse(subject, "says that its issuer does not know it");
    }
    return SAID_GOOD;
}

static int read_answer(const struct subject *subject, const unsigned char *bytes, long size)
{
    OCSP_RESPONSE *response = size <= ANSWER_MAX ? d2i_OCSP_RESPONSE(NULL, &bytes, size) : NULL;
    OCSP_BASICRESP *answer = NULL;
    int said;

    if (response == NULL) {
        return refuse(subject, "cannot be read");
    }
    if (OCSP_response_status(response) != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
        mic_tls_trace(subject->tls->client, 1, "the OCSP answer sent along says only: %s",
                      OCSP_response_status_str(OCSP_response_status(response)));
        said = SAID_NOTHING;
    } else if ((answer = OCSP_response_get1_basic(response)) == NULL) {
        said = refuse(subject, "cannot be read");
    } else {
        said = judge(subject, answer);
    }
    OCSP_BASICRESP_free(answer);
    OCSP_RESPONSE_free(response);
    return said;
}

/* "Must staple": without an answer it does not count (RFC 7633). */
static bool demands_answer(const X509 *certificate)
{
    TLS_FEATURE *features = X509_get_ext_d2i(certificate, NID_tlsfeature, NULL, NULL);
    bool demands = false;

    for (int i = 0; i < sk_ASN1_INTEGER_num(features); i++) {
        demands = demands || ASN1_INTEGER_get(sk_ASN1_INTEGER_value(features, i)) == FEATURE_STATUS;
    }
    TLS_FEATURE_free(features);
    return demands;
}

static int check(const struct subject *subject)
{
    unsigned char *bytes = NULL;
    long size = SSL_get_tlsext_status_ocsp_resp(subject->tls->ssl, &bytes);
    int said = SAID_NOTHING;

    if (size > 0 && bytes != NULL && subject->issuer != NULL) {
        said = read_answer(subject, bytes, size);
    } else if (size > 0) {
        mic_tls_trace(subject->tls->client, 1,
                      "an OCSP answer was sent along, and the certificate's issuer is not known: "
                      "not checked");
    }
    if (said == SAID_NOTHING && demands_answer(subject->certificate)) {
        return refuse(subject, "and that the certificate demands is missing");
    }
    if (said == SAID_GOOD) {
        mic_tls_trace(subject->tls->client, 1, "the OCSP answer sent along: good");
    }
    return said;
}

int mic_tls_check_status(SSL *ssl, void *unused)
{
    struct mic_tls *tls = SSL_get_app_data(ssl);
    const STACK_OF(X509) *chain = SSL_get0_verified_chain(ssl);
    struct subject subject = {.tls = tls, .library = tls->client->shared->library};
    int said;

    (void)unused;
    /* A resumed session's was looked at when it began; then no answer comes. */
    if (!tls->client->check_revocation || SSL_session_reused(ssl) == 1 || sk_X509_num(chain) < 1) {
        return 1;
    }
    subject.certificate = sk_X509_value(chain, 0);
    subject.issuer = sk_X509_num(chain) > 1 ? sk_X509_value(chain, 1) : NULL;
    /* A key that did not sign leaves words in OpenSSL's queue, which the handshake would take for
     * its own. */
    ERR_set_mark();
    said = check(&subject);
    ERR_pop_to_mark();
    return said == SAID_WRONG ? 0 : 1;
}
