#ifndef PEER_PAGE_H
#define PEER_PAGE_H

#include "items.h"
#include "wsman.h"

/** What an Enumerate asks for. */
struct peer_wish {
    bool optimize;
    uint64_t max_elements;
    struct peer_item_spec spec;
    /** The w:Filter, not yet looked into; NULL if there is none. */
    xmlNodePtr filter;
};

/** Read the n:Enumerate of the body. */
enum peer_fault peer_wish_read(struct peer_call *call, struct peer_wish *wish);
/** Answer an Enumerate with the first of @p items, which it takes over. @p cls may be NULL. */
enum peer_fault peer_page_first(struct peer_call *call, const struct peer_wish *wish,
                                const struct peer_class *cls, struct peer_items *items);

#endif
