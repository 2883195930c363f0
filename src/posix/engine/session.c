#include "engine/session.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/uuid.h"
#include "engine/op.h"
#include "engine/trip.h"

#define OPTION(name) "__MI_DESTINATIONOPTIONS_" name

/* How long a close waits for the answers to Releases. */
#define RELEASE_WAIT_MS 1000

static void on_close_post(void *context);
static void on_release_timer(void *context);
static void run_completion(void *context);

/* ---- making ---- */

static void hold_session(void *context)
{
    mic_session_ref(context);
}

static void release_session(void *context)
{
    mic_session_unref(context);
}

static void init_parts(struct mic_session *session, struct mic_runtime *runtime)
{
    mic_runtime_ref(runtime);
    session->runtime = runtime;
    mic_list_init(&session->node);
    mic_list_init(&session->operations);
    mic_list_init(&session->cancelled);
    mic_class_cache_init(&session->classes);
    session->close_post.run = on_close_post;
    session->close_post.context = session;
    session->release_timer.fire = on_release_timer;
    session->release_timer.context = session;
    session->completion_turn.run = run_completion;
    session->completion_turn.hold = hold_session;
    session->completion_turn.release = release_session;
    session->completion_turn.context = session;
}

static MI_Uint32 envelope_size(const struct mic_bag *options)
{
    MI_Uint32 kilobytes = mic_bag_number(options, OPTION("MAX_ENVELOPE_SIZE"), 0);
    if (kilobytes == 0) {
        return MIC_ENVELOPE_SIZE_DEFAULT;
    }
    if (kilobytes < 8) { /* what a server may refuse, MS-WSMV 3.1.4.1.7 */
        kilobytes = 8;
    }
    return kilobytes > UINT32_MAX / 1024 ? UINT32_MAX : kilobytes * 1024;
}

static void fill_wsman(struct mic_session *session)
{
    struct mic_wsman_session *wsman = &session->wsman;
    const struct mic_bag *options = session->options;
    unsigned long long timeout_ms = mic_bag_interval_ms(options, OPTION("TIMEOUT"), ULLONG_MAX);
    session->timeout_ms = timeout_ms == ULLONG_MAX ? MIC_TIMEOUT_DEFAULT_MS : timeout_ms;
    wsman->operation_timeout_ms = timeout_ms == ULLONG_MAX ? 0 : timeout_ms;
    char id[MIC_UUID_TEXT_SIZE];
    wsman->message_ids = &session->runtime->message_ids;
    mic_uuid_series_next(wsman->message_ids, id);
    (void)snprintf(wsman->session_id, sizeof(wsman->session_id), "uuid:%s", id);
    wsman->to = session->destination.url;
    wsman->locale = mic_bag_string(options, OPTION("UI_LOCALE"), "en-US");
    wsman->data_locale = mic_bag_string(options, OPTION("DATA_LOCALE"), wsman->locale);
    wsman->max_envelope_size = envelope_size(options);
    wsman->max_elements = mic_bag_number(options, OPTION("MAX_ELEMENTS"), MIC_MAX_ELEMENTS_DEFAULT);
    if (wsman->max_elements == 0) {
        wsman->max_elements = MIC_MAX_ELEMENTS_DEFAULT;
    }
    wsman->trace = session->runtime->trace;
    wsman->readers = session->runtime->readers;
}

/* All of it is borrowed from the session. */
static MI_Result fill_target(struct mic_session *session, struct mic_http_target *target,
                             struct mic_err *err)
{
    MI_Result result = mic_destination_target(&session->destination, session->options, target, err);
    return result != MI_RESULT_OK
               ? result
               : mic_proxy_target(&session->proxy, session->options, target, err);
}

static MI_Result fill(struct mic_session *session, const char *protocol, const char *destination,
                      struct mic_err *err)
{
    struct mic_http_target target;
    MI_Result result = mic_destination_check_protocol(protocol, err);
    if (result == MI_RESULT_OK) {
        result = mic_destination_init(&session->destination, destination, session->options, err);
    }
    if (result == MI_RESULT_OK) {
        result =
            mic_proxy_choose(&session->proxy, &session->destination, session->options, getenv, err);
    }
    if (result == MI_RESULT_OK) {
        result = fill_target(session, &target, err);
    }
    if (result == MI_RESULT_OK) {
        fill_wsman(session);
    }
    return result;
}

