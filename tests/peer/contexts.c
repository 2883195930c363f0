/* Enumerations under way, and the items they hand out. */
#include "contexts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One form of a class whose instances never change. */
struct cached {
    const struct peer_class *cls;
    enum peer_mode mode;
    struct peer_view view;
    char ns[64];
    struct peer_items *items;
    struct cached *next;
};

struct peer_contexts {
    pthread_mutex_t lock;
    struct peer_context *open;
    size_t count;
    pthread_mutex_t cache_lock;
    struct cached *cache;
};

struct peer_contexts *peer_contexts_new(void)
{
    struct peer_contexts *contexts = peer_xmalloc(sizeof *contexts);

    memset(contexts, 0, sizeof *contexts);
    pthread_mutex_init(&contexts->lock, NULL);
    pthread_mutex_init(&contexts->cache_lock, NULL);
    return contexts;
}

void peer_context_free(struct peer_context *context)
{
    if (context != NULL) {
        peer_items_unref(context->items);
        free(context->uri);
        free(context);
    }
}

static void free_list(struct peer_context *context)
{
    while (context != NULL) {
        struct peer_context *next = context->next;

        peer_context_free(context);
        context = next;
    }
}

void peer_contexts_free(struct peer_contexts *contexts)
{
    struct cached *cached;

    if (contexts == NULL) {
        return;
    }
    free_list(contexts->open);
    cached = contexts->cache;
    while (cached != NULL) {
        struct cached *next = cached->next;

        peer_items_unref(cached->items);
        free(cached);
        cached = next;
    }
    pthread_mutex_destroy(&contexts->lock);
    pthread_mutex_destroy(&contexts->cache_lock);
    free(contexts);
}

void peer_context_name(const struct peer *peer, struct peer_context *context)
{
    char id[37];

    peer_uuid(id);
    if (peer->dialect->id == DIALECT_OMI) {
        snprintf(context->id, sizeof context->id, "%lu", strtoul(id, NULL, 16) & 0xffffffffUL);
    } else if (peer->dialect->id == DIALECT_WINDOWS) {
        snprintf(context->id, sizeof context->id, "uuid:%s", id);
    } else {
        snprintf(context->id, sizeof context->id, "%s", id);
    }
}

struct peer_context *peer_context_new(struct peer *peer, const struct peer_soap *soap,
                                      const struct peer_class *cls, struct peer_items *items)
{
    struct peer_context *context = peer_xmalloc(sizeof *context);

    memset(context, 0, sizeof *context);
    context->items = items;
    context->cls = cls;
    context->uri = peer_xstrdup(soap->resource_uri);
    peer_context_name(peer, context);
    return context;
}

void peer_context_give(struct peer *peer, struct peer_context *context, bool rotate)
{
    struct peer_contexts *contexts = peer->contexts;

    if (rotate) {
        peer_context_name(peer, context);
    }
    context->last_ms = peer_now_ms();
    pthread_mutex_lock(&contexts->lock);
    context->next = contexts->open;
    contexts->open = context;
    contexts->count++;
    pthread_mutex_unlock(&contexts->lock);
}

struct peer_context *peer_context_take(struct peer *peer, const char *id)
{
    struct peer_contexts *contexts = peer->contexts;
    uint64_t limit = (uint64_t)peer->config.context_timeout_s * 1000U;
    uint64_t now = peer_now_ms();
    struct peer_context *found = NULL;
    struct peer_context *old = NULL;

    pthread_mutex_lock(&contexts->lock);
    for (struct peer_context **at = &contexts->open; *at != NULL;) {
        struct peer_context *context = *at;

        if (now > context->last_ms && now - context->last_ms > limit) {
            *at = context->next;
            context->next = old;
            old = context;
            contexts->count--;
        } else if (found == NULL && strcmp(context->id, id) == 0) {
            *at = context->next;
            found = context;
            contexts->count--;
        } else {
            at = &context->next;
        }
    }
    pthread_mutex_unlock(&contexts->lock);
    free_list(old);
    return found;
}

void peer_contexts_expire(struct peer *peer)
{
    struct peer_contexts *contexts = peer->contexts;
    struct peer_context *old;

    pthread_mutex_lock(&contexts->lock);
    old = contexts->open;
    contexts->open = NULL;
    contexts->count = 0;
    pthread_mutex_unlock(&contexts->lock);
    free_list(old);
}

size_t peer_contexts_open(struct peer *peer)
{
    size_t count;

    pthread_mutex_lock(&peer->contexts->lock);
    count = peer->contexts->count;
    pthread_mutex_unlock(&peer->contexts->lock);
    return count;
}

static bool same_view(const struct peer_view *a, const struct peer_view *b)
{
    return a->family == b->family && a->precise_arrays == b->precise_arrays &&
           a->winrm_client == b->winrm_client;
}

struct peer_items *peer_items_make(struct peer *peer, const struct peer_view *view,
                                   const struct peer_class *cls, const struct peer_item_spec *spec)
{
    struct peer_contexts *contexts = peer->contexts;
    struct cached *cached;

    if ((cls->flags & PC_CACHED) == 0 || spec->query != NULL) {
        return peer_items_build(peer, view, cls, spec);
    }
    pthread_mutex_lock(&contexts->cache_lock);
    for (cached = contexts->cache; cached != NULL; cached = cached->next) {
        if (cached->cls == cls && cached->mode == spec->mode && same_view(&cached->view, view) &&
            peer_ns_eq(cached->ns, view->ns)) {
            break;
        }
    }
    if (cached == NULL) {
        cached = peer_xmalloc(sizeof *cached);
        memset(cached, 0, sizeof *cached);
        cached->cls = cls;
        cached->mode = spec->mode;
        cached->view = *view;
        snprintf(cached->ns, sizeof cached->ns, "%s", view->ns);
        cached->items = peer_items_build(peer, view, cls, spec);
        cached->next = contexts->cache;
        contexts->cache = cached;
    }
    atomic_fetch_add(&cached->items->refs, 1);
    pthread_mutex_unlock(&contexts->cache_lock);
    return cached->items;
}
