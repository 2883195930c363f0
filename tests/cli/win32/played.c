/* An mi.dll that plays a server, for mi.exe under Wine: whatever is asked for, it has three
 * instances that repeat what it was asked with. A class named Missing does not exist. One session
 * at a time. */
#include <mi.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum { ELEMENTS_MAX = 16, INSTANCES = 3, TEXT_MAX = 256 };

struct element {
    MI_Char name[TEXT_MAX];
    MI_Char text[TEXT_MAX];
    MI_Type type;
    MI_Value value;
    MI_Uint32 flags;
};

struct played {
    MI_Instance instance;
    MI_Char class_name[TEXT_MAX];
    MI_Uint32 count;
    struct element elements[ELEMENTS_MAX];
};

static struct {
    MI_Char destination[TEXT_MAX], scheme[TEXT_MAX], domain[TEXT_MAX], user[TEXT_MAX];
    MI_Char password[TEXT_MAX], class_name[TEXT_MAX], name_space[TEXT_MAX];
    MI_Uint32 privacy, next;
    struct played current;
} server;

static const MI_InstanceFT instance_ft;

static void copy(MI_Char *out, const MI_Char *text)
{
    wcsncpy(out, text != NULL ? text : L"", TEXT_MAX - 1);
    out[TEXT_MAX - 1] = L'\0';
}

static void start(struct played *played, const MI_Char *class_name)
{
    memset(played, 0, sizeof(*played));
    played->instance.ft = &instance_ft;
    copy(played->class_name, class_name);
}

static void add(struct played *played, const MI_Char *name, MI_Type type, const MI_Value *value,
                MI_Uint32 flags)
{
    struct element *element = &played->elements[played->count++];

    copy(element->name, name);
    element->type = type;
    element->flags = flags;
    if (value != NULL) {
        element->value = *value;
    }
    if (value != NULL && type == MI_STRING) {
        copy(element->text, value->string);
        element->value.string = element->text;
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

static void fill(MI_Uint32 number)
{
    struct played *played = &server.current;
    MI_Value value;

    start(played, server.class_name);
    value.uint32 = number;
    add(played, L"Number", MI_UINT32, &value, MI_FLAG_KEY);
    value.uint64 = 18446744073709551615ULL - number;
    add(played, L"Big", MI_UINT64, &value, 0);
    value.real64 = 0.5;
    add(played, L"Half", MI_REAL64, &value, 0);
    add(played, L"Nothing", MI_STRING, NULL, MI_FLAG_NULL);
    add_text(played, L"Text", L"Gr\u00fc\u00dfe \u65e5\u672c \U0001F600 \x1b[2J");
    add_text(played, L"Destination", server.destination);
    add_text(played, L"Scheme", server.scheme);
    add_text(played, L"Domain", server.domain);
    add_text(played, L"User", server.user);
    add_text(played, L"Password", server.password);
    add_text(played, L"Namespace", server.name_space);
    value.uint32 = server.privacy;
    add(played, L"Privacy", MI_UINT32, &value, 0);
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
    return MI_RESULT_OK;
}

static MI_Result MI_CALL operation_GetInstance(MI_Operation *operation,
                                               const MI_Instance **instance, MI_Boolean *more,
                                               MI_Result *result, const MI_Char **message,
                                               const MI_Instance **details)
{
    (void)operation;
    *details = NULL;
    *message = NULL;
    if (wcscmp(server.class_name, L"Missing") == 0) {
        *instance = NULL;
        *more = MI_FALSE;
        *result = MI_RESULT_INVALID_CLASS;
        *message = L"Ung\u00fcltige Klasse\r\n";
        return MI_RESULT_OK;
    }
    fill(server.next++);
    *instance = &server.current.instance;
    *more = server.next < INSTANCES ? MI_TRUE : MI_FALSE;
    *result = MI_RESULT_OK;
    return MI_RESULT_OK;
}

static const MI_OperationFT operation_ft = {
    .Close = operation_Close,
    .Cancel = operation_Cancel,
    .GetInstance = operation_GetInstance,
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
    (void)callbacks;
    copy(server.class_name, class_name);
    copy(server.name_space, name_space);
    server.next = 0;
    operation->ft = &operation_ft;
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
    copy(server.class_name, asked->class_name);
    copy(server.name_space, asked->elements[0].text);
    (void)name_space;
    server.next = INSTANCES - 1;
    operation->ft = &operation_ft;
}

static const MI_SessionFT session_ft = {
    .Close = session_Close,
    .EnumerateInstances = session_EnumerateInstances,
    .GetInstance = session_GetInstance,
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
        server.privacy = value;
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
    copy(server.scheme, credentials->authenticationType);
    copy(server.domain, credentials->credentials.usernamePassword.domain);
    copy(server.user, credentials->credentials.usernamePassword.username);
    copy(server.password, credentials->credentials.usernamePassword.password);
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
    if (wcscmp(protocol, L"WINRM") != 0) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    *error = NULL;
    copy(server.destination, destination);
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
    server.privacy = MI_TRUE;
    return MI_RESULT_OK;
}

static const MI_ApplicationFT application_ft = {
    .Close = application_Close,
    .NewSession = application_NewSession,
    .NewInstance = application_NewInstance,
    .NewDestinationOptions = application_NewDestinationOptions,
};

static const MI_ClientFT_V1 client_ft = {
    .applicationFT = &application_ft,
    .sessionFT = &session_ft,
    .operationFT = &operation_ft,
    .destinationOptionsFT = &options_ft,
};

const MI_ClientFT_V1 *mi_clientFT_V1 = &client_ft;

MI_Result MI_MAIN_CALL MI_Application_InitializeV1(MI_Uint32 flags, const MI_Char *application_id,
                                                   MI_Instance **error, MI_Application *application)
{
    (void)flags;
    (void)application_id;
    if (error != NULL) {
        *error = NULL;
    }
    memset(application, 0, sizeof(*application));
    application->reserved1 = 1;
    application->ft = &application_ft;
    return MI_RESULT_OK;
}
