/** Compiler facts, in the one place where `#if` may stand. */
#ifndef MIC_BASE_COMPILER_H
#define MIC_BASE_COMPILER_H

#define MIC_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define MIC_MUST_CHECK          __attribute__((warn_unused_result))
#define MIC_COUNT(array)        (sizeof(array) / sizeof((array)[0]))
#define MIC_CONTAINER(pointer, type, member)                                                       \
    ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

/* A clock that never jumps and goes on while the machine sleeps; CLOCK_MONOTONIC stops then on
 * Linux alone. */
#if defined(__linux__)
#    define MIC_CLOCK_ID CLOCK_BOOTTIME
#else
#    define MIC_CLOCK_ID CLOCK_MONOTONIC
#endif

#endif
