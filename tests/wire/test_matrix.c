/* Every operation, on every kind of server, pulled and pushed, as it goes well, as the server
 * refuses, as it is cancelled, times out, and as the connection dies. What a server cannot do it
 * says at once. All cells of one server share a session: none may spoil it for the next. */
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"

#define TIMEOUT_MS 120

static struct peer peer;
static struct client client;

enum server { WINDOWS, DOWNLEVEL, OMI, OPENWSMAN, IDRAC, SERVER_COUNT };
enum scenario { SUCCESS, FAULT, CANCEL, TIMEOUT, DISCONNECT, SCENARIO_COUNT };
enum kind { INSTANCE, CLASS, INDICATION };

static const char *const scenario_names[] = {"success", "fault", "cancel", "timeout", "disconnect"};

struct row {
    const char *name, *action; /* as mi-peer counts it */
    enum kind kind;
    void (*begin)(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                  MI_Operation *operation);
    MI_Result expected[SERVER_COUNT]; /* when all goes well */
};

#define NAME_SPACE "root/cimv2"

static MI_Instance *instance_of(const char *class_name, const char *key, const char *text)
{
    MI_Instance *instance = NULL;
    MI_Value value;
    MIC_REQUIRE(MI_Application_NewInstance(&client.application, class_name, NULL, &instance) ==
                MI_RESULT_OK);
    value.string = (MI_Char *)(uintptr_t)text;
    MIC_REQUIRE(MI_Instance_AddElement(instance, key, &value, MI_STRING, MI_FLAG_KEY) ==
                MI_RESULT_OK);
    return instance;
}

/* Number is what tells the notes of the cells apart. */
static MI_Instance *note(MI_Uint32 number)
{
    MI_Instance *instance = instance_of("Peer_Note", "Topic", "matrix");
    MI_Value value = {.uint32 = number};
    MIC_REQUIRE(MI_Instance_AddElement(instance, "Number", &value, MI_UINT32, MI_FLAG_KEY) ==
                MI_RESULT_OK);
    return instance;
}

static MI_Uint32 last_note = 1000;

static MI_Instance *new_note(void)
{
    MI_Operation operation;
    struct outcome outcome;
    MI_Instance *instance = note(++last_note);
    MI_Session_CreateInstance(&client.session, 0, NULL, NAME_SPACE, instance, NULL, &operation);
    drain(&operation, &outcome, NULL, NULL);
    return instance;
}

static void get(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                MI_Operation *operation)
{
    MI_Instance *key = instance_of("Peer_Few", "Id", "1");
    MI_Session_GetInstance(&client.session, 0, options, NAME_SPACE, key, callbacks, operation);
    MI_Instance_Delete(key);
}

static void get_class(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                      MI_Operation *operation)
{
    MI_Session_GetClass(&client.session, 0, options, NAME_SPACE, "Peer_Few", callbacks, operation);
}

static void enumerate_few(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                          MI_Operation *operation)
{
    MI_Session_EnumerateInstances(&client.session, 0, options, NAME_SPACE, "Peer_Few", MI_FALSE,
                                  callbacks, operation);
}

static void query(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                  MI_Operation *operation)
{
    MI_Session_QueryInstances(&client.session, 0, options, NAME_SPACE, MI_QUERY_DIALECT_WQL,
                              "SELECT * FROM Peer_Few", callbacks, operation);
}

static void associators(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                        MI_Operation *operation)
{
    MI_Instance *key = instance_of("Peer_Few", "Id", "0");
    MI_Session_AssociatorInstances(&client.session, 0, options, NAME_SPACE, key, NULL, NULL, NULL,
                                   NULL, MI_FALSE, callbacks, operation);
    MI_Instance_Delete(key);
}

static void references(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                       MI_Operation *operation)
{
    MI_Instance *key = instance_of("Peer_Few", "Id", "0");
    MI_Session_ReferenceInstances(&client.session, 0, options, NAME_SPACE, key, NULL, NULL,
                                  MI_FALSE, callbacks, operation);
    MI_Instance_Delete(key);
}

static void create(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                   MI_Operation *operation)
{
    MI_Instance *instance = note(++last_note);
    MI_Session_CreateInstance(&client.session, 0, options, NAME_SPACE, instance, callbacks,
                              operation);
    MI_Instance_Delete(instance);
}

