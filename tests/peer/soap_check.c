/* What a server says against a request's headers ([MS-WSMV] 3.1.4.1). */
#include <stdlib.h>
#include <string.h>

#include "soap.h"

struct peer_idset {
    pthread_mutex_t lock;
    char (*slots)[40];
    size_t size;
    size_t used;
};

struct peer_idset *peer_idset_new(void)
{
    struct peer_idset *set = peer_xmalloc(sizeof *set);

    memset(set, 0, sizeof *set);
    pthread_mutex_init(&set->lock, NULL);
    return set;
}

void peer_idset_free(struct peer_idset *set)
{
    if (set == NULL) {
        return;
    }
    pthread_mutex_destroy(&set->lock);
    free(set->slots);
    free(set);
}

static char *slot_for(char (*slots)[40], size_t size, const char *id)
{
    uint64_t hash = 1469598103934665603ULL;

    for (const char *at = id; *at != '\0'; at++) {
        hash = (hash ^ (unsigned char)*at) * 1099511628211ULL;
    }
    for (size_t i = (size_t)hash & (size - 1);; i = (i + 1) & (size - 1)) {
        if (slots[i][0] == '\0' || strcmp(slots[i], id) == 0) {
            return slots[i];
        }
    }
}

static void idset_grow(struct peer_idset *set)
{
    size_t size = set->size != 0 ? set->size * 2 : 1024;
    char(*slots)[40] = peer_xmalloc(size * sizeof *slots);

    memset(slots, 0, size * sizeof *slots);
    for (size_t i = 0; i < set->size; i++) {
        if (set->slots[i][0] != '\0') {
            memcpy(slot_for(slots, size, set->slots[i]), set->slots[i], sizeof *slots);
        }
    }
    free(set->slots);
    set->slots = slots;
    set->size = size;
}

bool peer_idset_add(struct peer_idset *set, const char *id)
{
    char key[40] = {0};
    char *slot;
    bool fresh;

    for (size_t i = 0; i + 1 < sizeof key && id[i] != '\0'; i++) {
        key[i] = id[i] >= 'A' && id[i] <= 'F' ? (char)(id[i] - 'A' + 'a') : id[i];
    }
    pthread_mutex_lock(&set->lock);
    if (set->used * 2 >= set->size) {
        idset_grow(set);
    }
    slot = slot_for(set->slots, set->size, key);
    fresh = slot[0] == '\0';
    if (fresh) {
        memcpy(slot, key, sizeof key);
        set->used++;
    }
    pthread_mutex_unlock(&set->lock);
    return fresh;
}

/* Headers a server knows, and what Windows' own client marks on them. */
static const struct {
    const char *ns;
    const char *name;
    bool marked;
} known[] = {
    {URI_ADDRESSING, "To", false},
    {URI_WSMAN, "ResourceURI", true},
    {URI_ADDRESSING, "ReplyTo", false},
    {URI_ADDRESSING, "Action", true},
    {URI_WSMAN, "MaxEnvelopeSize", true},
    {URI_ADDRESSING, "MessageID", false},
    {URI_WSMAN, "Locale", false},
    {URI_MSWSMAN, "DataLocale", false},
    {URI_MSWSMAN, "ActivityId", false},
    {URI_MSWSMAN, "SessionId", false},
    {URI_MSWSMAN, "OperationID", false},
    {URI_MSWSMAN, "SequenceId", false},
    {URI_WSMAN, "SelectorSet", false},
    {URI_WSMAN, "OptionSet", false},
    {URI_WSMAN, "OperationTimeout", false},
    {URI_WSMAN, "FragmentTransfer", false},
    {URI_WSMAN, "RequestTotalItemsCountEstimate", false},
    {URI_EVENTING, "Identifier", false},
};

#define KNOWN_COUNT (sizeof known / sizeof known[0])

int peer_must_understand(xmlNodePtr node)
{
    xmlChar *value = node != NULL ? xmlGetNsProp(node, (const xmlChar *)"mustUnderstand",
                                                 (const xmlChar *)URI_SOAP)
                                  : NULL;
    const char *text = (const char *)value;
    int result = -1;

    if (text != NULL) {
        result = strcmp(text, "true") == 0 || strcmp(text, "1") == 0 ? 1 : 0;
        if (result == 0 && strcmp(text, "false") != 0 && strcmp(text, "0") != 0) {
            result = -2;
        }
    }
    xmlFree(value);
    return result;
}

