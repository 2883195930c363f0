/* There was no GSSAPI when this was built. */
#include "negotiate.h"

bool peer_negotiate_start(struct peer *peer)
{
    (void)peer;
    return true;
}

void peer_negotiate_stop(struct peer *peer)
{
    (void)peer;
}

const char *peer_negotiate_lacks(const char *mechanism)
{
    (void)mechanism;
    return "mi-peer was built without GSSAPI (package libkrb5-dev)";
}

enum peer_negotiated peer_negotiate_request(struct peer_conn *conn, struct peer_request *request,
                                            struct peer_response *response)
{
    (void)conn;
    (void)request;
    (void)response;
    return NEGOTIATE_PASS;
}

bool peer_negotiate_is_done(struct peer_conn *conn)
{
    (void)conn;
    return false;
}

bool peer_negotiate_seals(const struct peer_conn *conn)
{
    (void)conn;
    return false;
}

const char *peer_negotiate_type(const struct peer_conn *conn)
{
    (void)conn;
    return "";
}

void peer_negotiate_seal(struct peer_conn *conn, const char *text, size_t len, struct peer_buf *out)
{
    (void)conn;
    (void)text;
    (void)len;
    (void)out;
}

void peer_negotiate_reply(struct peer_conn *conn, const struct peer_plan *plan,
                          struct peer_response *response)
{
    (void)conn;
    (void)plan;
    (void)response;
}

void peer_negotiate_end(struct peer_conn *conn)
{
    (void)conn;
}
