#include "given.h"

MIC_TEST(bootstrap_destination_options, Delete_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS_VOID(given.boot->destinationOptionsFT->Delete(&given.destination_options));
    LOGGED("DestinationOptionsFT.Delete", "p", &given.destination_options);
    LOG_ENDS();
}

MIC_TEST(bootstrap_destination_options, SetString_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->SetString(
        &given.destination_options, TEXT_IN("optionName"), TEXT_IN("value"), 44U));
    LOGGED("DestinationOptionsFT.SetString", "pssu", &given.destination_options,
           TEXT_IN("optionName"), TEXT_IN("value"), (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_destination_options, SetNumber_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->SetNumber(&given.destination_options,
                                                         TEXT_IN("optionName"), 33U, 44U));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           TEXT_IN("optionName"), (MI_Uint32)33U, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_destination_options, AddCredentials_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->AddCredentials(
        &given.destination_options, TEXT_IN("optionName"), &given.credentials, 44U));
    LOGGED("DestinationOptionsFT.AddCredentials", "pscu", &given.destination_options,
           TEXT_IN("optionName"), &given.credentials, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_destination_options, GetString_forwards_or_refuses)
{
    POISONED(const MI_Char *, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->GetString(
        &given.destination_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("DestinationOptionsFT.GetString", "psooo", &given.destination_options,
           TEXT_IN("optionName"), &given, &index, &flags);
    LOG_ENDS();
    OUT_TEXT(value, "value");
    OUT_NUMBER(index, 4, 3);
    OUT_NUMBER(flags, 4, 4);
}

MIC_TEST(bootstrap_destination_options, GetNumber_forwards_or_refuses)
{
    POISONED(MI_Uint32, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->GetNumber(
        &given.destination_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           TEXT_IN("optionName"), &given, &index, &flags);
    LOG_ENDS();
    OUT_NUMBER(value, 5, 2);
    OUT_NUMBER(index, 5, 3);
    OUT_NUMBER(flags, 5, 4);
}

MIC_TEST(bootstrap_destination_options, GetOptionCount_forwards_or_refuses)
{
    POISONED(MI_Uint32, count);

    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->GetOptionCount(&given.destination_options, &count));
    LOGGED("DestinationOptionsFT.GetOptionCount", "po", &given.destination_options, &count);
    LOG_ENDS();
    OUT_NUMBER(count, 6, 1);
}

MIC_TEST(bootstrap_destination_options, GetOptionAt_forwards_or_refuses)
{
    POISONED(const MI_Char *, optionName);
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->GetOptionAt(&given.destination_options, 22U,
                                                           &optionName, &value, &type, &flags));
    LOGGED("DestinationOptionsFT.GetOptionAt", "puoooo", &given.destination_options, (MI_Uint32)22U,
           &optionName, &given, &type, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(flags, 7, 5);
}

MIC_TEST(bootstrap_destination_options, GetOption_forwards_or_refuses)
{
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->GetOption(
        &given.destination_options, TEXT_IN("optionName"), &value, &type, &index, &flags));
    LOGGED("DestinationOptionsFT.GetOption", "psoooo", &given.destination_options,
           TEXT_IN("optionName"), &given, &type, &index, &flags);
    LOG_ENDS();
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(index, 8, 4);
    OUT_NUMBER(flags, 8, 5);
}

MIC_TEST(bootstrap_destination_options, GetCredentialsCount_forwards_or_refuses)
{
    POISONED(MI_Uint32, count);

    given_open_boot();
    FORWARDS(
        given.boot->destinationOptionsFT->GetCredentialsCount(&given.destination_options, &count));
    LOGGED("DestinationOptionsFT.GetCredentialsCount", "po", &given.destination_options, &count);
    LOG_ENDS();
    OUT_NUMBER(count, 9, 1);
}

MIC_TEST(bootstrap_destination_options, GetCredentialsAt_forwards_or_refuses)
{
    POISONED(const MI_Char *, optionName);
    POISONED(MI_UserCredentials, credentials);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->GetCredentialsAt(&given.destination_options, 22U,
                                                                &optionName, &credentials, &flags));
    LOGGED("DestinationOptionsFT.GetCredentialsAt", "puooo", &given.destination_options,
           (MI_Uint32)22U, &optionName, &credentials, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_CREDENTIALS(credentials);
    OUT_NUMBER(flags, 10, 4);
}

MIC_TEST(bootstrap_destination_options, GetCredentialsPasswordAt_forwards_or_refuses)
{
    POISONED(const MI_Char *, optionName);
    MI_Char password[64] = {0};
    POISONED(MI_Uint32, passwordLength);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->GetCredentialsPasswordAt(
        &given.destination_options, 22U, &optionName, password, 55U, &passwordLength, &flags));
    LOGGED("DestinationOptionsFT.GetCredentialsPasswordAt", "puoouoo", &given.destination_options,
           (MI_Uint32)22U, &optionName, password, (MI_Uint32)55U, &passwordLength, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_BUFFER(password, "password");
    OUT_NUMBER(passwordLength, 11, 5);
    OUT_NUMBER(flags, 11, 6);
}

MIC_TEST(bootstrap_destination_options, Clone_forwards_or_refuses)
{
    POISONED(MI_DestinationOptions, newDestinationOptions);

    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->Clone(&given.destination_options,
                                                     &newDestinationOptions));
    LOGGED("DestinationOptionsFT.Clone", "po", &given.destination_options, &newDestinationOptions);
    LOG_ENDS();
    OUT_HANDLE(newDestinationOptions, 12, 1);
}

