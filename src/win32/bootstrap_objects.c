/* The tables of applications, sessions, operations and hosted providers before mi.dll is loaded.
   Objects carry mi.dll's own tables, so only code that goes through mi_clientFT_V1 comes here. */

#include "win32/native.h"

static const MI_Char missing_text[] = L"mi.dll is not installed";

/* An operation that cannot start still ends: its callback learns why, exactly once. */
static void refuse_instance(const MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Instance *details = NULL;

    mic_clear_output(operation, sizeof(*operation));
    if (callbacks != NULL && callbacks->instanceResult != NULL) {
        mic_missing_error_report(&details);
        callbacks->instanceResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                                  MI_RESULT_NOT_SUPPORTED, missing_text, details, NULL);
        MI_Instance_Delete(details);
    }
}

static void refuse_class(const MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Instance *details = NULL;

    mic_clear_output(operation, sizeof(*operation));
    if (callbacks != NULL && callbacks->classResult != NULL) {
        mic_missing_error_report(&details);
        callbacks->classResult(NULL, callbacks->callbackContext, NULL, MI_FALSE,
                               MI_RESULT_NOT_SUPPORTED, missing_text, details, NULL);
        MI_Instance_Delete(details);
    }
}

static void refuse_indication(const MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Instance *details = NULL;

    mic_clear_output(operation, sizeof(*operation));
    if (callbacks != NULL && callbacks->indicationResult != NULL) {
        mic_missing_error_report(&details);
        callbacks->indicationResult(NULL, callbacks->callbackContext, NULL, NULL, NULL, MI_FALSE,
                                    MI_RESULT_NOT_SUPPORTED, missing_text, details, NULL);
        MI_Instance_Delete(details);
    }
}

static MI_Result MI_CALL application_Close(MI_Application *application)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->applicationFT->Close(application);
}

static MI_Result MI_CALL application_NewSession(MI_Application *application,
                                                const MI_Char *protocol, const MI_Char *destination,
                                                MI_DestinationOptions *options,
                                                MI_SessionCallbacks *callbacks,
                                                MI_Instance **extendedError, MI_Session *session)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_missing_error_report(extendedError);
        mic_clear_output(session, sizeof(*session));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->applicationFT->NewSession(application, protocol, destination, options, callbacks,
                                             extendedError, session);
}

static MI_Result MI_CALL application_NewHostedProvider(
    MI_Application *application, const MI_Char *namespaceName, const MI_Char *providerName,
    MI_MainFunction mi_Main, MI_Instance **extendedError, MI_HostedProvider *provider)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_missing_error_report(extendedError);
        mic_clear_output(provider, sizeof(*provider));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->applicationFT->NewHostedProvider(application, namespaceName, providerName,
                                                    mi_Main, extendedError, provider);
}

static MI_Result MI_CALL application_NewInstance(MI_Application *application,
                                                 const MI_Char *className,
                                                 const MI_ClassDecl *classRTTI,
                                                 MI_Instance **instance)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(instance, sizeof(*instance));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->applicationFT->NewInstance(application, className, classRTTI, instance);
}

static MI_Result MI_CALL application_NewDestinationOptions(MI_Application *application,
                                                           MI_DestinationOptions *options)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(options, sizeof(*options));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->applicationFT->NewDestinationOptions(application, options);
}

static MI_Result MI_CALL application_NewOperationOptions(MI_Application *application,
                                                         MI_Boolean customOptionsMustUnderstand,
                                                         MI_OperationOptions *options)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(options, sizeof(*options));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->applicationFT->NewOperationOptions(application, customOptionsMustUnderstand,
                                                      options);
}

static MI_Result MI_CALL application_NewSubscriptionDeliveryOptions(
    MI_Application *application, MI_SubscriptionDeliveryType deliveryType,
    MI_SubscriptionDeliveryOptions *deliveryOptions)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(deliveryOptions, sizeof(*deliveryOptions));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->applicationFT->NewSubscriptionDeliveryOptions(application, deliveryType,
                                                                 deliveryOptions);
}

