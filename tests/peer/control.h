#ifndef PEER_CONTROL_H
#define PEER_CONTROL_H

#include "http.h"

/** GET /control/counters, POST /control/faults, POST /control/reset: for tests, never logged on. */
void peer_control(struct peer *peer, const struct peer_request *request,
                  struct peer_response *response);

#endif
