#include "cli/dialog.h"
#include "cli/drain.h"
#include "cli/text.h"

static int run(const struct arguments *arguments, struct output *output)
{
    static const struct printing printing = {.usual = OUTPUT_TABLE, .is_listing = true};
    const char *dialect = arguments->dialect != NULL ? arguments->dialect : "WQL";
    const char *query = arguments->operands.at[0];
    const MI_Char *mi_dialect, *mi_query;
    struct connection connection;
    struct dialog dialog;
    MI_Operation operation = MI_OPERATION_NULL;
    int status = connection_open(arguments, &connection);

    if (status >= 0) {
        return status;
    }
    mi_dialect = text_to_mi(dialect);
    mi_query = text_to_mi(query);
    status = dialog_listen(&connection, &dialog);
    if (status < 0) {
        MI_Session_QueryInstances(&connection.session, connection.flags, connection.options,
                                  connection.name_space, mi_dialect, mi_query, connection.callbacks,
                                  &operation);
        status = drain_instances(&operation, arguments, &printing, "query", output);
    }
    dialog_close(&dialog);
    text_release_mi(mi_dialect, dialect);
    text_release_mi(mi_query, query);
    connection_close(&connection);
    return status;
}

const struct verb verb_query = {
    .name = "query",
    .operands = "WQL",
    .summary = "The instances that a query selects.",
    .examples = "  mi query \"SELECT Name, State FROM Win32_Service WHERE StartMode='Auto'\" "
                "-H server -u admin --https\n",
    .min_operands = 1,
    .max_operands = 1,
    .run = run,
};
