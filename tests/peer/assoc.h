#ifndef PEER_ASSOC_H
#define PEER_ASSOC_H

#include "items.h"
#include "wsman.h"

/** An association filter (DSP0227, 8.2); names are NULL where it does not say. */
struct peer_association {
    /** The associations themselves instead of what is at their other end. */
    bool references;
    const char *association_class;
    const char *role;
    const char *result_class;
    const char *result_role;
    /** The object it starts at. */
    const struct peer_class *cls;
    const char *ns;
    struct peer_selector object;
};

enum peer_fault peer_association_read(struct peer_call *call, xmlNodePtr filter,
                                      struct peer_association *assoc);
void peer_association_list(struct peer_call *call, const struct peer_association *assoc,
                           struct peer_sink *sink);

#endif
