/* Loaded into a 32-bit Wine that QEMU runs. Wine keeps the upper half of the address space for
   itself by asking for it in ever smaller pieces with MAP_FIXED_NOREPLACE. QEMU before 8.1 does not
   know that flag and answers each of thousands of questions slowly; here they are answered at once:
   taken. No header, because there is no C library for this target to compile against. */

#define FIXED           0x10
#define FIXED_NOREPLACE 0x100000
#define UPPER_HALF      0x80000000U
#define PAGE_MASK       4095
#define SYS_MUNMAP      91
#define SYS_MMAP2       192
#define ERROR_EXIST     17
#define ERROR_INVALID   22

extern int *__errno_location(void);
extern long syscall(long number, ...);

static void *failed(int error)
{
    *__errno_location() = error;
    return (void *)-1;
}

void *mmap64(void *address, unsigned long size, int protection, int flags, int file,
             long long offset);
void *mmap64(void *address, unsigned long size, int protection, int flags, int file,
             long long offset)
{
    int only_here = (flags & FIXED_NOREPLACE) != 0 && (flags & FIXED) == 0;
    long got;

    if ((offset & PAGE_MASK) != 0) {
        return failed(ERROR_INVALID);
    }
    if (only_here && (unsigned long)address >= UPPER_HALF) {
        return failed(ERROR_EXIST);
    }
    got = syscall(SYS_MMAP2, address, size, protection, flags & ~FIXED_NOREPLACE, file,
                  (unsigned long)(offset >> 12));
    if (only_here && got != -1 && (void *)got != address) {
        syscall(SYS_MUNMAP, got, size);
        return failed(ERROR_EXIST);
    }
    return (void *)got;
}
