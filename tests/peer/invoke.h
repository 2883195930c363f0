#ifndef PEER_INVOKE_H
#define PEER_INVOKE_H

#include "wsman.h"

/** One call of a method. */
struct peer_invocation {
    struct peer_call *call;
    const struct peer_method *method;
    /** NULL for a static call. */
    const struct peer_instance *self;
    /** Instances of classes made for this call: in-parameters; out-parameters and ReturnValue. */
    const struct peer_instance *in;
    struct peer_instance *out;
    struct peer_arena *arena;
};

/** Text of a scalar in-parameter; @p otherwise if it is NULL. */
const char *peer_in_text(const struct peer_invocation *inv, const char *name,
                         const char *otherwise);
uint64_t peer_in_u64(const struct peer_invocation *inv, const char *name, uint64_t otherwise);
/** Text of a scalar property of the instance the method is called on. */
const char *peer_self_text(const struct peer_invocation *inv, const char *name);
/** Take the parameters that were streamed out of the answer. */
void peer_drop_streamed(struct peer_invocation *inv);
void peer_return(struct peer_invocation *inv, const char *text);

#endif
