/* Two who close the same thing, and servers that would hold the client for ever. */
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client.h"
#include "mic_test.h"

static struct peer peer;
static struct client client;

static void open_peer(const char *faults, unsigned session_ms)
{
    MI_Interval timeout = milliseconds(session_ms);
    peer_start_with(&peer, NULL);
    peer_set_faults(&peer, faults);
    client_prepare(&client);
    MIC_REQUIRE(MI_DestinationOptions_SetTimeout(&client.options, &timeout) == MI_RESULT_OK);
    client_connect(&client, peer.url);
}

static void shut(void)
{
    client_close(&client);
    peer_stop(&peer);
}

/* ---- closing ---- */

struct closer {
    pthread_barrier_t *start;
    MI_Application application; /* a copy of the handle */
    MI_Result result;
};

static void *close_application(void *context)
{
    struct closer *closer = context;
    pthread_barrier_wait(closer->start);
    closer->result = MI_Application_Close(&closer->application);
    return NULL;
}

MIC_TEST(races, of_two_who_close_an_application_one_succeeds)
{
    peer_start_with(&peer, NULL);
    for (int round = 0; round < 30; round++) {
        struct outcome outcome;
        pthread_barrier_t start;
        pthread_t threads[2];
        struct closer closers[2];
        client_open(&client, &peer);
        enumerate(&client.session, 0, "Peer_Few", &outcome);
        MIC_CHECK_INT(MI_Session_Close(&client.session, NULL, NULL), MI_RESULT_OK);
        MI_DestinationOptions_Delete(&client.options);
        pthread_barrier_init(&start, NULL, 2);
        for (int i = 0; i < 2; i++) {
            closers[i] = (struct closer){&start, client.application, MI_RESULT_FAILED};
            MIC_REQUIRE(pthread_create(&threads[i], NULL, close_application, &closers[i]) == 0);
        }
        for (int i = 0; i < 2; i++) {
            pthread_join(threads[i], NULL);
        }
        pthread_barrier_destroy(&start);
        MIC_CHECK((closers[0].result == MI_RESULT_OK) != (closers[1].result == MI_RESULT_OK));
        MIC_CHECK(closers[0].result == MI_RESULT_INVALID_PARAMETER ||
                  closers[1].result == MI_RESULT_INVALID_PARAMETER);
    }
    peer_stop(&peer);
}

/* ---- servers that never come to an end ---- */

MIC_TEST(races, pulls_that_the_server_lets_time_out_end_at_the_deadline)
{
    struct outcome outcome;
    open_peer("", 1000);
    enumerate(&client.session, 0, "Peer_Few", &outcome); /* connected, and the class is known */
    peer_set_faults(&peer, "only=Pull,soap-fault=w:TimedOut:2150858793");
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_FAILED);
    MIC_CHECK_INT(outcome.category, MI_ERRORCATEGORY_OPERATION_TIMEOUT);
    MIC_CHECK(peer_counter(&peer, "requests.Pull") >= 2);
    shut();
}

MIC_TEST(races, a_pull_that_timed_out_once_goes_on)
{
    struct outcome outcome;
    open_peer("only=Pull,on=1,soap-fault=w:TimedOut:2150858793", 30000);
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 5);
    shut();
}

/* A session has eight connections: these would all wait for an answer that nobody waits for. */
MIC_TEST(races, releases_never_answered_give_their_connections_back)
{
    struct outcome outcome;
    open_peer("only=Release,stall", 30000);
    for (int i = 0; i < 8; i++) {
        MI_Operation operation;
        const MI_Instance *instance;
        MI_Session_EnumerateInstances(&client.session, MI_OPERATIONFLAGS_NO_RTTI, NULL,
                                      "root/cimv2", "Peer_Many", MI_FALSE, NULL, &operation);
        MIC_REQUIRE(MI_Operation_GetInstance(&operation, &instance, NULL, NULL, NULL, NULL) ==
                    MI_RESULT_OK);
        MIC_REQUIRE(instance != NULL);
        MIC_CHECK_INT(MI_Operation_Close(&operation), MI_RESULT_OK);
    }
    peer_await(&peer, "requests.Release", 8);
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    MIC_CHECK_INT(outcome.count, 5);
    shut();
}

/* ---- a name with two addresses, of which the first does not answer ---- */

static struct sockaddr_in two_addresses[2];
static struct addrinfo two_infos[2];

/* Stands before the C library's for one name. */
int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                struct addrinfo **list)
{
    if (strcmp(host, "two.test") == 0) {
        *list = two_infos;
        return (hints->ai_flags & AI_NUMERICHOST) != 0 ? EAI_NONAME : 0;
    }
    int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    *(void **)&next = dlsym(RTLD_NEXT, "getaddrinfo");
    return next(host, service, hints, list);
}

