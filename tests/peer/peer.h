#ifndef PEER_PEER_H
#define PEER_PEER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <openssl/ssl.h>

#include "dialect.h"
#include "model.h"
#include "util.h"

enum peer_action {
    ACT_IDENTIFY,
    ACT_GET,
    ACT_GET_CLASS,
    ACT_PUT,
    ACT_CREATE,
    ACT_DELETE,
    ACT_ENUMERATE,
    ACT_ENUMERATE_CLASSES,
    ACT_QUERY,
    ACT_PULL,
    ACT_RELEASE,
    ACT_SUBSCRIBE,
    ACT_UNSUBSCRIBE,
    ACT_INVOKE,
    ACT_CANCEL,
    ACT_END,
    ACT_ANSWER,
    ACT_ACKNOWLEDGE,
    ACT_OTHER,
    ACT_COUNT
};

const char *peer_action_name(enum peer_action action);

enum peer_counter {
    CNT_REQUESTS,
    CNT_ACCEPTED,
    CNT_OPEN,
    CNT_AUTH_FAILURES,
    CNT_AUTH_CHALLENGES,
    CNT_FAULTS,
    CNT_REJECTED,
    CNT_TLS_HANDSHAKES,
    CNT_TLS_RESUMED,
    CNT_TLS_FAILURES,
    CNT_DISCONNECTS,
    CNT_ITEMS,
    CNT_BYTES_OUT,
    CNT_SABOTAGED,
    CNT_EVENTS,
    CNT_HELD_GONE,
    CNT_LEGS,
    CNT_LOGONS,
    CNT_LOGONS_BOUND,
    CNT_LOGONS_DELEGATED,
    CNT_TICKETS,
    CNT_CREDENTIALS,
    CNT_PROOFS_BAD,
    CNT_SEALED,
    CNT_SEALS_BAD,
    CNT_CLEAR,
    CNT_MISROUTED,
    CNT_INTERACTIVE,
    CNT_ANSWERS,
    CNT_ASKED,
    CNT_CERTIFICATES,
    CNT_COUNT
};

/** When a client certificate is asked for. */
enum peer_ask {
    ASK_BEGIN,  /* when TLS begins; without one the connection goes on */
    ASK_DEMAND, /* and without one it does not */
    ASK_LATER   /* when a request wants to be known by it */
};

struct peer_config {
    const char *listen[8];
    unsigned listen_count;
    unsigned port;
    bool tls;
    const char *tls_max;
    const char *cert;
    const char *key;
    /** Who issued the users' certificates, and when they are asked for. */
    const char *client_ca;
    enum peer_ask ask;
    /** File with the OCSP answer to send along. */
    const char *staple;
    const char *user;
    const char *password;
    bool no_auth;
    const char *auth_offer;
    /** Further users, USER1 with PASSWORD1 and so on, for Negotiate. */
    unsigned more_users;
    /** Negotiate over plain HTTP without sealing. */
    bool allow_clear;
    /** On TLS: only logons bound to this connection; or to another one. */
    bool strict_bindings;
    bool false_bindings;
    bool relaxed_bindings;
    long clock_s; /* what Date is off by */
    /** CredSSP: the highest version spoken; the TLS inside, and its ciphers below 1.3. */
    unsigned credssp_version;
    const char *credssp_tls;
    const char *credssp_cipher;
    bool credssp_no_tickets;
    unsigned many;
    uint64_t max_envelope;
    unsigned context_timeout_s;
    unsigned slow_ms;
    /** Longest wait of a Pull on a subscription; 0 means as long as it says. */
    unsigned poll_ms;
    unsigned fire_every_ms;
    /** How often an operation that takes long sends a KeepAlive. */
    unsigned keep_alive_ms;
    bool empty_polls;
    int first_batch;
    bool lax;
    bool downlevel;
    const char *ready_file;
    const char *log_file;
    bool exit_with_stdin;
};

struct peer_sabotage;
struct peer_contexts;
struct peer_idset;
struct peer_server;
struct peer_store;
struct peer_events;
struct peer_channels;

/** Everything one endpoint knows; there are no globals. */
struct peer {
    struct peer_config config;
    const struct peer_dialect *dialect;
    struct peer_catalog *catalog;
    struct peer_sabotage *sabotage;
    struct peer_contexts *contexts;
    struct peer_idset *operation_ids;
    struct peer_server *server;
    struct peer_store *store;
    struct peer_events *events;
    struct peer_channels *channels;
    SSL_CTX *tls;
    struct peer_buf staple;
    char *user_file;
    /** gss-ntlmssp asks libwbclient, whose context is the process's and has no lock. */
    pthread_mutex_t logon_lock;
    _Atomic uint64_t counters[CNT_COUNT];
    _Atomic uint64_t actions[ACT_COUNT];
    pthread_mutex_t log_lock;
    void *log;
    pthread_mutex_t stop_lock;
    pthread_cond_t stop_cond;
    bool stopping;
};

static inline void peer_count(struct peer *peer, enum peer_counter counter)
{
    atomic_fetch_add_explicit(&peer->counters[counter], 1, memory_order_relaxed);
}

static inline void peer_uncount(struct peer *peer, enum peer_counter counter)
{
    atomic_fetch_sub_explicit(&peer->counters[counter], 1, memory_order_relaxed);
}

/** One line of the log; nothing if there is none. */
void peer_log(struct peer *peer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Wait, but not beyond the end of the endpoint; false once that has come. */
bool peer_sleep(struct peer *peer, uint64_t ms);
bool peer_is_stopping(struct peer *peer);
void peer_stop(struct peer *peer);

#endif
