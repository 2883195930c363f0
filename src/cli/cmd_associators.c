#include "cli/keyed.h"
#include "cli/text.h"

static void start(struct connection *connection, const MI_Instance *key, MI_Operation *operation)
{
    const struct arguments *arguments = connection->arguments;
    const MI_Char *assoc_class = text_to_mi(arguments->assoc_class);
    const MI_Char *result_class = text_to_mi(arguments->result_class);
    const MI_Char *role = text_to_mi(arguments->role);
    const MI_Char *result_role = text_to_mi(arguments->result_role);

    MI_Session_AssociatorInstances(&connection->session, connection->flags, connection->options,
                                   connection->name_space, key, assoc_class, result_class, role,
                                   result_role, arguments->keys_only ? MI_TRUE : MI_FALSE,
                                   connection->callbacks, operation);
    text_release_mi(assoc_class, arguments->assoc_class);
    text_release_mi(result_class, arguments->result_class);
    text_release_mi(role, arguments->role);
    text_release_mi(result_role, arguments->result_role);
}

static int run(const struct arguments *arguments, struct output *output)
{
    static const struct printing printing = {.usual = OUTPUT_LIST, .is_listing = true};
    return keyed_run(arguments, &printing, start, output);
}

const struct verb verb_associators = {
    .name = "associators",
    .operands = "CLASS key=value...",
    .summary = "The instances that associations link to one instance.",
    .examples =
        "  mi associators Win32_Service Name=Spooler --keys-only -H server -u admin --https\n",
    .min_operands = 1,
    .max_operands = -1,
    .run = run,
};
