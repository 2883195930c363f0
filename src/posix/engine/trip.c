#include "engine/trip.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/mem.h"
#include "engine/session.h"
#include "http/pool.h"

/* What is thrown away of a reply nobody wants any more, to keep its connection. */
#define DISCARD_MAX (256u << 10)

#define SIDE_MAX_MS 60000u

/* What the wire trace keeps of one reply. */
#define TRACED_MAX (64u << 20)

enum { WANT_BEGIN = 1, WANT_RESUME = 2, WANT_CANCEL = 4, WANT_LINGER = 8 };

struct mic_trip {
    atomic_int references;
    struct mic_session *session; /* counted */
    struct mic_trip_owner owner;
    struct mic_post post;      /* each waiting post holds a reference */
    struct mic_post wake_post; /* of the I/O thread to itself */
    atomic_uint wants;
    atomic_bool is_unwanted;
    bool follows_failure, is_side;

    /* I/O thread */
    struct mic_http_request request;
    struct mic_buf envelope;
    bool has_begun, is_called_off, is_delayed;
    /* set while delayed, lingering, unwanted or beside another; the I/O thread's reference is its
     * own */
    struct mic_timer patience;
    size_t discarded;
    struct mic_buf wire; /* the whole reply, only when the trace asks for it */

    pthread_mutex_t lock; /* the byte queue's */
    struct mic_buf in;
    bool has_head, is_done, is_paused, is_starved, has_failed;
    unsigned status;
    char content_type[128];
    struct mic_err *err;   /* NULL though it failed: no memory for the words */
    struct mic_trip *then; /* counted: begun when this one has ended */

    /* the taker */
    struct mic_buf out;
    size_t taken;
};

static void trip_ref(struct mic_trip *trip)
{
    atomic_fetch_add_explicit(&trip->references, 1, memory_order_relaxed);
}

