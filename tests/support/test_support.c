#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "fail_alloc.h"
#include "fail_io.h"
#include "mic_test.h"

/* Output of the sample in @p text. @return its exit status */
static int run_sample(const char *arguments, char *text, size_t size)
{
    char command[600];
    FILE *output;
    size_t used;
    int status;

    (void)snprintf(command, sizeof(command), "%s %s", RUNNER_SAMPLE, arguments);
    output = popen(command, "r");
    MIC_REQUIRE(output != NULL);
    used = fread(text, 1, size - 1, output);
    text[used] = '\0';
    status = pclose(output);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

MIC_TEST(runner, all_run_in_order_and_a_failure_fails)
{
    char text[2000];

    MIC_CHECK_INT(run_sample("", text, sizeof(text)), 1);
    MIC_CHECK(strncmp(text, "good.passes ok\n", 15) == 0);
    MIC_CHECK(strstr(text, "  is       \"is\"\n  expected \"should be\"\n") != NULL);
    MIC_CHECK(strstr(text, "1 is 1 (0x1), expected 2 (0x2)\nbad.check_goes_on FAILED\n") != NULL);
    MIC_CHECK(strstr(text, "required: false\nbad.require_ends FAILED\n") != NULL);
    MIC_CHECK(strstr(text, "absent.is_skipped skipped: not here\n"
                           "1 passed, 2 failed, 1 skipped\n") != NULL);
}

MIC_TEST(runner, a_suite_or_a_test_can_be_chosen)
{
    char text[2000];

    MIC_CHECK_INT(run_sample("good", text, sizeof(text)), 0);
    MIC_CHECK_TEXT(text, "good.passes ok\n1 passed, 0 failed\n");
    MIC_CHECK_INT(run_sample("bad require_ends", text, sizeof(text)), 1);
    MIC_CHECK(strstr(text, "0 passed, 1 failed\n") != NULL);
    MIC_CHECK_INT(run_sample("absent", text, sizeof(text)), 77);
    MIC_CHECK_INT(run_sample("good no_such_test", text, sizeof(text)), 1);
    MIC_CHECK_TEXT(text, "0 passed, 0 failed\n");
    MIC_CHECK_INT(run_sample("--list", text, sizeof(text)), 0);
    MIC_CHECK_TEXT(text, "good.passes\nbad.check_goes_on\nbad.require_ends\nabsent.is_skipped\n");
}

static bool allocate_three(void *context)
{
    void *blocks[3] = {mic_alloc(1), mic_calloc(1, 1), mic_realloc(NULL, 1)};
    bool ok = blocks[0] && blocks[1] && blocks[2];

    (void)context;
    for (int i = 0; i < 3; i++) {
        mic_free(blocks[i]);
    }
    return ok;
}

static bool never_works(void *context)
{
    (void)context;
    return false;
}

MIC_TEST(fail_alloc, each_allocation_fails_once)
{
    MIC_CHECK_INT(mic_fail_alloc_each(allocate_three, NULL), 3);
    MIC_CHECK_INT(mic_fail_alloc_each(never_works, NULL), -1);
    MIC_CHECK(allocate_three(NULL));
}

MIC_TEST(fail_io, only_the_nth_socket_call_fails)
{
    int ends[2], files[2];
    char byte = 'x';

    MIC_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    MIC_REQUIRE(pipe(files) == 0);
    mic_fail_io_at(2, MIC_IO_RESET);
    MIC_CHECK_INT(send(ends[0], &byte, 1, 0), 1);
    MIC_CHECK_INT(write(files[1], &byte, 1), 1);
    errno = 0;
    MIC_CHECK_INT(recv(ends[1], &byte, 1, 0), -1);
    MIC_CHECK_INT(errno, ECONNRESET);
    MIC_CHECK(mic_fail_io_hit());
    MIC_CHECK_INT(recv(ends[1], &byte, 1, 0), 1);
    for (int i = 0; i < 2; i++) {
        (void)close(ends[i]);
        (void)close(files[i]);
    }
    mic_fail_io_at(0, MIC_IO_RESET);
}

MIC_TEST(fail_io, each_kind_of_fault)
{
    struct sockaddr address = {.sa_family = AF_UNIX};
    char bytes[4] = "abc";
    int ends[2];

    MIC_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    mic_fail_io_always(MIC_IO_SHORT);
    MIC_CHECK_INT(write(ends[0], bytes, 3), 1);
    MIC_CHECK_INT(write(ends[0], bytes, 3), 1);
    MIC_CHECK_INT(read(ends[1], bytes, 3), 1);
    mic_fail_io_at(1, MIC_IO_END);
    MIC_CHECK_INT(read(ends[1], bytes, 3), 0);
    mic_fail_io_at(1, MIC_IO_END);
    MIC_CHECK_INT(send(ends[0], bytes, 3, MSG_NOSIGNAL), -1);
    MIC_CHECK_INT(errno, EPIPE);
    mic_fail_io_at(1, MIC_IO_RESET);
    MIC_CHECK_INT(connect(ends[0], &address, sizeof(address)), -1);
    MIC_CHECK_INT(errno, ECONNREFUSED);
    mic_fail_io_always(MIC_IO_AGAIN);
    MIC_CHECK((read(ends[1], bytes, 3) < 0) != (write(ends[0], bytes, 1) < 0));
    mic_fail_io_at(0, MIC_IO_RESET);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void *check_elsewhere(void *context)
{
    MIC_CHECK(context != NULL);
    return NULL;
}

MIC_TEST(runner, checks_may_be_made_on_other_threads)
{
    pthread_t thread;
    int something;

    MIC_REQUIRE(pthread_create(&thread, NULL, check_elsewhere, &something) == 0);
    (void)pthread_join(thread, NULL);
}
