#ifndef PEER_STORE_H
#define PEER_STORE_H

#include "values.h"

/** What requests change: the instances of Peer_Note and the states of the services. */
struct peer_store *peer_store_new(void);
void peer_store_free(struct peer_store *store);
/** As at the start. */
void peer_store_reset(struct peer_store *store);

/** Keep a copy; false if its keys are taken. */
bool peer_note_add(struct peer *peer, const struct peer_instance *inst);
/**
 * Write the values marked in @p write into the note with these keys and count its revision up.
 * @return a copy of what it is now, in @p arena; NULL if there is no such note
 */
const struct peer_instance *peer_note_change(struct peer *peer, const char *ns,
                                             const struct peer_selector *keys, size_t count,
                                             const struct peer_instance *from, const bool *write,
                                             struct peer_arena *arena);
/** Take a note out; a copy of it in @p arena, or NULL. */
const struct peer_instance *peer_note_remove(struct peer *peer, const char *ns,
                                             const struct peer_selector *keys, size_t count,
                                             struct peer_arena *arena);
size_t peer_note_count(struct peer *peer);

#define PEER_SERVICES 3

/** One service; a copy of the state at one moment. */
struct peer_service {
    const char *name;
    bool running;
    unsigned starts;
    unsigned calls;
};

struct peer_service peer_service_at(struct peer *peer, size_t index);
/** Index of a service, or PEER_SERVICES. */
size_t peer_service_find(const char *name);
/** Start or stop it; false if that is what it was. */
bool peer_service_switch(struct peer *peer, size_t index, bool running);
/** Count a call of any other method. */
void peer_service_called(struct peer *peer, size_t index);

#endif
