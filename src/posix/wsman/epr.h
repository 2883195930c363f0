/** Endpoint references: the WS-Management form of a CIM object path (DSP0226 5.1.2). */
#ifndef MIC_WSMAN_EPR_H
#define MIC_WSMAN_EPR_H

#include <stdbool.h>

#include "base/arena.h"
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

/** a:Address and a:ReferenceParameters of a reference. @p uri as for the class of @p to. */
MI_Result mic_epr_write(struct mic_xml_writer *writer, const char *uri, const char *name_space,
                        const MI_Instance *to, struct mic_err *err);
/** One w:Selector per key of @p instance; of all its values when none is marked as a key. */
MI_Result mic_epr_write_keys(struct mic_xml_writer *writer, const MI_Instance *instance,
                             struct mic_err *err);

#endif
