/* CIM-XML and MOF codecs are not built in: each slot says so, with its outputs empty. A MOF codec
 * object would carry a table of its own in reserved2; since none is ever made, these are all there
 * are. */
#include <string.h>

#include "api/codec_tables.h"

static MI_Result MI_CALL serializer_Close(MI_Serializer *serializer)
{
    if (serializer == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(serializer, 0, sizeof(*serializer));
    return MI_RESULT_NOT_SUPPORTED;
}

static MI_Result refuse(MI_Uint32 *clientBufferNeeded)
{
    if (clientBufferNeeded != NULL) {
        *clientBufferNeeded = 0;
    }
    return MI_RESULT_NOT_SUPPORTED;
}

static MI_Result MI_CALL serializer_SerializeClass(MI_Serializer *serializer, MI_Uint32 flags,
                                                   const MI_Class *classObject,
                                                   MI_Uint8 *clientBuffer,
                                                   MI_Uint32 clientBufferLength,
                                                   MI_Uint32 *clientBufferNeeded)
{
    (void)serializer;
    (void)flags;
    (void)classObject;
    (void)clientBuffer;
    (void)clientBufferLength;
    return refuse(clientBufferNeeded);
}

static MI_Result MI_CALL serializer_SerializeInstance(MI_Serializer *serializer, MI_Uint32 flags,
                                                      const MI_Instance *instanceObject,
                                                      MI_Uint8 *clientBuffer,
                                                      MI_Uint32 clientBufferLength,
                                                      MI_Uint32 *clientBufferNeeded)
{
    (void)serializer;
    (void)flags;
    (void)instanceObject;
    (void)clientBuffer;
    (void)clientBufferLength;
    return refuse(clientBufferNeeded);
}

const MI_SerializerFT mic_serializer_ft = {
    .Close = serializer_Close,
    .SerializeClass = serializer_SerializeClass,
    .SerializeInstance = serializer_SerializeInstance,
};

static MI_Result MI_CALL deserializer_Close(MI_Deserializer *deserializer)
{
    if (deserializer == NULL) {
        return MI_RESULT_INVALID_PARAMETER;
    }
    memset(deserializer, 0, sizeof(*deserializer));
    return MI_RESULT_NOT_SUPPORTED;
}

static void empty(MI_Uint32 *number, MI_Instance **cimErrorDetails)
{
    if (number != NULL) {
        *number = 0;
    }
    if (cimErrorDetails != NULL) {
        *cimErrorDetails = NULL;
    }
}

static MI_Result MI_CALL deserializer_DeserializeClass(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
    MI_Uint32 serializedBufferLength, MI_Class *parentClass, const MI_Char *serverName,
    const MI_Char *namespaceName, MI_Deserializer_ClassObjectNeeded classObjectNeeded,
    void *classObjectNeededContext, MI_Uint32 *serializedBufferRead, MI_Class **classObject,
    MI_Instance **cimErrorDetails)
{
    (void)deserializer;
    (void)flags;
    (void)serializedBuffer;
    (void)serializedBufferLength;
    (void)parentClass;
    (void)serverName;
    (void)namespaceName;
    (void)classObjectNeeded;
    (void)classObjectNeededContext;
    empty(serializedBufferRead, cimErrorDetails);
    if (classObject != NULL) {
        *classObject = NULL;
    }
    return MI_RESULT_NOT_SUPPORTED;
}

/* The three that only peek at a name differ in nothing yet. */
static MI_Result refuse_name(MI_Char *name, MI_Uint32 *nameLength, MI_Instance **cimErrorDetails)
{
    if (name != NULL && nameLength != NULL && *nameLength > 0) {
        name[0] = '\0';
    }
    empty(nameLength, cimErrorDetails);
    return MI_RESULT_NOT_SUPPORTED;
}

static MI_Result MI_CALL deserializer_Class_GetClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *className, MI_Uint32 *classNameLength, MI_Instance **cimErrorDetails)
{
    (void)deserializer;
    (void)serializedBuffer;
    (void)serializedBufferLength;
    return refuse_name(className, classNameLength, cimErrorDetails);
}

static MI_Result MI_CALL deserializer_Class_GetParentClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *parentClassName, MI_Uint32 *parentClassNameLength, MI_Instance **cimErrorDetails)
{
    (void)deserializer;
    (void)serializedBuffer;
    (void)serializedBufferLength;
    return refuse_name(parentClassName, parentClassNameLength, cimErrorDetails);
}

static MI_Result MI_CALL deserializer_DeserializeInstance(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
    MI_Uint32 serializedBufferLength, MI_Class **classObjects, MI_Uint32 numberClassObjects,
    MI_Deserializer_ClassObjectNeeded classObjectNeeded, void *classObjectNeededContext,
    MI_Uint32 *serializedBufferRead, MI_Instance **instanceObject, MI_Instance **cimErrorDetails)
{
    (void)deserializer;
    (void)flags;
    (void)serializedBuffer;
    (void)serializedBufferLength;
    (void)classObjects;
    (void)numberClassObjects;
    (void)classObjectNeeded;
    (void)classObjectNeededContext;
    empty(serializedBufferRead, cimErrorDetails);
    if (instanceObject != NULL) {
        *instanceObject = NULL;
    }
    return MI_RESULT_NOT_SUPPORTED;
}

static MI_Result MI_CALL deserializer_Instance_GetClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *className, MI_Uint32 *classNameLength, MI_Instance **cimErrorDetails)
{
    (void)deserializer;
    (void)serializedBuffer;
    (void)serializedBufferLength;
    return refuse_name(className, classNameLength, cimErrorDetails);
}

const MI_DeserializerFT mic_deserializer_ft = {
    .Close = deserializer_Close,
    .DeserializeClass = deserializer_DeserializeClass,
    .Class_GetClassName = deserializer_Class_GetClassName,
    .Class_GetParentClassName = deserializer_Class_GetParentClassName,
    .DeserializeInstance = deserializer_DeserializeInstance,
    .Instance_GetClassName = deserializer_Instance_GetClassName,
};
