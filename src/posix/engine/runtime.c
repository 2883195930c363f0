#include "engine/runtime.h"

#include <unistd.h>

#include "base/mem.h"
#include "engine/question.h"
#include "engine/session.h"
#include "wsman/exchange.h"

static atomic_uint next_application = 1;

/* Forks between the process that watched first and this one: what getpid would tell, without a
 * system call in every operation. A child of _Fork() or of a bare clone() is not seen. */
static pthread_once_t watching = PTHREAD_ONCE_INIT;
static bool is_watching;
static atomic_uint forks;

static void on_forked(void)
{
    atomic_fetch_add_explicit(&forks, 1, memory_order_relaxed);
}

static void watch_forks(void)
{
    is_watching = pthread_atfork(NULL, NULL, on_forked) == 0;
}

struct mic_runtime *mic_runtime_new(struct mic_err *err)
{
    (void)pthread_once(&watching, watch_forks);
    struct mic_runtime *runtime = mic_calloc(1, sizeof(*runtime));
    if (runtime == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "Out of memory for an application.");
        return NULL;
    }
    atomic_init(&runtime->references, 1);
    runtime->pid = getpid();
    runtime->forks = atomic_load(&forks);
    runtime->number = atomic_fetch_add(&next_application, 1);
    runtime->trace = mic_trace_new();
    runtime->readers = mic_exchange_pool_new();
    mic_uuid_series_init(&runtime->message_ids);
    pthread_mutex_init(&runtime->lock, NULL);
    pthread_cond_init(&runtime->changed, NULL);
    mic_list_init(&runtime->sessions);
    mic_list_init(&runtime->failed_sessions);
    mic_list_init(&runtime->callers);
    mic_list_init(&runtime->questions);
    return runtime;
}

void mic_runtime_ref(struct mic_runtime *runtime)
{
    atomic_fetch_add_explicit(&runtime->references, 1, memory_order_relaxed);
}

static void free_parts(struct mic_runtime *runtime);

