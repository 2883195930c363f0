#include "http/pool.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "http/conn.h"
#include "http/tls_shared.h"

bool mic_http_is_plain(const char *text, const char *forbidden)
{
    for (const char *p = text; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7f || strchr(forbidden, *p) != NULL) {
            return false;
        }
    }
    return text[0] != '\0';
}

static MI_Result check_target(const struct mic_http_target *target, struct mic_err *err)
{
    char quoted[128];

    if (target->host == NULL || !mic_http_is_plain(target->host, " /\\@[]?#\"<>")) {
        mic_err_quote(mic_str_from(target->host), quoted, sizeof(quoted));
        return mic_err_set(err, MIC_E_ARGUMENT, "\"%s\" is not a host name or address", quoted);
    }
    if (target->port == 0) {
        return mic_err_set(err, MIC_E_ARGUMENT, "port 0 cannot be connected to");
    }
    if (target->path == NULL || target->path[0] != '/' || !mic_http_is_plain(target->path, " #")) {
        mic_err_quote(mic_str_from(target->path), quoted, sizeof(quoted));
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "\"%s\" is not the path of a URL: it begins with a slash and has no "
                           "blanks",
                           quoted);
    }
    if (target->user_agent == NULL || !mic_http_is_plain(target->user_agent, "")) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "the user agent is empty or has a control character");
    }
    return MI_RESULT_OK;
}

/* protocol order and names as Windows' own client sends them (MS-WSMV 2.2.1) */
static bool build_head(struct mic_http_pool *pool, const struct mic_http_target *target)
{
    struct mic_buf begin, middle, end;
    size_t size;

    mic_buf_init(&begin);
    mic_buf_append_format(&begin,
                          "POST %s HTTP/1.1\r\n"
                          "Connection: Keep-Alive\r\n"
                          "Content-Type: ",
                          target->path);
    mic_buf_append_char(&begin, '\0');
    pool->head_begin = mic_buf_steal(&begin, &size);
    mic_buf_fini(&begin);

    mic_buf_init(&middle);
    mic_buf_append_format(&middle,
                          "\r\nUser-Agent: %s\r\n"
                          "Content-Length: ",
                          target->user_agent);
    mic_buf_append_char(&middle, '\0');
    pool->head_middle = mic_buf_steal(&middle, &size);
    mic_buf_fini(&middle);

    mic_buf_init(&end);
    mic_buf_append_text(&end, "\r\nHost: ");
    if (strchr(target->host, ':') != NULL) {
        /* A zone means something on this machine only (RFC 6874 4). */
        mic_buf_append_format(&end, "[%.*s]", (int)strcspn(target->host, "%"), target->host);
    } else {
        mic_buf_append_text(&end, target->host);
    }
    mic_buf_append_format(&end, ":%u\r\n", (unsigned)target->port);
    mic_buf_append_char(&end, '\0');
    pool->head_end = mic_buf_steal(&end, &size);
    mic_buf_fini(&end);
    return pool->head_begin != NULL && pool->head_middle != NULL && pool->head_end != NULL;
}

static bool copy_target(struct mic_http_pool *pool, const struct mic_http_target *target)
{
    pool->port = target->port;
    pool->max_header_bytes = target->max_header_bytes;
    pool->max_sealed_bytes =
        target->max_sealed_bytes > 0 ? target->max_sealed_bytes : MIC_HTTP_SEALED_MAX;
    pool->conn_max = target->max_connections > 0 ? target->max_connections : 1;
    pool->trace = target->trace;
    pool->session_number = target->session_number;
    pool->watch = target->watch;
    pool->binding = target->binding;
    pool->host = mic_strdup(target->host);
    pool->spn = mic_strdup(target->spn);
    if (pool->host == NULL || (target->spn != NULL && pool->spn == NULL) ||
        !build_head(pool, target)) {
        return false;
    }
    pool->auth = (struct mic_auth_settings){
        .certificate = target->certificate_file, /* its subject, when it has been read */
        .host = pool->host,
        .port = target->port,
        .https = target->https,
        .privacy = target->privacy,
        .port_in_spn = target->port_in_spn,
        .spn = pool->spn,
        .delegation = target->delegation,
        .credssp_min_version = target->credssp_min_version,
    };
    return true;
}

static MI_Result make_tls(struct mic_http_pool *pool, struct mic_tls_shared *shared,
                          const struct mic_http_target *target, struct mic_err *err)
{
    struct mic_tls_settings settings = {
        .host = target->host,
        .port = target->port,
        .check_ca = target->check_ca,
        .check_name = target->check_name,
        .check_revocation = target->check_revocation,
        .ca_file = target->ca_file,
        .ca_directory = target->ca_directory,
        .certificate_file = target->certificate_file,
        .key_file = target->key_file,
        .key_password = target->key_password,
        .thumbprint = target->thumbprint,
        .thumbprint_is_issuer = target->thumbprint_is_issuer,
        .pins = target->pins,
        .disabled_versions = target->disabled_tls_versions,
        .trace = target->trace,
        .session_number = target->session_number,
    };

    pool->tls = mic_tls_client_new(shared, &settings, err);
    if (pool->tls == NULL) {
        return err->result;
    }
    mic_http_credentials_show(pool, mic_tls_client_certificate(pool->tls));
    return MI_RESULT_OK;
}

