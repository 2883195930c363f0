/* One connection: requests in, answers out, with what the sabotage adds. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "auth.h"
#include "channel.h"
#include "contexts.h"
#include "control.h"
#include "fault.h"
#include "negotiate.h"
#include "wsman.h"

/* What came of one request. */
struct turn {
    struct peer_request request;
    struct peer_response response;
    struct peer_soap soap;
    struct peer_plan plan;
    enum peer_fault fault;
    const char *why;
};

static bool is_wsman_path(const struct peer *peer, const char *target)
{
    size_t len = strcspn(target, "?");

    if (peer->dialect->id == DIALECT_OMI) {
        return true;
    }
    return (len == 6 && strncasecmp(target, "/wsman", 6) == 0) ||
           (len == 7 && strncasecmp(target, "/wsman/", 7) == 0);
}

static void status_only(struct turn *turn, int status, bool close)
{
    peer_buf_free(&turn->response.body);
    turn->response.status = status;
    turn->response.content_type = NULL;
    turn->response.chunked = false;
    turn->response.close = close;
}

/* application/soap+xml (OMI: text/xml too) in UTF-8; anything else has no chance. */
static bool check_content_type(struct peer *peer, struct turn *turn)
{
    const char *type = peer_http_header(&turn->request, "Content-Type");
    const char *charset;
    size_t len = type != NULL ? strcspn(type, "; \t") : 0;
    bool good = len == 20 && strncasecmp(type, "application/soap+xml", 20) == 0;

    if (peer->dialect->id == DIALECT_OMI && len == 8 && strncasecmp(type, "text/xml", 8) == 0) {
        good = true;
    }
    if (!good) {
        turn->why = "Content-Type";
        status_only(turn, peer->dialect->id == DIALECT_WINDOWS ? 415 : 400, false);
        return false;
    }
    charset = strcasestr(type, "charset=");
    if (charset != NULL) {
        charset += 8 + (charset[8] == '"');
        if (strncasecmp(charset, "utf-8", 5) != 0) {
            turn->fault = FAULT_CHARSET;
            turn->why = "only utf 8 is supported";
            peer_fault_write(peer, &turn->soap, FAULT_CHARSET, turn->why, &turn->response);
            return false;
        }
    }
    return true;
}

/* Windows answers 400 and no SOAP to what is not XML, OMI and openwsman a fault. */
static void refuse_text(struct peer *peer, struct turn *turn)
{
    turn->why = turn->soap.malformed;
    if (peer->dialect->id == DIALECT_WINDOWS || turn->request.body_len == 0) {
        status_only(turn, peer->dialect->id == DIALECT_WINDOWS ? 400 : 500, false);
        return;
    }
    turn->fault = peer->dialect->id == DIALECT_OMI ? FAULT_INTERNAL : FAULT_INVALID_HEADER;
    peer_fault_write(peer, &turn->soap, turn->fault, turn->why, &turn->response);
}

static void apply_instead(struct peer *peer, struct turn *turn)
{
    static const char html[] =
        "<!DOCTYPE html>\n<html><head><title>It works!</title></head><body><h1>It works!</h1>"
        "<p>This is not a management service.<br></p></body></html>\n";
    const struct peer_plan *plan = &turn->plan;

    if (plan->on[BREAK_SOAP_FAULT]) {
        peer_fault_write_named(peer, &turn->soap, plan->text[BREAK_SOAP_FAULT], &turn->response);
        return;
    }
    status_only(turn, 500, false);
    if (plan->on[BREAK_LOOP_401]) {
        peer_auth_refuse(peer, &turn->response);
    } else if (plan->on[BREAK_HTML]) {
        turn->response.status = 200;
        turn->response.content_type = "text/html";
        peer_puts(&turn->response.body, html);
    } else if (plan->on[BREAK_STATUS]) {
        turn->response.status = (int)(plan->number[BREAK_STATUS] % 1000);
        if (turn->response.status == 302) {
            peer_puts(&turn->response.headers, "Location: http://127.0.0.1:1/elsewhere\r\n");
        }
        if (plan->on[BREAK_RETRY_AFTER]) {
            peer_printf(&turn->response.headers, "Retry-After: %s\r\n",
                        plan->text[BREAK_RETRY_AFTER]);
        }
    }
}

