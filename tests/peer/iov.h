#ifndef PEER_IOV_H
#define PEER_IOV_H

#include <gssapi/gssapi.h>

#include "util.h"

/* Kerberos' messages as SSPI makes and takes them: a token of its own, then the ciphertext
 * (MS-WSMV 2.2.9.1.1), by gss_wrap_iov. */

/** Append the token's length in four bytes, the token, the ciphertext. @return the token's length
 */
size_t peer_iov_wrap(gss_ctx_id_t context, const char *text, size_t len, struct peer_buf *out);
/** @param len  of token and ciphertext */
OM_uint32 peer_iov_unwrap(gss_ctx_id_t context, const char *data, size_t token_len, size_t len,
                          OM_uint32 *minor, struct peer_buf *plain, int *has_privacy);

#endif
