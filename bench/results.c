#include "results.h"

#include <stdio.h>

void bench_check(MI_Result result, const char *what)
{
    if (result != MI_RESULT_OK) {
        fprintf(stderr, "MI_Result %d: ", (int)result);
        bench_die(what);
    }
}

void bench_drain(MI_Operation *operation, struct measure *measure, unsigned long *count,
                 unsigned long most)
{
    MI_Boolean more = MI_TRUE;
    while (more && *count < most) {
        const MI_Instance *instance = NULL;
        const MI_Char *message = NULL;
        MI_Result outcome = MI_RESULT_OK;
        bench_check(MI_Operation_GetInstance(operation, &instance, &more, &outcome, &message, NULL),
                    "get");
        if (outcome != MI_RESULT_OK) {
            bench_die(message != NULL ? message : "operation failed");
        }
        if (instance != NULL) {
            measure_first(measure);
            (*count)++;
        }
    }
    MI_Operation_Close(operation);
}

MI_Instance *bench_key(MI_Application *application)
{
    MI_Instance *key = NULL;
    MI_Value value;
    value.uint32 = 1;
    bench_check(MI_Application_NewInstance(application, "Peer_Many", NULL, &key), "instance");
    bench_check(MI_Instance_AddElement(key, "Id", &value, MI_UINT32, MI_FLAG_KEY), "key");
    return key;
}
