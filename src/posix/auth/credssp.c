/* CredSSP ([MS-CSSP] 3.1.5) as a scheme of HTTP (MS-WSMV 3.1.4.1.28): a TLS session whose records
 * are the tokens; in it a logon with Negotiate; the proof that both sides mean the same TLS; then
 * user name and password for the server to use. What follows is sealed by that TLS. */
#include "auth/credssp_asn1.h"
#include "auth/credssp_error.h"
#include "auth/credssp_inner.h"
#include "auth/credssp_key.h"
#include "auth/credssp_openssl.h"
#include "auth/credssp_tls.h"
#include "auth/gss.h"
#include "auth/ntlm.h"
#include "auth/who.h"
#include "base/base64.h"
#include "base/mem.h"

#define WIRE_NAME   "CredSSP"
#define VERSION     6U /* ours */
#define VERSION_MIN 2U
#define SEAL_HEAD   ((size_t)4)

enum state {
    STATE_NEW,
    STATE_SHAKE,  /* TLS is being made */
    STATE_SHAKEN, /* our last message of it is out: what comes is at most tickets (RFC 8446 4.6) */
    STATE_LOGON,  /* the logon inside */
    STATE_PROOF,  /* our proof of the key is out */
    STATE_GIVEN,  /* user name and password are */
    STATE_DONE,
    STATE_DEAD
};

struct credssp {
    struct mic_auth base;
    const struct mic_auth_settings *settings; /* not for a step that may block */
    struct mic_credssp_inner *inner;
    struct mic_credssp_tls *tls;
    enum state state;
    unsigned version;   /* agreed on; 0: not yet */
    struct mic_buf key; /* the server's, of its TLS */
    unsigned char nonce[MIC_CREDSSP_NONCE_SIZE];
    bool is_ticket_refused; /* that is why a step failed */
    bool is_second_try;     /* after that */
    bool seals;             /* then the body waits for the end of the logon */
};

static struct credssp *of(struct mic_auth *auth)
{
    return (struct credssp *)(void *)auth;
}

static MI_Result no_memory(struct mic_err *err)
{
    return mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
}

/* ---- life ---- */

static MI_Result credssp_check(const struct mic_auth_settings *settings, struct mic_err *err)
{
    if (settings->user == NULL || settings->user[0] == '\0' || settings->password == NULL ||
        settings->password->data == NULL) {
        mic_err_set(err, MIC_E_ARGUMENT,
                    "CredSSP hands a user name and a password to the server, so the credentials "
                    "of type %s need both",
                    MI_AUTH_TYPE_CREDSSP);
        return err->result;
    }
    if (mic_str_equal(mic_str_from(settings->domain), MIC_STR("."))) {
        return mic_ntlm_check(settings, err); /* no KDC knows such a user */
    }
    return mic_gss_check(err) == MI_RESULT_OK ? MI_RESULT_OK : mic_ntlm_check(settings, err);
}

static void credssp_close(struct mic_auth *auth)
{
    struct credssp *credssp = of(auth);

    mic_credssp_tls_free(credssp->tls);
    mic_credssp_inner_free(credssp->inner);
    mic_buf_fini(&credssp->key);
    mic_free(credssp);
}

/* The logon inside is bound by the key, not by a channel binding of what is around. */
static struct mic_auth *credssp_open(const struct mic_auth_settings *settings,
                                     struct mic_str channel_binding, struct mic_err *err)
{
    struct credssp *credssp = mic_calloc(1, sizeof(*credssp));

    (void)channel_binding;
    if (credssp == NULL) {
        no_memory(err);
        return NULL;
    }
    credssp->base.scheme = &mic_auth_credssp;
    credssp->settings = settings;
    credssp->seals = settings->privacy && !settings->https;
    mic_buf_init(&credssp->key);
    credssp->inner = mic_credssp_inner_new(settings, err);
    if (credssp->inner == NULL) {
        credssp_close(&credssp->base);
        return NULL;
    }
    credssp->base.is_settled = !mic_credssp_inner_may_block(credssp->inner);
    return &credssp->base;
}

