/* The n-th allocation or the n-th socket call fails, for every n: an error at most, nothing lost,
 * nothing left behind. Linked with the layers, whose doors the wrappers stand in. */
#include <string.h>

#include "client.h"
#include "fail_alloc.h"
#include "fail_io.h"
#include "mic_test.h"
#include "proxy_fixture.h"

static struct peer peer;
static struct proxy proxy; /* port 0: none is used */
static const char *sealed_type = MI_AUTH_TYPE_NTLM;
static bool has_refused; /* credentials come first that the server does not take */
static bool is_sealed;   /* NTLM, and all messages sealed, instead of Basic in clear text */

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

static bool use_sync(MI_Application *application, MI_Session *session)
{
    (void)application;
    MI_Operation operation;
    MI_Session_EnumerateInstances(session, 0, NULL, "root/cimv2", "Peer_Few", MI_FALSE, NULL,
                                  &operation);
    bool is_good = take_all(&operation);
    (void)MI_Operation_Close(&operation);
    MIC_CHECK_INT(MI_Session_Close(session, NULL, NULL), MI_RESULT_OK);
    return is_good;
}

/* Two alerts that are there already; ended while a third is waited for. */
static bool use_subscription(MI_Application *application, MI_Session *session)
{
    MI_SubscriptionDeliveryOptions delivery;
    MI_Operation operation;
    const MI_Instance *instance;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;
    unsigned count = 0;
    bool is_good = MI_Application_NewSubscriptionDeliveryOptions(
                       application, MI_SubscriptionDeliveryType_Pull, &delivery) == MI_RESULT_OK;
    if (is_good) {
        is_good = MI_SubscriptionDeliveryOptions_SetBookmark(
                      &delivery, MI_SUBSCRIBE_BOOKMARK_OLDEST) == MI_RESULT_OK;
        MI_Session_Subscribe(session, 0, NULL, "root/cimv2", "WQL", "SELECT * FROM Peer_Alert",
                             &delivery, NULL, &operation);
        while (is_good && more && count < 2) {
            is_good = MI_Operation_GetIndication(&operation, &instance, NULL, NULL, &more, &result,
                                                 NULL, NULL) == MI_RESULT_OK;
            count += instance != NULL;
        }
        (void)MI_Operation_Close(&operation);
        MI_SubscriptionDeliveryOptions_Delete(&delivery);
    }
    MIC_CHECK_INT(MI_Session_Close(session, NULL, NULL), MI_RESULT_OK);
    return is_good && count == 2;
}

static void MI_CALL say_yes(MI_Operation *operation, void *context, const MI_Char *message,
                            MI_PromptType type,
                            MI_Result(MI_CALL *answer)(MI_Operation *operation,
                                                       MI_OperationCallback_ResponseType response))
{
    unsigned *heard = context;
    (void)message, (void)type;
    *heard += 1;
    if (answer != NULL) {
        (void)answer(operation, MI_OperationCallback_ResponseType_Yes);
    }
}

static void MI_CALL hear_error(
    MI_Operation *operation, void *context, MI_Instance *error,
    MI_Result(MI_CALL *answer)(MI_Operation *operation, MI_OperationCallback_ResponseType response))
{
    (void)error;
    say_yes(operation, context, NULL, MI_PROMPTTYPE_NORMAL, answer);
}

static bool use_chat(MI_Application *application, MI_Session *session)
{
    unsigned heard = 0;
    MI_OperationCallbacks callbacks = {
        .callbackContext = &heard, .promptUser = say_yes, .writeError = hear_error};
    MI_Operation operation;
    const MI_Instance *instance;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_FAILED;
    MI_Instance *parameters = NULL, *key = NULL;
    MI_Value value = {.uint32 = 1};
    char name[] = "alpha";
    bool is_good =
        MI_Application_NewInstance(application, "Parameters", NULL, &parameters) == MI_RESULT_OK &&
        MI_Instance_AddElement(parameters, "Prompts", &value, MI_UINT32, 0) == MI_RESULT_OK &&
        MI_Instance_AddElement(parameters, "Inquiries", &value, MI_UINT32, 0) == MI_RESULT_OK &&
        MI_Application_NewInstance(application, "Peer_Service", NULL, &key) == MI_RESULT_OK;
    value.string = name;
    is_good = is_good &&
              MI_Instance_AddElement(key, "Name", &value, MI_STRING, MI_FLAG_KEY) == MI_RESULT_OK;
    if (is_good) {
        MI_Session_Invoke(session, 0, NULL, "root/cimv2", "Peer_Service", "Chat", key, parameters,
                          &callbacks, &operation);
        while (is_good && more) {
            is_good = MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL) ==
                      MI_RESULT_OK;
        }
        (void)MI_Operation_Close(&operation);
    }
    if (parameters != NULL) {
        MI_Instance_Delete(parameters);
    }
    if (key != NULL) {
        MI_Instance_Delete(key);
    }
    MIC_CHECK_INT(MI_Session_Close(session, NULL, NULL), MI_RESULT_OK);
    return is_good && result == MI_RESULT_OK && heard == 2;
}

