/** CIM-XML CLASS elements (DSP0201) to class declarations. */
#ifndef MIC_WSMAN_CLASS_READ_H
#define MIC_WSMAN_CLASS_READ_H

#include "base/err.h"
#include "model/class.h"
#include "xml/xml_reader.h"

/** @param element     stands on CLASS
 *  @param[out] out    one reference, the caller's */
MI_Result mic_class_read(const struct mic_xml_cursor *element, const char *name_space,
                         struct mic_class **out, struct mic_err *err);

#endif
