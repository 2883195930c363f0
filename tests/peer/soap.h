#ifndef PEER_SOAP_H
#define PEER_SOAP_H

#include <libxml/tree.h>

#include "http.h"
#include "write.h"

enum peer_fault {
    FAULT_NONE,
    FAULT_VERSION_MISMATCH,
    FAULT_MUST_UNDERSTAND,
    FAULT_HEADER_REQUIRED,
    FAULT_INVALID_HEADER,
    FAULT_ADDRESSING_MODE,
    FAULT_LOCALE,
    FAULT_ENVELOPE_MIN,
    FAULT_ENVELOPE_EXCEEDED,
    FAULT_CHARSET,
    FAULT_INVALID_OPTIONS,
    FAULT_INVALID_TIMEOUT,
    FAULT_ACTION,
    FAULT_RESOURCE_URI,
    FAULT_NON_DMTF,
    FAULT_DIFFERENT_NS,
    FAULT_SELECTORS_UNEXPECTED,
    FAULT_SELECTORS_INSUFFICIENT,
    FAULT_SELECTORS_DUPLICATE,
    FAULT_ENUMERATE_KEY,
    FAULT_CONTEXT,
    FAULT_FILTER_DIALECT,
    FAULT_ENUMERATION_MODE,
    FAULT_SCHEMA,
    FAULT_TIMED_OUT,
    FAULT_INTERNAL,
    FAULT_NO_NAMESPACE,
    FAULT_NO_CLASS,
    FAULT_NOT_FOUND,
    FAULT_NO_PROPERTY,
    FAULT_KEYS_MISSING,
    FAULT_FILTER,
    FAULT_FILTER_MISSING,
    FAULT_FILTER_CLASS,
    FAULT_FILTER_XML,
    FAULT_WQL_ON_CLASS,
    FAULT_ALREADY_EXISTS,
    FAULT_CHANGE_KEYS,
    FAULT_VALUES,
    FAULT_MISSING_VALUES,
    FAULT_BODY_NAMESPACE,
    FAULT_UNKNOWN_VALUE,
    FAULT_READ_ONLY,
    FAULT_NOT_CAPABLE,
    FAULT_NO_METHOD,
    FAULT_METHOD_PARAMS,
    FAULT_FAILED,
    FAULT_ACCESS_DENIED,
    FAULT_QUOTA,
    FAULT_ABORTED,
    FAULT_SUBSCRIBE_KEY,
    FAULT_DELIVERY_MODE,
    FAULT_EXPIRATION,
    FAULT_EVENT_DIALECT,
    FAULT_EVENT_FILTERING,
    FAULT_EVENT_SOURCE,
    FAULT_EVENT_MESSAGE,
    FAULT_BOOKMARK,
    FAULT_EVENT_CLASS,
    FAULT_COUNT
};

enum peer_resource {
    RESOURCE_NONE,
    RESOURCE_CLASS,
    RESOURCE_ALL,
    RESOURCE_CIMXML,
    RESOURCE_FULLDUPLEX,
    RESOURCE_ROBUST,
    RESOURCE_CONFIG,
    RESOURCE_OTHER
};

struct peer_option {
    const char *name;
    const char *value;
};

#define PEER_MAX_SELECTORS 64
#define PEER_MAX_OPTIONS   256

/** A SOAP request as read; texts live in the arena of the HTTP request. */
struct peer_soap {
    xmlDocPtr doc;
    xmlNodePtr header;
    xmlNodePtr body;
    /** First element in the body, or NULL. */
    xmlNodePtr content;
    /** Why the text could not be read at all, or NULL. */
    const char *malformed;
    bool wrong_version;
    enum peer_action act;
    const char *action;
    const char *to;
    const char *message_id;
    const char *reply_to;
    const char *resource_uri;
    const char *operation_id;
    const char *sequence_id;
    const char *session_id;
    /** e:Identifier of a subscription. */
    const char *identifier;
    /** XML for the header of the answer, or NULL. */
    const char *reply_header;
    /** Envelopes of the answer sent so far. */
    uint64_t sequence;
    const char *operation_timeout;
    const char *max_envelope_text;
    uint64_t max_envelope;
    /** Name of the header that was not understood, as prefix:local. */
    const char *not_understood;
    struct peer_selector selectors[PEER_MAX_SELECTORS];
    size_t selector_count;
    struct peer_option options[PEER_MAX_OPTIONS];
    size_t option_count;
    enum peer_resource resource;
    const char *class_name;
    const char *ns;
    /** Keys: the selectors without __cimnamespace. */
    struct peer_selector keys[PEER_MAX_SELECTORS];
    size_t key_count;
    struct peer_view view;
};

/** Read the SOAP text; never fails, see peer_soap.malformed. */
void peer_soap_read(const struct peer *peer, struct peer_request *request, struct peer_soap *soap);
void peer_soap_free(struct peer_soap *soap);
/** What this server says against the headers; @p why gets the reason in words. */
enum peer_fault peer_soap_check(struct peer *peer, struct peer_request *request,
                                struct peer_soap *soap, const char **why);
/** Resource, class, namespace and keys out of URI and selectors. */
enum peer_fault peer_soap_resolve(struct peer *peer, struct peer_request *request,
                                  struct peer_soap *soap, const char **why);

const char *peer_soap_option(const struct peer_soap *soap, const char *name);
bool peer_soap_flag(const struct peer_soap *soap, const char *name, bool otherwise);

/** Class name and keys of an end point reference. */
void peer_soap_read_epr(struct peer_arena *arena, xmlNodePtr epr, struct peer_selector *selector);
/** Append the selectors of a w:SelectorSet to soap->selectors. */
void peer_soap_read_selectors(struct peer_arena *arena, xmlNodePtr set, struct peer_soap *soap);

/* Small DOM helpers, by namespace and local name. */
xmlNodePtr peer_child(xmlNodePtr parent, const char *ns, const char *name);
bool peer_node_is(const xmlNode *node, const char *ns, const char *name);
/** Text inside, as it stands, in the arena. */
const char *peer_node_raw_text(struct peer_arena *arena, const xmlNode *node);
/** Text inside, trimmed, in the arena; "" if there is none. */
const char *peer_node_text(struct peer_arena *arena, const xmlNode *node);

/** 1, 0, -1 if there is no mark or no node, -2 if the mark is no boolean. */
int peer_must_understand(xmlNodePtr node);

/** Operation identifiers met so far. */
struct peer_idset *peer_idset_new(void);
void peer_idset_free(struct peer_idset *set);
/** False if it was there already. */
bool peer_idset_add(struct peer_idset *set, const char *id);

#endif
