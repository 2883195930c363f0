#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *peer_type_name(enum peer_type type)
{
    static const char *const names[] = {
        [PT_BOOLEAN] = "boolean",   [PT_UINT8] = "uint8",   [PT_SINT8] = "sint8",
        [PT_UINT16] = "uint16",     [PT_SINT16] = "sint16", [PT_UINT32] = "uint32",
        [PT_SINT32] = "sint32",     [PT_UINT64] = "uint64", [PT_SINT64] = "sint64",
        [PT_REAL32] = "real32",     [PT_REAL64] = "real64", [PT_CHAR16] = "char16",
        [PT_DATETIME] = "datetime", [PT_STRING] = "string", [PT_REFERENCE] = "reference",
        [PT_INSTANCE] = "string",
    };

    return names[type];
}

const char *peer_xsi_type(enum peer_type type)
{
    static const char *const names[] = {
        [PT_BOOLEAN] = "cimBoolean",     [PT_UINT8] = "cimUnsignedByte",
        [PT_SINT8] = "cimByte",          [PT_UINT16] = "cimUnsignedShort",
        [PT_SINT16] = "cimShort",        [PT_UINT32] = "cimUnsignedInt",
        [PT_SINT32] = "cimInt",          [PT_UINT64] = "cimUnsignedLong",
        [PT_SINT64] = "cimLong",         [PT_REAL32] = "cimFloat",
        [PT_REAL64] = "cimDouble",       [PT_CHAR16] = "cimChar16",
        [PT_DATETIME] = "cimDateTime",   [PT_STRING] = "cimString",
        [PT_REFERENCE] = "cimReference", [PT_INSTANCE] = NULL,
    };

    return names[type];
}

struct peer_instance *peer_instance_new(struct peer_arena *arena, const struct peer_class *cls,
                                        const char *ns)
{
    struct peer_instance *inst = peer_alloc(arena, sizeof *inst);

    inst->cls = cls;
    inst->ns = ns;
    inst->values = peer_alloc(arena, cls->all_count * sizeof *inst->values);
    return inst;
}

