/* Events within a reply, and what is answered. */
#include "talk.h"

#include "fail_alloc.h"
#include "model/bag.h"

static void write_message(MI_Operation *operation, void *context, MI_Uint32 channel,
                          const MI_Char *message)
{
    (void)operation, (void)context, (void)channel, (void)message;
}

static void write_progress(MI_Operation *operation, void *context, const MI_Char *activity,
                           const MI_Char *step, const MI_Char *status, MI_Uint32 percent,
                           MI_Uint32 seconds)
{
    (void)operation, (void)context, (void)activity, (void)step, (void)status;
    (void)percent, (void)seconds;
}

static void write_error(MI_Operation *operation, void *context, MI_Instance *instance,
                        MI_Result(MI_CALL *answer)(MI_Operation *operation,
                                                   MI_OperationCallback_ResponseType response))
{
    (void)operation, (void)context, (void)instance, (void)answer;
}

static void prompt_user(MI_Operation *operation, void *context, const MI_Char *message,
                        MI_PromptType type,
                        MI_Result(MI_CALL *answer)(MI_Operation *operation,
                                                   MI_OperationCallback_ResponseType response))
{
    (void)operation, (void)context, (void)message, (void)type, (void)answer;
}

static void streamed(MI_Operation *operation, void *context, const MI_Char *name, MI_Type type,
                     const MI_Value *value,
                     MI_Result(MI_CALL *acknowledge)(MI_Operation *operation))
{
    (void)operation, (void)context, (void)name, (void)type, (void)value, (void)acknowledge;
}

static const MI_OperationCallbacks all = {
    .promptUser = prompt_user,
    .writeError = write_error,
    .writeMessage = write_message,
    .writeProgress = write_progress,
    .streamedParameterResult = streamed,
};

static void start(struct talk *talk, const MI_OperationCallbacks *callbacks, const char *file)
{
    talk_init(talk, MIC_VERB_GET);
    talk_key(talk, "Id", "7");
    talk->request.callbacks = callbacks;
    talk->request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    talk->answer = MI_OperationCallback_ResponseType_Yes;
    if (file != NULL) {
        talk_reply_file(talk, 200, file);
    }
}

#define SHELF "last Test_Shelf@root/test{Id:string=7}\n"

