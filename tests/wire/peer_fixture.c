#include "peer_fixture.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mic_test.h"

#define ARGUMENTS_MAX 32

static const char *clock_library;
static long clock_seconds;

void peer_set_clock(const char *faketime, long seconds)
{
    clock_library = faketime;
    clock_seconds = seconds;
}

static void run_peer(char *const *arguments, int in, int out)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setenv("MI_PEER_PASSWORD", PEER_PASSWORD, 1);
    setenv("ASAN_OPTIONS", "detect_leaks=0", 1); /* its threads leave libxml2's thread data */
    if (clock_seconds != 0) {
        char offset[32];
        snprintf(offset, sizeof(offset), "%+ld", clock_seconds);
        setenv("ASAN_OPTIONS", "detect_leaks=0:verify_asan_link_order=0", 1);
        setenv("LD_PRELOAD", clock_library, 1);
        setenv("FAKETIME", offset, 1);
        setenv("FAKETIME_DONT_FAKE_MONOTONIC", "1", 1);
    }
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    execv(PEER_PROGRAM, arguments);
    _exit(127);
}

static bool read_line(int fd, char *line, size_t size)
{
    size_t used = 0;
    while (used + 1 < size && read(fd, &line[used], 1) == 1) {
        if (line[used] == '\n') {
            line[used] = '\0';
            return true;
        }
        used++;
    }
    return false;
}

void peer_start(struct peer *peer, const char *const *options)
{
    const char *arguments[ARGUMENTS_MAX] = {PEER_PROGRAM, "--exit-with-stdin", "--user", PEER_USER};
    size_t count = 4;
    int in[2], out[2];
    char line[256];
    for (size_t i = 0; options != NULL && options[i] != NULL && count + 1 < ARGUMENTS_MAX; i++) {
        arguments[count++] = options[i];
    }
    memset(peer, 0, sizeof(*peer));
    MIC_REQUIRE(pipe2(in, O_CLOEXEC) == 0);
    MIC_REQUIRE(pipe2(out, O_CLOEXEC) == 0);
    peer->pid = fork();
    MIC_REQUIRE(peer->pid >= 0);
    if (peer->pid == 0) {
        char *copies[ARGUMENTS_MAX] = {NULL};
        for (size_t i = 0; i < count; i++) {
            copies[i] = strdup(arguments[i]);
        }
        run_peer(copies, in[0], out[1]);
    }
    close(in[0]);
    close(out[1]);
    peer->stdin_fd = in[1];
    bool is_up = read_line(out[0], line, sizeof(line));
    close(out[0]);
    const char *url = is_up ? strstr(line, "http") : NULL;
    MIC_REQUIRE(url != NULL);
    snprintf(peer->url, sizeof(peer->url), "%s", url);
    const char *colon = strrchr(peer->url, ':');
    MIC_REQUIRE(colon != NULL);
    peer->port = (unsigned)strtoul(colon + 1, NULL, 10);
}

void peer_start_with(struct peer *peer, const char *option)
{
    const char *const options[] = {option, NULL};
    peer_start(peer, options);
}

void peer_start_dialect(struct peer *peer, const char *dialect)
{
    const char *const usual[] = {"--dialect", dialect, NULL};
    const char *const downlevel[] = {"--downlevel", NULL};
    peer_start(peer, strcmp(dialect, "downlevel") == 0 ? downlevel : usual);
}

void peer_stop(struct peer *peer)
{
    if (peer->pid <= 0) {
        return;
    }
    close(peer->stdin_fd);
    kill(peer->pid, SIGTERM);
    waitpid(peer->pid, NULL, 0);
    peer->pid = 0;
}

