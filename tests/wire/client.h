/** What nearly every test here does with the library: an application, a session to a peer, loops.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include <mi.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "peer_fixture.h"

struct client {
    MI_Application application;
    MI_Session session;
    MI_DestinationOptions options;
};

/** Basic with the peer's user, clear text allowed. */
void client_open(struct client *client, const struct peer *peer);
/** In two steps: options may be changed in between. */
void client_prepare(struct client *client);
/** The same for a logon of this type; sealed over plain HTTP unless clear text is wanted. */
void client_prepare_as(struct client *client, const char *auth_type, const char *domain,
                       const char *user, const char *password, bool is_sealed);
void client_connect(struct client *client, const char *destination);
void client_close(struct client *client);
/** Of this process. */
unsigned count_threads(void);
/** Until there are no more than @p most. */
void await_threads(unsigned most);

MI_Interval milliseconds(unsigned ms);

/** How an operation ended. */
struct outcome {
    unsigned count; /* results with an object */
    MI_Result result;
    char message[1024];
    unsigned category, code; /* of the CIM_Error; 0 when there is none */
    char message_id[64];
    char details[2048]; /* Message of the CIM_Error: phase, message and remedy */
    char remedy[512];   /* the last one of RecommendedActions */
    unsigned remedies;
    bool has_details;
};

/** Take everything and close; @p each, when given, sees each instance. */
void drain(MI_Operation *operation, struct outcome *outcome,
           void (*each)(const MI_Instance *instance, void *context), void *context);
void drain_classes(MI_Operation *operation, struct outcome *outcome);
void read_details(const MI_Instance *details, struct outcome *outcome);

/** Enumerate synchronously, drained and closed. */
void enumerate(MI_Session *session, MI_Uint32 flags, const char *class_name,
               struct outcome *outcome);
/** Begin an operation that hangs in its logon, and see it end at its deadline: what hangs goes on.
 */
void enumerate_in_vain(struct client *client, struct outcome *outcome);

/** Ask for the five of Peer_Few in WQL, in a request that is longer than this. */
void query_at_length(MI_Session *session, size_t size, struct outcome *outcome);

/** Counts what comes to callbacks; one per operation. Holds the result back when told so. */
struct listener {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct outcome outcome;
    unsigned calls, finals, overlapping;
    char bookmark[512], machine[64]; /* of the last indication; "": none */
    bool is_inside, closes_in_final;
    bool holds; /* manual acknowledgement: keep each result until told */
    MI_Operation held_operation;
    MI_Result(MI_CALL *held)(MI_Operation *operation);
    void (*each)(struct listener *listener, MI_Operation *operation, const MI_Instance *instance);
    void *context;
};

void listener_init(struct listener *listener);
void listener_callbacks(struct listener *listener, MI_OperationCallbacks *callbacks);
void listener_class_callbacks(struct listener *listener, MI_OperationCallbacks *callbacks);
void listener_indication_callbacks(struct listener *listener, MI_OperationCallbacks *callbacks);
void listener_wait_final(struct listener *listener);
void listener_wait_calls(struct listener *listener, unsigned calls);
/** Acknowledge what is held. */
void listener_let_go(struct listener *listener);
void listener_fini(struct listener *listener);

#endif
