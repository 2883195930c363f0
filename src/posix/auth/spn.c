#include "auth/spn.h"

#include <string.h>

#define SPN_MAX 1024

struct parts {
    struct mic_str service, rest, realm; /* HTTP, web.example.com:5985, EXAMPLE.COM */
};

static struct parts split(const char *spn)
{
    struct parts parts = {mic_str_from(spn), {NULL, 0}, {NULL, 0}};
    size_t end = strcspn(spn, "/@");
    const char *at;

    if (spn[end] == '\0') {
        return parts;
    }
    parts.service.size = end;
    parts.rest = mic_str_from(spn + end + 1);
    at = strchr(spn + end + 1, '@');
    if (at != NULL) {
        parts.rest.size = (size_t)(at - parts.rest.data);
        parts.realm = mic_str_from(at + 1);
    }
    return parts;
}

static bool is_service_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

static bool is_name_char(char c)
{
    return (unsigned char)c > 0x20 && c != 0x7f && strchr("\\\"@<>", c) == NULL;
}

/* Kerberos' libraries take a slash there for a mistake. */
static bool is_realm_char(char c)
{
    return is_name_char(c) && c != '/';
}

static bool all_of(struct mic_str text, bool (*is_good)(char c))
{
    for (size_t i = 0; i < text.size; i++) {
        if (!is_good(text.data[i])) {
            return false;
        }
    }
    return true;
}

MI_Result mic_spn_check(const char *spn, struct mic_err *err)
{
    struct parts parts;
    struct mic_str realm;
    char quoted[128];

    if (spn == NULL) {
        return MI_RESULT_OK;
    }
    parts = split(spn);
    if (strlen(spn) <= SPN_MAX && parts.service.size > 0 &&
        all_of(parts.service, is_service_char) && all_of(parts.rest, is_name_char) &&
        all_of(parts.realm, is_realm_char) &&
        (!mic_spn_is_whole(spn, &realm) || mic_spn_host(spn).size > 0) &&
        spn[strlen(spn) - 1] != '@') {
        return MI_RESULT_OK;
    }
    mic_err_quote(mic_str_from(spn), quoted, sizeof(quoted));
    mic_err_set(
        err, MIC_E_ARGUMENT,
        "\"%s\", the destination option __MI_DESTINATIONOPTIONS_SPN, is no service name: it "
        "is a class such as WSMAN, or a whole name such as HTTP/server.example.com",
        quoted);
    return err->result;
}

bool mic_spn_is_whole(const char *spn, struct mic_str *realm)
{
    struct parts parts = split(spn);

    *realm = parts.realm;
    return parts.rest.data != NULL;
}

struct mic_str mic_spn_host(const char *spn)
{
    struct mic_str host = split(spn).rest;

    for (size_t i = 0; i < host.size; i++) {
        if (host.data[i] == '/' || host.data[i] == ':') {
            host.size = i;
        }
    }
    return host;
}

void mic_spn_write(const struct mic_auth_settings *settings, const char *service,
                   struct mic_buf *out)
{
    struct parts parts = split(settings->spn != NULL ? settings->spn : service);

    mic_buf_append_str(out, parts.service);
    mic_buf_append_char(out, '/');
    if (parts.rest.data != NULL) {
        mic_buf_append_str(out, parts.rest);
        return;
    }
    mic_buf_append(out, settings->host, strcspn(settings->host, "%"));
    if (settings->port_in_spn) {
        mic_buf_append_format(out, ":%u", settings->port);
    }
}
