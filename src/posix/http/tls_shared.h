/** What the files of TLS share: the application's part of it. */
#ifndef MIC_HTTP_TLS_SHARED_H
#define MIC_HTTP_TLS_SHARED_H

#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/ssl.h>
#include <pthread.h>

#include "base/list.h"
#include "http/pool.h"
#include "http/tls.h"

struct mic_tls_shared {
    void *library; /* mic_tls_library_new */
    BIO_METHOD *socket_method;
    pthread_mutex_t lock; /* guards the lists; held while a file is read, so that it is read once */
    struct mic_list stores, contexts;
};

/** OpenSSL's part, made with the first HTTPS session: a plain one does without its start-up cost.
 *  With shared->lock held. */
MI_Result mic_tls_shared_prepare(struct mic_tls_shared *shared, struct mic_err *err);

/** OpenSSL's library context of the application (NULL is right where there are none), made if it is
 * not yet. @return whether it could be. @thread any */
bool mic_tls_shared_library(struct mic_tls_shared *shared, void **library, struct mic_err *err);

#define MIC_TLS_SHA256_SIZE 32

struct mic_tls_pins {
    unsigned char (*hashes)[MIC_TLS_SHA256_SIZE];
    size_t count; /* 0: any certificate will do */
};

struct mic_tls_client {
    struct mic_tls_shared *shared;
    SSL_CTX *context;
    char *host; /* without a zone */
    uint16_t port;
    bool check_ca, check_name, check_revocation;
    struct mic_tls_pins pins;
    char *certificate; /* subject of the certificate shown; NULL: none */
    bool is_1_3_only;
    bool can_resume;
    SSL_SESSION *session; /* the newest ticket; loop thread only */
    struct mic_trace *trace;
    uint32_t session_number;
};

struct mic_tls {
    struct mic_tls_client *client;
    SSL *ssl;
    struct mic_err *err; /* the present call's, for the callbacks of OpenSSL */
    int fd;
    int error_number; /* of the socket call that failed */
    bool is_at_end;   /* the socket gave its end */
    bool is_broken;   /* OpenSSL wants no further call */
    bool is_verified; /* the certificate was looked at; a resumed session's was, when it began */
};

/* ---- tls_library*.c: what differs between OpenSSL 1.1.1 and 3 ---- */

/** @return the private library context (NULL is right where there is none). @param ok false: no
 * memory */
void *mic_tls_library_new(bool *ok);
void mic_tls_library_free(void *library);
SSL_CTX *mic_tls_library_context(void *library);
/** @return 1 on success, as OpenSSL does. */
int mic_tls_library_load(void *library, X509_STORE *store, const char *file, const char *directory);
int mic_tls_library_load_default(void *library, X509_STORE *store);
/** @p name as OpenSSL's short names have it: "SHA256". NULL when there is none. */
const EVP_MD *mic_tls_library_digest(void *library, const char *name);
void mic_tls_library_digest_free(const EVP_MD *digest);
/** An empty certificate, to be read into; NULL: no memory. */
X509 *mic_tls_library_certificate(void *library);
/** The next private key of PEM text, asked for with @p password. NULL: none. */
EVP_PKEY *mic_tls_library_key(void *library, BIO *bio, pem_password_cb *password, void *context);
/** A file of PKCS #12; NULL: it is none. */
PKCS12 *mic_tls_library_pkcs12(void *library, BIO *bio);
/** Whether @p key signed the answer. */
bool mic_tls_library_ocsp_signed(void *library, OCSP_BASICRESP *answer, EVP_PKEY *key);

/* ---- tls_context.c ---- */

/** The SSL_CTX of these settings, shared with all sessions that have the same. @thread any
 *  @return to be given back, or NULL with @p err set */
SSL_CTX *mic_tls_shared_context(struct mic_tls_shared *shared,
                                const struct mic_tls_settings *settings, struct mic_err *err);
/** One with a client certificate goes, and the key with it, when the last session gives it back.
 *  NULL is allowed. @thread any */
void mic_tls_shared_release(struct mic_tls_shared *shared, SSL_CTX *context);

/* ---- tls_identity.c ---- */

/** Read certificate, chain and key of the settings, if any, into @p context. */
MI_Result mic_tls_identity_load(void *library, SSL_CTX *context,
                                const struct mic_tls_settings *settings, struct mic_err *err);
/** Whether what @p context shows has the thumbprint of the settings. */
MI_Result mic_tls_identity_check(void *library, SSL_CTX *context,
                                 const struct mic_tls_settings *settings, struct mic_err *err);
/** @p err when the server refused what was shown, or that nothing was (an alert, by its reason
 * code).
 *  @return whether the reason is one of these */
bool mic_tls_identity_refused(const struct mic_tls *tls, int reason, struct mic_err *err);

/* ---- tls_pin.c ---- */

/** @param text  pins with commas or blanks between: a SHA-256 in 64 hexadecimal digits, colons
 * allowed, of the certificate or of its public key (SubjectPublicKeyInfo); or "sha256//" and
 * base64, as curl writes it. NULL: none
 *  @param pins  to be freed in any case */
MI_Result mic_tls_pins_read(struct mic_tls_pins *pins, const char *text, struct mic_err *err);
void mic_tls_pins_fini(struct mic_tls_pins *pins);
MI_Result mic_tls_check_pin(const struct mic_tls *tls, X509 *certificate, struct mic_err *err);
/** Hexadecimal digits to bytes, colons and blanks between skipped.
 *  @return how many, or -1: too many or no such digits */
int mic_tls_read_hex(const char *text, unsigned char *out, size_t size);

/* ---- tls_ocsp.c ---- */

/** OpenSSL's status callback: what the server sends along about its certificate. */
int mic_tls_check_status(SSL *ssl, void *unused);

/* ---- tls_binding.c ---- */

/** Append the binding to a server's certificate; nothing where RFC 5929 4.1 defines none.
 *  @return false when OpenSSL or memory fail */
bool mic_tls_append_binding(void *library, X509 *certificate, struct mic_buf *out);
/** OpenSSL's number of the hash in it; NID_undef: there is no binding. */
int mic_tls_binding_digest(X509 *certificate);

/* ---- tls_verify.c ---- */

/** OpenSSL's verify callbacks: of the whole, and of what it finds on the way. They find the mic_tls
 * as the SSL's application data. */
int mic_tls_verify_peer(X509_STORE_CTX *store_context, void *unused);
int mic_tls_verify(int ok, X509_STORE_CTX *store_context);
/** "subject CN=a, issuer CN=b, valid from ... to ..." */
void mic_tls_certificate_text(const X509 *certificate, char *out, size_t size);
void mic_tls_subject_text(const X509 *certificate, char *out, size_t size);
void mic_tls_issuer_text(const X509 *certificate, char *out, size_t size);
/** The names a certificate is for: its alternative names, else its subject. */
void mic_tls_names_text(X509 *certificate, char *out, size_t size);
void mic_tls_time_text(const ASN1_TIME *time, char *out, size_t size);
void mic_tls_trace(const struct mic_tls_client *client, int level, const char *format, ...)
    MIC_PRINTF(3, 4);

#endif
