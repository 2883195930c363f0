#ifndef MIC_FREESTANDING_STRING_H
#define MIC_FREESTANDING_STRING_H

/* What mi.h and src/win32 use of <string.h>, for compilers that have no C library of their target
   beside them. The compiler may also call these four by itself. */

#include <stddef.h>

void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *memory, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);

#endif
