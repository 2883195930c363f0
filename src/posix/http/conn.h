/** A connection and the pool it is in: what the files of this room share. Loop thread only.
 *
 *  A connection is made for a request, carries one at a time, logs on once, and waits in its pool
 * for the next. Callbacks to the user of pool.h may cancel, submit, and free the pool: after each
 * one the caller looks whether the connection is CLOSED. It is not freed while one of its functions
 * runs (`depth`). */
#ifndef MIC_HTTP_CONN_H
#define MIC_HTTP_CONN_H

#include <netdb.h>

#include "base/buf.h"
#include "http/pool.h"
#include "http/proxy.h"
#include "http/resolve.h"
#include "http/response.h"
#include "http/sealed.h"
#include "http/tls.h"

#define MIC_HTTP_IDLE_MS       60000U
#define MIC_HTTP_WARM_MS       100U
#define MIC_HTTP_READ_BYTES    ((size_t)64 * 1024)
#define MIC_HTTP_LEGS_MAX      10U
#define MIC_HTTP_DRAIN_MAX     ((size_t)1024 * 1024)
#define MIC_HTTP_SILENCE_MS    5000U /* of a logon, then one more request may log on */
#define MIC_HTTP_DOUBLINGS_MAX 4U    /* of it, one for each refusal behind the first */

enum mic_http_conn_state {
    MIC_CONN_STARTING, /* its timer begins, from the loop, what may call back */
    MIC_CONN_RESOLVING,
    MIC_CONN_CONNECTING,
    MIC_CONN_TUNNEL, /* a CONNECT goes out to the proxy, its reply comes in */
    MIC_CONN_HANDSHAKE,
    MIC_CONN_LOGON,    /* a step of the logon runs on the blocking pool */
    MIC_CONN_EXCHANGE, /* a message goes out, a reply comes in, perhaps at the same time */
    MIC_CONN_IDLE,     /* in pool->idle */
    MIC_CONN_CLOSED    /* out of the pool, nothing open; freed when depth is 0 */
};

/** What the reply under way is for. */
enum mic_http_turn {
    MIC_TURN_FINAL, /* the caller's */
    MIC_TURN_LEG,   /* a logon's: read to its end, then the next message is built */
    MIC_TURN_STATUS /* the caller's, without its body */
};

struct mic_http_conn {
    struct mic_http_pool *pool; /* NULL when CLOSED */
    struct mic_list node;       /* in pool->idle or pool->busy */
    struct mic_http_request *request;
    enum mic_http_conn_state state;
    unsigned number;
    unsigned depth;
    unsigned served; /* replies to their end */
    uint64_t idle_since_ms;

    struct mic_io io;
    struct mic_timer
        timer; /* STARTING: now; CONNECTING: this address's share; EXCHANGE: read on; IDLE */
    struct mic_lookup *lookup;
    struct addrinfo *addresses, *address;
    unsigned tried;
    int connect_errno; /* of the address tried last */
    struct mic_tls *tls;
    struct mic_auth *auth; /* NULL while `step` has it */
    struct mic_http_step *step;
    bool is_logged_on;

    /* The way through a proxy: `auth` and what follows are the proxy's until the tunnel is there.
     */
    bool is_tunnelling, has_redialled;
    const struct mic_auth_scheme *proxy_scheme; /* agreed on with the proxy; NULL: not yet */

    /* the exchange */
    struct mic_buf out; /* header and body; the header's Authorization is wiped when sent */
    size_t head_size, sent;
    struct mic_buf authorization; /* for the next leg */
    struct mic_buf challenge;     /* token of a 401 for the step that follows its end */
    bool step_waits;              /* that step is due */
    size_t drained;               /* body bytes of a logon's replies, which nobody wants */
    unsigned legs;
    enum mic_http_turn turn;
    bool next_is_leg; /* the message to build has an empty body */
    bool skips_logon; /* an unauthenticated request on a connection not logged on */
    bool seal_failed; /* a message was sealed and not sent: the peer would miss it */
    bool was_refused; /* the server or the KDC said no to these credentials */
    bool is_doubted;  /* so it did on another connection while this one was logging on */
    bool is_unsealing, has_told_headers; /* the reply under way is sealed */
    struct mic_sealed_reader sealed;     /* valid while is_unsealing */
    bool has_input;                      /* bytes of a reply have come */
    bool is_paused, is_resumed;
    bool write_waits_for_read, read_waits_for_write; /* TLS */
    struct mic_buf rest;                             /* input kept while paused */
    struct mic_http_response response;
};

