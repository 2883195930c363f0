/** One server and one user: destination, options, connections, class cache.
 *
 *  Memory: counted. The session's place in its application's tree is one reference, its handle one,
 * each operation, trip and class fetch one. Its connections belong to the I/O thread and are closed
 * when the session is; the memory may outlive that. */
#ifndef MIC_ENGINE_SESSION_H
#define MIC_ENGINE_SESSION_H

#include <mi.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"
#include "engine/class_cache.h"
#include "engine/destination.h"
#include "engine/proxy.h"
#include "engine/runtime.h"
#include "model/bag.h"
#include "wsman/exchange.h"

#define MIC_TIMEOUT_DEFAULT_MS 60000
/* Of a subscription without timeout: its Pulls hang for up to MIC_POLL_MS. */
#define MIC_SUBSCRIPTION_SILENCE_MS 120000
#define MIC_ENVELOPE_SIZE_DEFAULT   (500u * 1024u)
#define MIC_MAX_ELEMENTS_DEFAULT    32000

struct mic_op;
struct mic_trip;

/** What MI_Session_Close was told. */
struct mic_completion {
    void(MI_CALL *call)(void *context); /* NULL: the closer waits */
    void *context;
};

struct mic_session {
    atomic_int references;
    struct mic_runtime *runtime; /* counted */
    uint32_t number;
    MI_Session handle; /* this and the next are written once by the api */
    void (*forgotten)(struct mic_session *session); /* a failed session goes with its application */
    struct mic_destination destination;
    struct mic_proxy proxy;
    struct mic_bag *options;       /* the session's own copy */
    unsigned long long timeout_ms; /* per delivery; 0: none */
    struct mic_wsman_session wsman;
    struct mic_class_cache classes;
    struct mic_err *failure; /* a session that never came to be: what every operation reports */

    /* the tree's lock */
    struct mic_list node;
    struct mic_list operations; /* living */
    struct mic_list cancelled;  /* those a close has already cancelled */
    enum mic_making making;     /* of the pool */
    bool is_closing, is_torn_down, has_left;
    struct mic_completion completion;

    atomic_uint releases; /* Release requests under way; counted before their operation leaves */

    /* Written before the first post. OpenSSL's TLS looks at the thread's error queue and clears it:
     * the product's threads are spared that. */
    bool callers_send;

    /* I/O thread; the pointer is written before the first post */
    struct mic_http_pool *pool;
    bool is_pool_closed, waits_for_releases;
    struct mic_timer release_timer;
    struct mic_post close_post;
    struct mic_turn completion_turn;
};

/** Any thread; no network. The session is in the application's tree when it returns.
 *  @param options  copied; may be NULL
 *  @return NULL when out of memory or when the application is closing. Any other failure gives a
 *          session whose `failure` is set: its handle reports that */
struct mic_session *mic_session_new(struct mic_runtime *runtime, const char *protocol,
                                    const char *destination, const struct mic_bag *options,
                                    struct mic_err *err);
void mic_session_ref(struct mic_session *session);
void mic_session_unref(struct mic_session *session);

/** Make the threads and the connection pool unless that has been done. */
MI_Result mic_session_start(struct mic_session *session, struct mic_err *err);

/** Cancel all operations, wait until their handles are closed, let pending Releases go (one second
 *  at most), close the connections. Once per session (the api's handle sees to that).
 *  @param completion  with a function: returns at once, and the function is called when all is gone
 *  @return MI_RESULT_FAILED when it would wait inside a callback, or after a fork: nothing is
 * closed */
MI_Result mic_session_close(struct mic_session *session, const struct mic_completion *completion);
/** The same check without closing. */
MI_Result mic_session_can_close(struct mic_session *session, bool waits);

/** An operation enters and leaves the session's list. @return false when the session is closing. */
bool mic_session_enter(struct mic_session *session, struct mic_list *node, uint32_t *number);
void mic_session_leave(struct mic_session *session, struct mic_list *node);

/** Send a Release whose answer nobody waits for. @p envelope is stolen.
 *  @param after  what is under way, may be NULL: it is sent behind that
 *  @param is_extra  it waits for no free connection */
void mic_session_send_release(struct mic_session *session, struct mic_buf *envelope,
                              struct mic_trip *after, bool is_extra);

/** @return whether operations are in its list. With the tree's lock held. */
bool mic_session_has_operations(const struct mic_session *session);
/** For the application's close. */
void mic_session_cancel_all(struct mic_session *session);
void mic_session_trace_open(struct mic_session *session);
void mic_session_forget(struct mic_session *session);

#endif
