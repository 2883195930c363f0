/* OpenSSL 3: algorithms out of a library context of our own, so that providers that the product
 * loads or unloads do not concern us, nor ours it. */
#include "http/tls_shared.h"

void *mic_tls_library_new(bool *ok)
{
    OSSL_LIB_CTX *library = OSSL_LIB_CTX_new();

    *ok = library != NULL;
    return library;
}

void mic_tls_library_free(void *library)
{
    OSSL_LIB_CTX_free(library);
}

SSL_CTX *mic_tls_library_context(void *library)
{
    return SSL_CTX_new_ex(library, NULL, TLS_client_method());
}

int mic_tls_library_load(void *library, X509_STORE *store, const char *file, const char *directory)
{
    return X509_STORE_load_locations_ex(store, file, directory, library, NULL);
}

int mic_tls_library_load_default(void *library, X509_STORE *store)
{
    return X509_STORE_set_default_paths_ex(store, library, NULL);
}
