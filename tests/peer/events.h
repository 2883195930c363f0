#ifndef PEER_EVENTS_H
#define PEER_EVENTS_H

#include "bell.h"
#include "model.h"
#include "wql.h"

/** The events that happened, in order, and the subscriptions to them. */
struct peer_events *peer_events_new(void);
void peer_events_free(struct peer_events *events);
/** Forget events and subscriptions. */
void peer_events_reset(struct peer_events *events);

/** Record an event of class @p name about an instance; @p previous for changes, else NULL. */
void peer_event_instance(struct peer *peer, const char *name, const struct peer_instance *target,
                         const struct peer_instance *previous);
/** Record alerts. @p body is lines of name=value: count, message, severity, ns. */
bool peer_event_fire(struct peer *peer, const char *body, size_t len);
/** Fire an alert every --fire-every milliseconds until the end of the endpoint; a thread's body. */
void *peer_event_timer(void *peer);

/** A subscription; what may change is under the lock of the events. */
struct peer_subscription {
    char id[48];
    char identifier[37];
    struct peer_arena arena;
    const char *uri;
    const char *ns;
    const struct peer_class *cls;
    const struct peer_wql *query;
    bool bookmarks;
    uint64_t heartbeat_ms;
    /** When it ends, 0 for never; milliseconds as of peer_now_ms. */
    uint64_t expires_at;
    /** Number of the last event looked at. */
    uint64_t position;
    uint64_t last_sent;
    /** Ended by the server; one more Pull is told so. */
    bool ended;
    /** Pulls that use it now; it is freed when the last one lets go. */
    unsigned users;
    bool removed;
    struct peer_subscription *next;
};

/** Number of the newest event, and of the oldest one kept. */
void peer_events_range(struct peer *peer, uint64_t *oldest, uint64_t *newest);
/** Takes the subscription over. */
void peer_subscription_add(struct peer *peer, struct peer_subscription *sub);
void peer_subscription_free(struct peer_subscription *sub);
/** By context id or, with @p by_identifier, by identifier; to be let go of. NULL if unknown. */
struct peer_subscription *peer_subscription_hold(struct peer *peer, const char *id,
                                                 bool by_identifier);
void peer_subscription_let_go(struct peer *peer, struct peer_subscription *sub, bool remove);
/** End all of them from the server's side. */
void peer_subscriptions_end(struct peer *peer);
size_t peer_subscriptions_open(struct peer *peer);
struct peer_bell *peer_events_bell(struct peer *peer);
/** Emit the next matching event, if there is one, and move on. */
bool peer_subscription_next(struct peer *peer, struct peer_subscription *sub,
                            struct peer_sink *sink);
/** Move back to before an event that could not be sent. */
void peer_subscription_rewind(struct peer *peer, struct peer_subscription *sub, uint64_t position);
uint64_t peer_subscription_position(struct peer *peer, const struct peer_subscription *sub);
enum peer_life {
    LIFE_OPEN,
    /** Ended by the server or expired: one more Pull is told so. */
    LIFE_OVER,
    /** Taken out of the list. */
    LIFE_GONE
};

enum peer_life peer_subscription_life(struct peer *peer, const struct peer_subscription *sub);

#endif
