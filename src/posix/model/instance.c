#include "model/instance.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "model/value.h"

#define UNSET_FLAGS (MI_FLAG_NULL | MI_FLAG_NOT_MODIFIED)
/* Keys and option bags, of which every session keeps one, are small; what is not doubles. */
#define FIRST_BLOCK 1024
/* Undeclared properties that are searched one by one. */
#define INDEXED_FROM ((size_t)64)

static void init(struct mic_instance *self, const char *class_name, const MI_ClassDecl *decl)
{
    self->public_instance.ft = &mic_instance_ft.parent;
    self->class_name = class_name;
    if (decl != NULL) {
        self->public_instance.classDecl = decl;
        return;
    }
    self->is_dynamic = true;
    self->dynamic_decl.flags = MI_FLAG_CLASS;
    self->dynamic_decl.name = class_name;
    self->public_instance.classDecl = &self->dynamic_decl;
}

static struct mic_instance *new_on_heap(void)
{
    struct mic_instance *self = mic_calloc(1, sizeof(*self));

    if (self != NULL) {
        mic_arena_init(&self->own_arena, FIRST_BLOCK);
        self->arena = &self->own_arena;
        self->on_heap = true;
    }
    return self;
}

bool mic_instance_reserve(struct mic_instance *self, MI_Uint32 capacity)
{
    size_t size;
    struct mic_property *larger;

    if (capacity <= self->capacity) {
        return true;
    }
    if (!mic_size_mul(capacity, sizeof(*larger), &size)) {
        return false;
    }
    larger = mic_arena_alloc(self->arena, size);
    if (larger == NULL) {
        return false;
    }
    if (self->count > 0) {
        memcpy(larger, self->properties, self->count * sizeof(*larger));
    }
    self->properties = larger;
    self->capacity = capacity;
    return true;
}

/* Declared properties, null each. */
static bool add_declared(struct mic_instance *self, const MI_ClassDecl *decl,
                         const struct mic_class *cls)
{
    MI_Uint32 i;

    if (!mic_instance_reserve(self, decl->numProperties)) {
        return false;
    }
    self->count = decl->numProperties;
    if (self->count > 0 && cls != NULL) {
        memcpy(self->properties, cls->prepared, self->count * sizeof(self->properties[0]));
        return true;
    }
    for (i = 0; i < self->count; i++) {
        struct mic_property *property = &self->properties[i];

        memset(property, 0, sizeof(*property));
        property->name = decl->properties[i]->name;
        property->type = (MI_Type)decl->properties[i]->type;
        property->flags = decl->properties[i]->flags | UNSET_FLAGS;
    }
    return true;
}

/* Default values stay where the declaration has them. */
static void apply_defaults(struct mic_instance *self, const MI_ClassDecl *decl)
{
    MI_Uint32 i;

    for (i = 0; i < decl->numProperties; i++) {
        struct mic_property *property = &self->properties[i];

        if (mic_value_from_decl(property->type, decl->properties[i]->value, &property->value)) {
            property->flags &= ~(MI_Uint32)MI_FLAG_NULL;
        }
    }
}

static struct mic_instance *new_declared(const MI_ClassDecl *decl, struct mic_class *cls)
{
    struct mic_instance *self = new_on_heap();

    if (self == NULL) {
        return NULL;
    }
    init(self, decl->name, decl);
    if (!add_declared(self, decl, cls)) {
        mic_instance_delete(self);
        return NULL;
    }
    self->cls = cls != NULL ? mic_class_ref(cls) : NULL;
    apply_defaults(self, decl);
    return self;
}

struct mic_instance *mic_instance_new(const char *class_name, struct mic_class *cls)
{
    struct mic_instance *self;
    char *name;

    if (cls != NULL) {
        return new_declared(cls->public_class.classDecl, cls);
    }
    self = new_on_heap();
    if (self == NULL) {
        return NULL;
    }
    name = mic_arena_strdup(self->arena, class_name);
    if (name == NULL) {
        mic_instance_delete(self);
        return NULL;
    }
    init(self, name, NULL);
    return self;
}

struct mic_instance *mic_instance_new_from_decl(const MI_ClassDecl *decl)
{
    return new_declared(decl, NULL);
}

