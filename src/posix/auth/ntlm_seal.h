/** Sealed messages of an NTLM session ([MS-NLMP] 3.4.3, 3.4.4.2): RC4 whose stream runs on through
 * all messages of one direction, and a signature that counts them. */
#ifndef MIC_AUTH_NTLM_SEAL_H
#define MIC_AUTH_NTLM_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "auth/digest.h"
#include "auth/ntlm_keys.h"
#include "auth/rc4.h"
#include "base/buf.h"
#include "base/err.h"

#define MIC_NTLM_SIGNATURE_SIZE ((size_t)16)

struct mic_ntlm_stream {
    unsigned char sign_key[MIC_NTLM_KEY_SIZE];
    struct mic_rc4 rc4;
    uint32_t number; /* of the next message */
};

struct mic_ntlm_seal {
    struct mic_digest *digest; /* borrowed */
    struct mic_ntlm_stream out, in;
    bool is_broken; /* the two sides are out of step for good */
};

/** @param side  what we are. @return false when OpenSSL fails */
bool mic_ntlm_seal_init(struct mic_ntlm_seal *seal, struct mic_digest *digest,
                        enum mic_ntlm_side side,
                        const unsigned char session_key[MIC_NTLM_KEY_SIZE]);
/** Wipes. */
void mic_ntlm_seal_fini(struct mic_ntlm_seal *seal);

/** Append signature and ciphertext. Out of memory the seal is as before. */
MI_Result mic_ntlm_seal_message(struct mic_ntlm_seal *seal, const char *plain, size_t size,
                                struct mic_buf *out, struct mic_err *err);
/** Append the plain text of signature and ciphertext. What is not the next message as it was sealed
 * is refused (MIC_E_SEAL), as is everything behind it: a second try must not succeed. */
MI_Result mic_ntlm_unseal_message(struct mic_ntlm_seal *seal, const char *sealed, size_t size,
                                  struct mic_buf *out, struct mic_err *err);

#endif
