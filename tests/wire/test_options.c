/* Every option has an effect that is seen on the wire, or an error that names it. */
#include <stdio.h>
#include <string.h>

#include "catcher.h"
#include "client.h"
#include "mic_test.h"

static struct client client;
static struct catcher catcher;

static void prepare(void)
{
    catcher_start(&catcher);
    client_prepare(&client);
}

static void open_session(void)
{
    char destination[64];
    snprintf(destination, sizeof(destination), "127.0.0.1:%u", catcher.port);
    client_connect(&client, destination);
}

/* One Enumerate, which the catcher keeps. */
static void ask(MI_OperationOptions *options, MI_OperationCallbacks *callbacks, MI_Uint32 flags,
                const char *class_name)
{
    MI_Operation operation;
    struct outcome outcome;
    MI_Session_EnumerateInstances(&client.session, flags, options, "root/cimv2", class_name,
                                  MI_FALSE, callbacks, &operation);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK(strstr(outcome.message, "404") != NULL);
}

static void finish(void)
{
    catcher_stop(&catcher);
    client_close(&client);
}

static MI_OperationOptions *operation_options(void)
{
    static MI_OperationOptions options;
    MIC_REQUIRE(MI_Application_NewOperationOptions(&client.application, MI_FALSE, &options) ==
                MI_RESULT_OK);
    return &options;
}

MIC_TEST(options, unset_give_what_the_header_says)
{
    prepare();
    open_session();
    ask(NULL, NULL, 0, "Peer_Few");
    finish();
    catcher_expect(&catcher, "POST /wsman HTTP/1.1\r\n");
    catcher_expect(&catcher, "Content-Type: application/soap+xml;charset=UTF-8\r\n");
    catcher_expect(&catcher, "User-Agent: Microsoft WinRM Client\r\n");
    catcher_expect(&catcher, ">512000</w:MaxEnvelopeSize>");
    catcher_expect(&catcher, "<w:MaxElements>32000</w:MaxElements>");
    catcher_expect(&catcher, "<w:Locale xml:lang=\"en-US\"");
    catcher_expect(&catcher, "<p:DataLocale xml:lang=\"en-US\"");
    catcher_expect(&catcher, "Name=\"msftwinrm:UsePreciseArrays\" Type=\"xs:boolean\">true<");
    catcher_expect(&catcher, "<w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode>");
    catcher_expect_not(&catcher, "PolymorphismMode");
    catcher_expect_not(&catcher, "w:OperationTimeout");
    catcher_expect_not(&catcher, "__MI_");
    catcher_expect_not(&catcher, "Expect:");
}

MIC_TEST(options, of_the_destination_reach_the_request)
{
    MI_Interval timeout = milliseconds(45000);
    prepare();
    MI_DestinationOptions_SetTransport(&client.options, "http");
    MI_DestinationOptions_SetHttpUrlPrefix(&client.options, "other/path");
    MI_DestinationOptions_SetDestinationPort(&client.options, catcher.port);
    MI_DestinationOptions_SetPacketEncoding(&client.options, "UTF8");
    MI_DestinationOptions_SetUILocale(&client.options, "de-AT");
    MI_DestinationOptions_SetDataLocale(&client.options, "fr-CA");
    MI_DestinationOptions_SetMaxEnvelopeSize(&client.options, 100);
    MI_DestinationOptions_SetMaxElements(&client.options, 17);
    MI_DestinationOptions_SetProxyType(&client.options, "None");
    MI_DestinationOptions_SetTimeout(&client.options, &timeout);
    client_connect(&client, "127.0.0.1");
    ask(NULL, NULL, MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY, "Peer_Few");
    finish();
    catcher_expect(&catcher, "POST /other/path HTTP/1.1\r\n");
    catcher_expect(&catcher, "/other/path</a:To>");
    catcher_expect(&catcher, "<w:Locale xml:lang=\"de-AT\"");
    catcher_expect(&catcher, "<p:DataLocale xml:lang=\"fr-CA\"");
    catcher_expect(&catcher, ">102400</w:MaxEnvelopeSize>");
    catcher_expect(&catcher, "<w:MaxElements>17</w:MaxElements>");
    catcher_expect(&catcher, "<w:OperationTimeout>PT45.000S</w:OperationTimeout>");
    catcher_expect(&catcher, "<b:PolymorphismMode>ExcludeSubClassProperties</b:PolymorphismMode>");
}

