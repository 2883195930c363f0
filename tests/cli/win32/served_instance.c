/* MI_Instance, and mi-peer's instances made into one: the values there are texts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "common/datetime.h"
#include "common/utf.h"
#include "served.h"

struct element {
    const MI_Char *name;
    MI_Type type;
    MI_Uint32 flags;
    MI_Value value;
};

struct instance {
    MI_Instance instance;
    const MI_Char *class_name;
    struct element *elements;
    MI_Uint32 count;
};

static const MI_InstanceFT instance_ft;

MI_Char *served_wide(const char *utf8)
{
    size_t size = strlen(utf8), units = mic_utf8_to_utf16(utf8, size, NULL, 0);
    uint16_t *out = peer_xmalloc((units + 1) * sizeof(*out));

    (void)mic_utf8_to_utf16(utf8, size, out, units);
    out[units] = 0;
    return (MI_Char *)out;
}

char *served_utf8(const MI_Char *text)
{
    size_t units = wcslen(text), size = 4 * units;
    char *out = peer_xmalloc(size + 1);

    size = mic_utf16_to_utf8((const uint16_t *)text, units, out, size);
    out[size] = '\0';
    return out;
}

MI_Type served_type(const struct peer_prop *prop)
{
    unsigned is_array = (prop->flags & PP_ARRAY) != 0 ? MI_ARRAY : 0U;

    return (MI_Type)((unsigned)prop->type | is_array);
}

static const struct instance *of(const MI_Instance *self)
{
    return (const struct instance *)(const void *)self;
}

MI_Instance *served_instance_new(const MI_Char *class_name, const char *name_space)
{
    struct instance *made = peer_xmalloc(sizeof(*made));

    memset(made, 0, sizeof(*made));
    made->instance.ft = &instance_ft;
    made->instance.nameSpace = name_space != NULL ? served_wide(name_space) : NULL;
    made->class_name = wcsdup(class_name);
    return &made->instance;
}

static size_t item_size(unsigned type)
{
    static const size_t sizes[] = {
        sizeof(MI_Boolean),  sizeof(MI_Uint8),  sizeof(MI_Sint8),      sizeof(MI_Uint16),
        sizeof(MI_Sint16),   sizeof(MI_Uint32), sizeof(MI_Sint32),     sizeof(MI_Uint64),
        sizeof(MI_Sint64),   sizeof(MI_Real32), sizeof(MI_Real64),     sizeof(MI_Char16),
        sizeof(MI_Datetime), sizeof(MI_Char *), sizeof(MI_Instance *), sizeof(MI_Instance *),
    };

    return sizes[type];
}

/* Callers free what they gave; instances they cannot, since nothing is released here. */
static MI_Value copied(const MI_Value *value, MI_Type type)
{
    unsigned item = (unsigned)type & ~(unsigned)MI_ARRAY;
    MI_Value out = *value;

    if (type == MI_STRING) {
        out.string = wcsdup(value->string);
    } else if (item != (unsigned)type) {
        size_t size = value->array.size * item_size(item);
        out.array.data = memcpy(peer_xmalloc(size), value->array.data, size);
    }
    for (MI_Uint32 i = 0; type == MI_STRINGA && i < out.stringa.size; i++) {
        out.stringa.data[i] = wcsdup(out.stringa.data[i]);
    }
    return out;
}

void served_add(MI_Instance *instance, const MI_Char *name, const MI_Value *value, MI_Type type,
                MI_Uint32 flags)
{
    struct instance *to = (struct instance *)(void *)instance;
    struct element *element;

    to->elements = peer_xrealloc(to->elements, (to->count + 1) * sizeof(*to->elements));
    element = &to->elements[to->count++];
    memset(element, 0, sizeof(*element));
    element->name = wcsdup(name);
    element->type = type;
    element->flags = flags | MI_FLAG_PROPERTY | (value == NULL ? MI_FLAG_NULL : 0U);
    if (value != NULL && (flags & MI_FLAG_NULL) == 0) {
        element->value = copied(value, type);
    }
}

static MI_Instance *path_of(const struct peer_path *path)
{
    MI_Instance *out = served_instance_new(served_wide(path->class_name), path->ns);

    for (size_t i = 0; i < path->count; i++) {
        MI_Value value;
        value.string = served_wide(path->values[i]);
        served_add(out, served_wide(path->names[i]), &value, MI_STRING, MI_FLAG_KEY);
    }
    return out;
}

/* At @p out, which has item_size(type) bytes. False: that type cannot hold it. */
static bool read_item(enum peer_type type, const void *item, void *out)
{
    const char *text = item;
    MI_Value value;

    memset(&value, 0, sizeof(value));
    if (type == PT_REFERENCE) {
        value.reference = path_of(item);
    } else if (type == PT_INSTANCE) {
        value.instance = served_instance_of(item);
    } else if (type == PT_STRING) {
        value.string = served_wide(text);
    } else if (type == PT_DATETIME) {
        if (!mic_datetime_from_cim(text, strlen(text), &value.datetime)) {
            return false;
        }
    } else if (type == PT_BOOLEAN) {
        value.boolean = strcmp(text, "true") == 0;
    } else if (type == PT_REAL32) {
        value.real32 = strtof(text, NULL);
    } else if (type == PT_REAL64) {
        value.real64 = strtod(text, NULL);
    } else if (text[0] == '-') {
        value.sint64 = strtoll(text, NULL, 10); /* little-endian: the smaller ones begin there */
    } else {
        value.uint64 = strtoull(text, NULL, 10);
    }
    memcpy(out, &value, item_size((unsigned)type));
    return true;
}

