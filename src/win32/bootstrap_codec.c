/* The tables without an object of their own, which MI_Serializer_*, MI_Deserializer_* and
   MI_Utilities_* reach through mi_clientFT_V1, and the table of all tables. These calls are legal
   before MI_Application_Initialize. */

#include "win32/native.h"

static MI_Result MI_CALL serializer_Close(MI_Serializer *serializer)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->serializerFT->Close(serializer);
}

static MI_Result MI_CALL serializer_SerializeClass(MI_Serializer *serializer, MI_Uint32 flags,
                                                   const MI_Class *classObject,
                                                   MI_Uint8 *clientBuffer,
                                                   MI_Uint32 clientBufferLength,
                                                   MI_Uint32 *clientBufferNeeded)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->serializerFT->SerializeClass(serializer, flags, classObject, clientBuffer,
                                                clientBufferLength, clientBufferNeeded);
}

static MI_Result MI_CALL serializer_SerializeInstance(MI_Serializer *serializer, MI_Uint32 flags,
                                                      const MI_Instance *instanceObject,
                                                      MI_Uint8 *clientBuffer,
                                                      MI_Uint32 clientBufferLength,
                                                      MI_Uint32 *clientBufferNeeded)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->serializerFT->SerializeInstance(serializer, flags, instanceObject, clientBuffer,
                                                   clientBufferLength, clientBufferNeeded);
}

static const MI_SerializerFT serializer_ft = {
    .Close = serializer_Close,
    .SerializeClass = serializer_SerializeClass,
    .SerializeInstance = serializer_SerializeInstance,
};

static MI_Result MI_CALL deserializer_Close(MI_Deserializer *deserializer)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->deserializerFT->Close(deserializer);
}

static MI_Result MI_CALL deserializer_DeserializeClass(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
    MI_Uint32 serializedBufferLength, MI_Class *parentClass, const MI_Char *serverName,
    const MI_Char *namespaceName, MI_Deserializer_ClassObjectNeeded classObjectNeeded,
    void *classObjectNeededContext, MI_Uint32 *serializedBufferRead, MI_Class **classObject,
    MI_Instance **cimErrorDetails)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_missing_error_report(cimErrorDetails);
        mic_clear_output(serializedBufferRead, sizeof(*serializedBufferRead));
        mic_clear_output(classObject, sizeof(*classObject));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->deserializerFT->DeserializeClass(
        deserializer, flags, serializedBuffer, serializedBufferLength, parentClass, serverName,
        namespaceName, classObjectNeeded, classObjectNeededContext, serializedBufferRead,
        classObject, cimErrorDetails);
}

static MI_Result MI_CALL deserializer_Class_GetClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *className, MI_Uint32 *classNameLength, MI_Instance **cimErrorDetails)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_missing_error_report(cimErrorDetails);
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->deserializerFT->Class_GetClassName(deserializer, serializedBuffer,
                                                      serializedBufferLength, className,
                                                      classNameLength, cimErrorDetails);
}

static MI_Result MI_CALL deserializer_Class_GetParentClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *parentClassName, MI_Uint32 *parentClassNameLength, MI_Instance **cimErrorDetails)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_missing_error_report(cimErrorDetails);
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->deserializerFT->Class_GetParentClassName(deserializer, serializedBuffer,
                                                            serializedBufferLength, parentClassName,
                                                            parentClassNameLength, cimErrorDetails);
}

static MI_Result MI_CALL deserializer_DeserializeInstance(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
    MI_Uint32 serializedBufferLength, MI_Class **classObjects, MI_Uint32 numberClassObjects,
    MI_Deserializer_ClassObjectNeeded classObjectNeeded, void *classObjectNeededContext,
    MI_Uint32 *serializedBufferRead, MI_Instance **instanceObject, MI_Instance **cimErrorDetails)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_missing_error_report(cimErrorDetails);
        mic_clear_output(serializedBufferRead, sizeof(*serializedBufferRead));
        mic_clear_output(instanceObject, sizeof(*instanceObject));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->deserializerFT->DeserializeInstance(
        deserializer, flags, serializedBuffer, serializedBufferLength, classObjects,
        numberClassObjects, classObjectNeeded, classObjectNeededContext, serializedBufferRead,
        instanceObject, cimErrorDetails);
}

static MI_Result MI_CALL deserializer_Instance_GetClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *className, MI_Uint32 *classNameLength, MI_Instance **cimErrorDetails)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_missing_error_report(cimErrorDetails);
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->deserializerFT->Instance_GetClassName(deserializer, serializedBuffer,
                                                         serializedBufferLength, className,
                                                         classNameLength, cimErrorDetails);
}

static const MI_DeserializerFT deserializer_ft = {
    .Close = deserializer_Close,
    .DeserializeClass = deserializer_DeserializeClass,
    .Class_GetClassName = deserializer_Class_GetClassName,
    .Class_GetParentClassName = deserializer_Class_GetParentClassName,
    .DeserializeInstance = deserializer_DeserializeInstance,
    .Instance_GetClassName = deserializer_Instance_GetClassName,
};

static MI_ErrorCategory MI_CALL utilities_MapErrorToMiErrorCategory(const MI_Char *errorType,
                                                                    MI_Uint32 error)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        return MI_ERRORCATEGORY_NOT_SPECIFIED;
    }
    return native->utilitiesFT->MapErrorToMiErrorCategory(errorType, error);
}

static MI_Result MI_CALL utilities_CimErrorFromErrorCode(MI_Uint32 error, const MI_Char *errorType,
                                                         const MI_Char *errorMessage,
                                                         MI_Instance **cimError)
{
    const MI_ClientFT_V1 *native = mic_native_tables();

    if (native == NULL) {
        mic_clear_output(cimError, sizeof(*cimError));
        return MI_RESULT_NOT_SUPPORTED;
    }
    return native->utilitiesFT->CimErrorFromErrorCode(error, errorType, errorMessage, cimError);
}

static const MI_UtilitiesFT utilities_ft = {
    .MapErrorToMiErrorCategory = utilities_MapErrorToMiErrorCategory,
    .CimErrorFromErrorCode = utilities_CimErrorFromErrorCode,
};

static const MI_ClientFT_V1 mic_bootstrap_tables = {
    .applicationFT = &mic_bootstrap_application_ft,
    .sessionFT = &mic_bootstrap_session_ft,
    .operationFT = &mic_bootstrap_operation_ft,
    .hostedProviderFT = &mic_bootstrap_hosted_provider_ft,
    .serializerFT = &serializer_ft,
    .deserializerFT = &deserializer_ft,
    .subscribeDeliveryOptionsFT = &mic_bootstrap_subscription_options_ft,
    .destinationOptionsFT = &mic_bootstrap_destination_options_ft,
    .operationOptionsFT = &mic_bootstrap_operation_options_ft,
    .utilitiesFT = &utilities_ft,
};
