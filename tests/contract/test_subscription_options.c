/* MI_SubscriptionDeliveryOptions: what every platform promises. */
#include "contract.h"

static void open_options(MI_Application *application, MI_SubscriptionDeliveryOptions *options)
{
    contract_open(application);
    MIC_REQUIRE(MI_Application_NewSubscriptionDeliveryOptions(
                    application, MI_SubscriptionDeliveryType_Pull, options) == MI_RESULT_OK);
}

MIC_TEST(subscription_options, each_setting_comes_back)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_SubscriptionDeliveryOptions options = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL;
    MI_Interval interval, given;
    MI_Datetime datetime, moment;
    const MI_Char *text = NULL;
    MI_Uint32 number = 0;

    open_options(&application, &options);
    memset(&given, 0, sizeof(given));
    given.seconds = 5;
#define INTERVAL(name)                                                                             \
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_Set##name(&options, &given), MI_RESULT_OK);       \
    memset(&interval, 0xFF, sizeof(interval));                                                     \
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_Get##name(&options, &interval), MI_RESULT_OK);    \
    MIC_CHECK_BYTES(&interval, sizeof(interval), &given, sizeof(given))
    INTERVAL(MaximumLatency);
    INTERVAL(HeartbeatInterval);
    INTERVAL(DeliveryRetryInterval);
#undef INTERVAL
    memset(&moment, 0, sizeof(moment));
    moment.isTimestamp = 1;
    moment.u.timestamp.year = 2030;
    moment.u.timestamp.month = 1;
    moment.u.timestamp.day = 31;
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_SetExpirationTime(&options, &moment),
                  MI_RESULT_OK);
    memset(&datetime, 0, sizeof(datetime));
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_GetExpirationTime(&options, &datetime),
                  MI_RESULT_OK);
    MIC_CHECK_BYTES(&datetime, sizeof(datetime), &moment, sizeof(moment));
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_SetDateTime(&options, MI_T("When"), &moment, 0),
                  MI_RESULT_OK);
    MIC_CHECK_INT(
        MI_SubscriptionDeliveryOptions_GetInterval(&options, MI_T("When"), &interval, NULL, NULL),
        MI_RESULT_TYPE_MISMATCH);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_SetBookmark(&options, MI_T("<b/>")), MI_RESULT_OK);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_GetBookmark(&options, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, MI_T("<b/>"));
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_SetDeliveryDestination(&options, MI_T("h")),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_GetDeliveryDestination(&options, &text),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(text, MI_T("h"));
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_SetDeliveryPortNumber(&options, 80), MI_RESULT_OK);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_GetDeliveryPortNumber(&options, &number),
                  MI_RESULT_OK);
    MIC_CHECK_INT(number, 80);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_SetDeliveryRetryAttempts(&options, 3),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_GetDeliveryRetryAttempts(&options, &number),
                  MI_RESULT_OK);
    MIC_CHECK_INT(number, 3);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_Delete(&options), MI_RESULT_OK);
    contract_close(&application);
}

MIC_TEST(subscription_options, generic_access_credentials_and_clone)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_SubscriptionDeliveryOptions options = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL;
    MI_SubscriptionDeliveryOptions clone = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL;
    MI_UserCredentials credentials, out;
    MI_Char password[8];
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 count = 0, length = 0, index = 9;
    const MI_Char *name = NULL;

    open_options(&application, &options);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_SetString(&options, MI_T("A"), MI_T("x"), 0),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_SetNumber(&options, MI_T("B"), 4, 0),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_SetNumber(&options, MI_T("B"), 4, 2),
                  MI_RESULT_INVALID_PARAMETER);
    memset(&credentials, 0, sizeof(credentials));
    credentials.authenticationType = MI_AUTH_TYPE_BASIC;
    credentials.credentials.usernamePassword.username = MI_T("me");
    credentials.credentials.usernamePassword.password = MI_T("pw");
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_AddDeliveryCredentials(&options, &credentials),
                  MI_RESULT_OK);
    MIC_REQUIRE(MI_SubscriptionDeliveryOptions_Clone(&options, &clone) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_Delete(&options), MI_RESULT_OK);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_GetOptionCount(&clone, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 2);
    MIC_CHECK_INT(
        MI_SubscriptionDeliveryOptions_GetOption(&clone, MI_T("b"), &value, &type, &index, NULL),
        MI_RESULT_OK);
    MIC_CHECK_INT(value.uint32, 4);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_GetOptionAt(&clone, 0, &name, &value, &type, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("A"));
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_GetCredentialsCount(&clone, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 1);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_GetCredentialsAt(&clone, 0, &name, &out, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_ADD_DELIVERY_CREDENTIALS"));
    MIC_CHECK_TEXT(out.credentials.usernamePassword.password, MI_T("******"));
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_GetCredentialsPasswordAt(
                      &clone, 0, &name, password, 8, &length, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT((const MI_Char *)password, MI_T("pw"));
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_Delete(&clone), MI_RESULT_OK);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_Delete(&clone), MI_RESULT_INVALID_PARAMETER);
    contract_close(&application);
}

MIC_TEST(subscription_options, an_unknown_delivery_type_is_refused)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_SubscriptionDeliveryOptions options = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL;

    contract_open(&application);
    MIC_CHECK_INT(MI_Application_NewSubscriptionDeliveryOptions(
                      &application, (MI_SubscriptionDeliveryType)7, &options),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(options.ft == NULL);
    contract_close(&application);
}
