/** Instances as CSV (RFC 4180). The first one makes the header: __CLASS and its properties. */
#ifndef MI_CLI_CSV_H
#define MI_CLI_CSV_H

#include <mi.h>

#include "cli/text.h"

struct csv;

struct csv *csv_new(void);
/** Append the line of @p instance, before the first one the header. A property that has no column
 *  is told on stderr, once. */
void csv_add(struct csv *csv, struct text *out, const MI_Instance *instance);
void csv_free(struct csv *csv);

#endif
