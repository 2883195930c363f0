/** A stream of instances to stdout in the format asked for. */
#ifndef MI_CLI_PRINT_H
#define MI_CLI_PRINT_H

#include <mi.h>
#include <stdbool.h>

#include "cli/args.h"

struct printer;

/** @p usual: the format when none was asked for. */
struct printer *printer_new(const struct arguments *arguments, enum output_format usual,
                            struct output *output);
/** @return false when the output takes no more. */
bool printer_add(struct printer *printer, const MI_Instance *instance);
/** Write what was held back, end the document, free. @p complete: all has come, so that "none" is
 *  worth saying. */
void printer_end(struct printer *printer, bool complete);

#endif