MIC_TEST(options, of_the_operation_come_before_the_sessions)
{
    MI_Interval session_timeout = milliseconds(45000), timeout = milliseconds(7500);
    prepare();
    MI_DestinationOptions_SetTimeout(&client.options, &session_timeout);
    open_session();
    MI_OperationOptions *options = operation_options();
    MI_OperationOptions_SetTimeout(options, &timeout);
    MI_OperationOptions_SetWriteErrorMode(options, MI_CALLBACKMODE_INQUIRE);
    MI_OperationOptions_SetPromptUserRegularMode(options, MI_CALLBACKMODE_IGNORE, MI_TRUE);
    MI_OperationOptions_SetProviderArchitecture(options, MI_PROVIDER_ARCHITECTURE_32BIT, MI_TRUE);
    ask(options, NULL, MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW, "Peer_Few");
    MI_OperationOptions_Delete(options);
    finish();
    catcher_expect(&catcher, "<w:OperationTimeout>PT7.500S</w:OperationTimeout>");
    catcher_expect(&catcher, "\"wmi:__MI_OPERATIONOPTIONS_WRITEERRORMODE\" "
                             "Type=\"xs:unsignedInt\">1<");
    catcher_expect(&catcher, "\"wmi:__MI_OPERATIONOPTIONS_PROMPTUSERMODE\" "
                             "Type=\"xs:unsignedInt\">2<");
    catcher_expect(&catcher, "\"wmi:__MI_OPERATIONOPTIONS_PROMPTUSERMODEREGULAR_ACKVALUE\" "
                             "Type=\"xs:unsignedInt\">1<");
    catcher_expect(&catcher, "\"wmi:__MI_OPERATIONOPTIONS_PROVIDER_ARCHITECTURE\"");
    catcher_expect(&catcher, "\"wmi:__MI_OPERATIONOPTIONS_REQUIRED_ARCHITECTURE\"");
    catcher_expect(&catcher, "<b:PolymorphismMode>None</b:PolymorphismMode>");
    catcher_expect_not(&catcher, "__MI_OPERATIONOPTIONS_TIMEOUT");
}

MIC_TEST(options, resource_uris_replace_or_begin_the_uri)
{
    prepare();
    open_session();
    MI_OperationOptions *options = operation_options();
    MI_OperationOptions_SetResourceUri(options, "http://example.org/schema/1/Thing");
    ask(options, NULL, 0, NULL);
    MI_OperationOptions_Delete(options);
    finish();
    catcher_expect(&catcher, ">http://example.org/schema/1/Thing</w:ResourceURI>");
    prepare();
    open_session();
    options = operation_options();
    MI_OperationOptions_SetResourceUriPrefix(options, "http://intel.com/wbem/wscim/1/amt-schema/1");
    ask(options, NULL, 0, "AMT_Thing");
    MI_OperationOptions_Delete(options);
    finish();
    catcher_expect(&catcher,
                   ">http://intel.com/wbem/wscim/1/amt-schema/1/AMT_Thing</w:ResourceURI>");
}

struct custom {
    const char *name;
    MI_Type type;
    MI_Value value;
    const char *sent;
};

static MI_Char word[] = "a <b> & \xc3\xbc";

static const struct custom customs[] = {
    {"c_boolean", MI_BOOLEAN, {.boolean = MI_TRUE}, "wmi:c_boolean\" Type=\"xs:boolean\">true<"},
    {"c_uint8", MI_UINT8, {.uint8 = 255}, "wmi:c_uint8\" Type=\"xs:unsignedByte\">255<"},
    {"c_sint8", MI_SINT8, {.sint8 = -128}, "wmi:c_sint8\" Type=\"xs:byte\">-128<"},
    {"c_uint16", MI_UINT16, {.uint16 = 65535}, "wmi:c_uint16\" Type=\"xs:unsignedShort\">65535<"},
    {"c_sint16", MI_SINT16, {.sint16 = -2}, "wmi:c_sint16\" Type=\"xs:short\">-2<"},
    {"c_uint32", MI_UINT32, {.uint32 = 4294967295U}, "\"xs:unsignedInt\">4294967295<"},
    {"c_sint32", MI_SINT32, {.sint32 = -7}, "wmi:c_sint32\" Type=\"xs:int\">-7<"},
    {"c_uint64", MI_UINT64, {.uint64 = 1ULL << 63}, "\"xs:unsignedLong\">9223372036854775808<"},
    {"c_sint64", MI_SINT64, {.sint64 = -1}, "wmi:c_sint64\" Type=\"xs:long\">-1<"},
    {"c_real64", MI_REAL64, {.real64 = 0.5}, "wmi:c_real64\" Type=\"xs:double\">0.5<"},
    {"c_string", MI_STRING, {.string = word}, "\"xs:string\">a &lt;b&gt; &amp; \xc3\xbc<"},
    {"c_datetime",
     MI_DATETIME,
     {.datetime = {.isTimestamp = 1, .u.timestamp = {2024, 2, 29, 12, 34, 56, 0, 60}}},
     "wmi:c_datetime\" Type=\"xs:dateTime\">2024-02-29T12:34:56"},
    {"c_interval",
     MI_DATETIME,
     {.datetime = {.isTimestamp = 0, .u.interval = {.minutes = 5}}},
     "wmi:c_interval\" Type=\"xs:duration\">P"},
};

