/* Peer_Note: what Create, Put and Delete work on, with a property of every type. */
#include "notes.h"

#include <stdlib.h>
#include <string.h>

#include "allprops.h"
#include "events.h"
#include "store.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const note_ns[] = {"root/cimv2", "root/dcim", "root/test", NULL};

static const struct peer_prop note_props[] = {
    {"Number", PT_UINT32, PP_KEY, NULL, "First key"},
    {"Topic", PT_STRING, PP_KEY, NULL, "Second key"},
    {"Title", PT_STRING, PP_WRITE, NULL, "Append adds to it"},
    {"Revision", PT_UINT32, 0, NULL, "Counts every change; read-only"},
    {"Created", PT_DATETIME, 0, NULL, "When it was made; read-only"},
    PEER_ALL_ROWS(PP_WRITE),
};

static const struct peer_prop append_params[] = {
    {"Text", PT_STRING, PP_IN, NULL, "What to add to the title"},
    {"Length", PT_UINT32, PP_OUT, NULL, "Bytes of the title then"},
};
static const struct peer_prop total_params[] = {
    {"Count", PT_UINT64, PP_OUT, NULL, "How many notes there are"},
};
static const struct peer_method note_methods[] = {
    {"Append", PT_UINT32, 0, append_params, COUNT(append_params)},
    {"Total", PT_UINT32, PP_STATIC, total_params, COUNT(total_params)},
};

/* Title and Revision change; 1 comes back for no text. */
enum peer_fault peer_note_append(struct peer_invocation *inv)
{
    const struct peer_soap *soap = inv->call->soap;
    const char *text = peer_in_text(inv, "Text", NULL);
    const struct peer_class *cls = inv->self->cls;
    struct peer_instance *changed = peer_instance_new(inv->arena, cls, inv->self->ns);
    bool *write = peer_alloc(inv->arena, cls->all_count * sizeof *write);
    const struct peer_instance *now;
    const char *title = peer_self_text(inv, "Title");

    if (text == NULL) {
        peer_return(inv, "1");
        return FAULT_NONE;
    }
    title = peer_fmt(inv->arena, "%s%s", title != NULL ? title : "", text);
    peer_set(inv->arena, changed, "Title", title);
    write[peer_prop_index(cls, "Title")] = true;
    now = peer_note_change(inv->call->peer, soap->ns, soap->keys, soap->key_count, changed, write,
                           inv->arena);
    if (now == NULL) {
        return FAULT_NOT_FOUND;
    }
    peer_event_instance(inv->call->peer, "__InstanceModificationEvent", now, inv->self);
    peer_set_u64(inv->arena, inv->out, "Length", strlen(title));
    peer_return(inv, "0");
    return FAULT_NONE;
}

enum peer_fault peer_note_total(struct peer_invocation *inv)
{
    peer_set_u64(inv->arena, inv->out, "Count", peer_note_count(inv->call->peer));
    peer_return(inv, "0");
    return FAULT_NONE;
}

static const struct peer_provider note_provider = {peer_note_list, NULL};

const struct peer_class *peer_note_classes(size_t *count)
{
    static const struct peer_class classes[] = {
        {.name = "Peer_Note",
         .props = note_props,
         .prop_count = COUNT(note_props),
         .methods = note_methods,
         .method_count = COUNT(note_methods),
         .provider = &note_provider,
         .namespaces = note_ns,
         .flags = PC_WRITABLE,
         .text = "Can be created, changed and deleted"},
    };

    *count = COUNT(classes);
    return classes;
}
