/* NTLM as a scheme of HTTP: its messages as they are behind the name Negotiate, which http.sys and
 * OMI take without SPNEGO around them (RFC 4559 4). */
#include "auth/auth.h"
#include "auth/ntlm.h"
#include "base/base64.h"
#include "base/mem.h"

enum state {
    STATE_NEW,
    STATE_BEGUN,    /* the first message is made */
    STATE_ANSWERED, /* the third is: nothing more comes from here */
    STATE_DONE,
    STATE_DEAD
};

struct scheme {
    struct mic_auth base;
    struct mic_ntlm *ntlm;
    enum state state;
    bool seals; /* then the body waits for the end of the logon */
};

static struct scheme *of(struct mic_auth *auth)
{
    return (struct scheme *)(void *)auth;
}

static struct mic_auth *open_as(const struct mic_auth_scheme *scheme,
                                const struct mic_auth_settings *settings,
                                struct mic_str channel_binding, struct mic_err *err)
{
    struct scheme *logon = mic_calloc(1, sizeof(*logon));

    if (logon == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        return NULL;
    }
    logon->base.scheme = scheme;
    logon->seals = settings->privacy && !settings->https;
    logon->ntlm = mic_ntlm_new(settings, channel_binding, err);
    if (logon->ntlm == NULL) {
        mic_free(logon);
        return NULL;
    }
    return &logon->base;
}

static MI_Result ntlm_check(const struct mic_auth_settings *settings, struct mic_err *err)
{
    if (settings->delegation == MIC_DELEGATE_ALWAYS) { /* as Negotiate without GSSAPI, too */
        return mic_auth_refuse_delegation("NTLM", err);
    }
    return mic_ntlm_check(settings, err);
}

static struct mic_auth *ntlm_open(const struct mic_auth_settings *settings,
                                  struct mic_str channel_binding, struct mic_err *err)
{
    return open_as(&mic_auth_ntlm, settings, channel_binding, err);
}

static struct mic_auth *by_name_open(const struct mic_auth_settings *settings,
                                     struct mic_str channel_binding, struct mic_err *err)
{
    return open_as(&mic_auth_ntlm_by_name, settings, channel_binding, err);
}

static enum mic_auth_step send_token(struct scheme *logon, const struct mic_buf *token,
                                     enum state next, enum mic_auth_step step,
                                     struct mic_buf *authorization, struct mic_err *err)
{
    mic_buf_append_text(authorization, logon->base.scheme->wire_name);
    mic_buf_append_char(authorization, ' ');
    mic_base64_encode(authorization, token->data, token->size);
    if (authorization->failed) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
        logon->state = STATE_DEAD;
        return MIC_AUTH_FAILED;
    }
    logon->state = next;
    return step;
}

static enum mic_auth_step begin(struct scheme *logon, struct mic_buf *authorization,
                                struct mic_err *err)
{
    enum mic_auth_step step = MIC_AUTH_FAILED;
    struct mic_buf token;

    mic_buf_init(&token);
    if (mic_ntlm_begin(logon->ntlm, &token, err) == MI_RESULT_OK) {
        step = send_token(logon, &token, STATE_BEGUN, MIC_AUTH_SEND_LEG, authorization, err);
    }
    mic_buf_fini(&token);
    return step;
}

static enum mic_auth_step answer(struct scheme *logon, struct mic_str challenge,
                                 struct mic_buf *authorization, struct mic_err *err)
{
    enum mic_auth_step step = MIC_AUTH_FAILED;
    struct mic_buf raw, token;

    mic_buf_init(&raw);
    mic_buf_init(&token);
    if (!mic_buf_reserve(&raw, challenge.size)) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
    } else if (!mic_base64_decode(&raw, challenge)) {
        mic_err_set(err, MIC_E_LOGON_PROTOCOL, "the server's NTLM challenge is not base64");
    } else if (mic_ntlm_answer(logon->ntlm, (struct mic_str){raw.data, raw.size}, &token, err) ==
               MI_RESULT_OK) {
        step = send_token(logon, &token, STATE_ANSWERED,
                          logon->seals ? MIC_AUTH_SEND_LEG : MIC_AUTH_SEND, authorization, err);
    }
    if (step == MIC_AUTH_FAILED) {
        logon->state = STATE_DEAD;
    }
    mic_buf_fini(&raw);
    mic_buf_fini(&token);
    return step;
}

