/* What goes wrong at the server, and what the application gets to see. */
#include "talk.h"

static void fault_gives(const char *file, unsigned status, enum mic_verb verb, const char *expected)
{
    for (size_t piece = 0; piece < 2; piece++) {
        struct talk talk;
        talk_init(&talk, verb);
        if (verb == MIC_VERB_GET) {
            talk_key(&talk, "Id", "1");
        }
        talk.piece = piece;
        talk_reply_file(&talk, status, file);
        MIC_CHECK(talk_run(&talk) != MI_RESULT_OK);
        MIC_CHECK_TEXT(strchr(talk_log(&talk), '\n') + 1, expected);
        talk_fini(&talk);
    }
}

MIC_TEST(faults, cim_status_of_the_error_instance_wins_and_the_instance_is_kept)
{
    fault_gives("fault-wmierror.xml", 500, MIC_VERB_GET,
                "failed 27 803381a6 30: Too many shelves.\n"
                "MSFT_WmiError@root/test{CIMStatusCode:uint32=27;ErrorSource:string=NULL;"
                "Message:string=Too many shelves. ;MessageID:string=HRESULT 0x803381a6;"
                "PerceivedSeverity:uint16=0;error_Category:uint32=30;error_Code:uint32=2150859174;"
                "error_Type:string=HRESULT}\n");
}

MIC_TEST(faults, result_in_omis_message_id_wins)
{
    fault_gives("fault-omi.xml", 500, MIC_VERB_GET,
                "failed 12 803380f7 10: No such property here.\n"
                "OMI_Error@root/test{MessageID:string=OMI:MI_Result:12;"
                "Message:string=No such property here.;CIMStatusCode:uint32=1;OMI_Code:uint32=12;"
                "OMI_Category:uint32=10;OMI_Type:string=MI}\n");
}

MIC_TEST(faults, innermost_wsman_fault_wins)
{
    fault_gives("fault-nested.xml", 500, MIC_VERB_ENUMERATE,
                "failed 5 80041010 10: The class is unknown here.\n");
}

MIC_TEST(faults, bad_uri_is_the_class_of_an_enumeration_and_the_instance_of_a_get)
{
    fault_gives("fault-openwsman.xml", 400, MIC_VERB_ENUMERATE,
                "failed 5 8033803b 10: No route.\n");
    fault_gives("fault-openwsman.xml", 400, MIC_VERB_GET, "failed 6 80338000 13: No route.\n");
}

MIC_TEST(faults, fault_counts_whatever_the_http_status)
{
    fault_gives("fault-openwsman.xml", 200, MIC_VERB_GET, "failed 6 80338000 13: No route.\n");
}

struct fault_row {
    const char *subcode;
    unsigned code; /* of a WSManFault; 0: none */
    MI_Result result;
    MI_ErrorCategory category;
    const char *source; /* where the fault or the code is written; what it becomes is MI's */
};

