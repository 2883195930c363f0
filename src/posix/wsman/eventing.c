/* Subscribe, Unsubscribe, and what a subscription adds to an enumeration (DSP0226 10). */
#include <string.h>

#include "base/mem.h"
#include "common/datetime.h"
#include "wsman/copy_xml.h"
#include "wsman/dialogue.h"
#include "wsman/uris.h"

#define DELIVERY(name) "__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_" name

/* ---- taking the request ---- */

static bool copy_text(struct mic_exchange *exchange, const char *text, const char **out)
{
    *out = text == NULL ? NULL : mic_arena_strdup(&exchange->own, text);
    return text == NULL || *out != NULL;
}

static bool is_nothing(const MI_Datetime *value)
{
    return !value->isTimestamp && mic_interval_to_ms(&value->u.interval) == 0;
}

/* A length of time, or a point in it, as XML Schema writes them. Zero is none. */
static MI_Result take_time(struct mic_exchange *exchange, const struct mic_bag *delivery,
                           const char *name, const char *what, const char **out,
                           struct mic_err *err)
{
    char text[MIC_XS_TEXT_SIZE];
    MI_Value value;

    *out = NULL;
    if (mic_bag_get(delivery, name, MI_DATETIME, &value) != MI_RESULT_OK ||
        is_nothing(&value.datetime)) {
        return MI_RESULT_OK;
    }
    bool is_good = value.datetime.isTimestamp
                       ? mic_timestamp_to_xs(&value.datetime.u.timestamp, text, sizeof(text))
                       : mic_interval_to_xs(&value.datetime.u.interval, text, sizeof(text));
    if (!is_good) {
        return mic_err_set(err, MIC_E_ARGUMENT, "the %s has a field out of range", what);
    }
    return copy_text(exchange, text, out) ? MI_RESULT_OK : mic_item_no_memory(err);
}

static MI_Result take_bookmark(struct mic_exchange *exchange, const struct mic_bag *delivery,
                               struct mic_err *err)
{
    struct mic_subscription *subscription = exchange->subscription;
    const char *bookmark = mic_bag_string(delivery, DELIVERY("BOOKMARK"), NULL);

    subscription->wants_bookmarks = bookmark != NULL;
    if (bookmark == NULL || strcmp(bookmark, MI_SUBSCRIBE_BOOKMARK_NEWEST) == 0) {
        return MI_RESULT_OK;
    }
    subscription->from_oldest = strcmp(bookmark, MI_SUBSCRIBE_BOOKMARK_OLDEST) == 0;
    if (subscription->from_oldest) {
        return MI_RESULT_OK;
    }
    MI_Result result = mic_check_content(bookmark, "bookmark", err);
    if (result != MI_RESULT_OK) {
        return result;
    }
    mic_buf_append_text(&subscription->bookmark, bookmark); /* holds until the first page is used */
    return copy_text(exchange, bookmark, &subscription->bookmark_asked) &&
                   !subscription->bookmark.failed
               ? MI_RESULT_OK
               : mic_item_no_memory(err);
}

static MI_Result take_delivery(struct mic_exchange *exchange, const struct mic_bag *delivery,
                               struct mic_err *err)
{
    struct mic_subscription *subscription = exchange->subscription;

    if (delivery == NULL) {
        return MI_RESULT_OK;
    }
    subscription->latency_ms = mic_bag_interval_ms(delivery, DELIVERY("MAXIMUM_LATENCY"), 0);
    MI_Result result = take_time(exchange, delivery, DELIVERY("HEARTBEAT_INTERVAL"),
                                 "heartbeat interval", &subscription->heartbeat, err);
    if (result == MI_RESULT_OK) {
        result = take_time(exchange, delivery, DELIVERY("EXPIRATION_TIME"), "expiration time",
                           &subscription->expires, err);
    }
    return result == MI_RESULT_OK ? take_bookmark(exchange, delivery, err) : result;
}

static void init(struct mic_exchange *exchange, struct mic_subscription *subscription)
{
    unsigned long long ms = exchange->timeout_ms;

    subscription->is_bounded = ms > 0;
    subscription->poll_ms = ms > 0 && ms < MIC_POLL_MS ? ms : MIC_POLL_MS;
    mic_buf_init(&subscription->manager_uri);
    mic_buf_init(&subscription->selectors);
    mic_buf_init(&subscription->parameters);
    mic_buf_init(&subscription->bookmark);
    mic_buf_init(&subscription->page_bookmark);
    mic_buf_init(&subscription->machine_id);
}

MI_Result mic_subscribe_take(struct mic_exchange *exchange, const struct mic_request *request,
                             struct mic_err *err)
{
    const struct mic_bag *delivery = request->delivery;

