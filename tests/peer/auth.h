#ifndef PEER_AUTH_H
#define PEER_AUTH_H

#include "http.h"

enum peer_auth {
    /** The request may pass; conn->user says for whom. */
    AUTH_PASS,
    /** The response holds a 401 (a refusal, or a leg of a longer logon). */
    AUTH_REFUSED
};

/** Look at the Authorization header. The only place that knows the schemes. */
enum peer_auth peer_auth_check(struct peer_conn *conn, const struct peer_request *request,
                               struct peer_response *response);
/** A 401 with everything that is offered. */
void peer_auth_refuse(const struct peer *peer, struct peer_response *response);

/** Whether a 401 names this scheme. */
bool peer_auth_offers(const struct peer *peer, const char *scheme);
/** Base64 to bytes; false when it is none. */
bool peer_auth_decode(const char *text, struct peer_buf *out);

#endif
