#include "given.h"

MIC_TEST(operation_options, Delete_forwards)
{
    given_open();
    FORWARDS_VOID(MI_OperationOptions_Delete(&given.operation_options));
    LOGGED("OperationOptionsFT.Delete", "p", &given.operation_options);
    LOG_ENDS();
}

MIC_TEST(operation_options, SetWriteErrorMode_forwards)
{
    given_open();
    FORWARDS(MI_OperationOptions_SetWriteErrorMode(&given.operation_options, (MI_CallbackMode)1));
    LOGGED("OperationOptionsFT.SetNumber", "psuu", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_WRITEERRORMODE", (MI_Uint32)(MI_CallbackMode)1, 0U);
    LOG_ENDS();
}

MIC_TEST(operation_options, GetWriteErrorMode_forwards)
{
    POISONED(MI_CallbackMode, mode);

    given_open();
    FORWARDS(MI_OperationOptions_GetWriteErrorMode(&given.operation_options, &mode));
    LOGGED("OperationOptionsFT.GetNumber", "psooo", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_WRITEERRORMODE", &given, NULL, NULL);
    LOG_ENDS();
    OUT_NUMBER(mode, 5, 2);
}

MIC_TEST(operation_options, SetPromptUserMode_forwards)
{
    given_open();
    FORWARDS(MI_OperationOptions_SetPromptUserMode(&given.operation_options, (MI_CallbackMode)1));
    LOGGED("OperationOptionsFT.SetNumber", "psuu", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_PROMPTUSERMODE", (MI_Uint32)(MI_CallbackMode)1, 0U);
    LOG_ENDS();
}

MIC_TEST(operation_options, GetPromptUserMode_forwards)
{
    POISONED(MI_CallbackMode, mode);

    given_open();
    FORWARDS(MI_OperationOptions_GetPromptUserMode(&given.operation_options, &mode));
    LOGGED("OperationOptionsFT.GetNumber", "psooo", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_PROMPTUSERMODE", &given, NULL, NULL);
    LOG_ENDS();
    OUT_NUMBER(mode, 5, 2);
}

MIC_TEST(operation_options, SetPromptUserRegularMode_forwards)
{
    given_open();
    FORWARDS(MI_OperationOptions_SetPromptUserRegularMode(&given.operation_options,
                                                          (MI_CallbackMode)1, MI_TRUE));
    LOGGED("OperationOptionsFT.SetNumber", "psuu", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_PROMPTUSERMODE", (MI_Uint32)(MI_CallbackMode)1, 0U);
    LOGGED("OperationOptionsFT.SetNumber", "psuu", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_PROMPTUSERMODEREGULAR_ACKVALUE", (MI_Uint32)MI_TRUE, 0U);
    LOG_ENDS();
}

MIC_TEST(operation_options, GetPromptUserRegularMode_forwards)
{
    POISONED(MI_CallbackMode, mode);
    POISONED(MI_Boolean, ackValue);

    given_open();
    FORWARDS(
        MI_OperationOptions_GetPromptUserRegularMode(&given.operation_options, &mode, &ackValue));
    LOGGED("OperationOptionsFT.GetNumber", "psooo", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_PROMPTUSERMODE", &given, NULL, NULL);
    LOGGED("OperationOptionsFT.GetNumber", "psooo", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_PROMPTUSERMODEREGULAR_ACKVALUE", &given, NULL, NULL);
    LOG_ENDS();
    OUT_NUMBER(mode, 5, 2);
    OUT_TRUE(ackValue);
}

MIC_TEST(operation_options, SetProviderArchitecture_forwards)
{
    given_open();
    FORWARDS(MI_OperationOptions_SetProviderArchitecture(&given.operation_options,
                                                         (MI_ProviderArchitecture)1, MI_TRUE));
    LOGGED("OperationOptionsFT.SetNumber", "psuu", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_PROVIDER_ARCHITECTURE", (MI_Uint32)(MI_ProviderArchitecture)1,
           0U);
    LOGGED("OperationOptionsFT.SetNumber", "psuu", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_REQUIRED_ARCHITECTURE", (MI_Uint32)MI_TRUE, 0U);
    LOG_ENDS();
}

MIC_TEST(operation_options, GetProviderArchitecture_forwards)
{
    POISONED(MI_ProviderArchitecture, architecture);
    POISONED(MI_Boolean, mustComply);

    given_open();
    FORWARDS(MI_OperationOptions_GetProviderArchitecture(&given.operation_options, &architecture,
                                                         &mustComply));
    LOGGED("OperationOptionsFT.GetNumber", "psooo", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_PROVIDER_ARCHITECTURE", &given, NULL, NULL);
    LOGGED("OperationOptionsFT.GetNumber", "psooo", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_REQUIRED_ARCHITECTURE", &given, NULL, NULL);
    LOG_ENDS();
    OUT_NUMBER(architecture, 5, 2);
    OUT_TRUE(mustComply);
}

MIC_TEST(operation_options, EnableChannel_forwards)
{
    given_open();
    FORWARDS(MI_OperationOptions_EnableChannel(&given.operation_options, 22U));
    LOGGED("OperationOptionsFT.SetNumber", "psuu", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_CHANNEL", (MI_Uint32)22U, 0U);
    LOG_ENDS();
}

MIC_TEST(operation_options, DisableChannel_forwards)
{
    given_open();
    FORWARDS(MI_OperationOptions_DisableChannel(&given.operation_options, 22U));
    LOGGED("OperationOptionsFT.SetNumber", "psuu", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_CHANNEL", (MI_Uint32)22U, 1U);
    LOG_ENDS();
}

MIC_TEST(operation_options, GetEnabledChannels_forwards)
{
    POISONED(MI_Uint32, channels);
    POISONED(MI_Uint32, channelCount);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_OperationOptions_GetEnabledChannels(&given.operation_options, &channels, 33U,
                                                    &channelCount, &flags));
    LOGGED("OperationOptionsFT.GetEnabledChannels", "psouoo", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_CHANNEL", &channels, (MI_Uint32)33U, &channelCount, &flags);
    LOG_ENDS();
    OUT_LENGTH(channels, 9, 2);
    OUT_NUMBER(channelCount, 9, 4);
    OUT_NUMBER(flags, 9, 5);
}

MIC_TEST(operation_options, SetTimeout_forwards)
{
    given_open();
    FORWARDS(MI_OperationOptions_SetTimeout(&given.operation_options, &given.interval));
    LOGGED("OperationOptionsFT.SetInterval", "psiu", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_TIMEOUT", &given.interval, 0U);
    LOG_ENDS();
}

MIC_TEST(operation_options, GetTimeout_forwards)
{
    POISONED(MI_Interval, timeout);

    given_open();
    FORWARDS(MI_OperationOptions_GetTimeout(&given.operation_options, &timeout));
    LOGGED("OperationOptionsFT.GetInterval", "psooo", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_TIMEOUT", &timeout, NULL, NULL);
    LOG_ENDS();
    OUT_INTERVAL(timeout, 12, 2);
}

MIC_TEST(operation_options, SetResourceUriPrefix_forwards)
{
    given_open();
    FORWARDS(
        MI_OperationOptions_SetResourceUriPrefix(&given.operation_options, TEXT_IN("ruriPrefix")));
    LOGGED("OperationOptionsFT.SetString", "pssu", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_RESOURCE_URI_PREFIX", TEXT_IN("ruriPrefix"), 0U);
    LOG_ENDS();
}

MIC_TEST(operation_options, GetResourceUriPrefix_forwards)
{
    POISONED(const MI_Char *, ruriPrefix);

    given_open();
    FORWARDS(MI_OperationOptions_GetResourceUriPrefix(&given.operation_options, &ruriPrefix));
    LOGGED("OperationOptionsFT.GetString", "psooo", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_RESOURCE_URI_PREFIX", &ruriPrefix, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(ruriPrefix, "value");
}

MIC_TEST(operation_options, SetResourceUri_forwards)
{
    given_open();
    FORWARDS(MI_OperationOptions_SetResourceUri(&given.operation_options, TEXT_IN("rUri")));
    LOGGED("OperationOptionsFT.SetString", "pssu", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_RESOURCE_URI", TEXT_IN("rUri"), 0U);
    LOG_ENDS();
}

MIC_TEST(operation_options, GetResourceUri_forwards)
{
    POISONED(const MI_Char *, rUri);

    given_open();
    FORWARDS(MI_OperationOptions_GetResourceUri(&given.operation_options, &rUri));
    LOGGED("OperationOptionsFT.GetString", "psooo", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_RESOURCE_URI", &rUri, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(rUri, "value");
}

MIC_TEST(operation_options, SetUseMachineID_forwards)
{
    given_open();
    FORWARDS(MI_OperationOptions_SetUseMachineID(&given.operation_options, MI_TRUE));
    LOGGED("OperationOptionsFT.SetNumber", "psuu", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_USE_MACHINE_ID", (MI_Uint32)MI_TRUE, 0U);
    LOG_ENDS();
}

MIC_TEST(operation_options, GetUseMachineID_forwards)
{
    POISONED(MI_Boolean, machineID);

    given_open();
    FORWARDS(MI_OperationOptions_GetUseMachineID(&given.operation_options, &machineID));
    LOGGED("OperationOptionsFT.GetNumber", "psooo", &given.operation_options,
           L"__MI_OPERATIONOPTIONS_USE_MACHINE_ID", &given, NULL, NULL);
    LOG_ENDS();
    OUT_TRUE(machineID);
}

MIC_TEST(operation_options, SetCustomOption_forwards)
{
    given_open();
    FORWARDS(MI_OperationOptions_SetCustomOption(&given.operation_options, TEXT_IN("optionName"),
                                                 MI_STRING, &given.value, MI_TRUE));
    LOGGED("OperationOptionsFT.SetCustomOption", "psvbu", &given.operation_options,
           TEXT_IN("optionName"), (MI_Uint32)MI_STRING, &given.value, (MI_Uint32)MI_TRUE, 0U);
    LOG_ENDS();
}

MIC_TEST(operation_options, GetOptionCount_forwards)
{
    POISONED(MI_Uint32, count);

    given_open();
    FORWARDS(MI_OperationOptions_GetOptionCount(&given.operation_options, &count));
    LOGGED("OperationOptionsFT.GetOptionCount", "po", &given.operation_options, &count);
    LOG_ENDS();
    OUT_NUMBER(count, 6, 1);
}

MIC_TEST(operation_options, GetOptionAt_forwards)
{
    POISONED(const MI_Char *, optionName);
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_OperationOptions_GetOptionAt(&given.operation_options, 22U, &optionName, &value,
                                             &type, &flags));
    LOGGED("OperationOptionsFT.GetOptionAt", "puoooo", &given.operation_options, (MI_Uint32)22U,
           &optionName, &given, &type, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(flags, 7, 5);
}

MIC_TEST(operation_options, SetString_forwards)
{
    given_open();
    FORWARDS(MI_OperationOptions_SetString(&given.operation_options, TEXT_IN("optionName"),
                                           TEXT_IN("value"), 44U));
    LOGGED("OperationOptionsFT.SetString", "pssu", &given.operation_options, TEXT_IN("optionName"),
           TEXT_IN("value"), (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(operation_options, GetString_forwards)
{
    POISONED(const MI_Char *, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_OperationOptions_GetString(&given.operation_options, TEXT_IN("optionName"), &value,
                                           &index, &flags));
    LOGGED("OperationOptionsFT.GetString", "psooo", &given.operation_options, TEXT_IN("optionName"),
           &given, &index, &flags);
    LOG_ENDS();
    OUT_TEXT(value, "value");
    OUT_NUMBER(index, 4, 3);
    OUT_NUMBER(flags, 4, 4);
}

MIC_TEST(operation_options, SetNumber_forwards)
{
    given_open();
    FORWARDS(
        MI_OperationOptions_SetNumber(&given.operation_options, TEXT_IN("optionName"), 33U, 44U));
    LOGGED("OperationOptionsFT.SetNumber", "psuu", &given.operation_options, TEXT_IN("optionName"),
           (MI_Uint32)33U, (MI_Uint32)44U);
    LOG_ENDS();
}

MIC_TEST(operation_options, GetNumber_forwards)
{
    POISONED(MI_Uint32, value);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_OperationOptions_GetNumber(&given.operation_options, TEXT_IN("optionName"), &value,
                                           &index, &flags));
    LOGGED("OperationOptionsFT.GetNumber", "psooo", &given.operation_options, TEXT_IN("optionName"),
           &given, &index, &flags);
    LOG_ENDS();
    OUT_NUMBER(value, 5, 2);
    OUT_NUMBER(index, 5, 3);
    OUT_NUMBER(flags, 5, 4);
}

MIC_TEST(operation_options, GetOption_forwards)
{
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_OperationOptions_GetOption(&given.operation_options, TEXT_IN("optionName"), &value,
                                           &type, &index, &flags));
    LOGGED("OperationOptionsFT.GetOption", "psoooo", &given.operation_options,
           TEXT_IN("optionName"), &given, &type, &index, &flags);
    LOG_ENDS();
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(index, 8, 4);
    OUT_NUMBER(flags, 8, 5);
}

MIC_TEST(operation_options, Clone_forwards)
{
    POISONED(MI_OperationOptions, newOperationOptions);

    given_open();
    FORWARDS(MI_OperationOptions_Clone(&given.operation_options, &newOperationOptions));
    LOGGED("OperationOptionsFT.Clone", "po", &given.operation_options, &newOperationOptions);
    LOG_ENDS();
    OUT_HANDLE(newOperationOptions, 10, 1);
}
