#include <krb5.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "auth/gss_parts.h"
#include "base/err.h"
#include "doctor/walk.h"

/* A name nobody has: for a KDC that would answer a user's request without having seen a proof. */
#define STRANGER "mi-doctor"

static void set_why(krb5_context context, krb5_error_code code, char *why, size_t size)
{
    const char *text = krb5_get_error_message(context, code);

    mic_err_quote(mic_str_from(text), why, size);
    krb5_free_error_message(context, text);
}

/* The request without a proof that every logon begins with; no key is at hand to go on with.
 * @return whether the KDC refused it and said what time it is */
static bool ask(krb5_context context, krb5_principal client, int64_t *seconds, int64_t *at,
                char *why, size_t size)
{
    krb5_init_creds_context creds = NULL;
    krb5_error *refusal = NULL;
    krb5_error_code code = krb5_init_creds_init(context, client, NULL, NULL, 0, NULL, &creds);
    bool is_known = false;

    if (code == 0) {
        code = krb5_init_creds_get(context, creds);
        *at = (int64_t)time(NULL);
        if (krb5_init_creds_get_error(context, creds, &refusal) == 0 && refusal != NULL) {
            is_known = refusal->stime != 0;
            *seconds = (int64_t)(uint32_t)refusal->stime;
            krb5_free_error(context, refusal);
        }
    }
    if (!is_known) {
        set_why(context, code, why, size);
    }
    if (creds != NULL) {
        krb5_init_creds_free(context, creds);
    }
    return is_known;
}

static krb5_error_code find_client(krb5_context context, const char *principal,
                                   krb5_principal *client)
{
    krb5_ccache cache = NULL;
    krb5_error_code code;

    if (principal != NULL) {
        return krb5_parse_name(context, principal, client);
    }
    code = krb5_cc_default(context, &cache);
    if (code == 0) {
        code = krb5_cc_get_principal(context, cache, client);
        krb5_cc_close(context, cache);
    }
    return code == 0 ? 0 : krb5_parse_name(context, STRANGER, client);
}

static bool ask_as_stranger(krb5_context context, krb5_principal client, int64_t *seconds,
                            int64_t *at, char *why, size_t size)
{
    krb5_principal stranger = NULL;
    bool is_known = false;

    if (krb5_build_principal(context, &stranger, client->realm.length, client->realm.data, STRANGER,
                             (char *)NULL) == 0) {
        is_known = ask(context, stranger, seconds, at, why, size);
        krb5_free_principal(context, stranger);
    }
    return is_known;
}

char *mic_doctor_principal(const struct mic_auth_settings *settings)
{
    return mic_gss_principal(settings);
}

bool mic_doctor_kdc_time(const char *principal, int64_t *seconds, int64_t *at, char *realm,
                         size_t realm_size, char *why, size_t why_size)
{
    krb5_context context = NULL;
    krb5_principal client = NULL;
    krb5_error_code code = krb5_init_context(&context);
    bool is_known = false;

    if (code != 0) {
        (void)snprintf(why, why_size, "Kerberos cannot be started: see krb5.conf");
        return false;
    }
    code = find_client(context, principal, &client);
    if (code != 0) {
        set_why(context, code, why, why_size);
    } else {
        mic_err_quote((struct mic_str){client->realm.data, client->realm.length}, realm,
                      realm_size);
        is_known = ask(context, client, seconds, at, why, why_size) ||
                   ask_as_stranger(context, client, seconds, at, why, why_size);
        krb5_free_principal(context, client);
    }
    krb5_free_context(context);
    return is_known;
}
