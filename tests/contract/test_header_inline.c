/* Wrappers of applications, sessions and operations: which slot they call with what, and what they
 * do without a handle. No library is needed: the slots here only record. */
#include <mi.h>

#include "inline_record.h"

static MI_Module *MI_MAIN_CALL main_function(MI_Server *server)
{
    (void)server;
    return NULL;
}

static unsigned closed_count;

static void MI_CALL on_closed(void *completionContext)
{
    closed_count += completionContext == PTR(1);
}

static MI_Result MI_CALL fake_Application_Close(MI_Application *application)
{
    RECORD("Close", (uintptr_t)application);
    return reply;
}

static MI_Result MI_CALL fake_Application_NewSession(
    MI_Application *application, const MI_Char *protocol, const MI_Char *destination,
    MI_DestinationOptions *options, MI_SessionCallbacks *callbacks, MI_Instance **extendedError,
    MI_Session *session)
{
    RECORD("NewSession", (uintptr_t)application, (uintptr_t)protocol, (uintptr_t)destination,
           (uintptr_t)options, (uintptr_t)callbacks, (uintptr_t)extendedError, (uintptr_t)session);
    return reply;
}

static MI_Result MI_CALL fake_Application_NewHostedProvider(
    MI_Application *application, const MI_Char *namespaceName, const MI_Char *providerName,
    MI_MainFunction mi_Main, MI_Instance **extendedError, MI_HostedProvider *provider)
{
    RECORD("NewHostedProvider", (uintptr_t)application, (uintptr_t)namespaceName,
           (uintptr_t)providerName, (uintptr_t)mi_Main, (uintptr_t)extendedError,
           (uintptr_t)provider);
    return reply;
}

