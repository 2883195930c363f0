/** MI values as text and as JSON. */
#ifndef MI_CLI_VALUE_H
#define MI_CLI_VALUE_H

#include <mi.h>

#include "cli/text.h"

/** Bytes of a value, or of an array's element. */
size_t value_element_size(MI_Type type);
/** Element @p i of an array as a value of its own. */
MI_Value value_element_at(MI_Type type, const MI_Value *array, MI_Uint32 i);

/** For people, on one line: arrays in braces, datetimes in CIM form, references as paths. */
void value_add_text(struct text *out, MI_Type type, MI_Uint32 flags, const MI_Value *value);
/** A value that is no array, with nothing escaped. */
void value_add_plain(struct text *out, MI_Type type, const MI_Value *value);
/** JSON: numbers as numbers (64-bit ones too), datetimes and references as strings, instances as
 *  objects, NULL, INF and NaN as null. */
void value_add_json(struct text *out, MI_Type type, MI_Uint32 flags, const MI_Value *value);
/** One line, no newline behind it. */
void instance_add_json(struct text *out, const MI_Instance *instance);

#endif
