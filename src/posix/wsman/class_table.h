/** The classes one operation has met, each asked for once, with a shortcut from the reader's number
 * of an element name to the property it stands for. */
#ifndef MIC_WSMAN_CLASS_TABLE_H
#define MIC_WSMAN_CLASS_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
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

/** How much the operation wants to know of classes. */
enum mic_class_demand {
    MIC_CLASS_DEMAND_NONE,
    MIC_CLASS_DEMAND_WISH,  /* strings where a class cannot be had */
    MIC_CLASS_DEMAND_TYPES, /* an error where neither it nor its base can be had */
    MIC_CLASS_DEMAND_EXACT  /* an error where it cannot be had itself */
};

/** Embedded instances make an operation ask for no more classes than this. */
#define MIC_EMBEDDED_CLASSES_MAX 128

struct mic_class_table {
    struct mic_class_entry *first;
    uint32_t count;
    enum mic_class_demand demand;
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
/** The entry an instance of class @p name is read with. @p base  the class it was declared or asked
 * for as, which describes a part of it; may be empty.
 *  @param[out] entry   NULL: strings, or @p wanted first
 *  @param[out] wanted  not settled: ask for it, then choose again
 *  @param is_embedded  bounded by MIC_EMBEDDED_CLASSES_MAX
 *  @return MIC_E_METADATA when types are demanded and cannot be had */
MI_Result mic_class_table_choose(struct mic_class_table *table, struct mic_str name,
                                 struct mic_str base, bool is_embedded,
                                 struct mic_class_entry **entry, struct mic_class_entry **wanted,
                                 struct mic_err *err);
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
