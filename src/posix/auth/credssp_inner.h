/** The logon inside CredSSP: Kerberos in SPNEGO where there is a KDC and a ticket for it, else NTLM
 * bare, which Windows takes in negoTokens too ([MS-CSSP] 2.2.1). It always seals, since the
 * password goes through it. */
#ifndef MIC_AUTH_CREDSSP_INNER_H
#define MIC_AUTH_CREDSSP_INNER_H

#include "auth/auth.h"

struct mic_credssp_inner;

/** @param settings  borrowed, but copied where prepare() needs it. @return NULL with @p err set */
struct mic_credssp_inner *mic_credssp_inner_new(const struct mic_auth_settings *settings,
                                                struct mic_err *err);
void mic_credssp_inner_free(struct mic_credssp_inner *inner);

/** Whether prepare() is to be called, and would block. */
bool mic_credssp_inner_may_block(const struct mic_credssp_inner *inner);
/** Get Kerberos' ticket, or give Kerberos up for NTLM where that can be. */
MI_Result mic_credssp_inner_prepare(struct mic_credssp_inner *inner, struct mic_err *err);
/** The server refused the ticket, as @p err says (MIC_E_NONE: without words): have NTLM follow,
 * from the beginning. @return whether that can be; @p err is cleared then */
bool mic_credssp_inner_give_up(struct mic_credssp_inner *inner, struct mic_err *err);
/** One move. @param input  the server's token; empty at first. @param output  appended */
MI_Result mic_credssp_inner_step(struct mic_credssp_inner *inner, struct mic_str input,
                                 struct mic_buf *output, struct mic_err *err);
/** Whether messages can be sealed. */
bool mic_credssp_inner_is_ready(const struct mic_credssp_inner *inner);
/** "Kerberos", "NTLM" */
const char *mic_credssp_inner_name(const struct mic_credssp_inner *inner);
/** Why it is not Kerberos; empty: it is, or was not to be. */
const struct mic_err *mic_credssp_inner_why(const struct mic_credssp_inner *inner);

MI_Result mic_credssp_inner_wrap(struct mic_credssp_inner *inner, struct mic_str plain,
                                 struct mic_buf *out, struct mic_err *err);
/** @param plain_size  how long the text in it is due to be */
MI_Result mic_credssp_inner_unwrap(struct mic_credssp_inner *inner, struct mic_str sealed,
                                   size_t plain_size, struct mic_buf *out, struct mic_err *err);

#endif
