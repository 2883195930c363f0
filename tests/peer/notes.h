#ifndef PEER_NOTES_H
#define PEER_NOTES_H

#include "invoke.h"

/** Emit copies of the notes kept. */
void peer_note_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                    struct peer_arena *arena, struct peer_sink *sink);

/* Methods; see the tables in notes.c and services.c. */
enum peer_fault peer_note_append(struct peer_invocation *inv);
enum peer_fault peer_note_total(struct peer_invocation *inv);
enum peer_fault peer_service_start(struct peer_invocation *inv);
enum peer_fault peer_service_stop(struct peer_invocation *inv);
enum peer_fault peer_service_describe(struct peer_invocation *inv);
enum peer_fault peer_service_ping(struct peer_invocation *inv);
enum peer_fault peer_service_slow(struct peer_invocation *inv);
enum peer_fault peer_service_fail(struct peer_invocation *inv);
enum peer_fault peer_service_reset_all(struct peer_invocation *inv);

#endif
