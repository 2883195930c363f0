#include <stdio.h>
#include <string.h>

#include "base/uuid.h"
#include "wsman/dialogue.h"
#include "wsman/uris.h"
#include "wsman/value_text.h"

/* A non-enhanced client must send a timeout (MS-WSMV 3.2.4.1.2). */
#define PLAIN_TIMEOUT_MS 60000u

void mic_envelope_flagged(struct mic_xml_writer *writer, enum mic_xml_token element,
                          bool must_understand, struct mic_str text)
{
    mic_xml_open(writer, element);
    mic_xml_attr(writer, MIC_XN_S_MUST_UNDERSTAND,
                 must_understand ? MIC_STR("true") : MIC_STR("false"));
    mic_xml_text(writer, text);
    mic_xml_close(writer, element);
}

static void locale(struct mic_xml_writer *writer, enum mic_xml_token element, const char *tag)
{
    mic_xml_open(writer, element);
    mic_xml_attr(writer, MIC_XN_XML_LANG, mic_str_from(tag != NULL ? tag : "en-US"));
    mic_xml_attr(writer, MIC_XN_S_MUST_UNDERSTAND, MIC_STR("false"));
    mic_xml_close(writer, element);
}

static void selector(struct mic_xml_writer *writer, struct mic_str name, struct mic_str value)
{
    mic_xml_open(writer, MIC_XN_W_SELECTOR);
    mic_xml_attr(writer, MIC_XN_ATTR_NAME, name);
    mic_xml_text(writer, value);
    mic_xml_close(writer, MIC_XN_W_SELECTOR);
}

struct mic_family mic_exchange_family(const struct mic_exchange *exchange)
{
    return (struct mic_family){.prefix = exchange->custom_prefix, .is_wmi = exchange->down_level};
}

void mic_exchange_uri(const struct mic_exchange *exchange, struct mic_buf *uri)
{
    const struct mic_family family = mic_exchange_family(exchange);

    if (exchange->custom_uri != NULL) {
        mic_buf_append_text(uri, exchange->custom_uri);
    } else if (exchange->row->resource == MIC_RESOURCE_CIM_XML) {
        mic_buf_append_text(uri, MIC_URI_CIM_XML);
    } else if (exchange->row->resource == MIC_RESOURCE_CLASS) {
        mic_family_uri(&family, exchange->name_space, exchange->class_name, uri);
    } else if (exchange->down_level) {
        mic_family_uri(&family, exchange->name_space, "*", uri);
    } else {
        mic_buf_append_text(uri, MIC_URI_CIM_ALL);
    }
}

static void selectors(const struct mic_exchange *exchange, struct mic_xml_writer *writer)
{
    bool is_cim_xml = exchange->row->resource == MIC_RESOURCE_CIM_XML;
    bool has_name_space = exchange->custom_uri != NULL ? exchange->has_name_space
                                                       : !exchange->down_level || is_cim_xml;
    /* An empty one stands for the top of the tree (EnumerateClasses). */
    bool has_class = is_cim_xml && (exchange->class_name != NULL || exchange->row->is_paged);

    if (!has_name_space && !has_class && exchange->keys.size == 0) {
        return;
    }
    mic_xml_open(writer, MIC_XN_W_SELECTOR_SET);
    if (has_name_space) {
        selector(writer, MIC_STR("__cimnamespace"), mic_str_from(exchange->name_space));
    }
    if (has_class) {
        selector(writer, MIC_STR("ClassName"), mic_str_from(exchange->class_name));
    }
    if (exchange->keys.size > 0) {
        mic_xml_text(writer, MIC_STR("")); /* ends the start tag */
        mic_buf_append(writer->out, exchange->keys.data, exchange->keys.size);
    }
    mic_xml_close(writer, MIC_XN_W_SELECTOR_SET);
}

static MI_Result options(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                         struct mic_err *err)
{
    MI_Result result = MI_RESULT_OK;

    mic_xml_open(writer, MIC_XN_W_OPTION_SET);
    mic_xml_declare(writer, MIC_XNS_XSI);
    if (exchange->row->write_options != NULL) {
        result = exchange->row->write_options(exchange, writer, err);
    }
    mic_xml_text(writer, MIC_STR(""));
    if (!exchange->without_operation_id) {
        mic_buf_append(writer->out, exchange->callbacks.data, exchange->callbacks.size);
    }
    mic_buf_append(writer->out, exchange->options.data, exchange->options.size);
    mic_xml_close(writer, MIC_XN_W_OPTION_SET);
    return result;
}

