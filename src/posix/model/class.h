/** MI_Class: a class declaration, immutable, counted, shared by the session's cache and every
 * clone.
 *  @thread any: nothing in it changes but the count, which is atomic */
#ifndef MIC_MODEL_CLASS_H
#define MIC_MODEL_CLASS_H

#include <mi.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/** Superclasses of a class, itself counted. */
#define MIC_CLASS_DEPTH_MAX 65u

struct mic_property;

/** The public struct first: an MI_Class* of ours is a struct mic_class*. */
struct mic_class {
    MI_Class public_class;    /* ft, classDecl, namespaceName, serverName */
    struct mic_arena arena;   /* holds classDecl and all below it */
    struct mic_class *parent; /* counted; NULL: no parent, or not known */
    atomic_int references;
    const struct mic_property
        *prepared;      /* what a new instance starts from: all NULL and NOT_MODIFIED */
    MI_Uint32 *buckets; /* property index + 1 by hash of its name; 0: empty */
    MI_Uint32 bucket_mask;
};

extern const MI_ClassFT mic_class_ft;

/** Take over @p arena (it is empty afterwards, also on failure) with @p decl, which lives in it and
 * is complete: inherited properties included. This function sets the name hashes
 * (MI_PropertyDecl.code and the like), owningClass, and superClassDecl from @p parent. Values in a
 * declaration (MI_PropertyDecl.value, MI_Qualifier.value) point to storage of their type:
 *  MI_Uint32*, MI_Char**, MI_StringA* ...; NULL: no value. A method's parameter of the name
 * MIReturn stands for its return value: it is not counted, its qualifiers are those of the return
 * value.
 *  @param parent   counted here; may be NULL
 *  @return a class with one reference, or NULL when out of memory */
struct mic_class *mic_class_new(struct mic_arena *arena, MI_ClassDecl *decl, const char *name_space,
                                const char *server, struct mic_class *parent);
/** A deep copy of an application's declaration and of all above it.
 *  @return MI_RESULT_OK; INVALID_PARAMETER for an illegal name or type, an array without data, a
 * chain of more than 64 superclasses; ALREADY_EXISTS for a property named twice;
 * SERVER_LIMITS_EXCEEDED */
MI_Result mic_class_new_copy(const MI_ClassDecl *decl, const char *name_space, const char *server,
                             struct mic_class **out);
/** A reference to a class of ours, a copy of a foreign one. Results as mic_class_new_copy. */
MI_Result mic_class_acquire(const MI_Class *cls, struct mic_class **out);
struct mic_class *mic_class_ref(struct mic_class *cls);
void mic_class_unref(struct mic_class *cls);
/** @return NULL when @p cls was not made by this library. */
struct mic_class *mic_class_from_public(const MI_Class *cls);

/** May instances be made of an application's declaration: names and types of its properties are
 * there? */
bool mic_decl_is_usable(const MI_ClassDecl *decl);
/** A hash that does not see ASCII case. */
MI_Uint32 mic_name_hash(struct mic_str name);
/** Index of a property by name without case, starting the search at @p hint (the usual next one).
 *  @return -1 when there is none. */
int mic_decl_find_property(const MI_ClassDecl *decl, struct mic_str name, MI_Uint32 hint);
/** Walks names of the superclass chain (superClass, superClassDecl). */
bool mic_decl_is_a(const MI_ClassDecl *decl, const char *class_name);
/** CIM identifier (DSP0004 A.1): a letter, underscore or U+0080..U+FFEF first, then also digits;
 *  at most 4096 bytes, UTF-8. */
bool mic_name_is_legal(const char *name);

/** Sets of qualifiers and parameters point into their class. */
void mic_qualifier_set_init(MI_QualifierSet *set, MI_Qualifier const *const *qualifiers,
                            MI_Uint32 count);
void mic_parameter_set_init(MI_ParameterSet *set, const MI_MethodDecl *method);

#endif