MIC_TEST(interactive, events_are_told_and_questions_answered)
{
    static const char expected[] =
        "send Get\n"
        "event message 0 \"Low <light>\"\n"
        "event message 1 \"Looking\"\n"
        "event message 2 \"\"\n"
        "event progress \"Dusting\" \"Shelf 2\" \"slow\" 40% 12\n"
        "event progress \"Dusting\" \"\" \"\" 0% 4294967295\n"
        "event prompt asks 0 \"Move it?\"\n"
        "answer: send InteractiveResponse\n"
        "event error Test_Error@root/test{CIMStatusCode:uint32=6;"
        "Message:string=Shelf 3 is missing.}\n"
        "event error asks CIM_Error@root/test{CIMStatusCode:uint32=1;Message:string=only words}\n"
        "answer: send InteractiveResponse\n"
        "event prompt asks 1 \"Drop it?\"\n"
        "answer: send InteractiveResponse\n" SHELF "done\n"
        "send End\n";
    struct talk talk;

    start(&talk, &all, "interactive-get.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), expected);
    for (talk.piece = 1; talk.piece < 40; talk.piece += 7) {
        MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
        MIC_CHECK_TEXT(talk_log(&talk), expected);
    }
    talk_fini(&talk);
}

MIC_TEST(interactive, answer_and_end_are_written_as_windows_does)
{
    struct talk talk;

    start(&talk, &all, "interactive-get.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    talk_check_golden(&talk.requests, "request-answers.xml");
    talk_check_golden(&talk.farewell, "request-end.xml");
    talk_fini(&talk);
}

/* The value of an element of the first request, and of the last answer. */
static void value_of(const char *text, const char *begin, char out[64])
{
    const char *at = strstr(text, begin);

    out[0] = '\0';
    if (MIC_CHECK(at != NULL)) {
        at = strchr(at, '>') + 1;
        snprintf(out, 64, "%.*s", (int)strcspn(at, "<"), at);
    }
}

MIC_TEST(interactive, answer_has_the_operation_id_of_the_request_and_a_message_id_of_its_own)
{
    char first[64], second[64];
    struct talk talk;

    start(&talk, &all, "interactive-get.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    const char *request = mic_buf_text(&talk.requests);
    const char *answer = strstr(request, "</s:Envelope>");
    MIC_REQUIRE(answer != NULL);
    value_of(request, "<p:OperationID", first);
    value_of(answer, "<p:OperationID", second);
    MIC_CHECK_TEXT(first, second);
    value_of(request, "<a:MessageID", first);
    value_of(answer, "<a:MessageID", second);
    MIC_CHECK(strcmp(first, second) != 0);
    value_of(answer, "<p:SequenceId", second);
    MIC_CHECK_TEXT(second, "2");
    answer = strstr(answer + 1, "</s:Envelope>");
    value_of(answer, "<p:SequenceId", second);
    MIC_CHECK_TEXT(second, "3");
    talk_fini(&talk);
}

MIC_TEST(interactive, only_what_is_registered_is_advertised_and_told)
{
    static const MI_OperationCallbacks only[] = {
        {.writeMessage = write_message},       {.writeError = write_error},
        {.streamedParameterResult = streamed}, {.writeProgress = write_progress},
        {.promptUser = prompt_user},
    };
    static const char *const bits[] = {">1<", ">2<", ">4<", ">8<", ">16<"};
    static const unsigned told[] = {3, 2, 0, 2, 2};
    struct talk talk;

    for (size_t i = 0; i < MIC_COUNT(only); i++) {
        unsigned count = 0;
        char bit[64];
        start(&talk, &only[i], "interactive-get.xml");
        if (i != 4) { /* the critical prompt needs the callback */
            MIC_CHECK_INT(talk_run(&talk), MI_RESULT_NOT_SUPPORTED);
            MIC_CHECK(strstr(talk_log(&talk), "\"Drop it?\"") != NULL);
        } else {
            MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
        }
        for (const char *at = talk_log(&talk); (at = strstr(at, "event ")) != NULL; at++) {
            count++;
        }
        MIC_CHECK_INT(count, told[i]);
        snprintf(bit, sizeof(bit), "__MI_CallbackRegistration\" Type=\"xs:int\"%s", bits[i]);
        MIC_CHECK(strstr(mic_buf_text(&talk.requests), bit) != NULL);
        talk_fini(&talk);
    }
    start(&talk, NULL, "interactive-get.xml");
    talk_run(&talk);
    MIC_CHECK(strstr(mic_buf_text(&talk.requests), "__MI_CallbackRegistration") == NULL);
    talk_fini(&talk);
}

MIC_TEST(interactive, no_callback_is_advertised_without_an_operation_id)
{
    struct talk talk;

    start(&talk, &all, NULL);
    talk.session.refuses_operation_id = true;
    talk_run(&talk);
    MIC_CHECK(strstr(mic_buf_text(&talk.requests), "__MI_CallbackRegistration") == NULL);
    talk_fini(&talk);
}

#define ENVELOPE                                                                                   \
    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:i='http://schemas."       \
    "microsoft.com/wbem/wsman/1/cim/interactive.xsd'><s:Body>"
#define EVENT(inner)                                                                               \
    ENVELOPE "<i:InteractiveEvent>" inner "</i:InteractiveEvent></s:Body></s:Envelope>"
#define PROMPT                                                                                     \
    EVENT("<i:EventType>Confirm</i:EventType><i:Description>Go on?</i:Description>"                \
          "<i:PromptType>Normal</i:PromptType>")
#define ERROR_INQUIRY                                                                              \
    EVENT("<i:EventType>ErrorAction</i:EventType><i:Description>e</i:Description>"                 \
          "<i:ActionType>Inquire</i:ActionType>")
#define FINAL                                                                                      \
    ENVELOPE "<p:Test_Shelf xmlns:p='urn:s'><p:Id>7</p:Id></p:Test_Shelf></s:Body></s:Envelope>"

MIC_TEST(interactive, answers_to_all_settle_later_questions_of_their_kind)
{
    static const struct {
        MI_OperationCallback_ResponseType answer;
        const char *text;
    } rows[] = {{MI_OperationCallback_ResponseType_YesToAll, ">yesToAll<"},
                {MI_OperationCallback_ResponseType_NoToAll, ">noToAll<"}};
    struct talk talk;

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        start(&talk, &all, NULL);
        talk.answer = rows[i].answer;
        talk_reply_with(&talk, 200, PROMPT PROMPT ERROR_INQUIRY PROMPT ERROR_INQUIRY FINAL);
        MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
        MIC_CHECK_TEXT(talk_log(&talk),
                       "send Get\nevent prompt asks 0 \"Go on?\"\nanswer: send "
                       "InteractiveResponse\nanswer: send InteractiveResponse\nevent error asks "
                       "CIM_Error@root/test{CIMStatusCode:uint32=1;Message:string=e}\nanswer: send "
                       "InteractiveResponse\nanswer: send InteractiveResponse\nanswer: send "
                       "InteractiveResponse\n" SHELF "done\nsend End\n");
        unsigned count = 0;
        for (const char *at = mic_buf_text(&talk.requests); (at = strstr(at, rows[i].text)) != NULL;
             at++) {
            count++;
        }
        MIC_CHECK_INT(count, 5);
        talk_fini(&talk);
    }
}

#define CRITICAL                                                                                   \
    EVENT("<i:EventType>Confirm</i:EventType><i:Description>Really?</i:Description>"               \
          "<i:PromptType>Critical</i:PromptType>")

MIC_TEST(interactive, critical_prompt_is_asked_although_ordinary_ones_are_settled)
{
    struct talk talk;

    start(&talk, &all, NULL);
    talk.answer = MI_OperationCallback_ResponseType_YesToAll;
    talk_reply_with(&talk, 200, PROMPT CRITICAL PROMPT CRITICAL FINAL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk),
                   "send Get\nevent prompt asks 0 \"Go on?\"\nanswer: send InteractiveResponse\n"
                   "event prompt asks 1 \"Really?\"\nanswer: send InteractiveResponse\nanswer: "
                   "send InteractiveResponse\nanswer: send InteractiveResponse\n" SHELF
                   "done\nsend End\n");
    talk_fini(&talk);
}

MIC_TEST(interactive, ordinary_questions_nobody_listens_to_are_answered_as_the_mode_says)
{
    struct mic_bag *bag = mic_bag_new();
    struct talk talk;
    MI_Value value;

    start(&talk, NULL, NULL);
    talk_reply_with(&talk, 200, PROMPT ERROR_INQUIRY FINAL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(mic_buf_text(&talk.requests), ">yes<") != NULL);
    MIC_CHECK(strstr(mic_buf_text(&talk.requests), ">no<") == NULL);
    value.uint32 = 0;
    mic_bag_set(bag, "__MI_OPERATIONOPTIONS_PROMPTUSERMODEREGULAR_ACKVALUE", MI_UINT32, &value, 0);
    talk.request.options = bag;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(mic_buf_text(&talk.requests), "Confirm</i:EventType><i:Response>no<"));
    MIC_CHECK(strstr(mic_buf_text(&talk.requests), "ErrorAction</i:EventType><i:Response>yes<"));
    talk_fini(&talk);
    mic_bag_free(bag);
}

