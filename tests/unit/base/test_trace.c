#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/trace.h"
#include "base/uuid.h"
#include "mic_test.h"

static char folder[64];

static void begin(const char *areas, const char *file, const char *wire)
{
    char path[128];

    (void)strcpy(folder, "/tmp/mic-trace-XXXXXX");
    MIC_REQUIRE(mkdtemp(folder) != NULL);
    (void)unsetenv("MI_TRACE");
    (void)unsetenv("MI_TRACE_FILE");
    (void)unsetenv("MI_TRACE_WIRE");
    if (areas) {
        (void)setenv("MI_TRACE", areas, 1);
    }
    if (file) {
        (void)snprintf(path, sizeof(path), "%s/%s", folder, file);
        (void)setenv("MI_TRACE_FILE", path, 1);
    }
    if (wire) {
        (void)snprintf(path, sizeof(path), "%s/%s", folder, wire);
        (void)setenv("MI_TRACE_WIRE", path, 1);
    }
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static void end(void)
{
    (void)unsetenv("MI_TRACE");
    (void)unsetenv("MI_TRACE_FILE");
    (void)unsetenv("MI_TRACE_WIRE");
    (void)nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* The bytes of a file in the folder, terminated; "" when it is not there. */
static char *content(const char *name, size_t *size)
{
    static char bytes[1 << 20];
    char path[128];
    FILE *file;

    *size = 0;
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (file) {
        *size = fread(bytes, 1, sizeof(bytes) - 1, file);
        (void)fclose(file);
    }
    bytes[*size] = '\0';
    return bytes;
}

MIC_TEST(trace, nothing_asked_for_gives_no_trace)
{
    begin(NULL, NULL, NULL);
    MIC_CHECK(mic_trace_new() == NULL);
    MIC_CHECK(!mic_trace_on(NULL, MIC_TRACE_HTTP, 1));
    mic_trace_line(NULL, MIC_TRACE_HTTP, 1, NULL, "text");
    mic_trace_message(NULL, "out", "x", 1);
    mic_trace_free(NULL);
    end();
    begin("nonsense:3,http:0,auth:x", "lines", NULL);
    MIC_CHECK(mic_trace_new() == NULL);
    end();
}

MIC_TEST(trace, areas_and_levels_are_as_asked)
{
    struct mic_trace *trace;

    begin("wsman:2, HTTP ,tls:9", "lines", NULL);
    trace = mic_trace_new();
    MIC_REQUIRE(trace != NULL);
    MIC_CHECK(mic_trace_on(trace, MIC_TRACE_WSMAN, 2));
    MIC_CHECK(!mic_trace_on(trace, MIC_TRACE_WSMAN, 3));
    MIC_CHECK(mic_trace_on(trace, MIC_TRACE_HTTP, 1));
    MIC_CHECK(!mic_trace_on(trace, MIC_TRACE_HTTP, 2));
    MIC_CHECK(mic_trace_on(trace, MIC_TRACE_TLS, 3));
    MIC_CHECK(!mic_trace_on(trace, MIC_TRACE_ENGINE, 1));
    mic_trace_free(trace);
    end();
}

MIC_TEST(trace, lines_carry_area_and_who_and_are_private)
{
    struct mic_trace *trace;
    struct stat status;
    size_t size;
    char path[128];

    begin("all:1", "lines", NULL);
    trace = mic_trace_new();
    MIC_REQUIRE(trace != NULL);
    mic_trace_line(trace, MIC_TRACE_HTTP, 1, "a1 s2", "connected to %s", "host");
    mic_trace_line(trace, MIC_TRACE_AUTH, 1, NULL, "two\r\nlines\x1B[1m");
    mic_trace_line(trace, MIC_TRACE_HTTP, 2, NULL, "not asked for");
    mic_trace_free(trace);
    MIC_CHECK(strstr(content("lines", &size), " http   a1 s2: connected to host\n") != NULL);
    MIC_CHECK(strstr(content("lines", &size), " auth   two\n    lines?[1m\n") != NULL);
    MIC_CHECK(strstr(content("lines", &size), "not asked for") == NULL);
    (void)snprintf(path, sizeof(path), "%s/lines", folder);
    MIC_CHECK_INT(stat(path, &status), 0);
    MIC_CHECK_INT(status.st_mode & 0777, 0600);
    end();
}

static void *write_lines(void *context)
{
    for (int i = 0; i < 500; i++) {
        mic_trace_line(context, MIC_TRACE_ENGINE, 1, "a1", "%0300d|", i);
    }
    return NULL;
}

MIC_TEST(trace, lines_of_threads_do_not_mix)
{
    struct mic_trace *trace;
    pthread_t threads[4];
    size_t size;
    char *at;
    unsigned lines = 0;

    begin("engine", "lines", NULL);
    trace = mic_trace_new();
    MIC_REQUIRE(trace != NULL);
    for (int i = 0; i < 4; i++) {
        MIC_REQUIRE(pthread_create(&threads[i], NULL, write_lines, trace) == 0);
    }
    for (int i = 0; i < 4; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    mic_trace_free(trace);
    for (at = content("lines", &size); *at; at++) {
        char *line_end = strchr(at, '\n');

        MIC_REQUIRE(line_end != NULL && line_end[-1] == '|');
        MIC_REQUIRE(strchr(at, '|') == line_end - 1);
        lines++;
        at = line_end;
    }
    MIC_CHECK_INT(lines, 2000);
    end();
}

MIC_TEST(trace, a_closed_pipe_raises_no_signal)
{
    struct mic_trace *trace;
    int ends[2], saved = dup(STDERR_FILENO);

    begin("engine", NULL, NULL);
    MIC_REQUIRE(pipe(ends) == 0);
    (void)close(ends[0]);
    (void)dup2(ends[1], STDERR_FILENO);
    trace = mic_trace_new();
    errno = 55;
    mic_trace_line(trace, MIC_TRACE_ENGINE, 1, NULL, "nobody reads this");
    MIC_CHECK_INT(errno, 55);
    mic_trace_free(trace);
    (void)dup2(saved, STDERR_FILENO);
    (void)close(saved);
    (void)close(ends[1]);
    end();
}

MIC_TEST(trace, messages_are_numbered_files_of_their_own)
{
    struct mic_trace *first, *second;
    size_t size;

    begin(NULL, NULL, "wire");
    first = mic_trace_new();
    second = mic_trace_new();
    MIC_REQUIRE(first != NULL && second != NULL);
    MIC_CHECK(!mic_trace_on(first, MIC_TRACE_HTTP, 1));
    mic_trace_message(first, "out", "<a/>", 4);
    mic_trace_message(first, "in", "<b\0/>", 5);
    mic_trace_message(second, "out", "<c/>", 4);
    mic_trace_message(first, "out", "<d/>", 4);
    MIC_CHECK_TEXT(content("wire/0001-out.xml", &size), "<a/>");
    (void)content("wire/0001-in.xml", &size);
    MIC_CHECK_INT(size, 5);
    MIC_CHECK_TEXT(content("wire/0002-out.xml", &size), "<c/>");
    MIC_CHECK_TEXT(content("wire/0003-out.xml", &size), "<d/>");
    mic_trace_free(first);
    mic_trace_free(second);
    end();
}

MIC_TEST(trace, a_folder_that_cannot_be_made_is_no_error)
{
    struct mic_trace *trace;

    begin(NULL, NULL, "no/such/folder");
    trace = mic_trace_new();
    mic_trace_message(trace, "out", "<a/>", 4);
    mic_trace_free(trace);
    end();
}

MIC_TEST(clock, never_goes_back)
{
    uint64_t before = mic_clock_ms();

    for (int i = 0; i < 1000; i++) {
        uint64_t now = mic_clock_ms();

        MIC_REQUIRE(now >= before);
        before = now;
    }
    MIC_CHECK(before > 0);
}

MIC_TEST(uuid, has_the_form_of_version_4_and_differs)
{
    struct mic_uuid_series series[2];
    char seen[400][MIC_UUID_TEXT_SIZE];

    mic_uuid_series_init(&series[0]);
    mic_uuid_series_init(&series[1]);
    memset(series[1].drawn + 10, 0xFF, 6); /* the next count carries over all of them */
    for (int i = 0; i < 400; i++) {
        mic_uuid_series_next(&series[i % 2], seen[i]);
        MIC_CHECK_INT(strlen(seen[i]), 36);
        MIC_CHECK_INT(strspn(seen[i], "0123456789ABCDEF-"), 36);
        MIC_CHECK_INT(seen[i][14], '4');
        MIC_CHECK(strchr("89AB", seen[i][19]) != NULL);
        MIC_CHECK(seen[i][8] == '-' && seen[i][13] == '-' && seen[i][18] == '-' &&
                  seen[i][23] == '-');
        for (int k = 0; k < i; k++) {
            MIC_REQUIRE(strcmp(seen[k], seen[i]) != 0);
        }
    }
}
