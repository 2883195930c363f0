/* Replies of several envelopes, and the answers that come on a second connection. */
#include "channel.h"

#include <stdlib.h>
#include <string.h>

#include "datetime.h"
#include "events.h"
#include "negotiate.h"
#include "reply.h"

/* No client is waited for longer than this. */
#define LONGEST_WAIT 60000U

#define URI_INTERACTIVE "http://schemas.microsoft.com/wbem/wsman/1/cim/interactive.xsd"
#define MS_ACTION       "http://schemas.microsoft.com/wbem/wsman/1/wsman/"

struct peer_channel {
    struct peer_call *call;
    /** False: no OperationID, or a server that knows nothing of it. */
    bool speaks;
    unsigned callbacks;
    int bell;
    /** All below is under the lock of the channels. */
    enum peer_question question;
    bool answered;
    bool cancelled;
    char answer[16];
    /** SequenceId of the envelope that asks. */
    uint64_t asked;
    /** SequenceId the next answer has to have. */
    uint64_t next_answer;
    struct peer_channel *next;
};

struct peer_channels {
    pthread_mutex_t lock;
    struct peer_bell bell;
    struct peer_channel *open;
};

struct peer_channels *peer_channels_new(void)
{
    struct peer_channels *channels = peer_xmalloc(sizeof *channels);

    memset(channels, 0, sizeof *channels);
    pthread_mutex_init(&channels->lock, NULL);
    peer_bell_init(&channels->bell);
    return channels;
}

void peer_channels_free(struct peer_channels *channels)
{
    if (channels != NULL) {
        peer_bell_fini(&channels->bell);
        pthread_mutex_destroy(&channels->lock);
        free(channels);
    }
}

struct peer_channel *peer_channel_open(struct peer_call *call)
{
    struct peer_channels *channels = call->peer->channels;
    struct peer_channel *channel = peer_alloc(&call->request->arena, sizeof *channel);
    const char *bits = peer_soap_option(call->soap, "__MI_CallbackRegistration");
    uint64_t number = 0;

    channel->call = call;
    channel->speaks = call->peer->dialect->chunked && call->soap->operation_id != NULL &&
                      !call->peer->config.downlevel;
    channel->callbacks = bits != NULL && peer_parse_u64(bits, &number) ? (unsigned)number : 0;
    channel->next_answer = 2;
    channel->bell = peer_bell_join(&channels->bell);
    pthread_mutex_lock(&channels->lock);
    channel->next = channels->open;
    channels->open = channel;
    pthread_mutex_unlock(&channels->lock);
    return channel;
}

void peer_channel_close(struct peer_channel *channel)
{
    struct peer_channels *channels = channel->call->peer->channels;
    struct peer_channel **at = &channels->open;

    pthread_mutex_lock(&channels->lock);
    while (*at != channel) {
        at = &(*at)->next;
    }
    *at = channel->next;
    pthread_mutex_unlock(&channels->lock);
    peer_bell_leave(&channels->bell, channel->bell);
}

bool peer_channel_has(const struct peer_channel *channel, unsigned callback)
{
    return channel->speaks && (channel->callbacks & callback) != 0;
}

static bool send_chunk(struct peer_conn *conn, const struct peer_buf *body)
{
    struct peer_buf out = {0};
    struct peer_buf sealed = {0};
    bool good;

    if (peer_negotiate_seals(conn)) {
        peer_negotiate_seal(conn, body->data, body->len, &sealed);
        body = &sealed;
    }
    peer_printf(&out, "%zX\r\n", body->len);
    peer_put(&out, body->data, body->len);
    peer_puts(&out, "\r\n");
    good = peer_conn_send(conn, out.data, out.len);
    peer_buf_free(&sealed);
    peer_buf_free(&out);
    return good;
}

static bool send_head(const struct peer_call *call)
{
    struct peer_buf out = {0};
    bool good;

    peer_printf(&out,
                "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n"
                "Server: %s\r\nTransfer-Encoding: chunked\r\n\r\n",
                peer_negotiate_seals(call->conn) ? peer_negotiate_type(call->conn)
                                                 : "application/soap+xml;charset=UTF-8",
                call->peer->dialect->server);
    good = peer_conn_send(call->conn, out.data, out.len);
    peer_buf_free(&out);
    return good;
}

