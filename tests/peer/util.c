#include "util.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct peer_arena_block {
    struct peer_arena_block *next;
    size_t used;
    size_t size;
    _Alignas(16) char data[];
};

static void out_of_memory(void)
{
    fputs("mi-peer: out of memory\n", stderr);
    abort();
}

void *peer_xmalloc(size_t size)
{
    void *p = malloc(size ? size : 1);

    if (p == NULL) {
        out_of_memory();
    }
    return p;
}

void *peer_xrealloc(void *old, size_t size)
{
    void *p = realloc(old, size ? size : 1);

    if (p == NULL) {
        out_of_memory();
    }
    return p;
}

char *peer_xstrdup(const char *text)
{
    size_t len = strlen(text) + 1;

    return memcpy(peer_xmalloc(len), text, len);
}

void peer_buf_free(struct peer_buf *buf)
{
    free(buf->data);
    memset(buf, 0, sizeof *buf);
}

void peer_buf_reserve(struct peer_buf *buf, size_t extra)
{
    size_t need = buf->len + extra + 1;
    size_t cap = buf->cap ? buf->cap : 256;

    if (need <= buf->cap) {
        return;
    }
    while (cap < need) {
        cap *= 2;
    }
    buf->data = peer_xrealloc(buf->data, cap);
    buf->cap = cap;
}

void peer_put(struct peer_buf *buf, const void *bytes, size_t len)
{
    peer_buf_reserve(buf, len);
    if (len > 0) {
        memcpy(buf->data + buf->len, bytes, len);
    }
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void peer_puts(struct peer_buf *buf, const char *text)
{
    peer_put(buf, text, strlen(text));
}

void peer_putc(struct peer_buf *buf, char c)
{
    peer_put(buf, &c, 1);
}

void peer_vprintf(struct peer_buf *buf, const char *format, va_list args)
{
    va_list again;
    int n;

    va_copy(again, args);
    peer_buf_reserve(buf, 128);
    n = vsnprintf(buf->data + buf->len, buf->cap - buf->len, format, args);
    if (n > 0 && (size_t)n >= buf->cap - buf->len) {
        peer_buf_reserve(buf, (size_t)n);
        n = vsnprintf(buf->data + buf->len, buf->cap - buf->len, format, again);
    }
    va_end(again);
    if (n > 0) {
        buf->len += (size_t)n;
    }
}

void peer_printf(struct peer_buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    peer_vprintf(buf, format, args);
    va_end(args);
}

static const char *entity_for(char c)
{
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\r':
        return "&#13;";
    default:
        return NULL;
    }
}

void peer_put_xml(struct peer_buf *buf, const char *text)
{
    const char *run = text;

    for (; *text != '\0'; text++) {
        const char *entity = entity_for(*text);

        if (entity != NULL) {
            peer_put(buf, run, (size_t)(text - run));
            peer_puts(buf, entity);
            run = text + 1;
        }
    }
    peer_put(buf, run, (size_t)(text - run));
}

void peer_insert(struct peer_buf *buf, size_t at, const char *text, size_t len)
{
    peer_buf_reserve(buf, len);
    memmove(buf->data + at + len, buf->data + at, buf->len - at);
    memcpy(buf->data + at, text, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void *peer_alloc(struct peer_arena *arena, size_t size)
{
    struct peer_arena_block *block = arena->head;
    void *p;

    size = (size + 15) & ~(size_t)15;
    if (block == NULL || block->size - block->used < size) {
        size_t room = size > 16000 ? size : 16000;

        block = peer_xmalloc(sizeof *block + room);
        block->next = arena->head;
        block->used = 0;
        block->size = room;
        arena->head = block;
    }
    p = block->data + block->used;
    block->used += size;
    memset(p, 0, size);
    return p;
}

char *peer_dupn(struct peer_arena *arena, const char *text, size_t len)
{
    char *copy = peer_alloc(arena, len + 1);

    memcpy(copy, text, len);
    return copy;
}

char *peer_dup(struct peer_arena *arena, const char *text)
{
    return peer_dupn(arena, text, strlen(text));
}

char *peer_fmt(struct peer_arena *arena, const char *format, ...)
{
    char small[256];
    va_list args;
    va_list again;
    char *text;
    int n;

    va_start(args, format);
    va_copy(again, args);
    n = vsnprintf(small, sizeof small, format, args);
    if (n < 0) {
        n = 0;
        small[0] = '\0';
    }
    text = peer_alloc(arena, (size_t)n + 1);
    if ((size_t)n < sizeof small) {
        memcpy(text, small, (size_t)n + 1);
    } else {
        vsnprintf(text, (size_t)n + 1, format, again);
    }
    va_end(again);
    va_end(args);
    return text;
}

void peer_arena_free(struct peer_arena *arena)
{
    struct peer_arena_block *block = arena->head;

    while (block != NULL) {
        struct peer_arena_block *next = block->next;

        free(block);
        block = next;
    }
    arena->head = NULL;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool peer_ieq(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == '\0' && *b == '\0';
}

bool peer_istarts(const char *text, const char *prefix)
{
    while (*prefix != '\0' && lower(*text) == lower(*prefix)) {
        text++;
        prefix++;
    }
    return *prefix == '\0';
}

bool peer_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static char ns_char(char c)
{
    return c == '\\' ? '/' : lower(c);
}

bool peer_ns_eq(const char *a, const char *b)
{
    while (*a != '\0' && ns_char(*a) == ns_char(*b)) {
        a++;
        b++;
    }
    return *a == '\0' && *b == '\0';
}

bool peer_parse_u64(const char *text, uint64_t *out)
{
    uint64_t value = 0;

    if (*text == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        unsigned digit = (unsigned)(*text - '0');

        if (*text < '0' || *text > '9' || value > (UINT64_MAX - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

const char *peer_after_last(const char *text, char c)
{
    const char *at = strrchr(text, c);

    return at != NULL ? at + 1 : text;
}

bool peer_read_file(const char *path, struct peer_buf *out)
{
    FILE *f = fopen(path, "re");
    size_t before = out->len;
    size_t n;

    if (f == NULL) {
        return false;
    }
    do {
        peer_buf_reserve(out, 4096);
        n = fread(out->data + out->len, 1, 4096, f);
        out->len += n;
    } while (n > 0 && out->len - before < 1024 * 1024);
    out->data[out->len] = '\0';
    fclose(f);
    return true;
}
