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

int mic_tls_library_load_default(void *library, X509_STORE *store)
{
    (void)library;
    return X509_STORE_set_default_paths(store);
}
