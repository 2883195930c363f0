/* What the programs that measure the library share. */
#ifndef BENCH_RESULTS_H
#define BENCH_RESULTS_H

#include <mi.h>

#include "measure.h"

void bench_check(MI_Result result, const char *what);
/** Takes results until @p count is @p most or there are no more, and closes the operation. */
void bench_drain(MI_Operation *operation, struct measure *measure, unsigned long *count,
                 unsigned long most);
/** The key of one Peer_Many instance; the caller deletes it. */
MI_Instance *bench_key(MI_Application *application);

#endif
