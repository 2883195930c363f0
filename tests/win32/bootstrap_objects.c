#include "given.h"

MIC_TEST(bootstrap_application, Close_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->applicationFT->Close(&given.application));
    LOGGED("ApplicationFT.Close", "p", &given.application);
    LOG_ENDS();
}

MIC_TEST(bootstrap_application, NewSession_forwards_or_refuses)
{
    POISONED(MI_Instance *, extendedError);
    POISONED(MI_Session, session);

    given_open_boot();
    FORWARDS(given.boot->applicationFT->NewSession(
        &given.application, TEXT_IN("protocol"), TEXT_IN("destination"), &given.destination_options,
        &given.session_callbacks, &extendedError, &session));
    LOGGED("ApplicationFT.NewSession", "pssppoo", &given.application, TEXT_IN("protocol"),
           TEXT_IN("destination"), &given.destination_options, &given.session_callbacks,
           &extendedError, &session);
    LOG_ENDS();
    OUT_ERROR(extendedError);
    OUT_HANDLE(session, 1, 6);
}

MIC_TEST(bootstrap_application, NewHostedProvider_forwards_or_refuses)
{
    POISONED(MI_Instance *, extendedError);
    POISONED(MI_HostedProvider, provider);

    given_open_boot();
    FORWARDS(given.boot->applicationFT->NewHostedProvider(
        &given.application, TEXT_IN("namespaceName"), TEXT_IN("providerName"), given_main,
        &extendedError, &provider));
    LOGGED("ApplicationFT.NewHostedProvider", "pssooo", &given.application,
           TEXT_IN("namespaceName"), TEXT_IN("providerName"), (const void *)(ptrdiff_t)given_main,
           &extendedError, &provider);
    LOG_ENDS();
    OUT_ERROR(extendedError);
    OUT_HANDLE(provider, 2, 5);
}

MIC_TEST(bootstrap_application, NewInstance_forwards_or_refuses)
{
    POISONED(MI_Instance *, instance);

    given_open_boot();
    FORWARDS(given.boot->applicationFT->NewInstance(&given.application, TEXT_IN("className"),
                                                    &given.class_decl, &instance));
    LOGGED("ApplicationFT.NewInstance", "pspo", &given.application, TEXT_IN("className"),
           &given.class_decl, &instance);
    LOG_ENDS();
    OUT_OBJECT(instance, instance);
}

MIC_TEST(bootstrap_application, NewDestinationOptions_forwards_or_refuses)
{
    POISONED(MI_DestinationOptions, options);

    given_open_boot();
    FORWARDS(given.boot->applicationFT->NewDestinationOptions(&given.application, &options));
    LOGGED("ApplicationFT.NewDestinationOptions", "po", &given.application, &options);
    LOG_ENDS();
    OUT_HANDLE(options, 4, 1);
}

MIC_TEST(bootstrap_application, NewOperationOptions_forwards_or_refuses)
{
    POISONED(MI_OperationOptions, options);

    given_open_boot();
    FORWARDS(given.boot->applicationFT->NewOperationOptions(&given.application, MI_TRUE, &options));
    LOGGED("ApplicationFT.NewOperationOptions", "pbo", &given.application, (MI_Uint32)MI_TRUE,
           &options);
    LOG_ENDS();
    OUT_HANDLE(options, 5, 2);
}

MIC_TEST(bootstrap_application, NewSubscriptionDeliveryOptions_forwards_or_refuses)
{
    POISONED(MI_SubscriptionDeliveryOptions, deliveryOptions);

    given_open_boot();
    FORWARDS(given.boot->applicationFT->NewSubscriptionDeliveryOptions(
        &given.application, (MI_SubscriptionDeliveryType)1, &deliveryOptions));
    LOGGED("ApplicationFT.NewSubscriptionDeliveryOptions", "puo", &given.application,
           (MI_Uint32)(MI_SubscriptionDeliveryType)1, &deliveryOptions);
    LOG_ENDS();
    OUT_HANDLE(deliveryOptions, 6, 2);
}

MIC_TEST(bootstrap_application, NewSerializer_forwards_or_refuses)
{
    POISONED(MI_Serializer, serializer);

    given_open_boot();
    FORWARDS(
        given.boot->applicationFT->NewSerializer(&given.application, 22U, given.text, &serializer));
    LOGGED("ApplicationFT.NewSerializer", "puso", &given.application, (MI_Uint32)22U, given.text,
           &serializer);
    LOG_ENDS();
    OUT_HANDLE(serializer, 7, 3);
}

