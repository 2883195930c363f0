/** `mi --help` from the tables of verbs and options. */
#ifndef MI_CLI_HELP_H
#define MI_CLI_HELP_H

#include <stddef.h>

#include "cli/args.h"

enum option_kind { FLAG, TEXT, LIST, PORT, NUMBER, SECONDS, FORMAT, SCHEME, LOUDER, HELP, VERSION };

/** A row of options.def. */
struct option_row {
    enum option_kind kind;
    size_t offset;    /* of its field in struct arguments */
    const char *name; /* with its dashes; NULL ends the table */
    char letter;      /* 0: no short form */
    const char *value, *verbs, *help;
};

/** Whether the option is for @p verb. */
bool option_is_for(const struct option_row *option, const struct verb *verb);

/** @p verb NULL: all verbs. @return the exit status. */
int help_print(struct output *output, const struct verb *const *verbs,
               const struct option_row *options, const struct verb *verb);

#endif
