/** NTLMv2 as a mechanism, whatever its messages travel in: the client's side of one logon and of
 * the session behind it ([MS-NLMP] 3.1). */
#ifndef MIC_AUTH_NTLM_H
#define MIC_AUTH_NTLM_H

#include "auth/auth.h"

struct mic_ntlm;

/** What can be told before any network: a user, texts that UTF-16 can hold, no FIPS mode, and
 * whether NTLM is in this build. */
MI_Result mic_ntlm_check(const struct mic_auth_settings *settings, struct mic_err *err);

/** @param settings         borrowed until the answer is made
 *  @param channel_binding  as in auth.h; copied
 *  @return NULL with @p err set */
struct mic_ntlm *mic_ntlm_new(const struct mic_auth_settings *settings,
                              struct mic_str channel_binding, struct mic_err *err);
/** Wipes all keys. NULL is allowed. */
void mic_ntlm_free(struct mic_ntlm *ntlm);

/** Append the first message. */
MI_Result mic_ntlm_begin(struct mic_ntlm *ntlm, struct mic_buf *token, struct mic_err *err);
/** Append the answer to the server's challenge: then the client's part is done, and messages can be
 * sealed. */
MI_Result mic_ntlm_answer(struct mic_ntlm *ntlm, struct mic_str challenge, struct mic_buf *token,
                          struct mic_err *err);

/** The content of one part of MS-WSMV 2.2.9.1.1, as in auth.h. */
MI_Result mic_ntlm_seal(struct mic_ntlm *ntlm, const char *plain, size_t size, struct mic_buf *out,
                        struct mic_err *err);
MI_Result mic_ntlm_unseal(struct mic_ntlm *ntlm, const char *sealed, size_t size,
                          struct mic_buf *out, struct mic_err *err);

#endif
