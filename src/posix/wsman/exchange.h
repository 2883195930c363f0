/** One operation's dialogue with a WS-Management server: request envelopes out, reply bytes in,
 *  items and errors out. No I/O, no threads, no clock: whoever drives it carries the bytes.
 *
 *  The driver's loop: mic_exchange_next() says what is wanted.
 *   - SEND:  write the next request with mic_exchange_write(), carry it, then start the reply with
 *            mic_exchange_reply() and feed it
 *   - BYTES: feed more of the current reply with mic_exchange_feed(), or say that it ended with
 *            mic_exchange_feed_end(); a reply that broke off on its way is given up instead
 *   - CLASS: the item needs the declaration of class_name: answer with mic_exchange_set_class()
 *   - ITEM:  valid until the next call of mic_exchange_next(); its texts lie in the exchange's
 *            own buffers: clone it to keep it
 *   - EVENT: told in the course of the operation, valid like an ITEM; only kinds whose callback the
 *            request has. One that asks is answered with mic_exchange_answer(), now or later: the
 *            server stands still until then
 *   - SIDE:  write a message with mic_exchange_write_side() and carry it on another connection, at
 *            once and beside the request under way
 *   - DONE, FAILED: final, also when a request sent ahead has not been answered
 *
 *  Bytes may be fed at any time and in any pieces: they are held, and parsed as items are taken.
 *  Fed on BYTES and in pieces of up to 16 KB they are parsed where they lie.
 *
 *  One page ahead: while mic_exchange_can_send_ahead() the next request (a Pull) may be written,
 *  and carried once the current page is in. It becomes true as soon as a context of Windows' form
 *  is known, which promises more; for others once the page is in to its end (feed_end) and its rest
 *  not parsed yet does not say that it is the last. When the page is used up, next() gives BYTES
 *  once more: the driver starts the reply of the request sent ahead with mic_exchange_reply() and
 *  feeds it.
 *
 *  Subscriptions: a Pull that brings nothing is followed by the next, silently. Their Pulls are
 *  never sent ahead, hang on the server for long (mic_exchange_is_long_poll), and are given up
 *  without waiting when the subscription ends.
 *
 *  Classes: each class met among the results and the instances embedded in them is asked for once,
 *  with NO_RTTI none. BASIC_RTTI asks like the default, and may be answered from a cache alone.
 *  NULL for a class leaves strings, typed as far as the class named in the request, or by the
 *  property's declaration, goes; STANDARD_RTTI fails when that cannot be had either, FULL_RTTI when
 *  the class itself cannot (MIC_E_METADATA). docs/internals/typing.md has the whole table.
 */
#ifndef MIC_WSMAN_EXCHANGE_H
#define MIC_WSMAN_EXCHANGE_H

#include <mi.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/trace.h"
#include "base/uuid.h"
#include "model/bag.h"
#include "model/class.h"
#include "model/instance.h"

/** Rows of the verb table in wsman/verbs.c. */
enum mic_verb {
    MIC_VERB_IDENTIFY,
    MIC_VERB_GET,
    MIC_VERB_GET_CLASS,
    MIC_VERB_ENUMERATE,
    MIC_VERB_QUERY,
    MIC_VERB_ASSOCIATORS,
    MIC_VERB_REFERENCES,
    MIC_VERB_CREATE,
    MIC_VERB_MODIFY,
    MIC_VERB_DELETE,
    MIC_VERB_INVOKE,
    MIC_VERB_ENUMERATE_CLASSES,
    MIC_VERB_SUBSCRIBE,
    MIC_VERB_COUNT
};

/** Which associations are followed, and to what; each may be NULL: any. */
struct mic_association {
    const char *association_class; /* of ASSOCIATORS only */
    const char *result_class;
    const char *role;        /* the association's property that names the instance given */
    const char *result_role; /* ... that names the results; of ASSOCIATORS only */
};

