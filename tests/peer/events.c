/* Events as they happen, and the subscriptions that read them. */
#include "events.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "peer.h"

#define KEPT 10000

struct event {
    struct peer_arena arena;
    const struct peer_instance *inst;
};

struct peer_events {
    pthread_mutex_t lock;
    struct peer_bell bell;
    /** Event n is at n % KEPT; numbers start at 1. */
    struct event ring[KEPT];
    uint64_t newest;
    uint64_t alerts;
    struct peer_subscription *subs;
};

struct peer_events *peer_events_new(void)
{
    struct peer_events *events = peer_xmalloc(sizeof *events);

    memset(events, 0, sizeof *events);
    pthread_mutex_init(&events->lock, NULL);
    peer_bell_init(&events->bell);
    return events;
}

void peer_subscription_free(struct peer_subscription *sub)
{
    peer_arena_free(&sub->arena);
    free(sub);
}

static void unlink_sub(struct peer_events *events, struct peer_subscription *sub)
{
    for (struct peer_subscription **at = &events->subs; *at != NULL; at = &(*at)->next) {
        if (*at == sub) {
            *at = sub->next;
            sub->removed = true;
            return;
        }
    }
}

/* Those a Pull still uses are freed by it. */
static void drop_all(struct peer_events *events)
{
    while (events->subs != NULL) {
        struct peer_subscription *sub = events->subs;

        unlink_sub(events, sub);
        sub->ended = true;
        if (sub->users == 0) {
            peer_subscription_free(sub);
        }
    }
    for (size_t i = 0; i < KEPT; i++) {
        peer_arena_free(&events->ring[i].arena);
        events->ring[i].inst = NULL;
    }
}

void peer_events_reset(struct peer_events *events)
{
    pthread_mutex_lock(&events->lock);
    drop_all(events);
    events->newest = 0;
    events->alerts = 0;
    pthread_mutex_unlock(&events->lock);
    peer_bell_ring(&events->bell);
}

void peer_events_free(struct peer_events *events)
{
    if (events != NULL) {
        drop_all(events);
        peer_bell_fini(&events->bell);
        pthread_mutex_destroy(&events->lock);
        free(events);
    }
}

struct peer_bell *peer_events_bell(struct peer *peer)
{
    return &peer->events->bell;
}

static void record(struct peer *peer, const struct peer_instance *inst)
{
    struct peer_events *events = peer->events;
    struct event *event;

    pthread_mutex_lock(&events->lock);
    event = &events->ring[++events->newest % KEPT];
    peer_arena_free(&event->arena);
    event->inst = peer_instance_copy(&event->arena, inst);
    pthread_mutex_unlock(&events->lock);
    peer_bell_ring(&events->bell);
}

static uint64_t filetime(const struct timespec *now)
{
    return ((uint64_t)now->tv_sec + 11644473600ULL) * 10000000ULL + (uint64_t)now->tv_nsec / 100;
}

void peer_event_instance(struct peer *peer, const char *name, const struct peer_instance *target,
                         const struct peer_instance *previous)
{
    const struct peer_class *cls = peer_catalog_find(peer->catalog, target->ns, name);
    struct peer_arena arena = {0};
    struct peer_instance *inst = peer_instance_new(&arena, cls, target->ns);
    const void *const now[1] = {target};
    const void *const before[1] = {previous};
    struct timespec time;

    clock_gettime(CLOCK_REALTIME, &time);
    peer_set_items(&arena, inst, "TargetInstance", 1, now);
    peer_set_u64(&arena, inst, "TIME_CREATED", filetime(&time));
    if (previous != NULL) {
        peer_set_items(&arena, inst, "PreviousInstance", 1, before);
    }
    record(peer, inst);
    peer_arena_free(&arena);
}

struct alert {
    uint64_t count;
    const char *message;
    const char *severity;
    const char *ns;
};

static void fire(struct peer *peer, const struct alert *alert)
{
    static const char *const details[] = {"first & foremost", "second"};
    const struct peer_class *cls = peer_catalog_find(peer->catalog, alert->ns, "Peer_Alert");

    for (uint64_t i = 0; cls != NULL && i < alert->count; i++) {
        struct peer_arena arena = {0};
        struct peer_instance *inst = peer_instance_new(&arena, cls, peer_own_ns(cls, alert->ns));
        struct timespec now;
        uint64_t sequence;

        clock_gettime(CLOCK_REALTIME, &now);
        pthread_mutex_lock(&peer->events->lock);
        sequence = ++peer->events->alerts;
        pthread_mutex_unlock(&peer->events->lock);
        peer_set_u64(&arena, inst, "Sequence", sequence);
        peer_set(&arena, inst, "Message", alert->message);
        peer_set(&arena, inst, "Severity", alert->severity);
        peer_set(&arena, inst, "FiredAt",
                 peer_datetime(&arena, now.tv_sec, (unsigned)(now.tv_nsec / 1000)));
        peer_set_array(&arena, inst, "Details", 2, details);
        record(peer, inst);
        peer_arena_free(&arena);
    }
}

