/* What a reply's status says before its body counts: logon, refusal, redirect. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "http/challenge.h"
#include "http/conn.h"

/* Cut where it gets long. */
void mic_http_list_offers(const struct mic_http_response *response, const char *field, char *out,
                          size_t size)
{
    size_t position = 0, used = 0;
    const char *value;

    out[0] = '\0';
    while ((value = mic_http_response_field(response, field, &position)) != NULL) {
        struct mic_str rest = mic_str_from(value);
        struct mic_http_challenge challenge;

        while (mic_http_challenge_next(&rest, &challenge)) {
            char name[40];
            size_t length;

            mic_err_quote(challenge.scheme, name, sizeof(name));
            length = strlen(name);
            if (used + length + 3 > size) {
                return;
            }
            if (used > 0) {
                memcpy(out + used, ", ", 2);
                used += 2;
            }
            memcpy(out + used, name, length + 1);
            used += length;
        }
    }
    if (used == 0) {
        (void)snprintf(out, size, "nothing");
    }
}

bool mic_http_find_challenge(const struct mic_http_response *response, const char *field,
                             const char *wire_name, struct mic_str *token)
{
    size_t position = 0;
    const char *value;

    while (wire_name != NULL &&
           (value = mic_http_response_field(response, field, &position)) != NULL) {
        struct mic_str rest = mic_str_from(value);
        struct mic_http_challenge challenge;

        while (mic_http_challenge_next(&rest, &challenge)) {
            if (mic_str_equal_nocase(challenge.scheme, mic_str_from(wire_name))) {
                *token = challenge.token;
                return true;
            }
        }
    }
    return false;
}

static bool find_challenge(const struct mic_http_conn *conn, struct mic_str *token)
{
    return mic_http_find_challenge(&conn->response, "WWW-Authenticate",
                                   conn->pool->scheme->wire_name, token);
}

const char mic_http_logon_remedy[] =
    "The server, or a proxy that does not keep connections together, ended the logon: see the "
    "server's log, and connect without a proxy.";

static const char *scheme_name(const struct mic_http_pool *pool)
{
    const char *name =
        pool->scheme->mechanism != NULL ? pool->scheme->mechanism : pool->scheme->wire_name;

    return name != NULL ? name : "nothing";
}

void mic_http_conn_set_logon_err(const struct mic_http_conn *conn, struct mic_err *err,
                                 const char *what)
{
    const struct mic_http_pool *pool = conn->pool;
    char offers[200], user[128];

    mic_http_list_offers(&conn->response, "WWW-Authenticate", offers, sizeof(offers));
    mic_err_quote(mic_str_from(pool->auth.user), user, sizeof(user));
    mic_err_set(err, MIC_E_LOGON, "%s port %u %s of user \"%s\" with %s (status %u); it offers %s",
                pool->host, (unsigned)pool->port, what, user, scheme_name(pool),
                conn->response.status, offers);
    mic_err_remedy(err, "%s", mic_http_logon_remedy);
    err->native = conn->response.status;
}

/* Who was let in and may not do it. */
static void set_forbidden(const struct mic_http_conn *conn, struct mic_err *err)
{
    const struct mic_http_pool *pool = conn->pool;
    char user[128];

    mic_err_quote(mic_str_from(pool->auth.user), user, sizeof(user));
    if (conn->skips_logon || pool->scheme->wire_name == NULL) {
        mic_err_set(err, MIC_E_ACCESS_DENIED,
                    "%s denied access (status 403) to a request without a logon", pool->host);
        mic_err_remedy(err,
                       "Give credentials with MI_DestinationOptions_AddDestinationCredentials.");
    } else if (pool->scheme->shows_certificate) {
        mic_err_set(err, MIC_E_ACCESS_DENIED,
                    "%s denied access (status 403) to the client certificate \"%s\"", pool->host,
                    pool->auth.certificate);
    } else {
        mic_err_set(err, MIC_E_ACCESS_DENIED,
                    "%s denied access (status 403) to user \"%s\", who logged on with %s",
                    pool->host, user, scheme_name(pool));
    }
    err->native = 403;
}

