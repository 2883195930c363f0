/** Checked conversion between UTF-8 and UTF-16. No allocation, no platform calls. */
#ifndef MIC_COMMON_UTF_H
#define MIC_COMMON_UTF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** @return true when the bytes are well-formed UTF-8 (no surrogates, no overlong forms, at most
 * U+10FFFF).
 *  @p bad_at, when given, receives the offset of the first wrong byte. */
bool mic_utf8_is_valid(const char *bytes, size_t size, size_t *bad_at);
/** @return units needed or written (without terminator), or (size_t)-1 when the input is wrong or
 * @p capacity too small.
 *  @p out NULL only counts. */
size_t mic_utf8_to_utf16(const char *bytes, size_t size, uint16_t *out, size_t capacity);
/** Unpaired surrogates become U+FFFD. @return bytes needed or written, (size_t)-1 when @p capacity
 * is too small. */
size_t mic_utf16_to_utf8(const uint16_t *units, size_t count, char *out, size_t capacity);
/** Decode the character at @p bytes. @return its length in bytes, 0 when wrong or @p size is 0. */
size_t mic_utf8_decode(const char *bytes, size_t size, uint32_t *code_point);
/** @return bytes written (1 to 4), 0 when @p code_point is no character. */
size_t mic_utf8_encode(uint32_t code_point, char out[4]);

#endif
