/* The client's certificate and its key: from their files into an SSL_CTX, and what servers say to
 * them. */
#include <errno.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "http/tls_shared.h"

#define FILE_MAX ((size_t)1024 * 1024)

/* What OpenSSL asks for the password with, and whether it did. */
struct asked {
    const struct mic_secret *password;
    bool was_asked;
};

/* OpenSSL's own would ask at the terminal. */
static int on_password(char *out, int size, int for_writing, void *context)
{
    struct asked *asked = context;

    (void)for_writing;
    asked->was_asked = true;
    if (asked->password == NULL || size < 0 || asked->password->size > (size_t)size) {
        return -1;
    }
    memcpy(out, asked->password->data, asked->password->size);
    return (int)asked->password->size;
}

static const char *reason(void)
{
    const char *text = ERR_reason_error_string(ERR_peek_last_error());

    return text != NULL ? text : "no reason given";
}

static void wipe(struct mic_buf *bytes)
{
    mic_wipe(bytes->data, bytes->capacity);
    mic_buf_fini(bytes);
}

/* Into one block that can be wiped: what stdio and a growing buffer leave behind cannot. */
static bool read_all(int fd, struct mic_buf *out)
{
    struct stat facts;
    ssize_t n = 1;

    if (fstat(fd, &facts) != 0) {
        return false;
    }
    if (facts.st_size < 0 || (size_t)facts.st_size > FILE_MAX) {
        errno = EFBIG;
        return false;
    }
    if (!mic_buf_reserve(out, (size_t)facts.st_size + 1)) {
        errno = ENOMEM;
        return false;
    }
    while (n != 0 && out->size < out->capacity) {
        n = read(fd, out->data + out->size, out->capacity - out->size);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        out->size += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static MI_Result read_file(const char *file, const char *what, struct mic_buf *out,
                           struct mic_err *err)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    int error_number = 0;

    mic_buf_init(out);
    if (fd < 0 || !read_all(fd, out)) {
        error_number = errno;
    }
    if (fd >= 0) {
        close(fd);
    }
    if (error_number != 0) {
        wipe(out);
        mic_buf_init(out);
        return mic_err_set_errno(err, error_number == ENOMEM ? MIC_E_MEMORY : MIC_E_ARGUMENT,
                                 error_number, "cannot read the %s %s", what, file);
    }
    return MI_RESULT_OK;
}

static bool is_pem(const struct mic_buf *bytes)
{
    return bytes->size > 0 && memmem(bytes->data, bytes->size, "-----BEGIN ", 11) != NULL;
}

static BIO *open_bytes(const struct mic_buf *bytes)
{
    return BIO_new_mem_buf(bytes->data, (int)bytes->size);
}

/* As SSL_CTX_use_certificate_chain_file, which empties the error queue of the caller's thread. */
static bool use_chain(SSL_CTX *context, const struct mic_buf *pem)
{
    struct asked asked = {NULL, false};
    BIO *bio = open_bytes(pem);
    X509 *certificate = bio != NULL ? PEM_read_bio_X509_AUX(bio, NULL, on_password, &asked) : NULL;
    bool ok = certificate != NULL && SSL_CTX_use_certificate(context, certificate) == 1;

    X509_free(certificate);
    while (ok && (certificate = PEM_read_bio_X509(bio, NULL, on_password, &asked)) != NULL) {
        ok = SSL_CTX_add0_chain_cert(context, certificate) == 1;
        if (!ok) {
            X509_free(certificate);
        }
    }
    BIO_free(bio);
    return ok;
}

static MI_Result set_no_key(const char *file, const struct asked *asked, struct mic_err *err)
{
    if (!asked->was_asked) {
        return mic_err_set(err, MIC_E_ARGUMENT, "cannot read a private key from %s: %s", file,
                           reason());
    }
    if (asked->password != NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "the private key in %s cannot be opened with the password given: %s",
                           file, reason());
    }
    mic_err_set(err, MIC_E_ARGUMENT,
                "cannot read a private key without a password from %s: it is encrypted", file);
    mic_err_remedy(err, "Give its password with the option "
                        "__MI_DESTINATIONOPTIONS_PRIVATE_KEY_CREDENTIALS (see "
                        "MI_DestinationOptions_SetPrivateKeyFile).");
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result use_key(void *library, SSL_CTX *context, const struct mic_tls_settings *settings,
                         const struct mic_buf *pem, struct mic_err *err)
{
    const char *file = settings->key_file != NULL ? settings->key_file : settings->certificate_file;
    struct asked asked = {settings->key_password, false};
    BIO *bio = open_bytes(pem);
    EVP_PKEY *key = bio != NULL ? mic_tls_library_key(library, bio, on_password, &asked) : NULL;
    MI_Result result = MI_RESULT_OK;

    if (key == NULL) {
        result = set_no_key(file, &asked, err);
    } else if (SSL_CTX_use_PrivateKey(context, key) != 1) {
        result = mic_err_set(err, MIC_E_ARGUMENT,
                             "the key in %s is not that of the certificate in %s: %s", file,
                             settings->certificate_file, reason());
    }
    EVP_PKEY_free(key);
    BIO_free(bio);
    return result;
}

static MI_Result load_pem(void *library, SSL_CTX *context, const struct mic_tls_settings *settings,
                          const struct mic_buf *pem, struct mic_err *err)
{
    struct mic_buf key;
    MI_Result result;

    if (!use_chain(context, pem)) {
        return mic_err_set(err, MIC_E_ARGUMENT, "cannot read a certificate from %s: %s",
                           settings->certificate_file, reason());
    }
    if (settings->key_file == NULL) {
        return use_key(library, context, settings, pem, err);
    }
    result = read_file(settings->key_file, "private key", &key, err);
    if (result == MI_RESULT_OK) {
        result = use_key(library, context, settings, &key, err);
    }
    wipe(&key);
    return result;
}

static MI_Result set_not_opened(const struct mic_tls_settings *settings, struct mic_err *err)
{
    const char *file = settings->certificate_file;
    unsigned long error = ERR_peek_last_error();

    if (ERR_GET_LIB(error) == ERR_LIB_PKCS12 &&
        ERR_GET_REASON(error) == PKCS12_R_MAC_VERIFY_FAILURE) {
        mic_err_set(err, MIC_E_ARGUMENT, "the PKCS #12 file %s cannot be opened %s", file,
                    settings->key_password != NULL ? "with the password given: it is wrong"
                                                   : "without a password");
        mic_err_remedy(err, "Give its password with the option "
                            "__MI_DESTINATIONOPTIONS_PRIVATE_KEY_CREDENTIALS (see "
                            "MI_DestinationOptions_SetPrivateKeyFile).");
        return MI_RESULT_INVALID_PARAMETER;
    }
    mic_err_set(err, MIC_E_ARGUMENT, "cannot read the PKCS #12 file %s: %s", file, reason());
    mic_err_remedy(err,
                   "If it is encrypted with RC2 or DES, export it anew with AES: openssl pkcs12 "
                   "-legacy -in OLD -nodes | openssl pkcs12 -export -out NEW.");
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result use_pkcs12(SSL_CTX *context, const char *file, X509 *certificate, EVP_PKEY *key,
                            STACK_OF(X509) * chain, struct mic_err *err)
{
    if (certificate == NULL || key == NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "the PKCS #12 file %s holds no certificate with its private key", file);
    }
    /* 1: replaces; what the store could add to the chain is the server's to find. */
    if (SSL_CTX_use_cert_and_key(context, certificate, key, chain, 1) != 1) {
        return mic_err_set(err, MIC_E_ARGUMENT, "the PKCS #12 file %s cannot be used: %s", file,
                           reason());
    }
    return MI_RESULT_OK;
}

static MI_Result load_pkcs12(void *library, SSL_CTX *context,
                             const struct mic_tls_settings *settings, const struct mic_buf *bytes,
                             struct mic_err *err)
{
    const char *file = settings->certificate_file;
    BIO *bio = open_bytes(bytes);
    PKCS12 *pkcs12 = bio != NULL ? mic_tls_library_pkcs12(library, bio) : NULL;
    X509 *certificate = NULL;
    EVP_PKEY *key = NULL;
    STACK_OF(X509) *chain = NULL;
    MI_Result result;

    BIO_free(bio);
    if (pkcs12 == NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "cannot read a certificate from %s: it is neither PEM nor PKCS #12",
                           file);
    }
    if (settings->key_file != NULL) {
        PKCS12_free(pkcs12);
        return mic_err_set(
            err, MIC_E_ARGUMENT,
            "%s is a PKCS #12 file, which holds its key: the key file %s is too much", file,
            settings->key_file);
    }
    if (PKCS12_parse(pkcs12, settings->key_password != NULL ? settings->key_password->data : NULL,
                     &key, &certificate, &chain) == 1) {
        result = use_pkcs12(context, file, certificate, key, chain, err);
    } else {
        result = set_not_opened(settings, err);
    }
    sk_X509_pop_free(chain, X509_free);
    X509_free(certificate);
    EVP_PKEY_free(key);
    PKCS12_free(pkcs12);
    return result;
}

