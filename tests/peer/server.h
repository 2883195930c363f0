#ifndef PEER_SERVER_H
#define PEER_SERVER_H

#include "peer.h"

/** Open every listener; NULL with the reason on standard error. */
struct peer_server *peer_server_new(struct peer *peer);
/** Print the URLs and write the ready file. */
bool peer_server_announce(struct peer_server *server);
/** Accept until @p wake_fd is readable (or standard input ends, if so configured). */
void peer_server_run(struct peer_server *server, int wake_fd);
/** Shut every connection and wait for its thread. */
void peer_server_free(struct peer_server *server);

#endif
