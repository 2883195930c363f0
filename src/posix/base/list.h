/** A doubly linked ring, embedded in its members. */
#ifndef MIC_BASE_LIST_H
#define MIC_BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

struct mic_list {
    struct mic_list *next, *prev;
};

static inline void mic_list_init(struct mic_list *head)
{
    head->next = head->prev = head;
}

static inline bool mic_list_is_empty(const struct mic_list *head)
{
    return head->next == head;
}

static inline void mic_list_append(struct mic_list *head, struct mic_list *node)
{
    node->prev = head->prev;
    node->next = head;
    head->prev->next = node;
    head->prev = node;
}

/** The node is a ring of its own afterwards: removing it twice does no harm. */
static inline void mic_list_remove(struct mic_list *node)
{
    node->prev->next = node->next;
    node->next->prev = node->prev;
    node->next = node->prev = node;
}

/** @return the removed first node, or NULL. */
static inline struct mic_list *mic_list_shift(struct mic_list *head)
{
    struct mic_list *node = head->next;
    if (node == head) {
        return NULL;
    }
    mic_list_remove(node);
    return node;
}

#define MIC_LIST_ITEM(node, type, member) MIC_CONTAINER(node, type, member)

#endif