/* @return false when the application is closing. */
static bool enter_tree(struct mic_session *session)
{
    struct mic_runtime *runtime = session->runtime;
    pthread_mutex_lock(&runtime->lock);
    bool is_open = !runtime->is_closing;
    if (is_open) {
        session->number = ++runtime->next_session;
        mic_list_append(session->failure != NULL ? &runtime->failed_sessions : &runtime->sessions,
                        &session->node);
        mic_session_ref(session);
    }
    pthread_mutex_unlock(&runtime->lock);
    return is_open;
}

struct mic_session *mic_session_new(struct mic_runtime *runtime, const char *protocol,
                                    const char *destination, const struct mic_bag *options,
                                    struct mic_err *err)
{
    struct mic_session *session = mic_calloc(1, sizeof(*session));
    if (session == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "Out of memory for a session.");
        return NULL;
    }
    atomic_init(&session->references, 1);
    atomic_init(&session->releases, 0);
    init_parts(session, runtime);
    MI_Result result = mic_runtime_check_process(runtime, err);
    session->options = mic_bag_clone(options);
    if (session->options == NULL) {
        (void)mic_err_set(err, MIC_E_MEMORY, "Out of memory for a session.");
        goto failed;
    }
    if (result == MI_RESULT_OK) {
        result = fill(session, protocol, destination, err);
    }
    if (result != MI_RESULT_OK) {
        session->failure = mic_memdup(err, sizeof(*err));
        if (session->failure == NULL) {
            goto failed;
        }
    }
    if (!enter_tree(session)) {
        mic_err_set(err, MIC_E_STATE, "The application is being closed.");
        goto failed;
    }
    return session;
failed:
    mic_session_unref(session);
    return NULL;
}

void mic_session_ref(struct mic_session *session)
{
    atomic_fetch_add_explicit(&session->references, 1, memory_order_relaxed);
}

