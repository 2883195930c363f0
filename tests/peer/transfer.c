/* Create, Put and Delete. */
#include <string.h>

#include "events.h"
#include "lookup.h"
#include "reply.h"
#include "store.h"

#define MODIFIED "wmiarray:__MIInstanceModifiedPropertiesList"

static bool is_windows(const struct peer_call *call)
{
    return call->peer->dialect->id == DIALECT_WINDOWS;
}

/* Windows 7 and older have neither Create nor Delete for WMI. */
static enum peer_fault check_writable(struct peer_call *call, bool since_windows_8)
{
    if (since_windows_8 && call->peer->config.downlevel) {
        call->why = "The action is not supported for WMI classes.";
        return FAULT_ACTION;
    }
    return (call->cls->flags & PC_WRITABLE) != 0 ? FAULT_NONE : FAULT_NOT_CAPABLE;
}

static enum peer_fault read_body(struct peer_call *call, struct peer_object *object)
{
    enum peer_fault fault =
        peer_object_check(call, call->soap->content, call->cls->name, call->cls->name);

    return fault != FAULT_NONE
               ? fault
               : peer_object_read(call, call->soap->content, call->cls, call->cls->name, object);
}

/* Options name what the client changed; only Windows looks at them. True if there are any. */
static enum peer_fault read_modified(struct peer_call *call, bool *named, bool *any)
{
    const struct peer_soap *soap = call->soap;

    *any = false;
    for (size_t i = 0; is_windows(call) && i < soap->option_count; i++) {
        size_t k = 0;

        if (strcmp(soap->options[i].name, MODIFIED) != 0) {
            continue;
        }
        while (k < call->cls->all_count &&
               !peer_ieq(call->cls->all[k]->name, soap->options[i].value)) {
            k++;
        }
        if (k == call->cls->all_count) {
            call->why = peer_fmt(&call->request->arena, "the modified property %s does not exist",
                                 soap->options[i].value);
            return FAULT_UNKNOWN_VALUE;
        }
        named[k] = true;
        *any = true;
    }
    return FAULT_NONE;
}

/*
 * Which properties a request writes. Windows: those named as modified, if any are. OMI: those in
 * the body. The others: all of them, so that what is not there becomes NULL.
 */
static enum peer_fault choose(struct peer_call *call, const struct peer_object *object, bool *write)
{
    const struct peer_class *cls = call->cls;
    bool *named = peer_alloc(&call->request->arena, cls->all_count * sizeof *named);
    bool omi = call->peer->dialect->id == DIALECT_OMI;
    bool any;
    enum peer_fault fault = read_modified(call, named, &any);

    for (size_t i = 0; i < cls->all_count && fault == FAULT_NONE; i++) {
        unsigned flags = cls->all[i]->flags;
        const char *name = cls->all[i]->name;

        if (any && named[i] && !object->given[i] && (flags & PP_ARRAY) == 0) {
            call->why = peer_fmt(&call->request->arena, "%s is modified but not there", name);
            return FAULT_MISSING_VALUES;
        }
        if (any && named[i] && (flags & (PP_WRITE | PP_KEY)) == 0) {
            call->why = peer_fmt(&call->request->arena, "The property %s is read-only.", name);
            return FAULT_READ_ONLY;
        }
        if (any && named[i] && !object->given[i]) {
            /* An empty array has no elements to show. */
            object->inst->values[i].set = true;
        }
        write[i] = (flags & PP_WRITE) != 0 &&
                   (any ? named[i] : object->given[i] || !(omi || is_windows(call)));
        if (any && (flags & PP_KEY) != 0 && !named[i]) {
            write[i] = false;
        }
    }
    return fault;
}

/* ResourceCreated is an EPR itself; iDRAC puts one into it. */
static void put_created(struct peer_call *call, const struct peer_instance *inst)
{
    const struct peer_dialect *d = call->peer->dialect;
    const char *x = d->prefix[NS_TRANSFER];
    struct peer_buf *out = &call->response->body;

    peer_printf(out, "<%s:ResourceCreated", x);
    if (d->id == DIALECT_IDRAC) {
        peer_printf(out, " xmlns:%s=\"%s\"", x, URI_TRANSFER);
    }
    peer_putc(out, '>');
    if (d->id == DIALECT_IDRAC) {
        peer_write_instance_epr(out, &call->soap->view, inst);
    } else {
        peer_write_instance_address(out, &call->soap->view, inst);
    }
    peer_printf(out, "</%s:ResourceCreated>", x);
}

static enum peer_fault answer(struct peer_call *call)
{
    peer_reply_end(call->peer, &call->response->body);
    peer_reply_finish(call->peer, call->soap, call->response);
    return FAULT_NONE;
}

static enum peer_fault check_created(struct peer_call *call, const struct peer_object *object)
{
    for (size_t i = 0; i < call->cls->all_count; i++) {
        if ((call->cls->all[i]->flags & PP_KEY) != 0 && !object->inst->values[i].set) {
            call->why =
                peer_fmt(&call->request->arena, "the key %s is missing", call->cls->all[i]->name);
            return FAULT_MISSING_VALUES;
        }
    }
    return FAULT_NONE;
}