/* Subcodes alone, and codes that overrule them. */
static const struct fault_row fault_rows[] = {
    {"w:AccessDenied", 0, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED,
     "DSP0226 annex A"},
    {"w:AccessDenied", 5, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED, "winerror.h"},
    {"w:AccessDenied", 0x80070005, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED,
     "winerror.h"},
    {"w:InternalError", 0x80070057, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
     "winerror.h"},
    {"w:InternalError", 50, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED,
     "winerror.h"},
    {"w:AccessDenied", 1326, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
     "winerror.h"},
    {"a:DestinationUnreachable", 0, MI_RESULT_NOT_FOUND, MI_ERRORCATEGORY_OBJECT_NOT_FOUND,
     "WS-Addressing 3.2"},
    {"a:DestinationUnreachable", 0x80338000, MI_RESULT_NOT_FOUND, MI_ERRORCATEGORY_OBJECT_NOT_FOUND,
     "wsmerror.h"},
    {"a:DestinationUnreachable", 0x8033803B, MI_RESULT_NOT_FOUND, MI_ERRORCATEGORY_METADATA_ERROR,
     "wsmerror.h"},
    {"odd:ActionNotSupported", 0, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED,
     "WS-Addressing 3.2"},
    {"a:ActionNotSupported", 0x80338001, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED,
     "wsmerror.h"},
    {"a:ActionNotSupported", 0x80338013, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED,
     "wsmerror.h"},
    {"a:EndpointUnavailable", 0, MI_RESULT_FAILED, MI_ERRORCATEGORY_RESOURCE_UNAVAILABLE,
     "WS-Addressing 3.2"},
    {"n:FilteringNotSupported", 0, MI_RESULT_FILTERED_ENUMERATION_NOT_SUPPORTED,
     MI_ERRORCATEGORY_NOT_IMPLEMENTED, "DSP0226 8.3"},
    {"n:FilteringNotSupported", 0x80338018, MI_RESULT_FILTERED_ENUMERATION_NOT_SUPPORTED,
     MI_ERRORCATEGORY_NOT_IMPLEMENTED, "wsmerror.h"},
    {"n:FilterDialectRequestedUnavailable", 0, MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED,
     MI_ERRORCATEGORY_NOT_IMPLEMENTED, "DSP0226 8.3"},
    {"n:FilterDialectRequestedUnavailable", 0x80338019, MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED,
     MI_ERRORCATEGORY_NOT_IMPLEMENTED, "wsmerror.h"},
    {"e:FilteringRequestedUnavailable", 0, MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED,
     MI_ERRORCATEGORY_NOT_IMPLEMENTED, "DSP0226 10.2"},
    {"w:CannotProcessFilter", 0, MI_RESULT_INVALID_QUERY, MI_ERRORCATEGORY_SYNTAX_ERROR,
     "DSP0226 annex A"},
    {"w:CannotProcessFilter", 0x8033801A, MI_RESULT_INVALID_QUERY, MI_ERRORCATEGORY_SYNTAX_ERROR,
     "wsmerror.h"},
    {"w:CannotProcessFilter", 0x80338122, MI_RESULT_INVALID_QUERY, MI_ERRORCATEGORY_SYNTAX_ERROR,
     "wsmerror.h"},
    {"n:CannotProcessFilter", 0x80041017, MI_RESULT_INVALID_QUERY, MI_ERRORCATEGORY_SYNTAX_ERROR,
     "wbemcli.h"},
    {"InvalidEnumerationContext", 0, MI_RESULT_INVALID_ENUMERATION_CONTEXT,
     MI_ERRORCATEGORY_INVALID_OPERATION, "DSP0226 8.4"},
    {"n:InvalidEnumerationContext", 0x8033801B, MI_RESULT_INVALID_ENUMERATION_CONTEXT,
     MI_ERRORCATEGORY_INVALID_OPERATION, "wsmerror.h"},
    {"w:TimedOut", 0, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_TIMEOUT, "DSP0226 annex A"},
    {"w:TimedOut", 0x80338029, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_TIMEOUT,
     "wsmerror.h, capture of Windows"},
    {"w:EncodingLimit", 0, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_LIMITS_EXCEEDED,
     "DSP0226 annex A"},
    {"w:EncodingLimit", 0x8033802D, MI_RESULT_SERVER_LIMITS_EXCEEDED,
     MI_ERRORCATEGORY_LIMITS_EXCEEDED, "wsmerror.h"},
    {"w:EncodingLimit", 0x80338049, MI_RESULT_SERVER_LIMITS_EXCEEDED,
     MI_ERRORCATEGORY_LIMITS_EXCEEDED, "wsmerror.h"},
    {"w:EncodingLimit", 0x8033807E, MI_RESULT_SERVER_LIMITS_EXCEEDED,
     MI_ERRORCATEGORY_LIMITS_EXCEEDED, "wsmerror.h"},
    {"w:AlreadyExists", 0, MI_RESULT_ALREADY_EXISTS, MI_ERRORCATEGORY_RESOURCE_EXISTS,
     "DSP0226 annex A"},
    {"w:AlreadyExists", 0x80338033, MI_RESULT_ALREADY_EXISTS, MI_ERRORCATEGORY_RESOURCE_EXISTS,
     "wsmerror.h"},
    {"w:AccessDenied", 0x80338036, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_AUTHENTICATION_ERROR,
     "wsmerror.h"},
    {"w:InvalidSelectors", 0, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
     "DSP0226 annex A"},
    {"w:InvalidSelectors", 0x8033803D, MI_RESULT_INVALID_PARAMETER,
     MI_ERRORCATEGORY_INVALID_ARGUMENT, "wsmerror.h"},
    {"w:InvalidSelectors", 0x8033805A, MI_RESULT_INVALID_PARAMETER,
     MI_ERRORCATEGORY_INVALID_ARGUMENT, "wsmerror.h"},
    {"w:QuotaLimit", 0, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_QUOTA_EXCEEDED,
     "DSP0226 annex A"},
    {"w:QuotaLimit", 0x8033803F, MI_RESULT_SERVER_LIMITS_EXCEEDED, MI_ERRORCATEGORY_QUOTA_EXCEEDED,
     "wsmerror.h"},
    {"w:InternalError", 0x803381A5, MI_RESULT_SERVER_LIMITS_EXCEEDED,
     MI_ERRORCATEGORY_QUOTA_EXCEEDED, "capture of Windows"},
    {"w:InternalError", 0x803381A6, MI_RESULT_SERVER_LIMITS_EXCEEDED,
     MI_ERRORCATEGORY_QUOTA_EXCEEDED, "wsmerror.h"},
    {"w:SchemaValidationError", 0, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_DATA,
     "DSP0226 annex A"},
    {"w:SchemaValidationError", 0x80338041, MI_RESULT_INVALID_PARAMETER,
     MI_ERRORCATEGORY_INVALID_DATA, "wsmerror.h"},
    {"w:InvalidOptions", 0, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
     "DSP0226 annex A"},
    {"w:InvalidOptions", 0x80338051, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
     "wsmerror.h"},
    {"w:InvalidParameter", 0, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
     "DSP0226 annex A"},
    {"w:UnsupportedFeature", 0, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED,
     "DSP0226 annex A"},
    {"w:UnsupportedFeature", 0x80338064, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED,
     "wsmerror.h"},
    {"w:InternalError", 0x80338102, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED,
     "wsmerror.h"},
    {"w:InternalError", 0x80338104, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED,
     "error record of Windows' client"},
    {"w:InternalError", 0x80338106, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED,
     "wsmerror.h"},
    {"w:InternalError", 0x8033811E, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
     "wsmerror.h"},
    {"w:InternalError", 0x803381E1, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_METADATA_ERROR,
     "error record of Windows' client"},
    {"w:InternalError", 0x803381EF, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
     "wsmerror.h"},
    {"w:InternalError", 0x803381F3, MI_RESULT_FAILED, MI_ERRORCATEGORY_METADATA_ERROR,
     "wsmerror.h"},
    {"w:InternalError", 0x80041001, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_SPECIFIED, "wbemcli.h"},
    {"w:InternalError", 0x80041002, MI_RESULT_NOT_FOUND, MI_ERRORCATEGORY_OBJECT_NOT_FOUND,
     "wbemcli.h"},
    {"w:InternalError", 0x80041003, MI_RESULT_ACCESS_DENIED, MI_ERRORCATEGORY_ACCESS_DENIED,
     "wbemcli.h"},
    {"w:InternalError", 0x80041005, MI_RESULT_TYPE_MISMATCH, MI_ERRORCATEGORY_INVALID_TYPE,
     "wbemcli.h"},
    {"w:InternalError", 0x80041008, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_ARGUMENT,
     "wbemcli.h"},
    {"w:InternalError", 0x8004100C, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED,
     "wbemcli.h"},
    {"w:InternalError", 0x8004100E, MI_RESULT_INVALID_NAMESPACE, MI_ERRORCATEGORY_METADATA_ERROR,
     "wbemcli.h"},
    {"w:InternalError", 0x80041010, MI_RESULT_INVALID_CLASS, MI_ERRORCATEGORY_METADATA_ERROR,
     "wbemcli.h"},
    {"w:InternalError", 0x80041013, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_INSTALLED, "wbemcli.h"},
    {"w:InternalError", 0x80041018, MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED,
     MI_ERRORCATEGORY_NOT_IMPLEMENTED, "wbemcli.h"},
    {"w:InternalError", 0x80041019, MI_RESULT_ALREADY_EXISTS, MI_ERRORCATEGORY_RESOURCE_EXISTS,
     "wbemcli.h"},
    {"w:InternalError", 0x8004101E, MI_RESULT_METHOD_NOT_FOUND, MI_ERRORCATEGORY_METADATA_ERROR,
     "wbemcli.h"},
    {"w:InternalError", 0x80041024, MI_RESULT_NOT_SUPPORTED, MI_ERRORCATEGORY_NOT_IMPLEMENTED,
     "wbemcli.h"},
    {"w:InternalError", 0x8004102E, MI_RESULT_METHOD_NOT_FOUND, MI_ERRORCATEGORY_METADATA_ERROR,
     "wbemcli.h"},
    {"w:InternalError", 0x80041031, MI_RESULT_NO_SUCH_PROPERTY, MI_ERRORCATEGORY_METADATA_ERROR,
     "wbemcli.h"},
    {"w:InternalError", 0x80041032, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_STOPPED,
     "wbemcli.h"},
    {"w:InternalError", 0x80041033, MI_RESULT_SERVER_IS_SHUTTING_DOWN,
     MI_ERRORCATEGORY_RESOURCE_UNAVAILABLE, "wbemcli.h"},
    {"w:InternalError", 0x80041055, MI_RESULT_METHOD_NOT_AVAILABLE, MI_ERRORCATEGORY_METADATA_ERROR,
     "wbemcli.h"},
    {"w:InternalError", 0x8004106C, MI_RESULT_SERVER_LIMITS_EXCEEDED,
     MI_ERRORCATEGORY_QUOTA_EXCEEDED, "wbemcli.h"},
    {"w:InternalError", 0, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_SPECIFIED, "DSP0226 annex A"},
    {"w:Concurrency", 0, MI_RESULT_FAILED, MI_ERRORCATEGORY_RESOURCE_BUSY, "DSP0226 annex A"},
    {"x:InvalidRepresentation", 0, MI_RESULT_INVALID_PARAMETER, MI_ERRORCATEGORY_INVALID_DATA,
     "WS-Transfer 5"},
    {"w:Unheard", 32768, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_SPECIFIED, "MS-WSMV 4.10"},
};

