#include "engine/driver.h"

#include <stdio.h>

#include "base/clock.h"
#include "engine/session.h"

/* A server that answers Pulls at once, with nothing, shall not have us ask all the time. */
#define POLL_SHORTEST_MS 100u

static uint64_t delay_of(struct mic_driver *driver, bool was_empty)
{
    uint64_t now = mic_clock_ms(), last = driver->poll_ms;
    if (!mic_exchange_is_pull(driver->exchange)) {
        return 0;
    }
    bool is_early = was_empty && last != 0 && now - last < POLL_SHORTEST_MS;
    uint64_t delay = is_early ? POLL_SHORTEST_MS - (now - last) : 0;
    driver->poll_ms = now + delay;
    return delay;
}

static MI_Result send_next(struct mic_driver *driver, struct mic_trip *after,
                           struct mic_trip **trip, struct mic_err *err)
{
    struct mic_buf envelope;
    mic_buf_init(&envelope);
    bool was_empty = mic_exchange_brought_nothing(driver->exchange);
    MI_Result result = mic_exchange_write(driver->exchange, &envelope, err);
    if (result == MI_RESULT_OK && envelope.failed) {
        result = mic_err_set(err, MIC_E_MEMORY, "Out of memory for a request.");
    }
    if (result == MI_RESULT_OK) {
        unsigned flags = mic_exchange_may_resend(driver->exchange) ? MIC_TRIP_MAY_RESEND : 0u;
        flags |= mic_exchange_is_long_poll(driver->exchange) ? MIC_TRIP_EXTRA : 0u;
        struct mic_trip_owner owner = driver->owner;
        owner.delay_ms = delay_of(driver, was_empty);
        owner.room = &driver->room;
        *trip = mic_trip_start(driver->session, &owner, &envelope, flags, after, err);
        result = *trip != NULL ? MI_RESULT_OK : err->result;
    }
    mic_buf_fini(&envelope);
    return result;
}

/* ---- beside the request ---- */

/* What comes back for an answer is of use to the error it may be. */
#define SIDE_REPLY_MAX (16u << 10)

/* One at a time, however many the server asks for: the newest says what the others would have. */
static MI_Result send_notice(struct mic_driver *driver, struct mic_buf *envelope,
                             struct mic_err *err)
{
    if (driver->notice != NULL) {
        mic_buf_swap(&driver->next_notice, envelope);
        return MI_RESULT_OK;
    }
    driver->notice =
        mic_trip_start(driver->session, &driver->owner, envelope, MIC_TRIP_SIDE, NULL, err);
    return driver->notice != NULL ? MI_RESULT_OK : err->result;
}

/* Whether it has arrived is of no interest, only that it is over. */
static MI_Result look_at_notice(struct mic_driver *driver, struct mic_err *err)
{
    const char *bytes;
    size_t size;
    struct mic_err ignored;
    enum mic_taken taken = MIC_TAKEN_BYTES;
    while (driver->notice != NULL && taken == MIC_TAKEN_BYTES) {
        taken = mic_trip_take(driver->notice, &bytes, &size, &ignored);
    }
    if (driver->notice == NULL || taken == MIC_TAKEN_NOTHING) {
        return MI_RESULT_OK;
    }
    mic_trip_abandon(driver->notice);
    driver->notice = NULL;
    return driver->next_notice.size > 0 ? send_notice(driver, &driver->next_notice, err)
                                        : MI_RESULT_OK;
}

/* The server asks the next question when it has the answer to the one before: that one's trip need
 * not be looked at any more. */
