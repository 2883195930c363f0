/* A good guest in any process: signals, descriptors, threads, forks, locale of the host. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client.h"
#include "mic_test.h"

static struct peer peer;
static struct client client;

static void open_peer(void)
{
    peer_start_with(&peer, NULL);
    client_open(&client, &peer);
}

static void shut(void)
{
    client_close(&client);
    peer_stop(&peer);
}

static unsigned entries(const char *folder)
{
    DIR *dir = opendir(folder);
    unsigned count = 0;
    MIC_REQUIRE(dir != NULL);
    while (readdir(dir) != NULL) {
        count++;
    }
    closedir(dir);
    return count;
}

MIC_TEST(guest, no_thread_and_no_descriptor_is_left_after_close)
{
    struct outcome outcome;
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    open_peer(); /* a round before the count: a sanitizer has threads of its own */
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    client_close(&client);
    unsigned threads = entries("/proc/self/task");
    unsigned descriptors = entries("/proc/self/fd");
    client_open(&client, &peer);
    MIC_CHECK_INT(entries("/proc/self/task"), threads + 1); /* the application's; no session's */
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    MI_Session_TestConnection(&client.session, 0, &callbacks, &operation);
    listener_wait_final(&listener);
    MI_Operation_Close(&operation);
    MIC_CHECK(entries("/proc/self/task") > threads + 1);
    client_close(&client);
    MIC_CHECK_INT(entries("/proc/self/task"), threads);
    MIC_CHECK_INT(entries("/proc/self/fd"), descriptors);
    peer_stop(&peer);
    listener_fini(&listener);
}

MIC_TEST(guest, every_descriptor_is_closed_on_exec)
{
    struct outcome outcome;
    bool was_open[1024];
    for (int fd = 0; fd < 1024; fd++) {
        was_open[fd] = fcntl(fd, F_GETFD) >= 0;
    }
    open_peer();
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    unsigned ours = 0;
    for (int fd = 0; fd < 1024; fd++) {
        int flags = fcntl(fd, F_GETFD);
        if (flags >= 0 && !was_open[fd]) {
            ours++;
            MIC_CHECK((flags & FD_CLOEXEC) != 0);
        }
    }
    MIC_CHECK(ours > 2);
    shut();
}

static volatile sig_atomic_t signals_seen;

static void on_signal(int number)
{
    (void)number;
    signals_seen++;
}

/* The server closes while we write: with a default SIGPIPE the process would be gone. */
MIC_TEST(guest, no_sigpipe_reaches_the_process)
{
    struct sigaction action = {.sa_handler = on_signal};
    struct sigaction before;
    struct outcome outcome;
    static const char *const options[] = {NULL, "--tls"};
    signals_seen = 0;
    sigaction(SIGPIPE, &action, &before);
    for (unsigned i = 0; i < 2; i++) {
        peer_start_with(&peer, options[i]);
        client_prepare(&client);
        MI_DestinationOptions_SetCertCACheck(&client.options, MI_FALSE);
        MI_DestinationOptions_SetCertRevocationCheck(&client.options, MI_FALSE);
        client_connect(&client, peer.url);
        enumerate(&client.session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", &outcome);
        MIC_CHECK_INT(outcome.count, 5);
        peer_set_faults(&peer, "close-before-reply");
        for (unsigned round = 0; round < 5; round++) {
            enumerate(&client.session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", &outcome);
        }
        peer_stop(&peer);
        enumerate(&client.session, MI_OPERATIONFLAGS_NO_RTTI, "Peer_Few", &outcome);
        MIC_CHECK(outcome.result != MI_RESULT_OK);
        client_close(&client);
    }
    sigaction(SIGPIPE, &before, NULL);
    MIC_CHECK_INT(signals_seen, 0);
}

/* A signal to the process must find the application's threads, not ours. */
MIC_TEST(guest, threads_of_the_library_block_signals)
{
    struct outcome outcome;
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    open_peer();
    unsigned before = entries("/proc/self/task");
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    MI_Session_TestConnection(&client.session, 0, &callbacks, &operation);
    listener_wait_final(&listener);
    MI_Operation_Close(&operation);
    DIR *dir = opendir("/proc/self/task");
    struct dirent *entry;
    unsigned blocked = 0;
    while ((entry = readdir(dir)) != NULL) {
        char path[64], line[256];
        snprintf(path, sizeof(path), "/proc/self/task/%.20s/status", entry->d_name);
        FILE *status = fopen(path, "re");
        unsigned long long mask = 0;
        while (status != NULL && fgets(line, sizeof(line), status) != NULL) {
            if (strncmp(line, "SigBlk:", 7) == 0) {
                mask = strtoull(line + 7, NULL, 16);
            }
        }
        if (status != NULL) {
            fclose(status);
        }
        blocked += (mask & (1ULL << (SIGUSR1 - 1))) != 0 && (mask & (1ULL << (SIGTERM - 1))) != 0;
    }
    closedir(dir);
    MIC_CHECK(blocked >= entries("/proc/self/task") - before);
    MIC_CHECK(blocked >= 2);
    shut();
    listener_fini(&listener);
}

static int use_in_child(void)
{
    MI_Session session;
    MI_Operation operation;
    const MI_Instance *instance;
    const MI_Char *message = NULL;
    MI_Boolean more;
    MI_Result result = MI_RESULT_OK;
    MI_Session_TestConnection(&client.session, 0, NULL, &operation);
    MI_Operation_GetInstance(&operation, &instance, &more, &result, &message, NULL);
    if (result != MI_RESULT_FAILED || message == NULL || strstr(message, "fork") == NULL) {
        return 1;
    }
    if (MI_Application_NewSession(&client.application, NULL, "x", NULL, NULL, NULL, &session) !=
        MI_RESULT_FAILED) {
        return 2;
    }
    if (MI_Session_Close(&client.session, NULL, NULL) != MI_RESULT_FAILED) {
        return 3;
    }
    return MI_Application_Close(&client.application) == MI_RESULT_FAILED ? 0 : 4;
}

MIC_TEST(guest, use_after_fork_is_a_clear_error_and_leaves_the_parent_alone)
{
    struct outcome outcome;
    int status = 0;
    open_peer();
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    pid_t child = fork();
    if (child == 0) {
        _exit(use_in_child());
    }
    waitpid(child, &status, 0);
    MIC_CHECK(WIFEXITED(status));
    MIC_CHECK_INT(WEXITSTATUS(status), 0);
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.count, 5);
    shut();
}

MIC_TEST(guest, a_child_may_have_an_application_of_its_own)
{
    struct outcome outcome;
    int status = 0;
#ifdef __SANITIZE_THREAD__
    MIC_SKIP("ThreadSanitizer allows no threads in a forked child");
#endif
    open_peer();
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    pid_t child = fork();
    if (child == 0) {
        struct client own;
        client_open(&own, &peer);
        enumerate(&own.session, 0, "Peer_Few", &outcome);
        client_close(&own);
        _exit(outcome.count == 5 ? 0 : 1);
    }
    waitpid(child, &status, 0);
    MIC_CHECK(WIFEXITED(status));
    MIC_CHECK_INT(WEXITSTATUS(status), 0);
    shut();
}
