#include <openssl/err.h>
#include <sys/stat.h>

#include "fail_io.h"
#include "http/tls_shared.h"
#include "tls_fixture.h"

/* ---- the checks ---- */

static void expect_check(struct world *world, const struct identity *identity, const char *ca_file,
                         bool ca, bool name, bool revocation, const char *words)
{
    struct tls_server server;
    struct client client;

    (void)world;
    tls_server_start(&server, identity, talk_echo);
    tls_client_start(&client, &server, ca_file);
    client.target.check_ca = ca;
    client.target.check_name = name;
    client.target.check_revocation = revocation;
    client_open(&client);
    if (words == NULL) {
        expect_reply(&client, "sealed", "sealed");
    } else {
        expect_failure(&client, "sealed", true, MIC_E_CERTIFICATE, words);
        MIC_CHECK_INT(atomic_load(&server.server.requests), 0);
    }
    client_stop(&client);
    tls_server_stop(&server);
}

MIC_TEST(tls, checks_issuer_name_dates_and_revocation_each_by_its_switch)
{
    struct world w;

    world_init(&w);
    expect_check(&w, &w.good, w.ca_file, true, true, false, NULL);
    expect_check(&w, &w.good, w.ca_file, true, true, true, NULL); /* no list: nothing to check */

    expect_check(&w, &w.good, NULL, true, true, false, "issuer CN=Test CA");
    expect_check(&w, &w.good, NULL, false, true, false, NULL);
    expect_check(&w, &w.self_signed, w.ca_file, true, true, false, "self");
    expect_check(&w, &w.self_signed, w.ca_file, true, false, false, "subject CN=self");
    expect_check(&w, &w.self_signed, w.ca_file, false, true, false, NULL);

    expect_check(&w, &w.wrong_name, w.ca_file, true, true, false,
                 "is for another name: it is for other.example, 192.0.2.7");
    expect_check(&w, &w.wrong_name, w.ca_file, false, true, false, "other.example");
    expect_check(&w, &w.wrong_name, w.ca_file, true, false, false, NULL);

    expect_check(&w, &w.expired, w.ca_file, true, true, false, "certificate has expired");
    expect_check(&w, &w.expired, w.ca_file, true, false, false, "certificate has expired");
    expect_check(&w, &w.expired, w.ca_file, false, true, false, NULL);

    expect_check(&w, &w.revoked, w.crl_file, true, true, true, "certificate revoked");
    expect_check(&w, &w.revoked, w.crl_file, false, false, true, "certificate revoked");
    expect_check(&w, &w.revoked, w.crl_file, true, true, false, NULL);
    expect_check(&w, &w.good, w.crl_file, true, true, true, NULL);
    world_fini(&w);
}

MIC_TEST(tls, asks_by_name_and_checks_the_name)
{
    struct world w;
    struct tls_server server;
    struct client client;

    world_init(&w);
    tls_server_start(&server, &w.good, talk_echo);
    tls_client_start(&client, &server, w.ca_file);
    client.target.host = "localhost";
    client_open(&client);
    expect_reply(&client, "a", "a");
    client_stop(&client);
    tls_server_stop(&server);
    world_fini(&w);
}

static void serve_http(struct peer *peer)
{
    char part[1000];

    (void)recv(peer->fd, part, sizeof(part), 0);
    peer_send(peer, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
}

static void serve_nothing(struct peer *peer)
{
    char part[1000];

    (void)recv(peer->fd, part, sizeof(part), 0);
}

MIC_TEST(tls, says_that_the_port_speaks_no_tls)
{
    static const struct {
        void (*serve)(struct peer *peer);
        const char *words;
    } rows[] = {{serve_http, "failed: "}, {serve_nothing, "during the TLS handshake"}};

    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        struct server server;
        struct client client;
        struct call call;

        server_start(&server, rows[i].serve, NULL);
        client_init(&client, server.port);
        client.target.https = true;
        client_open(&client);
        call_init(&call, &client, "a");
        call_submit(&call);
        call_finish(&call);
        MIC_CHECK_INT(call.err.code, MIC_E_TLS);
        MIC_CHECK(strstr(call.err.message, rows[i].words) != NULL);
        MIC_CHECK(i == 1 || strstr(call.err.remedy, "not in TLS") != NULL);
        call_fini(&call);
        client_stop(&client);
        server_stop(&server);
    }
}

