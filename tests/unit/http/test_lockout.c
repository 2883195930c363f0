/* A server counts wrong passwords: one connection finds out whether the password is good. */
#include "fixture.h"
#include "http/conn.h"

enum { CALLS = 20 };

static atomic_bool refuses;

/* "hold" has no answer until the connection is cut, "wait" until the test lets go. */
static atomic_bool lets_go;

static void serve(struct peer *peer)
{
    while (peer_read(peer)) {
        bool has_logon = strstr(peer->request, "Authorization: ") != NULL;

        if (strcmp(peer_body(peer), "hold") == 0) {
            continue;
        }
        while (strcmp(peer_body(peer), "wait") == 0 && !atomic_load(&lets_go)) {
            usleep(1000);
        }
        if (has_logon && peer->index > 0 && atomic_load(&refuses)) {
            peer_reply(peer, 401, "WWW-Authenticate: Basic realm=\"r\"\r\n", "");
        } else {
            peer_reply(peer, 200, "", peer_body(peer));
        }
    }
}

static void serve_refusing(struct peer *peer)
{
    while (peer_read(peer)) {
        peer_reply(peer, 401, "WWW-Authenticate: Basic realm=\"r\"\r\n", "");
    }
}

/* Counts what it refuses of those that show a password. */
static atomic_uint wrong_passwords;

static void serve_counting(struct peer *peer)
{
    while (peer_read(peer)) {
        if (strstr(peer->request, "Authorization: ") != NULL) {
            atomic_fetch_add(&wrong_passwords, 1);
        }
        peer_reply(peer, 401, "WWW-Authenticate: Basic realm=\"r\"\r\n", "");
    }
}

static void submit_all(struct client *client, struct call *calls, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        call_init(&calls[i], client, "x");
        call_submit(&calls[i]);
    }
}

static bool are_done(void *context)
{
    const struct call *calls = context;

    for (unsigned i = 0; i < CALLS; i++) {
        if (calls[i].done_count == 0) {
            return false;
        }
    }
    return true;
}

static bool are_refused(void *context)
{
    const struct call *calls = context;
    unsigned count = 0;

    for (unsigned i = 0; i < CALLS; i++) {
        count += calls[i].err.code == MIC_E_LOGON;
    }
    return count == 7;
}

