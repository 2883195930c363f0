/* What a reply tells besides its results, and what is answered (MS-WSMV 2.2.4.47 to 2.2.4.49,
 * 3.1.6.6 to 3.1.6.8, 3.2.6.7, 3.2.7). */
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "model/value.h"
#include "wsman/dialogue.h"
#include "wsman/uris.h"

#define OPTION(name) "__MI_OPERATIONOPTIONS_" name

void mic_interactive_init(struct mic_interactive *interactive, const struct mic_request *request)
{
    const MI_OperationCallbacks *callbacks = request->callbacks;
    unsigned bits = 0;

    if (callbacks != NULL) {
        bits |= callbacks->writeMessage != NULL ? MIC_CALLBACK_MESSAGES : 0u;
        bits |= callbacks->writeError != NULL ? MIC_CALLBACK_ERRORS : 0u;
        bits |= callbacks->streamedParameterResult != NULL ? MIC_CALLBACK_STREAMS : 0u;
        bits |= callbacks->writeProgress != NULL ? MIC_CALLBACK_PROGRESS : 0u;
        bits |= callbacks->promptUser != NULL ? MIC_CALLBACK_PROMPTS : 0u;
    }
    interactive->registered = bits;
    interactive->sequence = 1;
    interactive->reports_prompts =
        mic_bag_number(request->options, OPTION("PROMPTUSERMODE"), MI_CALLBACKMODE_INQUIRE) ==
        MI_CALLBACKMODE_REPORT;
    interactive->refuses_prompts =
        mic_bag_number(request->options, OPTION("PROMPTUSERMODEREGULAR_ACKVALUE"), 1) == 0;
}

void mic_interactive_header(struct mic_exchange *exchange, const struct mic_xml_cursor *element)
{
    struct mic_interactive *interactive = &exchange->interactive;
    struct mic_str text = mic_str_trim(mic_xml_value(element));

    if (mic_xml_token(element) == MIC_XN_P_SEQUENCE_ID) {
        (void)mic_parse_u32(text, &interactive->last_sequence);
    } else if (mic_xml_token(element) == MIC_XN_A_ACTION) {
        interactive->seeks_acknowledge = mic_str_ends_with(text, MIC_STR("/AcknowledgeRequest")) &&
                                         !exchange->without_operation_id;
    }
}

/* ---- answers ---- */

static MI_Result answer(struct mic_exchange *exchange, enum mic_event_kind kind,
                        MI_OperationCallback_ResponseType response, struct mic_err *err)
{
    struct mic_interactive *interactive = &exchange->interactive;

    if (exchange->without_operation_id) {
        return mic_err_set(err, MIC_E_NOT_SUPPORTED,
                           "the server asks a question, which cannot be answered without an "
                           "OperationID");
    }
    if (++interactive->answer_count > MIC_ANSWERS_MAX) {
        return mic_err_set(err, MIC_E_PROTOCOL, "the server asks more than %u questions",
                           MIC_ANSWERS_MAX);
    }
    interactive->is_answered = true;
    interactive->answers = kind;
    interactive->answer = response;
    return MI_RESULT_OK;
}

static bool is_critical(const struct mic_event *event)
{
    return event->kind == MIC_EVENT_PROMPT && event->prompt_type == MI_PROMPTTYPE_CRITICAL;
}

static bool is_yes(MI_OperationCallback_ResponseType response)
{
    return response == MI_OperationCallback_ResponseType_Yes ||
           response == MI_OperationCallback_ResponseType_YesToAll;
}

void mic_exchange_answer(struct mic_exchange *exchange, MI_OperationCallback_ResponseType response)
{
    struct mic_interactive *interactive = &exchange->interactive;
    enum mic_event_kind kind = interactive->event.kind;
    struct mic_err err;

    if (!interactive->is_asked || exchange->state == MIC_STATE_FAILED) {
        return;
    }
    interactive->is_asked = false;
    if (response == MI_OperationCallback_ResponseType_YesToAll ||
        response == MI_OperationCallback_ResponseType_NoToAll) {
        interactive->has_settled[kind] = true;
        interactive->settled[kind] = response;
        interactive->has_settled_critical |= is_critical(&interactive->event);
    }
    mic_err_init(&err);
    if (answer(exchange, kind, response, &err) != MI_RESULT_OK) {
        mic_exchange_fail(exchange, &err);
    }
}

/* ---- events ---- */

static MI_Result malformed(const char *type, const char *what, struct mic_err *err)
{
    return mic_err_set(err, MIC_E_PROTOCOL, "the server's event of type %s has %s", type, what);
}

