/** What a server says and asks while an operation runs: on stderr, and at the terminal. Pieces of
 *  streamed parameters go where the results go. */
#ifndef MI_CLI_DIALOG_H
#define MI_CLI_DIALOG_H

#include <mi.h>
#include <stdbool.h>

#include "cli/connect.h"
#include "cli/print.h"

struct dialog {
    MI_OperationCallbacks callbacks; /* for the call that starts the operation, as are these */
    MI_OperationOptions options;
    bool says_yes;     /* to every question */
    bool has_terminal; /* on stderr: progress is shown */
    size_t progress;   /* columns of the line that shows it */
    MI_Application *application;
    struct printer *printer; /* borrowed; of the results */
};

/** @p printer: for what is streamed; NULL: nothing will be. @p out stays where it is until the
 * operation is closed. @return -1, else the exit status; what was wrong has been told. */
int dialog_open(struct connection *connection, struct printer *printer, struct dialog *out);
/** For verbs that only read: warnings and errors are told (more with -v), nothing is asked. Options
 * and callbacks are the connection's from then on. As dialog_open otherwise. */
int dialog_listen(struct connection *connection, struct dialog *out);
void dialog_close(struct dialog *dialog);

#endif
