#ifndef PEER_WSMAN_H
#define PEER_WSMAN_H

#include "sabotage.h"
#include "soap.h"
#include "wql.h"

/** One request being answered. */
struct peer_call {
    struct peer *peer;
    struct peer_conn *conn;
    struct peer_request *request;
    struct peer_soap *soap;
    struct peer_response *response;
    const struct peer_plan *plan;
    const struct peer_class *cls;
    /** Reason of a fault in words, or NULL for the usual one. */
    const char *why;
};

/** Answer a SOAP request; returns the fault it ended in. */
enum peer_fault peer_wsman_answer(struct peer_call *call);

enum peer_fault peer_op_get(struct peer_call *call);
enum peer_fault peer_op_get_class(struct peer_call *call);
enum peer_fault peer_op_enumerate_classes(struct peer_call *call);
enum peer_fault peer_op_enumerate(struct peer_call *call);
enum peer_fault peer_op_query(struct peer_call *call);
enum peer_fault peer_op_pull(struct peer_call *call);
enum peer_fault peer_op_release(struct peer_call *call);
enum peer_fault peer_op_subscribe(struct peer_call *call);
enum peer_fault peer_op_unsubscribe(struct peer_call *call);
enum peer_fault peer_op_answer(struct peer_call *call);
enum peer_fault peer_op_acknowledge(struct peer_call *call);
enum peer_fault peer_op_cancel(struct peer_call *call);
enum peer_fault peer_op_end(struct peer_call *call);
enum peer_fault peer_op_create(struct peer_call *call);
enum peer_fault peer_op_put(struct peer_call *call);
enum peer_fault peer_op_delete(struct peer_call *call);
enum peer_fault peer_op_invoke(struct peer_call *call);

/** Options of a request for classes; @p origin adds where each element was declared. */
struct peer_class_options peer_class_options(const struct peer_soap *soap, bool origin);
/** The query in a w:Filter. */
enum peer_fault peer_query_read(struct peer_call *call, xmlNodePtr filter, struct peer_wql **query);

#endif
