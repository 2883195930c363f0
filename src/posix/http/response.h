/** An HTTP/1.x reply read from bytes as they come: no I/O, no allocation for body bytes (RFC 9112).
 *  The caller feeds what it has and asks for the next event until MIC_HTTP_MORE. */
#ifndef MIC_HTTP_RESPONSE_H
#define MIC_HTTP_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define MIC_HTTP_LINE_MAX    ((size_t)16 * 1024)
#define MIC_HTTP_HEADERS_MAX ((size_t)64 * 1024) /* bytes of all header lines of one reply */
#define MIC_HTTP_FIELDS_MAX  200U
#define MIC_HTTP_INTERIM_MAX 16U /* 1xx replies before the real one */

enum mic_http_event {
    MIC_HTTP_NOTHING, /* never returned */
    MIC_HTTP_MORE,    /* all input is used: give more, or say that the peer closed */
    MIC_HTTP_HEADERS, /* status and header fields are known; interim (1xx) replies give no event */
    MIC_HTTP_BODY,    /* a piece of the body, dechunked */
    MIC_HTTP_END,     /* the reply is complete; what is left of the input is not part of it */
    MIC_HTTP_BROKEN   /* err says what came; nothing follows */
};

struct mic_http_response {
    unsigned status;
    char reason[64];        /* the status line's words, cut; whatever bytes the peer sent */
    unsigned minor_version; /* of HTTP/1.x */
    int64_t content_length; /* -1: not told */
    bool is_chunked;
    bool is_keep_alive; /* valid at MIC_HTTP_END: the connection may carry another request */

    unsigned char state; /* private from here */
    bool wants_close, wants_keep_alive;
    unsigned field_count, interim_count;
    uint64_t left; /* bytes to come of the body or of the chunk */
    size_t head_bytes, head_limit;
    struct mic_buf line;   /* a line cut in two by the pieces it came in */
    struct mic_buf fields; /* name, zero, value, zero, ... */
};

/** @param max_header_bytes bound on all header lines together; 0: MIC_HTTP_HEADERS_MAX */
void mic_http_response_init(struct mic_http_response *response, size_t max_header_bytes);
void mic_http_response_fini(struct mic_http_response *response);
/** Ready for the next reply; gives memory back. */
void mic_http_response_reset(struct mic_http_response *response);

/** The next event out of @p input, which is advanced behind what was used.
 *  @param[out] piece  with MIC_HTTP_BODY: bytes inside @p input, never none
 *  @return see the enum; with MIC_HTTP_BROKEN @p err is MIC_E_HTTP_SYNTAX or MIC_E_MEMORY */
enum mic_http_event mic_http_response_next(struct mic_http_response *response,
                                           struct mic_str *input, struct mic_str *piece,
                                           struct mic_err *err);
/** The peer closed its side: the end where the body goes on until then, else an error.
 *  @return MIC_HTTP_END or MIC_HTTP_BROKEN (MIC_E_CONNECTION_LOST) */
enum mic_http_event mic_http_response_close(struct mic_http_response *response,
                                            struct mic_err *err);

/** Whether not one byte of a reply has come. */
bool mic_http_response_is_fresh(const struct mic_http_response *response);

/** Iterate over the values of the fields called @p name.
 *  @param position in: 0 at first; out: where to go on
 *  @return a terminated text valid until the reset, or NULL when there is no further one */
const char *mic_http_response_field(const struct mic_http_response *response, const char *name,
                                    size_t *position);
/** Iterate over all fields. @return false at the end. */
bool mic_http_response_each(const struct mic_http_response *response, size_t *position,
                            const char **name, const char **value);

#endif
