/** The three option objects: bags behind by-value handles. */
#ifndef MIC_API_OPTIONS_H
#define MIC_API_OPTIONS_H

#include <mi.h>

#include "model/bag.h"

extern const MI_DestinationOptionsFT mic_destination_options_ft;
extern const MI_OperationOptionsFT mic_operation_options_ft;
extern const MI_SubscriptionDeliveryOptionsFT mic_subscription_options_ft;

/** Empty options for the NewXxxOptions of an application.
 *  @param[out] out  filled on success, zero otherwise
 *  @return MI_RESULT_OK; INVALID_PARAMETER for NULL or an unknown delivery type;
 * SERVER_LIMITS_EXCEEDED when out of memory */
MI_Result mic_destination_options_new(MI_DestinationOptions *out);
MI_Result mic_operation_options_new(MI_Boolean must_understand, MI_OperationOptions *out);
MI_Result mic_subscription_options_new(MI_SubscriptionDeliveryType type,
                                       MI_SubscriptionDeliveryOptions *out);

/** The bag behind a handle, to be read (NewSession and the like keep a mic_bag_clone of it): it
 * lives until the matching release, whatever others do with the handle.
 *  @return NULL when the handle is NULL, zero, deleted or of another library; then no release */
const struct mic_bag *mic_destination_options_acquire(const MI_DestinationOptions *options);
void mic_destination_options_release(const MI_DestinationOptions *options);
const struct mic_bag *mic_operation_options_acquire(const MI_OperationOptions *options);
void mic_operation_options_release(const MI_OperationOptions *options);
const struct mic_bag *
mic_subscription_options_acquire(const MI_SubscriptionDeliveryOptions *options);
void mic_subscription_options_release(const MI_SubscriptionDeliveryOptions *options);

#endif
