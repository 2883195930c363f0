/* Servers that behave as no server should, over real sockets. */
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"
#include "scripted.h"

#define INTERIM(what)                                                                              \
    SCRIPTED_ENVELOPE("<a:Action>http://schemas.microsoft.com/wbem/wsman/1/wsman/" what            \
                      "</a:Action><p:SequenceId>1</p:SequenceId>",                                 \
                      "")
#define EVENT(content) SCRIPTED_ENVELOPE("", "<i:InteractiveEvent>" content "</i:InteractiveEvent>")
#define PROMPT         EVENT("<i:EventType>Confirm</i:EventType><i:Description>Well?</i:Description>")
#define WARNING        EVENT("<i:EventType>Warning</i:EventType><i:Description>W</i:Description>")
#define SHELF          "<x:Test_Shelf xmlns:x='urn:shelf'><x:Id>7</x:Id></x:Test_Shelf>"
#define PAGE(kind, items, context)                                                                 \
    SCRIPTED_ENVELOPE("", "<n:" kind ">" context "<n:Items>" items "</n:Items></n:" kind ">")
#define CONTEXT "<n:EnumerationContext>c</n:EnumerationContext>"
#define END     "<n:EndOfSequence/>"
#define TIMED_OUT                                                                                  \
    SCRIPTED_ENVELOPE("", "<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>w:"   \
                          "TimedOut</s:Value></s:Subcode></s:Code></s:Fault>")

static struct scripted server;
static struct client client;

static void open_server(bool (*answer)(const struct scripted_call *call))
{
    scripted_start(&server, answer, NULL);
    client_prepare(&client);
    client_connect(&client, server.url);
}

static void shut(void)
{
    client_close(&client);
    scripted_stop(&server);
}

static void begin_enumerate(MI_Operation *operation, MI_OperationOptions *options,
                            MI_OperationCallbacks *callbacks)
{
    MI_Session_EnumerateInstances(&client.session, MI_OPERATIONFLAGS_NO_RTTI, options, "root/test",
                                  "Test_Shelf", MI_FALSE, callbacks, operation);
}

/* ---- acknowledgements ---- */

static bool flood_with_acknowledge_requests(const struct scripted_call *call)
{
    if (scripted_has(call, "RobustConnection")) {
        return scripted_stall(call);
    }
    bool is_good = scripted_head(call);
    for (int i = 0; i < 300 && is_good; i++) {
        is_good = scripted_chunk(call, INTERIM("AcknowledgeRequest"));
    }
    return is_good && scripted_chunk(call, PAGE("EnumerateResponse", SHELF, END)) &&
           scripted_end(call);
}

MIC_TEST(hostile, acknowledgements_are_one_at_a_time)
{
    MI_Operation operation;
    struct outcome outcome;

    open_server(flood_with_acknowledge_requests);
    begin_enumerate(&operation, NULL, NULL);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 1);
    shut();
    MIC_CHECK(server.open_most <= 3);
}

/* ---- a second question while the first answer is on its way ---- */

static pthread_mutex_t gate_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_changed = PTHREAD_COND_INITIALIZER;
static unsigned warnings, answers, ends;

static void count(unsigned *what)
{
    pthread_mutex_lock(&gate_lock);
    (*what)++;
    pthread_cond_broadcast(&gate_changed);
    pthread_mutex_unlock(&gate_lock);
}

static void await(const unsigned *what, unsigned at_least)
{
    pthread_mutex_lock(&gate_lock);
    while (*what < at_least) {
        pthread_cond_wait(&gate_changed, &gate_lock);
    }
    pthread_mutex_unlock(&gate_lock);
}

