/* The operation's turn on the callback pool: results are pushed, one at a time. */
#include "engine/op.h"

/* Results told in one turn before other operations have theirs. */
#define RESULTS_PER_TURN 64

static void call_back(struct mic_op *op, const struct mic_result *result)
{
    const MI_OperationCallbacks *callbacks = &op->callbacks;
    MI_Operation handle = op->handle;
    MI_Boolean more = result->more ? MI_TRUE : MI_FALSE;
    MI_Result(MI_CALL * acknowledge)(MI_Operation *) =
        (op->flags & MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS) != 0 ? op->acknowledge : NULL;
    switch (op->kind) {
    case MIC_RESULT_CLASS:
        callbacks->classResult(&handle, callbacks->callbackContext, result->cls, more,
                               result->result, result->message, result->details, acknowledge);
        break;
    case MIC_RESULT_INDICATION:
        callbacks->indicationResult(&handle, callbacks->callbackContext, result->instance,
                                    result->bookmark, result->machine_id, more, result->result,
                                    result->message, result->details, acknowledge);
        break;
    case MIC_RESULT_INSTANCE:
    default:
        callbacks->instanceResult(&handle, callbacks->callbackContext, result->instance, more,
                                  result->result, result->message, result->details, acknowledge);
        break;
    }
}

static void deliver(struct mic_op *op, const struct mic_result *result)
{
    mic_op_wait_ends(op);
    op->is_final_told = !result->more;
    if ((op->flags & MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS) != 0) {
        pthread_mutex_lock(&op->lock);
        op->is_unacknowledged = true;
        pthread_mutex_unlock(&op->lock);
    }
    call_back(op, result);
}

/* The application has the final result and lets it go. */
static void finish(struct mic_op *op)
{
    mic_driver_fini(&op->driver); /* nothing of it is in the application's hands any more */
    pthread_mutex_lock(&op->lock);
    op->is_finished = true;
    bool leaves = op->is_closed && !op->has_left;
    op->has_left = op->has_left || leaves;
    pthread_mutex_unlock(&op->lock);
    if (leaves) {
        mic_op_leave(op);
    }
}

static bool is_starting(struct mic_op *op)
{
    pthread_mutex_lock(&op->lock);
    bool is_too_early = op->is_starting;
    op->has_missed_turn = op->has_missed_turn || is_too_early;
    pthread_mutex_unlock(&op->lock);
    return is_too_early;
}

static bool tell_next(struct mic_op *op)
{
    struct mic_item item;
    struct mic_result result = {.result = MI_RESULT_OK};
    mic_op_wait_begins(op);
    switch (mic_op_take(op, &item)) {
    case MIC_TAKE_WAIT:
        return false;
    case MIC_TAKE_EVENT:
        mic_op_tell_event(op, item.event);
        return true;
    case MIC_TAKE_BEGAN:
        result.more = true;
        break;
    case MIC_TAKE_ITEM:
        result.instance = item.instance;
        result.cls = item.cls;
        result.bookmark = item.bookmark;
        result.machine_id = item.machine_id;
        result.more = !item.is_last;
        break;
    case MIC_TAKE_FINAL:
    default:
        mic_op_fill_final(op, &result);
        break;
    }
    deliver(op, &result);
    return true;
}

void mic_op_run_turn(void *context)
{
    struct mic_op *op = context;
    if (is_starting(op)) {
        return;
    }
    for (int told = 0; told < RESULTS_PER_TURN; told++) {
        if (mic_op_is_held(op)) {
            return;
        }
        if (op->is_final_told) {
            finish(op);
            return;
        }
        if (!tell_next(op)) {
            return;
        }
    }
    mic_op_wake(op);
}

void mic_op_acknowledge(struct mic_op *op)
{
    pthread_mutex_lock(&op->lock);
    bool was_held = op->is_unacknowledged;
    op->is_unacknowledged = false;
    pthread_mutex_unlock(&op->lock);
    if (was_held) {
        mic_op_wait_begins(op);
        mic_op_wake(op);
    }
}
