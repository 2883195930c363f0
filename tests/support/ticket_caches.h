/** The credential caches that this process made in memory: the library does not list them, so their
 *  making is watched. */
#ifndef TICKET_CACHES_H
#define TICKET_CACHES_H

#include <stdbool.h>
#include <stddef.h>

/** From now on. */
void ticket_caches_watch(void);
/** How many were made since. */
unsigned ticket_caches_made(void);
/** How many of them still hold tickets. */
unsigned ticket_caches_left(void);
/** Call @p take with the session key of each ticket in them. */
void ticket_caches_each_key(void (*take)(const void *key, size_t size, void *context),
                            void *context);

#endif
