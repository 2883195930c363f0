/* Queries and associations against every server that can, and what the others say. */
#include <string.h>

#include "client.h"
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

static void query(MI_Uint32 flags, const char *dialect, const char *text, struct outcome *outcome,
                  void (*each)(const MI_Instance *instance, void *context), void *context)
{
    MI_Operation operation;
    MI_Session_QueryInstances(&client.session, flags, NULL, "root/cimv2", dialect, text, NULL,
                              &operation);
    drain(&operation, outcome, each, context);
}

struct seen {
    const char *class_name; /* expected, or a part of it */
    const char *property;   /* must have a value ... */
    MI_Type type;           /* ... of this type */
    unsigned right;
};

static void look(const MI_Instance *instance, void *context)
{
    struct seen *seen = context;
    const MI_Char *name = NULL;
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;
    MI_Instance_GetClassName(instance, &name);
    seen->right += name != NULL && strstr(name, seen->class_name) != NULL &&
                   MI_Instance_GetElement(instance, seen->property, &value, &type, &flags, NULL) ==
                       MI_RESULT_OK &&
                   type == seen->type && (flags & MI_FLAG_NULL) == 0;
}

/* What each server makes of a query language (live OMI and openwsman; MS-WSMV 3.1.4.1.34). */
struct row {
    const char *dialect; /* of the server */
    const char *language;
    MI_Result result;
    unsigned count;
};

MIC_TEST(query, every_server_answers_or_says_why_not)
{
    static const struct row rows[] = {
        {"windows", "WQL", MI_RESULT_OK, 2},
        {"downlevel", "WQL", MI_RESULT_OK, 2},
        {"omi", "WQL", MI_RESULT_OK, 2},
        {"omi", "CQL", MI_RESULT_OK, 2},
        {"windows", "urn:no-such-language", MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED, 0},
        {"omi", "urn:no-such-language", MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED, 0},
        {"openwsman", "WQL", MI_RESULT_NOT_SUPPORTED, 0},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct seen seen = {"Peer_Few", "Text", MI_STRING, 0};
        struct outcome outcome;
        open_dialect(rows[i].dialect);
        query(0, rows[i].language, "SELECT * FROM Peer_Few WHERE Id = '2' OR Text = 'text 4'",
              &outcome, look, &seen);
        if (outcome.result != rows[i].result || outcome.count != rows[i].count ||
            seen.right != rows[i].count) {
            MIC_FAIL("%s, %s: result %d, %u instances, %u right: %s", rows[i].dialect,
                     rows[i].language, (int)outcome.result, outcome.count, seen.right,
                     outcome.message);
        }
        shut();
    }
}

MIC_TEST(query, a_text_that_is_no_query_is_told)
{
    static const char *const dialects[] = {"windows", "omi"};
    for (size_t i = 0; i < 2; i++) {
        struct outcome outcome;
        open_dialect(dialects[i]);
        query(0, "WQL", "SELEKT", &outcome, NULL, NULL);
        if (outcome.result != MI_RESULT_INVALID_QUERY) {
            MIC_FAIL("%s: %d %s", dialects[i], (int)outcome.result, outcome.message);
        }
        query(0, "WQL", "SELECT * FROM Peer_Nowhere", &outcome, NULL, NULL);
        MIC_CHECK(outcome.result != MI_RESULT_OK);
        shut();
    }
}

MIC_TEST(query, a_projection_has_a_class_and_types)
{
    struct seen seen = {"Link", "Weight", MI_UINT32, 0};
    struct outcome outcome;
    open_dialect("windows");
    query(0, "WQL", "SELECT Weight FROM Peer_Link WHERE Weight > 15", &outcome, look, &seen);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 3);
    MIC_CHECK_INT(seen.right, 3);
    seen = (struct seen){"Link", "Weight", MI_STRING, 0};
    query(MI_OPERATIONFLAGS_NO_RTTI, "WQL", "SELECT Weight FROM Peer_Link", &outcome, look, &seen);
    MIC_CHECK_INT(seen.right, 4);
    shut();
}

/* ---- associations ---- */

