/** The command line of `mi`. */
#ifndef MI_CLI_ARGS_H
#define MI_CLI_ARGS_H

#include <mi.h>
#include <stdbool.h>

#include "cli/output.h"

enum output_format { OUTPUT_TABLE, OUTPUT_LIST, OUTPUT_JSON, OUTPUT_JSONL, OUTPUT_CSV, OUTPUT_XML };

/** Operands, or the values of an option that may be repeated. */
struct words {
    const char **at;
    int count;
};

struct arguments {
    const struct verb *verb;
    const char *host, *name_space, *user, *password_file, *ca, *url_prefix, *resource_uri,
        *uri_prefix;
    const char *spn, *delegation;
    const char *pin, *certificate, *key, *key_password_file, *thumbprint;
    const char *dialect, *assoc_class, *result_class, *role, *result_role, *bookmark;
    const char *proxy, *proxy_user, *proxy_password_file;
    const MI_Char *auth, *proxy_auth; /* one of MI_AUTH_TYPE_...; NULL: not given */
    bool by_certificate;              /* the logon is the client certificate's */
    unsigned port, limit;
    double timeout, expires, heartbeat; /* seconds; 0: not given */
    bool https, clear_text, no_verify_ca, no_verify_name, no_verify_revocation;
    bool keys_only, shallow, base_only, names_only, no_types, yes, print_bookmarks;
    bool help, version;
    enum output_format format;
    bool format_given;
    int verbosity;
    struct words operands; /* after the verb */
    struct words nulls, empties, keys;
};

/** What a cmd_*.c file defines, once per verb; verbs.def lists them. */
struct verb {
    const char *name, *operands, *summary, *examples;
    int min_operands, max_operands; /* max -1: any number */
    bool has_no_csv;                /* its results are no rows */
    /** @return the exit status; failures have been told on stderr */
    int (*run)(const struct arguments *arguments, struct output *output);
};

#define VERB(name) extern const struct verb verb_##name;
#include "cli/verbs.def"
#undef VERB

enum { EXIT_USAGE = 2, EXIT_MI = 10 };

/** @return -1 to run out->verb, else the exit status (help was shown, or the usage was wrong).
 *  @p out is to be freed in either case. */
int arguments_parse(int argc, char **argv, struct output *output, struct arguments *out);
void arguments_free(struct arguments *arguments);

#endif
