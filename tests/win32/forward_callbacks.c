/* Callbacks: mi.dll calls the program back on a thread of its own. */

#include <string.h>
#include <windows.h>

#include "given.h"

static struct {
    unsigned long thread;
    int messages, progress, prompts, errors, streams, results, finals;
    MI_Operation *operation;
    MI_Result(MI_CALL *acknowledge)(MI_Operation *);
} seen;

static void note(MI_Operation *operation, void *context)
{
    MIC_CHECK(context == &seen);
    MIC_CHECK(operation != NULL);
    seen.operation = operation;
    seen.thread = GetCurrentThreadId();
}

static void MI_CALL on_message(MI_Operation *operation, void *context, MI_Uint32 channel,
                               const MI_Char *message)
{
    note(operation, context);
    seen.messages++;
    MIC_CHECK_INT(channel, MI_WRITEMESSAGE_CHANNEL_VERBOSE);
    MIC_CHECK_TEXT(message, STANDIN_TEXT("message"));
}

static void MI_CALL on_progress(MI_Operation *operation, void *context, const MI_Char *activity,
                                const MI_Char *current, const MI_Char *status, MI_Uint32 percentage,
                                MI_Uint32 seconds)
{
    note(operation, context);
    seen.progress++;
    MIC_CHECK_TEXT(activity, STANDIN_TEXT("activity"));
    MIC_CHECK_TEXT(current, STANDIN_TEXT("current"));
    MIC_CHECK_TEXT(status, STANDIN_TEXT("status"));
    MIC_CHECK_INT(percentage, 42);
    MIC_CHECK_INT(seconds, 99);
}

static void MI_CALL on_prompt(MI_Operation *operation, void *context, const MI_Char *message,
                              MI_PromptType type,
                              MI_Result(MI_CALL *answer)(MI_Operation *,
                                                         MI_OperationCallback_ResponseType))
{
    note(operation, context);
    seen.prompts++;
    MIC_CHECK_TEXT(message, STANDIN_TEXT("prompt"));
    MIC_CHECK_INT(type, MI_PROMPTTYPE_CRITICAL);
    MIC_CHECK_INT(answer(operation, MI_OperationCallback_ResponseType_YesToAll), MI_RESULT_OK);
}

static void MI_CALL on_error(MI_Operation *operation, void *context, MI_Instance *instance,
                             MI_Result(MI_CALL *answer)(MI_Operation *,
                                                        MI_OperationCallback_ResponseType))
{
    note(operation, context);
    seen.errors++;
    MIC_CHECK(instance == given.standin->instance);
    MIC_CHECK_INT(answer(operation, MI_OperationCallback_ResponseType_NoToAll), MI_RESULT_OK);
}

static void MI_CALL on_stream(MI_Operation *operation, void *context, const MI_Char *name,
                              MI_Type type, const MI_Value *chunk,
                              MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    note(operation, context);
    seen.streams++;
    MIC_CHECK_TEXT(name, STANDIN_TEXT("stream"));
    MIC_CHECK_INT(type, MI_UINT8A);
    MIC_CHECK_BYTES(chunk->uint8a.data, chunk->uint8a.size, "\1\2\3", 3);
    if (acknowledge != NULL) {
        acknowledge(operation);
    }
}

static void note_result(MI_Operation *operation, void *context, int has_object, MI_Boolean more,
                        MI_Result result, const MI_Char *text, const MI_Instance *details,
                        MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    note(operation, context);
    seen.results++;
    seen.finals += more == MI_FALSE;
    MIC_CHECK(has_object == (more == MI_TRUE));
    MIC_CHECK_INT(result, more ? MI_RESULT_OK : STANDIN_RESULT);
    MIC_CHECK_TEXT(text, more ? NULL : STANDIN_TEXT("error"));
    MIC_CHECK(details == (more ? NULL : given.standin->instance));
    seen.acknowledge = acknowledge;
    if (acknowledge != NULL) {
        MIC_CHECK_INT(acknowledge(operation), MI_RESULT_OK);
    }
}

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance,
                                MI_Boolean more, MI_Result result, const MI_Char *text,
                                const MI_Instance *details,
                                MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    MIC_CHECK(instance == (more ? given.standin->instance : NULL));
    note_result(operation, context, instance != NULL, more, result, text, details, acknowledge);
}

