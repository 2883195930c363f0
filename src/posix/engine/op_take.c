/* The operation's taker: from bytes to results. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "engine/op.h"
#include "model/cim_error.h"
#include "model/instance.h"

#define HELD_WORTH_TELLING_MS 100

static const char text_out_of_memory[] = "Out of memory.";

enum mic_stop mic_op_stop_reason(struct mic_op *op)
{
    pthread_mutex_lock(&op->lock);
    enum mic_stop stop = op->stop;
    pthread_mutex_unlock(&op->lock);
    return stop;
}

void mic_op_stop_io(struct mic_op *op, bool is_early)
{
    atomic_store(&op->waits_for_class, false);
    mic_class_wait_leave(op->session, &op->class_wait);
    if (op->driver.exchange != NULL) {
        mic_driver_stop(&op->driver, is_early);
    }
    mic_op_disarm(op);
}

void mic_op_fail(struct mic_op *op, const struct mic_err *err)
{
    op->is_over = true;
    op->result = err->result;
    op->failure = mic_memdup(err, sizeof(*err));
}

static void trace_end(struct mic_op *op)
{
    struct mic_runtime *runtime = op->session->runtime;
    if (!mic_trace_on(runtime->trace, MIC_TRACE_ENGINE, 1)) {
        return;
    }
    char who[64];
    (void)snprintf(who, sizeof(who), "a%u s%u o%u", (unsigned)runtime->number,
                   (unsigned)op->session->number, (unsigned)op->number);
    mic_trace_line(
        runtime->trace, MIC_TRACE_ENGINE, 1, who, "ended after %llu ms with result %d%s%s",
        (unsigned long long)(mic_clock_ms() - op->began_ms), (int)op->result,
        op->failure != NULL ? ": " : "", op->failure != NULL ? op->failure->message : "");
}

/* @param err  NULL: all went well */
static enum mic_take end(struct mic_op *op, const struct mic_err *err)
{
    op->is_over = true;
    if (err != NULL) {
        mic_op_fail(op, err);
    }
    op->class_name = NULL;
    mic_op_stop_io(op, err != NULL);
    trace_end(op);
    return MIC_TAKE_FINAL;
}

void mic_op_end(struct mic_op *op, const struct mic_err *err)
{
    (void)end(op, err);
}

static enum mic_take end_stopped(struct mic_op *op, enum mic_stop stop)
{
    struct mic_err err;
    if (stop == MIC_STOP_CANCEL) {
        mic_err_set(&err, MIC_E_CANCELLED, "The operation was cancelled.");
        return end(op, &err);
    }
    const struct mic_destination *to = &op->session->destination;
    if (op->kind == MIC_RESULT_INDICATION && op->driver.exchange != NULL &&
        mic_exchange_is_put_off(op->driver.exchange)) {
        mic_err_set(&err, MIC_E_TIMEOUT, "No indication came from %s:%u for %llu ms.", to->host,
                    (unsigned)to->port, op->stop_after_ms);
        mic_err_remedy(&err, "Set no timeout, or a longer one, to wait longer for an indication.");
        return end(op, &err);
    }
    const char *doing =
        op->stop_phase == MIC_PHASE_NONE ? "a free connection" : mic_phase_name(op->stop_phase);
    mic_err_set(&err, MIC_E_TIMEOUT,
                "No sign of life from %s:%u for %llu ms while waiting for: %s%s.", to->host,
                (unsigned)to->port, op->stop_after_ms, doing,
                op->class_name != NULL ? " (the class of an item)" : "");
    mic_err_silence(&err, op->stop_phase);
    return end(op, &err);
}

/* A server forgets an enumeration that nobody pulls from (WinRM after a minute): then say whose
 * pause it was. */
static void explain_lost_context(const struct mic_op *op, struct mic_err *err)
{
    size_t used = strlen(err->message);
    if (err->result == MI_RESULT_INVALID_ENUMERATION_CONTEXT &&
        op->longest_held_ms >= HELD_WORTH_TELLING_MS) {
        (void)snprintf(err->message + used, sizeof(err->message) - used,
                       " The application held a result for %llu ms meanwhile.",
                       (unsigned long long)op->longest_held_ms);
    }
}

static void note_held_time(struct mic_op *op)
{
    if (op->held_since_ms != 0) {
        uint64_t held_ms = mic_clock_ms() - op->held_since_ms;
        op->longest_held_ms = held_ms > op->longest_held_ms ? held_ms : op->longest_held_ms;
        op->held_since_ms = 0;
    }
}

