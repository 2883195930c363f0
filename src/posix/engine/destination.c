#include "engine/destination.h"

#include <string.h>
#include <sys/stat.h>

#include "auth/spn.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"
#include "common/utf.h"

#define OPTION(name) "__MI_DESTINATIONOPTIONS_" name
#define HOST_MAX     255
#define PATH_MAX_LEN 2048
#define LOCALE_MAX   85

/* What the text says; an empty part is one it does not mention. */
struct parts {
    struct mic_str scheme, host, zone, path;
    uint32_t port; /* 0: not said */
};

static MI_Result fail(struct mic_err *err, const char *text, const char *why)
{
    char quoted[128];
    mic_err_quote(mic_str_from(text), quoted, sizeof(quoted));
    return mic_err_set(err, MIC_E_ARGUMENT, "The destination \"%s\" %s.", quoted, why);
}

static bool is_host_char(char c)
{
    unsigned char byte = (unsigned char)c;
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '_' || byte == '.' ||
           byte >= 0x80;
}

static bool is_address6_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' ||
           c == '.';
}

static bool all_of(struct mic_str text, bool (*is_good)(char c))
{
    for (size_t i = 0; i < text.size; i++) {
        if (!is_good(text.data[i])) {
            return false;
        }
    }
    return text.size > 0;
}

static bool is_zone_char(char c)
{
    return is_host_char(c) && (unsigned char)c < 0x80;
}

static bool is_path_char(char c)
{
    return (unsigned char)c > 0x20 && (unsigned char)c < 0x7f && strchr("\"<>\\^`{|}#", c) == NULL;
}

static bool is_locale_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

static size_t count_of(struct mic_str text, char wanted)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        count += text.data[i] == wanted;
    }
    return count;
}

static struct mic_str take(struct mic_str *rest, size_t size)
{
    struct mic_str head = {rest->data, size};
    rest->data += size;
    rest->size -= size;
    return head;
}

static size_t index_of(struct mic_str text, char wanted)
{
    const char *at = text.size == 0 ? NULL : memchr(text.data, wanted, text.size);
    return at == NULL ? text.size : (size_t)(at - text.data);
}

/* fe80::1%eth0, in a URL also fe80::1%25eth0 (RFC 6874) */
static bool split_address6(struct mic_str address, struct parts *parts)
{
    struct mic_str host = take(&address, index_of(address, '%'));
    if (address.size > 0) {
        take(&address, 1);
        if (mic_str_starts_with(address, MIC_STR("25")) && address.size > 2) {
            take(&address, 2);
        }
        if (!all_of(address, is_zone_char)) {
            return false;
        }
        parts->zone = address;
    }
    parts->host = host;
    return all_of(host, is_address6_char) && count_of(host, ':') >= 2;
}

static bool split_port(struct mic_str text, struct parts *parts)
{
    uint32_t port;
    if (text.size == 0 || text.data[0] == '+' || !mic_parse_u32(text, &port) || port == 0 ||
        port > 65535) {
        return false;
    }
    parts->port = port;
    return true;
}

static const char *split_authority(struct mic_str text, struct parts *parts)
{
    if (count_of(text, '@') > 0) {
        return "carries a user; give credentials with "
               "MI_DestinationOptions_AddDestinationCredentials";
    }
    if (text.size > 0 && text.data[0] == '[') {
        size_t close = index_of(text, ']');
        if (close == text.size ||
            !split_address6((struct mic_str){text.data + 1, close - 1}, parts)) {
            return "holds no IPv6 address between its brackets";
        }
        take(&text, close + 1);
    } else if (count_of(text, ':') >= 2) {
        return split_address6(text, parts) ? NULL : "is no IPv6 address and no host:port";
    } else {
        parts->host = take(&text, index_of(text, ':'));
        if (parts->host.size > HOST_MAX || !all_of(parts->host, is_host_char) ||
            !mic_utf8_is_valid(parts->host.data, parts->host.size, NULL)) {
            return "is no host name";
        }
    }
    if (text.size == 0) {
        return NULL;
    }
    if (text.data[0] != ':') {
        return "has something else than a port behind its address";
    }
    take(&text, 1);
    return split_port(text, parts) ? NULL : "names no port between 1 and 65535";
}

static const char *split(const char *text, struct parts *parts)
{
    struct mic_str rest = mic_str_from(text);
    const char *mark = strstr(text, "://");
    if (mark != NULL) {
        parts->scheme = take(&rest, (size_t)(mark - text));
        take(&rest, 3);
        if (!mic_str_equal_nocase(parts->scheme, MIC_STR("http")) &&
            !mic_str_equal_nocase(parts->scheme, MIC_STR("https"))) {
            return "has a scheme that is neither http nor https";
        }
        struct mic_str authority = take(&rest, index_of(rest, '/'));
        if (rest.size > 1) {
            parts->path = rest;
            if (rest.size > PATH_MAX_LEN || !all_of(rest, is_path_char)) {
                return "has a path with characters that a URL must not hold";
            }
        }
        return split_authority(authority, parts);
    }
    if (index_of(rest, '/') != rest.size) {
        return "has a path but no scheme; write a full URL such as http://host:5985/wsman";
    }
    return split_authority(rest, parts);
}

