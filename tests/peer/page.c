/* Pages of an enumeration: the first with its Enumerate, the others by Pull, or Release. */
#include "page.h"

#include <string.h>

#include "contexts.h"
#include "eventing.h"
#include "interactive.h"
#include "reply.h"

static enum peer_fault read_mode(struct peer_call *call, const char *text, struct peer_wish *wish)
{
    if (*text == '\0') {
        wish->spec.mode = MODE_OBJECT;
    } else if (strcmp(text, "EnumerateEPR") == 0) {
        wish->spec.mode = MODE_EPR;
    } else if (strcmp(text, "EnumerateObjectAndEPR") == 0 &&
               !call->plan->on[BREAK_NO_OBJECT_AND_EPR]) {
        wish->spec.mode = MODE_OBJECT_AND_EPR;
    } else {
        call->why = "the EnumerationMode is not known";
        return FAULT_ENUMERATION_MODE;
    }
    return FAULT_NONE;
}

/* Windows ignores the element; OMI and openwsman do as it says. */
static enum peer_fault read_polymorphism(struct peer_call *call, const char *text,
                                         struct peer_wish *wish)
{
    if (strcmp(text, "None") == 0) {
        wish->spec.shallow = true;
    } else if (strcmp(text, "ExcludeSubClassProperties") == 0) {
        wish->spec.cut = true;
    } else if (strcmp(text, "IncludeSubClassProperties") != 0) {
        return FAULT_SCHEMA;
    }
    if (!call->peer->dialect->knows_polymorphism) {
        wish->spec.shallow = false;
        wish->spec.cut = false;
    }
    return FAULT_NONE;
}

static enum peer_fault read_element(struct peer_call *call, xmlNodePtr node, struct peer_wish *wish)
{
    const char *text = peer_node_text(&call->request->arena, node);

    if (peer_node_is(node, URI_WSMAN, "OptimizeEnumeration")) {
        wish->optimize = true;
        return FAULT_NONE;
    }
    if (peer_node_is(node, URI_WSMAN, "MaxElements")) {
        bool good = peer_parse_u64(text, &wish->max_elements) && wish->max_elements > 0;

        call->why = good ? NULL : "MaxElements is not a positive number";
        return good ? FAULT_NONE : FAULT_SCHEMA;
    }
    if (peer_node_is(node, URI_WSMAN, "EnumerationMode")) {
        return read_mode(call, text, wish);
    }
    if (peer_node_is(node, URI_BINDING, "PolymorphismMode")) {
        return read_polymorphism(call, text, wish);
    }
    if (peer_node_is(node, URI_WSMAN, "Filter") && wish->filter == NULL) {
        wish->filter = node;
        return FAULT_NONE;
    }
    call->why =
        peer_fmt(&call->request->arena, "Enumerate does not know %s", (const char *)node->name);
    return FAULT_SCHEMA;
}

enum peer_fault peer_wish_read(struct peer_call *call, struct peer_wish *wish)
{
    xmlNodePtr top = call->soap->content;
    enum peer_fault fault = FAULT_NONE;

    memset(wish, 0, sizeof *wish);
    wish->max_elements = 1;
    if (top == NULL || !peer_node_is(top, URI_ENUMERATION, "Enumerate")) {
        call->why = "the body holds no Enumerate";
        return FAULT_SCHEMA;
    }
    for (xmlNodePtr node = top->children; node != NULL && fault == FAULT_NONE; node = node->next) {
        if (node->type == XML_ELEMENT_NODE) {
            fault = read_element(call, node, wish);
        }
    }
    return fault;
}

/* Items from the context's position: as many as asked for and as the envelope takes. */
static size_t page_end(const struct peer_call *call, const struct peer_context *context,
                       size_t head, uint64_t max_elements)
{
    const struct peer_items *items = context->items;
    size_t from = context->position > 0 ? items->ends[context->position - 1] : 0;
    uint64_t limit = call->soap->max_envelope < call->peer->config.max_envelope
                         ? call->soap->max_envelope
                         : call->peer->config.max_envelope;
    size_t room = limit > head + 400 ? (size_t)limit - head - 400 : 0;
    size_t end = context->position;

    while (end < items->count && end - context->position < max_elements &&
           items->ends[end] - from <= room) {
        end++;
    }
    return end;
}

static void put_items(struct peer_buf *out, const char *prefix, const struct peer_context *context,
                      size_t end)
{
    const struct peer_items *items = context->items;
    size_t from = context->position > 0 ? items->ends[context->position - 1] : 0;
    size_t to = end > 0 ? items->ends[end - 1] : 0;

    if (end == context->position) {
        to = from;
    }
    peer_printf(out, "<%s:Items>", prefix);
    peer_put(out, items->bytes.data != NULL ? items->bytes.data + from : "", to - from);
    peer_printf(out, "</%s:Items>", prefix);
}