size_t peer_prop_index(const struct peer_class *cls, const char *name)
{
    for (size_t i = 0; i < cls->all_count; i++) {
        if (strcmp(cls->all[i]->name, name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static struct peer_value *value_of(struct peer_instance *inst, const char *name)
{
    size_t i = peer_prop_index(inst->cls, name);

    if (i == SIZE_MAX) {
        fprintf(stderr, "mi-peer: %s has no property %s\n", inst->cls->name, name);
        abort();
    }
    return &inst->values[i];
}

void peer_set_items(struct peer_arena *arena, struct peer_instance *inst, const char *name,
                    size_t count, const void *const *items)
{
    struct peer_value *value = value_of(inst, name);

    value->set = true;
    value->count = count;
    if (count == 1) {
        value->one = items[0];
    } else if (count > 1) {
        const void **copy = peer_alloc(arena, count * sizeof *copy);

        for (size_t i = 0; i < count; i++) {
            copy[i] = items[i];
        }
        value->items = copy;
    }
}

void peer_set_at(struct peer_instance *inst, size_t index, const char *text)
{
    struct peer_value *value = &inst->values[index];

    value->set = true;
    value->count = 1;
    value->one = text;
}

void peer_set(struct peer_arena *arena, struct peer_instance *inst, const char *name,
              const char *text)
{
    struct peer_value *value = value_of(inst, name);

    value->set = true;
    value->count = 1;
    value->one = peer_dup(arena, text);
}

void peer_set_u64(struct peer_arena *arena, struct peer_instance *inst, const char *name,
                  uint64_t value)
{
    char text[32];

    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    peer_set(arena, inst, name, text);
}

void peer_set_s64(struct peer_arena *arena, struct peer_instance *inst, const char *name,
                  int64_t value)
{
    char text[32];

    snprintf(text, sizeof text, "%lld", (long long)value);
    peer_set(arena, inst, name, text);
}

void peer_set_bool(struct peer_arena *arena, struct peer_instance *inst, const char *name,
                   bool value)
{
    peer_set(arena, inst, name, value ? "true" : "false");
}

void peer_set_array(struct peer_arena *arena, struct peer_instance *inst, const char *name,
                    size_t count, const char *const *texts)
{
    const void **items = peer_alloc(arena, count * sizeof *items);

    for (size_t i = 0; i < count; i++) {
        items[i] = peer_dup(arena, texts[i]);
    }
    peer_set_items(arena, inst, name, count, items);
}

struct peer_path *peer_path_new(struct peer_arena *arena, const char *class_name, const char *ns,
                                const char *key, const char *value)
{
    struct peer_path *path = peer_alloc(arena, sizeof *path);
    const char **names = peer_alloc(arena, sizeof *names);
    const char **values = peer_alloc(arena, sizeof *values);

    names[0] = peer_dup(arena, key);
    values[0] = peer_dup(arena, value);
    path->class_name = peer_dup(arena, class_name);
    path->ns = peer_dup(arena, ns);
    path->names = names;
    path->values = values;
    path->count = 1;
    return path;
}

static const struct peer_path *path_copy(struct peer_arena *arena, const struct peer_path *path)
{
    struct peer_path *copy = peer_alloc(arena, sizeof *copy);
    const char **names = peer_alloc(arena, (path->count + 1) * sizeof *names);
    const char **values = peer_alloc(arena, (path->count + 1) * sizeof *values);

    for (size_t i = 0; i < path->count; i++) {
        names[i] = peer_dup(arena, path->names[i]);
        values[i] = peer_dup(arena, path->values[i]);
    }
    copy->class_name = peer_dup(arena, path->class_name);
    copy->ns = peer_dup(arena, path->ns);
    copy->names = names;
    copy->values = values;
    copy->count = path->count;
    return copy;
}

static const void *item_copy(struct peer_arena *arena, enum peer_type type, const void *item)
{
    if (type == PT_REFERENCE) {
        return path_copy(arena, item);
    }
    return type == PT_INSTANCE ? (const void *)peer_instance_copy(arena, item)
                               : peer_dup(arena, item);
}

void peer_value_copy(struct peer_arena *arena, const struct peer_prop *prop,
                     const struct peer_value *from, struct peer_value *to)
{
    const void **items = peer_alloc(arena, (from->count + 1) * sizeof *items);

    memset(to, 0, sizeof *to);
    to->set = from->set;
    to->count = from->count;
    for (size_t i = 0; i < from->count; i++) {
        items[i] = item_copy(arena, prop->type, from->count == 1 ? from->one : from->items[i]);
    }
    to->one = from->count == 1 ? items[0] : NULL;
    to->items = items;
}

struct peer_instance *peer_instance_copy(struct peer_arena *arena, const struct peer_instance *inst)
{
    struct peer_instance *copy = peer_instance_new(arena, inst->cls, inst->ns);

    for (size_t i = 0; i < inst->cls->all_count; i++) {
        peer_value_copy(arena, inst->cls->all[i], &inst->values[i], &copy->values[i]);
    }
    return copy;
}

char *peer_interval(struct peer_arena *arena, uint64_t seconds, unsigned micros)
{
    return peer_fmt(arena, "%08llu%02u%02u%02u.%06u:000", (unsigned long long)(seconds / 86400),
                    (unsigned)(seconds / 3600 % 24), (unsigned)(seconds / 60 % 60),
                    (unsigned)(seconds % 60), micros);
}

bool peer_class_is_a(const struct peer_class *cls, const struct peer_class *base)
{
    for (; cls != NULL; cls = cls->super) {
        if (peer_ieq(cls->name, base->name)) {
            return true;
        }
    }
    return false;
}

bool peer_class_in_ns(const struct peer_class *cls, const char *ns)
{
    for (const char *const *at = cls->namespaces; *at != NULL; at++) {
        if (peer_ns_eq(*at, ns)) {
            return true;
        }
    }
    return false;
}

const char *peer_own_ns(const struct peer_class *cls, const char *ns)
{
    for (const char *const *at = cls->namespaces; *at != NULL; at++) {
        if (peer_ns_eq(*at, ns)) {
            return *at;
        }
    }
    return cls->namespaces[0];
}

static void flatten(struct peer_arena *arena, struct peer_class *cls)
{
    size_t total = 0;
    size_t end;

    for (const struct peer_class *c = cls; c != NULL; c = c->super) {
        total += c->prop_count;
    }
    cls->all = peer_alloc(arena, total * sizeof *cls->all);
    cls->origins = peer_alloc(arena, total * sizeof *cls->origins);
    cls->all_count = total;
    end = total;
    for (const struct peer_class *c = cls; c != NULL; c = c->super) {
        end -= c->prop_count;
        for (size_t i = 0; i < c->prop_count; i++) {
            cls->all[end + i] = &c->props[i];
            cls->origins[end + i] = c;
        }
    }
}

void peer_catalog_add(struct peer_catalog *catalog, const struct peer_class *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct peer_class *cls = peer_alloc(&catalog->arena, sizeof *cls);

        *cls = table[i];
        if ((cls->flags & PC_WIDE) != 0) {
            peer_wide_fill(&catalog->arena, cls);
        }
        flatten(&catalog->arena, cls);
        catalog->classes =
            peer_xrealloc(catalog->classes, (catalog->count + 1) * sizeof *catalog->classes);
        catalog->classes[catalog->count++] = cls;
    }
}

void peer_catalog_free(struct peer_catalog *catalog)
{
    if (catalog == NULL) {
        return;
    }
    peer_arena_free(&catalog->arena);
    free(catalog->classes);
    free(catalog);
}

const struct peer_class *peer_catalog_find(const struct peer_catalog *catalog, const char *ns,
                                           const char *name)
{
    for (size_t i = 0; i < catalog->count; i++) {
        const struct peer_class *cls = catalog->classes[i];

        if (peer_ieq(cls->name, name) && (ns == NULL || peer_class_in_ns(cls, ns))) {
            return cls;
        }
    }
    return NULL;
}

bool peer_catalog_has_ns(const struct peer_catalog *catalog, const char *ns)
{
    for (size_t i = 0; i < catalog->count; i++) {
        if (peer_class_in_ns(catalog->classes[i], ns)) {
            return true;
        }
    }
    return false;
}
