/* Sixteen threads do what comes to their minds on one session: every verb, with and without
 * callbacks, answered, answered twice, late or never, cancelled and closed at any moment. Each
 * operation ends once, and nothing is left behind. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "mic_test.h"

enum { THREADS = 16, ROUNDS = 12, JOBS_MAX = 4096 };

typedef MI_Result(MI_CALL *answer_function)(MI_Operation *operation,
                                            MI_OperationCallback_ResponseType response);

static struct peer peer;
static struct client client;

/* ---- somebody else's thread ---- */

struct job {
    MI_Operation operation; /* a copy, as applications keep one */
    MI_Operation *asked;    /* with how: as the callback had it */
    answer_function how;
    MI_Result(MI_CALL *acknowledge)(MI_Operation *operation);
    bool cancels;
};

static struct job jobs[JOBS_MAX];
static unsigned job_count, jobs_done;
static bool is_closing_time;
static pthread_mutex_t jobs_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t jobs_changed = PTHREAD_COND_INITIALIZER;

static bool leave_to_other_thread(const struct job *job)
{
    pthread_mutex_lock(&jobs_lock);
    bool has_room = job_count < JOBS_MAX;
    if (has_room) {
        jobs[job_count++] = *job;
        pthread_cond_signal(&jobs_changed);
    }
    pthread_mutex_unlock(&jobs_lock);
    return has_room;
}

static void *do_jobs(void *context)
{
    (void)context;
    pthread_mutex_lock(&jobs_lock);
    while (jobs_done < job_count || !is_closing_time) {
        if (jobs_done == job_count) {
            pthread_cond_wait(&jobs_changed, &jobs_lock);
            continue;
        }
        struct job job = jobs[jobs_done++];
        pthread_mutex_unlock(&jobs_lock);
        if (job.how != NULL) {
            (void)job.how(job.asked, MI_OperationCallback_ResponseType_YesToAll);
            (void)job.how(job.asked, MI_OperationCallback_ResponseType_No);
        } else if (job.acknowledge != NULL) {
            (void)job.acknowledge(&job.operation);
            (void)job.acknowledge(&job.operation);
        } else if (job.cancels) {
            (void)MI_Operation_Cancel(&job.operation, MI_REASON_NONE);
        }
        pthread_mutex_lock(&jobs_lock);
    }
    pthread_mutex_unlock(&jobs_lock);
    return NULL;
}

/* ---- one operation ---- */

struct run {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    atomic_uint seed;
    unsigned finals;
    bool is_async;
};

static unsigned dice(struct run *run, unsigned sides)
{
    unsigned seed = atomic_load(&run->seed); /* its callbacks throw as well: any order will do */
    atomic_store(&run->seed, seed * 1664525u + 1013904223u);
    return (seed >> 16) % sides;
}

static void act_inside(struct run *run, MI_Operation *operation)
{
    MI_Operation copy = *operation;
    switch (dice(run, 12)) {
    case 0:
        (void)MI_Operation_Cancel(&copy, MI_REASON_NONE);
        break;
    case 1:
        (void)leave_to_other_thread(&(struct job){.operation = copy, .cancels = true});
        break;
    case 2: {
        struct outcome outcome;
        MI_Session session = client.session;
        enumerate(&session, 0, "Peer_Few", &outcome);
        break;
    }
    default:
        break;
    }
}

static void answer_somehow(struct run *run, MI_Operation *operation, answer_function how)
{
    act_inside(run, operation);
    if (how == NULL) {
        return;
    }
    struct job job = {.asked = operation, .how = how};
    if (dice(run, 2) == 0 && leave_to_other_thread(&job)) {
        return;
    }
    (void)how(operation, (MI_OperationCallback_ResponseType)dice(run, 4));
    (void)how(operation, MI_OperationCallback_ResponseType_Yes);
    (void)how(NULL, MI_OperationCallback_ResponseType_Yes);
}

static void acknowledge_somehow(struct run *run, const MI_Operation *operation,
                                MI_Result(MI_CALL *acknowledge)(MI_Operation *operation))
{
    MI_Operation copy = *operation;
    struct job job = {.operation = copy, .acknowledge = acknowledge};
    if (acknowledge == NULL || (dice(run, 2) == 0 && leave_to_other_thread(&job))) {
        return;
    }
    (void)acknowledge(&copy);
    (void)acknowledge(&copy);
}

static void MI_CALL on_prompt(MI_Operation *operation, void *context, const MI_Char *message,
                              MI_PromptType type, answer_function how)
{
    MIC_CHECK(message != NULL && strlen(message) > 0);
    (void)type;
    answer_somehow(context, operation, how);
}

