/* Invoke: finds the method, reads its parameters, lets it run, writes what it gave. */
#include "invoke.h"

#include <stdlib.h>
#include <string.h>

#include "chat.h"
#include "lookup.h"
#include "notes.h"
#include "reply.h"
#include "values.h"

static const struct peer_prop return_value[] = {
    {"ReturnValue", PT_UINT32, PP_OUT, NULL, NULL},
};

static const struct peer_value *in_value(const struct peer_invocation *inv, const char *name)
{
    size_t i = peer_prop_index(inv->in->cls, name);

    return i != SIZE_MAX && inv->in->values[i].set ? &inv->in->values[i] : NULL;
}

const char *peer_in_text(const struct peer_invocation *inv, const char *name, const char *otherwise)
{
    const struct peer_value *value = in_value(inv, name);

    return value != NULL && value->count == 1 ? value->one : otherwise;
}

uint64_t peer_in_u64(const struct peer_invocation *inv, const char *name, uint64_t otherwise)
{
    const char *text = peer_in_text(inv, name, NULL);

    return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

const char *peer_self_text(const struct peer_invocation *inv, const char *name)
{
    const struct peer_value *value = &inv->self->values[peer_prop_index(inv->self->cls, name)];

    return value->set && value->count == 1 ? value->one : NULL;
}

void peer_return(struct peer_invocation *inv, const char *text)
{
    peer_set(inv->arena, inv->out, "ReturnValue", text);
}

/* Every parameter that goes both ways comes back as it was. */
static enum peer_fault echo(struct peer_invocation *inv)
{
    for (size_t i = 0; i < inv->out->cls->all_count; i++) {
        const struct peer_value *value = in_value(inv, inv->out->cls->all[i]->name);

        if (value != NULL) {
            inv->out->values[i] = *value;
        }
    }
    peer_return(inv, "0");
    return FAULT_NONE;
}

static enum peer_fault add(struct peer_invocation *inv)
{
    peer_set_u64(inv->arena, inv->out, "Sum", peer_in_u64(inv, "X", 0) + peer_in_u64(inv, "Y", 0));
    peer_return(inv, "0");
    return FAULT_NONE;
}

static enum peer_fault touch(struct peer_invocation *inv)
{
    peer_return(inv, "true");
    return FAULT_NONE;
}

/* Methods that are declared and not here fail as a provider does that lacks them. */
static const struct {
    const char *class_name;
    const char *method;
    enum peer_fault (*run)(struct peer_invocation *inv);
} methods[] = {
    {"Peer_Base", "Add", add},
    {"Peer_Base", "Echo", echo},
    {"Peer_Base", "Touch", touch},
    {"Peer_AllTypes", "EchoAll", echo},
    {"Peer_Note", "Append", peer_note_append},
    {"Peer_Note", "Total", peer_note_total},
    {"Peer_Service", "Start", peer_service_start},
    {"Peer_Service", "Stop", peer_service_stop},
    {"Peer_Service", "Describe", peer_service_describe},
    {"Peer_Service", "Ping", peer_service_ping},
    {"Peer_Service", "Slow", peer_service_slow},
    {"Peer_Service", "Fail", peer_service_fail},
    {"Peer_Service", "ResetAll", peer_service_reset_all},
    {"Peer_Service", "Chat", peer_chat},
};

static const struct peer_method *find_method(const struct peer_class *cls, const char *name,
                                             const struct peer_class **origin)
{
    for (; cls != NULL; cls = cls->super) {
        for (size_t i = 0; i < cls->method_count; i++) {
            if (peer_ieq(cls->methods[i].name, name)) {
                *origin = cls;
                return &cls->methods[i];
            }
        }
    }
    return NULL;
}

static int by_name(const void *a, const void *b)
{
    return strcasecmp((*(const struct peer_prop *const *)a)->name,
                      (*(const struct peer_prop *const *)b)->name);
}

/* A class out of the parameters that go one way, so that they read and write as properties do. */
static const struct peer_class *params_class(struct peer_arena *arena,
                                             const struct peer_method *method, unsigned way)
{
    struct peer_class *cls = peer_alloc(arena, sizeof *cls);

    cls->name = method->name;
    cls->all = peer_alloc(arena, (method->count + 1) * sizeof *cls->all);
    for (size_t i = 0; i < method->count; i++) {
        if ((method->params[i].flags & way) != 0) {
            cls->all[cls->all_count++] = &method->params[i];
        }
    }
    return cls;
}

/* Windows puts ReturnValue last, OMI and openwsman first, iDRAC sorts it in with the rest. */
static const struct peer_class *out_class(const struct peer_call *call, struct peer_arena *arena,
                                          const struct peer_method *method)
{
    struct peer_class *cls = peer_alloc(arena, sizeof *cls);
    struct peer_prop *result = peer_alloc(arena, sizeof *result);
    enum peer_dialect_id id = call->peer->dialect->id;
    bool first = id == DIALECT_OMI || id == DIALECT_OPENWSMAN;

    *cls = *params_class(arena, method, PP_OUT);
    *result = return_value[0];
    result->type = method->type;
    if (first) {
        memmove(cls->all + 1, cls->all, cls->all_count * sizeof *cls->all);
    }
    cls->all[first ? 0 : cls->all_count] = result;
    cls->all_count++;
    if (id == DIALECT_IDRAC) {
        qsort(cls->all, cls->all_count, sizeof *cls->all, by_name);
    }
    return cls;
}

void peer_drop_streamed(struct peer_invocation *inv)
{
    const struct peer_class *full = inv->out->cls;
    struct peer_class *cls = peer_alloc(inv->arena, sizeof *cls);
    struct peer_instance *out;

    *cls = *full;
    cls->all = peer_alloc(inv->arena, full->all_count * sizeof *cls->all);
    cls->all_count = 0;
    for (size_t i = 0; i < full->all_count; i++) {
        if ((full->all[i]->flags & PP_STREAM) == 0) {
            cls->all[cls->all_count++] = full->all[i];
        }
    }
    out = peer_instance_new(inv->arena, cls, inv->out->ns);
    for (size_t i = 0; i < cls->all_count; i++) {
        out->values[i] = inv->out->values[peer_prop_index(full, cls->all[i]->name)];
    }
    inv->out = out;
}

/* Parameters that do not fit are the method's fault, whatever is wrong with them. */
static enum peer_fault read_params(struct peer_call *call, struct peer_invocation *inv)
{
    const struct peer_class *cls = params_class(inv->arena, inv->method, PP_IN);
    const char *element = peer_fmt(inv->arena, "%s_INPUT", inv->method->name);
    struct peer_object object;
    enum peer_fault fault;

    if (call->soap->content == NULL &&
        (call->peer->dialect->id != DIALECT_WINDOWS || call->peer->config.lax)) {
        inv->in = peer_instance_new(inv->arena, cls, call->soap->ns);
        return FAULT_NONE;
    }
    if (call->soap->content == NULL) {
        call->why = peer_fmt(inv->arena, "the body holds no %s", element);
        return FAULT_SCHEMA;
    }
    fault = peer_object_check(call, call->soap->content, element, call->cls->name);
    if (fault == FAULT_NONE) {
        fault = peer_object_read(call, call->soap->content, cls, call->cls->name, &object);
    }
    if (fault == FAULT_NONE) {
        inv->in = object.inst;
        return FAULT_NONE;
    }
    if (fault == FAULT_UNKNOWN_VALUE || fault == FAULT_VALUES) {
        call->why = call->peer->dialect->id == DIALECT_OMI ? NULL : call->why;
        return FAULT_METHOD_PARAMS;
    }
    return fault;
}

/* OMI answers with the action itself, and names the element after the class; for a static method
 * after the method, in a namespace of that name. */
static enum peer_fault answer(struct peer_call *call, const struct peer_invocation *inv)
{
    bool omi = call->peer->dialect->id == DIALECT_OMI;
    bool by_method = omi && (inv->method->flags & PP_STATIC) != 0;
    const char *element =
        by_method ? inv->method->name
                  : peer_fmt(inv->arena, "%s_OUTPUT", omi ? call->cls->name : inv->method->name);
    struct peer_buf *out = &call->response->body;

    peer_reply_begin(
        call->peer, call->soap,
        omi ? call->soap->action : peer_fmt(inv->arena, "%sResponse", call->soap->action), out);
    peer_write_object(out, &call->soap->view, inv->out, element,
                      by_method ? inv->method->name : call->cls->name);
    peer_reply_end(call->peer, out);
    if (out->len > call->soap->max_envelope) {
        return FAULT_ENVELOPE_EXCEEDED;
    }
    peer_reply_finish(call->peer, call->soap, call->response);
    return FAULT_NONE;
}

/* The instance the keys name; static methods do without. */
static enum peer_fault find_self(struct peer_call *call, struct peer_invocation *inv)
{
    const struct peer_soap *soap = call->soap;
    enum peer_fault fault;

    if ((inv->method->flags & PP_STATIC) != 0 && soap->key_count == 0) {
        return FAULT_NONE;
    }
    fault = peer_keys_check(call);
    if (fault != FAULT_NONE) {
        return fault;
    }
    inv->self = peer_find_instance(call->peer, call->cls, soap->ns, soap->keys, soap->key_count,
                                   inv->arena);
    if (inv->self == NULL) {
        call->why = peer_fmt(inv->arena, "There is no such %s.", call->cls->name);
        return FAULT_NOT_FOUND;
    }
    return FAULT_NONE;
}

enum peer_fault peer_op_invoke(struct peer_call *call)
{
    const char *name = peer_after_last(call->soap->action, '/');
    struct peer_invocation inv = {.call = call, .arena = &call->request->arena};
    const struct peer_class *origin = NULL;
    enum peer_fault fault;

    inv.method = find_method(call->cls, name, &origin);
    if (inv.method == NULL) {
        call->why = call->peer->dialect->id == DIALECT_WINDOWS
                        ? peer_fmt(inv.arena, "%s has no method %s.", call->cls->name, name)
                        : NULL;
        return FAULT_NO_METHOD;
    }
    fault = find_self(call, &inv);
    fault = fault == FAULT_NONE ? read_params(call, &inv) : fault;
    if (fault != FAULT_NONE) {
        return fault;
    }
    inv.out = peer_instance_new(inv.arena, out_class(call, inv.arena, inv.method), call->soap->ns);
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(methods[i].class_name, origin->name) == 0 &&
            strcmp(methods[i].method, inv.method->name) == 0) {
            fault = methods[i].run(&inv);
            return fault != FAULT_NONE ? fault : answer(call, &inv);
        }
    }
    return FAULT_NOT_CAPABLE;
}
