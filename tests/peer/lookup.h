#ifndef PEER_LOOKUP_H
#define PEER_LOOKUP_H

#include "wsman.h"

/** Every key of call->cls once among the selectors, and nothing else. */
enum peer_fault peer_keys_check(struct peer_call *call);
/** The instance with these keys, in @p arena; NULL if there is none. */
const struct peer_instance *peer_find_instance(struct peer *peer, const struct peer_class *cls,
                                               const char *ns, const struct peer_selector *keys,
                                               size_t count, struct peer_arena *arena);

/** Do these keys, each of them, fit the instance? */
bool peer_keys_match(const struct peer *peer, const struct peer_instance *inst,
                     const struct peer_selector *keys, size_t count);
/** Does the reference name what the EPR names? */
bool peer_path_matches(const struct peer_path *path, const struct peer_selector *epr);

#endif
