#ifndef PEER_MODEL_H
#define PEER_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util.h"

enum peer_type {
    PT_BOOLEAN,
    PT_UINT8,
    PT_SINT8,
    PT_UINT16,
    PT_SINT16,
    PT_UINT32,
    PT_SINT32,
    PT_UINT64,
    PT_SINT64,
    PT_REAL32,
    PT_REAL64,
    PT_CHAR16,
    PT_DATETIME,
    PT_STRING,
    PT_REFERENCE,
    PT_INSTANCE
};

/** CIM name of a type as CIM-XML spells it; "string" for embedded instances. */
const char *peer_type_name(enum peer_type type);

/** Type of a value as xsi:type names it behind "cim:"; NULL for embedded instances. */
const char *peer_xsi_type(enum peer_type type);

/* Property and parameter flags. */
#define PP_KEY    1U
#define PP_ARRAY  2U
#define PP_WRITE  4U
#define PP_IN     8U
#define PP_OUT    16U
#define PP_STATIC 32U
#define PP_OCTET  64U  /* uint8 array with OctetString */
#define PP_STREAM 128U /* may come in parts */

struct peer_prop {
    const char *name;
    enum peer_type type;
    unsigned flags;
    /** Class referred to or embedded; NULL if not such a property. */
    const char *target;
    /** Text of the Description qualifier, or NULL. */
    const char *text;
};

struct peer_method {
    const char *name;
    enum peer_type type;
    unsigned flags;
    const struct peer_prop *params;
    size_t count;
};

struct peer;
struct peer_class;
struct peer_instance;

/** Where a provider puts the instances it makes. */
struct peer_sink {
    void (*emit)(struct peer_sink *sink, const struct peer_instance *instance);
};

struct peer_selector {
    const char *name;
    /** Text of the selector; for a reference the class name of its EPR. */
    const char *value;
    /** Keys of an EPR given as the value, or NULL. */
    const struct peer_selector *keys;
    size_t key_count;
    bool is_epr;
};

struct peer_provider {
    /** Emit every instance of exactly @p cls in namespace @p ns; each may be reset afterwards. */
    void (*list)(struct peer *peer, const struct peer_class *cls, const char *ns,
                 struct peer_arena *arena, struct peer_sink *sink);
    /** The instance with these keys or NULL; absent: list and compare. */
    const struct peer_instance *(*get)(struct peer *peer, const struct peer_class *cls,
                                       const char *ns, struct peer_arena *arena,
                                       const struct peer_selector *keys, size_t count);
};

#define PC_NO_SCHEMA   1U /* GetClass refuses */
#define PC_ABSTRACT    2U
#define PC_CACHED      4U  /* the instances never change: serialized pages are kept */
#define PC_SLOW        8U  /* Pull takes its time */
#define PC_WIDE        16U /* the property list is made at the start */
#define PC_ASSOCIATION 32U
#define PC_INDICATION  64U
#define PC_WRITABLE    128U /* Create, Put and Delete work */
#define PC_CHATTY      256U /* Get and Enumerate emit interactive events */
#define PC_FLAWED      512U /* error objects among the items */

struct peer_class {
    const char *name;
    const struct peer_class *super;
    const struct peer_prop *props;
    size_t prop_count;
    const struct peer_method *methods;
    size_t method_count;
    const struct peer_provider *provider;
    /** NULL-terminated; a class is visible only there. */
    const char *const *namespaces;
    unsigned flags;
    const char *text;
    /** Filled by the catalog: properties of the whole chain, base first, and who declares each. */
    const struct peer_prop **all;
    const struct peer_class **origins;
    size_t all_count;
};

/** A reference: the class, namespace and keys it names. */
struct peer_path {
    const char *class_name;
    const char *ns;
    const char *const *names;
    const char *const *values;
    size_t count;
};

