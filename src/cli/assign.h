/** name=value operands, gathered by name. name:type=value says the type, too. */
#ifndef MI_CLI_ASSIGN_H
#define MI_CLI_ASSIGN_H

#include <mi.h>
#include <stdbool.h>

#include "cli/args.h"

struct assignment {
    char *name;
    const char **values; /* into the operands */
    int count;           /* more than one: elements of an array; 0: see the next two */
    bool is_null, is_empty, has_type;
    MI_Type type; /* with has_type */
};

struct assignments {
    struct assignment *at;
    int count;
};

/** @p form: what an operand should look like, for the error, "key=value".
 *  @return -1, else the exit status; what was wrong has been told. Free @p out in either case. */
int assignments_read(const char *const *operands, int count, const char *form,
                     struct assignments *out);
/** Add what --null and --empty say. */
int assignments_add_options(const struct arguments *arguments, struct assignments *out);
/** @return -1, or the exit status when a name is given twice */
int assignments_check_single(const struct assignments *assignments);
/** NULL: none of this name. */
const struct assignment *assignments_find(const struct assignments *assignments, const char *name);
void assignments_free(struct assignments *assignments);

#endif
