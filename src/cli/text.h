/** UTF-8 inside, MI_Char at the border; growing text. Out of memory ends the program. */
#ifndef MI_CLI_TEXT_H
#define MI_CLI_TEXT_H

#include <mi.h>
#include <stdbool.h>
#include <stddef.h>

struct text {
    char *data; /* terminated, NULL while empty */
    size_t size, capacity;
};

void *text_memory(size_t size);
void text_append(struct text *text, const char *bytes, size_t size);
void text_add(struct text *text, const char *terminated);
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Cut the blanks at its end. */
void text_trim(struct text *text);
void text_clear(struct text *text);
void text_free(struct text *text);
const char *text_of(const struct text *text);

/** ASCII letters compare without case. */
bool text_equal_nocase(const char *a, const char *b);

/** Columns a terminal uses for it: one per character. */
size_t text_width(const char *utf8);
/** Cut it to at most so many columns. */
void text_narrow(struct text *text, size_t columns);

/** Append @p bytes so that a terminal shows them and obeys none of them: control characters and
 *  those that reorder a line become \n, \t or \uNNNN, wrong UTF-8 U+FFFD. */
void text_add_shown(struct text *text, const char *bytes, size_t size);
/** The same for a name or a text of the library. NULL appends nothing. */
void text_add_shown_mi(struct text *text, const MI_Char *mi);
/** Append as a JSON string, quotes included; always valid UTF-8 and valid JSON. */
void text_add_json(struct text *text, const char *bytes, size_t size);
/** The same for a text of the library; NULL gives null. */
void text_add_json_mi(struct text *text, const MI_Char *mi);

/** Append as a field of CSV (RFC 4180), in quotes where that is needed and where it is empty. Line
 *  ends and tabs stay, other control characters become \uNNNN. */
void text_add_csv(struct text *text, const char *bytes, size_t size);
/** Append for an element or an attribute in double quotes. Control characters become references,
 *  those that XML 1.0 has not become \uNNNN. */
void text_add_xml(struct text *text, const char *bytes, size_t size);
void text_add_xml_mi(struct text *text, const MI_Char *mi);

/** NULL gives NULL; text_release_mi with the same @p utf8 frees. Invalid UTF-8 ends the program. */
const MI_Char *text_to_mi(const char *utf8);
/** Wipes, too. */
void text_release_mi(const MI_Char *mi, const char *utf8);
/** Append as it is, but wrong UTF-8 becomes U+FFFD; NULL appends nothing. */
void text_add_mi(struct text *text, const MI_Char *mi);
void text_wipe(char *bytes, size_t size);

#endif