static void modify(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                   MI_Operation *operation)
{
    MI_Instance *instance = new_note();
    MI_Value value = {.string = (MI_Char *)(uintptr_t) "changed"};
    MIC_REQUIRE(MI_Instance_AddElement(instance, "Title", &value, MI_STRING, 0) == MI_RESULT_OK);
    MI_Session_ModifyInstance(&client.session, 0, options, NAME_SPACE, instance, callbacks,
                              operation);
    MI_Instance_Delete(instance);
}

static void delete_note(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                        MI_Operation *operation)
{
    MI_Instance *instance = new_note();
    MI_Session_DeleteInstance(&client.session, 0, options, NAME_SPACE, instance, callbacks,
                              operation);
    MI_Instance_Delete(instance);
}

static void invoke(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                   MI_Operation *operation)
{
    MI_Instance *key = instance_of("Peer_Service", "Name", "alpha");
    MI_Session_Invoke(&client.session, 0, options, NAME_SPACE, NULL, "Ping", key, NULL, callbacks,
                      operation);
    MI_Instance_Delete(key);
}

static void enumerate_classes(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                              MI_Operation *operation)
{
    MI_Session_EnumerateClasses(&client.session, 0, options, NAME_SPACE, "Peer_Base", MI_FALSE,
                                callbacks, operation);
}

static void test_connection(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                            MI_Operation *operation)
{
    (void)options; /* it takes none: the session's timeout holds */
    MI_Session_TestConnection(&client.session, 0, callbacks, operation);
}

/* Goes well when an indication comes; the application has seen enough then. */
static void subscribe(MI_OperationOptions *options, MI_OperationCallbacks *callbacks,
                      MI_Operation *operation)
{
    MI_SubscriptionDeliveryOptions delivery;
    MIC_REQUIRE(MI_Application_NewSubscriptionDeliveryOptions(&client.application,
                                                              MI_SubscriptionDeliveryType_Pull,
                                                              &delivery) == MI_RESULT_OK);
    MI_Session_Subscribe(&client.session, 0, options, NAME_SPACE, MI_QUERY_DIALECT_WQL,
                         "SELECT * FROM Peer_Alert", &delivery, callbacks, operation);
    MI_SubscriptionDeliveryOptions_Delete(&delivery);
}

static void take_indications(MI_Operation *operation, struct outcome *outcome)
{
    const MI_Instance *instance, *details;
    const MI_Char *message;
    MI_Boolean more = MI_TRUE;
    memset(outcome, 0, sizeof(*outcome));
    while (more) {
        MIC_REQUIRE(MI_Operation_GetIndication(operation, &instance, NULL, NULL, &more,
                                               &outcome->result, &message,
                                               &details) == MI_RESULT_OK);
        if (instance != NULL) {
            outcome->count++;
            (void)MI_Operation_Cancel(operation, MI_REASON_NONE);
        }
    }
    read_details(details, outcome);
    snprintf(outcome->message, sizeof(outcome->message), "%s", message != NULL ? message : "");
    MIC_CHECK_INT(MI_Operation_Close(operation), MI_RESULT_OK);
}

static void MI_CALL on_indication(MI_Operation *operation, void *context,
                                  const MI_Instance *instance, const MI_Char *bookmark,
                                  const MI_Char *machine, MI_Boolean more, MI_Result result,
                                  const MI_Char *message, const MI_Instance *details,
                                  MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    struct listener *listener = context;
    (void)bookmark, (void)machine, (void)acknowledge;
    if (instance != NULL) {
        (void)MI_Operation_Cancel(operation, MI_REASON_NONE);
    }
    pthread_mutex_lock(&listener->lock);
    listener->outcome.count += instance != NULL;
    if (!more) {
        listener->outcome.result = result;
        read_details(details, &listener->outcome);
        snprintf(listener->outcome.message, sizeof(listener->outcome.message), "%s",
                 message != NULL ? message : "");
        listener->finals++;
    }
    pthread_cond_broadcast(&listener->changed);
    pthread_mutex_unlock(&listener->lock);
}

#define OK         MI_RESULT_OK
#define CANNOT     MI_RESULT_NOT_SUPPORTED
#define NO         MI_RESULT_NOT_FOUND
#define CLASSLESS  MI_RESULT_INVALID_CLASS
#define FILTERLESS MI_RESULT_FILTERED_ENUMERATION_NOT_SUPPORTED

