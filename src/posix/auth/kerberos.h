/** What Negotiate needs of Kerberos beyond the row. */
#ifndef MIC_AUTH_KERBEROS_H
#define MIC_AUTH_KERBEROS_H

#include "auth/auth.h"

/** Kerberos within SPNEGO, for Negotiate: the same logon in other clothes. */
extern const struct mic_auth_scheme mic_auth_kerberos_spnego;

/** After a failed step: whether the same user and password may succeed with another scheme. */
bool mic_kerberos_may_try_another(const struct mic_auth *auth);

#endif
