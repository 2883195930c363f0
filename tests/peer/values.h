#ifndef PEER_VALUES_H
#define PEER_VALUES_H

#include "wsman.h"

/** An instance as a request gives it. */
struct peer_object {
    struct peer_instance *inst;
    /** Per property: was it there at all, be it as NULL? */
    bool *given;
};

/** Is it the element @p name in the namespace of class @p cls, with the right xsi:type? */
enum peer_fault peer_object_check(struct peer_call *call, xmlNodePtr node, const char *name,
                                  const char *cls);
/**
 * Read the children of @p node as properties of @p cls, in the namespace of class @p ns_class.
 * Texts and instances live in the arena of the request.
 */
enum peer_fault peer_object_read(struct peer_call *call, xmlNodePtr node,
                                 const struct peer_class *cls, const char *ns_class,
                                 struct peer_object *out);
#endif
