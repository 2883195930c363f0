#include "cli/keyed.h"

#include "cli/dialog.h"
#include "cli/drain.h"
#include "cli/object.h"

int keyed_run(const struct arguments *arguments, const struct printing *printing,
              void (*start)(struct connection *connection, const MI_Instance *key,
                            MI_Operation *operation),
              struct output *output)
{
    const char *class_name = arguments->operands.at[0];
    struct connection connection = {.arguments = NULL};
    struct dialog dialog;
    struct assignments keys;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *key = NULL;
    int status = assignments_read(arguments->operands.at + 1, arguments->operands.count - 1,
                                  "key=value", &keys);

    if (status < 0) {
        status = assignments_check_single(&keys);
    }
    if (status < 0) {
        status = connection_open(arguments, &connection);
    }
    if (status >= 0) {
        assignments_free(&keys);
        return status;
    }
    status = dialog_listen(&connection, &dialog);
    if (status < 0) {
        status = object_new_keys(&connection, class_name, &keys, &key);
    }
    if (status < 0) {
        start(&connection, key, &operation);
        status = drain_instances(&operation, arguments, printing, class_name, output);
    }
    if (key != NULL) {
        MI_Instance_Delete(key);
    }
    assignments_free(&keys);
    dialog_close(&dialog);
    connection_close(&connection);
    return status;
}