static const char *text_of(const struct mic_xml_cursor *element, enum mic_xml_token name)
{
    struct mic_xml_cursor child;

    return mic_xml_child(element, name, &child) ? mic_xml_value(&child).data : "";
}

/* @return false when it is there and no number; @p out stays when it is missing or empty. */
static bool number_of(const struct mic_xml_cursor *element, enum mic_xml_token name, uint32_t *out)
{
    struct mic_str text = mic_str_trim(mic_str_from(text_of(element, name)));

    return text.size == 0 || mic_parse_u32(text, out);
}

static bool says(const struct mic_xml_cursor *element, enum mic_xml_token name, const char *word)
{
    return mic_str_equal_nocase(mic_str_trim(mic_str_from(text_of(element, name))),
                                mic_str_from(word));
}

static void tell(struct mic_exchange *exchange, unsigned callback)
{
    if ((exchange->interactive.registered & callback) != 0) {
        exchange->state = MIC_STATE_EVENT;
    }
}

static MI_Result take_message(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                              MI_Uint32 channel, struct mic_err *err)
{
    (void)err;
    exchange->interactive.event = (struct mic_event){
        .kind = MIC_EVENT_MESSAGE,
        .channel = channel,
        .text = text_of(element, MIC_XN_I_DESCRIPTION),
    };
    tell(exchange, MIC_CALLBACK_MESSAGES);
    return MI_RESULT_OK;
}

static MI_Result take_progress(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                               MI_Uint32 unused, struct mic_err *err)
{
    struct mic_event *event = &exchange->interactive.event;

    (void)unused;
    *event = (struct mic_event){
        .kind = MIC_EVENT_PROGRESS,
        .text = text_of(element, MIC_XN_I_ACTIVITY),
        .step = text_of(element, MIC_XN_I_CURRENT_OPERATION),
        .status = text_of(element, MIC_XN_I_STATUS_DESCRIPTION),
        .seconds = UINT32_MAX,
    };
    if (!number_of(element, MIC_XN_I_PERCENT_COMPLETE, &event->percent) ||
        !number_of(element, MIC_XN_I_SECONDS_REMAINING, &event->seconds)) {
        return malformed("Progress", "a number that is none", err);
    }
    tell(exchange, MIC_CALLBACK_PROGRESS);
    return MI_RESULT_OK;
}

/* A question: to the application, or answered here when it has settled all or does not listen. */
static MI_Result ask(struct mic_exchange *exchange, unsigned callback, struct mic_err *err)
{
    struct mic_interactive *interactive = &exchange->interactive;
    struct mic_event *event = &interactive->event;

    if (!event->asks) {
        tell(exchange, callback);
        return MI_RESULT_OK;
    }
    if (interactive->has_settled[event->kind] &&
        (!is_critical(event) || interactive->has_settled_critical)) {
        return answer(exchange, event->kind, interactive->settled[event->kind], err);
    }
    if ((interactive->registered & callback) != 0) {
        interactive->is_asked = true;
        exchange->state = MIC_STATE_EVENT;
        return MI_RESULT_OK;
    }
    if (is_critical(event)) {
        char quoted[256];
        mic_err_quote(mic_str_from(event->text), quoted, sizeof(quoted));
        return mic_err_set(err, MIC_E_NOT_SUPPORTED,
                           "the server asks for a confirmation that needs a promptUser callback: "
                           "\"%s\"",
                           quoted);
    }
    bool refuses = event->kind == MIC_EVENT_PROMPT && interactive->refuses_prompts;
    return answer(exchange, event->kind,
                  refuses ? MI_OperationCallback_ResponseType_No
                          : MI_OperationCallback_ResponseType_Yes,
                  err);
}

static MI_Result take_prompt(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                             MI_Uint32 unused, struct mic_err *err)
{
    struct mic_interactive *interactive = &exchange->interactive;

    (void)unused;
    interactive->event = (struct mic_event){
        .kind = MIC_EVENT_PROMPT,
        .text = text_of(element, MIC_XN_I_DESCRIPTION),
        .asks = !interactive->reports_prompts,
    };
    if (says(element, MIC_XN_I_PROMPT_TYPE, "Critical")) {
        interactive->event.prompt_type = MI_PROMPTTYPE_CRITICAL;
    } else if (!says(element, MIC_XN_I_PROMPT_TYPE, "Normal") &&
               !says(element, MIC_XN_I_PROMPT_TYPE, "")) {
        return malformed("Confirm", "an unknown PromptType", err);
    }
    return ask(exchange, MIC_CALLBACK_PROMPTS, err);
}

