#include <string.h>

#include "api/handle.h"
#include "api/options.h"
#include "api/tables.h"
#include "common/utf.h"

#define RTTI_FLAGS                                                                                 \
    (MI_OPERATIONFLAGS_NO_RTTI | MI_OPERATIONFLAGS_BASIC_RTTI | MI_OPERATIONFLAGS_STANDARD_RTTI |  \
     MI_OPERATIONFLAGS_FULL_RTTI)
#define KNOWN_FLAGS                                                                                \
    (RTTI_FLAGS | MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS | MI_OPERATIONFLAGS_LOCALIZED_QUALIFIERS |  \
     MI_OPERATIONFLAGS_EXPENSIVE_PROPERTIES |                                                      \
     MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY |                                         \
     MI_OPERATIONFLAGS_REPORT_OPERATION_STARTED)

static struct mic_session *acquire(const MI_Session *self)
{
    return self == NULL ? NULL
                        : mic_handle_acquire(MIC_HANDLE_SESSION, self->reserved1, self->reserved2);
}

static MI_Result MI_CALL session_Close(MI_Session *self, void *completionContext,
                                       void(MI_CALL *completionCallback)(void *completionContext))
{
    if (self == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    MI_Session copy = *self;
    struct mic_session *session = acquire(&copy);
    if (session == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    const struct mic_completion completion = {completionCallback, completionContext};
    MI_Result result = mic_session_can_close(session, completionCallback == NULL);
    if (result != MI_RESULT_OK) {
        result = MI_RESULT_FAILED;
    } else if (mic_handle_close(MIC_HANDLE_SESSION, copy.reserved1, copy.reserved2) == NULL) {
        result = MI_RESULT_INVALID_PARAMETER;
    } else {
        result = mic_session_close(session, &completion);
        mic_handle_release(copy.reserved2); /* the handle's own */
    }
    mic_handle_release(copy.reserved2);
    return result;
}

static MI_Result MI_CALL session_GetApplication(MI_Session *self, MI_Application *application)
{
    if (application == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(application, 0, sizeof(*application));
    struct mic_session *session = acquire(self);
    if (session == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *application = session->runtime->handle;
    mic_handle_release(self->reserved2);
    return MI_RESULT_OK;
}

/* ---- operations ---- */

/** What a verb's function adds to the arguments that all have in common. */
struct verb {
    const char *name;
    enum mic_result_kind kind;
    bool needs_class, needs_instance, takes_no_flags;
};

static const struct verb verbs[MIC_VERB_COUNT] = {
    [MIC_VERB_IDENTIFY] = {"TestConnection", MIC_RESULT_INSTANCE, .takes_no_flags = true},
    [MIC_VERB_GET] = {"GetInstance", MIC_RESULT_INSTANCE, .needs_instance = true},
    [MIC_VERB_GET_CLASS] = {"GetClass", MIC_RESULT_CLASS, .needs_class = true},
    [MIC_VERB_ENUMERATE] = {"EnumerateInstances", MIC_RESULT_INSTANCE, .needs_class = true},
    [MIC_VERB_QUERY] = {"QueryInstances", MIC_RESULT_INSTANCE, .needs_class = false},
    [MIC_VERB_ASSOCIATORS] = {"AssociatorInstances", MIC_RESULT_INSTANCE, .needs_instance = true},
    [MIC_VERB_REFERENCES] = {"ReferenceInstances", MIC_RESULT_INSTANCE, .needs_instance = true},
    [MIC_VERB_CREATE] = {"CreateInstance", MIC_RESULT_INSTANCE, .needs_instance = true},
    [MIC_VERB_MODIFY] = {"ModifyInstance", MIC_RESULT_INSTANCE, .needs_instance = true},
    [MIC_VERB_DELETE] = {"DeleteInstance", MIC_RESULT_INSTANCE, .needs_instance = true},
    [MIC_VERB_INVOKE] = {"Invoke", MIC_RESULT_INSTANCE, .needs_class = false},
    [MIC_VERB_ENUMERATE_CLASSES] = {"EnumerateClasses", MIC_RESULT_CLASS, .needs_class = false},
    [MIC_VERB_SUBSCRIBE] = {"Subscribe", MIC_RESULT_INDICATION, .needs_class = false},
};

struct call {
    MI_Session *session;
    MI_OperationOptions *options;
    const MI_SubscriptionDeliveryOptions *delivery; /* of Subscribe */
    MI_OperationCallbacks *callbacks;
    MI_Operation *operation;
};

static MI_Result check_text(const char *text, const char *what, struct mic_err *err)
{
    if (text != NULL && !mic_utf8_is_valid(text, strlen(text), NULL)) {
        return mic_err_set(err, MIC_E_ARGUMENT, "The %s is not valid UTF-8.", what);
    }
    return MI_RESULT_OK;
}

static MI_Result check_flags(const struct verb *verb, MI_Uint32 flags, struct mic_err *err)
{
    MI_Uint32 rtti = flags & RTTI_FLAGS;
    /* Of the polymorphism's two bits the higher one alone is no choice. */
    MI_Uint32 polymorphism = flags & MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY;
    bool is_half =
        polymorphism != 0 && (polymorphism & MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW) == 0;
    if ((flags & ~(MI_Uint32)KNOWN_FLAGS) != 0 || is_half ||
        (verb->takes_no_flags && (flags & ~(MI_Uint32)MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS) != 0)) {
        return mic_err_set(err, MIC_E_ARGUMENT, "%s does not know all of the flags 0x%x.",
                           verb->name, (unsigned)flags);
    }
    if ((rtti & (rtti - 1)) != 0) {
        return mic_err_set(err, MIC_E_ARGUMENT, "The flags 0x%x name more than one kind of RTTI.",
                           (unsigned)flags);
    }
    return MI_RESULT_OK;
}

static MI_Result check(const struct verb *verb, const struct mic_request *request,
                       struct mic_err *err)
{
    MI_Result result = check_flags(verb, request->flags, err);
    if (result == MI_RESULT_OK) {
        result = check_text(request->name_space, "namespace", err);
    }
    if (result == MI_RESULT_OK) {
        result = check_text(request->class_name, "class name", err);
    }
    if (result != MI_RESULT_OK) {
        return result;
    }
    if (verb->needs_instance && request->instance == NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT, "%s needs an instance.", verb->name);
    }
    bool has_uri =
        request->options != NULL &&
        mic_bag_string(request->options, "__MI_OPERATIONOPTIONS_RESOURCE_URI", NULL) != NULL;
    if (verb->needs_class && request->class_name == NULL && !has_uri) {
        return mic_err_set(err, MIC_E_ARGUMENT, "%s needs a class name or a resource URI option.",
                           verb->name);
    }
    return MI_RESULT_OK;
}

static MI_Result acquire_options(const struct call *call, struct mic_request *request,
                                 struct mic_err *err)
{
    if (call->options != NULL) {
        request->options = mic_operation_options_acquire(call->options);
        if (request->options == NULL) {
            return mic_err_set(err, MIC_E_ARGUMENT, "The operation options are closed or invalid.");
        }
    }
    if (call->delivery != NULL) {
        request->delivery = mic_subscription_options_acquire(call->delivery);
        if (request->delivery == NULL) {
            return mic_err_set(err, MIC_E_ARGUMENT,
                               "The subscription delivery options are closed or invalid.");
        }
    }
    return MI_RESULT_OK;
}

static void start(const struct call *call, const struct mic_request *request)
{
    const struct verb *verb = &verbs[request->verb];
    struct mic_err err;
    struct mic_session *session = call->operation == NULL ? NULL : acquire(call->session);
    if (session == NULL) {
        mic_operation_refuse(verb->kind, call->callbacks, MI_RESULT_INVALID_PARAMETER,
                             call->operation);
        return;
    }
    ptrdiff_t slot = session->handle.reserved2;
    struct mic_op_start op = {
        .session = session, .kind = verb->kind, .request = *request, .callbacks = call->callbacks};
    op.request.callbacks = call->callbacks;
    MI_Result result = acquire_options(call, &op.request, &err);
    if (result == MI_RESULT_OK) {
        result = check(verb, &op.request, &err);
    }
    op.failure = result == MI_RESULT_OK ? NULL : &err;
    mic_operation_start(&op, call->operation);
    if (op.request.options != NULL) {
        mic_operation_options_release(call->options);
    }
    if (op.request.delivery != NULL) {
        mic_subscription_options_release(call->delivery);
    }
    mic_handle_release(slot);
}

static void MI_CALL session_GetInstance(MI_Session *self, MI_Uint32 flags,
                                        MI_OperationOptions *options, const MI_Char *namespaceName,
                                        const MI_Instance *inboundInstance,
                                        MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const struct call call = {self, options, NULL, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_GET,
                                        .flags = flags,
                                        .name_space = namespaceName,
                                        .instance = inboundInstance};
    start(&call, &request);
}

static void MI_CALL session_ModifyInstance(
    MI_Session *self, MI_Uint32 flags, MI_OperationOptions *options, const MI_Char *namespaceName,
    const MI_Instance *inboundInstance, MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const struct call call = {self, options, NULL, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_MODIFY,
                                        .flags = flags,
                                        .name_space = namespaceName,
                                        .instance = inboundInstance};
    start(&call, &request);
}

static void MI_CALL session_CreateInstance(
    MI_Session *self, MI_Uint32 flags, MI_OperationOptions *options, const MI_Char *namespaceName,
    const MI_Instance *inboundInstance, MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const struct call call = {self, options, NULL, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_CREATE,
                                        .flags = flags,
                                        .name_space = namespaceName,
                                        .instance = inboundInstance};
    start(&call, &request);
}

static void MI_CALL session_DeleteInstance(
    MI_Session *self, MI_Uint32 flags, MI_OperationOptions *options, const MI_Char *namespaceName,
    const MI_Instance *inboundInstance, MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const struct call call = {self, options, NULL, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_DELETE,
                                        .flags = flags,
                                        .name_space = namespaceName,
                                        .instance = inboundInstance};
    start(&call, &request);
}

static void MI_CALL session_Invoke(MI_Session *self, MI_Uint32 flags, MI_OperationOptions *options,
                                   const MI_Char *namespaceName, const MI_Char *className,
                                   const MI_Char *methodName, const MI_Instance *inboundInstance,
                                   const MI_Instance *inboundProperties,
                                   MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const struct call call = {self, options, NULL, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_INVOKE,
                                        .flags = flags,
                                        .name_space = namespaceName,
                                        .class_name = className,
                                        .instance = inboundInstance,
                                        .method = methodName,
                                        .parameters = inboundProperties};
    start(&call, &request);
}

static void MI_CALL session_EnumerateInstances(MI_Session *self, MI_Uint32 flags,
                                               MI_OperationOptions *options,
                                               const MI_Char *namespaceName,
                                               const MI_Char *className, MI_Boolean keysOnly,
                                               MI_OperationCallbacks *callbacks,
                                               MI_Operation *operation)
{
    const struct call call = {self, options, NULL, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_ENUMERATE,
                                        .flags = flags,
                                        .name_space = namespaceName,
                                        .class_name = className,
                                        .keys_only = keysOnly != MI_FALSE};
    start(&call, &request);
}

static void MI_CALL session_QueryInstances(
    MI_Session *self, MI_Uint32 flags, MI_OperationOptions *options, const MI_Char *namespaceName,
    const MI_Char *queryDialect, const MI_Char *queryExpression, MI_OperationCallbacks *callbacks,
    MI_Operation *operation)
{
    const struct call call = {self, options, NULL, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_QUERY,
                                        .flags = flags,
                                        .name_space = namespaceName,
                                        .dialect = queryDialect,
                                        .query = queryExpression};
    start(&call, &request);
}

static void MI_CALL session_AssociatorInstances(
    MI_Session *self, MI_Uint32 flags, MI_OperationOptions *options, const MI_Char *namespaceName,
    const MI_Instance *instanceKeys, const MI_Char *assocClass, const MI_Char *resultClass,
    const MI_Char *role, const MI_Char *resultRole, MI_Boolean keysOnly,
    MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const struct call call = {self, options, NULL, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_ASSOCIATORS,
                                        .flags = flags,
                                        .name_space = namespaceName,
                                        .instance = instanceKeys,
                                        .association = {assocClass, resultClass, role, resultRole},
                                        .keys_only = keysOnly != MI_FALSE};
    start(&call, &request);
}

static void MI_CALL session_ReferenceInstances(
    MI_Session *self, MI_Uint32 flags, MI_OperationOptions *options, const MI_Char *namespaceName,
    const MI_Instance *instanceKeys, const MI_Char *resultClass, const MI_Char *role,
    MI_Boolean keysOnly, MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const struct call call = {self, options, NULL, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_REFERENCES,
                                        .flags = flags,
                                        .name_space = namespaceName,
                                        .instance = instanceKeys,
                                        .association = {.result_class = resultClass, .role = role},
                                        .keys_only = keysOnly != MI_FALSE};
    start(&call, &request);
}

static void MI_CALL session_Subscribe(MI_Session *self, MI_Uint32 flags,
                                      MI_OperationOptions *options, const MI_Char *namespaceName,
                                      const MI_Char *queryDialect, const MI_Char *queryExpression,
                                      const MI_SubscriptionDeliveryOptions *deliverOptions,
                                      MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    const struct call call = {self, options, deliverOptions, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_SUBSCRIBE,
                                        .flags = flags,
                                        .name_space = namespaceName,
                                        .dialect = queryDialect,
                                        .query = queryExpression};
    start(&call, &request);
}

static void MI_CALL session_GetClass(MI_Session *self, MI_Uint32 flags,
                                     MI_OperationOptions *options, const MI_Char *namespaceName,
                                     const MI_Char *className, MI_OperationCallbacks *callbacks,
                                     MI_Operation *operation)
{
    const struct call call = {self, options, NULL, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_GET_CLASS,
                                        .flags = flags,
                                        .name_space = namespaceName,
                                        .class_name = className};
    start(&call, &request);
}

static void MI_CALL session_EnumerateClasses(MI_Session *self, MI_Uint32 flags,
                                             MI_OperationOptions *options,
                                             const MI_Char *namespaceName, const MI_Char *className,
                                             MI_Boolean classNamesOnly,
                                             MI_OperationCallbacks *callbacks,
                                             MI_Operation *operation)
{
    const struct call call = {self, options, NULL, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_ENUMERATE_CLASSES,
                                        .flags = flags,
                                        .name_space = namespaceName,
                                        .class_name = className,
                                        .keys_only = classNamesOnly != MI_FALSE};
    start(&call, &request);
}

static void MI_CALL session_TestConnection(MI_Session *self, MI_Uint32 flags,
                                           MI_OperationCallbacks *callbacks,
                                           MI_Operation *operation)
{
    const struct call call = {self, NULL, NULL, callbacks, operation};
    const struct mic_request request = {.verb = MIC_VERB_IDENTIFY, .flags = flags};
    start(&call, &request);
}

/* ---- handles ---- */

static void destroy(void *object)
{
    mic_session_unref(object);
}

static void forget(struct mic_session *session)
{
    MI_Session handle = session->handle;
    if (mic_handle_close(MIC_HANDLE_SESSION, handle.reserved1, handle.reserved2) != NULL) {
        mic_handle_release(handle.reserved2);
    }
}

MI_Result mic_session_open_handle(struct mic_session *session, MI_Session *handle)
{
    MI_Session opened = {.ft = &mic_session_ft};
    MI_Result result =
        mic_handle_open(MIC_HANDLE_SESSION, session, destroy, &opened.reserved1, &opened.reserved2);
    if (result != MI_RESULT_OK) {
        mic_session_forget(session);
        mic_session_unref(session);
        return result;
    }
    session->handle = opened;
    session->forgotten = forget;
    *handle = opened;
    return MI_RESULT_OK;
}

const MI_SessionFT mic_session_ft = {
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
