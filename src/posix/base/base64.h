/** RFC 4648 base64. */
#ifndef MIC_BASE_BASE64_H
#define MIC_BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

void mic_base64_encode(struct mic_buf *out, const void *bytes, size_t size);
/** White space between characters is skipped. @return false on any other wrong character, wrong
 *  padding, or out of memory; @p out is then as before. */
bool mic_base64_decode(struct mic_buf *out, struct mic_str text);

#endif