static void set_refused(const struct mic_http_conn *conn, bool is_offered, struct mic_err *err)
{
    const struct mic_http_pool *pool = conn->pool;
    const char *name = scheme_name(pool);
    char offers[200], user[128];

    mic_http_list_offers(&conn->response, "WWW-Authenticate", offers, sizeof(offers));
    mic_err_quote(mic_str_from(pool->auth.user), user, sizeof(user));
    if (conn->skips_logon || pool->scheme->wire_name == NULL) {
        mic_err_set(err, MIC_E_LOGON,
                    "%s wants a logon (status 401), and the request was sent without one; the "
                    "server offers %s",
                    pool->host, offers);
        mic_err_remedy(err,
                       "Give credentials with MI_DestinationOptions_AddDestinationCredentials.");
    } else if (pool->scheme->shows_certificate) {
        mic_err_set(err, MIC_E_LOGON,
                    "%s refused the logon with the client certificate \"%s\" (status 401); it "
                    "offers %s",
                    pool->host, pool->auth.certificate, offers);
        mic_err_remedy(err, "%s", pool->scheme->refusal_remedy);
    } else if (!is_offered) {
        mic_err_set(err, MIC_E_LOGON, "%s does not take %s (status 401); it offers %s", pool->host,
                    pool->scheme->wire_name, offers);
        if (pool->scheme->offer_remedy != NULL) {
            mic_err_remedy(err, "%s", pool->scheme->offer_remedy);
        } else {
            mic_err_remedy(err, "Allow %s on the server, or use a scheme that it offers.",
                           pool->scheme->wire_name);
        }
    } else {
        mic_err_set(err, MIC_E_LOGON,
                    "%s refused the logon of user \"%s\" with %s (status 401); it offers %s",
                    pool->host, user, name, offers);
        if (pool->scheme->refusal_remedy != NULL) {
            mic_err_remedy(err, "%s", pool->scheme->refusal_remedy);
        }
    }
    err->native = 401;
}

/* Of the credentials. A KDC that does not answer, a clock or a service it does not know say nothing
 * about them; with a 401 the server does, unless it is this side that cannot or will not go on. */
static bool is_refusal(unsigned status, const struct mic_err *err)
{
    return err->code == MIC_E_LOGON || err->code == MIC_E_LOGON_EXPIRED ||
           (status == 401 && err->result == MI_RESULT_ACCESS_DENIED &&
            err->code != MIC_E_LOGON_MUTUAL && err->code != MIC_E_LOGON_PROTOCOL);
}

const struct mic_err *mic_http_conn_tell_first_try(const struct mic_http_conn *conn,
                                                   struct mic_err *err)
{
    const struct mic_err *why = conn->auth != NULL && conn->auth->scheme->refusal != NULL
                                    ? conn->auth->scheme->refusal(conn->auth)
                                    : NULL;
    char first[sizeof(err->message) / 2];

    if (why != NULL) {
        mic_err_quote(mic_str_from(err->message), first, sizeof(first));
        (void)snprintf(err->message, sizeof(err->message), "%s; before that, %.480s", first,
                       why->message);
        mic_err_remedy(err, "%s", why->remedy);
    }
    return why;
}

void mic_http_conn_fail_closed(struct mic_http_conn *conn)
{
    const struct mic_err *why;
    struct mic_err err;

    mic_err_init(&err);
    mic_http_conn_set_logon_err(conn, &err, "closes the connection in the middle of the logon");
    why = mic_http_conn_tell_first_try(conn, &err);
    conn->was_refused = why != NULL && is_refusal(conn->response.status, why);
    mic_http_conn_fail(conn, &err);
}

static enum mic_http_verdict judge_unauthorized(struct mic_http_conn *conn, struct mic_err *err)
{
    struct mic_str token = {"", 0};
    bool is_offered = find_challenge(conn, &token);
    enum mic_auth_step step = MIC_AUTH_FAILED;

    if (!conn->skips_logon && conn->legs < MIC_HTTP_LEGS_MAX) {
        conn->legs++;
        conn->is_logged_on = false;
        if (mic_http_conn_may_block(conn) && is_offered) {
            mic_buf_clear(&conn->challenge);
            mic_buf_append_str(&conn->challenge, token);
            conn->step_waits = true;
            return MIC_VERDICT_GO_ON;
        }
        step = conn->auth->scheme->step(conn->auth, 401, is_offered ? &token : NULL,
                                        &conn->authorization, err);
    }
    if (step == MIC_AUTH_SEND || step == MIC_AUTH_SEND_LEG) {
        mic_http_conn_take_step(conn, step);
        return MIC_VERDICT_GO_ON;
    }
    if (err->code == MIC_E_NONE) {
        set_refused(conn, is_offered, err);
    }
    conn->was_refused = !conn->skips_logon && is_refusal(401, err);
    return MIC_VERDICT_FAILED;
}

