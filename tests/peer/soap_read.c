/* A request's text into struct peer_soap, on libxml2's tree. */
#include <string.h>

#include <libxml/parser.h>

#include "soap.h"

bool peer_node_is(const xmlNode *node, const char *ns, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns != NULL && node->ns->href != NULL &&
           strcmp((const char *)node->ns->href, ns) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

xmlNodePtr peer_child(xmlNodePtr parent, const char *ns, const char *name)
{
    if (parent == NULL) {
        return NULL;
    }
    for (xmlNodePtr node = parent->children; node != NULL; node = node->next) {
        if (peer_node_is(node, ns, name)) {
            return node;
        }
    }
    return NULL;
}

static xmlNodePtr first_element(xmlNodePtr parent)
{
    for (xmlNodePtr node = parent->children; node != NULL; node = node->next) {
        if (node->type == XML_ELEMENT_NODE) {
            return node;
        }
    }
    return NULL;
}

const char *peer_node_raw_text(struct peer_arena *arena, const xmlNode *node)
{
    struct peer_buf text = {0};
    const char *copy;

    for (const xmlNode *at = node->children; at != NULL; at = at->next) {
        if ((at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) &&
            at->content != NULL) {
            peer_puts(&text, (const char *)at->content);
        }
    }
    copy = text.len > 0 ? peer_dupn(arena, text.data, text.len) : "";
    peer_buf_free(&text);
    return copy;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

const char *peer_node_text(struct peer_arena *arena, const xmlNode *node)
{
    const char *text = peer_node_raw_text(arena, node);
    size_t len;

    while (is_blank(*text)) {
        text++;
    }
    len = strlen(text);
    while (len > 0 && is_blank(text[len - 1])) {
        len--;
    }
    return peer_dupn(arena, text, len);
}

static const char *attribute(struct peer_arena *arena, xmlNodePtr node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    const char *copy = value != NULL ? peer_dup(arena, (const char *)value) : NULL;

    xmlFree(value);
    return copy;
}

void peer_soap_read_epr(struct peer_arena *arena, xmlNodePtr epr, struct peer_selector *selector)
{
    xmlNodePtr params = peer_child(epr, URI_ADDRESSING, "ReferenceParameters");
    xmlNodePtr uri = peer_child(params, URI_WSMAN, "ResourceURI");
    xmlNodePtr set = peer_child(params, URI_WSMAN, "SelectorSet");
    struct peer_selector *keys = peer_alloc(arena, 16 * sizeof *keys);

    selector->is_epr = true;
    selector->value = uri != NULL ? peer_after_last(peer_node_text(arena, uri), '/') : "";
    selector->keys = keys;
    for (xmlNodePtr node = set != NULL ? set->children : NULL;
         node != NULL && selector->key_count < 16; node = node->next) {
        if (peer_node_is(node, URI_WSMAN, "Selector")) {
            const char *name = attribute(arena, node, "Name");

            keys[selector->key_count].name = name != NULL ? name : "";
            keys[selector->key_count++].value = peer_node_raw_text(arena, node);
        }
    }
}

void peer_soap_read_selectors(struct peer_arena *arena, xmlNodePtr set, struct peer_soap *soap)
{
    for (xmlNodePtr node = set->children; node != NULL; node = node->next) {
        struct peer_selector *selector = &soap->selectors[soap->selector_count];
        const char *name;
        xmlNodePtr epr;

        if (!peer_node_is(node, URI_WSMAN, "Selector") ||
            soap->selector_count == PEER_MAX_SELECTORS) {
            continue;
        }
        name = attribute(arena, node, "Name");
        selector->name = name != NULL ? name : "";
        epr = peer_child(node, URI_ADDRESSING, "EndpointReference");
        if (epr != NULL) {
            peer_soap_read_epr(arena, epr, selector);
        } else {
            selector->value = peer_node_raw_text(arena, node);
        }
        soap->selector_count++;
    }
}

static void read_options(struct peer_arena *arena, xmlNodePtr set, struct peer_soap *soap)
{
    for (xmlNodePtr node = set->children; node != NULL; node = node->next) {
        const char *name;

        if (!peer_node_is(node, URI_WSMAN, "Option") || soap->option_count == PEER_MAX_OPTIONS) {
            continue;
        }
        name = attribute(arena, node, "Name");
        soap->options[soap->option_count].name = name != NULL ? name : "";
        soap->options[soap->option_count++].value = peer_node_text(arena, node);
    }
}

static void read_reply_to(struct peer_arena *arena, xmlNodePtr node, struct peer_soap *soap)
{
    xmlNodePtr address = peer_child(node, URI_ADDRESSING, "Address");

    soap->reply_to = address != NULL ? peer_node_text(arena, address) : "";
}

static void read_header(struct peer_arena *arena, xmlNodePtr node, struct peer_soap *soap)
{
    const struct {
        const char *ns;
        const char *name;
        const char **into;
    } texts[] = {
        {URI_ADDRESSING, "Action", &soap->action},
        {URI_ADDRESSING, "To", &soap->to},
        {URI_ADDRESSING, "MessageID", &soap->message_id},
        {URI_WSMAN, "ResourceURI", &soap->resource_uri},
        {URI_WSMAN, "MaxEnvelopeSize", &soap->max_envelope_text},
        {URI_WSMAN, "OperationTimeout", &soap->operation_timeout},
        {URI_MSWSMAN, "OperationID", &soap->operation_id},
        {URI_MSWSMAN, "SequenceId", &soap->sequence_id},
        {URI_MSWSMAN, "SessionId", &soap->session_id},
        {URI_EVENTING, "Identifier", &soap->identifier},
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (peer_node_is(node, texts[i].ns, texts[i].name)) {
            *texts[i].into = peer_node_text(arena, node);
            return;
        }
    }
    if (peer_node_is(node, URI_ADDRESSING, "ReplyTo")) {
        read_reply_to(arena, node, soap);
    } else if (peer_node_is(node, URI_WSMAN, "SelectorSet")) {
        peer_soap_read_selectors(arena, node, soap);
    } else if (peer_node_is(node, URI_WSMAN, "OptionSet")) {
        read_options(arena, node, soap);
    }
}

static enum peer_action classify(const struct peer *peer, const struct peer_soap *soap)
{
    static const struct {
        const char *action;
        enum peer_action act;
    } known[] = {
        {URI_TRANSFER "/Get", ACT_GET},
        {URI_TRANSFER "/Put", ACT_PUT},
        {URI_TRANSFER "/Create", ACT_CREATE},
        {URI_TRANSFER "/Delete", ACT_DELETE},
        {URI_ENUMERATION "/Enumerate", ACT_ENUMERATE},
        {URI_ENUMERATION "/Pull", ACT_PULL},
        {URI_ENUMERATION "/Release", ACT_RELEASE},
        {URI_EVENTING "/Subscribe", ACT_SUBSCRIBE},
        {URI_EVENTING "/Unsubscribe", ACT_UNSUBSCRIBE},
        {"http://schemas.microsoft.com/wbem/wsman/1/wsman/Cancel", ACT_CANCEL},
        {"http://schemas.microsoft.com/wbem/wsman/1/wsman/End", ACT_END},
        {"http://schemas.microsoft.com/wbem/wsman/1/wsman/Acknowledge", ACT_ACKNOWLEDGE},
        {"/InteractiveResponse", ACT_ANSWER},
    };
    const char *uri = soap->resource_uri != NULL ? soap->resource_uri : "";
    bool cimxml = strcmp(uri, RES_CIMXML) == 0;

    if (soap->content != NULL && peer_node_is(soap->content, URI_WSMID, "Identify")) {
        return ACT_IDENTIFY;
    }
    if (soap->action == NULL) {
        return ACT_OTHER;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(soap->action, known[i].action) != 0) {
            continue;
        }
        if (known[i].act == ACT_GET && cimxml) {
            return ACT_GET_CLASS;
        }
        if (known[i].act == ACT_ENUMERATE && cimxml) {
            return ACT_ENUMERATE_CLASSES;
        }
        if (known[i].act == ACT_ENUMERATE && uri[0] != '\0' && uri[strlen(uri) - 1] == '*') {
            return ACT_QUERY;
        }
        return known[i].act;
    }
    /* OMI reads class and method out of the action alone. */
    if (peer->dialect->id == DIALECT_OMI
            ? strstr(soap->action, "/wbem/wscim/1/cim-schema/2/") != NULL
            : uri[0] != '\0' && peer_starts(soap->action, uri) &&
                  soap->action[strlen(uri)] == '/') {
        return ACT_INVOKE;
    }
    return ACT_OTHER;
}

static void parse(struct peer_request *request, struct peer_soap *soap)
{
    xmlParserCtxtPtr ctxt;

    if (request->body_len == 0 || request->body_len > 64U * 1024U * 1024U) {
        soap->malformed = "empty body";
        return;
    }
    ctxt = xmlNewParserCtxt();
    if (ctxt == NULL) {
        soap->malformed = "no memory";
        return;
    }
    soap->doc = xmlCtxtReadMemory(ctxt, request->body, (int)request->body_len, NULL, "UTF-8",
                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (soap->doc == NULL || ctxt->wellFormed != 1) {
        soap->malformed = "not well-formed";
    } else if (ctxt->nsWellFormed != 1) {
        soap->malformed = "prefix not declared";
    } else if (soap->doc->intSubset != NULL) {
        soap->malformed = "DOCTYPE";
    }
    xmlFreeParserCtxt(ctxt);
}

void peer_soap_read(const struct peer *peer, struct peer_request *request, struct peer_soap *soap)
{
    xmlNodePtr root;

    memset(soap, 0, sizeof *soap);
    soap->act = ACT_OTHER;
    soap->view.dialect = peer->dialect;
    parse(request, soap);
    if (soap->malformed != NULL) {
        return;
    }
    root = xmlDocGetRootElement(soap->doc);
    if (root == NULL || !peer_node_is(root, URI_SOAP, "Envelope")) {
        soap->wrong_version = root != NULL && peer_node_is(root, URI_SOAP11, "Envelope");
        soap->malformed = soap->wrong_version ? NULL : "not an envelope";
        return;
    }
    soap->header = peer_child(root, URI_SOAP, "Header");
    soap->body = peer_child(root, URI_SOAP, "Body");
    if (soap->body == NULL) {
        soap->malformed = "no body";
        return;
    }
    soap->content = first_element(soap->body);
    for (xmlNodePtr node = soap->header != NULL ? soap->header->children : NULL; node != NULL;
         node = node->next) {
        read_header(&request->arena, node, soap);
    }
    soap->act = classify(peer, soap);
}

void peer_soap_free(struct peer_soap *soap)
{
    xmlFreeDoc(soap->doc);
    soap->doc = NULL;
}

const char *peer_soap_option(const struct peer_soap *soap, const char *name)
{
    for (size_t i = 0; i < soap->option_count; i++) {
        if (strcmp(soap->options[i].name, name) == 0) {
            return soap->options[i].value;
        }
    }
    return NULL;
}

bool peer_soap_flag(const struct peer_soap *soap, const char *name, bool otherwise)
{
    const char *value = peer_soap_option(soap, name);

    return value == NULL ? otherwise : peer_ieq(value, "true") || strcmp(value, "1") == 0;
}
