/* Write one property. Only what the instance holds besides its keys is changed. */
#include "example.h"

int main(int argc, char **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *instance = NULL;
    MI_Result result;

    if (argc < 6 || argc % 2 != 0) {
        return example_usage(argv[0], "CLASS PROPERTY VALUE KEY VALUE...");
    }
    result = example_connect(&application, &session);
    if (result != MI_RESULT_OK) {
        return example_failed("connect", result, NULL);
    }
    instance = example_key(&application, argv[1], argv + 4, argc - 4);
    result = instance != NULL ? example_add(instance, argv[2], argv[3], 0) : MI_RESULT_FAILED;
    int status = 1;
    if (result == MI_RESULT_OK) {
        MI_Session_ModifyInstance(&session, 0, NULL, MI_T("root/cimv2"), instance, NULL,
                                  &operation);
        status = example_results(&operation, argv[1]);
    } else {
        example_failed(argv[2], result, NULL);
    }
    if (instance != NULL) {
        MI_Instance_Delete(instance);
    }
    example_disconnect(&application, &session);
    return status;
}