MIC_TEST(options, of_your_own_reach_the_provider_with_their_type)
{
    MI_Uint16 numbers[] = {7, 8};
    MI_Value list;
    list.uint16a.data = numbers;
    list.uint16a.size = 2;
    prepare();
    open_session();
    MI_OperationOptions *options = operation_options();
    for (size_t i = 0; i < sizeof(customs) / sizeof(customs[0]); i++) {
        MIC_CHECK_INT(MI_OperationOptions_SetCustomOption(options, customs[i].name, customs[i].type,
                                                          &customs[i].value, MI_FALSE),
                      MI_RESULT_OK);
    }
    MIC_CHECK_INT(
        MI_OperationOptions_SetCustomOption(options, "c_list", MI_UINT16A, &list, MI_FALSE),
        MI_RESULT_OK);
    MI_OperationOptions_SetString(options, "PlainText", "said", 0);
    MI_OperationOptions_SetNumber(options, "PlainNumber", 12, 0);
    ask(options, NULL, 0, "Peer_Few");
    MI_OperationOptions_Delete(options);
    finish();
    for (size_t i = 0; i < sizeof(customs) / sizeof(customs[0]); i++) {
        catcher_expect(&catcher, customs[i].sent);
    }
    catcher_expect(&catcher, "wmiarray:c_list\" Type=\"xs:unsignedShort\">7<");
    catcher_expect(&catcher, "wmiarray:c_list\" Type=\"xs:unsignedShort\">8<");
    catcher_expect(&catcher, "wmi:PlainText\" Type=\"xs:string\">said<");
    catcher_expect(&catcher, "wmi:PlainNumber\" Type=\"xs:unsignedInt\">12<");
    catcher_expect_not(&catcher, "MustComply");
}

static void MI_CALL on_message(MI_Operation *operation, void *context, MI_Uint32 channel,
                               const MI_Char *message)
{
    (void)operation;
    (void)context;
    (void)channel;
    (void)message;
}

static void MI_CALL on_progress(MI_Operation *operation, void *context, const MI_Char *activity,
                                const MI_Char *current, const MI_Char *status, MI_Uint32 percent,
                                MI_Uint32 seconds)
{
    (void)operation;
    (void)context;
    (void)activity;
    (void)current;
    (void)status;
    (void)percent;
    (void)seconds;
}

MIC_TEST(options, callbacks_and_channels_are_advertised_as_set)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    callbacks.writeMessage = on_message;
    callbacks.writeProgress = on_progress;
    prepare();
    open_session();
    MI_OperationOptions *options = operation_options();
    MI_OperationOptions_EnableChannel(options, 2);
    MI_OperationOptions_EnableChannel(options, 0);
    MI_OperationOptions_DisableChannel(options, 0);
    ask(options, &callbacks, 0, "Peer_Few");
    MI_OperationOptions_Delete(options);
    finish();
    catcher_expect(&catcher, "Name=\"__MI_CallbackRegistration\" Type=\"xs:int\">9<");
    catcher_expect(&catcher, "\"wmiarray:__MI_OPERATIONOPTIONS_CHANNELVALUE\" "
                             "Type=\"xs:unsignedInt\">2<");
    catcher_expect_not(&catcher, "CHANNELVALUE\" Type=\"xs:unsignedInt\">0<");
    catcher_expect_not(&catcher, "CHANNELVALUE\" Type=\"xs:unsignedInt\">1<");
}

/* ---- flags ---- */

/* No form of them on the wire is published: the request is the same. */
MIC_TEST(options, flags_without_a_form_on_the_wire_are_taken)
{
    prepare();
    open_session();
    ask(NULL, NULL, MI_OPERATIONFLAGS_EXPENSIVE_PROPERTIES | MI_OPERATIONFLAGS_LOCALIZED_QUALIFIERS,
        "Peer_Few");
    finish();
    catcher_expect(&catcher, "<w:OptionSet xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
                             "<w:Option Name=\"msftwinrm:UsePreciseArrays\" Type=\"xs:boolean\">"
                             "true</w:Option></w:OptionSet>");
}

