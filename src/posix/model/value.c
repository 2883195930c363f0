#include "model/value.h"

#include <string.h>

#include "base/mem.h"
#include "common/utf.h"
#include "model/instance.h"

static const unsigned char element_sizes[MI_ARRAY] = {
    [MI_BOOLEAN] = sizeof(MI_Boolean),   [MI_UINT8] = sizeof(MI_Uint8),
    [MI_SINT8] = sizeof(MI_Sint8),       [MI_UINT16] = sizeof(MI_Uint16),
    [MI_SINT16] = sizeof(MI_Sint16),     [MI_UINT32] = sizeof(MI_Uint32),
    [MI_SINT32] = sizeof(MI_Sint32),     [MI_UINT64] = sizeof(MI_Uint64),
    [MI_SINT64] = sizeof(MI_Sint64),     [MI_REAL32] = sizeof(MI_Real32),
    [MI_REAL64] = sizeof(MI_Real64),     [MI_CHAR16] = sizeof(MI_Char16),
    [MI_DATETIME] = sizeof(MI_Datetime), [MI_STRING] = sizeof(MI_Char *),
    [MI_REFERENCE] = sizeof(void *),     [MI_INSTANCE] = sizeof(void *)};

bool mic_type_is_valid(MI_Type type)
{
    return (unsigned)type < 2u * MI_ARRAY;
}

size_t mic_type_size(MI_Type type)
{
    return mic_type_is_valid(type) ? element_sizes[MIC_TYPE_ELEMENT(type)] : 0;
}

static size_t stored_size(MI_Type type)
{
    return MIC_TYPE_IS_ARRAY(type) ? sizeof(MI_Array) : mic_type_size(type);
}

void mic_value_assign(MI_Type type, const MI_Value *from, MI_Value *out)
{
    MI_Value copy;

    memset(&copy, 0, sizeof(copy));
    memcpy(&copy, from, stored_size(type));
    if (type == MI_BOOLEAN && copy.boolean != MI_FALSE) {
        copy.boolean = MI_TRUE;
    }
    *out = copy;
}

bool mic_value_from_decl(MI_Type type, const void *storage, MI_Value *out)
{
    memset(out, 0, sizeof(*out));
    if (storage == NULL || !mic_type_is_valid(type)) {
        return false;
    }
    memcpy(out, storage, stored_size(type));
    return true;
}

