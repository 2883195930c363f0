#include "memory_search.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "mic_test.h"

#define WINDOW     ((size_t)1 << 20)
#define REGION_MAX ((size_t)1 << 28) /* more than that is a sanitizer's own */

static unsigned char window[WINDOW + OVERLAP];

static bool is_at(const struct needle *needle, const unsigned char *at)
{
    for (size_t i = 0; i < needle->size; i++) {
        if ((at[i] ^ TURN) != needle->turned[i]) {
            return false;
        }
    }
    return true;
}

static unsigned count_in(const struct needle *needle, size_t size)
{
    const unsigned char *at = window, *end = window + size;
    unsigned found = 0;
    while ((size_t)(end - at) >= needle->size &&
           (at = memchr(at, needle->turned[0] ^ TURN, (size_t)(end - at) - needle->size + 1)) !=
               NULL) {
        found += is_at(needle, at);
        at++;
    }
    return found;
}

/* Not the window itself, which holds what was copied into it. */
static unsigned search_region(int fd, const struct needle *needle, unsigned long begin,
                              unsigned long end)
{
    unsigned found = 0;
    size_t kept = 0;
    while (begin < end) {
        size_t want = end - begin < WINDOW ? end - begin : WINDOW;
        unsigned long mine = (unsigned long)(uintptr_t)window;
        if (begin < mine + sizeof(window) && begin + want > mine) {
            want = begin < mine ? mine - begin : 0;
        }
        if (want == 0) {
            begin = mine + sizeof(window);
            kept = 0;
            continue;
        }
        ssize_t got = pread(fd, window + kept, want, (off_t)begin);
        if (got <= 0) {
            break;
        }
        found += count_in(needle, kept + (size_t)got);
        size_t total = kept + (size_t)got;
        kept = total < needle->size - 1 ? total : needle->size - 1;
        memmove(window, window + total - kept, kept);
        begin += (unsigned long)got;
    }
    memset(window, 0, sizeof(window));
    return found;
}

unsigned search_memory(const struct needle *needle)
{
    FILE *maps = fopen("/proc/self/maps", "re");
    int fd = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    char line[512], rights[8];
    unsigned long begin, end;
    unsigned found = 0;
    MIC_REQUIRE(maps != NULL && fd >= 0);
    while (fgets(line, sizeof(line), maps) != NULL) {
        if (sscanf(line, "%lx-%lx %7s", &begin, &end, rights) == 3 && rights[0] == 'r' &&
            rights[1] == 'w' && end - begin <= REGION_MAX) {
            found += search_region(fd, needle, begin, end);
        }
    }
    fclose(maps);
    close(fd);
    return found;
}