static MI_Result MI_CALL fake_Application_NewInstance(MI_Application *application,
                                                      const MI_Char *className,
                                                      const MI_ClassDecl *classRTTI,
                                                      MI_Instance **instance)
{
    RECORD("NewInstance", (uintptr_t)application, (uintptr_t)className, (uintptr_t)classRTTI,
           (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_Application_NewDestinationOptions(MI_Application *application,
                                                                MI_DestinationOptions *options)
{
    RECORD("NewDestinationOptions", (uintptr_t)application, (uintptr_t)options);
    return reply;
}

static MI_Result MI_CALL fake_Application_NewOperationOptions(
    MI_Application *application, MI_Boolean customOptionsMustUnderstand,
    MI_OperationOptions *options)
{
    RECORD("NewOperationOptions", (uintptr_t)application, (uintptr_t)customOptionsMustUnderstand,
           (uintptr_t)options);
    return reply;
}

static MI_Result MI_CALL fake_Application_NewSubscriptionDeliveryOptions(
    MI_Application *application, MI_SubscriptionDeliveryType deliveryType,
    MI_SubscriptionDeliveryOptions *deliveryOptions)
{
    RECORD("NewSubscriptionDeliveryOptions", (uintptr_t)application, (uintptr_t)deliveryType,
           (uintptr_t)deliveryOptions);
    return reply;
}

static MI_Result MI_CALL fake_Application_NewSerializer(MI_Application *application,
                                                        MI_Uint32 flags, MI_Char *format,
                                                        MI_Serializer *serializer)
{
    RECORD("NewSerializer", (uintptr_t)application, (uintptr_t)flags, (uintptr_t)format,
           (uintptr_t)serializer);
    return reply;
}

static MI_Result MI_CALL fake_Application_NewDeserializer(MI_Application *application,
                                                          MI_Uint32 flags, MI_Char *format,
                                                          MI_Deserializer *deserializer)
{
    RECORD("NewDeserializer", (uintptr_t)application, (uintptr_t)flags, (uintptr_t)format,
           (uintptr_t)deserializer);
    return reply;
}

static MI_Result MI_CALL fake_Application_NewInstanceFromClass(MI_Application *application,
                                                               const MI_Char *className,
                                                               const MI_Class *classObject,
                                                               MI_Instance **instance)
{
    RECORD("NewInstanceFromClass", (uintptr_t)application, (uintptr_t)className,
           (uintptr_t)classObject, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_Application_NewClass(MI_Application *application,
                                                   const MI_ClassDecl *classDecl,
                                                   const MI_Char *namespaceName,
                                                   const MI_Char *serverName,
                                                   MI_Class **classObject)
{
    RECORD("NewClass", (uintptr_t)application, (uintptr_t)classDecl, (uintptr_t)namespaceName,
           (uintptr_t)serverName, (uintptr_t)classObject);
    return reply;
}

static const MI_ApplicationFT fake_Application = {
    .Close = fake_Application_Close,
    .NewSession = fake_Application_NewSession,
    .NewHostedProvider = fake_Application_NewHostedProvider,
    .NewInstance = fake_Application_NewInstance,
    .NewDestinationOptions = fake_Application_NewDestinationOptions,
    .NewOperationOptions = fake_Application_NewOperationOptions,
    .NewSubscriptionDeliveryOptions = fake_Application_NewSubscriptionDeliveryOptions,
    .NewSerializer = fake_Application_NewSerializer,
    .NewDeserializer = fake_Application_NewDeserializer,
    .NewInstanceFromClass = fake_Application_NewInstanceFromClass,
    .NewClass = fake_Application_NewClass,
};

static MI_Result MI_CALL fake_HostedProvider_Close(MI_HostedProvider *hostedProvider)
{
    RECORD("Close", (uintptr_t)hostedProvider);
    return reply;
}

static MI_Result MI_CALL fake_HostedProvider_GetApplication(MI_HostedProvider *hostedProvider,
                                                            MI_Application *application)
{
    RECORD("GetApplication", (uintptr_t)hostedProvider, (uintptr_t)application);
    return reply;
}

static const MI_HostedProviderFT fake_HostedProvider = {
    .Close = fake_HostedProvider_Close,
    .GetApplication = fake_HostedProvider_GetApplication,
};

static MI_Result MI_CALL
fake_Session_Close(MI_Session *session, void *completionContext,
                   void(MI_CALL *completionCallback)(void *completionContext))
{
    RECORD("Close", (uintptr_t)session, (uintptr_t)completionContext,
           (uintptr_t)completionCallback);
    return reply;
}

static MI_Result MI_CALL fake_Session_GetApplication(MI_Session *session,
                                                     MI_Application *application)
{
    RECORD("GetApplication", (uintptr_t)session, (uintptr_t)application);
    return reply;
}

static void MI_CALL fake_Session_GetInstance(MI_Session *session, MI_Uint32 flags,
                                             MI_OperationOptions *options,
                                             const MI_Char *namespaceName,
                                             const MI_Instance *inboundInstance,
                                             MI_OperationCallbacks *callbacks,
                                             MI_Operation *operation)
{
    RECORD("GetInstance", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)options,
           (uintptr_t)namespaceName, (uintptr_t)inboundInstance, (uintptr_t)callbacks,
           (uintptr_t)operation);
}

static void MI_CALL fake_Session_ModifyInstance(MI_Session *session, MI_Uint32 flags,
                                                MI_OperationOptions *options,
                                                const MI_Char *namespaceName,
                                                const MI_Instance *inboundInstance,
                                                MI_OperationCallbacks *callbacks,
                                                MI_Operation *operation)
{
    RECORD("ModifyInstance", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)options,
           (uintptr_t)namespaceName, (uintptr_t)inboundInstance, (uintptr_t)callbacks,
           (uintptr_t)operation);
}

static void MI_CALL fake_Session_CreateInstance(MI_Session *session, MI_Uint32 flags,
                                                MI_OperationOptions *options,
                                                const MI_Char *namespaceName,
                                                const MI_Instance *inboundInstance,
                                                MI_OperationCallbacks *callbacks,
                                                MI_Operation *operation)
{
    RECORD("CreateInstance", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)options,
           (uintptr_t)namespaceName, (uintptr_t)inboundInstance, (uintptr_t)callbacks,
           (uintptr_t)operation);
}

static void MI_CALL fake_Session_DeleteInstance(MI_Session *session, MI_Uint32 flags,
                                                MI_OperationOptions *options,
                                                const MI_Char *namespaceName,
                                                const MI_Instance *inboundInstance,
                                                MI_OperationCallbacks *callbacks,
                                                MI_Operation *operation)
{
    RECORD("DeleteInstance", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)options,
           (uintptr_t)namespaceName, (uintptr_t)inboundInstance, (uintptr_t)callbacks,
           (uintptr_t)operation);
}

static void MI_CALL fake_Session_Invoke(MI_Session *session, MI_Uint32 flags,
                                        MI_OperationOptions *options, const MI_Char *namespaceName,
                                        const MI_Char *className, const MI_Char *methodName,
                                        const MI_Instance *inboundInstance,
                                        const MI_Instance *inboundProperties,
                                        MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    RECORD("Invoke", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)options,
           (uintptr_t)namespaceName, (uintptr_t)className, (uintptr_t)methodName,
           (uintptr_t)inboundInstance, (uintptr_t)inboundProperties, (uintptr_t)callbacks,
           (uintptr_t)operation);
}

