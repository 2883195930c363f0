/* What one run reports: a line of name=value pairs on stdout. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdint.h>

struct measure {
    uint64_t wall_start_us, cpu_start_us, first_us;
};

void measure_start(struct measure *measure);
/** The first result has been handed over. Only the first call counts. */
void measure_first(struct measure *measure);
/** @param count what was done; @param allocations of ours, -1: not counted. Peak memory is the
 *  process's own high-water mark of resident memory. */
void measure_print(const struct measure *measure, const char *name, unsigned long count,
                   long allocations);
/** Resident memory now, in KB. */
long measure_resident_kb(void);
/** Run on the last of the cores this process may use; the server is given the others. */
void measure_pin(void);
void bench_die(const char *what);

#endif