MIC_TEST(interactive, prompts_in_report_mode_ask_nothing)
{
    struct mic_bag *bag = mic_bag_new();
    struct talk talk;
    MI_Value value;

    start(&talk, &all, NULL);
    value.uint32 = MI_CALLBACKMODE_REPORT;
    mic_bag_set(bag, "__MI_OPERATIONOPTIONS_PROMPTUSERMODE", MI_UINT32, &value, 0);
    talk.request.options = bag;
    talk_reply_with(&talk, 200, PROMPT FINAL);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "send Get\nevent prompt 0 \"Go on?\"\n" SHELF "done\n");
    talk_fini(&talk);
    mic_bag_free(bag);
}

MIC_TEST(interactive, streams_come_as_arrays_and_an_acknowledge_request_is_answered)
{
    struct talk talk;

    start(&talk, &all, "interactive-stream.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "send Get\n"
                                    "event stream Pages:uint32[]=[1,2,4294967295]\n"
                                    "event stream Lines:string[]=[a < b,]\n"
                                    "event stream Nothing:uint32[]=[]\n"
                                    "notice: send Acknowledge\n" SHELF "done\n");
    const char *notice = strstr(mic_buf_text(&talk.requests), "</s:Envelope>");
    MIC_REQUIRE(notice != NULL);
    MIC_CHECK(strstr(notice, ">4</p:LastSequenceIdReceived>") != NULL);
    MIC_CHECK(strstr(notice, "wsman/RobustConnection<") != NULL);
    talk_fini(&talk);
}

MIC_TEST(interactive, error_among_the_results_goes_to_write_error)
{
    static const char page[] =
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:n='http://schemas."
        "xmlsoap.org/ws/2004/09/enumeration' xmlns:b='http://schemas.dmtf.org/wbem/wsman/1/"
        "cimbinding.xsd' xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'><s:Body>"
        "<n:EnumerateResponse><w:Items><p:A xmlns:p='urn:a'><p:Id>1</p:Id></p:A>"
        "<p:CIM_Error xmlns:p='urn:e' b:IsCIM_Error='true'><p:Message>gone</p:Message>"
        "</p:CIM_Error><p:A xmlns:p='urn:a'><p:Id>2</p:Id></p:A></w:Items><w:EndOfSequence/>"
        "</n:EnumerateResponse></s:Body></s:Envelope>";
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    talk_reply_with(&talk, 200, page);
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "send Enumerate\nitem A@root/test{Id:string=1}\nitem "
                                    "A@root/test{Id:string=2}\ndone\n");
    talk.request.callbacks = &all;
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK_TEXT(talk_log(&talk), "send Enumerate\nitem A@root/test{Id:string=1}\nevent error "
                                    "CIM_Error@root/test{Message:string=gone}\nitem "
                                    "A@root/test{Id:string=2}\ndone\n");
    talk_fini(&talk);
}