static bool replaces_reply(const struct peer_plan *plan)
{
    return plan->on[BREAK_STATUS] || plan->on[BREAK_LOOP_401] || plan->on[BREAK_HTML] ||
           plan->on[BREAK_NO_SOAP_500] || plan->on[BREAK_SOAP_FAULT];
}

static bool is_anonymous_identify(const struct turn *turn)
{
    const char *text = peer_http_header(&turn->request, "WSMANIDENTIFY");

    return turn->soap.act == ACT_IDENTIFY && text != NULL && peer_ieq(text, "unauthenticated");
}

/* A test may say whose request it is: w:Option expect_user. */
static bool is_misrouted(struct peer_conn *conn, const struct peer_soap *soap)
{
    for (size_t i = 0; i < soap->option_count; i++) {
        if (strstr(soap->options[i].name, "expect_user") != NULL &&
            strcmp(soap->options[i].value, conn->user) != 0) {
            peer_count(conn->peer, CNT_MISROUTED);
            return true;
        }
    }
    return false;
}

static void answer_soap(struct peer_conn *conn, struct turn *turn)
{
    struct peer *peer = conn->peer;
    struct peer_call call = {.peer = peer,
                             .conn = conn,
                             .request = &turn->request,
                             .soap = &turn->soap,
                             .response = &turn->response,
                             .plan = &turn->plan};

    if (!is_anonymous_identify(turn) &&
        peer_auth_check(conn, &turn->request, &turn->response) != AUTH_PASS) {
        turn->why = "not logged on";
        return;
    }
    if (is_misrouted(conn, &turn->soap)) {
        turn->why = "another user's request";
        status_only(turn, 403, true);
        return;
    }
    if (!check_content_type(peer, turn)) {
        return;
    }
    if (turn->soap.malformed != NULL) {
        refuse_text(peer, turn);
        return;
    }
    turn->fault = peer_wsman_answer(&call);
    turn->why = call.why;
}

/* Without an OperationID Windows ends an operation after its OperationTimeout, at most 60 s; a
 * Pull has no such cap ([MS-WSMV] 2.2.4.10). */
static bool times_out(const struct peer *peer, const struct turn *turn, uint64_t *delay)
{
    const struct peer_soap *soap = &turn->soap;
    const char *text = soap->operation_timeout;
    uint64_t limit = 60000;

    if (peer->dialect->id != DIALECT_WINDOWS || soap->operation_id != NULL || text == NULL) {
        return false;
    }
    if (peer_starts(text, "PT") && strpbrk(text, "MHDY") == NULL) {
        double seconds = strtod(text + 2, NULL);

        if (seconds >= 0 && (seconds < 60 || soap->act == ACT_PULL)) {
            limit = (uint64_t)(seconds * 1000);
        }
    }
    if (*delay <= limit) {
        return false;
    }
    *delay = limit;
    return true;
}

/* What happens before an answer is thought of; false ends the connection. */
static bool apply_before(struct peer_conn *conn, struct turn *turn)
{
    const struct peer_plan *plan = &turn->plan;
    uint64_t delay = 0;

    if (plan->on[BREAK_CLOSE_ON_REUSE] && conn->served > 1) {
        return false;
    }
    if (plan->on[BREAK_EXPIRE_CONTEXTS]) {
        peer_contexts_expire(conn->peer);
    }
    if (plan->on[BREAK_DELAY] && !plan->on[BREAK_KEEP_ALIVE]) {
        delay += plan->number[BREAK_DELAY];
    }
    if (plan->on[BREAK_DELAY_PULL]) {
        delay += plan->number[BREAK_DELAY_PULL];
    }
    if (times_out(conn->peer, turn, &delay)) {
        turn->fault = FAULT_TIMED_OUT;
    }
    if (delay > 0 && !peer_sleep(conn->peer, delay)) {
        return false;
    }
    return !plan->on[BREAK_CLOSE_BEFORE_REPLY];
}

