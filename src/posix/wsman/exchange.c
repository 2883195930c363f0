#include "wsman/exchange.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "wsman/dialogue.h"
#include "xml/xml_pool.h"

static const struct mic_xml_container containers[] = {
    {MIC_XN_S_ENVELOPE, MIC_XN_UNKNOWN},      {MIC_XN_S_HEADER, MIC_XN_S_ENVELOPE},
    {MIC_XN_S_BODY, MIC_XN_S_ENVELOPE},       {MIC_XN_N_ENUMERATE_RESPONSE, MIC_XN_S_BODY},
    {MIC_XN_N_PULL_RESPONSE, MIC_XN_S_BODY},  {MIC_XN_N_ITEMS, MIC_XN_N_ENUMERATE_RESPONSE},
    {MIC_XN_N_ITEMS, MIC_XN_N_PULL_RESPONSE},
};

/* A reply may hold keep-alives before its answer: this many envelopes of the largest size. */
#define REPLY_ENVELOPES_MAX 64

/* ---- making one ---- */

static void init(struct mic_exchange *exchange, const struct mic_request *request,
                 struct mic_wsman_session *session)
{
    exchange->row = &mic_verb_rows[request->verb];
    exchange->verb = request->verb;
    exchange->state = exchange->row->prepare != NULL ? MIC_STATE_PREPARE : MIC_STATE_SEND;
    exchange->session = session;
    exchange->flags = request->flags;
    exchange->keys_only = request->keys_only;
    exchange->max_elements = session->max_elements > 0 ? session->max_elements : 32000;
    exchange->timeout_ms = mic_bag_interval_ms(request->options, "__MI_OPERATIONOPTIONS_TIMEOUT",
                                               session->operation_timeout_ms);
    exchange->without_operation_id = session->refuses_operation_id;
    exchange->objects_only = session->refuses_object_and_epr && !request->keys_only;
    mic_arena_init(&exchange->own, 1024);
    mic_arena_init(&exchange->item_arena, 8192);
    mic_buf_init(&exchange->keys);
    mic_buf_init(&exchange->callbacks);
    mic_buf_init(&exchange->options);
    mic_buf_init(&exchange->pending);
    mic_buf_init(&exchange->context);
    mic_class_table_init(&exchange->classes);
    mic_instance_reader_init(&exchange->instances, &exchange->classes);
    exchange->instances.only_strings = (request->flags & MI_OPERATIONFLAGS_NO_RTTI) != 0;
    mic_interactive_init(&exchange->interactive, request);
    mic_err_init(&exchange->err);
}

struct mic_exchange *mic_exchange_new(const struct mic_request *request,
                                      struct mic_wsman_session *session, struct mic_err *err)
{
    struct mic_exchange *exchange = mic_calloc(1, sizeof(*exchange));
    if (exchange == NULL) {
        mic_item_no_memory(err);
        return NULL;
    }
    init(exchange, request, session);
    if (mic_request_take(exchange, request, err) != MI_RESULT_OK) {
        mic_exchange_free(exchange);
        return NULL;
    }
    exchange->down_level = session->is_downlevel && mic_exchange_has_two_families(exchange);
    return exchange;
}

struct mic_xml_pool *mic_exchange_pool_new(void)
{
    return mic_xml_pool_new();
}

void mic_exchange_pool_free(struct mic_xml_pool *pool)
{
    mic_xml_pool_free(pool);
}

void mic_exchange_free(struct mic_exchange *exchange)
{
    if (exchange == NULL) {
        return;
    }
    mic_xml_pool_release(exchange->session->readers, exchange->reader);
    mic_instance_reader_fini(&exchange->instances);
    mic_class_table_fini(&exchange->classes);
    mic_class_unref(exchange->item_class);
    mic_instance_delete(exchange->error_instance);
    mic_subscription_free(exchange->subscription);
    mic_instance_delete(exchange->instance);
    mic_instance_delete(exchange->parameters);
    mic_arena_fini(&exchange->item_arena);
    mic_arena_fini(&exchange->own);
    mic_buf_fini(&exchange->keys);
    mic_buf_fini(&exchange->callbacks);
    mic_buf_fini(&exchange->options);
    mic_buf_fini(&exchange->pending);
    mic_buf_fini(&exchange->context);
    mic_free(exchange);
}