static const void *item_at(const struct peer_value *from, size_t i)
{
    return from->count == 1 ? from->one : from->items[i];
}

static bool read_value(MI_Type type, const struct peer_value *from, MI_Value *out)
{
    unsigned item = (unsigned)type & ~(unsigned)MI_ARRAY;
    char *items;

    if (item == (unsigned)type) {
        return read_item((enum peer_type)item, from->one, out);
    }
    items = peer_xmalloc(from->count * item_size(item));
    out->array.data = items;
    out->array.size = (MI_Uint32)from->count;
    for (size_t i = 0; i < from->count; i++) {
        if (!read_item((enum peer_type)item, item_at(from, i), items + i * item_size(item))) {
            return false;
        }
    }
    return true;
}

/* A datetime with asterisks is the text that it is. */
static void add_from(MI_Instance *to, const struct peer_prop *prop, const struct peer_value *from)
{
    MI_Type type = served_type(prop);
    MI_Uint32 flags = (prop->flags & PP_KEY) != 0 ? MI_FLAG_KEY : 0U;
    MI_Char *name = served_wide(prop->name);
    MI_Value value;

    memset(&value, 0, sizeof(value));
    if (from->set && !read_value(type, from, &value)) {
        type = (MI_Type)(MI_STRING | ((unsigned)type & MI_ARRAY));
        (void)read_value(type, from, &value);
    }
    served_add(to, name, from->set ? &value : NULL, type, flags);
}

MI_Instance *served_instance_of(const struct peer_instance *from)
{
    MI_Instance *out = served_instance_new(served_wide(from->cls->name), NULL);

    for (size_t i = 0; i < from->cls->all_count; i++) {
        add_from(out, from->cls->all[i], &from->values[i]);
    }
    return out;
}

static MI_Result MI_CALL get_class_name(const MI_Instance *self, const MI_Char **name)
{
    *name = of(self)->class_name;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL get_name_space(const MI_Instance *self, const MI_Char **name)
{
    *name = self->nameSpace;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL get_element_count(const MI_Instance *self, MI_Uint32 *count)
{
    *count = of(self)->count;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL add_element(MI_Instance *self, const MI_Char *name, const MI_Value *value,
                                     MI_Type type, MI_Uint32 flags)
{
    served_add(self, name, value, type, flags);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL get_element_at(const MI_Instance *self, MI_Uint32 index,
                                        const MI_Char **name, MI_Value *value, MI_Type *type,
                                        MI_Uint32 *flags)
{
    const struct element *element = &of(self)->elements[index];

    if (index >= of(self)->count) {
        return MI_RESULT_NOT_FOUND;
    }
    SERVED_SET(name, element->name);
    SERVED_SET(value, element->value);
    SERVED_SET(type, element->type);
    SERVED_SET(flags, element->flags);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL get_element(const MI_Instance *self, const MI_Char *name, MI_Value *value,
                                     MI_Type *type, MI_Uint32 *flags, MI_Uint32 *index)
{
    for (MI_Uint32 i = 0; i < of(self)->count; i++) {
        if (_wcsicmp(of(self)->elements[i].name, name) == 0) {
            SERVED_SET(index, i);
            return get_element_at(self, i, NULL, value, type, flags);
        }
    }
    return MI_RESULT_NO_SUCH_PROPERTY;
}

static MI_Result MI_CALL clone(const MI_Instance *self, MI_Instance **out)
{
    *out = served_instance_new(of(self)->class_name, NULL);
    (*out)->nameSpace = self->nameSpace;
    for (MI_Uint32 i = 0; i < of(self)->count; i++) {
        const struct element *element = &of(self)->elements[i];
        served_add(*out, element->name,
                   (element->flags & MI_FLAG_NULL) != 0 ? NULL : &element->value, element->type,
                   element->flags);
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL delete_nothing(MI_Instance *self)
{
    (void)self;
    return MI_RESULT_OK;
}

static const MI_InstanceFT instance_ft = {
    .Clone = clone,
    .Delete = delete_nothing,
    .GetClassName = get_class_name,
    .GetNameSpace = get_name_space,
    .GetElementCount = get_element_count,
    .AddElement = add_element,
    .GetElement = get_element,
    .GetElementAt = get_element_at,
};

const char *served_text(const MI_Instance *instance, const char *name)
{
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;

    if (get_element(instance, served_wide(name), &value, &type, &flags, NULL) != MI_RESULT_OK ||
        (flags & MI_FLAG_NULL) != 0) {
        return NULL;
    }
    return type == MI_STRING ? served_utf8(value.string) : NULL;
}