MIC_TEST(bootstrap_application, NewDeserializer_forwards_or_refuses)
{
    POISONED(MI_Deserializer, deserializer);

    given_open_boot();
    FORWARDS(given.boot->applicationFT->NewDeserializer(&given.application, 22U, given.text,
                                                        &deserializer));
    LOGGED("ApplicationFT.NewDeserializer", "puso", &given.application, (MI_Uint32)22U, given.text,
           &deserializer);
    LOG_ENDS();
    OUT_HANDLE(deserializer, 8, 3);
}

MIC_TEST(bootstrap_application, NewInstanceFromClass_forwards_or_refuses)
{
    POISONED(MI_Instance *, instance);

    given_open_boot();
    FORWARDS(given.boot->applicationFT->NewInstanceFromClass(
        &given.application, TEXT_IN("className"), given.class_object, &instance));
    LOGGED("ApplicationFT.NewInstanceFromClass", "pspo", &given.application, TEXT_IN("className"),
           given.class_object, &instance);
    LOG_ENDS();
    OUT_OBJECT(instance, instance);
}

MIC_TEST(bootstrap_application, NewClass_forwards_or_refuses)
{
    POISONED(MI_Class *, classObject);

    given_open_boot();
    FORWARDS(given.boot->applicationFT->NewClass(&given.application, &given.class_decl,
                                                 TEXT_IN("namespaceName"), TEXT_IN("serverName"),
                                                 &classObject));
    LOGGED("ApplicationFT.NewClass", "ppsso", &given.application, &given.class_decl,
           TEXT_IN("namespaceName"), TEXT_IN("serverName"), &classObject);
    LOG_ENDS();
    OUT_OBJECT(classObject, class_object);
}

MIC_TEST(bootstrap_session, Close_forwards_or_refuses)
{
    int completions = 0;

    given_open_boot();
    FORWARDS(given.boot->sessionFT->Close(&given.session, &completions, given_completion));
    LOGGED("SessionFT.Close", "ppo", &given.session, &completions,
           (const void *)(ptrdiff_t)given_completion);
    LOG_ENDS();
    MIC_CHECK_INT(completions, given.standin ? 2 : 1);
}

MIC_TEST(bootstrap_session, GetApplication_forwards_or_refuses)
{
    POISONED(MI_Application, application);

    given_open_boot();
    FORWARDS(given.boot->sessionFT->GetApplication(&given.session, &application));
    LOGGED("SessionFT.GetApplication", "po", &given.session, &application);
    LOG_ENDS();
    OUT_HANDLE(application, 1, 1);
}

MIC_TEST(bootstrap_session, GetInstance_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(given.boot->sessionFT->GetInstance(&given.session, 22U, &given.operation_options,
                                                     TEXT_IN("namespaceName"), given.instance,
                                                     &given.callbacks, &operation));
    LOGGED("SessionFT.GetInstance", "pupsppo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), given.instance, &given.callbacks,
           &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 2, 6);
}

MIC_TEST(bootstrap_session, ModifyInstance_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(given.boot->sessionFT->ModifyInstance(
        &given.session, 22U, &given.operation_options, TEXT_IN("namespaceName"), given.instance,
        &given.callbacks, &operation));
    LOGGED("SessionFT.ModifyInstance", "pupsppo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), given.instance, &given.callbacks,
           &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 3, 6);
}

MIC_TEST(bootstrap_session, CreateInstance_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(given.boot->sessionFT->CreateInstance(
        &given.session, 22U, &given.operation_options, TEXT_IN("namespaceName"), given.instance,
        &given.callbacks, &operation));
    LOGGED("SessionFT.CreateInstance", "pupsppo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), given.instance, &given.callbacks,
           &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 4, 6);
}

MIC_TEST(bootstrap_session, DeleteInstance_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(given.boot->sessionFT->DeleteInstance(
        &given.session, 22U, &given.operation_options, TEXT_IN("namespaceName"), given.instance,
        &given.callbacks, &operation));
    LOGGED("SessionFT.DeleteInstance", "pupsppo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), given.instance, &given.callbacks,
           &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 5, 6);
}

MIC_TEST(bootstrap_session, Invoke_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(given.boot->sessionFT->Invoke(&given.session, 22U, &given.operation_options,
                                                TEXT_IN("namespaceName"), TEXT_IN("className"),
                                                TEXT_IN("methodName"), given.instance,
                                                given.instance, &given.callbacks, &operation));
    LOGGED("SessionFT.Invoke", "pupssspppo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), TEXT_IN("className"),
           TEXT_IN("methodName"), given.instance, given.instance, &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 6, 9);
}

