/* Which action may do what to which resource, and who answers it. */
#include "wsman.h"

#include <string.h>

#include "fault.h"
#include "reply.h"

const char *peer_action_name(enum peer_action action)
{
    static const char *const names[ACT_COUNT] = {
        [ACT_IDENTIFY] = "Identify",
        [ACT_GET] = "Get",
        [ACT_GET_CLASS] = "GetClass",
        [ACT_PUT] = "Put",
        [ACT_CREATE] = "Create",
        [ACT_DELETE] = "Delete",
        [ACT_ENUMERATE] = "Enumerate",
        [ACT_ENUMERATE_CLASSES] = "EnumerateClasses",
        [ACT_QUERY] = "Query",
        [ACT_PULL] = "Pull",
        [ACT_RELEASE] = "Release",
        [ACT_SUBSCRIBE] = "Subscribe",
        [ACT_UNSUBSCRIBE] = "Unsubscribe",
        [ACT_INVOKE] = "Invoke",
        [ACT_CANCEL] = "Cancel",
        [ACT_END] = "End",
        [ACT_ANSWER] = "InteractiveResponse",
        [ACT_ACKNOWLEDGE] = "Acknowledge",
        [ACT_OTHER] = "Other",
    };

    return names[action];
}

#define ON(resource)   (1U << (resource))
#define ENUMERABLE     (ON(RESOURCE_CLASS) | ON(RESOURCE_ALL) | ON(RESOURCE_CIMXML))
#define ALLOW(id, ...) [id] = {__VA_ARGS__}

/* [MS-WSMV] 3.1.4.1.34.3.1: what each kind of URI allows. No handler: not yet. */
static const struct {
    unsigned resources;
    enum peer_fault (*handler)(struct peer_call *call);
} actions[ACT_COUNT] = {
    ALLOW(ACT_GET, ON(RESOURCE_CLASS) | ON(RESOURCE_CONFIG), peer_op_get),
    ALLOW(ACT_GET_CLASS, ON(RESOURCE_CIMXML), peer_op_get_class),
    ALLOW(ACT_PUT, ON(RESOURCE_CLASS), peer_op_put),
    ALLOW(ACT_CREATE, ON(RESOURCE_CLASS), peer_op_create),
    ALLOW(ACT_DELETE, ON(RESOURCE_CLASS), peer_op_delete),
    ALLOW(ACT_ENUMERATE, ON(RESOURCE_CLASS), peer_op_enumerate),
    ALLOW(ACT_ENUMERATE_CLASSES, ON(RESOURCE_CIMXML), peer_op_enumerate_classes),
    ALLOW(ACT_QUERY, ON(RESOURCE_ALL), peer_op_query),
    ALLOW(ACT_PULL, ENUMERABLE, peer_op_pull),
    ALLOW(ACT_RELEASE, ENUMERABLE, peer_op_release),
    ALLOW(ACT_SUBSCRIBE, ON(RESOURCE_CLASS) | ON(RESOURCE_ALL), peer_op_subscribe),
    ALLOW(ACT_UNSUBSCRIBE, ON(RESOURCE_CLASS) | ON(RESOURCE_ALL), peer_op_unsubscribe),
    ALLOW(ACT_INVOKE, ON(RESOURCE_CLASS), peer_op_invoke),
    ALLOW(ACT_CANCEL, ON(RESOURCE_FULLDUPLEX), peer_op_cancel),
    ALLOW(ACT_END, ON(RESOURCE_FULLDUPLEX), peer_op_end),
    ALLOW(ACT_ANSWER, ENUMERABLE, peer_op_answer),
    ALLOW(ACT_ACKNOWLEDGE, ON(RESOURCE_ROBUST), peer_op_acknowledge),
    ALLOW(ACT_OTHER, 0, NULL),
};