static void MI_CALL fake_Session_EnumerateInstances(MI_Session *session, MI_Uint32 flags,
                                                    MI_OperationOptions *options,
                                                    const MI_Char *namespaceName,
                                                    const MI_Char *className, MI_Boolean keysOnly,
                                                    MI_OperationCallbacks *callbacks,
                                                    MI_Operation *operation)
{
    RECORD("EnumerateInstances", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)options,
           (uintptr_t)namespaceName, (uintptr_t)className, (uintptr_t)keysOnly,
           (uintptr_t)callbacks, (uintptr_t)operation);
}

static void MI_CALL fake_Session_QueryInstances(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Char *queryDialect, const MI_Char *queryExpression,
    MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    RECORD("QueryInstances", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)options,
           (uintptr_t)namespaceName, (uintptr_t)queryDialect, (uintptr_t)queryExpression,
           (uintptr_t)callbacks, (uintptr_t)operation);
}

static void MI_CALL fake_Session_AssociatorInstances(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Instance *instanceKeys, const MI_Char *assocClass,
    const MI_Char *resultClass, const MI_Char *role, const MI_Char *resultRole, MI_Boolean keysOnly,
    MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    RECORD("AssociatorInstances", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)options,
           (uintptr_t)namespaceName, (uintptr_t)instanceKeys, (uintptr_t)assocClass,
           (uintptr_t)resultClass, (uintptr_t)role, (uintptr_t)resultRole, (uintptr_t)keysOnly,
           (uintptr_t)callbacks, (uintptr_t)operation);
}

static void MI_CALL fake_Session_ReferenceInstances(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Instance *instanceKeys, const MI_Char *resultClass,
    const MI_Char *role, MI_Boolean keysOnly, MI_OperationCallbacks *callbacks,
    MI_Operation *operation)
{
    RECORD("ReferenceInstances", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)options,
           (uintptr_t)namespaceName, (uintptr_t)instanceKeys, (uintptr_t)resultClass,
           (uintptr_t)role, (uintptr_t)keysOnly, (uintptr_t)callbacks, (uintptr_t)operation);
}

static void MI_CALL fake_Session_Subscribe(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Char *queryDialect, const MI_Char *queryExpression,
    const MI_SubscriptionDeliveryOptions *deliverOptions, MI_OperationCallbacks *callbacks,
    MI_Operation *operation)
{
    RECORD("Subscribe", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)options,
           (uintptr_t)namespaceName, (uintptr_t)queryDialect, (uintptr_t)queryExpression,
           (uintptr_t)deliverOptions, (uintptr_t)callbacks, (uintptr_t)operation);
}

static void MI_CALL fake_Session_GetClass(MI_Session *session, MI_Uint32 flags,
                                          MI_OperationOptions *options,
                                          const MI_Char *namespaceName, const MI_Char *className,
                                          MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    RECORD("GetClass", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)options,
           (uintptr_t)namespaceName, (uintptr_t)className, (uintptr_t)callbacks,
           (uintptr_t)operation);
}

static void MI_CALL fake_Session_EnumerateClasses(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Char *className, MI_Boolean classNamesOnly,
    MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    RECORD("EnumerateClasses", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)options,
           (uintptr_t)namespaceName, (uintptr_t)className, (uintptr_t)classNamesOnly,
           (uintptr_t)callbacks, (uintptr_t)operation);
}

static void MI_CALL fake_Session_TestConnection(MI_Session *session, MI_Uint32 flags,
                                                MI_OperationCallbacks *callbacks,
                                                MI_Operation *operation)
{
    RECORD("TestConnection", (uintptr_t)session, (uintptr_t)flags, (uintptr_t)callbacks,
           (uintptr_t)operation);
}

static const MI_SessionFT fake_Session = {
    .Close = fake_Session_Close,
    .GetApplication = fake_Session_GetApplication,
    .GetInstance = fake_Session_GetInstance,
    .ModifyInstance = fake_Session_ModifyInstance,
    .CreateInstance = fake_Session_CreateInstance,
    .DeleteInstance = fake_Session_DeleteInstance,
    .Invoke = fake_Session_Invoke,
    .EnumerateInstances = fake_Session_EnumerateInstances,
    .QueryInstances = fake_Session_QueryInstances,
    .AssociatorInstances = fake_Session_AssociatorInstances,
    .ReferenceInstances = fake_Session_ReferenceInstances,
    .Subscribe = fake_Session_Subscribe,
    .GetClass = fake_Session_GetClass,
    .EnumerateClasses = fake_Session_EnumerateClasses,
    .TestConnection = fake_Session_TestConnection,
};

static MI_Result MI_CALL fake_Operation_Close(MI_Operation *operation)
{
    RECORD("Close", (uintptr_t)operation);
    return reply;
}

