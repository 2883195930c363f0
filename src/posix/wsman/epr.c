#include "wsman/epr.h"

#include <string.h>

#include "model/value.h"
#include "wsman/fault.h"
#include "wsman/uris.h"
#include "wsman/value_text.h"

static MI_Result no_memory(struct mic_err *err)
{
    return mic_err_set(err, MIC_E_MEMORY, "out of memory while reading a reference");
}

/* ---- reading ---- */

static bool find_parameters(const struct mic_xml_cursor *element, struct mic_xml_cursor *found)
{
    return mic_xml_child(element, MIC_XN_A_REFERENCE_PARAMETERS, found) ||
           mic_xml_child(element, MIC_XN_A_REFERENCE_PROPERTIES, found);
}

/* .../wmi/root/cimv2/Win32_Process names class and namespace, .../cim-schema/2/X the class only. */
static void take_uri(struct mic_epr *epr, struct mic_str uri)
{
    static const struct mic_str wmi = {MIC_URI_WMI, sizeof(MIC_URI_WMI) - 1};
    size_t slash;

    uri = mic_str_trim(uri);
    const char *question = memchr(uri.data, '?', uri.size);
    if (question != NULL) {
        uri.size = (size_t)(question - uri.data);
    }
    for (slash = uri.size; slash > 0 && uri.data[slash - 1] != '/'; slash--) {
    }
    epr->class_name = (struct mic_str){uri.data + slash, uri.size - slash};
    if (mic_str_starts_with(uri, wmi) && slash > wmi.size + 1) {
        epr->name_space = (struct mic_str){uri.data + wmi.size, slash - 1 - wmi.size};
    }
}

bool mic_epr_key(const struct mic_xml_cursor *selector, struct mic_str *name)
{
    return mic_xml_token(selector) == MIC_XN_W_SELECTOR &&
           mic_xml_attribute(selector, MIC_XN_ATTR_NAME, name) &&
           !mic_str_equal_nocase(*name, MIC_STR("__cimnamespace"));
}

bool mic_epr_parse(const struct mic_xml_cursor *element, struct mic_epr *epr)
{
    struct mic_xml_cursor parameters, part;
    struct mic_str name;

    if (mic_xml_child(element, MIC_XN_A_ENDPOINT_REFERENCE, &part)) {
        return mic_epr_parse(&part, epr);
    }
    if (!find_parameters(element, &parameters)) {
        return false;
    }
    *epr = (struct mic_epr){{"", 0}, {"", 0}, {element->tape, 0, 0}};
    if (mic_xml_child(&parameters, MIC_XN_W_RESOURCE_URI, &part)) {
        take_uri(epr, mic_xml_value(&part));
    }
    if (mic_xml_child(&parameters, MIC_XN_W_SELECTOR_SET, &part)) {
        epr->selectors = mic_xml_enter(&part);
    }
    for (part = epr->selectors; mic_xml_at(&part); mic_xml_skip(&part)) {
        if (mic_xml_attribute(&part, MIC_XN_ATTR_NAME, &name) &&
            mic_str_equal_nocase(name, MIC_STR("__cimnamespace"))) {
            epr->name_space = mic_str_trim(mic_xml_value(&part));
        }
    }
    return true;
}

struct key_reading {
    struct mic_arena *arena;
    struct mic_class_table *classes;
    const char *name_space;
    struct mic_instance *instance;
    struct mic_err *err;
};

static MI_Result read_key(const struct key_reading *reading, const struct mic_xml_cursor *selector,
                          struct mic_str name)
{
    struct mic_epr nested;
    MI_Type type = MI_STRING;
    MI_Value value;
    int index = reading->instance->cls == NULL ? -1 : mic_instance_find(reading->instance, name, 0);

    if (mic_epr_parse(selector, &nested)) {
        struct mic_instance *target = NULL;
        MI_Result result = mic_epr_read(&nested, reading->arena, reading->classes,
                                        reading->name_space, &target, reading->err);
        if (result != MI_RESULT_OK) {
            return result;
        }
        type = MI_REFERENCE;
        value.reference = &target->public_instance;
    } else {
        struct mic_str text = mic_xml_value(selector);
        if (index >= 0) {
            type = reading->instance->properties[index].type;
        }
        if (MIC_TYPE_IS_ARRAY(type) || type == MI_REFERENCE || type == MI_INSTANCE ||
            type == MI_STRING || !mic_value_from_text(reading->arena, type, text, &value)) {
            type = MI_STRING;
            value.string = mic_arena_str(reading->arena, text);
            if (value.string == NULL) {
                return no_memory(reading->err);
            }
        }
    }
    if (index >= 0) {
        mic_instance_put(reading->instance, (MI_Uint32)index, type, &value);
        return MI_RESULT_OK;
    }
    const char *text = mic_arena_str(reading->arena, name);
    if (text == NULL || !mic_instance_append(reading->instance, text, type, &value, MI_FLAG_KEY)) {
        return no_memory(reading->err);
    }
    return MI_RESULT_OK;
}

