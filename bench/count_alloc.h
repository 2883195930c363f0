/** Counts the library's allocations and nothing else: the tests' counter also fills new memory,
 *  which a measurement of time must not pay for. */
#ifndef BENCH_COUNT_ALLOC_H
#define BENCH_COUNT_ALLOC_H

/** @return allocations asked for since the program began. */
unsigned long bench_alloc_count(void);

#endif
