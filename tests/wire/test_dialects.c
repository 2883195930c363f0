/* The values that are easy to get wrong, in the forms of each kind of server. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"

static const char *const dialects[] = {"windows", "omi", "openwsman", "idrac"};

struct place {
    struct client client;
    struct peer peer;
    const char *dialect;
    bool has_classes;
    unsigned seen;
};

static void with_each_dialect(void (*run)(struct place *place))
{
    for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
        const char *const options[] = {"--dialect", dialects[i], NULL};
        struct place place = {.dialect = dialects[i], .has_classes = i < 2};
        peer_start(&place.peer, options);
        client_open(&place.client, &place.peer);
        run(&place);
        client_close(&place.client);
        peer_stop(&place.peer);
    }
}

static void enumerate_each(struct place *place, const char *class_name, MI_Boolean keys_only,
                           void (*each)(const MI_Instance *instance, void *context))
{
    MI_Operation operation;
    struct outcome outcome;
    MI_Session_EnumerateInstances(&place->client.session, 0, NULL, "root/cimv2", class_name,
                                  keys_only, NULL, &operation);
    drain(&operation, &outcome, each, place);
    if (outcome.result != MI_RESULT_OK) {
        MIC_FAIL("%s: %s: %s", place->dialect, class_name, outcome.message);
    }
}

struct element {
    MI_Result result;
    MI_Value value;
    MI_Type type;
    MI_Uint32 flags;
};

static struct element get(const MI_Instance *instance, const char *name)
{
    struct element element;
    memset(&element, 0, sizeof(element));
    element.result =
        MI_Instance_GetElement(instance, name, &element.value, &element.type, &element.flags, NULL);
    return element;
}

static const char *text_of(const MI_Instance *instance, const char *name)
{
    struct element element = get(instance, name);
    return element.result == MI_RESULT_OK && element.type == MI_STRING ? element.value.string
                                                                       : "(no text)";
}

/* ---- NULL, empty, special ---- */

static void check_null(const struct place *place, const MI_Instance *instance, const char *name,
                       MI_Type type)
{
    struct element element = get(instance, name);
    if (element.result != MI_RESULT_OK || (element.flags & MI_FLAG_NULL) == 0 ||
        (place->has_classes && element.type != type)) {
        MIC_FAIL("%s: %s is no NULL of type %d: result %d, type %d, flags 0x%x", place->dialect,
                 name, (int)type, (int)element.result, (int)element.type, (unsigned)element.flags);
    }
}

static void check_nulls(const struct place *place, const MI_Instance *instance)
{
    check_null(place, instance, "v_boolean", MI_BOOLEAN);
    check_null(place, instance, "v_uint64", MI_UINT64);
    check_null(place, instance, "v_string", MI_STRING);
    check_null(place, instance, "v_datetime", MI_DATETIME);
    check_null(place, instance, "v_reference", MI_REFERENCE);
    check_null(place, instance, "v_instance", MI_INSTANCE);
    check_null(place, instance, "a_uint8", MI_UINT8A);
    check_null(place, instance, "a_string", MI_STRINGA);
    check_null(place, instance, "a_instance", MI_INSTANCEA);
}

/* Only Windows tells an empty array from NULL; the others leave it out (tests/peer/README.md). */
static void check_empty(const struct place *place, const MI_Instance *instance)
{
    struct element text = get(instance, "v_string");
    MIC_CHECK_INT(text.type, MI_STRING);
    MIC_CHECK_INT(text.flags & MI_FLAG_NULL, 0);
    MIC_CHECK_TEXT(text.value.string, "");
    struct element list = get(instance, "a_string");
    if (strcmp(place->dialect, "windows") == 0) {
        MIC_CHECK_INT(list.type, MI_STRINGA);
        MIC_CHECK_INT(list.flags & MI_FLAG_NULL, 0);
        MIC_CHECK_INT(list.value.stringa.size, 0);
    } else if (place->has_classes) {
        check_null(place, instance, "a_string", MI_STRINGA);
    } else {
        MIC_CHECK_INT(list.result, MI_RESULT_NO_SUCH_PROPERTY);
    }
}

