#include "cli/dialog.h"

#include <stdio.h>
#include <string.h>

#include "cli/console.h"
#include "cli/failure.h"
#include "cli/output.h"
#include "cli/text.h"

enum { ANSWER_SIZE = 32, PROGRESS_MAX = 78, SECONDS_UNKNOWN = 0x7FFFFFFF };

static void clear_progress(struct dialog *dialog)
{
    if (dialog->progress > 0) {
        tell("\r%*s\r", (int)dialog->progress, "");
        dialog->progress = 0;
    }
}

static void put_line(struct dialog *dialog, const char *kind, const MI_Char *message,
                     const char *after)
{
    struct text line = {NULL, 0, 0};

    clear_progress(dialog);
    text_format(&line, "%s: ", kind);
    text_add_shown_mi(&line, message);
    text_trim(&line);
    tell("%s%s\n", text_of(&line), after);
    text_free(&line);
}

static void MI_CALL on_message(MI_Operation *operation, void *context, MI_Uint32 channel,
                               const MI_Char *message)
{
    static const char *const kinds[] = {"warning", "verbose", "debug"};

    (void)operation;
    put_line(context, channel < sizeof(kinds) / sizeof(kinds[0]) ? kinds[channel] : "message",
             message, "");
}

static void MI_CALL on_progress(MI_Operation *operation, void *context, const MI_Char *activity,
                                const MI_Char *current, const MI_Char *status, MI_Uint32 percent,
                                MI_Uint32 seconds_left)
{
    struct dialog *dialog = context;
    const MI_Char *parts[] = {activity, current, status};
    struct text line = {NULL, 0, 0};

    (void)operation;
    if (!dialog->has_terminal) {
        return;
    }
    clear_progress(dialog);
    text_format(&line, "%u %%", (unsigned)percent);
    if (seconds_left < SECONDS_UNKNOWN) {
        text_format(&line, ", %u s left", (unsigned)seconds_left);
    }
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i] != NULL && parts[i][0] != 0) {
            text_add(&line, ": ");
            text_add_shown_mi(&line, parts[i]);
        }
    }
    text_narrow(&line, PROGRESS_MAX);
    dialog->progress = text_width(text_of(&line));
    tell("\r%s", text_of(&line));
    text_free(&line);
}

static void MI_CALL on_error(MI_Operation *operation, void *context, MI_Instance *error,
                             MI_Result(MI_CALL *answer)(MI_Operation *operation,
                                                        MI_OperationCallback_ResponseType response))
{
    const MI_Char *message = NULL;
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;

    if (MI_Instance_GetElement(error, MI_T("Message"), &value, &type, &flags, NULL) ==
            MI_RESULT_OK &&
        type == MI_STRING && (flags & MI_FLAG_NULL) == 0) {
        message = value.string;
    }
    put_line(context, "error", message, "");
    if (answer != NULL) {
        (void)answer(operation, MI_OperationCallback_ResponseType_Yes);
    }
}

/* Each piece is an instance of its own, with the one element. The library hands out the result only
 * when the last piece has been taken, so nobody else prints meanwhile. */
static void MI_CALL on_stream(MI_Operation *operation, void *context, const MI_Char *name,
                              MI_Type type, const MI_Value *value,
                              MI_Result(MI_CALL *acknowledge)(MI_Operation *operation))
{
    struct dialog *dialog = context;
    MI_Instance *piece = NULL;

    clear_progress(dialog);
    if (MI_Application_NewInstance(dialog->application, MI_T("__STREAM"), NULL, &piece) ==
        MI_RESULT_OK) {
        (void)MI_Instance_AddElement(piece, name, value, type, 0);
        (void)printer_add(dialog->printer, piece);
        MI_Instance_Delete(piece);
    }
    if (acknowledge != NULL) {
        (void)acknowledge(operation);
    }
}

