/* Negotiate: Kerberos where there is a KDC, a ticket and a service name for it, else NTLM, each in
 * its own clothes (RFC 4559): Kerberos in SPNEGO, NTLM bare, which SSPI takes under this name too.
 * A try that failed before anything was sent leaves the connection as it was; one that the server
 * refused is followed by a new one on the same connection, as a browser does. */
#include "auth/auth.h"
#include "auth/gss.h"
#include "auth/kerberos.h"
#include "base/mem.h"

struct negotiate {
    struct mic_auth base;
    struct mic_auth *kerberos; /* NULL: given up, or not there */
    struct mic_auth *ntlm;     /* NULL: its turn has not come */
    const struct mic_auth_settings *settings;
    struct mic_buf binding;
    bool has_ntlm;      /* and what it takes: a user and a password */
    char no_ntlm[240];  /* why there is none, where there is what it takes */
    struct mic_err why; /* Kerberos was given up */
    bool is_refused;    /* because of what the server said */
};

static struct negotiate *of(struct mic_auth *auth)
{
    return (struct negotiate *)(void *)auth;
}

static struct mic_auth *active(struct negotiate *negotiate)
{
    return negotiate->kerberos != NULL ? negotiate->kerberos : negotiate->ntlm;
}

/* @param[out] why  there is none, though there is what it takes; code NONE else */
static bool has_ntlm(const struct mic_auth_settings *settings, struct mic_err *why)
{
    mic_err_init(why);
    return settings->user != NULL && settings->user[0] != '\0' && settings->password != NULL &&
           settings->delegation != MIC_DELEGATE_ALWAYS &&
           mic_auth_ntlm.check(settings, why) == MI_RESULT_OK;
}

/* A user of the server's own ("." or no realm to ask) has no KDC. */
static bool is_local_user(const struct mic_auth_settings *settings)
{
    return settings->domain != NULL && settings->domain[0] == '.' && settings->domain[1] == '\0';
}

/* What is left without GSSAPI. */
static MI_Result check_ntlm(const struct mic_auth_settings *settings, struct mic_err *err)
{
    if (settings->user == NULL) {
        return err->result; /* it takes a user: the caller's own ticket is Kerberos' */
    }
    mic_err_init(err);
    return mic_auth_ntlm.check(settings, err);
}

static MI_Result negotiate_check(const struct mic_auth_settings *settings, struct mic_err *err)
{
    struct mic_err why;

    if (mic_text_equal_nocase(settings->auth_type, MI_AUTH_TYPE_NEGO_WITH_CREDS) &&
        (settings->user == NULL || settings->user[0] == '\0')) {
        return mic_err_set(err, MIC_E_ARGUMENT, "the credentials of type %s have no user name",
                           MI_AUTH_TYPE_NEGO_WITH_CREDS);
    }
    if (is_local_user(settings) && !has_ntlm(settings, &why) && why.code != MIC_E_NONE) {
        *err = why; /* there is nothing else for such a user */
        return err->result;
    }
    return mic_gss_check(err) == MI_RESULT_OK ? MI_RESULT_OK : check_ntlm(settings, err);
}

static void negotiate_close(struct mic_auth *auth)
{
    struct negotiate *negotiate = of(auth);

    if (negotiate->kerberos != NULL) {
        negotiate->kerberos->scheme->close(negotiate->kerberos);
    }
    if (negotiate->ntlm != NULL) {
        negotiate->ntlm->scheme->close(negotiate->ntlm);
    }
    mic_buf_fini(&negotiate->binding);
    mic_free(negotiate);
}

static struct mic_auth *negotiate_open(const struct mic_auth_settings *settings,
                                       struct mic_str channel_binding, struct mic_err *err)
{
    struct negotiate *negotiate = mic_calloc(1, sizeof(*negotiate));
    struct mic_err no_ntlm;

    if (negotiate == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        return NULL;
    }
    negotiate->base.scheme = &mic_auth_negotiate;
    negotiate->settings = settings;
    negotiate->has_ntlm = has_ntlm(settings, &no_ntlm);
    mic_err_quote(mic_str_from(no_ntlm.message), negotiate->no_ntlm, sizeof(negotiate->no_ntlm));
    mic_err_init(&negotiate->why);
    mic_buf_init(&negotiate->binding);
    mic_buf_append_str(&negotiate->binding, channel_binding);
    if (negotiate->binding.failed) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
    } else if (negotiate->has_ntlm && is_local_user(settings)) {
        mic_err_set(&negotiate->why, MIC_E_LOGON, "Kerberos knows no users of the domain \".\"");
    } else if (mic_gss_check(&negotiate->why) == MI_RESULT_OK) {
        negotiate->kerberos = mic_auth_kerberos_spnego.open(settings, channel_binding, err);
    }
    if (negotiate->kerberos == NULL && err->code == MIC_E_NONE) {
        negotiate->base.is_settled = true;
        negotiate->ntlm = mic_auth_ntlm.open(settings, channel_binding, err);
    }
    if (active(negotiate) == NULL) {
        negotiate_close(&negotiate->base);
        return NULL;
    }
    return &negotiate->base;
}

/* Both have failed: what each says. A user whom the KDC does not know is the server's own or
 * mistyped, which NTLM's remedy is about. */
