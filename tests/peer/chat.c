/* Peer_Service.Chat: messages, progress, prompts, errors and parts of output, as many as told. */
#include "chat.h"

#include <string.h>

#include "interactive.h"

const struct peer_prop peer_chat_params[PEER_CHAT_PARAMS] = {
    {"Warnings", PT_UINT32, PP_IN, NULL, NULL},
    {"Verboses", PT_UINT32, PP_IN, NULL, NULL},
    {"Debugs", PT_UINT32, PP_IN, NULL, NULL},
    {"Progresses", PT_UINT32, PP_IN, NULL, NULL},
    {"Reports", PT_UINT32, PP_IN, NULL, "Errors that ask for nothing"},
    {"Inquiries", PT_UINT32, PP_IN, NULL, "Errors that ask whether to go on"},
    {"Prompts", PT_UINT32, PP_IN, NULL, NULL},
    {"Criticals", PT_UINT32, PP_IN, NULL, "Prompts that cannot be ignored"},
    {"Parts", PT_UINT32, PP_IN, NULL, "Rounds of streamed output"},
    {"KeepAlives", PT_UINT32, PP_IN, NULL, NULL},
    {"Acks", PT_UINT32, PP_IN, NULL, "Requests to acknowledge"},
    {"Answers", PT_STRING, PP_OUT | PP_ARRAY, NULL, "What was answered, in order"},
    {"Part", PT_UINT32, PP_OUT | PP_STREAM, NULL, NULL},
    {"Label", PT_STRING, PP_OUT | PP_STREAM, NULL, NULL},
    {"When", PT_DATETIME, PP_OUT | PP_STREAM, NULL, NULL},
    {"Numbers", PT_UINT32, PP_OUT | PP_STREAM | PP_ARRAY, NULL, NULL},
    {"Object", PT_INSTANCE, PP_OUT | PP_STREAM, "Peer_Embedded", NULL},
    {"Target", PT_REFERENCE, PP_OUT | PP_STREAM, "Peer_Base", NULL},
};

/* A chat under way. */
struct talk {
    struct peer_invocation *inv;
    struct peer_channel *channel;
    const char *action;
    const char *answers[64];
    size_t count;
    unsigned yes;
};

static enum peer_heard say_messages(struct talk *talk, const char *param, enum peer_message kind)
{
    uint64_t count = peer_in_u64(talk->inv, param, 0);

    for (uint64_t i = 0; i < count; i++) {
        const char *text = peer_fmt(talk->inv->arena, "%s %llu of <%llu>", param,
                                    (unsigned long long)i + 1, (unsigned long long)count);

        if (!peer_send_message(talk->channel, talk->action, kind, text)) {
            return HEARD_GONE;
        }
    }
    return HEARD_ANSWER;
}

static enum peer_heard say_keep_alives(struct talk *talk)
{
    for (uint64_t i = peer_in_u64(talk->inv, "KeepAlives", 0); i > 0; i--) {
        if (!peer_send_keep_alive(talk->channel)) {
            return HEARD_GONE;
        }
    }
    return HEARD_ANSWER;
}

static enum peer_heard say_all_messages(struct talk *talk)
{
    static const char *const params[] = {"Warnings", "Verboses", "Debugs"};
    enum peer_heard heard = HEARD_ANSWER;

    for (unsigned i = 0; i < 3 && heard == HEARD_ANSWER; i++) {
        heard = say_messages(talk, params[i], (enum peer_message)i);
    }
    return heard;
}

/* The first one does not know how long it will take. */
static enum peer_heard say_progress(struct talk *talk)
{
    uint64_t count = peer_in_u64(talk->inv, "Progresses", 0);

    for (uint64_t i = 0; i < count; i++) {
        if (!peer_send_progress(talk->channel, talk->action, "chatting",
                                (uint32_t)(100 * (i + 1) / count),
                                i == 0 ? UINT32_MAX : (uint32_t)(count - i - 1))) {
            return HEARD_GONE;
        }
    }
    return HEARD_ANSWER;
}

static void note_answer(struct talk *talk, const char *answer)
{
    if (talk->count < sizeof talk->answers / sizeof talk->answers[0]) {
        talk->answers[talk->count++] = answer;
    }
    talk->yes += strncmp(answer, "yes", 3) == 0 || strcmp(answer, "auto:yes") == 0;
}

enum kind { KIND_REPORT, KIND_INQUIRY, KIND_PROMPT, KIND_CRITICAL };

static enum peer_heard ask_one(struct talk *talk, enum kind kind, const char *text,
                               const char **answer)
{
    if (kind == KIND_REPORT || kind == KIND_INQUIRY) {
        return peer_send_error(talk->channel, talk->action, text, kind == KIND_INQUIRY, answer);
    }
    return peer_send_confirm(talk->channel, talk->action, text, kind == KIND_CRITICAL, answer);
}

/* Once an answer is for all, the rest of its kind is settled; what is critical is always asked. */
static enum peer_heard ask_kind(struct talk *talk, const char *param, enum kind kind)
{
    uint64_t count = peer_in_u64(talk->inv, param, 0);
    const char *settled = NULL;