struct mic_http_pool {
    struct mic_loop *loop;
    struct mic_workpool *workpool;
    struct mic_tls_client *tls;   /* NULL: plain HTTP */
    struct mic_http_proxy *proxy; /* NULL: none */
    const struct mic_auth_scheme *scheme;
    struct mic_auth_settings auth; /* this and the scheme: of the credentials in use */
    struct mic_http_credentials *credentials;
    unsigned credential_count, credential;
    bool is_settled;   /* one of several has worked, and the session stays with it */
    bool is_trusted;   /* the last logon answered was good */
    bool admits;       /* one more may log on beside those that nobody has answered */
    unsigned refusals; /* since a logon was good */
    struct mic_timer silence;
    struct mic_list refused; /* requests that end as another's logon did */
    struct mic_err refusal;
    struct mic_timer end_refused;
    char *host, *spn;
    uint16_t port;
    char *head_begin;  /* request line and fields up to the type's value */
    char *head_middle; /* from there up to the length's value */
    char *head_end;    /* from there through the Host field */
    size_t max_header_bytes, max_sealed_bytes;
    struct mic_trace *trace;
    uint32_t session_number;
    struct mic_list queue; /* requests, first in first out */
    struct mic_list idle;  /* the one used last at the end */
    struct mic_list busy;
    unsigned conn_count, conn_max, last_conn_number;
    unsigned extra_count;   /* of conn_count: busy with an extra request */
    struct mic_timer retry; /* a connection could not be made for lack of memory */
    const struct mic_http_watch *watch;
    enum mic_http_binding binding;
};

/* ---- pool.c ---- */

/** Give queued requests to connections. Calls nothing back. */
void mic_http_pool_dispatch(struct mic_http_pool *pool);
/** Whether @p text goes into a head as it is: nothing that could end a line or add one, nothing of
 * @p forbidden, not empty. */
bool mic_http_is_plain(const char *text, const char *forbidden);
/** Put @p request, of no connection now, before all others, to be sent on a new connection. */
void mic_http_pool_requeue(struct mic_http_pool *pool, struct mic_http_request *request);

/* ---- credentials.c ---- */

/** Out of the target, each checked. pool->auth is filled but for whose logon it is, before and
 * after. */
MI_Result mic_http_credentials_init(struct mic_http_pool *pool, struct mic_tls_shared *tls,
                                    const struct mic_http_target *target, struct mic_err *err);
/** What TLS shows is read: its subject, for texts, borrowed. */
void mic_http_credentials_show(struct mic_http_pool *pool, const char *certificate);
void mic_http_credentials_fini(struct mic_http_pool *pool);
/** Whether the scheme of one of them has a TLS of its own. */
bool mic_http_credentials_bring_tls(const struct mic_http_pool *pool);
/** There are several, and none has worked yet: one connection at a time. */
bool mic_http_credentials_are_open(const struct mic_http_pool *pool);
/** Whether @p request must not begin a logon, since another one under way will tell whether these
 * credentials are good. @return the connection it is waiting for, or NULL */
const struct mic_http_conn *mic_http_credentials_hold(const struct mic_http_pool *pool,
                                                      const struct mic_http_request *request);
/** Those in use have worked. */
void mic_http_credentials_settle(struct mic_http_pool *pool);
/** A request waits for a logon, or the last message of one has left: if nothing is heard, one more
 * may try. */
void mic_http_credentials_await(struct mic_http_pool *pool);
/** The user was refused, with @p err, and that connection is gone: what waits for a logon ends like
 * it, from the loop. */
