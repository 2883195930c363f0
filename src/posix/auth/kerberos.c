/* Kerberos tokens in HTTP: bare for the scheme Kerberos (MS-WSMV 2.2.9.1.2), in SPNEGO for
 * Negotiate (RFC 4559). */
#include "auth/kerberos.h"

#include "auth/gss.h"
#include "auth/spnego.h"
#include "base/base64.h"
#include "base/mem.h"

struct kerberos {
    struct mic_auth base;
    struct mic_gss *gss;
    char *host;
    bool uses_spnego;
    bool sends_body; /* with the first token, since it need not be sealed */
    bool is_done;
    bool sent_mic; /* of the list of mechanisms; the server's is due */
};

static struct kerberos *of(struct mic_auth *auth)
{
    return (struct kerberos *)(void *)auth;
}

static MI_Result kerberos_check(const struct mic_auth_settings *settings, struct mic_err *err)
{
    (void)settings;
    return mic_gss_check(err);
}

static void kerberos_close(struct mic_auth *auth)
{
    struct kerberos *kerberos = of(auth);

    mic_gss_close(kerberos->gss);
    mic_free(kerberos->host);
    mic_free(kerberos);
}

static struct mic_auth *open_as(const struct mic_auth_scheme *scheme,
                                const struct mic_auth_settings *settings,
                                struct mic_str channel_binding, struct mic_err *err)
{
    struct kerberos *kerberos = mic_calloc(1, sizeof(*kerberos));

    if (kerberos == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        return NULL;
    }
    kerberos->base.scheme = scheme;
    kerberos->uses_spnego = scheme == &mic_auth_kerberos_spnego;
    kerberos->sends_body = settings->https || !settings->privacy;
    kerberos->host = mic_strdup(settings->host);
    if (kerberos->host == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
    } else {
        kerberos->gss = mic_gss_open(settings, channel_binding, err);
    }
    if (kerberos->gss == NULL) {
        kerberos_close(&kerberos->base);
        return NULL;
    }
    return &kerberos->base;
}

static struct mic_auth *kerberos_open(const struct mic_auth_settings *settings,
                                      struct mic_str channel_binding, struct mic_err *err)
{
    return open_as(&mic_auth_kerberos, settings, channel_binding, err);
}

static struct mic_auth *spnego_open(const struct mic_auth_settings *settings,
                                    struct mic_str channel_binding, struct mic_err *err)
{
    return open_as(&mic_auth_kerberos_spnego, settings, channel_binding, err);
}

/* ---- legs ---- */

static enum mic_auth_step fail(struct mic_err *err, enum mic_err_code code, const char *host,
                               const char *what)
{
    mic_err_set(err, code, "%s %s", host, what);
    return MIC_AUTH_FAILED;
}

static enum mic_auth_step fail_memory(struct mic_err *err)
{
    mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
    return MIC_AUTH_FAILED;
}

static bool write_header(const struct kerberos *kerberos, struct mic_str token,
                         struct mic_buf *authorization)
{
    mic_buf_append_text(authorization, kerberos->base.scheme->wire_name);
    mic_buf_append_char(authorization, ' ');
    mic_base64_encode(authorization, token.data, token.size);
    return !authorization->failed;
}

MI_Result mic_kerberos_begin(struct mic_auth *auth, struct mic_buf *out, struct mic_err *err)
{
    struct kerberos *kerberos = of(auth);
    struct mic_buf token;
    MI_Result result;

    mic_buf_init(&token);
    kerberos->base.is_settled = true; /* what follows needs no KDC */
    result = mic_gss_step(kerberos->gss, MIC_STR(""), &token, err);
    if (result == MI_RESULT_OK) {
        if (kerberos->uses_spnego) {
            mic_spnego_write_init(out, (struct mic_str){token.data, token.size});
        } else {
            mic_buf_append(out, token.data, token.size);
        }
        result = out->failed ? mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon") : result;
    }
    mic_buf_fini(&token);
    return result;
}

static enum mic_auth_step begin(struct kerberos *kerberos, struct mic_buf *authorization,
                                struct mic_err *err)
{
    enum mic_auth_step step = kerberos->sends_body ? MIC_AUTH_SEND : MIC_AUTH_SEND_LEG;
    struct mic_buf framed;

    mic_buf_init(&framed);
    if (mic_kerberos_begin(&kerberos->base, &framed, err) != MI_RESULT_OK) {
        step = MIC_AUTH_FAILED;
    } else if (!write_header(kerberos, (struct mic_str){framed.data, framed.size}, authorization)) {
        step = fail_memory(err);
    }
    mic_buf_fini(&framed);
    return step;
}

