#include "client.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mic_test.h"

void client_prepare_as(struct client *client, const char *auth_type, const char *domain,
                       const char *user, const char *password, bool is_sealed)
{
    MI_UserCredentials credentials = {.authenticationType = auth_type,
                                      .credentials.usernamePassword = {domain, user, password}};
    memset(client, 0, sizeof(*client));
    MIC_REQUIRE(MI_Application_Initialize(0, NULL, NULL, &client->application) == MI_RESULT_OK);
    MIC_REQUIRE(MI_Application_NewDestinationOptions(&client->application, &client->options) ==
                MI_RESULT_OK);
    MIC_REQUIRE(MI_DestinationOptions_AddDestinationCredentials(&client->options, &credentials) ==
                MI_RESULT_OK);
    MIC_REQUIRE(MI_DestinationOptions_SetPacketPrivacy(
                    &client->options, is_sealed ? MI_TRUE : MI_FALSE) == MI_RESULT_OK);
}

void client_prepare(struct client *client)
{
    client_prepare_as(client, MI_AUTH_TYPE_BASIC, NULL, PEER_USER, PEER_PASSWORD, false);
}

void client_connect(struct client *client, const char *destination)
{
    MIC_REQUIRE(MI_Application_NewSession(&client->application, "WINRM", destination,
                                          &client->options, NULL, NULL,
                                          &client->session) == MI_RESULT_OK);
}

void client_open(struct client *client, const struct peer *peer)
{
    client_prepare(client);
    client_connect(client, peer->url);
}

void client_close(struct client *client)
{
    if (client->session.ft != NULL) {
        MIC_CHECK_INT(MI_Session_Close(&client->session, NULL, NULL), MI_RESULT_OK);
    }
    MI_DestinationOptions_Delete(&client->options);
    MIC_CHECK_INT(MI_Application_Close(&client->application), MI_RESULT_OK);
}