static const char *default_ns(enum peer_dialect_id id)
{
    switch (id) {
    case DIALECT_WINDOWS:
        return "root/hardware";
    case DIALECT_OMI:
        return "interop";
    case DIALECT_IDRAC:
        return "root/dcim";
    case DIALECT_OPENWSMAN:
        break;
    }
    return "root/cimv2";
}

static enum peer_fault split_selectors(struct peer_request *request, struct peer_soap *soap,
                                       const char **why)
{
    for (size_t i = 0; i < soap->selector_count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (peer_ieq(soap->selectors[i].name, soap->selectors[k].name)) {
                *why = peer_fmt(&request->arena, "selector %s was given twice",
                                soap->selectors[i].name);
                return FAULT_SELECTORS_DUPLICATE;
            }
        }
        if (soap->selectors[i].name[0] == '\0') {
            *why = "a selector has no name";
            return FAULT_SELECTORS_UNEXPECTED;
        }
        if (peer_ieq(soap->selectors[i].name, "__cimnamespace")) {
            soap->ns = soap->selectors[i].value;
        } else {
            soap->keys[soap->key_count++] = soap->selectors[i];
        }
    }
    return FAULT_NONE;
}

/* .../wmi/<namespace>/<class or *> */
static enum peer_fault resolve_wmi(struct peer_request *request, struct peer_soap *soap,
                                   const char **why)
{
    const char *rest = soap->resource_uri + strlen(RES_WMI);
    const char *name = peer_after_last(rest, '/');
    const char *ns;

    if (name == rest || *name == '\0') {
        *why = "the URI names no class";
        return FAULT_RESOURCE_URI;
    }
    ns = peer_dupn(&request->arena, rest, (size_t)(name - rest) - 1);
    if (soap->ns != NULL && !peer_ns_eq(soap->ns, ns)) {
        *why = "the URI and __cimnamespace differ";
        return FAULT_DIFFERENT_NS;
    }
    soap->ns = ns;
    soap->view.family = FAMILY_WMI;
    soap->class_name = name;
    soap->resource = strcmp(name, "*") == 0 ? RESOURCE_ALL : RESOURCE_CLASS;
    return FAULT_NONE;
}

static void resolve_uri(const struct peer *peer, struct peer_soap *soap)
{
    const char *uri = soap->resource_uri;

    if (strcmp(uri, RES_FULLDUPLEX) == 0) {
        soap->resource = RESOURCE_FULLDUPLEX;
    } else if (strcmp(uri, RES_ROBUST) == 0) {
        soap->resource = RESOURCE_ROBUST;
    } else if (strcmp(uri, RES_CIMXML) == 0) {
        soap->resource = peer->dialect->has_get_class && !peer->config.downlevel ? RESOURCE_CIMXML
                                                                                 : RESOURCE_OTHER;
    } else if (peer->dialect->id == DIALECT_WINDOWS && strcmp(uri, RES_CONFIG) == 0) {
        soap->resource = RESOURCE_CONFIG;
    } else if (strcmp(uri, RES_ALL) == 0) {
        soap->resource = RESOURCE_ALL;
    } else if (peer_starts(uri, RES_DMTF)) {
        soap->resource = RESOURCE_CLASS;
        soap->class_name = uri + strlen(RES_DMTF);
    } else if (peer->dialect->id == DIALECT_IDRAC && peer_starts(uri, RES_DELL)) {
        soap->resource = RESOURCE_CLASS;
        soap->view.family = FAMILY_DELL;
        soap->class_name = uri + strlen(RES_DELL);
    } else if (peer->dialect->id == DIALECT_OMI && strchr(uri, '/') != NULL) {
        /* OMI looks at the last component only. */
        soap->resource = RESOURCE_CLASS;
        soap->class_name = peer_after_last(uri, '/');
        if (strcmp(soap->class_name, "*") == 0) {
            soap->resource = RESOURCE_ALL;
        }
    } else {
        soap->resource = RESOURCE_OTHER;
    }
}

enum peer_fault peer_soap_resolve(struct peer *peer, struct peer_request *request,
                                  struct peer_soap *soap, const char **why)
{
    const char *agent = peer_http_header(request, "User-Agent");
    enum peer_fault fault = split_selectors(request, soap, why);

