#include "engine/op.h"

#include <limits.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/instance.h"

static const char text_closed[] = "The operation was closed while a result was waited for.";

/* ---- making ---- */

static bool has_callback(const MI_OperationCallbacks *callbacks, enum mic_result_kind kind)
{
    if (callbacks == NULL) {
        return false;
    }
    switch (kind) {
    case MIC_RESULT_CLASS:
        return callbacks->classResult != NULL;
    case MIC_RESULT_INDICATION:
        return callbacks->indicationResult != NULL;
    case MIC_RESULT_INSTANCE:
    default:
        return callbacks->instanceResult != NULL;
    }
}

static unsigned long long timeout_of(const struct mic_op_start *start)
{
    unsigned long long ms = ULLONG_MAX;
    if (start->request.options != NULL) {
        ms = mic_bag_interval_ms(start->request.options, "__MI_OPERATIONOPTIONS_TIMEOUT",
                                 ULLONG_MAX);
    }
    if (ms != ULLONG_MAX) {
        return ms;
    }
    /* A server that lets a Pull hang for the time asked of it is alive. */
    bool is_default =
        mic_bag_interval_ms(start->session->options, "__MI_DESTINATIONOPTIONS_TIMEOUT",
                            ULLONG_MAX) == ULLONG_MAX;
    return is_default && start->kind == MIC_RESULT_INDICATION ? MIC_SUBSCRIPTION_SILENCE_MS
                                                              : start->session->timeout_ms;
}

static void prepare(struct mic_op *op, const struct mic_op_start *start)
{
    struct mic_err err;
    const struct mic_err *failure = start->failure;
    if (failure == NULL) {
        failure = op->session->failure;
    }
    if (failure == NULL && mic_session_start(op->session, &err) != MI_RESULT_OK) {
        failure = &err;
    }
    if (failure == NULL) {
        op->driver.exchange = mic_exchange_new(&start->request, &op->session->wsman, &err);
        failure = op->driver.exchange == NULL ? &err : NULL;
    }
    if (failure != NULL) {
        mic_op_fail(op, failure);
    }
}

struct mic_op *mic_op_new(const struct mic_op_start *start, struct mic_err *err)
{
    struct mic_op *op = mic_calloc(1, sizeof(*op));
    if (op == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "Out of memory for an operation.");
        return NULL;
    }
    atomic_init(&op->references, 2); /* the handle's and the session's */
    pthread_mutex_init(&op->lock, NULL);
    pthread_cond_init(&op->changed, NULL);
    sem_init(&op->woken, 0, 0);
    mic_list_init(&op->node);
    mic_session_ref(start->session);
    op->session = start->session;
    op->kind = start->kind;
    op->flags = start->request.flags;
    op->is_async = has_callback(start->callbacks, start->kind);
    op->teaches_class = start->request.verb == MIC_VERB_GET_CLASS &&
                        start->request.options == NULL &&
                        (op->flags & MI_OPERATIONFLAGS_LOCALIZED_QUALIFIERS) == 0;
    op->is_starting = op->is_async;
    if (start->callbacks != NULL) {
        op->callbacks = *start->callbacks;
    }
    op->began_ms = mic_clock_ms();
    op->timeout_ms = timeout_of(start);
    atomic_init(&op->waits_since_ms, op->began_ms);
    op->name_space = mic_strdup(start->request.name_space);
    if (op->name_space == NULL && start->request.name_space != NULL) {
        mic_err_set(err, MIC_E_MEMORY, "Out of memory for an operation.");
    } else if (!mic_session_enter(op->session, &op->node, &op->number)) {
        mic_err_set(err, MIC_E_STATE, "The session is being closed.");
    } else {
        mic_op_init_io(op);
        prepare(op, start);
        return op;
    }
    mic_op_unref(op);
    mic_op_unref(op);
    return NULL;
}

void mic_op_ref(struct mic_op *op)
{
    atomic_fetch_add_explicit(&op->references, 1, memory_order_relaxed);
}

