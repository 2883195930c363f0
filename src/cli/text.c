#include "cli/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/utf.h"

void *text_memory(size_t size)
{
    void *block = malloc(size > 0 ? size : 1);
    if (block == NULL) {
        (void)fputs("mi: out of memory\n", stderr);
        exit(10 + MI_RESULT_SERVER_LIMITS_EXCEEDED);
    }
    return block;
}

static void text_reserve(struct text *text, size_t more)
{
    size_t capacity = text->capacity > 0 ? text->capacity : 64;
    char *data;

    if (text->size + more + 1 <= text->capacity) {
        return;
    }
    while (capacity < text->size + more + 1) {
        capacity *= 2;
    }
    data = text_memory(capacity);
    if (text->size > 0) {
        memcpy(data, text->data, text->size);
    }
    free(text->data);
    text->data = data;
    text->capacity = capacity;
}

void text_append(struct text *text, const char *bytes, size_t size)
{
    text_reserve(text, size);
    memcpy(text->data + text->size, bytes, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void text_add(struct text *text, const char *terminated)
{
    text_append(text, terminated, strlen(terminated));
}

void text_format(struct text *text, const char *format, ...)
{
    va_list arguments;
    int size;

    va_start(arguments, format);
    size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size <= 0) {
        return;
    }
    text_reserve(text, (size_t)size);
    va_start(arguments, format);
    (void)vsnprintf(text->data + text->size, (size_t)size + 1, format, arguments);
    va_end(arguments);
    text->size += (size_t)size;
}

void text_trim(struct text *text)
{
    while (text->size > 0 && text->data[text->size - 1] == ' ') {
        text->data[--text->size] = '\0';
    }
}

void text_clear(struct text *text)
{
    text->size = 0;
    if (text->data != NULL) {
        text->data[0] = '\0';
    }
}

void text_free(struct text *text)
{
    free(text->data);
    *text = (struct text){NULL, 0, 0};
}

const char *text_of(const struct text *text)
{
    return text->data != NULL ? text->data : "";
}

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool text_equal_nocase(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

size_t text_width(const char *utf8)
{
    size_t width = 0;
    for (; *utf8 != '\0'; utf8++) {
        width += ((unsigned char)*utf8 & 0xC0U) != 0x80U;
    }
    return width;
}

void text_narrow(struct text *text, size_t columns)
{
    size_t size = 0;

    for (size_t width = 0; size < text->size; size++) {
        width += ((unsigned char)text->data[size] & 0xC0U) != 0x80U;
        if (width > columns) {
            text->data[size] = '\0';
            text->size = size;
        }
    }
}

void text_wipe(char *bytes, size_t size)
{
    volatile char *at = bytes;
    while (size-- > 0) {
        *at++ = 0;
    }
}

/* C0, DEL, C1, separators of lines, and what reorders the rest of a line. */
static bool is_unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x61C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static void add_escape(struct text *text, uint32_t c)
{
    if (c == '\n' || c == '\r' || c == '\t') {
        text_add(text, c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
    } else {
        char escape[12];
        (void)snprintf(escape, sizeof(escape), "\\u%04x", (unsigned)c);
        text_add(text, escape);
    }
}

/* Character by character; `escape` says which of them not to write as they are. */
static void add_checked(struct text *text, const char *bytes, size_t size,
                        bool (*escape)(struct text *text, uint32_t c))
{
    while (size > 0) {
        uint32_t c = 0;
        size_t length = mic_utf8_decode(bytes, size, &c);
        if (length == 0) {
            text_add(text, "\xEF\xBF\xBD");
            length = 1;
        } else if (!escape(text, c)) {
            text_append(text, bytes, length);
        }
        bytes += length;
        size -= length;
    }
}

static bool escape_nothing(struct text *text, uint32_t c)
{
    (void)text;
    (void)c;
    return false;
}

static bool escape_unsafe(struct text *text, uint32_t c)
{
    if (is_unsafe(c)) {
        add_escape(text, c);
        return true;
    }
    return false;
}

static bool escape_json(struct text *text, uint32_t c)
{
    if (c == '"' || c == '\\') {
        text_add(text, c == '"' ? "\\\"" : "\\\\");
        return true;
    }
    return escape_unsafe(text, c);
}

static bool escape_csv(struct text *text, uint32_t c)
{
    if (c == '"') {
        text_add(text, "\"\"");
        return true;
    }
    return c != '\n' && c != '\r' && c != '\t' && escape_unsafe(text, c);
}

/* What XML 1.0 has no way to write stands there as it does elsewhere, with a backslash. */
static bool escape_xml(struct text *text, uint32_t c)
{
    static const struct {
        uint32_t c;
        const char *name;
    } names[] = {{'&', "&amp;"}, {'<', "&lt;"},   {'>', "&gt;"},  {'"', "&quot;"},
                 {'\t', "&#9;"}, {'\n', "&#10;"}, {'\r', "&#13;"}};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (c == names[i].c) {
            text_add(text, names[i].name);
            return true;
        }
    }
    if (c < 0x20 || c == 0xFFFE || c == 0xFFFF) {
        add_escape(text, c);
    } else if (is_unsafe(c)) {
        text_format(text, "&#%u;", (unsigned)c);
    } else {
        return false;
    }
    return true;
}

/* The library's text as UTF-8 that may still be wrong: as it came, or out of UTF-16 into *copy. */
static const char *utf8_of(const MI_Char *mi, struct text *copy)
{
    const uint16_t *units = (const uint16_t *)(const void *)mi;
    size_t count = 0, size;

    if (sizeof(MI_Char) == 1) {
        return (const char *)(const void *)mi;
    }
    while (units[count] != 0) {
        count++;
    }
    size = mic_utf16_to_utf8(units, count, NULL, 0);
    text_reserve(copy, size);
    copy->size = mic_utf16_to_utf8(units, count, copy->data, size);
    copy->data[copy->size] = '\0';
    return copy->data;
}

static void add_mi(struct text *text, const MI_Char *mi,
                   bool (*escape)(struct text *text, uint32_t c))
{
    struct text copy = {NULL, 0, 0};

    if (mi != NULL) {
        const char *utf8 = utf8_of(mi, &copy);
        add_checked(text, utf8, strlen(utf8), escape);
    }
    text_free(&copy);
}

void text_add_mi(struct text *text, const MI_Char *mi)
{
    add_mi(text, mi, escape_nothing);
}

void text_add_shown(struct text *text, const char *bytes, size_t size)
{
    add_checked(text, bytes, size, escape_unsafe);
}

void text_add_shown_mi(struct text *text, const MI_Char *mi)
{
    add_mi(text, mi, escape_unsafe);
}

void text_add_json(struct text *text, const char *bytes, size_t size)
{
    text_add(text, "\"");
    add_checked(text, bytes, size, escape_json);
    text_add(text, "\"");
}

void text_add_json_mi(struct text *text, const MI_Char *mi)
{
    if (mi == NULL) {
        text_add(text, "null");
        return;
    }
    text_add(text, "\"");
    add_mi(text, mi, escape_json);
    text_add(text, "\"");
}

void text_add_csv(struct text *text, const char *bytes, size_t size)
{
    bool is_plain = size > 0 && bytes[0] != ' ' && bytes[size - 1] != ' ';

    for (size_t i = 0; i < size && is_plain; i++) {
        is_plain = bytes[i] == '\0' || strchr("\",\r\n", bytes[i]) == NULL;
    }
    text_add(text, is_plain ? "" : "\"");
    add_checked(text, bytes, size, escape_csv);
    text_add(text, is_plain ? "" : "\"");
}

void text_add_xml(struct text *text, const char *bytes, size_t size)
{
    add_checked(text, bytes, size, escape_xml);
}

void text_add_xml_mi(struct text *text, const MI_Char *mi)
{
    add_mi(text, mi, escape_xml);
}

const MI_Char *text_to_mi(const char *utf8)
{
    size_t size, count;
    uint16_t *units;

    if (utf8 == NULL || sizeof(MI_Char) == 1) {
        return (const MI_Char *)(const void *)utf8;
    }
    size = strlen(utf8);
    count = mic_utf8_to_utf16(utf8, size, NULL, 0);
    if (count == (size_t)-1) {
        (void)fputs("mi: a text is not valid UTF-8\n", stderr);
        exit(2);
    }
    units = text_memory((count + 1) * sizeof(*units));
    (void)mic_utf8_to_utf16(utf8, size, units, count);
    units[count] = 0;
    return (const MI_Char *)(const void *)units;
}

void text_release_mi(const MI_Char *mi, const char *utf8)
{
    const uint16_t *units = (const uint16_t *)(const void *)mi;
    size_t count = 0;
    void *block;

    if (mi == NULL || (const void *)mi == (const void *)utf8) {
        return;
    }
    while (units[count] != 0) {
        count++;
    }
    /* It is our own block; const only while it was lent to the library. */
    memcpy(&block, &mi, sizeof(block));
    text_wipe(block, count * sizeof(*units));
    free(block);
}