static void set_both(const struct negotiate *negotiate, struct mic_err *err)
{
    struct mic_err second = *err;
    char user[128];

    if (second.code == MIC_E_NONE) {
        mic_err_quote(mic_str_from(negotiate->settings->user), user, sizeof(user));
        mic_err_set(&second, MIC_E_LOGON,
                    "%s refused the logon of user \"%s\" with NTLM (status 401)",
                    negotiate->settings->host, user);
        mic_err_remedy(&second, "%s",
                       negotiate->why.code == MIC_E_LOGON && !negotiate->is_refused
                           ? mic_auth_ntlm.refusal_remedy
                           : negotiate->why.remedy);
        second.native = 401;
    }
    mic_err_set(err, second.code, "%s; before that, %s", second.message, negotiate->why.message);
    mic_err_remedy(err, "%s", second.remedy);
    err->native = second.native;
}

static void give_up_kerberos(struct negotiate *negotiate, struct mic_buf *authorization,
                             struct mic_err *err)
{
    negotiate->why = *err;
    mic_err_init(err);
    negotiate->kerberos->scheme->close(negotiate->kerberos);
    negotiate->kerberos = NULL;
    mic_buf_clear(authorization);
    negotiate->base.is_settled = true;
}

static enum mic_auth_step begin_ntlm(struct negotiate *negotiate, struct mic_buf *authorization,
                                     struct mic_err *err)
{
    struct mic_str binding = {negotiate->binding.data, negotiate->binding.size};

    if (negotiate->ntlm == NULL) {
        negotiate->ntlm = mic_auth_ntlm.open(negotiate->settings, binding, err);
    }
    return negotiate->ntlm == NULL
               ? MIC_AUTH_FAILED
               : mic_auth_ntlm.step(negotiate->ntlm, 0, NULL, authorization, err);
}

/* Once the server has taken a request there is no second try: what fails then is its proof. */
static bool may_try_ntlm(const struct negotiate *negotiate, unsigned http_status,
                         const struct mic_str *challenge, const struct mic_err *err)
{
    return err->code != MIC_E_MEMORY &&
           (http_status == 0 || (http_status == 401 && challenge != NULL)) &&
           mic_kerberos_may_try_another(negotiate->kerberos);
}

/* The first move may be made where the settings are not to be touched, so NTLM waits for the next
 * one, which is asked for by AGAIN. */
static enum mic_auth_step step_kerberos(struct negotiate *negotiate, unsigned http_status,
                                        const struct mic_str *challenge,
                                        struct mic_buf *authorization, struct mic_err *err)
{
    struct mic_auth *kerberos = negotiate->kerberos;
    enum mic_auth_step step =
        kerberos->scheme->step(kerberos, http_status, challenge, authorization, err);

    negotiate->base.is_settled = kerberos->is_settled;
    if (step != MIC_AUTH_FAILED || !may_try_ntlm(negotiate, http_status, challenge, err)) {
        return step;
    }
    if (!negotiate->has_ntlm) {
        mic_auth_tell_no_ntlm(negotiate->no_ntlm, err);
        return step;
    }
    give_up_kerberos(negotiate, authorization, err);
    negotiate->is_refused = http_status == 401;
    return http_status == 0 ? MIC_AUTH_AGAIN : begin_ntlm(negotiate, authorization, err);
}

static enum mic_auth_step negotiate_step(struct mic_auth *auth, unsigned http_status,
                                         const struct mic_str *challenge,
                                         struct mic_buf *authorization, struct mic_err *err)
{
    struct negotiate *negotiate = of(auth);
    enum mic_auth_step step;

    if (negotiate->kerberos != NULL) {
        return step_kerberos(negotiate, http_status, challenge, authorization, err);
    }
    if (http_status == 0 || negotiate->ntlm == NULL) {
        return begin_ntlm(negotiate, authorization, err);
    }
    step = mic_auth_ntlm.step(negotiate->ntlm, http_status, challenge, authorization, err);
    if (step == MIC_AUTH_FAILED && http_status == 401 && challenge != NULL &&
        negotiate->why.code != MIC_E_NONE) {
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

static bool negotiate_is_ending(const struct mic_auth *auth)
{
    const struct mic_auth *kerberos = ((const struct negotiate *)(const void *)auth)->kerberos;

    return kerberos != NULL && kerberos->scheme->is_ending(kerberos);
}

static const struct mic_err *negotiate_refusal(const struct mic_auth *auth)
{
    const struct negotiate *negotiate = (const struct negotiate *)(const void *)auth;

    return negotiate->is_refused ? &negotiate->why : NULL;
}

const struct mic_auth_scheme mic_auth_negotiate = {
    .auth_type = MI_AUTH_TYPE_NEGO_WITH_CREDS,
    .wire_name = "Negotiate",
    .mechanism = "Negotiate",
    .other_name = &mic_auth_ntlm_by_name,
    .needs_library = true,
    .may_block = true,
    .seal_protocol = "application/HTTP-SPNEGO-session-encrypted",
    .counts_padding = true, /* of RC4, as Windows has it */
    .check = negotiate_check,
    .open = negotiate_open,
    .step = negotiate_step,
    .seal = negotiate_seal,
    .unseal = negotiate_unseal,
    .is_ending = negotiate_is_ending,
    .refusal = negotiate_refusal,
    .close = negotiate_close,
};
