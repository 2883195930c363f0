/* Instances created, changed and deleted: what the server then has, and what it refuses. */
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

static void set_text(MI_Instance *instance, const char *name, const char *text, MI_Uint32 flags)
{
    MI_Value value;
    memset(&value, 0, sizeof(value));
    value.string = (MI_Char *)(uintptr_t)text;
    MI_Result result = MI_Instance_SetElement(instance, name, &value, MI_STRING, 0);
    if (result == MI_RESULT_NO_SUCH_PROPERTY) {
        result = MI_Instance_AddElement(instance, name, &value, MI_STRING, flags);
    }
    MIC_CHECK_INT(result, MI_RESULT_OK);
}

static MI_Instance *new_note(unsigned number, const char *topic)
{
    MI_Instance *note = NULL;
    MI_Value value;
    MIC_REQUIRE(MI_Application_NewInstance(&client.application, "Peer_Note", NULL, &note) ==
                MI_RESULT_OK);
    memset(&value, 0, sizeof(value));
    value.uint32 = number;
    MIC_REQUIRE(MI_Instance_AddElement(note, "Number", &value, MI_UINT32, MI_FLAG_KEY) ==
                MI_RESULT_OK);
    set_text(note, "Topic", topic, MI_FLAG_KEY);
    return note;
}

struct kept {
    MI_Instance *instance; /* the last one that came */
};

static void keep(const MI_Instance *instance, void *context)
{
    struct kept *kept = context;
    if (kept->instance != NULL) {
        MI_Instance_Delete(kept->instance);
    }
    MIC_REQUIRE(MI_Instance_Clone(instance, &kept->instance) == MI_RESULT_OK);
}

enum verb { CREATE, MODIFY, REMOVE, GET };

static MI_Instance *run(enum verb verb, const MI_Instance *instance, struct outcome *outcome)
{
    void (*const verbs[])(MI_Session *, MI_Uint32, MI_OperationOptions *, const MI_Char *,
                          const MI_Instance *, MI_OperationCallbacks *, MI_Operation *) = {
        [CREATE] = MI_Session_CreateInstance,
        [MODIFY] = MI_Session_ModifyInstance,
        [REMOVE] = MI_Session_DeleteInstance,
        [GET] = MI_Session_GetInstance,
    };
    MI_Operation operation;
    struct kept kept = {NULL};
    verbs[verb](&client.session, 0, NULL, "root/cimv2", instance, NULL, &operation);
    drain(&operation, outcome, keep, &kept);
    return kept.instance;
}

/* ... which is expected to work. */
static MI_Instance *run_well(enum verb verb, const MI_Instance *instance)
{
    struct outcome outcome;
    MI_Instance *result = run(verb, instance, &outcome);
    if (outcome.result != MI_RESULT_OK) {
        MIC_FAIL("verb %d: %d %s", (int)verb, (int)outcome.result, outcome.message);
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
    MIC_REQUIRE(got == type && (flags & MI_FLAG_NULL) == 0);
    return value;
}

static bool is_null(const MI_Instance *instance, const char *name)
{
    MI_Uint32 flags = 0;
    MI_Result result = MI_Instance_GetElement(instance, name, NULL, NULL, &flags, NULL);
    return result == MI_RESULT_NO_SUCH_PROPERTY || (flags & MI_FLAG_NULL) != 0;
}

/* ---- what goes there and back ---- */

static void check_values(const char *dialect, bool has_schema, bool tells_empty)
{
    open_dialect(dialect);
    for (int which = 0; which < EVERY_COUNT; which++) {
        char where[64];
        snprintf(where, sizeof(where), "%s, values %d", dialect, which);
        MI_Instance *note = new_note((unsigned)which + 100, "round & \"trip\" <1>");
        every_type_fill(&client.application, note, (enum every_type)which);
        MI_Instance *made = run_well(CREATE, note);
        MIC_REQUIRE(made != NULL);
        MI_Instance *got = run_well(GET, made);
        MIC_REQUIRE(got != NULL);
        (void)(has_schema ? every_type_same(note, got, tells_empty, where)
                          : every_type_same_text(note, got, where));
        MI_Instance_Delete(got);
        MI_Instance_Delete(made);
        MI_Instance_Delete(note);
    }
    shut();
}

MIC_TEST(modify, every_value_comes_back_from_windows)
{
    check_values("windows", true, true);
}

MIC_TEST(modify, every_value_comes_back_from_omi)
{
    check_values("omi", true, false);
}

MIC_TEST(modify, texts_come_back_from_openwsman_and_idrac)
{
    check_values("openwsman", false, false);
    check_values("idrac", false, false);
}

/* ---- what is written ---- */

MIC_TEST(modify, only_what_was_changed_is_written_on_windows)
{
    open_dialect("windows");
    MI_Instance *note = new_note(1, "a");
    set_text(note, "Title", "before", 0);
    set_text(note, "v_string", "kept", 0);
    MI_Instance *made = run_well(CREATE, note);
    MI_Instance *got = run_well(GET, made), *other = run_well(GET, made);
    set_text(got, "Title", "after", 0);
    MI_Instance *now = run_well(MODIFY, got);
    MIC_CHECK(now != NULL);
    /* Fetched before that, with the old title in it, and another property changed. */
    set_text(other, "v_string", "changed", 0);
    MI_Instance *last = run_well(MODIFY, other);
    MI_Instance *read = run_well(GET, made);
    MIC_CHECK_TEXT(element(read, "Title", MI_STRING).string, "after");
    MIC_CHECK_TEXT(element(read, "v_string", MI_STRING).string, "changed");
    MIC_CHECK_INT(element(read, "Revision", MI_UINT32).uint32, 3);
    MI_Instance *const all[] = {note, made, got, other, now, last, read};
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        MI_Instance_Delete(all[i]);
    }
    shut();
}