static MI_Result choose_scheme(struct mic_destination *to, const char *text,
                               const struct parts *parts, const struct mic_bag *options,
                               struct mic_err *err)
{
    const char *transport = mic_bag_string(options, OPTION("TRANSPORT"), NULL);
    if (transport != NULL && !mic_text_equal_nocase(transport, "HTTP") &&
        !mic_text_equal_nocase(transport, "HTTPS")) {
        char quoted[64];
        mic_err_quote(mic_str_from(transport), quoted, sizeof(quoted));
        return mic_err_set(err, MIC_E_ARGUMENT, "The transport \"%s\" is neither HTTP nor HTTPS.",
                           quoted);
    }
    bool option_https = mic_text_equal_nocase(transport, "HTTPS");
    to->has_scheme = transport != NULL || parts->scheme.size > 0;
    if (parts->scheme.size == 0) {
        to->https = option_https;
        return MI_RESULT_OK;
    }
    to->https = mic_str_equal_nocase(parts->scheme, MIC_STR("https"));
    if (transport != NULL && to->https != option_https) {
        return fail(err, text, "contradicts the transport option");
    }
    return MI_RESULT_OK;
}

static MI_Result choose_port(struct mic_destination *to, const char *text,
                             const struct parts *parts, const struct mic_bag *options,
                             struct mic_err *err)
{
    MI_Value value;
    MI_Uint32 option = 0;
    if (mic_bag_get(options, OPTION("DESTINATION_PORT"), MI_UINT32, &value) == MI_RESULT_OK) {
        option = value.uint32;
        if (option == 0 || option > 65535) {
            return mic_err_set(err, MIC_E_ARGUMENT,
                               "The destination port %u is not between 1 and 65535.",
                               (unsigned)option);
        }
    }
    if (option != 0 && parts->port != 0 && option != parts->port) {
        return fail(err, text, "contradicts the destination port option");
    }
    uint32_t port = option != 0 ? option : parts->port;
    to->has_port = port != 0;
    if (port == 0) {
        port = to->https ? MIC_PORT_HTTPS : MIC_PORT_HTTP;
    }
    to->port = (uint16_t)port;
    return MI_RESULT_OK;
}

static struct mic_str without_leading_slash(struct mic_str path)
{
    if (path.size > 0 && path.data[0] == '/') {
        take(&path, 1);
    }
    return path;
}

static MI_Result choose_path(struct mic_destination *to, const char *text,
                             const struct parts *parts, const struct mic_bag *options,
                             struct mic_err *err)
{
    const char *prefix = mic_bag_string(options, OPTION("HTTP_URL_PREFIX"), NULL);
    struct mic_str path = without_leading_slash(parts->path);
    if (prefix != NULL) {
        struct mic_str wanted = without_leading_slash(mic_str_from(prefix));
        if (wanted.size > PATH_MAX_LEN || (wanted.size > 0 && !all_of(wanted, is_path_char))) {
            return mic_err_set(err, MIC_E_ARGUMENT,
                               "The URL prefix holds characters that a URL must not hold.");
        }
        if (parts->path.size > 0 && !mic_str_equal(path, wanted)) {
            return fail(err, text, "contradicts the URL prefix option");
        }
        path = wanted;
    } else if (parts->path.size == 0) {
        path = MIC_STR("wsman");
    }
    struct mic_buf buf;
    mic_buf_init(&buf);
    mic_buf_append_char(&buf, '/');
    mic_buf_append_str(&buf, path);
    to->path = mic_buf_steal(&buf, NULL);
    mic_buf_fini(&buf);
    return to->path != NULL ? MI_RESULT_OK : mic_err_set(err, MIC_E_MEMORY, "Out of memory.");
}