unsigned count_threads(void)
{
    DIR *folder = opendir("/proc/self/task");
    unsigned count = 0;
    MIC_REQUIRE(folder != NULL);
    while (readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count - 2; /* "." and ".." */
}

void await_threads(unsigned most)
{
    for (int i = 0; i < 6000 && count_threads() > most; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
    }
    MIC_REQUIRE(count_threads() <= most);
}

MI_Interval milliseconds(unsigned ms)
{
    MI_Interval interval = {.seconds = ms / 1000, .microseconds = ms % 1000 * 1000};
    return interval;
}

static void note_end(struct outcome *outcome, MI_Result result, const char *message,
                     const MI_Instance *details)
{
    outcome->result = result;
    snprintf(outcome->message, sizeof(outcome->message), "%s", message == NULL ? "" : message);
    read_details(details, outcome);
}

void read_details(const MI_Instance *details, struct outcome *outcome)
{
    MI_Value value;
    MI_Type type;
    outcome->has_details = details != NULL;
    if (details == NULL) {
        return;
    }
    if (MI_Instance_GetElement(details, "error_Category", &value, &type, NULL, NULL) ==
        MI_RESULT_OK) {
        outcome->category = type == MI_UINT16 ? value.uint16 : value.uint32;
    }
    if (MI_Instance_GetElement(details, "error_Code", &value, &type, NULL, NULL) == MI_RESULT_OK) {
        outcome->code = value.uint32;
    }
    if (MI_Instance_GetElement(details, "Message", &value, &type, NULL, NULL) == MI_RESULT_OK &&
        type == MI_STRING && value.string != NULL) {
        snprintf(outcome->details, sizeof(outcome->details), "%s", value.string);
    }
    if (MI_Instance_GetElement(details, "RecommendedActions", &value, &type, NULL, NULL) ==
            MI_RESULT_OK &&
        type == MI_STRINGA && value.stringa.size > 0) {
        outcome->remedies = value.stringa.size;
        snprintf(outcome->remedy, sizeof(outcome->remedy), "%s",
                 value.stringa.data[value.stringa.size - 1]);
    }
    if (MI_Instance_GetElement(details, "MessageID", &value, &type, NULL, NULL) == MI_RESULT_OK &&
        type == MI_STRING && value.string != NULL) {
        snprintf(outcome->message_id, sizeof(outcome->message_id), "%s", value.string);
    }
}

void drain(MI_Operation *operation, struct outcome *outcome,
           void (*each)(const MI_Instance *instance, void *context), void *context)
{
    const MI_Instance *instance, *details;
    const MI_Char *message;
    MI_Boolean more = MI_TRUE;
    MI_Result result;
    memset(outcome, 0, sizeof(*outcome));
    while (more) {
        MIC_REQUIRE(MI_Operation_GetInstance(operation, &instance, &more, &result, &message,
                                             &details) == MI_RESULT_OK);
        if (instance != NULL) {
            outcome->count++;
            if (each != NULL) {
                each(instance, context);
            }
        }
    }
    note_end(outcome, result, message, details);
    MIC_CHECK_INT(MI_Operation_Close(operation), MI_RESULT_OK);
}

void drain_classes(MI_Operation *operation, struct outcome *outcome)
{
    const MI_Class *cls;
    const MI_Instance *details;
    const MI_Char *message;
    MI_Boolean more = MI_TRUE;
    MI_Result result;
    memset(outcome, 0, sizeof(*outcome));
    while (more) {
        MIC_REQUIRE(MI_Operation_GetClass(operation, &cls, &more, &result, &message, &details) ==
                    MI_RESULT_OK);
        outcome->count += cls != NULL;
    }
    note_end(outcome, result, message, details);
    MIC_CHECK_INT(MI_Operation_Close(operation), MI_RESULT_OK);
}

void enumerate(MI_Session *session, MI_Uint32 flags, const char *class_name,
               struct outcome *outcome)
{
    MI_Operation operation;
    MI_Session_EnumerateInstances(session, flags, NULL, "root/cimv2", class_name, MI_FALSE, NULL,
                                  &operation);
    drain(&operation, outcome, NULL, NULL);
}

void enumerate_in_vain(struct client *client, struct outcome *outcome)
{
    MI_Interval timeout = milliseconds(500);
    MI_OperationOptions options;
    MI_Operation operation;
    MIC_REQUIRE(MI_Application_NewOperationOptions(&client->application, MI_FALSE, &options) ==
                MI_RESULT_OK);
    MI_OperationOptions_SetTimeout(&options, &timeout);
    MI_Session_EnumerateInstances(&client->session, MI_OPERATIONFLAGS_NO_RTTI, &options,
                                  "root/cimv2", "Peer_Few", MI_FALSE, NULL, &operation);
    drain(&operation, outcome, NULL, NULL);
    MIC_CHECK_INT(outcome->category, MI_ERRORCATEGORY_OPERATION_TIMEOUT);
    MIC_CHECK(strstr(outcome->details, "logon") != NULL);
    MI_OperationOptions_Delete(&options);
}

void query_at_length(MI_Session *session, size_t size, struct outcome *outcome)
{
    static const char begin[] = "select * from Peer_Few where Text <> '";
    MI_Operation operation;
    char *query = malloc(sizeof(begin) + size + 1);
    MIC_REQUIRE(query != NULL);
    memcpy(query, begin, sizeof(begin) - 1);
    memset(query + sizeof(begin) - 1, 'x', size);
    memcpy(query + sizeof(begin) - 1 + size, "'", 2);
    MI_Session_QueryInstances(session, MI_OPERATIONFLAGS_NO_RTTI, NULL, "root/cimv2",
                              MI_QUERY_DIALECT_WQL, query, NULL, &operation);
    drain(&operation, outcome, NULL, NULL);
    free(query);
}

/* ---- callbacks ---- */

void listener_init(struct listener *listener)
{
    memset(listener, 0, sizeof(*listener));
    pthread_mutex_init(&listener->lock, NULL);
    pthread_cond_init(&listener->changed, NULL);
}

void listener_fini(struct listener *listener)
{
    pthread_cond_destroy(&listener->changed);
    pthread_mutex_destroy(&listener->lock);
}

static void enter(struct listener *listener)
{
    pthread_mutex_lock(&listener->lock);
    listener->overlapping += listener->is_inside;
    listener->is_inside = true;
    pthread_mutex_unlock(&listener->lock);
}

static void leave(struct listener *listener, MI_Operation *operation, bool has_object,
                  MI_Boolean more, MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    if (!more && listener->closes_in_final) {
        MIC_CHECK_INT(MI_Operation_Close(operation), MI_RESULT_OK);
    }
    pthread_mutex_lock(&listener->lock);
    listener->is_inside = false;
    listener->outcome.count += has_object;
    listener->calls++;
    listener->finals += !more;
    bool acknowledges = acknowledge != NULL && !listener->holds;
    if (acknowledge != NULL && listener->holds) {
        listener->held = acknowledge;
        listener->held_operation = *operation;
    }
    pthread_cond_broadcast(&listener->changed);
    pthread_mutex_unlock(&listener->lock);
    if (acknowledges) {
        acknowledge(operation);
    }
}

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance,
                                MI_Boolean more, MI_Result result, const MI_Char *message,
                                const MI_Instance *details,
                                MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    struct listener *listener = context;
    enter(listener);
    if (listener->each != NULL) {
        listener->each(listener, operation, instance);
    }
    if (!more) {
        note_end(&listener->outcome, result, message, details);
    }
    leave(listener, operation, instance != NULL, more, acknowledge);
}

