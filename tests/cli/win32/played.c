/* An mi.dll that plays a server, for mi.exe under Wine: whatever is asked for, it has three
 * instances that repeat what it was asked with. A class named Missing does not exist. One session
 * at a time. */
#include "played.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

struct played_server played_server;

static const MI_InstanceFT instance_ft;

void played_copy(MI_Char *out, const MI_Char *text)
{
    wcsncpy(out, text != NULL ? text : L"", TEXT_MAX - 1);
    out[TEXT_MAX - 1] = L'\0';
}

static void start(struct played *played, const MI_Char *class_name)
{
    memset(played, 0, sizeof(*played));
    played->instance.ft = &instance_ft;
    played_copy(played->class_name, class_name);
}

static void add(struct played *played, const MI_Char *name, MI_Type type, const MI_Value *value,
                MI_Uint32 flags)
{
    struct element *element = &played->elements[played->count++];

    played_copy(element->name, name);
    element->type = type;
    element->flags = flags;
    if (value != NULL) {
        element->value = *value;
    }
    if (value != NULL && type == MI_STRING) {
        played_copy(element->text, value->string);
        element->value.string = element->text;
    } else if (value != NULL && type == MI_STRINGA) {
        for (MI_Uint32 i = 0; i < value->stringa.size; i++) {
            wcsncat(element->text, value->stringa.data[i], 32);
            wcscat(element->text, L"|");
        }
    } else if (value != NULL && type == MI_REFERENCE) {
        const struct played *target = (const struct played *)(const void *)value->reference;
        _snwprintf(element->text, TEXT_MAX - 1, L"%ls.%ls=%ls", target->class_name,
                   target->elements[0].name, target->elements[0].text);
    }
}

static void add_text(struct played *played, const MI_Char *name, const MI_Char *text)
{
    MI_Value value;

    memset(&value, 0, sizeof(value));
    memcpy(&value.string, &text, sizeof(text)); /* only read */
    add(played, name, MI_STRING, &value, 0);
}

