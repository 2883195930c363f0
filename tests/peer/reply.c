/* Envelopes around the answers, in the form of each dialect. */
#include "reply.h"

#include <string.h>

#define XML_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static void declare(struct peer_buf *out, const struct peer_dialect *d, enum peer_ns ns,
                    const char *uri)
{
    peer_printf(out, " xmlns:%s=\"%s\"", d->prefix[ns], uri);
}

static void begin_envelope(const struct peer *peer, const struct peer_soap *soap,
                           struct peer_buf *out)
{
    const struct peer_dialect *d = peer->dialect;

    if (d->xml_declaration) {
        peer_puts(out, XML_DECLARATION);
    }
    if (d->id == DIALECT_IDRAC) {
        peer_puts(out, "\n");
    }
    peer_printf(out, "<%s:Envelope", d->prefix[NS_SOAP]);
    if (d->id == DIALECT_WINDOWS) {
        peer_puts(out, " xml:lang=\"en-US\"");
    }
    declare(out, d, NS_SOAP, URI_SOAP);
    declare(out, d, NS_ADDRESSING, URI_ADDRESSING);
    declare(out, d, NS_ENUMERATION, URI_ENUMERATION);
    if (d->id != DIALECT_IDRAC) {
        declare(out, d, NS_TRANSFER, URI_TRANSFER);
    }
    declare(out, d, NS_WSMAN, URI_WSMAN);
    if (d->id == DIALECT_WINDOWS) {
        declare(out, d, NS_EVENTING, URI_EVENTING);
        declare(out, d, NS_MSWSMAN, URI_MSWSMAN);
    } else {
        peer_puts(out, " xmlns:xsi=\"" URI_XSI "\"");
    }
    if (d->id == DIALECT_OMI) {
        declare(out, d, NS_EVENTING, URI_EVENTING);
        declare(out, d, NS_BINDING, URI_BINDING);
        declare(out, d, NS_MSWSMAN, URI_MSWSMAN);
        peer_puts(out, " xmlns:cim=\"" URI_CIM "\" xmlns:wsmid=\"" URI_WSMID "\"");
    }
    if (d->class_on_envelope && soap->view.on_envelope != NULL) {
        peer_printf(out, " xmlns:%s=\"", d->class_prefix);
        peer_write_class_uri(out, &soap->view, soap->view.on_envelope->name);
        peer_putc(out, '"');
    }
    peer_putc(out, '>');
}

static void put_header(struct peer_buf *out, const char *prefix, const char *name, const char *text)
{
    peer_printf(out, "<%s:%s>", prefix, name);
    peer_put_xml(out, text);
    peer_printf(out, "</%s:%s>", prefix, name);
}

static void put_operation_id(const struct peer *peer, const struct peer_soap *soap,
                             struct peer_buf *out)
{
    const char *s = peer->dialect->prefix[NS_SOAP];
    const char *p = peer->dialect->prefix[NS_MSWSMAN];

    if (soap->operation_id == NULL || peer->config.downlevel) {
        return;
    }
    peer_printf(out, "<%s:OperationID %s:mustUnderstand=\"false\">", p, s);
    peer_put_xml(out, soap->operation_id);
    peer_printf(out, "</%s:OperationID>", p);
    peer_printf(out, "<%s:SequenceId>%llu</%s:SequenceId>", p,
                (unsigned long long)soap->sequence + 1, p);
}

static void put_headers(const struct peer *peer, const struct peer_soap *soap, const char *action,
                        struct peer_buf *out)
{
    const struct peer_dialect *d = peer->dialect;
    const char *a = d->prefix[NS_ADDRESSING];
    bool windows = d->id == DIALECT_WINDOWS;
    char id[37];
    char message_id[48] = "uuid:";

    peer_uuid(id);
    memcpy(message_id + 5, id, sizeof id);
    if (!windows) {
        put_header(out, a, "To", URI_ANONYMOUS);
    }
    put_header(out, a, "Action", action);
    if (windows || d->id == DIALECT_OMI) {
        put_header(out, a, "MessageID", message_id);
    }
    if (windows) {
        put_header(out, a, "To", URI_ANONYMOUS);
        put_operation_id(peer, soap, out);
    }
    if (soap->message_id != NULL) {
        put_header(out, a, "RelatesTo", soap->message_id);
    }
    if (!windows && d->id != DIALECT_OMI) {
        put_header(out, a, "MessageID", message_id);
    }
    peer_puts(out, soap->reply_header != NULL ? soap->reply_header : "");
}

static void open_body(const struct peer *peer, struct peer_buf *out)
{
    const char *s = peer->dialect->prefix[NS_SOAP];

    peer_printf(out, "</%s:Header><%s:Body>", s, s);
}

