/* Serializers, deserializers, utilities. */

#include "standin_internal.h"

static MI_Result MI_CALL serializer_Close(MI_Serializer *serializer)
{

    return record("SerializerFT.Close", "p", serializer);
}

static MI_Result MI_CALL serializer_SerializeClass(MI_Serializer *serializer, MI_Uint32 flags,
                                                   const MI_Class *classObject,
                                                   MI_Uint8 *clientBuffer,
                                                   MI_Uint32 clientBufferLength,
                                                   MI_Uint32 *clientBufferNeeded)
{
    out_bytes(clientBuffer);
    ANSWER(clientBufferNeeded, STANDIN_NUMBER(1, 5));
    return record("SerializerFT.SerializeClass", "pupouo", serializer, (MI_Uint32)flags,
                  classObject, clientBuffer, (MI_Uint32)clientBufferLength, clientBufferNeeded);
}

static MI_Result MI_CALL serializer_SerializeInstance(MI_Serializer *serializer, MI_Uint32 flags,
                                                      const MI_Instance *instanceObject,
                                                      MI_Uint8 *clientBuffer,
                                                      MI_Uint32 clientBufferLength,
                                                      MI_Uint32 *clientBufferNeeded)
{
    out_bytes(clientBuffer);
    ANSWER(clientBufferNeeded, STANDIN_NUMBER(2, 5));
    return record("SerializerFT.SerializeInstance", "pupouo", serializer, (MI_Uint32)flags,
                  instanceObject, clientBuffer, (MI_Uint32)clientBufferLength, clientBufferNeeded);
}

const MI_SerializerFT standin_serializer_ft = {
    .Close = serializer_Close,
    .SerializeClass = serializer_SerializeClass,
    .SerializeInstance = serializer_SerializeInstance,
};

static MI_Result MI_CALL deserializer_Close(MI_Deserializer *deserializer)
{

    return record("DeserializerFT.Close", "p", deserializer);
}

static MI_Result MI_CALL deserializer_DeserializeClass(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
    MI_Uint32 serializedBufferLength, MI_Class *parentClass, const MI_Char *serverName,
    const MI_Char *namespaceName, MI_Deserializer_ClassObjectNeeded classObjectNeeded,
    void *classObjectNeededContext, MI_Uint32 *serializedBufferRead, MI_Class **classObject,
    MI_Instance **cimErrorDetails)
{
    MI_Result result =
        record("DeserializerFT.DeserializeClass", "pupupssopooo", deserializer, (MI_Uint32)flags,
               serializedBuffer, (MI_Uint32)serializedBufferLength, parentClass, serverName,
               namespaceName, (const void *)(ptrdiff_t)classObjectNeeded, classObjectNeededContext,
               serializedBufferRead, classObject, cimErrorDetails);

    ANSWER(serializedBufferRead, STANDIN_NUMBER(1, 9));
    ANSWER(classObject, standin.class_object);
    ANSWER(cimErrorDetails, standin.instance);
    call_back_class_needed(classObjectNeeded, classObjectNeededContext);
    return result;
}

static MI_Result MI_CALL deserializer_Class_GetClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *className, MI_Uint32 *classNameLength, MI_Instance **cimErrorDetails)
{
    out_buffer(className, STANDIN_TEXT("className"));
    ANSWER(classNameLength, STANDIN_NUMBER(2, 4));
    ANSWER(cimErrorDetails, standin.instance);
    return record("DeserializerFT.Class_GetClassName", "ppuooo", deserializer, serializedBuffer,
                  (MI_Uint32)serializedBufferLength, className, classNameLength, cimErrorDetails);
}

static MI_Result MI_CALL deserializer_Class_GetParentClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *parentClassName, MI_Uint32 *parentClassNameLength, MI_Instance **cimErrorDetails)
{
    out_buffer(parentClassName, STANDIN_TEXT("parentClassName"));
    ANSWER(parentClassNameLength, STANDIN_NUMBER(3, 4));
    ANSWER(cimErrorDetails, standin.instance);
    return record("DeserializerFT.Class_GetParentClassName", "ppuooo", deserializer,
                  serializedBuffer, (MI_Uint32)serializedBufferLength, parentClassName,
                  parentClassNameLength, cimErrorDetails);
}

static MI_Result MI_CALL deserializer_DeserializeInstance(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
    MI_Uint32 serializedBufferLength, MI_Class **classObjects, MI_Uint32 numberClassObjects,
    MI_Deserializer_ClassObjectNeeded classObjectNeeded, void *classObjectNeededContext,
    MI_Uint32 *serializedBufferRead, MI_Instance **instanceObject, MI_Instance **cimErrorDetails)
{
    MI_Result result =
        record("DeserializerFT.DeserializeInstance", "pupupuopooo", deserializer, (MI_Uint32)flags,
               serializedBuffer, (MI_Uint32)serializedBufferLength, classObjects,
               (MI_Uint32)numberClassObjects, (const void *)(ptrdiff_t)classObjectNeeded,
               classObjectNeededContext, serializedBufferRead, instanceObject, cimErrorDetails);

    ANSWER(serializedBufferRead, STANDIN_NUMBER(4, 8));
    ANSWER(instanceObject, standin.instance);
    ANSWER(cimErrorDetails, standin.instance);
    call_back_class_needed(classObjectNeeded, classObjectNeededContext);
    return result;
}

static MI_Result MI_CALL deserializer_Instance_GetClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *className, MI_Uint32 *classNameLength, MI_Instance **cimErrorDetails)
{
    out_buffer(className, STANDIN_TEXT("className"));
    ANSWER(classNameLength, STANDIN_NUMBER(5, 4));
    ANSWER(cimErrorDetails, standin.instance);
    return record("DeserializerFT.Instance_GetClassName", "ppuooo", deserializer, serializedBuffer,
                  (MI_Uint32)serializedBufferLength, className, classNameLength, cimErrorDetails);
}

const MI_DeserializerFT standin_deserializer_ft = {
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
    record("UtilitiesFT.MapErrorToMiErrorCategory", "su", errorType, (MI_Uint32)error);
    return MI_ERRORCATEGORY_QUOTA_EXCEEDED;
}

static MI_Result MI_CALL utilities_CimErrorFromErrorCode(MI_Uint32 error, const MI_Char *errorType,
                                                         const MI_Char *errorMessage,
                                                         MI_Instance **cimError)
{
    ANSWER(cimError, standin.instance);
    return record("UtilitiesFT.CimErrorFromErrorCode", "usso", (MI_Uint32)error, errorType,
                  errorMessage, cimError);
}

const MI_UtilitiesFT standin_utilities_ft = {
    .MapErrorToMiErrorCategory = utilities_MapErrorToMiErrorCategory,
    .CimErrorFromErrorCode = utilities_CimErrorFromErrorCode,
};