struct mic_instance *mic_instance_new_in(struct mic_arena *arena, const char *class_name,
                                         struct mic_class *cls, MI_Uint32 expected)
{
    const MI_ClassDecl *decl = cls != NULL ? cls->public_class.classDecl : NULL;
    MI_Uint32 declared = decl != NULL ? decl->numProperties : 0;
    MI_Uint32 capacity = expected > declared ? expected : declared;
    struct mic_instance *self;
    size_t size;

    /* Struct and properties in one piece. */
    if (!mic_size_mul(capacity, sizeof(struct mic_property), &size) ||
        !mic_size_add(size, sizeof(*self), &size)) {
        return NULL;
    }
    self = mic_arena_alloc(arena, size);
    if (self == NULL) {
        return NULL;
    }
    memset(self, 0, sizeof(*self));
    self->arena = arena;
    self->cls = cls;
    self->properties = (struct mic_property *)(void *)(self + 1);
    self->capacity = capacity;
    self->count = declared;
    init(self, class_name != NULL || decl == NULL ? class_name : decl->name, decl);
    if (declared > 0) {
        memcpy(self->properties, cls->prepared, declared * sizeof(struct mic_property));
    }
    return self;
}

static void release_value(struct mic_property *property)
{
    if ((property->flags & MI_FLAG_ADOPT) != 0) {
        mic_value_release(property->type, &property->value);
        property->flags &= ~MI_FLAG_ADOPT;
    }
}

void mic_instance_delete(struct mic_instance *instance)
{
    MI_Uint32 i;

    if (instance == NULL || !instance->on_heap) {
        return;
    }
    for (i = 0; i < instance->count; i++) {
        release_value(&instance->properties[i]);
    }
    if (instance->owns_name_space) {
        mic_free(mic_unconst(instance->public_instance.nameSpace));
    }
    if (instance->owns_server) {
        mic_free(mic_unconst(instance->public_instance.serverName));
    }
    mic_class_unref(instance->cls);
    mic_arena_fini(&instance->own_arena);
    /* A second Delete that still finds this memory is refused by the wrapper. */
    instance->public_instance.ft = NULL;
    mic_free(instance);
}

struct mic_instance *mic_instance_from_public(const MI_Instance *instance)
{
    if (instance == NULL || instance->ft != &mic_instance_ft.parent) {
        return NULL;
    }
    return mic_unconst(instance);
}

static bool is_named(const struct mic_property *property, struct mic_str name)
{
    return strncmp(property->name, name.data, name.size) == 0 &&
           strlen(property->name) == name.size;
}

