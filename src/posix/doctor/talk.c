/* What the server says to somebody it does not know: who it is, what it takes, what time it is. */
#include <stdio.h>
#include <string.h>

#include "doctor/walk.h"

/* ---- Identify ---- */

static void tell_identity(struct mic_check *check, const struct mic_answer *answer)
{
    static const struct {
        const char *property, *fact;
    } facts[] = {{"ProductVendor", "vendor"},
                 {"ProductVersion", "version"},
                 {"ProtocolVersion", "protocol"}};
    const char *texts[3];

    for (size_t i = 0; i < MIC_COUNT(facts); i++) {
        const char *text = mic_answer_text(answer, facts[i].property);
        char quoted[200];

        texts[i] = text != NULL ? text : "?";
        if (text != NULL) {
            mic_err_quote(mic_str_from(text), quoted, sizeof(quoted));
            mic_check_text(check, facts[i].fact, quoted);
        }
    }
    if (answer->probe.server[0] != '\0') {
        mic_check_text(check, "server", answer->probe.server);
    }
    mic_check_say(check, MIC_CHECK_OK, "%s %s (%s)", texts[0], texts[1], texts[2]);
}

static void identify(struct mic_walk *walk)
{
    struct mic_http_target target = mic_walk_stranger(walk->main);
    struct mic_answer answer;
    struct mic_check check;

    mic_check_init(&check, "identify");
    mic_ask_identify(walk, walk->main, &target, true, &answer);
    if (answer.item != NULL) {
        tell_identity(&check, &answer);
    } else if (answer.probe.status == 401) {
        mic_check_say(&check, MIC_CHECK_SKIP,
                      "the server says who it is only to those who log on (status 401)");
    } else {
        mic_check_fail(&check, MIC_CHECK_FAIL, &answer.err);
    }
    if (answer.probe.has_reply) {
        (void)snprintf(walk->date, sizeof(walk->date), "%s", answer.probe.date);
        walk->date_at = answer.probe.at;
        mic_check_number(&check, "status", answer.probe.status);
    }
    mic_walk_tell(walk, &check);
    mic_answer_fini(&answer);
}

/* ---- schemes ---- */

static const struct {
    const char *wire, *auth_type, *needs;
} known[] = {
    {"Negotiate", MI_AUTH_TYPE_NEGO_WITH_CREDS, "user and password, or a Kerberos ticket"},
    {"Kerberos", MI_AUTH_TYPE_KERBEROS, "user and password, or a ticket"},
    {"CredSSP", MI_AUTH_TYPE_CREDSSP, "user and password"},
    {"Basic", MI_AUTH_TYPE_BASIC, "user and password, over HTTPS"},
};

/* Whether a logon with it could be made here, with a user and a password. */
static bool is_usable(const struct mic_walk *walk, const char *auth_type)
{
    struct mic_secret password;
    struct mic_err ignored;
    struct mic_auth_settings settings = {
        .auth_type = auth_type,
        .user = "user",
        .host = walk->main->to.host,
        .port = walk->main->to.port,
        .https = walk->main->to.https,
        .privacy = true,
    };
    bool is;

    if (mic_secret_init(&password, "password") != 0) {
        return false;
    }
    settings.password = &password;
    mic_err_init(&ignored);
    is = mic_auth_find(&settings, &ignored) != NULL;
    mic_secret_fini(&password);
    return is;
}

static bool is_offered(const struct mic_walk *walk, const char *wire)
{
    struct mic_str rest = mic_str_from(walk->offers);

    while (rest.size > 0) {
        const char *end = memchr(rest.data, ',', rest.size);
        size_t size = end != NULL ? (size_t)(end - rest.data) : rest.size;

        if (mic_str_equal_nocase(mic_str_trim((struct mic_str){rest.data, size}),
                                 mic_str_from(wire))) {
            return true;
        }
        size += size < rest.size ? 1 : 0;
        rest.data += size;
        rest.size -= size;
    }
    return false;
}

