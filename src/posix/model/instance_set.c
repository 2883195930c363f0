/* How values an application gives get into an instance, and how whole instances are copied. */
#include <string.h>

#include "base/mem.h"
#include "model/instance.h"
#include "model/value.h"

#define MEMORY_FLAGS (MI_FLAG_BORROW | MI_FLAG_ADOPT)
/* What only a call means, not a property. */
#define CALL_FLAGS (MEMORY_FLAGS | MI_FLAG_NULL | MI_FLAG_NOT_MODIFIED)
/* Instances looked at before a borrowed tree is refused as too large to be checked. */
#define VISITS_MAX 10000u

struct element {
    const char *name;
    MI_Value value;
    MI_Type type;
    MI_Uint32 flags;
};

static MI_Result element_at(const MI_Instance *from, MI_Uint32 index, struct element *out)
{
    const struct mic_instance *ours = mic_instance_from_public(from);
    const struct mic_property *property;

    if (ours == NULL) {
        memset(out, 0, sizeof(*out));
        return from->ft->GetElementAt(from, index, &out->name, &out->value, &out->type,
                                      &out->flags);
    }
    property = &ours->properties[index];
    out->name = property->name;
    out->value = property->value;
    out->type = property->type;
    out->flags = property->flags & ~MI_FLAG_ADOPT;
    return MI_RESULT_OK;
}

static bool is_reached(const MI_Instance *from, const MI_Instance *target, unsigned depth,
                       unsigned *visits);

static bool is_reached_by_value(MI_Type type, const MI_Value *value, const MI_Instance *target,
                                unsigned depth, unsigned *visits)
{
    MI_Uint32 i;

    if (!MIC_TYPE_IS_OBJECT(type)) {
        return false;
    }
    if (!MIC_TYPE_IS_ARRAY(type)) {
        return is_reached(value->instance, target, depth, visits);
    }
    for (i = 0; i < value->instancea.size; i++) {
        if (is_reached(value->instancea.data[i], target, depth, visits)) {
            return true;
        }
    }
    return false;
}

/* True also for what is too deep or too large to say. */
static bool is_reached(const MI_Instance *from, const MI_Instance *target, unsigned depth,
                       unsigned *visits)
{
    MI_Uint32 i, count = 0;
    struct element element;

    if (from == NULL) {
        return false;
    }
    if (from == target || depth > MIC_INSTANCE_DEPTH_MAX || ++*visits > VISITS_MAX ||
        from->ft->GetElementCount(from, &count) != MI_RESULT_OK) {
        return true;
    }
    for (i = 0; i < count; i++) {
        if (element_at(from, i, &element) != MI_RESULT_OK) {
            return true;
        }
        if ((element.flags & MI_FLAG_NULL) == 0 &&
            is_reached_by_value(element.type, &element.value, target, depth + 1, visits)) {
            return true;
        }
    }
    return false;
}

/* Only an instance of the heap can change its owner; texts and arrays have no common allocator. */
static MI_Result check_adoption(MI_Type type, const MI_Value *value)
{
    const struct mic_instance *ours;

    if (!MIC_TYPE_IS_ARRAY(type) && !MIC_TYPE_IS_OBJECT(type) && type != MI_STRING) {
        return MI_RESULT_OK;
    }
    if (MIC_TYPE_IS_ARRAY(type) || type == MI_STRING) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    ours = mic_instance_from_public(value->instance);
    return ours != NULL && (!ours->on_heap || ours->has_owner) ? MI_RESULT_INVALID_PARAMETER
                                                               : MI_RESULT_OK;
}

/* The value as it will be kept. @p out_flags: MI_FLAG_ADOPT when the property owns it. */
static MI_Result prepare(struct mic_instance *self, MI_Type type, const MI_Value *value,
                         MI_Uint32 flags, MI_Value *out, MI_Uint32 *out_flags)
{
    unsigned visits = 0;
    MI_Result result = mic_value_check(type, value);
    bool has_pointer = MIC_TYPE_IS_ARRAY(type) || MIC_TYPE_IS_OBJECT(type) || type == MI_STRING;

    *out_flags = 0;
    if (result != MI_RESULT_OK) {
        return result;
    }
    if ((flags & MEMORY_FLAGS) == 0 || !has_pointer) {
        if (!self->on_heap) {
            return mic_value_copy_in(self->arena, type, value, 0, out);
        }
        *out_flags = has_pointer ? MI_FLAG_ADOPT : 0;
        return mic_value_copy_heap(type, value, 0, out);
    }
    if ((flags & MI_FLAG_ADOPT) != 0) {
        result = self->on_heap ? check_adoption(type, value) : MI_RESULT_NOT_SUPPORTED;
        *out_flags = MI_FLAG_ADOPT;
    }
    if (result == MI_RESULT_OK &&
        is_reached_by_value(type, value, &self->public_instance, 1, &visits)) {
        result = MI_RESULT_INVALID_PARAMETER;
    }
    if (result != MI_RESULT_OK) {
        return result;
    }
    mic_value_assign(type, value, out);
    if ((flags & MI_FLAG_ADOPT) != 0 && mic_instance_from_public(value->instance) != NULL) {
        mic_instance_from_public(value->instance)->has_owner = true;
    }
    return MI_RESULT_OK;
}

