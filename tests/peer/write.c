/* Instances and references as each kind of server writes them. */
#include "write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "datetime.h"

/* Where an instance is being written: its prefix, and the number for the next nested one. */
struct place {
    const struct peer_view *view;
    /** Empty in a fragment: its elements are in no namespace. */
    char prefix[16];
    unsigned *next;
    /** Only the properties this query selects; NULL means all. */
    const struct peer_wql *select;
};

void peer_write_class_uri(struct peer_buf *out, const struct peer_view *view,
                          const char *class_name)
{
    switch (view->family) {
    case FAMILY_WMI:
        peer_printf(out, "%s%s/%s", RES_WMI, view->ns, class_name);
        break;
    case FAMILY_DELL:
        peer_printf(out, "%s%s", RES_DELL, class_name);
        break;
    case FAMILY_DMTF:
        peer_printf(out, "%s%s", RES_DMTF, class_name);
        break;
    }
}

/* Text content, with what XML 1.0 forbids filtered the way the server does, or not at all. */
static void put_text(struct peer_buf *out, const struct peer_view *view, const char *text)
{
    size_t start = out->len;

    peer_put_xml(out, text);
    if (!view->dialect->filters_control) {
        return;
    }
    for (size_t i = start; i < out->len; i++) {
        unsigned char c = (unsigned char)out->data[i];

        if (c < 0x20 && c != '\t' && c != '\n') {
            out->data[i] = '?';
        }
    }
}

static void put_char16(struct peer_buf *out, const struct peer_view *view, const char *number)
{
    unsigned long code = strtoul(number, NULL, 10);
    char utf8[4] = {0};

    if (view->dialect->char16_number) {
        peer_puts(out, number);
        return;
    }
    if (code < 0x80) {
        utf8[0] = (char)code;
    } else if (code < 0x800) {
        utf8[0] = (char)(0xC0 | (code >> 6));
        utf8[1] = (char)(0x80 | (code & 63));
    } else {
        utf8[0] = (char)(0xE0 | (code >> 12));
        utf8[1] = (char)(0x80 | ((code >> 6) & 63));
        utf8[2] = (char)(0x80 | (code & 63));
    }
    put_text(out, view, utf8);
}

/* Windows and OMI wrap datetimes in an element that says which kind they are; OMI only for the
 * Windows client. The others put the DMTF text as it is. */
static void put_datetime(struct peer_buf *out, const struct place *place, const char *dmtf)
{
    const struct peer_view *view = place->view;
    const struct peer_dialect *d = view->dialect;
    const char *c = place->prefix[0] != '\0' ? "cim:" : "";
    bool wrap = d->id == DIALECT_WINDOWS || (d->id == DIALECT_OMI && view->winrm_client);
    const char *name = "Datetime";
    struct peer_buf iso = {0};

    if (d->id != DIALECT_WINDOWS && d->id != DIALECT_OMI) {
        peer_puts(out, dmtf);
        return;
    }
    if (strchr(dmtf, '*') != NULL) {
        peer_puts(&iso, dmtf);
        name = "CIM_DateTime";
    } else if (peer_is_interval(dmtf)) {
        peer_iso_interval(&iso, dmtf, d->id == DIALECT_OMI);
        name = "Interval";
    } else {
        peer_iso_datetime(&iso, dmtf);
    }
    if (wrap) {
        peer_printf(out, "<%s%s>%s</%s%s>", c, name, iso.data, c, name);
    } else {
        peer_puts(out, iso.data);
    }
    peer_buf_free(&iso);
}

static void put_simple(struct peer_buf *out, const struct place *place, enum peer_type type,
                       const char *text)
{
    const struct peer_view *view = place->view;

    if (type == PT_BOOLEAN) {
        peer_puts(out, strcmp(text, "true") == 0 ? view->dialect->yes : view->dialect->no);
    } else if (type == PT_CHAR16) {
        put_char16(out, view, text);
    } else if (type == PT_DATETIME) {
        put_datetime(out, place, text);
    } else if (type == PT_STRING) {
        put_text(out, view, text);
    } else {
        peer_puts(out, text);
    }
}

