/** What Negotiate and CredSSP need of Kerberos beyond the row. */
#ifndef MIC_AUTH_KERBEROS_H
#define MIC_AUTH_KERBEROS_H

#include "auth/auth.h"
#include "auth/gss.h"

/** Kerberos within SPNEGO, for Negotiate: the same logon in other clothes. */
extern const struct mic_auth_scheme mic_auth_kerberos_spnego;

/** After a failed step: whether the same user and password may succeed with another scheme. */
bool mic_kerberos_may_try_another(const struct mic_auth *auth);

/* ---- the tokens without HTTP around them, of an object of mic_auth_kerberos_spnego ---- */

/** Append the first token. Talks to a KDC and blocks. */
MI_Result mic_kerberos_begin(struct mic_auth *auth, struct mic_buf *out, struct mic_err *err);
/** Take a token of the server's. @param answer  appended: what is to be sent back, if anything */
MI_Result mic_kerberos_take(struct mic_auth *auth, struct mic_str bytes, struct mic_buf *answer,
                            struct mic_err *err);
/** Borrowed. */
struct mic_gss *mic_kerberos_gss(struct mic_auth *auth);

#endif
