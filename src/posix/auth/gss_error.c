/* What went wrong, in words somebody can act on: the library's own, what was tried, one remedy. */
#include <errno.h>
#include <krb5.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "auth/gss_parts.h"
#include "base/mem.h"

struct reason {
    int32_t code; /* of RFC 4120 7.5.9, or the library's; what GSS calls minor */
    enum mic_err_code row;
    bool is_final;
    const char *text;
    const char *remedy; /* NULL: the row's */
};

/* The names that MIT and Heimdal do not share are written as numbers of RFC 4120. */
#define PROTOCOL(number) ((int32_t)(KRB5KDC_ERR_NONE + (number)))
#define CHECK_REALM                                                                                \
    "Check that the realm is right, that krb5.conf or DNS names its KDC, and that its port 88 "    \
    "can "                                                                                         \
    "be reached."
#define CHECK_CLOCKS                                                                               \
    "Set the clocks of this machine, of the KDC and of the server: five minutes apart is the "     \
    "most."
#define CHECK_TARGET                                                                               \
    "Address the server by the name that its account has in the realm (setspn -Q HTTP/name shows " \
    "it on Windows)."
#define CHECK_ENCRYPTION "Allow AES for the account, and see permitted_enctypes in krb5.conf."
#define GET_TICKET       "Get a new ticket with kinit, or give a user name and password."

static const struct reason reasons[] = {
    {KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN, MIC_E_LOGON, false, "the KDC does not know this user",
     "Check the user name and the realm."},
    {KRB5KDC_ERR_PREAUTH_FAILED, MIC_E_LOGON, true, "the password is wrong",
     "Check the password; a further wrong one may lock the account."},
    {KRB5KRB_AP_ERR_BAD_INTEGRITY, MIC_E_LOGON, true, "the password is wrong",
     "Check the password; a further wrong one may lock the account."},
    {PROTOCOL(1), MIC_E_LOGON_EXPIRED, true, "the account has expired",
     "Ask an administrator to renew the account."},
    {PROTOCOL(18), MIC_E_LOGON, true, "the account is disabled or locked",
     "Ask an administrator to enable or unlock the account."},
    {PROTOCOL(23), MIC_E_LOGON_EXPIRED, true, "the password has expired", NULL},
    {KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN, MIC_E_LOGON_TARGET, false, "the KDC knows no such service",
     CHECK_TARGET},
    {KRB5KRB_AP_ERR_SKEW, MIC_E_LOGON_CLOCK, false, "the clocks differ too much", CHECK_CLOCKS},
    {KRB5_KDCREP_SKEW, MIC_E_LOGON_CLOCK, false, "the clocks differ too much", CHECK_CLOCKS},
    {KRB5KRB_AP_ERR_TKT_NYV, MIC_E_LOGON_CLOCK, false,
     "the clocks differ: the ticket is not valid yet", CHECK_CLOCKS},
    {KRB5KRB_AP_ERR_TKT_EXPIRED, MIC_E_LOGON_TICKET, false, "the ticket has expired", GET_TICKET},
    {KRB5KRB_AP_ERR_MODIFIED, MIC_E_LOGON_TARGET, false,
     "the server cannot read the ticket, which is for another account than its own", CHECK_TARGET},
    {KRB5KRB_AP_ERR_NOKEY, MIC_E_LOGON_TARGET, false, "the server has no key for this service name",
     CHECK_TARGET},
    {KRB5KRB_AP_ERR_NOT_US, MIC_E_LOGON_TARGET, false,
     "the server has no key for this service name", CHECK_TARGET},
    {KRB5_KDC_UNREACH, MIC_E_LOGON_KDC, false, "no KDC answers", CHECK_REALM},
    {KRB5_REALM_UNKNOWN, MIC_E_LOGON_KDC, false, "no KDC of the realm is known", CHECK_REALM},
    {KRB5_REALM_CANT_RESOLVE, MIC_E_LOGON_KDC, false, "the KDC's address is not known",
     CHECK_REALM},
    {KRB5_CONFIG_NODEFREALM, MIC_E_LOGON_KDC, false, "this machine has no default realm",
     "Give the user with its realm (user@REALM), or set default_realm in krb5.conf."},
    {KRB5KDC_ERR_ETYPE_NOSUPP, MIC_E_LOGON_KERBEROS, false, "no common encryption type",
     CHECK_ENCRYPTION},
    {KRB5_PROG_ETYPE_NOSUPP, MIC_E_LOGON_KERBEROS, false, "no common encryption type",
     CHECK_ENCRYPTION},
    {KRB5_CC_NOT_KTYPE, MIC_E_LOGON_KERBEROS, false, "no common encryption type", CHECK_ENCRYPTION},
    {KRB5_BAD_ENCTYPE, MIC_E_LOGON_KERBEROS, false, "no common encryption type", CHECK_ENCRYPTION},
    {KRB5_CC_NOTFOUND, MIC_E_LOGON_TICKET, false, "there is no ticket", NULL},
    {KRB5_FCC_NOFILE, MIC_E_LOGON_TICKET, false, "there is no ticket", NULL},
    {KRB5_PARSE_MALFORMED, MIC_E_ARGUMENT, false, "Kerberos cannot read the user's name", NULL},
    {ENOMEM, MIC_E_MEMORY, false, "out of memory", NULL},
    {KRB5_MUTUAL_FAILED, MIC_E_LOGON_MUTUAL, false,
     "the server did not prove that it is who it says", NULL},
};

