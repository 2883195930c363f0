/** What the files of TLS share: the application's part of it. */
#ifndef MIC_HTTP_TLS_SHARED_H
#define MIC_HTTP_TLS_SHARED_H

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

struct mic_tls_client {
    struct mic_tls_shared *shared;
    SSL_CTX *context;
    char *host; /* without a zone */
    uint16_t port;
    bool check_ca, check_name, check_revocation;
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

/* ---- tls_context.c ---- */

/** The SSL_CTX of these settings, shared with all sessions that have the same. @thread any
 *  @return a reference of the caller's, or NULL with @p err set */
SSL_CTX *mic_tls_shared_context(struct mic_tls_shared *shared,
                                const struct mic_tls_settings *settings, struct mic_err *err);

/* ---- tls_binding.c ---- */

/** Append the binding to a server's certificate; nothing where RFC 5929 4.1 defines none.
 *  @return false when OpenSSL or memory fail */
bool mic_tls_append_binding(void *library, X509 *certificate, struct mic_buf *out);

/* ---- tls_verify.c ---- */

/** OpenSSL's verify callback; finds its mic_tls as the SSL's application data. */
int mic_tls_verify(int ok, X509_STORE_CTX *store_context);
/** Whether the peer's certificate is for the host. */
MI_Result mic_tls_check_name(struct mic_tls *tls, struct mic_err *err);
void mic_tls_trace(const struct mic_tls_client *client, int level, const char *format, ...)
    MIC_PRINTF(3, 4);

#endif
