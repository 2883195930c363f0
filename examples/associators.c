/* The instances that associations link to one instance, through any association. */
#include "example.h"

int main(int argc, char **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *key = NULL;
    MI_Result result;

    if (argc < 4 || argc % 2 != 0) {
        return example_usage(argv[0], "CLASS KEY VALUE...");
    }
    result = example_connect(&application, &session);
    if (result != MI_RESULT_OK) {
        return example_failed("connect", result, NULL);
    }
    key = example_key(&application, argv[1], argv + 2, argc - 2);
    MI_Session_AssociatorInstances(&session, 0, NULL, MI_T("root/cimv2"), key, NULL, NULL, NULL,
                                   NULL, MI_FALSE, NULL, &operation);
    int status = example_results(&operation, argv[1]);
    if (key != NULL) {
        MI_Instance_Delete(key);
    }
    example_disconnect(&application, &session);
    return status;
}
