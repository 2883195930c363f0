/** What binds the logon inside to the TLS around it: the server's public key, which only the server
 * that knows the logon's keys can vouch for ([MS-CSSP] 3.1.5, steps 3 and 4). */
#ifndef MIC_AUTH_CREDSSP_KEY_H
#define MIC_AUTH_CREDSSP_KEY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

#define MIC_CREDSSP_NONCE_SIZE ((size_t)32)
#define MIC_CREDSSP_HASHES     5U /* the version that brought hashes of the key, and the nonce */

enum mic_credssp_side { MIC_CREDSSP_CLIENT, MIC_CREDSSP_SERVER };

/** Append what @p side puts into pubKeyAuth, before it is sealed.
 *  @param version  agreed on
 *  @param nonce    of the client; not used before version 5
 *  @param key      the content of SubjectPublicKey
 *  @return false when OpenSSL cannot hash, or memory is out */
bool mic_credssp_key_proof(void *library, enum mic_credssp_side side, unsigned version,
                           const unsigned char nonce[MIC_CREDSSP_NONCE_SIZE], struct mic_str key,
                           struct mic_buf *out);

#endif
