/* What Heimdal's library does in its own way. */
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

/* Without a trailer all but the text goes into the header (RFC 4121 4.2.5), as SSPI makes it. */
OM_uint32 mic_gss_wrap(OM_uint32 *minor, gss_ctx_id_t context, const char *plain, size_t size,
                       struct mic_buf *out)
{
    gss_iov_buffer_desc iov[3] = {
        {.type = GSS_IOV_BUFFER_TYPE_HEADER | GSS_IOV_BUFFER_FLAG_ALLOCATE},
        {.type = GSS_IOV_BUFFER_TYPE_DATA},
        {.type = GSS_IOV_BUFFER_TYPE_PADDING | GSS_IOV_BUFFER_FLAG_ALLOCATE}};
    struct mic_buf text;
    OM_uint32 major = GSS_S_COMPLETE, ignored;
    int is_sealed = 0;

    mic_buf_init(&text);
    mic_buf_append(&text, plain, size); /* encrypted in place */
    if (text.failed) {
        out->failed = true;
        goto done;
    }
    iov[1].buffer.value = text.data;
    iov[1].buffer.length = size;
    major = gss_wrap_iov(minor, context, 1, GSS_C_QOP_DEFAULT, &is_sealed, iov, MIC_COUNT(iov));
    if (major == GSS_S_COMPLETE && !is_sealed) {
        major = GSS_S_UNAVAILABLE;
    }
    if (major == GSS_S_COMPLETE) {
        append_le32(out, iov[0].buffer.length);
        for (size_t i = 0; i < MIC_COUNT(iov); i++) {
            mic_buf_append(out, iov[i].buffer.value, iov[i].buffer.length);
        }
    }
    gss_release_iov_buffer(&ignored, iov, MIC_COUNT(iov));
done:
    mic_buf_fini(&text);
    return major;
}

OM_uint32 mic_gss_unwrap(OM_uint32 *minor, gss_ctx_id_t context, const char *sealed,
                         size_t header_size, size_t size, struct mic_buf *out, bool *is_sealed)
{
    gss_buffer_desc input = {size, (void *)(uintptr_t)sealed};
    gss_buffer_desc plain = GSS_C_EMPTY_BUFFER;
    int has_privacy = 0;
    OM_uint32 ignored, major = gss_unwrap(minor, context, &input, &plain, &has_privacy, NULL);

    (void)header_size;
    *is_sealed = has_privacy != 0;
    if (major == GSS_S_COMPLETE) {
        mic_buf_append(out, plain.value, plain.length);
    }
    gss_release_buffer(&ignored, &plain);
    return major;
}

bool mic_gss_server_time(struct mic_str krb_error, int64_t *seconds)
{
    krb5_data data = {.length = krb_error.size, .data = (void *)(uintptr_t)krb_error.data};
    krb5_context context;
    KRB_ERROR error;
    bool ok = false;

    if (krb5_init_context(&context) != 0) {
        return false;
    }
    if (krb5_rd_error(context, &data, &error) == 0) {
        *seconds = (int64_t)error.stime;
        ok = true;
        krb5_free_error_contents(context, &error);
    }
    krb5_free_context(context);
    return ok;
}
