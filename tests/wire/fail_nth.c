/* The n-th allocation or the n-th socket call fails, for every n: an error at most, nothing lost,
 * nothing left behind. Linked with the layers, whose doors the wrappers stand in. */
#include <string.h>

#include "client.h"
#include "fail_alloc.h"
#include "fail_io.h"
#include "mic_test.h"

static struct peer peer;

static bool take_all(MI_Operation *operation)
{
    const MI_Instance *instance;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_FAILED;
    unsigned count = 0;
    while (more) {
        if (MI_Operation_GetInstance(operation, &instance, &more, &result, NULL, NULL) !=
            MI_RESULT_OK) {
            return false;
        }
        count += instance != NULL;
    }
    return result == MI_RESULT_OK && count == 5;
}

static bool use_sync(MI_Session *session)
{
    MI_Operation operation;
    MI_Session_EnumerateInstances(session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE, NULL,
                                  &operation);
    bool is_good = take_all(&operation);
    (void)MI_Operation_Close(&operation);
    return is_good;
}

static bool use_async(MI_Session *session)
{
    struct listener listener;
    MI_OperationCallbacks callbacks;
    MI_Operation operation;
    listener_init(&listener);
    listener_callbacks(&listener, &callbacks);
    MI_Session_EnumerateInstances(session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE, &callbacks,
                                  &operation);
    listener_wait_final(&listener);
    (void)MI_Operation_Close(&operation);
    MIC_CHECK_INT(MI_Session_Close(session, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(listener.finals, 1);
    bool is_good = listener.outcome.result == MI_RESULT_OK && listener.outcome.count == 5;
    listener_fini(&listener);
    return is_good;
}

static bool make_options(MI_Application *application, MI_DestinationOptions *options)
{
    MI_UserCredentials credentials = {
        .authenticationType = MI_AUTH_TYPE_BASIC,
        .credentials.usernamePassword = {NULL, PEER_USER, PEER_PASSWORD}};
    if (MI_Application_NewDestinationOptions(application, options) != MI_RESULT_OK) {
        return false;
    }
    if (MI_DestinationOptions_AddDestinationCredentials(options, &credentials) == MI_RESULT_OK &&
        MI_DestinationOptions_SetPacketPrivacy(options, MI_FALSE) == MI_RESULT_OK) {
        return true;
    }
    MI_DestinationOptions_Delete(options);
    return false;
}

static bool use_application(MI_Application *application, bool is_async)
{
    MI_DestinationOptions options;
    MI_Session session;
    MI_Instance *error = NULL;
    if (!make_options(application, &options)) {
        return false;
    }
    bool is_good = MI_Application_NewSession(application, NULL, peer.url, &options, NULL, &error,
                                             &session) == MI_RESULT_OK;
    MI_DestinationOptions_Delete(&options);
    if (error != NULL) {
        MI_Instance_Delete(error);
    }
    if (is_good && is_async) {
        is_good = use_async(&session);
    } else if (is_good) {
        is_good = use_sync(&session);
        MIC_CHECK_INT(MI_Session_Close(&session, NULL, NULL), MI_RESULT_OK);
    }
    return is_good;
}

static bool use_once(void *context)
{
    MI_Application application;
    if (MI_Application_Initialize(0, NULL, NULL, &application) != MI_RESULT_OK) {
        return false;
    }
    bool is_good = use_application(&application, *(bool *)context);
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_OK);
    return is_good;
}

static void check_allocations(bool is_async)
{
    peer_start_with(&peer, NULL);
    MIC_CHECK(use_once(&is_async));
    MIC_CHECK(mic_fail_alloc_each(use_once, &is_async) > 50);
    MIC_CHECK(use_once(&is_async));
    peer_stop(&peer);
}

MIC_TEST(fail_nth, allocation_of_a_synchronous_enumeration)
{
    check_allocations(false);
}

MIC_TEST(fail_nth, allocation_of_an_asynchronous_enumeration)
{
    check_allocations(true);
}

static void check_sockets(enum mic_io_fault fault, bool is_async)
{
    for (unsigned long n = 1; n < 1000; n++) {
        mic_fail_io_at(n, fault);
        bool is_good = use_once(&is_async);
        bool was_hit = mic_fail_io_hit();
        mic_fail_io_at(0, fault);
        if (fault == MIC_IO_AGAIN || fault == MIC_IO_INTR || fault == MIC_IO_SHORT) {
            MIC_CHECK(is_good);
        }
        if (!was_hit) {
            MIC_CHECK(is_good);
            return;
        }
    }
    MIC_FAIL("no end of socket calls");
}

MIC_TEST(fail_nth, socket_call_of_an_enumeration)
{
    static const enum mic_io_fault faults[] = {MIC_IO_RESET, MIC_IO_AGAIN, MIC_IO_INTR,
                                               MIC_IO_SHORT, MIC_IO_END};
    peer_start_with(&peer, NULL);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        check_sockets(faults[i], false);
        check_sockets(faults[i], true);
    }
    peer_stop(&peer);
}

MIC_TEST(fail_nth, every_socket_call_carries_one_byte)
{
    bool is_async = false;
    peer_start_with(&peer, NULL);
    mic_fail_io_always(MIC_IO_SHORT);
    MIC_CHECK(use_once(&is_async));
    mic_fail_io_at(0, MIC_IO_SHORT);
    peer_stop(&peer);
}