/* ---- sending ---- */

static MI_Result send_records(const struct mic_buf *records, struct mic_buf *authorization,
                              struct mic_err *err)
{
    mic_buf_append_text(authorization, WIRE_NAME " ");
    mic_base64_encode(authorization, records->data, records->size);
    return authorization->failed ? no_memory(err) : MI_RESULT_OK;
}

static MI_Result send_request(struct credssp *credssp, const struct mic_ts_request *request,
                              struct mic_buf *authorization, struct mic_err *err)
{
    struct mic_buf plain, records;
    MI_Result result;

    mic_buf_init(&plain);
    mic_buf_init(&records);
    mic_ts_request_write(&plain, request);
    result = plain.failed
                 ? no_memory(err)
                 : mic_credssp_tls_write(credssp->tls, (struct mic_str){plain.data, plain.size},
                                         &records, NULL, err);
    if (result == MI_RESULT_OK) {
        result = send_records(&records, authorization, err);
    }
    mic_buf_fini(&plain);
    mic_buf_fini(&records);
    return result;
}

static struct mic_str str_of(const struct mic_buf *buf)
{
    struct mic_str text = {buf->data, buf->size};

    if (buf->size == 0) {
        text.data = NULL; /* not there */
    }
    return text;
}

/* ---- the logon inside ---- */

static MI_Result send_token(struct credssp *credssp, struct mic_str input,
                            struct mic_buf *authorization, struct mic_err *err)
{
    struct mic_ts_request request = {.version = VERSION};
    struct mic_buf token;
    MI_Result result;

    mic_buf_init(&token);
    result = mic_credssp_inner_step(credssp->inner, input, &token, err);
    request.token = str_of(&token);
    if (result == MI_RESULT_OK) {
        result = send_request(credssp, &request, authorization, err);
    }
    mic_buf_fini(&token);
    return result;
}

static MI_Result make_proof(struct credssp *credssp, enum mic_credssp_side side,
                            struct mic_buf *out, struct mic_err *err)
{
    return mic_credssp_key_proof(credssp->settings->library, side, credssp->version, credssp->nonce,
                                 str_of(&credssp->key), out)
               ? MI_RESULT_OK
               : mic_err_set(err, MIC_E_MEMORY, "the proof of the server's key cannot be made");
}

/* Step 3: the last token of the logon, if any is left, and the proof. */
static MI_Result send_proof(struct credssp *credssp, const struct mic_buf *token,
                            struct mic_buf *authorization, struct mic_err *err)
{
    struct mic_ts_request request = {.version = VERSION, .token = str_of(token)};
    struct mic_buf proof, sealed;
    MI_Result result;

    mic_buf_init(&proof);
    mic_buf_init(&sealed);
    if (!mic_credssp_random(credssp->settings->library, credssp->nonce,
                            (int)sizeof(credssp->nonce))) {
        result = mic_err_set(err, MIC_E_RESOURCE, "OpenSSL gives no random bytes");
        err->phase = MIC_PHASE_LOGON;
        goto done;
    }
    result = make_proof(credssp, MIC_CREDSSP_CLIENT, &proof, err);
    if (result == MI_RESULT_OK) {
        result = mic_credssp_inner_wrap(credssp->inner, str_of(&proof), &sealed, err);
    }
    if (result == MI_RESULT_OK) {
        request.key_auth = str_of(&sealed);
        if (credssp->version >= MIC_CREDSSP_HASHES) {
            request.nonce = (struct mic_str){(const char *)credssp->nonce, sizeof(credssp->nonce)};
        }
        result = send_request(credssp, &request, authorization, err);
    }
    credssp->state = STATE_PROOF;
done:
    mic_buf_fini(&proof);
    mic_buf_fini(&sealed);
    return result;
}

static MI_Result go_on_with_logon(struct credssp *credssp, const struct mic_ts_request *reply,
                                  struct mic_buf *authorization, struct mic_err *err)
{
    struct mic_ts_request request = {.version = VERSION};
    struct mic_buf token;
    MI_Result result;

