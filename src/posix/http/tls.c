#include "http/tls.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "http/tls_shared.h"

/* ---- the socket as a BIO: OpenSSL's own raises SIGPIPE ---- */

static int socket_read(BIO *bio, char *bytes, int size)
{
    struct mic_tls *tls = BIO_get_data(bio);
    ssize_t n;

    BIO_clear_retry_flags(bio);
    if (size <= 0) {
        return 0;
    }
    do {
        n = recv(tls->fd, bytes, (size_t)size, 0);
    } while (n < 0 && errno == EINTR);
    if (n > 0) {
        return (int)n;
    }
    if (n == 0) {
        tls->is_at_end = true;
        return 0;
    }
    if (errno == EAGAIN) {
        BIO_set_retry_read(bio);
    } else {
        tls->error_number = errno;
    }
    return -1;
}

static int socket_write(BIO *bio, const char *bytes, int size)
{
    struct mic_tls *tls = BIO_get_data(bio);
    ssize_t n;

    BIO_clear_retry_flags(bio);
    if (size <= 0) {
        return 0;
    }
    do {
        n = send(tls->fd, bytes, (size_t)size, MSG_NOSIGNAL);
    } while (n < 0 && errno == EINTR);
    if (n >= 0) {
        return (int)n;
    }
    if (errno == EAGAIN) {
        BIO_set_retry_write(bio);
    } else {
        tls->error_number = errno;
    }
    return -1;
}

static long socket_ctrl(BIO *bio, int command, long number, void *pointer)
{
    struct mic_tls *tls = BIO_get_data(bio);

    (void)number;
    (void)pointer;
    switch (command) {
    case BIO_CTRL_FLUSH:
        return 1;
    case BIO_CTRL_EOF:
        return tls->is_at_end ? 1 : 0;
    default:
        return 0;
    }
}

static int socket_create(BIO *bio)
{
    BIO_set_init(bio, 1);
    return 1;
}

/* No type of its own: OpenSSL would hand out one of 127 for the whole process. */
static BIO_METHOD *make_socket_method(void)
{
    BIO_METHOD *method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "miclient socket");

    if (method != NULL && (BIO_meth_set_read(method, socket_read) != 1 ||
                           BIO_meth_set_write(method, socket_write) != 1 ||
                           BIO_meth_set_ctrl(method, socket_ctrl) != 1 ||
                           BIO_meth_set_create(method, socket_create) != 1)) {
        BIO_meth_free(method);
        method = NULL;
    }
    return method;
}

/* ---- the application's part and the session's ---- */

struct mic_tls_shared *mic_tls_shared_new(struct mic_err *err)
{
    struct mic_tls_shared *shared = mic_calloc(1, sizeof(*shared));

    if (shared == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for TLS");
        return NULL;
    }
    if (pthread_mutex_init(&shared->lock, NULL) != 0) {
        mic_free(shared);
        mic_err_set(err, MIC_E_RESOURCE, "the system gives no lock for TLS");
        return NULL;
    }
    mic_list_init(&shared->stores);
    mic_list_init(&shared->contexts);
    return shared;
}

MI_Result mic_tls_shared_prepare(struct mic_tls_shared *shared, struct mic_err *err)
{
    bool ok = false;

    if (shared->socket_method != NULL) {
        return MI_RESULT_OK;
    }
    shared->library = mic_tls_library_new(&ok);
    shared->socket_method = ok ? make_socket_method() : NULL;
    if (shared->socket_method == NULL) {
        mic_tls_library_free(shared->library);
        shared->library = NULL;
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for TLS");
    }
    return MI_RESULT_OK;
}

bool mic_tls_shared_library(struct mic_tls_shared *shared, void **library, struct mic_err *err)
{
    bool ok;

    pthread_mutex_lock(&shared->lock);
    ok = mic_tls_shared_prepare(shared, err) == MI_RESULT_OK;
    *library = shared->library;
    pthread_mutex_unlock(&shared->lock);
    return ok;
}

static char *copy_subject(const X509 *certificate)
{
    char subject[256];

    mic_tls_subject_text(certificate, subject, sizeof(subject));
    return mic_strdup(subject);
}

/* What needs files or OpenSSL. */
static MI_Result prepare_client(struct mic_tls_client *client,
                                const struct mic_tls_settings *settings, struct mic_err *err)
{
    MI_Result result = mic_tls_pins_read(&client->pins, settings->pins, err);
    const X509 *certificate;

    if (result != MI_RESULT_OK) {
        return result;
    }
    client->context = mic_tls_shared_context(client->shared, settings, err);
    if (client->context == NULL) {
        return err->result;
    }
    certificate = SSL_CTX_get0_certificate(client->context);
    if (certificate == NULL) {
        return MI_RESULT_OK;
    }
    client->certificate = copy_subject(certificate);
    if (client->certificate == NULL) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for TLS");
    }
    return mic_tls_identity_check(client->shared->library, client->context, settings, err);
}

