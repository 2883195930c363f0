#ifndef PEER_BELL_H
#define PEER_BELL_H

#include "conn.h"

/** Wakes the requests that are held; all zero but for the lock is silent. */
struct peer_bell {
    pthread_mutex_t lock;
    int fds[256];
    size_t count;
};

void peer_bell_init(struct peer_bell *bell);
void peer_bell_fini(struct peer_bell *bell);
/** A descriptor that is readable once the bell rings; -1 if too many wait. Give it back. */
int peer_bell_join(struct peer_bell *bell);
void peer_bell_leave(struct peer_bell *bell, int fd);
void peer_bell_ring(struct peer_bell *bell);

enum peer_wake { WAKE_RUNG, WAKE_TIME, WAKE_GONE };

/** Wait for the bell, at most so long; WAKE_GONE if the client or the endpoint goes away. */
enum peer_wake peer_bell_wait(struct peer_conn *conn, int fd, uint64_t ms);

#endif
