/** A stream of instances to stdout in the format asked for. */
#ifndef MI_CLI_PRINT_H
#define MI_CLI_PRINT_H

#include <mi.h>
#include <stdbool.h>

#include "cli/args.h"

struct printer;

struct printing {
    enum output_format usual; /* the format when none was asked for */
    bool is_live;             /* each instance is shown when it comes, however slow they are */
    bool is_listing;          /* that there is nothing is worth saying */
    MI_Application *maker;    /* NULL: print all; else makes instances without what is NULL */
};

struct printer *printer_new(const struct arguments *arguments, const struct printing *printing,
                            struct output *output);
/** @return false when the output takes no more. */
bool printer_add(struct printer *printer, const MI_Instance *instance);
/** Write what was held back, end the document, free. @p complete: all has come, so that "none" is
 *  worth saying. */
void printer_end(struct printer *printer, bool complete);
/** Free; nothing was to be printed. */
void printer_abandon(struct printer *printer);

#endif