MI_Result mic_epr_read(const struct mic_epr *epr, struct mic_arena *arena,
                       struct mic_class_table *classes, const char *name_space,
                       struct mic_instance **out, struct mic_err *err)
{
    struct key_reading reading = {arena, classes, name_space, NULL, err};
    const struct mic_class_entry *entry = mic_class_table_find(classes, epr->class_name);
    const char *class_name = mic_arena_str(arena, epr->class_name);
    struct mic_xml_cursor selector = epr->selectors;

    if (epr->name_space.size > 0) {
        reading.name_space = mic_arena_str(arena, epr->name_space);
    }
    if (class_name == NULL || (epr->name_space.size > 0 && reading.name_space == NULL)) {
        return no_memory(err);
    }
    reading.instance = mic_instance_new_in(arena, class_name, entry == NULL ? NULL : entry->cls, 4);
    if (reading.instance == NULL) {
        return no_memory(err);
    }
    mic_instance_set_namespace(reading.instance, reading.name_space, NULL);
    for (; mic_xml_at(&selector); mic_xml_skip(&selector)) {
        struct mic_str name;
        if (!mic_epr_key(&selector, &name)) {
            continue;
        }
        MI_Result result = read_key(&reading, &selector, name);
        if (result != MI_RESULT_OK) {
            return result;
        }
    }
    *out = reading.instance;
    return MI_RESULT_OK;
}

/* ---- writing ---- */

void mic_family_uri(const struct mic_family *family, const char *name_space, const char *class_name,
                    struct mic_buf *uri)
{
    if (family->prefix != NULL) {
        mic_buf_append_text(uri, family->prefix);
    } else if (family->is_wmi) {
        mic_buf_append_text(uri, MIC_URI_WMI);
        mic_buf_append_text(uri, name_space);
    } else {
        mic_buf_append_text(uri, MIC_URI_CIM_SCHEMA);
    }
    if (uri->size > 0 && uri->data[uri->size - 1] != '/') {
        mic_buf_append_char(uri, '/');
    }
    mic_buf_append_text(uri, class_name);
}

/* Keys that are references have keys in turn, which an application's own kind of instance may never
 * end: no object is named in so many steps. */
#define REFERENCES_MAX      256u
#define REFERENCE_DEPTH_MAX 16u

struct key_writing {
    struct mic_xml_writer *writer;
    const struct mic_family *family;
    struct mic_err *err;
    unsigned references, depth;
};

static MI_Result write_reference(struct key_writing *writing, const char *name_space,
                                 const MI_Instance *to);

static MI_Result write_target(struct key_writing *writing, const char *name, const char *name_space,
                              const MI_Instance *to)
{
    if (to->ft == NULL) {
        return mic_err_set(writing->err, MIC_E_ARGUMENT,
                           "the key %s refers to an instance without a function table", name);
    }
    if (writing->depth >= REFERENCE_DEPTH_MAX || writing->references >= REFERENCES_MAX) {
        return mic_err_set(writing->err, MIC_E_ARGUMENT,
                           "the key %s refers to instances without an end", name);
    }
    writing->references++;
    writing->depth++;
    mic_xml_open(writing->writer, MIC_XN_A_ENDPOINT_REFERENCE);
    MI_Result result = write_reference(writing, name_space, to);
    mic_xml_close(writing->writer, MIC_XN_A_ENDPOINT_REFERENCE);
    writing->depth--;
    return result;
}

static MI_Result write_key(struct key_writing *writing, const char *name, MI_Type type,
                           const MI_Value *value, const char *name_space)
{
    struct mic_xml_writer *writer = writing->writer;
    struct mic_err *err = writing->err;
    char room[MIC_VALUE_ROOM];

    mic_xml_open(writer, MIC_XN_W_SELECTOR);
    mic_xml_attr(writer, MIC_XN_ATTR_NAME, mic_str_from(name));
    if (type == MI_REFERENCE && value->reference != NULL) {
        MI_Result result = write_target(writing, name, name_space, value->reference);
        if (result != MI_RESULT_OK) {
            return result;
        }
    } else {
        const char *text = mic_value_text(type, value, room);
        if (text == NULL) {
            return mic_err_set(err, MIC_E_ARGUMENT,
                               "the key %s has a value of a type that cannot "
                               "be a key",
                               name);
        }
        mic_xml_text(writer, mic_str_from(text));
    }
    mic_xml_close(writer, MIC_XN_W_SELECTOR);
    return mic_write_status(writer, "key", name, err);
}