static MI_Result send_side(struct mic_driver *driver, struct mic_err *err)
{
    bool is_answer = mic_exchange_side(driver->exchange) == MIC_SIDE_ANSWER;
    struct mic_buf envelope;
    mic_buf_init(&envelope);
    MI_Result result = mic_exchange_write_side(driver->exchange, &envelope, err);
    if (result == MI_RESULT_OK && envelope.failed) {
        result = mic_err_set(err, MIC_E_MEMORY, "Out of memory for an answer.");
    }
    if (result == MI_RESULT_OK && !is_answer) {
        result = send_notice(driver, &envelope, err);
    } else if (result == MI_RESULT_OK) {
        struct mic_trip *trip =
            mic_trip_start(driver->session, &driver->owner, &envelope,
                           MIC_TRIP_SIDE | MIC_TRIP_AFTER_FAILURE, driver->side, err);
        if (driver->side != NULL) {
            mic_trip_abandon(driver->side);
        }
        driver->side = trip;
        mic_buf_clear(&driver->side_reply);
        result = trip != NULL ? MI_RESULT_OK : err->result;
    }
    mic_buf_fini(&envelope);
    return result;
}

static void keep_side_reply(struct mic_driver *driver, const char *bytes, size_t size)
{
    size_t room = SIDE_REPLY_MAX - driver->side_reply.size;
    mic_buf_append(&driver->side_reply, bytes, size < room ? size : room);
}

static MI_Result end_side(struct mic_driver *driver, struct mic_err *err)
{
    unsigned status = 200;
    const char *content_type;
    const struct mic_buf *reply = &driver->side_reply;
    (void)mic_trip_head(driver->side, &status, &content_type);
    mic_trip_abandon(driver->side);
    driver->side = NULL;
    return mic_exchange_side_reply(driver->exchange, status,
                                   (struct mic_str){reply->data, reply->size}, err);
}

/* @return an error when the answer has not arrived: the server would wait for it for ever */
static MI_Result look_at_side(struct mic_driver *driver, struct mic_err *err)
{
    const char *bytes;
    size_t size;
    while (driver->side != NULL) {
        struct mic_err found;
        switch (mic_trip_take(driver->side, &bytes, &size, &found)) {
        case MIC_TAKEN_NOTHING:
            return MI_RESULT_OK;
        case MIC_TAKEN_BYTES:
            keep_side_reply(driver, bytes, size);
            break;
        case MIC_TAKEN_END:
            return end_side(driver, err);
        case MIC_TAKEN_FAILED:
        default:
            mic_trip_abandon(driver->side);
            driver->side = NULL;
            *err = found;
            (void)snprintf(err->message, sizeof(err->message),
                           "The answer to the server's question was not delivered: %.950s",
                           found.message);
            return err->result;
        }
    }
    return MI_RESULT_OK;
}

/* What answers have opened on the server is closed when their operation has ended there. */
static void send_end(struct mic_driver *driver)
{
    struct mic_buf envelope;
    mic_buf_init(&envelope);
    if (driver->exchange != NULL && mic_exchange_write_end(driver->exchange, &envelope) &&
        !envelope.failed) {
        mic_session_send_release(driver->session, &envelope, driver->side, true);
    }
    mic_buf_fini(&envelope);
}

/* ---- the request ---- */

static void drop_current(struct mic_driver *driver)
{
    if (driver->current != NULL) {
        mic_trip_reclaim(driver->current, &driver->room);
        mic_trip_abandon(driver->current);
    }
    driver->current = driver->ahead;
    driver->ahead = NULL;
    driver->has_head = false;
}

/* The page after this one is asked for as soon as it can be named, and sent when this one is in. */
static MI_Result send_ahead(struct mic_driver *driver, struct mic_err *err)
{
    if (driver->ahead != NULL || !mic_exchange_can_send_ahead(driver->exchange)) {
        return MI_RESULT_OK;
    }
    if (driver->current == NULL) { /* this page is all in, though not yet used up */
        return send_next(driver, NULL, &driver->current, err);
    }
    return send_next(driver, driver->current, &driver->ahead, err);
}

/* Servers other than Windows may say behind the last item that the page was the last: only all of
 * it tells whether there is a next one. */
static void feed_whole_page(struct mic_driver *driver, struct mic_err *err)
{
    const char *bytes;
    size_t size;
    if (driver->current == NULL || driver->ahead != NULL || !driver->has_head ||
        mic_exchange_can_send_ahead(driver->exchange) || !mic_trip_is_whole(driver->current)) {
        return;
    }
    while (mic_trip_take(driver->current, &bytes, &size, err) == MIC_TAKEN_BYTES) {
        mic_exchange_feed(driver->exchange, bytes, size);
    }
    mic_exchange_feed_end(driver->exchange);
    drop_current(driver);
}

