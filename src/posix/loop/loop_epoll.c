#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/mem.h"
#include "loop/poller.h"

#define BATCH 128

const bool mic_poller_is_open_in_wait = true;

struct mic_poller {
    int epoll_fd;
    int wake_fd; /* eventfd, edge-triggered so that it need not be read; its events carry no mic_io
                  */
    int fetched;
    bool has_unwatched; /* since mic_poller_prepare */
    int ready;          /* what the last wait has brought, and it is in batch */
    struct epoll_event batch[BATCH];
};

static uint32_t to_epoll(unsigned wanted)
{
    uint32_t events = 0;

    if (wanted & MIC_IO_READ) {
        events |= EPOLLIN;
    }
    if (wanted & MIC_IO_WRITE) {
        events |= EPOLLOUT;
    }
    /* Errors and hang-ups are always reported: at least not over and over when nobody asks. */
    return events != 0 ? events : (uint32_t)EPOLLET;
}

struct mic_poller *mic_poller_new(struct mic_err *err)
{
    struct mic_poller *poller = mic_calloc(1, sizeof(*poller));
    struct epoll_event event = {.events = EPOLLIN | (uint32_t)EPOLLET, .data = {.ptr = NULL}};

    if (!poller) {
        (void)mic_err_set(err, MIC_E_MEMORY, "Out of memory for the I/O loop");
        return NULL;
    }
    poller->wake_fd = -1;
    poller->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (poller->epoll_fd >= 0) {
        poller->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    }
    if (poller->wake_fd < 0 ||
        epoll_ctl(poller->epoll_fd, EPOLL_CTL_ADD, poller->wake_fd, &event) != 0) {
        (void)mic_err_set_errno(err, MIC_E_RESOURCE, errno,
                                "Cannot create the I/O loop's descriptors");
        mic_poller_free(poller, true);
        return NULL;
    }
    return poller;
}

void mic_poller_free(struct mic_poller *poller, bool is_owner)
{
    (void)is_owner; /* closing is enough, and leaves the parent's registrations as they are */
    if (!poller) {
        return;
    }
    if (poller->wake_fd >= 0) {
        (void)close(poller->wake_fd);
    }
    if (poller->epoll_fd >= 0) {
        (void)close(poller->epoll_fd);
    }
    mic_free(poller);
}

void mic_poller_wake(struct mic_poller *poller)
{
    const uint64_t one = 1;

    while (write(poller->wake_fd, &one, sizeof(one)) < 0 && errno == EINTR) {
    }
}

void mic_poller_prepare(struct mic_poller *poller)
{
    poller->has_unwatched = false;
}

void mic_poller_wait(struct mic_poller *poller, int wait_ms)
{
    int count = epoll_wait(poller->epoll_fd, poller->batch, BATCH, wait_ms < 0 ? -1 : wait_ms);

    poller->ready = count > 0 ? count : 0;
}

/* An event of a mic_io that has gone meanwhile may be among them. All are level-triggered: those of
 * the others come again. */
void mic_poller_fetch(struct mic_poller *poller)
{
    poller->fetched = poller->has_unwatched ? 0 : poller->ready;
}

static unsigned dispatch_one(const struct epoll_event *event)
{
    struct mic_io *io = event->data.ptr;
    unsigned events = 0;

    if (!io) {
        return 0;
    }
    if (event->events & EPOLLIN) {
        events |= MIC_IO_READ;
    }
    if (event->events & EPOLLOUT) {
        events |= MIC_IO_WRITE;
    }
    if (event->events & (EPOLLERR | EPOLLHUP)) {
        events = MIC_IO_READ | MIC_IO_WRITE | MIC_IO_ERROR;
    }
    /* What is wanted may have changed since the event was fetched. */
    if ((events & io->wanted) == 0) {
        return 0;
    }
    io->ready(io->context, (events & io->wanted) | (events & MIC_IO_ERROR));
    return 1;
}

unsigned mic_poller_dispatch(struct mic_poller *poller)
{
    unsigned count = 0;

    for (int i = 0; i < poller->fetched; i++) {
        if (poller->batch[i].events != 0) {
            count += dispatch_one(&poller->batch[i]);
        }
    }
    poller->fetched = 0;
    return count;
}

MI_Result mic_poller_watch(struct mic_poller *poller, struct mic_io *io, unsigned wanted,
                           struct mic_err *err)
{
    struct epoll_event event = {.events = to_epoll(wanted), .data = {.ptr = io}};

    if (epoll_ctl(poller->epoll_fd, EPOLL_CTL_ADD, io->fd, &event) != 0) {
        return mic_err_set_errno(err, errno == ENOMEM ? MIC_E_MEMORY : MIC_E_RESOURCE, errno,
                                 "Cannot watch descriptor %d", io->fd);
    }
    io->wanted = wanted;
    io->is_watched = true;
    return MI_RESULT_OK;
}

void mic_poller_modify(struct mic_poller *poller, struct mic_io *io, unsigned wanted)
{
    struct epoll_event event = {.events = to_epoll(wanted), .data = {.ptr = io}};

    (void)epoll_ctl(poller->epoll_fd, EPOLL_CTL_MOD, io->fd, &event);
}

void mic_poller_unwatch(struct mic_poller *poller, struct mic_io *io)
{
    struct epoll_event event = {.events = 0, .data = {.ptr = NULL}};

    (void)epoll_ctl(poller->epoll_fd, EPOLL_CTL_DEL, io->fd, &event);
    poller->has_unwatched = true;
    for (int i = 0; i < poller->fetched; i++) {
        if (poller->batch[i].data.ptr == io) {
            poller->batch[i] = event;
        }
    }
}
