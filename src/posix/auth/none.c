/* MI_AUTH_TYPE_NONE: requests carry no Authorization at all. */
#include "auth/auth.h"
#include "base/mem.h"

static MI_Result none_check(const struct mic_auth_settings *settings, struct mic_err *err)
{
    (void)settings;
    (void)err;
    return MI_RESULT_OK;
}

static struct mic_auth *none_open(const struct mic_auth_settings *settings,
                                  struct mic_str channel_binding, struct mic_err *err)
{
    struct mic_auth *auth = mic_alloc(sizeof(*auth));

    (void)settings;
    (void)channel_binding;
    if (auth == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a connection");
        return NULL;
    }
    auth->scheme = &mic_auth_none;
    return auth;
}

static enum mic_auth_step none_step(struct mic_auth *auth, unsigned http_status,
                                    const struct mic_str *challenge, struct mic_buf *authorization,
                                    struct mic_err *err)
{
    (void)auth;
    (void)challenge;
    (void)authorization;
    (void)err;
    if (http_status == 401) {
        return MIC_AUTH_FAILED;
    }
    return http_status == 0 ? MIC_AUTH_SEND : MIC_AUTH_DONE;
}

static void none_close(struct mic_auth *auth)
{
    mic_free(auth);
}

const struct mic_auth_scheme mic_auth_none = {
    .auth_type = MI_AUTH_TYPE_NONE,
    .check = none_check,
    .open = none_open,
    .step = none_step,
    .close = none_close,
};
