/* Get and GetClass. */
#include "interactive.h"
#include "lookup.h"
#include "reply.h"
#include "wsman.h"

/* Peer_Chatty asks before it answers, and tells in the answer what it heard; NULL if cancelled. */
static const struct peer_instance *chatty_get(struct peer_call *call,
                                              const struct peer_instance *inst)
{
    struct peer_arena *arena = &call->request->arena;
    struct peer_instance *copy = peer_instance_copy(arena, inst);
    const char *settled;

    if (peer_chatter(call, URI_TRANSFER "/GetResponse", true, &settled) == HEARD_CANCEL) {
        return NULL;
    }
    peer_set(arena, copy, "Answer", settled);
    return copy;
}

/* winrm/config, in the form of [MS-WSMV] 2.2.4.10: what the listeners have in common. */
static enum peer_fault get_config(struct peer_call *call)
{
    struct peer_buf *out = &call->response->body;

    peer_reply_begin(call->peer, call->soap, URI_TRANSFER "/GetResponse", out);
    peer_printf(out,
                "<cfg:Config xmlns:cfg=\"" RES_CONFIG "\" xml:lang=\"en-US\">"
                "<cfg:MaxEnvelopeSizekb>%lu</cfg:MaxEnvelopeSizekb>"
                "<cfg:MaxTimeoutms>60000</cfg:MaxTimeoutms>"
                "<cfg:MaxBatchItems>32000</cfg:MaxBatchItems>"
                "<cfg:MaxProviderRequests>4294967295</cfg:MaxProviderRequests>"
                "<cfg:Service><cfg:AllowUnencrypted>%s</cfg:AllowUnencrypted>"
                "<cfg:Auth><cfg:Basic>false</cfg:Basic><cfg:Kerberos>true</cfg:Kerberos>"
                "<cfg:CbtHardeningLevel>%s</cfg:CbtHardeningLevel></cfg:Auth></cfg:Service>"
                "</cfg:Config>",
                (unsigned long)(call->peer->config.max_envelope / 1024),
                call->peer->config.allow_clear ? "true" : "false",
                call->peer->config.strict_bindings ? "Strict" : "Relaxed");
    peer_reply_end(call->peer, out);
    peer_reply_finish(call->peer, call->soap, call->response);
    return FAULT_NONE;
}

enum peer_fault peer_op_get(struct peer_call *call)
{
    struct peer_buf *out = &call->response->body;
    const struct peer_instance *inst;
    enum peer_fault fault;

    if (call->soap->resource == RESOURCE_CONFIG) {
        return get_config(call);
    }
    fault = peer_keys_check(call);
    if (fault != FAULT_NONE) {
        return fault;
    }
    inst = peer_find_instance(call->peer, call->cls, call->soap->ns, call->soap->keys,
                              call->soap->key_count, &call->request->arena);
    if (inst == NULL) {
        call->why = peer_fmt(&call->request->arena, "There is no such %s.", call->cls->name);
        return FAULT_NOT_FOUND;
    }
    if ((call->cls->flags & PC_CHATTY) != 0) {
        inst = chatty_get(call, inst);
        if (inst == NULL) {
            return FAULT_ABORTED;
        }
    }
    peer_reply_begin(call->peer, call->soap, URI_TRANSFER "/GetResponse", out);
    peer_write_instance(out, &call->soap->view, inst);
    peer_reply_end(call->peer, out);
    if (out->len > call->soap->max_envelope) {
        return FAULT_ENVELOPE_EXCEEDED;
    }
    peer_reply_finish(call->peer, call->soap, call->response);
    return FAULT_NONE;
}

struct peer_class_options peer_class_options(const struct peer_soap *soap, bool origin)
{
    return (struct peer_class_options){
        .qualifiers = peer_soap_flag(soap, "IncludeQualifiers", false),
        .class_origin = peer_soap_flag(soap, "IncludeClassOrigin", false) || origin,
        .inherited = peer_soap_flag(soap, "IncludeInheritedElements", false),
        .hierarchy = peer_soap_flag(soap, "IncludeInheritanceHierarchy", false),
    };
}

enum peer_fault peer_op_get_class(struct peer_call *call)
{
    const struct peer_soap *soap = call->soap;
    bool omi = call->peer->dialect->id == DIALECT_OMI;
    struct peer_class_options options = peer_class_options(soap, !omi || soap->view.winrm_client);
    struct peer_buf *out = &call->response->body;
    const char *name = NULL;

    for (size_t i = 0; i < soap->key_count; i++) {
        if (!peer_ieq(soap->keys[i].name, "ClassName")) {
            return FAULT_SELECTORS_UNEXPECTED;
        }
        name = soap->keys[i].value;
    }
    call->soap->class_name = name;
    if (name == NULL || *name == '\0') {
        return FAULT_SELECTORS_INSUFFICIENT;
    }
    if (!peer_catalog_has_ns(call->peer->catalog, soap->ns)) {
        return FAULT_NO_NAMESPACE;
    }
    call->cls = peer_catalog_find(call->peer->catalog, soap->ns, name);
    if (call->cls == NULL || (call->cls->flags & PC_NO_SCHEMA) != 0) {
        call->why =
            peer_fmt(&call->request->arena, "The class %s does not exist in %s.", name, soap->ns);
        return FAULT_NO_CLASS;
    }
    peer_reply_begin(call->peer, soap, URI_TRANSFER "/GetResponse", out);
    peer_write_class(out, &soap->view, call->cls, &options);
    peer_reply_end(call->peer, out);
    /* A class has no pages; Windows lets it pass the limit of one envelope. */
    peer_reply_finish(call->peer, soap, call->response);
    return FAULT_NONE;
}