    if (reply->token.size == 0) {
        return mic_err_set(err, MIC_E_LOGON_PROTOCOL,
                           "%s sent no token of the logon inside CredSSP", credssp->settings->host);
    }
    mic_buf_init(&token);
    result = mic_credssp_inner_step(credssp->inner, reply->token, &token, err);
    credssp->is_ticket_refused = result != MI_RESULT_OK && err->code != MIC_E_LOGON_MUTUAL;
    if (result == MI_RESULT_OK && mic_credssp_inner_is_ready(credssp->inner)) {
        result = send_proof(credssp, &token, authorization, err);
    } else if (result == MI_RESULT_OK && token.size > 0) {
        request.token = str_of(&token);
        result = send_request(credssp, &request, authorization, err);
    } else if (result == MI_RESULT_OK) {
        result = mic_err_set(err, MIC_E_LOGON_PROTOCOL, "the logon inside CredSSP came to no end");
    }
    mic_buf_fini(&token);
    return result;
}

/* ---- the server's proof, and what it is worth ---- */

static MI_Result fail_proof(const struct credssp *credssp, const char *what, struct mic_err *err)
{
    mic_err_set(err, MIC_E_LOGON_MUTUAL,
                "%s did not prove that the public key of this CredSSP session is its own: %s. A "
                "man in the middle may be reading along. User name and password were not sent",
                credssp->settings->host, what);
    return err->result;
}

static MI_Result check_proof(struct credssp *credssp, const struct mic_ts_request *reply,
                             struct mic_err *err)
{
    struct mic_buf due, given;
    MI_Result result;

    if (reply->key_auth.size == 0) {
        return fail_proof(credssp, "its answer holds no proof (pubKeyAuth)", err);
    }
    mic_buf_init(&due);
    mic_buf_init(&given);
    result = make_proof(credssp, MIC_CREDSSP_SERVER, &due, err);
    if (result != MI_RESULT_OK) {
        goto done;
    }
    result = mic_credssp_inner_unwrap(credssp->inner, reply->key_auth, due.size, &given, err);
    if (result != MI_RESULT_OK) {
        if (err->code == MIC_E_SEAL) {
            result = fail_proof(credssp, "its proof is not sealed by the logon inside", err);
        }
    } else if (!mic_str_equal(str_of(&due), str_of(&given))) {
        result = fail_proof(credssp, "its proof is for another key", err);
    }
done:
    mic_buf_fini(&due);
    mic_buf_fini(&given);
    return result;
}

/* Step 5. */
static MI_Result send_credentials(struct credssp *credssp, struct mic_buf *authorization,
                                  struct mic_err *err)
{
    const struct mic_auth_settings *settings = credssp->settings;
    struct mic_who who = mic_who_is(settings);
    struct mic_ts_password password = {
        who.domain, who.user, {settings->password->data, settings->password->size}};
    struct mic_ts_request request = {.version = VERSION};
    struct mic_buf plain, sealed;
    MI_Result result;

    mic_buf_init(&plain);
    mic_buf_init(&sealed);
    if (!mic_ts_password_write(&plain, &password)) {
        result = plain.failed ? no_memory(err)
                              : mic_err_set(err, MIC_E_ARGUMENT,
                                            "the user name, domain or password is not UTF-8");
    } else {
        result = mic_credssp_inner_wrap(credssp->inner, str_of(&plain), &sealed, err);
    }
    mic_wipe(plain.data, plain.capacity);
    if (result == MI_RESULT_OK) {
        request.auth_info = str_of(&sealed);
        result = send_request(credssp, &request, authorization, err);
    }
    credssp->state = STATE_GIVEN;
    mic_buf_fini(&plain);
    mic_buf_fini(&sealed);
    return result;
}