MIC_TEST(tls, uses_no_version_that_is_switched_off)
{
    struct world w;
    struct tls_server server;
    struct client client;

    world_init(&w);
    tls_server_start(&server, &w.good, talk_echo);
    SSL_CTX_set_max_proto_version(server.context, TLS1_2_VERSION);
    tls_client_start(&client, &server, w.ca_file);
    client_open(&client);
    expect_reply(&client, "a", "a");
    mic_http_pool_free(client.pool);
    client.target.disabled_tls_versions = MIC_TLS_NO_TLS1_2;
    client_open(&client);
    expect_failure(&client, "a", false, MIC_E_TLS, "failed: ");
    client_stop(&client);
    tls_server_stop(&server);
    world_fini(&w);
}

/* ---- connections ---- */

static void expect_resumption(int version)
{
    struct world w;
    struct tls_server server;
    struct client client;

    world_init(&w);
    tls_server_start(&server, &w.good, talk_close_each);
    SSL_CTX_set_max_proto_version(server.context, version);
    tls_client_start(&client, &server, w.ca_file);
    client_open(&client);
    for (int i = 0; i < 4; i++) {
        expect_reply(&client, "a", "a");
    }
    MIC_CHECK_INT(atomic_load(&server.resumed), 3);
    mic_http_pool_free(client.pool);
    client_open(&client); /* another session of the application begins anew */
    expect_reply(&client, "a", "a");
    MIC_CHECK_INT(atomic_load(&server.resumed), 3);
    client_stop(&client);
    tls_server_stop(&server);
    world_fini(&w);
}

MIC_TEST(tls, resumes_its_session_on_new_connections)
{
    expect_resumption(TLS1_2_VERSION);
    expect_resumption(TLS1_3_VERSION);
}

MIC_TEST(tls, keeps_a_connection_and_sends_again_when_it_was_stale)
{
    struct world w;
    struct tls_server server;
    struct client client;

    world_init(&w);
    tls_server_start(&server, &w.good, talk_echo);
    tls_client_start(&client, &server, w.ca_file);
    client_open(&client);
    for (int i = 0; i < 20; i++) {
        expect_reply(&client, "again", "again");
    }
    MIC_CHECK_INT(server_connections(&server.server), 1);
    client_stop(&client);
    tls_server_stop(&server);
    world_fini(&w);
}

static void talk_stale(struct peer *peer, SSL *ssl)
{
    if (peer->index > 0) {
        talk_echo(peer, ssl);
    } else if (tls_read(peer, ssl)) {
        tls_reply(ssl, "", peer_body(peer));
        tls_read(peer, ssl);
        SSL_set_shutdown(ssl,
                         SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN); /* closes without a word */
    }
}

MIC_TEST(tls, sends_once_more_only_what_may_be_sent_twice)
{
    for (int may_resend = 0; may_resend < 2; may_resend++) {
        struct world w;
        struct tls_server server;
        struct client client;
        struct call call;

        world_init(&w);
        tls_server_start(&server, &w.good, talk_stale);
        tls_client_start(&client, &server, w.ca_file);
        client_open(&client);
        expect_reply(&client, "first", "first");
        call_init(&call, &client, "second");
        call.request.may_resend = may_resend == 1;
        call_submit(&call);
        call_finish(&call);
        MIC_CHECK_INT(call.err.code, may_resend == 1 ? MIC_E_NONE : MIC_E_CONNECTION_LOST);
        MIC_CHECK_INT(server_connections(&server.server), may_resend == 1 ? 2 : 1);
        call_fini(&call);
        client_stop(&client);
        tls_server_stop(&server);
        world_fini(&w);
    }
}