bool peer_channel_send(struct peer_channel *channel, const char *action,
                       const struct peer_buf *body)
{
    struct peer_call *call = channel->call;
    struct peer_soap *soap = call->soap;
    struct peer_buf out = {0};
    bool good;

    if (!channel->speaks || call->response->gone) {
        return !call->response->gone;
    }
    soap->reply_header = "<w:OperationTimeout>PT120.000S</w:OperationTimeout>";
    peer_reply_begin(call->peer, soap, action, &out);
    soap->reply_header = NULL;
    pthread_mutex_lock(&call->peer->channels->lock);
    soap->sequence++;
    pthread_mutex_unlock(&call->peer->channels->lock);
    peer_put(&out, body->data != NULL ? body->data : "", body->len);
    peer_reply_end(call->peer, &out);
    good = (call->response->live || send_head(call)) && send_chunk(call->conn, &out);
    call->response->live = true;
    call->response->gone = !good;
    peer_count(call->peer, CNT_INTERACTIVE);
    peer_buf_free(&out);
    return good;
}

bool peer_channel_finish(struct peer_conn *conn, const struct peer_response *response)
{
    return send_chunk(conn, &response->body) && peer_conn_send(conn, "0\r\n\r\n", 5);
}

static bool keep_alive(struct peer_channel *channel)
{
    const struct peer_buf nothing = {0};

    return peer_channel_send(channel, MS_ACTION "Keepalive", &nothing);
}

/* Until the answer, a Cancel, or the end of the time or of the connection. */
static enum peer_heard wait(struct peer_channel *channel, uint64_t ms)
{
    struct peer_channels *channels = channel->call->peer->channels;
    uint64_t every = channel->speaks ? channel->call->peer->config.keep_alive_ms : LONGEST_WAIT;
    uint64_t until = peer_now_ms() + ms;
    uint64_t sign = peer_now_ms() + every;

    for (;;) {
        uint64_t now = peer_now_ms();
        uint64_t next = sign < until ? sign : until;
        bool answered;
        bool cancelled;

        pthread_mutex_lock(&channels->lock);
        answered = channel->answered;
        cancelled = channel->cancelled;
        pthread_mutex_unlock(&channels->lock);
        if (cancelled) {
            return HEARD_CANCEL;
        }
        if (answered) {
            return HEARD_ANSWER;
        }
        if (now >= until || channel->bell < 0) {
            return HEARD_TIME;
        }
        if (now >= sign) {
            sign = now + every;
            keep_alive(channel);
        } else if (peer_bell_wait(channel->call->conn, channel->bell, next - now) == WAKE_GONE) {
            channel->call->response->gone = true;
        }
        if (channel->call->response->gone) {
            return HEARD_GONE;
        }
    }
}

struct peer_call *peer_channel_call(const struct peer_channel *channel)
{
    return channel->call;
}

bool peer_channel_speaks(const struct peer_channel *channel)
{
    return channel->speaks;
}

void peer_channel_expect(struct peer_channel *channel, enum peer_question question)
{
    struct peer_channels *channels = channel->call->peer->channels;

    pthread_mutex_lock(&channels->lock);
    channel->question = question;
    channel->answered = false;
    channel->asked = channel->call->soap->sequence + 1;
    pthread_mutex_unlock(&channels->lock);
}

enum peer_heard peer_channel_ask(struct peer_channel *channel, const char **answer)
{
    enum peer_heard heard = wait(channel, LONGEST_WAIT);

    *answer = peer_dup(&channel->call->request->arena, channel->answer);
    peer_channel_expect(channel, ASK_NOTHING);
    return heard;
}

enum peer_fault peer_channel_take_time(struct peer_channel *channel, uint64_t ms)
{
    const struct peer_soap *soap = channel->call->soap;
    uint64_t limit = UINT64_MAX;
    bool late;
    enum peer_fault fault;

