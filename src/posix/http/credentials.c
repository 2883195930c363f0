/* Several credentials of one session: in their order, each after the one before was refused, and
 * from then on the one that worked. While that is open there is one connection at a time, so that
 * none of two users is ever beside the other.
 *
 * Servers count wrong passwords and lock the account. So, of one or of several, one connection
 * finds out whether the credentials are good; requests that wait for it share a refusal. */
#include "http/conn.h"

#include <stdio.h>
#include <string.h>

#include "auth/gss.h"
#include "base/mem.h"
#include "http/tls_shared.h"

struct mic_http_credentials {
    char *auth_type, *domain, *user;
    struct mic_secret password;
    struct mic_auth_settings settings;
    const struct mic_auth_scheme *scheme;
    char *refusal; /* what was said of it; NULL: it was not refused */
};

static bool copy_text(const char *text, char **copy)
{
    *copy = mic_strdup(text);
    return text == NULL || *copy != NULL;
}

static MI_Result fill(struct mic_http_credentials *one, const struct mic_http_logon *logon,
                      const struct mic_auth_settings *settings, struct mic_tls_shared *tls,
                      struct mic_err *err)
{
    if (!copy_text(logon->auth_type, &one->auth_type) || !copy_text(logon->domain, &one->domain) ||
        !copy_text(logon->user, &one->user) ||
        mic_secret_init(&one->password, logon->password != NULL ? logon->password->data : NULL) !=
            0) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a session's credentials");
    }
    one->settings = *settings;
    one->settings.auth_type = one->auth_type;
    one->settings.domain = one->domain;
    one->settings.user = one->user;
    one->settings.password = logon->password != NULL ? &one->password : NULL;
    one->scheme = mic_auth_find(&one->settings, err);
    if (one->scheme == NULL) {
        return err->result;
    }
    if (one->scheme->may_block && one->settings.password != NULL) {
        one->settings.tickets = mic_gss_tickets_new();
    }
    return !one->scheme->needs_library || mic_tls_shared_library(tls, &one->settings.library, err)
               ? MI_RESULT_OK
               : err->result;
}

static void on_silence(void *context);
static void on_end_refused(void *context);

static void use(struct mic_http_pool *pool, unsigned index)
{
    const struct mic_http_credentials *one = &pool->credentials[index];

    pool->credential = index;
    pool->scheme = one->scheme;
    pool->auth = one->settings;
}

MI_Result mic_http_credentials_init(struct mic_http_pool *pool, struct mic_tls_shared *tls,
                                    const struct mic_http_target *target, struct mic_err *err)
{
    const struct mic_auth_settings common = pool->auth;
    const struct mic_http_logon first = {target->auth_type, target->domain, target->user,
                                         target->password};
    unsigned count = 1 + target->other_count;

    pool->credentials = mic_calloc(count, sizeof(*pool->credentials));
    if (pool->credentials == NULL) {
        return mic_err_set(err, MIC_E_MEMORY, "out of memory for a session's credentials");
    }
    pool->credential_count = count;
    for (unsigned i = 0; i < count; i++) {
        if (fill(&pool->credentials[i], i == 0 ? &first : &target->others[i - 1], &common, tls,
                 err) != MI_RESULT_OK) {
            return err->result;
        }
    }
    use(pool, 0);
    mic_list_init(&pool->refused);
    pool->silence.fire = on_silence;
    pool->silence.context = pool;
    pool->end_refused.fire = on_end_refused;
    pool->end_refused.context = pool;
    return MI_RESULT_OK;
}

void mic_http_credentials_show(struct mic_http_pool *pool, const char *certificate)
{
    for (unsigned i = 0; i < pool->credential_count; i++) {
        pool->credentials[i].settings.certificate = certificate;
    }
    pool->auth.certificate = certificate;
}

void mic_http_credentials_fini(struct mic_http_pool *pool)
{
    for (unsigned i = 0; i < pool->credential_count; i++) {
        struct mic_http_credentials *one = &pool->credentials[i];

        mic_gss_tickets_close(one->settings.tickets);
        mic_secret_fini(&one->password);
        mic_free(one->auth_type);
        mic_free(one->domain);
        mic_free(one->user);
        mic_free(one->refusal);
    }
    mic_free(pool->credentials);
}

bool mic_http_credentials_bring_tls(const struct mic_http_pool *pool)
{
    for (unsigned i = 0; i < pool->credential_count; i++) {
        if (pool->credentials[i].scheme->has_own_tls) {
            return true;
        }
    }
    return false;
}

