/* Connections that seal their messages, by a scheme made for the test. */
#include "fake_seal.h"
#include "fixture.h"
#include "http/conn.h"

#define BODY        "<secret/>"
#define SEALED_TYPE "multipart/encrypted;protocol=\"" FAKE_SEAL_TYPE "\";boundary=\"b\""

/* What the server does with its replies. */
enum mischief {
    HONEST,
    PLAIN_200,
    PLAIN_500,
    PLAIN_503,
    PLAIN_503_FLOOD,
    EMPTY_200,
    FLIPPED,
    REPLAYED,
    REORDERED,
    CUT,          /* the body ends in the middle of a part */
    CUT_AT_CLOSE, /* the connection ends there */
    PARTS,        /* two, in pieces of a chunked reply */
    NOT_FOUND_AT_LEG,
    FORBIDDEN_AT_LEG,
    FAULT /* status 500, sealed */
};

struct script {
    enum mischief mischief;
    atomic_uint clear_text; /* requests that showed the body */
    atomic_uint sealed;     /* requests with the body, sealed as they should be */
    atomic_uint bad;        /* requests that do not open */
    atomic_uint early;      /* bodies before the logon was done */
};

static bool has_line(const struct peer *peer, const char *line)
{
    const char *found = strstr(peer->request, line);

    return found != NULL && found < peer->request + peer->head_size;
}

static struct script *script_of(struct peer *peer)
{
    return peer->server->context;
}

/* The request's plain text, when it has the form it must have. */
static bool open_request(struct peer *peer, uint32_t number, struct mic_buf *plain)
{
    static const char head[] = "--Encrypted Boundary\r\n"
                               "Content-Type: " FAKE_SEAL_TYPE "\r\n"
                               "OriginalContent: type=application/soap+xml;charset=UTF-8;Length=9"
                               "\r\n--Encrypted Boundary\r\n"
                               "Content-Type: application/octet-stream\r\n";
    static const char tail[] = "--Encrypted Boundary--\r\n";
    size_t size = peer->size - peer->head_size;
    const char *body = peer->request + peer->head_size;

    return has_line(peer, "Content-Type: multipart/encrypted;protocol=\"" FAKE_SEAL_TYPE
                          "\";boundary=\"Encrypted Boundary\"\r\n") &&
           size == sizeof(head) - 1 + 12 + 9 + sizeof(tail) - 1 &&
           memcmp(body, head, sizeof(head) - 1) == 0 &&
           memcmp(body + size - (sizeof(tail) - 1), tail, sizeof(tail) - 1) == 0 &&
           fake_unseal_bytes(number, body + sizeof(head) - 1, 12 + 9, plain);
}

static void put_reply(struct mic_buf *out, uint32_t number, const char *plain)
{
    mic_buf_append_format(out,
                          "--b\r\n\tContent-Type: " FAKE_SEAL_TYPE "\r\n"
                          "\tOriginalContent: type=text/plain;charset=UTF-8;Length=%zu\r\n--b\r\n"
                          "\tContent-Type: application/octet-stream\r\n",
                          strlen(plain));
    fake_seal_bytes(number, plain, strlen(plain), out);
    mic_buf_append_text(out, "--b--\r\n");
}

static void send_head(struct peer *peer, unsigned status, const char *type, const char *length)
{
    char head[512];

    snprintf(head, sizeof(head), "HTTP/1.1 %u X\r\nContent-Type: %s\r\n%s\r\n\r\n", status, type,
             length);
    peer_send(peer, head);
}

static void send_sealed(struct peer *peer, unsigned status, const struct mic_buf *body, size_t cut)
{
    char length[64];

    snprintf(length, sizeof(length), "Content-Length: %zu", body->size);
    send_head(peer, status, SEALED_TYPE, length);
    peer_send_bytes(peer, body->data, body->size - cut);
}

static void send_parts(struct peer *peer, uint32_t number)
{
    struct mic_buf body;
    char chunk[32];

    mic_buf_init(&body);
    put_reply(&body, number, "Hel");
    put_reply(&body, number + 1, "lo");
    send_head(peer, 200, SEALED_TYPE, "Transfer-Encoding: chunked");
    for (size_t at = 0; at < body.size; at += 100) {
        size_t size = body.size - at < 100 ? body.size - at : 100;

        snprintf(chunk, sizeof(chunk), "%zx\r\n", size);
        peer_send(peer, chunk);
        peer_send_bytes(peer, body.data + at, size);
        peer_send(peer, "\r\n");
    }
    peer_send(peer, "0\r\n\r\n");
    mic_buf_fini(&body);
}

