#include "base/map.h"

#include <string.h>
#include <time.h>

#include "base/compiler.h"
#include "base/mem.h"

#define FIRST_BUCKETS 16u

struct mic_map_entry {
    struct mic_map_entry *next;
    void *value;
    uint64_t hash;
    size_t size;
    char key[];
};

void mic_map_init(struct mic_map *map)
{
    memset(map, 0, sizeof(*map));
}

void mic_map_fini(struct mic_map *map, void (*free_value)(void *value))
{
    for (size_t i = 0; i < map->bucket_count; i++) {
        struct mic_map_entry *entry = map->buckets[i];

        while (entry) {
            struct mic_map_entry *next = entry->next;

            if (free_value) {
                free_value(entry->value);
            }
            mic_free(entry);
            entry = next;
        }
    }
    mic_free(map->buckets);
    mic_map_init(map);
}

static uint64_t hash_key(uint64_t seed, struct mic_str key)
{
    uint64_t hash = seed ^ key.size;

    for (size_t i = 0; i < key.size; i++) {
        unsigned char c = (unsigned char)key.data[i];

        if (c >= 'A' && c <= 'Z') {
            c = (unsigned char)(c + ('a' - 'A'));
        }
        hash = (hash ^ c) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    return hash;
}

static uint64_t new_seed(const void *address)
{
    struct timespec now = {0, 0};

    (void)clock_gettime(CLOCK_REALTIME, &now);
    return ((uint64_t)(uintptr_t)address ^ ((uint64_t)now.tv_nsec << 32) ^ (uint64_t)now.tv_sec) *
           UINT64_C(0x9E3779B97F4A7C15);
}

/* Where the entry of this key is linked, or where it would be. NULL only without buckets. */
static struct mic_map_entry **find_link(const struct mic_map *map, struct mic_str key,
                                        uint64_t hash)
{
    struct mic_map_entry **link;

    if (map->bucket_count == 0) {
        return NULL;
    }
    link = &map->buckets[hash & (map->bucket_count - 1)];
    while (*link) {
        struct mic_str present = {(*link)->key, (*link)->size};

        if ((*link)->hash == hash && mic_str_equal_nocase(present, key)) {
            break;
        }
        link = &(*link)->next;
    }
    return link;
}

void *mic_map_get(const struct mic_map *map, struct mic_str key)
{
    struct mic_map_entry **link = find_link(map, key, hash_key(map->seed, key));

    return link && *link ? (*link)->value : NULL;
}

static bool grow(struct mic_map *map)
{
    size_t count = map->bucket_count > 0 ? map->bucket_count * 2 : FIRST_BUCKETS;
    struct mic_map_entry **buckets = mic_calloc(count, sizeof(struct mic_map_entry *));

    if (!buckets) {
        return false;
    }
    if (map->bucket_count == 0) {
        map->seed = new_seed(buckets);
    }
    for (size_t i = 0; i < map->bucket_count; i++) {
        while (map->buckets[i]) {
            struct mic_map_entry *entry = map->buckets[i];
            struct mic_map_entry **bucket = &buckets[entry->hash & (count - 1)];

            map->buckets[i] = entry->next;
            entry->next = *bucket;
            *bucket = entry;
        }
    }
    mic_free(map->buckets);
    map->buckets = buckets;
    map->bucket_count = count;
    return true;
}

static struct mic_map_entry *new_entry(struct mic_str key, uint64_t hash, void *value)
{
    struct mic_map_entry *entry = NULL;
    size_t total;

    if (mic_size_add(sizeof(*entry), key.size, &total)) {
        entry = mic_alloc(total);
    }
    if (entry) {
        entry->next = NULL;
        entry->value = value;
        entry->hash = hash;
        entry->size = key.size;
        if (key.size > 0) {
            memcpy(entry->key, key.data, key.size);
        }
    }
    return entry;
}

bool mic_map_put(struct mic_map *map, struct mic_str key, void *value, void **old)
{
    struct mic_map_entry **link, *entry;
    void *replaced = NULL;
    uint64_t hash;

    /* A map that cannot grow still works, only slower; one without buckets does not. */
    if (map->size >= map->bucket_count && !grow(map) && map->bucket_count == 0) {
        return false;
    }
    hash = hash_key(map->seed, key);
    link = find_link(map, key, hash);
    if (*link) {
        replaced = (*link)->value;
        (*link)->value = value;
    } else {
        entry = new_entry(key, hash, value);
        if (!entry) {
            return false;
        }
        *link = entry;
        map->size++;
    }
    if (old) {
        *old = replaced;
    }
    return true;
}

void *mic_map_remove(struct mic_map *map, struct mic_str key)
{
    struct mic_map_entry **link = find_link(map, key, hash_key(map->seed, key));
    struct mic_map_entry *entry = link ? *link : NULL;
    void *value;

    if (!entry) {
        return NULL;
    }
    value = entry->value;
    *link = entry->next;
    mic_free(entry);
    map->size--;
    return value;
}

void mic_map_each(const struct mic_map *map, void (*visit)(void *value, void *context),
                  void *context)
{
    for (size_t i = 0; i < map->bucket_count; i++) {
        for (struct mic_map_entry *entry = map->buckets[i]; entry; entry = entry->next) {
            visit(entry->value, context);
        }
    }
}