MI_Result mic_tls_identity_load(void *library, SSL_CTX *context,
                                const struct mic_tls_settings *settings, struct mic_err *err)
{
    struct mic_buf bytes;
    MI_Result result;

    if (settings->certificate_file == NULL) {
        return MI_RESULT_OK;
    }
    result = read_file(settings->certificate_file, "certificate", &bytes, err);
    if (result == MI_RESULT_OK) {
        result = is_pem(&bytes) ? load_pem(library, context, settings, &bytes, err)
                                : load_pkcs12(library, context, settings, &bytes, err);
    }
    wipe(&bytes);
    if (result == MI_RESULT_OK && SSL_CTX_check_private_key(context) != 1) {
        result = mic_err_set(err, MIC_E_ARGUMENT,
                             "the private key for the certificate in %s is not its own",
                             settings->certificate_file);
    }
    if (result == MI_RESULT_OK) {
        /* The server may ask for it only when it sees the request (RFC 8446 4.6.2). */
        SSL_CTX_set_post_handshake_auth(context, 1);
    }
    return result;
}

/* ---- the thumbprint of the credentials ---- */

static bool has_thumbprint(X509 *certificate, const EVP_MD *digest, const unsigned char *wanted,
                           size_t size)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int hash_size = 0;

    return certificate != NULL && X509_digest(certificate, digest, hash, &hash_size) == 1 &&
           hash_size == size && memcmp(hash, wanted, size) == 0;
}

