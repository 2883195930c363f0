/** Instances and classes as a CIM-XML document (DSP0201): well-formed whatever comes in. */
#ifndef MI_CLI_XML_H
#define MI_CLI_XML_H

#include <mi.h>

#include "cli/text.h"

void xml_begin(struct text *out);
void xml_add_instance(struct text *out, const MI_Instance *instance);
/** @p name_only: nothing but the name. */
void xml_add_class(struct text *out, const MI_Class *cls, bool name_only);
void xml_end(struct text *out);

#endif
