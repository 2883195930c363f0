/** An exchange together with the trips that carry it: what an operation and a class fetch have in
 *  common. Driven by one taker at a time; never blocks. */
#ifndef MIC_ENGINE_DRIVER_H
#define MIC_ENGINE_DRIVER_H

#include "base/err.h"
#include "engine/trip.h"
#include "wsman/exchange.h"

struct mic_driver {
    struct mic_session *session; /* borrowed from the owner */
    struct mic_trip_owner owner; /* wakes the taker */
    struct mic_exchange *exchange;
    struct mic_trip *current, *ahead;
    struct mic_trip *side;     /* the last answer to a question, until it has arrived */
    struct mic_buf room;       /* of the page before, for the next one */
    struct mic_buf side_reply; /* the beginning of what came back for it */
    struct mic_trip *notice;   /* an acknowledgement under way */
    struct mic_buf next_notice;
    uint64_t poll_ms; /* when the last Pull was sent; 0: none was */
    bool has_head, has_begun, has_failed_in_exchange, is_stopped;
};

enum mic_driver_step {
    MIC_DRIVE_WAIT,  /* the owner is told when it goes on */
    MIC_DRIVE_BEGAN, /* once: the server has begun to answer with success */
    MIC_DRIVE_CLASS, /* as MIC_STEP_CLASS; answer before going on */
    MIC_DRIVE_EVENT, /* as MIC_STEP_EVENT */
    MIC_DRIVE_ITEM,
    MIC_DRIVE_DONE,
    MIC_DRIVE_FAILED
};

/** Send the first request and nothing else, so that no result can come out. */
MI_Result mic_driver_begin(struct mic_driver *driver, struct mic_err *err);
enum mic_driver_step mic_driver_advance(struct mic_driver *driver, struct mic_item *item,
                                        const char **class_name, struct mic_err *err);
/** End what is under way; the second time does nothing. @p is_early: replies are cut off, and what
 * the server holds is released. The exchange stays, with the item and error it last gave. */
void mic_driver_stop(struct mic_driver *driver, bool is_early);
void mic_driver_fini(struct mic_driver *driver);

#endif
