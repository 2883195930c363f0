#include <string.h>

#include "api/handle.h"
#include "api/tables.h"

static struct mic_op *acquire(const MI_Operation *self)
{
    if (self == NULL) {
        return NULL;
    }
    struct mic_op *op = mic_handle_acquire(MIC_HANDLE_OPERATION, self->reserved1, self->reserved2);
    if (op != NULL && mic_op_is_closed(op)) { /* its last callbacks may still come */
        mic_handle_release(self->reserved2);
        op = NULL;
    }
    return op;
}

static MI_Result MI_CALL operation_Close(MI_Operation *self)
{
    if (self == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    MI_Operation copy = *self;
    struct mic_op *op = acquire(&copy);
    if (op == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    bool is_first = mic_op_close(op);
    mic_handle_release(copy.reserved2);
    return is_first ? MI_RESULT_OK : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL operation_Cancel(MI_Operation *self, MI_CancellationReason reason)
{
    struct mic_op *op = acquire(self);
    (void)reason; /* informative (MI_CancellationReason): there is nobody to tell it */
    if (op == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    ptrdiff_t slot = self->reserved2;
    mic_op_cancel(op);
    mic_handle_release(slot);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL operation_GetSession(MI_Operation *self, MI_Session *session)
{
    if (session == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(session, 0, sizeof(*session));
    struct mic_op *op = acquire(self);
    if (op == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *session = op->session->handle;
    mic_handle_release(self->reserved2);
    return MI_RESULT_OK;
}

struct outputs {
    MI_Boolean *more;
    MI_Result *result;
    const MI_Char **message;
    const MI_Instance **details;
};

static void write_outputs(const struct outputs *out, const struct mic_result *taken)
{
    if (out->more != NULL) {
        *out->more = taken->more ? MI_TRUE : MI_FALSE;
    }
    if (out->result != NULL) {
        *out->result = taken->result;
    }
    if (out->message != NULL) {
        *out->message = taken->message;
    }
    if (out->details != NULL) {
        *out->details = taken->details;
    }
}

static MI_Result get(MI_Operation *self, enum mic_result_kind kind, bool has_target,
                     struct mic_result *taken, const struct outputs *out)
{
    MI_Result result = MI_RESULT_INVALID_PARAMETER;
    *taken = (struct mic_result){.result = MI_RESULT_INVALID_PARAMETER};
    struct mic_op *op = has_target ? acquire(self) : NULL;
    if (op != NULL) {
        ptrdiff_t slot = self->reserved2;
        result = mic_op_get(op, kind, taken);
        mic_handle_release(slot);
    }
    write_outputs(out, taken);
    return result;
}

static MI_Result MI_CALL operation_GetInstance(MI_Operation *self, const MI_Instance **instance,
                                               MI_Boolean *moreResults, MI_Result *result,
                                               const MI_Char **errorMessage,
                                               const MI_Instance **completionDetails)
{
    struct mic_result taken;
    const struct outputs out = {moreResults, result, errorMessage, completionDetails};
    MI_Result returned = get(self, MIC_RESULT_INSTANCE, instance != NULL, &taken, &out);
    if (instance != NULL) {
        *instance = taken.instance;
    }
    return returned;
}

static MI_Result MI_CALL operation_GetIndication(MI_Operation *self, const MI_Instance **instance,
                                                 const MI_Char **bookmark,
                                                 const MI_Char **machineID, MI_Boolean *moreResults,
                                                 MI_Result *result, const MI_Char **errorMessage,
                                                 const MI_Instance **completionDetails)
{
    struct mic_result taken;
    const struct outputs out = {moreResults, result, errorMessage, completionDetails};
    MI_Result returned = get(self, MIC_RESULT_INDICATION, instance != NULL, &taken, &out);
    if (instance != NULL) {
        *instance = taken.instance;
    }
    if (bookmark != NULL) {
        *bookmark = taken.bookmark;
    }
    if (machineID != NULL) {
        *machineID = taken.machine_id;
    }
    return returned;
}

static MI_Result MI_CALL operation_GetClass(MI_Operation *self, const MI_Class **classResult,
                                            MI_Boolean *moreResults, MI_Result *result,
                                            const MI_Char **errorMessage,
                                            const MI_Instance **completionDetails)
{
    struct mic_result taken;
    const struct outputs out = {moreResults, result, errorMessage, completionDetails};
    MI_Result returned = get(self, MIC_RESULT_CLASS, classResult != NULL, &taken, &out);
    if (classResult != NULL) {
        *classResult = taken.cls;
    }
    return returned;
}

/* ---- an operation that never came to be: the handle carries the result in reserved2 ---- */

static MI_Result MI_CALL failed_Close(MI_Operation *self)
{
    if (self == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(self, 0, sizeof(*self));
    return MI_RESULT_OK;
}

static MI_Result MI_CALL failed_Cancel(MI_Operation *self, MI_CancellationReason reason)
{
    (void)reason;
    return self == NULL ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_OK;
}

static MI_Result MI_CALL failed_GetSession(MI_Operation *self, MI_Session *session)
{
    (void)self;
    if (session != NULL) {
        memset(session, 0, sizeof(*session));
    }
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result failed_get(const MI_Operation *self, const struct outputs *out)
{
    const struct mic_result taken = {.result = self == NULL ? MI_RESULT_INVALID_PARAMETER
                                                            : (MI_Result)self->reserved2,
                                     .message = "The operation could not be started."};
    write_outputs(out, &taken);
    return self == NULL ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_OK;
}

static MI_Result MI_CALL failed_GetInstance(MI_Operation *self, const MI_Instance **instance,
                                            MI_Boolean *moreResults, MI_Result *result,
                                            const MI_Char **errorMessage,
                                            const MI_Instance **completionDetails)
{
    const struct outputs out = {moreResults, result, errorMessage, completionDetails};
    if (instance != NULL) {
        *instance = NULL;
    }
    return failed_get(self, &out);
}

static MI_Result MI_CALL failed_GetIndication(MI_Operation *self, const MI_Instance **instance,
                                              const MI_Char **bookmark, const MI_Char **machineID,
                                              MI_Boolean *moreResults, MI_Result *result,
                                              const MI_Char **errorMessage,
                                              const MI_Instance **completionDetails)
{
    const struct outputs out = {moreResults, result, errorMessage, completionDetails};
    if (instance != NULL) {
        *instance = NULL;
    }
    if (bookmark != NULL) {
        *bookmark = NULL;
    }
    if (machineID != NULL) {
        *machineID = NULL;
    }
    return failed_get(self, &out);
}

static MI_Result MI_CALL failed_GetClass(MI_Operation *self, const MI_Class **classResult,
                                         MI_Boolean *moreResults, MI_Result *result,
                                         const MI_Char **errorMessage,
                                         const MI_Instance **completionDetails)
{
    const struct outputs out = {moreResults, result, errorMessage, completionDetails};
    if (classResult != NULL) {
        *classResult = NULL;
    }
    return failed_get(self, &out);
}

static const MI_OperationFT operation_failed_ft = {
    .Close = failed_Close,
    .Cancel = failed_Cancel,
    .GetSession = failed_GetSession,
    .GetInstance = failed_GetInstance,
    .GetIndication = failed_GetIndication,
    .GetClass = failed_GetClass,
};

static bool tell_callback(enum mic_result_kind kind, const MI_OperationCallbacks *callbacks,
                          MI_Result result)
{
    if (callbacks == NULL) {
        return false;
    }
    void *context = callbacks->callbackContext;
    if (kind == MIC_RESULT_INSTANCE && callbacks->instanceResult != NULL) {
        callbacks->instanceResult(NULL, context, NULL, MI_FALSE, result, NULL, NULL, NULL);
        return true;
    }
    if (kind == MIC_RESULT_CLASS && callbacks->classResult != NULL) {
        callbacks->classResult(NULL, context, NULL, MI_FALSE, result, NULL, NULL, NULL);
        return true;
    }
    if (kind == MIC_RESULT_INDICATION && callbacks->indicationResult != NULL) {
        callbacks->indicationResult(NULL, context, NULL, NULL, NULL, MI_FALSE, result, NULL, NULL,
                                    NULL);
        return true;
    }
    return false;
}

void mic_operation_refuse(enum mic_result_kind kind, const MI_OperationCallbacks *callbacks,
                          MI_Result result, MI_Operation *operation)
{
    if (operation != NULL) {
        memset(operation, 0, sizeof(*operation));
        operation->reserved2 = (ptrdiff_t)result;
        operation->ft = &operation_failed_ft;
    }
    (void)tell_callback(kind, callbacks, result);
}

/* ---- starting ---- */

/* Also after the application has closed the handle: it may hold a result it had before. */
static MI_Result MI_CALL operation_Acknowledge(MI_Operation *self)
{
    if (self == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    ptrdiff_t slot = self->reserved2;
    struct mic_op *op = mic_handle_acquire(MIC_HANDLE_OPERATION, self->reserved1, slot);
    if (op == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    mic_op_acknowledge(op);
    mic_handle_release(slot);
    return MI_RESULT_OK;
}

static MI_Result answer(const MI_Operation *self, enum mic_event_kind kind,
                        MI_OperationCallback_ResponseType response)
{
    if (self == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    ptrdiff_t slot = self->reserved2;
    struct mic_op *op = mic_handle_acquire(MIC_HANDLE_OPERATION, self->reserved1, slot);
    if (op == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    bool is_wanted = mic_op_answer(op, kind, response);
    mic_handle_release(slot);
    return is_wanted ? MI_RESULT_OK : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL operation_AnswerPrompt(MI_Operation *self,
                                                MI_OperationCallback_ResponseType response)
{
    return answer(self, MIC_EVENT_PROMPT, response);
}

static MI_Result MI_CALL operation_AnswerError(MI_Operation *self,
                                               MI_OperationCallback_ResponseType response)
{
    return answer(self, MIC_EVENT_ERROR, response);
}

static void forget(struct mic_op *op)
{
    MI_Operation handle = op->handle;
    if (mic_handle_close(MIC_HANDLE_OPERATION, handle.reserved1, handle.reserved2) != NULL) {
        mic_handle_release(handle.reserved2);
    }
}

static void destroy(void *object)
{
    mic_op_unref(object);
}

void mic_operation_start(const struct mic_op_start *start, MI_Operation *operation)
{
    struct mic_err err;
    struct mic_op *op = mic_op_new(start, &err);
    if (op == NULL) {
        mic_operation_refuse(start->kind, start->callbacks, err.result, operation);
        return;
    }
    MI_Operation handle = {.ft = &mic_operation_ft};
    if (mic_handle_open(MIC_HANDLE_OPERATION, op, destroy, &handle.reserved1, &handle.reserved2) !=
        MI_RESULT_OK) {
        mic_op_discard(op);
        mic_operation_refuse(start->kind, start->callbacks, MI_RESULT_SERVER_LIMITS_EXCEEDED,
                             operation);
        return;
    }
    op->handle = handle;
    op->acknowledge = operation_Acknowledge;
    op->answer_prompt = operation_AnswerPrompt;
    op->answer_error = operation_AnswerError;
    op->left = forget;
    *operation = handle;
    mic_op_ref(op); /* a callback may close it before this returns */
    mic_op_begin(op);
    mic_op_unref(op);
}

const MI_OperationFT mic_operation_ft = {
    .Close = operation_Close,
    .Cancel = operation_Cancel,
    .GetSession = operation_GetSession,
    .GetInstance = operation_GetInstance,
    .GetIndication = operation_GetIndication,
    .GetClass = operation_GetClass,
};
