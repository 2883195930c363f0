#include "loop/timer.h"

#include <stddef.h>

/* In the heap, `child` is a node's first child, `next` its next sibling, and `previous` its
 * previous sibling or, for a first child, its parent. */

static bool is_before(const struct mic_timer *a, const struct mic_timer *b)
{
    return a->at_ms != b->at_ms ? a->at_ms < b->at_ms : a->sequence < b->sequence;
}

/* Join two roots; either may be NULL. */
static struct mic_timer *meld(struct mic_timer *a, struct mic_timer *b)
{
    struct mic_timer *parent, *child;

    if (!a || !b) {
        return a ? a : b;
    }
    parent = is_before(b, a) ? b : a;
    child = parent == a ? b : a;
    child->previous = parent;
    child->next = parent->child;
    if (parent->child) {
        parent->child->previous = child;
    }
    parent->child = child;
    parent->next = parent->previous = NULL;
    return parent;
}

/* Join a list of siblings into one root: in pairs from the left, then the pairs from the right. */
static struct mic_timer *meld_siblings(struct mic_timer *first)
{
    struct mic_timer *pairs = NULL, *root = NULL;

    while (first) {
        struct mic_timer *a = first, *b = first->next, *pair;

        first = b ? b->next : NULL;
        a->next = a->previous = NULL;
        if (b) {
            b->next = b->previous = NULL;
        }
        pair = meld(a, b);
        pair->next = pairs;
        pairs = pair;
    }
    while (pairs) {
        struct mic_timer *pair = pairs;

        pairs = pair->next;
        pair->next = NULL;
        root = meld(root, pair);
    }
    return root;
}

void mic_timers_cancel(struct mic_timers *timers, struct mic_timer *timer)
{
    struct mic_timer *children;

    if (!timer->is_set) {
        return;
    }
    children = meld_siblings(timer->child);
    if (timer == timers->first) {
        timers->first = children;
    } else {
        if (timer->previous->child == timer) {
            timer->previous->child = timer->next;
        } else {
            timer->previous->next = timer->next;
        }
        if (timer->next) {
            timer->next->previous = timer->previous;
        }
        timers->first = meld(timers->first, children);
    }
    timer->child = timer->next = timer->previous = NULL;
    timer->is_set = false;
}

void mic_timers_set(struct mic_timers *timers, struct mic_timer *timer, uint64_t at_ms)
{
    mic_timers_cancel(timers, timer);
    timer->at_ms = at_ms;
    timer->sequence = ++timers->sequence;
    timer->child = timer->next = timer->previous = NULL;
    timer->is_set = true;
    timers->first = meld(timers->first, timer);
}

unsigned mic_timers_fire(struct mic_timers *timers, uint64_t now_ms)
{
    uint64_t limit = timers->sequence;
    unsigned count = 0;

    while (timers->first && timers->first->at_ms <= now_ms && timers->first->sequence <= limit) {
        struct mic_timer *timer = timers->first;

        mic_timers_cancel(timers, timer);
        timer->fire(timer->context);
        count++;
    }
    return count;
}
