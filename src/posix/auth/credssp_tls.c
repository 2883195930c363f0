#include "auth/credssp_tls.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include "auth/credssp_openssl.h"
#include "base/mem.h"
#include "base/secret.h"

#define RECORD_HEAD   ((size_t)5)
#define EXPLICIT_AEAD ((size_t)8)  /* of GCM and CCM in TLS 1.2 (RFC 5288 3) */
#define BLOCK_IV      ((size_t)16) /* of AES-CBC (RFC 5246 6.2.3.2) */

struct mic_credssp_tls {
    SSL *ssl;
    BIO *in, *out; /* of ssl */
    bool is_broken;
};

static MI_Result no_memory(struct mic_err *err)
{
    return mic_err_set(err, MIC_E_MEMORY, "out of memory for the TLS of CredSSP");
}

static const char *reason(void)
{
    const char *text = ERR_reason_error_string(ERR_peek_error());

    return text != NULL ? text : "no reason given";
}

/* A memory BIO that says "later", not "the end", when it is empty. */
static BIO *make_bio(void)
{
    BIO *bio = BIO_new(BIO_s_mem());

    if (bio != NULL) {
        BIO_set_mem_eof_return(bio, -1);
    }
    return bio;
}

static SSL *make_ssl(void *library)
{
    SSL_CTX *context = mic_credssp_client_context(library);
    SSL *ssl = NULL;

    if (context != NULL && SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1) {
        SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
        SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
        ssl = SSL_new(context);
    }
    SSL_CTX_free(context);
    return ssl;
}

struct mic_credssp_tls *mic_credssp_tls_new(void *library, struct mic_err *err)
{
    struct mic_credssp_tls *tls = mic_calloc(1, sizeof(*tls));

    if (tls == NULL) {
        no_memory(err);
        return NULL;
    }
    ERR_clear_error();
    tls->ssl = make_ssl(library);
    tls->in = make_bio();
    tls->out = make_bio();
    if (tls->ssl == NULL || tls->in == NULL || tls->out == NULL) {
        BIO_free(tls->in);
        BIO_free(tls->out);
        mic_credssp_tls_free(tls);
        ERR_clear_error();
        no_memory(err);
        return NULL;
    }
    SSL_set_bio(tls->ssl, tls->in, tls->out);
    SSL_set_connect_state(tls->ssl);
    return tls;
}

void mic_credssp_tls_free(struct mic_credssp_tls *tls)
{
    if (tls != NULL) {
        SSL_free(tls->ssl);
        mic_free(tls);
    }
}

static bool give(struct mic_credssp_tls *tls, struct mic_str input)
{
    return input.size == 0 || (input.size <= INT_MAX &&
                               BIO_write(tls->in, input.data, (int)input.size) == (int)input.size);
}

/* What OpenSSL has written. @return false when memory is out */
static bool take(struct mic_credssp_tls *tls, struct mic_buf *out)
{
    size_t size = BIO_ctrl_pending(tls->out);

    if (size == 0) {
        return true;
    }
    if (size > INT_MAX || !mic_buf_reserve(out, size) ||
        BIO_read(tls->out, out->data + out->size, (int)size) != (int)size) {
        return false;
    }
    out->size += size;
    return true;
}

MI_Result mic_credssp_tls_shake(struct mic_credssp_tls *tls, struct mic_str input,
                                struct mic_buf *output, bool *is_done, struct mic_err *err)
{
    int rc, error;

    ERR_clear_error();
    if (!give(tls, input)) {
        return no_memory(err);
    }
    rc = SSL_do_handshake(tls->ssl);
    error = SSL_get_error(tls->ssl, rc);
    if (rc != 1 && error != SSL_ERROR_WANT_READ) {
        mic_err_set(err, MIC_E_TLS, "the TLS handshake of CredSSP failed: %s", reason());
        mic_err_remedy(err, "Check that the server allows TLS 1.2 or 1.3 (older ones are refused), "
                            "and that what answers there speaks CredSSP.");
        ERR_clear_error();
        return err->result;
    }
    *is_done = rc == 1;
    return take(tls, output) ? MI_RESULT_OK : no_memory(err);
}