static enum mic_driver_step give_head(struct mic_driver *driver)
{
    unsigned status;
    const char *content_type;
    if (!mic_trip_head(driver->current, &status, &content_type)) {
        return MIC_DRIVE_WAIT;
    }
    send_end(driver); /* of the reply before this one */
    mic_exchange_reply(driver->exchange, status, content_type);
    driver->has_head = true;
    if (driver->has_begun || status != 200) {
        return MIC_DRIVE_ITEM;
    }
    driver->has_begun = true;
    return MIC_DRIVE_BEGAN;
}

/* ITEM stands for "go on" in the two functions that feed. */
static enum mic_driver_step feed(struct mic_driver *driver, struct mic_err *err)
{
    if (!driver->has_head) {
        enum mic_driver_step step = give_head(driver);
        if (step != MIC_DRIVE_WAIT) {
            return step;
        }
    }
    const char *bytes;
    size_t size;
    switch (mic_trip_take(driver->current, &bytes, &size, err)) {
    case MIC_TAKEN_NOTHING:
        return MIC_DRIVE_WAIT;
    case MIC_TAKEN_BYTES:
        if (!driver->has_head) { /* both came between the two looks */
            enum mic_driver_step step = give_head(driver);
            mic_exchange_feed(driver->exchange, bytes, size);
            return step == MIC_DRIVE_WAIT ? MIC_DRIVE_ITEM : step;
        }
        mic_exchange_feed(driver->exchange, bytes, size);
        return MIC_DRIVE_ITEM;
    case MIC_TAKEN_END:
        if (!driver->has_head) {
            (void)give_head(driver);
        }
        mic_exchange_feed_end(driver->exchange);
        drop_current(driver);
        return MIC_DRIVE_ITEM;
    case MIC_TAKEN_FAILED:
    default:
        drop_current(driver);
        return MIC_DRIVE_FAILED;
    }
}

static enum mic_driver_step on_bytes(struct mic_driver *driver, struct mic_err *err)
{
    if (driver->current == NULL) {
        mic_err_set(err, MIC_E_PROTOCOL, "The server's reply ended before it was complete.");
        return MIC_DRIVE_FAILED;
    }
    return feed(driver, err);
}

static enum mic_driver_step on_send(struct mic_driver *driver, struct mic_err *err)
{
    while (driver->current != NULL) {
        drop_current(driver);
    }
    send_end(driver);
    return send_next(driver, NULL, &driver->current, err) == MI_RESULT_OK ? MIC_DRIVE_ITEM
                                                                          : MIC_DRIVE_FAILED;
}

MI_Result mic_driver_begin(struct mic_driver *driver, struct mic_err *err)
{
    struct mic_item item;
    const char *class_name;
    if (mic_exchange_next(driver->exchange, &item, &class_name, err) != MIC_STEP_SEND) {
        return MI_RESULT_OK; /* what it is will come again */
    }
    return send_next(driver, NULL, &driver->current, err);
}

