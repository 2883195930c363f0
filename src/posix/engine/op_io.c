/* The operation on the I/O thread: signs of life and the deadline. */
#include "base/clock.h"
#include "engine/op.h"

/* While the application holds a result nothing can expire; the timer then looks no more often. */
#define IDLE_LOOK_MS 10u

enum { WANT_ARM = 1, WANT_DISARM = 2 };

void mic_op_wake(struct mic_op *op)
{
    if (op->is_async) {
        if (atomic_load(&op->has_turns)) {
            mic_callpool_schedule(op->session->runtime->callpool, &op->turn);
        }
        return;
    }
    if (!atomic_exchange(&op->is_woken, true)) {
        sem_post(&op->woken); /* a condition's waiter would pay a system call more for the lock */
    }
}

void mic_op_wait_begins(struct mic_op *op)
{
    if (atomic_load_explicit(&op->waits_since_ms, memory_order_relaxed) == 0) {
        atomic_store(&op->waits_since_ms, mic_clock_ms());
    }
}

void mic_op_wait_ends(struct mic_op *op)
{
    atomic_store(&op->waits_since_ms, 0);
    op->held_since_ms = op->is_over ? 0 : mic_clock_ms();
}

/* ---- the deadline ---- */

static struct mic_loop *loop_of(const struct mic_op *op)
{
    return op->session->runtime->loop;
}

static void set_timer(struct mic_op *op, uint64_t at_ms)
{
    if (!mic_timer_is_set(&op->timer)) {
        mic_op_ref(op);
        atomic_store(&op->may_be_armed, true);
    }
    mic_timer_set(loop_of(op), &op->timer, at_ms);
}

static void clear_timer(struct mic_op *op)
{
    if (mic_timer_is_set(&op->timer)) {
        mic_timer_cancel(loop_of(op), &op->timer);
        atomic_store(&op->may_be_armed, false);
        mic_op_unref(op);
    }
}

static uint64_t add_ms(uint64_t at_ms, unsigned long long more)
{
    return more > UINT64_MAX - at_ms ? UINT64_MAX : at_ms + more;
}

static void arm(struct mic_op *op)
{
    if (op->timeout_ms > 0 && !op->is_disarmed && !mic_timer_is_set(&op->timer)) {
        uint64_t since = atomic_load(&op->waits_since_ms);
        uint64_t life = atomic_load(&op->life_ms);
        uint64_t now = mic_loop_now_ms(loop_of(op));
        since = since == 0 ? now : since;
        set_timer(op, add_ms(since > life ? since : life, op->timeout_ms));
    }
}

static void expire(struct mic_op *op, unsigned long long after_ms)
{
    enum mic_phase phase = op->under_way != NULL
                               ? mic_trip_phase(op->under_way)
                               : mic_class_wait_phase(op->session, &op->class_wait);
    pthread_mutex_lock(&op->lock);
    if (op->stop == MIC_STOP_NONE) {
        op->stop = MIC_STOP_TIMEOUT;
        op->stop_phase = phase;
        op->stop_after_ms = after_ms;
    }
    pthread_mutex_unlock(&op->lock);
    mic_op_wake(op);
}

/* @return when to look again; 0: not at all */
static uint64_t look_again_at(struct mic_op *op, uint64_t now, unsigned long long *waited_ms)
{
    uint64_t since = atomic_load(&op->waits_since_ms);
    uint64_t life = atomic_load(&op->life_ms);
    bool is_idle = op->trips == 0 && !atomic_load(&op->waits_for_class);
    *waited_ms = 0;
    if (op->is_disarmed || is_idle) {
        return 0;
    }
    bool is_ours = since == 0 || (op->under_way != NULL && mic_trip_has_unread(op->under_way));
    if (is_ours) { /* not the server is waited for */
        return add_ms(now, op->timeout_ms > IDLE_LOOK_MS ? op->timeout_ms : IDLE_LOOK_MS);
    }
    uint64_t base = since > life ? since : life;
    uint64_t due = add_ms(base, op->timeout_ms);
    if (due > now) {
        return due;
    }
    *waited_ms = now - base;
    return 0;
}

