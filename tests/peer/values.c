/* Instances and parameters in requests: names, namespaces and types as a server checks them. */
#include "values.h"

#include <stdlib.h>
#include <string.h>

#include "scalars.h"

struct reader {
    struct peer_call *call;
    struct peer_arena *arena;
    enum peer_dialect_id id;
    /** Windows, and not told to be lax: types and marks have to be there. */
    bool strict;
};

static enum peer_fault bad(const struct reader *reader, const char *name, const char *what)
{
    reader->call->why = peer_fmt(reader->arena, "%s %s", name, what);
    return FAULT_VALUES;
}

static const char *attribute(const struct reader *reader, xmlNodePtr node, const char *name,
                             const char *ns)
{
    xmlChar *value = xmlGetNsProp(node, (const xmlChar *)name, (const xmlChar *)ns);
    const char *copy = value != NULL ? peer_dup(reader->arena, (const char *)value) : NULL;

    xmlFree(value);
    return copy;
}

static bool is_true(const char *text)
{
    return text != NULL && (strcmp(text, "true") == 0 || strcmp(text, "1") == 0);
}

static const char *class_uri(const struct reader *reader, const char *name)
{
    struct peer_buf uri = {0};
    const char *copy;

    peer_write_class_uri(&uri, &reader->call->soap->view, name);
    copy = peer_dupn(reader->arena, uri.data, uri.len);
    peer_buf_free(&uri);
    return copy;
}

static struct reader reader_for(struct peer_call *call)
{
    struct reader reader = {call, &call->request->arena, call->peer->dialect->id, false};

    reader.strict = reader.id == DIALECT_WINDOWS && !call->peer->config.lax;
    return reader;
}

/* Prefix of a QName bound to @p uri; "cim" counts unbound too, as Windows' own client sends it. */
static bool prefix_is(const struct reader *reader, xmlNodePtr node, const char *qname,
                      const char *uri)
{
    const char *colon = strchr(qname, ':');
    const char *prefix =
        colon != NULL ? peer_dupn(reader->arena, qname, (size_t)(colon - qname)) : NULL;
    xmlNsPtr ns = xmlSearchNs(node->doc, node, (const xmlChar *)prefix);

    if (ns == NULL) {
        return prefix != NULL && strcmp(prefix, "cim") == 0 && strcmp(uri, URI_CIM) == 0;
    }
    return peer_ieq((const char *)ns->href, uri);
}

enum peer_fault peer_object_check(struct peer_call *call, xmlNodePtr node, const char *name,
                                  const char *cls)
{
    struct reader reader = reader_for(call);
    const char *uri = class_uri(&reader, cls);
    const char *type;

    if (node == NULL || !peer_ieq((const char *)node->name, name)) {
        return bad(&reader, name, "is not what the body holds");
    }
    if (node->ns == NULL || !peer_ieq((const char *)node->ns->href, uri)) {
        call->why = peer_fmt(reader.arena, "%s is not in the namespace %s", name, uri);
        return FAULT_BODY_NAMESPACE;
    }
    type = attribute(&reader, node, "type", URI_XSI);
    if (type == NULL) {
        return reader.strict ? bad(&reader, name, "has no xsi:type") : FAULT_NONE;
    }
    if (!peer_ieq(peer_after_last(type, ':'), peer_fmt(reader.arena, "%s_Type", name)) ||
        (strchr(type, ':') != NULL && !prefix_is(&reader, node, type, uri))) {
        return bad(&reader, name, "has a wrong xsi:type");
    }
    return FAULT_NONE;
}

/* xsi:type of a plain value; @p as gives the one found. */
static enum peer_fault check_type(const struct reader *reader, xmlNodePtr node,
                                  const struct peer_prop *prop, const char **as)
{
    const char *type = attribute(reader, node, "type", URI_XSI);
    const char *local = type != NULL ? peer_after_last(type, ':') : NULL;
    bool octets = (prop->flags & PP_OCTET) != 0;

    *as = local;
    if (type == NULL) {
        return reader->strict && prop->type != PT_REFERENCE
                   ? bad(reader, prop->name, "has no xsi:type")
                   : FAULT_NONE;
    }
    if (prop->type == PT_REFERENCE && strcmp(local, "reference") == 0) {
        return FAULT_NONE;
    }
    if ((strcmp(local, peer_xsi_type(prop->type)) != 0 &&
         !(octets && strcmp(local, "cimBase64Binary") == 0)) ||
        !prefix_is(reader, node, type, URI_CIM)) {
        return bad(reader, prop->name, peer_fmt(reader->arena, "is no %s", type));
    }
    return FAULT_NONE;
}