/* The CIM_Error in @p element, typed by what its own values say. */
static MI_Result read_error(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                            MI_Instance **out, struct mic_err *err)
{
    struct mic_instance *instance = NULL;
    char *class_name = mic_arena_str(&exchange->item_arena, mic_instance_class_name(element));

    if (class_name == NULL) {
        return mic_item_no_memory(err);
    }
    MI_Result result = mic_instance_read(&exchange->instances, element, &exchange->item_arena, NULL,
                                         class_name, exchange->name_space, &instance, err);
    if (result == MI_RESULT_OK) {
        *out = &instance->public_instance;
    }
    return result;
}

/* No instance, only words: the same form as for every other error. */
static MI_Result error_of_words(struct mic_exchange *exchange, struct mic_str words,
                                MI_Instance **out, struct mic_err *err)
{
    struct mic_instance *instance =
        mic_instance_new_in(&exchange->item_arena, "CIM_Error", NULL, 2);
    MI_Value value;

    memset(&value, 0, sizeof(value));
    value.uint32 = MI_RESULT_FAILED;
    if (instance == NULL || !mic_instance_append(instance, "CIMStatusCode", MI_UINT32, &value, 0)) {
        return mic_item_no_memory(err);
    }
    value.string = mic_arena_str(&exchange->item_arena, words);
    if (value.string == NULL || !mic_instance_append(instance, "Message", MI_STRING, &value, 0)) {
        return mic_item_no_memory(err);
    }
    mic_instance_set_namespace(instance, exchange->name_space, NULL);
    *out = &instance->public_instance;
    return MI_RESULT_OK;
}

static MI_Result take_error(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                            MI_Uint32 unused, struct mic_err *err)
{
    struct mic_event *event = &exchange->interactive.event;
    struct mic_xml_cursor description, inner;
    MI_Result result;

    (void)unused;
    *event = (struct mic_event){
        .kind = MIC_EVENT_ERROR,
        .asks = says(element, MIC_XN_I_ACTION_TYPE, "Inquire"),
    };
    if (!event->asks && !says(element, MIC_XN_I_ACTION_TYPE, "Report") &&
        !says(element, MIC_XN_I_ACTION_TYPE, "")) {
        return malformed("ErrorAction", "an unknown ActionType", err);
    }
    if (!mic_xml_child(element, MIC_XN_I_DESCRIPTION, &description)) {
        return malformed("ErrorAction", "no Description", err);
    }
    inner = mic_xml_enter(&description);
    if (mic_xml_at(&inner)) {
        result = read_error(exchange, &inner, &event->error, err);
    } else {
        result =
            error_of_words(exchange, mic_str_trim(mic_xml_value(&description)), &event->error, err);
    }
    return result == MI_RESULT_OK ? ask(exchange, MIC_CALLBACK_ERRORS, err) : result;
}

static MI_Result take_stream(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                             MI_Uint32 unused, struct mic_err *err)
{
    struct mic_interactive *interactive = &exchange->interactive;
    struct mic_event *event = &interactive->event;
    struct mic_xml_cursor values = {element->tape, 0, 0}, holder;
    uint32_t number = UINT32_MAX;

    (void)unused;
    *event = (struct mic_event){.kind = MIC_EVENT_STREAM, .value = &interactive->value};
    event->name = text_of(element, MIC_XN_I_NAME);
    if (event->name[0] == '\0') {
        return malformed("StreamingOutput", "no Name", err);
    }
    if (!number_of(element, MIC_XN_I_TYPE, &number) || number > MI_ARRAY + MI_INSTANCE ||
        !mic_type_is_valid((MI_Type)number)) {
        return malformed("StreamingOutput", "no Type that is one of MI_Type", err);
    }
    if ((interactive->registered & MIC_CALLBACK_STREAMS) == 0) {
        return MI_RESULT_OK;
    }
    if (mic_xml_child(element, MIC_XN_I_VALUE, &holder)) {
        values = mic_xml_enter(&holder);
    }
    MI_Result result = mic_instance_read_array(
        &exchange->instances, &values, &exchange->item_arena, MIC_TYPE_ELEMENT((MI_Type)number),
        exchange->name_space, &event->type, &interactive->value, err);
    if (result == MI_RESULT_OK) {
        tell(exchange, MIC_CALLBACK_STREAMS);
    }
    return result;
}

struct event_row {
    const char *type;
    MI_Result (*take)(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                      MI_Uint32 channel, struct mic_err *err);
    MI_Uint32 channel;
};

