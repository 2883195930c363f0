#include "proxy_fixture.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mic_test.h"

static void run_proxy(char *const *arguments, int in, int out)
{
    char users[1024];
    size_t used = (size_t)snprintf(users, sizeof(users), PROXY_USER ":" PROXY_PASSWORD);

    for (int i = 1; i <= 9; i++) {
        used += (size_t)snprintf(users + used, sizeof(users) - used,
                                 "," PROXY_USER "%d:" PROXY_PASSWORD "%d", i, i);
    }
    setenv("MI_PROXY_USERS", users, 1);
    setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    execv(PROXY_PROGRAM, arguments);
    _exit(127);
}

void proxy_start(struct proxy *proxy, const char *const *options)
{
    char *arguments[16] = {strdup(PROXY_PROGRAM)};
    int in[2], out[2];
    char line[64] = "";
    bool is_v6 = false;
    size_t count = 1;

    for (size_t i = 0; options != NULL && options[i] != NULL && count < 15; i++) {
        is_v6 = is_v6 || strcmp(options[i], "--v6") == 0;
        arguments[count++] = strdup(options[i]);
    }
    memset(proxy, 0, sizeof(*proxy));
    MIC_REQUIRE(pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0);
    proxy->pid = fork();
    MIC_REQUIRE(proxy->pid >= 0);
    if (proxy->pid == 0) {
        run_proxy(arguments, in[0], out[1]);
    }
    while (count > 0) {
        free(arguments[--count]);
    }
    close(in[0]);
    close(out[1]);
    proxy->stdin_fd = in[1];
    MIC_REQUIRE(read(out[0], line, sizeof(line) - 1) > 5); /* written at once: "port 4711" */
    close(out[0]);
    proxy->port = (unsigned)strtoul(line + 5, NULL, 10);
    MIC_REQUIRE(proxy->port > 0);
    snprintf(proxy->address, sizeof(proxy->address), is_v6 ? "[::1]:%u" : "127.0.0.1:%u",
             proxy->port);
    snprintf(proxy->url, sizeof(proxy->url), "http://" PROXY_USER ":op3n%%20ses%%40me@%s/",
             proxy->address);
}

void proxy_start_with(struct proxy *proxy, const char *offer, const char *fault)
{
    const char *options[5] = {NULL};
    size_t count = 0;

    if (offer != NULL) {
        options[count++] = "--offer";
        options[count++] = offer;
    }
    if (fault != NULL) {
        options[count++] = "--fault";
        options[count] = fault;
    }
    proxy_start(proxy, options);
}

void proxy_stop(struct proxy *proxy)
{
    if (proxy->pid > 0) {
        close(proxy->stdin_fd); /* it removes its file of users */
        waitpid(proxy->pid, NULL, 0);
        proxy->pid = 0;
    }
}

/* By hand: nothing of the library. */
static void ask(const struct proxy *proxy, char *reply, size_t size)
{
    static const char request[] = "GET /counters HTTP/1.0\r\n\r\n";
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)proxy->port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6,
                              .sin6_port = htons((uint16_t)proxy->port),
                              .sin6_addr = in6addr_loopback};
    bool is_v6 = proxy->address[0] == '[';
    int fd = socket(is_v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    size_t used = 0;
    ssize_t got;

    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    MIC_REQUIRE(connect(fd, is_v6 ? (struct sockaddr *)&v6 : (struct sockaddr *)&v4,
                        is_v6 ? sizeof(v6) : sizeof(v4)) == 0);
    MIC_REQUIRE(write(fd, request, sizeof(request) - 1) == (ssize_t)sizeof(request) - 1);
    while (used + 1 < size && (got = read(fd, reply + used, size - used - 1)) > 0) {
        used += (size_t)got;
    }
    reply[used] = '\0';
    close(fd);
}

static const char *find(const struct proxy *proxy, const char *name)
{
    static char reply[2048];
    char line[64];
    const char *at;

    ask(proxy, reply, sizeof(reply));
    snprintf(line, sizeof(line), "\n%s ", name);
    at = strstr(reply, line);
    return at != NULL ? at + strlen(line) : NULL;
}

long proxy_counter(const struct proxy *proxy, const char *name)
{
    const char *at = find(proxy, name);

    return at != NULL ? strtol(at, NULL, 10) : -1;
}

void proxy_await(const struct proxy *proxy, const char *name, long at_least)
{
    const struct timespec pause = {.tv_nsec = 2 * 1000 * 1000};

    while (proxy_counter(proxy, name) < at_least) {
        nanosleep(&pause, NULL);
    }
}

const char *proxy_target(const struct proxy *proxy)
{
    static char target[256];
    const char *at = find(proxy, "target");

    snprintf(target, sizeof(target), "%.*s", at != NULL ? (int)strcspn(at, "\n") : 0,
             at != NULL ? at : "");
    return target;
}