static void check_special(const struct place *place, const MI_Instance *instance, bool is_nan)
{
    if (!place->has_classes) {
        MIC_CHECK_TEXT(text_of(instance, "v_real32"), is_nan ? "NaN" : "INF");
        MIC_CHECK_TEXT(text_of(instance, "v_real64"), is_nan ? "NaN" : "-INF");
        return;
    }
    struct element small = get(instance, "v_real32"), large = get(instance, "v_real64");
    MIC_CHECK_INT(small.type, MI_REAL32);
    MIC_CHECK_INT(large.type, MI_REAL64);
    if (is_nan) {
        MIC_CHECK(isnan(small.value.real32) && isnan(large.value.real64));
    } else {
        MIC_CHECK(isinf(small.value.real32) && small.value.real32 > 0);
        MIC_CHECK(isinf(large.value.real64) && large.value.real64 < 0);
    }
    struct element list = get(instance, "a_real64");
    MIC_CHECK_INT(list.type, MI_REAL64A);
    MIC_CHECK_INT(list.value.real64a.size, 3);
}

/* What MI_Datetime cannot hold stays text: never a wrong date. */
static void check_wildcard(const MI_Instance *instance)
{
    MIC_CHECK_TEXT(text_of(instance, "v_datetime"), "20240229******.******+060");
    struct element list = get(instance, "a_datetime");
    MIC_CHECK_INT(list.type, MI_STRINGA);
    if (list.type == MI_STRINGA) {
        MIC_REQUIRE(list.value.stringa.size == 2);
        MIC_CHECK_TEXT(list.value.stringa.data[0], "2024022912****.******+***");
    }
}

static void check_unicode(const MI_Instance *instance)
{
    MIC_CHECK_TEXT(text_of(instance, "v_string"), "\xF0\x9F\x98\x80 G\xC3\xBC\xC3\x9F"
                                                  "e \xE6\x97\xA5\xE6\x9C\xAC ]]> &amp; <x/>");
    struct element list = get(instance, "a_string");
    MIC_CHECK_INT(list.type, MI_STRINGA);
    MIC_REQUIRE(list.type == MI_STRINGA && list.value.stringa.size == 4);
    MIC_CHECK_TEXT(list.value.stringa.data[2], "\xF0\x9F\x98\x80\xF0\x90\x8D\x88");
    MIC_CHECK_TEXT(list.value.stringa.data[3], "line one\nline two\ttab\r\nCR");
}

static void check_all_types(const MI_Instance *instance, void *context)
{
    struct place *place = context;
    const char *id = text_of(instance, "Id");
    place->seen++;
    if (strcmp(id, "nulls") == 0) {
        check_nulls(place, instance);
    } else if (strcmp(id, "empty") == 0) {
        check_empty(place, instance);
    } else if (strcmp(id, "infinite") == 0 || strcmp(id, "nan") == 0) {
        check_special(place, instance, strcmp(id, "nan") == 0);
    } else if (strcmp(id, "wildcard") == 0) {
        check_wildcard(instance);
    } else if (strcmp(id, "unicode") == 0) {
        check_unicode(instance);
    }
}

static void all_types(struct place *place)
{
    enumerate_each(place, "Peer_AllTypes", MI_FALSE, check_all_types);
    MIC_CHECK_INT(place->seen, 10);
}

MIC_TEST(dialects, null_empty_special_and_unicode_values_stay_apart)
{
    with_each_dialect(all_types);
}

/* ---- every type, once more from the highest and lowest ---- */

struct extreme {
    const char *name;
    MI_Type type;
    const char *lowest, *highest; /* as text: what a server without classes gives */
};

static const struct extreme extremes[] = {
    {"v_boolean", MI_BOOLEAN, "false", "true"},
    {"v_uint8", MI_UINT8, "0", "255"},
    {"v_sint8", MI_SINT8, "-128", "127"},
    {"v_uint16", MI_UINT16, "0", "65535"},
    {"v_sint16", MI_SINT16, "-32768", "32767"},
    {"v_uint32", MI_UINT32, "0", "4294967295"},
    {"v_sint32", MI_SINT32, "-2147483648", "2147483647"},
    {"v_uint64", MI_UINT64, "0", "18446744073709551615"},
    {"v_sint64", MI_SINT64, "-9223372036854775808", "9223372036854775807"},
};