static char large[3000001];

static void talk_large(struct peer *peer, SSL *ssl)
{
    while (tls_read(peer, ssl)) {
        tls_reply(ssl, "", large);
    }
}

MIC_TEST(tls, carries_large_replies_with_pauses)
{
    struct world w;
    struct tls_server server;
    struct client client;
    struct call call;

    memset(large, 'b', sizeof(large) - 1);
    world_init(&w);
    tls_server_start(&server, &w.good, talk_large);
    tls_client_start(&client, &server, w.ca_file);
    client_open(&client);
    expect_reply(&client, "a", large);
    call_init(&call, &client, "a");
    call.pauses = true;
    call_submit(&call);
    while (call.done_count == 0) {
        unsigned before = call.body_count;

        mic_loop_run_once(client.loop, 50);
        if (call.body_count > before) {
            MIC_CHECK_INT(call.body_count, before + 1);
            mic_http_resume(&call.request);
        }
    }
    MIC_CHECK_INT(call.body.size, 3000000);
    MIC_CHECK_INT(server_connections(&server.server), 1);
    call_fini(&call);
    client_stop(&client);
    tls_server_stop(&server);
    world_fini(&w);
}

static void talk_cut(struct peer *peer, SSL *ssl)
{
    if (tls_read(peer, ssl)) {
        SSL_write(ssl, "HTTP/1.0 200 OK\r\n\r\npart", 23);
        if (peer->index == 0) {
            SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
        }
    }
}

MIC_TEST(tls, takes_a_close_for_the_end_of_a_body_only_when_tls_ended_too)
{
    struct world w;
    struct tls_server server;
    struct client client;

    world_init(&w);
    tls_server_start(&server, &w.good, talk_cut);
    tls_client_start(&client, &server, w.ca_file);
    client_open(&client);
    expect_failure(&client, "a", false, MIC_E_CONNECTION_LOST, "may be incomplete");
    expect_reply(&client, "a", "part");
    client_stop(&client);
    tls_server_stop(&server);
    world_fini(&w);
}

MIC_TEST(tls, sends_a_large_request)
{
    static char body[15001];
    struct world w;
    struct tls_server server;
    struct client client;

    memset(body, 'r', sizeof(body) - 1);
    world_init(&w);
    tls_server_start(&server, &w.good, talk_echo);
    tls_client_start(&client, &server, w.ca_file);
    client_open(&client);
    expect_reply(&client, body, body);
    client_stop(&client);
    tls_server_stop(&server);
    world_fini(&w);
}

/* Reads a body of any size slowly enough that the client must wait to write; answers with its size.
 */
static void talk_count(struct peer *peer, SSL *ssl)
{
    size_t got = 0, need = 0;
    char part[4096], text[32];

    while (need == 0 || got < need) {
        int n = SSL_read(ssl, part, sizeof(part) - 1);

        if (n <= 0) {
            return;
        }
        if (need == 0) {
            memcpy(peer->request, part, (size_t)n);
            peer->request[n] = '\0';
            need = request_need(peer);
        }
        got += (size_t)n;
    }
    snprintf(text, sizeof(text), "%zu", need - peer->head_size);
    tls_reply(ssl, "", text);
}

MIC_TEST(tls, waits_with_writing_until_the_server_has_read)
{
    static char body[6000001];
    struct world w;
    struct tls_server server;
    struct client client;

    memset(body, 'r', sizeof(body) - 1);
    world_init(&w);
    tls_server_start(&server, &w.good, talk_count);
    tls_client_start(&client, &server, w.ca_file);
    client_open(&client);
    expect_reply(&client, body, "6000000");
    client_stop(&client);
    tls_server_stop(&server);
    world_fini(&w);
}