static MI_OperationCallback_ResponseType ask(struct dialog *dialog, const MI_Char *message)
{
    MI_OperationCallback_ResponseType response = MI_OperationCallback_ResponseType_No;
    char typed[ANSWER_SIZE] = "";
    struct text prompt = {NULL, 0, 0};
    enum answer answer;

    clear_progress(dialog);
    text_add_shown_mi(&prompt, message);
    text_trim(&prompt);
    text_add(&prompt, " [yes, no, all] ");
    answer = console_read_line(text_of(&prompt), typed, sizeof(typed));
    if (answer == ANSWER_NO_TERMINAL) {
        put_line(dialog, "asked", message, " (no: there is no terminal to ask at; see --yes)");
    } else if (answer == ANSWER_GIVEN) {
        if (text_equal_nocase(typed, "a") || text_equal_nocase(typed, "all")) {
            response = MI_OperationCallback_ResponseType_YesToAll;
        } else if (text_equal_nocase(typed, "y") || text_equal_nocase(typed, "yes")) {
            response = MI_OperationCallback_ResponseType_Yes;
        }
    }
    text_free(&prompt);
    return response;
}

static void MI_CALL on_prompt(
    MI_Operation *operation, void *context, const MI_Char *message, MI_PromptType type,
    MI_Result(MI_CALL *answer)(MI_Operation *operation, MI_OperationCallback_ResponseType response))
{
    struct dialog *dialog = context;

    (void)type;
    if (answer == NULL) {
        put_line(dialog, "asked", message, "");
    } else if (dialog->says_yes) {
        put_line(dialog, "asked", message, " (yes)");
        (void)answer(operation, MI_OperationCallback_ResponseType_Yes);
    } else {
        (void)answer(operation, ask(dialog, message));
    }
}

static MI_Result set_uri(const char *uri, MI_OperationOptions *options, bool is_prefix)
{
    if (uri == NULL) {
        return MI_RESULT_OK;
    }
    const MI_Char *text = text_to_mi(uri);
    MI_Result result = is_prefix ? MI_OperationOptions_SetResourceUriPrefix(options, text)
                                 : MI_OperationOptions_SetResourceUri(options, text);
    text_release_mi(text, uri);
    return result;
}

int dialog_open(struct connection *connection, struct printer *printer, struct dialog *out)
{
    MI_Result result;

    memset(out, 0, sizeof(*out));
    out->says_yes = connection->arguments->yes;
    out->has_terminal = console_is_terminal(stderr);
    out->callbacks.callbackContext = out;
    out->callbacks.promptUser = on_prompt;
    out->callbacks.writeError = on_error;
    out->callbacks.writeMessage = on_message;
    out->callbacks.writeProgress = on_progress;
    out->callbacks.streamedParameterResult = printer != NULL ? on_stream : NULL;
    out->application = &connection->application;
    out->printer = printer;
    result = MI_Application_NewOperationOptions(&connection->application, MI_FALSE, &out->options);
    if (result == MI_RESULT_OK) {
        result = set_uri(connection->arguments->resource_uri, &out->options, false);
    }
    if (result == MI_RESULT_OK) {
        result = set_uri(connection->arguments->uri_prefix, &out->options, true);
    }
    for (MI_Uint32 channel = MI_WRITEMESSAGE_CHANNEL_WARNING;
         channel <= MI_WRITEMESSAGE_CHANNEL_DEBUG && result == MI_RESULT_OK; channel++) {
        if (channel < MI_WRITEMESSAGE_CHANNEL_DEBUG || connection->arguments->verbosity > 0) {
            result = MI_OperationOptions_EnableChannel(&out->options, channel);
        }
    }
    return result == MI_RESULT_OK ? -1 : failure_report("start", result, NULL, NULL);
}

int dialog_listen(struct connection *connection, struct dialog *out)
{
    int status = dialog_open(connection, NULL, out);

    if (status < 0 && connection->arguments->verbosity == 0) {
        (void)MI_OperationOptions_DisableChannel(&out->options, MI_WRITEMESSAGE_CHANNEL_VERBOSE);
    }
    out->callbacks.promptUser = NULL;
    out->callbacks.writeProgress = NULL; /* its line would stand among the results */
    connection->options = &out->options;
    connection->callbacks = &out->callbacks;
    return status;
}

void dialog_close(struct dialog *dialog)
{
    clear_progress(dialog);
    if (dialog->options.ft != NULL) {
        MI_OperationOptions_Delete(&dialog->options);
    }
}
