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
    const MI_Char *name = NULL;
    MI_Instance *embedded = element(instance, "v_instance", MI_INSTANCE).instance;
    MIC_REQUIRE(embedded != NULL);
    MI_Instance_GetClassName(embedded, &name);
    MIC_CHECK_TEXT(name, "Peer_Embedded");
    MI_Value inner;
    MIC_CHECK_INT(MI_Instance_GetElement(embedded, "Value", &inner, NULL, NULL, NULL),
                  MI_RESULT_OK);
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
    MIC_CHECK_INT(value.instancea.size, 2);
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
