#ifndef PEER_SABOTAGE_H
#define PEER_SABOTAGE_H

#include "http.h"

enum peer_break {
    BREAK_CLOSE_AFTER,
    BREAK_CLOSE_BEFORE_REPLY,
    BREAK_TRUNCATE,
    BREAK_WRONG_LENGTH,
    BREAK_BAD_CHUNK,
    BREAK_GARBAGE,
    BREAK_NON_UTF8,
    BREAK_DOCTYPE,
    BREAK_ENTITIES,
    BREAK_DEEP,
    BREAK_HUGE,
    BREAK_ENDLESS_HEADERS,
    BREAK_LOOP_401,
    BREAK_STATUS,
    BREAK_RETRY_AFTER,
    BREAK_HTML,
    BREAK_DROP_IDLE,
    BREAK_CLOSE_ON_REUSE,
    BREAK_STALL,
    BREAK_STALL_MID,
    BREAK_STALL_CONNECT,
    BREAK_MULTI_ENVELOPE,
    BREAK_SLOW_DRIP,
    BREAK_SOAP_FAULT,
    BREAK_EXPIRE_CONTEXTS,
    BREAK_ROTATE_CONTEXT,
    BREAK_MISMATCH_RELATES_TO,
    BREAK_NO_SOAP_500,
    BREAK_DELAY,
    BREAK_DELAY_PULL,
    BREAK_EMPTY_BODY,
    BREAK_BOM,
    BREAK_EMPTY_PAGE,
    BREAK_KEEP_ALIVE,
    BREAK_TAG,
    BREAK_NO_OPTIMIZE,
    BREAK_TOO_MANY,
    BREAK_LOST_CONTEXT,
    BREAK_QUOTA,
    BREAK_NO_OPERATION_ID,
    BREAK_NO_OBJECT_AND_EPR,
    BREAK_NO_CIM_DATETIME,
    BREAK_LOGON_DROP,
    BREAK_LOGON_CLOSE,
    BREAK_LAST_TOKEN,
    BREAK_CREDSSP,
    BREAK_CREDSSP_STATUS,
    BREAK_SEAL_NONE,
    BREAK_SEAL_FLIP,
    BREAK_SEAL_CUT,
    BREAK_SEAL_REPLAY,
    BREAK_SEAL_REORDER,
    BREAK_COUNT
};

/** What is to go wrong with one request. */
struct peer_plan {
    bool on[BREAK_COUNT];
    uint64_t number[BREAK_COUNT];
    /** soap-fault: subcode and code; multi-envelope: merged, split or odd. */
    char text[BREAK_COUNT][64];
    bool any;
};

struct peer_sabotage *peer_sabotage_new(void);
void peer_sabotage_free(struct peer_sabotage *sabotage);
/** Add one rule; false if the grammar is not met. */
bool peer_sabotage_add(struct peer_sabotage *sabotage, const char *spec);
void peer_sabotage_clear(struct peer_sabotage *sabotage);
/** Rules that apply to this request, each request counted once. */
void peer_sabotage_plan(struct peer_sabotage *sabotage, const char *action, struct peer_plan *plan);
/** Rules for a connection not yet read from: whether there are any, and whether one applies now. */
bool peer_sabotage_has_stall(struct peer_sabotage *sabotage);
bool peer_sabotage_stalls_connect(struct peer_sabotage *sabotage);
/** Whether the connection is to end behind this message of a logon, the first is 1: without an
 * answer (BREAK_LOGON_DROP) or with it (BREAK_LOGON_CLOSE). */
bool peer_sabotage_ends_logon(struct peer_sabotage *sabotage, enum peer_break kind,
                              uint64_t message);
/** Whether logons are to go wrong in this way, and the rule's text. */
bool peer_sabotage_of_logon(struct peer_sabotage *sabotage, enum peer_break kind, char text[64]);
/** Change the SOAP text of a reply. */
void peer_sabotage_body(const struct peer_plan *plan, struct peer_response *response);
/** Send the reply, broken as planned; false ends the connection. */
bool peer_sabotage_send(const struct peer_plan *plan, struct peer_conn *conn,
                        struct peer_response *response);
/** The grammar, for --help. */
const char *peer_sabotage_help(void);

#endif
