/* Facts of the machine this runs on: operating system, processes, file systems. */
#include <dirent.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "model.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const live_ns[] = {"root/cimv2", "root/dcim", NULL};

static const struct peer_prop os_props[] = {
    {"Name", PT_STRING, PP_KEY, NULL, "Name of the operating system"},
    {"Caption", PT_STRING, 0, NULL, "Short name, with its version"},
    {"Version", PT_STRING, 0, NULL, "Release of the kernel"},
    {"BuildNumber", PT_STRING, 0, NULL, "Build of the distribution"},
    {"BuildType", PT_STRING, 0, NULL, NULL},
    {"Manufacturer", PT_STRING, 0, NULL, NULL},
    {"OSArchitecture", PT_STRING, 0, NULL, NULL},
    {"CSName", PT_STRING, 0, NULL, "Name of the computer"},
    {"CreationClassName", PT_STRING, 0, NULL, NULL},
    {"Description", PT_STRING, PP_WRITE, NULL, NULL},
    {"Status", PT_STRING, 0, NULL, NULL},
    {"Locale", PT_STRING, 0, NULL, NULL},
    {"MUILanguages", PT_STRING, PP_ARRAY, NULL, NULL},
    {"InstallDate", PT_DATETIME, 0, NULL, NULL},
    {"LastBootUpTime", PT_DATETIME, 0, NULL, "When the system was started"},
    {"LocalDateTime", PT_DATETIME, 0, NULL, "The clock, now"},
    {"UpTime", PT_DATETIME, 0, NULL, "Interval since the start"},
    {"CurrentTimeZone", PT_SINT16, 0, NULL, "Minutes east of Greenwich"},
    {"NumberOfProcesses", PT_UINT32, 0, NULL, NULL},
    {"NumberOfUsers", PT_UINT32, 0, NULL, NULL},
    {"NumberOfProcessors", PT_UINT16, 0, NULL, NULL},
    {"MaxNumberOfProcesses", PT_UINT32, 0, NULL, NULL},
    {"TotalVisibleMemorySize", PT_UINT64, 0, NULL, "Kilobytes"},
    {"FreePhysicalMemory", PT_UINT64, 0, NULL, "Kilobytes"},
    {"TotalSwapSpaceSize", PT_UINT64, 0, NULL, "Kilobytes"},
    {"FreeSpaceInPagingFiles", PT_UINT64, 0, NULL, "Kilobytes"},
    {"LoadAverage", PT_REAL64, PP_ARRAY, NULL, "Over 1, 5 and 15 minutes"},
    {"OSType", PT_UINT16, 0, NULL, NULL},
    {"ProductType", PT_UINT32, 0, NULL, NULL},
    {"Primary", PT_BOOLEAN, 0, NULL, NULL},
    {"Debug", PT_BOOLEAN, 0, NULL, NULL},
    {"CSDVersion", PT_STRING, 0, NULL, NULL},
    {"OtherTypeDescription", PT_STRING, 0, NULL, NULL},
    {"PowerManagementCapabilities", PT_UINT16, PP_ARRAY, NULL, NULL},
};

static const struct peer_prop process_props[] = {
    {"Handle", PT_STRING, PP_KEY, NULL, "Process number, as text"},
    {"ProcessId", PT_UINT32, 0, NULL, NULL},
    {"ParentProcessId", PT_UINT32, 0, NULL, NULL},
    {"Name", PT_STRING, 0, NULL, NULL},
    {"CommandLine", PT_STRING, 0, NULL, "Arguments, separated by blanks"},
    {"ExecutablePath", PT_STRING, 0, NULL, NULL},
    {"CreationClassName", PT_STRING, 0, NULL, NULL},
    {"CSName", PT_STRING, 0, NULL, NULL},
    {"OSName", PT_STRING, 0, NULL, NULL},
    {"CreationDate", PT_DATETIME, 0, NULL, NULL},
    {"TerminationDate", PT_DATETIME, 0, NULL, NULL},
    {"ExecutionState", PT_UINT16, 0, NULL, "As in CIM_Process"},
    {"Priority", PT_UINT32, PP_WRITE, NULL, NULL},
    {"ThreadCount", PT_UINT32, 0, NULL, NULL},
    {"SessionId", PT_UINT32, 0, NULL, NULL},
    {"WorkingSetSize", PT_UINT64, 0, NULL, "Bytes"},
    {"VirtualSize", PT_UINT64, 0, NULL, "Bytes"},
    {"KernelModeTime", PT_UINT64, 0, NULL, "Units of 100 ns"},
    {"UserModeTime", PT_UINT64, 0, NULL, "Units of 100 ns"},
    {"PageFaults", PT_UINT64, 0, NULL, NULL},
    {"Status", PT_STRING, 0, NULL, NULL},
};

