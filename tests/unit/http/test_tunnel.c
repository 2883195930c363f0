/* Through a proxy: the scripted server is the proxy first, then what it connects to. */
#include "base/mem.h"
#include "fail_io.h"
#include "fixture.h"
#include "http/conn.h"

static bool has_line(const struct peer *peer, const char *line)
{
    const char *found = strstr(peer->request, line);

    return found != NULL && found < peer->request + peer->head_size;
}

/* To TARGET, whatever that is: nothing is connected to. */
#define TARGET_HOST "server.example"

static void tunnel_init(struct client *client, struct server *server)
{
    client_init(client, 5985);
    client->target.host = TARGET_HOST;
    client->target.proxy = (struct mic_http_proxy_target){
        .host = server->family == AF_INET ? "127.0.0.1" : "::1", .port = server->port};
}

static void tunnel_init_as(struct client *client, struct server *server, const char *auth_type)
{
    tunnel_init(client, server);
    client->target.proxy.auth_type = auth_type;
    client->target.proxy.user = "proxyuser";
    client->target.proxy.password = &client->password;
}

static const char ok[] = "HTTP/1.1 200 Connection established\r\n\r\n";

static void serve_open(struct peer *peer)
{
    if (peer_read(peer) && has_line(peer, "CONNECT server.example:5985 HTTP/1.1\r\n") &&
        has_line(peer, "Host: server.example:5985\r\n") && !has_line(peer, "uthorization: ")) {
        peer_send(peer, ok);
        while (peer_read(peer)) {
            peer_reply(peer, has_line(peer, "POST /wsman HTTP/1.1\r\n") ? 200 : 400, "",
                       has_line(peer, "Authorization: Basic ") ? peer_body(peer) : "no logon");
        }
    }
}

MIC_TEST(tunnel, is_asked_for_once_and_carries_many_requests)
{
    static const int families[] = {AF_INET, AF_INET6};

    for (size_t i = 0; i < MIC_COUNT(families); i++) {
        struct server server;
        struct client client;

        if (!server_start_on(&server, families[i], serve_open, NULL)) {
            continue; /* no IPv6 here */
        }
        tunnel_init(&client, &server);
        client_open(&client);
        for (int n = 0; n < 5; n++) {
            expect_reply(&client, "body", "body");
        }
        MIC_CHECK_INT(server_connections(&server), 1);
        MIC_CHECK_INT(atomic_load(&server.requests), 6);
        client_stop(&client);
        server_stop(&server);
    }
}

static void serve_address6(struct peer *peer)
{
    if (peer_read(peer)) {
        peer_send(peer, has_line(peer, "CONNECT [2001:db8::7]:5985 HTTP/1.1\r\n") &&
                                has_line(peer, "Host: [2001:db8::7]:5985\r\n")
                            ? ok
                            : "HTTP/1.1 400 No\r\n\r\n");
        serve_echo(peer);
    }
}

MIC_TEST(tunnel, to_an_ipv6_address_has_brackets)
{
    struct server server;
    struct client client;

    server_start(&server, serve_address6, NULL);
    tunnel_init(&client, &server);
    client.target.host = "2001:db8::7";
    client_open(&client);
    expect_reply(&client, "body", "body");
    client_stop(&client);
    server_stop(&server);
}

/* A 2xx has no body here, and whatever its fields say of one is passed over. */
static void serve_odd_success(struct peer *peer)
{
    static const char *const answers[] = {
        "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 X\r\nProxy-Connection: close\r\n\r\n",
        "HTTP/1.1 200\r\n\r\n",
    };

    if (peer_read(peer)) {
        peer_send(peer, answers[*(const size_t *)peer->server->context]);
        serve_echo(peer);
    }
}

MIC_TEST(tunnel, is_up_with_any_2xx)
{
    for (size_t i = 0; i < 4; i++) {
        struct server server;
        struct client client;

        server_start(&server, serve_odd_success, &i);
        tunnel_init(&client, &server);
        client_open(&client);
        expect_reply(&client, "body", "body");
        expect_reply(&client, "again", "again");
        MIC_CHECK_INT(server_connections(&server), 1);
        client_stop(&client);
        server_stop(&server);
    }
}

/* ---- failures ---- */

static void expect_words(const struct call *call, const char *words)
{
    if (strstr(call->err.message, words) == NULL) {
        MIC_CHECK_TEXT(call->err.message, words);
    }
}

