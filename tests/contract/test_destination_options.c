/* MI_DestinationOptions: what every platform promises. */
#include "contract.h"

static void open_options(MI_Application *application, MI_DestinationOptions *options)
{
    contract_open(application);
    MIC_REQUIRE(MI_Application_NewDestinationOptions(application, options) == MI_RESULT_OK);
}

static void close_options(MI_Application *application, MI_DestinationOptions *options)
{
    MI_DestinationOptions_Delete(options);
    contract_close(application);
}

MIC_TEST(destination_options, start_empty)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL;
    MI_Uint32 count = 9, number = 0, flags = 9;
    MI_Interval interval;
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    const MI_Char *text = NULL;

    open_options(&application, &options);
    MIC_CHECK_INT(MI_DestinationOptions_GetOptionCount(&options, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 0);
    MIC_CHECK_INT(MI_DestinationOptions_GetCredentialsCount(&options, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 0);
    MIC_CHECK_INT(MI_DestinationOptions_GetTransport(&options, &text), MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_DestinationOptions_GetDestinationPort(&options, &number),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_DestinationOptions_GetTimeout(&options, &interval),
                  MI_RESULT_NO_SUCH_PROPERTY);
    MIC_CHECK_INT(MI_DestinationOptions_GetOptionAt(&options, 0, &text, &value, &type, &flags),
                  MI_RESULT_NO_SUCH_PROPERTY);
    close_options(&application, &options);
}

MIC_TEST(destination_options, each_setting_comes_back)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL;
    MI_Interval interval, given;
    const MI_Char *text = NULL;
    MI_Uint32 number = 0;
    MI_Boolean flag = MI_FALSE;
    MI_DestinationOptions_ImpersonationType impersonation =
        MI_DestinationOptions_ImpersonationType_Default;

    open_options(&application, &options);
    memset(&given, 0, sizeof(given));
    given.minutes = 2;
    given.seconds = 30;
    MIC_CHECK_INT(MI_DestinationOptions_SetTimeout(&options, &given), MI_RESULT_OK);
    memset(&interval, 0xFF, sizeof(interval));
    MIC_CHECK_INT(MI_DestinationOptions_GetTimeout(&options, &interval), MI_RESULT_OK);
    MIC_CHECK_BYTES(&interval, sizeof(interval), &given, sizeof(given));
#define TEXT(name, content)                                                                        \
    MIC_CHECK_INT(MI_DestinationOptions_Set##name(&options, content), MI_RESULT_OK);               \
    text = NULL;                                                                                   \
    MIC_CHECK_INT(MI_DestinationOptions_Get##name(&options, &text), MI_RESULT_OK);                 \
    MIC_CHECK_TEXT(text, content)
    TEXT(Transport, MI_DESTINATIONOPTIONS_TRANSPORT_HTTPS);
    TEXT(HttpUrlPrefix, MI_T("/wsman"));
    TEXT(PacketEncoding, MI_DESTINATIONOPTIONS_PACKET_ENCODING_UTF8);
    TEXT(DataLocale, MI_T("de-de"));
    TEXT(UILocale, MI_T("en-us"));
    TEXT(ProxyType, MI_DESTINATIONOPTIONS_PROXY_TYPE_NONE);
#undef TEXT
#define FLAG(name, content)                                                                        \
    MIC_CHECK_INT(MI_DestinationOptions_Set##name(&options, content), MI_RESULT_OK);               \
    MIC_CHECK_INT(MI_DestinationOptions_Get##name(&options, &flag), MI_RESULT_OK);                 \
    MIC_CHECK_INT(flag, content)
    FLAG(PacketPrivacy, MI_FALSE);
    FLAG(PacketIntegrity, MI_TRUE);
    FLAG(EncodePortInSPN, MI_TRUE);
    FLAG(CertCACheck, MI_FALSE);
    FLAG(CertCNCheck, MI_FALSE);
    FLAG(CertRevocationCheck, MI_TRUE);
#undef FLAG
    MIC_CHECK_INT(MI_DestinationOptions_SetDestinationPort(&options, 5986), MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_GetDestinationPort(&options, &number), MI_RESULT_OK);
    MIC_CHECK_INT(number, 5986);
    MIC_CHECK_INT(MI_DestinationOptions_SetMaxEnvelopeSize(&options, 500), MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_GetMaxEnvelopeSize(&options, &number), MI_RESULT_OK);
    MIC_CHECK_INT(number, 500);
    MIC_CHECK_INT(MI_DestinationOptions_SetImpersonationType(
                      &options, MI_DestinationOptions_ImpersonationType_Delegate),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_GetImpersonationType(&options, &impersonation),
                  MI_RESULT_OK);
    MIC_CHECK_INT(impersonation, MI_DestinationOptions_ImpersonationType_Delegate);
    MIC_CHECK_INT(MI_DestinationOptions_GetOptionCount(&options, &number), MI_RESULT_OK);
    MIC_CHECK_INT(number, 16);
    close_options(&application, &options);
}

MIC_TEST(destination_options, generic_access_follows_insertion_order)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL;
    const MI_Char *name = NULL, *text = NULL;
    MI_Value value;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 index = 9, number = 0, flags = 9;

    open_options(&application, &options);
    MIC_CHECK_INT(MI_DestinationOptions_SetString(&options, MI_T("First"), MI_T("1st")),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_SetNumber(&options, MI_T("Second"), 2), MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_SetString(&options, MI_T("FIRST"), MI_T("again")),
                  MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_GetOptionCount(&options, &number), MI_RESULT_OK);
    MIC_CHECK_INT(number, 2);
    MIC_CHECK_INT(MI_DestinationOptions_GetOptionAt(&options, 0, &name, &value, &type, &flags),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("First"));
    MIC_CHECK_INT(type, MI_STRING);
    MIC_CHECK_TEXT(value.string, MI_T("again"));
    MIC_CHECK_INT(flags, 0);
    MIC_CHECK_INT(
        MI_DestinationOptions_GetOption(&options, MI_T("second"), &value, &type, &index, &flags),
        MI_RESULT_OK);
    MIC_CHECK_INT(value.uint32, 2);
    MIC_CHECK_INT(type, MI_UINT32);
    MIC_CHECK_INT(index, 1);
    MIC_CHECK_INT(MI_DestinationOptions_GetString(&options, MI_T("First"), &text, &index),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(text, MI_T("again"));
    MIC_CHECK_INT(index, 0);
    MIC_CHECK_INT(MI_DestinationOptions_GetString(&options, MI_T("Second"), &text, NULL),
                  MI_RESULT_TYPE_MISMATCH);
    MIC_CHECK_INT(MI_DestinationOptions_GetNumber(&options, MI_T("First"), &number, NULL),
                  MI_RESULT_TYPE_MISMATCH);
    MIC_CHECK_INT(MI_DestinationOptions_SetNumber(&options, MI_T("First"), 1),
                  MI_RESULT_TYPE_MISMATCH);
    MIC_CHECK_INT(MI_DestinationOptions_GetOptionAt(&options, 2, &name, &value, &type, &flags),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_DestinationOptions_SetString(&options, NULL, MI_T("x")),
                  MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_DestinationOptions_SetString(&options, MI_T("X"), NULL),
                  MI_RESULT_INVALID_PARAMETER);
    close_options(&application, &options);
}

static MI_Result add(MI_DestinationOptions *options, const MI_Char *type, const MI_Char *user,
                     const MI_Char *password)
{
    MI_UserCredentials credentials;

    memset(&credentials, 0, sizeof(credentials));
    credentials.authenticationType = type;
    credentials.credentials.usernamePassword.domain = MI_T("DOM");
    credentials.credentials.usernamePassword.username = user;
    credentials.credentials.usernamePassword.password = password;
    return MI_DestinationOptions_AddDestinationCredentials(options, &credentials);
}

MIC_TEST(destination_options, passwords_show_only_to_who_asks)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL;
    MI_UserCredentials out;
    const MI_Char *name = NULL;
    MI_Char password[16];
    MI_Uint32 count = 0, length = 0, flags = 9;

    open_options(&application, &options);
    MIC_CHECK_INT(add(&options, MI_AUTH_TYPE_BASIC, MI_T("me"), MI_T("geheim")), MI_RESULT_OK);
    MIC_CHECK_INT(add(&options, MI_AUTH_TYPE_NONE, NULL, NULL), MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_GetCredentialsCount(&options, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 2);
    MIC_CHECK_INT(MI_DestinationOptions_GetOptionCount(&options, &count), MI_RESULT_OK);
    MIC_CHECK_INT(count, 0);
    MIC_CHECK_INT(MI_DestinationOptions_GetCredentialsAt(&options, 0, &name, &out, &flags),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("__MI_DESTINATIONOPTIONS_DESTINATION_CREDENTIALS"));
    MIC_CHECK_TEXT(out.authenticationType, MI_AUTH_TYPE_BASIC);
    MIC_CHECK_TEXT(out.credentials.usernamePassword.domain, MI_T("DOM"));
    MIC_CHECK_TEXT(out.credentials.usernamePassword.username, MI_T("me"));
    MIC_CHECK_TEXT(out.credentials.usernamePassword.password, MI_T("******"));
    MIC_CHECK_INT(MI_DestinationOptions_GetCredentialsPasswordAt(&options, 0, &name, NULL, 0,
                                                                 &length, &flags),
                  MI_RESULT_OK);
    MIC_CHECK_INT(length, 7);
    length = 0;
    MIC_CHECK_INT(MI_DestinationOptions_GetCredentialsPasswordAt(&options, 0, &name, password, 6,
                                                                 &length, &flags),
                  MI_RESULT_FAILED);
    MIC_CHECK_INT(length, 7);
    MIC_CHECK_INT(MI_DestinationOptions_GetCredentialsPasswordAt(&options, 0, &name, password, 7,
                                                                 &length, &flags),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT((const MI_Char *)password, MI_T("geheim"));
    MIC_CHECK_INT(MI_DestinationOptions_GetCredentialsPasswordAt(&options, 1, &name, password, 16,
                                                                 &length, &flags),
                  MI_RESULT_OK);
    MIC_CHECK_INT(length, 0);
    MIC_CHECK_INT(MI_DestinationOptions_GetCredentialsAt(&options, 2, &name, &out, &flags),
                  MI_RESULT_INVALID_PARAMETER);
    close_options(&application, &options);
}

MIC_TEST(destination_options, credentials_are_checked)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL;
    MI_UserCredentials certificate, out;
    const MI_Char *name = NULL;
    MI_Char password[4];
    MI_Uint32 length = 0;

    open_options(&application, &options);
    MIC_CHECK_INT(add(&options, MI_AUTH_TYPE_KERBEROS, MI_T("me"), NULL), MI_RESULT_OK);
    MIC_CHECK_INT(add(&options, MI_AUTH_TYPE_KERBEROS, MI_T("you"), NULL), MI_RESULT_FAILED);
    MIC_CHECK_INT(add(&options, MI_AUTH_TYPE_BASIC, NULL, NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(add(&options, MI_T("Unheard"), MI_T("me"), NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(add(&options, NULL, MI_T("me"), NULL), MI_RESULT_INVALID_PARAMETER);
    MIC_CHECK_INT(MI_DestinationOptions_AddDestinationCredentials(&options, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    memset(&certificate, 0, sizeof(certificate));
    certificate.authenticationType = MI_AUTH_TYPE_CLIENT_CERTS;
    certificate.credentials.certificateThumbprint = MI_T("00112233");
    MIC_CHECK_INT(MI_DestinationOptions_AddProxyCredentials(&options, &certificate), MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_GetCredentialsAt(&options, 1, &name, &out, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT(name, MI_T("__MI_DESTINATIONOPTIONS_PROXY_CREDENTIALS"));
    MIC_CHECK_TEXT(out.credentials.certificateThumbprint, MI_T("00112233"));
    MIC_CHECK_INT(MI_DestinationOptions_GetCredentialsPasswordAt(&options, 1, &name, password, 4,
                                                                 &length, NULL),
                  MI_RESULT_INVALID_PARAMETER);
    close_options(&application, &options);
}

MIC_TEST(destination_options, a_clone_is_independent)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL, clone = MI_DESTINATIONOPTIONS_NULL;
    const MI_Char *text = NULL, *name = NULL;
    MI_Char password[16];
    MI_Uint32 length = 0;

    open_options(&application, &options);
    MIC_CHECK_INT(MI_DestinationOptions_SetTransport(&options, MI_T("HTTP")), MI_RESULT_OK);
    MIC_CHECK_INT(add(&options, MI_AUTH_TYPE_BASIC, MI_T("me"), MI_T("geheim")), MI_RESULT_OK);
    MIC_REQUIRE(MI_DestinationOptions_Clone(&options, &clone) == MI_RESULT_OK);
    MIC_CHECK_INT(MI_DestinationOptions_SetTransport(&options, MI_T("HTTPS")), MI_RESULT_OK);
    MI_DestinationOptions_Delete(&options);
    MIC_CHECK_INT(MI_DestinationOptions_GetTransport(&clone, &text), MI_RESULT_OK);
    MIC_CHECK_TEXT(text, MI_T("HTTP"));
    MIC_CHECK_INT(MI_DestinationOptions_GetCredentialsPasswordAt(&clone, 0, &name, password, 16,
                                                                 &length, NULL),
                  MI_RESULT_OK);
    MIC_CHECK_TEXT((const MI_Char *)password, MI_T("geheim"));
    close_options(&application, &clone);
}
