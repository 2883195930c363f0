/* Wrappers that work through mi_clientFT_V1, and the constants: which slot they call with what, and
 * what they do without a handle. No library is needed: the slots here only record. */
#include <mi.h>

#include "inline_record.h"

static MI_Result MI_CALL class_needed(void *context, const MI_Char *serverName,
                                      const MI_Char *namespaceName, const MI_Char *className,
                                      MI_Class **requestedClassObject)
{
    (void)context;
    (void)serverName;
    (void)namespaceName;
    (void)className;
    (void)requestedClassObject;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL fake_Serializer_Close(MI_Serializer *serializer)
{
    RECORD("Close", (uintptr_t)serializer);
    return reply;
}

static MI_Result MI_CALL fake_Serializer_SerializeClass(MI_Serializer *serializer, MI_Uint32 flags,
                                                        const MI_Class *classObject,
                                                        MI_Uint8 *clientBuffer,
                                                        MI_Uint32 clientBufferLength,
                                                        MI_Uint32 *clientBufferNeeded)
{
    RECORD("SerializeClass", (uintptr_t)serializer, (uintptr_t)flags, (uintptr_t)classObject,
           (uintptr_t)clientBuffer, (uintptr_t)clientBufferLength, (uintptr_t)clientBufferNeeded);
    return reply;
}

static MI_Result MI_CALL fake_Serializer_SerializeInstance(
    MI_Serializer *serializer, MI_Uint32 flags, const MI_Instance *instanceObject,
    MI_Uint8 *clientBuffer, MI_Uint32 clientBufferLength, MI_Uint32 *clientBufferNeeded)
{
    RECORD("SerializeInstance", (uintptr_t)serializer, (uintptr_t)flags, (uintptr_t)instanceObject,
           (uintptr_t)clientBuffer, (uintptr_t)clientBufferLength, (uintptr_t)clientBufferNeeded);
    return reply;
}

static const MI_SerializerFT fake_Serializer = {
    .Close = fake_Serializer_Close,
    .SerializeClass = fake_Serializer_SerializeClass,
    .SerializeInstance = fake_Serializer_SerializeInstance,
};

static MI_Result MI_CALL fake_Deserializer_Close(MI_Deserializer *deserializer)
{
    RECORD("Close", (uintptr_t)deserializer);
    return reply;
}

static MI_Result MI_CALL fake_Deserializer_DeserializeClass(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
    MI_Uint32 serializedBufferLength, MI_Class *parentClass, const MI_Char *serverName,
    const MI_Char *namespaceName, MI_Deserializer_ClassObjectNeeded classObjectNeeded,
    void *classObjectNeededContext, MI_Uint32 *serializedBufferRead, MI_Class **classObject,
    MI_Instance **cimErrorDetails)
{
    RECORD("DeserializeClass", (uintptr_t)deserializer, (uintptr_t)flags,
           (uintptr_t)serializedBuffer, (uintptr_t)serializedBufferLength, (uintptr_t)parentClass,
           (uintptr_t)serverName, (uintptr_t)namespaceName, (uintptr_t)classObjectNeeded,
           (uintptr_t)classObjectNeededContext, (uintptr_t)serializedBufferRead,
           (uintptr_t)classObject, (uintptr_t)cimErrorDetails);
    return reply;
}

static MI_Result MI_CALL fake_Deserializer_Class_GetClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *className, MI_Uint32 *classNameLength, MI_Instance **cimErrorDetails)
{
    RECORD("Class_GetClassName", (uintptr_t)deserializer, (uintptr_t)serializedBuffer,
           (uintptr_t)serializedBufferLength, (uintptr_t)className, (uintptr_t)classNameLength,
           (uintptr_t)cimErrorDetails);
    return reply;
}

static MI_Result MI_CALL fake_Deserializer_Class_GetParentClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *parentClassName, MI_Uint32 *parentClassNameLength, MI_Instance **cimErrorDetails)
{
    RECORD("Class_GetParentClassName", (uintptr_t)deserializer, (uintptr_t)serializedBuffer,
           (uintptr_t)serializedBufferLength, (uintptr_t)parentClassName,
           (uintptr_t)parentClassNameLength, (uintptr_t)cimErrorDetails);
    return reply;
}

static MI_Result MI_CALL fake_Deserializer_DeserializeInstance(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
    MI_Uint32 serializedBufferLength, MI_Class **classObjects, MI_Uint32 numberClassObjects,
    MI_Deserializer_ClassObjectNeeded classObjectNeeded, void *classObjectNeededContext,
    MI_Uint32 *serializedBufferRead, MI_Instance **instanceObject, MI_Instance **cimErrorDetails)
{
    RECORD("DeserializeInstance", (uintptr_t)deserializer, (uintptr_t)flags,
           (uintptr_t)serializedBuffer, (uintptr_t)serializedBufferLength, (uintptr_t)classObjects,
           (uintptr_t)numberClassObjects, (uintptr_t)classObjectNeeded,
           (uintptr_t)classObjectNeededContext, (uintptr_t)serializedBufferRead,
           (uintptr_t)instanceObject, (uintptr_t)cimErrorDetails);
    return reply;
}

