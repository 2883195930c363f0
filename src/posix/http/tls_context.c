/* The application's SSL_CTXs and X509_STOREs: one for each distinct setting, each file read once.
 */
#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "http/tls_shared.h"

/* A file that is replaced is another file: sessions made later read it. */
struct stamp {
    dev_t device;
    ino_t number;
    off_t size;
    struct timespec changed;
};

struct store {
    struct mic_list node;
    char *file, *directory; /* NULL both: the system's */
    struct stamp stamp;     /* of file */
    X509_STORE *store;
};

struct context {
    struct mic_list node;
    X509_STORE *store;
    char *certificate_file, *key_file;
    struct stamp certificate_stamp, key_stamp;
    struct mic_secret password; /* who cannot open the key gets another's no more than none */
    bool has_password;
    uint32_t disabled_versions;
    SSL_CTX *context;
    size_t users; /* sessions */
};

/* Where systems keep their bundle, for an OpenSSL built to look elsewhere. */
static const char *const bundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
};

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool is_same_stamp(const struct stamp *a, const struct stamp *b)
{
    return a->device == b->device && a->number == b->number && a->size == b->size &&
           a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

/* @return whether the file can be read, or none is named */
static bool get_stamp(const char *file, struct stamp *stamp, const char *what, struct mic_err *err)
{
    struct stat status;

    memset(stamp, 0, sizeof(*stamp));
    if (file == NULL) {
        return true;
    }
    if (stat(file, &status) != 0 || access(file, R_OK) != 0) {
        mic_err_set_errno(err, MIC_E_ARGUMENT, errno, "cannot read the %s %s", what, file);
        return false;
    }
    stamp->device = status.st_dev;
    stamp->number = status.st_ino;
    stamp->size = status.st_size;
    stamp->changed = status.st_mtim;
    return true;
}

static const char *reason(void)
{
    const char *text = ERR_reason_error_string(ERR_peek_error());

    return text != NULL ? text : "no reason given";
}

static int load_system(void *library, X509_STORE *store)
{
    const char *file = getenv(X509_get_default_cert_file_env());
    const char *directory = getenv(X509_get_default_cert_dir_env());

    if (file == NULL && directory == NULL && access(X509_get_default_cert_file(), R_OK) != 0) {
        for (size_t i = 0; i < MIC_COUNT(bundles); i++) {
            if (access(bundles[i], R_OK) == 0) {
                return mic_tls_library_load(library, store, bundles[i],
                                            X509_get_default_cert_dir());
            }
        }
    }
    return mic_tls_library_load_default(library, store);
}

static void store_free(struct store *store)
{
    if (store == NULL) {
        return;
    }
    X509_STORE_free(store->store);
    mic_free(store->file);
    mic_free(store->directory);
    mic_free(store);
}

static struct store *store_new(void *library, const char *file, const char *directory,
                               struct mic_err *err)
{
    struct store *store = mic_calloc(1, sizeof(*store));
    int loaded;

    if (store == NULL) {
        goto no_memory;
    }
    store->file = mic_strdup(file);
    store->directory = mic_strdup(directory);
    store->store = X509_STORE_new();
    if ((file != NULL && store->file == NULL) || (directory != NULL && store->directory == NULL) ||
        store->store == NULL) {
        goto no_memory;
    }
    loaded = file == NULL && directory == NULL
                 ? load_system(library, store->store)
                 : mic_tls_library_load(library, store->store, file, directory);
    if (loaded != 1) {
        mic_err_set(err, MIC_E_ARGUMENT, "cannot read CA certificates from %s: %s",
                    file != NULL        ? file
                    : directory != NULL ? directory
                                        : "the system's store",
                    reason());
        store_free(store);
        return NULL;
    }
    return store;

no_memory:
    mic_err_set(err, MIC_E_MEMORY, "out of memory for CA certificates");
    store_free(store);
    return NULL;
}

static X509_STORE *find_store(struct mic_tls_shared *shared,
                              const struct mic_tls_settings *settings, struct mic_err *err)
{
    struct stamp stamp;
    struct store *made;

    if (!get_stamp(settings->ca_file, &stamp, "CA file", err)) {
        return NULL;
    }
    if (settings->ca_directory != NULL && access(settings->ca_directory, R_OK | X_OK) != 0) {
        mic_err_set_errno(err, MIC_E_ARGUMENT, errno, "cannot read the CA directory %s",
                          settings->ca_directory);
        return NULL;
    }
    for (struct mic_list *node = shared->stores.next; node != &shared->stores; node = node->next) {
        struct store *store = MIC_LIST_ITEM(node, struct store, node);

        if (is_same_text(store->file, settings->ca_file) &&
            is_same_text(store->directory, settings->ca_directory)) {
            if (is_same_stamp(&store->stamp, &stamp)) {
                return store->store;
            }
            mic_list_remove(node);
            store_free(store);
            break;
        }
    }
    made = store_new(shared->library, settings->ca_file, settings->ca_directory, err);
    if (made == NULL) {
        return NULL;
    }
    made->stamp = stamp;
    mic_list_append(&shared->stores, &made->node);
    return made->store;
}

static int on_new_session(SSL *ssl, SSL_SESSION *session)
{
    struct mic_tls *tls = SSL_get_app_data(ssl);

    if (!tls->client->can_resume || SSL_SESSION_is_resumable(session) != 1) {
        return 0;
    }
    SSL_SESSION_free(tls->client->session);
    tls->client->session = session;
    return 1;
}

static SSL_CTX *make_context(void *library, X509_STORE *store,
                             const struct mic_tls_settings *settings, struct mic_err *err)
{
    SSL_CTX *context = mic_tls_library_context(library);
    uint64_t options = SSL_OP_NO_COMPRESSION;

    if (context == NULL || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1) {
        mic_err_set(err, MIC_E_TLS, "OpenSSL cannot be set up: %s", reason());
        goto failed;
    }
    if ((settings->disabled_versions & MIC_TLS_NO_TLS1_2) != 0) {
        options |= SSL_OP_NO_TLSv1_2;
    }
    SSL_CTX_set_options(context, options);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set1_cert_store(context, store);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, mic_tls_verify);
    SSL_CTX_set_cert_verify_callback(context, mic_tls_verify_peer, NULL);
    SSL_CTX_set_tlsext_status_cb(context, mic_tls_check_status);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, on_new_session);
    if (mic_tls_identity_load(library, context, settings, err) == MI_RESULT_OK) {
        return context;
    }

