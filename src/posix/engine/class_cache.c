#include "engine/class_cache.h"

#include <stdatomic.h>

#include "base/buf.h"
#include "base/mem.h"
#include "engine/driver.h"
#include "engine/session.h"

/* Either a fetch under way or its outcome: cls NULL is a class that cannot be had. */
struct class_entry {
    struct mic_class *cls;         /* counted */
    struct mic_class_fetch *fetch; /* counted */
};

struct mic_class_fetch {
    atomic_int references;
    struct mic_session *session; /* borrowed: a waiter and a trip each keep it */
    char *key;
    struct mic_driver driver; /* of whoever drives */
    atomic_uint drives;       /* asked for and not yet done; who raises it from 0 drives */
    atomic_bool is_deserted;
    struct mic_trip *under_way; /* I/O thread */

    /* the cache's lock */
    struct mic_list waiters;
    size_t waiter_count; /* a round of waking has some of them in a list of its own */
    bool is_done, has_failed;
    struct mic_class *cls; /* counted */
    struct mic_err err;
};

/* ---- entries ---- */

static void free_entry(void *value);

void mic_class_cache_init(struct mic_class_cache *cache)
{
    pthread_mutex_init(&cache->lock, NULL);
    mic_map_init(&cache->entries);
}

void mic_class_cache_fini(struct mic_class_cache *cache)
{
    mic_map_fini(&cache->entries, free_entry);
    pthread_mutex_destroy(&cache->lock);
}

static char *make_key(const char *name_space, const char *class_name)
{
    struct mic_buf buf;
    mic_buf_init(&buf);
    mic_buf_append_text(&buf, name_space == NULL ? "root/cimv2" : name_space);
    for (size_t i = 0; i < buf.size; i++) {
        if (buf.data[i] == '\\') {
            buf.data[i] = '/';
        }
    }
    mic_buf_append_char(&buf, ':');
    mic_buf_append_text(&buf, class_name);
    char *key = mic_buf_steal(&buf, NULL);
    mic_buf_fini(&buf);
    return key;
}

static void fetch_ref(struct mic_class_fetch *fetch)
{
    atomic_fetch_add_explicit(&fetch->references, 1, memory_order_relaxed);
}

static void fetch_unref(struct mic_class_fetch *fetch)
{
    if (atomic_fetch_sub_explicit(&fetch->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    mic_driver_fini(&fetch->driver);
    if (fetch->cls != NULL) {
        mic_class_unref(fetch->cls);
    }
    mic_free(fetch->key);
    mic_free(fetch);
}

static void free_entry(void *value)
{
    struct class_entry *entry = value;
    if (entry == NULL) {
        return;
    }
    if (entry->cls != NULL) {
        mic_class_unref(entry->cls);
    }
    if (entry->fetch != NULL) {
        fetch_unref(entry->fetch);
    }
    mic_free(entry);
}

/* ---- waking ---- */

/* One by one, since no lock is held while a waiter is woken: they move through a list of their own,
 * where leaving works as well. */
static void wake_waiters(struct mic_class_fetch *fetch, bool is_ready)
{
    struct mic_class_cache *cache = &fetch->session->classes;
    struct mic_list pending;
    mic_list_init(&pending);
    pthread_mutex_lock(&cache->lock);
    struct mic_list *node;
    while ((node = mic_list_shift(&fetch->waiters)) != NULL) {
        mic_list_append(&pending, node);
    }
    while ((node = mic_list_shift(&pending)) != NULL) {
        mic_list_append(&fetch->waiters, node);
        struct mic_class_wait *wait = MIC_LIST_ITEM(node, struct mic_class_wait, node);
        bool asks_again = is_ready || fetch->is_done;
        wait->hold(wait->context);
        pthread_mutex_unlock(&cache->lock);
        wait->wake(wait->context, asks_again);
        wait->release(wait->context);
        pthread_mutex_lock(&cache->lock);
    }
    pthread_mutex_unlock(&cache->lock);
}

static void on_trip(void *context, struct mic_trip *trip, enum mic_trip_event event)
{
    struct mic_class_fetch *fetch = context;
    switch (event) {
    case MIC_TRIP_BEGAN:
        fetch->under_way = trip;
        break;
    case MIC_TRIP_ALIVE:
        wake_waiters(fetch, false);
        break;
    case MIC_TRIP_ENDED:
        if (fetch->under_way == trip) { /* not one beside it */
            fetch->under_way = NULL;
        }
        wake_waiters(fetch, true);
        break;
    case MIC_TRIP_READY:
    default:
        wake_waiters(fetch, true);
        break;
    }
}

static void hold_fetch(void *context)
{
    fetch_ref(context);
}

static void release_fetch(void *context)
{
    fetch_unref(context);
}

/* ---- fetching ---- */

static struct mic_class_fetch *fetch_new(struct mic_session *session, const char *key,
                                         const char *name_space, const char *class_name,
                                         uint32_t operation_number, struct mic_err *err)
{
    struct mic_class_fetch *fetch = mic_calloc(1, sizeof(*fetch));
    if (fetch == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "Out of memory for a class.");
        return NULL;
    }
    const struct mic_request request = {
        .verb = MIC_VERB_GET_CLASS, .name_space = name_space, .class_name = class_name};
    atomic_init(&fetch->references, 1);
    atomic_init(&fetch->drives, 1); /* its maker drives first */
    atomic_init(&fetch->is_deserted, false);
    fetch->session = session;
    mic_list_init(&fetch->waiters);
    fetch->driver.session = session;
    fetch->driver.owner = (struct mic_trip_owner){.event = on_trip,
                                                  .hold = hold_fetch,
                                                  .release = release_fetch,
                                                  .context = fetch,
                                                  .operation_number = operation_number,
                                                  .timeout_ms = session->timeout_ms};
    fetch->key = mic_strdup(key);
    if (fetch->key == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "Out of memory for a class.");
        fetch_unref(fetch);
        return NULL;
    }
    fetch->driver.exchange = mic_exchange_new(&request, &session->wsman, err);
    if (fetch->driver.exchange == NULL) {
        fetch_unref(fetch);
        return NULL;
    }
    return fetch;
}

