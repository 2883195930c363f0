/* In the place of ntlm.c where NTLM is not wanted (MIC_NTLM=OFF). */
#include "auth/ntlm.h"

MI_Result mic_ntlm_check(const struct mic_auth_settings *settings, struct mic_err *err)
{
    MI_Result result = mic_err_set(err, MIC_E_NOT_SUPPORTED,
                                   "the authentication type %s needs NTLM, which was left out of "
                                   "this build (MIC_NTLM=OFF)",
                                   settings->auth_type);

    mic_err_remedy(err, "Use Kerberos, or Basic over HTTPS.");
    return result;
}

struct mic_ntlm *mic_ntlm_new(const struct mic_auth_settings *settings,
                              struct mic_str channel_binding, struct mic_err *err)
{
    (void)channel_binding;
    (void)mic_ntlm_check(settings, err);
    return NULL;
}

void mic_ntlm_free(struct mic_ntlm *ntlm)
{
    (void)ntlm;
}

MI_Result mic_ntlm_begin(struct mic_ntlm *ntlm, struct mic_buf *token, struct mic_err *err)
{
    (void)ntlm;
    (void)token;
    return mic_err_set(err, MIC_E_NOT_SUPPORTED, "there is no NTLM in this build");
}

MI_Result mic_ntlm_answer(struct mic_ntlm *ntlm, struct mic_str challenge, struct mic_buf *token,
                          struct mic_err *err)
{
    (void)challenge;
    return mic_ntlm_begin(ntlm, token, err);
}

MI_Result mic_ntlm_seal(struct mic_ntlm *ntlm, const char *plain, size_t size, struct mic_buf *out,
                        struct mic_err *err)
{
    (void)plain;
    (void)size;
    return mic_ntlm_begin(ntlm, out, err);
}

MI_Result mic_ntlm_unseal(struct mic_ntlm *ntlm, const char *sealed, size_t size,
                          struct mic_buf *out, struct mic_err *err)
{
    return mic_ntlm_seal(ntlm, sealed, size, out, err);
}