/*                                                windows downlevel omi openwsman idrac */
static const struct row rows[] = {
    {"TestConnection", "Identify", INSTANCE, test_connection, {OK, OK, OK, OK, OK}},
    {"GetInstance", "Get", INSTANCE, get, {OK, OK, OK, OK, OK}},
    {"EnumerateInstances", "Enumerate", INSTANCE, enumerate_few, {OK, OK, OK, OK, OK}},
    {"QueryInstances", "Query", INSTANCE, query, {OK, OK, OK, CANNOT, OK}},
    {"AssociatorInstances", "Query", INSTANCE, associators, {OK, OK, OK, OK, OK}},
    {"ReferenceInstances", "Query", INSTANCE, references, {OK, OK, OK, OK, OK}},
    {"CreateInstance", "Create", INSTANCE, create, {OK, CANNOT, OK, OK, OK}},
    {"ModifyInstance", "Put", INSTANCE, modify, {OK, NO, OK, OK, OK}},
    {"DeleteInstance", "Delete", INSTANCE, delete_note, {OK, CANNOT, OK, OK, OK}},
    {"Invoke", "Invoke", INSTANCE, invoke, {OK, OK, OK, OK, OK}},
    {"GetClass", "GetClass", CLASS, get_class, {OK, CANNOT, OK, CANNOT, CANNOT}},
    {"EnumerateClasses",
     "EnumerateClasses",
     CLASS,
     enumerate_classes,
     {OK, CANNOT, CLASSLESS, CANNOT, CANNOT}},
    {"Subscribe", "Subscribe", INDICATION, subscribe, {OK, CANNOT, OK, FILTERLESS, FILTERLESS}},
};

struct cell {
    const struct row *row;
    enum scenario scenario;
    bool is_async;
    long requests; /* counted before it began */
};

static void *cancel_when_sent(void *context)
{
    void **both = context;
    const struct cell *cell = both[0];
    char counter[64];
    snprintf(counter, sizeof(counter), "requests.%s", cell->row->action);
    peer_await(&peer, counter, cell->requests + 1);
    MIC_CHECK_INT(MI_Operation_Cancel(both[1], MI_REASON_NONE), MI_RESULT_OK);
    return NULL;
}

static void set_scenario(const struct cell *cell)
{
    static const char *const faults[] = {[SUCCESS] = "",
                                         [FAULT] = "soap-fault=w:Concurrency",
                                         [CANCEL] = "stall",
                                         [TIMEOUT] = "stall-mid",
                                         [DISCONNECT] = "close-before-reply"};
    char spec[128];
    snprintf(spec, sizeof(spec), "only=%s,%s", cell->row->action, faults[cell->scenario]);
    peer_set_faults(&peer, cell->scenario == SUCCESS ? "" : spec);
}

static MI_OperationOptions options_of(const struct cell *cell)
{
    MI_OperationOptions options;
    MI_Interval timeout = milliseconds(cell->scenario == TIMEOUT ? TIMEOUT_MS : 50000);
    MIC_REQUIRE(MI_Application_NewOperationOptions(&client.application, MI_FALSE, &options) ==
                MI_RESULT_OK);
    MIC_CHECK_INT(MI_OperationOptions_SetTimeout(&options, &timeout), MI_RESULT_OK);
    return options;
}

static void run_sync(const struct cell *cell, MI_OperationOptions *options, struct outcome *outcome)
{
    MI_Operation operation, copy;
    const void *both[2] = {cell, &copy};
    pthread_t thread;
    bool is_cancelled = cell->scenario == CANCEL;
    cell->row->begin(options, NULL, &operation);
    copy = operation;
    if (is_cancelled) {
        pthread_create(&thread, NULL, cancel_when_sent, both);
    }
    if (cell->row->kind == CLASS) {
        drain_classes(&operation, outcome);
    } else if (cell->row->kind == INDICATION) {
        take_indications(&operation, outcome);
    } else {
        drain(&operation, outcome, NULL, NULL);
    }
    if (is_cancelled) {
        pthread_join(thread, NULL);
    }
}