static void expect_flags_refused(MI_Uint32 flags, const char *said)
{
    MI_Operation operation;
    struct outcome outcome;
    MI_Session_EnumerateInstances(&client.session, flags, NULL, "root/cimv2", "Peer_Few", MI_FALSE,
                                  NULL, &operation);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, MI_RESULT_INVALID_PARAMETER);
    if (strstr(outcome.message, said) == NULL) {
        MIC_FAIL("no %s in: %s", said, outcome.message);
    }
}

MIC_TEST(options, flags_that_make_no_sense_are_refused)
{
    prepare();
    open_session();
    expect_flags_refused(0x2000, "0x2000");
    expect_flags_refused(MI_OPERATIONFLAGS_NO_RTTI | MI_OPERATIONFLAGS_FULL_RTTI, "RTTI");
    expect_flags_refused(MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY &
                             ~(MI_Uint32)MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW,
                         "0x100");
    finish();
    MIC_CHECK_INT(catcher.accepted, 0);
}

/* ---- what has no effect says so ---- */

static void expect_operation_refused(MI_OperationOptions *options, MI_Result wanted,
                                     const char *word_wanted)
{
    MI_Operation operation;
    struct outcome outcome;
    MI_Session_EnumerateInstances(&client.session, 0, options, "root/cimv2", "Peer_Few", MI_FALSE,
                                  NULL, &operation);
    drain(&operation, &outcome, NULL, NULL);
    MIC_CHECK_INT(outcome.result, wanted);
    if (strstr(outcome.message, word_wanted) == NULL) {
        MIC_FAIL("no %s in: %s", word_wanted, outcome.message);
    }
    MI_OperationOptions_Delete(options);
}

MIC_TEST(options, that_cannot_be_kept_fail_the_operation_before_anything_is_sent)
{
    MI_Value value = {.uint32 = 1};
    prepare();
    open_session();
    MI_OperationOptions *options = operation_options();
    MI_OperationOptions_SetResourceUri(options, "http://example.org/a");
    MI_OperationOptions_SetResourceUriPrefix(options, "http://example.org");
    expect_operation_refused(options, MI_RESULT_INVALID_PARAMETER, "prefix");
    options = operation_options();
    MI_OperationOptions_SetCustomOption(options, "strict", MI_UINT32, &value, MI_TRUE);
    expect_operation_refused(options, MI_RESULT_INVALID_PARAMETER, "strict");
    MIC_REQUIRE(MI_Application_NewOperationOptions(&client.application, MI_TRUE, options) ==
                MI_RESULT_OK);
    MI_OperationOptions_SetCustomOption(options, "understood", MI_UINT32, &value, MI_FALSE);
    expect_operation_refused(options, MI_RESULT_INVALID_PARAMETER, "understood");
    options = operation_options();
    MI_OperationOptions_SetString(options, "control", "a\x01z", 0);
    expect_operation_refused(options, MI_RESULT_INVALID_PARAMETER, "control");
    options = operation_options();
    MI_OperationOptions_SetResourceUri(options, "http://example.org/\n");
    expect_operation_refused(options, MI_RESULT_INVALID_PARAMETER, "URI");
    finish();
    MIC_CHECK_INT(catcher.accepted, 0);
}

static void expect_session_refused(const char *destination, MI_Result wanted,
                                   const char *word_wanted)
{
    MI_Session session;
    MI_Instance *details = NULL;
    MI_Value value = {.string = NULL};
    MI_Result result = MI_Application_NewSession(&client.application, "WINRM", destination,
                                                 &client.options, NULL, &details, &session);
    MIC_CHECK_INT(result, wanted);
    if (details == NULL ||
        MI_Instance_GetElement(details, "Message", &value, NULL, NULL, NULL) != MI_RESULT_OK ||
        value.string == NULL || strstr(value.string, word_wanted) == NULL) {
        MIC_FAIL("no %s in: %s", word_wanted, value.string == NULL ? "(nothing)" : value.string);
    }
    if (details != NULL) {
        MI_Instance_Delete(details);
    }
    MI_Session_Close(&session, NULL, NULL);
}

static void refuse(const char *name, const char *text, MI_Result wanted, const char *word_wanted)
{
    client_prepare(&client);
    MIC_CHECK_INT(MI_DestinationOptions_SetString(&client.options, name, text), MI_RESULT_OK);
    expect_session_refused("server.example", wanted, word_wanted);
    client_close(&client);
}

#define OPTION(name) "__MI_DESTINATIONOPTIONS_" name

