/* TLS and the server's certificate: each check alone, by the code that a session's handshake runs.
 */
#include <stdio.h>
#include <string.h>

#include "doctor/walk.h"

#define DAYS_WARN 30

/* What a session would stumble over fails; HTTPS may not be what it would use. */
static enum mic_check_status bad_on(const struct mic_walk *walk, bool is_asked_for)
{
    return is_asked_for && walk->main == &walk->https ? MIC_CHECK_FAIL : MIC_CHECK_WARN;
}

static void tell_tls(struct mic_walk *walk, const struct mic_probe *first)
{
    struct mic_check check;

    mic_check_init(&check, "tls");
    if (first->is_secured) {
        mic_check_text(&check, "version", first->tls.version);
        mic_check_text(&check, "cipher", first->tls.cipher);
        mic_check_say(&check, MIC_CHECK_OK, "%s, %s", first->tls.version, first->tls.cipher);
    } else {
        mic_check_fail(&check, bad_on(walk, true), &first->err);
    }
    mic_walk_tell(walk, &check);
}

static void say_dates(struct mic_check *check, const struct mic_tls_facts *tls,
                      enum mic_check_status bad)
{
    long long days = (long long)(tls->end_in_s / 86400);

    if (tls->begin_in_s > 0) {
        mic_check_say(check, bad, "%s is not valid before %s", tls->subject, tls->begin);
        mic_check_remedy(check, "%s",
                         "Check the clocks of both machines; else replace the certificate.");
    } else if (tls->end_in_s < 0) {
        mic_check_say(check, bad, "%s has expired: it was valid until %s", tls->subject, tls->end);
        mic_check_remedy(check, "%s", "Renew the server's certificate.");
    } else if (days < DAYS_WARN) {
        mic_check_say(check, MIC_CHECK_WARN, "%s expires in %lld days, on %s", tls->subject, days,
                      tls->end);
        mic_check_remedy(check, "%s", "Renew the server's certificate before that.");
    } else {
        mic_check_say(check, MIC_CHECK_OK, "%s, issued by %s, valid until %s (%lld days)",
                      tls->subject, tls->issuer, tls->end, days);
    }
}

static void tell_dates(struct mic_walk *walk, const struct mic_tls_facts *tls)
{
    struct mic_check check;

    mic_check_init(&check, "certificate");
    mic_check_text(&check, "subject", tls->subject);
    mic_check_text(&check, "issuer", tls->issuer);
    mic_check_truth(&check, "self_signed", tls->is_self_signed);
    mic_check_text(&check, "not_before", tls->begin);
    mic_check_text(&check, "not_after", tls->end);
    mic_check_number(&check, "days_left",
                     tls->end_in_s >= 0 ? tls->end_in_s / 86400 : -(-tls->end_in_s / 86400) - 1);
    mic_check_text(&check, "sha256", tls->sha256);
    mic_check_text(&check, "signature_hash", tls->signature);
    mic_check_text(&check, "binding_hash", tls->binding);
    say_dates(&check, tls, bad_on(walk, walk->https.target.check_ca));
    mic_walk_tell(walk, &check);
}

/* The handshake once more with only this check on. */
static void try_check(struct mic_walk *walk, const char *name, const struct mic_http_target *target,
                      bool is_asked_for, const char *good)
{
    struct mic_probe_order order = {
        .target = target, .until_secured = true, .timeout_ms = walk->timeout_ms};
    struct mic_probe probe;
    struct mic_check check;
    bool ok;

    mic_check_init(&check, name);
    mic_probe_run(walk->runtime, &order, &probe);
    ok = probe.is_secured;
    mic_check_truth(&check, "good", ok);
    mic_check_truth(&check, "checked", is_asked_for);
    if (ok) {
        mic_check_say(&check, MIC_CHECK_OK, "%s", good);
    } else {
        mic_check_fail(&check, bad_on(walk, is_asked_for), &probe.err);
        mic_check_number(&check, "x509_error", (int64_t)probe.err.native);
    }
    mic_walk_tell(walk, &check);
    mic_probe_fini(&probe);
}

