/** The loop every verb ends in: take results until the last, watch for Ctrl-C, tell a failure. */
#ifndef MI_CLI_DRAIN_H
#define MI_CLI_DRAIN_H

#include <mi.h>
#include <stdbool.h>

#include "cli/args.h"

/** Print each instance of @p operation in the format asked for, close it. @p what: named in a
 *  failure. @return the exit status. */
int drain_instances(MI_Operation *operation, const struct arguments *arguments,
                    enum output_format usual, const char *what, struct output *output);

/** Hand each class to @p take until it returns false, close the operation. @return the status. */
int drain_classes(MI_Operation *operation, const char *what,
                  bool (*take)(void *context, const MI_Class *cls), void *context);

#endif
