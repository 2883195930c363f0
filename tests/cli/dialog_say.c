/* dialog-say [--yes] [-v] [--watch] STEP...: what a server may say and ask, to the tool's
 * callbacks, without a server. warning:TEXT verbose:TEXT debug:TEXT channel:TEXT error:TEXT   are
 * said progress:TEXT    30 percent, 5 seconds left tell:TEXT        a question that wants no answer
 *   ask:TEXT         a question; the answer goes to stdout
 * With --watch the wish to stop is watched for as during an operation. Exit status: 0, or the one
 * of an interrupted program. */
#include <mi.h>
#include <stdio.h>
#include <string.h>

#include "cli/args.h"
#include "cli/console.h"
#include "cli/dialog.h"

static MI_Result MI_CALL on_answer(MI_Operation *operation,
                                   MI_OperationCallback_ResponseType response)
{
    static const char *const names[] = {"no", "yes", "no to all", "yes to all"};

    (void)operation;
    (void)printf("answer: %s\n", names[response]);
    (void)fflush(stdout);
    return MI_RESULT_OK;
}

static void say_error(struct dialog *dialog, MI_Application *application, const char *text)
{
    MI_Instance *error = NULL;
    MI_Value value;
    const MI_Char *mi = text_to_mi(text);

    memset(&value, 0, sizeof(value));
    memcpy(&value.string, &mi, sizeof(value.string));
    if (MI_Application_NewInstance(application, MI_T("CIM_Error"), NULL, &error) == MI_RESULT_OK) {
        (void)MI_Instance_AddElement(error, MI_T("Message"), &value, MI_STRING, 0);
        dialog->callbacks.writeError(NULL, dialog, error, on_answer);
        MI_Instance_Delete(error);
    }
    text_release_mi(mi, text);
}

static void step(struct dialog *dialog, MI_Application *application, const char *step)
{
    static const char *const channels[] = {"warning", "verbose", "debug", "channel"};
    const char *colon = strchr(step, ':');
    const char *text = colon != NULL ? colon + 1 : "";
    size_t size = colon != NULL ? (size_t)(colon - step) : 0;
    const MI_Char *mi = text_to_mi(text);

    for (MI_Uint32 i = 0; i < sizeof(channels) / sizeof(channels[0]); i++) {
        if (strlen(channels[i]) == size && memcmp(step, channels[i], size) == 0) {
            dialog->callbacks.writeMessage(NULL, dialog, i, mi);
        }
    }
    if (strncmp(step, "progress:", 9) == 0) {
        dialog->callbacks.writeProgress(NULL, dialog, mi, NULL, MI_T(""), 30, 5);
    } else if (strncmp(step, "error:", 6) == 0) {
        say_error(dialog, application, text);
    } else if (strncmp(step, "ask:", 4) == 0) {
        dialog->callbacks.promptUser(NULL, dialog, mi, MI_PROMPTTYPE_NORMAL, on_answer);
    } else if (strncmp(step, "tell:", 5) == 0) {
        dialog->callbacks.promptUser(NULL, dialog, mi, MI_PROMPTTYPE_NORMAL, NULL);
    }
    text_release_mi(mi, text);
}

static void on_stop(void *context)
{
    (void)context;
}

int main(int argc, char **argv)
{
    struct arguments arguments = {.verb = NULL};
    struct connection connection;
    struct dialog dialog;
    struct console_watch *watch = NULL;
    int at = 1;

    for (; at < argc && argv[at][0] == '-'; at++) {
        arguments.yes = arguments.yes || strcmp(argv[at], "--yes") == 0;
        arguments.verbosity += strcmp(argv[at], "-v") == 0;
        if (strcmp(argv[at], "--watch") == 0 && watch == NULL) {
            watch = console_watch_start(on_stop, NULL);
        }
    }
    memset(&connection, 0, sizeof(connection));
    connection.arguments = &arguments;
    if (MI_Application_Initialize(0, NULL, NULL, &connection.application) != MI_RESULT_OK ||
        dialog_open(&connection, NULL, &dialog) >= 0) {
        return 1;
    }
    for (; at < argc; at++) {
        step(&dialog, &connection.application, argv[at]);
    }
    dialog_close(&dialog);
    MI_Application_Close(&connection.application);
    return console_watch_end(watch);
}