MIC_TEST(faults, table_of_subcodes_and_codes)
{
    for (size_t i = 0; i < MIC_COUNT(fault_rows); i++) {
        const struct fault_row *row = &fault_rows[i];
        struct talk talk;
        char expected[96];
        talk_init(&talk, MIC_VERB_GET);
        talk_key(&talk, "Id", "1");
        struct mic_buf *bytes = talk_reply_with(
            &talk, 500,
            "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><s:Fault>"
            "<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>");
        mic_buf_append_format(bytes,
                              " %s </s:Value></s:Subcode></s:Code><s:Reason><s:Text>why"
                              "</s:Text></s:Reason>",
                              row->subcode);
        if (row->code != 0) {
            mic_buf_append_format(bytes,
                                  "<s:Detail><f:WSManFault Code=\"%u\" xmlns:f=\"http://schemas."
                                  "microsoft.com/wbem/wsman/1/wsmanfault\"/></s:Detail>",
                                  row->code);
        }
        mic_buf_append_text(bytes, "</s:Fault></s:Body></s:Envelope>");
        MIC_CHECK_INT(talk_run(&talk), row->result);
        snprintf(expected, sizeof(expected), " %u: why%s\n", (unsigned)row->category,
                 row->category == MI_ERRORCATEGORY_LIMITS_EXCEEDED
                     ? " (MaxEnvelopeSize of this session: 512000 bytes)"
                     : "");
        if (!MIC_CHECK(strstr(talk_log(&talk), expected) != NULL)) {
            MIC_FAIL("%s %08x (%s) gave %s", row->subcode, row->code, row->source, talk_log(&talk));
        }
        talk_fini(&talk);
    }
}

