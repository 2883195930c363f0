#include "cli/connect.h"

#include <stdlib.h>
#include <string.h>

#include "cli/console.h"
#include "cli/failure.h"
#include "cli/password.h"
#include "cli/text.h"

static const char usual_name_space[] = "root/cimv2";

/* To the server, or to the proxy. */
struct logon {
    struct password_place place;
    const MI_Char *scheme; /* NULL: none is given */
    const char *user_option, *scheme_option;
    MI_Result (*add)(MI_DestinationOptions *options, const MI_UserCredentials *credentials);
};

static MI_Result add_for_server(MI_DestinationOptions *options,
                                const MI_UserCredentials *credentials)
{
    return MI_DestinationOptions_AddDestinationCredentials(options, credentials);
}

static MI_Result add_for_proxy(MI_DestinationOptions *options,
                               const MI_UserCredentials *credentials)
{
    return MI_DestinationOptions_AddProxyCredentials(options, credentials);
}

/* DOMAIN\user or user. */
static MI_Result add_user(MI_DestinationOptions *options, const struct logon *logon,
                          const char *password)
{
    const char *user = logon->place.user;
    const char *backslash = strchr(user, '\\');
    const char *name = backslash != NULL ? backslash + 1 : user;
    struct text domain = {NULL, 0, 0};
    MI_UserCredentials credentials;
    MI_UsernamePasswordCreds *who = &credentials.credentials.usernamePassword;
    MI_Result result;

    memset(&credentials, 0, sizeof(credentials));
    credentials.authenticationType = logon->scheme;
    if (backslash != NULL) {
        text_append(&domain, user, (size_t)(backslash - user));
        who->domain = text_to_mi(text_of(&domain));
    }
    who->username = text_to_mi(name);
    who->password = text_to_mi(password);
    result = logon->add(options, &credentials);
    text_release_mi(who->domain, text_of(&domain));
    text_release_mi(who->username, name);
    text_release_mi(who->password, password);
    text_free(&domain);
    return result;
}

static MI_Result add_certificate(MI_DestinationOptions *options, const char *thumbprint)
{
    const char *text = thumbprint != NULL ? thumbprint : "";
    MI_UserCredentials credentials;
    MI_Result result;

    memset(&credentials, 0, sizeof(credentials));
    credentials.authenticationType = MI_AUTH_TYPE_CLIENT_CERTS;
    credentials.credentials.certificateThumbprint = text_to_mi(text);
    result = MI_DestinationOptions_AddDestinationCredentials(options, &credentials);
    text_release_mi(credentials.credentials.certificateThumbprint, text);
    return result;
}

static MI_Result add_key_password(MI_DestinationOptions *options, const char *password)
{
    MI_UserCredentials credentials;
    MI_Result result;

    memset(&credentials, 0, sizeof(credentials));
    credentials.authenticationType = MI_AUTH_TYPE_BASIC;
    credentials.credentials.usernamePassword.username = MI_T("");
    credentials.credentials.usernamePassword.password = text_to_mi(password);
    result = options->ft->AddCredentials(
        options, MI_T("__MI_DESTINATIONOPTIONS_PRIVATE_KEY_CREDENTIALS"), &credentials, 0);
    text_release_mi(credentials.credentials.usernamePassword.password, password);
    return result;
}

static int unlock_key(const struct arguments *arguments, MI_DestinationOptions *options)
{
    char password[PASSWORD_SIZE] = "";
    MI_Result result = MI_RESULT_OK;
    bool is_given = false;
    int status;

    if (arguments->certificate == NULL) {
        return -1;
    }
    status = password_read_of_key(arguments, password, &is_given);
    if (status < 0 && is_given) {
        result = add_key_password(options, password);
    }
    text_wipe(password, sizeof(password));
    return result == MI_RESULT_OK ? status : failure_report("--cert", result, NULL, NULL);
}