static bool chain_has_thumbprint(SSL_CTX *context, const EVP_MD *digest,
                                 const unsigned char *wanted, size_t size)
{
    STACK_OF(X509) *chain = NULL;

    if (SSL_CTX_get0_chain_certs(context, &chain) != 1) {
        return false;
    }
    for (int i = 0; i < sk_X509_num(chain); i++) {
        if (has_thumbprint(sk_X509_value(chain, i), digest, wanted, size)) {
            return true;
        }
    }
    return false;
}

MI_Result mic_tls_identity_check(void *library, SSL_CTX *context,
                                 const struct mic_tls_settings *settings, struct mic_err *err)
{
    unsigned char wanted[MIC_TLS_SHA256_SIZE];
    char quoted[128];
    const char *text = settings->thumbprint;
    const EVP_MD *digest;
    int size;
    bool is_same;

    if (settings->certificate_file == NULL || text == NULL || text[0] == '\0') {
        return MI_RESULT_OK;
    }
    mic_err_quote(mic_str_from(text), quoted, sizeof(quoted));
    size = mic_tls_read_hex(text, wanted, sizeof(wanted));
    if (size != 20 && size != MIC_TLS_SHA256_SIZE) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "\"%s\" is no thumbprint: that is a SHA-1 (40 hexadecimal digits) or "
                           "SHA-256 (64) of the certificate",
                           quoted);
    }
    digest = mic_tls_library_digest(library, size == 20 ? "SHA1" : "SHA256");
    if (digest == NULL) {
        return mic_err_set(err, MIC_E_TLS, "OpenSSL has no %s to check the thumbprint with",
                           size == 20 ? "SHA-1" : "SHA-256");
    }
    is_same = settings->thumbprint_is_issuer
                  ? chain_has_thumbprint(context, digest, wanted, (size_t)size)
                  : has_thumbprint(SSL_CTX_get0_certificate(context), digest, wanted, (size_t)size);
    mic_tls_library_digest_free(digest);
    if (is_same) {
        return MI_RESULT_OK;
    }
    return mic_err_set(
        err, MIC_E_ARGUMENT, "%s in %s has not the thumbprint of the credentials, %s",
        settings->thumbprint_is_issuer ? "no issuer's certificate" : "the certificate",
        settings->certificate_file, quoted);
}

/* ---- what the server says to it ---- */

static bool is_refusal(int alert)
{
    switch (alert) {
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
        return true;
    default:
        return false;
    }
}

/* In TLS 1.2 the alert is the one for everything (RFC 5246 7.4.6), but that a certificate was asked
 * for is known. */
static bool is_for_none(const struct mic_tls *tls, int alert)
{
    return alert == SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED ||
           (SSL_get0_peer_CA_list(tls->ssl) != NULL &&
            (alert == SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE || is_refusal(alert)));
}

bool mic_tls_identity_refused(const struct mic_tls *tls, int reason_code, struct mic_err *err)
{
    const struct mic_tls_client *client = tls->client;
    const X509 *shown = SSL_get_certificate(tls->ssl);
    const char *why = ERR_reason_error_string(ERR_PACK(ERR_LIB_SSL, 0, reason_code));
    char text[320];

    if (shown == NULL && is_for_none(tls, reason_code)) {
        mic_err_set(err, MIC_E_LOGON, "%s port %u wants a client certificate, and none was given",
                    client->host, (unsigned)client->port);
        mic_err_remedy(err, "Name its file with MI_DestinationOptions_SetCertFile, and that of its "
                            "key with MI_DestinationOptions_SetPrivateKeyFile.");
        return true;
    }
    if (shown == NULL || !is_refusal(reason_code)) {
        return false;
    }
    mic_tls_certificate_text(shown, text, sizeof(text));
    mic_err_set(err, MIC_E_LOGON, "%s port %u refused the client certificate (%s): %s",
                client->host, (unsigned)client->port, text, why != NULL ? why : "no reason given");
    mic_err_remedy(err,
                   "Show a certificate that is in its dates and whose issuer the server trusts "
                   "for clients; the server's log says more.");
    return true;
}
