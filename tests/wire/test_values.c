/* Typed values: every CIM type and array as the class declares them, strings where nobody knows. */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"

struct typical {
    const char *name;
    MI_Type type;
};

static const struct typical scalars[] = {
    {"v_boolean", MI_BOOLEAN},     {"v_uint8", MI_UINT8},       {"v_sint8", MI_SINT8},
    {"v_uint16", MI_UINT16},       {"v_sint16", MI_SINT16},     {"v_uint32", MI_UINT32},
    {"v_sint32", MI_SINT32},       {"v_uint64", MI_UINT64},     {"v_sint64", MI_SINT64},
    {"v_real32", MI_REAL32},       {"v_real64", MI_REAL64},     {"v_char16", MI_CHAR16},
    {"v_datetime", MI_DATETIME},   {"v_interval", MI_DATETIME}, {"v_string", MI_STRING},
    {"v_reference", MI_REFERENCE}, {"v_instance", MI_INSTANCE},
};

static MI_Value element(const MI_Instance *instance, const char *name, MI_Type wanted)
{
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;
    memset(&value, 0, sizeof(value));
    if (MI_Instance_GetElement(instance, name, &value, &type, &flags, NULL) != MI_RESULT_OK) {
        MIC_FAIL("no property %s", name);
    } else if (type != wanted || (flags & MI_FLAG_NULL) != 0) {
        MIC_FAIL("%s has type %d and flags 0x%x, wanted %d", name, (int)type, (unsigned)flags,
                 (int)wanted);
        memset(&value, 0, sizeof(value));
    }
    return value;
}

static void check_typical_numbers(const MI_Instance *instance)
{
    MIC_CHECK_INT(element(instance, "v_boolean", MI_BOOLEAN).boolean, MI_TRUE);
    MIC_CHECK_INT(element(instance, "v_uint8", MI_UINT8).uint8, 172);
    MIC_CHECK_INT(element(instance, "v_sint8", MI_SINT8).sint8, -123);
    MIC_CHECK_INT(element(instance, "v_uint16", MI_UINT16).uint16, 1745);
    MIC_CHECK_INT(element(instance, "v_sint16", MI_SINT16).sint16, -1746);
    MIC_CHECK_INT(element(instance, "v_uint32", MI_UINT32).uint32, 17567);
    MIC_CHECK_INT(element(instance, "v_sint32", MI_SINT32).sint32, -17568);
    MIC_CHECK(element(instance, "v_uint64", MI_UINT64).uint64 == 9007199254740993ULL);
    MIC_CHECK(element(instance, "v_sint64", MI_SINT64).sint64 == -9007199254740993LL);
    MIC_CHECK(fabs((double)element(instance, "v_real32", MI_REAL32).real32 - 3.25) < 1e-9);
    MIC_CHECK(fabs(element(instance, "v_real64", MI_REAL64).real64 - 64.6464) < 1e-12);
    MIC_CHECK_INT(element(instance, "v_char16", MI_CHAR16).char16, 65);
}

static void check_embedded(MI_Instance *embedded, unsigned value, bool has_inner)
{
    const MI_Char *name = NULL;
    MIC_REQUIRE(embedded != NULL);
    MI_Instance_GetClassName(embedded, &name);
    MIC_CHECK_TEXT(name, "Peer_Embedded");
    MIC_CHECK_INT(element(embedded, "Value", MI_UINT32).uint32, value);
    MIC_CHECK_INT(element(embedded, "When", MI_DATETIME).datetime.u.timestamp.year, 2024);
    MIC_CHECK_INT(element(embedded, "Tags", MI_STRINGA).stringa.size, 2);
    if (has_inner) {
        check_embedded(element(embedded, "Inner", MI_INSTANCE).instance, value + 1, false);
    }
}