/* Context in the form the dialect has at the end and before it; id NULL: an empty element. */
static void put_context(struct peer_buf *out, const char *n, const char *id)
{
    peer_printf(out, "<%s:EnumerationContext>%s</%s:EnumerationContext>", n, id != NULL ? id : "",
                n);
}

static void put_enumerate_response(struct peer_call *call, const struct peer_context *context,
                                   bool optimize, size_t end)
{
    bool lost = call->plan->on[BREAK_LOST_CONTEXT];
    const struct peer_dialect *d = call->peer->dialect;
    const char *n = d->prefix[NS_ENUMERATION];
    const char *w = d->prefix[NS_WSMAN];
    struct peer_buf *out = &call->response->body;
    bool done = optimize && end == context->items->count && !lost;
    bool items_first = d->id == DIALECT_OPENWSMAN || d->id == DIALECT_IDRAC;
    bool nameless = (done && d->id != DIALECT_OMI) || lost;

    peer_printf(out, "<%s:EnumerateResponse>", n);
    if (!items_first) {
        put_context(out, n, nameless ? NULL : context->id);
    }
    if (optimize || d->id == DIALECT_OMI) {
        put_items(out, w, context, end);
    }
    if (items_first && !(done && d->id == DIALECT_OPENWSMAN)) {
        put_context(out, n, nameless ? NULL : context->id);
    }
    if (done) {
        peer_printf(out, "<%s:EndOfSequence/>", w);
    }
    peer_printf(out, "</%s:EnumerateResponse>", n);
}

static void put_pull_response(struct peer_call *call, const struct peer_context *context,
                              size_t end)
{
    const struct peer_dialect *d = call->peer->dialect;
    const char *n = d->prefix[NS_ENUMERATION];
    /* iDRAC mixes the namespaces of Enumerate and Pull up. */
    const char *items = d->prefix[d->id == DIALECT_IDRAC ? NS_WSMAN : NS_ENUMERATION];
    struct peer_buf *out = &call->response->body;
    bool lost = call->plan->on[BREAK_LOST_CONTEXT];
    bool done = end == context->items->count && !lost;

    peer_printf(out, "<%s:PullResponse>", n);
    if (d->id == DIALECT_IDRAC) {
        put_items(out, items, context, end);
        put_context(out, n, done || lost ? NULL : context->id);
    } else {
        if ((!done || d->id == DIALECT_OMI) && !lost) {
            put_context(out, n, context->id);
        }
        put_items(out, items, context, end);
    }
    if (done) {
        peer_printf(out, "<%s:EndOfSequence/>", items);
    }
    peer_printf(out, "</%s:PullResponse>", n);
}

/* Close the envelope, count the items, keep or drop the context. */
static enum peer_fault finish_page(struct peer_call *call, struct peer_context *context, size_t end,
                                   bool done)
{
    peer_reply_end(call->peer, &call->response->body);
    peer_reply_finish(call->peer, call->soap, call->response);
    atomic_fetch_add(&call->peer->counters[CNT_ITEMS], end - context->position);
    context->position = end;
    if (done) {
        peer_context_free(context);
    } else {
        peer_context_give(call->peer, context, false);
    }
    return FAULT_NONE;
}

/* A page larger than the server likes: the client has to ask for less. */
static bool over_quota(const struct peer_call *call, uint64_t max_elements)
{
    return call->plan->on[BREAK_QUOTA] && max_elements > call->plan->number[BREAK_QUOTA];
}

/* Peer_Slow takes its time over a Pull, and can be cancelled; Peer_Chatty has things to say. */
static enum peer_fault before_page(struct peer_call *call, const struct peer_class *cls,
                                   const char *action)
{
    unsigned flags = cls != NULL ? cls->flags : 0;
    const char *settled;
    enum peer_fault fault = FAULT_NONE;

    if ((flags & PC_SLOW) != 0 && call->soap->act == ACT_PULL) {
        struct peer_channel *channel = peer_channel_open(call);

        fault = peer_channel_take_time(channel, call->peer->config.slow_ms);
        peer_channel_close(channel);
    }
    if ((flags & PC_CHATTY) != 0) {
        peer_chatter(call, action, false, &settled);
    }
    return fault;
}

enum peer_fault peer_page_first(struct peer_call *call, const struct peer_wish *wish,
                                const struct peer_class *cls, struct peer_items *items)
{
    struct peer *peer = call->peer;
    struct peer_context *context = peer_context_new(peer, call->soap, cls, items);
    bool optimize = wish->optimize && !call->plan->on[BREAK_NO_OPTIMIZE];
    unsigned first = peer->config.first_batch >= 0 ? (unsigned)peer->config.first_batch
                                                   : peer->dialect->first_batch;
    size_t end = 0;

    before_page(call, cls, URI_ENUMERATION "/EnumerateResponse");
    peer_reply_begin(peer, call->soap, URI_ENUMERATION "/EnumerateResponse", &call->response->body);
    if (optimize) {
        uint64_t most = first > 0 && first < wish->max_elements ? first : wish->max_elements;

        end = page_end(call, context, call->response->body.len, most);
        if ((end == 0 && context->items->count > 0) || over_quota(call, wish->max_elements)) {
            peer_context_free(context);
            call->why = "one object is larger than the envelope";
            return FAULT_ENVELOPE_EXCEEDED;
        }
    }
    put_enumerate_response(call, context, optimize, end);
    return finish_page(call, context, end, optimize && end == context->items->count);
}