/* a:Address and a:ReferenceParameters of a reference. Windows names the namespace last,
 * openwsman first, OMI not at all. */
static void put_epr_parts(struct peer_buf *out, const struct peer_view *view,
                          const struct peer_path *path)
{
    const char *a = view->dialect->prefix[NS_ADDRESSING];
    const char *w = view->dialect->prefix[NS_WSMAN];
    enum peer_dialect_id id = view->dialect->id;
    bool with_ns = view->family != FAMILY_WMI && id != DIALECT_OMI;

    peer_printf(out, "<%s:Address>%s</%s:Address><%s:ReferenceParameters><%s:ResourceURI>", a,
                URI_ANONYMOUS, a, a, w);
    peer_write_class_uri(out, view, path->class_name);
    peer_printf(out, "</%s:ResourceURI><%s:SelectorSet>", w, w);
    if (with_ns && id == DIALECT_OPENWSMAN) {
        peer_printf(out, "<%s:Selector Name=\"__cimnamespace\">%s</%s:Selector>", w, path->ns, w);
    }
    for (size_t i = 0; i < path->count; i++) {
        peer_printf(out, "<%s:Selector Name=\"%s\">", w, path->names[i]);
        put_text(out, view, path->values[i]);
        peer_printf(out, "</%s:Selector>", w);
    }
    if (with_ns && id != DIALECT_OPENWSMAN) {
        peer_printf(out, "<%s:Selector Name=\"__cimnamespace\">%s</%s:Selector>", w, path->ns, w);
    }
    peer_printf(out, "</%s:SelectorSet></%s:ReferenceParameters>", w, a);
}

static void put_epr(struct peer_buf *out, const struct peer_view *view,
                    const struct peer_path *path)
{
    const char *a = view->dialect->prefix[NS_ADDRESSING];

    peer_printf(out, "<%s:EndpointReference>", a);
    put_epr_parts(out, view, path);
    peer_printf(out, "</%s:EndpointReference>", a);
}

static void put_properties(struct peer_buf *out, const struct place *place,
                           const struct peer_instance *inst);

static void put_open(struct peer_buf *out, const struct place *place, const char *name)
{
    peer_putc(out, '<');
    peer_puts(out, place->prefix);
    peer_puts(out, place->prefix[0] != '\0' ? ":" : "");
    peer_puts(out, name);
}

static void put_close(struct peer_buf *out, const struct place *place, const char *name)
{
    peer_puts(out, "</");
    peer_puts(out, place->prefix);
    peer_puts(out, place->prefix[0] != '\0' ? ":" : "");
    peer_puts(out, name);
    peer_putc(out, '>');
}

/* The property element takes the type of the embedded instance and holds its properties. */
static void put_embedded(struct peer_buf *out, const struct place *place, const char *name,
                         const struct peer_instance *inner)
{
    struct place below = {place->view, "", place->next, NULL};

    snprintf(below.prefix, sizeof below.prefix, "%c%u",
             place->prefix[0] != '\0' ? place->prefix[0] : 'p', ++*place->next);
    put_open(out, place, name);
    peer_printf(out, " xmlns:%s=\"", below.prefix);
    peer_write_class_uri(out, place->view, inner->cls->name);
    peer_printf(out, "\" xsi:type=\"%s:%s_Type\">", below.prefix, inner->cls->name);
    put_properties(out, &below, inner);
    put_close(out, place, name);
}