static void log_turn(struct peer_conn *conn, const struct turn *turn, const char *note)
{
    const struct peer_soap *soap = &turn->soap;

    peer_log(conn->peer,
             "conn=%lu req=%lu user=%s action=%s class=%s ns=%s message=%s status=%d fault=%s "
             "bytes=%zu sabotage=%d%s%s%s%s",
             conn->number, conn->served, conn->user[0] != '\0' ? conn->user : "-",
             peer_action_name(soap->act), soap->class_name != NULL ? soap->class_name : "-",
             soap->ns != NULL ? soap->ns : "-", soap->message_id != NULL ? soap->message_id : "-",
             turn->response.status, peer_fault_name(turn->fault), turn->response.body.len,
             turn->plan.any, turn->why != NULL ? " why=\"" : "", turn->why != NULL ? turn->why : "",
             turn->why != NULL ? "\"" : "", note);
}

static bool serve_soap(struct peer_conn *conn, struct turn *turn)
{
    struct peer *peer = conn->peer;
    bool good;

    peer_soap_read(peer, &turn->request, &turn->soap);
    peer_count(peer, CNT_REQUESTS);
    atomic_fetch_add(&peer->actions[turn->soap.act], 1);
    peer_sabotage_plan(peer->sabotage, peer_action_name(turn->soap.act), &turn->plan);
    if (turn->plan.any) {
        peer_count(peer, CNT_SABOTAGED);
    }
    if (!apply_before(conn, turn)) {
        log_turn(conn, turn, " closed-before-reply");
        return false;
    }
    if (turn->fault != FAULT_NONE) {
        peer_fault_write(peer, &turn->soap, turn->fault, NULL, &turn->response);
    } else if (replaces_reply(&turn->plan)) {
        apply_instead(peer, turn);
    } else {
        answer_soap(conn, turn);
    }
    if (turn->response.gone) {
        peer_count(peer, CNT_HELD_GONE);
        log_turn(conn, turn, " gone");
        return false;
    }
    if (turn->fault != FAULT_NONE || turn->response.status == 400 || turn->response.status == 415) {
        peer_count(peer, turn->fault != FAULT_NONE ? CNT_FAULTS : CNT_REJECTED);
    }
    turn->response.close = turn->response.close || !turn->request.keep_alive;
    log_turn(conn, turn, "");
    peer_sabotage_body(&turn->plan, &turn->response);
    if (!turn->response.live) {
        peer_negotiate_reply(conn, &turn->plan, &turn->response);
    }
    /* Cut off, a reply of several envelopes lacks the last. */
    good = turn->response.live
               ? !turn->plan.on[BREAK_TRUNCATE] && peer_channel_finish(conn, &turn->response)
               : peer_sabotage_send(&turn->plan, conn, &turn->response);
    return good && !turn->response.close;
}

static bool send_plain(struct peer_conn *conn, struct turn *turn)
{
    struct peer_buf out = {0};
    size_t body_at;
    bool good;

    peer_http_format(conn->peer, &turn->response, &out, &body_at);
    good = peer_conn_send(conn, out.data, out.len);
    peer_buf_free(&out);
    return good && !turn->response.close;
}

static void become_control(struct peer_conn *conn)
{
    if (!conn->is_control) {
        conn->is_control = true;
        peer_uncount(conn->peer, CNT_ACCEPTED);
        peer_uncount(conn->peer, CNT_OPEN);
    }
}

