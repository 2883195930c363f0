/** One Kerberos logon through GSSAPI: credentials, security context, messages. MIT's library,
 *  Heimdal's or none, by which files CMake picks. Nothing of the process is touched: not its
 *  environment, not its default cache. Used by one thread at a time. */
#ifndef MIC_AUTH_GSS_H
#define MIC_AUTH_GSS_H

#include <stdbool.h>

#include "auth/auth.h"

struct mic_gss;

/** Whether this build has GSSAPI. @return MI_RESULT_OK, else MIC_E_NOT_SUPPORTED in @p err */
MI_Result mic_gss_check(struct mic_err *err);

/** The tickets that the logons with one user and password share, in memory of its own: the first
 *  gets them, the others find them, and they are got anew when they are about to end or were
 *  refused. Used by any thread. */
struct mic_gss_tickets;
/** @return NULL when out of memory or without GSSAPI, with which logons go on one by one */
struct mic_gss_tickets *mic_gss_tickets_new(void);
/** No logon begins with them any more; they are gone when the last one under way is. NULL is
 * allowed. */
void mic_gss_tickets_close(struct mic_gss_tickets *tickets);

/** Copies what it needs; asks nobody yet. With a user and a password it will get a ticket, or take
 *  one of settings->tickets, which are kept in memory; without those it is gone with
 *  mic_gss_close. With a user alone, or without one, the
 * caller's: from the credential cache or the client keytab, as the environment says.
 *  @return NULL with @p err set */
struct mic_gss *mic_gss_open(const struct mic_auth_settings *settings,
                             struct mic_str channel_binding, struct mic_err *err);
/** Wipes and frees. NULL is allowed. */
void mic_gss_close(struct mic_gss *gss);

/** The next move. The first one talks to a KDC and blocks; later ones do not.
 *  @param input   the server's token; empty in the first move
 *  @param output  appended: the token to send, perhaps none
 *  @return MI_RESULT_OK; else @p err says what failed and what to do */
MI_Result mic_gss_step(struct mic_gss *gss, struct mic_str input, struct mic_buf *output,
                       struct mic_err *err);
/** The server did not take the ticket, of which no token need tell: further logons get a new one.
 */
void mic_gss_refuse(struct mic_gss *gss);
/** Both sides have proved who they are, and messages can be sealed. */
bool mic_gss_is_done(const struct mic_gss *gss);
/** The context ends with its ticket: within the next minute. */
bool mic_gss_is_ending(const struct mic_gss *gss);
/** After a failed step: another scheme would fail with the same user and password as well, and
 *  would count as one more wrong attempt. */
bool mic_gss_is_final(const struct mic_gss *gss);

/** "alice@EXAMPLE.COM", or words for the owner of the caller's ticket. */
const char *mic_gss_client(const struct mic_gss *gss);
/** "HTTP/server.example.com": the service name tried last. */
const char *mic_gss_target(const struct mic_gss *gss);

/** As in mic_auth_scheme. */
MI_Result mic_gss_seal(struct mic_gss *gss, const char *plain, size_t size, struct mic_buf *out,
                       struct mic_err *err);
MI_Result mic_gss_unseal(struct mic_gss *gss, const char *sealed, size_t size, struct mic_buf *out,
                         struct mic_err *err);
/** A sealed message of one piece, which does not tell where its token ends.
 *  @param plain_size  how long the text in it is due to be */
MI_Result mic_gss_unseal_whole(struct mic_gss *gss, struct mic_str sealed, size_t plain_size,
                               struct mic_buf *out, struct mic_err *err);
/** Detached signatures. */
MI_Result mic_gss_sign(struct mic_gss *gss, struct mic_str message, struct mic_buf *out,
                       struct mic_err *err);
MI_Result mic_gss_verify(struct mic_gss *gss, struct mic_str message, struct mic_str signature,
                         struct mic_err *err);

#endif
