/* The library doing what floor.c does.
 *
 *   client enumerate PORT strings|typed   EnumerateInstances of Peer_Many
 *   client first PORT strings|typed       the same, closed after the first instance
 *   client get PORT COUNT                 sequential GetInstance on one session
 *   client invoke PORT COUNT              sequential Invokes of a static method
 *   client subscribe PORT COUNT           COUNT indications that wait at the server
 *   client sessions PORT N strings|typed  N sessions at once, one GetInstance each
 *   client tls PORT COUNT BUNDLE          COUNT sessions over HTTPS against the CAs in BUNDLE
 */
#include "count_alloc.h"
#include "results.h"

#include <limits.h>
#include <mi.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

static MI_Application application;

static MI_Session session_to(unsigned port, const char *scheme)
{
    MI_DestinationOptions options;
    MI_UserCredentials nobody;
    MI_Session session = MI_SESSION_NULL;
    char url[64];

    memset(&nobody, 0, sizeof(nobody));
    nobody.authenticationType = MI_AUTH_TYPE_NONE;
    (void)snprintf(url, sizeof(url), "%s://127.0.0.1:%u/wsman", scheme, port);
    bench_check(MI_Application_NewDestinationOptions(&application, &options), "options");
    bench_check(MI_DestinationOptions_AddDestinationCredentials(&options, &nobody), "credentials");
    bench_check(MI_DestinationOptions_SetPacketPrivacy(&options, MI_FALSE), "privacy");
    bench_check(
        MI_Application_NewSession(&application, "WINRM", url, &options, NULL, NULL, &session),
        "session");
    MI_DestinationOptions_Delete(&options);
    return session;
}

static MI_Uint32 flags_of(const char *types)
{
    return strcmp(types, "strings") == 0 ? MI_OPERATIONFLAGS_NO_RTTI : 0;
}

static void enumerate(unsigned port, const char *types)
{
    struct measure measure;
    unsigned long count = 0;
    char name[64];
    MI_Operation operation = MI_OPERATION_NULL;

    (void)snprintf(name, sizeof(name), "enumerate_%s", types);
    measure_start(&measure);
    MI_Session session = session_to(port, "http");
    long before = (long)bench_alloc_count();
    MI_Session_EnumerateInstances(&session, flags_of(types), NULL, "root/cimv2", "Peer_Many",
                                  MI_FALSE, NULL, &operation);
    bench_drain(&operation, &measure, &count, ULONG_MAX);
    measure_print(&measure, name, count, (long)bench_alloc_count() - before);
    MI_Session_Close(&session, NULL, NULL);
}

static void first(unsigned port, const char *types)
{
    struct measure measure;
    unsigned long count = 0;
    char name[64];
    MI_Operation operation = MI_OPERATION_NULL;

    (void)snprintf(name, sizeof(name), "first_%s", types);
    measure_start(&measure);
    MI_Session session = session_to(port, "http");
    MI_Session_EnumerateInstances(&session, flags_of(types), NULL, "root/cimv2", "Peer_Many",
                                  MI_FALSE, NULL, &operation);
    bench_drain(&operation, &measure, &count, 1);
    measure_print(&measure, name, count, -1);
    MI_Session_Close(&session, NULL, NULL);
}

static void get(unsigned port, unsigned long times)
{
    struct measure measure;
    unsigned long count = 0;
    MI_Instance *key = bench_key(&application);

    measure_start(&measure);
    MI_Session session = session_to(port, "http");
    long before = (long)bench_alloc_count();
    for (unsigned long i = 0; i < times; i++) {
        MI_Operation operation = MI_OPERATION_NULL;
        MI_Session_GetInstance(&session, MI_OPERATIONFLAGS_NO_RTTI, NULL, "root/cimv2", key, NULL,
                               &operation);
        bench_drain(&operation, &measure, &count, ULONG_MAX);
    }
    measure_print(&measure, "get", count, (long)bench_alloc_count() - before);
    MI_Session_Close(&session, NULL, NULL);
    MI_Instance_Delete(key);
}

static void add_number(MI_Instance *parameters, const char *name, MI_Uint32 number)
{
    MI_Value value;
    value.uint32 = number;
    bench_check(MI_Instance_AddElement(parameters, name, &value, MI_UINT32, 0), "parameter");
}

static void invoke(unsigned port, unsigned long times)
{
    struct measure measure;
    unsigned long count = 0;
    MI_Instance *parameters = NULL;

    bench_check(MI_Application_NewParameterSet(&application, NULL, &parameters), "parameters");
    add_number(parameters, "X", 1);
    add_number(parameters, "Y", 2);
    measure_start(&measure);
    MI_Session session = session_to(port, "http");
    long before = (long)bench_alloc_count();
    for (unsigned long i = 0; i < times; i++) {
        MI_Operation operation = MI_OPERATION_NULL;
        MI_Session_Invoke(&session, 0, NULL, "root/cimv2", "Peer_Base", "Add", NULL, parameters,
                          NULL, &operation);
        bench_drain(&operation, &measure, &count, ULONG_MAX);
    }
    measure_print(&measure, "invoke", count, (long)bench_alloc_count() - before);
    MI_Session_Close(&session, NULL, NULL);
    MI_Instance_Delete(parameters);
}

