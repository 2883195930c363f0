/* Deep copies of declarations an application gives, checked on the way. */
#include <string.h>

#include "common/utf.h"
#include "model/class.h"
#include "model/value.h"

struct copier {
    struct mic_arena arena;
    MI_Result result; /* the first failure; every later step does nothing */
};

static void *fail(struct copier *copier, MI_Result result)
{
    if (copier->result == MI_RESULT_OK) {
        copier->result = result;
    }
    return NULL;
}

static void *copy_bytes(struct copier *copier, const void *bytes, size_t size)
{
    void *copy;

    if (copier->result != MI_RESULT_OK) {
        return NULL;
    }
    copy = mic_arena_memdup(&copier->arena, bytes, size);
    return copy != NULL ? copy : fail(copier, MI_RESULT_SERVER_LIMITS_EXCEEDED);
}

static const char *copy_text(struct copier *copier, const char *text)
{
    size_t size;

    if (text == NULL) {
        return NULL;
    }
    size = strlen(text);
    if (!mic_utf8_is_valid(text, size, NULL)) {
        return fail(copier, MI_RESULT_INVALID_PARAMETER);
    }
    return copy_bytes(copier, text, size + 1);
}

static const char *copy_name(struct copier *copier, const char *name)
{
    if (!mic_name_is_legal(name)) {
        return fail(copier, MI_RESULT_INVALID_PARAMETER);
    }
    return copy_text(copier, name);
}

static const void *copy_storage(struct copier *copier, MI_Uint32 type, const void *storage)
{
    MI_Value value, copy;
    MI_Result result;

    if (!mic_type_is_valid((MI_Type)type)) {
        return fail(copier, MI_RESULT_INVALID_PARAMETER);
    }
    if (copier->result != MI_RESULT_OK || !mic_value_from_decl((MI_Type)type, storage, &value)) {
        return NULL;
    }
    /* A text that is a pointer to NULL says "no value" in generated declarations. */
    if (type == MI_STRING && value.string == NULL) {
        return NULL;
    }
    result = mic_value_check((MI_Type)type, &value);
    if (result == MI_RESULT_OK) {
        result = mic_value_copy_in(&copier->arena, (MI_Type)type, &value, 0, &copy);
    }
    if (result != MI_RESULT_OK) {
        return fail(copier, result);
    }
    return copy_bytes(copier, &copy, sizeof(copy));
}

/* Room for the pointers of a list, or NULL: an empty list, or a failure. */
static void *new_list(struct copier *copier, const void *from, MI_Uint32 count)
{
    void *list;

    if (count == 0 || copier->result != MI_RESULT_OK) {
        return NULL;
    }
    if (from == NULL) {
        return fail(copier, MI_RESULT_INVALID_PARAMETER);
    }
    list = mic_arena_calloc(&copier->arena, count, sizeof(void *));
    return list != NULL ? list : fail(copier, MI_RESULT_SERVER_LIMITS_EXCEEDED);
}

/* A copy of the struct at @p from, or NULL when there is none or after a failure. */
static void *copy_item(struct copier *copier, const void *from, size_t size)
{
    return from != NULL ? copy_bytes(copier, from, size)
                        : fail(copier, MI_RESULT_INVALID_PARAMETER);
}

static MI_Qualifier const *const *copy_qualifiers(struct copier *copier,
                                                  MI_Qualifier const *const *from, MI_Uint32 count)
{
    const MI_Qualifier **list = new_list(copier, from, count);
    MI_Uint32 i;

    for (i = 0; list != NULL && i < count; i++) {
        MI_Qualifier *copy = copy_item(copier, from[i], sizeof(*copy));

        if (copy == NULL) {
            return NULL;
        }
        copy->name = copy_text(copier, copy->name);
        copy->value = copy_storage(copier, copy->type, copy->value);
        if (copy->name == NULL) {
            return fail(copier, MI_RESULT_INVALID_PARAMETER);
        }
        list[i] = copy;
    }
    return list;
}

static MI_PropertyDecl const *const *
copy_properties(struct copier *copier, MI_PropertyDecl const *const *from, MI_Uint32 count)
{
    const MI_PropertyDecl **list = new_list(copier, from, count);
    MI_Uint32 i;

    for (i = 0; list != NULL && i < count; i++) {
        MI_PropertyDecl *copy = copy_item(copier, from[i], sizeof(*copy));

        if (copy == NULL) {
            return NULL;
        }
        copy->name = copy_name(copier, copy->name);
        copy->qualifiers = copy_qualifiers(copier, copy->qualifiers, copy->numQualifiers);
        copy->className = copy_text(copier, copy->className);
        copy->origin = copy_text(copier, copy->origin);
        copy->propagator = copy_text(copier, copy->propagator);
        copy->value = copy_storage(copier, copy->type, copy->value);
        list[i] = copy;
    }
    return list;
}