static void check_typical_others(const MI_Instance *instance)
{
    MI_Datetime at = element(instance, "v_datetime", MI_DATETIME).datetime;
    MIC_CHECK(at.isTimestamp);
    MIC_CHECK_INT(at.u.timestamp.year, 2024);
    MIC_CHECK_INT(at.u.timestamp.month, 2);
    MIC_CHECK_INT(at.u.timestamp.day, 29);
    MIC_CHECK_INT(at.u.timestamp.hour, 12);
    MIC_CHECK_INT(at.u.timestamp.microseconds, 789012);
    MIC_CHECK_INT(at.u.timestamp.utc, 60);
    MI_Datetime span = element(instance, "v_interval", MI_DATETIME).datetime;
    MIC_CHECK(!span.isTimestamp);
    MIC_CHECK_INT(span.u.interval.days, 12);
    MIC_CHECK_INT(span.u.interval.hours, 3);
    MIC_CHECK_INT(span.u.interval.microseconds, 678);
    MIC_CHECK_TEXT(element(instance, "v_string", MI_STRING).string, "plain text");
    MI_Uint32 flags = 0;
    MI_Instance_GetElement(instance, "v_string", NULL, NULL, &flags, NULL);
    MIC_CHECK((flags & MI_FLAG_PROPERTY) != 0);
    const MI_Char *name = NULL;
    check_embedded(element(instance, "v_instance", MI_INSTANCE).instance, 41, true);
    MI_Instance *reference = element(instance, "v_reference", MI_REFERENCE).reference;
    MIC_REQUIRE(reference != NULL);
    MI_Instance_GetClassName(reference, &name);
    MIC_CHECK_TEXT(name, "Peer_LeafA");
    MIC_CHECK_TEXT(element(reference, "Name", MI_STRING).string, "leaf a");
}

static void check_typical_arrays(const MI_Instance *instance)
{
    MI_Value value = element(instance, "a_uint64", MI_UINT64A);
    MIC_REQUIRE(value.uint64a.size == 3);
    MIC_CHECK(value.uint64a.data[2] == 18446744073709551615ULL);
    value = element(instance, "a_sint8", MI_SINT8A);
    MIC_REQUIRE(value.sint8a.size == 3);
    MIC_CHECK_INT(value.sint8a.data[0], -128);
    value = element(instance, "a_boolean", MI_BOOLEANA);
    MIC_CHECK_INT(value.booleana.size, 3);
    value = element(instance, "a_string", MI_STRINGA);
    MIC_REQUIRE(value.stringa.size == 3);
    MIC_CHECK_TEXT(value.stringa.data[0], "first");
    MIC_CHECK_TEXT(value.stringa.data[1], "");
    MIC_CHECK_TEXT(value.stringa.data[2], "third & <last>");
    value = element(instance, "a_datetime", MI_DATETIMEA);
    MIC_REQUIRE(value.datetimea.size == 3);
    MIC_CHECK_INT(value.datetimea.data[2].u.timestamp.utc, -210);
    value = element(instance, "a_char16", MI_CHAR16A);
    MIC_REQUIRE(value.char16a.size == 3);
    MIC_CHECK_INT(value.char16a.data[1], 955);
    value = element(instance, "a_instance", MI_INSTANCEA);
    MIC_REQUIRE(value.instancea.size == 2);
    check_embedded(value.instancea.data[0], 41, true);
    check_embedded(value.instancea.data[1], 43, false);
    value = element(instance, "a_reference", MI_REFERENCEA);
    MIC_CHECK_INT(value.referencea.size, 2);
}

struct seen {
    unsigned typical, lowest, highest, single;
};

static void check_extremes(const MI_Instance *instance, const char *id)
{
    if (strcmp(id, "lowest") == 0) {
        MIC_CHECK(element(instance, "v_sint64", MI_SINT64).sint64 == (-9223372036854775807LL - 1));
        MIC_CHECK_INT(element(instance, "v_sint32", MI_SINT32).sint32, -2147483648LL);
        MIC_CHECK_TEXT(element(instance, "v_string", MI_STRING).string, " ");
    } else {
        MIC_CHECK(element(instance, "v_uint64", MI_UINT64).uint64 == 18446744073709551615ULL);
        MIC_CHECK(element(instance, "v_real64", MI_REAL64).real64 >= DBL_MAX);
        MIC_CHECK_INT(element(instance, "v_char16", MI_CHAR16).char16, 65533);
        MI_Datetime span = element(instance, "v_interval", MI_DATETIME).datetime;
        MIC_CHECK_INT(span.u.interval.days, 99999999);
    }
}

static void check_typed(const MI_Instance *instance, void *context)
{
    struct seen *seen = context;
    const MI_Char *id = element(instance, "Id", MI_STRING).string;
    if (id == NULL) {
        return;
    }
    if (strcmp(id, "typical") == 0) {
        seen->typical++;
        check_typical_numbers(instance);
        check_typical_others(instance);
        check_typical_arrays(instance);
    } else if (strcmp(id, "lowest") == 0 || strcmp(id, "highest") == 0) {
        seen->lowest += strcmp(id, "lowest") == 0;
        seen->highest += strcmp(id, "highest") == 0;
        check_extremes(instance, id);
    } else if (strcmp(id, "single") == 0) {
        seen->single++;
        MIC_CHECK_INT(element(instance, "a_uint32", MI_UINT32A).uint32a.size, 1);
    }
}

