#include "fixture.h"
#include "http/conn.h"

MIC_TEST(pool, sends_a_request_and_hands_on_the_reply)
{
    struct server server;
    struct client client;
    struct call call;

    server_start(&server, serve_echo, NULL);
    client_start(&client, &server);
    call_init(&call, &client, "<hello/>");
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_TEXT(call.err.message, "");
    MIC_CHECK_INT(call.status, 200);
    MIC_CHECK_INT(call.content_length, 8);
    MIC_CHECK_TEXT(call.content_type, "application/soap+xml;charset=UTF-8");
    MIC_CHECK_TEXT(mic_buf_text(&call.body), "<hello/>");
    MIC_CHECK(call.progress_count >= 2);
    call_fini(&call);
    client_stop(&client);
    server_stop(&server);
}

static void serve_show_head(struct peer *peer)
{
    while (peer_read(peer)) {
        peer->request[peer->head_size] = '\0';
        peer_reply(peer, 200, "", peer->request);
    }
}

MIC_TEST(pool, writes_the_head_as_windows_does)
{
    struct server server;
    struct client client;
    char expected[400];

    server_start(&server, serve_show_head, NULL);
    client_start(&client, &server);
    snprintf(expected, sizeof(expected),
             "POST /wsman HTTP/1.1\r\nConnection: Keep-Alive\r\n"
             "Content-Type: application/soap+xml;charset=UTF-8\r\n"
             "User-Agent: Microsoft WinRM Client\r\nContent-Length: 4\r\nHost: 127.0.0.1:%u\r\n"
             "Authorization: Basic dXNlcjpzZWNyZXQ=\r\n\r\n",
             server.port);
    expect_reply(&client, "body", expected);
    expect_reply(&client, "body", expected);
    MIC_CHECK_INT(server_connections(&server), 1);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(pool, tells_the_host_of_ipv6_in_brackets_without_its_zone)
{
    struct server server;
    struct client client;
    struct call call;
    char host[64];

    if (!server_start_on(&server, AF_INET6, serve_show_head, NULL)) {
        MIC_SKIP("no IPv6 on this machine");
    }
    client_init(&client, server.port);
    client.target.host = "::1";
    client_open(&client);
    call_init(&call, &client, "x");
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_TEXT(call.err.message, "");
    snprintf(host, sizeof(host), "\r\nHost: [::1]:%u\r\n", server.port);
    MIC_CHECK(strstr(mic_buf_text(&call.body), host) != NULL);
    call_fini(&call);
    mic_http_pool_free(client.pool);

    client.target.host = "::1%lo";
    client_open(&client);
    call_init(&call, &client, "x");
    call_submit(&call);
    call_finish(&call);
    if (call.err.code == MIC_E_NONE) { /* a zone is not taken for every address everywhere */
        MIC_CHECK(strstr(mic_buf_text(&call.body), host) != NULL);
    }
    call_fini(&call);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(pool, resolves_a_name_on_the_blocking_pool_and_tries_each_address)
{
    struct server server;
    struct client client;

    server_start(&server, serve_echo, NULL);
    client_init(&client, server.port);
    client.target.host = "localhost"; /* ::1 first on most machines, where nobody listens */
    client_open(&client);
    expect_reply(&client, "a", "a");
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(pool, says_that_a_name_does_not_resolve)
{
    struct client client;

    client_init(&client, 5985);
    client.target.host = "no-such-host.invalid";
    client_open(&client);
    expect_failure(&client, "a", false, MIC_E_RESOLVE,
                   "cannot resolve the name \"no-such-host.invalid\"");
    client_stop(&client);
}

MIC_TEST(pool, says_that_nobody_listens)
{
    struct server server;
    struct client client;

    server_start(&server, serve_echo, NULL);
    client_start(&client, &server);
    server_stop(&server);
    expect_failure(&client, "a", true, MIC_E_CONNECT, "cannot connect to 127.0.0.1 port");
    client_stop(&client);
}

MIC_TEST(pool, reuses_one_connection_for_requests_one_after_the_other)
{
    struct server server;
    struct client client;

    server_start(&server, serve_echo, NULL);
    client_start(&client, &server);
    for (int i = 0; i < 50; i++) {
        expect_reply(&client, "again", "again");
    }
    MIC_CHECK_INT(server_connections(&server), 1);
    client_stop(&client);
    server_stop(&server);
}

static void serve_close_each(struct peer *peer)
{
    if (peer_read(peer)) {
        peer_reply(peer, 200, "Connection: close\r\n", peer_body(peer));
    }
}

MIC_TEST(pool, opens_a_new_connection_when_the_server_wants_to_close)
{
    struct server server;
    struct client client;

    server_start(&server, serve_close_each, NULL);
    client_start(&client, &server);
    expect_reply(&client, "1", "1");
    expect_reply(&client, "2", "2");
    MIC_CHECK_INT(server_connections(&server), 2);
    client_stop(&client);
    server_stop(&server);
}

static bool are_all_done(void *context)
{
    struct call *calls = context;

    for (unsigned i = 0; i < 100; i++) {
        if (calls[i].done_count == 0) {
            return false;
        }
    }
    return true;
}

static unsigned start_order;

static void note_order(struct call *call)
{
    call->tag = ++start_order;
}

MIC_TEST(pool, carries_a_hundred_queued_requests_over_eight_connections)
{
    static struct call calls[100];
    struct server server;
    struct client client;

    server_start(&server, serve_echo, NULL);
    client_start(&client, &server);
    for (unsigned i = 0; i < 100; i++) {
        call_init(&calls[i], &client, "load");
        call_submit(&calls[i]);
    }
    MIC_CHECK_INT(calls[0].request.state, MIC_HTTP_ACTIVE);
    MIC_CHECK_INT(calls[8].request.state, MIC_HTTP_QUEUED);
    run_until(&client, are_all_done, calls);
    for (unsigned i = 0; i < 100; i++) {
        MIC_CHECK_TEXT(calls[i].err.message, "");
        MIC_CHECK_TEXT(mic_buf_text(&calls[i].body), "load");
        MIC_CHECK_INT(calls[i].done_count, 1);
        call_fini(&calls[i]);
    }
    MIC_CHECK_INT(server_connections(&server), 8);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(pool, serves_the_queue_first_in_first_out)
{
    static struct call calls[100];
    struct server server;
    struct client client;

    server_start(&server, serve_echo, NULL);
    client_init(&client, server.port);
    client.target.max_connections = 1;
    client_open(&client);
    start_order = 0;
    for (unsigned i = 0; i < 100; i++) {
        call_init(&calls[i], &client, "x");
        calls[i].on_headers = note_order;
        call_submit(&calls[i]);
    }
    run_until(&client, are_all_done, calls);
    for (unsigned i = 0; i < 100; i++) {
        MIC_CHECK_INT(calls[i].tag, i + 1);
        call_fini(&calls[i]);
    }
    MIC_CHECK_INT(server_connections(&server), 1);
    client_stop(&client);
    server_stop(&server);
}

/* Answers all but "hold", which waits until the connection is cut. */
static void serve_hold(struct peer *peer)
{
    while (peer_read(peer)) {
        if (strcmp(peer_body(peer), "hold") != 0) {
            peer_reply(peer, 200, "", peer_body(peer));
        }
    }
}

MIC_TEST(pool, does_not_count_extra_requests)
{
    struct server server;
    struct client client;
    struct call polls[4], held, waiting, answer;

    server_start(&server, serve_hold, NULL);
    client_init(&client, server.port);
    client.target.max_connections = 1;
    client_open(&client);
    expect_reply(&client, "normal", "normal"); /* the logon is good */
    for (unsigned i = 0; i < 4; i++) {
        call_init(&polls[i], &client, "hold");
        polls[i].request.is_extra = true;
        call_submit(&polls[i]);
    }
    expect_reply(&client, "normal", "normal");
    call_init(&held, &client, "hold");
    call_submit(&held);
    call_init(&waiting, &client, "waiting");
    call_submit(&waiting);
    MIC_CHECK_INT(waiting.request.state, MIC_HTTP_QUEUED);
    call_init(&answer, &client, "answer");
    answer.request.is_extra = true;
    call_submit(&answer);
    run_until(&client, is_done, &answer);
    MIC_CHECK_TEXT(mic_buf_text(&answer.body), "answer");
    /* Its connection would be one too many for a request that counts. */
    MIC_CHECK_INT(waiting.request.state, MIC_HTTP_QUEUED);
    mic_http_cancel(&held.request);
    run_until(&client, is_done, &waiting);
    MIC_CHECK_TEXT(mic_buf_text(&waiting.body), "waiting");
    for (unsigned i = 0; i < 4; i++) {
        mic_http_cancel(&polls[i].request);
        call_fini(&polls[i]);
    }
    call_fini(&held);
    call_fini(&waiting);
    call_fini(&answer);
    expect_reply(&client, "normal", "normal");
    client_stop(&client);
    server_stop(&server);
}

/* ---- servers that break off ---- */

static void serve_cut_body(struct peer *peer)
{
    if (peer_read(peer)) {
        peer_send(peer, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789");
    }
}

MIC_TEST(pool, says_how_much_of_a_body_came_before_the_close)
{
    struct server server;
    struct client client;

    server_start(&server, serve_cut_body, NULL);
    client_start(&client, &server);
    expect_failure(&client, "a", true, MIC_E_CONNECTION_LOST, "10 of 100 bytes came");
    MIC_CHECK_INT(server_connections(&server), 1);
    client_stop(&client);
    server_stop(&server);
}

static void serve_no_reply(struct peer *peer)
{
    peer_read(peer);
}

MIC_TEST(pool, sends_nothing_again_on_a_new_connection_that_dies)
{
    struct server server;
    struct client client;

    server_start(&server, serve_no_reply, NULL);
    client_start(&client, &server);
    expect_failure(&client, "a", true, MIC_E_CONNECTION_LOST, "before it answered");
    MIC_CHECK_INT(server_connections(&server), 1);
    MIC_CHECK_INT(atomic_load(&server.requests), 1);
    client_stop(&client);
    server_stop(&server);
}

/* The first connection answers once, then takes a request and closes: a stale kept connection whose
 * end the client cannot see before it writes. */
static void serve_stale(struct peer *peer)
{
    if (peer->index > 0) {
        serve_echo(peer);
        return;
    }
    if (peer_read(peer)) {
        peer_reply(peer, 200, "", peer_body(peer));
    }
    peer_read(peer);
}

MIC_TEST(pool, sends_once_more_on_a_new_connection_what_may_be_sent_twice)
{
    struct server server;
    struct client client;
    struct call call;

    server_start(&server, serve_stale, NULL);
    client_start(&client, &server);
    expect_reply(&client, "first", "first");
    call_init(&call, &client, "get");
    call.request.may_resend = true;
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_TEXT(call.err.message, "");
    MIC_CHECK_TEXT(mic_buf_text(&call.body), "get");
    MIC_CHECK(call.request.was_resent);
    MIC_CHECK_INT(server_connections(&server), 2);
    MIC_CHECK_INT(atomic_load(&server.requests), 3);
    call_fini(&call);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(pool, never_sends_twice_what_may_not_be)
{
    struct server server;
    struct client client;

    server_start(&server, serve_stale, NULL);
    client_start(&client, &server);
    expect_reply(&client, "first", "first");
    expect_failure(&client, "invoke", false, MIC_E_CONNECTION_LOST, "not sent again");
    MIC_CHECK_INT(server_connections(&server), 1);
    MIC_CHECK_INT(atomic_load(&server.requests), 2);
    expect_reply(&client, "next", "next");
    client_stop(&client);
    server_stop(&server);
}

/* As serve_stale for every connection: the second sending dies too. */
static void serve_always_stale(struct peer *peer)
{
    if (peer->index == 0 && peer_read(peer)) {
        peer_reply(peer, 200, "", peer_body(peer));
    }
    peer_read(peer);
}

MIC_TEST(pool, sends_again_only_once)
{
    struct server server;
    struct client client;

    server_start(&server, serve_always_stale, NULL);
    client_start(&client, &server);
    expect_reply(&client, "first", "first");
    expect_failure(&client, "get", true, MIC_E_CONNECTION_LOST, "before it answered");
    MIC_CHECK_INT(atomic_load(&server.requests), 3);
    client_stop(&client);
    server_stop(&server);
}

static void serve_one_then_close(struct peer *peer)
{
    if (peer_read(peer)) {
        peer_reply(peer, 200, "", peer_body(peer));
    }
}

static bool has_no_idle(void *context)
{
    return ((struct mic_http_pool *)context)->conn_count == 0;
}

MIC_TEST(pool, notices_the_end_of_an_idle_connection_before_it_is_used)
{
    struct server server;
    struct client client;

    server_start(&server, serve_one_then_close, NULL);
    client_start(&client, &server);
    for (unsigned i = 0; i < 5; i++) {
        expect_reply(&client, "a", "a");
        run_until(&client, has_no_idle, client.pool);
    }
    /* may_resend was false each time: nothing was ever written to a dead connection. */
    MIC_CHECK_INT(server_connections(&server), 5);
    client_stop(&client);
    server_stop(&server);
}

/* ---- replies that are none ---- */

struct reply {
    const char *text;
    const char *words;
};

static void serve_text(struct peer *peer)
{
    const struct reply *reply = peer->server->context;

    if (peer_read(peer)) {
        peer_send(peer, reply->text);
    }
}

MIC_TEST(pool, says_what_came_when_it_is_no_http)
{
    static const struct reply replies[] = {
        {"SSH-2.0-OpenSSH_9.2\r\n", "SSH-2.0-OpenSSH_9.2"},
        {"HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 2000 OK"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", "6"},
        {"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "many"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "zz"},
        {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", "gzip"},
        {"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "no colon"},
    };

    for (size_t i = 0; i < MIC_COUNT(replies); i++) {
        struct reply reply = replies[i];
        struct server server;
        struct client client;

        server_start(&server, serve_text, &reply);
        client_start(&client, &server);
        expect_failure(&client, "a", true, MIC_E_HTTP_SYNTAX, reply.words);
        client_stop(&client);
        server_stop(&server);
    }
}

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

MIC_TEST(pool, joins_chunks_and_keeps_the_connection)
{
    struct server server;
    struct client client;

    server_start(&server, serve_chunks, NULL);
    client_start(&client, &server);
    expect_reply(&client, "a", "hello world");
    expect_reply(&client, "a", "hello world");
    MIC_CHECK_INT(server_connections(&server), 1);
    client_stop(&client);
    server_stop(&server);
}

static void serve_until_close(struct peer *peer)
{
    if (peer_read(peer)) {
        peer_send(peer, "HTTP/1.0 200 OK\r\n\r\nto the end");
    }
}

MIC_TEST(pool, reads_a_body_that_ends_with_the_connection)
{
    struct server server;
    struct client client;

    server_start(&server, serve_until_close, NULL);
    client_start(&client, &server);
    expect_reply(&client, "a", "to the end");
    expect_reply(&client, "a", "to the end");
    MIC_CHECK_INT(server_connections(&server), 2);
    client_stop(&client);
    server_stop(&server);
}

static void serve_short_length(struct peer *peer)
{
    if (peer_read(peer)) {
        peer_send(peer, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour, and more than that");
    }
    while (peer_read(peer)) {
        peer_reply(peer, 200, "", "on the old connection");
    }
}

MIC_TEST(pool, does_not_keep_a_connection_with_bytes_behind_the_reply)
{
    struct server server;
    struct client client;

    server_start(&server, serve_short_length, NULL);
    client_start(&client, &server);
    expect_reply(&client, "a", "four");
    expect_reply(&client, "a", "four");
    MIC_CHECK_INT(server_connections(&server), 2);
    client_stop(&client);
    server_stop(&server);
}

static void serve_early_refusal(struct peer *peer)
{
    char part[1000];

    /* Answers without reading the body, and closes on what it has not read. */
    (void)recv(peer->fd, part, sizeof(part), 0);
    peer_send(peer, "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    while (recv(peer->fd, part, sizeof(part), MSG_DONTWAIT) > 0) {
    }
}

MIC_TEST(pool, hears_a_refusal_while_it_still_writes)
{
    static char body[8 * 1024 * 1024];
    struct server server;
    struct client client;
    struct call call;

    memset(body, 'x', sizeof(body) - 1);
    server_start(&server, serve_early_refusal, NULL);
    client_start(&client, &server);
    call_init(&call, &client, body);
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_TEXT(call.err.message, "");
    MIC_CHECK_INT(call.status, 413);
    call_fini(&call);
    client_stop(&client);
    server_stop(&server);
}

/* ---- logon ---- */

static void serve_unauthorized(struct peer *peer)
{
    while (peer_read(peer)) {
        peer_reply(peer, 401, peer->server->context, "<html>no</html>");
    }
}

static void expect_logon_failure(const char *fields, const char *auth_type, bool unauthenticated,
                                 const char *words)
{
    struct server server;
    struct client client;
    struct call call;
    char copy[200];

    snprintf(copy, sizeof(copy), "%s", fields);
    server_start(&server, serve_unauthorized, copy);
    client_init(&client, server.port);
    client.target.auth_type = auth_type;
    client_open(&client);
    call_init(&call, &client, "a");
    call.request.unauthenticated = unauthenticated;
    call.request.may_resend = true;
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_INT(call.err.code, MIC_E_LOGON);
    MIC_CHECK_INT(call.err.native, 401);
    MIC_CHECK_INT(call.headers_count, 0);
    if (strstr(call.err.message, words) == NULL) {
        MIC_CHECK_TEXT(call.err.message, words);
    }
    MIC_CHECK(strstr(call.err.message, "secret") == NULL);
    MIC_CHECK_INT(atomic_load(&server.requests), 1);
    call_fini(&call);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(pool, ends_after_one_401_and_tells_what_the_server_offers)
{
    expect_logon_failure("WWW-Authenticate: Negotiate\r\nWWW-Authenticate: Kerberos, "
                         "Basic realm=\"WSMAN\"\r\n",
                         MI_AUTH_TYPE_BASIC, false,
                         "refused the logon of user \"user\" with Basic (status 401); it offers "
                         "Negotiate, Kerberos, Basic");
    expect_logon_failure("WWW-Authenticate: Negotiate\r\n", MI_AUTH_TYPE_BASIC, false,
                         "does not take Basic (status 401); it offers Negotiate");
    expect_logon_failure("WWW-Authenticate: Basic\r\n", MI_AUTH_TYPE_NONE, false,
                         "wants a logon (status 401), and the request was sent without one");
    expect_logon_failure("", MI_AUTH_TYPE_BASIC, true, "wants a logon");
}

MIC_TEST(pool, sends_no_authorization_when_asked_for_none)
{
    struct server server;
    struct client client;
    struct call call;

    server_start(&server, serve_show_head, NULL);
    client_start(&client, &server);
    call_init(&call, &client, "identify");
    call.request.unauthenticated = true;
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK(strstr(mic_buf_text(&call.body), "\r\nWSMANIDENTIFY: unauthenticated\r\n") != NULL);
    MIC_CHECK(strstr(mic_buf_text(&call.body), "Authorization") == NULL);
    call_fini(&call);
    mic_http_pool_free(client.pool);

    client.target.auth_type = MI_AUTH_TYPE_NONE;
    client_open(&client);
    call_init(&call, &client, "get");
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_INT(call.status, 200);
    MIC_CHECK(strstr(mic_buf_text(&call.body), "WSMANIDENTIFY") == NULL);
    MIC_CHECK(strstr(mic_buf_text(&call.body), "Authorization") == NULL);
    call_fini(&call);
    client_stop(&client);
    server_stop(&server);
}

static void serve_status(struct peer *peer)
{
    const struct reply *reply = peer->server->context;

    while (peer_read(peer)) {
        peer_reply(peer, (unsigned)strtoul(reply->text, NULL, 10),
                   "Location: http://elsewhere/wsman\r\n", "<fault/>");
    }
}

MIC_TEST(pool, ends_denied_and_redirected_requests_and_hands_on_other_statuses)
{
    static const struct {
        struct reply reply;
        enum mic_err_code code;
    } rows[] = {
        {{"403", "denied access (status 403)"}, MIC_E_ACCESS_DENIED},
        {{"302", "redirects (status 302) to http://elsewhere/wsman"}, MIC_E_HTTP_REDIRECT},
        {{"500", ""}, MIC_E_NONE},
        {{"400", ""}, MIC_E_NONE},
        {{"503", ""}, MIC_E_NONE},
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        struct reply reply = rows[i].reply;
        struct server server;
        struct client client;
        struct call call;

        server_start(&server, serve_status, &reply);
        client_start(&client, &server);
        call_init(&call, &client, "a");
        call_submit(&call);
        call_finish(&call);
        MIC_CHECK_INT(call.err.code, rows[i].code);
        MIC_CHECK(strstr(call.err.message, reply.words) != NULL);
        if (rows[i].code == MIC_E_NONE) {
            MIC_CHECK_INT(call.status, strtol(reply.text, NULL, 10));
            MIC_CHECK_TEXT(mic_buf_text(&call.body), "<fault/>");
        }
        call_fini(&call);
        client_stop(&client);
        server_stop(&server);
    }
}

static void serve_only_user(struct peer *peer)
{
    char first[4096] = "";

    while (peer_read(peer)) {
        const char *line = strstr(peer->request, "Authorization: ");
        const char *reply = "ok";

        line = line != NULL ? line : "none";
        if (first[0] == '\0') {
            snprintf(first, sizeof(first), "%.*s", (int)strcspn(line, "\r"), line);
        } else if (strncmp(first, line, strlen(first)) != 0) {
            reply = "another user's connection";
        }
        peer_reply(peer, 200, "", reply);
    }
}

MIC_TEST(pool, never_carries_one_sessions_request_on_anothers_connection)
{
    enum { USERS = 10, ROUNDS = 20 };
    static const char *const names[USERS] = {"u0", "u1", "u2", "u3", "u4",
                                             "u5", "u6", "u7", "u8", "u9"};
    struct mic_http_pool *pools[USERS];
    struct server server;
    struct client client;

    server_start(&server, serve_only_user, NULL);
    client_init(&client, server.port);
    for (unsigned i = 0; i < USERS; i++) {
        client.target.user = names[i];
        client_open(&client);
        pools[i] = client.pool;
    }
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < USERS; i++) {
            client.pool = pools[mic_test_random() % USERS];
            expect_reply(&client, "who", "ok");
        }
    }
    for (unsigned i = 0; i < USERS; i++) {
        mic_http_pool_free(pools[i]);
    }
    client.pool = NULL;
    MIC_CHECK(server_connections(&server) <= USERS);
    client_stop(&client);
    server_stop(&server);
}

/* ---- what is refused before any network ---- */

MIC_TEST(pool, refuses_targets_that_could_change_the_request)
{
    static const char *const hosts[] = {"", "a b", "a\r\nX: y", "[::1]", "a/b", "u@h"};
    static const char *const paths[] = {"", "wsman", "/a b", "/a\r\nX: y"};
    struct client client;
    struct mic_err err;

    client_init(&client, 5985);
    for (size_t i = 0; i < MIC_COUNT(hosts) + MIC_COUNT(paths); i++) {
        struct mic_http_target target = client.target;

        if (i < MIC_COUNT(hosts)) {
            target.host = hosts[i];
        } else {
            target.path = paths[i - MIC_COUNT(hosts)];
        }
        mic_err_init(&err);
        MIC_CHECK(mic_http_pool_new(client.loop, client.workpool, client.tls, &target, &err) ==
                  NULL);
        MIC_CHECK_INT(err.code, MIC_E_ARGUMENT);
    }
    client.target.privacy = true;
    mic_err_init(&err);
    MIC_CHECK(mic_http_pool_new(client.loop, client.workpool, client.tls, &client.target, &err) ==
              NULL);
    MIC_CHECK_INT(err.code, MIC_E_PRIVACY);
    client_stop(&client);
}