void freeaddrinfo(struct addrinfo *list)
{
    if (list == NULL || list == two_infos) {
        return;
    }
    void (*next)(struct addrinfo *);
    *(void **)&next = dlsym(RTLD_NEXT, "freeaddrinfo");
    next(list);
}

/* Its backlog is full: what connects now hears nothing. */
static void open_mute(int fds[4], struct sockaddr_in *address)
{
    socklen_t size = sizeof(*address);
    *address = (struct sockaddr_in){.sin_family = AF_INET};
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < 4; i++) {
        fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        MIC_REQUIRE(fds[i] >= 0);
        if (i == 0) {
            MIC_REQUIRE(bind(fds[0], (struct sockaddr *)address, size) == 0);
            MIC_REQUIRE(getsockname(fds[0], (struct sockaddr *)address, &size) == 0);
            MIC_REQUIRE(listen(fds[0], 0) == 0);
        } else {
            (void)connect(fds[i], (struct sockaddr *)address, size);
        }
    }
}

MIC_TEST(races, a_mute_address_leaves_the_next_one_its_share_of_the_timeout)
{
    struct outcome outcome;
    char destination[64];
    int fds[4];
    MI_Interval timeout = milliseconds(3000);
    peer_start_with(&peer, NULL);
    open_mute(fds, &two_addresses[0]);
    two_addresses[1] = two_addresses[0];
    two_addresses[1].sin_port = htons((uint16_t)peer.port);
    for (int i = 0; i < 2; i++) {
        two_infos[i] = (struct addrinfo){.ai_family = AF_INET,
                                         .ai_socktype = SOCK_STREAM,
                                         .ai_addrlen = sizeof(two_addresses[i]),
                                         .ai_addr = (struct sockaddr *)&two_addresses[i],
                                         .ai_next = i == 0 ? &two_infos[1] : NULL};
    }
    client_prepare(&client);
    MIC_REQUIRE(MI_DestinationOptions_SetTimeout(&client.options, &timeout) == MI_RESULT_OK);
    snprintf(destination, sizeof(destination), "two.test:%u", peer.port);
    client_connect(&client, destination);
    enumerate(&client.session, 0, "Peer_Few", &outcome);
    MIC_CHECK_TEXT(outcome.message, "");
    MIC_CHECK_INT(outcome.count, 5);
    shut();
    for (int i = 0; i < 4; i++) {
        close(fds[i]);
    }
}

/* ---- classes that cannot be had ---- */

static void note_types(const MI_Instance *instance, void *context)
{
    bool *has_types = context;
    MI_Uint32 count = 0;
    MIC_REQUIRE(MI_Instance_GetElementCount(instance, &count) == MI_RESULT_OK);
    for (MI_Uint32 i = 0; i < count; i++) {
        MI_Type type = MI_STRING;
        MI_Instance_GetElementAt(instance, i, NULL, NULL, &type, NULL);
        *has_types |= type >= MI_UINT8 && type <= MI_REAL64; /* what no text shows */
    }
}

static bool gives_types(void)
{
    MI_Operation operation;
    struct outcome outcome;
    bool has_types = false;
    MI_Session_EnumerateInstances(&client.session, 0, NULL, "root/cimv2", "Peer_Many", MI_FALSE,
                                  NULL, &operation);
    drain(&operation, &outcome, note_types, &has_types);
    MIC_CHECK_INT(outcome.result, MI_RESULT_OK);
    return has_types;
}

MIC_TEST(races, a_class_refused_for_now_is_asked_for_by_the_next_operation)
{
    static const char *const faults[] = {"w:AccessDenied", "w:QuotaLimit", "w:InternalError"};
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        char spec[80];
        snprintf(spec, sizeof(spec), "only=GetClass,on=1,soap-fault=%s", faults[i]);
        open_peer(spec, 30000);
        MIC_CHECK(!gives_types());
        MIC_CHECK(gives_types());
        MIC_CHECK_INT(peer_counter(&peer, "requests.GetClass"), 2);
        shut();
    }
}

MIC_TEST(races, a_class_the_server_does_not_have_is_asked_for_once)
{
    open_peer("only=GetClass,soap-fault=a:DestinationUnreachable:2150858752", 30000);
    MIC_CHECK(!gives_types());
    MIC_CHECK(!gives_types());
    MIC_CHECK_INT(peer_counter(&peer, "requests.GetClass"), 1);
    shut();
}
