#include "given.h"

MIC_TEST(serializer, Close_forwards)
{
    given_open();
    FORWARDS(MI_Serializer_Close(&given.serializer));
    LOGGED("SerializerFT.Close", "p", &given.serializer);
    LOG_ENDS();
}

MIC_TEST(serializer, SerializeClass_forwards)
{
    MI_Uint8 clientBuffer[64] = {0};
    POISONED(MI_Uint32, clientBufferNeeded);

    given_open();
    FORWARDS(MI_Serializer_SerializeClass(&given.serializer, 22U, given.class_object, clientBuffer,
                                          55U, &clientBufferNeeded));
    LOGGED("SerializerFT.SerializeClass", "pupouo", &given.serializer, (MI_Uint32)22U,
           given.class_object, clientBuffer, (MI_Uint32)55U, &clientBufferNeeded);
    LOG_ENDS();
    MIC_CHECK(given.standin == NULL || clientBuffer[0] == STANDIN_BYTE);
    OUT_LENGTH(clientBufferNeeded, 1, 5);
}

MIC_TEST(serializer, SerializeInstance_forwards)
{
    MI_Uint8 clientBuffer[64] = {0};
    POISONED(MI_Uint32, clientBufferNeeded);

    given_open();
    FORWARDS(MI_Serializer_SerializeInstance(&given.serializer, 22U, given.instance, clientBuffer,
                                             55U, &clientBufferNeeded));
    LOGGED("SerializerFT.SerializeInstance", "pupouo", &given.serializer, (MI_Uint32)22U,
           given.instance, clientBuffer, (MI_Uint32)55U, &clientBufferNeeded);
    LOG_ENDS();
    MIC_CHECK(given.standin == NULL || clientBuffer[0] == STANDIN_BYTE);
    OUT_LENGTH(clientBufferNeeded, 2, 5);
}

MIC_TEST(deserializer, Close_forwards)
{
    given_open();
    FORWARDS(MI_Deserializer_Close(&given.deserializer));
    LOGGED("DeserializerFT.Close", "p", &given.deserializer);
    LOG_ENDS();
}

MIC_TEST(deserializer, DeserializeClass_forwards)
{
    POISONED(MI_Uint32, serializedBufferRead);
    POISONED(MI_Class *, classObject);
    POISONED(MI_Instance *, cimErrorDetails);

    given_open();
    FORWARDS(MI_Deserializer_DeserializeClass(
        &given.deserializer, 22U, given.bytes, 44U, given.class_object, TEXT_IN("serverName"),
        TEXT_IN("namespaceName"), NULL, &given, &serializedBufferRead, &classObject,
        &cimErrorDetails));
    LOGGED("DeserializerFT.DeserializeClass", "pupupssopooo", &given.deserializer, (MI_Uint32)22U,
           given.bytes, (MI_Uint32)44U, given.class_object, TEXT_IN("serverName"),
           TEXT_IN("namespaceName"), NULL, &given, &serializedBufferRead, &classObject,
           &cimErrorDetails);
    LOG_ENDS();
    OUT_NUMBER(serializedBufferRead, 1, 9);
    OUT_OBJECT(classObject, class_object);
    OUT_ERROR(cimErrorDetails);
}

MIC_TEST(deserializer, Class_GetClassName_forwards)
{
    MI_Char className[64] = {0};
    POISONED(MI_Uint32, classNameLength);
    POISONED(MI_Instance *, cimErrorDetails);

    given_open();
    FORWARDS(MI_Deserializer_Class_GetClassName(&given.deserializer, given.bytes, 33U, className,
                                                &classNameLength, &cimErrorDetails));
    LOGGED("DeserializerFT.Class_GetClassName", "ppuooo", &given.deserializer, given.bytes,
           (MI_Uint32)33U, className, &classNameLength, &cimErrorDetails);
    LOG_ENDS();
    OUT_BUFFER(className, "className");
    OUT_LENGTH(classNameLength, 2, 4);
    OUT_ERROR(cimErrorDetails);
}

MIC_TEST(deserializer, Class_GetParentClassName_forwards)
{
    MI_Char parentClassName[64] = {0};
    POISONED(MI_Uint32, parentClassNameLength);
    POISONED(MI_Instance *, cimErrorDetails);

    given_open();
    FORWARDS(MI_Deserializer_Class_GetParentClassName(&given.deserializer, given.bytes, 33U,
                                                      parentClassName, &parentClassNameLength,
                                                      &cimErrorDetails));
    LOGGED("DeserializerFT.Class_GetParentClassName", "ppuooo", &given.deserializer, given.bytes,
           (MI_Uint32)33U, parentClassName, &parentClassNameLength, &cimErrorDetails);
    LOG_ENDS();
    OUT_BUFFER(parentClassName, "parentClassName");
    OUT_LENGTH(parentClassNameLength, 3, 4);
    OUT_ERROR(cimErrorDetails);
}

MIC_TEST(deserializer, DeserializeInstance_forwards)
{
    POISONED(MI_Uint32, serializedBufferRead);
    POISONED(MI_Instance *, instanceObject);
    POISONED(MI_Instance *, cimErrorDetails);

    given_open();
    FORWARDS(MI_Deserializer_DeserializeInstance(
        &given.deserializer, 22U, given.bytes, 44U, given.classes, 66U, NULL, &given,
        &serializedBufferRead, &instanceObject, &cimErrorDetails));
    LOGGED("DeserializerFT.DeserializeInstance", "pupupuopooo", &given.deserializer, (MI_Uint32)22U,
           given.bytes, (MI_Uint32)44U, given.classes, (MI_Uint32)66U, NULL, &given,
           &serializedBufferRead, &instanceObject, &cimErrorDetails);
    LOG_ENDS();
    OUT_NUMBER(serializedBufferRead, 4, 8);
    OUT_OBJECT(instanceObject, instance);
    OUT_ERROR(cimErrorDetails);
}

MIC_TEST(deserializer, Instance_GetClassName_forwards)
{
    MI_Char className[64] = {0};
    POISONED(MI_Uint32, classNameLength);
    POISONED(MI_Instance *, cimErrorDetails);

    given_open();
    FORWARDS(MI_Deserializer_Instance_GetClassName(&given.deserializer, given.bytes, 33U, className,
                                                   &classNameLength, &cimErrorDetails));
    LOGGED("DeserializerFT.Instance_GetClassName", "ppuooo", &given.deserializer, given.bytes,
           (MI_Uint32)33U, className, &classNameLength, &cimErrorDetails);
    LOG_ENDS();
    OUT_BUFFER(className, "className");
    OUT_LENGTH(classNameLength, 5, 4);
    OUT_ERROR(cimErrorDetails);
}

MIC_TEST(utilities, MapErrorToMiErrorCategory_forwards)
{
    given_open();
    FORWARDS_CATEGORY(MI_Utilities_MapErrorToMiErrorCategory(given.text, 22U));
    LOGGED("UtilitiesFT.MapErrorToMiErrorCategory", "su", given.text, (MI_Uint32)22U);
    LOG_ENDS();
}

MIC_TEST(utilities, CimErrorFromErrorCode_forwards)
{
    POISONED(MI_Instance *, cimError);

    given_open();
    FORWARDS(MI_Utilities_CimErrorFromErrorCode(11U, TEXT_IN("errorType"), TEXT_IN("errorMessage"),
                                                &cimError));
    LOGGED("UtilitiesFT.CimErrorFromErrorCode", "usso", (MI_Uint32)11U, TEXT_IN("errorType"),
           TEXT_IN("errorMessage"), &cimError);
    LOG_ENDS();
    OUT_OBJECT(cimError, instance);
}