/* Submit, run, and check that it fails in the phase "proxy" with these words and a remedy. */
static void expect_proxy_failure(struct client *client, enum mic_err_code code, const char *words)
{
    struct call call;

    call_init(&call, client, "body");
    call.request.may_resend = true;
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_INT(call.err.code, code);
    MIC_CHECK_INT(call.err.phase, MIC_PHASE_PROXY);
    expect_words(&call, words);
    expect_words(&call, "proxy 127.0.0.1 port");
    MIC_CHECK(call.err.remedy[0] != '\0');
    MIC_CHECK(strstr(call.err.message, "secret") == NULL);
    MIC_CHECK_INT(client->pool->conn_count, 0);
    call_fini(&call);
}

static void serve_text(struct peer *peer)
{
    if (peer_read(peer)) {
        peer_send(peer, peer->server->context);
    }
}

static void serve_text_unasked(struct peer *peer)
{
    peer_send(peer, peer->server->context);
    (void)peer_read(peer);
}

static void expect_text_fails(void (*serve)(struct peer *peer), const char *text,
                              enum mic_err_code code, const char *words)
{
    struct server server;
    struct client client;

    server_start(&server, serve, (void *)(uintptr_t)text);
    tunnel_init(&client, &server);
    client_open(&client);
    expect_proxy_failure(&client, code, words);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(tunnel, that_a_proxy_refuses_says_what_it_said)
{
    static const struct {
        const char *text;
        enum mic_err_code code;
        const char *words;
    } rows[] = {
        {"HTTP/1.1 403 Filtered\r\nContent-Length: 0\r\n\r\n", MIC_E_PROXY,
         "did not connect to server.example:5985: status 403 Filtered"},
        {"HTTP/1.1 502 Bad Gateway\r\nX-Squid-Error: ERR_DNS_FAIL 0\r\n\r\n", MIC_E_PROXY,
         "status 502 Bad Gateway, ERR_DNS_FAIL 0"},
        {"HTTP/1.1 301 Moved\r\nLocation: http://other/\r\n\r\n", MIC_E_PROXY, "status 301 Moved"},
        {"HTTP/1.1 401 U\r\nWWW-Authenticate: Basic\r\n\r\n", MIC_E_PROXY, "status 401 U"},
        {"HTTP/1.1 500\r\n\r\n", MIC_E_PROXY, "server.example:5985: status 500"},
        {"HTTP/1.1 407 P\r\nProxy-Authenticate: NTLM, Basic realm=\"x\"\r\n\r\n", MIC_E_PROXY_LOGON,
         "no credentials were given for it; it offers NTLM, Basic"},
        {"HTTP/1.1 407 P\r\n\r\n", MIC_E_PROXY_LOGON, "it offers nothing"},
        {"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", MIC_E_PROXY,
         "before anything was asked"},
        {"HTTP/1.1 200 OK\r\n\r\n\x16\x03", MIC_E_PROXY, "before anything was asked"},
        {"SSH-2.0-OpenSSH\r\n", MIC_E_HTTP_SYNTAX, "does not begin with HTTP/1.x"},
        {"HTTP/1.1 200 OK\r\nBad\r\n\r\n", MIC_E_HTTP_SYNTAX, "header line"},
        {"HTTP/1.1 101 S\r\n\r\n", MIC_E_HTTP_SYNTAX, "switches"},
        {"HTTP/1.1 2", MIC_E_PROXY, "closed the connection in the middle of its answer"},
        {"HTTP/1.1 200 OK\r\n", MIC_E_PROXY, "closed the connection in the middle of its answer"},
        {"", MIC_E_PROXY, "closed the connection before it answered"},
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        expect_text_fails(serve_text, rows[i].text, rows[i].code, rows[i].words);
    }
    expect_text_fails(serve_text_unasked, "garbage\r\n", MIC_E_HTTP_SYNTAX, "HTTP/1.x");
}

static void serve_endless(struct peer *peer)
{
    const char *line = peer->server->context;

    if (peer_read(peer)) {
        peer_send(peer, "HTTP/1.1 407 P\r\nProxy-Authenticate: Basic\r\n");
        for (int i = 0; i < 40000; i++) {
            peer_send(peer, line);
        }
    }
}

MIC_TEST(tunnel, answers_without_end_are_cut_off)
{
    static char large[4096];
    struct server server;
    struct client client;

    expect_text_fails(serve_endless, "X: y\r\n", MIC_E_HTTP_SYNTAX, "more than 200 header lines");
    memset(large, 'x', sizeof(large) - 1);
    large[1] = ':';
    large[sizeof(large) - 2] = '\n';
    expect_text_fails(serve_endless, large, MIC_E_HTTP_SYNTAX, "header of the reply is too large");
    large[sizeof(large) - 2] = 'x';
    expect_text_fails(serve_endless, large, MIC_E_HTTP_SYNTAX, "longer than 16 KB");
    /* A body is read where a logon goes on behind it. */
    large[0] = large[2] = '\r';
    large[1] = large[3] = '\n';
    server_start(&server, serve_endless, large);
    tunnel_init_as(&client, &server, MI_AUTH_TYPE_BASIC);
    client_open(&client);
    expect_proxy_failure(&client, MIC_E_PROXY, "more than 1 MB with status 407");
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(tunnel, without_a_proxy_there_says_so)
{
    struct server server;
    struct client client;

    server_start(&server, serve_open, NULL);
    tunnel_init(&client, &server);
    client_open(&client);
    server_stop(&server);
    expect_proxy_failure(&client, MIC_E_CONNECT, "cannot connect to the proxy 127.0.0.1");
    client_stop(&client);
}

MIC_TEST(tunnel, settings_that_cannot_be_are_refused_before_any_network)
{
    static const struct {
        const char *host, *auth_type;
        enum mic_err_code code;
        const char *words;
    } rows[] = {
        {"a b", NULL, MIC_E_ARGUMENT, "not a host name"},
        {"a\r\nb", NULL, MIC_E_ARGUMENT, "not a host name"},
        {"proxy", MI_AUTH_TYPE_DIGEST, MIC_E_NOT_SUPPORTED, "the credentials for the proxy proxy"},
        {"proxy", "Pigeon", MIC_E_NOT_SUPPORTED, "Pigeon"},
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        struct client client;
        struct mic_err err;

        client_init(&client, 5985);
        client.target.proxy.host = rows[i].host;
        client.target.proxy.port = 1;
        client.target.proxy.auth_type = rows[i].auth_type;
        client.target.proxy.user = "user";
        mic_err_init(&err);
        MIC_CHECK(mic_http_pool_new(client.loop, client.workpool, client.tls, &client.target,
                                    &err) == NULL);
        MIC_CHECK_INT(err.code, rows[i].code);
        if (strstr(err.message, rows[i].words) == NULL) {
            MIC_CHECK_TEXT(err.message, rows[i].words);
        }
        client_stop(&client);
    }
}

/* ---- logons ---- */

#define BASIC_LINE                                                                                 \
    "Proxy-Authorization: Basic cHJveHl1c2VyOnNlY3JldA==\r\n" /* proxyuser:secret                  \
                                                               */

struct script {
    const char *offer;  /* fields of the 407 */
    const char *reject; /* of that to a wrong logon */
};

static const struct script usual = {"Proxy-Authenticate: Basic realm=\"p\"\r\n",
                                    "Proxy-Authenticate: Basic realm=\"p\"\r\n"};

static void serve_basic(struct peer *peer)
{
    const struct script *script = peer->server->context;

    while (peer_read(peer)) {
        if (has_line(peer, BASIC_LINE)) {
            peer_send(peer, ok);
            while (peer_read(peer)) {
                bool is_own = has_line(peer, "Authorization: Basic dXNlcjpzZWNyZXQ=\r\n");
                peer_reply(peer, 200, "",
                           has_line(peer, "Proxy-") || !is_own ? "leak" : peer_body(peer));
            }
            return;
        }
        peer_reply(peer, 407, has_line(peer, "Proxy-Auth") ? script->reject : script->offer,
                   "<html>log on</html>");
        if (strstr(script->offer, "close") != NULL && !has_line(peer, "Proxy-Auth")) {
            return;
        }
    }
}

static void expect_logon(const struct script *script, unsigned connections, unsigned requests)
{
    struct server server;
    struct client client;

    server_start(&server, serve_basic, (void *)(uintptr_t)script);
    tunnel_init_as(&client, &server, MI_AUTH_TYPE_BASIC);
    client_open(&client);
    expect_reply(&client, "body", "body");
    expect_reply(&client, "body", "body");
    MIC_CHECK_INT(server_connections(&server), connections);
    MIC_CHECK_INT(atomic_load(&server.requests), requests);
    client_stop(&client);
    server_stop(&server);
}

MIC_TEST(tunnel, logs_on_when_asked_to_and_dials_again_when_told_to)
{
    static const struct script closing = {"Proxy-Authenticate: Basic\r\nConnection: close\r\n", ""};
    static const struct script closing_old = {
        "Proxy-Authenticate: Basic\r\nProxy-Connection: close\r\n", ""};
    /* It waits for the client to close. */
    static const struct script says_only = {
        "Proxy-Authenticate: Basic\r\nProxy-Connection: Close\r\n", ""};
    static const struct script many = {"Proxy-Authenticate: NTLM\r\nProxy-Authenticate: "
                                       "Digest realm=\"x\", nonce=\"y\", Basic realm=\"p\"\r\n",
                                       ""};

    expect_logon(&usual, 1, 4);
    expect_logon(&many, 1, 4);
    expect_logon(&closing, 2, 4);
    expect_logon(&closing_old, 2, 4);
    expect_logon(&says_only, 2, 4);
}

MIC_TEST(tunnel, logons_that_fail_say_why)
{
    static const struct script other = {"Proxy-Authenticate: Digest realm=\"p\"\r\n", ""};
    static const struct script closing = {"Proxy-Authenticate: Basic\r\n",
                                          "Proxy-Authenticate: Basic\r\nConnection: close\r\n"};
    static const struct {
        const struct script *script;
        const char *words;
    } rows[] = {
        {&usual,
         "refused the logon of user \"proxyuser\" with Basic (status 407); it offers Basic"},
        {&other, "does not take Basic (status 407), which the credentials of user \"proxyuser\" "
                 "are for; it offers Digest"},
        {&closing, "refused the logon of user \"proxyuser\" with Basic"},
    };

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        struct mic_secret wrong = {NULL, 0};
        struct server server;
        struct client client;

        MIC_REQUIRE(mic_secret_init(&wrong, "wrong") == 0);
        server_start(&server, serve_basic, (void *)(uintptr_t)rows[i].script);
        tunnel_init_as(&client, &server, MI_AUTH_TYPE_BASIC);
        client.target.proxy.password = &wrong;
        client_open(&client);
        expect_proxy_failure(&client, MIC_E_PROXY_LOGON, rows[i].words);
        client_stop(&client);
        server_stop(&server);
        mic_secret_fini(&wrong);
    }
}

/* ---- of several legs ---- */

struct fake {
    struct mic_auth base;
};

static atomic_int open_fakes;

static enum mic_auth_step fake_step(struct mic_auth *auth, unsigned http_status,
                                    const struct mic_str *challenge, struct mic_buf *authorization,
                                    struct mic_err *err)
{
    (void)auth;
    if (http_status == 0) {
        mic_buf_append_text(authorization, "Fake one");
        return MIC_AUTH_SEND_LEG;
    }
    MIC_CHECK_INT(http_status, 401);
    if (mic_str_equal(*challenge, MIC_STR("two"))) {
        mic_buf_append_text(authorization, "Fake three");
        return MIC_AUTH_SEND;
    }
    if (mic_str_equal(*challenge, MIC_STR("bad"))) {
        mic_err_set(err, MIC_E_LOGON, "that is no challenge");
    }
    return MIC_AUTH_FAILED;
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

static const struct mic_auth_scheme fake_scheme = {.auth_type = "Fake",
                                                   .wire_name = "Fake",
                                                   .open = fake_open,
                                                   .step = fake_step,
                                                   .close = fake_close};
static const struct mic_auth_scheme slow_scheme = {.auth_type = "Slow",
                                                   .wire_name = "Fake",
                                                   .may_block = true,
                                                   .open = slow_open,
                                                   .step = fake_step,
                                                   .close = fake_close};

static struct mic_auth *open_as(const struct mic_auth_scheme *scheme,
                                const struct mic_auth_settings *settings,
                                struct mic_str channel_binding, struct mic_err *err)
{
    struct fake *fake = mic_calloc(1, sizeof(*fake));

