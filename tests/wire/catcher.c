#include "catcher.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mic_test.h"

static bool is_complete(const struct catcher *catcher)
{
    const char *body = strstr(catcher->text, "\r\n\r\n");
    const char *length = strstr(catcher->text, "Content-Length: ");
    if (body == NULL) {
        return false;
    }
    size_t wanted = length == NULL ? 0 : strtoul(length + 16, NULL, 10);
    return catcher->size >= (size_t)(body + 4 - catcher->text) + wanted;
}

static void *run(void *context)
{
    static const char answer[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n"
                                 "Connection: close\r\n\r\n";
    struct catcher *catcher = context;
    int fd = accept4(catcher->fd, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0) {
        return NULL;
    }
    catcher->accepted++;
    while (!is_complete(catcher) && catcher->size + 1 < sizeof(catcher->text)) {
        ssize_t got =
            recv(fd, catcher->text + catcher->size, sizeof(catcher->text) - catcher->size - 1, 0);
        if (got <= 0) {
            break;
        }
        catcher->size += (size_t)got;
        catcher->text[catcher->size] = '\0';
    }
    (void)send(fd, answer, sizeof(answer) - 1, MSG_NOSIGNAL);
    close(fd);
    return NULL;
}

void catcher_start(struct catcher *catcher)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t size = sizeof(at);
    memset(catcher, 0, sizeof(*catcher));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    catcher->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    MIC_REQUIRE(catcher->fd >= 0);
    MIC_REQUIRE(bind(catcher->fd, (struct sockaddr *)&at, sizeof(at)) == 0);
    MIC_REQUIRE(listen(catcher->fd, 8) == 0);
    MIC_REQUIRE(getsockname(catcher->fd, (struct sockaddr *)&at, &size) == 0);
    catcher->port = ntohs(at.sin_port);
    MIC_REQUIRE(pthread_create(&catcher->thread, NULL, run, catcher) == 0);
}

void catcher_stop(struct catcher *catcher)
{
    shutdown(catcher->fd, SHUT_RDWR); /* wakes an accept */
    pthread_join(catcher->thread, NULL);
    close(catcher->fd);
}

void catcher_expect(const struct catcher *catcher, const char *text)
{
    if (strstr(catcher->text, text) == NULL) {
        MIC_FAIL("not sent: %s\n%s", text, catcher->text);
    }
}

void catcher_expect_not(const struct catcher *catcher, const char *text)
{
    if (strstr(catcher->text, text) != NULL) {
        MIC_FAIL("sent: %s\n%s", text, catcher->text);
    }
}