static MI_Result MI_CALL fake_Operation_Cancel(MI_Operation *operation,
                                               MI_CancellationReason reason)
{
    RECORD("Cancel", (uintptr_t)operation, (uintptr_t)reason);
    return reply;
}

static MI_Result MI_CALL fake_Operation_GetSession(MI_Operation *operation, MI_Session *session)
{
    RECORD("GetSession", (uintptr_t)operation, (uintptr_t)session);
    return reply;
}

static MI_Result MI_CALL fake_Operation_GetInstance(MI_Operation *operation,
                                                    const MI_Instance **instance,
                                                    MI_Boolean *moreResults, MI_Result *result,
                                                    const MI_Char **errorMessage,
                                                    const MI_Instance **completionDetails)
{
    RECORD("GetInstance", (uintptr_t)operation, (uintptr_t)instance, (uintptr_t)moreResults,
           (uintptr_t)result, (uintptr_t)errorMessage, (uintptr_t)completionDetails);
    return reply;
}

static MI_Result MI_CALL fake_Operation_GetIndication(
    MI_Operation *operation, const MI_Instance **instance, const MI_Char **bookmark,
    const MI_Char **machineID, MI_Boolean *moreResults, MI_Result *result,
    const MI_Char **errorMessage, const MI_Instance **completionDetails)
{
    RECORD("GetIndication", (uintptr_t)operation, (uintptr_t)instance, (uintptr_t)bookmark,
           (uintptr_t)machineID, (uintptr_t)moreResults, (uintptr_t)result, (uintptr_t)errorMessage,
           (uintptr_t)completionDetails);
    return reply;
}

static MI_Result MI_CALL fake_Operation_GetClass(MI_Operation *operation,
                                                 const MI_Class **classResult,
                                                 MI_Boolean *moreResults, MI_Result *result,
                                                 const MI_Char **errorMessage,
                                                 const MI_Instance **completionDetails)
{
    RECORD("GetClass", (uintptr_t)operation, (uintptr_t)classResult, (uintptr_t)moreResults,
           (uintptr_t)result, (uintptr_t)errorMessage, (uintptr_t)completionDetails);
    return reply;
}

static const MI_OperationFT fake_Operation = {
    .Close = fake_Operation_Close,
    .Cancel = fake_Operation_Cancel,
    .GetSession = fake_Operation_GetSession,
    .GetInstance = fake_Operation_GetInstance,
    .GetIndication = fake_Operation_GetIndication,
    .GetClass = fake_Operation_GetClass,
};

MIC_TEST(application, calls_reach_their_slots)
{
    MI_Application object = {.ft = &fake_Application};

    REACHES(MI_Application_Close(&object), "Close", NULL, (uintptr_t)&object);
    REACHES(MI_Application_NewInstance(&object, PTR(1), PTR(2), PTR(3)), "NewInstance", NULL,
            (uintptr_t)&object, AT(1), AT(2), AT(3));
    REACHES(MI_Application_NewInstanceFromClass(&object, PTR(1), PTR(2), PTR(3)),
            "NewInstanceFromClass", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3));
    REACHES(MI_Application_NewParameterSet(&object, PTR(1), PTR(2)), "NewInstance",
            MI_T("Parameters"), (uintptr_t)&object, KEY, AT(1), AT(2));
    REACHES(MI_Application_NewDestinationOptions(&object, PTR(1)), "NewDestinationOptions", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_Application_NewOperationOptions(&object, MI_TRUE, PTR(2)), "NewOperationOptions",
            NULL, (uintptr_t)&object, MI_TRUE, AT(2));
    REACHES(MI_Application_NewSubscriptionDeliveryOptions(&object, MI_SubscriptionDeliveryType_Push,
                                                          PTR(2)),
            "NewSubscriptionDeliveryOptions", NULL, (uintptr_t)&object,
            MI_SubscriptionDeliveryType_Push, AT(2));
    REACHES(MI_Application_NewSession(&object, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5), PTR(6)),
            "NewSession", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4), AT(5), AT(6));
    REACHES(
        MI_Application_NewHostedProvider(&object, PTR(1), PTR(2), main_function, PTR(4), PTR(5)),
        "NewHostedProvider", NULL, (uintptr_t)&object, AT(1), AT(2), (uintptr_t)main_function,
        AT(4), AT(5));
    REACHES(MI_Application_NewSerializer(&object, 71, PTR(2), PTR(3)), "NewSerializer", NULL,
            (uintptr_t)&object, 71, AT(2), AT(3));
    REACHES(MI_Application_NewDeserializer(&object, 71, PTR(2), PTR(3)), "NewDeserializer", NULL,
            (uintptr_t)&object, 71, AT(2), AT(3));
    REACHES(MI_Application_NewClass(&object, PTR(1), PTR(2), PTR(3), PTR(4)), "NewClass", NULL,
            (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4));
}

