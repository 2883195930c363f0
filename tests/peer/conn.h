#ifndef PEER_CONN_H
#define PEER_CONN_H

#include <sys/types.h>

#include "peer.h"

struct peer_gss;

/** One accepted connection, owned by its thread. */
struct peer_conn {
    struct peer *peer;
    unsigned long number;
    int fd;
    SSL *ssl;
    /** Bytes received; those before `taken` belong to earlier requests. */
    struct peer_buf in;
    size_t taken;
    unsigned long served;
    bool is_control;
    /** Who is logged on; the schemes of auth.c keep their state here. */
    char user[64];
    struct peer_gss *gss;
    struct peer_conn *previous;
    struct peer_conn *next;
};

/** More bytes into conn->in; false at the end of the stream or on an error. */
bool peer_conn_fill(struct peer_conn *conn);
bool peer_conn_send(struct peer_conn *conn, const void *bytes, size_t len);

/** Context of a server with this certificate; NULL with the reason on standard error. */
SSL_CTX *peer_tls_new(struct peer *peer);
/** Server side of the handshake. */
bool peer_tls_accept(struct peer_conn *conn);

#endif
