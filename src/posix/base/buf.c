#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_CAPACITY 256u

void mic_buf_init(struct mic_buf *buf)
{
    buf->data = NULL;
    buf->size = buf->capacity = 0;
    buf->failed = false;
}

void mic_buf_fini(struct mic_buf *buf)
{
    mic_free(buf->data);
    mic_buf_init(buf);
}

void mic_buf_swap(struct mic_buf *a, struct mic_buf *b)
{
    struct mic_buf kept = *a;

    *a = *b;
    *b = kept;
}

void mic_buf_clear(struct mic_buf *buf)
{
    buf->size = 0;
    buf->failed = false;
}

static bool grow(struct mic_buf *buf, size_t more)
{
    size_t needed, capacity;
    char *data;

    if (!mic_size_add(buf->size, more, &needed)) {
        buf->failed = true;
        return false;
    }
    capacity = buf->capacity;
    if (capacity == 0) { /* who knows the size gets no more */
        capacity = needed > FIRST_CAPACITY ? needed : FIRST_CAPACITY;
    }
    while (capacity < needed) {
        if (!mic_size_mul(capacity, 2, &capacity)) {
            capacity = needed;
        }
    }
    data = mic_realloc(buf->data, capacity);
    if (!data) {
        buf->failed = true;
        return false;
    }
    buf->data = data;
    buf->capacity = capacity;
    return true;
}

/* Here for the sake of the many appends of a byte or two. */
static inline bool has_room(struct mic_buf *buf, size_t more)
{
    return !buf->failed && (more <= buf->capacity - buf->size || grow(buf, more));
}

bool mic_buf_reserve(struct mic_buf *buf, size_t more)
{
    return has_room(buf, more);
}

void mic_buf_append(struct mic_buf *buf, const void *bytes, size_t size)
{
    if (size > 0 && has_room(buf, size)) {
        memcpy(buf->data + buf->size, bytes, size);
        buf->size += size;
    }
}

void mic_buf_append_text(struct mic_buf *buf, const char *terminated)
{
    mic_buf_append(buf, terminated, strlen(terminated));
}

void mic_buf_append_str(struct mic_buf *buf, struct mic_str text)
{
    mic_buf_append(buf, text.data, text.size);
}

void mic_buf_append_char(struct mic_buf *buf, char c)
{
    if (has_room(buf, 1)) {
        buf->data[buf->size++] = c;
    }
}

void mic_buf_append_format(struct mic_buf *buf, const char *format, ...)
{
    char text[256];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    if (length < 0) {
        buf->failed = true;
        return;
    }
    if ((size_t)length < sizeof(text)) {
        mic_buf_append(buf, text, (size_t)length);
        return;
    }
    /* vsnprintf writes a terminator behind the text. */
    if (mic_buf_reserve(buf, (size_t)length + 1)) {
        va_start(arguments, format);
        (void)vsnprintf(buf->data + buf->size, (size_t)length + 1, format, arguments);
        va_end(arguments);
        buf->size += (size_t)length;
    }
}

void mic_buf_consume(struct mic_buf *buf, size_t size)
{
    if (size >= buf->size) {
        buf->size = 0;
    } else if (size > 0) {
        memmove(buf->data, buf->data + size, buf->size - size);
        buf->size -= size;
    }
}

const char *mic_buf_text(struct mic_buf *buf)
{
    if (!mic_buf_reserve(buf, 1)) {
        return "";
    }
    buf->data[buf->size] = '\0';
    return buf->data;
}

char *mic_buf_steal(struct mic_buf *buf, size_t *size)
{
    char *data = NULL;

    if (mic_buf_reserve(buf, 1)) {
        char *fitting = mic_realloc(buf->data, buf->size + 1); /* it may be kept for long */

        data = fitting ? fitting : buf->data;
        data[buf->size] = '\0';
        if (size) {
            *size = buf->size;
        }
        mic_buf_init(buf);
    }
    return data;
}
