/* SOAP faults: one table, and the form each server gives them. */
#include "fault.h"

#include <stdio.h>
#include <string.h>

#include "reply.h"

/* What a WMI fault is about: the code is an HRESULT and a typed error instance comes along. */
#define FROM_WMI 1U
#define RECEIVER 2U

struct row {
    const char *name;
    enum peer_ns ns;
    const char *subcode;
    unsigned flags;
    uint32_t code;
    const char *detail;
    const char *text;
    /* What OMI's error instance says. */
    unsigned mi_result;
    unsigned category;
};

#define ROW(id, ...) [id] = {__VA_ARGS__}

static const struct row rows[FAULT_COUNT] = {
    ROW(FAULT_VERSION_MISMATCH, "VersionMismatch", NS_SOAP, NULL, 0, 2150858765U, NULL,
        "The SOAP version of the message is not supported.", 7, 26),
    ROW(FAULT_MUST_UNDERSTAND, "MustUnderstand", NS_SOAP, NULL, 0, 2150858768U, NULL,
        "The WS-Management service cannot process a SOAP header in the request that is marked as "
        "mustUnderstand by the client.",
        7, 26),
    ROW(FAULT_HEADER_REQUIRED, "HeaderRequired", NS_ADDRESSING, "MessageInformationHeaderRequired",
        0, 2150858769U, NULL, "A required message information header is missing.", 1, 26),
    ROW(FAULT_INVALID_HEADER, "InvalidHeader", NS_ADDRESSING, "InvalidMessageInformationHeader", 0,
        2150858767U, NULL,
        "A message information header is not valid and the message cannot be "
        "processed.",
        1, 26),
    ROW(FAULT_ADDRESSING_MODE, "AddressingMode", NS_WSMAN, "UnsupportedFeature", 0, 2150858870U,
        "AddressingMode", "The addressing mode is not supported.", 7, 11),
    ROW(FAULT_LOCALE, "Locale", NS_WSMAN, "UnsupportedFeature", 0, 2150858855U, "Locale",
        "The requested locale is not supported.", 7, 11),
    ROW(FAULT_ENVELOPE_MIN, "EnvelopeMin", NS_WSMAN, "EncodingLimit", 0, 2150858878U,
        "MinimumEnvelopeLimit", "The requested maximum envelope size is too small.", 27, 29),
    ROW(FAULT_ENVELOPE_EXCEEDED, "EnvelopeExceeded", NS_WSMAN, "EncodingLimit", 0, 2150858824U,
        "MaxEnvelopeSizeExceeded", "The response does not fit into the maximum envelope size.", 27,
        29),
    ROW(FAULT_CHARSET, "Charset", NS_WSMAN, "EncodingLimit", 0, 2150858828U, "CharacterSet",
        "The character set of the request is not supported.", 27, 29),
    ROW(FAULT_INVALID_OPTIONS, "InvalidOptions", NS_WSMAN, "InvalidOptions", 0, 2150858833U,
        "NotSupported", "An option of the request is not supported.", 4, 5),
    ROW(FAULT_INVALID_TIMEOUT, "InvalidTimeout", NS_WSMAN, "InvalidParameter", 0, 2150858881U, NULL,
        "The OperationTimeout of the request is not valid.", 4, 5),
    ROW(FAULT_ACTION, "ActionNotSupported", NS_ADDRESSING, "ActionNotSupported", 0, 2150858771U,
        NULL, "The action is not supported by the service.", 7, 11),
    ROW(FAULT_RESOURCE_URI, "InvalidResourceURI", NS_ADDRESSING, "DestinationUnreachable", 0,
        2150858811U, "InvalidResourceURI", "The resource URI is not valid for this service.", 5,
        10),
    ROW(FAULT_NON_DMTF, "NonDmtfClass", NS_ADDRESSING, "DestinationUnreachable", 0, 2150859065U,
        "InvalidResourceURI", "A DMTF resource URI was used to access a non-DMTF class.", 1, 0),
    ROW(FAULT_DIFFERENT_NS, "DifferentNamespace", NS_WSMAN, "InvalidSelectors", 0, 2150859067U,
        NULL, "Resource URI and selectors name different namespaces.", 4, 5),
    ROW(FAULT_SELECTORS_UNEXPECTED, "UnexpectedSelectors", NS_WSMAN, "InvalidSelectors", 0,
        2150858843U, "UnexpectedSelectors", "The Selectors for the resource are not valid.", 4, 5),
    ROW(FAULT_SELECTORS_INSUFFICIENT, "InsufficientSelectors", NS_WSMAN, "InvalidSelectors", 0,
        2150858842U, "InsufficientSelectors", "Not all selectors of the resource were given.", 4,
        5),
    ROW(FAULT_SELECTORS_DUPLICATE, "DuplicateSelectors", NS_WSMAN, "InvalidSelectors", 0,
        2150858847U, "DuplicateSelectors", "A selector was given more than once.", 4, 5),
    ROW(FAULT_ENUMERATE_KEY, "EnumerateKey", NS_WSMAN, "InvalidSelectors", 0, 2150859016U,
        "UnexpectedSelectors", "An enumeration does not take keys.", 4, 5),
    ROW(FAULT_CONTEXT, "InvalidEnumerationContext", NS_ENUMERATION, "InvalidEnumerationContext",
        RECEIVER, 2150858779U, NULL, "The supplied enumeration context is invalid.", 21, 7),
    ROW(FAULT_FILTER_DIALECT, "FilterDialect", NS_ENUMERATION, "FilterDialectRequestedUnavailable",
        0, 2150858777U, NULL, "The requested filtering dialect is not supported.", 14, 11),
    ROW(FAULT_ENUMERATION_MODE, "EnumerationMode", NS_WSMAN, "UnsupportedFeature", 0, 2150858818U,
        "EnumerationMode", "The enumeration mode is not supported.", 7, 11),
    ROW(FAULT_SCHEMA, "Schema", NS_WSMAN, "SchemaValidationError", 0, 2150858817U, NULL,
        "The request does not meet the schema.", 4, 6),
    ROW(FAULT_TIMED_OUT, "TimedOut", NS_WSMAN, "TimedOut", RECEIVER, 2150858793U, NULL,
        "The operation could not be completed within its OperationTimeout.", 1, 15),
    ROW(FAULT_INTERNAL, "Internal", NS_WSMAN, "InternalError", RECEIVER, 2150858755U, NULL,
        "An internal error occurred.", 1, 0),
    ROW(FAULT_NO_NAMESPACE, "NoNamespace", NS_ADDRESSING, "DestinationUnreachable", FROM_WMI,
        0x8004100EU, "InvalidResourceURI", "The target namespace does not exist.", 3, 10),
    ROW(FAULT_NO_CLASS, "NoClass", NS_ADDRESSING, "DestinationUnreachable", FROM_WMI, 0x80041010U,
        "InvalidResourceURI", "The specified class does not exist.", 5, 10),
    ROW(FAULT_NOT_FOUND, "NotFound", NS_ADDRESSING, "DestinationUnreachable", FROM_WMI, 0x80041002U,
        "InvalidResourceURI", "The requested object could not be found.", 6, 13),
    ROW(FAULT_NO_PROPERTY, "NoProperty", NS_WSMAN, "InternalError", RECEIVER | FROM_WMI,
        0x80041031U, NULL, "The specified property does not exist.", 12, 13),
    ROW(FAULT_KEYS_MISSING, "KeysMissing", NS_WSMAN, "InternalError", RECEIVER, 2150858842U, NULL,
        "get-instance: instance name parameter is missing", 4, 5),
};

