/** A borrowed piece of text: pointer and length, not terminated. */
#ifndef MIC_BASE_STR_H
#define MIC_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

struct mic_str {
    const char *data;
    size_t size;
};

#define MIC_STR(literal) ((struct mic_str){(literal), sizeof(literal) - 1})

struct mic_str mic_str_from(const char *terminated); /* NULL gives an empty one */
bool mic_str_equal(struct mic_str a, struct mic_str b);
/** ASCII case folding, as CIM names compare (DSP0004 5.1.2.7 allows no more here). */
bool mic_str_equal_nocase(struct mic_str a, struct mic_str b);
bool mic_text_equal_nocase(const char *a, const char *b); /* terminated; NULL equals only NULL */
bool mic_str_starts_with(struct mic_str text, struct mic_str prefix);
bool mic_str_ends_with(struct mic_str text, struct mic_str suffix);
/** Without leading and trailing XML white space. */
struct mic_str mic_str_trim(struct mic_str text);

#endif