static enum mic_auth_step step_before_request(struct scheme *logon, struct mic_buf *authorization,
                                              struct mic_err *err)
{
    if (logon->state == STATE_DONE) {
        return MIC_AUTH_DONE;
    }
    if (logon->state == STATE_NEW || logon->state == STATE_BEGUN) {
        return begin(logon, authorization, err); /* again, where it could not be sent */
    }
    mic_err_set(err, MIC_E_LOGON_PROTOCOL, "the logon of this connection came to no end");
    return MIC_AUTH_FAILED;
}

/* A reply other than 401: what it proves of the server is told by its seal alone, if there is one.
 */
static enum mic_auth_step end(struct scheme *logon, unsigned status, struct mic_err *err)
{
    if (logon->state != STATE_ANSWERED && status >= 400) {
        mic_err_set(err, MIC_E_LOGON,
                    "the server failed (status %u) in the middle of the NTLM logon", status);
        mic_err_remedy(err, "See the server's log.");
        logon->state = STATE_DEAD;
        return MIC_AUTH_FAILED;
    }
    if (logon->state != STATE_ANSWERED) {
        mic_err_set(err, MIC_E_LOGON,
                    "the server answered (status %u) before the NTLM logon was done: it does not "
                    "ask who is there",
                    status);
        mic_err_remedy(err, "Let the server demand Negotiate, or use MI_AUTH_TYPE_NONE with clear "
                            "text allowed.");
        logon->state = STATE_DEAD;
        return MIC_AUTH_FAILED;
    }
    logon->state = STATE_DONE;
    return MIC_AUTH_DONE;
}

static enum mic_auth_step ntlm_step(struct mic_auth *auth, unsigned http_status,
                                    const struct mic_str *challenge, struct mic_buf *authorization,
                                    struct mic_err *err)
{
    struct scheme *logon = of(auth);

    if (http_status == 0) {
        return step_before_request(logon, authorization, err);
    }
    if (http_status != 401) {
        return end(logon, http_status, err);
    }
    if (logon->state == STATE_BEGUN && challenge != NULL && challenge->size > 0) {
        return answer(logon, *challenge, authorization, err);
    }
    logon->state = STATE_DEAD;
    return MIC_AUTH_FAILED;
}

static MI_Result ntlm_seal(struct mic_auth *auth, const char *plain, size_t size,
                           struct mic_buf *out, struct mic_err *err)
{
    return mic_ntlm_seal(of(auth)->ntlm, plain, size, out, err);
}

static MI_Result ntlm_unseal(struct mic_auth *auth, const char *sealed, size_t size,
                             struct mic_buf *out, struct mic_err *err)
{
    return mic_ntlm_unseal(of(auth)->ntlm, sealed, size, out, err);
}

static void ntlm_close(struct mic_auth *auth)
{
    mic_ntlm_free(of(auth)->ntlm);
    mic_free(auth);
}

#define REFUSAL                                                                                    \
    "Check user name, domain and password, that the account is enabled, not locked and not "       \
    "expired, and that the server allows NTLM; the security log of the server names the reason."

const struct mic_auth_scheme mic_auth_ntlm = {
    .auth_type = MI_AUTH_TYPE_NTLM,
    .wire_name = "Negotiate",
    .mechanism = "NTLM",
    .refusal_remedy = REFUSAL,
    .other_name = &mic_auth_ntlm_by_name,
    .prefers_other_name = true,
    .needs_library = true,
    .seal_protocol = "application/HTTP-SPNEGO-session-encrypted",
    .check = ntlm_check,
    .open = ntlm_open,
    .step = ntlm_step,
    .seal = ntlm_seal,
    .unseal = ntlm_unseal,
    .close = ntlm_close,
};

/* As proxies without Negotiate have it; never a seal. */
const struct mic_auth_scheme mic_auth_ntlm_by_name = {
    .auth_type = MI_AUTH_TYPE_NTLM,
    .wire_name = "NTLM",
    .mechanism = "NTLM",
    .refusal_remedy = REFUSAL,
    .needs_library = true,
    .check = ntlm_check,
    .open = by_name_open,
    .step = ntlm_step,
    .close = ntlm_close,
};
