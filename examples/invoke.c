/* Call a static method with a few arguments. The result holds ReturnValue and the out parameters.
 * What the server has to say meanwhile comes through a callback. */
#include "example.h"

static void MI_CALL on_message(MI_Operation *operation, void *context, MI_Uint32 channel,
                               const MI_Char *message)
{
    (void)operation;
    (void)context;
    printf("message %u: ", (unsigned)channel);
    example_put(message);
    putchar('\n');
}

int main(int argc, char **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    MI_Instance *parameters = NULL;
    MI_Result result;
    int status = 1;

    if (argc < 3 || argc % 2 == 0) {
        return example_usage(argv[0], "CLASS METHOD [PARAMETER VALUE...]");
    }
    result = example_connect(&application, &session);
    if (result != MI_RESULT_OK) {
        return example_failed("connect", result, NULL);
    }
    MI_Char *class_name = example_mi(argv[1]), *method = example_mi(argv[2]);
    result = MI_Application_NewParameterSet(&application, NULL, &parameters);
    for (int i = 3; i < argc && result == MI_RESULT_OK; i += 2) {
        result = example_add(parameters, argv[i], argv[i + 1], 0);
    }
    if (result == MI_RESULT_OK) {
        callbacks.writeMessage = on_message;
        MI_Session_Invoke(&session, 0, NULL, MI_T("root/cimv2"), class_name, method, NULL,
                          parameters, &callbacks, &operation);
        status = example_results(&operation, argv[2]);
    } else {
        example_failed(argv[2], result, NULL);
    }
    if (parameters != NULL) {
        MI_Instance_Delete(parameters);
    }
    free(class_name);
    free(method);
    example_disconnect(&application, &session);
    return status;
}
