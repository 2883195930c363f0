/* tls-server-end-point (RFC 5929 4) for the signatures that certificates have. */
#include <openssl/rsa.h>

#include "certificates.h"
#include "http/tls_shared.h"

#define DAY 86400L

static EVP_PKEY *make_rsa_key(void)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, NULL);
    EVP_PKEY *key = NULL;

    MIC_REQUIRE(context != NULL && EVP_PKEY_keygen_init(context) == 1 &&
                EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048) == 1 &&
                EVP_PKEY_keygen(context, &key) == 1);
    EVP_PKEY_CTX_free(context);
    return key;
}

static void sign(X509 *certificate, EVP_PKEY *key, const EVP_MD *digest, bool is_pss)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *key_context;

    MIC_REQUIRE(EVP_DigestSignInit(context, &key_context, digest, NULL, key) == 1);
    if (is_pss) {
        MIC_REQUIRE(EVP_PKEY_CTX_set_rsa_padding(key_context, RSA_PKCS1_PSS_PADDING) == 1);
    }
    MIC_REQUIRE(X509_sign_ctx(certificate, context) > 0);
    EVP_MD_CTX_free(context);
}

/* @param expected  NULL: there is no binding */
static void expect_hash(X509 *certificate, EVP_PKEY *key, const EVP_MD *digest, bool is_pss,
                        const EVP_MD *expected)
{
    static const char prefix[] = "tls-server-end-point:";
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned char *der = NULL;
    struct mic_buf binding, wanted;
    unsigned size = 0;
    X509 *received;
    int length;

    mic_buf_init(&binding);
    mic_buf_init(&wanted);
    sign(certificate, key, digest, is_pss);
    received = X509_dup(certificate); /* OpenSSL remembers the first signature it looked at */
    MIC_CHECK(mic_tls_append_binding(NULL, received, &binding));
    X509_free(received);
    if (expected != NULL) {
        length = i2d_X509(certificate, &der);
        MIC_REQUIRE(length > 0 &&
                    EVP_Digest(der, (size_t)length, hash, &size, expected, NULL) == 1);
        mic_buf_append_text(&wanted, prefix);
        mic_buf_append(&wanted, hash, size);
        OPENSSL_free(der);
    }
    MIC_CHECK_BYTES(binding.data, binding.size, wanted.data, wanted.size);
    mic_buf_fini(&binding);
    mic_buf_fini(&wanted);
}

MIC_TEST(tls_binding, takes_the_hash_of_the_signature_but_no_weak_one)
{
    struct identity identity = make_identity("x", NULL, "DNS:x", 1, -DAY, DAY);
    EVP_PKEY *rsa = make_rsa_key();
    X509 *x = identity.certificate;

    expect_hash(x, identity.key, EVP_sha1(), false, EVP_sha256());
    expect_hash(x, identity.key, EVP_sha256(), false, EVP_sha256());
    expect_hash(x, identity.key, EVP_sha384(), false, EVP_sha384());
    expect_hash(x, identity.key, EVP_sha512(), false, EVP_sha512());
    X509_set_pubkey(x, rsa);
    expect_hash(x, rsa, EVP_md5(), false, EVP_sha256());
    expect_hash(x, rsa, EVP_sha1(), false, EVP_sha256());
    expect_hash(x, rsa, EVP_sha384(), false, EVP_sha384());
    expect_hash(x, rsa, EVP_sha1(), true, EVP_sha256());
    expect_hash(x, rsa, EVP_sha256(), true, EVP_sha256());
    expect_hash(x, rsa, EVP_sha384(), true, EVP_sha384());
    expect_hash(x, rsa, EVP_sha512(), true, EVP_sha512());
    EVP_PKEY_free(rsa);
    identity_free(&identity);
}

MIC_TEST(tls_binding, is_none_where_the_signature_has_no_hash_of_its_own)
{
    struct identity identity = make_identity("x", NULL, "DNS:x", 1, -DAY, DAY);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, NULL);
    EVP_PKEY *key = NULL;

    MIC_REQUIRE(EVP_PKEY_keygen_init(context) == 1 && EVP_PKEY_keygen(context, &key) == 1);
    X509_set_pubkey(identity.certificate, key);
    expect_hash(identity.certificate, key, NULL, false, NULL);
    EVP_PKEY_free(key);
    EVP_PKEY_CTX_free(context);
    identity_free(&identity);
}
