/* An mi.dll that serves mi-peer's own test classes, so that mi.exe can be asked what mi is asked on
 * POSIX. Nothing is released: a program that asks ends soon. served.c has the functions of
 * applications, sessions and operations, served_instance.c and served_class.c the objects. */
#ifndef SERVED_H
#define SERVED_H

#include <mi.h>

#include "peer/model.h"

/* Outputs that a caller did not want are NULL. */
#define SERVED_SET(out, value)                                                                     \
    do {                                                                                           \
        if ((out) != NULL) {                                                                       \
            *(out) = (value);                                                                      \
        }                                                                                          \
    } while (0)

/* peer_type names the types in the order of MI_Type. */
MI_Type served_type(const struct peer_prop *prop);
MI_Char *served_wide(const char *utf8);
char *served_utf8(const MI_Char *text);

/* name_space may be NULL. */
MI_Instance *served_instance_new(const MI_Char *class_name, const char *name_space);
/* value NULL: null. Copies it. */
void served_add(MI_Instance *instance, const MI_Char *name, const MI_Value *value, MI_Type type,
                MI_Uint32 flags);
MI_Instance *served_instance_of(const struct peer_instance *from);
/* What an element says, as mi-peer would write it; NULL for null and for what is no scalar. */
const char *served_text(const MI_Instance *instance, const char *name);

MI_Class *served_class_of(const struct peer_class *from);

#endif