static void trip_unref(struct mic_trip *trip)
{
    if (atomic_fetch_sub_explicit(&trip->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    mic_buf_fini(&trip->envelope);
    mic_free(trip->err);
    mic_buf_fini(&trip->wire);
    mic_buf_fini(&trip->in);
    mic_buf_fini(&trip->out);
    pthread_mutex_destroy(&trip->lock);
    mic_session_unref(trip->session);
    mic_free(trip);
}

static void tell(struct mic_trip *trip, enum mic_trip_event event)
{
    if (trip->is_side && event != MIC_TRIP_READY && event != MIC_TRIP_ENDED) {
        return;
    }
    trip->owner.event(trip->owner.context, trip, event);
}

/* Bytes are told of when all that came with them has been looked at: often the end is among it,
 * which wakes the taker as well, and one wake is dear enough. */
static void wake_later(struct mic_trip *trip)
{
    trip_ref(trip);
    if (!mic_loop_post(trip->session->runtime->loop, &trip->wake_post)) {
        trip_unref(trip);
    }
}

static void wake_no_more(struct mic_trip *trip)
{
    if (mic_loop_unpost(trip->session->runtime->loop, &trip->wake_post)) {
        trip_unref(trip);
    }
}

static void on_wake_post(void *context)
{
    struct mic_trip *trip = context;
    tell(trip, MIC_TRIP_READY);
    trip_unref(trip);
}

static void begin(struct mic_trip *trip);

/* The I/O thread's last act on a trip: after it the reference that came with start is gone.
 * @p err NULL: the reply is complete. */
static void end(struct mic_trip *trip, const struct mic_err *err)
{
    struct mic_err *copy = mic_memdup(err, sizeof(*err));
    pthread_mutex_lock(&trip->lock);
    bool was_done = trip->is_done;
    trip->is_done = true;
    struct mic_trip *then = trip->then;
    trip->then = NULL;
    if (!was_done && err != NULL) {
        trip->has_failed = true;
        trip->err = copy;
        copy = NULL;
    }
    pthread_mutex_unlock(&trip->lock);
    mic_free(copy);
    if (!was_done) {
        wake_no_more(trip);
        mic_timer_cancel(trip->session->runtime->loop, &trip->patience);
        tell(trip, MIC_TRIP_ENDED);
    }
    if (then != NULL && (err == NULL || then->follows_failure)) {
        begin(then);
    } else if (then != NULL) {
        end(then, err);
    }
    if (then != NULL) {
        trip_unref(then);
    }
    if (!was_done) {
        trip->owner.release(trip->owner.context);
        trip_unref(trip);
    }
}

static void end_cancelled(struct mic_trip *trip)
{
    struct mic_err err;
    mic_err_set(&err, MIC_E_CANCELLED, "The operation was cancelled.");
    if (trip->has_begun) {
        mic_http_cancel(&trip->request);
    }
    end(trip, &err);
}

/* Who waits for it must hear of it, however alive the operation's other connection is. */
static void end_late(struct mic_trip *trip)
{
    struct mic_err err;
    mic_err_set(&err, MIC_E_TIMEOUT, "a second connection did not carry it in time (%s)",
                mic_phase_name(mic_http_phase(&trip->request)));
    mic_err_silence(&err, mic_http_phase(&trip->request));
    mic_http_cancel(&trip->request);
    end(trip, &err);
}

static void on_patience(void *context)
{
    struct mic_trip *trip = context;
    if (trip->is_delayed) {
        trip->is_delayed = false;
        begin(trip);
    } else if (trip->is_side && !atomic_load(&trip->is_unwanted)) {
        end_late(trip);
    } else {
        end_cancelled(trip);
    }
}

static void linger(struct mic_trip *trip)
{
    struct mic_loop *loop = trip->session->runtime->loop;
    if (trip->has_begun) {
        mic_timer_set(loop, &trip->patience, mic_loop_now_ms(loop) + MIC_TRIP_LINGER_MS);
    } else { /* ends in its turn, so that what follows it does not overtake what is before it */
        trip->is_called_off = true;
    }
}

/* Nobody's deadline bounds it, or not any more: the server must not hold a connection with it for
 * ever. */
static void bound(struct mic_trip *trip)
{
    struct mic_loop *loop = trip->session->runtime->loop;
    uint64_t limit = trip->owner.timeout_ms;
    if (atomic_load(&trip->is_unwanted)) {
        if (trip->is_side || !mic_timer_is_set(&trip->patience)) {
            mic_timer_set(loop, &trip->patience, mic_loop_now_ms(loop) + MIC_TRIP_ABANDONED_MS);
        }
    } else if (trip->is_side) {
        limit = limit > 0 && limit < SIDE_MAX_MS ? limit : SIDE_MAX_MS;
        mic_timer_set(loop, &trip->patience, mic_loop_now_ms(loop) + limit);
    }
}

static void on_progress(void *context)
{
    tell(context, MIC_TRIP_ALIVE);
}

static bool on_headers(void *context, unsigned status, const char *content_type,
                       int64_t content_length, struct mic_err *err)
{
    struct mic_trip *trip = context;
    size_t limit = trip->session->wsman.max_envelope_size;
    if (content_length > 0 && (uint64_t)content_length > limit) {
        mic_err_set(err, MIC_E_ENVELOPE_SIZE,
                    "The server's reply has %lld bytes; the largest envelope allowed has %zu.",
                    (long long)content_length, limit);
        return false;
    }
    pthread_mutex_lock(&trip->lock);
    trip->has_head = true;
    trip->status = status;
    struct mic_str type = mic_str_from(content_type);
    if (type.size >= sizeof(trip->content_type)) {
        type.size = sizeof(trip->content_type) - 1;
    }
    if (type.size > 0) {
        memcpy(trip->content_type, type.data, type.size);
    }
    trip->content_type[type.size] = '\0';
    if (content_length > 0 && content_length <= (int64_t)MIC_TRIP_HELD) {
        mic_buf_reserve(&trip->in, (size_t)content_length);
    }
    pthread_mutex_unlock(&trip->lock);
    return true;
}

static size_t held_limit(const struct mic_trip *trip)
{
    size_t limit = trip->session->wsman.max_envelope_size;
    return limit < MIC_TRIP_HELD ? limit : MIC_TRIP_HELD;
}

static bool on_unwanted_body(struct mic_trip *trip, size_t size)
{
    trip->discarded += size;
    if (trip->discarded <= DISCARD_MAX) {
        return true;
    }
    end_cancelled(trip);
    return false;
}

static void trace_body(struct mic_trip *trip, const char *bytes, size_t size)
{
    if (mic_trace_wants_messages(trip->session->runtime->trace) && trip->wire.size < TRACED_MAX) {
        mic_buf_append(&trip->wire, bytes, size);
    }
}

static bool on_body(void *context, const char *bytes, size_t size)
{
    struct mic_trip *trip = context;
    if (atomic_load(&trip->is_unwanted)) {
        return on_unwanted_body(trip, size);
    }
    trace_body(trip, bytes, size);
    pthread_mutex_lock(&trip->lock);
    mic_buf_append(&trip->in, bytes, size);
    bool is_out_of_memory = trip->in.failed;
    trip->is_paused = trip->in.size >= held_limit(trip);
    bool goes_on = !trip->is_paused;
    bool wakes = trip->is_starved;
    trip->is_starved = false;
    pthread_mutex_unlock(&trip->lock);
    if (is_out_of_memory) {
        struct mic_err err;
        mic_err_set(&err, MIC_E_MEMORY, "Out of memory for the server's reply.");
        mic_http_cancel(&trip->request);
        end(trip, &err);
        return false;
    }
    tell(trip, MIC_TRIP_ALIVE);
    if (wakes) {
        wake_later(trip);
    }
    return goes_on;
}

static void on_done(void *context, const struct mic_err *err)
{
    struct mic_trip *trip = context;
    if (trip->wire.size > 0) {
        mic_trace_message(trip->session->runtime->trace, "in", trip->wire.data, trip->wire.size);
    }
    end(trip, err);
}

static const struct mic_http_events events = {
    .progress = on_progress,
    .headers = on_headers,
    .body = on_body,
    .done = on_done,
};

static void begin(struct mic_trip *trip)
{
    pthread_mutex_lock(&trip->lock);
    bool is_done = trip->is_done;
    pthread_mutex_unlock(&trip->lock);
    if (is_done) {
        return;
    }
    struct mic_http_pool *pool = trip->session->pool;
    if (pool == NULL || trip->session->is_pool_closed || trip->is_called_off) {
        end_cancelled(trip);
        return;
    }
    tell(trip, MIC_TRIP_BEGAN);
    trip->has_begun = true;
    bound(trip);
    trip->request.body = trip->envelope.data;
    trip->request.body_size = trip->envelope.size;
    trip->request.events = &events;
    trip->request.context = trip;
    trip->request.operation_number = trip->owner.operation_number;
    uint64_t now = mic_loop_now_ms(trip->session->runtime->loop);
    uint64_t timeout = trip->owner.timeout_ms;
    trip->request.deadline_ms = timeout > 0 && timeout < UINT64_MAX - now ? now + timeout : 0;
    mic_http_submit(pool, &trip->request);
}

static void on_post(void *context)
{
    struct mic_trip *trip = context;
    unsigned wants = atomic_exchange(&trip->wants, 0);
    pthread_mutex_lock(&trip->lock);
    bool is_done = trip->is_done;
    bool resumes = (wants & WANT_RESUME) != 0 && trip->is_paused && !is_done;
    if (resumes) {
        trip->is_paused = false;
    }
    pthread_mutex_unlock(&trip->lock);
    if ((wants & WANT_LINGER) != 0 && !is_done) {
        linger(trip);
    } else if ((wants & WANT_RESUME) != 0 && !is_done && trip->has_begun) {
        bound(trip);
    }
    if ((wants & WANT_CANCEL) != 0 && !is_done) {
        end_cancelled(trip);
    } else if ((wants & WANT_BEGIN) != 0 && trip->owner.delay_ms > 0) {
        struct mic_loop *loop = trip->session->runtime->loop;
        trip->is_delayed = true;
        mic_timer_set(loop, &trip->patience, mic_loop_now_ms(loop) + trip->owner.delay_ms);
    } else if ((wants & WANT_BEGIN) != 0) {
        begin(trip);
        mic_http_hasten(&trip->request);
    } else if (resumes) {
        mic_http_resume(&trip->request);
    }
    trip_unref(trip);
}

/* Where it may, a request leaves from this thread: two changes of threads less. */
static void ask(struct mic_trip *trip, unsigned want)
{
    bool leaves_here = want == WANT_BEGIN && trip->session->callers_send;
    bool (*post)(struct mic_loop *, struct mic_post *) =
        leaves_here ? mic_loop_run_or_post : mic_loop_post;
    atomic_fetch_or(&trip->wants, want);
    trip_ref(trip);
    if (!post(trip->session->runtime->loop, &trip->post)) {
        trip_unref(trip);
    }
}

/* Behind all that waits for @p after: an End and the next answer may both do so. */
static void chain(struct mic_trip *after, struct mic_trip *trip)
{
    pthread_mutex_lock(&after->lock);
    bool waits = !after->is_done;
    bool has_failed = after->has_failed && !trip->follows_failure;
    struct mic_trip *next = waits ? after->then : NULL;
    if (next != NULL) {
        trip_ref(next);
    } else if (waits) {
        after->then = trip;
        trip_ref(trip);
    }
    pthread_mutex_unlock(&after->lock);
    if (next != NULL) {
        chain(next, trip);
        trip_unref(next);
    } else if (!waits) {
        ask(trip, has_failed ? WANT_CANCEL : WANT_BEGIN);
    }
}

static void keep_larger(struct mic_buf *kept, struct mic_buf *other)
{
    if (other->capacity > kept->capacity) {
        mic_buf_swap(kept, other);
    }
    mic_buf_clear(kept);
}

void mic_trip_reclaim(struct mic_trip *trip, struct mic_buf *room)
{
    keep_larger(room, &trip->out);
    trip->taken = 0;
    mic_buf_clear(&trip->out);
    pthread_mutex_lock(&trip->lock);
    if (trip->is_done && trip->in.size == 0) {
        keep_larger(room, &trip->in);
    }
    pthread_mutex_unlock(&trip->lock);
}

struct mic_trip *mic_trip_start(struct mic_session *session, const struct mic_trip_owner *owner,
                                struct mic_buf *envelope, unsigned flags, struct mic_trip *after,
                                struct mic_err *err)
{
    struct mic_trip *trip = mic_calloc(1, sizeof(*trip));
    if (trip == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "Out of memory for a request.");
        return NULL;
    }
    atomic_init(&trip->references, 2); /* the taker's and the I/O thread's */
    atomic_init(&trip->wants, 0);
    atomic_init(&trip->is_unwanted, false);
    pthread_mutex_init(&trip->lock, NULL);
    mic_session_ref(session);
    trip->session = session;
    trip->owner = *owner;
    trip->post.run = on_post;
    trip->post.context = trip;
    trip->wake_post.run = on_wake_post;
    trip->wake_post.context = trip;
    trip->request.may_resend = (flags & MIC_TRIP_MAY_RESEND) != 0;
    trip->request.is_extra = (flags & (MIC_TRIP_EXTRA | MIC_TRIP_SIDE)) != 0;
    trip->follows_failure = (flags & MIC_TRIP_AFTER_FAILURE) != 0;
    trip->is_side = (flags & MIC_TRIP_SIDE) != 0;
    trip->patience.fire = on_patience;
    trip->patience.context = trip;
    trip->is_starved = true;
    mic_buf_init(&trip->wire);
    mic_buf_init(&trip->in);
    mic_buf_init(&trip->out);
    trip->envelope = *envelope;
    mic_buf_init(envelope);
    if (owner->room != NULL) {
        keep_larger(&trip->in, owner->room);
    }
    owner->hold(owner->context);
    mic_trace_message(session->runtime->trace, "out", trip->envelope.data, trip->envelope.size);
    if (after != NULL) {
        chain(after, trip);
    } else {
        ask(trip, WANT_BEGIN);
    }
    return trip;
}

bool mic_trip_head(struct mic_trip *trip, unsigned *status, const char **content_type)
{
    pthread_mutex_lock(&trip->lock);
    bool has_head = trip->has_head;
    if (!has_head && !trip->is_done) {
        trip->is_starved = true;
    }
    pthread_mutex_unlock(&trip->lock);
    if (has_head) { /* not written again */
        *status = trip->status;
        *content_type = trip->content_type[0] != '\0' ? trip->content_type : NULL;
    }
    return has_head;
}

static enum mic_taken refill(struct mic_trip *trip, struct mic_err *err)
{
    enum mic_taken taken = MIC_TAKEN_NOTHING;
    bool resumes = false;
    mic_buf_clear(&trip->out);
    trip->taken = 0;
    pthread_mutex_lock(&trip->lock);
    if (trip->in.size > 0) {
        mic_buf_swap(&trip->out, &trip->in);
        resumes = trip->is_paused;
        taken = MIC_TAKEN_BYTES;
    } else if (trip->has_failed) {
        taken = MIC_TAKEN_FAILED;
    } else if (trip->is_done) {
        taken = MIC_TAKEN_END;
    } else {
        trip->is_starved = true;
    }
    pthread_mutex_unlock(&trip->lock);
    if (taken == MIC_TAKEN_FAILED && trip->err != NULL) { /* not written again */
        *err = *trip->err;
    } else if (taken == MIC_TAKEN_FAILED) {
        mic_err_set(err, MIC_E_MEMORY, "Out of memory.");
    }
    if (resumes) {
        ask(trip, WANT_RESUME);
    }
    return taken;
}

enum mic_taken mic_trip_take(struct mic_trip *trip, const char **bytes, size_t *size,
                             struct mic_err *err)
{
    if (trip->taken == trip->out.size) {
        enum mic_taken taken = refill(trip, err);
        if (taken != MIC_TAKEN_BYTES) {
            return taken;
        }
    }
    size_t left = trip->out.size - trip->taken;
    *size = left < MIC_TRIP_SLICE ? left : MIC_TRIP_SLICE;
    *bytes = trip->out.data + trip->taken;
    trip->taken += *size;
    return MIC_TAKEN_BYTES;
}

bool mic_trip_is_whole(struct mic_trip *trip)
{
    pthread_mutex_lock(&trip->lock);
    bool is_whole = trip->is_done && !trip->has_failed;
    pthread_mutex_unlock(&trip->lock);
    return is_whole;
}

void mic_trip_abandon(struct mic_trip *trip)
{
    pthread_mutex_lock(&trip->lock);
    bool is_done = trip->is_done;
    pthread_mutex_unlock(&trip->lock);
    if (!is_done) {
        atomic_store(&trip->is_unwanted, true);
        ask(trip, WANT_RESUME);
    }
    trip_unref(trip);
}

void mic_trip_linger(struct mic_trip *trip)
{
    pthread_mutex_lock(&trip->lock);
    bool is_done = trip->is_done;
    pthread_mutex_unlock(&trip->lock);
    if (!is_done) {
        atomic_store(&trip->is_unwanted, true);
        ask(trip, WANT_RESUME | WANT_LINGER);
    }
    trip_unref(trip);
}

void mic_trip_cancel(struct mic_trip *trip)
{
    pthread_mutex_lock(&trip->lock);
    bool is_done = trip->is_done;
    pthread_mutex_unlock(&trip->lock);
    if (!is_done) {
        ask(trip, WANT_CANCEL);
    }
    trip_unref(trip);
}

bool mic_trip_is_side(const struct mic_trip *trip)
{
    return trip->is_side;
}

bool mic_trip_has_begun(const struct mic_trip *trip)
{
    return trip->has_begun;
}

enum mic_phase mic_trip_phase(const struct mic_trip *trip)
{
    return mic_http_phase(&trip->request);
}

bool mic_trip_has_unread(struct mic_trip *trip)
{
    pthread_mutex_lock(&trip->lock);
    bool has_unread = trip->in.size > 0 || trip->is_paused;
    pthread_mutex_unlock(&trip->lock);
    return has_unread;
}
