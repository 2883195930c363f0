/* In place of Microsoft's C library: the entry point, the functions that compilers call by
   themselves, and the directory in which a linker puts the tables of /guard:cf and /safeseh. */

#include <stddef.h>

int consumer(void);
__declspec(dllimport) void __stdcall ExitProcess(unsigned int status);
void mainCRTStartup(void);
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *memory, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);

void mainCRTStartup(void)
{
    ExitProcess((unsigned int)consumer());
}

void *memcpy(void *to, const void *from, size_t size)
{
    volatile char *target = to;
    const char *source = from;

    for (size_t i = 0; i < size; i++) {
        target[i] = source[i];
    }
    return to;
}

void *memmove(void *to, const void *from, size_t size)
{
    volatile char *target = to;
    const char *source = from;

    if (target < source) {
        return memcpy(to, from, size);
    }
    while (size-- > 0) {
        target[size] = source[size];
    }
    return to;
}

void *memset(void *memory, int byte, size_t size)
{
    volatile char *target = memory;

    for (size_t i = 0; i < size; i++) {
        target[i] = (char)byte;
    }
    return memory;
}

int memcmp(const void *a, const void *b, size_t size)
{
    const unsigned char *left = a, *right = b;

    for (size_t i = 0; i < size; i++) {
        if (left[i] != right[i]) {
            return left[i] - right[i];
        }
    }
    return 0;
}

/* IMAGE_LOAD_CONFIG_DIRECTORY up to GuardFlags. A linker finds it by its name and defines what it
   points at. */
extern const char __guard_fids_table[], __guard_fids_count[], __guard_flags[];
extern const char __safe_se_handler_table[], __safe_se_handler_count[];
struct load_config {
    unsigned int size;
    unsigned int times_and_versions[5];
    size_t sizes_and_affinity[6];
    unsigned int heap_flags_and_versions[2];
    size_t edit_list, cookie;
    const char *handlers, *handler_count;
    size_t check, dispatch;
    const char *functions, *function_count, *flags;
};
extern const struct load_config _load_config_used;
const struct load_config _load_config_used = {
    .size = sizeof(struct load_config),
#if defined(_M_IX86)
    .handlers = __safe_se_handler_table,
    .handler_count = __safe_se_handler_count,
#endif
    .functions = __guard_fids_table,
    .function_count = __guard_fids_count,
    .flags = __guard_flags,
};
