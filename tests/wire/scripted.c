#include "scripted.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mic_test.h"

#define REQUEST_MAX (1u << 20)

struct connection {
    struct scripted *server;
    unsigned number;
    int fd;
};

/* ---- bytes ---- */

static bool send_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}

bool scripted_reply(const struct scripted_call *call, unsigned status, const char *body)
{
    char head[256];
    int size = snprintf(head, sizeof(head),
                        "HTTP/1.1 %u Said\r\nContent-Type: application/soap+xml;charset=UTF-8\r\n"
                        "Content-Length: %zu\r\n\r\n",
                        status, strlen(body));
    return send_all(call->fd, head, (size_t)size) && send_all(call->fd, body, strlen(body));
}

bool scripted_head(const struct scripted_call *call)
{
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml;"
                               "charset=UTF-8\r\nTransfer-Encoding: chunked\r\n\r\n";
    return send_all(call->fd, head, sizeof(head) - 1);
}

bool scripted_chunk(const struct scripted_call *call, const char *text)
{
    char size[32];
    int length = snprintf(size, sizeof(size), "%zx\r\n", strlen(text));
    return send_all(call->fd, size, (size_t)length) && send_all(call->fd, text, strlen(text)) &&
           send_all(call->fd, "\r\n", 2);
}

bool scripted_end(const struct scripted_call *call)
{
    return send_all(call->fd, "0\r\n\r\n", 5);
}

bool scripted_stall(const struct scripted_call *call)
{
    char byte;
    while (recv(call->fd, &byte, 1, 0) > 0) {
    }
    return false;
}

bool scripted_has(const struct scripted_call *call, const char *part)
{
    return strstr(call->text, part) != NULL;
}

/* @return the bytes of the first request in @p text, 0 when there is more to come */
static size_t complete_size(const char *text, size_t size)
{
    const char *body = strstr(text, "\r\n\r\n");
    const char *length = strstr(text, "Content-Length: ");
    if (body == NULL) {
        return 0;
    }
    size_t wanted = (size_t)(body + 4 - text);
    wanted += length == NULL || length > body ? 0 : strtoul(length + 16, NULL, 10);
    return size >= wanted ? wanted : 0;
}

static bool read_request(int fd, char *text)
{
    size_t size = 0;
    while (complete_size(text, size) == 0 && size + 1 < REQUEST_MAX) {
        ssize_t got = recv(fd, text + size, REQUEST_MAX - size - 1, 0);
        if (got <= 0) {
            return false;
        }
        size += (size_t)got;
        text[size] = '\0';
    }
    return size > 0;
}

/* ---- connections ---- */

static void *run_connection(void *context)
{
    struct connection *connection = context;
    struct scripted *server = connection->server;
    char *text = malloc(REQUEST_MAX);
    bool goes_on = text != NULL;
    while (goes_on) {
        struct scripted_call call = {server, connection->fd, text};
        text[0] = '\0';
        goes_on = read_request(connection->fd, text);
        if (goes_on) {
            pthread_mutex_lock(&server->lock);
            server->requests++;
            pthread_cond_broadcast(&server->changed);
            pthread_mutex_unlock(&server->lock);
            goes_on = server->answer(&call);
        }
    }
    free(text);
    pthread_mutex_lock(&server->lock);
    server->fds[connection->number] = -1;
    server->open--;
    pthread_mutex_unlock(&server->lock);
    close(connection->fd);
    free(connection);
    return NULL;
}

static bool add_connection(struct scripted *server, int fd)
{
    struct connection *connection = malloc(sizeof(*connection));
    bool is_good = false;
    if (connection == NULL) {
        return false;
    }
    pthread_mutex_lock(&server->lock);
    unsigned number = server->accepted;
    if (!server->is_stopping && number < SCRIPTED_CONNECTIONS_MAX) {
        *connection = (struct connection){server, number, fd};
        server->fds[number] = fd;
        is_good = pthread_create(&server->threads[number], NULL, run_connection, connection) == 0;
        server->accepted += is_good;
        server->open += is_good;
        server->open_most = server->open > server->open_most ? server->open : server->open_most;
    }
    pthread_mutex_unlock(&server->lock);
    if (!is_good) {
        free(connection);
    }
    return is_good;
}

static void *run(void *context)
{
    struct scripted *server = context;
    for (;;) {
        int fd = accept4(server->fd, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0) {
            return NULL;
        }
        if (!add_connection(server, fd)) {
            close(fd);
        }
    }
}

void scripted_start(struct scripted *server, bool (*answer)(const struct scripted_call *call),
                    void *context)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t size = sizeof(at);
    memset(server, 0, sizeof(*server));
    server->answer = answer;
    server->context = context;
    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->changed, NULL);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    MIC_REQUIRE(server->fd >= 0);
    MIC_REQUIRE(bind(server->fd, (struct sockaddr *)&at, sizeof(at)) == 0);
    MIC_REQUIRE(listen(server->fd, 128) == 0);
    MIC_REQUIRE(getsockname(server->fd, (struct sockaddr *)&at, &size) == 0);
    server->port = ntohs(at.sin_port);
    (void)snprintf(server->url, sizeof(server->url), "http://127.0.0.1:%u/wsman", server->port);
    MIC_REQUIRE(pthread_create(&server->listener, NULL, run, server) == 0);
}

void scripted_stop(struct scripted *server)
{
    pthread_mutex_lock(&server->lock);
    server->is_stopping = true;
    for (unsigned i = 0; i < server->accepted; i++) {
        if (server->fds[i] >= 0) {
            shutdown(server->fds[i], SHUT_RDWR);
        }
    }
    pthread_mutex_unlock(&server->lock);
    shutdown(server->fd, SHUT_RDWR); /* wakes an accept */
    pthread_join(server->listener, NULL);
    for (unsigned i = 0; i < server->accepted; i++) {
        pthread_join(server->threads[i], NULL);
    }
    close(server->fd);
    pthread_cond_destroy(&server->changed);
    pthread_mutex_destroy(&server->lock);
}