static void timeout(const struct mic_exchange *exchange, enum mic_message message,
                    struct mic_xml_writer *writer)
{
    unsigned long long ms = exchange->timeout_ms;
    struct mic_buf text;

    if (exchange->subscription != NULL && message == MIC_MESSAGE_PULL) {
        ms = exchange->subscription->poll_ms;
    }
    if (ms == 0 && exchange->without_operation_id) {
        ms = PLAIN_TIMEOUT_MS;
    }
    if (ms == 0) {
        return;
    }
    mic_buf_init(&text);
    mic_buf_append_format(&text, "PT%llu.%03lluS", ms / 1000, ms % 1000);
    if (text.failed) {
        writer->out->failed = true;
    }
    mic_xml_leaf(writer, MIC_XN_W_OPERATION_TIMEOUT, mic_str_from(mic_buf_text(&text)));
    mic_buf_fini(&text);
}

/* @p id is the message's own. An answer belongs to the request that is under way. */
static void operation_ids(const struct mic_exchange *exchange, enum mic_message message,
                          const char *id, struct mic_xml_writer *writer)
{
    char number[16], request_id[5 + MIC_UUID_TEXT_SIZE];
    bool is_answer = message == MIC_MESSAGE_ANSWER;

    mic_envelope_flagged(writer, MIC_XN_P_SESSION_ID, false,
                         mic_str_from(exchange->session->session_id));
    if (exchange->without_operation_id) {
        return;
    }
    /* New for each request, a Pull too: a repeated one is refused (MS-WSMV 3.1.4.1.39). The
     * message's own serves. */
    (void)snprintf(request_id, sizeof(request_id), "uuid:%s", exchange->message_id[0]);
    (void)snprintf(number, sizeof(number), "%u", is_answer ? exchange->interactive.sequence : 1u);
    mic_envelope_flagged(writer, MIC_XN_P_OPERATION_ID, false,
                         mic_str_from(is_answer ? request_id : id));
    mic_envelope_flagged(writer, MIC_XN_P_SEQUENCE_ID, false, mic_str_from(number));
}

/* In the order and with the flags of Windows' own client; some servers read them in sequence and
 * need ResourceURI before SelectorSet. */
void mic_envelope_address(const struct mic_exchange *exchange, const char *uri, const char *action,
                          const char *id, struct mic_xml_writer *writer)
{
    char number[16];

    mic_xml_leaf(writer, MIC_XN_A_TO, mic_str_from(exchange->session->to));
    mic_envelope_flagged(writer, MIC_XN_W_RESOURCE_URI, true, mic_str_from(uri));
    mic_xml_open(writer, MIC_XN_A_REPLY_TO);
    mic_envelope_flagged(writer, MIC_XN_A_ADDRESS, true, MIC_STR(MIC_URI_ANONYMOUS));
    mic_xml_close(writer, MIC_XN_A_REPLY_TO);
    mic_envelope_flagged(writer, MIC_XN_A_ACTION, true, mic_str_from(action));
    (void)snprintf(number, sizeof(number), "%lu",
                   (unsigned long)exchange->session->max_envelope_size);
    mic_envelope_flagged(writer, MIC_XN_W_MAX_ENVELOPE_SIZE, true, mic_str_from(number));
    mic_xml_leaf(writer, MIC_XN_A_MESSAGE_ID, mic_str_from(id));
    locale(writer, MIC_XN_W_LOCALE, exchange->session->locale);
    locale(writer, MIC_XN_P_DATA_LOCALE, exchange->session->data_locale);
}

static MI_Result headers(struct mic_exchange *exchange, enum mic_message message,
                         const char *action, const char *id, struct mic_xml_writer *writer,
                         struct mic_err *err)
{
    struct mic_buf uri, method;

    if (message == MIC_MESSAGE_END || message == MIC_MESSAGE_ACKNOWLEDGE) {
        mic_control_headers(exchange, action, id, writer);
        return MI_RESULT_OK;
    }
    if (message == MIC_MESSAGE_UNSUBSCRIBE) {
        mic_unsubscribe_headers(exchange, action, id, writer);
        operation_ids(exchange, message, id, writer);
        timeout(exchange, message, writer);
        return MI_RESULT_OK;
    }
    mic_buf_init(&uri);
    mic_buf_init(&method);
    mic_exchange_uri(exchange, &uri);
    if (action == NULL) {
        mic_buf_append_str(&method, (struct mic_str){uri.data, uri.size});
        mic_buf_append_char(&method, '/');
        mic_buf_append_text(&method, exchange->method);
        action = mic_buf_text(&method);
    }
    mic_envelope_address(exchange, mic_buf_text(&uri), action, id, writer);
    writer->out->failed |= uri.failed || method.failed;
    mic_buf_fini(&uri);
    mic_buf_fini(&method);
    operation_ids(exchange, message, id, writer);
    selectors(exchange, writer);
    MI_Result result = options(exchange, writer, err);
    timeout(exchange, message, writer);
    return result;
}

