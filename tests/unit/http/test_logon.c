/* Logons of several legs, by a scheme made for the test: what Negotiate, NTLM and CredSSP will do.
 */
#include "base/mem.h"
#include "fixture.h"
#include "http/conn.h"

struct fake {
    struct mic_auth base;
    unsigned legs; /* sent */
    bool is_done;
};

static atomic_int open_fakes;

static struct mic_auth *fake_open_as(const struct mic_auth_scheme *scheme, struct mic_err *err)
{
    struct fake *fake = mic_calloc(1, sizeof(*fake));

    if (fake == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory");
        return NULL;
    }
    fake->base.scheme = scheme;
    atomic_fetch_add(&open_fakes, 1);
    return &fake->base;
}

/* one -> 401 two -> three with the body -> any status with four */
static enum mic_auth_step fake_step(struct mic_auth *auth, unsigned http_status,
                                    const struct mic_str *challenge, struct mic_buf *authorization,
                                    struct mic_err *err)
{
    struct fake *fake = (struct fake *)(void *)auth;

    if (http_status == 0 && fake->is_done) {
        return MIC_AUTH_DONE;
    }
    if (http_status == 0) {
        mic_buf_append_text(authorization, "Fake one");
        return MIC_AUTH_SEND_LEG;
    }
    if (http_status == 401) {
        if (challenge == NULL || !mic_str_equal(*challenge, MIC_STR("two"))) {
            return MIC_AUTH_FAILED;
        }
        mic_buf_append_text(authorization, "Fake three");
        return MIC_AUTH_SEND;
    }
    if (challenge == NULL || !mic_str_equal(*challenge, MIC_STR("four"))) {
        mic_err_set(err, MIC_E_LOGON, "the server did not prove who it is");
        return MIC_AUTH_FAILED;
    }
    fake->is_done = true;
    return MIC_AUTH_DONE;
}

static void fake_close(struct mic_auth *auth)
{
    atomic_fetch_sub(&open_fakes, 1);
    mic_free(auth);
}

static struct mic_auth *fake_open(const struct mic_auth_settings *settings,
                                  struct mic_str channel_binding, struct mic_err *err);
static struct mic_auth *slow_open(const struct mic_auth_settings *settings,
                                  struct mic_str channel_binding, struct mic_err *err);

static const struct mic_auth_scheme fake_scheme = {
    .auth_type = "Fake",
    .wire_name = "Fake",
    .open = fake_open,
    .step = fake_step,
    .close = fake_close,
};

/* The same on the blocking pool. */
static const struct mic_auth_scheme slow_scheme = {
    .auth_type = "Slow",
    .wire_name = "Fake",
    .may_block = true,
    .open = slow_open,
    .step = fake_step,
    .close = fake_close,
};

static struct mic_auth *fake_open(const struct mic_auth_settings *settings,
                                  struct mic_str channel_binding, struct mic_err *err)
{
    (void)channel_binding;
    (void)settings;
    return fake_open_as(&fake_scheme, err);
}

static struct mic_auth *slow_open(const struct mic_auth_settings *settings,
                                  struct mic_str channel_binding, struct mic_err *err)
{
    (void)channel_binding;
    (void)settings;
    return fake_open_as(&slow_scheme, err);
}

static bool has_line(const struct peer *peer, const char *line)
{
    const char *found = strstr(peer->request, line);

    return found != NULL && found < peer->request + peer->head_size;
}

/* Logs a connection on, then answers without asking again. */
static void serve_logon(struct peer *peer)
{
    const char *last =
        peer->server->context != NULL ? peer->server->context : "WWW-Authenticate: Fake four\r\n";

    if (!peer_read(peer)) {
        return;
    }
    if (!has_line(peer, "Authorization: Fake one\r\n") ||
        !has_line(peer, "Content-Length: 0\r\n")) {
        peer_reply(peer, 400, "", "first leg wrong");
        return;
    }
    peer_reply(peer, 401, "WWW-Authenticate: Other, Fake two\r\n", "<html>log on</html>");
    if (!peer_read(peer)) {
        return;
    }
    if (!has_line(peer, "Authorization: Fake three\r\n")) {
        peer_reply(peer, 400, "", "second leg wrong");
        return;
    }
    peer_reply(peer, 200, last, peer_body(peer));
    while (peer_read(peer)) {
        peer_reply(peer, 200, "",
                   has_line(peer, "Authorization") ? "asked again" : peer_body(peer));
    }
}

static void logon_start(struct client *client, struct server *server,
                        const struct mic_auth_scheme *scheme)
{
    client_start(client, server);
    client->pool->scheme = scheme;
}