MI_Result mic_credssp_tls_key(const struct mic_credssp_tls *tls, struct mic_buf *out,
                              struct mic_err *err)
{
    X509 *certificate = SSL_get_peer_certificate(tls->ssl);
    const ASN1_BIT_STRING *key = certificate != NULL ? X509_get0_pubkey_bitstr(certificate) : NULL;
    MI_Result result = MI_RESULT_OK;

    if (key == NULL || ASN1_STRING_length(key) <= 0) {
        result = mic_err_set(err, MIC_E_TLS, "the server showed no public key for CredSSP");
    } else {
        mic_buf_append(out, ASN1_STRING_get0_data(key), (size_t)ASN1_STRING_length(key));
        result = out->failed ? no_memory(err) : MI_RESULT_OK;
    }
    X509_free(certificate);
    return result;
}

/* Bytes of a record in front of its ciphertext. */
static size_t record_head(const SSL *ssl)
{
    const SSL_CIPHER *cipher = SSL_get_current_cipher(ssl);

    if (SSL_version(ssl) >= TLS1_3_VERSION ||
        SSL_CIPHER_get_cipher_nid(cipher) == NID_chacha20_poly1305) {
        return RECORD_HEAD;
    }
    return RECORD_HEAD + (SSL_CIPHER_is_aead(cipher) ? EXPLICIT_AEAD : BLOCK_IV);
}

MI_Result mic_credssp_tls_write(struct mic_credssp_tls *tls, struct mic_str plain,
                                struct mic_buf *out, size_t *trailer, struct mic_err *err)
{
    size_t before = out->size, head;

    ERR_clear_error();
    if (tls->is_broken || plain.size == 0 || plain.size > INT_MAX ||
        SSL_write(tls->ssl, plain.data, (int)plain.size) != (int)plain.size) {
        tls->is_broken = true;
        ERR_clear_error();
        return mic_err_set(err, MIC_E_SEAL, "the TLS of CredSSP cannot seal a message");
    }
    if (!take(tls, out)) {
        tls->is_broken = true; /* the other side would miss a record */
        return no_memory(err);
    }
    if (trailer != NULL) {
        head = record_head(tls->ssl) + plain.size;
        *trailer = out->size - before > head ? out->size - before - head : 0;
    }
    return MI_RESULT_OK;
}

static MI_Result broken(struct mic_credssp_tls *tls, int error, struct mic_err *err)
{
    tls->is_broken = true;
    if (error == SSL_ERROR_ZERO_RETURN) {
        mic_err_set(err, MIC_E_SEAL, "the server ended the TLS of CredSSP");
    } else {
        mic_err_set(err, MIC_E_SEAL,
                    "a sealed message is not the next TLS record of this CredSSP session: it was "
                    "changed, sent before, or lost its place (%s)",
                    reason());
    }
    ERR_clear_error();
    return err->result;
}

MI_Result mic_credssp_tls_read(struct mic_credssp_tls *tls, struct mic_str records,
                               struct mic_buf *out, struct mic_err *err)
{
    size_t before = out->size;
    int n = 1;

    ERR_clear_error();
    if (tls->is_broken) {
        return broken(tls, SSL_ERROR_SSL, err);
    }
    if (!give(tls, records)) {
        tls->is_broken = true;
        return no_memory(err);
    }
    while (n > 0) {
        if (!mic_buf_reserve(out, MIC_CREDSSP_RECORD)) {
            tls->is_broken = true;
            return no_memory(err);
        }
        n = SSL_read(tls->ssl, out->data + out->size, (int)MIC_CREDSSP_RECORD);
        out->size += n > 0 ? (size_t)n : 0;
    }
    n = SSL_get_error(tls->ssl, n);
    if (n != SSL_ERROR_WANT_READ) {
        mic_wipe(out->data + before, out->size - before);
        out->size = before;
        return broken(tls, n, err);
    }
    return MI_RESULT_OK;
}

bool mic_credssp_tls_is_even(const struct mic_credssp_tls *tls)
{
    return BIO_ctrl_pending(tls->in) == 0 && SSL_has_pending(tls->ssl) == 0;
}
