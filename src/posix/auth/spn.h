/** Service names that the caller gave. */
#ifndef MIC_AUTH_SPN_H
#define MIC_AUTH_SPN_H

#include "auth/auth.h"

/** A class ("WSMAN"), which the host's name is put behind, or a whole name ("HTTP/web.example.com",
 * with a realm, a port or a third part, if so wanted; "HTTP@web.example.com" is the same). Anything
 * else is MIC_E_ARGUMENT. */
MI_Result mic_spn_check(const char *spn, struct mic_err *err);

/** Append the service name that the settings ask for, without a realm.
 *  @param service  the class, where settings->spn says nothing of it */
void mic_spn_write(const struct mic_auth_settings *settings, const char *service,
                   struct mic_buf *out);
/** Whether a whole name was given. @param[out] realm  behind it; empty: none */
bool mic_spn_is_whole(const char *spn, struct mic_str *realm);
/** Of a whole name. */
struct mic_str mic_spn_host(const char *spn);

#endif