static void pool_release(struct mic_http_pool *pool)
{
    mic_tls_client_free(pool->tls);
    mic_http_proxy_free(pool->proxy);
    mic_http_credentials_fini(pool);
    mic_free(pool->host);
    mic_free(pool->spn);
    mic_free(pool->head_begin);
    mic_free(pool->head_middle);
    mic_free(pool->head_end);
    mic_free(pool);
}

/* Memory failed when a connection was to be made: a second try may find some, else the request
 * ends. */
static void on_retry(void *context)
{
    struct mic_http_pool *pool = context;
    struct mic_list *node;
    struct mic_http_request *request;
    struct mic_err err;

    mic_http_pool_dispatch(pool);
    node = mic_timer_is_set(&pool->retry) ? mic_list_shift(&pool->queue) : NULL;
    if (node == NULL) {
        return;
    }
    request = MIC_LIST_ITEM(node, struct mic_http_request, queue_node);
    request->state = MIC_HTTP_IDLE;
    mic_err_init(&err);
    mic_err_set(&err, MIC_E_MEMORY, "out of memory for a connection");
    request->events->done(request->context, &err);
}

bool mic_http_pool_uses_tls(const struct mic_http_pool *pool)
{
    return pool->tls != NULL || mic_http_credentials_bring_tls(pool);
}

struct mic_http_pool *mic_http_pool_new(struct mic_loop *loop, struct mic_workpool *workpool,
                                        struct mic_tls_shared *tls,
                                        const struct mic_http_target *target, struct mic_err *err)
{
    struct mic_http_pool *pool;

    if (check_target(target, err) != MI_RESULT_OK) {
        return NULL;
    }
    pool = mic_calloc(1, sizeof(*pool));
    if (pool == NULL || !copy_target(pool, target)) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a session's connections");
        goto failed;
    }
    pool->loop = loop;
    pool->workpool = workpool;
    mic_list_init(&pool->queue);
    mic_list_init(&pool->idle);
    mic_list_init(&pool->busy);
    pool->retry.fire = on_retry;
    pool->retry.context = pool;
    if (mic_http_credentials_init(pool, tls, target, err) != MI_RESULT_OK) {
        goto failed;
    }
    if (target->proxy.host != NULL) {
        pool->proxy = mic_http_proxy_new(tls, target, err);
        if (pool->proxy == NULL) {
            goto failed;
        }
    }
    if (target->https && make_tls(pool, tls, target, err) != MI_RESULT_OK) {
        goto failed;
    }
    return pool;

failed:
    if (pool != NULL) {
        pool_release(pool);
    }
    return NULL;
}

static void fail_cancelled(struct mic_http_request *request)
{
    struct mic_err err;

    mic_err_init(&err);
    mic_err_set(&err, MIC_E_CANCELLED, "the session was closed");
    request->events->done(request->context, &err);
}

void mic_http_pool_free(struct mic_http_pool *pool)
{
    struct mic_list *node;

    /* What waits first: a connection's end would start its requests. */
    while ((node = mic_list_shift(&pool->refused)) != NULL ||
           (node = mic_list_shift(&pool->queue)) != NULL) {
        struct mic_http_request *request = MIC_LIST_ITEM(node, struct mic_http_request, queue_node);

        request->state = MIC_HTTP_IDLE;
        fail_cancelled(request);
    }
    while (!mic_list_is_empty(&pool->busy)) {
        struct mic_http_conn *conn = MIC_LIST_ITEM(pool->busy.next, struct mic_http_conn, node);
        struct mic_http_request *request = conn->request;

        mic_http_conn_destroy(conn);
        if (request != NULL) {
            fail_cancelled(request);
        }
    }
    while (!mic_list_is_empty(&pool->idle)) {
        mic_http_conn_destroy(MIC_LIST_ITEM(pool->idle.next, struct mic_http_conn, node));
    }
    mic_timer_cancel(pool->loop, &pool->retry);
    mic_timer_cancel(pool->loop, &pool->silence);
    mic_timer_cancel(pool->loop, &pool->end_refused);
    pool_release(pool);
}

/* The idle connection used last, if it is still good; dead ones are closed on the way. */
static struct mic_http_conn *take_idle(struct mic_http_pool *pool,
                                       const struct mic_http_request *request)
{
    while (!mic_list_is_empty(&pool->idle)) {
        struct mic_http_conn *conn = MIC_LIST_ITEM(pool->idle.prev, struct mic_http_conn, node);

        if (mic_http_conn_is_warm(conn, request) || mic_http_conn_is_alive(conn)) {
            return conn;
        }
        mic_http_conn_destroy(conn);
    }
    return NULL;
}