static void MI_CALL on_class(MI_Operation *operation, void *context, const MI_Class *class_object,
                             MI_Boolean more, MI_Result result, const MI_Char *text,
                             const MI_Instance *details,
                             MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    MIC_CHECK(class_object == (more ? given.standin->class_object : NULL));
    note_result(operation, context, class_object != NULL, more, result, text, details, acknowledge);
}

static void MI_CALL on_indication(MI_Operation *operation, void *context,
                                  const MI_Instance *instance, const MI_Char *bookmark,
                                  const MI_Char *machine, MI_Boolean more, MI_Result result,
                                  const MI_Char *text, const MI_Instance *details,
                                  MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    MIC_CHECK_TEXT(bookmark, more ? STANDIN_TEXT("bookmark") : NULL);
    MIC_CHECK_TEXT(machine, more ? STANDIN_TEXT("machine") : NULL);
    note_result(operation, context, instance != NULL, more, result, text, details, acknowledge);
}

static MI_OperationCallbacks all_callbacks(void)
{
    MI_OperationCallbacks callbacks = {
        .callbackContext = &seen,
        .promptUser = on_prompt,
        .writeError = on_error,
        .writeMessage = on_message,
        .writeProgress = on_progress,
        .instanceResult = on_instance,
        .indicationResult = on_indication,
        .classResult = on_class,
        .streamedParameterResult = on_stream,
    };

    memset(&seen, 0, sizeof(seen));
    return callbacks;
}

static void check_seen(MI_Operation *operation)
{
    MIC_CHECK(seen.operation == operation);
    MIC_CHECK_INT(seen.thread, given.standin->callback_thread);
    MIC_CHECK(seen.thread != GetCurrentThreadId());
    MIC_CHECK_INT(seen.messages, 1);
    MIC_CHECK_INT(seen.progress, 1);
    MIC_CHECK_INT(seen.prompts, 1);
    MIC_CHECK_INT(seen.errors, 1);
    MIC_CHECK_INT(seen.streams, 1);
    MIC_CHECK_INT(seen.results, 2);
    MIC_CHECK_INT(seen.finals, 1);
}

/* What the log holds after the line of the starting call. */
static void check_answers(MI_Operation *operation, int acknowledgements)
{
    LOGGED("promptUserResult", "pu", operation,
           (MI_Uint32)MI_OperationCallback_ResponseType_YesToAll);
    LOGGED("writeErrorResult", "pu", operation,
           (MI_Uint32)MI_OperationCallback_ResponseType_NoToAll);
    for (int i = 0; i < acknowledgements; i++) {
        LOGGED("resultAcknowledgement", "p", operation);
    }
    LOG_ENDS();
}

MIC_TEST(callbacks, instance_operations_call_back)
{
    MI_OperationCallbacks callbacks;
    MI_Operation operation;

    given_open();
    callbacks = all_callbacks();
    MI_Session_EnumerateInstances(&given.session, 0, NULL, L"root", L"c", MI_FALSE, &callbacks,
                                  &operation);
    LOGGED("SessionFT.EnumerateInstances", "pupssbpo", &given.session, 0U, NULL, L"root", L"c", 0U,
           &callbacks, &operation);
    check_answers(&operation, 0);
    check_seen(&operation);
    MIC_CHECK(seen.acknowledge == NULL);
}