static int log_on(const struct logon *logon, MI_DestinationOptions *options)
{
    char password[PASSWORD_SIZE] = "";
    MI_Result result = MI_RESULT_OK;
    int status = -1;

    if (logon->place.user != NULL) {
        status = password_read(&logon->place, password);
        if (status < 0) {
            result = add_user(options, logon, password);
        }
        text_wipe(password, sizeof(password));
    } else if (logon->scheme != NULL) {
        MI_UserCredentials nobody;
        memset(&nobody, 0, sizeof(nobody));
        nobody.authenticationType = logon->scheme;
        result = logon->add(options, &nobody);
    }
    if (result != MI_RESULT_OK) {
        status =
            failure_report(logon->place.user != NULL ? logon->user_option : logon->scheme_option,
                           result, NULL, NULL);
    }
    return status;
}

static int log_on_to_server(const struct arguments *arguments, MI_DestinationOptions *options)
{
    MI_Result shown;
    struct logon logon = {
        .place = {arguments->user, arguments->password_file, "MI_PASSWORD", "--password-file"},
        .scheme = arguments->auth != NULL ? arguments->auth
                                          : console_usual_scheme(arguments->user != NULL),
        .user_option = "--user",
        .scheme_option = "--auth",
        .add = add_for_server,
    };

    if (!arguments->by_certificate) {
        return log_on(&logon, options);
    }
    shown = add_certificate(options, arguments->thumbprint);
    return shown == MI_RESULT_OK ? -1 : failure_report("--cert", shown, NULL, NULL);
}

static int log_on_to_proxy(const struct arguments *arguments, MI_DestinationOptions *options)
{
    const MI_Char *usual = arguments->proxy_user != NULL ? MI_AUTH_TYPE_BASIC : NULL;
    struct logon logon = {
        .place = {arguments->proxy_user, arguments->proxy_password_file, "MI_PROXY_PASSWORD",
                  "--proxy-password-file"},
        .scheme = arguments->proxy_auth != NULL ? arguments->proxy_auth : usual,
        .user_option = "--proxy-user",
        .scheme_option = "--proxy-auth",
        .add = add_for_proxy,
    };

    return log_on(&logon, options);
}

MI_Interval interval_of(double seconds)
{
    MI_Interval interval;
    unsigned long long whole = (unsigned long long)seconds;

    memset(&interval, 0, sizeof(interval));
    interval.days = (MI_Uint32)(whole / 86400);
    interval.hours = (MI_Uint32)(whole / 3600 % 24);
    interval.minutes = (MI_Uint32)(whole / 60 % 60);
    interval.seconds = (MI_Uint32)(whole % 60);
    interval.microseconds = (MI_Uint32)((seconds - (double)whole) * 1e6);
    return interval;
}

/* One function per option, so that a refusal names the option. */

static MI_Result set_https(const struct arguments *arguments, MI_DestinationOptions *options)
{
    return !arguments->https
               ? MI_RESULT_OK
               : MI_DestinationOptions_SetTransport(options, MI_DESTINATIONOPTIONS_TRANSPORT_HTTPS);
}

static MI_Result set_port(const struct arguments *arguments, MI_DestinationOptions *options)
{
    return arguments->port == 0
               ? MI_RESULT_OK
               : MI_DestinationOptions_SetDestinationPort(options, arguments->port);
}

static MI_Result set_url_prefix(const struct arguments *arguments, MI_DestinationOptions *options)
{
    const MI_Char *prefix = text_to_mi(arguments->url_prefix);
    MI_Result result =
        prefix == NULL ? MI_RESULT_OK : MI_DestinationOptions_SetHttpUrlPrefix(options, prefix);

    text_release_mi(prefix, arguments->url_prefix);
    return result;
}

static MI_Result set_clear_text(const struct arguments *arguments, MI_DestinationOptions *options)
{
    return !arguments->clear_text ? MI_RESULT_OK
                                  : MI_DestinationOptions_SetPacketPrivacy(options, MI_FALSE);
}

static MI_Result set_proxy(const struct arguments *arguments, MI_DestinationOptions *options)
{
    const MI_Char *proxy;
    MI_Result result;

    if (arguments->proxy == NULL) {
        return MI_RESULT_OK;
    }
    if (strcmp(arguments->proxy, "none") == 0) {
        return MI_DestinationOptions_SetProxyType(options, MI_DESTINATIONOPTIONS_PROXY_TYPE_NONE);
    }
    proxy = text_to_mi(arguments->proxy);
    result = MI_DestinationOptions_SetString(options, MI_T("__MI_DESTINATIONOPTIONS_PROXY"), proxy);
    text_release_mi(proxy, arguments->proxy);
    return result;
}