static bool use_async(MI_Application *application, MI_Session *session)
{
    (void)application;
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

static bool go_through_proxy(MI_DestinationOptions *options)
{
    MI_UserCredentials credentials = {
        .authenticationType = MI_AUTH_TYPE_NTLM,
        .credentials.usernamePassword = {NULL, PROXY_USER, PROXY_PASSWORD}};
    return MI_DestinationOptions_SetString(options, PROXY_OPTION, proxy.address) == MI_RESULT_OK &&
           MI_DestinationOptions_AddProxyCredentials(options, &credentials) == MI_RESULT_OK;
}

/* Before those that are taken. */
static bool add_refused(MI_DestinationOptions *options)
{
    MI_UserCredentials credentials = {
        .authenticationType = MI_AUTH_TYPE_NTLM,
        .credentials.usernamePassword = {NULL, PEER_USER, "the-wrong-one"}};
    return MI_DestinationOptions_AddDestinationCredentials(options, &credentials) == MI_RESULT_OK;
}

static bool make_options(MI_Application *application, MI_DestinationOptions *options)
{
    MI_UserCredentials credentials = {
        .authenticationType = is_sealed ? sealed_type : MI_AUTH_TYPE_BASIC,
        .credentials.usernamePassword = {NULL, PEER_USER, PEER_PASSWORD}};
    if (MI_Application_NewDestinationOptions(application, options) != MI_RESULT_OK) {
        return false;
    }
    if ((!has_refused || add_refused(options)) &&
        MI_DestinationOptions_AddDestinationCredentials(options, &credentials) == MI_RESULT_OK &&
        MI_DestinationOptions_SetPacketPrivacy(options, is_sealed ? MI_TRUE : MI_FALSE) ==
            MI_RESULT_OK &&
        (proxy.port == 0 || go_through_proxy(options))) {
        return true;
    }
    MI_DestinationOptions_Delete(options);
    return false;
}

typedef bool user(MI_Application *application, MI_Session *session);

static bool use_application(MI_Application *application, user *use)
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
    return is_good && use(application, &session);
}

static bool use_once(void *context)
{
    MI_Application application;
    if (MI_Application_Initialize(0, NULL, NULL, &application) != MI_RESULT_OK) {
        return false;
    }
    bool is_good = use_application(&application, *(user **)context);
    MIC_CHECK_INT(MI_Application_Close(&application), MI_RESULT_OK);
    return is_good;
}

static void check_allocations(user *use)
{
    peer_start_with(&peer, NULL);
    peer_control(&peer, "fire", "count=2");
    MIC_CHECK(use_once(&use));
    MIC_CHECK(mic_fail_alloc_each(use_once, &use) > 50);
    MIC_CHECK(use_once(&use));
    peer_stop(&peer);
}

MIC_TEST(fail_nth, allocation_of_a_synchronous_enumeration)
{
    check_allocations(use_sync);
}

MIC_TEST(fail_nth, allocation_of_an_asynchronous_enumeration)
{
    check_allocations(use_async);
}

MIC_TEST(fail_nth, allocation_of_a_subscription)
{
    check_allocations(use_subscription);
}

MIC_TEST(fail_nth, allocation_of_an_operation_that_asks)
{
    check_allocations(use_chat);
}

static void check_sockets(enum mic_io_fault fault, user *use)
{
    for (unsigned long n = 1; n < 1000; n++) {
        mic_fail_io_at(n, fault);
        bool is_good = use_once(&use);
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
        check_sockets(faults[i], use_sync);
        check_sockets(faults[i], use_async);
    }
    peer_stop(&peer);
}

