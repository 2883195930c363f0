#include "cli/args.h"

#include <stdlib.h>
#include <string.h>

#include "cli/help.h"
#include "cli/output.h"
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

static const char *const format_names[] = {"table", "list", "json", "jsonl", "csv", "xml", NULL};

static const struct {
    const char *name;
    const MI_Char *scheme;
} schemes[] = {
    {"None", MI_AUTH_TYPE_NONE},
    {"Basic", MI_AUTH_TYPE_BASIC},
    {"Default", MI_AUTH_TYPE_DEFAULT},
    {"Negotiate", MI_AUTH_TYPE_NEGO_WITH_CREDS},
    {"Kerberos", MI_AUTH_TYPE_KERBEROS},
    {"NTLM", MI_AUTH_TYPE_NTLM},
    {"Digest", MI_AUTH_TYPE_DIGEST},
    {"CredSSP", MI_AUTH_TYPE_CREDSSP},
    {"Certificate", MI_AUTH_TYPE_CLIENT_CERTS},
};

static int usage_error(const char *what, const char *text)
{
    struct text shown = {NULL, 0, 0};

    if (text != NULL) {
        text_add(&shown, ": ");
        text_add_shown(&shown, text, strlen(text));
    }
    tell("mi: %s%s\nTry 'mi --help'.\n", what, text_of(&shown));
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
    } else if (strcmp(text_of(&name), "--proxy-password") == 0) {
        (void)usage_error("a password on the command line would be seen by everyone here; use "
                          "--proxy-password-file, MI_PROXY_PASSWORD or the prompt",
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

static int refuse_value(const struct option_row *row, const char *wanted, const char *value)
{
    struct text text = {NULL, 0, 0};

    text_format(&text, "%s takes %s; not", row->name, wanted);
    (void)usage_error(text_of(&text), value);
    text_free(&text);
    return EXIT_USAGE;
}

static int set_flag(const struct option_row *row, const char *value, void *field)
{
    (void)row;
    (void)value;
    *(bool *)field = true;
    return -1;
}

static int set_text(const struct option_row *row, const char *value, void *field)
{
    if (value[0] == '\0') {
        return usage_error("this option's value is empty", row->name);
    }
    *(const char **)field = value;
    return -1;
}

static int set_list(const struct option_row *row, const char *value, void *field)
{
    struct words *words = field;

    if (value[0] == '\0') {
        return usage_error("this option's value is empty", row->name);
    }
    words->at[words->count++] = value;
    return -1;
}

static int set_whole(const struct option_row *row, const char *value, void *field, double max,
                     const char *wanted)
{
    double number = 0;

    if (!parse_number(value, max, &number) || number < 1 || strchr(value, '.') != NULL) {
        return refuse_value(row, wanted, value);
    }
    *(unsigned *)field = (unsigned)number;
    return -1;
}

static int set_port(const struct option_row *row, const char *value, void *field)
{
    return set_whole(row, value, field, 65535, "a number from 1 to 65535");
}

static int set_number(const struct option_row *row, const char *value, void *field)
{
    return set_whole(row, value, field, 1e9, "a number from 1 on");
}

static int set_seconds(const struct option_row *row, const char *value, void *field)
{
    double number = 0;

    if (!parse_number(value, 1e9, &number) || number < 0.001) {
        return refuse_value(row, "seconds such as 30 or 0.5", value);
    }
    *(double *)field = number;
    return -1;
}

static int set_format(const struct option_row *row, const char *value, void *field)
{
    for (size_t i = 0; format_names[i] != NULL; i++) {
        if (strcmp(value, format_names[i]) == 0) {
            *(enum output_format *)field = (enum output_format)i;
            return -1;
        }
    }
    return refuse_value(row, "table, list, json, jsonl, csv or xml", value);
}

static int set_scheme(const struct option_row *row, const char *value, void *field)
{
    struct text names = {NULL, 0, 0};
    int status = -1;

    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (text_equal_nocase(value, schemes[i].name)) {
            *(const MI_Char **)field = schemes[i].scheme;
            goto done;
        }
        text_add(&names, i == 0 ? "" : ", ");
        text_add(&names, schemes[i].name);
    }
    status = refuse_value(row, text_of(&names), value);
done:
    text_free(&names);
    return status;
}

static int set_louder(const struct option_row *row, const char *value, void *field)
{
    (void)row;
    (void)value;
    ++*(int *)field;
    return -1;
}

static int (*const setters[])(const struct option_row *row, const char *value, void *field) = {
    [FLAG] = set_flag,     [TEXT] = set_text,       [LIST] = set_list,     [PORT] = set_port,
    [NUMBER] = set_number, [SECONDS] = set_seconds, [FORMAT] = set_format, [SCHEME] = set_scheme,
    [LOUDER] = set_louder, [HELP] = set_flag,       [VERSION] = set_flag,
};

static int refuse_other_verb(const struct option_row *row, const struct verb *verb)
{
    struct text text = {NULL, 0, 0};

    text_format(&text, "%s is for '%s', not for '%s'", row->name, row->verbs, verb->name);
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
    return setters[row->kind](row, value != NULL ? value : "", (char *)out + row->offset);
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
        out->operands.at[out->operands.count++] = argument;
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

static bool is_by_certificate(const struct arguments *out)
{
    if (out->auth == NULL) {
        return out->user == NULL && (out->certificate != NULL || out->thumbprint != NULL);
    }
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (schemes[i].scheme == out->auth) {
            return strcmp(schemes[i].name, "Certificate") == 0;
        }
    }
    return false;
}

static int check_logon(struct arguments *out)
{
    out->by_certificate = is_by_certificate(out);
    if (out->user == NULL && out->password_file != NULL) {
        return usage_error("--password-file needs --user", NULL);
    }
    if (out->user != NULL && out->by_certificate) {
        return usage_error(
            "--auth Certificate takes the user from the certificate, not from --user", NULL);
    }
    if (out->delegation != NULL && strcmp(out->delegation, "policy") != 0 &&
        strcmp(out->delegation, "always") != 0) {
        return usage_error("--delegate takes policy or always", out->delegation);
    }
    if (out->certificate == NULL && out->key != NULL) {
        return usage_error("--cert-key needs --cert", NULL);
    }
    if (out->certificate == NULL && out->key_password_file != NULL) {
        return usage_error("--key-password-file needs --cert", NULL);
    }
    return -1;
}

static int check(const struct walk *walk, struct arguments *out)
{
    int status;

    if (out->verb == NULL) {
        return usage_error("no verb given", NULL);
    }
    for (size_t i = 0; options[i].name != NULL; i++) {
        if (walk->given[i] && !option_is_for(&options[i], out->verb)) {
            return refuse_other_verb(&options[i], out->verb);
        }
        out->format_given = out->format_given || (walk->given[i] && options[i].kind == FORMAT);
    }
    if (out->shallow && out->base_only) {
        return usage_error("give --shallow or --base-properties, not both", NULL);
    }
    status = check_logon(out);
    if (status >= 0) {
        return status;
    }
    if (out->proxy_user == NULL && out->proxy_password_file != NULL) {
        return usage_error("--proxy-password-file needs --proxy-user", NULL);
    }
    if (out->proxy != NULL && strcmp(out->proxy, "none") == 0 && out->proxy_user != NULL) {
        return usage_error("--proxy-user is of no use with --proxy none", NULL);
    }
    if (out->format == OUTPUT_CSV && out->verb->has_no_csv) {
        return usage_error("-o csv is not for this verb", out->verb->name);
    }
    if (out->operands.count < out->verb->min_operands) {
        tell("usage: mi %s %s [options]\nTry 'mi %s --help'.\n", out->verb->name,
             out->verb->operands, out->verb->name);
        return EXIT_USAGE;
    }
    if (out->verb->max_operands >= 0 && out->operands.count > out->verb->max_operands) {
        return usage_error("one operand too many", out->operands.at[out->verb->max_operands]);
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
    struct words *const lists[] = {&out->operands, &out->nulls, &out->empties, &out->keys};
    bool options_ended = false;
    int status = -1;

    *out = (struct arguments){.verb = NULL};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        lists[i]->at = text_memory(((size_t)argc + 1) * sizeof(*lists[i]->at));
    }
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

void arguments_free(struct arguments *arguments)
{
    free(arguments->operands.at);
    free(arguments->nulls.at);
    free(arguments->empties.at);
    free(arguments->keys.at);
}
