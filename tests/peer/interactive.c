/* The events of an operation as envelopes, and the options that rule them. */
#include "interactive.h"

#include <string.h>

#include "fault.h"

#define OPEN_EVENT                                                                                 \
    "<i:InteractiveEvent xmlns:i=\"http://schemas.microsoft.com/wbem/wsman/1/cim/"                 \
    "interactive.xsd\">"
#define CLOSE_EVENT  "</i:InteractiveEvent>"
#define MS_ACTION    "http://schemas.microsoft.com/wbem/wsman/1/wsman/"
#define OPTION(name) "wmi:__MI_OPERATIONOPTIONS_" name

enum mode { MODE_REPORT, MODE_INQUIRE, MODE_IGNORE };

static void put_text(struct peer_buf *out, const char *name, const char *text)
{
    peer_printf(out, "<i:%s>", name);
    peer_put_xml(out, text);
    peer_printf(out, "</i:%s>", name);
}

static bool send(struct peer_channel *channel, const char *action, struct peer_buf *body)
{
    bool good = peer_channel_send(channel, action, body);

    peer_buf_free(body);
    return good;
}

static uint64_t option(struct peer_channel *channel, const char *name, uint64_t otherwise)
{
    const char *text = peer_soap_option(peer_channel_call(channel)->soap, name);
    uint64_t value;

    return text != NULL && peer_parse_u64(text, &value) ? value : otherwise;
}

static bool wants_message(struct peer_channel *channel, enum peer_message kind)
{
    const struct peer_soap *soap = peer_channel_call(channel)->soap;
    uint64_t value;

    for (size_t i = 0; i < soap->option_count; i++) {
        if (strcmp(soap->options[i].name, "wmiarray:__MI_OPERATIONOPTIONS_CHANNELVALUE") == 0 &&
            peer_parse_u64(soap->options[i].value, &value) && value == (uint64_t)kind) {
            return peer_channel_has(channel, CALLBACK_MESSAGE);
        }
    }
    return false;
}

bool peer_send_message(struct peer_channel *channel, const char *action, enum peer_message kind,
                       const char *text)
{
    static const char *const names[] = {"Warning", "Verbose", "Debug"};
    struct peer_buf body = {0};

    if (!wants_message(channel, kind)) {
        return true;
    }
    peer_puts(&body, OPEN_EVENT);
    put_text(&body, "EventType", names[kind]);
    put_text(&body, "Description", text);
    peer_puts(&body, CLOSE_EVENT);
    return send(channel, action, &body);
}

bool peer_send_progress(struct peer_channel *channel, const char *action, const char *activity,
                        uint32_t percent, uint32_t seconds)
{
    struct peer_buf body = {0};

    if (!peer_channel_has(channel, CALLBACK_PROGRESS)) {
        return true;
    }
    peer_puts(&body, OPEN_EVENT);
    put_text(&body, "EventType", "Progress");
    put_text(&body, "Activity", activity);
    put_text(&body, "CurrentOperation", "at work");
    put_text(&body, "StatusDescription", "going well & steadily");
    peer_printf(&body,
                "<i:PercentComplete>%lu</i:PercentComplete><i:SecondsRemaining>%lu"
                "</i:SecondsRemaining>",
                (unsigned long)percent, (unsigned long)seconds);
    peer_puts(&body, CLOSE_EVENT);
    return send(channel, action, &body);
}

bool peer_send_stream(struct peer_channel *channel, const char *action, const char *cls,
                      const struct peer_prop *prop, const struct peer_value *value)
{
    struct peer_buf body = {0};
    /* Numbers of MI_Type; arrays come 16 behind their elements. */
    unsigned type = (unsigned)prop->type + ((prop->flags & PP_ARRAY) != 0 ? 16 : 0);

    peer_puts(&body, OPEN_EVENT);
    put_text(&body, "EventType", "StreamingOutput");
    put_text(&body, "Name", prop->name);
    peer_printf(&body, "<i:Type>%u</i:Type><i:Value xmlns:xsi=\"%s\" xmlns:p=\"", type, URI_XSI);
    peer_write_class_uri(&body, &peer_channel_call(channel)->soap->view, cls);
    peer_puts(&body, "\" xmlns:cim=\"" URI_CIM "\">");
    peer_write_typed(&body, &peer_channel_call(channel)->soap->view, prop, value);
    peer_puts(&body, "</i:Value>" CLOSE_EVENT);
    return send(channel, action, &body);
}

