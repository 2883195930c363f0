/* The served mi.dll: what is asked for, answered out of mi-peer's test classes. */
#include "served.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

struct answer {
    MI_Instance **instances; /* or, when there are none, classes */
    MI_Class **classes;
    MI_Uint32 count, next;
    MI_Result result;
    const MI_Char *message;
    MI_Instance *details;
};

static struct peer_catalog *catalog;
static const MI_OperationFT operation_ft;
static const MI_SessionFT session_ft;

static struct answer *begin(MI_Operation *operation)
{
    struct answer *answer = peer_xmalloc(sizeof(*answer));

    memset(answer, 0, sizeof(*answer));
    memset(operation, 0, sizeof(*operation));
    operation->reserved2 = (ptrdiff_t)answer;
    operation->ft = &operation_ft;
    return answer;
}

static void add_instance(struct answer *answer, MI_Instance *instance)
{
    answer->instances =
        peer_xrealloc(answer->instances, (answer->count + 1) * sizeof(MI_Instance *));
    answer->instances[answer->count++] = instance;
}

static void add_class(struct answer *answer, MI_Class *cls)
{
    answer->classes = peer_xrealloc(answer->classes, (answer->count + 1) * sizeof(MI_Class *));
    answer->classes[answer->count++] = cls;
}

static void add_detail(struct answer *answer, const MI_Char *name, const MI_Char *text)
{
    MI_Value value;

    value.string = wcsdup(text);
    served_add(answer->details, name, &value, MI_STRING, 0);
}

/* As WMI's errors come out of mi.dll. */
static void fail(struct answer *answer, MI_Result result, MI_Uint32 code, const char *text)
{
    MI_Char id[32];
    MI_Value value;

    answer->result = result;
    answer->message = served_wide(text);
    answer->details = served_instance_new(L"MSFT_WmiError", NULL);
    _snwprintf(id, 32, L"HRESULT 0x%08x", (unsigned)code);
    add_detail(answer, L"Message", answer->message);
    add_detail(answer, L"MessageID", id);
    value.uint32 = code;
    served_add(answer->details, L"error_Code", &value, MI_UINT32, 0);
}

static void refuse(struct answer *answer)
{
    fail(answer, MI_RESULT_NOT_SUPPORTED, 0x80041024,
         "The provider is not capable of the operation.");
}

/* NULL: it has been told. */
static const struct peer_class *class_of(struct answer *answer, const MI_Char *name_space,
                                         const MI_Char *class_name)
{
    const char *ns = served_utf8(name_space), *name = served_utf8(class_name);
    const struct peer_class *cls = peer_catalog_find(catalog, ns, name);

    if (cls == NULL) {
        struct peer_arena arena = {NULL};
        fail(answer, MI_RESULT_INVALID_CLASS, 0x80041010,
             peer_fmt(&arena, "The class %s does not exist in %s.", name, ns));
    }
    return cls;
}

struct into {
    struct peer_sink sink;
    struct answer *answer;
    const MI_Instance *keys; /* or NULL: all */
};

static bool has_keys(const struct peer_instance *instance, const MI_Instance *keys)
{
    for (size_t i = 0; i < instance->cls->all_count; i++) {
        const struct peer_prop *prop = instance->cls->all[i];
        const char *wanted = served_text(keys, prop->name);
        if ((prop->flags & PP_KEY) != 0 &&
            (wanted == NULL || strcmp(wanted, instance->values[i].one) != 0)) {
            return false;
        }
    }
    return true;
}

static void take(struct peer_sink *sink, const struct peer_instance *instance)
{
    struct into *into = (struct into *)(void *)sink;

    if (into->keys == NULL || has_keys(instance, into->keys)) {
        add_instance(into->answer, served_instance_of(instance));
    }
}

static void list(struct answer *answer, const struct peer_class *cls, const MI_Instance *keys)
{
    struct peer_arena arena = {NULL};
    struct into into = {.sink = {take}, .answer = answer, .keys = keys};

    cls->provider->list(NULL, cls, peer_own_ns(cls, "root/cimv2"), &arena, &into.sink);
}

