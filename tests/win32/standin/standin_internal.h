#ifndef MIC_TESTS_WIN32_STANDIN_INTERNAL_H
#define MIC_TESTS_WIN32_STANDIN_INTERNAL_H

#include "standin.h"

extern struct standin standin;

extern const MI_ApplicationFT standin_application_ft;
extern const MI_SessionFT standin_session_ft;
extern const MI_OperationFT standin_operation_ft;
extern const MI_HostedProviderFT standin_hosted_provider_ft;
extern const MI_SerializerFT standin_serializer_ft;
extern const MI_DeserializerFT standin_deserializer_ft;
extern const MI_SubscriptionDeliveryOptionsFT standin_subscription_options_ft;
extern const MI_DestinationOptionsFT standin_destination_options_ft;
extern const MI_OperationOptionsFT standin_operation_options_ft;
extern const MI_UtilitiesFT standin_utilities_ft;
extern const MI_InstanceExFT standin_instance_ft;
extern const MI_ClassFT standin_class_ft;
extern const MI_QualifierSetFT standin_qualifier_set_ft;
extern const MI_ParameterSetFT standin_parameter_set_ft;
extern const MI_PropertySetFT standin_property_set_ft;
extern const MI_FilterFT standin_filter_ft;

/** Log a call; returns what the test wants slots to return. */
MI_Result record(const char *name, const char *types, ...);

/** Set an output that may be NULL. */
#define ANSWER(output, value)                                                                      \
    do {                                                                                           \
        if ((output) != NULL) {                                                                    \
            *(output) = (value);                                                                   \
        }                                                                                          \
    } while (0)

/** A text output that is handed out as writable. */
MI_Char *standin_text(const MI_Char *text);
void out_value(MI_Value *value, const MI_Char *text);
void out_interval(MI_Interval *interval, MI_Uint32 number);
void out_datetime(MI_Datetime *datetime, MI_Uint32 number);
void out_credentials(MI_UserCredentials *credentials);
void out_buffer(MI_Char *buffer, const MI_Char *text);
void out_bytes(MI_Uint8 *buffer);

/** Call back what an operation was started with, on another thread, and wait for that thread. */
void call_back_instance(MI_Operation *operation, MI_Uint32 flags,
                        const MI_OperationCallbacks *calls);
void call_back_class(MI_Operation *operation, MI_Uint32 flags, const MI_OperationCallbacks *calls);
void call_back_indication(MI_Operation *operation, MI_Uint32 flags,
                          const MI_OperationCallbacks *calls);
void call_back_session(MI_Application *application, const MI_SessionCallbacks *calls);
void call_back_class_needed(MI_Deserializer_ClassObjectNeeded needed, void *context);

#endif
