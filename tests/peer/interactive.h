#ifndef PEER_INTERACTIVE_H
#define PEER_INTERACTIVE_H

#include "channel.h"

/* Events of an operation ([MS-WSMV] 2.2.4.47); those the client has not registered for are not
 * sent. All return false if the client is gone. @p action is that of the answer to come. */

enum peer_message { MESSAGE_WARNING, MESSAGE_VERBOSE, MESSAGE_DEBUG };

bool peer_send_message(struct peer_channel *channel, const char *action, enum peer_message kind,
                       const char *text);
/** Percent and seconds left; UINT32_MAX says that they are not known. */
bool peer_send_progress(struct peer_channel *channel, const char *action, const char *activity,
                        uint32_t percent, uint32_t seconds);
bool peer_send_stream(struct peer_channel *channel, const char *action, const char *cls,
                      const struct peer_prop *prop, const struct peer_value *value);
bool peer_send_keep_alive(struct peer_channel *channel);

/** How a question was settled: "yes", "no", "yesToAll", "noToAll", "auto:yes", "auto:no" (not
 *  asked, for the options say so) or "reported" (sent, but no answer wanted). */
enum peer_heard peer_send_confirm(struct peer_channel *channel, const char *action,
                                  const char *text, bool critical, const char **settled);
enum peer_heard peer_send_error(struct peer_channel *channel, const char *action, const char *text,
                                bool inquire, const char **settled);
enum peer_heard peer_send_acknowledge_request(struct peer_channel *channel);

/** What Peer_Chatty says before a page or an instance. */
enum peer_heard peer_chatter(struct peer_call *call, const char *action, bool prompt,
                             const char **settled);

#endif