struct mic_tls_client *mic_tls_client_new(struct mic_tls_shared *shared,
                                          const struct mic_tls_settings *settings,
                                          struct mic_err *err)
{
    struct mic_tls_client *client = mic_calloc(1, sizeof(*client));
    size_t length = strlen(settings->host);

    if (strchr(settings->host, ':') != NULL) {
        length = strcspn(settings->host, "%");
    }
    if (client == NULL || (client->host = mic_strndup(settings->host, length)) == NULL) {
        mic_free(client);
        mic_err_set(err, MIC_E_MEMORY, "out of memory for TLS");
        return NULL;
    }
    client->shared = shared;
    client->port = settings->port;
    client->check_ca = settings->check_ca;
    client->check_name = settings->check_name;
    client->check_revocation = settings->check_revocation;
    client->trace = settings->trace;
    client->session_number = settings->session_number;
    client->is_1_3_only = (settings->disabled_versions & MIC_TLS_NO_TLS1_2) != 0;
    /* A server that asks for the certificate later does so only in a new session. */
    client->can_resume = settings->certificate_file == NULL;
    if (prepare_client(client, settings, err) != MI_RESULT_OK) {
        mic_tls_client_free(client);
        return NULL;
    }
    return client;
}

const char *mic_tls_client_certificate(const struct mic_tls_client *client)
{
    return client->certificate;
}

void mic_tls_client_free(struct mic_tls_client *client)
{
    if (client == NULL) {
        return;
    }
    SSL_SESSION_free(client->session);
    mic_tls_shared_release(client->shared, client->context);
    mic_tls_pins_fini(&client->pins);
    mic_free(client->certificate);
    mic_free(client->host);
    mic_free(client);
}

/* ---- a connection ---- */

static bool is_address(const char *host)
{
    ASN1_OCTET_STRING *address = a2i_IPADDRESS(host);
    bool is = address != NULL;

    ASN1_OCTET_STRING_free(address);
    return is;
}

static bool set_up(struct mic_tls *tls)
{
    struct mic_tls_client *client = tls->client;
    BIO *bio = BIO_new(client->shared->socket_method);

    if (bio == NULL) {
        return false;
    }
    BIO_set_data(bio, tls);
    SSL_set_bio(tls->ssl, bio, bio);
    SSL_set_app_data(tls->ssl, tls);
    if (!is_address(client->host) && SSL_set_tlsext_host_name(tls->ssl, client->host) != 1) {
        return false;
    }
    if (client->check_revocation &&
        X509_VERIFY_PARAM_set_flags(SSL_get0_param(tls->ssl),
                                    X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL) != 1) {
        return false;
    }
    if (client->check_revocation &&
        SSL_set_tlsext_status_type(tls->ssl, TLSEXT_STATUSTYPE_ocsp) != 1) {
        return false;
    }
    if (client->session != NULL) {
        (void)SSL_set_session(tls->ssl, client->session);
        /* Tickets of TLS 1.3 are for one use, so that nobody can link connections (RFC 8446 C.4).
         */
        if (SSL_SESSION_get_protocol_version(client->session) > TLS1_2_VERSION) {
            SSL_SESSION_free(client->session);
            client->session = NULL;
        }
    }
    SSL_set_connect_state(tls->ssl);
    return true;
}

struct mic_tls *mic_tls_new(struct mic_tls_client *client, int fd, struct mic_err *err)
{
    struct mic_tls *tls = mic_calloc(1, sizeof(*tls));

    ERR_clear_error();
    if (tls == NULL) {
        goto failed;
    }
    tls->client = client;
    tls->fd = fd;
    tls->ssl = SSL_new(client->context);
    if (tls->ssl == NULL || !set_up(tls)) {
        goto failed;
    }
    return tls;

failed:
    mic_err_set(err, MIC_E_MEMORY, "out of memory for a TLS connection");
    ERR_clear_error();
    mic_tls_free(tls);
    return NULL;
}