MIC_TEST(callbacks, manual_acknowledgements_reach_the_library)
{
    MI_OperationCallbacks callbacks;
    MI_Operation operation;

    given_open();
    callbacks = all_callbacks();
    MI_Session_Invoke(&given.session, MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, NULL, L"root", L"c",
                      L"m", NULL, NULL, &callbacks, &operation);
    LOGGED("SessionFT.Invoke", "pupssspppo", &given.session,
           (MI_Uint32)MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, NULL, L"root", L"c", L"m", NULL, NULL,
           &callbacks, &operation);
    check_answers(&operation, 3);
    check_seen(&operation);
}

MIC_TEST(callbacks, class_operations_call_back)
{
    MI_OperationCallbacks callbacks;
    MI_Operation operation;

    given_open();
    callbacks = all_callbacks();
    MI_Session_GetClass(&given.session, 0, NULL, L"root", L"c", &callbacks, &operation);
    LOGGED("SessionFT.GetClass", "pupsspo", &given.session, 0U, NULL, L"root", L"c", &callbacks,
           &operation);
    check_answers(&operation, 0);
    check_seen(&operation);
}

MIC_TEST(callbacks, subscriptions_call_back)
{
    MI_OperationCallbacks callbacks;
    MI_Operation operation;

    given_open();
    callbacks = all_callbacks();
    MI_Session_Subscribe(&given.session, MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, NULL, L"root",
                         L"WQL", L"q", NULL, &callbacks, &operation);
    LOGGED("SessionFT.Subscribe", "pupsssppo", &given.session, 1U, NULL, L"root", L"WQL", L"q",
           NULL, &callbacks, &operation);
    check_answers(&operation, 3);
    check_seen(&operation);
}

static void MI_CALL on_session_message(MI_Application *application, void *context,
                                       MI_Uint32 channel, const MI_Char *message)
{
    MIC_CHECK(application == &given.application);
    MIC_CHECK(context == &seen);
    MIC_CHECK_INT(channel, MI_WRITEMESSAGE_CHANNEL_WARNING);
    MIC_CHECK_TEXT(message, STANDIN_TEXT("message"));
    seen.messages++;
}

static void MI_CALL on_session_error(MI_Application *application, void *context,
                                     MI_Instance *instance)
{
    MIC_CHECK(application == &given.application);
    MIC_CHECK(context == &seen);
    MIC_CHECK(instance == given.standin->instance);
    seen.errors++;
}

MIC_TEST(callbacks, sessions_call_back)
{
    MI_SessionCallbacks callbacks = {&seen, on_session_message, on_session_error};
    MI_Session session;

    given_open();
    memset(&seen, 0, sizeof(seen));
    MIC_CHECK_INT(MI_Application_NewSession(&given.application, L"WINRM", L"h", NULL, &callbacks,
                                            NULL, &session),
                  MI_RESULT_OK);
    MIC_CHECK_INT(seen.messages, 1);
    MIC_CHECK_INT(seen.errors, 1);
}

MIC_TEST(callbacks, deserializer_asks_the_program_for_classes)
{
    MI_Instance *instance = NULL;
    MI_Uint32 used = 0;

    given_open();
    MIC_CHECK_INT(MI_Deserializer_DeserializeInstance(&given.deserializer, 0, given.bytes, 4, NULL,
                                                      0, given_class_needed, &seen, &used,
                                                      &instance, NULL),
                  MI_RESULT_OK);
    LOGGED("DeserializerFT.DeserializeInstance", "pupupuopooo", &given.deserializer, 0U,
           given.bytes, 4U, NULL, 0U, &seen, &seen, &used, &instance, NULL);
    LOGGED("classObjectNeeded", "up", (MI_Uint32)MI_RESULT_ACCESS_DENIED, given.class_object);
    LOG_ENDS();
}

MIC_TEST(instance, Normalize_forwards_for_extended_classes)
{
    MI_Instance *instance;

    given_open();
    instance = given.instance;
    FORWARDS(MI_Instance_Normalize(&instance));
    LOGGED("InstanceExFT.Normalize", "p", &instance);
    LOG_ENDS();
}