static const struct peer_prop fs_props[] = {
    {"Name", PT_STRING, PP_KEY, NULL, "Where it is mounted"},
    {"DeviceID", PT_STRING, 0, NULL, "What is mounted"},
    {"MountPoint", PT_STRING, 0, NULL, NULL},
    {"FileSystem", PT_STRING, 0, NULL, NULL},
    {"FileSystemType", PT_STRING, 0, NULL, NULL},
    {"FileSystemSize", PT_UINT64, 0, NULL, "Bytes"},
    {"AvailableSpace", PT_UINT64, 0, NULL, "Bytes"},
    {"Size", PT_UINT64, 0, NULL, "Bytes"},
    {"FreeSpace", PT_UINT64, 0, NULL, "Bytes"},
    {"BlockSize", PT_UINT64, 0, NULL, "Bytes"},
    {"NumberOfFiles", PT_UINT64, 0, NULL, NULL},
    {"MaxFileNameLength", PT_UINT32, 0, NULL, NULL},
    {"DriveType", PT_UINT32, 0, NULL, NULL},
    {"PercentFree", PT_REAL32, 0, NULL, NULL},
    {"ReadOnly", PT_BOOLEAN, 0, NULL, NULL},
    {"MountOptions", PT_STRING, PP_ARRAY, NULL, NULL},
    {"CreationClassName", PT_STRING, 0, NULL, NULL},
    {"CSName", PT_STRING, 0, NULL, NULL},
    {"InstallDate", PT_DATETIME, 0, NULL, NULL},
};

/* Value of KEY=value or "Key: value kB" in a text of lines, quotes removed. */
static char *line_value(struct peer_arena *arena, const char *text, const char *key, char sep)
{
    size_t len = strlen(key);

    while (text != NULL && *text != '\0') {
        const char *end = strchr(text, '\n');

        if (strncmp(text, key, len) == 0 && text[len] == sep) {
            const char *from = text + len + 1;
            const char *to = end != NULL ? end : from + strlen(from);

            while (from < to && (*from == ' ' || *from == '\t' || *from == '"')) {
                from++;
            }
            while (to > from && (to[-1] == '"' || to[-1] == ' ')) {
                to--;
            }
            return peer_dupn(arena, from, (size_t)(to - from));
        }
        text = end != NULL ? end + 1 : NULL;
    }
    return NULL;
}

static uint64_t line_number(struct peer_arena *arena, const char *text, const char *key, char sep)
{
    char *value = line_value(arena, text, key, sep);

    return value != NULL ? strtoull(value, NULL, 10) : 0;
}

static const char *host_name(struct peer_arena *arena)
{
    struct utsname uts;

    return uname(&uts) == 0 ? peer_dup(arena, uts.nodename) : "localhost";
}

static const char *os_name(struct peer_arena *arena)
{
    struct peer_buf file = {0};
    char *name = NULL;

    if (peer_read_file("/etc/os-release", &file)) {
        name = line_value(arena, file.data, "PRETTY_NAME", '=');
    }
    peer_buf_free(&file);
    return name != NULL ? name : "Unknown system";
}

static unsigned count_processes(void)
{
    DIR *dir = opendir("/proc");
    struct dirent *entry;
    unsigned count = 0;

    if (dir == NULL) {
        return 0;
    }
    while ((entry = readdir(dir)) != NULL) {
        count += entry->d_name[0] >= '1' && entry->d_name[0] <= '9';
    }
    closedir(dir);
    return count;
}

