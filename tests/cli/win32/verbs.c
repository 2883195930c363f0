/* The verbs that change, link and watch. Each notes what it was given; the instance that answers
 * has it as its Request. */
#include <string.h>
#include <wchar.h>

#include "played.h"

static void note(const MI_Char *text)
{
    size_t used = wcslen(played_server.request);

    if (text != NULL && used + wcslen(text) < REQUEST_MAX) {
        wcscpy(played_server.request + used, text);
    }
}

/* "name=value" or, where there is none, nothing. */
static void note_named(const MI_Char *name, const MI_Char *value)
{
    if (value != NULL) {
        note(name);
        note(value);
    }
}

/* Class, then each element with its type, a star for keys, and what add() could keep as a text. */
static void note_instance(const MI_Instance *instance)
{
    const struct played *played = (const struct played *)(const void *)instance;

    if (instance == NULL) {
        return;
    }
    note_named(L" ", played->class_name);
    for (MI_Uint32 i = 0; i < played->count; i++) {
        const struct element *element = &played->elements[i];
        wchar_t text[2 * TEXT_MAX + 32], number[16] = L"";
        if (element->type == MI_UINT32 && (element->flags & MI_FLAG_NULL) == 0) {
            _snwprintf(number, 16, L"%u", (unsigned)element->value.uint32);
        }
        _snwprintf(text, 2 * TEXT_MAX + 32, L" %ls:%u%ls=%ls%ls%ls", element->name,
                   (unsigned)element->type, (element->flags & MI_FLAG_KEY) != 0 ? L"*" : L"",
                   element->text, number, (element->flags & MI_FLAG_NULL) != 0 ? L"NULL" : L"");
        note(text);
    }
}

static void begin(const MI_Char *verb, const MI_Char *name_space, MI_Operation *operation)
{
    played_server.request[0] = L'\0';
    note(verb);
    played_copy(played_server.class_name, L"Answer");
    played_copy(played_server.name_space, name_space);
    played_server.next = INSTANCES - 1;
    played_server.has_none = MI_FALSE;
    played_server.is_cancelled = MI_FALSE;
    operation->ft = &played_operation_ft;
}

static void warn(MI_Operation *operation, const MI_OperationCallbacks *callbacks, MI_Uint32 channel,
                 const MI_Char *message)
{
    if (callbacks != NULL && callbacks->writeMessage != NULL) {
        callbacks->writeMessage(operation, callbacks->callbackContext, channel, message);
    }
}

void MI_CALL played_TestConnection(MI_Session *session, MI_Uint32 flags,
                                   MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    (void)session;
    (void)flags;
    (void)callbacks;
    begin(L"test", NULL, operation);
}

void MI_CALL played_CreateInstance(MI_Session *session, MI_Uint32 flags,
                                   MI_OperationOptions *options, const MI_Char *name_space,
                                   const MI_Instance *instance, MI_OperationCallbacks *callbacks,
                                   MI_Operation *operation)
{
    (void)session;
    (void)flags;
    (void)options;
    (void)callbacks;
    begin(L"create", name_space, operation);
    note_instance(instance);
}

void MI_CALL played_ModifyInstance(MI_Session *session, MI_Uint32 flags,
                                   MI_OperationOptions *options, const MI_Char *name_space,
                                   const MI_Instance *instance, MI_OperationCallbacks *callbacks,
                                   MI_Operation *operation)
{
    (void)session;
    (void)flags;
    (void)options;
    (void)callbacks;
    begin(L"modify", name_space, operation);
    note_instance(instance);
}

void MI_CALL played_DeleteInstance(MI_Session *session, MI_Uint32 flags,
                                   MI_OperationOptions *options, const MI_Char *name_space,
                                   const MI_Instance *instance, MI_OperationCallbacks *callbacks,
                                   MI_Operation *operation)
{
    (void)session;
    (void)flags;
    (void)options;
    begin(L"delete", name_space, operation);
    note_instance(instance);
    played_server.has_none = MI_TRUE;
    warn(operation, callbacks, MI_WRITEMESSAGE_CHANNEL_VERBOSE, played_server.request);
}

static MI_Result MI_CALL on_answer(MI_Operation *operation,
                                   MI_OperationCallback_ResponseType response)
{
    (void)operation;
    played_server.answer = (MI_Uint32)response;
    return MI_RESULT_OK;
}

/* Warns and asks before it answers. */
void MI_CALL played_Invoke(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                           const MI_Char *name_space, const MI_Char *class_name,
                           const MI_Char *method, const MI_Instance *instance,
                           const MI_Instance *parameters, MI_OperationCallbacks *callbacks,
                           MI_Operation *operation)
{
    (void)session;
    (void)flags;
    (void)options;
    begin(L"invoke", name_space, operation);
    note_named(L" ", class_name);
    note_named(L".", method);
    note_instance(instance);
    note_instance(parameters);
    warn(operation, callbacks, MI_WRITEMESSAGE_CHANNEL_WARNING, L"Vorsicht \u00fc");
    if (callbacks != NULL && callbacks->promptUser != NULL) {
        callbacks->promptUser(operation, callbacks->callbackContext, L"Wirklich?",
                              MI_PROMPTTYPE_NORMAL, on_answer);
    }
}