static void release_old(struct mic_property *property)
{
    if ((property->flags & MI_FLAG_ADOPT) != 0) {
        mic_value_release(property->type, &property->value);
    }
}

void mic_instance_clear_element(struct mic_instance *instance, MI_Uint32 index)
{
    struct mic_property *property = &instance->properties[index];

    release_old(property);
    memset(&property->value, 0, sizeof(property->value));
    property->flags =
        (property->flags & ~(MI_Uint32)(MI_FLAG_ADOPT | MI_FLAG_NOT_MODIFIED)) | MI_FLAG_NULL;
}

MI_Result mic_instance_set_element(struct mic_instance *instance, MI_Uint32 index,
                                   const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    struct mic_property *property;
    MI_Value kept;
    MI_Uint32 owned;
    MI_Result result;

    if (instance->arena == NULL || index >= instance->count) {
        return MI_RESULT_FAILED;
    }
    if (!mic_type_is_valid(type) || (flags & MEMORY_FLAGS) == MEMORY_FLAGS) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    property = &instance->properties[index];
    if (property->type != type) {
        return MI_RESULT_TYPE_MISMATCH;
    }
    if (value == NULL || (flags & MI_FLAG_NULL) != 0) {
        mic_instance_clear_element(instance, index);
        return MI_RESULT_OK;
    }
    result = prepare(instance, type, value, flags, &kept, &owned);
    if (result != MI_RESULT_OK) {
        return result;
    }
    release_old(property);
    property->value = kept;
    property->flags = (property->flags & ~CALL_FLAGS) | owned;
    return MI_RESULT_OK;
}

MI_Result mic_instance_add_element(struct mic_instance *instance, const char *name,
                                   const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    MI_Value kept;
    MI_Uint32 owned = 0;
    MI_Result result;
    char *copy;
    bool is_null = value == NULL || (flags & MI_FLAG_NULL) != 0;

    if (!mic_name_is_legal(name) || !mic_type_is_valid(type) ||
        (flags & MEMORY_FLAGS) == MEMORY_FLAGS) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (!instance->is_dynamic || instance->arena == NULL) {
        return MI_RESULT_FAILED;
    }
    if (mic_instance_find(instance, mic_str_from(name), instance->count) >= 0) {
        return MI_RESULT_ALREADY_EXISTS;
    }
    copy = mic_arena_strdup(instance->arena, name);
    if (copy == NULL) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    /* The place first, so that nothing can fail once an adopted value has changed its owner. */
    if (!mic_instance_append(instance, copy, type, NULL, flags & ~CALL_FLAGS)) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    if (is_null) {
        return MI_RESULT_OK;
    }
    result = prepare(instance, type, value, flags, &kept, &owned);
    if (result != MI_RESULT_OK) {
        mic_instance_drop_last(instance);
        return result;
    }
    mic_instance_put(instance, instance->count - 1, type, &kept);
    instance->properties[instance->count - 1].flags |= owned;
    return MI_RESULT_OK;
}

static MI_Result copy_names(struct mic_instance *self, const MI_Instance *from)
{
    const MI_Char *texts[2] = {NULL, NULL};
    MI_Result result = from->ft->GetNameSpace(from, &texts[0]);

    if (result == MI_RESULT_OK) {
        result = from->ft->GetServerName(from, &texts[1]);
    }
    for (int i = 0; i < 2 && result == MI_RESULT_OK; i++) {
        if (texts[i] == NULL) {
            continue;
        }
        texts[i] = mic_arena_strdup(self->arena, texts[i]);
        if (texts[i] == NULL) {
            result = MI_RESULT_SERVER_LIMITS_EXCEEDED;
        }
    }
    if (result == MI_RESULT_OK) {
        mic_instance_set_namespace(self, texts[0], texts[1]);
    }
    return result;
}

