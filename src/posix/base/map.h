/** Text to pointer; keys are copied and compared without case, as CIM names are. */
#ifndef MIC_BASE_MAP_H
#define MIC_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct mic_map_entry;

struct mic_map {
    struct mic_map_entry **buckets;
    size_t bucket_count, size;
    uint64_t seed; /* of the hash, so that no peer can choose names that collide */
};

void mic_map_init(struct mic_map *map);
/** @p free_value, when given, is called on each value left. */
void mic_map_fini(struct mic_map *map, void (*free_value)(void *value));
/** @return the value or NULL. */
void *mic_map_get(const struct mic_map *map, struct mic_str key);
/** Insert or replace. @p old, when given, receives the replaced value or NULL.
 *  @return false when out of memory (nothing changed). */
bool mic_map_put(struct mic_map *map, struct mic_str key, void *value, void **old);
/** @return the removed value or NULL. */
void *mic_map_remove(struct mic_map *map, struct mic_str key);
void mic_map_each(const struct mic_map *map, void (*visit)(void *value, void *context),
                  void *context);

#endif