/* ---- requests ---- */

MI_Result mic_exchange_write(struct mic_exchange *exchange, struct mic_buf *out,
                             struct mic_err *err)
{
    bool is_pull = exchange->context.size > 0;

    exchange->is_ahead = exchange->state != MIC_STATE_SEND;
    exchange->last_message = is_pull ? MIC_MESSAGE_PULL : MIC_MESSAGE_FIRST;
    size_t before = out->size;
    MI_Result result = mic_envelope_write(exchange, exchange->last_message, out, err);
    exchange->request_size = out->size - before;
    if (result != MI_RESULT_OK) {
        exchange->err = *err;
        exchange->state = MIC_STATE_FAILED;
        return result;
    }
    if (!exchange->is_ahead) {
        exchange->state = MIC_STATE_READ;
        exchange->interactive.sequence = 1;
        memset(&exchange->reply, 0, sizeof(exchange->reply));
    }
    return MI_RESULT_OK;
}

/* Windows' own form of a context. Windows gives one only when more follows, and before the items;
 * others also with the last page. */
static bool promises_more(const struct mic_exchange *exchange)
{
    return mic_str_starts_with((struct mic_str){exchange->context.data, exchange->context.size},
                               MIC_STR("uuid:"));
}

bool mic_exchange_can_send_ahead(const struct mic_exchange *exchange)
{
    const struct mic_reply *reply = &exchange->reply;

    if (!exchange->row->is_paged || exchange->row->is_subscription || exchange->is_ahead ||
        !exchange->context_is_new || exchange->end_seen || !reply->has_answer ||
        reply->is_retried || (exchange->was_empty && !exchange->has_brought) ||
        (reply->has_ended ? reply->tail_ends : !promises_more(exchange))) {
        return false;
    }
    return exchange->state == MIC_STATE_READ || exchange->state == MIC_STATE_CLASS ||
           exchange->state == MIC_STATE_ITEM;
}

bool mic_exchange_may_resend(const struct mic_exchange *exchange)
{
    return exchange->last_message == MIC_MESSAGE_FIRST && exchange->row->may_resend;
}

/* Within a subscription no answer but an indication counts as progress when the application has
 * said how long it waits for one. */
bool mic_exchange_is_put_off(const struct mic_exchange *exchange)
{
    return exchange->subscription != NULL
               ? exchange->subscription->is_known && exchange->subscription->is_bounded
               : exchange->is_put_off;
}

bool mic_exchange_awaits_grant(const struct mic_exchange *exchange)
{
    return exchange->row->is_subscription && !exchange->subscription->is_known &&
           exchange->state == MIC_STATE_READ;
}

bool mic_exchange_brought_nothing(const struct mic_exchange *exchange)
{
    return exchange->state == MIC_STATE_SEND && exchange->last_message == MIC_MESSAGE_PULL &&
           !exchange->has_brought;
}

bool mic_exchange_has_expired(const struct mic_exchange *exchange, unsigned long long after_ms)
{
    return exchange->row->is_subscription && exchange->subscription->granted_ms > 0 &&
           exchange->end_seen && after_ms >= exchange->subscription->granted_ms;
}

bool mic_exchange_is_pull(const struct mic_exchange *exchange)
{
    return exchange->last_message == MIC_MESSAGE_PULL;
}

bool mic_exchange_is_long_poll(const struct mic_exchange *exchange)
{
    return exchange->row->is_subscription && exchange->last_message == MIC_MESSAGE_PULL;
}

bool mic_exchange_write_release(struct mic_exchange *exchange, struct mic_buf *out)
{
    bool is_subscription = exchange->row->is_subscription;
    struct mic_err err;

    if (!exchange->row->is_paged || exchange->end_seen ||
        (is_subscription ? !exchange->subscription->is_known : exchange->context.size == 0)) {
        return false;
    }
    mic_err_init(&err);
    return mic_envelope_write(exchange,
                              is_subscription ? MIC_MESSAGE_UNSUBSCRIBE : MIC_MESSAGE_RELEASE, out,
                              &err) == MI_RESULT_OK;
}