static MI_Result MI_CALL application_NewSerializer(MI_Application *application, MI_Uint32 flags,
                                                   MI_Char *format, MI_Serializer *serializer)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(serializer, sizeof(*serializer));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->applicationFT->NewSerializer(application, flags, format, serializer);
}

static MI_Result MI_CALL application_NewDeserializer(MI_Application *application, MI_Uint32 flags,
                                                     MI_Char *format, MI_Deserializer *deserializer)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(deserializer, sizeof(*deserializer));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->applicationFT->NewDeserializer(application, flags, format, deserializer);
}

static MI_Result MI_CALL application_NewInstanceFromClass(MI_Application *application,
                                                          const MI_Char *className,
                                                          const MI_Class *classObject,
                                                          MI_Instance **instance)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(instance, sizeof(*instance));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->applicationFT->NewInstanceFromClass(application, className, classObject,
                                                       instance);
}

static MI_Result MI_CALL application_NewClass(MI_Application *application,
                                              const MI_ClassDecl *classDecl,
                                              const MI_Char *namespaceName,
                                              const MI_Char *serverName, MI_Class **classObject)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(classObject, sizeof(*classObject));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->applicationFT->NewClass(application, classDecl, namespaceName, serverName,
                                           classObject);
}

static const MI_ApplicationFT mic_bootstrap_application_ft = {
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

static MI_Result MI_CALL session_Close(MI_Session *session, void *completionContext,
                                       void(MI_CALL *completionCallback)(void *))
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        if (completionCallback != NULL) {
            completionCallback(completionContext);
        }
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->sessionFT->Close(session, completionContext, completionCallback);
}

static MI_Result MI_CALL session_GetApplication(MI_Session *session, MI_Application *application)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(application, sizeof(*application));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->sessionFT->GetApplication(session, application);
}

static void MI_CALL session_GetInstance(MI_Session *session, MI_Uint32 flags,
                                        MI_OperationOptions *options, const MI_Char *namespaceName,
                                        const MI_Instance *inboundInstance,
                                        MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_instance(callbacks, operation);
        return;
    }
    native->sessionFT->GetInstance(session, flags, options, namespaceName, inboundInstance,
                                   callbacks, operation);
}

static void MI_CALL session_ModifyInstance(MI_Session *session, MI_Uint32 flags,
                                           MI_OperationOptions *options,
                                           const MI_Char *namespaceName,
                                           const MI_Instance *inboundInstance,
                                           MI_OperationCallbacks *callbacks,
                                           MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_instance(callbacks, operation);
        return;
    }
    native->sessionFT->ModifyInstance(session, flags, options, namespaceName, inboundInstance,
                                      callbacks, operation);
}

static void MI_CALL session_CreateInstance(MI_Session *session, MI_Uint32 flags,
                                           MI_OperationOptions *options,
                                           const MI_Char *namespaceName,
                                           const MI_Instance *inboundInstance,
                                           MI_OperationCallbacks *callbacks,
                                           MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_instance(callbacks, operation);
        return;
    }
    native->sessionFT->CreateInstance(session, flags, options, namespaceName, inboundInstance,
                                      callbacks, operation);
}

static void MI_CALL session_DeleteInstance(MI_Session *session, MI_Uint32 flags,
                                           MI_OperationOptions *options,
                                           const MI_Char *namespaceName,
                                           const MI_Instance *inboundInstance,
                                           MI_OperationCallbacks *callbacks,
                                           MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_instance(callbacks, operation);
        return;
    }
    native->sessionFT->DeleteInstance(session, flags, options, namespaceName, inboundInstance,
                                      callbacks, operation);
}

static void MI_CALL session_Invoke(MI_Session *session, MI_Uint32 flags,
                                   MI_OperationOptions *options, const MI_Char *namespaceName,
                                   const MI_Char *className, const MI_Char *methodName,
                                   const MI_Instance *inboundInstance,
                                   const MI_Instance *inboundProperties,
                                   MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_instance(callbacks, operation);
        return;
    }
    native->sessionFT->Invoke(session, flags, options, namespaceName, className, methodName,
                              inboundInstance, inboundProperties, callbacks, operation);
}

