/* A new instance with a few properties. The answer is usually an instance with its keys. */
#include "example.h"

int main(int argc, char **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *instance = NULL;
    MI_Result result;
    int status = 1;

    if (argc < 4 || argc % 2 != 0) {
        return example_usage(argv[0], "CLASS PROPERTY VALUE...");
    }
    result = example_connect(&application, &session);
    if (result != MI_RESULT_OK) {
        return example_failed("connect", result, NULL);
    }
    MI_Char *class_name = example_mi(argv[1]);
    result = MI_Application_NewInstance(&application, class_name, NULL, &instance);
    for (int i = 2; i < argc && result == MI_RESULT_OK; i += 2) {
        result = example_add(instance, argv[i], argv[i + 1], 0);
    }
    if (result == MI_RESULT_OK) {
        MI_Session_CreateInstance(&session, 0, NULL, MI_T("root/cimv2"), instance, NULL,
                                  &operation);
        status = example_results(&operation, argv[1]);
    } else {
        example_failed(argv[1], result, NULL);
    }
    if (instance != NULL) {
        MI_Instance_Delete(instance);
    }
    free(class_name);
    example_disconnect(&application, &session);
    return status;
}