bool peer_event_fire(struct peer *peer, const char *body, size_t len)
{
    struct peer_arena arena = {0};
    struct alert alert = {1, "an alert", "3", "root/cimv2"};
    char *line = peer_dupn(&arena, body, len);
    uint64_t number;
    bool good = true;

    while (good && *line != '\0') {
        size_t n = strcspn(line, "\r\n");
        char *next = line + n + strspn(line + n, "\r\n");

        line[n] = '\0';
        if (peer_starts(line, "count=")) {
            good = peer_parse_u64(line + 6, &alert.count) && alert.count <= KEPT;
        } else if (peer_starts(line, "message=")) {
            alert.message = line + 8;
        } else if (peer_starts(line, "severity=")) {
            alert.severity = line + 9;
            good = peer_parse_u64(line + 9, &number) && number <= UINT16_MAX;
        } else if (peer_starts(line, "ns=")) {
            alert.ns = line + 3;
        } else {
            good = *line == '\0';
        }
        line = next;
    }
    if (good) {
        fire(peer, &alert);
    }
    peer_arena_free(&arena);
    return good;
}

void *peer_event_timer(void *arg)
{
    static const struct alert alert = {1, "the timer", "1", "root/cimv2"};
    struct peer *peer = arg;

    while (peer_sleep(peer, peer->config.fire_every_ms)) {
        fire(peer, &alert);
    }
    return NULL;
}

void peer_events_range(struct peer *peer, uint64_t *oldest, uint64_t *newest)
{
    pthread_mutex_lock(&peer->events->lock);
    *newest = peer->events->newest;
    *oldest = *newest > KEPT ? *newest - KEPT + 1 : 1;
    pthread_mutex_unlock(&peer->events->lock);
}

void peer_subscription_add(struct peer *peer, struct peer_subscription *sub)
{
    pthread_mutex_lock(&peer->events->lock);
    sub->next = peer->events->subs;
    peer->events->subs = sub;
    pthread_mutex_unlock(&peer->events->lock);
}

/* A subscription that expired long ago and that nobody asks for any more is not open. */
static bool is_over(const struct peer_subscription *sub)
{
    return sub->ended || (sub->expires_at != 0 && peer_now_ms() >= sub->expires_at);
}

enum peer_life peer_subscription_life(struct peer *peer, const struct peer_subscription *sub)
{
    enum peer_life life;

    pthread_mutex_lock(&peer->events->lock);
    life = sub->removed ? LIFE_GONE : is_over(sub) ? LIFE_OVER : LIFE_OPEN;
    pthread_mutex_unlock(&peer->events->lock);
    return life;
}

struct peer_subscription *peer_subscription_hold(struct peer *peer, const char *id,
                                                 bool by_identifier)
{
    struct peer_subscription *sub;

    pthread_mutex_lock(&peer->events->lock);
    sub = peer->events->subs;
    while (sub != NULL && !peer_ieq(by_identifier ? sub->identifier : sub->id, id)) {
        sub = sub->next;
    }
    if (sub != NULL) {
        sub->users++;
    }
    pthread_mutex_unlock(&peer->events->lock);
    return sub;
}

void peer_subscription_let_go(struct peer *peer, struct peer_subscription *sub, bool remove)
{
    bool last;

    pthread_mutex_lock(&peer->events->lock);
    sub->users--;
    if (remove && !sub->removed) {
        unlink_sub(peer->events, sub);
        sub->ended = true;
    }
    last = sub->removed && sub->users == 0;
    pthread_mutex_unlock(&peer->events->lock);
    if (last) {
        peer_subscription_free(sub);
    } else if (remove) {
        peer_bell_ring(&peer->events->bell);
    }
}

void peer_subscriptions_end(struct peer *peer)
{
    pthread_mutex_lock(&peer->events->lock);
    for (struct peer_subscription *sub = peer->events->subs; sub != NULL; sub = sub->next) {
        sub->ended = true;
    }
    pthread_mutex_unlock(&peer->events->lock);
    peer_bell_ring(&peer->events->bell);
}

size_t peer_subscriptions_open(struct peer *peer)
{
    size_t count = 0;

    pthread_mutex_lock(&peer->events->lock);
    for (struct peer_subscription *sub = peer->events->subs; sub != NULL; sub = sub->next) {
        count += !is_over(sub);
    }
    pthread_mutex_unlock(&peer->events->lock);
    return count;
}

static bool wants(const struct peer_subscription *sub, const struct peer_instance *inst)
{
    return inst != NULL && peer_class_is_a(inst->cls, sub->cls) && peer_ns_eq(inst->ns, sub->ns) &&
           (sub->query == NULL || peer_wql_match(sub->query, inst));
}

bool peer_subscription_next(struct peer *peer, struct peer_subscription *sub,
                            struct peer_sink *sink)
{
    struct peer_events *events = peer->events;
    bool found = false;

    pthread_mutex_lock(&events->lock);
    if (events->newest > KEPT && sub->position < events->newest - KEPT) {
        sub->position = events->newest - KEPT;
    }
    while (!found && sub->position < events->newest) {
        const struct peer_instance *inst = events->ring[++sub->position % KEPT].inst;

        if (wants(sub, inst)) {
            sink->emit(sink, inst);
            found = true;
        }
    }
    pthread_mutex_unlock(&events->lock);
    return found;
}

void peer_subscription_rewind(struct peer *peer, struct peer_subscription *sub, uint64_t position)
{
    pthread_mutex_lock(&peer->events->lock);
    sub->position = position;
    pthread_mutex_unlock(&peer->events->lock);
}

uint64_t peer_subscription_position(struct peer *peer, const struct peer_subscription *sub)
{
    uint64_t position;

    pthread_mutex_lock(&peer->events->lock);
    position = sub->position;
    pthread_mutex_unlock(&peer->events->lock);
    return position;
}
