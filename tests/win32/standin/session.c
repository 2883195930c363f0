/* Sessions and operations. */

#include "standin_internal.h"

static MI_Result MI_CALL session_Close(MI_Session *session, void *completionContext,
                                       void(MI_CALL *completionCallback)(void *))
{
    MI_Result result = record("SessionFT.Close", "ppo", session, completionContext,
                              (const void *)(ptrdiff_t)completionCallback);

    if (completionCallback != NULL) {
        completionCallback(completionContext);
    }
    return result;
}

static MI_Result MI_CALL session_GetApplication(MI_Session *session, MI_Application *application)
{
    ANSWER(application, ((MI_Application){STANDIN_NUMBER(1, 1), 0, &standin_application_ft}));
    return record("SessionFT.GetApplication", "po", session, application);
}

static void MI_CALL session_GetInstance(MI_Session *session, MI_Uint32 flags,
                                        MI_OperationOptions *options, const MI_Char *namespaceName,
                                        const MI_Instance *inboundInstance,
                                        MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(2, 6), 0, &standin_operation_ft}));
    record("SessionFT.GetInstance", "pupsppo", session, (MI_Uint32)flags, options, namespaceName,
           inboundInstance, callbacks, operation);
    call_back_instance(operation, flags, callbacks);
}

static void MI_CALL session_ModifyInstance(MI_Session *session, MI_Uint32 flags,
                                           MI_OperationOptions *options,
                                           const MI_Char *namespaceName,
                                           const MI_Instance *inboundInstance,
                                           MI_OperationCallbacks *callbacks,
                                           MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(3, 6), 0, &standin_operation_ft}));
    record("SessionFT.ModifyInstance", "pupsppo", session, (MI_Uint32)flags, options, namespaceName,
           inboundInstance, callbacks, operation);
    call_back_instance(operation, flags, callbacks);
}

static void MI_CALL session_CreateInstance(MI_Session *session, MI_Uint32 flags,
                                           MI_OperationOptions *options,
                                           const MI_Char *namespaceName,
                                           const MI_Instance *inboundInstance,
                                           MI_OperationCallbacks *callbacks,
                                           MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(4, 6), 0, &standin_operation_ft}));
    record("SessionFT.CreateInstance", "pupsppo", session, (MI_Uint32)flags, options, namespaceName,
           inboundInstance, callbacks, operation);
    call_back_instance(operation, flags, callbacks);
}

static void MI_CALL session_DeleteInstance(MI_Session *session, MI_Uint32 flags,
                                           MI_OperationOptions *options,
                                           const MI_Char *namespaceName,
                                           const MI_Instance *inboundInstance,
                                           MI_OperationCallbacks *callbacks,
                                           MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(5, 6), 0, &standin_operation_ft}));
    record("SessionFT.DeleteInstance", "pupsppo", session, (MI_Uint32)flags, options, namespaceName,
           inboundInstance, callbacks, operation);
    call_back_instance(operation, flags, callbacks);
}

static void MI_CALL session_Invoke(MI_Session *session, MI_Uint32 flags,
                                   MI_OperationOptions *options, const MI_Char *namespaceName,
                                   const MI_Char *className, const MI_Char *methodName,
                                   const MI_Instance *inboundInstance,
                                   const MI_Instance *inboundProperties,
                                   MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(6, 9), 0, &standin_operation_ft}));
    record("SessionFT.Invoke", "pupssspppo", session, (MI_Uint32)flags, options, namespaceName,
           className, methodName, inboundInstance, inboundProperties, callbacks, operation);
    call_back_instance(operation, flags, callbacks);
}

static void MI_CALL session_EnumerateInstances(MI_Session *session, MI_Uint32 flags,
                                               MI_OperationOptions *options,
                                               const MI_Char *namespaceName,
                                               const MI_Char *className, MI_Boolean keysOnly,
                                               MI_OperationCallbacks *callbacks,
                                               MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(7, 7), 0, &standin_operation_ft}));
    record("SessionFT.EnumerateInstances", "pupssbpo", session, (MI_Uint32)flags, options,
           namespaceName, className, (MI_Uint32)keysOnly, callbacks, operation);
    call_back_instance(operation, flags, callbacks);
}

static void MI_CALL session_QueryInstances(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Char *queryDialect, const MI_Char *queryExpression,
    MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(8, 7), 0, &standin_operation_ft}));
    record("SessionFT.QueryInstances", "pupssspo", session, (MI_Uint32)flags, options,
           namespaceName, queryDialect, queryExpression, callbacks, operation);
    call_back_instance(operation, flags, callbacks);
}

static void MI_CALL session_AssociatorInstances(
    MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
    const MI_Char *namespaceName, const MI_Instance *instanceKeys, const MI_Char *assocClass,
    const MI_Char *resultClass, const MI_Char *role, const MI_Char *resultRole, MI_Boolean keysOnly,
    MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(9, 11), 0, &standin_operation_ft}));
    record("SessionFT.AssociatorInstances", "pupspssssbpo", session, (MI_Uint32)flags, options,
           namespaceName, instanceKeys, assocClass, resultClass, role, resultRole,
           (MI_Uint32)keysOnly, callbacks, operation);
    call_back_instance(operation, flags, callbacks);
}

static void MI_CALL
session_ReferenceInstances(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                           const MI_Char *namespaceName, const MI_Instance *instanceKeys,
                           const MI_Char *resultClass, const MI_Char *role, MI_Boolean keysOnly,
                           MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(10, 9), 0, &standin_operation_ft}));
    record("SessionFT.ReferenceInstances", "pupspssbpo", session, (MI_Uint32)flags, options,
           namespaceName, instanceKeys, resultClass, role, (MI_Uint32)keysOnly, callbacks,
           operation);
    call_back_instance(operation, flags, callbacks);
}

