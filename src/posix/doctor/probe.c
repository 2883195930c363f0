#include "doctor/probe.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/mem.h"
#include "http/conn.h"

#define BODY_MAX ((size_t)1024 * 1024)

/* The caller waits until the loop's thread says that it is over: by the event or by the timer. */
struct mic_probe_wait {
    struct mic_runtime *runtime;
    struct mic_post post; /* begins it */
    struct mic_timer timer;
    unsigned timeout_ms;
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool is_over;
};

static void wait_init(struct mic_probe_wait *wait, struct mic_runtime *runtime, unsigned timeout_ms)
{
    memset(wait, 0, sizeof(*wait));
    wait->runtime = runtime;
    wait->timeout_ms = timeout_ms;
    pthread_mutex_init(&wait->lock, NULL);
    pthread_cond_init(&wait->changed, NULL);
}

static void set_timer(struct mic_probe_wait *wait, uint64_t in_ms)
{
    struct mic_loop *loop = wait->runtime->loop;

    mic_timer_set(loop, &wait->timer, mic_loop_now_ms(loop) + in_ms);
}

/* On the loop's thread; @p wait may be gone behind it. */
static void wait_end(struct mic_probe_wait *wait)
{
    mic_timer_cancel(wait->runtime->loop, &wait->timer);
    pthread_mutex_lock(&wait->lock);
    wait->is_over = true;
    pthread_cond_signal(&wait->changed);
    pthread_mutex_unlock(&wait->lock);
}

static void wait_for(struct mic_probe_wait *wait, void (*begin)(void *context),
                     void (*expire)(void *context), void *context)
{
    wait->post.run = begin;
    wait->post.context = wait->timer.context = context;
    wait->timer.fire = expire;
    (void)mic_loop_post(wait->runtime->loop, &wait->post);
    pthread_mutex_lock(&wait->lock);
    while (!wait->is_over) {
        pthread_cond_wait(&wait->changed, &wait->lock);
    }
    pthread_mutex_unlock(&wait->lock);
    pthread_cond_destroy(&wait->changed);
    pthread_mutex_destroy(&wait->lock);
}

static void set_timeout(struct mic_err *err, enum mic_phase phase, const char *what, unsigned ms)
{
    mic_err_set(err, MIC_E_TIMEOUT, "%s within %u.%03u s (phase %s)", what, ms / 1000, ms % 1000,
                mic_phase_name(phase));
    mic_err_silence(err, phase);
}

/* ---- one request ---- */

struct asking {
    struct mic_probe_wait wait;
    const struct mic_probe_order *order;
    struct mic_probe *out;
    struct mic_http_target target;
    struct mic_http_watch watch;
    struct mic_http_pool *pool;
    struct mic_http_request request;
};

static void finish(struct asking *asking)
{
    if (asking->pool != NULL) {
        struct mic_http_pool *pool = asking->pool;

        asking->pool = NULL;
        mic_http_pool_free(pool);
    }
    wait_end(&asking->wait);
}

static void on_connected(void *context, const char *address)
{
    struct asking *asking = context;

    asking->out->is_connected = true;
    (void)snprintf(asking->out->address, sizeof(asking->out->address), "%s", address);
}

static void on_secured(void *context, const struct mic_tls *tls)
{
    struct asking *asking = context;

    asking->out->is_secured = mic_tls_facts(tls, &asking->out->tls);
    if (asking->order->until_secured) {
        set_timer(&asking->wait, 0); /* the pool is not to be touched from here */
    }
}

static void take_field(const struct mic_http_response *response, const char *name, char *out,
                       size_t size)
{
    size_t position = 0;
    const char *value = mic_http_response_field(response, name, &position);

    mic_err_quote(mic_str_from(value), out, size);
}

static void on_replied(void *context, const struct mic_http_response *response)
{
    struct mic_probe *out = ((struct asking *)context)->out;

    out->has_reply = true;
    out->status = response->status;
    out->at = (int64_t)time(NULL);
    take_field(response, "Date", out->date, sizeof(out->date));
    take_field(response, "Server", out->server, sizeof(out->server));
    if (response->status == 401) {
        mic_http_list_offers(response, "WWW-Authenticate", out->offers, sizeof(out->offers));
    }
}