static unsigned char fold(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool is_named_nocase(const struct mic_property *property, struct mic_str name)
{
    return fold(property->name[0]) == fold(name.data[0]) &&
           mic_str_equal_nocase(mic_str_from(property->name), name);
}

static MI_Uint32 declared_count(const struct mic_instance *instance)
{
    return instance->is_dynamic ? 0 : instance->public_instance.classDecl->numProperties;
}

static MI_Uint32 bucket_of(const struct mic_instance *instance, struct mic_str name)
{
    return mic_name_hash(name) & instance->bucket_mask;
}

static int find_undeclared(const struct mic_instance *instance, struct mic_str name)
{
    MI_Uint32 i;

    if (instance->buckets == NULL) {
        for (i = declared_count(instance); i < instance->count; i++) {
            if (is_named_nocase(&instance->properties[i], name)) {
                return (int)i;
            }
        }
        return -1;
    }
    for (i = bucket_of(instance, name); instance->buckets[i] != 0;
         i = (i + 1) & instance->bucket_mask) {
        MI_Uint32 found = instance->buckets[i] - 1;

        if (is_named_nocase(&instance->properties[found], name)) {
            return (int)found;
        }
    }
    return -1;
}

int mic_instance_find(const struct mic_instance *instance, struct mic_str name, MI_Uint32 hint)
{
    int found = -1;

    if (name.size == 0) {
        return -1;
    }
    if (hint < instance->count && is_named(&instance->properties[hint], name)) {
        return (int)hint;
    }
    if (!instance->is_dynamic) {
        found = mic_decl_find_property(instance->public_instance.classDecl, name, hint);
    }
    return found >= 0 ? found : find_undeclared(instance, name);
}

static void index_property(struct mic_instance *instance, MI_Uint32 index)
{
    MI_Uint32 at = bucket_of(instance, mic_str_from(instance->properties[index].name));

    while (instance->buckets[at] != 0) {
        at = (at + 1) & instance->bucket_mask;
    }
    instance->buckets[at] = index + 1;
}

/* Without it ten thousand properties would cost fifty million comparisons. */
static bool index_last(struct mic_instance *instance)
{
    MI_Uint32 i, first = declared_count(instance);
    size_t undeclared = instance->count > first ? instance->count - first : 0;
    size_t size = INDEXED_FROM * 4;

    if (undeclared <= INDEXED_FROM) {
        return true;
    }
    if (instance->buckets != NULL && undeclared * 2 <= (size_t)instance->bucket_mask + 1) {
        index_property(instance, instance->count - 1);
        return true;
    }
    while (size < undeclared * 4) {
        size *= 2;
    }
    instance->buckets = mic_arena_calloc(instance->arena, size, sizeof(instance->buckets[0]));
    if (instance->buckets == NULL) {
        return false;
    }
    instance->bucket_mask = (MI_Uint32)(size - 1);
    for (i = first; i < instance->count; i++) {
        index_property(instance, i);
    }
    return true;
}

void mic_instance_drop_last(struct mic_instance *instance)
{
    MI_Uint32 last = instance->count - 1;

    if (instance->buckets != NULL) {
        MI_Uint32 at = bucket_of(instance, mic_str_from(instance->properties[last].name));

        /* The newest entry ends its chain, so nothing behind it gets lost. */
        while (instance->buckets[at] != 0 && instance->buckets[at] != last + 1) {
            at = (at + 1) & instance->bucket_mask;
        }
        instance->buckets[at] = 0;
    }
    instance->count = last;
}

void mic_instance_put(struct mic_instance *instance, MI_Uint32 index, MI_Type type,
                      const MI_Value *value)
{
    struct mic_property *property = &instance->properties[index];

    release_value(property);
    property->type = type;
    if (value != NULL) {
        property->value = *value;
        property->flags &= ~(MI_Uint32)MI_FLAG_NULL;
    } else {
        memset(&property->value, 0, sizeof(property->value));
        property->flags |= MI_FLAG_NULL;
    }
}

bool mic_instance_append(struct mic_instance *instance, const char *name, MI_Type type,
                         const MI_Value *value, MI_Uint32 flags)
{
    struct mic_property *property;

    if (instance->count == instance->capacity &&
        (instance->count >= INT32_MAX / 2 ||
         !mic_instance_reserve(instance, instance->capacity < 8 ? 8 : instance->capacity * 2))) {
        return false;
    }
    property = &instance->properties[instance->count++];
    property->name = name;
    property->flags = flags & ~MI_FLAG_ADOPT;
    mic_instance_put(instance, instance->count - 1, type, value);
    if (!index_last(instance)) {
        instance->count--;
        return false;
    }
    return true;
}

void mic_instance_set_namespace(struct mic_instance *instance, const char *name_space,
                                const char *server)
{
    instance->public_instance.nameSpace = name_space;
    instance->public_instance.serverName = server;
}

static MI_Result explain(struct mic_err *err, MI_Result result, const char *name)
{
    char quoted[80];

    if (result == MI_RESULT_OK) {
        return result;
    }
    if (result == MI_RESULT_SERVER_LIMITS_EXCEEDED) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory");
    }
    mic_err_quote(mic_str_from(name), quoted, sizeof(quoted));
    mic_err_set(err, MIC_E_ARGUMENT, "the property %s cannot take this value", quoted);
    if (err != NULL) {
        err->result = result;
    }
    return result;
}

MI_Result mic_instance_set(struct mic_instance *instance, const char *name, MI_Type type,
                           const MI_Value *value, MI_Uint32 flags, struct mic_err *err)
{
    int found = name != NULL ? mic_instance_find(instance, mic_str_from(name), 0) : -1;
    MI_Result result;

    flags &= ~(MI_FLAG_BORROW | MI_FLAG_ADOPT);
    if (found >= 0) {
        result = mic_instance_set_element(instance, (MI_Uint32)found, value, type, flags);
    } else if (name != NULL && !instance->is_dynamic) {
        result = MI_RESULT_NO_SUCH_PROPERTY;
    } else {
        result = mic_instance_add_element(instance, name, value, type, flags);
    }
    return explain(err, result, name);
}
