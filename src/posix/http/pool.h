/** The connections of one session: each logged on as that session's user, never shared with
 * another's. Everything here runs on the loop's thread unless said otherwise. */
#ifndef MIC_HTTP_POOL_H
#define MIC_HTTP_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "auth/auth.h"
#include "base/err.h"
#include "base/list.h"
#include "base/secret.h"
#include "base/trace.h"
#include "loop/loop.h"
#include "loop/workpool.h"

/** TLS facts shared by an application: one SSL_CTX per distinct setting, one X509_STORE per CA
 * source, a private OSSL_LIB_CTX. Thread-safe: made on any thread. The system's CA bundle is read
 * once. */
struct mic_tls_shared;
struct mic_tls_shared *mic_tls_shared_new(struct mic_err *err);
void mic_tls_shared_free(struct mic_tls_shared *shared);

/** A proxy that is asked with CONNECT, over a connection without TLS of its own. */
struct mic_http_proxy_target {
    const char *host; /* as in mic_http_target; NULL: no proxy */
    uint16_t port;
    const char *auth_type; /* MI_AUTH_TYPE_*; NULL: no logon */
    const char *domain, *user;
    const struct mic_secret *password;
};

struct mic_tls;
struct mic_http_response;

/** What happens on the connections of a pool, for a diagnosis: told on the loop's thread, each may
 * be NULL. It outlives the pool, and calls nothing of it. */
struct mic_http_watch {
    void *context;
    void (*connected)(void *context, const char *address); /* the proxy's where there is one */
    void (*secured)(void *context, const struct mic_tls *tls);
    /** Status and fields of every reply, those of a logon's legs too. */
    void (*replied)(void *context, const struct mic_http_response *response);
};

/** What a logon over TLS is bound to. All but the first are for a diagnosis, which finds out what a
 * server insists on. */
enum mic_http_binding {
    MIC_BINDING_USUAL, /* this connection */
    MIC_BINDING_NONE,  /* nothing */
    MIC_BINDING_FALSE  /* another connection */
};

/** Whose logon. */
struct mic_http_logon {
    const char *auth_type; /* MI_AUTH_TYPE_*; NULL: none given */
    const char *domain, *user;
    const struct mic_secret *password;
};

#define MIC_HTTP_OTHERS_MAX 10 /* there are eleven types, and a type comes once */

/** Where and how. Copied by mic_http_pool_new. */
struct mic_http_target {
    const char *host; /* name or address, IPv6 without brackets, zone allowed */
    uint16_t port;
    bool https;
    const char *path;       /* "/wsman" */
    const char *user_agent; /* "Microsoft WinRM Client" */
    /* TLS */
    bool check_ca, check_name, check_revocation;
    const char *ca_file, *ca_directory;      /* NULL both: the system's */
    const char *certificate_file, *key_file; /* see http/tls.h for these */
    const struct mic_secret *key_password;
    const char *thumbprint;
    bool thumbprint_is_issuer;
    const char *pins;
    uint32_t disabled_tls_versions; /* the SslOptions bit mask */
    /* logon */
    const char *auth_type; /* MI_AUTH_TYPE_*; NULL: none given */
    const char *domain, *user;
    const struct mic_secret *password;
    /* Tried in this order, each after the one before was refused. */
    struct mic_http_logon others[MIC_HTTP_OTHERS_MAX];
    unsigned other_count;
    bool privacy; /* false: clear text over HTTP is allowed */
    bool port_in_spn;
    const char *spn; /* as in mic_auth_settings */
    enum mic_delegation delegation;
    unsigned credssp_min_version; /* 0: as is safe */
    struct mic_http_proxy_target proxy;
    unsigned max_connections; /* 8 */
    size_t max_header_bytes;  /* 0: 64 KB */
    size_t max_sealed_bytes; /* plain bytes of one part of a sealed reply; 0: MIC_HTTP_SEALED_MAX */
    struct mic_trace *trace;
    uint32_t session_number;            /* for traces */
    const struct mic_http_watch *watch; /* NULL: none; not copied */
    enum mic_http_binding binding;
};