static bool on_headers(void *context, unsigned status, const char *content_type,
                       int64_t content_length, struct mic_err *err)
{
    struct mic_probe *out = ((struct asking *)context)->out;

    (void)content_length;
    (void)err;
    out->status = status;
    (void)snprintf(out->content_type, sizeof(out->content_type), "%s",
                   content_type != NULL ? content_type : "");
    return true;
}

static bool on_body(void *context, const char *bytes, size_t size)
{
    struct mic_probe *out = ((struct asking *)context)->out;

    if (out->body.size < BODY_MAX) {
        mic_buf_append(&out->body, bytes, size);
    }
    return true;
}

static void on_done(void *context, const struct mic_err *err)
{
    struct asking *asking = context;

    if (err != NULL && asking->out->err.code == MIC_E_NONE) {
        asking->out->err = *err;
    }
    if (asking->pool != NULL) { /* else it is being freed, and finish goes on */
        finish(asking);
    }
}

static void ask_expired(void *context)
{
    struct asking *asking = context;
    struct mic_probe *out = asking->out;

    mic_http_cancel(&asking->request);
    if (!asking->order->until_secured || !out->is_secured) {
        out->is_timed_out = true;
        set_timeout(&out->err, asking->request.phase, "no answer", asking->order->timeout_ms);
    }
    finish(asking);
}

static const struct mic_http_events events = {
    .headers = on_headers,
    .body = on_body,
    .done = on_done,
};

static void ask_begin(void *context)
{
    struct asking *asking = context;
    struct mic_loop *loop = asking->wait.runtime->loop;

    asking->request.deadline_ms = mic_loop_now_ms(loop) + asking->order->timeout_ms;
    set_timer(&asking->wait, asking->order->timeout_ms);
    mic_http_submit(asking->pool, &asking->request);
}

void mic_probe_run(struct mic_runtime *runtime, const struct mic_probe_order *order,
                   struct mic_probe *out)
{
    struct asking asking;

    memset(out, 0, sizeof(*out));
    mic_err_init(&out->err);
    mic_buf_init(&out->body);
    memset(&asking, 0, sizeof(asking));
    wait_init(&asking.wait, runtime, order->timeout_ms);
    asking.order = order;
    asking.out = out;
    asking.watch = (struct mic_http_watch){&asking, on_connected, on_secured, on_replied};
    asking.target = *order->target;
    asking.target.watch = &asking.watch;
    asking.target.trace = runtime->trace;
    asking.request.body = order->body.data;
    asking.request.body_size = order->body.size;
    asking.request.unauthenticated = order->unauthenticated;
    asking.request.events = &events;
    asking.request.context = &asking;
    asking.pool = mic_http_pool_new(runtime->loop, runtime->workpool, runtime->tls, &asking.target,
                                    &out->err);
    if (asking.pool != NULL) {
        wait_for(&asking.wait, ask_begin, ask_expired, &asking);
    }
}

void mic_probe_fini(struct mic_probe *probe)
{
    mic_buf_fini(&probe->body);
}

struct freeing {
    struct mic_probe_wait wait;
    struct mic_http_pool *pool;
};

static void free_begin(void *context)
{
    struct freeing *freeing = context;

    mic_http_pool_free(freeing->pool);
    wait_end(&freeing->wait);
}

void mic_probe_free_pool(struct mic_runtime *runtime, struct mic_http_pool *pool)
{
    struct freeing freeing;

    memset(&freeing, 0, sizeof(freeing));
    wait_init(&freeing.wait, runtime, 0);
    freeing.pool = pool;
    wait_for(&freeing.wait, free_begin, NULL, &freeing);
}

/* ---- a name ---- */

struct naming {
    struct mic_probe_wait wait;
    const char *host;
    struct mic_lookup *lookup;
    char *out;
    size_t size;
    unsigned count;
    struct mic_err *err;
};

