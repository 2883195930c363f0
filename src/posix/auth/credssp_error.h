/** What a server's errorCode says ([MS-CSSP] 2.2.1, [MS-ERREF] 2.3). */
#ifndef MIC_AUTH_CREDSSP_ERROR_H
#define MIC_AUTH_CREDSSP_ERROR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/** Fill @p err with the words for @p status.
 *  @param inner  "NTLM", "Kerberos": what the logon inside is. With Kerberos the KDC has found the
 *                password right before
 *  @param why    what failed before NTLM's turn came; "": nothing did */
MI_Result mic_credssp_fail_status(const char *host, const char *user, const char *inner,
                                  const char *why, uint32_t status, struct mic_err *err);

/** Whether it may be the ticket inside that is refused, and not the account: NTLM can do better. */
bool mic_credssp_may_be_ticket(uint32_t status);

#endif
