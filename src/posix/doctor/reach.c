/* The name, the ports, and which of them speaks what. */
#include <stdio.h>
#include <string.h>

#include "doctor/walk.h"

static const char *kind_of(const struct mic_endpoint *endpoint)
{
    return endpoint->to.https ? "HTTPS" : "HTTP";
}

/* ---- the name ---- */

static const char *looked_up(const struct mic_endpoint *endpoint)
{
    return endpoint->proxy.host != NULL ? endpoint->proxy.host : endpoint->to.host;
}

static bool look_up(struct mic_walk *walk, const struct mic_endpoint *endpoint)
{
    const char *host = looked_up(endpoint);
    const char *what = endpoint->proxy.host != NULL ? "the proxy " : "";
    struct mic_check check;
    struct mic_err err;
    char addresses[400];
    unsigned count;

    mic_err_init(&err);
    mic_check_init(&check, "name");
    mic_check_text(&check, "host", endpoint->to.host);
    if (endpoint->proxy.host != NULL) {
        mic_check_text(&check, "proxy", endpoint->proxy.host);
    }
    count =
        mic_probe_name(walk->runtime, host, walk->timeout_ms, addresses, sizeof(addresses), &err);
    mic_check_list(&check, "addresses");
    mic_check_element(&check, addresses);
    if (count == 0) {
        mic_check_fail(&check, MIC_CHECK_FAIL, &err);
        (void)snprintf(walk->stop, sizeof(walk->stop), "the name was not resolved");
    } else {
        for (char *at = addresses; *at != '\0'; at++) {
            if (*at == '\n') {
                *at = ' ';
            }
        }
        mic_check_say(&check, MIC_CHECK_OK, "%s%s is %s", what, host, addresses);
    }
    mic_walk_tell(walk, &check);
    return count > 0;
}

/* ---- a port ---- */

/* Whether the other protocol is what the port speaks. */
static bool speaks_other(struct mic_walk *walk, struct mic_endpoint *endpoint)
{
    struct mic_http_target target = mic_walk_bare(endpoint);
    struct mic_answer answer;
    bool is;

    memset(&answer, 0, sizeof(answer));
    target.https = !target.https;
    if (target.https) {
        struct mic_probe_order order = {
            .target = &target, .until_secured = true, .timeout_ms = walk->timeout_ms};

        mic_probe_run(walk->runtime, &order, &answer.probe);
        is = answer.probe.is_secured;
        mic_probe_fini(&answer.probe);
        return is;
    }
    mic_ask_identify(walk, endpoint, &target, true, &answer);
    is = answer.probe.has_reply;
    mic_answer_fini(&answer);
    return is;
}

/* Behind a proxy only what comes through the tunnel shows that the port is open. */
static bool is_open(const struct mic_endpoint *endpoint, const struct mic_probe *probe)
{
    return endpoint->proxy.host == NULL
               ? probe->is_connected
               : probe->is_secured || probe->has_reply || probe->err.phase > MIC_PHASE_PROXY;
}

static void tell_closed(struct mic_walk *walk, struct mic_endpoint *endpoint,
                        struct mic_check *check, const struct mic_probe *probe)
{
    bool is_needed = walk->main == endpoint;

    mic_check_fail(check, is_needed ? MIC_CHECK_FAIL : MIC_CHECK_WARN, &probe->err);
    if (!is_needed) {
        mic_check_remedy(check, "%s",
                         endpoint->to.https
                             ? "Only needed for HTTPS: winrm quickconfig -transport:https makes "
                               "the listener."
                             : "Connect with HTTPS (--https); Enable-PSRemoting or winrm "
                               "quickconfig makes the listener for HTTP.");
    }
    if (endpoint->hides_proxy_logon && probe->err.code == MIC_E_PROXY_LOGON) {
        check->code = 0;
        mic_check_say(check, MIC_CHECK_FAIL,
                      "the proxy %s wants a logon, and was sent none: Basic shows its password to "
                      "everybody on the way",
                      endpoint->proxy.host);
        mic_check_remedy(check, "%s", "Use --proxy-auth Negotiate or NTLM, or --proxy none.");
    }
}

static void tell_silent(struct mic_walk *walk, struct mic_endpoint *endpoint,
                        struct mic_check *check, const struct mic_probe *probe)
{
    enum mic_check_status bad = walk->main == endpoint ? MIC_CHECK_FAIL : MIC_CHECK_WARN;

    if (!probe->is_secured && speaks_other(walk, endpoint)) {
        mic_check_say(check, bad, "%s port %u is open, but speaks %s, not %s", endpoint->to.host,
                      (unsigned)endpoint->to.port, endpoint->to.https ? "plain HTTP" : "TLS",
                      kind_of(endpoint));
        check->phase = mic_phase_name(endpoint->to.https ? MIC_PHASE_TLS : MIC_PHASE_HTTP);
        mic_check_remedy(check, "%s",
                         endpoint->to.https
                             ? "Connect with HTTP (leave out --https), or to the HTTPS port (5986)."
                             : "Connect with HTTPS (--https), or to the HTTP port (5985).");
        mic_check_text(check, "speaks", endpoint->to.https ? "HTTP" : "HTTPS");
        return;
    }
    mic_check_fail(check, bad, &probe->err);
}