bool mic_http_credentials_are_open(const struct mic_http_pool *pool)
{
    return pool->credential_count > 1 && !pool->is_settled;
}

/* Of several that are open, any may be next. */
static bool has_password(const struct mic_http_pool *pool)
{
    if (!mic_http_credentials_are_open(pool)) {
        return pool->auth.password != NULL;
    }
    for (unsigned i = 0; i < pool->credential_count; i++) {
        if (pool->credentials[i].settings.password != NULL) {
            return true;
        }
    }
    return false;
}

/* What nobody can be locked out by needs no care. */
static bool shows_password(const struct mic_http_pool *pool, const struct mic_http_request *request)
{
    return (pool->proxy != NULL && pool->proxy->scheme != NULL) ||
           (!request->unauthenticated && has_password(pool));
}

static bool is_logging_on(const struct mic_http_conn *conn)
{
    return conn->request != NULL && !conn->is_logged_on &&
           shows_password(conn->pool, conn->request);
}

static bool list_has_logged_on(const struct mic_list *list)
{
    for (struct mic_list *node = list->next; node != list; node = node->next) {
        if (MIC_LIST_ITEM(node, struct mic_http_conn, node)->is_logged_on) {
            return true;
        }
    }
    return false;
}

/* A password that nobody uses any more may have been changed meanwhile. */
static bool is_trusted(const struct mic_http_pool *pool)
{
    return pool->is_trusted && (list_has_logged_on(&pool->idle) || list_has_logged_on(&pool->busy));
}

/* A connection that is logged on can carry what waits, when its own request is over. An extra
 * request is what such a one may be waiting for. */
static bool holds(const struct mic_http_conn *conn, const struct mic_http_request *request)
{
    return is_logging_on(conn) || (conn->is_logged_on && !request->is_extra &&
                                   conn->request != NULL && !conn->request->is_extra);
}

const struct mic_http_conn *mic_http_credentials_hold(const struct mic_http_pool *pool,
                                                      const struct mic_http_request *request)
{
    bool is_open = mic_http_credentials_are_open(pool);
    struct mic_list *node;

    if (!is_open && (is_trusted(pool) || !shows_password(pool, request))) {
        return NULL;
    }
    for (node = pool->busy.next; node != &pool->busy; node = node->next) {
        const struct mic_http_conn *conn = MIC_LIST_ITEM(node, struct mic_http_conn, node);

        if (is_open || holds(conn, request)) {
            return conn;
        }
    }
    return NULL;
}

void mic_http_credentials_settle(struct mic_http_pool *pool)
{
    pool->is_settled = pool->is_trusted = true;
    pool->admits = false;
    pool->refusals = 0;
    mic_timer_cancel(pool->loop, &pool->silence);
    mic_http_pool_dispatch(pool);
}

static bool has_asked(const struct mic_http_conn *conn)
{
    return conn->state == MIC_CONN_EXCHANGE && conn->turn == MIC_TURN_FINAL && conn->out.size == 0;
}

/* Not while a logon has not been asked about, nor while one is open that began before another was
 * refused: it would be one more wrong password. */
static bool may_admit(const struct mic_http_pool *pool)
{
    struct mic_list *node;

    for (node = pool->busy.next; node != &pool->busy; node = node->next) {
        const struct mic_http_conn *conn = MIC_LIST_ITEM(node, struct mic_http_conn, node);

        if (is_logging_on(conn) && (conn->is_doubted || !has_asked(conn))) {
            return false;
        }
    }
    return true;
}

/* A request that takes its time and a password that is looked at for long are the same to see. */
static void on_silence(void *context)
{
    struct mic_http_pool *pool = context;

    pool->admits = may_admit(pool);
    mic_http_pool_dispatch(pool);
}

void mic_http_credentials_await(struct mic_http_pool *pool)
{
    unsigned doublings =
        pool->refusals < MIC_HTTP_DOUBLINGS_MAX ? pool->refusals : MIC_HTTP_DOUBLINGS_MAX;

    if (!is_trusted(pool) && !mic_http_credentials_are_open(pool) &&
        !mic_timer_is_set(&pool->silence) && may_admit(pool)) {
        mic_timer_set(pool->loop, &pool->silence,
                      mic_loop_now_ms(pool->loop) +
                          ((uint64_t)MIC_HTTP_SILENCE_MS << (doublings > 0 ? doublings - 1 : 0)));
    }
}

