/* Enumerate on a class and on everything: queries, selectors, associations. */
#include <string.h>

#include "assoc.h"
#include "lookup.h"
#include "page.h"

#define DIALECT_URI_WQL         "http://schemas.microsoft.com/wbem/wsman/1/WQL"
#define DIALECT_URI_CQL         "http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf"
#define DIALECT_URI_SELECTOR    "http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter"
#define DIALECT_URI_ASSOCIATION "http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter"

enum filter_kind { FILTER_NONE, FILTER_QUERY, FILTER_SELECTOR, FILTER_ASSOCIATION };

#define AT(id) (1U << (id))
#define EVERY  (AT(DIALECT_WINDOWS) | AT(DIALECT_OMI) | AT(DIALECT_OPENWSMAN) | AT(DIALECT_IDRAC))

/* Filter languages, and who knows them. openwsman passes WQL on to a CIMOM that does not. */
static const struct {
    const char *uri;
    enum filter_kind kind;
    unsigned dialects;
} filters[] = {
    {DIALECT_URI_WQL, FILTER_QUERY, EVERY},
    {DIALECT_URI_CQL, FILTER_QUERY, AT(DIALECT_OMI) | AT(DIALECT_OPENWSMAN) | AT(DIALECT_IDRAC)},
    {DIALECT_URI_SELECTOR, FILTER_SELECTOR, AT(DIALECT_WINDOWS) | AT(DIALECT_OPENWSMAN)},
    {DIALECT_URI_ASSOCIATION, FILTER_ASSOCIATION, EVERY},
};

static enum peer_fault filter_kind(struct peer_call *call, xmlNodePtr filter,
                                   enum filter_kind *kind)
{
    xmlChar *value = xmlGetNoNsProp(filter, (const xmlChar *)"Dialect");
    const char *uri = value != NULL ? (const char *)value : "";

    *kind = FILTER_NONE;
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
        if (strcmp(filters[i].uri, uri) == 0 &&
            (filters[i].dialects & AT(call->peer->dialect->id)) != 0) {
            *kind = filters[i].kind;
        }
    }
    xmlFree(value);
    return *kind != FILTER_NONE ? FAULT_NONE : FAULT_FILTER_DIALECT;
}

/* Sink that lets pass what has the values of a selector filter. */
struct selector_sink {
    struct peer_sink sink;
    struct peer_sink *next;
    const struct peer_selector *selectors;
    size_t count;
};

static bool has_value(const struct peer_instance *inst, const struct peer_selector *selector)
{
    for (size_t i = 0; i < inst->cls->all_count; i++) {
        const struct peer_value *value = &inst->values[i];

        if (peer_ieq(inst->cls->all[i]->name, selector->name)) {
            return value->set && value->count == 1 && inst->cls->all[i]->type != PT_INSTANCE &&
                   inst->cls->all[i]->type != PT_REFERENCE && peer_ieq(value->one, selector->value);
        }
    }
    return false;
}

static void emit_selected(struct peer_sink *sink, const struct peer_instance *inst)
{
    struct selector_sink *select = (struct selector_sink *)sink;

    for (size_t i = 0; i < select->count; i++) {
        if (!has_value(inst, &select->selectors[i])) {
            return;
        }
    }
    select->next->emit(select->next, inst);
}

static enum peer_fault by_selectors(struct peer_call *call, const struct peer_wish *wish)
{
    struct peer_soap *inner = peer_alloc(&call->request->arena, sizeof *inner);
    xmlNodePtr set = peer_child(wish->filter, URI_WSMAN, "SelectorSet");
    struct selector_sink select = {{emit_selected}, NULL, NULL, 0};
    struct peer_item_writer writer;

    if (set == NULL) {
        return FAULT_FILTER_XML;
    }
    peer_soap_read_selectors(&call->request->arena, set, inner);
    peer_item_writer_init(&writer, &call->soap->view, &wish->spec);
    select.next = &writer.sink;
    select.selectors = inner->selectors;
    select.count = inner->selector_count;
    peer_list(call->peer, call->cls, call->soap->ns, wish->spec.shallow, &select.sink);
    return peer_page_first(call, wish, call->cls, writer.items);
}