void mic_http_credentials_refuse(struct mic_http_pool *pool, const struct mic_err *err);
/** Those in use were refused, with @p err, and their connection is gone: go on to the next.
 *  @return false when there are none; @p err then names each refusal, and the first is next */
bool mic_http_credentials_next(struct mic_http_pool *pool, struct mic_err *err);
/** @p err is no refusal: name the refusals before it, if there were. */
void mic_http_credentials_tell(const struct mic_http_pool *pool, struct mic_err *err);

/* ---- conn.c ---- */

/** A new connection for @p request, which begins to connect from the loop. NULL when out of memory.
 */
struct mic_http_conn *mic_http_conn_new(struct mic_http_pool *pool,
                                        struct mic_http_request *request);
/** Send @p request on an idle connection. Calls nothing back. */
void mic_http_conn_reuse(struct mic_http_conn *conn, struct mic_http_request *request);
/** What STARTING waits for the loop with is done now, and may call back. */
void mic_http_conn_hasten(struct mic_http_conn *conn);
/** Whether @p request may be trusted to an idle connection without a look at it: it has just been
 * used, and the request may be sent again. */
bool mic_http_conn_is_warm(const struct mic_http_conn *conn,
                           const struct mic_http_request *request);
/** Whether an idle connection is still good: no end, no stray bytes. */
bool mic_http_conn_is_alive(struct mic_http_conn *conn);
/** Around every callback of the loop's: what is closed meanwhile is freed at the end. */
void mic_http_conn_enter(struct mic_http_conn *conn);
void mic_http_conn_leave(struct mic_http_conn *conn);
/** Close everything; a request on it is forgotten. */
void mic_http_conn_destroy(struct mic_http_conn *conn);
/** Close, then tell the request. */
void mic_http_conn_fail(struct mic_http_conn *conn, const struct mic_err *err);
/** The connection died under a request: send it again on another where that is allowed, else fail
 * it.
 *  @param error_number 0: the peer closed */
void mic_http_conn_lost(struct mic_http_conn *conn, int error_number);
/** The reply is complete: keep or close the connection, serve the queue, tell the request. */
void mic_http_conn_finish(struct mic_http_conn *conn, bool can_keep);
/** Connected (and TLS done): send the request. */
void mic_http_conn_ready(struct mic_http_conn *conn);
/** The message is built: send it. */
void mic_http_conn_go(struct mic_http_conn *conn);
/** Tell the request that there is life. @return whether the connection still is. */
bool mic_http_conn_progress(struct mic_http_conn *conn);
void mic_http_conn_set_phase(struct mic_http_conn *conn, enum mic_phase phase);
void mic_http_conn_trace(struct mic_http_conn *conn, enum mic_trace_area area, int level,
                         const char *format, ...) MIC_PRINTF(4, 5);
/** The beginning of a body, at level 3. */
void mic_http_conn_trace_body(struct mic_http_conn *conn, char direction, struct mic_str bytes);
static inline bool mic_http_conn_is_traced(const struct mic_http_conn *conn, int level)
{
    return mic_trace_on(conn->pool->trace, MIC_TRACE_HTTP, level);
}

/* ---- conn_dial.c ---- */

void mic_http_conn_dial(struct mic_http_conn *conn);
/** Events and the timer while CONNECTING. */
void mic_http_conn_dial_ready(struct mic_http_conn *conn);
void mic_http_conn_dial_timeout(struct mic_http_conn *conn);
/** Connected, through the proxy where there is one: TLS, then the request. */
void mic_http_conn_connected(struct mic_http_conn *conn);
/** Close the socket and dial again. */
void mic_http_conn_redial(struct mic_http_conn *conn);
void mic_http_conn_handshake(struct mic_http_conn *conn);

/* ---- conn_tunnel.c ---- */

/** Connected to the proxy: have it connect to the destination. */
void mic_http_tunnel_begin(struct mic_http_conn *conn);
/** Events while TUNNEL; without @p can_read only writes. */
void mic_http_tunnel_ready(struct mic_http_conn *conn, bool can_read);
/** The proxy's scheme has made a step: build the next message.
 *  @param found  what the step said of a failure */