    if (channel->call->peer->dialect->id == DIALECT_WINDOWS && soap->operation_id == NULL &&
        soap->operation_timeout != NULL && peer_duration_ms(soap->operation_timeout, &limit)) {
        limit = soap->act != ACT_PULL && limit > 60000 ? 60000 : limit;
    }
    late = ms > limit;
    fault = peer_channel_fault(channel, wait(channel, late ? limit : ms));
    return fault == FAULT_NONE && late ? FAULT_TIMED_OUT : fault;
}

bool peer_channel_is_cancelled(struct peer_channel *channel)
{
    struct peer_channels *channels = channel->call->peer->channels;
    bool cancelled;

    pthread_mutex_lock(&channels->lock);
    cancelled = channel->cancelled;
    pthread_mutex_unlock(&channels->lock);
    return cancelled;
}

enum peer_fault peer_channel_fault(struct peer_channel *channel, enum peer_heard heard)
{
    if (heard == HEARD_CANCEL) {
        channel->call->why = "The operation was cancelled.";
        return FAULT_ABORTED;
    }
    return FAULT_NONE;
}

/* The operation another request means by its OperationID; the lock is held. */
static struct peer_channel *find(struct peer_call *call)
{
    struct peer_channel *at = call->peer->channels->open;
    const char *id = call->soap->operation_id;

    while (at != NULL &&
           (id == NULL || !at->speaks || !peer_ieq(at->call->soap->operation_id, id))) {
        at = at->next;
    }
    return at;
}

static enum peer_fault refuse(struct peer_call *call, const char *why)
{
    call->why = why;
    return FAULT_INVALID_HEADER;
}

static bool same_text(const char *a, const char *b)
{
    return a != NULL && b != NULL ? peer_ieq(a, b) : a == b;
}

static bool same_selectors(const struct peer_soap *a, const struct peer_soap *b)
{
    if (a->selector_count != b->selector_count) {
        return false;
    }
    for (size_t i = 0; i < a->selector_count; i++) {
        if (!same_text(a->selectors[i].name, b->selectors[i].name) ||
            !same_text(a->selectors[i].value, b->selectors[i].value)) {
            return false;
        }
    }
    return true;
}

static bool same_options(const struct peer_soap *a, const struct peer_soap *b)
{
    if (a->option_count != b->option_count) {
        return false;
    }
    for (size_t i = 0; i < a->option_count; i++) {
        if (!same_text(a->options[i].name, b->options[i].name) ||
            !same_text(a->options[i].value, b->options[i].value)) {
            return false;
        }
    }
    return true;
}

/* An answer has all headers of the request it belongs to, but for MessageID, Action and
 * SequenceId ([MS-WSMV] 2.2.2.5 and 4.11.1). */
static enum peer_fault check_answer(struct peer_call *call, const struct peer_channel *channel)
{
    const struct peer_soap *soap = call->soap;
    const struct peer_soap *first = channel->call->soap;
    uint64_t sequence;

    if (peer_must_understand(peer_child(soap->header, URI_MSWSMAN, "OperationID")) != 0 ||
        peer_must_understand(peer_child(soap->header, URI_MSWSMAN, "SequenceId")) == 1) {
        return refuse(call, "OperationID is not marked mustUnderstand=\"false\"");
    }
    if (soap->sequence_id == NULL || !peer_parse_u64(soap->sequence_id, &sequence) ||
        sequence != channel->next_answer) {
        return refuse(call, peer_fmt(&call->request->arena, "SequenceId is not %llu",
                                     (unsigned long long)channel->next_answer));
    }
    if (!same_text(soap->resource_uri, first->resource_uri) || !same_text(soap->to, first->to) ||
        !same_text(soap->session_id, first->session_id) || !same_selectors(soap, first)) {
        return refuse(call, "To, ResourceURI, SelectorSet or SessionId is not the operation's");
    }
    if (!same_options(soap, first)) {
        return refuse(call, "the OptionSet is not the operation's");
    }
    return FAULT_NONE;
}

static enum peer_fault read_answer(struct peer_call *call, struct peer_channel *channel)
{
    static const char *const words[] = {"yes", "no", "yesToAll", "noToAll"};
    struct peer_arena *arena = &call->request->arena;
    xmlNodePtr top = call->soap->content;
    xmlNodePtr type = peer_child(top, URI_INTERACTIVE, "EventType");
    xmlNodePtr text = peer_child(top, URI_INTERACTIVE, "Response");
    const char *wanted = channel->question == ASK_CONFIRM ? "Confirm" : "ErrorAction";
    const char *answer = text != NULL ? peer_node_text(arena, text) : "";