static MI_Result MI_CALL fake_Deserializer_Instance_GetClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *className, MI_Uint32 *classNameLength, MI_Instance **cimErrorDetails)
{
    RECORD("Instance_GetClassName", (uintptr_t)deserializer, (uintptr_t)serializedBuffer,
           (uintptr_t)serializedBufferLength, (uintptr_t)className, (uintptr_t)classNameLength,
           (uintptr_t)cimErrorDetails);
    return reply;
}

static const MI_DeserializerFT fake_Deserializer = {
    .Close = fake_Deserializer_Close,
    .DeserializeClass = fake_Deserializer_DeserializeClass,
    .Class_GetClassName = fake_Deserializer_Class_GetClassName,
    .Class_GetParentClassName = fake_Deserializer_Class_GetParentClassName,
    .DeserializeInstance = fake_Deserializer_DeserializeInstance,
    .Instance_GetClassName = fake_Deserializer_Instance_GetClassName,
};

static MI_ErrorCategory MI_CALL fake_Utilities_MapErrorToMiErrorCategory(const MI_Char *errorType,
                                                                         MI_Uint32 error)
{
    RECORD("MapErrorToMiErrorCategory", (uintptr_t)errorType, (uintptr_t)error);
    return MI_ERRORCATEGORY_QUOTA_EXCEEDED;
}

static MI_Result MI_CALL fake_Utilities_CimErrorFromErrorCode(MI_Uint32 error,
                                                              const MI_Char *errorType,
                                                              const MI_Char *errorMessage,
                                                              MI_Instance **cimError)
{
    RECORD("CimErrorFromErrorCode", (uintptr_t)error, (uintptr_t)errorType, (uintptr_t)errorMessage,
           (uintptr_t)cimError);
    return reply;
}

static const MI_UtilitiesFT fake_Utilities = {
    .MapErrorToMiErrorCategory = fake_Utilities_MapErrorToMiErrorCategory,
    .CimErrorFromErrorCode = fake_Utilities_CimErrorFromErrorCode,
};

static const MI_ClientFT_V1 fake_client = {
    .serializerFT = &fake_Serializer,
    .deserializerFT = &fake_Deserializer,
    .utilitiesFT = &fake_Utilities,
};

/* Stands for the library's own. */
const MI_ClientFT_V1 *mi_clientFT_V1 = &fake_client;

MIC_TEST(serializer, calls_reach_their_slots)
{
    REACHES(MI_Serializer_Close(PTR(0)), "Close", NULL, AT(0));
    REACHES(MI_Serializer_SerializeClass(PTR(0), 71, PTR(2), PTR(3), 74, PTR(5)), "SerializeClass",
            NULL, AT(0), 71, AT(2), AT(3), 74, AT(5));
    REACHES(MI_Serializer_SerializeInstance(PTR(0), 71, PTR(2), PTR(3), 74, PTR(5)),
            "SerializeInstance", NULL, AT(0), 71, AT(2), AT(3), 74, AT(5));
}

MIC_TEST(deserializer, calls_reach_their_slots)
{
    REACHES(MI_Deserializer_Close(PTR(0)), "Close", NULL, AT(0));
    REACHES(MI_Deserializer_DeserializeClass(PTR(0), 71, PTR(2), 73, PTR(4), PTR(5), PTR(6),
                                             class_needed, PTR(8), PTR(9), PTR(10), PTR(11)),
            "DeserializeClass", NULL, AT(0), 71, AT(2), 73, AT(4), AT(5), AT(6),
            (uintptr_t)class_needed, AT(8), AT(9), AT(10), AT(11));
    REACHES(MI_Deserializer_Class_GetClassName(PTR(0), PTR(1), 72, PTR(3), PTR(4), PTR(5)),
            "Class_GetClassName", NULL, AT(0), AT(1), 72, AT(3), AT(4), AT(5));
    REACHES(MI_Deserializer_Class_GetParentClassName(PTR(0), PTR(1), 72, PTR(3), PTR(4), PTR(5)),
            "Class_GetParentClassName", NULL, AT(0), AT(1), 72, AT(3), AT(4), AT(5));
    REACHES(MI_Deserializer_DeserializeInstance(PTR(0), 71, PTR(2), 73, PTR(4), 75, class_needed,
                                                PTR(7), PTR(8), PTR(9), PTR(10)),
            "DeserializeInstance", NULL, AT(0), 71, AT(2), 73, AT(4), 75, (uintptr_t)class_needed,
            AT(7), AT(8), AT(9), AT(10));
    REACHES(MI_Deserializer_Instance_GetClassName(PTR(0), PTR(1), 72, PTR(3), PTR(4), PTR(5)),
            "Instance_GetClassName", NULL, AT(0), AT(1), 72, AT(3), AT(4), AT(5));
}

MIC_TEST(utilities, calls_reach_their_slots)
{
    REACHES_CATEGORY(MI_Utilities_MapErrorToMiErrorCategory(PTR(0), 71),
                     "MapErrorToMiErrorCategory", NULL, AT(0), 71);
    REACHES(MI_Utilities_CimErrorFromErrorCode(70, PTR(1), PTR(2), PTR(3)), "CimErrorFromErrorCode",
            NULL, 70, AT(1), AT(2), AT(3));
}