/* ---- bytes ---- */

static bool has_text(const char *text, const char *part)
{
    size_t size = strlen(part), length = strlen(text);

    for (size_t i = 0; i + size <= length; i++) {
        if (mic_str_equal_nocase((struct mic_str){text + i, size}, (struct mic_str){part, size})) {
            return true;
        }
    }
    return false;
}

static enum mic_xml_encoding take_content_type(struct mic_reply *reply, const char *content_type)
{
    static const char usual[] = "application/soap+xml;charset=UTF-8";

    if (strcmp(content_type, usual) == 0) {
        memcpy(reply->content_type, usual, sizeof(usual));
        return MIC_XML_UTF8;
    }
    mic_err_quote(mic_str_trim(mic_str_from(content_type)), reply->content_type,
                  sizeof(reply->content_type));
    reply->is_opaque = reply->content_type[0] != '\0' && !has_text(reply->content_type, "xml") &&
                       !has_text(reply->content_type, "multipart");
    if (has_text(reply->content_type, "utf-16be")) {
        return MIC_XML_UTF16BE;
    }
    return has_text(reply->content_type, "utf-16") ? MIC_XML_UTF16LE : MIC_XML_UTF8;
}

void mic_exchange_reply(struct mic_exchange *exchange, unsigned http_status,
                        const char *content_type)
{
    struct mic_reply *reply = &exchange->reply;
    enum mic_xml_encoding encoding = MIC_XML_UTF8;

    memset(reply, 0, sizeof(*reply));
    reply->request_size = exchange->request_size;
    exchange->was_empty = exchange->last_message == MIC_MESSAGE_PULL && !exchange->has_brought;
    exchange->has_brought = false;
    exchange->has_element = false; /* one stood beside a fault that was no end */
    if (exchange->is_ahead) {
        memcpy(exchange->message_id[0], exchange->message_id[1], MIC_UUID_TEXT_SIZE);
        exchange->is_ahead = false;
        exchange->interactive.sequence = 1;
    }
    exchange->instances.is_precise = false;
    reply->has_begun = true;
    reply->status = http_status;
    if (content_type != NULL) {
        encoding = take_content_type(reply, content_type);
    }
    mic_buf_clear(&exchange->pending);
    exchange->pending_at = 0;
    /* Only now, so that one that waits for its server costs little. */
    if (exchange->reader == NULL) {
        exchange->reader =
            mic_xml_pool_acquire(exchange->session->readers, containers, MIC_COUNT(containers));
    }
    if (exchange->reader == NULL) {
        mic_item_no_memory(&exchange->err);
        exchange->state = MIC_STATE_FAILED;
        return;
    }
    unsigned generation =
        mic_xml_reader_reset(exchange->reader, exchange->session->max_envelope_size, encoding);
    if (generation != exchange->generation) {
        exchange->generation = generation;
        mic_class_table_forget_names(&exchange->classes);
        mic_instance_reader_forget_names(&exchange->instances);
    }
}

static void keep_start(struct mic_reply *reply, const char *bytes, size_t size)
{
    size_t room = sizeof(reply->start) - reply->start_size;
    size_t more = size < room ? size : room;

    if (more > 0) {
        memcpy(reply->start + reply->start_size, bytes, more);
        reply->start_size += more;
    }
}

void mic_exchange_feed(struct mic_exchange *exchange, const char *bytes, size_t size)
{
    struct mic_reply *reply = &exchange->reply;

    if (size == 0 || exchange->state == MIC_STATE_DONE || exchange->state == MIC_STATE_FAILED) {
        return;
    }
    keep_start(reply, bytes, size);
    reply->size += size;
    if (reply->is_opaque || reply->is_complete) {
        return;
    }
    /* The usual case: the taker waits for exactly these bytes. */
    if (exchange->state == MIC_STATE_READ && exchange->pending.size == 0 &&
        mic_xml_reader_is_idle(exchange->reader)) {
        size_t piece = size < MIC_XML_PIECE_MAX ? size : MIC_XML_PIECE_MAX;
        mic_xml_reader_push(exchange->reader, bytes, piece);
        bytes += piece;
        size -= piece;
    }
    mic_buf_append(&exchange->pending, bytes, size);
}

