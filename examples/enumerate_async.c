/* The same with callbacks: they come on a thread of the library, one at a time. */
#include "example.h"

#include <stdatomic.h>

struct progress {
    atomic_int done; /* the last thing a callback touches */
    unsigned count;
    MI_Result outcome;
};

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance,
                                MI_Boolean more, MI_Result outcome, const MI_Char *message,
                                const MI_Instance *details,
                                MI_Result(MI_CALL *acknowledge)(MI_Operation *operation))
{
    struct progress *progress = context;

    (void)details;
    (void)acknowledge;
    if (instance != NULL) {
        progress->count++;
        example_print(instance);
    }
    if (!more) {
        progress->outcome = outcome;
        if (outcome != MI_RESULT_OK) {
            example_failed("enumerate", outcome, message);
        } else {
            printf("%u instances\n", progress->count);
        }
        MI_Operation_Close(operation);
        progress->done = 1;
    }
}

int main(int argc, char **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    struct progress progress = {0, 0, MI_RESULT_FAILED};
    MI_Result result;

    if (argc != 2) {
        return example_usage(argv[0], "CLASS");
    }
    result = example_connect(&application, &session);
    if (result != MI_RESULT_OK) {
        return example_failed("connect", result, NULL);
    }
    MI_Char *class_name = example_mi(argv[1]);
    callbacks.callbackContext = &progress;
    callbacks.instanceResult = on_instance;
    MI_Session_EnumerateInstances(&session, 0, NULL, MI_T("root/cimv2"), class_name, MI_FALSE,
                                  &callbacks, &operation);
    while (!progress.done) {
        example_sleep_ms(20); /* a real program has better things to do meanwhile */
    }
    example_disconnect(&application, &session);
    free(class_name);
    return progress.outcome == MI_RESULT_OK ? 0 : 1;
}
