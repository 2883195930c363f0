#include "cli/connect.h"
#include "cli/drain.h"

static int run(const struct arguments *arguments, struct output *output)
{
    static const struct printing printing = {.usual = OUTPUT_LIST};
    struct connection connection;
    MI_Operation operation = MI_OPERATION_NULL;
    int status = connection_open(arguments, &connection);

    if (status >= 0) {
        return status;
    }
    MI_Session_TestConnection(&connection.session, 0, NULL, &operation);
    status = drain_instances(&operation, arguments, &printing, "test", output);
    connection_close(&connection);
    return status;
}

const struct verb verb_test = {
    .name = "test",
    .operands = "",
    .summary = "Whether the server answers, and who it is.",
    .examples = "  mi test -H server:5985 -u admin --clear-text\n",
    .run = run,
};