/* The first answer is held until the second question has been answered. */
static bool ask_in_each_page(const struct scripted_call *call)
{
    if (scripted_has(call, "/InteractiveResponse")) {
        count(&answers);
        await(&warnings, 1);
        return scripted_reply(call, 200, SCRIPTED_ENVELOPE("", ""));
    }
    if (scripted_has(call, "FullDuplex")) {
        count(&ends);
        return scripted_reply(call, 200, SCRIPTED_ENVELOPE("", ""));
    }
    bool is_first = !scripted_has(call, "enumeration/Pull");
    bool is_good = scripted_head(call) && scripted_chunk(call, PROMPT);
    if (is_first) {
        await(&answers, 1);
        return is_good && scripted_chunk(call, PAGE("EnumerateResponse", SHELF, CONTEXT)) &&
               scripted_end(call);
    }
    is_good = is_good && scripted_chunk(call, WARNING);
    await(&answers, 2);
    return is_good && scripted_chunk(call, PAGE("PullResponse", SHELF, END)) && scripted_end(call);
}

static void MI_CALL on_message(MI_Operation *operation, void *context, MI_Uint32 channel,
                               const MI_Char *message)
{
    (void)operation, (void)context, (void)channel, (void)message;
    count(&warnings);
}

static void MI_CALL say_yes(MI_Operation *operation, void *context, const MI_Char *message,
                            MI_PromptType type,
                            MI_Result(MI_CALL *answer)(MI_Operation *operation,
                                                       MI_OperationCallback_ResponseType response))
{
    (void)context, (void)message, (void)type;
    MIC_CHECK_INT(answer(operation, MI_OperationCallback_ResponseType_Yes), MI_RESULT_OK);
}

MIC_TEST(hostile, end_of_a_dialogue_is_sent_although_the_next_one_has_begun)
{
    MI_OperationCallbacks callbacks = {.promptUser = say_yes, .writeMessage = on_message};
    MI_Operation operation;
    struct outcome outcome;

    open_server(ask_in_each_page);
    begin_enumerate(&operation, NULL, &callbacks);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 2);
    shut();
    MIC_CHECK_INT(ends, 2);
}

/* ---- nothing, as fast as possible ---- */

static bool bring_nothing(const struct scripted_call *call, const char *page)
{
    if (scripted_has(call, "enumeration/Enumerate<")) {
        return scripted_reply(call, 200, PAGE("EnumerateResponse", "", CONTEXT));
    }
    if (scripted_has(call, "enumeration/Pull<")) {
        return scripted_reply(call, page[0] == '!' ? 500 : 200, page[0] == '!' ? page + 1 : page);
    }
    if (scripted_has(call, "enumeration/Release<")) {
        return scripted_reply(call, 200, SCRIPTED_ENVELOPE("", ""));
    }
    return scripted_stall(call);
}

static bool bring_empty_pages(const struct scripted_call *call)
{
    return bring_nothing(call, PAGE("PullResponse", "", CONTEXT));
}

static bool bring_faults(const struct scripted_call *call)
{
    return bring_nothing(call, "!" TIMED_OUT);
}

/* While another operation has waited for its 500 ms. */
static void check_few_pulls(bool (*answer)(const struct scripted_call *call))
{
    MI_OperationOptions options;
    MI_Operation operation, waiting;
    MI_Interval limit = milliseconds(500);
    struct listener listener;
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    struct outcome outcome;

    open_server(answer);
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    MIC_REQUIRE(MI_Application_NewOperationOptions(&client.application, MI_FALSE, &options) ==
                MI_RESULT_OK);
    MI_OperationOptions_SetTimeout(&options, &limit);
    begin_enumerate(&operation, NULL, &callbacks);
    MI_Session_GetClass(&client.session, 0, &options, "root/test", "Test_Shelf", NULL, &waiting);
    drain_classes(&waiting, &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    pthread_mutex_lock(&server.lock);
    MIC_CHECK(server.requests <= 20);
    pthread_mutex_unlock(&server.lock);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    listener_wait_final(&listener);
    MI_Operation_Close(&operation);
    MI_OperationOptions_Delete(&options);
    listener_fini(&listener);
    shut();
}

MIC_TEST(hostile, empty_pages_are_not_asked_for_all_the_time)
{
    check_few_pulls(bring_empty_pages);
}

MIC_TEST(hostile, pulls_that_time_out_at_once_are_not_sent_all_the_time)
{
    check_few_pulls(bring_faults);
}