/* A MIC of the mechanisms may come with the proof: RFC 4178 5. */
static MI_Result take_proof(struct credssp *credssp, const struct mic_ts_request *reply,
                            struct mic_buf *authorization, struct mic_err *err)
{
    MI_Result result = check_proof(credssp, reply, err);

    return result == MI_RESULT_OK ? send_credentials(credssp, authorization, err) : result;
}

/* ---- versions ---- */

/* Before version 5 the client seals the key as it came, and so whatever somebody in between wants
 * it to seal (CVE-2018-0886). */
static MI_Result fail_version(const struct credssp *credssp, unsigned version, unsigned least,
                              struct mic_err *err)
{
    mic_err_set(err, MIC_E_LOGON_PROTOCOL,
                "%s speaks CredSSP version %u, and at least version %u is wanted: older ones can "
                "be attacked from the middle (CVE-2018-0886)",
                credssp->settings->host, version, least);
    mic_err_remedy(err,
                   "Install the updates of May 2018 or later on the server; or, at your own "
                   "risk, set the destination option "
                   "__MI_DESTINATIONOPTIONS_CREDSSP_MIN_VERSION to %u.",
                   version < VERSION_MIN ? VERSION_MIN : version);
    return err->result;
}

static MI_Result agree(struct credssp *credssp, uint32_t version, struct mic_err *err)
{
    unsigned least = credssp->settings->credssp_min_version;
    unsigned common = version < VERSION ? version : VERSION;

    least = least == 0 ? MIC_CREDSSP_HASHES : least < VERSION_MIN ? VERSION_MIN : least;
    if (common < least) {
        return fail_version(credssp, common, least, err);
    }
    if (credssp->version != 0 && credssp->version != common) {
        return mic_err_set(err, MIC_E_LOGON_MUTUAL,
                           "%s changed its CredSSP version in the middle of a logon, from %u to %u",
                           credssp->settings->host, credssp->version, common);
    }
    credssp->version = common;
    return MI_RESULT_OK;
}

/* ---- receiving ---- */

/* Beside the status there may be a token of the logon inside, and Kerberos' says whose clock or
 * name is wrong. */
static MI_Result fail_refused(struct credssp *credssp, const struct mic_ts_request *reply,
                              struct mic_err *err)
{
    struct mic_buf none;
    MI_Result result = MI_RESULT_OK;

    mic_buf_init(&none);
    if (reply->token.size > 0 && !mic_credssp_inner_is_ready(credssp->inner)) {
        result = mic_credssp_inner_step(credssp->inner, reply->token, &none, err);
    }
    mic_buf_fini(&none);
    if (result != MI_RESULT_OK && err->code != MIC_E_LOGON && err->code != MIC_E_LOGON_KERBEROS &&
        err->code != MIC_E_LOGON_PROTOCOL) {
        return result;
    }
    return mic_credssp_fail_status(
        credssp->settings->host, credssp->settings->user, mic_credssp_inner_name(credssp->inner),
        mic_credssp_inner_why(credssp->inner)->message, reply->error, err);
}

static MI_Result take_request(struct credssp *credssp, struct mic_str bytes,
                              struct mic_buf *authorization, struct mic_err *err)
{
    struct mic_ts_request reply;

    if (!mic_ts_request_read(bytes, &reply)) {
        return mic_err_set(err, MIC_E_LOGON_PROTOCOL,
                           "%s sent a token that is no TSRequest of CredSSP",
                           credssp->settings->host);
    }
    if (reply.has_error && reply.error != 0) {
        credssp->is_ticket_refused =
            credssp->state == STATE_LOGON && mic_credssp_may_be_ticket(reply.error);
        return fail_refused(credssp, &reply, err);
    }
    if (agree(credssp, reply.version, err) != MI_RESULT_OK) {
        return err->result;
    }
    switch (credssp->state) {
    case STATE_LOGON:
        return go_on_with_logon(credssp, &reply, authorization, err);
    case STATE_PROOF:
        return take_proof(credssp, &reply, authorization, err);
    case STATE_NEW:
    case STATE_SHAKE:
    case STATE_SHAKEN:
    case STATE_GIVEN:
    case STATE_DONE:
    case STATE_DEAD:
        break;
    }
    return mic_err_set(err, MIC_E_LOGON_PROTOCOL,
                       "%s asks for more after user name and password (CredSSP)",
                       credssp->settings->host);
}