const char *peer_lacks(const char *mechanism)
{
    static char reason[256];
    int out[2];
    int status = 0;
    MIC_REQUIRE(pipe2(out, O_CLOEXEC) == 0);
    pid_t pid = fork();
    MIC_REQUIRE(pid >= 0);
    if (pid == 0) {
        setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
        dup2(out[1], STDOUT_FILENO);
        execl(PEER_PROGRAM, PEER_PROGRAM, "--lacks", mechanism, (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    reason[0] = '\0';
    (void)read_line(out[0], reason, sizeof(reason));
    close(out[0]);
    MIC_REQUIRE(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
    return WEXITSTATUS(status) == 0 ? NULL : reason;
}

/* ---- its control channel, by hand: nothing of the library ---- */

static int dial(const struct peer *peer)
{
    int fd = -1;
    if (strchr(peer->url, '[') != NULL) {
        struct sockaddr_in6 to = {.sin6_family = AF_INET6,
                                  .sin6_port = htons((uint16_t)peer->port),
                                  .sin6_addr = in6addr_loopback};
        fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
        MIC_REQUIRE(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
    } else {
        struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)peer->port)};
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        MIC_REQUIRE(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
    }
    return fd;
}

static size_t talk_tls(int fd, const char *request, char *reply, size_t size)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL *tls = SSL_new(context);
    size_t used = 0;
    int got;
    SSL_set_fd(tls, fd);
    if (SSL_connect(tls) == 1 && SSL_write(tls, request, (int)strlen(request)) > 0) {
        while (used + 1 < size && (got = SSL_read(tls, reply + used, (int)(size - used - 1))) > 0) {
            used += (size_t)got;
        }
    }
    SSL_free(tls);
    SSL_CTX_free(context);
    return used;
}

static size_t talk_plain(int fd, const char *request, char *reply, size_t size)
{
    size_t used = 0;
    ssize_t got;
    if (write(fd, request, strlen(request)) > 0) {
        while (used + 1 < size && (got = read(fd, reply + used, size - used - 1)) > 0) {
            used += (size_t)got;
        }
    }
    return used;
}

static void control(const struct peer *peer, const char *method, const char *what, const char *body,
                    char *reply, size_t size)
{
    char request[4096];
    snprintf(request, sizeof(request),
             "%s /control/%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
             "Content-Type: text/plain\r\nContent-Length: %zu\r\n\r\n%s",
             method, what, strlen(body), body);
    int fd = dial(peer);
    size_t used = strncmp(peer->url, "https", 5) == 0 ? talk_tls(fd, request, reply, size)
                                                      : talk_plain(fd, request, reply, size);
    reply[used] = '\0';
    close(fd);
}

void peer_draw_kills(const struct peer *peer, const struct peer_kill *kills, size_t count)
{
    char specs[1024] = "";
    size_t used = 0;
    (void)printf("seed %#llx:", (unsigned long long)mic_test_seed());
    for (size_t i = 0; i < count && used < sizeof(specs); i++) {
        unsigned on = 1 + (unsigned)(mic_test_random() % kills[i].range);
        (void)printf(" %s,on=%u", kills[i].fault, on);
        used +=
            (size_t)snprintf(specs + used, sizeof(specs) - used, "%s,on=%u\n", kills[i].fault, on);
    }
    (void)printf("\n");
    MIC_REQUIRE(used < sizeof(specs));
    peer_set_faults(peer, specs);
}

void peer_control(const struct peer *peer, const char *what, const char *body)
{
    char reply[4096];
    control(peer, "POST", what, body, reply, sizeof(reply));
    MIC_REQUIRE(strstr(reply, "\nok") != NULL);
}

void peer_set_faults(const struct peer *peer, const char *specs)
{
    peer_control(peer, "faults", specs);
}

void peer_read_counters(const struct peer *peer, struct peer_counters *counters)
{
    control(peer, "GET", "counters", "", counters->text, sizeof(counters->text));
}

long peer_counter_in(const struct peer_counters *counters, const char *name)
{
    char line[128];
    snprintf(line, sizeof(line), "\n%s ", name);
    const char *at = strstr(counters->text, line);
    return at == NULL ? -1 : strtol(at + strlen(line), NULL, 10);
}

long peer_counter(const struct peer *peer, const char *name)
{
    struct peer_counters counters;
    peer_read_counters(peer, &counters);
    return peer_counter_in(&counters, name);
}

void peer_await(const struct peer *peer, const char *name, long at_least)
{
    const struct timespec pause = {.tv_nsec = 2 * 1000 * 1000};
    while (peer_counter(peer, name) < at_least) {
        nanosleep(&pause, NULL);
    }
}

const char *peer_cert(const char *name)
{
    static char path[512];
    snprintf(path, sizeof(path), "%s/%s", PEER_CERTS, name);
    return path;
}
