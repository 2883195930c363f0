/* State that requests change, under one lock. */
#include "store.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lookup.h"
#include "notes.h"

struct note {
    struct peer_arena arena;
    struct peer_instance *inst;
    struct note *next;
};

struct peer_store {
    pthread_mutex_t lock;
    struct note *notes;
    size_t count;
    struct peer_service services[PEER_SERVICES];
};

static const struct peer_service first_services[PEER_SERVICES] = {
    {"alpha", true, 1, 0}, {"beta", false, 0, 0}, {"gamma & <co>", false, 0, 0}};

struct peer_store *peer_store_new(void)
{
    struct peer_store *store = peer_xmalloc(sizeof *store);

    memset(store, 0, sizeof *store);
    pthread_mutex_init(&store->lock, NULL);
    memcpy(store->services, first_services, sizeof first_services);
    return store;
}

static void note_free(struct note *note)
{
    peer_arena_free(&note->arena);
    free(note);
}

static void drop_notes(struct peer_store *store)
{
    while (store->notes != NULL) {
        struct note *next = store->notes->next;

        note_free(store->notes);
        store->notes = next;
    }
    store->count = 0;
}

void peer_store_reset(struct peer_store *store)
{
    pthread_mutex_lock(&store->lock);
    drop_notes(store);
    memcpy(store->services, first_services, sizeof first_services);
    pthread_mutex_unlock(&store->lock);
}

void peer_store_free(struct peer_store *store)
{
    if (store != NULL) {
        drop_notes(store);
        pthread_mutex_destroy(&store->lock);
        free(store);
    }
}

static struct note *note_new(const struct peer_instance *inst)
{
    struct note *note = peer_xmalloc(sizeof *note);

    memset(note, 0, sizeof *note);
    note->inst = peer_instance_copy(&note->arena, inst);
    return note;
}

static bool same_keys(const struct peer_instance *a, const struct peer_instance *b)
{
    for (size_t i = 0; i < a->cls->all_count; i++) {
        if ((a->cls->all[i]->flags & PP_KEY) != 0 &&
            !peer_ieq(a->values[i].one, b->values[i].one)) {
            return false;
        }
    }
    return peer_ns_eq(a->ns, b->ns);
}

static struct note **end_of(struct peer_store *store)
{
    struct note **at = &store->notes;

    while (*at != NULL) {
        at = &(*at)->next;
    }
    return at;
}

bool peer_note_add(struct peer *peer, const struct peer_instance *inst)
{
    struct peer_store *store = peer->store;
    struct note *note = note_new(inst);
    bool taken = false;
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    peer_set(&note->arena, note->inst, "Revision", "1");
    peer_set(&note->arena, note->inst, "Created",
             peer_datetime(&note->arena, now.tv_sec, (unsigned)(now.tv_nsec / 1000)));
    pthread_mutex_lock(&store->lock);
    for (struct note *at = store->notes; at != NULL; at = at->next) {
        taken = taken || same_keys(at->inst, inst);
    }
    if (!taken) {
        *end_of(store) = note;
        store->count++;
    }
    pthread_mutex_unlock(&store->lock);
    if (taken) {
        note_free(note);
    }
    return !taken;
}

static struct note **find(struct peer *peer, const char *ns, const struct peer_selector *keys,
                          size_t count)
{
    struct note **at = &peer->store->notes;

    while (*at != NULL &&
           (!peer_ns_eq((*at)->inst->ns, ns) || !peer_keys_match(peer, (*at)->inst, keys, count))) {
        at = &(*at)->next;
    }
    return at;
}

const struct peer_instance *peer_note_change(struct peer *peer, const char *ns,
                                             const struct peer_selector *keys, size_t count,
                                             const struct peer_instance *from, const bool *write,
                                             struct peer_arena *arena)
{
    const struct peer_instance *now = NULL;
    struct note **at;

    pthread_mutex_lock(&peer->store->lock);
    at = find(peer, ns, keys, count);
    if (*at != NULL) {
        struct note *old = *at;
        struct note *note = note_new(old->inst);
        size_t revision = peer_prop_index(note->inst->cls, "Revision");

        for (size_t i = 0; i < note->inst->cls->all_count; i++) {
            if (write[i]) {
                peer_value_copy(&note->arena, note->inst->cls->all[i], &from->values[i],
                                &note->inst->values[i]);
            }
        }
        peer_set_u64(&note->arena, note->inst, "Revision",
                     strtoull(old->inst->values[revision].one, NULL, 10) + 1);
        note->next = old->next;
        *at = note;
        note_free(old);
        now = peer_instance_copy(arena, note->inst);
    }
    pthread_mutex_unlock(&peer->store->lock);
    return now;
}

const struct peer_instance *peer_note_remove(struct peer *peer, const char *ns,
                                             const struct peer_selector *keys, size_t count,
                                             struct peer_arena *arena)
{
    const struct peer_instance *gone = NULL;
    struct note **at;

    pthread_mutex_lock(&peer->store->lock);
    at = find(peer, ns, keys, count);
    if (*at != NULL) {
        struct note *old = *at;

        gone = peer_instance_copy(arena, old->inst);
        *at = old->next;
        peer->store->count--;
        note_free(old);
    }
    pthread_mutex_unlock(&peer->store->lock);
    return gone;
}

size_t peer_note_count(struct peer *peer)
{
    size_t count;

    pthread_mutex_lock(&peer->store->lock);
    count = peer->store->count;
    pthread_mutex_unlock(&peer->store->lock);
    return count;
}

void peer_note_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                    struct peer_arena *arena, struct peer_sink *sink)
{
    (void)cls;
    pthread_mutex_lock(&peer->store->lock);
    for (struct note *note = peer->store->notes; note != NULL; note = note->next) {
        if (peer_ns_eq(note->inst->ns, ns)) {
            sink->emit(sink, peer_instance_copy(arena, note->inst));
        }
    }
    pthread_mutex_unlock(&peer->store->lock);
}

struct peer_service peer_service_at(struct peer *peer, size_t index)
{
    struct peer_service service;

    pthread_mutex_lock(&peer->store->lock);
    service = peer->store->services[index];
    pthread_mutex_unlock(&peer->store->lock);
    return service;
}

size_t peer_service_find(const char *name)
{
    size_t i = 0;

    while (i < PEER_SERVICES && !peer_ieq(first_services[i].name, name)) {
        i++;
    }
    return i;
}

bool peer_service_switch(struct peer *peer, size_t index, bool running)
{
    struct peer_service *service = &peer->store->services[index];
    bool changes;

    pthread_mutex_lock(&peer->store->lock);
    changes = service->running != running;
    service->running = running;
    service->starts += changes && running;
    pthread_mutex_unlock(&peer->store->lock);
    return changes;
}

void peer_service_called(struct peer *peer, size_t index)
{
    pthread_mutex_lock(&peer->store->lock);
    peer->store->services[index].calls++;
    pthread_mutex_unlock(&peer->store->lock);
}
