/** The way from a session to its destination: straight, or through a proxy that the options or the
 * environment name. */
#ifndef MIC_ENGINE_PROXY_H
#define MIC_ENGINE_PROXY_H

#include <mi.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/secret.h"
#include "engine/destination.h"
#include "http/pool.h"
#include "model/bag.h"

#define MIC_PORT_PROXY 80 /* of http://proxy, as of any http URL */

struct mic_proxy {
    char *host; /* NULL: none. IPv6 without brackets, zone kept */
    uint16_t port;
    char *user; /* from a URL in the environment; NULL: none */
    struct mic_secret password;
};

/** getenv, or a test's. */
typedef char *mic_environment(const char *name);

/** What the options say, else the environment: read once, here.
 *  @param options  may be NULL
 *  @return MI_RESULT_OK, also for none; INVALID_PARAMETER for what does not parse, NOT_SUPPORTED
 * for a kind of proxy that is not built in. No text of the error quotes a variable, which may hold
 * a password. @thread any, while nobody changes the environment */
MI_Result mic_proxy_choose(struct mic_proxy *proxy, const struct mic_destination *destination,
                           const struct mic_bag *options, mic_environment *environment,
                           struct mic_err *err);
/** Wipes. */
void mic_proxy_fini(struct mic_proxy *proxy);

/** Fill target->proxy; all of it is borrowed from @p proxy and @p options. */
MI_Result mic_proxy_target(const struct mic_proxy *proxy, const struct mic_bag *options,
                           struct mic_http_target *target, struct mic_err *err);

/** Read "host", "host:port", "[IPv6]:port", each with or without http:// before it and / behind it.
 *  @param source      names where it comes from, for error texts
 *  @param takes_user  "user:password@" is allowed, with %XX in it
 *  @param[out] proxy  empty on failure */
MI_Result mic_proxy_read(struct mic_proxy *proxy, const char *text, const char *source,
                         bool takes_user, struct mic_err *err);

#endif
