/* The logon, and what holds for the messages behind it. Once a logon was refused, no further one is
 * made: each might count towards locking the account. */
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "doctor/walk.h"
#include "model/instance.h"

static bool is_basic(const struct mic_walk *walk)
{
    return mic_walk_logs_on_with(walk, MI_AUTH_TYPE_BASIC);
}

static bool is_by_certificate(const struct mic_walk *walk)
{
    return mic_walk_logs_on_with(walk, MI_AUTH_TYPE_CLIENT_CERTS) ||
           mic_walk_logs_on_with(walk, MI_AUTH_TYPE_ISSUER_CERT);
}

static const char *scheme_of(const struct mic_walk *walk)
{
    static const struct {
        const char *auth_type, *name;
    } others[] = {{MI_AUTH_TYPE_NTLM, "NTLM"},
                  {MI_AUTH_TYPE_KERBEROS, "Kerberos"},
                  {MI_AUTH_TYPE_CREDSSP, "CredSSP"},
                  {MI_AUTH_TYPE_BASIC, "Basic"},
                  {MI_AUTH_TYPE_CLIENT_CERTS, "Certificate"},
                  {MI_AUTH_TYPE_ISSUER_CERT, "Certificate"}};

    for (size_t i = 0; i < MIC_COUNT(others); i++) {
        if (mic_walk_logs_on_with(walk, others[i].auth_type)) {
            return others[i].name;
        }
    }
    return "Negotiate";
}

/* What the server says to whom it knows, which is more than to others. */
static void say_logged_on(struct mic_walk *walk, struct mic_check *check,
                          const struct mic_answer *answer)
{
    const char *version = mic_answer_text(answer, "ProductVersion");
    char quoted[120], user[120];

    mic_err_quote(mic_str_from(version), quoted, sizeof(quoted));
    mic_err_quote(mic_str_from(walk->main->target.user != NULL ? walk->main->target.user
                               : is_by_certificate(walk)       ? "the client certificate"
                                                               : "the caller's ticket"),
                  user, sizeof(user));
    mic_check_text(check, "version", quoted);
    mic_check_say(check, MIC_CHECK_OK, "%s was logged on with %s; the server is %s", user,
                  scheme_of(walk), quoted);
}

static void log_on(struct mic_walk *walk)
{
    struct mic_answer answer;
    struct mic_check check;

    mic_check_init(&check, "logon");
    mic_check_text(&check, "scheme", scheme_of(walk));
    mic_ask_identify(walk, walk->main, &walk->main->target, false, &answer);
    walk->is_logged_on = answer.item != NULL;
    if (walk->is_logged_on) {
        say_logged_on(walk, &check, &answer);
    } else {
        walk->logon_err = answer.err;
        mic_check_fail(&check, MIC_CHECK_FAIL, &answer.err);
        if (is_basic(walk) && answer.err.code == MIC_E_PRIVACY) {
            mic_check_remedy(&check, "%s", "Use --auth Negotiate, or --https.");
            check.code = 0; /* whose own advice is clear text */
        }
        (void)snprintf(walk->stop, sizeof(walk->stop), "the logon failed");
    }
    mic_walk_tell(walk, &check);
    mic_answer_fini(&answer);
}

void mic_walk_logon(struct mic_walk *walk)
{
    if (!walk->has_logon) {
        mic_walk_skip(walk, "logon", "no credentials were given (--user, --auth, --cert)");
        (void)snprintf(walk->stop, sizeof(walk->stop), "no credentials were given");
    } else if (walk->main->to.https && !walk->main->is_trusted) {
        mic_walk_skip(walk, "logon",
                      "the server's certificate was refused: nothing is shown to this server");
        (void)snprintf(walk->stop, sizeof(walk->stop), "the certificate was refused");
    } else if (is_basic(walk) && !walk->main->to.https && !walk->main->target.privacy) {
        struct mic_check check;

        mic_check_init(&check, "logon");
        mic_check_text(&check, "scheme", "Basic");
        mic_check_say(&check, MIC_CHECK_WARN,
                      "not tried: Basic over HTTP shows the password to everybody on the way");
        mic_check_remedy(&check, "%s", "Use --auth Negotiate, or --https.");
        mic_walk_tell(walk, &check);
        (void)snprintf(walk->stop, sizeof(walk->stop), "the logon was not tried");
    } else {
        log_on(walk);
    }
}

/* ---- messages over HTTP ---- */

static bool seals(const struct mic_walk *walk)
{
    return !is_basic(walk) && !is_by_certificate(walk);
}

struct trial {
    bool ok;
    unsigned status; /* of a whole reply that is no answer to the question; 0: there was none */
    struct mic_err err;
};