/* Those that count: all but the ones with a long poll on them. */
static bool is_full(const struct mic_http_pool *pool)
{
    return pool->conn_count - pool->extra_count >= pool->conn_max;
}

/* A connection that comes back from an extra request may be one too many. */
static void close_surplus(struct mic_http_pool *pool)
{
    while (pool->conn_count - pool->extra_count > pool->conn_max &&
           !mic_list_is_empty(&pool->idle)) {
        mic_http_conn_destroy(MIC_LIST_ITEM(pool->idle.next, struct mic_http_conn, node));
    }
}

/* @return whether the request at the head of the queue found a connection */
static bool serve(struct mic_http_pool *pool, struct mic_http_request *request)
{
    struct mic_http_conn *conn;
    bool is_held = mic_http_credentials_hold(pool, request) != NULL && !pool->admits;

    if (is_held && mic_http_credentials_are_open(pool)) {
        return false;
    }
    /* What is sent again goes on a new connection: the others may be as stale as the first. */
    conn = request->was_resent ? NULL : take_idle(pool, request);

    if (conn != NULL && (conn->is_logged_on || !is_held)) {
        pool->admits = false;
        mic_list_remove(&request->queue_node);
        mic_http_conn_reuse(conn, request);
        return true;
    }
    if (is_held) {
        mic_http_credentials_await(pool);
        return false;
    }
    if (!request->is_extra && is_full(pool) && !mic_list_is_empty(&pool->idle)) {
        mic_http_conn_destroy(MIC_LIST_ITEM(pool->idle.next, struct mic_http_conn, node));
    }
    if (!request->is_extra && is_full(pool)) {
        return false;
    }
    conn = mic_http_conn_new(pool, request);
    if (conn == NULL) {
        mic_timer_set(pool->loop, &pool->retry, mic_loop_now_ms(pool->loop));
        return false;
    }
    pool->admits = false;
    mic_list_remove(&request->queue_node);
    return true;
}

void mic_http_pool_dispatch(struct mic_http_pool *pool)
{
    bool goes_on = true;

    close_surplus(pool);
    while (goes_on && !mic_list_is_empty(&pool->queue)) {
        goes_on = serve(pool, MIC_LIST_ITEM(pool->queue.next, struct mic_http_request, queue_node));
    }
}

void mic_http_pool_requeue(struct mic_http_pool *pool, struct mic_http_request *request)
{
    request->was_resent = true;
    request->state = MIC_HTTP_QUEUED;
    request->phase = MIC_PHASE_CONNECT;
    request->pool = pool;
    /* Behind the ring's head is before all others. */
    mic_list_append(pool->queue.next, &request->queue_node);
    mic_http_pool_dispatch(pool);
}

void mic_http_submit(struct mic_http_pool *pool, struct mic_http_request *request)
{
    assert(request->state == MIC_HTTP_IDLE);
    request->pool = pool;
    request->conn = NULL;
    request->was_resent = false;
    request->state = MIC_HTTP_QUEUED;
    request->phase = MIC_PHASE_CONNECT;
    /* Behind the ring's head is before all others. */
    mic_list_append(request->is_extra ? pool->queue.next : &pool->queue, &request->queue_node);
    mic_http_pool_dispatch(pool);
}

void mic_http_hasten(struct mic_http_request *request)
{
    if (request->state == MIC_HTTP_ACTIVE) {
        mic_http_conn_hasten(request->conn);
    }
}

void mic_http_cancel(struct mic_http_request *request)
{
    struct mic_http_pool *pool = request->pool;

    switch (request->state) {
    case MIC_HTTP_IDLE:
        break;
    case MIC_HTTP_QUEUED:
        mic_list_remove(&request->queue_node);
        request->state = MIC_HTTP_IDLE;
        break;
    case MIC_HTTP_ACTIVE:
        mic_http_conn_destroy(request->conn);
        mic_http_pool_dispatch(pool);
        break;
    }
}

enum mic_phase mic_http_phase(const struct mic_http_request *request)
{
    const struct mic_http_conn *first = request->state == MIC_HTTP_QUEUED
                                            ? mic_http_credentials_hold(request->pool, request)
                                            : NULL;

    return first != NULL && first->request != NULL ? first->request->phase : request->phase;
}

void mic_http_resume(struct mic_http_request *request)
{
    struct mic_http_conn *conn = request->conn;

    if (request->state != MIC_HTTP_ACTIVE || !conn->is_paused) {
        return;
    }
    conn->is_paused = false;
    conn->is_resumed = true;
    mic_timer_set(conn->pool->loop, &conn->timer, mic_loop_now_ms(conn->pool->loop));
}
