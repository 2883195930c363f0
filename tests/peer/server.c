/* Listeners and one thread per connection. */
#include "server.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http.h"

/* Room for libxml2's and OpenSSL's frames, and for a sanitizer's larger ones. */
#define THREAD_STACK ((size_t)256 * 1024)

struct peer_server {
    struct peer *peer;
    int fds[8];
    unsigned count;
    unsigned port;
    pthread_mutex_t lock;
    pthread_cond_t empty;
    struct peer_conn *conns;
    unsigned long next_number;
    unsigned long alive;
    /* Threads that are done with their connection and wait to be joined. */
    pthread_t *done;
    size_t done_count;
    size_t done_room;
};

static int listen_on(const char *address, unsigned port)
{
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_PASSIVE, .ai_socktype = SOCK_STREAM};
    struct addrinfo *info = NULL;
    char service[16];
    int one = 1;
    int fd = -1;

    snprintf(service, sizeof service, "%u", port);
    if (getaddrinfo(address, service, &hints, &info) != 0) {
        return -1;
    }
    fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        goto done;
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (info->ai_family == AF_INET6) {
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    }
    if (bind(fd, info->ai_addr, info->ai_addrlen) != 0 || listen(fd, 4096) != 0) {
        close(fd);
        fd = -1;
    }
done:
    freeaddrinfo(info);
    return fd;
}

static unsigned port_of(int fd)
{
    struct sockaddr_storage addr;
    socklen_t len = sizeof addr;
    char service[16];
    uint64_t port = 0;

    memset(&addr, 0, sizeof addr);
    if (getsockname(fd, (struct sockaddr *)&addr, &len) == 0 &&
        getnameinfo((struct sockaddr *)&addr, len, NULL, 0, service, sizeof service,
                    NI_NUMERICSERV) == 0) {
        peer_parse_u64(service, &port);
    }
    return (unsigned)port;
}

/* With port 0 all listeners share the port the first one got; another round if it is taken. */
static bool open_all(struct peer_server *server)
{
    const struct peer_config *config = &server->peer->config;

    for (int attempt = 0; attempt < 20; attempt++) {
        unsigned port = config->port;
        bool good = true;

        for (unsigned i = 0; i < config->listen_count && good; i++) {
            int fd = listen_on(config->listen[i], port);

            good = fd >= 0;
            if (good) {
                server->fds[server->count++] = fd;
                port = port_of(fd);
            }
        }
        if (good) {
            server->port = port;
            return true;
        }
        while (server->count > 0) {
            close(server->fds[--server->count]);
        }
        if (config->port != 0) {
            break;
        }
    }
    return false;
}

struct peer_server *peer_server_new(struct peer *peer)
{
    struct peer_server *server = peer_xmalloc(sizeof *server);

    memset(server, 0, sizeof *server);
    server->peer = peer;
    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->empty, NULL);
    if (!open_all(server)) {
        fprintf(stderr, "mi-peer: cannot listen: %s\n", strerror(errno));
        pthread_cond_destroy(&server->empty);
        pthread_mutex_destroy(&server->lock);
        free(server);
        return NULL;
    }
    return server;
}

bool peer_server_announce(struct peer_server *server)
{
    const struct peer_config *config = &server->peer->config;
    FILE *f;

    for (unsigned i = 0; i < config->listen_count; i++) {
        const char *address = config->listen[i];
        bool v6 = strchr(address, ':') != NULL;

        printf("mi-peer: listening on %s://%s%s%s:%u/wsman\n", config->tls ? "https" : "http",
               v6 ? "[" : "", address, v6 ? "]" : "", server->port);
    }
    fflush(stdout);
    if (config->ready_file != NULL) {
        char *part = peer_xmalloc(strlen(config->ready_file) + 6);

        /* Renamed into place, so that a reader never sees half a number. */
        snprintf(part, strlen(config->ready_file) + 6, "%s.part", config->ready_file);
        f = fopen(part, "we");
        if (f == NULL || fprintf(f, "%u\n", server->port) < 0 || fclose(f) != 0 ||
            rename(part, config->ready_file) != 0) {
            fprintf(stderr, "mi-peer: cannot write %s\n", config->ready_file);
            free(part);
            return false;
        }
        free(part);
    }
    return true;
}