MIC_TEST(application, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_Application zeroed = {0};
    MI_Application *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_Application *handle = handles[i];

        REFUSED(MI_Application_Close(handle));
    }
}

MIC_TEST(application, outputs_are_cleared_without_a_handle)
{
    MI_Application zeroed = {0};
    MI_Application *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_Application *handle = handles[i];
        MI_Instance *instance;
        MI_DestinationOptions destination_options;
        MI_OperationOptions operation_options;
        MI_SubscriptionDeliveryOptions subscription_delivery_options;
        MI_Session session;
        MI_HostedProvider hosted_provider;
        MI_Serializer serializer;
        MI_Deserializer deserializer;
        MI_Class *class;

        CLEARS(MI_Application_NewInstance(handle, PTR(1), PTR(2), &instance), instance);
        REFUSED(MI_Application_NewInstance(handle, PTR(1), PTR(2), NULL));
        CLEARS(MI_Application_NewInstanceFromClass(handle, PTR(1), PTR(2), &instance), instance);
        REFUSED(MI_Application_NewInstanceFromClass(handle, PTR(1), PTR(2), NULL));
        CLEARS(MI_Application_NewParameterSet(handle, PTR(1), &instance), instance);
        REFUSED(MI_Application_NewParameterSet(handle, PTR(1), NULL));
        CLEARS(MI_Application_NewDestinationOptions(handle, &destination_options),
               destination_options);
        REFUSED(MI_Application_NewDestinationOptions(handle, NULL));
        CLEARS(MI_Application_NewOperationOptions(handle, MI_TRUE, &operation_options),
               operation_options);
        REFUSED(MI_Application_NewOperationOptions(handle, MI_TRUE, NULL));
        CLEARS(MI_Application_NewSubscriptionDeliveryOptions(
                   handle, MI_SubscriptionDeliveryType_Push, &subscription_delivery_options),
               subscription_delivery_options);
        REFUSED(MI_Application_NewSubscriptionDeliveryOptions(
            handle, MI_SubscriptionDeliveryType_Push, NULL));
        CLEARS(MI_Application_NewSession(handle, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5), &session),
               session);
        REFUSED(MI_Application_NewSession(handle, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5), NULL));
        CLEARS(MI_Application_NewHostedProvider(handle, PTR(1), PTR(2), main_function, PTR(4),
                                                &hosted_provider),
               hosted_provider);
        REFUSED(
            MI_Application_NewHostedProvider(handle, PTR(1), PTR(2), main_function, PTR(4), NULL));
        CLEARS(MI_Application_NewSerializer(handle, 71, PTR(2), &serializer), serializer);
        REFUSED(MI_Application_NewSerializer(handle, 71, PTR(2), NULL));
        CLEARS(MI_Application_NewDeserializer(handle, 71, PTR(2), &deserializer), deserializer);
        REFUSED(MI_Application_NewDeserializer(handle, 71, PTR(2), NULL));
        CLEARS(MI_Application_NewClass(handle, PTR(1), PTR(2), PTR(3), &class), class);
        REFUSED(MI_Application_NewClass(handle, PTR(1), PTR(2), PTR(3), NULL));
    }
}

MIC_TEST(hosted_provider, calls_reach_their_slots)
{
    MI_HostedProvider object = {.ft = &fake_HostedProvider};

    REACHES(MI_HostedProvider_Close(&object), "Close", NULL, (uintptr_t)&object);
    REACHES(MI_HostedProvider_GetApplication(&object, PTR(1)), "GetApplication", NULL,
            (uintptr_t)&object, AT(1));
}

MIC_TEST(hosted_provider, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_HostedProvider zeroed = {0};
    MI_HostedProvider *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_HostedProvider *handle = handles[i];

        REFUSED(MI_HostedProvider_Close(handle));
    }
}

MIC_TEST(hosted_provider, outputs_are_cleared_without_a_handle)
{
    MI_HostedProvider zeroed = {0};
    MI_HostedProvider *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_HostedProvider *handle = handles[i];
        MI_Application application;

        CLEARS(MI_HostedProvider_GetApplication(handle, &application), application);
        REFUSED(MI_HostedProvider_GetApplication(handle, NULL));
    }
}