static void reply_plain(struct peer *peer, enum mischief mischief)
{
    static const char part[4096];

    if (mischief == PLAIN_503_FLOOD) {
        send_head(peer, 503, "text/html", "Content-Length: 100000000");
        for (int i = 0; i < 4000; i++) {
            peer_send_bytes(peer, part, sizeof(part));
        }
    } else {
        peer_reply(peer,
                   mischief == PLAIN_500   ? 500
                   : mischief == PLAIN_503 ? 503
                                           : 200,
                   "", mischief == EMPTY_200 ? "" : "forged");
    }
}

/* @return whether the connection goes on */
static bool reply_as_told(struct peer *peer, uint32_t number)
{
    enum mischief mischief = script_of(peer)->mischief;
    struct mic_buf body;

    if (mischief >= PLAIN_200 && mischief <= EMPTY_200) {
        reply_plain(peer, mischief);
        return true;
    }
    if (mischief == PARTS) {
        send_parts(peer, 2 * number);
        return true;
    }
    mic_buf_init(&body);
    put_reply(&body, mischief == REPLAYED ? 0 : mischief == REORDERED ? number + 1 : number, BODY);
    if (mischief == FLIPPED) {
        body.data[body.size - 10] ^= 1;
    }
    if (mischief == CUT) {
        body.size -= 9;
    }
    send_sealed(peer, mischief == FAULT ? 500 : 200, &body, mischief == CUT_AT_CLOSE ? 9 : 0);
    mic_buf_fini(&body);
    return mischief != CUT_AT_CLOSE;
}

static bool serve_logon(struct peer *peer)
{
    struct script *script = script_of(peer);

    if (!peer_read(peer)) {
        return false;
    }
    atomic_fetch_add(&script->early, peer->size > peer->head_size);
    if (!has_line(peer, "Authorization: Fake one\r\n")) {
        peer_reply(peer, 400, "", "");
        return false;
    }
    peer_reply(peer, 401, "WWW-Authenticate: Fake two\r\n", "");
    if (!peer_read(peer)) {
        return false;
    }
    atomic_fetch_add(&script->early, peer->size > peer->head_size);
    if (script->mischief == NOT_FOUND_AT_LEG) {
        peer_reply(peer, 404, "", "no such path");
        return false;
    }
    if (script->mischief == FORBIDDEN_AT_LEG) {
        peer_reply(peer, 403, "", "");
        return false;
    }
    peer_reply(peer, 200, "", "");
    return has_line(peer, "Authorization: Fake three\r\n");
}

static void serve_sealed(struct peer *peer)
{
    struct script *script = script_of(peer);
    struct mic_buf plain;
    uint32_t number = 0;

    if (!serve_logon(peer)) {
        return;
    }
    mic_buf_init(&plain);
    while (peer_read(peer)) {
        bool is_clear = strstr(peer->request, BODY) != NULL;
        bool is_open;

        mic_buf_clear(&plain);
        is_open = open_request(peer, number, &plain);
        atomic_fetch_add(&script->bad, !is_open);
        atomic_fetch_add(&script->clear_text, is_clear);
        atomic_fetch_add(&script->sealed, is_open && strcmp(mic_buf_text(&plain), BODY) == 0 &&
                                              !has_line(peer, "Authorization"));
        if (!reply_as_told(peer, number++)) {
            break;
        }
    }
    mic_buf_fini(&plain);
}

static void begin(struct client *client, struct server *server, struct script *script,
                  enum mischief mischief)
{
    memset(script, 0, sizeof(*script));
    script->mischief = mischief;
    server_start(server, serve_sealed, script);
    client_init(client, server->port);
    client->target.privacy = true;
    client->target.auth_type = MI_AUTH_TYPE_NONE;
    client->target.max_sealed_bytes = 100;
    client_open(client);
    client->pool->scheme = &fake_seal_scheme;
}

static void end(struct client *client, struct server *server)
{
    client_stop(client);
    server_stop(server);
}

MIC_TEST(sealed_conn, seals_every_message_behind_a_logon_with_empty_bodies)
{
    struct server server;
    struct client client;
    struct script script;

    begin(&client, &server, &script, HONEST);
    for (int i = 0; i < 5; i++) {
        expect_reply(&client, BODY, BODY);
    }
    MIC_CHECK_INT(server_connections(&server), 1);
    MIC_CHECK_INT(atomic_load(&script.sealed), 5);
    MIC_CHECK_INT(atomic_load(&script.clear_text), 0);
    MIC_CHECK_INT(atomic_load(&script.early), 0);
    end(&client, &server);
}

