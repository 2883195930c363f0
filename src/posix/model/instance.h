/** MI_Instance. Two kinds: with a class declaration (its properties, fixed) and dynamic (grows).
 *  Two homes: in an arena of somebody else (what an operation hands out: cheap, borrowed, gone with
 * the arena's reset) or on the heap with an arena of its own (what New and Clone give, ended by
 * Delete).
 *  @thread one instance is not for two threads at once, except for reading */
#ifndef MIC_MODEL_INSTANCE_H
#define MIC_MODEL_INSTANCE_H

#include <mi.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "model/class.h"

struct mic_property {
    const char *name;
    MI_Value value;
    MI_Type type;
    /** Declared flags | MI_FLAG_NULL | MI_FLAG_NOT_MODIFIED, as GetElement gives them;
     * MI_FLAG_ADOPT, which GetElement hides, marks a value that is freed by mic_value_release. */
    MI_Uint32 flags;
};

struct mic_instance {
    MI_Instance public_instance; /* ft is an MI_InstanceExFT-sized table */
    struct mic_arena *arena; /* where values go: &own_arena, or the borrowed one; NULL: read-only */
    struct mic_arena own_arena; /* heap instances only */
    struct mic_class
        *cls; /* counted by heap instances; borrowed in arena ones; NULL: dynamic or RTTI given */
    const char *class_name;
    struct mic_property *properties;
    MI_Uint32 count, capacity;
    MI_Uint32
        *buckets; /* undeclared properties by name, once there are many: index + 1; 0: empty */
    MI_Uint32 bucket_mask;
    bool on_heap;
    bool has_owner; /* on the heap, but freed by the instance whose value it is, not by Delete */
    bool is_dynamic;
    bool owns_name_space, owns_server; /* public_instance.nameSpace, serverName are heap blocks */
    MI_ClassDecl dynamic_decl;         /* just the name: public_instance.classDecl is never NULL */
};

extern const MI_InstanceExFT mic_instance_ft;

/** Heap instances, properties NOT_MODIFIED, with the class's default values or NULL. @p cls may be
 * NULL: dynamic, of @p class_name; else @p class_name is not looked at. @return NULL when out of
 * memory. */
struct mic_instance *mic_instance_new(const char *class_name, struct mic_class *cls);
/** The same of a caller's static declaration, which must outlive it. */
struct mic_instance *mic_instance_new_from_decl(const MI_ClassDecl *decl);
/** In @p arena, properties NULL and NOT_MODIFIED; names and text given to it are not copied: they
 * live in the arena or in the class. @p class_name NULL: that of @p cls. @p expected: properties to
 * make room for when dynamic, or beyond those of @p cls. */
struct mic_instance *mic_instance_new_in(struct mic_arena *arena, const char *class_name,
                                         struct mic_class *cls, MI_Uint32 expected);
/** Deep copy on the heap; flags kept. Works on any MI_Instance, also a foreign one, through its
 * table.
 *  @return NULL when out of memory or too deep */
struct mic_instance *mic_instance_clone(const MI_Instance *from);
/** The same into @p arena (NULL: the heap) with the reason of a failure.
 *  @param depth  0: outermost; beyond MIC_INSTANCE_DEPTH_MAX is refused
 *  @return MI_RESULT_OK; SERVER_LIMITS_EXCEEDED; what a foreign table answered */
MI_Result mic_instance_copy(struct mic_arena *arena, const MI_Instance *from, unsigned depth,
                            struct mic_instance **out);
/** Frees a heap instance; nothing happens to another one, or NULL. */
void mic_instance_delete(struct mic_instance *instance);
/** @return NULL when the instance was not made by this library (its ft is not ours). */
struct mic_instance *mic_instance_from_public(const MI_Instance *instance);

/** Decoder's doors: no copy, value already in the instance's arena.
 *  @return index, or -1; @p hint is where to look first */
int mic_instance_find(const struct mic_instance *instance, struct mic_str name, MI_Uint32 hint);
/** @p value NULL makes it null. NOT_MODIFIED stays. @p index must be below count. */
void mic_instance_put(struct mic_instance *instance, MI_Uint32 index, MI_Type type,
                      const MI_Value *value);
/** Append to a dynamic instance, or an undeclared property to a typed one (server sent more than
 * its class says). No duplicate check, no copy. @return false when out of memory. */
bool mic_instance_append(struct mic_instance *instance, const char *name, MI_Type type,
                         const MI_Value *value, MI_Uint32 flags) MIC_MUST_CHECK;
/** Take back the last mic_instance_append. */
void mic_instance_drop_last(struct mic_instance *instance);
/** Copying setter for our own building of errors and option bags: sets, or adds to a dynamic
 * instance.
 *  @p value NULL makes it null.
 *  @return OK, INVALID_PARAMETER, NO_SUCH_PROPERTY, TYPE_MISMATCH, SERVER_LIMITS_EXCEEDED */
MI_Result mic_instance_set(struct mic_instance *instance, const char *name, MI_Type type,
                           const MI_Value *value, MI_Uint32 flags, struct mic_err *err);
/** Room for @p capacity properties in all. @return false when out of memory. */
bool mic_instance_reserve(struct mic_instance *instance, MI_Uint32 capacity) MIC_MUST_CHECK;
void mic_instance_set_namespace(struct mic_instance *instance, const char *name_space,
                                const char *server); /* not copied */

/** What the table's slots do (semantics of MI_Instance_AddElement, SetElementAt), with flags
 *  BORROW, ADOPT and NULL. */
MI_Result mic_instance_add_element(struct mic_instance *instance, const char *name,
                                   const MI_Value *value, MI_Type type, MI_Uint32 flags);
MI_Result mic_instance_set_element(struct mic_instance *instance, MI_Uint32 index,
                                   const MI_Value *value, MI_Type type, MI_Uint32 flags);
/** Null, and modified. */
void mic_instance_clear_element(struct mic_instance *instance, MI_Uint32 index);

#endif
