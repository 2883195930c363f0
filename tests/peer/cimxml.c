/* Class declarations in CIM-XML (DSP0201), as GetClass answers them. */
#include <string.h>

#include "write.h"

struct writer {
    struct peer_buf *out;
    const struct peer_view *view;
    const struct peer_class_options *options;
};

static void put_qualifier(const struct writer *w, const char *name, const char *type,
                          const char *value, const char *flavors)
{
    peer_printf(w->out, "<QUALIFIER NAME=\"%s\" TYPE=\"%s\"%s><VALUE>", name, type, flavors);
    peer_put_xml(w->out, value);
    peer_puts(w->out, "</VALUE></QUALIFIER>");
}

static void put_flag(const struct writer *w, const char *name, const char *flavors)
{
    /* Windows and OMI differ in the case of the value; both are legal. */
    put_qualifier(w, name, "boolean", w->view->dialect->id == DIALECT_OMI ? "true" : "TRUE",
                  flavors);
}

/* No target: any class may be inside. */
static void put_embedded_qualifiers(const struct writer *w, const struct peer_prop *prop)
{
    if (w->view->dialect->id == DIALECT_WINDOWS) {
        struct peer_buf text = {0};

        peer_puts(&text, "object");
        if (prop->target != NULL) {
            peer_printf(&text, ":%s", prop->target);
        }
        put_qualifier(w, "CIMTYPE", "string", text.data, " TOINSTANCE=\"true\"");
        peer_buf_free(&text);
    }
    if (prop->target != NULL) {
        put_qualifier(w, "EmbeddedInstance", "string", prop->target, "");
    } else {
        put_flag(w, "EmbeddedObject", "");
    }
}

static void put_property_qualifiers(const struct writer *w, const struct peer_prop *prop)
{
    if (!w->options->qualifiers) {
        return;
    }
    if (prop->text != NULL) {
        put_qualifier(w, "Description", "string", prop->text, " TRANSLATABLE=\"true\"");
    }
    if ((prop->flags & PP_KEY) != 0) {
        put_flag(w, "key", " OVERRIDABLE=\"false\" TOINSTANCE=\"true\"");
    }
    if (prop->type == PT_INSTANCE) {
        put_embedded_qualifiers(w, prop);
    }
    if ((prop->flags & PP_OCTET) != 0) {
        put_flag(w, "OctetString", "");
    }
    put_flag(w, "read", "");
    if ((prop->flags & PP_WRITE) != 0) {
        put_flag(w, "write", "");
    }
    if ((prop->flags & PP_ARRAY) != 0) {
        put_qualifier(w, "ArrayType", "string", "Indexed", "");
    }
    if (strcmp(prop->name, "ExecutionState") == 0) {
        peer_puts(w->out, "<QUALIFIER NAME=\"ValueMap\" TYPE=\"string\"><VALUE.ARRAY><VALUE>3"
                          "</VALUE><VALUE>4</VALUE></VALUE.ARRAY></QUALIFIER><QUALIFIER "
                          "NAME=\"Values\" TYPE=\"string\"><VALUE.ARRAY><VALUE>Running</VALUE>"
                          "<VALUE>Blocked</VALUE></VALUE.ARRAY></QUALIFIER>");
    }
}

static const char *property_element(const struct peer_prop *prop)
{
    if (prop->type == PT_REFERENCE && (prop->flags & PP_ARRAY) == 0) {
        return "PROPERTY.REFERENCE";
    }
    return (prop->flags & PP_ARRAY) != 0 ? "PROPERTY.ARRAY" : "PROPERTY";
}

static void put_type(const struct writer *w, const struct peer_prop *prop)
{
    if (prop->type == PT_REFERENCE) {
        peer_printf(w->out, " REFERENCECLASS=\"%s\"", prop->target);
        if ((prop->flags & PP_ARRAY) != 0) {
            peer_puts(w->out, " TYPE=\"reference\"");
        }
        return;
    }
    peer_printf(w->out, " TYPE=\"%s\"", peer_type_name(prop->type));
    if (prop->type == PT_INSTANCE) {
        peer_printf(w->out, " EmbeddedObject=\"%s\"", prop->target != NULL ? "instance" : "object");
    }
}

static void put_origin(const struct writer *w, const struct peer_class *origin,
                       const struct peer_class *cls)
{
    if (w->options->class_origin) {
        peer_printf(w->out, " CLASSORIGIN=\"%s\"", origin->name);
    }
    if (!peer_ieq(origin->name, cls->name)) {
        peer_puts(w->out, " PROPAGATED=\"true\"");
    }
}