static void check_dialect(const char *dialect)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    struct seen seen = {0};
    MI_Operation operation;
    const char *const options[] = {"--dialect", dialect, NULL};
    peer_start(&peer, options);
    client_open(&client, &peer);
    MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_AllTypes", MI_FALSE,
                                  NULL, &operation);
    drain(&operation, &outcome, check_typed, &seen);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    if (seen.typical != 1 || seen.lowest != 1 || seen.highest != 1 || seen.single != 1) {
        MIC_FAIL("%s: %u objects, typical %u lowest %u highest %u single %u: %s", dialect,
                 outcome.count, seen.typical, seen.lowest, seen.highest, seen.single,
                 outcome.message);
    }
    client_close(&client);
    peer_stop(&peer);
}

/* Whether each array of an object is NULL, empty or has elements, a letter each. */
struct shape {
    const char *id;
    char text[64];
};

static void take_shape(const MI_Instance *instance, void *context)
{
    struct shape *shape = context;
    MI_Uint32 count = 0;
    size_t used = 0;
    const MI_Char *id = element(instance, "Id", MI_STRING).string;
    if (id == NULL || strcmp(id, shape->id) != 0) {
        return;
    }
    MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count && used + 1 < sizeof(shape->text); i++) {
        MI_Value value;
        MI_Type type = MI_STRING;
        MI_Uint32 flags = 0;
        MI_Instance_GetElementAt(instance, i, NULL, &value, &type, &flags);
        if ((type & MI_ARRAY) != 0) {
            shape->text[used++] = (flags & MI_FLAG_NULL) != 0 ? 'n'
                                  : value.array.size == 0     ? 'e'
                                                              : '+';
        }
    }
    shape->text[used] = '\0';
}

static void get_shape(MI_Session *session, MI_Application *application, const char *id,
                      struct shape *shape)
{
    struct outcome outcome;
    MI_Operation operation;
    MI_Instance *key = NULL;
    MI_Value value;
    *shape = (struct shape){id, ""};
    MIC_REQUIRE(MI_Application_NewInstance(application, "Peer_AllTypes", NULL, &key) ==
                MI_RESULT_OK);
    value.string = (MI_Char *)(uintptr_t)id;
    MI_Instance_AddElement(key, "Id", &value, MI_STRING, MI_FLAG_KEY);
    MI_Session_GetInstance(session, 0, NULL, "root/cimv2", key, NULL, &operation);
    drain(&operation, &outcome, take_shape, shape);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MI_Instance_Delete(key);
}

static void enumerate_shape(MI_Session *session, const char *id, struct shape *shape)
{
    struct outcome outcome;
    MI_Operation operation;
    *shape = (struct shape){id, ""};
    MI_Session_EnumerateInstances(session, 0, NULL, "root/cimv2", "Peer_AllTypes", MI_FALSE, NULL,
                                  &operation);
    drain(&operation, &outcome, take_shape, shape);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
}

/* Got before and after an enumeration in one session, the object reads the same. */
static void check_arrays_are_stable(const char *dialect, const char *option, const char *empty,
                                    const char *null)
{
    static const char *const ids[] = {"empty", "nulls"};
    const char *const expected[] = {empty, null};
    struct peer peer;
    struct client client;
    const char *const options[] = {"--dialect", dialect, option, NULL};
    peer_start(&peer, options);
    client_open(&client, &peer);
    for (size_t i = 0; i < 2; i++) {
        struct shape before, among, after;
        get_shape(&client.session, &client.application, ids[i], &before);
        enumerate_shape(&client.session, ids[i], &among);
        get_shape(&client.session, &client.application, ids[i], &after);
        MIC_CHECK_TEXT(among.text, before.text);
        MIC_CHECK_TEXT(after.text, before.text);
        MIC_CHECK_TEXT(before.text, expected[i]);
    }
    client_close(&client);
    peer_stop(&peer);
}

#define ALL_EMPTY "eeeeeeeeeeeeeeeee"
#define ALL_NULL  "nnnnnnnnnnnnnnnnn"

MIC_TEST(values, empty_and_null_arrays_differ_from_windows_whatever_came_before)
{
    check_arrays_are_stable("windows", NULL, ALL_EMPTY, ALL_NULL);
}

MIC_TEST(values, arrays_that_nobody_can_tell_apart_are_null_whatever_came_before)
{
    check_arrays_are_stable("omi", NULL, ALL_NULL, ALL_NULL);
}

