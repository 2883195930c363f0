/** What libFuzzer calls, and what standalone.c calls for each file of a corpus. */
#ifndef MIC_FUZZ_H
#define MIC_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