static const struct event_row events[] = {
    {"Warning", take_message, MI_WRITEMESSAGE_CHANNEL_WARNING},
    {"Verbose", take_message, MI_WRITEMESSAGE_CHANNEL_VERBOSE},
    {"Debug", take_message, MI_WRITEMESSAGE_CHANNEL_DEBUG},
    {"Progress", take_progress, 0},
    {"Confirm", take_prompt, 0},
    {"ErrorAction", take_error, 0},
    {"StreamingOutput", take_stream, 0},
};

MI_Result mic_interactive_take(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                               struct mic_err *err)
{
    struct mic_str type = mic_str_trim(mic_str_from(text_of(element, MIC_XN_I_EVENT_TYPE)));
    char quoted[64];

    exchange->reply.is_interim = true;
    mic_arena_reset(&exchange->item_arena);
    for (size_t i = 0; i < MIC_COUNT(events); i++) {
        if (mic_str_equal_nocase(type, mic_str_from(events[i].type))) {
            return events[i].take(exchange, element, events[i].channel, err);
        }
    }
    mic_err_quote(type, quoted, sizeof(quoted));
    return mic_err_set(err, MIC_E_PROTOCOL,
                       "the server told of an event of the unknown type \"%s\"", quoted);
}

MI_Result mic_interactive_take_error(struct mic_exchange *exchange,
                                     const struct mic_xml_cursor *element, struct mic_err *err)
{
    struct mic_event *event = &exchange->interactive.event;

    if ((exchange->interactive.registered & MIC_CALLBACK_ERRORS) == 0) {
        return MI_RESULT_OK;
    }
    *event = (struct mic_event){.kind = MIC_EVENT_ERROR};
    MI_Result result = read_error(exchange, element, &event->error, err);
    if (result == MI_RESULT_OK) {
        exchange->state = MIC_STATE_EVENT;
    }
    return result;
}

/* ---- what goes out beside the request ---- */

enum mic_side mic_exchange_side(const struct mic_exchange *exchange)
{
    if (exchange->interactive.is_answered) {
        return MIC_SIDE_ANSWER;
    }
    return exchange->interactive.is_to_acknowledge ? MIC_SIDE_NOTICE : MIC_SIDE_NONE;
}

MI_Result mic_exchange_write_side(struct mic_exchange *exchange, struct mic_buf *out,
                                  struct mic_err *err)
{
    struct mic_interactive *interactive = &exchange->interactive;

    if (interactive->is_answered) {
        interactive->is_answered = false;
        interactive->sequence++;
        return mic_envelope_write(exchange, MIC_MESSAGE_ANSWER, out, err);
    }
    interactive->is_to_acknowledge = false;
    return mic_envelope_write(exchange, MIC_MESSAGE_ACKNOWLEDGE, out, err);
}

bool mic_exchange_write_end(struct mic_exchange *exchange, struct mic_buf *out)
{
    struct mic_err err;

    if (exchange->interactive.sequence < 2) {
        return false;
    }
    exchange->interactive.sequence = 1;
    mic_err_init(&err);
    return mic_envelope_write(exchange, MIC_MESSAGE_END, out, &err) == MI_RESULT_OK;
}

/* As Windows' own client writes them: no ReplyTo, and few marks. */
void mic_control_headers(struct mic_exchange *exchange, const char *action, const char *id,
                         struct mic_xml_writer *writer)
{
    bool is_end = mic_str_ends_with(mic_str_from(action), MIC_STR("/End"));
    char operation[5 + MIC_UUID_TEXT_SIZE];

    (void)snprintf(operation, sizeof(operation), "uuid:%s", exchange->message_id[0]);
    mic_xml_leaf(writer, MIC_XN_A_TO, MIC_STR(MIC_URI_ANONYMOUS));
    mic_envelope_flagged(writer, MIC_XN_W_RESOURCE_URI, true,
                         is_end ? MIC_STR(MIC_URI_MS_WSMAN "FullDuplex")
                                : MIC_STR(MIC_URI_MS_WSMAN "RobustConnection"));
    mic_envelope_flagged(writer, MIC_XN_A_ACTION, true, mic_str_from(action));
    mic_xml_leaf(writer, MIC_XN_A_MESSAGE_ID, mic_str_from(id));
    mic_xml_leaf(writer, MIC_XN_P_OPERATION_ID, mic_str_from(operation));
}

