/* Methods: parameters of every type there and back, what they change, what they cannot. */
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "every_type.h"
#include "mic_test.h"

static struct peer peer;
static struct client client;

static void open_dialect(const char *dialect)
{
    peer_start_dialect(&peer, dialect);
    client_open(&client, &peer);
}

static void shut(void)
{
    client_close(&client);
    peer_stop(&peer);
}

static MI_Instance *new_instance(const char *class_name)
{
    MI_Instance *instance = NULL;
    MIC_REQUIRE(MI_Application_NewInstance(&client.application, class_name, NULL, &instance) ==
                MI_RESULT_OK);
    return instance;
}

static MI_Instance *service(const char *name)
{
    MI_Instance *instance = new_instance("Peer_Service");
    MI_Value value;
    memset(&value, 0, sizeof(value));
    value.string = (MI_Char *)(uintptr_t)name;
    MIC_REQUIRE(MI_Instance_AddElement(instance, "Name", &value, MI_STRING, MI_FLAG_KEY) ==
                MI_RESULT_OK);
    return instance;
}

static void keep(const MI_Instance *instance, void *context)
{
    MI_Instance **kept = context;
    MIC_REQUIRE(MI_Instance_Clone(instance, kept) == MI_RESULT_OK);
}

struct call {
    MI_Uint32 flags;
    const char *class_name, *method;
    const MI_Instance *on, *parameters;
};

static MI_Instance *run(const struct call *call, struct outcome *outcome)
{
    MI_Operation operation;
    MI_Instance *result = NULL;
    MI_Session_Invoke(&client.session, call->flags, NULL, "root/cimv2", call->class_name,
                      call->method, call->on, call->parameters, NULL, &operation);
    drain(&operation, outcome, keep, &result);
    return result;
}

static MI_Instance *run_well(const struct call *call)
{
    struct outcome outcome;
    MI_Instance *result = run(call, &outcome);
    if (outcome.result != MI_RESULT_OK || result == NULL) {
        MIC_FAIL("%s: %d %s", call->method, (int)outcome.result, outcome.message);
    }
    return result;
}

static MI_Value element(const MI_Instance *instance, const char *name, MI_Type type)
{
    MI_Value value;
    MI_Type got = MI_BOOLEAN;
    MI_Uint32 flags = 0;
    memset(&value, 0, sizeof(value));
    MIC_REQUIRE(MI_Instance_GetElement(instance, name, &value, &got, &flags, NULL) == MI_RESULT_OK);
    MIC_CHECK_INT(got, type);
    MIC_REQUIRE((flags & MI_FLAG_NULL) == 0);
    return value;
}

MIC_TEST(invoke, parameters_of_every_type_come_back)
{
    static const char *const dialects[] = {"windows", "omi"};
    for (size_t i = 0; i < 2; i++) {
        open_dialect(dialects[i]);
        for (int which = 0; which < EVERY_COUNT; which++) {
            char where[64];
            MI_Instance *parameters = new_instance("Parameters");
            const struct call call = {
                .class_name = "Peer_AllTypes", .method = "EchoAll", .parameters = parameters};
            snprintf(where, sizeof(where), "%s, values %d", dialects[i], which);
            every_type_fill(&client.application, parameters, (enum every_type)which);
            MI_Instance *got = run_well(&call);
            /* No request can say that an array is empty: it is left out, which reads as NULL. */
            MIC_CHECK(every_type_same(parameters, got, false, where));
            MIC_CHECK_INT(element(got, "ReturnValue", MI_UINT32).uint32, 0);
            MI_Instance_Delete(got);
            MI_Instance_Delete(parameters);
        }
        shut();
    }
}

MIC_TEST(invoke, parameters_of_every_type_come_back_as_text_without_a_schema)
{
    static const char *const dialects[] = {"openwsman", "idrac", "downlevel"};
    for (size_t i = 0; i < 3; i++) {
        open_dialect(dialects[i]);
        MI_Instance *parameters = new_instance("Parameters");
        const struct call call = {
            .class_name = "Peer_AllTypes", .method = "EchoAll", .parameters = parameters};
        every_type_fill(&client.application, parameters, EVERY_HIGHEST);
        MI_Instance *got = run_well(&call);
        MIC_CHECK(every_type_same_text(parameters, got, dialects[i]));
        MIC_CHECK_TEXT(element(got, "ReturnValue", MI_STRING).string, "0");
        MI_Instance_Delete(got);
        MI_Instance_Delete(parameters);
        shut();
    }
}