/* With the lock held: the entry keeps the answer, or goes when there is none worth keeping.
 * @return what to free once the lock is given back */
static struct class_entry *settle_entry(struct mic_class_fetch *fetch, bool is_kept)
{
    struct mic_class_cache *cache = &fetch->session->classes;
    struct class_entry *entry = mic_map_get(&cache->entries, mic_str_from(fetch->key));
    if (entry == NULL || entry->fetch != fetch) {
        return NULL;
    }
    if (is_kept && cache->entries.size <= MIC_CLASS_CACHE_MAX) {
        entry->cls = fetch->cls != NULL ? mic_class_ref(fetch->cls) : NULL;
        entry->fetch = NULL;
        fetch_unref(fetch); /* never the last: the driver has one */
        return NULL;
    }
    mic_map_remove(&cache->entries, mic_str_from(fetch->key));
    return entry;
}

/* What a fetch that failed means. */
enum verdict {
    VERDICT_NEVER,    /* the class or the operation cannot be had: that stays so */
    VERDICT_NOT_NOW,  /* the server said no this time: those who wait go on without */
    VERDICT_NOT_KNOWN /* it did not come to an answer */
};

static enum verdict judge_fault(const struct mic_err *err)
{
    switch ((int)err->result) {
    case MI_RESULT_INVALID_CLASS:
    case MI_RESULT_INVALID_NAMESPACE:
    case MI_RESULT_INVALID_PARAMETER:
    case MI_RESULT_NOT_FOUND:
    case MI_RESULT_NOT_SUPPORTED:
    case MI_RESULT_METHOD_NOT_AVAILABLE:
    case MI_RESULT_METHOD_NOT_FOUND:
        return VERDICT_NEVER;
    default:
        return err->category == MI_ERRORCATEGORY_OPERATION_TIMEOUT ? VERDICT_NOT_KNOWN
                                                                   : VERDICT_NOT_NOW;
    }
}

static enum verdict judge(const struct mic_err *err)
{
    switch ((int)err->code) {
    case MIC_E_FAULT:
        return judge_fault(err);
    case MIC_E_METADATA:
    case MIC_E_NOT_SUPPORTED:
    case MIC_E_ENVELOPE_SIZE:
    case MIC_E_HTTP_NOT_FOUND:
    case MIC_E_ARGUMENT:
        return VERDICT_NEVER;
    case MIC_E_XML:
    case MIC_E_PROTOCOL:
    case MIC_E_HTTP_BAD_REQUEST:
    case MIC_E_HTTP_STATUS:
        return VERDICT_NOT_NOW;
    default:
        return VERDICT_NOT_KNOWN;
    }
}

static void finish(struct mic_class_fetch *fetch, struct mic_class *cls, const struct mic_err *err)
{
    struct mic_class_cache *cache = &fetch->session->classes;
    /* A declaration, or an answer without one: both stay so. */
    enum verdict verdict = cls != NULL || err == NULL ? VERDICT_NEVER : judge(err);
    pthread_mutex_lock(&cache->lock);
    if (fetch->is_done) {
        pthread_mutex_unlock(&cache->lock);
        return;
    }
    fetch->is_done = true;
    fetch->cls = cls != NULL ? mic_class_ref(cls) : NULL;
    fetch->has_failed = verdict == VERDICT_NOT_KNOWN;
    if (fetch->has_failed) {
        fetch->err = *err;
    }
    struct class_entry *dropped = settle_entry(fetch, verdict == VERDICT_NEVER);
    pthread_mutex_unlock(&cache->lock);
    free_entry(dropped);
    mic_driver_stop(&fetch->driver, fetch->has_failed);
    wake_waiters(fetch, true);
}

