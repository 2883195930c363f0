/** What a server offers for a logon: the challenges of WWW-Authenticate (RFC 9110 11.6.1). No I/O.
 */
#ifndef MIC_HTTP_CHALLENGE_H
#define MIC_HTTP_CHALLENGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

struct mic_http_challenge {
    struct mic_str scheme;     /* never empty */
    struct mic_str token;      /* a token68; empty when there is none */
    struct mic_str parameters; /* `realm="x", charset="UTF-8"`; empty when there are none */
};

/** The next challenge of one header field's value. What cannot be read is skipped to the next
 * comma.
 *  @param rest in: the whole value at first; out: what is behind the challenge
 *  @return false when there is no further one */
bool mic_http_challenge_next(struct mic_str *rest, struct mic_http_challenge *challenge);

/** Append the unquoted value of a parameter. @return whether it is there. */
bool mic_http_challenge_parameter(const struct mic_http_challenge *challenge, const char *name,
                                  struct mic_buf *value);

#endif