const char *peer_fault_name(enum peer_fault fault)
{
    return fault == FAULT_NONE ? "-" : rows[fault].name;
}

static const char *fault_action(enum peer_ns ns)
{
    if (ns == NS_ENUMERATION) {
        return URI_ENUMERATION "/fault";
    }
    if (ns == NS_EVENTING) {
        return URI_EVENTING "/fault";
    }
    if (ns == NS_TRANSFER) {
        return URI_TRANSFER "/fault";
    }
    return ns == NS_WSMAN ? "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault"
                          : URI_ADDRESSING "/fault";
}

static void put_error_text(struct peer_buf *out, const char *name, const char *type,
                           const char *text)
{
    if (text == NULL) {
        peer_printf(out, "<p:%s xsi:nil=\"true\"/>", name);
        return;
    }
    peer_printf(out, "<p:%s xsi:type=\"cim:%s\">", name, type);
    peer_put_xml(out, text);
    peer_printf(out, "</p:%s>", name);
}

static void put_error_number(struct peer_buf *out, const char *name, const char *type,
                             unsigned long number)
{
    peer_printf(out, "<p:%s xsi:type=\"cim:%s\">%lu</p:%s>", name, type, number, name);
}

static void open_error(struct peer_buf *out, const char *cls, const char *binding)
{
    peer_printf(out,
                "<p:%s %s:IsCIM_Error=\"true\" xmlns:%s=\"%s\" xmlns:cim=\"%s\" xmlns:p=\"%s%s\" "
                "xmlns:xsi=\"%s\"",
                cls, binding, binding, URI_BINDING, URI_CIM, RES_DMTF, cls, URI_XSI);
}

