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

X509 *mic_tls_library_certificate(void *library)
{
    (void)library;
    return X509_new();
}

EVP_PKEY *mic_tls_library_key(void *library, BIO *bio, pem_password_cb *password, void *context)
{
    (void)library;
    return PEM_read_bio_PrivateKey(bio, NULL, password, context);
}

PKCS12 *mic_tls_library_pkcs12(void *library, BIO *bio)
{
    (void)library;
    return d2i_PKCS12_bio(bio, NULL);
}

bool mic_tls_library_ocsp_signed(void *library, OCSP_BASICRESP *answer, EVP_PKEY *key)
{
    union {
        const void *kept;
        void *taken;
    } data = {.kept = OCSP_resp_get0_respdata(answer)}, algorithm, signature;

    (void)library;
    algorithm.kept = OCSP_resp_get0_tbs_sigalg(answer);
    signature.kept = OCSP_resp_get0_signature(answer);
    return ASN1_item_verify(ASN1_ITEM_rptr(OCSP_RESPDATA), algorithm.taken, signature.taken,
                            data.taken, key) == 1;
}
