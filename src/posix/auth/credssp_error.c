#include "auth/credssp_error.h"

#include <stddef.h>
#include <string.h>

#include "base/str.h"

#define CHECK_PASSWORD "Check user name, domain and password."
#define CHECK_CLOCK    "Set the clocks of this machine, of the domain controller and of the server."
#define CHECK_SERVER                                                                               \
    "Check that the server's clock is right, that its own account holds the service name (setspn " \
    "-Q HTTP/name shows it on Windows) and that the user may log on there."
#define ASK_ADMIN "Let an administrator look at the account."

static const struct row {
    uint32_t status;
    enum mic_err_code code;
    const char *name, *words, *remedy;
} rows[] = {
    {0xC000006D, MIC_E_LOGON, "STATUS_LOGON_FAILURE", "the user name or the password is wrong",
     CHECK_PASSWORD},
    {0xC0000064, MIC_E_LOGON, "STATUS_NO_SUCH_USER", "there is no such user", CHECK_PASSWORD},
    {0xC000006A, MIC_E_LOGON, "STATUS_WRONG_PASSWORD", "the password is wrong", CHECK_PASSWORD},
    {0xC000006E, MIC_E_LOGON, "STATUS_ACCOUNT_RESTRICTION",
     "a rule for the account forbids it (an empty password, or a protected user)",
     "Give the account a password, and see that it is not in Protected Users."},
    {0xC000006F, MIC_E_LOGON, "STATUS_INVALID_LOGON_HOURS",
     "the account may not log on at this hour", ASK_ADMIN},
    {0xC0000070, MIC_E_LOGON, "STATUS_INVALID_WORKSTATION",
     "the account may not log on from this machine", ASK_ADMIN},
    {0xC0000071, MIC_E_LOGON_EXPIRED, "STATUS_PASSWORD_EXPIRED", "the password has expired", NULL},
    {0xC0000224, MIC_E_LOGON_EXPIRED, "STATUS_PASSWORD_MUST_CHANGE",
     "the password has to be changed first", NULL},
    {0xC0000072, MIC_E_LOGON, "STATUS_ACCOUNT_DISABLED", "the account is disabled", ASK_ADMIN},
    {0xC0000193, MIC_E_LOGON, "STATUS_ACCOUNT_EXPIRED", "the account has expired", ASK_ADMIN},
    {0xC0000234, MIC_E_LOGON, "STATUS_ACCOUNT_LOCKED_OUT", "the account is locked",
     "Wait until the lock ends, or let an administrator lift it."},
    {0xC000015B, MIC_E_LOGON, "STATUS_LOGON_TYPE_NOT_GRANTED",
     "the account lacks the right to log on in this way",
     "Put the account into Remote Management Users or Administrators of the server."},
    {0xC0000133, MIC_E_LOGON_CLOCK, "STATUS_TIME_DIFFERENCE_AT_DC",
     "the clocks of server and domain controller differ", CHECK_CLOCK},
    {0xC000005E, MIC_E_LOGON, "STATUS_NO_LOGON_SERVERS",
     "the server reaches no domain controller that could check the password",
     "Check the server's connection to its domain."},
    {0xC000018D, MIC_E_LOGON, "STATUS_TRUSTED_RELATIONSHIP_FAILURE",
     "the server and its domain do not trust one another",
     "Repair the server's membership in its domain (Test-ComputerSecureChannel -Repair)."},
    {0xC0000413, MIC_E_LOGON, "STATUS_AUTHENTICATION_FIREWALL_FAILED",
     "the account may not be used on this machine (selective authentication)", ASK_ADMIN},
    {0xC0000388, MIC_E_LOGON, "STATUS_DOWNGRADE_DETECTED",
     "the server found an attempt to make the logon weaker",
     "Check that nothing between this machine and the server changes the logon."},
    {0xC0000022, MIC_E_LOGON, "STATUS_ACCESS_DENIED", "the server denied access", ASK_ADMIN},
    {0x8009030C, MIC_E_LOGON, "SEC_E_LOGON_DENIED", "the user name or the password is wrong",
     CHECK_PASSWORD},
    {0x80090322, MIC_E_LOGON_TARGET, "SEC_E_WRONG_PRINCIPAL",
     "the ticket is for another account than the server's own", NULL},
    {0x80090324, MIC_E_LOGON_CLOCK, "SEC_E_TIME_SKEW", "the clocks differ too much", CHECK_CLOCK},
};

static const struct row unknown = {
    0, MIC_E_LOGON, "a status without a name here", "the server gives no words for it",
    "Look the status up; the security log of the server names the reason too."};

/* The password cannot be what is wrong, whatever the status says: the KDC gave a ticket for it. */
static bool is_about_ticket(const struct row *row, const char *inner)
{
    return row->remedy != NULL && strcmp(row->remedy, CHECK_PASSWORD) == 0 &&
           strcmp(inner, "Kerberos") == 0;
}

static const struct row *find_row(uint32_t status)
{
    for (size_t i = 0; i < MIC_COUNT(rows); i++) {
        if (rows[i].status == status) {
            return &rows[i];
        }
    }
    return &unknown;
}

bool mic_credssp_may_be_ticket(uint32_t status)
{
    const struct row *row = find_row(status);

    return is_about_ticket(row, "Kerberos") || row->code == MIC_E_LOGON_TARGET ||
           row->code == MIC_E_LOGON_CLOCK;
}

MI_Result mic_credssp_fail_status(const char *host, const char *user, const char *inner,
                                  const char *why, uint32_t status, struct mic_err *err)
{
    const struct row *row = find_row(status);
    const char *words, *remedy;
    char quoted[128];

    words = is_about_ticket(row, inner)
                ? "it does not take the ticket, which the KDC gave out for the right password"
                : row->words;
    remedy = is_about_ticket(row, inner) ? CHECK_SERVER : row->remedy;
    mic_err_quote(mic_str_from(user), quoted, sizeof(quoted));
    mic_err_set(err, row->code,
                "%s refused the logon of user \"%s\" with CredSSP (%s inside): %s (%s, "
                "0x%08lX)%s%s",
                host, quoted, inner, words, row->name, (unsigned long)status,
                why[0] != '\0' ? "; before that, " : "", why);
    if (remedy != NULL) {
        mic_err_remedy(err, "%s", remedy);
    }
    err->native = status;
    return err->result;
}
