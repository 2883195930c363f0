/** The slot table behind every handle an application holds by value.
 *
 *  A public handle (MI_Application, MI_Session, MI_Operation and the three option objects) is a
 * small struct that the application copies, keeps too long, or passes after its close. So it holds
 * no pointer: reserved2 is the number of a slot in one process-wide table, reserved1 the generation
 *  that slot had when the handle was made. A stale handle names an old generation and is answered
 *  NULL; it is never dereferenced.
 *
 *  A slot holds one object and counts references to it. The open handle itself is one reference.
 *
 *      open      object goes in, reference count 1 (the handle's own)
 *      acquire   +1, only while the handle is open
 *      close     the handle is stale from here on, for everybody, at once; the handle's own
 *                reference now belongs to the closer. Of several closers exactly one gets the
 * object retain    +1 for somebody who holds a reference already, also after close release   -1;
 * the last one calls `destroy` and frees the slot for another generation
 *
 *  The usual function of a table:
 *
 *      struct mic_session *session = mic_handle_acquire(MIC_HANDLE_SESSION, self->reserved1,
 *                                                       self->reserved2);
 *      if (session == NULL) {
 *          return MI_RESULT_INVALID_PARAMETER;
 *      }
 *      ... use it ...
 *      mic_handle_release(self->reserved2);
 *
 *  Take reserved2 from a local copy of the handle when the handle's memory may change before the
 *  release (Close writes zeros into the application's handle).
 *
 *  The usual close:
 *
 *      session = mic_handle_close(MIC_HANDLE_SESSION, copy.reserved1, copy.reserved2);
 *      if (session == NULL) {
 *          return MI_RESULT_INVALID_PARAMETER;   // a second close
 *      }
 *      ... cancel children, wait for them, join threads ...
 *      mic_handle_release(copy.reserved2);       // destroy runs here or with the last user
 *
 *  `destroy` runs on whatever thread releases last, with no lock of the table held; it may open and
 *  close other handles. An object that outlives its handle (an operation whose I/O goes on) either
 *  counts its own references and lets `destroy` drop one, or keeps the slot by mic_handle_retain.
 *
 *  Slots live in chunks that are never moved or freed, so finding one takes no lock: acquire is one
 *  atomic load and one compare-and-swap of a word that holds generation, open flag and count
 *  together. Opening and freeing a slot take the table's one mutex. Nothing here blocks for long.
 *
 *  @thread every function may be called on any thread. */
#ifndef MIC_API_HANDLE_H
#define MIC_API_HANDLE_H

#include <mi.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

enum mic_handle_kind {
    MIC_HANDLE_APPLICATION = 1,
    MIC_HANDLE_SESSION,
    MIC_HANDLE_OPERATION,
    MIC_HANDLE_DESTINATION_OPTIONS,
    MIC_HANDLE_OPERATION_OPTIONS,
    MIC_HANDLE_SUBSCRIPTION_OPTIONS
};

/** Make a handle for @p object.
 *  @param object   not NULL; owned by the slot from here on, given to @p destroy at the end
 *  @param destroy  may be NULL
 *  @param[out] reserved1, reserved2  the handle's fields, never both 0; written only on success
 *  @return MI_RESULT_OK, or MI_RESULT_SERVER_LIMITS_EXCEEDED when out of memory (@p object is then
 *          still the caller's and @p destroy is not called) */
MI_Result mic_handle_open(enum mic_handle_kind kind, void *object, void (*destroy)(void *object),
                          MI_Uint64 *reserved1, ptrdiff_t *reserved2) MIC_MUST_CHECK;

/** @return the object with one more reference (give it back with mic_handle_release), or NULL when
 *          the handle is zero, stale, closed, of another kind or never was one. */
void *mic_handle_acquire(enum mic_handle_kind kind, MI_Uint64 reserved1, ptrdiff_t reserved2);

/** One more reference for a caller who holds one already, whether or not the handle is closed. */
void mic_handle_retain(ptrdiff_t reserved2);

/** Give one reference back. The last one destroys the object before this returns. */
void mic_handle_release(ptrdiff_t reserved2);

/** Make the handle stale.
 *  @return the object, with the handle's own reference now the caller's (mic_handle_release), or
 * NULL as for mic_handle_acquire, in particular when somebody else has closed it. */
void *mic_handle_close(enum mic_handle_kind kind, MI_Uint64 reserved1,
                       ptrdiff_t reserved2) MIC_MUST_CHECK;

#endif