MIC_TEST(modify, null_wipes_and_nothing_set_wipes_nothing)
{
    static const char *const dialects[] = {"windows", "omi"};
    for (size_t i = 0; i < 2; i++) {
        open_dialect(dialects[i]);
        MI_Instance *note = new_note(1, "a");
        set_text(note, "Title", "t", 0);
        set_text(note, "v_string", "s", 0);
        MI_Instance *made = run_well(CREATE, note);
        MI_Instance *change = new_note(1, "a");
        MIC_CHECK_INT(MI_Instance_AddElement(change, "Title", NULL, MI_STRING, MI_FLAG_NULL),
                      MI_RESULT_OK);
        MI_Instance *now = run_well(MODIFY, change);
        MI_Instance *read = run_well(GET, made);
        MIC_CHECK(is_null(read, "Title"));
        MIC_CHECK_TEXT(element(read, "v_string", MI_STRING).string, "s");
        MI_Instance *const all[] = {note, made, change, read};
        for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++) {
            MI_Instance_Delete(all[k]);
        }
        if (now != NULL) {
            MI_Instance_Delete(now);
        }
        shut();
    }
}

/* A class tells nothing of an object's values: what the application has not touched stays there. */
MIC_TEST(modify, an_instance_made_from_its_class_writes_what_was_set)
{
    static const char *const dialects[] = {"windows", "omi"};
    for (size_t i = 0; i < 2; i++) {
        MI_Operation operation;
        const MI_Class *cls = NULL;
        MI_Boolean more;
        MI_Result result;
        MI_Instance *change = NULL;
        MI_Value value = {.uint32 = 1};
        open_dialect(dialects[i]);
        MI_Instance *note = new_note(1, "a");
        set_text(note, "v_string", "s", 0);
        MI_Instance *made = run_well(CREATE, note);
        MI_Session_GetClass(&client.session, 0, NULL, "root/cimv2", "Peer_Note", NULL, &operation);
        MIC_REQUIRE(MI_Operation_GetClass(&operation, &cls, &more, &result, NULL, NULL) ==
                        MI_RESULT_OK &&
                    cls != NULL);
        MIC_REQUIRE(MI_Application_NewInstanceFromClass(&client.application, "Peer_Note", cls,
                                                        &change) == MI_RESULT_OK);
        MI_Operation_Close(&operation);
        MIC_CHECK_INT(MI_Instance_SetElement(change, "Number", &value, MI_UINT32, 0), MI_RESULT_OK);
        set_text(change, "Topic", "a", 0);
        set_text(change, "Title", "new", 0);
        MI_Instance *now = run_well(MODIFY, change);
        MI_Instance *read = run_well(GET, made);
        MIC_CHECK_TEXT(element(read, "Title", MI_STRING).string, "new");
        MIC_CHECK_TEXT(element(read, "v_string", MI_STRING).string, "s");
        MI_Instance *const all[] = {note, made, change, read};
        for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++) {
            MI_Instance_Delete(all[k]);
        }
        if (now != NULL) {
            MI_Instance_Delete(now);
        }
        shut();
    }
}

/* ---- what is refused ---- */

