/** The loop every verb ends in: take results until the last, watch for Ctrl-C, tell a failure. All
 *  close the operation and return the exit status; @p what is named in a failure. */
#ifndef MI_CLI_DRAIN_H
#define MI_CLI_DRAIN_H

#include <mi.h>

#include "cli/args.h"
#include "cli/class_print.h"
#include "cli/print.h"

/** Print each instance in the format asked for. */
int drain_instances(MI_Operation *operation, const struct arguments *arguments,
                    const struct printing *printing, const char *what, struct output *output);

/** The same on a printer there is already, which it ends. */
int drain_to_printer(MI_Operation *operation, struct printer *printer, const char *what);

/** The same with indications, each shown as it comes: at most arguments->limit. */
int drain_indications(MI_Operation *operation, const struct arguments *arguments,
                      const struct printing *printing, const char *what, struct output *output);

int drain_classes(MI_Operation *operation, const char *what, struct class_printer *printer);

/** Keep the one class. @return -1, with *out NULL where the server has none to give; @p is_loud:
 *  say so. Else the exit status. */
int drain_class(MI_Operation *operation, const char *what, bool is_loud, MI_Class **out);

#endif