/* Does the rest of the page, not parsed yet, say that it is the last, or change the context? A
 * wrong yes costs the Pull ahead, a wrong no one useless Pull. */
static bool tail_ends(const struct mic_exchange *exchange)
{
    static const char *const marks[] = {"EndOfSequence", "EnumerationContext", "Fault"};
    const char *begin = exchange->pending.data;
    size_t size = exchange->pending.size, at = exchange->pending_at;
    size_t window = size - at < 2048 ? at : size - 2048;

    if (size == at) {
        return mic_xml_reader_queue_has(exchange->reader, MIC_XN_N_END_OF_SEQUENCE) ||
               mic_xml_reader_queue_has(exchange->reader, MIC_XN_N_ENUMERATION_CONTEXT) ||
               !mic_xml_reader_root_ended(exchange->reader);
    }
    for (size_t i = 0; i < MIC_COUNT(marks); i++) {
        if (memmem(begin + window, size - window, marks[i], strlen(marks[i])) != NULL) {
            return true;
        }
    }
    return memmem(begin + window, size - window, "Envelope>", 9) == NULL;
}

void mic_exchange_feed_end(struct mic_exchange *exchange)
{
    if (exchange->reader == NULL) {
        return;
    }
    exchange->reply.has_ended = true;
    exchange->reply.tail_ends = exchange->row->is_paged && tail_ends(exchange);
}

/* ---- what a reply says ---- */

static enum mic_step fail(struct mic_exchange *exchange, const struct mic_err *err)
{
    if (&exchange->err != err) {
        exchange->err = *err;
    }
    exchange->state = MIC_STATE_FAILED;
    return MIC_STEP_FAILED;
}

static bool ends_with(struct mic_str text, const char *suffix)
{
    return mic_str_ends_with(text, mic_str_from(suffix));
}

static MI_Result check_relates_to(struct mic_exchange *exchange, struct mic_str text,
                                  struct mic_err *err)
{
    struct mic_str id = mic_str_trim(text);
    const char *own = exchange->message_id[0];

    if (id.size == 0 || own[0] == '\0') {
        return MI_RESULT_OK;
    }
    if (id.size > 5 && mic_str_equal_nocase((struct mic_str){id.data, 5}, MIC_STR("uuid:"))) {
        id.data += 5;
        id.size -= 5;
    }
    if (mic_str_equal_nocase(id, mic_str_from(own))) {
        return MI_RESULT_OK;
    }
    char quoted[80];
    mic_err_quote(id, quoted, sizeof(quoted));
    return mic_err_set(err, MIC_E_PROTOCOL,
                       "the reply answers message %s, but the request was message %s", quoted, own);
}

static MI_Result take_header(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                             struct mic_err *err)
{
    enum mic_xml_token token = mic_xml_token(element);

    if (token == MIC_XN_P_OPERATION_ID) {
        /* Who knows this header (Windows 8 on) honours UsePreciseArrays too. */
        exchange->instances.is_precise = true;
    }
    if (token == MIC_XN_A_RELATES_TO) {
        return check_relates_to(exchange, mic_xml_value(element), err);
    }
    if (token == MIC_XN_A_ACTION) {
        struct mic_str action = mic_str_trim(mic_xml_value(element));
        exchange->reply.is_interim = ends_with(action, "/Keepalive") ||
                                     ends_with(action, "/KeepAlive") ||
                                     ends_with(action, "/AcknowledgeRequest");
    }
    mic_interactive_header(exchange, element);
    return exchange->subscription != NULL ? mic_subscription_header(exchange, element, err)
                                          : MI_RESULT_OK;
}