MIC_TEST(constants, strings_have_their_text)
{
    MIC_CHECK_TEXT(MI_AUTH_TYPE_BASIC, MI_T("Basic"));
    MIC_CHECK_TEXT(MI_AUTH_TYPE_CLIENT_CERTS, MI_T("ClientCerts"));
    MIC_CHECK_TEXT(MI_AUTH_TYPE_CREDSSP, MI_T("CredSSP"));
    MIC_CHECK_TEXT(MI_AUTH_TYPE_DEFAULT, MI_T("Default"));
    MIC_CHECK_TEXT(MI_AUTH_TYPE_DIGEST, MI_T("Digest"));
    MIC_CHECK_TEXT(MI_AUTH_TYPE_ISSUER_CERT, MI_T("IssuerCert"));
    MIC_CHECK_TEXT(MI_AUTH_TYPE_KERBEROS, MI_T("Kerberos"));
    MIC_CHECK_TEXT(MI_AUTH_TYPE_NEGO_NO_CREDS, MI_T("NegoNoCreds"));
    MIC_CHECK_TEXT(MI_AUTH_TYPE_NEGO_WITH_CREDS, MI_T("NegoWithCreds"));
    MIC_CHECK_TEXT(MI_AUTH_TYPE_NONE, MI_T("None"));
    MIC_CHECK_TEXT(MI_AUTH_TYPE_NTLM, MI_T("Ntlmdomain"));
    MIC_CHECK_TEXT(MI_DESTINATIONOPTIONS_PACKET_ENCODING_DEFAULT, MI_T("default"));
    MIC_CHECK_TEXT(MI_DESTINATIONOPTIONS_PACKET_ENCODING_UTF16, MI_T("UTF16"));
    MIC_CHECK_TEXT(MI_DESTINATIONOPTIONS_PACKET_ENCODING_UTF8, MI_T("UTF8"));
    MIC_CHECK_TEXT(MI_DESTINATIONOPTIONS_PROXY_TYPE_AUTO, MI_T("Auto"));
    MIC_CHECK_TEXT(MI_DESTINATIONOPTIONS_PROXY_TYPE_IE, MI_T("IE"));
    MIC_CHECK_TEXT(MI_DESTINATIONOPTIONS_PROXY_TYPE_NONE, MI_T("None"));
    MIC_CHECK_TEXT(MI_DESTINATIONOPTIONS_PROXY_TYPE_WINHTTP, MI_T("WinHTTP"));
    MIC_CHECK_TEXT(MI_DESTINATIONOPTIONS_TRANPSORT_HTTPS, MI_T("HTTPS"));
    MIC_CHECK_TEXT(MI_DESTINATIONOPTIONS_TRANSPORT_HTTP, MI_T("HTTP"));
    MIC_CHECK_TEXT(MI_DESTINATIONOPTIONS_TRANSPORT_HTTPS, MI_T("HTTPS"));
    MIC_CHECK_TEXT(MI_QUERY_DIALECT_CQL, MI_T("CQL"));
    MIC_CHECK_TEXT(MI_QUERY_DIALECT_SELECTOR, MI_T("selectorFilter"));
    MIC_CHECK_TEXT(MI_QUERY_DIALECT_WQL, MI_T("WQL"));
    MIC_CHECK_TEXT(MI_RESULT_TYPE_ERRNO, MI_T("ERRNO"));
    MIC_CHECK_TEXT(MI_RESULT_TYPE_HRESULT, MI_T("HRESULT"));
    MIC_CHECK_TEXT(MI_RESULT_TYPE_MI, MI_T("MI"));
    MIC_CHECK_TEXT(MI_RESULT_TYPE_WIN32, MI_T("WIN32"));
    MIC_CHECK_TEXT(MI_RESULT_TYPE_WINRM, MI_T("WINRM"));
    MIC_CHECK_TEXT(MI_SUBSCRIBE_BOOKMARK_NEWEST, MI_T("MI_SUBSCRIBE_BOOKMARK_NEWEST"));
    MIC_CHECK_TEXT(MI_SUBSCRIBE_BOOKMARK_OLDEST, MI_T("MI_SUBSCRIBE_BOOKMARK_OLDEST"));
}

MIC_TEST(constants, helpers_compute)
{
    struct generated {
        MI_Instance __instance;
        MI_Uint32Field number;
    } object;
    int five[5];

    MIC_CHECK_INT(MI_COUNT(five), 5);
    MIC_CHECK(MI_InstanceOf(&object) == &object.__instance);
    MIC_CHECK_INT(MI_OFFSETOF(struct generated, number), sizeof(MI_Instance));
    MIC_CHECK_INT(MI_MAKE_VERSION(1, 2, 3), 0x10203);
    MIC_CHECK(MI_LL(-1) < 0 && MI_ULL(18446744073709551615) > 0);
    MI_UNREFERENCED_PARAMETER(five);
    MIC_CHECK(mi_clientFT == mi_clientFT_V1);
}