MIC_TEST(bootstrap_session, EnumerateInstances_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(given.boot->sessionFT->EnumerateInstances(
        &given.session, 22U, &given.operation_options, TEXT_IN("namespaceName"),
        TEXT_IN("className"), MI_TRUE, &given.callbacks, &operation));
    LOGGED("SessionFT.EnumerateInstances", "pupssbpo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), TEXT_IN("className"),
           (MI_Uint32)MI_TRUE, &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 7, 7);
}

MIC_TEST(bootstrap_session, QueryInstances_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(given.boot->sessionFT->QueryInstances(
        &given.session, 22U, &given.operation_options, TEXT_IN("namespaceName"),
        TEXT_IN("queryDialect"), TEXT_IN("queryExpression"), &given.callbacks, &operation));
    LOGGED("SessionFT.QueryInstances", "pupssspo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), TEXT_IN("queryDialect"),
           TEXT_IN("queryExpression"), &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 8, 7);
}

MIC_TEST(bootstrap_session, AssociatorInstances_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(given.boot->sessionFT->AssociatorInstances(
        &given.session, 22U, &given.operation_options, TEXT_IN("namespaceName"), given.instance,
        TEXT_IN("assocClass"), TEXT_IN("resultClass"), TEXT_IN("role"), TEXT_IN("resultRole"),
        MI_TRUE, &given.callbacks, &operation));
    LOGGED("SessionFT.AssociatorInstances", "pupspssssbpo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), given.instance,
           TEXT_IN("assocClass"), TEXT_IN("resultClass"), TEXT_IN("role"), TEXT_IN("resultRole"),
           (MI_Uint32)MI_TRUE, &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 9, 11);
}

MIC_TEST(bootstrap_session, ReferenceInstances_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(given.boot->sessionFT->ReferenceInstances(
        &given.session, 22U, &given.operation_options, TEXT_IN("namespaceName"), given.instance,
        TEXT_IN("resultClass"), TEXT_IN("role"), MI_TRUE, &given.callbacks, &operation));
    LOGGED("SessionFT.ReferenceInstances", "pupspssbpo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), given.instance,
           TEXT_IN("resultClass"), TEXT_IN("role"), (MI_Uint32)MI_TRUE, &given.callbacks,
           &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 10, 9);
}

MIC_TEST(bootstrap_session, Subscribe_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(given.boot->sessionFT->Subscribe(
        &given.session, 22U, &given.operation_options, TEXT_IN("namespaceName"),
        TEXT_IN("queryDialect"), TEXT_IN("queryExpression"), &given.subscription_options,
        &given.callbacks, &operation));
    LOGGED("SessionFT.Subscribe", "pupsssppo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), TEXT_IN("queryDialect"),
           TEXT_IN("queryExpression"), &given.subscription_options, &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 11, 8);
}

MIC_TEST(bootstrap_session, GetClass_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(given.boot->sessionFT->GetClass(&given.session, 22U, &given.operation_options,
                                                  TEXT_IN("namespaceName"), TEXT_IN("className"),
                                                  &given.callbacks, &operation));
    LOGGED("SessionFT.GetClass", "pupsspo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), TEXT_IN("className"),
           &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 12, 6);
}

MIC_TEST(bootstrap_session, EnumerateClasses_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(given.boot->sessionFT->EnumerateClasses(
        &given.session, 22U, &given.operation_options, TEXT_IN("namespaceName"),
        TEXT_IN("className"), MI_TRUE, &given.callbacks, &operation));
    LOGGED("SessionFT.EnumerateClasses", "pupssbpo", &given.session, (MI_Uint32)22U,
           &given.operation_options, TEXT_IN("namespaceName"), TEXT_IN("className"),
           (MI_Uint32)MI_TRUE, &given.callbacks, &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 13, 7);
}

MIC_TEST(bootstrap_session, TestConnection_forwards_or_refuses)
{
    POISONED(MI_Operation, operation);

    given_open_boot();
    FORWARDS_VOID(
        given.boot->sessionFT->TestConnection(&given.session, 22U, &given.callbacks, &operation));
    LOGGED("SessionFT.TestConnection", "pupo", &given.session, (MI_Uint32)22U, &given.callbacks,
           &operation);
    LOG_ENDS();
    OUT_HANDLE(operation, 14, 3);
}

MIC_TEST(bootstrap_operation, Close_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->operationFT->Close(&given.operation));
    LOGGED("OperationFT.Close", "p", &given.operation);
    LOG_ENDS();
}

