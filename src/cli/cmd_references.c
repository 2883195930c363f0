#include "cli/keyed.h"
#include "cli/text.h"

static void start(struct connection *connection, const MI_Instance *key, MI_Operation *operation)
{
    const struct arguments *arguments = connection->arguments;
    const MI_Char *result_class = text_to_mi(arguments->result_class);
    const MI_Char *role = text_to_mi(arguments->role);

    MI_Session_ReferenceInstances(&connection->session, connection->flags, connection->options,
                                  connection->name_space, key, result_class, role,
                                  arguments->keys_only ? MI_TRUE : MI_FALSE, connection->callbacks,
                                  operation);
    text_release_mi(result_class, arguments->result_class);
    text_release_mi(role, arguments->role);
}

static int run(const struct arguments *arguments, struct output *output)
{
    static const struct printing printing = {.usual = OUTPUT_LIST, .is_listing = true};
    return keyed_run(arguments, &printing, start, output);
}

const struct verb verb_references = {
    .name = "references",
    .operands = "CLASS key=value...",
    .summary = "The associations that point at one instance.",
    .examples = "  mi references Win32_Service Name=Spooler -H server -u admin --https\n",
    .min_operands = 1,
    .max_operands = -1,
    .run = run,
};
