#include "api/codec_tables.h"
#include "api/options.h"
#include "api/tables.h"

static const MI_ClientFT_V1 client_ft = {
    .applicationFT = &mic_application_ft,
    .sessionFT = &mic_session_ft,
    .operationFT = &mic_operation_ft,
    .hostedProviderFT = &mic_hosted_provider_ft,
    .serializerFT = &mic_serializer_ft,
    .deserializerFT = &mic_deserializer_ft,
    .subscribeDeliveryOptionsFT = &mic_subscription_options_ft,
    .destinationOptionsFT = &mic_destination_options_ft,
    .operationOptionsFT = &mic_operation_options_ft,
    .utilitiesFT = &mic_utilities_ft,
};

/* A variable, as in mi.dll: applications and wrappers read it through one more pointer. */
const MI_ClientFT_V1 *mi_clientFT_V1 = &client_ft;