static void MI_CALL on_class(MI_Operation *operation, void *context, const MI_Class *cls,
                             MI_Boolean more, MI_Result result, const MI_Char *message,
                             const MI_Instance *details,
                             MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    struct listener *listener = context;
    enter(listener);
    if (!more) {
        note_end(&listener->outcome, result, message, details);
    }
    leave(listener, operation, cls != NULL, more, acknowledge);
}

static void MI_CALL on_indication(MI_Operation *operation, void *context,
                                  const MI_Instance *instance, const MI_Char *bookmark,
                                  const MI_Char *machine, MI_Boolean more, MI_Result result,
                                  const MI_Char *message, const MI_Instance *details,
                                  MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    struct listener *listener = context;
    enter(listener);
    snprintf(listener->bookmark, sizeof(listener->bookmark), "%s",
             bookmark != NULL ? bookmark : "");
    snprintf(listener->machine, sizeof(listener->machine), "%s", machine != NULL ? machine : "");
    if (listener->each != NULL) {
        listener->each(listener, operation, instance);
    }
    if (!more) {
        note_end(&listener->outcome, result, message, details);
    }
    leave(listener, operation, instance != NULL, more, acknowledge);
}

void listener_indication_callbacks(struct listener *listener, MI_OperationCallbacks *callbacks)
{
    memset(callbacks, 0, sizeof(*callbacks));
    callbacks->callbackContext = listener;
    callbacks->indicationResult = on_indication;
}

void listener_callbacks(struct listener *listener, MI_OperationCallbacks *callbacks)
{
    memset(callbacks, 0, sizeof(*callbacks));
    callbacks->callbackContext = listener;
    callbacks->instanceResult = on_instance;
}

void listener_class_callbacks(struct listener *listener, MI_OperationCallbacks *callbacks)
{
    memset(callbacks, 0, sizeof(*callbacks));
    callbacks->callbackContext = listener;
    callbacks->classResult = on_class;
}

void listener_wait_final(struct listener *listener)
{
    pthread_mutex_lock(&listener->lock);
    while (listener->finals == 0) {
        pthread_cond_wait(&listener->changed, &listener->lock);
    }
    pthread_mutex_unlock(&listener->lock);
}

void listener_wait_calls(struct listener *listener, unsigned calls)
{
    pthread_mutex_lock(&listener->lock);
    while (listener->calls < calls && listener->finals == 0) {
        pthread_cond_wait(&listener->changed, &listener->lock);
    }
    pthread_mutex_unlock(&listener->lock);
}

void listener_let_go(struct listener *listener)
{
    pthread_mutex_lock(&listener->lock);
    MI_Result(MI_CALL * held)(MI_Operation *) = listener->held;
    MI_Operation operation = listener->held_operation;
    listener->held = NULL;
    pthread_mutex_unlock(&listener->lock);
    if (held != NULL) {
        held(&operation);
    }
}