static void put_wmi_error(struct peer_buf *out, const struct row *row, const char *why)
{
    char id[32];

    snprintf(id, sizeof id, "HRESULT 0x%08x", (unsigned)row->code);
    open_error(out, "MSFT_WmiError", "b");
    peer_puts(out, " xsi:type=\"p:MSFT_WmiError_Type\">");
    put_error_number(out, "CIMStatusCode", "cimUnsignedInt", row->mi_result);
    put_error_text(out, "CIMStatusCodeDescription", NULL, NULL);
    put_error_text(out, "ErrorSource", NULL, NULL);
    put_error_number(out, "ErrorSourceFormat", "cimUnsignedShort", 0);
    put_error_number(out, "ErrorType", "cimUnsignedShort", 0);
    put_error_text(out, "Message", "cimString", why);
    put_error_text(out, "MessageID", "cimString", id);
    put_error_text(out, "OtherErrorSourceFormat", NULL, NULL);
    put_error_text(out, "OtherErrorType", NULL, NULL);
    put_error_text(out, "OwningEntity", NULL, NULL);
    put_error_number(out, "PerceivedSeverity", "cimUnsignedShort", 0);
    put_error_number(out, "ProbableCause", "cimUnsignedShort", 0);
    put_error_text(out, "ProbableCauseDescription", NULL, NULL);
    put_error_number(out, "error_Category", "cimUnsignedInt", row->category);
    put_error_number(out, "error_Code", "cimUnsignedInt", row->code);
    put_error_text(out, "error_Type", "cimString", "HRESULT");
    put_error_text(out, "error_WindowsErrorMessage", "cimString", why);
    peer_puts(out, "</p:MSFT_WmiError>");
}

