/* A class declaration: the names and types of its properties. */
#include "example.h"

int main(int argc, char **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Class *cls = NULL;
    const MI_Char *message = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result, outcome = MI_RESULT_OK;
    MI_Uint32 count = 0;

    if (argc != 2) {
        return example_usage(argv[0], "CLASS");
    }
    result = example_connect(&application, &session);
    if (result != MI_RESULT_OK) {
        return example_failed("connect", result, NULL);
    }
    MI_Char *class_name = example_mi(argv[1]);
    MI_Session_GetClass(&session, 0, NULL, MI_T("root/cimv2"), class_name, NULL, &operation);
    result = MI_Operation_GetClass(&operation, &cls, &more, &outcome, &message, NULL);
    outcome = result != MI_RESULT_OK ? result : outcome;
    if (cls != NULL) {
        (void)MI_Class_GetElementCount(cls, &count);
    }
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name = NULL;
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = 0;
        if (MI_Class_GetElementAt(cls, i, &name, NULL, NULL, &type, NULL, NULL, &flags) ==
            MI_RESULT_OK) {
            printf("%s MI_Type %2d  ", (flags & MI_FLAG_KEY) != 0 ? "key" : "   ", (int)type);
            example_put(name);
            putchar('\n');
        }
    }
    int status = outcome == MI_RESULT_OK ? 0 : example_failed(argv[1], outcome, message);
    MI_Operation_Close(&operation);
    free(class_name);
    example_disconnect(&application, &session);
    return status;
}
