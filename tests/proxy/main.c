#include "proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

struct client {
    struct proxy *proxy;
    int fd;
    struct gss *gss;
    unsigned legs; /* heads taken with a logon in them */
    char user[NAME_SIZE];
    char inner[256];
    char head[HEAD_SIZE];
};

static bool send_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = send(fd, bytes, size, MSG_NOSIGNAL);

        if (n <= 0) {
            return false;
        }
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

static bool send_text(int fd, const char *text)
{
    return send_all(fd, text, strlen(text));
}

/* Up to the empty line, and no byte further: what follows is the tunnel's. */
static bool read_head(struct client *client)
{
    size_t used = 0;

    memcpy(client->head, "\r\n", 2); /* so that each field has a line end before it */
    used = 2;
    while (used + 1 < HEAD_SIZE && recv(client->fd, client->head + used, 1, 0) == 1) {
        used++;
        client->head[used] = '\0';
        if (used > 4 && strcmp(client->head + used - 4, "\r\n\r\n") == 0) {
            return true;
        }
    }
    return false;
}

static void count(struct proxy *proxy, unsigned long *counter, unsigned long by)
{
    pthread_mutex_lock(&proxy->lock);
    *counter += by;
    pthread_mutex_unlock(&proxy->lock);
}

static void tell_counters(struct client *client)
{
    struct proxy *proxy = client->proxy;
    char text[1024];

    pthread_mutex_lock(&proxy->lock);
    snprintf(text, sizeof(text),
             "HTTP/1.0 200 OK\r\n\r\nasked %lu\nrefused %lu\ntunnels %lu\nmixed %lu\nopen %lu\n"
             "pairs %u\ntarget %s\n",
             proxy->asked, proxy->refused, proxy->tunnels, proxy->mixed, proxy->open,
             proxy->pair_count, proxy->target);
    pthread_mutex_unlock(&proxy->lock);
    send_text(client->fd, text);
}

/* This machine's, and for names under .test, which nobody else can look up. */
static int dial(const char *target)
{
    const char *colon = strrchr(target, ':');
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = in6addr_loopback};
    bool is_v6 = strncmp(target, "[::1]:", 6) == 0;
    uint16_t port = (uint16_t)(colon != NULL ? strtoul(colon + 1, NULL, 10) : 0);
    size_t name = colon != NULL ? (size_t)(colon - target) : 0;
    bool is_local = is_v6 || strncmp(target, "127.0.0.1:", 10) == 0 ||
                    strncmp(target, "localhost:", 10) == 0 ||
                    (name > 5 && memcmp(target + name - 5, ".test", 5) == 0);
    int fd = socket(is_v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    v4.sin_port = v6.sin6_port = htons(port);
    if (!is_local || fd < 0 ||
        connect(fd, is_v6 ? (struct sockaddr *)&v6 : (struct sockaddr *)&v4,
                is_v6 ? sizeof(v6) : sizeof(v4)) != 0) {
        if (fd >= 0) {
            close(fd);
        }
        return -1;
    }
    return fd;
}

/* ---- who rides with whom ---- */

static void note_inner(struct client *client, const char *inner)
{
    struct proxy *proxy = client->proxy;
    unsigned i = 0;

    pthread_mutex_lock(&proxy->lock);
    if (client->inner[0] != '\0' && strcmp(client->inner, inner) != 0) {
        proxy->mixed++;
    }
    snprintf(client->inner, sizeof(client->inner), "%s", inner);
    while (i < proxy->pair_count && strcmp(proxy->pairs[i].inner, inner) != 0) {
        i++;
    }
    if (i == proxy->pair_count && i < PAIRS_MAX) {
        snprintf(proxy->pairs[i].user, NAME_SIZE, "%s", client->user);
        snprintf(proxy->pairs[i].inner, sizeof(proxy->pairs[i].inner), "%s", inner);
        proxy->pair_count++;
    } else if (i < PAIRS_MAX && strcmp(proxy->pairs[i].user, client->user) != 0) {
        proxy->mixed++;
    }
    pthread_mutex_unlock(&proxy->lock);
}