/* Known headers once each, unknown ones only if they need not be understood. */
static enum peer_fault check_known(struct peer_arena *arena, struct peer_soap *soap,
                                   const char **why)
{
    unsigned seen[KNOWN_COUNT] = {0};

    for (xmlNodePtr node = soap->header->children; node != NULL; node = node->next) {
        size_t i = 0;

        if (node->type != XML_ELEMENT_NODE) {
            continue;
        }
        while (i < KNOWN_COUNT && !peer_node_is(node, known[i].ns, known[i].name)) {
            i++;
        }
        if (i == KNOWN_COUNT && peer_must_understand(node) == 1) {
            soap->not_understood = node->ns != NULL && node->ns->prefix != NULL
                                       ? peer_fmt(arena, "%s:%s", (const char *)node->ns->prefix,
                                                  (const char *)node->name)
                                       : peer_dup(arena, (const char *)node->name);
            *why = peer_fmt(arena, "header %s is not understood", soap->not_understood);
            return FAULT_MUST_UNDERSTAND;
        }
        if (i < KNOWN_COUNT && ++seen[i] > 1) {
            *why = peer_fmt(arena, "header %s came twice", known[i].name);
            return FAULT_INVALID_HEADER;
        }
        if (peer_must_understand(node) == -2) {
            *why = "mustUnderstand is not a boolean";
            return FAULT_INVALID_HEADER;
        }
    }
    return FAULT_NONE;
}

static xmlNodePtr header_node(const struct peer_soap *soap, const char *ns, const char *name)
{
    return peer_child(soap->header, ns, name);
}

/* The marks every capture of the Windows client shows. */
static enum peer_fault check_marks(struct peer_arena *arena, const struct peer_soap *soap,
                                   const char **why)
{
    xmlNodePtr reply = header_node(soap, URI_ADDRESSING, "ReplyTo");
    xmlNodePtr address = peer_child(reply, URI_ADDRESSING, "Address");

    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        xmlNodePtr node = header_node(soap, known[i].ns, known[i].name);

        if (known[i].marked && node != NULL && peer_must_understand(node) != 1) {
            *why = peer_fmt(arena, "%s is not marked mustUnderstand", known[i].name);
            return FAULT_INVALID_HEADER;
        }
    }
    if (address != NULL && peer_must_understand(address) != 1) {
        *why = "ReplyTo/Address is not marked mustUnderstand";
        return FAULT_INVALID_HEADER;
    }
    return FAULT_NONE;
}

/* What controls another operation has fewer headers, and its OperationID. */
static bool is_control(const struct peer_soap *soap)
{
    return soap->act == ACT_END || soap->act == ACT_CANCEL || soap->act == ACT_ACKNOWLEDGE;
}

static enum peer_fault check_addressing(const struct peer_soap *soap, const char **why)
{
    if (soap->action == NULL || soap->action[0] == '\0') {
        *why = "no Action";
        return FAULT_HEADER_REQUIRED;
    }
    if (soap->message_id == NULL || soap->message_id[0] == '\0') {
        *why = "no MessageID";
        return FAULT_INVALID_HEADER;
    }
    if (soap->to == NULL || soap->to[0] == '\0') {
        *why = "no To";
        return FAULT_HEADER_REQUIRED;
    }
    if (is_control(soap)) {
        return FAULT_NONE;
    }
    if (soap->reply_to == NULL) {
        *why = "no ReplyTo";
        return FAULT_HEADER_REQUIRED;
    }
    if (strcmp(soap->reply_to, URI_ANONYMOUS) != 0) {
        *why = "ReplyTo is not anonymous";
        return FAULT_ADDRESSING_MODE;
    }
    return FAULT_NONE;
}

static enum peer_fault check_envelope_size(struct peer_soap *soap, const char **why)
{
    if (is_control(soap)) {
        soap->max_envelope = 512000;
        return FAULT_NONE;
    }
    if (soap->max_envelope_text == NULL) {
        *why = "no MaxEnvelopeSize";
        return FAULT_HEADER_REQUIRED;
    }
    if (!peer_parse_u64(soap->max_envelope_text, &soap->max_envelope)) {
        *why = "MaxEnvelopeSize is not a number";
        return FAULT_INVALID_HEADER;
    }
    if (soap->max_envelope < 8192) {
        *why = "MaxEnvelopeSize is below 8192";
        return FAULT_ENVELOPE_MIN;
    }
    return FAULT_NONE;
}

static enum peer_fault check_locale(const struct peer_soap *soap, const char **why)
{
    xmlNodePtr locale = header_node(soap, URI_WSMAN, "Locale");
    xmlNodePtr data = header_node(soap, URI_MSWSMAN, "DataLocale");

    if ((locale != NULL && peer_must_understand(locale) == 1) ||
        (data != NULL && peer_must_understand(data) == 1)) {
        *why = "Locale must not be marked mustUnderstand";
        return FAULT_LOCALE;
    }
    return FAULT_NONE;
}

static bool is_uuid(const char *text)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    if (strlen(text) != sizeof form - 1) {
        return false;
    }
    for (size_t i = 0; form[i] != '\0'; i++) {
        bool hex = strchr("0123456789abcdefABCDEF", text[i]) != NULL;

        if (form[i] == 'x' ? !hex : text[i] != '-') {
            return false;
        }
    }
    return true;
}

static bool is_uuid_uri(const char *text)
{
    return peer_istarts(text, "uuid:") && is_uuid(text + 5);
}

