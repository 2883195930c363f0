/* All instances of a class, one after the other as they arrive. */
#include "example.h"

int main(int argc, char **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result, outcome = MI_RESULT_OK;
    const MI_Char *message = NULL;
    int status = 0;

    if (argc != 2) {
        return example_usage(argv[0], "CLASS");
    }
    result = example_connect(&application, &session);
    if (result != MI_RESULT_OK) {
        return example_failed("connect", result, NULL);
    }
    MI_Char *class_name = example_mi(argv[1]);
    MI_Session_EnumerateInstances(&session, 0, NULL, MI_T("root/cimv2"), class_name, MI_FALSE, NULL,
                                  &operation);
    while (more) {
        const MI_Instance *instance = NULL;
        result = MI_Operation_GetInstance(&operation, &instance, &more, &outcome, &message, NULL);
        if (result != MI_RESULT_OK) {
            outcome = result;
            break;
        }
        if (instance != NULL) {
            example_print(instance);
        }
    }
    if (outcome != MI_RESULT_OK) {
        status = example_failed(argv[1], outcome, message);
    }
    MI_Operation_Close(&operation);
    free(class_name);
    example_disconnect(&application, &session);
    return status;
}
