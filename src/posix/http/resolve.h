/** Names to addresses. Numeric ones at once, others with getaddrinfo on the blocking pool. */
#ifndef MIC_HTTP_RESOLVE_H
#define MIC_HTTP_RESOLVE_H

#include <netdb.h>
#include <stdint.h>

#include "base/err.h"
#include "loop/workpool.h"

/** @return the address of "192.0.2.1", "::1" or "fe80::1%eth0" (freeaddrinfo), NULL for a name. */
struct addrinfo *mic_resolve_numeric(const char *host, uint16_t port);

/** A lookup under way. */
struct mic_lookup;

/** @param list  the addresses in the order to try them, the callee's (freeaddrinfo); NULL on
 * failure
 *  @param err  NULL on success */
typedef void mic_lookup_done(void *context, struct addrinfo *list, const struct mic_err *err);

/** Look @p host up; @p done is called on the loop's thread, never from inside this call.
 *  @return valid until done; NULL with @p err set, done is not called then. @thread the loop's */
struct mic_lookup *mic_lookup_start(struct mic_workpool *workpool, const char *host, uint16_t port,
                                    mic_lookup_done *done, void *context, struct mic_err *err);
/** Done is not called any more; a blocked getaddrinfo goes on by itself and its result is dropped.
 */
void mic_lookup_cancel(struct mic_lookup *lookup);

#endif
