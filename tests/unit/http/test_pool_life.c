/* A pool's life: pauses, cancels, ends at any moment, failed memory and sockets. */
#include "fail_io.h"
#include "fixture.h"
#include "http/conn.h"

static void serve_chunks(struct peer *peer)
{
    static const char reply[] =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5;name=value\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\nX: y\r\n\r\n";

    while (peer_read(peer)) {
        for (size_t i = 0; i < sizeof(reply) - 1; i++) {
            peer_send_bytes(peer, reply + i, 1);
        }
    }
}

/* ---- pause, cancel, free ---- */

static bool is_paused(void *context)
{
    return ((struct call *)context)->body_count > 0;
}

static void serve_large(struct peer *peer)
{
    static char body[3000001];

    memset(body, 'b', sizeof(body) - 1);
    while (peer_read(peer)) {
        peer_reply(peer, 200, "", body);
    }
}

MIC_TEST(pool_life, reads_no_further_while_paused)
{
    struct server server;
    struct client client;
    struct call call;
    unsigned rounds = 0;

    server_start(&server, serve_large, NULL);
    client_start(&client, &server);
    call_init(&call, &client, "large");
    call.pauses = true;
    call_submit(&call);
    while (call.done_count == 0 && rounds++ < 100000) {
        unsigned before = call.body_count;

        run_until(&client, is_paused, &call);
        before = call.body_count;
        mic_loop_run_once(client.loop, 0);
        mic_loop_run_once(client.loop, 0);
        MIC_CHECK_INT(call.body_count, before);
        MIC_CHECK_INT(call.done_count, 0);
        call.body_count = 0;
        mic_http_resume(&call.request);
        while (call.body_count == 0 && call.done_count == 0) {
            mic_loop_run_once(client.loop, 50);
        }
    }
    MIC_CHECK_TEXT(call.err.message, "");
    MIC_CHECK_INT(call.body.size, 3000000);
    MIC_CHECK_INT(client.pool->conn_count, 1);
    call_fini(&call);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(pool_life, goes_on_with_what_a_pause_left_unparsed)
{
    struct server server;
    struct client client;
    struct call call;
    unsigned pauses = 0;

    server_start(&server, serve_chunks, NULL);
    client_start(&client, &server);
    call_init(&call, &client, "a");
    call.pauses = true;
    call_submit(&call);
    while (call.done_count == 0) {
        unsigned before = call.body_count;

        mic_loop_run_once(client.loop, 50);
        if (call.body_count > before) {
            pauses++;
            mic_http_resume(&call.request);
        }
    }
    MIC_CHECK_TEXT(mic_buf_text(&call.body), "hello world");
    MIC_CHECK(pauses >= 3);
    call_fini(&call);
    client_stop(&client);
    server_stop(&server);
}

static void serve_mute(struct peer *peer)
{
    while (peer_read(peer)) {
    }
}

static void cancel_it(struct call *call)
{
    mic_http_cancel(&call->request);
}

static void free_pool(struct call *call)
{
    struct mic_http_pool *pool = call->client->pool;

    call->client->pool = NULL;
    mic_http_pool_free(pool);
}

static bool has_asked(void *context)
{
    return atomic_load(&((struct server *)context)->requests) > 0;
}

MIC_TEST(pool_life, gives_no_event_after_a_cancel_in_any_state)
{
    struct server server;
    struct client client;

    server_start(&server, serve_echo, NULL);
    client_init(&client, server.port);
    client.target.max_connections = 1;
    client_open(&client);
    for (unsigned where = 0; where < 6; where++) {
        struct call call, queued;

        call_init(&call, &client, "a");
        call_init(&queued, &client, "b");
        call.on_progress = where == 2 ? cancel_it : NULL;
        call.on_headers = where == 3 ? cancel_it : NULL;
        call.on_body = where == 4 ? cancel_it : NULL;
        call.on_done = where == 5 ? cancel_it : NULL;
        call_submit(&call);
        call_submit(&queued);
        if (where == 0) {
            mic_http_cancel(&call.request); /* before it has begun */
        } else if (where == 1) {
            mic_http_cancel(&queued.request); /* in the queue */
            call_submit(&queued);
        }
        call_finish(&queued);
        MIC_CHECK_TEXT(queued.err.message, "");
        MIC_CHECK_INT(call.done_count, where == 1 || where == 5 ? 1 : 0);
        MIC_CHECK_INT(call.headers_count, where == 0 || where == 2 ? 0 : 1);
        MIC_CHECK_INT(call.request.state, MIC_HTTP_IDLE);
        call_fini(&call);
        call_fini(&queued);
    }
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(pool_life, cancels_what_waits_for_a_reply_or_a_name)
{
    struct server server;
    struct client client;
    struct call call;

    server_start(&server, serve_mute, NULL);
    client_start(&client, &server);
    call_init(&call, &client, "a");
    call_submit(&call);
    run_until(&client, has_asked, &server);
    MIC_CHECK_INT(call.request.phase, MIC_PHASE_HTTP);
    mic_http_cancel(&call.request);
    mic_http_pool_free(client.pool);
    client.target.host = "localhost";
    client_open(&client);
    call_submit(&call);
    while (call.request.phase != MIC_PHASE_RESOLVE) {
        mic_loop_run_once(client.loop, 50);
    }
    mic_http_cancel(&call.request);
    MIC_CHECK_INT(call.done_count, 0);
    call_fini(&call);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(pool_life, can_be_freed_inside_any_event)
{
    for (unsigned where = 0; where < 5; where++) {
        struct server server;
        struct client client;
        struct call call, queued;

        server_start(&server, serve_echo, NULL);
        client_init(&client, server.port);
        client.target.max_connections = 1;
        client_open(&client);
        call_init(&call, &client, "a");
        call_init(&queued, &client, "b");
        call.on_progress = where == 0 ? free_pool : NULL;
        call.on_headers = where == 1 ? free_pool : NULL;
        call.on_body = where == 2 ? free_pool : NULL;
        call.on_done = where == 3 ? free_pool : NULL;
        call_submit(&call);
        call_submit(&queued);
        if (where == 4) {
            free_pool(&call);
        }
        call_finish(&queued);
        MIC_CHECK_INT(queued.err.code, MIC_E_CANCELLED);
        MIC_CHECK_INT(call.done_count, 1);
        MIC_CHECK_INT(call.err.code, where == 3 ? MIC_E_NONE : MIC_E_CANCELLED);
        call_fini(&call);
        call_fini(&queued);
        client_stop(&client);
        server_stop(&server);
    }
}

MIC_TEST(pool_life, drops_the_connection_of_a_reply_that_is_refused)
{
    struct server server;
    struct client client;
    struct call call;

    server_start(&server, serve_echo, NULL);
    client_start(&client, &server);
    call_init(&call, &client, "a");
    call.refuses = true;
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_INT(call.err.code, MIC_E_PROTOCOL);
    MIC_CHECK_INT(call.body_count, 0);
    call_fini(&call);
    expect_reply(&client, "b", "b");
    MIC_CHECK_INT(server_connections(&server), 2);
    client_stop(&client);
    server_stop(&server);
}

static void submit_next(struct call *call)
{
    if (++call->tag < 20) {
        call->done_count = 0;
        mic_buf_clear(&call->body);
        mic_http_submit(call->client->pool, &call->request);
    }
}

MIC_TEST(pool_life, takes_the_next_request_inside_done)
{
    struct server server;
    struct client client;
    struct call call;

    server_start(&server, serve_echo, NULL);
    client_start(&client, &server);
    call_init(&call, &client, "page");
    call.on_done = submit_next;
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_INT(call.tag, 20);
    MIC_CHECK_INT(atomic_load(&server.requests), 20);
    MIC_CHECK_INT(server_connections(&server), 1);
    call_fini(&call);
    client_stop(&client);
    server_stop(&server);
}

/* ---- time ---- */

static uint64_t fake_now(void *context)
{
    return *(uint64_t *)context;
}

MIC_TEST(pool_life, closes_a_connection_idle_for_a_minute)
{
    uint64_t now = 1000;
    struct mic_clock clock = {fake_now, &now};
    struct server server;
    struct client client;
    struct mic_err err;

    server_start(&server, serve_echo, NULL);
    client_init(&client, server.port);
    mic_workpool_free(client.workpool, 0);
    mic_loop_free(client.loop);
    mic_err_init(&err);
    client.loop = mic_loop_new(&clock, &err);
    client.workpool = mic_workpool_new(client.loop, 1, 1000, &err);
    client_open(&client);
    expect_reply(&client, "a", "a");
    MIC_CHECK_INT(client.pool->conn_count, 1);
    now += 59999;
    mic_loop_run_once(client.loop, 0);
    MIC_CHECK_INT(client.pool->conn_count, 1);
    now += 1;
    mic_loop_run_once(client.loop, 0);
    MIC_CHECK_INT(client.pool->conn_count, 0);
    client_stop(&client);
    server_stop(&server);
}

/* ---- memory ---- */

static bool run_with_failures(void *context)
{
    struct server *server = context;
    struct client client;
    struct call call;
    struct mic_err err;
    bool ok = false;

    memset(&client, 0, sizeof(client));
    memset(&call, 0, sizeof(call));
    mic_err_init(&err);
    client.loop = mic_loop_new(NULL, &err);
    client.workpool = client.loop != NULL ? mic_workpool_new(client.loop, 4, 1000, &err) : NULL;
    client.tls = mic_tls_shared_new(&err);
    client.target = (struct mic_http_target){.host = "127.0.0.1",
                                             .port = server->port,
                                             .path = "/wsman",
                                             .user_agent = "x",
                                             .auth_type = MI_AUTH_TYPE_BASIC,
                                             .domain = "domain",
                                             .user = "user",
                                             .password = &client.password,
                                             .max_connections = 2};
    if (client.workpool != NULL && client.tls != NULL &&
        mic_secret_init(&client.password, "secret") == 0) {
        client.pool =
            mic_http_pool_new(client.loop, client.workpool, client.tls, &client.target, &err);
    }
    if (client.pool != NULL) {
        call_init(&call, &client, "a");
        mic_http_submit(client.pool, &call.request);
        call_finish(&call);
        ok = call.err.code == MIC_E_NONE;
        if (ok) { /* and again, on the kept connection */
            call.done_count = 0;
            mic_http_submit(client.pool, &call.request);
            call_finish(&call);
            ok = call.err.code == MIC_E_NONE;
        }
        MIC_CHECK_INT(call.done_count, 1);
        mic_http_pool_free(client.pool);
        mic_buf_fini(&call.body);
    }
    mic_tls_shared_free(client.tls);
    mic_workpool_free(client.workpool, 1000);
    mic_loop_free(client.loop);
    mic_secret_fini(&client.password);
    return ok;
}

MIC_TEST(pool_life, survives_every_failed_allocation)
{
    struct server server;
    long failed;

    server_start(&server, serve_echo, NULL);
    failed = mic_fail_alloc_each(run_with_failures, &server);
    MIC_CHECK(failed > 10);
    server_stop(&server);
}

/* ---- sockets ---- */

/* Three requests, of which the last may be sent twice, with one fault somewhere: each ends, once,
 * with the right body or an error. The scripted server's calls are counted too, and break in the
 * same ways. */
static void meet_fault(enum mic_io_fault fault, unsigned long n)
{
    struct server server;
    struct client client;

    server_start(&server, serve_chunks, NULL);
    client_start(&client, &server);
    mic_fail_io_at(n, fault);
    for (int i = 0; i < 3; i++) {
        struct call call;

        call_init(&call, &client, "a");
        call.request.may_resend = i == 2;
        call_submit(&call);
        call_finish(&call);
        MIC_CHECK_INT(call.done_count, 1);
        if (call.err.code == MIC_E_NONE) {
            MIC_CHECK_TEXT(mic_buf_text(&call.body), "hello world");
        } else {
            MIC_CHECK(call.err.code == MIC_E_CONNECT || call.err.code == MIC_E_CONNECTION_LOST ||
                      call.err.code == MIC_E_HTTP_SYNTAX);
        }
        call_fini(&call);
    }
    mic_fail_io_at(0, fault);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(pool_life, survives_every_fault_of_a_socket)
{
    for (int fault = MIC_IO_RESET; fault <= MIC_IO_END; fault++) {
        for (unsigned long n = 1; n < 40; n++) {
            meet_fault((enum mic_io_fault)fault, n);
        }
    }
}

/* ---- traces ---- */

MIC_TEST(pool_life, never_shows_the_password_in_a_trace)
{
    char path[] = "/tmp/mic-trace-XXXXXX";
    static char text[100000];
    struct mic_trace *trace;
    struct server server;
    struct client client;
    int fd = mkstemp(path);
    ssize_t size;

    MIC_REQUIRE(fd >= 0);
    setenv("MI_TRACE", "all:3", 1);
    setenv("MI_TRACE_FILE", path, 1);
    trace = mic_trace_new();
    unsetenv("MI_TRACE");
    unsetenv("MI_TRACE_FILE");
    MIC_REQUIRE(trace != NULL);
    server_start(&server, serve_echo, NULL);
    client_init(&client, server.port);
    client.target.trace = trace;
    client.target.session_number = 42;
    client_open(&client);
    expect_reply(&client, "<question/>", "<question/>");
    expect_reply(&client, "<question/>", "<question/>");
    client_stop(&client);
    server_stop(&server);
    mic_trace_free(trace);
    size = read(fd, text, sizeof(text) - 1);
    MIC_REQUIRE(size > 0);
    text[size] = '\0';
    MIC_CHECK(strstr(text, "s42 o0 c1") != NULL);
    MIC_CHECK(strstr(text, "POST /wsman HTTP/1.1") != NULL);
    MIC_CHECK(strstr(text, "<question/>") != NULL);
    MIC_CHECK(strstr(text, "reply: status 200") != NULL);
    MIC_CHECK(strstr(text, "Authorization: Basic (not shown)") != NULL);
    MIC_CHECK(strstr(text, "secret") == NULL);
    MIC_CHECK(strstr(text, "dXNlcjpzZWNyZXQ") == NULL);
    close(fd);
    unlink(path);
}
