/** One question on one new connection, and all that was seen on the way; one name looked up; one
 *  call that blocks: each bounded in time, for a caller who waits. */
#ifndef MIC_DOCTOR_PROBE_H
#define MIC_DOCTOR_PROBE_H

#include "base/buf.h"
#include "engine/runtime.h"
#include "http/pool.h"
#include "http/tls.h"

/** Filled by mic_probe_run. */
struct mic_probe {
    struct mic_err err; /* code MIC_E_NONE: a whole reply came */
    bool is_timed_out;
    bool is_connected, is_secured, has_reply;
    char address[64];
    struct mic_tls_facts tls;  /* valid when is_secured */
    unsigned status;           /* of the last reply */
    char offers[200];          /* "Negotiate, Basic" of the last 401; "" : there was none */
    char date[64], server[80]; /* fields of the last reply; "": not there */
    int64_t at;                /* when that came, in seconds of this machine's clock */
    char content_type[128];
    struct mic_buf body;
};

struct mic_probe_order {
    const struct mic_http_target *target;
    struct mic_str body;
    bool unauthenticated;
    bool until_secured; /* the TLS handshake is all that is of interest */
    unsigned timeout_ms;
};

/** @param out  to be given to mic_probe_fini */
void mic_probe_run(struct mic_runtime *runtime, const struct mic_probe_order *order,
                   struct mic_probe *out);
void mic_probe_fini(struct mic_probe *probe);

/** @param[out] addresses  a line each
 *  @return how many; 0 with @p err set */
unsigned mic_probe_name(struct mic_runtime *runtime, const char *host, unsigned timeout_ms,
                        char *addresses, size_t size, struct mic_err *err);

/** Free a pool that nothing was asked of, on the thread it belongs to. */
void mic_probe_free_pool(struct mic_runtime *runtime, struct mic_http_pool *pool);

/** Run @p work on the blocking pool.
 *  @param work     on the heap; it begins with struct mic_probe_work. Freed by its own `release`,
 *                  here or, when it was given up, whenever it ends
 *  @param take     called with it, on the loop's thread, when it has ended in time
 *  @return whether it has */
struct mic_probe_work {
    struct mic_work work;
    void (*run)(struct mic_probe_work *work);
    void (*take)(struct mic_probe_work *work, void *context);
    void (*release)(struct mic_probe_work *work);
    struct mic_probe_wait *wait; /* private; NULL: nobody waits any more */
};
bool mic_probe_blocking(struct mic_runtime *runtime, struct mic_probe_work *work, void *context,
                        unsigned timeout_ms);

#endif
