/* Messages, progress, errors, prompts and streamed parameters over real sockets. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"

static struct peer peer;
static struct client client;

static void open_peer(const char *option)
{
    peer_start_with(&peer, option);
    client_open(&client, &peer);
}

static void shut(void)
{
    client_close(&client);
    peer_stop(&peer);
}

typedef MI_Result(MI_CALL *answer_function)(MI_Operation *operation,
                                            MI_OperationCallback_ResponseType response);

/* What a chat tells, as text, and how its questions are answered. */
struct chat {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    char log[8192];
    unsigned events, questions, results, finals;
    MI_Result result;
    char message[1024];
    char answers[512]; /* what the server says it was answered */
    MI_Uint32 returned;

    MI_OperationCallback_ResponseType answer;
    bool answers_later;    /* from another thread, or never */
    bool acknowledges_not; /* keep streamed parameters and results */
    MI_Operation *asked;   /* as the callback had it */
    answer_function how;
    MI_Result(MI_CALL *held)(MI_Operation *operation);
    MI_Operation held_operation;
    void (*inside)(struct chat *chat, MI_Operation *operation); /* called in prompts */
};

static void chat_init(struct chat *chat)
{
    memset(chat, 0, sizeof(*chat));
    pthread_mutex_init(&chat->lock, NULL);
    pthread_cond_init(&chat->changed, NULL);
    chat->answer = MI_OperationCallback_ResponseType_Yes;
}

static void chat_fini(struct chat *chat)
{
    pthread_cond_destroy(&chat->changed);
    pthread_mutex_destroy(&chat->lock);
}

