/* The security context (RFC 2743 2.2, RFC 4121): its legs and its messages. */
#include "auth/gss.h"

#include <string.h>

#include "auth/der.h"
#include "auth/gss_parts.h"
#include "auth/spn.h"
#include "base/clock.h"
#include "base/mem.h"

/* RFC 4757 8 and MIT's gssapi_ext.h; older libraries have no name for it and ignore it. */
#define CHANNEL_BOUND 2048U
#define WANTED                                                                                     \
    (GSS_C_MUTUAL_FLAG | GSS_C_REPLAY_FLAG | GSS_C_SEQUENCE_FLAG | GSS_C_CONF_FLAG |               \
     GSS_C_INTEG_FLAG)
#define ENDING_MS 60000U

/* What a server's token carries: RFC 4121 4.1. */
#define AP_REP_MARK    "\x02\x00"
#define KRB_ERROR_MARK "\x03\x00"

MI_Result mic_gss_check(struct mic_err *err)
{
    (void)err;
    return MI_RESULT_OK;
}

struct mic_gss *mic_gss_open(const struct mic_auth_settings *settings,
                             struct mic_str channel_binding, struct mic_err *err)
{
    struct mic_gss *gss = mic_calloc(1, sizeof(*gss));

    if (gss == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        return NULL;
    }
    mic_buf_init(&gss->binding);
    mic_buf_init(&gss->server_error);
    gss->credential = GSS_C_NO_CREDENTIAL;
    gss->context = GSS_C_NO_CONTEXT;
    gss->name = GSS_C_NO_NAME;
    gss->port = settings->port;
    gss->port_in_spn = settings->port_in_spn;
    gss->delegation = settings->delegation;
    gss->host = mic_strdup(settings->host);
    gss->spn = mic_strdup(settings->spn);
    mic_buf_append_str(&gss->binding, channel_binding);
    if (settings->user != NULL && settings->user[0] != '\0') {
        gss->principal = mic_gss_principal(settings);
    }
    if (gss->principal != NULL && settings->password != NULL && settings->tickets != NULL) {
        mic_gss_tickets_join(gss, settings->tickets);
    }
    if (gss->host == NULL || gss->binding.failed || (settings->spn != NULL && gss->spn == NULL) ||
        (settings->user != NULL && settings->user[0] != '\0' && gss->principal == NULL) ||
        (settings->password != NULL &&
         mic_secret_init(&gss->password, settings->password->data) != 0)) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        mic_gss_close(gss);
        return NULL;
    }
    return gss;
}

static void forget_context(struct mic_gss *gss)
{
    OM_uint32 minor;

    if (gss->context != GSS_C_NO_CONTEXT) {
        gss_delete_sec_context(&minor, &gss->context, GSS_C_NO_BUFFER);
        gss->context = GSS_C_NO_CONTEXT;
    }
}

static void forget_credential(struct mic_gss *gss)
{
    OM_uint32 minor;

    if (gss->ticket != NULL) {
        mic_gss_tickets_forget(gss);
    } else if (gss->credential != GSS_C_NO_CREDENTIAL) {
        gss_release_cred(&minor, &gss->credential);
        gss->credential = GSS_C_NO_CREDENTIAL;
    }
    mic_gss_cache_free(gss->cache);
    gss->cache = NULL;
    mic_secret_fini(&gss->password);
}

void mic_gss_close(struct mic_gss *gss)
{
    OM_uint32 minor;

    if (gss == NULL) {
        return;
    }
    if (gss->ticket != NULL && gss->is_refused) {
        mic_gss_tickets_drop(gss); /* the server may have a new key */
    }
    forget_context(gss);
    forget_credential(gss);
    if (gss->tickets != NULL) {
        mic_gss_tickets_part(gss);
    }
    gss_release_name(&minor, &gss->name);
    mic_buf_fini(&gss->binding);
    mic_buf_fini(&gss->server_error);
    mic_free(gss->target);
    mic_free(gss->principal);
    mic_free(gss->host);
    mic_free(gss->spn);
    mic_free(gss);
}

