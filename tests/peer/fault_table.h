#ifndef PEER_FAULT_TABLE_H
#define PEER_FAULT_TABLE_H

#include "soap.h"

/* The code is an HRESULT of WMI and a typed error instance comes along. */
#define FAULT_FROM_WMI 1U
#define FAULT_RECEIVER 2U
/* The text stands, whatever the reason in words. */
#define FAULT_OWN_TEXT 4U
/* Windows leaves the reason empty where the typed error says it all. */
#define FAULT_NO_REASON 8U

struct peer_fault_row {
    const char *name;
    enum peer_ns ns;
    /** NULL: the name is a code of SOAP itself. */
    const char *subcode;
    unsigned flags;
    uint32_t code;
    /** End of the FaultDetail URI, or NULL. */
    const char *detail;
    const char *text;
    unsigned mi_result;
    unsigned category;
    /** Code of the outer WSManFault if it differs from the provider's. */
    uint32_t outer;
    /** Status of openwsman if not the usual one. */
    int status;
};

/** The row for a server; @p d NULL gives the general one. */
const struct peer_fault_row *peer_fault_row(enum peer_fault fault, const struct peer_dialect *d);

#endif
