#include "model/class.h"

#include <string.h>

#include "base/mem.h"
#include "common/utf.h"
#include "model/instance.h"
#include "model/value.h"

#define NAME_MAX_BYTES 4096u

static unsigned char fold(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* FNV-1a over the name without case. */
MI_Uint32 mic_name_hash(struct mic_str name)
{
    MI_Uint32 hash = 2166136261u;
    size_t i;

    for (i = 0; i < name.size; i++) {
        hash = (hash ^ fold(name.data[i])) * 16777619u;
    }
    return hash;
}

/* The code generated declarations carry: first and last character and length. */
static MI_Uint32 code_of(const char *name)
{
    size_t length = name != NULL ? strlen(name) : 0;

    return length == 0 ? 0
                       : (MI_Uint32)fold(name[0]) << 16 | (MI_Uint32)fold(name[length - 1]) << 8 |
                             (MI_Uint32)(length & 0xFF);
}

static void set_codes(MI_ClassDecl *decl)
{
    MI_Uint32 i, k;

    decl->code = code_of(decl->name);
    for (i = 0; i < decl->numProperties; i++) {
        MI_PropertyDecl *property = mic_unconst(decl->properties[i]);

        property->code = code_of(property->name);
    }
    for (i = 0; i < decl->numMethods; i++) {
        MI_MethodDecl *method = mic_unconst(decl->methods[i]);

        method->code = code_of(method->name);
        for (k = 0; k < method->numParameters; k++) {
            MI_ParameterDecl *parameter = mic_unconst(method->parameters[k]);

            parameter->code = code_of(parameter->name);
        }
    }
}

/* What instances are copied from: names, types, declared flags. */
static bool prepare_properties(struct mic_class *cls, const MI_ClassDecl *decl)
{
    struct mic_property *prepared =
        mic_arena_calloc(&cls->arena, decl->numProperties, sizeof(*prepared));
    MI_Uint32 i;

    if (prepared == NULL) {
        return false;
    }
    for (i = 0; i < decl->numProperties; i++) {
        prepared[i].name = decl->properties[i]->name;
        prepared[i].type = (MI_Type)decl->properties[i]->type;
        prepared[i].flags = (decl->properties[i]->flags & ~(MI_FLAG_BORROW | MI_FLAG_ADOPT)) |
                            MI_FLAG_NULL | MI_FLAG_NOT_MODIFIED;
    }
    cls->prepared = prepared;
    return true;
}

static bool index_properties(struct mic_class *cls, const MI_ClassDecl *decl)
{
    size_t buckets = 8;
    MI_Uint32 i;

    while (buckets < (size_t)decl->numProperties * 2) {
        buckets *= 2;
    }
    cls->buckets = mic_arena_calloc(&cls->arena, buckets, sizeof(cls->buckets[0]));
    if (cls->buckets == NULL) {
        return false;
    }
    cls->bucket_mask = (MI_Uint32)(buckets - 1);
    for (i = 0; i < decl->numProperties; i++) {
        MI_Uint32 at = mic_name_hash(mic_str_from(decl->properties[i]->name)) & cls->bucket_mask;

        while (cls->buckets[at] != 0) {
            at = (at + 1) & cls->bucket_mask;
        }
        cls->buckets[at] = i + 1;
    }
    return true;
}

static bool keep_text(struct mic_class *cls, const char *text, const MI_Char **out)
{
    *out = text != NULL ? mic_arena_strdup(&cls->arena, text) : NULL;
    return text == NULL || *out != NULL;
}

struct mic_class *mic_class_new(struct mic_arena *arena, MI_ClassDecl *decl, const char *name_space,
                                const char *server, struct mic_class *parent)
{
    struct mic_class *cls = mic_calloc(1, sizeof(*cls));

    if (cls == NULL) {
        mic_arena_fini(arena);
        return NULL;
    }
    cls->arena = *arena;
    mic_arena_init(arena, 0);
    atomic_init(&cls->references, 1);
    cls->public_class.ft = &mic_class_ft;
    cls->public_class.classDecl = decl;
    if (!prepare_properties(cls, decl) || !index_properties(cls, decl) ||
        !keep_text(cls, name_space, &cls->public_class.namespaceName) ||
        !keep_text(cls, server, &cls->public_class.serverName)) {
        mic_class_unref(cls);
        return NULL;
    }
    set_codes(decl);
    decl->owningClass = &cls->public_class;
    if (parent != NULL) {
        cls->parent = mic_class_ref(parent);
        decl->superClassDecl = parent->public_class.classDecl;
        if (decl->superClass == NULL) {
            decl->superClass = decl->superClassDecl->name;
        }
    }
    return cls;
}

struct mic_class *mic_class_ref(struct mic_class *cls)
{
    atomic_fetch_add_explicit(&cls->references, 1, memory_order_relaxed);
    return cls;
}

void mic_class_unref(struct mic_class *cls)
{
    /* A loop, not recursion: a server decides how long a chain is. */
    while (cls != NULL &&
           atomic_fetch_sub_explicit(&cls->references, 1, memory_order_acq_rel) == 1) {
        struct mic_class *parent = cls->parent;

        mic_arena_fini(&cls->arena);
        cls->public_class.ft = NULL;
        mic_free(cls);
        cls = parent;
    }
}

struct mic_class *mic_class_from_public(const MI_Class *cls)
{
    return cls == NULL || cls->ft != &mic_class_ft ? NULL : mic_unconst(cls);
}

MI_Result mic_class_acquire(const MI_Class *cls, struct mic_class **out)
{
    struct mic_class *ours = mic_class_from_public(cls);

    if (ours == NULL) {
        if (cls == NULL || cls->classDecl == NULL) {
            return MI_RESULT_INVALID_PARAMETER;
        }
        return mic_class_new_copy(cls->classDecl, cls->namespaceName, cls->serverName, out);
    }
    *out = mic_class_ref(ours);
    return MI_RESULT_OK;
}

bool mic_decl_is_usable(const MI_ClassDecl *decl)
{
    MI_Uint32 i;

    if (!mic_name_is_legal(decl->name) || (decl->numProperties > 0 && decl->properties == NULL)) {
        return false;
    }
    for (i = 0; i < decl->numProperties; i++) {
        const MI_PropertyDecl *property = decl->properties[i];

        if (property == NULL || !mic_name_is_legal(property->name) ||
            !mic_type_is_valid((MI_Type)property->type)) {
            return false;
        }
    }
    return true;
}

static bool is_property(const MI_ClassDecl *decl, MI_Uint32 index, struct mic_str name)
{
    const char *text = decl->properties[index]->name;

    return fold(text[0]) == fold(name.data[0]) && mic_str_equal_nocase(mic_str_from(text), name);
}

int mic_decl_find_property(const MI_ClassDecl *decl, struct mic_str name, MI_Uint32 hint)
{
    const struct mic_class *cls = mic_class_from_public(decl->owningClass);
    MI_Uint32 i;

    if (name.size == 0) {
        return -1;
    }
    if (hint < decl->numProperties && is_property(decl, hint, name)) {
        return (int)hint;
    }
    if (cls != NULL && cls->public_class.classDecl == decl) {
        for (i = mic_name_hash(name) & cls->bucket_mask; cls->buckets[i] != 0;
             i = (i + 1) & cls->bucket_mask) {
            if (is_property(decl, cls->buckets[i] - 1, name)) {
                return (int)(cls->buckets[i] - 1);
            }
        }
        return -1;
    }
    for (i = 0; i < decl->numProperties; i++) {
        if (is_property(decl, i, name)) {
            return (int)i;
        }
    }
    return -1;
}

bool mic_decl_is_a(const MI_ClassDecl *decl, const char *class_name)
{
    unsigned depth;

    for (depth = 0; decl != NULL && depth <= MIC_CLASS_DEPTH_MAX; depth++) {
        if (mic_text_equal_nocase(decl->name, class_name) ||
            (decl->superClass != NULL && mic_text_equal_nocase(decl->superClass, class_name))) {
            return true;
        }
        decl = decl->superClassDecl;
    }
    return false;
}

static bool is_name_character(uint32_t code_point, bool first)
{
    if (code_point >= 0x80) {
        return code_point <= 0xFFEF;
    }
    if (code_point >= '0' && code_point <= '9') {
        return !first;
    }
    return code_point == '_' || (code_point >= 'A' && code_point <= 'Z') ||
           (code_point >= 'a' && code_point <= 'z');
}

bool mic_name_is_legal(const char *name)
{
    size_t size = name != NULL ? strlen(name) : 0;
    size_t at = 0;

    if (size == 0 || size > NAME_MAX_BYTES) {
        return false;
    }
    while (at < size) {
        uint32_t code_point;
        size_t length = mic_utf8_decode(name + at, size - at, &code_point);

        if (length == 0 || !is_name_character(code_point, at == 0)) {
            return false;
        }
        at += length;
    }
    return true;
}