/** What the application asked for. Borrowed by mic_exchange_new, which copies what it keeps. */
struct mic_request {
    enum mic_verb verb;
    MI_Uint32 flags;        /* MI_OPERATIONFLAGS_* */
    const char *name_space; /* NULL: server's default (root/cimv2 is sent) ; '\\' becomes '/' */
    const char *class_name; /* may be NULL with a resource URI option */
    const MI_Instance *instance;   /* keys, or what is written */
    const char *method;            /* INVOKE */
    const MI_Instance *parameters; /* INVOKE: may be NULL */
    const char *dialect, *query;   /* QUERY, SUBSCRIBE: may be NULL with a resource URI option */
    struct mic_association association; /* ASSOCIATORS, REFERENCES */
    bool keys_only;                     /* of classes: names only */
    const struct mic_bag *delivery;     /* SUBSCRIBE: delivery options; may be NULL */
    const struct mic_bag *options;      /* operation options; may be NULL */
    const MI_OperationCallbacks
        *callbacks; /* which are registered decides what is advertised; may be NULL */
};

struct mic_xml_pool;

/** What a session's exchanges share; the memory_* parts are learned from the server and only ever
 * go from false to true (relaxed atomics: any thread). */
struct mic_wsman_session {
    const char *to;                          /* the URL, for a:To */
    char session_id[48];                     /* "uuid:..." */
    struct mic_uuid_series *message_ids;     /* the application's */
    const char *locale, *data_locale;        /* language tags */
    MI_Uint32 max_envelope_size;             /* bytes, at least 8192 */
    MI_Uint32 max_elements;                  /* items per page asked for */
    unsigned long long operation_timeout_ms; /* 0: none set by the application */
    struct mic_trace *trace;
    struct mic_xml_pool *readers;        /* of the application; NULL: none are kept */
    _Atomic bool refuses_operation_id;   /* is sent none any more */
    _Atomic bool refuses_object_and_epr; /* EnumerationMode fallback */
    _Atomic bool is_downlevel;           /* answers only the /wmi/ URI family */
};

enum mic_event_kind {
    MIC_EVENT_PROMPT,
    MIC_EVENT_ERROR,
    MIC_EVENT_MESSAGE,
    MIC_EVENT_PROGRESS,
    MIC_EVENT_STREAM
};

/** What an operation tells before its results, or between them. */
struct mic_event {
    enum mic_event_kind kind;
    bool asks;                 /* PROMPT, ERROR: the server waits for an answer */
    const char *text;          /* MESSAGE, PROMPT; of PROGRESS the activity */
    MI_Uint32 channel;         /* MESSAGE */
    const char *step, *status; /* PROGRESS */
    MI_Uint32 percent, seconds;
    MI_PromptType prompt_type; /* PROMPT */
    MI_Instance *error;        /* ERROR */
    const char *name;          /* STREAM: the parameter, its type (an array), its elements */
    MI_Type type;
    const MI_Value *value;
};

enum mic_step {
    MIC_STEP_SEND,
    MIC_STEP_BYTES,
    MIC_STEP_SIDE,
    MIC_STEP_CLASS,
    MIC_STEP_EVENT,
    MIC_STEP_ITEM,
    MIC_STEP_DONE,
    MIC_STEP_FAILED
};

struct mic_item {
    const MI_Instance *instance;   /* instance verbs; NULL for a result without one */
    const MI_Class *cls;           /* class verbs */
    const char *bookmark;          /* of an indication: resume behind it; NULL: none */
    const char *machine_id;        /* of an indication: where it comes from; NULL: not told */
    const struct mic_event *event; /* on EVENT */
    bool is_last;                  /* nothing follows: deliver with moreResults false */
};

/** What goes out on another connection. */
enum mic_side {
    MIC_SIDE_NONE,
    MIC_SIDE_ANSWER, /* the operation stands still without it: its failure is the operation's */
    MIC_SIDE_NOTICE  /* nobody waits for what comes back */
};

struct mic_exchange;

/** @return NULL with @p err on arguments that cannot be sent (names, keys, values), or no memory */
struct mic_exchange *mic_exchange_new(const struct mic_request *request,
                                      struct mic_wsman_session *session, struct mic_err *err);
void mic_exchange_free(struct mic_exchange *exchange);