static void MI_CALL session_EnumerateInstances(MI_Session *session, MI_Uint32 flags,
                                               MI_OperationOptions *options,
                                               const MI_Char *namespaceName,
                                               const MI_Char *className, MI_Boolean keysOnly,
                                               MI_OperationCallbacks *callbacks,
                                               MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_instance(callbacks, operation);
        return;
    }
    native->sessionFT->EnumerateInstances(session, flags, options, namespaceName, className,
                                          keysOnly, callbacks, operation);
}

static void MI_CALL session_QueryInstances(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Char *queryDialect, const MI_Char *queryExpression,
    MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_instance(callbacks, operation);
        return;
    }
    native->sessionFT->QueryInstances(session, flags, options, namespaceName, queryDialect,
                                      queryExpression, callbacks, operation);
}

static void MI_CALL session_AssociatorInstances(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Instance *instanceKeys, const MI_Char *assocClass,
    const MI_Char *resultClass, const MI_Char *role, const MI_Char *resultRole, MI_Boolean keysOnly,
    MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_instance(callbacks, operation);
        return;
    }
    native->sessionFT->AssociatorInstances(session, flags, options, namespaceName, instanceKeys,
                                           assocClass, resultClass, role, resultRole, keysOnly,
                                           callbacks, operation);
}

static void MI_CALL
session_ReferenceInstances(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                           const MI_Char *namespaceName, const MI_Instance *instanceKeys,
                           const MI_Char *resultClass, const MI_Char *role, MI_Boolean keysOnly,
                           MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_instance(callbacks, operation);
        return;
    }
    native->sessionFT->ReferenceInstances(session, flags, options, namespaceName, instanceKeys,
                                          resultClass, role, keysOnly, callbacks, operation);
}

static void MI_CALL session_Subscribe(MI_Session *session, MI_Uint32 flags,
                                      MI_OperationOptions *options, const MI_Char *namespaceName,
                                      const MI_Char *queryDialect, const MI_Char *queryExpression,
                                      const MI_SubscriptionDeliveryOptions *deliverOptions,
                                      MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_indication(callbacks, operation);
        return;
    }
    native->sessionFT->Subscribe(session, flags, options, namespaceName, queryDialect,
                                 queryExpression, deliverOptions, callbacks, operation);
}

static void MI_CALL session_GetClass(MI_Session *session, MI_Uint32 flags,
                                     MI_OperationOptions *options, const MI_Char *namespaceName,
                                     const MI_Char *className, MI_OperationCallbacks *callbacks,
                                     MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_class(callbacks, operation);
        return;
    }
    native->sessionFT->GetClass(session, flags, options, namespaceName, className, callbacks,
                                operation);
}

static void MI_CALL session_EnumerateClasses(MI_Session *session, MI_Uint32 flags,
                                             MI_OperationOptions *options,
                                             const MI_Char *namespaceName, const MI_Char *className,
                                             MI_Boolean classNamesOnly,
                                             MI_OperationCallbacks *callbacks,
                                             MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_class(callbacks, operation);
        return;
    }
    native->sessionFT->EnumerateClasses(session, flags, options, namespaceName, className,
                                        classNamesOnly, callbacks, operation);
}

static void MI_CALL session_TestConnection(MI_Session *session, MI_Uint32 flags,
                                           MI_OperationCallbacks *callbacks,
                                           MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        refuse_instance(callbacks, operation);
        return;
    }
    native->sessionFT->TestConnection(session, flags, callbacks, operation);
}

