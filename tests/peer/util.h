#ifndef PEER_UTIL_H
#define PEER_UTIL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* MinGW's printf is another one than GCC takes it for, and <stdio.h> says which. */
#ifdef __MINGW_PRINTF_FORMAT
#    define PEER_PRINTF __MINGW_PRINTF_FORMAT
#else
#    define PEER_PRINTF printf
#endif

/** Growing byte buffer; all zero is empty. Running out of memory ends the process. */
struct peer_buf {
    char *data;
    size_t len;
    size_t cap;
};

void peer_buf_free(struct peer_buf *buf);
void peer_buf_reserve(struct peer_buf *buf, size_t extra);
void peer_put(struct peer_buf *buf, const void *bytes, size_t len);
void peer_puts(struct peer_buf *buf, const char *text);
void peer_putc(struct peer_buf *buf, char c);
void peer_printf(struct peer_buf *buf, const char *format, ...)
    __attribute__((format(PEER_PRINTF, 2, 3)));
void peer_vprintf(struct peer_buf *buf, const char *format, va_list args)
    __attribute__((format(PEER_PRINTF, 2, 0)));
/** Append @p text with the five XML characters and CR escaped. */
void peer_put_xml(struct peer_buf *buf, const char *text);
/** Put @p text at @p at, moving the rest up. */
void peer_insert(struct peer_buf *buf, size_t at, const char *text, size_t len);

/** Bump allocator; everything in it goes at once. */
struct peer_arena {
    struct peer_arena_block *head;
};

void *peer_alloc(struct peer_arena *arena, size_t size);
char *peer_dup(struct peer_arena *arena, const char *text);
char *peer_dupn(struct peer_arena *arena, const char *text, size_t len);
char *peer_fmt(struct peer_arena *arena, const char *format, ...)
    __attribute__((format(PEER_PRINTF, 2, 3)));
void peer_arena_free(struct peer_arena *arena);

void *peer_xmalloc(size_t size);
void *peer_xrealloc(void *old, size_t size);
char *peer_xstrdup(const char *text);

/** Upper-case GUID text, 36 characters and the terminator. */
void peer_uuid(char out[37]);
uint64_t peer_now_ms(void);

/** Equal without regard to ASCII case, whatever the locale. */
bool peer_ieq(const char *a, const char *b);
bool peer_istarts(const char *text, const char *prefix);
bool peer_starts(const char *text, const char *prefix);
/** Namespaces: case does not count, and \ equals /. */
bool peer_ns_eq(const char *a, const char *b);
/** Whole text as a decimal number; false on anything else, also on overflow. */
bool peer_parse_u64(const char *text, uint64_t *out);
/** First character after the last @p c, or the text itself. */
const char *peer_after_last(const char *text, char c);
/** Append what the file holds, at most 1 MB; false if it cannot be read. */
bool peer_read_file(const char *path, struct peer_buf *out);

#endif
