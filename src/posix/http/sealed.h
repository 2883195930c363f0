/** The form in which sealed messages travel over plain HTTP: multipart/encrypted (MS-WSMV 2.2.9.1).
 *  No I/O; what is in the parts is sealed and opened by the connection's authentication scheme. */
#ifndef MIC_HTTP_SEALED_H
#define MIC_HTTP_SEALED_H

#include <stdbool.h>
#include <stddef.h>

#include "auth/auth.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/** The content's own type, which a request without sealing has in its Content-Type. */
#define MIC_SEALED_CONTENT_TYPE "application/soap+xml;charset=UTF-8"

/** Append the value of Content-Type for a message of @p plain_size bytes. */
void mic_sealed_write_type(const struct mic_auth_scheme *scheme, size_t plain_size,
                           struct mic_buf *out);
/** Append the body: @p plain sealed, in the pieces that the scheme asks for.
 *  @return not MI_RESULT_OK: the peer expects a message that it will not get, so that the
 * connection is of no further use */
MI_Result mic_sealed_write(struct mic_auth *auth, struct mic_str plain, struct mic_buf *out,
                           struct mic_err *err);

/** Whether this Content-Type is that of a sealed message. NULL is allowed. */
bool mic_sealed_is_type(const char *content_type);

/** Reads one body as its bytes come. */
struct mic_sealed_reader {
    size_t part_count;   /* opened so far */
    struct mic_buf type; /* what the parts say of the content: MIC_SEALED_CONTENT_TYPE ... */

    unsigned char state; /* private from here */
    bool has_length;
    size_t limit, length, need, header_bytes;
    /* not used yet: less than a line, or less than a part. Memory may be lent to it before the
     * first byte, and taken back behind the last */
    struct mic_buf in;
    struct mic_buf boundary; /* the first line without its blanks */
};

/** @param limit  of the plain bytes of one part */
void mic_sealed_reader_init(struct mic_sealed_reader *reader, size_t limit);
void mic_sealed_reader_fini(struct mic_sealed_reader *reader);
/** Take all of @p input; append the content of each part that is whole and was opened to @p plain.
 *  @return not MI_RESULT_OK: MIC_E_PROTOCOL for the form, MIC_E_ENVELOPE_SIZE, or what the scheme
 * says. Nothing more can be read then */
MI_Result mic_sealed_reader_push(struct mic_sealed_reader *reader, struct mic_auth *auth,
                                 struct mic_str input, struct mic_buf *plain, struct mic_err *err);
/** The body has ended: whether the message has, too. */
MI_Result mic_sealed_reader_end(const struct mic_sealed_reader *reader, struct mic_err *err);

#endif
