/* Users known by a client certificate, asked for when TLS begins or, like Windows, when the request
 * has come: by renegotiation in TLS 1.2, behind the handshake in TLS 1.3. */
#include "mutual.h"

#include <stdio.h>
#include <string.h>

#include <openssl/err.h>

static int send_staple(SSL *ssl, void *arg)
{
    const struct peer *peer = arg;
    unsigned char *copy = OPENSSL_malloc(peer->staple.len);

    if (copy == NULL) {
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    }
    memcpy(copy, peer->staple.data, peer->staple.len);
    SSL_set_tlsext_status_ocsp_resp(ssl, copy, (long)peer->staple.len);
    return SSL_TLSEXT_ERR_OK;
}

static bool set_up_staple(SSL_CTX *ctx, struct peer *peer)
{
    if (!peer_read_file(peer->config.staple, &peer->staple) || peer->staple.len == 0) {
        fprintf(stderr, "mi-peer: cannot read %s\n", peer->config.staple);
        return false;
    }
    SSL_CTX_set_tlsext_status_cb(ctx, send_staple);
    SSL_CTX_set_tlsext_status_arg(ctx, peer);
    return true;
}

bool peer_mutual_setup(SSL_CTX *ctx, struct peer *peer)
{
    const struct peer_config *config = &peer->config;
    int mode = SSL_VERIFY_PEER;

    if (config->staple != NULL && !set_up_staple(ctx, peer)) {
        return false;
    }
    if (config->client_ca == NULL) {
        return true;
    }
    if (SSL_CTX_load_verify_locations(ctx, config->client_ca, NULL) != 1) {
        fprintf(stderr, "mi-peer: no CA in %s\n", config->client_ca);
        return false;
    }
    SSL_CTX_set_client_CA_list(ctx, SSL_load_client_CA_file(config->client_ca));
    if (config->ask == ASK_DEMAND) {
        mode |= SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    }
    if (config->ask != ASK_LATER) {
        SSL_CTX_set_verify(ctx, mode, NULL);
    }
    return true;
}

void peer_mutual_end(struct peer *peer)
{
    peer_buf_free(&peer->staple);
}

static bool has_certificate(const struct peer_conn *conn)
{
    X509 *certificate = SSL_get_peer_certificate(conn->ssl);

    X509_free(certificate);
    return certificate != NULL;
}

/* A renegotiation ends without a certificate when the client has it resume its session. */
static bool is_under_way(const struct peer_conn *conn)
{
    return SSL_version(conn->ssl) == TLS1_3_VERSION ? !has_certificate(conn)
                                                    : SSL_renegotiate_pending(conn->ssl) == 1;
}

/* The client's half comes when something is read; nothing else may come before it. Without
 * AUTO_RETRY the read is over then, and does not wait for the next request. */
static bool ask_now(struct peer_conn *conn)
{
    SSL *ssl = conn->ssl;
    char byte;
    bool sent;

    SSL_set_verify(ssl, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    if (SSL_version(ssl) == TLS1_3_VERSION) {
        sent = SSL_verify_client_post_handshake(ssl) == 1;
    } else {
        sent = SSL_renegotiate(ssl) == 1;
    }
    sent = sent && SSL_do_handshake(ssl) == 1;
    SSL_clear_mode(ssl, SSL_MODE_AUTO_RETRY);
    for (int i = 0; sent && i < 8 && is_under_way(conn); i++) {
        if (SSL_peek(ssl, &byte, 1) <= 0 && SSL_get_error(ssl, -1) != SSL_ERROR_WANT_READ) {
            break;
        }
    }
    SSL_set_mode(ssl, SSL_MODE_AUTO_RETRY);
    peer_count(conn->peer, CNT_ASKED);
    return has_certificate(conn);
}

static bool is_user(const struct peer_config *config, const char *name)
{
    size_t len = config->user != NULL ? strlen(config->user) : 0;
    uint64_t number;

    if (config->user == NULL || strncmp(name, config->user, len) != 0) {
        return false;
    }
    return name[len] == '\0' ||
           (peer_parse_u64(name + len, &number) && number > 0 && number <= config->more_users);
}

enum peer_auth peer_mutual_check(struct peer_conn *conn)
{
    const struct peer_config *config = &conn->peer->config;
    char name[sizeof conn->user] = "";
    X509 *certificate;
    char text[200];

    if (conn->ssl == NULL || config->client_ca == NULL) {
        return AUTH_REFUSED;
    }
    if (!has_certificate(conn) && (config->ask != ASK_LATER || !ask_now(conn))) {
        ERR_error_string_n(ERR_get_error(), text, sizeof text);
        ERR_clear_error();
        peer_log(conn->peer, "conn=%lu no-certificate resumed=%d why=\"%s\"", conn->number,
                 SSL_session_reused(conn->ssl), text);
        return AUTH_REFUSED;
    }
    certificate = SSL_get_peer_certificate(conn->ssl);
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name,
                              (int)sizeof name);
    X509_free(certificate);
    if (SSL_get_verify_result(conn->ssl) != X509_V_OK || !is_user(config, name)) {
        peer_log(conn->peer, "conn=%lu certificate=%s unknown", conn->number, name);
        return AUTH_REFUSED;
    }
    memcpy(conn->user, name, sizeof name);
    peer_count(conn->peer, CNT_CERTIFICATES);
    return AUTH_PASS;
}