static void put_element(struct peer_buf *out, const struct place *place,
                        const struct peer_prop *prop, const void *item)
{
    if (prop->type == PT_INSTANCE) {
        put_embedded(out, place, prop->name, item);
        return;
    }
    put_open(out, place, prop->name);
    peer_putc(out, '>');
    if (prop->type == PT_REFERENCE && place->view->dialect->epr_nested) {
        put_epr(out, place->view, item);
    } else if (prop->type == PT_REFERENCE) {
        put_epr_parts(out, place->view, item);
    } else {
        put_simple(out, place, prop->type, item);
    }
    put_close(out, place, prop->name);
}

/* NULL scalars are nil everywhere. Arrays: protocol of UsePreciseArrays, else Windows leaves
 * them out and OMI writes one nil element. */
static void put_null(struct peer_buf *out, const struct place *place, const struct peer_prop *prop,
                     bool empty_array)
{
    const struct peer_view *view = place->view;
    enum peer_dialect_id id = view->dialect->id;

    if ((prop->flags & PP_ARRAY) != 0) {
        if (id == DIALECT_WINDOWS && !view->precise_arrays) {
            return;
        }
        if (id != DIALECT_WINDOWS && empty_array) {
            return;
        }
    }
    put_open(out, place, prop->name);
    if ((prop->flags & PP_ARRAY) != 0 && !empty_array && view->precise_arrays) {
        if (id == DIALECT_WINDOWS) {
            peer_puts(out,
                      " xmlns:m=\"" URI_MSWSMAN "\" xsi:nil=\"true\" m:IsNullArray=\"true\"/>");
            return;
        }
        if (id == DIALECT_OMI) {
            peer_puts(out, " xsi:nil=\"true\" msftwinrm:IsNullArray=\"true\"/>");
            return;
        }
    }
    peer_puts(out, " xsi:nil=\"true\"/>");
}

static void put_raw(struct peer_buf *out, const struct place *place, const char *raw)
{
    for (; *raw != '\0'; raw++) {
        if (raw[0] == '%' && raw[1] == 'P') {
            peer_puts(out, place->prefix);
            peer_putc(out, ':');
            raw++;
        } else {
            peer_putc(out, *raw);
        }
    }
}

/* A raw part replaces the properties it names. */
static bool raw_has(const char *raw, const char *name)
{
    size_t len = strlen(name);
    const char *at = raw;

    while (at != NULL && (at = strstr(at, "<%P")) != NULL) {
        at += 3;
        if (strncmp(at, name, len) == 0 && strchr("> /", at[len]) != NULL) {
            return true;
        }
    }
    return false;
}

/* An octet string is one element in base64 where the server knows the qualifier. */
static bool put_octets(struct peer_buf *out, const struct place *place,
                       const struct peer_prop *prop, const struct peer_value *value)
{
    enum peer_dialect_id id = place->view->dialect->id;
    struct peer_buf bytes = {0};
    struct peer_buf text = {0};

    if ((prop->flags & PP_OCTET) == 0 || !value->set ||
        (id != DIALECT_WINDOWS && id != DIALECT_OMI)) {
        return false;
    }
    for (size_t k = 0; k < value->count; k++) {
        const char *item = value->count == 1 ? value->one : value->items[k];

        peer_putc(&bytes, (char)strtoul(item, NULL, 10));
    }
    peer_buf_reserve(&text, bytes.len * 2 + 4);
    text.data[0] = '\0';
    if (bytes.len > 0) {
        EVP_EncodeBlock((unsigned char *)text.data, (const unsigned char *)bytes.data,
                        (int)bytes.len);
    }
    put_open(out, place, prop->name);
    peer_printf(out, " xsi:type=\"cim:cimBase64Binary\">%s", text.data);
    put_close(out, place, prop->name);
    peer_buf_free(&bytes);
    peer_buf_free(&text);
    return true;
}

static void put_property(struct peer_buf *out, const struct place *place,
                         const struct peer_prop *prop, const struct peer_value *value)
{
    if (put_octets(out, place, prop, value)) {
        return;
    }
    if (!value->set || value->count == 0) {
        put_null(out, place, prop, value->set);
    } else if (value->count == 1) {
        put_element(out, place, prop, value->one);
    } else {
        for (size_t k = 0; k < value->count; k++) {
            put_element(out, place, prop, value->items[k]);
        }
    }
}