static bool has_keys(const MI_Instance *instance, MI_Uint32 count)
{
    for (MI_Uint32 i = 0; i < count; i++) {
        MI_Uint32 flags = 0;
        if (instance->ft->GetElementAt(instance, i, NULL, NULL, NULL, &flags) == MI_RESULT_OK &&
            (flags & MI_FLAG_KEY) != 0) {
            return true;
        }
    }
    return false;
}

static MI_Result write_keys(struct key_writing *writing, const MI_Instance *instance,
                            bool all_values)
{
    struct mic_err *err = writing->err;
    MI_Uint32 count = 0;
    const MI_Char *name_space = NULL;

    if (instance->ft->GetElementCount(instance, &count) != MI_RESULT_OK) {
        return mic_err_set(err, MIC_E_ARGUMENT, "the instance given cannot be read");
    }
    (void)instance->ft->GetNameSpace(instance, &name_space);
    bool only_keys = !all_values || has_keys(instance, count);
    for (MI_Uint32 i = 0; i < count; i++) {
        const MI_Char *name = NULL;
        MI_Value value;
        MI_Type type = MI_STRING;
        MI_Uint32 flags = 0;
        MI_Result result = instance->ft->GetElementAt(instance, i, &name, &value, &type, &flags);
        if (result != MI_RESULT_OK || name == NULL) {
            return mic_err_set(err, MIC_E_ARGUMENT,
                               "element %lu of the instance given cannot be "
                               "read",
                               (unsigned long)i);
        }
        if (only_keys ? (flags & MI_FLAG_KEY) == 0 : (flags & MI_FLAG_NULL) != 0) {
            continue;
        }
        if ((flags & MI_FLAG_NULL) != 0 || (type == MI_STRING && value.string == NULL)) {
            mic_err_set(err, MIC_E_ARGUMENT, "the key %s is NULL", name);
            err->hresult = MIC_CODE_NULL_KEY;
            return err->result;
        }
        result = write_key(writing, name, type, &value, name_space);
        if (result != MI_RESULT_OK) {
            return result;
        }
    }
    return MI_RESULT_OK;
}

static MI_Result write_reference(struct key_writing *writing, const char *name_space,
                                 const MI_Instance *to)
{
    struct mic_xml_writer *writer = writing->writer;
    const struct mic_family *family = writing->family;
    const MI_Char *own = NULL, *class_name = NULL;
    struct mic_buf uri;

    if (to->ft->GetNameSpace(to, &own) == MI_RESULT_OK && own != NULL) {
        name_space = own;
    }
    if (to->ft->GetClassName(to, &class_name) != MI_RESULT_OK || class_name == NULL) {
        return mic_err_set(writing->err, MIC_E_ARGUMENT,
                           "a reference is to an instance without a class");
    }
    mic_buf_init(&uri);
    mic_family_uri(family, name_space == NULL ? "" : name_space, class_name, &uri);
    mic_xml_leaf(writer, MIC_XN_A_ADDRESS, MIC_STR(MIC_URI_ANONYMOUS));
    mic_xml_open(writer, MIC_XN_A_REFERENCE_PARAMETERS);
    mic_xml_leaf(writer, MIC_XN_W_RESOURCE_URI, mic_str_from(mic_buf_text(&uri)));
    writer->out->failed |= uri.failed;
    mic_buf_fini(&uri);
    mic_xml_open(writer, MIC_XN_W_SELECTOR_SET);
    if (name_space != NULL && !family->is_wmi) {
        mic_xml_open(writer, MIC_XN_W_SELECTOR);
        mic_xml_attr(writer, MIC_XN_ATTR_NAME, MIC_STR("__cimnamespace"));
        mic_xml_text(writer, mic_str_from(name_space));
        mic_xml_close(writer, MIC_XN_W_SELECTOR);
    }
    MI_Result result = write_keys(writing, to, true);
    mic_xml_close(writer, MIC_XN_W_SELECTOR_SET);
    mic_xml_close(writer, MIC_XN_A_REFERENCE_PARAMETERS);
    return result;
}

MI_Result mic_epr_write(struct mic_xml_writer *writer, const struct mic_family *family,
                        const char *name_space, const MI_Instance *to, struct mic_err *err)
{
    struct key_writing writing = {writer, family, err, 0, 0};

    return write_reference(&writing, name_space, to);
}

MI_Result mic_epr_write_keys(struct mic_xml_writer *writer, const struct mic_family *family,
                             const MI_Instance *instance, bool all_values, struct mic_err *err)
{
    struct key_writing writing = {writer, family, err, 0, 0};

    return write_keys(&writing, instance, all_values);
}
