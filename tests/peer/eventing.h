#ifndef PEER_EVENTING_H
#define PEER_EVENTING_H

#include "events.h"
#include "items.h"
#include "wsman.h"

/** Answer a Pull on a held subscription, which is let go of; waits until there is something. */
enum peer_fault peer_subscription_pull(struct peer_call *call, struct peer_subscription *sub,
                                       uint64_t max_elements);

#endif
