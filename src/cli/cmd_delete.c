#include "cli/change.h"
#include "cli/object.h"

static int run(const struct arguments *arguments, struct output *output)
{
    struct change change = {.arguments = NULL};
    int status = assignments_read(arguments->operands.at + 1, arguments->operands.count - 1,
                                  "key=value", &change.keys);

    if (status < 0) {
        status = assignments_check_single(&change.keys);
    }
    if (status < 0) {
        status = change_begin(arguments, &change, output);
    }
    if (status < 0) {
        status =
            object_new_keys(&change.connection, change.class_name, &change.keys, &change.object);
    }
    if (status < 0) {
        MI_Session_DeleteInstance(&change.connection.session, change.connection.flags,
                                  &change.dialog.options, change.connection.name_space,
                                  change.object, &change.dialog.callbacks, &change.operation);
    }
    return change_end(&change, status);
}

const struct verb verb_delete = {
    .name = "delete",
    .operands = "CLASS key=value...",
    .summary = "Delete one instance, by its keys.",
    .examples =
        "  mi delete Win32_Environment Name=A 'UserName=<SYSTEM>' -H server -u admin --https\n",
    .min_operands = 2,
    .max_operands = -1,
    .run = run,
};