static int64_t boot_time(void)
{
    struct peer_arena arena = {0};
    struct peer_buf file = {0};
    int64_t when = 0;

    if (peer_read_file("/proc/stat", &file)) {
        when = (int64_t)line_number(&arena, file.data, "btime", ' ');
    }
    peer_buf_free(&file);
    peer_arena_free(&arena);
    return when;
}

static void os_names(struct peer_arena *arena, struct peer_instance *inst)
{
    static const char *const languages[] = {"en-US"};
    struct peer_buf file = {0};
    struct utsname uts;
    const char *text;

    if (!peer_read_file("/etc/os-release", &file)) {
        peer_puts(&file, "");
    }
    peer_set(arena, inst, "Name", os_name(arena));
    peer_set(arena, inst, "Caption", os_name(arena));
    text = line_value(arena, file.data, "VERSION_ID", '=');
    peer_set(arena, inst, "BuildNumber", text != NULL ? text : "0");
    text = line_value(arena, file.data, "ID", '=');
    peer_set(arena, inst, "Manufacturer", text != NULL ? text : "unknown");
    if (uname(&uts) == 0) {
        peer_set(arena, inst, "Version", uts.release);
        peer_set(arena, inst, "BuildType", uts.version);
        peer_set(arena, inst, "OSArchitecture", uts.machine);
    }
    peer_set(arena, inst, "CSName", host_name(arena));
    peer_set(arena, inst, "CreationClassName", inst->cls->name);
    peer_set(arena, inst, "Description", "");
    peer_set(arena, inst, "Status", "OK");
    peer_set(arena, inst, "Locale", "0409");
    peer_set_array(arena, inst, "MUILanguages", 1, languages);
    peer_buf_free(&file);
}

static void os_memory(struct peer_arena *arena, struct peer_instance *inst)
{
    struct peer_buf file = {0};
    double load[3] = {0, 0, 0};
    const char *texts[3];

    if (peer_read_file("/proc/meminfo", &file)) {
        peer_set_u64(arena, inst, "TotalVisibleMemorySize",
                     line_number(arena, file.data, "MemTotal", ':'));
        peer_set_u64(arena, inst, "FreePhysicalMemory",
                     line_number(arena, file.data, "MemAvailable", ':'));
        peer_set_u64(arena, inst, "TotalSwapSpaceSize",
                     line_number(arena, file.data, "SwapTotal", ':'));
        peer_set_u64(arena, inst, "FreeSpaceInPagingFiles",
                     line_number(arena, file.data, "SwapFree", ':'));
    }
    peer_buf_free(&file);
    if (getloadavg(load, 3) == 3) {
        for (size_t i = 0; i < 3; i++) {
            texts[i] = peer_fmt(arena, "%.17g", load[i]);
        }
        peer_set_array(arena, inst, "LoadAverage", 3, texts);
    }
}

static void os_times(struct peer_arena *arena, struct peer_instance *inst)
{
    struct timespec now;
    struct timespec up;
    struct tm tm;
    struct stat st;
    int64_t boot = boot_time();

    clock_gettime(CLOCK_REALTIME, &now);
    clock_gettime(CLOCK_BOOTTIME, &up);
    if (boot == 0) {
        boot = now.tv_sec - up.tv_sec;
    }
    peer_set(arena, inst, "LastBootUpTime", peer_datetime(arena, boot, 0));
    peer_set(arena, inst, "LocalDateTime",
             peer_datetime(arena, now.tv_sec, (unsigned)(now.tv_nsec / 1000)));
    peer_set(arena, inst, "UpTime",
             peer_interval(arena, (uint64_t)up.tv_sec, (unsigned)(up.tv_nsec / 1000)));
    if (stat("/etc/machine-id", &st) == 0 || stat("/", &st) == 0) {
        peer_set(arena, inst, "InstallDate", peer_datetime(arena, st.st_mtime, 0));
    }
    if (localtime_r(&now.tv_sec, &tm) != NULL) {
        peer_set_s64(arena, inst, "CurrentTimeZone", tm.tm_gmtoff / 60);
    }
}

