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

/* As X509_STORE_set_default_paths_ex, which would empty the queue of errors of the caller's thread.
 */
int mic_tls_library_load_default(void *library, X509_STORE *store)
{
    X509_LOOKUP *file = X509_STORE_add_lookup(store, X509_LOOKUP_file());
    X509_LOOKUP *directory = X509_STORE_add_lookup(store, X509_LOOKUP_hash_dir());

    if (file == NULL || directory == NULL) {
        return 0;
    }
    (void)X509_LOOKUP_load_file_ex(file, NULL, X509_FILETYPE_DEFAULT, library, NULL);
    (void)X509_LOOKUP_add_dir(directory, NULL, X509_FILETYPE_DEFAULT);
    return 1;
}

const EVP_MD *mic_tls_library_digest(void *library, const char *name)
{
    return EVP_MD_fetch(library, name, NULL);
}

void mic_tls_library_digest_free(const EVP_MD *digest)
{
    union {
        const EVP_MD *fetched;
        EVP_MD *owned;
    } cast = {.fetched = digest};

    EVP_MD_free(cast.owned);
}

X509 *mic_tls_library_certificate(void *library)
{
    return X509_new_ex(library, NULL);
}

EVP_PKEY *mic_tls_library_key(void *library, BIO *bio, pem_password_cb *password, void *context)
{
    return PEM_read_bio_PrivateKey_ex(bio, NULL, password, context, library, NULL);
}

PKCS12 *mic_tls_library_pkcs12(void *library, BIO *bio)
{
    PKCS12 *empty = PKCS12_init_ex(NID_pkcs7_data, library, NULL);
    PKCS12 *read = empty != NULL ? d2i_PKCS12_bio(bio, &empty) : NULL;

    if (read == NULL) {
        PKCS12_free(empty);
    }
    return read;
}

bool mic_tls_library_ocsp_signed(void *library, OCSP_BASICRESP *answer, EVP_PKEY *key)
{
    return ASN1_item_verify_ex(ASN1_ITEM_rptr(OCSP_RESPDATA), OCSP_resp_get0_tbs_sigalg(answer),
                               OCSP_resp_get0_signature(answer), OCSP_resp_get0_respdata(answer),
                               NULL, key, library, NULL) == 1;
}
