#include "cli/change.h"

#include "cli/drain.h"

int change_begin(const struct arguments *arguments, struct change *change, struct output *output)
{
    struct printing printing = {.usual = OUTPUT_LIST};
    int status = connection_open(arguments, &change->connection);

    change->arguments = arguments;
    change->class_name = arguments->operands.at[0];
    text_add(&change->what, change->class_name);
    if (status >= 0) {
        change->connection.arguments = NULL; /* it is closed */
        return status;
    }
    printing.maker = change->has_sparse_result ? &change->connection.application : NULL;
    change->printer = printer_new(arguments, &printing, output);
    return dialog_open(&change->connection, change->printer, &change->dialog);
}

int change_end(struct change *change, int status)
{
    if (status < 0) {
        status = drain_to_printer(&change->operation, change->printer, text_of(&change->what));
    } else if (change->printer != NULL) {
        printer_abandon(change->printer);
    }
    text_free(&change->what);
    assignments_free(&change->keys);
    assignments_free(&change->assignments);
    dialog_close(&change->dialog);
    if (change->object != NULL) {
        MI_Instance_Delete(change->object);
    }
    if (change->parameters != NULL) {
        MI_Instance_Delete(change->parameters);
    }
    if (change->cls != NULL) {
        MI_Class_Delete(change->cls);
    }
    if (change->connection.arguments != NULL) {
        connection_close(&change->connection);
    }
    return status;
}

int change_properties(const struct arguments *arguments, struct change *change,
                      int (*start)(struct change *change), struct output *output)
{
    int status = assignments_read(arguments->operands.at + 1, arguments->operands.count - 1,
                                  "property=value", &change->assignments);

    if (status < 0) {
        status = assignments_add_options(arguments, &change->assignments);
    }
    if (status < 0) {
        status = change_begin(arguments, change, output);
    }
    if (status < 0) {
        status = start(change);
    }
    return change_end(change, status);
}