static void take_addresses(struct naming *naming, struct addrinfo *list)
{
    size_t used = 0;

    for (const struct addrinfo *at = list; at != NULL; at = at->ai_next) {
        char text[NI_MAXHOST];

        if (getnameinfo(at->ai_addr, at->ai_addrlen, text, sizeof(text), NULL, 0, NI_NUMERICHOST) !=
            0) {
            continue;
        }
        naming->count++;
        if (used + strlen(text) + 2 <= naming->size) {
            used += (size_t)snprintf(naming->out + used, naming->size - used, "%s%s",
                                     used > 0 ? "\n" : "", text);
        }
    }
    freeaddrinfo(list);
    if (naming->count == 0) {
        mic_err_set(naming->err, MIC_E_RESOLVE, "the name \"%s\" has no address", naming->host);
    }
}

static void on_named(void *context, struct addrinfo *list, const struct mic_err *err)
{
    struct naming *naming = context;

    naming->lookup = NULL;
    if (list != NULL) {
        take_addresses(naming, list);
    } else {
        *naming->err = *err;
    }
    wait_end(&naming->wait);
}

static void name_expired(void *context)
{
    struct naming *naming = context;

    mic_lookup_cancel(naming->lookup);
    set_timeout(naming->err, MIC_PHASE_RESOLVE, "the name was not resolved",
                naming->wait.timeout_ms);
    wait_end(&naming->wait);
}

static void name_begin(void *context)
{
    struct naming *naming = context;

    set_timer(&naming->wait, naming->wait.timeout_ms);
    naming->lookup = mic_lookup_start(naming->wait.runtime->workpool, naming->host, 1, on_named,
                                      naming, naming->err);
    if (naming->lookup == NULL) {
        wait_end(&naming->wait);
    }
}

unsigned mic_probe_name(struct mic_runtime *runtime, const char *host, unsigned timeout_ms,
                        char *addresses, size_t size, struct mic_err *err)
{
    struct addrinfo *list = mic_resolve_numeric(host, 1);
    struct naming naming;

    memset(&naming, 0, sizeof(naming));
    naming.host = host;
    naming.out = addresses;
    naming.size = size;
    naming.err = err;
    addresses[0] = '\0';
    if (list != NULL) {
        take_addresses(&naming, list);
    } else {
        wait_init(&naming.wait, runtime, timeout_ms);
        wait_for(&naming.wait, name_begin, name_expired, &naming);
    }
    return naming.count;
}

/* ---- a call that blocks ---- */

static void work_run(void *context)
{
    struct mic_probe_work *work = context;

    work->run(work);
}

static void work_drop(void *context)
{
    struct mic_probe_work *work = context;

    work->release(work);
}

static void work_done(void *context, bool cancelled)
{
    struct mic_probe_work *work = context;
    struct mic_probe_wait *wait = work->wait;

    if (!cancelled && wait != NULL) {
        work->take(work, wait->context);
        wait_end(wait);
    }
    work->release(work);
}

struct blocking {
    struct mic_probe_wait wait;
    struct mic_probe_work *work;
    bool is_in_time;
};

static void blocking_expired(void *context)
{
    struct blocking *blocking = context;

    blocking->is_in_time = false;
    blocking->work->wait = NULL;
    mic_work_cancel(&blocking->work->work);
    wait_end(&blocking->wait);
}

static void blocking_begin(void *context)
{
    struct blocking *blocking = context;
    struct mic_err err;

    mic_err_init(&err);
    set_timer(&blocking->wait, blocking->wait.timeout_ms);
    if (mic_workpool_run(blocking->wait.runtime->workpool, &blocking->work->work, &err) !=
        MI_RESULT_OK) {
        blocking->is_in_time = false;
        blocking->work->release(blocking->work);
        wait_end(&blocking->wait);
    }
}

bool mic_probe_blocking(struct mic_runtime *runtime, struct mic_probe_work *work, void *context,
                        unsigned timeout_ms)
{
    struct blocking blocking;

    memset(&blocking, 0, sizeof(blocking));
    wait_init(&blocking.wait, runtime, timeout_ms);
    blocking.wait.context = context;
    blocking.work = work;
    blocking.is_in_time = true;
    work->wait = &blocking.wait;
    work->work.run = work_run;
    work->work.done = work_done;
    work->work.drop = work_drop;
    work->work.context = work;
    wait_for(&blocking.wait, blocking_begin, blocking_expired, &blocking);
    return blocking.is_in_time;
}