static void MI_CALL on_error(MI_Operation *operation, void *context, MI_Instance *error,
                             answer_function how)
{
    MIC_CHECK(error != NULL);
    answer_somehow(context, operation, how);
}

static void MI_CALL on_message(MI_Operation *operation, void *context, MI_Uint32 channel,
                               const MI_Char *message)
{
    (void)channel;
    MIC_CHECK(message != NULL);
    act_inside(context, operation);
}

static void MI_CALL on_stream(MI_Operation *operation, void *context, const MI_Char *name,
                              MI_Type type, const MI_Value *value,
                              MI_Result(MI_CALL *acknowledge)(MI_Operation *operation))
{
    (void)name, (void)type, (void)value;
    acknowledge_somehow(context, operation, acknowledge);
}

static void note(struct run *run, MI_Boolean more)
{
    pthread_mutex_lock(&run->lock);
    run->finals += more ? 0 : 1;
    pthread_cond_broadcast(&run->changed);
    pthread_mutex_unlock(&run->lock);
}

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance,
                                MI_Boolean more, MI_Result result, const MI_Char *message,
                                const MI_Instance *details,
                                MI_Result(MI_CALL *acknowledge)(MI_Operation *operation))
{
    (void)instance, (void)result, (void)message, (void)details;
    act_inside(context, operation);
    acknowledge_somehow(context, operation, acknowledge);
    note(context, more);
}

static void MI_CALL on_class(MI_Operation *operation, void *context, const MI_Class *cls,
                             MI_Boolean more, MI_Result result, const MI_Char *message,
                             const MI_Instance *details,
                             MI_Result(MI_CALL *acknowledge)(MI_Operation *operation))
{
    (void)cls;
    on_instance(operation, context, NULL, more, result, message, details, acknowledge);
}

static void MI_CALL on_indication(MI_Operation *operation, void *context,
                                  const MI_Instance *instance, const MI_Char *bookmark,
                                  const MI_Char *machine, MI_Boolean more, MI_Result result,
                                  const MI_Char *message, const MI_Instance *details,
                                  MI_Result(MI_CALL *acknowledge)(MI_Operation *operation))
{
    (void)bookmark, (void)machine;
    on_instance(operation, context, instance, more, result, message, details, acknowledge);
}

enum verb { ENUMERATE, QUERY, GET_CLASS, CLASSES, CHAT, CHATTY, SUBSCRIBE, VERBS };

static void invoke_chat(MI_Session *session, MI_Uint32 flags, MI_OperationCallbacks *callbacks,
                        MI_Operation *operation)
{
    static const char *const parts[] = {"Warnings", "Prompts", "Inquiries", "Parts", "Acks"};
    MI_Application application = client.application;
    MI_Instance *key = NULL, *parameters = NULL;
    MI_Value value = {.string = (MI_Char *)(uintptr_t) "alpha"};
    MIC_REQUIRE(MI_Application_NewInstance(&application, "Peer_Service", NULL, &key) ==
                MI_RESULT_OK);
    MI_Instance_AddElement(key, "Name", &value, MI_STRING, MI_FLAG_KEY);
    MIC_REQUIRE(MI_Application_NewInstance(&application, "__PARAMETERS", NULL, &parameters) ==
                MI_RESULT_OK);
    value.uint32 = 2;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        MI_Instance_AddElement(parameters, parts[i], &value, MI_UINT32, 0);
    }
    MI_Session_Invoke(session, flags, NULL, "root/cimv2", "Peer_Service", "Chat", key, parameters,
                      callbacks, operation);
    MI_Instance_Delete(key);
    MI_Instance_Delete(parameters);
}

static void begin(enum verb verb, MI_Uint32 flags, MI_OperationCallbacks *callbacks,
                  MI_Operation *operation)
{
    MI_Session session = client.session;
    switch (verb) {
    case QUERY:
        MI_Session_QueryInstances(&session, flags, NULL, "root/cimv2", "WQL",
                                  "SELECT * FROM Peer_Base", callbacks, operation);
        break;
    case GET_CLASS:
        MI_Session_GetClass(&session, flags, NULL, "root/cimv2", "Peer_Few", callbacks, operation);
        break;
    case CLASSES:
        MI_Session_EnumerateClasses(&session, flags, NULL, "root/cimv2", "Peer_Base", MI_FALSE,
                                    callbacks, operation);
        break;
    case CHAT:
        invoke_chat(&session, flags, callbacks, operation);
        break;
    case CHATTY:
        MI_Session_EnumerateInstances(&session, flags, NULL, "root/cimv2", "Peer_Chatty", MI_FALSE,
                                      callbacks, operation);
        break;
    case SUBSCRIBE:
        MI_Session_Subscribe(&session, flags, NULL, "root/cimv2", "WQL", "SELECT * FROM Peer_Alert",
                             NULL, callbacks, operation);
        break;
    case ENUMERATE:
    case VERBS:
    default:
        MI_Session_EnumerateInstances(&session, flags, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                      callbacks, operation);
        break;
    }
}

