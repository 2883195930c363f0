/** The class declarations a session has met. Each is fetched once, whoever asks; the others wait.
 *
 *  A fetch is driven by those who wait for it: bytes wake them all, and the first to come decodes.
 * So a waiter that is cancelled, or whose callback thread is busy, holds up nobody. A class the
 * server says it cannot give is remembered as such; a refusal that may pass (access, load) counts
 * for those who waited, a failed connection, a timeout or a cancel is told them. At
 * most MIC_CLASS_CACHE_MAX answers are kept. */
#ifndef MIC_ENGINE_CLASS_CACHE_H
#define MIC_ENGINE_CLASS_CACHE_H

#include <pthread.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/list.h"
#include "base/map.h"
#include "model/class.h"

#define MIC_CLASS_CACHE_MAX 4096

struct mic_session;
struct mic_class_fetch;

struct mic_class_cache {
    pthread_mutex_t lock;
    struct mic_map entries; /* "namespace:class" to struct class_entry */
};

/** A waiter, embedded in who waits. Zeroed with its functions set it waits for nothing. */
struct mic_class_wait {
    /** On the I/O thread or another waiter's, no lock held. @p is_ready: ask again; otherwise only
     * a sign of life. */
    void (*wake)(void *context, bool is_ready);
    void (*hold)(void *context);
    void (*release)(void *context);
    void *context;
    uint32_t operation_number;

    struct mic_list node;          /* private; the cache's lock */
    struct mic_class_fetch *fetch; /* counted */
};

enum mic_class_answer { MIC_CLASS_FOUND, MIC_CLASS_NONE, MIC_CLASS_WAIT, MIC_CLASS_FAILED };

void mic_class_cache_init(struct mic_class_cache *cache);
void mic_class_cache_fini(struct mic_class_cache *cache);

/** Ask for a class, or ask again after a wake.
 *  @param name_space  NULL: root/cimv2
 *  @param[out] cls    on FOUND, counted for the caller
 *  @param err         on FAILED: the connection's error; nothing is remembered then
 *  @thread the waiter's taker */
enum mic_class_answer mic_class_cache_get(struct mic_session *session, struct mic_class_wait *wait,
                                          const char *name_space, const char *class_name,
                                          struct mic_class **cls, struct mic_err *err);
/** A class that came on another way, an application's own GetClass: later askers get this one.
 *  Without memory for it nothing happens. @thread any */
void mic_class_cache_learn(struct mic_session *session, const char *name_space,
                           struct mic_class *cls);
/** Wait no longer. The last one to leave ends the fetch. No-op when not waiting. */
void mic_class_wait_leave(struct mic_session *session, struct mic_class_wait *wait);
/** What the fetch waits for. @thread I/O */
enum mic_phase mic_class_wait_phase(struct mic_session *session, struct mic_class_wait *wait);

#endif