/* The server's OpenSSL calls the system past the faults, so that only the client meets them. */
static void meet_fault(struct tls_server *server, const char *ca_file, enum mic_io_fault fault,
                       unsigned long n)
{
    struct client client;

    tls_client_start(&client, server, ca_file);
    client_open(&client);
    mic_fail_io_at(n, fault);
    for (int i = 0; i < 2; i++) {
        struct call call;

        call_init(&call, &client, "a");
        call.request.may_resend = i == 1;
        call_submit(&call);
        call_finish(&call);
        MIC_CHECK_INT(call.done_count, 1);
        if (call.err.code == MIC_E_NONE) {
            MIC_CHECK_TEXT(mic_buf_text(&call.body), "a");
        } else {
            MIC_CHECK(fault != MIC_IO_SHORT && fault != MIC_IO_INTR && fault != MIC_IO_AGAIN);
            MIC_CHECK(call.err.code == MIC_E_CONNECT || call.err.code == MIC_E_CONNECTION_LOST ||
                      call.err.code == MIC_E_TLS);
        }
        call_fini(&call);
    }
    mic_fail_io_at(0, fault);
    client_stop(&client);
}

MIC_TEST(tls, survives_every_fault_of_a_socket)
{
    struct world w;

    world_init(&w);
    for (int fault = MIC_IO_RESET; fault <= MIC_IO_END; fault++) {
        struct tls_server server;

        tls_server_start(&server, &w.good, talk_echo);
        for (unsigned long n = 1; n < 24; n++) {
            meet_fault(&server, w.ca_file, (enum mic_io_fault)fault, n);
        }
        tls_server_stop(&server);
    }
    world_fini(&w);
}

MIC_TEST(tls, traces_what_was_agreed_and_what_was_not_checked)
{
    char path[] = "/tmp/mic-trace-XXXXXX";
    static char text[100000];
    struct mic_trace *trace;
    struct world w;
    struct tls_server server;
    struct client client;
    int fd = mkstemp(path);
    ssize_t size;

    MIC_REQUIRE(fd >= 0);
    setenv("MI_TRACE", "http:1,tls:1", 1);
    setenv("MI_TRACE_FILE", path, 1);
    trace = mic_trace_new();
    unsetenv("MI_TRACE");
    unsetenv("MI_TRACE_FILE");
    MIC_REQUIRE(trace != NULL);
    world_init(&w);
    tls_server_start(&server, &w.self_signed, talk_echo);
    tls_client_start(&client, &server, w.ca_file);
    client.target.trace = trace;
    client.target.check_ca = false;
    client.target.check_revocation = true;
    client_open(&client);
    expect_reply(&client, "a", "a");
    client_stop(&client);
    tls_server_stop(&server);
    world_fini(&w);
    mic_trace_free(trace);
    size = read(fd, text, sizeof(text) - 1);
    MIC_REQUIRE(size > 0);
    text[size] = '\0';
    MIC_CHECK(strstr(text, "TLS done: TLSv1.3") != NULL);
    MIC_CHECK(strstr(text, "self") != NULL && strstr(text, "; not checked") != NULL);
    MIC_CHECK(strstr(text, "no list of revoked certificates") != NULL);
    close(fd);
    unlink(path);
}

/* ---- client certificates and files ---- */

MIC_TEST(tls, shows_its_certificate_when_asked)
{
    for (int version = TLS1_2_VERSION; version <= TLS1_3_VERSION; version++) {
        struct world w;
        struct tls_server server;
        struct client client;

        world_init(&w);
        tls_server_start(&server, &w.good, talk_close_each);
        SSL_CTX_set_max_proto_version(server.context, version);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(server.context), w.ca.certificate);
        SSL_CTX_set_verify(server.context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
        SSL_CTX_set_session_id_context(server.context, (const unsigned char *)"t", 1);
        tls_client_start(&client, &server, w.ca_file);
        client.target.certificate_file = w.client_file;
        client_open(&client);
        expect_reply(&client, "a", "a");
        expect_reply(&client, "a", "a");
        MIC_CHECK_INT(atomic_load(&server.with_certificate), 2);
        MIC_CHECK_INT(atomic_load(&server.resumed), 0);
        client_stop(&client);
        tls_server_stop(&server);
        world_fini(&w);
    }
}