static MI_Result get(enum verb verb, MI_Operation *operation, MI_Boolean *more)
{
    const MI_Instance *instance;
    const MI_Class *cls;
    MI_Result result;
    switch (verb) {
    case GET_CLASS:
    case CLASSES:
        return MI_Operation_GetClass(operation, &cls, more, &result, NULL, NULL);
    case SUBSCRIBE:
        return MI_Operation_GetIndication(operation, &instance, NULL, NULL, more, &result, NULL,
                                          NULL);
    case ENUMERATE:
    case QUERY:
    case CHAT:
    case CHATTY:
    case VERBS:
    default:
        return MI_Operation_GetInstance(operation, &instance, more, &result, NULL, NULL);
    }
}

static void take(struct run *run, enum verb verb, MI_Operation *operation)
{
    MI_Boolean more = MI_TRUE;
    while (more && dice(run, 8) != 0) {
        if (get(verb, operation, &more) != MI_RESULT_OK) {
            return; /* closed meanwhile */
        }
        if (dice(run, 6) == 0) {
            (void)MI_Operation_Cancel(operation, MI_REASON_NONE);
        }
    }
}

static void await_final(struct run *run)
{
    pthread_mutex_lock(&run->lock);
    while (run->finals == 0) {
        pthread_cond_wait(&run->changed, &run->lock);
    }
    pthread_mutex_unlock(&run->lock);
}

static void run_one(struct run *run)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    enum verb verb = (enum verb)dice(run, VERBS);
    MI_Uint32 flags = dice(run, 2) == 0 ? MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS : 0;
    MI_Operation operation;
    run->is_async = dice(run, 2) == 0;
    run->finals = 0;
    callbacks.callbackContext = run;
    callbacks.promptUser = on_prompt;
    callbacks.writeError = on_error;
    callbacks.writeMessage = on_message;
    callbacks.streamedParameterResult = on_stream;
    if (run->is_async) {
        callbacks.instanceResult = on_instance;
        callbacks.classResult = on_class;
        callbacks.indicationResult = on_indication;
    }
    begin(verb, flags, &callbacks, &operation);
    bool must_end = verb == SUBSCRIBE;
    if (must_end) { /* it would go on for ever */
        (void)leave_to_other_thread(&(struct job){.operation = operation, .cancels = true});
    }
    if (run->is_async) {
        bool closes_first = dice(run, 3) == 0;
        if (dice(run, 4) == 0) {
            (void)MI_Operation_Cancel(&operation, MI_REASON_NONE);
        }
        if (!closes_first) {
            await_final(run);
        }
        MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
        await_final(run);
        MIC_CHECK_INT(run->finals, 1);
    } else {
        take(run, verb, &operation);
        MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    }
}

static void *work(void *context)
{
    struct run run;
    atomic_init(&run.seed, (unsigned)(uintptr_t)context * 7919u + 17u);
    pthread_mutex_init(&run.lock, NULL);
    pthread_cond_init(&run.changed, NULL);
    for (unsigned i = 0; i < ROUNDS; i++) {
        run_one(&run);
    }
    pthread_cond_destroy(&run.changed);
    pthread_mutex_destroy(&run.lock);
    return NULL;
}

MIC_TEST(stress, everything_at_once_on_one_session)
{
    pthread_t other, threads[THREADS];
    const char *from = getenv("MIC_STRESS_SEED"); /* for those who look for more */
    unsigned seed = from != NULL ? (unsigned)strtoul(from, NULL, 10) * THREADS : 0;
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
    MIC_REQUIRE(pthread_create(&other, NULL, do_jobs, NULL) == 0);
    for (unsigned i = 0; i < THREADS; i++) {
        MIC_REQUIRE(pthread_create(&threads[i], NULL, work, (void *)(uintptr_t)(seed + i)) == 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    pthread_mutex_lock(&jobs_lock);
    is_closing_time = true;
    pthread_cond_signal(&jobs_changed);
    pthread_mutex_unlock(&jobs_lock);
    pthread_join(other, NULL);
    MIC_CHECK_INT(peer_counter(&peer, "requests.rejected"), 0);
    client_close(&client);
    peer_stop(&peer);
}
