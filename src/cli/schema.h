/** What a class says of its properties, or of a method's parameters. */
#ifndef MI_CLI_SCHEMA_H
#define MI_CLI_SCHEMA_H

#include <mi.h>
#include <stdbool.h>

#include "cli/text.h"

struct schema {
    const char *class_name;
    const char *method;         /* NULL: this is about the properties */
    const MI_Class *cls;        /* NULL: nothing is known, everything goes as a string */
    MI_ParameterSet parameters; /* of the method */
};

struct member {
    MI_Type type;
    bool is_key, is_in;
};

/** @p method NULL: the properties. @return -1, else the exit status: there is no such method,
 *  which has been told */
int schema_open(const char *class_name, const char *method, const MI_Class *cls,
                struct schema *out);
/** @return false when there is none of this name */
bool schema_find(const struct schema *schema, const char *name, struct member *out);
/** Tell on stderr that there is none, and what comes near; @p name NULL: it is the method. @return
 * the exit status */
int schema_report_unknown(const struct schema *schema, const char *name);
/** Tell on stderr "Class.Name (type): ..." @return the exit status */
int schema_report(const struct schema *schema, const char *name, MI_Type type, const char *what);
/** The first key of the class that @p has does not know. @return false when there is none */
bool schema_find_missing_key(const struct schema *schema,
                             bool (*has)(const void *context, const char *name),
                             const void *context, struct text *out);

#endif