void peer_reply_begin(const struct peer *peer, const struct peer_soap *soap, const char *action,
                      struct peer_buf *out)
{
    begin_envelope(peer, soap, out);
    peer_printf(out, "<%s:Header>", peer->dialect->prefix[NS_SOAP]);
    put_headers(peer, soap, action, out);
    open_body(peer, out);
}

void peer_reply_begin_fault(const struct peer *peer, const struct peer_soap *soap,
                            const char *action, struct peer_buf *out)
{
    const char *s = peer->dialect->prefix[NS_SOAP];

    begin_envelope(peer, soap, out);
    peer_printf(out, "<%s:Header>", s);
    put_headers(peer, soap, action, out);
    if (soap->not_understood != NULL) {
        peer_printf(out, "<%s:NotUnderstood qname=\"", s);
        peer_put_xml(out, soap->not_understood);
        peer_puts(out, "\"/>");
    }
    open_body(peer, out);
}

void peer_reply_end(const struct peer *peer, struct peer_buf *out)
{
    const char *s = peer->dialect->prefix[NS_SOAP];

    peer_printf(out, "</%s:Body></%s:Envelope>", s, s);
}

void peer_reply_finish(const struct peer *peer, const struct peer_soap *soap,
                       struct peer_response *response)
{
    response->status = 200;
    response->content_type = "application/soap+xml;charset=UTF-8";
    response->chunked =
        peer->dialect->chunked && soap->operation_id != NULL && !peer->config.downlevel;
    response->close = peer->dialect->close_always;
}

static void identify_omi(const struct peer_dialect *d, struct peer_buf *out)
{
    /* OMI puts IdentifyResponse into the SOAP namespace. */
    peer_printf(
        out,
        "<soap:Envelope xmlns:soap=\"%s\" xmlns:wsmid=\"%s\">\n<soap:Header/>\n"
        "<soap:Body>\n<soap:IdentifyResponse>\n<wsmid:ProtocolVersion>%s"
        "</wsmid:ProtocolVersion>\n<wsmid:ProductVendor>%s</wsmid:ProductVendor>\n"
        "<wsmid:ProductVersion>%s</wsmid:ProductVersion>\n"
        "<wsmid:SecurityProfiles>\n<wsmid:SecurityProfileName>http://schemas.dmtf.org/wbem/"
        "wsman/1/wsman/secprofile/https/basic</wsmid:SecurityProfileName>\n"
        "</wsmid:SecurityProfiles>\n</soap:IdentifyResponse>\n</soap:Body>\n</soap:Envelope>\n",
        URI_SOAP, URI_WSMID, URI_WSMAN, d->vendor, d->product_version);
}

void peer_reply_identify(const struct peer *peer, bool anonymous, struct peer_response *response)
{
    static const char *const profiles[] = {"http/basic", "https/basic", "http/spnego-kerberos"};
    const struct peer_dialect *d = peer->dialect;
    struct peer_buf *out = &response->body;
    const char *version = d->product_version;

    response->status = 200;
    response->content_type = "application/soap+xml;charset=UTF-8";
    response->close = d->close_always;
    if (d->id == DIALECT_OMI) {
        identify_omi(d, out);
        return;
    }
    if (d->id == DIALECT_WINDOWS) {
        if (peer->config.downlevel) {
            version =
                anonymous ? "OS: 0.0.0 SP: 0.0 Stack: 2.0" : "OS: 6.1.7601 SP: 1.0 Stack: 2.0";
        } else if (anonymous) {
            version = "OS: 0.0.0 SP: 0.0 Stack: 3.0";
        }
    }
    if (d->xml_declaration) {
        peer_puts(out, XML_DECLARATION);
    }
    peer_printf(out,
                "<s:Envelope%s xmlns:s=\"%s\"><s:Header></s:Header><s:Body>"
                "<wsmid:IdentifyResponse xmlns:wsmid=\"%s\"><wsmid:ProtocolVersion>%s"
                "</wsmid:ProtocolVersion><wsmid:ProductVendor>%s</wsmid:ProductVendor>"
                "<wsmid:ProductVersion>%s</wsmid:ProductVersion>",
                d->id == DIALECT_WINDOWS ? " xml:lang=\"en-US\"" : "", URI_SOAP, URI_WSMID,
                URI_WSMAN, d->vendor, version);
    if (d->id == DIALECT_WINDOWS) {
        peer_puts(out, "<wsmid:SecurityProfiles>");
        for (size_t i = 0; i < sizeof profiles / sizeof profiles[0]; i++) {
            peer_printf(out,
                        "<wsmid:SecurityProfileName>http://schemas.dmtf.org/wbem/wsman/1/wsman/"
                        "secprofile/%s</wsmid:SecurityProfileName>",
                        profiles[i]);
        }
        peer_puts(out, "</wsmid:SecurityProfiles>");
    }
    peer_puts(out, "</wsmid:IdentifyResponse></s:Body></s:Envelope>");
}