/** @param[out] item        on ITEM
 *  @param[out] class_name  on CLASS, valid until mic_exchange_set_class
 *  @param[out] err         on FAILED */
enum mic_step mic_exchange_next(struct mic_exchange *exchange, struct mic_item *item,
                                const char **class_name, struct mic_err *err);
/** Append the next request envelope (UTF-8). A fresh MessageID and OperationID each time: a request
 *  that is sent twice is carried as it was, not written anew. */
MI_Result mic_exchange_write(struct mic_exchange *exchange, struct mic_buf *out,
                             struct mic_err *err);
/** The next request (a Pull) is known although the current reply is not used up. */
bool mic_exchange_can_send_ahead(const struct mic_exchange *exchange);
/** May the request last written be sent twice (Identify, Get, GetClass, first Enumerate)? */
bool mic_exchange_may_resend(const struct mic_exchange *exchange);
/** Has the server let the last Pull time out, so that it is sent again? Such answers are no
 *  progress, however many come. */
bool mic_exchange_is_put_off(const struct mic_exchange *exchange);
/** Is the request last written a Pull? */
bool mic_exchange_is_pull(const struct mic_exchange *exchange);
/** Will the request last written hang on the server until something happens? */
bool mic_exchange_is_long_poll(const struct mic_exchange *exchange);
/** Has a subscription been asked for, and not been granted so far? */
bool mic_exchange_awaits_grant(const struct mic_exchange *exchange);
/** Did the last Pull, which is answered, give nothing: no item, or in a subscription no indication?
 */
bool mic_exchange_brought_nothing(const struct mic_exchange *exchange);
/** After FAILED, and @p after_ms since it was asked for: is the failure that the subscription's
 * time was over, as the server had told? */
bool mic_exchange_has_expired(const struct mic_exchange *exchange, unsigned long long after_ms);
/** The answer to the question told last; the second one does nothing. A ToAll answer settles later
 * questions of its kind, which are not told then; critical prompts only when it was given to one.
 */
void mic_exchange_answer(struct mic_exchange *exchange, MI_OperationCallback_ResponseType response);
/** What waits when the step is SIDE. */
enum mic_side mic_exchange_side(const struct mic_exchange *exchange);
MI_Result mic_exchange_write_side(struct mic_exchange *exchange, struct mic_buf *out,
                                  struct mic_err *err);
/** What came back for an ANSWER, or the beginning of it. @return an error when it was refused */
MI_Result mic_exchange_side_reply(const struct mic_exchange *exchange, unsigned http_status,
                                  struct mic_str bytes, struct mic_err *err);
/** The present reply is used up or given up: append the End that closes what answers have opened.
 *  @return false when there is nothing to send */
bool mic_exchange_write_end(struct mic_exchange *exchange, struct mic_buf *out);
/** Headers of the reply to the oldest request written. @p content_type as sent, may be NULL.
 *  HTTP errors come here too: the body may hold a fault, which wins over the status. */
void mic_exchange_reply(struct mic_exchange *exchange, unsigned http_status,
                        const char *content_type);
void mic_exchange_feed(struct mic_exchange *exchange, const char *bytes, size_t size);
void mic_exchange_feed_end(struct mic_exchange *exchange);
/** Answer to CLASS, which comes again until it is given: @p cls counted here, NULL when it cannot
 *  be had. The exchange keeps it for further items of that class. */
void mic_exchange_set_class(struct mic_exchange *exchange, struct mic_class *cls);
/** After an early end: append a Release, or Unsubscribe, when there is something on the server to
 *  let go. @return false when there is nothing to send. */
bool mic_exchange_write_release(struct mic_exchange *exchange, struct mic_buf *out);
/** A pool for mic_wsman_session.readers: one per application, freed after its last exchange.
 *  @return NULL when out of memory, which is as good as no pool */
struct mic_xml_pool *mic_exchange_pool_new(void);
void mic_exchange_pool_free(struct mic_xml_pool *pool);
/** Extended error the server itself sent (MSFT_WmiError, OMI_Error ...), NULL when none. Lives as
 *  long as the exchange. */
const MI_Instance *mic_exchange_error_instance(const struct mic_exchange *exchange);

#endif