MIC_TEST(values, nil_is_no_array_where_there_are_no_classes_whatever_came_before)
{
    check_arrays_are_stable("openwsman", NULL, "", "");
    check_arrays_are_stable("idrac", NULL, "", "");
    check_arrays_are_stable("windows", "--downlevel", "", "");
}

MIC_TEST(values, class_of_embedded_instances_is_fetched_once)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    struct shape shape;
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    get_shape(&client.session, &client.application, "typical", &shape);
    MIC_CHECK_INT(peer_counter(&peer, "requests.GetClass"), 2);
    for (int i = 0; i < 3; i++) {
        enumerate(&client.session, 0, "Peer_AllTypes", &outcome);
        MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    }
    get_shape(&client.session, &client.application, "typical", &shape);
    MIC_CHECK_INT(peer_counter(&peer, "requests.GetClass"), 2);
    client_close(&client);
    peer_stop(&peer);
}

MIC_TEST(values, have_their_declared_types_from_windows)
{
    check_dialect("windows");
}

MIC_TEST(values, have_their_declared_types_from_omi)
{
    check_dialect("omi");
}

MIC_TEST(values, do_not_depend_on_the_locale)
{
    const char *was = setlocale(LC_ALL, NULL);
    char kept[64];
    snprintf(kept, sizeof(kept), "%s", was);
    setenv("LOCPATH", WIRE_LOCALES, 1);
    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL) {
        MIC_SKIP("no German locale could be made on this machine");
    }
    MIC_CHECK_TEXT(localeconv()->decimal_point, ",");
    check_dialect("windows");
    setlocale(LC_ALL, kept);
}

static void check_strings(const MI_Instance *instance, void *context)
{
    unsigned *count = context;
    for (size_t i = 0; i < sizeof(scalars) / sizeof(scalars[0]); i++) {
        MI_Type type = MI_BOOLEAN;
        MI_Value value;
        MI_Uint32 flags = 0;
        if (scalars[i].type == MI_INSTANCE || scalars[i].type == MI_REFERENCE ||
            MI_Instance_GetElement(instance, scalars[i].name, &value, &type, &flags, NULL) !=
                MI_RESULT_OK ||
            (flags & MI_FLAG_NULL) != 0) {
            continue;
        }
        if (type != MI_STRING) {
            MIC_FAIL("%s has type %d", scalars[i].name, (int)type);
        }
        MIC_CHECK((flags & MI_FLAG_PROPERTY) == 0);
        (*count)++;
    }
}

MIC_TEST(values, are_strings_when_no_rtti_is_asked_for)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    MI_Operation operation;
    unsigned count = 0;
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    MI_Session_EnumerateInstances(&client.session, MI_OPERATIONFLAGS_NO_RTTI, NULL, "root/cimv2",
                                  "Peer_AllTypes", MI_FALSE, NULL, &operation);
    drain(&operation, &outcome, check_strings, &count);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK(count > 30);
    MIC_CHECK_INT(peer_counter(&peer, "requests.GetClass"), 0);
    client_close(&client);
    peer_stop(&peer);
}

static MI_Instance *clones[64];
static unsigned clone_count;

static void keep_clone(const MI_Instance *instance, void *context)
{
    (void)context;
    if (clone_count < 64) {
        MIC_CHECK_INT(MI_Instance_Clone(instance, &clones[clone_count++]), MI_RESULT_OK);
    }
}

MIC_TEST(values, of_a_clone_outlive_operation_session_and_application)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    MI_Operation operation;
    struct seen seen = {0};
    clone_count = 0;
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_AllTypes", MI_FALSE,
                                  NULL, &operation);
    drain(&operation, &outcome, keep_clone, NULL);
    client_close(&client);
    peer_stop(&peer);
    for (unsigned i = 0; i < clone_count; i++) {
        check_typed(clones[i], &seen);
        MI_Instance_Delete(clones[i]);
    }
    MIC_CHECK_INT(seen.typical, 1);
}

MIC_TEST(values, of_ten_thousand_properties_arrive)
{
    struct peer peer;
    struct client client;
    struct outcome outcome;
    peer_start_with(&peer, NULL);
    client_prepare(&client);
    MI_DestinationOptions_SetMaxEnvelopeSize(&client.options, 4000);
    client_connect(&client, peer.url);
    enumerate(&client.session, 0, "Peer_Wide", &outcome);
    if (outcome.result != MI_RESULT_OK) {
        MIC_FAIL("%s", outcome.message);
    }
    MIC_CHECK(outcome.count >= 1);
    enumerate(&client.session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Wide", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    client_close(&client);
    peer_stop(&peer);
}
