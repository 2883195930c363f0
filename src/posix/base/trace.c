#include "base/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"

#define LEVEL_MAX 3u

static const char *const area_names[MIC_TRACE_AREAS] = {
    [MIC_TRACE_ENGINE] = "engine", [MIC_TRACE_HTTP] = "http",   [MIC_TRACE_TLS] = "tls",
    [MIC_TRACE_AUTH] = "auth",     [MIC_TRACE_WSMAN] = "wsman",
};

struct mic_trace {
    int levels[MIC_TRACE_AREAS];
    int fd; /* -1: no lines */
    bool owns_fd;
    char *wire_folder;
    uint64_t start_us;
    pthread_mutex_t lock; /* one line at a time; the numbers */
    unsigned sent, received;
};

static uint64_t now_us(void)
{
    struct timespec now = {0, 0};

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* "area" or "area:level"; what is unknown is left out. @return whether something was asked for */
static bool read_item(struct mic_trace *trace, struct mic_str item)
{
    const char *colon = item.size > 0 ? memchr(item.data, ':', item.size) : NULL;
    struct mic_str name = item, level_text = {NULL, 0};
    uint64_t level = 1;
    bool found = false;

    if (colon) {
        name.size = (size_t)(colon - item.data);
        level_text = (struct mic_str){colon + 1, item.size - name.size - 1};
        if (!mic_parse_u64(mic_str_trim(level_text), UINT32_MAX, &level)) {
            return false;
        }
    }
    name = mic_str_trim(name);
    for (size_t area = 0; area < MIC_TRACE_AREAS; area++) {
        if (mic_str_equal_nocase(name, MIC_STR("all")) ||
            mic_str_equal_nocase(name, mic_str_from(area_names[area]))) {
            trace->levels[area] = (int)(level < LEVEL_MAX ? level : LEVEL_MAX);
            found = found || level > 0;
        }
    }
    return found;
}

static bool read_areas(struct mic_trace *trace, const char *text)
{
    bool found = false;

    while (text && *text) {
        size_t size = strcspn(text, ",");

        found = read_item(trace, (struct mic_str){text, size}) || found;
        text += size + (text[size] == ',' ? 1 : 0);
    }
    return found;
}

/* Not for a program that runs with more rights than who set the environment. */
static const char *environment(const char *name)
{
    const char *value = NULL;

    if (getuid() == geteuid() && getgid() == getegid()) {
        value = getenv(name);
    }
    return value && *value ? value : NULL;
}

static void open_lines(struct mic_trace *trace)
{
    const char *path = environment("MI_TRACE_FILE");

    trace->fd = STDERR_FILENO;
    if (path) {
        int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);

        if (fd >= 0) {
            trace->fd = fd;
            trace->owns_fd = true;
        }
    }
}

struct mic_trace *mic_trace_new(void)
{
    const char *areas = environment("MI_TRACE"), *folder = environment("MI_TRACE_WIRE");
    struct mic_trace *trace;

    if (!areas && !folder) {
        return NULL;
    }
    trace = mic_calloc(1, sizeof(*trace));
    if (!trace) {
        return NULL;
    }
    trace->fd = -1;
    if (pthread_mutex_init(&trace->lock, NULL) != 0) {
        mic_free(trace);
        return NULL;
    }
    trace->start_us = now_us();
    if (read_areas(trace, areas)) {
        open_lines(trace);
    }
    if (folder) {
        trace->wire_folder = mic_strdup(folder);
        if (trace->wire_folder) {
            (void)mkdir(folder, 0700);
        }
    }
    if (trace->fd < 0 && !trace->wire_folder) {
        mic_trace_free(trace);
        return NULL;
    }
    return trace;
}

void mic_trace_free(struct mic_trace *trace)
{
    if (!trace) {
        return;
    }
    if (trace->owns_fd) {
        (void)close(trace->fd);
    }
    (void)pthread_mutex_destroy(&trace->lock);
    mic_free(trace->wire_folder);
    mic_free(trace);
}

