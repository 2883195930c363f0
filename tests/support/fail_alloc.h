/** Counting of the library's allocations, and failing the n-th. A test links mic_fail_alloc, whose
 *  link options put these functions in front of mic_alloc and mic_realloc. Thread-safe. */
#ifndef MIC_FAIL_ALLOC_H
#define MIC_FAIL_ALLOC_H

#include <stdbool.h>

/** The @p n-th allocation from now on fails, counted from 1, and no other; 0: none fails. */
void mic_fail_alloc_at(unsigned long n);
/** @return whether the allocation asked for by mic_fail_alloc_at has failed. */
bool mic_fail_alloc_hit(void);
/** @return allocations tried since the program began, failed ones too. */
unsigned long mic_alloc_count(void);
/** Call @p run with its first allocation failing, then the second, and so on, until a call in which
 *  none failed. @p run returns whether the work succeeded, and leaves nothing behind either way.
 *  @return the number of calls in which an allocation failed; -1 when @p run failed though no
 *  allocation did, or when it never came to an end within 100,000 calls. A call that succeeds in
 *  spite of a failed allocation is right where the code under test can do without the memory. */
long mic_fail_alloc_each(bool (*run)(void *context), void *context);

#endif
