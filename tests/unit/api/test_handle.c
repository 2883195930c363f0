#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "api/handle.h"
#include "base/compiler.h"
#include "fail_alloc.h"
#include "mic_test.h"

struct object {
    atomic_int destroyed;
    atomic_int uses;
};

static void destroy(void *context)
{
    struct object *object = context;

    atomic_fetch_add(&object->destroyed, 1);
}

static void open_one(struct object *object, MI_Uint64 *r1, ptrdiff_t *r2)
{
    MIC_REQUIRE(mic_handle_open(MIC_HANDLE_SESSION, object, destroy, r1, r2) == MI_RESULT_OK);
}

MIC_TEST(handle, acquire_finds_the_object_until_close)
{
    struct object object = {0};
    MI_Uint64 r1 = 0;
    ptrdiff_t r2 = 0;

    open_one(&object, &r1, &r2);
    MIC_CHECK(r1 != 0);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_SESSION, r1, r2) == &object);
    mic_handle_release(r2);
    MIC_CHECK(mic_handle_close(MIC_HANDLE_SESSION, r1, r2) == &object);
    MIC_CHECK_INT(object.destroyed, 0);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_SESSION, r1, r2) == NULL);
    MIC_CHECK(mic_handle_close(MIC_HANDLE_SESSION, r1, r2) == NULL);
    mic_handle_release(r2);
    MIC_CHECK_INT(object.destroyed, 1);
}

MIC_TEST(handle, users_finish_after_close_and_the_last_one_destroys)
{
    struct object object = {0};
    MI_Uint64 r1;
    ptrdiff_t r2;

    open_one(&object, &r1, &r2);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_SESSION, r1, r2) == &object);
    mic_handle_retain(r2);
    MIC_CHECK(mic_handle_close(MIC_HANDLE_SESSION, r1, r2) == &object);
    mic_handle_release(r2);
    mic_handle_retain(r2);
    mic_handle_release(r2);
    mic_handle_release(r2);
    MIC_CHECK_INT(object.destroyed, 0);
    mic_handle_release(r2);
    MIC_CHECK_INT(object.destroyed, 1);
}

MIC_TEST(handle, a_stale_handle_never_finds_the_next_object_of_its_slot)
{
    struct object first = {0}, second = {0};
    MI_Uint64 r1, n1;
    ptrdiff_t r2, n2;

    open_one(&first, &r1, &r2);
    MIC_CHECK(mic_handle_close(MIC_HANDLE_SESSION, r1, r2) == &first);
    mic_handle_release(r2);
    open_one(&second, &n1, &n2);
    MIC_CHECK_INT(n2, r2);
    MIC_CHECK(n1 != r1);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_SESSION, r1, r2) == NULL);
    MIC_CHECK(mic_handle_close(MIC_HANDLE_SESSION, r1, r2) == NULL);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_SESSION, n1, n2) == &second);
    mic_handle_release(n2);
    MIC_CHECK(mic_handle_close(MIC_HANDLE_SESSION, n1, n2) == &second);
    mic_handle_release(n2);
}

MIC_TEST(handle, anything_that_is_no_handle_is_null)
{
    struct object object = {0};
    MI_Uint64 r1;
    ptrdiff_t r2;

    open_one(&object, &r1, &r2);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_OPERATION, r1, r2) == NULL);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_OPERATION,
                                 (r1 & ~(MI_Uint64)0xFF) | MIC_HANDLE_OPERATION, r2) == NULL);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_SESSION, 0, r2) == NULL);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_SESSION, UINT64_MAX, r2) == NULL);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_SESSION, r1, r2 + 1) == NULL);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_SESSION, r1, -1) == NULL);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_SESSION, r1, PTRDIFF_MAX) == NULL);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_SESSION, r1, PTRDIFF_MIN) == NULL);
    MIC_CHECK(mic_handle_acquire(MIC_HANDLE_SESSION, r1, (ptrdiff_t)1 << 33) == NULL);
    mic_handle_release(PTRDIFF_MAX);
    MIC_CHECK(mic_handle_close(MIC_HANDLE_SESSION, r1, r2) == &object);
    mic_handle_release(r2);
    MIC_CHECK_INT(object.destroyed, 1);
}

static void reopen(void *context)
{
    MI_Uint64 r1;
    ptrdiff_t r2;

    destroy(context);
    if (mic_handle_open(MIC_HANDLE_APPLICATION, context, NULL, &r1, &r2) != MI_RESULT_OK ||
        mic_handle_close(MIC_HANDLE_APPLICATION, r1, r2) != context) {
        MIC_FAIL("the table cannot be used within destroy");
    }
    mic_handle_release(r2);
}

MIC_TEST(handle, destroy_may_use_the_table)
{
    struct object object = {0};
    MI_Uint64 r1;
    ptrdiff_t r2;

    MIC_REQUIRE(mic_handle_open(MIC_HANDLE_SESSION, &object, reopen, &r1, &r2) == MI_RESULT_OK);
    MIC_CHECK(mic_handle_close(MIC_HANDLE_SESSION, r1, r2) == &object);
    mic_handle_release(r2);
    MIC_CHECK_INT(object.destroyed, 1);
}

