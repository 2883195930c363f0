/* Applications and hosted providers. */

#include "standin_internal.h"

static MI_Result MI_CALL application_Close(MI_Application *application)
{

    return record("ApplicationFT.Close", "p", application);
}

static MI_Result MI_CALL application_NewSession(MI_Application *application,
                                                const MI_Char *protocol, const MI_Char *destination,
                                                MI_DestinationOptions *options,
                                                MI_SessionCallbacks *callbacks,
                                                MI_Instance **extendedError, MI_Session *session)
{
    MI_Result result = record("ApplicationFT.NewSession", "pssppoo", application, protocol,
                              destination, options, callbacks, extendedError, session);

    ANSWER(extendedError, standin.instance);
    ANSWER(session, ((MI_Session){STANDIN_NUMBER(1, 6), 0, &standin_session_ft}));
    call_back_session(application, callbacks);
    return result;
}

static MI_Result MI_CALL application_NewHostedProvider(
    MI_Application *application, const MI_Char *namespaceName, const MI_Char *providerName,
    MI_MainFunction mi_Main, MI_Instance **extendedError, MI_HostedProvider *provider)
{
    MI_Result result =
        record("ApplicationFT.NewHostedProvider", "pssooo", application, namespaceName,
               providerName, (const void *)(ptrdiff_t)mi_Main, extendedError, provider);

    ANSWER(extendedError, standin.instance);
    ANSWER(provider, ((MI_HostedProvider){STANDIN_NUMBER(2, 5), 0, &standin_hosted_provider_ft}));
    if (mi_Main != NULL) {
        mi_Main(NULL);
    }
    return result;
}

static MI_Result MI_CALL application_NewInstance(MI_Application *application,
                                                 const MI_Char *className,
                                                 const MI_ClassDecl *classRTTI,
                                                 MI_Instance **instance)
{
    ANSWER(instance, standin.instance);
    return record("ApplicationFT.NewInstance", "pspo", application, className, classRTTI, instance);
}

static MI_Result MI_CALL application_NewDestinationOptions(MI_Application *application,
                                                           MI_DestinationOptions *options)
{
    ANSWER(options,
           ((MI_DestinationOptions){STANDIN_NUMBER(4, 1), 0, &standin_destination_options_ft}));
    return record("ApplicationFT.NewDestinationOptions", "po", application, options);
}

static MI_Result MI_CALL application_NewOperationOptions(MI_Application *application,
                                                         MI_Boolean customOptionsMustUnderstand,
                                                         MI_OperationOptions *options)
{
    ANSWER(options,
           ((MI_OperationOptions){STANDIN_NUMBER(5, 2), 0, &standin_operation_options_ft}));
    return record("ApplicationFT.NewOperationOptions", "pbo", application,
                  (MI_Uint32)customOptionsMustUnderstand, options);
}

static MI_Result MI_CALL application_NewSubscriptionDeliveryOptions(
    MI_Application *application, MI_SubscriptionDeliveryType deliveryType,
    MI_SubscriptionDeliveryOptions *deliveryOptions)
{
    ANSWER(deliveryOptions, ((MI_SubscriptionDeliveryOptions){STANDIN_NUMBER(6, 2), 0,
                                                              &standin_subscription_options_ft}));
    return record("ApplicationFT.NewSubscriptionDeliveryOptions", "puo", application,
                  (MI_Uint32)deliveryType, deliveryOptions);
}

static MI_Result MI_CALL application_NewSerializer(MI_Application *application, MI_Uint32 flags,
                                                   MI_Char *format, MI_Serializer *serializer)
{
    ANSWER(serializer, ((MI_Serializer){STANDIN_NUMBER(7, 3), 0}));
    return record("ApplicationFT.NewSerializer", "puso", application, (MI_Uint32)flags, format,
                  serializer);
}

static MI_Result MI_CALL application_NewDeserializer(MI_Application *application, MI_Uint32 flags,
                                                     MI_Char *format, MI_Deserializer *deserializer)
{
    ANSWER(deserializer, ((MI_Deserializer){STANDIN_NUMBER(8, 3), 0}));
    return record("ApplicationFT.NewDeserializer", "puso", application, (MI_Uint32)flags, format,
                  deserializer);
}

static MI_Result MI_CALL application_NewInstanceFromClass(MI_Application *application,
                                                          const MI_Char *className,
                                                          const MI_Class *classObject,
                                                          MI_Instance **instance)
{
    ANSWER(instance, standin.instance);
    return record("ApplicationFT.NewInstanceFromClass", "pspo", application, className, classObject,
                  instance);
}

static MI_Result MI_CALL application_NewClass(MI_Application *application,
                                              const MI_ClassDecl *classDecl,
                                              const MI_Char *namespaceName,
                                              const MI_Char *serverName, MI_Class **classObject)
{
    ANSWER(classObject, standin.class_object);
    return record("ApplicationFT.NewClass", "ppsso", application, classDecl, namespaceName,
                  serverName, classObject);
}

const MI_ApplicationFT standin_application_ft = {
    .Close = application_Close,
    .NewSession = application_NewSession,
    .NewHostedProvider = application_NewHostedProvider,
    .NewInstance = application_NewInstance,
    .NewDestinationOptions = application_NewDestinationOptions,
    .NewOperationOptions = application_NewOperationOptions,
    .NewSubscriptionDeliveryOptions = application_NewSubscriptionDeliveryOptions,
    .NewSerializer = application_NewSerializer,
    .NewDeserializer = application_NewDeserializer,
    .NewInstanceFromClass = application_NewInstanceFromClass,
    .NewClass = application_NewClass,
};

static MI_Result MI_CALL hosted_provider_Close(MI_HostedProvider *hostedProvider)
{

    return record("HostedProviderFT.Close", "p", hostedProvider);
}

static MI_Result MI_CALL hosted_provider_GetApplication(MI_HostedProvider *hostedProvider,
                                                        MI_Application *application)
{
    ANSWER(application, ((MI_Application){STANDIN_NUMBER(1, 1), 0, &standin_application_ft}));
    return record("HostedProviderFT.GetApplication", "po", hostedProvider, application);
}

const MI_HostedProviderFT standin_hosted_provider_ft = {
    .Close = hosted_provider_Close,
    .GetApplication = hosted_provider_GetApplication,
};
