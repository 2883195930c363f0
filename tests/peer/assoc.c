/* Associators and references: walks over the instances of the association classes. */
#include "assoc.h"

#include <string.h>

#include "lookup.h"

/* The order of the arguments is that of the schema; references have no association class and no
 * result role, and name result class and role in either order. */
static const struct {
    const char *name;
    unsigned rank;
    unsigned rank_references;
} arguments[] = {
    {"Object", 1, 1},          {"AssociationClassName", 2, 0}, {"Role", 3, 2},
    {"ResultClassName", 4, 2}, {"ResultRole", 5, 0},           {"IncludeResultProperty", 6, 3},
};

static enum peer_fault complain(struct peer_call *call, const char *format, const char *name)
{
    call->why = peer_fmt(&call->request->arena, "association filter: %s %s", name, format);
    return FAULT_FILTER_XML;
}

/* The end point reference the walk starts at. */
static enum peer_fault read_object(struct peer_call *call, xmlNodePtr node,
                                   struct peer_association *assoc)
{
    xmlNodePtr address = peer_child(node, URI_ADDRESSING, "Address");
    xmlNodePtr params = peer_child(node, URI_ADDRESSING, "ReferenceParameters");
    const struct peer_selector *keys;
    struct peer_selector *own;

    if (address == NULL || params == NULL || peer_child(params, URI_WSMAN, "ResourceURI") == NULL) {
        return complain(call, "is no end point reference", "Object");
    }
    if (strcmp(peer_node_text(&call->request->arena, address), URI_ANONYMOUS) != 0) {
        return complain(call, "is on another machine", "Object");
    }
    peer_soap_read_epr(&call->request->arena, node, &assoc->object);
    assoc->ns = call->soap->ns;
    keys = assoc->object.keys;
    own = peer_alloc(&call->request->arena, (assoc->object.key_count + 1) * sizeof *own);
    for (size_t i = 0, n = 0; i < assoc->object.key_count; i++) {
        if (!peer_ieq(keys[i].name, "__cimnamespace")) {
            own[n++] = keys[i];
        } else if (!peer_ns_eq(keys[i].value, call->soap->ns)) {
            call->why = "the object is in another namespace";
            return FAULT_DIFFERENT_NS;
        }
    }
    for (size_t i = 0; i < assoc->object.key_count; i++) {
        if (peer_ieq(keys[i].name, "__cimnamespace")) {
            assoc->object.key_count--;
            break;
        }
    }
    assoc->object.keys = own;
    return FAULT_NONE;
}

static enum peer_fault read_argument(struct peer_call *call, xmlNodePtr node,
                                     struct peer_association *assoc, unsigned *last)
{
    const char *const name = (const char *)node->name;
    const char **into[] = {
        NULL, &assoc->association_class, &assoc->role, &assoc->result_class, &assoc->result_role,
        NULL};
    const char *text = peer_node_text(&call->request->arena, node);
    size_t i = 0;
    unsigned rank;

    while (i < sizeof arguments / sizeof arguments[0] &&
           !peer_node_is(node, URI_BINDING, arguments[i].name)) {
        i++;
    }
    if (i == sizeof arguments / sizeof arguments[0]) {
        return complain(call, "is not known", name);
    }
    rank = assoc->references ? arguments[i].rank_references : arguments[i].rank;
    if (rank == 0) {
        return complain(call, "does not belong here", name);
    }
    if (rank < *last || (rank == *last && !assoc->references)) {
        return complain(call, "is out of order", name);
    }
    *last = rank;
    if (i == 0) {
        return read_object(call, node, assoc);
    }
    if (*text == '\0' || (into[i] != NULL && *into[i] != NULL)) {
        return complain(call, "is empty or came twice", name);
    }
    if (into[i] != NULL) {
        *into[i] = text;
    }
    return FAULT_NONE;
}

/* Classes it names have to exist; OMI just finds nothing. */
static enum peer_fault check_classes(struct peer_call *call, struct peer_association *assoc)
{
    const char *const names[] = {assoc->object.value, assoc->association_class,
                                 assoc->result_class};
    const struct peer_catalog *catalog = call->peer->catalog;

    assoc->cls = peer_catalog_find(catalog, assoc->ns, assoc->object.value);
    if (assoc->cls == NULL) {
        return FAULT_FILTER_CLASS;
    }
    for (size_t i = 1; i < 3; i++) {
        if (names[i] != NULL && call->peer->dialect->id == DIALECT_WINDOWS &&
            peer_catalog_find(catalog, assoc->ns, names[i]) == NULL) {
            return FAULT_FILTER_CLASS;
        }
    }
    if (call->peer->dialect->id == DIALECT_WINDOWS &&
        peer_find_instance(call->peer, assoc->cls, assoc->ns, assoc->object.keys,
                           assoc->object.key_count, &call->request->arena) == NULL) {
        call->why = "There is no such object.";
        return FAULT_NOT_FOUND;
    }
    return FAULT_NONE;
}