/* The session that a message belongs to stands in its envelope: ...SessionId ...>uuid:...< */
static void watch(struct client *client, const char *bytes, size_t size)
{
    static const char mark[] = "SessionId";
    const char *end = bytes + size;
    const char *found = memmem(bytes, size, mark, sizeof(mark) - 1);
    const char *open = found != NULL ? memchr(found, '>', (size_t)(end - found)) : NULL;
    const char *close = open != NULL ? memchr(open, '<', (size_t)(end - open)) : NULL;
    char inner[256];

    if (close != NULL && close - open > 1) {
        snprintf(inner, sizeof(inner), "%.*s", (int)(close - open - 1), open + 1);
        note_inner(client, inner);
    }
}

static void relay(struct client *client, int fd)
{
    struct pollfd both[2] = {{client->fd, POLLIN, 0}, {fd, POLLIN, 0}};
    static _Thread_local char bytes[65536];

    while (poll(both, 2, -1) > 0) {
        for (int i = 0; i < 2; i++) {
            ssize_t n = both[i].revents != 0 ? recv(both[i].fd, bytes, sizeof(bytes), 0) : 0;

            if (both[i].revents != 0 && n <= 0) {
                return;
            }
            if (n > 0 && i == 0) {
                watch(client, bytes, (size_t)n);
            }
            if (n > 0 && !send_all(both[1 - i].fd, bytes, (size_t)n)) {
                return;
            }
        }
    }
}

/* ---- faults ---- */

static bool has_fault(const struct client *client, const char *name)
{
    return strcmp(client->proxy->fault, name) == 0;
}

static void send_slowly(struct client *client, const char *text)
{
    for (; *text != '\0' && send_all(client->fd, text, 1); text++) {
        usleep(2000);
    }
}

static void send_endless(struct client *client)
{
    send_text(client->fd, "HTTP/1.1 200 OK\r\n");
    while (send_text(client->fd, "X-More: and more\r\n")) {
    }
}