static void chat_say(struct chat *chat, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void chat_say(struct chat *chat, const char *format, ...)
{
    va_list arguments;
    pthread_mutex_lock(&chat->lock);
    size_t used = strlen(chat->log);
    va_start(arguments, format);
    vsnprintf(chat->log + used, sizeof(chat->log) - used, format, arguments);
    va_end(arguments);
    chat->events++;
    pthread_cond_broadcast(&chat->changed);
    pthread_mutex_unlock(&chat->lock);
}

static void chat_await(struct chat *chat, const unsigned *what, unsigned at_least)
{
    pthread_mutex_lock(&chat->lock);
    while (*what < at_least) {
        pthread_cond_wait(&chat->changed, &chat->lock);
    }
    pthread_mutex_unlock(&chat->lock);
}

static void asked(struct chat *chat, MI_Operation *operation, answer_function how)
{
    if (chat->inside != NULL) {
        chat->inside(chat, operation);
    }
    pthread_mutex_lock(&chat->lock);
    chat->asked = operation;
    chat->how = how;
    chat->questions++;
    pthread_cond_broadcast(&chat->changed);
    pthread_mutex_unlock(&chat->lock);
    if (how != NULL && !chat->answers_later) {
        MIC_CHECK_INT(how(operation, chat->answer), MI_RESULT_OK);
        MIC_CHECK_INT(how(operation, chat->answer), MI_RESULT_INVALID_PARAMETER);
    }
}

static void MI_CALL on_prompt(MI_Operation *operation, void *context, const MI_Char *message,
                              MI_PromptType type, answer_function how)
{
    chat_say(context, "prompt%s%s %s\n", type == MI_PROMPTTYPE_CRITICAL ? " critical" : "",
             how == NULL ? " report" : "", message);
    asked(context, operation, how);
}

static void MI_CALL on_error(MI_Operation *operation, void *context, MI_Instance *error,
                             answer_function how)
{
    MI_Value value;
    MI_Type type;
    bool has_text =
        MI_Instance_GetElement(error, "Message", &value, &type, NULL, NULL) == MI_RESULT_OK &&
        type == MI_STRING;
    chat_say(context, "error%s %s\n", how == NULL ? " report" : "", has_text ? value.string : "-");
    asked(context, operation, how);
}

static void MI_CALL on_message(MI_Operation *operation, void *context, MI_Uint32 channel,
                               const MI_Char *message)
{
    (void)operation;
    chat_say(context, "message %u %s\n", (unsigned)channel, message);
}

static void MI_CALL on_progress(MI_Operation *operation, void *context, const MI_Char *activity,
                                const MI_Char *step, const MI_Char *status, MI_Uint32 percent,
                                MI_Uint32 seconds)
{
    (void)operation;
    chat_say(context, "progress %s, %s, %s: %u%% %d s\n", activity, step, status, (unsigned)percent,
             (int)seconds);
}

static void chat_hold(struct chat *chat, const MI_Operation *operation,
                      MI_Result(MI_CALL *acknowledge)(MI_Operation *operation))
{
    MI_Operation copy = *operation;
    if (acknowledge != NULL && !chat->acknowledges_not) {
        acknowledge(&copy);
    } else if (acknowledge != NULL) {
        pthread_mutex_lock(&chat->lock);
        chat->held = acknowledge;
        chat->held_operation = copy;
        pthread_mutex_unlock(&chat->lock);
    }
}

static void MI_CALL on_stream(MI_Operation *operation, void *context, const MI_Char *name,
                              MI_Type type, const MI_Value *value,
                              MI_Result(MI_CALL *acknowledge)(MI_Operation *operation))
{
    struct chat *chat = context;
    char text[128] = "";
    if (type == MI_UINT32A) {
        for (MI_Uint32 i = 0; i < value->uint32a.size; i++) {
            size_t used = strlen(text);
            snprintf(text + used, sizeof(text) - used, " %u", (unsigned)value->uint32a.data[i]);
        }
    } else if (type == MI_STRINGA && value->stringa.size == 1) {
        snprintf(text, sizeof(text), " %s", value->stringa.data[0]);
    } else if (type == MI_DATETIMEA && value->datetimea.size == 1) {
        snprintf(text, sizeof(text), " %u", (unsigned)value->datetimea.data[0].u.timestamp.year);
    } else if ((type == MI_INSTANCEA || type == MI_REFERENCEA) && value->instancea.size == 1) {
        const MI_Char *class_name = "?";
        MI_Instance_GetClassName(value->instancea.data[0], &class_name);
        snprintf(text, sizeof(text), " %s", class_name);
    }
    chat_hold(chat, operation, acknowledge);
    chat_say(chat, "stream %s %u%s\n", name, (unsigned)type, text);
}

static void note_result(struct chat *chat, const MI_Instance *instance, bool more, MI_Result result,
                        const MI_Char *message)
{
    MI_Value value;
    MI_Type type;
    if (instance != NULL &&
        MI_Instance_GetElement(instance, "Answers", &value, &type, NULL, NULL) == MI_RESULT_OK &&
        type == MI_STRINGA) {
        for (MI_Uint32 i = 0; i < value.stringa.size; i++) {
            size_t used = strlen(chat->answers);
            snprintf(chat->answers + used, sizeof(chat->answers) - used, "%s%s", i > 0 ? " " : "",
                     value.stringa.data[i]);
        }
    }
    if (instance != NULL && MI_Instance_GetElement(instance, "ReturnValue", &value, &type, NULL,
                                                   NULL) == MI_RESULT_OK) {
        chat->returned = value.uint32;
    }
    chat->results++;
    if (!more) {
        chat->result = result;
        snprintf(chat->message, sizeof(chat->message), "%s", message != NULL ? message : "");
        chat->finals++;
    }
}

static void MI_CALL on_result(MI_Operation *operation, void *context, const MI_Instance *instance,
                              MI_Boolean more, MI_Result result, const MI_Char *message,
                              const MI_Instance *details,
                              MI_Result(MI_CALL *acknowledge)(MI_Operation *operation))
{
    struct chat *chat = context;
    (void)details;
    chat_hold(chat, operation, acknowledge);
    pthread_mutex_lock(&chat->lock);
    note_result(chat, instance, more != MI_FALSE, result, message);
    pthread_cond_broadcast(&chat->changed);
    pthread_mutex_unlock(&chat->lock);
}

static void chat_callbacks(struct chat *chat, bool is_async, MI_OperationCallbacks *callbacks)
{
    memset(callbacks, 0, sizeof(*callbacks));
    callbacks->callbackContext = chat;
    callbacks->promptUser = on_prompt;
    callbacks->writeError = on_error;
    callbacks->writeMessage = on_message;
    callbacks->writeProgress = on_progress;
    callbacks->streamedParameterResult = on_stream;
    callbacks->instanceResult = is_async ? on_result : NULL;
}

struct part {
    const char *name;
    MI_Uint32 count;
};

#define PARTS_END                                                                                  \
    {                                                                                              \
        NULL, 0                                                                                    \
    }

static void chat_begin(const struct part *parts, MI_Uint32 flags, MI_OperationOptions *options,
                       MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_Instance *key, *parameters;
    MI_Value value;
    char name[] = "alpha";
    MIC_REQUIRE(MI_Application_NewInstance(&client.application, "Peer_Service", NULL, &key) ==
                MI_RESULT_OK);
    value.string = name;
    MI_Instance_AddElement(key, "Name", &value, MI_STRING, MI_FLAG_KEY);
    MIC_REQUIRE(MI_Application_NewInstance(&client.application, "__PARAMETERS", NULL,
                                           &parameters) == MI_RESULT_OK);
    for (; parts->name != NULL; parts++) {
        value.uint32 = parts->count;
        MI_Instance_AddElement(parameters, parts->name, &value, MI_UINT32, 0);
    }
    MI_Session_Invoke(&client.session, flags, options, "root/cimv2", "Peer_Service", "Chat", key,
                      parameters, callbacks, operation);
    MI_Instance_Delete(key);
    MI_Instance_Delete(parameters);
}

/* Take all results of a synchronous one. */
static void chat_take(struct chat *chat, MI_Operation *operation)
{
    const MI_Instance *instance;
    const MI_Char *message;
    MI_Boolean more = MI_TRUE;
    MI_Result result;
    while (more) {
        MIC_REQUIRE(MI_Operation_GetInstance(operation, &instance, &more, &result, &message,
                                             NULL) == MI_RESULT_OK);
        note_result(chat, instance, more != MI_FALSE, result, message);
    }
}

/* One chat from its beginning to its end. */
static void chat_with(struct chat *chat, bool is_async, const struct part *parts,
                      MI_OperationOptions *options)
{
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    chat_callbacks(chat, is_async, &callbacks);
    chat_begin(parts, 0, options, &callbacks, &operation);
    if (is_async) {
        chat_await(chat, &chat->finals, 1);
    } else {
        chat_take(chat, &operation);
    }
    MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
}

static MI_OperationOptions new_options(void)
{
    MI_OperationOptions options;
    MIC_REQUIRE(MI_Application_NewOperationOptions(&client.application, MI_FALSE, &options) ==
                MI_RESULT_OK);
    return options;
}

/* ---- all of it ---- */

static const char all_told[] = "message 0 Warnings 1 of <2>\n"
                               "message 0 Warnings 2 of <2>\n"
                               "message 1 Verboses 1 of <1>\n"
                               "message 2 Debugs 1 of <1>\n"
                               "progress chatting, at work, going well & steadily: 50% -1 s\n"
                               "progress chatting, at work, going well & steadily: 100% 0 s\n"
                               "error report Reports 1 & more?\n"
                               "error Inquiries 1 & more?\n"
                               "prompt Prompts 1 & more?\n"
                               "prompt Prompts 2 & more?\n"
                               "prompt critical Criticals 1 & more?\n"
                               "stream Part 21 1\n"
                               "stream Label 29 part 1 & <more>\n"
                               "stream When 28 2024\n"
                               "stream Numbers 21 1 2\n"
                               "stream Object 31 Peer_Embedded\n"
                               "stream Target 30 Peer_LeafA\n";

static const struct part all_parts[] = {{"Warnings", 2},   {"Verboses", 1},  {"Debugs", 1},
                                        {"Progresses", 2}, {"Reports", 1},   {"Prompts", 2},
                                        {"Criticals", 1},  {"Inquiries", 1}, {"Parts", 1},
                                        {"KeepAlives", 3}, {"Acks", 2},      PARTS_END};

MIC_TEST(interactive, everything_is_told_in_order_and_answered)
{
    open_peer(NULL);
    for (int is_async = 0; is_async < 2; is_async++) {
        struct chat chat;
        chat_init(&chat);
        chat_with(&chat, is_async != 0, all_parts, NULL);
        MIC_CHECK_INT(chat.result, MI_RESULT_OK);
        MIC_CHECK_TEXT(chat.message, "");
        MIC_CHECK_TEXT(chat.log, all_told);
        MIC_CHECK_TEXT(chat.answers, "yes yes yes yes");
        MIC_CHECK_INT(chat.returned, 4);
        MIC_CHECK_INT(chat.finals, 1);
        chat_fini(&chat);
    }
    peer_await(&peer, "requests.End", 2);
    MIC_CHECK_INT(peer_counter(&peer, "interactive.answers"), 2 * (4 + 2));
    MIC_CHECK_INT(peer_counter(&peer, "faults.sent"), 0);
    shut();
}

MIC_TEST(interactive, no_and_answers_to_all_reach_the_server)
{
    static const struct {
        MI_OperationCallback_ResponseType answer;
        const char *answers;
        unsigned questions;
    } rows[] = {
        {MI_OperationCallback_ResponseType_No, "no no no", 3},
        {MI_OperationCallback_ResponseType_YesToAll, "yesToAll auto:yes auto:yes", 1},
        {MI_OperationCallback_ResponseType_NoToAll, "noToAll auto:no auto:no", 1},
    };
    static const struct part parts[] = {{"Prompts", 3}, PARTS_END};
    open_peer(NULL);
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct chat chat;
        chat_init(&chat);
        chat.answer = rows[i].answer;
        chat_with(&chat, false, parts, NULL);
        MIC_CHECK_TEXT(chat.answers, rows[i].answers);
        MIC_CHECK_INT(chat.questions, rows[i].questions);
        chat_fini(&chat);
    }
    shut();
}

