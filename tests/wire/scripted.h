/** A server that sends whatever a test tells it to: what mi-peer is too well-behaved for. Every
 *  connection has a thread of its own. */
#ifndef SCRIPTED_H
#define SCRIPTED_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#define SCRIPTED_CONNECTIONS_MAX 4096

struct scripted;

/** One request on its connection. */
struct scripted_call {
    struct scripted *server;
    int fd;
    const char *text; /* head and body */
};

struct scripted {
    int fd;
    unsigned port;
    char url[64];
    void *context;
    /** On the connection's thread. @return false to close the connection */
    bool (*answer)(const struct scripted_call *call);
    pthread_t listener;
    pthread_t threads[SCRIPTED_CONNECTIONS_MAX];
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t changed;
    int fds[SCRIPTED_CONNECTIONS_MAX]; /* -1: over */
    unsigned accepted, open, open_most, requests;
    bool is_stopping;
};

void scripted_start(struct scripted *server, bool (*answer)(const struct scripted_call *call),
                    void *context);
/** Closes every connection and waits for its thread. */
void scripted_stop(struct scripted *server);

/** A whole reply with its length. @p parts end with NULL */
bool scripted_reply(const struct scripted_call *call, unsigned status, const char *body);
/** A reply in chunks: head, as many chunks as wanted, end. @return false when the client is gone */
bool scripted_head(const struct scripted_call *call);
bool scripted_chunk(const struct scripted_call *call, const char *text);
bool scripted_end(const struct scripted_call *call);
/** Say nothing until the client or scripted_stop closes the connection. @return false */
bool scripted_stall(const struct scripted_call *call);
/** Does the request hold this? */
bool scripted_has(const struct scripted_call *call, const char *part);

/** An envelope with this header and body. */
#define SCRIPTED_ENVELOPE(header, body)                                                            \
    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' "                               \
    "xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' "                                  \
    "xmlns:e='http://schemas.xmlsoap.org/ws/2004/08/eventing' "                                    \
    "xmlns:n='http://schemas.xmlsoap.org/ws/2004/09/enumeration' "                                 \
    "xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd' "                                    \
    "xmlns:p='http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd' "                               \
    "xmlns:i='http://schemas.microsoft.com/wbem/wsman/1/cim/interactive.xsd'><s:Header>" header    \
    "</s:Header><s:Body>" body "</s:Body></s:Envelope>"

#endif