/* Limits of either side that an option moves. */
static void add_limit(const struct mic_exchange *exchange, struct mic_err *err)
{
    size_t used = strlen(err->message);

    if (err->result != MI_RESULT_SERVER_LIMITS_EXCEEDED ||
        err->category != MI_ERRORCATEGORY_LIMITS_EXCEEDED) {
        return;
    }
    (void)snprintf(err->message + used, sizeof(err->message) - used,
                   " (MaxEnvelopeSize of this session: %lu bytes)",
                   (unsigned long)exchange->session->max_envelope_size);
    mic_err_remedy(err, "Raise the limit with MI_DestinationOptions_SetMaxEnvelopeSize (in KB) and "
                        "on the server (Windows: MaxEnvelopeSizekb), or ask for less.");
}

/* A server that keeps no declarations does not know their URI, whatever the class is called. */
static void refine(const struct mic_exchange *exchange, struct mic_fault *fault)
{
    if (exchange->row->resource == MIC_RESOURCE_CIM_XML && !fault->has_status &&
        fault->err.result == MI_RESULT_INVALID_CLASS) {
        fault->err.result = MI_RESULT_NOT_SUPPORTED;
        fault->err.category = MI_ERRORCATEGORY_NOT_IMPLEMENTED;
        mic_err_remedy(&fault->err, "This server gives no class declarations; instances come "
                                    "without them, as strings.");
    }
    add_limit(exchange, &fault->err);
}

static MI_Result take_fault(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                            struct mic_err *err)
{
    struct mic_fault fault;
    MI_Result result = mic_fault_read(element, &exchange->instances, exchange->name_space,
                                      exchange->keys.size > 0, &fault, err);

    if (result != MI_RESULT_OK) {
        return result;
    }
    exchange->reply.has_answer = true;
    if (mic_exchange_retries(exchange, &fault)) {
        exchange->reply.is_retried = true;
        mic_instance_delete(fault.instance);
        return MI_RESULT_OK;
    }
    mic_instance_delete(exchange->error_instance);
    exchange->error_instance = fault.instance;
    /* Nothing to release after a fault; a subscription goes on without its subscriber. */
    exchange->end_seen = !exchange->row->is_subscription ||
                         fault.err.result == MI_RESULT_INVALID_ENUMERATION_CONTEXT;
    refine(exchange, &fault);
    *err = fault.err;
    return fault.err.result;
}

static MI_Result take_context(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                              struct mic_err *err)
{
    mic_buf_clear(&exchange->context);
    mic_buf_append_str(&exchange->context, mic_xml_value(element));
    exchange->context_is_new = exchange->context.size > 0;
    return exchange->context.failed ? mic_item_no_memory(err) : MI_RESULT_OK;
}

static MI_Result read_element(struct mic_exchange *exchange, struct mic_err *err)
{
    mic_arena_reset(&exchange->item_arena);
    exchange->item = NULL;
    mic_class_unref(exchange->item_class);
    exchange->item_class = NULL;
    exchange->wanted_class = NULL;
    return exchange->row->read_item(exchange, &exchange->element, err);
}

/* Try to make the item that waits; what is missing decides the next state. */
static MI_Result make_item(struct mic_exchange *exchange, struct mic_err *err)
{
    MI_Result result = read_element(exchange, err);

    if (result != MI_RESULT_OK) {
        return result;
    }
    if (exchange->wanted_class != NULL) {
        exchange->state = MIC_STATE_CLASS;
        return MI_RESULT_OK;
    }
    exchange->has_element = false;
    if (exchange->state == MIC_STATE_EVENT) { /* it was something else than an item */
        return MI_RESULT_OK;
    }
    exchange->state =
        exchange->item != NULL || exchange->item_class != NULL ? MIC_STATE_ITEM : MIC_STATE_READ;
    return MI_RESULT_OK;
}

static MI_Result take_body(struct mic_exchange *exchange, const struct mic_xml_unit *unit,
                           struct mic_err *err)
{
    enum mic_xml_token token = mic_xml_token(&unit->cursor);