    for (uint64_t i = 0; i < count; i++) {
        const char *answer = settled;
        enum peer_heard heard = HEARD_ANSWER;

        if (settled == NULL) {
            heard = ask_one(
                talk, kind,
                peer_fmt(talk->inv->arena, "%s %llu & more?", param, (unsigned long long)i + 1),
                &answer);
        }
        if (heard != HEARD_ANSWER) {
            return heard;
        }
        if (kind != KIND_REPORT) {
            note_answer(talk, answer);
        }
        if (kind != KIND_CRITICAL && strcmp(answer, "yesToAll") == 0) {
            settled = "auto:yes";
        } else if (kind != KIND_CRITICAL && strcmp(answer, "noToAll") == 0) {
            settled = "auto:no";
        }
    }
    return HEARD_ANSWER;
}

static enum peer_heard ask_questions(struct talk *talk)
{
    static const char *const params[] = {"Reports", "Inquiries", "Prompts", "Criticals"};
    enum peer_heard heard = HEARD_ANSWER;

    for (unsigned i = 0; i < 4 && heard == HEARD_ANSWER; i++) {
        heard = ask_kind(talk, params[i], (enum kind)i);
    }
    return heard;
}

/* Values of one round of streamed output. */
static void make_round(struct talk *talk, uint64_t round)
{
    struct peer_arena *arena = talk->inv->arena;
    struct peer_instance *out = talk->inv->out;
    const struct peer_catalog *catalog = talk->inv->call->peer->catalog;
    const char *ns = talk->inv->call->soap->ns;
    struct peer_instance *object =
        peer_instance_new(arena, peer_catalog_find(catalog, ns, "Peer_Embedded"), ns);
    const void *const objects[1] = {object};
    const void *const paths[1] = {peer_path_new(arena, "Peer_LeafA", ns, "Name", "leaf a")};
    const char *numbers[2];

    numbers[0] = peer_fmt(arena, "%llu", (unsigned long long)round);
    numbers[1] = peer_fmt(arena, "%llu", (unsigned long long)round + 1);
    peer_set(arena, object, "Name", numbers[0]);
    peer_set(arena, object, "Value", numbers[0]);
    peer_set(arena, out, "Part", numbers[0]);
    peer_set(arena, out, "Label", peer_fmt(arena, "part %s & <more>", numbers[0]));
    peer_set(arena, out, "When",
             peer_fmt(arena, "20240102030405.%06llu+000", (unsigned long long)round % 1000000));
    peer_set_array(arena, out, "Numbers", 2, numbers);
    peer_set_items(arena, out, "Object", 1, objects);
    peer_set_items(arena, out, "Target", 1, paths);
}

static enum peer_heard send_round(struct talk *talk)
{
    const struct peer_instance *out = talk->inv->out;

    for (size_t i = 0; i < out->cls->all_count; i++) {
        if ((out->cls->all[i]->flags & PP_STREAM) != 0 &&
            !peer_send_stream(talk->channel, talk->action, talk->inv->call->cls->name,
                              out->cls->all[i], &out->values[i])) {
            return HEARD_GONE;
        }
    }
    return HEARD_ANSWER;
}

/* Without the callback the last round is in the answer; with it the answer has none of them. */
static enum peer_heard stream(struct talk *talk)
{
    bool streams = peer_channel_has(talk->channel, CALLBACK_STREAM);
    uint64_t rounds = peer_in_u64(talk->inv, "Parts", 0);
    enum peer_heard heard = HEARD_ANSWER;

    for (uint64_t i = 1; i <= rounds && heard == HEARD_ANSWER; i++) {
        make_round(talk, i);
        heard = streams ? send_round(talk) : HEARD_ANSWER;
    }
    if (streams && rounds > 0) {
        peer_drop_streamed(talk->inv);
    }
    return heard;
}

static enum peer_heard acknowledge(struct talk *talk)
{
    enum peer_heard heard = HEARD_ANSWER;

    for (uint64_t i = peer_in_u64(talk->inv, "Acks", 0); i > 0 && heard == HEARD_ANSWER; i--) {
        heard = peer_send_acknowledge_request(talk->channel);
    }
    return heard;
}

enum peer_fault peer_chat(struct peer_invocation *inv)
{
    static enum peer_heard (*const parts[])(struct talk * talk) = {
        say_keep_alives, say_all_messages, say_progress, ask_questions, stream, acknowledge,
    };
    struct talk talk = {.inv = inv, .channel = peer_channel_open(inv->call)};
    enum peer_heard heard = HEARD_ANSWER;
    enum peer_fault fault;

    talk.action = peer_fmt(inv->arena, "%sResponse", inv->call->soap->action);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && heard == HEARD_ANSWER; i++) {
        heard = parts[i](&talk);
    }
    fault = peer_channel_fault(talk.channel, heard);
    peer_channel_close(talk.channel);
    if (heard == HEARD_TIME) {
        return FAULT_TIMED_OUT;
    }
    peer_set_array(inv->arena, inv->out, "Answers", talk.count, talk.answers);
    peer_return(inv, peer_fmt(inv->arena, "%u", talk.yes));
    return fault;
}
