#include "cli/help.h"

#include <string.h>

enum { HELP_WIDTH = 100, HELP_COLUMN = 27, VERB_COLUMN = 34 };

/* The verbs of an option stand in one text, a blank between two. */
bool option_is_for(const struct option_row *option, const struct verb *verb)
{
    size_t size = strlen(verb->name);
    const char *at = option->verbs;

    while (at != NULL && *at != '\0') {
        size_t length = strcspn(at, " ");
        if (length == size && memcmp(at, verb->name, size) == 0) {
            return true;
        }
        at += length + (at[length] == ' ');
    }
    return option->verbs == NULL;
}

/* At most HELP_WIDTH columns; further lines begin at column `hang`. */
static void add_wrapped(struct text *out, const char *words, size_t column, int hang)
{
    while (*words != '\0') {
        size_t size = strcspn(words, " ");
        if (column + 1 + size > HELP_WIDTH) {
            text_format(out, "\n%*s", hang, "");
            column = (size_t)hang;
        } else {
            text_add(out, " ");
            column++;
        }
        text_append(out, words, size);
        column += size;
        words += size + (words[size] == ' ');
    }
    text_add(out, "\n");
}

static void add_options(struct text *out, const struct option_row *options, const struct verb *verb)
{
    struct text help = {NULL, 0, 0};

    text_add(out, "\nOptions:\n");
    for (; options->name != NULL; options++) {
        size_t start = out->size;
        if (verb != NULL && !option_is_for(options, verb)) {
            continue;
        }
        if (options->letter != '\0') {
            text_format(out, "  -%c, %s", options->letter, options->name);
        } else {
            text_format(out, "      %s", options->name);
        }
        if (options->value != NULL) {
            text_format(out, " %s", options->value);
        }
        if (out->size - start < HELP_COLUMN - 1) {
            text_format(out, "%*s", (int)(HELP_COLUMN - 1 - (out->size - start)), "");
        }
        if (verb == NULL && options->verbs != NULL) {
            text_clear(&help);
            for (const char *at = options->verbs; *at != '\0'; at++) {
                text_append(&help, *at == ' ' ? "," : "", *at == ' ');
                text_append(&help, at, 1);
            }
            text_format(&help, ": %s", options->help);
        } else {
            text_clear(&help);
            text_add(&help, options->help);
        }
        add_wrapped(out, text_of(&help), out->size - start, HELP_COLUMN);
    }
    text_free(&help);
}

static void add_verb(struct text *out, const char *name, const char *operands, const char *summary)
{
    size_t start = out->size;

    text_format(out, "  %-11s %s", name, operands);
    if (out->size - start >= VERB_COLUMN) {
        text_add(out, "\n");
        start = out->size;
    }
    text_format(out, "%*s", (int)(VERB_COLUMN - 1 - (out->size - start)), "");
    add_wrapped(out, summary, VERB_COLUMN - 1, VERB_COLUMN);
}

static void add_verbs(struct text *out, const struct verb *const *verbs)
{
    text_add(out, "usage: mi VERB [operands] [options]\n\n"
                  "Reads, writes, calls and watches CIM objects of Windows, OMI, openwsman, iDRAC "
                  "and AMT\nover WS-Management.\n\nVerbs:\n");
    for (size_t i = 0; verbs[i] != NULL; i++) {
        add_verb(out, verbs[i]->name, verbs[i]->operands, verbs[i]->summary);
    }
    add_verb(out, "help", "[VERB]", "This text, or a verb's.");
    text_add(out, "\nExamples:\n");
    for (size_t i = 0; verbs[i] != NULL; i++) {
        text_add(out, verbs[i]->examples);
    }
}

int help_print(struct output *output, const struct verb *const *verbs,
               const struct option_row *options, const struct verb *verb)
{
    struct text out = {NULL, 0, 0};

    if (verb == NULL) {
        add_verbs(&out, verbs);
    } else {
        text_format(&out, "usage: mi %s%s%s [options]\n\n%s\n\nExamples:\n%s", verb->name,
                    verb->operands[0] != '\0' ? " " : "", verb->operands, verb->summary,
                    verb->examples);
    }
    add_options(&out, options, verb);
    text_add(&out, "\nExit status: 0; 1 doctor found a failure; 2 wrong usage; 130 interrupted; "
                   "otherwise 10 +\nthe MI_Result of what failed.\n");
    (void)output_put(output, &out);
    text_free(&out);
    return 0;
}
