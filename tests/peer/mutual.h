#ifndef PEER_MUTUAL_H
#define PEER_MUTUAL_H

#include "auth.h"
#include "conn.h"

/** What a request says that wants to be known by its client certificate (MS-WSMV 2.2.4.4). */
#define PEER_MUTUAL "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual"

/** Client certificates and the OCSP answer, as configured; false with the reason on standard
 *  error. */
bool peer_mutual_setup(SSL_CTX *ctx, struct peer *peer);
void peer_mutual_end(struct peer *peer);
/** Ask for a certificate if there is none yet, and find its user. */
enum peer_auth peer_mutual_check(struct peer_conn *conn);

#endif
