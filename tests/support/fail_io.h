/** Faults in the n-th call on a socket. A test links mic_fail_io, whose link options put these
 *  functions in front of read, write, recv, send, readv, writev, sendmsg, recvmsg and connect as
 * the library's objects call them; calls on other descriptors (files, eventfd) pass uncounted, and
 * so do calls made inside shared libraries. Thread-safe. */
#ifndef MIC_FAIL_IO_H
#define MIC_FAIL_IO_H

#include <stdbool.h>

enum mic_io_fault {
    MIC_IO_RESET, /* -1 with ECONNRESET; connect: ECONNREFUSED */
    MIC_IO_AGAIN, /* -1 with EAGAIN though there may be bytes; connect: passes */
    MIC_IO_INTR,  /* -1 with EINTR */
    MIC_IO_SHORT, /* one byte is carried; connect: passes */
    MIC_IO_END    /* reading: 0 bytes, the end; writing: EPIPE; connect: ETIMEDOUT */
};

/** The @p n-th socket call from now on, counted from 1, meets @p fault, and no other; 0: none. */
void mic_fail_io_at(unsigned long n, enum mic_io_fault fault);
/** Every socket call from now on meets @p fault (for AGAIN and INTR: every second one). */
void mic_fail_io_always(enum mic_io_fault fault);
bool mic_fail_io_hit(void);
/** @return socket calls since the program began. */
unsigned long mic_io_count(void);

#endif
