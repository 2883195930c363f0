/** XML that is kept and sent again as it is: bookmarks, reference parameters of an EPR. */
#ifndef MIC_WSMAN_COPY_XML_H
#define MIC_WSMAN_COPY_XML_H

#include "base/err.h"
#include "xml/xml_reader.h"
#include "xml/xml_writer.h"

/** Write an element of a tape: names, attributes, texts and namespaces are kept, prefixes are not.
 *  White space around elements goes, and text between them, which no tape has.
 *  @return false when the writer's buffer has grown beyond @p limit bytes: the copy is cut off */
bool mic_copy_element(struct mic_xml_writer *writer, const struct mic_xml_cursor *element,
                      size_t limit);
/** The same with what is inside of it. */
bool mic_copy_content(struct mic_xml_writer *writer, const struct mic_xml_cursor *element,
                      size_t limit);
/** Can @p text stand inside an element: escaped text, or elements that all end?
 *  @return MI_RESULT_OK, or MIC_E_ARGUMENT in @p err, which says @p what it is */
MI_Result mic_check_content(const char *text, const char *what, struct mic_err *err);

#endif
