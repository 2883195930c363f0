#ifndef PEER_DIALECT_H
#define PEER_DIALECT_H

#include <stdbool.h>

#include "names.h"

enum peer_dialect_id { DIALECT_WINDOWS, DIALECT_OMI, DIALECT_OPENWSMAN, DIALECT_IDRAC };

/* How a server writes; one row per server in dialect.c. */
struct peer_dialect {
    enum peer_dialect_id id;
    const char *name;
    /** Prefixes in the order of enum peer_ns. */
    const char *prefix[NS_COUNT];
    /** Prefix of class elements, and whether the envelope declares it instead of the instance. */
    const char *class_prefix;
    bool class_on_envelope;
    const char *server;
    /** Text behind the status number; NULL means the usual one. */
    const char *reason;
    bool close_always;
    bool xml_declaration;
    const char *realm;
    const char *offer;
    const char *vendor;
    const char *product_version;
    bool has_get_class;
    /** References nested in an a:EndpointReference element. */
    bool epr_nested;
    /** Envelopes as chunks when the request has an OperationID. */
    bool chunked;
    /** Only one item in the answer to an optimized Enumerate. */
    unsigned first_batch;
    /** true, TRUE ... */
    const char *yes;
    const char *no;
    /** char16 as a decimal number instead of a character. */
    bool char16_number;
    /** Control characters become '?'. */
    bool filters_control;
    /** Selector and key texts compare without case. */
    bool keys_ignore_case;
    bool knows_polymorphism;
};

const struct peer_dialect *peer_dialect_find(const char *name);

#endif
