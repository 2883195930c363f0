#ifndef PEER_DATETIME_H
#define PEER_DATETIME_H

#include <stdbool.h>

#include "util.h"

/** True if DMTF datetime text is an interval. */
bool peer_is_interval(const char *dmtf);
/** DMTF timestamp to xs:dateTime, fraction without trailing zeros, Z for offset 0. */
void peer_iso_datetime(struct peer_buf *out, const char *dmtf);
/** DMTF interval to xs:duration; with @p brief fields that are 0 are left out, so that 0 is "P". */
void peer_iso_interval(struct peer_buf *out, const char *dmtf, bool brief);

#endif
