#include "api/handle.h"

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "base/mem.h"

/* A slot's word: generation << 22 | open << 21 | references. One word, so that a lookup can compare
 * the generation and count the reference in one step. */
#define REFERENCES_BITS  21u
#define REFERENCES_MAX   (((uint64_t)1 << REFERENCES_BITS) - 1)
#define OPEN_BIT         ((uint64_t)1 << REFERENCES_BITS)
#define GENERATION_SHIFT (REFERENCES_BITS + 1)
#define GENERATION_MAX   (UINT64_MAX >> GENERATION_SHIFT)

/* reserved1: generation << 8 | kind. */
#define KIND_BITS 8u

/* Chunk k holds FIRST_CHUNK << k slots, so a slot's number gives its chunk without a search. */
#define FIRST_CHUNK_BITS 6u
#define FIRST_CHUNK      ((size_t)1 << FIRST_CHUNK_BITS)
#define CHUNKS           24u

struct slot {
    _Atomic uint64_t word;
    void *object;
    void (*destroy)(void *object);
    enum mic_handle_kind kind;
    size_t number;
    struct slot *next_free; /* guarded by table.mutex */
};

static struct {
    pthread_mutex_t mutex;
    struct slot *_Atomic chunks[CHUNKS]; /* set once each, never freed */
    struct slot *free;
    size_t used; /* slots ever given out */
} table = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static unsigned chunk_of(size_t number, size_t *offset)
{
    size_t shifted = number + FIRST_CHUNK;
    unsigned high = (unsigned)(sizeof(unsigned long long) * CHAR_BIT) - 1 -
                    (unsigned)__builtin_clzll((unsigned long long)shifted);

    *offset = shifted - ((size_t)1 << high);
    return high - FIRST_CHUNK_BITS;
}

static struct slot *slot_at(ptrdiff_t number)
{
    size_t offset;
    unsigned chunk;
    struct slot *slots;

    if (number < 0 || (size_t)number > SIZE_MAX / 2 - FIRST_CHUNK) {
        return NULL;
    }
    chunk = chunk_of((size_t)number, &offset);
    if (chunk >= CHUNKS) {
        return NULL;
    }
    slots = atomic_load_explicit(&table.chunks[chunk], memory_order_acquire);
    return slots == NULL ? NULL : &slots[offset];
}

/* Called with the mutex held. */
static struct slot *take_slot(void)
{
    struct slot *slot = table.free;
    size_t offset;
    unsigned chunk;
    struct slot *slots;

    if (slot != NULL) {
        table.free = slot->next_free;
        return slot;
    }
    chunk = chunk_of(table.used, &offset);
    if (chunk >= CHUNKS) {
        return NULL;
    }
    slots = atomic_load_explicit(&table.chunks[chunk], memory_order_relaxed);
    if (slots == NULL) {
        slots = mic_calloc(FIRST_CHUNK << chunk, sizeof(*slots));
        if (slots == NULL) {
            return NULL;
        }
        atomic_store_explicit(&table.chunks[chunk], slots, memory_order_release);
    }
    slots[offset].number = table.used++;
    return &slots[offset];
}

MI_Result mic_handle_open(enum mic_handle_kind kind, void *object, void (*destroy)(void *object),
                          MI_Uint64 *reserved1, ptrdiff_t *reserved2)
{
    struct slot *slot;
    uint64_t generation;

    pthread_mutex_lock(&table.mutex);
    slot = take_slot();
    pthread_mutex_unlock(&table.mutex);
    if (slot == NULL) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    slot->object = object;
    slot->destroy = destroy;
    slot->kind = kind;
    generation = (atomic_load_explicit(&slot->word, memory_order_relaxed) >> GENERATION_SHIFT) + 1;
    atomic_store_explicit(&slot->word, generation << GENERATION_SHIFT | OPEN_BIT | 1,
                          memory_order_release);
    *reserved1 = generation << KIND_BITS | (uint64_t)kind;
    *reserved2 = (ptrdiff_t)slot->number;
    return MI_RESULT_OK;
}

static bool names_open_handle(uint64_t word, enum mic_handle_kind kind, MI_Uint64 reserved1)
{
    return (word & OPEN_BIT) != 0 &&
           (word >> GENERATION_SHIFT << KIND_BITS | (uint64_t)kind) == reserved1;
}

void *mic_handle_acquire(enum mic_handle_kind kind, MI_Uint64 reserved1, ptrdiff_t reserved2)
{
    struct slot *slot = slot_at(reserved2);
    uint64_t word;

    if (slot == NULL) {
        return NULL;
    }
    word = atomic_load_explicit(&slot->word, memory_order_relaxed);
    do {
        if (!names_open_handle(word, kind, reserved1) ||
            (word & REFERENCES_MAX) == REFERENCES_MAX) {
            return NULL;
        }
    } while (!atomic_compare_exchange_weak_explicit(&slot->word, &word, word + 1,
                                                    memory_order_acquire, memory_order_relaxed));
    if (slot->kind != kind) {
        /* A forged kind on a true generation: the word cannot tell, the slot can. */
        mic_handle_release(reserved2);
        return NULL;
    }
    return slot->object;
}

void mic_handle_retain(ptrdiff_t reserved2)
{
    struct slot *slot = slot_at(reserved2);

    if (slot != NULL) {
        atomic_fetch_add_explicit(&slot->word, 1, memory_order_relaxed);
    }
}

/* A slot whose generations are used up stays out of use, so that no handle ever comes twice. */
static void give_back(struct slot *slot, uint64_t word)
{
    if (word >> GENERATION_SHIFT >= GENERATION_MAX) {
        return;
    }
    pthread_mutex_lock(&table.mutex);
    slot->next_free = table.free;
    table.free = slot;
    pthread_mutex_unlock(&table.mutex);
}

void mic_handle_release(ptrdiff_t reserved2)
{
    struct slot *slot = slot_at(reserved2);
    uint64_t word;

    if (slot == NULL) {
        return;
    }
    word = atomic_fetch_sub_explicit(&slot->word, 1, memory_order_acq_rel) - 1;
    if ((word & REFERENCES_MAX) != 0) {
        return;
    }
    if (slot->destroy != NULL) {
        slot->destroy(slot->object);
    }
    slot->object = NULL;
    slot->destroy = NULL;
    give_back(slot, word);
}

void *mic_handle_close(enum mic_handle_kind kind, MI_Uint64 reserved1, ptrdiff_t reserved2)
{
    struct slot *slot = slot_at(reserved2);
    uint64_t word;

    if (mic_handle_acquire(kind, reserved1, reserved2) == NULL) {
        return NULL;
    }
    word = atomic_fetch_and_explicit(&slot->word, ~OPEN_BIT, memory_order_acq_rel);
    /* The reference taken above goes; the winner keeps the handle's own. */
    if ((word & OPEN_BIT) == 0) {
        mic_handle_release(reserved2);
        return NULL;
    }
    atomic_fetch_sub_explicit(&slot->word, 1, memory_order_acq_rel);
    return slot->object;
}
