/** A question of the server that the application may answer at any time, from any thread.
 *
 *  What the application was given for it (handle, text, error) stays until the operation is gone,
 * or longer when it was never answered: then the application frees it with the rest at its end, so
 * that a late answer finds a stale handle and no freed memory. */
#ifndef MIC_ENGINE_QUESTION_H
#define MIC_ENGINE_QUESTION_H

#include <mi.h>
#include <stdbool.h>

#include "base/list.h"
#include "model/instance.h"
#include "wsman/exchange.h"

struct mic_question {
    struct mic_list node; /* left over: in the runtime's list, under its lock */
    MI_Operation handle;
    enum mic_event_kind kind;
    char *text;                 /* of a prompt */
    struct mic_instance *error; /* of an error */

    /* the operation's lock */
    bool is_open;     /* an answer is wanted */
    bool is_answered; /* ... and was given, and waits for the taker */
    bool was_answered;
    MI_OperationCallback_ResponseType answer;
};

/** A copy of what @p event asks. @p question is used again when it is not NULL.
 *  @return NULL when out of memory; @p question stays then */
struct mic_question *mic_question_take(struct mic_question *question,
                                       const struct mic_event *event);
void mic_question_free(struct mic_question *question); /* NULL is allowed */

#endif
