/** A port that keeps what is sent to it and answers 404: shows what reaches the wire. */
#ifndef CATCHER_H
#define CATCHER_H

#include <pthread.h>
#include <stddef.h>

struct catcher {
    int fd;
    unsigned port;
    unsigned accepted; /* connections so far; read it after catcher_stop */
    pthread_t thread;
    size_t size;
    char text[65536]; /* the first request, head and body */
};

void catcher_start(struct catcher *catcher);
/** Wait for its thread, which ends with the first request or here. */
void catcher_stop(struct catcher *catcher);
/** The first request holds this text; fails the test with the request otherwise. */
void catcher_expect(const struct catcher *catcher, const char *text);
void catcher_expect_not(const struct catcher *catcher, const char *text);

#endif