static void put_property(const struct writer *w, const struct peer_class *cls, size_t index)
{
    const struct peer_prop *prop = cls->all[index];
    const char *element = property_element(prop);

    peer_printf(w->out, "<%s NAME=\"%s\"", element, prop->name);
    put_origin(w, cls->origins[index], cls);
    put_type(w, prop);
    peer_putc(w->out, '>');
    put_property_qualifiers(w, prop);
    if (strcmp(prop->name, "Status") == 0) {
        peer_puts(w->out, "<VALUE>Unknown</VALUE>");
    }
    peer_printf(w->out, "</%s>", element);
}

static const char *parameter_element(const struct peer_prop *param)
{
    bool array = (param->flags & PP_ARRAY) != 0;

    if (param->type == PT_REFERENCE) {
        return array ? "PARAMETER.REFARRAY" : "PARAMETER.REFERENCE";
    }
    return array ? "PARAMETER.ARRAY" : "PARAMETER";
}

static void put_parameter(const struct writer *w, const struct peer_prop *param)
{
    const char *element = parameter_element(param);

    peer_printf(w->out, "<%s NAME=\"%s\"", element, param->name);
    if (param->type == PT_REFERENCE) {
        peer_printf(w->out, " REFERENCECLASS=\"%s\"", param->target);
    } else {
        peer_printf(w->out, " TYPE=\"%s\"", peer_type_name(param->type));
    }
    peer_putc(w->out, '>');
    if (w->options->qualifiers) {
        if ((param->flags & PP_IN) != 0) {
            put_flag(w, "IN", " TOSUBCLASS=\"false\"");
        }
        if ((param->flags & PP_OUT) != 0) {
            put_flag(w, "Out", "");
        }
        if ((param->flags & PP_STREAM) != 0) {
            put_flag(w, "Stream", "");
        }
        if ((param->flags & PP_OCTET) != 0) {
            put_flag(w, "OctetString", "");
        }
        if (param->type == PT_INSTANCE) {
            put_embedded_qualifiers(w, param);
        }
    }
    peer_printf(w->out, "</%s>", element);
}

static void put_methods(const struct writer *w, const struct peer_class *cls)
{
    for (const struct peer_class *c = cls; c != NULL; c = c->super) {
        if (c != cls && !w->options->inherited) {
            return;
        }
        for (size_t i = 0; i < c->method_count; i++) {
            const struct peer_method *m = &c->methods[i];

            peer_printf(w->out, "<METHOD NAME=\"%s\" TYPE=\"%s\"", m->name,
                        peer_type_name(m->type));
            put_origin(w, c, cls);
            peer_putc(w->out, '>');
            if (w->options->qualifiers && (m->flags & PP_STATIC) != 0) {
                put_flag(w, "Static", "");
            }
            for (size_t k = 0; k < m->count; k++) {
                put_parameter(w, &m->params[k]);
            }
            peer_puts(w->out, "</METHOD>");
        }
    }
}

static void put_class_qualifiers(const struct writer *w, const struct peer_class *cls)
{
    if (!w->options->qualifiers) {
        return;
    }
    if ((cls->flags & PC_ASSOCIATION) != 0) {
        put_flag(w, "Association", " OVERRIDABLE=\"false\"");
    }
    if ((cls->flags & PC_INDICATION) != 0) {
        put_flag(w, "Indication", " OVERRIDABLE=\"false\"");
    }
    put_flag(w, "dynamic", " TOSUBCLASS=\"false\" TOINSTANCE=\"true\"");
    put_qualifier(w, "provider", "string", "mi-peer", " TOSUBCLASS=\"false\" TOINSTANCE=\"true\"");
    put_qualifier(w, "Locale", "sint32", "1033", " TOSUBCLASS=\"false\" TOINSTANCE=\"true\"");
    if (cls->text != NULL) {
        put_qualifier(w, "Description", "string", cls->text, " TRANSLATABLE=\"true\"");
    }
}

void peer_write_class(struct peer_buf *out, const struct peer_view *view,
                      const struct peer_class *cls, const struct peer_class_options *options)
{
    struct writer w = {out, view, options};

    peer_printf(out, "<CLASS NAME=\"%s\"", cls->name);
    if (cls->super != NULL) {
        peer_printf(out, " SUPERCLASS=\"%s\"", cls->super->name);
    }
    if (cls->super != NULL && options->hierarchy) {
        peer_puts(out, " DERIVATION=\"");
        for (const struct peer_class *c = cls->super; c != NULL; c = c->super) {
            peer_printf(out, "%s%s", c == cls->super ? "" : ",", c->name);
        }
        peer_putc(out, '"');
    }
    peer_putc(out, '>');
    put_class_qualifiers(&w, cls);
    for (size_t i = 0; i < cls->all_count; i++) {
        if (options->inherited || peer_ieq(cls->origins[i]->name, cls->name)) {
            put_property(&w, cls, i);
        }
    }
    put_methods(&w, cls);
    peer_puts(out, "</CLASS>");
}