static const struct reason no_credential = {0, MIC_E_LOGON_TICKET, false, "there is no ticket",
                                            NULL};
static const struct reason expired_credential = {0, MIC_E_LOGON_TICKET, false,
                                                 "the ticket has expired", GET_TICKET};
static const struct reason wrong_binding = {
    0, MIC_E_LOGON_KERBEROS, false, "the server saw another TLS connection than this one",
    "Look for a proxy or load balancer that ends TLS between here and the server."};
/* What at the KDC is a wrong password. */
static const struct reason wrong_proof = {KRB5KRB_AP_ERR_BAD_INTEGRITY, MIC_E_LOGON_MUTUAL, false,
                                          "the server did not prove that it is who it says", NULL};
static const struct reason wrong_ticket = {
    KRB5KRB_AP_ERR_BAD_INTEGRITY, MIC_E_LOGON_TARGET, false,
    "the server cannot read the ticket, which is for another account than its own", CHECK_TARGET};
static const struct reason other = {0, MIC_E_LOGON_KERBEROS, false, "Kerberos failed", NULL};

static const struct reason *find_reason(const struct mic_gss *gss, OM_uint32 major, OM_uint32 minor)
{
    if (gss->is_answered && (int32_t)minor == KRB5KRB_AP_ERR_BAD_INTEGRITY) {
        return gss->server_error.size > 0 ? &wrong_ticket : &wrong_proof;
    }
    for (size_t i = 0; minor != 0 && i < MIC_COUNT(reasons); i++) {
        if (reasons[i].code == (int32_t)minor) {
            return &reasons[i];
        }
    }
    switch (GSS_ROUTINE_ERROR(major)) {
    case GSS_S_NO_CRED:
        return &no_credential;
    case GSS_S_CREDENTIALS_EXPIRED:
    case GSS_S_CONTEXT_EXPIRED:
        return &expired_credential;
    case GSS_S_BAD_BINDINGS:
        return &wrong_binding;
    default:
        return &other;
    }
}

bool mic_gss_is_unknown_target(OM_uint32 minor)
{
    return (int32_t)minor == KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN;
}

bool mic_gss_is_malformed(OM_uint32 minor)
{
    return (int32_t)minor == KRB5_PARSE_MALFORMED;
}

/* ---- texts ---- */

