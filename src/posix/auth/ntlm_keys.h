/** The computations of NTLMv2 ([MS-NLMP] 3.3.2 and 3.4.5). All secrets, the caller's to wipe. */
#ifndef MIC_AUTH_NTLM_KEYS_H
#define MIC_AUTH_NTLM_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "auth/digest.h"
#include "base/buf.h"
#include "base/str.h"

#define MIC_NTLM_KEY_SIZE ((size_t)16)

/** NTOWFv2.
 *  @param password  UTF-8, as are @p user and @p domain
 *  @return false when a text is not valid, or memory or OpenSSL fail */
bool mic_ntlm_owf(struct mic_digest *digest, struct mic_str password, struct mic_str user,
                  struct mic_str domain, unsigned char owf[MIC_NTLM_KEY_SIZE]);

/** What the response is made of besides the key. */
struct mic_ntlm_proof {
    unsigned char server_challenge[8], client_challenge[8], time[8];
    struct mic_str pairs; /* with the end mark */
};

/** Append NtChallengeResponse; the SessionBaseKey, which is the KeyExchangeKey too. */
bool mic_ntlm_respond(struct mic_digest *digest, const unsigned char owf[MIC_NTLM_KEY_SIZE],
                      const struct mic_ntlm_proof *proof, struct mic_buf *response,
                      unsigned char session_key[MIC_NTLM_KEY_SIZE]);

enum mic_ntlm_side { MIC_NTLM_CLIENT, MIC_NTLM_SERVER };

/** Keys for what @p side sends (128 bits, extended session security). */
bool mic_ntlm_sign_key(struct mic_digest *digest, enum mic_ntlm_side side,
                       const unsigned char session_key[MIC_NTLM_KEY_SIZE],
                       unsigned char key[MIC_NTLM_KEY_SIZE]);
bool mic_ntlm_seal_key(struct mic_digest *digest, enum mic_ntlm_side side,
                       const unsigned char session_key[MIC_NTLM_KEY_SIZE],
                       unsigned char key[MIC_NTLM_KEY_SIZE]);

#endif
