#include "xml/xml_pool.h"

#include <stdatomic.h>

#include "base/mem.h"

#define SLOTS 8

struct mic_xml_pool {
    _Atomic(struct mic_xml_reader *) slots[SLOTS];
};

struct mic_xml_pool *mic_xml_pool_new(void)
{
    struct mic_xml_pool *pool = mic_alloc(sizeof(*pool));

    for (size_t i = 0; pool != NULL && i < SLOTS; i++) {
        atomic_init(&pool->slots[i], NULL);
    }
    return pool;
}

void mic_xml_pool_free(struct mic_xml_pool *pool)
{
    if (pool == NULL) {
        return;
    }
    for (size_t i = 0; i < SLOTS; i++) {
        mic_xml_reader_free(atomic_load(&pool->slots[i]));
    }
    mic_free(pool);
}

struct mic_xml_reader *mic_xml_pool_acquire(struct mic_xml_pool *pool,
                                            const struct mic_xml_container *containers,
                                            size_t count)
{
    for (size_t i = 0; pool != NULL && i < SLOTS; i++) {
        struct mic_xml_reader *reader = atomic_exchange(&pool->slots[i], NULL);
        if (reader != NULL) {
            mic_xml_reader_use(reader, containers, count);
            return reader;
        }
    }
    return mic_xml_reader_new(containers, count);
}

void mic_xml_pool_release(struct mic_xml_pool *pool, struct mic_xml_reader *reader)
{
    if (reader == NULL) {
        return;
    }
    mic_xml_reader_shrink(reader);
    for (size_t i = 0; pool != NULL && i < SLOTS; i++) {
        struct mic_xml_reader *none = NULL;
        if (atomic_compare_exchange_strong(&pool->slots[i], &none, reader)) {
            return;
        }
    }
    mic_xml_reader_free(reader);
}