static enum peer_fault check_operation_id(struct peer *peer, const struct peer_soap *soap,
                                          const char **why)
{
    xmlNodePtr node = header_node(soap, URI_MSWSMAN, "OperationID");

    if (soap->session_id != NULL && !is_uuid_uri(soap->session_id)) {
        *why = "SessionId is not uuid:GUID";
        return FAULT_INVALID_HEADER;
    }
    if (soap->operation_id == NULL || is_control(soap)) {
        return FAULT_NONE;
    }
    if (!is_uuid_uri(soap->operation_id)) {
        *why = "OperationID is not uuid:GUID";
        return FAULT_INVALID_HEADER;
    }
    if (soap->act == ACT_ANSWER) {
        return FAULT_NONE;
    }
    if (soap->sequence_id == NULL || strcmp(soap->sequence_id, "1") != 0) {
        *why = "SequenceId is not 1";
        return FAULT_INVALID_HEADER;
    }
    if (!peer_idset_add(peer->operation_ids, soap->operation_id + 5) &&
        peer_must_understand(node) != 1) {
        *why = "OperationID was used before";
        return FAULT_INVALID_HEADER;
    }
    return FAULT_NONE;
}

static enum peer_fault check_options(const struct peer_soap *soap, const char **why)
{
    xmlNodePtr set = header_node(soap, URI_WSMAN, "OptionSet");

    for (xmlNodePtr node = set != NULL ? set->children : NULL; node != NULL; node = node->next) {
        xmlChar *value;
        bool comply;

        if (node->type != XML_ELEMENT_NODE) {
            continue;
        }
        value = xmlGetNoNsProp(node, (const xmlChar *)"MustComply");
        comply = value != NULL && (strcmp((const char *)value, "true") == 0 ||
                                   strcmp((const char *)value, "1") == 0);
        xmlFree(value);
        if (comply) {
            *why = "an option is marked MustComply";
            return FAULT_INVALID_OPTIONS;
        }
        if (!peer_node_is(node, URI_WSMAN, "Option") ||
            !xmlHasProp(node, (const xmlChar *)"Name")) {
            *why = "OptionSet holds something that is not a named Option";
            return FAULT_SCHEMA;
        }
    }
    return FAULT_NONE;
}

/* xs:duration with at least one field: P[nD][T[nH][nM][n[.n]S]]. */
static bool is_duration(const char *text)
{
    size_t fields = 0;

    if (*text++ != 'P') {
        return false;
    }
    while (*text != '\0') {
        size_t digits;

        text += *text == 'T';
        digits = strspn(text, "0123456789");
        if (digits == 0) {
            return false;
        }
        text += digits;
        if (*text == '.') {
            text += 1 + strspn(text + 1, "0123456789");
        }
        if (strchr("YMDHS", *text) == NULL || *text == '\0') {
            return false;
        }
        text++;
        fields++;
    }
    return fields > 0;
}

/* OMI remembers the class when it meets the ResourceURI and needs it at the SelectorSet. */
static enum peer_fault check_order(const struct peer_soap *soap, const char **why)
{
    for (xmlNodePtr node = soap->header->children; node != NULL; node = node->next) {
        if (peer_node_is(node, URI_WSMAN, "ResourceURI")) {
            return FAULT_NONE;
        }
        if (peer_node_is(node, URI_WSMAN, "SelectorSet")) {
            *why = "Failed to process WS-Management packet. The class name was not found in the "
                   "selector.";
            return FAULT_INTERNAL;
        }
    }
    return FAULT_NONE;
}

enum peer_fault peer_soap_check(struct peer *peer, struct peer_request *request,
                                struct peer_soap *soap, const char **why)
{
    enum peer_fault fault;

    if (soap->wrong_version) {
        *why = "the envelope is not SOAP 1.2";
        return FAULT_VERSION_MISMATCH;
    }
    if (soap->act == ACT_IDENTIFY) {
        return FAULT_NONE;
    }
    if (soap->header == NULL) {
        *why = "no Header";
        return FAULT_HEADER_REQUIRED;
    }
    fault = check_known(&request->arena, soap, why);
    if (fault == FAULT_NONE) {
        fault = check_addressing(soap, why);
    }
    if (fault == FAULT_NONE) {
        fault = check_envelope_size(soap, why);
    }
    if (fault == FAULT_NONE && peer->dialect->id == DIALECT_OMI) {
        fault = check_order(soap, why);
    }
    if (fault != FAULT_NONE || peer->dialect->id != DIALECT_WINDOWS) {
        return fault;
    }
    fault = check_locale(soap, why);
    if (fault == FAULT_NONE && !peer->config.downlevel) {
        fault = check_operation_id(peer, soap, why);
    }
    if (fault == FAULT_NONE) {
        fault = check_options(soap, why);
    }
    if (fault == FAULT_NONE && soap->operation_timeout != NULL &&
        !is_duration(soap->operation_timeout)) {
        *why = "OperationTimeout is not a duration";
        fault = FAULT_INVALID_TIMEOUT;
    }
    if (fault == FAULT_NONE && soap->operation_id == NULL && soap->operation_timeout == NULL &&
        !peer->config.lax) {
        *why = "neither OperationID nor OperationTimeout";
        fault = FAULT_HEADER_REQUIRED;
    }
    if (fault == FAULT_NONE && !peer->config.lax) {
        fault = check_marks(&request->arena, soap, why);
    }
    return fault;
}
