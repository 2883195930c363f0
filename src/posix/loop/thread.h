/** Threads of the library: they leave the product's signals alone. */
#ifndef MIC_LOOP_THREAD_H
#define MIC_LOOP_THREAD_H

#include <pthread.h>

/** Start a joinable thread with all signals blocked, except the synchronous faults (SIGSEGV and its
 *  kin), which a blocked mask would turn into a silent death past the product's crash handler.
 *  @return 0 or an errno value */
int mic_thread_start(pthread_t *thread, void *(*run)(void *context), void *context);
/** Name the current thread for debuggers: itself it can in one system call, for its parent it
 *  takes three. @param name at most 15 characters */
void mic_thread_name(const char *name);

/** A condition that waits by the monotonic clock. @return 0 or an errno value */
int mic_cond_init(pthread_cond_t *cond);
/** The time @p ms milliseconds from now, for pthread_cond_timedwait on such a condition. */
struct timespec mic_cond_deadline(unsigned ms);

#endif
