/** What a pool knows of the proxy its connections go through. */
#ifndef MIC_HTTP_PROXY_H
#define MIC_HTTP_PROXY_H

#include "http/pool.h"

struct mic_http_response;

struct mic_http_proxy {
    char *host;
    uint16_t port;
    char *auth_type, *domain, *user;
    struct mic_secret password;
    struct mic_auth_settings auth;
    const struct mic_auth_scheme *scheme; /* NULL: no logon */
    char *authority;                      /* of the destination: "host:port", "[::1]:5985" */
    char *head;                           /* request line and fields of a CONNECT */
};

/** What helps against most that a proxy does wrong. */
extern const char mic_http_proxy_remedy[];

/** @param target  with a proxy. @return NULL with @p err set. @thread any */
struct mic_http_proxy *mic_http_proxy_new(struct mic_tls_shared *tls,
                                          const struct mic_http_target *target,
                                          struct mic_err *err);
/** After the last connection; NULL is allowed. */
void mic_http_proxy_free(struct mic_http_proxy *proxy);

/** The row to log on with, out of those that the credentials allow (NTLM has two names).
 *  @return NULL when the proxy's 407 offers none of them */
const struct mic_auth_scheme *mic_http_proxy_agree(const struct mic_http_proxy *proxy,
                                                   const struct mic_http_response *response);

#endif