    if (token == MIC_XN_S_FAULT) {
        return take_fault(exchange, &unit->cursor, err);
    }
    if (token == MIC_XN_I_INTERACTIVE_EVENT) {
        return mic_interactive_take(exchange, &unit->cursor, err);
    }
    if (exchange->row->take_answer != NULL) {
        return exchange->row->take_answer(exchange, &unit->cursor, err);
    }
    if (exchange->row->is_paged || exchange->reply.is_interim || exchange->reply.has_answer) {
        return MI_RESULT_OK;
    }
    /* The one result: kept until its envelope has ended well, so that it is known to be the last.
     */
    exchange->reply.has_answer = true;
    exchange->element = unit->cursor;
    exchange->has_element = true;
    mic_xml_reader_hold(exchange->reader, true);
    return MI_RESULT_OK;
}

static MI_Result take_unit(struct mic_exchange *exchange, const struct mic_xml_unit *unit,
                           struct mic_err *err)
{
    enum mic_xml_token token = mic_xml_token(&unit->cursor);

    switch ((int)unit->container) {
    case MIC_XN_S_HEADER:
        return take_header(exchange, &unit->cursor, err);
    case MIC_XN_S_BODY:
        return take_body(exchange, unit, err);
    case MIC_XN_N_ENUMERATE_RESPONSE:
    case MIC_XN_N_PULL_RESPONSE:
        if (token == MIC_XN_N_ENUMERATION_CONTEXT) {
            return take_context(exchange, &unit->cursor, err);
        }
        exchange->end_seen |= token == MIC_XN_N_END_OF_SEQUENCE;
        return MI_RESULT_OK;
    case MIC_XN_N_ITEMS:
        exchange->has_brought |= !exchange->row->is_subscription;
        exchange->element = unit->cursor;
        return make_item(exchange, err);
    default:
        return MI_RESULT_OK;
    }
}

/* A page begins. The context before is good for a Release only, until the page tells its own. */
static void open_page(struct mic_exchange *exchange)
{
    exchange->reply.has_answer = true;
    exchange->context_is_new = false;
    exchange->is_put_off = false;
}

static bool status_is_good(const struct mic_reply *reply)
{
    return reply->status == 0 || (reply->status >= 200 && reply->status < 300);
}

static MI_Result end_envelope(struct mic_exchange *exchange, struct mic_err *err)
{
    struct mic_reply *reply = &exchange->reply;

    /* The reader keeps all that follows the answer: nothing may, or it would have no bound. */
    if (reply->is_interim && exchange->has_element) {
        return mic_err_set(err, MIC_E_PROTOCOL,
                           "the reply's answer stands in an envelope that is no answer");
    }
    if (reply->is_interim) {
        reply->is_interim = false;
        exchange->interactive.is_to_acknowledge |= exchange->interactive.seeks_acknowledge;
        return MI_RESULT_OK;
    }
    if (exchange->row->may_be_empty && status_is_good(reply)) {
        reply->has_answer = true;
    }
    if (!reply->has_answer) {
        if (!status_is_good(reply)) {
            return mic_reply_status_error(reply, err);
        }
        return mic_err_set(err, MIC_E_PROTOCOL, "the reply is an envelope without an answer in it");
    }
    reply->is_complete = true;
    if (reply->is_retried) {
        return MI_RESULT_OK;
    }
    /* What was tried instead has worked: the session need not try again. */
    if (exchange->has_tried_again) {
        exchange->session->refuses_operation_id = true;
    }
    if (exchange->objects_only && !exchange->keys_only) {
        exchange->session->refuses_object_and_epr = true;
    }
    if (exchange->down_level) {
        exchange->session->is_downlevel = true;
    }
    if (exchange->has_element) {
        return make_item(exchange, err);
    }
    return MI_RESULT_OK;
}