/* Another certificate, in a new handshake on the same connection. */
static const struct identity *second_face;

static void talk_changes_face(struct peer *peer, SSL *ssl)
{
    char byte;

    if (!tls_read(peer, ssl)) {
        return;
    }
    SSL_use_certificate(ssl, second_face->certificate);
    SSL_use_PrivateKey(ssl, second_face->key);
    SSL_clear_mode(ssl, SSL_MODE_AUTO_RETRY);
    if (SSL_renegotiate(ssl) == 1 && SSL_do_handshake(ssl) == 1) {
        while (SSL_renegotiate_pending(ssl) == 1 &&
               (SSL_peek(ssl, &byte, 1) > 0 || SSL_get_error(ssl, -1) == SSL_ERROR_WANT_READ)) {
        }
    }
    SSL_set_mode(ssl, SSL_MODE_AUTO_RETRY);
    tls_reply(ssl, "", peer_body(peer));
}

MIC_TEST(tls, checks_the_certificate_of_a_renegotiation_too)
{
    for (int i = 0; i < 3; i++) {
        struct world w;
        struct tls_server server;
        struct client client;

        world_init(&w);
        second_face = i == 0 ? &w.good : i == 1 ? &w.wrong_name : &w.self_signed;
        tls_server_start(&server, &w.good, talk_changes_face);
        SSL_CTX_set_max_proto_version(server.context, TLS1_2_VERSION);
        tls_client_start(&client, &server, w.ca_file);
        client.target.check_ca = client.target.check_name = true;
        client.target.certificate_file = w.client_file;
        client_open(&client);
        if (i == 0) {
            expect_reply(&client, "a", "a");
        } else {
            expect_failure(&client, "a", false, MIC_E_CERTIFICATE,
                           i == 1 ? "is for another name" : "was refused: self");
        }
        client_stop(&client);
        tls_server_stop(&server);
        world_fini(&w);
    }
}

static void expect_target_refused(struct client *client, const char *words)
{
    struct mic_err err;

    mic_err_init(&err);
    MIC_CHECK(mic_http_pool_new(client->loop, client->workpool, client->tls, &client->target,
                                &err) == NULL);
    MIC_CHECK_INT(err.code, MIC_E_ARGUMENT);
    if (strstr(err.message, words) == NULL) {
        MIC_CHECK_TEXT(err.message, words);
    }
}

MIC_TEST(tls, refuses_files_it_cannot_use_and_never_asks_for_a_password)
{
    struct world w;
    struct tls_server server;
    struct client client;

    world_init(&w);
    tls_server_start(&server, &w.good, talk_echo);
    ERR_clear_error();
    ERR_put_error(ERR_LIB_USER, 0, 77, "test", 1);
    tls_client_start(&client, &server, "/nonexistent/ca.pem");
    expect_target_refused(&client, "cannot read the CA file /nonexistent/ca.pem");
    client.target.ca_file = "/etc/hostname";
    expect_target_refused(&client, "cannot read CA certificates from /etc/hostname");
    client.target.ca_file = w.ca_file;
    client.target.ca_directory = "/nonexistent";
    expect_target_refused(&client, "cannot read the CA directory");
    client.target.ca_directory = NULL;
    client.target.certificate_file = "/nonexistent/client.pem";
    expect_target_refused(&client, "cannot read the certificate");
    client.target.certificate_file = w.ca_file;
    expect_target_refused(&client, "cannot read a private key");
    client.target.certificate_file = w.locked_file;
    expect_target_refused(&client, "cannot read a private key without a password");
    client.target.certificate_file = w.ca_file;
    client.target.key_file = w.client_file;
    expect_target_refused(&client, w.client_file);
    /* The application's own OpenSSL errors are where they were. */
    MIC_CHECK_INT(ERR_GET_REASON(ERR_get_error()), 77);
    MIC_CHECK_INT(ERR_get_error(), 0);
    client_stop(&client);
    tls_server_stop(&server);
    world_fini(&w);
}