MIC_TEST(bootstrap_destination_options, SetInterval_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->SetInterval(
        &given.destination_options, TEXT_IN("optionName"), &given.interval, 44U));
    LOGGED("DestinationOptionsFT.SetInterval", "psiu", &given.destination_options,
           TEXT_IN("optionName"), &given.interval, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_destination_options, GetInterval_forwards_or_refuses)
{
    POISONED(MI_Interval, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->destinationOptionsFT->GetInterval(
        &given.destination_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("DestinationOptionsFT.GetInterval", "psooo", &given.destination_options,
           TEXT_IN("optionName"), &given, &index, &flags);
    LOG_ENDS();
    OUT_INTERVAL(value, 14, 2);
    OUT_NUMBER(index, 14, 3);
    OUT_NUMBER(flags, 14, 4);
}

MIC_TEST(bootstrap_operation_options, Delete_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS_VOID(given.boot->operationOptionsFT->Delete(&given.operation_options));
    LOGGED("OperationOptionsFT.Delete", "p", &given.operation_options);
    LOG_ENDS();
}

MIC_TEST(bootstrap_operation_options, SetString_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->operationOptionsFT->SetString(
        &given.operation_options, TEXT_IN("optionName"), TEXT_IN("value"), 44U));
    LOGGED("OperationOptionsFT.SetString", "pssu", &given.operation_options, TEXT_IN("optionName"),
           TEXT_IN("value"), (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_operation_options, SetNumber_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->operationOptionsFT->SetNumber(&given.operation_options,
                                                       TEXT_IN("optionName"), 33U, 44U));
    LOGGED("OperationOptionsFT.SetNumber", "psuu", &given.operation_options, TEXT_IN("optionName"),
           (MI_Uint32)33U, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_operation_options, SetCustomOption_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->operationOptionsFT->SetCustomOption(
        &given.operation_options, TEXT_IN("optionName"), MI_STRING, &given.value, MI_TRUE, 66U));
    LOGGED("OperationOptionsFT.SetCustomOption", "psvbu", &given.operation_options,
           TEXT_IN("optionName"), (MI_Uint32)MI_STRING, &given.value, (MI_Uint32)MI_TRUE,
           (MI_Uint32)66U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_operation_options, GetString_forwards_or_refuses)
{
    POISONED(const MI_Char *, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->operationOptionsFT->GetString(
        &given.operation_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("OperationOptionsFT.GetString", "psooo", &given.operation_options, TEXT_IN("optionName"),
           &given, &index, &flags);
    LOG_ENDS();
    OUT_TEXT(value, "value");
    OUT_NUMBER(index, 4, 3);
    OUT_NUMBER(flags, 4, 4);
}

MIC_TEST(bootstrap_operation_options, GetNumber_forwards_or_refuses)
{
    POISONED(MI_Uint32, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->operationOptionsFT->GetNumber(
        &given.operation_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("OperationOptionsFT.GetNumber", "psooo", &given.operation_options, TEXT_IN("optionName"),
           &given, &index, &flags);
    LOG_ENDS();
    OUT_NUMBER(value, 5, 2);
    OUT_NUMBER(index, 5, 3);
    OUT_NUMBER(flags, 5, 4);
}

MIC_TEST(bootstrap_operation_options, GetOptionCount_forwards_or_refuses)
{
    POISONED(MI_Uint32, count);

    given_open_boot();
    FORWARDS(given.boot->operationOptionsFT->GetOptionCount(&given.operation_options, &count));
    LOGGED("OperationOptionsFT.GetOptionCount", "po", &given.operation_options, &count);
    LOG_ENDS();
    OUT_NUMBER(count, 6, 1);
}

MIC_TEST(bootstrap_operation_options, GetOptionAt_forwards_or_refuses)
{
    POISONED(const MI_Char *, optionName);
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->operationOptionsFT->GetOptionAt(&given.operation_options, 22U, &optionName,
                                                         &value, &type, &flags));
    LOGGED("OperationOptionsFT.GetOptionAt", "puoooo", &given.operation_options, (MI_Uint32)22U,
           &optionName, &given, &type, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(flags, 7, 5);
}

MIC_TEST(bootstrap_operation_options, GetOption_forwards_or_refuses)
{
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->operationOptionsFT->GetOption(
        &given.operation_options, TEXT_IN("optionName"), &value, &type, &index, &flags));
    LOGGED("OperationOptionsFT.GetOption", "psoooo", &given.operation_options,
           TEXT_IN("optionName"), &given, &type, &index, &flags);
    LOG_ENDS();
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(index, 8, 4);
    OUT_NUMBER(flags, 8, 5);
}

MIC_TEST(bootstrap_operation_options, GetEnabledChannels_forwards_or_refuses)
{
    POISONED(MI_Uint32, channels);
    POISONED(MI_Uint32, channelCount);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->operationOptionsFT->GetEnabledChannels(
        &given.operation_options, TEXT_IN("optionName"), &channels, 44U, &channelCount, &flags));
    LOGGED("OperationOptionsFT.GetEnabledChannels", "psouoo", &given.operation_options,
           TEXT_IN("optionName"), &channels, (MI_Uint32)44U, &channelCount, &flags);
    LOG_ENDS();
    OUT_LENGTH(channels, 9, 2);
    OUT_NUMBER(channelCount, 9, 4);
    OUT_NUMBER(flags, 9, 5);
}

MIC_TEST(bootstrap_operation_options, Clone_forwards_or_refuses)
{
    POISONED(MI_OperationOptions, newOperationOptions);

    given_open_boot();
    FORWARDS(given.boot->operationOptionsFT->Clone(&given.operation_options, &newOperationOptions));
    LOGGED("OperationOptionsFT.Clone", "po", &given.operation_options, &newOperationOptions);
    LOG_ENDS();
    OUT_HANDLE(newOperationOptions, 10, 1);
}

MIC_TEST(bootstrap_operation_options, SetInterval_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->operationOptionsFT->SetInterval(
        &given.operation_options, TEXT_IN("optionName"), &given.interval, 44U));
    LOGGED("OperationOptionsFT.SetInterval", "psiu", &given.operation_options,
           TEXT_IN("optionName"), &given.interval, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_operation_options, GetInterval_forwards_or_refuses)
{
    POISONED(MI_Interval, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->operationOptionsFT->GetInterval(
        &given.operation_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("OperationOptionsFT.GetInterval", "psooo", &given.operation_options,
           TEXT_IN("optionName"), &given, &index, &flags);
    LOG_ENDS();
    OUT_INTERVAL(value, 12, 2);
    OUT_NUMBER(index, 12, 3);
    OUT_NUMBER(flags, 12, 4);
}

MIC_TEST(bootstrap_subscription_options, SetString_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->SetString(
        &given.subscription_options, TEXT_IN("optionName"), TEXT_IN("value"), 44U));
    LOGGED("SubscriptionDeliveryOptionsFT.SetString", "pssu", &given.subscription_options,
           TEXT_IN("optionName"), TEXT_IN("value"), (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_subscription_options, SetNumber_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->SetNumber(&given.subscription_options,
                                                               TEXT_IN("optionName"), 33U, 44U));
    LOGGED("SubscriptionDeliveryOptionsFT.SetNumber", "psuu", &given.subscription_options,
           TEXT_IN("optionName"), (MI_Uint32)33U, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_subscription_options, SetDateTime_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->SetDateTime(
        &given.subscription_options, TEXT_IN("optionName"), &given.datetime, 44U));
    LOGGED("SubscriptionDeliveryOptionsFT.SetDateTime", "psdu", &given.subscription_options,
           TEXT_IN("optionName"), &given.datetime, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_subscription_options, SetInterval_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->SetInterval(
        &given.subscription_options, TEXT_IN("optionName"), &given.interval, 44U));
    LOGGED("SubscriptionDeliveryOptionsFT.SetInterval", "psiu", &given.subscription_options,
           TEXT_IN("optionName"), &given.interval, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_subscription_options, AddCredentials_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->AddCredentials(
        &given.subscription_options, TEXT_IN("optionName"), &given.credentials, 44U));
    LOGGED("SubscriptionDeliveryOptionsFT.AddCredentials", "pscu", &given.subscription_options,
           TEXT_IN("optionName"), &given.credentials, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_subscription_options, Delete_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->Delete(&given.subscription_options));
    LOGGED("SubscriptionDeliveryOptionsFT.Delete", "p", &given.subscription_options);
    LOG_ENDS();
}

MIC_TEST(bootstrap_subscription_options, GetString_forwards_or_refuses)
{
    POISONED(const MI_Char *, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->GetString(
        &given.subscription_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetString", "psooo", &given.subscription_options,
           TEXT_IN("optionName"), &given, &index, &flags);
    LOG_ENDS();
    OUT_TEXT(value, "value");
    OUT_NUMBER(index, 6, 3);
    OUT_NUMBER(flags, 6, 4);
}

MIC_TEST(bootstrap_subscription_options, GetNumber_forwards_or_refuses)
{
    POISONED(MI_Uint32, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->GetNumber(
        &given.subscription_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetNumber", "psooo", &given.subscription_options,
           TEXT_IN("optionName"), &given, &index, &flags);
    LOG_ENDS();
    OUT_NUMBER(value, 7, 2);
    OUT_NUMBER(index, 7, 3);
    OUT_NUMBER(flags, 7, 4);
}

MIC_TEST(bootstrap_subscription_options, GetDateTime_forwards_or_refuses)
{
    POISONED(MI_Datetime, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->GetDateTime(
        &given.subscription_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetDateTime", "psooo", &given.subscription_options,
           TEXT_IN("optionName"), &given, &index, &flags);
    LOG_ENDS();
    OUT_DATETIME(value, 8, 2);
    OUT_NUMBER(index, 8, 3);
    OUT_NUMBER(flags, 8, 4);
}

MIC_TEST(bootstrap_subscription_options, GetInterval_forwards_or_refuses)
{
    POISONED(MI_Interval, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->GetInterval(
        &given.subscription_options, TEXT_IN("optionName"), &value, &index, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetInterval", "psooo", &given.subscription_options,
           TEXT_IN("optionName"), &given, &index, &flags);
    LOG_ENDS();
    OUT_INTERVAL(value, 9, 2);
    OUT_NUMBER(index, 9, 3);
    OUT_NUMBER(flags, 9, 4);
}

MIC_TEST(bootstrap_subscription_options, GetOptionCount_forwards_or_refuses)
{
    POISONED(MI_Uint32, count);

    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->GetOptionCount(&given.subscription_options,
                                                                    &count));
    LOGGED("SubscriptionDeliveryOptionsFT.GetOptionCount", "po", &given.subscription_options,
           &count);
    LOG_ENDS();
    OUT_NUMBER(count, 10, 1);
}

MIC_TEST(bootstrap_subscription_options, GetOptionAt_forwards_or_refuses)
{
    POISONED(const MI_Char *, optionName);
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->GetOptionAt(
        &given.subscription_options, 22U, &optionName, &value, &type, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetOptionAt", "puoooo", &given.subscription_options,
           (MI_Uint32)22U, &optionName, &given, &type, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(flags, 11, 5);
}

MIC_TEST(bootstrap_subscription_options, GetOption_forwards_or_refuses)
{
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->GetOption(
        &given.subscription_options, TEXT_IN("optionName"), &value, &type, &index, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetOption", "psoooo", &given.subscription_options,
           TEXT_IN("optionName"), &given, &type, &index, &flags);
    LOG_ENDS();
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(index, 12, 4);
    OUT_NUMBER(flags, 12, 5);
}

MIC_TEST(bootstrap_subscription_options, GetCredentialsCount_forwards_or_refuses)
{
    POISONED(MI_Uint32, count);

    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->GetCredentialsCount(
        &given.subscription_options, &count));
    LOGGED("SubscriptionDeliveryOptionsFT.GetCredentialsCount", "po", &given.subscription_options,
           &count);
    LOG_ENDS();
    OUT_NUMBER(count, 13, 1);
}

MIC_TEST(bootstrap_subscription_options, GetCredentialsAt_forwards_or_refuses)
{
    POISONED(const MI_Char *, optionName);
    POISONED(MI_UserCredentials, credentials);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->GetCredentialsAt(
        &given.subscription_options, 22U, &optionName, &credentials, &flags));
    LOGGED("SubscriptionDeliveryOptionsFT.GetCredentialsAt", "puooo", &given.subscription_options,
           (MI_Uint32)22U, &optionName, &credentials, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_CREDENTIALS(credentials);
    OUT_NUMBER(flags, 14, 4);
}

MIC_TEST(bootstrap_subscription_options, GetCredentialsPasswordAt_forwards_or_refuses)
{
    POISONED(const MI_Char *, optionName);
    MI_Char password[64] = {0};
    POISONED(MI_Uint32, passwordLength);
    POISONED(MI_Uint32, flags);

    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->GetCredentialsPasswordAt(
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

MIC_TEST(bootstrap_subscription_options, Clone_forwards_or_refuses)
{
    POISONED(MI_SubscriptionDeliveryOptions, newSubscriptionDeliveryOptions);

    given_open_boot();
    FORWARDS(given.boot->subscribeDeliveryOptionsFT->Clone(&given.subscription_options,
                                                           &newSubscriptionDeliveryOptions));
    LOGGED("SubscriptionDeliveryOptionsFT.Clone", "po", &given.subscription_options,
           &newSubscriptionDeliveryOptions);
    LOG_ENDS();
    OUT_HANDLE(newSubscriptionDeliveryOptions, 16, 1);
}