enum mic_driver_step mic_driver_advance(struct mic_driver *driver, struct mic_item *item,
                                        const char **class_name, struct mic_err *err)
{
    for (;;) {
        enum mic_step wanted = mic_exchange_next(driver->exchange, item, class_name, err);
        enum mic_driver_step step = MIC_DRIVE_ITEM;
        if (look_at_side(driver, err) != MI_RESULT_OK ||
            look_at_notice(driver, err) != MI_RESULT_OK) {
            return MIC_DRIVE_FAILED;
        }
        switch (wanted) {
        case MIC_STEP_SEND:
            step = on_send(driver, err);
            break;
        case MIC_STEP_BYTES:
            step = on_bytes(driver, err);
            break;
        case MIC_STEP_CLASS:
            return MIC_DRIVE_CLASS;
        case MIC_STEP_SIDE:
            step = send_side(driver, err) == MI_RESULT_OK ? MIC_DRIVE_ITEM : MIC_DRIVE_FAILED;
            break;
        case MIC_STEP_EVENT:
            return MIC_DRIVE_EVENT;
        case MIC_STEP_ITEM:
            feed_whole_page(driver, err);
            return send_ahead(driver, err) == MI_RESULT_OK ? MIC_DRIVE_ITEM : MIC_DRIVE_FAILED;
        case MIC_STEP_DONE:
            return MIC_DRIVE_DONE;
        case MIC_STEP_FAILED:
        default:
            driver->has_failed_in_exchange = true;
            return MIC_DRIVE_FAILED;
        }
        if (step == MIC_DRIVE_ITEM && send_ahead(driver, err) != MI_RESULT_OK) {
            step = MIC_DRIVE_FAILED;
        }
        if (step != MIC_DRIVE_ITEM) {
            return step;
        }
    }
}

/* A subscription that is given up right after it was begun: the server's answer, which says what to
 * unsubscribe from, may be in though nobody has looked at it. */
static void learn_what_is_in(struct mic_driver *driver)
{
    struct mic_item item;
    struct mic_err err;
    const char *class_name;
    while (driver->current != NULL && mic_exchange_awaits_grant(driver->exchange)) {
        enum mic_driver_step step = feed(driver, &err);
        if (step == MIC_DRIVE_WAIT || step == MIC_DRIVE_FAILED ||
            mic_exchange_next(driver->exchange, &item, &class_name, &err) != MIC_STEP_BYTES) {
            return;
        }
    }
}

/* A Release that overtakes a Pull would find the enumeration busy: it follows what is under way. A
 * Pull that hangs until something happens is not waited for: Unsubscribe ends it.
 * @return whether there is something to release */
static bool release_context(struct mic_driver *driver, struct mic_trip *after, bool is_extra)
{
    struct mic_buf envelope;
    mic_buf_init(&envelope);
    bool releases = driver->exchange != NULL &&
                    mic_exchange_write_release(driver->exchange, &envelope) && !envelope.failed;
    if (releases) {
        mic_session_send_release(driver->session, &envelope, after, is_extra);
    }
    mic_buf_fini(&envelope);
    return releases;
}

/* How the trips under way are let go of. */
static void (*release(struct mic_driver *driver, bool is_early))(struct mic_trip *)
{
    if (!is_early) {
        return mic_trip_abandon;
    }
    if (driver->exchange == NULL || driver->is_stopped) {
        return mic_trip_cancel;
    }
    learn_what_is_in(driver);
    bool hangs = mic_exchange_is_long_poll(driver->exchange);
    struct mic_trip *last = driver->ahead != NULL ? driver->ahead : driver->current;
    bool releases = release_context(driver, hangs ? NULL : last, hangs);
    return releases && !hangs ? mic_trip_linger : mic_trip_cancel;
}

void mic_driver_stop(struct mic_driver *driver, bool is_early)
{
    void (*drop)(struct mic_trip *) = release(driver, is_early);
    struct mic_trip *const trips[] = {driver->current, driver->ahead};
    send_end(driver);
    driver->is_stopped = true;
    driver->current = driver->ahead = NULL;
    for (size_t i = 0; i < sizeof(trips) / sizeof(trips[0]); i++) {
        if (trips[i] != NULL) {
            drop(trips[i]);
        }
    }
    mic_buf_fini(&driver->room);
    if (driver->side != NULL) { /* an answer on its way is let through */
        mic_trip_abandon(driver->side);
        driver->side = NULL;
    }
    if (driver->notice != NULL) {
        mic_trip_abandon(driver->notice);
        driver->notice = NULL;
    }
}

void mic_driver_fini(struct mic_driver *driver)
{
    mic_driver_stop(driver, false);
    mic_buf_fini(&driver->side_reply);
    mic_buf_fini(&driver->next_notice);
    mic_exchange_free(driver->exchange);
    driver->exchange = NULL;
}
