#ifndef PEER_REPLY_H
#define PEER_REPLY_H

#include "soap.h"

/** Envelope, headers and the opened body of an answer with this action. */
void peer_reply_begin(const struct peer *peer, const struct peer_soap *soap, const char *action,
                      struct peer_buf *out);
/** As above, for a fault with a header that was not understood. */
void peer_reply_begin_fault(const struct peer *peer, const struct peer_soap *soap,
                            const char *action, struct peer_buf *out);
void peer_reply_end(const struct peer *peer, struct peer_buf *out);
/** Status 200 with what is in response->body, chunked where the dialect does that. */
void peer_reply_finish(const struct peer *peer, const struct peer_soap *soap,
                       struct peer_response *response);
void peer_reply_identify(const struct peer *peer, bool anonymous, struct peer_response *response);

#endif
