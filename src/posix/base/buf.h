/** Growing bytes. A failed append makes the buffer `failed` and every later append a no-op, so that
 *  a writer checks once, at its end. */
#ifndef MIC_BASE_BUF_H
#define MIC_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/str.h"

struct mic_buf {
    char *data;
    size_t size;
    size_t capacity;
    bool failed;
};

void mic_buf_init(struct mic_buf *buf);
void mic_buf_fini(struct mic_buf *buf);
void mic_buf_swap(struct mic_buf *a, struct mic_buf *b);
/** Size 0, capacity kept, no longer failed. */
void mic_buf_clear(struct mic_buf *buf);
/** Room for @p more bytes behind the present size. @return false when out of memory. */
bool mic_buf_reserve(struct mic_buf *buf, size_t more);
void mic_buf_append(struct mic_buf *buf, const void *bytes, size_t size);
void mic_buf_append_text(struct mic_buf *buf, const char *terminated);
void mic_buf_append_str(struct mic_buf *buf, struct mic_str text);
void mic_buf_append_char(struct mic_buf *buf, char c);
void mic_buf_append_format(struct mic_buf *buf, const char *format, ...) MIC_PRINTF(2, 3);
/** Remove the first @p size bytes. */
void mic_buf_consume(struct mic_buf *buf, size_t size);
/** Zero behind the end, not counted in size. @return the text, or "" when failed or empty. */
const char *mic_buf_text(struct mic_buf *buf);
/** The bytes become the caller's (mic_free); the buffer is empty again. NULL when failed. */
char *mic_buf_steal(struct mic_buf *buf, size_t *size);

#endif