static xmlNodePtr only_element(xmlNodePtr parent, bool *more)
{
    xmlNodePtr found = NULL;

    *more = false;
    for (xmlNodePtr node = parent->children; node != NULL; node = node->next) {
        if (node->type == XML_ELEMENT_NODE) {
            *more = found != NULL;
            found = found == NULL ? node : found;
        }
    }
    return found;
}

/* Windows knows the elements of the common namespace; OMI takes CIM_DateTime in any namespace and
 * bare text, but Datetime and Interval are embedded instances to it. */
static enum peer_fault read_datetime(const struct reader *reader, xmlNodePtr node,
                                     const struct peer_prop *prop, const void **item)
{
    bool more;
    xmlNodePtr inner = only_element(node, &more);
    const char *text = peer_node_text(reader->arena, inner != NULL ? inner : node);
    const char *name = inner != NULL ? (const char *)inner->name : "";

    if (inner == NULL && reader->strict) {
        return bad(reader, prop->name, "is bare text, not cim:CIM_DateTime");
    }
    if (inner != NULL && reader->id == DIALECT_OMI && strcmp(name, "CIM_DateTime") != 0) {
        reader->call->why = NULL;
        return FAULT_UNKNOWN_VALUE;
    }
    if (inner != NULL && reader->id == DIALECT_WINDOWS && !peer_node_is(inner, URI_CIM, name)) {
        return bad(reader, prop->name, "holds an element of another namespace");
    }
    if (strcmp(name, "CIM_DateTime") == 0 && reader->call->plan->on[BREAK_NO_CIM_DATETIME]) {
        return bad(reader, prop->name, "is no Datetime or Interval");
    }
    *item = more ? NULL : peer_scalar_datetime(reader->arena, name, text);
    return *item != NULL ? FAULT_NONE : bad(reader, prop->name, "is no datetime");
}

static bool has_key(const struct peer_class *cls, const char *name)
{
    for (size_t i = 0; i < cls->all_count; i++) {
        if ((cls->all[i]->flags & PP_KEY) != 0 && peer_ieq(cls->all[i]->name, name)) {
            return true;
        }
    }
    return false;
}

/* The path an EPR gives, if its keys are those of the class. */
static const struct peer_path *path_of(const struct reader *reader, const struct peer_class *cls,
                                       const char *ns, const struct peer_selector *epr)
{
    struct peer_path *path = peer_alloc(reader->arena, sizeof *path);
    const char **names = peer_alloc(reader->arena, (epr->key_count + 1) * sizeof *names);
    const char **values = peer_alloc(reader->arena, (epr->key_count + 1) * sizeof *values);
    size_t wanted = 0;

    path->class_name = cls->name;
    path->ns = ns;
    path->names = names;
    path->values = values;
    for (size_t i = 0; i < cls->all_count; i++) {
        wanted += (cls->all[i]->flags & PP_KEY) != 0;
    }
    for (size_t i = 0; i < epr->key_count; i++) {
        if (peer_ieq(epr->keys[i].name, "__cimnamespace")) {
            continue;
        }
        if (!has_key(cls, epr->keys[i].name)) {
            return NULL;
        }
        names[path->count] = epr->keys[i].name;
        values[path->count++] = epr->keys[i].value;
    }
    return path->count == wanted ? path : NULL;
}

static const char *epr_ns(const struct reader *reader, const struct peer_selector *epr)
{
    for (size_t i = 0; i < epr->key_count; i++) {
        if (peer_ieq(epr->keys[i].name, "__cimnamespace")) {
            return epr->keys[i].value;
        }
    }
    return reader->call->soap->ns;
}

