#include "cli/class_print.h"
#include "cli/connect.h"
#include "cli/drain.h"
#include "cli/text.h"

static int run(const struct arguments *arguments, struct output *output)
{
    const char *name = arguments->operands.at[0];
    const MI_Char *class_name;
    struct class_printer printer = {
        .format = arguments->format, .is_single = true, .output = output};
    struct connection connection;
    MI_Operation operation = MI_OPERATION_NULL;
    int status = connection_open(arguments, &connection);

    if (status >= 0) {
        return status;
    }
    class_name = text_to_mi(name);
    MI_Session_GetClass(&connection.session, 0, NULL, connection.name_space, class_name, NULL,
                        &operation);
    status = drain_classes(&operation, name, &printer);
    text_release_mi(class_name, name);
    connection_close(&connection);
    return status;
}

const struct verb verb_class = {
    .name = "class",
    .operands = "CLASS",
    .summary = "A class declaration, as MOF or with -o json as JSON.",
    .examples = "  mi class Win32_Process -H server -u admin --https\n",
    .min_operands = 1,
    .max_operands = 1,
    .has_no_csv = true,
    .run = run,
};