    if (fault != FAULT_NONE) {
        return fault;
    }
    if (soap->resource_uri == NULL || soap->resource_uri[0] == '\0') {
        *why = "no ResourceURI";
        return FAULT_RESOURCE_URI;
    }
    soap->view.precise_arrays =
        !peer->config.downlevel && peer_soap_flag(soap, "msftwinrm:UsePreciseArrays", false);
    soap->view.winrm_client = agent != NULL && peer_ieq(agent, "Microsoft WinRM Client");
    if (peer->dialect->id == DIALECT_WINDOWS && peer_starts(soap->resource_uri, RES_WMI)) {
        fault = resolve_wmi(request, soap, why);
    } else {
        resolve_uri(peer, soap);
    }
    if (fault != FAULT_NONE) {
        return fault;
    }
    if (peer->config.downlevel && soap->view.family == FAMILY_DMTF &&
        (soap->resource == RESOURCE_CLASS || soap->resource == RESOURCE_ALL)) {
        return FAULT_NON_DMTF;
    }
    if (soap->resource == RESOURCE_OTHER) {
        *why = peer_fmt(&request->arena, "no such resource: %s", soap->resource_uri);
        return FAULT_RESOURCE_URI;
    }
    if (soap->ns == NULL) {
        soap->ns = default_ns(peer->dialect->id);
    }
    soap->view.ns = soap->ns;
    return FAULT_NONE;
}

static enum peer_fault find_class(struct peer_call *call)
{
    struct peer_soap *soap = call->soap;

    if (!peer_catalog_has_ns(call->peer->catalog, soap->ns)) {
        call->why = peer_fmt(&call->request->arena, "The namespace %s does not exist.", soap->ns);
        return FAULT_NO_NAMESPACE;
    }
    call->cls = peer_catalog_find(call->peer->catalog, soap->ns, soap->class_name);
    if (call->cls == NULL) {
        call->why = peer_fmt(&call->request->arena, "The class %s does not exist in %s.",
                             soap->class_name, soap->ns);
        return FAULT_NO_CLASS;
    }
    soap->view.on_envelope = call->cls;
    return FAULT_NONE;
}

static enum peer_fault answer(struct peer_call *call)
{
    struct peer_soap *soap = call->soap;
    enum peer_fault fault = peer_soap_check(call->peer, call->request, soap, &call->why);

    if (fault == FAULT_NONE && call->plan->on[BREAK_NO_OPERATION_ID] &&
        soap->operation_id != NULL) {
        call->why = "OperationID is not known here";
        return FAULT_INVALID_HEADER;
    }
    if (fault == FAULT_NONE) {
        fault = peer_soap_resolve(call->peer, call->request, soap, &call->why);
    }
    if (fault != FAULT_NONE) {
        return fault;
    }
    if ((actions[soap->act].resources & ON(soap->resource)) == 0 ||
        actions[soap->act].handler == NULL) {
        call->why =
            peer_fmt(&call->request->arena, "The action %s is not supported here.", soap->action);
        return FAULT_ACTION;
    }
    if (soap->resource == RESOURCE_CLASS) {
        fault = find_class(call);
    }
    return fault != FAULT_NONE ? fault : actions[soap->act].handler(call);
}

enum peer_fault peer_wsman_answer(struct peer_call *call)
{
    enum peer_fault fault;

    if (call->soap->act == ACT_IDENTIFY && !call->soap->wrong_version) {
        const char *text = peer_http_header(call->request, "WSMANIDENTIFY");

        peer_reply_identify(call->peer, text != NULL && peer_ieq(text, "unauthenticated"),
                            call->response);
        return FAULT_NONE;
    }
    fault = answer(call);
    if (fault != FAULT_NONE) {
        peer_fault_write(call->peer, call->soap, fault, call->why, call->response);
    }
    return fault;
}