static MI_Result begin_logon(struct credssp *credssp, struct mic_buf *authorization,
                             struct mic_err *err)
{
    credssp->state = STATE_LOGON;
    mic_buf_clear(&credssp->key);
    if (mic_credssp_tls_key(credssp->tls, &credssp->key, err) != MI_RESULT_OK) {
        return err->result;
    }
    return send_token(credssp, MIC_STR(""), authorization, err);
}

/* A client of TLS 1.2 is through with the server's last message, one of TLS 1.3 with its own. */
static MI_Result shake(struct credssp *credssp, struct mic_str records,
                       struct mic_buf *authorization, struct mic_err *err)
{
    struct mic_buf output;
    bool is_done = false;
    MI_Result result;

    mic_buf_init(&output);
    result = mic_credssp_tls_shake(credssp->tls, records, &output, &is_done, err);
    if (result == MI_RESULT_OK && is_done) {
        credssp->state = STATE_SHAKEN;
    }
    if (result == MI_RESULT_OK && output.size > 0) {
        result = send_records(&output, authorization, err);
    } else if (result == MI_RESULT_OK && is_done) {
        result = begin_logon(credssp, authorization, err);
    } else if (result == MI_RESULT_OK) {
        result = mic_err_set(err, MIC_E_LOGON_PROTOCOL, "%s does not go on with the TLS of CredSSP",
                             credssp->settings->host);
    }
    mic_buf_fini(&output);
    return result;
}

/* @param plain  what the records held */
static MI_Result take_plain(struct credssp *credssp, const struct mic_buf *plain,
                            struct mic_buf *authorization, struct mic_err *err)
{
    if (credssp->state != STATE_SHAKEN) {
        return take_request(credssp, (struct mic_str){plain->data, plain->size}, authorization,
                            err);
    }
    return plain->size == 0
               ? begin_logon(credssp, authorization, err)
               : mic_err_set(err, MIC_E_LOGON_PROTOCOL, "%s speaks before it is asked (CredSSP)",
                             credssp->settings->host);
}

static MI_Result take_records(struct credssp *credssp, struct mic_str records,
                              struct mic_buf *authorization, struct mic_err *err)
{
    struct mic_buf plain;
    MI_Result result;

    if (credssp->state == STATE_SHAKE) {
        return shake(credssp, records, authorization, err);
    }
    mic_buf_init(&plain);
    result = mic_credssp_tls_read(credssp->tls, records, &plain, err);
    if (result == MI_RESULT_OK) {
        result = take_plain(credssp, &plain, authorization, err);
    }
    mic_buf_fini(&plain);
    return result;
}

static MI_Result take_challenge(struct credssp *credssp, struct mic_str challenge,
                                struct mic_buf *authorization, struct mic_err *err)
{
    struct mic_buf records;
    MI_Result result;

    mic_buf_init(&records);
    if (!mic_buf_reserve(&records, challenge.size)) {
        result = no_memory(err);
    } else if (!mic_base64_decode(&records, challenge)) {
        result = mic_err_set(err, MIC_E_LOGON_PROTOCOL,
                             "%s sent a CredSSP token that is not base64", credssp->settings->host);
    } else {
        result =
            take_records(credssp, (struct mic_str){records.data, records.size}, authorization, err);
    }
    mic_buf_fini(&records);
    return result;
}

/* ---- moves ---- */

static enum mic_auth_step die(struct credssp *credssp)
{
    credssp->state = STATE_DEAD;
    return MIC_AUTH_FAILED;
}

