/* Subscribe, Unsubscribe, and Pull on a subscription. */
#include "eventing.h"

#include <stdlib.h>
#include <string.h>

#include "channel.h"
#include "contexts.h"
#include "datetime.h"
#include "events.h"
#include "reply.h"

#define MODE_PULL     "http://schemas.dmtf.org/wbem/wsman/1/wsman/Pull"
#define BOOKMARK_OLD  "http://schemas.dmtf.org/wbem/wsman/1/wsman/bookmark/earliest"
#define BOOKMARK_NS   "urn:mi-peer:bookmarks"
#define ACT_HEARTBEAT "http://schemas.dmtf.org/wbem/wsman/1/wsman/Heartbeat"
#define WQL_DIALECT   "http://schemas.microsoft.com/wbem/wsman/1/WQL"
#define CQL_DIALECT   "http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf"
#define LONGEST_POLL  60000U

struct request {
    struct peer_call *call;
    struct peer_subscription *sub;
    xmlNodePtr filter;
    xmlNodePtr bookmark;
};

static enum peer_fault bad(struct peer_call *call, const char *why)
{
    call->why = why;
    return FAULT_EVENT_MESSAGE;
}

static enum peer_fault read_delivery(struct request *request, xmlNodePtr node)
{
    static const struct {
        const char *ns;
        const char *name;
    } known[] = {
        {URI_WSMAN, "Heartbeats"},      {URI_WSMAN, "Locale"},      {URI_MSWSMAN, "DataLocale"},
        {URI_WSMAN, "ContentEncoding"}, {URI_WSMAN, "MaxElements"}, {URI_WSMAN, "MaxTime"},
        {URI_WSMAN, "MaxEnvelopeSize"},
    };
    struct peer_call *call = request->call;
    xmlChar *mode = xmlGetNoNsProp(node, (const xmlChar *)"Mode");
    bool is_pull = mode != NULL && strcmp((const char *)mode, MODE_PULL) == 0;

    xmlFree(mode);
    if (!is_pull) {
        return FAULT_DELIVERY_MODE;
    }
    for (xmlNodePtr at = node->children; at != NULL; at = at->next) {
        size_t i = 0;

        if (at->type != XML_ELEMENT_NODE) {
            continue;
        }
        while (i < sizeof known / sizeof known[0] &&
               !peer_node_is(at, known[i].ns, known[i].name)) {
            i++;
        }
        if (i == sizeof known / sizeof known[0]) {
            return bad(call, peer_fmt(&call->request->arena, "Delivery does not know %s",
                                      (const char *)at->name));
        }
        if (i == 0 && (!peer_duration_ms(peer_node_text(&call->request->arena, at),
                                         &request->sub->heartbeat_ms) ||
                       request->sub->heartbeat_ms == 0)) {
            return bad(call, "the heartbeat is not a duration");
        }
    }
    return FAULT_NONE;
}

static enum peer_fault read_expires(struct request *request, xmlNodePtr node)
{
    uint64_t ms;

    if (!peer_duration_ms(peer_node_text(&request->call->request->arena, node), &ms) || ms == 0) {
        return FAULT_EXPIRATION;
    }
    request->sub->expires_at = peer_now_ms() + ms;
    return FAULT_NONE;
}

static enum peer_fault read_child(struct request *request, xmlNodePtr node)
{
    struct peer_call *call = request->call;

    if (peer_node_is(node, URI_EVENTING, "Delivery")) {
        return read_delivery(request, node);
    }
    if (peer_node_is(node, URI_EVENTING, "Expires")) {
        return read_expires(request, node);
    }
    if (peer_node_is(node, URI_WSMAN, "Filter") && request->filter == NULL) {
        request->filter = node;
    } else if (peer_node_is(node, URI_WSMAN, "SendBookmarks")) {
        request->sub->bookmarks = true;
    } else if (peer_node_is(node, URI_WSMAN, "Bookmark")) {
        request->bookmark = node;
    } else if (!peer_node_is(node, URI_EVENTING, "EndTo")) {
        return bad(call, peer_fmt(&call->request->arena, "Subscribe does not know %s",
                                  (const char *)node->name));
    }
    return FAULT_NONE;
}

static enum peer_fault read_body(struct request *request)
{
    struct peer_call *call = request->call;
    xmlNodePtr top = call->soap->content;
    bool omi = call->peer->dialect->id == DIALECT_OMI;
    bool first = true;
    bool delivery = false;
    enum peer_fault fault = FAULT_NONE;