struct message_row {
    const char *action; /* NULL: the verb's own */
    MI_Result (*write_body)(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                            struct mic_err *err);
};

static const struct message_row messages[] = {
    [MIC_MESSAGE_FIRST] = {NULL, NULL},
    [MIC_MESSAGE_PULL] = {MIC_URI_ENUMERATE "Pull", mic_pull_write},
    [MIC_MESSAGE_RELEASE] = {MIC_URI_ENUMERATE "Release", mic_release_write},
    [MIC_MESSAGE_UNSUBSCRIBE] = {MIC_URI_EVENTING "Unsubscribe", mic_unsubscribe_write},
    [MIC_MESSAGE_ANSWER] = {"/InteractiveResponse", mic_answer_write},
    [MIC_MESSAGE_ACKNOWLEDGE] = {MIC_URI_MS_WSMAN "Acknowledge", mic_acknowledge_write},
    [MIC_MESSAGE_END] = {MIC_URI_MS_WSMAN "End", NULL},
};

static void declare(const struct mic_verb_row *row, struct mic_xml_writer *writer)
{
    mic_xml_declare(writer, MIC_XNS_S);
    if (row->resource == MIC_RESOURCE_NONE) {
        mic_xml_declare(writer, MIC_XNS_WSMID);
        return;
    }
    mic_xml_declare(writer, MIC_XNS_A);
    if (row->is_paged) {
        mic_xml_declare(writer, MIC_XNS_N);
    }
    mic_xml_declare(writer, MIC_XNS_W);
    mic_xml_declare(writer, MIC_XNS_P);
    if (row->is_paged) {
        mic_xml_declare(writer, MIC_XNS_B);
    }
}

/* The server would refuse it as well (MS-WSMV 3.1.4.1.20), in fewer words and later. */
static MI_Result check_size(const struct mic_exchange *exchange, const struct mic_buf *out,
                            struct mic_err *err)
{
    MI_Uint32 limit = exchange->session->max_envelope_size;

    if (out->failed || out->size <= limit) {
        return MI_RESULT_OK;
    }
    return mic_err_set(err, MIC_E_ENVELOPE_SIZE,
                       "the request has %zu bytes; the largest envelope allowed has %lu", out->size,
                       (unsigned long)limit);
}

MI_Result mic_envelope_write(struct mic_exchange *exchange, enum mic_message message,
                             struct mic_buf *out, struct mic_err *err)
{
    const struct mic_verb_row *row = exchange->row;
    struct message_row form = messages[message];
    bool is_request = message == MIC_MESSAGE_FIRST || message == MIC_MESSAGE_PULL;
    char id[5 + MIC_UUID_TEXT_SIZE] = "uuid:";
    struct mic_xml_writer writer;
    MI_Result result = MI_RESULT_OK;

    if (message == MIC_MESSAGE_FIRST) {
        form = (struct message_row){row->action, row->write_body};
    }
    (void)mic_buf_reserve(out, 1920 + exchange->keys.size + exchange->options.size);
    mic_xml_writer_init(&writer, out);
    mic_xml_open(&writer, MIC_XN_S_ENVELOPE);
    declare(row, &writer);
    mic_xml_open(&writer, MIC_XN_S_HEADER);
    if (row->resource != MIC_RESOURCE_NONE) {
        mic_uuid_series_next(exchange->session->message_ids, id + 5);
        if (is_request) {
            memcpy(exchange->message_id[exchange->is_ahead ? 1 : 0], id + 5, MIC_UUID_TEXT_SIZE);
        }
        result = headers(exchange, message, form.action, id, &writer, err);
    }
    mic_xml_close(&writer, MIC_XN_S_HEADER);
    mic_xml_open(&writer, MIC_XN_S_BODY);
    if (result == MI_RESULT_OK && form.write_body != NULL) {
        result = form.write_body(exchange, &writer, err);
    }
    mic_xml_close(&writer, MIC_XN_S_BODY);
    mic_xml_close(&writer, MIC_XN_S_ENVELOPE);
    if (result == MI_RESULT_OK) {
        result = mic_write_status(&writer, "request", "text", err);
    }
    return result != MI_RESULT_OK ? result : check_size(exchange, out, err);
}