static void MI_CALL session_Subscribe(MI_Session *session, MI_Uint32 flags,
                                      MI_OperationOptions *options, const MI_Char *namespaceName,
                                      const MI_Char *queryDialect, const MI_Char *queryExpression,
                                      const MI_SubscriptionDeliveryOptions *deliverOptions,
                                      MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(11, 8), 0, &standin_operation_ft}));
    record("SessionFT.Subscribe", "pupsssppo", session, (MI_Uint32)flags, options, namespaceName,
           queryDialect, queryExpression, deliverOptions, callbacks, operation);
    call_back_indication(operation, flags, callbacks);
}

static void MI_CALL session_GetClass(MI_Session *session, MI_Uint32 flags,
                                     MI_OperationOptions *options, const MI_Char *namespaceName,
                                     const MI_Char *className, MI_OperationCallbacks *callbacks,
                                     MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(12, 6), 0, &standin_operation_ft}));
    record("SessionFT.GetClass", "pupsspo", session, (MI_Uint32)flags, options, namespaceName,
           className, callbacks, operation);
    call_back_class(operation, flags, callbacks);
}

static void MI_CALL session_EnumerateClasses(MI_Session *session, MI_Uint32 flags,
                                             MI_OperationOptions *options,
                                             const MI_Char *namespaceName, const MI_Char *className,
                                             MI_Boolean classNamesOnly,
                                             MI_OperationCallbacks *callbacks,
                                             MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(13, 7), 0, &standin_operation_ft}));
    record("SessionFT.EnumerateClasses", "pupssbpo", session, (MI_Uint32)flags, options,
           namespaceName, className, (MI_Uint32)classNamesOnly, callbacks, operation);
    call_back_class(operation, flags, callbacks);
}

static void MI_CALL session_TestConnection(MI_Session *session, MI_Uint32 flags,
                                           MI_OperationCallbacks *callbacks,
                                           MI_Operation *operation)
{
    ANSWER(operation, ((MI_Operation){STANDIN_NUMBER(14, 3), 0, &standin_operation_ft}));
    record("SessionFT.TestConnection", "pupo", session, (MI_Uint32)flags, callbacks, operation);
    call_back_instance(operation, flags, callbacks);
}

const MI_SessionFT standin_session_ft = {
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

    return record("OperationFT.Close", "p", operation);
}

static MI_Result MI_CALL operation_Cancel(MI_Operation *operation, MI_CancellationReason reason)
{

    return record("OperationFT.Cancel", "pu", operation, (MI_Uint32)reason);
}

static MI_Result MI_CALL operation_GetSession(MI_Operation *operation, MI_Session *session)
{
    ANSWER(session, ((MI_Session){STANDIN_NUMBER(2, 1), 0, &standin_session_ft}));
    return record("OperationFT.GetSession", "po", operation, session);
}

static MI_Result MI_CALL operation_GetInstance(MI_Operation *operation,
                                               const MI_Instance **instance,
                                               MI_Boolean *moreResults, MI_Result *result,
                                               const MI_Char **errorMessage,
                                               const MI_Instance **completionDetails)
{
    ANSWER(instance, standin.instance);
    ANSWER(moreResults, MI_TRUE);
    ANSWER(result, STANDIN_RESULT);
    ANSWER(errorMessage, STANDIN_TEXT("errorMessage"));
    ANSWER(completionDetails, standin.instance);
    return record("OperationFT.GetInstance", "pooooo", operation, instance, moreResults, result,
                  errorMessage, completionDetails);
}

static MI_Result MI_CALL operation_GetIndication(MI_Operation *operation,
                                                 const MI_Instance **instance,
                                                 const MI_Char **bookmark,
                                                 const MI_Char **machineID, MI_Boolean *moreResults,
                                                 MI_Result *result, const MI_Char **errorMessage,
                                                 const MI_Instance **completionDetails)
{
    ANSWER(instance, standin.instance);
    ANSWER(bookmark, STANDIN_TEXT("bookmark"));
    ANSWER(machineID, STANDIN_TEXT("machineID"));
    ANSWER(moreResults, MI_TRUE);
    ANSWER(result, STANDIN_RESULT);
    ANSWER(errorMessage, STANDIN_TEXT("errorMessage"));
    ANSWER(completionDetails, standin.instance);
    return record("OperationFT.GetIndication", "pooooooo", operation, instance, bookmark, machineID,
                  moreResults, result, errorMessage, completionDetails);
}

static MI_Result MI_CALL operation_GetClass(MI_Operation *operation, const MI_Class **classResult,
                                            MI_Boolean *moreResults, MI_Result *result,
                                            const MI_Char **errorMessage,
                                            const MI_Instance **completionDetails)
{
    ANSWER(classResult, standin.class_object);
    ANSWER(moreResults, MI_TRUE);
    ANSWER(result, STANDIN_RESULT);
    ANSWER(errorMessage, STANDIN_TEXT("errorMessage"));
    ANSWER(completionDetails, standin.instance);
    return record("OperationFT.GetClass", "pooooo", operation, classResult, moreResults, result,
                  errorMessage, completionDetails);
}

const MI_OperationFT standin_operation_ft = {
    .Close = operation_Close,
    .Cancel = operation_Cancel,
    .GetSession = operation_GetSession,
    .GetInstance = operation_GetInstance,
    .GetIndication = operation_GetIndication,
    .GetClass = operation_GetClass,
};
