/* EnumerateClasses: the tree, from the top and from a class, names alone, and who cannot. */
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

struct listing {
    unsigned count, with_members, leaves, roots;
};

static void list(MI_Uint32 flags, const char *class_name, bool names_only, struct listing *listing,
                 struct outcome *outcome)
{
    MI_Operation operation;
    const MI_Class *cls;
    const MI_Char *message = NULL, *name = NULL, *parent = NULL;
    const MI_Instance *details = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Uint32 members = 0;
    memset(listing, 0, sizeof(*listing));
    memset(outcome, 0, sizeof(*outcome));
    MI_Session_EnumerateClasses(&client.session, flags, NULL, "root/cimv2", class_name, names_only,
                                NULL, &operation);
    while (more) {
        MIC_REQUIRE(MI_Operation_GetClass(&operation, &cls, &more, &outcome->result, &message,
                                          &details) == MI_RESULT_OK);
        if (cls == NULL) {
            continue;
        }
        MIC_CHECK_INT(MI_Class_GetClassName(cls, &name), MI_RESULT_OK);
        MIC_CHECK_INT(MI_Class_GetElementCount(cls, &members), MI_RESULT_OK);
        listing->count++;
        listing->with_members += members > 0;
        listing->leaves += strncmp(name, "Peer_Leaf", 9) == 0;
        listing->roots += MI_Class_GetParentClassName(cls, &parent) == MI_RESULT_INVALID_SUPERCLASS;
    }
    if (message != NULL) {
        strncpy(outcome->message, message, sizeof(outcome->message) - 1);
    }
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
}

MIC_TEST(classes, deep_and_shallow_from_the_top_and_from_a_class)
{
    struct listing all, top, below, children;
    struct outcome outcome;
    open_dialect("windows");
    list(0, NULL, false, &all, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK(all.count > 10);
    MIC_CHECK_INT(all.with_members, all.count);
    MIC_CHECK_INT(all.leaves, 2);
    list(MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW, NULL, false, &top, &outcome);
    MIC_CHECK_INT(top.count, all.roots);
    MIC_CHECK_INT(top.leaves, 0);
    list(0, "Peer_Base", false, &below, &outcome);
    MIC_CHECK_INT(below.count, 3); /* Middle, LeafA, LeafB */
    MIC_CHECK_INT(below.leaves, 2);
    list(MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW, "Peer_Base", false, &children, &outcome);
    MIC_CHECK_INT(children.count, 1);
    shut();
}

MIC_TEST(classes, one_that_was_got_types_what_follows)
{
    MI_Operation operation;
    struct outcome outcome;
    open_dialect("windows");
    MI_Session_GetClass(&client.session, 0, NULL, "root/cimv2", "peer_few", NULL, &operation);
    drain_classes(&operation, &outcome);
    MIC_CHECK_INT(outcome.count, 1);
    enumerate(&client.session, MI_OPERATIONFLAGS_STANDARD_RTTI, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.count, 5);
    MIC_CHECK_INT(peer_counter(&peer, "requests.GetClass"), 1);
    shut();
}

MIC_TEST(classes, names_alone_have_no_members)
{
    struct listing all, names;
    struct outcome outcome;
    open_dialect("windows");
    list(0, NULL, false, &all, &outcome);
    list(0, NULL, true, &names, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK(names.count >= all.count); /* Peer_Wide itself fits into no page */
    MIC_CHECK_INT(names.with_members, 0);
    shut();
}

MIC_TEST(classes, servers_that_keep_none_say_so)
{
    static const char *const dialects[] = {"downlevel", "omi", "openwsman", "idrac"};
    for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
        struct listing listing;
        struct outcome outcome;
        open_dialect(dialects[i]);
        list(0, NULL, false, &listing, &outcome);
        if (outcome.result == MI_RESULT_OK || outcome.message[0] == '\0' || listing.count > 0) {
            MIC_FAIL("%s: %d, %u classes", dialects[i], (int)outcome.result, listing.count);
        }
        shut();
    }
}

MIC_TEST(classes, of_what_is_not_there_are_an_error)
{
    struct listing listing;
    struct outcome outcome;
    open_dialect("windows");
    list(0, "Peer_Nowhere", false, &listing, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_INVALID_CLASS);
    shut();
}

MIC_TEST(classes, a_list_not_read_to_its_end_is_released)
{
    MI_Operation operation;
    const MI_Class *cls;
    MI_Boolean more;
    MI_Result result;
    open_dialect("windows");
    MI_Session_EnumerateClasses(&client.session, 0, NULL, "root/cimv2", NULL, MI_FALSE, NULL,
                                &operation);
    MIC_REQUIRE(MI_Operation_GetClass(&operation, &cls, &more, &result, NULL, NULL) ==
                MI_RESULT_OK);
    MIC_CHECK(cls != NULL);
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    client_close(&client);
    MIC_CHECK_INT(peer_counter(&peer, "enumerations.open"), 0);
    peer_stop(&peer);
}