static const struct peer_instance *os_make(struct peer_arena *arena, const struct peer_class *cls,
                                           const char *ns)
{
    struct peer_instance *inst = peer_instance_new(arena, cls, ns);
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);

    os_names(arena, inst);
    os_memory(arena, inst);
    os_times(arena, inst);
    peer_set_u64(arena, inst, "NumberOfProcesses", count_processes());
    peer_set_u64(arena, inst, "NumberOfUsers", 1);
    peer_set_u64(arena, inst, "NumberOfProcessors", cpus > 0 ? (uint64_t)cpus : 1);
    peer_set_u64(arena, inst, "MaxNumberOfProcesses", 4294967295U);
    peer_set_u64(arena, inst, "OSType", 36);
    peer_set_u64(arena, inst, "ProductType", 3);
    peer_set_bool(arena, inst, "Primary", true);
    peer_set_bool(arena, inst, "Debug", false);
    return inst;
}

static void os_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                    struct peer_arena *arena, struct peer_sink *sink)
{
    (void)peer;
    sink->emit(sink, os_make(arena, cls, ns));
}

/* /proc/PID/stat behind the command name, split at blanks; field 0 is the state. */
static size_t stat_fields(char *text, const char **fields, size_t max)
{
    char *at = strrchr(text, ')');
    size_t count = 0;

    if (at == NULL) {
        return 0;
    }
    for (at++; *at != '\0' && count < max;) {
        while (*at == ' ' || *at == '\n') {
            at++;
        }
        if (*at == '\0') {
            break;
        }
        fields[count++] = at;
        while (*at != '\0' && *at != ' ' && *at != '\n') {
            at++;
        }
        if (*at != '\0') {
            *at++ = '\0';
        }
    }
    return count;
}

static unsigned execution_state(char state)
{
    switch (state) {
    case 'R':
        return 3;
    case 'S':
    case 'D':
    case 'I':
        return 4;
    case 'T':
    case 't':
        return 6;
    case 'Z':
    case 'X':
        return 7;
    default:
        return 0;
    }
}

static uint64_t ticks_to_100ns(const char *text)
{
    long hz = sysconf(_SC_CLK_TCK);

    return strtoull(text, NULL, 10) * (10000000U / (uint64_t)(hz > 0 ? hz : 100));
}

/* Text files of processes may hold any bytes; XML may not. */
static char *clean_text(struct peer_arena *arena, const char *bytes, size_t len)
{
    char *copy = peer_dupn(arena, bytes, len);

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)copy[i];

        if (c == '\0') {
            copy[i] = ' ';
        } else if (c < 0x20 || c >= 0x7f) {
            copy[i] = '?';
        }
    }
    while (len > 0 && copy[len - 1] == ' ') {
        copy[--len] = '\0';
    }
    return copy;
}

static void process_texts(struct peer_arena *arena, struct peer_instance *inst, const char *pid)
{
    struct peer_buf file = {0};
    char link[512];
    ssize_t n;

    if (peer_read_file(peer_fmt(arena, "/proc/%s/cmdline", pid), &file) && file.len > 0) {
        peer_set(arena, inst, "CommandLine",
                 clean_text(arena, file.data, file.len > 2000 ? 2000 : file.len));
    }
    peer_buf_free(&file);
    n = readlink(peer_fmt(arena, "/proc/%s/exe", pid), link, sizeof link);
    if (n > 0) {
        peer_set(arena, inst, "ExecutablePath", clean_text(arena, link, (size_t)n));
    }
}

