/* Association classes: live ones about this machine, and Peer_Link between known instances. */
#include <string.h>

#include "items.h"
#include "model.h"
#include "peer.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const link_ns[] = {"root/cimv2", "root/dcim", NULL};

/* The classes at both ends of a live association. */
static const struct ends {
    const char *name;
    const char *antecedent;
    const char *dependent;
} live_ends[] = {
    {"Peer_OSProcess", "Peer_OperatingSystem", "Peer_Process"},
    {"Peer_OSFileSystem", "Peer_OperatingSystem", "Peer_FileSystem"},
    {"Win32_OSProcess", "Win32_OperatingSystem", "Win32_Process"},
    {"Win32_OSFileSystem", "Win32_OperatingSystem", "Win32_LogicalDisk"},
};

static const struct peer_path *path_to(struct peer_arena *arena, const struct peer_instance *inst)
{
    for (size_t i = 0; i < inst->cls->all_count; i++) {
        if ((inst->cls->all[i]->flags & PP_KEY) != 0) {
            return peer_path_new(arena, inst->cls->name, inst->ns, inst->cls->all[i]->name,
                                 inst->values[i].one);
        }
    }
    return NULL;
}

/* Makes an association to @p from out of every instance it is given. */
struct link_sink {
    struct peer_sink sink;
    struct peer_sink *next;
    struct peer_arena *arena;
    const struct peer_class *cls;
    const char *ns;
    const struct peer_path *from;
};

static void emit_first(struct peer_sink *sink, const struct peer_instance *inst)
{
    struct link_sink *link = (struct link_sink *)sink;

    if (link->from == NULL) {
        link->from = path_to(link->arena, inst);
    }
}

static void emit_link(struct peer_sink *sink, const struct peer_instance *inst)
{
    struct link_sink *link = (struct link_sink *)sink;
    struct peer_instance *made = peer_instance_new(link->arena, link->cls, link->ns);
    const void *ends[2] = {link->from, path_to(link->arena, inst)};

    peer_set_items(link->arena, made, "Antecedent", 1, &ends[0]);
    peer_set_items(link->arena, made, "Dependent", 1, &ends[1]);
    link->next->emit(link->next, made);
}

static void live_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                      struct peer_arena *arena, struct peer_sink *sink)
{
    struct link_sink link = {{emit_first}, sink, arena, cls, ns, NULL};

    for (size_t i = 0; i < COUNT(live_ends); i++) {
        const struct peer_class *from;
        const struct peer_class *to;

        if (strcmp(live_ends[i].name, cls->name) != 0) {
            continue;
        }
        from = peer_catalog_find(peer->catalog, ns, live_ends[i].antecedent);
        to = peer_catalog_find(peer->catalog, ns, live_ends[i].dependent);
        peer_list(peer, from, ns, true, &link.sink);
        link.sink.emit = emit_link;
        if (link.from != NULL) {
            peer_list(peer, to, ns, true, &link.sink);
        }
    }
}

/* From, To and Weight of the links; the last one is a Peer_StrongLink. */
static const struct {
    const char *from;
    const char *to;
    const char *weight;
} links[] = {{"0", "1", "10"}, {"0", "2", "20"}, {"1", "3", "30"}, {"0", "4", "40"}};

static void link_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                      struct peer_arena *arena, struct peer_sink *sink)
{
    bool strong = strcmp(cls->name, "Peer_StrongLink") == 0;

    (void)peer;
    for (size_t i = strong ? COUNT(links) - 1 : 0; i < COUNT(links) - !strong; i++) {
        struct peer_instance *inst = peer_instance_new(arena, cls, ns);
        const void *ends[2];

        ends[0] = peer_path_new(arena, "Peer_Few", ns, "Id", links[i].from);
        ends[1] = peer_path_new(arena, "Peer_Few", ns, "Id", links[i].to);
        peer_set_items(arena, inst, "From", 1, &ends[0]);
        peer_set_items(arena, inst, "To", 1, &ends[1]);
        peer_set(arena, inst, "Weight", links[i].weight);
        if (strong) {
            peer_set(arena, inst, "Reason", "because");
        }
        sink->emit(sink, inst);
    }
}

static const struct peer_provider live_provider = {live_list, NULL};
static const struct peer_provider link_provider = {link_list, NULL};

#define ENDS(antecedent, dependent)                                                                \
    {                                                                                              \
        {"Antecedent", PT_REFERENCE, PP_KEY, antecedent, NULL},                                    \
        {                                                                                          \
            "Dependent", PT_REFERENCE, PP_KEY, dependent, NULL                                     \
        }                                                                                          \
    }

static const struct peer_prop os_process_props[] = ENDS("Peer_OperatingSystem", "Peer_Process");
static const struct peer_prop os_fs_props[] = ENDS("Peer_OperatingSystem", "Peer_FileSystem");
static const struct peer_prop win_process_props[] = ENDS("Win32_OperatingSystem", "Win32_Process");
static const struct peer_prop win_fs_props[] = ENDS("Win32_OperatingSystem", "Win32_LogicalDisk");
static const struct peer_prop link_props[] = {
    {"From", PT_REFERENCE, PP_KEY, "Peer_Few", NULL},
    {"To", PT_REFERENCE, PP_KEY, "Peer_Few", NULL},
    {"Weight", PT_UINT32, 0, NULL, NULL},
};
static const struct peer_prop strong_props[] = {{"Reason", PT_STRING, 0, NULL, NULL}};

#define LINK(class_name, table, its_provider, parent, description)                                 \
    {                                                                                              \
        .name = (class_name), .super = (parent), .props = (table), .prop_count = COUNT(table),     \
        .provider = &(its_provider), .namespaces = link_ns, .flags = PC_ASSOCIATION,               \
        .text = (description)                                                                      \
    }
#define PLAIN_LINK                                                                                 \
    LINK("Peer_Link", link_props, link_provider, NULL, "Between instances of Peer_Few")

static const struct peer_class link_class = PLAIN_LINK;

const struct peer_class *peer_link_classes(size_t *count)
{
    static const struct peer_class classes[] = {
        LINK("Peer_OSProcess", os_process_props, live_provider, NULL, "Runs the process"),
        LINK("Peer_OSFileSystem", os_fs_props, live_provider, NULL, "Mounts the file system"),
        LINK("Win32_OSProcess", win_process_props, live_provider, NULL, "Runs the process"),
        LINK("Win32_OSFileSystem", win_fs_props, live_provider, NULL, "Mounts the file system"),
        PLAIN_LINK,
        LINK("Peer_StrongLink", strong_props, link_provider, &link_class, "A link with a reason"),
    };

    *count = COUNT(classes);
    return classes;
}
