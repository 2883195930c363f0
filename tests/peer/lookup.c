/* Which instance the keys of a request mean. */
#include "lookup.h"

#include <string.h>

static const struct peer_prop *key_prop(const struct peer_class *cls, const char *name,
                                        size_t *index)
{
    for (size_t i = 0; i < cls->all_count; i++) {
        if ((cls->all[i]->flags & PP_KEY) != 0 && peer_ieq(cls->all[i]->name, name)) {
            *index = i;
            return cls->all[i];
        }
    }
    return NULL;
}

bool peer_path_matches(const struct peer_path *path, const struct peer_selector *selector)
{
    size_t matched = 0;

    if (!selector->is_epr || !peer_ieq(path->class_name, selector->value)) {
        return false;
    }
    for (size_t i = 0; i < selector->key_count; i++) {
        if (peer_ieq(selector->keys[i].name, "__cimnamespace")) {
            continue;
        }
        for (size_t k = 0; k < path->count; k++) {
            matched += peer_ieq(path->names[k], selector->keys[i].name) &&
                       strcmp(path->values[k], selector->keys[i].value) == 0;
        }
    }
    return matched == path->count;
}

static bool key_matches(const struct peer *peer, const struct peer_instance *inst, size_t index,
                        const struct peer_selector *selector)
{
    enum peer_type type = inst->cls->all[index]->type;
    const struct peer_value *value = &inst->values[index];

    if (!value->set || value->count != 1) {
        return false;
    }
    if (type == PT_REFERENCE) {
        return peer_path_matches(value->one, selector);
    }
    if (selector->is_epr) {
        return false;
    }
    if (type == PT_BOOLEAN || peer->dialect->keys_ignore_case) {
        return peer_ieq(value->one, selector->value);
    }
    return strcmp(value->one, selector->value) == 0;
}

struct find_sink {
    struct peer_sink sink;
    const struct peer *peer;
    const struct peer_selector *keys;
    size_t count;
    const struct peer_instance *found;
};

bool peer_keys_match(const struct peer *peer, const struct peer_instance *inst,
                     const struct peer_selector *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t index = 0;

        if (key_prop(inst->cls, keys[i].name, &index) == NULL ||
            !key_matches(peer, inst, index, &keys[i])) {
            return false;
        }
    }
    return true;
}

static void emit_find(struct peer_sink *sink, const struct peer_instance *inst)
{
    struct find_sink *find = (struct find_sink *)sink;

    if (find->found == NULL && peer_keys_match(find->peer, inst, find->keys, find->count)) {
        find->found = inst;
    }
}

/* Every key once and nothing else. */
enum peer_fault peer_keys_check(struct peer_call *call)
{
    const struct peer_soap *soap = call->soap;
    bool omi = call->peer->dialect->id == DIALECT_OMI;
    size_t wanted = 0;
    size_t index;

    for (size_t i = 0; i < call->cls->all_count; i++) {
        wanted += (call->cls->all[i]->flags & PP_KEY) != 0;
    }
    for (size_t i = 0; i < soap->key_count; i++) {
        if (key_prop(call->cls, soap->keys[i].name, &index) == NULL) {
            call->why = omi ? NULL
                            : peer_fmt(&call->request->arena, "%s has no key %s", call->cls->name,
                                       soap->keys[i].name);
            return omi ? FAULT_NO_PROPERTY : FAULT_SELECTORS_UNEXPECTED;
        }
    }
    if (soap->key_count == wanted) {
        return FAULT_NONE;
    }
    return omi ? FAULT_KEYS_MISSING : FAULT_SELECTORS_INSUFFICIENT;
}

const struct peer_instance *peer_find_instance(struct peer *peer, const struct peer_class *cls,
                                               const char *ns, const struct peer_selector *keys,
                                               size_t count, struct peer_arena *arena)
{
    struct find_sink find = {{emit_find}, peer, keys, count, NULL};

    for (const char *const *at = cls->namespaces; *at != NULL; at++) {
        ns = peer_ns_eq(*at, ns) ? *at : ns;
    }
    if (cls->provider->get != NULL) {
        return cls->provider->get(peer, cls, ns, arena, keys, count);
    }
    cls->provider->list(peer, cls, ns, arena, &find.sink);
    return find.found;
}
