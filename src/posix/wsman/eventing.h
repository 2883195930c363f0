/** A subscription (WS-Eventing with pull delivery, DSP0226 10): what was asked for, what the server
 * has granted, where its stream stands. */
#ifndef MIC_WSMAN_EVENTING_H
#define MIC_WSMAN_EVENTING_H

#include <mi.h>
#include <stdbool.h>

#include "base/buf.h"

/* How long a Pull may hang on the server when the application has set no shorter time. */
#define MIC_POLL_MS 60000u

struct mic_subscription {
    /* asked for; the texts live in the exchange's own arena, NULL: not */
    const char *heartbeat, *expires, *bookmark_asked;
    bool wants_bookmarks, from_oldest;
    unsigned long long poll_ms, latency_ms; /* latency 0: not set */
    bool is_bounded; /* the application has set a time for the wait from one to the next */

    /* granted */
    bool is_known;
    unsigned long long granted_ms; /* how long it lasts; 0: not told, or for ever */
    struct mic_buf manager_uri;    /* empty: that of the Subscribe */
    struct mic_buf selectors;      /* w:Selector elements */
    struct mic_buf parameters; /* other reference parameters, e:Identifier among them: headers */

    /* where it stands; texts */
    struct mic_buf bookmark;      /* behind all pages handed out; empty: none */
    struct mic_buf page_bookmark; /* behind the present page */
    bool has_page_bookmark;
    struct mic_buf machine_id; /* of the present page; empty: not told */
};

#endif
