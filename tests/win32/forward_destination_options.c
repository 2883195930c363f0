#include "given.h"

MIC_TEST(destination_options, Delete_forwards)
{
    given_open();
    FORWARDS_VOID(MI_DestinationOptions_Delete(&given.destination_options));
    LOGGED("DestinationOptionsFT.Delete", "p", &given.destination_options);
    LOG_ENDS();
}

MIC_TEST(destination_options, SetTimeout_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetTimeout(&given.destination_options, &given.interval));
    LOGGED("DestinationOptionsFT.SetInterval", "psiu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_TIMEOUT", &given.interval, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetTimeout_forwards)
{
    POISONED(MI_Interval, timeout);

    given_open();
    FORWARDS(MI_DestinationOptions_GetTimeout(&given.destination_options, &timeout));
    LOGGED("DestinationOptionsFT.GetInterval", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_TIMEOUT", &timeout, NULL, NULL);
    LOG_ENDS();
    OUT_INTERVAL(timeout, 14, 2);
}

MIC_TEST(destination_options, SetCertCACheck_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetCertCACheck(&given.destination_options, MI_TRUE));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_CERT_CA_CHECK", (MI_Uint32)MI_TRUE, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetCertCACheck_forwards)
{
    POISONED(MI_Boolean, check);

    given_open();
    FORWARDS(MI_DestinationOptions_GetCertCACheck(&given.destination_options, &check));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_CERT_CA_CHECK", &given, NULL, NULL);
    LOG_ENDS();
    OUT_TRUE(check);
}

MIC_TEST(destination_options, SetCertCNCheck_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetCertCNCheck(&given.destination_options, MI_TRUE));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_CERT_CN_CHECK", (MI_Uint32)MI_TRUE, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetCertCNCheck_forwards)
{
    POISONED(MI_Boolean, check);

    given_open();
    FORWARDS(MI_DestinationOptions_GetCertCNCheck(&given.destination_options, &check));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_CERT_CN_CHECK", &given, NULL, NULL);
    LOG_ENDS();
    OUT_TRUE(check);
}

MIC_TEST(destination_options, SetCertRevocationCheck_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetCertRevocationCheck(&given.destination_options, MI_TRUE));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_CERT_REVOCATION_CHECK", (MI_Uint32)MI_TRUE, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetCertRevocationCheck_forwards)
{
    POISONED(MI_Boolean, check);

    given_open();
    FORWARDS(MI_DestinationOptions_GetCertRevocationCheck(&given.destination_options, &check));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_CERT_REVOCATION_CHECK", &given, NULL, NULL);
    LOG_ENDS();
    OUT_TRUE(check);
}

MIC_TEST(destination_options, SetPacketPrivacy_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetPacketPrivacy(&given.destination_options, MI_TRUE));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_PACKET_PRIVACY", (MI_Uint32)MI_TRUE, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetPacketPrivacy_forwards)
{
    POISONED(MI_Boolean, privacy);

    given_open();
    FORWARDS(MI_DestinationOptions_GetPacketPrivacy(&given.destination_options, &privacy));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_PACKET_PRIVACY", &given, NULL, NULL);
    LOG_ENDS();
    OUT_TRUE(privacy);
}

MIC_TEST(destination_options, SetPacketIntegrity_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetPacketIntegrity(&given.destination_options, MI_TRUE));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_PACKET_INTEGRITY", (MI_Uint32)MI_TRUE, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetPacketIntegrity_forwards)
{
    POISONED(MI_Boolean, integrity);

    given_open();
    FORWARDS(MI_DestinationOptions_GetPacketIntegrity(&given.destination_options, &integrity));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_PACKET_INTEGRITY", &given, NULL, NULL);
    LOG_ENDS();
    OUT_TRUE(integrity);
}

MIC_TEST(destination_options, SetPacketEncoding_forwards)
{
    given_open();
    FORWARDS(
        MI_DestinationOptions_SetPacketEncoding(&given.destination_options, TEXT_IN("encoding")));
    LOGGED("DestinationOptionsFT.SetString", "pssu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_PACKET_ENCODING", TEXT_IN("encoding"), 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetPacketEncoding_forwards)
{
    POISONED(const MI_Char *, encoding);

    given_open();
    FORWARDS(MI_DestinationOptions_GetPacketEncoding(&given.destination_options, &encoding));
    LOGGED("DestinationOptionsFT.GetString", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_PACKET_ENCODING", &encoding, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(encoding, "value");
}

MIC_TEST(destination_options, SetDataLocale_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetDataLocale(&given.destination_options, TEXT_IN("locale")));
    LOGGED("DestinationOptionsFT.SetString", "pssu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_DATA_LOCALE", TEXT_IN("locale"), 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetDataLocale_forwards)
{
    POISONED(const MI_Char *, locale);

    given_open();
    FORWARDS(MI_DestinationOptions_GetDataLocale(&given.destination_options, &locale));
    LOGGED("DestinationOptionsFT.GetString", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_DATA_LOCALE", &locale, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(locale, "value");
}

MIC_TEST(destination_options, SetUILocale_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetUILocale(&given.destination_options, TEXT_IN("locale")));
    LOGGED("DestinationOptionsFT.SetString", "pssu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_UI_LOCALE", TEXT_IN("locale"), 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetUILocale_forwards)
{
    POISONED(const MI_Char *, locale);

    given_open();
    FORWARDS(MI_DestinationOptions_GetUILocale(&given.destination_options, &locale));
    LOGGED("DestinationOptionsFT.GetString", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_UI_LOCALE", &locale, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(locale, "value");
}

MIC_TEST(destination_options, SetMaxEnvelopeSize_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetMaxEnvelopeSize(&given.destination_options, 22U));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_MAX_ENVELOPE_SIZE", (MI_Uint32)22U, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetMaxEnvelopeSize_forwards)
{
    POISONED(MI_Uint32, sizeInKB);

    given_open();
    FORWARDS(MI_DestinationOptions_GetMaxEnvelopeSize(&given.destination_options, &sizeInKB));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_MAX_ENVELOPE_SIZE", &sizeInKB, NULL, NULL);
    LOG_ENDS();
    OUT_NUMBER(sizeInKB, 5, 2);
}

MIC_TEST(destination_options, SetMaxElements_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetMaxElements(&given.destination_options, 22U));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_MAX_ELEMENTS", (MI_Uint32)22U, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetMaxElements_forwards)
{
    POISONED(MI_Uint32, elements);

    given_open();
    FORWARDS(MI_DestinationOptions_GetMaxElements(&given.destination_options, &elements));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_MAX_ELEMENTS", &elements, NULL, NULL);
    LOG_ENDS();
    OUT_NUMBER(elements, 5, 2);
}

MIC_TEST(destination_options, SetEncodePortInSPN_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetEncodePortInSPN(&given.destination_options, MI_TRUE));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_ENCODE_PORT_IN_SPN", (MI_Uint32)MI_TRUE, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetEncodePortInSPN_forwards)
{
    POISONED(MI_Boolean, encodePort);

    given_open();
    FORWARDS(MI_DestinationOptions_GetEncodePortInSPN(&given.destination_options, &encodePort));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_ENCODE_PORT_IN_SPN", &given, NULL, NULL);
    LOG_ENDS();
    OUT_TRUE(encodePort);
}

MIC_TEST(destination_options, SetHttpUrlPrefix_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetHttpUrlPrefix(&given.destination_options, TEXT_IN("prefix")));
    LOGGED("DestinationOptionsFT.SetString", "pssu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_HTTP_URL_PREFIX", TEXT_IN("prefix"), 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetHttpUrlPrefix_forwards)
{
    POISONED(const MI_Char *, prefix);

    given_open();
    FORWARDS(MI_DestinationOptions_GetHttpUrlPrefix(&given.destination_options, &prefix));
    LOGGED("DestinationOptionsFT.GetString", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_HTTP_URL_PREFIX", &prefix, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(prefix, "value");
}

MIC_TEST(destination_options, SetDestinationPort_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetDestinationPort(&given.destination_options, 22U));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_DESTINATION_PORT", (MI_Uint32)22U, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetDestinationPort_forwards)
{
    POISONED(MI_Uint32, port);

    given_open();
    FORWARDS(MI_DestinationOptions_GetDestinationPort(&given.destination_options, &port));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_DESTINATION_PORT", &port, NULL, NULL);
    LOG_ENDS();
    OUT_NUMBER(port, 5, 2);
}

MIC_TEST(destination_options, SetTrustedCertsDir_forwards)
{
    given_open();
    FORWARDS(
        MI_DestinationOptions_SetTrustedCertsDir(&given.destination_options, TEXT_IN("certsdir")));
    LOGGED("DestinationOptionsFT.SetString", "pssu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_TRUSTED_CERTS_DIR", TEXT_IN("certsdir"), 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetTrustedCertsDir_forwards)
{
    POISONED(const MI_Char *, certsdir);

    given_open();
    FORWARDS(MI_DestinationOptions_GetTrustedCertsDir(&given.destination_options, &certsdir));
    LOGGED("DestinationOptionsFT.GetString", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_TRUSTED_CERTS_DIR", &certsdir, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(certsdir, "value");
}

MIC_TEST(destination_options, SetCertFile_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetCertFile(&given.destination_options, TEXT_IN("certfile")));
    LOGGED("DestinationOptionsFT.SetString", "pssu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_CERT_FILE", TEXT_IN("certfile"), 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetCertFile_forwards)
{
    POISONED(const MI_Char *, certfile);

    given_open();
    FORWARDS(MI_DestinationOptions_GetCertFile(&given.destination_options, &certfile));
    LOGGED("DestinationOptionsFT.GetString", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_CERT_FILE", &certfile, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(certfile, "value");
}

MIC_TEST(destination_options, SetPrivateKeyFile_forwards)
{
    given_open();
    FORWARDS(
        MI_DestinationOptions_SetPrivateKeyFile(&given.destination_options, TEXT_IN("keyfile")));
    LOGGED("DestinationOptionsFT.SetString", "pssu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_PRIVATE_KEY_FILE", TEXT_IN("keyfile"), 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetPrivateKeyFile_forwards)
{
    POISONED(const MI_Char *, keyfile);

    given_open();
    FORWARDS(MI_DestinationOptions_GetPrivateKeyFile(&given.destination_options, &keyfile));
    LOGGED("DestinationOptionsFT.GetString", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_PRIVATE_KEY_FILE", &keyfile, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(keyfile, "value");
}

MIC_TEST(destination_options, SetTransport_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetTransport(&given.destination_options, TEXT_IN("transport")));
    LOGGED("DestinationOptionsFT.SetString", "pssu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_TRANSPORT", TEXT_IN("transport"), 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetTransport_forwards)
{
    POISONED(const MI_Char *, transport);

    given_open();
    FORWARDS(MI_DestinationOptions_GetTransport(&given.destination_options, &transport));
    LOGGED("DestinationOptionsFT.GetString", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_TRANSPORT", &transport, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(transport, "value");
}

MIC_TEST(destination_options, SetProxyType_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetProxyType(&given.destination_options, TEXT_IN("proxyType")));
    LOGGED("DestinationOptionsFT.SetString", "pssu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_PROXY_TYPE", TEXT_IN("proxyType"), 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetProxyType_forwards)
{
    POISONED(const MI_Char *, proxyType);

    given_open();
    FORWARDS(MI_DestinationOptions_GetProxyType(&given.destination_options, &proxyType));
    LOGGED("DestinationOptionsFT.GetString", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_PROXY_TYPE", &proxyType, NULL, NULL);
    LOG_ENDS();
    OUT_TEXT(proxyType, "value");
}

MIC_TEST(destination_options, SetSslOptions_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetSslOptions(&given.destination_options, 22U));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_SSL_OPTIONS", (MI_Uint32)22U, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetSslOptions_forwards)
{
    POISONED(MI_Uint32, sslOptions);

    given_open();
    FORWARDS(MI_DestinationOptions_GetSslOptions(&given.destination_options, &sslOptions));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_SSL_OPTIONS", &sslOptions, NULL, NULL);
    LOG_ENDS();
    OUT_NUMBER(sslOptions, 5, 2);
}

MIC_TEST(destination_options, AddProxyCredentials_forwards)
{
    given_open();
    FORWARDS(
        MI_DestinationOptions_AddProxyCredentials(&given.destination_options, &given.credentials));
    LOGGED("DestinationOptionsFT.AddCredentials", "pscu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_PROXY_CREDENTIALS", &given.credentials, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, AddDestinationCredentials_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_AddDestinationCredentials(&given.destination_options,
                                                             &given.credentials));
    LOGGED("DestinationOptionsFT.AddCredentials", "pscu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_DESTINATION_CREDENTIALS", &given.credentials, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, SetImpersonationType_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetImpersonationType(
        &given.destination_options, (MI_DestinationOptions_ImpersonationType)1));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_IMPERSONATION_TYPE",
           (MI_Uint32)(MI_DestinationOptions_ImpersonationType)1, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetImpersonationType_forwards)
{
    POISONED(MI_DestinationOptions_ImpersonationType, impersonationType);

    given_open();
    FORWARDS(
        MI_DestinationOptions_GetImpersonationType(&given.destination_options, &impersonationType));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           L"__MI_DESTINATIONOPTIONS_IMPERSONATION_TYPE", &given, NULL, NULL);
    LOG_ENDS();
    OUT_NUMBER(impersonationType, 5, 2);
}

MIC_TEST(destination_options, SetString_forwards)
{
    given_open();
    FORWARDS(MI_DestinationOptions_SetString(&given.destination_options, TEXT_IN("optionName"),
                                             TEXT_IN("optionValue")));
    LOGGED("DestinationOptionsFT.SetString", "pssu", &given.destination_options,
           TEXT_IN("optionName"), TEXT_IN("optionValue"), 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetString_forwards)
{
    POISONED(const MI_Char *, optionValue);
    POISONED(MI_Uint32, index);

    given_open();
    FORWARDS(MI_DestinationOptions_GetString(&given.destination_options, TEXT_IN("optionName"),
                                             &optionValue, &index));
    LOGGED("DestinationOptionsFT.GetString", "psooo", &given.destination_options,
           TEXT_IN("optionName"), &optionValue, &index, NULL);
    LOG_ENDS();
    OUT_TEXT(optionValue, "value");
    OUT_NUMBER(index, 4, 3);
}

MIC_TEST(destination_options, SetNumber_forwards)
{
    given_open();
    FORWARDS(
        MI_DestinationOptions_SetNumber(&given.destination_options, TEXT_IN("optionName"), 33U));
    LOGGED("DestinationOptionsFT.SetNumber", "psuu", &given.destination_options,
           TEXT_IN("optionName"), (MI_Uint32)33U, 0U);
    LOG_ENDS();
}

MIC_TEST(destination_options, GetNumber_forwards)
{
    POISONED(MI_Uint32, optionValue);
    POISONED(MI_Uint32, index);

    given_open();
    FORWARDS(MI_DestinationOptions_GetNumber(&given.destination_options, TEXT_IN("optionName"),
                                             &optionValue, &index));
    LOGGED("DestinationOptionsFT.GetNumber", "psooo", &given.destination_options,
           TEXT_IN("optionName"), &optionValue, &index, NULL);
    LOG_ENDS();
    OUT_NUMBER(optionValue, 5, 2);
    OUT_NUMBER(index, 5, 3);
}

MIC_TEST(destination_options, GetOptionCount_forwards)
{
    POISONED(MI_Uint32, count);

    given_open();
    FORWARDS(MI_DestinationOptions_GetOptionCount(&given.destination_options, &count));
    LOGGED("DestinationOptionsFT.GetOptionCount", "po", &given.destination_options, &count);
    LOG_ENDS();
    OUT_NUMBER(count, 6, 1);
}

MIC_TEST(destination_options, GetOptionAt_forwards)
{
    POISONED(const MI_Char *, optionName);
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_DestinationOptions_GetOptionAt(&given.destination_options, 22U, &optionName, &value,
                                               &type, &flags));
    LOGGED("DestinationOptionsFT.GetOptionAt", "puoooo", &given.destination_options, (MI_Uint32)22U,
           &optionName, &given, &type, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(flags, 7, 5);
}

MIC_TEST(destination_options, GetOption_forwards)
{
    POISONED(MI_Value, value);
    POISONED(MI_Type, type);
    POISONED(MI_Uint32, index);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_DestinationOptions_GetOption(&given.destination_options, TEXT_IN("optionName"),
                                             &value, &type, &index, &flags));
    LOGGED("DestinationOptionsFT.GetOption", "psoooo", &given.destination_options,
           TEXT_IN("optionName"), &given, &type, &index, &flags);
    LOG_ENDS();
    OUT_VALUE(value, "value");
    OUT_TYPE(type);
    OUT_NUMBER(index, 8, 4);
    OUT_NUMBER(flags, 8, 5);
}

MIC_TEST(destination_options, GetCredentialsCount_forwards)
{
    POISONED(MI_Uint32, count);

    given_open();
    FORWARDS(MI_DestinationOptions_GetCredentialsCount(&given.destination_options, &count));
    LOGGED("DestinationOptionsFT.GetCredentialsCount", "po", &given.destination_options, &count);
    LOG_ENDS();
    OUT_NUMBER(count, 9, 1);
}

MIC_TEST(destination_options, GetCredentialsAt_forwards)
{
    POISONED(const MI_Char *, optionName);
    POISONED(MI_UserCredentials, credentials);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_DestinationOptions_GetCredentialsAt(&given.destination_options, 22U, &optionName,
                                                    &credentials, &flags));
    LOGGED("DestinationOptionsFT.GetCredentialsAt", "puooo", &given.destination_options,
           (MI_Uint32)22U, &optionName, &credentials, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_CREDENTIALS(credentials);
    OUT_NUMBER(flags, 10, 4);
}

MIC_TEST(destination_options, GetCredentialsPasswordAt_forwards)
{
    POISONED(const MI_Char *, optionName);
    MI_Char password[64] = {0};
    POISONED(MI_Uint32, passwordLength);
    POISONED(MI_Uint32, flags);

    given_open();
    FORWARDS(MI_DestinationOptions_GetCredentialsPasswordAt(
        &given.destination_options, 22U, &optionName, password, 55U, &passwordLength, &flags));
    LOGGED("DestinationOptionsFT.GetCredentialsPasswordAt", "puoouoo", &given.destination_options,
           (MI_Uint32)22U, &optionName, password, (MI_Uint32)55U, &passwordLength, &flags);
    LOG_ENDS();
    OUT_TEXT(optionName, "optionName");
    OUT_BUFFER(password, "password");
    OUT_NUMBER(passwordLength, 11, 5);
    OUT_NUMBER(flags, 11, 6);
}

MIC_TEST(destination_options, Clone_forwards)
{
    POISONED(MI_DestinationOptions, newDestinationOptions);

    given_open();
    FORWARDS(MI_DestinationOptions_Clone(&given.destination_options, &newDestinationOptions));
    LOGGED("DestinationOptionsFT.Clone", "po", &given.destination_options, &newDestinationOptions);
    LOG_ENDS();
    OUT_HANDLE(newDestinationOptions, 12, 1);
}
