#include "wsman/class_table.h"

#include <string.h>

#include "base/mem.h"

void mic_class_table_init(struct mic_class_table *table)
{
    *table = (struct mic_class_table){.first = NULL};
}

void mic_class_table_fini(struct mic_class_table *table)
{
    while (table->first != NULL) {
        struct mic_class_entry *entry = table->first;
        table->first = entry->next;
        mic_class_unref(entry->cls);
        mic_free(entry->property_of);
        mic_free(entry->name);
        mic_free(entry);
    }
}

void mic_class_table_forget_names(struct mic_class_table *table)
{
    for (struct mic_class_entry *entry = table->first; entry != NULL; entry = entry->next) {
        if (entry->property_of_size > 0) {
            memset(entry->property_of, 0, entry->property_of_size * sizeof(entry->property_of[0]));
        }
    }
}

struct mic_class_entry *mic_class_table_find(const struct mic_class_table *table,
                                             struct mic_str name)
{
    for (struct mic_class_entry *entry = table->first; entry != NULL; entry = entry->next) {
        if (entry->name_size == name.size &&
            mic_str_equal_nocase((struct mic_str){entry->name, entry->name_size}, name)) {
            return entry;
        }
    }
    return NULL;
}

struct mic_class_entry *mic_class_table_get(struct mic_class_table *table, struct mic_str name)
{
    struct mic_class_entry *entry = mic_class_table_find(table, name);

    if (entry != NULL) {
        return entry;
    }
    entry = mic_calloc(1, sizeof(*entry));
    if (entry == NULL) {
        return NULL;
    }
    entry->name = mic_strndup(name.data, name.size);
    if (entry->name == NULL) {
        mic_free(entry);
        return NULL;
    }
    entry->name_size = name.size;
    entry->next = table->first;
    table->first = entry;
    table->count++;
    return entry;
}

static MI_Result demand_failed(const char *name, const char *why, struct mic_err *err)
{
    return mic_err_set(err, MIC_E_METADATA,
                       "%s of class %.200s, which the RTTI flags of the operation demand", why,
                       name);
}

MI_Result mic_class_table_choose(struct mic_class_table *table, struct mic_str name,
                                 struct mic_str base, bool is_embedded,
                                 struct mic_class_entry **entry, struct mic_class_entry **wanted,
                                 struct mic_err *err)
{
    const struct mic_str candidates[] = {name, base};
    size_t count = table->demand != MIC_CLASS_DEMAND_EXACT && base.size > 0 ? 2 : 1;
    struct mic_class_entry *found = NULL;

    *entry = *wanted = NULL;
    for (size_t i = 0; i < count && (found == NULL || found->cls == NULL); i++) {
        found = mic_class_table_find(table, candidates[i]);
        if (found == NULL && is_embedded && table->count >= MIC_EMBEDDED_CLASSES_MAX) {
            continue;
        }
        found = found != NULL ? found : mic_class_table_get(table, candidates[i]);
        if (found == NULL) {
            return mic_err_set(err, MIC_E_MEMORY, "out of memory while reading a reply");
        }
        if (!found->is_settled) {
            *wanted = found;
            return MI_RESULT_OK;
        }
    }
    if (found != NULL && found->cls != NULL) {
        *entry = found;
        return MI_RESULT_OK;
    }
    if (table->demand < MIC_CLASS_DEMAND_TYPES) {
        return MI_RESULT_OK;
    }
    return found != NULL
               ? demand_failed(found->name, "the server does not give the declaration", err)
               : demand_failed("one more embedded instance", "too many classes to ask for that",
                               err);
}

void mic_class_entry_set(struct mic_class_entry *entry, struct mic_class *cls)
{
    if (cls != NULL) {
        mic_class_ref(cls);
    }
    mic_class_unref(entry->cls);
    entry->cls = cls;
    entry->is_settled = true;
    if (entry->property_of_size > 0) {
        memset(entry->property_of, 0, entry->property_of_size * sizeof(entry->property_of[0]));
    }
}

static bool make_room(struct mic_class_entry *entry, uint32_t number)
{
    uint32_t size = entry->property_of_size < 64 ? 64 : entry->property_of_size;

    while (size <= number) {
        size *= 2;
    }
    uint32_t *grown = mic_realloc(entry->property_of, size * sizeof(grown[0]));
    if (grown == NULL) {
        return false;
    }
    memset(grown + entry->property_of_size, 0, (size - entry->property_of_size) * sizeof(grown[0]));
    entry->property_of = grown;
    entry->property_of_size = size;
    return true;
}

int mic_class_entry_find(struct mic_class_entry *entry, const struct mic_xml_tape *tape,
                         uint32_t number, MI_Uint32 hint)
{
    const struct mic_xml_name *name = &tape->names[number];
    int index = mic_decl_find_property(entry->cls->public_class.classDecl,
                                       (struct mic_str){name->local, name->size}, hint);
    /* Without memory for the shortcut the search is simply done again next time. */
    if (number < entry->property_of_size || make_room(entry, number)) {
        entry->property_of[number] = (uint32_t)(index + 2);
    }
    return index;
}
