#include "cli/help.h"

#include <string.h>

enum { HELP_WIDTH = 100, HELP_COLUMN = 27 };

/* At most HELP_WIDTH columns; what follows hangs under the first line. */
static void add_wrapped(struct text *out, const char *words, size_t column)
{
    while (*words != '\0') {
        size_t size = strcspn(words, " ");
        if (column + 1 + size > HELP_WIDTH) {
            text_format(out, "\n%*s", HELP_COLUMN, "");
            column = HELP_COLUMN;
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
    text_add(out, "\nOptions:\n");
    for (; options->name != NULL; options++) {
        size_t start = out->size;
        if (verb != NULL && options->verb != NULL && strcmp(options->verb, verb->name) != 0) {
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
        if (verb == NULL && options->verb != NULL) {
            text_format(out, " %s:", options->verb);
        }
        add_wrapped(out, options->help, out->size - start);
    }
}

static void add_verbs(struct text *out, const struct verb *const *verbs)
{
    text_add(out, "usage: mi VERB [operands] [options]\n\n"
                  "Reads CIM data from Windows, OMI, openwsman, iDRAC and AMT over "
                  "WS-Management.\n\nVerbs:\n");
    for (size_t i = 0; verbs[i] != NULL; i++) {
        text_format(out, "  %-10s %-20s %s\n", verbs[i]->name, verbs[i]->operands,
                    verbs[i]->summary);
    }
    text_add(out, "  help       [VERB]               this text, or a verb's\n\nExamples:\n");
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
    text_add(&out, "\nExit status: 0; 2 wrong usage; 130 interrupted; otherwise 10 + the MI_Result "
                   "of what failed.\n");
    (void)output_put(output, &out);
    text_free(&out);
    return 0;
}