MIC_TEST(faults, extended_status_of_wmi_is_read)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_GET);
    talk_key(&talk, "Id", "1");
    talk_reply_with(
        &talk, 500,
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:p='http://schemas."
        "microsoft.com/wbem/wsman/1/wsman.xsd' xmlns:f='http://schemas.microsoft.com/wbem/wsman/1/"
        "wsmanfault'><s:Body><s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Detail>"
        "<f:WSManFault Code='32768'><f:Message><f:ProviderFault><f:ExtendedError>"
        "<p:__ExtendedStatus><p:Description>shelf is gone</p:Description><p:StatusCode>-2147217406"
        "</p:StatusCode></p:__ExtendedStatus></f:ExtendedError></f:ProviderFault></f:Message>"
        "</f:WSManFault></s:Detail></s:Fault></s:Body></s:Envelope>");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_NOT_FOUND);
    MIC_CHECK_TEXT(talk_log(&talk), "send Get\nfailed 6 80041002 13: shelf is gone\n");
    talk_fini(&talk);
}

/* ---- what is tried again ---- */

MIC_TEST(faults, without_operation_id_after_a_refusal_and_remembered)
{
    static const char *const files[] = {"fault-header.xml", "fault-mustunderstand.xml"};

    for (size_t i = 0; i < 2; i++) {
        struct talk talk;
        talk_init(&talk, MIC_VERB_ENUMERATE);
        talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
        talk_reply_file(&talk, 500, files[i]);
        talk_reply_file(&talk, 200, "windows-complete.xml");
        MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
        MIC_CHECK(strncmp(talk_log(&talk), "send Enumerate\nsend Enumerate\nitem", 34) == 0);
        MIC_CHECK(talk.session.refuses_operation_id);
        const char *first = strstr(mic_buf_text(&talk.requests), "<p:OperationID");
        MIC_CHECK(first != NULL && strstr(first + 1, "<p:OperationID") == NULL);
        MIC_CHECK(strstr(mic_buf_text(&talk.requests), "PT60.000S") != NULL);
        talk_fini(&talk);
    }
}

