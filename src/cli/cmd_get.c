#include <stdio.h>
#include <string.h>

#include "cli/connect.h"
#include "cli/drain.h"
#include "cli/failure.h"
#include "cli/text.h"

/* Keys travel as text, so a string stands for a key of any type (DSP0227 7.2). */
static MI_Result add_key(MI_Instance *instance, const char *operand)
{
    const char *text = strchr(operand, '=') + 1;
    struct text name = {NULL, 0, 0};
    const MI_Char *mi_name, *mi_text = text_to_mi(text);
    MI_Value value;
    MI_Result result;

    text_append(&name, operand, (size_t)(text - 1 - operand));
    mi_name = text_to_mi(text_of(&name));
    memset(&value, 0, sizeof(value));
    /* MI_Value.string is not const, but AddElement without MI_FLAG_BORROW copies it. */
    memcpy(&value.string, &mi_text, sizeof(value.string));
    result = MI_Instance_AddElement(instance, mi_name, &value, MI_STRING, MI_FLAG_KEY);
    if (result != MI_RESULT_OK) {
        struct text shown = {NULL, 0, 0};
        text_add_shown(&shown, operand, strlen(operand));
        (void)fprintf(stderr, "mi: key '%s': %s\n", text_of(&shown),
                      result == MI_RESULT_ALREADY_EXISTS ? "given twice" : "not a property's name");
        text_free(&shown);
    }
    text_release_mi(mi_name, text_of(&name));
    text_release_mi(mi_text, text);
    text_free(&name);
    return result;
}

static int check_keys(const struct arguments *arguments)
{
    for (int i = 1; i < arguments->count; i++) {
        const char *operand = arguments->operands[i];
        if (strchr(operand, '=') == NULL || operand[0] == '=') {
            struct text shown = {NULL, 0, 0};
            text_add_shown(&shown, operand, strlen(operand));
            (void)fprintf(stderr, "mi: '%s' is not key=value\n", text_of(&shown));
            text_free(&shown);
            return EXIT_USAGE;
        }
    }
    return -1;
}

static int make_key(const struct arguments *arguments, MI_Application *application,
                    MI_Instance **out)
{
    const char *name = arguments->operands[0];
    const MI_Char *class_name = text_to_mi(name);
    MI_Result result = MI_Application_NewInstance(application, class_name, NULL, out);

    text_release_mi(class_name, name);
    if (result != MI_RESULT_OK) {
        return failure_report(name, result, NULL, NULL);
    }
    for (int i = 1; i < arguments->count; i++) {
        if (add_key(*out, arguments->operands[i]) != MI_RESULT_OK) {
            return EXIT_USAGE;
        }
    }
    return -1;
}

static int run(const struct arguments *arguments, struct output *output)
{
    struct connection connection;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *key = NULL;
    int status = check_keys(arguments);

    if (status < 0) {
        status = connection_open(arguments, &connection);
    }
    if (status >= 0) {
        return status;
    }
    status = make_key(arguments, &connection.application, &key);
    if (status < 0) {
        MI_Session_GetInstance(&connection.session, connection.flags, NULL, connection.name_space,
                               key, NULL, &operation);
        status =
            drain_instances(&operation, arguments, OUTPUT_LIST, arguments->operands[0], output);
    }
    if (key != NULL) {
        MI_Instance_Delete(key);
    }
    connection_close(&connection);
    return status;
}

const struct verb verb_get = {
    .name = "get",
    .operands = "CLASS key=value...",
    .summary = "One instance, by its keys.",
    .examples = "  mi get Win32_LogicalDisk DeviceID=C: -H server -u admin --https\n",
    .min_operands = 1,
    .max_operands = -1,
    .run = run,
};
