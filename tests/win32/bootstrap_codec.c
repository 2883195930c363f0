#include "given.h"

MIC_TEST(bootstrap_serializer, Close_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->serializerFT->Close(&given.serializer));
    LOGGED("SerializerFT.Close", "p", &given.serializer);
    LOG_ENDS();
}

MIC_TEST(bootstrap_serializer, SerializeClass_forwards_or_refuses)
{
    MI_Uint8 clientBuffer[64] = {0};
    POISONED(MI_Uint32, clientBufferNeeded);

    given_open_boot();
    FORWARDS(given.boot->serializerFT->SerializeClass(&given.serializer, 22U, given.class_object,
                                                      clientBuffer, 55U, &clientBufferNeeded));
    LOGGED("SerializerFT.SerializeClass", "pupouo", &given.serializer, (MI_Uint32)22U,
           given.class_object, clientBuffer, (MI_Uint32)55U, &clientBufferNeeded);
    LOG_ENDS();
    MIC_CHECK(given.standin == NULL || clientBuffer[0] == STANDIN_BYTE);
    OUT_LENGTH(clientBufferNeeded, 1, 5);
}

MIC_TEST(bootstrap_serializer, SerializeInstance_forwards_or_refuses)
{
    MI_Uint8 clientBuffer[64] = {0};
    POISONED(MI_Uint32, clientBufferNeeded);

    given_open_boot();
    FORWARDS(given.boot->serializerFT->SerializeInstance(&given.serializer, 22U, given.instance,
                                                         clientBuffer, 55U, &clientBufferNeeded));
    LOGGED("SerializerFT.SerializeInstance", "pupouo", &given.serializer, (MI_Uint32)22U,
           given.instance, clientBuffer, (MI_Uint32)55U, &clientBufferNeeded);
    LOG_ENDS();
    MIC_CHECK(given.standin == NULL || clientBuffer[0] == STANDIN_BYTE);
    OUT_LENGTH(clientBufferNeeded, 2, 5);
}

MIC_TEST(bootstrap_deserializer, Close_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS(given.boot->deserializerFT->Close(&given.deserializer));
    LOGGED("DeserializerFT.Close", "p", &given.deserializer);
    LOG_ENDS();
}

MIC_TEST(bootstrap_deserializer, DeserializeClass_forwards_or_refuses)
{
    POISONED(MI_Uint32, serializedBufferRead);
    POISONED(MI_Class *, classObject);
    POISONED(MI_Instance *, cimErrorDetails);

    given_open_boot();
    FORWARDS(given.boot->deserializerFT->DeserializeClass(
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

MIC_TEST(bootstrap_deserializer, Class_GetClassName_forwards_or_refuses)
{
    MI_Char className[64] = {0};
    POISONED(MI_Uint32, classNameLength);
    POISONED(MI_Instance *, cimErrorDetails);

    given_open_boot();
    FORWARDS(given.boot->deserializerFT->Class_GetClassName(
        &given.deserializer, given.bytes, 33U, className, &classNameLength, &cimErrorDetails));
    LOGGED("DeserializerFT.Class_GetClassName", "ppuooo", &given.deserializer, given.bytes,
           (MI_Uint32)33U, className, &classNameLength, &cimErrorDetails);
    LOG_ENDS();
    OUT_BUFFER(className, "className");
    OUT_LENGTH(classNameLength, 2, 4);
    OUT_ERROR(cimErrorDetails);
}

MIC_TEST(bootstrap_deserializer, Class_GetParentClassName_forwards_or_refuses)
{
    MI_Char parentClassName[64] = {0};
    POISONED(MI_Uint32, parentClassNameLength);
    POISONED(MI_Instance *, cimErrorDetails);

    given_open_boot();
    FORWARDS(given.boot->deserializerFT->Class_GetParentClassName(
        &given.deserializer, given.bytes, 33U, parentClassName, &parentClassNameLength,
        &cimErrorDetails));
    LOGGED("DeserializerFT.Class_GetParentClassName", "ppuooo", &given.deserializer, given.bytes,
           (MI_Uint32)33U, parentClassName, &parentClassNameLength, &cimErrorDetails);
    LOG_ENDS();
    OUT_BUFFER(parentClassName, "parentClassName");
    OUT_LENGTH(parentClassNameLength, 3, 4);
    OUT_ERROR(cimErrorDetails);
}

MIC_TEST(bootstrap_deserializer, DeserializeInstance_forwards_or_refuses)
{
    POISONED(MI_Uint32, serializedBufferRead);
    POISONED(MI_Instance *, instanceObject);
    POISONED(MI_Instance *, cimErrorDetails);

    given_open_boot();
    FORWARDS(given.boot->deserializerFT->DeserializeInstance(
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

MIC_TEST(bootstrap_deserializer, Instance_GetClassName_forwards_or_refuses)
{
    MI_Char className[64] = {0};
    POISONED(MI_Uint32, classNameLength);
    POISONED(MI_Instance *, cimErrorDetails);

    given_open_boot();
    FORWARDS(given.boot->deserializerFT->Instance_GetClassName(
        &given.deserializer, given.bytes, 33U, className, &classNameLength, &cimErrorDetails));
    LOGGED("DeserializerFT.Instance_GetClassName", "ppuooo", &given.deserializer, given.bytes,
           (MI_Uint32)33U, className, &classNameLength, &cimErrorDetails);
    LOG_ENDS();
    OUT_BUFFER(className, "className");
    OUT_LENGTH(classNameLength, 5, 4);
    OUT_ERROR(cimErrorDetails);
}

MIC_TEST(bootstrap_utilities, MapErrorToMiErrorCategory_forwards_or_refuses)
{
    given_open_boot();
    FORWARDS_CATEGORY(
        given.boot->utilitiesFT->MapErrorToMiErrorCategory(TEXT_IN("errorType"), 22U));
    LOGGED("UtilitiesFT.MapErrorToMiErrorCategory", "su", TEXT_IN("errorType"), (MI_Uint32)22U);
    LOG_ENDS();
}

MIC_TEST(bootstrap_utilities, CimErrorFromErrorCode_forwards_or_refuses)
{
    POISONED(MI_Instance *, cimError);

    given_open_boot();
    FORWARDS(given.boot->utilitiesFT->CimErrorFromErrorCode(11U, TEXT_IN("errorType"),
                                                            TEXT_IN("errorMessage"), &cimError));
    LOGGED("UtilitiesFT.CimErrorFromErrorCode", "usso", (MI_Uint32)11U, TEXT_IN("errorType"),
           TEXT_IN("errorMessage"), &cimError);
    LOG_ENDS();
    OUT_OBJECT(cimError, instance);
}