static void MI_CALL enumerate(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                              const MI_Char *name_space, const MI_Char *class_name,
                              MI_Boolean keys_only, MI_OperationCallbacks *callbacks,
                              MI_Operation *operation)
{
    struct answer *answer = begin(operation);
    const struct peer_class *cls = class_of(answer, name_space, class_name);

    (void)session;
    (void)flags;
    (void)options;
    (void)keys_only;
    (void)callbacks;
    for (size_t i = 0; cls != NULL && i < catalog->count; i++) {
        if (peer_class_is_a(catalog->classes[i], cls)) {
            list(answer, catalog->classes[i], NULL);
        }
    }
}

static void MI_CALL get(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                        const MI_Char *name_space, const MI_Instance *keys,
                        MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    struct answer *answer = begin(operation);
    const struct peer_class *cls;
    const MI_Char *class_name = NULL;

    (void)session;
    (void)flags;
    (void)options;
    (void)callbacks;
    (void)MI_Instance_GetClassName(keys, &class_name);
    cls = class_of(answer, name_space, class_name);
    if (cls != NULL) {
        list(answer, cls, keys);
    }
    if (cls != NULL && answer->count == 0) {
        struct peer_arena arena = {NULL};
        fail(answer, MI_RESULT_NOT_FOUND, 0x80041002,
             peer_fmt(&arena, "There is no such %s.", cls->name));
    }
}

static void MI_CALL create(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                           const MI_Char *name_space, const MI_Instance *instance,
                           MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    (void)session;
    (void)flags;
    (void)options;
    (void)name_space;
    (void)instance;
    (void)callbacks;
    refuse(begin(operation));
}

/* "SELECT * FROM class", and no more of WQL. */
static void MI_CALL query(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                          const MI_Char *name_space, const MI_Char *dialect, const MI_Char *text,
                          MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    (void)dialect;
    enumerate(session, flags, options, name_space, wcsrchr(text, L' ') + 1, MI_FALSE, callbacks,
              operation);
}

static const struct peer_method *method_of(const struct peer_class *cls, const char *name)
{
    for (; cls != NULL; cls = cls->super) {
        for (size_t i = 0; i < cls->method_count; i++) {
            if (peer_ieq(cls->methods[i].name, name)) {
                return &cls->methods[i];
            }
        }
    }
    return NULL;
}

/* What goes both ways comes back as it was; a reference of no namespace is one of the server's. */
static void echo(MI_Instance *out, const struct peer_prop *param, const MI_Instance *parameters)
{
    const MI_Char *name = served_wide(param->name);
    MI_Value value;
    MI_Type type = served_type(param);
    MI_Uint32 flags = MI_FLAG_NULL;

    if (parameters != NULL) {
        (void)MI_Instance_GetElement(parameters, name, &value, &type, &flags, NULL);
    }
    if (type == MI_REFERENCE && (flags & MI_FLAG_NULL) == 0 && value.reference->nameSpace == NULL) {
        value.reference->nameSpace = L"root/cimv2";
    }
    served_add(out, name, (flags & MI_FLAG_NULL) != 0 ? NULL : &value, type, 0);
}

static void MI_CALL invoke(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                           const MI_Char *name_space, const MI_Char *class_name,
                           const MI_Char *method_name, const MI_Instance *instance,
                           const MI_Instance *parameters, MI_OperationCallbacks *callbacks,
                           MI_Operation *operation)
{
    struct answer *answer = begin(operation);
    const struct peer_class *cls = class_of(answer, name_space, class_name);
    const struct peer_method *method = method_of(cls, served_utf8(method_name));
    MI_Instance *out = served_instance_new(method_name, NULL);
    MI_Value value;

    (void)session;
    (void)flags;
    (void)options;
    (void)instance;
    (void)callbacks;
    value.uint32 = 0;
    served_add(out, L"ReturnValue", &value, MI_UINT32, 0);
    for (size_t i = 0; method != NULL && i < method->count; i++) {
        if ((method->params[i].flags & PP_OUT) != 0) {
            echo(out, &method->params[i], parameters);
        }
    }
    if (cls != NULL) {
        add_instance(answer, out);
    }
}