static void expect_logons(const struct mic_auth_scheme *scheme)
{
    struct server server;
    struct client client;

    server_start(&server, serve_logon, NULL);
    logon_start(&client, &server, scheme);
    for (int i = 0; i < 5; i++) {
        expect_reply(&client, "sealed", "sealed");
    }
    MIC_CHECK_INT(server_connections(&server), 1);
    MIC_CHECK_INT(atomic_load(&server.requests), 6);
    client_stop(&client);
    server_stop(&server);
    MIC_CHECK_INT(atomic_load(&open_fakes), 0);
}

MIC_TEST(logon, takes_several_legs_once_for_a_connection)
{
    expect_logons(&fake_scheme);
}

MIC_TEST(logon, takes_steps_that_block_on_the_blocking_pool)
{
    expect_logons(&slow_scheme);
}

static void expect_refusal(void (*serve)(struct peer *peer), void *context, const char *words)
{
    static const struct mic_auth_scheme *const schemes[] = {&fake_scheme, &slow_scheme};

    for (size_t i = 0; i < MIC_COUNT(schemes); i++) {
        struct server server;
        struct client client;

        server_start(&server, serve, context);
        logon_start(&client, &server, schemes[i]);
        expect_failure(&client, "body", true, MIC_E_LOGON, words);
        client_stop(&client);
        server_stop(&server);
        MIC_CHECK_INT(atomic_load(&open_fakes), 0);
    }
}

static void serve_refuse(struct peer *peer)
{
    while (peer_read(peer)) {
        peer_reply(peer, 401, peer->server->context, "");
    }
}

static void serve_close_after_leg(struct peer *peer)
{
    if (peer_read(peer)) {
        peer_reply(peer, 401, "WWW-Authenticate: Fake two\r\nConnection: close\r\n", "");
    }
}

static void serve_flood(struct peer *peer)
{
    static const char part[4096];

    if (peer_read(peer)) {
        peer_send(peer, "HTTP/1.1 401 U\r\nWWW-Authenticate: Fake two\r\n\r\n");
        for (int i = 0; i < 4000; i++) {
            peer_send_bytes(peer, part, sizeof(part));
        }
    }
}

MIC_TEST(logon, ends_with_words_when_the_server_does_not_go_on)
{
    static char wrong[] = "WWW-Authenticate: Fake zwei\r\n";
    static char endless[] = "WWW-Authenticate: Fake two\r\n";
    static char other[] = "WWW-Authenticate: Other\r\n";
    static char unproved[] = "";

    expect_refusal(serve_refuse, wrong, "refused the logon of user \"user\" with Fake");
    expect_refusal(serve_refuse, endless, "refused the logon");
    expect_refusal(serve_refuse, other, "does not take Fake (status 401); it offers Other");
    expect_refusal(serve_close_after_leg, NULL, "closes the connection in the middle of the logon");
    expect_refusal(serve_flood, NULL, "more than 1 MB with a step of the logon");
    expect_refusal(serve_logon, unproved, "the server did not prove who it is");
}

/* A server that is content with the first leg answers 200 to its empty body. */
static void serve_one_leg(struct peer *peer)
{
    while (peer_read(peer)) {
        peer_reply(peer, 200, "WWW-Authenticate: Fake four\r\n", peer_body(peer));
    }
}

MIC_TEST(logon, sends_the_body_after_a_leg_that_was_the_last)
{
    struct server server;
    struct client client;

    server_start(&server, serve_one_leg, NULL);
    logon_start(&client, &server, &fake_scheme);
    expect_reply(&client, "body", "body");
    MIC_CHECK_INT(atomic_load(&server.requests), 2);
    client_stop(&client);
    server_stop(&server);
}

static bool is_logging_on(void *context)
{
    return ((struct call *)context)->request.phase == MIC_PHASE_LOGON;
}

MIC_TEST(logon, can_be_cancelled_while_a_step_blocks)
{
    struct server server;
    struct client client;
    struct call call;

    server_start(&server, serve_logon, NULL);
    logon_start(&client, &server, &slow_scheme);
    call_init(&call, &client, "a");
    call_submit(&call);
    run_until(&client, is_logging_on, &call);
    MIC_CHECK(call.request.conn->step != NULL);
    mic_http_cancel(&call.request);
    MIC_CHECK_INT(call.done_count, 0);
    call_submit(&call);
    run_until(&client, is_logging_on, &call);
    mic_http_pool_free(client.pool);
    client.pool = NULL;
    MIC_CHECK_INT(call.err.code, MIC_E_CANCELLED);
    call_fini(&call);
    while (atomic_load(&open_fakes) > 0) {
        mic_loop_run_once(client.loop, 10);
    }
    client_stop(&client);
    server_stop(&server);
}