MIC_TEST(bootstrap_operation, Cancel_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->operationFT->Cancel(&given.operation, (MI_CancellationReason)1));
    LOGGED("OperationFT.Cancel", "pu", &given.operation, (MI_Uint32)(MI_CancellationReason)1);
    LOG_ENDS();
}

MIC_TEST(bootstrap_operation, GetSession_forwards_or_refuses)
{
    POISONED(MI_Session, session);

    given_open_boot();
    FORWARDS(given.boot->operationFT->GetSession(&given.operation, &session));
    LOGGED("OperationFT.GetSession", "po", &given.operation, &session);
    LOG_ENDS();
    OUT_HANDLE(session, 2, 1);
}

MIC_TEST(bootstrap_operation, GetInstance_forwards_or_refuses)
{
    POISONED(const MI_Instance *, instance);
    POISONED(MI_Boolean, moreResults);
    POISONED(MI_Result, result);
    POISONED(const MI_Char *, errorMessage);
    POISONED(const MI_Instance *, completionDetails);

    given_open_boot();
    FORWARDS(given.boot->operationFT->GetInstance(&given.operation, &instance, &moreResults,
                                                  &result, &errorMessage, &completionDetails));
    LOGGED("OperationFT.GetInstance", "pooooo", &given.operation, &instance, &moreResults, &result,
           &errorMessage, &completionDetails);
    LOG_ENDS();
    OUT_OBJECT(instance, instance);
    OUT_TRUE(moreResults);
    OUT_RESULT(result);
    OUT_TEXT(errorMessage, "errorMessage");
    OUT_OBJECT(completionDetails, instance);
}

MIC_TEST(bootstrap_operation, GetIndication_forwards_or_refuses)
{
    POISONED(const MI_Instance *, instance);
    POISONED(const MI_Char *, bookmark);
    POISONED(const MI_Char *, machineID);
    POISONED(MI_Boolean, moreResults);
    POISONED(MI_Result, result);
    POISONED(const MI_Char *, errorMessage);
    POISONED(const MI_Instance *, completionDetails);

    given_open_boot();
    FORWARDS(given.boot->operationFT->GetIndication(&given.operation, &instance, &bookmark,
                                                    &machineID, &moreResults, &result,
                                                    &errorMessage, &completionDetails));
    LOGGED("OperationFT.GetIndication", "pooooooo", &given.operation, &instance, &bookmark,
           &machineID, &moreResults, &result, &errorMessage, &completionDetails);
    LOG_ENDS();
    OUT_OBJECT(instance, instance);
    OUT_TEXT(bookmark, "bookmark");
    OUT_TEXT(machineID, "machineID");
    OUT_TRUE(moreResults);
    OUT_RESULT(result);
    OUT_TEXT(errorMessage, "errorMessage");
    OUT_OBJECT(completionDetails, instance);
}

MIC_TEST(bootstrap_operation, GetClass_forwards_or_refuses)
{
    POISONED(const MI_Class *, classResult);
    POISONED(MI_Boolean, moreResults);
    POISONED(MI_Result, result);
    POISONED(const MI_Char *, errorMessage);
    POISONED(const MI_Instance *, completionDetails);

    given_open_boot();
    FORWARDS(given.boot->operationFT->GetClass(&given.operation, &classResult, &moreResults,
                                               &result, &errorMessage, &completionDetails));
    LOGGED("OperationFT.GetClass", "pooooo", &given.operation, &classResult, &moreResults, &result,
           &errorMessage, &completionDetails);
    LOG_ENDS();
    OUT_OBJECT(classResult, class_object);
    OUT_TRUE(moreResults);
    OUT_RESULT(result);
    OUT_TEXT(errorMessage, "errorMessage");
    OUT_OBJECT(completionDetails, instance);
}

MIC_TEST(bootstrap_hosted_provider, Close_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->hostedProviderFT->Close(&given.hosted_provider));
    LOGGED("HostedProviderFT.Close", "p", &given.hosted_provider);
    LOG_ENDS();
}

MIC_TEST(bootstrap_hosted_provider, GetApplication_forwards_or_refuses)
{
    POISONED(MI_Application, application);

    given_open_boot();
    FORWARDS(given.boot->hostedProviderFT->GetApplication(&given.hosted_provider, &application));
    LOGGED("HostedProviderFT.GetApplication", "po", &given.hosted_provider, &application);
    LOG_ENDS();
    OUT_HANDLE(application, 1, 1);
}
