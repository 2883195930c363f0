/* A ticket that may be forwarded: GSSAPI asks for one only where krb5.conf says forwardable, so
 * where delegation is asked for Kerberos' own interface gets it. */
#include <gssapi/gssapi_krb5.h>
#include <krb5.h>
#include <string.h>

#include "auth/gss_parts.h"
#include "base/mem.h"

struct mic_gss_cache {
    krb5_context context;
    krb5_ccache cache; /* of MEMORY:, this object's alone */
};

void mic_gss_cache_free(struct mic_gss_cache *cache)
{
    if (cache == NULL) {
        return;
    }
    if (cache->cache != NULL) {
        krb5_cc_destroy(cache->context, cache->cache);
    }
    krb5_free_context(cache->context);
    mic_free(cache);
}

static krb5_error_code ask(struct mic_gss_cache *cache, const char *password, krb5_principal client)
{
    krb5_context context = cache->context;
    krb5_get_init_creds_opt *options = NULL;
    krb5_creds ticket;
    krb5_error_code code = krb5_get_init_creds_opt_alloc(context, &options);

    if (code != 0) {
        return code;
    }
    memset(&ticket, 0, sizeof(ticket));
    krb5_get_init_creds_opt_set_forwardable(options, 1);
    code = krb5_get_init_creds_password(context, &ticket, client, password, NULL, NULL, 0, NULL,
                                        options);
    if (code == 0) {
        code = krb5_cc_initialize(context, cache->cache, client);
    }
    if (code == 0) {
        code = krb5_cc_store_cred(context, cache->cache, &ticket);
    }
    krb5_free_cred_contents(context, &ticket);
    krb5_get_init_creds_opt_free(context, options);
    return code;
}

static krb5_error_code fill(struct mic_gss_cache *cache, const struct mic_gss *gss)
{
    krb5_principal client = NULL;
    krb5_error_code code = krb5_parse_name(cache->context, gss->principal, &client);

    if (code == 0) {
        code = krb5_cc_new_unique(cache->context, "MEMORY", NULL, &cache->cache);
    }
    if (code == 0) {
        code = ask(cache, gss->password.data, client);
    }
    krb5_free_principal(cache->context, client);
    return code;
}

/* GSSAPI does not know of this failure, so its text is kept here. */
static OM_uint32 fail(struct mic_gss *gss, krb5_error_code code, OM_uint32 *minor)
{
    const char *text = krb5_get_error_message(gss->cache->context, code);

    if (text != NULL) {
        mic_err_quote(mic_str_from(text), gss->krb5_text, sizeof(gss->krb5_text));
        krb5_free_error_message(gss->cache->context, text);
    }
    mic_gss_cache_free(gss->cache);
    gss->cache = NULL;
    *minor = (OM_uint32)code;
    return GSS_S_FAILURE;
}

OM_uint32 mic_gss_acquire_forwardable(struct mic_gss *gss, OM_uint32 *minor)
{
    krb5_error_code code;

    gss->krb5_text[0] = '\0';
    gss->cache = mic_calloc(1, sizeof(*gss->cache));
    if (gss->cache == NULL || krb5_init_context(&gss->cache->context) != 0) {
        mic_free(gss->cache);
        gss->cache = NULL;
        *minor = 0;
        return GSS_S_FAILURE;
    }
    code = fill(gss->cache, gss);
    return code != 0 ? fail(gss, code, minor)
                     : gss_krb5_import_cred(minor, gss->cache->cache, NULL, NULL, &gss->credential);
}
