#include "cli/args.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/help.h"
#include "common/utf.h"
#include "version.h"

static const struct verb *const verbs[] = {
#define VERB(name) &verb_##name,
#include "cli/verbs.def"
#undef VERB
    NULL,
};

static const struct option_row options[] = {
#define OPTION(kind, field, name, letter, value, verb, help)                                       \
    {kind, offsetof(struct arguments, field), name, letter, value, verb, help},
#include "cli/options.def"
#undef OPTION
    {FLAG, 0, NULL, 0, NULL, NULL, NULL},
};

static const char *const format_names[] = {"table", "list", "json", "jsonl", NULL};

static const struct {
    const char *name;
    const MI_Char *scheme;
} schemes[] = {
    {"None", MI_AUTH_TYPE_NONE},         {"Basic", MI_AUTH_TYPE_BASIC},
    {"Default", MI_AUTH_TYPE_DEFAULT},   {"Negotiate", MI_AUTH_TYPE_NEGO_WITH_CREDS},
    {"Kerberos", MI_AUTH_TYPE_KERBEROS}, {"NTLM", MI_AUTH_TYPE_NTLM},
    {"Digest", MI_AUTH_TYPE_DIGEST},     {"CredSSP", MI_AUTH_TYPE_CREDSSP},
};

static int usage_error(const char *what, const char *text)
{
    struct text shown = {NULL, 0, 0};

    if (text != NULL) {
        text_add(&shown, ": ");
        text_add_shown(&shown, text, strlen(text));
    }
    (void)fprintf(stderr, "mi: %s%s\nTry 'mi --help'.\n", what, text_of(&shown));
    text_free(&shown);
    return EXIT_USAGE;
}

/* Without its value, which may be a secret in the wrong place. */
static int unknown_option(const char *argument)
{
    struct text name = {NULL, 0, 0};

    text_append(&name, argument, strcspn(argument, "="));
    if (strcmp(text_of(&name), "--password") == 0) {
        (void)usage_error("a password on the command line would be seen by everyone here; use "
                          "--password-file, MI_PASSWORD or the prompt",
                          NULL);
    } else {
        (void)usage_error("unknown option", text_of(&name));
    }
    text_free(&name);
    return EXIT_USAGE;
}

static const struct option_row *find_long(const char *argument)
{
    size_t size = strcspn(argument, "=");

    for (const struct option_row *row = options; row->name != NULL; row++) {
        if (strlen(row->name) == size && memcmp(row->name, argument, size) == 0) {
            return row;
        }
    }
    return NULL;
}

static const struct option_row *find_short(char letter)
{
    for (const struct option_row *row = options; row->name != NULL; row++) {
        if (row->letter != '\0' && row->letter == letter) {
            return row;
        }
    }
    return NULL;
}

static bool parse_number(const char *text, double max, double *out)
{
    double value = 0, place = 1;
    bool has_point = false, has_digit = false;

    for (; *text != '\0'; text++) {
        if (*text == '.' && !has_point) {
            has_point = true;
        } else if (*text >= '0' && *text <= '9') {
            has_digit = true;
            place = has_point ? place / 10 : place;
            value = has_point ? value + (*text - '0') * place : value * 10 + (*text - '0');
        } else {
            return false;
        }
    }
    *out = value;
    return has_digit && value <= max;
}

static int set_format(struct arguments *out, const char *value)
{
    for (size_t i = 0; format_names[i] != NULL; i++) {
        if (strcmp(value, format_names[i]) == 0) {
            out->format = (enum output_format)i;
            out->format_given = true;
            return -1;
        }
    }
    return usage_error("--output takes table, list, json or jsonl, not", value);
}

static bool equal_nocase(const char *a, const char *b)
{
    for (; *a != '\0' && *b != '\0'; a++, b++) {
        int lower_a = *a >= 'A' && *a <= 'Z' ? *a + 32 : *a;
        int lower_b = *b >= 'A' && *b <= 'Z' ? *b + 32 : *b;
        if (lower_a != lower_b) {
            return false;
        }
    }
    return *a == *b;
}

static int set_scheme(struct arguments *out, const char *value)
{
    struct text names = {NULL, 0, 0};

    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (equal_nocase(value, schemes[i].name)) {
            out->auth = schemes[i].scheme;
            text_free(&names);
            return -1;
        }
        text_add(&names, i == 0 ? "--auth takes " : ", ");
        text_add(&names, schemes[i].name);
    }
    text_add(&names, "; not");
    (void)usage_error(text_of(&names), value);
    text_free(&names);
    return EXIT_USAGE;
}

static int set_option(const struct option_row *row, const char *value, struct arguments *out)
{
    void *field = (char *)out + row->offset;
    double number = 0;

    switch (row->kind) {
    case FLAG:
    case HELP:
    case VERSION:
        *(bool *)field = true;
        return -1;
    case TEXT:
        if (value[0] == '\0') {
            return usage_error("this option's value is empty", row->name);
        }
        *(const char **)field = value;
        return -1;
    case PORT:
        if (!parse_number(value, 65535, &number) || number < 1 || strchr(value, '.') != NULL) {
            return usage_error("--port takes a number from 1 to 65535, not", value);
        }
        *(unsigned *)field = (unsigned)number;
        return -1;
    case SECONDS:
        if (!parse_number(value, 1e9, &number) || number < 0.001) {
            return usage_error("--timeout takes seconds such as 30 or 0.5, not", value);
        }
        *(double *)field = number;
        return -1;
    case FORMAT:
        return set_format(out, value);
    case SCHEME:
        return set_scheme(out, value);
    case LOUDER:
        ++*(int *)field;
        return -1;
    }
    return -1;
}

