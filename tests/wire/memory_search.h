/** Searching all memory that this process may write to. What is looked for is kept turned over, so
 * that the search does not find itself. */
#ifndef MEMORY_SEARCH_H
#define MEMORY_SEARCH_H

#include <stddef.h>

#define TURN    0x55
#define OVERLAP ((size_t)64) /* the longest needle */

struct needle {
    unsigned char turned[OVERLAP];
    size_t size;
};

/** How often it is there. */
unsigned search_memory(const struct needle *needle);

#endif
