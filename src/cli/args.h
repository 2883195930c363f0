/** The command line of `mi`. */
#ifndef MI_CLI_ARGS_H
#define MI_CLI_ARGS_H

#include <mi.h>
#include <stdbool.h>

#include "cli/output.h"

enum output_format { OUTPUT_TABLE, OUTPUT_LIST, OUTPUT_JSON, OUTPUT_JSONL };

struct arguments {
    const struct verb *verb;
    const char *host, *name_space, *user, *password_file, *ca, *url_prefix;
    const MI_Char *auth; /* one of MI_AUTH_TYPE_...; NULL: not given */
    unsigned port;
    double timeout; /* seconds; negative: not given */
    bool https, clear_text, no_verify_ca, no_verify_name;
    bool keys_only, shallow, base_only, no_types;
    bool help, version;
    enum output_format format;
    bool format_given;
    int verbosity;
    int count; /* operands after the verb */
    const char **operands;
};

/** What a cmd_*.c file defines, once per verb; verbs.def lists them. */
struct verb {
    const char *name, *operands, *summary, *examples;
    int min_operands, max_operands; /* max -1: any number */
    /** @return the exit status; failures have been told on stderr */
    int (*run)(const struct arguments *arguments, struct output *output);
};

#define VERB(name) extern const struct verb verb_##name;
#include "cli/verbs.def"
#undef VERB

enum { EXIT_USAGE = 2, EXIT_MI = 10 };

/** @return -1 to run out->verb, else the exit status (help was shown, or the usage was wrong).
 *  out->operands is to be freed in either case. */
int arguments_parse(int argc, char **argv, struct output *output, struct arguments *out);

#endif
