/** What the verbs share that change something on the server: create, set, delete, invoke. */
#ifndef MI_CLI_CHANGE_H
#define MI_CLI_CHANGE_H

#include <mi.h>
#include <stdbool.h>

#include "cli/assign.h"
#include "cli/connect.h"
#include "cli/dialog.h"
#include "cli/schema.h"
#include "cli/text.h"

struct change {
    const struct arguments *arguments;
    const char *class_name;
    struct text what;                     /* named in failures: the class, or a method of it */
    struct assignments keys, assignments; /* of the operands; which of both, is up to the verb */
    struct connection connection;
    MI_Class *cls; /* NULL: not fetched, or the server has none */
    MI_Instance *object, *parameters;
    struct dialog dialog;
    MI_Operation operation; /* the verb starts it */
    bool has_sparse_result; /* what is NULL in the result was never set; before change_begin */
    struct printer *printer;
};

/** Connect. What the operands say has been read, and is freed by change_end in any case.
 *  @return -1, else the exit status; what was wrong has been told */
int change_begin(const struct arguments *arguments, struct change *change, struct output *output);
/** Print the results of change->operation if @p status is -1, free everything.
 *  @return the exit status */
int change_end(struct change *change, int status);
/** A verb whose operands are a class and property=value: read them, connect, start the operation
 *  with @p start, which returns -1 or the exit status, print and free.
 *  @return the exit status */
int change_properties(const struct arguments *arguments, struct change *change,
                      int (*start)(struct change *change), struct output *output);

#endif
