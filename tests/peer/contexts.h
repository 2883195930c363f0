#ifndef PEER_CONTEXTS_H
#define PEER_CONTEXTS_H

#include "items.h"

/** How far one enumeration has been read. */
struct peer_context {
    char id[48];
    struct peer_items *items;
    size_t position;
    char *uri;
    const struct peer_class *cls;
    uint64_t last_ms;
    struct peer_context *next;
};

/** Enumerations under way, with the pages kept of classes that never change. */
struct peer_contexts *peer_contexts_new(void);
void peer_contexts_free(struct peer_contexts *contexts);
/** A context of its own; takes the items over. */
struct peer_context *peer_context_new(struct peer *peer, const struct peer_soap *soap,
                                      const struct peer_class *cls, struct peer_items *items);
void peer_context_free(struct peer_context *context);
/** Out of the table, so that one request at a time uses it; NULL if unknown or expired. */
struct peer_context *peer_context_take(struct peer *peer, const char *id);
/** Back into the table; with @p rotate under a new name. */
void peer_context_give(struct peer *peer, struct peer_context *context, bool rotate);
void peer_contexts_expire(struct peer *peer);
size_t peer_contexts_open(struct peer *peer);
void peer_context_name(const struct peer *peer, struct peer_context *context);

#endif