static MI_Result MI_CALL instance_Delete(MI_Instance *self)
{
    free(self);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_Clone(const MI_Instance *self, MI_Instance **out)
{
    const struct played *played = (const struct played *)(const void *)self;
    struct played *other = malloc(sizeof(*other));

    *other = *played;
    for (MI_Uint32 i = 0; i < other->count; i++) {
        if (other->elements[i].type == MI_STRING) {
            other->elements[i].value.string = other->elements[i].text;
        }
    }
    *out = &other->instance;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_GetClassName(const MI_Instance *self, const MI_Char **name)
{
    *name = ((const struct played *)(const void *)self)->class_name;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_GetNameSpace(const MI_Instance *self, const MI_Char **name)
{
    *name = self->nameSpace;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_GetElementCount(const MI_Instance *self, MI_Uint32 *count)
{
    *count = ((const struct played *)(const void *)self)->count;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_AddElement(MI_Instance *self, const MI_Char *name,
                                             const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    add((struct played *)(void *)self, name, type, value, flags);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_GetElementAt(const MI_Instance *self, MI_Uint32 index,
                                               const MI_Char **name, MI_Value *value, MI_Type *type,
                                               MI_Uint32 *flags)
{
    const struct played *played = (const struct played *)(const void *)self;
    const struct element *element = &played->elements[index];

    if (index >= played->count) {
        return MI_RESULT_NOT_FOUND;
    }
    if (name != NULL) {
        *name = element->name;
    }
    if (value != NULL) {
        *value = element->value;
    }
    if (type != NULL) {
        *type = element->type;
    }
    if (flags != NULL) {
        *flags = element->flags;
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_GetElement(const MI_Instance *self, const MI_Char *name,
                                             MI_Value *value, MI_Type *type, MI_Uint32 *flags,
                                             MI_Uint32 *index)
{
    const struct played *played = (const struct played *)(const void *)self;

    for (MI_Uint32 i = 0; i < played->count; i++) {
        if (_wcsicmp(played->elements[i].name, name) == 0) {
            if (index != NULL) {
                *index = i;
            }
            return instance_GetElementAt(self, i, NULL, value, type, flags);
        }
    }
    return MI_RESULT_NO_SUCH_PROPERTY;
}

static const MI_InstanceFT instance_ft = {
    .Clone = instance_Clone,
    .Delete = instance_Delete,
    .GetClassName = instance_GetClassName,
    .GetNameSpace = instance_GetNameSpace,
    .GetElementCount = instance_GetElementCount,
    .AddElement = instance_AddElement,
    .GetElement = instance_GetElement,
    .GetElementAt = instance_GetElementAt,
};

void played_fill(MI_Uint32 number)
{
    struct played *played = &played_server.current;
    MI_Value value;

    start(played, played_server.class_name);
    value.uint32 = number;
    add(played, L"Number", MI_UINT32, &value, MI_FLAG_KEY);
    value.uint64 = 18446744073709551615ULL - number;
    add(played, L"Big", MI_UINT64, &value, 0);
    value.real64 = 0.5;
    add(played, L"Half", MI_REAL64, &value, 0);
    add(played, L"Nothing", MI_STRING, NULL, MI_FLAG_NULL);
    add_text(played, L"Text", L"Gr\u00fc\u00dfe \u65e5\u672c \U0001F600 \x1b[2J");
    add_text(played, L"Destination", played_server.destination);
    add_text(played, L"Scheme", played_server.scheme);
    add_text(played, L"Domain", played_server.domain);
    add_text(played, L"User", played_server.user);
    add_text(played, L"Password", played_server.password);
    add_text(played, L"Namespace", played_server.name_space);
    value.uint32 = played_server.privacy;
    add(played, L"Privacy", MI_UINT32, &value, 0);
    add_text(played, L"Request", played_server.request);
    value.uint32 = played_server.answer;
    add(played, L"Answer", MI_UINT32, &value, 0);
}

static MI_Result MI_CALL operation_Close(MI_Operation *operation)
{
    (void)operation;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL operation_Cancel(MI_Operation *operation, MI_CancellationReason reason)
{
    (void)operation;
    (void)reason;
    played_server.is_cancelled = MI_TRUE;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL operation_GetInstance(MI_Operation *operation,
                                               const MI_Instance **instance, MI_Boolean *more,
                                               MI_Result *result, const MI_Char **message,
                                               const MI_Instance **details)
{
    (void)operation;
    PLAYED_SET(details, NULL);
    PLAYED_SET(message, NULL);
    if (wcscmp(played_server.class_name, L"Missing") == 0) {
        *instance = NULL;
        *more = MI_FALSE;
        *result = MI_RESULT_INVALID_CLASS;
        PLAYED_SET(message, L"Ung\u00fcltige Klasse\r\n");
        return MI_RESULT_OK;
    }
    played_fill(played_server.next++);
    *instance = played_server.has_none ? NULL : &played_server.current.instance;
    *more = played_server.next < INSTANCES ? MI_TRUE : MI_FALSE;
    *result = MI_RESULT_OK;
    return MI_RESULT_OK;
}

const MI_OperationFT played_operation_ft = {
    .Close = operation_Close,
    .Cancel = operation_Cancel,
    .GetInstance = operation_GetInstance,
    .GetIndication = played_GetIndication,
    .GetClass = played_GetClass,
};

static MI_Result MI_CALL session_Close(MI_Session *session, void *context,
                                       void(MI_CALL *callback)(void *))
{
    (void)session;
    if (callback != NULL) {
        callback(context);
    }
    return MI_RESULT_OK;
}

static void MI_CALL session_EnumerateInstances(MI_Session *session, MI_Uint32 flags,
                                               MI_OperationOptions *options,
                                               const MI_Char *name_space, const MI_Char *class_name,
                                               MI_Boolean keys_only,
                                               MI_OperationCallbacks *callbacks,
                                               MI_Operation *operation)
{
    (void)session;
    (void)flags;
    (void)options;
    (void)keys_only;
    played_copy(played_server.class_name, class_name);
    played_copy(played_server.name_space, name_space);
    played_server.next = 0;
    operation->ft = &played_operation_ft;
    played_push(operation, callbacks);
}

/* Answers with one instance, whose Text is the first key it was asked for. */
static void MI_CALL session_GetInstance(MI_Session *session, MI_Uint32 flags,
                                        MI_OperationOptions *options, const MI_Char *name_space,
                                        const MI_Instance *key, MI_OperationCallbacks *callbacks,
                                        MI_Operation *operation)
{
    const struct played *asked = (const struct played *)(const void *)key;

    (void)session;
    (void)flags;
    (void)options;
    (void)callbacks;
    played_copy(played_server.class_name, asked->class_name);
    played_copy(played_server.name_space, asked->elements[0].text);
    (void)name_space;
    played_server.next = INSTANCES - 1;
    operation->ft = &played_operation_ft;
}

static const MI_SessionFT session_ft = {
    .Close = session_Close,
    .EnumerateInstances = session_EnumerateInstances,
    .GetInstance = session_GetInstance,
    .ModifyInstance = played_ModifyInstance,
    .CreateInstance = played_CreateInstance,
    .DeleteInstance = played_DeleteInstance,
    .Invoke = played_Invoke,
    .QueryInstances = played_QueryInstances,
    .AssociatorInstances = played_AssociatorInstances,
    .ReferenceInstances = played_ReferenceInstances,
    .Subscribe = played_Subscribe,
    .GetClass = played_StartGetClass,
    .EnumerateClasses = played_EnumerateClasses,
    .TestConnection = played_TestConnection,
};

static void MI_CALL options_Delete(MI_DestinationOptions *options)
{
    (void)options;
}

static MI_Result MI_CALL options_SetString(MI_DestinationOptions *options, const MI_Char *name,
                                           const MI_Char *value, MI_Uint32 flags)
{
    (void)options;
    (void)value;
    (void)flags;
    /* As the native one: it does not know every option of the other platforms. */
    return wcsstr(name, L"TRUSTED_CERTS") != NULL ? MI_RESULT_NOT_SUPPORTED : MI_RESULT_OK;
}

static MI_Result MI_CALL options_SetNumber(MI_DestinationOptions *options, const MI_Char *name,
                                           MI_Uint32 value, MI_Uint32 flags)
{
    (void)options;
    (void)flags;
    if (wcsstr(name, L"PACKET_PRIVACY") != NULL) {
        played_server.privacy = value;
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL options_AddCredentials(MI_DestinationOptions *options, const MI_Char *name,
                                                const MI_UserCredentials *credentials,
                                                MI_Uint32 flags)
{
    (void)options;
    (void)name;
    (void)flags;
    played_copy(played_server.scheme, credentials->authenticationType);
    played_copy(played_server.domain, credentials->credentials.usernamePassword.domain);
    played_copy(played_server.user, credentials->credentials.usernamePassword.username);
    played_copy(played_server.password, credentials->credentials.usernamePassword.password);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL options_SetInterval(MI_DestinationOptions *options, const MI_Char *name,
                                             const MI_Interval *value, MI_Uint32 flags)
{
    (void)options;
    (void)name;
    (void)value;
    (void)flags;
    return MI_RESULT_OK;
}

static const MI_DestinationOptionsFT options_ft = {
    .Delete = options_Delete,
    .SetString = options_SetString,
    .SetNumber = options_SetNumber,
    .AddCredentials = options_AddCredentials,
    .SetInterval = options_SetInterval,
};

static MI_Result MI_CALL application_Close(MI_Application *application)
{
    (void)application;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL application_NewSession(MI_Application *application,
                                                const MI_Char *protocol, const MI_Char *destination,
                                                MI_DestinationOptions *options,
                                                MI_SessionCallbacks *callbacks, MI_Instance **error,
                                                MI_Session *session)
{
    (void)application;
    (void)options;
    (void)callbacks;
    if (protocol == NULL || wcscmp(protocol, L"WINRM") != 0) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    PLAYED_SET(error, NULL);
    played_copy(played_server.destination, destination);
    memset(session, 0, sizeof(*session));
    session->ft = &session_ft;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL application_NewInstance(MI_Application *application, const MI_Char *name,
                                                 const MI_ClassDecl *decl, MI_Instance **out)
{
    struct played *played = malloc(sizeof(*played));

    (void)application;
    (void)decl;
    start(played, name);
    *out = &played->instance;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL application_NewDestinationOptions(MI_Application *application,
                                                           MI_DestinationOptions *options)
{
    (void)application;
    memset(options, 0, sizeof(*options));
    options->ft = &options_ft;
    played_server.privacy = MI_TRUE;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL application_NewOperationOptions(MI_Application *application,
                                                         MI_Boolean must_understand,
                                                         MI_OperationOptions *options)
{
    (void)application;
    (void)must_understand;
    memset(options, 0, sizeof(*options));
    options->ft = &played_operation_options_ft;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL application_NewDelivery(MI_Application *application,
                                                 MI_SubscriptionDeliveryType type,
                                                 MI_SubscriptionDeliveryOptions *options)
{
    (void)application;
    memset(options, 0, sizeof(*options));
    options->ft = &played_delivery_ft;
    return type == MI_SubscriptionDeliveryType_Pull ? MI_RESULT_OK : MI_RESULT_NOT_SUPPORTED;
}

static const MI_ApplicationFT application_ft = {
    .Close = application_Close,
    .NewSession = application_NewSession,
    .NewInstance = application_NewInstance,
    .NewDestinationOptions = application_NewDestinationOptions,
    .NewOperationOptions = application_NewOperationOptions,
    .NewSubscriptionDeliveryOptions = application_NewDelivery,
};

static const MI_ClientFT_V1 client_ft = {
    .applicationFT = &application_ft,
    .sessionFT = &session_ft,
    .operationFT = &played_operation_ft,
    .subscribeDeliveryOptionsFT = &played_delivery_ft,
    .destinationOptionsFT = &options_ft,
    .operationOptionsFT = &played_operation_options_ft,
};

const MI_ClientFT_V1 *mi_clientFT_V1 = &client_ft;

MI_Result MI_MAIN_CALL MI_Application_InitializeV1(MI_Uint32 flags, const MI_Char *application_id,
                                                   MI_Instance **error, MI_Application *application)
{
    (void)flags;
    (void)application_id;
    PLAYED_SET(error, NULL);
    memset(application, 0, sizeof(*application));
    application->reserved1 = 1;
    application->ft = &application_ft;
    return MI_RESULT_OK;
}