static void try_as(struct mic_walk *walk, struct mic_endpoint *endpoint,
                   const struct mic_http_target *target, struct trial *out)
{
    struct mic_answer answer;

    mic_ask_identify(walk, endpoint, target, false, &answer);
    out->ok = answer.item != NULL;
    out->status = 0;
    if (answer.probe.err.code == MIC_E_NONE) {
        out->status = answer.probe.status;
    } else if (answer.err.result == MI_RESULT_ACCESS_DENIED &&
               (answer.err.native == 401 || answer.err.native == 403)) {
        out->status = answer.err.native;
    }
    out->err = answer.err;
    mic_answer_fini(&answer);
}

/* Whoever answers in HTTP has shown no certificate: who asked for HTTPS is not logged on there. */
static bool can_try_http(const struct mic_walk *walk, const char **why)
{
    *why = !walk->http.is_wanted || !walk->http.is_alive ? "no HTTP here"
           : walk->main != &walk->http                   ? "HTTPS was asked for"
           : !walk->is_logged_on                         ? walk->stop
           : !seals(walk)                                ? "this scheme seals nothing"
                                                         : NULL;
    return *why == NULL;
}

/* @return whether one was understood */
static bool sealing(struct mic_walk *walk)
{
    struct mic_http_target target = walk->http.target;
    struct mic_check check;
    struct trial trial;
    const char *why;

    if (!can_try_http(walk, &why)) {
        mic_walk_skip(walk, "sealing", "%s", why);
        return false;
    }
    mic_check_init(&check, "sealing");
    target.privacy = true;
    try_as(walk, &walk->http, &target, &trial);
    mic_check_truth(&check, "sealed", trial.ok);
    if (trial.ok) {
        mic_check_say(&check, MIC_CHECK_OK, "a sealed message was understood, and its reply here");
    } else {
        mic_check_fail(&check, MIC_CHECK_FAIL, &trial.err);
    }
    mic_walk_tell(walk, &check);
    if (trial.err.result == MI_RESULT_ACCESS_DENIED) {
        walk->is_logged_on = false;
        (void)snprintf(walk->stop, sizeof(walk->stop), "a further logon was refused");
    }
    return trial.ok;
}

static void clear_text(struct mic_walk *walk, bool is_sealing)
{
    struct mic_http_target target = walk->http.target;
    struct mic_check check;
    struct trial trial;
    const char *why;

    if (!can_try_http(walk, &why) || !is_sealing) {
        mic_walk_skip(walk, "cleartext", "%s",
                      why != NULL ? why : "not tried where no sealed message comes through");
        return;
    }
    mic_check_init(&check, "cleartext");
    target.privacy = false;
    try_as(walk, &walk->http, &target, &trial);
    if (trial.ok) {
        mic_check_truth(&check, "accepted", true);
        mic_check_say(&check, MIC_CHECK_WARN,
                      "the server takes messages that are not sealed over HTTP");
        mic_check_remedy(&check, "%s",
                         "On the server: winrm set winrm/config/service "
                         "'@{AllowUnencrypted=\"false\"}'.");
    } else if (trial.status >= 400) {
        mic_check_truth(&check, "accepted", false);
        mic_check_say(&check, MIC_CHECK_OK, "the server refuses messages that are not sealed");
    } else {
        mic_check_fail(&check, MIC_CHECK_WARN, &trial.err);
    }
    mic_walk_tell(walk, &check);
}

/* ---- channel binding ---- */

enum outcome { TAKEN, REFUSED, UNCLEAR };

static enum outcome try_binding(struct mic_walk *walk, enum mic_http_binding binding)
{
    struct mic_http_target target = walk->https.target;
    struct trial trial;

    target.binding = binding;
    try_as(walk, &walk->https, &target, &trial);
    return trial.ok ? TAKEN : trial.status == 401 ? REFUSED : UNCLEAR;
}

static void say_binding(struct mic_check *check, const char *level, enum mic_check_status status,
                        const char *text)
{
    mic_check_text(check, "level", level);
    mic_check_say(check, status, "%s: %s", level, text);
}