static MI_Instance *few(const char *id)
{
    MI_Instance *key = NULL;
    MI_Value value;
    MIC_REQUIRE(MI_Application_NewInstance(&client.application, "Peer_Few", NULL, &key) ==
                MI_RESULT_OK);
    value.string = (MI_Char *)(uintptr_t)id;
    MIC_REQUIRE(MI_Instance_AddElement(key, "Id", &value, MI_STRING, MI_FLAG_KEY) == MI_RESULT_OK);
    return key;
}

static void associators(const char *id, const char *association, const char *result_class,
                        const char *role, const char *result_role, bool keys_only,
                        struct outcome *outcome, struct seen *seen)
{
    MI_Operation operation;
    MI_Instance *key = few(id);
    MI_Session_AssociatorInstances(&client.session, 0, NULL, "root/cimv2", key, association,
                                   result_class, role, result_role, keys_only, NULL, &operation);
    MI_Instance_Delete(key);
    drain(&operation, outcome, seen == NULL ? NULL : look, seen);
}

static void references(const char *id, const char *result_class, const char *role, bool keys_only,
                       struct outcome *outcome, struct seen *seen)
{
    MI_Operation operation;
    MI_Instance *key = few(id);
    MI_Session_ReferenceInstances(&client.session, 0, NULL, "root/cimv2", key, result_class, role,
                                  keys_only, NULL, &operation);
    MI_Instance_Delete(key);
    drain(&operation, outcome, seen == NULL ? NULL : look, seen);
}

/* Peer_Link: 0-1, 0-2, 1-3, 0-4. */
MIC_TEST(query, associators_follow_every_filter)
{
    static const char *const dialects[] = {"windows", "downlevel", "omi", "openwsman"};
    for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
        struct seen seen = {"Peer_Few", "Text", MI_STRING, 0};
        struct outcome outcome;
        open_dialect(dialects[i]);
        associators("0", NULL, NULL, NULL, NULL, false, &outcome, &seen);
        if (outcome.result != MI_RESULT_OK || outcome.count != 3 || seen.right != 3) {
            MIC_FAIL("%s: %d, %u, %u: %s", dialects[i], (int)outcome.result, outcome.count,
                     seen.right, outcome.message);
        }
        associators("1", "Peer_Link", "Peer_Few", "To", "From", false, &outcome, NULL);
        MIC_CHECK_INT(outcome.count, 1);
        associators("1", "Peer_Link", NULL, "From", NULL, false, &outcome, NULL);
        MIC_CHECK_INT(outcome.count, 1);
        associators("1", "Peer_Link", NULL, NULL, NULL, false, &outcome, NULL);
        MIC_CHECK_INT(outcome.count, 2);
        seen = (struct seen){"Peer_Few", "Id", MI_STRING, 0};
        associators("0", "Peer_Link", NULL, NULL, NULL, true, &outcome, &seen);
        MIC_CHECK_INT(outcome.count, 3);
        MIC_CHECK_INT(seen.right, 3);
        shut();
    }
}

MIC_TEST(query, references_are_the_associations)
{
    static const char *const dialects[] = {"windows", "downlevel", "omi", "openwsman"};
    for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
        struct seen seen = {"Link", "To", MI_REFERENCE, 0};
        struct outcome outcome;
        open_dialect(dialects[i]);
        references("0", NULL, NULL, false, &outcome, &seen);
        if (outcome.result != MI_RESULT_OK || outcome.count != 3 || seen.right != 3) {
            MIC_FAIL("%s: %d, %u, %u: %s", dialects[i], (int)outcome.result, outcome.count,
                     seen.right, outcome.message);
        }
        references("1", "Peer_Link", "To", false, &outcome, NULL);
        MIC_CHECK_INT(outcome.count, 1);
        references("0", "Peer_Link", "From", true, &outcome, &seen);
        MIC_CHECK_INT(outcome.count, 3);
        shut();
    }
}

MIC_TEST(query, what_is_not_there_has_no_associations_and_says_so)
{
    struct outcome outcome;
    open_dialect("windows");
    associators("99", NULL, NULL, NULL, NULL, false, &outcome, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_NOT_FOUND);
    associators("0", "Peer_Nowhere", NULL, NULL, NULL, false, &outcome, NULL);
    MIC_CHECK(outcome.result != MI_RESULT_OK);
    shut();
}
