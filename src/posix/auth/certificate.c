/* MI_AUTH_TYPE_CLIENT_CERTS and _ISSUER_CERT: TLS shows the certificate, and every request says
 * that it is to count (MS-WSMV 2.2.4.4, DSP0226 C.3.5). */
#include "auth/auth.h"
#include "base/mem.h"

#define MUTUAL "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual"

static MI_Result certificate_check(const struct mic_auth_settings *settings, struct mic_err *err)
{
    if (!settings->https) {
        mic_err_set(err, MIC_E_ARGUMENT,
                    "a logon at %s with a client certificate was asked for, which needs HTTPS",
                    settings->host);
        mic_err_remedy(err, "Use HTTPS: an https URL, or MI_DestinationOptions_SetTransport.");
        return MI_RESULT_INVALID_PARAMETER;
    }
    if (settings->certificate == NULL) {
        mic_err_set(err, MIC_E_ARGUMENT,
                    "a logon at %s with a client certificate was asked for, and no certificate was "
                    "given",
                    settings->host);
        mic_err_remedy(err, "Name its file with MI_DestinationOptions_SetCertFile, and that of its "
                            "key with MI_DestinationOptions_SetPrivateKeyFile.");
        return MI_RESULT_INVALID_PARAMETER;
    }
    return MI_RESULT_OK;
}

static struct mic_auth *certificate_open(const struct mic_auth_settings *settings,
                                         struct mic_str channel_binding, struct mic_err *err)
{
    struct mic_auth *auth = mic_alloc(sizeof(*auth));

    (void)settings;
    (void)channel_binding;
    if (auth == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        return NULL;
    }
    auth->scheme = &mic_auth_certificate;
    return auth;
}

static enum mic_auth_step certificate_step(struct mic_auth *auth, unsigned http_status,
                                           const struct mic_str *challenge,
                                           struct mic_buf *authorization, struct mic_err *err)
{
    (void)auth;
    (void)challenge;
    if (http_status == 401) {
        return MIC_AUTH_FAILED;
    }
    if (http_status != 0) {
        return MIC_AUTH_DONE;
    }
    mic_buf_append_text(authorization, MUTUAL);
    if (authorization->failed) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        return MIC_AUTH_FAILED;
    }
    return MIC_AUTH_SEND;
}

static void certificate_close(struct mic_auth *auth)
{
    mic_free(auth);
}

const struct mic_auth_scheme mic_auth_certificate = {
    .auth_type = MI_AUTH_TYPE_CLIENT_CERTS,
    .wire_name = MUTUAL,
    .mechanism = "a client certificate",
    .refusal_remedy = "Map the certificate to a user on the server (Windows: New-Item -Path "
                      "WSMan:\\localhost\\ClientCertificate) and allow it there "
                      "(WSMan:\\localhost\\Service\\Auth\\Certificate).",
    .shows_certificate = true,
    .check = certificate_check,
    .open = certificate_open,
    .step = certificate_step,
    .close = certificate_close,
};
