/* One instance by its key. */
#include "example.h"

int main(int argc, char **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *key = NULL;
    const MI_Instance *instance = NULL;
    const MI_Char *message = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result, outcome = MI_RESULT_OK;
    MI_Value value;

    if (argc != 4) {
        return example_usage(argv[0], "CLASS KEY VALUE");
    }
    result = example_connect(&application, &session);
    if (result != MI_RESULT_OK) {
        return example_failed("connect", result, NULL);
    }
    MI_Char *class_name = example_mi(argv[1]), *key_name = example_mi(argv[2]);
    value.string = example_mi(argv[3]);
    outcome = MI_Application_NewInstance(&application, class_name, NULL, &key);
    if (outcome == MI_RESULT_OK) {
        outcome = MI_Instance_AddElement(key, key_name, &value, MI_STRING, MI_FLAG_KEY);
    }
    if (outcome == MI_RESULT_OK) {
        MI_Session_GetInstance(&session, 0, NULL, MI_T("root/cimv2"), key, NULL, &operation);
        result = MI_Operation_GetInstance(&operation, &instance, &more, &outcome, &message, NULL);
        outcome = result != MI_RESULT_OK ? result : outcome;
        if (instance != NULL) {
            example_print(instance);
        }
    }
    int status = outcome == MI_RESULT_OK ? 0 : example_failed(argv[1], outcome, message);
    MI_Operation_Close(&operation);
    if (key != NULL) {
        MI_Instance_Delete(key);
    }
    free(class_name);
    free(key_name);
    free(value.string);
    example_disconnect(&application, &session);
    return status;
}