static MI_Result set_ca(const struct arguments *arguments, MI_DestinationOptions *options)
{
    const MI_Char *ca = text_to_mi(arguments->ca);
    MI_Result result =
        ca == NULL ? MI_RESULT_OK : MI_DestinationOptions_SetTrustedCertsDir(options, ca);

    text_release_mi(ca, arguments->ca);
    return result;
}

static MI_Result set_no_verify_ca(const struct arguments *arguments, MI_DestinationOptions *options)
{
    return !arguments->no_verify_ca ? MI_RESULT_OK
                                    : MI_DestinationOptions_SetCertCACheck(options, MI_FALSE);
}

static MI_Result set_no_verify_name(const struct arguments *arguments,
                                    MI_DestinationOptions *options)
{
    return !arguments->no_verify_name ? MI_RESULT_OK
                                      : MI_DestinationOptions_SetCertCNCheck(options, MI_FALSE);
}

static MI_Result set_no_verify_revocation(const struct arguments *arguments,
                                          MI_DestinationOptions *options)
{
    return !arguments->no_verify_revocation
               ? MI_RESULT_OK
               : MI_DestinationOptions_SetCertRevocationCheck(options, MI_FALSE);
}

static MI_Result set_pin(const struct arguments *arguments, MI_DestinationOptions *options)
{
    const MI_Char *pin;
    MI_Result result;

    if (arguments->pin == NULL) {
        return MI_RESULT_OK;
    }
    if (!console_has_own_library()) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    pin = text_to_mi(arguments->pin);
    result = options->ft->SetString(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_PIN"), pin, 0);
    text_release_mi(pin, arguments->pin);
    return result;
}

static MI_Result set_spn(const struct arguments *arguments, MI_DestinationOptions *options)
{
    const MI_Char *spn;
    MI_Result result;

    if (arguments->spn == NULL) {
        return MI_RESULT_OK;
    }
    if (!console_has_own_library()) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    spn = text_to_mi(arguments->spn);
    result = options->ft->SetString(options, MI_T("__MI_DESTINATIONOPTIONS_SPN"), spn, 0);
    text_release_mi(spn, arguments->spn);
    return result;
}

static MI_Result set_delegation(const struct arguments *arguments, MI_DestinationOptions *options)
{
    if (arguments->delegation == NULL) {
        return MI_RESULT_OK;
    }
    if (!console_has_own_library()) {
        return MI_RESULT_NOT_SUPPORTED;
    }
    return options->ft->SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_DELEGATION"),
                                  strcmp(arguments->delegation, "always") == 0 ? 2 : 1, 0);
}

static MI_Result set_certificate(const struct arguments *arguments, MI_DestinationOptions *options)
{
    const MI_Char *file = text_to_mi(arguments->certificate);
    MI_Result result =
        file == NULL ? MI_RESULT_OK : MI_DestinationOptions_SetCertFile(options, file);

    text_release_mi(file, arguments->certificate);
    return result;
}

static MI_Result set_key(const struct arguments *arguments, MI_DestinationOptions *options)
{
    const MI_Char *file = text_to_mi(arguments->key);
    MI_Result result =
        file == NULL ? MI_RESULT_OK : MI_DestinationOptions_SetPrivateKeyFile(options, file);

    text_release_mi(file, arguments->key);
    return result;
}

static MI_Result set_timeout(const struct arguments *arguments, MI_DestinationOptions *options)
{
    MI_Interval timeout = interval_of(arguments->timeout);

    return arguments->timeout <= 0 ? MI_RESULT_OK
                                   : MI_DestinationOptions_SetTimeout(options, &timeout);
}

static const struct {
    const char *option;
    MI_Result (*set)(const struct arguments *arguments, MI_DestinationOptions *options);
} setters[] = {
    {"--https", set_https},
    {"--port", set_port},
    {"--url-prefix", set_url_prefix},
    {"--clear-text", set_clear_text},
    {"--proxy", set_proxy},
    {"--ca-file", set_ca},
    {"--no-verify-ca", set_no_verify_ca},
    {"--no-verify-name", set_no_verify_name},
    {"--no-verify-revocation", set_no_verify_revocation},
    {"--pin", set_pin},
    {"--spn", set_spn},
    {"--delegate", set_delegation},
    {"--cert", set_certificate},
    {"--cert-key", set_key},
    {"--timeout", set_timeout},
};