enum peer_fault peer_association_read(struct peer_call *call, xmlNodePtr filter,
                                      struct peer_association *assoc)
{
    xmlNodePtr top = peer_child(filter, URI_BINDING, "AssociatedInstances");
    unsigned last = 0;
    enum peer_fault fault = FAULT_NONE;

    memset(assoc, 0, sizeof *assoc);
    if (top == NULL) {
        top = peer_child(filter, URI_BINDING, "AssociationInstances");
        assoc->references = true;
    }
    if (top == NULL) {
        return complain(call, "is missing", "AssociatedInstances");
    }
    for (xmlNodePtr node = top->children; node != NULL && fault == FAULT_NONE; node = node->next) {
        if (node->type == XML_ELEMENT_NODE) {
            fault = read_argument(call, node, assoc, &last);
        }
    }
    if (fault == FAULT_NONE && assoc->object.value == NULL) {
        fault = complain(call, "is missing", "Object");
    }
    return fault != FAULT_NONE ? fault : check_classes(call, assoc);
}

/* Takes one association instance after the other. */
struct walk {
    struct peer_sink sink;
    struct peer_call *call;
    const struct peer_association *assoc;
    struct peer_sink *results;
    struct peer_arena arena;
    /** Addresses handed out, each on a line. */
    struct peer_buf seen;
};

static bool is_named(const char *wanted, const struct peer_class *cls)
{
    for (; wanted != NULL && cls != NULL; cls = cls->super) {
        if (peer_ieq(cls->name, wanted)) {
            return true;
        }
    }
    return wanted == NULL;
}

static const struct peer_path *end_at(const struct peer_instance *inst, size_t i)
{
    const struct peer_value *value = &inst->values[i];

    return inst->cls->all[i]->type == PT_REFERENCE && value->set && value->count == 1 ? value->one
                                                                                      : NULL;
}

static bool first_time(struct walk *walk, const struct peer_instance *inst)
{
    struct peer_buf line = {0};
    bool fresh;

    peer_putc(&line, '\n');
    peer_write_instance_address(&line, &walk->call->soap->view, inst);
    peer_putc(&line, '\n');
    fresh = walk->seen.len == 0 || strstr(walk->seen.data, line.data) == NULL;
    if (fresh) {
        peer_put(&walk->seen, line.data, line.len);
    }
    peer_buf_free(&line);
    return fresh;
}

static void emit_other_end(struct walk *walk, const struct peer_path *path)
{
    struct peer *peer = walk->call->peer;
    const struct peer_class *cls = peer_catalog_find(peer->catalog, path->ns, path->class_name);
    struct peer_selector *keys = peer_alloc(&walk->arena, (path->count + 1) * sizeof *keys);
    const struct peer_instance *found;

    if (cls == NULL || !is_named(walk->assoc->result_class, cls)) {
        return;
    }
    for (size_t i = 0; i < path->count; i++) {
        keys[i].name = path->names[i];
        keys[i].value = path->values[i];
    }
    found = peer_find_instance(peer, cls, path->ns, keys, path->count, &walk->arena);
    if (found != NULL && first_time(walk, found)) {
        walk->results->emit(walk->results, found);
    }
}

static void emit_association(struct peer_sink *sink, const struct peer_instance *inst)
{
    struct walk *walk = (struct walk *)sink;
    const struct peer_association *assoc = walk->assoc;

    for (size_t i = 0; i < inst->cls->all_count; i++) {
        const struct peer_path *from = end_at(inst, i);

        if (from == NULL || !peer_path_matches(from, &assoc->object) ||
            (assoc->role != NULL && !peer_ieq(assoc->role, inst->cls->all[i]->name))) {
            continue;
        }
        if (assoc->references) {
            walk->results->emit(walk->results, inst);
            return;
        }
        for (size_t k = 0; k < inst->cls->all_count; k++) {
            const struct peer_path *to = end_at(inst, k);

            if (k != i && to != NULL &&
                (assoc->result_role == NULL ||
                 peer_ieq(assoc->result_role, inst->cls->all[k]->name))) {
                emit_other_end(walk, to);
            }
        }
    }
}

void peer_association_list(struct peer_call *call, const struct peer_association *assoc,
                           struct peer_sink *sink)
{
    struct walk walk = {.sink = {emit_association}, .call = call, .assoc = assoc, .results = sink};
    const struct peer_catalog *catalog = call->peer->catalog;

    for (size_t i = 0; i < catalog->count; i++) {
        const struct peer_class *cls = catalog->classes[i];
        const char *wanted = assoc->references ? assoc->result_class : assoc->association_class;

        if ((cls->flags & PC_ASSOCIATION) != 0 && peer_class_in_ns(cls, assoc->ns) &&
            is_named(wanted, cls)) {
            peer_list(call->peer, cls, assoc->ns, true, &walk.sink);
        }
    }
    peer_buf_free(&walk.seen);
    peer_arena_free(&walk.arena);
}