/* One at a time: its event may free the pool. */
static void on_end_refused(void *context)
{
    struct mic_http_pool *pool = context;
    struct mic_list *node = mic_list_shift(&pool->refused);
    struct mic_http_request *request;
    struct mic_err err = pool->refusal;

    if (node == NULL) {
        return;
    }
    if (!mic_list_is_empty(&pool->refused)) {
        mic_timer_set(pool->loop, &pool->end_refused, mic_loop_now_ms(pool->loop));
    }
    request = MIC_LIST_ITEM(node, struct mic_http_request, queue_node);
    request->state = MIC_HTTP_IDLE;
    request->events->done(request->context, &err);
}

static void doubt_others(struct mic_http_pool *pool)
{
    struct mic_list *node;

    for (node = pool->busy.next; node != &pool->busy; node = node->next) {
        struct mic_http_conn *conn = MIC_LIST_ITEM(node, struct mic_http_conn, node);

        conn->is_doubted = is_logging_on(conn);
    }
}

/* As long as another connection is logged on, or logs on, there is hope for what waits. */
void mic_http_credentials_refuse(struct mic_http_pool *pool, const struct mic_err *err)
{
    struct mic_list *node = pool->queue.next;
    bool ends_others = !mic_list_is_empty(&pool->refused);

    pool->is_trusted = pool->admits = false;
    pool->refusals++;
    mic_timer_cancel(pool->loop, &pool->silence);
    doubt_others(pool);
    while (node != &pool->queue) {
        const struct mic_http_request *request =
            MIC_LIST_ITEM(node, struct mic_http_request, queue_node);
        struct mic_list *next = node->next;

        if (shows_password(pool, request) && mic_http_credentials_hold(pool, request) == NULL) {
            mic_list_remove(node);
            mic_list_append(&pool->refused, node);
        }
        node = next;
    }
    if (!mic_list_is_empty(&pool->refused)) {
        if (!ends_others) { /* they end as the one did that they waited for */
            pool->refusal = *err;
        }
        mic_timer_set(pool->loop, &pool->end_refused, mic_loop_now_ms(pool->loop));
    }
}

/* "1. ...; 2. ...", of those refused. */
static void list_refusals(const struct mic_http_pool *pool, char *out, size_t size)
{
    size_t used = 0, share = size / pool->credential_count;

    out[0] = '\0';
    for (unsigned i = 0; i < pool->credential_count; i++) {
        const char *refusal = pool->credentials[i].refusal;
        char text[sizeof(((struct mic_err *)NULL)->message)];

        if (refusal == NULL) {
            continue;
        }
        mic_err_quote(mic_str_from(refusal), text, share > 8 ? share - 8 : 1);
        used += (size_t)snprintf(out + used, size - used, "%s%u. %s", used > 0 ? "; " : "", i + 1,
                                 text);
        used = used < size ? used : size - 1;
    }
}

static void forget_refusals(struct mic_http_pool *pool)
{
    for (unsigned i = 0; i < pool->credential_count; i++) {
        mic_free(pool->credentials[i].refusal);
        pool->credentials[i].refusal = NULL;
    }
}

bool mic_http_credentials_next(struct mic_http_pool *pool, struct mic_err *err)
{
    char refusals[sizeof(err->message) - 64];
    unsigned count = pool->credential_count;

    mic_free(pool->credentials[pool->credential].refusal);
    pool->credentials[pool->credential].refusal = mic_strdup(err->message);
    while (!mic_list_is_empty(&pool->idle)) { /* nothing of the one refused goes on */
        mic_http_conn_destroy(MIC_LIST_ITEM(pool->idle.next, struct mic_http_conn, node));
    }
    if (pool->credential + 1 < count) {
        use(pool, pool->credential + 1);
        return true;
    }
    list_refusals(pool, refusals, sizeof(refusals));
    (void)snprintf(err->message, sizeof(err->message), "none of the %u credentials was taken: %s",
                   count, refusals);
    forget_refusals(pool);
    use(pool, 0);
    return false;
}

void mic_http_credentials_tell(const struct mic_http_pool *pool, struct mic_err *err)
{
    char refusals[400], text[560];

    if (!mic_http_credentials_are_open(pool) || pool->credential == 0) {
        return;
    }
    list_refusals(pool, refusals, sizeof(refusals));
    mic_err_quote(mic_str_from(err->message), text, sizeof(text));
    (void)snprintf(err->message, sizeof(err->message), "%s; before that, %s", text, refusals);
}