static void process_numbers(struct peer_arena *arena, struct peer_instance *inst,
                            const char *const *f)
{
    uint64_t start = ticks_to_100ns(f[19]);
    unsigned micros = (unsigned)(start / 10 % 1000000);

    peer_set_u64(arena, inst, "ParentProcessId", strtoull(f[1], NULL, 10));
    peer_set_u64(arena, inst, "SessionId", strtoull(f[3], NULL, 10) & UINT32_MAX);
    peer_set_u64(arena, inst, "PageFaults", strtoull(f[7], NULL, 10) + strtoull(f[9], NULL, 10));
    peer_set_u64(arena, inst, "UserModeTime", ticks_to_100ns(f[11]));
    peer_set_u64(arena, inst, "KernelModeTime", ticks_to_100ns(f[12]));
    peer_set_u64(arena, inst, "Priority", strtoull(f[15], NULL, 10) & 255);
    peer_set_u64(arena, inst, "ThreadCount", strtoull(f[17], NULL, 10));
    peer_set(arena, inst, "CreationDate",
             peer_datetime(arena, boot_time() + (int64_t)(start / 10000000), micros));
    peer_set_u64(arena, inst, "VirtualSize", strtoull(f[20], NULL, 10));
    peer_set_u64(arena, inst, "WorkingSetSize",
                 strtoull(f[21], NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE));
    peer_set_u64(arena, inst, "ExecutionState", execution_state(f[0][0]));
}

/* NULL if the process is gone. */
static const struct peer_instance *process_make(struct peer_arena *arena,
                                                const struct peer_class *cls, const char *ns,
                                                const char *pid)
{
    struct peer_buf file = {0};
    struct peer_instance *inst = NULL;
    const char *fields[32];
    const char *open;
    const char *close;
    char *name;

    if (!peer_read_file(peer_fmt(arena, "/proc/%s/stat", pid), &file) || file.len == 0) {
        goto done;
    }
    open = strchr(file.data, '(');
    close = strrchr(file.data, ')');
    if (open == NULL || close == NULL || close < open) {
        goto done;
    }
    name = clean_text(arena, open + 1, (size_t)(close - open - 1));
    if (stat_fields(file.data, fields, 32) < 22) {
        goto done;
    }
    inst = peer_instance_new(arena, cls, ns);
    peer_set(arena, inst, "Handle", pid);
    peer_set(arena, inst, "ProcessId", pid);
    peer_set(arena, inst, "Name", name);
    peer_set(arena, inst, "CreationClassName", cls->name);
    peer_set(arena, inst, "CSName", host_name(arena));
    peer_set(arena, inst, "OSName", os_name(arena));
    process_numbers(arena, inst, fields);
    process_texts(arena, inst, pid);
done:
    peer_buf_free(&file);
    return inst;
}

static void process_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                         struct peer_arena *arena, struct peer_sink *sink)
{
    DIR *dir = opendir("/proc");
    struct dirent *entry;

    (void)peer;
    if (dir == NULL) {
        return;
    }
    while ((entry = readdir(dir)) != NULL) {
        const struct peer_instance *inst;

        if (entry->d_name[0] < '1' || entry->d_name[0] > '9') {
            continue;
        }
        inst = process_make(arena, cls, ns, entry->d_name);
        if (inst != NULL) {
            sink->emit(sink, inst);
        }
    }
    closedir(dir);
}

static const struct peer_instance *process_get(struct peer *peer, const struct peer_class *cls,
                                               const char *ns, struct peer_arena *arena,
                                               const struct peer_selector *keys, size_t count)
{
    uint64_t pid;

    (void)peer;
    if (count != 1 || keys[0].is_epr || !peer_parse_u64(keys[0].value, &pid)) {
        return NULL;
    }
    return process_make(arena, cls, ns, peer_fmt(arena, "%llu", (unsigned long long)pid));
}

static void fs_options(struct peer_arena *arena, struct peer_instance *inst, const char *text)
{
    const char *parts[64];
    size_t count = 0;

    while (*text != '\0' && count < COUNT(parts)) {
        size_t len = strcspn(text, ",");

        parts[count++] = clean_text(arena, text, len);
        text += len + (text[len] == ',');
    }
    peer_set_array(arena, inst, "MountOptions", count, parts);
}

