/* Kerberos apart from a logon: the KDC's clock, and which service name it has a ticket for. */
#include <stdio.h>
#include <string.h>

#include "auth/gss.h"
#include "base/mem.h"
#include "doctor/walk.h"
#include "http/conn.h"

/* ---- the service name ---- */

struct asking_ticket {
    struct mic_probe_work base;
    struct mic_gss *gss;
    struct mic_err err;
};

/* What came of it, with the caller. */
struct ticket {
    bool is_there;
    char client[200], service[200];
    struct mic_err err;
};

static void ticket_run(struct mic_probe_work *work)
{
    struct asking_ticket *asking = (struct asking_ticket *)(void *)work;
    struct mic_buf token;

    mic_buf_init(&token);
    (void)mic_gss_step(asking->gss, MIC_STR(""), &token, &asking->err);
    mic_wipe(token.data, token.size);
    mic_buf_fini(&token);
}

static void ticket_take(struct mic_probe_work *work, void *context)
{
    const struct asking_ticket *asking = (struct asking_ticket *)(void *)work;
    struct ticket *ticket = context;

    ticket->err = asking->err;
    ticket->is_there = asking->err.code == MIC_E_NONE;
    mic_err_quote(mic_str_from(mic_gss_client(asking->gss)), ticket->client,
                  sizeof(ticket->client));
    mic_err_quote(mic_str_from(mic_gss_target(asking->gss)), ticket->service,
                  sizeof(ticket->service));
}

static void ticket_release(struct mic_probe_work *work)
{
    struct asking_ticket *asking = (struct asking_ticket *)(void *)work;

    mic_gss_close(asking->gss);
    mic_free(asking);
}

static void set_hung(struct mic_err *err, unsigned timeout_ms)
{
    mic_err_set(err, MIC_E_LOGON_KDC, "no KDC answers within %u.%03u s", timeout_ms / 1000,
                timeout_ms % 1000);
}

/* The settings of a session's logons are those that its pool makes of the target. */
static void get_ticket(struct mic_walk *walk, const struct mic_auth_settings *settings,
                       struct ticket *ticket)
{
    struct asking_ticket *asking = mic_calloc(1, sizeof(*asking));

    memset(ticket, 0, sizeof(*ticket));
    mic_err_init(&ticket->err);
    if (asking == NULL) {
        mic_err_set(&ticket->err, MIC_E_MEMORY, "out of memory for a ticket");
        return;
    }
    mic_err_init(&asking->err);
    asking->base.run = ticket_run;
    asking->base.take = ticket_take;
    asking->base.release = ticket_release;
    asking->gss = mic_gss_open(settings, MIC_STR(""), &ticket->err);
    if (asking->gss == NULL) {
        mic_free(asking);
    } else if (!mic_probe_blocking(walk->runtime, &asking->base, ticket, walk->timeout_ms)) {
        set_hung(&ticket->err, walk->timeout_ms);
    }
}

static bool needs_kerberos(const struct mic_walk *walk)
{
    return walk->has_logon && mic_walk_logs_on_with(walk, MI_AUTH_TYPE_KERBEROS);
}

/* No realm, no ticket: Kerberos is not used here, which is nothing to worry about. */
static bool is_absent(const struct mic_err *err)
{
    return err->code == MIC_E_LOGON_KDC || err->code == MIC_E_LOGON_TICKET ||
           err->code == MIC_E_LOGON;
}

static void say_service(const struct mic_walk *walk, struct mic_check *check,
                        const struct ticket *ticket)
{
    if (ticket->is_there) {
        mic_check_text(check, "service", ticket->service);
        mic_check_text(check, "client", ticket->client);
        mic_check_say(check, MIC_CHECK_OK, "the KDC gave %s a ticket for %s", ticket->client,
                      ticket->service);
    } else if (needs_kerberos(walk)) {
        mic_check_fail(check, MIC_CHECK_FAIL, &ticket->err);
    } else if (is_absent(&ticket->err)) {
        mic_check_say(check, MIC_CHECK_SKIP, "%s", ticket->err.message);
    } else {
        mic_check_fail(check, MIC_CHECK_WARN, &ticket->err);
    }
}

static void service_name(struct mic_walk *walk, const struct mic_auth_settings *settings)
{
    struct mic_check check;
    struct ticket ticket;

    if (walk->logon_err.code == MIC_E_LOGON) {
        mic_walk_skip(walk, "spn", "the logon was refused, and a further one may lock the account");
        return;
    }
    mic_check_init(&check, "spn");
    get_ticket(walk, settings, &ticket);
    say_service(walk, &check, &ticket);
    mic_walk_tell(walk, &check);
}

/* ---- the KDC's clock ---- */

