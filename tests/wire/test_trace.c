/* Traces through the library itself: what they say, and that they keep secrets and silence. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "client.h"
#include "mic_test.h"

static struct peer peer;
static struct client client;
static char folder[32], file[64];
static char *text;

static void ask_for(const char *areas)
{
    snprintf(folder, sizeof(folder), "/tmp/mic-trace-XXXXXX");
    MIC_REQUIRE(mkdtemp(folder) != NULL);
    snprintf(file, sizeof(file), "%s/trace", folder);
    setenv("MI_TRACE", areas, 1);
    setenv("MI_TRACE_FILE", file, 1);
    peer_start_with(&peer, NULL);
    client_open(&client, &peer); /* the environment is read here */
    unsetenv("MI_TRACE");
    unsetenv("MI_TRACE_FILE");
}

static void read_text(void)
{
    enum { SIZE = 1 << 20 };
    size_t used = 0;
    ssize_t got;
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    text = calloc(1, SIZE);
    MIC_REQUIRE(fd >= 0 && text != NULL);
    while ((got = read(fd, text + used, SIZE - 1 - used)) > 0) {
        used += (size_t)got;
    }
    close(fd);
}

static void finish(void)
{
    unlink(file);
    rmdir(folder);
    free(text);
    text = NULL;
    peer_stop(&peer);
}

static void expect(const char *wanted)
{
    if (strstr(text, wanted) == NULL) {
        MIC_FAIL("no \"%s\" in\n%.3000s", wanted, text);
    }
}

static void expect_not(const char *unwanted)
{
    if (strstr(text, unwanted) != NULL) {
        MIC_FAIL("\"%s\" in\n%.3000s", unwanted, text);
    }
}

MIC_TEST(trace, has_phases_headers_and_messages_and_no_secret)
{
    struct outcome outcome;
    ask_for("all:3");
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.count, 5);
    client_close(&client);
    read_text();
    expect("ms ");
    expect("a1 s1");
    expect("> POST /wsman HTTP/1.1");
    expect("> Authorization: Basic (not shown)");
    expect("> Content-Type: application/soap+xml;charset=UTF-8");
    expect("reply: status 200");
    expect("< Content-Type: application/soap+xml");
    expect("enumeration/Enumerate</a:Action>");
    expect("EnumerateResponse");
    expect_not(PEER_PASSWORD);
    expect_not("dGVzdGVyOnBhNTUg"); /* the start of both in base64 */
    finish();
}

static void *close_application(void *context)
{
    MIC_CHECK_INT(MI_Application_Close(&client.application), MI_RESULT_OK);
    return context;
}

MIC_TEST(trace, names_what_a_close_of_the_application_waits_for)
{
    const struct timespec pause = {.tv_nsec = 2 * 1000 * 1000};
    pthread_t thread;
    MI_Operation operation;
    struct outcome outcome;
    ask_for("engine:1");
    MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                  NULL, &operation);
    MIC_REQUIRE(pthread_create(&thread, NULL, close_application, NULL) == 0);
    for (read_text(); strstr(text, "close waits") == NULL; read_text()) {
        free(text);
        nanosleep(&pause, NULL);
    }
    expect("is still open, 1 operation handles not closed");
    expect(peer.url);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(MI_Session_Close(&client.session, NULL, NULL), MI_RESULT_OK);
    pthread_join(thread, NULL);
    MI_DestinationOptions_Delete(&client.options);
    finish();
}

/* Good and bad, with nothing asked for: not a byte on standard error or output. */
MIC_TEST(trace, is_silent_unless_asked_for)
{
    static const char *const faults[] = {"", "garbage", "doctype", "truncate"};
    struct outcome outcome;
    char byte;
    int both[2];
    peer_start_with(&peer, NULL);
    fflush(stdout);
    fflush(stderr);
    int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
    int err = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
    MIC_REQUIRE(out >= 0 && err >= 0 && pipe2(both, O_CLOEXEC | O_NONBLOCK) == 0);
    dup2(both[1], STDOUT_FILENO);
    dup2(both[1], STDERR_FILENO);
    client_open(&client, &peer);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        peer_set_faults(&peer, faults[i]);
        enumerate(&client.session, 0, "Peer_Few", &outcome);
    }
    client_close(&client);
    fflush(stdout);
    fflush(stderr);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    close(out);
    close(err);
    MIC_CHECK(read(both[0], &byte, 1) < 0);
    close(both[0]);
    close(both[1]);
    peer_stop(&peer);
}