/* The ticket first, where nothing of the connection is touched; TLS on the loop. */
static enum mic_auth_step begin(struct credssp *credssp, struct mic_buf *authorization,
                                struct mic_err *err)
{
    if (mic_credssp_inner_may_block(credssp->inner)) {
        credssp->base.is_settled = true;
        return mic_credssp_inner_prepare(credssp->inner, err) == MI_RESULT_OK ? MIC_AUTH_AGAIN
                                                                              : die(credssp);
    }
    credssp->version = 0;
    credssp->is_ticket_refused = false;
    mic_credssp_tls_free(credssp->tls);
    credssp->tls = mic_credssp_tls_new(credssp->settings->library, err);
    credssp->state = STATE_SHAKE;
    if (credssp->tls == NULL || shake(credssp, MIC_STR(""), authorization, err) != MI_RESULT_OK) {
        return die(credssp);
    }
    return MIC_AUTH_SEND_LEG;
}

static enum mic_auth_step step_before_request(struct credssp *credssp,
                                              struct mic_buf *authorization, struct mic_err *err)
{
    if (credssp->state == STATE_DONE) {
        return MIC_AUTH_DONE;
    }
    if (credssp->state == STATE_NEW || credssp->state == STATE_SHAKE) {
        return begin(credssp, authorization, err); /* again, where it could not be sent */
    }
    mic_err_set(err, MIC_E_LOGON_PROTOCOL, "the logon of this connection came to no end");
    return MIC_AUTH_FAILED;
}

/* Without words of the server's; the caller has some for a single try. */
static void set_both(const struct credssp *credssp, struct mic_err *err)
{
    const char *why = mic_credssp_inner_why(credssp->inner)->message;
    char user[128];

    if (why[0] == '\0') {
        return;
    }
    mic_err_quote(mic_str_from(credssp->settings->user), user, sizeof(user));
    mic_err_set(err, MIC_E_LOGON,
                "%s refused the logon of user \"%s\" with CredSSP (%s inside, status 401); before "
                "that, %s",
                credssp->settings->host, user, mic_credssp_inner_name(credssp->inner), why);
    mic_err_remedy(err, "%s", mic_auth_credssp.refusal_remedy);
    err->native = 401;
}

/* As with Negotiate: what the server says of a ticket is not the password's fault. All of CredSSP
 * begins again, on the same connection, since its TLS ends with its logon. */
static enum mic_auth_step refused(struct credssp *credssp, struct mic_buf *authorization,
                                  struct mic_err *err)
{
    if (credssp->is_ticket_refused && mic_credssp_inner_give_up(credssp->inner, err)) {
        mic_wipe(authorization->data, authorization->size);
        mic_buf_clear(authorization);
        credssp->is_second_try = true;
        return begin(credssp, authorization, err);
    }
    return die(credssp);
}

static enum mic_auth_step go_on(struct credssp *credssp, struct mic_str challenge,
                                struct mic_buf *authorization, struct mic_err *err)
{
    if (challenge.size == 0 && credssp->state != STATE_SHAKEN) {
        credssp->is_ticket_refused = credssp->state == STATE_LOGON;
        set_both(credssp, err);
        return refused(credssp, authorization, err);
    }
    if (take_challenge(credssp, challenge, authorization, err) != MI_RESULT_OK) {
        return refused(credssp, authorization, err);
    }
    return credssp->state == STATE_GIVEN && !credssp->seals ? MIC_AUTH_SEND : MIC_AUTH_SEND_LEG;
}

/* The server took user name and password; nothing of CredSSP tells so, its seal does. */
static enum mic_auth_step end(struct credssp *credssp, unsigned status,
                              const struct mic_str *challenge, struct mic_err *err)
{
    struct mic_buf none;

    if (credssp->state != STATE_GIVEN) {
        mic_err_set(err, MIC_E_LOGON,
                    "the server answered (status %u) before the CredSSP logon was done: it does "
                    "not ask who is there",
                    status);
        mic_err_remedy(err, "Let the server demand CredSSP, or use another type of credentials.");
        return die(credssp);
    }
    if (challenge != NULL && challenge->size > 0) {
        mic_buf_init(&none);
        (void)take_challenge(credssp, *challenge, &none, err);
        mic_buf_fini(&none);
        return die(credssp);
    }
    credssp->state = STATE_DONE;
    return MIC_AUTH_DONE;
}

