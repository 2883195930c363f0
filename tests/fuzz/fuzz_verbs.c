/* Replies to every verb: faults, EPRs, results of methods, lists of classes. What was read is
 * written again, as what is created and as a method's parameters. */
#include "exchange_fuzz.h"

static const char declaration[] =
    "\x08<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><CLASS "
    "NAME='Test_Shelf'><PROPERTY NAME='Id' TYPE='uint32'><QUALIFIER NAME='key' TYPE='boolean'/>"
    "</PROPERTY><METHOD NAME='Tilt' TYPE='uint32'><PARAMETER NAME='Angle' TYPE='real64'><QUALIFIER "
    "NAME='In' TYPE='boolean'/></PARAMETER><PARAMETER.ARRAY NAME='Fallen' TYPE='sint64'><QUALIFIER "
    "NAME='Out' TYPE='boolean'/></PARAMETER.ARRAY><PARAMETER.REFERENCE NAME='On'><QUALIFIER "
    "NAME='Out' TYPE='boolean'/></PARAMETER.REFERENCE></METHOD></CLASS></s:Body></s:Envelope>";

static void prompt_user(MI_Operation *operation, void *context, const MI_Char *message,
                        MI_PromptType type,
                        MI_Result(MI_CALL *answer)(MI_Operation *operation,
                                                   MI_OperationCallback_ResponseType response))
{
    (void)operation, (void)context, (void)message, (void)type, (void)answer;
}

static void write_error(MI_Operation *operation, void *context, MI_Instance *instance,
                        MI_Result(MI_CALL *answer)(MI_Operation *operation,
                                                   MI_OperationCallback_ResponseType response))
{
    (void)operation, (void)context, (void)instance, (void)answer;
}

static void write_progress(MI_Operation *operation, void *context, const MI_Char *activity,
                           const MI_Char *step, const MI_Char *status, MI_Uint32 percent,
                           MI_Uint32 seconds)
{
    (void)operation, (void)context, (void)activity, (void)step, (void)status;
    (void)percent, (void)seconds;
}

static void streamed(MI_Operation *operation, void *context, const MI_Char *name, MI_Type type,
                     const MI_Value *value, MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    (void)operation, (void)context, (void)name, (void)type, (void)value, (void)acknowledge;
}

static const MI_OperationCallbacks listening = {
    .promptUser = prompt_user,
    .writeError = write_error,
    .writeProgress = write_progress,
    .streamedParameterResult = streamed,
};

static void write_again(const MI_Instance *instance)
{
    struct mic_uuid_series message_ids = {.given = 0};
    struct mic_wsman_session session = {
        .to = "http://h/wsman", .message_ids = &message_ids, .max_envelope_size = 200000};
    const struct mic_request requests[] = {
        {.verb = MIC_VERB_CREATE, .instance = instance},
        {.verb = MIC_VERB_REFERENCES, .instance = instance},
        {.verb = MIC_VERB_INVOKE,
         .class_name = "Test_Shelf",
         .method = "Tilt",
         .flags = MI_OPERATIONFLAGS_NO_RTTI,
         .parameters = instance},
    };
    for (size_t i = 0; i < MIC_COUNT(requests); i++) {
        struct mic_err err;
        struct mic_item item;
        const char *name;
        struct mic_buf out;
        struct mic_exchange *exchange = mic_exchange_new(&requests[i], &session, &err);
        mic_buf_init(&out);
        if (exchange != NULL && mic_exchange_next(exchange, &item, &name, &err) == MIC_STEP_SEND) {
            (void)mic_exchange_write(exchange, &out, &err);
        }
        mic_exchange_free(exchange);
        mic_buf_fini(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mic_request request = {.name_space = "root/test",
                                  .dialect = "WQL",
                                  .query = "SELECT * FROM Test_Shelf",
                                  .method = "Tilt"};
    struct exchange_fuzz of_class = {.data = (const uint8_t *)declaration,
                                     .size = sizeof(declaration) - 1};
    const struct mic_request class_request = {.verb = MIC_VERB_GET_CLASS,
                                              .class_name = "Test_Shelf"};
    struct mic_class *cls = NULL;

    if (size < 2) {
        return 0;
    }
    request.verb = (enum mic_verb)(data[0] % MIC_VERB_COUNT);
    request.flags = (data[1] & 1) != 0 ? MI_OPERATIONFLAGS_NO_RTTI : 0;
    request.keys_only = (data[1] & 2) != 0;
    request.callbacks = (data[1] & 4) != 0 ? &listening : NULL;
    if (request.verb != MIC_VERB_QUERY && request.verb != MIC_VERB_SUBSCRIBE &&
        request.verb != MIC_VERB_ASSOCIATORS) {
        request.class_name = "Test_Shelf";
    }
    struct mic_instance *key = mic_instance_new("Test_Shelf", NULL);
    MI_Value one = {.uint32 = 1};
    if (key != NULL &&
        mic_instance_set(key, "Id", MI_UINT32, &one, MI_FLAG_KEY, NULL) == MI_RESULT_OK) {
        request.instance = &key->public_instance;
    }
    exchange_fuzz_run(&of_class, &class_request, &cls);
    struct exchange_fuzz fuzz = {
        .data = data + 2, .size = size - 2, .cls = cls, .on_instance = write_again};
    exchange_fuzz_run(&fuzz, &request, NULL);
    mic_class_unref(cls);
    mic_instance_delete(key);
    return 0;
}