void mic_runtime_unref(struct mic_runtime *runtime)
{
    if (atomic_fetch_sub_explicit(&runtime->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    for (struct mic_list *node; (node = mic_list_shift(&runtime->questions)) != NULL;) {
        mic_question_free(MIC_LIST_ITEM(node, struct mic_question, node));
    }
    free_parts(runtime); /* only now: a call on another thread may end after the close */
    mic_exchange_pool_free(runtime->readers);
    mic_trace_free(runtime->trace);
    pthread_cond_destroy(&runtime->changed);
    pthread_mutex_destroy(&runtime->lock);
    mic_free(runtime);
}

MI_Result mic_runtime_check_process(const struct mic_runtime *runtime, struct mic_err *err)
{
    if (is_watching ? runtime->forks == atomic_load_explicit(&forks, memory_order_relaxed)
                    : runtime->pid == getpid()) {
        return MI_RESULT_OK;
    }
    return mic_err_set(
        err, MIC_E_FORK,
        "This application was initialized in process %ld, before a fork; its threads "
        "do not exist in the child.",
        (long)runtime->pid);
}

/* No thread of ours is left afterwards. */
static void stop_parts(struct mic_runtime *runtime)
{
    if (runtime->callpool != NULL) {
        mic_callpool_stop(runtime->callpool);
    }
    /* A thread stuck in the resolver keeps nothing of ours: it is left to itself. */
    mic_workpool_free(runtime->workpool, 200);
    runtime->workpool = NULL;
    if (runtime->loop != NULL) {
        mic_loop_stop_join(runtime->loop);
    }
    if (runtime->tls != NULL) {
        mic_tls_shared_free(runtime->tls);
        runtime->tls = NULL;
    }
}

static void free_parts(struct mic_runtime *runtime)
{
    mic_callpool_free(runtime->callpool);
    runtime->callpool = NULL;
    mic_loop_free(runtime->loop);
    runtime->loop = NULL;
}

static void on_wake_callers(void *context)
{
    struct mic_runtime *runtime = context;
    mic_callpool_wake(runtime->callpool);
}

static MI_Result make_parts(struct mic_runtime *runtime, struct mic_err *err)
{
    struct mic_err failure;
    mic_err_init(&failure);
    runtime->wake_callers.run = on_wake_callers;
    runtime->wake_callers.context = runtime;
    runtime->loop = mic_loop_new(NULL, &failure);
    if (runtime->loop != NULL) {
        runtime->workpool =
            mic_workpool_new(runtime->loop, MIC_WORKPOOL_THREADS, MIC_WORKPOOL_IDLE_MS, &failure);
    }
    if (runtime->workpool != NULL) {
        runtime->callpool = mic_callpool_new(MIC_CALLPOOL_THREADS, &failure);
    }
    if (runtime->callpool != NULL) {
        runtime->tls = mic_tls_shared_new(&failure);
    }
    if (runtime->tls != NULL && mic_loop_start(runtime->loop, &failure) == MI_RESULT_OK) {
        return MI_RESULT_OK;
    }
    stop_parts(runtime);
    free_parts(runtime);
    *err = failure;
    return failure.result;
}

MI_Result mic_runtime_start(struct mic_runtime *runtime, struct mic_err *err)
{
    MI_Result result = mic_runtime_check_process(runtime, err);
    if (result != MI_RESULT_OK) {
        return result;
    }
    pthread_mutex_lock(&runtime->lock);
    while (runtime->making == MIC_MAKING_NOW) {
        pthread_cond_wait(&runtime->changed, &runtime->lock);
    }
    bool is_mine = runtime->making == MIC_MAKING_NONE;
    if (is_mine) {
        runtime->making = MIC_MAKING_NOW;
    }
    pthread_mutex_unlock(&runtime->lock);
    if (!is_mine) {
        return MI_RESULT_OK;
    }
    result = make_parts(runtime, err);
    pthread_mutex_lock(&runtime->lock);
    runtime->making = result == MI_RESULT_OK ? MIC_MAKING_DONE : MIC_MAKING_NONE;
    pthread_cond_broadcast(&runtime->changed);
    pthread_mutex_unlock(&runtime->lock);
    return result;
}

bool mic_runtime_is_callback(struct mic_runtime *runtime)
{
    pthread_mutex_lock(&runtime->lock);
    bool is_made = runtime->making == MIC_MAKING_DONE, is_caller = false;
    for (struct mic_list *node = runtime->callers.next; node != &runtime->callers;
         node = node->next) {
        is_caller |= pthread_equal(MIC_LIST_ITEM(node, struct mic_caller, node)->thread,
                                   pthread_self()) != 0;
    }
    pthread_mutex_unlock(&runtime->lock);
    return is_caller || (is_made && mic_callpool_is_callback_thread(runtime->callpool));
}

void mic_runtime_enter_callback(struct mic_runtime *runtime, struct mic_caller *caller)
{
    caller->thread = pthread_self();
    pthread_mutex_lock(&runtime->lock);
    mic_list_append(&runtime->callers, &caller->node);
    pthread_mutex_unlock(&runtime->lock);
}

void mic_runtime_leave_callback(struct mic_runtime *runtime, struct mic_caller *caller)
{
    pthread_mutex_lock(&runtime->lock);
    mic_list_remove(&caller->node);
    pthread_mutex_unlock(&runtime->lock);
}

void mic_runtime_keep_question(struct mic_runtime *runtime, struct mic_question *question)
{
    pthread_mutex_lock(&runtime->lock);
    mic_list_append(&runtime->questions, &question->node);
    pthread_mutex_unlock(&runtime->lock);
}

static void free_failed_sessions(struct mic_runtime *runtime)
{
    for (;;) {
        pthread_mutex_lock(&runtime->lock);
        struct mic_list *node = mic_list_shift(&runtime->failed_sessions);
        pthread_mutex_unlock(&runtime->lock);
        if (node == NULL) {
            return;
        }
        mic_session_forget(MIC_LIST_ITEM(node, struct mic_session, node));
    }
}

/* With the lock held. */
static bool waits_for_others(const struct mic_runtime *runtime)
{
    if (!mic_list_is_empty(&runtime->sessions) || runtime->making == MIC_MAKING_NOW) {
        return true;
    }
    for (struct mic_list *node = runtime->failed_sessions.next; node != &runtime->failed_sessions;
         node = node->next) {
        if (mic_session_has_operations(MIC_LIST_ITEM(node, struct mic_session, node))) {
            return true;
        }
    }
    return false;
}

/* Sessions are visited one by one: the lock is not held while one is worked on. A session visited
 * moves to the end; the count bounds the round. */
static void for_each_session(struct mic_runtime *runtime,
                             void (*visit)(struct mic_session *session))
{
    size_t count = 0;
    pthread_mutex_lock(&runtime->lock);
    for (struct mic_list *node = runtime->sessions.next; node != &runtime->sessions;
         node = node->next) {
        count++;
    }
    while (count-- > 0) {
        struct mic_list *node = mic_list_shift(&runtime->sessions);
        if (node == NULL) {
            break;
        }
        mic_list_append(&runtime->sessions, node);
        struct mic_session *session = MIC_LIST_ITEM(node, struct mic_session, node);
        mic_session_ref(session);
        pthread_mutex_unlock(&runtime->lock);
        visit(session);
        mic_session_unref(session);
        pthread_mutex_lock(&runtime->lock);
    }
    pthread_mutex_unlock(&runtime->lock);
}

MI_Result mic_runtime_close(struct mic_runtime *runtime)
{
    struct mic_err err;
    if (mic_runtime_check_process(runtime, &err) != MI_RESULT_OK ||
        mic_runtime_is_callback(runtime)) {
        return MI_RESULT_FAILED;
    }
    pthread_mutex_lock(&runtime->lock);
    bool was_closing = runtime->is_closing;
    runtime->is_closing = true;
    pthread_mutex_unlock(&runtime->lock);
    if (was_closing) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    for_each_session(runtime, mic_session_cancel_all);
    if (mic_trace_on(runtime->trace, MIC_TRACE_ENGINE, 1)) {
        for_each_session(runtime, mic_session_trace_open);
    }
    pthread_mutex_lock(&runtime->lock);
    while (waits_for_others(runtime)) {
        pthread_cond_wait(&runtime->changed, &runtime->lock);
    }
    pthread_mutex_unlock(&runtime->lock);
    stop_parts(runtime);
    free_failed_sessions(runtime);
    return MI_RESULT_OK;
}