MIC_TEST(lockout, what_waits_for_a_logon_ends_as_it_did)
{
    static struct call calls[CALLS];
    struct server server;
    struct client client;

    server_start(&server, serve_refusing, NULL);
    client_start(&client, &server);
    for (unsigned round = 1; round <= 2; round++) { /* what is begun later tries again */
        submit_all(&client, calls, CALLS);
        run_until(&client, are_done, calls);
        for (unsigned i = 0; i < CALLS; i++) {
            MIC_CHECK_INT(calls[i].err.code, MIC_E_LOGON);
            MIC_CHECK_INT(calls[i].err.native, 401);
            MIC_CHECK_TEXT(calls[i].err.message, calls[0].err.message);
            MIC_CHECK_TEXT(calls[i].err.remedy, calls[0].err.remedy);
            MIC_CHECK_INT(calls[i].done_count, 1);
            MIC_CHECK_INT(calls[i].request.state, MIC_HTTP_IDLE);
            call_fini(&calls[i]);
        }
        MIC_CHECK_INT(atomic_load(&server.requests), round);
    }
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(lockout, what_waits_ends_with_the_last_of_several_though_the_first_has_no_password)
{
    static struct call calls[CALLS];
    struct server server;
    struct client client;

    atomic_store(&wrong_passwords, 0);
    server_start(&server, serve_counting, NULL);
    client_init(&client, server.port);
    client.target.others[0] =
        (struct mic_http_logon){MI_AUTH_TYPE_BASIC, NULL, "user", &client.password};
    client.target.other_count = 1;
    client.target.auth_type = MI_AUTH_TYPE_NONE;
    client.target.user = NULL;
    client.target.password = NULL;
    client_open(&client);
    submit_all(&client, calls, CALLS);
    run_until(&client, are_done, calls);
    for (unsigned i = 0; i < CALLS; i++) {
        MIC_CHECK_INT(calls[i].err.code, MIC_E_LOGON);
        MIC_CHECK_TEXT(calls[i].err.message, calls[0].err.message);
        call_fini(&calls[i]);
    }
    MIC_CHECK_INT(atomic_load(&wrong_passwords), 1);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(lockout, a_good_logon_is_followed_by_all_others)
{
    static struct call calls[CALLS];
    struct server server;
    struct client client;

    server_start(&server, serve, NULL);
    client_start(&client, &server);
    submit_all(&client, calls, CALLS);
    MIC_CHECK_INT(calls[0].request.state, MIC_HTTP_ACTIVE);
    MIC_CHECK_INT(calls[1].request.state, MIC_HTTP_QUEUED);
    run_until(&client, are_done, calls);
    for (unsigned i = 0; i < CALLS; i++) {
        MIC_CHECK_TEXT(calls[i].err.message, "");
        call_fini(&calls[i]);
    }
    MIC_CHECK_INT(server_connections(&server), 8);
    client_stop(&client);
    server_stop(&server);
}

/* ---- those it does not concern ---- */

static uint64_t fake_now(void *context)
{
    return *(uint64_t *)context;
}

static void client_start_at(struct client *client, struct server *server, struct mic_clock *clock)
{
    struct mic_err err;

    client_init(client, server->port);
    mic_workpool_free(client->workpool, 0);
    mic_loop_free(client->loop);
    mic_err_init(&err);
    client->loop = mic_loop_new(clock, &err);
    client->workpool = mic_workpool_new(client->loop, 1, 1000, &err);
    client_open(client);
}

static bool has_asked(void *context)
{
    return atomic_load(&((struct server *)context)->requests) > 0;
}

static unsigned asked_for;

static bool has_asked_for(void *context)
{
    return atomic_load(&((struct server *)context)->requests) >= asked_for;
}

static void await_requests(struct client *client, struct server *server, unsigned count)
{
    asked_for = count;
    run_until(client, has_asked_for, server);
}

static void expect_no_more_requests(struct client *client, struct server *server, unsigned count)
{
    for (int i = 0; i < 5; i++) {
        mic_loop_run_once(client->loop, 10);
    }
    MIC_CHECK_INT(atomic_load(&server->requests), count);
}

MIC_TEST(lockout, a_server_that_takes_its_time_with_the_first_request_holds_nobody_for_long)
{
    uint64_t now = 1000;
    struct mic_clock clock = {fake_now, &now};
    struct server server;
    struct client client;
    struct call first, second, third;

    atomic_store(&refuses, false);
    server_start(&server, serve, NULL);
    client_start_at(&client, &server, &clock);
    call_init(&first, &client, "hold");
    call_init(&second, &client, "x");
    call_init(&third, &client, "x");
    call_submit(&first);
    call_submit(&second);
    call_submit(&third);
    run_until(&client, has_asked, &server);
    MIC_CHECK_INT(second.request.state, MIC_HTTP_QUEUED);
    MIC_CHECK_INT(mic_http_phase(&second.request), MIC_PHASE_HTTP);
    now += MIC_HTTP_SILENCE_MS - 1;
    expect_no_more_requests(&client, &server, 1);
    now += 1;
    run_until(&client, is_done, &second);
    MIC_CHECK_TEXT(mic_buf_text(&second.body), "x");
    run_until(&client, is_done, &third);
    MIC_CHECK_TEXT(mic_buf_text(&third.body), "x");
    MIC_CHECK_INT(first.done_count, 0);
    mic_http_cancel(&first.request);
    call_fini(&first);
    call_fini(&second);
    call_fini(&third);
    client_stop(&client);
    server_stop(&server);
}

/* What comes late, after long silence, may try at once. */
MIC_TEST(lockout, one_that_comes_after_the_silence_waits_no_more)
{
    uint64_t now = 1000;
    struct mic_clock clock = {fake_now, &now};
    struct server server;
    struct client client;
    struct call first, second;

    atomic_store(&refuses, false);
    server_start(&server, serve, NULL);
    client_start_at(&client, &server, &clock);
    call_init(&first, &client, "hold");
    call_init(&second, &client, "x");
    call_submit(&first);
    run_until(&client, has_asked, &server);
    now += MIC_HTTP_SILENCE_MS;
    expect_no_more_requests(&client, &server, 1);
    call_submit(&second);
    MIC_CHECK_INT(second.request.state, MIC_HTTP_ACTIVE);
    call_finish(&second);
    MIC_CHECK_TEXT(mic_buf_text(&second.body), "x");
    mic_http_cancel(&first.request);
    call_fini(&first);
    call_fini(&second);
    client_stop(&client);
    server_stop(&server);
}

/* Connections below this one are refused. */
static atomic_uint answered;

static void serve_refusing_late(struct peer *peer)
{
    while (peer_read(peer)) {
        while (atomic_load(&answered) <= peer->index) {
            usleep(1000);
        }
        peer_reply(peer, 401, "WWW-Authenticate: Basic realm=\"r\"\r\n", "");
    }
}

MIC_TEST(lockout, silence_lets_one_more_try_and_proves_nothing)
{
    static struct call calls[CALLS];
    uint64_t now = 1000;
    struct mic_clock clock = {fake_now, &now};
    struct server server;
    struct client client;

    atomic_store(&answered, 0);
    server_start(&server, serve_refusing_late, NULL);
    client_start_at(&client, &server, &clock);
    submit_all(&client, calls, CALLS);
    await_requests(&client, &server, 1);
    for (unsigned count = 2; count <= 3; count++) {
        now += MIC_HTTP_SILENCE_MS - 1;
        expect_no_more_requests(&client, &server, count - 1);
        now += 1;
        await_requests(&client, &server, count);
        expect_no_more_requests(&client, &server, count);
    }
    atomic_store(&answered, 1);
    call_finish(&calls[0]);
    for (int i = 0; i < 4; i++) { /* those under way are refused soon, too */
        now += 10 * MIC_HTTP_SILENCE_MS;
        expect_no_more_requests(&client, &server, 3);
    }
    MIC_CHECK_INT(calls[3].done_count, 0);
    atomic_store(&answered, CALLS);
    run_until(&client, are_done, calls);
    for (unsigned i = 0; i < CALLS; i++) {
        MIC_CHECK_INT(calls[i].err.code, MIC_E_LOGON);
        call_fini(&calls[i]);
    }
    MIC_CHECK_INT(atomic_load(&server.requests), 3);
    client_stop(&client);
    server_stop(&server);
}

/* Nothing is read before the test lets go. */
static void serve_slow_reader(struct peer *peer)
{
    char bytes[65536];

    while (!atomic_load(&lets_go)) {
        usleep(1000);
    }
    while (recv(peer->fd, bytes, sizeof(bytes), 0) > 0) {
    }
}

static bool has_sent_some(void *context)
{
    const struct call *call = context;

    return call->request.conn->state == MIC_CONN_EXCHANGE && call->request.conn->sent > 0;
}

static bool is_timed(void *context)
{
    return mic_timer_is_set(&((const struct client *)context)->pool->silence);
}

MIC_TEST(lockout, the_silence_begins_when_the_message_has_left)
{
    enum { SIZE = 32 * 1024 * 1024 };
    uint64_t now = 1000;
    struct mic_clock clock = {fake_now, &now};
    struct server server;
    struct client client;
    struct call first, second, third;
    char *body = calloc(1, SIZE);

    MIC_REQUIRE(body != NULL);
    atomic_store(&lets_go, false);
    server_start(&server, serve_slow_reader, NULL);
    client_start_at(&client, &server, &clock);
    call_init(&first, &client, "");
    first.request.body = body;
    first.request.body_size = SIZE;
    call_init(&second, &client, "x");
    call_init(&third, &client, "x");
    call_submit(&first);
    run_until(&client, has_sent_some, &first);
    call_submit(&second);
    now += MIC_HTTP_SILENCE_MS - 1;
    expect_no_more_requests(&client, &server, 0);
    MIC_CHECK(!is_timed(&client));
    MIC_CHECK_INT(second.request.state, MIC_HTTP_QUEUED);
    atomic_store(&lets_go, true);
    run_until(&client, is_timed, &client);
    now += MIC_HTTP_SILENCE_MS - 1;
    call_submit(&third); /* does not put it off */
    expect_no_more_requests(&client, &server, 0);
    MIC_CHECK_INT(second.request.state, MIC_HTTP_QUEUED);
    now += 1;
    expect_no_more_requests(&client, &server, 0);
    MIC_CHECK_INT(second.request.state, MIC_HTTP_ACTIVE);
    MIC_CHECK_INT(third.request.state, MIC_HTTP_QUEUED);
    call_fini(&third);
    call_fini(&second);
    call_fini(&first);
    client_stop(&client);
    server_stop(&server);
    free(body);
}

MIC_TEST(lockout, what_waits_for_a_connection_that_is_good_tries_again_more_and_more_seldom)
{
    static struct call calls[4];
    uint64_t now = 1000;
    struct mic_clock clock = {fake_now, &now};
    struct server server;
    struct client client;
    struct call good;

    atomic_store(&refuses, false);
    atomic_store(&lets_go, false);
    server_start(&server, serve, NULL);
    client_start_at(&client, &server, &clock);
    expect_reply(&client, "x", "x");
    atomic_store(&refuses, true);
    call_init(&good, &client, "wait");
    call_submit(&good);
    await_requests(&client, &server, 2);
    submit_all(&client, calls, 1);
    call_finish(&calls[0]);
    MIC_CHECK_INT(calls[0].err.code, MIC_E_LOGON);
    for (unsigned i = 1; i < MIC_COUNT(calls); i++) {
        call_init(&calls[i], &client, "x");
        call_submit(&calls[i]);
    }
    for (unsigned i = 1; i <= 2; i++) { /* 5 s, 10 s */
        now += MIC_HTTP_SILENCE_MS * i - 1;
        expect_no_more_requests(&client, &server, 2 + i);
        now += 1;
        call_finish(&calls[i]);
        MIC_CHECK_INT(calls[i].err.code, MIC_E_LOGON);
        expect_no_more_requests(&client, &server, 3 + i);
    }
    MIC_CHECK_INT(calls[3].done_count, 0);
    atomic_store(&lets_go, true);
    call_finish(&calls[3]);
    MIC_CHECK_TEXT(calls[3].err.message, "");
    call_finish(&good);
    for (unsigned i = 0; i < MIC_COUNT(calls); i++) {
        call_fini(&calls[i]);
    }
    call_fini(&good);
    client_stop(&client);
    server_stop(&server);
}

static bool has_no_connection(void *context)
{
    return ((const struct mic_http_pool *)context)->conn_count == 0;
}

MIC_TEST(lockout, trust_ends_with_the_last_connection_that_is_logged_on)
{
    static struct call calls[CALLS];
    uint64_t now = 1000;
    struct mic_clock clock = {fake_now, &now};
    struct server server;
    struct client client;

    atomic_store(&refuses, false);
    server_start(&server, serve, NULL);
    client_start_at(&client, &server, &clock);
    expect_reply(&client, "x", "x");
    atomic_store(&refuses, true);
    now += MIC_HTTP_IDLE_MS;
    run_until(&client, has_no_connection, client.pool);
    submit_all(&client, calls, CALLS);
    MIC_CHECK_INT(calls[1].request.state, MIC_HTTP_QUEUED);
    run_until(&client, are_done, calls);
    for (unsigned i = 0; i < CALLS; i++) {
        MIC_CHECK_INT(calls[i].err.code, MIC_E_LOGON);
        call_fini(&calls[i]);
    }
    MIC_CHECK_INT(atomic_load(&server.requests), 2);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(lockout, a_request_without_a_logon_waits_for_none)
{
    struct server server;
    struct client client;
    struct call first, second;

    server_start(&server, serve, NULL);
    client_start(&client, &server);
    call_init(&first, &client, "hold");
    call_init(&second, &client, "x");
    second.request.unauthenticated = true;
    call_submit(&first);
    call_submit(&second);
    MIC_CHECK_INT(second.request.state, MIC_HTTP_ACTIVE);
    call_finish(&second);
    MIC_CHECK_TEXT(mic_buf_text(&second.body), "x");
    mic_http_cancel(&first.request);
    call_fini(&first);
    call_fini(&second);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(lockout, the_next_logs_on_when_the_first_is_cancelled)
{
    struct server server;
    struct client client;
    struct call first, second;

    atomic_store(&refuses, false);
    server_start(&server, serve, NULL);
    client_start(&client, &server);
    call_init(&first, &client, "hold");
    call_init(&second, &client, "x");
    call_submit(&first);
    call_submit(&second);
    run_until(&client, has_asked, &server);
    mic_http_cancel(&first.request);
    call_finish(&second);
    MIC_CHECK_TEXT(mic_buf_text(&second.body), "x");
    call_fini(&first);
    call_fini(&second);
    client_stop(&client);
    server_stop(&server);
}

/* A password that was changed while a session is in use. */
MIC_TEST(lockout, what_waits_when_later_logons_are_refused_goes_on_connections_that_are_good)
{
    static struct call calls[CALLS];
    struct server server;
    struct client client;
    struct call good;

    atomic_store(&refuses, false);
    atomic_store(&lets_go, false);
    server_start(&server, serve, NULL);
    client_start(&client, &server);
    expect_reply(&client, "x", "x");
    atomic_store(&refuses, true);
    call_init(&good, &client, "wait");
    call_submit(&good);
    submit_all(&client, calls, CALLS);
    run_until(&client, are_refused, calls); /* with those that were under way */
    MIC_CHECK_INT(calls[7].done_count, 0);
    atomic_store(&lets_go, true);
    run_until(&client, are_done, calls);
    call_finish(&good);
    for (unsigned i = 7; i < CALLS; i++) {
        MIC_CHECK_TEXT(calls[i].err.message, "");
    }
    MIC_CHECK_INT(server_connections(&server), 8);
    MIC_CHECK_INT(atomic_load(&server.requests), 2 + CALLS);
    for (unsigned i = 0; i < CALLS; i++) {
        call_fini(&calls[i]);
    }
    call_fini(&good);
    client_stop(&client);
    server_stop(&server);
}

/* ---- what callbacks may do ---- */

static struct call *others;

static void cancel_other(struct call *call)
{
    (void)call;
    mic_http_cancel(&others[3].request);
}

static void free_pool(struct call *call)
{
    mic_http_pool_free(call->client->pool);
    call->client->pool = NULL;
}

MIC_TEST(lockout, one_that_ends_may_cancel_another)
{
    static struct call calls[4];
    struct server server;
    struct client client;

    for (unsigned who = 0; who < 2; who++) {
        others = calls;
        server_start(&server, serve_refusing, NULL);
        client_start(&client, &server);
        submit_all(&client, calls, MIC_COUNT(calls));
        calls[who].on_done = cancel_other;
        call_finish(&calls[2]);
        MIC_CHECK_INT(calls[3].done_count, 0);
        MIC_CHECK_INT(atomic_load(&server.requests), 1);
        expect_failure(&client, "x", false, MIC_E_LOGON, "refused the logon");
        MIC_CHECK_INT(calls[3].done_count, 0);
        for (unsigned i = 0; i < MIC_COUNT(calls); i++) {
            call_fini(&calls[i]);
        }
        client_stop(&client);
        server_stop(&server);
    }
}

MIC_TEST(lockout, one_that_ends_may_free_the_pool)
{
    static struct call calls[4];
    struct server server;
    struct client client;

    for (unsigned who = 0; who < MIC_COUNT(calls); who++) {
        server_start(&server, serve_refusing, NULL);
        client_start(&client, &server);
        submit_all(&client, calls, MIC_COUNT(calls));
        calls[who].on_done = free_pool;
        call_finish(&calls[3]);
        for (unsigned i = 0; i < MIC_COUNT(calls); i++) {
            MIC_CHECK_INT(calls[i].done_count, 1);
            MIC_CHECK_INT(calls[i].err.code, i > who ? MIC_E_CANCELLED : MIC_E_LOGON);
            call_fini(&calls[i]);
        }
        client_stop(&client);
        server_stop(&server);
    }
}