static bool serve_post(struct peer_conn *conn, struct turn *turn)
{
    switch (peer_negotiate_request(conn, &turn->request, &turn->response)) {
    case NEGOTIATE_PASS:
        break;
    case NEGOTIATE_REPLY:
        turn->response.close = turn->response.close || !turn->request.keep_alive;
        return send_plain(conn, turn);
    case NEGOTIATE_CLOSE:
        return false;
    }
    return serve_soap(conn, turn);
}

static bool serve_request(struct peer_conn *conn, struct turn *turn)
{
    if (peer_starts(turn->request.target, "/control/")) {
        become_control(conn);
        peer_control(conn->peer, &turn->request, &turn->response);
        turn->response.close = !turn->request.keep_alive;
        return send_plain(conn, turn);
    }
    conn->served++;
    if (!is_wsman_path(conn->peer, turn->request.target)) {
        turn->response.status = 404;
    } else if (strcmp(turn->request.method, "POST") != 0) {
        turn->response.status = 405;
        peer_puts(&turn->response.headers, "Allow: POST\r\n");
    } else {
        return serve_post(conn, turn);
    }
    peer_count(conn->peer, CNT_REJECTED);
    peer_log(conn->peer, "conn=%lu req=%lu method=%s target=%s status=%d", conn->number,
             conn->served, turn->request.method, turn->request.target, turn->response.status);
    turn->response.close = !turn->request.keep_alive;
    return send_plain(conn, turn);
}

/* Let the client read the refusal before its unread bytes turn the close into a reset. */
static void linger(struct peer_conn *conn)
{
    struct pollfd wait = {.fd = conn->fd, .events = POLLIN};
    char bytes[4096];

    if (conn->ssl != NULL) {
        return;
    }
    shutdown(conn->fd, SHUT_WR);
    for (int i = 0; i < 4096 && poll(&wait, 1, 500) > 0; i++) {
        if (recv(conn->fd, bytes, sizeof bytes, 0) <= 0) {
            return;
        }
    }
}

/* The control door stays open whatever is broken, except behind TLS, where it cannot be seen. */
static bool is_for_control(struct peer_conn *conn)
{
    char bytes[16] = {0};

    return conn->peer->tls == NULL && peer_sabotage_has_stall(conn->peer->sabotage) &&
           recv(conn->fd, bytes, sizeof bytes - 1, MSG_PEEK) > 0 &&
           (peer_starts(bytes, "GET /control/") || peer_starts(bytes, "POST /control/"));
}

/* Never read; the end of the client or of the endpoint shows as a hang-up. */
static void stall_connect(struct peer_conn *conn)
{
    struct pollfd wait = {.fd = conn->fd, .events = POLLRDHUP};

    while (poll(&wait, 1, -1) < 0 && !peer_is_stopping(conn->peer)) {
    }
}

void peer_conn_serve(struct peer_conn *conn)
{
    struct turn *turn;
    bool more = true;

    if (!is_for_control(conn) && peer_sabotage_stalls_connect(conn->peer->sabotage)) {
        stall_connect(conn);
        return;
    }
    if (conn->peer->tls != NULL && !peer_tls_accept(conn)) {
        return;
    }
    turn = peer_xmalloc(sizeof *turn);
    while (more && !peer_is_stopping(conn->peer)) {
        memset(turn, 0, sizeof *turn);
        switch (peer_http_read(conn, &turn->request, &turn->response)) {
        case READ_OK:
            more = serve_request(conn, turn);
            break;
        case READ_REFUSED:
            send_plain(conn, turn);
            linger(conn);
            more = false;
            break;
        case READ_END:
            more = false;
            break;
        }
        peer_soap_free(&turn->soap);
        peer_response_free(&turn->response);
        peer_request_free(&turn->request);
    }
    if (conn->ssl != NULL && !peer_is_stopping(conn->peer)) {
        SSL_shutdown(conn->ssl);
    }
    peer_negotiate_end(conn);
    free(turn);
}