static int refuse_other_verb(const struct option_row *row, const struct verb *verb)
{
    struct text text = {NULL, 0, 0};

    text_format(&text, "%s is for '%s', not for '%s'", row->name, row->verb, verb->name);
    (void)usage_error(text_of(&text), NULL);
    text_free(&text);
    return EXIT_USAGE;
}

/* Walks the command line; `given` marks the rows that were used. */
struct walk {
    int argc, at;
    char **argv;
    bool given[sizeof(options) / sizeof(options[0])];
};

static int take_value(struct walk *walk, const struct option_row *row, const char *value,
                      struct arguments *out)
{
    walk->given[row - options] = true;
    if (row->value != NULL && value == NULL) {
        if (walk->at + 1 >= walk->argc) {
            return usage_error("this option needs a value", row->name);
        }
        value = walk->argv[++walk->at];
    }
    return set_option(row, value != NULL ? value : "", out);
}

static int parse_long(struct walk *walk, const char *argument, struct arguments *out)
{
    const struct option_row *row = find_long(argument);
    const char *equals = strchr(argument, '=');

    if (row == NULL) {
        return unknown_option(argument);
    }
    if (row->value == NULL && equals != NULL) {
        return usage_error("this option takes no value", row->name);
    }
    return take_value(walk, row, equals != NULL ? equals + 1 : NULL, out);
}

/* -v, -vvv, -o json, -ojson, -vojson */
static int parse_short(struct walk *walk, const char *argument, struct arguments *out)
{
    int status = -1;

    for (const char *letter = argument + 1; *letter != '\0' && status < 0; letter++) {
        const struct option_row *row = find_short(*letter);
        if (row == NULL) {
            char name[3] = {'-', *letter, '\0'};
            return unknown_option(name);
        }
        if (row->value != NULL) {
            return take_value(walk, row, letter[1] != '\0' ? letter + 1 : NULL, out);
        }
        status = take_value(walk, row, NULL, out);
    }
    return status;
}

static int take_operand(const char *argument, struct arguments *out)
{
    if (out->verb != NULL) {
        out->operands[out->count++] = argument;
        return -1;
    }
    if (strcmp(argument, "help") == 0) {
        out->help = true;
        return -1;
    }
    for (size_t i = 0; verbs[i] != NULL; i++) {
        if (strcmp(verbs[i]->name, argument) == 0) {
            out->verb = verbs[i];
            return -1;
        }
    }
    return usage_error("unknown verb", argument);
}

static int check(const struct walk *walk, const struct arguments *out)
{
    if (out->verb == NULL) {
        return usage_error("no verb given", NULL);
    }
    for (size_t i = 0; options[i].name != NULL; i++) {
        if (walk->given[i] && options[i].verb != NULL &&
            strcmp(options[i].verb, out->verb->name) != 0) {
            return refuse_other_verb(&options[i], out->verb);
        }
    }
    if (out->shallow && out->base_only) {
        return usage_error("give --shallow or --base-properties, not both", NULL);
    }
    if (out->user == NULL && out->password_file != NULL) {
        return usage_error("--password-file needs --user", NULL);
    }
    if (out->count < out->verb->min_operands) {
        (void)fprintf(stderr, "usage: mi %s %s [options]\nTry 'mi %s --help'.\n", out->verb->name,
                      out->verb->operands, out->verb->name);
        return EXIT_USAGE;
    }
    if (out->verb->max_operands >= 0 && out->count > out->verb->max_operands) {
        return usage_error("one operand too many", out->operands[out->verb->max_operands]);
    }
    return -1;
}

static int print_version(struct output *output)
{
    struct text text = {NULL, 0, 0};

    text_add(&text, "mi " MIC_VERSION "\n");
    (void)output_put(output, &text);
    text_free(&text);
    return 0;
}

int arguments_parse(int argc, char **argv, struct output *output, struct arguments *out)
{
    struct walk walk = {.argc = argc, .argv = argv};
    bool options_ended = false;
    int status = -1;

    *out = (struct arguments){.timeout = -1};
    out->operands = text_memory(((size_t)argc + 1) * sizeof(*out->operands));
    for (walk.at = 1; walk.at < argc && status < 0; walk.at++) {
        const char *argument = argv[walk.at];
        if (!mic_utf8_is_valid(argument, strlen(argument), NULL)) {
            status = usage_error("an argument is not valid UTF-8", NULL);
        } else if (options_ended || argument[0] != '-' || argument[1] == '\0') {
            status = take_operand(argument, out);
        } else if (strcmp(argument, "--") == 0) {
            options_ended = true;
        } else if (argument[1] == '-') {
            status = parse_long(&walk, argument, out);
        } else {
            status = parse_short(&walk, argument, out);
        }
    }
    if (status >= 0) {
        return status;
    }
    if (out->help) {
        return help_print(output, verbs, options, out->verb);
    }
    return out->version ? print_version(output) : check(&walk, out);
}
