/* Requests that are held until something happens, and never beyond the end of their connection. */
#include "bell.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

void peer_bell_init(struct peer_bell *bell)
{
    memset(bell, 0, sizeof *bell);
    pthread_mutex_init(&bell->lock, NULL);
}

void peer_bell_fini(struct peer_bell *bell)
{
    pthread_mutex_destroy(&bell->lock);
}

int peer_bell_join(struct peer_bell *bell)
{
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

    pthread_mutex_lock(&bell->lock);
    if (fd >= 0 && bell->count < sizeof bell->fds / sizeof bell->fds[0]) {
        bell->fds[bell->count++] = fd;
    } else if (fd >= 0) {
        close(fd);
        fd = -1;
    }
    pthread_mutex_unlock(&bell->lock);
    return fd;
}

void peer_bell_leave(struct peer_bell *bell, int fd)
{
    if (fd < 0) {
        return;
    }
    pthread_mutex_lock(&bell->lock);
    for (size_t i = 0; i < bell->count; i++) {
        if (bell->fds[i] == fd) {
            bell->fds[i] = bell->fds[--bell->count];
            break;
        }
    }
    pthread_mutex_unlock(&bell->lock);
    close(fd);
}

void peer_bell_ring(struct peer_bell *bell)
{
    pthread_mutex_lock(&bell->lock);
    for (size_t i = 0; i < bell->count; i++) {
        eventfd_write(bell->fds[i], 1);
    }
    pthread_mutex_unlock(&bell->lock);
}

enum peer_wake peer_bell_wait(struct peer_conn *conn, int fd, uint64_t ms)
{
    uint64_t until = peer_now_ms() + ms;
    struct pollfd polls[2] = {{.fd = conn->fd, .events = POLLRDHUP}, {.fd = fd, .events = POLLIN}};
    eventfd_t value;

    for (;;) {
        uint64_t now = peer_now_ms();
        int n = poll(polls, 2, now < until ? (int)(until - now) : 0);

        if (n < 0 && errno != EINTR) {
            return WAKE_GONE;
        }
        if (peer_is_stopping(conn->peer) ||
            (n > 0 && (polls[0].revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0)) {
            return WAKE_GONE;
        }
        if (n > 0 && polls[1].revents != 0) {
            eventfd_read(fd, &value);
            return WAKE_RUNG;
        }
        if (peer_now_ms() >= until) {
            return WAKE_TIME;
        }
    }
}