MIC_TEST(faults, refusal_that_stays_is_reported_and_not_remembered)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk_reply_file(&talk, 500, "fault-mustunderstand.xml");
    talk_reply_file(&talk, 500, "fault-mustunderstand.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_NOT_SUPPORTED);
    MIC_CHECK(!talk.session.refuses_operation_id);
    talk_fini(&talk);
}

MIC_TEST(faults, enumeration_mode_falls_back_to_objects)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    talk_reply_file(&talk, 500, "fault-mode.xml");
    talk_reply_file(&talk, 200, "windows-complete.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(talk.session.refuses_object_and_epr);
    const char *first = strstr(mic_buf_text(&talk.requests), "<w:EnumerationMode>");
    MIC_CHECK(first != NULL && strstr(first + 1, "<w:EnumerationMode>") == NULL);
    talk_fini(&talk);
}

MIC_TEST(faults, non_dmtf_class_is_asked_for_by_its_wmi_uri)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk_reply_file(&talk, 500, "fault-nondmtf.xml");
    talk_reply_file(&talk, 200, "windows-complete.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "class ") == NULL); /* such servers have no declarations */
    MIC_CHECK(talk.session.is_downlevel);
    MIC_CHECK(strstr(mic_buf_text(&talk.requests),
                     ">http://schemas.microsoft.com/wbem/wsman/1/wmi/root/test/Test_Shelf<") !=
              NULL);
    talk_fini(&talk);
}

