#ifndef PEER_ITEMS_H
#define PEER_ITEMS_H

#include "soap.h"
#include "wql.h"

/** Serialized items of one enumeration; shared by the contexts that read them. */
struct peer_items {
    _Atomic unsigned refs;
    struct peer_buf bytes;
    size_t *ends;
    size_t count;
    size_t room;
};

enum peer_mode { MODE_OBJECT, MODE_EPR, MODE_OBJECT_AND_EPR };

/** Which instances become items, and in which form. */
struct peer_item_spec {
    enum peer_mode mode;
    bool shallow;
    /** Only the properties of the class asked for. */
    bool cut;
    /** NULL: all of them, whole. */
    const struct peer_wql *query;
};

/** Writes what is emitted into it as items. */
struct peer_item_writer {
    struct peer_sink sink;
    struct peer_items *items;
    struct peer_view view;
    struct peer_item_spec spec;
};

/** A writer with an empty list of its own; the list is to be taken over or released. */
void peer_item_writer_init(struct peer_item_writer *writer, const struct peer_view *view,
                           const struct peer_item_spec *spec);
/** What was put into items->bytes since the last item is one. */
void peer_items_close(struct peer_items *items);
void peer_items_unref(struct peer_items *items);

/** Emit the instances of a class and, unless @p shallow, of what is below it. */
void peer_list(struct peer *peer, const struct peer_class *cls, const char *ns, bool shallow,
               struct peer_sink *sink);
struct peer_items *peer_items_build(struct peer *peer, const struct peer_view *view,
                                    const struct peer_class *cls,
                                    const struct peer_item_spec *spec);
/** As above, from the cache if the class never changes. Release with unref. */
struct peer_items *peer_items_make(struct peer *peer, const struct peer_view *view,
                                   const struct peer_class *cls, const struct peer_item_spec *spec);
#endif