static MI_Result finish(struct mic_destination *to, const struct parts *parts, struct mic_err *err)
{
    bool is_address6 = count_of(parts->host, ':') > 0;
    struct mic_buf host, url;
    mic_buf_init(&host);
    mic_buf_init(&url);
    mic_buf_append_str(&host, parts->host);
    if (parts->zone.size > 0) {
        mic_buf_append_char(&host, '%');
        mic_buf_append_str(&host, parts->zone);
    }
    mic_buf_append_text(&url, to->https ? "https://" : "http://");
    mic_buf_append_text(&url, is_address6 ? "[" : "");
    mic_buf_append_str(&url, parts->host);
    mic_buf_append_text(&url, is_address6 ? "]" : "");
    mic_buf_append_format(&url, ":%u", (unsigned)to->port);
    mic_buf_append_text(&url, to->path);
    to->host = mic_buf_steal(&host, NULL);
    to->url = mic_buf_steal(&url, NULL);
    mic_buf_fini(&host);
    mic_buf_fini(&url);
    return to->host != NULL && to->url != NULL ? MI_RESULT_OK
                                               : mic_err_set(err, MIC_E_MEMORY, "Out of memory.");
}

MI_Result mic_destination_init(struct mic_destination *destination, const char *text,
                               const struct mic_bag *options, struct mic_err *err)
{
    memset(destination, 0, sizeof(*destination));
    if (text == NULL || text[0] == '\0' || strcmp(text, ".") == 0) {
        text = "localhost";
    }
    struct parts parts = {.port = 0};
    const char *why = split(text, &parts);
    MI_Result result = why == NULL ? MI_RESULT_OK : fail(err, text, why);
    if (result == MI_RESULT_OK) {
        result = choose_scheme(destination, text, &parts, options, err);
    }
    if (result == MI_RESULT_OK) {
        result = choose_port(destination, text, &parts, options, err);
    }
    if (result == MI_RESULT_OK) {
        result = choose_path(destination, text, &parts, options, err);
    }
    if (result == MI_RESULT_OK) {
        result = finish(destination, &parts, err);
    }
    if (result != MI_RESULT_OK) {
        mic_destination_fini(destination);
    }
    return result;
}

void mic_destination_fini(struct mic_destination *destination)
{
    mic_free(destination->host);
    mic_free(destination->path);
    mic_free(destination->url);
    memset(destination, 0, sizeof(*destination));
}

MI_Result mic_destination_check_protocol(const char *protocol, struct mic_err *err)
{
    if (protocol == NULL || mic_text_equal_nocase(protocol, "WINRM") ||
        mic_text_equal_nocase(protocol, "MI_REMOTE_WSMAN")) {
        return MI_RESULT_OK;
    }
    char quoted[64];
    mic_err_quote(mic_str_from(protocol), quoted, sizeof(quoted));
    if (mic_text_equal_nocase(protocol, "WMIDCOM")) {
        return mic_err_set(err, MIC_E_NOT_SUPPORTED,
                           "The protocol WMIDCOM exists on Windows only; use WINRM.");
    }
    return mic_err_set(err, MIC_E_NOT_SUPPORTED, "The protocol \"%s\" is unknown; use WINRM.",
                       quoted);
}

/* A language tag (RFC 5646); what is none would be refused by the server at the latest. */
static MI_Result check_locale(const struct mic_bag *options, const char *name, struct mic_err *err)
{
    char quoted[64];
    const char *tag = mic_bag_string(options, name, NULL);
    if (tag == NULL || (strlen(tag) <= LOCALE_MAX && all_of(mic_str_from(tag), is_locale_char))) {
        return MI_RESULT_OK;
    }
    mic_err_quote(mic_str_from(tag), quoted, sizeof(quoted));
    return mic_err_set(err, MIC_E_ARGUMENT, "The locale \"%s\" is no language tag such as en-US.",
                       quoted);
}

static MI_Result check_delegation(const struct mic_bag *options, struct mic_err *err)
{
    MI_Uint32 number = mic_bag_number(options, OPTION("DELEGATION"), 0);
    return number <= MIC_DELEGATE_ALWAYS
               ? MI_RESULT_OK
               : mic_err_set(err, MIC_E_ARGUMENT,
                             "The delegation option is %u; it is 0 (never), 1 (as the KDC's policy "
                             "has it) or 2 (always).",
                             (unsigned)number);
}

static MI_Result check_options(const struct mic_bag *options, struct mic_err *err)
{
    char quoted[64];
    const char *encoding = mic_bag_string(options, OPTION("PACKET_ENCODING"), NULL);
    if (encoding != NULL && !mic_text_equal_nocase(encoding, "default") &&
        !mic_text_equal_nocase(encoding, "UTF8")) {
        bool is_known = mic_text_equal_nocase(encoding, "UTF16");
        mic_err_quote(mic_str_from(encoding), quoted, sizeof(quoted));
        return mic_err_set(err, is_known ? MIC_E_NOT_SUPPORTED : MIC_E_ARGUMENT,
                           "The packet encoding \"%s\" is not supported; use UTF8.", quoted);
    }
    MI_Result result = check_locale(options, OPTION("UI_LOCALE"), err);
    if (result == MI_RESULT_OK) {
        result = check_locale(options, OPTION("DATA_LOCALE"), err);
    }
    if (result == MI_RESULT_OK) {
        result = mic_spn_check(mic_bag_string(options, OPTION("SPN"), NULL), err);
    }
    return result != MI_RESULT_OK ? result : check_delegation(options, err);
}

