#include "given.h"

MIC_TEST(subscription_delivery_options, SetMaximumLatency_forwards)
{
    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_SetMaximumLatency(&given.subscription_options,
                                                              &given.interval));
    LOGGED("SubscriptionDeliveryOptionsFT.SetInterval", "psiu", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_MAXIMUM_LATENCY", &given.interval, 0U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, GetMaximumLatency_forwards)
{
    POISONED(MI_Interval, value);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetMaximumLatency(&given.subscription_options, &value));
    LOGGED("SubscriptionDeliveryOptionsFT.GetInterval", "psooo", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_MAXIMUM_LATENCY", &given, NULL, NULL);
    LOG_ENDS();
    OUT_INTERVAL(value, 9, 2);
}

MIC_TEST(subscription_delivery_options, SetHeartbeatInterval_forwards)
{
    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_SetHeartbeatInterval(&given.subscription_options,
                                                                 &given.interval));
    LOGGED("SubscriptionDeliveryOptionsFT.SetInterval", "psiu", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_HEARTBEAT_INTERVAL", &given.interval, 0U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, GetHeartbeatInterval_forwards)
{
    POISONED(MI_Interval, value);

    given_open();
    FORWARDS(
        MI_SubscriptionDeliveryOptions_GetHeartbeatInterval(&given.subscription_options, &value));
    LOGGED("SubscriptionDeliveryOptionsFT.GetInterval", "psooo", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_HEARTBEAT_INTERVAL", &given, NULL, NULL);
    LOG_ENDS();
    OUT_INTERVAL(value, 9, 2);
}

MIC_TEST(subscription_delivery_options, SetExpirationTime_forwards)
{
    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_SetExpirationTime(&given.subscription_options,
                                                              &given.datetime));
    LOGGED("SubscriptionDeliveryOptionsFT.SetDateTime", "psdu", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_EXPIRATION_TIME", &given.datetime, 0U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, GetExpirationTime_forwards)
{
    POISONED(MI_Datetime, value);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetExpirationTime(&given.subscription_options, &value));
    LOGGED("SubscriptionDeliveryOptionsFT.GetDateTime", "psooo", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_EXPIRATION_TIME", &given, NULL, NULL);
    LOG_ENDS();
    OUT_DATETIME(value, 8, 2);
}

MIC_TEST(subscription_delivery_options, SetBookmark_forwards)
{
    given_open();
    FORWARDS(
        MI_SubscriptionDeliveryOptions_SetBookmark(&given.subscription_options, TEXT_IN("value")));
    LOGGED("SubscriptionDeliveryOptionsFT.SetString", "pssu", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_BOOKMARK", TEXT_IN("value"), 0U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, GetBookmark_forwards)
{
    POISONED(const MI_Char *, value);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetBookmark(&given.subscription_options, &value));
    LOGGED("SubscriptionDeliveryOptionsFT.GetString", "psooo", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_BOOKMARK", &given, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(value, "value");
}

MIC_TEST(subscription_delivery_options, SetDeliveryDestination_forwards)
{
    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_SetDeliveryDestination(&given.subscription_options,
                                                                   TEXT_IN("value")));
    LOGGED("SubscriptionDeliveryOptionsFT.SetString", "pssu", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_DESTINATION", TEXT_IN("value"), 0U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, GetDeliveryDestination_forwards)
{
    POISONED(const MI_Char *, value);

    given_open();
    FORWARDS(
        MI_SubscriptionDeliveryOptions_GetDeliveryDestination(&given.subscription_options, &value));
    LOGGED("SubscriptionDeliveryOptionsFT.GetString", "psooo", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_DESTINATION", &given, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(value, "value");
}

MIC_TEST(subscription_delivery_options, SetDeliveryPortNumber_forwards)
{
    given_open();
    FORWARDS(
        MI_SubscriptionDeliveryOptions_SetDeliveryPortNumber(&given.subscription_options, 22U));
    LOGGED("SubscriptionDeliveryOptionsFT.SetNumber", "psuu", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_PORT_NUMBER", (MI_Uint32)22U, 0U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, GetDeliveryPortNumber_forwards)
{
    POISONED(MI_Uint32, value);

    given_open();
    FORWARDS(
        MI_SubscriptionDeliveryOptions_GetDeliveryPortNumber(&given.subscription_options, &value));
    LOGGED("SubscriptionDeliveryOptionsFT.GetNumber", "psooo", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_PORT_NUMBER", &given, NULL, NULL);
    LOG_ENDS();
    OUT_NUMBER(value, 7, 2);
}

MIC_TEST(subscription_delivery_options, AddDeliveryCredentials_forwards)
{
    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_AddDeliveryCredentials(&given.subscription_options,
                                                                   &given.credentials));
    LOGGED("SubscriptionDeliveryOptionsFT.AddCredentials", "pscu", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_ADD_DELIVERY_CREDENTIALS", &given.credentials, 0U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, SetDeliveryRetryInterval_forwards)
{
    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_SetDeliveryRetryInterval(&given.subscription_options,
                                                                     &given.interval));
    LOGGED("SubscriptionDeliveryOptionsFT.SetInterval", "psiu", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_INTERVAL", &given.interval, 0U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, GetDeliveryRetryInterval_forwards)
{
    POISONED(MI_Interval, value);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetDeliveryRetryInterval(&given.subscription_options,
                                                                     &value));
    LOGGED("SubscriptionDeliveryOptionsFT.GetInterval", "psooo", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_INTERVAL", &given, NULL, NULL);
    LOG_ENDS();
    OUT_INTERVAL(value, 9, 2);
}

MIC_TEST(subscription_delivery_options, SetDeliveryRetryAttempts_forwards)
{
    given_open();
    FORWARDS(
        MI_SubscriptionDeliveryOptions_SetDeliveryRetryAttempts(&given.subscription_options, 22U));
    LOGGED("SubscriptionDeliveryOptionsFT.SetNumber", "psuu", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_ATTEMPTS", (MI_Uint32)22U, 0U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, GetDeliveryRetryAttempts_forwards)
{
    POISONED(MI_Uint32, value);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetDeliveryRetryAttempts(&given.subscription_options,
                                                                     &value));
    LOGGED("SubscriptionDeliveryOptionsFT.GetNumber", "psooo", &given.subscription_options,
           L"__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_ATTEMPTS", &given, NULL, NULL);
    LOG_ENDS();
    OUT_NUMBER(value, 7, 2);
}

MIC_TEST(subscription_delivery_options, Delete_forwards)
{
    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_Delete(&given.subscription_options));
    LOGGED("SubscriptionDeliveryOptionsFT.Delete", "p", &given.subscription_options);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, SetString_forwards)
{
    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_SetString(
        &given.subscription_options, TEXT_IN("optionName"), TEXT_IN("value"), 44U));
    LOGGED("SubscriptionDeliveryOptionsFT.SetString", "pssu", &given.subscription_options,
           TEXT_IN("optionName"), TEXT_IN("value"), (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, SetNumber_forwards)
{
    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_SetNumber(&given.subscription_options,
                                                      TEXT_IN("optionName"), 33U, 44U));
    LOGGED("SubscriptionDeliveryOptionsFT.SetNumber", "psuu", &given.subscription_options,
           TEXT_IN("optionName"), (MI_Uint32)33U, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, SetDateTime_forwards)
{
    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_SetDateTime(
        &given.subscription_options, TEXT_IN("optionName"), &given.datetime, 44U));
    LOGGED("SubscriptionDeliveryOptionsFT.SetDateTime", "psdu", &given.subscription_options,
           TEXT_IN("optionName"), &given.datetime, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, SetInterval_forwards)
{
    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_SetInterval(
        &given.subscription_options, TEXT_IN("optionName"), &given.interval, 44U));
    LOGGED("SubscriptionDeliveryOptionsFT.SetInterval", "psiu", &given.subscription_options,
           TEXT_IN("optionName"), &given.interval, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(subscription_delivery_options, GetString_forwards)
{
    POISONED(const MI_Char *, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetString(
        &given.subscription_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetString", "psooo", &given.subscription_options,
           TEXT_IN("optionName"), &given, &index, &flags);
    LOG_ENDS();
    OUT_TEXT(value, "value");
    OUT_NUMBER(index, 6, 3);
    OUT_NUMBER(flags, 6, 4);
}

MIC_TEST(subscription_delivery_options, GetNumber_forwards)
{
    POISONED(MI_Uint32, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetNumber(
        &given.subscription_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetNumber", "psooo", &given.subscription_options,
           TEXT_IN("optionName"), &given, &index, &flags);
    LOG_ENDS();
    OUT_NUMBER(value, 7, 2);
    OUT_NUMBER(index, 7, 3);
    OUT_NUMBER(flags, 7, 4);
}

MIC_TEST(subscription_delivery_options, GetDateTime_forwards)
{
    POISONED(MI_Datetime, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetDateTime(
        &given.subscription_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetDateTime", "psooo", &given.subscription_options,
           TEXT_IN("optionName"), &given, &index, &flags);
    LOG_ENDS();
    OUT_DATETIME(value, 8, 2);
    OUT_NUMBER(index, 8, 3);
    OUT_NUMBER(flags, 8, 4);
}

MIC_TEST(subscription_delivery_options, GetInterval_forwards)
{
    POISONED(MI_Interval, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetInterval(
        &given.subscription_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetInterval", "psooo", &given.subscription_options,
           TEXT_IN("optionName"), &given, &index, &flags);
    LOG_ENDS();
    OUT_INTERVAL(value, 9, 2);
    OUT_NUMBER(index, 9, 3);
    OUT_NUMBER(flags, 9, 4);
}

MIC_TEST(subscription_delivery_options, GetOptionCount_forwards)
{
    POISONED(MI_Uint32, count);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetOptionCount(&given.subscription_options, &count));
    LOGGED("SubscriptionDeliveryOptionsFT.GetOptionCount", "po", &given.subscription_options,
           &count);
    LOG_ENDS();
    OUT_NUMBER(count, 10, 1);
}

MIC_TEST(subscription_delivery_options, GetOptionAt_forwards)
{
    POISONED(const MI_Char *, optionName);
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetOptionAt(&given.subscription_options, 22U,
                                                        &optionName, &value, &type, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetOptionAt", "puoooo", &given.subscription_options,
           (MI_Uint32)22U, &optionName, &given, &type, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(flags, 11, 5);
}

MIC_TEST(subscription_delivery_options, GetOption_forwards)
{
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetOption(
        &given.subscription_options, TEXT_IN("optionName"), &value, &type, &index, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetOption", "psoooo", &given.subscription_options,
           TEXT_IN("optionName"), &given, &type, &index, &flags);
    LOG_ENDS();
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(index, 12, 4);
    OUT_NUMBER(flags, 12, 5);
}

MIC_TEST(subscription_delivery_options, GetCredentialsCount_forwards)
{
    POISONED(MI_Uint32, count);

    given_open();
    FORWARDS(
        MI_SubscriptionDeliveryOptions_GetCredentialsCount(&given.subscription_options, &count));
    LOGGED("SubscriptionDeliveryOptionsFT.GetCredentialsCount", "po", &given.subscription_options,
           &count);
    LOG_ENDS();
    OUT_NUMBER(count, 13, 1);
}

MIC_TEST(subscription_delivery_options, GetCredentialsAt_forwards)
{
    POISONED(const MI_Char *, optionName);
    POISONED(MI_UserCredentials, credentials);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetCredentialsAt(&given.subscription_options, 22U,
                                                             &optionName, &credentials, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetCredentialsAt", "puooo", &given.subscription_options,
           (MI_Uint32)22U, &optionName, &credentials, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_CREDENTIALS(credentials);
    OUT_NUMBER(flags, 14, 4);
}

MIC_TEST(subscription_delivery_options, GetCredentialsPasswordAt_forwards)
{
    POISONED(const MI_Char *, optionName);
    MI_Char password[64] = {0};
    POISONED(MI_Uint32, passwordLength);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_GetCredentialsPasswordAt(
        &given.subscription_options, 22U, &optionName, password, 55U, &passwordLength, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetCredentialsPasswordAt", "puoouoo",
           &given.subscription_options, (MI_Uint32)22U, &optionName, password, (MI_Uint32)55U,
           &passwordLength, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_BUFFER(password, "password");
    OUT_NUMBER(passwordLength, 15, 5);
    OUT_NUMBER(flags, 15, 6);
}

MIC_TEST(subscription_delivery_options, Clone_forwards)
{
    POISONED(MI_SubscriptionDeliveryOptions, newSubscriptionDeliveryOptions);

    given_open();
    FORWARDS(MI_SubscriptionDeliveryOptions_Clone(&given.subscription_options,
                                                  &newSubscriptionDeliveryOptions));
    LOGGED("SubscriptionDeliveryOptionsFT.Clone", "po", &given.subscription_options,
           &newSubscriptionDeliveryOptions);
    LOG_ENDS();
    OUT_HANDLE(newSubscriptionDeliveryOptions, 16, 1);
}
