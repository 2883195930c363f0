/** MI_Datetime from and to the texts WS-Management peers use (DSP0004 5.2.4; XML Schema 2, 3.2.6
 * and 3.2.7). The whole text must match, without blanks around it; outputs are written only on
 * success; no allocation, no platform calls, no locale. */
#ifndef MIC_COMMON_DATETIME_H
#define MIC_COMMON_DATETIME_H

#include <mi.h>
#include <stdbool.h>
#include <stddef.h>

/** Bytes of a CIM text with its terminator. */
#define MIC_DATETIME_TEXT_SIZE 26
/** Room for any xs:dateTime or xs:duration written here, with its terminator. */
#define MIC_XS_TEXT_SIZE 40

/** yyyymmddhhmmss.mmmmmm+uuu or ddddddddhhmmss.mmmmmm:000, terminated.
 *  @return false when a field is out of its range */
bool mic_datetime_to_cim(const MI_Datetime *value, char out[MIC_DATETIME_TEXT_SIZE]);

/** CIM text of 25 characters. Asterisks: false, since MI_Datetime cannot hold them. */
bool mic_datetime_from_cim(const char *text, size_t size, MI_Datetime *out);

/** xs:dateTime, or xs:date (then midnight), with optional fraction and offset. The offset is kept
 * as utc, not applied; no offset: utc 0. A fraction is cut behind the microseconds. False for
 * xs:time, which has no date, for years outside 0000 to 9999, 24:00:00 and leap seconds. */
bool mic_datetime_from_xs(const char *text, size_t size, MI_Datetime *out);

/** xs:duration without sign, normalised (PT90S is 1 minute 30). Years count 365 days, months 30.
 *  False when it is longer than 99999999 days. */
bool mic_interval_from_xs(const char *text, size_t size, MI_Datetime *out);

/** Any of the above, recognised by form. */
bool mic_datetime_from_text(const char *text, size_t size, MI_Datetime *out);

/** PnDTnHnMn.nnnnnnS for an interval, terminated; all parts are written, the fraction without
 *  trailing zeros. @return false when a field is out of range or @p out_size too small */
bool mic_interval_to_xs(const MI_Interval *value, char *out, size_t out_size);

/** yyyy-mm-ddThh:mm:ss.nnnnnn with the offset kept (Z when it is 0), terminated; the fraction
 * without trailing zeros. @return false when a field is out of range, which for utc here means
 * beyond 14 hours, or @p out_size too small */
bool mic_timestamp_to_xs(const MI_Timestamp *value, char *out, size_t out_size);

/** More than 99999999 days gives the longest interval. */
MI_Interval mic_interval_from_ms(unsigned long long ms);
/** Microseconds are rounded up to milliseconds. Never overflows, also for fields out of range. */
unsigned long long mic_interval_to_ms(const MI_Interval *value);

/** Whether each field is in its range (days 0 to 99999999; month 1 to 12, day 1 to what the month
 * has in that year, utc within 999 minutes). */
bool mic_interval_is_valid(const MI_Interval *value);
bool mic_timestamp_is_valid(const MI_Timestamp *value);

#endif