bool peer_send_keep_alive(struct peer_channel *channel)
{
    struct peer_buf nothing = {0};

    return send(channel, MS_ACTION "Keepalive", &nothing);
}

enum peer_heard peer_send_acknowledge_request(struct peer_channel *channel)
{
    struct peer_buf nothing = {0};
    const char *answer;

    if (!peer_channel_speaks(channel)) {
        return HEARD_ANSWER;
    }
    peer_channel_expect(channel, ASK_ACKNOWLEDGE);
    if (!send(channel, MS_ACTION "AcknowledgeRequest", &nothing)) {
        return HEARD_GONE;
    }
    return peer_channel_ask(channel, &answer);
}

static enum peer_heard ask(struct peer_channel *channel, const char *action,
                           enum peer_question question, struct peer_buf *body, const char **settled)
{
    peer_channel_expect(channel, question);
    if (!send(channel, action, body)) {
        return HEARD_GONE;
    }
    if (question == ASK_NOTHING) {
        *settled = "reported";
        return HEARD_ANSWER;
    }
    return peer_channel_ask(channel, settled);
}

/* [MS-WSMV] 2.2.10: 0 reports only, 1 asks, 2 asks only what is critical or has no answer set. */
enum peer_heard peer_send_confirm(struct peer_channel *channel, const char *action,
                                  const char *text, bool critical, const char **settled)
{
    uint64_t mode = option(channel, OPTION("PROMPTUSERMODE"), MODE_INQUIRE);
    uint64_t ack = option(channel, OPTION("PROMPTUSERMODEREGULAR_ACKVALUE"), 2);
    struct peer_buf body = {0};

    if (!peer_channel_has(channel, CALLBACK_PROMPT) ||
        (mode == MODE_IGNORE && !critical && ack < 2)) {
        *settled = ack == 0 ? "auto:no" : "auto:yes";
        return HEARD_ANSWER;
    }
    peer_puts(&body, OPEN_EVENT);
    put_text(&body, "EventType", "Confirm");
    put_text(&body, "Description", text);
    put_text(&body, "PromptType", critical ? "Critical" : "Normal");
    peer_puts(&body, CLOSE_EVENT);
    return ask(channel, action, mode == MODE_REPORT ? ASK_NOTHING : ASK_CONFIRM, &body, settled);
}

enum peer_heard peer_send_error(struct peer_channel *channel, const char *action, const char *text,
                                bool inquire, const char **settled)
{
    uint64_t mode = option(channel, OPTION("WRITEERRORMODE"), MODE_INQUIRE);
    struct peer_buf body = {0};

    if (!peer_channel_has(channel, CALLBACK_ERROR) || mode == MODE_IGNORE) {
        *settled = "auto:yes";
        return HEARD_ANSWER;
    }
    inquire = inquire && mode == MODE_INQUIRE;
    peer_puts(&body, OPEN_EVENT);
    put_text(&body, "EventType", "ErrorAction");
    peer_puts(&body, "<i:Description>");
    peer_fault_put_error(&body, peer_channel_call(channel)->peer->dialect, FAULT_FAILED, text);
    peer_puts(&body, "</i:Description>");
    put_text(&body, "ActionType", inquire ? "Inquire" : "Report");
    peer_puts(&body, CLOSE_EVENT);
    return ask(channel, action, inquire ? ASK_ERROR : ASK_NOTHING, &body, settled);
}

enum peer_heard peer_chatter(struct peer_call *call, const char *action, bool prompt,
                             const char **settled)
{
    struct peer_channel *channel = peer_channel_open(call);
    enum peer_heard heard = HEARD_GONE;

    *settled = "auto:yes";
    if (peer_send_message(channel, action, MESSAGE_WARNING, "Peer_Chatty speaks & warns") &&
        peer_send_message(channel, action, MESSAGE_VERBOSE, "at length") &&
        peer_send_progress(channel, action, "chatting", 50, UINT32_MAX)) {
        heard =
            prompt ? peer_send_confirm(channel, action, "May Peer_Chatty go on?", false, settled)
                   : peer_send_error(channel, action, "something small went wrong", false, settled);
    }
    peer_channel_close(channel);
    return heard;
}
