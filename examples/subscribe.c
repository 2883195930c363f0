/* The first few indications that a WQL query selects. Cancelling and draining the operation ends
 * the subscription on the server. */
#include "example.h"

int main(int argc, char **argv)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_SubscriptionDeliveryOptions delivery;
    const MI_Instance *indication = NULL;
    const MI_Char *message = NULL, *bookmark = NULL, *machine = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result, outcome = MI_RESULT_OK;
    int wanted;

    if (argc != 3 || (wanted = atoi(argv[2])) < 1) {
        return example_usage(argv[0], "QUERY COUNT");
    }
    result = example_connect(&application, &session);
    if (result != MI_RESULT_OK) {
        return example_failed("connect", result, NULL);
    }
    MI_Char *query = example_mi(argv[1]);
    result = MI_Application_NewSubscriptionDeliveryOptions(
        &application, MI_SubscriptionDeliveryType_Pull, &delivery);
    if (result == MI_RESULT_OK) {
        MI_Session_Subscribe(&session, 0, NULL, MI_T("root/cimv2"), MI_QUERY_DIALECT_WQL, query,
                             &delivery, NULL, &operation);
        MI_SubscriptionDeliveryOptions_Delete(&delivery);
    }
    while (more && result == MI_RESULT_OK) {
        result = MI_Operation_GetIndication(&operation, &indication, &bookmark, &machine, &more,
                                            &outcome, &message, NULL);
        if (result == MI_RESULT_OK && indication != NULL && wanted > 0) {
            example_print(indication);
            fflush(stdout);
            if (--wanted == 0) {
                MI_Operation_Cancel(&operation, MI_REASON_NONE);
            }
        }
    }
    outcome = result != MI_RESULT_OK ? result : outcome;
    /* After the cancel the last result says so; that is no failure here. */
    int status =
        wanted == 0 || outcome == MI_RESULT_OK ? 0 : example_failed("subscribe", outcome, message);
    MI_Operation_Close(&operation);
    free(query);
    example_disconnect(&application, &session);
    return status;
}