/* All that can be done without waiting. */
static void step(struct mic_class_fetch *fetch)
{
    if (fetch->is_done) { /* written by drivers only */
        return;
    }
    struct mic_err err;
    if (atomic_load(&fetch->is_deserted)) {
        mic_err_set(&err, MIC_E_CANCELLED, "Nobody waits for the class any more.");
        finish(fetch, NULL, &err);
        return;
    }
    for (;;) {
        struct mic_item item = {.instance = NULL};
        const char *class_name = NULL;
        switch (mic_driver_advance(&fetch->driver, &item, &class_name, &err)) {
        case MIC_DRIVE_WAIT:
            return;
        case MIC_DRIVE_EVENT: /* has no callbacks: never */
        case MIC_DRIVE_BEGAN:
            break;
        case MIC_DRIVE_CLASS: /* a declaration needs no other */
            mic_exchange_set_class(fetch->driver.exchange, NULL);
            break;
        case MIC_DRIVE_ITEM:
            finish(fetch, item.cls != NULL ? mic_class_from_public(item.cls) : NULL, NULL);
            return;
        case MIC_DRIVE_DONE:
            finish(fetch, NULL, NULL);
            return;
        case MIC_DRIVE_FAILED:
        default:
            finish(fetch, NULL, &err);
            return;
        }
    }
}

/* The caller is the driver: it holds the count up. What is asked for meanwhile is done before it
 * goes. */
static void drive_on(struct mic_class_fetch *fetch)
{
    unsigned seen;
    do {
        seen = atomic_load(&fetch->drives);
        step(fetch);
    } while (!atomic_compare_exchange_strong(&fetch->drives, &seen, 0));
}

static void drive(struct mic_class_fetch *fetch)
{
    if (atomic_fetch_add(&fetch->drives, 1) == 0) {
        drive_on(fetch);
    }
}

/* ---- asking ---- */

/* With the lock held. */
static void join(struct mic_class_fetch *fetch, struct mic_class_wait *wait)
{
    fetch_ref(fetch);
    wait->fetch = fetch;
    mic_list_append(&fetch->waiters, &wait->node);
    fetch->waiter_count++;
}

/* With the lock held. */
static void part(struct mic_class_fetch *fetch, struct mic_class_wait *wait)
{
    mic_list_remove(&wait->node);
    wait->fetch = NULL;
    fetch->waiter_count--;
}

static enum mic_class_answer look_up(struct mic_class_cache *cache, const char *key,
                                     struct mic_class_wait *wait, struct mic_class **cls,
                                     bool *is_new)
{
    *is_new = false;
    struct class_entry *entry = mic_map_get(&cache->entries, mic_str_from(key));
    if (entry == NULL) {
        *is_new = true;
        return MIC_CLASS_WAIT;
    }
    if (entry->fetch != NULL) {
        join(entry->fetch, wait);
        return MIC_CLASS_WAIT;
    }
    if (entry->cls == NULL) {
        return MIC_CLASS_NONE;
    }
    *cls = mic_class_ref(entry->cls);
    return MIC_CLASS_FOUND;
}

/* With the lock held. @return the entry that is not kept, to be freed */
static struct class_entry *replace_entry(struct mic_class_cache *cache, const char *key,
                                         struct class_entry *entry)
{
    void *old = mic_map_get(&cache->entries, mic_str_from(key));
    bool is_asked_for = old != NULL && ((struct class_entry *)old)->fetch != NULL;
    bool has_room = old != NULL || cache->entries.size < MIC_CLASS_CACHE_MAX;
    if (is_asked_for || !has_room ||
        !mic_map_put(&cache->entries, mic_str_from(key), entry, &old)) {
        return entry;
    }
    return old;
}

void mic_class_cache_learn(struct mic_session *session, const char *name_space,
                           struct mic_class *cls)
{
    struct class_entry *entry = mic_calloc(1, sizeof(*entry));
    char *key = make_key(name_space, cls->public_class.classDecl->name);
    if (entry != NULL && key != NULL) {
        entry->cls = mic_class_ref(cls);
        pthread_mutex_lock(&session->classes.lock);
        entry = replace_entry(&session->classes, key, entry);
        pthread_mutex_unlock(&session->classes.lock);
    }
    free_entry(entry);
    mic_free(key);
}

