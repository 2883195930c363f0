/** Certificates in files, and a server in TLS that shows one. */
#ifndef HTTP_TLS_FIXTURE_H
#define HTTP_TLS_FIXTURE_H

#include <openssl/err.h>
#include <signal.h>

#include "certificates.h"
#include "fixture.h"

#define DAY   86400L
#define NAMES "DNS:localhost,IP:127.0.0.1,IP:::1"

struct world {
    char folder[64];
    char ca_file[128], crl_file[128], client_file[128], locked_file[128];
    struct identity ca, good, wrong_name, expired, self_signed, revoked, client;
};

static inline void write_identity(const char *folder, const char *name,
                                  const struct identity *identity, const char *password, char *path,
                                  size_t size)
{
    FILE *file = open_in(folder, name, path, size);

    PEM_write_X509(file, identity->certificate);
    PEM_write_PrivateKey(file, identity->key, password != NULL ? EVP_aes_128_cbc() : NULL, NULL, 0,
                         NULL, (void *)(uintptr_t)(const void *)password);
    fclose(file);
}

static inline void world_init(struct world *world)
{
    FILE *file;
    X509_CRL *crl;

    snprintf(world->folder, sizeof(world->folder), "/tmp/mic-tls-XXXXXX");
    MIC_REQUIRE(mkdtemp(world->folder) != NULL);
    world->ca = make_identity("Test CA", NULL, NULL, 1, -DAY, DAY);
    world->good = make_identity("good", &world->ca, NAMES, 2, -DAY, DAY);
    world->wrong_name =
        make_identity("wrong", &world->ca, "DNS:other.example,IP:192.0.2.7", 3, -DAY, DAY);
    world->expired = make_identity("expired", &world->ca, NAMES, 4, -2 * DAY, -DAY);
    world->self_signed = make_identity("self", NULL, NAMES, 5, -DAY, DAY);
    world->revoked = make_identity("revoked", &world->ca, NAMES, 6, -DAY, DAY);
    world->client = make_identity("client", &world->ca, "email:a@b", 7, -DAY, DAY);

    file = open_in(world->folder, "ca.pem", world->ca_file, sizeof(world->ca_file));
    PEM_write_X509(file, world->ca.certificate);
    fclose(file);
    file = open_in(world->folder, "crl.pem", world->crl_file, sizeof(world->crl_file));
    PEM_write_X509(file, world->ca.certificate);
    crl = make_crl(&world->ca, 6);
    PEM_write_X509_CRL(file, crl);
    X509_CRL_free(crl);
    fclose(file);
    write_identity(world->folder, "client.pem", &world->client, NULL, world->client_file,
                   sizeof(world->client_file));
    write_identity(world->folder, "locked.pem", &world->client, "locked", world->locked_file,
                   sizeof(world->locked_file));
}

static inline void world_fini(struct world *world)
{
    struct identity *const all[] = {&world->ca,      &world->good,        &world->wrong_name,
                                    &world->expired, &world->self_signed, &world->revoked,
                                    &world->client};

    for (size_t i = 0; i < MIC_COUNT(all); i++) {
        identity_free(all[i]);
    }
    unlink(world->ca_file);
    unlink(world->crl_file);
    unlink(world->client_file);
    unlink(world->locked_file);
    rmdir(world->folder);
}

/* ---- the server ---- */

struct tls_server {
    struct server server;
    SSL_CTX *context;
    void (*talk)(struct peer *peer, SSL *ssl);
    atomic_uint resumed, with_certificate;
};

static inline bool tls_read(struct peer *peer, SSL *ssl)
{
    size_t need;

    peer->size = 0;
    peer->request[0] = '\0';
    while ((need = request_need(peer)) == 0 || peer->size < need) {
        int n = SSL_read(ssl, peer->request + peer->size,
                         (int)(sizeof(peer->request) - 1 - peer->size));

        if (n <= 0) {
            return false;
        }
        peer->size += (size_t)n;
        peer->request[peer->size] = '\0';
    }
    atomic_fetch_add(&peer->server->requests, 1);
    return true;
}

static inline void tls_reply(SSL *ssl, const char *fields, const char *body)
{
    char head[256];

    snprintf(head, sizeof(head), "HTTP/1.1 200 OK\r\n%sContent-Length: %zu\r\n\r\n", fields,
             strlen(body));
    SSL_write(ssl, head, (int)strlen(head));
    SSL_write(ssl, body, (int)strlen(body));
}

static inline void talk_echo(struct peer *peer, SSL *ssl)
{
    while (tls_read(peer, ssl)) {
        tls_reply(ssl, "", peer_body(peer));
    }
}

static inline void talk_close_each(struct peer *peer, SSL *ssl)
{
    if (tls_read(peer, ssl)) {
        tls_reply(ssl, "Connection: close\r\n", peer_body(peer));
    }
}

static inline void serve_tls(struct peer *peer)
{
    struct tls_server *server = peer->server->context;
    SSL *ssl = SSL_new(server->context);
    sigset_t pipe;

    /* The server's OpenSSL raises it; the client, on another thread, is tested not to. */
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, NULL);
    SSL_set_fd(ssl, peer->fd);
    if (SSL_accept(ssl) == 1) {
        X509 *certificate = SSL_get_peer_certificate(ssl);

        if (SSL_session_reused(ssl) == 1) {
            atomic_fetch_add(&server->resumed, 1);
        }
        if (certificate != NULL) {
            atomic_fetch_add(&server->with_certificate, 1);
        }
        X509_free(certificate);
        server->talk(peer, ssl);
        SSL_shutdown(ssl);
    }
    SSL_free(ssl);
    ERR_clear_error();
    OPENSSL_thread_stop();
}

static inline void tls_server_start(struct tls_server *server, const struct identity *identity,
                                    void (*talk)(struct peer *peer, SSL *ssl))
{
    server->context = SSL_CTX_new(TLS_server_method());
    server->talk = talk;
    atomic_init(&server->resumed, 0);
    atomic_init(&server->with_certificate, 0);
    SSL_CTX_use_certificate(server->context, identity->certificate);
    SSL_CTX_use_PrivateKey(server->context, identity->key);
    server_start(&server->server, serve_tls, server);
}

static inline void tls_server_stop(struct tls_server *server)
{
    server_stop(&server->server);
    SSL_CTX_free(server->context);
}

static inline void tls_client_start(struct client *client, struct tls_server *server,
                                    const char *ca_file)
{
    signal(SIGPIPE, SIG_DFL);
    client_init(client, server->server.port);
    client->target.https = true;
    client->target.privacy = true;
    client->target.ca_file = ca_file;
}

#endif
