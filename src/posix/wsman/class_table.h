/** The classes one operation has met, each asked for once, with a shortcut from the reader's number
 * of an element name to the property it stands for. */
#ifndef MIC_WSMAN_CLASS_TABLE_H
#define MIC_WSMAN_CLASS_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/class.h"
#include "xml/xml_reader.h"

struct mic_class_entry {
    struct mic_class_entry *next;
    char *name; /* as first met */
    size_t name_size;
    struct mic_class *cls; /* counted; NULL: not asked yet, or not to be had */
    bool is_settled;       /* asked and answered */
    uint32_t *property_of; /* by number of a name: 0 unknown, 1 none, else index + 2 */
    uint32_t property_of_size;
};

struct mic_class_table {
    struct mic_class_entry *first;
};

void mic_class_table_init(struct mic_class_table *table);
void mic_class_table_fini(struct mic_class_table *table);
/** The reader's names have other numbers now. */
void mic_class_table_forget_names(struct mic_class_table *table);
/** @return the entry, made when there is none; NULL when out of memory. */
struct mic_class_entry *mic_class_table_get(struct mic_class_table *table, struct mic_str name);
/** @return the entry or NULL. */
struct mic_class_entry *mic_class_table_find(const struct mic_class_table *table,
                                             struct mic_str name);
/** Settle an entry; @p cls is counted here, NULL when it cannot be had. */
void mic_class_entry_set(struct mic_class_entry *entry, struct mic_class *cls);
int mic_class_entry_find(struct mic_class_entry *entry, const struct mic_xml_tape *tape,
                         uint32_t number, MI_Uint32 hint);

/** @return the index of the property that name @p number stands for, -1 when there is none. */
static inline int mic_class_entry_property(struct mic_class_entry *entry,
                                           const struct mic_xml_tape *tape, uint32_t number,
                                           MI_Uint32 hint)
{
    if (number < entry->property_of_size && entry->property_of[number] != 0) {
        return (int)entry->property_of[number] - 2;
    }
    return mic_class_entry_find(entry, tape, number, hint);
}

#endif
