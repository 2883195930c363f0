/* What MIT's library does in its own way. */
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <krb5.h>
#include <string.h>

#include "auth/gss_parts.h"

static gss_OID_desc krb5_oid = {9, (void *)(uintptr_t) "\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"};
const gss_OID mic_gss_krb5 = &krb5_oid;

OM_uint32 mic_gss_acquire_with_password(OM_uint32 *minor, gss_name_t name,
                                        const struct mic_secret *password, gss_OID_set mechanisms,
                                        gss_cred_id_t *credential)
{
    gss_buffer_desc secret = {password->size, password->data};

    return gss_acquire_cred_with_password(minor, name, &secret, GSS_C_INDEFINITE, mechanisms,
                                          GSS_C_INITIATE, credential, NULL, NULL);
}

static void append_le32(struct mic_buf *out, size_t value)
{
    for (unsigned shift = 0; shift < 32; shift += 8) {
        mic_buf_append_char(out, (char)(value >> shift & 0xff));
    }
}

/* No trailer is asked for, so that all but the text goes into the header (RFC 4121 4.2.5: rotated
 * right), as SSPI makes it. The text is encrypted where it lies: in @p out. */
OM_uint32 mic_gss_wrap(OM_uint32 *minor, gss_ctx_id_t context, const char *plain, size_t size,
                       struct mic_buf *out)
{
    gss_iov_buffer_desc iov[3] = {
        {.type = GSS_IOV_BUFFER_TYPE_HEADER},
        {.type = GSS_IOV_BUFFER_TYPE_DATA, .buffer = {size, (void *)(uintptr_t)plain}},
        {.type = GSS_IOV_BUFFER_TYPE_PADDING}};
    size_t at;
    OM_uint32 major =
        gss_wrap_iov_length(minor, context, 1, GSS_C_QOP_DEFAULT, NULL, iov, MIC_COUNT(iov));
    int is_sealed = 0;

    if (major != GSS_S_COMPLETE) {
        return major;
    }
    append_le32(out, iov[0].buffer.length);
    at = out->size;
    if (!mic_buf_reserve(out, iov[0].buffer.length + size + iov[2].buffer.length)) {
        return GSS_S_COMPLETE; /* the buffer says it failed */
    }
    out->size += iov[0].buffer.length;
    mic_buf_append(out, plain, size);
    out->size += iov[2].buffer.length;
    iov[0].buffer.value = out->data + at;
    iov[1].buffer.value = out->data + at + iov[0].buffer.length;
    iov[2].buffer.value = out->data + out->size - iov[2].buffer.length;
    major = gss_wrap_iov(minor, context, 1, GSS_C_QOP_DEFAULT, &is_sealed, iov, MIC_COUNT(iov));
    return major == GSS_S_COMPLETE && !is_sealed ? GSS_S_UNAVAILABLE : major;
}

/* gss_unwrap would do for AES; an RC4 token as SSPI makes it counts only itself in its frame, which
 * gss_unwrap refuses. */
OM_uint32 mic_gss_unwrap(OM_uint32 *minor, gss_ctx_id_t context, const char *sealed,
                         size_t header_size, size_t size, struct mic_buf *out, bool *is_sealed)
{
    size_t at = out->size;
    gss_iov_buffer_desc iov[3] = {{.type = GSS_IOV_BUFFER_TYPE_HEADER},
                                  {.type = GSS_IOV_BUFFER_TYPE_DATA},
                                  {.type = GSS_IOV_BUFFER_TYPE_PADDING}};
    /* RFC 4757 7.3 pads to one byte more, always; its frame is RFC 2743's, RFC 4121 has none. */
    size_t padding = sealed[0] == 0x60 && header_size < size ? 1 : 0;
    int has_privacy = 0;
    OM_uint32 major;

    mic_buf_append(out, sealed, size);
    if (out->failed) {
        return GSS_S_COMPLETE;
    }
    iov[0].buffer.value = out->data + at;
    iov[0].buffer.length = header_size;
    iov[1].buffer.value = out->data + at + header_size;
    iov[1].buffer.length = size - header_size - padding;
    iov[2].buffer.value = out->data + at + size - padding;
    iov[2].buffer.length = padding;
    major = gss_unwrap_iov(minor, context, &has_privacy, NULL, iov, MIC_COUNT(iov));
    *is_sealed = has_privacy != 0;
    out->size = at;
    if (major == GSS_S_COMPLETE) {
        memmove(out->data + at, iov[1].buffer.value, iov[1].buffer.length);
        out->size = at + iov[1].buffer.length;
    }
    return major;
}

bool mic_gss_server_time(struct mic_str krb_error, int64_t *seconds)
{
    krb5_data data = {.length = (unsigned)krb_error.size,
                      .data = (char *)(uintptr_t)krb_error.data};
    krb5_context context;
    krb5_error *error = NULL;
    bool ok = false;

    if (krb5_init_context(&context) != 0) {
        return false;
    }
    if (krb5_rd_error(context, &data, &error) == 0) {
        *seconds = (int64_t)(uint32_t)error->stime;
        ok = true;
        krb5_free_error(context, error);
    }
    krb5_free_context(context);
    return ok;
}