struct asking_time {
    struct mic_probe_work base;
    char *principal; /* NULL: whoever */
    bool is_known;
    int64_t seconds, at;
    char realm[120], why[240];
};

struct kdc_time {
    bool is_known;
    int64_t skew;
    char realm[120], why[240];
};

static void time_run(struct mic_probe_work *work)
{
    struct asking_time *asking = (struct asking_time *)(void *)work;

    asking->is_known =
        mic_doctor_kdc_time(asking->principal, &asking->seconds, &asking->at, asking->realm,
                            sizeof(asking->realm), asking->why, sizeof(asking->why));
}

static void time_take(struct mic_probe_work *work, void *context)
{
    const struct asking_time *asking = (struct asking_time *)(void *)work;
    struct kdc_time *time = context;

    time->is_known = asking->is_known;
    time->skew = asking->seconds - asking->at;
    memcpy(time->realm, asking->realm, sizeof(time->realm));
    memcpy(time->why, asking->why, sizeof(time->why));
}

static void time_release(struct mic_probe_work *work)
{
    struct asking_time *asking = (struct asking_time *)(void *)work;

    mic_free(asking->principal);
    mic_free(asking);
}

static bool ask_time(struct mic_walk *walk, const struct mic_auth_settings *settings,
                     struct kdc_time *time)
{
    struct asking_time *asking = mic_calloc(1, sizeof(*asking));

    memset(time, 0, sizeof(*time));
    if (asking == NULL) {
        (void)snprintf(time->why, sizeof(time->why), "out of memory");
        return true;
    }
    if (settings->user != NULL && settings->user[0] != '\0') {
        asking->principal = mic_doctor_principal(settings);
    }
    asking->base.run = time_run;
    asking->base.take = time_take;
    asking->base.release = time_release;
    return mic_probe_blocking(walk->runtime, &asking->base, time, walk->timeout_ms);
}

static void kdc_clock(struct mic_walk *walk, const struct mic_auth_settings *settings)
{
    struct mic_check check;
    struct kdc_time time;
    struct mic_err err;

    mic_check_init(&check, "clock.kdc");
    if (!ask_time(walk, settings, &time)) {
        mic_err_init(&err);
        set_hung(&err, walk->timeout_ms);
        mic_check_fail(&check, needs_kerberos(walk) ? MIC_CHECK_FAIL : MIC_CHECK_WARN, &err);
    } else if (time.is_known) {
        char whose[160];

        (void)snprintf(whose, sizeof(whose), "the KDC's (%s)", time.realm);
        mic_check_text(&check, "realm", time.realm);
        mic_check_clock(walk, &check, whose, time.skew);
    } else {
        mic_check_say(&check, MIC_CHECK_SKIP, "%s", time.why);
    }
    mic_walk_tell(walk, &check);
}

/* A session with these credentials would ask a KDC. */
static bool uses_kerberos(const struct mic_walk *walk)
{
    static const char *const types[] = {MI_AUTH_TYPE_KERBEROS, MI_AUTH_TYPE_NEGO_WITH_CREDS,
                                        MI_AUTH_TYPE_NEGO_NO_CREDS, MI_AUTH_TYPE_DEFAULT,
                                        MI_AUTH_TYPE_CREDSSP};

    for (size_t i = 0; walk->has_logon && i < MIC_COUNT(types); i++) {
        if (mic_walk_logs_on_with(walk, types[i])) {
            return true;
        }
    }
    return walk->main->target.auth_type == NULL;
}

void mic_walk_ticket(struct mic_walk *walk)
{
    struct mic_http_target target = walk->main->target;
    struct mic_http_pool *pool;
    struct mic_err err;

    mic_err_init(&err);
    if (mic_gss_check(&err) != MI_RESULT_OK) {
        mic_walk_skip(walk, "clock.kdc", "%s", err.message);
        mic_walk_skip(walk, "spn", "%s", err.message);
        return;
    }
    if (!uses_kerberos(walk)) {
        /* The password may be of an account that the KDC does not have, or has another one for. */
        target.auth_type = MI_AUTH_TYPE_KERBEROS;
        target.other_count = 0;
        target.domain = target.user = NULL;
        target.password = NULL;
    }
    pool = mic_http_pool_new(walk->runtime->loop, walk->runtime->workpool, walk->runtime->tls,
                             &target, &err);
    if (pool == NULL) {
        mic_walk_skip(walk, "clock.kdc", "%s", err.message);
        mic_walk_skip(walk, "spn", "%s", err.message);
        return;
    }
    kdc_clock(walk, &pool->auth);
    service_name(walk, &pool->auth);
    mic_probe_free_pool(walk->runtime, pool);
}
