/* What a diagnosis tells of a TLS connection and its certificate. */
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>

#include "http/tls_shared.h"

static void take_time(const ASN1_TIME *time, char *out, size_t size, int64_t *in_seconds)
{
    struct tm parts;
    int days = 0, seconds = 0;

    out[0] = '\0';
    *in_seconds = 0;
    if (ASN1_TIME_to_tm(time, &parts) == 1) {
        (void)snprintf(out, size, "%04u-%02u-%02uT%02u:%02u:%02uZ",
                       ((unsigned)parts.tm_year + 1900) % 10000, ((unsigned)parts.tm_mon + 1) % 100,
                       (unsigned)parts.tm_mday % 100, (unsigned)parts.tm_hour % 100,
                       (unsigned)parts.tm_min % 100, (unsigned)parts.tm_sec % 100);
    }
    if (ASN1_TIME_diff(&days, &seconds, NULL, time) == 1) {
        *in_seconds = (int64_t)days * 86400 + seconds;
    }
}

static void take_digest_name(int nid, char *out, size_t size)
{
    const char *name = nid != NID_undef ? OBJ_nid2sn(nid) : NULL;

    (void)snprintf(out, size, "%s", name != NULL ? name : "");
}

static void take_fingerprint(void *library, X509 *certificate, char out[65])
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const EVP_MD *digest = mic_tls_library_digest(library, "SHA256");

    out[0] = '\0';
    if (digest != NULL && X509_digest(certificate, digest, hash, &size) == 1 && size == 32) {
        for (unsigned int i = 0; i < size; i++) {
            (void)snprintf(out + (size_t)i * 2, 3, "%02x", hash[i]);
        }
    }
    if (digest != NULL) {
        mic_tls_library_digest_free(digest);
    }
}

static void take_certificate(const struct mic_tls *tls, X509 *certificate,
                             struct mic_tls_facts *facts)
{
    int digest = NID_undef;

    mic_tls_subject_text(certificate, facts->subject, sizeof(facts->subject));
    mic_tls_issuer_text(certificate, facts->issuer, sizeof(facts->issuer));
    mic_tls_names_text(certificate, facts->names, sizeof(facts->names));
    take_time(X509_get0_notBefore(certificate), facts->begin, sizeof(facts->begin),
              &facts->begin_in_s);
    take_time(X509_get0_notAfter(certificate), facts->end, sizeof(facts->end), &facts->end_in_s);
    take_fingerprint(tls->client->shared->library, certificate, facts->sha256);
    if (X509_get_signature_info(certificate, &digest, NULL, NULL, NULL) == 1) {
        take_digest_name(digest, facts->signature, sizeof(facts->signature));
    }
    take_digest_name(mic_tls_binding_digest(certificate), facts->binding, sizeof(facts->binding));
    facts->is_self_signed =
        X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
}

bool mic_tls_facts(const struct mic_tls *tls, struct mic_tls_facts *facts)
{
    X509 *certificate = SSL_get_peer_certificate(tls->ssl);

    memset(facts, 0, sizeof(*facts));
    (void)snprintf(facts->version, sizeof(facts->version), "%s", SSL_get_version(tls->ssl));
    (void)snprintf(facts->cipher, sizeof(facts->cipher), "%s", SSL_get_cipher_name(tls->ssl));
    if (certificate == NULL) {
        return false;
    }
    ERR_set_mark();
    take_certificate(tls, certificate, facts);
    ERR_pop_to_mark();
    X509_free(certificate);
    return true;
}
