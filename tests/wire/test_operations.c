/* Each operation in each dialect, synchronously and with callbacks. */
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"

static const char *const dialects[] = {"windows", "omi", "openwsman", "idrac"};
#define DIALECT_COUNT (sizeof(dialects) / sizeof(dialects[0]))

static bool has_get_class(const char *dialect)
{
    return strcmp(dialect, "windows") == 0 || strcmp(dialect, "omi") == 0;
}

static void with_each_dialect(void (*run)(struct client *client, const char *dialect))
{
    for (size_t i = 0; i < DIALECT_COUNT; i++) {
        const char *const options[] = {"--dialect", dialects[i], "--many", "300", NULL};
        struct peer peer;
        struct client client;
        peer_start(&peer, options);
        client_open(&client, &peer);
        run(&client, dialects[i]);
        client_close(&client);
        peer_stop(&peer);
    }
}

static void check_ok(const struct outcome *outcome, unsigned count, const char *dialect)
{
    if (outcome->result != MI_RESULT_OK || outcome->count != count) {
        MIC_FAIL("%s: result %d, %u objects instead of %u: %s", dialect, (int)outcome->result,
                 outcome->count, count, outcome->message);
    }
}

static void enumerate_sync(struct client *client, const char *dialect)
{
    struct outcome outcome;
    enumerate(&client->session, 0, "Peer_Many", &outcome);
    check_ok(&outcome, 300, dialect);
    enumerate(&client->session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Many", &outcome);
    check_ok(&outcome, 300, dialect);
    enumerate(&client->session, 0, "Peer_Empty", &outcome);
    check_ok(&outcome, 0, dialect);
    enumerate(&client->session, 0, "Peer_Few", &outcome);
    check_ok(&outcome, 5, dialect);
}

MIC_TEST(operations, enumerate_gives_every_instance_in_every_dialect)
{
    with_each_dialect(enumerate_sync);
}

static void enumerate_async(struct client *client, const char *dialect)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    MI_Session_EnumerateInstances(&client->session, 0, NULL, "root/cimv2", "Peer_Many", MI_FALSE,
                                  &callbacks, &operation);
    listener_wait_final(&listener);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    check_ok(&listener.outcome, 300, dialect);
    MIC_CHECK_INT(listener.finals, 1);
    MIC_CHECK_INT(listener.overlapping, 0);
    MIC_CHECK_INT(MI_Session_Close(&client->session, NULL, NULL), MI_RESULT_OK);
    client->session.ft = NULL;
    listener_fini(&listener);
}

MIC_TEST(operations, enumerate_with_callbacks_gives_every_instance_and_one_final)
{
    with_each_dialect(enumerate_async);
}

static MI_Instance *key(struct client *client, const char *class_name, const char *name,
                        const char *text)
{
    MI_Instance *instance = NULL;
    MI_Value value;
    char copy[64];
    snprintf(copy, sizeof(copy), "%s", text);
    value.string = copy;
    MIC_REQUIRE(MI_Application_NewInstance(&client->application, class_name, NULL, &instance) ==
                MI_RESULT_OK);
    MIC_REQUIRE(MI_Instance_AddElement(instance, name, &value, MI_STRING, MI_FLAG_KEY) ==
                MI_RESULT_OK);
    return instance;
}

static void check_leaf(const MI_Instance *instance, void *context)
{
    const char *dialect = context;
    const MI_Char *name = NULL;
    MI_Value value;
    MI_Type type;
    MI_Instance_GetClassName(instance, &name);
    MIC_CHECK_TEXT(name, "Peer_LeafA");
    MIC_REQUIRE(MI_Instance_GetElement(instance, "Name", &value, &type, NULL, NULL) ==
                MI_RESULT_OK);
    MIC_CHECK_TEXT(value.string, "leaf a");
    MIC_REQUIRE(MI_Instance_GetElement(instance, "BaseNumber", &value, &type, NULL, NULL) ==
                MI_RESULT_OK);
    if (has_get_class(dialect)) {
        MIC_CHECK_INT(type, MI_UINT32);
        MIC_CHECK_INT(value.uint32, 100);
    }
}

static void get_sync(struct client *client, const char *dialect)
{
    struct outcome outcome;
    MI_Operation operation;
    char copy[16];
    snprintf(copy, sizeof(copy), "%s", dialect);
    MI_Instance *instance = key(client, "Peer_LeafA", "Name", "leaf a");
    MI_Session_GetInstance(&client->session, 0, NULL, "root/cimv2", instance, NULL, &operation);
    MI_Instance_Delete(instance);
    drain(&operation, &outcome, check_leaf, copy);
    check_ok(&outcome, 1, dialect);
    instance = key(client, "Peer_LeafA", "Name", "no such");
    MI_Session_GetInstance(&client->session, 0, NULL, "root/cimv2", instance, NULL, &operation);
    MI_Instance_Delete(instance);
    drain(&operation, &outcome, NULL, NULL);
    if (outcome.result == MI_RESULT_OK || outcome.count != 0 || !outcome.has_details) {
        MIC_FAIL("%s: a missing instance gives %d", dialect, (int)outcome.result);
    }
}

MIC_TEST(operations, get_gives_the_instance_or_the_server_s_error)
{
    with_each_dialect(get_sync);
}

static void class_sync(struct client *client, const char *dialect)
{
    struct outcome outcome;
    MI_Operation operation;
    MI_Session_GetClass(&client->session, 0, NULL, "root/cimv2", "Peer_Middle", NULL, &operation);
    drain_classes(&operation, &outcome);
    if (!has_get_class(dialect)) {
        MIC_CHECK(outcome.result != MI_RESULT_OK);
        MIC_CHECK_INT(outcome.count, 0);
    } else {
        check_ok(&outcome, 1, dialect);
    }
}

