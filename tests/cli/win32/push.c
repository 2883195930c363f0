/* Operations with callbacks: a thread takes what a caller of GetInstance would, and hands it on. */
#include <stdlib.h>

#include <windows.h>

#include "played.h"

struct push {
    MI_Operation *operation;
    MI_OperationCallbacks callbacks;
};

static DWORD WINAPI push_all(void *argument)
{
    struct push *push = argument;
    MI_Boolean more = MI_TRUE;

    while (more) {
        const MI_Instance *instance = NULL, *details = NULL;
        const MI_Char *message = NULL;
        MI_Result result = MI_RESULT_OK;

        (void)played_operation_ft.GetInstance(push->operation, &instance, &more, &result, &message,
                                              &details);
        push->callbacks.instanceResult(push->operation, push->callbacks.callbackContext, instance,
                                       more, result, message, details, NULL);
    }
    free(push);
    return 0;
}

void played_push(MI_Operation *operation, const MI_OperationCallbacks *callbacks)
{
    struct push *push;
    HANDLE thread;

    if (callbacks == NULL || callbacks->instanceResult == NULL) {
        return;
    }
    push = malloc(sizeof(*push));
    push->operation = operation;
    push->callbacks = *callbacks;
    thread = CreateThread(NULL, 0, push_all, push, 0, NULL);
    CloseHandle(thread);
}
