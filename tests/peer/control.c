/* What tests ask the endpoint about itself. */
#include "control.h"

#include <string.h>

#include "contexts.h"
#include "events.h"
#include "sabotage.h"
#include "store.h"

static const char *const counter_names[CNT_COUNT] = {
    [CNT_REQUESTS] = "requests.total",
    [CNT_ACCEPTED] = "connections.accepted",
    [CNT_OPEN] = "connections.open",
    [CNT_AUTH_FAILURES] = "auth.failures",
    [CNT_AUTH_CHALLENGES] = "auth.challenges",
    [CNT_FAULTS] = "faults.sent",
    [CNT_REJECTED] = "requests.rejected",
    [CNT_TLS_HANDSHAKES] = "tls.handshakes",
    [CNT_TLS_RESUMED] = "tls.resumed",
    [CNT_TLS_FAILURES] = "tls.failures",
    [CNT_DISCONNECTS] = "requests.broken-off",
    [CNT_ITEMS] = "items.sent",
    [CNT_BYTES_OUT] = "bytes.sent",
    [CNT_SABOTAGED] = "requests.sabotaged",
    [CNT_EVENTS] = "events.sent",
    [CNT_HELD_GONE] = "requests.gone",
    [CNT_LEGS] = "logon.legs",
    [CNT_LOGONS] = "logon.done",
    [CNT_LOGONS_BOUND] = "logon.bound",
    [CNT_LOGONS_DELEGATED] = "logon.delegated",
    [CNT_TICKETS] = "logon.tickets",
    [CNT_CREDENTIALS] = "logon.credentials",
    [CNT_PROOFS_BAD] = "logon.proofs-bad",
    [CNT_SEALED] = "requests.sealed",
    [CNT_SEALS_BAD] = "requests.sealed-badly",
    [CNT_CLEAR] = "requests.clear-text",
    [CNT_MISROUTED] = "requests.misrouted",
    [CNT_INTERACTIVE] = "interactive.sent",
    [CNT_ANSWERS] = "interactive.answers",
    [CNT_ASKED] = "tls.asked-later",
    [CNT_CERTIFICATES] = "logon.certificates",
};

static void put_counters(struct peer *peer, struct peer_buf *out)
{
    for (size_t i = 0; i < CNT_COUNT; i++) {
        peer_printf(out, "%s %llu\n", counter_names[i],
                    (unsigned long long)atomic_load(&peer->counters[i]));
    }
    for (size_t i = 0; i < ACT_COUNT; i++) {
        peer_printf(out, "requests.%s %llu\n", peer_action_name((enum peer_action)i),
                    (unsigned long long)atomic_load(&peer->actions[i]));
    }
    peer_printf(out, "subscriptions.open %zu\n", peer_subscriptions_open(peer));
    peer_printf(out, "enumerations.open %zu\n", peer_contexts_open(peer));
}

/* One SPEC per line; all of them replace what was set before, none of them on an error. */
static bool set_faults(struct peer *peer, const char *text, size_t len)
{
    struct peer_arena arena = {0};
    char *copy = peer_dupn(&arena, text, len);
    bool good = true;

    peer_sabotage_clear(peer->sabotage);
    for (char *line = copy; good && *line != '\0';) {
        size_t n = strcspn(line, "\r\n");
        char *next = line + n + strspn(line + n, "\r\n");

        line[n] = '\0';
        good = *line == '\0' || peer_sabotage_add(peer->sabotage, line);
        line = next;
    }
    if (!good) {
        peer_sabotage_clear(peer->sabotage);
    }
    peer_arena_free(&arena);
    return good;
}

static void reset(struct peer *peer)
{
    for (size_t i = 0; i < CNT_COUNT; i++) {
        if (i != CNT_OPEN) {
            atomic_store(&peer->counters[i], 0);
        }
    }
    for (size_t i = 0; i < ACT_COUNT; i++) {
        atomic_store(&peer->actions[i], 0);
    }
    peer_sabotage_clear(peer->sabotage);
    peer_contexts_expire(peer);
    peer_store_reset(peer->store);
    peer_events_reset(peer->events);
}

void peer_control(struct peer *peer, const struct peer_request *request,
                  struct peer_response *response)
{
    const char *what = request->target + strlen("/control/");
    bool post = strcmp(request->method, "POST") == 0;

    response->content_type = "text/plain";
    response->status = 200;
    if (strcmp(what, "counters") == 0 && !post) {
        put_counters(peer, &response->body);
    } else if (strcmp(what, "faults") == 0 && post) {
        bool good = set_faults(peer, request->body, request->body_len);

        response->status = good ? 200 : 400;
        peer_puts(&response->body, good ? "ok\n" : "bad fault specification\n");
    } else if (strcmp(what, "fire") == 0 && post) {
        bool good =
            peer_event_fire(peer, request->body != NULL ? request->body : "", request->body_len);

        response->status = good ? 200 : 400;
        peer_puts(&response->body, good ? "ok\n" : "count=, message=, severity=, ns=\n");
    } else if (strcmp(what, "end-subscriptions") == 0 && post) {
        peer_subscriptions_end(peer);
        peer_puts(&response->body, "ok\n");
    } else if (strcmp(what, "reset") == 0 && post) {
        reset(peer);
        peer_puts(&response->body, "ok\n");
    } else {
        response->status = 404;
        peer_puts(&response->body,
                  "counters (GET), faults, fire, end-subscriptions, reset (POST)\n");
    }
}