static const struct peer_instance *fs_make(struct peer_arena *arena, const struct peer_class *cls,
                                           const char *ns, const struct mntent *m)
{
    struct peer_instance *inst = peer_instance_new(arena, cls, ns);
    struct statvfs vfs;

    memset(&vfs, 0, sizeof vfs);
    if (statvfs(m->mnt_dir, &vfs) == 0) {
        uint64_t unit = vfs.f_frsize;

        peer_set_u64(arena, inst, "FileSystemSize", vfs.f_blocks * unit);
        peer_set_u64(arena, inst, "AvailableSpace", vfs.f_bavail * unit);
        peer_set_u64(arena, inst, "Size", vfs.f_blocks * unit);
        peer_set_u64(arena, inst, "FreeSpace", vfs.f_bfree * unit);
        peer_set_u64(arena, inst, "BlockSize", unit);
        peer_set_u64(arena, inst, "NumberOfFiles", vfs.f_files - vfs.f_ffree);
        peer_set_u64(arena, inst, "MaxFileNameLength", vfs.f_namemax & UINT32_MAX);
        if (vfs.f_blocks > 0) {
            peer_set(arena, inst, "PercentFree",
                     peer_fmt(arena, "%.9g", 100.0 * (double)vfs.f_bavail / (double)vfs.f_blocks));
        }
    }
    peer_set(arena, inst, "Name", clean_text(arena, m->mnt_dir, strlen(m->mnt_dir)));
    peer_set(arena, inst, "MountPoint", clean_text(arena, m->mnt_dir, strlen(m->mnt_dir)));
    peer_set(arena, inst, "DeviceID", clean_text(arena, m->mnt_fsname, strlen(m->mnt_fsname)));
    peer_set(arena, inst, "FileSystem", m->mnt_type);
    peer_set(arena, inst, "FileSystemType", m->mnt_type);
    peer_set_u64(arena, inst, "DriveType", 3);
    peer_set_bool(arena, inst, "ReadOnly", (vfs.f_flag & ST_RDONLY) != 0);
    fs_options(arena, inst, m->mnt_opts);
    peer_set(arena, inst, "CreationClassName", cls->name);
    peer_set(arena, inst, "CSName", host_name(arena));
    return inst;
}

static void fs_list(struct peer *peer, const struct peer_class *cls, const char *ns,
                    struct peer_arena *arena, struct peer_sink *sink)
{
    FILE *mounts = setmntent("/proc/self/mounts", "re");
    struct peer_buf seen = {0};
    struct mntent entry;
    char text[4096];

    (void)peer;
    if (mounts == NULL) {
        return;
    }
    peer_puts(&seen, "\n");
    /* A later mount hides an earlier one at the same place; keys have to be unique. */
    while (getmntent_r(mounts, &entry, text, sizeof text) != NULL) {
        char *line = peer_fmt(arena, "\n%s\n", entry.mnt_dir);

        if (strstr(seen.data, line) == NULL) {
            peer_puts(&seen, line + 1);
            sink->emit(sink, fs_make(arena, cls, ns, &entry));
        }
    }
    endmntent(mounts);
    peer_buf_free(&seen);
}

static const struct peer_provider os_provider = {os_list, NULL};
static const struct peer_provider process_provider = {process_list, process_get};
static const struct peer_provider fs_provider = {fs_list, NULL};

#define LIVE(class_name, property_table, its_provider, description)                                \
    {                                                                                              \
        .name = (class_name), .props = (property_table), .prop_count = COUNT(property_table),      \
        .provider = &(its_provider), .namespaces = live_ns, .text = (description)                  \
    }

const struct peer_class *peer_live_classes(size_t *count)
{
    static const struct peer_class classes[] = {
        LIVE("Peer_OperatingSystem", os_props, os_provider, "The system the endpoint runs on"),
        LIVE("Peer_Process", process_props, process_provider, "A running process"),
        LIVE("Peer_FileSystem", fs_props, fs_provider, "A mounted file system"),
        LIVE("Win32_OperatingSystem", os_props, os_provider, "As Peer_OperatingSystem"),
        LIVE("Win32_Process", process_props, process_provider, "As Peer_Process"),
        LIVE("Win32_LogicalDisk", fs_props, fs_provider, "As Peer_FileSystem"),
    };

    *count = COUNT(classes);
    return classes;
}