    if (top == NULL || !peer_node_is(top, URI_EVENTING, "Subscribe")) {
        return bad(call, "the body holds no Subscribe");
    }
    for (xmlNodePtr node = top->children; node != NULL && fault == FAULT_NONE; node = node->next) {
        if (node->type != XML_ELEMENT_NODE) {
            continue;
        }
        if (omi && first && !peer_node_is(node, URI_EVENTING, "Delivery")) {
            return bad(call, "Delivery is not the first child");
        }
        delivery = delivery || peer_node_is(node, URI_EVENTING, "Delivery");
        first = false;
        fault = read_child(request, node);
    }
    return fault == FAULT_NONE && !delivery ? bad(call, "there is no Delivery") : fault;
}

/* OMI knows the classes of indications, but not WMI's own events. */
static const struct peer_class *find_event_class(const struct peer_call *call, const char *name)
{
    const struct peer_class *cls = peer_catalog_find(call->peer->catalog, call->soap->ns, name);

    if (cls == NULL || (cls->flags & PC_INDICATION) == 0 ||
        (call->peer->dialect->id == DIALECT_OMI && peer_starts(cls->name, "__"))) {
        return NULL;
    }
    return cls;
}

static enum peer_fault check_dialect(struct request *request)
{
    xmlChar *value = xmlGetNoNsProp(request->filter, (const xmlChar *)"Dialect");
    bool good = value != NULL && (strcmp((const char *)value, WQL_DIALECT) == 0 ||
                                  (request->call->peer->dialect->id == DIALECT_OMI &&
                                   strcmp((const char *)value, CQL_DIALECT) == 0));

    xmlFree(value);
    return good ? FAULT_NONE : FAULT_EVENT_DIALECT;
}

static enum peer_fault read_filter(struct request *request)
{
    struct peer_call *call = request->call;
    struct peer_subscription *sub = request->sub;
    enum peer_fault fault = check_dialect(request);
    const char *bad_name;

    if (fault != FAULT_NONE) {
        return fault;
    }
    sub->query = peer_wql_parse(&sub->arena, peer_node_text(&call->request->arena, request->filter),
                                &call->why);
    if (sub->query == NULL) {
        /* The reason lives in the subscription, which goes. */
        call->why = peer_dup(&call->request->arena, call->why);
        return FAULT_FILTER;
    }
    sub->cls = find_event_class(call, sub->query->class_name);
    if (sub->cls == NULL || (call->cls != NULL && !peer_class_is_a(sub->cls, call->cls))) {
        return FAULT_EVENT_CLASS;
    }
    bad_name = peer_wql_check(sub->query, sub->cls);
    if (bad_name != NULL) {
        call->why = peer_fmt(&call->request->arena, "the query cannot use %s", bad_name);
        return FAULT_FILTER;
    }
    if (peer_starts(sub->cls->name, "__") && sub->query->within < 0) {
        call->why = "events about instances need WITHIN";
        return FAULT_FILTER;
    }
    return FAULT_NONE;
}

static enum peer_fault choose_events(struct request *request)
{
    struct peer_call *call = request->call;

    if (request->filter != NULL) {
        return read_filter(request);
    }
    if (call->cls == NULL) {
        return FAULT_FILTER_MISSING;
    }
    request->sub->cls = find_event_class(call, call->cls->name);
    return request->sub->cls != NULL ? FAULT_NONE : FAULT_EVENT_SOURCE;
}

/* From now on, from the oldest event kept, or behind the one a bookmark names. */
static enum peer_fault choose_start(struct request *request)
{
    struct peer_call *call = request->call;
    struct peer_arena *arena = &call->request->arena;
    xmlNodePtr list;
    xmlNodePtr at;
    xmlChar *text;
    uint64_t oldest;
    uint64_t newest;
    uint64_t number = 0;
    bool good;

    peer_events_range(call->peer, &oldest, &newest);
    request->sub->position = newest;
    if (request->bookmark == NULL) {
        return FAULT_NONE;
    }
    if (strcmp(peer_node_text(arena, request->bookmark), BOOKMARK_OLD) == 0) {
        request->sub->position = oldest - 1;
        return FAULT_NONE;
    }
    list = peer_child(request->bookmark, BOOKMARK_NS, "Bookmarks");
    at = peer_child(list, BOOKMARK_NS, "At");
    text = at != NULL ? xmlGetNoNsProp(at, (const xmlChar *)"Event") : NULL;
    good = text != NULL && peer_parse_u64((const char *)text, &number) && number + 1 >= oldest &&
           number <= newest;
    xmlFree(text);
    request->sub->position = number;
    return good ? FAULT_NONE : FAULT_BOOKMARK;
}