/* @return whether that was all */
static bool misbehave(struct client *client)
{
    char drop[16];

    if (has_fault(client, "403")) {
        send_text(client->fd, "HTTP/1.1 403 Filtered\r\nContent-Length: 0\r\n\r\n");
    } else if (has_fault(client, "502")) {
        send_text(client->fd, "HTTP/1.1 502 Bad Gateway\r\nX-Squid-Error: ERR_CONNECT_FAIL 111\r\n"
                              "Content-Length: 0\r\n\r\n");
    } else if (has_fault(client, "garbage")) {
        send_text(client->fd, "\x01\x02 what is this\r\n\r\n");
    } else if (has_fault(client, "endless")) {
        send_endless(client);
    } else if (has_fault(client, "early")) {
        send_text(client->fd, "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
    } else if (has_fault(client, "mute")) {
        char byte;
        (void)recv(client->fd, &byte, 1, 0);
    } else {
        snprintf(drop, sizeof(drop), "drop=%u", client->legs);
        return client->legs > 0 && has_fault(client, drop);
    }
    return true;
}

/* ---- a connection ---- */

static bool refuse(struct client *client, const char *fields)
{
    static const char page[] = "<html>Who are you?</html>";
    bool closes = has_fault(client, "close") && client->legs == 0;
    char reply[16384 + 256];

    count(client->proxy, &client->proxy->refused, 1);
    snprintf(reply, sizeof(reply),
             "HTTP/1.1 407 Proxy Authentication Required\r\n%s%sContent-Length: %zu\r\n\r\n%s",
             fields, closes ? "Connection: close\r\n" : "", sizeof(page) - 1, page);
    return send_text(client->fd, reply) && !closes;
}

static void tunnel(struct client *client, const char *target)
{
    struct proxy *proxy = client->proxy;
    int fd = dial(target);

    if (fd < 0) {
        send_text(client->fd, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    count(proxy, &proxy->tunnels, 1);
    count(proxy, &proxy->open, 1);
    if (has_fault(client, "slow")) {
        send_slowly(client, "HTTP/1.1 200 Connection established\r\nVia: 1.1 slow\r\n\r\n");
    } else {
        send_text(client->fd, "HTTP/1.1 200 Connection established\r\n\r\n");
    }
    relay(client, fd);
    close(fd);
    count(proxy, &proxy->open, (unsigned long)-1);
}

/* @return whether the connection goes on with another head */
static bool take_head(struct client *client)
{
    struct proxy *proxy = client->proxy;
    char target[256], fields[16384];
    enum verdict verdict;

    if (strncmp(client->head, "\r\nGET /counters ", 16) == 0) {
        tell_counters(client);
        return false;
    }
    if (sscanf(client->head, "\r\nCONNECT %255s HTTP/1.1\r", target) != 1) {
        send_text(client->fd, "HTTP/1.1 405 Only CONNECT\r\nContent-Length: 0\r\n\r\n");
        return false;
    }
    pthread_mutex_lock(&proxy->lock);
    proxy->asked++;
    memcpy(proxy->target, target, sizeof(target));
    pthread_mutex_unlock(&proxy->lock);
    client->legs += strstr(client->head, "\r\nProxy-Authorization: ") != NULL;
    if (misbehave(client)) {
        return false;
    }
    verdict = logon_judge(proxy, &client->gss, client->head, fields, sizeof(fields), client->user);
    if (verdict == LOGON_DONE) {
        tunnel(client, target);
        return false;
    }
    return refuse(client, fields);
}

static void *serve(void *context)
{
    struct client *client = context;

    while (read_head(client) && take_head(client)) {
    }
    gss_end(client->gss);
    close(client->fd);
    free(client);
    return NULL;
}

static bool open_port(struct proxy *proxy, bool is_v6)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = in6addr_loopback};
    struct sockaddr *address = is_v6 ? (struct sockaddr *)&v6 : (struct sockaddr *)&v4;
    socklen_t size = is_v6 ? sizeof(v6) : sizeof(v4);

    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    proxy->fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (proxy->fd < 0 || bind(proxy->fd, address, size) != 0 || listen(proxy->fd, 64) != 0 ||
        getsockname(proxy->fd, address, &size) != 0) {
        return false;
    }
    printf("port %u\n", ntohs(is_v6 ? v6.sin6_port : v4.sin_port));
    return fflush(stdout) == 0;
}

/* NAME:PASSWORD, from the environment of the test that starts this. */
static void add_users(struct proxy *proxy, char *list)
{
    char *item;

    while (list != NULL && (item = strsep(&list, ",")) != NULL && proxy->user_count < USERS_MAX) {
        struct user *user = &proxy->users[proxy->user_count];
        char *colon = strchr(item, ':');

        if (colon != NULL) {
            snprintf(user->name, NAME_SIZE, "%.*s", (int)(colon - item), item);
            snprintf(user->password, NAME_SIZE, "%s", colon + 1);
            proxy->user_count++;
        }
    }
}

/* The test is gone when this end is. */
static void *wait_for_end(void *context)
{
    char byte;

    while (read(STDIN_FILENO, &byte, 1) > 0) {
    }
    unlink(context);
    _exit(0);
}

int main(int argc, char **argv)
{
    static struct proxy proxy = {.fault = ""};
    static char path[64];
    bool is_v6 = false;
    pthread_t thread;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--v6") == 0) {
            is_v6 = true;
        } else if (i + 1 < argc && strcmp(argv[i], "--offer") == 0) {
            proxy.offer = argv[++i];
        } else if (i + 1 < argc && strcmp(argv[i], "--fault") == 0) {
            proxy.fault = argv[++i];
        } else {
            fprintf(stderr, "usage: mi-proxy [--v6] [--offer SCHEME,...] [--fault NAME]\n");
            return 2;
        }
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_IGN);
    pthread_mutex_init(&proxy.lock, NULL);
    add_users(&proxy, getenv("MI_PROXY_USERS"));
    if ((proxy.offer != NULL && strchr(proxy.offer, 'N') != NULL && !gss_start(&proxy, path)) ||
        !open_port(&proxy, is_v6)) {
        return 1;
    }
    pthread_create(&thread, NULL, wait_for_end, path);
    for (;;) {
        struct client *client = calloc(1, sizeof(*client));

        client->proxy = &proxy;
        client->fd = accept(proxy.fd, NULL, NULL);
        if (client->fd < 0 || pthread_create(&thread, NULL, serve, client) != 0) {
            return 1;
        }
        pthread_detach(thread);
    }
}
