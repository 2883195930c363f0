#include "wsman/dialogue.h"

#include <string.h>

MI_Result mic_item_no_memory(struct mic_err *err)
{
    return mic_err_set(err, MIC_E_MEMORY, "out of memory while reading a reply");
}

/* Every choice but NO_RTTI asks; for BASIC the engine may answer from its cache alone. Servers of
 * the down-level family, and those addressed by a URI of their own, have no declarations to give:
 * they are asked only when types are demanded. */
static enum mic_class_demand demand_of(const struct mic_exchange *exchange)
{
    if ((exchange->flags & MI_OPERATIONFLAGS_NO_RTTI) != 0) {
        return MIC_CLASS_DEMAND_NONE;
    }
    if ((exchange->flags & MI_OPERATIONFLAGS_FULL_RTTI) != 0) {
        return MIC_CLASS_DEMAND_EXACT;
    }
    if ((exchange->flags & MI_OPERATIONFLAGS_STANDARD_RTTI) != 0) {
        return MIC_CLASS_DEMAND_TYPES;
    }
    return exchange->down_level || exchange->custom_uri != NULL ? MIC_CLASS_DEMAND_NONE
                                                                : MIC_CLASS_DEMAND_WISH;
}

MI_Result mic_item_class(struct mic_exchange *exchange, struct mic_str name,
                         struct mic_class_entry **entry, struct mic_err *err)
{
    *entry = NULL;
    exchange->classes.demand = demand_of(exchange);
    if (exchange->classes.demand == MIC_CLASS_DEMAND_NONE || name.size == 0) {
        return MI_RESULT_OK;
    }
    /* A subclass nobody can describe still has what it inherits from the class asked for. */
    return mic_class_table_choose(&exchange->classes, name, mic_str_from(exchange->class_name),
                                  false, entry, &exchange->wanted_class, err);
}

/* One pass when every class is known. An embedded instance whose class is not ends it: the class is
 * asked for, and the item read again. */
static MI_Result read_instance(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                               struct mic_class_entry *entry, const char *class_name,
                               const char *name_space, struct mic_err *err)
{
    struct mic_instance_reader *reader = &exchange->instances;

    reader->may_ask = exchange->classes.demand != MIC_CLASS_DEMAND_NONE;
    reader->wanted_class = NULL;
    MI_Result result = mic_instance_read(reader, element, &exchange->item_arena, entry, class_name,
                                         name_space, &exchange->item, err);
    reader->may_ask = false;
    if (reader->wanted_class != NULL) {
        exchange->wanted_class = reader->wanted_class;
        return MI_RESULT_OK;
    }
    return result;
}

MI_Result mic_item_read_as(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                           struct mic_class_entry *entry, const char *class_name,
                           const char *name_space, struct mic_err *err)
{
    exchange->classes.demand = demand_of(exchange);
    return read_instance(exchange, element, entry, class_name, name_space, err);
}

/* SHALLOW: servers that do not know the mode send subclasses all the same. */
static bool is_unwanted(const struct mic_exchange *exchange, struct mic_str class_name)
{
    MI_Uint32 mode = exchange->flags & MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY;

    return exchange->verb == MIC_VERB_ENUMERATE && mode == MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW &&
           exchange->class_name != NULL &&
           !mic_str_equal_nocase(class_name, mic_str_from(exchange->class_name));
}

static MI_Result name_space_of(struct mic_exchange *exchange, const struct mic_epr *epr,
                               const char **out, struct mic_err *err)
{
    *out = exchange->name_space;
    if (epr == NULL || epr->name_space.size == 0 ||
        mic_str_equal(epr->name_space, mic_str_from(exchange->name_space))) {
        return MI_RESULT_OK;
    }
    *out = mic_arena_str(&exchange->item_arena, epr->name_space);
    return *out == NULL ? mic_item_no_memory(err) : MI_RESULT_OK;
}

MI_Result mic_item_read_object(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                               const struct mic_epr *epr, struct mic_err *err)
{
    struct mic_str name = mic_instance_class_name(element);
    const struct mic_xml_name *local = mic_xml_name(element);
    const char *class_name = local->local, *name_space;
    struct mic_class_entry *entry;

    if (mic_instance_is_error(element)) {
        return MI_RESULT_OK; /* a non-terminating error among the results is no instance */
    }
    if (local->token == MIC_XN_W_XML_FRAGMENT) { /* some of its properties, and no name */
        name = epr != NULL && epr->class_name.size > 0 ? epr->class_name
               : exchange->class_name != NULL          ? mic_str_from(exchange->class_name)
                                                       : name;
    }
    if (is_unwanted(exchange, name)) {
        return MI_RESULT_OK;
    }
    MI_Result result = mic_item_class(exchange, name, &entry, err);
    if (result != MI_RESULT_OK || exchange->wanted_class != NULL) {
        return result;
    }
    if (name.size != local->size || memcmp(name.data, local->local, name.size) != 0) {
        class_name = mic_arena_str(&exchange->item_arena, name);
        if (class_name == NULL) {
            return mic_item_no_memory(err);
        }
    }
    result = name_space_of(exchange, epr, &name_space, err);
    if (result == MI_RESULT_OK) {
        result = read_instance(exchange, element, entry, class_name, name_space, err);
    }
    if (result == MI_RESULT_OK && exchange->item != NULL && epr != NULL && entry == NULL) {
        mic_instance_mark_keys(exchange->item, &epr->selectors);
    }
    return result;
}

MI_Result mic_item_read_epr(struct mic_exchange *exchange, const struct mic_epr *epr,
                            struct mic_err *err)
{
    struct mic_class_entry *entry;

    if (is_unwanted(exchange, epr->class_name)) {
        return MI_RESULT_OK;
    }
    MI_Result result = mic_item_class(exchange, epr->class_name, &entry, err);
    if (result != MI_RESULT_OK || exchange->wanted_class != NULL) {
        return result;
    }
    return mic_epr_read(epr, &exchange->item_arena, &exchange->classes, exchange->name_space,
                        &exchange->item, err);
}
