/** The instances that a request carries, out of name=value operands. Where something is wrong it
 * has been told on stderr, and the exit status is returned; -1 is success. */
#ifndef MI_CLI_OBJECT_H
#define MI_CLI_OBJECT_H

#include <mi.h>

#include "cli/assign.h"
#include "cli/connect.h"
#include "cli/schema.h"

/** *out NULL: the server has none to give, or --no-types was given. */
int object_fetch_class(struct connection *connection, const char *class_name, MI_Class **out);

int object_new(struct connection *connection, const char *class_name, MI_Instance **out);

/** Set elements, each of the type that @p schema declares. @p are_keys: nothing else is wanted. */
int object_fill(struct connection *connection, const struct schema *schema,
                const struct assignments *assignments, bool are_keys, MI_Instance *instance);

/** A new instance with these keys. The class is fetched only where a value may be a reference, as
 *  all other keys travel as text (DSP0227 7.2). */
int object_new_keys(struct connection *connection, const char *class_name,
                    const struct assignments *keys, MI_Instance **out);

#endif
