/** An operation: a dialogue with the server, who takes its results, its deadline, its end.
 *
 *  The taker drives it (engine/driver.h): the caller inside mic_op_get, or the operation's turn on
 * the callback pool; and whoever cancels or closes an operation that nobody is taking from.
 * `is_taking` makes sure that it is one at a time, so what belongs to the taker needs no lock.
 *
 *  Memory: counted. The session's list holds one reference until the operation has left, the handle
 *  one, the I/O thread one per trip and one while the timer is set, the callback pool one while a
 *  turn is queued. What was handed out lives in the exchange and goes with the operation. */
#ifndef MIC_ENGINE_OP_H
#define MIC_ENGINE_OP_H

#include <mi.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/list.h"
#include "engine/class_cache.h"
#include "engine/driver.h"
#include "engine/question.h"
#include "engine/session.h"

/** Which of the result callbacks and Get functions fits. */
enum mic_result_kind { MIC_RESULT_INSTANCE, MIC_RESULT_CLASS, MIC_RESULT_INDICATION };

/** Why an operation ends before its time. */
enum mic_stop { MIC_STOP_NONE, MIC_STOP_CANCEL, MIC_STOP_TIMEOUT };

struct mic_op {
    atomic_int references;
    struct mic_session *session; /* counted */
    struct mic_list node;        /* the tree's lock */
    uint32_t number;
    enum mic_result_kind kind;
    MI_Uint32 flags;
    bool is_async;
    bool teaches_class; /* what it gets is what the session's cache would ask for */
    MI_OperationCallbacks callbacks;
    char *name_space;
    unsigned long long timeout_ms; /* 0: none */
    uint64_t began_ms;
    MI_Operation handle; /* this and the next four are written by the api before mic_op_begin */
    MI_Result(MI_CALL *acknowledge)(MI_Operation *operation);
    MI_Result(MI_CALL *answer_prompt)(MI_Operation *operation,
                                      MI_OperationCallback_ResponseType response);
    MI_Result(MI_CALL *answer_error)(MI_Operation *operation,
                                     MI_OperationCallback_ResponseType response);
    void (*left)(struct mic_op *op); /* it is gone for the application: forget the handle */

    pthread_mutex_t lock; /* down to the next line */
    pthread_cond_t changed;
    bool is_taking, is_closed, is_unacknowledged, is_finished, has_left;
    bool is_starting, has_missed_turn; /* the starter is still at it */
    struct mic_question *question;     /* the last one asked; changed by the taker */
    const struct mic_caller *caller;   /* a synchronous call of ours is in a callback */
    enum mic_stop stop;
    enum mic_phase stop_phase;
    unsigned long long stop_after_ms;

    /* the taker */
    struct mic_driver driver;
    struct mic_class_wait class_wait;
    const char *class_name; /* asked for by the exchange; NULL: none */
    bool is_over, is_final_told, has_told_began;
    bool has_asked_to_arm;       /* that may still be on its way when the operation ends */
    MI_Result result;            /* the final one */
    struct mic_err *failure;     /* its words; NULL: success, or no memory for them */
    MI_Instance *error_instance; /* ours, made at the end */
    uint64_t held_since_ms;      /* a result was handed out then; 0: none is held */
    uint64_t longest_held_ms;
    struct mic_turn turn;

    /* any thread */
    atomic_ullong waits_since_ms; /* 0: the application holds a result, the deadline stands still */
    atomic_ullong life_ms;        /* last sign of life */
    atomic_bool waits_for_class, may_be_armed;
    sem_t woken; /* of a synchronous taker; posted when is_woken becomes true */
    atomic_bool is_woken;
    atomic_bool is_put_off; /* the server lets Pulls time out: its answers are no sign of life */
    atomic_bool has_turns;  /* there are callback threads */
    atomic_uint wants;

    /* I/O thread */
    struct mic_trip *under_way;
    unsigned trips;
    bool is_disarmed; /* for good */
    struct mic_timer timer;
    struct mic_post post;
};

/** One result as the application gets it. */
struct mic_result {
    const MI_Instance *instance;
    const MI_Class *cls;
    const char *bookmark, *machine_id; /* of an indication; may be NULL */
    bool more;
    MI_Result result;
    const char *message;        /* NULL when all is well */
    const MI_Instance *details; /* likewise */
};