void mic_gss_refuse(struct mic_gss *gss)
{
    gss->is_refused = true;
}

bool mic_gss_is_done(const struct mic_gss *gss)
{
    return gss->is_done;
}

bool mic_gss_is_ending(const struct mic_gss *gss)
{
    return gss->is_done && gss->end_ms != 0 && mic_clock_ms() + ENDING_MS >= gss->end_ms;
}

bool mic_gss_is_final(const struct mic_gss *gss)
{
    return gss->is_final;
}

const char *mic_gss_client(const struct mic_gss *gss)
{
    return gss->principal != NULL ? gss->principal : "the owner of the ticket";
}

const char *mic_gss_target(const struct mic_gss *gss)
{
    return gss->target != NULL ? gss->target : gss->host;
}

/* ---- legs ---- */

static OM_uint32 wanted(const struct mic_gss *gss)
{
    static const OM_uint32 delegation[] = {0, GSS_C_DELEG_POLICY_FLAG, GSS_C_DELEG_FLAG};

    return WANTED | (gss->binding.size > 0 ? CHANNEL_BOUND : 0) | delegation[gss->delegation];
}

static OM_uint32 init_context(struct mic_gss *gss, struct mic_str input, gss_buffer_t output,
                              OM_uint32 *flags, OM_uint32 *minor)
{
    struct gss_channel_bindings_struct bindings = {0};
    gss_buffer_desc token = {input.size, (void *)(uintptr_t)input.data};
    OM_uint32 major, lifetime = GSS_C_INDEFINITE;
    bool is_bound = gss->binding.size > 0;

    bindings.application_data.length = gss->binding.size;
    bindings.application_data.value = gss->binding.data;
    major = gss_init_sec_context(minor, gss->credential, &gss->context, gss->name, mic_gss_krb5,
                                 wanted(gss), 0, is_bound ? &bindings : GSS_C_NO_CHANNEL_BINDINGS,
                                 input.size > 0 ? &token : GSS_C_NO_BUFFER, NULL, output, flags,
                                 &lifetime);
    if (major == GSS_S_COMPLETE && lifetime != GSS_C_INDEFINITE) {
        gss->end_ms = mic_clock_ms() + (uint64_t)lifetime * 1000;
    }
    return major;
}

/* A failed first call leaves no context that could be gone on with. */
static OM_uint32 begin_context(struct mic_gss *gss, unsigned number, gss_buffer_t output,
                               OM_uint32 *flags, OM_uint32 *minor, struct mic_err *err)
{
    OM_uint32 major;

    if (!mic_gss_import_target(gss, number, err)) {
        return GSS_S_BAD_NAME;
    }
    major = init_context(gss, MIC_STR(""), output, flags, minor);
    if (GSS_ERROR(major)) {
        forget_context(gss);
    }
    if (GSS_ERROR(major) && mic_gss_is_malformed(*minor)) { /* the user's has been read before */
        mic_gss_set_no_name(gss, err);
    }
    return major;
}

/* Windows registers no such names (only IPv4's, where it is told to), and Heimdal takes what is
 * before the first colon for the host and reads beyond its end. */
static bool is_address6(const struct mic_gss *gss)
{
    struct mic_str realm;

    return strchr(gss->host, ':') != NULL &&
           (gss->spn == NULL || !mic_spn_is_whole(gss->spn, &realm));
}

static OM_uint32 refuse_address6(const struct mic_gss *gss, struct mic_err *err)
{
    mic_err_set(err, MIC_E_LOGON_TARGET,
                "Kerberos knows servers by their names, and %s is an IPv6 address", gss->host);
    mic_err_remedy(err, "Address the server by its name, give its service name, or log on with "
                        "NTLM.");
    return GSS_S_BAD_NAME;
}

/* The service names in their order, as long as the KDC does not know them. */
static OM_uint32 begin(struct mic_gss *gss, gss_buffer_t output, OM_uint32 *flags, OM_uint32 *minor,
                       struct mic_err *err)
{
    OM_uint32 major = is_address6(gss) ? refuse_address6(gss, err) : mic_gss_acquire(gss, minor);

