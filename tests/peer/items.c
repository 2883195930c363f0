/* What enumerations hand out: instances written once, as pages take them. */
#include "items.h"

#include <stdlib.h>
#include <string.h>

#include "fault.h"

void peer_items_unref(struct peer_items *items)
{
    if (items != NULL && atomic_fetch_sub(&items->refs, 1) == 1) {
        peer_buf_free(&items->bytes);
        free(items->ends);
        free(items);
    }
}

void peer_items_close(struct peer_items *items)
{
    if (items->count == items->room) {
        items->room = items->room != 0 ? items->room * 2 : 64;
        items->ends = peer_xrealloc(items->ends, items->room * sizeof *items->ends);
    }
    items->ends[items->count++] = items->bytes.len;
}

/* Windows and iDRAC project in the instance's stead, OMI leaves properties out of it. */
static void put_object(struct peer_buf *out, const struct peer_item_writer *writer,
                       const struct peer_instance *inst)
{
    const struct peer_wql *query = writer->spec.query;

    if (query != NULL && query->select_count > 0) {
        peer_write_selected(out, &writer->view, inst, query);
    } else {
        peer_write_instance(out, &writer->view, inst);
    }
}

/* An error object where an item is expected: what went wrong with one that is not there. */
static void put_flaw(struct peer_item_writer *writer)
{
    struct peer_buf *out = &writer->items->bytes;
    const char *w = writer->view.dialect->prefix[NS_WSMAN];
    bool wrap = writer->spec.mode == MODE_OBJECT_AND_EPR;

    if (wrap) {
        peer_printf(out, "<%s:Item xmlns:%s=\"%s\">", w, w, URI_WSMAN);
    }
    peer_fault_put_error(out, writer->view.dialect, FAULT_ACCESS_DENIED,
                         "One of the instances cannot be read.");
    if (wrap) {
        peer_printf(out, "</%s:Item>", w);
    }
    peer_items_close(writer->items);
}

static void emit_item(struct peer_sink *sink, const struct peer_instance *inst)
{
    struct peer_item_writer *writer = (struct peer_item_writer *)sink;
    struct peer_buf *out = &writer->items->bytes;
    const char *w = writer->view.dialect->prefix[NS_WSMAN];
    enum peer_mode mode = writer->spec.mode;

    if (writer->spec.query != NULL && !peer_wql_match(writer->spec.query, inst)) {
        return;
    }
    if (mode == MODE_OBJECT_AND_EPR) {
        peer_printf(out, "<%s:Item", w);
        if (writer->view.dialect->id == DIALECT_WINDOWS) {
            peer_puts(out, " xmlns:w=\"" URI_WSMAN "\"");
        }
        peer_putc(out, '>');
    }
    if (mode != MODE_EPR) {
        put_object(out, writer, inst);
    }
    if (mode != MODE_OBJECT) {
        peer_write_instance_epr(out, &writer->view, inst);
    }
    if (mode == MODE_OBJECT_AND_EPR) {
        peer_printf(out, "</%s:Item>", w);
    }
    peer_items_close(writer->items);
    if ((inst->cls->flags & PC_FLAWED) != 0 && mode != MODE_EPR) {
        put_flaw(writer);
    }
}

void peer_item_writer_init(struct peer_item_writer *writer, const struct peer_view *view,
                           const struct peer_item_spec *spec)
{
    memset(writer, 0, sizeof *writer);
    writer->sink.emit = emit_item;
    writer->items = peer_xmalloc(sizeof *writer->items);
    memset(writer->items, 0, sizeof *writer->items);
    atomic_init(&writer->items->refs, 1);
    writer->view = *view;
    writer->spec = *spec;
}

void peer_list(struct peer *peer, const struct peer_class *cls, const char *ns, bool shallow,
               struct peer_sink *sink)
{
    struct peer_arena arena = {0};

    for (size_t i = 0; i < peer->catalog->count; i++) {
        const struct peer_class *each = peer->catalog->classes[i];

        if ((each == cls || (!shallow && peer_class_is_a(each, cls))) &&
            peer_class_in_ns(each, ns) && (each->flags & PC_ABSTRACT) == 0) {
            each->provider->list(peer, each, peer_own_ns(each, ns), &arena, sink);
        }
    }
    peer_arena_free(&arena);
}

struct peer_items *peer_items_build(struct peer *peer, const struct peer_view *view,
                                    const struct peer_class *cls, const struct peer_item_spec *spec)
{
    struct peer_item_writer writer;

    peer_item_writer_init(&writer, view, spec);
    writer.view.cut = spec->cut ? cls : NULL;
    peer_list(peer, cls, view->ns, spec->shallow, &writer.sink);
    return writer.items;
}