MIC_TEST(tls, reads_a_ca_file_once_until_it_changes)
{
    struct world w;
    struct mic_tls_shared *shared;
    struct mic_tls_client *clients[50], *changed, *other;
    struct mic_tls_settings settings = {.host = "h", .port = 1, .check_ca = true};
    struct mic_err err;
    FILE *file;

    mic_err_init(&err);
    world_init(&w);
    shared = mic_tls_shared_new(&err);
    MIC_REQUIRE(shared != NULL);
    settings.ca_file = w.ca_file;
    for (size_t i = 0; i < MIC_COUNT(clients); i++) {
        settings.check_name = i % 2 == 0; /* is the session's, not the file's */
        clients[i] = mic_tls_client_new(shared, &settings, &err);
        MIC_REQUIRE(clients[i] != NULL);
        MIC_CHECK(clients[i]->context == clients[0]->context);
    }
    settings.disabled_versions = MIC_TLS_NO_TLS1_2;
    other = mic_tls_client_new(shared, &settings, &err);
    MIC_REQUIRE(other != NULL);
    MIC_CHECK(other->context != clients[0]->context);
    MIC_CHECK(SSL_CTX_get_cert_store(other->context) ==
              SSL_CTX_get_cert_store(clients[0]->context));
    settings.disabled_versions = 0;
    file = fopen(w.ca_file, "ae");
    MIC_REQUIRE(file != NULL);
    PEM_write_X509(file, w.self_signed.certificate);
    fclose(file);
    changed = mic_tls_client_new(shared, &settings, &err);
    MIC_REQUIRE(changed != NULL);
    MIC_CHECK(changed->context != clients[0]->context);
    for (size_t i = 0; i < MIC_COUNT(clients); i++) {
        mic_tls_client_free(clients[i]);
    }
    mic_tls_client_free(other);
    mic_tls_client_free(changed);
    mic_tls_shared_free(shared);
    world_fini(&w);
}

/* ---- who shares what ---- */

static size_t count_of(const struct mic_list *list)
{
    size_t count = 0;

    for (const struct mic_list *node = list->next; node != list; node = node->next) {
        count++;
    }
    return count;
}

static struct mic_tls_client *make_client(struct mic_tls_shared *shared,
                                          const struct mic_tls_settings *settings)
{
    struct mic_err err;
    struct mic_tls_client *client;

    mic_err_init(&err);
    client = mic_tls_client_new(shared, settings, &err);
    MIC_CHECK_TEXT(err.message, "");
    MIC_REQUIRE(client != NULL);
    return client;
}

