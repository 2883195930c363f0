#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "fail_alloc.h"
#include "mic_test.h"

static unsigned freed;

static void count_free(void *value)
{
    freed++;
    mic_free(value);
}

MIC_TEST(map, finds_what_was_put_whatever_the_case)
{
    struct mic_map map;
    int a, b;
    void *old = &b;

    mic_map_init(&map);
    MIC_CHECK(mic_map_get(&map, MIC_STR("Name")) == NULL);
    MIC_CHECK(mic_map_remove(&map, MIC_STR("Name")) == NULL);
    MIC_REQUIRE(mic_map_put(&map, MIC_STR("Name"), &a, &old));
    MIC_CHECK(old == NULL);
    MIC_CHECK(mic_map_get(&map, MIC_STR("nAmE")) == &a);
    MIC_CHECK(mic_map_get(&map, MIC_STR("nAm")) == NULL);
    MIC_REQUIRE(mic_map_put(&map, MIC_STR("NAME"), &b, &old));
    MIC_CHECK(old == &a);
    MIC_CHECK_INT(map.size, 1);
    MIC_CHECK(mic_map_remove(&map, MIC_STR("name")) == &b);
    MIC_CHECK_INT(map.size, 0);
    mic_map_fini(&map, NULL);
}

MIC_TEST(map, keys_are_copied_and_may_be_empty_or_hold_zeros)
{
    struct mic_map map;
    char key[] = "abc";
    int a, b, c;

    mic_map_init(&map);
    MIC_REQUIRE(mic_map_put(&map, mic_str_from(key), &a, NULL));
    memset(key, 'x', 3);
    MIC_REQUIRE(mic_map_put(&map, MIC_STR(""), &b, NULL));
    MIC_REQUIRE(mic_map_put(&map, (struct mic_str){"\0z", 2}, &c, NULL));
    MIC_CHECK(mic_map_get(&map, MIC_STR("abc")) == &a);
    MIC_CHECK(mic_map_get(&map, mic_str_from(NULL)) == &b);
    MIC_CHECK(mic_map_get(&map, (struct mic_str){"\0Z", 2}) == &c);
    mic_map_fini(&map, NULL);
}

static void add_up(void *value, void *context)
{
    *(uintptr_t *)context += (uintptr_t) * (int *)value;
}

MIC_TEST(map, holds_thousands_and_frees_what_is_left)
{
    struct mic_map map;
    uintptr_t sum = 0;

    mic_map_init(&map);
    for (int i = 0; i < 5000; i++) {
        char key[20];
        int *value = mic_alloc(sizeof(*value));

        MIC_REQUIRE(value != NULL);
        *value = i;
        (void)snprintf(key, sizeof(key), "Property%d", i);
        MIC_REQUIRE(mic_map_put(&map, mic_str_from(key), value, NULL));
    }
    for (int i = 0; i < 5000; i += 2) {
        char key[20];

        (void)snprintf(key, sizeof(key), "PROPERTY%d", i);
        mic_free(mic_map_remove(&map, mic_str_from(key)));
    }
    MIC_CHECK_INT(map.size, 2500);
    mic_map_each(&map, add_up, &sum);
    MIC_CHECK_INT(sum, 2500 * 2500);
    freed = 0;
    mic_map_fini(&map, count_free);
    MIC_CHECK_INT(freed, 2500);
}

static bool fill_map(void *context)
{
    struct mic_map map;
    bool ok = true;

    mic_map_init(&map);
    for (int i = 0; i < 100 && ok; i++) {
        char key[20];
        size_t before = map.size;

        (void)snprintf(key, sizeof(key), "key%d", i);
        ok = mic_map_put(&map, mic_str_from(key), context, NULL);
        MIC_CHECK(ok ? map.size == before + 1 : map.size == before);
        MIC_CHECK((mic_map_get(&map, mic_str_from(key)) == context) == ok);
    }
    mic_map_fini(&map, NULL);
    return ok;
}

MIC_TEST(map, survives_failure_of_each_allocation)
{
    int value;

    MIC_CHECK(mic_fail_alloc_each(fill_map, &value) >= 100);
}