    if (channel->question != ASK_CONFIRM && channel->question != ASK_ERROR) {
        return refuse(call, "the operation has asked nothing");
    }
    if (top == NULL || !peer_node_is(top, URI_INTERACTIVE, "InteractiveResponse") || type == NULL ||
        strcmp(peer_node_text(arena, type), wanted) != 0) {
        call->why = "the body holds no InteractiveResponse to what was asked";
        return FAULT_SCHEMA;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i], answer) == 0) {
            memcpy(channel->answer, words[i], strlen(words[i]) + 1);
            channel->answered = true;
            channel->question = ASK_NOTHING;
            channel->next_answer++;
            return FAULT_NONE;
        }
    }
    call->why = "the response is none of yes, no, yesToAll, noToAll";
    return FAULT_SCHEMA;
}

/* An empty answer: the specification shows none, but HTTP needs one. */
static enum peer_fault answer_empty(struct peer_call *call, const char *action)
{
    peer_reply_begin(call->peer, call->soap, action, &call->response->body);
    peer_reply_end(call->peer, &call->response->body);
    peer_reply_finish(call->peer, call->soap, call->response);
    return FAULT_NONE;
}

enum peer_fault peer_op_answer(struct peer_call *call)
{
    struct peer_channels *channels = call->peer->channels;
    struct peer_channel *channel;
    enum peer_fault fault;

    pthread_mutex_lock(&channels->lock);
    channel = find(call);
    fault = channel != NULL ? check_answer(call, channel)
                            : refuse(call, "there is no operation of this OperationID");
    fault = fault == FAULT_NONE ? read_answer(call, channel) : fault;
    pthread_mutex_unlock(&channels->lock);
    if (fault != FAULT_NONE) {
        return fault;
    }
    peer_count(call->peer, CNT_ANSWERS);
    peer_bell_ring(&channels->bell);
    return answer_empty(call, "/InteractiveResponseResponse");
}

/* The body says which envelope came last; it has to be the one that asked. */
enum peer_fault peer_op_acknowledge(struct peer_call *call)
{
    struct peer_channels *channels = call->peer->channels;
    xmlNodePtr node = call->soap->content;
    struct peer_channel *channel;
    uint64_t last = 0;
    enum peer_fault fault = FAULT_NONE;

    if (node == NULL || !peer_node_is(node, URI_MSWSMAN, "LastSequenceIdReceived") ||
        !peer_parse_u64(peer_node_text(&call->request->arena, node), &last)) {
        call->why = "the body holds no LastSequenceIdReceived";
        return FAULT_SCHEMA;
    }
    pthread_mutex_lock(&channels->lock);
    channel = find(call);
    if (channel == NULL || channel->question != ASK_ACKNOWLEDGE) {
        fault = refuse(call, "there is nothing to acknowledge");
    } else if (last < channel->asked || last > channel->call->soap->sequence) {
        fault = refuse(call, "LastSequenceIdReceived is not the last SequenceId");
    } else {
        channel->answered = true;
    }
    pthread_mutex_unlock(&channels->lock);
    if (fault != FAULT_NONE) {
        return fault;
    }
    peer_count(call->peer, CNT_ANSWERS);
    peer_bell_ring(&channels->bell);
    return answer_empty(call, MS_ACTION "AcknowledgeResponse");
}

enum peer_fault peer_op_cancel(struct peer_call *call)
{
    struct peer_channels *channels = call->peer->channels;
    struct peer_channel *channel;

    pthread_mutex_lock(&channels->lock);
    channel = find(call);
    if (channel != NULL) {
        channel->cancelled = true;
    }
    pthread_mutex_unlock(&channels->lock);
    peer_bell_ring(&channels->bell);
    peer_bell_ring(peer_events_bell(call->peer));
    return answer_empty(call, MS_ACTION "CancelResponse");
}

/* Nothing is kept for an operation that has ended. */
enum peer_fault peer_op_end(struct peer_call *call)
{
    return answer_empty(call, MS_ACTION "EndResponse");
}