static void put_properties(struct peer_buf *out, const struct place *place,
                           const struct peer_instance *inst)
{
    size_t count = inst->cls->all_count;

    if (place->view->cut != NULL && place->view->cut->all_count < count) {
        count = place->view->cut->all_count;
    }
    for (size_t i = 0; i < count; i++) {
        const struct peer_prop *prop = inst->cls->all[i];

        if ((inst->raw == NULL || !raw_has(inst->raw, prop->name)) &&
            (place->select == NULL || peer_wql_selects(place->select, prop->name))) {
            put_property(out, place, prop, &inst->values[i]);
        }
    }
    if (inst->raw != NULL) {
        put_raw(out, place, inst->raw);
    }
}

static void put_object(struct peer_buf *out, const struct peer_view *view,
                       const struct peer_instance *inst, const char *element, const char *cls,
                       const struct peer_wql *select)
{
    const struct peer_dialect *d = view->dialect;
    unsigned next = d->class_on_envelope ? 1 : 0;
    struct place place = {view, "", &next, select};

    snprintf(place.prefix, sizeof place.prefix, "%s", d->class_prefix);
    put_open(out, &place, element);
    if (d->id == DIALECT_WINDOWS) {
        peer_puts(out, " xmlns:xsi=\"" URI_XSI "\"");
    }
    if (!d->class_on_envelope || view->on_envelope == NULL ||
        !peer_ieq(view->on_envelope->name, cls)) {
        peer_printf(out, " xmlns:%s=\"", place.prefix);
        peer_write_class_uri(out, view, cls);
        peer_putc(out, '"');
    }
    if (d->id == DIALECT_WINDOWS) {
        peer_printf(out, " xmlns:cim=\"" URI_CIM "\" xsi:type=\"%s:%s_Type\"", place.prefix,
                    element);
    }
    peer_putc(out, '>');
    put_properties(out, &place, inst);
    put_close(out, &place, element);
}

void peer_write_object(struct peer_buf *out, const struct peer_view *view,
                       const struct peer_instance *inst, const char *element, const char *cls)
{
    put_object(out, view, inst, element, cls, NULL);
}

void peer_write_instance(struct peer_buf *out, const struct peer_view *view,
                         const struct peer_instance *inst)
{
    const struct peer_class *as = view->cut != NULL ? view->cut : inst->cls;

    put_object(out, view, inst, as->name, as->name, NULL);
}

/* Streamed values carry their types, as the client has no other way to know them. */
void peer_write_typed(struct peer_buf *out, const struct peer_view *view,
                      const struct peer_prop *prop, const struct peer_value *value)
{
    unsigned next = 0;
    struct place place = {view, "p", &next, NULL};

    for (size_t i = 0; value->set && i < value->count; i++) {
        const void *item = value->count == 1 ? value->one : value->items[i];

        if (prop->type == PT_INSTANCE || prop->type == PT_REFERENCE) {
            put_element(out, &place, prop, item);
            continue;
        }
        put_open(out, &place, prop->name);
        peer_printf(out, " xsi:type=\"cim:%s\">", peer_xsi_type(prop->type));
        put_simple(out, &place, prop->type, item);
        put_close(out, &place, prop->name);
    }
}

static int by_name(const void *a, const void *b)
{
    return strcasecmp((*(const struct peer_prop *const *)a)->name,
                      (*(const struct peer_prop *const *)b)->name);
}

