/* The names of the subclasses of a class, or of the classes that have no parent. */
#include "example.h"

int main(int argc, char **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Class *cls = NULL;
    const MI_Char *message = NULL, *name = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result, outcome = MI_RESULT_OK;

    if (argc > 2) {
        return example_usage(argv[0], "[CLASS]");
    }
    result = example_connect(&application, &session);
    if (result != MI_RESULT_OK) {
        return example_failed("connect", result, NULL);
    }
    MI_Char *class_name = example_mi(argc > 1 ? argv[1] : NULL);
    MI_Session_EnumerateClasses(&session, MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW, NULL,
                                MI_T("root/cimv2"), class_name, MI_TRUE, NULL, &operation);
    while (more && result == MI_RESULT_OK) {
        result = MI_Operation_GetClass(&operation, &cls, &more, &outcome, &message, NULL);
        if (result == MI_RESULT_OK && cls != NULL &&
            MI_Class_GetClassName(cls, &name) == MI_RESULT_OK) {
            example_put(name);
            putchar('\n');
        }
    }
    outcome = result != MI_RESULT_OK ? result : outcome;
    int status = outcome == MI_RESULT_OK ? 0 : example_failed("classes", outcome, message);
    MI_Operation_Close(&operation);
    free(class_name);
    example_disconnect(&application, &session);
    return status;
}
