#include "engine/proxy.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "common/utf.h"
#include "engine/no_proxy.h"

#define OPTION(name) "__MI_DESTINATIONOPTIONS_" name
#define HOST_MAX     255

static const char remedy[] =
    "Write it as host:port or http://host:port; set the proxy type None, or "
    "name the host in no_proxy, to go without a proxy.";

static MI_Result fail(struct mic_err *err, enum mic_err_code code, const char *source,
                      const char *why)
{
    MI_Result result = mic_err_set(err, code, "The proxy in %s %s.", source, why);

    mic_err_remedy(err, "%s", remedy);
    return result;
}

/* ---- its text ---- */

static bool is_host_char(char c)
{
    unsigned char byte = (unsigned char)c;

    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '_' || byte == '.' ||
           byte >= 0x80;
}

static bool is_name(struct mic_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!is_host_char(text.data[i])) {
            return false;
        }
    }
    return text.size > 0 && text.size <= HOST_MAX && mic_utf8_is_valid(text.data, text.size, NULL);
}

/* "::1", "fe80::1%eth0", "fe80::1%25eth0" (RFC 6874). @return NULL when it is none or no memory */
static char *copy_address6(struct mic_str text)
{
    const char *percent = text.size > 0 ? memchr(text.data, '%', text.size) : NULL;
    size_t size = percent != NULL ? (size_t)(percent - text.data) : text.size;
    struct mic_str zone = {NULL, 0};
    char address[INET6_ADDRSTRLEN];
    struct in6_addr bytes;
    struct mic_buf copy;
    char *stolen;

    if (size >= sizeof(address)) {
        return NULL;
    }
    memcpy(address, text.data, size);
    address[size] = '\0';
    if (percent != NULL) {
        zone = (struct mic_str){percent + 1, text.size - size - 1};
        if (mic_str_starts_with(zone, MIC_STR("25")) && zone.size > 2) {
            zone = (struct mic_str){zone.data + 2, zone.size - 2};
        }
    }
    if (inet_pton(AF_INET6, address, &bytes) != 1 || (percent != NULL && !is_name(zone))) {
        return NULL;
    }
    mic_buf_init(&copy);
    mic_buf_append_text(&copy, address);
    mic_buf_append_text(&copy, percent != NULL ? "%" : "");
    mic_buf_append_str(&copy, zone);
    mic_buf_append_char(&copy, '\0');
    stolen = mic_buf_steal(&copy, NULL);
    mic_buf_fini(&copy);
    return stolen;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* %XX undone, into room taken at once: no copy of a password stays behind. */
static char *decode(struct mic_str text, size_t *size)
{
    char *out = mic_alloc(text.size + 1);
    size_t used = 0;

    for (size_t i = 0; out != NULL && i < text.size; i++) {
        bool is_coded = text.data[i] == '%' && text.size - i > 2 &&
                        hex_digit(text.data[i + 1]) >= 0 && hex_digit(text.data[i + 2]) >= 0;

        out[used] = text.data[i];
        if (is_coded) {
            out[used] = (char)(hex_digit(text.data[i + 1]) << 4 | hex_digit(text.data[i + 2]));
            i += 2;
        }
        used++;
    }
    if (out != NULL) {
        out[used] = '\0';
    }
    *size = used;
    return out;
}

static MI_Result read_user(struct mic_proxy *proxy, struct mic_str text, const char *source,
                           struct mic_err *err)
{
    const char *colon = text.size > 0 ? memchr(text.data, ':', text.size) : NULL;
    size_t user_size = colon != NULL ? (size_t)(colon - text.data) : text.size;
    struct mic_str secret = {colon != NULL ? colon + 1 : "",
                             colon != NULL ? text.size - user_size - 1 : 0};
    char *password;
    size_t size, password_size;
    bool is_whole, has_memory;

    proxy->user = decode((struct mic_str){text.data, user_size}, &size);
    password = decode(secret, &password_size);
    has_memory =
        proxy->user != NULL && password != NULL && mic_secret_init(&proxy->password, password) == 0;
    is_whole = has_memory && strlen(proxy->user) == size && strlen(password) == password_size;
    if (password != NULL) {
        mic_wipe(password, secret.size + 1);
    }
    mic_free(password);
    if (!has_memory) {
        return mic_err_set(err, MIC_E_MEMORY, "Out of memory.");
    }
    if (!is_whole || size == 0) {
        return fail(err, MIC_E_ARGUMENT, source, "has a user name that cannot be used");
    }
    return MI_RESULT_OK;
}

/* ":3128" */
static bool read_port(struct mic_str text, uint32_t *port)
{
    for (size_t i = 1; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
    }
    return text.data[0] == ':' &&
           mic_parse_u32((struct mic_str){text.data + 1, text.size - 1}, port) && *port > 0 &&
           *port <= 65535;
}

static MI_Result read_host(struct mic_proxy *proxy, struct mic_str text, const char *source,
                           struct mic_err *err)
{
    const char *colon = text.size > 0 ? memchr(text.data, ':', text.size) : NULL;
    bool is_address6 = text.size > 0 && text.data[0] == '[';
    struct mic_str host = text;
    uint32_t port = MIC_PORT_PROXY;

    if (is_address6) {
        const char *close = memchr(text.data, ']', text.size);

        if (close == NULL) {
            return fail(err, MIC_E_ARGUMENT, source, "has no closing bracket");
        }
        host = (struct mic_str){text.data + 1, (size_t)(close - text.data - 1)};
        colon = close + 1 < text.data + text.size ? close + 1 : NULL;
    } else if (colon != NULL) {
        host.size = (size_t)(colon - text.data);
    }
    if (colon != NULL &&
        !read_port((struct mic_str){colon, text.size - (size_t)(colon - text.data)}, &port)) {
        return fail(err, MIC_E_ARGUMENT, source,
                    "names no port between 1 and 65535 (an IPv6 address stands in brackets)");
    }
    if (!is_address6 && !is_name(host)) {
        return fail(err, MIC_E_ARGUMENT, source, "is no host name");
    }
    proxy->port = (uint16_t)port;
    proxy->host = is_address6 ? copy_address6(host) : mic_strndup(host.data, host.size);
    if (proxy->host == NULL) {
        return is_address6
                   ? fail(err, MIC_E_ARGUMENT, source, "holds no IPv6 address between its brackets")
                   : mic_err_set(err, MIC_E_MEMORY, "Out of memory.");
    }
    return MI_RESULT_OK;
}

/* @return MI_RESULT_OK with the scheme taken off */
static MI_Result take_scheme(struct mic_str *text, const char *source, struct mic_err *err)
{
    static const char mark[] = "://";
    const char *found = strstr(text->data, mark);
    struct mic_str scheme = {text->data, 0};

    if (found == NULL) {
        return MI_RESULT_OK;
    }
    scheme.size = (size_t)(found - text->data);
    if (mic_str_equal_nocase(scheme, MIC_STR("https"))) {
        return fail(err, MIC_E_NOT_SUPPORTED, source,
                    "is to be reached over HTTPS, which is not supported; use http://, the "
                    "destination has its own TLS or seal inside");
    }
    if (!mic_str_equal_nocase(scheme, MIC_STR("http"))) {
        return fail(err, MIC_E_NOT_SUPPORTED, source,
                    "is none of HTTP, the only kind supported (no SOCKS)");
    }
    text->data = found + sizeof(mark) - 1;
    text->size -= scheme.size + sizeof(mark) - 1;
    return MI_RESULT_OK;
}

MI_Result mic_proxy_read(struct mic_proxy *proxy, const char *text, const char *source,
                         bool takes_user, struct mic_err *err)
{
    struct mic_str rest = mic_str_from(text);
    size_t authority, at = 0;
    MI_Result result;

    memset(proxy, 0, sizeof(*proxy));
    result = take_scheme(&rest, source, err);
    if (result != MI_RESULT_OK) {
        return result;
    }
    authority = strcspn(rest.data, "/");
    if (rest.size - authority > 1) {
        return fail(err, MIC_E_ARGUMENT, source, "has a path, or a user name with a slash");
    }
    rest.size = authority;
    for (size_t i = 0; i < rest.size; i++) {
        at = rest.data[i] == '@' ? i + 1 : at;
    }
    if (at > 0 && !takes_user) {
        return fail(err, MIC_E_ARGUMENT, source,
                    "carries a user; give credentials with "
                    "MI_DestinationOptions_AddProxyCredentials");
    }
    if (at > 0) {
        result = read_user(proxy, (struct mic_str){rest.data, at - 1}, source, err);
    }
    if (result == MI_RESULT_OK) {
        result = read_host(proxy, (struct mic_str){rest.data + at, rest.size - at}, source, err);
    }
    if (result != MI_RESULT_OK) {
        mic_proxy_fini(proxy);
    }
    return result;
}

/* ---- the choice ---- */

static const char *first_of(mic_environment *environment, const char *const *names,
                            const char **name)
{
    for (; *names != NULL; names++) {
        const char *value = environment(*names);

        if (value != NULL && value[0] != '\0') {
            *name = *names;
            return value;
        }
    }
    return NULL;
}

/* HTTP_PROXY is left out: under CGI it is what a client said in a field called Proxy. */
static MI_Result choose_from_environment(struct mic_proxy *proxy,
                                         const struct mic_destination *destination,
                                         mic_environment *environment, struct mic_err *err)
{
    static const char *const for_http[] = {"http_proxy", "all_proxy", "ALL_PROXY", NULL};
    static const char *const for_https[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                                            NULL};
    static const char *const exceptions[] = {"no_proxy", "NO_PROXY", NULL};
    const char *name = NULL, *ignored;
    const char *value = first_of(environment, destination->https ? for_https : for_http, &name);

    if (value == NULL || mic_host_is_loopback(destination->host) ||
        strchr(destination->host, '%') != NULL ||
        mic_no_proxy_matches(first_of(environment, exceptions, &ignored), destination->host,
                             destination->port)) {
        return MI_RESULT_OK;
    }
    return mic_proxy_read(proxy, value, name, true, err);
}

static bool is_type(const char *type)
{
    static const char *const types[] = {MI_DESTINATIONOPTIONS_PROXY_TYPE_AUTO,
                                        MI_DESTINATIONOPTIONS_PROXY_TYPE_IE,
                                        MI_DESTINATIONOPTIONS_PROXY_TYPE_WINHTTP};

    for (size_t i = 0; i < MIC_COUNT(types); i++) {
        if (mic_text_equal_nocase(type, types[i])) {
            return true;
        }
    }
    return type == NULL;
}

MI_Result mic_proxy_choose(struct mic_proxy *proxy, const struct mic_destination *destination,
                           const struct mic_bag *options, mic_environment *environment,
                           struct mic_err *err)
{
    const char *type = mic_bag_string(options, OPTION("PROXY_TYPE"), NULL);
    const char *given = mic_bag_string(options, OPTION("PROXY"), NULL);
    char quoted[64];

    memset(proxy, 0, sizeof(*proxy));
    if (mic_text_equal_nocase(type, MI_DESTINATIONOPTIONS_PROXY_TYPE_NONE)) {
        return given == NULL ? MI_RESULT_OK
                             : mic_err_set(err, MIC_E_ARGUMENT,
                                           "A proxy is given, and the proxy type is None.");
    }
    if (!is_type(type)) {
        mic_err_quote(mic_str_from(type), quoted, sizeof(quoted));
        return mic_err_set(err, MIC_E_NOT_SUPPORTED,
                           "There is no proxy type \"%s\"; use None, Auto, IE or WinHTTP.", quoted);
    }
    if (given == NULL) {
        return choose_from_environment(proxy, destination, environment, err);
    }
    if (strchr(destination->host, '%') != NULL) {
        return mic_err_set(err, MIC_E_ARGUMENT,
                           "The destination is an address with a zone, which means something on "
                           "this machine only: no proxy can connect to it.");
    }
    return mic_proxy_read(proxy, given, "the option " OPTION("PROXY"), false, err);
}

void mic_proxy_fini(struct mic_proxy *proxy)
{
    mic_free(proxy->host);
    mic_free(proxy->user);
    mic_secret_fini(&proxy->password);
    memset(proxy, 0, sizeof(*proxy));
}

MI_Result mic_proxy_target(const struct mic_proxy *proxy, const struct mic_bag *options,
                           struct mic_http_target *target, struct mic_err *err)
{
    const struct mic_credentials *credentials =
        mic_bag_credentials(options, OPTION("PROXY_CREDENTIALS"), 0);

    if (mic_bag_credentials(options, OPTION("PROXY_CREDENTIALS"), 1) != NULL) {
        return mic_err_set(err, MIC_E_NOT_SUPPORTED,
                           "More than one set of credentials was given for the proxy.");
    }
    target->proxy = (struct mic_http_proxy_target){.host = proxy->host, .port = proxy->port};
    if (credentials != NULL) {
        target->proxy.auth_type = credentials->authentication_type;
        target->proxy.domain = credentials->domain;
        target->proxy.user = credentials->user;
        target->proxy.password = credentials->has_password ? &credentials->password : NULL;
    } else if (proxy->user != NULL) {
        target->proxy.auth_type = MI_AUTH_TYPE_BASIC;
        target->proxy.user = proxy->user;
        target->proxy.password = &proxy->password;
    }
    return MI_RESULT_OK;
}
