/* EnumerateClasses: declarations below a class, or from the top, paged like instances. */
#include <string.h>

#include "page.h"

/* Options of DSP0227 15.8 that bear on which classes come and how. */
struct class_wish {
    /** Class whose children are wanted; NULL for the top. */
    const struct peer_class *below;
    bool deep;
    bool names_only;
    struct peer_class_options options;
};

static bool same_class(const struct peer_class *a, const struct peer_class *b)
{
    return a != NULL && b != NULL ? peer_ieq(a->name, b->name) : a == b;
}

static bool is_wanted(const struct class_wish *wish, const struct peer_class *cls)
{
    if (!wish->deep) {
        return same_class(cls->super, wish->below);
    }
    return wish->below == NULL ||
           (!same_class(cls, wish->below) && peer_class_is_a(cls, wish->below));
}

static enum peer_fault read_class(struct peer_call *call, struct class_wish *wish)
{
    const struct peer_soap *soap = call->soap;
    const char *name = "";

    for (size_t i = 0; i < soap->key_count; i++) {
        if (!peer_ieq(soap->keys[i].name, "ClassName") || soap->keys[i].is_epr) {
            call->why = "ClassName is the only key of classes";
            return FAULT_SELECTORS_UNEXPECTED;
        }
        name = soap->keys[i].value;
    }
    if (!peer_catalog_has_ns(call->peer->catalog, soap->ns)) {
        return FAULT_NO_NAMESPACE;
    }
    if (*name == '\0') {
        return FAULT_NONE;
    }
    wish->below = peer_catalog_find(call->peer->catalog, soap->ns, name);
    return wish->below != NULL ? FAULT_NONE : FAULT_NO_CLASS;
}

static struct peer_items *list_classes(struct peer_call *call, const struct class_wish *wish,
                                       const struct peer_item_spec *spec)
{
    const struct peer_catalog *catalog = call->peer->catalog;
    struct peer_item_writer writer;

    peer_item_writer_init(&writer, &call->soap->view, spec);
    for (size_t i = 0; i < catalog->count; i++) {
        const struct peer_class *cls = catalog->classes[i];
        struct peer_buf *out = &writer.items->bytes;

        if ((cls->flags & PC_NO_SCHEMA) != 0 || !peer_class_in_ns(cls, call->soap->ns) ||
            !is_wanted(wish, cls)) {
            continue;
        }
        /* No envelope would take the ten thousand properties. */
        if ((cls->flags & PC_WIDE) != 0 && !wish->names_only) {
            continue;
        }
        if (wish->names_only) {
            peer_printf(out, "<CLASSNAME NAME=\"%s\"/>", cls->name);
        } else {
            peer_write_class(out, &call->soap->view, cls, &wish->options);
        }
        peer_items_close(writer.items);
    }
    return writer.items;
}

enum peer_fault peer_op_enumerate_classes(struct peer_call *call)
{
    const struct peer_soap *soap = call->soap;
    struct class_wish classes = {
        .deep = peer_soap_flag(soap, "IncludeSubClasses", true),
        .names_only = peer_soap_flag(soap, "ExcludeClassSpecification", false),
        .options = peer_class_options(soap, call->peer->dialect->id == DIALECT_WINDOWS),
    };
    struct peer_wish wish;
    enum peer_fault fault = peer_wish_read(call, &wish);

    if (call->peer->dialect->id == DIALECT_OMI) {
        /* To OMI the last component of the URI is a class, and * is none. */
        return FAULT_NO_CLASS;
    }
    if (fault == FAULT_NONE && (wish.filter != NULL || wish.spec.mode != MODE_OBJECT)) {
        call->why = "classes have neither filter nor end point references";
        fault = wish.filter != NULL ? FAULT_FILTER_DIALECT : FAULT_ENUMERATION_MODE;
    }
    fault = fault == FAULT_NONE ? read_class(call, &classes) : fault;
    if (fault != FAULT_NONE) {
        return fault;
    }
    return peer_page_first(call, &wish, NULL, list_classes(call, &classes, &wish.spec));
}
