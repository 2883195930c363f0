/* What makes a server's certificate good, and the words when it is not. */
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "http/tls_shared.h"

void mic_tls_trace(const struct mic_tls_client *client, int level, const char *format, ...)
{
    char who[32], text[512];
    va_list arguments;

    if (!mic_trace_on(client->trace, MIC_TRACE_TLS, level)) {
        return;
    }
    (void)snprintf(who, sizeof(who), "s%lu", (unsigned long)client->session_number);
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    mic_trace_line(client->trace, MIC_TRACE_TLS, level, who, "%s", text);
}

static bool is_about_revocation(int error)
{
    switch (error) {
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD:
    case X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD:
    case X509_V_ERR_CERT_REVOKED:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
    case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
    case X509_V_ERR_DIFFERENT_CRL_SCOPE:
    case X509_V_ERR_CRL_PATH_VALIDATION_ERROR:
        return true;
    default:
        return false;
    }
}

/* What a memory BIO holds, fit for a message. */
static void take_text(BIO *bio, char *out, size_t size)
{
    char *data = NULL;
    long length = bio != NULL ? BIO_get_mem_data(bio, &data) : 0;

    mic_err_quote((struct mic_str){data, length > 0 ? (size_t)length : 0}, out, size);
    BIO_free(bio);
}

static void name_text(const X509_NAME *name, char *out, size_t size)
{
    BIO *bio = BIO_new(BIO_s_mem());

    if (bio != NULL) {
        X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB);
    }
    take_text(bio, out, size);
}

void mic_tls_time_text(const ASN1_TIME *time, char *out, size_t size)
{
    BIO *bio = BIO_new(BIO_s_mem());

    if (bio != NULL) {
        ASN1_TIME_print(bio, time);
    }
    take_text(bio, out, size);
}

void mic_tls_subject_text(const X509 *certificate, char *out, size_t size)
{
    name_text(X509_get_subject_name(certificate), out, size);
}

void mic_tls_issuer_text(const X509 *certificate, char *out, size_t size)
{
    name_text(X509_get_issuer_name(certificate), out, size);
}

void mic_tls_certificate_text(const X509 *certificate, char *out, size_t size)
{
    char subject[120], issuer[120], begin[32], end[32];

    mic_tls_subject_text(certificate, subject, sizeof(subject));
    mic_tls_issuer_text(certificate, issuer, sizeof(issuer));
    mic_tls_time_text(X509_get0_notBefore(certificate), begin, sizeof(begin));
    mic_tls_time_text(X509_get0_notAfter(certificate), end, sizeof(end));
    (void)snprintf(out, size, "subject %s, issuer %s, valid from %s to %s", subject, issuer, begin,
                   end);
}

/* What to do, for the reasons where the usual (give the CA) is not it. */
static const struct {
    int error;
    const char *remedy;
} remedies[] = {
    {X509_V_ERR_CERT_HAS_EXPIRED, "Renew the certificate, and check the clocks of both machines."},
    {X509_V_ERR_CERT_NOT_YET_VALID,
     "Renew the certificate, and check the clocks of both machines."},
    {X509_V_ERR_INVALID_PURPOSE,
     "Give the server a certificate made for servers (extended key usage serverAuth)."},
    {X509_V_ERR_EE_KEY_TOO_SMALL,
     "Give the server a certificate with a longer key (RSA 2048 bits or more)."},
    {X509_V_ERR_CA_KEY_TOO_SMALL, "Use a CA with a longer key (RSA 2048 bits or more)."},
    {X509_V_ERR_CA_MD_TOO_WEAK, "Have the certificate signed anew, with SHA-256."},
    {X509_V_ERR_CERT_CHAIN_TOO_LONG, "Use a shorter chain of certificates."},
};

static const char *remedy_for(int error)
{
    for (size_t i = 0; i < MIC_COUNT(remedies); i++) {
        if (remedies[i].error == error) {
            return remedies[i].remedy;
        }
    }
    return is_about_revocation(error) ? "Replace the certificate or the list of revoked ones, or "
                                        "switch the check off with "
                                        "MI_DestinationOptions_SetCertRevocationCheck."
                                      : NULL;
}

static void set_untrusted(struct mic_tls *tls, int error, int depth, const X509 *certificate)
{
    char text[320] = "none";
    const char *remedy = remedy_for(error);

    if (certificate != NULL) {
        mic_tls_certificate_text(certificate, text, sizeof(text));
    }
    mic_err_set(tls->err, MIC_E_CERTIFICATE,
                "the certificate of %s port %u was refused: %s (certificate %d of the chain: %s)",
                tls->client->host, (unsigned)tls->client->port,
                X509_verify_cert_error_string(error), depth, text);
    if (tls->err != NULL) {
        tls->err->native = (uint32_t)error;
    }
    if (remedy != NULL) {
        mic_err_remedy(tls->err, "%s", remedy);
    }
}

