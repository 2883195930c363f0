#include "wsman/dialogue.h"

#include <string.h>

MI_Result mic_item_no_memory(struct mic_err *err)
{
    return mic_err_set(err, MIC_E_MEMORY, "out of memory while reading a reply");
}

/* Every choice but NO_RTTI asks; for BASIC the engine may answer from its cache alone. Servers of
 * the down-level family, and those addressed by a URI of their own, have no declarations to give:
 * they are asked only when types are demanded. */
static bool wants_classes(const struct mic_exchange *exchange)
{
    MI_Uint32 demand = MI_OPERATIONFLAGS_STANDARD_RTTI | MI_OPERATIONFLAGS_FULL_RTTI;

    if ((exchange->flags & MI_OPERATIONFLAGS_NO_RTTI) != 0) {
        return false;
    }
    return (exchange->flags & demand) != 0 ||
           (!exchange->down_level && exchange->custom_uri == NULL);
}

MI_Result mic_item_class(struct mic_exchange *exchange, struct mic_str name,
                         struct mic_class_entry **entry, struct mic_err *err)
{
    *entry = NULL;
    if (!wants_classes(exchange) || name.size == 0) {
        return MI_RESULT_OK;
    }
    struct mic_class_entry *found = mic_class_table_get(&exchange->classes, name);
    if (found == NULL) {
        return mic_item_no_memory(err);
    }
    /* A subclass nobody can describe still has what it inherits from the class asked for. */
    if (found->is_settled && found->cls == NULL && exchange->class_name != NULL) {
        found = mic_class_table_get(&exchange->classes, mic_str_from(exchange->class_name));
        if (found == NULL) {
            return mic_item_no_memory(err);
        }
    }
    if (!found->is_settled) {
        exchange->wanted_class = found;
        return MI_RESULT_OK;
    }
    *entry = found->cls == NULL ? NULL : found;
    return MI_RESULT_OK;
}

/* FULL_RTTI: embedded objects are typed by their own classes too. */
static MI_Result want_embedded(struct mic_exchange *exchange, const struct mic_xml_cursor *element,
                               struct mic_err *err)
{
    struct mic_str name;

    if ((exchange->flags & MI_OPERATIONFLAGS_FULL_RTTI) == 0 || !wants_classes(exchange) ||
        !mic_instance_unsettled_class(element, &exchange->classes, &name)) {
        return MI_RESULT_OK;
    }
    exchange->wanted_class = mic_class_table_get(&exchange->classes, name);
    return exchange->wanted_class == NULL ? mic_item_no_memory(err) : MI_RESULT_OK;
}

/* SHALLOW: servers that do not know the mode send subclasses all the same. */
static bool is_unwanted(const struct mic_exchange *exchange, struct mic_str class_name)
{
    MI_Uint32 mode = exchange->flags & MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY;

    return exchange->row->is_paged && mode == MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW &&
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
    if (local->token == MIC_XN_W_XML_FRAGMENT) {
        name = epr != NULL && epr->class_name.size > 0 ? epr->class_name
                                                       : mic_str_from(exchange->class_name);
    }
    if (is_unwanted(exchange, name)) {
        return MI_RESULT_OK;
    }
    MI_Result result = mic_item_class(exchange, name, &entry, err);
    if (result == MI_RESULT_OK && exchange->wanted_class == NULL) {
        result = want_embedded(exchange, element, err);
    }
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
        result = mic_instance_read(&exchange->instances, element, &exchange->item_arena, entry,
                                   class_name, name_space, &exchange->item, err);
    }
    if (result == MI_RESULT_OK && epr != NULL && entry == NULL) {
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