/* @return ITEM to go on */
static enum mic_take answer_class(struct mic_op *op)
{
    struct mic_class *cls = NULL;
    struct mic_err err;
    bool was_waiting = op->class_wait.fetch != NULL;
    if (!was_waiting) {
        atomic_store(&op->waits_for_class, true);
    }
    switch (mic_class_cache_get(op->session, &op->class_wait, op->name_space, op->class_name, &cls,
                                &err)) {
    case MIC_CLASS_WAIT:
        if (!was_waiting) {
            mic_op_arm(op);
        }
        return MIC_TAKE_WAIT;
    case MIC_CLASS_FAILED:
        return end(op, &err);
    case MIC_CLASS_FOUND:
    case MIC_CLASS_NONE:
    default:
        break;
    }
    atomic_store(&op->waits_for_class, false);
    op->class_name = NULL;
    mic_exchange_set_class(op->driver.exchange, cls);
    if (cls != NULL) {
        mic_class_unref(cls);
    }
    return MIC_TAKE_ITEM;
}

/* @return BEGAN when there is nothing to tell and the taker goes on */
static enum mic_take step(struct mic_op *op, struct mic_item *item)
{
    struct mic_err err;
    enum mic_driver_step taken = mic_driver_advance(&op->driver, item, &op->class_name, &err);
    atomic_store_explicit(&op->is_put_off, mic_exchange_is_put_off(op->driver.exchange),
                          memory_order_relaxed);
    switch (taken) {
    case MIC_DRIVE_WAIT:
        return MIC_TAKE_WAIT;
    case MIC_DRIVE_EVENT:
        return MIC_TAKE_EVENT;
    case MIC_DRIVE_ITEM:
        if (op->teaches_class && item->cls != NULL) {
            mic_class_cache_learn(op->session, op->name_space, mic_class_from_public(item->cls));
        }
        if (item->is_last) {
            (void)end(op, NULL);
        }
        return MIC_TAKE_ITEM;
    case MIC_DRIVE_DONE:
        return end(op, NULL);
    case MIC_DRIVE_FAILED:
        if (op->driver.has_failed_in_exchange &&
            mic_exchange_has_expired(op->driver.exchange, mic_clock_ms() - op->began_ms)) {
            return end(op, NULL);
        }
        explain_lost_context(op, &err);
        return end(op, &err);
    case MIC_DRIVE_BEGAN:
    case MIC_DRIVE_CLASS:
    default:
        return MIC_TAKE_BEGAN;
    }
}

enum mic_take mic_op_take(struct mic_op *op, struct mic_item *item)
{
    *item = (struct mic_item){.instance = NULL};
    note_held_time(op);
    mic_op_pass_answer(op);
    while (!op->is_over) {
        enum mic_stop stop = mic_op_stop_reason(op);
        if (stop != MIC_STOP_NONE) {
            return end_stopped(op, stop);
        }
        if (op->class_name != NULL) {
            enum mic_take take = answer_class(op);
            if (take != MIC_TAKE_ITEM) {
                return take;
            }
        }
        enum mic_take take = step(op, item);
        if (take != MIC_TAKE_BEGAN) {
            return take;
        }
        if (op->class_name == NULL && !op->has_told_began &&
            (op->flags & MI_OPERATIONFLAGS_REPORT_OPERATION_STARTED) != 0) {
            op->has_told_began = true;
            return MIC_TAKE_BEGAN;
        }
    }
    return MIC_TAKE_FINAL;
}

void mic_op_fill_final(struct mic_op *op, struct mic_result *result)
{
    struct mic_err out_of_memory;
    const struct mic_err *failure = op->failure;
    *result = (struct mic_result){.result = op->result};
    if (op->result == MI_RESULT_OK) {
        return;
    }
    if (failure == NULL) {
        mic_err_set(&out_of_memory, MIC_E_MEMORY, "%s", text_out_of_memory);
        failure = &out_of_memory;
        result->result = failure->result;
    }
    result->message = op->failure != NULL ? op->failure->message : text_out_of_memory;
    if (op->driver.has_failed_in_exchange) { /* the server's own words, if it sent any */
        result->details = mic_exchange_error_instance(op->driver.exchange);
    }
    if (result->details == NULL) {
        if (op->error_instance == NULL) {
            op->error_instance = &mic_cim_error_new(failure, op->name_space)->public_instance;
        }
        result->details = op->error_instance;
    }
}
