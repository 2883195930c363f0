/* Bytes in and out of one connection, plain or TLS. */
#include "conn.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <openssl/err.h>

#include "mutual.h"

static void forget_errors(const struct peer_conn *conn)
{
    if (conn->ssl != NULL) {
        ERR_clear_error();
    }
}

bool peer_conn_fill(struct peer_conn *conn)
{
    ssize_t n;

    peer_buf_reserve(&conn->in, 16384);
    if (conn->ssl != NULL) {
        n = SSL_read(conn->ssl, conn->in.data + conn->in.len, 16384);
    } else {
        do {
            n = recv(conn->fd, conn->in.data + conn->in.len, 16384, 0);
        } while (n < 0 && errno == EINTR);
    }
    if (n <= 0) {
        forget_errors(conn);
        return false;
    }
    conn->in.len += (size_t)n;
    conn->in.data[conn->in.len] = '\0';
    return true;
}

bool peer_conn_send(struct peer_conn *conn, const void *bytes, size_t len)
{
    const char *at = bytes;

    atomic_fetch_add_explicit(&conn->peer->counters[CNT_BYTES_OUT], len, memory_order_relaxed);
    while (len > 0) {
        size_t part = len > 1U << 30 ? 1U << 30 : len;
        ssize_t n;

        if (conn->ssl != NULL) {
            n = SSL_write(conn->ssl, at, (int)part);
        } else {
            n = send(conn->fd, at, part, MSG_NOSIGNAL);
        }
        if (n < 0 && conn->ssl == NULL && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            forget_errors(conn);
            return false;
        }
        at += n;
        len -= (size_t)n;
    }
    return true;
}

static void tls_complain(const char *what, const char *file)
{
    char text[200];

    ERR_error_string_n(ERR_get_error(), text, sizeof text);
    fprintf(stderr, "mi-peer: %s %s: %s\n", what, file, text);
}

SSL_CTX *peer_tls_new(struct peer *peer)
{
    const struct peer_config *config = &peer->config;
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

    if (ctx == NULL) {
        tls_complain("TLS", "context");
        return NULL;
    }
    SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
    if (config->tls_max != NULL && strcmp(config->tls_max, "1.2") == 0) {
        SSL_CTX_set_max_proto_version(ctx, TLS1_2_VERSION);
    }
    SSL_CTX_set_mode(ctx, SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"mi-peer", 7);
    if (SSL_CTX_use_certificate_chain_file(ctx, config->cert) != 1) {
        tls_complain("certificate", config->cert);
        SSL_CTX_free(ctx);
        return NULL;
    }
    if (SSL_CTX_use_PrivateKey_file(ctx, config->key, SSL_FILETYPE_PEM) != 1) {
        tls_complain("key", config->key);
        SSL_CTX_free(ctx);
        return NULL;
    }
    if (!peer_mutual_setup(ctx, peer)) {
        SSL_CTX_free(ctx);
        return NULL;
    }
    return ctx;
}

bool peer_tls_accept(struct peer_conn *conn)
{
    struct peer *peer = conn->peer;

    conn->ssl = SSL_new(peer->tls);
    if (conn->ssl == NULL || SSL_set_fd(conn->ssl, conn->fd) != 1) {
        return false;
    }
    if (SSL_accept(conn->ssl) != 1) {
        char text[200];

        ERR_error_string_n(ERR_get_error(), text, sizeof text);
        ERR_clear_error();
        peer_count(peer, CNT_TLS_FAILURES);
        peer_log(peer, "conn=%lu tls-failed why=\"%s\"", conn->number, text);
        return false;
    }
    peer_count(peer, CNT_TLS_HANDSHAKES);
    if (SSL_session_reused(conn->ssl)) {
        peer_count(peer, CNT_TLS_RESUMED);
    }
    peer_log(peer, "conn=%lu tls=%s cipher=%s resumed=%d", conn->number, SSL_get_version(conn->ssl),
             SSL_get_cipher_name(conn->ssl), SSL_session_reused(conn->ssl));
    return true;
}