/* NTLM, where it can be accepted here: three messages to the proxy. */
MIC_TEST(fail_nth, allocation_and_socket_call_through_a_proxy)
{
    static const enum mic_io_fault faults[] = {MIC_IO_RESET, MIC_IO_AGAIN, MIC_IO_INTR,
                                               MIC_IO_SHORT, MIC_IO_END};
    proxy_start_with(&proxy, WIRE_HAS_NTLM && peer_lacks("ntlm") == NULL ? "NTLM" : NULL, NULL);
    check_allocations(use_sync);
    peer_start_with(&peer, NULL);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        check_sockets(faults[i], use_sync);
    }
    peer_stop(&peer);
    proxy_stop(&proxy);
    proxy.port = 0;
}

MIC_TEST(fail_nth, every_socket_call_carries_one_byte)
{
    user *use = use_sync;
    peer_start_with(&peer, NULL);
    mic_fail_io_always(MIC_IO_SHORT);
    MIC_CHECK(use_once(&use));
    mic_fail_io_at(0, MIC_IO_SHORT);
    peer_stop(&peer);
}

/* ---- sealed ---- */

static void need_ntlm(void)
{
    const char *missing = WIRE_HAS_NTLM ? peer_lacks("ntlm") : "a build without NTLM";
    if (missing != NULL) {
        MIC_SKIP(missing);
    }
}

/* Whatever fails, the server gets nothing in clear text, and nothing it cannot open. */
static void expect_seals_whole(void)
{
    MIC_CHECK_INT(peer_counter(&peer, "requests.clear-text"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed-badly"), 0);
    MIC_CHECK_INT(peer_counter(&peer, "requests.sealed"), peer_counter(&peer, "requests.total"));
    is_sealed = false;
    peer_stop(&peer);
}

static void check_sealed_allocations(user *use)
{
    need_ntlm();
    is_sealed = true;
    peer_start_with(&peer, NULL);
    MIC_CHECK(use_once(&use));
    MIC_CHECK(mic_fail_alloc_each(use_once, &use) > 80);
    MIC_CHECK(use_once(&use));
    expect_seals_whole();
}

MIC_TEST(fail_nth, allocation_of_a_sealed_enumeration)
{
    check_sealed_allocations(use_sync);
}

MIC_TEST(fail_nth, allocation_of_a_sealed_operation_that_asks)
{
    check_sealed_allocations(use_chat);
}

MIC_TEST(fail_nth, socket_call_of_a_sealed_enumeration)
{
    static const enum mic_io_fault faults[] = {MIC_IO_RESET, MIC_IO_AGAIN, MIC_IO_INTR,
                                               MIC_IO_SHORT, MIC_IO_END};
    need_ntlm();
    is_sealed = true;
    peer_start_with(&peer, NULL);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        check_sockets(faults[i], use_sync);
    }
    expect_seals_whole();
}

/* ---- CredSSP, and credentials behind others ---- */

static const enum mic_io_fault io_faults[] = {MIC_IO_RESET, MIC_IO_AGAIN, MIC_IO_INTR, MIC_IO_SHORT,
                                              MIC_IO_END};

MIC_TEST(fail_nth, allocation_and_socket_call_with_credssp)
{
    static const char *const options[] = {"--auth-offer", "CredSSP", NULL};
    user *use = use_sync;
    need_ntlm();
    is_sealed = true;
    sealed_type = MI_AUTH_TYPE_CREDSSP;
    peer_start(&peer, options);
    MIC_CHECK(use_once(&use));
    MIC_CHECK(mic_fail_alloc_each(use_once, &use) > 120);
    for (size_t i = 0; i < sizeof(io_faults) / sizeof(io_faults[0]); i++) {
        check_sockets(io_faults[i], use_sync);
    }
    expect_seals_whole();
    sealed_type = MI_AUTH_TYPE_NTLM;
}

MIC_TEST(fail_nth, allocation_and_socket_call_with_credentials_behind_others)
{
    need_ntlm();
    has_refused = true;
    check_allocations(use_sync);
    peer_start_with(&peer, NULL);
    for (size_t i = 0; i < sizeof(io_faults) / sizeof(io_faults[0]); i++) {
        check_sockets(io_faults[i], use_sync);
    }
    peer_stop(&peer);
    has_refused = false;
}
