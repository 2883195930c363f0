/** SPNEGO (RFC 4178, [MS-SPNG]) with Kerberos as the one mechanism that is offered: the DER around
 *  its tokens. No state, no cryptography. */
#ifndef MIC_AUTH_SPNEGO_H
#define MIC_AUTH_SPNEGO_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

enum mic_spnego_state {
    MIC_SPNEGO_COMPLETED,
    MIC_SPNEGO_INCOMPLETE,
    MIC_SPNEGO_REJECT,
    MIC_SPNEGO_REQUEST_MIC,
    MIC_SPNEGO_UNSAID
};

/** A NegTokenResp. The texts are within the bytes read; empty: not there. */
struct mic_spnego_reply {
    enum mic_spnego_state state;
    struct mic_str mechanism; /* the content of its OBJECT IDENTIFIER */
    struct mic_str token;
    struct mic_str mic;
};

/** Over what a mechListMIC is made: the list of offered mechanisms as sent (RFC 4178 5). */
extern const struct mic_str mic_spnego_mechanisms;

/** Append a NegTokenInit that carries Kerberos' first token. */
void mic_spnego_write_init(struct mic_buf *out, struct mic_str token);
/** Append a NegTokenResp; what is empty is left out. */
void mic_spnego_write_reply(struct mic_buf *out, struct mic_str token, struct mic_str mic);
/** @return false for anything that is no well-formed NegTokenResp */
bool mic_spnego_read(struct mic_str bytes, struct mic_spnego_reply *reply);
/** Whether the server chose Kerberos, under either of the names Windows gives it, or did not say.
 */
bool mic_spnego_is_kerberos(struct mic_str mechanism);

#endif