static void set_refused(struct kerberos *kerberos, struct mic_err *err)
{
    mic_gss_refuse(kerberos->gss);
    mic_err_set(err, MIC_E_LOGON,
                "%s refused the Kerberos ticket of %s for %s (status 401), which the KDC had given "
                "out",
                kerberos->host, mic_gss_client(kerberos->gss), mic_gss_target(kerberos->gss));
    mic_err_remedy(err,
                   "Check that the server's own account holds this service name (setspn -Q "
                   "%s), that its clock is right and that the user may log on there.",
                   mic_gss_target(kerberos->gss));
    err->native = 401;
}

/* The signature over the offered mechanisms (RFC 4178 5), where the server gave or wants one. */
static MI_Result settle_mic(struct kerberos *kerberos, const struct mic_spnego_reply *reply,
                            struct mic_buf *answer, struct mic_err *err)
{
    if (reply->mic.size > 0 &&
        mic_gss_verify(kerberos->gss, mic_spnego_mechanisms, reply->mic, err) != MI_RESULT_OK) {
        return err->result;
    }
    if (kerberos->sent_mic ||
        (reply->state != MIC_SPNEGO_REQUEST_MIC && reply->state != MIC_SPNEGO_INCOMPLETE)) {
        return MI_RESULT_OK;
    }
    kerberos->sent_mic = true;
    return mic_gss_sign(kerberos->gss, mic_spnego_mechanisms, answer, err);
}

/* One token of the server's, taken out of SPNEGO. @param answer  appended: what is to be sent back,
 * if anything */
static MI_Result take_spnego(struct kerberos *kerberos, struct mic_str bytes,
                             struct mic_buf *answer, struct mic_err *err)
{
    struct mic_spnego_reply reply;
    struct mic_buf token, mic;
    MI_Result result = MI_RESULT_OK;

    mic_buf_init(&token);
    mic_buf_init(&mic);
    if (!mic_spnego_read(bytes, &reply)) {
        result = mic_err_set(err, MIC_E_LOGON_PROTOCOL, "%s sent a token that is no SPNEGO",
                             kerberos->host);
    } else if (reply.token.size > 0 && mic_spnego_is_kerberos(reply.mechanism) &&
               !mic_gss_is_done(kerberos->gss)) {
        result = mic_gss_step(kerberos->gss, reply.token, &token, err);
    }
    if (result == MI_RESULT_OK &&
        (reply.state == MIC_SPNEGO_REJECT || !mic_spnego_is_kerberos(reply.mechanism))) {
        set_refused(kerberos, err);
        result = err->result;
    }
    if (result == MI_RESULT_OK && mic_gss_is_done(kerberos->gss)) {
        result = settle_mic(kerberos, &reply, &mic, err);
    }
    if (result == MI_RESULT_OK && (token.size > 0 || mic.size > 0)) {
        mic_spnego_write_reply(answer, (struct mic_str){token.data, token.size},
                               (struct mic_str){mic.data, mic.size});
    }
    mic_buf_fini(&token);
    mic_buf_fini(&mic);
    return result;
}

static MI_Result take_token(struct kerberos *kerberos, struct mic_str bytes, struct mic_buf *answer,
                            struct mic_err *err)
{
    struct mic_buf token;
    MI_Result result;

    mic_buf_init(&token);
    if (!mic_buf_reserve(&token, bytes.size)) {
        result = mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
    } else if (!mic_base64_decode(&token, bytes)) {
        result = mic_err_set(err, MIC_E_LOGON_PROTOCOL, "%s sent a token that is no base64",
                             kerberos->host);
    } else if (kerberos->uses_spnego) {
        result = take_spnego(kerberos, (struct mic_str){token.data, token.size}, answer, err);
    } else {
        result = mic_gss_step(kerberos->gss, (struct mic_str){token.data, token.size}, answer, err);
    }
    if (result == MI_RESULT_OK && answer->failed) {
        result = mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
    }
    mic_buf_fini(&token);
    return result;
}

static enum mic_auth_step go_on(struct kerberos *kerberos, const struct mic_str *challenge,
                                struct mic_buf *authorization, struct mic_err *err)
{
    struct mic_buf answer;
    enum mic_auth_step step = MIC_AUTH_FAILED;

    if (challenge == NULL) {
        mic_gss_refuse(kerberos->gss);
        return MIC_AUTH_FAILED; /* not offered: the caller has the words */
    }
    mic_buf_init(&answer);
    if (challenge->size == 0) {
        set_refused(kerberos, err);
    } else if (take_token(kerberos, *challenge, &answer, err) == MI_RESULT_OK) {
        if (answer.size == 0) {
            set_refused(kerberos, err);
        } else if (!write_header(kerberos, (struct mic_str){answer.data, answer.size},
                                 authorization)) {
            step = fail_memory(err);
        } else {
            step = kerberos->sends_body ? MIC_AUTH_SEND : MIC_AUTH_SEND_LEG;
        }
    }
    mic_buf_fini(&answer);
    return step;
}

