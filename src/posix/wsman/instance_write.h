/** MI_Instance to elements as Windows' client writes them (DSP0230, MS-WSMV 2.2.4). */
#ifndef MIC_WSMAN_INSTANCE_WRITE_H
#define MIC_WSMAN_INSTANCE_WRITE_H

#include <mi.h>

#include "base/err.h"
#include "base/str.h"
#include "wsman/epr.h"
#include "xml/xml_writer.h"

/** What all values of one request's body have in common. */
struct mic_instance_form {
    const char *uri;          /* of the outermost instance: the namespace of its elements */
    struct mic_family family; /* of references, and of embedded instances */
    const char *name_space;   /* where references lie unless they say so */
    bool has_xs_dates;        /* cim:Datetime and cim:Interval in place of cim:CIM_DateTime */
    bool *has_dates;          /* set when one is written */
};

/** One element of an instance, as its table gives it. */
struct mic_element {
    const MI_Char *name;
    MI_Value value;
    MI_Type type;
    MI_Uint32 flags; /* MI_FLAG_NULL also for a string that is a NULL pointer */
};

/** @return INVALID_PARAMETER when the instance's table refuses, or its name is illegal */
MI_Result mic_element_get(const MI_Instance *instance, MI_Uint32 index, struct mic_element *element,
                          struct mic_err *err);
MI_Result mic_element_count(const MI_Instance *instance, MI_Uint32 *count, struct mic_err *err);

/** The element @p local of the form's namespace, with one child for each value that @p is_written.
 *  @param instance  may be NULL: no children */
MI_Result mic_instance_write(struct mic_xml_writer *writer, const struct mic_instance_form *form,
                             struct mic_str local, const MI_Instance *instance,
                             bool (*is_written)(const struct mic_element *element),
                             struct mic_err *err);

#endif