/* The body's EnumerationContext as text; NULL if there is none. */
static const char *context_id(struct peer_call *call, const char *element)
{
    xmlNodePtr top = call->soap->content;
    xmlNodePtr node = NULL;

    if (top != NULL && peer_node_is(top, URI_ENUMERATION, element)) {
        node = peer_child(top, URI_ENUMERATION, "EnumerationContext");
    }
    return node != NULL ? peer_node_text(&call->request->arena, node) : NULL;
}

/* A Pull may be on a subscription too. */
static struct peer_subscription *subscription_of(struct peer_call *call)
{
    const char *id = context_id(call, "Pull");

    return id != NULL ? peer_subscription_hold(call->peer, id, false) : NULL;
}

/* The context the body names, if it belongs to this resource. */
static enum peer_fault take_context(struct peer_call *call, const char *element,
                                    struct peer_context **out)
{
    const char *id = context_id(call, element);
    struct peer_context *context;

    if (id == NULL) {
        call->why = "the body names no EnumerationContext";
        return FAULT_SCHEMA;
    }
    context = peer_context_take(call->peer, id);
    if (context == NULL) {
        call->why = "The enumeration context is not known or has expired.";
        return FAULT_CONTEXT;
    }
    if (!peer_ieq(context->uri, call->soap->resource_uri)) {
        peer_context_give(call->peer, context, false);
        call->why = "The enumeration context belongs to another resource.";
        return FAULT_CONTEXT;
    }
    call->soap->view.on_envelope = context->cls;
    *out = context;
    return FAULT_NONE;
}

static enum peer_fault read_pull_size(struct peer_call *call, uint64_t *max_elements)
{
    xmlNodePtr node = peer_child(call->soap->content, URI_ENUMERATION, "MaxElements");

    *max_elements = 1;
    if (node != NULL &&
        (!peer_parse_u64(peer_node_text(&call->request->arena, node), max_elements) ||
         *max_elements == 0)) {
        call->why = "MaxElements is not a positive number";
        return FAULT_SCHEMA;
    }
    return FAULT_NONE;
}

enum peer_fault peer_op_pull(struct peer_call *call)
{
    struct peer *peer = call->peer;
    struct peer_context *context = NULL;
    struct peer_subscription *sub;
    uint64_t max_elements;
    enum peer_fault fault = read_pull_size(call, &max_elements);
    size_t end;

    sub = fault == FAULT_NONE ? subscription_of(call) : NULL;
    if (sub != NULL) {
        return peer_subscription_pull(call, sub, max_elements);
    }
    if (fault == FAULT_NONE) {
        fault = take_context(call, "Pull", &context);
    }
    if (fault != FAULT_NONE) {
        return fault;
    }
    fault = before_page(call, context->cls, URI_ENUMERATION "/PullResponse");
    if (fault != FAULT_NONE || call->response->gone) {
        peer_context_give(peer, context, false);
        return fault;
    }
    if (call->plan->on[BREAK_ROTATE_CONTEXT]) {
        peer_context_name(peer, context);
    }
    if (call->plan->on[BREAK_TOO_MANY]) {
        max_elements = UINT64_MAX;
    }
    peer_reply_begin(peer, call->soap, URI_ENUMERATION "/PullResponse", &call->response->body);
    end = page_end(call, context, call->response->body.len, max_elements);
    if ((end == context->position && end < context->items->count) ||
        over_quota(call, max_elements)) {
        peer_context_give(peer, context, false);
        call->why = "one object is larger than the envelope";
        return FAULT_ENVELOPE_EXCEEDED;
    }
    if (call->plan->on[BREAK_EMPTY_PAGE]) {
        end = context->position;
    }
    put_pull_response(call, context, end);
    return finish_page(call, context, end, end == context->items->count);
}

enum peer_fault peer_op_release(struct peer_call *call)
{
    struct peer_context *context = NULL;
    enum peer_fault fault = take_context(call, "Release", &context);

    if (fault != FAULT_NONE) {
        return fault;
    }
    peer_context_free(context);
    peer_reply_begin(call->peer, call->soap, URI_ENUMERATION "/ReleaseResponse",
                     &call->response->body);
    peer_reply_end(call->peer, &call->response->body);
    peer_reply_finish(call->peer, call->soap, call->response);
    return FAULT_NONE;
}