/* The last token. A status that tells of failure may come without one: from a proxy, or from a
 * server that is busy. */
static enum mic_auth_step end(struct kerberos *kerberos, unsigned http_status,
                              const struct mic_str *challenge, struct mic_err *err)
{
    struct mic_buf answer;
    MI_Result result;

    if (challenge == NULL || challenge->size == 0) {
        if (!mic_gss_is_done(kerberos->gss)) {
            return http_status >= 300 ? MIC_AUTH_FAILED
                                      : fail(err, MIC_E_LOGON_MUTUAL, kerberos->host,
                                             "did not prove who it is: its answer carries no "
                                             "Kerberos token");
        }
        kerberos->is_done = true;
        return MIC_AUTH_DONE;
    }
    mic_buf_init(&answer);
    result = take_token(kerberos, *challenge, &answer, err);
    if (result == MI_RESULT_OK && (answer.size > 0 || !mic_gss_is_done(kerberos->gss))) {
        result = mic_err_set(err, MIC_E_LOGON_MUTUAL,
                             "%s took the request, but its Kerberos logon is not at its end",
                             kerberos->host);
    }
    mic_buf_fini(&answer);
    if (result != MI_RESULT_OK) {
        return MIC_AUTH_FAILED;
    }
    kerberos->is_done = true;
    return MIC_AUTH_DONE;
}

static enum mic_auth_step kerberos_step(struct mic_auth *auth, unsigned http_status,
                                        const struct mic_str *challenge,
                                        struct mic_buf *authorization, struct mic_err *err)
{
    struct kerberos *kerberos = of(auth);

    if (http_status == 0) {
        return kerberos->is_done ? MIC_AUTH_DONE : begin(kerberos, authorization, err);
    }
    if (http_status == 401) {
        return go_on(kerberos, challenge, authorization, err);
    }
    return end(kerberos, http_status, challenge, err);
}

MI_Result mic_kerberos_take(struct mic_auth *auth, struct mic_str bytes, struct mic_buf *answer,
                            struct mic_err *err)
{
    MI_Result result = take_spnego(of(auth), bytes, answer, err);

    return result == MI_RESULT_OK && answer->failed
               ? mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon")
               : result;
}

struct mic_gss *mic_kerberos_gss(struct mic_auth *auth)
{
    return of(auth)->gss;
}

bool mic_kerberos_may_try_another(const struct mic_auth *auth)
{
    return !mic_gss_is_final(((const struct kerberos *)(const void *)auth)->gss);
}

/* ---- messages ---- */

static MI_Result kerberos_seal(struct mic_auth *auth, const char *plain, size_t size,
                               struct mic_buf *out, struct mic_err *err)
{
    return mic_gss_seal(of(auth)->gss, plain, size, out, err);
}

static MI_Result kerberos_unseal(struct mic_auth *auth, const char *sealed, size_t size,
                                 struct mic_buf *out, struct mic_err *err)
{
    return mic_gss_unseal(of(auth)->gss, sealed, size, out, err);
}

static bool kerberos_is_ending(const struct mic_auth *auth)
{
    return mic_gss_is_ending(((const struct kerberos *)(const void *)auth)->gss);
}

const struct mic_auth_scheme mic_auth_kerberos = {
    .auth_type = MI_AUTH_TYPE_KERBEROS,
    .wire_name = "Kerberos",
    .mechanism = "Kerberos",
    .other_name = &mic_auth_kerberos_spnego,
    .may_block = true,
    .seal_protocol = "application/HTTP-Kerberos-session-encrypted",
    .counts_padding = true, /* of RC4, as Windows has it */
    .check = kerberos_check,
    .open = kerberos_open,
    .step = kerberos_step,
    .seal = kerberos_seal,
    .unseal = kerberos_unseal,
    .is_ending = kerberos_is_ending,
    .close = kerberos_close,
};

const struct mic_auth_scheme mic_auth_kerberos_spnego = {
    .auth_type = MI_AUTH_TYPE_KERBEROS,
    .wire_name = "Negotiate",
    .mechanism = "Kerberos",
    .may_block = true,
    .seal_protocol = "application/HTTP-SPNEGO-session-encrypted",
    .counts_padding = true, /* of RC4, as Windows has it */
    .check = kerberos_check,
    .open = spnego_open,
    .step = kerberos_step,
    .seal = kerberos_seal,
    .unseal = kerberos_unseal,
    .is_ending = kerberos_is_ending,
    .close = kerberos_close,
};
