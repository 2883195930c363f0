#ifndef PEER_DATETIME_H
#define PEER_DATETIME_H

#include <stdbool.h>
#include <stdint.h>

#include "util.h"

/** True if DMTF datetime text is an interval. */
bool peer_is_interval(const char *dmtf);
/** DMTF timestamp to xs:dateTime, fraction without trailing zeros, Z for offset 0. */
void peer_iso_datetime(struct peer_buf *out, const char *dmtf);
/** DMTF interval to xs:duration; with @p brief fields that are 0 are left out, so that 0 is "P". */
void peer_iso_interval(struct peer_buf *out, const char *dmtf, bool brief);

/** Text in DMTF form, timestamp or interval, with wildcards only if it says so. */
bool peer_dmtf_valid(const char *text, bool wildcards);
/** Microseconds since year 0, in UTC, or of the interval; false with wildcards in it. */
bool peer_dmtf_micros(const char *dmtf, int64_t *out);
/** xs:dateTime and xs:duration to DMTF text; false if that is not what it is. */
bool peer_dmtf_from_iso(const char *text, char out[26]);
bool peer_dmtf_from_duration(const char *text, char out[26]);

/** xs:duration in milliseconds. */
bool peer_duration_ms(const char *text, uint64_t *ms);

#endif