MIC_TEST(interactive, malformed_events_are_told)
{
    static const struct {
        const char *reply, *words;
    } rows[] = {
        {EVENT(""), "unknown type \"\""},
        {EVENT("<i:EventType>NoSemantics</i:EventType>"), "unknown type \"NoSemantics\""},
        {EVENT("<i:EventType>Progress</i:EventType><i:PercentComplete>x</i:PercentComplete>"),
         "Progress has a number that is none"},
        {EVENT("<i:EventType>Confirm</i:EventType><i:PromptType>Odd</i:PromptType>"),
         "unknown PromptType"},
        {EVENT("<i:EventType>ErrorAction</i:EventType><i:ActionType>Odd</i:ActionType>"),
         "unknown ActionType"},
        {EVENT("<i:EventType>ErrorAction</i:EventType>"), "no Description"},
        {EVENT("<i:EventType>StreamingOutput</i:EventType><i:Type>5</i:Type>"), "no Name"},
        {EVENT("<i:EventType>StreamingOutput</i:EventType><i:Name>N</i:Name>"), "no Type"},
        {EVENT("<i:EventType>StreamingOutput</i:EventType><i:Name>N</i:Name><i:Type>99</i:Type>"),
         "no Type"},
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        struct talk talk;
        start(&talk, &all, NULL);
        talk_reply_with(&talk, 200, rows[i].reply);
        MIC_CHECK_INT(talk_run(&talk), MI_RESULT_FAILED);
        if (!MIC_CHECK(strstr(talk_log(&talk), rows[i].words) != NULL)) {
            MIC_FAIL("%s", talk_log(&talk));
        }
        talk_fini(&talk);
    }
}

MIC_TEST(interactive, endless_questions_are_ended)
{
    struct talk talk;

    start(&talk, NULL, NULL);
    struct mic_buf *bytes = talk_reply_with(&talk, 200, "");
    for (int i = 0; i < 1100; i++) {
        mic_buf_append_text(bytes, PROMPT);
    }
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_FAILED);
    MIC_CHECK(strstr(talk_log(&talk), "asks more than 1024 questions") != NULL);
    talk_fini(&talk);
}

static MI_Result side_reply(unsigned status, const char *bytes, struct mic_err *err)
{
    struct talk talk;

    start(&talk, NULL, NULL);
    mic_err_init(err);
    struct mic_exchange *exchange = mic_exchange_new(&talk.request, &talk.session, err);
    MIC_REQUIRE(exchange != NULL);
    MI_Result result = mic_exchange_side_reply(exchange, status, mic_str_from(bytes), err);
    mic_exchange_free(exchange);
    talk_fini(&talk);
    return result;
}

MIC_TEST(interactive, refused_answers_say_why)
{
    struct mic_buf fault;
    struct mic_err err;

    mic_buf_init(&fault);
    talk_read_file("fault-mode.xml", &fault);
    MIC_CHECK_INT(side_reply(200, "", &err), MI_RESULT_OK);
    MIC_CHECK_INT(side_reply(200, ENVELOPE "</s:Body></s:Envelope>", &err), MI_RESULT_OK);
    MIC_CHECK_INT(side_reply(500, mic_buf_text(&fault), &err), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK(strstr(err.message, "the server refused the answer to its question: ") != NULL);
    MIC_CHECK_INT(side_reply(200, mic_buf_text(&fault), &err), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK_INT(side_reply(503, "no XML", &err), MI_RESULT_FAILED);
    MIC_CHECK(strstr(err.message, "503") != NULL);
    mic_buf_fini(&fault);
}

static bool run_without_loss(void *context)
{
    return talk_run(context) == MI_RESULT_OK;
}

MIC_TEST(interactive, every_allocation_may_fail)
{
    static const char *const files[] = {"interactive-get.xml", "interactive-stream.xml"};

    for (size_t i = 0; i < MIC_COUNT(files); i++) {
        struct talk talk;
        start(&talk, &all, files[i]);
        MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK); /* the log has its room now */
        MIC_CHECK(mic_fail_alloc_each(run_without_loss, &talk) > 5);
        talk_fini(&talk);
    }
}
