#include "auth/auth.h"

#include <stdio.h>

#include "auth/gss.h"

static const struct {
    const char *auth_type;
    const struct mic_auth_scheme *scheme;
} schemes[] = {
    {MI_AUTH_TYPE_NONE, &mic_auth_none},
    {MI_AUTH_TYPE_BASIC, &mic_auth_basic},
    {MI_AUTH_TYPE_KERBEROS, &mic_auth_kerberos},
    {MI_AUTH_TYPE_NTLM, &mic_auth_ntlm},
    {MI_AUTH_TYPE_NEGO_WITH_CREDS, &mic_auth_negotiate},
    {MI_AUTH_TYPE_NEGO_NO_CREDS, &mic_auth_negotiate},
    {MI_AUTH_TYPE_DEFAULT, &mic_auth_negotiate},
    {MI_AUTH_TYPE_CLIENT_CERTS, &mic_auth_certificate},
    {MI_AUTH_TYPE_ISSUER_CERT, &mic_auth_certificate},
    {MI_AUTH_TYPE_CREDSSP, &mic_auth_credssp},
};

static void set_missing(const struct mic_auth_settings *settings, struct mic_err *err)
{
    if (settings->auth_type == NULL) {
        mic_err_set(err, MIC_E_NOT_SUPPORTED,
                    "no credentials were given for %s, and a logon without them is not available",
                    settings->host);
        mic_err_remedy(err, "Give a user name and password of type MI_AUTH_TYPE_NEGO_WITH_CREDS "
                            "with MI_DestinationOptions_AddDestinationCredentials.");
        return;
    }
    if (mic_text_equal_nocase(MI_AUTH_TYPE_DIGEST, settings->auth_type)) {
        mic_err_set(err, MIC_E_NOT_SUPPORTED,
                    "the authentication type Digest is not available; Negotiate, Kerberos, NTLM, "
                    "CredSSP, client certificates and Basic are");
        mic_err_remedy(err, "Give credentials of type MI_AUTH_TYPE_NEGO_WITH_CREDS, or of "
                            "MI_AUTH_TYPE_BASIC over HTTPS.");
        return;
    }
    {
        char quoted[64];

        mic_err_quote(mic_str_from(settings->auth_type), quoted, sizeof(quoted));
        mic_err_set(err, MIC_E_NOT_SUPPORTED,
                    "there is no authentication type \"%s\"; NegoWithCreds, Kerberos, Ntlmdomain, "
                    "CredSSP, ClientCerts, IssuerCert, Basic and None are available",
                    quoted);
    }
}

MI_Result mic_auth_refuse_delegation(const char *name, struct mic_err *err)
{
    mic_err_set(err, MIC_E_NOT_SUPPORTED,
                "the authentication type %s has no delegation, which the session asks for", name);
    mic_err_remedy(err, "Log on with Kerberos, or with CredSSP, or do without delegation.");
    return err->result;
}

void mic_auth_tell_no_ntlm(const char *why, struct mic_err *err)
{
    char first[sizeof(err->message) - 320];

    if (why[0] != '\0' && err->code != MIC_E_NONE) {
        mic_err_quote(mic_str_from(err->message), first, sizeof(first));
        (void)snprintf(err->message, sizeof(err->message),
                       "%s; NTLM, which asks no KDC, is not available here: %.240s", first, why);
    }
}

static const struct mic_auth_scheme *check(const struct mic_auth_scheme *scheme,
                                           const struct mic_auth_settings *settings,
                                           struct mic_err *err)
{
    if (settings->delegation == MIC_DELEGATE_ALWAYS && !scheme->may_block) { /* no KDC in it */
        mic_auth_refuse_delegation(scheme->auth_type, err);
        return NULL;
    }
    return scheme->check(settings, err) == MI_RESULT_OK ? scheme : NULL;
}

const struct mic_auth_scheme *mic_auth_find(const struct mic_auth_settings *settings,
                                            struct mic_err *err)
{
    for (size_t i = 0; settings->auth_type != NULL && i < MIC_COUNT(schemes); i++) {
        if (mic_text_equal_nocase(schemes[i].auth_type, settings->auth_type)) {
            return check(schemes[i].scheme, settings, err);
        }
    }
    if (settings->auth_type == NULL && mic_gss_check(NULL) == MI_RESULT_OK) {
        return check(&mic_auth_negotiate, settings, err); /* with the caller's ticket */
    }
    set_missing(settings, err);
    return NULL;
}