MIC_TEST(interactive, modes_say_who_is_asked)
{
    static const struct part parts[] = {{"Prompts", 1}, {"Inquiries", 1}, PARTS_END};
    MI_OperationOptions options;
    struct chat chat;
    open_peer(NULL);
    options = new_options();
    MI_OperationOptions_SetPromptUserMode(&options, MI_CALLBACKMODE_REPORT);
    MI_OperationOptions_SetWriteErrorMode(&options, MI_CALLBACKMODE_REPORT);
    chat_init(&chat);
    chat_with(&chat, true, parts, &options);
    MIC_CHECK_TEXT(chat.log, "error report Inquiries 1 & more?\nprompt report Prompts 1 & more?\n");
    MIC_CHECK_TEXT(chat.answers, "reported reported");
    chat_fini(&chat);
    MI_OperationOptions_Delete(&options);

    options = new_options();
    MI_OperationOptions_SetPromptUserRegularMode(&options, MI_CALLBACKMODE_IGNORE, MI_FALSE);
    MI_OperationOptions_SetWriteErrorMode(&options, MI_CALLBACKMODE_IGNORE);
    chat_init(&chat);
    chat_with(&chat, false, parts, &options);
    MIC_CHECK_TEXT(chat.log, "");
    MIC_CHECK_TEXT(chat.answers, "auto:yes auto:no");
    chat_fini(&chat);
    MI_OperationOptions_Delete(&options);
    shut();
}

