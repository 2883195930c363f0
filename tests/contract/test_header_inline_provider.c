/* Wrappers that providers call: which slot they call with what, and what they do without a handle.
 * No library is needed: the slots here only record. */
#include <mi.h>

#include "inline_record.h"

static void MI_CALL cancel_callback(MI_CancellationReason reason, void *callbackData)
{
    (void)reason;
    (void)callbackData;
}

static void MI_CALL lifecycle_callback(MI_Uint32 types, void *callbackData)
{
    (void)types;
    (void)callbackData;
}

static MI_Result MI_CALL fake_Context_PostResult(MI_Context *context, MI_Result result)
{
    RECORD("PostResult", (uintptr_t)context, (uintptr_t)result);
    return reply;
}

static MI_Result MI_CALL fake_Context_PostInstance(MI_Context *context, const MI_Instance *instance)
{
    RECORD("PostInstance", (uintptr_t)context, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_Context_PostIndication(MI_Context *context,
                                                     const MI_Instance *indication,
                                                     MI_Uint32 subscriptionIDCount,
                                                     const MI_Char *bookmark)
{
    RECORD("PostIndication", (uintptr_t)context, (uintptr_t)indication,
           (uintptr_t)subscriptionIDCount, (uintptr_t)bookmark);
    return reply;
}

static MI_Result MI_CALL fake_Context_ConstructInstance(MI_Context *context,
                                                        const MI_ClassDecl *classDecl,
                                                        MI_Instance *instance)
{
    RECORD("ConstructInstance", (uintptr_t)context, (uintptr_t)classDecl, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_Context_ConstructParameters(MI_Context *context,
                                                          const MI_MethodDecl *methodDecl,
                                                          MI_Instance *instance)
{
    RECORD("ConstructParameters", (uintptr_t)context, (uintptr_t)methodDecl, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_Context_NewInstance(MI_Context *context,
                                                  const MI_ClassDecl *classDecl,
                                                  MI_Instance **instance)
{
    RECORD("NewInstance", (uintptr_t)context, (uintptr_t)classDecl, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_Context_NewDynamicInstance(MI_Context *context,
                                                         const MI_Char *className, MI_Uint32 flags,
                                                         MI_Instance **instance)
{
    RECORD("NewDynamicInstance", (uintptr_t)context, (uintptr_t)className, (uintptr_t)flags,
           (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_Context_NewParameters(MI_Context *context,
                                                    const MI_MethodDecl *methodDecl,
                                                    MI_Instance **instance)
{
    RECORD("NewParameters", (uintptr_t)context, (uintptr_t)methodDecl, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_Context_Canceled(const MI_Context *context, MI_Boolean *flag)
{
    RECORD("Canceled", (uintptr_t)context, (uintptr_t)flag);
    return reply;
}

static MI_Result MI_CALL fake_Context_GetLocale(const MI_Context *context, MI_LocaleType localeType,
                                                MI_Char locale[MI_MAX_LOCALE_SIZE])
{
    RECORD("GetLocale", (uintptr_t)context, (uintptr_t)localeType, (uintptr_t)locale);
    return reply;
}

static MI_Result MI_CALL fake_Context_RegisterCancel(MI_Context *context,
                                                     MI_CancelCallback callback, void *callbackData)
{
    RECORD("RegisterCancel", (uintptr_t)context, (uintptr_t)callback, (uintptr_t)callbackData);
    return reply;
}

static MI_Result MI_CALL fake_Context_RequestUnload(MI_Context *context)
{
    RECORD("RequestUnload", (uintptr_t)context);
    return reply;
}

static MI_Result MI_CALL fake_Context_RefuseUnload(MI_Context *context)
{
    RECORD("RefuseUnload", (uintptr_t)context);
    return reply;
}

static MI_Result MI_CALL fake_Context_GetLocalSession(const MI_Context *context,
                                                      MI_Session *session)
{
    RECORD("GetLocalSession", (uintptr_t)context, (uintptr_t)session);
    return reply;
}

static MI_Result MI_CALL fake_Context_SetStringOption(MI_Context *context, const MI_Char *name,
                                                      const MI_Char *value)
{
    RECORD("SetStringOption", (uintptr_t)context, (uintptr_t)name, (uintptr_t)value);
    return reply;
}

static MI_Result MI_CALL fake_Context_GetStringOption(MI_Context *context, const MI_Char *name,
                                                      const MI_Char **value)
{
    RECORD("GetStringOption", (uintptr_t)context, (uintptr_t)name, (uintptr_t)value);
    return reply;
}

static MI_Result MI_CALL fake_Context_GetNumberOption(MI_Context *context, const MI_Char *name,
                                                      MI_Uint32 *value)
{
    RECORD("GetNumberOption", (uintptr_t)context, (uintptr_t)name, (uintptr_t)value);
    return reply;
}

static MI_Result MI_CALL fake_Context_GetCustomOption(MI_Context *context, const MI_Char *name,
                                                      MI_Type *valueType, MI_Value *value)
{
    RECORD("GetCustomOption", (uintptr_t)context, (uintptr_t)name, (uintptr_t)valueType,
           (uintptr_t)value);
    return reply;
}

static MI_Result MI_CALL fake_Context_GetCustomOptionCount(MI_Context *context, MI_Uint32 *count)
{
    RECORD("GetCustomOptionCount", (uintptr_t)context, (uintptr_t)count);
    return reply;
}

static MI_Result MI_CALL fake_Context_GetCustomOptionAt(MI_Context *context, MI_Uint32 index,
                                                        const MI_Char **name, MI_Type *valueType,
                                                        MI_Value *value)
{
    RECORD("GetCustomOptionAt", (uintptr_t)context, (uintptr_t)index, (uintptr_t)name,
           (uintptr_t)valueType, (uintptr_t)value);
    return reply;
}

static MI_Result MI_CALL fake_Context_WriteMessage(MI_Context *context, MI_Uint32 channel,
                                                   const MI_Char *message)
{
    RECORD("WriteMessage", (uintptr_t)context, (uintptr_t)channel, (uintptr_t)message);
    return reply;
}

static MI_Result MI_CALL fake_Context_WriteProgress(MI_Context *context, const MI_Char *activity,
                                                    const MI_Char *currentOperation,
                                                    const MI_Char *statusDescription,
                                                    MI_Uint32 percentComplete,
                                                    MI_Uint32 secondsRemaining)
{
    RECORD("WriteProgress", (uintptr_t)context, (uintptr_t)activity, (uintptr_t)currentOperation,
           (uintptr_t)statusDescription, (uintptr_t)percentComplete, (uintptr_t)secondsRemaining);
    return reply;
}

static MI_Result MI_CALL fake_Context_WriteStreamParameter(MI_Context *context, const MI_Char *name,
                                                           const MI_Value *value, MI_Type type,
                                                           MI_Uint32 flags)
{
    RECORD("WriteStreamParameter", (uintptr_t)context, (uintptr_t)name, (uintptr_t)value,
           (uintptr_t)type, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_Context_WriteCimError(MI_Context *context, const MI_Instance *error,
                                                    MI_Boolean *flag)
{
    RECORD("WriteCimError", (uintptr_t)context, (uintptr_t)error, (uintptr_t)flag);
    return reply;
}

static MI_Result MI_CALL fake_Context_PromptUser(MI_Context *context, const MI_Char *message,
                                                 MI_PromptType promptType, MI_Boolean *result)
{
    RECORD("PromptUser", (uintptr_t)context, (uintptr_t)message, (uintptr_t)promptType,
           (uintptr_t)result);
    return reply;
}

static MI_Result MI_CALL fake_Context_ShouldProcess(MI_Context *context, const MI_Char *target,
                                                    const MI_Char *action, MI_Boolean *result)
{
    RECORD("ShouldProcess", (uintptr_t)context, (uintptr_t)target, (uintptr_t)action,
           (uintptr_t)result);
    return reply;
}

static MI_Result MI_CALL fake_Context_ShouldContinue(MI_Context *context, const MI_Char *message,
                                                     MI_Boolean *result)
{
    RECORD("ShouldContinue", (uintptr_t)context, (uintptr_t)message, (uintptr_t)result);
    return reply;
}

static MI_Result MI_CALL fake_Context_PostError(MI_Context *context, MI_Uint32 resultCode,
                                                const MI_Char *resultType,
                                                const MI_Char *errorMessage)
{
    RECORD("PostError", (uintptr_t)context, (uintptr_t)resultCode, (uintptr_t)resultType,
           (uintptr_t)errorMessage);
    return reply;
}

static MI_Result MI_CALL fake_Context_PostCimError(MI_Context *context, const MI_Instance *error)
{
    RECORD("PostCimError", (uintptr_t)context, (uintptr_t)error);
    return reply;
}

static MI_Result MI_CALL fake_Context_WriteError(MI_Context *context, MI_Uint32 resultCode,
                                                 const MI_Char *resultType,
                                                 const MI_Char *errorMessage, MI_Boolean *flag)
{
    RECORD("WriteError", (uintptr_t)context, (uintptr_t)resultCode, (uintptr_t)resultType,
           (uintptr_t)errorMessage, (uintptr_t)flag);
    return reply;
}

static MI_Result MI_CALL fake_Context_GetLifecycleIndicationContext(
    const MI_Context *context, MI_LifecycleIndicationContext **lifecycleContext)
{
    RECORD("GetLifecycleIndicationContext", (uintptr_t)context, (uintptr_t)lifecycleContext);
    return reply;
}

static const MI_ContextFT fake_Context = {
    .PostResult = fake_Context_PostResult,
    .PostInstance = fake_Context_PostInstance,
    .PostIndication = fake_Context_PostIndication,
    .ConstructInstance = fake_Context_ConstructInstance,
    .ConstructParameters = fake_Context_ConstructParameters,
    .NewInstance = fake_Context_NewInstance,
    .NewDynamicInstance = fake_Context_NewDynamicInstance,
    .NewParameters = fake_Context_NewParameters,
    .Canceled = fake_Context_Canceled,
    .GetLocale = fake_Context_GetLocale,
    .RegisterCancel = fake_Context_RegisterCancel,
    .RequestUnload = fake_Context_RequestUnload,
    .RefuseUnload = fake_Context_RefuseUnload,
    .GetLocalSession = fake_Context_GetLocalSession,
    .SetStringOption = fake_Context_SetStringOption,
    .GetStringOption = fake_Context_GetStringOption,
    .GetNumberOption = fake_Context_GetNumberOption,
    .GetCustomOption = fake_Context_GetCustomOption,
    .GetCustomOptionCount = fake_Context_GetCustomOptionCount,
    .GetCustomOptionAt = fake_Context_GetCustomOptionAt,
    .WriteMessage = fake_Context_WriteMessage,
    .WriteProgress = fake_Context_WriteProgress,
    .WriteStreamParameter = fake_Context_WriteStreamParameter,
    .WriteCimError = fake_Context_WriteCimError,
    .PromptUser = fake_Context_PromptUser,
    .ShouldProcess = fake_Context_ShouldProcess,
    .ShouldContinue = fake_Context_ShouldContinue,
    .PostError = fake_Context_PostError,
    .PostCimError = fake_Context_PostCimError,
    .WriteError = fake_Context_WriteError,
    .GetLifecycleIndicationContext = fake_Context_GetLifecycleIndicationContext,
};

static MI_Result MI_CALL fake_LifecycleIndicationContext_PostCreate(
    MI_LifecycleIndicationContext *context, const MI_Instance *instance)
{
    RECORD("PostCreate", (uintptr_t)context, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_LifecycleIndicationContext_PostModify(
    MI_LifecycleIndicationContext *context, const MI_Instance *orginalInstance,
    const MI_Instance *instance)
{
    RECORD("PostModify", (uintptr_t)context, (uintptr_t)orginalInstance, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_LifecycleIndicationContext_PostDelete(
    MI_LifecycleIndicationContext *context, const MI_Instance *orginalInstance)
{
    RECORD("PostDelete", (uintptr_t)context, (uintptr_t)orginalInstance);
    return reply;
}

static MI_Result MI_CALL fake_LifecycleIndicationContext_PostRead(
    MI_LifecycleIndicationContext *context, const MI_Instance *instance)
{
    RECORD("PostRead", (uintptr_t)context, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_LifecycleIndicationContext_PostMethodCall(
    MI_LifecycleIndicationContext *context, const MI_Instance *instance, const MI_Char *methodName,
    MI_Boolean precall, const MI_Instance *parameter, const MI_Char *returnvalue)
{
    RECORD("PostMethodCall", (uintptr_t)context, (uintptr_t)instance, (uintptr_t)methodName,
           (uintptr_t)precall, (uintptr_t)parameter, (uintptr_t)returnvalue);
    return reply;
}

static MI_Result MI_CALL
fake_LifecycleIndicationContext_PostResult(MI_LifecycleIndicationContext *context, MI_Result result)
{
    RECORD("PostResult", (uintptr_t)context, (uintptr_t)result);
    return reply;
}

static MI_Result MI_CALL fake_LifecycleIndicationContext_ConstructInstance(
    MI_LifecycleIndicationContext *context, const MI_ClassDecl *classDecl, MI_Instance *instance)
{
    RECORD("ConstructInstance", (uintptr_t)context, (uintptr_t)classDecl, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_LifecycleIndicationContext_ConstructParameters(
    MI_LifecycleIndicationContext *context, const MI_MethodDecl *methodDecl, MI_Instance *instance)
{
    RECORD("ConstructParameters", (uintptr_t)context, (uintptr_t)methodDecl, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_LifecycleIndicationContext_NewInstance(
    MI_LifecycleIndicationContext *context, const MI_ClassDecl *classDecl, MI_Instance **instance)
{
    RECORD("NewInstance", (uintptr_t)context, (uintptr_t)classDecl, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_LifecycleIndicationContext_NewDynamicInstance(
    MI_LifecycleIndicationContext *context, const MI_Char *className, MI_Uint32 flags,
    MI_Instance **instance)
{
    RECORD("NewDynamicInstance", (uintptr_t)context, (uintptr_t)className, (uintptr_t)flags,
           (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_LifecycleIndicationContext_NewParameters(
    MI_LifecycleIndicationContext *context, const MI_MethodDecl *methodDecl, MI_Instance **instance)
{
    RECORD("NewParameters", (uintptr_t)context, (uintptr_t)methodDecl, (uintptr_t)instance);
    return reply;
}

static MI_Result MI_CALL fake_LifecycleIndicationContext_SetSupportedTypes(
    MI_LifecycleIndicationContext *context, MI_Uint32 types)
{
    RECORD("SetSupportedTypes", (uintptr_t)context, (uintptr_t)types);
    return reply;
}

static MI_Result MI_CALL
fake_LifecycleIndicationContext_GetTypes(MI_LifecycleIndicationContext *context, MI_Uint32 *types)
{
    RECORD("GetTypes", (uintptr_t)context, (uintptr_t)types);
    return reply;
}

static MI_Result MI_CALL fake_LifecycleIndicationContext_RegisterCallback(
    MI_LifecycleIndicationContext *context, MI_LifecycleIndicationCallback callback,
    void *callbackData)
{
    RECORD("RegisterCallback", (uintptr_t)context, (uintptr_t)callback, (uintptr_t)callbackData);
    return reply;
}

static const MI_LifecycleIndicationContextFT fake_LifecycleIndicationContext = {
    .PostCreate = fake_LifecycleIndicationContext_PostCreate,
    .PostModify = fake_LifecycleIndicationContext_PostModify,
    .PostDelete = fake_LifecycleIndicationContext_PostDelete,
    .PostRead = fake_LifecycleIndicationContext_PostRead,
    .PostMethodCall = fake_LifecycleIndicationContext_PostMethodCall,
    .PostResult = fake_LifecycleIndicationContext_PostResult,
    .ConstructInstance = fake_LifecycleIndicationContext_ConstructInstance,
    .ConstructParameters = fake_LifecycleIndicationContext_ConstructParameters,
    .NewInstance = fake_LifecycleIndicationContext_NewInstance,
    .NewDynamicInstance = fake_LifecycleIndicationContext_NewDynamicInstance,
    .NewParameters = fake_LifecycleIndicationContext_NewParameters,
    .SetSupportedTypes = fake_LifecycleIndicationContext_SetSupportedTypes,
    .GetTypes = fake_LifecycleIndicationContext_GetTypes,
    .RegisterCallback = fake_LifecycleIndicationContext_RegisterCallback,
};

MIC_TEST(context, calls_reach_their_slots)
{
    MI_Context object = {.ft = &fake_Context};

    REACHES(MI_Context_PostResult(&object, MI_RESULT_FAILED), "PostResult", NULL,
            (uintptr_t)&object, MI_RESULT_FAILED);
    REACHES(MI_Context_PostCimError(&object, PTR(1)), "PostCimError", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Context_PostError(&object, 71, PTR(2), PTR(3)), "PostError", NULL,
            (uintptr_t)&object, 71, AT(2), AT(3));
    REACHES(MI_Context_PostInstance(&object, PTR(1)), "PostInstance", NULL, (uintptr_t)&object,
            AT(1));
    REACHES(MI_Context_PostIndication(&object, PTR(1), 72, PTR(3)), "PostIndication", NULL,
            (uintptr_t)&object, AT(1), 72, AT(3));
    REACHES(MI_Context_ConstructInstance(&object, PTR(1), PTR(2)), "ConstructInstance", NULL,
            (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_Context_ConstructParameters(&object, PTR(1), PTR(2)), "ConstructParameters", NULL,
            (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_Context_NewInstance(&object, PTR(1), PTR(2)), "NewInstance", NULL,
            (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_Context_NewDynamicInstance(&object, PTR(1), 72, PTR(3)), "NewDynamicInstance", NULL,
            (uintptr_t)&object, AT(1), 72, AT(3));
    REACHES(MI_Context_NewParameters(&object, PTR(1), PTR(2)), "NewParameters", NULL,
            (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_Context_Canceled(&object, PTR(1)), "Canceled", NULL, (uintptr_t)&object, AT(1));
    REACHES(MI_Context_GetLocale(&object, MI_LOCALE_TYPE_REQUESTED_DATA, PTR(2)), "GetLocale", NULL,
            (uintptr_t)&object, MI_LOCALE_TYPE_REQUESTED_DATA, AT(2));
    REACHES(MI_Context_RegisterCancel(&object, cancel_callback, PTR(2)), "RegisterCancel", NULL,
            (uintptr_t)&object, (uintptr_t)cancel_callback, AT(2));
    REACHES(MI_Context_RequestUnload(&object), "RequestUnload", NULL, (uintptr_t)&object);
    REACHES(MI_Context_RefuseUnload(&object), "RefuseUnload", NULL, (uintptr_t)&object);
    REACHES(MI_Context_SetStringOption(&object, PTR(1), PTR(2)), "SetStringOption", NULL,
            (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_Context_GetStringOption(&object, PTR(1), PTR(2)), "GetStringOption", NULL,
            (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_Context_GetNumberOption(&object, PTR(1), PTR(2)), "GetNumberOption", NULL,
            (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_Context_GetCustomOption(&object, PTR(1), PTR(2), PTR(3)), "GetCustomOption", NULL,
            (uintptr_t)&object, AT(1), AT(2), AT(3));
    REACHES(MI_Context_GetCustomOptionCount(&object, PTR(1)), "GetCustomOptionCount", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_Context_GetCustomOptionAt(&object, 71, PTR(2), PTR(3), PTR(4)), "GetCustomOptionAt",
            NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4));
    REACHES(MI_Context_ShouldProcess(&object, PTR(1), PTR(2), PTR(3)), "ShouldProcess", NULL,
            (uintptr_t)&object, AT(1), AT(2), AT(3));
    REACHES(MI_Context_ShouldContinue(&object, PTR(1), PTR(2)), "ShouldContinue", NULL,
            (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_Context_PromptUser(&object, PTR(1), MI_PROMPTTYPE_CRITICAL, PTR(3)), "PromptUser",
            NULL, (uintptr_t)&object, AT(1), MI_PROMPTTYPE_CRITICAL, AT(3));
    REACHES(MI_Context_WriteError(&object, 71, PTR(2), PTR(3), PTR(4)), "WriteError", NULL,
            (uintptr_t)&object, 71, AT(2), AT(3), AT(4));
    REACHES(MI_Context_WriteCimError(&object, PTR(1), PTR(2)), "WriteCimError", NULL,
            (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_Context_WriteMessage(&object, 71, PTR(2)), "WriteMessage", NULL, (uintptr_t)&object,
            71, AT(2));
    REACHES(MI_Context_WriteProgress(&object, PTR(1), PTR(2), PTR(3), 74, 75), "WriteProgress",
            NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), 74, 75);
    REACHES(MI_Context_WriteStreamParameter(&object, PTR(1), PTR(2), MI_UINT8, 74),
            "WriteStreamParameter", NULL, (uintptr_t)&object, AT(1), AT(2), MI_UINT8, 74);
    REACHES(MI_Context_WriteWarning(&object, PTR(1)), "WriteMessage", NULL, (uintptr_t)&object,
            MI_WRITEMESSAGE_CHANNEL_WARNING, AT(1));
    REACHES(MI_Context_WriteVerbose(&object, PTR(1)), "WriteMessage", NULL, (uintptr_t)&object,
            MI_WRITEMESSAGE_CHANNEL_VERBOSE, AT(1));
    REACHES(MI_Context_WriteDebug(&object, PTR(1)), "WriteMessage", NULL, (uintptr_t)&object,
            MI_WRITEMESSAGE_CHANNEL_DEBUG, AT(1));
    REACHES(MI_Context_GetLifecycleIndicationContext(&object, PTR(1)),
            "GetLifecycleIndicationContext", NULL, (uintptr_t)&object, AT(1));
    REACHES(MI_Context_GetLocalSession(&object, PTR(1)), "GetLocalSession", NULL,
            (uintptr_t)&object, AT(1));
}

MIC_TEST(context, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_Context zeroed = {0};
    MI_Context *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_Context *handle = handles[i];

        REFUSED(MI_Context_PostResult(handle, MI_RESULT_FAILED));
        REFUSED(MI_Context_PostCimError(handle, PTR(1)));
        REFUSED(MI_Context_PostError(handle, 71, PTR(2), PTR(3)));
        REFUSED(MI_Context_PostInstance(handle, PTR(1)));
        REFUSED(MI_Context_PostIndication(handle, PTR(1), 72, PTR(3)));
        REFUSED(MI_Context_ConstructInstance(handle, PTR(1), PTR(2)));
        REFUSED(MI_Context_ConstructParameters(handle, PTR(1), PTR(2)));
        REFUSED(MI_Context_NewInstance(handle, PTR(1), PTR(2)));
        REFUSED(MI_Context_NewDynamicInstance(handle, PTR(1), 72, PTR(3)));
        REFUSED(MI_Context_NewParameters(handle, PTR(1), PTR(2)));
        REFUSED(MI_Context_Canceled(handle, PTR(1)));
        REFUSED(MI_Context_GetLocale(handle, MI_LOCALE_TYPE_REQUESTED_DATA, PTR(2)));
        REFUSED(MI_Context_RegisterCancel(handle, cancel_callback, PTR(2)));
        REFUSED(MI_Context_RequestUnload(handle));
        REFUSED(MI_Context_RefuseUnload(handle));
        REFUSED(MI_Context_SetStringOption(handle, PTR(1), PTR(2)));
        REFUSED(MI_Context_GetStringOption(handle, PTR(1), PTR(2)));
        REFUSED(MI_Context_GetNumberOption(handle, PTR(1), PTR(2)));
        REFUSED(MI_Context_GetCustomOption(handle, PTR(1), PTR(2), PTR(3)));
        REFUSED(MI_Context_GetCustomOptionCount(handle, PTR(1)));
        REFUSED(MI_Context_GetCustomOptionAt(handle, 71, PTR(2), PTR(3), PTR(4)));
        REFUSED(MI_Context_ShouldProcess(handle, PTR(1), PTR(2), PTR(3)));
        REFUSED(MI_Context_ShouldContinue(handle, PTR(1), PTR(2)));
        REFUSED(MI_Context_PromptUser(handle, PTR(1), MI_PROMPTTYPE_CRITICAL, PTR(3)));
        REFUSED(MI_Context_WriteError(handle, 71, PTR(2), PTR(3), PTR(4)));
        REFUSED(MI_Context_WriteCimError(handle, PTR(1), PTR(2)));
        REFUSED(MI_Context_WriteMessage(handle, 71, PTR(2)));
        REFUSED(MI_Context_WriteProgress(handle, PTR(1), PTR(2), PTR(3), 74, 75));
        REFUSED(MI_Context_WriteStreamParameter(handle, PTR(1), PTR(2), MI_UINT8, 74));
        REFUSED(MI_Context_WriteWarning(handle, PTR(1)));
        REFUSED(MI_Context_WriteVerbose(handle, PTR(1)));
        REFUSED(MI_Context_WriteDebug(handle, PTR(1)));
        REFUSED(MI_Context_GetLocalSession(handle, PTR(1)));
        REFUSED(MI_Context_SetFilterOption(handle, MI_TRUE));
    }
}

MIC_TEST(context, outputs_are_cleared_without_a_handle)
{
    MI_Context zeroed = {0};
    MI_Context *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_Context *handle = handles[i];
        MI_LifecycleIndicationContext *lifecycle_indication_context;

        CLEARS(MI_Context_GetLifecycleIndicationContext(handle, &lifecycle_indication_context),
               lifecycle_indication_context);
        REFUSED(MI_Context_GetLifecycleIndicationContext(handle, NULL));
    }
}

MIC_TEST(lifecycle_indication_context, calls_reach_their_slots)
{
    MI_LifecycleIndicationContext object = {.ft = &fake_LifecycleIndicationContext};

    REACHES(MI_LifecycleIndicationContext_PostCreate(&object, PTR(1)), "PostCreate", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_LifecycleIndicationContext_PostModify(&object, PTR(1), PTR(2)), "PostModify", NULL,
            (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_LifecycleIndicationContext_PostDelete(&object, PTR(1)), "PostDelete", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_LifecycleIndicationContext_PostRead(&object, PTR(1)), "PostRead", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_LifecycleIndicationContext_PostMethodCall_Before(&object, PTR(1), PTR(2), PTR(3)),
            "PostMethodCall", NULL, (uintptr_t)&object, AT(1), AT(2), MI_TRUE, AT(3), 0);
    REACHES(
        MI_LifecycleIndicationContext_PostMethodCall_After(&object, PTR(1), PTR(2), PTR(3), PTR(4)),
        "PostMethodCall", NULL, (uintptr_t)&object, AT(1), AT(2), MI_FALSE, AT(3), AT(4));
    REACHES(MI_LifecycleIndicationContext_PostResult(&object, MI_RESULT_FAILED), "PostResult", NULL,
            (uintptr_t)&object, MI_RESULT_FAILED);
    REACHES(MI_LifecycleIndicationContext_SetSupportedTypes(&object, 71), "SetSupportedTypes", NULL,
            (uintptr_t)&object, 71);
    REACHES(MI_LifecycleIndicationContext_GetTypes(&object, PTR(1)), "GetTypes", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_LifecycleIndicationContext_RegisterCallback(&object, lifecycle_callback, PTR(2)),
            "RegisterCallback", NULL, (uintptr_t)&object, (uintptr_t)lifecycle_callback, AT(2));
    REACHES(MI_LifecycleIndicationContext_ConstructInstance(&object, PTR(1), PTR(2)),
            "ConstructInstance", NULL, (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_LifecycleIndicationContext_ConstructParameters(&object, PTR(1), PTR(2)),
            "ConstructParameters", NULL, (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_LifecycleIndicationContext_NewInstance(&object, PTR(1), PTR(2)), "NewInstance", NULL,
            (uintptr_t)&object, AT(1), AT(2));
    REACHES(MI_LifecycleIndicationContext_NewDynamicInstance(&object, PTR(1), 72, PTR(3)),
            "NewDynamicInstance", NULL, (uintptr_t)&object, AT(1), 72, AT(3));
    REACHES(MI_LifecycleIndicationContext_NewParameters(&object, PTR(1), PTR(2)), "NewParameters",
            NULL, (uintptr_t)&object, AT(1), AT(2));
}

MIC_TEST(lifecycle_indication_context, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_LifecycleIndicationContext zeroed = {0};
    MI_LifecycleIndicationContext *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_LifecycleIndicationContext *handle = handles[i];

        REFUSED(MI_LifecycleIndicationContext_PostCreate(handle, PTR(1)));
        REFUSED(MI_LifecycleIndicationContext_PostModify(handle, PTR(1), PTR(2)));
        REFUSED(MI_LifecycleIndicationContext_PostDelete(handle, PTR(1)));
        REFUSED(MI_LifecycleIndicationContext_PostRead(handle, PTR(1)));
        REFUSED(
            MI_LifecycleIndicationContext_PostMethodCall_Before(handle, PTR(1), PTR(2), PTR(3)));
        REFUSED(MI_LifecycleIndicationContext_PostMethodCall_After(handle, PTR(1), PTR(2), PTR(3),
                                                                   PTR(4)));
        REFUSED(MI_LifecycleIndicationContext_PostResult(handle, MI_RESULT_FAILED));
        REFUSED(MI_LifecycleIndicationContext_SetSupportedTypes(handle, 71));
        REFUSED(MI_LifecycleIndicationContext_RegisterCallback(handle, lifecycle_callback, PTR(2)));
        REFUSED(MI_LifecycleIndicationContext_ConstructInstance(handle, PTR(1), PTR(2)));
        REFUSED(MI_LifecycleIndicationContext_ConstructParameters(handle, PTR(1), PTR(2)));
        REFUSED(MI_LifecycleIndicationContext_NewInstance(handle, PTR(1), PTR(2)));
        REFUSED(MI_LifecycleIndicationContext_NewDynamicInstance(handle, PTR(1), 72, PTR(3)));
        REFUSED(MI_LifecycleIndicationContext_NewParameters(handle, PTR(1), PTR(2)));
    }
}

MIC_TEST(lifecycle_indication_context, outputs_are_cleared_without_a_handle)
{
    MI_LifecycleIndicationContext zeroed = {0};
    MI_LifecycleIndicationContext *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_LifecycleIndicationContext *handle = handles[i];
        MI_Uint32 uint32;

        CLEARS(MI_LifecycleIndicationContext_GetTypes(handle, &uint32), uint32);
        REFUSED(MI_LifecycleIndicationContext_GetTypes(handle, NULL));
    }
}

MIC_TEST(context, filter_option_is_a_text)
{
    MI_Context object = {.ft = &fake_Context};
    MI_Context zeroed = {0};

    REACHES(MI_Context_SetFilterOption(&object, MI_TRUE), "SetStringOption",
            MI_T("__FilterByProvider"), (uintptr_t)&object, KEY, ANY);
    MIC_CHECK_TEXT((const MI_Char *)seen.value[2], MI_T("TRUE"));
    REACHES(MI_Context_SetFilterOption(&object, MI_FALSE), "SetStringOption",
            MI_T("__FilterByProvider"), (uintptr_t)&object, KEY, ANY);
    MIC_CHECK_TEXT((const MI_Char *)seen.value[2], MI_T("FALSE"));
    REFUSED(MI_Context_SetFilterOption(NULL, MI_TRUE));
    REFUSED(MI_Context_SetFilterOption(&zeroed, MI_TRUE));
}