static void MI_CALL get_class(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                              const MI_Char *name_space, const MI_Char *class_name,
                              MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    struct answer *answer = begin(operation);
    const struct peer_class *cls = class_of(answer, name_space, class_name);

    (void)session;
    (void)flags;
    (void)options;
    (void)callbacks;
    if (cls != NULL) {
        add_class(answer, served_class_of(cls));
    }
}

static void MI_CALL enumerate_classes(MI_Session *session, MI_Uint32 flags,
                                      MI_OperationOptions *options, const MI_Char *name_space,
                                      const MI_Char *class_name, MI_Boolean names_only,
                                      MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    struct answer *answer = begin(operation);
    const struct peer_class *cls = class_of(answer, name_space, class_name);
    bool is_shallow = (flags & MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW) != 0;

    (void)session;
    (void)options;
    (void)names_only;
    (void)callbacks;
    for (size_t i = 0; cls != NULL && i < catalog->count; i++) {
        const struct peer_class *below = catalog->classes[i]->super;
        if (below != NULL &&
            (is_shallow ? peer_ieq(below->name, cls->name) : peer_class_is_a(below, cls))) {
            add_class(answer, served_class_of(catalog->classes[i]));
        }
    }
}

static MI_Result MI_CALL close_session(MI_Session *session, void *context,
                                       void(MI_CALL *callback)(void *))
{
    (void)session;
    if (callback != NULL) {
        callback(context);
    }
    return MI_RESULT_OK;
}

static const MI_SessionFT session_ft = {
    .Close = close_session,
    .EnumerateInstances = enumerate,
    .GetInstance = get,
    .CreateInstance = create,
    .QueryInstances = query,
    .Invoke = invoke,
    .GetClass = get_class,
    .EnumerateClasses = enumerate_classes,
};

/* The next of what is answered: its index, or the count when nothing is left. */
static MI_Uint32 step(MI_Operation *operation, MI_Boolean *more, MI_Result *result,
                      const MI_Char **message, const MI_Instance **details)
{
    struct answer *answer = (struct answer *)operation->reserved2;
    MI_Uint32 at = answer->next;

    answer->next += at < answer->count ? 1 : 0;
    SERVED_SET(more, answer->next < answer->count ? MI_TRUE : MI_FALSE);
    SERVED_SET(result, answer->result);
    SERVED_SET(message, answer->message);
    SERVED_SET(details, answer->details);
    return at;
}