MIC_TEST(invoke, a_method_of_an_instance_changes_it)
{
    static const char *const dialects[] = {"windows", "downlevel", "omi", "openwsman", "idrac"};
    for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
        open_dialect(dialects[i]);
        bool has_schema = i == 0 || i == 2;
        MI_Instance *beta = service("beta"), *now = NULL;
        const struct call call = {.method = "Start", .on = beta};
        MI_Operation operation;
        struct outcome outcome;
        MI_Instance *got = run_well(&call);
        (void)element(got, "ReturnValue", has_schema ? MI_UINT32 : MI_STRING);
        MI_Session_GetInstance(&client.session, 0, NULL, "root/cimv2", beta, NULL, &operation);
        drain(&operation, &outcome, keep, &now);
        MIC_REQUIRE(now != NULL);
        MIC_CHECK_TEXT(element(now, "State", MI_STRING).string, "Running");
        MI_Instance_Delete(got);
        MI_Instance_Delete(now);
        MI_Instance_Delete(beta);
        shut();
    }
}

MIC_TEST(invoke, results_have_the_types_of_the_declaration)
{
    open_dialect("windows");
    MI_Instance *alpha = service("alpha"), *parameters = new_instance("Parameters");
    MI_Instance *got = run_well(&(struct call){.method = "Describe", .on = alpha});
    MIC_CHECK(element(got, "ReturnValue", MI_STRING).string[0] != '\0');
    MI_Instance_Delete(got);
    got = run_well(&(struct call){.class_name = "Peer_Note", .method = "Total"});
    (void)element(got, "Count", MI_UINT64);
    MI_Instance_Delete(got);
    got = run_well(&(struct call){
        .flags = MI_OPERATIONFLAGS_NO_RTTI, .class_name = "Peer_Note", .method = "Total"});
    (void)element(got, "Count", MI_STRING);
    MI_Instance_Delete(got);
    MI_Instance_Delete(alpha);
    MI_Instance_Delete(parameters);
    shut();
}

MIC_TEST(invoke, what_the_class_does_not_have_is_told)
{
    static const char *const dialects[] = {"windows", "downlevel", "omi", "openwsman", "idrac"};
    for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
        struct outcome outcome;
        open_dialect(dialects[i]);
        MI_Instance *alpha = service("alpha");
        (void)run(&(struct call){.method = "Explode", .on = alpha}, &outcome);
        if (outcome.result == MI_RESULT_OK || outcome.message[0] == '\0') {
            MIC_FAIL("%s: %d %s", dialects[i], (int)outcome.result, outcome.message);
        }
        MI_Instance_Delete(alpha);
        shut();
    }
}

MIC_TEST(invoke, an_unknown_parameter_is_refused_before_the_method_runs)
{
    struct outcome outcome;
    MI_Value value = {.uint32 = 1};
    open_dialect("windows");
    MI_Instance *alpha = service("alpha"), *parameters = new_instance("Parameters");
    MIC_REQUIRE(MI_Instance_AddElement(parameters, "Speed", &value, MI_UINT32, 0) == MI_RESULT_OK);
    (void)run(&(struct call){.method = "Start", .on = alpha, .parameters = parameters}, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_METADATA_ERROR);
    MIC_CHECK_INT(outcome.code, 0x803381E1u);
    MIC_CHECK_INT(peer_counter(&peer, "requests.Invoke"), 0);
    MI_Instance_Delete(alpha);
    MI_Instance_Delete(parameters);
    shut();
}

MIC_TEST(invoke, a_method_that_fails_gives_the_server_s_error)
{
    struct outcome outcome;
    MI_Value value = {.uint32 = 2};
    open_dialect("windows");
    MI_Instance *parameters = new_instance("Parameters");
    MIC_REQUIRE(MI_Instance_AddElement(parameters, "Result", &value, MI_UINT32, 0) == MI_RESULT_OK);
    (void)run(
        &(struct call){.class_name = "Peer_Service", .method = "Fail", .parameters = parameters},
        &outcome);
    MIC_CHECK(outcome.result != MI_RESULT_OK);
    MIC_CHECK(outcome.has_details);
    MI_Instance_Delete(parameters);
    shut();
}

MIC_TEST(invoke, is_never_sent_twice)
{
    struct outcome outcome;
    open_dialect("windows");
    MI_Instance *alpha = service("alpha");
    MI_Instance *got = run_well(&(struct call){.method = "Ping", .on = alpha});
    MI_Instance_Delete(got);
    peer_set_faults(&peer, "only=Invoke,close-before-reply");
    (void)run(&(struct call){.method = "Ping", .on = alpha}, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    MIC_CHECK_INT(peer_counter(&peer, "requests.Invoke"), 2);
    MI_Instance_Delete(alpha);
    shut();
}

MIC_TEST(invoke, demanded_types_that_cannot_be_had_stop_it_before_it_runs)
{
    struct outcome outcome;
    open_dialect("openwsman");
    MI_Instance *alpha = service("alpha");
    (void)run(
        &(struct call){.flags = MI_OPERATIONFLAGS_STANDARD_RTTI, .method = "Ping", .on = alpha},
        &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_METADATA_ERROR);
    MIC_CHECK_INT(peer_counter(&peer, "requests.Invoke"), 0);
    MI_Instance_Delete(alpha);
    shut();
}