MIC_TEST(interactive, what_is_not_registered_is_not_told)
{
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    struct chat chat;
    open_peer(NULL);
    chat_init(&chat);
    chat_callbacks(&chat, false, &callbacks);
    callbacks.writeMessage = NULL;
    callbacks.promptUser = NULL;
    callbacks.streamedParameterResult = NULL;
    chat_begin(all_parts, 0, NULL, &callbacks, &operation);
    chat_take(&chat, &operation);
    MI_Operation_Close(&operation);
    MIC_CHECK_TEXT(chat.log, "progress chatting, at work, going well & steadily: 50% -1 s\n"
                             "progress chatting, at work, going well & steadily: 100% 0 s\n"
                             "error report Reports 1 & more?\n"
                             "error Inquiries 1 & more?\n");
    MIC_CHECK_TEXT(chat.answers, "yes auto:yes auto:yes auto:yes");
    chat_fini(&chat);
    chat_init(&chat);
    chat_begin(all_parts, 0, NULL, NULL, &operation);
    chat_take(&chat, &operation);
    MI_Operation_Close(&operation);
    MIC_CHECK_INT(chat.result, MI_RESULT_OK);
    chat_fini(&chat);
    shut();
}

MIC_TEST(interactive, server_that_knows_nothing_of_it_just_answers)
{
    static const char *const options[] = {"--dialect", "omi", NULL};
    struct chat chat;
    peer_start(&peer, options);
    client_open(&client, &peer);
    chat_init(&chat);
    chat_with(&chat, false, all_parts, NULL);
    MIC_CHECK_INT(chat.result, MI_RESULT_OK);
    MIC_CHECK_TEXT(chat.log, "");
    chat_fini(&chat);
    shut();
}