static void subscribe(unsigned port, unsigned long most)
{
    struct measure measure;
    unsigned long count = 0;
    MI_SubscriptionDeliveryOptions delivery;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Boolean more = MI_TRUE;

    bench_check(MI_Application_NewSubscriptionDeliveryOptions(
                    &application, MI_SubscriptionDeliveryType_Pull, &delivery),
                "delivery options");
    bench_check(MI_SubscriptionDeliveryOptions_SetBookmark(&delivery, MI_SUBSCRIBE_BOOKMARK_OLDEST),
                "bookmark");
    measure_start(&measure);
    MI_Session session = session_to(port, "http");
    long before = (long)bench_alloc_count();
    MI_Session_Subscribe(&session, 0, NULL, "root/cimv2", MI_QUERY_DIALECT_WQL,
                         "SELECT * FROM Peer_Alert", &delivery, NULL, &operation);
    while (more && count < most) {
        const MI_Instance *instance = NULL;
        MI_Result outcome = MI_RESULT_OK;
        bench_check(MI_Operation_GetIndication(&operation, &instance, NULL, NULL, &more, &outcome,
                                               NULL, NULL),
                    "indication");
        bench_check(outcome, "subscription");
        if (instance != NULL) {
            measure_first(&measure);
            count++;
        }
    }
    measure_print(&measure, "subscribe", count, (long)bench_alloc_count() - before);
    MI_Operation_Close(&operation);
    MI_Session_Close(&session, NULL, NULL);
    MI_SubscriptionDeliveryOptions_Delete(&delivery);
}

struct waiting {
    atomic_ulong left, failed;
    sem_t done;
};

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance,
                                MI_Boolean more, MI_Result outcome, const MI_Char *message,
                                const MI_Instance *details,
                                MI_Result(MI_CALL *acknowledge)(MI_Operation *))
{
    struct waiting *waiting = context;
    (void)instance, (void)message, (void)details, (void)acknowledge;
    if (outcome != MI_RESULT_OK) {
        atomic_fetch_add(&waiting->failed, 1);
    }
    if (!more) {
        MI_Operation_Close(operation);
        if (atomic_fetch_sub(&waiting->left, 1) == 1) {
            sem_post(&waiting->done);
        }
    }
}

static void sessions(unsigned port, unsigned long count, const char *types)
{
    struct measure measure;
    struct waiting waiting = {.left = count};
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    MI_Session *all = calloc(count, sizeof(*all));
    MI_Instance *key = bench_key(&application);
    char name[64];
    long before = measure_resident_kb();

    (void)snprintf(name, sizeof(name), "sessions_%s", types);
    sem_init(&waiting.done, 0, 0);
    callbacks.callbackContext = &waiting;
    callbacks.instanceResult = on_instance;
    measure_start(&measure);
    for (unsigned long i = 0; i < count; i++) {
        MI_Operation operation = MI_OPERATION_NULL;
        all[i] = session_to(port, "http");
        MI_Session_GetInstance(&all[i], flags_of(types), NULL, "root/cimv2", key, &callbacks,
                               &operation);
    }
    while (sem_wait(&waiting.done) != 0) { /* looking every now and then would be counted as CPU */
    }
    measure_print(&measure, name, count - atomic_load(&waiting.failed), -1);
    printf("name=%s_memory per_session_kb=%.1f\n", name,
           (double)(measure_resident_kb() - before) / (double)count);
    for (unsigned long i = 0; i < count; i++) {
        MI_Session_Close(&all[i], NULL, NULL);
    }
    MI_Instance_Delete(key);
    sem_destroy(&waiting.done);
    free(all);
}

static unsigned long opens_seen(int watcher)
{
    char events[65536];
    unsigned long opens = 0;
    ssize_t got;
    while ((got = read(watcher, events, sizeof(events))) > 0) {
        for (char *at = events; at < events + got;) {
            struct inotify_event event;
            memcpy(&event, at, sizeof(event));
            opens += (event.mask & IN_OPEN) != 0;
            at += sizeof(event) + event.len;
        }
    }
    return opens;
}

static void tls(unsigned port, unsigned long times, const char *bundle)
{
    struct measure measure;
    int watcher = inotify_init1(IN_NONBLOCK);
    unsigned long count = 0;

    if (watcher < 0 || inotify_add_watch(watcher, bundle, IN_OPEN) < 0) {
        bench_die("cannot watch the bundle");
    }
    measure_start(&measure);
    for (unsigned long i = 0; i < times; i++) {
        MI_Operation operation = MI_OPERATION_NULL;
        MI_Session session = session_to(port, "https");
        MI_Session_TestConnection(&session, 0, NULL, &operation);
        bench_drain(&operation, &measure, &count, ULONG_MAX);
        MI_Session_Close(&session, NULL, NULL);
    }
    measure_print(&measure, "tls", count, -1);
    printf("name=tls_bundle opens=%lu\n", opens_seen(watcher));
    close(watcher);
}

int main(int argc, char **argv)
{
    unsigned port = 0;
    unsigned long count = 0;
    if (argc < 4 || sscanf(argv[2], "%u", &port) != 1) {
        bench_die("usage: client enumerate|first|get|invoke|subscribe|sessions|tls PORT ...");
    }
    measure_pin();
    bench_check(MI_Application_Initialize(0, NULL, NULL, &application), "initialize");
    (void)sscanf(argv[3], "%lu", &count);
    if (strcmp(argv[1], "enumerate") == 0) {
        enumerate(port, argv[3]);
    } else if (strcmp(argv[1], "first") == 0) {
        first(port, argv[3]);
    } else if (strcmp(argv[1], "get") == 0) {
        get(port, count);
    } else if (strcmp(argv[1], "invoke") == 0) {
        invoke(port, count);
    } else if (strcmp(argv[1], "subscribe") == 0) {
        subscribe(port, count);
    } else if (strcmp(argv[1], "sessions") == 0 && argc > 4) {
        sessions(port, count, argv[4]);
    } else if (strcmp(argv[1], "tls") == 0 && argc > 4) {
        tls(port, count, argv[4]);
    }
    MI_Application_Close(&application);
    return 0;
}