/* The end of a connection; frees it. With @p started the caller is its thread. */
static void conn_unlink(struct peer_server *server, struct peer_conn *conn, bool started)
{
    pthread_mutex_lock(&server->lock);
    if (conn->previous != NULL) {
        conn->previous->next = conn->next;
    } else {
        server->conns = conn->next;
    }
    if (conn->next != NULL) {
        conn->next->previous = conn->previous;
    }
    /* Closed under the lock: the number must not be reused before the list forgot it. */
    close(conn->fd);
    free(conn);
    if (started) {
        if (server->done_count == server->done_room) {
            server->done_room = server->done_room != 0 ? server->done_room * 2 : 64;
            server->done = peer_xrealloc(server->done, server->done_room * sizeof *server->done);
        }
        server->done[server->done_count++] = pthread_self();
    }
    if (--server->alive == 0) {
        pthread_cond_broadcast(&server->empty);
    }
    pthread_mutex_unlock(&server->lock);
}

static void *conn_main(void *arg)
{
    struct peer_conn *conn = arg;
    struct peer *peer = conn->peer;

    peer_conn_serve(conn);
    if (!conn->is_control) {
        peer_uncount(peer, CNT_OPEN);
    }
    peer_log(peer, "conn=%lu closed requests=%lu", conn->number, conn->served);
    SSL_free(conn->ssl);
    peer_buf_free(&conn->in);
    conn_unlink(peer->server, conn, true);
    return NULL;
}

/* Joined, not detached: what libraries keep per thread is gone when the process ends. */
static void join_done(struct peer_server *server)
{
    pthread_t *done;
    size_t count;

    pthread_mutex_lock(&server->lock);
    done = server->done;
    count = server->done_count;
    server->done = NULL;
    server->done_count = 0;
    server->done_room = 0;
    pthread_mutex_unlock(&server->lock);
    for (size_t i = 0; i < count; i++) {
        pthread_join(done[i], NULL);
    }
    free(done);
}

static void conn_start(struct peer_server *server, int fd)
{
    struct peer_conn *conn = peer_xmalloc(sizeof *conn);
    pthread_attr_t attr;
    pthread_t thread;
    int one = 1;

    join_done(server);
    memset(conn, 0, sizeof *conn);
    conn->peer = server->peer;
    conn->fd = fd;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    pthread_mutex_lock(&server->lock);
    conn->number = ++server->next_number;
    conn->next = server->conns;
    if (server->conns != NULL) {
        server->conns->previous = conn;
    }
    server->conns = conn;
    server->alive++;
    pthread_mutex_unlock(&server->lock);
    peer_count(server->peer, CNT_ACCEPTED);
    peer_count(server->peer, CNT_OPEN);
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, THREAD_STACK);
    if (pthread_create(&thread, &attr, conn_main, conn) != 0) {
        peer_uncount(server->peer, CNT_OPEN);
        conn_unlink(server, conn, false);
    }
    pthread_attr_destroy(&attr);
}

static bool stdin_ended(void)
{
    char bytes[256];
    ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);

    return n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN);
}

void peer_server_run(struct peer_server *server, int wake_fd)
{
    struct pollfd polls[10];
    nfds_t count = 0;
    bool watch = server->peer->config.exit_with_stdin;

    for (unsigned i = 0; i < server->count; i++) {
        fcntl(server->fds[i], F_SETFL, O_NONBLOCK);
        polls[count++] = (struct pollfd){.fd = server->fds[i], .events = POLLIN};
    }
    polls[count++] = (struct pollfd){.fd = wake_fd, .events = POLLIN};
    polls[count++] = (struct pollfd){.fd = watch ? STDIN_FILENO : -1, .events = POLLIN};
    for (;;) {
        if (poll(polls, count, -1) < 0 && errno != EINTR) {
            return;
        }
        if (polls[server->count].revents != 0) {
            return;
        }
        if (polls[server->count + 1].revents != 0 && stdin_ended()) {
            return;
        }
        for (unsigned i = 0; i < server->count; i++) {
            int fd;

            while ((polls[i].revents & POLLIN) != 0 &&
                   (fd = accept4(server->fds[i], NULL, NULL, SOCK_CLOEXEC)) >= 0) {
                conn_start(server, fd);
            }
            if ((polls[i].revents & POLLIN) != 0 && (errno == EMFILE || errno == ENFILE)) {
                peer_sleep(server->peer, 10);
            }
        }
    }
}

void peer_server_free(struct peer_server *server)
{
    if (server == NULL) {
        return;
    }
    for (unsigned i = 0; i < server->count; i++) {
        close(server->fds[i]);
    }
    pthread_mutex_lock(&server->lock);
    for (struct peer_conn *conn = server->conns; conn != NULL; conn = conn->next) {
        shutdown(conn->fd, SHUT_RDWR);
    }
    while (server->alive > 0) {
        pthread_cond_wait(&server->empty, &server->lock);
    }
    pthread_mutex_unlock(&server->lock);
    join_done(server);
    pthread_cond_destroy(&server->empty);
    pthread_mutex_destroy(&server->lock);
    free(server);
}