MIC_TEST(interactive, get_and_enumerate_speak_too)
{
    static const char told[] = "message 0 Peer_Chatty speaks & warns\nmessage 1 at length\n"
                               "progress chatting, at work, going well & steadily: 50% -1 s\n";
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    struct outcome outcome;
    struct chat chat;
    open_peer(NULL);
    for (int is_async = 0; is_async < 2; is_async++) {
        chat_init(&chat);
        chat_callbacks(&chat, is_async != 0, &callbacks);
        MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_Chatty",
                                      MI_FALSE, &callbacks, &operation);
        if (is_async) {
            chat_await(&chat, &chat.finals, 1);
            MI_Operation_Close(&operation);
        } else {
            drain(&operation, &outcome, NULL, NULL);
            MIC_CHECK_INT(outcome.count, 3);
        }
        MIC_CHECK(strncmp(chat.log, told, sizeof(told) - 1) == 0);
        MIC_CHECK(strstr(chat.log, "error report something small went wrong\n") != NULL);
        chat_fini(&chat);
    }
    shut();
}

MIC_TEST(interactive, errors_among_items_are_told_and_are_no_items)
{
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    struct outcome outcome;
    struct chat chat;
    open_peer(NULL);
    enumerate(&client.session, 0, "Peer_Flawed", &outcome);
    MIC_CHECK_INT(outcome.count, 3);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    chat_init(&chat);
    chat_callbacks(&chat, false, &callbacks);
    MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_Flawed", MI_FALSE,
                                  &callbacks, &operation);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.count, 3);
    MIC_CHECK_INT(chat.questions, 3);
    MIC_CHECK(strncmp(chat.log, "error report ", 13) == 0);
    chat_fini(&chat);
    shut();
}

/* ---- answers that come later ---- */

static void *answer_later(void *context)
{
    struct chat *chat = context;
    for (unsigned i = 1; i <= 3; i++) {
        chat_await(chat, &chat->questions, i);
        /* Not at once: other work of the session goes on meanwhile. */
        struct outcome outcome;
        enumerate(&client.session, 0, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.count, 5);
        MIC_CHECK_INT(chat->how(chat->asked, (MI_OperationCallback_ResponseType)77),
                      MI_RESULT_INVALID_PARAMETER);
        MIC_CHECK_INT(chat->how(chat->asked, chat->answer), MI_RESULT_OK);
    }
    return NULL;
}

MIC_TEST(interactive, prompts_are_answered_from_another_thread)
{
    static const struct part parts[] = {{"Prompts", 2}, {"Inquiries", 1}, PARTS_END};
    open_peer(NULL);
    for (int is_async = 0; is_async < 2; is_async++) {
        struct chat chat;
        pthread_t thread;
        chat_init(&chat);
        chat.answers_later = true;
        pthread_create(&thread, NULL, answer_later, &chat);
        chat_with(&chat, is_async != 0, parts, NULL);
        pthread_join(thread, NULL);
        MIC_CHECK_TEXT(chat.answers, "yes yes yes");
        chat_fini(&chat);
    }
    shut();
}

/* Longer than the operation's own timeout, told by one of another operation that runs out. */
static void take_its_time(struct chat *chat, MI_Operation *operation)
{
    MI_OperationOptions options = new_options();
    MI_Interval interval = milliseconds(1300);
    MI_Operation other;
    struct outcome outcome;
    (void)chat, (void)operation;
    MI_OperationOptions_SetTimeout(&options, &interval);
    MI_Session_EnumerateInstances(&client.session, 0, &options, "root/cimv2", "Peer_Few", MI_FALSE,
                                  NULL, &other);
    drain(&other, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_OPERATION_TIMEOUT);
    MI_OperationOptions_Delete(&options);
}

MIC_TEST(interactive, deadline_stands_still_while_a_question_is_open)
{
    static const struct part parts[] = {{"Prompts", 1}, PARTS_END};
    open_peer(NULL);
    peer_set_faults(&peer, "stall,only=Enumerate");
    for (int is_async = 0; is_async < 2; is_async++) {
        MI_OperationOptions options = new_options();
        MI_Interval interval = milliseconds(800);
        struct chat chat;
        MI_OperationOptions_SetTimeout(&options, &interval);
        chat_init(&chat);
        chat.inside = take_its_time;
        chat_with(&chat, is_async != 0, parts, &options);
        MIC_CHECK_INT(chat.result, MI_RESULT_OK);
        MIC_CHECK_TEXT(chat.answers, "yes");
        chat_fini(&chat);
        MI_OperationOptions_Delete(&options);
    }
    shut();
}