/* The manager names the subscription; Windows puts that into ReferenceProperties. */
static void put_manager(struct peer_call *call, const struct peer_subscription *sub)
{
    const struct peer_dialect *d = call->peer->dialect;
    const char *a = d->prefix[NS_ADDRESSING];
    const char *w = d->prefix[NS_WSMAN];
    const char *in = d->id == DIALECT_WINDOWS ? "ReferenceProperties" : "ReferenceParameters";
    struct peer_buf *out = &call->response->body;

    peer_printf(out, "<e:SubscriptionManager><%s:Address>%s</%s:Address><%s:%s><%s:ResourceURI>", a,
                d->id == DIALECT_WINDOWS ? call->soap->to : URI_ANONYMOUS, a, a, in, w);
    peer_put_xml(out, sub->uri);
    peer_printf(out,
                "</%s:ResourceURI><%s:SelectorSet><%s:Selector Name=\"__cimnamespace\">%s"
                "</%s:Selector></%s:SelectorSet><e:Identifier>%s</e:Identifier></%s:%s>"
                "</e:SubscriptionManager>",
                w, w, w, sub->ns, w, w, sub->identifier, a, in);
}

static enum peer_fault answer_subscribe(struct peer_call *call, struct peer_subscription *sub)
{
    const char *n = call->peer->dialect->prefix[NS_ENUMERATION];
    struct peer_buf *out = &call->response->body;
    uint64_t now = peer_now_ms();
    uint64_t left = sub->expires_at > now ? sub->expires_at - now : 0;

    peer_reply_begin(call->peer, call->soap, URI_EVENTING "/SubscribeResponse", out);
    peer_puts(out, "<e:SubscribeResponse>");
    put_manager(call, sub);
    peer_printf(out,
                "<e:Expires>PT%llu.%03lluS</e:Expires><%s:EnumerationContext>%s"
                "</%s:EnumerationContext></e:SubscribeResponse>",
                (unsigned long long)(left / 1000), (unsigned long long)(left % 1000), n, sub->id,
                n);
    peer_reply_end(call->peer, out);
    peer_reply_finish(call->peer, call->soap, call->response);
    return FAULT_NONE;
}

static enum peer_fault may_subscribe(struct peer_call *call)
{
    enum peer_dialect_id id = call->peer->dialect->id;

    if (id == DIALECT_OPENWSMAN || id == DIALECT_IDRAC) {
        return FAULT_EVENT_FILTERING;
    }
    if (call->peer->config.downlevel) {
        call->why = "The action is not supported for WMI classes.";
        return FAULT_ACTION;
    }
    if (call->soap->key_count > 0) {
        return FAULT_SUBSCRIBE_KEY;
    }
    return peer_catalog_has_ns(call->peer->catalog, call->soap->ns) ? FAULT_NONE
                                                                    : FAULT_NO_NAMESPACE;
}

enum peer_fault peer_op_subscribe(struct peer_call *call)
{
    struct peer_subscription *sub;
    struct peer_context named;
    struct request request = {.call = call};
    enum peer_fault fault = may_subscribe(call);

    if (fault != FAULT_NONE) {
        return fault;
    }
    sub = peer_xmalloc(sizeof *sub);
    memset(sub, 0, sizeof *sub);
    request.sub = sub;
    fault = read_body(&request);
    fault = fault == FAULT_NONE ? choose_events(&request) : fault;
    fault = fault == FAULT_NONE ? choose_start(&request) : fault;
    if (fault != FAULT_NONE) {
        peer_subscription_free(sub);
        return fault;
    }
    peer_context_name(call->peer, &named);
    memcpy(sub->id, named.id, sizeof sub->id);
    peer_uuid(sub->identifier);
    sub->uri = peer_dup(&sub->arena, call->soap->resource_uri);
    sub->ns = peer_own_ns(sub->cls, call->soap->ns);
    sub->last_sent = peer_now_ms();
    answer_subscribe(call, sub);
    peer_subscription_add(call->peer, sub);
    return FAULT_NONE;
}

enum peer_fault peer_op_unsubscribe(struct peer_call *call)
{
    struct peer_subscription *sub;
    enum peer_fault fault = may_subscribe(call);

