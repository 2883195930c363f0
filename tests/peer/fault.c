/* SOAP faults: one table, and the form each server gives them. */
#include "fault.h"

#include <stdio.h>
#include <string.h>

#include "fault_table.h"
#include "reply.h"

const char *peer_fault_name(enum peer_fault fault)
{
    return fault == FAULT_NONE ? "-" : peer_fault_row(fault, NULL)->name;
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

static void put_wmi_error(struct peer_buf *out, const struct peer_fault_row *row, const char *why)
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

static void put_omi_error(struct peer_buf *out, const struct peer_fault_row *row, const char *why)
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

void peer_fault_put_error(struct peer_buf *out, const struct peer_dialect *d, enum peer_fault fault,
                          const char *why)
{
    const struct peer_fault_row *row = peer_fault_row(fault, d);

    if (d->id == DIALECT_OMI) {
        put_omi_error(out, row, why);
    } else {
        put_wmi_error(out, row, why);
    }
}

/* Windows: the typed instance where the operation runs under an OperationID and WMI found the
 * error, else a WSManFault; what WMI found is nested in a ProviderFault. */
static void put_windows_detail(const struct peer *peer, const struct peer_soap *soap,
                               const struct peer_fault_row *row, const char *why,
                               struct peer_buf *out)
{
    bool wmi = (row->flags & FAULT_FROM_WMI) != 0;

    if (row->detail != NULL) {
        peer_printf(out, "<w:FaultDetail>%s%s</w:FaultDetail>", URI_FAULT_DETAIL, row->detail);
    }
    if (wmi && soap->operation_id != NULL && !peer->config.downlevel) {
        put_wmi_error(out, row, why);
        return;
    }
    peer_printf(out, "<f:WSManFault xmlns:f=\"%s\" Code=\"%lu\" Machine=\"127.0.0.1\"><f:Message>",
                URI_WSMANFAULT, (unsigned long)(row->outer != 0 ? row->outer : row->code));
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

static void put_detail(const struct peer *peer, const struct peer_soap *soap,
                       const struct peer_fault_row *row, const char *why, struct peer_buf *out)
{
    const struct peer_dialect *d = peer->dialect;
    const char *s = d->prefix[NS_SOAP];

    if (d->id == DIALECT_OMI && (row->flags & FAULT_FROM_WMI) == 0) {
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

static const char *fault_code(const struct peer_fault_row *row)
{
    if (row->subcode == NULL) {
        return row->name;
    }
    return (row->flags & FAULT_RECEIVER) != 0 ? "Receiver" : "Sender";
}

static int fault_status(const struct peer_dialect *d, const struct peer_fault_row *row)
{
    if (d->id == DIALECT_WINDOWS || d->id == DIALECT_OMI) {
        return 500;
    }
    if (d->id == DIALECT_OPENWSMAN && row->status != 0) {
        return row->status;
    }
    return (row->flags & FAULT_RECEIVER) != 0 ? 500 : 400;
}

static void write_row(const struct peer *peer, const struct peer_soap *soap,
                      const struct peer_fault_row *row, const char *why,
                      struct peer_response *response)
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
    if (d->id != DIALECT_WINDOWS || (row->flags & FAULT_NO_REASON) == 0) {
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
    const struct peer_fault_row *row = peer_fault_row(fault, peer->dialect);
    bool own = why == NULL || (row->flags & FAULT_OWN_TEXT) != 0;

    write_row(peer, soap, row, own ? row->text : why, response);
}

void peer_fault_write_named(const struct peer *peer, const struct peer_soap *soap, const char *spec,
                            struct peer_response *response)
{
    static const char *const prefixes = "sanxewpb";
    struct peer_fault_row row = *peer_fault_row(FAULT_INTERNAL, NULL);
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