/* gss_display_status keeps its place in @p more and its texts per thread (RFC 2743 2.4.1). */
static void append_status(char *out, size_t size, OM_uint32 status, int kind)
{
    OM_uint32 more = 0, ignored;
    size_t used = strlen(out);

    do {
        gss_buffer_desc text = GSS_C_EMPTY_BUFFER;

        if (gss_display_status(&ignored, status, kind, mic_gss_krb5, &more, &text) !=
            GSS_S_COMPLETE) {
            return;
        }
        if (used > 0 && used + 3 < size) {
            memcpy(out + used, "; ", 3);
            used += 2;
        }
        mic_err_quote(mic_str_trim((struct mic_str){text.value, text.length}), out + used,
                      size - used);
        used += strlen(out + used);
        gss_release_buffer(&ignored, &text);
    } while (more != 0 && used + 3 < size);
}

static void describe(OM_uint32 major, OM_uint32 minor, char *out, size_t size)
{
    out[0] = '\0';
    append_status(out, size, major, GSS_C_GSS_CODE);
    if (minor != 0) {
        append_status(out, size, minor, GSS_C_MECH_CODE);
    }
}

/* By what the server told of its time, if it did. Below a minute it is not the server's clock that
 * is wrong. */
static void describe_skew(const struct mic_gss *gss, char *out, size_t size)
{
    struct mic_str error = {gss->server_error.data, gss->server_error.size};
    int64_t server, here = (int64_t)time(NULL), skew;

    out[0] = '\0';
    if (error.size == 0 || !mic_gss_server_time(error, &server)) {
        return;
    }
    skew = server > here ? server - here : here - server;
    if (skew < 60) {
        (void)snprintf(out, size,
                       "; the server's agrees with this machine's, so look at the KDC's");
    } else {
        (void)snprintf(out, size, "; the server's is %lld s %s this machine's", (long long)skew,
                       server > here ? "ahead of" : "behind");
    }
}

static void describe_client(const struct mic_gss *gss, char *out, size_t size)
{
    char cache[160];

    if (gss->password.size > 0) {
        (void)snprintf(out, size, "%s (with the password given)", gss->principal);
        return;
    }
    mic_gss_cache_name(cache, sizeof(cache));
    (void)snprintf(out, size, "%s (cache %s)", mic_gss_client(gss), cache);
}

static void describe_target(const struct mic_gss *gss, const struct reason *reason, char *out,
                            size_t size)
{
    bool is_list = reason->row == MIC_E_LOGON_TARGET && !gss->port_in_spn && gss->spn == NULL &&
                   strncmp(mic_gss_target(gss), "host/", 5) == 0;

    (void)snprintf(out, size, "%s%s", is_list ? "HTTP, WSMAN and " : "", mic_gss_target(gss));
}

MI_Result mic_gss_fail(struct mic_gss *gss, OM_uint32 major, OM_uint32 minor, struct mic_err *err)
{
    const struct reason *reason = find_reason(gss, major, minor);
    char texts[360], client[300], target[160], skew[96];

    gss->is_final = reason->is_final;
    if (gss->krb5_text[0] != '\0') {
        (void)snprintf(texts, sizeof(texts), "%s", gss->krb5_text);
        gss->krb5_text[0] = '\0';
    } else {
        describe(major, minor, texts, sizeof(texts));
    }
    describe_client(gss, client, sizeof(client));
    describe_target(gss, reason, target, sizeof(target));
    skew[0] = '\0';
    if (reason->row == MIC_E_LOGON_CLOCK) {
        describe_skew(gss, skew, sizeof(skew));
    }
    mic_err_set(err, reason->row, "the Kerberos logon to %s as %s failed: %s%s (%s)", target,
                client, reason->text, skew, texts);
    if (reason->remedy != NULL) {
        mic_err_remedy(err, "%s", reason->remedy);
    }
    err->native = minor;
    return err->result;
}

MI_Result mic_gss_fail_message(const char *what, OM_uint32 major, OM_uint32 minor,
                               struct mic_err *err)
{
    char texts[360];

    describe(major, minor, texts, sizeof(texts));
    mic_err_set(err, MIC_E_SEAL, "%s (%s)", what, texts);
    err->native = minor;
    return err->result;
}
