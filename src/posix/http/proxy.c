#include "http/proxy.h"

#include <string.h>

#include "auth/gss.h"
#include "base/mem.h"
#include "http/conn.h"
#include "http/tls_shared.h"

const char mic_http_proxy_remedy[] =
    "Check the proxy's address (https_proxy, http_proxy, all_proxy, or the proxy option); name the "
    "host in no_proxy, or set the proxy type None, to reach it without a proxy.";

/* The logon is the proxy's alone: neither sealed nor bound to anything. */
static bool copy_target(struct mic_http_proxy *proxy, const struct mic_http_proxy_target *target)
{
    proxy->port = target->port;
    proxy->host = mic_strdup(target->host);
    proxy->auth_type = mic_strdup(target->auth_type);
    proxy->domain = mic_strdup(target->domain);
    proxy->user = mic_strdup(target->user);
    if (proxy->host == NULL || (target->auth_type != NULL && proxy->auth_type == NULL) ||
        (target->domain != NULL && proxy->domain == NULL) ||
        (target->user != NULL && proxy->user == NULL) ||
        mic_secret_init(&proxy->password,
                        target->password != NULL ? target->password->data : NULL) != 0) {
        return false;
    }
    proxy->auth = (struct mic_auth_settings){
        .auth_type = proxy->auth_type,
        .domain = proxy->domain,
        .user = proxy->user,
        .password = target->password != NULL ? &proxy->password : NULL,
        .host = proxy->host,
        .port = proxy->port,
    };
    return true;
}

static bool build_head(struct mic_http_proxy *proxy, const struct mic_http_target *target)
{
    bool is_address6 = strchr(target->host, ':') != NULL;
    struct mic_buf authority, head;

    mic_buf_init(&authority);
    /* A zone means something on this machine only (RFC 6874 4). */
    mic_buf_append_format(&authority, "%s%.*s%s:%u", is_address6 ? "[" : "",
                          (int)strcspn(target->host, "%"), target->host, is_address6 ? "]" : "",
                          (unsigned)target->port);
    mic_buf_append_char(&authority, '\0');
    proxy->authority = mic_buf_steal(&authority, NULL);
    mic_buf_fini(&authority);
    if (proxy->authority == NULL) {
        return false;
    }
    mic_buf_init(&head);
    mic_buf_append_format(&head,
                          "CONNECT %s HTTP/1.1\r\n"
                          "Host: %s\r\n"
                          "User-Agent: %s\r\n"
                          "Proxy-Connection: Keep-Alive\r\n",
                          proxy->authority, proxy->authority, target->user_agent);
    mic_buf_append_char(&head, '\0');
    proxy->head = mic_buf_steal(&head, NULL);
    mic_buf_fini(&head);
    return proxy->head != NULL;
}

static MI_Result find_scheme(struct mic_http_proxy *proxy, struct mic_tls_shared *tls,
                             struct mic_err *err)
{
    struct mic_err found;

    mic_err_init(&found);
    if (proxy->auth_type == NULL || mic_text_equal_nocase(proxy->auth_type, MI_AUTH_TYPE_NONE)) {
        return MI_RESULT_OK;
    }
    proxy->scheme = mic_auth_find(&proxy->auth, &found);
    if (proxy->scheme == NULL) {
        mic_err_set(err, found.code, "the credentials for the proxy %s: %s", proxy->host,
                    found.message);
        mic_err_remedy(err, "Give the proxy's credentials with the type Basic, or NTLM.");
        return err->result;
    }
    if (proxy->scheme->may_block && proxy->auth.password != NULL) {
        proxy->auth.tickets = mic_gss_tickets_new();
    }
    if (proxy->scheme->needs_library && !mic_tls_shared_library(tls, &proxy->auth.library, err)) {
        return err->result;
    }
    return MI_RESULT_OK;
}

struct mic_http_proxy *mic_http_proxy_new(struct mic_tls_shared *tls,
                                          const struct mic_http_target *target, struct mic_err *err)
{
    struct mic_http_proxy *proxy;

    if (!mic_http_is_plain(target->proxy.host, " /\\@[]?#\"<>") || target->proxy.port == 0) {
        mic_err_set(err, MIC_E_ARGUMENT, "the proxy is not a host name or address with a port");
        return NULL;
    }
    proxy = mic_calloc(1, sizeof(*proxy));
    if (proxy == NULL || !copy_target(proxy, &target->proxy) || !build_head(proxy, target)) {
        mic_err_set(err, MIC_E_MEMORY, "out of memory for a proxy");
    } else if (find_scheme(proxy, tls, err) == MI_RESULT_OK) {
        return proxy;
    }
    mic_http_proxy_free(proxy);
    return NULL;
}

void mic_http_proxy_free(struct mic_http_proxy *proxy)
{
    if (proxy == NULL) {
        return;
    }
    mic_gss_tickets_close(proxy->auth.tickets);
    mic_secret_fini(&proxy->password);
    mic_free(proxy->host);
    mic_free(proxy->auth_type);
    mic_free(proxy->domain);
    mic_free(proxy->user);
    mic_free(proxy->authority);
    mic_free(proxy->head);
    mic_free(proxy);
}

const struct mic_auth_scheme *mic_http_proxy_agree(const struct mic_http_proxy *proxy,
                                                   const struct mic_http_response *response)
{
    const struct mic_auth_scheme *rows[] = {proxy->scheme, proxy->scheme->other_name};
    struct mic_err ignored;
    struct mic_str token;

    if (rows[0]->prefers_other_name) {
        rows[0] = rows[1];
        rows[1] = proxy->scheme;
    }
    for (size_t i = 0; i < MIC_COUNT(rows) && rows[i] != NULL; i++) {
        mic_err_init(&ignored);
        if (mic_http_find_challenge(response, "Proxy-Authenticate", rows[i]->wire_name, &token) &&
            (rows[i] == proxy->scheme || rows[i]->check(&proxy->auth, &ignored) == MI_RESULT_OK)) {
            return rows[i];
        }
    }
    return NULL;
}