/* [MS-WSMV] behaviour notes 58 and 59: elements in no namespace, in alphabetical order. */
static void put_fragment(struct peer_buf *out, const struct peer_view *view,
                         const struct peer_instance *inst, const struct peer_wql *query)
{
    const struct peer_class *cls = inst->cls;
    const struct peer_prop **props = peer_xmalloc(cls->all_count * sizeof *props);
    unsigned next = 0;
    struct place place = {view, "", &next, NULL};
    size_t count = 0;

    for (size_t i = 0; i < cls->all_count; i++) {
        if (peer_wql_selects(query, cls->all[i]->name)) {
            props[count++] = cls->all[i];
        }
    }
    qsort(props, count, sizeof *props, by_name);
    peer_puts(out, "<w:XmlFragment xmlns:xsi=\"" URI_XSI "\" xmlns:w=\"" URI_WSMAN "\">");
    for (size_t i = 0; i < count; i++) {
        put_property(out, &place, props[i], &inst->values[peer_prop_index(cls, props[i]->name)]);
    }
    peer_puts(out, "</w:XmlFragment>");
    free(props);
}

void peer_write_selected(struct peer_buf *out, const struct peer_view *view,
                         const struct peer_instance *inst, const struct peer_wql *query)
{
    if (view->dialect->id == DIALECT_WINDOWS) {
        put_fragment(out, view, inst, query);
    } else {
        put_object(out, view, inst, inst->cls->name, inst->cls->name, query);
    }
}

void peer_write_key(struct peer_buf *out, const struct peer_view *view,
                    const struct peer_prop *prop, const struct peer_value *value)
{
    if (!value->set || value->count == 0) {
        return;
    }
    if (prop->type == PT_REFERENCE) {
        put_epr(out, view, value->one);
    } else if (prop->type == PT_DATETIME) {
        peer_puts(out, value->one);
    } else {
        struct place place = {view, "p", NULL, NULL};

        put_simple(out, &place, prop->type, value->one);
    }
}

void peer_write_instance_address(struct peer_buf *out, const struct peer_view *view,
                                 const struct peer_instance *inst)
{
    const char *a = view->dialect->prefix[NS_ADDRESSING];
    const char *w = view->dialect->prefix[NS_WSMAN];
    enum peer_dialect_id id = view->dialect->id;
    bool with_ns = view->family != FAMILY_WMI && id != DIALECT_OMI;

    peer_printf(out, "<%s:Address>%s</%s:Address><%s:ReferenceParameters><%s:ResourceURI>", a,
                URI_ANONYMOUS, a, a, w);
    peer_write_class_uri(out, view, inst->cls->name);
    peer_printf(out, "</%s:ResourceURI><%s:SelectorSet>", w, w);
    if (with_ns && id == DIALECT_OPENWSMAN) {
        peer_printf(out, "<%s:Selector Name=\"__cimnamespace\">%s</%s:Selector>", w, inst->ns, w);
    }
    for (size_t i = 0; i < inst->cls->all_count; i++) {
        if ((inst->cls->all[i]->flags & PP_KEY) != 0) {
            peer_printf(out, "<%s:Selector Name=\"%s\">", w, inst->cls->all[i]->name);
            peer_write_key(out, view, inst->cls->all[i], &inst->values[i]);
            peer_printf(out, "</%s:Selector>", w);
        }
    }
    if (with_ns && id != DIALECT_OPENWSMAN) {
        peer_printf(out, "<%s:Selector Name=\"__cimnamespace\">%s</%s:Selector>", w, inst->ns, w);
    }
    peer_printf(out, "</%s:SelectorSet></%s:ReferenceParameters>", w, a);
}

void peer_write_instance_epr(struct peer_buf *out, const struct peer_view *view,
                             const struct peer_instance *inst)
{
    const char *a = view->dialect->prefix[NS_ADDRESSING];

    peer_printf(out, "<%s:EndpointReference", a);
    if (view->dialect->id == DIALECT_WINDOWS) {
        peer_puts(out, " xmlns:a=\"" URI_ADDRESSING "\" xmlns:w=\"" URI_WSMAN "\"");
    }
    peer_putc(out, '>');
    peer_write_instance_address(out, view, inst);
    peer_printf(out, "</%s:EndpointReference>", a);
}