static enum peer_fault read_reference(const struct reader *reader, xmlNodePtr node,
                                      const struct peer_prop *prop, const void **item)
{
    xmlNodePtr nested = peer_child(node, URI_ADDRESSING, "EndpointReference");
    struct peer_view view = reader->call->soap->view;
    struct peer_selector epr = {0};
    const struct peer_class *cls;
    const struct peer_class *target;
    xmlNodePtr address;
    xmlNodePtr uri;
    struct peer_buf wanted = {0};
    bool same;

    if (nested != NULL && reader->id != DIALECT_WINDOWS && reader->id != DIALECT_OMI) {
        node = nested;
    }
    address = peer_child(node, URI_ADDRESSING, "Address");
    uri = peer_child(peer_child(node, URI_ADDRESSING, "ReferenceParameters"), URI_WSMAN,
                     "ResourceURI");
    if (address == NULL || uri == NULL ||
        strcmp(peer_node_text(reader->arena, address), URI_ANONYMOUS) != 0) {
        return bad(reader, prop->name, "is no end point reference to this machine");
    }
    peer_soap_read_epr(reader->arena, node, &epr);
    view.ns = epr_ns(reader, &epr);
    cls = peer_catalog_find(reader->call->peer->catalog, view.ns, epr.value);
    if (cls == NULL) {
        return bad(reader, prop->name, "refers to a class that does not exist");
    }
    peer_write_class_uri(&wanted, &view, cls->name);
    same = peer_ieq(wanted.data, peer_node_text(reader->arena, uri));
    peer_buf_free(&wanted);
    if (!same && reader->id == DIALECT_WINDOWS) {
        return bad(reader, prop->name, "refers with a URI of another family");
    }
    target = prop->target != NULL
                 ? peer_catalog_find(reader->call->peer->catalog, NULL, prop->target)
                 : NULL;
    if (target != NULL && !peer_class_is_a(cls, target)) {
        return bad(reader, prop->name, "refers to an instance of a wrong class");
    }
    *item = path_of(reader, cls, peer_dup(reader->arena, view.ns), &epr);
    return *item != NULL ? FAULT_NONE : bad(reader, prop->name, "does not name the keys");
}

/* The class of an embedded instance is in its xsi:type. */
static enum peer_fault read_embedded(const struct reader *reader, xmlNodePtr node,
                                     const struct peer_prop *prop, const void **item)
{
    const struct peer_catalog *catalog = reader->call->peer->catalog;
    const char *type = attribute(reader, node, "type", URI_XSI);
    const char *name = type != NULL ? peer_after_last(type, ':') : prop->target;
    size_t len = name != NULL ? strlen(name) : 0;
    const struct peer_class *cls;
    struct peer_object inner;
    enum peer_fault fault;

    if (type == NULL && (reader->strict || reader->id == DIALECT_OMI)) {
        return bad(reader, prop->name, "has no xsi:type");
    }
    if (type != NULL && (len < 6 || strcmp(name + len - 5, "_Type") != 0)) {
        return bad(reader, prop->name, "has an xsi:type that names no class");
    }
    name = peer_dupn(reader->arena, name != NULL ? name : "", type != NULL ? len - 5 : len);
    cls = peer_catalog_find(catalog, reader->call->soap->ns, name);
    if (cls == NULL || (prop->target != NULL &&
                        !peer_class_is_a(cls, peer_catalog_find(catalog, NULL, prop->target)))) {
        return bad(reader, prop->name, "is of a wrong class");
    }
    if (type != NULL && !prefix_is(reader, node, type, class_uri(reader, cls->name))) {
        return bad(reader, prop->name, "has an xsi:type in a wrong namespace");
    }
    fault = peer_object_read(reader->call, node, cls, cls->name, &inner);
    *item = inner.inst;
    return fault;
}

static enum peer_fault read_item(const struct reader *reader, xmlNodePtr node,
                                 const struct peer_prop *prop, const void **item)
{
    const char *as;
    bool more;
    enum peer_fault fault;

    if (prop->type == PT_INSTANCE) {
        return read_embedded(reader, node, prop, item);
    }
    fault = check_type(reader, node, prop, &as);
    if (fault != FAULT_NONE) {
        return fault;
    }
    if (prop->type == PT_REFERENCE) {
        return read_reference(reader, node, prop, item);
    }
    if (prop->type == PT_DATETIME) {
        return read_datetime(reader, node, prop, item);
    }
    if (only_element(node, &more) != NULL) {
        return bad(reader, prop->name, "holds elements");
    }
    *item = peer_scalar_read(reader->arena, prop->type, peer_node_raw_text(reader->arena, node),
                             reader->id == DIALECT_OMI);
    return *item != NULL ? FAULT_NONE
                         : bad(reader, prop->name,
                               peer_fmt(reader->arena, "is no %s", peer_type_name(prop->type)));
}

static bool is_prop(const xmlNode *node, const struct peer_prop *prop)
{
    return node->type == XML_ELEMENT_NODE && peer_ieq((const char *)node->name, prop->name);
}