    if (fault != FAULT_NONE) {
        return fault;
    }
    if (call->soap->content == NULL ||
        !peer_node_is(call->soap->content, URI_EVENTING, "Unsubscribe")) {
        return bad(call, "the body holds no Unsubscribe");
    }
    if (call->soap->identifier == NULL) {
        return bad(call, "no Identifier header names the subscription");
    }
    sub = peer_subscription_hold(call->peer, call->soap->identifier, true);
    if (sub == NULL) {
        return bad(call, "there is no such subscription");
    }
    if (!peer_ieq(sub->uri, call->soap->resource_uri)) {
        peer_subscription_let_go(call->peer, sub, false);
        return bad(call, "the subscription belongs to another resource");
    }
    peer_subscription_let_go(call->peer, sub, true);
    peer_reply_begin(call->peer, call->soap, URI_EVENTING "/UnsubscribeResponse",
                     &call->response->body);
    peer_reply_end(call->peer, &call->response->body);
    peer_reply_finish(call->peer, call->soap, call->response);
    return FAULT_NONE;
}

/* One Pull under way. */
struct poll {
    struct peer_call *call;
    struct peer_subscription *sub;
    struct peer_item_writer writer;
    struct peer_channel *channel;
    uint64_t max_elements;
    uint64_t deadline;
};

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return b != 0 && b < a ? b : a;
}

/* How long a Pull may wait: OperationTimeout, MaxTime and --poll, whichever ends first. */
static uint64_t poll_deadline(struct peer_call *call)
{
    struct peer_arena *arena = &call->request->arena;
    xmlNodePtr max = peer_child(call->soap->content, URI_ENUMERATION, "MaxTime");
    uint64_t limit = LONGEST_POLL;
    uint64_t ms;

    if (call->soap->operation_timeout != NULL &&
        peer_duration_ms(call->soap->operation_timeout, &ms)) {
        limit = ms;
    }
    if (max != NULL && peer_duration_ms(peer_node_text(arena, max), &ms)) {
        limit = earlier(limit, ms);
    }
    return peer_now_ms() + earlier(limit, call->peer->config.poll_ms);
}

/* As many events as are wanted, are there, and go into the envelope; the last may be put back. */
static enum peer_fault collect(struct poll *poll)
{
    struct peer *peer = poll->call->peer;
    struct peer_items *items = poll->writer.items;
    uint64_t limit = poll->call->soap->max_envelope < peer->config.max_envelope
                         ? poll->call->soap->max_envelope
                         : peer->config.max_envelope;

    while (items->count < poll->max_elements) {
        uint64_t before = peer_subscription_position(peer, poll->sub);

        if (!peer_subscription_next(peer, poll->sub, &poll->writer.sink)) {
            break;
        }
        if (items->bytes.len + 3000 > limit) {
            peer_subscription_rewind(peer, poll->sub, before);
            if (items->count == 1) {
                poll->call->why = "one object is larger than the envelope";
                return FAULT_ENVELOPE_EXCEEDED;
            }
            items->count--;
            break;
        }
    }
    return FAULT_NONE;
}

static void put_page(struct poll *poll, const char *action)
{
    struct peer_call *call = poll->call;
    const char *n = call->peer->dialect->prefix[NS_ENUMERATION];
    const char *w = call->peer->dialect->prefix[NS_WSMAN];
    const struct peer_items *items = poll->writer.items;
    struct peer_buf *out = &call->response->body;

    if (poll->sub->bookmarks && items->count > 0) {
        call->soap->reply_header =
            peer_fmt(&call->request->arena,
                     "<%s:Bookmark><m:Bookmarks xmlns:m=\"%s\"><m:At Event=\"%llu\"/>"
                     "</m:Bookmarks></%s:Bookmark>",
                     w, BOOKMARK_NS,
                     (unsigned long long)peer_subscription_position(call->peer, poll->sub), w);
    }
    peer_reply_begin(call->peer, call->soap, action, out);
    peer_printf(out, "<%s:PullResponse><%s:EnumerationContext>%s</%s:EnumerationContext><%s:Items>",
                n, n, poll->sub->id, n, n);
    if (items->count > 0) {
        peer_put(out, items->bytes.data, items->ends[items->count - 1]);
    }
    peer_printf(out, "</%s:Items></%s:PullResponse>", n, n);
    peer_reply_end(call->peer, out);
    peer_reply_finish(call->peer, call->soap, call->response);
    atomic_fetch_add(&call->peer->counters[CNT_EVENTS], items->count);
    atomic_fetch_add(&call->peer->counters[CNT_ITEMS], items->count);
    poll->sub->last_sent = peer_now_ms();
}

