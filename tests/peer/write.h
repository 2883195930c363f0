#ifndef PEER_WRITE_H
#define PEER_WRITE_H

#include "dialect.h"
#include "model.h"
#include "wql.h"

enum peer_family { FAMILY_DMTF, FAMILY_WMI, FAMILY_DELL };

/** What the request says about the form of the objects in the answer. */
struct peer_view {
    const struct peer_dialect *dialect;
    enum peer_family family;
    /** msftwinrm:UsePreciseArrays was given. */
    bool precise_arrays;
    /** The client called itself "Microsoft WinRM Client": OMI wraps datetimes for it. */
    bool winrm_client;
    /** Write only the properties of this class, and under its name; NULL writes all. */
    const struct peer_class *cut;
    /** Class whose prefix the envelope declares; NULL if it declares none. */
    const struct peer_class *on_envelope;
    const char *ns;
};

/** URI of a class in the family and namespace of the view. */
void peer_write_class_uri(struct peer_buf *out, const struct peer_view *view,
                          const char *class_name);
void peer_write_instance(struct peer_buf *out, const struct peer_view *view,
                         const struct peer_instance *inst);
/** Properties of @p inst in an element of another name, in the namespace of class @p cls. */
void peer_write_object(struct peer_buf *out, const struct peer_view *view,
                       const struct peer_instance *inst, const char *element, const char *cls);
/** What a query selects of it: Windows a w:XmlFragment, others an instance with few properties. */
void peer_write_selected(struct peer_buf *out, const struct peer_view *view,
                         const struct peer_instance *inst, const struct peer_wql *query);
/** The elements of one value, each with its xsi:type; prefixes p, xsi and cim are declared. */
void peer_write_typed(struct peer_buf *out, const struct peer_view *view,
                      const struct peer_prop *prop, const struct peer_value *value);
/** Address and reference parameters of an instance, without an element around them. */
void peer_write_instance_address(struct peer_buf *out, const struct peer_view *view,
                                 const struct peer_instance *inst);
/** The EPR of an instance, as an a:EndpointReference element. */
void peer_write_instance_epr(struct peer_buf *out, const struct peer_view *view,
                             const struct peer_instance *inst);
/** Canonical key text as a selector gives it. */
void peer_write_key(struct peer_buf *out, const struct peer_view *view,
                    const struct peer_prop *prop, const struct peer_value *value);

/** CIM-XML options of GetClass (DSP0201). */
struct peer_class_options {
    bool qualifiers;
    bool class_origin;
    bool inherited;
    bool hierarchy;
};

void peer_write_class(struct peer_buf *out, const struct peer_view *view,
                      const struct peer_class *cls, const struct peer_class_options *options);

#endif
