/** Values as the text a selector, an option or an element carries. */
#ifndef MIC_WSMAN_VALUE_TEXT_H
#define MIC_WSMAN_VALUE_TEXT_H

#include <mi.h>

#include "base/err.h"
#include "xml/xml_writer.h"

#define MIC_VALUE_ROOM 64

/** Text of a scalar; datetimes in the form of DSP0004.
 *  @return NULL for a type that has no text (arrays, instances, references) or a NULL string;
 *          else @p room or the value's own string */
const char *mic_value_text(MI_Type type, const MI_Value *value, char room[MIC_VALUE_ROOM]);
/** The error for what the writer refused, saying whose value it was; MI_RESULT_OK when it is well.
 */
MI_Result mic_write_status(const struct mic_xml_writer *writer, const char *what, const char *name,
                           struct mic_err *err);

#endif
