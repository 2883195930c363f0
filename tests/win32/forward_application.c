#include "given.h"

MIC_TEST(application, Close_forwards)
{
    given_open();
    FORWARDS(MI_Application_Close(&given.application));
    LOGGED("ApplicationFT.Close", "p", &given.application);
    LOG_ENDS();
}

MIC_TEST(application, NewInstance_forwards)
{
    POISONED(MI_Instance *, instance);

    given_open();
    FORWARDS(MI_Application_NewInstance(&given.application, TEXT_IN("className"), &given.class_decl,
                                        &instance));
    LOGGED("ApplicationFT.NewInstance", "pspo", &given.application, TEXT_IN("className"),
           &given.class_decl, &instance);
    LOG_ENDS();
    OUT_OBJECT(instance, instance);
}

MIC_TEST(application, NewInstanceFromClass_forwards)
{
    POISONED(MI_Instance *, instance);

    given_open();
    FORWARDS(MI_Application_NewInstanceFromClass(&given.application, TEXT_IN("className"),
                                                 given.class_object, &instance));
    LOGGED("ApplicationFT.NewInstanceFromClass", "pspo", &given.application, TEXT_IN("className"),
           given.class_object, &instance);
    LOG_ENDS();
    OUT_OBJECT(instance, instance);
}

MIC_TEST(application, NewParameterSet_forwards)
{
    POISONED(MI_Instance *, instance);

    given_open();
    FORWARDS(MI_Application_NewParameterSet(&given.application, &given.class_decl, &instance));
    LOGGED("ApplicationFT.NewInstance", "pspo", &given.application, L"Parameters",
           &given.class_decl, &instance);
    LOG_ENDS();
    OUT_OBJECT(instance, instance);
}

MIC_TEST(application, NewDestinationOptions_forwards)
{
    POISONED(MI_DestinationOptions, options);

    given_open();
    FORWARDS(MI_Application_NewDestinationOptions(&given.application, &options));
    LOGGED("ApplicationFT.NewDestinationOptions", "po", &given.application, &options);
    LOG_ENDS();
    OUT_HANDLE(options, 4, 1);
}

MIC_TEST(application, NewOperationOptions_forwards)
{
    POISONED(MI_OperationOptions, options);

    given_open();
    FORWARDS(MI_Application_NewOperationOptions(&given.application, MI_TRUE, &options));
    LOGGED("ApplicationFT.NewOperationOptions", "pbo", &given.application, (MI_Uint32)MI_TRUE,
           &options);
    LOG_ENDS();
    OUT_HANDLE(options, 5, 2);
}

MIC_TEST(application, NewSubscriptionDeliveryOptions_forwards)
{
    POISONED(MI_SubscriptionDeliveryOptions, deliveryOptions);

    given_open();
    FORWARDS(MI_Application_NewSubscriptionDeliveryOptions(
        &given.application, (MI_SubscriptionDeliveryType)1, &deliveryOptions));
    LOGGED("ApplicationFT.NewSubscriptionDeliveryOptions", "puo", &given.application,
           (MI_Uint32)(MI_SubscriptionDeliveryType)1, &deliveryOptions);
    LOG_ENDS();
    OUT_HANDLE(deliveryOptions, 6, 2);
}

MIC_TEST(application, NewSession_forwards)
{
    POISONED(MI_Instance *, extendedError);
    POISONED(MI_Session, session);

    given_open();
    FORWARDS(MI_Application_NewSession(&given.application, TEXT_IN("protocol"),
                                       TEXT_IN("destination"), &given.destination_options,
                                       &given.session_callbacks, &extendedError, &session));
    LOGGED("ApplicationFT.NewSession", "pssppoo", &given.application, TEXT_IN("protocol"),
           TEXT_IN("destination"), &given.destination_options, &given.session_callbacks,
           &extendedError, &session);
    LOG_ENDS();
    OUT_ERROR(extendedError);
    OUT_HANDLE(session, 1, 6);
}

MIC_TEST(application, NewHostedProvider_forwards)
{
    POISONED(MI_Instance *, extendedError);
    POISONED(MI_HostedProvider, hostedProvider);

    given_open();
    FORWARDS(MI_Application_NewHostedProvider(&given.application, TEXT_IN("namespaceName"),
                                              TEXT_IN("providerName"), given_main, &extendedError,
                                              &hostedProvider));
    LOGGED("ApplicationFT.NewHostedProvider", "pssooo", &given.application,
           TEXT_IN("namespaceName"), TEXT_IN("providerName"), (const void *)(ptrdiff_t)given_main,
           &extendedError, &hostedProvider);
    LOG_ENDS();
    OUT_ERROR(extendedError);
    OUT_HANDLE(hostedProvider, 2, 5);
}

MIC_TEST(application, NewSerializer_forwards)
{
    POISONED(MI_Serializer, serializer);

    given_open();
    FORWARDS(MI_Application_NewSerializer(&given.application, 22U, given.text, &serializer));
    LOGGED("ApplicationFT.NewSerializer", "puso", &given.application, (MI_Uint32)22U, given.text,
           &serializer);
    LOG_ENDS();
    OUT_HANDLE(serializer, 7, 3);
}

MIC_TEST(application, NewDeserializer_forwards)
{
    POISONED(MI_Deserializer, deserializer);

    given_open();
    FORWARDS(MI_Application_NewDeserializer(&given.application, 22U, given.text, &deserializer));
    LOGGED("ApplicationFT.NewDeserializer", "puso", &given.application, (MI_Uint32)22U, given.text,
           &deserializer);
    LOG_ENDS();
    OUT_HANDLE(deserializer, 8, 3);
}

MIC_TEST(application, NewClass_forwards)
{
    POISONED(MI_Class *, classObject);

    given_open();
    FORWARDS(MI_Application_NewClass(&given.application, &given.class_decl,
                                     TEXT_IN("namespaceName"), TEXT_IN("serverName"),
                                     &classObject));
    LOGGED("ApplicationFT.NewClass", "ppsso", &given.application, &given.class_decl,
           TEXT_IN("namespaceName"), TEXT_IN("serverName"), &classObject);
    LOG_ENDS();
    OUT_OBJECT(classObject, class_object);
}

MIC_TEST(hosted_provider, Close_forwards)
{
    given_open();
    FORWARDS(MI_HostedProvider_Close(&given.hosted_provider));
    LOGGED("HostedProviderFT.Close", "p", &given.hosted_provider);
    LOG_ENDS();
}

MIC_TEST(hosted_provider, GetApplication_forwards)
{
    POISONED(MI_Application, application);

    given_open();
    FORWARDS(MI_HostedProvider_GetApplication(&given.hosted_provider, &application));
    LOGGED("HostedProviderFT.GetApplication", "po", &given.hosted_provider, &application);
    LOG_ENDS();
    OUT_HANDLE(application, 1, 1);
}
