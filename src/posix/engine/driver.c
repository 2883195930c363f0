#include "engine/driver.h"

#include "engine/session.h"

static MI_Result send_next(struct mic_driver *driver, struct mic_trip *after,
                           struct mic_trip **trip, struct mic_err *err)
{
    struct mic_buf envelope;
    mic_buf_init(&envelope);
    MI_Result result = mic_exchange_write(driver->exchange, &envelope, err);
    if (result == MI_RESULT_OK && envelope.failed) {
        result = mic_err_set(err, MIC_E_MEMORY, "Out of memory for a request.");
    }
    if (result == MI_RESULT_OK) {
        *trip = mic_trip_start(driver->session, &driver->owner, &envelope,
                               mic_exchange_may_resend(driver->exchange) ? MIC_TRIP_MAY_RESEND : 0,
                               after, err);
        result = *trip != NULL ? MI_RESULT_OK : err->result;
    }
    mic_buf_fini(&envelope);
    return result;
}

static void drop_current(struct mic_driver *driver)
{
    if (driver->current != NULL) {
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
        switch (wanted) {
        case MIC_STEP_SEND:
            step = on_send(driver, err);
            break;
        case MIC_STEP_BYTES:
            step = on_bytes(driver, err);
            break;
        case MIC_STEP_CLASS:
            return MIC_DRIVE_CLASS;
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

/* A Release that overtakes a Pull would find the enumeration busy: it follows what is under way.
 * @return whether there is something to release */
static bool release_context(struct mic_driver *driver, struct mic_trip *after)
{
    struct mic_buf envelope;
    mic_buf_init(&envelope);
    bool releases = driver->exchange != NULL &&
                    mic_exchange_write_release(driver->exchange, &envelope) && !envelope.failed;
    if (releases) {
        mic_session_send_release(driver->session, &envelope, after);
    }
    mic_buf_fini(&envelope);
    return releases;
}

void mic_driver_stop(struct mic_driver *driver, bool is_early)
{
    struct mic_trip *current = driver->current;
    struct mic_trip *ahead = driver->ahead;
    bool releases =
        is_early && !driver->is_stopped && release_context(driver, ahead != NULL ? ahead : current);
    void (*drop)(struct mic_trip *) = releases   ? mic_trip_linger
                                      : is_early ? mic_trip_cancel
                                                 : mic_trip_abandon;
    driver->current = driver->ahead = NULL;
    driver->is_stopped = true;
    if (current != NULL) {
        drop(current);
    }
    if (ahead != NULL) {
        drop(ahead);
    }
}

void mic_driver_fini(struct mic_driver *driver)
{
    mic_driver_stop(driver, false);
    mic_exchange_free(driver->exchange);
    driver->exchange = NULL;
}