static enum mic_class_answer begin_fetch(struct mic_session *session, struct mic_class_wait *wait,
                                         const char *key, struct mic_class_fetch *fetch,
                                         struct mic_class **cls, struct mic_err *err)
{
    struct mic_class_cache *cache = &session->classes;
    struct class_entry *entry = mic_calloc(1, sizeof(*entry));
    enum mic_class_answer answer = MIC_CLASS_FAILED;
    bool is_new = false;
    pthread_mutex_lock(&cache->lock);
    if (entry != NULL) {
        answer = look_up(cache, key, wait, cls, &is_new);
    }
    if (is_new && mic_map_put(&cache->entries, mic_str_from(key), entry, NULL)) {
        fetch_ref(fetch);
        entry->fetch = fetch;
        entry = NULL;
        join(fetch, wait);
    } else if (is_new) {
        answer = MIC_CLASS_FAILED;
        is_new = false;
    }
    pthread_mutex_unlock(&cache->lock);
    mic_free(entry);
    if (answer == MIC_CLASS_FAILED) {
        mic_err_set(err, MIC_E_MEMORY, "Out of memory for a class.");
    } else if (is_new) {
        drive_on(fetch);
    }
    return answer;
}

static enum mic_class_answer begin_wait(struct mic_session *session, struct mic_class_wait *wait,
                                        const char *name_space, const char *class_name,
                                        struct mic_class **cls, struct mic_err *err)
{
    char *key = make_key(name_space, class_name);
    if (key == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "Out of memory for a class.");
        return MIC_CLASS_FAILED;
    }
    bool is_new;
    pthread_mutex_lock(&session->classes.lock);
    enum mic_class_answer answer = look_up(&session->classes, key, wait, cls, &is_new);
    pthread_mutex_unlock(&session->classes.lock);
    if (is_new) {
        struct mic_class_fetch *fetch =
            fetch_new(session, key, name_space, class_name, wait->operation_number, err);
        if (fetch == NULL) {
            answer = MIC_CLASS_FAILED;
        } else {
            answer = begin_fetch(session, wait, key, fetch, cls, err);
            fetch_unref(fetch);
        }
    }
    mic_free(key);
    return answer;
}

/* @return WAIT when the fetch is still under way; else the waiter has left it. */
static enum mic_class_answer collect(struct mic_session *session, struct mic_class_wait *wait,
                                     struct mic_class **cls, struct mic_err *err)
{
    struct mic_class_fetch *fetch = wait->fetch;
    enum mic_class_answer answer = MIC_CLASS_WAIT;
    pthread_mutex_lock(&session->classes.lock);
    if (fetch->is_done) {
        part(fetch, wait);
        answer = fetch->has_failed ? MIC_CLASS_FAILED : MIC_CLASS_NONE;
        if (fetch->has_failed) {
            *err = fetch->err;
        } else if (fetch->cls != NULL) {
            *cls = mic_class_ref(fetch->cls);
            answer = MIC_CLASS_FOUND;
        }
    }
    pthread_mutex_unlock(&session->classes.lock);
    if (answer != MIC_CLASS_WAIT) {
        fetch_unref(fetch);
    }
    return answer;
}

enum mic_class_answer mic_class_cache_get(struct mic_session *session, struct mic_class_wait *wait,
                                          const char *name_space, const char *class_name,
                                          struct mic_class **cls, struct mic_err *err)
{
    if (wait->fetch == NULL) {
        enum mic_class_answer answer = begin_wait(session, wait, name_space, class_name, cls, err);
        if (answer != MIC_CLASS_WAIT) {
            return answer;
        }
    } else {
        drive(wait->fetch);
    }
    return collect(session, wait, cls, err);
}

void mic_class_wait_leave(struct mic_session *session, struct mic_class_wait *wait)
{
    struct mic_class_fetch *fetch = wait->fetch;
    if (fetch == NULL) {
        return;
    }
    struct class_entry *dropped = NULL;
    pthread_mutex_lock(&session->classes.lock);
    part(fetch, wait);
    bool is_deserted = !fetch->is_done && fetch->waiter_count == 0;
    if (is_deserted) { /* who asks from now on starts anew */
        dropped = settle_entry(fetch, false);
    }
    pthread_mutex_unlock(&session->classes.lock);
    if (is_deserted) {
        atomic_store(&fetch->is_deserted, true);
        drive(fetch);
    }
    free_entry(dropped);
    fetch_unref(fetch);
}

enum mic_phase mic_class_wait_phase(struct mic_session *session, struct mic_class_wait *wait)
{
    enum mic_phase phase = MIC_PHASE_NONE;
    pthread_mutex_lock(&session->classes.lock);
    if (wait->fetch != NULL && wait->fetch->under_way != NULL) {
        phase = mic_trip_phase(wait->fetch->under_way);
    }
    pthread_mutex_unlock(&session->classes.lock);
    return phase;
}