/* The reply is used up and has ended: what comes now? */
static MI_Result finish_reply(struct mic_exchange *exchange, struct mic_err *err)
{
    struct mic_reply *reply = &exchange->reply;

    if (!reply->is_complete) {
        return mic_reply_status_error(reply, err);
    }
    if (reply->is_retried) {
        exchange->state = MIC_STATE_SEND;
        return MI_RESULT_OK;
    }
    if (exchange->subscription != NULL) {
        mic_subscription_end_page(exchange);
    }
    /* An enumeration of which nothing more is told has ended; a subscription says so. */
    bool goes_on = exchange->context_is_new || exchange->row->is_subscription;
    if (!exchange->row->is_paged || exchange->end_seen || !goes_on) {
        exchange->end_seen = true;
        exchange->state = MIC_STATE_DONE;
        return MI_RESULT_OK;
    }
    exchange->state = MIC_STATE_SEND;
    if (exchange->is_ahead) {
        exchange->state = MIC_STATE_READ;
        memset(reply, 0, sizeof(*reply)); /* the driver starts the next one */
    }
    return MI_RESULT_OK;
}

/* ---- the driver's loop ---- */

static void parse_pending(struct mic_exchange *exchange)
{
    size_t left = exchange->pending.size - exchange->pending_at;
    size_t piece = left < MIC_XML_PIECE_MAX ? left : MIC_XML_PIECE_MAX;

    mic_xml_reader_push(exchange->reader, exchange->pending.data + exchange->pending_at, piece);
    exchange->pending_at += piece;
    if (exchange->pending_at == exchange->pending.size) {
        mic_buf_clear(&exchange->pending);
        exchange->pending_at = 0;
    }
}

/* Signs of life without an end: of an opaque reply only the start is of use, and no operation has
 * so many interim envelopes (or blanks) to wait through. */
static bool is_endless(const struct mic_exchange *exchange, struct mic_err *err)
{
    const struct mic_reply *reply = &exchange->reply;
    uint64_t limit = (uint64_t)exchange->session->max_envelope_size * REPLY_ENVELOPES_MAX;

    if (reply->is_opaque && reply->start_size == sizeof(reply->start)) {
        (void)mic_reply_status_error(reply, err);
        return true;
    }
    if (reply->size > limit) {
        mic_err_set(err, MIC_E_ENVELOPE_SIZE,
                    "one reply has more than %d times the %lu bytes that MaxEnvelopeSize allows",
                    REPLY_ENVELOPES_MAX, (unsigned long)exchange->session->max_envelope_size);
        return true;
    }
    return false;
}

/* Nothing is queued: parse more, wait for more, or finish. @return true when the driver is needed.
 */
static bool need_bytes(struct mic_exchange *exchange, MI_Result *result, struct mic_err *err)
{
    struct mic_reply *reply = &exchange->reply;

    *result = MI_RESULT_OK;
    if (exchange->pending.failed) {
        *result = mic_item_no_memory(err);
    } else if (is_endless(exchange, err)) {
        *result = err->result;
    } else if (reply->has_ended && (reply->is_complete || reply->end_is_told)) {
        *result = finish_reply(exchange, err);
    } else if (!reply->is_complete && exchange->pending.size > exchange->pending_at) {
        parse_pending(exchange);
    } else if (reply->has_ended) {
        reply->end_is_told = true;
        mic_xml_reader_end(exchange->reader);
    } else {
        return true;
    }
    return false;
}

/* A reply that is no XML: an error of the transport explains it better than the parser can. */
static MI_Result reader_error(struct mic_exchange *exchange, struct mic_err *err)
{
    struct mic_reply *reply = &exchange->reply;

    if (reply->is_complete) { /* whatever follows the answer */
        mic_buf_clear(&exchange->pending);
        exchange->pending_at = 0;
        return reply->has_ended ? finish_reply(exchange, err) : MI_RESULT_OK;
    }
    if (!status_is_good(reply) && err->code != MIC_E_MEMORY) {
        return mic_reply_status_error(reply, err);
    }
    return err->result;
}

