/* Wrappers of destination and operation options: which slot they call with what, and what they do
 * without a handle. No library is needed: the slots here only record. */
#include <mi.h>

#include "inline_record.h"

static void MI_CALL fake_DestinationOptions_Delete(MI_DestinationOptions *options)
{
    RECORD("Delete", (uintptr_t)options);
}

static MI_Result MI_CALL fake_DestinationOptions_SetString(MI_DestinationOptions *options,
                                                           const MI_Char *optionName,
                                                           const MI_Char *value, MI_Uint32 flags)
{
    RECORD("SetString", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_DestinationOptions_SetNumber(MI_DestinationOptions *options,
                                                           const MI_Char *optionName,
                                                           MI_Uint32 value, MI_Uint32 flags)
{
    RECORD("SetNumber", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL
fake_DestinationOptions_AddCredentials(MI_DestinationOptions *options, const MI_Char *optionName,
                                       const MI_UserCredentials *credentials, MI_Uint32 flags)
{
    RECORD("AddCredentials", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)credentials,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_DestinationOptions_GetString(const MI_DestinationOptions *options,
                                                           const MI_Char *optionName,
                                                           const MI_Char **value, MI_Uint32 *index,
                                                           MI_Uint32 *flags)
{
    RECORD("GetString", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_DestinationOptions_GetNumber(const MI_DestinationOptions *options,
                                                           const MI_Char *optionName,
                                                           MI_Uint32 *value, MI_Uint32 *index,
                                                           MI_Uint32 *flags)
{
    give_number(value);
    RECORD("GetNumber", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL
fake_DestinationOptions_GetOptionCount(const MI_DestinationOptions *options, MI_Uint32 *count)
{
    RECORD("GetOptionCount", (uintptr_t)options, (uintptr_t)count);
    return reply;
}

static MI_Result MI_CALL fake_DestinationOptions_GetOptionAt(const MI_DestinationOptions *options,
                                                             MI_Uint32 index,
                                                             const MI_Char **optionName,
                                                             MI_Value *value, MI_Type *type,
                                                             MI_Uint32 *flags)
{
    RECORD("GetOptionAt", (uintptr_t)options, (uintptr_t)index, (uintptr_t)optionName,
           (uintptr_t)value, (uintptr_t)type, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_DestinationOptions_GetOption(const MI_DestinationOptions *options,
                                                           const MI_Char *optionName,
                                                           MI_Value *value, MI_Type *type,
                                                           MI_Uint32 *index, MI_Uint32 *flags)
{
    RECORD("GetOption", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)type, (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL
fake_DestinationOptions_GetCredentialsCount(const MI_DestinationOptions *options, MI_Uint32 *count)
{
    RECORD("GetCredentialsCount", (uintptr_t)options, (uintptr_t)count);
    return reply;
}

static MI_Result MI_CALL fake_DestinationOptions_GetCredentialsAt(
    const MI_DestinationOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_UserCredentials *credentials, MI_Uint32 *flags)
{
    RECORD("GetCredentialsAt", (uintptr_t)options, (uintptr_t)index, (uintptr_t)optionName,
           (uintptr_t)credentials, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_DestinationOptions_GetCredentialsPasswordAt(
    const MI_DestinationOptions *options, MI_Uint32 index, const MI_Char **optionName,
    MI_Char *password, MI_Uint32 bufferLength, MI_Uint32 *passwordLength, MI_Uint32 *flags)
{
    RECORD("GetCredentialsPasswordAt", (uintptr_t)options, (uintptr_t)index, (uintptr_t)optionName,
           (uintptr_t)password, (uintptr_t)bufferLength, (uintptr_t)passwordLength,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_DestinationOptions_Clone(const MI_DestinationOptions *self,
                                                       MI_DestinationOptions *newDestinationOptions)
{
    RECORD("Clone", (uintptr_t)self, (uintptr_t)newDestinationOptions);
    return reply;
}

static MI_Result MI_CALL fake_DestinationOptions_SetInterval(MI_DestinationOptions *options,
                                                             const MI_Char *optionName,
                                                             const MI_Interval *value,
                                                             MI_Uint32 flags)
{
    RECORD("SetInterval", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_DestinationOptions_GetInterval(const MI_DestinationOptions *options,
                                                             const MI_Char *optionName,
                                                             MI_Interval *value, MI_Uint32 *index,
                                                             MI_Uint32 *flags)
{
    RECORD("GetInterval", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static const MI_DestinationOptionsFT fake_DestinationOptions = {
    .Delete = fake_DestinationOptions_Delete,
    .SetString = fake_DestinationOptions_SetString,
    .SetNumber = fake_DestinationOptions_SetNumber,
    .AddCredentials = fake_DestinationOptions_AddCredentials,
    .GetString = fake_DestinationOptions_GetString,
    .GetNumber = fake_DestinationOptions_GetNumber,
    .GetOptionCount = fake_DestinationOptions_GetOptionCount,
    .GetOptionAt = fake_DestinationOptions_GetOptionAt,
    .GetOption = fake_DestinationOptions_GetOption,
    .GetCredentialsCount = fake_DestinationOptions_GetCredentialsCount,
    .GetCredentialsAt = fake_DestinationOptions_GetCredentialsAt,
    .GetCredentialsPasswordAt = fake_DestinationOptions_GetCredentialsPasswordAt,
    .Clone = fake_DestinationOptions_Clone,
    .SetInterval = fake_DestinationOptions_SetInterval,
    .GetInterval = fake_DestinationOptions_GetInterval,
};

static void MI_CALL fake_OperationOptions_Delete(MI_OperationOptions *options)
{
    RECORD("Delete", (uintptr_t)options);
}

static MI_Result MI_CALL fake_OperationOptions_SetString(MI_OperationOptions *options,
                                                         const MI_Char *optionName,
                                                         const MI_Char *value, MI_Uint32 flags)
{
    RECORD("SetString", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_OperationOptions_SetNumber(MI_OperationOptions *options,
                                                         const MI_Char *optionName, MI_Uint32 value,
                                                         MI_Uint32 flags)
{
    RECORD("SetNumber", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_OperationOptions_SetCustomOption(
    MI_OperationOptions *options, const MI_Char *optionName, MI_Type valueType,
    const MI_Value *value, MI_Boolean mustComply, MI_Uint32 flags)
{
    RECORD("SetCustomOption", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)valueType,
           (uintptr_t)value, (uintptr_t)mustComply, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_OperationOptions_GetString(const MI_OperationOptions *options,
                                                         const MI_Char *optionName,
                                                         const MI_Char **value, MI_Uint32 *index,
                                                         MI_Uint32 *flags)
{
    RECORD("GetString", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_OperationOptions_GetNumber(const MI_OperationOptions *options,
                                                         const MI_Char *optionName,
                                                         MI_Uint32 *value, MI_Uint32 *index,
                                                         MI_Uint32 *flags)
{
    give_number(value);
    RECORD("GetNumber", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_OperationOptions_GetOptionCount(const MI_OperationOptions *options,
                                                              MI_Uint32 *count)
{
    RECORD("GetOptionCount", (uintptr_t)options, (uintptr_t)count);
    return reply;
}

static MI_Result MI_CALL fake_OperationOptions_GetOptionAt(const MI_OperationOptions *options,
                                                           MI_Uint32 index,
                                                           const MI_Char **optionName,
                                                           MI_Value *value, MI_Type *type,
                                                           MI_Uint32 *flags)
{
    RECORD("GetOptionAt", (uintptr_t)options, (uintptr_t)index, (uintptr_t)optionName,
           (uintptr_t)value, (uintptr_t)type, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_OperationOptions_GetOption(const MI_OperationOptions *options,
                                                         const MI_Char *optionName, MI_Value *value,
                                                         MI_Type *type, MI_Uint32 *index,
                                                         MI_Uint32 *flags)
{
    RECORD("GetOption", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)type, (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_OperationOptions_GetEnabledChannels(
    const MI_OperationOptions *options, const MI_Char *optionName, MI_Uint32 *channels,
    MI_Uint32 bufferLength, MI_Uint32 *channelCount, MI_Uint32 *flags)
{
    RECORD("GetEnabledChannels", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)channels,
           (uintptr_t)bufferLength, (uintptr_t)channelCount, (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_OperationOptions_Clone(const MI_OperationOptions *self,
                                                     MI_OperationOptions *newOperationOptions)
{
    RECORD("Clone", (uintptr_t)self, (uintptr_t)newOperationOptions);
    return reply;
}

static MI_Result MI_CALL fake_OperationOptions_SetInterval(MI_OperationOptions *options,
                                                           const MI_Char *optionName,
                                                           const MI_Interval *value,
                                                           MI_Uint32 flags)
{
    RECORD("SetInterval", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)flags);
    return reply;
}

static MI_Result MI_CALL fake_OperationOptions_GetInterval(const MI_OperationOptions *options,
                                                           const MI_Char *optionName,
                                                           MI_Interval *value, MI_Uint32 *index,
                                                           MI_Uint32 *flags)
{
    RECORD("GetInterval", (uintptr_t)options, (uintptr_t)optionName, (uintptr_t)value,
           (uintptr_t)index, (uintptr_t)flags);
    return reply;
}

static const MI_OperationOptionsFT fake_OperationOptions = {
    .Delete = fake_OperationOptions_Delete,
    .SetString = fake_OperationOptions_SetString,
    .SetNumber = fake_OperationOptions_SetNumber,
    .SetCustomOption = fake_OperationOptions_SetCustomOption,
    .GetString = fake_OperationOptions_GetString,
    .GetNumber = fake_OperationOptions_GetNumber,
    .GetOptionCount = fake_OperationOptions_GetOptionCount,
    .GetOptionAt = fake_OperationOptions_GetOptionAt,
    .GetOption = fake_OperationOptions_GetOption,
    .GetEnabledChannels = fake_OperationOptions_GetEnabledChannels,
    .Clone = fake_OperationOptions_Clone,
    .SetInterval = fake_OperationOptions_SetInterval,
    .GetInterval = fake_OperationOptions_GetInterval,
};

MIC_TEST(destination_options, setters_reach_their_slots)
{
    MI_DestinationOptions object = {.ft = &fake_DestinationOptions};

    REACHES_VOID(MI_DestinationOptions_Delete(&object), "Delete", NULL, (uintptr_t)&object);
    REACHES(MI_DestinationOptions_SetTimeout(&object, PTR(1)), "SetInterval",
            MI_T("__MI_DESTINATIONOPTIONS_TIMEOUT"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_DestinationOptions_SetCertCACheck(&object, MI_TRUE), "SetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_CERT_CA_CHECK"), (uintptr_t)&object, KEY, MI_TRUE, 0);
    REACHES(MI_DestinationOptions_SetCertCNCheck(&object, MI_TRUE), "SetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_CERT_CN_CHECK"), (uintptr_t)&object, KEY, MI_TRUE, 0);
    REACHES(MI_DestinationOptions_SetCertRevocationCheck(&object, MI_TRUE), "SetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_CERT_REVOCATION_CHECK"), (uintptr_t)&object, KEY, MI_TRUE,
            0);
    REACHES(MI_DestinationOptions_SetPacketPrivacy(&object, MI_TRUE), "SetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_PACKET_PRIVACY"), (uintptr_t)&object, KEY, MI_TRUE, 0);
    REACHES(MI_DestinationOptions_SetPacketIntegrity(&object, MI_TRUE), "SetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_PACKET_INTEGRITY"), (uintptr_t)&object, KEY, MI_TRUE, 0);
    REACHES(MI_DestinationOptions_SetPacketEncoding(&object, PTR(1)), "SetString",
            MI_T("__MI_DESTINATIONOPTIONS_PACKET_ENCODING"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_DestinationOptions_SetDataLocale(&object, PTR(1)), "SetString",
            MI_T("__MI_DESTINATIONOPTIONS_DATA_LOCALE"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_DestinationOptions_SetUILocale(&object, PTR(1)), "SetString",
            MI_T("__MI_DESTINATIONOPTIONS_UI_LOCALE"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_DestinationOptions_SetMaxEnvelopeSize(&object, 71), "SetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_MAX_ENVELOPE_SIZE"), (uintptr_t)&object, KEY, 71, 0);
    REACHES(MI_DestinationOptions_SetMaxElements(&object, 71), "SetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_MAX_ELEMENTS"), (uintptr_t)&object, KEY, 71, 0);
    REACHES(MI_DestinationOptions_SetEncodePortInSPN(&object, MI_TRUE), "SetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_ENCODE_PORT_IN_SPN"), (uintptr_t)&object, KEY, MI_TRUE,
            0);
    REACHES(MI_DestinationOptions_SetHttpUrlPrefix(&object, PTR(1)), "SetString",
            MI_T("__MI_DESTINATIONOPTIONS_HTTP_URL_PREFIX"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_DestinationOptions_SetDestinationPort(&object, 71), "SetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_DESTINATION_PORT"), (uintptr_t)&object, KEY, 71, 0);
    REACHES(MI_DestinationOptions_SetTrustedCertsDir(&object, PTR(1)), "SetString",
            MI_T("__MI_DESTINATIONOPTIONS_TRUSTED_CERTS_DIR"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_DestinationOptions_SetCertFile(&object, PTR(1)), "SetString",
            MI_T("__MI_DESTINATIONOPTIONS_CERT_FILE"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_DestinationOptions_SetPrivateKeyFile(&object, PTR(1)), "SetString",
            MI_T("__MI_DESTINATIONOPTIONS_PRIVATE_KEY_FILE"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_DestinationOptions_SetTransport(&object, PTR(1)), "SetString",
            MI_T("__MI_DESTINATIONOPTIONS_TRANSPORT"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_DestinationOptions_SetProxyType(&object, PTR(1)), "SetString",
            MI_T("__MI_DESTINATIONOPTIONS_PROXY_TYPE"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_DestinationOptions_SetSslOptions(&object, 71), "SetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_SSL_OPTIONS"), (uintptr_t)&object, KEY, 71, 0);
    REACHES(MI_DestinationOptions_AddProxyCredentials(&object, PTR(1)), "AddCredentials",
            MI_T("__MI_DESTINATIONOPTIONS_PROXY_CREDENTIALS"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_DestinationOptions_AddDestinationCredentials(&object, PTR(1)), "AddCredentials",
            MI_T("__MI_DESTINATIONOPTIONS_DESTINATION_CREDENTIALS"), (uintptr_t)&object, KEY, AT(1),
            0);
    REACHES(MI_DestinationOptions_SetImpersonationType(
                &object, MI_DestinationOptions_ImpersonationType_None),
            "SetNumber", MI_T("__MI_DESTINATIONOPTIONS_IMPERSONATION_TYPE"), (uintptr_t)&object,
            KEY, MI_DestinationOptions_ImpersonationType_None, 0);
    REACHES(MI_DestinationOptions_SetString(&object, PTR(1), PTR(2)), "SetString", NULL,
            (uintptr_t)&object, AT(1), AT(2), 0);
    REACHES(MI_DestinationOptions_SetNumber(&object, PTR(1), 72), "SetNumber", NULL,
            (uintptr_t)&object, AT(1), 72, 0);
    REACHES(MI_DestinationOptions_Clone(&object, PTR(1)), "Clone", NULL, (uintptr_t)&object, AT(1));
}

MIC_TEST(destination_options, getters_reach_their_slots)
{
    MI_DestinationOptions object = {.ft = &fake_DestinationOptions};

    REACHES(MI_DestinationOptions_GetTimeout(&object, PTR(1)), "GetInterval",
            MI_T("__MI_DESTINATIONOPTIONS_TIMEOUT"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_DestinationOptions_GetPacketEncoding(&object, PTR(1)), "GetString",
            MI_T("__MI_DESTINATIONOPTIONS_PACKET_ENCODING"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_DestinationOptions_GetDataLocale(&object, PTR(1)), "GetString",
            MI_T("__MI_DESTINATIONOPTIONS_DATA_LOCALE"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_DestinationOptions_GetUILocale(&object, PTR(1)), "GetString",
            MI_T("__MI_DESTINATIONOPTIONS_UI_LOCALE"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_DestinationOptions_GetMaxEnvelopeSize(&object, PTR(1)), "GetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_MAX_ENVELOPE_SIZE"), (uintptr_t)&object, KEY, AT(1), 0,
            0);
    REACHES(MI_DestinationOptions_GetMaxElements(&object, PTR(1)), "GetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_MAX_ELEMENTS"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_DestinationOptions_GetHttpUrlPrefix(&object, PTR(1)), "GetString",
            MI_T("__MI_DESTINATIONOPTIONS_HTTP_URL_PREFIX"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_DestinationOptions_GetDestinationPort(&object, PTR(1)), "GetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_DESTINATION_PORT"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_DestinationOptions_GetTrustedCertsDir(&object, PTR(1)), "GetString",
            MI_T("__MI_DESTINATIONOPTIONS_TRUSTED_CERTS_DIR"), (uintptr_t)&object, KEY, AT(1), 0,
            0);
    REACHES(MI_DestinationOptions_GetCertFile(&object, PTR(1)), "GetString",
            MI_T("__MI_DESTINATIONOPTIONS_CERT_FILE"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_DestinationOptions_GetPrivateKeyFile(&object, PTR(1)), "GetString",
            MI_T("__MI_DESTINATIONOPTIONS_PRIVATE_KEY_FILE"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_DestinationOptions_GetTransport(&object, PTR(1)), "GetString",
            MI_T("__MI_DESTINATIONOPTIONS_TRANSPORT"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_DestinationOptions_GetProxyType(&object, PTR(1)), "GetString",
            MI_T("__MI_DESTINATIONOPTIONS_PROXY_TYPE"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_DestinationOptions_GetSslOptions(&object, PTR(1)), "GetNumber",
            MI_T("__MI_DESTINATIONOPTIONS_SSL_OPTIONS"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_DestinationOptions_GetString(&object, PTR(1), PTR(2), PTR(3)), "GetString", NULL,
            (uintptr_t)&object, AT(1), AT(2), AT(3), 0);
    REACHES(MI_DestinationOptions_GetNumber(&object, PTR(1), PTR(2), PTR(3)), "GetNumber", NULL,
            (uintptr_t)&object, AT(1), AT(2), AT(3), 0);
    REACHES(MI_DestinationOptions_GetOptionCount(&object, PTR(1)), "GetOptionCount", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_DestinationOptions_GetOptionAt(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5)),
            "GetOptionAt", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5));
    REACHES(MI_DestinationOptions_GetOption(&object, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)),
            "GetOption", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4), AT(5));
    REACHES(MI_DestinationOptions_GetCredentialsCount(&object, PTR(1)), "GetCredentialsCount", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_DestinationOptions_GetCredentialsAt(&object, 71, PTR(2), PTR(3), PTR(4)),
            "GetCredentialsAt", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4));
    REACHES(MI_DestinationOptions_GetCredentialsPasswordAt(&object, 71, PTR(2), PTR(3), 74, PTR(5),
                                                           PTR(6)),
            "GetCredentialsPasswordAt", NULL, (uintptr_t)&object, 71, AT(2), AT(3), 74, AT(5),
            AT(6));
}

MIC_TEST(destination_options, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_DestinationOptions zeroed = {0};
    MI_DestinationOptions *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_DestinationOptions *handle = handles[i];

        IGNORED(MI_DestinationOptions_Delete(handle));
        REFUSED(MI_DestinationOptions_SetTimeout(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_GetTimeout(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetCertCACheck(handle, MI_TRUE));
        REFUSED(MI_DestinationOptions_GetCertCACheck(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetCertCNCheck(handle, MI_TRUE));
        REFUSED(MI_DestinationOptions_GetCertCNCheck(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetCertRevocationCheck(handle, MI_TRUE));
        REFUSED(MI_DestinationOptions_GetCertRevocationCheck(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetPacketPrivacy(handle, MI_TRUE));
        REFUSED(MI_DestinationOptions_GetPacketPrivacy(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetPacketIntegrity(handle, MI_TRUE));
        REFUSED(MI_DestinationOptions_GetPacketIntegrity(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetPacketEncoding(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_GetPacketEncoding(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetDataLocale(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_GetDataLocale(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetUILocale(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_GetUILocale(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetMaxEnvelopeSize(handle, 71));
        REFUSED(MI_DestinationOptions_GetMaxEnvelopeSize(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetMaxElements(handle, 71));
        REFUSED(MI_DestinationOptions_GetMaxElements(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetEncodePortInSPN(handle, MI_TRUE));
        REFUSED(MI_DestinationOptions_GetEncodePortInSPN(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetHttpUrlPrefix(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_GetHttpUrlPrefix(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetDestinationPort(handle, 71));
        REFUSED(MI_DestinationOptions_GetDestinationPort(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetTrustedCertsDir(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_GetTrustedCertsDir(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetCertFile(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_GetCertFile(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetPrivateKeyFile(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_GetPrivateKeyFile(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetTransport(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_GetTransport(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetProxyType(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_GetProxyType(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetSslOptions(handle, 71));
        REFUSED(MI_DestinationOptions_GetSslOptions(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_AddProxyCredentials(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_AddDestinationCredentials(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetImpersonationType(
            handle, MI_DestinationOptions_ImpersonationType_None));
        REFUSED(MI_DestinationOptions_GetImpersonationType(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_SetString(handle, PTR(1), PTR(2)));
        REFUSED(MI_DestinationOptions_GetString(handle, PTR(1), PTR(2), PTR(3)));
        REFUSED(MI_DestinationOptions_SetNumber(handle, PTR(1), 72));
        REFUSED(MI_DestinationOptions_GetNumber(handle, PTR(1), PTR(2), PTR(3)));
        REFUSED(MI_DestinationOptions_GetOptionCount(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_GetOptionAt(handle, 71, PTR(2), PTR(3), PTR(4), PTR(5)));
        REFUSED(MI_DestinationOptions_GetOption(handle, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)));
        REFUSED(MI_DestinationOptions_GetCredentialsCount(handle, PTR(1)));
        REFUSED(MI_DestinationOptions_GetCredentialsAt(handle, 71, PTR(2), PTR(3), PTR(4)));
        REFUSED(MI_DestinationOptions_GetCredentialsPasswordAt(handle, 71, PTR(2), PTR(3), 74,
                                                               PTR(5), PTR(6)));
        REFUSED(MI_DestinationOptions_Clone(handle, PTR(1)));
    }
}

MIC_TEST(operation_options, setters_reach_their_slots)
{
    MI_OperationOptions object = {.ft = &fake_OperationOptions};

    REACHES_VOID(MI_OperationOptions_Delete(&object), "Delete", NULL, (uintptr_t)&object);
    REACHES(MI_OperationOptions_SetWriteErrorMode(&object, MI_CALLBACKMODE_INQUIRE), "SetNumber",
            MI_T("__MI_OPERATIONOPTIONS_WRITEERRORMODE"), (uintptr_t)&object, KEY,
            MI_CALLBACKMODE_INQUIRE, 0);
    REACHES(MI_OperationOptions_SetPromptUserMode(&object, MI_CALLBACKMODE_INQUIRE), "SetNumber",
            MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODE"), (uintptr_t)&object, KEY,
            MI_CALLBACKMODE_INQUIRE, 0);
    REACHES(MI_OperationOptions_EnableChannel(&object, 71), "SetNumber",
            MI_T("__MI_OPERATIONOPTIONS_CHANNEL"), (uintptr_t)&object, KEY, 71, 0);
    REACHES(MI_OperationOptions_DisableChannel(&object, 71), "SetNumber",
            MI_T("__MI_OPERATIONOPTIONS_CHANNEL"), (uintptr_t)&object, KEY, 71, 1);
    REACHES(MI_OperationOptions_SetTimeout(&object, PTR(1)), "SetInterval",
            MI_T("__MI_OPERATIONOPTIONS_TIMEOUT"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_OperationOptions_SetResourceUriPrefix(&object, PTR(1)), "SetString",
            MI_T("__MI_OPERATIONOPTIONS_RESOURCE_URI_PREFIX"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_OperationOptions_SetResourceUri(&object, PTR(1)), "SetString",
            MI_T("__MI_OPERATIONOPTIONS_RESOURCE_URI"), (uintptr_t)&object, KEY, AT(1), 0);
    REACHES(MI_OperationOptions_SetUseMachineID(&object, MI_TRUE), "SetNumber",
            MI_T("__MI_OPERATIONOPTIONS_USE_MACHINE_ID"), (uintptr_t)&object, KEY, MI_TRUE, 0);
    REACHES(MI_OperationOptions_SetCustomOption(&object, PTR(1), MI_UINT8, PTR(3), MI_TRUE),
            "SetCustomOption", NULL, (uintptr_t)&object, AT(1), MI_UINT8, AT(3), MI_TRUE, 0);
    REACHES(MI_OperationOptions_SetString(&object, PTR(1), PTR(2), 73), "SetString", NULL,
            (uintptr_t)&object, AT(1), AT(2), 73);
    REACHES(MI_OperationOptions_SetNumber(&object, PTR(1), 72, 73), "SetNumber", NULL,
            (uintptr_t)&object, AT(1), 72, 73);
    REACHES(MI_OperationOptions_Clone(&object, PTR(1)), "Clone", NULL, (uintptr_t)&object, AT(1));
}

MIC_TEST(operation_options, getters_reach_their_slots)
{
    MI_OperationOptions object = {.ft = &fake_OperationOptions};

    REACHES(MI_OperationOptions_GetEnabledChannels(&object, PTR(1), 72, PTR(3), PTR(4)),
            "GetEnabledChannels", MI_T("__MI_OPERATIONOPTIONS_CHANNEL"), (uintptr_t)&object, KEY,
            AT(1), 72, AT(3), AT(4));
    REACHES(MI_OperationOptions_GetTimeout(&object, PTR(1)), "GetInterval",
            MI_T("__MI_OPERATIONOPTIONS_TIMEOUT"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_OperationOptions_GetResourceUriPrefix(&object, PTR(1)), "GetString",
            MI_T("__MI_OPERATIONOPTIONS_RESOURCE_URI_PREFIX"), (uintptr_t)&object, KEY, AT(1), 0,
            0);
    REACHES(MI_OperationOptions_GetResourceUri(&object, PTR(1)), "GetString",
            MI_T("__MI_OPERATIONOPTIONS_RESOURCE_URI"), (uintptr_t)&object, KEY, AT(1), 0, 0);
    REACHES(MI_OperationOptions_GetOptionCount(&object, PTR(1)), "GetOptionCount", NULL,
            (uintptr_t)&object, AT(1));
    REACHES(MI_OperationOptions_GetOptionAt(&object, 71, PTR(2), PTR(3), PTR(4), PTR(5)),
            "GetOptionAt", NULL, (uintptr_t)&object, 71, AT(2), AT(3), AT(4), AT(5));
    REACHES(MI_OperationOptions_GetString(&object, PTR(1), PTR(2), PTR(3), PTR(4)), "GetString",
            NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4));
    REACHES(MI_OperationOptions_GetNumber(&object, PTR(1), PTR(2), PTR(3), PTR(4)), "GetNumber",
            NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4));
    REACHES(MI_OperationOptions_GetOption(&object, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)),
            "GetOption", NULL, (uintptr_t)&object, AT(1), AT(2), AT(3), AT(4), AT(5));
}

MIC_TEST(operation_options, null_and_zeroed_handles_never_reach_a_slot)
{
    MI_OperationOptions zeroed = {0};
    MI_OperationOptions *const handles[] = {NULL, &zeroed};

    for (size_t i = 0; i < MI_COUNT(handles); i++) {
        MI_OperationOptions *handle = handles[i];

        IGNORED(MI_OperationOptions_Delete(handle));
        REFUSED(MI_OperationOptions_SetWriteErrorMode(handle, MI_CALLBACKMODE_INQUIRE));
        REFUSED(MI_OperationOptions_GetWriteErrorMode(handle, PTR(1)));
        REFUSED(MI_OperationOptions_SetPromptUserMode(handle, MI_CALLBACKMODE_INQUIRE));
        REFUSED(MI_OperationOptions_GetPromptUserMode(handle, PTR(1)));
        REFUSED(
            MI_OperationOptions_SetPromptUserRegularMode(handle, MI_CALLBACKMODE_INQUIRE, MI_TRUE));
        REFUSED(MI_OperationOptions_GetPromptUserRegularMode(handle, PTR(1), PTR(2)));
        REFUSED(MI_OperationOptions_SetProviderArchitecture(handle, MI_PROVIDER_ARCHITECTURE_64BIT,
                                                            MI_TRUE));
        REFUSED(MI_OperationOptions_GetProviderArchitecture(handle, PTR(1), PTR(2)));
        REFUSED(MI_OperationOptions_EnableChannel(handle, 71));
        REFUSED(MI_OperationOptions_DisableChannel(handle, 71));
        REFUSED(MI_OperationOptions_GetEnabledChannels(handle, PTR(1), 72, PTR(3), PTR(4)));
        REFUSED(MI_OperationOptions_SetTimeout(handle, PTR(1)));
        REFUSED(MI_OperationOptions_GetTimeout(handle, PTR(1)));
        REFUSED(MI_OperationOptions_SetResourceUriPrefix(handle, PTR(1)));
        REFUSED(MI_OperationOptions_GetResourceUriPrefix(handle, PTR(1)));
        REFUSED(MI_OperationOptions_SetResourceUri(handle, PTR(1)));
        REFUSED(MI_OperationOptions_GetResourceUri(handle, PTR(1)));
        REFUSED(MI_OperationOptions_SetUseMachineID(handle, MI_TRUE));
        REFUSED(MI_OperationOptions_GetUseMachineID(handle, PTR(1)));
        REFUSED(MI_OperationOptions_SetCustomOption(handle, PTR(1), MI_UINT8, PTR(3), MI_TRUE));
        REFUSED(MI_OperationOptions_GetOptionCount(handle, PTR(1)));
        REFUSED(MI_OperationOptions_GetOptionAt(handle, 71, PTR(2), PTR(3), PTR(4), PTR(5)));
        REFUSED(MI_OperationOptions_SetString(handle, PTR(1), PTR(2), 73));
        REFUSED(MI_OperationOptions_GetString(handle, PTR(1), PTR(2), PTR(3), PTR(4)));
        REFUSED(MI_OperationOptions_SetNumber(handle, PTR(1), 72, 73));
        REFUSED(MI_OperationOptions_GetNumber(handle, PTR(1), PTR(2), PTR(3), PTR(4)));
        REFUSED(MI_OperationOptions_GetOption(handle, PTR(1), PTR(2), PTR(3), PTR(4), PTR(5)));
        REFUSED(MI_OperationOptions_Clone(handle, PTR(1)));
    }
}

/* A getter that turns the stored number into a boolean. */
#define READS_BOOLEAN(getter, options, key)                                                        \
    do {                                                                                           \
        MI_Boolean flag = 99;                                                                      \
        forget();                                                                                  \
        MIC_CHECK_INT(getter((options), &flag), REPLY);                                            \
        MIC_CHECK(SAW("GetNumber", MI_T(key), (uintptr_t)(options), KEY, ANY, 0, 0));              \
        MIC_CHECK_INT(flag, 99);                                                                   \
        answer_number(256);                                                                        \
        MIC_CHECK_INT(getter((options), &flag), MI_RESULT_OK);                                     \
        MIC_CHECK_INT(flag, MI_TRUE);                                                              \
        answer_number(0);                                                                          \
        MIC_CHECK_INT(getter((options), &flag), MI_RESULT_OK);                                     \
        MIC_CHECK_INT(flag, MI_FALSE);                                                             \
        REFUSED(getter((options), NULL));                                                          \
        REFUSED(getter(NULL, &flag));                                                              \
    } while (0)

/* A getter that turns the stored number into an enumerator. */
#define READS_ENUM(getter, type, options, key)                                                     \
    do {                                                                                           \
        type choice = (type)0;                                                                     \
        forget();                                                                                  \
        MIC_CHECK_INT(getter((options), &choice), REPLY);                                          \
        MIC_CHECK(SAW("GetNumber", MI_T(key), (uintptr_t)(options), KEY, ANY, 0, 0));              \
        MIC_CHECK_INT(choice, 0);                                                                  \
        answer_number(2);                                                                          \
        MIC_CHECK_INT(getter((options), &choice), MI_RESULT_OK);                                   \
        MIC_CHECK_INT(choice, 2);                                                                  \
        REFUSED(getter((options), NULL));                                                          \
        REFUSED(getter(NULL, &choice));                                                            \
    } while (0)

static void answer_number(MI_Uint32 number)
{
    forget();
    reply = MI_RESULT_OK;
    reply_number = number;
}

MIC_TEST(destination_options, typed_getters_convert_the_number_and_write_only_on_success)
{
    MI_DestinationOptions object = {.ft = &fake_DestinationOptions};

    READS_BOOLEAN(MI_DestinationOptions_GetCertCACheck, &object,
                  "__MI_DESTINATIONOPTIONS_CERT_CA_CHECK");
    READS_BOOLEAN(MI_DestinationOptions_GetCertCNCheck, &object,
                  "__MI_DESTINATIONOPTIONS_CERT_CN_CHECK");
    READS_BOOLEAN(MI_DestinationOptions_GetCertRevocationCheck, &object,
                  "__MI_DESTINATIONOPTIONS_CERT_REVOCATION_CHECK");
    READS_BOOLEAN(MI_DestinationOptions_GetPacketPrivacy, &object,
                  "__MI_DESTINATIONOPTIONS_PACKET_PRIVACY");
    READS_BOOLEAN(MI_DestinationOptions_GetPacketIntegrity, &object,
                  "__MI_DESTINATIONOPTIONS_PACKET_INTEGRITY");
    READS_BOOLEAN(MI_DestinationOptions_GetEncodePortInSPN, &object,
                  "__MI_DESTINATIONOPTIONS_ENCODE_PORT_IN_SPN");
    READS_ENUM(MI_DestinationOptions_GetImpersonationType, MI_DestinationOptions_ImpersonationType,
               &object, "__MI_DESTINATIONOPTIONS_IMPERSONATION_TYPE");
}

MIC_TEST(operation_options, typed_getters_convert_the_number_and_write_only_on_success)
{
    MI_OperationOptions object = {.ft = &fake_OperationOptions};

    READS_BOOLEAN(MI_OperationOptions_GetUseMachineID, &object,
                  "__MI_OPERATIONOPTIONS_USE_MACHINE_ID");
    READS_ENUM(MI_OperationOptions_GetWriteErrorMode, MI_CallbackMode, &object,
               "__MI_OPERATIONOPTIONS_WRITEERRORMODE");
    READS_ENUM(MI_OperationOptions_GetPromptUserMode, MI_CallbackMode, &object,
               "__MI_OPERATIONOPTIONS_PROMPTUSERMODE");
}

MIC_TEST(operation_options, settings_of_two_keys_set_both_or_report_the_first_failure)
{
    MI_OperationOptions object = {.ft = &fake_OperationOptions};

    REACHES(MI_OperationOptions_SetPromptUserRegularMode(&object, MI_CALLBACKMODE_INQUIRE, MI_TRUE),
            "SetNumber", MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODE"), (uintptr_t)&object, KEY,
            MI_CALLBACKMODE_INQUIRE, 0);
    REACHES(MI_OperationOptions_SetProviderArchitecture(&object, MI_PROVIDER_ARCHITECTURE_64BIT,
                                                        MI_TRUE),
            "SetNumber", MI_T("__MI_OPERATIONOPTIONS_PROVIDER_ARCHITECTURE"), (uintptr_t)&object,
            KEY, MI_PROVIDER_ARCHITECTURE_64BIT, 0);

    answer_number(0);
    MIC_CHECK_INT(
        MI_OperationOptions_SetPromptUserRegularMode(&object, MI_CALLBACKMODE_INQUIRE, MI_TRUE),
        MI_RESULT_OK);
    MIC_CHECK_INT(seen.calls, 2);
    seen.calls = 1;
    MIC_CHECK(SAW("SetNumber", MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODEREGULAR_ACKVALUE"),
                  (uintptr_t)&object, KEY, MI_TRUE, 0));
    answer_number(0);
    MIC_CHECK_INT(MI_OperationOptions_SetProviderArchitecture(
                      &object, MI_PROVIDER_ARCHITECTURE_64BIT, MI_TRUE),
                  MI_RESULT_OK);
    MIC_CHECK_INT(seen.calls, 2);
    seen.calls = 1;
    MIC_CHECK(SAW("SetNumber", MI_T("__MI_OPERATIONOPTIONS_REQUIRED_ARCHITECTURE"),
                  (uintptr_t)&object, KEY, MI_TRUE, 0));

    REFUSED(MI_OperationOptions_SetPromptUserRegularMode(NULL, MI_CALLBACKMODE_REPORT, MI_TRUE));
    REFUSED(
        MI_OperationOptions_SetProviderArchitecture(NULL, MI_PROVIDER_ARCHITECTURE_32BIT, MI_TRUE));
}

MIC_TEST(operation_options, settings_of_two_keys_are_read_only_together)
{
    MI_OperationOptions object = {.ft = &fake_OperationOptions};
    MI_CallbackMode mode = MI_CALLBACKMODE_REPORT;
    MI_ProviderArchitecture bits = MI_PROVIDER_ARCHITECTURE_32BIT;
    MI_Boolean flag = 99;

    REACHES(MI_OperationOptions_GetPromptUserRegularMode(&object, &mode, &flag), "GetNumber",
            MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODE"), (uintptr_t)&object, KEY, ANY, 0, 0);
    REACHES(MI_OperationOptions_GetProviderArchitecture(&object, &bits, &flag), "GetNumber",
            MI_T("__MI_OPERATIONOPTIONS_PROVIDER_ARCHITECTURE"), (uintptr_t)&object, KEY, ANY, 0,
            0);
    MIC_CHECK_INT(flag, 99);
    MIC_CHECK_INT(mode, MI_CALLBACKMODE_REPORT);

    answer_number(1);
    MIC_CHECK_INT(MI_OperationOptions_GetPromptUserRegularMode(&object, &mode, &flag),
                  MI_RESULT_OK);
    MIC_CHECK_INT(seen.calls, 2);
    MIC_CHECK_INT(mode, MI_CALLBACKMODE_INQUIRE);
    MIC_CHECK_INT(flag, MI_TRUE);
    flag = 99;
    answer_number(1);
    MIC_CHECK_INT(MI_OperationOptions_GetProviderArchitecture(&object, &bits, &flag), MI_RESULT_OK);
    MIC_CHECK_INT(seen.calls, 2);
    MIC_CHECK_INT(bits, MI_PROVIDER_ARCHITECTURE_64BIT);
    MIC_CHECK_INT(flag, MI_TRUE);

    REFUSED(MI_OperationOptions_GetPromptUserRegularMode(NULL, &mode, &flag));
    REFUSED(MI_OperationOptions_GetPromptUserRegularMode(&object, NULL, &flag));
    REFUSED(MI_OperationOptions_GetPromptUserRegularMode(&object, &mode, NULL));
    REFUSED(MI_OperationOptions_GetProviderArchitecture(NULL, &bits, &flag));
    REFUSED(MI_OperationOptions_GetProviderArchitecture(&object, NULL, &flag));
    REFUSED(MI_OperationOptions_GetProviderArchitecture(&object, &bits, NULL));
}
