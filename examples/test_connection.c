/* Does the server answer, and who is it? */
#include "example.h"

int main(int argc, char **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL;
    const MI_Char *message = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result, outcome = MI_RESULT_OK;

    if (argc != 1) {
        return example_usage(argv[0], "");
    }
    result = example_connect(&application, &session);
    if (result != MI_RESULT_OK) {
        return example_failed("connect", result, NULL);
    }
    MI_Session_TestConnection(&session, 0, NULL, &operation);
    result = MI_Operation_GetInstance(&operation, &instance, &more, &outcome, &message, NULL);
    outcome = result != MI_RESULT_OK ? result : outcome;
    if (instance != NULL) {
        example_print(instance);
    }
    int status = outcome == MI_RESULT_OK ? 0 : example_failed("test", outcome, message);
    MI_Operation_Close(&operation);
    example_disconnect(&application, &session);
    return status;
}