int mic_tls_verify(int ok, X509_STORE_CTX *store_context)
{
    SSL *ssl = X509_STORE_CTX_get_ex_data(store_context, SSL_get_ex_data_X509_STORE_CTX_idx());
    struct mic_tls *tls = SSL_get_app_data(ssl);
    int error = X509_STORE_CTX_get_error(store_context);
    int depth = X509_STORE_CTX_get_error_depth(store_context);

    if (ok == 1) {
        return 1;
    }
    if (error == X509_V_ERR_UNABLE_TO_GET_CRL) {
        mic_tls_trace(
            tls->client, 1,
            "no list of revoked certificates for certificate %d of the chain: not checked", depth);
        X509_STORE_CTX_set_error(store_context, X509_V_OK);
        return 1;
    }
    if (is_about_revocation(error) ? !tls->client->check_revocation : !tls->client->check_ca) {
        mic_tls_trace(tls->client, 1, "certificate %d of the chain: %s; not checked", depth,
                      X509_verify_cert_error_string(error));
        X509_STORE_CTX_set_error(store_context, X509_V_OK);
        return 1;
    }
    set_untrusted(tls, error, depth, X509_STORE_CTX_get_current_cert(store_context));
    return 0;
}

static void append_address(BIO *bio, const ASN1_OCTET_STRING *address)
{
    const unsigned char *data = ASN1_STRING_get0_data(address);
    int size = ASN1_STRING_length(address);

    if (size == 4) {
        BIO_printf(bio, "%d.%d.%d.%d", data[0], data[1], data[2], data[3]);
        return;
    }
    for (int i = 0; i + 1 < size; i += 2) {
        BIO_printf(bio, "%s%x", i > 0 ? ":" : "", data[i] << 8 | data[i + 1]);
    }
}

void mic_tls_names_text(X509 *certificate, char *out, size_t size)
{
    GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
    BIO *bio = BIO_new(BIO_s_mem());
    int count = 0;

    for (int i = 0; bio != NULL && i < sk_GENERAL_NAME_num(names) && count < 6; i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);

        if (name->type != GEN_DNS && name->type != GEN_IPADD) {
            continue;
        }
        BIO_printf(bio, "%s", count++ > 0 ? ", " : "");
        if (name->type == GEN_DNS) {
            BIO_write(bio, ASN1_STRING_get0_data(name->d.dNSName),
                      ASN1_STRING_length(name->d.dNSName));
        } else {
            append_address(bio, name->d.iPAddress);
        }
    }
    GENERAL_NAMES_free(names);
    if (count > 0) {
        take_text(bio, out, size);
    } else {
        BIO_free(bio);
        name_text(X509_get_subject_name(certificate), out, size);
    }
}

static bool check_name(const struct mic_tls *tls, X509 *certificate, struct mic_err *err)
{
    const struct mic_tls_client *client = tls->client;
    char names[300], text[320];
    int matches;

    if (!client->check_name) {
        return true;
    }
    matches = X509_check_ip_asc(certificate, client->host, 0);
    if (matches == -2) {
        matches = X509_check_host(certificate, client->host, 0,
                                  X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, NULL);
    }
    if (matches == 1) {
        return true;
    }
    mic_tls_names_text(certificate, names, sizeof(names));
    mic_tls_certificate_text(certificate, text, sizeof(text));
    mic_err_set(err, MIC_E_CERTIFICATE,
                "the certificate of %s port %u is for another name: it is for %s (%s)",
                client->host, (unsigned)client->port, names, text);
    if (err != NULL) {
        err->native = X509_V_ERR_HOSTNAME_MISMATCH;
    }
    mic_err_remedy(err, "Connect by a name the certificate is for, or switch the check of the name "
                        "off with MI_DestinationOptions_SetCertCNCheck.");
    return false;
}

/* In the handshake, so that a wrong server does not get to see the client's certificate; in a
 * renegotiation too, in which the server may show another one. */
int mic_tls_verify_peer(X509_STORE_CTX *store_context, void *unused)
{
    SSL *ssl = X509_STORE_CTX_get_ex_data(store_context, SSL_get_ex_data_X509_STORE_CTX_idx());
    struct mic_tls *tls = SSL_get_app_data(ssl);
    X509 *certificate = X509_STORE_CTX_get0_cert(store_context);
    int result = X509_verify_cert(store_context);

    (void)unused;
    if (result != 1) {
        return result;
    }
    if (!check_name(tls, certificate, tls->err)) {
        X509_STORE_CTX_set_error(store_context, X509_V_ERR_HOSTNAME_MISMATCH);
        return 0;
    }
    if (mic_tls_check_pin(tls, certificate, tls->err) != MI_RESULT_OK) {
        X509_STORE_CTX_set_error(store_context, X509_V_ERR_APPLICATION_VERIFICATION);
        return 0;
    }
    tls->is_verified = true;
    return 1;
}
