/** Threads of the library: they leave the product's signals alone. */
#ifndef MIC_LOOP_THREAD_H
#define MIC_LOOP_THREAD_H

#include <pthread.h>

/** Start a joinable thread with all signals blocked, except the synchronous faults (SIGSEGV and its
 *  kin), which a blocked mask would turn into a silent death past the product's crash handler.
 *  @param name at most 15 characters, shown by debuggers
 *  @return 0 or an errno value */
int mic_thread_start(pthread_t *thread, const char *name, void *(*run)(void *context),
                     void *context);

/** A condition that waits by the monotonic clock. @return 0 or an errno value */
int mic_cond_init(pthread_cond_t *cond);
/** The time @p ms milliseconds from now, for pthread_cond_timedwait on such a condition. */
struct timespec mic_cond_deadline(unsigned ms);

#endif
