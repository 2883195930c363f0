#ifndef PEER_CREDSSP_H
#define PEER_CREDSSP_H

#include "peer.h"

/* The accepting side of CredSSP: TLS in memory by OpenSSL, its ASN.1 by OpenSSL, the logon inside
 * by GSSAPI. One for each connection. */

struct peer_credssp;

/** NULL with a line in the log when TLS cannot be set up. */
struct peer_credssp *peer_credssp_new(struct peer *peer, unsigned long conn_number);
void peer_credssp_free(struct peer_credssp *credssp);

enum peer_credssp_end {
    CREDSSP_GO_ON,   /* @p out is the next token, perhaps an empty one */
    CREDSSP_DONE,    /* the credentials came, and are those of the logon */
    CREDSSP_REFUSED, /* @p out is a token that says why, if the version has such */
    CREDSSP_REJECTED /* not what a client may send */
};

/** Take the token of a leg. */
enum peer_credssp_end peer_credssp_take(struct peer_credssp *credssp, const void *bytes, size_t len,
                                        struct peer_buf *out);
/** Who is logged on. */
const char *peer_credssp_user(const struct peer_credssp *credssp);

/** Append the length of the trailer, 32 bits, and one record (at most 16384 bytes).
 *  @return bytes of the record that are not text */
size_t peer_credssp_wrap(struct peer_credssp *credssp, const void *text, size_t len,
                         struct peer_buf *out);
/** Open the pieces a client has sent, in the one form they may have. */
bool peer_credssp_open(struct peer_credssp *credssp, const char *body, size_t len,
                       struct peer_buf *plain, unsigned *pieces);

#endif