static void find_binding(struct mic_walk *walk, struct mic_check *check)
{
    enum outcome bound = try_binding(walk, MIC_BINDING_USUAL);
    enum outcome unbound = bound == TAKEN ? try_binding(walk, MIC_BINDING_NONE) : UNCLEAR;
    enum outcome falsely = unbound == TAKEN ? try_binding(walk, MIC_BINDING_FALSE) : UNCLEAR;

    if (unbound == REFUSED) {
        say_binding(check, "strict", MIC_CHECK_OK,
                    "the server takes only logons that are bound to their connection, as those "
                    "from here are");
    } else if (falsely == REFUSED) {
        say_binding(check, "relaxed", MIC_CHECK_OK,
                    "the server refuses a logon bound to another connection, and takes one bound "
                    "to none");
    } else if (falsely == TAKEN) {
        say_binding(check, "none", MIC_CHECK_WARN,
                    "the server does not look at what a logon is bound to: it can be relayed");
        mic_check_remedy(check, "%s",
                         "On the server: winrm set winrm/config/service/auth "
                         "'@{CbtHardeningLevel=\"Relaxed\"}', or Strict.");
    } else {
        say_binding(check, "unknown", MIC_CHECK_WARN,
                    "cannot tell: logons over HTTPS do not come to their end");
        mic_check_remedy(check, "%s",
                         "See what a logon with --https says; a device that ends TLS in front of "
                         "the server breaks the binding.");
    }
}

static void binding(struct mic_walk *walk)
{
    struct mic_check check;
    const char *why = !walk->https.is_wanted || !walk->https.is_alive ? "no HTTPS here"
                      : !walk->https.is_trusted ? "the server's certificate was refused"
                      : !walk->is_logged_on     ? walk->stop
                      : !seals(walk) || mic_walk_logs_on_with(walk, MI_AUTH_TYPE_CREDSSP)
                          ? "this scheme has no channel binding"
                          : NULL;

    if (why != NULL) {
        mic_walk_skip(walk, "binding", "%s", why);
        return;
    }
    mic_check_init(&check, "binding");
    find_binding(walk, &check);
    mic_walk_tell(walk, &check);
}

/* ---- sizes ---- */

static void say_envelope(struct mic_check *check, const struct mic_answer *answer)
{
    const char *text = mic_answer_text(answer, "MaxEnvelopeSizekb");
    int64_t kilobytes = 0;
    bool is_known = text != NULL && mic_parse_s64(mic_str_from(text), 0, INT64_MAX, &kilobytes);

    if (answer->err.code == MIC_E_TIMEOUT) {
        mic_check_fail(check, MIC_CHECK_FAIL, &answer->err);
        return;
    }
    if (!is_known) {
        mic_check_say(check, MIC_CHECK_SKIP, "cannot be read (%s); Windows' default is 500 KB",
                      answer->item != NULL ? "winrm/config does not name it" : answer->err.message);
        return;
    }
    mic_check_number(check, "max_envelope_size_kb", kilobytes);
    if (kilobytes * 1024 >= MIC_ENVELOPE_SIZE_DOCTOR) {
        mic_check_say(check, MIC_CHECK_OK, "messages of up to %lld KB", (long long)kilobytes);
    } else {
        mic_check_say(check, MIC_CHECK_WARN,
                      "messages of up to %lld KB; pages get small, and a large object may not fit",
                      (long long)kilobytes);
        mic_check_remedy(check, "%s",
                         "On the server: winrm set winrm/config '@{MaxEnvelopeSizekb=\"500\"}'.");
    }
}

/* Only administrators may read the configuration. It has no keys. */
static void ask_config(struct mic_walk *walk, const struct mic_bag *options,
                       const struct mic_instance *nothing, struct mic_check *check)
{
    const struct mic_request request = {
        .verb = MIC_VERB_GET,
        .flags = MI_OPERATIONFLAGS_NO_RTTI,
        .instance = &nothing->public_instance,
        .options = options,
    };
    struct mic_answer answer;

    mic_ask(walk, walk->main, &walk->main->target, &request, false, &answer);
    say_envelope(check, &answer);
    mic_answer_fini(&answer);
}

static void envelope(struct mic_walk *walk)
{
    static MI_Char uri[] = "http://schemas.microsoft.com/wbem/wsman/1/config";
    const MI_Value value = {.string = uri};
    struct mic_bag *options;
    struct mic_instance *nothing;
    struct mic_check check;

    if (!walk->is_logged_on && !(walk->takes_anyone && !walk->has_logon)) {
        return;
    }
    mic_check_init(&check, "envelope");
    options = mic_bag_new();
    nothing = mic_instance_new("Config", NULL);
    if (options != NULL && nothing != NULL &&
        mic_bag_set(options, "__MI_OPERATIONOPTIONS_RESOURCE_URI", MI_STRING, &value, 0) ==
            MI_RESULT_OK) {
        ask_config(walk, options, nothing, &check);
        mic_walk_tell(walk, &check);
    }
    mic_instance_delete(nothing);
    mic_bag_free(options);
}

void mic_walk_messages(struct mic_walk *walk)
{
    clear_text(walk, sealing(walk));
    binding(walk);
    envelope(walk);
}
