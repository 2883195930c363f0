/* json-check [-l]: is standard input one JSON text (RFC 8259), with -l one per line? Strict: valid
 * UTF-8, no name twice in an object. Prints what is wrong and where; exit status 1 then. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/utf.h"

enum { DEPTH_MAX = 200, NAMES_MAX = 20000 };

struct text {
    const char *start, *at, *end;
    int depth;
};

static bool value(struct text *text);

static void blanks(struct text *text)
{
    while (text->at < text->end && memchr(" \t\r\n", *text->at, 4) != NULL) {
        text->at++;
    }
}

static bool one(struct text *text, char c)
{
    if (text->at < text->end && *text->at == c) {
        text->at++;
        return true;
    }
    return false;
}

static bool word(struct text *text, const char *wanted)
{
    size_t size = strlen(wanted);
    if ((size_t)(text->end - text->at) < size || memcmp(text->at, wanted, size) != 0) {
        return false;
    }
    text->at += size;
    return true;
}

static bool escape(struct text *text)
{
    if (text->at < text->end && memchr("\"\\/bfnrt", *text->at, 8) != NULL) {
        text->at++;
        return true;
    }
    if (!one(text, 'u')) {
        return false;
    }
    for (int i = 0; i < 4; i++, text->at++) {
        if (text->at == text->end || memchr("0123456789abcdefABCDEF", *text->at, 22) == NULL) {
            return false;
        }
    }
    return true;
}

static bool string(struct text *text)
{
    if (!one(text, '"')) {
        return false;
    }
    while (text->at < text->end) {
        if (one(text, '"')) {
            return true;
        }
        if ((unsigned char)*text->at < 0x20) {
            return false;
        }
        if (*text->at++ == '\\' && !escape(text)) {
            return false;
        }
    }
    return false;
}

static bool digits(struct text *text)
{
    const char *start = text->at;
    while (text->at < text->end && *text->at >= '0' && *text->at <= '9') {
        text->at++;
    }
    return text->at > start;
}

static bool number(struct text *text)
{
    (void)one(text, '-');
    if (!one(text, '0') && !digits(text)) {
        return false;
    }
    if (one(text, '.') && !digits(text)) {
        return false;
    }
    if (one(text, 'e') || one(text, 'E')) {
        (void)(one(text, '+') || one(text, '-'));
        return digits(text);
    }
    return true;
}

struct name {
    const char *at;
    size_t size;
};

static bool is_new(const struct name *names, size_t count, struct name name)
{
    for (size_t i = 0; i < count; i++) {
        if (names[i].size == name.size && memcmp(names[i].at, name.at, name.size) == 0) {
            return false;
        }
    }
    return true;
}

static bool members(struct text *text, struct name *names)
{
    size_t count = 0;

    blanks(text);
    if (one(text, '}')) {
        return true;
    }
    do {
        struct name name;
        blanks(text);
        name.at = text->at;
        if (!string(text)) {
            return false;
        }
        name.size = (size_t)(text->at - name.at);
        if (count == NAMES_MAX || !is_new(names, count, name)) {
            return false;
        }
        names[count++] = name;
        blanks(text);
        if (!one(text, ':') || !value(text)) {
            return false;
        }
        blanks(text);
    } while (one(text, ','));
    return one(text, '}');
}

static bool object(struct text *text)
{
    struct name *names = malloc(NAMES_MAX * sizeof(*names));
    bool good = names != NULL && members(text, names);
    free(names);
    return good;
}

static bool array(struct text *text)
{
    blanks(text);
    if (one(text, ']')) {
        return true;
    }
    do {
        if (!value(text)) {
            return false;
        }
        blanks(text);
    } while (one(text, ','));
    return one(text, ']');
}

static bool value(struct text *text)
{
    bool good;

    blanks(text);
    if (text->at == text->end || ++text->depth > DEPTH_MAX) {
        return false;
    }
    if (one(text, '{')) {
        good = object(text);
    } else if (one(text, '[')) {
        good = array(text);
    } else if (*text->at == '"') {
        good = string(text);
    } else {
        good = word(text, "true") || word(text, "false") || word(text, "null") || number(text);
    }
    text->depth--;
    return good;
}

static bool check(const char *start, size_t size)
{
    struct text text = {start, start, start + size, 0};
    bool good = mic_utf8_is_valid(start, size, NULL) && value(&text);

    blanks(&text);
    if (!good || text.at != text.end) {
        printf("not JSON at byte %zu: %.60s\n", (size_t)(text.at - start), text.at);
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    size_t capacity = 1 << 26, size;
    char *all = malloc(capacity + 1);
    bool good = true;

    if (all == NULL) {
        return 1;
    }
    size = fread(all, 1, capacity, stdin);
    all[size] = '\0';
    if (argc > 1 && strcmp(argv[1], "-l") == 0) {
        for (char *line = all; good && line < all + size;) {
            size_t length = strcspn(line, "\n");
            good = check(line, length);
            line += length + 1;
        }
    } else {
        good = check(all, size);
    }
    free(all);
    return good ? 0 : 1;
}
