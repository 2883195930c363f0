/* What a reply says: headers, faults, pages and the one result of the other verbs. */
#include <stdio.h>
#include <string.h>

#include "wsman/dialogue.h"

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

/* Logged on, and not allowed: WinRM's own list of who may come, or a namespace's of WMI. */
static void add_right(const struct mic_exchange *exchange, struct mic_fault *fault)
{
    bool is_wmi =
        fault->code == 0x80041003u || (fault->code >= 0x80338104u && fault->code <= 0x80338106u);

    if (fault->err.result != MI_RESULT_ACCESS_DENIED) {
        return;
    }
    if (fault->err.category == MI_ERRORCATEGORY_AUTHENTICATION_ERROR) {
        fault->err.phase = MIC_PHASE_LOGON;
        mic_err_remedy(&fault->err, "Check user name and password, and that the account is "
                                    "enabled, not locked and not expired.");
        return;
    }
    fault->err.phase = MIC_PHASE_AUTHORISATION;
    if (is_wmi) {
        mic_err_remedy(&fault->err,
                       "Give the account the rights Enable Account and Remote Enable on the "
                       "namespace %.80s (wmimgmt.msc, Security), or use an administrator.",
                       exchange->name_space != NULL ? exchange->name_space : "root/cimv2");
    } else {
        mic_err_remedy(&fault->err,
                       "Make the account a member of Remote Management Users or Administrators "
                       "on the server.");
    }
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
    add_right(exchange, fault);
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

MI_Result mic_answer_make_item(struct mic_exchange *exchange, struct mic_err *err)
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

MI_Result mic_answer_take(struct mic_exchange *exchange, const struct mic_xml_unit *unit,
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
        return mic_answer_make_item(exchange, err);
    default:
        return MI_RESULT_OK;
    }
}

MI_Result mic_answer_end_envelope(struct mic_exchange *exchange, struct mic_err *err)
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
    if (exchange->row->may_be_empty && mic_reply_status_is_good(reply)) {
        reply->has_answer = true;
    }
    if (!reply->has_answer) {
        if (!mic_reply_status_is_good(reply)) {
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
        return mic_answer_make_item(exchange, err);
    }
    return MI_RESULT_OK;
}

MI_Result mic_answer_finish(struct mic_exchange *exchange, struct mic_err *err)
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