static void on_timer(void *context)
{
    struct mic_op *op = context;
    unsigned long long waited_ms;
    uint64_t again = look_again_at(op, mic_loop_now_ms(loop_of(op)), &waited_ms);
    if (again != 0) {
        mic_timer_set(loop_of(op), &op->timer, again); /* keeps the timer's reference */
        return;
    }
    atomic_store(&op->may_be_armed, false);
    if (waited_ms > 0) {
        expire(op, waited_ms);
    }
    mic_op_unref(op);
}

static void on_post(void *context)
{
    struct mic_op *op = context;
    unsigned wants = atomic_exchange(&op->wants, 0);
    if ((wants & WANT_DISARM) != 0) {
        op->is_disarmed = true;
        clear_timer(op);
    } else if ((wants & WANT_ARM) != 0) {
        arm(op);
    }
    mic_op_unref(op);
}

static void ask(struct mic_op *op, unsigned want)
{
    atomic_fetch_or(&op->wants, want);
    mic_op_ref(op);
    if (!mic_loop_post(loop_of(op), &op->post)) {
        mic_op_unref(op);
    }
}

void mic_op_arm(struct mic_op *op)
{
    if (op->timeout_ms > 0) {
        op->has_asked_to_arm = true;
        ask(op, WANT_ARM);
    }
}

void mic_op_disarm(struct mic_op *op)
{
    if (op->has_asked_to_arm || atomic_load(&op->may_be_armed)) {
        ask(op, WANT_DISARM);
    }
}

/* ---- trips ---- */

static void note_life(struct mic_op *op)
{
    if (!atomic_load_explicit(&op->is_put_off, memory_order_relaxed)) {
        atomic_store_explicit(&op->life_ms, mic_loop_now_ms(loop_of(op)), memory_order_relaxed);
    }
}

/* Replies often come many at a time: the callback threads are woken once for all of them. */
static void wake_after_round(struct mic_op *op)
{
    struct mic_runtime *runtime = op->session->runtime;
    if (!op->is_async || !atomic_load(&op->has_turns)) {
        mic_op_wake(op);
    } else if (mic_callpool_queue(runtime->callpool, &op->turn)) {
        (void)mic_loop_post(runtime->loop, &runtime->wake_callers);
    }
}

static void on_trip(void *context, struct mic_trip *trip, enum mic_trip_event event)
{
    struct mic_op *op = context;
    switch (event) {
    case MIC_TRIP_BEGAN:
        op->trips++;
        op->under_way = trip;
        arm(op);
        break;
    case MIC_TRIP_ALIVE:
        note_life(op);
        break;
    case MIC_TRIP_ENDED:
        if (mic_trip_is_side(trip)) { /* it counts for nothing, but may have failed */
            mic_op_wake(op);
            break;
        }
        if (op->under_way == trip) {
            op->under_way = NULL;
        }
        if (mic_trip_has_begun(trip)) {
            op->trips--;
        }
        if (op->trips == 0 && !atomic_load(&op->waits_for_class)) {
            clear_timer(op);
        }
        wake_after_round(op);
        break;
    case MIC_TRIP_READY:
    default:
        if (!mic_trip_is_side(trip)) {
            note_life(op);
        }
        mic_op_wake(op);
        break;
    }
}

static void hold(void *context)
{
    mic_op_ref(context);
}

static void release(void *context)
{
    mic_op_unref(context);
}

static void on_class_wake(void *context, bool is_ready)
{
    struct mic_op *op = context;
    atomic_store_explicit(&op->life_ms, mic_clock_ms(), memory_order_relaxed);
    if (is_ready) {
        mic_op_wake(op);
    }
}

void mic_op_init_io(struct mic_op *op)
{
    op->timer.fire = on_timer;
    op->timer.context = op;
    op->post.run = on_post;
    op->post.context = op;
    op->turn.run = mic_op_run_turn;
    op->turn.hold = hold;
    op->turn.release = release;
    op->turn.context = op;
    op->class_wait.wake = on_class_wake;
    op->class_wait.hold = hold;
    op->class_wait.release = release;
    op->class_wait.context = op;
    op->class_wait.operation_number = op->number;
    op->driver.session = op->session;
    op->driver.owner = (struct mic_trip_owner){.event = on_trip,
                                               .hold = hold,
                                               .release = release,
                                               .context = op,
                                               .operation_number = op->number,
                                               .timeout_ms = op->timeout_ms};
}