    if (delivery != NULL && delivery->delivery_type == MI_SubscriptionDeliveryType_Push) {
        return mic_err_set(err, MIC_E_NOT_SUPPORTED,
                           "push delivery is not available here, where the server would have to "
                           "connect to this process: ask for MI_SubscriptionDeliveryType_Pull");
    }
    MI_Result result = mic_query_take(exchange, request, err);
    if (result != MI_RESULT_OK) {
        return result;
    }
    exchange->subscription = mic_calloc(1, sizeof(*exchange->subscription));
    if (exchange->subscription == NULL) {
        return mic_item_no_memory(err);
    }
    init(exchange, exchange->subscription);
    return take_delivery(exchange, delivery, err);
}

void mic_subscription_free(struct mic_subscription *subscription)
{
    if (subscription == NULL) {
        return;
    }
    mic_buf_fini(&subscription->manager_uri);
    mic_buf_fini(&subscription->selectors);
    mic_buf_fini(&subscription->parameters);
    mic_buf_fini(&subscription->bookmark);
    mic_buf_fini(&subscription->page_bookmark);
    mic_buf_fini(&subscription->machine_id);
    mic_free(subscription);
}

/* ---- requests ---- */

static void write_raw(struct mic_xml_writer *writer, struct mic_str xml)
{
    mic_xml_text(writer, MIC_STR("")); /* ends the start tag */
    mic_buf_append_str(writer->out, xml);
}

static struct mic_str bytes_of(const struct mic_buf *buf)
{
    return (struct mic_str){buf->data, buf->size};
}

static void write_bookmark(const struct mic_subscription *subscription,
                           struct mic_xml_writer *writer)
{
    if (!subscription->wants_bookmarks) {
        return;
    }
    mic_xml_open(writer, MIC_XN_W_SEND_BOOKMARKS);
    mic_xml_close(writer, MIC_XN_W_SEND_BOOKMARKS);
    if (subscription->from_oldest) {
        mic_xml_leaf(writer, MIC_XN_W_BOOKMARK, MIC_STR(MIC_URI_WSMAN "bookmark/earliest"));
    } else if (subscription->bookmark_asked != NULL) {
        mic_xml_open(writer, MIC_XN_W_BOOKMARK);
        write_raw(writer, mic_str_from(subscription->bookmark_asked));
        mic_xml_close(writer, MIC_XN_W_BOOKMARK);
    }
}

/* Delivery comes first: OMI reads it so. */
MI_Result mic_subscribe_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                              struct mic_err *err)
{
    const struct mic_subscription *subscription = exchange->subscription;

    mic_xml_open(writer, MIC_XN_E_SUBSCRIBE);
    mic_xml_declare(writer, MIC_XNS_E);
    mic_xml_open(writer, MIC_XN_E_DELIVERY);
    mic_xml_attr_name(writer, "", MIC_STR("Mode"), MIC_STR(MIC_URI_WSMAN "Pull"));
    if (subscription->heartbeat != NULL) {
        mic_xml_leaf(writer, MIC_XN_W_HEARTBEATS, mic_str_from(subscription->heartbeat));
    }
    mic_xml_close(writer, MIC_XN_E_DELIVERY);
    if (subscription->expires != NULL) {
        mic_xml_leaf(writer, MIC_XN_E_EXPIRES, mic_str_from(subscription->expires));
    }
    MI_Result result = mic_query_write_filter(exchange, writer, err);
    write_bookmark(subscription, writer);
    mic_xml_close(writer, MIC_XN_E_SUBSCRIBE);
    return result;
}

/* To what the server named as the subscription's manager (WS-Addressing 2.3: its reference
 * parameters become headers). */
void mic_unsubscribe_headers(struct mic_exchange *exchange, const char *action, const char *id,
                             struct mic_xml_writer *writer)
{
    struct mic_subscription *subscription = exchange->subscription;
    struct mic_buf uri;

    mic_buf_init(&uri);
    if (subscription->manager_uri.size > 0) {
        mic_buf_append_str(&uri, bytes_of(&subscription->manager_uri));
    } else {
        mic_exchange_uri(exchange, &uri);
    }
    mic_envelope_address(exchange, mic_buf_text(&uri), action, id, writer);
    if (uri.failed) {
        writer->out->failed = true;
    }
    mic_buf_fini(&uri);
    if (subscription->selectors.size > 0) {
        mic_xml_open(writer, MIC_XN_W_SELECTOR_SET);
        write_raw(writer, bytes_of(&subscription->selectors));
        mic_xml_close(writer, MIC_XN_W_SELECTOR_SET);
    }
    write_raw(writer, bytes_of(&subscription->parameters));
}