MIC_TEST(interactive, answers_need_no_free_connection)
{
    enum { COUNT = 8 }; /* as many as a session has connections */
    static const struct part parts[] = {{"Prompts", 1}, PARTS_END};
    struct chat chats[COUNT];
    MI_Operation operations[COUNT];
    open_peer(NULL);
    for (unsigned i = 0; i < COUNT; i++) {
        MI_OperationCallbacks callbacks;
        chat_init(&chats[i]);
        chats[i].answers_later = true;
        chat_callbacks(&chats[i], true, &callbacks);
        chat_begin(parts, 0, NULL, &callbacks, &operations[i]);
    }
    for (unsigned i = 0; i < COUNT; i++) {
        chat_await(&chats[i], &chats[i].questions, 1);
    }
    for (unsigned i = 0; i < COUNT; i++) {
        MIC_CHECK_INT(chats[i].how(chats[i].asked, MI_OperationCallback_ResponseType_Yes),
                      MI_RESULT_OK);
        chat_await(&chats[i], &chats[i].finals, 1);
        MIC_CHECK_TEXT(chats[i].answers, "yes");
        MI_Operation_Close(&operations[i]);
        chat_fini(&chats[i]);
    }
    shut();
}

/* ---- ends while a question is open ---- */

enum end { END_CANCEL, END_CLOSE };

struct ender {
    struct chat *chat;
    MI_Operation operation;
    enum end end;
};

static void end_it(struct ender *ender)
{
    chat_await(ender->chat, &ender->chat->questions, 1);
    if (ender->end == END_CANCEL) {
        MIC_CHECK_INT(MI_Operation_Cancel(&ender->operation, MI_REASON_NONE), MI_RESULT_OK);
    } else {
        MIC_CHECK_INT(MI_Operation_Close(&ender->operation), MI_RESULT_OK);
    }
}

static void *end_later(void *context)
{
    end_it(context);
    return NULL;
}

static void check_end(bool is_async, enum end end, bool answers_late)
{
    static const struct part parts[] = {{"Prompts", 1}, PARTS_END};
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    struct chat chat;
    open_peer(NULL);
    chat_init(&chat);
    chat.answers_later = true;
    chat_callbacks(&chat, is_async, &callbacks);
    chat_begin(parts, 0, NULL, &callbacks, &operation);
    struct ender ender = {&chat, operation, end};
    if (is_async) {
        end_it(&ender);
        chat_await(&chat, &chat.finals, 1);
    } else {
        const MI_Instance *instance;
        MI_Boolean more;
        pthread_t thread;
        pthread_create(&thread, NULL, end_later, &ender);
        MIC_CHECK_INT(
            MI_Operation_GetInstance(&operation, &instance, &more, &chat.result, NULL, NULL),
            MI_RESULT_OK);
        pthread_join(thread, NULL);
    }
    MIC_CHECK_INT(chat.result, MI_RESULT_FAILED);
    MIC_CHECK_INT(MI_Operation_Close(&operation),
                  end == END_CLOSE ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_OK);
    if (answers_late) {
        MIC_CHECK_INT(chat.how(chat.asked, MI_OperationCallback_ResponseType_Yes),
                      MI_RESULT_INVALID_PARAMETER);
    }
    MIC_CHECK_INT(peer_counter(&peer, "interactive.answers"), 0);
    MIC_CHECK_INT(MI_Session_Close(&client.session, NULL, NULL), MI_RESULT_OK);
    memset(&client.session, 0, sizeof(client.session));
    if (answers_late) { /* what it was given for the question still stands */
        MIC_CHECK_INT(chat.how(chat.asked, MI_OperationCallback_ResponseType_Yes),
                      MI_RESULT_INVALID_PARAMETER);
    }
    shut();
    chat_fini(&chat);
}