static void put_omi_error(struct peer_buf *out, const struct row *row, const char *why)
{
    char id[32];

    snprintf(id, sizeof id, "OMI:MI_Result:%u", row->mi_result);
    open_error(out, "OMI_Error", "wsmb");
    peer_putc(out, '>');
    put_error_text(out, "ErrorType", NULL, NULL);
    put_error_text(out, "OtherErrorType", NULL, NULL);
    put_error_text(out, "OwningEntity", "cimString", "OMI:CIMOM");
    put_error_text(out, "MessageID", "cimString", id);
    put_error_text(out, "Message", "cimString", why);
    put_error_number(out, "PerceivedSeverity", "cimUnsignedInt", 7);
    put_error_number(out, "ProbableCause", "cimUnsignedInt", 0);
    put_error_text(out, "ProbableCauseDescription", "cimString", "Unknown");
    put_error_text(out, "RecommendedActions", NULL, NULL);
    put_error_text(out, "ErrorSource", NULL, NULL);
    put_error_text(out, "ErrorSourceFormat", NULL, NULL);
    put_error_text(out, "OtherErrorSourceFormat", NULL, NULL);
    put_error_number(out, "CIMStatusCode", "cimUnsignedInt", row->mi_result);
    put_error_text(out, "CIMStatusCodeDescription", NULL, NULL);
    put_error_number(out, "OMI_Code", "cimUnsignedInt", row->mi_result);
    put_error_number(out, "OMI_Category", "cimUnsignedInt", row->category);
    put_error_text(out, "OMI_Type", "cimString", "MI");
    put_error_text(out, "OMI_ErrorMessage", "cimString", why);
    peer_puts(out, "</p:OMI_Error>");
}

/* Windows: the typed instance where the operation runs under an OperationID and WMI found the
 * error, else a WSManFault; what WMI found is nested in a ProviderFault. */
static void put_windows_detail(const struct peer *peer, const struct peer_soap *soap,
                               const struct row *row, const char *why, struct peer_buf *out)
{
    bool wmi = (row->flags & FROM_WMI) != 0;

    if (row->detail != NULL) {
        peer_printf(out, "<w:FaultDetail>%s%s</w:FaultDetail>", URI_FAULT_DETAIL, row->detail);
    }
    if (wmi && soap->operation_id != NULL && !peer->config.downlevel) {
        put_wmi_error(out, row, why);
        return;
    }
    peer_printf(out, "<f:WSManFault xmlns:f=\"%s\" Code=\"%lu\" Machine=\"127.0.0.1\"><f:Message>",
                URI_WSMANFAULT, (unsigned long)row->code);
    if (wmi) {
        peer_printf(out,
                    "<f:ProviderFault provider=\"WMI Provider\" path=\"%%systemroot%%\\system32\\"
                    "WsmWmiPl.dll\"><f:WSManFault xmlns:f=\"%s\" Code=\"%lu\" Machine=\"\" "
                    "xml:lang=\"en-US\"><f:Message>",
                    URI_WSMANFAULT, (unsigned long)row->code);
    }
    peer_put_xml(out, why);
    peer_puts(out, " ");
    if (wmi) {
        peer_puts(out, "</f:Message></f:WSManFault></f:ProviderFault>");
    }
    peer_puts(out, "</f:Message></f:WSManFault>");
}

static void put_detail(const struct peer *peer, const struct peer_soap *soap, const struct row *row,
                       const char *why, struct peer_buf *out)
{
    const struct peer_dialect *d = peer->dialect;
    const char *s = d->prefix[NS_SOAP];

    if (d->id == DIALECT_OMI && (row->flags & FROM_WMI) == 0) {
        return;
    }
    if (d->id != DIALECT_WINDOWS && d->id != DIALECT_OMI && row->detail == NULL) {
        return;
    }
    peer_printf(out, "<%s:Detail>", s);
    if (d->id == DIALECT_WINDOWS) {
        put_windows_detail(peer, soap, row, why, out);
    } else if (d->id == DIALECT_OMI) {
        put_omi_error(out, row, why);
    } else {
        peer_printf(out, "<%s:FaultDetail>%s%s</%s:FaultDetail>", d->prefix[NS_WSMAN],
                    URI_FAULT_DETAIL, row->detail, d->prefix[NS_WSMAN]);
    }
    peer_printf(out, "</%s:Detail>", s);
}

static const char *fault_code(const struct row *row)
{
    if (row->subcode == NULL) {
        return row->name;
    }
    return (row->flags & RECEIVER) != 0 ? "Receiver" : "Sender";
}