MI_Result mic_unsubscribe_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                                struct mic_err *err)
{
    (void)exchange, (void)err;
    mic_xml_open(writer, MIC_XN_E_UNSUBSCRIBE);
    mic_xml_declare(writer, MIC_XNS_E);
    mic_xml_close(writer, MIC_XN_E_UNSUBSCRIBE);
    return MI_RESULT_OK;
}

/* ---- replies ---- */

/* What is kept must fit into a request. */
static MI_Result too_long(const struct mic_exchange *exchange, const char *what,
                          struct mic_err *err)
{
    return mic_err_set(err, MIC_E_ENVELOPE_SIZE,
                       "the subscription's %s is longer than the %lu bytes that MaxEnvelopeSize "
                       "allows",
                       what, (unsigned long)exchange->session->max_envelope_size);
}

static bool take_selectors(const struct mic_exchange *exchange, struct mic_xml_writer *writer,
                           const struct mic_xml_cursor *set)
{
    struct mic_xml_cursor at = mic_xml_enter(set);
    struct mic_str name;
    bool fits = true;

    for (; fits && mic_xml_at(&at); mic_xml_skip(&at)) {
        if (mic_xml_token(&at) == MIC_XN_W_SELECTOR &&
            mic_xml_attribute(&at, MIC_XN_ATTR_NAME, &name)) {
            mic_xml_open(writer, MIC_XN_W_SELECTOR);
            mic_xml_attr(writer, MIC_XN_ATTR_NAME, name);
            fits = mic_copy_content(writer, &at, exchange->session->max_envelope_size);
            mic_xml_close(writer, MIC_XN_W_SELECTOR);
        }
    }
    return fits;
}

static bool take_parameters(const struct mic_exchange *exchange,
                            const struct mic_xml_cursor *parameters)
{
    struct mic_subscription *subscription = exchange->subscription;
    struct mic_xml_cursor at = mic_xml_enter(parameters);
    struct mic_xml_writer selectors, others;
    bool fits = true;

    mic_xml_writer_init(&selectors, &subscription->selectors);
    mic_xml_writer_init(&others, &subscription->parameters);
    for (; fits && mic_xml_at(&at); mic_xml_skip(&at)) {
        switch ((int)mic_xml_token(&at)) {
        case MIC_XN_W_RESOURCE_URI:
            mic_buf_clear(&subscription->manager_uri);
            mic_buf_append_str(&subscription->manager_uri, mic_str_trim(mic_xml_value(&at)));
            break;
        case MIC_XN_W_SELECTOR_SET:
            fits = take_selectors(exchange, &selectors, &at);
            break;
        default:
            fits = mic_copy_element(&others, &at, exchange->session->max_envelope_size);
            break;
        }
    }
    return fits;
}

/* @return false when it is too long to be kept: nothing of it is */
static bool take_manager(struct mic_exchange *exchange, const struct mic_xml_cursor *manager)
{
    struct mic_xml_cursor at = *manager, parameters;
    bool fits = true;

    if (mic_xml_child(manager, MIC_XN_A_ENDPOINT_REFERENCE, &at)) {
        return take_manager(exchange, &at);
    }
    if (mic_xml_child(&at, MIC_XN_A_REFERENCE_PROPERTIES, &parameters)) {
        fits = take_parameters(exchange, &parameters);
    }
    if (fits && mic_xml_child(&at, MIC_XN_A_REFERENCE_PARAMETERS, &parameters)) {
        fits = take_parameters(exchange, &parameters);
    }
    if (!fits) {
        mic_buf_clear(&exchange->subscription->selectors);
        mic_buf_clear(&exchange->subscription->parameters);
    }
    return fits;
}

static unsigned long long length_of(struct mic_str text)
{
    MI_Datetime value;

    text = mic_str_trim(text);
    return mic_interval_from_xs(text.data, text.size, &value)
               ? mic_interval_to_ms(&value.u.interval)
               : 0;
}

static MI_Result take_response(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                               struct mic_err *err)
{
    struct mic_subscription *subscription = exchange->subscription;
    struct mic_xml_cursor part;

    exchange->reply.has_answer = true;
    subscription->is_known = true;
    if (mic_xml_child(element, MIC_XN_E_SUBSCRIPTION_MANAGER, &part) &&
        !take_manager(exchange, &part)) {
        return too_long(exchange, "manager", err);
    }
    if (mic_xml_child(element, MIC_XN_E_EXPIRES, &part)) {
        subscription->granted_ms = length_of(mic_xml_value(&part));
    }
    if (mic_xml_child(element, MIC_XN_N_ENUMERATION_CONTEXT, &part)) {
        mic_buf_clear(&exchange->context);
        mic_buf_append_str(&exchange->context, mic_xml_value(&part));
    }
    if (exchange->context.failed || subscription->manager_uri.failed ||
        subscription->selectors.failed || subscription->parameters.failed) {
        return mic_item_no_memory(err);
    }
    if (exchange->context.size == 0) {
        return mic_err_set(err, MIC_E_PROTOCOL,
                           "the server accepted the subscription but named no context to pull "
                           "indications from");
    }
    return MI_RESULT_OK;
}