failed:
    SSL_CTX_free(context);
    return NULL;
}

static void context_free(struct context *context)
{
    SSL_CTX_free(context->context);
    X509_STORE_free(context->store);
    mic_secret_fini(&context->password);
    mic_free(context->certificate_file);
    mic_free(context->key_file);
    mic_free(context);
}

static bool is_same_password(const struct context *a, const struct context *b)
{
    return a->has_password == b->has_password && a->password.size == b->password.size &&
           (a->password.size == 0 ||
            CRYPTO_memcmp(a->password.data, b->password.data, a->password.size) == 0);
}

static bool is_context_for(const struct context *context, const struct context *wanted)
{
    return context->store == wanted->store &&
           context->disabled_versions == wanted->disabled_versions &&
           is_same_text(context->certificate_file, wanted->certificate_file) &&
           is_same_text(context->key_file, wanted->key_file) &&
           is_same_stamp(&context->certificate_stamp, &wanted->certificate_stamp) &&
           is_same_stamp(&context->key_stamp, &wanted->key_stamp) &&
           is_same_password(context, wanted);
}

/* What tells one context from another. */
static bool copy_settings(struct context *made, const struct mic_tls_settings *settings)
{
    made->disabled_versions = settings->disabled_versions;
    made->certificate_file = mic_strdup(settings->certificate_file);
    made->key_file = mic_strdup(settings->key_file);
    made->has_password = settings->certificate_file != NULL && settings->key_password != NULL;
    return (settings->certificate_file == NULL || made->certificate_file != NULL) &&
           (settings->key_file == NULL || made->key_file != NULL) &&
           (!made->has_password ||
            mic_secret_init(&made->password, settings->key_password->data) == 0);
}

static struct context *find_context(struct mic_tls_shared *shared,
                                    const struct mic_tls_settings *settings, struct mic_err *err)
{
    struct context *made = mic_calloc(1, sizeof(*made));

    if (made == NULL || !copy_settings(made, settings)) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for TLS settings");
        goto failed;
    }
    made->store = find_store(shared, settings, err);
    if (made->store == NULL) {
        goto failed;
    }
    X509_STORE_up_ref(made->store);
    if (!get_stamp(settings->certificate_file, &made->certificate_stamp, "certificate", err) ||
        !get_stamp(settings->key_file, &made->key_stamp, "private key", err)) {
        goto failed;
    }
    for (struct mic_list *node = shared->contexts.next; node != &shared->contexts;
         node = node->next) {
        struct context *context = MIC_LIST_ITEM(node, struct context, node);

        if (is_context_for(context, made)) {
            context_free(made);
            return context;
        }
    }
    made->context = make_context(shared->library, made->store, settings, err);
    if (made->context == NULL) {
        goto failed;
    }
    mic_list_append(&shared->contexts, &made->node);
    return made;

failed:
    if (made != NULL) {
        context_free(made);
    }
    return NULL;
}

SSL_CTX *mic_tls_shared_context(struct mic_tls_shared *shared,
                                const struct mic_tls_settings *settings, struct mic_err *err)
{
    struct context *context = NULL;

    ERR_set_mark();
    pthread_mutex_lock(&shared->lock);
    if (mic_tls_shared_prepare(shared, err) == MI_RESULT_OK) {
        context = find_context(shared, settings, err);
    }
    if (context != NULL) {
        context->users++;
    }
    pthread_mutex_unlock(&shared->lock);
    ERR_pop_to_mark();
    return context != NULL ? context->context : NULL;
}

void mic_tls_shared_release(struct mic_tls_shared *shared, SSL_CTX *context)
{
    pthread_mutex_lock(&shared->lock);
    for (struct mic_list *node = shared->contexts.next; node != &shared->contexts;
         node = node->next) {
        struct context *entry = MIC_LIST_ITEM(node, struct context, node);

        if (entry->context == context) {
            entry->users--;
            if (entry->users == 0 && entry->certificate_file != NULL) {
                mic_list_remove(node);
                context_free(entry);
            }
            break;
        }
    }
    pthread_mutex_unlock(&shared->lock);
}

void mic_tls_shared_free(struct mic_tls_shared *shared)
{
    struct mic_list *node;

    if (shared == NULL) {
        return;
    }
    while ((node = mic_list_shift(&shared->contexts)) != NULL) {
        context_free(MIC_LIST_ITEM(node, struct context, node));
    }
    while ((node = mic_list_shift(&shared->stores)) != NULL) {
        store_free(MIC_LIST_ITEM(node, struct store, node));
    }
    BIO_meth_free(shared->socket_method);
    mic_tls_library_free(shared->library);
    pthread_mutex_destroy(&shared->lock);
    mic_free(shared);
}
