#include "cli/dialog.h"
#include "cli/drain.h"
#include "cli/text.h"

static int run(const struct arguments *arguments, struct output *output)
{
    static const struct printing printing = {.usual = OUTPUT_TABLE, .is_listing = true};
    const char *name = arguments->operands.at[0];
    const MI_Char *class_name;
    struct connection connection;
    struct dialog dialog;
    MI_Operation operation = MI_OPERATION_NULL;
    int status = connection_open(arguments, &connection);

    if (status >= 0) {
        return status;
    }
    class_name = text_to_mi(name);
    status = dialog_listen(&connection, &dialog);
    if (status < 0) {
        MI_Session_EnumerateInstances(&connection.session, connection.flags, connection.options,
                                      connection.name_space, class_name,
                                      arguments->keys_only ? MI_TRUE : MI_FALSE,
                                      connection.callbacks, &operation);
        status = drain_instances(&operation, arguments, &printing, name, output);
    }
    dialog_close(&dialog);
    text_release_mi(class_name, name);
    connection_close(&connection);
    return status;
}

const struct verb verb_enumerate = {
    .name = "enumerate",
    .operands = "CLASS",
    .summary = "Instances of a class and its subclasses.",
    .examples = "  mi enumerate Win32_OperatingSystem -H server -u admin --https\n"
                "  mi enumerate Win32_Process -H server -u admin --https -o jsonl\n",
    .min_operands = 1,
    .max_operands = 1,
    .run = run,
};