/* A server that says nothing to who has shown no certificate: it ends the handshake in TLS 1.2, and
 * the connection in 1.3. */
static bool may_want_certificate(const struct mic_endpoint *endpoint, const struct mic_probe *probe)
{
    return endpoint->target.certificate_file != NULL && !probe->has_reply && !probe->is_timed_out &&
           (probe->is_secured || (endpoint->to.https && probe->err.code == MIC_E_LOGON));
}

/* With the caller's checks: the certificate is not for everybody's eyes. */
static void try_certificate(struct mic_walk *walk, struct mic_endpoint *endpoint,
                            struct mic_probe *probe)
{
    struct mic_http_target target;
    struct mic_answer answer;

    endpoint->wants_certificate = true;
    endpoint->hides_tls = !probe->is_secured;
    target = mic_walk_stranger(endpoint);
    mic_ask_identify(walk, endpoint, &target, true, &answer);
    probe->has_reply = answer.probe.has_reply;
    probe->err = answer.probe.err;
    if (endpoint->hides_tls) {
        probe->is_secured = answer.probe.is_secured;
        probe->tls = answer.probe.tls;
    }
    mic_answer_fini(&answer);
}

/* Identify in the endpoint's protocol, with nothing checked and nothing shown. */
static void try_port(struct mic_walk *walk, struct mic_endpoint *endpoint, struct mic_check *check,
                     struct mic_answer *answer)
{
    struct mic_http_target target = mic_walk_bare(endpoint);
    struct mic_probe *probe = &answer->probe;

    mic_check_init(check, endpoint->to.https ? "https.port" : "http.port");
    mic_ask_identify(walk, endpoint, &target, true, answer);
    endpoint->is_open = is_open(endpoint, probe);
    if (may_want_certificate(endpoint, probe)) {
        try_certificate(walk, endpoint, probe);
    }
    endpoint->is_alive = probe->has_reply;
    mic_check_number(check, "port", endpoint->to.port);
    mic_check_truth(check, "open", endpoint->is_open);
    if (probe->address[0] != '\0') {
        mic_check_text(check, endpoint->proxy.host != NULL ? "proxy_address" : "address",
                       probe->address);
    }
}

static void tell_port(struct mic_walk *walk, struct mic_endpoint *endpoint, struct mic_check *check,
                      const struct mic_probe *probe)
{
    if (!endpoint->is_open) {
        tell_closed(walk, endpoint, check, probe);
    } else if (!probe->has_reply) {
        tell_silent(walk, endpoint, check, probe);
    } else {
        mic_check_say(check, MIC_CHECK_OK, "port %u (%s) is open%s%s", (unsigned)endpoint->to.port,
                      kind_of(endpoint), endpoint->proxy.host != NULL ? " through the proxy " : "",
                      endpoint->proxy.host != NULL ? endpoint->proxy.host : "");
    }
    mic_walk_tell(walk, check);
}

static void choose_main(struct mic_walk *walk)
{
    if (walk->main == NULL) {
        walk->main = walk->http.is_alive || !walk->https.is_open ? &walk->http : &walk->https;
    }
}

static void try_ports(struct mic_walk *walk)
{
    struct mic_endpoint *const both[] = {&walk->http, &walk->https};
    struct mic_check checks[2];
    struct mic_answer answers[2];

    memset(answers, 0, sizeof(answers));
    for (size_t i = 0; i < 2; i++) {
        if (both[i]->is_wanted) {
            try_port(walk, both[i], &checks[i], &answers[i]);
        }
    }
    choose_main(walk);
    for (size_t i = 0; i < 2; i++) {
        if (both[i]->is_wanted) {
            tell_port(walk, both[i], &checks[i], &answers[i].probe);
        } else {
            mic_walk_skip(walk, i == 0 ? "http.port" : "https.port", "another port was asked for");
        }
    }
    if (walk->https.is_wanted && walk->https.is_open) {
        mic_walk_certificate(walk, &answers[1].probe);
    }
    for (size_t i = 0; i < 2; i++) {
        if (both[i]->is_wanted) {
            mic_answer_fini(&answers[i]);
        }
    }
}

bool mic_walk_reach(struct mic_walk *walk)
{
    const struct mic_endpoint *first = walk->main != NULL ? walk->main : &walk->http;

    if (!look_up(walk, first)) {
        return false;
    }
    try_ports(walk);
    if (!walk->https.is_wanted || !walk->https.is_open) {
        mic_walk_skip_certificate(walk, "no HTTPS here");
    }
    if (!walk->main->is_alive) {
        (void)snprintf(walk->stop, sizeof(walk->stop), "no answer on port %u",
                       (unsigned)walk->main->to.port);
    }
    return walk->main->is_alive;
}