MIC_TEST(modify, what_is_there_is_not_created_and_what_is_not_is_neither_changed_nor_deleted)
{
    static const char *const dialects[] = {"windows", "omi", "openwsman", "idrac"};
    for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
        struct outcome outcome;
        open_dialect(dialects[i]);
        MI_Instance *note = new_note(1, "a");
        MI_Instance *made = run_well(CREATE, note);
        (void)run(CREATE, note, &outcome);
        if (outcome.result != MI_RESULT_ALREADY_EXISTS) {
            MIC_FAIL("%s: create again: %d %s", dialects[i], (int)outcome.result, outcome.message);
        }
        MIC_CHECK(run_well(REMOVE, made) == NULL);
        static const enum verb verbs[] = {REMOVE, GET, MODIFY};
        for (size_t k = 0; k < 3; k++) {
            (void)run(verbs[k], note, &outcome);
            if (outcome.result != MI_RESULT_NOT_FOUND) {
                MIC_FAIL("%s: verb %d: %d %s", dialects[i], (int)verbs[k], (int)outcome.result,
                         outcome.message);
            }
        }
        MI_Instance_Delete(note);
        MI_Instance_Delete(made);
        shut();
    }
}

MIC_TEST(modify, a_wrong_type_and_an_unknown_property_are_told)
{
    struct outcome outcome;
    MI_Value value;
    open_dialect("windows");
    MI_Instance *note = new_note(1, "a");
    set_text(note, "Colour", "red", 0);
    (void)run(CREATE, note, &outcome);
    MIC_CHECK(outcome.result != MI_RESULT_OK && outcome.message[0] != '\0');
    MI_Instance_Delete(note);
    note = new_note(1, "a");
    memset(&value, 0, sizeof(value));
    value.uint8 = 1;
    MIC_REQUIRE(MI_Instance_AddElement(note, "v_string", &value, MI_UINT8, 0) == MI_RESULT_OK);
    (void)run(CREATE, note, &outcome);
    MIC_CHECK(outcome.result != MI_RESULT_OK && outcome.message[0] != '\0');
    MI_Instance_Delete(note);
    shut();
}

MIC_TEST(modify, a_character_xml_cannot_carry_names_its_property_and_nothing_is_sent)
{
    struct outcome outcome;
    open_dialect("windows");
    MI_Instance *note = new_note(1, "a");
    set_text(note, "Title", "a\x01", 0);
    (void)run(CREATE, note, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_INVALID_PARAMETER);
    if (strstr(outcome.message, "property Title holds a control character") == NULL) {
        MIC_FAIL("%s", outcome.message);
    }
    MIC_CHECK_INT(peer_counter(&peer, "requests.total"), 0);
    MI_Instance_Delete(note);
    shut();
}

MIC_TEST(modify, old_windows_says_that_it_cannot_create)
{
    struct outcome outcome;
    peer_start_with(&peer, "--downlevel");
    client_open(&client, &peer);
    MI_Instance *note = new_note(1, "a");
    (void)run(CREATE, note, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_NOT_SUPPORTED);
    MI_Instance_Delete(note);
    shut();
}

/* Whether the server has acted on what it did not answer, nobody knows: it is not sent again. */
MIC_TEST(modify, what_was_not_answered_is_not_sent_again)
{
    static const enum verb verbs[] = {CREATE, MODIFY, REMOVE};
    static const char *const actions[] = {"Create", "Put", "Delete"};
    open_dialect("windows");
    for (size_t i = 0; i < 3; i++) {
        char fault[64], counter[64];
        struct outcome outcome;
        MI_Instance *note = new_note(1, "a");
        MI_Instance *got = run(GET, note, &outcome); /* a connection to be used again */
        MIC_CHECK(got == NULL);
        snprintf(fault, sizeof(fault), "only=%s,close-on-reuse", actions[i]);
        snprintf(counter, sizeof(counter), "requests.%s", actions[i]);
        peer_set_faults(&peer, fault);
        (void)run(verbs[i], note, &outcome);
        if (outcome.result != MI_RESULT_FAILED || peer_counter(&peer, counter) > 1) {
            MIC_FAIL("%s: %d, %ld requests", actions[i], (int)outcome.result,
                     peer_counter(&peer, counter));
        }
        peer_set_faults(&peer, "");
        MI_Instance_Delete(note);
    }
    shut();
}

MIC_TEST(modify, dates_go_in_the_form_the_server_takes)
{
    open_dialect("windows");
    peer_set_faults(&peer, "no-cim-datetime");
    MI_Instance *note = new_note(1, "dates");
    every_type_fill(&client.application, note, EVERY_USUAL);
    MI_Instance *made = run_well(CREATE, note);
    MI_Instance *got = run_well(GET, made);
    MIC_CHECK(every_type_same(note, got, true, "the other form"));
    MIC_CHECK_INT(peer_counter(&peer, "requests.Create"), 2);
    MI_Instance_Delete(note);
    MI_Instance_Delete(made);
    MI_Instance_Delete(got);
    shut();
}
