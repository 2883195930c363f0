#include "cli/change.h"
#include "cli/object.h"

static int start(struct change *change)
{
    struct schema schema;
    int status = object_fetch_class(&change->connection, change->class_name, &change->cls);

    if (status < 0) {
        status = object_new(&change->connection, change->class_name, &change->object);
    }
    if (status < 0) {
        (void)schema_open(change->class_name, NULL, change->cls, &schema);
        status =
            object_fill(&change->connection, &schema, &change->assignments, false, change->object);
    }
    if (status < 0) {
        MI_Session_CreateInstance(&change->connection.session, change->connection.flags,
                                  &change->dialog.options, change->connection.name_space,
                                  change->object, &change->dialog.callbacks, &change->operation);
    }
    return status;
}

static int run(const struct arguments *arguments, struct output *output)
{
    /* What comes names the new instance: the keys. */
    struct change change = {.has_sparse_result = true};

    return change_properties(arguments, &change, start, output);
}

const struct verb verb_create = {
    .name = "create",
    .operands = "CLASS [property=value...]",
    .summary = "A new instance. A property that is given more than once is an array.",
    .examples =
        "  mi create Win32_Environment Name=A VariableValue=b 'UserName=<SYSTEM>' -H server\n",
    .min_operands = 1,
    .max_operands = -1,
    .run = run,
};
