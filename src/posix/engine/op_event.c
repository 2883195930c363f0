/* What an operation tells in its course: messages, progress, errors, questions, streamed
 * parameters. On the taker's thread, also of synchronous operations. */
#include "engine/op.h"

static void write_message(struct mic_op *op, MI_Operation *handle, const struct mic_event *event)
{
    op->callbacks.writeMessage(handle, op->callbacks.callbackContext, event->channel, event->text);
}

static void write_progress(struct mic_op *op, MI_Operation *handle, const struct mic_event *event)
{
    op->callbacks.writeProgress(handle, op->callbacks.callbackContext, event->text, event->step,
                                event->status, event->percent, event->seconds);
}

static void write_error(struct mic_op *op, MI_Operation *handle, const struct mic_event *event)
{
    if (event->asks) {
        struct mic_question *question = op->question;
        op->callbacks.writeError(&question->handle, op->callbacks.callbackContext,
                                 &question->error->public_instance, op->answer_error);
    } else {
        op->callbacks.writeError(handle, op->callbacks.callbackContext, event->error, NULL);
    }
}

static void prompt_user(struct mic_op *op, MI_Operation *handle, const struct mic_event *event)
{
    if (event->asks) {
        struct mic_question *question = op->question;
        op->callbacks.promptUser(&question->handle, op->callbacks.callbackContext, question->text,
                                 event->prompt_type, op->answer_prompt);
    } else {
        op->callbacks.promptUser(handle, op->callbacks.callbackContext, event->text,
                                 event->prompt_type, NULL);
    }
}

static void stream(struct mic_op *op, MI_Operation *handle, const struct mic_event *event)
{
    bool is_manual = (op->flags & MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS) != 0;
    if (is_manual) {
        pthread_mutex_lock(&op->lock);
        op->is_unacknowledged = true;
        pthread_mutex_unlock(&op->lock);
    }
    op->callbacks.streamedParameterResult(handle, op->callbacks.callbackContext, event->name,
                                          event->type, event->value,
                                          is_manual ? op->acknowledge : NULL);
}

typedef void teller(struct mic_op *op, MI_Operation *handle, const struct mic_event *event);

static teller *const tellers[] = {
    [MIC_EVENT_PROMPT] = prompt_user,    [MIC_EVENT_ERROR] = write_error,
    [MIC_EVENT_MESSAGE] = write_message, [MIC_EVENT_PROGRESS] = write_progress,
    [MIC_EVENT_STREAM] = stream,
};

static bool open_question(struct mic_op *op, const struct mic_event *event)
{
    struct mic_question *question = mic_question_take(op->question, event);
    if (question == NULL) {
        return false;
    }
    question->handle = op->handle;
    pthread_mutex_lock(&op->lock);
    op->question = question;
    question->is_open = true;
    question->is_answered = question->was_answered = false;
    pthread_mutex_unlock(&op->lock);
    return true;
}

/* The thread of a synchronous call is a callback's thread meanwhile: what would wait for it fails.
 */
static void call(struct mic_op *op, const struct mic_event *event)
{
    struct mic_runtime *runtime = op->session->runtime;
    struct mic_caller caller;
    MI_Operation handle = op->handle;
    if (op->is_async) {
        tellers[event->kind](op, &handle, event);
        return;
    }
    mic_runtime_enter_callback(runtime, &caller);
    pthread_mutex_lock(&op->lock);
    op->caller = &caller;
    pthread_mutex_unlock(&op->lock);
    tellers[event->kind](op, &handle, event);
    pthread_mutex_lock(&op->lock);
    op->caller = NULL;
    pthread_mutex_unlock(&op->lock);
    mic_runtime_leave_callback(runtime, &caller);
}

void mic_op_tell_event(struct mic_op *op, const struct mic_event *event)
{
    if (event->asks && !open_question(op, event)) {
        struct mic_err err;
        mic_err_set(&err, MIC_E_MEMORY, "Out of memory for a question of the server.");
        mic_op_end(op, &err);
        return;
    }
    mic_op_wait_ends(op);
    call(op, event);
    if (!mic_op_is_held(op)) {
        mic_op_wait_begins(op);
    }
}

bool mic_op_is_held(struct mic_op *op)
{
    pthread_mutex_lock(&op->lock);
    bool is_stopped = op->stop != MIC_STOP_NONE;
    if (is_stopped && op->question != NULL) { /* nobody wants to know any more */
        op->question->is_open = false;
    }
    bool holds = op->is_unacknowledged || (op->question != NULL && op->question->is_open);
    pthread_mutex_unlock(&op->lock);
    if (holds && is_stopped && !op->is_over) {
        mic_op_stop_io(op, true); /* the final result waits, the server need not */
    }
    return holds;
}

void mic_op_pass_answer(struct mic_op *op)
{
    pthread_mutex_lock(&op->lock);
    bool has_answer = op->question != NULL && op->question->is_answered;
    MI_OperationCallback_ResponseType answer = MI_OperationCallback_ResponseType_No;
    if (has_answer) {
        answer = op->question->answer;
        op->question->is_answered = false;
    }
    pthread_mutex_unlock(&op->lock);
    if (has_answer && op->driver.exchange != NULL) {
        mic_exchange_answer(op->driver.exchange, answer);
    }
}

bool mic_op_answer(struct mic_op *op, enum mic_event_kind kind,
                   MI_OperationCallback_ResponseType response)
{
    struct mic_question *question;
    if (response < MI_OperationCallback_ResponseType_No ||
        response > MI_OperationCallback_ResponseType_YesToAll) {
        return false;
    }
    pthread_mutex_lock(&op->lock);
    question = op->question;
    bool is_wanted = question != NULL && question->is_open && question->kind == kind &&
                     op->stop == MIC_STOP_NONE;
    if (is_wanted) {
        question->is_open = false;
        question->is_answered = question->was_answered = true;
        question->answer = response;
    }
    pthread_mutex_unlock(&op->lock);
    if (is_wanted) {
        mic_op_wait_begins(op);
        mic_op_wake(op);
    }
    return is_wanted;
}
