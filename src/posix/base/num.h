/** Numbers from and to text, whatever the process's locale. Whole text must match: no leading or
 *  trailing blanks (trim first), no overflow. */
#ifndef MIC_BASE_NUM_H
#define MIC_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/** Decimal, or hexadecimal after "0x", optional leading '+'. */
bool mic_parse_u64(struct mic_str text, uint64_t max, uint64_t *out);
/** Decimal with an optional sign. */
bool mic_parse_s64(struct mic_str text, int64_t min, int64_t max, int64_t *out);
bool mic_parse_u32(struct mic_str text, uint32_t *out);
/** xs:double: also INF, -INF, NaN, in any case; "infinity" and hexadecimal floats are refused. */
bool mic_parse_double(struct mic_str text, double *out);

#define MIC_NUMBER_TEXT_MAX 32
/** Shortest text that reads back the same; INF, -INF, NaN. @return its length. */
size_t mic_format_double(double value, char out[MIC_NUMBER_TEXT_MAX]);
size_t mic_format_float(float value, char out[MIC_NUMBER_TEXT_MAX]);
size_t mic_format_u64(uint64_t value, char out[MIC_NUMBER_TEXT_MAX]);
size_t mic_format_s64(int64_t value, char out[MIC_NUMBER_TEXT_MAX]);

#endif
