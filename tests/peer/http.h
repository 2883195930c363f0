#ifndef PEER_HTTP_H
#define PEER_HTTP_H

#include "conn.h"

struct peer_request {
    struct peer_arena arena;
    const char *method;
    const char *target;
    int minor;
    const char *names[64];
    const char *values[64];
    size_t header_count;
    const char *body;
    size_t body_len;
    bool keep_alive;
};

#define PEER_MAX_CUTS 16

struct peer_response {
    int status;
    /** NULL: none. */
    const char *content_type;
    /** Further header lines, each with its CRLF. */
    struct peer_buf headers;
    struct peer_buf body;
    /** Chunked, with a chunk ending at each of these offsets and at the end. */
    bool chunked;
    size_t cuts[PEER_MAX_CUTS];
    size_t cut_count;
    bool close;
    /** Envelopes of it are out already: the body follows as the last chunk. */
    bool live;
    /** The client went away while the request was held: nothing is sent. */
    bool gone;
    /** The request was not understood: nothing but the status goes out. */
    bool bare;
};

enum peer_read { READ_OK, READ_END, READ_REFUSED };

/** Next request of a connection. READ_REFUSED: @p response says why, then the end. */
enum peer_read peer_http_read(struct peer_conn *conn, struct peer_request *request,
                              struct peer_response *response);
const char *peer_http_header(const struct peer_request *request, const char *name);
/** Status line, headers and body as one piece of bytes; body_at tells where the body starts. */
void peer_http_format(const struct peer *peer, const struct peer_response *response,
                      struct peer_buf *out, size_t *body_at);
void peer_request_free(struct peer_request *request);
void peer_response_free(struct peer_response *response);

/** Serve a connection until it ends. */
void peer_conn_serve(struct peer_conn *conn);

#endif