struct mic_op_start {
    struct mic_session *session;
    enum mic_result_kind kind;
    struct mic_request request;             /* borrowed */
    const MI_OperationCallbacks *callbacks; /* copied; may be NULL */
    const struct mic_err *failure; /* not NULL: the operation does nothing but report this */
};

/** In the session's list when it returns, with one reference for the handle. Nothing is sent yet. A
 *  request that cannot be written gives an operation that reports so.
 *  @return NULL with @p err when out of memory or when the session is closing */
struct mic_op *mic_op_new(const struct mic_op_start *start, struct mic_err *err);
void mic_op_ref(struct mic_op *op);
void mic_op_unref(struct mic_op *op);
struct mic_op *mic_op_from_node(struct mic_list *node);

/** Send the request. Callbacks may come before this returns; only when no callback thread can be
 * had they come on the caller's. */
void mic_op_begin(struct mic_op *op);
/** Undo mic_op_new where no handle could be had. */
void mic_op_discard(struct mic_op *op);

/** The next result; blocks. What it gives is valid until the next call or the close.
 *  @return MI_RESULT_INVALID_PARAMETER when the operation is closed, has callbacks, or gives
 * another kind of result */
MI_Result mic_op_get(struct mic_op *op, enum mic_result_kind kind, struct mic_result *result);
/** @thread any, also inside a callback; never blocks */
void mic_op_cancel(struct mic_op *op);
/** Cancels if need be. Never blocks. @return false when it was closed before */
bool mic_op_close(struct mic_op *op);
bool mic_op_is_closed(struct mic_op *op);
/** The application lets go of the result it holds. Once too often does nothing. */
void mic_op_acknowledge(struct mic_op *op);
/** The answer to a prompt or an error, whichever @p kind says. @return false when none of that kind
 * waits for one, or no longer, or the answer is none. @thread any */
bool mic_op_answer(struct mic_op *op, enum mic_event_kind kind,
                   MI_OperationCallback_ResponseType response);

/* ---- between the files of the operation ---- */

enum mic_take {
    MIC_TAKE_WAIT,
    MIC_TAKE_BEGAN,
    MIC_TAKE_EVENT, /* item->event: tell it, and go on when nothing is held */
    MIC_TAKE_ITEM,
    MIC_TAKE_FINAL
};

/** op_take.c: the operation is over, and this is why. @thread the taker */
void mic_op_fail(struct mic_op *op, const struct mic_err *err);
/** As mic_op_fail, for one that was under way. */
void mic_op_end(struct mic_op *op, const struct mic_err *err);
/** Go on as far as possible without waiting. @thread the taker */
enum mic_take mic_op_take(struct mic_op *op, struct mic_item *item);
/** End what is under way because of op->stop or the end; what was handed out stays. @thread the
 * taker */
void mic_op_stop_io(struct mic_op *op, bool is_early);
/** The final result as the application gets it. @thread the taker */
void mic_op_fill_final(struct mic_op *op, struct mic_result *result);
enum mic_stop mic_op_stop_reason(struct mic_op *op);

/** It is gone for the application: out of the session's list, its handle forgotten. Once. */
void mic_op_leave(struct mic_op *op);

/** op_io.c: events of the trips, the deadline. */
void mic_op_init_io(struct mic_op *op);
void mic_op_arm(struct mic_op *op);    /* a wait without a trip of its own begins */
void mic_op_disarm(struct mic_op *op); /* no deadline any more */
/** Have the taker look again. @thread any, no lock held */
void mic_op_wake(struct mic_op *op);
/** The deadline runs from now, or stands still. @thread the taker */
void mic_op_wait_begins(struct mic_op *op);
void mic_op_wait_ends(struct mic_op *op);

/** op_event.c: call the application. Afterwards it may hold the operation. @thread the taker */
void mic_op_tell_event(struct mic_op *op, const struct mic_event *event);
/** Does the application hold a result or a streamed parameter, or think about a question? Not one
 * that was stopped meanwhile: nobody waits for the answer then. @thread the taker */
bool mic_op_is_held(struct mic_op *op);
/** Hand an answer given meanwhile to the exchange. @thread the taker */
void mic_op_pass_answer(struct mic_op *op);

/** op_async.c: the operation's turn on the callback pool. */
void mic_op_run_turn(void *context);

#endif