MI_Result mic_answer_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                           struct mic_err *err)
{
    const struct mic_interactive *interactive = &exchange->interactive;
    bool to_all = interactive->answer == MI_OperationCallback_ResponseType_YesToAll ||
                  interactive->answer == MI_OperationCallback_ResponseType_NoToAll;
    char text[16];

    (void)err;
    (void)snprintf(text, sizeof(text), "%s%s", is_yes(interactive->answer) ? "yes" : "no",
                   to_all ? "ToAll" : "");
    mic_xml_open(writer, MIC_XN_I_INTERACTIVE_RESPONSE);
    mic_xml_declare(writer, MIC_XNS_I);
    mic_xml_leaf(writer, MIC_XN_I_EVENT_TYPE,
                 interactive->answers == MIC_EVENT_ERROR ? MIC_STR("ErrorAction")
                                                         : MIC_STR("Confirm"));
    mic_xml_leaf(writer, MIC_XN_I_RESPONSE, mic_str_from(text));
    mic_xml_close(writer, MIC_XN_I_INTERACTIVE_RESPONSE);
    return MI_RESULT_OK;
}

MI_Result mic_acknowledge_write(struct mic_exchange *exchange, struct mic_xml_writer *writer,
                                struct mic_err *err)
{
    char text[MIC_NUMBER_TEXT_MAX];
    size_t size = mic_format_u64(exchange->interactive.last_sequence, text);

    (void)err;
    mic_xml_leaf(writer, MIC_XN_P_LAST_SEQUENCE_ID_RECEIVED, (struct mic_str){text, size});
    return MI_RESULT_OK;
}

/* ---- what comes back for an answer ---- */

static MI_Result find_fault(const struct mic_exchange *exchange, struct mic_xml_reader *reader,
                            struct mic_fault *fault, struct mic_err *err)
{
    struct mic_class_table classes;
    struct mic_instance_reader instances;
    struct mic_xml_unit unit;
    struct mic_err ignored;
    MI_Result result = MI_RESULT_OK;
    enum mic_xml_event event;

    mic_err_init(&ignored);
    do {
        event = mic_xml_reader_take(reader, &unit, &ignored);
        if (event == MIC_XML_UNIT && mic_xml_token(&unit.cursor) == MIC_XN_S_FAULT) {
            mic_class_table_init(&classes);
            mic_instance_reader_init(&instances, &classes);
            result =
                mic_fault_read(&unit.cursor, &instances, exchange->name_space, false, fault, err);
            mic_instance_reader_fini(&instances);
            mic_class_table_fini(&classes);
            return result;
        }
    } while (event != MIC_XML_NEED && event != MIC_XML_ERROR);
    return result;
}

static MI_Result refused(const struct mic_err *why, struct mic_err *err)
{
    *err = *why;
    (void)snprintf(err->message, sizeof(err->message),
                   "the server refused the answer to its question: %.960s", why->message);
    return err->result;
}

MI_Result mic_exchange_side_reply(const struct mic_exchange *exchange, unsigned http_status,
                                  struct mic_str bytes, struct mic_err *err)
{
    static const struct mic_xml_container containers[] = {{MIC_XN_S_ENVELOPE, MIC_XN_UNKNOWN},
                                                          {MIC_XN_S_BODY, MIC_XN_S_ENVELOPE}};
    struct mic_reply reply = {.status = http_status};
    struct mic_fault fault = {.instance = NULL};
    struct mic_err found;

    bool is_good = http_status >= 200 && http_status < 300;
    if (is_good && bytes.size == 0) {
        return MI_RESULT_OK;
    }
    struct mic_xml_reader *reader = mic_xml_reader_new(containers, MIC_COUNT(containers));
    if (reader == NULL) {
        return mic_item_no_memory(err);
    }
    (void)mic_xml_reader_reset(reader, exchange->session->max_envelope_size, MIC_XML_UTF8);
    mic_xml_reader_push(reader, bytes.data,
                        bytes.size < MIC_XML_PIECE_MAX ? bytes.size : MIC_XML_PIECE_MAX);
    mic_err_init(&found);
    mic_err_init(&fault.err);
    MI_Result result = find_fault(exchange, reader, &fault, &found);
    if (result == MI_RESULT_OK && fault.err.result != MI_RESULT_OK) {
        found = fault.err;
    } else if (result == MI_RESULT_OK && !is_good) {
        (void)mic_reply_status_error(&reply, &found);
    }
    mic_instance_delete(fault.instance);
    mic_xml_reader_free(reader);
    return found.result != MI_RESULT_OK ? refused(&found, err) : MI_RESULT_OK;
}
