/* Negotiate: Kerberos where there is a KDC, a ticket and a service name for it, else NTLM, each in
 * its own clothes (RFC 4559): Kerberos in SPNEGO, NTLM bare, which SSPI takes under this name too.
 * A try that failed before anything was sent leaves the connection as it was; one that the server
 * refused is followed by a new one on the same connection, as a browser does. */
#include "auth/auth.h"
#include "auth/gss.h"
#include "auth/kerberos.h"
#include "base/mem.h"

/* What Kerberos is followed by; takes a user and a password. NULL: nothing. */
static const struct mic_auth_scheme *const second_scheme = NULL;

struct negotiate {
    struct mic_auth base;
    struct mic_auth *kerberos; /* NULL: given up, or not there */
    struct mic_auth *second;   /* NULL: no user and password for it, or not there */
    struct mic_err why;        /* Kerberos was given up */
};

static struct negotiate *of(struct mic_auth *auth)
{
    return (struct negotiate *)(void *)auth;
}

static struct mic_auth *active(struct negotiate *negotiate)
{
    return negotiate->kerberos != NULL ? negotiate->kerberos : negotiate->second;
}

static bool has_second(const struct mic_auth_settings *settings)
{
    struct mic_err ignored;

    mic_err_init(&ignored);
    return second_scheme != NULL && settings->user != NULL && settings->user[0] != '\0' &&
           settings->password != NULL && second_scheme->check(settings, &ignored) == MI_RESULT_OK;
}

/* A user of the server's own ("." or no realm to ask) has no KDC. */
static bool is_local_user(const struct mic_auth_settings *settings)
{
    return settings->domain != NULL && settings->domain[0] == '.' && settings->domain[1] == '\0';
}

static MI_Result negotiate_check(const struct mic_auth_settings *settings, struct mic_err *err)
{
    if (mic_text_equal_nocase(settings->auth_type, MI_AUTH_TYPE_NEGO_WITH_CREDS) &&
        (settings->user == NULL || settings->user[0] == '\0')) {
        return mic_err_set(err, MIC_E_ARGUMENT, "the credentials of type %s have no user name",
                           MI_AUTH_TYPE_NEGO_WITH_CREDS);
    }
    return has_second(settings) ? MI_RESULT_OK : mic_gss_check(err);
}

static void negotiate_close(struct mic_auth *auth)
{
    struct negotiate *negotiate = of(auth);

    if (negotiate->kerberos != NULL) {
        negotiate->kerberos->scheme->close(negotiate->kerberos);
    }
    if (negotiate->second != NULL) {
        negotiate->second->scheme->close(negotiate->second);
    }
    mic_free(negotiate);
}

static struct mic_auth *negotiate_open(const struct mic_auth_settings *settings,
                                       struct mic_str channel_binding, struct mic_err *err)
{
    struct negotiate *negotiate = mic_calloc(1, sizeof(*negotiate));
    bool has_other = has_second(settings);

    if (negotiate == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        return NULL;
    }
    negotiate->base.scheme = &mic_auth_negotiate;
    mic_err_init(&negotiate->why);
    if (has_other) {
        negotiate->second = second_scheme->open(settings, channel_binding, err);
        if (negotiate->second == NULL) {
            goto failed;
        }
    }
    if (has_other && is_local_user(settings)) {
        mic_err_set(&negotiate->why, MIC_E_LOGON, "Kerberos knows no users of the domain \".\"");
    } else if (!has_other || mic_gss_check(&negotiate->why) == MI_RESULT_OK) {
        negotiate->kerberos = mic_auth_kerberos_spnego.open(settings, channel_binding, err);
        if (negotiate->kerberos == NULL) {
            goto failed;
        }
    }
    return &negotiate->base;

failed:
    negotiate_close(&negotiate->base);
    return NULL;
}

/* Both have failed: what each says. */
static void set_both(const struct negotiate *negotiate, struct mic_err *err)
{
    struct mic_err second = *err;
    bool has_words = second.code != MIC_E_NONE;

    mic_err_set(err, has_words ? second.code : MIC_E_LOGON, "%s; before that, %s",
                has_words ? second.message : "the server refused the NTLM logon (status 401)",
                negotiate->why.message);
    mic_err_remedy(err, "%s", has_words ? second.remedy : negotiate->why.remedy);
    err->native = has_words ? second.native : 401;
}

static enum mic_auth_step try_second(struct negotiate *negotiate, struct mic_buf *authorization,
                                     struct mic_err *err)
{
    negotiate->why = *err;
    mic_err_init(err);
    negotiate->kerberos->scheme->close(negotiate->kerberos);
    negotiate->kerberos = NULL;
    mic_buf_clear(authorization);
    return negotiate->second->scheme->step(negotiate->second, 0, NULL, authorization, err);
}

/* Once the server has taken a request there is no second try: what fails then is its proof. */
static bool may_try_second(const struct negotiate *negotiate, unsigned http_status,
                           const struct mic_str *challenge, const struct mic_err *err)
{
    return negotiate->second != NULL && negotiate->kerberos != NULL && err->code != MIC_E_MEMORY &&
           (http_status == 0 || (http_status == 401 && challenge != NULL)) &&
           mic_kerberos_may_try_another(negotiate->kerberos);
}

static enum mic_auth_step negotiate_step(struct mic_auth *auth, unsigned http_status,
                                         const struct mic_str *challenge,
                                         struct mic_buf *authorization, struct mic_err *err)
{
    struct negotiate *negotiate = of(auth);
    struct mic_auth *now = active(negotiate);
    enum mic_auth_step step = now->scheme->step(now, http_status, challenge, authorization, err);

    if (step != MIC_AUTH_FAILED) {
        return step;
    }
    if (may_try_second(negotiate, http_status, challenge, err)) {
        step = try_second(negotiate, authorization, err);
    }
    if (step == MIC_AUTH_FAILED && negotiate->kerberos == NULL && challenge != NULL &&
        http_status == 401 && negotiate->why.code != MIC_E_NONE) {
        set_both(negotiate, err);
    }
    return step;
}

static MI_Result negotiate_seal(struct mic_auth *auth, const char *plain, size_t size,
                                struct mic_buf *out, struct mic_err *err)
{
    struct mic_auth *now = active(of(auth));

    return now->scheme->seal(now, plain, size, out, err);
}

static MI_Result negotiate_unseal(struct mic_auth *auth, const char *sealed, size_t size,
                                  struct mic_buf *out, struct mic_err *err)
{
    struct mic_auth *now = active(of(auth));

    return now->scheme->unseal(now, sealed, size, out, err);
}

const struct mic_auth_scheme mic_auth_negotiate = {
    .auth_type = MI_AUTH_TYPE_NEGO_WITH_CREDS,
    .wire_name = "Negotiate",
    .may_block = true,
    .seal_protocol = "application/HTTP-SPNEGO-session-encrypted",
    .check = negotiate_check,
    .open = negotiate_open,
    .step = negotiate_step,
    .seal = negotiate_seal,
    .unseal = negotiate_unseal,
    .close = negotiate_close,
};