static const MI_SessionFT mic_bootstrap_session_ft = {
    .Close = session_Close,
    .GetApplication = session_GetApplication,
    .GetInstance = session_GetInstance,
    .ModifyInstance = session_ModifyInstance,
    .CreateInstance = session_CreateInstance,
    .DeleteInstance = session_DeleteInstance,
    .Invoke = session_Invoke,
    .EnumerateInstances = session_EnumerateInstances,
    .QueryInstances = session_QueryInstances,
    .AssociatorInstances = session_AssociatorInstances,
    .ReferenceInstances = session_ReferenceInstances,
    .Subscribe = session_Subscribe,
    .GetClass = session_GetClass,
    .EnumerateClasses = session_EnumerateClasses,
    .TestConnection = session_TestConnection,
};

static MI_Result MI_CALL operation_Close(MI_Operation *operation)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationFT->Close(operation);
}

static MI_Result MI_CALL operation_Cancel(MI_Operation *operation, MI_CancellationReason reason)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationFT->Cancel(operation, reason);
}

static MI_Result MI_CALL operation_GetSession(MI_Operation *operation, MI_Session *session)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(session, sizeof(*session));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationFT->GetSession(operation, session);
}

static MI_Result MI_CALL operation_GetInstance(MI_Operation *operation,
                                               const MI_Instance **instance,
                                               MI_Boolean *moreResults, MI_Result *result,
                                               const MI_Char **errorMessage,
                                               const MI_Instance **completionDetails)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(instance, sizeof(*instance));
        mic_clear_output(moreResults, sizeof(*moreResults));
        mic_clear_output(result, sizeof(*result));
        mic_clear_output(errorMessage, sizeof(*errorMessage));
        mic_clear_output(completionDetails, sizeof(*completionDetails));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationFT->GetInstance(operation, instance, moreResults, result, errorMessage,
                                            completionDetails);
}

static MI_Result MI_CALL operation_GetIndication(MI_Operation *operation,
                                                 const MI_Instance **instance,
                                                 const MI_Char **bookmark,
                                                 const MI_Char **machineID, MI_Boolean *moreResults,
                                                 MI_Result *result, const MI_Char **errorMessage,
                                                 const MI_Instance **completionDetails)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(instance, sizeof(*instance));
        mic_clear_output(bookmark, sizeof(*bookmark));
        mic_clear_output(machineID, sizeof(*machineID));
        mic_clear_output(moreResults, sizeof(*moreResults));
        mic_clear_output(result, sizeof(*result));
        mic_clear_output(errorMessage, sizeof(*errorMessage));
        mic_clear_output(completionDetails, sizeof(*completionDetails));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationFT->GetIndication(operation, instance, bookmark, machineID, moreResults,
                                              result, errorMessage, completionDetails);
}

static MI_Result MI_CALL operation_GetClass(MI_Operation *operation, const MI_Class **classResult,
                                            MI_Boolean *moreResults, MI_Result *result,
                                            const MI_Char **errorMessage,
                                            const MI_Instance **completionDetails)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(classResult, sizeof(*classResult));
        mic_clear_output(moreResults, sizeof(*moreResults));
        mic_clear_output(result, sizeof(*result));
        mic_clear_output(errorMessage, sizeof(*errorMessage));
        mic_clear_output(completionDetails, sizeof(*completionDetails));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->operationFT->GetClass(operation, classResult, moreResults, result, errorMessage,
                                         completionDetails);
}

static const MI_OperationFT mic_bootstrap_operation_ft = {
    .Close = operation_Close,
    .Cancel = operation_Cancel,
    .GetSession = operation_GetSession,
    .GetInstance = operation_GetInstance,
    .GetIndication = operation_GetIndication,
    .GetClass = operation_GetClass,
};

static MI_Result MI_CALL hosted_provider_Close(MI_HostedProvider *hostedProvider)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->hostedProviderFT->Close(hostedProvider);
}

static MI_Result MI_CALL hosted_provider_GetApplication(MI_HostedProvider *hostedProvider,
                                                        MI_Application *application)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(application, sizeof(*application));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->hostedProviderFT->GetApplication(hostedProvider, application);
}

static const MI_HostedProviderFT mic_bootstrap_hosted_provider_ft = {
    .Close = hosted_provider_Close,
    .GetApplication = hosted_provider_GetApplication,
};
