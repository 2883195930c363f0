#include "loop/thread.h"

#include <signal.h>
#include <time.h>

int mic_thread_start(pthread_t *thread, void *(*run)(void *context), void *context)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS};
    sigset_t blocked, old;
    int result;

    (void)sigfillset(&blocked);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        (void)sigdelset(&blocked, faults[i]);
    }
    result = pthread_sigmask(SIG_SETMASK, &blocked, &old);
    if (result != 0) {
        return result;
    }
    /* The new thread inherits the mask: there is no moment in which a signal could reach it. */
    result = pthread_create(thread, NULL, run, context);
    (void)pthread_sigmask(SIG_SETMASK, &old, NULL);
    return result;
}

void mic_thread_name(const char *name)
{
    (void)pthread_setname_np(pthread_self(), name);
}

int mic_cond_init(pthread_cond_t *cond)
{
    pthread_condattr_t attributes;
    int result = pthread_condattr_init(&attributes);

    if (result == 0) {
        result = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
        if (result == 0) {
            result = pthread_cond_init(cond, &attributes);
        }
        (void)pthread_condattr_destroy(&attributes);
    }
    return result;
}

struct timespec mic_cond_deadline(unsigned ms)
{
    struct timespec at = {0, 0};

    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += (time_t)(ms / 1000);
    at.tv_nsec += (long)(ms % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}