static void add_offers(struct mic_check *check, const char *offers)
{
    char copy[200];
    char *at = copy;

    (void)snprintf(copy, sizeof(copy), "%s", offers);
    mic_check_list(check, "offered");
    while (*at != '\0') {
        size_t size = strcspn(at, ",");
        bool is_last = at[size] == '\0';

        at[size] = '\0';
        mic_check_element(check, at);
        at += is_last ? size : size + 1 + strspn(at + size + 1, " ");
    }
}

/* What the caller chose, by the name it has on the wire. NULL: nothing that a 401 would name. */
static const char *chosen(const struct mic_walk *walk)
{
    static const struct {
        const char *auth_type, *wire;
    } wires[] = {{MI_AUTH_TYPE_NTLM, "Negotiate"},
                 {MI_AUTH_TYPE_NEGO_NO_CREDS, "Negotiate"},
                 {MI_AUTH_TYPE_DEFAULT, "Negotiate"}};

    for (size_t i = 0; walk->has_logon && i < MIC_COUNT(known); i++) {
        if (mic_walk_logs_on_with(walk, known[i].auth_type)) {
            return known[i].wire;
        }
    }
    for (size_t i = 0; walk->has_logon && i < MIC_COUNT(wires); i++) {
        if (mic_walk_logs_on_with(walk, wires[i].auth_type)) {
            return wires[i].wire;
        }
    }
    return NULL;
}

static void say_schemes(const struct mic_walk *walk, struct mic_check *check)
{
    const char *wanted = chosen(walk);
    char usable[300] = "";
    bool has_sealing = false;

    mic_check_list(check, "usable");
    for (size_t i = 0; i < MIC_COUNT(known); i++) {
        if (is_offered(walk, known[i].wire) && is_usable(walk, known[i].auth_type)) {
            size_t used = strlen(usable);

            mic_check_element(check, known[i].wire);
            has_sealing |= strcmp(known[i].wire, "Basic") != 0;
            (void)snprintf(usable + used, sizeof(usable) - used, "%s%s (%s)", used > 0 ? ", " : "",
                           known[i].wire, known[i].needs);
        }
    }
    if (wanted != NULL && !is_offered(walk, wanted)) {
        mic_check_say(check, MIC_CHECK_FAIL, "the server offers %s, and not %s, which was chosen",
                      walk->offers, wanted);
        mic_check_remedy(
            check, "Choose a scheme that it offers (--auth), or allow %s on the server.", wanted);
    } else if (usable[0] == '\0') {
        mic_check_say(check, MIC_CHECK_FAIL,
                      "the server offers %s: nothing that can be used from here over %s",
                      walk->offers, walk->main->to.https ? "HTTPS" : "HTTP");
        mic_check_remedy(check, "%s",
                         is_offered(walk, "Basic") && !walk->main->to.https
                             ? "Use --https for Basic, or allow Negotiate on the server."
                             : "Allow Negotiate on the server.");
    } else {
        mic_check_say(check, MIC_CHECK_OK, "the server offers %s; from here: %s", walk->offers,
                      usable);
        if (!has_sealing) {
            check->status = MIC_CHECK_WARN;
            mic_check_remedy(check, "%s",
                             "Allow Negotiate on the server: Basic hands the password over.");
        }
    }
}