MIC_TEST(operations, get_class_gives_the_class_where_the_server_has_it)
{
    with_each_dialect(class_sync);
}

static void class_async(struct client *client, const char *dialect)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    listener_init(&listener);
    listener_class_callbacks(&listener, &callbacks);
    MI_Session_GetClass(&client->session, 0, NULL, "root/cimv2", "Peer_Middle", &callbacks,
                        &operation);
    listener_wait_final(&listener);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    if (has_get_class(dialect)) {
        check_ok(&listener.outcome, 1, dialect);
    }
    MIC_CHECK_INT(listener.finals, 1);
    MIC_CHECK_INT(MI_Session_Close(&client->session, NULL, NULL), MI_RESULT_OK);
    client->session.ft = NULL;
    listener_fini(&listener);
}

MIC_TEST(operations, get_class_with_callbacks_calls_class_result)
{
    with_each_dialect(class_async);
}

static void test_sync(struct client *client, const char *dialect)
{
    struct outcome outcome;
    MI_Operation operation;
    MI_Session_TestConnection(&client->session, 0, NULL, &operation);
    drain(&operation, &outcome, NULL, NULL);
    if (outcome.result != MI_RESULT_OK) {
        MIC_FAIL("%s: %s", dialect, outcome.message);
    }
}

MIC_TEST(operations, test_connection_answers_in_every_dialect)
{
    with_each_dialect(test_sync);
}

static void test_async(struct client *client, const char *dialect)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    MI_Session_TestConnection(&client->session, 0, &callbacks, &operation);
    listener_wait_final(&listener);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    if (listener.outcome.result != MI_RESULT_OK) {
        MIC_FAIL("%s: %s", dialect, listener.outcome.message);
    }
    MIC_CHECK_INT(MI_Session_Close(&client->session, NULL, NULL), MI_RESULT_OK);
    client->session.ft = NULL;
    listener_fini(&listener);
}

MIC_TEST(operations, test_connection_with_callbacks_calls_once)
{
    with_each_dialect(test_async);
}

static void keys_sync(struct client *client, const char *dialect)
{
    struct outcome outcome;
    MI_Operation operation;
    MI_Session_EnumerateInstances(&client->session, 0, NULL, "root/cimv2", "Peer_Few", MI_TRUE,
                                  NULL, &operation);
    drain(&operation, &outcome, NULL, NULL);
    check_ok(&outcome, 5, dialect);
}

MIC_TEST(operations, keys_only_gives_an_instance_per_key)
{
    with_each_dialect(keys_sync);
}

struct names {
    unsigned base, middle, leaf;
    unsigned with_leaf_property;
};

static void count_name(const MI_Instance *instance, void *context)
{
    struct names *names = context;
    const MI_Char *name = NULL;
    MI_Value value;
    MI_Type type;
    MI_Uint32 flags;
    MI_Instance_GetClassName(instance, &name);
    names->base += strcmp(name, "Peer_Base") == 0;
    names->middle += strcmp(name, "Peer_Middle") == 0;
    names->leaf += strncmp(name, "Peer_Leaf", 9) == 0;
    if (MI_Instance_GetElement(instance, "LeafReal", &value, &type, &flags, NULL) == MI_RESULT_OK &&
        (flags & MI_FLAG_NULL) == 0) {
        names->with_leaf_property++;
    }
}

static void count_names(struct client *client, MI_Uint32 flags, struct names *names)
{
    struct outcome outcome;
    MI_Operation operation;
    memset(names, 0, sizeof(*names));
    MI_Session_EnumerateInstances(&client->session, flags, NULL, "root/cimv2", "Peer_Base",
                                  MI_FALSE, NULL, &operation);
    drain(&operation, &outcome, count_name, names);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
}

static void polymorphism(struct client *client, const char *dialect)
{
    struct names names;
    count_names(client, 0, &names);
    if (strcmp(dialect, "windows") == 0 || strcmp(dialect, "omi") == 0) {
        MIC_CHECK_INT(names.base, 2);
        MIC_CHECK_INT(names.middle, 2);
        MIC_CHECK_INT(names.leaf, 4);
        MIC_CHECK_INT(names.with_leaf_property, 2);
    }
    count_names(client, MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW, &names);
    MIC_CHECK_INT(names.base, 2);
    MIC_CHECK_INT(names.middle, 0);
    MIC_CHECK_INT(names.leaf, 0);
}

MIC_TEST(operations, polymorphism_is_deep_unless_shallow_is_asked_for)
{
    with_each_dialect(polymorphism);
}

MIC_TEST(operations, operation_started_is_reported_once_before_results)
{
    struct peer peer;
    struct client client;
    MI_Operation operation;
    const MI_Instance *instance;
    MI_Boolean more = MI_TRUE;
    MI_Result result;
    unsigned empty = 0, full = 0;
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    MI_Session_EnumerateInstances(&client.session, MI_OPERATIONFLAGS_REPORT_OPERATION_STARTED, NULL,
                                  "root/cimv2", "Peer_Few", MI_FALSE, NULL, &operation);
    while (more) {
        MIC_REQUIRE(MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL) ==
                    MI_RESULT_OK);
        MIC_CHECK_INT(result, MI_RESULT_OK);
        if (instance == NULL && more) {
            empty++;
            MIC_CHECK_INT(full, 0);
        }
        full += instance != NULL;
    }
    MIC_CHECK_INT(empty, 1);
    MIC_CHECK_INT(full, 5);
    MI_Operation_Close(&operation);
    client_close(&client);
    peer_stop(&peer);
}
