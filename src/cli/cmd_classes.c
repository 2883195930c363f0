#include "cli/class_print.h"
#include "cli/connect.h"
#include "cli/drain.h"
#include "cli/text.h"

static int run(const struct arguments *arguments, struct output *output)
{
    const char *name = arguments->operands.count > 0 ? arguments->operands.at[0] : NULL;
    const MI_Char *class_name;
    struct class_printer printer = {
        .format = arguments->format, .names_only = arguments->names_only, .output = output};
    struct connection connection;
    MI_Operation operation = MI_OPERATION_NULL;
    int status = connection_open(arguments, &connection);

    if (status >= 0) {
        return status;
    }
    class_name = text_to_mi(name);
    MI_Session_EnumerateClasses(&connection.session,
                                connection.flags & MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW, NULL,
                                connection.name_space, class_name,
                                arguments->names_only ? MI_TRUE : MI_FALSE, NULL, &operation);
    status = drain_classes(&operation, name != NULL ? name : "classes", &printer);
    text_release_mi(class_name, name);
    connection_close(&connection);
    return status;
}

const struct verb verb_classes = {
    .name = "classes",
    .operands = "[CLASS]",
    .summary = "The subclasses of CLASS, or all classes.",
    .examples = "  mi classes --names-only -H server -u admin --https\n"
                "  mi classes CIM_LogicalElement --shallow -o jsonl -H server -u admin --https\n",
    .max_operands = 1,
    .has_no_csv = true,
    .run = run,
};
