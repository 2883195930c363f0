#include <string.h>

#include "cli/change.h"
#include "cli/failure.h"
#include "cli/object.h"
#include "cli/output.h"

/* CLASS, keys, METHOD, arguments: the method is the first that is no key=value. */
static int read_operands(const struct arguments *arguments, struct change *change,
                         const char **method)
{
    const struct words *operands = &arguments->operands;
    int at = 1, status;

    while (at < operands->count && strchr(operands->at[at], '=') != NULL) {
        at++;
    }
    if (at == operands->count) {
        tell("mi: no method is given; usage: mi invoke %s [options]\n", arguments->verb->operands);
        return EXIT_USAGE;
    }
    *method = operands->at[at];
    status = assignments_read(operands->at + 1, at - 1, "key=value", &change->keys);
    if (status < 0) {
        status = assignments_check_single(&change->keys);
    }
    if (status < 0) {
        status = assignments_read(operands->at + at + 1, operands->count - at - 1, "argument=value",
                                  &change->assignments);
    }
    if (status < 0) {
        status = assignments_add_options(arguments, &change->assignments);
    }
    return status;
}

static int make_parameters(struct change *change, const char *method)
{
    struct schema schema;
    MI_Result result;
    int status = schema_open(change->class_name, method, change->cls, &schema);

    if (status >= 0 || change->assignments.count == 0) {
        return status;
    }
    result =
        MI_Application_NewParameterSet(&change->connection.application, NULL, &change->parameters);
    if (result != MI_RESULT_OK) {
        return failure_report(method, result, NULL, NULL);
    }
    return object_fill(&change->connection, &schema, &change->assignments, false,
                       change->parameters);
}

static int start(struct change *change, const char *method)
{
    const MI_Char *class_name, *method_name;
    struct schema schema;
    int status = object_fetch_class(&change->connection, change->class_name, &change->cls);

    if (status < 0) {
        status = make_parameters(change, method);
    }
    if (status < 0 && change->keys.count > 0) {
        status = object_new(&change->connection, change->class_name, &change->object);
    }
    if (status < 0 && change->keys.count > 0) {
        (void)schema_open(change->class_name, NULL, change->cls, &schema);
        status = object_fill(&change->connection, &schema, &change->keys, true, change->object);
    }
    if (status >= 0) {
        return status;
    }
    text_format(&change->what, ".%s", method);
    class_name = text_to_mi(change->class_name);
    method_name = text_to_mi(method);
    MI_Session_Invoke(&change->connection.session, change->connection.flags,
                      &change->dialog.options, change->connection.name_space, class_name,
                      method_name, change->object, change->parameters, &change->dialog.callbacks,
                      &change->operation);
    text_release_mi(class_name, change->class_name);
    text_release_mi(method_name, method);
    return -1;
}

static int run(const struct arguments *arguments, struct output *output)
{
    struct change change = {.arguments = NULL};
    const char *method = NULL;
    int status = read_operands(arguments, &change, &method);

    if (status < 0) {
        status = change_begin(arguments, &change, output);
    }
    if (status < 0) {
        status = start(&change, method);
    }
    return change_end(&change, status);
}

const struct verb verb_invoke = {
    .name = "invoke",
    .operands = "CLASS [key=value...] METHOD [argument=value...]",
    .summary = "Call a method: of the instance with these keys, without keys of the class.",
    .examples = "  mi invoke Win32_Process Create CommandLine=notepad.exe -H server -u admin "
                "--https\n"
                "  mi invoke Win32_Process Handle=4711 Terminate Reason=1 -H server -u admin "
                "--https\n",
    .min_operands = 2,
    .max_operands = -1,
    .run = run,
};