MIC_TEST(session, calls_reach_their_slots)
{
    MI_Session object = {.ft = &fake_Session};

    REACHES(MI_Session_Close(&object, PTR(1), on_closed), "Close", NULL, (uintptr_t)&object, AT(1),
            (uintptr_t)on_closed);
    REACHES(MI_Session_GetApplication(&object, PTR(1)), "GetApplication", NULL, (uintptr_t)&object,
            AT(1));
    REACHES_VOID(MI_Session_GetInstance(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5), PTR(6)),
                 "GetInstance", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5), AT(6));
    REACHES_VOID(MI_Session_ModifyInstance(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5), PTR(6)),
                 "ModifyInstance", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5), AT(6));
    REACHES_VOID(MI_Session_CreateInstance(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5), PTR(6)),
                 "CreateInstance", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5), AT(6));
    REACHES_VOID(MI_Session_DeleteInstance(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5), PTR(6)),
                 "DeleteInstance", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5), AT(6));
    REACHES_VOID(MI_Session_Invoke(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5), PTR(6), PTR(7),
                                   PTR(8), PTR(9)),
                 "Invoke", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5), AT(6), AT(7),
                 AT(8), AT(9));
    REACHES_VOID(
        MI_Session_EnumerateInstances(&object, 71, PTR(2), PTR(3), PTR(4), MI_TRUE, PTR(6), PTR(7)),
        "EnumerateInstances", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), MI_TRUE, AT(6),
        AT(7));
    REACHES_VOID(
        MI_Session_QueryInstances(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5), PTR(6), PTR(7)),
        "QueryInstances", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5), AT(6), AT(7));
    REACHES_VOID(MI_Session_AssociatorInstances(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5), PTR(6),
                                                PTR(7), PTR(8), MI_TRUE, PTR(10), PTR(11)),
                 "AssociatorInstances", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5),
                 AT(6), AT(7), AT(8), MI_TRUE, AT(10), AT(11));
    REACHES_VOID(MI_Session_ReferenceInstances(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5), PTR(6),
                                               MI_TRUE, PTR(8), PTR(9)),
                 "ReferenceInstances", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5),
                 AT(6), MI_TRUE, AT(8), AT(9));
    REACHES_VOID(
        MI_Session_Subscribe(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5), PTR(6), PTR(7), PTR(8)),
        "Subscribe", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5), AT(6), AT(7), AT(8));
    REACHES_VOID(MI_Session_GetClass(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5), PTR(6)),
                 "GetClass", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5), AT(6));
    REACHES_VOID(
        MI_Session_EnumerateClasses(&object, 71, PTR(2), PTR(3), PTR(4), MI_TRUE, PTR(6), PTR(7)),
        "EnumerateClasses", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), MI_TRUE, AT(6),
        AT(7));
    REACHES_VOID(MI_Session_TestConnection(&object, 71, PTR(2), PTR(3)), "TestConnection", NULL,
                 (uintptr_t)&object, 71, AT(2), AT(3));
}

MIC_TEST(session, outputs_are_cleared_without_a_handle)
{
    MI_Session zeroed = {0};
    MI_Session *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_Session *handle = handles[i];
        MI_Application application;

        CLEARS(MI_Session_GetApplication(handle, &application), application);
        REFUSED(MI_Session_GetApplication(handle, NULL));
    }
}

MIC_TEST(operation, calls_reach_their_slots)
{
    MI_Operation object = {.ft = &fake_Operation};

    REACHES(MI_Operation_GetInstance(&object, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)),
            "GetInstance", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4), AT(5));
    REACHES(
        MI_Operation_GetIndication(&object, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5), PTR(6), PTR(7)),
        "GetIndication", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4), AT(5), AT(6), AT(7));
    REACHES(MI_Operation_GetClass(&object, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)), "GetClass",
            NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4), AT(5));
    REACHES(MI_Operation_Close(&object), "Close", NULL, (uintptr_t)&object);
    REACHES(MI_Operation_Cancel(&object, MI_REASON_TIMEOUT), "Cancel", NULL, (uintptr_t)&object,
            MI_REASON_TIMEOUT);
    REACHES(MI_Operation_GetSession(&object, PTR(1)), "GetSession", NULL, (uintptr_t)&object,
            AT(1));
}

MIC_TEST(operation, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_Operation zeroed = {0};
    MI_Operation *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_Operation *handle = handles[i];

        REFUSED(MI_Operation_Close(handle));
        REFUSED(MI_Operation_Cancel(handle, MI_REASON_TIMEOUT));
    }
}

MIC_TEST(operation, outputs_are_cleared_without_a_handle)
{
    MI_Operation zeroed = {0};
    MI_Operation *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_Operation *handle = handles[i];
        MI_Session session;

        CLEARS(MI_Operation_GetSession(handle, &session), session);
        REFUSED(MI_Operation_GetSession(handle, NULL));
    }
}

/* What a result callback was told by a call that never left the wrapper. */
static struct {
    unsigned count;
    bool right;
} told;

