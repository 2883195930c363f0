#include "wsman/exchange.h"

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
    mic_arena_init(&exchange->own, 512);
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
    mic_free(exchange->err);
    mic_free(exchange);
}

/* ---- requests ---- */

void mic_exchange_fail(struct mic_exchange *exchange, const struct mic_err *err)
{
    mic_free(exchange->err);
    exchange->err = err != NULL ? mic_memdup(err, sizeof(*err)) : NULL;
    exchange->state = MIC_STATE_FAILED;
}

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
        mic_exchange_fail(exchange, err);
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
        mic_exchange_fail(exchange, NULL);
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

/* ---- the driver's loop ---- */

static enum mic_step fail(struct mic_exchange *exchange, const struct mic_err *err)
{
    mic_exchange_fail(exchange, err);
    return MIC_STEP_FAILED;
}

static enum mic_step tell_failure(const struct mic_exchange *exchange, struct mic_err *err)
{
    if (exchange->err != NULL) {
        *err = *exchange->err;
    } else {
        mic_item_no_memory(err);
    }
    return MIC_STEP_FAILED;
}

/* A page begins. The context before is good for a Release only, until the page tells its own. */
static void open_page(struct mic_exchange *exchange)
{
    exchange->reply.has_answer = true;
    exchange->context_is_new = false;
    exchange->is_put_off = false;
}

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
        *result = mic_answer_finish(exchange, err);
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
        return reply->has_ended ? mic_answer_finish(exchange, err) : MI_RESULT_OK;
    }
    if (!mic_reply_status_is_good(reply) && err->code != MIC_E_MEMORY) {
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
        *result = mic_answer_take(exchange, &unit, err);
        break;
    case MIC_XML_ROOT_END:
        *result = mic_answer_end_envelope(exchange, err);
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
            if (mic_answer_make_item(exchange, &found) != MI_RESULT_OK) {
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
            return tell_failure(exchange, err);
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
