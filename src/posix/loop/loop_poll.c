#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "base/mem.h"
#include "loop/poller.h"

#define FIRST_CAPACITY 16u

const bool mic_poller_is_open_in_wait = false; /* poll looks at what it was given */

/* Slot 0 is the wake pipe's; io->slot is a mic_io's. A slot given up in a round keeps its place,
 * with no mic_io and no descriptor, until the round is over. */
struct mic_poller {
    struct pollfd *polled;
    struct mic_io **watched;
    size_t count, capacity;
    size_t ready;   /* slots the last wait has looked at, 0 when none of them is ready */
    size_t fetched; /* slots of the present round */
    bool has_holes;
    int wake_read_fd, wake_write_fd;
};

static short to_poll(unsigned wanted)
{
    int events = 0;

    if (wanted & MIC_IO_READ) {
        events |= POLLIN;
    }
    if (wanted & MIC_IO_WRITE) {
        events |= POLLOUT;
    }
    return (short)events;
}

static bool grow(struct mic_poller *poller)
{
    size_t capacity = poller->capacity > 0 ? poller->capacity : FIRST_CAPACITY / 2, size;
    struct pollfd *polled;
    struct mic_io **watched;

    if (poller->count < poller->capacity) {
        return true;
    }
    if (!mic_size_mul(capacity, 2, &capacity) ||
        !mic_size_mul(capacity, sizeof(struct pollfd), &size)) {
        return false;
    }
    polled = mic_realloc(poller->polled, size);
    if (!polled) {
        return false;
    }
    poller->polled = polled;
    if (!mic_size_mul(capacity, sizeof(struct mic_io *), &size)) {
        return false;
    }
    watched = mic_realloc(poller->watched, size);
    if (!watched) {
        return false;
    }
    poller->watched = watched;
    poller->capacity = capacity;
    return true;
}

/* Without room for it: nothing is added. */
static bool add_slot(struct mic_poller *poller, struct mic_io *io, int fd, unsigned wanted)
{
    if (!grow(poller)) {
        return false;
    }
    poller->polled[poller->count].fd = wanted != 0 ? fd : -1;
    poller->polled[poller->count].events = to_poll(wanted);
    poller->polled[poller->count].revents = 0;
    poller->watched[poller->count] = io;
    poller->count++;
    return true;
}

/* pipe2 is not everywhere. @return false with errno set */
static bool open_pipe(struct mic_poller *poller)
{
    int ends[2];

    if (pipe(ends) != 0) {
        return false;
    }
    poller->wake_read_fd = ends[0];
    poller->wake_write_fd = ends[1];
    for (size_t i = 0; i < 2; i++) {
        if (fcntl(ends[i], F_SETFD, FD_CLOEXEC) != 0 || fcntl(ends[i], F_SETFL, O_NONBLOCK) != 0) {
            return false;
        }
    }
    return true;
}

struct mic_poller *mic_poller_new(struct mic_err *err)
{
    struct mic_poller *poller = mic_calloc(1, sizeof(*poller));

    if (!poller) {
        goto no_memory;
    }
    poller->wake_read_fd = poller->wake_write_fd = -1;
    if (!open_pipe(poller)) {
        (void)mic_err_set_errno(err, MIC_E_RESOURCE, errno,
                                "Cannot create the I/O loop's descriptors");
        mic_poller_free(poller, true);
        return NULL;
    }
    if (add_slot(poller, NULL, poller->wake_read_fd, MIC_IO_READ)) {
        return poller;
    }

no_memory:
    mic_poller_free(poller, true);
    (void)mic_err_set(err, MIC_E_MEMORY, "Out of memory for the I/O loop");
    return NULL;
}

void mic_poller_free(struct mic_poller *poller, bool is_owner)
{
    (void)is_owner; /* nothing here is shared with a parent but the pipe's ends */
    if (!poller) {
        return;
    }
    if (poller->wake_read_fd >= 0) {
        (void)close(poller->wake_read_fd);
        (void)close(poller->wake_write_fd);
    }
    mic_free(poller->polled);
    mic_free(poller->watched);
    mic_free(poller);
}

