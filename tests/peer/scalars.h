#ifndef PEER_SCALARS_H
#define PEER_SCALARS_H

#include "model.h"

/**
 * Canonical form of a value's text, in @p arena; NULL if the text is no such value.
 * @param numeric  char16 is a number and nothing else, as OMI has it
 */
const char *peer_scalar_read(struct peer_arena *arena, enum peer_type type, const char *text,
                             bool numeric);
/** DMTF form of a datetime in an element of this name ("" for bare text), or NULL. */
const char *peer_scalar_datetime(struct peer_arena *arena, const char *element, const char *text);
/** Append what base64 text stands for; false if it is not base64. */
bool peer_scalar_base64(const char *text, struct peer_buf *out);

#endif