MIC_TEST(faults, pull_that_timed_out_is_sent_again)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    talk_reply_file(&talk, 200, "openwsman-enumerate.xml");
    talk_reply_file(&talk, 500, "fault-timedout.xml");
    talk_reply_file(&talk, 200, "windows-pull-last.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "send Pull\nsend Pull\nitem") != NULL);
    talk_fini(&talk);
}

MIC_TEST(faults, enumerate_that_timed_out_is_final)
{
    fault_gives("fault-timedout.xml", 500, MIC_VERB_ENUMERATE,
                "failed 1 80338029 15: Not in time.\n");
}

/* ---- HTTP without SOAP ---- */

struct status_row {
    unsigned status;
    const char *type, *body;
    MI_Result result;
    const char *words;
};

static const struct status_row status_rows[] = {
    {401, "text/html", "<html>no</html>", MI_RESULT_ACCESS_DENIED, "HTTP status 401"},
    {403, NULL, "", MI_RESULT_ACCESS_DENIED, "forbidden"},
    {404, "text/html", "<html><body>none</body></html>", MI_RESULT_FAILED, "not found"},
    {413, NULL, "", MI_RESULT_SERVER_LIMITS_EXCEEDED, "too large"},
    {400, "text/plain", "?", MI_RESULT_FAILED, "bad request"},
    {500, "application/soap+xml", "", MI_RESULT_FAILED, "HTTP status 500"},
    {500, "application/soap+xml", "<broken", MI_RESULT_FAILED, "HTTP status 500"},
    {503, "text/html", "busy", MI_RESULT_FAILED, "not available"},
    {302, NULL, "", MI_RESULT_NOT_SUPPORTED, "redirects"},
    {200, "text/html", "<html>hello</html>", MI_RESULT_FAILED, "content type text/html"},
    {200, NULL, "<!DOCTYPE html><html></html>", MI_RESULT_FAILED, "HTML page"},
    {200, NULL, "<html></html>", MI_RESULT_FAILED, "its root is <html>"},
    {200, NULL, "hello", MI_RESULT_FAILED, "\"hello\""},
    {200, NULL, "", MI_RESULT_FAILED, "no SOAP envelope"},
};

MIC_TEST(faults, http_without_soap_says_status_and_content_type)
{
    for (size_t i = 0; i < MIC_COUNT(status_rows); i++) {
        const struct status_row *row = &status_rows[i];
        for (size_t piece = 0; piece < 2; piece++) {
            struct talk talk;
            talk_init(&talk, MIC_VERB_IDENTIFY);
            talk_reply_with(&talk, row->status, row->body);
            talk.replies[0].type = row->type;
            talk.piece = piece;
            MIC_CHECK_INT(talk_run(&talk), row->result);
            if (!MIC_CHECK(strstr(talk_log(&talk), row->words) != NULL || piece == 1)) {
                MIC_FAIL("status %u: %s", row->status, talk_log(&talk));
            }
            talk_fini(&talk);
        }
    }
}

MIC_TEST(faults, what_follows_an_answer_does_not_disturb_the_next)
{
    struct talk talk;

    talk_init(&talk, MIC_VERB_ENUMERATE);
    talk.request.flags = MI_OPERATIONFLAGS_NO_RTTI;
    mic_buf_append_text(talk_reply_file(&talk, 500, "fault-header.xml"), "<!DOCTYPE x>garbage");
    mic_buf_append_text(talk_reply_file(&talk, 200, "windows-enumerate.xml"), "more garbage");
    talk_reply_file(&talk, 200, "windows-pull-last.xml");
    MIC_CHECK_INT(talk_run(&talk), MI_RESULT_OK);
    MIC_CHECK(strstr(talk_log(&talk), "send Pull\nitem") != NULL);
    talk_fini(&talk);
}