static MI_ParameterDecl const *const *
copy_parameters(struct copier *copier, MI_ParameterDecl const *const *from, MI_Uint32 count)
{
    const MI_ParameterDecl **list = new_list(copier, from, count);
    MI_Uint32 i;

    for (i = 0; list != NULL && i < count; i++) {
        MI_ParameterDecl *copy = copy_item(copier, from[i], sizeof(*copy));

        if (copy == NULL || !mic_type_is_valid((MI_Type)copy->type)) {
            return fail(copier, MI_RESULT_INVALID_PARAMETER);
        }
        copy->name = copy_name(copier, copy->name);
        copy->qualifiers = copy_qualifiers(copier, copy->qualifiers, copy->numQualifiers);
        copy->className = copy_text(copier, copy->className);
        list[i] = copy;
    }
    return list;
}

static MI_MethodDecl const *const *copy_methods(struct copier *copier,
                                                MI_MethodDecl const *const *from, MI_Uint32 count)
{
    const MI_MethodDecl **list = new_list(copier, from, count);
    MI_Uint32 i;

    for (i = 0; list != NULL && i < count; i++) {
        MI_MethodDecl *copy = copy_item(copier, from[i], sizeof(*copy));

        if (copy == NULL) {
            return NULL;
        }
        copy->name = copy_name(copier, copy->name);
        copy->qualifiers = copy_qualifiers(copier, copy->qualifiers, copy->numQualifiers);
        copy->parameters = copy_parameters(copier, copy->parameters, copy->numParameters);
        copy->origin = copy_text(copier, copy->origin);
        copy->propagator = copy_text(copier, copy->propagator);
        copy->schema = NULL;
        copy->function = NULL;
        list[i] = copy;
    }
    return list;
}

static MI_ClassDecl *copy_decl(struct copier *copier, const MI_ClassDecl *from)
{
    MI_ClassDecl *copy = copy_item(copier, from, sizeof(*copy));

    if (copy == NULL) {
        return NULL;
    }
    copy->name = copy_name(copier, from->name);
    copy->qualifiers = copy_qualifiers(copier, from->qualifiers, from->numQualifiers);
    copy->properties = copy_properties(copier, from->properties, from->numProperties);
    copy->methods = copy_methods(copier, from->methods, from->numMethods);
    copy->superClass = copy_text(copier, from->superClass);
    copy->superClassDecl = NULL;
    copy->schema = NULL;
    copy->providerFT = NULL;
    copy->owningClass = NULL;
    return copy;
}

/* The index leads to the first property of a name, so a second one finds another index. */
static bool has_duplicates(const MI_ClassDecl *decl)
{
    MI_Uint32 i;

    for (i = 0; i < decl->numProperties; i++) {
        struct mic_str name = mic_str_from(decl->properties[i]->name);

        if (mic_decl_find_property(decl, name, decl->numProperties) != (int)i) {
            return true;
        }
    }
    return false;
}

static MI_Result copy_one(const MI_ClassDecl *decl, const char *name_space, const char *server,
                          struct mic_class *parent, struct mic_class **out)
{
    struct copier copier = {.result = MI_RESULT_OK};
    struct mic_class *cls;
    MI_ClassDecl *copy;

    mic_arena_init(&copier.arena, 0);
    copy = copy_decl(&copier, decl);
    if ((name_space != NULL && !mic_utf8_is_valid(name_space, strlen(name_space), NULL)) ||
        (server != NULL && !mic_utf8_is_valid(server, strlen(server), NULL))) {
        fail(&copier, MI_RESULT_INVALID_PARAMETER);
    }
    if (copier.result != MI_RESULT_OK || copy == NULL) {
        mic_arena_fini(&copier.arena);
        return copier.result;
    }
    cls = mic_class_new(&copier.arena, copy, name_space, server, parent);
    if (cls == NULL) {
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    if (has_duplicates(copy)) {
        mic_class_unref(cls);
        return MI_RESULT_ALREADY_EXISTS;
    }
    *out = cls;
    return MI_RESULT_OK;
}

MI_Result mic_class_new_copy(const MI_ClassDecl *decl, const char *name_space, const char *server,
                             struct mic_class **out)
{
    const MI_ClassDecl *chain[MIC_CLASS_DEPTH_MAX];
    struct mic_class *parent = NULL;
    size_t length = 0;

    for (; decl != NULL; decl = decl->superClassDecl) {
        if (length == MIC_CLASS_DEPTH_MAX) {
            return MI_RESULT_INVALID_PARAMETER;
        }
        chain[length++] = decl;
    }
    if (length == 0) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    while (length-- > 0) {
        struct mic_class *cls = NULL;
        MI_Result result = copy_one(chain[length], name_space, server, parent, &cls);

        mic_class_unref(parent);
        if (result != MI_RESULT_OK) {
            return result;
        }
        parent = cls;
    }
    *out = parent;
    return MI_RESULT_OK;
}
