/** Messages, errors, prompts and streamed parameters within a reply (MS-WSMV 2.2.10, 3.1.6.6 to
 * 3.1.6.8, 3.2.7) as an exchange keeps track of them. */
#ifndef MIC_WSMAN_INTERACTIVE_H
#define MIC_WSMAN_INTERACTIVE_H

#include <mi.h>
#include <stdbool.h>
#include <stdint.h>

#include "wsman/exchange.h"

/* Bits of __MI_CallbackRegistration (MS-WSMV 2.2.10). */
enum {
    MIC_CALLBACK_MESSAGES = 1,
    MIC_CALLBACK_ERRORS = 2,
    MIC_CALLBACK_STREAMS = 4,
    MIC_CALLBACK_PROGRESS = 8,
    MIC_CALLBACK_PROMPTS = 16
};

/* Answers one reply may ask for. */
#define MIC_ANSWERS_MAX 1024u

struct mic_interactive {
    unsigned registered;  /* MIC_CALLBACK_* */
    bool reports_prompts; /* the mode is REPORT: no prompt waits for an answer */
    bool refuses_prompts; /* without callback: the answer to ordinary ones is no */
    bool has_settled[2];  /* prompts, errors: a ToAll answer was given ... */
    MI_OperationCallback_ResponseType settled[2]; /* ... which is this */
    bool has_settled_critical; /* ... to a critical prompt: it stands for those as well */

    struct mic_event event;      /* the one told last */
    MI_Value value;              /* of a stream's event */
    bool is_asked;               /* it waits for mic_exchange_answer */
    bool is_answered;            /* an answer waits to be sent */
    enum mic_event_kind answers; /* which kind of question */
    MI_OperationCallback_ResponseType answer;
    unsigned answer_count;
    unsigned sequence; /* of our last message within this OperationID; the request is 1 */

    bool seeks_acknowledge; /* the present envelope is an AcknowledgeRequest */
    bool is_to_acknowledge; /* one has come in whole */
    uint32_t last_sequence; /* of the server's */
};

#endif