/* A server that answers a logon's leg with, say, 404 or 503 has not looked at it. */
static bool is_about_logon(unsigned status)
{
    return (status >= 200 && status < 300) || status == 500;
}

/* The last token of a logon rides on the reply to its last leg, whatever its status. */
static enum mic_http_verdict end_logon(struct mic_http_conn *conn, struct mic_err *err)
{
    struct mic_str token = {"", 0};
    bool is_offered = find_challenge(conn, &token);
    enum mic_auth_step step = conn->auth->scheme->step(
        conn->auth, conn->response.status, is_offered ? &token : NULL, &conn->authorization, err);

    if (step != MIC_AUTH_DONE) {
        if (err->code == MIC_E_NONE) {
            mic_http_conn_set_logon_err(conn, err, "answered before the end of the logon");
        }
        return MIC_VERDICT_FAILED;
    }
    conn->is_logged_on = true;
    if (is_about_logon(conn->response.status)) {
        mic_http_credentials_settle(conn->pool);
    }
    mic_http_conn_trace(conn, MIC_TRACE_AUTH, 1, "logged on with %s",
                        conn->pool->scheme->auth_type);
    return MIC_VERDICT_DELIVER;
}

static bool is_redirect(unsigned status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* A reply without a seal where one is due. Refusals come from in front of what seals (MS-WSMV
 * 2.2.9.1); anything that could hold an answer is not the server's. */
static enum mic_http_verdict judge_unsealed(const struct mic_http_conn *conn, struct mic_err *err)
{
    unsigned status = conn->response.status;
    size_t position = 0;
    const char *type = mic_http_response_field(&conn->response, "Content-Type", &position);
    char quoted[100];

    if (status >= 400 && status != 500) {
        return MIC_VERDICT_STATUS;
    }
    mic_err_quote(mic_str_from(type != NULL ? type : "none"), quoted, sizeof(quoted));
    mic_err_set(err, MIC_E_SEAL,
                "%s sent a reply in clear text on a connection that seals its messages (status "
                "%u, Content-Type %s): it was not used",
                conn->pool->host, status, quoted);
    return MIC_VERDICT_FAILED;
}

static enum mic_http_verdict judge_final(struct mic_http_conn *conn, struct mic_err *err)
{
    size_t position = 0;

    if (conn->skips_logon || !mic_http_pool_seals(conn->pool)) {
        return MIC_VERDICT_DELIVER;
    }
    if (!mic_sealed_is_type(mic_http_response_field(&conn->response, "Content-Type", &position))) {
        return judge_unsealed(conn, err);
    }
    mic_sealed_reader_fini(&conn->sealed);
    mic_sealed_reader_init(&conn->sealed, conn->pool->max_sealed_bytes);
    mic_loop_lend(conn->pool->loop, &conn->sealed.in);
    conn->is_unsealing = true;
    return MIC_VERDICT_DELIVER;
}

enum mic_http_verdict mic_http_conn_judge(struct mic_http_conn *conn, struct mic_err *err)
{
    const struct mic_http_pool *pool = conn->pool;
    unsigned status = conn->response.status;
    size_t position = 0;
    bool is_early;

    if (status == 401) {
        return judge_unauthorized(conn, err);
    }
    is_early = conn->turn == MIC_TURN_LEG && !conn->is_logged_on && !is_about_logon(status);
    if (!conn->is_logged_on && !conn->skips_logon && !is_early &&
        end_logon(conn, err) == MIC_VERDICT_FAILED) {
        return MIC_VERDICT_FAILED;
    }
    if (status == 403) {
        set_forbidden(conn, err);
        return MIC_VERDICT_FAILED;
    }
    if (is_redirect(status)) {
        const char *location = mic_http_response_field(&conn->response, "Location", &position);
        char quoted[300];

        mic_err_quote(mic_str_from(location != NULL ? location : "nowhere"), quoted,
                      sizeof(quoted));
        mic_err_set(err, MIC_E_HTTP_REDIRECT, "%s redirects (status %u) to %s", pool->host, status,
                    quoted);
        err->native = status;
        return MIC_VERDICT_FAILED;
    }
    if (is_early) {
        return MIC_VERDICT_STATUS;
    }
    if (conn->turn == MIC_TURN_LEG) {
        conn->next_is_leg = false;
        return MIC_VERDICT_GO_ON;
    }
    return judge_final(conn, err);
}

/* ---- steps that may block ---- */

bool mic_http_conn_may_block(const struct mic_http_conn *conn)
{
    return conn->pool->scheme->may_block && !conn->auth->is_settled;
}

/* It owns the scheme's object while it runs, since the connection may go meanwhile. */
struct mic_http_step {
    struct mic_work work;
    struct mic_http_conn *conn; /* NULL: gone */
    struct mic_auth *auth;
    unsigned status;
    struct mic_buf challenge, authorization;
    enum mic_auth_step result;
    struct mic_err err;
};

static void step_free(struct mic_http_step *step)
{
    if (step->auth != NULL) {
        step->auth->scheme->close(step->auth);
    }
    mic_buf_fini(&step->challenge);
    mic_wipe(step->authorization.data, step->authorization.size);
    mic_buf_fini(&step->authorization);
    mic_free(step);
}

static void step_run(void *context)
{
    struct mic_http_step *step = context;
    struct mic_str token = {mic_buf_text(&step->challenge), step->challenge.size};

    step->result =
        step->auth->scheme->step(step->auth, step->status, step->status != 0 ? &token : NULL,
                                 &step->authorization, &step->err);
}

static void step_drop(void *context)
{
    step_free(context);
}

/* What the step found, on the connection again. */
static MI_Result take_step(struct mic_http_conn *conn, struct mic_http_step *step,
                           struct mic_err *err)
{
    conn->step = NULL;
    conn->auth = step->auth;
    step->auth = NULL;
    mic_buf_swap(&conn->authorization, &step->authorization);
    *err = step->err;
    if (step->result == MIC_AUTH_AGAIN) {
        mic_err_init(err);
        step->result = conn->auth->scheme->step(conn->auth, 0, NULL, &conn->authorization, err);
    }
    if (conn->is_tunnelling) {
        struct mic_err found = *err;

        mic_err_init(err);
        return mic_http_tunnel_stepped(conn, step->result, &found, err);
    }
    if (step->result == MIC_AUTH_FAILED) {
        if (err->code == MIC_E_NONE) {
            set_refused(conn, true, err);
        }
        conn->was_refused = is_refusal(step->status, err);
        return err->result;
    }
    mic_http_conn_take_step(conn, step->result);
    return mic_http_conn_build(conn, err);
}

static void step_done(void *context, bool cancelled)
{
    struct mic_http_step *step = context;
    struct mic_http_conn *conn = step->conn;
    struct mic_err err;

    if (cancelled || conn == NULL) {
        step_free(step);
        return;
    }
    mic_http_conn_enter(conn);
    mic_err_init(&err);
    if (take_step(conn, step, &err) != MI_RESULT_OK) {
        mic_http_conn_fail(conn, &err);
    } else if (mic_http_conn_progress(conn)) {
        mic_http_conn_go(conn);
    }
    mic_http_conn_leave(conn);
    step_free(step);
}

MI_Result mic_http_conn_step(struct mic_http_conn *conn, unsigned status, struct mic_err *err)
{
    struct mic_http_step *step = mic_calloc(1, sizeof(*step));

    if (step == NULL || conn->challenge.failed) {
        mic_free(step);
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a logon");
    }
    step->work.run = step_run;
    step->work.done = step_done;
    step->work.drop = step_drop;
    step->work.context = step;
    step->conn = conn;
    step->auth = conn->auth;
    step->status = status;
    step->challenge = conn->challenge;
    mic_buf_init(&conn->challenge);
    mic_buf_init(&step->authorization);
    mic_err_init(&step->err);
    if (mic_workpool_run(conn->pool->workpool, &step->work, err) != MI_RESULT_OK) {
        step->auth = NULL;
        step_free(step);
        return err->result;
    }
    conn->auth = NULL;
    conn->step = step;
    conn->state = MIC_CONN_LOGON;
    mic_http_conn_set_phase(conn, conn->is_tunnelling ? MIC_PHASE_PROXY : MIC_PHASE_LOGON);
    mic_loop_modify(conn->pool->loop, &conn->io, 0);
    return MI_RESULT_OK;
}

void mic_http_conn_drop_step(struct mic_http_conn *conn)
{
    conn->step->conn = NULL;
    mic_work_cancel(&conn->step->work);
    conn->step = NULL;
}