static void run_async(const struct cell *cell, MI_OperationOptions *options,
                      struct outcome *outcome)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    listener_init(&listener);
    if (cell->row->kind == CLASS) {
        listener_class_callbacks(&listener, &callbacks);
    } else {
        listener_callbacks(&listener, &callbacks);
    }
    if (cell->row->kind == INDICATION) {
        callbacks.instanceResult = NULL;
        callbacks.indicationResult = on_indication;
    }
    cell->row->begin(options, &callbacks, &operation);
    if (cell->scenario == CANCEL) {
        const void *both[2] = {cell, &operation};
        (void)cancel_when_sent(both);
    }
    listener_wait_final(&listener);
    MIC_CHECK_INT(listener.overlapping, 0);
    *outcome = listener.outcome;
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    listener_fini(&listener);
}

/* Was what was to go wrong asked for at all? An operation that old Windows refuses has ended
 * before. */
static bool is_as_expected(const struct cell *cell, enum server server,
                           const struct outcome *outcome)
{
    MI_Result usual = cell->row->expected[server];
    switch (cell->scenario) {
    case SUCCESS:
        if (cell->row->kind == INDICATION && usual == OK) {
            return outcome->count > 0 && outcome->category == MI_ERRORCATEGORY_OPERATION_STOPPED;
        }
        return outcome->result == usual && (usual == OK || outcome->message[0] != '\0');
    case FAULT:
        return outcome->result == MI_RESULT_FAILED &&
               outcome->category == MI_ERRORCATEGORY_RESOURCE_BUSY;
    case CANCEL:
        return outcome->result == MI_RESULT_FAILED &&
               outcome->category == MI_ERRORCATEGORY_OPERATION_STOPPED;
    case TIMEOUT:
        return outcome->result == MI_RESULT_FAILED &&
               outcome->category == MI_ERRORCATEGORY_OPERATION_TIMEOUT;
    case DISCONNECT:
        return outcome->result == MI_RESULT_FAILED &&
               outcome->category == MI_ERRORCATEGORY_CONNECTION_ERROR;
    case SCENARIO_COUNT:
    default:
        return false;
    }
}

static void run_cell(struct cell *cell, enum server server)
{
    struct outcome outcome;
    char counter[64];
    MI_OperationOptions options = options_of(cell);
    snprintf(counter, sizeof(counter), "requests.%s", cell->row->action);
    cell->requests = peer_counter(&peer, counter);
    set_scenario(cell);
    if (cell->is_async) {
        run_async(cell, &options, &outcome);
    } else {
        run_sync(cell, &options, &outcome);
    }
    MI_OperationOptions_Delete(&options);
    if (!is_as_expected(cell, server, &outcome)) {
        MIC_FAIL("%s, %s, %s: result %d, category %u: %s", cell->row->name,
                 cell->is_async ? "pushed" : "pulled", scenario_names[cell->scenario],
                 (int)outcome.result, outcome.category, outcome.message);
    }
}

static void run_server(enum server server)
{
    static const char *const dialects[] = {"windows", "windows", "omi", "openwsman", "idrac"};
    const char *const options[] = {"--dialect",
                                   dialects[server],
                                   "--fire-every",
                                   "10",
                                   server == DOWNLEVEL ? "--downlevel" : NULL,
                                   NULL};
    MI_Interval timeout = milliseconds(TIMEOUT_MS * 5);
    peer_start(&peer, options);
    client_prepare(&client);
    MIC_REQUIRE(MI_DestinationOptions_SetTimeout(&client.options, &timeout) == MI_RESULT_OK);
    client_connect(&client, peer.url);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (int scenario = 0; scenario < SCENARIO_COUNT; scenario++) {
            for (int is_async = 0; is_async < 2; is_async++) {
                struct cell cell = {&rows[i], (enum scenario)scenario, is_async == 1, 0};
                run_cell(&cell, server);
            }
        }
    }
    peer_set_faults(&peer, "");
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(matrix, windows)
{
    run_server(WINDOWS);
}

MIC_TEST(matrix, windows_before_wmf_3)
{
    run_server(DOWNLEVEL);
}

MIC_TEST(matrix, omi)
{
    run_server(OMI);
}

MIC_TEST(matrix, openwsman)
{
    run_server(OPENWSMAN);
}

MIC_TEST(matrix, idrac)
{
    run_server(IDRAC);
}