#define MIC_HTTP_SEALED_MAX ((size_t)512000)

struct mic_http_pool;
/** Any thread; touches no network. Checks what can be checked (scheme known, files readable,
 * privacy). */
struct mic_http_pool *mic_http_pool_new(struct mic_loop *loop, struct mic_workpool *workpool,
                                        struct mic_tls_shared *tls,
                                        const struct mic_http_target *target, struct mic_err *err);
/** Whether its bytes go through TLS, of HTTPS or of a logon's own (CredSSP). @thread any */
bool mic_http_pool_uses_tls(const struct mic_http_pool *pool);
/** Loop thread, also inside an event. Ends what is under way with done(MIC_E_CANCELLED), in the
 * order of the queue, closes all connections, frees. Those events submit nothing to this pool. */
void mic_http_pool_free(struct mic_http_pool *pool);

struct mic_http_request;

/** All on the loop thread; may cancel, submit, or free the pool inside. Pointers are valid during
 * the call only. */
struct mic_http_events {
    /** Any sign of life: connected, a TLS or logon leg done, bytes arrived. May be NULL. */
    void (*progress)(void *context);
    /** Status and headers of the final reply, not of a logon leg that goes on. 401, 403 and
     * redirects never come here: they end in done() with MIC_E_LOGON, MIC_E_ACCESS_DENIED,
     * MIC_E_HTTP_REDIRECT. Of a sealed reply it tells the content's own type, with its first bytes;
     * a plain reply that refuses (status 400, 503 ...) where sealed ones are due comes without its
     * body, for which nobody vouches.
     *  @param content_type    NULL when there is none
     *  @param content_length  -1 when not told
     *  @return false to refuse: the connection is dropped, done() follows with @p err as filled */
    bool (*headers)(void *context, unsigned status, const char *content_type,
                    int64_t content_length, struct mic_err *err);
    /** Plain (unsealed, dechunked) body bytes, which are taken either way.
     *  @return false to pause until mic_http_resume: nothing is read or told meanwhile, done()
     * neither */
    bool (*body)(void *context, const char *bytes, size_t size);
    /** Exactly once, last: @p err NULL when the reply is complete. The request may be freed inside.
     */
    void (*done)(void *context, const struct mic_err *err);
};

/** Zeroed, then its public fields set. May be submitted again after done() or cancel. */
struct mic_http_request {
    /* filled by the caller; memory must live until done() or cancel */
    const char *body;
    size_t body_size;
    bool unauthenticated; /* Identify without logon: "WSMANIDENTIFY: unauthenticated" */
    bool may_resend;      /* only these are ever sent twice, on a stale kept connection */
    bool is_extra; /* does not count against max_connections and waits for nobody: a long poll, or
                      what another request of the same session waits for */
    const struct mic_http_events *events;
    void *context;
    uint32_t operation_number; /* for traces */
    uint64_t deadline_ms; /* of the loop's clock, 0: none. Addresses share what is left; the caller
                             ends the request itself when it passes */
    /* the pool's own */
    struct mic_list queue_node;
    struct mic_http_conn *conn;
    struct mic_http_pool *pool;
    enum { MIC_HTTP_IDLE, MIC_HTTP_QUEUED, MIC_HTTP_ACTIVE } state;
    enum mic_phase phase;
    bool was_resent;
};

/** Queue for a free connection (at most max_connections, those with an extra request apart); done()
 * is never called inside submit. */
void mic_http_submit(struct mic_http_pool *pool, struct mic_http_request *request);
/** What it waits for, for a timeout's text: what another one does whose logon it waits for. */
enum mic_phase mic_http_phase(const struct mic_http_request *request);
/** Do at once what submit has left to the loop's next round because it may call back. */
void mic_http_hasten(struct mic_http_request *request);
/** No further event comes. A connection in the middle of it is closed. No-op when idle. */
void mic_http_cancel(struct mic_http_request *request);
/** After body() returned false. Inside body() it does nothing, like when nothing is paused; events
 * follow from the loop, not from inside this call. */
void mic_http_resume(struct mic_http_request *request);

#endif
