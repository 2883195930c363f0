/* This build has no GSSAPI: everything that asks for it is told so. */
#include "auth/gss.h"

MI_Result mic_gss_check(struct mic_err *err)
{
    mic_err_set(err, MIC_E_NOT_SUPPORTED,
                "Kerberos is not available: the library was built without GSSAPI");
    mic_err_remedy(err, "Build it with MIT Kerberos or Heimdal (CMake: -DMIC_GSSAPI=ON), or give "
                        "credentials of another type.");
    return MI_RESULT_NOT_SUPPORTED;
}

struct mic_gss_tickets *mic_gss_tickets_new(void)
{
    return NULL;
}

void mic_gss_tickets_close(struct mic_gss_tickets *tickets)
{
    (void)tickets;
}

struct mic_gss *mic_gss_open(const struct mic_auth_settings *settings,
                             struct mic_str channel_binding, struct mic_err *err)
{
    (void)settings;
    (void)channel_binding;
    mic_gss_check(err);
    return NULL;
}

void mic_gss_close(struct mic_gss *gss)
{
    (void)gss;
}

MI_Result mic_gss_step(struct mic_gss *gss, struct mic_str input, struct mic_buf *output,
                       struct mic_err *err)
{
    (void)gss;
    (void)input;
    (void)output;
    return mic_gss_check(err);
}

void mic_gss_refuse(struct mic_gss *gss)
{
    (void)gss;
}

bool mic_gss_is_done(const struct mic_gss *gss)
{
    (void)gss;
    return false;
}

bool mic_gss_is_ending(const struct mic_gss *gss)
{
    (void)gss;
    return false;
}

bool mic_gss_is_final(const struct mic_gss *gss)
{
    (void)gss;
    return false;
}

const char *mic_gss_client(const struct mic_gss *gss)
{
    (void)gss;
    return "";
}

const char *mic_gss_target(const struct mic_gss *gss)
{
    (void)gss;
    return "";
}

MI_Result mic_gss_seal(struct mic_gss *gss, const char *plain, size_t size, struct mic_buf *out,
                       struct mic_err *err)
{
    (void)gss;
    (void)plain;
    (void)size;
    (void)out;
    return mic_gss_check(err);
}

MI_Result mic_gss_unseal(struct mic_gss *gss, const char *sealed, size_t size, struct mic_buf *out,
                         struct mic_err *err)
{
    (void)gss;
    (void)sealed;
    (void)size;
    (void)out;
    return mic_gss_check(err);
}

MI_Result mic_gss_unseal_whole(struct mic_gss *gss, struct mic_str sealed, size_t plain_size,
                               struct mic_buf *out, struct mic_err *err)
{
    (void)gss;
    (void)sealed;
    (void)plain_size;
    (void)out;
    return mic_gss_check(err);
}

MI_Result mic_gss_sign(struct mic_gss *gss, struct mic_str message, struct mic_buf *out,
                       struct mic_err *err)
{
    (void)gss;
    (void)message;
    (void)out;
    return mic_gss_check(err);
}

MI_Result mic_gss_verify(struct mic_gss *gss, struct mic_str message, struct mic_str signature,
                         struct mic_err *err)
{
    (void)gss;
    (void)message;
    (void)signature;
    return mic_gss_check(err);
}
