#include "cli/keyed.h"

static void start(struct connection *connection, const MI_Instance *key, MI_Operation *operation)
{
    MI_Session_GetInstance(&connection->session, connection->flags, connection->options,
                           connection->name_space, key, connection->callbacks, operation);
}

static int run(const struct arguments *arguments, struct output *output)
{
    static const struct printing printing = {.usual = OUTPUT_LIST};
    return keyed_run(arguments, &printing, start, output);
}

const struct verb verb_get = {
    .name = "get",
    .operands = "CLASS [key=value...]",
    .summary = "One instance, by its keys.",
    .examples = "  mi get Win32_LogicalDisk DeviceID=C: -H server -u admin --https\n",
    .min_operands = 1,
    .max_operands = -1,
    .run = run,
};