/* WS-Eventing 2.4: the server ends it before its time. */
static MI_Result take_end(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                          struct mic_err *err)
{
    char status[128] = "no status told", reason[512] = "";
    struct mic_xml_cursor part;

    exchange->end_seen = true; /* there is nothing left to unsubscribe from */
    if (mic_xml_child(element, MIC_XN_E_STATUS, &part)) {
        struct mic_str text = mic_str_trim(mic_xml_value(&part));
        const char *slash = text.size > 0 ? memrchr(text.data, '/', text.size) : NULL;
        if (slash != NULL) {
            text.size -= (size_t)(slash + 1 - text.data);
            text.data = slash + 1;
        }
        mic_err_quote(text, status, sizeof(status));
    }
    if (mic_xml_child(element, MIC_XN_E_REASON, &part)) {
        mic_err_quote(mic_str_trim(mic_xml_value(&part)), reason, sizeof(reason));
    }
    return mic_err_set(err, MIC_E_FAULT, "the server has ended the subscription (%s)%s%s", status,
                       reason[0] != '\0' ? ": " : "", reason);
}

MI_Result mic_subscribe_answer(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                               struct mic_err *err)
{
    switch ((int)mic_xml_token(element)) {
    case MIC_XN_E_SUBSCRIBE_RESPONSE:
        return take_response(exchange, element, err);
    case MIC_XN_E_SUBSCRIPTION_END:
        return take_end(exchange, element, err);
    default:
        return MI_RESULT_OK;
    }
}

MI_Result mic_subscribe_read(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                             struct mic_err *err)
{
    if (mic_xml_token(element) == MIC_XN_E_SUBSCRIPTION_END) {
        return take_end(exchange, element, err);
    }
    if (mic_xml_name(element)->ns == MIC_XNS_W &&
        mic_str_equal(mic_xml_local(element), MIC_STR("Heartbeat"))) {
        return MI_RESULT_OK;
    }
    return mic_enumerate_read(exchange, element, err);
}

MI_Result mic_subscription_header(struct mic_exchange *exchange,
                                  const struct mic_xml_cursor *element, struct mic_err *err)
{
    struct mic_subscription *subscription = exchange->subscription;
    enum mic_xml_token token = mic_xml_token(element);
    struct mic_xml_writer writer;

    if (token == MIC_XN_W_BOOKMARK) {
        mic_buf_clear(&subscription->page_bookmark);
        mic_xml_writer_init(&writer, &subscription->page_bookmark);
        if (!mic_copy_content(&writer, element, exchange->session->max_envelope_size)) {
            return too_long(exchange, "bookmark", err);
        }
        subscription->has_page_bookmark = true;
    } else if (token == MIC_XN_M_MACHINE_ID) {
        mic_buf_clear(&subscription->machine_id);
        mic_buf_append_str(&subscription->machine_id, mic_str_trim(mic_xml_value(element)));
    } else if (token == MIC_XN_A_ACTION &&
               mic_str_ends_with(mic_str_trim(mic_xml_value(element)), MIC_STR("/Heartbeat"))) {
        exchange->reply.has_answer = true; /* nothing happens, and that is what it says */
    }
    return mic_buf_reserve(&subscription->page_bookmark, 1) &&
                   mic_buf_reserve(&subscription->machine_id, 1)
               ? MI_RESULT_OK
               : mic_item_no_memory(err);
}

void mic_subscription_end_page(struct mic_exchange *exchange)
{
    struct mic_subscription *subscription = exchange->subscription;

    if (subscription->has_page_bookmark) {
        mic_buf_swap(&subscription->bookmark, &subscription->page_bookmark);
        subscription->has_page_bookmark = false;
    }
}

/* A page has one bookmark, which stands behind all of it: an indication that has others behind it
 * in its page gets the one before, so that who resumes there meets some twice and misses none. */
void mic_subscription_give(struct mic_exchange *exchange, struct mic_item *item)
{
    struct mic_subscription *subscription = exchange->subscription;

    exchange->has_brought = true;
    if (mic_xml_reader_closes_next(exchange->reader)) {
        mic_subscription_end_page(exchange);
    }
    item->bookmark = subscription->bookmark.size > 0 ? mic_buf_text(&subscription->bookmark) : NULL;
    item->machine_id =
        subscription->machine_id.size > 0 ? mic_buf_text(&subscription->machine_id) : NULL;
}