static void put_end(struct poll *poll)
{
    struct peer_call *call = poll->call;
    struct peer_buf *out = &call->response->body;

    peer_reply_begin(call->peer, call->soap, URI_EVENTING "/SubscriptionEnd", out);
    peer_puts(out, "<e:SubscriptionEnd>");
    put_manager(call, poll->sub);
    peer_printf(out,
                "<e:Status>%s/SourceCancelling</e:Status><e:Reason xml:lang=\"en-US\">The "
                "subscription has ended.</e:Reason></e:SubscriptionEnd>",
                URI_EVENTING);
    peer_reply_end(call->peer, out);
    peer_reply_finish(call->peer, call->soap, call->response);
}

/* Nothing came: a fault says so, or an empty page. */
static enum peer_fault nothing(struct poll *poll)
{
    if (!poll->call->peer->config.empty_polls) {
        return FAULT_TIMED_OUT;
    }
    put_page(poll, URI_ENUMERATION "/PullResponse");
    return FAULT_NONE;
}

/* What there is now; @p done tells whether that answers the Pull. */
static enum peer_fault look(struct poll *poll, bool *done)
{
    struct peer_subscription *sub = poll->sub;
    enum peer_life life = peer_subscription_life(poll->call->peer, sub);
    uint64_t now = peer_now_ms();
    enum peer_fault fault;

    *done = true;
    if (peer_channel_is_cancelled(poll->channel)) {
        return peer_channel_fault(poll->channel, HEARD_CANCEL);
    }
    if (life == LIFE_GONE) {
        poll->call->why = "The subscription has ended.";
        return FAULT_CONTEXT;
    }
    if (life == LIFE_OVER) {
        put_end(poll);
        return FAULT_NONE;
    }
    fault = collect(poll);
    if (fault != FAULT_NONE || poll->writer.items->count > 0) {
        if (fault == FAULT_NONE) {
            put_page(poll, URI_ENUMERATION "/PullResponse");
        }
        return fault;
    }
    if (now >= poll->deadline) {
        return nothing(poll);
    }
    if (sub->heartbeat_ms != 0 && now >= sub->last_sent + sub->heartbeat_ms) {
        put_page(poll, ACT_HEARTBEAT);
        return FAULT_NONE;
    }
    *done = false;
    return FAULT_NONE;
}

static enum peer_fault wait_for_events(struct poll *poll, int bell)
{
    struct peer_subscription *sub = poll->sub;
    bool done;
    enum peer_fault fault = look(poll, &done);

    while (!done) {
        uint64_t now = peer_now_ms();
        uint64_t until = earlier(poll->deadline, sub->expires_at);

        if (sub->heartbeat_ms != 0) {
            until = earlier(until, sub->last_sent + sub->heartbeat_ms);
        }
        if (peer_bell_wait(poll->call->conn, bell, until > now ? until - now : 0) == WAKE_GONE) {
            poll->call->response->gone = true;
            return FAULT_NONE;
        }
        fault = look(poll, &done);
    }
    return fault;
}

enum peer_fault peer_subscription_pull(struct peer_call *call, struct peer_subscription *sub,
                                       uint64_t max_elements)
{
    struct peer_item_spec spec = {.mode = MODE_OBJECT};
    struct poll poll = {.call = call, .sub = sub, .max_elements = max_elements};
    struct peer_bell *bell = peer_events_bell(call->peer);
    int fd = -1;
    enum peer_fault fault = FAULT_NONE;

    if (!peer_ieq(sub->uri, call->soap->resource_uri)) {
        call->why = "The subscription belongs to another resource.";
        peer_subscription_let_go(call->peer, sub, false);
        return FAULT_CONTEXT;
    }
    spec.query = sub->query != NULL && sub->query->select_count > 0 ? sub->query : NULL;
    peer_item_writer_init(&poll.writer, &call->soap->view, &spec);
    call->soap->view.on_envelope = sub->cls;
    poll.deadline = poll_deadline(call);
    poll.channel = peer_channel_open(call);
    fd = peer_bell_join(bell);
    fault = fd < 0 ? FAULT_QUOTA : wait_for_events(&poll, fd);
    peer_bell_leave(bell, fd);
    peer_channel_close(poll.channel);
    peer_items_unref(poll.writer.items);
    peer_subscription_let_go(call->peer, sub, peer_subscription_life(call->peer, sub) != LIFE_OPEN);
    return fault;
}