MIC_TEST(options, that_make_no_session_name_themselves)
{
    MI_UserCredentials credentials = {.authenticationType = MI_AUTH_TYPE_BASIC,
                                      .credentials.usernamePassword = {NULL, "proxy", "p"}};
    refuse(OPTION("PACKET_ENCODING"), "UTF16", MI_RESULT_NOT_SUPPORTED, "UTF16");
    refuse(OPTION("PACKET_ENCODING"), "EBCDIC", MI_RESULT_INVALID_PARAMETER, "EBCDIC");
    refuse(OPTION("PROXY_TYPE"), "Telephone", MI_RESULT_NOT_SUPPORTED, "Telephone");
    refuse(OPTION("PROXY"), "https://proxy:3128", MI_RESULT_NOT_SUPPORTED, "over HTTPS");
    refuse(OPTION("PROXY"), "socks5://proxy:1080", MI_RESULT_NOT_SUPPORTED, "SOCKS");
    refuse(OPTION("PROXY"), "", MI_RESULT_INVALID_PARAMETER, "no host name");
    refuse(OPTION("PROXY"), "http://user:secret@proxy:3128", MI_RESULT_INVALID_PARAMETER,
           "AddProxyCredentials");
    refuse(OPTION("TRANSPORT"), "TCP", MI_RESULT_INVALID_PARAMETER, "TCP");
    refuse(OPTION("HTTP_URL_PREFIX"), "a b", MI_RESULT_INVALID_PARAMETER, "prefix");
    refuse(OPTION("UI_LOCALE"), "de\nAT", MI_RESULT_INVALID_PARAMETER, "locale");
    refuse(OPTION("DATA_LOCALE"), "", MI_RESULT_INVALID_PARAMETER, "locale");
    client_prepare(&client);
    MI_DestinationOptions_SetDestinationPort(&client.options, 65536);
    expect_session_refused("server", MI_RESULT_INVALID_PARAMETER, "65536");
    MI_DestinationOptions_SetDestinationPort(&client.options, 5985);
    expect_session_refused("server:5986", MI_RESULT_INVALID_PARAMETER, "port");
    expect_session_refused("http://[::1", MI_RESULT_INVALID_PARAMETER, "[::1");
    client_close(&client);
    client_prepare(&client);
    MI_DestinationOptions_AddProxyCredentials(&client.options, &credentials);
    credentials.authenticationType = MI_AUTH_TYPE_NTLM;
    MI_DestinationOptions_AddProxyCredentials(&client.options, &credentials);
    expect_session_refused("server", MI_RESULT_NOT_SUPPORTED, "proxy");
    client_close(&client);
    client_prepare(&client);
    MI_DestinationOptions_SetString(&client.options, OPTION("PROXY"), "proxy:3128");
    MI_DestinationOptions_SetProxyType(&client.options, "None");
    expect_session_refused("server", MI_RESULT_INVALID_PARAMETER, "the proxy type is None");
    MI_DestinationOptions_SetProxyType(&client.options, "Auto");
    expect_session_refused("fe80::1%lo", MI_RESULT_INVALID_PARAMETER, "zone");
    client_close(&client);
}

MIC_TEST(options, of_schemes_not_built_name_the_scheme)
{
    static const char *const schemes[] = {MI_AUTH_TYPE_NONE, MI_AUTH_TYPE_DIGEST};
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        MI_UserCredentials credentials = {.authenticationType = schemes[i],
                                          .credentials.usernamePassword = {"d", "user", "p"}};
        MI_Operation operation;
        struct outcome outcome;
        memset(&client, 0, sizeof(client));
        catcher_start(&catcher);
        MI_Application_Initialize(0, NULL, NULL, &client.application);
        MI_Application_NewDestinationOptions(&client.application, &client.options);
        MIC_CHECK_INT(
            MI_DestinationOptions_AddDestinationCredentials(&client.options, &credentials),
            MI_RESULT_OK);
        open_session();
        MI_Session_TestConnection(&client.session, 0, NULL, &operation);
        drain(&operation, &outcome, NULL, NULL);
        MIC_CHECK(outcome.result != MI_RESULT_OK);
        MIC_CHECK(outcome.has_details && outcome.message[0] != '\0');
        finish();
        if (strcmp(schemes[i], MI_AUTH_TYPE_NONE) == 0) {
            MIC_CHECK_INT(catcher.accepted, 1); /* that one is built: no logon */
            catcher_expect_not(&catcher, "Authorization");
        } else {
            MIC_CHECK_INT(catcher.accepted, 0);
        }
    }
}