MIC_TEST(sealed_conn, tells_status_and_type_of_what_was_sealed)
{
    struct server server;
    struct client client;
    struct script script;
    struct call call;

    begin(&client, &server, &script, FAULT);
    call_init(&call, &client, BODY);
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_INT(call.err.code, MIC_E_NONE);
    MIC_CHECK_INT(call.status, 500);
    MIC_CHECK_TEXT(call.content_type, "text/plain;charset=UTF-8");
    MIC_CHECK_INT(call.headers_count, 1);
    MIC_CHECK_TEXT(mic_buf_text(&call.body), BODY);
    call_fini(&call);
    end(&client, &server);
}

static void pause_once(struct call *call)
{
    call->pauses = false;
    mic_http_resume(&call->request); /* nothing is paused yet */
}

MIC_TEST(sealed_conn, hands_on_each_part_when_it_is_whole)
{
    struct server server;
    struct client client;
    struct script script;
    struct call call;

    begin(&client, &server, &script, PARTS);
    for (int i = 0; i < 3; i++) {
        call_init(&call, &client, BODY);
        call.on_body = pause_once;
        call_submit(&call);
        call_finish(&call);
        MIC_CHECK_TEXT(call.err.message, "");
        MIC_CHECK_TEXT(mic_buf_text(&call.body), "Hello");
        MIC_CHECK(call.body_count <= 2);
        MIC_CHECK_INT(call.headers_count, 1);
        call_fini(&call);
    }
    end(&client, &server);
}

static void expect_refused(enum mischief mischief, enum mic_err_code code, const char *words)
{
    struct server server;
    struct client client;
    struct script script;
    struct call call;

    begin(&client, &server, &script, mischief);
    call_init(&call, &client, BODY);
    call.request.may_resend = true;
    for (int i = 0; i < 2; i++) { /* a replay needs something to replay */
        call.done_count = 0;
        call_submit(&call);
        call_finish(&call);
        if (mischief != REPLAYED) {
            break;
        }
        MIC_CHECK_INT(call.err.code, i == 0 ? MIC_E_NONE : MIC_E_SEAL);
        call.headers_count = i == 0 ? 0 : call.headers_count;
        mic_buf_clear(&call.body);
    }
    MIC_CHECK_INT(call.err.code, code);
    if (strstr(call.err.message, words) == NULL) {
        MIC_CHECK_TEXT(call.err.message, words);
    }
    MIC_CHECK_INT(call.headers_count, 0);
    MIC_CHECK_INT(call.body.size, 0);
    MIC_CHECK_INT(client.pool->conn_count, 0); /* never used again */
    call_fini(&call);
    end(&client, &server);
}

MIC_TEST(sealed_conn, refuses_what_is_not_the_servers_whole_reply)
{
    expect_refused(PLAIN_200, MIC_E_SEAL, "clear text");
    expect_refused(PLAIN_500, MIC_E_SEAL, "status 500");
    expect_refused(EMPTY_200, MIC_E_SEAL, "clear text");
    expect_refused(FLIPPED, MIC_E_SEAL, "the seal is broken");
    expect_refused(REPLAYED, MIC_E_SEAL, "the seal is broken");
    expect_refused(REORDERED, MIC_E_SEAL, "the seal is broken");
    expect_refused(CUT, MIC_E_PROTOCOL, "in the middle");
    expect_refused(CUT_AT_CLOSE, MIC_E_CONNECTION_LOST, "");
    expect_refused(FORBIDDEN_AT_LEG, MIC_E_ACCESS_DENIED, "denied access");
}

MIC_TEST(sealed_conn, hands_on_the_status_of_a_plain_refusal_without_its_text)
{
    struct server server;
    struct client client;
    struct script script;
    struct call call;

    begin(&client, &server, &script, PLAIN_503);
    for (unsigned i = 1; i <= 2; i++) {
        call_init(&call, &client, BODY);
        call_submit(&call);
        call_finish(&call);
        MIC_CHECK_INT(call.err.code, MIC_E_NONE);
        MIC_CHECK_INT(call.status, 503);
        MIC_CHECK_INT(call.body.size, 0);
        MIC_CHECK_INT(atomic_load(&script.sealed), i);
        call_fini(&call);
    }
    MIC_CHECK_INT(server_connections(&server), 1);
    end(&client, &server);
}