MIC_TEST(tls, shares_a_certificate_only_where_all_is_equal_and_drops_it_with_the_last)
{
    static char text[] = "locked", other_text[] = "unused";
    const struct mic_secret password = {text, 6}, other_password = {other_text, 6};
    struct mic_tls_settings settings = {.host = "h", .port = 1};
    struct mic_tls_shared *shared;
    struct mic_tls_client *plain, *first, *second, *with_password, *another, *locked;
    struct mic_err err;
    struct world w;

    mic_err_init(&err);
    world_init(&w);
    shared = mic_tls_shared_new(&err);
    MIC_REQUIRE(shared != NULL);
    settings.ca_file = w.ca_file;
    plain = make_client(shared, &settings);
    MIC_CHECK(mic_tls_client_certificate(plain) == NULL);
    settings.certificate_file = w.client_file;
    first = make_client(shared, &settings);
    second = make_client(shared, &settings);
    settings.key_password = &password;
    with_password = make_client(shared, &settings);
    settings.key_password = &other_password;
    another = make_client(shared, &settings);
    MIC_CHECK(first->context == second->context && first->context != plain->context);
    MIC_CHECK(with_password->context != first->context);
    MIC_CHECK(with_password->context != another->context);
    MIC_CHECK_TEXT(mic_tls_client_certificate(first), "CN=client");
    MIC_CHECK_INT(count_of(&shared->contexts), 4);
    MIC_CHECK_INT(count_of(&shared->stores), 1);

    settings.certificate_file = w.locked_file;
    settings.key_password = &password;
    locked = make_client(shared, &settings);
    settings.key_password = &other_password;
    MIC_CHECK(mic_tls_client_new(shared, &settings, &err) == NULL);
    MIC_CHECK(strstr(err.message, "with the password given") != NULL);
    MIC_CHECK_INT(count_of(&shared->contexts), 5);

    mic_tls_client_free(first);
    MIC_CHECK_INT(count_of(&shared->contexts), 5);
    mic_tls_client_free(second);
    mic_tls_client_free(with_password);
    mic_tls_client_free(another);
    mic_tls_client_free(locked);
    MIC_CHECK_INT(count_of(&shared->contexts), 1);
    mic_tls_client_free(plain); /* without a key, it stays for the next */
    MIC_CHECK_INT(count_of(&shared->contexts), 1);
    mic_tls_shared_free(shared);
    world_fini(&w);
}

MIC_TEST(tls, reads_hexadecimal_with_and_without_colons)
{
    unsigned char bytes[3];

    MIC_CHECK_INT(mic_tls_read_hex("0aFf10", bytes, 3), 3);
    MIC_CHECK_BYTES(bytes, 3, "\x0a\xff\x10", 3);
    MIC_CHECK_INT(mic_tls_read_hex("0A:ff: 10", bytes, 3), 3);
    MIC_CHECK_BYTES(bytes, 3, "\x0a\xff\x10", 3);
    MIC_CHECK_INT(mic_tls_read_hex("", bytes, 3), 0);
    MIC_CHECK_INT(mic_tls_read_hex("0a1", bytes, 3), -1);
    MIC_CHECK_INT(mic_tls_read_hex("0aff1000", bytes, 3), -1);
    MIC_CHECK_INT(mic_tls_read_hex("0g", bytes, 3), -1);
    MIC_CHECK_INT(mic_tls_read_hex("0x0a", bytes, 3), -1);
}

static bool run_with_failures(void *context)
{
    const struct mic_tls_settings *settings = context;
    struct mic_tls_shared *shared;
    struct mic_tls_client *client = NULL;
    struct mic_err err;
    bool ok = false;

    mic_err_init(&err);
    shared = mic_tls_shared_new(&err);
    if (shared != NULL) {
        client = mic_tls_client_new(shared, settings, &err);
    }
    if (client != NULL) {
        struct mic_tls *tls = mic_tls_new(client, -1, &err);

        ok = tls != NULL;
        mic_tls_free(tls);
    }
    MIC_CHECK(ok || err.code == MIC_E_MEMORY);
    mic_tls_client_free(client);
    mic_tls_shared_free(shared);
    return ok;
}

MIC_TEST(tls, survives_every_failed_allocation)
{
    static char text[] = "locked";
    const struct mic_secret password = {text, 6};
    struct mic_tls_settings settings = {.host = "127.0.0.1", .port = 1};
    struct world w;

    MIC_CHECK(mic_fail_alloc_each(run_with_failures, &settings) >= 5);
    world_init(&w);
    settings.ca_file = w.ca_file;
    settings.certificate_file = w.client_file;
    settings.key_file = w.locked_file;
    settings.key_password = &password;
    settings.pins = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    MIC_CHECK(mic_fail_alloc_each(run_with_failures, &settings) >= 12);
    world_fini(&w);
}