bool mic_trace_on(const struct mic_trace *trace, enum mic_trace_area area, int level)
{
    return trace && trace->fd >= 0 && area < MIC_TRACE_AREAS && trace->levels[area] >= level;
}

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(fd, bytes, size);

        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

/* A closed pipe behind stderr must not end the program: SIGPIPE is held back and taken off the
 * thread, unless it was pending before. */
static void write_without_signal(int fd, const char *bytes, size_t size)
{
    static const struct timespec no_time = {0, 0};
    sigset_t pipe_set, old, pending;
    int saved = errno;

    (void)sigemptyset(&pipe_set);
    (void)sigaddset(&pipe_set, SIGPIPE);
    (void)sigemptyset(&pending);
    (void)sigpending(&pending);
    if (pthread_sigmask(SIG_BLOCK, &pipe_set, &old) != 0) {
        return;
    }
    if (!write_all(fd, bytes, size) && errno == EPIPE && sigismember(&pending, SIGPIPE) == 0) {
        while (sigtimedwait(&pipe_set, NULL, &no_time) < 0 && errno == EINTR) {
        }
    }
    (void)pthread_sigmask(SIG_SETMASK, &old, NULL);
    errno = saved;
}

/* Text of peers cannot begin a line of its own: further lines are indented. */
static void append_text(struct mic_buf *line, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '\n') {
            mic_buf_append_text(line, "\n    ");
        } else if (c == '\r') {
            continue;
        } else {
            mic_buf_append_char(line, (char)((c < 0x20 && c != '\t') || c == 0x7F ? '?' : *text));
        }
    }
}

void mic_trace_line(struct mic_trace *trace, enum mic_trace_area area, int level, const char *who,
                    const char *format, ...)
{
    struct mic_buf line, text;
    uint64_t us;
    va_list arguments;
    int length;

    if (!mic_trace_on(trace, area, level)) {
        return;
    }
    us = now_us() - trace->start_us;
    mic_buf_init(&line);
    mic_buf_init(&text);
    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length >= 0 && mic_buf_reserve(&text, (size_t)length + 1)) {
        va_start(arguments, format);
        (void)vsnprintf(text.data, (size_t)length + 1, format, arguments);
        va_end(arguments);
        mic_buf_append_format(&line, "%7llu.%03u %-6s %s%s", (unsigned long long)(us / 1000),
                              (unsigned)(us % 1000), area_names[area], who ? who : "",
                              who ? ": " : "");
        append_text(&line, text.data);
        mic_buf_append_char(&line, '\n');
        if (!line.failed) {
            (void)pthread_mutex_lock(&trace->lock);
            write_without_signal(trace->fd, line.data, line.size);
            (void)pthread_mutex_unlock(&trace->lock);
        }
    }
    mic_buf_fini(&text);
    mic_buf_fini(&line);
}

/* The next free number of this direction; another application may write to the same folder.
 *  @return a descriptor or -1 */
static int open_message(struct mic_trace *trace, const char *direction, unsigned *number)
{
    struct mic_buf path;
    int fd = -1;

    mic_buf_init(&path);
    do {
        mic_buf_clear(&path);
        mic_buf_append_format(&path, "%s/%04u-%s.xml", trace->wire_folder, ++*number, direction);
        if (*mic_buf_text(&path) == '\0') {
            break;
        }
        fd = open(path.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    } while (fd < 0 && errno == EEXIST);
    mic_buf_fini(&path);
    return fd;
}

bool mic_trace_wants_messages(const struct mic_trace *trace)
{
    return trace && trace->wire_folder;
}

void mic_trace_message(struct mic_trace *trace, const char *direction, const char *bytes,
                       size_t size)
{
    int fd;

    if (!trace || !trace->wire_folder) {
        return;
    }
    (void)pthread_mutex_lock(&trace->lock);
    fd = open_message(trace, direction,
                      strcmp(direction, "out") == 0 ? &trace->sent : &trace->received);
    (void)pthread_mutex_unlock(&trace->lock);
    if (fd >= 0) {
        write_without_signal(fd, bytes, size);
        (void)close(fd);
    }
}
