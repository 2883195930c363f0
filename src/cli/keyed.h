/** The verbs that ask about one instance, named by its keys: get, associators, references. */
#ifndef MI_CLI_KEYED_H
#define MI_CLI_KEYED_H

#include <mi.h>

#include "cli/args.h"
#include "cli/connect.h"
#include "cli/print.h"

/** Connect, make the instance of CLASS key=value..., let @p start begin the operation, print its
 *  results. @return the exit status */
int keyed_run(const struct arguments *arguments, const struct printing *printing,
              void (*start)(struct connection *connection, const MI_Instance *key,
                            MI_Operation *operation),
              struct output *output);

#endif
