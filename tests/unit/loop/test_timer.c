#include <stdlib.h>
#include <string.h>

#include "loop/loop.h"
#include "mic_test.h"

#define MANY 500

struct fake {
    uint64_t now;
    struct mic_loop *loop;
    unsigned fired;
    uint64_t last_at;
    struct mic_timer timer, other;
};

static uint64_t fake_now(void *context)
{
    return ((struct fake *)context)->now;
}

static void fake_init(struct fake *fake)
{
    struct mic_clock clock = {fake_now, fake};

    memset(fake, 0, sizeof(*fake));
    fake->now = 1000;
    fake->loop = mic_loop_new(&clock, NULL);
    MIC_REQUIRE(fake->loop != NULL);
}

static void count_fire(void *context)
{
    ((struct fake *)context)->fired++;
}

MIC_TEST(timer, fires_at_its_time_and_not_before)
{
    struct fake fake;

    fake_init(&fake);
    fake.timer = (struct mic_timer){.fire = count_fire, .context = &fake};
    mic_timer_set(fake.loop, &fake.timer, 1500);
    MIC_CHECK(mic_timer_is_set(&fake.timer));
    fake.now = 1499;
    MIC_CHECK_INT(mic_loop_run_once(fake.loop, 0), 0);
    MIC_CHECK_INT(fake.fired, 0);
    fake.now = 1500;
    MIC_CHECK_INT(mic_loop_run_once(fake.loop, -1), 1);
    MIC_CHECK_INT(fake.fired, 1);
    MIC_CHECK(!mic_timer_is_set(&fake.timer));
    fake.now = 9999;
    (void)mic_loop_run_once(fake.loop, 0);
    MIC_CHECK_INT(fake.fired, 1);
    mic_loop_free(fake.loop);
}

MIC_TEST(timer, setting_again_moves_it)
{
    struct fake fake;

    fake_init(&fake);
    fake.timer = (struct mic_timer){.fire = count_fire, .context = &fake};
    mic_timer_set(fake.loop, &fake.timer, 1100);
    mic_timer_set(fake.loop, &fake.timer, 2000);
    fake.now = 1999;
    (void)mic_loop_run_once(fake.loop, 0);
    MIC_CHECK_INT(fake.fired, 0);
    mic_timer_set(fake.loop, &fake.timer, 5);
    (void)mic_loop_run_once(fake.loop, 0);
    MIC_CHECK_INT(fake.fired, 1);
    mic_loop_free(fake.loop);
}

MIC_TEST(timer, cancelled_does_not_fire)
{
    struct fake fake;

    fake_init(&fake);
    fake.timer = (struct mic_timer){.fire = count_fire, .context = &fake};
    mic_timer_cancel(fake.loop, &fake.timer);
    mic_timer_set(fake.loop, &fake.timer, 1100);
    mic_timer_cancel(fake.loop, &fake.timer);
    mic_timer_cancel(fake.loop, &fake.timer);
    fake.now = 2000;
    MIC_CHECK_INT(mic_loop_run_once(fake.loop, 0), 0);
    mic_loop_free(fake.loop);
}

static void set_again_now(void *context)
{
    struct fake *fake = context;

    fake->fired++;
    mic_timer_set(fake->loop, &fake->timer, 0);
}

MIC_TEST(timer, that_sets_itself_again_waits_for_the_next_round)
{
    struct fake fake;

    fake_init(&fake);
    fake.timer = (struct mic_timer){.fire = set_again_now, .context = &fake};
    mic_timer_set(fake.loop, &fake.timer, 0);
    for (unsigned round = 1; round < 5; round++) {
        MIC_CHECK_INT(mic_loop_run_once(fake.loop, -1), 1);
        MIC_CHECK_INT(fake.fired, round);
    }
    mic_timer_cancel(fake.loop, &fake.timer);
    mic_loop_free(fake.loop);
}

static void cancel_other(void *context)
{
    struct fake *fake = context;

    fake->fired++;
    mic_timer_cancel(fake->loop, &fake->other);
}

MIC_TEST(timer, can_cancel_another_that_is_due_too)
{
    struct fake fake;

    fake_init(&fake);
    fake.timer = (struct mic_timer){.fire = cancel_other, .context = &fake};
    fake.other = (struct mic_timer){.fire = count_fire, .context = &fake};
    mic_timer_set(fake.loop, &fake.timer, 1100);
    mic_timer_set(fake.loop, &fake.other, 1100);
    fake.now = 1200;
    MIC_CHECK_INT(mic_loop_run_once(fake.loop, 0), 1);
    MIC_CHECK_INT(fake.fired, 1);
    mic_loop_free(fake.loop);
}

struct item {
    struct mic_timer timer;
    uint64_t at, sequence;
    struct order *order;
    bool is_set;
};

struct order {
    uint64_t at, sequence;
    unsigned fired;
    bool is_wrong;
};

static void check_order(void *context)
{
    struct item *item = context;
    struct order *order = item->order;

    if (!item->is_set || item->at < order->at ||
        (item->at == order->at && item->sequence < order->sequence)) {
        order->is_wrong = true;
    }
    order->at = item->at;
    order->sequence = item->sequence;
    order->fired++;
    item->is_set = false;
}

MIC_TEST(timer, many_fire_in_order_of_time_then_of_setting)
{
    static struct item items[MANY];
    struct order order = {0, 0, 0, false};
    struct fake fake;
    unsigned expected = 0;

    fake_init(&fake);
    memset(items, 0, sizeof(items));
    for (uint64_t step = 1; step <= 20000; step++) {
        struct item *item = &items[mic_test_random() % MANY];

        item->order = &order;
        item->timer.fire = check_order;
        item->timer.context = item;
        if (mic_test_random() % 3 == 0) {
            mic_timer_cancel(fake.loop, &item->timer);
            item->is_set = false;
        } else {
            item->at = fake.now + mic_test_random() % 300;
            item->sequence = step;
            item->is_set = true;
            mic_timer_set(fake.loop, &item->timer, item->at);
        }
        MIC_REQUIRE(mic_timer_is_set(&item->timer) == item->is_set);
        if (step % 400 == 0) {
            fake.now += 100;
            order.at = order.sequence = 0;
            order.fired = 0;
            expected = 0;
            for (size_t i = 0; i < MANY; i++) {
                expected += items[i].is_set && items[i].at <= fake.now ? 1 : 0;
            }
            (void)mic_loop_run_once(fake.loop, 0);
            MIC_REQUIRE(!order.is_wrong);
            MIC_REQUIRE(order.fired == expected);
        }
    }
    mic_loop_free(fake.loop);
}

MIC_TEST(timer, real_time_wakes_the_loop)
{
    struct mic_loop *loop = mic_loop_new(NULL, NULL);
    struct fake fake = {.fired = 0};
    uint64_t start;

    MIC_REQUIRE(loop != NULL);
    fake.timer = (struct mic_timer){.fire = count_fire, .context = &fake};
    start = mic_loop_now_ms(loop);
    mic_timer_set(loop, &fake.timer, start + 5);
    while (fake.fired == 0) {
        (void)mic_loop_run_once(loop, -1);
    }
    MIC_CHECK(mic_loop_now_ms(loop) >= start + 5);
    mic_loop_free(loop);
}