    if (GSS_ERROR(major) && err->code == MIC_E_NONE) {
        mic_gss_import_target(gss, 0, err); /* for the text */
    }
    if (GSS_ERROR(major)) {
        return major;
    }
    major = begin_context(gss, 0, output, flags, minor, err);
    for (unsigned i = 1; GSS_ERROR(major) && mic_gss_is_unknown_target(*minor) &&
                         !gss->port_in_spn && gss->spn == NULL;
         i++) {
        OM_uint32 again_minor = 0;
        OM_uint32 again = begin_context(gss, i, output, flags, &again_minor, err);

        if (again == GSS_S_BAD_NAME) {
            break; /* the last one */
        }
        major = again;
        *minor = again_minor;
    }
    return major;
}

/* RFC 2743 3.1. Heimdal 7 goes on with what it could not take out of a token, and reads whatever
 * memory that points to. */
static bool is_token(struct mic_str input)
{
    size_t oid_size = mic_gss_krb5->length, whole = input.size;
    struct mic_str body;
    unsigned tag;

    if (!mic_der_take(&input, &tag, &body) || tag != 0x60 || whole != mic_der_size(body.size) ||
        body.size < 2 + oid_size + 2 || body.data[0] != 6 || body.data[1] != (char)oid_size ||
        memcmp(body.data + 2, mic_gss_krb5->elements, oid_size) != 0) {
        return false;
    }
    body.data += 2 + oid_size;
    return memcmp(body.data, AP_REP_MARK, 2) == 0 || memcmp(body.data, KRB_ERROR_MARK, 2) == 0;
}

/* MIT's library tells of an error token, but not what is in it. */
static void keep_server_error(struct mic_gss *gss, struct mic_str input)
{
    const char *oid = mic_gss_krb5->elements;
    size_t oid_size = mic_gss_krb5->length;

    for (size_t i = 0; i < 8 && i + oid_size + 2 < input.size; i++) {
        if (memcmp(input.data + i, oid, oid_size) == 0 &&
            memcmp(input.data + i + oid_size, KRB_ERROR_MARK, 2) == 0) {
            mic_buf_clear(&gss->server_error);
            mic_buf_append(&gss->server_error, input.data + i + oid_size + 2,
                           input.size - i - oid_size - 2);
            return;
        }
    }
}

/* Before anything leaves: a service that was to act for the user would only fail later. */
static MI_Result check_delegation(struct mic_gss *gss, OM_uint32 flags, struct mic_err *err)
{
    if (gss->delegation != MIC_DELEGATE_ALWAYS || (flags & GSS_C_DELEG_FLAG) != 0) {
        return MI_RESULT_OK;
    }
    gss->is_final = true;
    mic_err_set(err, MIC_E_LOGON_KERBEROS,
                "the ticket of %s cannot be forwarded to %s, which delegation asks for",
                mic_gss_client(gss), mic_gss_target(gss));
    mic_err_remedy(err, "Get a ticket that may be forwarded (kinit -f); the KDC gives none to "
                        "accounts that must not be delegated, or to Protected Users.");
    return err->result;
}

static MI_Result finish(struct mic_gss *gss, OM_uint32 flags, struct mic_err *err)
{
    if ((flags & GSS_C_MUTUAL_FLAG) == 0) {
        return mic_err_set(err, MIC_E_LOGON_MUTUAL,
                           "%s did not prove that it is %s: Kerberos gave no mutual authentication",
                           gss->host, mic_gss_target(gss));
    }
    if ((flags & (GSS_C_CONF_FLAG | GSS_C_INTEG_FLAG)) != (GSS_C_CONF_FLAG | GSS_C_INTEG_FLAG)) {
        return mic_err_set(err, MIC_E_LOGON_KERBEROS,
                           "the Kerberos logon to %s as %s cannot protect messages", gss->host,
                           mic_gss_client(gss));
    }
    gss->is_done = true;
    if (gss->ticket != NULL && mic_gss_is_ending(gss)) {
        mic_gss_tickets_drop(gss); /* the service's ends before the user's */
    }
    forget_credential(gss);
    return MI_RESULT_OK;
}