/* @return true when the driver is needed for BYTES. */
static bool read_on(struct mic_exchange *exchange, MI_Result *result, struct mic_err *err)
{
    struct mic_xml_unit unit;

    *result = MI_RESULT_OK;
    if (!exchange->reply.has_begun) { /* what the reader still says is of the stream before */
        return true;
    }
    switch (mic_xml_reader_take(exchange->reader, &unit, err)) {
    case MIC_XML_NEED:
        return need_bytes(exchange, result, err);
    case MIC_XML_OPEN:
        if (unit.container == MIC_XN_N_ENUMERATE_RESPONSE ||
            unit.container == MIC_XN_N_PULL_RESPONSE) {
            open_page(exchange);
        }
        break;
    case MIC_XML_UNIT:
        *result = take_unit(exchange, &unit, err);
        break;
    case MIC_XML_ROOT_END:
        *result = end_envelope(exchange, err);
        break;
    case MIC_XML_ERROR:
        *result = reader_error(exchange, err);
        return *result == MI_RESULT_OK && exchange->state == MIC_STATE_READ;
    case MIC_XML_CLOSE:
    default:
        break;
    }
    return false;
}

/* The item has been taken: a single result is the end of it. */
static enum mic_step give_item(struct mic_exchange *exchange, struct mic_item *item)
{
    *item = (struct mic_item){.instance = NULL};
    item->instance = exchange->item == NULL ? NULL : &exchange->item->public_instance;
    item->cls = exchange->item_class == NULL ? NULL : &exchange->item_class->public_class;
    if (exchange->subscription != NULL) {
        mic_subscription_give(exchange, item);
    }
    item->is_last = !exchange->row->is_paged;
    exchange->state = item->is_last ? MIC_STATE_DONE : MIC_STATE_READ;
    return MIC_STEP_ITEM;
}

/* Before the first request. */
static MI_Result prepare(struct mic_exchange *exchange, struct mic_err *err)
{
    exchange->wanted_class = NULL;
    MI_Result result = exchange->row->prepare(exchange, err);
    if (result == MI_RESULT_OK && exchange->wanted_class == NULL) {
        exchange->state = MIC_STATE_SEND;
    }
    return result;
}

enum mic_step mic_exchange_next(struct mic_exchange *exchange, struct mic_item *item,
                                const char **class_name, struct mic_err *err)
{
    struct mic_err found;
    MI_Result result;

    mic_err_init(&found);
    for (;;) {
        /* At once: the next unit of the reply may ask for another one. */
        if (exchange->state < MIC_STATE_DONE && mic_exchange_side(exchange) != MIC_SIDE_NONE) {
            return MIC_STEP_SIDE;
        }
        switch (exchange->state) {
        case MIC_STATE_PREPARE:
            if (prepare(exchange, &found) != MI_RESULT_OK) {
                fail(exchange, &found);
            } else if (exchange->wanted_class != NULL) {
                *class_name = exchange->wanted_class->name;
                return MIC_STEP_CLASS;
            }
            break;
        case MIC_STATE_SEND:
            return MIC_STEP_SEND;
        case MIC_STATE_READ:
            if (read_on(exchange, &result, &found)) {
                return MIC_STEP_BYTES;
            }
            if (result != MI_RESULT_OK) {
                fail(exchange, &found);
            }
            break;
        case MIC_STATE_CLASS:
            if (!exchange->wanted_class->is_settled) {
                *class_name = exchange->wanted_class->name;
                return MIC_STEP_CLASS;
            }
            if (make_item(exchange, &found) != MI_RESULT_OK) {
                fail(exchange, &found);
            }
            break;
        case MIC_STATE_ITEM:
            return give_item(exchange, item);
        case MIC_STATE_EVENT:
            exchange->state = MIC_STATE_READ;
            exchange->reply.size = 0; /* it leads to something */
            *item = (struct mic_item){.event = &exchange->interactive.event};
            return MIC_STEP_EVENT;
        case MIC_STATE_DONE:
            return MIC_STEP_DONE;
        case MIC_STATE_FAILED:
        default:
            *err = exchange->err;
            return MIC_STEP_FAILED;
        }
    }
}

void mic_exchange_set_class(struct mic_exchange *exchange, struct mic_class *cls)
{
    if (exchange->state == MIC_STATE_CLASS ||
        (exchange->state == MIC_STATE_PREPARE && exchange->wanted_class != NULL)) {
        mic_class_entry_set(exchange->wanted_class, cls);
    }
}

const MI_Instance *mic_exchange_error_instance(const struct mic_exchange *exchange)
{
    return exchange->error_instance == NULL ? NULL : &exchange->error_instance->public_instance;
}