MIC_TEST(sealed_conn, does_not_read_a_plain_refusal_without_end)
{
    struct server server;
    struct client client;
    struct script script;
    struct call call;

    begin(&client, &server, &script, PLAIN_503_FLOOD);
    call_init(&call, &client, BODY);
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_INT(call.err.code, MIC_E_SEAL);
    MIC_CHECK_INT(call.body.size, 0);
    call_fini(&call);
    end(&client, &server);
}

MIC_TEST(sealed_conn, hands_on_what_a_server_says_that_has_not_looked_at_the_logon)
{
    struct server server;
    struct client client;
    struct script script;
    struct call call;

    begin(&client, &server, &script, NOT_FOUND_AT_LEG);
    call_init(&call, &client, BODY);
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_INT(call.err.code, MIC_E_NONE);
    MIC_CHECK_INT(call.status, 404);
    MIC_CHECK_INT(call.body.size, 0);
    MIC_CHECK_INT(client.pool->conn_count, 0); /* half a logon is none */
    MIC_CHECK_INT(atomic_load(&script.early), 0);
    call_fini(&call);
    end(&client, &server);
}

/* The logon's second leg may take the body along then. */
static void serve_clear(struct peer *peer)
{
    while (peer_read(peer)) {
        if (has_line(peer, "Authorization: Fake one\r\n")) {
            peer_reply(peer, 401, "WWW-Authenticate: Fake two\r\n", "");
        } else {
            peer_reply(peer, 200, "", peer_body(peer));
        }
    }
}

MIC_TEST(sealed_conn, sends_clear_text_when_the_caller_wants_it)
{
    struct server server;
    struct client client;

    server_start(&server, serve_clear, NULL);
    client_init(&client, server.port);
    client.target.auth_type = MI_AUTH_TYPE_NONE;
    client_open(&client);
    client.pool->scheme = &fake_seal_scheme;
    expect_reply(&client, BODY, BODY);
    expect_reply(&client, BODY, BODY);
    MIC_CHECK_INT(atomic_load(&server.requests), 3);
    end(&client, &server);
}

/* Identify before any logon has nothing to seal with; behind one it is sealed as all else. */
MIC_TEST(sealed_conn, an_unauthenticated_request_needs_no_seal_before_the_logon)
{
    struct server server;
    struct client client;
    struct call call;

    server_start(&server, serve_echo, NULL);
    client_init(&client, server.port);
    client.target.privacy = true;
    client.target.auth_type = MI_AUTH_TYPE_NONE;
    client_open(&client);
    client.pool->scheme = &fake_seal_scheme;
    call_init(&call, &client, "<identify/>");
    call.request.unauthenticated = true;
    call_submit(&call);
    call_finish(&call);
    MIC_CHECK_INT(call.status, 200);
    MIC_CHECK_TEXT(mic_buf_text(&call.body), "<identify/>");
    call_fini(&call);
    end(&client, &server);
}

static bool exchange_twice(void *context)
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
    client.tls = mic_tls_shared_new(&err);
    client.target = (struct mic_http_target){.host = "127.0.0.1",
                                             .port = server->port,
                                             .path = "/wsman",
                                             .user_agent = "x",
                                             .auth_type = MI_AUTH_TYPE_NONE,
                                             .privacy = true,
                                             .max_connections = 2};
    if (client.loop != NULL && client.tls != NULL) {
        client.pool = mic_http_pool_new(client.loop, NULL, client.tls, &client.target, &err);
    }
    if (client.pool != NULL) {
        client.pool->scheme = &fake_seal_scheme;
        call_init(&call, &client, BODY);
        ok = true;
        for (int i = 0; ok && i < 2; i++) {
            call.done_count = 0;
            mic_http_submit(client.pool, &call.request);
            call_finish(&call);
            ok = call.err.code == MIC_E_NONE && call.status == 200;
        }
        mic_http_pool_free(client.pool);
        mic_buf_fini(&call.body);
    }
    mic_tls_shared_free(client.tls);
    mic_loop_free(client.loop);
    return ok;
}

/* Neither is a message sent twice under two numbers, nor one in clear text. */
MIC_TEST(sealed_conn, survives_every_failed_allocation)
{
    struct server server;
    struct script script = {.mischief = HONEST};

    server_start(&server, serve_sealed, &script);
    MIC_CHECK(mic_fail_alloc_each(exchange_twice, &server) > 10);
    MIC_CHECK_INT(atomic_load(&script.bad), 0);
    MIC_CHECK_INT(atomic_load(&script.clear_text), 0);
    MIC_CHECK_INT(atomic_load(&script.early), 0);
    server_stop(&server);
}