MIC_TEST(interactive, cancel_and_close_end_an_open_question)
{
    for (unsigned i = 0; i < 8; i++) {
        check_end((i & 1) != 0, (i & 2) != 0 ? END_CLOSE : END_CANCEL, (i & 4) != 0);
    }
}

static void cancel_inside(struct chat *chat, MI_Operation *operation)
{
    (void)chat;
    MIC_CHECK_INT(MI_Operation_Cancel(operation, MI_REASON_NONE), MI_RESULT_OK);
}

static void close_inside(struct chat *chat, MI_Operation *operation)
{
    (void)chat;
    MIC_CHECK_INT(MI_Operation_Close(operation), MI_RESULT_OK);
}

MIC_TEST(interactive, cancel_and_close_inside_a_callback)
{
    static const struct part parts[] = {{"Prompts", 2}, PARTS_END};
    for (unsigned i = 0; i < 4; i++) {
        bool is_async = (i & 1) != 0, closes = (i & 2) != 0;
        MI_OperationCallbacks callbacks;
        MI_Operation operation;
        struct chat chat;
        open_peer(NULL);
        chat_init(&chat);
        chat.answers_later = true;
        chat.inside = closes ? close_inside : cancel_inside;
        chat_callbacks(&chat, is_async, &callbacks);
        chat_begin(parts, 0, NULL, &callbacks, &operation);
        if (is_async) {
            chat_await(&chat, &chat.finals, 1);
        } else {
            const MI_Instance *instance;
            MI_Boolean more;
            MIC_CHECK_INT(
                MI_Operation_GetInstance(&operation, &instance, &more, &chat.result, NULL, NULL),
                MI_RESULT_OK);
        }
        MIC_CHECK_INT(chat.result, MI_RESULT_FAILED);
        MIC_CHECK_INT(chat.questions, 1);
        MIC_CHECK_INT(MI_Operation_Close(&operation),
                      closes ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_OK);
        shut();
        chat_fini(&chat);
    }
}

