/** Endpoint references: the WS-Management form of a CIM object path (DSP0226 5.1.2). */
#ifndef MIC_WSMAN_EPR_H
#define MIC_WSMAN_EPR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/instance.h"
#include "wsman/class_table.h"
#include "xml/xml_reader.h"
#include "xml/xml_writer.h"

/** What an EPR says, in place on the tape. */
struct mic_epr {
    struct mic_str class_name;       /* last part of the resource URI */
    struct mic_str name_space;       /* empty: not said */
    struct mic_xml_cursor selectors; /* the w:Selector elements; may be at its end */
};

/** An EPR in the element, directly or as a:EndpointReference. @return false when it holds none. */
bool mic_epr_parse(const struct mic_xml_cursor *element, struct mic_epr *epr);
/** A selector's name; false for __cimnamespace, which is no key. */
bool mic_epr_key(const struct mic_xml_cursor *selector, struct mic_str *name);
/** The instance an EPR names: its keys, typed where the table has the class, strings else. In @p
 * arena.
 *  @param name_space  used when the EPR says none */
MI_Result mic_epr_read(const struct mic_epr *epr, struct mic_arena *arena,
                       struct mic_class_table *classes, const char *name_space,
                       struct mic_instance **out, struct mic_err *err);

/** How a request names classes by URI (protocol: the DMTF family, WMI's own, an application's). */
struct mic_family {
    const char *prefix; /* the application's, in front of "/Class"; NULL: none */
    bool is_wmi;        /* the namespace is part of the URI, and no selector */
};

/** The URI of a class. */
void mic_family_uri(const struct mic_family *family, const char *name_space, const char *class_name,
                    struct mic_buf *uri);

/** a:Address and a:ReferenceParameters of a reference. @p name_space  where @p to lies unless it
 * says so itself */
MI_Result mic_epr_write(struct mic_xml_writer *writer, const struct mic_family *family,
                        const char *name_space, const MI_Instance *to, struct mic_err *err);
/** One w:Selector per key of @p instance. @p all_values: of all its values when none is marked as a
 * key. */
MI_Result mic_epr_write_keys(struct mic_xml_writer *writer, const struct mic_family *family,
                             const MI_Instance *instance, bool all_values, struct mic_err *err);

#endif
