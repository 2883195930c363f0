#ifndef PEER_FAULT_H
#define PEER_FAULT_H

#include "http.h"
#include "soap.h"

/** Replace the reply by this fault in the form of the dialect. @p why is the reason in words. */
void peer_fault_write(const struct peer *peer, const struct peer_soap *soap, enum peer_fault fault,
                      const char *why, struct peer_response *response);
/** The same from text: SUBCODE[:CODE], as the sabotage names it. */
void peer_fault_write_named(const struct peer *peer, const struct peer_soap *soap, const char *spec,
                            struct peer_response *response);
/** The typed error instance of a fault, as servers put it into other places too. */
void peer_fault_put_error(struct peer_buf *out, const struct peer_dialect *d, enum peer_fault fault,
                          const char *why);
const char *peer_fault_name(enum peer_fault fault);

#endif