void mic_poller_wake(struct mic_poller *poller)
{
    /* EAGAIN: the pipe is full, so the thread is awake. The reading end is never closed before. */
    while (write(poller->wake_write_fd, "", 1) < 0 && errno == EINTR) {
    }
}

void mic_poller_prepare(struct mic_poller *poller)
{
    (void)poller;
}

void mic_poller_wait(struct mic_poller *poller, int wait_ms)
{
    int count = poll(poller->polled, (nfds_t)poller->count, wait_ms < 0 ? -1 : wait_ms);

    poller->ready = count > 0 ? poller->count : 0;
}

void mic_poller_fetch(struct mic_poller *poller)
{
    poller->fetched = poller->ready;
}

static void drain(struct mic_poller *poller)
{
    char bytes[64];

    while (read(poller->wake_read_fd, bytes, sizeof(bytes)) == (ssize_t)sizeof(bytes)) {
    }
}

static unsigned dispatch_one(struct mic_io *io, int found)
{
    unsigned events = 0;

    if (found & POLLIN) {
        events |= MIC_IO_READ;
    }
    if (found & POLLOUT) {
        events |= MIC_IO_WRITE;
    }
    if (found & (POLLERR | POLLHUP | POLLNVAL)) {
        events = MIC_IO_READ | MIC_IO_WRITE | MIC_IO_ERROR;
    }
    /* What is wanted may have changed since the event was fetched. */
    if ((events & io->wanted) == 0) {
        return 0;
    }
    io->ready(io->context, (events & io->wanted) | (events & MIC_IO_ERROR));
    return 1;
}

static void close_holes(struct mic_poller *poller)
{
    size_t kept = 1;

    for (size_t i = 1; i < poller->count; i++) {
        struct mic_io *io = poller->watched[i];

        if (io) {
            poller->polled[kept] = poller->polled[i];
            poller->watched[kept] = io;
            io->slot = kept++;
        }
    }
    poller->count = kept;
    poller->has_holes = false;
}

unsigned mic_poller_dispatch(struct mic_poller *poller)
{
    unsigned count = 0;

    if (poller->fetched > 0 && poller->polled[0].revents != 0) {
        drain(poller);
    }
    /* By index: callbacks may add slots behind and move the arrays. */
    for (size_t i = 1; i < poller->fetched; i++) {
        int found = poller->polled[i].revents;

        if (found != 0 && poller->watched[i]) {
            count += dispatch_one(poller->watched[i], found);
        }
    }
    poller->fetched = 0;
    if (poller->has_holes) {
        close_holes(poller);
    }
    return count;
}

MI_Result mic_poller_watch(struct mic_poller *poller, struct mic_io *io, unsigned wanted,
                           struct mic_err *err)
{
    if (fcntl(io->fd, F_GETFD) < 0) {
        return mic_err_set_errno(err, MIC_E_RESOURCE, errno, "Cannot watch descriptor %d", io->fd);
    }
    if (!add_slot(poller, io, io->fd, wanted)) {
        return mic_err_set(err, MIC_E_MEMORY, "Out of memory for watching a descriptor");
    }
    io->slot = poller->count - 1;
    io->wanted = wanted;
    io->is_watched = true;
    return MI_RESULT_OK;
}

void mic_poller_modify(struct mic_poller *poller, struct mic_io *io, unsigned wanted)
{
    struct pollfd *slot = &poller->polled[io->slot];

    slot->fd = wanted != 0 ? io->fd : -1;
    slot->events = to_poll(wanted);
}

void mic_poller_unwatch(struct mic_poller *poller, struct mic_io *io)
{
    poller->polled[io->slot].fd = -1;
    poller->polled[io->slot].revents = 0;
    poller->watched[io->slot] = NULL;
    poller->has_holes = true;
}