/**
 * One property value. Items are texts in canonical form (booleans true/false, decimal numbers,
 * datetimes in DMTF form, char16 as a number), instances or paths, after the property's type.
 */
struct peer_value {
    bool set;
    size_t count;
    const void *one;
    const void *const *items;
};

struct peer_instance {
    const struct peer_class *cls;
    const char *ns;
    struct peer_value *values;
    /** XML put as it stands behind the properties; %P stands for the prefix of the class. */
    const char *raw;
};

struct peer_instance *peer_instance_new(struct peer_arena *arena, const struct peer_class *cls,
                                        const char *ns);
/** Index of a property in peer_class.all, or SIZE_MAX. */
size_t peer_prop_index(const struct peer_class *cls, const char *name);
/** Setters by name copy into @p arena; an unknown name is our mistake and aborts. */
void peer_set(struct peer_arena *arena, struct peer_instance *inst, const char *name,
              const char *text);
void peer_set_u64(struct peer_arena *arena, struct peer_instance *inst, const char *name,
                  uint64_t value);
void peer_set_s64(struct peer_arena *arena, struct peer_instance *inst, const char *name,
                  int64_t value);
void peer_set_bool(struct peer_arena *arena, struct peer_instance *inst, const char *name,
                   bool value);
/** Array of texts; @p count 0 makes an empty array. */
void peer_set_array(struct peer_arena *arena, struct peer_instance *inst, const char *name,
                    size_t count, const char *const *texts);
/** Scalar or element pointers that are not texts. */
void peer_set_items(struct peer_arena *arena, struct peer_instance *inst, const char *name,
                    size_t count, const void *const *items);
/** Text without copying, by index. */
void peer_set_at(struct peer_instance *inst, size_t index, const char *text);

/** A copy with everything in it; classes stay shared. */
struct peer_instance *peer_instance_copy(struct peer_arena *arena,
                                         const struct peer_instance *inst);
/** One value with everything in it. */
void peer_value_copy(struct peer_arena *arena, const struct peer_prop *prop,
                     const struct peer_value *from, struct peer_value *to);

struct peer_path *peer_path_new(struct peer_arena *arena, const char *class_name, const char *ns,
                                const char *key, const char *value);

/** DMTF datetime text of a UNIX time, with the offset of the machine. */
char *peer_datetime(struct peer_arena *arena, int64_t seconds, unsigned micros);
/** DMTF interval text. */
char *peer_interval(struct peer_arena *arena, uint64_t seconds, unsigned micros);

/** True if @p cls is @p base or below it. */
bool peer_class_is_a(const struct peer_class *cls, const struct peer_class *base);
/** Name of the namespace as the class spells it. */
const char *peer_own_ns(const struct peer_class *cls, const char *ns);
bool peer_class_in_ns(const struct peer_class *cls, const char *ns);

/** All classes, fixed after the start. */
struct peer_catalog {
    struct peer_class **classes;
    size_t count;
    struct peer_arena arena;
};

struct peer_catalog *peer_catalog_new(void);
void peer_catalog_add(struct peer_catalog *catalog, const struct peer_class *table, size_t count);
void peer_catalog_free(struct peer_catalog *catalog);
const struct peer_class *peer_catalog_find(const struct peer_catalog *catalog, const char *ns,
                                           const char *name);
bool peer_catalog_has_ns(const struct peer_catalog *catalog, const char *ns);

/* Tables of the files that define classes. */
const struct peer_class *peer_live_classes(size_t *count);
const struct peer_class *peer_test_classes(size_t *count);
const struct peer_class *peer_many_classes(size_t *count);
const struct peer_class *peer_link_classes(size_t *count);
const struct peer_class *peer_note_classes(size_t *count);
const struct peer_class *peer_service_classes(size_t *count);
const struct peer_class *peer_alert_classes(size_t *count);
/** Classes whose property lists are made at the start. */
void peer_wide_fill(struct peer_arena *arena, struct peer_class *cls);

#endif