/* A server that ends no handshake without the client certificate, which is shown behind all that
 * the caller checks: none of that can be looked at alone. */
static void tell_passed(struct mic_walk *walk, const char *name, bool is_asked_for)
{
    struct mic_check check;

    if (!is_asked_for) {
        mic_walk_skip(walk, name,
                      "not checked, and this server shows itself to nobody without the "
                      "client certificate");
        return;
    }
    mic_check_init(&check, name);
    mic_check_truth(&check, "good", true);
    mic_check_truth(&check, "checked", true);
    mic_check_say(&check, MIC_CHECK_OK, "the check passed before the client certificate was shown");
    mic_walk_tell(walk, &check);
}

static void tell_all_passed(struct mic_walk *walk)
{
    const struct mic_http_target *asked = &walk->https.target;

    tell_passed(walk, "certificate.trust", asked->check_ca);
    tell_passed(walk, "certificate.name", asked->check_name);
    tell_passed(walk, "certificate.revocation", asked->check_revocation);
    if (asked->pins != NULL) {
        tell_passed(walk, "certificate.pin", true);
    } else {
        mic_walk_skip(walk, "certificate.pin", "no pin was given");
    }
    walk->https.is_trusted = true;
}

/* All that a session would check, without its client certificate. */
static bool passes_all(struct mic_walk *walk)
{
    struct mic_http_target target = mic_walk_bare(&walk->https);
    const struct mic_http_target *asked = &walk->https.target;
    struct mic_probe_order order = {
        .target = &target, .until_secured = true, .timeout_ms = walk->timeout_ms};
    struct mic_probe probe;
    bool ok;

    target.check_ca = asked->check_ca;
    target.check_name = asked->check_name;
    target.check_revocation = asked->check_revocation;
    target.pins = asked->pins;
    mic_probe_run(walk->runtime, &order, &probe);
    ok = probe.is_secured;
    mic_probe_fini(&probe);
    return ok;
}

void mic_walk_skip_certificate(struct mic_walk *walk, const char *why)
{
    static const char *const lines[] = {"tls",
                                        "certificate",
                                        "certificate.trust",
                                        "certificate.name",
                                        "certificate.revocation",
                                        "certificate.pin"};

    for (size_t i = 0; i < MIC_COUNT(lines); i++) {
        if (!mic_walk_has_told(walk, lines[i])) {
            mic_walk_skip(walk, lines[i], "%s", why);
        }
    }
}

void mic_walk_certificate(struct mic_walk *walk, const struct mic_probe *first)
{
    struct mic_http_target target = mic_walk_bare(&walk->https);
    const struct mic_http_target *asked = &walk->https.target;
    char good[400];

    tell_tls(walk, first);
    if (!first->is_secured) {
        mic_walk_skip_certificate(walk, "TLS does not come about");
        return;
    }
    tell_dates(walk, &first->tls);
    if (walk->https.hides_tls) {
        tell_all_passed(walk);
        return;
    }
    target.check_ca = true;
    try_check(walk, "certificate.trust", &target, asked->check_ca,
              asked->ca_file != NULL || asked->ca_directory != NULL
                  ? "the chain leads to one of the CAs given"
                  : "the chain leads to a CA that this system trusts");
    target.check_ca = false;
    target.check_name = true;
    (void)snprintf(good, sizeof(good), "the certificate is for %s (%s)", walk->https.to.host,
                   first->tls.names);
    try_check(walk, "certificate.name", &target, asked->check_name, good);
    target.check_name = false;
    target.check_revocation = true;
    try_check(walk, "certificate.revocation", &target, asked->check_revocation,
              "not on a list of revoked certificates given here, nor told of by the server");
    if (asked->pins != NULL) {
        target.check_revocation = false;
        target.pins = asked->pins;
        try_check(walk, "certificate.pin", &target, true, "the certificate is a pinned one");
    } else {
        mic_walk_skip(walk, "certificate.pin", "no pin was given");
    }
    walk->https.is_trusted = passes_all(walk);
}
