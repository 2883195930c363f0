/* OpenSSL 1.1.1 has no library contexts: nothing it does for us is global but its start. */
#include "http/tls_shared.h"

void *mic_tls_library_new(bool *ok)
{
    *ok = true;
    return NULL;
}

void mic_tls_library_free(void *library)
{
    (void)library;
}

SSL_CTX *mic_tls_library_context(void *library)
{
    (void)library;
    return SSL_CTX_new(TLS_client_method());
}

int mic_tls_library_load(void *library, X509_STORE *store, const char *file, const char *directory)
{
    (void)library;
    return X509_STORE_load_locations(store, file, directory);
}

/* As X509_STORE_set_default_paths, which would empty the queue of errors of the caller's thread. */
int mic_tls_library_load_default(void *library, X509_STORE *store)
{
    X509_LOOKUP *file = X509_STORE_add_lookup(store, X509_LOOKUP_file());
    X509_LOOKUP *directory = X509_STORE_add_lookup(store, X509_LOOKUP_hash_dir());

    (void)library;
    if (file == NULL || directory == NULL) {
        return 0;
    }
    (void)X509_LOOKUP_load_file(file, NULL, X509_FILETYPE_DEFAULT);
    (void)X509_LOOKUP_add_dir(directory, NULL, X509_FILETYPE_DEFAULT);
    return 1;
}

const EVP_MD *mic_tls_library_digest(void *library, const char *name)
{
    (void)library;
    return EVP_get_digestbyname(name);
}

void mic_tls_library_digest_free(const EVP_MD *digest)
{
    (void)digest;
}