static MI_Result check_text(const char *text)
{
    return text != NULL && mic_utf8_is_valid(text, strlen(text), NULL)
               ? MI_RESULT_OK
               : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result check_array(MI_Type type, const MI_Value *value)
{
    MI_Uint32 i;
    size_t bytes;

    if (value->array.size == 0) {
        return MI_RESULT_OK;
    }
    if (value->array.data == NULL ||
        !mic_size_mul(value->array.size, mic_type_size(type), &bytes)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    for (i = 0; type == MI_STRINGA && i < value->stringa.size; i++) {
        if (check_text(value->stringa.data[i]) != MI_RESULT_OK) {
            return MI_RESULT_INVALID_PARAMETER;
        }
    }
    for (i = 0; MIC_TYPE_IS_OBJECT(type) && i < value->instancea.size; i++) {
        if (value->instancea.data[i] == NULL || value->instancea.data[i]->ft == NULL) {
            return MI_RESULT_INVALID_PARAMETER;
        }
    }
    return MI_RESULT_OK;
}

MI_Result mic_value_check(MI_Type type, const MI_Value *value)
{
    if (!mic_type_is_valid(type)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (MIC_TYPE_IS_ARRAY(type)) {
        return check_array(type, value);
    }
    if (type == MI_STRING) {
        return check_text(value->string);
    }
    if (MIC_TYPE_IS_OBJECT(type) && (value->instance == NULL || value->instance->ft == NULL)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    return MI_RESULT_OK;
}

/* Where copies go: an arena, or the heap when there is none. */
static void *take(struct mic_arena *arena, size_t size)
{
    return arena != NULL ? mic_arena_alloc(arena, size) : mic_alloc(size);
}

static MI_Result copy_object(struct mic_arena *arena, const MI_Instance *from, unsigned depth,
                             MI_Instance **out)
{
    struct mic_instance *copy;
    MI_Result result;

    if (from == NULL) {
        *out = NULL;
        return MI_RESULT_OK;
    }
    result = mic_instance_copy(arena, from, depth + 1, &copy);
    if (result == MI_RESULT_OK) {
        copy->has_owner = arena == NULL;
        *out = &copy->public_instance;
    }
    return result;
}

static MI_Result copy_object_array(struct mic_arena *arena, const MI_InstanceA *from,
                                   unsigned depth, MI_InstanceA *out)
{
    MI_Result result = MI_RESULT_OK;
    MI_Uint32 i;

    memset(out->data, 0, sizeof(MI_Instance *) * from->size);
    for (i = 0; i < from->size && result == MI_RESULT_OK; i++) {
        result = copy_object(arena, from->data[i], depth, &out->data[i]);
    }
    return result;
}

/* Pointers and texts are one block, so that one free ends an array on the heap. */
static bool text_array_size(const MI_StringA *from, size_t *size)
{
    MI_Uint32 i;

    for (i = 0; i < from->size; i++) {
        if (from->data[i] != NULL && !mic_size_add(*size, strlen(from->data[i]) + 1, size)) {
            return false;
        }
    }
    return true;
}

static void copy_texts(const MI_StringA *from, MI_StringA *out)
{
    char *next = (char *)(out->data + from->size);
    MI_Uint32 i;

    for (i = 0; i < from->size; i++) {
        size_t size = from->data[i] != NULL ? strlen(from->data[i]) + 1 : 0;

        out->data[i] = from->data[i] != NULL ? next : NULL;
        if (size > 0) {
            memcpy(next, from->data[i], size);
        }
        next += size;
    }
}

static MI_Result copy_array(struct mic_arena *arena, MI_Type type, const MI_Value *from,
                            unsigned depth, MI_Value *out)
{
    size_t bytes, total;
    MI_Value copy;
    MI_Result result = MI_RESULT_OK;

    memset(&copy, 0, sizeof(copy));
    if (from->array.size == 0) {
        *out = copy;
        return MI_RESULT_OK;
    }
    if (!mic_size_mul(from->array.size, mic_type_size(type), &bytes)) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    total = bytes;
    if (type == MI_STRINGA && !text_array_size(&from->stringa, &total)) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    copy.array.data = take(arena, total);
    copy.array.size = from->array.size;
    if (copy.array.data == NULL) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    if (MIC_TYPE_IS_OBJECT(type)) {
        result = copy_object_array(arena, &from->instancea, depth, &copy.instancea);
    } else if (type == MI_STRINGA) {
        copy_texts(&from->stringa, &copy.stringa);
    } else {
        memcpy(copy.array.data, from->array.data, bytes);
    }
    if (result != MI_RESULT_OK) {
        if (arena == NULL) {
            mic_value_release(type, &copy);
        }
        return result;
    }
    *out = copy;
    return MI_RESULT_OK;
}

static MI_Result copy_value(struct mic_arena *arena, MI_Type type, const MI_Value *from,
                            unsigned depth, MI_Value *out)
{
    MI_Value copy;

    if (!mic_type_is_valid(type)) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (MIC_TYPE_IS_ARRAY(type)) {
        return copy_array(arena, type, from, depth, out);
    }
    mic_value_assign(type, from, &copy);
    if (MIC_TYPE_IS_OBJECT(type)) {
        MI_Result result = copy_object(arena, from->instance, depth, &copy.instance);

        if (result != MI_RESULT_OK) {
            return result;
        }
    } else if (type == MI_STRING && from->string != NULL) {
        size_t size = strlen(from->string) + 1;

        copy.string = take(arena, size);
        if (copy.string == NULL) {
            return MI_RESULT_SERVER_LIMITS_EXCEEDED;
        }
        memcpy(copy.string, from->string, size);
    }
    *out = copy;
    return MI_RESULT_OK;
}

bool mic_value_copy(struct mic_arena *arena, MI_Type type, const MI_Value *from, MI_Value *out)
{
    return copy_value(arena, type, from, 0, out) == MI_RESULT_OK;
}

MI_Result mic_value_copy_in(struct mic_arena *arena, MI_Type type, const MI_Value *from,
                            unsigned depth, MI_Value *out)
{
    return copy_value(arena, type, from, depth, out);
}

MI_Result mic_value_copy_heap(MI_Type type, const MI_Value *from, unsigned depth, MI_Value *out)
{
    return copy_value(NULL, type, from, depth, out);
}

static void release_object(MI_Instance *instance)
{
    struct mic_instance *ours = mic_instance_from_public(instance);

    if (ours != NULL) {
        mic_instance_delete(ours);
    } else if (instance != NULL && instance->ft != NULL) {
        instance->ft->Delete(instance);
    }
}

void mic_value_release(MI_Type type, MI_Value *value)
{
    MI_Uint32 i;

    if (MIC_TYPE_IS_ARRAY(type)) {
        for (i = 0; MIC_TYPE_IS_OBJECT(type) && i < value->instancea.size; i++) {
            release_object(value->instancea.data[i]);
        }
        mic_free(value->array.data);
    } else if (MIC_TYPE_IS_OBJECT(type)) {
        release_object(value->instance);
    } else if (type == MI_STRING) {
        mic_free(value->string);
    }
    memset(value, 0, sizeof(*value));
}
