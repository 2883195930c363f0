/* What a logon over TLS is bound to, so that it is of no use on another connection: the server's
 * certificate (tls-server-end-point, RFC 5929 4). */
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include "http/tls_shared.h"

/* The hash of the certificate's own signature; SHA-256 in the place of the weak ones. */
int mic_tls_binding_digest(X509 *certificate)
{
    int digest = NID_undef;

    if (X509_get_signature_info(certificate, &digest, NULL, NULL, NULL) != 1) {
        return NID_undef;
    }
    return digest == NID_md5 || digest == NID_sha1 || digest == NID_md5_sha1 ? NID_sha256 : digest;
}

bool mic_tls_append_binding(void *library, X509 *certificate, struct mic_buf *out)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const EVP_MD *digest;
    int nid = mic_tls_binding_digest(certificate);
    bool ok;

    if (nid == NID_undef) {
        return true;
    }
    digest = mic_tls_library_digest(library, OBJ_nid2sn(nid));
    ok = digest != NULL && X509_digest(certificate, digest, hash, &size) == 1;
    if (ok) {
        mic_buf_append_text(out, "tls-server-end-point:");
        mic_buf_append(out, hash, size);
    }
    if (digest != NULL) {
        mic_tls_library_digest_free(digest);
    }
    return ok && !out->failed;
}

MI_Result mic_tls_channel_binding(const struct mic_tls *tls, struct mic_buf *out,
                                  struct mic_err *err)
{
    X509 *certificate = SSL_get_peer_certificate(tls->ssl);
    bool ok = true;

    if (certificate != NULL) {
        ERR_set_mark();
        ok = mic_tls_append_binding(tls->client->shared->library, certificate, out);
        ERR_pop_to_mark();
        X509_free(certificate);
    }
    return ok ? MI_RESULT_OK
              : mic_err_set(
                    err, MIC_E_TLS,
                    "the certificate of %s port %u cannot be hashed for the channel binding",
                    tls->client->host, (unsigned)tls->client->port);
}