/* The password of a key is the secret of credentials under a key of their own, so that it is kept
 * like one. */
static void read_certificate(const struct mic_bag *options, struct mic_http_target *target)
{
    const struct mic_credentials *credentials =
        mic_bag_credentials(options, OPTION("PRIVATE_KEY_CREDENTIALS"), 0);

    target->certificate_file = mic_bag_string(options, OPTION("CERT_FILE"), NULL);
    target->key_file = mic_bag_string(options, OPTION("PRIVATE_KEY_FILE"), NULL);
    if (credentials != NULL && credentials->has_password) {
        target->key_password = &credentials->password;
    }
}

/* TLS shows a certificate whatever else the server asks for: that is how two sets can mean two
 * factors. Of two certificates it could show but one. */
static MI_Result add_certificate(const struct mic_credentials *credentials,
                                 struct mic_http_target *target, struct mic_err *err)
{
    if (credentials->thumbprint == NULL) {
        return MI_RESULT_OK;
    }
    if (target->thumbprint != NULL) {
        return mic_err_set(err, MIC_E_NOT_SUPPORTED,
                           "Credentials with two client certificates were given for the "
                           "destination; a connection shows one.");
    }
    target->thumbprint = credentials->thumbprint;
    target->thumbprint_is_issuer =
        mic_text_equal_nocase(credentials->authentication_type, MI_AUTH_TYPE_ISSUER_CERT);
    return MI_RESULT_OK;
}

static MI_Result read_credentials(const struct mic_bag *options, struct mic_http_target *target,
                                  struct mic_err *err)
{
    const struct mic_credentials *credentials;
    MI_Result result = MI_RESULT_OK;
    for (MI_Uint32 i = 0;
         result == MI_RESULT_OK &&
         (credentials = mic_bag_credentials(options, OPTION("DESTINATION_CREDENTIALS"), i)) != NULL;
         i++) {
        const struct mic_http_logon logon = {
            credentials->authentication_type, credentials->domain, credentials->user,
            credentials->has_password ? &credentials->password : NULL};
        if (i == 0) {
            target->auth_type = logon.auth_type;
            target->domain = logon.domain;
            target->user = logon.user;
            target->password = logon.password;
        } else if (target->other_count == MIC_COUNT(target->others)) {
            return mic_err_set(err, MIC_E_ARGUMENT, "Too many credentials for the destination.");
        } else {
            target->others[target->other_count++] = logon;
        }
        result = add_certificate(credentials, target, err);
    }
    return result;
}

MI_Result mic_destination_target(const struct mic_destination *destination,
                                 const struct mic_bag *options, struct mic_http_target *target,
                                 struct mic_err *err)
{
    MI_Result result = check_options(options, err);
    if (result != MI_RESULT_OK) {
        return result;
    }
    *target = (struct mic_http_target){
        .host = destination->host,
        .port = destination->port,
        .https = destination->https,
        .path = destination->path,
        .user_agent = "Microsoft WinRM Client",
        .check_ca = mic_bag_number(options, OPTION("CERT_CA_CHECK"), 1) != 0,
        .check_name = mic_bag_number(options, OPTION("CERT_CN_CHECK"), 1) != 0,
        .check_revocation = mic_bag_number(options, OPTION("CERT_REVOCATION_CHECK"), 1) != 0,
        .pins = mic_bag_string(options, OPTION("CERT_PIN"), NULL),
        .disabled_tls_versions = mic_bag_number(options, OPTION("SSL_OPTIONS"), 0),
        .privacy = mic_bag_number(options, OPTION("PACKET_PRIVACY"), 1) != 0,
        .port_in_spn = mic_bag_number(options, OPTION("ENCODE_PORT_IN_SPN"), 0) != 0,
        .spn = mic_bag_string(options, OPTION("SPN"), NULL),
        .delegation = (enum mic_delegation)mic_bag_number(options, OPTION("DELEGATION"), 0),
        .credssp_min_version = mic_bag_number(options, OPTION("CREDSSP_MIN_VERSION"), 0),
        .max_connections = 8,
    };
    read_certificate(options, target);
    /* One option for both: a bundle file is what most systems have (curl and OpenSSL keep them
     * apart). */
    const char *trusted = mic_bag_string(options, OPTION("TRUSTED_CERTS_DIR"), NULL);
    struct stat facts;
    if (trusted != NULL && stat(trusted, &facts) == 0 && S_ISREG(facts.st_mode)) {
        target->ca_file = trusted;
    } else {
        target->ca_directory = trusted;
    }
    return read_credentials(options, target, err);
}