void mic_tls_free(struct mic_tls *tls)
{
    if (tls == NULL) {
        return;
    }
    ERR_clear_error();
    if (tls->ssl != NULL) {
        tls->err = NULL;
        if (!tls->is_broken && SSL_is_init_finished(tls->ssl)) {
            (void)SSL_shutdown(tls->ssl);
            /* Else OpenSSL takes the end for a failure and the ticket for spent. */
            SSL_set_shutdown(tls->ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
        }
        SSL_free(tls->ssl);
        ERR_clear_error();
    }
    mic_free(tls);
}

static bool is_about_version(int reason)
{
    return reason == SSL_R_TLSV1_ALERT_PROTOCOL_VERSION || reason == SSL_R_UNSUPPORTED_PROTOCOL ||
           reason == SSL_R_WRONG_SSL_VERSION || reason == SSL_R_NO_PROTOCOLS_AVAILABLE;
}

static void set_failed(struct mic_tls *tls, struct mic_err *err)
{
    const struct mic_tls_client *client = tls->client;
    unsigned long error = ERR_peek_error();
    const char *text = ERR_reason_error_string(error);
    int reason = ERR_GET_LIB(error) == ERR_LIB_SSL ? ERR_GET_REASON(error) : 0;
    const char *versions = client->is_1_3_only ? "TLS 1.3" : "TLS 1.2 and 1.3";

    if (err == NULL || err->code != MIC_E_NONE) {
        return; /* the certificate: said already, and better */
    }
    if (!mic_tls_identity_refused(tls, reason, err)) {
        mic_err_set(err, MIC_E_TLS, "TLS with %s port %u failed: %s", client->host,
                    (unsigned)client->port, text != NULL ? text : "no reason given");
        if (is_about_version(reason)) {
            mic_err_remedy(
                err, "This client allows %s: have the server offer one of these%s.", versions,
                client->is_1_3_only ? ", or allow 1.2 here (MI_DestinationOptions_SetSslOptions)"
                                    : "");
        } else if (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST) {
            mic_err_remedy(err, "The port answers, but not in TLS: use the HTTPS port (5986), or "
                                "HTTP as the transport.");
        }
    }
    err->native = (uint32_t)reason;
}

/* What a call of OpenSSL that did not succeed means. */
static enum mic_tls_io classify(struct mic_tls *tls, int result, struct mic_err *err)
{
    switch (SSL_get_error(tls->ssl, result)) {
    case SSL_ERROR_WANT_READ:
        return MIC_TLS_WANT_READ;
    case SSL_ERROR_WANT_WRITE:
        return MIC_TLS_WANT_WRITE;
    case SSL_ERROR_ZERO_RETURN:
        return MIC_TLS_CLOSED;
    default:
        break;
    }
    tls->is_broken = true;
    if (tls->error_number != 0) {
        return MIC_TLS_LOST;
    }
    if (tls->is_at_end) {
        return MIC_TLS_CUT;
    }
    set_failed(tls, err);
    return MIC_TLS_FAILED;
}

static void begin(struct mic_tls *tls, struct mic_err *err)
{
    ERR_clear_error();
    tls->err = err;
    tls->error_number = 0; /* of a write before: what the server said may still be read */
}

static enum mic_tls_io end(struct mic_tls *tls, enum mic_tls_io io)
{
    tls->err = NULL;
    ERR_clear_error();
    return io;
}

enum mic_tls_io mic_tls_handshake(struct mic_tls *tls, struct mic_err *err)
{
    int result;

    begin(tls, err);
    result = SSL_do_handshake(tls->ssl);
    if (result != 1) {
        return end(tls, classify(tls, result, err));
    }
    if (!tls->is_verified && SSL_session_reused(tls->ssl) != 1) {
        mic_err_set(err, MIC_E_CERTIFICATE, "%s port %u has no certificate", tls->client->host,
                    (unsigned)tls->client->port);
        return end(tls, MIC_TLS_FAILED);
    }
    if (!tls->client->can_resume) {
        /* OpenSSL would offer it when the server asks for the certificate by a renegotiation, which
         * must not be cut short: makes it unfit to be resumed. */
        (void)SSL_CTX_remove_session(tls->client->context, SSL_get_session(tls->ssl));
    }
    return end(tls, MIC_TLS_OK);
}

enum mic_tls_io mic_tls_read(struct mic_tls *tls, void *bytes, size_t size, size_t *got,
                             struct mic_err *err)
{
    int result;

    begin(tls, err);
    result = SSL_read_ex(tls->ssl, bytes, size, got);
    return end(tls, result == 1 ? MIC_TLS_OK : classify(tls, result, err));
}

enum mic_tls_io mic_tls_write(struct mic_tls *tls, const void *bytes, size_t size, size_t *written,
                              struct mic_err *err)
{
    int result;

    begin(tls, err);
    result = SSL_write_ex(tls->ssl, bytes, size, written);
    return end(tls, result == 1 ? MIC_TLS_OK : classify(tls, result, err));
}

bool mic_tls_has_pending(const struct mic_tls *tls)
{
    return SSL_pending(tls->ssl) > 0;
}

int mic_tls_errno(const struct mic_tls *tls)
{
    return tls->error_number;
}

void mic_tls_describe(const struct mic_tls *tls, char *out, size_t size)
{
    (void)snprintf(out, size, "%s %s%s", SSL_get_version(tls->ssl), SSL_get_cipher_name(tls->ssl),
                   SSL_session_reused(tls->ssl) == 1 ? ", resumed" : "");
}