/* A shared ticket may have died early: a machine that slept, a KDC with a new key. */
static OM_uint32 begin_shared(struct mic_gss *gss, gss_buffer_t output, OM_uint32 *flags,
                              OM_uint32 *minor, struct mic_err *err)
{
    OM_uint32 major = begin(gss, output, flags, minor, err);

    if (GSS_ERROR(major) && gss->ticket != NULL && err->code == MIC_E_NONE &&
        !mic_gss_is_unknown_target(*minor)) {
        mic_gss_tickets_drop(gss);
        major = begin(gss, output, flags, minor, err);
    }
    return major;
}

static MI_Result step(struct mic_gss *gss, struct mic_str input, struct mic_buf *output,
                      struct mic_err *err)
{
    gss_buffer_desc token = GSS_C_EMPTY_BUFFER;
    OM_uint32 major, minor = 0, flags = 0, ignored;
    MI_Result result = MI_RESULT_OK;

    if (gss->context == GSS_C_NO_CONTEXT) {
        major = begin_shared(gss, &token, &flags, &minor, err);
    } else if (!is_token(input)) {
        return mic_err_set(err, MIC_E_LOGON_PROTOCOL, "%s sent a token that is none of Kerberos'",
                           gss->host);
    } else {
        gss->is_answered = true;
        keep_server_error(gss, input);
        major = init_context(gss, input, &token, &flags, &minor);
    }
    if (GSS_ERROR(major)) {
        result = err->code != MIC_E_NONE ? err->result : mic_gss_fail(gss, major, minor, err);
    } else {
        mic_buf_append(output, token.value, token.length);
        if (output->failed) {
            result = mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        } else if (input.size == 0) {
            result = check_delegation(gss, flags, err);
        } else if (major == GSS_S_COMPLETE) {
            result = finish(gss, flags, err);
        }
    }
    gss_release_buffer(&ignored, &token);
    return result;
}

MI_Result mic_gss_step(struct mic_gss *gss, struct mic_str input, struct mic_buf *output,
                       struct mic_err *err)
{
    MI_Result result;

    if (gss->tickets == NULL || gss->has_begun) {
        result = step(gss, input, output, err);
        gss->is_refused = gss->is_refused || result != MI_RESULT_OK;
        return result;
    }
    result = mic_gss_tickets_enter(gss, err);
    if (result == MI_RESULT_OK) {
        result = step(gss, input, output, err);
        gss->has_begun = result == MI_RESULT_OK;
        mic_gss_tickets_leave(gss, result, err);
    }
    return result;
}

/* ---- messages ---- */

MI_Result mic_gss_seal(struct mic_gss *gss, const char *plain, size_t size, struct mic_buf *out,
                       struct mic_err *err)
{
    OM_uint32 minor = 0;
    OM_uint32 major = mic_gss_wrap(&minor, gss->context, plain, size, out);

    if (major != GSS_S_COMPLETE) {
        return mic_gss_fail_message("sealing a message with Kerberos failed", major, minor, err);
    }
    return out->failed ? mic_err_set(err, MIC_E_MEMORY, "out of memory for a sealed message")
                       : MI_RESULT_OK;
}

static size_t read_le32(const char *bytes)
{
    const unsigned char *at = (const unsigned char *)bytes;

    return (size_t)at[0] | (size_t)at[1] << 8 | (size_t)at[2] << 16 | (size_t)at[3] << 24;
}

/* What is not GSS_S_COMPLETE alone is refused: GSS tells of a message that comes twice or not in
 * its turn by a bit beside it (RFC 2743 1.2.3). */
MI_Result mic_gss_unseal(struct mic_gss *gss, const char *sealed, size_t size, struct mic_buf *out,
                         struct mic_err *err)
{
    size_t before = out->size, header_size;
    OM_uint32 major, minor = 0;
    bool is_sealed = false;