void MI_CALL played_QueryInstances(MI_Session *session, MI_Uint32 flags,
                                   MI_OperationOptions *options, const MI_Char *name_space,
                                   const MI_Char *dialect, const MI_Char *query,
                                   MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    (void)session;
    (void)flags;
    (void)options;
    (void)callbacks;
    begin(L"query", name_space, operation);
    note_named(L" ", dialect);
    note_named(L": ", query);
    played_server.next = 0;
}

void MI_CALL played_AssociatorInstances(MI_Session *session, MI_Uint32 flags,
                                        MI_OperationOptions *options, const MI_Char *name_space,
                                        const MI_Instance *key, const MI_Char *assoc_class,
                                        const MI_Char *result_class, const MI_Char *role,
                                        const MI_Char *result_role, MI_Boolean keys_only,
                                        MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    (void)session;
    (void)flags;
    (void)options;
    (void)callbacks;
    begin(L"associators", name_space, operation);
    note_instance(key);
    note_named(L" assoc=", assoc_class);
    note_named(L" result=", result_class);
    note_named(L" role=", role);
    note_named(L" result-role=", result_role);
    note(keys_only ? L" keys" : L"");
}

void MI_CALL played_ReferenceInstances(MI_Session *session, MI_Uint32 flags,
                                       MI_OperationOptions *options, const MI_Char *name_space,
                                       const MI_Instance *key, const MI_Char *result_class,
                                       const MI_Char *role, MI_Boolean keys_only,
                                       MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    (void)session;
    (void)flags;
    (void)options;
    (void)callbacks;
    begin(L"references", name_space, operation);
    note_instance(key);
    note_named(L" result=", result_class);
    note_named(L" role=", role);
    note(keys_only ? L" keys" : L"");
}

/* What a subscription was told, for its request. */
static struct {
    MI_Char bookmark[TEXT_MAX];
    MI_Uint32 heartbeat, expires; /* seconds */
} told;

/* Goes on until it is cancelled, as a subscription does. */
void MI_CALL played_Subscribe(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                              const MI_Char *name_space, const MI_Char *dialect,
                              const MI_Char *query, const MI_SubscriptionDeliveryOptions *delivery,
                              MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    wchar_t text[64];

    (void)session;
    (void)flags;
    (void)options;
    (void)delivery;
    (void)callbacks;
    begin(L"subscribe", name_space, operation);
    note_named(L" ", dialect);
    note_named(L": ", query);
    note_named(L" bookmark=", told.bookmark);
    _snwprintf(text, 64, L" heartbeat=%u expires=%u", (unsigned)told.heartbeat,
               (unsigned)told.expires);
    note(text);
    played_server.next = 0;
}

MI_Result MI_CALL played_GetIndication(MI_Operation *operation, const MI_Instance **instance,
                                       const MI_Char **bookmark, const MI_Char **machine,
                                       MI_Boolean *more, MI_Result *result, const MI_Char **message,
                                       const MI_Instance **details)
{
    (void)operation;
    *instance = NULL;
    PLAYED_SET(bookmark, NULL);
    PLAYED_SET(machine, NULL);
    PLAYED_SET(message, NULL);
    PLAYED_SET(details, NULL);
    *more = played_server.is_cancelled ? MI_FALSE : MI_TRUE;
    *result = played_server.is_cancelled ? MI_RESULT_FAILED : MI_RESULT_OK;
    if (!played_server.is_cancelled) {
        played_fill(played_server.next++);
        *instance = &played_server.current.instance;
        PLAYED_SET(bookmark, L"<b>\r\n<n>\u00fc</n></b>");
    }
    return MI_RESULT_OK;
}

static void MI_CALL operation_options_Delete(MI_OperationOptions *options)
{
    (void)options;
}

static MI_Result MI_CALL operation_options_SetNumber(MI_OperationOptions *options,
                                                     const MI_Char *name, MI_Uint32 value,
                                                     MI_Uint32 flags)
{
    (void)options;
    (void)name;
    (void)value;
    (void)flags;
    return MI_RESULT_OK;
}

const MI_OperationOptionsFT played_operation_options_ft = {
    .Delete = operation_options_Delete,
    .SetNumber = operation_options_SetNumber,
};

static MI_Result MI_CALL delivery_Delete(MI_SubscriptionDeliveryOptions *options)
{
    (void)options;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL delivery_SetString(MI_SubscriptionDeliveryOptions *options,
                                            const MI_Char *name, const MI_Char *value,
                                            MI_Uint32 flags)
{
    (void)options;
    (void)name;
    (void)flags;
    played_copy(told.bookmark, value);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL delivery_SetInterval(MI_SubscriptionDeliveryOptions *options,
                                              const MI_Char *name, const MI_Interval *value,
                                              MI_Uint32 flags)
{
    (void)options;
    (void)name;
    (void)flags;
    told.heartbeat = value->minutes * 60 + value->seconds;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL delivery_SetDateTime(MI_SubscriptionDeliveryOptions *options,
                                              const MI_Char *name, const MI_Datetime *value,
                                              MI_Uint32 flags)
{
    (void)options;
    (void)name;
    (void)flags;
    told.expires = value->u.interval.hours * 3600 + value->u.interval.minutes * 60;
    return value->isTimestamp ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_OK;
}

const MI_SubscriptionDeliveryOptionsFT played_delivery_ft = {
    .Delete = delivery_Delete,
    .SetString = delivery_SetString,
    .SetInterval = delivery_SetInterval,
    .SetDateTime = delivery_SetDateTime,
};
