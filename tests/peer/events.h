#ifndef PEER_EVENTS_H
#define PEER_EVENTS_H

#include "model.h"

/** Record an event of class @p name about an instance; @p previous for changes, else NULL. */
void peer_event_instance(struct peer *peer, const char *name, const struct peer_instance *target,
                         const struct peer_instance *previous);

#endif