static enum mic_auth_step credssp_step(struct mic_auth *auth, unsigned http_status,
                                       const struct mic_str *challenge,
                                       struct mic_buf *authorization, struct mic_err *err)
{
    struct credssp *credssp = of(auth);

    if (http_status == 0) {
        return step_before_request(credssp, authorization, err);
    }
    if (http_status != 401) {
        return end(credssp, http_status, challenge, err);
    }
    if (challenge == NULL || credssp->state == STATE_NEW || credssp->state == STATE_DONE ||
        credssp->state == STATE_DEAD) {
        return die(credssp);
    }
    return go_on(credssp, *challenge, authorization, err);
}

/* ---- messages (MS-WSMV 2.2.9.1.3): a TLS record each ---- */

static MI_Result credssp_seal(struct mic_auth *auth, const char *plain, size_t size,
                              struct mic_buf *out, struct mic_err *err)
{
    struct credssp *credssp = of(auth);
    size_t at = out->size, trailer = 0;
    static const char head[SEAL_HEAD] = {0};

    if (credssp->state != STATE_DONE) {
        return mic_err_set(err, MIC_E_STATE, "nothing can be sealed before the logon");
    }
    mic_buf_append(out, head, sizeof(head));
    if (mic_credssp_tls_write(credssp->tls, (struct mic_str){plain, size}, out, &trailer, err) !=
        MI_RESULT_OK) {
        return err->result;
    }
    for (unsigned i = 0; i < SEAL_HEAD && !out->failed; i++) {
        out->data[at + i] = (char)(trailer >> (8 * i) & 0xff);
    }
    return MI_RESULT_OK;
}

/* What the 32 bits in front count is of no use: records know where they end. */
static MI_Result credssp_unseal(struct mic_auth *auth, const char *sealed, size_t size,
                                struct mic_buf *out, struct mic_err *err)
{
    struct credssp *credssp = of(auth);
    MI_Result result;

    if (credssp->state != STATE_DONE || size <= SEAL_HEAD) {
        return mic_err_set(err, MIC_E_SEAL, "a sealed message holds no record of CredSSP's TLS");
    }
    result = mic_credssp_tls_read(credssp->tls,
                                  (struct mic_str){sealed + SEAL_HEAD, size - SEAL_HEAD}, out, err);
    if (result == MI_RESULT_OK && !mic_credssp_tls_is_even(credssp->tls)) {
        credssp->state = STATE_DEAD;
        return mic_err_set(err, MIC_E_SEAL, "a sealed message ends inside a TLS record");
    }
    return result;
}

static const struct mic_err *credssp_refusal(const struct mic_auth *auth)
{
    const struct credssp *credssp = (const struct credssp *)(const void *)auth;

    return credssp->is_second_try ? mic_credssp_inner_why(credssp->inner) : NULL;
}

const struct mic_auth_scheme mic_auth_credssp = {
    .auth_type = MI_AUTH_TYPE_CREDSSP,
    .wire_name = WIRE_NAME,
    .mechanism = WIRE_NAME,
    .refusal_remedy =
        "Check user name, domain and password, that the account is enabled, not locked and not "
        "expired, and may be delegated; the security log of the server names the reason.",
    .offer_remedy = "On the server: winrm set winrm/config/service/auth @{CredSSP=\"true\"} (or "
                    "Enable-WSManCredSSP -Role Server); or use a scheme that it offers.",
    .needs_library = true,
    .has_own_tls = true,
    .may_block = true,
    .seal_protocol = "application/HTTP-CredSSP-session-encrypted",
    .seal_piece = MIC_CREDSSP_RECORD,
    .check = credssp_check,
    .open = credssp_open,
    .step = credssp_step,
    .seal = credssp_seal,
    .unseal = credssp_unseal,
    .refusal = credssp_refusal,
    .close = credssp_close,
};