/* An empty instance of the same class: its declaration when it is ours, else dynamic. */
static MI_Result copy_shell(struct mic_arena *arena, const MI_Instance *from,
                            const struct mic_instance *ours, struct mic_instance **out)
{
    const MI_Char *name = NULL;
    struct mic_instance *self;
    MI_Result result = from->ft->GetClassName(from, &name);

    if (result != MI_RESULT_OK || name == NULL) {
        return result != MI_RESULT_OK ? result : MI_RESULT_FAILED;
    }
    if (arena == NULL) {
        self = mic_instance_new(name, NULL);
    } else {
        name = mic_arena_strdup(arena, name);
        self = name != NULL ? mic_instance_new_in(arena, name, NULL, ours != NULL ? ours->count : 0)
                            : NULL;
    }
    if (self == NULL) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    if (ours != NULL && !ours->is_dynamic) {
        self->public_instance.classDecl = ours->public_instance.classDecl;
        self->is_dynamic = false;
        self->cls = ours->cls != NULL && arena == NULL ? mic_class_ref(ours->cls) : ours->cls;
    }
    *out = self;
    return MI_RESULT_OK;
}

/* A declared name lives as long as the class does; any other is copied. */
static const char *kept_name(struct mic_instance *self, const char *name, MI_Uint32 index)
{
    const MI_ClassDecl *decl = self->public_instance.classDecl;

    if (!self->is_dynamic && index < decl->numProperties) {
        return decl->properties[index]->name;
    }
    return mic_arena_strdup(self->arena, name);
}

static MI_Result copy_element(struct mic_instance *self, const struct element *element,
                              MI_Uint32 index, unsigned depth)
{
    const char *name;
    bool is_null = (element->flags & MI_FLAG_NULL) != 0;
    bool owned = self->on_heap && !is_null && MIC_TYPE_IS_OBJECT(element->type);
    struct mic_property *property;
    MI_Value value;
    MI_Result result = MI_RESULT_OK;

    if (element->name == NULL || !mic_type_is_valid(element->type)) {
        return MI_RESULT_FAILED;
    }
    name = kept_name(self, element->name, index);
    if (name == NULL || !mic_instance_append(self, name, element->type, NULL, element->flags)) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    if (is_null) {
        return MI_RESULT_OK;
    }
    /* Embedded instances of the heap are objects of their own, which hold their classes. */
    result = owned ? mic_value_copy_heap(element->type, &element->value, depth, &value)
                   : mic_value_copy_in(self->arena, element->type, &element->value, depth, &value);
    if (result != MI_RESULT_OK) {
        return result;
    }
    mic_instance_put(self, self->count - 1, element->type, &value);
    property = &self->properties[self->count - 1];
    property->flags |= owned ? MI_FLAG_ADOPT : 0;
    return MI_RESULT_OK;
}

MI_Result mic_instance_copy(struct mic_arena *arena, const MI_Instance *from, unsigned depth,
                            struct mic_instance **out)
{
    const struct mic_instance *ours = mic_instance_from_public(from);
    struct mic_instance *self = NULL;
    struct element element;
    MI_Uint32 i, count = 0;
    MI_Result result;

    if (depth > MIC_INSTANCE_DEPTH_MAX) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    result = copy_shell(arena, from, ours, &self);
    if (result == MI_RESULT_OK) {
        result = copy_names(self, from);
    }
    if (result == MI_RESULT_OK) {
        result = from->ft->GetElementCount(from, &count);
    }
    if (result == MI_RESULT_OK && !mic_instance_reserve(self, count)) {
        result = MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    for (i = 0; i < count && result == MI_RESULT_OK; i++) {
        result = element_at(from, i, &element);
        if (result == MI_RESULT_OK && ours == NULL && (element.flags & MI_FLAG_NULL) == 0) {
            result = mic_value_check(element.type, &element.value);
        }
        if (result == MI_RESULT_OK) {
            result = copy_element(self, &element, i, depth);
        }
    }
    if (result != MI_RESULT_OK) {
        mic_instance_delete(self);
        return result;
    }
    *out = self;
    return MI_RESULT_OK;
}

struct mic_instance *mic_instance_clone(const MI_Instance *from)
{
    struct mic_instance *copy = NULL;

    return mic_instance_copy(NULL, from, 0, &copy) == MI_RESULT_OK ? copy : NULL;
}
