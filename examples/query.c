/* The instances that a WQL query selects. */
#include "example.h"

int main(int argc, char **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Result result;

    if (argc != 2) {
        return example_usage(argv[0], "\"SELECT ...\"");
    }
    result = example_connect(&application, &session);
    if (result != MI_RESULT_OK) {
        return example_failed("connect", result, NULL);
    }
    MI_Char *query = example_mi(argv[1]);
    MI_Session_QueryInstances(&session, 0, NULL, MI_T("root/cimv2"), MI_QUERY_DIALECT_WQL, query,
                              NULL, &operation);
    int status = example_results(&operation, "query");
    free(query);
    example_disconnect(&application, &session);
    return status;
}
