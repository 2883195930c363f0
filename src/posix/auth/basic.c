/* RFC 7617: user and password in UTF-8 with each request, sent without being asked. The header's
 * value is made anew each time, so that nothing but the settings' secret holds the password. */
#include <string.h>

#include "auth/auth.h"
#include "base/base64.h"
#include "base/mem.h"

struct basic {
    struct mic_auth base;
    const struct mic_auth_settings *settings;
};

static bool has_control(const char *text)
{
    for (const char *p = text; p != NULL && *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7f) {
            return true;
        }
    }
    return false;
}

static MI_Result basic_check(const struct mic_auth_settings *settings, struct mic_err *err)
{
    const char *domain = settings->domain != NULL ? settings->domain : "";

    if (settings->user == NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT, "the credentials of type Basic have no user name");
    }
    if (strchr(settings->user, ':') != NULL || strchr(domain, ':') != NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "the user name or domain has a colon, which Basic cannot carry "
                           "(RFC 7617 section 2)");
    }
    if (has_control(settings->user) || has_control(domain) ||
        (settings->password != NULL && has_control(settings->password->data))) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "the user name, domain or password has a control character, which "
                           "Basic cannot carry (RFC 7617 section 2)");
    }
    if (!settings->https && settings->privacy) {
        return mic_err_set(err, MIC_E_PRIVACY,
                           "Basic over plain HTTP would show the password and all messages of %s "
                           "to the network",
                           settings->host);
    }
    return MI_RESULT_OK;
}

static struct mic_auth *basic_open(const struct mic_auth_settings *settings,
                                   struct mic_str channel_binding, struct mic_err *err)
{
    struct basic *basic = mic_alloc(sizeof(*basic));

    (void)channel_binding;
    if (basic == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        return NULL;
    }
    basic->base.scheme = &mic_auth_basic;
    basic->settings = settings;
    return &basic->base;
}

/* All room is taken first: a buffer that grows would leave copies of the password behind. */
static bool append_credentials(const struct mic_auth_settings *settings,
                               struct mic_buf *authorization)
{
    const char *domain = settings->domain != NULL ? settings->domain : "";
    size_t password_size = settings->password != NULL ? settings->password->size : 0;
    size_t size = strlen(domain) + 1 + strlen(settings->user) + 1 + password_size;
    struct mic_buf plain;
    bool ok = false;

    mic_buf_init(&plain);
    if (mic_buf_reserve(&plain, size) &&
        mic_buf_reserve(authorization, sizeof("Basic ") + (size + 2) / 3 * 4)) {
        if (domain[0] != '\0') {
            mic_buf_append_text(&plain, domain);
            mic_buf_append_char(&plain, '\\');
        }
        mic_buf_append_text(&plain, settings->user);
        mic_buf_append_char(&plain, ':');
        if (password_size > 0) {
            mic_buf_append(&plain, settings->password->data, password_size);
        }
        mic_buf_append_text(authorization, "Basic ");
        mic_base64_encode(authorization, plain.data, plain.size);
        ok = !plain.failed && !authorization->failed;
        mic_wipe(plain.data, plain.size);
    }
    mic_buf_fini(&plain);
    return ok;
}

static enum mic_auth_step basic_step(struct mic_auth *auth, unsigned http_status,
                                     const struct mic_str *challenge, struct mic_buf *authorization,
                                     struct mic_err *err)
{
    struct basic *basic = (struct basic *)(void *)auth;

    (void)challenge;
    if (http_status == 401) {
        return MIC_AUTH_FAILED;
    }
    if (http_status != 0) {
        return MIC_AUTH_DONE;
    }
    if (!append_credentials(basic->settings, authorization)) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        return MIC_AUTH_FAILED;
    }
    return MIC_AUTH_SEND;
}

static void basic_close(struct mic_auth *auth)
{
    mic_free(auth);
}

const struct mic_auth_scheme mic_auth_basic = {
    .auth_type = MI_AUTH_TYPE_BASIC,
    .wire_name = "Basic",
    .check = basic_check,
    .open = basic_open,
    .step = basic_step,
    .close = basic_close,
};
