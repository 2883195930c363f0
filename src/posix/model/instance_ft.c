#include <string.h>

#include "base/mem.h"
#include "common/utf.h"
#include "model/instance.h"
#include "model/value.h"

static MI_Result MI_CALL instance_Clone(const MI_Instance *self, MI_Instance **newInstance)
{
    struct mic_instance *copy;
    MI_Result result;

    if (newInstance == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *newInstance = NULL;
    if (mic_instance_from_public(self) == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    result = mic_instance_copy(NULL, self, 0, &copy);
    if (result == MI_RESULT_OK) {
        *newInstance = &copy->public_instance;
    }
    return result;
}

/* For instances in an application's own memory, which this library never makes. */
static MI_Result MI_CALL instance_Destruct(MI_Instance *self)
{
    (void)self;
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL instance_Delete(MI_Instance *self)
{
    struct mic_instance *instance = mic_instance_from_public(self);

    /* Borrowed: from an operation, or from the instance whose value it is. */
    if (instance == NULL || instance->has_owner ||
        (!instance->on_heap && instance->arena != NULL)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    mic_instance_delete(instance);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_IsA(const MI_Instance *self, const MI_ClassDecl *classDecl,
                                      MI_Boolean *flag)
{
    const struct mic_instance *instance = mic_instance_from_public(self);

    if (instance == NULL || classDecl == NULL || classDecl->name == NULL || flag == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *flag = mic_text_equal_nocase(instance->class_name, classDecl->name) ||
                    mic_decl_is_a(self->classDecl, classDecl->name)
                ? MI_TRUE
                : MI_FALSE;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_GetClassName(const MI_Instance *self, const MI_Char **className)
{
    const struct mic_instance *instance = mic_instance_from_public(self);

    if (instance == NULL || className == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *className = instance->class_name;
    return MI_RESULT_OK;
}

/* @p owned tells whether the text at @p place is a heap block. */
static MI_Result replace_text(struct mic_instance *instance, const MI_Char **place, bool *owned,
                              const MI_Char *text)
{
    char *copy = NULL;

    if (text != NULL && !mic_utf8_is_valid(text, strlen(text), NULL)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (instance->arena == NULL) {
        return MI_RESULT_FAILED;
    }
    if (text != NULL) {
        copy = instance->on_heap ? mic_strdup(text) : mic_arena_strdup(instance->arena, text);
        if (copy == NULL) {
            return MI_RESULT_SERVER_LIMITS_EXCEEDED;
        }
    }
    if (*owned) {
        mic_free(mic_unconst(*place));
    }
    *place = copy;
    *owned = instance->on_heap && copy != NULL;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_SetNameSpace(MI_Instance *self, const MI_Char *nameSpace)
{
    struct mic_instance *instance = mic_instance_from_public(self);

    if (instance == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return replace_text(instance, &self->nameSpace, &instance->owns_name_space, nameSpace);
}

static MI_Result MI_CALL instance_GetNameSpace(const MI_Instance *self, const MI_Char **nameSpace)
{
    if (self == NULL || nameSpace == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *nameSpace = self->nameSpace;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_GetElementCount(const MI_Instance *self, MI_Uint32 *count)
{
    const struct mic_instance *instance = mic_instance_from_public(self);

    if (instance == NULL || count == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *count = instance->count;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_AddElement(MI_Instance *self, const MI_Char *name,
                                             const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    struct mic_instance *instance = mic_instance_from_public(self);

    if (instance == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return mic_instance_add_element(instance, name, value, type, flags);
}

static MI_Result find(const MI_Instance *self, const MI_Char *name, MI_Uint32 *index)
{
    const struct mic_instance *instance = mic_instance_from_public(self);
    int found;

    if (instance == NULL || name == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    found = mic_instance_find(instance, mic_str_from(name), 0);
    if (found < 0) {
        return MI_RESULT_NO_SUCH_PROPERTY;
    }
    *index = (MI_Uint32)found;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_SetElement(MI_Instance *self, const MI_Char *name,
                                             const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    MI_Uint32 index;
    MI_Result result = find(self, name, &index);

    if (result != MI_RESULT_OK) {
        return result;
    }
    return mic_instance_set_element(mic_instance_from_public(self), index, value, type, flags);
}

static MI_Result MI_CALL instance_SetElementAt(MI_Instance *self, MI_Uint32 index,
                                               const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    struct mic_instance *instance = mic_instance_from_public(self);

    if (instance == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return mic_instance_set_element(instance, index, value, type, flags);
}

static void give(const struct mic_property *property, MI_Value *value, MI_Type *type,
                 MI_Uint32 *flags)
{
    if (value != NULL) {
        *value = property->value;
    }
    if (type != NULL) {
        *type = property->type;
    }
    if (flags != NULL) {
        *flags = property->flags & ~MI_FLAG_ADOPT;
    }
}

static MI_Result MI_CALL instance_GetElement(const MI_Instance *self, const MI_Char *name,
                                             MI_Value *value, MI_Type *type, MI_Uint32 *flags,
                                             MI_Uint32 *index)
{
    MI_Uint32 found;
    MI_Result result = find(self, name, &found);

    if (result != MI_RESULT_OK) {
        return result;
    }
    give(&mic_instance_from_public(self)->properties[found], value, type, flags);
    if (index != NULL) {
        *index = found;
    }
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_GetElementAt(const MI_Instance *self, MI_Uint32 index,
                                               const MI_Char **name, MI_Value *value, MI_Type *type,
                                               MI_Uint32 *flags)
{
    const struct mic_instance *instance = mic_instance_from_public(self);

    if (instance == NULL || index >= instance->count) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (name != NULL) {
        *name = instance->properties[index].name;
    }
    give(&instance->properties[index], value, type, flags);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_ClearElementAt(MI_Instance *self, MI_Uint32 index)
{
    struct mic_instance *instance = mic_instance_from_public(self);

    if (instance == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (instance->arena == NULL || index >= instance->count) {
        return MI_RESULT_FAILED;
    }
    mic_instance_clear_element(instance, index);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_ClearElement(MI_Instance *self, const MI_Char *name)
{
    MI_Uint32 index;
    MI_Result result = find(self, name, &index);

    return result != MI_RESULT_OK ? result : instance_ClearElementAt(self, index);
}

static MI_Result MI_CALL instance_GetServerName(const MI_Instance *self, const MI_Char **name)
{
    if (self == NULL || name == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *name = self->serverName;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_SetServerName(MI_Instance *self, const MI_Char *name)
{
    struct mic_instance *instance = mic_instance_from_public(self);

    if (instance == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return replace_text(instance, &self->serverName, &instance->owns_server, name);
}

/* A dynamic instance is its own declaration. */
static MI_Result class_of_dynamic(const struct mic_instance *instance, struct mic_class **out)
{
    struct mic_arena scratch;
    MI_PropertyDecl *declared;
    const MI_PropertyDecl **list;
    MI_ClassDecl decl = instance->dynamic_decl;
    MI_Result result = MI_RESULT_SERVER_LIMITS_EXCEEDED;
    MI_Uint32 i;

    mic_arena_init(&scratch, 0);
    declared = mic_arena_calloc(&scratch, instance->count, sizeof(*declared));
    list = mic_arena_calloc(&scratch, instance->count, sizeof(const MI_PropertyDecl *));
    if (declared == NULL || list == NULL) {
        goto done;
    }
    for (i = 0; i < instance->count; i++) {
        declared[i].name = instance->properties[i].name;
        declared[i].type = instance->properties[i].type;
        declared[i].flags = (instance->properties[i].flags &
                             ~(MI_FLAG_NULL | MI_FLAG_NOT_MODIFIED | MI_FLAG_ADOPT)) |
                            MI_FLAG_PROPERTY;
        declared[i].origin = declared[i].propagator = instance->class_name;
        list[i] = &declared[i];
    }
    decl.properties = list;
    decl.numProperties = instance->count;
    result = mic_class_new_copy(&decl, instance->public_instance.nameSpace,
                                instance->public_instance.serverName, out);
done:
    mic_arena_fini(&scratch);
    return result;
}

static MI_Result MI_CALL instance_GetClass(const MI_Instance *self, MI_Class **instanceClass)
{
    const struct mic_instance *instance = mic_instance_from_public(self);
    struct mic_class *cls = NULL;
    MI_Result result = MI_RESULT_OK;

    if (instanceClass == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    *instanceClass = NULL;
    if (instance == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (instance->cls != NULL) {
        cls = mic_class_ref(instance->cls);
    } else if (instance->is_dynamic) {
        result = class_of_dynamic(instance, &cls);
    } else {
        result = mic_class_new_copy(self->classDecl, self->nameSpace, self->serverName, &cls);
    }
    if (result == MI_RESULT_OK) {
        *instanceClass = &cls->public_class;
    }
    return result;
}

static MI_Result MI_CALL instance_Normalize(MI_Instance **self)
{
    return self == NULL || mic_instance_from_public(*self) == NULL ? MI_RESULT_INVALID_PARAMETER
                                                                   : MI_RESULT_OK;
}

const MI_InstanceExFT mic_instance_ft = {
    .parent =
        {
            .Clone = instance_Clone,
            .Destruct = instance_Destruct,
            .Delete = instance_Delete,
            .IsA = instance_IsA,
            .GetClassName = instance_GetClassName,
            .SetNameSpace = instance_SetNameSpace,
            .GetNameSpace = instance_GetNameSpace,
            .GetElementCount = instance_GetElementCount,
            .AddElement = instance_AddElement,
            .SetElement = instance_SetElement,
            .SetElementAt = instance_SetElementAt,
            .GetElement = instance_GetElement,
            .GetElementAt = instance_GetElementAt,
            .ClearElement = instance_ClearElement,
            .ClearElementAt = instance_ClearElementAt,
            .GetServerName = instance_GetServerName,
            .SetServerName = instance_SetServerName,
            .GetClass = instance_GetClass,
        },
    .Normalize = instance_Normalize,
};