/* The event tells of the instance as it is kept, with what the server added. */
static void note_created(struct peer_call *call, const struct peer_instance *inst)
{
    struct peer_arena *arena = &call->request->arena;
    struct peer_selector keys[4];
    const struct peer_instance *kept;
    size_t count = 0;

    for (size_t i = 0; i < inst->cls->all_count && count < 4; i++) {
        if ((inst->cls->all[i]->flags & PP_KEY) != 0) {
            keys[count++] = (struct peer_selector){.name = inst->cls->all[i]->name,
                                                   .value = inst->values[i].one};
        }
    }
    kept = peer_find_instance(call->peer, inst->cls, inst->ns, keys, count, arena);
    if (kept != NULL) {
        peer_event_instance(call->peer, "__InstanceCreationEvent", kept, NULL);
    }
}

enum peer_fault peer_op_create(struct peer_call *call)
{
    struct peer_arena *arena = &call->request->arena;
    bool *write = peer_alloc(arena, call->cls->all_count * sizeof *write);
    struct peer_object object = {0};
    enum peer_fault fault = check_writable(call, true);

    if (fault == FAULT_NONE && call->soap->key_count > 0) {
        call->why = "Create does not take keys as selectors";
        fault = FAULT_SELECTORS_UNEXPECTED;
    }
    fault = fault == FAULT_NONE ? read_body(call, &object) : fault;
    fault = fault == FAULT_NONE ? check_created(call, &object) : fault;
    fault = fault == FAULT_NONE ? choose(call, &object, write) : fault;
    if (fault != FAULT_NONE) {
        return fault;
    }
    for (size_t i = 0; i < call->cls->all_count; i++) {
        if (!write[i] && (call->cls->all[i]->flags & PP_KEY) == 0) {
            memset(&object.inst->values[i], 0, sizeof object.inst->values[i]);
        }
    }
    if (!peer_note_add(call->peer, object.inst)) {
        return FAULT_ALREADY_EXISTS;
    }
    note_created(call, object.inst);
    peer_reply_begin(call->peer, call->soap, URI_TRANSFER "/CreateResponse", &call->response->body);
    put_created(call, object.inst);
    return answer(call);
}

/* Keys have to be in the body too and to be those of the selectors. */
static enum peer_fault check_same_keys(struct peer_call *call, const struct peer_instance *old,
                                       const struct peer_object *object)
{
    for (size_t i = 0; i < old->cls->all_count; i++) {
        const struct peer_value *value = &object->inst->values[i];
        const char *name = old->cls->all[i]->name;

        if ((old->cls->all[i]->flags & PP_KEY) == 0) {
            continue;
        }
        if (!value->set) {
            call->why = peer_fmt(&call->request->arena, "the key %s is not in the body", name);
            return FAULT_MISSING_VALUES;
        }
        if (!peer_ieq(value->one, old->values[i].one)) {
            call->why = peer_fmt(&call->request->arena, "the key %s would change", name);
            return FAULT_CHANGE_KEYS;
        }
    }
    return FAULT_NONE;
}

enum peer_fault peer_op_put(struct peer_call *call)
{
    struct peer_soap *soap = call->soap;
    struct peer_arena *arena = &call->request->arena;
    bool *write = peer_alloc(arena, call->cls->all_count * sizeof *write);
    const struct peer_instance *old = NULL;
    const struct peer_instance *now;
    struct peer_object object = {0};
    enum peer_fault fault = check_writable(call, false);

    fault = fault == FAULT_NONE ? peer_keys_check(call) : fault;
    fault = fault == FAULT_NONE ? read_body(call, &object) : fault;
    fault = fault == FAULT_NONE ? choose(call, &object, write) : fault;
    if (fault != FAULT_NONE) {
        return fault;
    }
    old = peer_find_instance(call->peer, call->cls, soap->ns, soap->keys, soap->key_count, arena);
    if (old == NULL) {
        return FAULT_NOT_FOUND;
    }
    fault = check_same_keys(call, old, &object);
    if (fault != FAULT_NONE) {
        return fault;
    }
    now = peer_note_change(call->peer, soap->ns, soap->keys, soap->key_count, object.inst, write,
                           arena);
    if (now == NULL) {
        return FAULT_NOT_FOUND;
    }
    peer_event_instance(call->peer, "__InstanceModificationEvent", now, old);
    peer_reply_begin(call->peer, soap, URI_TRANSFER "/PutResponse", &call->response->body);
    if (call->peer->dialect->id != DIALECT_IDRAC) {
        peer_write_instance(&call->response->body, &soap->view, now);
    }
    return answer(call);
}

enum peer_fault peer_op_delete(struct peer_call *call)
{
    struct peer_soap *soap = call->soap;
    const struct peer_instance *gone;
    enum peer_fault fault = check_writable(call, true);

    fault = fault == FAULT_NONE ? peer_keys_check(call) : fault;
    if (fault == FAULT_NONE && soap->content != NULL && is_windows(call)) {
        call->why = "the body of Delete is not empty";
        fault = FAULT_SCHEMA;
    }
    if (fault != FAULT_NONE) {
        return fault;
    }
    gone =
        peer_note_remove(call->peer, soap->ns, soap->keys, soap->key_count, &call->request->arena);
    if (gone == NULL) {
        call->why = peer_fmt(&call->request->arena, "There is no such %s.", call->cls->name);
        return FAULT_NOT_FOUND;
    }
    peer_event_instance(call->peer, "__InstanceDeletionEvent", gone, NULL);
    peer_reply_begin(call->peer, soap, URI_TRANSFER "/DeleteResponse", &call->response->body);
    return answer(call);
}