static MI_Result MI_CALL get_instance(MI_Operation *operation, const MI_Instance **instance,
                                      MI_Boolean *more, MI_Result *result, const MI_Char **message,
                                      const MI_Instance **details)
{
    const struct answer *answer = (const struct answer *)operation->reserved2;
    MI_Uint32 at = step(operation, more, result, message, details);

    *instance = at < answer->count ? answer->instances[at] : NULL;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL take_class(MI_Operation *operation, const MI_Class **cls, MI_Boolean *more,
                                    MI_Result *result, const MI_Char **message,
                                    const MI_Instance **details)
{
    const struct answer *answer = (const struct answer *)operation->reserved2;
    MI_Uint32 at = step(operation, more, result, message, details);

    *cls = at < answer->count ? answer->classes[at] : NULL;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL close_operation(MI_Operation *operation)
{
    (void)operation;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL cancel(MI_Operation *operation, MI_CancellationReason reason)
{
    (void)operation;
    (void)reason;
    return MI_RESULT_OK;
}

static const MI_OperationFT operation_ft = {
    .Close = close_operation,
    .Cancel = cancel,
    .GetInstance = get_instance,
    .GetClass = take_class,
};

static void MI_CALL delete_options(MI_DestinationOptions *options)
{
    (void)options;
}

static MI_Result MI_CALL set_string(MI_DestinationOptions *options, const MI_Char *name,
                                    const MI_Char *value, MI_Uint32 flags)
{
    (void)options;
    (void)name;
    (void)value;
    (void)flags;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL set_number(MI_DestinationOptions *options, const MI_Char *name,
                                    MI_Uint32 value, MI_Uint32 flags)
{
    (void)options;
    (void)name;
    (void)value;
    (void)flags;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL set_interval(MI_DestinationOptions *options, const MI_Char *name,
                                      const MI_Interval *value, MI_Uint32 flags)
{
    (void)options;
    (void)name;
    (void)value;
    (void)flags;
    return MI_RESULT_OK;
}

static const MI_DestinationOptionsFT options_ft = {
    .Delete = delete_options,
    .SetString = set_string,
    .SetNumber = set_number,
    .SetInterval = set_interval,
};

static void MI_CALL delete_operation_options(MI_OperationOptions *options)
{
    (void)options;
}

static MI_Result MI_CALL set_operation_number(MI_OperationOptions *options, const MI_Char *name,
                                              MI_Uint32 value, MI_Uint32 flags)
{
    (void)options;
    (void)name;
    (void)value;
    (void)flags;
    return MI_RESULT_OK;
}

static const MI_OperationOptionsFT operation_options_ft = {
    .Delete = delete_operation_options,
    .SetNumber = set_operation_number,
};

static MI_Result MI_CALL close_application(MI_Application *application)
{
    (void)application;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL new_session(MI_Application *application, const MI_Char *protocol,
                                     const MI_Char *destination, MI_DestinationOptions *options,
                                     MI_SessionCallbacks *callbacks, MI_Instance **error,
                                     MI_Session *session)
{
    (void)application;
    (void)protocol;
    (void)destination;
    (void)options;
    (void)callbacks;
    SERVED_SET(error, NULL);
    memset(session, 0, sizeof(*session));
    session->ft = &session_ft;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL new_instance(MI_Application *application, const MI_Char *name,
                                      const MI_ClassDecl *decl, MI_Instance **out)
{
    (void)application;
    (void)decl;
    *out = served_instance_new(name, NULL);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL new_destination_options(MI_Application *application,
                                                 MI_DestinationOptions *options)
{
    (void)application;
    memset(options, 0, sizeof(*options));
    options->ft = &options_ft;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL new_operation_options(MI_Application *application,
                                               MI_Boolean must_understand,
                                               MI_OperationOptions *options)
{
    (void)application;
    (void)must_understand;
    memset(options, 0, sizeof(*options));
    options->ft = &operation_options_ft;
    return MI_RESULT_OK;
}

static const MI_ApplicationFT application_ft = {
    .Close = close_application,
    .NewSession = new_session,
    .NewInstance = new_instance,
    .NewDestinationOptions = new_destination_options,
    .NewOperationOptions = new_operation_options,
};

static const MI_ClientFT_V1 client_ft = {
    .applicationFT = &application_ft,
    .sessionFT = &session_ft,
    .operationFT = &operation_ft,
    .destinationOptionsFT = &options_ft,
    .operationOptionsFT = &operation_options_ft,
};

const MI_ClientFT_V1 *mi_clientFT_V1 = &client_ft;

MI_Result MI_MAIN_CALL MI_Application_InitializeV1(MI_Uint32 flags, const MI_Char *application_id,
                                                   MI_Instance **error, MI_Application *application)
{
    size_t count = 0;
    const struct peer_class *table = peer_test_classes(&count);

    (void)flags;
    (void)application_id;
    catalog = peer_xmalloc(sizeof(*catalog));
    memset(catalog, 0, sizeof(*catalog));
    peer_catalog_add(catalog, table, count);
    SERVED_SET(error, NULL);
    memset(application, 0, sizeof(*application));
    application->reserved1 = 1;
    application->ft = &application_ft;
    return MI_RESULT_OK;
}