    if (size < 4 || (header_size = read_le32(sealed)) == 0 || header_size > size - 4) {
        return mic_err_set(err, MIC_E_SEAL, "a sealed message of %lu bytes has no whole token",
                           (unsigned long)size);
    }
    major =
        mic_gss_unwrap(&minor, gss->context, sealed + 4, header_size, size - 4, out, &is_sealed);
    if (out->failed) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a sealed message");
    }
    if (major == GSS_S_COMPLETE && is_sealed) {
        return MI_RESULT_OK;
    }
    out->size = before;
    if (major == GSS_S_COMPLETE) {
        return mic_err_set(err, MIC_E_SEAL, "a message was signed but not encrypted");
    }
    return mic_gss_fail_message("a sealed message was changed on its way, or came twice or out of "
                                "its turn",
                                major, minor, err);
}

/* A token of RFC 4121 tells how it is rotated, whoever made it; one of RC4 has to be cut by hand.
 */
static OM_uint32 unwrap_whole(struct mic_gss *gss, struct mic_str sealed, struct mic_buf *out,
                              OM_uint32 *minor, bool *is_sealed)
{
    gss_buffer_desc input = {sealed.size, (void *)(uintptr_t)sealed.data};
    gss_buffer_desc plain = GSS_C_EMPTY_BUFFER;
    int has_privacy = 0;
    OM_uint32 ignored;
    OM_uint32 major = gss_unwrap(minor, gss->context, &input, &plain, &has_privacy, NULL);

    *is_sealed = has_privacy != 0;
    if (major == GSS_S_COMPLETE) {
        mic_buf_append(out, plain.value, plain.length);
    }
    gss_release_buffer(&ignored, &plain);
    return major;
}

MI_Result mic_gss_unseal_whole(struct mic_gss *gss, struct mic_str sealed, size_t plain_size,
                               struct mic_buf *out, struct mic_err *err)
{
    size_t before = out->size;
    OM_uint32 major, minor = 0;
    bool is_sealed = false;

    if (sealed.size > plain_size + 1 && sealed.data[0] == 0x60) {
        major = mic_gss_unwrap(&minor, gss->context, sealed.data, sealed.size - plain_size - 1,
                               sealed.size, out, &is_sealed);
    } else {
        major = unwrap_whole(gss, sealed, out, &minor, &is_sealed);
    }
    if (out->failed) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a sealed message");
    }
    if (major == GSS_S_COMPLETE && is_sealed) {
        return MI_RESULT_OK;
    }
    out->size = before;
    return major == GSS_S_COMPLETE
               ? mic_err_set(err, MIC_E_SEAL, "a message was signed but not encrypted")
               : mic_gss_fail_message("a sealed message is not what the other side made", major,
                                      minor, err);
}

MI_Result mic_gss_sign(struct mic_gss *gss, struct mic_str message, struct mic_buf *out,
                       struct mic_err *err)
{
    gss_buffer_desc text = {message.size, (void *)(uintptr_t)message.data};
    gss_buffer_desc mic = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor = 0, ignored;
    OM_uint32 major = gss_get_mic(&minor, gss->context, GSS_C_QOP_DEFAULT, &text, &mic);

    if (major != GSS_S_COMPLETE) {
        return mic_gss_fail_message("signing with Kerberos failed", major, minor, err);
    }
    mic_buf_append(out, mic.value, mic.length);
    gss_release_buffer(&ignored, &mic);
    return out->failed ? mic_err_set(err, MIC_E_MEMORY, "out of memory for a signature")
                       : MI_RESULT_OK;
}

MI_Result mic_gss_verify(struct mic_gss *gss, struct mic_str message, struct mic_str signature,
                         struct mic_err *err)
{
    gss_buffer_desc text = {message.size, (void *)(uintptr_t)message.data};
    gss_buffer_desc mic = {signature.size, (void *)(uintptr_t)signature.data};
    OM_uint32 minor = 0;
    OM_uint32 major = gss_verify_mic(&minor, gss->context, &text, &mic, NULL);

    return major == GSS_S_COMPLETE
               ? MI_RESULT_OK
               : mic_gss_fail_message("the server's signature is wrong", major, minor, err);
}
