#include <string.h>

#include "api/options.h"
#include "fail_alloc.h"
#include "mic_test.h"

#define CREDENTIALS "__MI_DESTINATIONOPTIONS_DESTINATION_CREDENTIALS"

static bool destination(void *context)
{
    MI_DestinationOptions options, clone = MI_DESTINATIONOPTIONS_NULL;
    MI_UserCredentials user = {.authenticationType = MI_AUTH_TYPE_BASIC,
                               .credentials.usernamePassword = {"d", "u", "p"}};
    MI_Interval interval = {.minutes = 1};
    bool ok = mic_destination_options_new(&options) == MI_RESULT_OK;

    (void)context;
    ok = ok && MI_DestinationOptions_SetTimeout(&options, &interval) == MI_RESULT_OK;
    ok = ok && MI_DestinationOptions_SetTransport(&options, "HTTP") == MI_RESULT_OK;
    ok = ok && MI_DestinationOptions_SetDestinationPort(&options, 5985) == MI_RESULT_OK;
    ok = ok && MI_DestinationOptions_AddDestinationCredentials(&options, &user) == MI_RESULT_OK;
    ok = ok && MI_DestinationOptions_Clone(&options, &clone) == MI_RESULT_OK;
    if (!ok) {
        MIC_CHECK(clone.ft == NULL);
    }
    MI_DestinationOptions_Delete(&options);
    MI_DestinationOptions_Delete(&clone);
    return ok;
}

MIC_TEST(options, destination_options_survive_every_failed_allocation)
{
    MIC_CHECK(mic_fail_alloc_each(destination, NULL) > 15);
}

static bool operation(void *context)
{
    MI_OperationOptions options, clone = MI_OPERATIONOPTIONS_NULL;
    MI_Value value = {.uint32 = 7};
    MI_Uint32 number = 0;
    bool ok = mic_operation_options_new(MI_TRUE, &options) == MI_RESULT_OK;

    (void)context;
    ok = ok && MI_OperationOptions_EnableChannel(&options, 1) == MI_RESULT_OK;
    ok = ok && MI_OperationOptions_EnableChannel(&options, 2) == MI_RESULT_OK;
    ok = ok && MI_OperationOptions_DisableChannel(&options, 1) == MI_RESULT_OK;
    ok = ok && MI_OperationOptions_SetCustomOption(&options, "My", MI_UINT32, &value, MI_TRUE) ==
                   MI_RESULT_OK;
    ok = ok && MI_OperationOptions_Clone(&options, &clone) == MI_RESULT_OK;
    if (ok) {
        MIC_CHECK_INT(MI_OperationOptions_GetEnabledChannels(&clone, NULL, 0, &number, NULL),
                      MI_RESULT_FAILED);
        MIC_CHECK_INT(number, 1);
    }
    MI_OperationOptions_Delete(&options);
    MI_OperationOptions_Delete(&clone);
    return ok;
}

MIC_TEST(options, operation_options_survive_every_failed_allocation)
{
    MIC_CHECK(mic_fail_alloc_each(operation, NULL) > 10);
}

static bool subscription(void *context)
{
    MI_SubscriptionDeliveryOptions options, clone = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL;
    MI_Interval interval = {.seconds = 9};
    bool ok =
        mic_subscription_options_new(MI_SubscriptionDeliveryType_Pull, &options) == MI_RESULT_OK;

    (void)context;
    ok = ok &&
         MI_SubscriptionDeliveryOptions_SetHeartbeatInterval(&options, &interval) == MI_RESULT_OK;
    ok = ok && MI_SubscriptionDeliveryOptions_SetBookmark(&options, MI_SUBSCRIBE_BOOKMARK_OLDEST) ==
                   MI_RESULT_OK;
    ok = ok && MI_SubscriptionDeliveryOptions_Clone(&options, &clone) == MI_RESULT_OK;
    (void)MI_SubscriptionDeliveryOptions_Delete(&options);
    (void)MI_SubscriptionDeliveryOptions_Delete(&clone);
    return ok;
}

MIC_TEST(options, subscription_options_survive_every_failed_allocation)
{
    MIC_CHECK(mic_fail_alloc_each(subscription, NULL) > 8);
}

MIC_TEST(options, a_bag_in_use_outlives_its_handle)
{
    MI_DestinationOptions options, copy;
    const struct mic_bag *bag;

    MIC_REQUIRE(mic_destination_options_new(&options) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_SetTransport(&options, "HTTPS"), MI_RESULT_OK);
    copy = options;
    bag = mic_destination_options_acquire(&copy);
    MIC_REQUIRE(bag != NULL);
    MI_DestinationOptions_Delete(&options);
    MIC_CHECK(mic_destination_options_acquire(&copy) == NULL);
    MIC_CHECK_TEXT(mic_bag_string(bag, "__MI_DESTINATIONOPTIONS_TRANSPORT", ""), "HTTPS");
    mic_destination_options_release(&copy);
}

MIC_TEST(options, what_the_application_asked_for_is_kept)
{
    MI_OperationOptions operation_options, clone;
    MI_SubscriptionDeliveryOptions delivery;
    const struct mic_bag *bag;
    MI_Value value = {.uint32 = 7};

    MIC_REQUIRE(mic_operation_options_new(2, &operation_options) == MI_RESULT_OK);
    MIC_CHECK_INT(
        MI_OperationOptions_SetCustomOption(&operation_options, "My", MI_UINT32, &value, MI_TRUE),
        MI_RESULT_OK);
    MIC_REQUIRE(MI_OperationOptions_Clone(&operation_options, &clone) == MI_RESULT_OK);
    MI_OperationOptions_Delete(&operation_options);
    bag = mic_operation_options_acquire(&clone);
    MIC_REQUIRE(bag != NULL);
    MIC_CHECK(bag->must_understand);
    MIC_CHECK_INT(bag->option_flags[0], MIC_OPTION_CUSTOM | MIC_OPTION_MUST_COMPLY);
    mic_operation_options_release(&clone);
    MI_OperationOptions_Delete(&clone);
    MIC_CHECK_INT(mic_subscription_options_new((MI_SubscriptionDeliveryType)3, &delivery),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK(delivery.ft == NULL);
    MIC_REQUIRE(mic_subscription_options_new(MI_SubscriptionDeliveryType_Push, &delivery) ==
                MI_RESULT_OK);
    bag = mic_subscription_options_acquire(&delivery);
    MIC_REQUIRE(bag != NULL);
    MIC_CHECK_INT(bag->delivery_type, MI_SubscriptionDeliveryType_Push);
    mic_subscription_options_release(&delivery);
    MIC_CHECK_INT(MI_SubscriptionDeliveryOptions_Delete(&delivery), MI_RESULT_OK);
}
