/** Certificates made for one run: a CA and what it signs, in PEM files of a temporary folder. */
#ifndef HTTP_CERTIFICATES_H
#define HTTP_CERTIFICATES_H

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mic_test.h"

struct identity {
    EVP_PKEY *key;
    X509 *certificate;
};

static inline EVP_PKEY *make_key(void)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);
    EVP_PKEY *key = NULL;

    MIC_REQUIRE(context != NULL && EVP_PKEY_keygen_init(context) == 1 &&
                EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1 &&
                EVP_PKEY_keygen(context, &key) == 1);
    EVP_PKEY_CTX_free(context);
    return key;
}

static inline void add_extension(X509 *certificate, int nid, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

    MIC_REQUIRE(extension != NULL && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

/** @param issuer NULL: signed by itself
 *  @param names  subjectAltName; NULL: a CA
 *  @param begin,end  seconds from now */
static inline struct identity make_identity(const char *common_name, const struct identity *issuer,
                                            const char *names, long serial, long begin, long end)
{
    struct identity made = {make_key(), X509_new()};
    X509 *x = made.certificate;
    X509_NAME *name = X509_get_subject_name(x);

    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), serial);
    X509_gmtime_adj(X509_getm_notBefore(x), begin);
    X509_gmtime_adj(X509_getm_notAfter(x), end);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)common_name, -1,
                               -1, 0);
    X509_set_issuer_name(x, issuer != NULL ? X509_get_subject_name(issuer->certificate) : name);
    X509_set_pubkey(x, made.key);
    if (names == NULL) {
        add_extension(x, NID_basic_constraints, "critical,CA:TRUE");
        add_extension(x, NID_key_usage, "critical,keyCertSign,cRLSign");
    } else {
        add_extension(x, NID_subject_alt_name, names);
    }
    MIC_REQUIRE(X509_sign(x, issuer != NULL ? issuer->key : made.key, EVP_sha256()) > 0);
    return made;
}

static inline void identity_free(struct identity *identity)
{
    EVP_PKEY_free(identity->key);
    X509_free(identity->certificate);
}

static inline FILE *open_in(const char *folder, const char *name, char *path, size_t size)
{
    FILE *file;

    snprintf(path, size, "%s/%s", folder, name);
    file = fopen(path, "we");
    MIC_REQUIRE(file != NULL);
    return file;
}

/** A list that revokes @p serial (0: nothing). */
static inline X509_CRL *make_crl(const struct identity *ca, long serial)
{
    X509_CRL *crl = X509_CRL_new();
    ASN1_TIME *time = ASN1_TIME_new();

    X509_CRL_set_version(crl, 1);
    X509_CRL_set_issuer_name(crl, X509_get_subject_name(ca->certificate));
    X509_gmtime_adj(time, -3600);
    X509_CRL_set1_lastUpdate(crl, time);
    if (serial != 0) {
        X509_REVOKED *revoked = X509_REVOKED_new();
        ASN1_INTEGER *number = ASN1_INTEGER_new();

        ASN1_INTEGER_set(number, serial);
        X509_REVOKED_set_serialNumber(revoked, number);
        X509_REVOKED_set_revocationDate(revoked, time);
        X509_CRL_add0_revoked(crl, revoked);
        ASN1_INTEGER_free(number);
    }
    X509_gmtime_adj(time, 3600);
    X509_CRL_set1_nextUpdate(crl, time);
    MIC_REQUIRE(X509_CRL_sign(crl, ca->key, EVP_sha256()) > 0);
    ASN1_TIME_free(time);
    return crl;
}

#endif