    MIC_CHECK_TEXT(settings->host, "127.0.0.1"); /* the proxy's own, unbound and unsealed */
    MIC_CHECK(!settings->privacy && !settings->https && channel_binding.size == 0);
    if (fake == NULL) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory");
        return NULL;
    }
    fake->base.scheme = scheme;
    atomic_fetch_add(&open_fakes, 1);
    return &fake->base;
}

static struct mic_auth *fake_open(const struct mic_auth_settings *settings,
                                  struct mic_str channel_binding, struct mic_err *err)
{
    return open_as(&fake_scheme, settings, channel_binding, err);
}

static struct mic_auth *slow_open(const struct mic_auth_settings *settings,
                                  struct mic_str channel_binding, struct mic_err *err)
{
    return open_as(&slow_scheme, settings, channel_binding, err);
}

#define FAKE_OFFER "Proxy-Authenticate: Other, Fake\r\n"

/* Asks, takes two messages, and is the server behind. The context: what goes wrong, and where. */
static void serve_legs(struct peer *peer)
{
    const char *fault = peer->server->context;

    if (!peer_read(peer)) {
        return;
    }
    if (!has_line(peer, "Proxy-Authorization")) {
        bool closes = strcmp(fault, "close 0") == 0;

        peer_reply(peer, 407, closes ? FAKE_OFFER "Connection: close\r\n" : FAKE_OFFER, "log on");
        if (closes || strcmp(fault, "drop 0") == 0 || !peer_read(peer)) {
            return;
        }
    }
    if (!has_line(peer, "Proxy-Authorization: Fake one\r\n") || strcmp(fault, "drop 1") == 0) {
        return;
    }
    peer_reply(peer, 407,
               strcmp(fault, "close 1") == 0
                   ? "Proxy-Authenticate: Fake two\r\nConnection: close\r\n"
               : strcmp(fault, "bad") == 0 ? "Proxy-Authenticate: Fake bad\r\n"
                                           : "Proxy-Authenticate: Fake two\r\n",
               "more");
    if (!peer_read(peer) || !has_line(peer, "Proxy-Authorization: Fake three\r\n") ||
        strcmp(fault, "drop 2") == 0) {
        return;
    }
    if (strcmp(fault, "refuse") == 0) {
        peer_reply(peer, 407, FAKE_OFFER, "");
        return;
    }
    while (strcmp(fault, "endless") == 0) {
        peer_reply(peer, 407, "Proxy-Authenticate: Fake two\r\n", "");
        if (!peer_read(peer)) {
            return;
        }
    }
    peer_send(peer, ok);
    while (peer_read(peer)) {
        peer_reply(peer, 200, "", has_line(peer, "Fake") ? "leak" : peer_body(peer));
    }
}

static void legs_open(struct client *client, struct server *server, const char *fault,
                      const struct mic_auth_scheme *scheme)
{
    server_start(server, serve_legs, (void *)(uintptr_t)fault);
    tunnel_init(client, server);
    client->target.proxy.user = "proxyuser";
    client_open(client);
    client->pool->proxy->scheme = scheme;
}

static const struct mic_auth_scheme *const schemes[] = {&fake_scheme, &slow_scheme};

MIC_TEST(tunnel, logons_of_several_legs_are_the_connections)
{
    static const struct {
        const char *fault;
        unsigned connections, requests;
    } rows[] = {{"", 1, 5}, {"close 0", 2, 5}, {"drop 0", 2, 5}};

    for (size_t i = 0; i < 2 * MIC_COUNT(rows); i++) {
        struct server server;
        struct client client;

        legs_open(&client, &server, rows[i / 2].fault, schemes[i % 2]);
        expect_reply(&client, "body", "body");
        expect_reply(&client, "body", "body");
        MIC_CHECK_INT(server_connections(&server), rows[i / 2].connections);
        MIC_CHECK_INT(atomic_load(&server.requests), rows[i / 2].requests);
        MIC_CHECK_INT(atomic_load(&open_fakes), 0); /* gone with the end of the logon */
        client_stop(&client);
        server_stop(&server);
    }
}

MIC_TEST(tunnel, logons_that_break_off_say_where)
{
    static const struct {
        const char *fault;
        unsigned connections;
        enum mic_err_code code;
        const char *words;
    } rows[] = {
        {"drop 1", 2, MIC_E_PROXY,
         "closed the connection behind message 1 of the logon of user \"proxyuser\" with Fake"},
        {"drop 2", 1, MIC_E_PROXY, "behind message 2 of the logon"},
        {"close 1", 1, MIC_E_PROXY, "closes the connection in the middle of the logon"},
        {"refuse", 1, MIC_E_PROXY_LOGON, "refused the logon of user \"proxyuser\" with Fake"},
        {"endless", 1, MIC_E_PROXY_LOGON, "refused the logon"},
        {"bad", 1, MIC_E_PROXY_LOGON, ": that is no challenge"},
    };

    for (size_t i = 0; i < 2 * MIC_COUNT(rows); i++) {
        struct server server;
        struct client client;

        legs_open(&client, &server, rows[i / 2].fault, schemes[i % 2]);
        expect_proxy_failure(&client, rows[i / 2].code, rows[i / 2].words);
        MIC_CHECK_INT(server_connections(&server), rows[i / 2].connections);
        MIC_CHECK(atomic_load(&server.requests) <= MIC_HTTP_LEGS_MAX + 2);
        client_stop(&client);
        server_stop(&server);
        MIC_CHECK_INT(atomic_load(&open_fakes), 0);
    }
}

/* ---- cancel ---- */

static void serve_mute(struct peer *peer)
{
    while (peer_read(peer)) {
        if (has_line(peer, peer->server->context)) {
            (void)peer_read(peer);
            return;
        }
        peer_reply(peer, 407,
                   has_line(peer, "Proxy-Auth") ? "Proxy-Authenticate: Fake two\r\n" : FAKE_OFFER,
                   "");
    }
}

static unsigned awaited;

static bool has_asked(void *context)
{
    return atomic_load(&((struct server *)context)->requests) >= awaited;
}

static bool has_step(void *context)
{
    const struct call *call = context;

    return call->request.conn != NULL && call->request.conn->step != NULL;
}

MIC_TEST(tunnel, can_be_cancelled_at_each_message)
{
    static const char *const marks[] = {"CONNECT", "Fake one", "Fake three"};

    for (size_t i = 0; i < 2 * MIC_COUNT(marks); i++) {
        struct server server;
        struct client client;
        struct call call;

        server_start(&server, serve_mute, (void *)(uintptr_t)marks[i / 2]);
        tunnel_init(&client, &server);
        client_open(&client);
        client.pool->proxy->scheme = schemes[i % 2];
        call_init(&call, &client, "body");
        call_submit(&call);
        awaited = (unsigned)(i / 2) + 1;
        run_until(&client, has_asked, &server);
        MIC_CHECK_INT(call.request.phase, MIC_PHASE_PROXY);
        if (i % 2 == 0) {
            mic_http_cancel(&call.request);
            MIC_CHECK_INT(call.done_count, 0);
        } else {
            mic_http_pool_free(client.pool);
            client.pool = NULL;
            MIC_CHECK_INT(call.err.code, MIC_E_CANCELLED);
        }
        call_fini(&call);
        while (atomic_load(&open_fakes) > 0) {
            mic_loop_run_once(client.loop, 10);
        }
        client_stop(&client);
        server_stop(&server);
    }
}

MIC_TEST(tunnel, can_be_cancelled_while_a_step_blocks)
{
    struct server server;
    struct client client;
    struct call call;

    legs_open(&client, &server, "", &slow_scheme);
    call_init(&call, &client, "body");
    call_submit(&call);
    run_until(&client, has_step, &call);
    MIC_CHECK_INT(call.request.phase, MIC_PHASE_PROXY);
    mic_http_cancel(&call.request);
    MIC_CHECK_INT(call.done_count, 0);
    call_fini(&call);
    while (atomic_load(&open_fakes) > 0) {
        mic_loop_run_once(client.loop, 10);
    }
    client_stop(&client);
    server_stop(&server);
}

/* ---- memory and sockets ---- */

static bool run_with_failures(void *context)
{
    struct client *client = context;
    struct call call;
    struct mic_err err;
    bool ok_twice = false;

    mic_err_init(&err);
    client->pool =
        mic_http_pool_new(client->loop, client->workpool, client->tls, &client->target, &err);
    if (client->pool == NULL) {
        return false;
    }
    call_init(&call, client, "body");
    mic_http_submit(client->pool, &call.request);
    call_finish(&call);
    if (call.err.code == MIC_E_NONE) { /* and again, in the same tunnel */
        call.done_count = 0;
        mic_http_submit(client->pool, &call.request);
        call_finish(&call);
        ok_twice = call.err.code == MIC_E_NONE;
    }
    MIC_CHECK_INT(call.done_count, 1);
    mic_http_pool_free(client->pool);
    client->pool = NULL;
    call_fini(&call);
    return ok_twice;
}

static const struct script closing_once = {"Proxy-Authenticate: Basic\r\nConnection: close\r\n",
                                           ""};

MIC_TEST(tunnel, survives_every_failed_allocation)
{
    static const struct script *const scripts[] = {&usual, &closing_once};

    for (size_t i = 0; i < MIC_COUNT(scripts); i++) {
        struct server server;
        struct client client;

        server_start(&server, serve_basic, (void *)(uintptr_t)scripts[i]);
        tunnel_init_as(&client, &server, MI_AUTH_TYPE_BASIC);
        MIC_CHECK(mic_fail_alloc_each(run_with_failures, &client) > 15);
        client_stop(&client);
        server_stop(&server);
    }
}

MIC_TEST(tunnel, survives_every_fault_of_a_socket)
{
    for (int fault = MIC_IO_RESET; fault <= MIC_IO_END; fault++) {
        for (unsigned long n = 1; n < 40; n++) {
            struct server server;
            struct client client;
            struct call call;

            server_start(&server, serve_basic, (void *)(uintptr_t)&usual);
            tunnel_init_as(&client, &server, MI_AUTH_TYPE_BASIC);
            client_open(&client);
            mic_fail_io_at(n, (enum mic_io_fault)fault);
            call_init(&call, &client, "body");
            call_submit(&call);
            call_finish(&call);
            MIC_CHECK_INT(call.done_count, 1);
            if (call.err.code == MIC_E_NONE) {
                MIC_CHECK_TEXT(mic_buf_text(&call.body), "body");
            } else {
                /* The scripted proxy's calls are counted too, and break in the same ways. */
                MIC_CHECK(call.err.code == MIC_E_CONNECT || call.err.code == MIC_E_PROXY ||
                          call.err.code == MIC_E_CONNECTION_LOST);
            }
            mic_fail_io_at(0, (enum mic_io_fault)fault);
            call_fini(&call);
            client_stop(&client);
            server_stop(&server);
        }
    }
}

MIC_TEST(tunnel, is_found_byte_by_byte)
{
    struct server server;
    struct client client;

    server_start(&server, serve_basic, (void *)(uintptr_t)&usual);
    tunnel_init_as(&client, &server, MI_AUTH_TYPE_BASIC);
    client_open(&client);
    mic_fail_io_always(MIC_IO_SHORT);
    expect_reply(&client, "body", "body");
    mic_fail_io_at(0, MIC_IO_SHORT);
    client_stop(&client);
    server_stop(&server);
}

/* ---- traces ---- */

MIC_TEST(tunnel, never_shows_the_password_in_a_trace)
{
    char path[] = "/tmp/mic-tunnel-trace-XXXXXX";
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
    server_start(&server, serve_basic, (void *)(uintptr_t)&usual);
    tunnel_init_as(&client, &server, MI_AUTH_TYPE_BASIC);
    client.target.trace = trace;
    client_open(&client);
    expect_reply(&client, "<question/>", "<question/>");
    client_stop(&client);
    server_stop(&server);
    mic_trace_free(trace);
    size = read(fd, text, sizeof(text) - 1);
    MIC_REQUIRE(size > 0);
    text[size] = '\0';
    MIC_CHECK(strstr(text, "connected to the proxy at 127.0.0.1") != NULL);
    MIC_CHECK(strstr(text, "> CONNECT server.example:5985 HTTP/1.1") != NULL);
    MIC_CHECK(strstr(text, "> Proxy-Authorization: Basic (not shown)") != NULL);
    MIC_CHECK(strstr(text, "reply: status 407") != NULL);
    MIC_CHECK(strstr(text, "the proxy has connected to server.example:5985") != NULL);
    MIC_CHECK(strstr(text, "secret") == NULL);
    MIC_CHECK(strstr(text, "cHJveHl1c2VyOnNlY3JldA") == NULL);
    close(fd);
    unlink(path);
}