/* Identify once more, as somebody who has not logged on: a 401 says what would be taken. */
static void schemes(struct mic_walk *walk)
{
    struct mic_http_target target = mic_walk_stranger(walk->main);
    struct mic_answer answer;
    struct mic_check check;

    mic_check_init(&check, "schemes");
    mic_ask_identify(walk, walk->main, &target, false, &answer);
    if (answer.probe.offers[0] != '\0' && strcmp(answer.probe.offers, "nothing") != 0) {
        (void)snprintf(walk->offers, sizeof(walk->offers), "%s", answer.probe.offers);
        add_offers(&check, walk->offers);
        say_schemes(walk, &check);
    } else if (answer.probe.status == 401) {
        mic_check_say(&check, MIC_CHECK_FAIL,
                      "the server asks for a logon (status 401) and names no scheme for it");
        mic_check_remedy(&check, "%s", "See `winrm get winrm/config/service/auth` on the server.");
    } else if (answer.item != NULL && walk->main->wants_certificate) {
        mic_check_say(&check, MIC_CHECK_OK, "the server asks for nothing but the certificate");
    } else if (answer.item != NULL) {
        walk->takes_anyone = true;
        mic_check_say(&check, MIC_CHECK_WARN, "the server asks for no logon");
        mic_check_remedy(&check, "%s", "Have the server ask for one: anybody gets in.");
    } else {
        mic_check_fail(&check, MIC_CHECK_FAIL, &answer.err);
    }
    mic_walk_tell(walk, &check);
    mic_answer_fini(&answer);
}

/* ---- the clock ---- */

#define SKEW_WARN_S 60
#define SKEW_MAX_S  300

/* Days since 1970-01-01 of a date of the Gregorian calendar. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t y = month <= 2 ? year - 1 : year, era = y / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool read_number(const char *text, size_t digits, int64_t max, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < digits; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *out = *out * 10 + (text[i] - '0');
    }
    return *out <= max;
}

/* Only the form that RFC 9110 5.6.7 has servers send. */
bool mic_doctor_read_date(const char *text, int64_t *seconds)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int64_t day, year, hour, minute, second, month = 0;

    if (strlen(text) != 29 || strcmp(text + 25, " GMT") != 0) {
        return false;
    }
    for (size_t i = 0; i < 12; i++) {
        if (memcmp(months + i * 3, text + 8, 3) == 0) {
            month = (int64_t)i + 1;
        }
    }
    if (month == 0 || !read_number(text + 5, 2, 31, &day) ||
        !read_number(text + 12, 4, 9999, &year) || !read_number(text + 17, 2, 23, &hour) ||
        !read_number(text + 20, 2, 59, &minute) || !read_number(text + 23, 2, 60, &second)) {
        return false;
    }
    *seconds = days_of(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
    return true;
}

void mic_check_clock(const struct mic_walk *walk, struct mic_check *check, const char *whose,
                     int64_t skew)
{
    int64_t size = skew < 0 ? -skew : skew;
    bool kerberos = walk->has_logon && mic_walk_logs_on_with(walk, MI_AUTH_TYPE_KERBEROS);

    mic_check_number(check, "skew_seconds", skew);
    if (size <= 2) {
        mic_check_say(check, MIC_CHECK_OK, "%s clock agrees with this machine's", whose);
        return;
    }
    mic_check_say(check,
                  size <= SKEW_WARN_S             ? MIC_CHECK_OK
                  : size > SKEW_MAX_S && kerberos ? MIC_CHECK_FAIL
                                                  : MIC_CHECK_WARN,
                  "%s clock is %lld s %s this machine's%s", whose, (long long)size,
                  skew > 0 ? "ahead of" : "behind",
                  size > SKEW_MAX_S ? ": Kerberos refuses more than 300 s" : "");
    if (size > SKEW_WARN_S) {
        mic_check_remedy(check, "%s", "Set both clocks by the same time servers (NTP).");
    }
}

static void server_clock(struct mic_walk *walk)
{
    struct mic_check check;
    int64_t server = 0;

    mic_check_init(&check, "clock.server");
    if (!mic_doctor_read_date(walk->date, &server)) {
        mic_check_say(&check, MIC_CHECK_SKIP, "the server's replies have no Date");
    } else {
        mic_check_text(&check, "server", walk->date);
        mic_check_clock(walk, &check, "the server's", server - walk->date_at);
    }
    mic_walk_tell(walk, &check);
}

void mic_walk_talk(struct mic_walk *walk)
{
    identify(walk);
    schemes(walk);
    server_clock(walk);
}