static void integer_text(const struct element *element, char *text, size_t size)
{
    long long number = 0;
    switch ((int)element->type) {
    case MI_BOOLEAN:
        snprintf(text, size, "%s", element->value.boolean ? "true" : "false");
        return;
    case MI_UINT64:
        snprintf(text, size, "%llu", (unsigned long long)element->value.uint64);
        return;
    case MI_STRING:
        snprintf(text, size, "%s", element->value.string);
        return;
    case MI_UINT8:
        number = element->value.uint8;
        break;
    case MI_SINT8:
        number = element->value.sint8;
        break;
    case MI_UINT16:
        number = element->value.uint16;
        break;
    case MI_SINT16:
        number = element->value.sint16;
        break;
    case MI_UINT32:
        number = element->value.uint32;
        break;
    case MI_SINT32:
        number = element->value.sint32;
        break;
    case MI_SINT64:
    default:
        number = element->value.sint64;
        break;
    }
    snprintf(text, size, "%lld", number);
}

static void check_extremes(const MI_Instance *instance, void *context)
{
    const struct place *place = context;
    const char *id = text_of(instance, "Id");
    bool is_lowest = strcmp(id, "lowest") == 0;
    if (!is_lowest && strcmp(id, "highest") != 0) {
        return;
    }
    for (size_t i = 0; i < sizeof(extremes) / sizeof(extremes[0]); i++) {
        const struct extreme *row = &extremes[i];
        struct element element = get(instance, row->name);
        char text[32] = "";
        integer_text(&element, text, sizeof(text));
        if (element.type != (place->has_classes ? row->type : MI_STRING) ||
            strcmp(text, is_lowest ? row->lowest : row->highest) != 0) {
            MIC_FAIL("%s: %s of %s has type %d and is %s", place->dialect, row->name, id,
                     (int)element.type, text);
        }
    }
    if (place->has_classes && !is_lowest) {
        MIC_CHECK(get(instance, "v_real32").value.real32 >= FLT_MAX);
        MIC_CHECK(get(instance, "v_real64").value.real64 >= DBL_MAX);
    }
}

static void integers(struct place *place)
{
    enumerate_each(place, "Peer_AllTypes", MI_FALSE, check_extremes);
}

MIC_TEST(dialects, integers_keep_their_ends)
{
    with_each_dialect(integers);
}

/* ---- what no schema explains ---- */