/* One element in base64 makes the whole array. */
static enum peer_fault read_base64(const struct reader *reader, xmlNodePtr node,
                                   const struct peer_prop *prop, struct peer_value *value)
{
    struct peer_buf bytes = {0};
    const void **items;

    if (!peer_scalar_base64(peer_node_text(reader->arena, node), &bytes)) {
        peer_buf_free(&bytes);
        return bad(reader, prop->name, "is no base64");
    }
    items = peer_alloc(reader->arena, (bytes.len + 1) * sizeof *items);
    for (size_t i = 0; i < bytes.len; i++) {
        items[i] = peer_fmt(reader->arena, "%u", (unsigned)(unsigned char)bytes.data[i]);
    }
    value->set = true;
    value->count = bytes.len;
    value->one = bytes.len == 1 ? items[0] : NULL;
    value->items = items;
    peer_buf_free(&bytes);
    return FAULT_NONE;
}

static enum peer_fault read_nil(const struct reader *reader, xmlNodePtr node,
                                const struct peer_prop *prop)
{
    bool marked = is_true(attribute(reader, node, "IsNullArray", URI_MSWSMAN));

    if (node->children != NULL) {
        return bad(reader, prop->name, "is nil and not empty");
    }
    if ((prop->flags & PP_ARRAY) != 0 && reader->strict && !marked &&
        reader->call->soap->view.precise_arrays) {
        return bad(reader, prop->name, "is a NULL array without IsNullArray");
    }
    return FAULT_NONE;
}

static enum peer_fault read_prop(const struct reader *reader, xmlNodePtr parent,
                                 const struct peer_prop *prop, struct peer_value *value,
                                 bool *given)
{
    xmlNodePtr first = NULL;
    const void **items;
    size_t count = 0;
    size_t n = 0;
    enum peer_fault fault = FAULT_NONE;

    for (xmlNodePtr node = parent->children; node != NULL; node = node->next) {
        first = first == NULL && is_prop(node, prop) ? node : first;
        count += is_prop(node, prop);
    }
    *given = count > 0;
    if (count == 0) {
        return FAULT_NONE;
    }
    if (count > 1 && (prop->flags & PP_ARRAY) == 0) {
        return bad(reader, prop->name, "came twice");
    }
    if (count == 1 && is_true(attribute(reader, first, "nil", URI_XSI))) {
        return read_nil(reader, first, prop);
    }
    if (count == 1 && (prop->flags & PP_OCTET) != 0) {
        const char *type = attribute(reader, first, "type", URI_XSI);

        if (type != NULL && strcmp(peer_after_last(type, ':'), "cimBase64Binary") == 0) {
            return read_base64(reader, first, prop, value);
        }
    }
    items = peer_alloc(reader->arena, count * sizeof *items);
    for (xmlNodePtr node = first; node != NULL && fault == FAULT_NONE; node = node->next) {
        if (is_prop(node, prop)) {
            fault = read_item(reader, node, prop, &items[n++]);
        }
    }
    value->set = true;
    value->count = count;
    value->one = count == 1 ? items[0] : NULL;
    value->items = items;
    return fault;
}

static enum peer_fault check_names(const struct reader *reader, xmlNodePtr parent,
                                   const struct peer_class *cls, const char *uri)
{
    for (xmlNodePtr node = parent->children; node != NULL; node = node->next) {
        size_t i = 0;

        if (node->type != XML_ELEMENT_NODE) {
            continue;
        }
        if (node->ns == NULL || !peer_ieq((const char *)node->ns->href, uri)) {
            reader->call->why = peer_fmt(reader->arena, "%s is not in the namespace %s",
                                         (const char *)node->name, uri);
            return FAULT_BODY_NAMESPACE;
        }
        while (i < cls->all_count && !is_prop(node, cls->all[i])) {
            i++;
        }
        if (i == cls->all_count) {
            reader->call->why =
                reader->id == DIALECT_OMI
                    ? NULL
                    : peer_fmt(reader->arena, "%s has no %s", cls->name, (const char *)node->name);
            return FAULT_UNKNOWN_VALUE;
        }
    }
    return FAULT_NONE;
}

enum peer_fault peer_object_read(struct peer_call *call, xmlNodePtr node,
                                 const struct peer_class *cls, const char *ns_class,
                                 struct peer_object *out)
{
    struct reader reader = reader_for(call);
    enum peer_fault fault = check_names(&reader, node, cls, class_uri(&reader, ns_class));

    /* Classes made of parameters live in no namespace. */
    out->inst = peer_instance_new(reader.arena, cls,
                                  cls->namespaces != NULL ? peer_own_ns(cls, call->soap->ns)
                                                          : call->soap->ns);
    out->given = peer_alloc(reader.arena, cls->all_count * sizeof *out->given);
    for (size_t i = 0; i < cls->all_count && fault == FAULT_NONE; i++) {
        fault = read_prop(&reader, node, cls->all[i], &out->inst->values[i], &out->given[i]);
    }
    return fault;
}
