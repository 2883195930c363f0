/** What the sessions of one MI_Application share: the I/O thread, the blocking pool, the callback
 * pool, TLS facts and the trace.
 *
 *  The tree: an application has sessions, a session has operations. Both lists, and the flags that
 * say what is closing, stand under one lock per application, so that a close can wait on one
 * condition. That lock is a leaf: nothing is called while it is held. */
#ifndef MIC_ENGINE_RUNTIME_H
#define MIC_ENGINE_RUNTIME_H

#include <mi.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/list.h"
#include "base/trace.h"
#include "base/uuid.h"
#include "http/pool.h"
#include "loop/callpool.h"
#include "loop/loop.h"
#include "loop/workpool.h"

/** A part that is made once, by the first who needs it, while others wait for it. */
enum mic_making { MIC_MAKING_NONE, MIC_MAKING_NOW, MIC_MAKING_DONE };

struct mic_xml_pool;
struct mic_question;

/** A thread of the application's that is in a callback of ours because it made a call that waits.
 */
struct mic_caller {
    struct mic_list node; /* the tree's lock */
    pthread_t thread;
};

/** Counted: by the application's handle and by each session. */
struct mic_runtime {
    atomic_int references;
    pid_t pid;                    /* for the error text */
    unsigned forks;               /* before it was made: threads do not survive one */
    uint32_t number;              /* of the application, for traces */
    struct mic_trace *trace;      /* may be NULL */
    struct mic_xml_pool *readers; /* of replies, used in turn; may be NULL */
    struct mic_uuid_series message_ids;
    MI_Application handle; /* for MI_Session_GetApplication; written once by the api */

    /* made by mic_runtime_start, constant afterwards until mic_runtime_close */
    struct mic_loop *loop;
    struct mic_workpool *workpool;
    struct mic_callpool *callpool;
    struct mic_tls_shared *tls;
    struct mic_post wake_callers; /* of the I/O thread to itself: turns were queued */

    pthread_mutex_t lock; /* the tree's: all below */
    pthread_cond_t changed;
    enum mic_making making;
    bool is_closing;
    struct mic_list sessions;        /* open ones: close waits for them */
    struct mic_list failed_sessions; /* never came to be: nobody waits for them */
    uint32_t next_session, next_operation;
    struct mic_list callers;
    struct mic_list questions; /* never answered, of operations that are gone */
};

/** @return NULL with @p err set. Starts no thread, opens no descriptor. */
struct mic_runtime *mic_runtime_new(struct mic_err *err);
void mic_runtime_ref(struct mic_runtime *runtime);
void mic_runtime_unref(struct mic_runtime *runtime);

/** @return MI_RESULT_OK, or MIC_E_FORK in @p err when this is a child of the process that made it.
 */
MI_Result mic_runtime_check_process(const struct mic_runtime *runtime, struct mic_err *err);
/** Make the loop with its thread, the pools and the TLS facts unless that has been done.
 *  @thread any */
MI_Result mic_runtime_start(struct mic_runtime *runtime, struct mic_err *err);
/** @return whether the caller runs inside a callback of this application. */
bool mic_runtime_is_callback(struct mic_runtime *runtime);

/** Around a callback on a thread that is none of the callback pool's. */
void mic_runtime_enter_callback(struct mic_runtime *runtime, struct mic_caller *caller);
void mic_runtime_leave_callback(struct mic_runtime *runtime, struct mic_caller *caller);
/** Keep it until the end: the application may still answer. */
void mic_runtime_keep_question(struct mic_runtime *runtime, struct mic_question *question);

/** Cancel every operation, wait until every session is closed by its owner, end all threads.
 *  @return MI_RESULT_FAILED inside a callback or in a forked child (nothing is closed then),
 *          MI_RESULT_INVALID_PARAMETER when it is being closed already. */
MI_Result mic_runtime_close(struct mic_runtime *runtime);

#endif
