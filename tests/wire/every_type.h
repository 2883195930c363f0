/** Values of every CIM type, under the names of Peer_Note's properties and EchoAll's parameters. */
#ifndef EVERY_TYPE_H
#define EVERY_TYPE_H

#include <mi.h>
#include <stdbool.h>

enum every_type { EVERY_USUAL, EVERY_LOWEST, EVERY_HIGHEST, EVERY_ODD, EVERY_COUNT };

/** Add a value of each type, scalar and array, to a dynamic instance, or set it in a typed one.
 *  ODD: infinities, empty strings and arrays, what lies beyond the BMP. */
void every_type_fill(MI_Application *application, MI_Instance *instance, enum every_type which);
/** Has @p got each of the values of @p sent? Tells what is not so. @p tells_empty: an empty array
 * comes back as one; as NULL otherwise (OMI leaves it out).
 *  @return whether all are there */
bool every_type_same(const MI_Instance *sent, const MI_Instance *got, bool tells_empty,
                     const char *where);
/** The same for a server that gives no schema: as far as texts go. */
bool every_type_same_text(const MI_Instance *sent, const MI_Instance *got, const char *where);

#endif