static int set_options(const struct arguments *arguments, MI_DestinationOptions *options)
{
    int status;

    for (size_t i = 0; i < sizeof(setters) / sizeof(setters[0]); i++) {
        MI_Result result = setters[i].set(arguments, options);
        if (result != MI_RESULT_OK) {
            return failure_report(setters[i].option, result, NULL, NULL);
        }
    }
    status = unlock_key(arguments, options);
    if (status < 0) {
        status = log_on_to_server(arguments, options);
    }
    return status < 0 ? log_on_to_proxy(arguments, options) : status;
}

static int report_and_delete(const char *what, MI_Result result, MI_Instance *error)
{
    int status = result == MI_RESULT_OK ? -1 : failure_report(what, result, NULL, error);

    if (error != NULL) {
        MI_Instance_Delete(error);
    }
    return status;
}

static const char *named(const struct arguments *arguments)
{
    return arguments->host != NULL ? arguments->host : "session";
}

static int make_options(const struct arguments *arguments, struct connection *out,
                        MI_DestinationOptions *options)
{
    MI_Result result = MI_Application_NewDestinationOptions(&out->application, options);
    int status;

    if (result != MI_RESULT_OK) {
        return failure_report(named(arguments), result, NULL, NULL);
    }
    status = set_options(arguments, options);
    if (status >= 0) {
        MI_DestinationOptions_Delete(options);
    }
    return status;
}

static int open_session(const struct arguments *arguments, struct connection *out)
{
    MI_DestinationOptions options;
    MI_Instance *error = NULL;
    MI_Result result;
    int status = make_options(arguments, out, &options);

    if (status >= 0) {
        return status;
    }
    result = MI_Application_NewSession(&out->application, MI_T("WINRM"), out->host, &options, NULL,
                                       &error, &out->session);
    status = report_and_delete(named(arguments), result, error);
    MI_DestinationOptions_Delete(&options);
    return status;
}

static MI_Uint32 flags_of(const struct arguments *arguments)
{
    return (arguments->no_types ? MI_OPERATIONFLAGS_NO_RTTI : 0U) |
           (arguments->shallow ? MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW : 0U) |
           (arguments->base_only ? MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY : 0U);
}

static void set_trace(int verbosity)
{
    static const char *const levels[] = {"all:1", "all:2", "all:3"};
    if (verbosity > 0) {
        console_set_environment("MI_TRACE", levels[verbosity > 3 ? 2 : verbosity - 1]);
    }
}

static const char *name_space_of(const struct arguments *arguments)
{
    return arguments->name_space != NULL ? arguments->name_space : usual_name_space;
}

static int begin(const struct arguments *arguments, struct connection *out)
{
    MI_Instance *error = NULL;
    MI_Result result;
    int status;

    memset(out, 0, sizeof(*out));
    set_trace(arguments->verbosity);
    result = MI_Application_Initialize(0, NULL, &error, &out->application);
    status = report_and_delete("start", result, error);
    if (status >= 0) {
        return status;
    }
    out->arguments = arguments;
    out->name_space = text_to_mi(name_space_of(arguments));
    out->host = text_to_mi(arguments->host);
    out->flags = flags_of(arguments);
    return -1;
}

int connection_open(const struct arguments *arguments, struct connection *out)
{
    int status = begin(arguments, out);

    if (status >= 0) {
        return status;
    }
    status = open_session(arguments, out);
    if (status >= 0) {
        connection_close(out);
    }
    return status;
}

int connection_prepare(const struct arguments *arguments, struct connection *out,
                       MI_DestinationOptions *options)
{
    int status = begin(arguments, out);

    if (status >= 0) {
        return status;
    }
    status = make_options(arguments, out, options);
    if (status >= 0) {
        connection_close(out);
    }
    return status;
}

void connection_close(struct connection *connection)
{
    if (connection->session.ft != NULL) {
        MI_Session_Close(&connection->session, NULL, NULL);
    }
    MI_Application_Close(&connection->application);
    text_release_mi(connection->name_space, name_space_of(connection->arguments));
    text_release_mi(connection->host, connection->arguments->host);
}