MI_Result mic_http_tunnel_stepped(struct mic_http_conn *conn, enum mic_auth_step step,
                                  const struct mic_err *found, struct mic_err *err);

/* ---- conn_write.c ---- */

enum mic_http_flush {
    MIC_FLUSH_DONE,
    MIC_FLUSH_WAIT,
    MIC_FLUSH_LOST,  /* error_number */
    MIC_FLUSH_FAILED /* err */
};

/** Begin the exchange for conn->request: logon's first move and the message. That move may run on
 * the blocking pool: conn->step is set then, and the exchange goes on by itself. */
MI_Result mic_http_conn_prepare(struct mic_http_conn *conn, struct mic_err *err);
/** Build the next message of the same exchange. */
MI_Result mic_http_conn_build(struct mic_http_conn *conn, struct mic_err *err);
enum mic_http_flush mic_http_conn_flush(struct mic_http_conn *conn, int *error_number,
                                        struct mic_err *err);
/** Whether what goes over this pool's connections behind a logon is sealed: over plain HTTP, unless
 * the caller wants clear text. */
bool mic_http_pool_seals(const struct mic_http_pool *pool);
/** Note what the scheme's step wants sent next. Where sealing is due nothing of the body leaves
 * before the logon is done. */
void mic_http_conn_take_step(struct mic_http_conn *conn, enum mic_auth_step step);
/** Watch for what the exchange waits for. */
void mic_http_conn_want(struct mic_http_conn *conn);

/* ---- conn_read.c ---- */

/** Read what is there and hand it on. */
void mic_http_conn_read(struct mic_http_conn *conn);
void mic_http_conn_trace_reply(struct mic_http_conn *conn);

/* ---- conn_logon.c ---- */

/** When a logon ends without having been refused. */
extern const char mic_http_logon_remedy[];

enum mic_http_verdict {
    MIC_VERDICT_DELIVER, /* the reply is the caller's */
    MIC_VERDICT_STATUS,  /* the reply is the caller's, its body nobody's */
    MIC_VERDICT_GO_ON,   /* read it to its end, then build the next message */
    MIC_VERDICT_FAILED   /* err */
};

/** What a reply's status and challenges mean for the logon, and the statuses that end a request
 * here. */
enum mic_http_verdict mic_http_conn_judge(struct mic_http_conn *conn, struct mic_err *err);

/** "Negotiate, Kerberos, Basic", or "nothing": the schemes in the fields called @p field. */
void mic_http_list_offers(const struct mic_http_response *response, const char *field, char *out,
                          size_t size);
/** @param[out] token  of the challenge for @p wire_name (NULL: for none) in those fields
 *  @return whether there is one */
bool mic_http_find_challenge(const struct mic_http_response *response, const char *field,
                             const char *wire_name, struct mic_str *token);

/** What the server did in place of going on with the logon: with status, user, scheme and offers.
 */
void mic_http_conn_set_logon_err(const struct mic_http_conn *conn, struct mic_err *err,
                                 const char *what);

/** Where the scheme's second try was cut: @p err says what the server had against the first, too.
 *  @return that, or NULL */
const struct mic_err *mic_http_conn_tell_first_try(const struct mic_http_conn *conn,
                                                   struct mic_err *err);
/** The server ends the connection with its 401, and the logon with it. */
void mic_http_conn_fail_closed(struct mic_http_conn *conn);

/** Whether the scheme's next step has to run on the blocking pool. */
bool mic_http_conn_may_block(const struct mic_http_conn *conn);
/** Have the scheme's step run on the blocking pool, with conn->challenge when @p status is 401;
 * then the message is built and sent. */
MI_Result mic_http_conn_step(struct mic_http_conn *conn, unsigned status, struct mic_err *err);
/** The connection goes: the step's result is dropped when it comes. */
void mic_http_conn_drop_step(struct mic_http_conn *conn);

/* ---- quickack*.c ---- */

/** Acknowledge at once what has come, where the system can be told so; it forgets with the next
 * write. */
void mic_http_quickack(int fd);

#endif
