/** One HTTP request and its reply on their way: the I/O thread fills it with bytes, one taker
 * empties it.
 *
 *  Two sides, two references. The taker's is given by mic_trip_start and ended by exactly one of
 *  mic_trip_abandon and mic_trip_cancel; the I/O thread's ends with the reply. The owner is
 *  held as long as the I/O thread may call it.
 *
 *  Bounded: when MIC_TRIP_HELD bytes (or MaxEnvelopeSize, if less) lie unread, the socket is not
 * read. */
#ifndef MIC_ENGINE_TRIP_H
#define MIC_ENGINE_TRIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define MIC_TRIP_HELD         (2u << 20)
#define MIC_TRIP_LINGER_MS    2000
#define MIC_TRIP_ABANDONED_MS 5000        /* what nobody waits for keeps a connection no longer */
#define MIC_TRIP_SLICE        (16u << 10) /* what the taker is given at once */

struct mic_session;
struct mic_trip;

enum mic_trip_event {
    MIC_TRIP_BEGAN, /* handed to the connection pool */
    MIC_TRIP_ALIVE, /* a sign of life, nothing new for the taker */
    MIC_TRIP_READY, /* the taker, who found nothing before, will find something */
    MIC_TRIP_ENDED  /* last; also without BEGAN. The taker will find the end or an error */
};

/** Called on the I/O thread with no lock held. */
struct mic_trip_owner {
    void (*event)(void *context, struct mic_trip *trip, enum mic_trip_event event);
    void (*hold)(void *context);
    void (*release)(void *context);
    void *context;
    uint32_t operation_number; /* for traces */
    uint64_t timeout_ms;       /* what a connection may take in all; 0: not told */
    uint64_t delay_ms;         /* it is sent that much later */
    struct mic_buf *room;      /* stolen, for the reply's bytes; NULL: none */
};

enum {
    MIC_TRIP_MAY_RESEND = 1,
    MIC_TRIP_AFTER_FAILURE = 2, /* sent however the one before it ends */
    MIC_TRIP_EXTRA = 4,         /* beyond the session's connections: a long poll */
    /* Beside another trip of the same owner, and beyond the session's connections; it must come to
     * its end within the owner's timeout, or a minute. Its owner is told READY and ENDED only. */
    MIC_TRIP_SIDE = 8
};

enum mic_taken { MIC_TAKEN_NOTHING, MIC_TAKEN_BYTES, MIC_TAKEN_END, MIC_TAKEN_FAILED };

/** Send @p envelope (stolen) in the session's name.
 *  @param after  NULL, or a trip of the same taker, the last of its chain: this one is sent when
 * that has ended well, and fails with it otherwise
 *  @param flags  MIC_TRIP_*
 *  @return NULL with @p err when out of memory. @thread any */
struct mic_trip *mic_trip_start(struct mic_session *session, const struct mic_trip_owner *owner,
                                struct mic_buf *envelope, unsigned flags, struct mic_trip *after,
                                struct mic_err *err);

/** @return whether the headers are in; their values then. @thread the taker */
bool mic_trip_head(struct mic_trip *trip, unsigned *status, const char **content_type);
/** @param[out] bytes  borrowed until the next call. @p err on FAILED, which comes behind all bytes
 *                     that had arrived. @thread the taker */
enum mic_taken mic_trip_take(struct mic_trip *trip, const char **bytes, size_t *size,
                             struct mic_err *err);
/** @return whether the reply came to its end without a failure: what is still to be taken are its
 *  bytes and END. @thread the taker */
bool mic_trip_is_whole(struct mic_trip *trip);
/** All has been taken: a page's memory is large enough to be given back to the system and made anew
 *  for each, so the next one gets it. @param room  the larger of it and the trip's is kept
 *  @thread the taker */
void mic_trip_reclaim(struct mic_trip *trip, struct mic_buf *room);
/** The rest of the reply is not wanted, but the connection is: it is read and thrown away, within
 *  reason. */
void mic_trip_abandon(struct mic_trip *trip);
/** As abandon, but for at most MIC_TRIP_LINGER_MS, and not at all when it has not been sent: so
 * that what follows it finds a server that has done with it. */
void mic_trip_linger(struct mic_trip *trip);
/** The connection is dropped when the reply is still under way. */
void mic_trip_cancel(struct mic_trip *trip);

/** @return whether it was started with MIC_TRIP_SIDE. @thread any */
bool mic_trip_is_side(const struct mic_trip *trip);
/** @return whether BEGAN has been told. @thread I/O */
bool mic_trip_has_begun(const struct mic_trip *trip);
/** What it waits for. @thread I/O */
enum mic_phase mic_trip_phase(const struct mic_trip *trip);
/** @return whether bytes lie unread, so that it is not the server that is waited for. @thread any
 */
bool mic_trip_has_unread(struct mic_trip *trip);

#endif
