/** Class declarations to stdout: MOF, JSON or CIM-XML. */
#ifndef MI_CLI_CLASS_PRINT_H
#define MI_CLI_CLASS_PRINT_H

#include <mi.h>
#include <stdbool.h>

#include "cli/args.h"

struct class_printer {
    enum output_format format; /* table, list: MOF */
    bool names_only;
    bool is_single; /* JSON: the class itself, no array */
    struct output *output;
    unsigned long count;
};

/** @return false when the output takes no more. */
bool class_printer_add(struct class_printer *printer, const MI_Class *cls);
/** End the document. */
void class_printer_end(struct class_printer *printer);

#endif