enum peer_fault peer_query_read(struct peer_call *call, xmlNodePtr filter, struct peer_wql **query)
{
    *query = peer_wql_parse(&call->request->arena, peer_node_text(&call->request->arena, filter),
                            &call->why);
    return *query != NULL ? FAULT_NONE : FAULT_FILTER;
}

static enum peer_fault by_query(struct peer_call *call, struct peer_wish *wish)
{
    struct peer_wql *query = NULL;
    const struct peer_class *cls;
    const char *bad;
    enum peer_fault fault;

    if (call->peer->dialect->id == DIALECT_OPENWSMAN) {
        call->why = NULL;
        return FAULT_NOT_CAPABLE;
    }
    fault = peer_query_read(call, wish->filter, &query);
    if (fault != FAULT_NONE) {
        return fault;
    }
    cls = peer_catalog_find(call->peer->catalog, call->soap->ns, query->class_name);
    if (cls == NULL) {
        return FAULT_FILTER_CLASS;
    }
    bad = peer_wql_check(query, cls);
    if (bad != NULL || query->within >= 0) {
        call->why = bad == NULL ? "WITHIN is for events"
                                : peer_fmt(&call->request->arena, "the query cannot use %s", bad);
        return FAULT_FILTER;
    }
    call->soap->view.on_envelope = cls;
    wish->spec.query = query;
    return peer_page_first(call, wish, cls,
                           peer_items_make(call->peer, &call->soap->view, cls, &wish->spec));
}

static enum peer_fault by_association(struct peer_call *call, const struct peer_wish *wish)
{
    struct peer_item_writer writer;
    struct peer_association assoc;
    enum peer_fault fault = peer_association_read(call, wish->filter, &assoc);

    if (fault != FAULT_NONE) {
        return fault;
    }
    peer_item_writer_init(&writer, &call->soap->view, &wish->spec);
    peer_association_list(call, &assoc, &writer.sink);
    return peer_page_first(call, wish, NULL, writer.items);
}

static enum peer_fault with_filter(struct peer_call *call, struct peer_wish *wish)
{
    bool on_class = call->soap->resource == RESOURCE_CLASS;
    enum filter_kind kind;
    enum peer_fault fault = filter_kind(call, wish->filter, &kind);

    if (fault != FAULT_NONE) {
        return fault;
    }
    if (kind == FILTER_QUERY) {
        return on_class && call->peer->dialect->id == DIALECT_WINDOWS ? FAULT_WQL_ON_CLASS
                                                                      : by_query(call, wish);
    }
    if ((kind == FILTER_SELECTOR) != on_class) {
        call->why = "this filter does not go with this resource URI";
        return FAULT_FILTER_MISSING;
    }
    return kind == FILTER_SELECTOR ? by_selectors(call, wish) : by_association(call, wish);
}

enum peer_fault peer_op_enumerate(struct peer_call *call)
{
    struct peer_wish wish;
    enum peer_fault fault = peer_wish_read(call, &wish);

    if (fault != FAULT_NONE) {
        return fault;
    }
    if (call->soap->key_count > 0) {
        call->why = "Enumerate does not take keys";
        return FAULT_ENUMERATE_KEY;
    }
    if (wish.filter != NULL) {
        return with_filter(call, &wish);
    }
    return peer_page_first(call, &wish, call->cls,
                           peer_items_make(call->peer, &call->soap->view, call->cls, &wish.spec));
}

enum peer_fault peer_op_query(struct peer_call *call)
{
    struct peer_wish wish;
    enum peer_fault fault = peer_wish_read(call, &wish);

    if (fault != FAULT_NONE) {
        return fault;
    }
    if (call->soap->key_count > 0) {
        call->why = "Enumerate does not take keys";
        return FAULT_ENUMERATE_KEY;
    }
    if (!peer_catalog_has_ns(call->peer->catalog, call->soap->ns)) {
        return call->peer->dialect->id == DIALECT_OMI ? FAULT_NO_CLASS : FAULT_NO_NAMESPACE;
    }
    return wish.filter != NULL ? with_filter(call, &wish) : FAULT_FILTER_MISSING;
}