void mic_op_unref(struct mic_op *op)
{
    if (atomic_fetch_sub_explicit(&op->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    mic_driver_fini(&op->driver);
    if (op->question != NULL && !op->question->was_answered) {
        mic_runtime_keep_question(op->session->runtime, op->question);
    } else {
        mic_question_free(op->question);
    }
    if (op->error_instance != NULL) {
        MI_Instance_Delete(op->error_instance);
    }
    mic_free(op->failure);
    mic_free(op->name_space);
    sem_destroy(&op->woken);
    pthread_cond_destroy(&op->changed);
    pthread_mutex_destroy(&op->lock);
    mic_session_unref(op->session);
    mic_free(op);
}

struct mic_op *mic_op_from_node(struct mic_list *node)
{
    return MIC_LIST_ITEM(node, struct mic_op, node);
}

/* ---- the taker's claim ---- */

void mic_op_leave(struct mic_op *op)
{
    if (op->left != NULL) {
        op->left(op);
    }
    mic_session_leave(op->session, &op->node);
    mic_op_unref(op); /* the list's; the caller has one of his own */
}

/* Inside a callback of a Get of the same thread, which would wait for itself. */
static bool is_caller(const struct mic_op *op)
{
    return op->caller != NULL && pthread_equal(op->caller->thread, pthread_self());
}

/* @return false when the operation is closed. Waits for whoever is at it: a cancel, which is short,
 * or another Get. */
static bool claim(struct mic_op *op)
{
    pthread_mutex_lock(&op->lock);
    while (op->is_taking && !op->is_closed && !is_caller(op)) {
        pthread_cond_wait(&op->changed, &op->lock);
    }
    bool is_open = !op->is_closed && !is_caller(op);
    op->is_taking = op->is_taking || is_open;
    pthread_mutex_unlock(&op->lock);
    return is_open;
}

/* @return true when the operation was closed meanwhile: then it has left, and nothing of it may be
 * handed out. */
static bool unclaim(struct mic_op *op)
{
    pthread_mutex_lock(&op->lock);
    op->is_taking = false;
    bool is_closed = op->is_closed;
    bool leaves = is_closed && !op->has_left;
    op->has_left = op->has_left || leaves;
    pthread_cond_broadcast(&op->changed);
    pthread_mutex_unlock(&op->lock);
    if (leaves) {
        mic_op_stop_io(op, !op->is_over);
        mic_op_leave(op);
    }
    return is_closed;
}

/* ---- starting ---- */

static void send_first(struct mic_op *op)
{
    struct mic_err err;
    if (op->is_over || mic_op_stop_reason(op) != MIC_STOP_NONE) {
        return;
    }
    if (mic_driver_begin(&op->driver, &err) != MI_RESULT_OK) {
        mic_op_fail(op, &err);
    }
}

static MI_Result have_turns(struct mic_op *op, struct mic_err *err)
{
    struct mic_runtime *runtime = op->session->runtime;
    MI_Result result = mic_runtime_start(runtime, err);
    return result != MI_RESULT_OK ? result : mic_callpool_start(runtime->callpool, err);
}

/* The request leaves from here, not from a turn: one hand-over less. A turn that comes too early
 * makes a note and goes. */
static void begin_async(struct mic_op *op)
{
    struct mic_err err;
    bool has_turns = have_turns(op, &err) == MI_RESULT_OK;
    if (has_turns) {
        atomic_store(&op->has_turns, true);
        send_first(op);
    } else if (!op->is_over) {
        mic_op_fail(op, &err);
    }
    bool is_over = op->is_over;
    bool is_sent = op->driver.current != NULL; /* else a class is wanted first */
    pthread_mutex_lock(&op->lock);
    op->is_starting = false;
    bool is_due = is_over || !is_sent || op->has_missed_turn || op->stop != MIC_STOP_NONE;
    pthread_mutex_unlock(&op->lock);
    if (!has_turns) { /* the one case where the application's function runs on its own thread */
        op->flags &= ~(MI_Uint32)MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS;
        mic_op_run_turn(op);
    } else if (is_due) {
        mic_op_wake(op);
    }
}

void mic_op_begin(struct mic_op *op)
{
    struct mic_runtime *runtime = op->session->runtime;
    if (mic_trace_on(runtime->trace, MIC_TRACE_ENGINE, 1)) {
        char who[64];
        (void)snprintf(who, sizeof(who), "a%u s%u o%u", (unsigned)runtime->number,
                       (unsigned)op->session->number, (unsigned)op->number);
        mic_trace_line(runtime->trace, MIC_TRACE_ENGINE, 1, who, "%s operation to %s",
                       op->is_async ? "asynchronous" : "synchronous",
                       op->session->destination.url != NULL ? op->session->destination.url
                                                            : "nowhere");
    }
    if (op->is_async) {
        begin_async(op);
    } else if (claim(op)) {
        send_first(op);
        (void)unclaim(op);
    }
}

void mic_op_discard(struct mic_op *op)
{
    mic_session_leave(op->session, &op->node);
    mic_op_unref(op);
    mic_op_unref(op);
}

/* ---- taking ---- */

static void sleep_until_woken(struct mic_op *op)
{
    while (sem_wait(&op->woken) != 0) { /* EINTR: the application's signals are its own */
    }
    atomic_store(&op->is_woken, false);
}

static enum mic_take wait_for_next(struct mic_op *op, struct mic_item *item)
{
    for (;;) {
        enum mic_take take = mic_op_take(op, item);
        if (take == MIC_TAKE_EVENT) {
            mic_op_tell_event(op, item->event);
            while (mic_op_is_held(op)) {
                sleep_until_woken(op);
            }
            continue;
        }
        if (take != MIC_TAKE_WAIT) {
            return take;
        }
        struct mic_err err;
        if (mic_runtime_check_process(op->session->runtime, &err) != MI_RESULT_OK) {
            mic_op_fail(op, &err);
            return MIC_TAKE_FINAL;
        }
        sleep_until_woken(op);
    }
}

MI_Result mic_op_get(struct mic_op *op, enum mic_result_kind kind, struct mic_result *result)
{
    struct mic_item item;
    if (op->is_async || op->kind != kind || !claim(op)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *result = (struct mic_result){.result = MI_RESULT_OK, .more = true};
    mic_op_wait_begins(op);
    enum mic_take take = op->is_over ? MIC_TAKE_FINAL : wait_for_next(op, &item);
    mic_op_wait_ends(op);
    if (take == MIC_TAKE_FINAL) {
        mic_op_fill_final(op, result);
    } else if (take == MIC_TAKE_ITEM) {
        result->instance = item.instance;
        result->cls = item.cls;
        result->bookmark = item.bookmark;
        result->machine_id = item.machine_id;
        result->more = !item.is_last;
    }
    if (unclaim(op)) {
        *result = (struct mic_result){.result = MI_RESULT_FAILED, .message = text_closed};
    }
    return MI_RESULT_OK;
}

/* ---- ending ---- */

void mic_op_cancel(struct mic_op *op)
{
    pthread_mutex_lock(&op->lock);
    bool is_first = op->stop == MIC_STOP_NONE && !op->is_closed;
    if (is_first) {
        op->stop = MIC_STOP_CANCEL;
    }
    bool is_mine = is_first && !op->is_async && !op->is_taking;
    op->is_taking = op->is_taking || is_mine;
    pthread_mutex_unlock(&op->lock);
    if (is_mine) { /* nobody takes: end it here, so that the server need not wait for the next Get
                    */
        if (!op->is_over) {
            mic_op_stop_io(op, true);
        }
        (void)unclaim(op);
    } else if (is_first) {
        mic_op_wake(op);
    }
}

bool mic_op_is_closed(struct mic_op *op)
{
    pthread_mutex_lock(&op->lock);
    bool is_closed = op->is_closed;
    pthread_mutex_unlock(&op->lock);
    return is_closed;
}

bool mic_op_close(struct mic_op *op)
{
    struct mic_err err;
    if (mic_runtime_check_process(op->session->runtime, &err) != MI_RESULT_OK) {
        return true; /* a forked child: nothing runs here, and a lock may stay taken */
    }
    pthread_mutex_lock(&op->lock);
    bool was_closed = op->is_closed;
    op->is_closed = true;
    if (op->stop == MIC_STOP_NONE) {
        op->stop = MIC_STOP_CANCEL;
    }
    bool is_mine = !op->is_async && !op->is_taking;
    bool leaves = !was_closed && !op->has_left && (op->is_async ? op->is_finished : is_mine);
    op->has_left = op->has_left || leaves;
    pthread_cond_broadcast(&op->changed);
    pthread_mutex_unlock(&op->lock);
    if (was_closed) {
        return false;
    }
    if (leaves && !op->is_async) {
        mic_op_stop_io(op, !op->is_over);
    }
    if (leaves) {
        mic_op_leave(op);
    } else {
        mic_op_wake(op);
    }
    return true;
}
