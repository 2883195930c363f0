#ifndef PEER_NEGOTIATE_H
#define PEER_NEGOTIATE_H

#include "http.h"

/* Logons with Negotiate, and the sealing behind them: GSSAPI does both, nothing here is of the
 * library's own. negotiate.c where GSSAPI was found, else negotiate_none.c. */

struct peer_plan;

/** Ready to log users on: writes the accounts where the NTLM mechanism looks for them. */
bool peer_negotiate_start(struct peer *peer);
void peer_negotiate_stop(struct peer *peer);
/** NULL when "ntlm" or "kerberos" can be accepted here, else what is missing. */
const char *peer_negotiate_lacks(const char *mechanism);

enum peer_negotiated {
    /** The request is to be read, and is in clear text now. */
    NEGOTIATE_PASS,
    /** The response is ready: a leg of a logon, or a refusal. */
    NEGOTIATE_REPLY,
    /** The connection ends without an answer. */
    NEGOTIATE_CLOSE
};

/** Before a request is read as SOAP: take a leg of a logon, or open what is sealed. */
enum peer_negotiated peer_negotiate_request(struct peer_conn *conn, struct peer_request *request,
                                            struct peer_response *response);
/** Whether this connection is logged on; then conn->user is set. */
bool peer_negotiate_is_done(struct peer_conn *conn);
/** Whether the answer to the present request has to be sealed. */
bool peer_negotiate_seals(const struct peer_conn *conn);
#define PEER_SEALED_AS(name)                                                                       \
    "multipart/encrypted;protocol=\"application/HTTP-" name "-session-encrypted\""                 \
    ";boundary=\"Encrypted Boundary\""
/** The Content-Type of what this connection seals. */
const char *peer_negotiate_type(const struct peer_conn *conn);
/** Append one sealed message. */
void peer_negotiate_seal(struct peer_conn *conn, const char *text, size_t len,
                         struct peer_buf *out);
/** Seal a finished answer, spoiled as planned. */
void peer_negotiate_reply(struct peer_conn *conn, const struct peer_plan *plan,
                          struct peer_response *response);
void peer_negotiate_end(struct peer_conn *conn);

#endif
