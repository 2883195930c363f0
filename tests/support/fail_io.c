#include "fail_io.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define ALWAYS (~0UL)

ssize_t __real_read(int fd, void *bytes, size_t size);
ssize_t __real_write(int fd, const void *bytes, size_t size);
ssize_t __real_recv(int fd, void *bytes, size_t size, int flags);
ssize_t __real_send(int fd, const void *bytes, size_t size, int flags);
ssize_t __real_readv(int fd, const struct iovec *pieces, int count);
ssize_t __real_writev(int fd, const struct iovec *pieces, int count);
ssize_t __real_recvmsg(int fd, struct msghdr *message, int flags);
ssize_t __real_sendmsg(int fd, const struct msghdr *message, int flags);
int __real_connect(int fd, const struct sockaddr *address, socklen_t size);

ssize_t __wrap_read(int fd, void *bytes, size_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
ssize_t __wrap_recv(int fd, void *bytes, size_t size, int flags);
ssize_t __wrap_send(int fd, const void *bytes, size_t size, int flags);
ssize_t __wrap_readv(int fd, const struct iovec *pieces, int count);
ssize_t __wrap_writev(int fd, const struct iovec *pieces, int count);
ssize_t __wrap_recvmsg(int fd, struct msghdr *message, int flags);
ssize_t __wrap_sendmsg(int fd, const struct msghdr *message, int flags);
int __wrap_connect(int fd, const struct sockaddr *address, socklen_t size);

static atomic_ulong count;
static atomic_ulong fail_at; /* value of `count` that fails; 0: none; ALWAYS: each */
static atomic_int fault_kind;
static atomic_bool was_hit;

enum decision { PASS, FAIL, CUT, FINISH };

static bool is_socket(int fd)
{
    struct stat status;
    int saved = errno;
    bool result = fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode);

    errno = saved;
    return result;
}

static bool is_hit(enum mic_io_fault fault)
{
    unsigned long number = atomic_fetch_add(&count, 1) + 1, wanted = atomic_load(&fail_at);

    if (wanted == ALWAYS) {
        return (fault != MIC_IO_AGAIN && fault != MIC_IO_INTR) || number % 2 == 1;
    }
    return number == wanted;
}

/* Sets errno for FAIL. */
static enum decision decide(int fd)
{
    enum mic_io_fault fault = (enum mic_io_fault)atomic_load(&fault_kind);

    if (!is_socket(fd) || !is_hit(fault)) {
        return PASS;
    }
    atomic_store(&was_hit, true);
    switch (fault) {
    case MIC_IO_RESET:
        errno = ECONNRESET;
        return FAIL;
    case MIC_IO_AGAIN:
        errno = EAGAIN;
        return FAIL;
    case MIC_IO_INTR:
        errno = EINTR;
        return FAIL;
    case MIC_IO_SHORT:
        return CUT;
    case MIC_IO_END:
        errno = EPIPE;
        return FINISH;
    }
    return PASS;
}

static size_t cut(enum decision decision, size_t size)
{
    return decision == CUT && size > 1 ? 1 : size;
}

ssize_t __wrap_read(int fd, void *bytes, size_t size)
{
    enum decision decision = decide(fd);

    if (decision == FAIL || decision == FINISH) {
        return decision == FAIL ? -1 : 0;
    }
    return __real_read(fd, bytes, cut(decision, size));
}

ssize_t __wrap_recv(int fd, void *bytes, size_t size, int flags)
{
    enum decision decision = decide(fd);

    if (decision == FAIL || decision == FINISH) {
        return decision == FAIL ? -1 : 0;
    }
    return __real_recv(fd, bytes, cut(decision, size), flags);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t size)
{
    enum decision decision = decide(fd);

    if (decision == FAIL || decision == FINISH) {
        return -1;
    }
    return __real_write(fd, bytes, cut(decision, size));
}

ssize_t __wrap_send(int fd, const void *bytes, size_t size, int flags)
{
    enum decision decision = decide(fd);

    if (decision == FAIL || decision == FINISH) {
        return -1;
    }
    return __real_send(fd, bytes, cut(decision, size), flags);
}

/* The first byte of the first piece that has one. */
static struct iovec first_byte(const struct iovec *pieces, size_t piece_count)
{
    struct iovec piece = {NULL, 0};

    for (size_t i = 0; i < piece_count && piece.iov_len == 0; i++) {
        if (pieces[i].iov_len > 0) {
            piece.iov_base = pieces[i].iov_base;
            piece.iov_len = 1;
        }
    }
    return piece;
}

ssize_t __wrap_readv(int fd, const struct iovec *pieces, int piece_count)
{
    enum decision decision = decide(fd);

    if (decision == FAIL || decision == FINISH) {
        return decision == FAIL ? -1 : 0;
    }
    if (decision == CUT) {
        struct iovec piece = first_byte(pieces, (size_t)piece_count);
        return __real_readv(fd, &piece, 1);
    }
    return __real_readv(fd, pieces, piece_count);
}

ssize_t __wrap_writev(int fd, const struct iovec *pieces, int piece_count)
{
    enum decision decision = decide(fd);

    if (decision == FAIL || decision == FINISH) {
        return -1;
    }
    if (decision == CUT) {
        struct iovec piece = first_byte(pieces, (size_t)piece_count);
        return __real_writev(fd, &piece, 1);
    }
    return __real_writev(fd, pieces, piece_count);
}

ssize_t __wrap_recvmsg(int fd, struct msghdr *message, int flags)
{
    enum decision decision = decide(fd);

    if (decision == FAIL || decision == FINISH) {
        return decision == FAIL ? -1 : 0;
    }
    return __real_recvmsg(fd, message, flags);
}

ssize_t __wrap_sendmsg(int fd, const struct msghdr *message, int flags)
{
    enum decision decision = decide(fd);

    if (decision == FAIL || decision == FINISH) {
        return -1;
    }
    if (decision == CUT) {
        struct iovec piece = first_byte(message->msg_iov, message->msg_iovlen);
        struct msghdr shorter = *message;
        shorter.msg_iov = &piece;
        shorter.msg_iovlen = 1;
        return __real_sendmsg(fd, &shorter, flags);
    }
    return __real_sendmsg(fd, message, flags);
}

int __wrap_connect(int fd, const struct sockaddr *address, socklen_t size)
{
    enum decision decision = decide(fd);

    if (decision == FINISH) {
        errno = ETIMEDOUT;
        return -1;
    }
    if (decision == FAIL && errno == ECONNRESET) {
        errno = ECONNREFUSED;
    }
    if (decision == FAIL && errno != EAGAIN) {
        return -1;
    }
    return __real_connect(fd, address, size);
}

void mic_fail_io_at(unsigned long n, enum mic_io_fault fault)
{
    atomic_store(&was_hit, false);
    atomic_store(&fault_kind, (int)fault);
    atomic_store(&fail_at, n == 0 ? 0 : atomic_load(&count) + n);
}

void mic_fail_io_always(enum mic_io_fault fault)
{
    atomic_store(&was_hit, false);
    atomic_store(&fault_kind, (int)fault);
    atomic_store(&fail_at, ALWAYS);
}

bool mic_fail_io_hit(void)
{
    return atomic_load(&was_hit);
}

unsigned long mic_io_count(void)
{
    return atomic_load(&count);
}
