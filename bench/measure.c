#include "measure.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static uint64_t wall_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000U + (uint64_t)now.tv_nsec / 1000U;
}

static uint64_t cpu_us(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000U +
           (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

void measure_start(struct measure *measure)
{
    measure->first_us = 0;
    measure->cpu_start_us = cpu_us();
    measure->wall_start_us = wall_us();
}

void measure_first(struct measure *measure)
{
    if (measure->first_us == 0) {
        measure->first_us = wall_us() - measure->wall_start_us;
    }
}

long measure_resident_kb(void)
{
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &pages, &resident) != 2) {
        resident = 0;
    }
    if (file != NULL) {
        fclose(file);
    }
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

void measure_print(const struct measure *measure, const char *name, unsigned long count,
                   long allocations)
{
    uint64_t wall = wall_us() - measure->wall_start_us, cpu = cpu_us() - measure->cpu_start_us;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("name=%s count=%lu wall_us=%llu cpu_us=%llu first_us=%llu peak_kb=%ld allocations=%ld\n",
           name, count, (unsigned long long)wall, (unsigned long long)cpu,
           (unsigned long long)measure->first_us, usage.ru_maxrss, allocations);
}

void measure_pin(void)
{
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0 || CPU_COUNT(&allowed) < 2) {
        return;
    }
    for (size_t core = CPU_SETSIZE; core-- > 0;) {
        if (CPU_ISSET(core, &allowed)) {
            CPU_ZERO(&allowed);
            CPU_SET(core, &allowed);
            (void)sched_setaffinity(0, sizeof(allowed), &allowed);
            return;
        }
    }
}

void bench_die(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}
