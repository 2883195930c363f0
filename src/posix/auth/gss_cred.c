/* Whose ticket, and for whom. */
#include <gssapi/gssapi_krb5.h>
#include <krb5.h>
#include <string.h>

#include "auth/gss_parts.h"
#include "auth/spn.h"
#include "base/mem.h"

/* ---- the user ---- */

/* ASCII only: what is beyond has no case that KDCs agree on. */
static char to_upper(char c)
{
    if (c >= 'a' && c <= 'z') {
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[c - 'a'];
    }
    return c;
}

static char to_lower(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return "abcdefghijklmnopqrstuvwxyz"[c - 'A'];
    }
    return c;
}

static void append_upper(struct mic_buf *out, struct mic_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        mic_buf_append_char(out, to_upper(text.data[i]));
    }
}

/* krb5_parse_name reads '@' as the realm's beginning and '\' as what takes such meaning away. */
static void append_escaped(struct mic_buf *out, struct mic_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '@' || text.data[i] == '\\') {
            mic_buf_append_char(out, '\\');
        }
        mic_buf_append_char(out, text.data[i]);
    }
}

/* Realms are upper case in Active Directory always, elsewhere by custom (RFC 4120 6.1), while users
 * write domains as they like. */
char *mic_gss_principal(const struct mic_auth_settings *settings)
{
    struct mic_str user = mic_str_from(settings->user);
    struct mic_str domain = mic_str_from(settings->domain);
    const char *mark = strchr(settings->user, '\\');
    struct mic_buf out;
    char *text;

    mic_buf_init(&out);
    if (domain.size == 0 && mark != NULL) {
        domain = (struct mic_str){user.data, (size_t)(mark - user.data)};
        user = mic_str_from(mark + 1);
    }
    mark = strrchr(settings->user, '@');
    if (domain.size == 0 && mark != NULL) {
        domain = mic_str_from(mark + 1);
        user.size = (size_t)(mark - user.data);
    }
    append_escaped(&out, user);
    if (domain.size > 0) {
        mic_buf_append_char(&out, '@');
        append_upper(&out, domain);
    }
    mic_buf_append_char(&out, '\0');
    text = mic_buf_steal(&out, NULL);
    mic_buf_fini(&out);
    return text;
}

OM_uint32 mic_gss_acquire(struct mic_gss *gss, OM_uint32 *minor)
{
    gss_OID_set_desc mechanisms = {1, mic_gss_krb5};
    gss_name_t name = GSS_C_NO_NAME;
    OM_uint32 major = GSS_S_COMPLETE, ignored;

    if (gss->credential != GSS_C_NO_CREDENTIAL) {
        return GSS_S_COMPLETE;
    }
    if (gss->principal != NULL) {
        gss_buffer_desc text = {strlen(gss->principal), gss->principal};

        major = gss_import_name(minor, &text, GSS_C_NT_USER_NAME, &name);
        if (GSS_ERROR(major)) {
            return major;
        }
    }
    if (name != GSS_C_NO_NAME && gss->password.size > 0 && gss->delegation != MIC_DELEGATE_NEVER) {
        major = mic_gss_acquire_forwardable(gss, minor);
    } else if (name != GSS_C_NO_NAME && gss->password.size > 0) {
        major = mic_gss_acquire_with_password(minor, name, &gss->password, &mechanisms,
                                              &gss->credential);
    } else {
        major = gss_acquire_cred(minor, name, GSS_C_INDEFINITE, &mechanisms, GSS_C_INITIATE,
                                 &gss->credential, NULL, NULL);
    }
    gss_release_name(&ignored, &name);
    return major;
}

void mic_gss_cache_name(char *out, size_t size)
{
    krb5_context context;
    const char *name = NULL;

    out[0] = '\0';
    if (krb5_init_context(&context) != 0) {
        return;
    }
    name = krb5_cc_default_name(context);
    if (name != NULL) {
        mic_err_quote(mic_str_from(name), out, size);
    }
    krb5_free_context(context);
}

/* ---- the service ---- */

/* What krb5.conf's [domain_realm] says, "" when it is for the KDC to say. */
static void append_realm(struct mic_buf *out, const char *host)
{
    krb5_context context;
    char **realms = NULL;

    if (krb5_init_context(&context) != 0) {
        return;
    }
    if (krb5_get_host_realm(context, host, &realms) == 0) {
        if (realms != NULL && realms[0] != NULL) {
            append_escaped(out, mic_str_from(realms[0]));
        }
        krb5_free_host_realm(context, realms);
    }
    krb5_free_context(context);
}

/* "HTTP/server.example.com@REALM" from a name that is whole, but for the realm perhaps. */
static bool build_whole(struct mic_gss *gss, struct mic_str realm, struct mic_buf *full)
{
    struct mic_str host = mic_spn_host(gss->spn);
    char *name = mic_strndup(host.data, host.size);

    mic_buf_append_char(full, '@');
    if (realm.size > 0) {
        mic_buf_append_str(full, realm);
    } else if (name != NULL) {
        append_realm(full, name);
    }
    mic_free(name);
    return name != NULL;
}

static bool build_target(struct mic_gss *gss, const char *service, struct mic_buf *full)
{
    const struct mic_auth_settings settings = {
        .host = gss->host, .port = gss->port, .port_in_spn = gss->port_in_spn, .spn = gss->spn};
    struct mic_str realm;
    bool is_whole = gss->spn != NULL && mic_spn_is_whole(gss->spn, &realm);
    bool ok = true;

    mic_spn_write(&settings, service, full);
    for (size_t i = 0, slashes = 0; i < full->size && !is_whole; i++) { /* the host's name */
        slashes += full->data[i] == '/';
        if (slashes > 0) {
            full->data[i] = to_lower(full->data[i]);
        }
    }
    mic_free(gss->target);
    gss->target = full->failed ? NULL : mic_strndup(full->data, full->size);
    if (is_whole) {
        ok = build_whole(gss, realm, full);
    } else {
        mic_buf_append_char(full, '@');
        append_realm(full, gss->host);
    }
    return ok && !full->failed && gss->target != NULL;
}

void mic_gss_set_no_name(const struct mic_gss *gss, struct mic_err *err)
{
    mic_err_set(err, MIC_E_ARGUMENT, "Kerberos cannot read the service name \"%s\", made of the %s",
                gss->target,
                gss->spn != NULL ? "destination option __MI_DESTINATIONOPTIONS_SPN"
                                 : "host's name");
}

/* GSS_C_NT_HOSTBASED_SERVICE would let the library ask a name server for another name of the host
 * (dns_canonicalize_hostname, rdns), which a forged answer turns into a ticket for someone else. */
bool mic_gss_import_target(struct mic_gss *gss, unsigned number, struct mic_err *err)
{
    static const char *const services[] = {"HTTP", "WSMAN", "host"};
    OM_uint32 minor;
    struct mic_buf full;
    bool ok = false, is_built;

    if (number >= (gss->spn != NULL ? 1 : MIC_COUNT(services))) {
        return false;
    }
    gss_release_name(&minor, &gss->name);
    mic_buf_init(&full);
    is_built = build_target(gss, services[number], &full);
    if (is_built) {
        gss_buffer_desc text = {full.size, full.data};

        ok = gss_import_name(&minor, &text, (gss_OID)(uintptr_t)GSS_KRB5_NT_PRINCIPAL_NAME,
                             &gss->name) == GSS_S_COMPLETE;
    }
    mic_buf_fini(&full);
    if (!is_built) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for the name of a service on %s", gss->host);
    } else if (!ok) {
        mic_gss_set_no_name(gss, err);
    }
    return ok;
}