MIC_TEST(handle, the_table_grows_and_takes_slots_again)
{
    enum { MANY = 5000 };
    static struct object objects[MANY];
    static MI_Uint64 r1[MANY];
    static ptrdiff_t r2[MANY];
    ptrdiff_t highest = 0;

    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < MANY; i++) {
            open_one(&objects[i], &r1[i], &r2[i]);
            highest = round == 0 && r2[i] > highest ? r2[i] : highest;
            MIC_CHECK(r2[i] <= highest);
        }
        for (int i = 0; i < MANY; i++) {
            MIC_CHECK(mic_handle_close(MIC_HANDLE_SESSION, r1[i], r2[i]) == &objects[i]);
            mic_handle_release(r2[i]);
        }
    }
    MIC_CHECK_INT(objects[MANY - 1].destroyed, 2);
}

MIC_TEST(handle, out_of_memory_leaves_the_object_with_the_caller)
{
    enum { MANY = 300000 };
    static struct object object;
    MI_Uint64 *r1 = calloc(MANY, sizeof(*r1));
    ptrdiff_t *r2 = calloc(MANY, sizeof(*r2));
    MI_Result result = MI_RESULT_OK;
    int opened = 0;

    MIC_REQUIRE(r1 != NULL && r2 != NULL);
    mic_fail_alloc_at(1);
    while (opened < MANY && result == MI_RESULT_OK) {
        result = mic_handle_open(MIC_HANDLE_SESSION, &object, destroy, &r1[opened], &r2[opened]);
        opened += result == MI_RESULT_OK;
    }
    mic_fail_alloc_at(0);
    MIC_CHECK_INT(result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
    MIC_CHECK_INT(object.destroyed, 0);
    for (int i = 0; i < opened; i++) {
        MIC_CHECK(mic_handle_close(MIC_HANDLE_SESSION, r1[i], r2[i]) == &object);
        mic_handle_release(r2[i]);
    }
    free(r1);
    free(r2);
}

/* Threads race to use, close and reopen one shared handle. */
struct race {
    pthread_mutex_t mutex;
    MI_Uint64 r1;
    ptrdiff_t r2;
    atomic_int opened, destroyed, wrong;
};

struct raced {
    struct race *race;
    int alive;
};

static void destroy_raced(void *context)
{
    struct raced *raced = context;

    if (raced->alive != 1) {
        atomic_fetch_add(&raced->race->wrong, 1);
    }
    raced->alive = 0;
    atomic_fetch_add(&raced->race->destroyed, 1);
    free(raced);
}

static void open_raced(struct race *race)
{
    struct raced *raced = malloc(sizeof(*raced));
    MI_Uint64 r1;
    ptrdiff_t r2;

    if (raced == NULL) {
        return;
    }
    raced->race = race;
    raced->alive = 1;
    if (mic_handle_open(MIC_HANDLE_OPERATION, raced, destroy_raced, &r1, &r2) != MI_RESULT_OK) {
        free(raced);
        return;
    }
    atomic_fetch_add(&race->opened, 1);
    pthread_mutex_lock(&race->mutex);
    race->r1 = r1;
    race->r2 = r2;
    pthread_mutex_unlock(&race->mutex);
}

static void *run_race(void *context)
{
    struct race *race = context;

    for (int i = 0; i < 20000; i++) {
        MI_Uint64 r1;
        ptrdiff_t r2;
        struct raced *raced;

        pthread_mutex_lock(&race->mutex);
        r1 = race->r1;
        r2 = race->r2;
        pthread_mutex_unlock(&race->mutex);
        raced = mic_handle_acquire(MIC_HANDLE_OPERATION, r1, r2);
        if (raced != NULL) {
            if (raced->alive != 1) {
                atomic_fetch_add(&race->wrong, 1);
            }
            mic_handle_release(r2);
        }
        if (i % 8 == 0 && mic_handle_close(MIC_HANDLE_OPERATION, r1, r2) != NULL) {
            mic_handle_release(r2);
            open_raced(race);
        }
    }
    return NULL;
}

MIC_TEST(handle, racing_threads_close_each_handle_once_and_use_none_after)
{
    struct race race = {.mutex = PTHREAD_MUTEX_INITIALIZER};
    pthread_t threads[4];

    open_raced(&race);
    for (size_t i = 0; i < MIC_COUNT(threads); i++) {
        MIC_REQUIRE(pthread_create(&threads[i], NULL, run_race, &race) == 0);
    }
    for (size_t i = 0; i < MIC_COUNT(threads); i++) {
        pthread_join(threads[i], NULL);
    }
    MIC_CHECK(mic_handle_close(MIC_HANDLE_OPERATION, race.r1, race.r2) != NULL);
    mic_handle_release(race.r2);
    MIC_CHECK_INT(race.wrong, 0);
    MIC_CHECK_INT(race.opened, race.destroyed);
    MIC_CHECK(race.opened > 100);
}