static void MI_CALL on_instance(MI_Operation *operation, void *callbackContext,
                                const MI_Instance *instance, MI_Boolean moreResults,
                                MI_Result resultCode, const MI_Char *errorString,
                                const MI_Instance *errorDetails,
                                MI_Result(MI_CALL *resultAcknowledgement)(MI_Operation *operation))
{
    told.count++;
    told.right = operation == NULL && callbackContext == PTR(1) && instance == NULL &&
                 moreResults == MI_FALSE && resultCode == MI_RESULT_INVALID_PARAMETER &&
                 errorString == NULL && errorDetails == NULL && resultAcknowledgement == NULL;
}

static void MI_CALL on_class(MI_Operation *operation, void *callbackContext,
                             const MI_Class *classResult, MI_Boolean moreResults,
                             MI_Result resultCode, const MI_Char *errorString,
                             const MI_Instance *errorDetails,
                             MI_Result(MI_CALL *resultAcknowledgement)(MI_Operation *operation))
{
    on_instance(operation, callbackContext, (const MI_Instance *)(const void *)classResult,
                moreResults, resultCode, errorString, errorDetails, resultAcknowledgement);
}

static void MI_CALL
on_indication(MI_Operation *operation, void *callbackContext, const MI_Instance *instance,
              const MI_Char *bookmark, const MI_Char *machineID, MI_Boolean moreResults,
              MI_Result resultCode, const MI_Char *errorString, const MI_Instance *errorDetails,
              MI_Result(MI_CALL *resultAcknowledgement)(MI_Operation *operation))
{
    on_instance(operation, callbackContext, instance, moreResults, resultCode, errorString,
                errorDetails, resultAcknowledgement);
    told.right = told.right && bookmark == NULL && machineID == NULL;
}

/* Each session call that starts an operation, on the handle, callbacks and operation given. */
static void start(unsigned verb, MI_Session *handle, MI_OperationCallbacks *callbacks,
                  MI_Operation *operation)
{
    switch (verb) {
    case 0:
        MI_Session_GetInstance(handle, 0, NULL, NULL, PTR(4), callbacks, operation);
        break;
    case 1:
        MI_Session_ModifyInstance(handle, 0, NULL, NULL, PTR(4), callbacks, operation);
        break;
    case 2:
        MI_Session_CreateInstance(handle, 0, NULL, NULL, PTR(4), callbacks, operation);
        break;
    case 3:
        MI_Session_DeleteInstance(handle, 0, NULL, NULL, PTR(4), callbacks, operation);
        break;
    case 4:
        MI_Session_Invoke(handle, 0, NULL, NULL, PTR(4), PTR(5), NULL, NULL, callbacks, operation);
        break;
    case 5:
        MI_Session_EnumerateInstances(handle, 0, NULL, NULL, PTR(4), MI_FALSE, callbacks,
                                      operation);
        break;
    case 6:
        MI_Session_QueryInstances(handle, 0, NULL, NULL, PTR(4), PTR(5), callbacks, operation);
        break;
    case 7:
        MI_Session_AssociatorInstances(handle, 0, NULL, NULL, PTR(4), NULL, NULL, NULL, NULL,
                                       MI_FALSE, callbacks, operation);
        break;
    case 8:
        MI_Session_ReferenceInstances(handle, 0, NULL, NULL, PTR(4), NULL, NULL, MI_FALSE,
                                      callbacks, operation);
        break;
    case 9:
        MI_Session_TestConnection(handle, 0, callbacks, operation);
        break;
    case 10:
        MI_Session_GetClass(handle, 0, NULL, NULL, PTR(4), callbacks, operation);
        break;
    case 11:
        MI_Session_EnumerateClasses(handle, 0, NULL, NULL, NULL, MI_FALSE, callbacks, operation);
        break;
    default:
        MI_Session_Subscribe(handle, 0, NULL, NULL, PTR(4), PTR(5), NULL, callbacks, operation);
        break;
    }
}

/* The one callback that a verb reports to; the others must stay silent. */
static MI_OperationCallbacks callbacks_of(unsigned verb)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;

    callbacks.callbackContext = PTR(1);
    if (verb < 10) {
        callbacks.instanceResult = on_instance;
    } else if (verb < 12) {
        callbacks.classResult = on_class;
    } else {
        callbacks.indicationResult = on_indication;
    }
    return callbacks;
}

enum { VERBS = 13 };

