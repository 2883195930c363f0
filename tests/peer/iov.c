#include "iov.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gssapi/gssapi_ext.h>

size_t peer_iov_wrap(gss_ctx_id_t context, const char *text, size_t len, struct peer_buf *out)
{
    gss_iov_buffer_desc iov[3] = {
        {.type = GSS_IOV_BUFFER_TYPE_HEADER | GSS_IOV_BUFFER_FLAG_ALLOCATE},
        {.type = GSS_IOV_BUFFER_TYPE_DATA},
        {.type = GSS_IOV_BUFFER_TYPE_PADDING | GSS_IOV_BUFFER_FLAG_ALLOCATE}};
    char *copy = peer_xmalloc(len + 1);
    char count[4];
    OM_uint32 minor;
    size_t token_len;
    int has_privacy = 0;

    memcpy(copy, text, len);
    iov[1].buffer.value = copy;
    iov[1].buffer.length = len;
    if (gss_wrap_iov(&minor, context, 1, GSS_C_QOP_DEFAULT, &has_privacy, iov, 3) !=
            GSS_S_COMPLETE ||
        !has_privacy) {
        fprintf(stderr, "mi-peer: cannot seal\n");
        abort();
    }
    token_len = iov[0].buffer.length;
    for (unsigned i = 0; i < 4; i++) {
        count[i] = (char)(token_len >> (8 * i) & 0xff);
    }
    peer_put(out, count, 4);
    for (unsigned i = 0; i < 3; i++) {
        if (iov[i].buffer.length > 0) {
            peer_put(out, iov[i].buffer.value, iov[i].buffer.length);
        }
    }
    gss_release_iov_buffer(&minor, iov, 3);
    free(copy);
    return token_len;
}

OM_uint32 peer_iov_unwrap(gss_ctx_id_t context, const char *data, size_t token_len, size_t len,
                          OM_uint32 *minor, struct peer_buf *plain, int *has_privacy)
{
    size_t padding = len > token_len && data[0] == 0x60 ? 1 : 0; /* RC4 (RFC 4757 7.3) */
    gss_iov_buffer_desc iov[3] = {{.type = GSS_IOV_BUFFER_TYPE_HEADER},
                                  {.type = GSS_IOV_BUFFER_TYPE_DATA},
                                  {.type = GSS_IOV_BUFFER_TYPE_PADDING}};
    char *copy = peer_xmalloc(len + 1);
    OM_uint32 major;

    memcpy(copy, data, len);
    iov[0].buffer.value = copy;
    iov[0].buffer.length = token_len;
    iov[1].buffer.value = copy + token_len;
    iov[1].buffer.length = len - token_len - padding;
    iov[2].buffer.value = copy + len - padding;
    iov[2].buffer.length = padding;
    major = gss_unwrap_iov(minor, context, has_privacy, NULL, iov, 3);
    if (major == GSS_S_COMPLETE) {
        peer_put(plain, iov[1].buffer.value, iov[1].buffer.length);
    }
    free(copy);
    return major;
}
