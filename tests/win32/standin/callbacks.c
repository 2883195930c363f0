/* Calls every callback a test gave, on a thread of the library's own as the native one does. */

#include <windows.h>

#include "standin_internal.h"

struct job {
    void (*run)(const struct job *job);
    MI_Operation *operation;
    MI_Application *application;
    MI_Boolean acknowledged;
    const MI_OperationCallbacks *calls;
    const MI_SessionCallbacks *session_calls;
};

static DWORD WINAPI run_job(LPVOID context)
{
    const struct job *job = context;

    standin.callback_thread = GetCurrentThreadId();
    job->run(job);
    return 0;
}

static void run_on_thread(const struct job *job)
{
    HANDLE thread = CreateThread(NULL, 0, run_job, (void *)(ULONG_PTR)job, 0, NULL);

    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
}

static MI_Result MI_CALL on_acknowledge(MI_Operation *operation)
{
    return record("resultAcknowledgement", "p", operation);
}

static MI_Result MI_CALL on_prompt_answer(MI_Operation *operation,
                                          MI_OperationCallback_ResponseType response)
{
    return record("promptUserResult", "pu", operation, (MI_Uint32)response);
}

static MI_Result MI_CALL on_error_answer(MI_Operation *operation,
                                         MI_OperationCallback_ResponseType response)
{
    return record("writeErrorResult", "pu", operation, (MI_Uint32)response);
}

static void call_common(const struct job *job)
{
    const MI_OperationCallbacks *calls = job->calls;
    MI_Uint8 bytes[3] = {1, 2, 3};
    MI_Value chunk;

    chunk.uint8a.data = bytes;
    chunk.uint8a.size = 3;
    if (calls->writeMessage != NULL) {
        calls->writeMessage(job->operation, calls->callbackContext, MI_WRITEMESSAGE_CHANNEL_VERBOSE,
                            STANDIN_TEXT("message"));
    }
    if (calls->writeProgress != NULL) {
        calls->writeProgress(job->operation, calls->callbackContext, STANDIN_TEXT("activity"),
                             STANDIN_TEXT("current"), STANDIN_TEXT("status"), 42, 99);
    }
    if (calls->promptUser != NULL) {
        calls->promptUser(job->operation, calls->callbackContext, STANDIN_TEXT("prompt"),
                          MI_PROMPTTYPE_CRITICAL, on_prompt_answer);
    }
    if (calls->writeError != NULL) {
        calls->writeError(job->operation, calls->callbackContext, standin.instance,
                          on_error_answer);
    }
    if (calls->streamedParameterResult != NULL) {
        calls->streamedParameterResult(job->operation, calls->callbackContext,
                                       STANDIN_TEXT("stream"), MI_UINT8A, &chunk,
                                       job->acknowledged ? on_acknowledge : NULL);
    }
}

static void run_instance(const struct job *job)
{
    const MI_OperationCallbacks *calls = job->calls;

    call_common(job);
    if (calls->instanceResult != NULL) {
        calls->instanceResult(job->operation, calls->callbackContext, standin.instance, MI_TRUE,
                              MI_RESULT_OK, NULL, NULL, job->acknowledged ? on_acknowledge : NULL);
        calls->instanceResult(job->operation, calls->callbackContext, NULL, MI_FALSE,
                              STANDIN_RESULT, STANDIN_TEXT("error"), standin.instance,
                              job->acknowledged ? on_acknowledge : NULL);
    }
}

static void run_class(const struct job *job)
{
    const MI_OperationCallbacks *calls = job->calls;

    call_common(job);
    if (calls->classResult != NULL) {
        calls->classResult(job->operation, calls->callbackContext, standin.class_object, MI_TRUE,
                           MI_RESULT_OK, NULL, NULL, job->acknowledged ? on_acknowledge : NULL);
        calls->classResult(job->operation, calls->callbackContext, NULL, MI_FALSE, STANDIN_RESULT,
                           STANDIN_TEXT("error"), standin.instance,
                           job->acknowledged ? on_acknowledge : NULL);
    }
}

static void run_indication(const struct job *job)
{
    const MI_OperationCallbacks *calls = job->calls;

    call_common(job);
    if (calls->indicationResult != NULL) {
        calls->indicationResult(job->operation, calls->callbackContext, standin.instance,
                                STANDIN_TEXT("bookmark"), STANDIN_TEXT("machine"), MI_TRUE,
                                MI_RESULT_OK, NULL, NULL,
                                job->acknowledged ? on_acknowledge : NULL);
        calls->indicationResult(job->operation, calls->callbackContext, NULL, NULL, NULL, MI_FALSE,
                                STANDIN_RESULT, STANDIN_TEXT("error"), standin.instance,
                                job->acknowledged ? on_acknowledge : NULL);
    }
}

static void run_session(const struct job *job)
{
    const MI_SessionCallbacks *calls = job->session_calls;

    if (calls->writeMessage != NULL) {
        calls->writeMessage(job->application, calls->callbackContext,
                            MI_WRITEMESSAGE_CHANNEL_WARNING, STANDIN_TEXT("message"));
    }
    if (calls->writeError != NULL) {
        calls->writeError(job->application, calls->callbackContext, standin.instance);
    }
}

static void call_back(void (*run)(const struct job *), MI_Operation *operation, MI_Uint32 flags,
                      const MI_OperationCallbacks *calls)
{
    struct job job = {.run = run, .operation = operation, .calls = calls};

    if (calls != NULL) {
        job.acknowledged = (flags & MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS) != 0;
        run_on_thread(&job);
    }
}

void call_back_instance(MI_Operation *operation, MI_Uint32 flags,
                        const MI_OperationCallbacks *calls)
{
    call_back(run_instance, operation, flags, calls);
}

void call_back_class(MI_Operation *operation, MI_Uint32 flags, const MI_OperationCallbacks *calls)
{
    call_back(run_class, operation, flags, calls);
}

void call_back_indication(MI_Operation *operation, MI_Uint32 flags,
                          const MI_OperationCallbacks *calls)
{
    call_back(run_indication, operation, flags, calls);
}

void call_back_session(MI_Application *application, const MI_SessionCallbacks *calls)
{
    struct job job = {.run = run_session, .application = application, .session_calls = calls};

    if (calls != NULL) {
        run_on_thread(&job);
    }
}

void call_back_class_needed(MI_Deserializer_ClassObjectNeeded needed, void *context)
{
    MI_Class *found = NULL;
    MI_Result result;

    if (needed != NULL) {
        result = needed(context, STANDIN_TEXT("server"), STANDIN_TEXT("namespace"),
                        STANDIN_TEXT("class"), &found);
        record("classObjectNeeded", "up", (MI_Uint32)result, found);
    }
}