MIC_TEST(session, operation_without_session_reports_once_and_clears_the_handle)
{
    MI_Session zeroed = MI_SESSION_NULL;
    MI_Session *const handles[] = {NULL, &zeroed};

    for (unsigned verb = 0; verb < VERBS; verb++) {
        for (size_t i = 0; i < MI_COUNT(handles); i++) {
            MI_OperationCallbacks callbacks = callbacks_of(verb);
            MI_Operation operation;

            memset(&operation, 0x5A, sizeof(operation));
            memset(&told, 0, sizeof(told));
            forget();
            start(verb, handles[i], &callbacks, &operation);
            MIC_CHECK_INT(told.count, 1);
            MIC_CHECK(told.right);
            MIC_CHECK(is_zero(&operation, sizeof(operation)));
            MIC_CHECK_INT(seen.calls, 0);
        }
    }
}

MIC_TEST(session, operation_without_session_tells_only_the_callback_of_its_kind)
{
    for (unsigned verb = 0; verb < VERBS; verb++) {
        /* The callbacks of another kind of operation. */
        MI_OperationCallbacks callbacks = callbacks_of(verb < 10 ? 10 : verb < 12 ? 12 : 0);
        MI_Operation operation;

        memset(&told, 0, sizeof(told));
        start(verb, NULL, &callbacks, &operation);
        MIC_CHECK_INT(told.count, 0);
        MIC_CHECK(is_zero(&operation, sizeof(operation)));
    }
}

MIC_TEST(session, operation_without_session_callbacks_or_handle_is_harmless)
{
    for (unsigned verb = 0; verb < VERBS; verb++) {
        MI_OperationCallbacks none = MI_OPERATIONCALLBACKS_NULL;
        MI_OperationCallbacks callbacks = callbacks_of(verb);

        memset(&told, 0, sizeof(told));
        forget();
        start(verb, NULL, NULL, NULL);
        start(verb, NULL, &none, NULL);
        MIC_CHECK_INT(told.count, 0);
        start(verb, NULL, &callbacks, NULL);
        MIC_CHECK_INT(told.count, 1);
        MIC_CHECK_INT(seen.calls, 0);
    }
}

MIC_TEST(session, close_without_session_still_calls_back)
{
    MI_Session zeroed = MI_SESSION_NULL;

    closed_count = 0;
    forget();
    MIC_CHECK_INT(MI_Session_Close(NULL, PTR(1), on_closed), MI_RESULT_OK);
    MIC_CHECK_INT(closed_count, 1);
    MIC_CHECK_INT(MI_Session_Close(&zeroed, PTR(1), on_closed), MI_RESULT_OK);
    MIC_CHECK_INT(closed_count, 2);
    MIC_CHECK_INT(seen.calls, 0);
    REFUSED(MI_Session_Close(NULL, PTR(1), NULL));
    REFUSED(MI_Session_Close(&zeroed, PTR(1), NULL));
    MIC_CHECK_INT(closed_count, 2);
}

MIC_TEST(operation, get_without_operation_says_so_in_both_places)
{
    MI_Operation zeroed = MI_OPERATION_NULL;
    MI_Operation *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_Operation *handle = handles[i];
        MI_Boolean more = MI_TRUE;
        MI_Result result = MI_RESULT_OK;

        REFUSED(MI_Operation_GetInstance(handle, PTR(1), &more, &result, PTR(4), PTR(5)));
        MIC_CHECK(more == MI_FALSE && result == MI_RESULT_INVALID_PARAMETER);
        more = MI_TRUE;
        result = MI_RESULT_OK;
        REFUSED(MI_Operation_GetIndication(handle, PTR(1), PTR(2), PTR(3), &more, &result, PTR(6),
                                           PTR(7)));
        MIC_CHECK(more == MI_FALSE && result == MI_RESULT_INVALID_PARAMETER);
        more = MI_TRUE;
        result = MI_RESULT_OK;
        REFUSED(MI_Operation_GetClass(handle, PTR(1), &more, &result, PTR(4), PTR(5)));
        MIC_CHECK(more == MI_FALSE && result == MI_RESULT_INVALID_PARAMETER);

        REFUSED(MI_Operation_GetInstance(handle, PTR(1), NULL, NULL, NULL, NULL));
        REFUSED(MI_Operation_GetIndication(handle, PTR(1), NULL, NULL, NULL, NULL, NULL, NULL));
        REFUSED(MI_Operation_GetClass(handle, PTR(1), NULL, NULL, NULL, NULL));
    }
}

MIC_TEST(constants, initialisers_make_closed_handles)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_HostedProvider provider = MI_HOSTEDPROVIDER_NULL;
    MI_SessionCallbacks callbacks = MI_SESSIONCALLBACKS_NULL;

    REFUSED(MI_Application_Close(&application));
    REFUSED(MI_HostedProvider_Close(&provider));
    MIC_CHECK(callbacks.callbackContext == NULL);
    MIC_CHECK(callbacks.writeMessage == NULL);
    MIC_CHECK(callbacks.writeError == NULL);
}
