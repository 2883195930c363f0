#ifndef PEER_CHANNEL_H
#define PEER_CHANNEL_H

#include "bell.h"
#include "wsman.h"

/* Bits of __MI_CallbackRegistration. */
#define CALLBACK_MESSAGE  1U
#define CALLBACK_ERROR    2U
#define CALLBACK_STREAM   4U
#define CALLBACK_PROGRESS 8U
#define CALLBACK_PROMPT   16U

/** The operations that speak while they run ([MS-WSMV] 3.1.4.1.39). */
struct peer_channels *peer_channels_new(void);
void peer_channels_free(struct peer_channels *channels);

enum peer_question { ASK_NOTHING, ASK_CONFIRM, ASK_ERROR, ASK_ACKNOWLEDGE };

/** How a wait ended. */
enum peer_heard { HEARD_ANSWER, HEARD_TIME, HEARD_CANCEL, HEARD_GONE };

/**
 * Let the operation of this request be found by its OperationID: it can be cancelled from then on,
 * and asked. Without OperationID, or to another server, it exists all the same and is mute.
 * Every operation that opens its channel closes it.
 */
struct peer_channel *peer_channel_open(struct peer_call *call);
void peer_channel_close(struct peer_channel *channel);
/** Has the client registered for this kind of event? */
bool peer_channel_has(const struct peer_channel *channel, unsigned callback);
/** Send the envelope with @p body in it as a chunk of its own; false if the client is gone. */
bool peer_channel_send(struct peer_channel *channel, const char *action,
                       const struct peer_buf *body);
struct peer_call *peer_channel_call(const struct peer_channel *channel);
/** Can it send at all? */
bool peer_channel_speaks(const struct peer_channel *channel);
/** What will be asked next; said before it is sent, for the answer may be quick. */
void peer_channel_expect(struct peer_channel *channel, enum peer_question question);
/** Wait for the answer to it. @p answer is copied into the request's arena. */
enum peer_heard peer_channel_ask(struct peer_channel *channel, const char **answer);
/**
 * Take so long, unless cancelled or left; Windows ends what has no OperationID after its
 * OperationTimeout, of which no more than a minute counts except for a Pull ([MS-WSMV] 2.2.4.10).
 */
enum peer_fault peer_channel_take_time(struct peer_channel *channel, uint64_t ms);
bool peer_channel_is_cancelled(struct peer_channel *channel);
/** What a handler returns after it heard this; FAULT_NONE for an answer or the end of the time. */
enum peer_fault peer_channel_fault(struct peer_channel *channel, enum peer_heard heard);

/** Send the last envelope and end the reply; for serve.c. */
bool peer_channel_finish(struct peer_conn *conn, const struct peer_response *response);

#endif