static bool holds_text(const MI_Instance *instance, const char *wanted)
{
    MI_Uint32 count = 0;
    MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++) {
        MI_Value value;
        MI_Type type;
        MI_Uint32 flags;
        if (MI_Instance_GetElementAt(instance, i, NULL, &value, &type, &flags) != MI_RESULT_OK ||
            (flags & MI_FLAG_NULL) != 0) {
            continue;
        }
        if (type == MI_STRING && strcmp(value.string, wanted) == 0) {
            return true;
        }
        for (MI_Uint32 k = 0; type == MI_STRINGA && k < value.stringa.size; k++) {
            if (strcmp(value.stringa.data[k], wanted) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Each text of the wire is found in the instance, whatever the class says. */
static void check_odd(const MI_Instance *instance, void *context)
{
    static const struct {
        const char *id, *texts[3];
    } rows[] = {
        {"twice", {"one", "two", NULL}},          {"case", {"lower", "upper", "small"}},
        {"unknown", {"surprise", "1", "2"}},      {"range", {"256", "-2147483649", NULL}},
        {"unparsable", {"seven", "maybe", NULL}}, {"markup", {"onetwo<three>5", NULL, NULL}},
        {"location", {"kept", NULL, NULL}},       {"attributes", {"  kept  ", NULL, NULL}},
    };
    struct place *place = context;
    const char *id = text_of(instance, "Id");
    place->seen++;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t k = 0; strcmp(id, rows[i].id) == 0 && k < 3 && rows[i].texts[k] != NULL; k++) {
            if (!holds_text(instance, rows[i].texts[k])) {
                MIC_FAIL("%s: %s has lost \"%s\"", place->dialect, id, rows[i].texts[k]);
            }
        }
    }
    if (strcmp(id, "long") == 0) {
        MIC_CHECK_INT(strlen(text_of(instance, "Text")), 200000);
    }
}

static void odd(struct place *place)
{
    enumerate_each(place, "Peer_Odd", MI_FALSE, check_odd);
    MIC_CHECK_INT(place->seen, 15);
}

MIC_TEST(dialects, nothing_is_lost_of_what_no_schema_explains)
{
    with_each_dialect(odd);
}

static void check_control(const MI_Instance *instance, void *context)
{
    (void)context;
    MIC_CHECK_TEXT(text_of(instance, "Text"), "bell? escape?[0m end");
}

static void control(struct place *place)
{
    enumerate_each(place, "Peer_Control", MI_FALSE, check_control);
}

MIC_TEST(dialects, control_characters_become_question_marks)
{
    with_each_dialect(control);
}

/* ---- keys ---- */

struct notes {
    struct listener listener;
    char note[32];
};

static void keep_note(struct listener *listener, MI_Operation *operation,
                      const MI_Instance *instance)
{
    struct notes *notes = listener->context;
    (void)operation;
    if (instance != NULL) {
        snprintf(notes->note, sizeof(notes->note), "%s", text_of(instance, "Note"));
    }
}

/* Get with a callback, by what keysOnly gave: boolean, integers, datetime, text, reference. */
static void check_key(const MI_Instance *instance, void *context)
{
    struct place *place = context;
    struct notes notes;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    char wanted[16];
    MI_Uint32 count = 0;
    MI_Instance_GetElementCount(instance, &count);
    MIC_CHECK_INT(count, place->has_classes ? 7 : 6);
    memset(&notes, 0, sizeof(notes));
    listener_init(&notes.listener);
    listener_callbacks(&notes.listener, &callbacks);
    notes.listener.each = keep_note;
    notes.listener.context = &notes;
    MI_Session_GetInstance(&place->client.session, 0, NULL, "root/cimv2", instance, &callbacks,
                           &operation);
    listener_wait_final(&notes.listener);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    snprintf(wanted, sizeof(wanted), "note %u", place->seen++);
    if (notes.listener.outcome.result != MI_RESULT_OK || strcmp(notes.note, wanted) != 0) {
        MIC_FAIL("%s: Get of key %u: %s, %s", place->dialect, place->seen,
                 notes.listener.outcome.message, notes.note);
    }
    listener_fini(&notes.listener);
}

static void keys(struct place *place)
{
    enumerate_each(place, "Peer_Keys", MI_TRUE, check_key);
    MIC_CHECK_INT(place->seen, 3);
}

MIC_TEST(dialects, keys_of_every_kind_lead_back_to_their_instance)
{
    with_each_dialect(keys);
}

/* ---- which types the RTTI flags promise ---- */

struct promise {
    MI_Uint32 flag;
    bool is_typed;    /* where the server has classes */
    bool needs_class; /* an error where it has none */
};

static void check_type(const MI_Instance *instance, void *context)
{
    const MI_Type wanted = *(const MI_Type *)context;
    if (strcmp(text_of(instance, "Id"), "typical") == 0) {
        MIC_CHECK_INT(get(instance, "v_uint64").type, wanted);
        MIC_CHECK_INT(get(instance, "v_instance").type, MI_INSTANCE);
    }
}

static void rtti(struct place *place)
{
    static const struct promise promises[] = {
        {MI_OPERATIONFLAGS_DEFAULT_RTTI, true, false},
        {MI_OPERATIONFLAGS_NO_RTTI, false, false},
        {MI_OPERATIONFLAGS_BASIC_RTTI, true, false},
        {MI_OPERATIONFLAGS_STANDARD_RTTI, true, true},
        {MI_OPERATIONFLAGS_FULL_RTTI, true, true},
    };
    for (size_t i = 0; i < sizeof(promises) / sizeof(promises[0]); i++) {
        const struct promise *promise = &promises[i];
        MI_Operation operation;
        struct outcome outcome;
        MI_Type wanted = promise->is_typed && place->has_classes ? MI_UINT64 : MI_STRING;
        bool fails = promise->needs_class && !place->has_classes;
        MI_Session_EnumerateInstances(&place->client.session, promise->flag, NULL, "root/cimv2",
                                      "Peer_AllTypes", MI_FALSE, NULL, &operation);
        drain(&operation, &outcome, check_type, &wanted);
        if (outcome.result != (fails ? MI_RESULT_FAILED : MI_RESULT_OK) ||
            (fails &&
             (outcome.code != 0x803381F3 || outcome.category != MI_ERRORCATEGORY_METADATA_ERROR)) ||
            (!fails && outcome.count != 10)) {
            MIC_FAIL("%s, flag 0x%x: result %d, %u instances, code 0x%x, category %u: %s",
                     place->dialect, (unsigned)promise->flag, (int)outcome.result, outcome.count,
                     outcome.code, outcome.category, outcome.message);
        }
    }
}

MIC_TEST(dialects, rtti_flags_keep_their_promise)
{
    with_each_dialect(rtti);
}
