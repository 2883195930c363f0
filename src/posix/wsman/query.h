/** What is read out of a query before it is sent. */
#ifndef MIC_WSMAN_QUERY_H
#define MIC_WSMAN_QUERY_H

#include "base/str.h"

/** The URI of a dialect by its name in mi.h; a URI stands for itself. @return NULL: unknown */
const char *mic_query_dialect(const char *name);
/** The class of the FROM clause, in place; empty when there is none. */
struct mic_str mic_query_class(const char *query);

#endif
