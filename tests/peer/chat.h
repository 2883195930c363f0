#ifndef PEER_CHAT_H
#define PEER_CHAT_H

#include "invoke.h"

#define PEER_CHAT_PARAMS 18

extern const struct peer_prop peer_chat_params[PEER_CHAT_PARAMS];

/* A row for the method table of Peer_Service. */
#define PEER_CHAT_METHODS                                                                          \
    {                                                                                              \
        "Chat", PT_UINT32, 0, peer_chat_params, PEER_CHAT_PARAMS                                   \
    }

/** Emit the events it is told to and report the answers. */
enum peer_fault peer_chat(struct peer_invocation *inv);

#endif
