/* Events as they happen; subscriptions read them. */
#include "events.h"

void peer_event_instance(struct peer *peer, const char *name, const struct peer_instance *target,
                         const struct peer_instance *previous)
{
    (void)peer;
    (void)name;
    (void)target;
    (void)previous;
}
