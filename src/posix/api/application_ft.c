#include <string.h>

#include "api/handle.h"
#include "api/options.h"
#include "api/tables.h"
#include "common/utf.h"
#include "model/cim_error.h"
#include "model/class.h"
#include "model/instance.h"

static struct mic_runtime *acquire(const MI_Application *self)
{
    return self == NULL
               ? NULL
               : mic_handle_acquire(MIC_HANDLE_APPLICATION, self->reserved1, self->reserved2);
}

static bool is_open(const MI_Application *self)
{
    if (acquire(self) == NULL) {
        return false;
    }
    mic_handle_release(self->reserved2);
    return true;
}

static void give_error(const struct mic_err *err, MI_Instance **extendedError)
{
    if (extendedError != NULL) {
        *extendedError = &mic_cim_error_new(err, NULL)->public_instance;
    }
}

static MI_Result MI_CALL application_Close(MI_Application *self)
{
    if (self == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    MI_Application copy = *self;
    struct mic_runtime *runtime = acquire(&copy);
    if (runtime == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    MI_Result result = mic_runtime_close(runtime);
    if (result == MI_RESULT_OK) {
        if (mic_handle_close(MIC_HANDLE_APPLICATION, copy.reserved1, copy.reserved2) != NULL) {
            mic_handle_release(copy.reserved2);
        }
        memset(self, 0, sizeof(*self));
    }
    mic_handle_release(copy.reserved2);
    return result;
}

/* ---- sessions ---- */

static MI_Result new_session(struct mic_runtime *runtime, const char *protocol,
                             const char *destination, const MI_DestinationOptions *options,
                             MI_Session *handle, struct mic_err *err)
{
    const struct mic_bag *bag = NULL;
    if (options != NULL && options->ft != NULL) {
        bag = mic_destination_options_acquire(options);
        if (bag == NULL) {
            return mic_err_set(err, MIC_E_ARGUMENT,
                               "The destination options are closed or invalid.");
        }
    }
    struct mic_session *session = mic_session_new(runtime, protocol, destination, bag, err);
    if (bag != NULL) {
        mic_destination_options_release(options);
    }
    if (session == NULL) {
        return err->result;
    }
    MI_Result failure = MI_RESULT_OK;
    if (session->failure != NULL) {
        *err = *session->failure;
        failure = err->result;
    }
    if (mic_session_open_handle(session, handle) != MI_RESULT_OK) {
        return mic_err_set(err, MIC_E_MEMORY, "Out of memory for a session.");
    }
    return failure;
}

static MI_Result MI_CALL application_NewSession(MI_Application *self, const MI_Char *protocol,
                                                const MI_Char *destination,
                                                MI_DestinationOptions *options,
                                                MI_SessionCallbacks *callbacks,
                                                MI_Instance **extendedError, MI_Session *session)
{
    struct mic_err err;
    (void)callbacks; /* news while a session is made: there is none, nothing is asked of a server */
    if (extendedError != NULL) {
        *extendedError = NULL;
    }
    if (session == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(session, 0, sizeof(*session));
    struct mic_runtime *runtime = acquire(self);
    if (runtime == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    MI_Result result = new_session(runtime, protocol, destination, options, session, &err);
    mic_handle_release(self->reserved2);
    if (result != MI_RESULT_OK) {
        give_error(&err, extendedError);
    }
    return result;
}

/* ---- objects ---- */

static bool is_name(const char *text)
{
    return text != NULL && mic_name_is_legal(text);
}

static MI_Result MI_CALL application_NewInstance(MI_Application *self, const MI_Char *className,
                                                 const MI_ClassDecl *classRTTI,
                                                 MI_Instance **instance)
{
    if (instance == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *instance = NULL;
    if (!is_open(self) || !is_name(className) ||
        (classRTTI != NULL && !mic_decl_is_usable(classRTTI))) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    struct mic_instance *made = classRTTI != NULL ? mic_instance_new_from_decl(classRTTI)
                                                  : mic_instance_new(className, NULL);
    if (made == NULL) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    *instance = &made->public_instance;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL application_NewInstanceFromClass(MI_Application *self,
                                                          const MI_Char *className,
                                                          const MI_Class *classObject,
                                                          MI_Instance **instance)
{
    if (instance == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *instance = NULL;
    if (!is_open(self) || !is_name(className)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    struct mic_class *cls = NULL;
    if (classObject != NULL) {
        MI_Result result = mic_class_acquire(classObject, &cls);
        if (result != MI_RESULT_OK) {
            return result;
        }
        className = cls->public_class.classDecl->name;
    }
    struct mic_instance *made = mic_instance_new(className, cls);
    if (cls != NULL) {
        mic_class_unref(cls); /* the instance has a reference of its own */
    }
    if (made == NULL) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    *instance = &made->public_instance;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL application_NewClass(MI_Application *self, const MI_ClassDecl *classDecl,
                                              const MI_Char *namespaceName,
                                              const MI_Char *serverName, MI_Class **classObject)
{
    if (classObject == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *classObject = NULL;
    if (!is_open(self) || classDecl == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    struct mic_class *made;
    MI_Result result = mic_class_new_copy(classDecl, namespaceName, serverName, &made);
    if (result == MI_RESULT_OK) {
        *classObject = &made->public_class;
    }
    return result;
}

/* ---- option bags ---- */

static MI_Result MI_CALL application_NewDestinationOptions(MI_Application *self,
                                                           MI_DestinationOptions *options)
{
    if (options == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(options, 0, sizeof(*options));
    return is_open(self) ? mic_destination_options_new(options) : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL application_NewOperationOptions(MI_Application *self,
                                                         MI_Boolean mustUnderstand,
                                                         MI_OperationOptions *options)
{
    if (options == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(options, 0, sizeof(*options));
    return is_open(self) ? mic_operation_options_new(mustUnderstand, options)
                         : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL application_NewSubscriptionDeliveryOptions(
    MI_Application *self, MI_SubscriptionDeliveryType deliveryType,
    MI_SubscriptionDeliveryOptions *deliveryOptions)
{
    if (deliveryOptions == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(deliveryOptions, 0, sizeof(*deliveryOptions));
    if (!is_open(self) || (deliveryType != MI_SubscriptionDeliveryType_Pull &&
                           deliveryType != MI_SubscriptionDeliveryType_Push)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return mic_subscription_options_new(deliveryType, deliveryOptions);
}

/* ---- what needs more than a client, or comes later ---- */

static MI_Result MI_CALL application_NewHostedProvider(
    MI_Application *self, const MI_Char *namespaceName, const MI_Char *providerName,
    MI_MainFunction mi_Main, MI_Instance **extendedError, MI_HostedProvider *hostedProvider)
{
    struct mic_err err;
    if (extendedError != NULL) {
        *extendedError = NULL;
    }
    if (hostedProvider == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(hostedProvider, 0, sizeof(*hostedProvider));
    if (!is_open(self) || namespaceName == NULL || providerName == NULL || mi_Main == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    mic_err_set(&err, MIC_E_NOT_SUPPORTED,
                "Providers need a CIM server in this machine; this library is a client.");
    give_error(&err, extendedError);
    return MI_RESULT_NOT_SUPPORTED;
}

static MI_Result MI_CALL application_NewSerializer(MI_Application *self, MI_Uint32 flags,
                                                   MI_Char *format, MI_Serializer *serializer)
{
    if (serializer == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(serializer, 0, sizeof(*serializer));
    if (!is_open(self) || format == NULL || flags != 0) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return MI_RESULT_NOT_SUPPORTED;
}

static MI_Result MI_CALL application_NewDeserializer(MI_Application *self, MI_Uint32 flags,
                                                     MI_Char *format, MI_Deserializer *deserializer)
{
    if (deserializer == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(deserializer, 0, sizeof(*deserializer));
    if (!is_open(self) || format == NULL || flags != 0) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return MI_RESULT_NOT_SUPPORTED;
}

/* ---- initialization ---- */

static void destroy(void *object)
{
    mic_runtime_unref(object);
}

static MI_Result initialize(MI_Application *application, struct mic_err *err)
{
    struct mic_runtime *runtime = mic_runtime_new(err);
    if (runtime == NULL) {
        return err->result;
    }
    MI_Application handle = {.ft = &mic_application_ft};
    MI_Result result = mic_handle_open(MIC_HANDLE_APPLICATION, runtime, destroy, &handle.reserved1,
                                       &handle.reserved2);
    if (result != MI_RESULT_OK) {
        mic_runtime_unref(runtime);
        return mic_err_set(err, MIC_E_MEMORY, "Out of memory for an application.");
    }
    runtime->handle = handle;
    *application = handle;
    /* So that the first operation finds the I/O thread waiting. A failure is not told here: an
     * application of local objects needs none of it, and an operation tries again. */
    struct mic_err unused;
    (void)mic_runtime_start(runtime, &unused);
    return MI_RESULT_OK;
}

MI_Result MI_MAIN_CALL MI_Application_InitializeV1(MI_Uint32 flags, const MI_Char *applicationID,
                                                   MI_Instance **extendedError,
                                                   MI_Application *application)
{
    struct mic_err err;
    MI_Result result = MI_RESULT_OK;
    if (extendedError != NULL) {
        *extendedError = NULL;
    }
    if (application == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(application, 0, sizeof(*application));
    if (flags != 0) {
        result =
            mic_err_set(&err, MIC_E_ARGUMENT, "The flags of MI_Application_Initialize must be 0.");
    } else if (applicationID != NULL &&
               !mic_utf8_is_valid(applicationID, strlen(applicationID), NULL)) {
        result = mic_err_set(&err, MIC_E_ARGUMENT, "The application ID is not valid UTF-8.");
    } else {
        result = initialize(application, &err);
    }
    if (result != MI_RESULT_OK) {
        give_error(&err, extendedError);
    }
    return result;
}

static MI_Result MI_CALL hosted_provider_Close(MI_HostedProvider *self)
{
    (void)self;
    return MI_RESULT_NOT_SUPPORTED;
}

static MI_Result MI_CALL hosted_provider_GetApplication(MI_HostedProvider *self,
                                                        MI_Application *application)
{
    (void)self;
    if (application != NULL) {
        memset(application, 0, sizeof(*application));
    }
    return MI_RESULT_NOT_SUPPORTED;
}

const MI_HostedProviderFT mic_hosted_provider_ft = {
    .Close = hosted_provider_Close,
    .GetApplication = hosted_provider_GetApplication,
};

const MI_ApplicationFT mic_application_ft = {
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