void mic_session_unref(struct mic_session *session)
{
    if (atomic_fetch_sub_explicit(&session->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    mic_class_cache_fini(&session->classes);
    mic_destination_fini(&session->destination);
    mic_proxy_fini(&session->proxy);
    mic_bag_free(session->options);
    mic_free(session->failure);
    mic_runtime_unref(session->runtime);
    mic_free(session);
}

/* ---- starting ---- */

static MI_Result make_pool(struct mic_session *session, struct mic_err *err)
{
    struct mic_runtime *runtime = session->runtime;
    struct mic_http_target target;
    MI_Result result = fill_target(session, &target, err);
    if (result != MI_RESULT_OK) {
        return result;
    }
    target.trace = runtime->trace;
    target.session_number = session->number;
    target.max_sealed_bytes = session->wsman.max_envelope_size;
    session->pool = mic_http_pool_new(runtime->loop, runtime->workpool, runtime->tls, &target, err);
    if (session->pool == NULL) {
        return err->result;
    }
    session->callers_send = !mic_http_pool_uses_tls(session->pool);
    return MI_RESULT_OK;
}

MI_Result mic_session_start(struct mic_session *session, struct mic_err *err)
{
    struct mic_runtime *runtime = session->runtime;
    MI_Result result = mic_runtime_start(runtime, err);
    if (result != MI_RESULT_OK) {
        return result;
    }
    pthread_mutex_lock(&runtime->lock);
    while (session->making == MIC_MAKING_NOW) {
        pthread_cond_wait(&runtime->changed, &runtime->lock);
    }
    bool is_mine = session->making == MIC_MAKING_NONE;
    if (is_mine) {
        session->making = MIC_MAKING_NOW;
    }
    pthread_mutex_unlock(&runtime->lock);
    if (!is_mine) {
        return MI_RESULT_OK;
    }
    result = make_pool(session, err);
    pthread_mutex_lock(&runtime->lock);
    session->making = result == MI_RESULT_OK ? MIC_MAKING_DONE : MIC_MAKING_NONE;
    pthread_cond_broadcast(&runtime->changed);
    pthread_mutex_unlock(&runtime->lock);
    return result;
}

/* ---- operations ---- */

bool mic_session_enter(struct mic_session *session, struct mic_list *node, uint32_t *number)
{
    struct mic_runtime *runtime = session->runtime;
    pthread_mutex_lock(&runtime->lock);
    bool is_open = !session->is_closing && !runtime->is_closing;
    if (is_open) {
        *number = ++runtime->next_operation;
        mic_list_append(&session->operations, node);
    }
    pthread_mutex_unlock(&runtime->lock);
    return is_open;
}

bool mic_session_has_operations(const struct mic_session *session)
{
    return !mic_list_is_empty(&session->operations) || !mic_list_is_empty(&session->cancelled);
}

/* With the tree's lock held. @return true for the one caller who has to tear the session down. */
static bool is_ready_for_teardown(struct mic_session *session)
{
    if (!session->is_closing || session->is_torn_down || mic_session_has_operations(session)) {
        return false;
    }
    session->is_torn_down = true;
    return true;
}

static void leave_tree(struct mic_session *session)
{
    struct mic_runtime *runtime = session->runtime;
    pthread_mutex_lock(&runtime->lock);
    bool was_in = !session->has_left;
    session->has_left = true;
    mic_list_remove(&session->node);
    pthread_cond_broadcast(&runtime->changed);
    pthread_mutex_unlock(&runtime->lock);
    if (was_in) {
        mic_session_unref(session);
    }
}

static void run_completion(void *context)
{
    struct mic_session *session = context;
    session->completion.call(session->completion.context);
    leave_tree(session);
}

/* Nothing to take down. The function runs on a thread of the application's, which may close all
 * from within it: so the session is out of the tree before. */
static void complete_at_once(struct mic_session *session)
{
    const struct mic_completion completion = session->completion;
    leave_tree(session);
    if (completion.call != NULL) {
        completion.call(completion.context);
    }
}

static void tear_down(struct mic_session *session)
{
    if (session->pool == NULL) {
        complete_at_once(session);
        return;
    }
    if (session->completion.call != NULL) {
        /* An operation may have made the pool after the close had looked for it. */
        struct mic_err err;
        (void)mic_callpool_start(session->runtime->callpool, &err);
    }
    mic_session_ref(session); /* until on_torn_down */
    mic_loop_post(session->runtime->loop, &session->close_post);
}

void mic_session_leave(struct mic_session *session, struct mic_list *node)
{
    struct mic_runtime *runtime = session->runtime;
    pthread_mutex_lock(&runtime->lock);
    mic_list_remove(node);
    bool is_last = is_ready_for_teardown(session);
    if (session->failure != NULL) { /* the application waits for these operations, not for it */
        pthread_cond_broadcast(&runtime->changed);
    }
    pthread_mutex_unlock(&runtime->lock);
    if (is_last) {
        tear_down(session);
    }
}

/* ---- Release ---- */

static void on_torn_down(struct mic_session *session)
{
    struct mic_http_pool *pool = session->pool;
    mic_timer_cancel(session->runtime->loop, &session->release_timer);
    session->is_pool_closed = true;
    mic_http_pool_free(pool);
    if (session->completion.call != NULL) { /* the application's code: never on this thread */
        mic_callpool_schedule(session->runtime->callpool, &session->completion_turn);
    } else {
        leave_tree(session);
    }
    mic_session_unref(session);
}

static void on_release_timer(void *context)
{
    struct mic_session *session = context;
    session->waits_for_releases = false;
    on_torn_down(session);
}

static void on_close_post(void *context)
{
    struct mic_session *session = context;
    if (atomic_load(&session->releases) == 0) {
        on_torn_down(session);
        return;
    }
    session->waits_for_releases = true;
    mic_timer_set(session->runtime->loop, &session->release_timer,
                  mic_loop_now_ms(session->runtime->loop) + RELEASE_WAIT_MS);
}

/* An answer means nothing to us; the error of one that failed neither (protocol: the context dies
 * by itself on the server). */
static void on_release_event(void *context, struct mic_trip *trip, enum mic_trip_event event)
{
    struct mic_session *session = context;
    (void)trip;
    if (event == MIC_TRIP_ENDED && atomic_fetch_sub(&session->releases, 1) == 1 &&
        session->waits_for_releases) {
        session->waits_for_releases = false;
        /* Not from inside the pool's own call. */
        mic_timer_set(session->runtime->loop, &session->release_timer, 0);
    }
}

void mic_session_send_release(struct mic_session *session, struct mic_buf *envelope,
                              struct mic_trip *after, bool is_extra)
{
    struct mic_err err;
    const struct mic_trip_owner owner = {.event = on_release_event,
                                         .hold = hold_session,
                                         .release = release_session,
                                         .context = session};
    atomic_fetch_add(&session->releases, 1);
    struct mic_trip *trip =
        mic_trip_start(session, &owner, envelope,
                       MIC_TRIP_AFTER_FAILURE | (is_extra ? MIC_TRIP_EXTRA : 0u), after, &err);
    if (trip != NULL) {
        mic_trip_abandon(trip);
    } else {
        atomic_fetch_sub(&session->releases, 1);
    }
}

/* ---- closing ---- */

void mic_session_cancel_all(struct mic_session *session)
{
    struct mic_runtime *runtime = session->runtime;
    for (;;) {
        pthread_mutex_lock(&runtime->lock);
        struct mic_list *node = mic_list_shift(&session->operations);
        struct mic_op *op = NULL;
        if (node != NULL) {
            mic_list_append(&session->cancelled, node);
            op = mic_op_from_node(node);
            mic_op_ref(op);
        }
        pthread_mutex_unlock(&runtime->lock);
        if (op == NULL) {
            return;
        }
        mic_op_cancel(op);
        mic_op_unref(op);
    }
}

MI_Result mic_session_can_close(struct mic_session *session, bool waits)
{
    struct mic_runtime *runtime = session->runtime;
    struct mic_err err;
    if (mic_runtime_check_process(runtime, &err) != MI_RESULT_OK ||
        (waits && mic_runtime_is_callback(runtime))) {
        return MI_RESULT_FAILED;
    }
    if (waits) {
        return MI_RESULT_OK;
    }
    pthread_mutex_lock(&runtime->lock);
    bool has_threads = session->making == MIC_MAKING_DONE;
    pthread_mutex_unlock(&runtime->lock);
    /* The completion needs a callback thread; here its absence can still be told. */
    return has_threads ? mic_callpool_start(runtime->callpool, &err) : MI_RESULT_OK;
}

MI_Result mic_session_close(struct mic_session *session, const struct mic_completion *completion)
{
    struct mic_runtime *runtime = session->runtime;
    bool waits = completion->call == NULL;
    MI_Result result = mic_session_can_close(session, waits);
    if (result != MI_RESULT_OK) {
        return MI_RESULT_FAILED;
    }
    pthread_mutex_lock(&runtime->lock);
    session->completion = *completion;
    session->is_closing = true;
    pthread_mutex_unlock(&runtime->lock);
    mic_session_cancel_all(session);
    if (mic_trace_on(runtime->trace, MIC_TRACE_ENGINE, 1)) {
        mic_session_trace_open(session);
    }
    pthread_mutex_lock(&runtime->lock);
    bool is_ready = is_ready_for_teardown(session);
    pthread_mutex_unlock(&runtime->lock);
    if (is_ready) {
        tear_down(session);
    }
    if (!waits) {
        return MI_RESULT_OK;
    }
    pthread_mutex_lock(&runtime->lock);
    while (!session->has_left) {
        pthread_cond_wait(&runtime->changed, &runtime->lock);
    }
    pthread_mutex_unlock(&runtime->lock);
    return MI_RESULT_OK;
}

void mic_session_trace_open(struct mic_session *session)
{
    struct mic_runtime *runtime = session->runtime;
    char who[64];
    size_t count = 0;
    pthread_mutex_lock(&runtime->lock);
    bool is_closing = session->is_closing;
    for (struct mic_list *node = session->operations.next; node != &session->operations;
         node = node->next) {
        count++;
    }
    for (struct mic_list *node = session->cancelled.next; node != &session->cancelled;
         node = node->next) {
        count++;
    }
    pthread_mutex_unlock(&runtime->lock);
    (void)snprintf(who, sizeof(who), "a%u s%u", (unsigned)runtime->number,
                   (unsigned)session->number);
    if (count > 0 || !is_closing) {
        mic_trace_line(runtime->trace, MIC_TRACE_ENGINE, 1, who,
                       "close waits: session to %s %s, %zu operation handles not closed",
                       session->destination.url, is_closing ? "is closing" : "is still open",
                       count);
    }
}

void mic_session_forget(struct mic_session *session)
{
    mic_session_ref(session);
    leave_tree(session);
    if (session->forgotten != NULL) {
        session->forgotten(session);
    }
    mic_session_unref(session);
}