static int fault_status(const struct peer_dialect *d, const struct row *row)
{
    if (d->id == DIALECT_WINDOWS || d->id == DIALECT_OMI) {
        return 500;
    }
    if (d->id == DIALECT_OPENWSMAN && row == &rows[FAULT_MUST_UNDERSTAND]) {
        return 200;
    }
    if (d->id == DIALECT_OPENWSMAN && row == &rows[FAULT_RESOURCE_URI]) {
        return 503;
    }
    return (row->flags & RECEIVER) != 0 ? 500 : 400;
}

static void write_row(const struct peer *peer, const struct peer_soap *soap, const struct row *row,
                      const char *why, struct peer_response *response)
{
    const struct peer_dialect *d = peer->dialect;
    struct peer_buf *out = &response->body;
    const char *s = d->prefix[NS_SOAP];

    peer_buf_free(out);
    peer_reply_begin_fault(peer, soap, fault_action(row->ns), out);
    peer_printf(out, "<%s:Fault><%s:Code><%s:Value>%s:%s</%s:Value>", s, s, s, s, fault_code(row),
                s);
    if (row->subcode != NULL) {
        peer_printf(out, "<%s:Subcode><%s:Value>%s:%s</%s:Value></%s:Subcode>", s, s,
                    d->prefix[row->ns], row->subcode, s, s);
    }
    peer_printf(out, "</%s:Code><%s:Reason><%s:Text xml:lang=\"%s\">", s, s, s,
                d->id == DIALECT_OPENWSMAN ? "en" : "en-US");
    /* Windows leaves the reason empty where the typed error says it all. */
    if (d->id != DIALECT_WINDOWS || row != &rows[FAULT_NO_NAMESPACE]) {
        peer_put_xml(out, d->id == DIALECT_OPENWSMAN ? row->text : why);
    }
    peer_printf(out, "</%s:Text></%s:Reason>", s, s);
    put_detail(peer, soap, row, why, out);
    peer_printf(out, "</%s:Fault>", s);
    peer_reply_end(peer, out);
    peer_reply_finish(peer, soap, response);
    response->status = fault_status(d, row);
    response->chunked = false;
}

void peer_fault_write(const struct peer *peer, const struct peer_soap *soap, enum peer_fault fault,
                      const char *why, struct peer_response *response)
{
    struct row row = rows[fault];
    const struct row *use = &rows[fault];

    if (fault == FAULT_CONTEXT && peer->dialect->id == DIALECT_OMI) {
        /* OMI has no better word for a context it does not know. */
        row.ns = NS_ADDRESSING;
        row.subcode = "DestinationUnreachable";
        row.flags = 0;
        use = &row;
        why = "Enumeration context not found";
    }
    if (fault == FAULT_CONTEXT && peer->dialect->id == DIALECT_WINDOWS) {
        row.flags = 0;
        use = &row;
    }
    write_row(peer, soap, use, why != NULL ? why : use->text, response);
}

void peer_fault_write_named(const struct peer *peer, const struct peer_soap *soap, const char *spec,
                            struct peer_response *response)
{
    static const char *const prefixes = "sanxewpb";
    struct row row = rows[FAULT_INTERNAL];
    char text[64];
    char *name = text;
    char *code;
    uint64_t number;

    snprintf(text, sizeof text, "%s", spec);
    if (text[0] != '\0' && text[1] == ':' && strchr(prefixes, text[0]) != NULL) {
        row.ns = (enum peer_ns)(strchr(prefixes, text[0]) - prefixes);
        name = text + 2;
    }
    code = strchr(name, ':');
    if (code != NULL) {
        *code++ = '\0';
        row.code = peer_parse_u64(code, &number) ? (uint32_t)number : 0;
    }
    row.subcode = name;
    row.flags = 0;
    row.text = "A fault made on demand.";
    write_row(peer, soap, &row, row.text, response);
}