static void call_back_in(struct chat *chat, MI_Operation *operation)
{
    const MI_Instance *instance;
    MI_Boolean more;
    MI_Result result;
    struct outcome outcome;
    (void)chat;
    /* What would wait for this very callback fails at once. */
    MIC_CHECK_INT(MI_Session_Close(&client.session, NULL, NULL), MI_RESULT_FAILED);
    MIC_CHECK_INT(MI_Application_Close(&client.application), MI_RESULT_FAILED);
    MIC_CHECK_INT(MI_Operation_GetInstance(operation, &instance, &more, &result, NULL, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.count, 5);
}

MIC_TEST(interactive, calls_inside_a_callback)
{
    static const struct part parts[] = {{"Prompts", 1}, PARTS_END};
    open_peer(NULL);
    for (int is_async = 0; is_async < 2; is_async++) {
        struct chat chat;
        chat_init(&chat);
        chat.inside = call_back_in;
        chat_with(&chat, is_async != 0, parts, NULL);
        MIC_CHECK_INT(chat.result, MI_RESULT_OK);
        MIC_CHECK_TEXT(chat.answers, "yes");
        chat_fini(&chat);
    }
    shut();
}

/* ---- answers that do not arrive ---- */

MIC_TEST(interactive, answer_that_does_not_arrive_ends_the_operation)
{
    static const struct {
        const char *fault, *words;
    } rows[] = {
        {"only=InteractiveResponse,close-before-reply", "was not delivered"},
        {"only=InteractiveResponse,soap-fault=w:AccessDenied:5", "refused the answer"},
        {"only=InteractiveResponse,status=503", "refused the answer"},
    };
    static const struct part parts[] = {{"Prompts", 1}, PARTS_END};
    open_peer(NULL);
    for (unsigned i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
        MI_OperationOptions options = new_options();
        MI_Interval interval = milliseconds(500);
        struct chat chat;
        MI_OperationOptions_SetTimeout(&options, &interval);
        peer_set_faults(&peer, rows[i / 2].fault);
        chat_init(&chat);
        chat_with(&chat, i % 2 != 0, parts, &options);
        MIC_CHECK(chat.result != MI_RESULT_OK);
        if (!MIC_CHECK(strstr(chat.message, rows[i / 2].words) != NULL)) {
            MIC_FAIL("%s: %s", rows[i / 2].fault, chat.message);
        }
        chat_fini(&chat);
        MI_OperationOptions_Delete(&options);
    }
    shut();
}

MIC_TEST(interactive, second_connection_that_cannot_be_had_ends_the_operation)
{
    static const struct part parts[] = {{"Prompts", 1}, PARTS_END};
    for (int is_async = 0; is_async < 2; is_async++) {
        MI_OperationOptions options;
        MI_Interval interval = milliseconds(800);
        struct chat chat;
        open_peer(NULL);
        /* It counts connections and requests: the first connection, GetClass, Invoke, and then. */
        peer_set_faults(&peer, "stall-connect,on=4");
        options = new_options();
        MI_OperationOptions_SetTimeout(&options, &interval);
        chat_init(&chat);
        chat_with(&chat, is_async != 0, parts, &options);
        MIC_CHECK_INT(chat.result, MI_RESULT_FAILED);
        if (!MIC_CHECK(strstr(chat.message, "did not carry it in time") != NULL ||
                       strstr(chat.message, "No sign of life") != NULL)) {
            MIC_FAIL("%s", chat.message);
        }
        chat_fini(&chat);
        MI_OperationOptions_Delete(&options);
        shut();
    }
}

MIC_TEST(interactive, connection_that_breaks_after_the_prompt_is_told)
{
    static const struct part parts[] = {{"Prompts", 1}, {"Acks", 1}, PARTS_END};
    open_peer(NULL);
    peer_set_faults(&peer, "only=Acknowledge,close-before-reply");
    MI_OperationOptions options = new_options();
    MI_Interval interval = milliseconds(500);
    struct chat chat;
    MI_OperationOptions_SetTimeout(&options, &interval);
    chat_init(&chat);
    chat_with(&chat, false, parts, &options);
    MIC_CHECK_INT(chat.result, MI_RESULT_FAILED); /* the server waits for ever, we do not */
    MIC_CHECK(strstr(chat.message, "No sign of life") != NULL);
    chat_fini(&chat);
    MI_OperationOptions_Delete(&options);
    shut();
}

/* ---- streamed parameters ---- */

static void check_held_stream(bool is_async)
{
    static const struct part parts[] = {{"Parts", 1}, PARTS_END};
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    struct chat chat;
    open_peer(NULL);
    chat_init(&chat);
    chat.acknowledges_not = true;
    chat_callbacks(&chat, is_async, &callbacks);
    chat_begin(parts, MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, NULL, &callbacks, &operation);
    for (unsigned i = 1; i <= 6; i++) {
        chat_await(&chat, &chat.events, i);
        struct outcome outcome;
        enumerate(&client.session, 0, "Peer_Few", &outcome);
        MIC_CHECK_INT(chat.events, i); /* the next one waits */
        MIC_CHECK_INT(chat.held(&chat.held_operation), MI_RESULT_OK);
    }
    chat_await(&chat, &chat.finals, 1);
    MIC_CHECK_INT(chat.result, MI_RESULT_OK);
    MIC_CHECK_INT(chat.held(&chat.held_operation), MI_RESULT_OK);
    MI_Operation_Close(&operation);
    shut();
    chat_fini(&chat);
}

MIC_TEST(interactive, streamed_parameters_wait_for_their_acknowledgement)
{
    check_held_stream(true);
}

struct acknowledger {
    struct chat *chat;
    unsigned count;
};

static void *acknowledge_later(void *context)
{
    struct chat *chat = context;
    for (unsigned i = 1; i <= 6; i++) {
        chat_await(chat, &chat->events, i);
        MIC_CHECK_INT(chat->results, 0);
        chat->held(&chat->held_operation);
    }
    return NULL;
}

MIC_TEST(interactive, streamed_parameters_of_a_synchronous_call_wait_too)
{
    static const struct part parts[] = {{"Parts", 1}, PARTS_END};
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    struct chat chat;
    pthread_t thread;
    open_peer(NULL);
    chat_init(&chat);
    chat.acknowledges_not = true;
    chat_callbacks(&chat, false, &callbacks);
    pthread_create(&thread, NULL, acknowledge_later, &chat);
    chat_begin(parts, MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, NULL, &callbacks, &operation);
    chat_take(&chat, &operation);
    pthread_join(thread, NULL);
    MIC_CHECK_INT(chat.events, 6);
    MI_Operation_Close(&operation);
    shut();
    chat_fini(&chat);
}
